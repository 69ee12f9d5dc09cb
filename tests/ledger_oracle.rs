//! Figures on recurring revenue against a slow, obvious second version of them: what each customer
//! pays on each day, in a plain list, looked at customer by customer and day by day. Every rule must
//! agree with it on a few hundred made ledgers with gaps, overlaps, changes on one day, amounts of
//! nothing and stays of no day; and every bridge must lead from one rule to the other.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use kept::engine::base::Date;
use kept::engine::report::{Finding, Status};
use kept::engine::stats::rng::Rng;
use support::{finding, options, report_on};

/// Day 0 of the lists.
const FIRST: &str = "2023-11-01";
/// The day on which the report is made; the last day of a month.
const AS_OF: &str = "2025-02-28";

#[derive(Clone, Debug)]
struct Row {
    customer: usize,
    start: usize,
    end: Option<usize>,
    cents: i64,
    seats: i64,
}

/// What one customer pays, in cents a month, and has, on each day.
#[derive(Clone, Debug)]
struct Life {
    paid: Vec<i64>,
    seats: Vec<i64>,
    subscribed: Vec<bool>,
}

/// A figure under a rule, and the sums that it is the ratio of, or the sum.
#[derive(Clone, Copy, Debug, Default)]
struct Figure {
    value: Option<f64>,
    sums: Option<(f64, Option<f64>)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    New,
    Back,
    More,
    Less,
    Gone,
}

struct Oracle {
    lives: Vec<Life>,
    /// First day of the period, and the first one after it.
    start: usize,
    end: usize,
    /// First days of the months of the period, and the day after it.
    months: Vec<usize>,
    /// The last days of the twelve months up to the end.
    year: Vec<usize>,
}

fn day(text: &str) -> i32 {
    Date::parse(text).unwrap().0
}

fn ratio(numerator: f64, denominator: f64) -> Figure {
    Figure {
        value: (denominator > 0.0).then(|| numerator / denominator),
        sums: Some((numerator, Some(denominator))),
    }
}

fn plain(value: f64) -> Figure {
    Figure {
        value: Some(value),
        sums: None,
    }
}

fn money(cents: i64) -> f64 {
    cents as f64 / 100.0
}

impl Oracle {
    fn new(rows: &[Row], customers: usize, months: i32) -> Self {
        let first = day(FIRST);
        let after = Date(day(AS_OF)).plus_days(1);
        let at = |back: i32| (after.plus_months(-back).0 - first) as usize;
        let days = at(0);
        let mut lives = vec![
            Life {
                paid: vec![0; days],
                seats: vec![0; days],
                subscribed: vec![false; days],
            };
            customers
        ];
        for row in rows {
            let life = &mut lives[row.customer];
            for today in row.start..row.end.unwrap_or(days).min(days) {
                life.paid[today] += row.cents;
                life.seats[today] += row.seats;
                life.subscribed[today] = true;
            }
        }
        Self {
            lives,
            start: at(months),
            end: at(0),
            months: (0..=months).rev().map(at).collect(),
            year: (0..12).map(|back| at(back) - 1).collect(),
        }
    }

    fn before(&self, life: &Life) -> i64 {
        life.paid[self.start - 1]
    }

    fn after(&self, life: &Life) -> i64 {
        life.paid[self.end - 1]
    }

    /// Days since the last day of payment before this one; absent for who never paid.
    fn away(life: &Life, today: usize) -> Option<usize> {
        let last = (0..today).rev().find(|day| life.paid[*day] > 0);
        last.map(|last| today - last - 1)
    }

    fn kind(from: i64, to: i64, never_paid: bool) -> Kind {
        match (from > 0, to > 0) {
            (false, true) if never_paid => Kind::New,
            (false, true) => Kind::Back,
            (true, false) => Kind::Gone,
            _ if to > from => Kind::More,
            _ => Kind::Less,
        }
    }

    /// Each change of the period with its name and its size.
    fn changes(&self, every: bool, late: Option<usize>) -> Vec<(Kind, i64)> {
        let mut told = Vec::new();
        let is_new = |life: &Life, today: usize, paid_before: usize| {
            (0..paid_before).all(|day| life.paid[day] <= 0)
                || late.is_some_and(|most| Self::away(life, today).is_some_and(|days| days > most))
        };
        for life in &self.lives {
            if !every {
                let (from, to) = (self.before(life), self.after(life));
                if from != to {
                    // The day of the return is the first paid one of the period.
                    let back = (self.start..self.end).find(|day| life.paid[*day] > 0);
                    let new = back.is_some_and(|back| is_new(life, back, self.start));
                    told.push((Self::kind(from, to, new), to - from));
                }
                continue;
            }
            for today in self.start..self.end {
                let (from, to) = (life.paid[today - 1], life.paid[today]);
                if from != to {
                    let new = is_new(life, today, today);
                    told.push((Self::kind(from, to, new), to - from));
                }
            }
        }
        told
    }

