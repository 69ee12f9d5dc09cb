//! The ledger: who pays how much a month, from when until when.
//!
//! Amounts are whole billionths of a currency unit, so that sums are exact, do not depend on the
//! order of rows, and a customer who pays nothing has exactly nothing.

use std::cell::RefCell;
use std::rc::Rc;

use super::NO_DAY;
use super::money;
use super::reading::{self, Reading};
use crate::engine::base::{Date, Instant, Period};
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::NO_INSTANT;
use crate::engine::table::keys::Keys;

/// Billionths in one unit of money.
pub const NANOS: f64 = 1e9;

/// Stands for "goes on" in lists of end days.
const NO_END: i32 = i32::MAX;

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
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// Numbers of customers run below this.
    pub customer_limit: usize,
    /// The amounts are money; else every customer counts 1.
    pub has_amounts: bool,
    /// The currencies in use, most frequent first; empty where no column says.
    pub currencies: Vec<String>,
    /// How the amounts were understood, as codes for notes.
    pub remarks: Vec<&'static str>,
}

/// Reads subscriptions: amounts per interval and seat become amounts a month.
pub fn from_subscriptions(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let starts = reading.instants_of(Role::StartedAt)?;
    let ends = reading.instants_of(Role::EndedAt);
    let mut reasons = reading.reasons();
    reading::require_instants(&starts, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    let mut end_days = vec![NO_END; reasons.len()];
    if let Some(ends) = &ends {
        reading::mark_invalid(
            &ends.invalid,
            &mut reasons,
            Reason::Used,
            Reason::DateInvalid,
        );
        for (row, end) in end_days.iter_mut().enumerate() {
            if ends.values[row] != NO_INSTANT {
                *end = Instant(ends.values[row]).date().0;
            }
            if reasons[row] == Reason::Used
                && ends.values[row] != NO_INSTANT
                && ends.values[row] < starts.values[row]
            {
                reasons[row] = Reason::EndsBeforeStart;
            }
        }
    }
    let mut remarks = Vec::new();
    let amounts = monthly_amounts(reading, &mut reasons, &mut remarks)?;
    let mut start_days = reading::days(&starts);
    leave_out_trials(reading, &mut start_days, &end_days, &mut reasons);
    Some(LedgerRows {
        starts: start_days,
        ends: end_days,
        amounts,
        currencies: money::currencies(reading, Role::Amount, &reasons),
        ..rows(&customers, reasons, remarks)
    })
}

/// Words of billing systems for subscriptions that nobody has paid for yet.
const UNPAID: [&str; 7] = [
    "trialing",
    "trial",
    "in_trial",
    "in trial",
    "on trial",
    "incomplete",
    "incomplete_expired",
];

/// A free trial brings no revenue: the subscription counts from the end of its trial, and not at
/// all while the trial lasts or where it ended with it.
fn leave_out_trials(
    reading: &Reading<'_>,
    starts: &mut [i32],
    ends: &[i32],
    reasons: &mut [Reason],
) {
    if let Some(trials) = reading.instants_of(Role::TrialEndsAt) {
        let last = reading.frame.as_of.map_or(NO_END, |day| day.0);
        for (row, trial_end) in reading::days(&trials).into_iter().enumerate() {
            if reasons[row] != Reason::Used || trial_end == NO_DAY || trial_end <= starts[row] {
                continue;
            }
            if trial_end > last || ends[row] <= trial_end {
                reasons[row] = Reason::Trial;
            } else {
                starts[row] = trial_end;
            }
        }
    }
    if let Some(keys) = reading.keys_of(Role::Status) {
        let unpaid: Vec<bool> = keys
            .texts
            .texts()
            .map(|text| UNPAID.contains(&text.trim().to_lowercase().as_str()))
            .collect();
        for (reason, code) in reasons.iter_mut().zip(keys.codes.iter()) {
            if *reason == Reason::Used && unpaid[*code as usize] {
                *reason = Reason::Trial;
            }
        }
    }
}

/// Reads one row a customer and month.
pub fn from_months(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let months = reading.instants_of(Role::Month)?;
    let cells = money::amounts_of(reading, Role::RecurringRevenue)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&months, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    reading::require_numbers(&cells, &mut reasons);
    let firsts: Vec<i32> = reading::days(&months)
        .into_iter()
        .map(|day| {
            if day == NO_DAY {
                NO_DAY
            } else {
                Date(day).first_of_month().0
            }
        })
        .collect();
    let ends = firsts
        .iter()
        .map(|&day| {
            if day == NO_DAY {
                NO_END
            } else {
                Date(day).plus_months(1).0
            }
        })
        .collect();
    Some(LedgerRows {
        starts: firsts,
        ends,
        amounts: cells.values.iter().map(|amount| nanos(*amount)).collect(),
        currencies: money::currencies(reading, Role::RecurringRevenue, &reasons),
        ..rows(&customers, reasons, Vec::new())
    })
}

/// Reads customers with a start and perhaps an end; every customer counts 1.
pub fn from_accounts(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let starts = reading.instants_of(Role::StartedAt)?;
    let ends = reading.instants_of(Role::EndedAt)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&starts, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    reading::mark_invalid(
        &ends.invalid,
        &mut reasons,
        Reason::Used,
        Reason::DateInvalid,
    );
    let mut end_days = vec![NO_END; reasons.len()];
    for (row, end) in end_days.iter_mut().enumerate() {
        if ends.values[row] == NO_INSTANT {
            continue;
        }
        *end = Instant(ends.values[row]).date().0;
        if reasons[row] == Reason::Used && ends.values[row] < starts.values[row] {
            reasons[row] = Reason::EndsBeforeStart;
        }
    }
    let count = reasons.len();
    Some(LedgerRows {
        starts: reading::days(&starts),
        ends: end_days,
        amounts: vec![nanos(1.0); count],
        has_amounts: false,
        ..rows(&customers, reasons, Vec::new())
    })
}

fn rows(customers: &Keys<'_>, reasons: Vec<Reason>, remarks: Vec<&'static str>) -> LedgerRows {
    LedgerRows {
        customers: customers.codes.to_vec(),
        starts: Vec::new(),
        ends: Vec::new(),
        amounts: Vec::new(),
        reasons,
        customer_limit: customers.texts.len(),
        has_amounts: true,
        currencies: Vec::new(),
        remarks,
    }
}

fn nanos(amount: f64) -> i64 {
    (amount * NANOS).round() as i64
}

/// Months from start to end of each row, where amounts are for the whole stretch between them. A
/// line without a stretch of time is a one-off and no recurring revenue.
fn stretch_months(reading: &Reading<'_>, reasons: &mut [Reason]) -> Option<Vec<f64>> {
    if !reading.mapping.amount_spans_stretch {
        return None;
    }
    let starts = reading.instants_of(Role::StartedAt)?;
    let ends = reading.instants_of(Role::EndedAt)?;
    let months = |row: usize| {
        let (start, end) = (starts.values[row], ends.values[row]);
        if start == NO_INSTANT || end == NO_INSTANT {
            return 0.0;
        }
        months_between(Instant(start).date(), Instant(end).date())
    };
    let lengths: Vec<f64> = (0..reasons.len()).map(months).collect();
    for (reason, length) in reasons.iter_mut().zip(&lengths) {
        if *reason == Reason::Used && *length <= 0.0 {
            *reason = Reason::DateMissing;
        }
    }
    Some(lengths)
}

/// Amounts a month in billionths: amount × quantity ÷ months of the interval.
fn monthly_amounts(
    reading: &Reading<'_>,
    reasons: &mut [Reason],
    remarks: &mut Vec<&'static str>,
) -> Option<Vec<i64>> {
    let column = reading.mapping.column_of(Role::Amount)?;
    let cells = money::amounts_of(reading, Role::Amount)?;
    reading::require_numbers(&cells, reasons);
    let header = crate::engine::roles::synonyms::normal(&reading.table.columns[column].name);
    let has = |words: &[&str]| header.split(' ').any(|word| words.contains(&word));
    let intervals = reading.keys_of(Role::Interval);
    let months: Option<Vec<Option<f64>>> = intervals.as_ref().map(|keys| {
        let texts = keys.texts.texts();
        texts.map(|text| interval_months(&text)).collect()
    });
    let counts = reading.numbers_of(Role::IntervalCount);
    let whole_year = intervals.is_none() && has(&["arr", "acv", "annual", "yearly", "year"]);
    if intervals.is_none() && !reading.mapping.amount_spans_stretch {
        remarks.push(if whole_year {
            "amount_taken_as_yearly"
        } else {
            "amount_taken_as_monthly"
        });
    }
    // An amount that is called a total or MRR already holds all seats.
    let total = has(&[
        "mrr",
        "arr",
        "acv",
        "monthly",
        "total",
        "revenue",
        "recurring",
        "contract",
    ]);
    let quantities = reading.numbers_of(Role::Quantity);
    if quantities.is_some() {
        remarks.push(if total {
            "quantity_not_applied"
        } else {
            "amount_times_quantity"
        });
    }
    let stretches = stretch_months(reading, reasons);
    let amounts = (0..reasons.len())
        .map(|row| {
            if reasons[row] != Reason::Used {
                return 0;
            }
            let mut length = if whole_year { 12.0 } else { 1.0 };
            if let Some(stretches) = &stretches {
                length = stretches[row];
            }
            if let (Some(keys), Some(months)) = (&intervals, &months) {
                if let Some(months) = months[keys.codes[row] as usize] {
                    length = months;
                } else {
                    reasons[row] = Reason::IntervalInvalid;
                    return 0;
                }
            }
            if let Some(count) = counts
                .as_ref()
                .map(|cells| cells.values[row])
                .filter(|count| *count > 0.0)
            {
                length *= count;
            }
            let mut amount = cells.values[row] / length;
            if !total
                && let Some(quantity) = quantities
                    .as_ref()
                    .map(|cells| cells.values[row])
                    .filter(|q| !q.is_nan())
            {
                amount *= quantity;
            }
            nanos(amount)
        })
        .collect();
    Some(amounts)
}

/// Months between two days: whole ones by the calendar, the rest as a share of 30.4375 days. An
/// end on the last day of a month, as some systems write it, is the first of the next.
fn months_between(start: Date, end: Date) -> f64 {
    let next = end.plus_days(1);
    let end = if next.first_of_month() == next && start.first_of_month() == start {
        next
    } else {
        end
    };
    let mut whole = 0;
    while start.plus_months(whole + 1) <= end && whole < 1_200 {
        whole += 1;
    }
    let rest = end.0 - start.plus_months(whole).0;
    f64::from(whole) + f64::from(rest.max(0)) / 30.4375
}

/// Months in a billing interval, from the words that billing systems use. A week is 7 days of a
/// year of 365.25 days; an empty cell is a month.
pub fn interval_months(text: &str) -> Option<f64> {
    let word = text.trim().to_lowercase();
    if crate::engine::table::value::missing::is_missing(&word) {
        return Some(1.0);
    }
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = word
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches([' ', '-', '_', 'x', '×']);
    let count = if digits.is_empty() {
        1.0
    } else {
        digits.parse().ok().filter(|n| *n > 0.0)?
    };
    let unit = match rest.trim_end_matches('.') {
        "month" | "months" | "monthly" | "mo" | "m" | "mon" | "per month" | "monat"
        | "monatlich" | "month-to-month" | "mensuel" | "mensual" => 1.0,
        "quarter" | "quarters" | "quarterly" | "q" | "qtr" | "quartal" | "quartalsweise"
        | "trimestral" => 3.0,
        "semiannual" | "semi-annual" | "semi-annually" | "half-yearly" | "half year"
        | "half-year" | "biannual" | "halbjährlich" => 6.0,
        "year" | "years" | "yearly" | "annual" | "annually" | "yr" | "y" | "a" | "per year"
        | "jahr" | "jährlich" | "anual" | "annuel" => 12.0,
        "biennial" | "biennially" | "two years" => 24.0,
        "triennial" => 36.0,
        "week" | "weeks" | "weekly" | "wk" | "w" | "woche" | "wöchentlich" => 7.0 * 12.0 / 365.25,
        "day" | "days" | "daily" | "d" => 12.0 / 365.25,
        _ => return None,
    };
    Some(count * unit)
}

/// The ledger of some rows, ready to be asked for any day.
#[derive(Debug)]
pub struct Ledger {
    rows: Vec<Stretch>,
    /// Stretches without a gap in which a customer paid, by customer and start.
    lifetimes: Vec<(u32, i32, i32)>,
    first_starts: Vec<i32>,
    customers: usize,
    /// The amounts are money.
    pub has_amounts: bool,
    recent: RefCell<Vec<(i32, Rc<Vec<i64>>)>>,
}

#[derive(Clone, Copy, Debug)]
struct Stretch {
    customer: u32,
    start: i32,
    end: i32,
    amount: i64,
}

/// How the recurring revenue at one end of a period became that at the other, in billionths.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Movements {
    /// At the end of the day before the period.
    pub opening: i128,
    /// From customers who never paid before.
    pub new: i128,
    /// From customers who had left before the period.
    pub reactivation: i128,
    /// More from customers who paid at both ends.
    pub expansion: i128,
    /// Less from customers who paid at both ends, as a positive amount.
    pub contraction: i128,
    /// From customers who no longer pay, as a positive amount.
    pub churn: i128,
    /// At the end of the last day of the period.
    pub closing: i128,
    /// Customers behind each of them, in the same order.
    pub customers: MovementCounts,
}

