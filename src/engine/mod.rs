//! Engine: bytes in, report out.
//!
//! Takes: bytes of tables and [`options::Options`]. Gives: a [`report::Report`].
//! Never: fails on a bad cell; reads a clock, chance, the environment or a browser.
//! Start at [`session::Session`]. Tests: `tests/conversation.rs`, `tests/kpi_examples.rs`.

pub mod account_view;
pub mod accounts;
pub mod ahead;
pub mod backtest;
pub mod backtest_view;
pub mod base;
pub mod benchmarks;
pub mod books;
pub mod bridges;
pub mod calculator;
pub mod chart_spec;
pub mod compute;
pub mod facts;
pub mod fates;
pub mod group;
pub mod held;
pub mod ingest;
pub mod joins;
pub mod known;
pub mod kpi;
pub mod logs;
pub mod needs;
pub mod options;
pub mod protocol;
pub mod reading;
pub mod reasons;
pub mod report;
pub mod roles;
pub mod row_set;
pub mod rows;
pub mod run;
pub mod same_customers;
pub mod segments;
pub mod session;
pub mod sql;
pub mod sql_view;
pub mod stats;
pub mod table;
pub mod tables_report;
pub mod unmatched_choices;
pub mod value_groups;
pub mod whole_report;
