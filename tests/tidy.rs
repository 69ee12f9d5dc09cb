//! Rules of the house that a machine can check.
#![expect(clippy::expect_used, reason = "test code")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with this ending: its path from the root, and its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no .{ending} below {folder}");
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|end| end == ending) {
            let name = path.strip_prefix(root()).expect("it lies below the root");
            found.push((
                name.to_string_lossy().into_owned(),
                fs::read_to_string(&path).expect("it is text"),
            ));
        }
    }
}

/// The text without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_room_has_its_card() {
    for (name, text) in files("src", "rs")
        .iter()
        .filter(|(name, _)| name.ends_with("mod.rs"))
    {
        for line in ["Takes:", "Gives:", "Never:"] {
            assert!(
                text.starts_with("//!") && text.contains(line),
                "{name} lacks “{line}”"
            );
        }
    }
}

#[test]
fn only_the_programs_name_the_browser() {
    for (name, text) in files("src", "rs") {
        if name.starts_with("src/web") || name.starts_with("src/bin") || name == "src/main.rs" {
            continue;
        }
        for word in ["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo"] {
            assert!(!code(&text).contains(word), "{name} names {word}");
        }
    }
}

#[test]
fn only_the_charts_name_plotters() {
    for (name, text) in files("src", "rs") {
        if !name.starts_with("src/charts") && name != "src/web/canvas.rs" {
            assert!(!code(&text).contains("plotters"), "{name} names plotters");
        }
    }
}

#[test]
fn the_engine_has_no_outside_world() {
    for (name, text) in files("src/engine", "rs") {
        for word in [
            "std::fs",
            "std::env::",
            "std::time",
            "println!",
            "HashMap",
            "crate::charts",
            "crate::present",
            "crate::export",
        ] {
            assert!(!code(&text).contains(word), "{name} uses {word}");
        }
    }
}

/// What each room of the engine may use of the others.
const ROOMS: [(&str, &[&str]); 16] = [
    ("base", &["base"]),
    ("table", &["table", "base", "options"]),
    ("ingest", &["ingest", "table", "base", "options"]),
    ("roles", &["roles", "table", "base", "options", "report"]),
    ("facts", &["facts", "roles", "table", "base", "options"]),
    ("stats", &["stats", "base"]),
    ("benchmarks", &["benchmarks", "base", "report"]),
    (
        "reasons",
        &["reasons", "table", "stats", "report", "row_set", "base"],
    ),
    (
        "joins",
        &["joins", "roles", "table", "base", "options", "report"],
    ),
    (
        "accounts",
        &[
            "accounts", "joins", "facts", "roles", "table", "stats", "report", "base", "options",
        ],
    ),
    (
        "backtest",
        &[
            "backtest", "accounts", "facts", "kpi", "stats", "report", "table", "base",
        ],
    ),
    (
        "value_groups",
        &[
            "value_groups",
            "facts",
            "roles",
            "table",
            "stats",
            "report",
            "row_set",
            "base",
        ],
    ),
    ("group.rs", &["base", "facts"]),
    ("chart_spec.rs", &["base"]),
    (
        "kpi",
        &[
            "kpi",
            "facts",
            "roles",
            "stats",
            "chart_spec",
            "report",
            "base",
            "table",
            "options",
            "sql",
        ],
    ),
    (
        "sql",
        &["sql", "facts", "roles", "table", "base", "options"],
    ),
];

#[test]
fn every_room_uses_only_the_rooms_it_may() {
    for (room, allowed) in ROOMS {
        let place = root().join("src/engine").join(room);
        let found = if place.is_dir() {
            files(&format!("src/engine/{room}"), "rs")
        } else {
            vec![(
                room.to_owned(),
                fs::read_to_string(&place).expect("the room is there"),
            )]
        };
        for (name, text) in found {
            for used in code(&text).split("crate::engine::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                assert!(
                    used.is_empty() || allowed.contains(&used.as_str()),
                    "{name} uses {used}"
                );
            }
        }
    }
}

#[test]
fn no_kpi_is_named_outside_its_room() {
    for folder in ["src/web", "src/charts", "src/present", "src/export"] {
        let mut found = Vec::new();
        collect(&root().join(folder), "rs", &mut found);
        for (name, text) in found {
            for kpi in kept::engine::kpi::ALL {
                assert!(
                    !code(&text).contains(&format!("\"{}\"", kpi.id)),
                    "{name} names {}",
                    kpi.id
                );
            }
        }
    }
}

#[test]
fn every_kpi_file_is_registered_under_its_name() {
    for kpi in kept::engine::kpi::ALL {
        let path = root().join(format!("src/engine/kpi/{}/{}.rs", kpi.family, kpi.id));
        assert!(
            path.is_file(),
            "{} does not stand at {}",
            kpi.id,
            path.display()
        );
    }
    for (name, text) in files("src/engine/kpi", "rs") {
        if text.contains("pub const KPI: Kpi") {
            let stem = name
                .rsplit('/')
                .next()
                .expect("a file has a name")
                .trim_end_matches(".rs");
            assert!(
                kept::engine::kpi::ALL.iter().any(|kpi| kpi.id == stem),
                "{name} is not registered"
            );
        }
    }
}

#[test]
fn goldens_are_small_and_nothing_is_switched_off() {
    for (name, text) in files("tests/golden", "txt") {
        assert!(text.len() < 20 * 1024, "{name} is too large for a golden");
    }
    for (name, text) in files("tests", "rs") {
        assert!(
            !text.contains(concat!("#[ig", "nore")),
            "{name} has a test switched off"
        );
    }
    for (name, text) in files("src", "rs") {
        assert!(
            !text.contains(concat!("TO", "DO")),
            "{name} has a note to its author"
        );
        assert!(
            !text.contains(concat!("style=", "\"")),
            "{name} sets a style attribute, which a strict policy blocks"
        );
        assert!(
            !text.contains(concat!("inner_", "html")),
            "{name} writes HTML from text"
        );
    }
}

#[test]
fn there_is_one_door_to_the_window() {
    for (name, text) in files("src/web", "rs") {
        if name != "src/web/dom.rs" {
            assert!(
                !code(&text).contains("web_sys::window"),
                "{name} reaches for the window"
            );
        }
    }
}
