//! The standard normal distribution.

use crate::engine::base::math;

/// Half-width of a two-sided 95 % interval, in standard errors.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// Square root of 2 pi.
const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_2;

/// Probability of a standard normal value at most `z`.
///
/// Between 0 and 1; accurate in the lower tail as well.
pub fn cumulative(z: f64) -> f64 {
    0.5 * math::erfc(-z / std::f64::consts::SQRT_2)
}

/// Probability of a standard normal value at least as far from zero as `z`.
///
/// Between 0 and 1, and 1 at zero.
pub fn two_sided_p(z: f64) -> f64 {
    math::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The standard normal value below which the share `p` lies.
///
/// `None` unless 0 < p < 1. Accurate to about 1e-15, relative.
///
/// # Source
/// Acklam, P. J. (2003), "An algorithm for computing the inverse normal cumulative distribution
/// function"; then one step of Halley's method on the complementary error function.
pub fn quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    // The lower tail keeps its digits, so the upper one is mirrored.
    if p > 0.5 {
        return Some(-lower_quantile(1.0 - p));
    }
    Some(lower_quantile(p))
}

/// Half-width of a two-sided interval of the given level, in standard errors.
///
/// `None` unless 0 < level < 1.
pub fn half_width(level: f64) -> Option<f64> {
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    quantile((1.0 - level) / 2.0).map(f64::abs)
}

/// Quantile for 0 < p <= 0.5.
fn lower_quantile(p: f64) -> f64 {
    let guess = rational_guess(p);
    let error = cumulative(guess) - p;
    let step = error * ROOT_TWO_PI * math::exp(guess * guess / 2.0);
    let refined = guess - step / (1.0 + guess * step / 2.0);
    if refined.is_finite() { refined } else { guess }
}

/// Acklam's approximation for 0 < p <= 0.5, relative error below 1.15e-9.
fn rational_guess(p: f64) -> f64 {
    const CENTRE_ABOVE: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const CENTRE_BELOW: [f64; 6] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    const TAIL_ABOVE: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const TAIL_BELOW: [f64; 5] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    if p < 0.02425 {
        let q = math::sqrt(-2.0 * math::ln(p));
        polynomial(&TAIL_ABOVE, q) / polynomial(&TAIL_BELOW, q)
    } else {
        let q = p - 0.5;
        let r = q * q;
        polynomial(&CENTRE_ABOVE, r) * q / polynomial(&CENTRE_BELOW, r)
    }
}

/// Value at `x` of the polynomial with these coefficients, highest power first.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .fold(0.0, |total, &coefficient| total * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: computed to 40 digits with mpmath 1.3 (`erfc`, `erfinv`).
    #[test]
    fn quantiles_agree_with_forty_digits() {
        for (p, expected) in [
            (1e-300, -37.047_096_299_361_2),
            (1e-12, -7.034_483_825_301_132),
            (0.001, -3.090_232_306_167_813_6),
            (0.025, -1.959_963_984_540_054_3),
            (0.1, -1.281_551_565_544_600_4),
            (0.3, -0.524_400_512_708_040_8),
            (0.5, 0.0),
            (0.9, 1.281_551_565_544_600_4),
            (0.999, 3.090_232_306_167_813_6),
        ] {
            assert_close(quantile(p).unwrap(), expected, 2e-14);
        }
        assert_close(half_width(0.95).unwrap(), Z_95, 1e-15);
    }

    /// Source: as above.
    #[test]
    fn tails_agree_with_forty_digits() {
        for (z, expected) in [
            (0.5, 0.617_075_077_451_973_8),
            (-1.96, 0.049_995_790_296_440_87),
            (5.0, 5.733_031_437_583_878e-07),
            (30.0, 9.813_427_854_296_374e-198),
        ] {
            assert_close(two_sided_p(z) / expected, 1.0, 5e-13);
        }
    }

    #[test]
    fn quantile_and_cumulative_undo_each_other() {
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            assert_close(cumulative(quantile(p).unwrap()), p, 1e-15);
        }
    }

    #[test]
    fn a_share_outside_zero_to_one_has_no_quantile() {
        for p in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
            assert_eq!(quantile(p), None);
            assert_eq!(half_width(p), None);
        }
    }
}
