//! The worker: receives requests, feeds bytes to the session, posts its events.
//!
//! Its one export, `serve`, takes a `MessagePort`: in a worker, or on the page itself where no
//! worker may start.
#![cfg_attr(
    target_arch = "wasm32",
    expect(
        unreachable_pub,
        reason = "a program exports nothing; `pub` marks what a file offers to the others"
    )
)]
#![deny(
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "what the user gives must not panic us"
)]

#[cfg(target_arch = "wasm32")]
#[path = "../web/envelope.rs"]
mod envelope;
#[cfg(target_arch = "wasm32")]
#[path = "worker/pace.rs"]
mod pace;
#[cfg(target_arch = "wasm32")]
#[path = "worker/reader.rs"]
mod reader;
#[cfg(target_arch = "wasm32")]
#[path = "worker/serve.rs"]
mod serve;

fn main() {}
