//! Base: the small words that every other room uses.
//!
//! Takes: plain values. Gives: units, dates, zones, periods, notes, refusals, errors and arithmetic.
//! Never: knows a table, a KPI, a browser or a clock.
//! Start at [`unit::Unit`] and [`date::Date`]. Tests sit beside the code.

pub mod date;
pub mod error;
pub mod math;
pub mod note;
pub mod period;
pub mod refusal;
pub mod unit;
pub mod zone;

pub use date::{Date, Instant};
pub use error::Error;
pub use note::Note;
pub use period::{Period, PeriodUnit};
pub use refusal::Refusal;
pub use unit::{Better, Unit};
pub use zone::Zone;
