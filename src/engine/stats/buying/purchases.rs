//! How often customers buy again, and whether they still do (BG/NBD).
//!
//! Each customer buys at a rate of their own until, after some purchase, they stop for good. Rates
//! follow a gamma distribution (`shape`, `scale`), the chance to stop after a purchase a beta
//! distribution (`stop`, `go_on`).

use super::histories::{Alike, Histories};
use super::time::Weeks;
use crate::engine::base::math;
use crate::engine::stats::gamma::digamma;
use crate::engine::stats::minimise::{self, Slope, Square};

/// Largest logarithm that a fit may reach: beyond it there is nothing to tell.
const LIMIT: f64 = 16.0;

/// A shape, or a sum of a and b, as large as this stands for customers who are all alike: a larger
/// one changes nothing that can be seen.
pub const ALIKE: f64 = 1e4;

/// The a ÷ b that stands for a chance to stop of nothing.
pub const NEVER: f64 = 1e-4;

/// The largest a for which the series of [`PurchaseModel::expected`] is turned.
const MOST_TURNED: f64 = 20.0;

/// Terms after which the series of [`PurchaseModel::expected`] is taken as it is.
const MOST_TERMS: u32 = 200_000;

/// The model's parameters, all above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PurchaseModel {
    /// Of the rates of purchase: r.
    pub shape: f64,
    /// Of the rates of purchase: α.
    pub scale: Weeks,
    /// Of the chance to stop after a purchase: a.
    pub stop: f64,
    /// Of the chance to stop after a purchase: b.
    pub go_on: f64,
}

/// A fitted model.
#[derive(Clone, Copy, Debug)]
pub struct PurchaseFit {
    /// The parameters.
    pub model: PurchaseModel,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Covariance of [`PurchaseModel::logs`].
    pub covariance: Square<4>,
    /// Nobody is seen to stop, so all are taken to go on.
    pub nobody_stops: bool,
}

/// Fits the model by maximum likelihood, without a penalty.
///
/// Where customers seem to be all alike in how often they buy or in the chance to stop, or nobody
/// seems to stop, the likelihood has no highest point but rises for ever towards that; such a
/// parameter is held at [`ALIKE`] or [`NEVER`]. `None` where the search does not settle.
///
/// # Source
/// Fader, Hardie & Lee (2005), "“Counting your customers” the easy way", equations 3 and 6.
pub fn fit(histories: &Histories) -> Option<PurchaseFit> {
    let customers = histories.customers as f64;
    let time = math::sum(histories.alike.iter().map(|it| it.age.0 * it.customers));
    let bought = histories.repeat_purchases();
    if customers <= 0.0 || time <= 0.0 || bought <= 0.0 {
        return None;
    }
    let start = [0.5, bought / time, 3.5, 0.4].map(math::ln);
    let negative = |logs: &[f64; 4]| {
        let (value, slope) = log_likelihood(&PurchaseModel::from_logs(logs), histories);
        (-value / customers, slope.map(|it| -it / customers))
    };
    let attempt = |held: Held| {
        let (start, free) = held.start(start);
        let found = minimise::minimise(start, (free, LIMIT), &negative)?;
        let is_within = |place: usize| !free[place] || found.at[place] < math::ln(ALIKE);
        (is_within(0) && is_within(2)).then_some((found, held))
    };
    let either = || {
        let one = [attempt(Held::SUM), attempt(Held::SHAPE)];
        let settled = one.into_iter().flatten();
        settled.min_by(|one, other| one.0.value.total_cmp(&other.0.value))
    };
    let (found, held) = attempt(Held::NOTHING)
        .or_else(either)
        .or_else(|| attempt(Held::BOTH))
        .or_else(|| attempt(Held::STOPS))
        .or_else(|| attempt(Held::ALL_BUT_RATE))?;
    Some(PurchaseFit {
        model: PurchaseModel::from_logs(&found.at),
        log_likelihood: -found.value * customers,
        covariance: found
            .inverse_curvature
            .map(|row| row.map(|it| it / customers)),
        nobody_stops: held.stops,
    })
}

/// Which parameters are held where the likelihood only rises towards them.
#[derive(Clone, Copy)]
struct Held {
    /// All buy at one rate: r at [`ALIKE`].
    shape: bool,
    /// All stop with one chance: a + b at [`ALIKE`].
    sum: bool,
    /// Nobody stops: a ÷ b at [`NEVER`]. Then a + b tells nothing and is 1.
    stops: bool,
}

impl Held {
    const NOTHING: Self = Self {
        shape: false,
        sum: false,
        stops: false,
    };
    const SHAPE: Self = Self {
        shape: true,
        ..Self::NOTHING
    };
    const SUM: Self = Self {
        sum: true,
        ..Self::NOTHING
    };
    const BOTH: Self = Self {
        shape: true,
        ..Self::SUM
    };
    const STOPS: Self = Self {
        stops: true,
        ..Self::NOTHING
    };
    const ALL_BUT_RATE: Self = Self {
        shape: true,
        ..Self::STOPS
    };

