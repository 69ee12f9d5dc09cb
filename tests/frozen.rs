//! The file to pass on: nothing of the input in it, nothing that runs, nothing that loads.

#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kept::engine::kpi::{ALL, AboutReport};
use kept::engine::options::CardChoice;
use kept::engine::report::Report;
use kept::frozen::{Choices, Frozen, frozen};
use kept::present::format::Habits;
use kept::present::{Reader, samples, words};
use sha2::{Digest as _, Sha256};
use support::{options, report_on};

fn catalogue() -> Vec<AboutReport> {
    ALL.iter().map(|kpi| kpi.report()).collect()
}

fn file_of(report: &Report, choices: Choices) -> Frozen {
    let (catalogue, habits) = (catalogue(), Habits::new("en", report.currency.as_deref()));
    let reader = Reader {
        habits: &habits,
        catalogue: &catalogue,
        roles: &[],
        cards: &CardChoice::default(),
    };
    frozen(&reader, report, choices)
}

/// The text that a reader sees.
fn seen(html: &str) -> String {
    let body = html.split("<main>").nth(1).expect("the file has a body");
    let mut pieces = body.split('<');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or("", |(_, after)| after));
    }
    ["&lt;<", "&gt;>", "&quot;\"", "&amp;&"]
        .iter()
        .fold(text, |text, pair| {
            let (from, to) = pair.split_at(pair.len() - 1);
            text.replace(from, to)
        })
}

/// Every word of the program itself, in small letters: what it says of its KPIs and on its pages.
fn own_words() -> BTreeSet<String> {
    let catalogue = serde_json::to_string(&catalogue()).expect("a catalogue can be written");
    let kinds = [
        "survey",
        "ticket",
        "subscription",
        "order",
        "account",
        "event",
        "spend",
    ];
    let kinds: String = kinds.map(words::kind).join(" ");
    let empty = report_on(&[("a.csv", b"a,b\n1,2\n")], &options("")).expect("a report");
    let pages = [
        include_str!("../src/present/words.rs"),
        &seen(&file_of(&empty, Choices::default()).html),
    ]
    .concat();
    let charts = include_str!("../src/engine/kpi/answers.rs");
    let published = [
        include_str!("../src/engine/benchmarks/recurring.rs"),
        include_str!("../src/engine/benchmarks/service.rs"),
    ];
    let all = [
        catalogue,
        kinds,
        pages,
        charts.to_owned(),
        published.concat(),
    ];
    let all = all.concat().to_lowercase();
    cut(&all).map(str::to_owned).collect()
}

