//! What a report says of joins.

use super::Joins;
use crate::engine::base::Note;
use crate::engine::report::{JoinReport, Report};

/// Adds how tables were joined to the report, with a note a table. Of a table alone there is nothing
/// to say, but that several of its customers may be one.
pub fn add(report: &mut Report, joins: &Joins) {
    let told = &joins.told;
    for table in &told.tables {
        report.notes.extend(of_table(table, &told.base));
    }
    if told.alike > 0 && !told.tables.is_empty() {
        report.notes.push(
            Note::new(
                "accounts_alike",
                format!(
                    "{} accounts have a name or a domain that another account has too. Nothing is \
                     matched by what several accounts share; where they are one, confirm it.",
                    told.alike
                ),
            )
            .in_table(&told.base)
            .counted(told.alike),
        );
    }
    if !told.tables.is_empty() || told.alike > 0 {
        report.joins = Some(told.clone());
    }
}

fn of_table(told: &JoinReport, base: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    if told.matched_rows > 0 {
        notes.push(
            Note::new(
                "joined",
                format!(
                    "{} of {} rows belong to an account of {base}.",
                    told.matched_rows, told.rows
                ),
            )
            .in_table(&told.table)
            .counted(told.matched_rows),
        );
    } else {
        notes.push(
            Note::new(
                "joined_nothing",
                format!(
                    "No row belongs to an account of {base}: no number, address, domain or name is \
                     in both. Choose another column as the customer, or confirm a suggested pair."
                ),
            )
            .in_table(&told.table),
        );
    }
    if told.ambiguous_rows > 0 {
        notes.push(
            Note::new(
                "joined_ambiguous",
                format!(
                    "{} rows name something that several accounts share, and belong to none of them.",
                    told.ambiguous_rows
                ),
            )
            .in_table(&told.table)
            .counted(told.ambiguous_rows),
        );
    }
    if told.too_few > 0 {
        notes.push(
            Note::new(
                "joined_by_chance",
                format!(
                    "{} numbers are those of accounts, too few of all to be more than chance. They \
                     are not joined; choose the customer as the key where they mean the same.",
                    told.too_few
                ),
            )
            .in_table(&told.table)
            .counted(told.too_few),
        );
    }
    notes
}
