//! A table as accounts are told from it.

use crate::engine::base::Date;
use crate::engine::facts::{Facts, Ledger, Reading};
use crate::engine::joins::NOBODY;
use crate::engine::table::Reason;

/// A table whose rows speak of accounts.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its place.
    pub place: usize,
    /// Its cells and their meaning.
    pub reading: &'a Reading<'a>,
    /// What it holds.
    pub facts: &'a Facts,
    /// Its ledger, where it has one.
    pub ledger: Option<&'a Ledger>,
    /// The account of each row, [`NOBODY`] where none is known.
    pub of_rows: &'a [u32],
    /// Marks of the rows that the filters keep; absent without filters.
    pub kept: Option<&'a [bool]>,
}

/// The day as of which accounts are told, and how many accounts there are.
///
/// Whatever happened after the day is not known on it: sources pass rows through
/// [`AsOf::knows`], so that a look back sees what could be seen then.
#[derive(Clone, Copy, Debug)]
pub struct AsOf {
    /// The last day that counts.
    pub day: Date,
    /// How many accounts there are.
    pub accounts: usize,
}

impl AsOf {
    /// Whether what happened on a day is known; days that are missing are not.
    pub const fn knows(self, day: i32) -> bool {
        day != crate::engine::facts::NO_DAY && day <= self.day.0
    }

    /// Days from a day until now.
    pub fn since(self, day: i32) -> f64 {
        f64::from(self.day.0 - day)
    }

    /// Whether a day is one of the last so many, counted back from `skipped` days ago.
    pub const fn within(self, day: i32, skipped: i32, days: i32) -> bool {
        self.knows(day) && day <= self.day.0 - skipped && day > self.day.0 - skipped - days
    }

    /// A value for every account.
    pub fn filled(self, value: f64) -> Vec<f64> {
        vec![value; self.accounts]
    }
}

impl Source<'_> {
    /// The rows of accounts that count, each with its account.
    pub fn rows<'b>(&'b self, reasons: &'b [Reason]) -> impl Iterator<Item = (usize, usize)> + 'b {
        let kept = move |row: usize| self.kept.is_none_or(|kept| kept[row]);
        self.of_rows
            .iter()
            .enumerate()
            .filter(move |(row, account)| {
                **account != NOBODY && reasons[*row] == Reason::Used && kept(*row)
            })
            .map(|(row, account)| (row, *account as usize))
    }

    /// For each number of a customer in the table the account of its first row.
    pub fn of_customers(&self, customers: &[u32]) -> Vec<u32> {
        let below = customers.iter().max().map_or(0, |most| *most as usize + 1);
        let mut found = vec![NOBODY; below];
        for (customer, account) in customers.iter().zip(self.of_rows) {
            let known = &mut found[*customer as usize];
            if *known == NOBODY {
                *known = *account;
            }
        }
        found
    }
}
