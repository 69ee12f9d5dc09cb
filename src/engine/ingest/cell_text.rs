//! The text of a cell from its bytes.

use std::borrow::Cow;

use super::encoding::{Encoding, UTF_8, WINDOWS_1252};
use super::tokenizer::CellRange;
use crate::engine::base::Error;
use crate::engine::table::Dialect;

/// How bytes of cells become texts.
#[derive(Clone, Copy, Debug)]
pub struct CellText {
    /// The encoding of all cells.
    encoding: Encoding,
    /// The encoding of cells that are not valid in UTF-8, where others are.
    odd_rows: Option<Encoding>,
    quote: Option<u8>,
    escape: Option<u8>,
}

impl CellText {
    /// Reads all cells in one encoding, or in UTF-8 what is valid in it and all else in `odd_rows`.
    pub const fn new(encoding: Encoding, odd_rows: Option<Encoding>, dialect: &Dialect) -> Self {
        Self {
            encoding,
            odd_rows,
            quote: dialect.quote,
            escape: dialect.escape,
        }
    }

    /// Reads cells of a table as they were read when it was built, from bytes of its file.
    ///
    /// # Errors
    /// Never for the dialect of a table that was read by this version.
    pub fn of_dialect(dialect: &Dialect) -> Result<Self, Error> {
        let odd_rows = match dialect.odd_rows_encoding {
            Some(label) => Some(Encoding::named(label)?),
            None => None,
        };
        let encoding = if odd_rows.is_some() {
            UTF_8
        } else {
            Encoding::named(dialect.encoding)?
        };
        Ok(Self::new(encoding, odd_rows, dialect))
    }

    /// Whether bytes beyond ASCII are UTF-8 where they are valid in it.
    pub fn is_utf_8(self) -> bool {
        self.encoding == UTF_8
    }

    /// The cell's text: decoded, and with quotes inside it as they were meant.
    pub fn read(self, bytes: &[u8], cell: CellRange) -> Cow<'_, str> {
        let text = self.decode(bytes.get(cell.start..cell.end).unwrap_or_default());
        if cell.doubled {
            Cow::Owned(self.unescape(&text))
        } else {
            text
        }
    }

    fn decode(self, raw: &[u8]) -> Cow<'_, str> {
        if self.encoding != UTF_8 && !raw.is_ascii() {
            return self.encoding.text(raw);
        }
        match std::str::from_utf8(raw) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => self.odd_rows.unwrap_or(WINDOWS_1252).text(raw),
        }
    }

    fn unescape(self, text: &str) -> String {
        let Some(quote) = self.quote.map(char::from) else {
            return text.to_owned();
        };
        let Some(escape) = self.escape.map(char::from) else {
            let mut doubled = String::new();
            doubled.push(quote);
            doubled.push(quote);
            return text.replace(&doubled, quote.encode_utf8(&mut [0; 4]));
        };
        let mut plain = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let next = characters.peek().copied();
            let escaped = character == escape && (next == Some(quote) || next == Some(escape));
            if escaped || (character == quote && next == Some(quote)) {
                plain.extend(characters.next());
            } else {
                plain.push(character);
            }
        }
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: CellText, written: &[u8], expected: &str) {
        let cell = CellRange {
            start: 0,
            end: written.len(),
            doubled: true,
        };
        assert_eq!(text.read(written, cell), expected);
    }

    #[test]
    fn each_cell_is_read_in_the_encoding_that_it_is_valid_in() {
        let text = CellText::new(UTF_8, Some(WINDOWS_1252), &Dialect::default());
        check(text, "Köln".as_bytes(), "Köln");
        check(text, b"K\xF6ln", "Köln");
        let text = CellText::new(WINDOWS_1252, None, &Dialect::default());
        check(text, "Köln".as_bytes(), "KÃ¶ln");
    }

    #[test]
    fn quotes_inside_a_cell_are_doubled_or_escaped() {
        let doubled = CellText::new(UTF_8, None, &Dialect::default());
        check(doubled, br#"say ""yes"" \"#, r#"say "yes" \"#);
        let dialect = Dialect {
            escape: Some(b'\\'),
            ..Dialect::default()
        };
        let escaped = CellText::new(UTF_8, None, &dialect);
        check(escaped, br#"say \"yes\" C:\\x \n"#, r#"say "yes" C:\x \n"#);
    }
}