/// How many customers are behind each movement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MovementCounts {
    /// Paying at the start.
    pub opening: u64,
    /// New.
    pub new: u64,
    /// Came back.
    pub reactivation: u64,
    /// Pay more.
    pub expansion: u64,
    /// Pay less.
    pub contraction: u64,
    /// Left.
    pub churn: u64,
    /// Paying at the end.
    pub closing: u64,
}

/// How many snapshots are kept: a year of month ends and a little more.
const SNAPSHOTS_KEPT: usize = 14;

impl Ledger {
    /// The ledger of these rows.
    pub fn from_rows(facts: &LedgerRows, rows: &[u32]) -> Self {
        let mut local = vec![u32::MAX; facts.customer_limit];
        let mut customers = 0;
        let mut stretches = Vec::with_capacity(rows.len());
        for &row in rows {
            let row = row as usize;
            let place = &mut local[facts.customers[row] as usize];
            if *place == u32::MAX {
                *place = customers;
                customers += 1;
            }
            stretches.push(Stretch {
                customer: *place,
                start: facts.starts[row],
                end: facts.ends[row],
                amount: facts.amounts[row],
            });
        }
        let lifetimes = lifetimes(&stretches);
        let mut first_starts = vec![NO_END; customers as usize];
        for (customer, start, _) in &lifetimes {
            let first = &mut first_starts[*customer as usize];
            *first = (*first).min(*start);
        }
        Self {
            rows: stretches,
            lifetimes,
            first_starts,
            customers: customers as usize,
            has_amounts: facts.has_amounts,
            recent: RefCell::default(),
        }
    }

