//! Files that other people made to try readers out, against the cells that they should give.
//!
//! The files lie beside the repository and are never copied into it; where they are absent, the
//! tests say so and pass.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "test code")]

use std::fs;
use std::path::PathBuf;

use kept::engine::ingest::{Finished, Reader, ReadingChoices, WantedColumns};
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

/// Reads a source and keeps all its cells, also those that no figure needs.
fn read(bytes: &[u8], choices: ReadingChoices) -> Result<Table, String> {
    let table = read_as_told(bytes, choices.clone())?;
    let headers = table.columns.iter().map(|column| column.name.clone());
    let choices = ReadingChoices {
        wanted_columns: WantedColumns {
            headers: headers.collect(),
            comments: Vec::new(),
        },
        ..choices
    };
    read_as_told(bytes, choices)
}

/// Reads a source as a session does: once, and again where the end shows the beginning misread.
fn read_as_told(bytes: &[u8], choices: ReadingChoices) -> Result<Table, String> {
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
                    ..*revised
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

/// What the engine makes of rows as another reader gives them: blank lines are no rows, blanks
/// around cells go, rows that are too short are filled up, rows that are too long are left out with
/// all their cells, and so are columns at the right edge without a header and without a cell.
fn as_table(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
        .collect();
    let first = rows
        .iter()
        .find(|row: &&Vec<String>| row.iter().any(|cell| !cell.is_empty()))
        .or(rows.first());
    let width = first.map_or(0, Vec::len);
    let filled = rows
        .iter()
        .filter(|row| row.len() <= width)
        .filter_map(|row| row.iter().rposition(|cell| !cell.is_empty()));
    let width = filled.max().map_or(width, |last| last + 1);
    rows.iter()
        .filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .map(|row| {
            let too_long = row.iter().skip(width).any(|cell| !cell.is_empty());
            (0..width)
                .map(|place| match row.get(place) {
                    Some(cell) if !too_long => cell.clone(),
                    _ => String::new(),
                })
                .collect()
        })
        .collect()
}

/// Compares, and tells a difference in one line.
fn difference(found: &Result<Table, String>, expected: &[Vec<String>]) -> Option<String> {
    match found {
        Ok(table) if cells(table) == expected => None,
        Ok(table) => Some(format!(
            "{:?} {:?} instead of {expected:?}",
            char::from(table.dialect.delimiter),
            cells(table)
        )),
        Err(code) if expected.len() <= 1 && (code == "no_rows" || code == "empty_input") => None,
        Err(code) => Some(format!("{code} instead of {expected:?}")),
    }
}

/// Fails where a file differs that is not listed, or is listed and does not.
fn judge(corpus: &str, found: Vec<(String, Option<String>)>, listed: &[(&str, &str)]) {
    let differ: Vec<&String> = found
        .iter()
        .filter_map(|(name, difference)| difference.as_ref().map(|_| name))
        .collect();
    println!(
        "{corpus}: {} as expected, {} with a listed difference",
        found.len() - differ.len(),
        differ.len()
    );
    let wrong: Vec<String> = found
        .iter()
        .filter(|(name, difference)| {
            difference.is_some() != listed.iter().any(|(known, _)| known == name)
        })
        .map(|(name, difference)| {
            format!(
                "{name}: {}",
                difference.as_deref().unwrap_or("differs no more")
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{corpus}\n{}", wrong.join("\n"));
}

#[test]
fn csv_spectrum_is_read_as_its_answers_say() {
    let Some(folder) = corpora() else { return };
    let folder = folder.join("parsing/csv-spectrum");
    let mut found = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder.join("csvs"))
        .expect("the files")
        .map(|entry| entry.expect("a file").path())
        .collect();
    names.sort();
    for path in names {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let answer = json(&folder.join("json").join(format!("{name}.json")));
        let bytes = fs::read(&path).expect("the file");
        let table = read(&bytes, ReadingChoices::default());
        // One file's answer is its only row.
        let rows = answer
            .as_array()
            .map_or(std::slice::from_ref(&answer), Vec::as_slice);
        let difference = match &table {
            Err(code) => Some(code.clone()),
            Ok(table) => {
                let header: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
                let expected: Vec<Vec<String>> = std::iter::once(header.clone())
                    .chain(rows.iter().map(|row| {
                        header
                            .iter()
                            .map(|name| row[name].as_str().expect("text").trim().to_owned())
                            .collect()
                    }))
                    .collect();
                difference(&Ok(table.clone()), &expected)
            }
        };
        found.push((name, difference));
    }
    judge("csv-spectrum", found, SPECTRUM_LISTED);
}

#[test]
fn files_of_other_readers_are_read_as_theirs() {
    let Some(folder) = corpora() else { return };
    let answers = json(&folder.join("expected/parsing_csv.json"));
    let files = answers["files"].as_object().expect("files by name");
    for corpus in ["csvkit", "rust-csv", "readr", "papaparse"] {
        let mut found = Vec::new();
        for (name, answer) in files.iter().filter(|(name, _)| name.starts_with(corpus)) {
            let bytes = fs::read(folder.join("parsing").join(name)).expect("the file");
            let expected: Vec<Vec<String>> = answer["cells"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| {
                    let cells = row.as_array().expect("cells").iter();
                    cells
                        .map(|cell| cell.as_str().expect("text").to_owned())
                        .collect()
                })
                .collect();
            let expected = as_table(&expected);
            let mut table = read(&bytes, ReadingChoices::default());
            let truncated = answer["truncated"].as_bool() == Some(true);
            if let (Ok(table), true) = (&mut table, truncated) {
                let rows = answer["rows"].as_u64().expect("a count");
                let read = u64::from(table.rows) + u64::from(table.dialect.header_rows);
                assert_eq!(read, rows, "{name}");
                table.rows = expected.len() as u32 - table.dialect.header_rows;
            }
            found.push((name.clone(), difference(&table, &expected)));
        }
        judge(corpus, found, LISTED);
    }
}

/// Files of csv-spectrum that are read otherwise, and why.
const SPECTRUM_LISTED: &[(&str, &str)] = &[
    (
        "location_coordinates",
        "the answer has another telephone number than the file",
    ),
    (
        "newlines_crlf",
        "the file as it is handed on has a line feed where the answer has CR LF",
    ),
];

/// Files that are read otherwise, and why.
const LISTED: &[(&str, &str)] = &[(
    "rust-csv/strange.csv",
    "the line that begins with # is a comment, not a row",
)];

#[test]
fn papa_parse_cases_about_reading_are_read_so() {
    let Some(folder) = corpora() else { return };
    let cases = json(&folder.join("parsing/papaparse/papaparse_cases.json"));
    let known = [
        "delimiter",
        "newline",
        "header",
        "comments",
        "skipEmptyLines",
        "quoteChar",
        "escapeChar",
    ];
    let (mut found, mut others) = (Vec::new(), 0);
    for group in ["CORE_PARSER_TESTS", "PARSE_TESTS"] {
        for (number, case) in cases[group].as_array().expect("cases").iter().enumerate() {
            let config = case["config"].as_object();
            let of_reading = config.is_none_or(|config| {
                config.iter().all(|(key, value)| {
                    known.contains(&key.as_str())
                        && (key != "comments" || value.as_bool() == Some(true) || value == "#")
                        && (key != "quoteChar" || value == "\"" || value == "'")
                        && (key != "escapeChar" || value == "\"" || value == "\\")
                        && (key != "delimiter" || value.as_str().is_some_and(|d| d.len() == 1))
                })
            });
            let (Some(input), true) = (case["input"].as_str(), of_reading) else {
                others += 1;
                continue;
            };
            let header =
                config.is_some_and(|config| config.get("header") == Some(&Value::Bool(true)));
            let choices = ReadingChoices {
                header_row: (!header).then_some(0),
                delimiter: config
                    .and_then(|config| config.get("delimiter"))
                    .and_then(Value::as_str)
                    .map(str::to_owned),
                ..ReadingChoices::default()
            };
            let table = read(input.as_bytes(), choices);
            let expected = papa_rows(&case["expected"]["data"]);
            let name = format!(
                "{group} {number}: {}",
                case["description"].as_str().unwrap_or("")
            );
            found.push((name, difference(&table, &as_table(&expected))));
        }
    }
    println!("papaparse: {others} cases are not about reading");
    judge("papaparse cases", found, PAPA_LISTED);
}

/// Rows as lists, with the header first where they are objects.
fn papa_rows(data: &Value) -> Vec<Vec<String>> {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut rows = Vec::new();
    for row in data.as_array().expect("rows") {
        if let Some(object) = row.as_object() {
            if rows.is_empty() {
                rows.push(object.keys().cloned().collect());
            }
            rows.push(object.values().map(text).collect());
        } else {
            rows.push(row.as_array().expect("cells").iter().map(text).collect());
        }
    }
    rows
}

/// Cases that are read otherwise, and why.
const PAPA_LISTED: &[(&str, &str)] = &[
    (
        "CORE_PARSER_TESTS 19: Quoted field has no closing quote",
        SWALLOWS,
    ),
    (
        "CORE_PARSER_TESTS 20: Quoted field has invalid trailing quote after delimiter with a valid closer",
        MISPLACED,
    ),
    (
        "CORE_PARSER_TESTS 21: Quoted field has invalid trailing quote after delimiter",
        SWALLOWS,
    ),
    (
        "CORE_PARSER_TESTS 22: Quoted field has invalid trailing quote before delimiter",
        SWALLOWS,
    ),
    (
        "CORE_PARSER_TESTS 23: Quoted field has invalid trailing quote after new line",
        MISPLACED,
    ),
    (
        "CORE_PARSER_TESTS 45: Entire file is comment lines",
        ONLY_COMMENTS,
    ),
    (
        "CORE_PARSER_TESTS 49: Input with only a commented line",
        ONLY_COMMENTS,
    ),
    (
        "CORE_PARSER_TESTS 50: Input with only a commented line and blank line after",
        ONLY_COMMENTS,
    ),
    (
        "CORE_PARSER_TESTS 59: Simple duplicated header names",
        NUMBERED,
    ),
    (
        "CORE_PARSER_TESTS 60: Duplicated header names existing column",
        NUMBERED,
    ),
    (
        "CORE_PARSER_TESTS 61: Duplicate header names with __proto__ field",
        NUMBERED,
    ),
    (
        "PARSE_TESTS 9: Mixed slash n and slash r should choose first as precident",
        "lines that end in two ways are all rows",
    ),
    (
        "PARSE_TESTS 12: Row with too few fields",
        "a table has all its columns, and the missing cell is empty",
    ),
    (
        "PARSE_TESTS 13: Row with too many fields",
        "nobody knows which cells belong to which columns, so the row is left out and told",
    ),
    (
        "PARSE_TESTS 22: Bad delimiter (\\n)",
        "a delimiter that cannot part cells is refused, not replaced in silence",
    ),
];

const SWALLOWS: &str = "a quote that is never closed swallows no rows; it is told and kept";
const MISPLACED: &str = "a cell with text after its closing quote is kept as written, and told";
const ONLY_COMMENTS: &str = "a file of comments alone has nothing else that could be its rows";
const NUMBERED: &str = "names that stand again are numbered (2), (3)";
