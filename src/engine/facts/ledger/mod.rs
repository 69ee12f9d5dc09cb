//! The ledger: who pays how much a month, from when until when.
//!
//! Takes: tables of subscriptions, months, movements, contracts or customers. Gives: stretches of
//! recurring revenue ([`LedgerRows`]), and of some of them a [`Ledger`] that can be asked for any
//! day. Amounts are whole billionths of a currency unit, so that sums are exact, do not depend on
//! the order of rows, and a customer who pays nothing has exactly nothing.
//! Never: knows a KPI; adds two currencies; takes a gap in the file for a loss of all customers.

pub mod billing_interval;
pub mod book;
pub mod choices;
pub mod contracts;
pub mod customers;
pub mod months;
pub mod movement;
pub mod movement_rows;
pub mod rows;
pub mod same_subscription;
mod signed;
pub mod subscriptions;
pub mod terms;
pub mod timeline;

pub use book::Ledger;
pub use choices::LedgerChoices;
pub use movement::{Change, ChangeKind, MovementRule, Movements};
pub use rows::{LedgerRows, NANOS, Remark, money};
pub use signed::Contracted;
