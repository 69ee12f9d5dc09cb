//! Workbooks: the packed file itself, and the parts in it.

use kept::engine::ingest::ReadingChoices;

use super::packed;
use super::reading::{assert_honest, assert_same, read};

/// Parts as a spreadsheet writes them, each replaced where the data has something for it.
const PARTS: [(&str, &str); 7] = [
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#,
    ),
    (
        "xl/sharedStrings.xml",
        "<sst><si><t>score</t></si><si><t>a</t></si></sst>",
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
    (
        "[Content_Types].xml",
        r#"<Types><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
];

/// Any workbook is a table or a stated error, the same in pieces of any size.
///
/// Bytes that begin as a packed file are taken as they are. Of others each part, up to a form
/// feed, replaces one part of a small workbook.
pub fn check(data: &[u8]) {
    let bytes = if data.starts_with(b"PK") {
        data.to_vec()
    } else {
        let mut given = data.split(|byte| *byte == 0x0C);
        let parts = PARTS.map(|(name, usual)| match given.next() {
            Some(part) if !part.is_empty() => (name, part),
            _ => (name, usual.as_bytes()),
        });
        packed::packed(&parts)
    };
    let choices = ReadingChoices::default();
    let whole = read("a.xlsx", &bytes, bytes.len(), &choices);
    assert_honest(&whole);
    assert_same(&whole, &read("a.xlsx", &bytes, 97, &choices));
}
