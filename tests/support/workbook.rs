//! Writes small workbooks, sound and unsound ones, in memory.
#![expect(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "test code; each test file is a crate of its own"
)]
#![allow(dead_code, reason = "not every test file uses all of it")]

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// One file of an archive: its name, its bytes as packed, the method, the size it says it has.
pub struct Part {
    pub name: String,
    pub packed: Vec<u8>,
    pub method: u16,
    pub size: u32,
    pub crc: u32,
}

impl Part {
    /// A file as it is.
    pub fn stored(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            packed: text.as_bytes().to_vec(),
            method: 0,
            size: text.len() as u32,
            crc: crc(text.as_bytes()),
        }
    }

    /// A file that is packed.
    pub fn deflated(name: &str, text: &str) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        Self {
            packed: encoder.finish().unwrap(),
            method: 8,
            ..Self::stored(name, text)
        }
    }

    /// A file of blanks that unpacks to so many mebibytes, and says that it has `size` bytes.
    pub fn bomb(name: &str, before: &str, mebibytes: usize, size: u32) -> Self {
        let mut compress = Compress::new(Compression::best(), false);
        let mut once = |bytes: &[u8]| {
            let mut packed = Vec::with_capacity(bytes.len().div_ceil(100) + 1_000);
            let status = compress
                .compress_vec(bytes, &mut packed, FlushCompress::Full)
                .unwrap();
            assert_eq!(status, Status::Ok);
            packed
        };
        let mut packed = once(before.as_bytes());
        // After a full flush a piece depends on nothing before it, so it can be repeated.
        once(&vec![b' '; 1 << 20]);
        let piece = once(&vec![b' '; 1 << 20]);
        (0..mebibytes).for_each(|_| packed.extend_from_slice(&piece));
        packed.extend_from_slice(&[3, 0]);
        Self {
            packed,
            method: 8,
            size,
            ..Self::stored(name, "")
        }
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// An archive of these files.
pub fn archive(parts: &[Part]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = bytes.len() as u32;
        let mut fixed = vec![20, 0, 0, 0];
        fixed.extend_from_slice(&part.method.to_le_bytes());
        fixed.extend_from_slice(&[0; 4]);
        for number in [part.crc, part.packed.len() as u32, part.size] {
            fixed.extend_from_slice(&number.to_le_bytes());
        }
        fixed.extend_from_slice(&(part.name.len() as u16).to_le_bytes());
        fixed.extend_from_slice(&[0, 0]);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&fixed);
        bytes.extend_from_slice(part.name.as_bytes());
        bytes.extend_from_slice(&part.packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&fixed);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(part.name.as_bytes());
    }
    let at = bytes.len() as u32;
    let length = directory.len() as u32;
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    let count = parts.len() as u16;
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&at.to_le_bytes());
    bytes.extend_from_slice(&[0, 0]);
    bytes
}

/// A sheet: its name, its state and what stands inside `sheetData`.
pub type Sheet<'a> = (&'a str, &'a str, &'a str);

const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a workbook with these sheets and these shared texts.
///
/// Styles: 1 is a day, 2 a day and a time, 3 a time, 4 a duration, 5 a share in percent.
pub fn parts(sheets: &[Sheet<'_>], shared: &str) -> Vec<Part> {
    let mut list = String::new();
    let mut relations = String::new();
    let mut files = Vec::new();
    for (place, (name, state, data)) in sheets.iter().enumerate() {
        let number = place + 1;
        list.extend([format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"r{number}\"/>"
        )]);
        relations.extend([format!(
            "<Relationship Id=\"r{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        )]);
        files.push(Part::deflated(
            &format!("xl/worksheets/sheet{number}.xml"),
            &format!(
                "<worksheet xmlns=\"{NAMESPACE}\"><dimension ref=\"B9:A1\"/><sheetData>{data}</sheetData></worksheet>"
            ),
        ));
    }
    let mut all = vec![
        Part::stored("[Content_Types].xml", "<Types/>"),
        Part::stored(
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        Part::stored(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{NAMESPACE}\" xmlns:r=\"{RELATIONS}\"><sheets>{list}</sheets></workbook>"
            ),
        ),
        Part::stored(
            "xl/_rels/workbook.xml.rels",
            &format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
        ),
        Part::stored(
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{NAMESPACE}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm:ss\"/></numFmts><cellXfs>{}</cellXfs></styleSheet>",
                [0, 14, 22, 21, 164, 10]
                    .map(|id| format!("<xf numFmtId=\"{id}\"/>"))
                    .concat()
            ),
        ),
    ];
    if !shared.is_empty() {
        all.push(Part::deflated(
            "xl/sharedStrings.xml",
            &format!("<sst xmlns=\"{NAMESPACE}\" uniqueCount=\"4000000000\">{shared}</sst>"),
        ));
    }
    all.append(&mut files);
    all
}

/// A workbook with these sheets and these shared texts.
pub fn workbook(sheets: &[Sheet<'_>], shared: &str) -> Vec<u8> {
    archive(&parts(sheets, shared))
}
