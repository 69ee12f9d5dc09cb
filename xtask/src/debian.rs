//! Programs from Debian's packages, for the checks that need more than Rust.

use crate::commands::{Done, command, output_of, run, succeeds};

/// Whether packages can be installed from here.
pub(crate) fn installs() -> bool {
    let root_user = output_of(command("id").arg("-u")).as_deref() == Some("0");
    root_user && succeeds(command("apt-get").arg("--version"))
}

/// Installs packages. Where that is not possible, says that `user` needs them and what to do `instead`.
pub(crate) fn install(packages: &[&str], user: &str, instead: &str) -> Done {
    let names = packages.join(" and ");
    if !installs() {
        return Err(format!(
            "{user} need {names}: install them (Debian: apt-get install {}){instead}",
            packages.join(" ")
        )
        .into());
    }
    println!("Installing {names} with apt-get.");
    let apt = || {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive")
            .args(["--yes", "--quiet"]);
        apt
    };
    run(apt().arg("update"))?;
    run(apt()
        .args(["install", "--no-install-recommends"])
        .args(packages))
}
