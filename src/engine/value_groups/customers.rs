//! Customers with what they brought: from orders, from the ledger, from a list.

use super::choices::Choices;
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Refusal};
use crate::engine::facts::ledger::rows::NANOS;
use crate::engine::facts::{AccountRevenue, Ledger, LedgerRows, OrderHistories};
use crate::engine::table::Reason;

/// What the value of a customer is told by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Source {
    /// What they ordered.
    Orders,
    /// What they pay a month.
    Recurring,
}

impl Source {
    /// The name in the report and in questions about rows.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Recurring => "recurring_revenue",
        }
    }
}

/// One customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Customer {
    /// The number of the customer among the texts of the table's customer column; of a list the
    /// row.
    pub number: u32,
    /// What they brought, in billionths of a unit of money: exact, so that equal sums are equal.
    pub amount: i128,
    /// When and how often they ordered; absent where no orders are known.
    pub orders: Option<Ordered>,
}

/// When and how often a customer ordered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ordered {
    /// Days from the last order to the last day that counts.
    pub days_ago: i32,
    /// How many orders, those for nothing included.
    pub count: u32,
}

/// The customers of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customers {
    /// One each, by number.
    pub all: Vec<Customer>,
    /// The place of each row's customer among all, for the rows behind a group; [`u32::MAX`] for
    /// rows that count for none.
    pub of_row: Vec<u32>,
    /// Rows without a customer, whose amounts belong to nobody.
    pub nobody: u64,
    /// Rows of what was given back by customers who ordered.
    pub returns: u64,
    /// Rows of what was given back by customers of whom no order counts.
    pub returns_alone: u64,
    /// The currency of the amounts, where one is known.
    pub currency: Option<String>,
}

/// A row that counts for no customer.
const NO_CUSTOMER: u32 = u32::MAX;

impl Customers {
    /// Everybody who ordered up to the end of a day.
    ///
    /// What was given back up to then is taken off, by the day on which the row stands.
    ///
    /// # Errors
    /// `currencies_mixed`, `no_rows_count`.
    pub fn of_orders(
        facts: &OrderHistories,
        (kept, as_of): (Option<&[bool]>, Date),
        choices: &Choices,
    ) -> Outcome<Self> {
        let mut found = Self::in_currency(&facts.currencies)?;
        let rows = facts.reasons.len();
        let is_kept = |row: u32| kept.is_none_or(|kept| kept[row as usize]);
        let first = choices.days.map(|days| as_of.0 - days as i32);
        let in_time = |row: u32| {
            let day = facts.days[row as usize];
            day <= as_of.0 && first.is_none_or(|first| day > first)
        };
        let with = |reason: Reason| {
            let kept = (0..rows as u32).filter(|row| is_kept(*row) && in_time(*row));
            kept.filter(move |row| facts.reasons[*row as usize] == reason)
        };
        found.nobody = with(Reason::CustomerMissing).count() as u64;
        let used: Vec<u32> = with(Reason::Used).collect();
        let counted = facts.by_customer(&used, as_of.0);
        found.of_row = vec![NO_CUSTOMER; rows];
        for same in counted.chunk_by(|one, other| facts.customer(*one) == facts.customer(*other)) {
            let days = same.iter().map(|row| facts.days[*row as usize]);
            let amounts = same.iter().map(|row| facts.amounts[*row as usize]);
            found.all.push(Customer {
                number: facts.customer(same[0]),
                amount: amounts.map(billionths).sum(),
                orders: Some(Ordered {
                    days_ago: as_of.0 - days.max().unwrap_or(as_of.0),
                    count: same.len() as u32,
                }),
            });
        }
        // Further rows of an order belong to its customer as well.
        for row in used {
            if let Some(place) = found.place(facts.customer(row)) {
                found.of_row[row as usize] = place as u32;
            }
        }
        for (row, amount) in &facts.given_back {
            if choices.returns_count && is_kept(*row) && in_time(*row) {
                found.give_back(facts.customer(*row), *row, *amount);
            }
        }
        found.with_someone("No order of a known customer counts.")
    }

