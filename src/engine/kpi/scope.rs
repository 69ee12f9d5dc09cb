//! What a KPI is asked about: some facts, some rows of them, and a stretch of time.

use std::collections::BTreeMap;

use serde_json::Value;

use super::estimate::{LEVEL, Spread, interval};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Period, Refusal};
use crate::engine::facts::{
    AccountRevenue, Accounts, Activity, ActivityRows, Backlog, Counts, Deliveries, Durations,
    Facts, FirstValues, Health, Ledger, LedgerRows, Measure, OpenTickets, OrderHistories, Orders,
    Purchases, Referrals, Renewals, Reopens, Scores, ServiceLevels, Spend, Tenures, Typed,
};
use crate::engine::report::Interval;
use crate::engine::roles::ScoreQuestion;
use crate::engine::stats::bootstrap::{self, RatioInterval};
use crate::engine::stats::ratio_sums::RatioSums;
use crate::engine::table::Reason;

/// The facts that a KPI rests on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Basis {
    /// Answers to this question, each column by itself.
    Scores(ScoreQuestion),
    /// Satisfaction with tickets.
    Satisfaction,
    /// Times to the first reply.
    FirstResponse,
    /// Times to the solution.
    Resolution,
    /// Times to the first reply, each on the day of the reply.
    Replied,
    /// Times to the solution, each on the day of the solution.
    Solved,
    /// Promises that were kept or not.
    ServiceLevels,
    /// Tickets that were opened again.
    Reopens,
    /// Which tickets are open.
    Backlog,
    /// Recurring revenue of customers over time, in money.
    Ledger,
    /// Customers over time, with or without money.
    Customers,
    /// Orders.
    Orders,
    /// Active days of users.
    Activity,
    /// Customers who stayed or left, without dates.
    Accounts,
    /// What customers of a list pay, without dates.
    AccountRevenue,
    /// How often customers of a list recommended the company.
    Referrals,
    /// When customers of a list began, and when they got what they came for.
    FirstValues,
    /// How accounts of a list are doing.
    Health,
    /// Contracts that came up for renewal.
    Renewals,
    /// Money spent to win customers.
    Spend,
    /// Counts of this measure.
    Counts(Measure),
    /// Deliveries.
    Deliveries,
    /// Orders of known customers.
    Purchases,
    /// Orders of known customers with what they cost, nothing included.
    Histories,
    /// Typed figures.
    Typed,
}

impl Basis {
    /// Whether a figure on it compares days or months and so always covers a period.
    pub const fn is_over_time(self) -> bool {
        matches!(
            self,
            Self::Ledger | Self::Customers | Self::Activity | Self::Backlog
        )
    }

    /// The same facts placed in time by another date; absent where there is only one.
    pub const fn dated_otherwise(self) -> Option<Self> {
        match self {
            Self::FirstResponse => Some(Self::Replied),
            Self::Replied => Some(Self::FirstResponse),
            Self::Resolution => Some(Self::Solved),
            Self::Solved => Some(Self::Resolution),
            _ => None,
        }
    }
}

