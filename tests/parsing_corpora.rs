//! Files that other people made to try readers out, against the cells that they should give.
//!
//! The files lie beside the repository and are never copied into it; where they are absent, the
//! tests say so and pass.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "test code")]

use std::fs;
use std::path::PathBuf;

use kept::engine::ingest::{Finished, Reader, ReadingChoices};
use kept::engine::table::{Column, Table};
use serde_json::Value;

/// The folder of files to read, if it is there.
fn corpora() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no files at {}", folder.display());
    None
}

/// Reads a source as a session does: once, and again where the end shows the beginning misread.
fn read(bytes: &[u8], choices: ReadingChoices) -> Result<Table, String> {
    let mut choices = choices;
    loop {
        let mut reader = Reader::new("file", choices.clone());
        reader.feed(bytes).map_err(|error| error.code)?;
        match reader.finish().map_err(|error| error.code)? {
            Finished::Tables(mut tables) => return Ok(tables.remove(0)),
            Finished::ReadAgain(revised) => {
                assert!(!choices.settled, "settled choices stand");
                choices = ReadingChoices {
                    settled: true,
                    ..revised
                };
            }
        }
    }
}

/// The header and all cells as they were read.
fn cells(table: &Table) -> Vec<Vec<String>> {
    let columns: Vec<Vec<String>> = table.columns.iter().map(texts).collect();
    let header = if table.dialect.header_rows == 0 {
        None
    } else {
        Some(
            table
                .columns
                .iter()
                .map(|column| column.name.clone())
                .collect(),
        )
    };
    let rows = (0..table.rows as usize)
        .map(|row| columns.iter().map(|column| column[row].clone()).collect());
    header.into_iter().chain(rows).collect()
}

fn texts(column: &Column) -> Vec<String> {
    (0..column.len())
        .map(|row| column.cells.text(row).into_owned())
        .collect()
}

fn json(path: &std::path::Path) -> Value {
    let text = fs::read_to_string(path).expect("the answers are there");
    serde_json::from_str(&text).expect("the answers are JSON")
}

/// The expected cells, blanks around them left out, as they are for the engine.
fn expected_rows(rows: &Value) -> Vec<Vec<String>> {
    rows.as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            row.as_array()
                .expect("cells")
                .iter()
                .map(|cell| cell.as_str().expect("text").trim().to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn texts_in_every_encoding_are_read_without_help() {
    let Some(folder) = corpora() else { return };
    let answers = json(&folder.join("expected/parsing_encodings.json"));
    let (mut as_expected, mut wrong) = (0, Vec::new());
    for (name, answer) in answers.as_object().expect("files by name") {
        let bytes = fs::read(folder.join("parsing/encodings").join(name)).expect("the file");
        let rows = answer
            .get("rows")
            .filter(|rows| rows.is_array())
            .unwrap_or(&answer["rows_with_per_line_decoding"]);
        let expected = expected_rows(rows);
        match read(&bytes, ReadingChoices::default()) {
            Ok(table) if cells(&table) == expected => as_expected += 1,
            Ok(table) => wrong.push(format!(
                "{name} as {}: {:?}",
                table.dialect.encoding,
                cells(&table)
            )),
            Err(code) => wrong.push(format!("{name}: {code}")),
        }
    }
    println!("encodings: {as_expected} as expected, {} not", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn texts_in_every_encoding_are_read_as_the_user_says() {
    let Some(folder) = corpora() else { return };
    let answers = json(&folder.join("expected/parsing_encodings.json"));
    for (name, answer) in answers.as_object().expect("files by name") {
        let Some(encoding) = answer["encoding"].as_str() else {
            continue;
        };
        let bytes = fs::read(folder.join("parsing/encodings").join(name)).expect("the file");
        let choices = ReadingChoices {
            encoding: Some(encoding.to_owned()),
            ..ReadingChoices::default()
        };
        let table = read(&bytes, choices).unwrap_or_else(|code| panic!("{name}: {code}"));
        assert_eq!(cells(&table), expected_rows(&answer["rows"]), "{name}");
    }
}
