//! Workbooks as programs write them, and workbooks made to do harm.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "test code"
)]

mod support;
#[path = "support/workbook.rs"]
mod workbook_writer;

use std::time::{Duration, Instant};

use kept::engine::base::Error;
use kept::engine::ingest::{Finished, Reader, ReadingChoices};
use kept::engine::options::Options;
use kept::engine::protocol::Request;
use kept::engine::report::Report;
use kept::engine::session::Session;
use kept::engine::table::Table;
use support::{options, report_on};
use workbook_writer::{Part, archive, parts, workbook};

fn tables(bytes: &[u8], piece: usize) -> Result<Vec<Table>, Error> {
    let mut reader = Reader::new("t.xlsx", ReadingChoices::default());
    for bytes in bytes.chunks(piece) {
        reader.feed(bytes)?;
    }
    match reader.finish()? {
        Finished::Tables(tables) => Ok(tables),
        Finished::ReadAgain(_) => panic!("a workbook is never read again"),
    }
}

const SHARED: &str = "<si><t>customer</t></si><si><r><t>ric</t></r><r><t>h</t></r></si><si><t xml:space=\"preserve\">Zoë &amp; Co</t></si>";

const DATA: &str = r#"<row r="3"><c r="B3" t="inlineStr"><is><t>Title over all</t></is></c></row>
<row r="5"><c r="B5" t="s"><v>0</v></c><c r="C5" t="inlineStr"><is><t>started</t></is></c><c r="D5" t="inlineStr"><is><t>seen</t></is></c><c r="E5" t="inlineStr"><is><t>at</t></is></c><c r="F5" t="inlineStr"><is><t>spent</t></is></c><c r="G5" t="inlineStr"><is><t>share</t></is></c><c r="H5" t="inlineStr"><is><t>active</t></is></c><c r="I5" t="inlineStr"><is><t>mrr</t></is></c></row>
<row r="6"><c r="B6" t="s"><v>1</v></c><c r="C6" s="1"><v>45351</v></c><c r="D6" s="2"><v>45352.573263888888</v></c><c r="E6" s="3"><v>0.39583333333333331</v></c><c r="F6" s="4"><v>1.5</v></c><c r="G6" s="5"><v>0.125</v></c><c r="H6" t="b"><v>1</v></c><c r="I6"><v>1234.5</v></c></row>
<row r="7" hidden="1"><c r="B7" t="s"><v>2</v></c><c r="C7" s="1"><v>45352</v></c><c r="D7" t="e"><v>#N/A</v></c><c r="F7" t="e"><v>#SPILL!</v></c><c r="H7" t="b"><v>0</v></c><c r="I7"><f>SUM(I6)</f></c></row>
<row r="8"><c r="B8" t="str"><f>"x"</f><v>007</v></c><c r="C8" s="1"><v>45353</v></c><c r="I8" t="n"><v>oops</v></c><c r="K8"><v>1</v></c></row>"#;

#[test]
fn every_form_of_a_cell_becomes_the_text_that_it_means() {
    let bytes = workbook(&[("Data", "visible", DATA)], SHARED);
    for piece in [7, 1_000, 1_000_000] {
        let table = tables(&bytes, piece).unwrap().remove(0);
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(
            names.join("|"),
            "customer|started|seen|at|spent|share|active|mrr|column_9|column_10"
        );
        let rows: Vec<String> = table.preview.iter().map(|row| row.join("|")).collect();
        assert_eq!(
            rows,
            [
                "rich|2024-02-29|2024-03-01T13:45:30|09:30:00|36:00:00|0.125|true|1234.5||",
                "Zoë & Co|2024-03-01|#N/A||#SPILL!||false|||",
                "007|2024-03-02||||||oops||1",
            ]
        );
        let notes: Vec<(&str, Option<u64>)> = table
            .notes
            .iter()
            .map(|note| (note.code.as_str(), note.count))
            .collect();
        assert_eq!(
            notes,
            [
                ("lines_before_header", Some(1)),
                ("header_empty", Some(1)),
                ("formula_without_value", Some(1)),
                ("hidden_rows", Some(1)),
            ]
        );
        assert_eq!(table.sheet.as_deref(), Some("Data"));
    }
}

/// The error of bytes that are refused, within a second.
fn refused(bytes: &[u8]) -> Error {
    let began = Instant::now();
    let error = tables(bytes, 65_536).unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(1), "{error}");
    assert!(!error.hint.is_empty());
    error
}

