//! The program for a command line says what the library says, in every format, and ends with the
//! number that its help names.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "test code; what is cut is ASCII"
)]

mod support;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use kept::engine::session::Session;
use support::options;

fn kept(words: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kept"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends without reading closes the pipe; what it says is what is tested.
    drop(child.stdin.take().unwrap().write_all(stdin));
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> (Option<i32>, String) {
    let words = String::from_utf8(output.stderr.clone()).unwrap();
    (output.status.code(), words)
}

fn sample(name: &str) -> (String, Vec<u8>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("www/samples")
        .join(name);
    (path.display().to_string(), fs::read(path).unwrap())
}

/// What the library says of these tables.
fn of_library(tables: &[(&str, &[u8])], choices: &str) -> String {
    support::open(&mut Session::new(), 1, tables, &options(choices)).unwrap()
}

#[test]
fn the_report_is_that_of_the_library_byte_for_byte() {
    let (tickets, bytes) = sample("tickets.csv");
    let choices = r#"{"segment":"Priority","period":{"unit":"quarter"}}"#;
    let output = kept(&["report", &tickets, "--options", choices], b"");
    assert_eq!(told(&output), (Some(0), String::new()));
    assert_eq!(
        said(&output),
        of_library(&[("tickets.csv", &bytes)], choices)
    );
}

#[test]
fn several_files_become_one_report() {
    let (one, one_bytes) = sample("customers.csv");
    let (other, other_bytes) = sample("tickets.csv");
    let output = kept(&["report", &one, &other], b"");
    let tables: [(&str, &[u8]); 2] = [("customers.csv", &one_bytes), ("tickets.csv", &other_bytes)];
    assert_eq!(said(&output), of_library(&tables, ""));
}

#[test]
fn standard_input_is_read_packed_or_not() {
    let (_, bytes) = sample("nps_answers.csv");
    let expected = of_library(&[("nps_answers.csv", &bytes)], "");
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&bytes).unwrap();
    let packed = packer.finish().unwrap();
    for stdin in [&bytes, &packed] {
        let output = kept(&["report", "--name", "nps_answers.csv"], stdin);
        assert_eq!(said(&output), expected);
    }
    // A file of several packed parts, one after the other, is one file.
    let (head, tail) = bytes.split_at(1_000);
    let parts = [head, tail].map(|part| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(part).unwrap();
        packer.finish().unwrap()
    });
    let output = kept(
        &["report", "-", "--name", "nps_answers.csv"],
        &parts.concat(),
    );
    assert_eq!(said(&output), expected);
}

#[test]
fn a_table_that_must_be_read_twice_is_read_twice_from_standard_input() {
    // The letter that is no UTF-8 stands far behind the head by which the encoding is guessed.
    let mut bytes = b"response,score\n".to_vec();
    for row in 0..60_000 {
        writeln!(bytes, "R{row},{}", row % 11).unwrap();
    }
    bytes.extend(b"Jos\xe9,9\n");
    let output = kept(&["report", "--name", "answers.csv"], &bytes);
    assert_eq!(said(&output), of_library(&[("answers.csv", &bytes)], ""));
}

#[test]
fn a_recipe_is_followed_and_words_beside_it_win() {
    let (answers, bytes) = sample("nps_answers.csv");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let recipe = folder.join("quarters.json");
    let text = r#"{"recipe":1,"options":{"period":{"unit":"quarter"},"as_of":"2025-12-31"}}"#;
    fs::write(&recipe, text).unwrap();
    let recipe = recipe.display().to_string();
    let output = kept(
        &[
            "report",
            &answers,
            "--recipe",
            &recipe,
            "--as-of",
            "2026-01-31",
        ],
        b"",
    );
    let expected = r#"{"period":{"unit":"quarter"},"as_of":"2026-01-31"}"#;
    assert_eq!(
        said(&output),
        of_library(&[("nps_answers.csv", &bytes)], expected)
    );
}

