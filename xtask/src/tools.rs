//! What a build needs besides Rust, at which version, and where it comes from. Everything comes
//! from package registries.

use std::process::Command;

use crate::commands::{Done, command, output_of, run, succeeds, tools_dir};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// Trunk 0.22 needs a newer Rust.
const TRUNK: &str = "0.21.14";
/// The same version as the package `wasm-bindgen` in Cargo.toml.
const WASM_BINDGEN: &str = "0.2.130";
const BINARYEN: &str = "132.0.0";
const WASM_OPT: &str = "wasm-opt version 132";

const CARGO_DENY: &str = "0.20.2";

/// Whether a build may go on without the tool that shrinks the programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shrinking {
    /// It is wanted.
    Wanted,
    /// Without npm the programs stay larger.
    IfPossible,
}

/// Installs what a build needs and is not there.
pub(crate) fn install_for_build(shrinking: Shrinking) -> Done {
    wasm_target()?;
    cargo_tool("trunk", "trunk", TRUNK)?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN)?;
    wasm_opt(shrinking)
}

/// Installs what the checks need and is not there.
pub(crate) fn install_for_checks() -> Done {
    wasm_target()?;
    for (program, component) in [("rustfmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if !succeeds(command(program).arg("--version")) {
            println!("Installing Rust's {component}.");
            run(command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Installs what looks at licences and origins of crates.
pub(crate) fn install_for_supply_chain() -> Done {
    cargo_tool("cargo-deny", "cargo-deny", CARGO_DENY)
}

/// Trunk, told to keep this machine's folders out of the programs: they would make the bytes differ
/// from one machine to the next, and tell whose it was.
pub(crate) fn trunk() -> std::process::Command {
    let mut trunk = command("trunk");
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().unwrap_or_default().join(".cargo"),
        std::path::PathBuf::from,
    );
    // Added by cargo to the flags of .cargo/config.toml; they are cut at blanks.
    let home = home.display().to_string();
    if !home.contains(' ') {
        trunk.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!("--remap-path-prefix={home}=/cargo"),
        );
    }
    trunk
}

/// Whether `wasm-opt` is there.
pub(crate) fn can_shrink() -> bool {
    output_of(command("wasm-opt").arg("--version"))
        .is_some_and(|version| version.starts_with(WASM_OPT))
}

fn wasm_target() -> Done {
    let mut rustc = command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let installed = output_of(&mut rustc).is_some_and(|dir| std::path::Path::new(&dir).is_dir());
    if installed {
        return Ok(());
    }
    println!("Installing Rust's target {WASM_TARGET}.");
    run(command("rustup").args(["target", "add", WASM_TARGET]))
}

/// Installs a tool into cargo's own place, or, where another version stands there, into ours.
fn cargo_tool(program: &str, package: &str, version: &str) -> Done {
    let found = output_of(command(program).arg("--version"));
    if found.as_deref().map(last_word) == Some(version) {
        return Ok(());
    }
    println!("Installing {package} {version} with cargo. This takes some minutes, once.");
    let mut install = vec!["install", "--quiet", package, "--version", version];
    let ours = tools_dir().display().to_string();
    if found.is_some() {
        install.extend(["--root", &ours]);
    }
    if succeeds(cargo_quickly().args(&install).arg("--locked")) {
        return Ok(());
    }
    // A package its lock file names may have been withdrawn since.
    println!("Not as {package} locked it; trying with newer dependencies.");
    run(cargo_quickly().args(&install))
}

/// Cargo, set to build programs that run for seconds rather than those that run for hours: a tool's
/// own release settings would take several times as long to build.
fn cargo_quickly() -> Command {
    let mut cargo = command("cargo");
    cargo
        .env("CARGO_TARGET_DIR", tools_dir().join("build"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    cargo
}

fn wasm_opt(shrinking: Shrinking) -> Done {
    if can_shrink() {
        return Ok(());
    }
    if !succeeds(command("npm").arg("--version")) {
        let sentence = "npm is not installed, so Binaryen's wasm-opt cannot be fetched";
        return match shrinking {
            Shrinking::Wanted => Err(format!("{sentence}: install Node.js with npm").into()),
            Shrinking::IfPossible => {
                println!("{sentence}: the programs stay larger than they could be.");
                Ok(())
            }
        };
    }
    println!("Installing Binaryen {BINARYEN} from npm into target/tools.");
    let dir = tools_dir();
    std::fs::create_dir_all(&dir)?;
    run(command("npm")
        .args(["install", "--prefix"])
        .arg(&dir)
        .args([
            "--silent",
            "--no-save",
            "--no-fund",
            "--no-audit",
            "--ignore-scripts",
        ])
        .arg(format!("binaryen@{BINARYEN}")))
}

fn last_word(text: &str) -> &str {
    text.lines()
        .next()
        .and_then(|line| line.split_whitespace().last())
        .unwrap_or_default()
}
