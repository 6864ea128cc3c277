use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::report::Outcome;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit completions bash > ~/.local/share/bash-completion/completions/dixit
  dixit completions zsh > \"${fpath[1]}/_dixit\"
  dixit completions fish > ~/.config/fish/completions/dixit.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        // Into memory first: the generator panics on a closed pipe.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "dixit", &mut script);
        std::io::Write::write_all(&mut std::io::stdout().lock(), &script)?;
        Ok(Outcome::Done)
    }
}
