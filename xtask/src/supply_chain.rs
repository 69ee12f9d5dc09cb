//! What `deny.toml` asks of every crate.

use std::fs;

use crate::commands::{Done, command, root, run, succeeds};
use crate::licences::parts;
use crate::tools::install_for_supply_chain;

/// Licences, origins, and crates that come in two versions.
pub(crate) fn held() -> Done {
    install_for_supply_chain()?;
    run(command("cargo").args(["deny", "--locked", "check", "bans", "licenses", "sources"]))
}

/// That `www/parts.txt`, which the page shows, names what ships. `UPDATE=1` writes it.
pub(crate) fn listed() -> Done {
    let path = root().join("www/parts.txt");
    let parts = parts()?;
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &parts)?;
    }
    if fs::read_to_string(&path).is_ok_and(|written| written == parts) {
        return Ok(());
    }
    Err("www/parts.txt does not name the crates that ship: run `UPDATE=1 cargo xtask parts`".into())
}

/// Published flaws of the crates in use. Their database is no package of a registry, so it may be
/// out of reach; that is said, and is no failure.
pub(crate) fn flaws() -> Done {
    if !succeeds(command("cargo").args(["deny", "--locked", "fetch", "db"])) {
        println!("Not looked at: the database of advisories cannot be reached from here.");
        return Ok(());
    }
    run(command("cargo").args(["deny", "--offline", "--locked", "check", "advisories"]))
}
