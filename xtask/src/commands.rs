//! Running other programs, from the top of the repository.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Success, or a sentence that says what is wrong.
pub(crate) type Done<T = ()> = Result<T, Box<dyn Error>>;

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Where tools of our own stand: not committed, and put away by `cargo clean`.
pub(crate) fn tools_dir() -> PathBuf {
    root().join("target/tools")
}

/// A command that finds our own tools first.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    let ours = [
        tools_dir().join("bin"),
        tools_dir().join("node_modules/.bin"),
    ];
    let theirs = std::env::var_os("PATH").unwrap_or_default();
    let all = ours.into_iter().chain(std::env::split_paths(&theirs));
    if let Ok(path) = std::env::join_paths(all) {
        command.env("PATH", path);
    }
    command
}

/// Runs it to its end; its failure is ours.
pub(crate) fn run(command: &mut Command) -> Done {
    let status = command
        .status()
        .map_err(|reason| cannot_start(command, &reason))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed", written(command)).into())
    }
}

/// Whether it can be run and succeeds; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What it prints; `None` when it is not there or fails.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The command as one would type it.
fn written(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

fn cannot_start(command: &Command, reason: &std::io::Error) -> String {
    format!("`{}` could not be started: {reason}", written(command))
}
