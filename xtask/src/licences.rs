//! The licences of all that ships, in one file beside it.
//!
//! What ships is what the two programs for the browser are compiled from: macros and build scripts
//! run on the developer's machine and stay there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::commands::{Done, command, output_of};

const HEAD: &str = "\
Kept is licensed under MIT or Apache-2.0, as you prefer. The programs in kept.html, kept.js and the
.wasm files also hold the crates below and Rust's standard library (MIT OR Apache-2.0, the Rust
Project Developers), each under its own licence. Where a crate offers several, one is enough.
";

/// What stands for the text of a crate that says \"MIT\" and brings no file.
const MIT: &str = "\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the \"Software\"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.
IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

/// A crate that ships.
struct Shipped {
    name: String,
    version: String,
    /// As an SPDX expression.
    licence: String,
    authors: Vec<String>,
    folder: String,
}

/// All crates that ship, ours aside, by name.
fn shipped() -> Done<Vec<Shipped>> {
    let text = output_of(command("cargo").args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        "wasm32-unknown-unknown",
    ]))
    .ok_or("`cargo metadata` failed")?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = by_id(&metadata["packages"]);
    let nodes = by_id(&metadata["resolve"]["nodes"]);
    let kept = packages
        .iter()
        .find(|(_, package)| package["name"] == "kept")
        .ok_or("there is no package `kept`")?;
    let mut met = BTreeSet::from([*kept.0]);
    let mut open = vec![*kept.0];
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        for dependency in items(&nodes[id]["deps"]) {
            let next = word(&dependency["pkg"]);
            let ships = items(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
            let package = packages[next];
            if ships && !is_macro(package) && met.insert(next) {
                open.push(next);
                found.push(shipped_from(package)?);
            }
        }
    }
    found.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(found)
}

/// The list of crates, and each different text once with the crates that it is of.
pub(crate) fn collected() -> Done<String> {
    let shipped = shipped()?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut whole = format!("{HEAD}\n");
    for each in &shipped {
        whole.push_str(&each.line());
        for text in each.texts()? {
            texts.entry(text).or_default().push(each.name.clone());
        }
    }
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_by(|one, other| one.1.cmp(&other.1));
    for (text, of) in texts {
        let rule = "-".repeat(72);
        write!(whole, "\n{rule}\n{}\n{rule}\n\n{text}\n", of.join(", "))?;
    }
    Ok(whole)
}

/// A line for each licence with the crates under it: what the page says of itself.
pub(crate) fn parts() -> Done<String> {
    let mut under: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for each in shipped()? {
        let crates = under.entry(each.licence).or_default();
        crates.push(format!("{} {}", each.name, each.version));
    }
    let lines = under
        .into_iter()
        .map(|(licence, crates)| format!("{licence}: {}.\n", crates.join(", ")));
    Ok(lines.collect())
}

impl Shipped {
    /// Name, version and licence, in one line.
    fn line(&self) -> String {
        format!("{} {} ({})\n", self.name, self.version, self.licence)
    }

    fn texts(&self) -> Done<Vec<String>> {
        let mut texts = Vec::new();
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            names.push(entry?.path());
        }
        names.sort();
        for path in names {
            if is_licence(&path) && path.is_file() {
                let text = fs::read_to_string(&path)?;
                texts.push(text.replace('\r', "").trim_end().to_owned());
            }
        }
        if texts.is_empty() {
            if !self.licence.contains("MIT") {
                return Err(format!("{} ships without the text of its licence", self.name).into());
            }
            let authors = match self.authors.join(", ") {
                none if none.is_empty() => format!("the authors of {}", self.name),
                authors => authors,
            };
            texts.push(format!("MIT License\n\nCopyright (c) {authors}\n\n{MIT}"));
        }
        Ok(texts)
    }
}

fn shipped_from(package: &Value) -> Done<Shipped> {
    let manifest = Path::new(word(&package["manifest_path"]));
    let name = word(&package["name"]).to_owned();
    let licence = package["license"]
        .as_str()
        .ok_or_else(|| format!("{name} names no licence"))?;
    Ok(Shipped {
        version: word(&package["version"]).to_owned(),
        // An old way of writing it.
        licence: licence.replace('/', " OR "),
        authors: items(&package["authors"])
            .map(|author| word(author).to_owned())
            .collect(),
        folder: manifest
            .parent()
            .map(|folder| folder.display().to_string())
            .unwrap_or_default(),
        name,
    })
}

fn by_id(list: &Value) -> BTreeMap<&str, &Value> {
    items(list).map(|item| (word(&item["id"]), item)).collect()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn is_macro(package: &Value) -> bool {
    items(&package["targets"]).any(|target| items(&target["kind"]).any(|kind| kind == "proc-macro"))
}

fn is_licence(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_uppercase())
        .unwrap_or_default();
    ["LICEN", "COPYING", "UNLICENSE", "NOTICE"]
        .iter()
        .any(|start| name.starts_with(start))
}
