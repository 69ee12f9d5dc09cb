//! Web: the page's browser code.
//!
//! Takes: what the user gave or an embedder called. Gives: the mounted page and the element's API.
//! Never: knows a KPI; holds the bytes of a file; computes.
//! Start at [`controller::Controller`]; the exports for JavaScript are in [`embed`].
#![deny(
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "what the user or a host page gives must not panic us"
)]

pub mod app;
pub mod canvas;
pub mod controller;
pub mod dom;
pub mod embed;
pub mod envelope;
pub mod names;
pub mod picture_file;
pub mod reply;
pub mod worker_client;
