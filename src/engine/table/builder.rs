//! Builds a column cell by cell, in one pass, without knowing its nature beforehand.
//!
//! Every column begins as a dictionary, which keeps cells as written. Where the cells turn out to
//! be nearly all different, a dictionary wastes memory; then it is turned into moments, numbers or
//! ids, if all its texts have one exact form, or into free text, if they are long. What does not
//! fit later is kept beside, as written; where that is much, the column is a dictionary again.

use super::cells::{Cells, Others};
use super::column::Column;
use super::decimals::Decimals;
use super::instants::Instants;
use super::interner::Interner;
use super::numbered::Numbered;
use super::prose::Prose;
use super::prose::headers::may_hold_reasons;
use super::value::{missing, number};

/// A column under construction.
#[derive(Debug)]
pub struct ColumnBuilder {
    name: String,
    cells: Cells,
    next_check: usize,
    /// Its words are read if it turns out to be free text.
    reads_words: bool,
}

/// Where a cell's text stands in a larger one.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct CellSpan {
    /// First byte.
    pub start: u32,
    /// Bytes.
    pub len: u32,
}

/// The first size of a dictionary at which its worth is looked at.
const FIRST_CHECK: usize = 4_096;

/// Mean bytes of a text from which nearly all different texts are taken for prose.
const PROSE_BYTES: usize = 40;

/// So many cells of another form are always kept beside; above, at most one of sixteen.
const FEW_OTHERS: usize = 1_024;

impl ColumnBuilder {
    /// An empty column with this header.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            cells: Cells::default(),
            next_check: FIRST_CHECK,
            reads_words: may_hold_reasons(name),
        }
    }

    /// The same, its words being read if it turns out to be free text, whatever its header.
    #[must_use]
    pub const fn reading_words(mut self) -> Self {
        self.reads_words = true;
        self
    }

    /// An empty column that only marks which cells are filled.
    pub fn presence(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            cells: Cells::Long {
                filled: Vec::new(),
                words: None,
            },
            next_check: usize::MAX,
            reads_words: false,
        }
    }

    /// Makes room for so many rows in all, where there is so much.
    pub fn make_room(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.cells.len());
        // Without room the cells take it as they come.
        drop(match &mut self.cells {
            Cells::Dictionary { codes, .. } => codes.try_reserve_exact(more),
            Cells::Instants { moments, .. } => moments.try_reserve(more),
            Cells::Numbered { ids, .. } => ids.try_reserve(more),
            Cells::Decimals { numbers, .. } => numbers.try_reserve(more),
            Cells::Long { filled, .. } => filled.try_reserve_exact(more),
        });
    }

    /// The next cell, without blanks around it.
    pub fn push(&mut self, cell: &str) {
        let whole = CellSpan {
            start: 0,
            len: cell.len() as u32,
        };
        self.push_all(cell.as_bytes(), std::iter::once(whole));
    }

    /// The next cells, which stand in these bytes without blanks around them. Each must be UTF-8.
    pub fn push_all(&mut self, bytes: &[u8], mut spans: impl Iterator<Item = CellSpan>) {
        while self.push_while_worth(bytes, &mut spans) {
            self.reconsider();
        }
        let others = self.cells.others().len();
        if others > FEW_OTHERS && others * 16 > self.cells.len() {
            let (codes, texts) = self.cells.as_dictionary();
            self.cells = Cells::Dictionary { codes, texts };
            // Once was enough.
            self.next_check = usize::MAX;
        }
    }

    /// Takes cells until there are none left, or until the dictionary should be looked at: true.
    fn push_while_worth(
        &mut self,
        bytes: &[u8],
        spans: &mut impl Iterator<Item = CellSpan>,
    ) -> bool {
        match &mut self.cells {
            Cells::Dictionary { codes, texts } => {
                for span in spans {
                    let (at, len) = (span.start as usize, span.len as usize);
                    codes.push(if len == 0 {
                        0
                    } else {
                        texts.intern_at(bytes, at, len)
                    });
                    if texts.len() >= self.next_check {
                        return true;
                    }
                }
            }
            Cells::Instants { moments, others } => {
                for span in spans {
                    let (at, len) = (span.start as usize, span.len as usize);
                    if len == 0 {
                        moments.push_empty();
                    } else if !moments.push_at(bytes, at, len) {
                        keep_beside(others, moments.rows(), bytes, span);
                        moments.push_empty();
                    }
                }
            }
            Cells::Numbered { ids, others } => {
                for span in spans {
                    let (at, len) = (span.start as usize, span.len as usize);
                    if len == 0 {
                        ids.push_empty();
                    } else if !ids.push_at(bytes, at, len) {
                        keep_beside(others, ids.rows(), bytes, span);
                        ids.push_empty();
                    }
                }
            }
            Cells::Decimals { numbers, others } => {
                for span in spans {
                    let (at, len) = (span.start as usize, span.len as usize);
                    if len == 0 {
                        numbers.push_empty();
                    } else if !numbers.push_at(bytes, at, len) {
                        keep_beside(others, numbers.rows(), bytes, span);
                        numbers.push_empty();
                    }
                }
            }
            Cells::Long {
                filled,
                words: None,
            } => {
                filled.extend(spans.map(|span| !missing::is_missing(&text_at(bytes, span))));
            }
            Cells::Long {
                filled,
                words: Some(words),
            } => {
                filled.extend(spans.map(|span| {
                    let text = text_at(bytes, span);
                    words.push(&text);
                    !missing::is_missing(&text)
                }));
            }
        }
        false
    }

    /// The column as built.
    pub fn finish(self) -> Column {
        Column {
            name: self.name,
            cells: self.cells,
        }
    }

    /// Looks whether the dictionary is worth its memory.
    fn reconsider(&mut self) {
        let Cells::Dictionary { codes, texts } = &self.cells else {
            return;
        };
        self.next_check = texts.len() * 2;
        if texts.len() * 2 < codes.len() {
            return;
        }
        if let Some(cells) = as_instants(codes, texts)
            .or_else(|| as_decimals(codes, texts))
            .or_else(|| as_ids(codes, texts))
            .or_else(|| as_prose(codes, texts, self.reads_words))
        {
            self.cells = cells;
        }
    }
}