    /// Where the search starts, and which of [`PurchaseModel::logs`] it may change.
    fn start(self, usual: [f64; 4]) -> ([f64; 4], [bool; 4]) {
        let mut start = usual;
        if self.shape {
            start[0] = math::ln(ALIKE);
        }
        if self.sum {
            start[2] = math::ln(ALIKE);
        }
        if self.stops {
            start[2] = 0.0;
            start[3] = math::ln(NEVER);
        }
        let free = [!self.shape, true, !self.sum && !self.stops, !self.stops];
        (start, free)
    }
}

/// What each number of repeat purchases adds, whatever the times.
struct OfCount {
    customers: f64,
    value: f64,
    by_shape: f64,
    by_stop: f64,
    by_go_on: f64,
    /// ln (a ÷ (b + x − 1)).
    odds: f64,
    by_go_on_in_odds: f64,
}

/// The log-likelihood of all histories, and its slope by [`PurchaseModel::logs`].
///
/// # Source
/// Fader, Hardie & Lee (2005), equation 6, with the sum of its two powers taken as a logarithm, so
/// that neither a long history nor a short one leaves the range of numbers.
pub fn log_likelihood(model: &PurchaseModel, histories: &Histories) -> Slope<4> {
    let (r, alpha, a, b) = (model.shape, model.scale.0, model.stop, model.go_on);
    let base = (digamma(r), digamma(a + b), digamma(b));
    let gammas = [r, a + b, b].map(math::ln_gamma);
    let counts: Vec<OfCount> = histories
        .counts
        .iter()
        .map(|(again, customers)| {
            let x = f64::from(*again);
            let [whole, rest] = [digamma(a + b + x), digamma(b + x)];
            OfCount {
                customers: *customers,
                value: math::ln_gamma(r + x) - gammas[0] + gammas[1] - math::ln_gamma(a + b + x)
                    + math::ln_gamma(b + x)
                    - gammas[2],
                by_shape: digamma(r + x) - base.0,
                by_stop: base.1 - whole,
                by_go_on: base.1 - whole + rest - base.2,
                odds: math::ln(a / (b + x - 1.0)),
                by_go_on_in_odds: 1.0 / (b + x - 1.0),
            }
        })
        .collect();
    let beyond = |times: &[f64]| -> Vec<(f64, f64)> {
        let both = times.iter().map(|time| alpha + time);
        both.map(|it| (math::ln(it), 1.0 / it)).collect()
    };
    let (ages, lasts) = (beyond(&histories.ages), beyond(&histories.lasts));
    let mut value = math::Sum::default();
    let mut slope = [0.0; 4];
    for own in &counts {
        value.add(own.customers * own.value);
        slope[0] += own.customers * own.by_shape;
        slope[2] += own.customers * own.by_stop;
        slope[3] += own.customers * own.by_go_on;
    }
    let log_alpha = math::ln(alpha);
    for one in &histories.alike {
        let n = one.customers;
        let (log_age, by_age) = ages[one.age_place as usize];
        let power = r + f64::from(one.again);
        let mut term = r * log_alpha - power * log_age;
        let mut by_shape = log_alpha - log_age;
        let mut by_scale = r / alpha - power * by_age;
        if one.again > 0 {
            let own = &counts[one.count_place as usize];
            let (log_last, by_last) = lasts[one.last_place as usize];
            let odds = own.odds + power * (log_age - log_last);
            let (more, stopped) = softplus(odds);
            term += more;
            by_shape += stopped * (log_age - log_last);
            by_scale += stopped * power * (by_age - by_last);
            slope[2] += n * stopped / a;
            slope[3] -= n * stopped * own.by_go_on_in_odds;
        }
        value.add(n * term);
        slope[0] += n * by_shape;
        slope[1] += n * by_scale;
    }
    let [by_shape, by_scale, by_stop, by_go_on] =
        [r * slope[0], alpha * slope[1], a * slope[2], b * slope[3]];
    let slope = [
        by_shape + by_scale,
        -by_scale,
        by_stop + by_go_on,
        (by_stop * b - by_go_on * a) / (a + b),
    ];
    (value.value(), slope)
}

/// ln(1 + eˣ), and its slope: the probability that the odds eˣ stand for.
fn softplus(x: f64) -> (f64, f64) {
    if x > 0.0 {
        let small = math::exp(-x);
        (x + math::ln_1p(small), 1.0 / (1.0 + small))
    } else {
        let small = math::exp(x);
        (math::ln_1p(small), small / (1.0 + small))
    }
}

