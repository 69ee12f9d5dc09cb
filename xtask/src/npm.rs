//! The package for npm: the element with its files, types and licences, as one archive.

use std::fs;

use crate::commands::{Done, command, root, run};

/// Its name for npm is that of the element.
const MANIFEST: &str = r#"{
  "name": "kept-kpis",
  "version": "{version}",
  "description": "Customer-success KPIs computed in the browser, on the user's own device: an element.",
  "license": "MIT OR Apache-2.0",
  "type": "module",
  "exports": {
    ".": { "types": "./kept.d.ts", "default": "./kept.js" },
    "./package.json": "./package.json"
  },
  "types": "./kept.d.ts",
  "sideEffects": true,
  "keywords": ["customer success", "kpi", "nps", "churn", "csv", "custom element", "webassembly", "privacy"]
}
"#;

fn version() -> Done<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .ok_or("Cargo.toml names no version")?;
    Ok(version.to_owned())
}

/// Makes `dist/kept-<version>.tgz` of what lies in `dist/`.
pub(crate) fn pack(licences: &str) -> Done {
    let dist = root().join("dist");
    let folder = root().join("target/npm");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let version = version()?;
    fs::write(
        folder.join("package.json"),
        MANIFEST.replace("{version}", &version),
    )?;
    fs::write(folder.join("THIRD_PARTY_LICENSES.txt"), licences)?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(root().join(name), folder.join(name))?;
    }
    for (from, to) in [("kept.d.ts", "kept.d.ts"), ("npm.md", "README.md")] {
        fs::copy(root().join("www").join(from), folder.join(to))?;
    }
    fs::copy(dist.join("kept.js"), folder.join("kept.js"))?;
    for entry in fs::read_dir(&dist)? {
        let path = entry?.path();
        if let Some(name) = path.file_name()
            && path.extension().is_some_and(|ending| ending == "wasm")
        {
            fs::copy(&path, folder.join(name))?;
        }
    }
    run(command("npm")
        .args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
        .arg(&dist)
        .current_dir(&folder))?;
    fs::rename(
        dist.join(format!("kept-kpis-{version}.tgz")),
        dist.join(format!("kept-{version}.tgz")),
    )?;
    Ok(())
}
