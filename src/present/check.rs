//! The check page: what each table and column was taken for, how sure, and what is asked.

pub mod columns;
pub mod notes;
pub mod questions;
pub mod reading;

pub use columns::{ColumnView, ScoreView, Sure};
pub use notes::NoteView;
pub use questions::{Answered, QuestionView, Way};
pub use reading::{Field, ReadingView};

use super::{Reader, reasons, words};
use crate::engine::base::Note;
use crate::engine::options::Options;
use crate::engine::protocol::Preview;
use crate::engine::report::{Report, TableReport};
use crate::present::language::say;
use crate::told;
use columns::{cells, column_view};
use questions::questions;

/// What the check page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckView {
    /// One sentence under the title.
    pub lead: String,
    /// How many questions are open.
    pub open: usize,
    /// "3 files".
    pub files: String,
    /// One a table.
    pub tables: Vec<TableView>,
    /// Files that could not be read: name and why.
    pub unread: Vec<(String, String)>,
    /// "1 open, 1 answered. Until you answer, …".
    pub questions_say: String,
    /// Open and answered questions of all tables.
    pub questions: Vec<QuestionView>,
    /// What the reader should know.
    pub notes: Vec<NoteView>,
}

/// One table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableView {
    /// Its name.
    pub name: String,
    /// What it was read as.
    pub read_as: String,
    /// Rows read.
    pub rows: String,
    /// Rows left out.
    pub left_out: String,
    /// How it was cut into cells, and how that can be changed.
    pub reading: ReadingView,
    /// "Columns of survey.csv".
    pub columns_title: String,
    /// "Left out of survey.csv".
    pub left_out_title: String,
    /// "9 columns. Change any meaning; the KPIs follow".
    pub columns_say: String,
    /// Its columns; of a wide table those that have a role or a question.
    pub columns: Vec<ColumnView>,
    /// The other columns of a wide table.
    pub others: Vec<ColumnView>,
    /// "The other 88 columns have no role".
    pub others_say: String,
    /// Why rows were left out.
    pub reasons: Vec<ReasonView>,
    /// Cells that cannot be read.
    pub faults: Vec<FaultView>,
}

/// One reason for which rows were left out.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonView {
    /// Its code.
    pub code: String,
    /// In words.
    pub says: String,
    /// How many rows.
    pub count: String,
    /// What the reader can do.
    pub remedy: &'static str,
}

/// Unreadable cells of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultView {
    /// The column.
    pub column: String,
    /// What is wrong.
    pub says: String,
    /// How many cells.
    pub count: String,
    /// What they should be.
    pub expected: String,
    /// The first lines or rows: "lines 12, 40".
    pub places: String,
}

/// The check page of a report.
pub fn check(
    reader: &Reader<'_>,
    report: &Report,
    previews: &[Preview],
    options: &Options,
    answers: &[Answered],
) -> CheckView {
    let mut questions = questions(reader, report, answers);
    let count = questions.len();
    for (place, question) in questions.iter_mut().enumerate() {
        let state = if question.chosen.is_some() {
            say("answered · ")
        } else {
            ""
        };
        question.label = told!(
            "Question {0} of {1} · {2}{3}",
            place + 1,
            count,
            state,
            question.label
        );
    }
    let open = questions
        .iter()
        .filter(|question| question.chosen.is_none())
        .count();
    CheckView {
        lead: lead(open),
        open,
        files: words::counted(report.tables.len(), "table", "tables"),
        tables: report
            .tables
            .iter()
            .map(|table| {
                let preview = previews.iter().find(|preview| preview.table == table.name);
                table_view(reader, table, preview, options)
            })
            .collect(),
        questions_say: questions_say(open, count),
        questions,
        unread: report
            .notes
            .iter()
            .filter_map(|note| Some((unread_file(report, note)?, note.effect.clone())))
            .collect(),
        notes: notes::notes(reader, report),
    }
}

/// The name of the file that could not be read, where the note tells of one.
fn unread_file(report: &Report, note: &Note) -> Option<String> {
    let name = note.table.as_ref()?;
    let is_read = report.tables.iter().any(|table| table.name == *name);
    (!is_read).then(|| name.clone())
}

fn lead(open: usize) -> String {
    match open {
        0 => say("Everything was clear from the rows, and you can change it.").to_owned(),
        1 => say("One question still needs you. Everything else was clear from the rows, and you can change it.").to_owned(),
        many => told!("{0} questions still need you. Everything else was clear from the rows, and you can change it.", many),
    }
}

fn questions_say(open: usize, count: usize) -> String {
    let answered = count.saturating_sub(open);
    match (open, answered) {
        (0, _) => say("All answered").to_owned(),
        (open, 0) => told!(
            "{0} open. Until you answer, the KPIs concerned show n/a",
            open
        ),
        (open, answered) => {
            told!(
                "{0} open, {1} answered. Until you answer, the KPIs concerned show n/a",
                open,
                answered
            )
        }
    }
}

