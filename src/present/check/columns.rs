//! The columns of a table: what each was taken for, how sure, because.

use super::super::{Reader, answer, words};
use crate::engine::options::Options;
use crate::engine::protocol::Preview;
use crate::engine::report::{ColumnReport, TableReport};
use crate::present::language::say;
use crate::told;

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

/// One column of a table.
pub(super) fn column_view(
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
        label: told!("Meaning of {0}", column.name),
        roles: roles(reader, table, &role),
        role,
        looks_like: cells,
        sure: sure(column, asked),
        because: words::sentence(&reader.habits.sentence(&column.because)),
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
    let mut roles = vec![(String::new(), say(words::NO_ROLE).to_owned())];
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
            word: say(words::ANSWER_NEEDED),
            open: true,
        };
    }
    if column.role.is_none() {
        return Sure {
            boxes: 0,
            word: say(words::NOT_USED),
            open: false,
        };
    }
    if column.confidence >= 0.9 {
        return Sure {
            boxes: 3,
            word: say(words::CERTAIN),
            open: false,
        };
    }
    Sure {
        boxes: 2,
        word: say(words::LIKELY),
        open: false,
    }
}

/// A few cells of a column, as they stand in the file.
pub(super) fn cells(preview: Option<&Preview>, place: usize) -> String {
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
