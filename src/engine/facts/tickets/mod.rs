//! Tickets: times until a reply and a solution, promises, reopenings, and what is open.
//!
//! Takes: a reading of a ticket table. Gives: one entry a ticket, with a reason for every row that
//! is left out.
//! Never: knows a KPI; takes an open ticket for a missing one.
//! Start at [`Start::read`].

pub mod backlog;
pub mod durations;
pub mod promises;
pub mod reopens;
pub mod service_levels;
pub mod start;

pub use backlog::{Backlog, OpenTickets};
pub use durations::{Durations, Lengths};
pub use promises::Promises;
pub use reopens::Reopens;
pub use service_levels::{Kept, ServiceLevels, Target};
pub use start::Start;