#[test]
fn a_small_workbook_that_unpacks_to_gigabytes_is_refused_at_once() {
    let replaced = |name: &str, part: Part| {
        let mut all = parts(&[("Data", "visible", DATA)], SHARED);
        all.retain(|one| one.name != name);
        all.push(part);
        archive(&all)
    };
    let sheet = "xl/worksheets/sheet1.xml";
    let texts = "xl/sharedStrings.xml";
    let begun = "<worksheet><sheetData>";
    for (bytes, code) in [
        // It says how large it is.
        (
            replaced(texts, Part::bomb(texts, "<sst>", 500, 500 << 20)),
            "workbook_unsafe",
        ),
        (
            replaced(sheet, Part::bomb(sheet, begun, 500, 3 << 30)),
            "workbook_unsafe",
        ),
        // It says that it is small.
        (
            replaced(texts, Part::bomb(texts, "<sst>", 500, 1_000)),
            "workbook_unreadable",
        ),
        (
            replaced(sheet, Part::bomb(sheet, begun, 500, 1_000)),
            "workbook_unreadable",
        ),
    ] {
        assert!(bytes.len() < 700_000, "{}", bytes.len());
        assert_eq!(refused(&bytes).code, code);
    }
}

#[test]
fn files_that_lie_on_each_others_bytes_are_refused() {
    let mut bytes = workbook(&[("Data", "visible", DATA)], SHARED);
    // A directory of many entries that all mean the same packed bytes.
    let bomb = archive(&[Part::bomb("xl/a.xml", "", 15, 15 << 20)]);
    let directory_at = bomb.len() - 22 - (46 + "xl/a.xml".len());
    let entry = bomb[directory_at..bomb.len() - 22].to_vec();
    bytes = [&bomb[..directory_at], &entry.repeat(300), &bytes[..0]].concat();
    let at = directory_at as u32;
    bytes.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00\x2c\x01\x2c\x01");
    bytes.extend_from_slice(&(entry.len() as u32 * 300).to_le_bytes());
    bytes.extend_from_slice(&at.to_le_bytes());
    bytes.extend_from_slice(&[0, 0]);
    assert!(["workbook_unsafe", "format_unsupported"].contains(&refused(&bytes).code.as_str()));
}

#[test]
fn two_cells_at_the_ends_of_a_sheet_are_refused_at_once() {
    let data = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let error = refused(&workbook(&[("Data", "visible", data)], ""));
    assert_eq!(error.code, "cells_too_far_apart");
    assert!(error.message.contains("16384 columns and 1048576 rows"));
}

#[test]
fn a_table_with_a_stray_cell_far_below_is_read() {
    let data = format!("{DATA}<row r=\"900000\"><c r=\"B900000\"><v>1</v></c></row>");
    let table = tables(&workbook(&[("Data", "visible", &data)], SHARED), 65_536)
        .unwrap()
        .remove(0);
    assert_eq!(table.rows, 4);
}

#[test]
fn references_outside_of_every_sheet_are_an_error() {
    let data = "<row r=\"1\"><c r=\"ZZZZZZZZZ99999999999\"><v>1</v></c></row>";
    let error = refused(&workbook(&[("Data", "visible", data)], ""));
    assert_eq!(error.code, "workbook_unreadable");
}

#[test]
fn every_beginning_and_every_damaged_byte_is_an_error_or_a_table() {
    let bytes = workbook(&[("Data", "visible", DATA)], SHARED);
    for end in 0..bytes.len() {
        let error = tables(&bytes[..end], usize::MAX).unwrap_err();
        assert!(
            [
                "workbook_unreadable",
                "empty_input",
                "no_rows",
                "not_a_table"
            ]
            .contains(&error.code.as_str()),
            "{end}: {error}"
        );
    }
    for at in 0..bytes.len() {
        for change in [0x01, 0x80, 0xFF] {
            let mut damaged = bytes.clone();
            damaged[at] ^= change;
            if let Err(error) = tables(&damaged, usize::MAX) {
                assert!(!error.code.is_empty());
            }
        }
    }
}

