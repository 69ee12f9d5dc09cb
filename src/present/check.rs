//! The check page: what each table and column was taken for, how sure, and what is asked.

use super::{Reader, reasons, words};
use crate::engine::options::Options;
use crate::engine::protocol::Preview;
use crate::engine::report::{ColumnReport, Question, Report, TableReport};
use crate::present::answer;

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
    /// Encoding and delimiter.
    pub dialect: String,
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
    /// Why rows were left out, with the counts.
    pub reasons: Vec<(String, String, &'static str)>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnView {
    /// The header cell.
    pub name: String,
    /// "Meaning of plan", for those who cannot see the row.
    pub label: String,
    /// The role's id; empty for none.
    pub role: String,
    /// The roles that can be chosen: id and plain name.
    pub roles: Vec<(String, String)>,
    /// A few cells, as they stand in the file.
    pub looks_like: String,
    /// How sure.
    pub sure: Sure,
    /// Why.
    pub because: String,
    /// For scores, what can be asked and what the reader said is missing.
    pub score: Option<ScoreView>,
}

/// What a score column says besides its role.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreView {
    /// What was asked; empty where not known.
    pub asked: String,
    /// The codes for "no answer" given so far.
    pub missing: String,
}

/// How sure a role is, as boxes and a word.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Sure {
    /// Filled boxes, none to three.
    pub boxes: u8,
    /// Certain, likely, your answer needed.
    pub word: &'static str,
    /// Whether an answer is needed.
    pub open: bool,
}

/// One open or answered question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionView {
    /// The table.
    pub table: String,
    /// The question as it came, for the answer.
    pub question: Question,
    /// "Question 1 of 2 · affects Customer churn and 13 others".
    pub label: String,
    /// The answers: the choice and its words; none is preselected.
    pub answers: Vec<(String, String)>,
    /// The choice that was taken.
    pub chosen: Option<String>,
}

/// Something that the reader should know.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteView {
    /// What was done, as a sentence.
    pub says: String,
    /// Where: table, column, line.
    pub place: String,
}

/// What stays on the page of a question once it was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The table.
    pub table: String,
    /// The question as it came.
    pub question: Question,
    /// The choice.
    pub choice: String,
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
            "answered · "
        } else {
            ""
        };
        question.label = format!(
            "Question {} of {count} · {state}{}",
            place + 1,
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
        notes: notes(reader, report),
    }
}

fn lead(open: usize) -> String {
    match open {
        0 => "Everything was clear from the rows, and you can change it.".to_owned(),
        1 => "One question still needs you. Everything else was clear from the rows, and you can change it.".to_owned(),
        many => format!("{many} questions still need you. Everything else was clear from the rows, and you can change it."),
    }
}

