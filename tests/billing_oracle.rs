//! Rules that look at more of a bill than its days and its amount, against a slow, obvious second
//! version: the presets of vendors, those who could leave, why customers left, and contracts that
//! are signed and have not begun. Each row is judged by itself, day by day, in plain lists.
#![expect(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::base::Date;
use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{finding, options, report_on};

/// The last day that counts, and first days of the table and of months before the end.
const AS_OF: &str = "2025-06-30";
const FIRST: &str = "2024-01-01";
const TABLES: u32 = 1_000;

fn day(text: &str) -> i32 {
    Date::parse(text).unwrap().0
}

/// One row of billing, as it is written.
#[derive(Clone, Debug)]
struct Bill {
    customer: usize,
    start: i32,
    end: Option<i32>,
    asked: Option<i32>,
    trial_end: Option<i32>,
    signed: Option<i32>,
    status: &'static str,
    /// Cents for one interval, and what is taken off.
    cents: i64,
    discount: i64,
    /// Months of the interval.
    months: i32,
    reason: &'static str,
}

const STATUSES: [&str; 8] = [
    "active", "active", "active", "trialing", "past_due", "unpaid", "paused", "canceled",
];

/// Reasons, and which of them name a payment; the empty one says nothing.
const REASONS: [(&str, Why); 6] = [
    ("", Why::Unknown),
    ("unknown", Why::Unknown),
    ("payment_failed", Why::Payment),
    ("card expired", Why::Payment),
    ("too expensive", Why::Decision),
    ("cancellation_requested", Why::Decision),
];

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Why {
    Unknown,
    Decision,
    Payment,
}

fn why(bill: &Bill) -> Why {
    REASONS
        .iter()
        .find(|(text, _)| *text == bill.reason)
        .unwrap()
        .1
}

fn made(rng: &mut Rng, customers: usize) -> Vec<Bill> {
    let (first, last) = (day(FIRST), day(AS_OF));
    let pick = |rng: &mut Rng, from: &[i64]| from[rng.below(from.len() as u32) as usize];
    let mut bills = Vec::new();
    for customer in 0..customers {
        for _ in 0..=rng.below(3) {
            // Some begin after the last day; days are few, so that they fall together.
            let start = first + 5 * rng.below(((last - first + 80) as u32).div_euclid(5)) as i32;
            let stays = pick(rng, &[0, 5, 20, 40, 95, 200, 400]) as i32;
            let end = (rng.below(3) > 0).then_some(start + stays);
            let asked = (rng.below(3) == 0).then(|| {
                let latest = end.unwrap_or(start + 120);
                start + rng.below((latest - start + 1) as u32) as i32
            });
            let trial = pick(rng, &[-3, 0, 10, 30]) as i32;
            bills.push(Bill {
                customer,
                start,
                end,
                asked,
                trial_end: (rng.below(4) == 0).then_some(start + trial),
                signed: (rng.below(3) > 0)
                    .then(|| start - pick(rng, &[0, 10, 60, 120, 200]) as i32),
                status: STATUSES[rng.below(STATUSES.len() as u32) as usize],
                cents: pick(rng, &[0, 1_200, 1_200, 6_000, 9_600, 24_000]),
                discount: pick(rng, &[0, 0, 0, 1_200]),
                months: [1, 1, 3, 12][rng.below(4) as usize],
                reason: REASONS[rng.below(REASONS.len() as u32) as usize].0,
            });
        }
    }
    for bill in &mut bills {
        bill.discount = bill.discount.min(bill.cents);
    }
    bills
}

fn written(bills: &[Bill]) -> String {
    let mut text = String::from(
        "customer,signed on,started_on,ended_on,cancel requested at,trial end,status,price,discount,interval,cancellation reason\n",
    );
    let date = |day: Option<i32>| day.map_or_else(String::new, |day| Date(day).to_string());
    for it in bills {
        let interval = match it.months {
            1 => "month",
            3 => "quarter",
            _ => "year",
        };
        writeln!(
            text,
            "C{},{},{},{},{},{},{},{:.2},{:.2},{interval},{}",
            it.customer,
            date(it.signed),
            date(Some(it.start)),
            date(it.end),
            date(it.asked),
            date(it.trial_end),
            it.status,
            it.cents as f64 / 100.0,
            it.discount as f64 / 100.0,
            it.reason
        )
        .unwrap();
    }
    text
}

