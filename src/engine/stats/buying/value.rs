//! What customers are worth over the time ahead: purchases expected × amounts expected, discounted.

use super::histories::Histories;
use super::purchases::{PurchaseFit, PurchaseModel};
use super::spending::{SpendFit, SpendModel};
use super::time::Weeks;
use crate::engine::base::math;
use crate::engine::stats::minimise::Square;
use crate::engine::stats::normal;

/// Name of the method of [`interval`], as shown to a reader.
pub const DELTA_METHOD: &str =
    "delta method from the curvature of both likelihoods, on a log scale";

/// By how much a parameter's logarithm is moved to see what the value does: small enough that one
/// side tells the slope to a thousandth, large enough to be above rounding.
const NUDGE: f64 = 1e-5;

/// How far ahead, and what money in a month's time is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// Whole months, at least 1.
    pub months: u32,
    /// The share by which money of the next month is worth less: 0.01 for 1%.
    pub discount_per_month: f64,
}

/// Both models.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Models {
    /// How often.
    pub purchases: PurchaseModel,
    /// How much at a time.
    pub spending: SpendModel,
}

impl Ahead {
    /// Purchases expected of a customer of this age who still buys, each counted at what money is
    /// worth at the end of its month.
    ///
    /// # Source
    /// As the library lifetimes: a month is 4.345 weeks, and the purchases of month i are divided by
    /// (1 + d)ⁱ.
    fn purchases(&self, model: &PurchaseModel, again: u32, age: Weeks) -> f64 {
        let (mut sum, mut before, mut worth) = (0.0, 0.0, 1.0);
        for month in 1..=self.months {
            let so_far = model.expected_if_still(again, age, Weeks::from_months(f64::from(month)));
            worth /= 1.0 + self.discount_per_month;
            sum += (so_far - before) * worth;
            before = so_far;
        }
        sum
    }
}

impl Models {
    /// What one customer with this history is worth over the time ahead, after today; `mean` is the
    /// mean amount of the repeat purchases.
    pub fn of_customer(
        &self,
        (again, mean): (u32, f64),
        (last, age): (Weeks, Weeks),
        ahead: Ahead,
    ) -> f64 {
        let still = self.purchases.still_buys(again, last, age);
        let often = ahead.purchases(&self.purchases, again, age);
        still * often * self.spending.expected(again, mean, 1.0)
    }

    /// What all customers are worth together. Not finite where the models have no such value.
    pub fn of_all(&self, histories: &Histories, ahead: Ahead) -> f64 {
        let often = discounted(&self.purchases, histories, ahead);
        self.with_purchases(histories, &often)
    }

    /// The same, with the discounted purchases of [`discounted`].
    fn with_purchases(&self, histories: &Histories, often: &[f64]) -> f64 {
        let mut sum = math::Sum::default();
        for (one, often) in histories.alike.iter().zip(often) {
            let still = self.purchases.still_buys(one.again, one.last, one.age);
            let amount = self.spending.expected(one.again, one.means, one.customers);
            sum.add(still * often * amount);
        }
        sum.value()
    }
}

/// The discounted purchases of each group of customers who are alike, if they still buy: worked out
/// once for each count and age.
fn discounted(model: &PurchaseModel, histories: &Histories, ahead: Ahead) -> Vec<f64> {
    let mut found = Vec::with_capacity(histories.alike.len());
    let same = |one: &super::histories::Alike, other: &super::histories::Alike| {
        one.again == other.again && one.age_place == other.age_place
    };
    for group in histories.alike.chunk_by(same) {
        let often = ahead.purchases(model, group[0].again, group[0].age);
        found.resize(found.len() + group.len(), often);
    }
    found
}

/// The value of all customers with its 95 % interval, which says how sure the fits are; not how
/// much single customers differ.
///
/// `None` for the interval where the value does not move with the parameters as far as can be told.
pub fn interval(
    purchases: &PurchaseFit,
    spending: &SpendFit,
    histories: &Histories,
    ahead: Ahead,
) -> (f64, Option<Ends>) {
    let models = Models {
        purchases: purchases.model,
        spending: spending.model,
    };
    let often = discounted(&models.purchases, histories, ahead);
    let value = models.with_purchases(histories, &often);
    let by_purchases = slope(&models.purchases.logs(), value, |logs| {
        let purchases = PurchaseModel::from_logs(logs);
        Models {
            purchases,
            ..models
        }
        .of_all(histories, ahead)
    });
    let by_spending = slope(&models.spending.logs(), value, |logs| {
        let spending = SpendModel::from_logs(logs);
        Models { spending, ..models }.with_purchases(histories, &often)
    });
    let variance = quadratic(&purchases.covariance, &by_purchases)
        + quadratic(&spending.covariance, &by_spending);
    let error = math::sqrt(variance);
    if !(value > 0.0 && error.is_finite()) {
        return (value, None);
    }
    let wide = math::exp(normal::Z_95 * error / value);
    let ends = Ends {
        low: value / wide,
        high: value * wide,
        standard_error: error,
    };
    (value, ends.high.is_finite().then_some(ends))
}

