//! The comments of one column, and how often each text counts on each side.

use std::borrow::Cow;

use crate::engine::table::{Cells, Column, Prose};

/// The words of a column of comments.
#[derive(Debug)]
pub struct Comments<'a> {
    /// The words of each text.
    pub prose: Cow<'a, Prose>,
    /// The text of each row; absent where every row has its own.
    pub texts: Option<&'a [u32]>,
}

impl<'a> Comments<'a> {
    /// The comments of a column; absent where it is free text whose words were not read.
    pub fn of(column: &'a Column) -> Option<Self> {
        Some(match &column.cells {
            Cells::Dictionary { codes, texts } => Self {
                prose: Cow::Owned(Prose::of_texts(texts)),
                texts: Some(codes),
            },
            Cells::Long { words, .. } => Self {
                prose: Cow::Borrowed(words.as_deref()?),
                texts: None,
            },
            // Dates, ids and amounts hold no word.
            Cells::Instants { .. } | Cells::Numbered { .. } | Cells::Decimals { .. } => Self {
                prose: Cow::Owned(Prose::default()),
                texts: None,
            },
        })
    }

    /// How often each text counts on the sides, from the rows that count.
    pub fn weights(&self, rows: &[u32], side: impl Fn(u32) -> Option<usize>) -> Weights {
        let place = |row: u32| side(row).unwrap_or(BETWEEN);
        let Some(texts) = self.texts else {
            let limit = rows.last().map_or(0, |last| *last as usize + 1);
            let mut sides = vec![NOWHERE; limit];
            for row in rows {
                sides[*row as usize] = place(*row) as u8;
            }
            return Weights::OfRows(sides);
        };
        let most = rows.iter().map(|row| texts[*row as usize] as usize).max();
        let mut counts = vec![[0; 3]; most.map_or(0, |most| most + 1)];
        for row in rows {
            counts[texts[*row as usize] as usize][place(*row)] += 1;
        }
        Weights::OfTexts(counts)
    }
}

/// The place of answers between the two sides.
pub const BETWEEN: usize = 2;

/// A row that does not count.
const NOWHERE: u8 = 3;

/// How often each text counts on the good side, on the other one, and between them.
#[derive(Debug)]
pub enum Weights {
    /// Every row has a text of its own: its side.
    OfRows(Vec<u8>),
    /// Of each text the rows of each side.
    OfTexts(Vec<[u32; 3]>),
}

impl Weights {
    /// How often a text counts on each side.
    #[inline]
    pub fn of(&self, text: u32) -> [u32; 3] {
        match self {
            Self::OfRows(sides) => {
                let mut weight = [0; 3];
                let side = sides.get(text as usize).copied().unwrap_or(NOWHERE);
                if let Some(own) = weight.get_mut(side as usize) {
                    *own = 1;
                }
                weight
            }
            Self::OfTexts(counts) => counts.get(text as usize).copied().unwrap_or_default(),
        }
    }
}
