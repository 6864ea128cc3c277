//! Tells the slowest inputs of a corpus: `slowest TARGET FOLDER...`. Built without instrumentation.

use std::path::PathBuf;
use std::time::{Duration, Instant};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let target = arguments.next().expect("a target");
    let mut folders: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let mut inputs: Vec<(Duration, usize, PathBuf)> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of inputs") {
            let path = entry.expect("an input").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let data = std::fs::read(&path).expect("an input");
            let took = |_| {
                let start = Instant::now();
                dixit_fuzz::check(&target, &data);
                start.elapsed()
            };
            inputs.push(((0..3).map(took).min().unwrap_or_default(), data.len(), path));
        }
    }
    inputs.sort();
    println!("{} inputs; the slowest:", inputs.len());
    for (took, length, path) in inputs.iter().rev().take(5) {
        println!("{took:>12.1?} {length:>6} bytes  {}", path.display());
    }
}
