//! Turns one JSON object into cells: nested objects become columns with dotted names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cursor::{Cursor, Fault, Kind};
use crate::engine::table::{Cells, Column, Table};

/// Objects below this many levels stay JSON text.
const MOST_LEVELS: usize = 6;

/// More columns than this come from names that are values, and are counted instead of kept.
const MOST_COLUMNS: usize = 4_096;

/// The columns seen so far, and the cells of the record at hand.
#[derive(Debug, Default)]
pub struct Fields {
    /// Names of the columns, in the order of their first appearance.
    pub headers: Vec<String>,
    /// Names that stood twice in one record; the last one counts.
    pub duplicates: u64,
    /// Values whose column was one too many.
    pub beyond: u64,
    /// The record at hand holds bytes that are not UTF-8.
    pub odd_bytes: bool,
    places: BTreeMap<String, usize>,
    path: String,
    text: String,
    /// For each column the place of its cell in `text`.
    cells: Vec<Option<(usize, usize)>>,
    /// Where the next name probably stands, as in the record before.
    guess: usize,
}

impl Fields {
    /// Begins another record.
    pub fn begin(&mut self) {
        self.text.clear();
        self.cells.iter_mut().for_each(|cell| *cell = None);
        self.guess = 0;
        self.odd_bytes = false;
    }

    /// The cell of a column in the record at hand; empty where it has none.
    pub fn cell(&self, place: usize) -> &str {
        self.cells
            .get(place)
            .copied()
            .flatten()
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or("")
    }

    /// Puts a text into the column of this name.
    pub fn put(&mut self, name: &str, text: &str) {
        self.path.clear();
        self.path.push_str(name);
        let start = self.text.len();
        self.text.push_str(text);
        self.keep(start);
    }

    /// Reads the object whose brace is next.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn object(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Fault> {
        self.path.clear();
        let mut key = String::new();
        self.members(cursor, 0, &mut key)
    }

    /// Reads a value into the column of this name.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn scalar(&mut self, cursor: &mut Cursor<'_>, name: &str) -> Result<(), Fault> {
        self.path.clear();
        self.path.push_str(name);
        self.value(cursor, 0)
    }

    fn members(
        &mut self,
        cursor: &mut Cursor<'_>,
        level: usize,
        key: &mut String,
    ) -> Result<(), Fault> {
        cursor.take(b'{', "an object")?;
        let before = self.path.len();
        let mut first = true;
        while cursor.next_member(first, key)? {
            first = false;
            if before > 0 {
                self.path.push('.');
            }
            self.path.push_str(key);
            if cursor.kind()? == Kind::Object && level + 1 < MOST_LEVELS {
                self.members(cursor, level + 1, key)?;
            } else {
                self.value(cursor, level)?;
            }
            self.path.truncate(before);
        }
        Ok(())
    }

    fn value(&mut self, cursor: &mut Cursor<'_>, level: usize) -> Result<(), Fault> {
        let start = self.text.len();
        match cursor.kind()? {
            Kind::String => self.odd_bytes |= !cursor.string(&mut self.text)?,
            Kind::Word => self.text.push_str(shown(cursor.word()?)),
            Kind::Object | Kind::Array => {
                let range = cursor.skip(level + 1)?;
                self.text.push_str(&as_written(cursor.slice(range)));
            }
        }
        self.keep(start);
        Ok(())
    }

    /// The text from `start` on is the cell of the column whose name is in `path`.
    fn keep(&mut self, start: usize) {
        let Some(place) = self.place() else {
            self.beyond += 1;
            self.text.truncate(start);
            return;
        };
        self.guess = place + 1;
        if let Some(cell) = self.cells.get_mut(place) {
            self.duplicates += u64::from(cell.is_some());
            *cell = Some((start, self.text.len()));
        }
    }

    fn place(&mut self) -> Option<usize> {
        if self.headers.get(self.guess) == Some(&self.path) {
            return Some(self.guess);
        }
        if let Some(place) = self.places.get(&self.path) {
            return Some(*place);
        }
        let place = self.headers.len();
        if place >= MOST_COLUMNS {
            return None;
        }
        self.headers.push(self.path.clone());
        self.places.insert(self.path.clone(), place);
        self.cells.push(None);
        Some(place)
    }
}

