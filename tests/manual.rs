//! The manual of KPIs and of codes is generated from what the program says of itself.
//!
//! `UPDATE=1 cargo test --test manual` writes it anew; without that, the test fails where the
//! written manual and the program disagree.
#![expect(clippy::expect_used, reason = "test code")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use kept::engine::kpi::AboutReport;
use kept::engine::table::Reason;

fn check(name: &str, written: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("www/docs")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("the file lies in a folder"))
            .expect("the folder can be made");
        fs::write(&path, written).expect("the manual can be written");
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == written,
        "www/docs/{name} is out of date: run `UPDATE=1 cargo test --test manual`"
    );
}

#[test]
fn the_manual_of_kpis_is_what_the_program_says() {
    let mut page = String::from(
        "# KPIs\n\nGenerated from the program by `UPDATE=1 cargo test --test manual`; do not edit by hand.\n\
         Ratios are fractions, money is in major units, times are in hours.\n",
    );
    for about in kept::engine::calculator::terms::catalogue() {
        kpi_page(&mut page, &about).expect("text can be written");
    }
    check("kpis.md", &page);
}

fn kpi_page(page: &mut String, about: &AboutReport) -> std::fmt::Result {
    let short = about
        .short
        .as_deref()
        .map_or_else(String::new, |short| format!(" ({short})"));
    writeln!(page, "\n## {}{short}\n", about.name)?;
    writeln!(page, "`{}`, edition {}\n", about.id, about.edition)?;
    writeln!(page, "{}\n\n{}\n", about.question, about.definition)?;
    writeln!(page, "Formula: {}\n", about.formula)?;
    writeln!(page, "Needs:\n")?;
    for need in &about.needs {
        let roles: Vec<String> = need.roles.iter().map(|role| format!("`{role}`")).collect();
        writeln!(
            page,
            "- a table of the kind `{}` with {}",
            need.kind,
            roles.join(", ")
        )?;
    }
    writeln!(
        page,
        "\n| Rule | Id | What it does | Source |\n|---|---|---|---|"
    )?;
    for rule in &about.variants {
        let default = if rule.default { " (default)" } else { "" };
        writeln!(
            page,
            "| {}{default} | `{}` | {} | {} |",
            rule.name, rule.id, rule.rule, rule.source
        )?;
    }
    writeln!(page, "\n| Part | Unit | What it is |\n|---|---|---|")?;
    for part in &about.parts {
        writeln!(
            page,
            "| `{}` | {} | {} |",
            part.name,
            format!("{:?}", part.unit).to_lowercase(),
            part.says
        )?;
    }
    if !about.settings.is_empty() {
        writeln!(
            page,
            "\n| Setting | Default | What it does |\n|---|---|---|"
        )?;
        for setting in &about.settings {
            writeln!(
                page,
                "| `{}` | {} | {} |",
                setting.name,
                setting.default.as_str().unwrap_or_default(),
                setting.says
            )?;
        }
    }
    writeln!(page, "\nWhat it cannot tell:\n")?;
    for limit in &about.limits {
        writeln!(page, "- {limit}")?;
    }
    Ok(())
}

#[test]
fn the_reasons_for_leaving_rows_out_are_listed() {
    let listed =
        fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/docs/codes.md"))
            .unwrap_or_default();
    for reason in Reason::ALL.into_iter().skip(1) {
        assert!(
            listed.contains(&format!("| `{}` |", reason.code())),
            "{} is not in www/docs/codes.md",
            reason.code()
        );
    }
}

/// Every code that the engine's source writes is listed for those who compare them.
#[test]
fn every_code_in_the_source_is_listed() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let listed = fs::read_to_string(root.join("www/docs/codes.md")).unwrap_or_default();
    let mut missing = Vec::new();
    visit(&root.join("src"), &mut |text| {
        for maker in ["Refusal::new(", "Error::new(", "Note::new(", "refuse("] {
            for rest in text.split(maker).skip(1) {
                let rest = rest.trim_start();
                let code = rest
                    .strip_prefix('"')
                    .and_then(|rest| rest.split('"').next());
                if let Some(code) = code
                    .filter(|code| !code.is_empty() && !listed.contains(&format!("| `{code}` |")))
                {
                    missing.push(code.to_owned());
                }
            }
        }
    });
    missing.sort_unstable();
    missing.dedup();
    assert!(missing.is_empty(), "not in www/docs/codes.md: {missing:?}");
}

fn visit(folder: &std::path::Path, read: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            visit(&path, read);
        } else if path.extension().is_some_and(|end| end == "rs") {
            read(&fs::read_to_string(&path).expect("source is text"));
        }
    }
}

/// Codes that the element's script throws by itself.
#[test]
fn every_code_of_the_element_is_listed() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("www/kept.js")).expect("the script is there");
    let listed = fs::read_to_string(root.join("www/docs/codes.md")).unwrap_or_default();
    let failures = script
        .split("const FAILURES = {")
        .nth(1)
        .and_then(|rest| rest.split("};").next())
        .expect("the script lists its failures");
    let codes: Vec<&str> = failures
        .lines()
        .filter_map(|line| {
            line.strip_prefix("  ")?
                .split_once(": [")
                .map(|(code, _)| code)
        })
        .filter(|code| !code.starts_with(' '))
        .collect();
    assert!(codes.len() > 5, "only {codes:?} were found");
    for code in codes {
        assert!(
            listed.contains(&format!("| `{code}` |")),
            "{code} is not in www/docs/codes.md"
        );
    }
}
