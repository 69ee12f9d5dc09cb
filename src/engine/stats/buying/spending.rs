//! How much a customer spends at a time (Gamma-Gamma).
//!
//! Each customer's purchases vary around a mean of their own; `shape` says how little, and the
//! means follow a distribution of `between` and `scale`. Customers with few purchases are drawn
//! towards the mean of all.

use super::histories::Histories;
use crate::engine::base::math;
use crate::engine::stats::gamma::digamma;
use crate::engine::stats::minimise::{self, Slope, Square};

/// Largest logarithm that a fit may reach.
const LIMIT: f64 = 25.0;

/// A p as large as this stands for customers who spend the same every time, a q for customers who
/// are all alike: a larger one changes nothing that can be seen.
pub const ALIKE: f64 = 1e4;

/// The model's parameters, all above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpendModel {
    /// How little the purchases of a customer vary: p.
    pub shape: f64,
    /// How little customers differ: q. There is a mean over customers only above 1.
    pub between: f64,
    /// In units of money: v.
    pub scale: f64,
}

/// A fitted model.
#[derive(Clone, Copy, Debug)]
pub struct SpendFit {
    /// The parameters.
    pub model: SpendModel,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Covariance of [`SpendModel::logs`].
    pub covariance: Square<3>,
}

/// Fits the model by maximum likelihood to those who bought again, without a penalty.
///
/// Where each customer spends the same every time, or all spend alike, the likelihood has no highest
/// point but rises for ever towards that; such a parameter is held at [`ALIKE`]. `None` where the
/// search does not settle.
///
/// # Source
/// Fader & Hardie (2013), "The Gamma-Gamma model of monetary value", equation 1a.
pub fn fit(histories: &Histories) -> Option<SpendFit> {
    let customers = histories.spent.len() as f64;
    if customers <= 0.0 {
        return None;
    }
    let mean = math::sum(histories.spent.iter().map(|it| it.mean)) / customers;
    let start = [4.0, 3.0, mean].map(math::ln);
    let negative = |logs: &[f64; 3]| {
        let (value, slope) = log_likelihood(&SpendModel::from_logs(logs), histories);
        (-value / customers, slope.map(|it| -it / customers))
    };
    let attempt = |alike: [bool; 2]| {
        let mut start = start;
        for (place, is_alike) in alike.into_iter().enumerate() {
            if is_alike {
                start[place] = math::ln(ALIKE);
            }
        }
        let free = [!alike[0], !alike[1], true];
        let found = minimise::minimise(start, (free, LIMIT), &negative)?;
        let is_within = |place: usize| !free[place] || found.at[place] < math::ln(ALIKE);
        (is_within(0) && is_within(1)).then_some(found)
    };
    let either = || {
        let one = [attempt([true, false]), attempt([false, true])];
        let settled = one.into_iter().flatten();
        settled.min_by(|one, other| one.value.total_cmp(&other.value))
    };
    let found = attempt([false, false])
        .or_else(either)
        .or_else(|| attempt([true, true]))?;
    Some(SpendFit {
        model: SpendModel::from_logs(&found.at),
        log_likelihood: -found.value * customers,
        covariance: found
            .inverse_curvature
            .map(|row| row.map(|it| it / customers)),
    })
}

/// The log-likelihood of those who bought again, and its slope by [`SpendModel::logs`].
///
/// # Source
/// Fader & Hardie (2013), equation 1a.
pub fn log_likelihood(model: &SpendModel, histories: &Histories) -> Slope<3> {
    let (p, q, v) = (model.shape, model.between, model.scale);
    let (log_v, slope_q, gamma_q) = (math::ln(v), digamma(q), math::ln_gamma(q));
    let mut value = math::Sum::default();
    let mut slope = [0.0; 3];
    // Rows of one count stand side by side: what depends on the count alone is worked out once.
    for same in histories
        .spent
        .chunk_by(|one, other| one.again == other.again)
    {
        let x = f64::from(same[0].again);
        let whole = p * x + q;
        let of_count = math::ln_gamma(whole) - math::ln_gamma(p * x) - gamma_q + q * log_v;
        let slope_whole = digamma(whole);
        let by_p = slope_whole - digamma(p * x);
        let by_q = slope_whole - slope_q + log_v;
        for one in same {
            let with_scale = x * one.mean + v;
            let log_sum = math::ln(with_scale);
            value.add(of_count + p * x * one.log_spent - one.log_mean - whole * log_sum);
            slope[0] += x * (by_p + one.log_spent - log_sum);
            slope[1] += by_q - log_sum;
            slope[2] += q / v - whole / with_scale;
        }
    }
    let [by_p, by_q, by_v] = [p * slope[0], q * slope[1], v * slope[2]];
    (value.value(), [by_p - by_v, by_q + by_v, by_v])
}

impl SpendModel {
    /// The model with these [`SpendModel::logs`].
    pub fn from_logs(logs: &[f64; 3]) -> Self {
        let [shape, between, usual] = logs.map(math::exp);
        Self {
            shape,
            between,
            scale: usual * between / shape,
        }
    }

    /// The logarithms of p, of q and of the usual amount p v ÷ q. In these, customers who spend the
    /// same lie at the end of one axis.
    pub fn logs(&self) -> [f64; 3] {
        let (p, q, v) = (self.shape, self.between, self.scale);
        [p, q, p * v / q].map(math::ln)
    }

    /// The mean amount over all customers; `None` where there is none, because too many spend far
    /// too much (q at most 1).
    pub fn mean(&self) -> Option<f64> {
        (self.between > 1.0).then(|| self.shape * self.scale / (self.between - 1.0))
    }

    /// The amount at a time that is expected of customers who bought `again` times more: their mean
    /// amounts added up give theirs added up. For [`SpendModel::mean`] there must be one.
    ///
    /// # Source
    /// Fader & Hardie (2013), equation 5.
    pub fn expected(&self, again: u32, means: f64, customers: f64) -> f64 {
        let x = f64::from(again);
        let whole = self.shape * x + self.between - 1.0;
        self.shape * (customers * self.scale + x * means) / whole
    }
}
