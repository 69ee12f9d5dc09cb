//! Ratios of sums over customers, such as revenue kept over revenue at the start.

use super::normal;
use super::quantile;
use super::rng::Rng;
use crate::engine::base::math::{self, Sum};

/// Name of the method for up to [`MOST_RESAMPLED`] pairs, as shown to a reader.
pub const STUDENTISED_BOOTSTRAP: &str = "studentised bootstrap of customers";
/// Name of the method where resamples show too little spread to be studentised.
pub const PERCENTILE_BOOTSTRAP: &str = "percentile bootstrap of customers";
/// Name of the method for more pairs, as shown to a reader.
pub const LINEARISATION: &str = "Taylor linearisation of the ratio";
/// Above this many pairs the bootstrap gives way to the linearisation.
pub const MOST_RESAMPLED: usize = 20_000;

/// An interval of a ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioInterval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard error of the ratio.
    pub standard_error: f64,
    /// Name of the method, as shown to a reader.
    pub method: &'static str,
}

/// Interval of sum(numerators) / sum(denominators), each pair being one customer.
///
/// Money is clustered by customer, so customers are resampled and not euros: the studentised
/// interval of `resamples` draws (1,000 is usual) for up to 20,000 pairs, above that the normal
/// interval of the linearised ratio. Each draw is measured in its own standard error, because with
/// skewed payments the ends of the plain draws lie too far in. Where draws show no spread (a loss
/// that most of them miss), the plain ends are taken. Ratios that cannot fall below 0 have no
/// interval that does. The same seed gives the same interval, in whatever order the
/// customers come.
///
/// `None` with fewer than two pairs, when the slices differ in length, when a number is not finite
/// or a denominator negative, when all denominators are zero in the sample or in more than one
/// resample of twenty, when every customer has the same ratio (no spread to form an interval
/// from), with fewer than 100 resamples, or unless 0 < level < 1.
///
/// # Source
/// Efron (1979), "Bootstrap methods: another look at the jackknife"; Hall (1988), "Theoretical
/// comparison of bootstrap confidence intervals" (studentised); Cochran (1977), "Sampling
/// techniques", chapter 6 (linearisation).
pub fn ratio_interval(
    numerators: &[f64],
    denominators: &[f64],
    level: f64,
    resamples: u32,
    seed: u64,
) -> Option<RatioInterval> {
    let z = normal::half_width(level)?;
    if numerators.len() != denominators.len() || numerators.len() < 2 || resamples < 100 {
        return None;
    }
    let mut pairs: Vec<(f64, f64)> = numerators
        .iter()
        .copied()
        .zip(denominators.iter().copied())
        .collect();
    // Draws go by position, so the position must not depend on the order of the rows.
    pairs.sort_unstable_by(|one, other| {
        let by_denominator = one.1.total_cmp(&other.1);
        by_denominator.then(one.0.total_cmp(&other.0))
    });
    let (ratio, standard_error) = linearised(pairs.iter().copied())?;
    if pairs.len() > MOST_RESAMPLED {
        return Some(of_linearised(ratio, standard_error, z));
    }
    resampled(
        &pairs,
        (ratio, standard_error),
        (level, resamples),
        &mut Rng::from_seed(seed),
    )
}

/// Interval of sum(numerators) / sum(denominators) by the linearised ratio alone; each pair is a
/// numerator and a denominator.
///
/// `None` as [`ratio_interval`].
///
/// # Source
/// Cochran (1977), "Sampling techniques", chapter 6.
pub fn linearised_interval(
    pairs: impl Iterator<Item = (f64, f64)> + Clone,
    level: f64,
) -> Option<RatioInterval> {
    let z = normal::half_width(level)?;
    let (ratio, standard_error) = linearised(pairs)?;
    Some(of_linearised(ratio, standard_error, z))
}

fn of_linearised(ratio: f64, standard_error: f64, z: f64) -> RatioInterval {
    RatioInterval {
        low: ratio - z * standard_error,
        high: ratio + z * standard_error,
        standard_error,
        method: LINEARISATION,
    }
}

