//! A folder, a cache and an environment that nothing else touches.

use std::path::PathBuf;

use assert_cmd::Command;

pub(crate) struct Sandbox {
    dir: tempfile::TempDir,
}

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With an archive of three invented statements, indexed.
    pub(crate) fn with_archive() -> Self {
        let sandbox = Self::new();
        sandbox.write("archive/ships.txt", SHIPS);
        sandbox.write(
            "archive/fish.jsonl",
            "{\"text\":\"The herring quota falls by a tenth.\",\"speaker\":{\"name\":\"Bo Lind\"},\"date\":\"2023-05\",\"kind\":\"answer\"}\n\
             {\"text\":\"Why does the quota fall?\",\"kind\":\"question\",\"date\":\"2023\"}\n",
        );
        let ran = sandbox.run(&["index", "archive"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        sandbox
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    pub(crate) fn write_bytes(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    pub(crate) fn run_with(&self, args: &[&str], stdin: &str) -> Ran {
        let output = Command::cargo_bin("dixit")
            .unwrap()
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("DIXIT_CACHE", self.path("cache"))
            .write_stdin(stdin)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

pub(crate) const SHIPS: &str = "On April 4, Norland's Defence Ministry spokesperson Ada Rask said that the country would send more ships. She noted that this year marks the 75th anniversary of NATO.\n";
