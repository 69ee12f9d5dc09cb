//! What the user said about a table, and what is still to be asked.

use super::clock_form;
use super::detect::{Seen, score_question};
use super::kind::Kind;
use super::mapping::{Mapping, Meaning, ScoreQuestion};
use super::role::{Nature, Role};
use super::scale::{self, ScaleFound};
use crate::engine::options::{
    ColumnChoice, ColumnUnit, ColumnUse, DateOrder, Decimal, MissingCode, TableMapping,
};
use crate::engine::report::Question;
use crate::engine::table::profile::Settled;
use crate::engine::table::{Profile, Table};

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

/// Share of cells that say yes or no in usual words, or in words for staying and leaving.
pub fn yes_no_share(profile: &Profile) -> f64 {
    let flags = profile.share(profile.flags);
    let words = profile.distinct.is_some_and(|distinct| distinct <= 3)
        && profile.dates() == 0
        && profile.numbers() == 0;
    if words { flags.max(0.8) } else { flags }
}

/// Decides how the cells of every column with a role are read, and asks what cannot be decided.
pub fn settle_cells(
    mapping: &mut Mapping,
    seen: &[Seen<'_>],
    table: &Table,
    choices: &TableMapping,
) {
    let given = roles(table, choices);
    let mut questions = Vec::new();
    for (place, meaning) in mapping.columns.iter_mut().enumerate() {
        let (Some(role), Some(one), Some(column), Some(choice)) = (
            meaning.role,
            seen.get(place),
            table.columns.get(place),
            given.get(place),
        ) else {
            continue;
        };
        let column_use = match choice {
            Choice::Use(column_use) => column_use.clone(),
            Choice::Open | Choice::NoRole => ColumnUse::default(),
        };
        meaning.missing.extend(choices.missing.iter().cloned());
        let name = column.name.as_str();
        match role.nature() {
            Nature::Date => settle_date(
                meaning,
                one,
                name,
                column_use.date_order.or(choices.date_order),
                &mut questions,
            ),
            Nature::Number => {
                settle_decimal(
                    meaning,
                    one,
                    name,
                    column_use.decimal.or(choices.decimal),
                    &mut questions,
                );
                meaning.unit = meaning.unit.or_else(|| unit_in(&one.header, role));
                if role.is_duration() {
                    clock_form::settle(meaning, one, name, column_use.clock, &mut questions);
                }
            }
            Nature::Score => {
                if let Some(decimal) = column_use.decimal.or(choices.decimal) {
                    meaning.decimal = decimal;
                } else if let Settled::Proven(decimal) = one.profile.decimal() {
                    meaning.decimal = decimal;
                }
                settle_score(meaning, one, name, &mut questions);
            }
            Nature::YesNo => settle_words(meaning, one, table, place, &mut questions),
            Nature::Key | Nature::Text => {}
        }
    }
    mapping.questions.append(&mut questions);
}

fn settle_date(
    meaning: &mut Meaning,
    seen: &Seen<'_>,
    name: &str,
    said: Option<DateOrder>,
    questions: &mut Vec<Question>,
) {
    if let Some(order) = said {
        meaning.date_order = order;
        return;
    }
    match seen.profile.date_order() {
        Settled::Proven(order) => meaning.date_order = order,
        Settled::Indifferent => {}
        Settled::Undecided => {
            meaning.open.push("date_order");
            let orders = seen.profile.date_orders();
            let year_first = orders.contains(&DateOrder::YearFirst);
            questions.push(Question {
                code: String::from("date_order"),
                column: Some(name.to_owned()),
                choices: orders.into_iter().map(order_id).collect(),
                count: Some(seen.profile.dates()),
                asks: if year_first {
                    format!("Does the day, the month or the year come first in “{name}”?")
                } else {
                    format!("Does the day or the month come first in “{name}”?")
                },
                because: String::from(if year_first {
                    "Its years have two digits and may stand in front or behind."
                } else {
                    "All its dates can be read both ways, because no day is above 12."
                }),
                affects: Vec::new(),
            });
        }
    }
}

fn order_id(order: DateOrder) -> String {
    String::from(match order {
        DateOrder::DayFirst => "day_first",
        DateOrder::MonthFirst => "month_first",
        DateOrder::YearFirst => "year_first",
    })
}

fn settle_decimal(
    meaning: &mut Meaning,
    seen: &Seen<'_>,
    name: &str,
    said: Option<Decimal>,
    questions: &mut Vec<Question>,
) {
    if let Some(decimal) = said {
        meaning.decimal = decimal;
        return;
    }
    match seen.profile.decimal() {
        Settled::Proven(decimal) => meaning.decimal = decimal,
        Settled::Indifferent => {}
        Settled::Undecided => {
            meaning.open.push("decimal");
            questions.push(Question {
                code: String::from("decimal"),
                column: Some(name.to_owned()),
                choices: vec![String::from("."), String::from(",")],
                count: Some(seen.profile.numbers_either),
                asks: format!("Which mark is the decimal mark in “{name}”?"),
                because: String::from("Its numbers have one mark with three digits behind it, which may be thousands or decimals."),
                affects: Vec::new(),
            });
        }
    }
}

fn settle_score(meaning: &mut Meaning, seen: &Seen<'_>, name: &str, questions: &mut Vec<Question>) {
    let question = meaning.question.unwrap_or_else(|| score_question(seen));
    meaning.question = Some(question);
    if meaning.scale.is_some() {
        return;
    }
    match scale::find(question, seen.profile, &meaning.missing) {
        ScaleFound::Settled(scale, _) => meaning.scale = Some(scale),
        ScaleFound::Unknown => {}
        ScaleFound::Codes(scale, codes) => {
            meaning.scale = Some(scale);
            meaning.open.push("missing_code");
            let listed: Vec<String> = codes.iter().map(f64::to_string).collect();
            questions.push(Question {
                code: String::from("missing_code"),
                column: Some(name.to_owned()),
                asks: format!(
                    "Does {} stand for “no answer” in “{name}”?",
                    listed.join(" or ")
                ),
                because: format!(
                    "The scale runs from {} to {}, and these values lie outside it.",
                    scale.0, scale.1
                ),
                choices: listed,
                count: None,
                affects: Vec::new(),
            });
        }
        ScaleFound::Undecided(scales) => {
            meaning.open.push("scale");
            questions.push(Question {
                code: String::from("scale"),
                column: Some(name.to_owned()),
                choices: scales
                    .iter()
                    .map(|(low, high)| format!("{low}-{high}"))
                    .collect(),
                count: None,
                asks: format!("Which answers were possible in “{name}”?"),
                because: String::from(
                    "The values fit more than one usual scale; some may stand for “no answer”.",
                ),
                affects: Vec::new(),
            });
        }
    }
}

/// Words of customer lists that mean that someone has left, or stays.
const LEFT: [&str; 12] = [
    "churned",
    "left",
    "lost",
    "inactive",
    "cancelled",
    "canceled",
    "attrited customer",
    "former",
    "exited",
    "gone",
    "terminated",
    "closed",
];
const STAYS: [&str; 12] = [
    "active",
    "stayed",
    "current",
    "retained",
    "existing customer",
    "existing",
    "joined",
    "customer",
    "stays",
    "renewed",
    "open",
    "live",
];

fn settle_words(
    meaning: &mut Meaning,
    seen: &Seen<'_>,
    table: &Table,
    place: usize,
    questions: &mut Vec<Question>,
) {
    if seen.profile.share(seen.profile.flags) >= 0.999 || !meaning.yes.is_empty() {
        return;
    }
    let Some(column) = table.columns.get(place) else {
        return;
    };
    meaning
        .yes
        .extend(LEFT.iter().map(|word| (*word).to_owned()));
    meaning
        .no
        .extend(STAYS.iter().map(|word| (*word).to_owned()));
    let keys = column.keys();
    let unknown: Vec<String> = keys
        .texts
        .texts()
        .filter(|text| !crate::engine::table::value::missing::is_missing(text))
        .filter(|text| {
            let word = text.trim().to_lowercase();
            crate::engine::table::value::flag::parse(text).is_none()
                && !LEFT.contains(&word.as_str())
                && !STAYS.contains(&word.as_str())
        })
        .map(std::borrow::Cow::into_owned)
        .collect();
    if unknown.is_empty() {
        return;
    }
    meaning.open.push("churned_words");
    questions.push(Question {
        code: String::from("churned_words"),
        column: Some(column.name.clone()),
        asks: format!(
            "Which words in “{}” mean that the customer has left?",
            column.name
        ),
        because: String::from("Its cells are neither yes nor no."),
        choices: unknown.into_iter().take(12).collect(),
        count: None,
        affects: Vec::new(),
    });
}

/// The unit that a header names, for roles with a unit.
fn unit_in(header: &str, role: Role) -> Option<ColumnUnit> {
    let has = |words: &[&str]| header.split(' ').any(|word| words.contains(&word));
    match role {
        Role::FirstResponseMinutes | Role::ResolutionMinutes => {
            if has(&["seconds", "secs", "sec", "s"]) {
                Some(ColumnUnit::Seconds)
            } else if has(&["hours", "hrs", "hour", "h", "hr"]) {
                Some(ColumnUnit::Hours)
            } else if has(&["days", "day"]) {
                Some(ColumnUnit::Days)
            } else {
                Some(ColumnUnit::Minutes)
            }
        }
        Role::Amount | Role::RecurringRevenue | Role::Refunded => {
            has(&["cents", "cent", "pence", "minor"]).then_some(ColumnUnit::MinorUnits)
        }
        _ => None,
    }
}

/// Whether the text is one of the codes for "no answer".
pub fn is_code(text: &str, codes: &[MissingCode]) -> bool {
    codes
        .iter()
        .any(|code| matches!(code, MissingCode::Text(word) if word.trim() == text.trim()))
}
