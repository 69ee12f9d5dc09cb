//! Stretches of recurring revenue as rows tell them, whatever kind of table they come from.

use crate::engine::base::{Date, Note};
use crate::engine::facts::NO_DAY;
use crate::engine::facts::why_left::WhyLeft;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::Reason;
use crate::engine::table::keys::Keys;

/// Billionths in one unit of money.
pub const NANOS: f64 = 1e9;

/// Stands for "goes on" in lists of end days.
pub const NO_END: i32 = i32::MAX;

/// With more different customers, names that are nearly alike are not looked for.
const MOST_COMPARED: usize = 200_000;

/// Stretches of recurring revenue, one a row.
#[derive(Clone, Debug)]
pub struct LedgerRows {
    /// The customer's number.
    pub customers: Vec<u32>,
    /// First day that counts.
    pub starts: Vec<i32>,
    /// First day that no longer counts.
    pub ends: Vec<i32>,
    /// Billionths of a currency unit a month.
    pub amounts: Vec<i64>,
    /// Stretches beyond the first of a row, by row.
    pub further: Vec<Further>,
    /// Seats or units, one a row; empty where no column says.
    pub seats: Vec<f64>,
    /// Months between two chances to leave, one a row; empty where no column says.
    pub terms: Vec<f64>,
    /// Day on which each row was signed, [`NO_DAY`] where unknown; empty where no column says.
    pub signed: Vec<i32>,
    /// First day after the last one that counts; [`NO_END`] where there is none.
    pub horizon: i32,
    /// Why the customer left, one a row; empty where no column says.
    pub why_left: Vec<WhyLeft>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// Numbers of customers run below this.
    pub customer_limit: usize,
    /// The amounts are money; else every customer counts 1.
    pub has_amounts: bool,
    /// The currencies in use, most frequent first; empty where no column says.
    pub currencies: Vec<String>,
    /// Months between the first and the last row of which no row speaks, in a table of months.
    pub silent_months: Vec<Date>,
    /// When a customer began is told by a row, and not only that they paid in the first month of
    /// the table.
    pub starts_are_known: bool,
    /// How the rows were understood.
    pub remarks: Vec<Remark>,
}

/// A further stretch that a row tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Further {
    /// The row.
    pub row: u32,
    /// First day that counts.
    pub start: i32,
    /// First day that no longer counts.
    pub end: i32,
    /// Billionths of a currency unit a month.
    pub amount: i64,
}

/// How rows were understood: the code and the sentence of a note.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Remark {
    /// Stable, `snake_case`.
    pub code: &'static str,
    /// What it means for the figures.
    pub effect: &'static str,
    /// How many rows, customers or months; absent where it is about all.
    pub count: Option<u64>,
}

impl Remark {
    /// A remark about the whole table.
    pub const fn new(code: &'static str, effect: &'static str) -> Self {
        Self {
            code,
            effect,
            count: None,
        }
    }

    /// A remark about so many.
    pub const fn counted(code: &'static str, effect: &'static str, count: u64) -> Self {
        Self {
            code,
            effect,
            count: Some(count),
        }
    }

    /// As a note on a table.
    pub fn note(&self, table: &str) -> Note {
        let note = Note::new(self.code, self.effect).in_table(table);
        match self.count {
            Some(count) => note.counted(count),
            None => note,
        }
    }
}

impl LedgerRows {
    /// No stretch yet, for the customers of a column.
    pub fn of_customers(customers: &Keys<'_>, reasons: Vec<Reason>) -> Self {
        Self {
            remarks: Vec::new(),
            customers: customers.codes.to_vec(),
            starts: Vec::new(),
            ends: Vec::new(),
            amounts: Vec::new(),
            further: Vec::new(),
            seats: Vec::new(),
            terms: Vec::new(),
            signed: Vec::new(),
            horizon: NO_END,
            why_left: Vec::new(),
            reasons,
            customer_limit: customers.texts.len(),
            has_amounts: true,
            currencies: Vec::new(),
            silent_months: Vec::new(),
            starts_are_known: true,
        }
    }

    /// Whether a row tells of a contract that is signed and has not begun on the last day.
    pub fn is_ahead(&self, row: usize) -> bool {
        let is_signed = self.signed.get(row).is_some_and(|day| *day != NO_DAY);
        is_signed && self.starts[row] >= self.horizon
    }

    /// How many rows count and fit.
    pub fn count(&self, fits: impl Fn(usize) -> bool) -> u64 {
        let used = |row: &usize| self.reasons.get(*row) == Some(&Reason::Used);
        (0..self.reasons.len())
            .filter(used)
            .filter(|row| fits(*row))
            .count() as u64
    }
}

/// Says how many rows repeat another one in customer, days, amount and plan. Without a number that
/// tells subscriptions apart they may be two of a kind or one written twice, so all of them count.
pub fn repeated(rows: &LedgerRows, plans: Option<&[u32]>) -> Option<Remark> {
    // By customer, by counting: the rows of one customer are few.
    let mut ends = vec![0_usize; rows.customer_limit + 1];
    let used = |row: &usize| rows.reasons[*row] == Reason::Used;
    let counted = || (0..rows.reasons.len()).filter(used);
    for row in counted() {
        ends[rows.customers[row] as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    let mut order = vec![0_u32; sum];
    let all = ends.clone();
    for row in counted() {
        let place = &mut ends[rows.customers[row] as usize];
        *place -= 1;
        order[*place] = row as u32;
    }
    let facts = |row: &u32| {
        let row = *row as usize;
        let plan = plans.map_or(0, |plans| plans[row]);
        (rows.starts[row], rows.ends[row], rows.amounts[row], plan)
    };
    let mut repeated = 0;
    for (from, to) in ends.iter().zip(&all) {
        let own = &mut order[*from..*to];
        own.sort_unstable_by_key(facts);
        let pairs = own.windows(2);
        repeated += pairs
            .filter(|pair| facts(&pair[0]) == facts(&pair[1]))
            .count() as u64;
    }
    (repeated > 0).then_some(Remark::counted(
        "rows_repeated",
        "Rows repeat another one in customer, days and amount; all of them count, because no column tells whether they are two subscriptions or one written twice.",
        repeated,
    ))
}

/// Says how many customers are written like another one, but for case, blanks and signs.
pub fn alike(customers: &Keys<'_>) -> Option<Remark> {
    if customers.texts.len() > MOST_COMPARED {
        return None;
    }
    let mut names: Vec<String> = customers
        .texts
        .texts()
        .skip(1)
        .map(|text| normal(&text))
        .filter(|name| !name.is_empty())
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    let more = (all - names.len()) as u64;
    (more > 0).then_some(Remark::counted(
        "customers_alike",
        "Customers that are written alike but for case, blanks or signs are counted as different ones; mend the names where they are the same.",
        more,
    ))
}

/// An amount as billionths.
pub fn nanos(amount: f64) -> i64 {
    (amount * NANOS).round() as i64
}

/// Billionths as units of money.
pub const fn money(nanos: i128) -> f64 {
    // The same number, and converted by one instruction where it fits.
    if nanos as i64 as i128 == nanos {
        nanos as i64 as f64 / NANOS
    } else {
        nanos as f64 / NANOS
    }
}
