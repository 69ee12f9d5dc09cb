//! Facts: a table whose columns are understood becomes typed, checked facts.
//!
//! Takes: a table and its mapping. Gives: [`Facts`], with a reason for every row that is left out.
//! Never: knows a KPI; drops a row without a reason; turns an empty cell into a zero.
//! Start at [`Facts::from_table`]. Tests sit beside the code.

pub mod account_revenue;
pub mod accounts;
pub mod active_days;
pub mod activity;
pub mod business_hours;
pub mod counts;
pub mod deliveries;
pub mod faults;
pub mod first_values;
pub mod funnel;
pub mod health;
pub mod histories;
pub mod ledger;
pub mod money;
pub mod operations;
pub mod orders;
pub mod own_formula;
pub mod purchases;
pub mod rates;
pub mod reading;
pub mod referrals;
pub mod renewals;
pub mod results;
pub mod scores;
pub mod spend;
pub mod tickets;
pub mod typed;
pub mod why_left;
pub mod zones;

use std::rc::Rc;

use crate::engine::base::{Date, Zone};
use crate::engine::roles::{Kind, Mapping, Role};
use crate::engine::table::value::money::Currency;
use crate::engine::table::{Cells, Table};

pub use account_revenue::{AccountRevenue, Tenures};
pub use accounts::Accounts;
pub use active_days::Activity;
pub use activity::ActivityRows;
pub use business_hours::Calendar;
pub use counts::{Counts, Measure};
pub use deliveries::Deliveries;
pub use faults::ColumnFaults;
pub use first_values::FirstValues;
pub use health::{Health, HealthChoices};
pub use histories::OrderHistories;
pub use ledger::{Ledger, LedgerChoices, LedgerRows};
pub use orders::Orders;
pub use purchases::Purchases;
pub use rates::ExchangeRates;
pub use reading::Reading;
pub use referrals::Referrals;
pub use renewals::Renewals;
pub use results::Results;
pub use scores::Scores;
pub use spend::Spend;
pub use tickets::{
    Backlog, Durations, Kept, Lengths, OpenTickets, Promises, Reopens, ServiceLevels, Target,
};
pub use typed::Typed;
pub use why_left::WhyLeft;

/// Stands for "no day" in lists of day numbers.
pub const NO_DAY: i32 = i32::MIN;

/// How the cells of a run are to be read, whatever the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The zone in which days are counted, and in which times without an offset are written.
    pub zone: Rc<Zone>,
    /// The hours in which somebody works, where the user has drawn them.
    pub calendar: Option<Rc<Calendar>>,
    /// What customers were promised, as far as the user says it.
    pub promises: Rc<Promises>,
    /// The last day that counts; absent where no table holds a date.
    pub as_of: Option<Date>,
    /// The currency of money where no column says it.
    pub currency: Option<Currency>,
    /// What other currencies are worth in it.
    pub rates: Rc<ExchangeRates>,
    /// How accounts are to be scored.
    pub health: Rc<HealthChoices>,
    /// What counts as recurring revenue, and from when.
    pub ledger: LedgerChoices,
}

impl Frame {
    /// The frame with other rules for what counts as recurring revenue.
    #[must_use]
    pub fn under(&self, ledger: LedgerChoices) -> Self {
        Self {
            ledger,
            ..self.clone()
        }
    }
}

/// All facts of one table.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Answers, one entry a score column.
    pub scores: Vec<Scores>,
    /// Satisfaction with tickets.
    pub satisfaction: Option<Scores>,
    /// Times to the first reply.
    pub first_response: Option<Durations>,
    /// Times to the solution.
    pub resolution: Option<Durations>,
    /// Promises that were kept or not.
    pub service_levels: Option<ServiceLevels>,
    /// Tickets that were opened again.
    pub reopens: Option<Reopens>,
    /// Which tickets are open.
    pub backlog: Option<Backlog>,
    /// Stretches of recurring revenue.
    pub ledger: Option<LedgerRows>,
    /// Orders.
    pub orders: Option<Orders>,
    /// What users did when.
    pub activity: Option<ActivityRows>,
    /// Customers who stayed or left.
    pub accounts: Option<Accounts>,
    /// What customers of a list pay.
    pub account_revenue: Option<AccountRevenue>,
    /// How often customers of a list recommended the company.
    pub referrals: Option<Referrals>,
    /// How accounts of a list are doing.
    pub health: Option<Health>,
    /// How long customers of a list have been ones.
    pub tenures: Option<Tenures>,
    /// When customers of a list began, and when they got what they came for.
    pub first_values: Option<FirstValues>,
    /// Contracts that came up for renewal.
    pub renewals: Option<Renewals>,
    /// Money spent to win customers.
    pub spend: Option<Spend>,
    /// Counts of funnels, operations, trials and goals: at most one entry a measure.
    pub counts: Vec<Counts>,
    /// Deliveries against what was promised or asked for.
    pub deliveries: Option<Deliveries>,
    /// Who bought when.
    pub purchases: Option<Purchases>,
    /// Who bought when for how much.
    pub histories: Option<OrderHistories>,
    /// Typed figures.
    pub typed: Option<Typed>,
    /// Figures that were worked out elsewhere.
    pub results: Option<Results>,
}

