//! What kind of file the first bytes say it is, so that nothing else is read as a table.

use super::super::base::Error;

/// Refuses what is not delimited text, saying what was found and what to do.
pub fn check(name: &str, head: &[u8]) -> Result<(), Error> {
    let refuse = |code: &str, found: &str, hint: &str| {
        Err(Error::new(
            code,
            format!("{found}, so there are no rows to read: {}", shortened(name)),
            hint,
        ))
    };
    for (magic, what) in PICTURES {
        if head.starts_with(magic) {
            return refuse(
                "not_a_table",
                &format!("This file is {what}"),
                "Export the table as CSV and drop that file.",
            );
        }
    }
    if head.starts_with(b"PK\x03\x04") {
        return refuse(
            "format_unsupported",
            "This file is a workbook or an archive",
            "In the spreadsheet, choose Save as, CSV (UTF-8), or copy the cells and paste them here.",
        );
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return refuse(
            "format_unsupported",
            "This file is an old Office document",
            "Save it as CSV (UTF-8), or copy the cells and paste them here.",
        );
    }
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return refuse(
            "encoding_unsupported",
            "This text is in UTF-16, which is not read yet",
            "Save it as CSV (UTF-8).",
        );
    }
    let trimmed = head.trim_ascii_start();
    if trimmed.starts_with(b"[{") || trimmed.starts_with(b"{\"") {
        return refuse(
            "format_unsupported",
            "This file is JSON, which is not read yet",
            "Export it as CSV.",
        );
    }
    let html = trimmed
        .get(..14)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype html"))
        || trimmed
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"<html"));
    if html {
        return refuse(
            "not_a_table",
            "This file is a web page",
            "If it came from a download link, sign in there and download the CSV again.",
        );
    }
    let controls = head
        .iter()
        .filter(|byte| **byte < 9 || (14..32).contains(*byte))
        .count();
    if controls * 50 > head.len() {
        return refuse(
            "not_a_table",
            "This file is not text",
            "Export the table as CSV (UTF-8) and drop that file.",
        );
    }
    Ok(())
}

const PICTURES: [(&[u8], &str); 8] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or a sound"),
    (b"%PDF", "a PDF document"),
    (b"\x1F\x8B", "compressed"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
];

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
    fn pictures_workbooks_and_binaries_are_refused_by_their_bytes() {
        for (head, code) in [
            (&b"\x89PNG\r\n\x1a\n"[..], "not_a_table"),
            (b"PK\x03\x04rest", "format_unsupported"),
            (b"%PDF-1.7", "not_a_table"),
            (b"\x00\x01\x02\x03\x04abc", "not_a_table"),
            (b"<!DOCTYPE html><html>", "not_a_table"),
            (b" [{\"a\":1}]", "format_unsupported"),
        ] {
            assert_eq!(check("a.csv", head).unwrap_err().code, code);
        }
        assert!(check("a.csv", b"a,b\n1,2\n").is_ok());
    }
}
