//! The ledgers of one table, made once and asked by every KPI that rests on them.

use std::cell::OnceCell;
use std::rc::Rc;

use super::facts::{Ledger, LedgerRows};
use super::group::Groups;
use super::table::{Column, Reason};

/// The ledger of all rows that count, and those of the segments.
#[derive(Debug)]
pub struct Books {
    rows: Vec<u32>,
    whole: Rc<Ledger>,
    segments: OnceCell<Vec<Segment>>,
}

/// The ledger of one segment.
#[derive(Debug)]
pub struct Segment {
    /// The number of its value among the texts of the segment column.
    pub code: u32,
    /// Its rows.
    pub rows: Vec<u32>,
    /// Its ledger.
    pub ledger: Rc<Ledger>,
}

impl Books {
    /// The ledger of all rows that count. `kept`: marks of the rows that the filters keep.
    pub fn of(facts: &LedgerRows, kept: Option<&[bool]>) -> Self {
        Self::new(facts, counted(&facts.reasons, kept))
    }

    /// The ledger of these rows.
    pub fn new(facts: &LedgerRows, rows: Vec<u32>) -> Self {
        Self {
            whole: Rc::new(Ledger::from_rows(facts, &rows)),
            rows,
            segments: OnceCell::new(),
        }
    }

    /// Gives up the ledgers of segments, before another column is named.
    pub fn forget_segments(&mut self) {
        self.segments = OnceCell::new();
    }

    /// The rows that count, ascending.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The ledger of all rows that count.
    pub fn whole(&self) -> &Rc<Ledger> {
        &self.whole
    }

    /// The ledgers of the values of a column, those with the most rows first, at most so many. All
    /// calls must name the same column.
    pub fn segments(&self, facts: &LedgerRows, column: &Column, most: usize) -> &[Segment] {
        self.segments.get_or_init(|| {
            by_rows(&self.rows, column, most)
                .each()
                .map(|(code, rows)| Segment {
                    code,
                    ledger: Rc::new(Ledger::from_rows(facts, rows)),
                    rows: rows.to_vec(),
                })
                .collect()
        })
    }
}

/// The rows that count, ascending.
pub fn counted(reasons: &[Reason], kept: Option<&[bool]>) -> Vec<u32> {
    let counts = |row: &u32| {
        let row = *row as usize;
        reasons[row] == Reason::Used && kept.is_none_or(|kept| kept[row])
    };
    (0..reasons.len() as u32).filter(counts).collect()
}

/// Rows by the values of a column.
#[derive(Clone, Debug)]
pub struct ByValue {
    groups: Groups,
    /// The groups that are told, the one with the most rows first.
    order: Vec<usize>,
}

impl ByValue {
    /// The number of each value among the texts of its column, with its rows.
    pub fn each(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let order = self.order.iter();
        order.map(|group| (*group as u32, self.groups.rows(*group)))
    }
}

/// The rows of each value of a column, the value with the most rows first, at most so many.
pub fn by_rows(rows: &[u32], column: &Column, most: usize) -> ByValue {
    let keys = column.keys();
    let groups = Groups::from_numbers(rows, keys.texts.len(), |row| {
        Some(keys.codes[row as usize] as usize)
    });
    let mut order: Vec<usize> = (0..groups.len())
        .filter(|group| !groups.rows(*group).is_empty())
        .collect();
    order.sort_by(|a, b| {
        groups
            .rows(*b)
            .len()
            .cmp(&groups.rows(*a).len())
            .then_with(|| keys.texts.text(*a as u32).cmp(&keys.texts.text(*b as u32)))
    });
    order.truncate(most);
    ByValue { groups, order }
}
