//! What fuzzing found and what it starts from: every claim holds of the whole corpus in `fuzz/`,
//! and of simple changes to it. `cargo xtask fuzz` looks for more.
#![expect(
    clippy::panic,
    clippy::integer_division,
    clippy::indexing_slicing,
    reason = "test code"
)]

#[path = "../fuzz/src/claims.rs"]
#[expect(
    unreachable_pub,
    reason = "a crate of its own where the fuzzer is built"
)]
mod claims;

use std::fs;
use std::path::PathBuf;

const MOST_BYTES: u64 = 200_000;
/// Shortened, doubled and overwritten copies of every input.
const CHANGES: usize = 12;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

#[test]
fn every_claim_holds_of_the_corpus_and_of_changes_to_it() {
    for (target, claim) in claims::TARGETS {
        let mut inputs = 0;
        for entry in fs::read_dir(folder().join(target)).expect("every target has a corpus") {
            let path = entry.expect("an input").path();
            let input = fs::read(&path).expect("inputs are readable");
            eprintln!("{}", path.display());
            claim(&input);
            for change in 0..CHANGES {
                claim(&changed(&input, change));
            }
            inputs += 1;
        }
        assert!(inputs >= 3, "{target} has {inputs} inputs");
    }
}

/// One of a few changes, spread over the input.
fn changed(input: &[u8], change: usize) -> Vec<u8> {
    let place = input.len() * (change + 1) / (CHANGES + 1);
    let (before, after) = input.split_at(place);
    match change % 4 {
        0 => before.to_vec(),
        1 => [before, before, after].concat(),
        2 => [before, b"\"", after].concat(),
        _ => [before, b"\xFF", after.get(1..).unwrap_or_default()].concat(),
    }
}

#[test]
fn the_corpus_stays_small() {
    let mut bytes = 0;
    for (target, _) in claims::TARGETS {
        for entry in fs::read_dir(folder().join(target)).expect("a corpus") {
            bytes += entry.expect("an input").metadata().expect("a file").len();
        }
    }
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}