#[test]
fn what_is_no_workbook_is_refused_by_what_it_is() {
    let of = |names: &[&str]| {
        let parts: Vec<Part> = names.iter().map(|name| Part::stored(name, "x")).collect();
        archive(&parts)
    };
    let old = |stream: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    for (bytes, code, says) in [
        (of(&["word/document.xml"]), "format_unsupported", "Word"),
        (
            of(&["ppt/slides/slide1.xml"]),
            "format_unsupported",
            "PowerPoint",
        ),
        (
            of(&["mimetype", "content.xml"]),
            "format_unsupported",
            ".ods",
        ),
        (
            of(&["Index/Document.iwa", "Metadata/x"]),
            "format_unsupported",
            "Numbers",
        ),
        (of(&["xl/workbook.bin"]), "format_unsupported", ".xlsb"),
        (of(&["a.csv", "b.csv"]), "format_unsupported", "archive"),
        (old("Workbook"), "format_unsupported", ".xls"),
        (old("WordDocument"), "format_unsupported", ".doc"),
        (old("EncryptedPackage"), "workbook_encrypted", "password"),
    ] {
        let error = refused(&bytes);
        assert_eq!(error.code, code, "{error}");
        assert!(error.message.contains(says), "{error}");
    }
}

fn text_rows(rows: &[&[&str]]) -> String {
    let mut data = String::new();
    for (row, cells) in rows.iter().enumerate() {
        data.extend(["<row r=\"", &(row + 1).to_string(), "\">"]);
        for cell in *cells {
            data.extend(["<c t=\"inlineStr\"><is><t>", cell, "</t></is></c>"]);
        }
        data += "</row>";
    }
    data
}

const SURVEY: &[&[&str]] = &[
    &["How likely are you to recommend us?", "Date"],
    &["9", "2024-01-03"],
    &["10", "2024-01-04"],
    &["3", "2024-01-05"],
];

#[test]
fn the_only_sheet_that_is_recognised_is_used_and_hidden_ones_are_not_offered() {
    let survey = text_rows(SURVEY);
    let notes = text_rows(&[&["Made by", "Ann"], &["For", "the board"]]);
    let bytes = workbook(
        &[
            ("Read me", "visible", &notes),
            ("Answers", "visible", &survey),
            ("Copy", "hidden", &survey),
            ("Empty", "visible", ""),
        ],
        "",
    );
    let report = report_on(&[("t.xlsx", &bytes)], &Options::default()).unwrap();
    let table = &report.tables[0];
    assert_eq!(table.dialect.sheet.as_deref(), Some("Answers"));
    assert_eq!(table.dialect.format, "xlsx");
    assert_eq!(table.kind.as_deref(), Some("survey"));
    assert!(report.notes.iter().any(|note| note.code == "sheet_chosen"));
    // The user may want the other one.
    let choice = options(r#"{"mapping":{"t.xlsx":{"sheet":"Read me"}}}"#);
    let report = report_on(&[("t.xlsx", &bytes)], &choice).unwrap();
    assert_eq!(report.tables[0].dialect.sheet.as_deref(), Some("Read me"));
}

#[test]
fn two_sheets_that_could_be_meant_are_asked_about_and_the_answer_needs_no_reading() {
    let survey = text_rows(SURVEY);
    let other = text_rows(&[SURVEY[0], SURVEY[3], SURVEY[3]]);
    let bytes = workbook(&[("Q1", "visible", &survey), ("Q2", "visible", &other)], "");
    let mut session = Session::new();
    let sources: [(&str, &[u8]); 1] = [("t.xlsx", &bytes)];
    let open = support::open(&mut session, 1, &sources, &Options::default()).unwrap();
    let report: Report = serde_json::from_str(&open).unwrap();
    let question = &report.tables[0].questions[0];
    assert_eq!(question.code, "sheet");
    assert_eq!(question.choices, ["Q1", "Q2"]);
    assert!(
        question
            .affects
            .iter()
            .any(|kpi| kpi == "net_promoter_score")
    );
    let refusal = support::finding(&report, "net_promoter_score")
        .refusal
        .clone();
    assert_eq!(refusal.unwrap().code, "question_open");
    for (sheet, rows) in [("Q2", 2), ("Q1", 3)] {
        session.accept(Request::Update {
            run: 2,
            options: options(&format!(
                r#"{{"mapping":{{"t.xlsx":{{"sheet":"{sheet}"}}}}}}"#
            )),
        });
        assert_eq!(session.wants(), None);
        let answered = support::finish(&mut session, &sources).unwrap();
        let report: Report = serde_json::from_str(&answered).unwrap();
        assert!(report.tables[0].questions.is_empty());
        assert_eq!(report.tables[0].rows.read, rows);
        assert!(
            support::finding(&report, "net_promoter_score")
                .value
                .is_some()
        );
    }
}
