//! Notes that a reader must see before any figure: what a sheet calls by a wrong name, and sums
//! that do not hold.

use super::Reader;
use super::findings::SentenceView;
use super::words;
use crate::engine::report::Report;
use crate::present::language::say;
use crate::told;

/// The codes of such notes.
const WARNINGS: [&str; 3] = [
    "end_over_start_is_not_churn",
    "movements_below_nothing",
    "rows_do_not_reconcile",
];

/// One sentence a note, with where it was seen.
pub fn warnings(reader: &Reader<'_>, report: &Report) -> Vec<SentenceView> {
    let warns = report.notes.iter();
    warns
        .filter(|note| WARNINGS.contains(&note.code.as_str()))
        .map(|note| {
            let column = note.column.as_ref().map(|it| told!("column {0}", it));
            let rows = note
                .count
                .map(|it| words::counted_rows(reader.habits.count(it), it));
            let place: Vec<String> = [note.table.clone(), column, rows]
                .into_iter()
                .flatten()
                .collect();
            SentenceView {
                key: None,
                verdict: say(words::TAKE_CARE),
                real: true,
                says: words::sentence(&note.effect),
                evidence: place.join(", "),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Note;
    use crate::present::dashboard::dashboard;
    use crate::present::example::Example;

    #[test]
    fn a_formula_under_a_wrong_name_is_told_before_all_figures() {
        let mut example = Example::new();
        assert!(warnings(&example.reader(), &example.report).is_empty());
        let note = Note::new("end_over_start_is_not_churn", "this is not churn.")
            .in_table("customers.csv")
            .in_column("churn")
            .counted(12);
        example.report.notes.push(note);
        let first = dashboard(&example.reader(), &example.report).sentences[0].clone();
        assert_eq!(
            (first.verdict, first.says.as_str()),
            ("Take care", "This is not churn.")
        );
        assert_eq!(first.evidence, "customers.csv, column churn, 12 rows");
    }
}
