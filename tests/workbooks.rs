//! Workbooks with answers from an independent reader. The workbooks are not part of this
//! repository; where the folder beside it is absent, these tests say so and check nothing.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use kept::engine::base::Error;
use kept::engine::ingest::format::Kind;
use kept::engine::ingest::xlsx::Workbook;
use kept::engine::ingest::{Finished, Reader, ReadingChoices};
use kept::engine::table::Table;
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("../shared/data is absent: workbooks are not checked");
    None
}

/// The cells of every sheet by row and column, both from 0.
type Sheets = Vec<(String, bool, BTreeMap<(usize, usize), String>)>;

fn sheets(bytes: Vec<u8>) -> Result<Sheets, Error> {
    let workbook = Workbook::start(
        String::from("t.xlsx"),
        bytes,
        Kind::Zip,
        ReadingChoices::default(),
    );
    let mut opened = workbook.open()?;
    let mut found = Vec::new();
    for (name, visible) in opened.names() {
        let mut cells = BTreeMap::new();
        opened.rows(&name, &mut |line, row| {
            for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                cells.insert((line as usize - 1, column), text.clone());
            }
        })?;
        found.push((name, visible, cells));
    }
    Ok(found)
}

/// Files or cells that are read otherwise than the answers say, and why.
const DIFFERENCES: [(&str, &str); 2] = [
    (
        "calamine-xlsx/has_x000D_.xlsx Sheet1 0,0",
        "the other reader leaves the escape _x000D_ for a carriage return as it is",
    ),
    (
        "calamine-xlsx/has_x000D_inline.xlsx Sheet1 0,0",
        "the other reader leaves the escape _x000D_ for a carriage return as it is",
    ),
];

#[test]
fn every_cell_of_the_workbooks_is_what_another_reader_finds() {
    let Some(folder) = folder() else { return };
    let answers = fs::read_to_string(folder.join("expected/parsing_xlsx_openpyxl.json")).unwrap();
    let answers: Value = serde_json::from_str(&answers).unwrap();
    let (mut files, mut cells, mut filled, mut wrong) = (0, 0, 0, Vec::new());
    for (path, answer) in answers["files"].as_object().unwrap() {
        let Some(expected) = answer["sheets"].as_array().filter(|list| !list.is_empty()) else {
            continue;
        };
        files += 1;
        let found = match sheets(fs::read(folder.join("parsing").join(path)).unwrap()) {
            Ok(found) => found,
            Err(error) => {
                wrong.push(format!("{path}: {error}"));
                continue;
            }
        };
        for sheet in expected {
            let name = sheet["name"].as_str().unwrap();
            let Some((_, visible, ours)) = found.iter().find(|one| one.0 == name) else {
                wrong.push(format!("{path}: no sheet {name}"));
                continue;
            };
            assert_eq!(*visible, sheet["state"] == "visible", "{path} {name}");
            let Some(rows) = sheet["cells_25x14"].as_array() else {
                continue;
            };
            for (row, expected) in rows.iter().enumerate() {
                for (column, expected) in expected.as_array().unwrap().iter().enumerate() {
                    let ours = ours.get(&(row, column)).map_or("", String::as_str);
                    cells += 1;
                    filled += usize::from(!expected.is_null());
                    if !same(expected, ours) {
                        wrong.push(format!("{path} {name} {row},{column}: {expected} {ours:?}"));
                    }
                }
            }
        }
    }
    wrong.retain(|line| !DIFFERENCES.iter().any(|(start, _)| line.starts_with(start)));
    eprintln!("{files} workbooks, {cells} cells, {filled} of them filled");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files >= 50 && filled > 900, "{files} {filled}");
}

fn same(expected: &Value, ours: &str) -> bool {
    match expected {
        Value::Null => ours.is_empty(),
        Value::Bool(yes) => ours == yes.to_string(),
        // The answers went through a reader of JSON that may miss the last bit.
        Value::Number(number) => ours.parse::<f64>().is_ok_and(|ours| {
            let expected = number.as_f64().unwrap();
            (ours - expected).abs() <= expected.abs() * 4e-16
        }),
        Value::String(text) => {
            // Blanks at the ends are no part of a cell.
            text.trim() == ours.trim()
                // The other reader gives a day a time, midnight.
                || text.strip_suffix("T00:00:00") == Some(ours)
                || duration(text).as_deref() == Some(ours)
        }
        _ => false,
    }
}

/// `10 days, 15:10:10` in hours, minutes and seconds.
fn duration(text: &str) -> Option<String> {
    let (days, clock) = text.split_once(" days, ")?;
    let (hours, rest) = clock.split_once(':')?;
    let hours = days.parse::<u32>().ok()? * 24 + hours.parse::<u32>().ok()?;
    Some(format!("{hours}:{rest}"))
}

fn tables(name: &str, bytes: &[u8], piece: usize) -> Result<Vec<Table>, Error> {
    let mut reader = Reader::new(name, ReadingChoices::default());
    for bytes in bytes.chunks(piece) {
        reader.feed(bytes)?;
    }
    match reader.finish()? {
        Finished::Tables(tables) => Ok(tables),
        Finished::ReadAgain(_) => Ok(Vec::new()),
    }
}

#[test]
fn the_table_of_a_made_workbook_is_found_where_it_stands() {
    let Some(folder) = folder() else { return };
    let answers = fs::read_to_string(folder.join("expected/parsing_xlsx_generated.json")).unwrap();
    let answers: Value = serde_json::from_str(&answers).unwrap();
    for (name, answer) in answers.as_object().unwrap() {
        let bytes = fs::read(folder.join("parsing/xlsx-generated").join(name)).unwrap();
        let tables = tables(name, &bytes, 65_536).unwrap();
        let wanted = answer["table_sheet"].as_str();
        let table = tables
            .iter()
            .find(|table| table.sheet.as_deref() == wanted)
            .unwrap();
        let expected = answer["rows"].as_array().unwrap();
        let (header, rows) = expected.split_first().unwrap();
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        let header: Vec<&str> = header
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        assert_eq!(names, header);
        for (expected, ours) in rows.iter().zip(&table.preview) {
            for (expected, ours) in expected.as_array().unwrap().iter().zip(ours) {
                assert!(same(expected, ours), "{name}: {expected} {ours:?}");
            }
        }
        assert!(
            !tables
                .iter()
                .any(|table| table.sheet.as_deref() == Some("hidden")),
            "a hidden sheet is offered"
        );
        let codes: Vec<&str> = table.notes.iter().map(|note| note.code.as_str()).collect();
        assert!(codes.contains(&"formula_without_value"), "{codes:?}");
    }
}
