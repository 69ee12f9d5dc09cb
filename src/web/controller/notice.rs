//! What comes in, what comes of it, and what subscribers hear.

use std::rc::Rc;

use kept::engine::base::Error;
use kept::engine::protocol::Preview;
use kept::engine::report::Report;
use kept::present::language::{self, Language, reports};
use web_sys::Blob;

/// A table as it came in: its name and a handle to its bytes.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file's name, or `pasted`.
    pub name: String,
    /// The handle; the bytes are read in the worker.
    pub blob: Blob,
}

/// What a finished run gave.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// The report as the bytes that `export("json")` gives.
    pub json: Rc<str>,
    /// The first rows of every table, for the eyes of the user.
    pub previews: Vec<Preview>,
}

impl Outcome {
    /// The same with a report in the language of the page; the report that is handed on stays as it
    /// is.
    pub fn told(self: &Rc<Self>) -> Rc<Self> {
        match language::in_force() {
            Language::English => Rc::clone(self),
            Language::Other(_) => Rc::new(Self {
                report: reports::told(self.report.clone()),
                ..(**self).clone()
            }),
        }
    }
}

/// What subscribers hear.
#[derive(Clone, Debug)]
pub enum Notice {
    /// The worker is there and the catalogue is known.
    Ready,
    /// A run began.
    Started,
    /// A run goes on.
    Progress {
        /// Bytes read of all tables.
        bytes_read: f64,
        /// Bytes of all tables.
        bytes_total: f64,
        /// Rows read of all tables.
        rows_read: f64,
    },
    /// A run ended well.
    Finished(Rc<Outcome>),
    /// A run ended without a result; the result before it still stands.
    Failed(Error),
    /// The user or the embedder stopped the run; the result before it still stands.
    Cancelled,
    /// The worker was lost and another took its place; the tables are being read again.
    WorkerReplaced,
    /// Everything was put away.
    Cleared,
}
