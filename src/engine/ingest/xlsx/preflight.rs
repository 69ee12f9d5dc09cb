//! What an archive is, and whether it is safe to open, told from its directory alone.

use super::zip_directory::{Entry, Packing};
use crate::engine::base::Error;
use crate::engine::ingest::format::{self, UNPACK, refusal};

/// All files of a workbook together, unpacked.
const MOST_BYTES: u64 = 2 << 30;

/// The shared texts of a workbook, unpacked: they are held in memory.
const MOST_SHARED_BYTES: u64 = 256 << 20;

/// Above this size a file may not unpack to more than [`MOST_RATIO`] times itself.
const RATIO_FROM_BYTES: u64 = 16 << 20;

/// Tables pack to a tenth or a twentieth; only made-up files pack to a thousandth.
const MOST_RATIO: u64 = 200;

/// Parts that can be large and that a table does not need are not counted.
const UNREAD: [&str; 4] = ["/media/", "/embeddings/", "/pivotcache/", "/drawings/"];

/// Lets workbooks pass whose parts unpack to a bearable size.
///
/// # Errors
/// `format_unsupported`, `workbook_encrypted`, `workbook_unsafe`.
pub fn check(name: &str, entries: &[Entry], archive_bytes: u64) -> Result<(), Error> {
    is_workbook(name, entries)?;
    if entries.iter().any(|one| one.packing == Packing::Encrypted) {
        return Err(encrypted(name));
    }
    let total: u64 = entries
        .iter()
        .fold(0, |sum, one| sum.saturating_add(one.size));
    let unsafe_because = |why: String| {
        Err(Error::new(
            "workbook_unsafe",
            format!("{why}, so it is not opened: {}", format::shortened(name)),
            "If you trust the file, open it in the spreadsheet program and export the sheet as CSV.",
        ))
    };
    let mebibytes = |bytes: u64| bytes.div_ceil(1 << 20);
    for one in entries {
        let packed = one.packed.len() as u64;
        if one.size > RATIO_FROM_BYTES && one.size > packed.saturating_mul(MOST_RATIO) {
            return unsafe_because(format!(
                "A part of this workbook unpacks to {} MiB, more than {MOST_RATIO} times its size",
                mebibytes(one.size)
            ));
        }
        if one.size > MOST_SHARED_BYTES && one.name.to_lowercase().ends_with("sharedstrings.xml") {
            return unsafe_because(format!(
                "The texts of this workbook unpack to {} MiB, more than {} MiB",
                mebibytes(one.size),
                mebibytes(MOST_SHARED_BYTES)
            ));
        }
    }
    // Files that lie on each other's bytes unpack to more than the archive can hold.
    if total > RATIO_FROM_BYTES && total > archive_bytes.saturating_mul(MOST_RATIO) {
        return unsafe_because(format!(
            "This workbook unpacks to {} MiB, more than {MOST_RATIO} times its size",
            mebibytes(total)
        ));
    }
    let read: u64 = entries
        .iter()
        .filter(|one| is_read(one))
        .fold(0, |sum, one| sum.saturating_add(one.size));
    if read > MOST_BYTES {
        return unsafe_because(format!(
            "This workbook unpacks to {} MiB, more than {} MiB",
            mebibytes(read),
            mebibytes(MOST_BYTES)
        ));
    }
    Ok(())
}

/// Whether a part may be needed to read the sheets.
pub fn is_read(entry: &Entry) -> bool {
    let name = entry.name.to_lowercase();
    matches!(name.rsplit('.').next(), Some("xml" | "rels"))
        && !UNREAD.iter().any(|part| name.contains(part))
        && entry.packing != Packing::Other
}

/// The refusal of a workbook with a password.
pub fn encrypted(name: &str) -> Error {
    refusal(
        name,
        "workbook_encrypted",
        "This workbook is protected by a password",
        "Open it in the spreadsheet program, remove the password, save it and drop it again.",
    )
}

/// Refuses archives that are something else, by the names of their files.
fn is_workbook(name: &str, entries: &[Entry]) -> Result<(), Error> {
    const SHEET: &str = "In the spreadsheet program, choose Save as, Excel workbook (.xlsx) or CSV (UTF-8), and drop that file.";
    let has = |wanted: &str| {
        entries
            .iter()
            .any(|one| one.name.to_lowercase().starts_with(wanted))
    };
    let other = |found: &str, hint: &str| Err(refusal(name, "format_unsupported", found, hint));
    if has("xl/workbook.bin") {
        return other("This file is a binary workbook (.xlsb)", SHEET);
    }
    if has("word/") {
        return other(
            "This file is a Word document",
            "Copy its table and paste it here, or drop the file that it was made from.",
        );
    }
    if has("ppt/") {
        return other(
            "This file is a PowerPoint presentation",
            "Drop the workbook or the CSV that it was made from.",
        );
    }
    if has("index/document.iwa") || has("index.zip") || has("index/") && has("metadata/") {
        return other(
            "This file is an Apple Numbers document",
            "In Numbers, choose File, Export To, Excel or CSV, and drop that file.",
        );
    }
    if has("mimetype") && has("content.xml") {
        return other("This file is an OpenDocument file (.ods)", SHEET);
    }
    if !(has("[content_types].xml") && has("_rels/.rels")) {
        return other("This file is an archive", UNPACK);
    }
    Ok(())
}