/// A word as a cell: `null` is empty.
fn shown(word: &str) -> &str {
    if word == "null" { "" } else { word }
}

/// Objects and arrays as the text they are; without anything inside they are empty.
fn as_written(bytes: &[u8]) -> Cow<'_, str> {
    let inside = bytes.get(1..bytes.len().saturating_sub(1)).unwrap_or(&[]);
    if inside.trim_ascii().is_empty() {
        return Cow::Borrowed("");
    }
    String::from_utf8_lossy(bytes)
}

/// The value that is next, as a cell.
///
/// # Errors
/// Where it is not JSON.
pub fn text_of(cursor: &mut Cursor<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    match cursor.kind()? {
        Kind::String => {
            cursor.string(&mut text)?;
        }
        Kind::Word => text.push_str(shown(cursor.word()?)),
        Kind::Object | Kind::Array => {
            let range = cursor.skip(1)?;
            text.push_str(&as_written(cursor.slice(range)));
        }
    }
    Ok(text)
}

/// Objects that programs wrap around the fields of a record.
const ENVELOPES: [&str; 7] = [
    "properties.",
    "attributes.",
    "fields.",
    "node.",
    "_source.",
    "record.",
    "row.",
];

/// The names as columns bear them: without the envelope that programs wrap around fields, where
/// the name without it is free.
pub fn unwrapped(names: &[String]) -> Vec<String> {
    let shorter: Vec<&str> = names
        .iter()
        .map(|name| {
            ENVELOPES
                .iter()
                .find_map(|envelope| name.strip_prefix(envelope))
                .unwrap_or(name)
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &shorter {
        *counts.entry(name).or_default() += 1;
    }
    names
        .iter()
        .zip(&shorter)
        .map(|(name, short)| {
            if counts.get(short) == Some(&1) {
                (*short).to_owned()
            } else {
                name.clone()
            }
        })
        .collect()
}

/// Takes away columns of a name that is an object in some records and nothing in the others: what
/// is in the object stands in columns of its own.
pub fn drop_null_parents(table: &mut Table) {
    let is_empty = |column: &Column| {
        let Cells::Dictionary { texts, .. } = &column.cells else {
            return false;
        };
        texts.texts().all(str::is_empty)
    };
    let names: Vec<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    let is_kept: Vec<bool> = table
        .columns
        .iter()
        .map(|column| {
            let is_parent = names.iter().any(|name| {
                let child = name.strip_prefix(column.name.as_str());
                child.is_some_and(|child| child.starts_with('.'))
            });
            !(is_parent && is_empty(column))
        })
        .collect();
    let mut kept = is_kept.iter();
    table
        .columns
        .retain(|_| kept.next().copied().unwrap_or(true));
    for row in &mut table.preview {
        let mut kept = is_kept.iter();
        row.retain(|_| kept.next().copied().unwrap_or(true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Vec<(String, String)> {
        let mut fields = Fields::default();
        fields.begin();
        fields.object(&mut Cursor::new(text.as_bytes(), 0)).unwrap();
        fields
            .headers
            .iter()
            .enumerate()
            .map(|(place, name)| (name.clone(), fields.cell(place).to_owned()))
            .collect()
    }

    #[test]
    fn values_become_cells_as_written() {
        for (text, name, cell) in [
            (r#"{"a":1.50}"#, "a", "1.50"),
            (r#"{"a":12345678901234567890}"#, "a", "12345678901234567890"),
            (r#"{"a":"007"}"#, "a", "007"),
            (r#"{"a":true}"#, "a", "true"),
            (r#"{"a":null}"#, "a", ""),
            (r#"{"a":{"b":{"c":"x"}}}"#, "a.b.c", "x"),
            (r#"{"a":[1, {"b":2}]}"#, "a", r#"[1, {"b":2}]"#),
            (r#"{"a":[]}"#, "a", ""),
            (r#"{"a":1,"a":2}"#, "a", "2"),
        ] {
            assert_eq!(record(text), [(name.to_owned(), cell.to_owned())]);
        }
    }

    #[test]
    fn envelopes_are_left_out_of_names_unless_the_name_is_taken() {
        let names = ["event", "properties.time", "id", "properties.id"].map(String::from);
        assert_eq!(unwrapped(&names), ["event", "time", "id", "properties.id"]);
    }
}