    /// The sum of the changes of these kinds, with their signs.
    fn sum(changes: &[(Kind, i64)], kinds: &[Kind]) -> f64 {
        let fitting = changes.iter().filter(|(kind, _)| kinds.contains(kind));
        money(fitting.map(|(_, delta)| delta).sum())
    }

    fn opening(&self) -> f64 {
        money(self.lives.iter().map(|life| self.before(life)).sum())
    }

    fn heads(&self, counts: impl Fn(&Life) -> bool) -> f64 {
        self.lives.iter().filter(|life| counts(life)).count() as f64
    }

    fn figure(&self, kpi: &str, rule: &str) -> Figure {
        match kpi {
            "monthly_recurring_revenue" => self.monthly(),
            "annual_recurring_revenue" => self.annual(rule),
            "net_new_recurring_revenue" => self.net_new(rule),
            "quick_ratio" => self.quick_ratio(rule),
            "average_revenue_per_account" => self.average(rule),
            "expansion_rate" => self.expansion(rule),
            "customer_churn_rate" => self.churn(rule),
            "gross_revenue_churn_rate" => self.revenue_churn(rule, false),
            "net_revenue_churn_rate" => self.revenue_churn(rule, true),
            _ => self.net_retention(rule),
        }
    }

    fn nobody(&self) -> bool {
        self.heads(|life| self.before(life) > 0 || self.after(life) > 0) == 0.0
    }

    fn monthly(&self) -> Figure {
        if self.nobody() {
            return Figure::default();
        }
        plain(money(self.lives.iter().map(|life| self.after(life)).sum()))
    }

    fn annual(&self, rule: &str) -> Figure {
        if rule == "end_of_period" {
            let monthly = self.monthly().value;
            return monthly.map_or(Figure::default(), |monthly| plain(monthly * 12.0));
        }
        let someone = |last: &&usize| {
            let until = **last;
            self.lives
                .iter()
                .any(|life| life.paid[..=until].iter().any(|paid| *paid > 0))
        };
        let months: Vec<&usize> = self.year.iter().filter(someone).collect();
        let all: i64 = self
            .lives
            .iter()
            .flat_map(|life| months.iter().map(|last| life.paid[**last]))
            .sum();
        if all == 0 {
            return Figure::default();
        }
        plain(money(all) / months.len() as f64 * 12.0)
    }

    fn under(&self, rule: &str) -> Vec<(Kind, i64)> {
        match rule {
            "every_change" | "movements" => self.changes(true, None),
            "new_after_90_days" => self.changes(true, Some(90)),
            "four_movements" => self.changes(false, Some(0)),
            _ => self.changes(false, None),
        }
    }

    fn net_new(&self, rule: &str) -> Figure {
        let changes = self.under(rule);
        if self.nobody() && changes.is_empty() {
            return Figure::default();
        }
        let net = money(changes.iter().map(|(_, delta)| delta).sum());
        Figure {
            value: Some(net),
            sums: Some((net, None)),
        }
    }

    fn quick_ratio(&self, rule: &str) -> Figure {
        let changes = self.under(rule);
        let mut won = Self::sum(&changes, &[Kind::New, Kind::More]);
        if rule == "with_reactivation" {
            won += Self::sum(&changes, &[Kind::Back]);
        }
        ratio(won, -Self::sum(&changes, &[Kind::Less, Kind::Gone]))
    }

    fn average(&self, rule: &str) -> Figure {
        let first_paid = |life: &Life| life.paid.iter().position(|paid| *paid > 0);
        let counts = |life: &&Life| match rule {
            "with_free_customers" => life.subscribed[self.end - 1],
            "new_business" => {
                self.after(life) > 0 && first_paid(life).is_some_and(|day| day >= self.start)
            }
            _ => self.after(life) > 0,
        };
        let those: Vec<&Life> = self.lives.iter().filter(counts).collect();
        let mut paid: Vec<i64> = those.iter().map(|life| self.after(life)).collect();
        let all = money(paid.iter().sum());
        if rule == "median" {
            paid.sort_unstable();
            let middle = paid.len() / 2;
            return match paid.len() {
                0 => Figure::default(),
                odd if odd % 2 == 1 => plain(money(paid[middle])),
                _ => plain(money(paid[middle - 1] + paid[middle]) / 2.0),
            };
        }
        let seats: i64 = those.iter().map(|life| life.seats[self.end - 1]).sum();
        let below = if rule == "per_seat" {
            seats as f64
        } else {
            those.len() as f64
        };
        ratio(all, below)
    }

