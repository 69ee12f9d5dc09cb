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
    use super::super::assert_close;
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

    /// A ratio, and its standard error by the residuals, customer by customer.
    fn plain(pairs: &[(f64, f64)]) -> (f64, f64) {
        let below: f64 = pairs.iter().map(|it| it.1).sum();
        let ratio = pairs.iter().map(|it| it.0).sum::<f64>() / below;
        let off = pairs.iter().map(|it| it.0 - ratio * it.1);
        let squares: f64 = off.map(|it| it * it).sum();
        let count = pairs.len() as f64;
        (ratio, (squares * count / (count - 1.0)).sqrt() / below)
    }

    /// The draws of a seed, each with what [`plain`] says of it; without those that divide by zero.
    fn plain_draws(pairs: &[(f64, f64)], resamples: u32, seed: u64) -> Vec<(f64, f64)> {
        let mut rng = Rng::from_seed(seed);
        let mut found = Vec::new();
        for _ in 0..resamples {
            let drawn: Vec<_> = pairs
                .iter()
                .map(|_| pairs[rng.below(pairs.len() as u32) as usize])
                .collect();
            if drawn.iter().any(|pair| pair.1 > 0.0) {
                found.push(plain(&drawn));
            }
        }
        found
    }

    /// How many of the draws show no spread.
    fn flat(draws: &[(f64, f64)]) -> usize {
        draws.iter().filter(|draw| draw.1 < 1e-6).count()
    }

    /// Between the two sorted values around a share of the way.
    fn at_share(values: &mut [f64], share: f64) -> f64 {
        values.sort_by(f64::total_cmp);
        let place = share * (values.len() - 1) as f64;
        let (below, above) = (
            values[place.floor() as usize],
            values[place.ceil() as usize],
        );
        below + (above - below) * place.fract()
    }

    fn of(pairs: &[(f64, f64)], level: f64, resamples: u32, seed: u64) -> Option<RatioInterval> {
        let (above, below): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        ratio_interval(&above, &below, level, resamples, seed)
    }

    /// Sorted as the interval sorts them, so that both draw the same.
    const KEPT: [(f64, f64); 8] = [
        (45.0, 50.0),
        (80.0, 80.0),
        (0.0, 90.0),
        (130.0, 100.0),
        (100.0, 120.0),
        (210.0, 200.0),
        (290.0, 300.0),
        (400.0, 410.0),
    ];

    #[test]
    fn the_interval_is_what_a_plain_second_way_gives() {
        for (level, seed) in [(0.95, 1), (0.9, 2), (0.5, 3)] {
            let found = of(&KEPT, level, 1000, seed).unwrap();
            let (ratio, error) = plain(&KEPT);
            let draws = plain_draws(&KEPT, 1000, seed);
            let mut measured: Vec<f64> = draws
                .iter()
                .filter(|draw| draw.1 > 1e-6)
                .map(|draw| (draw.0 - ratio) / draw.1)
                .collect();
            let tail = (1.0 - level) / 2.0;
            assert_eq!(found.method, STUDENTISED_BOOTSTRAP);
            let low = ratio - at_share(&mut measured, 1.0 - tail) * error;
            assert_close(found.low, low.max(0.0), 1e-7);
            assert_close(
                found.high,
                ratio - at_share(&mut measured, tail) * error,
                1e-7,
            );
            let mean = draws.iter().map(|draw| draw.0).sum::<f64>() / 1000.0;
            let off = draws.iter().map(|draw| draw.0 - mean);
            let squares: f64 = off.map(|it| it * it).sum();
            assert_close(found.standard_error, (squares / 999.0).sqrt(), 1e-9);
            let lines = linearised_interval(KEPT.iter().copied(), level).unwrap();
            let z = normal::half_width(level).unwrap();
            assert_close(lines.standard_error, error, 1e-12);
            assert_close(lines.low, ratio - z * error, 1e-12);
            assert_close(lines.high, ratio + z * error, 1e-12);
        }
    }

    /// By powers of two, so that nothing is rounded.
    #[test]
    fn money_in_another_unit_has_the_same_interval_in_it() {
        let unit = 1.0 / (1_u64 << 40) as f64;
        let small: Vec<_> = KEPT.iter().map(|pair| (pair.0 * unit, pair.1)).collect();
        let (one, other) = (of(&KEPT, 0.95, 1000, 4), of(&small, 0.95, 1000, 4));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.low * unit, one.high * unit), (other.low, other.high));
        assert_eq!(one.method, other.method);
    }

    #[test]
    fn two_customers_and_a_hundred_draws_are_enough() {
        let pairs = [(90.0, 100.0), (210.0, 200.0)];
        assert!(of(&pairs, 0.95, 100, 1).is_some());
        assert!(linearised_interval(pairs.into_iter(), 0.95).is_some());
        assert_eq!(linearised_interval(pairs.into_iter().take(1), 0.95), None);
    }

    #[test]
    fn up_to_twenty_thousand_customers_are_drawn() {
        let mut pairs: Vec<_> = (0..=MOST_RESAMPLED)
            .map(|place| (f64::from(place as u32 % 7), 5.0))
            .collect();
        let method = |pairs: &[_]| of(pairs, 0.95, 100, 1).unwrap().method;
        assert_eq!(method(&pairs), LINEARISATION);
        pairs.pop();
        assert_eq!(method(&pairs), STUDENTISED_BOOTSTRAP);
    }

    #[test]
    fn a_customer_with_nothing_at_the_start_takes_part() {
        let mut pairs = KEPT.to_vec();
        pairs.insert(0, (30.0, 0.0));
        assert!(linearised_interval(pairs.iter().copied(), 0.95).is_some());
        assert!(of(&pairs, 0.95, 1000, 1).is_some());
    }

    #[test]
    fn where_nothing_is_left_of_anyone_there_is_no_interval() {
        assert_eq!(
            of(&[(0.0, 10.0), (0.0, 20.0), (0.0, 5.0)], 0.95, 1000, 1),
            None
        );
    }

    /// A share of money ends at nothing, a difference may lie below it.
    #[test]
    fn only_what_cannot_be_negative_ends_at_nothing() {
        let lost = [
            (0.0, 10.0),
            (0.0, 20.0),
            (0.0, 30.0),
            (9.0, 35.0),
            (1.0, 40.0),
        ];
        let seed = (1..100)
            .find(|seed| of(&lost, 0.9, 1000, *seed).is_some_and(|it| it.low <= 0.0))
            .unwrap();
        assert_close(of(&lost, 0.9, 1000, seed).unwrap().low, 0.0, 0.0);
        let change = [
            (-9.0, 10.0),
            (1.0, 20.0),
            (-2.0, 30.0),
            (4.0, 35.0),
            (0.5, 40.0),
        ];
        assert!(of(&change, 0.9, 1000, 1).unwrap().low < 0.0);
    }

    /// Of three customers two have a denominator: one draw in 27 divides by zero.
    #[test]
    fn one_draw_in_twenty_may_divide_by_zero_but_not_more() {
        let pairs = [(1.0, 0.0), (2.0, 3.0), (5.0, 4.0)];
        let with = |drawn: usize| {
            (1..2_000)
                .find(|seed| plain_draws(&pairs, 100, *seed).len() == drawn)
                .unwrap()
        };
        assert!(of(&pairs, 0.95, 100, with(95)).is_some());
        assert_eq!(of(&pairs, 0.95, 100, with(94)), None);
    }

    /// Of three customers one draw in nine holds one of them only, and shows no spread. At a level
    /// of one half the tails hold a quarter each, so 13 of 104 draws are the most.
    #[test]
    fn draws_without_spread_may_be_half_a_tail_but_not_more() {
        let pairs = [(1.0, 2.0), (2.0, 3.0), (5.0, 4.0)];
        let with = |wanted: usize| {
            let seed = (1..2_000)
                .find(|seed| flat(&plain_draws(&pairs, 104, *seed)) == wanted)
                .unwrap();
            of(&pairs, 0.5, 104, seed).unwrap().method
        };
        assert_eq!(with(13), STUDENTISED_BOOTSTRAP);
        assert_eq!(with(14), PERCENTILE_BOOTSTRAP);
    }

    #[test]
    fn a_ratio_of_nothing_has_ends_that_are_numbers() {
        let found = of(&[(-5.0, 10.0), (5.0, 10.0)], 0.95, 1000, 1).unwrap();
        assert_eq!(found.method, PERCENTILE_BOOTSTRAP);
        assert_eq!((found.low, found.high), (-0.5, 0.5));
    }
}
