//! What kind of file the first bytes say it is, so that nothing else is read as a table.

use super::json::cursor::Cursor;
use crate::engine::base::Error;

/// What a source is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Text with a character between cells.
    Delimited,
    /// JSON, or JSON lines.
    Json,
    /// A zip archive: a workbook, perhaps. It is known when it is whole.
    Zip,
    /// A container of old office files: it may be a workbook with a password.
    OldOffice,
}

/// Tells what the head is, or refuses it, saying what was found and what to do.
///
/// # Errors
/// `not_a_table`, `format_unsupported`.
pub fn tell(name: &str, head: &[u8]) -> Result<Kind, Error> {
    for (magic, code, what, hint) in REFUSED {
        if head.starts_with(magic) {
            return Err(refusal(name, code, &format!("This file is {what}"), hint));
        }
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Ok(Kind::OldOffice);
    }
    let trimmed = head.trim_ascii_start();
    let begins = |text: &[u8]| {
        trimmed
            .get(..text.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(text))
    };
    if begins(b"<!doctype html") || begins(b"<html") {
        return Err(refusal(
            name,
            "not_a_table",
            "This file is a web page",
            "If it came from a download link, sign in there and download the CSV again; or copy the table from the page and paste it here.",
        ));
    }
    if begins(b"<?xml") {
        return Err(refusal(
            name,
            "format_unsupported",
            "This file is XML",
            "Export the table as CSV, XLSX or JSON and drop that file.",
        ));
    }
    if begins(b"{\\rtf") {
        return Err(refusal(
            name,
            "not_a_table",
            "This file is a text document",
            EXPORT,
        ));
    }
    if is_json(trimmed) {
        return Ok(Kind::Json);
    }
    let controls = head
        .iter()
        // Byte 1 and bytes 27 to 31 also part cells and escape into Japanese letters.
        .filter(|byte| matches!(**byte, 0 | 2..=8 | 14..=26))
        .count();
    if controls * 50 > head.len() {
        return Err(refusal(
            name,
            "not_a_table",
            "This file is not text",
            EXPORT,
        ));
    }
    Ok(Kind::Delimited)
}

/// A refusal of a whole source: what was found, and what to do.
pub fn refusal(name: &str, code: &str, found: &str, hint: &str) -> Error {
    Error::new(
        code,
        format!("{found}, so there are no rows to read: {}", shortened(name)),
        hint,
    )
}