/// An interval and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The standard error of the value.
    pub standard_error: f64,
}

/// How a value moves with each number, from what it is there.
fn slope<const N: usize>(at: &[f64; N], there: f64, value: impl Fn(&[f64; N]) -> f64) -> [f64; N] {
    std::array::from_fn(|place| {
        let mut nudged = *at;
        nudged[place] += NUDGE;
        (value(&nudged) - there) / NUDGE
    })
}

/// The variance of a sum with these slopes.
fn quadratic<const N: usize>(covariance: &Square<N>, slope: &[f64; N]) -> f64 {
    let rows = covariance.iter().zip(slope);
    rows.map(|(row, own)| {
        own * row
            .iter()
            .zip(slope)
            .map(|(it, other)| it * other)
            .sum::<f64>()
    })
    .sum()
}

#[cfg(test)]
mod tests {
    use super::super::super::assert_close;
    use super::super::histories::History;
    use super::*;

    const MODELS: Models = Models {
        purchases: PurchaseModel {
            shape: 0.6,
            scale: Weeks(7.0),
            stop: 0.8,
            go_on: 2.5,
        },
        spending: SpendModel {
            shape: 6.0,
            between: 3.5,
            scale: 15.0,
        },
    };
    const AHEAD: Ahead = Ahead {
        months: 6,
        discount_per_month: 0.01,
    };

    fn customers() -> Vec<History> {
        let of = |again, last, age, mean| History {
            again,
            last: Weeks(last),
            age: Weeks(age),
            mean,
        };
        vec![
            of(0, 0.0, 30.0, 0.0),
            of(0, 0.0, 20.0, 0.0),
            of(1, 9.0, 30.0, 20.0),
            of(1, 12.0, 30.0, 40.0),
            of(3, 28.0, 30.0, 35.0),
            of(3, 28.0, 30.0, 55.0),
            of(7, 19.0, 20.0, 31.0),
        ]
    }

    #[test]
    fn all_together_are_worth_what_each_is_worth() {
        let each = customers()
            .into_iter()
            .map(|it| MODELS.of_customer((it.again, it.mean), (it.last, it.age), AHEAD));
        let all = MODELS.of_all(&Histories::of(customers()), AHEAD);
        assert_close(all / each.sum::<f64>(), 1.0, 1e-12);
    }

    /// The slopes from both sides, and the sum over both models.
    #[test]
    fn the_interval_adds_what_both_fits_are_unsure_of() {
        let histories = Histories::of(customers());
        let purchases = PurchaseFit {
            model: MODELS.purchases,
            log_likelihood: 0.0,
            covariance: std::array::from_fn(|row| {
                std::array::from_fn(|column| if row == column { 0.04 } else { 0.01 })
            }),
            nobody_stops: false,
        };
        let spending = SpendFit {
            model: MODELS.spending,
            log_likelihood: 0.0,
            covariance: std::array::from_fn(|row| {
                std::array::from_fn(|column| if row == column { 0.09 } else { -0.02 })
            }),
        };
        let worth = |moved: usize, by: f64| {
            let mut often = MODELS.purchases.logs();
            let mut much = MODELS.spending.logs();
            match moved {
                0..4 => often[moved] += by,
                _ => much[moved - 4] += by,
            }
            let models = Models {
                purchases: PurchaseModel::from_logs(&often),
                spending: SpendModel::from_logs(&much),
            };
            models.of_all(&histories, AHEAD)
        };
        let slopes: Vec<f64> = (0..7)
            .map(|place| (worth(place, 1e-4) - worth(place, -1e-4)) / 2e-4)
            .collect();
        let mut variance = 0.0;
        for (slopes, (own, shared)) in [(&slopes[..4], (0.04, 0.01)), (&slopes[4..], (0.09, -0.02))]
        {
            for (row, one) in slopes.iter().enumerate() {
                for (column, other) in slopes.iter().enumerate() {
                    variance += one * other * if row == column { own } else { shared };
                }
            }
        }
        let (value, ends) = interval(&purchases, &spending, &histories, AHEAD);
        let ends = ends.unwrap();
        assert_close(value, MODELS.of_all(&histories, AHEAD), 0.0);
        assert_close(ends.standard_error / variance.sqrt(), 1.0, 1e-3);
        let factor = math::exp(1.959_963_984_540_054 * ends.standard_error / value);
        assert_close(ends.low * factor / value, 1.0, 1e-12);
        assert_close(ends.high / factor / value, 1.0, 1e-12);
    }

    #[test]
    fn customers_who_are_worth_nothing_have_no_interval() {
        let fits = (
            PurchaseFit {
                model: MODELS.purchases,
                log_likelihood: 0.0,
                covariance: [[0.0; 4]; 4],
                nobody_stops: false,
            },
            SpendFit {
                model: MODELS.spending,
                log_likelihood: 0.0,
                covariance: [[0.0; 3]; 3],
            },
        );
        let nobody = Histories::of(Vec::new());
        assert_eq!(interval(&fits.0, &fits.1, &nobody, AHEAD), (0.0, None));
    }
}
