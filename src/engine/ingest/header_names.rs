//! Names of columns from one header row or several.

use super::header::is_value;
use crate::engine::table::value::missing;

/// What the header rows of a table are, and the names they give.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Names {
    /// Rows that name the columns.
    pub rows: u32,
    /// One name a column, each different from the others.
    pub names: Vec<String>,
    /// Names that stood more than once and were told apart by a number.
    pub duplicates: u64,
}

/// The names of a table whose first records these are, the first one a header.
pub fn of_records(records: &[Vec<String>]) -> Names {
    let Some((first, body)) = records.split_first() else {
        return Names::default();
    };
    let (rows, joined) = if let Some(last) = import_ids(body) {
        (last + 2, with_questions(first, body.first()))
    } else if let Some(units) = body
        .first()
        .filter(|second| *second != first && are_units(second, body))
    {
        (2, with_units(first, units))
    } else if let Some(options) = body
        .first()
        .filter(|second| *second != first && are_options(second, body))
    {
        (2, with_options(first, options))
    } else {
        (1, first.clone())
    };
    let (names, duplicates) = distinct(&joined);
    Names {
        rows: rows as u32,
        names,
        duplicates,
    }
}

/// Where a survey's row of import ids stands below the header: at most the second row.
fn import_ids(body: &[Vec<String>]) -> Option<usize> {
    body.iter().take(2).position(|record| {
        record
            .iter()
            .any(|cell| cell.trim_start().starts_with("{\"ImportId\""))
    })
}

/// Ids with the questions below them, where these say more.
fn with_questions(ids: &[String], questions: Option<&Vec<String>>) -> Vec<String> {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    ids.iter()
        .enumerate()
        .map(|(place, id)| {
            let question = questions
                .and_then(|questions| questions.get(place))
                .map_or("", |question| question.trim());
            let says_more = !question.is_empty()
                && !question.starts_with('{')
                && letters(question) != letters(id);
            if says_more {
                format!("{}: {question}", id.trim())
            } else {
                id.trim().to_owned()
            }
        })
        .collect()
}

/// Whether the second row holds the options of questions: nothing under the columns that every
/// answer fills, and words under others.
fn are_options(second: &[String], body: &[Vec<String>]) -> bool {
    let rows = body.get(1..).unwrap_or_default();
    let is_empty = |record: &[String], place: usize| {
        record.get(place).is_none_or(|cell| cell.trim().is_empty())
    };
    let filled = second.iter().filter(|cell| !cell.trim().is_empty()).count();
    filled > 0
        && !rows.is_empty()
        && is_empty(second, 0)
        && rows.iter().all(|row| !is_empty(row, 0))
        && !second.iter().any(|cell| is_value(cell))
        // A record that merely lacks its first cell has something under a column of values.
        && second.iter().enumerate().any(|(place, cell)| {
            !cell.trim().is_empty()
                && (is_generic(cell)
                    || rows.iter().all(|row| is_empty(row, place) || row.get(place) == Some(cell))
                    || mostly_values(rows, place))
        })
}

/// What surveys write where a question has no options.
fn is_generic(option: &str) -> bool {
    matches!(
        option.trim().to_lowercase().as_str(),
        "response" | "open-ended response" | "antwort" | "réponse" | "respuesta" | "resposta"
    )
}

fn with_options(questions: &[String], options: &[String]) -> Vec<String> {
    let mut question = "";
    (0..questions.len().max(options.len()))
        .map(|place| {
            let own = questions.get(place).map_or("", |text| text.trim());
            if !own.is_empty() {
                question = own;
            }
            let option = options.get(place).map_or("", |text| text.trim());
            if option.is_empty() || (is_generic(option) && !own.is_empty()) {
                own.to_owned()
            } else if question.is_empty() {
                option.to_owned()
            } else {
                format!("{question} / {option}")
            }
        })
        .collect()
}

/// Whether the second row holds units: words above every column of values.
fn are_units(second: &[String], body: &[Vec<String>]) -> bool {
    let rows = body.get(1..).unwrap_or_default();
    if rows.len() < 2 || second.iter().any(|cell| is_value(cell)) {
        return false;
    }
    let columns: Vec<&String> = second
        .iter()
        .enumerate()
        .filter(|(place, _)| mostly_values(rows, *place))
        .map(|(_, cell)| cell)
        .collect();
    let named = columns.iter().filter(|cell| !missing::is_missing(cell));
    let like_units = columns.iter().any(|cell| is_like_unit(cell));
    named.count() == columns.len() && !columns.is_empty() && like_units
}

/// In brackets, or one of the units of the trade.
fn is_like_unit(cell: &str) -> bool {
    let cell = cell.trim();
    let bracketed = (cell.starts_with('(') && cell.ends_with(')'))
        || (cell.starts_with('[') && cell.ends_with(']'));
    let upper = cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase());
    let known = [
        "%", "€", "$", "£", "h", "hrs", "hours", "min", "mins", "minutes", "s", "sec", "seconds",
        "days", "d", "months", "cents", "date", "number", "count", "text", "string", "integer",
        "stunden", "minuten", "tage", "heures", "jours", "horas", "dias", "días", "ore", "giorni",
        "uren", "dagen",
    ];
    bracketed || upper || known.contains(&cell.to_lowercase().as_str())
}

fn with_units(names: &[String], units: &[String]) -> Vec<String> {
    names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let unit = units
                .get(place)
                .map_or("", |unit| unit.trim().trim_matches(['(', ')', '[', ']']));
            if unit.is_empty() {
                name.clone()
            } else {
                format!("{} ({unit})", name.trim())
            }
        })
        .collect()
}

