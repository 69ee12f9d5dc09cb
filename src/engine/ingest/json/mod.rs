//! JSON: records of objects or lists, however programs wrap them, read as they come.
//!
//! Takes: UTF-8 bytes in pieces cut anywhere. Gives: a table with its notes.
//! Never: changes a digit; holds more than one record, except where columns are written whole.
//! Start at [`Json`]. Cases: `tests/json_cases.rs`.

pub mod columns;
pub mod cursor;
pub mod fields;
pub mod outline;
pub mod records;
pub mod shape;
pub mod split;

use records::{Place, Records};
use shape::Shape;
use split::{Between, End, Splitter};

use super::choices::ReadingChoices;
use crate::engine::base::Error;
use crate::engine::table::{Dialect, Format, Table};

/// A JSON text that is being read.
#[derive(Debug)]
pub struct Json {
    name: String,
    pending: Vec<u8>,
    /// Where the first byte of `pending` stands.
    place: Place,
    splitter: Splitter,
    stage: Stage,
    records: Records,
    format: Format,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    /// Where the records are is not known; looked at again when there are this many bytes.
    Looking { again_at: usize },
    /// Records are being read.
    Items(Items),
    /// The text is needed whole.
    Whole,
    /// The records are over.
    Over,
}

/// How records are told apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Items {
    between: Between,
    /// Each has its name before it.
    keyed: bool,
}

impl Json {
    /// Begins with the head. `complete`: it is the whole text.
    pub fn start(name: &str, head: Vec<u8>, complete: bool, choices: &ReadingChoices) -> Self {
        let mut json = Self {
            name: name.to_owned(),
            pending: head,
            place: Place::default(),
            splitter: Splitter::default(),
            stage: Stage::Looking { again_at: 0 },
            records: Records::new(name, choices),
            format: Format::Json,
        };
        if !complete {
            json.proceed(false);
        }
        json
    }

    /// Rows read so far.
    pub fn rows(&self) -> u32 {
        self.records.rows()
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.stage != Stage::Over {
            self.pending.extend_from_slice(bytes);
            self.proceed(false);
        }
    }

    /// The table, when there are no more bytes.
    ///
    /// # Errors
    /// `json_invalid`, `no_rows`.
    pub fn finish(mut self) -> Result<Table, Error> {
        self.proceed(true);
        let dialect = Dialect {
            format: self.format,
            delimiter: 0,
            quote: None,
            header_rows: 0,
            ..Dialect::default()
        };
        if self.stage == Stage::Whole {
            return columns::read(&self.name, &self.pending, dialect);
        }
        self.records.finish(dialect)
    }

    fn proceed(&mut self, complete: bool) {
        if let Stage::Looking { again_at } = self.stage
            && (complete || self.pending.len() >= again_at)
        {
            self.look(complete);
        }
        if let Stage::Items(items) = self.stage {
            self.items(items, complete);
        }
    }

    /// Finds where the records are.
    fn look(&mut self, complete: bool) {
        let outline = outline::outline(&self.pending);
        let after = outline.end.and_then(|end| {
            let rest = self.pending.get(end..).unwrap_or(&[]);
            rest.trim_ascii_start().first().copied()
        });
        let found = shape::shape(&outline, after, complete);
        let items = |between, keyed| Stage::Items(Items { between, keyed });
        match found {
            Shape::Sequence => {
                self.format = Format::JsonLines;
                self.stage = items(self.lines_or_values(complete), false);
            }
            Shape::Single => self.stage = items(Between::Values, false),
            Shape::Array {
                inside,
                path,
                header,
            } => {
                if let Some(header) = header {
                    let names = self.pending.get(header).unwrap_or(&[]).to_vec();
                    self.records.header(&names);
                }
                self.begin(inside, &path);
                self.stage = items(Between::Commas, false);
            }
            Shape::Keyed { inside, path } => {
                self.begin(inside, &path);
                self.stage = items(Between::Commas, true);
            }
            Shape::Columns => self.stage = Stage::Whole,
            Shape::Unknown => {
                self.stage = Stage::Looking {
                    again_at: self.pending.len() * 2,
                };
            }
        }
    }

    /// Whether every value has its own line, as the first line shows.
    fn lines_or_values(&self, complete: bool) -> Between {
        let text = self.pending.trim_ascii_start();
        match text.iter().position(|byte| *byte == b'\n') {
            Some(end) if Records::is_whole(without_comma(text.get(..end).unwrap_or(text))) => {
                Between::Lines
            }
            None if complete && Records::is_whole(without_comma(text)) => Between::Lines,
            _ => Between::Values,
        }
    }

    fn begin(&mut self, inside: usize, path: &[String]) {
        if !path.is_empty() {
            self.records.within = Some(path.join("."));
        }
        self.advance(inside);
    }

    /// Lets go of the first bytes.
    fn advance(&mut self, count: usize) {
        let gone = self.pending.get(..count).unwrap_or(&self.pending);
        self.place = self.place.past(gone);
        self.pending.drain(..count.min(self.pending.len()));
        self.splitter.dropped(count);
    }

    fn items(&mut self, items: Items, complete: bool) {
        let Items { between, keyed } = items;
        let pending = std::mem::take(&mut self.pending);
        let mut from = 0;
        while let Some(item) = self.splitter.next(&pending, from, between) {
            let bytes = pending.get(from..item.end).unwrap_or(&[]);
            self.item(bytes, keyed);
            self.place = self.place.past(pending.get(from..item.next).unwrap_or(&[]));
            from = item.next;
            if item.ended == End::Closed {
                self.stage = Stage::Over;
                return;
            }
        }
        self.pending = pending;
        self.pending.drain(..from);
        self.splitter.dropped(from);
        if complete {
            let rest = std::mem::take(&mut self.pending);
            self.last(&rest, items);
        }
    }

    fn item(&mut self, bytes: &[u8], keyed: bool) {
        let text = without_comma(bytes.trim_ascii());
        if !text.is_empty() {
            let before = bytes.len() - without_comma_before(bytes).len();
            let place = self.place.past(bytes.get(..before).unwrap_or(&[]));
            self.records.item(place, text, keyed);
        }
    }

    /// What stands after the last end of an item, when the text is over.
    fn last(&mut self, rest: &[u8], items: Items) {
        let Items { between, keyed } = items;
        let text = without_comma(rest.trim_ascii());
        let value = if keyed { after_name(text) } else { text };
        let whole = Records::is_whole(value);
        if whole {
            self.item(rest, keyed);
        }
        if between == Between::Commas || !(whole || text.is_empty()) {
            self.records.cut.add(self.place.line);
            if !whole && !text.is_empty() && self.records.rows() == 0 {
                // Nothing else could be read: say where this stops being JSON.
                self.item(rest, keyed);
            }
        }
        self.stage = Stage::Over;
    }
}

/// Without commas that stand between values which need none.
fn without_comma(text: &[u8]) -> &[u8] {
    let text = without_comma_before(text).trim_ascii_end();
    text.strip_suffix(b",").unwrap_or(text).trim_ascii_end()
}

fn without_comma_before(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii_start();
    text.strip_prefix(b",").unwrap_or(text).trim_ascii_start()
}

/// What stands after a name and its colon.
fn after_name(text: &[u8]) -> &[u8] {
    let mut cursor = cursor::Cursor::new(text, 0);
    let mut name = String::new();
    let named = cursor.string(&mut name).is_ok() && cursor.take(b':', "a colon").is_ok();
    if named {
        text.get(cursor.at..).unwrap_or(&[])
    } else {
        &[]
    }
}