/// Whether the first bytes are those of a file that is no plain text.
pub fn is_binary(head: &[u8]) -> bool {
    REFUSED.iter().any(|(magic, ..)| head.starts_with(magic))
        || head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// JSON begins with a bracket and what may follow one; a cell of text may begin so too, but then
/// the first value is followed by something that JSON does not allow.
fn is_json(trimmed: &[u8]) -> bool {
    let mut cursor = Cursor::new(trimmed, 1);
    let (sure, begins) = match (trimmed.first(), cursor.peek()) {
        (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{' | b'[')) => (true, true),
        (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')) => (false, true),
        (Some(b'['), _) => (false, cursor.kind().is_ok()),
        _ => (false, false),
    };
    if !begins {
        return false;
    }
    let mut cursor = Cursor::new(trimmed, 0);
    match cursor.skip(0) {
        Ok(_) => match cursor.peek() {
            None | Some(b'{' | b'[') => true,
            // A comma between objects on lines of their own is a common slip.
            Some(b',') => trimmed.first() == Some(&b'{'),
            Some(_) => sure && trimmed.first() == Some(&b'{'),
        },
        Err(fault) => sure || fault.cut,
    }
}

/// What to do with a file that holds no table.
pub const EXPORT: &str = "Export the table as CSV (UTF-8), XLSX or JSON and drop that file.";

/// First bytes of files that hold no table we read: code, what it is, what to do.
const REFUSED: [(&[u8], &str, &str, &str); 16] = [
    (b"\x89PNG", "not_a_table", "a PNG picture", EXPORT),
    (b"\xFF\xD8\xFF", "not_a_table", "a JPEG picture", EXPORT),
    (b"GIF8", "not_a_table", "a GIF picture", EXPORT),
    (b"RIFF", "not_a_table", "a picture or a sound", EXPORT),
    (b"II*\x00", "not_a_table", "a TIFF picture", EXPORT),
    (b"MM\x00*", "not_a_table", "a TIFF picture", EXPORT),
    (
        b"%PDF",
        "not_a_table",
        "a PDF document",
        "Ask the program that made it for the same report as CSV or XLSX; figures cannot be read back from a page.",
    ),
    (
        b"\x1F\x8B",
        "format_unsupported",
        "compressed",
        "Unpack it first, and drop the file inside.",
    ),
    (
        b"7z\xBC\xAF\x27\x1C",
        "format_unsupported",
        "a 7z archive",
        UNPACK,
    ),
    (b"Rar!", "format_unsupported", "a RAR archive", UNPACK),
    (
        b"BZh",
        "format_unsupported",
        "compressed with bzip2",
        UNPACK,
    ),
    (
        b"\xFD7zXZ\x00",
        "format_unsupported",
        "compressed with xz",
        UNPACK,
    ),
    (
        b"\x28\xB5\x2F\xFD",
        "format_unsupported",
        "compressed with zstd",
        UNPACK,
    ),
    (
        b"SQLite format 3",
        "format_unsupported",
        "a database",
        "Export the table that you need from it as CSV, for example with “sqlite3 -csv -header”.",
    ),
    (
        b"PAR1",
        "format_unsupported",
        "a Parquet file",
        "Export it as CSV or JSON, for example with DuckDB: COPY … TO 'table.csv'.",
    ),
    (
        b"ARROW1",
        "format_unsupported",
        "an Arrow file",
        "Export it as CSV or JSON.",
    ),
];

/// What to do with an archive.
pub const UNPACK: &str = "Unpack it first, and drop the files inside.";

/// A name for a sentence: at most 40 characters.
pub fn shortened(name: &str) -> String {
    if name.chars().count() <= 40 {
        name.to_owned()
    } else {
        name.chars().take(39).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_archives_and_binaries_are_refused_by_their_bytes() {
        for (head, code) in [
            (&b"\x89PNG\r\n\x1a\n"[..], "not_a_table"),
            (b"%PDF-1.7", "not_a_table"),
            (b"\x00\x01\x02\x03\x04abc", "not_a_table"),
            (b"<!DOCTYPE html><html>", "not_a_table"),
            (b"PAR1....", "format_unsupported"),
            (b"SQLite format 3\0", "format_unsupported"),
            (b"7z\xBC\xAF\x27\x1C", "format_unsupported"),
        ] {
            let error = tell("a.csv", head).unwrap_err();
            assert_eq!(error.code, code);
            assert!(!error.hint.is_empty());
        }
    }

    #[test]
    fn the_first_bytes_tell_the_format() {
        for (head, kind) in [
            (&b"a,b\n1,2\n"[..], Kind::Delimited),
            (b"PK\x03\x04rest", Kind::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::OldOffice),
            (b" [{\"a\":1}]", Kind::Json),
            (b"{\"a\":1}\n{\"a\":2}", Kind::Json),
            (b"{\"a\":1},\n{\"a\":2}", Kind::Json),
            (b"{\"a\" 1}", Kind::Json),
            (b"[[1,2],[3", Kind::Json),
            (b"[]", Kind::Json),
            // Cells of text may begin with brackets.
            (b"[1],[2]\n[3],[4]\n", Kind::Delimited),
            (b"[draft],b\n1,2\n", Kind::Delimited),
            (b"{name},{mrr}\nA,1\n", Kind::Delimited),
        ] {
            assert_eq!(tell("a", head).unwrap(), kind, "{head:?}");
        }
    }
}
