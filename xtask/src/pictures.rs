//! `cargo xtask pictures`: every view as it looks, light, dark, on a phone and in print.
//!
//! Takes: `--as-built`, names of views. Gives: `target/pictures/`.
//! Fails when something is cut off. Start at [`pictures`].

use crate::browsers;
use crate::commands::{Done, command, root, run};
use crate::dist::dist;

/// Builds, unless told not to, and takes the pictures.
pub(crate) fn pictures(words: &[String]) -> Done {
    let (flags, views): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.starts_with("--"));
    match flags.as_slice() {
        [] => dist().map(drop)?,
        [flag] if *flag == "--as-built" => {}
        _ => return Err("the words after `pictures` are --as-built and names of views".into()),
    }
    browsers::install()?;
    run(command("node")
        .arg(root().join("tests/pictures/run.js"))
        .arg(root().join("target/pictures"))
        .args(views))
}