    fn expansion(&self, rule: &str) -> Figure {
        let changes = self.changes(false, None);
        let more = Self::sum(&changes, &[Kind::More]);
        match rule {
            "customers" => {
                let raised = changes.iter().filter(|(kind, _)| *kind == Kind::More);
                let share = ratio(
                    raised.count() as f64,
                    self.heads(|life| self.before(life) > 0),
                );
                share.value.map_or(Figure::default(), plain)
            }
            "revenue" => ratio(more, self.opening()),
            _ => ratio(more, more + Self::sum(&changes, &[Kind::New])),
        }
    }

    fn churn(&self, rule: &str) -> Figure {
        let opening = self.heads(|life| self.before(life) > 0);
        let left = |life: &Life, today: usize| life.paid[today - 1] > 0 && life.paid[today] <= 0;
        let departures: f64 = (self.start..self.end)
            .map(|today| self.heads(|life| left(life, today)))
            .sum();
        let joined = self.heads(|life| {
            let first = life.paid.iter().position(|paid| *paid > 0);
            first.is_some_and(|day| (self.start..self.end).contains(&day))
        });
        match rule {
            "standard" => ratio(
                self.heads(|life| self.before(life) > 0 && self.after(life) <= 0),
                opening,
            ),
            "stripe" => ratio(departures, opening + joined),
            "departures" => ratio(departures, opening),
            _ if opening == 0.0 => Figure::default(),
            _ => plain(
                (self.start..self.end)
                    .map(|today| (today, self.heads(|life| left(life, today))))
                    .filter(|(_, gone)| *gone > 0.0)
                    .map(|(today, gone)| gone / self.heads(|life| life.paid[today - 1] > 0))
                    .sum(),
            ),
        }
    }

    fn revenue_churn(&self, rule: &str, net: bool) -> Figure {
        let changes = self.under(rule);
        let kinds: &[Kind] = match rule {
            "churn_only" => &[Kind::Gone],
            "without_reactivation" => &[Kind::Gone, Kind::Less, Kind::More],
            _ if net => &[Kind::Gone, Kind::Less, Kind::More, Kind::Back],
            _ => &[Kind::Gone, Kind::Less],
        };
        ratio(-Self::sum(&changes, kinds), self.opening())
    }

    fn net_retention(&self, rule: &str) -> Figure {
        let kept = |from: usize, to: usize| {
            let of_start = self.lives.iter().filter(|life| life.paid[from] > 0);
            let (mut opening, mut closing) = (0, 0);
            for life in of_start {
                opening += life.paid[from];
                closing += life.paid[to];
            }
            ratio(money(closing), money(opening))
        };
        if rule == "cohort" {
            return kept(self.start - 1, self.end - 1);
        }
        if rule == "compounded_months" {
            let months = self.months.windows(2);
            let values = months.map(|pair| kept(pair[0] - 1, pair[1] - 1).value);
            let product: Option<f64> = values.product();
            return product.map_or(Figure::default(), plain);
        }
        let kinds: &[Kind] = match rule {
            "with_reactivation" => &[Kind::More, Kind::Less, Kind::Gone, Kind::Back],
            "without_contraction" => &[Kind::More, Kind::Gone],
            _ => &[Kind::More, Kind::Less, Kind::Gone],
        };
        let changed = Self::sum(&self.changes(true, None), kinds);
        ratio(self.opening() + changed, self.opening())
    }
}

const RULES: [(&str, &[&str]); 10] = [
    ("monthly_recurring_revenue", &["end_of_period"]),
    (
        "annual_recurring_revenue",
        &["end_of_period", "average_of_months"],
    ),
    (
        "net_new_recurring_revenue",
        &[
            "ends_compared",
            "every_change",
            "new_after_90_days",
            "four_movements",
        ],
    ),
    (
        "quick_ratio",
        &[
            "ends_compared",
            "with_reactivation",
            "every_change",
            "new_after_90_days",
        ],
    ),
    (
        "average_revenue_per_account",
        &[
            "mean",
            "median",
            "per_seat",
            "with_free_customers",
            "new_business",
            "who_stay",
        ],
    ),
    ("expansion_rate", &["customers", "revenue", "share_of_won"]),
    (
        "customer_churn_rate",
        &["standard", "stripe", "departures", "daily"],
    ),
    (
        "gross_revenue_churn_rate",
        &["gross", "churn_only", "movements"],
    ),
    (
        "net_revenue_churn_rate",
        &["with_reactivation", "without_reactivation", "movements"],
    ),
    (
        "net_revenue_retention",
        &[
            "cohort",
            "movements",
            "with_reactivation",
            "without_contraction",
            "compounded_months",
        ],
    ),
];

