//! Student's t distribution, through the incomplete beta function.
//!
//! Advice to the next person: the second parameter of the beta function is always one half here.
//! That allows the difference of two log-gammas to be taken from its own series, which keeps ten
//! more digits at a million degrees of freedom than subtracting them does.

use super::normal;
use crate::engine::base::math;

/// Above this many degrees of freedom the normal distribution differs by less than 1e-9.
const NORMAL_ABOVE: f64 = 1e10;

/// Probability of a t value at least as far from zero as `t`.
///
/// `degrees` (of freedom) need not be whole. `None` unless `t` is finite and `degrees` positive.
///
/// # Source
/// Abramowitz & Stegun (1964), 26.7.1 and 26.5.8 (continued fraction), evaluated by Lentz's method
/// (Thompson & Barnett 1986).
pub fn two_sided_p(t: f64, degrees: f64) -> Option<f64> {
    if !t.is_finite() || !degrees.is_finite() || degrees <= 0.0 {
        return None;
    }
    if degrees > NORMAL_ABOVE {
        return Some(normal::two_sided_p(t));
    }
    let ratio = t * t / degrees;
    if !ratio.is_finite() {
        return Some(0.0);
    }
    Some(tails(ratio, degrees / 2.0))
}

/// The t value below which the share `p` lies.
///
/// `None` unless 0 < p < 1 and `degrees` (of freedom, not necessarily whole) is positive.
/// Solves [`two_sided_p`] by Newton's method, kept inside a bracket.
pub fn t_quantile(p: f64, degrees: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0 && degrees > 0.0 && degrees.is_finite()) {
        return None;
    }
    if degrees > NORMAL_ABOVE {
        return normal::quantile(p);
    }
    let tail = p.min(1.0 - p);
    if tail >= 0.5 {
        return Some(0.0);
    }
    let magnitude = distance_of_tails(2.0 * tail, degrees)?;
    Some(if p < 0.5 { -magnitude } else { magnitude })
}

/// The positive t whose two tails together hold `target`; `None` when it is too large for a number.
fn distance_of_tails(target: f64, degrees: f64) -> Option<f64> {
    let mut low = 0.0;
    let mut high = 1.0;
    while two_sided_p(high, degrees)? > target {
        low = high;
        high *= 2.0;
    }
    let mut t = f64::midpoint(low, high);
    for _ in 0..200 {
        let excess = two_sided_p(t, degrees)? - target;
        if excess > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let newton = t + excess / (2.0 * density(t, degrees));
        let next = if newton > low && newton < high {
            newton
        } else {
            f64::midpoint(low, high)
        };
        let step = (next - t).abs();
        t = next;
        if step <= 2e-16 * t {
            break;
        }
    }
    Some(t)
}

/// Density of the t distribution.
fn density(t: f64, degrees: f64) -> f64 {
    let half = degrees / 2.0;
    math::exp(
        -(half + 0.5) * ln_one_plus(t * t / degrees) - ln_beta_half(half) - 0.5 * math::ln(degrees),
    )
}

/// Regularised incomplete beta function with parameters (half, 1/2) at 1 / (1 + ratio).
fn tails(ratio: f64, half: f64) -> f64 {
    let near = 1.0 / (1.0 + ratio);
    let far = ratio / (1.0 + ratio);
    if far <= 0.0 {
        return 1.0;
    }
    let front = math::exp(-half * ln_one_plus(ratio) + 0.5 * math::ln(far) - ln_beta_half(half));
    let share = if near < (half + 1.0) / (half + 2.5) {
        front * continued_fraction(near, half, 0.5) / half
    } else {
        1.0 - front * continued_fraction(far, 0.5, half) / 0.5
    };
    share.clamp(0.0, 1.0)
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    let mut upper = 1.0;
    let mut lower = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut total = lower;
    for step in 1..=200_000_u32 {
        let m = f64::from(step);
        let twice = 2.0 * m;
        let even = m * (b - m) * x / ((a - 1.0 + twice) * (a + twice));
        lower = 1.0 / away_from_zero(1.0 + even * lower);
        upper = away_from_zero(1.0 + even / upper);
        total *= lower * upper;
        let odd = -(a + m) * (a + b + m) * x / ((a + twice) * (a + 1.0 + twice));
        lower = 1.0 / away_from_zero(1.0 + odd * lower);
        upper = away_from_zero(1.0 + odd / upper);
        let factor = lower * upper;
        total *= factor;
        if (factor - 1.0).abs() < 4e-16 {
            break;
        }
    }
    total
}