/// What a preset makes of a row otherwise than the default does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Choice {
    WithoutUnpaid,
    WithoutPaused,
    EndsWhenAsked,
    FromNextMonth,
}

use Choice::{EndsWhenAsked, FromNextMonth, WithoutPaused, WithoutUnpaid};

const PRESETS: [(&str, &[Choice]); 5] = [
    ("end_of_period", &[]),
    ("stripe", &[WithoutUnpaid]),
    ("profitwell", &[WithoutUnpaid, WithoutPaused]),
    ("maxio", &[EndsWhenAsked]),
    ("from_next_month", &[FromNextMonth]),
];

/// A row under a preset: from when until when, and cents a month.
#[derive(Clone, Copy, Debug)]
struct Counted<'a> {
    bill: &'a Bill,
    from: i32,
    until: i32,
    cents: i64,
}

impl Counted<'_> {
    fn runs(&self, on: i32) -> bool {
        self.from <= on && on < self.until
    }
}

/// The rows that count under a preset; those signed up to the last day and begun after it too.
fn counted<'a>(bills: &'a [Bill], preset: &[Choice]) -> Vec<Counted<'a>> {
    let last = day(AS_OF);
    let mut told = Vec::new();
    for bill in bills {
        let is_signed = bill.signed.is_some_and(|day| day <= last);
        if bill.start > last && !is_signed {
            continue;
        }
        let left_out = match bill.status {
            "trialing" => true,
            "unpaid" => preset.contains(&WithoutUnpaid),
            "paused" => preset.contains(&WithoutPaused),
            _ => false,
        };
        if left_out {
            continue;
        }
        // What is over and has no end was over when that was asked for; else nobody knows.
        let is_over = bill.status == "canceled";
        let mut until = match bill.end.or(bill.asked.filter(|_| is_over)) {
            Some(day) => day,
            None if is_over => continue,
            None => i32::MAX,
        };
        if preset.contains(&EndsWhenAsked) {
            until = until.min(bill.asked.unwrap_or(i32::MAX));
        }
        let mut from = bill.start;
        if let Some(trial_end) = bill.trial_end.filter(|end| *end > bill.start) {
            if trial_end > last || until <= trial_end {
                continue;
            }
            from = trial_end;
        }
        if preset.contains(&FromNextMonth) && Date(from).first_of_month() != Date(from) {
            from = Date(from).first_of_month().plus_months(1).0;
        }
        told.push(Counted {
            bill,
            from,
            until,
            cents: (bill.cents - bill.discount).div_euclid(i64::from(bill.months)),
        });
    }
    told
}

/// What a customer pays at the end of a day, of rows that begin up to the last day.
fn paid(rows: &[Counted<'_>], customer: usize, on: i32) -> i64 {
    let own = rows.iter().filter(|it| it.bill.customer == customer);
    own.filter(|it| it.runs(on)).map(|it| it.cents).sum()
}

/// What was expected of one table.
struct Expected<'a> {
    standard: Vec<Counted<'a>>,
    bills: &'a [Bill],
    customers: usize,
    /// First day of the period, and the last one.
    start: i32,
    last: i32,
}

