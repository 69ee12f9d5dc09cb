//! JSON that is written column by column: an object of lists, or of objects by row number.

use std::borrow::Cow;
use std::ops::Range;

use super::cursor::{Cursor, Fault, Kind};
use super::fields;
use crate::engine::base::Error;
use crate::engine::ingest::assemble::Assembler;
use crate::engine::ingest::format;
use crate::engine::table::{Dialect, Table};

/// A column: its name, and where its values stand.
type Values = (String, Vec<Range<usize>>);

/// The table of a whole text.
///
/// # Errors
/// `json_invalid` where it is not JSON, `no_rows` where its columns are empty.
pub fn read(name: &str, bytes: &[u8], dialect: Dialect) -> Result<Table, Error> {
    let mut columns = Vec::new();
    let found = find(bytes, &mut columns);
    if let Err(fault) = found {
        return Err(Error::new(
            "json_invalid",
            format!(
                "Byte {}: expected {}, in {}",
                fault.at + 1,
                fault.expected,
                format::shortened(name)
            ),
            "Export the file again, or check it where the sentence says.",
        ));
    }
    let headers: Vec<String> = columns.iter().map(|(header, _)| header.clone()).collect();
    let mut assembler = Assembler::new(name, &headers);
    let rows = columns
        .iter()
        .map(|(_, values)| values.len())
        .max()
        .unwrap_or(0);
    for row in 0..rows {
        let text = |place: usize| -> Option<String> {
            let (_, values) = columns.get(place)?;
            let at = values.get(row)?.start;
            fields::text_of(&mut Cursor::new(bytes, at)).ok()
        };
        let short = columns.iter().any(|(_, values)| values.len() <= row);
        if short {
            assembler.seen.short_rows.add(row as u64 + 1);
        }
        assembler.record(row as u64 + 1, headers.len(), |place| {
            Cow::Owned(text(place).unwrap_or_default())
        });
    }
    assembler.finish(dialect)
}

fn find(bytes: &[u8], columns: &mut Vec<Values>) -> Result<(), Fault> {
    let mut cursor = Cursor::new(bytes, 0);
    cursor.take(b'{', "an object")?;
    let (mut header, mut row) = (String::new(), String::new());
    let mut first = true;
    while cursor.next_member(first, &mut header)? {
        first = false;
        let mut values = Vec::new();
        match cursor.kind()? {
            Kind::Array => {
                cursor.at += 1;
                while cursor.next_element(values.is_empty())? {
                    values.push(cursor.skip(2)?);
                }
            }
            Kind::Object => {
                cursor.at += 1;
                while cursor.next_member(values.is_empty(), &mut row)? {
                    values.push(cursor.skip(2)?);
                }
            }
            // What stands beside the columns says something about them all.
            _ => {
                cursor.skip(1)?;
                continue;
            }
        }
        columns.push((header.clone(), values));
    }
    Ok(())
}