    /// The first day on which anyone pays.
    pub fn first_day(&self) -> Option<Date> {
        self.lifetimes
            .iter()
            .map(|(_, start, _)| *start)
            .min()
            .map(Date)
    }

    /// What each customer pays a month at the end of the day, in billionths.
    pub fn snapshot(&self, day: Date) -> Rc<Vec<i64>> {
        if let Some((_, kept)) = self
            .recent
            .borrow()
            .iter()
            .find(|(known, _)| *known == day.0)
        {
            return Rc::clone(kept);
        }
        let mut paying = vec![0_i64; self.customers];
        for stretch in &self.rows {
            if stretch.start <= day.0 && day.0 < stretch.end {
                paying[stretch.customer as usize] += stretch.amount;
            }
        }
        let paying = Rc::new(paying);
        let mut recent = self.recent.borrow_mut();
        if recent.len() >= SNAPSHOTS_KEPT {
            recent.remove(0);
        }
        recent.push((day.0, Rc::clone(&paying)));
        paying
    }

    /// What each customer paid at the two ends of the period.
    pub fn ends(&self, period: Period) -> (Rc<Vec<i64>>, Rc<Vec<i64>>) {
        (
            self.snapshot(period.start.plus_days(-1)),
            self.snapshot(period.end.plus_days(-1)),
        )
    }