/// The ratio and its linearised standard error; `None` with fewer than two pairs and where the
/// numbers give none.
fn linearised(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<(f64, f64)> {
    let (mut numerator, mut denominator) = (Sum::default(), Sum::default());
    let (mut count, mut fits) = (0_u64, true);
    for (above, below) in pairs.clone() {
        fits = fits && above.is_finite() && below.is_finite() && below >= 0.0;
        numerator.add(above);
        denominator.add(below);
        count += 1;
    }
    let (numerator, denominator) = (numerator.value(), denominator.value());
    if count < 2 || !fits || denominator <= 0.0 {
        return None;
    }
    let count = count as f64;
    let ratio = numerator / denominator;
    let residuals = pairs.map(|pair| pair.0 - ratio * pair.1);
    let squares = math::sum(residuals.map(|residual| residual * residual));
    let standard_error = math::sqrt(squares * count / (count - 1.0)) / denominator;
    // Rounding leaves residuals of about 1e-16 where there are none.
    let spread = standard_error > 1e-13 * ratio.abs();
    (spread && ratio.is_finite() && standard_error.is_finite()).then_some((ratio, standard_error))
}

/// The interval of ratios of resampled pairs.
fn resampled(
    pairs: &[(f64, f64)],
    (ratio, standard_error): (f64, f64),
    (level, resamples): (f64, u32),
    rng: &mut Rng,
) -> Option<RatioInterval> {
    let draws: Vec<Draw> = (0..resamples).filter_map(|_| draw(pairs, rng)).collect();
    let drawn = draws.len() as f64;
    if drawn < 0.95 * f64::from(resamples) {
        return None;
    }
    let mut ratios: Vec<f64> = draws.iter().map(|draw| draw.ratio).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let mean = math::sum(ratios.iter().copied()) / drawn;
    let squares = math::sum(ratios.iter().map(|ratio| (ratio - mean) * (ratio - mean)));
    let tail = (1.0 - level) / 2.0;
    let ends = studentised_ends(&draws, ratio, standard_error, tail);
    let is_share_of_money = pairs.iter().all(|pair| pair.0 >= 0.0);
    let (low, high, method) = match ends {
        Some((low, high)) => (
            if is_share_of_money { low.max(0.0) } else { low },
            high,
            STUDENTISED_BOOTSTRAP,
        ),
        None => (
            quantile::type7(&ratios, tail)?,
            quantile::type7(&ratios, 1.0 - tail)?,
            PERCENTILE_BOOTSTRAP,
        ),
    };
    Some(RatioInterval {
        low,
        high,
        standard_error: math::sqrt(squares / (drawn - 1.0)),
        method,
    })
}

/// The ends of the studentised interval; `None` where more draws than lie in a tail show no spread.
fn studentised_ends(
    draws: &[Draw],
    ratio: f64,
    standard_error: f64,
    tail: f64,
) -> Option<(f64, f64)> {
    let mut studentised: Vec<f64> = draws
        .iter()
        .filter(|draw| draw.standard_error > 1e-9 * ratio.abs())
        .map(|draw| (draw.ratio - ratio) / draw.standard_error)
        .collect();
    let flat = draws.len() - studentised.len();
    if flat as f64 > tail * draws.len() as f64 / 2.0 {
        return None;
    }
    studentised.sort_unstable_by(f64::total_cmp);
    let (least, most) = (
        quantile::type7(&studentised, tail)?,
        quantile::type7(&studentised, 1.0 - tail)?,
    );
    Some((
        ratio - most * standard_error,
        ratio - least * standard_error,
    ))
}

/// One resample.
struct Draw {
    ratio: f64,
    /// Linearised, of the resample itself.
    standard_error: f64,
}

/// As many pairs, drawn with replacement; `None` when their denominators are all zero.
fn draw(pairs: &[(f64, f64)], rng: &mut Rng) -> Option<Draw> {
    let limit = pairs.len() as u32;
    let (mut numerator, mut denominator) = (0.0, 0.0);
    let (mut squares, mut products, mut squares_below) = (0.0, 0.0, 0.0);
    // Plain sums: with 20,000 terms their error is far below that of drawing.
    for _ in 0..limit {
        let (above, below) = *pairs.get(rng.below(limit) as usize)?;
        numerator += above;
        denominator += below;
        squares += above * above;
        products += above * below;
        squares_below += below * below;
    }
    if denominator <= 0.0 {
        return None;
    }
    let ratio = numerator / denominator;
    // The residuals' squares, without a second look at the draw.
    let residuals = squares - 2.0 * ratio * products + ratio * ratio * squares_below;
    let count = f64::from(limit);
    Some(Draw {
        ratio,
        standard_error: math::sqrt(residuals.max(0.0) * count / (count - 1.0)) / denominator,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENING: [f64; 4] = [100.0, 200.0, 50.0, 400.0];

    #[test]
    fn customers_who_all_kept_the_same_share_show_no_spread() {
        assert_eq!(ratio_interval(&OPENING, &OPENING, 0.95, 1000, 1), None);
        let kept = OPENING.map(|opening| opening * 0.9);
        assert_eq!(ratio_interval(&kept, &OPENING, 0.95, 1000, 1), None);
    }

    #[test]
    fn nothing_is_estimated_from_too_little() {
        let kept = [90.0, 210.0, 0.0, 400.0];
        assert!(ratio_interval(&kept, &OPENING, 0.95, 1000, 1).is_some());
        assert_eq!(
            ratio_interval(&kept[..1], &OPENING[..1], 0.95, 1000, 1),
            None
        );
        assert_eq!(ratio_interval(&kept[..3], &OPENING, 0.95, 1000, 1), None);
        assert_eq!(ratio_interval(&kept, &OPENING, 1.0, 1000, 1), None);
        assert_eq!(ratio_interval(&kept, &OPENING, 0.95, 99, 1), None);
        assert_eq!(ratio_interval(&kept, &[0.0; 4], 0.95, 1000, 1), None);
    }

    #[test]
    fn a_ratio_that_hangs_on_one_customer_has_no_interval() {
        // More than a third of the resamples miss the only customer with a denominator.
        assert_eq!(
            ratio_interval(&[1.0, 2.0, 0.0], &[3.0, 0.0, 0.0], 0.95, 1000, 1),
            None
        );
    }

    #[test]
    fn a_number_that_is_not_finite_or_negative_below_is_not_used() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let opening = [100.0, bad, 50.0, 400.0];
            assert_eq!(ratio_interval(&[90.0; 4], &opening, 0.95, 1000, 1), None);
        }
    }
}