impl Expected<'_> {
    fn monthly(&self, preset: &[Choice]) -> Option<f64> {
        let rows = counted(self.bills, preset);
        let sum = |on: i32| -> i64 { (0..self.customers).map(|it| paid(&rows, it, on)).sum() };
        let someone = sum(self.start - 1) > 0 || sum(self.last) > 0;
        someone.then(|| sum(self.last) as f64 / 100.0)
    }

    fn before(&self, customer: usize) -> i64 {
        paid(&self.standard, customer, self.start - 1)
    }

    fn after(&self, customer: usize) -> i64 {
        paid(&self.standard, customer, self.last)
    }

    fn opening(&self) -> Vec<usize> {
        let all = 0..self.customers;
        all.filter(|it| self.before(*it) > 0).collect()
    }

    fn lost(&self) -> Vec<usize> {
        let opening = self.opening().into_iter();
        opening.filter(|it| self.after(*it) <= 0).collect()
    }

    /// Whether a term of one of the customer's rows ends within the period.
    fn could_leave(&self, customer: usize) -> bool {
        let own = self.standard.iter();
        let own = own.filter(|it| it.bill.customer == customer && it.runs(self.start - 1));
        let within = |on: i32| self.start <= on && on <= self.last;
        own.into_iter().any(|row| {
            let ends = (1..=60).map(|terms| Date(row.from).plus_months(terms * row.bill.months).0);
            within(row.until) || ends.into_iter().any(within)
        })
    }

    /// Why a lost customer left: what the paid row says that ended last.
    fn why(&self, customer: usize) -> Why {
        let own = self
            .standard
            .iter()
            .filter(|it| it.bill.customer == customer);
        let ended =
            own.filter(|it| it.cents > 0 && self.start <= it.until && it.until <= self.last);
        let last = ended.map(|it| (it.until, why(it.bill))).max();
        last.map_or(Why::Unknown, |(_, why)| why)
    }

    fn churn(&self, rule: &str) -> Option<f64> {
        let (opening, lost) = (self.opening(), self.lost());
        let of = |wanted: Why| lost.iter().filter(|it| self.why(**it) == wanted).count();
        let (above, below) = match rule {
            "standard" => (lost.len(), opening.len()),
            "voluntary" => (of(Why::Decision), opening.len()),
            "involuntary" => (of(Why::Payment), opening.len()),
            _ => (
                lost.len(),
                opening.iter().filter(|it| self.could_leave(**it)).count(),
            ),
        };
        (below > 0).then(|| above as f64 / below as f64)
    }

    fn revenue_churn(&self, rule: &str) -> Option<f64> {
        let opening: i64 = self.opening().iter().map(|it| self.before(*it)).sum();
        let lost = self.lost();
        let of = |counts: &dyn Fn(usize) -> bool| -> i64 {
            let those = lost.iter().filter(|it| counts(**it));
            those.map(|it| self.before(*it)).sum()
        };
        let above = match rule {
            "voluntary" => of(&|it| self.why(it) == Why::Decision),
            "involuntary" => of(&|it| self.why(it) == Why::Payment),
            _ => of(&|_| true),
        };
        (opening > 0).then(|| above as f64 / opening as f64)
    }

    fn contracted(&self) -> Option<f64> {
        let mut cents = 0;
        let mut anyone = false;
        for customer in 0..self.customers {
            let own: Vec<&Counted<'_>> = self
                .standard
                .iter()
                .filter(|it| it.bill.customer == customer)
                .collect();
            let ahead = |it: &Counted<'_>| {
                let signed = it.bill.signed.is_some_and(|day| day <= self.last);
                signed && it.from > self.last && it.until > it.from
            };
            let begins = own.iter().filter(|it| ahead(it)).map(|it| it.from).max();
            let pays = match begins {
                None => self.after(customer),
                Some(on) => {
                    let there = own.iter().filter(|it| it.runs(on));
                    let kept = there.filter(|it| ahead(it) || it.runs(self.last));
                    kept.map(|it| it.cents).sum()
                }
            };
            anyone = anyone || begins.is_some() || self.after(customer) > 0;
            cents += pays;
        }
        anyone.then(|| cents as f64 / 100.0 * 12.0)
    }
}

#[track_caller]
fn same(found: Option<f64>, expected: Option<f64>, what: &str) {
    let close = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (found, expected) => found == expected,
    };
    assert!(close, "{what}: {found:?} is not {expected:?}");
}