/// `x`, or a number so small that it changes nothing, where `x` would divide by zero.
fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Logarithm of 1 + x for x >= 0, without losing small x.
fn ln_one_plus(x: f64) -> f64 {
    let rounded = 1.0 + x;
    if rounded <= 1.0 {
        return x;
    }
    math::ln(rounded) * (x / (rounded - 1.0))
}

/// Logarithm of the beta function at (a, 1/2), for a > 0.
fn ln_beta_half(a: f64) -> f64 {
    let ln_root_pi = 0.5 * math::ln(std::f64::consts::PI);
    if a < 20.0 {
        return ln_root_pi + math::ln_gamma(a) - math::ln_gamma(a + 0.5);
    }
    // ln gamma(a + 1/2) - ln gamma(a), as a series in 1/a (Tricomi & Erdelyi 1951).
    let inverse = 1.0 / a;
    let square = inverse * inverse;
    let series = inverse
        * (-1.0 / 8.0
            + square * (1.0 / 192.0 + square * (-1.0 / 640.0 + square * (17.0 / 14_336.0))));
    ln_root_pi - 0.5 * math::ln(a) - series
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: regularised incomplete beta function to 40 digits with mpmath 1.3.
    #[test]
    fn tails_agree_with_forty_digits() {
        for (t, degrees, expected) in [
            (1.0, 1.0, 0.5),
            (2.5, 3.0, 0.087_706_647_008_065_55),
            (0.1, 7.3, 0.923_035_497_139_829_6),
            (12.0, 2.5, 0.002_836_215_030_078_324),
            (-1.96, 100.0, 0.052_778_901_366_229_67),
            (3.0, 1e4, 0.002_706_448_189_997_666_2),
            (1.7, 1e4, 0.089_162_022_727_705_04),
            (2.0, 1e6, 0.045_500_533_851_319_205),
            (0.01, 1e6, 0.992_021_289_365_547_7),
            (6.0, 40.0, 4.726_455_132_788_187_5e-07),
            (0.5, 0.5, 0.757_318_072_929_436_6),
        ] {
            let p = two_sided_p(t, degrees).unwrap();
            assert_close(p / expected, 1.0, 1e-10);
        }
    }

    /// Source: as above, solved for t; rounded, they are the textbook's 12.706, 4.303, 2.571 …
    #[test]
    fn quantiles_agree_with_forty_digits() {
        for (p, degrees, expected) in [
            (0.975, 1.0, 12.706_204_736_174_705),
            (0.975, 2.0, 4.302_652_729_749_464),
            (0.975, 5.0, 2.570_581_835_636_315_5),
            (0.975, 7.0, 2.364_624_251_592_785_3),
            (0.975, 29.5, 2.043_724_966_772_123_3),
            (0.95, 10.0, 1.812_461_122_811_676_5),
            (0.995, 3.0, 5.840_909_309_733_357),
            (0.975, 1000.0, 1.962_339_080_826_408_5),
            (0.975, 123_456.7, 1.959_983_200_136_232_7),
        ] {
            let t = t_quantile(p, degrees).unwrap();
            assert_close(t / expected, 1.0, 1e-12);
            let mirrored = t_quantile(1.0 - p, degrees).unwrap();
            assert_close(mirrored / expected, -1.0, 1e-12);
        }
    }

    #[test]
    fn many_degrees_of_freedom_are_the_normal_distribution() {
        for degrees in [1e9, 1e11] {
            let t = t_quantile(0.975, degrees).unwrap();
            assert_close(t, normal::Z_95, 1e-8);
        }
    }

    #[test]
    fn the_middle_is_zero_and_certain() {
        assert_close(t_quantile(0.5, 3.0).unwrap(), 0.0, 0.0);
        assert_close(two_sided_p(0.0, 3.0).unwrap(), 1.0, 0.0);
        assert_close(two_sided_p(1e200, 3.0).unwrap(), 0.0, 0.0);
    }

    #[test]
    fn nothing_is_known_without_degrees_of_freedom() {
        for degrees in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(t_quantile(0.975, degrees), None);
            assert_eq!(two_sided_p(1.0, degrees), None);
        }
        assert_eq!(two_sided_p(f64::NAN, 3.0), None);
        for p in [0.0, 1.0, f64::NAN] {
            assert_eq!(t_quantile(p, 3.0), None);
        }
    }
}