#[cold]
fn keep_beside(others: &mut Others, row: usize, bytes: &[u8], span: CellSpan) {
    others.push((row as u32, text_at(bytes, span).into_owned()));
}

fn text_at(bytes: &[u8], span: CellSpan) -> std::borrow::Cow<'_, str> {
    let start = span.start as usize;
    String::from_utf8_lossy(bytes.get(start..start + span.len as usize).unwrap_or(&[]))
}

fn as_instants(codes: &[u32], texts: &Interner) -> Option<Cells> {
    let mut moments = Instants::like(texts.text(1))?;
    let fits = fit_all(codes, texts, |text| match text {
        "" => {
            moments.push_empty();
            true
        }
        text => moments.push_at(text.as_bytes(), 0, text.len()),
    });
    fits.then(|| Cells::Instants {
        moments,
        others: Vec::new(),
    })
}

fn as_decimals(codes: &[u32], texts: &Interner) -> Option<Cells> {
    let mut numbers = Decimals::default();
    let fits = fit_all(codes, texts, |text| match text {
        "" => {
            numbers.push_empty();
            true
        }
        text => numbers.push_at(text.as_bytes(), 0, text.len()),
    });
    fits.then(|| Cells::Decimals {
        numbers,
        others: Vec::new(),
    })
}

fn as_ids(codes: &[u32], texts: &Interner) -> Option<Cells> {
    let mut ids = Numbered::like(texts.texts().skip(1))?;
    // Amounts such as $5 are no ids: what stands in front says something.
    if !ids.prefix().is_empty() && number::both(texts.text(1)) != (None, None) {
        return None;
    }
    let fits = fit_all(codes, texts, |text| match text {
        "" => {
            ids.push_empty();
            true
        }
        text => ids.push_at(text.as_bytes(), 0, text.len()),
    });
    fits.then(|| Cells::Numbered {
        ids,
        others: Vec::new(),
    })
}

/// Gives every cell to the new form, and says whether all fit.
fn fit_all(codes: &[u32], texts: &Interner, mut push: impl FnMut(&str) -> bool) -> bool {
    codes.iter().all(|&code| push(texts.text(code)))
}

fn as_prose(codes: &[u32], texts: &Interner, reads_words: bool) -> Option<Cells> {
    if texts.text_bytes() < texts.len() * PROSE_BYTES {
        return None;
    }
    let filled = codes
        .iter()
        .map(|&code| code != 0 && !missing::is_missing(texts.text(code)))
        .collect();
    let words = reads_words.then(|| Box::new(Prose::of_rows(codes, texts)));
    Some(Cells::Long { filled, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Zone;
    use crate::engine::options::{DateOrder, Decimal};

    #[test]
    fn many_different_moments_are_held_as_moments_and_odd_cells_beside() {
        let mut builder = ColumnBuilder::new("at");
        for second in 0..10_000_i32 {
            builder.push(&format!(
                "2024-01-01T{:02}:{:02}:{:02}Z",
                second.div_euclid(3600),
                second.div_euclid(60) % 60,
                second % 60
            ));
        }
        builder.push("");
        builder.push("soon");
        let column = builder.finish();
        assert!(matches!(column.cells, Cells::Instants { .. }));
        let cells = column.instants(DateOrder::DayFirst, &Zone::UTC);
        assert_eq!(cells.values[9_999] - cells.values[0], 9_999_000);
        assert_eq!(cells.invalid, [10_001]);
    }

    #[test]
    fn many_different_amounts_are_held_as_numbers() {
        let mut builder = ColumnBuilder::new("amount");
        for cents in 0..9_000 {
            builder.push(&format!("{:.2}", f64::from(cents) / 7.0));
        }
        let column = builder.finish();
        assert!(matches!(column.cells, Cells::Decimals { .. }));
        assert!(column.numbers(Decimal::Point, &[]).invalid.is_empty());
    }

    #[test]
    fn a_number_of_another_form_among_held_numbers_is_still_read() {
        let mut builder = ColumnBuilder::new("amount");
        for cents in 0..9_000 {
            builder.push(&format!("{:.2}", f64::from(cents) / 7.0));
        }
        builder.push("1.234");
        builder.push("7");
        builder.push("seven");
        let cells = builder.finish().numbers(Decimal::Point, &[]);
        assert_eq!(cells.values[9_000].to_bits(), 1.234_f64.to_bits());
        assert_eq!(cells.values[9_001].to_bits(), 7.0_f64.to_bits());
        assert_eq!(cells.invalid, [9_002]);
    }

    #[test]
    fn many_different_ids_stay_as_written() {
        let mut builder = ColumnBuilder::new("id");
        for id in 0..9_000 {
            builder.push(&format!("{id:06}"));
        }
        let column = builder.finish();
        assert_eq!(column.keys().texts.text(8), "000007");
    }
}
