//! What the user said about a table.

use super::kind::Kind;
use super::mapping::{Meaning, ScoreQuestion};
use super::role::Role;
use crate::engine::options::{ColumnChoice, ColumnUse, TableMapping};
use crate::engine::table::Table;

/// What the user said about one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Choice {
    /// Nothing.
    #[default]
    Open,
    /// That it has no role.
    NoRole,
    /// Its role, with details.
    Use(ColumnUse),
}

impl Choice {
    /// Whether the user said anything.
    pub const fn is_given(&self) -> bool {
        !matches!(self, Self::Open)
    }

    /// The role that the user chose.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Use(column_use) => Role::from_id(&column_use.role),
            Self::Open | Self::NoRole => None,
        }
    }
}

/// The user's choices, one a column of the table.
pub fn roles(table: &Table, choices: &TableMapping) -> Vec<Choice> {
    let mut found = vec![Choice::Open; table.columns.len()];
    for (header, choice) in &choices.columns {
        let Some(place) = table.find(header) else {
            continue;
        };
        found[place] = match choice {
            None => Choice::NoRole,
            Some(ColumnChoice::Role(role)) => Choice::Use(ColumnUse {
                role: role.clone(),
                ..ColumnUse::default()
            }),
            Some(ColumnChoice::Use(column_use)) => Choice::Use(column_use.clone()),
        };
    }
    found
}

/// The kinds that the user chose.
pub fn kinds(choices: &TableMapping) -> Vec<Kind> {
    choices.kind.as_ref().map_or_else(Vec::new, |kinds| {
        kinds.all().into_iter().filter_map(Kind::from_id).collect()
    })
}

/// Puts what the user said in place of what was guessed.
pub fn apply(meaning: &mut Meaning, choice: &Choice) {
    match choice {
        Choice::Open => {}
        Choice::NoRole => {
            *meaning = Meaning {
                confidence: 1.0,
                because: String::from("You chose it"),
                chosen: true,
                ..Meaning::default()
            };
        }
        Choice::Use(column_use) => {
            *meaning = Meaning {
                role: Role::from_id(&column_use.role),
                confidence: 1.0,
                because: String::from("You chose it"),
                chosen: true,
                question: column_use
                    .question
                    .as_deref()
                    .and_then(ScoreQuestion::from_id),
                scale: column_use.scale,
                direction: column_use.direction.unwrap_or(Meaning::default().direction),
                missing: column_use.missing.clone(),
                yes: column_use.yes.clone(),
                no: column_use.no.clone(),
                unit: column_use.unit,
                ..Meaning::default()
            };
        }
    }
}
