//! `cargo xtask reproduce`: whether the same sources give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::commands::{Done, root, run};
use crate::dist::{dist, hexadecimal, sha256};
use crate::tools::trunk;

/// Builds `dist/`, builds it again with nothing compiled before, and compares what both gave.
pub(crate) fn reproduce() -> Done {
    dist()?;
    let again = root().join("target/again");
    if again.exists() {
        fs::remove_dir_all(&again)?;
    }
    fs::create_dir_all(&again)?;
    println!("Building once more, with nothing compiled before. This takes some minutes.");
    run(trunk()
        .env("CARGO_TARGET_DIR", again.join("target"))
        .args(["build", "--release", "--locked", "--skip-version-check"])
        .arg("--dist")
        .arg(again.join("dist")))?;
    let first = sums_of(&root().join("dist"))?;
    for (name, sum) in sums_of(&again.join("dist"))? {
        if first.get(&name) != Some(&sum) {
            return Err(format!("{name} is another file when it is built again").into());
        }
        println!("{sum}  {name}");
    }
    println!("\nThe second build gave the same bytes.");
    Ok(())
}

fn sums_of(folder: &Path) -> Done<BTreeMap<String, String>> {
    let mut sums = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            sums.insert(name, hexadecimal(&sha256(&fs::read(entry.path())?)));
        }
    }
    Ok(sums)
}