fn table_view(
    reader: &Reader<'_>,
    table: &TableReport,
    preview: Option<&Preview>,
    options: &Options,
) -> TableView {
    /// Tables with more columns show only those that matter at first.
    const WIDE: usize = 16;
    let habits = reader.habits;
    let all =
        table.columns.iter().enumerate().map(|(place, column)| {
            column_view(reader, table, column, cells(preview, place), options)
        });
    let is_wide = table.columns.len() > WIDE;
    let (columns, others): (Vec<ColumnView>, Vec<ColumnView>) =
        all.partition(|column| !is_wide || !column.role.is_empty() || column.sure.open);
    TableView {
        name: table.name.clone(),
        read_as: read_as(table),
        rows: habits.count(table.rows.read),
        left_out: habits.count(table.rows.read.saturating_sub(table.rows.used)),
        reading: reading::reading(reader, table, options),
        columns_title: told!("Columns of {0}", table.name),
        left_out_title: told!("Left out of {0}", table.name),
        columns_say: told!(
            "{0}. Change any meaning; the KPIs follow",
            words::counted(table.columns.len(), "column", "columns")
        ),
        others_say: told!(
            "{0} no role",
            words::counted(others.len(), "other column has", "other columns have")
        ),
        columns,
        others,
        reasons: table
            .rows
            .left_out
            .iter()
            .map(|left| {
                let reason = reasons::reason(&left.reason);
                ReasonView {
                    code: left.reason.clone(),
                    says: reason.says,
                    count: habits.count(left.count),
                    remedy: reason.remedy,
                }
            })
            .collect(),
        faults: faults(reader, table),
    }
}

fn faults(reader: &Reader<'_>, table: &TableReport) -> Vec<FaultView> {
    table
        .faults
        .iter()
        .map(|fault| {
            let lines: Option<Vec<u64>> = fault.sample.iter().map(|place| place.line).collect();
            let (word, numbers) = match lines {
                Some(lines) => (say(words::LINE), lines),
                None => (
                    say(words::ROW),
                    fault.sample.iter().map(|it| it.row).collect(),
                ),
            };
            let numbers: Vec<String> = numbers.iter().map(|it| reader.habits.count(*it)).collect();
            FaultView {
                column: fault.column.clone(),
                says: reasons::reason(&fault.code).says,
                count: reader.habits.count(fault.count),
                expected: words::sentence(&fault.expected),
                places: format!("{word} {}", numbers.join(", ")),
            }
        })
        .collect()
}

fn read_as(table: &TableReport) -> String {
    if table.kinds.len() > 1 {
        let names: Vec<String> = table.kinds.iter().map(|kind| words::kind(kind)).collect();
        return names.join(", ");
    }
    table
        .kind
        .as_deref()
        .map_or_else(|| say(words::NOT_RECOGNISED).to_owned(), words::kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Note;
    use crate::engine::report::Suggestion;
    use crate::present::example::Example;

    fn view(example: &Example, answers: &[Answered]) -> CheckView {
        let options = Options::default();
        check(
            &example.reader(),
            &example.report,
            &example.previews,
            &options,
            answers,
        )
    }

    #[test]
    fn columns_say_what_they_were_taken_for_and_how_sure() {
        let example = Example::new();
        let columns = view(&example, &[]).tables[0].columns.clone();
        let words: Vec<&str> = columns.iter().map(|column| column.sure.word).collect();
        assert_eq!(words, ["Certain", "Your answer needed", "Not used"]);
        assert_eq!(columns[2].looks_like, "Team · Starter");
        assert_eq!(columns[2].role, "");
        assert_eq!(columns[1].roles[0].1, "Not used as a role");
    }

    #[test]
    fn no_answer_is_preselected_and_an_answered_question_stays_in_place() {
        let example = Example::new();
        let open = view(&example, &[]);
        assert_eq!(open.open, 1);
        assert_eq!(open.questions[0].chosen, None);
        assert_eq!(
            open.questions[0].label,
            "Question 1 of 1 · affects Customer churn and Churn of few"
        );
        assert_eq!(open.questions[0].answers[0].1, "Day first");
        let given = Answered {
            table: "customers.csv".to_owned(),
            question: example.report.tables[0].questions[0].clone(),
            choice: "day_first".to_owned(),
        };
        let done = view(&example, &[given]);
        assert_eq!((done.open, done.questions.len()), (0, 1));
        assert_eq!(
            done.lead,
            "Everything was clear from the rows, and you can change it."
        );
    }

    #[test]
    fn a_likely_answer_is_named_with_its_reason_and_not_given() {
        let mut example = Example::new();
        example.report.tables[0].questions[0].suggested = Some(Suggestion {
            choice: "day_first".to_owned(),
            because: "The column “closed” of this table is written so.".to_owned(),
        });
        let open = view(&example, &[]);
        assert_eq!((open.open, &open.questions[0].chosen), (1, &None));
        let (choice, says) = open.questions[0].suggested.clone().unwrap();
        assert_eq!(choice, "day_first");
        assert_eq!(
            says,
            "Likely answer: Day first. The column “closed” of this table is written so."
        );
    }

    #[test]
    fn a_file_that_could_not_be_read_is_told_among_the_files() {
        let mut example = Example::new();
        let note = Note::new("not_a_table", "This file is a PNG picture.").in_table("chart.csv");
        example.report.notes.push(note);
        let view = view(&example, &[]);
        let told = (
            "chart.csv".to_owned(),
            "This file is a PNG picture.".to_owned(),
        );
        assert_eq!(view.unread, [told]);
        assert_eq!(view.notes.len(), 1);
    }
}
