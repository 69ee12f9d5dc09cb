//! The list of everything left out or unreadable, as CSV that a spreadsheet can open safely.

use std::fmt::Write as _;

use super::query::{Row, Rows};

/// The first line.
pub const HEADER: &str = "table,row,line,bucket,reason,column,found,expected\r\n";

/// One line for every unreadable cell of these rows, and one for every row that is left out for
/// something else.
pub fn lines(rows: &Rows) -> String {
    let mut text = String::new();
    for row in &rows.rows {
        let own = row.reason.as_deref().filter(|reason| {
            let told = row.faults.iter().any(|fault| fault.code == *reason);
            !told
        });
        if let Some(reason) = own {
            line(&mut text, (&rows.table, row), reason, ["", "", ""]);
        }
        for fault in &row.faults {
            let found = fault.found.as_deref().unwrap_or_default();
            let about = [fault.column.as_str(), found, fault.expected.as_str()];
            line(&mut text, (&rows.table, row), &fault.code, about);
        }
    }
    text
}

fn line(text: &mut String, (table, row): (&str, &Row), reason: &str, about: [&str; 3]) {
    let bucket = if row.reason.is_some() {
        "left_out"
    } else {
        "used"
    };
    let number = row.line.map(|line| line.to_string()).unwrap_or_default();
    let [column, found, expected] = about.map(cell);
    // Writing into a text cannot fail.
    let written = write!(
        text,
        "{},{},{number},{bucket},{reason},{column},{found},{expected}\r\n",
        cell(table),
        row.row
    );
    debug_assert!(written.is_ok(), "a text takes everything");
}

/// A cell that no spreadsheet takes for a formula: a text that could be one gets an apostrophe in
/// front; plain numbers stay as they are.
pub fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_plain_number(text);
    let safe = if risky {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains([',', '"', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, places]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_can_be_taken_for_a_formula() {
        for (written, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("-5.25", "-5.25"),
            ("say \"a,b\"", "\"say \"\"a,b\"\"\""),
            ("plain", "plain"),
        ] {
            assert_eq!(cell(written), expected);
        }
    }
}
