//! What the browser tests need: the browsers and the package that drives two of them.

use crate::commands::{Done, command, root, run, succeeds};
use crate::debian;

/// Debian's packages and the programs in them.
const BROWSERS: [(&str, &str); 2] = [("chromium", "chromium"), ("firefox-esr", "firefox-esr")];

/// The server for which the documentation has a recipe that can be tried here.
const SERVERS: [(&str, &str); 1] = [("nginx", "nginx-light")];

/// Those of `WebKitGTK`, which speaks another language than puppeteer's and needs a screen. What must
/// hold in every engine is looked at there too; without them it is left out, and the test says so.
const WEBKIT: [(&str, &str); 2] = [("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")];

/// Installs what is missing: browsers as root from Debian's packages, the driver from npm.
pub(crate) fn install() -> Done {
    let mut missing = missing_of(&[BROWSERS.as_slice(), &SERVERS].concat());
    let webkit = missing_of(&WEBKIT);
    if !webkit.is_empty() && !debian::installs() {
        println!("WebKitGTK's driver is not installed: nothing is looked at there.");
    } else {
        missing.extend(webkit);
    }
    if !missing.is_empty() {
        let instead = ", or run `cargo xtask test --native`";
        debian::install(&missing, "the browser tests", instead)?;
    }
    if !succeeds(command("node").arg("--version")) {
        return Err("the browser tests need Node.js 20 or newer with npm: install them".into());
    }
    install_driver()
}

/// The files with browser tests.
pub(crate) fn tests() -> Done<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root().join("tests/browser"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.js") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn missing_of(programs: &[(&str, &'static str)]) -> Vec<&'static str> {
    programs
        .iter()
        .filter(|(program, _)| !succeeds(command("which").arg(program)))
        .map(|(_, package)| *package)
        .collect()
}

/// `npm ci` when the installed packages are not those of the lock file.
fn install_driver() -> Done {
    let wanted = std::fs::read(root().join("package-lock.json"))?;
    let mark = root().join("node_modules/.kept-lock");
    if std::fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing the browser tests' packages from npm.");
    run(command("npm").args([
        "ci",
        "--silent",
        "--no-fund",
        "--no-audit",
        "--ignore-scripts",
    ]))?;
    std::fs::write(mark, wanted)?;
    Ok(())
}