    /// How the recurring revenue changed between the two ends of the period.
    pub fn movements(&self, period: Period) -> Movements {
        let (before, after) = self.ends(period);
        let mut moved = Movements::default();
        for (customer, (&from, &to)) in before.iter().zip(after.iter()).enumerate() {
            let (from_amount, to_amount) = (i128::from(from), i128::from(to));
            moved.opening += from_amount;
            moved.closing += to_amount;
            moved.customers.opening += u64::from(from > 0);
            moved.customers.closing += u64::from(to > 0);
            let change = to_amount - from_amount;
            match (from > 0, to > 0) {
                (false, true) if self.first_starts[customer] >= period.start.0 => {
                    moved.new += change;
                    moved.customers.new += 1;
                }
                (false, true) => {
                    moved.reactivation += change;
                    moved.customers.reactivation += 1;
                }
                (true, false) => {
                    moved.churn -= change;
                    moved.customers.churn += 1;
                }
                _ if change > 0 => {
                    moved.expansion += change;
                    moved.customers.expansion += 1;
                }
                _ if change < 0 => {
                    moved.contraction -= change;
                    moved.customers.contraction += 1;
                }
                _ => {}
            }
        }
        moved
    }

    /// How often a customer stopped paying within the period, returners counted each time.
    pub fn departures(&self, period: Period) -> u64 {
        self.lifetimes
            .iter()
            .filter(|(_, _, end)| period.start.0 <= *end && *end < period.end.0)
            .count() as u64
    }

