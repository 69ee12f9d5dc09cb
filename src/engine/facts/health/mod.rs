//! Health: the measures of how each account of a list is doing, and how their values become points.
//!
//! Takes: a reading, and how accounts are to be scored. Gives: [`Health`]: values by measure and
//! account. Where a measure comes from (a column, two columns, a date) is known here alone; whoever
//! scores asks for values, so that a measure may come from elsewhere.
//! Never: weighs or scores anything. Start at [`read`]. Tests: `tests/health_oracle.rs`.

pub mod cells;
pub mod choices;
pub mod curve;

use std::rc::Rc;

use self::cells::{Cells, Read};
use super::accounts;
use super::reading::{self, Reading};
use crate::engine::base::Refusal;
use crate::engine::options::Direction;
use crate::engine::roles::synonyms::normal;
use crate::engine::roles::{Kind, Role, long_form};
use crate::engine::table::Reason;
pub use choices::{Band, HealthChoices, MeasureChoice, Missing, OverrideChoice};
pub use curve::Curve;

/// Measures of accounts, one entry a row.
#[derive(Clone, Debug)]
pub struct Health {
    /// The measures, in the order of the table or of the settings.
    pub measures: Vec<Measure>,
    /// Columns that measure something and do not count: header, and why not.
    pub left_out: Vec<(String, Silent)>,
    /// What could measure health besides.
    pub offered: Vec<Offered>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// Rows whose score is changed by hand, ascending.
    pub by_hand: Vec<(u32, ByHand)>,
    /// Why nothing can be scored, where the settings do not fit the table.
    pub refusal: Option<Refusal>,
    /// The column of a measure about which a question is open.
    pub open: Option<usize>,
    /// How accounts are to be scored.
    pub choices: Rc<HealthChoices>,
}

/// One measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its header; of two columns both.
    pub name: String,
    /// How the settings name it.
    pub column: String,
    /// The column by which it is divided.
    pub per: Option<String>,
    /// A value a row; NaN where there is none.
    pub values: Vec<f64>,
    /// Days since the value was taken, NaN where unknown; absent where no column says.
    pub ages: Option<Vec<f64>>,
    /// How values become points.
    pub curve: Curve,
    /// Which end is good.
    pub direction: Direction,
    /// Its weight within its group, or among all where it has none.
    pub weight: f64,
    /// The group it belongs to, with its weight.
    pub group: Option<(String, f64)>,
    /// What it counts where it is missing.
    pub missing: Missing,
    /// After how many days a value no longer counts.
    pub fresh_days: Option<f64>,
    /// Why it was taken, as a short sentence without cells.
    pub because: String,
}

/// What could measure health and does not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Offered {
    /// How the settings name it.
    pub column: String,
    /// What it is called.
    pub name: String,
}

/// Why a column that measures something does not count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Silent {
    /// All accounts have the same value.
    Constant,
    /// No account has a value.
    Empty,
}

/// What a hand did to a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ByHand {
    /// It is this.
    Score(f64),
    /// It is no higher.
    AtMost(f64),
    /// It is no lower.
    AtLeast(f64),
}

/// The measures of a list of accounts: those that the settings name, else those that the headers
/// tell. Absent where there are none.
pub fn read(reading: &Reading<'_>) -> Option<Health> {
    let choices = Rc::clone(&reading.frame.health);
    let wanted: Vec<Wanted> = if choices.measures.is_empty() {
        told_by_headers(reading)
    } else {
        let own = choices.measures.iter().filter(|it| it.figure().is_none());
        own.map(Wanted::named).collect()
    };
    if wanted.is_empty() {
        return None;
    }
    let mut health = of_list(reading)?;
    health.open = wanted.iter().find_map(|wanted| wanted.open(reading));
    for wanted in &wanted {
        match wanted.read(reading, &health) {
            Ok(Ok(measure)) => health.measures.push(measure),
            Ok(Err(silent)) => health.left_out.push((wanted.choice.column.clone(), silent)),
            Err(refusal) => health.refusal = health.refusal.or(Some(refusal)),
        }
    }
    Some(health)
}

/// The accounts of a list, to which measures are to be added. Absent where no column names
/// customers.
pub fn of_list(reading: &Reading<'_>) -> Option<Health> {
    let choices = Rc::clone(&reading.frame.health);
    let customers = reading.keys_of(Role::Customer)?;
    let mut reasons = reading.reasons();
    reading::require_keys(&customers, &mut reasons);
    reading::require_first(&customers, &mut reasons);
    // Where a customer may have several rows, the first does not tell whether they have left.
    if !choices.scores_lost && reading.mapping.is(Kind::Account) {
        leave_out_the_lost(reading, &mut reasons);
    }
    let (by_hand, refusal) = match by_hand(reading, &choices) {
        Ok(by_hand) => (by_hand, None),
        Err(refusal) => (Vec::new(), Some(refusal)),
    };
    Some(Health {
        measures: Vec::new(),
        left_out: Vec::new(),
        offered: Vec::new(),
        reasons,
        by_hand,
        refusal,
        open: None,
        choices,
    })
}

/// Marks accounts that have left, as far as a column says so.
fn leave_out_the_lost(reading: &Reading<'_>, reasons: &mut [Reason]) {
    let left = accounts::read(reading).map(|accounts| accounts.left);
    let ended = reading.instants_of(Role::EndedAt);
    let horizon = reading.horizon();
    for (row, reason) in reasons.iter_mut().enumerate() {
        let said = left.as_ref().is_some_and(|left| left[row]);
        let over = ended.as_ref().is_some_and(|ended| {
            let moment = ended.values[row];
            moment != crate::engine::table::column::NO_INSTANT
                && horizon.is_none_or(|end| moment < end.0)
        });
        if *reason == Reason::Used && (said || over) {
            *reason = Reason::HasLeft;
        }
    }
}

