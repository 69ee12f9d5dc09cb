//! How the cells of each column with a role are read, and what must be asked first.

use super::asked;
use super::choose::{self, Choice};
use super::clock_form;
use super::long_form;
use super::mapping::{Mapping, Meaning, ScoreQuestion};
use super::measures;
use super::role::{Nature, Role};
use super::scale::{self, ScaleFound};
use super::seen::Seen;
use super::suggest;
use super::written_scale;
use super::yes_no;
use crate::engine::options::{ColumnUnit, ColumnUse, DateOrder, Decimal, Direction, TableMapping};
use crate::engine::report::Question;
use crate::engine::table::profile::Settled;
use crate::engine::table::{Column, Profile, Table};

/// Decides how the cells of every column with a role are read, and asks what cannot be decided.
pub fn cells(mapping: &mut Mapping, seen: &[Seen<'_>], table: &Table, choices: &TableMapping) {
    let given = choose::roles(table, choices);
    let mut questions = Vec::new();
    let in_long_form = long_form::score_column(mapping);
    // Times between two dates are told by these, and a length beside them changes nothing.
    let has = |role: Role| mapping.column_of(role).is_some();
    let lengths_count = [
        (Role::FirstResponseMinutes, Role::FirstResponseAt),
        (Role::ResolutionMinutes, Role::ResolvedAt),
        (Role::FirstResolutionMinutes, Role::FirstResolvedAt),
    ]
    .map(|(length, moment)| (length, !(has(Role::CreatedAt) && has(moment))));
    for (place, meaning) in mapping.columns.iter_mut().enumerate() {
        let (Some(role), Some(one), Some(choice)) =
            (meaning.role, seen.get(place), given.get(place))
        else {
            continue;
        };
        let column_use = match choice {
            Choice::Use(column_use) => column_use.clone(),
            Choice::Open | Choice::NoRole => ColumnUse::default(),
        };
        meaning.missing.extend(choices.missing.iter().cloned());
        if let Some(known) = measures::direction_of(role, &one.header) {
            meaning.direction = column_use.direction.unwrap_or(known);
        }
        let order = column_use.date_order.or(choices.date_order);
        let decimal = column_use.decimal.or(choices.decimal);
        match role.nature() {
            Nature::Date => settle_date(meaning, one, order, &mut questions),
            Nature::Number | Nature::Duration => {
                settle_decimal(meaning, one, decimal, &mut questions);
                if role.nature() == Nature::Duration {
                    let name = &one.column.name;
                    clock_form::settle(meaning, one, name, column_use.clock, &mut questions);
                }
                meaning.unit = meaning.unit.or_else(|| unit_in(&one.header, role));
                if meaning.unit.is_none() && is_in_minor_units(one, role, seen) {
                    meaning.unit = Some(ColumnUnit::MinorUnits);
                }
                if meaning.unit.is_none() && lengths_count.contains(&(role, true)) {
                    ask_unit(meaning, one, &mut questions);
                }
            }
            Nature::Count if one.is_yes_no() => {}
            Nature::Count => settle_decimal(meaning, one, decimal, &mut questions),
            Nature::Score => {
                if let Some(decimal) = decimal {
                    meaning.decimal = decimal;
                } else if let Settled::Proven(decimal) = one.profile.decimal() {
                    meaning.decimal = decimal;
                }
                // In a long table every question has its own scale.
                if in_long_form != Some(place) {
                    settle_score(meaning, one, column_use.direction, &mut questions);
                }
            }
            Nature::YesNo => yes_no::settle(meaning, role, one, &mut questions),
            Nature::Key | Nature::Text => {}
        }
    }
    if let Some(place) = in_long_form {
        long_form::settle(mapping, place, (seen, table), &given, &mut questions);
    }
    suggest::from_siblings(&mut questions, seen);
    mapping.questions.append(&mut questions);
}

fn settle_date(
    meaning: &mut Meaning,
    seen: &Seen<'_>,
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
            let name = &seen.column.name;
            meaning.open.push("date_order");
            let orders = seen.profile.date_orders();
            let year_first = orders.contains(&DateOrder::YearFirst);
            questions.push(Question {
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
                ..Question::about(
                    "date_order",
                    name,
                    orders.into_iter().map(order_id).collect(),
                )
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
            let name = &seen.column.name;
            meaning.open.push("decimal");
            questions.push(Question {
                count: Some(seen.profile.numbers_either),
                asks: format!("Which mark is the decimal mark in “{name}”?"),
                because: String::from(
                    "Its numbers have one mark with three digits behind it, which may be thousands or decimals.",
                ),
                ..Question::about("decimal", name, vec![String::from("."), String::from(",")])
            });
        }
    }
}

fn settle_score(
    meaning: &mut Meaning,
    seen: &Seen<'_>,
    said: Option<Direction>,
    questions: &mut Vec<Question>,
) {
    let name = seen.column.name.as_str();
    let written = written_scale::of(name);
    // Of answers such as `4 - good` the profile holds no numbers.
    let beside_words = (seen.profile.numbers() < seen.profile.filled())
        .then(|| with_words(seen, meaning))
        .filter(|profile| profile.range.is_some());
    let profile = beside_words.as_ref().unwrap_or(seen.profile);
    let question = meaning.question.unwrap_or_else(|| {
        asked::of_words(&seen.header).unwrap_or_else(|| by_values(profile.range))
    });
    meaning.question = Some(question);
    let graded = if seen.profile.numbers() * 2 < seen.profile.filled() {
        seen.grades()
    } else {
        None
    };
    if let Some(graded) = graded {
        // Worded answers say themselves which end is good.
        meaning.scale = Some(graded.scale);
        return;
    }
    if said.is_none() && written.direction.is_some() {
        meaning.direction = written.direction.unwrap_or(meaning.direction);
    } else if question == ScoreQuestion::Ces && said.is_none() {
        if let Some(direction) = asked::effort_direction(&seen.header) {
            meaning.direction = direction;
        } else {
            meaning.open.push("direction");
            questions.push(direction_question(name));
        }
    }
    if meaning.scale.is_some() {
        return;
    }
    let answers = profile.small_values.as_deref().unwrap_or_default();
    // A recommendation is asked from 0 to 10, even where the question begins at 1.
    let is_usual = question == ScoreQuestion::Nps && written.high.is_some_and(|high| high > 9.5);
    if let Some(scale) = written.scale(answers).filter(|_| !is_usual) {
        meaning.scale = Some(scale);
        return;
    }
    let found = scale::find(question, profile, &meaning.missing);
    if let ScaleFound::Settled(scale, _) | ScaleFound::Codes(scale, _) = &found {
        meaning.scale = Some(*scale);
    }
    if let Some(question) = scale_question(&found, name) {
        meaning.open.push(if question.code == "scale" {
            "scale"
        } else {
            "missing_code"
        });
        questions.push(question);
    }
}

/// What the answers look like as far as scales need it, numbers beside words among them.
fn with_words(seen: &Seen<'_>, meaning: &Meaning) -> Profile {
    let mut values = seen
        .column
        .numbers(meaning.decimal, &meaning.missing)
        .values;
    values.retain(|value| !value.is_nan());
    long_form::profile_of(&mut values)
}

/// A scale with a zero and more than seven steps is that of a recommendation.
pub fn by_values(range: Option<(f64, f64)>) -> ScoreQuestion {
    match range {
        Some((low, high)) if low.abs() < 0.5 && high > 7.0 && high < 12.0 => ScoreQuestion::Nps,
        _ => ScoreQuestion::Csat,
    }
}

/// Which end of an effort score is good?
pub fn direction_question(name: &str) -> Question {
    Question {
        asks: format!("Is a high answer in “{name}” good (easy) or bad (much effort)?"),
        because: String::from(
            "Effort scores are asked in both directions, and neither the header nor the answers tell which.",
        ),
        ..Question::about(
            "direction",
            name,
            vec![String::from("high_is_good"), String::from("low_is_good")],
        )
    }
}

/// The question that a scale leaves open, if it does.
pub fn scale_question(found: &ScaleFound, name: &str) -> Option<Question> {
    match found {
        ScaleFound::Settled(..) | ScaleFound::Unknown => None,
        ScaleFound::Codes(scale, codes) => {
            let listed: Vec<String> = codes.iter().map(f64::to_string).collect();
            Some(Question {
                asks: format!(
                    "Does {} stand for “no answer” in “{name}”?",
                    listed.join(" or ")
                ),
                because: format!(
                    "The scale runs from {} to {}, and these values lie outside it.",
                    scale.0, scale.1
                ),
                ..Question::about("missing_code", name, listed)
            })
        }
        ScaleFound::Undecided(scales) => Some(Question {
            asks: format!("Which answers were possible in “{name}”?"),
            because: String::from(
                "The values fit more than one usual scale; some may stand for “no answer”.",
            ),
            ..Question::about(
                "scale",
                name,
                scales
                    .iter()
                    .map(|(low, high)| format!("{low}-{high}"))
                    .collect(),
            )
        }),
    }
}

/// Asks for the unit of plain numbers, where neither the header nor an export says it.
fn ask_unit(meaning: &mut Meaning, seen: &Seen<'_>, questions: &mut Vec<Question>) {
    let plain = seen.profile.numbers();
    if plain == 0 {
        return;
    }
    let name = &seen.column.name;
    meaning.open.push("unit");
    questions.push(Question {
        count: Some(plain),
        asks: format!("In which unit of time are the numbers in “{name}”?"),
        because: String::from("Its cells are plain numbers, and the header names no unit."),
        ..Question::about(
            "unit",
            name,
            ["seconds", "minutes", "hours", "days"]
                .map(String::from)
                .to_vec(),
        )
    });
}

/// The unit of a role's numbers: as the header says, else the one in the role's name. Absent for
/// durations that come in several units.
fn unit_in(header: &str, role: Role) -> Option<ColumnUnit> {
    match role.nature() {
        Nature::Duration => written_unit(header).or(match role {
            Role::DurationSeconds => Some(ColumnUnit::Seconds),
            Role::TermMonths | Role::TenureMonths => Some(ColumnUnit::Months),
            Role::FirstResponseMinutes | Role::ResolutionMinutes | Role::FirstResolutionMinutes => {
                None
            }
            _ => Some(ColumnUnit::Minutes),
        }),
        Nature::Number => has_word(
            header,
            "cents|cent|pence|minor|centimes|centimos|centavos|centesimi",
        )
        .then_some(ColumnUnit::MinorUnits),
        _ => None,
    }
}

/// Whether these are amounts as the programming interfaces of Stripe and Paddle give them: whole
/// numbers of cents, under names of theirs, beside ids of theirs. A path such as `plan.amount` is
/// theirs; `unit_amount` may be anybody's, so only ids as long as theirs tell it.
/// <https://docs.stripe.com/api/prices/object>, <https://developer.paddle.com/api-reference>
fn is_in_minor_units(one: &Seen<'_>, role: Role, seen: &[Seen<'_>]) -> bool {
    const NAMES: &str = "amount|plan amount|unit amount|unit price amount|price unit amount|\
        unit amount decimal|amount due|amount paid|amount refunded|total|subtotal|amount total";
    const IDS: [&str; 9] = [
        "cus_", "ctm_", "sub_", "plan_", "price_", "pri_", "txn_", "ch_", "in_",
    ];
    const LOOKED_AT: usize = 50;
    let is_named = |name: &str| NAMES.split('|').any(|known| known == name);
    let is_path = one.column.name.contains('.');
    let is_written_so =
        (is_path || one.column.name.contains('_')) && !one.column.name.contains(' ');
    let all_of_first = |column: &Column, is: &dyn Fn(&str) -> bool| {
        let rows = 0..column.len().min(LOOKED_AT);
        let mut texts = rows.map(|row| column.cells.text(row));
        !column.is_empty() && texts.all(|text| text.is_empty() || is(&text))
    };
    let is_whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_id = |text: &str| {
        let after = IDS.iter().find_map(|id| text.strip_prefix(id));
        after.is_some_and(|after| is_path || is_made_by_a_machine(after))
    };
    let has_id =
        |other: &Seen<'_>| other.profile.filled() > 0 && all_of_first(other.column, &is_id);
    role.nature() == Nature::Number
        && is_written_so
        && one.profile.whole_numbers == one.profile.numbers()
        && all_of_first(one.column, &is_whole)
        && (is_named(&one.header) || one.tail.as_ref().is_some_and(|tail| is_named(tail)))
        && seen.iter().any(has_id)
}

