//! What `deny.toml` asks of every crate.

use crate::commands::{Done, command, run, succeeds};
use crate::tools::install_for_supply_chain;

/// Licences, origins, and crates that come in two versions.
pub(crate) fn held() -> Done {
    install_for_supply_chain()?;
    run(command("cargo").args(["deny", "--locked", "check", "bans", "licenses", "sources"]))
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