    /// Customers who paid for the first time within the period.
    pub fn first_timers(&self, period: Period) -> u64 {
        self.first_starts
            .iter()
            .filter(|start| period.contains(Date(**start)))
            .count() as u64
    }
}

/// Joins the stretches of each customer that touch or overlap. Amounts of nothing do not count.
fn lifetimes(stretches: &[Stretch]) -> Vec<(u32, i32, i32)> {
    let mut paid: Vec<(u32, i32, i32)> = stretches
        .iter()
        .filter(|s| s.amount > 0 && s.start < s.end)
        .map(|s| (s.customer, s.start, s.end))
        .collect();
    paid.sort_unstable();
    let mut joined: Vec<(u32, i32, i32)> = Vec::with_capacity(paid.len());
    for (customer, start, end) in paid {
        match joined.last_mut() {
            Some((same, _, until)) if *same == customer && start <= *until => {
                *until = (*until).max(end);
            }
            _ => joined.push((customer, start, end)),
        }
    }
    joined
}

/// Billionths as units of money.
pub const fn money(nanos: i128) -> f64 {
    nanos as f64 / NANOS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_months() {
        for (text, months) in [
            ("month", 1.0),
            ("Yearly", 12.0),
            ("quarter", 3.0),
            ("6 months", 6.0),
            ("annual", 12.0),
            ("", 1.0),
            ("2-year", 24.0),
        ] {
            assert_eq!(
                interval_months(text).map(f64::to_bits),
                Some(f64::to_bits(months)),
                "{text}"
            );
        }
        assert_eq!(interval_months("sometimes"), None);
    }

    #[test]
    fn a_gap_of_a_day_is_a_departure_and_touching_stretches_are_not() {
        let stretch = |start, end| Stretch {
            customer: 0,
            start,
            end,
            amount: 1,
        };
        assert_eq!(lifetimes(&[stretch(0, 10), stretch(10, 20)]), [(0, 0, 20)]);
        assert_eq!(
            lifetimes(&[stretch(11, 20), stretch(0, 10)]),
            [(0, 0, 10), (0, 11, 20)]
        );
    }
}
