//! How much is drawn by chance: as usual, or so many times as `KEPT_TIMES` says, which
//! `cargo xtask test --long` sets. The usual rounds come first, so none of them is lost.
#![allow(dead_code, reason = "not every test file draws")]

/// So many rounds, times `KEPT_TIMES`.
pub fn rounds(usual: u32) -> u32 {
    let times = std::env::var("KEPT_TIMES");
    let times = times.ok().and_then(|times| times.parse().ok());
    usual * times.unwrap_or(1).max(1)
}