/// A measure that is to be read.
struct Wanted {
    choice: MeasureChoice,
    /// Its column where the header alone does not tell it.
    place: Option<usize>,
    because: Option<String>,
}

/// The measures that the headers tell.
fn told_by_headers(reading: &Reading<'_>) -> Vec<Wanted> {
    let mapping = reading.mapping;
    let mut wanted = Vec::new();
    for (place, meaning) in mapping.columns.iter().enumerate() {
        let column = reading.table.columns[place].name.clone();
        let mut choice = MeasureChoice {
            column,
            ..MeasureChoice::default()
        };
        match meaning.role {
            Some(Role::Measure | Role::Pulse | Role::LastActiveAt) => {}
            // In a long survey a column holds answers to several questions.
            Some(Role::Score) if long_form::score_column(mapping) != Some(place) => {}
            Some(Role::SeatsUsed) => {
                let paid = mapping.column_of(Role::SeatsPaid);
                choice.per = paid.map(|paid| reading.table.columns[paid].name.clone());
            }
            _ => continue,
        }
        wanted.push(Wanted {
            choice,
            place: Some(place),
            because: Some(meaning.because.clone()),
        });
    }
    wanted
}

impl Wanted {
    fn named(choice: &MeasureChoice) -> Self {
        Self {
            choice: choice.clone(),
            place: None,
            because: None,
        }
    }

    fn column(&self, reading: &Reading<'_>) -> Result<usize, Refusal> {
        match self.place {
            Some(place) => Ok(place),
            None => find(reading, &self.choice.column),
        }
    }

    /// Its column, where a question about it is open.
    fn open(&self, reading: &Reading<'_>) -> Option<usize> {
        let place = self.column(reading).ok()?;
        (!reading.meaning(place).open.is_empty()).then_some(place)
    }

    /// The measure; or why its column says nothing; or why the settings do not fit.
    fn read(
        &self,
        reading: &Reading<'_>,
        health: &Health,
    ) -> Result<Result<Measure, Silent>, Refusal> {
        let choice = &self.choice;
        let place = self.column(reading)?;
        let mut cells = Read::of(reading, place, choice)?;
        let mut name = choice.column.clone();
        if let Some(per) = &choice.per {
            cells = cells.divided_by(&Read::of(reading, find(reading, per)?, choice)?);
            name = format!("{name} ÷ {per}");
        }
        let used = |row: &usize| health.reasons[*row] == Reason::Used;
        let rows = (0..cells.values.len()).filter(used);
        let mut known: Vec<f64> = rows
            .map(|row| cells.values[row])
            .filter(|value| !value.is_nan())
            .collect();
        if known.is_empty() {
            return Ok(Err(Silent::Empty));
        }
        let direction = choice.direction.unwrap_or(cells.direction);
        let spread = Curve::of_values(&mut known, direction);
        let curve = match (&cells.form, spread) {
            _ if !choice.line.is_empty() => Curve::Line(choice.line.clone()),
            _ if !choice.steps.is_empty() => Curve::Steps(choice.steps.clone()),
            (Cells::Points, _) => Curve::Line(vec![(0.0, 0.0), (100.0, 100.0)]),
            (_, None) => return Ok(Err(Silent::Constant)),
            (Cells::Scale(low, high), Some(_)) => Curve::over((*low, *high), direction),
            (Cells::Numbers, Some(spread)) => spread,
        };
        let choices = &health.choices;
        let group = choice.group.as_ref();
        Ok(Ok(Measure {
            column: choice.column.clone(),
            per: choice.per.clone(),
            weight: choices.weight_of(&name, choice.weight),
            ages: cells::ages(reading, choice)?,
            values: cells.values,
            curve,
            direction,
            group: group.map(|group| (group.clone(), choices.group_weight(group))),
            missing: choice.missing.unwrap_or(choices.missing),
            fresh_days: choice.fresh_days,
            because: self
                .because
                .clone()
                .unwrap_or_else(|| String::from("The settings name it")),
            name,
        }))
    }
}

/// Rows whose score a setting changes, ascending; of several changes of a row the last counts last.
fn by_hand(reading: &Reading<'_>, choices: &HealthChoices) -> Result<Vec<(u32, ByHand)>, Refusal> {
    let mut found = Vec::new();
    for choice in &choices.overrides {
        let keys = reading.table.columns[find(reading, &choice.column)?].keys();
        let is_meant = |text: &str| choice.is.iter().any(|is| normal(is) == normal(text));
        let meant: Vec<bool> = keys.texts.texts().map(|text| is_meant(&text)).collect();
        let effect = match (choice.score, choice.at_most, choice.at_least) {
            (Some(score), _, _) => ByHand::Score(score),
            (_, Some(most), _) => ByHand::AtMost(most),
            (_, _, least) => ByHand::AtLeast(least.unwrap_or_default()),
        };
        let rows = keys.codes.iter().enumerate();
        let rows = rows.filter(|(_, code)| meant[**code as usize]);
        found.extend(rows.map(|(row, _)| (row as u32, effect)));
    }
    found.sort_by_key(|(row, _)| *row);
    Ok(found)
}

/// The column that a setting names.
fn find(reading: &Reading<'_>, name: &str) -> Result<usize, Refusal> {
    reading.table.find(name).ok_or_else(|| {
        Refusal::new(
            "measure_unknown",
            format!("The settings of the health score name a column “{name}” that is not there."),
            "Write it as the header is written, or take it out of the settings.",
        )
    })
}
