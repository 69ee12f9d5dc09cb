//! The page.
#[cfg(target_arch = "wasm32")]
mod web;

fn main() {}