/// Whether most of a column's filled cells are numbers or dates.
fn mostly_values(rows: &[Vec<String>], place: usize) -> bool {
    let filled: Vec<&String> = rows
        .iter()
        .filter_map(|row| row.get(place))
        .filter(|cell| !missing::is_missing(cell))
        .collect();
    let values = filled.iter().filter(|cell| is_value(cell)).count();
    !filled.is_empty() && values * 10 >= filled.len() * 8
}

/// The groups of a row of merged cells above the names, where names alone are not distinct.
pub fn with_groups(groups: &[String], names: &[String]) -> Option<Vec<String>> {
    let repeated = names.iter().enumerate().any(|(place, name)| {
        !name.trim().is_empty() && names.iter().skip(place + 1).any(|other| other == name)
    });
    let filled = groups
        .iter()
        .filter(|group| !group.trim().is_empty())
        .count();
    if !repeated
        || filled < 2
        || groups
            .iter()
            .any(|group| is_value(group) && !is_period(group))
    {
        return None;
    }
    let mut group = "";
    let joined = names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let own = groups.get(place).map_or("", |text| text.trim());
            if !own.is_empty() {
                group = own;
            }
            if group.is_empty() {
                name.trim().to_owned()
            } else {
                format!("{group} / {}", name.trim())
            }
        })
        .collect();
    Some(joined)
}

/// A year or a month is a usual name of a group.
fn is_period(text: &str) -> bool {
    text.trim().len() <= 10 && text.trim().starts_with(['1', '2'])
}

/// Every name once: empty ones are numbered by their place, repeated ones by how often they stood
/// before.
pub fn distinct(cells: &[String]) -> (Vec<String>, u64) {
    let mut names: Vec<String> = Vec::with_capacity(cells.len());
    let mut duplicates = 0;
    let written: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    for (place, name) in written.iter().enumerate() {
        let mut unique = if name.is_empty() {
            format!("column_{}", place + 1)
        } else {
            (*name).to_owned()
        };
        if names.contains(&unique) {
            duplicates += 1;
            let taken = |candidate: &String| {
                names.contains(candidate) || written.contains(&candidate.as_str())
            };
            let free = (2..=cells.len() + 1)
                .map(|number| format!("{unique} ({number})"))
                .find(|candidate| !taken(candidate));
            unique = free.unwrap_or(unique);
        }
        names.push(unique);
    }
    (names, duplicates)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split(';').map(str::to_owned).collect())
            .collect()
    }

    #[track_caller]
    fn check(text: &str, rows: u32, names: &[&str]) {
        let found = of_records(&records(text));
        assert_eq!(
            (found.rows, found.names),
            (rows, names.iter().map(|n| (*n).to_owned()).collect()),
            "{text}"
        );
    }

    #[test]
    fn one_row_of_names_is_the_usual_case() {
        check("a;b\n1;x\n2;y", 1, &["a", "b"]);
        check(";b\nx;y\nz;", 1, &["column_1", "b"]);
    }

    #[test]
    fn options_of_a_survey_stand_in_a_second_row() {
        check(
            "Respondent ID;Start Date;How likely?;Which do you use?;;Why?\n;;Response;Chat;Mail;Open-Ended Response\n11;01/02/2025;9;Chat;;good\n12;01/03/2025;3;;Mail;slow",
            2,
            &[
                "Respondent ID",
                "Start Date",
                "How likely?",
                "Which do you use? / Chat",
                "Which do you use? / Mail",
                "Why?",
            ],
        );
    }

    #[test]
    fn ids_questions_and_import_ids_stand_in_three_rows() {
        check(
            "StartDate;Q1;Q1_NPS_GROUP\nStart Date;How likely?;How likely? - Group\n{\"ImportId\":\"startDate\"};{\"ImportId\":\"QID1\"};{\"ImportId\":\"QID1_G\"}\n2025-01-01;9;Promoter",
            3,
            &[
                "StartDate",
                "Q1: How likely?",
                "Q1_NPS_GROUP: How likely? - Group",
            ],
        );
    }

    #[test]
    fn units_stand_in_a_second_row() {
        check(
            "agent;wait;handle\n;(min);hours\nA;3;1\nB;4;2",
            2,
            &["agent", "wait (min)", "handle (hours)"],
        );
        check(
            "agent;state;n\nA;open;3\nB;open;4",
            1,
            &["agent", "state", "n"],
        );
    }

    #[test]
    fn a_row_that_lacks_its_first_cell_is_a_row() {
        check(
            "id;name;plan\n;Ann;Pro\n2;Bob;Free\n3;Cy;Pro",
            1,
            &["id", "name", "plan"],
        );
    }

    #[test]
    fn repeated_names_are_told_apart() {
        let (names, duplicates) =
            distinct(&["a".into(), "a".into(), "a (2)".into(), String::new()]);
        assert_eq!(names, ["a", "a (3)", "a (2)", "column_4"]);
        assert_eq!(duplicates, 1);
        let group = |text: &str| text.split(';').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            with_groups(&group(";2024;;2025;"), &group("name;new;lost;new;lost")).unwrap(),
            [
                "name",
                "2024 / new",
                "2024 / lost",
                "2025 / new",
                "2025 / lost"
            ]
        );
        assert_eq!(with_groups(&group("x;y;"), &group("a;b;c")), None);
    }
}
