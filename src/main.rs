//! The page: what the element mounts, and the exports that `www/kept.js` calls.
#![cfg_attr(
    target_arch = "wasm32",
    expect(
        unreachable_pub,
        reason = "a program exports nothing; `pub` marks what a room offers to the others"
    )
)]

#[cfg(target_arch = "wasm32")]
mod web;

fn main() {}
