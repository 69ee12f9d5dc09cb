//! What an answer on the check page does to the choices: one field of one table's mapping.

use crate::engine::options::{
    ClockForm, ColumnChoice, ColumnUnit, ColumnUse, DateOrder, Decimal, Direction, MissingCode,
    OneOrMany, Options, TableMapping,
};
use crate::engine::report::{ColumnReport, Question, Report};
use crate::present::check::Field;

/// The choice by which the reader says that no number stands for "no answer". Several numbers are
/// one choice, separated by blanks.
pub const NONE_MISSING: &str = "none";

/// The choices with this question answered. What was chosen for other columns stays.
#[must_use]
pub fn answered(
    mut options: Options,
    report: &Report,
    table: &str,
    question: &Question,
    choice: &str,
) -> Options {
    let known = question
        .column
        .as_deref()
        .and_then(|column| column_report(report, table, column));
    let mapping = options.mapping.entry(table.to_owned()).or_default();
    match question.code.as_str() {
        "sheet" => mapping.sheet = Some(choice.to_owned()),
        "kind" => mapping.kind = Some(OneOrMany::One(choice.to_owned())),
        _ => match &question.column {
            Some(column) => {
                let mut used = column_use(mapping, column, known);
                answer_column(&mut used, (known, question), choice);
                mapping
                    .columns
                    .insert(column.clone(), Some(ColumnChoice::Use(used)));
            }
            None => answer_table(mapping, question, choice),
        },
    }
    options
}

fn answer_table(mapping: &mut TableMapping, question: &Question, choice: &str) {
    match question.code.as_str() {
        "first_month" => mapping.first_month = Some(choice.to_owned()),
        "date_order" => mapping.date_order = date_order(choice),
        "decimal" => mapping.decimal = decimal(choice),
        "missing_code" if choice != NONE_MISSING => mapping.missing = vec![missing_code(choice)],
        // The choice is the header of the column that has the role.
        "role" => {
            let role = question.role.clone().unwrap_or_default();
            mapping
                .columns
                .insert(choice.to_owned(), Some(ColumnChoice::Role(role)));
        }
        _ => {}
    }
}

fn answer_column(
    used: &mut ColumnUse,
    (known, question): (Option<&ColumnReport>, &Question),
    choice: &str,
) {
    let code = question.code.as_str();
    match code {
        "date_order" => used.date_order = date_order(choice),
        "decimal" => used.decimal = decimal(choice),
        "clock" => used.clock = clock(choice),
        "direction" => used.direction = direction(choice),
        "unit" => used.unit = unit(choice),
        "scale" => used.scale = scale(choice),
        "role" => choice.clone_into(&mut used.role),
        "question" => used.question = Some(choice.to_owned()),
        "missing_code" if choice == NONE_MISSING => used.scale = widened(known, &question.choices),
        "missing_code" => used.missing = choice.split(' ').map(missing_code).collect(),
        "churned_words" | "yes_words" => {
            // One word a line; the others that were asked about mean the opposite.
            used.yes = choice.lines().map(str::to_owned).collect();
            let others = question.choices.iter();
            used.no = others
                .filter(|word| !used.yes.contains(word))
                .cloned()
                .collect();
        }
        _ => {}
    }
}

/// The scale with these numbers on it: they are answers, not codes.
fn widened(known: Option<&ColumnReport>, codes: &[String]) -> Option<(f64, f64)> {
    let scale = known.and_then(|column| column.scale)?;
    let codes = codes.iter().filter_map(|code| code.parse::<f64>().ok());
    Some(codes.fold(scale, |(low, high), code| (low.min(code), high.max(code))))
}

/// The choices with another way to read a table; an empty value leaves it to us.
#[must_use]
pub fn with_reading(mut options: Options, table: &str, field: Field, value: &str) -> Options {
    let mapping = options.mapping.entry(table.to_owned()).or_default();
    let given = (!value.is_empty()).then(|| value.to_owned());
    match field {
        Field::Encoding => mapping.encoding = given,
        Field::Delimiter => mapping.delimiter = given,
        Field::HeaderRow => mapping.header_row = value.parse().ok(),
        Field::Sheet => mapping.sheet = given,
    }
    options
}

/// The choices with another role for a column; an empty role keeps it out of every role.
#[must_use]
pub fn with_role(mut options: Options, table: &str, column: &str, role: &str) -> Options {
    let mapping = options.mapping.entry(table.to_owned()).or_default();
    let choice = (!role.is_empty()).then(|| ColumnChoice::Role(role.to_owned()));
    mapping.columns.insert(column.to_owned(), choice);
    options
}

/// The choices with what a score column asked.
#[must_use]
pub fn with_question(
    mut options: Options,
    report: &Report,
    table: &str,
    column: &str,
    asked: &str,
) -> Options {
    let known = column_report(report, table, column);
    let mapping = options.mapping.entry(table.to_owned()).or_default();
    let mut used = column_use(mapping, column, known);
    used.question = (!asked.is_empty()).then(|| asked.to_owned());
    mapping
        .columns
        .insert(column.to_owned(), Some(ColumnChoice::Use(used)));
    options
}

/// The choices with the codes, separated by blanks or commas, that stand for "no answer".
#[must_use]
pub fn with_missing(
    mut options: Options,
    report: &Report,
    table: &str,
    column: &str,
    codes: &str,
) -> Options {
    let known = column_report(report, table, column);
    let mapping = options.mapping.entry(table.to_owned()).or_default();
    let mut used = column_use(mapping, column, known);
    used.missing = codes
        .split([' ', ',', ';', '\t'])
        .filter(|code| !code.is_empty())
        .map(missing_code)
        .collect();
    mapping
        .columns
        .insert(column.to_owned(), Some(ColumnChoice::Use(used)));
    options
}