    /// Takes a return off what its customer spent.
    fn give_back(&mut self, number: u32, row: u32, amount: f64) {
        match self.place(number) {
            Some(place) => {
                self.all[place].amount -= billionths(amount);
                self.of_row[row as usize] = place as u32;
                self.returns += 1;
            }
            None => self.returns_alone += 1,
        }
    }

    /// The place of the customer with this number among all.
    fn place(&self, number: u32) -> Option<usize> {
        self.all.binary_search_by_key(&number, |it| it.number).ok()
    }

    /// Everybody who pays at the end of a day.
    ///
    /// # Errors
    /// `currencies_mixed`, `month_missing`, `no_rows_count`.
    pub fn of_ledger(
        ledger: &Ledger,
        rows: &LedgerRows,
        (kept, as_of): (Option<&[bool]>, Date),
    ) -> Outcome<Self> {
        let mut found = Self::in_currency(&ledger.currencies)?;
        if !ledger.speaks_of(as_of) {
            return Err(Refusal::new(
                "month_missing",
                "The table says nothing about the month of the last day that counts.",
                "Choose an earlier last day, or add the month.",
            ));
        }
        let paying = ledger.snapshot(as_of);
        let mut all: Vec<Customer> = (0..)
            .zip(paying.iter())
            .filter(|(_, amount)| **amount > 0)
            .map(|(customer, amount)| Customer {
                number: ledger.number(customer),
                amount: i128::from(*amount),
                orders: None,
            })
            .collect();
        all.sort_unstable_by_key(|it| it.number);
        let mut places = vec![NO_CUSTOMER; rows.customer_limit];
        for (place, customer) in (0..).zip(&all) {
            places[customer.number as usize] = place;
        }
        found.all = all;
        let counts =
            |row: usize| rows.reasons[row] == Reason::Used && kept.is_none_or(|kept| kept[row]);
        let numbers = rows.customers.iter().enumerate();
        found.of_row = numbers
            .map(|(row, number)| {
                if counts(row) {
                    places[*number as usize]
                } else {
                    NO_CUSTOMER
                }
            })
            .collect();
        found.with_someone("Nobody pays on the last day that counts.")
    }

    /// Everybody of a list who pays and has not left.
    ///
    /// # Errors
    /// `currencies_mixed`, `no_rows_count`.
    pub fn of_list(list: &AccountRevenue, kept: Option<&[bool]>) -> Outcome<Self> {
        let mut found = Self::in_currency(&list.currencies)?;
        found.of_row = vec![NO_CUSTOMER; list.amounts.len()];
        for (row, amount) in list.amounts.iter().enumerate() {
            let stays = list.reasons[row] == Reason::Used
                && kept.is_none_or(|kept| kept[row])
                && !list.left.get(row).copied().unwrap_or(false);
            if stays && *amount > 0.0 {
                found.of_row[row] = found.all.len() as u32;
                found.all.push(Customer {
                    number: row as u32,
                    amount: billionths(*amount),
                    orders: None,
                });
            }
        }
        found.with_someone("Nobody in the list pays.")
    }

    /// No customers yet, in one currency or none.
    fn in_currency(currencies: &[String]) -> Outcome<Self> {
        match currencies {
            [first, second, ..] => Err(Refusal::new(
                "currencies_mixed",
                format!("The amounts are in {first} and {second}, and we hold no exchange rates."),
                "Give exchange rates and the currency of the report, filter by one currency, or split the file.",
            )),
            one => Ok(Self {
                currency: one.first().cloned(),
                ..Self::default()
            }),
        }
    }

    fn with_someone(self, otherwise: &str) -> Outcome<Self> {
        if self.all.is_empty() {
            return Err(Refusal::new(
                "no_rows_count",
                otherwise,
                "Choose a later last day, or look at the rows that are left out.",
            ));
        }
        Ok(self)
    }
}

/// Money in billionths.
fn billionths(amount: f64) -> i128 {
    (amount * NANOS).round() as i128
}

/// Billionths as money.
pub fn money(billionths: i128) -> f64 {
    billionths as f64 / NANOS
}