#[test]
fn every_format_tells_the_figure() {
    let (answers, bytes) = sample("nps_answers.csv");
    let json = of_library(&[("nps_answers.csv", &bytes)], "");
    let report: kept::engine::report::Report = serde_json::from_str(&json).unwrap();
    let finding = support::finding(&report, "net_promoter_score");
    let (value, n) = (finding.value.unwrap(), finding.n.unwrap());

    let csv = said(&kept(&["report", &answers, "--format", "csv"], b""));
    let line = csv.lines().find(|line| line.contains(",period,")).unwrap();
    let cells: Vec<&str> = line.split(',').collect();
    assert_eq!(cells[0], "net_promoter_score");
    assert_eq!(cells[11].parse::<f64>().unwrap().to_bits(), value.to_bits());
    assert_eq!(cells[14].parse::<u64>().unwrap(), n);
    let units = csv
        .lines()
        .skip(1)
        .filter(|line| line.contains(",unit,"))
        .count();
    let series: usize = report.findings.iter().map(|it| it.series.len()).sum();
    assert_eq!(units, series);

    let shown = format!("| {value:.1} |").replace('-', "\u{2212}");
    let markdown = said(&kept(&["report", &answers, "--format", "markdown"], b""));
    assert!(markdown.contains(&shown), "{shown}: {markdown}");
    assert!(markdown.contains("## Rows"), "{markdown}");

    let html = said(&kept(&["report", &answers, "--format", "html"], b""));
    assert!(html.starts_with("<!doctype html>"), "{}", &html[..40]);
    assert!(!html.contains("<script"), "a file to pass on runs nothing");
}

#[test]
fn a_report_goes_into_a_file_where_one_is_named() {
    let (answers, bytes) = sample("nps_answers.csv");
    let to = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report.json");
    let place = to.display().to_string();
    let output = kept(&["report", &answers, "--output", &place], b"");
    assert_eq!(said(&output), "");
    let expected = of_library(&[("nps_answers.csv", &bytes)], "");
    assert_eq!(fs::read_to_string(to).unwrap(), expected);
}

#[test]
fn the_number_at_the_end_says_how_it_went() {
    let (answers, _) = sample("nps_answers.csv");
    for (words, stdin, code, says) in [
        (vec!["report"], "colour,shape\nred,round\n", 1, ""),
        (vec![], "", 2, "kept report FILE"),
        (vec!["report", "--speed", "9"], "", 2, "--speed"),
        (
            vec!["report", "--options", "{"],
            "",
            2,
            "options cannot be used",
        ),
        (
            vec!["report", "--timezone", "Nowhere"],
            "a,b\n1,2\n",
            2,
            "timezone_unsupported",
        ),
        (vec!["report", "no such file.csv"], "", 3, "cannot be read"),
        (vec!["report", "/"], "", 3, "folder"),
        (vec!["report"], "", 3, "empty_input"),
        (vec!["report"], "\u{1f}\u{8b}", 3, ""),
        (
            vec!["report", &answers, "--output", "/no/such/folder/x"],
            "",
            4,
            "written",
        ),
    ] {
        let output = kept(&words, stdin.as_bytes());
        let (ended, sentence) = told(&output);
        assert_eq!(ended, Some(code), "{words:?}: {sentence}");
        assert!(sentence.contains(says), "{words:?}: {sentence}");
    }
    let broken = kept(&["report"], &[0x1f, 0x8b, 8, 0, 1, 2, 3]);
    let (ended, sentence) = told(&broken);
    assert_eq!(ended, Some(3), "{sentence}");
    assert!(sentence.contains("gzip_broken"), "{sentence}");
}

#[test]
fn help_names_every_number_that_it_ends_with() {
    let help = said(&kept(&["--help"], b""));
    for code in 0..=4 {
        assert!(help.contains(&format!("\n  {code}  ")), "{code}: {help}");
    }
    let version = said(&kept(&["--version"], b""));
    assert_eq!(version, format!("kept {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn queries_go_into_a_folder_with_a_text_that_says_how_to_run_them() {
    let (answers, _) = sample("nps_answers.csv");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("queries");
    let place = folder.display().to_string();
    let output = kept(
        &["sql", &answers, "--dialect", "spark", "--out", &place],
        b"",
    );
    assert_eq!(told(&output), (Some(0), String::new()));
    let query = fs::read_to_string(folder.join("net_promoter_score.sql")).unwrap();
    assert!(query.contains("FROM `nps_answers`"), "{query}");
    let readme = fs::read_to_string(folder.join("README.txt")).unwrap();
    assert!(readme.contains("spark-sql"), "{readme}");
    assert!(readme.contains("net_promoter_score.sql"), "{readme}");
}

#[test]
fn a_query_is_written_for_the_rule_and_the_table_that_are_named() {
    let (answers, _) = sample("nps_answers.csv");
    let words = [
        "sql",
        &answers,
        "--kpi",
        "net_promoter_score",
        "--rule",
        "by_customer",
        "--table",
        "nps_answers.csv=voice.answers",
    ];
    let query = said(&kept(&words, b""));
    assert!(query.contains("rule by_customer"), "{query}");
    assert!(query.contains("FROM \"voice\".\"answers\""), "{query}");
    let none = kept(&["sql", &answers, "--kpi", "open_backlog"], b"");
    assert_eq!(told(&none).0, Some(2));
}
