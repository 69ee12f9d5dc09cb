//! What the reader should know about the data: a sentence, and where it holds.

use super::super::format::Habits;
use super::super::{Reader, words};
use super::unread_file;
use crate::engine::report::Report;
use crate::present::language::say;

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteView {
    /// What was done, as a sentence.
    pub says: String,
    /// Where: table, column, line, and how much of it.
    pub place: String,
}

/// The notes of a report, but for those about files that could not be read.
pub(super) fn notes(reader: &Reader<'_>, report: &Report) -> Vec<NoteView> {
    report
        .notes
        .iter()
        .filter(|note| unread_file(report, note).is_none())
        .map(|note| {
            let line = note
                .line
                .map(|line| format!("{} {}", say(words::LINE), reader.habits.count(line)));
            let count = note
                .count
                .map(|count| counted(reader.habits, &note.code, count));
            let place: Vec<String> = [note.table.clone(), note.column.clone(), line, count]
                .into_iter()
                .flatten()
                .collect();
            NoteView {
                says: words::sentence(&note.effect),
                place: place.join(", "),
            }
        })
        .collect()
}

/// "18 months", "1 row", "3,120 cells": the count of a note with the unit that its code counts in.
fn counted(habits: &Habits, code: &str, count: u64) -> String {
    let (one, many) = unit(code);
    let word = if count == 1 { one } else { many };
    format!("{} {}", habits.count(count), say(word))
}

/// What a note with this code counts, one and many of it.
fn unit(code: &str) -> (&'static str, &'static str) {
    match code {
        "lines_before_header" | "blank_rows" | "comment_lines" | "footer_lines" => {
            ("line", "lines")
        }
        "months_turned_long" => ("month", "months"),
        "columns_not_kept" | "columns_left_out" | "header_duplicate" | "columns_empty" => {
            ("column", "columns")
        }
        "sheet_chosen" => ("sheet", "sheets"),
        "other_table" => ("table", "tables"),
        "cells_unreadable" | "cells_beside_table" | "cells_damaged" | "formula_without_value" => {
            ("cell", "cells")
        }
        "encoding_malformed" => ("place", "places"),
        "zero_bytes" => ("byte", "bytes"),
        "line_invalid" | "record_of_another_form" | "json_cut_short" => ("record", "records"),
        "duplicate_names" => ("name", "names"),
        _ => ("row", "rows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Note;
    use crate::present::example::Example;

    #[test]
    fn counts_are_in_the_unit_of_the_note_and_one_is_singular() {
        let mut example = Example::new();
        example.report.notes = [
            ("months_turned_long", 18),
            ("total_rows", 1),
            ("sheet_chosen", 3),
            ("columns_not_kept", 1),
            ("cells_unreadable", 3_120),
        ]
        .map(|(code, count)| Note::new(code, "x").counted(count))
        .to_vec();
        let places: Vec<String> = notes(&example.reader(), &example.report)
            .into_iter()
            .map(|note| note.place)
            .collect();
        assert_eq!(
            places,
            ["18 months", "1 row", "3 sheets", "1 column", "3,120 cells"]
        );
    }
}