fn questions_say(open: usize, count: usize) -> String {
    let answered = count.saturating_sub(open);
    match (open, answered) {
        (0, _) => "All answered".to_owned(),
        (open, 0) => format!("{open} open. Until you answer, the KPIs concerned show n/a"),
        (open, answered) => {
            format!(
                "{open} open, {answered} answered. Until you answer, the KPIs concerned show n/a"
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
        dialect: dialect(table),
        columns_title: format!("Columns of {}", table.name),
        left_out_title: format!("Left out of {}", table.name),
        columns_say: format!(
            "{}. Change any meaning; the KPIs follow",
            words::counted(table.columns.len(), "column", "columns")
        ),
        others_say: format!(
            "{} no role",
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
                (reason.says, habits.count(left.count), reason.remedy)
            })
            .collect(),
    }
}

fn read_as(table: &TableReport) -> String {
    if table.kinds.len() > 1 {
        let names: Vec<String> = table.kinds.iter().map(|kind| words::kind(kind)).collect();
        return names.join(", ");
    }
    table
        .kind
        .as_deref()
        .map_or_else(|| words::NOT_RECOGNISED.to_owned(), words::kind)
}

fn dialect(table: &TableReport) -> String {
    match (table.dialect.format.as_str(), &table.dialect.sheet) {
        ("csv", _) => {}
        ("xlsx", Some(sheet)) => return format!("Workbook, sheet “{sheet}”"),
        ("xlsx", None) => return String::from("Workbook"),
        ("ndjson", _) => return String::from("JSON lines"),
        _ => return String::from("JSON"),
    }
    let delimiter = match table.dialect.delimiter.as_str() {
        "," => "comma",
        ";" => "semicolon",
        "\t" => "tab",
        "|" => "bar",
        other => other,
    };
    format!("{}, {delimiter}", table.dialect.encoding.to_uppercase())
}

fn column_view(
    reader: &Reader<'_>,
    table: &TableReport,
    column: &ColumnReport,
    cells: String,
    options: &Options,
) -> ColumnView {
    let asked = table
        .questions
        .iter()
        .any(|it| it.column.as_deref() == Some(&column.name));
    let role = column.role.clone().unwrap_or_default();
    let score = column.question.is_some() || role == "score";
    ColumnView {
        name: column.name.clone(),
        label: format!("Meaning of {}", column.name),
        roles: roles(reader, table, &role),
        role,
        looks_like: cells,
        sure: sure(column, asked),
        because: words::sentence(&column.because),
        score: score.then(|| ScoreView {
            asked: column.question.clone().unwrap_or_default(),
            missing: answer::missing_given(options, &table.name, &column.name),
        }),
    }
}

/// The roles of the table's kinds first; then all others.
fn roles(reader: &Reader<'_>, table: &TableReport, current: &str) -> Vec<(String, String)> {
    let fits = |kinds: &[String]| {
        kinds.is_empty()
            || table.kind.is_none()
            || kinds
                .iter()
                .any(|kind| Some(kind) == table.kind.as_ref() || table.kinds.contains(kind))
    };
    let (near, far): (Vec<_>, Vec<_>) = reader.roles.iter().partition(|role| fits(&role.kinds));
    let mut roles = vec![(String::new(), words::NO_ROLE.to_owned())];
    roles.extend(
        near.into_iter()
            .chain(far)
            .map(|role| (role.id.clone(), role.name.clone())),
    );
    if !roles.iter().any(|(id, _)| id == current) {
        roles.push((current.to_owned(), reader.role_name(current)));
    }
    roles
}

fn sure(column: &ColumnReport, asked: bool) -> Sure {
    if asked {
        return Sure {
            boxes: 1,
            word: words::ANSWER_NEEDED,
            open: true,
        };
    }
    if column.role.is_none() {
        return Sure {
            boxes: 0,
            word: words::NOT_USED,
            open: false,
        };
    }
    if column.confidence >= 0.9 {
        return Sure {
            boxes: 3,
            word: words::CERTAIN,
            open: false,
        };
    }
    Sure {
        boxes: 2,
        word: words::LIKELY,
        open: false,
    }
}

fn cells(preview: Option<&Preview>, place: usize) -> String {
    const SHOWN: usize = 3;
    const LETTERS: usize = 20;
    let Some(preview) = preview else {
        return String::new();
    };
    let mut seen: Vec<String> = Vec::new();
    for row in &preview.rows {
        let cell = row.get(place).map(|cell| cell.trim()).unwrap_or_default();
        let cell = words::shortened(cell, LETTERS);
        if !cell.is_empty() && !seen.contains(&cell) && seen.len() < SHOWN {
            seen.push(cell);
        }
    }
    seen.join(" · ")
}

fn questions(reader: &Reader<'_>, report: &Report, answers: &[Answered]) -> Vec<QuestionView> {
    let is_answered = |table: &str, question: &Question| {
        answers.iter().any(|it| {
            it.table == table
                && it.question.code == question.code
                && it.question.column == question.column
        })
    };
    let done = answers
        .iter()
        .map(|it| question_view(reader, &it.table, &it.question, Some(it.choice.clone())));
    report
        .tables
        .iter()
        .flat_map(|table| {
            table
                .questions
                .iter()
                .map(|question| (&table.name, question))
        })
        .filter(|(table, question)| !is_answered(table, question))
        .map(|(table, question)| question_view(reader, table, question, None))
        .chain(done)
        .collect()
}

fn question_view(
    reader: &Reader<'_>,
    table: &str,
    question: &Question,
    chosen: Option<String>,
) -> QuestionView {
    QuestionView {
        table: table.to_owned(),
        label: affects(reader, &question.affects),
        answers: answer_choices(question)
            .into_iter()
            .map(|choice| {
                let says = choice_words(reader, &question.code, &choice);
                (choice, says)
            })
            .collect(),
        question: question.clone(),
        chosen,
    }
}

fn affects(reader: &Reader<'_>, ids: &[String]) -> String {
    let name = |id: &String| {
        reader
            .about_id(id)
            .map_or_else(|| words::plain_name(id), |about| about.name.clone())
    };
    match ids {
        [] => "affects how rows are read".to_owned(),
        [one] => format!("affects {}", name(one)),
        [one, two] => format!("affects {} and {}", name(one), name(two)),
        [one, rest @ ..] => format!("affects {} and {} others", name(one), rest.len()),
    }
}

/// For codes: all of them, each where there are several, none.
fn answer_choices(question: &Question) -> Vec<String> {
    let mut choices = question.choices.clone();
    if question.code == "missing_code" {
        if choices.len() > 1 {
            choices.insert(0, question.choices.join(" "));
        }
        choices.push(answer::NONE_MISSING.to_owned());
    }
    choices
}

fn choice_words(reader: &Reader<'_>, code: &str, choice: &str) -> String {
    match (code, choice) {
        (_, "day_first") => "Day first".to_owned(),
        (_, "month_first") => "Month first".to_owned(),
        (_, "year_first") => "Year first".to_owned(),
        ("clock", "hours_minutes") => "Hours and minutes".to_owned(),
        ("clock", "minutes_seconds") => "Minutes and seconds".to_owned(),
        ("decimal", ".") => "The point is the decimal mark".to_owned(),
        ("decimal", ",") => "The comma is the decimal mark".to_owned(),
        (_, "high_is_good") => "High is good".to_owned(),
        (_, "low_is_good") => "Low is good".to_owned(),
        ("missing_code", answer::NONE_MISSING) => "No, these are answers".to_owned(),
        ("missing_code", codes) if codes.contains(' ') => {
            format!("{} mean no answer", codes.replace(' ', " and "))
        }
        ("missing_code", code) => format!("{code} means no answer"),
        ("churned_words", word) => format!("“{word}” means that the customer has left"),
        ("kind", kind) => words::kind(kind),
        ("role", role) => reader.role_name(role),
        ("question", asked) => words::asked(asked),
        (_, other) => other.to_owned(),
    }
}

fn notes(reader: &Reader<'_>, report: &Report) -> Vec<NoteView> {
    report
        .notes
        .iter()
        .map(|note| {
            let line = note
                .line
                .map(|line| format!("line {}", reader.habits.count(line)));
            let count = note
                .count
                .map(|count| format!("{} rows", reader.habits.count(count)));
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

#[cfg(test)]
mod tests {
    use super::*;
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
}