/// One sort of facts: what is worked out in one slice of work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// The answers in one column.
    Scores(usize),
    /// Times of tickets.
    Tickets,
    /// The satisfaction with tickets in one column.
    Satisfaction(usize),
    /// Subscriptions.
    Subscriptions,
    /// Revenue by month.
    Months,
    /// Changes of revenue.
    Movements,
    /// Contracts that came up for renewal.
    Renewals,
    /// Money spent to win customers.
    Spend,
    /// Counts of visits, carts and purchases.
    Funnel,
    /// Counts of an operation.
    Operations,
    /// Typed figures.
    Typed,
    /// Figures that were worked out elsewhere.
    Results,
    /// Orders.
    Orders,
    /// Activity.
    Activity,
    /// Customers who stayed or left.
    Accounts,
}

impl Facts {
    /// The facts that the table holds, as far as its roles allow.
    pub fn from_table(table: &Table, mapping: &Mapping, frame: &Frame) -> Self {
        let mut facts = Self::default();
        for part in Part::of(mapping) {
            facts.add(part, table, mapping, frame);
        }
        facts
    }

    /// Adds the facts of one sort.
    pub fn add(&mut self, part: Part, table: &Table, mapping: &Mapping, frame: &Frame) {
        let reading = Reading::new(table, mapping, frame.clone());
        match part {
            Part::Scores(column) => {
                let read = scores::read_all(&reading, column, mapping.day_of_answers());
                self.scores.extend(read);
            }
            Part::Tickets => {
                let start = tickets::Start::read(&reading);
                self.first_response = tickets::durations::first_response(&start);
                self.resolution = tickets::durations::resolution(&start);
                self.reopens = tickets::reopens::read(&start);
                self.backlog = tickets::backlog::read(&start);
                self.service_levels = tickets::service_levels::read(
                    &start,
                    self.first_response.as_ref(),
                    self.resolution.as_ref(),
                );
            }
            Part::Satisfaction(column) => {
                self.satisfaction = Some(scores::read(&reading, column, Role::CreatedAt));
            }
            Part::Subscriptions | Part::Months | Part::Movements => {
                self.ledger = self.ledger.take().or_else(|| ledger_told(part, &reading));
            }
            Part::Renewals => {
                self.renewals = renewals::read(&reading);
                self.ledger = self.ledger.take().or_else(|| ledger_told(part, &reading));
            }
            Part::Spend => self.spend = spend::read(&reading),
            Part::Typed => self.typed = typed::read(&reading),
            Part::Results => self.results = results::read(&reading),
            Part::Orders => {
                self.orders = orders::read(&reading);
                self.purchases = purchases::read(&reading, self.orders.as_ref());
                self.histories =
                    histories::read(&reading, self.orders.as_ref(), self.purchases.as_ref());
                self.deliveries = deliveries::read(&reading);
                self.add_counts(operations::delivered_units(&reading));
            }
            Part::Funnel => self.add_counts(funnel::read(&reading)),
            Part::Operations => self.add_counts(operations::read(&reading)),
            Part::Activity => self.activity = activity::read(&reading),
            Part::Accounts => {
                self.accounts = accounts::read(&reading);
                self.account_revenue = account_revenue::read(&reading);
                self.referrals = referrals::read(&reading);
                self.first_values = first_values::read(&reading);
                self.health = health::read(&reading);
                self.tenures = account_revenue::tenures(&reading);
                self.add_counts(funnel::trials(&reading));
                self.add_counts(operations::goals(&reading));
                self.ledger = self.ledger.take().or_else(|| ledger_told(part, &reading));
            }
        }
    }
}

impl Facts {
    /// Adds counts of measures that are not there yet: a table may be of two kinds that both count.
    fn add_counts(&mut self, more: impl IntoIterator<Item = Counts>) {
        for counts in more {
            if self.counts.iter().all(|own| own.measure != counts.measure) {
                self.counts.push(counts);
            }
        }
    }
}

impl Part {
    /// The sorts of facts that a table of this meaning holds, in the order in which they are added.
    pub fn of(mapping: &Mapping) -> Vec<Self> {
        let mut parts = Vec::new();
        if mapping.is(Kind::Survey) {
            parts.extend(mapping.columns_of(Role::Score).map(Self::Scores));
        }
        if mapping.is(Kind::Ticket) {
            parts.push(Self::Tickets);
            let column = mapping.column_of(Role::Satisfaction);
            parts.extend(column.map(Self::Satisfaction));
        }
        let by_kind = [
            (Kind::Subscription, Self::Subscriptions),
            (Kind::RevenueMonth, Self::Months),
            (Kind::RevenueMovement, Self::Movements),
            (Kind::Renewal, Self::Renewals),
            (Kind::Spend, Self::Spend),
            (Kind::Funnel, Self::Funnel),
            (Kind::Operations, Self::Operations),
            (Kind::Aggregate, Self::Typed),
            (Kind::Figures, Self::Results),
            (Kind::Order, Self::Orders),
            (Kind::Event, Self::Activity),
            (Kind::Account, Self::Accounts),
        ];
        let held = by_kind.into_iter().filter(|(kind, _)| mapping.is(*kind));
        parts.extend(held.map(|(_, part)| part));
        parts
    }
}

