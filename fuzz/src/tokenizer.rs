//! Cutting text into records.

use kept::engine::ingest::ReadingChoices;

use super::reading::{assert_honest, assert_same, read};

const DELIMITERS: [char; 5] = [',', ';', '\t', '|', '^'];
const HEADERS: [&str; 5] = ["alpha", "bravo", "delta", "golf", "hotel"];

/// Pieces of any size give the same table; and a table that was written by the rules of RFC 4180
/// comes back as it was.
///
/// The first byte chooses the delimiter, the second the size of the pieces.
pub fn check(data: &[u8]) {
    let [delimiter, size, text @ ..] = data else {
        return;
    };
    let delimiter = DELIMITERS[usize::from(*delimiter) % DELIMITERS.len()];
    let choices = ReadingChoices {
        delimiter: Some(delimiter.to_string()),
        header_row: Some(1),
        ..ReadingChoices::default()
    };
    let whole = read("a.csv", text, text.len(), &choices);
    assert_honest(&whole);
    assert_same(
        &whole,
        &read("a.csv", text, usize::from(*size) + 1, &choices),
    );
    comes_back(&String::from_utf8_lossy(text), delimiter, &choices);
}

/// Writes a table whose cells are the words of the text, and reads it.
fn comes_back(text: &str, delimiter: char, choices: &ReadingChoices) {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return;
    };
    let (width, rest) = (2 + first as usize % 4, characters.as_str());
    // Control characters and byte order marks are of no text: that is tried elsewhere.
    let is_odd = |character: char| {
        character.is_control() && !"\n\r\t".contains(character)
            || "\u{feff}\u{fffd}".contains(character)
    };
    // A cell that begins with an apostrophe may stand in a file that quotes with them.
    let cells: Vec<String> = rest
        .split('\u{1f}')
        .map(|cell| cell.replace(is_odd, "?"))
        .map(|cell| {
            cell.trim_start_matches(['\'', ' ', '\t', '\n', '\r'])
                .to_owned()
        })
        .map(|cell| without_rows(&cell, delimiter, width))
        .collect();
    let mut records: Vec<Vec<String>> = vec![];
    records.push(HEADERS[..width].iter().map(|h| (*h).to_owned()).collect());
    for (number, row) in cells.chunks(width - 1).take(18).enumerate() {
        // A number in every row: without one the first row could be a second header.
        let mut record = vec![format!("{}", 1_000 + number)];
        record.extend(row.iter().cloned());
        record.resize(width, String::from("."));
        records.push(record);
    }
    let lines = records.iter().map(|record| {
        let cells: Vec<String> = record.iter().map(|cell| quoted(cell, delimiter)).collect();
        cells.join(&delimiter.to_string()) + "\n"
    });
    let written: String = lines.collect();
    let tables = read("a.csv", written.as_bytes(), written.len(), choices)
        .unwrap_or_else(|error| panic!("{error:?} of {written:?}"));
    let table = &tables[0];
    let mut found = vec![];
    found.push(table.columns.iter().map(|c| c.name.clone()).collect());
    found.extend(table.preview.iter().cloned());
    for cell in records.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    assert_eq!(found, records, "{written:?}");
}

/// The cell without what could be rows of the table: where a quoted cell of several lines holds as
/// many delimiters as a row, a stray quote is as likely, and the reader may take either.
fn without_rows(cell: &str, delimiter: char, width: usize) -> String {
    if cell.contains(['\n', '\r']) && cell.matches(delimiter).count() + 1 >= width {
        cell.replace(delimiter, " ")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