/// A made ledger. Days are drawn from few, so that ends and starts fall together.
fn made(rng: &mut Rng, customers: usize) -> Vec<Row> {
    let days = (day(AS_OF) - day(FIRST) + 1) as u32;
    let mut rows = Vec::new();
    for customer in 0..customers {
        for _ in 0..=rng.below(4) {
            // Most in the last three months, where the periods are.
            let late = rng.below(2) == 0;
            let low = if late { days - 90 } else { 0 };
            let start = (low + rng.below((days - low).div_ceil(5)) * 5).min(days - 1);
            let stays = [0, 5, 10, 20, 40, 95, 200][rng.below(7) as usize];
            rows.push(Row {
                customer,
                start: start as usize,
                end: (rng.below(3) > 0).then_some((start + stays) as usize),
                cents: [0, 1_000, 1_000, 2_550, 9_999][rng.below(5) as usize],
                seats: i64::from(rng.below(4)),
            });
        }
    }
    rows
}

fn written(rows: &[Row]) -> String {
    let date = |at: usize| Date(day(FIRST) + at as i32).to_string();
    let mut text = String::from("customer,started_on,ended_on,mrr,seats\n");
    for row in rows {
        text.push_str(&format!(
            "C{},{},{},{:.2},{}\n",
            row.customer + 1,
            date(row.start),
            row.end.map(date).unwrap_or_default(),
            money(row.cents),
            row.seats
        ));
    }
    text
}

#[track_caller]
fn same(found: Option<f64>, expected: Option<f64>, what: &str) {
    let close = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (found, expected) => found == expected,
    };
    assert!(close, "{what}: {found:?} is not {expected:?}");
}

/// The last step gives the other figure, and the steps' sums are what the two differ by.
fn check_bridges(found: &Finding, oracle: &Oracle, table: &str) {
    let here = oracle.figure(&found.kpi, &found.variant);
    for other in found.variants.iter().filter(|it| it.value.is_some()) {
        let what = format!(
            "{} {} → {}\n{table}",
            found.kpi, found.variant, other.variant
        );
        let Some(last) = other.bridge.last() else {
            same(other.value, found.value, &what);
            continue;
        };
        same(last.value, other.value, &what);
        let there = oracle.figure(&found.kpi, &other.variant);
        let summed = other.bridge.iter().all(|step| step.numerator.is_some());
        if let (Some(here), Some(there), true) = (here.sums, there.sums, summed) {
            let more: f64 = other.bridge.iter().filter_map(|step| step.numerator).sum();
            same(Some(here.0 + more), Some(there.0), &what);
            let below: f64 = other
                .bridge
                .iter()
                .filter_map(|step| step.denominator)
                .sum();
            same(here.1.map(|here| here + below), there.1, &what);
        }
    }
}

#[test]
fn every_rule_agrees_with_a_plain_list_of_days() {
    let mut rng = Rng::from_seed(4);
    let (mut values, mut steps) = (0, 0);
    for _ in 0..300 {
        let customers = 4 + rng.below(12) as usize;
        let months = [1, 1, 3, 12][rng.below(4) as usize];
        let rows = made(&mut rng, customers);
        let table = written(&rows);
        let oracle = Oracle::new(&rows, customers, months);
        let (mut kpis, mut in_force) = (Vec::new(), Vec::new());
        for (kpi, rules) in RULES {
            let rule = rules[rng.below(rules.len() as u32) as usize];
            kpis.push(format!("\"{kpi}\""));
            in_force.push(format!("\"{kpi}\":\"{rule}\""));
        }
        let choices = format!(
            r#"{{"as_of":"{AS_OF}","period":{{"unit":"month","count":{months}}},"kpis":[{}],"variants":{{{}}}}}"#,
            kpis.join(","),
            in_force.join(",")
        );
        let report = report_on(&[("pasted", table.as_bytes())], &options(&choices)).unwrap();
        for (kpi, rules) in RULES {
            let found = finding(&report, kpi);
            let what = |rule: &str| format!("{kpi} {rule}, {months} months\n{table}");
            let expected = oracle.figure(kpi, &found.variant).value;
            same(found.value, expected, &what(&found.variant));
            if found.status == Status::Refused {
                continue;
            }
            for rule in rules {
                let other = found.variants.iter().find(|other| other.variant == *rule);
                same(
                    other.unwrap().value,
                    oracle.figure(kpi, rule).value,
                    &what(rule),
                );
                values += 1;
            }
            check_bridges(found, &oracle, &table);
            steps += found
                .variants
                .iter()
                .map(|it| it.bridge.len())
                .sum::<usize>();
        }
    }
    // Refusals everywhere would agree too.
    assert!(values > 5_000 && steps > 5_000, "{values} {steps}");
}