fn cut(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// Whether the text holds these words one after another.
fn holds(text: &[&str], words: &[&str]) -> bool {
    text.windows(words.len()).any(|found| found == words)
}

/// The strings of a table that must not be found: headers and cells of more than two characters
/// that are neither plain numbers of a few digits nor made of the program's own words alone.
fn strings(table: &str, own: &BTreeSet<String>) -> BTreeSet<String> {
    let cells = table.lines().flat_map(|line| line.split(','));
    let cells = cells.map(|cell| cell.trim().trim_matches('"').to_lowercase());
    cells
        .filter(|cell| {
            let is_number = cell.parse::<f64>().is_ok() && cell.len() < 6;
            cell.chars().count() > 2 && !is_number && !cut(cell).all(|word| own.contains(word))
        })
        .collect()
}

const SECRETS: &str =
    "Kundennummer Q7,Zweig X,Responded at,How likely are you to recommend us? (0-10),Remark\n";

/// A survey of invented people with names that nothing else holds.
fn secret_survey() -> String {
    let mut table = SECRETS.to_owned();
    for number in 0..400_u32 {
        let branch = [
            "Nordlicht & <Co>",
            "Zweigstelle Süd",
            "Haus \"Rot\"",
            "Übersee",
        ][number as usize % 4];
        let branch = branch.replace('"', "\"\"");
        let month = 1 + number % 7;
        let score = [10, 9, 9, 8, 7, 10, 3, 9, 6, 10, 0][number as usize % 11];
        writeln!(
            table,
            "Frau Zorn {number},\"{branch}\",2025-{month:02}-{:02},{score},Geheimnis{number} {}",
            1 + number % 28,
            700_001 + number,
        )
        .expect("a text takes more");
    }
    table
}

#[test]
fn no_string_of_the_input_is_in_the_file() {
    let own = own_words();
    let secret = secret_survey();
    let mut inputs: Vec<(Vec<(&str, &str)>, &str)> = samples::SAMPLES
        .iter()
        .map(|sample| (sample.files.to_vec(), ""))
        .collect();
    inputs.push((
        vec![("Zorn & Söhne.csv", &secret)],
        r#"{"segment":"Zweig X"}"#,
    ));
    inputs.push((
        vec![(
            "nps_answers.csv",
            include_str!("../www/samples/nps_answers.csv"),
        )],
        r#"{"segment":"Plan"}"#,
    ));
    for (files, chosen) in inputs {
        let bytes: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        let report = report_on(&bytes, &options(chosen)).expect("a report");
        let file = file_of(&report, Choices::default());
        let whole = file.html.to_lowercase();
        let all: Vec<&str> = cut(&whole).collect();
        // Places in a drawing are numbers too, so numbers are looked for in what is read.
        let seen = seen(&whole);
        let read: Vec<&str> = cut(&seen).collect();
        for (name, table) in &files {
            assert!(!whole.contains(&name.to_lowercase()), "{name} is named");
            for string in strings(table, &own) {
                let words: Vec<&str> = cut(&string).collect();
                let is_number = string.parse::<f64>().is_ok();
                let text = if is_number { &read } else { &all };
                assert!(
                    words.is_empty() || !holds(text, &words),
                    "{name}: “{string}” is in the file"
                );
            }
        }
    }
}

#[test]
fn groups_are_named_only_where_that_is_chosen() {
    let table = secret_survey();
    let report = report_on(
        &[("a.csv", table.as_bytes())],
        &options(r#"{"segment":"Zweig X"}"#),
    )
    .expect("a report");
    let plain = file_of(&report, Choices::default());
    assert!(plain.html.contains("Group 1") && !plain.html.contains("Zweigstelle"));
    let named = file_of(
        &report,
        Choices {
            names: true,
            ..Choices::default()
        },
    );
    assert!(named.html.contains("Zweigstelle") && !named.html.contains("Group 1"));
    assert!(named.html.contains("Nordlicht &amp; &lt;Co&gt;") && !named.html.contains("Frau Zorn"));
    assert_eq!(plain.withheld, named.withheld);
}

#[test]
fn the_file_can_load_and_run_nothing() {
    for sample in &samples::SAMPLES {
        let bytes: Vec<(&str, &[u8])> = sample
            .files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        let report = report_on(&bytes, &options("")).expect("a report");
        let html = file_of(&report, Choices::default()).html;
        let style = html
            .split("<style>")
            .nth(1)
            .and_then(|rest| rest.split("</style>").next());
        let hash = STANDARD.encode(Sha256::digest(style.expect("it has a style").as_bytes()));
        let policy = format!(
            "content=\"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'none'; base-uri 'none'\""
        );
        assert!(
            html.contains(&policy),
            "the policy should say sha256-{hash}"
        );
        let at = html
            .find("Content-Security-Policy")
            .expect("it has a policy");
        assert!(at < 200, "the policy stands before all that it rules");
        for word in [
            "<script",
            " style=",
            " on",
            "src=",
            "href=",
            "url(",
            "@import",
            "javascript:",
        ] {
            let found = html.split("</head>").nth(1).expect("it has a body");
            let tags = found.split('<').filter_map(|piece| piece.split('>').next());
            assert!(
                tags.into_iter()
                    .all(|tag| !format!("<{tag}").contains(word)),
                "{word}"
            );
        }
        assert_eq!(nested(&html), Ok(()));
    }
}

/// Whether every element is closed in its turn.
fn nested(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let name = tag
            .split([' ', '/'])
            .find(|word| !word.is_empty())
            .unwrap_or_default();
        if tag.starts_with('!') || tag.ends_with('/') || name == "meta" {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop() != Some(name) {
            return Err(format!("</{name}> closes nothing"));
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("{open:?} stay open"))
    }
}

#[test]
fn definitions_rules_and_limits_are_kept() {
    let table = include_str!("../www/samples/subscriptions.csv");
    let report = report_on(&[("s.csv", table.as_bytes())], &options("")).expect("a report");
    let text = seen(&file_of(&report, Choices::default()).html);
    let shown = report.findings.iter().filter(|it| it.value.is_some());
    for about in shown.filter_map(|it| catalogue().into_iter().find(|about| about.id == it.kpi)) {
        let own = [&about.name, &about.definition, &about.formula];
        let rules = about
            .variants
            .iter()
            .flat_map(|rule| [&rule.name, &rule.rule, &rule.source]);
        for words in own.into_iter().chain(rules).chain(&about.limits) {
            assert!(
                text.contains(words.as_str()),
                "{}: “{words}” is missing",
                about.id
            );
        }
    }
    for about in catalogue() {
        assert!(
            words::FAMILIES.contains(&about.family.as_str()),
            "{} has no section",
            about.id
        );
    }
}
