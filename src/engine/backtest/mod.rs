//! Back-test: whether the health score of a past day told who has left since.
//!
//! Takes: what was known of the accounts on that day, told twice, and who has left since. Gives:
//! [`crate::engine::report::BacktestHorizon`]: how well the score told the lost from the kept, and
//! weights that would have told them better.
//! Never: uses a figure that is not known as of any day, or that comes out otherwise where the
//! future was not there at all; changes a weight by itself.
//! Start at [`then::health`] and [`judge::judge`]. Tests: `tests/backtest.rs`, and beside the code.

pub mod guard;
pub mod judge;
pub mod outcomes;
pub mod population;
pub mod query;
pub mod refusals;
pub mod then;
pub mod used;
pub mod weights;
