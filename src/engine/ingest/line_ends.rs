//! What ends lines, and files whose lines end in several ways.
//!
//! Files that were put together from several have a carriage return here and a line feed there.
//! Lone carriage returns outside quotes become line feeds, so that every byte keeps its place.

use crate::engine::table::{Dialect, LineEnd, LineEnds};

/// How lines end, counted outside quotes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ends {
    /// Line feeds alone.
    pub feeds: usize,
    /// Carriage returns with a line feed behind.
    pub both: usize,
    /// Carriage returns alone.
    pub returns: usize,
}

impl Ends {
    /// Counts them.
    pub fn of(sample: &[u8]) -> Self {
        let (mut ends, mut quoted, mut before) = (Self::default(), false, 0);
        for (place, byte) in sample.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted && before == b'\r' => ends.both += 1,
                b'\n' if !quoted => ends.feeds += 1,
                b'\r' if !quoted && sample.get(place + 1) != Some(&b'\n') => ends.returns += 1,
                _ => {}
            }
            before = *byte;
        }
        ends
    }

    /// What the scanner ends lines with, and how they are written, by what stands more often.
    pub const fn usual(self) -> (LineEnd, LineEnds) {
        if self.returns > self.feeds + self.both {
            (LineEnd::CarriageReturn, LineEnds::CarriageReturn)
        } else if self.both > self.feeds {
            (LineEnd::LineFeed, LineEnds::Both)
        } else {
            (LineEnd::LineFeed, LineEnds::LineFeed)
        }
    }
}

/// The bytes of a text that wait to be read; lone carriage returns among them are replaced where
/// the text's line ends are mixed.
#[derive(Clone, Debug)]
pub struct MixedEnds {
    /// Absent where line ends are not mixed.
    returns: Option<LoneReturns>,
    quote: Option<u8>,
    /// How many of the waiting bytes were looked at.
    done: usize,
}

impl MixedEnds {
    /// What a text of this dialect needs.
    pub fn of(dialect: &Dialect) -> Self {
        Self {
            returns: (dialect.line_ends == LineEnds::Mixed).then(LoneReturns::default),
            quote: dialect.quote,
            done: 0,
        }
    }

    /// Replaces them in the waiting bytes. `complete`: no more bytes come.
    pub fn replace(&mut self, waiting: &mut [u8], complete: bool) {
        if let Some(returns) = &mut self.returns {
            let rest = waiting.get_mut(self.done..).unwrap_or_default();
            self.done += returns.replace(rest, self.quote, complete);
        }
    }

    /// So many bytes at the beginning wait no longer.
    pub const fn drop(&mut self, count: usize) {
        self.done = self.done.saturating_sub(count);
    }
}

/// Replaces lone carriage returns in bytes that come piece by piece.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoneReturns {
    /// Inside a quoted cell.
    quoted: bool,
    /// The byte before, where there was one.
    before: Option<u8>,
    /// The byte before closed a quoted cell, or was the first half of a doubled quote.
    closed: bool,
}

impl LoneReturns {
    /// Replaces them from the beginning of these bytes on, and says how many bytes are done: all,
    /// but for a carriage return at the very end, which the next piece decides. `complete`: there
    /// is none.
    pub fn replace(&mut self, bytes: &mut [u8], quote: Option<u8>, complete: bool) -> usize {
        let length = bytes.len();
        for place in 0..length {
            let next = bytes.get(place + 1).copied();
            let Some(byte) = bytes.get_mut(place) else {
                break;
            };
            if *byte == b'\r' && next.is_none() && !complete {
                return place;
            }
            let is_quote = Some(*byte) == quote;
            if is_quote && self.quoted {
                self.quoted = false;
                self.closed = true;
            } else {
                // Quotes stand around whole cells: behind a letter or a digit one is a mark like
                // any other.
                let opens = self.closed
                    || self
                        .before
                        .is_none_or(|before| before.is_ascii() && !before.is_ascii_alphanumeric());
                self.quoted |= is_quote && opens;
                self.closed = false;
                if *byte == b'\r' && next != Some(b'\n') && !self.quoted {
                    *byte = b'\n';
                }
            }
            self.before = Some(*byte);
        }
        length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_returns_outside_quotes_end_lines_however_the_pieces_are_cut() {
        let text = b"a,b\r\n1,\"x\ry \"\"z\"\"\"\r2,5\" pipe\r\n3,4\r";
        let expected = b"a,b\r\n1,\"x\ry \"\"z\"\"\"\n2,5\" pipe\r\n3,4\n";
        for piece in [1, 2, 7, 100] {
            let (mut pending, mut done) = (Vec::new(), 0);
            let mut returns = LoneReturns::default();
            let pieces = text.chunks(piece).map(Some).chain([None]);
            for bytes in pieces {
                pending.extend_from_slice(bytes.unwrap_or_default());
                let rest = pending.get_mut(done..).unwrap_or_default();
                done += returns.replace(rest, Some(b'"'), bytes.is_none());
            }
            assert_eq!(pending, expected, "pieces of {piece}");
        }
    }
}