impl PurchaseModel {
    /// The model with these [`PurchaseModel::logs`].
    pub fn from_logs(logs: &[f64; 4]) -> Self {
        let [shape, rate, sum, odds] = logs.map(math::exp);
        Self {
            shape,
            scale: Weeks(shape / rate),
            stop: sum * odds / (1.0 + odds),
            go_on: sum / (1.0 + odds),
        }
    }

    /// The logarithms of r, of the mean rate r ÷ α, of a + b and of a ÷ b. In these, customers who
    /// are all alike lie at the end of one axis.
    pub fn logs(&self) -> [f64; 4] {
        let (r, a, b) = (self.shape, self.stop, self.go_on);
        [r, r / self.scale.0, a + b, a / b].map(math::ln)
    }

    /// The probability that a customer with this history still buys: 1 before any repeat purchase,
    /// because a customer can stop only after one.
    ///
    /// # Source
    /// Fader, Hardie & Lee (2008), "Computing P(alive) using the BG/NBD model".
    pub fn still_buys(&self, again: u32, last: Weeks, age: Weeks) -> f64 {
        if again == 0 {
            return 1.0;
        }
        let x = f64::from(again);
        let long = math::ln((self.scale.0 + age.0) / (self.scale.0 + last.0));
        let odds = math::ln(self.stop / (self.go_on + x - 1.0)) + (self.shape + x) * long;
        1.0 - softplus(odds).1
    }

    /// How often a customer with this history is expected to buy in the time ahead.
    ///
    /// # Source
    /// Fader, Hardie & Lee (2005), equation 10.
    pub fn expected(&self, again: u32, last: Weeks, age: Weeks, ahead: Weeks) -> f64 {
        self.still_buys(again, last, age) * self.expected_if_still(again, age, ahead)
    }

    /// The same of a new customer from the first purchase on, which is not counted.
    pub fn expected_of_new(&self, ahead: Weeks) -> f64 {
        self.expected_if_still(0, Weeks(0.0), ahead)
    }

    /// How often a customer of this age who still buys is expected to buy in the time ahead.
    ///
    /// The paper's hypergeometric function is turned by Euler's identity into one of small
    /// parameters, which is 1 + (a − 1) · S; so the division by a − 1 is done before any rounding,
    /// and a = 1 is a case like any other.
    ///
    /// # Source
    /// Fader, Hardie & Lee (2005), equation 10; Abramowitz & Stegun (1964), 15.1.1 and 15.3.3.
    pub fn expected_if_still(&self, again: u32, age: Weeks, ahead: Weeks) -> f64 {
        let seen = self.scale.0 + age.0;
        let whole = seen + ahead.0;
        let less = self.stop - 1.0;
        let log = math::ln(seen / whole);
        if self.stop > MOST_TURNED {
            // Turned, the series would leave the range of numbers; as printed, it stays within.
            let power = self.shape + f64::from(again);
            let series = Series {
                first: power,
                second: self.go_on + f64::from(again),
                below: less + self.go_on + f64::from(again),
            };
            let sum = 1.0 + series.second / series.below * series.sum(ahead.0 / whole);
            return series.below / less * (1.0 - math::exp(power * log) * sum);
        }
        let grown = if less.abs() < 1e-300 {
            log
        } else {
            math::exp_m1(less * log) / less
        };
        let all = less + self.go_on + f64::from(again);
        let series = Series {
            first: less + self.go_on - self.shape,
            second: less,
            below: all,
        };
        -(all * grown + math::exp(less * log) * series.sum(ahead.0 / whole))
    }
}

/// (₂F₁(first, second; below; z) − 1) · below ÷ second, which neither needs `second` nor `below` to
/// differ from 0: the first is a − 1, the other a + b − 1 for who never came back.
struct Series {
    first: f64,
    second: f64,
    below: f64,
}

impl Series {
    /// For 0 ≤ z < 1; not a number where it does not settle.
    fn sum(&self, z: f64) -> f64 {
        let mut term = self.first * z;
        let mut sum = 0.0;
        for step in 1..MOST_TERMS {
            sum += term;
            let n = f64::from(step);
            let ratio = (self.first + n) * (self.second + n) * z / ((self.below + n) * (n + 1.0));
            term *= ratio;
            // What is left is at most a geometric series once the ratio falls below one.
            if ratio.abs() < 1.0
                && term.abs() <= 1e-16 * (1.0 - ratio.abs().max(z)) * sum.abs().max(1e-3)
            {
                return sum;
            }
        }
        f64::NAN
    }
}

impl Alike {
    /// How often one of these customers is expected to buy in the time ahead.
    pub fn expected(&self, model: &PurchaseModel, ahead: Weeks) -> f64 {
        model.expected(self.again, self.last, self.age, ahead)
    }
}