/// The stretches of recurring revenue that a sort of facts tells, with what is to be said of the
/// customers' names.
fn ledger_told(part: Part, reading: &Reading<'_>) -> Option<LedgerRows> {
    let mut rows = ledger_rows(part, reading)?;
    let customers = reading.keys_of(Role::Customer)?;
    let alike = ledger::rows::alike(&customers);
    rows.remarks.splice(..0, alike);
    Some(rows)
}

/// The stretches of recurring revenue that a sort of facts tells.
fn ledger_rows(part: Part, reading: &Reading<'_>) -> Option<LedgerRows> {
    let mut rows = match part {
        Part::Subscriptions => ledger::subscriptions::read(reading),
        Part::Months => ledger::months::read(reading),
        Part::Movements => ledger::movement_rows::read(reading),
        Part::Renewals => ledger::contracts::read(reading),
        Part::Accounts => ledger::customers::read(reading),
        _ => None,
    }?;
    if let Some(count) = rates::converted(reading) {
        rows.remarks.push(count);
    }
    Some(rows)
}

/// The ledger of a table under other rules for what counts; absent where it has none.
pub fn ledger_under(table: &Table, mapping: &Mapping, frame: &Frame) -> Option<LedgerRows> {
    let reading = Reading::new(table, mapping, frame.clone());
    let mut parts = Part::of(mapping).into_iter();
    parts.find_map(|part| ledger_rows(part, &reading))
}

/// Roles whose days may lie in the future.
const PLANNED: [Role; 4] = [
    Role::DueAt,
    Role::PromisedAt,
    Role::RequestedAt,
    Role::PlannedEnd,
];

/// Whether every day of a column is the first of its month, and there are several.
fn are_first_days(reading: &Reading<'_>, column: usize) -> bool {
    let mut days = reading::days(&reading.instants(column));
    days.retain(|day| *day != NO_DAY);
    let is_first = |day: &i32| Date(*day).first_of_month() == Date(*day);
    days.iter().all(is_first) && days.iter().any(|day| *day != days[0])
}

/// The last days in a table's dates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LastDays {
    /// Of what has happened.
    pub seen: Option<Date>,
    /// Of what is planned, promised or due.
    pub planned: Option<Date>,
}

impl LastDays {
    /// The day for `as_of`: of what has happened in any table, and only where none tells of
    /// anything, of what is planned.
    pub fn of_all(tables: impl Iterator<Item = Self> + Clone) -> Option<Date> {
        let seen = tables.clone().filter_map(|table| table.seen).max();
        seen.or_else(|| tables.filter_map(|table| table.planned).max())
    }
}

/// The last days in the table's dates, for `as_of`.
///
/// Days from 2100 on are taken for "no end"; trial ends and open questions do not count. What a list
/// of customers says is due comes after all that is known of them, and says nothing of today.
pub fn last_days(table: &Table, mapping: &Mapping, zone: &Rc<Zone>) -> LastDays {
    let reading = Reading::new(
        table,
        mapping,
        Frame {
            zone: Rc::clone(zone),
            calendar: None,
            promises: Rc::default(),
            as_of: None,
            currency: None,
            rates: Rc::default(),
            health: Rc::default(),
            ledger: LedgerChoices::default(),
        },
    );
    let far = Date::from_ymd(2100, 1, 1).map_or(i64::MAX, |day| day.start().0);
    let mut last = None;
    let mut last_due = None;
    let counts = mapping.is(Kind::Funnel) || mapping.is(Kind::Operations);
    for (column, meaning) in mapping.columns.iter().enumerate() {
        let Some(role) = meaning.role else { continue };
        if role.nature() != crate::engine::roles::Nature::Date
            || role == Role::TrialEndsAt
            || !meaning.open.is_empty()
        {
            continue;
        }
        let latest = match &table.columns[column].cells {
            // Looked at in place: a copy of a long column takes longer than the look.
            Cells::Instants { moments, others } if others.is_empty() => {
                moments.latest_before(far, zone)
            }
            _ => {
                let moments = reading.instants(column).values;
                moments.into_iter().filter(|v| *v < far).max()
            }
        };
        let latest = latest.filter(|v| *v != crate::engine::table::column::NO_INSTANT);
        let day = latest.map(|ms| crate::engine::base::Instant(ms).date());
        let whole_months = role == Role::Month
            || (role == Role::OccurredAt && counts && are_first_days(&reading, column));
        let day = if whole_months {
            day.map(|day| day.first_of_month().plus_months(1).plus_days(-1))
        } else {
            day
        };
        if PLANNED.contains(&role) {
            if mapping.kinds != [Kind::Account] {
                last_due = last_due.max(day);
            }
        } else {
            last = last.max(day);
        }
    }
    LastDays {
        seen: last,
        planned: last_due,
    }
}
