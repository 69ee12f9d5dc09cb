//! Buying: how often customers without a contract will buy again, and for how much.
//!
//! Takes: when each customer bought first and last, how often and for how much. Gives: two fitted
//! models and, by them, the value of customers over the time ahead.
//! Never: takes days for weeks (times are [`Weeks`]); counts a customer's first purchase as a
//! repeat; gives a value from a fit that did not settle.
//! Start at [`value`]. Cases: `tests/real_value.rs`, `tests/buying_oracle.rs`,
//! `tests/buying_fits.rs`, `tests/value_coverage.rs`.

pub mod histories;
pub mod purchases;
pub mod spending;
pub mod time;
pub mod value;

pub use histories::{Histories, History};
pub use purchases::PurchaseModel;
pub use spending::SpendModel;
pub use time::Weeks;
