//! The tails of the gamma and chi-squared distributions, and the slope of ln Γ.
//!
//! Advice to the next person: every tail is worked out as a logarithm first. A chi-squared of 2,353
//! with 2 degrees has a tail of about 1e-511, which no f64 holds; its logarithm is an ordinary
//! number, so a reader can be told "below 1e-300" and never a plain 0.

use crate::engine::base::math;

/// Terms and steps after which a value is taken as it is; reached only far outside any test of ours.
const MOST_STEPS: u32 = 100_000;

/// Relative change at which a series or fraction counts as settled.
const SETTLED: f64 = 1e-16;

/// The probability of a value at least as large as the one observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// The probability, 0 to 1. It is 0 only where it is too small for a number (below about
    /// 5e-324): `ln_p` then still says how small.
    pub p: f64,
    /// Its natural logarithm, at most 0 and finite.
    pub ln_p: f64,
}

impl Tail {
    /// Whether the probability is positive but too small for a number, so that `p` reads 0.
    pub fn is_below_any_number(self) -> bool {
        self.p <= 0.0
    }
}

/// The upper tail of the chi-squared distribution: how often chance alone gives at least `value`.
///
/// `degrees` (of freedom) need not be whole. `None` unless `value` is finite and at least 0 and
/// `degrees` is positive and finite.
///
/// # Source
/// Abramowitz & Stegun (1964), 26.4.19.
pub fn chi_squared_tail(value: f64, degrees: f64) -> Option<Tail> {
    upper(degrees / 2.0, value / 2.0)
}

/// The regularised upper incomplete gamma function Q(a, x).
///
/// `None` unless a is positive and finite and x is finite and at least 0. Relative error about
/// 1e-13 times the size of the logarithm where the tail is small.
///
/// # Source
/// Abramowitz & Stegun (1964), 6.5.29 (series) and 6.5.31 (continued fraction), the latter by
/// Lentz's method (Thompson & Barnett 1986).
pub fn upper(a: f64, x: f64) -> Option<Tail> {
    if !(a > 0.0 && a.is_finite() && x >= 0.0 && x.is_finite()) {
        return None;
    }
    if x <= 0.0 {
        return Some(Tail { p: 1.0, ln_p: 0.0 });
    }
    let ln_front = a * math::ln(x) - x - math::ln_gamma(a);
    // Below a + 1 the series of the lower tail converges fast and loses nothing, as the upper tail
    // is then not small.
    if x < a + 1.0 {
        let lower = math::exp(ln_front + math::ln(lower_series(a, x))).min(1.0);
        let p = 1.0 - lower;
        return Some(Tail {
            p,
            ln_p: math::ln(p),
        });
    }
    let ln_p = (ln_front + math::ln(upper_fraction(a, x))).min(0.0);
    Some(Tail {
        p: math::exp(ln_p),
        ln_p,
    })
}

/// The digamma function ψ(x), the slope of ln Γ, for x > 0; a relative error of about 1e-15.
///
/// # Source
/// Abramowitz & Stegun (1964), 6.3.5 (recurrence) and 6.3.18 (asymptotic series).
pub fn digamma(x: f64) -> f64 {
    // From 8 on eight terms of the series are exact to the last bits.
    const FROM: f64 = 8.0;
    const SERIES: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 120.0,
        1.0 / 252.0,
        -1.0 / 240.0,
        1.0 / 132.0,
        -691.0 / 32_760.0,
        1.0 / 12.0,
        -3_617.0 / 8_160.0,
    ];
    let (mut x, mut below) = (x, 0.0);
    while x < FROM {
        below += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = SERIES
        .iter()
        .rev()
        .fold(0.0, |sum, term| (sum + term) * square);
    math::ln(x) - 0.5 / x - series - below
}

/// The sum over n of xⁿ / (a (a + 1) … (a + n)).
fn lower_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut total = term;
    for step in 1..MOST_STEPS {
        term *= x / (a + f64::from(step));
        total += term;
        if term <= total * SETTLED {
            break;
        }
    }
    total
}

/// The continued fraction 1 / (x + 1 − a − 1·(1 − a) / (x + 3 − a − …)).
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut below = x + 1.0 - a;
    let mut upper = 1.0 / 1e-300;
    let mut lower = 1.0 / below;
    let mut total = lower;
    for step in 1..MOST_STEPS {
        let step = f64::from(step);
        let above = -step * (step - a);
        below += 2.0;
        lower = 1.0 / away_from_zero(above * lower + below);
        upper = away_from_zero(below + above / upper);
        let factor = lower * upper;
        total *= factor;
        if (factor - 1.0).abs() <= SETTLED {
            break;
        }
    }
    total
}

/// `x`, or a number so small that it changes nothing, where `x` would divide by zero.
fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: printed tables, Abramowitz & Stegun (1964), table 26.8: the values that leave 5, 1
    /// and 0.1 per cent.
    #[test]
    fn the_tails_are_those_of_the_printed_table() {
        for (value, degrees, p) in [
            (3.841_459, 1.0, 0.05),
            (5.991_465, 2.0, 0.05),
            (7.814_728, 3.0, 0.05),
            (18.307_04, 10.0, 0.05),
            (6.634_897, 1.0, 0.01),
            (9.210_34, 2.0, 0.01),
            (149.449_25, 100.0, 0.001),
        ] {
            let tail = chi_squared_tail(value, degrees).unwrap();
            assert_close(tail.p / p, 1.0, 2e-6);
        }
    }

    /// Source: printed tables, Abramowitz & Stegun (1964), table 6.1, and ψ(½) = −γ − 2 ln 2.
    #[test]
    fn the_slope_of_the_log_gamma_is_that_of_the_printed_table() {
        const EULER: f64 = 0.577_215_664_901_532_9;
        assert_close(digamma(1.0), -EULER, 1e-15);
        assert_close(digamma(0.5), -EULER - 2.0 * math::ln(2.0), 1e-14);
        assert_close(digamma(1.5), 0.036_489_973_978_576_52, 1e-15);
        assert_close(digamma(10.0), 2.251_752_589_066_721, 1e-14);
        // Far below 1 the pole carries it: ψ(x) = −1/x − γ + ….
        assert_close(digamma(1e-8), -1e8 - EULER, 1e-7);
    }

    #[test]
    fn a_tail_too_small_for_a_number_says_how_small_it_is() {
        let tail = chi_squared_tail(2_352.872_538_259_34, 2.0).unwrap();
        assert!(tail.is_below_any_number());
        assert_close(tail.ln_p, -2_352.872_538_259_34 / 2.0, 1e-9);
        // Just within the range of numbers it is a number.
        let tail = chi_squared_tail(1_480.0, 2.0).unwrap();
        assert!(!tail.is_below_any_number() && tail.p < 1e-321);
    }

    #[test]
    fn nothing_observed_is_certain_and_nonsense_has_no_tail() {
        let tail = chi_squared_tail(0.0, 3.0).unwrap();
        assert_close(tail.p, 1.0, 0.0);
        for (value, degrees) in [
            (-1.0, 1.0),
            (f64::NAN, 1.0),
            (f64::INFINITY, 1.0),
            (1.0, 0.0),
            (1.0, f64::NAN),
        ] {
            assert_eq!(chi_squared_tail(value, degrees), None);
        }
    }
}
