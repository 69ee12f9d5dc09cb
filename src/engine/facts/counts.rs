//! Counts: numbers that are added up over the rows of a period, each under the name of its term.

use super::money;
use super::reading::{self, Reading};
use crate::engine::roles::{Nature, Role};
use crate::engine::table::Reason;
use crate::engine::table::column::{InstantCells, NumberCells};
use crate::engine::table::value::{flag, missing};

/// What is counted together: a row needs only the terms of one measure to count for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Measure {
    /// Visits and purchases.
    Visits,
    /// Carts, checkouts and purchases.
    Carts,
    /// Revenue, orders and visits.
    Sales,
    /// Trials and those that became paying.
    Trials,
    /// Cost of goods and stock.
    Inventory,
    /// People who came in.
    Traffic,
    /// Units checked and found defective.
    Defects,
    /// Jobs accepted and completed.
    Jobs,
    /// Projects closed and what they kept to.
    Projects,
    /// Goals of customers, and what they gained.
    Goals,
}

/// One entry a row in every list.
#[derive(Clone, Debug)]
pub struct Counts {
    /// What is counted.
    pub measure: Measure,
    /// Each term with its number in every row; NaN where unknown.
    columns: Vec<(&'static str, Vec<f64>)>,
    /// The day, or the first day of the month; absent where no column says.
    pub days: Option<Vec<i32>>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The currencies in use, most frequent first; empty where nothing is money.
    pub currencies: Vec<String>,
}

impl Counts {
    /// The numbers of a term, one a row; absent where the table does not tell it.
    pub fn column(&self, term: &str) -> Option<&[f64]> {
        let found = self.columns.iter().find(|(name, _)| *name == term);
        found.map(|(_, values)| values.as_slice())
    }
}

/// Counts that are being read.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a, 'b> {
    reading: &'a Reading<'b>,
    made: Counts,
}

impl<'a, 'b> Draft<'a, 'b> {
    /// Nothing but the days: of the first of these roles that has a column.
    pub(super) fn new(reading: &'a Reading<'b>, measure: Measure, days: &[Role]) -> Self {
        let draft = Self {
            reading,
            made: Counts {
                measure,
                columns: Vec::new(),
                days: None,
                reasons: reading.reasons(),
                currencies: Vec::new(),
            },
        };
        match days.iter().find_map(|role| reading.instants_of(*role)) {
            Some(moments) => draft.dated(&moments),
            None => draft,
        }
    }

    /// With the numbers of a role, without which a row does not count; nothing where the table has
    /// no such column, or a question about it is open.
    pub(super) fn needing(mut self, role: Role, term: &'static str) -> Option<Self> {
        let cells = cells_of(self.reading, role)?;
        reading::require_numbers(&cells, &mut self.made.reasons);
        self.note_currencies(role);
        Some(self.with(term, cells.values))
    }

    /// With the numbers of a role where the table tells them.
    pub(super) fn perhaps(mut self, role: Role) -> Self {
        match cells_of(self.reading, role) {
            Some(cells) => {
                self.note_currencies(role);
                self.with(role.id(), cells.values)
            }
            None => self,
        }
    }

    /// With these numbers.
    pub(super) fn with(mut self, term: &'static str, values: Vec<f64>) -> Self {
        self.made.columns.push((term, values));
        self
    }

    /// With one a row.
    pub(super) fn with_ones(self, term: &'static str) -> Self {
        let ones = vec![1.0; self.reading.rows()];
        self.with(term, ones)
    }

    /// On the days of these moments, which are needed.
    pub(super) fn dated(mut self, moments: &InstantCells) -> Self {
        let horizon = self.reading.horizon();
        reading::require_instants(moments, horizon, &mut self.made.reasons);
        self.made.days = Some(reading::days(moments));
        self
    }

    /// Leaves out the rows that still count and of which this holds.
    pub(super) fn leaving_out(mut self, why: Reason, is: impl Fn(usize) -> bool) -> Self {
        for (row, reason) in self.made.reasons.iter_mut().enumerate() {
            if *reason == Reason::Used && is(row) {
                *reason = why;
            }
        }
        self
    }

    pub(super) fn column(&self, term: &str) -> Option<&[f64]> {
        self.made.column(term)
    }

    pub(super) fn done(self) -> Counts {
        self.made
    }

    fn note_currencies(&mut self, role: Role) {
        if self.made.currencies.is_empty() && is_money(role) {
            self.made.currencies = money::currencies(self.reading, role, &self.made.reasons);
        }
    }
}

/// Roles whose numbers are amounts of money.
pub const fn is_money(role: Role) -> bool {
    matches!(
        role,
        Role::Amount
            | Role::CostOfGoods
            | Role::Benefit
            | Role::Price
            | Role::PlannedCost
            | Role::ActualCost
    )
}

/// The numbers of a role: amounts in major units, counts of at least nothing, yes for one and no
/// for none.
fn cells_of(reading: &Reading<'_>, role: Role) -> Option<NumberCells> {
    if is_money(role) {
        return money::amounts_of(reading, role);
    }
    let mut cells = reading.numbers_of(role)?;
    if role.nature() != Nature::Count {
        return Some(cells);
    }
    if says_yes_or_no(reading, role) {
        return flags_of(reading, role);
    }
    for (row, value) in cells.values.iter_mut().enumerate() {
        if *value < 0.0 {
            *value = f64::NAN;
            cells.invalid.push(row as u32);
        }
    }
    cells.invalid.sort_unstable();
    Some(cells)
}

/// The most different texts of a column that answers yes or no.
const MOST_ANSWERS: usize = 6;

/// Whether the column of a role answers yes or no, in words or by 1 and 0.
pub fn says_yes_or_no(reading: &Reading<'_>, role: Role) -> bool {
    let Some(keys) = reading.keys_of(role) else {
        return false;
    };
    if keys.texts.len() > MOST_ANSWERS {
        return false;
    }
    let mut answers = 0;
    for text in keys.texts.texts().filter(|text| !missing::is_missing(text)) {
        if flag::parse(&text).is_none() {
            return false;
        }
        answers += 1;
    }
    answers > 0
}

/// One for yes, nothing for no.
fn flags_of(reading: &Reading<'_>, role: Role) -> Option<NumberCells> {
    let keys = reading.keys_of(role)?;
    let by_code: Vec<f64> = keys
        .texts
        .texts()
        .map(|text| flag::parse(&text).map_or(f64::NAN, |yes| f64::from(u8::from(yes))))
        .collect();
    let codes = keys.codes.iter();
    Some(NumberCells {
        values: codes.map(|code| by_code[*code as usize]).collect(),
        invalid: Vec::new(),
    })
}