/// The figure under the rule in force and all others, each at the end of its bridge.
fn check(
    found: &Finding,
    rules: &[&str],
    expected: impl Fn(&str) -> Option<f64>,
    table: &str,
) -> u32 {
    let what = |rule: &str| format!("{} {rule}\n{table}", found.kpi);
    same(found.value, expected(&found.variant), &what(&found.variant));
    if found.value.is_none() {
        return 0;
    }
    for rule in rules {
        let other = found.variants.iter().find(|it| it.variant == *rule);
        let other = other.unwrap_or_else(|| panic!("no rule {rule}"));
        same(other.value, expected(rule), &what(rule));
        if let Some(last) = other.bridge.last() {
            same(
                last.value,
                other.value,
                &format!("bridge to {}", what(rule)),
            );
        } else if let Some(value) = other.value {
            let step_less = (value - found.value.unwrap_or(f64::NAN)).abs() < 1e-9;
            assert!(step_less, "no steps: {}", what(rule));
        }
    }
    rules.len() as u32
}

const CHURN: [&str; 4] = ["standard", "renewable_base", "voluntary", "involuntary"];
const LOST: [&str; 3] = ["churn_only", "voluntary", "involuntary"];

#[test]
fn rules_on_bills_agree_with_a_row_by_row_version() {
    let mut rng = Rng::from_seed(77);
    let mut values = 0;
    let presets: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
    for _ in 0..rounds(TABLES) {
        let customers = 3 + rng.below(9) as usize;
        let months = [1, 1, 3, 12][rng.below(4) as usize];
        let bills = made(&mut rng, customers);
        let table = written(&bills);
        let last = day(AS_OF);
        let expected = Expected {
            standard: counted(&bills, &[]),
            bills: &bills,
            customers,
            start: Date(last + 1).plus_months(-months).0,
            last,
        };
        let one_of = |rng: &mut Rng, rules: &[&str]| {
            rules[rng.below(rules.len() as u32) as usize].to_owned()
        };
        let choices = format!(
            r#"{{"as_of":"{AS_OF}","period":{{"unit":"month","count":{months}}},
            "kpis":["monthly_recurring_revenue","customer_churn_rate","gross_revenue_churn_rate","annual_recurring_revenue"],
            "variants":{{"monthly_recurring_revenue":"{}","customer_churn_rate":"{}","gross_revenue_churn_rate":"{}","annual_recurring_revenue":"{}"}}}}"#,
            one_of(&mut rng, &presets),
            one_of(&mut rng, &CHURN),
            one_of(&mut rng, &LOST),
            one_of(&mut rng, &["end_of_period", "contracted"]),
        );
        let report: Report =
            report_on(&[("pasted", table.as_bytes())], &options(&choices)).unwrap();
        let monthly = |rule: &str| {
            let preset = PRESETS.iter().find(|(name, _)| *name == rule).unwrap().1;
            expected.monthly(preset)
        };
        let found = finding(&report, "monthly_recurring_revenue");
        values += check(found, &presets, monthly, &table);
        let churn = finding(&report, "customer_churn_rate");
        values += check(churn, &CHURN, |rule| expected.churn(rule), &table);
        let lost = finding(&report, "gross_revenue_churn_rate");
        values += check(lost, &LOST, |rule| expected.revenue_churn(rule), &table);
        let yearly = finding(&report, "annual_recurring_revenue");
        let annual = |rule: &str| match rule {
            "contracted" => expected.contracted(),
            _ => expected.monthly(&[]).map(|monthly| monthly * 12.0),
        };
        values += check(yearly, &["end_of_period", "contracted"], annual, &table);
        for found in [churn, lost] {
            let part = |name: &str| {
                let mut parts = found.parts.0.iter();
                parts
                    .find(|(part, _)| part == name)
                    .map(|(_, value)| *value)
            };
            let lost = part(if found.kpi == "customer_churn_rate" {
                "lost"
            } else {
                "churn"
            });
            if let Some(lost) = lost {
                let split =
                    ["voluntary", "involuntary", "reason_unknown"].map(|it| part(it).unwrap());
                same(
                    Some(split.iter().sum()),
                    Some(lost),
                    &format!("split\n{table}"),
                );
            }
        }
    }
    assert!(values > 10_000, "{values}");
}
