//! Finding how a text is cut: encoding, delimiter, quotes, preamble, header, footer.

use kept::engine::ingest::ReadingChoices;

use super::reading::{assert_honest, assert_same, read};

/// Any bytes are a table or a stated error, the same in pieces of any size; and whatever the
/// reader is told about them, it stays so.
///
/// The first byte chooses the size of the pieces and what the reader is told.
pub fn check(data: &[u8]) {
    let [first, bytes @ ..] = data else {
        return;
    };
    let free = ReadingChoices::default();
    let whole = read("a.csv", bytes, bytes.len(), &free);
    assert_honest(&whole);
    assert_same(
        &whole,
        &read("a.csv", bytes, usize::from(*first) + 1, &free),
    );
    let told = ReadingChoices {
        header_row: Some(u32::from(first % 8)),
        delimiter: char::from_u32(u32::from(first / 2)).map(|it| it.to_string()),
        encoding: ["utf-8", "windows-1252", "utf-16le", "shift_jis", "?"]
            .get(usize::from(first / 8) % 8)
            .map(|label| (*label).to_owned()),
        ..ReadingChoices::default()
    };
    assert_honest(&read("pasted", bytes, bytes.len(), &told));
}