/// The codes for "no answer" that the reader gave for a column, as one line of text.
pub fn missing_given(options: &Options, table: &str, column: &str) -> String {
    let given = options
        .mapping
        .get(table)
        .and_then(|mapping| mapping.columns.get(column));
    let Some(Some(ColumnChoice::Use(used))) = given else {
        return String::new();
    };
    let codes: Vec<String> = used
        .missing
        .iter()
        .map(|code| match code {
            MissingCode::Number(number) => number.to_string(),
            MissingCode::Text(text) => text.clone(),
        })
        .collect();
    codes.join(" ")
}

fn column_report<'a>(report: &'a Report, table: &str, column: &str) -> Option<&'a ColumnReport> {
    report
        .tables
        .iter()
        .find(|it| it.name == table)?
        .columns
        .iter()
        .find(|it| it.name == column)
}

/// What is chosen for the column so far, else what was detected.
fn column_use(mapping: &TableMapping, column: &str, known: Option<&ColumnReport>) -> ColumnUse {
    match mapping.columns.get(column) {
        Some(Some(ColumnChoice::Use(used))) => used.clone(),
        Some(Some(ColumnChoice::Role(role))) => ColumnUse {
            role: role.clone(),
            ..ColumnUse::default()
        },
        _ => ColumnUse {
            role: known.and_then(|it| it.role.clone()).unwrap_or_default(),
            question: known.and_then(|it| it.question.clone()),
            ..ColumnUse::default()
        },
    }
}

fn date_order(choice: &str) -> Option<DateOrder> {
    match choice {
        "day_first" => Some(DateOrder::DayFirst),
        "month_first" => Some(DateOrder::MonthFirst),
        "year_first" => Some(DateOrder::YearFirst),
        _ => None,
    }
}

fn decimal(choice: &str) -> Option<Decimal> {
    match choice {
        "." => Some(Decimal::Point),
        "," => Some(Decimal::Comma),
        _ => None,
    }
}

fn clock(choice: &str) -> Option<ClockForm> {
    match choice {
        "hours_minutes" => Some(ClockForm::HoursMinutes),
        "minutes_seconds" => Some(ClockForm::MinutesSeconds),
        _ => None,
    }
}

fn unit(choice: &str) -> Option<ColumnUnit> {
    match choice {
        "seconds" => Some(ColumnUnit::Seconds),
        "minutes" => Some(ColumnUnit::Minutes),
        "hours" => Some(ColumnUnit::Hours),
        "days" => Some(ColumnUnit::Days),
        _ => None,
    }
}

fn direction(choice: &str) -> Option<Direction> {
    match choice {
        "high_is_good" => Some(Direction::HighIsGood),
        "low_is_good" => Some(Direction::LowIsGood),
        _ => None,
    }
}

/// `1-5`, `0 to 10`, `[1,7]`: the first two numbers.
fn scale(choice: &str) -> Option<(f64, f64)> {
    let mut numbers = choice
        .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .filter_map(|text| text.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}

fn missing_code(text: &str) -> MissingCode {
    text.parse()
        .map_or_else(|_| MissingCode::Text(text.to_owned()), MissingCode::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn an_answer_keeps_the_role_that_was_detected() {
        let example = Example::new();
        let question = &example.report.tables[0].questions[0];
        let options = answered(
            Options::default(),
            &example.report,
            "customers.csv",
            question,
            "day_first",
        );
        let Some(Some(ColumnChoice::Use(used))) =
            options.mapping["customers.csv"].columns.get("left")
        else {
            panic!("{options:?}")
        };
        assert_eq!(used.role, "ended_at");
        assert_eq!(used.date_order, Some(DateOrder::DayFirst));
    }

    #[test]
    fn a_role_can_be_given_and_taken() {
        let options = with_role(Options::default(), "t.csv", "plan", "customer");
        assert_eq!(
            options.mapping["t.csv"].columns["plan"],
            Some(ColumnChoice::Role("customer".to_owned()))
        );
        assert_eq!(
            with_role(options, "t.csv", "plan", "").mapping["t.csv"].columns["plan"],
            None
        );
    }

    #[test]
    fn codes_for_no_answer_are_numbers_where_they_can_be() {
        let example = Example::new();
        let options = with_missing(
            Options::default(),
            &example.report,
            "customers.csv",
            "id",
            "0, 99 n/a",
        );
        assert_eq!(missing_given(&options, "customers.csv", "id"), "0 99 n/a");
        let Some(Some(ColumnChoice::Use(used))) =
            options.mapping["customers.csv"].columns.get("id")
        else {
            panic!("{options:?}")
        };
        assert_eq!(used.missing[1], MissingCode::Number(99.0));
    }

    #[test]
    fn a_unit_is_given_to_the_column_that_was_asked_about() {
        let example = Example::new();
        let question = Question::about("unit", "left", vec!["hours".to_owned()]);
        let options = answered(
            Options::default(),
            &example.report,
            "customers.csv",
            &question,
            "hours",
        );
        let Some(Some(ColumnChoice::Use(used))) =
            options.mapping["customers.csv"].columns.get("left")
        else {
            panic!("{options:?}")
        };
        assert_eq!(used.unit, Some(ColumnUnit::Hours));
    }

    #[test]
    fn scales_are_read_in_any_writing() {
        for text in ["1-5", "[1,5]", "1 to 5", "1–5"] {
            assert_eq!(scale(text), Some((1.0, 5.0)), "{text}");
        }
    }
}
