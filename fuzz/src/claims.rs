//! What must hold of any bytes, one claim a target. A claim that fails panics.
//!
//! Takes: bytes that a fuzzer, or a test on the kept corpus, made up. Gives: nothing, or a panic.
//! Start at [`TARGETS`]; `cargo xtask fuzz` runs them, `tests/fuzz_corpus.rs` the corpus.

pub mod dialect;
pub mod json;
mod packed;
mod reading;
pub mod recipe;
pub mod session;
pub mod tokenizer;
pub mod values;
pub mod workbook;

/// A claim about any bytes.
pub type Claim = fn(&[u8]);

/// Every target by its name, which is also that of its corpus.
pub const TARGETS: [(&str, Claim); 7] = [
    ("tokenizer", tokenizer::check),
    ("values", values::check),
    ("dialect", dialect::check),
    ("workbook", workbook::check),
    ("json", json::check),
    ("session", session::check),
    ("recipe", recipe::check),
];
