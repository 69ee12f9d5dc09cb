//! The activity of one table, made once and asked by every KPI that rests on it.

use std::cell::OnceCell;
use std::rc::Rc;

use super::books;
use super::facts::active_days::Maker;
use super::facts::{Activity, ActivityRows};
use super::table::Column;

/// The activity of all rows that count, and that of the segments.
#[derive(Debug)]
pub struct Logs {
    rows: Vec<u32>,
    whole: Rc<Activity>,
    segments: OnceCell<Vec<Segment>>,
}

/// The activity of one segment.
#[derive(Debug)]
pub struct Segment {
    /// The number of its value among the texts of the segment column.
    pub code: u32,
    /// Its rows.
    pub rows: Vec<u32>,
    /// Its activity.
    pub activity: Rc<Activity>,
}

impl Logs {
    /// The activity of these rows.
    pub fn new(facts: &ActivityRows, rows: Vec<u32>) -> Self {
        Self {
            whole: Rc::new(Maker::new(facts, &rows).make(&rows)),
            rows,
            segments: OnceCell::new(),
        }
    }

    /// Gives up the activity of segments, before another column is named.
    pub fn forget_segments(&mut self) {
        self.segments = OnceCell::new();
    }

    /// The activity of all rows that count.
    pub const fn whole(&self) -> &Rc<Activity> {
        &self.whole
    }

    /// The activity of the values of a column, those with the most rows first, at most so many.
    /// All calls must name the same column.
    pub fn segments(&self, facts: &ActivityRows, column: &Column, most: usize) -> &[Segment] {
        self.segments.get_or_init(|| {
            let mut maker = Maker::new(facts, &self.rows);
            books::by_rows(&self.rows, column, most)
                .each()
                .map(|(code, rows)| Segment {
                    code,
                    activity: Rc::new(maker.make(rows)),
                    rows: rows.to_vec(),
                })
                .collect()
        })
    }
}
