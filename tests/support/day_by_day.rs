//! Recurring revenue the obvious way: what each customer pays on each day, in a plain list, looked at
//! customer by customer and day by day, as slow as it likes. Independent of the ledger that it judges.

use kept::engine::base::Date;

/// Day 0 of the lists.
pub const FIRST: &str = "2023-11-01";
/// The day on which the report is made; the last day of a month.
pub const AS_OF: &str = "2025-02-28";

/// One subscription: days from day 0, cents a month.
#[derive(Clone, Debug)]
pub struct Row {
    pub customer: usize,
    pub start: usize,
    pub end: Option<usize>,
    pub cents: i64,
    pub seats: i64,
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
pub struct Figure {
    pub value: Option<f64>,
    pub sums: Option<(f64, Option<f64>)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    New,
    Back,
    More,
    Less,
    Gone,
}

#[derive(Clone, Copy, Debug)]
struct Change {
    kind: Kind,
    from: i64,
    to: i64,
}

impl Change {
    fn delta(&self) -> i64 {
        self.to - self.from
    }
}

/// All customers, and the period that is asked about.
pub struct Oracle {
    lives: Vec<Life>,
    /// First day of the period, and the first one after it.
    start: usize,
    end: usize,
    /// First days of the months of the period, and the day after it.
    months: Vec<usize>,
    /// The last days of the twelve months up to the end.
    year: Vec<usize>,
}

/// The number of a day.
pub fn day(text: &str) -> i32 {
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

/// Cents as units of money.
pub fn money(cents: i64) -> f64 {
    cents as f64 / 100.0
}

impl Oracle {
    /// The lists of these rows, for a period of so many months up to the last day.
    pub fn new(rows: &[Row], customers: usize, months: i32) -> Self {
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
    fn changes(&self, every: bool, late: Option<usize>) -> Vec<Change> {
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
                    let kind = Self::kind(from, to, new);
                    told.push(Change { kind, from, to });
                }
                continue;
            }
            for today in self.start..self.end {
                let (from, to) = (life.paid[today - 1], life.paid[today]);
                if from != to {
                    let new = is_new(life, today, today);
                    let kind = Self::kind(from, to, new);
                    told.push(Change { kind, from, to });
                }
            }
        }
        told
    }

    /// [`Oracle::changes`] of customers who pay before or after them.
    fn of_paying(changes: &[Change]) -> Vec<Change> {
        let paying = |change: &&Change| change.from > 0 || change.to > 0;
        changes.iter().filter(paying).copied().collect()
    }

    /// The sum of the changes of these kinds, with their signs.
    fn sum(changes: &[Change], kinds: &[Kind]) -> f64 {
        let fitting = changes.iter().filter(|it| kinds.contains(&it.kind));
        money(fitting.map(Change::delta).sum())
    }

    /// What the customers of the start paid.
    fn opening(&self) -> f64 {
        money(self.lives.iter().map(|life| self.before(life).max(0)).sum())
    }

    fn heads(&self, counts: impl Fn(&Life) -> bool) -> f64 {
        self.lives.iter().filter(|life| counts(life)).count() as f64
    }

    /// The figure of a KPI under a rule.
    pub fn figure(&self, kpi: &str, rule: &str) -> Figure {
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
        let sums = self.lives.iter().map(|life| {
            let paid = months.iter().map(|last| life.paid[**last]);
            paid.sum::<i64>()
        });
        let sums: Vec<i64> = sums.collect();
        if sums.iter().all(|sum| *sum <= 0) {
            return Figure::default();
        }
        let all: i64 = sums.iter().sum();
        plain(money(all) / months.len() as f64 * 12.0)
    }

    fn under(&self, rule: &str) -> Vec<Change> {
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
        let net = money(changes.iter().map(Change::delta).sum());
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
            let middle = paid.len().div_euclid(2);
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
        let changes = Self::of_paying(&self.changes(false, None));
        let more = Self::sum(&changes, &[Kind::More]);
        match rule {
            "customers" => {
                let raised = changes.iter().filter(|it| it.kind == Kind::More);
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
        let changes = Self::of_paying(&self.under(rule));
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
