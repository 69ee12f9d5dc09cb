//! JSON and JSON lines.

use kept::engine::ingest::ReadingChoices;

use super::reading::{assert_honest, assert_same, read};

/// Any bytes are a table or a stated error, the same in pieces of any size.
///
/// The first byte chooses the size of the pieces and the name.
pub fn check(data: &[u8]) {
    let [first, bytes @ ..] = data else {
        return;
    };
    let name = ["a.json", "a.ndjson", "a.jsonl", "pasted"][usize::from(first % 4)];
    let choices = ReadingChoices::default();
    let whole = read(name, bytes, bytes.len(), &choices);
    assert_honest(&whole);
    let pieces = read(name, bytes, usize::from(first / 4) + 1, &choices);
    assert_same(&whole, &pieces);
}
