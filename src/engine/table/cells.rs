//! How the cells of a column are held: each form keeps what was written, as compactly as it can.

use std::borrow::Cow;

use super::decimals::Decimals;
use super::instants::Instants;
use super::interner::Interner;
use super::numbered::Numbered;
use super::prose::Prose;

/// Cells of another form than their column, with their rows, ascending.
pub type Others = Vec<(u32, String)>;

/// The cells of a column. All but prose can be written back exactly as they stood.
#[derive(Clone, Debug)]
pub enum Cells {
    /// Each different text once, and a number a row.
    Dictionary {
        /// A number a row; 0 is empty.
        codes: Vec<u32>,
        /// The texts.
        texts: Interner,
    },
    /// Moments in one ISO form, where there are too many different ones for a dictionary.
    Instants {
        /// The moments; empty also where the cell is of another form.
        moments: Instants,
        /// Cells of another form.
        others: Others,
    },
    /// Ids and whole numbers, where there are too many different ones for a dictionary.
    Numbered {
        /// The ids; empty also where the cell is of another form.
        ids: Numbered,
        /// Cells of another form.
        others: Others,
    },
    /// Numbers with decimal places, where there are too many different ones for a dictionary.
    Decimals {
        /// The numbers; empty also where the cell is of another form.
        numbers: Decimals,
        /// Cells of another form.
        others: Others,
    },
    /// Free text: only whether a cell is filled is held, and its words where they may be wanted.
    Long {
        /// A mark a row.
        filled: Vec<bool>,
        /// The words of every row.
        words: Option<Box<Prose>>,
    },
}

impl Default for Cells {
    fn default() -> Self {
        Self::Dictionary {
            codes: Vec::new(),
            texts: Interner::default(),
        }
    }
}

impl Cells {
    /// How many rows.
    pub const fn len(&self) -> usize {
        match self {
            Self::Dictionary { codes, .. } => codes.len(),
            Self::Instants { moments, .. } => moments.rows(),
            Self::Numbered { ids, .. } => ids.rows(),
            Self::Decimals { numbers, .. } => numbers.rows(),
            Self::Long { filled, .. } => filled.len(),
        }
    }

    /// Whether there are no rows.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells of another form than the column.
    pub fn others(&self) -> &[(u32, String)] {
        match self {
            Self::Dictionary { .. } | Self::Long { .. } => &[],
            Self::Instants { others, .. }
            | Self::Numbered { others, .. }
            | Self::Decimals { others, .. } => others,
        }
    }

    /// Ids without a cell of another form whose numbers lie close together: with the least number,
    /// and how many there are from it to the greatest.
    pub fn close_ids(&self) -> Option<(&Numbered, u64, usize)> {
        let Self::Numbered { ids, others } = self else {
            return None;
        };
        let (low, high) = ids.range().filter(|_| others.is_empty())?;
        (high - low <= ids.rows() as u64 * 4).then(|| (ids, low, (high - low) as usize + 1))
    }

    /// The cell of a row as it stood, blanks around it aside; empty behind the last row, and for
    /// prose, which is not held.
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        let written = match self {
            Self::Dictionary { codes, texts } => {
                let code = codes.get(row).copied().unwrap_or(0);
                return Cow::Borrowed(texts.text(code));
            }
            Self::Long { .. } => return Cow::Borrowed(""),
            Self::Instants { moments, .. } => moments.text(row),
            Self::Numbered { ids, .. } => {
                let mut text = String::new();
                if let Some(number) = ids.number(row) {
                    ids.write(number, &mut text);
                }
                text
            }
            Self::Decimals { numbers, .. } => numbers.text(row),
        };
        if !written.is_empty() {
            return Cow::Owned(written);
        }
        let others = self.others();
        let found = others.binary_search_by_key(&(row as u32), |(row, _)| *row);
        found
            .ok()
            .and_then(|place| others.get(place))
            .map_or(Cow::Borrowed(""), |(_, text)| Cow::Borrowed(text))
    }

    /// The same cells as a dictionary, texts numbered by first appearance.
    pub fn as_dictionary(&self) -> (Vec<u32>, Interner) {
        let mut texts = Interner::default();
        let mut others = self.others().iter().peekable();
        let codes = (0..self.len())
            .map(
                |row| match others.next_if(|(other, _)| *other as usize == row) {
                    Some((_, text)) => texts.intern(text),
                    None => texts.intern(&self.text(row)),
                },
            )
            .collect();
        (codes, texts)
    }
}
