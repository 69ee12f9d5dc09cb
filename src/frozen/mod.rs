//! Frozen: a report as one HTML file that can be passed on, without a row and without a cell.
//!
//! Takes: a report, the catalogue, and how few is too few. Gives: the text of the file, and how
//! many figures it withholds. Never: lets a name of the input through unless asked to; shows a
//! figure that a small count follows from; runs a script; knows a KPI by its id.
//! Start at [`frozen`]. What goes in is decided by [`aggregate`] alone: it builds a report anew from
//! what may be shown, and `html` writes that report and nothing else. Tests: `tests/frozen.rs`.

pub mod aggregate;
mod html;
mod parts;
mod places;
mod relations;
mod suppress;

use crate::engine::report::Report;
use crate::present::Reader;

/// The least threshold that can be chosen.
pub const LEAST: u64 = 3;

/// What the user decides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Choices {
    /// Whether segments are named as in the table, instead of by number.
    pub names: bool,
    /// Counts from 1 to one below this are withheld; at least [`LEAST`].
    pub smallest: u64,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            names: false,
            smallest: 5,
        }
    }
}

/// A file to pass on.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    /// The whole file.
    pub html: String,
    /// How many figures it withholds.
    pub withheld: usize,
}

/// The report as a file to pass on.
pub fn frozen(reader: &Reader<'_>, report: &Report, choices: Choices) -> Frozen {
    let safe = aggregate::aggregate(reader, report, choices);
    Frozen {
        html: html::file(reader, &safe),
        withheld: safe.withheld,
    }
}