/// Whether an id is long and no mere number, as nobody writes one by hand. Some of theirs have no
/// digit.
fn is_made_by_a_machine(id: &str) -> bool {
    const SHORTEST: usize = 14;
    id.len() >= SHORTEST && id.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The unit of time that a header names.
fn written_unit(header: &str) -> Option<ColumnUnit> {
    [
        (SECONDS, ColumnUnit::Seconds),
        (MINUTES, ColumnUnit::Minutes),
        (HOURS, ColumnUnit::Hours),
        (DAYS, ColumnUnit::Days),
        (MONTHS, ColumnUnit::Months),
        (YEARS, ColumnUnit::Years),
    ]
    .into_iter()
    .find(|(words, _)| has_word(header, words))
    .map(|(_, unit)| unit)
}

/// The header without the unit of time at its end: `first reply` of `first reply in hours` and of
/// `first reply in business hours`. Absent where it ends with no unit.
pub fn without_unit(header: &str) -> Option<&str> {
    let (front, last) = header.rsplit_once(' ')?;
    has_unit(last).then_some(())?;
    let mut front = front;
    while let Some((before, word)) = front.rsplit_once(' ') {
        if !BESIDE_UNITS.contains(&word) {
            break;
        }
        front = before;
    }
    Some(front)
}

fn has_unit(word: &str) -> bool {
    [SECONDS, MINUTES, HOURS, DAYS]
        .iter()
        .any(|words| has_word(word, words))
}

/// Words between a name and its unit.
const BESIDE_UNITS: [&str; 11] = [
    "in",
    "within",
    "business",
    "calendar",
    "working",
    "office",
    "operational",
    "en",
    "em",
    "innerhalb",
    "binnen",
];

fn has_word(header: &str, list: &str) -> bool {
    header
        .split(' ')
        .any(|word| list.split('|').any(|known| known == word))
}

const SECONDS: &str = "seconds|secs|sec|second|s|sekunden|sek|secondes|segundos|secondi|seconden";
const MINUTES: &str = "minutes|mins|min|minute|minuten|minutos|minuti|minuut";
const HOURS: &str = "hours|hrs|hour|h|hr|stunden|std|heures|horas|ore|uren|uur";
const DAYS: &str = "days|day|d|tage|tagen|jours|dias|giorni|dagen";
const YEARS: &str = "years|year|yrs|jahre|jahren|annees|ans|anos|anni|jaren";
const MONTHS: &str = "months|month|monate|monaten|mois|meses|mesi|maanden";