/// The facts of a basis.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// Answers.
    Scores(&'a Scores),
    /// Durations, each on the day on which it began.
    Durations(&'a Durations),
    /// Durations, each on the day on which it ended.
    Ended(&'a Durations),
    /// Promises.
    ServiceLevels(&'a ServiceLevels),
    /// Tickets opened again.
    Reopens(&'a Reopens),
    /// Open tickets.
    Backlog(&'a Backlog),
    /// Orders.
    Orders(&'a Orders),
    /// Customers without dates.
    Accounts(&'a Accounts),
    /// Customers over time.
    Ledger(&'a LedgerRows),
    /// Active days.
    Activity(&'a ActivityRows),
    /// What customers pay, without dates.
    AccountRevenue(&'a AccountRevenue),
    /// Recommendations of customers, without dates.
    Referrals(&'a Referrals),
    /// Starts and first values.
    FirstValues(&'a FirstValues),
    /// Measures of accounts.
    Health(&'a Health),
    /// Contracts.
    Renewals(&'a Renewals),
    /// Expenses.
    Spend(&'a Spend),
    /// Counts.
    Counts(&'a Counts),
    /// Deliveries.
    Deliveries(&'a Deliveries),
    /// Orders of known customers.
    Purchases(&'a Purchases),
    /// Orders of known customers with what they cost.
    Histories(&'a OrderHistories),
    /// Typed figures.
    Typed(&'a Typed),
}

impl<'a> Subject<'a> {
    /// All subjects of the basis in the facts: several where several columns hold scores.
    pub fn all(facts: &'a Facts, basis: Basis) -> Vec<Self> {
        match basis {
            Basis::Scores(question) => facts
                .scores
                .iter()
                .filter(|s| s.question == question)
                .map(Subject::Scores)
                .collect(),
            Basis::Satisfaction => facts.satisfaction.iter().map(Subject::Scores).collect(),
            Basis::FirstResponse => facts
                .first_response
                .iter()
                .map(Subject::Durations)
                .collect(),
            Basis::Resolution => facts.resolution.iter().map(Subject::Durations).collect(),
            Basis::Replied => facts.first_response.iter().map(Subject::Ended).collect(),
            Basis::Solved => facts.resolution.iter().map(Subject::Ended).collect(),
            Basis::ServiceLevels => facts
                .service_levels
                .iter()
                .map(Subject::ServiceLevels)
                .collect(),
            Basis::Reopens => facts.reopens.iter().map(Subject::Reopens).collect(),
            Basis::Backlog => facts.backlog.iter().map(Subject::Backlog).collect(),
            Basis::Ledger => facts
                .ledger
                .iter()
                .filter(|l| l.has_amounts)
                .map(Subject::Ledger)
                .collect(),
            Basis::Customers => facts.ledger.iter().map(Subject::Ledger).collect(),
            Basis::Orders => facts.orders.iter().map(Subject::Orders).collect(),
            Basis::Activity => facts.activity.iter().map(Subject::Activity).collect(),
            Basis::Accounts => facts.accounts.iter().map(Subject::Accounts).collect(),
            Basis::AccountRevenue => facts
                .account_revenue
                .iter()
                .map(Subject::AccountRevenue)
                .collect(),
            Basis::Referrals => facts.referrals.iter().map(Subject::Referrals).collect(),
            Basis::FirstValues => facts
                .first_values
                .iter()
                .map(Subject::FirstValues)
                .collect(),
            Basis::Health => facts.health.iter().map(Subject::Health).collect(),
            Basis::Renewals => facts.renewals.iter().map(Subject::Renewals).collect(),
            Basis::Spend => facts.spend.iter().map(Subject::Spend).collect(),
            Basis::Counts(measure) => facts
                .counts
                .iter()
                .filter(|counts| counts.measure == measure)
                .map(Subject::Counts)
                .collect(),
            Basis::Deliveries => facts.deliveries.iter().map(Subject::Deliveries).collect(),
            Basis::Purchases => facts.purchases.iter().map(Subject::Purchases).collect(),
            Basis::Histories => facts.histories.iter().map(Subject::Histories).collect(),
            Basis::Typed => facts.typed.iter().map(Subject::Typed).collect(),
        }
    }

    /// Why each row is left out, or that it is used.
    pub fn reasons(&self) -> &'a [Reason] {
        match self {
            Self::Scores(facts) => &facts.reasons,
            Self::Durations(facts) | Self::Ended(facts) => &facts.reasons,
            Self::ServiceLevels(facts) => &facts.reasons,
            Self::Reopens(facts) => &facts.reasons,
            Self::Backlog(facts) => &facts.reasons,
            Self::Orders(facts) => &facts.reasons,
            Self::Accounts(facts) => &facts.reasons,
            Self::Ledger(facts) => &facts.reasons,
            Self::Activity(facts) => &facts.reasons,
            Self::AccountRevenue(facts) => &facts.reasons,
            Self::Referrals(facts) => &facts.reasons,
            Self::FirstValues(facts) => &facts.reasons,
            Self::Health(facts) => &facts.reasons,
            Self::Renewals(facts) => &facts.reasons,
            Self::Spend(facts) => &facts.reasons,
            Self::Counts(facts) => &facts.reasons,
            Self::Deliveries(facts) => &facts.reasons,
            Self::Purchases(facts) => &facts.reasons,
            Self::Histories(facts) => &facts.reasons,
            Self::Typed(facts) => &facts.reasons,
        }
    }

    /// The day of each row, for facts that belong to one day.
    pub fn days(&self) -> Option<&'a [i32]> {
        match self {
            Self::Scores(facts) => facts.days.as_deref(),
            Self::Durations(facts) => facts.days.as_deref().map(Vec::as_slice),
            Self::Ended(facts) => facts.done_days.as_deref(),
            Self::ServiceLevels(facts) => facts.days.as_deref().map(Vec::as_slice),
            Self::Reopens(facts) => facts.days.as_deref().map(Vec::as_slice),
            Self::Orders(facts) => facts.days.as_deref(),
            Self::Activity(facts) => Some(&facts.days),
            Self::FirstValues(facts) => Some(&facts.days),
            Self::Renewals(facts) => Some(&facts.days),
            Self::Spend(facts) => Some(&facts.days),
            Self::Counts(facts) => facts.days.as_deref(),
            Self::Deliveries(facts) => Some(&facts.days),
            Self::Purchases(facts) => Some(&facts.days),
            Self::Histories(facts) => Some(&facts.days),
            Self::Typed(facts) => facts.days.as_deref(),
            Self::Accounts(_)
            | Self::AccountRevenue(_)
            | Self::Referrals(_)
            | Self::Health(_)
            | Self::Ledger(_)
            | Self::Backlog(_) => None,
        }
    }

    /// The column, where a table can have several subjects of one basis.
    pub const fn column(&self) -> Option<usize> {
        match self {
            Self::Scores(facts) => Some(facts.column),
            // Only to say about which column a question is open.
            Self::Health(facts) => facts.open,
            _ => None,
        }
    }

    /// Whether something about these facts must be asked first.
    pub const fn is_open(&self) -> bool {
        match self {
            Self::Scores(facts) => facts.is_open,
            Self::Health(facts) => facts.open.is_some(),
            _ => false,
        }
    }

    /// In a long survey: the question as written.
    pub fn asked(&self) -> Option<&'a str> {
        match self {
            Self::Scores(facts) => facts.asked.as_deref(),
            _ => None,
        }
    }

    /// The currencies of its money, most frequent first.
    pub fn currencies(&self) -> &'a [String] {
        match self {
            Self::Orders(facts) => &facts.currencies,
            Self::Ledger(facts) => &facts.currencies,
            Self::AccountRevenue(facts) => &facts.currencies,
            Self::Renewals(facts) => &facts.currencies,
            Self::Spend(facts) => &facts.currencies,
            Self::Counts(facts) => &facts.currencies,
            Self::Histories(facts) => &facts.currencies,
            _ => &[],
        }
    }
}

/// How much is wanted of an estimate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Detail {
    /// Everything, the chart too.
    Headline,
    /// Value and interval: a point of a series.
    Point,
    /// Value and interval, and how long customers stay: a segment.
    Segment,
    /// The value as classes of customers, to compare two rules.
    Bridge,
}

/// What a KPI is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The facts.
    pub subject: Subject<'a>,
    /// Rows of the facts that count, ascending; already those of the window for facts with days.
    pub rows: &'a [u32],
    /// Rows of the facts that count in any window, ascending.
    pub all_rows: &'a [u32],
    /// The ledger of the rows, where the subject is one.
    pub ledger: Option<&'a Ledger>,
    /// Customers over time from another table, for a figure that needs both.
    pub beside: Option<&'a Ledger>,
    /// By the number of a customer in that other table, the number in this one; 0 for none.
    pub same_customers: Option<&'a [u32]>,
    /// How long customers of the table have been ones, without dates.
    pub tenures: Option<&'a Tenures>,
    /// The activity of the rows, where the subject is one.
    pub activity: Option<&'a Activity>,
    /// Open tickets by day, where the subject says which they are.
    pub open_tickets: Option<&'a OpenTickets>,
    /// The stretch of time; absent for everything.
    pub window: Option<Period>,
    /// The last day that counts; absent where no table holds a date.
    pub as_of: Option<Date>,
    /// Questions sent in the period that nobody answered; only where the table says when questions
    /// were sent, and only for a headline.
    pub unanswered: Option<u64>,
    /// Parameters, by full name.
    pub settings: &'a BTreeMap<String, Value>,
    /// How much is wanted.
    pub detail: Detail,
}

impl<'a> Scope<'a> {
    /// The answers that count.
    pub fn answers(&self) -> Outcome<(&'a Scores, impl Iterator<Item = f64> + use<'a>)> {
        match self.subject {
            Subject::Scores(scores) => {
                let rows = self.rows;
                Ok((scores, rows.iter().map(|&row| scores.values[row as usize])))
            }
            _ => Err(wrong_subject()),
        }
    }

    /// The durations that count: rows of these facts.
    pub fn durations(&self) -> Outcome<&'a Durations> {
        match self.subject {
            Subject::Durations(durations) | Subject::Ended(durations) => Ok(durations),
            _ => Err(wrong_subject()),
        }
    }

    /// The promises that count: rows of these facts.
    pub fn service_levels(&self) -> Outcome<&'a ServiceLevels> {
        match self.subject {
            Subject::ServiceLevels(levels) => Ok(levels),
            _ => Err(wrong_subject()),
        }
    }

    /// The tickets that count: rows of these facts.
    pub fn reopens(&self) -> Outcome<&'a Reopens> {
        match self.subject {
            Subject::Reopens(reopens) => Ok(reopens),
            _ => Err(wrong_subject()),
        }
    }

    /// Which tickets are open, and how many by day.
    pub fn backlog(&self) -> Outcome<(&'a Backlog, &'a OpenTickets)> {
        match (self.subject, self.open_tickets) {
            (Subject::Backlog(backlog), Some(open)) => Ok((backlog, open)),
            _ => Err(wrong_subject()),
        }
    }

    /// Amounts of the orders that count.
    pub fn order_amounts(&self) -> Outcome<Vec<f64>> {
        match self.subject {
            Subject::Orders(orders) => Ok(self
                .rows
                .iter()
                .map(|&row| orders.amounts[row as usize])
                .filter(|amount| !amount.is_nan())
                .collect()),
            _ => Err(wrong_subject()),
        }
    }

    /// The customers of a list: rows of these facts.
    pub fn accounts(&self) -> Outcome<&'a Accounts> {
        match self.subject {
            Subject::Accounts(accounts) => Ok(accounts),
            _ => Err(wrong_subject()),
        }
    }

    /// For each customer that counts, whether they left.
    pub fn departures(&self) -> Outcome<(u64, u64)> {
        match self.subject {
            Subject::Accounts(accounts) => {
                let left = self
                    .rows
                    .iter()
                    .filter(|&&row| accounts.left[row as usize])
                    .count() as u64;
                Ok((left, self.rows.len() as u64))
            }
            _ => Err(wrong_subject()),
        }
    }

    /// The ledger and the period.
    pub fn ledger(&self) -> Outcome<(&'a Ledger, Period)> {
        match (self.ledger, self.window) {
            (Some(ledger), Some(window)) => Ok((ledger, window)),
            _ => Err(wrong_subject()),
        }
    }

    /// The starts and first values that count: rows of these facts.
    pub fn first_values(&self) -> Outcome<&'a FirstValues> {
        match self.subject {
            Subject::FirstValues(values) => Ok(values),
            _ => Err(wrong_subject()),
        }
    }

    /// The measures of the accounts that count: rows of these facts.
    pub fn health(&self) -> Outcome<&'a Health> {
        match self.subject {
            Subject::Health(health) => Ok(health),
            _ => Err(wrong_subject()),
        }
    }

    /// The contracts that count: rows of these facts.
    pub fn renewals(&self) -> Outcome<&'a Renewals> {
        match self.subject {
            Subject::Renewals(renewals) => Ok(renewals),
            _ => Err(wrong_subject()),
        }
    }

    /// The counts: rows of these facts.
    pub fn counts(&self) -> Outcome<&'a Counts> {
        match self.subject {
            Subject::Counts(counts) => Ok(counts),
            _ => Err(wrong_subject()),
        }
    }

    /// The deliveries that count: rows of these facts.
    pub fn deliveries(&self) -> Outcome<&'a Deliveries> {
        match self.subject {
            Subject::Deliveries(deliveries) => Ok(deliveries),
            _ => Err(wrong_subject()),
        }
    }

    /// The orders of known customers: rows of these facts.
    pub fn purchases(&self) -> Outcome<&'a Purchases> {
        match self.subject {
            Subject::Purchases(purchases) => Ok(purchases),
            _ => Err(wrong_subject()),
        }
    }

    /// The orders of known customers with what they cost: rows of these facts.
    pub fn histories(&self) -> Outcome<&'a OrderHistories> {
        match self.subject {
            Subject::Histories(histories) => Ok(histories),
            _ => Err(wrong_subject()),
        }
    }

    /// The orders: rows of these facts.
    pub fn orders(&self) -> Outcome<&'a Orders> {
        match self.subject {
            Subject::Orders(orders) => Ok(orders),
            _ => Err(wrong_subject()),
        }
    }

    /// The expenses that count: rows of these facts.
    pub fn spend(&self) -> Outcome<&'a Spend> {
        match self.subject {
            Subject::Spend(spend) => Ok(spend),
            _ => Err(wrong_subject()),
        }
    }

    /// Recommendations of the customers that count: rows of these facts.
    pub fn referrals(&self) -> Outcome<&'a Referrals> {
        match self.subject {
            Subject::Referrals(referrals) => Ok(referrals),
            _ => Err(wrong_subject()),
        }
    }

    /// What the customers that count pay: rows of these facts.
    pub fn account_revenue(&self) -> Outcome<&'a AccountRevenue> {
        match self.subject {
            Subject::AccountRevenue(revenue) => Ok(revenue),
            _ => Err(wrong_subject()),
        }
    }

    /// A typed figure.
    ///
    /// # Errors
    /// `term_missing` where the table has no such term.
    pub fn figure(&self, term: &'static str) -> Outcome<f64> {
        let Subject::Typed(typed) = self.subject else {
            return Err(wrong_subject());
        };
        typed.figure(term, self.rows).ok_or_else(|| {
            Refusal::new(
                "term_missing",
                format!(
                    "No column or row of typed figures is called “{}”.",
                    term.replace('_', " ")
                ),
                "Add it, with its figure.",
            )
        })
    }

    /// A typed figure that may be left out: nothing then.
    pub fn figure_or_nothing(&self, term: &'static str) -> f64 {
        self.figure(term).unwrap_or(0.0)
    }

    /// Whether it is wanted how long customers stay.
    pub fn tells_courses(&self) -> bool {
        matches!(self.detail, Detail::Headline | Detail::Segment)
    }

    /// Whether the classes of a tally must name their customers.
    pub fn names_customers(&self) -> bool {
        self.detail == Detail::Bridge
    }

    /// The activity and the period.
    pub fn activity(&self) -> Outcome<(&'a Activity, Period)> {
        match (self.activity, self.window) {
            (Some(activity), Some(window)) => Ok((activity, window)),
            _ => Err(wrong_subject()),
        }
    }

    /// All activity, and what its rows say.
    pub fn log(&self) -> Outcome<(&'a Activity, &'a ActivityRows)> {
        match (self.activity, self.subject) {
            (Some(activity), Subject::Activity(facts)) => Ok((activity, facts)),
            _ => Err(wrong_subject()),
        }
    }

    /// The names under the parameter of this full name: a list of texts, or one text with commas
    /// between them. Empty where none are set.
    pub fn words(&self, name: &str) -> Vec<String> {
        let given: Vec<&str> = match self.settings.get(name) {
            Some(Value::String(text)) => text.split(',').collect(),
            Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let filled = given.into_iter().map(str::trim).filter(|it| !it.is_empty());
        filled.map(str::to_owned).collect()
    }

    /// The parameter of this full name as a whole number from `least` to ten thousand.
    pub fn whole_setting(&self, name: &str, least: u32, default: u32) -> u32 {
        let given = self.setting(name).filter(|number| number.is_finite());
        given.map_or(default, |number| {
            number.round().clamp(f64::from(least), 10_000.0) as u32
        })
    }

    /// The parameter of this full name, where the user set a number.
    pub fn setting(&self, name: &str) -> Option<f64> {
        self.settings.get(name).and_then(Value::as_f64)
    }

    /// The interval of a ratio of sums over customers, and what a change of it is judged by.
    ///
    /// `pairs`: a numerator and a denominator a customer.
    pub fn ratio_spread(
        &self,
        pairs: impl Iterator<Item = (f64, f64)> + Clone,
    ) -> (Option<Interval>, Spread) {
        let found = self.ratio_interval(pairs.clone());
        let ends = found.map(|found| interval((found.low, found.high), found.method));
        (ends, self.ratio_told(found.as_ref(), pairs))
    }

    /// What a change of a ratio of sums over customers is judged by; a segment also tells the sums,
    /// so that it can be held against the others together.
    pub fn ratio_told(
        &self,
        found: Option<&RatioInterval>,
        pairs: impl Iterator<Item = (f64, f64)>,
    ) -> Spread {
        let error = found.map(|found| found.standard_error);
        if self.detail == Detail::Segment {
            Spread::Ratio(error, RatioSums::of(pairs))
        } else {
            Spread::StandardError(error)
        }
    }

    /// The interval of a ratio of sums over customers: by resampling them, and for points of a
    /// series with many customers by the linearised ratio, which is as good there and much faster.
    ///
    /// `pairs`: a numerator and a denominator a customer.
    fn ratio_interval(
        &self,
        pairs: impl Iterator<Item = (f64, f64)> + Clone,
    ) -> Option<RatioInterval> {
        let is_headline = self.detail == Detail::Headline;
        if !is_headline && pairs.clone().nth(MOST_RESAMPLED_IN_A_POINT).is_some() {
            return bootstrap::linearised_interval(pairs, LEVEL);
        }
        let (numerators, denominators): (Vec<f64>, Vec<f64>) = pairs.unzip();
        let resamples = match self.detail {
            Detail::Headline => 4_000_000_usize
                .div_euclid(numerators.len().max(1))
                .clamp(200, 1_000),
            Detail::Point | Detail::Segment => 300,
            Detail::Bridge => return None,
        };
        bootstrap::ratio_interval(&numerators, &denominators, LEVEL, resamples as u32, 1)
    }
}

/// With more customers, the interval of a point of a series is not resampled.
const MOST_RESAMPLED_IN_A_POINT: usize = 500;

fn wrong_subject() -> Refusal {
    Refusal::new(
        "not_applicable",
        "The rule cannot be applied to this table",
        "Choose another rule.",
    )
}
