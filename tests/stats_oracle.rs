//! The statistics against slow, obvious versions of themselves, and under changes that must not
//! matter: order, shift, scale, and how a sample is cut before it is merged.

#[path = "support/long.rs"]
#[expect(unreachable_pub, reason = "a module of other tests too")]
mod long;

use kept::engine::base::math;
use kept::engine::stats::bootstrap::{self, ratio_interval};
use kept::engine::stats::concentration::gini;
use kept::engine::stats::gamma::chi_squared_tail;
use kept::engine::stats::hazard::by_age;
use kept::engine::stats::log_rank::{Group, log_rank};
use kept::engine::stats::mean::{Moments, mean, t_interval, welch};
use kept::engine::stats::multiple::holm;
use kept::engine::stats::net_promoter::{self, Answers};
use kept::engine::stats::proportion::{newcombe_difference, two_proportion_p, wilson};
use kept::engine::stats::quantile::{
    median_change, median_change_from, median_interval, median_of, median_ranks, select_median,
    select_median_interval, select_quantiles, type7,
};
use kept::engine::stats::ranked::Ranked;
use kept::engine::stats::rng::Rng;
use kept::engine::stats::survival::{
    Curve, kaplan_meier, median, median_interval as survival_median_interval, median_with_open,
    median_with_open_interval, restricted_mean, survival_at,
};
use kept::engine::stats::{normal, restricted, student};
use long::rounds;

#[track_caller]
fn close(actual: f64, expected: f64, tolerance: f64) {
    let allowed = tolerance * expected.abs().max(1.0);
    assert!(
        (actual - expected).abs() <= allowed,
        "{actual} is not within {allowed} of {expected}"
    );
}

/// Numbers from 0 up to 1, always the same for a seed.
fn numbers(count: usize, seed: u64) -> Vec<f64> {
    let mut rng = Rng::from_seed(seed);
    (0..count).map(|_| rng.unit()).collect()
}

/// Whole numbers below a limit: samples with many ties.
fn ties(count: usize, limit: u32, seed: u64) -> Vec<f64> {
    let mut rng = Rng::from_seed(seed);
    (0..count).map(|_| f64::from(rng.below(limit))).collect()
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

// Proportions.

/// Wilson's interval by its definition: the shares that a score test does not reject.
#[test]
fn wilson_holds_the_shares_that_the_score_test_accepts() {
    for n in 1..=25_u32 {
        for successes in 0..=n {
            let observed = f64::from(successes) / f64::from(n);
            let (low, high) = wilson(u64::from(successes), u64::from(n), 0.95).unwrap();
            for step in 1..1000 {
                let share = f64::from(step) / 1000.0;
                let error = (share * (1.0 - share) / f64::from(n)).sqrt();
                let accepted = (observed - share).abs() / error;
                if (accepted - normal::Z_95).abs() > 1e-9 {
                    let inside = low <= share && share <= high;
                    assert_eq!(
                        accepted < normal::Z_95,
                        inside,
                        "{successes} of {n}, {share}"
                    );
                }
            }
        }
    }
}

#[test]
fn swapping_success_and_failure_mirrors_the_interval() {
    for (successes, n) in [(0, 7), (3, 10), (81, 263), (1, 1_000_000)] {
        let (low, high) = wilson(successes, n, 0.9).unwrap();
        let (mirrored_low, mirrored_high) = wilson(n - successes, n, 0.9).unwrap();
        close(low, 1.0 - mirrored_high, 1e-14);
        close(high, 1.0 - mirrored_low, 1e-14);
    }
}

#[test]
fn swapping_the_sides_mirrors_the_difference() {
    let (low, high) = newcombe_difference(30, 100, 45, 90).unwrap();
    let (swapped_low, swapped_high) = newcombe_difference(45, 90, 30, 100).unwrap();
    close(low, -swapped_high, 1e-15);
    close(high, -swapped_low, 1e-15);
    let p = two_proportion_p(30, 100, 45, 90).unwrap();
    close(p, two_proportion_p(45, 90, 30, 100).unwrap(), 1e-15);
}

// The net promoter score.

/// The score as what it is: the mean of +1, 0 and −1.
#[test]
fn the_score_is_the_mean_of_the_answers_as_plus_and_minus_one() {
    let answers = Answers {
        promoters: 23,
        passives: 11,
        detractors: 9,
    };
    let mut values = vec![100.0; 23];
    values.extend([0.0; 11]);
    values.extend([-100.0; 9]);
    let mean = values.iter().sum::<f64>() / 43.0;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 43.0;
    let interval = net_promoter::interval(23, 11, 9).unwrap();
    close(net_promoter::score(answers).unwrap(), mean, 1e-14);
    let margin = normal::Z_95 * (variance / 43.0).sqrt();
    close(interval.low, mean - margin, 1e-13);
    close(interval.high, mean + margin, 1e-13);
}

#[test]
fn exchanging_promoters_and_detractors_mirrors_the_score() {
    for (promoters, passives, detractors) in [(5, 3, 2), (4, 0, 0), (0, 4, 0), (1, 0, 30)] {
        let interval = net_promoter::interval(promoters, passives, detractors).unwrap();
        let mirrored = net_promoter::interval(detractors, passives, promoters).unwrap();
        close(interval.low, -mirrored.high, 1e-13);
        close(interval.high, -mirrored.low, 1e-13);
    }
}

// Student's distribution and means.

/// With 2 and 4 degrees of freedom the distribution has a closed form.
#[test]
fn student_agrees_with_its_closed_forms() {
    for step in 1..200 {
        let t = f64::from(step) / 10.0;
        let two = 1.0 - t / (2.0 + t * t).sqrt();
        close(student::two_sided_p(t, 2.0).unwrap(), two, 1e-13);
        let squared = t * t / (4.0 + t * t);
        let four = 1.0 - squared.sqrt() * (1.5 - 0.5 * squared);
        close(student::two_sided_p(t, 4.0).unwrap(), four, 1e-13);
    }
}

#[test]
fn quantile_and_tails_undo_each_other() {
    for degrees in [0.7, 1.0, 2.3, 17.0, 400.0, 1e5] {
        for p in [0.0001, 0.02, 0.3, 0.6, 0.975, 0.9999] {
            let t = student::t_quantile(p, degrees).unwrap();
            let tails = student::two_sided_p(t, degrees).unwrap();
            close(tails / (2.0 * p.min(1.0 - p)), 1.0, 1e-11);
        }
    }
}

#[test]
fn merging_with_nothing_changes_nothing() {
    let moments = Moments::from_values(&[3.0, 1.0, 4.0, 1.0, 5.0]);
    assert_eq!(moments.merge(Moments::default()), moments);
    assert_eq!(Moments::default().merge(moments), moments);
    assert_eq!(
        Moments::default().merge(Moments::default()),
        Moments::default()
    );
}

#[test]
fn however_a_sample_is_cut_the_merged_summary_is_the_same() {
    let values = numbers(500, 3);
    let whole = Moments::from_values(&values);
    for cut in [0, 1, 2, 137, 499, 500] {
        let (front, back) = values.split_at(cut);
        let (front, back) = (Moments::from_values(front), Moments::from_values(back));
        for merged in [front.merge(back), back.merge(front)] {
            assert_eq!(merged.count(), 500);
            close(merged.mean().unwrap(), whole.mean().unwrap(), 1e-14);
            close(merged.variance().unwrap(), whole.variance().unwrap(), 1e-13);
        }
    }
}

#[test]
fn one_value_at_a_time_gives_the_same_summary() {
    let values = numbers(500, 4);
    let mut running = Moments::default();
    for &value in &values {
        running.add(value);
    }
    let whole = Moments::from_values(&values);
    close(running.mean().unwrap(), whole.mean().unwrap(), 1e-14);
    close(
        running.variance().unwrap(),
        whole.variance().unwrap(),
        1e-13,
    );
}

#[test]
fn a_large_shift_moves_the_mean_and_leaves_the_spread() {
    let values = [4.0, 7.0, 13.0, 16.0];
    let shifted = values.map(|value| value + 1e9);
    let moments = Moments::from_values(&shifted);
    close(moments.mean().unwrap(), 1e9 + 10.0, 1e-15);
    close(moments.variance().unwrap(), 30.0, 1e-15);
    let (low, high) = t_interval(&values).unwrap();
    let (shifted_low, shifted_high) = t_interval(&shifted).unwrap();
    close(shifted_low - 1e9, low, 1e-6);
    close(shifted_high - 1e9, high, 1e-6);
}

#[test]
fn a_scale_stretches_the_interval_and_leaves_p() {
    let (first, second) = (numbers(30, 5), numbers(20, 6));
    let tenfold = |values: &[f64]| values.iter().map(|x| x * 10.0).collect::<Vec<_>>();
    let change = welch(&first, &second).unwrap();
    let scaled = welch(&tenfold(&first), &tenfold(&second)).unwrap();
    close(scaled.low, 10.0 * change.low, 1e-13);
    close(scaled.p_value, change.p_value, 1e-12);
    let swapped = welch(&second, &first).unwrap();
    close(swapped.low, -change.high, 1e-14);
    close(swapped.p_value, change.p_value, 1e-14);
}

#[test]
fn the_order_of_values_does_not_matter_to_their_mean() {
    let mut values = numbers(1000, 8);
    let before = mean(&values).unwrap();
    values.reverse();
    close(mean(&values).unwrap(), before, 1e-16);
}

// Quantiles.

#[test]
fn selection_gives_what_sorting_gives() {
    let shares = [0.9, 0.0, 0.5, 0.25, 0.5, 1.0, 0.99, 0.333];
    for count in [1, 2, 3, 10, 101, 5000] {
        for values in [numbers(count, 9), ties(count, 4, 10)] {
            let ordered = sorted(values.clone());
            let mut ranked = Ranked::of(&values).unwrap();
            let selected = select_quantiles(&mut ranked, &shares).unwrap();
            for (share, quantile) in shares.iter().zip(selected) {
                close(quantile, type7(&ordered, *share).unwrap(), 0.0);
            }
            let interval = select_median_interval(&mut ranked, 0.95);
            assert_eq!(interval, median_interval(&ordered, 0.95));
            assert_eq!(select_median(&mut ranked), median_of(&ordered));
        }
    }
}

/// Probability of at most so many heads, by Pascal's triangle.
fn heads_at_most(count: usize, heads: usize) -> f64 {
    let mut row = vec![1.0_f64];
    for _ in 0..count {
        let left = row.iter().copied().chain([0.0]);
        let right = [0.0].into_iter().chain(row.iter().copied());
        let next: Vec<f64> = left.zip(right).map(|pair| pair.0 + pair.1).collect();
        row = next.iter().map(|x| x * 0.5).collect();
    }
    row.iter().take(heads + 1).sum()
}

#[test]
fn the_interval_of_the_median_is_the_narrowest_that_covers() {
    for count in 1..=120 {
        for level in [0.8, 0.95, 0.99] {
            let covers = |low: usize| 1.0 - 2.0 * heads_at_most(count, low) >= level;
            // The rank from 0 is also the number of values that must not all lie below.
            let narrowest = (0..count.div_ceil(2)).rev().find(|&low| covers(low));
            let expected = narrowest.map(|low| (low, count - 1 - low));
            assert_eq!(
                median_ranks(count, level),
                expected,
                "{count} values at {level}"
            );
        }
    }
}

#[test]
fn above_a_thousand_values_the_ranks_go_on_smoothly() {
    let (low, high) = median_ranks(1000, 0.95).unwrap();
    let (next_low, next_high) = median_ranks(1001, 0.95).unwrap();
    assert!(next_low.abs_diff(low) <= 1 && next_high.abs_diff(high) <= 2);
    let exact = (0..501)
        .rev()
        .find(|&rank| 2.0 * heads_at_most(1001, rank) <= 0.05);
    assert!(exact.unwrap().abs_diff(next_low) <= 1);
}

#[test]
fn medians_taken_once_compare_like_samples() {
    let (first, second) = (sorted(numbers(1500, 11)), sorted(numbers(40, 12)));
    let change = median_change(&first, &second).unwrap();
    let again = median_change_from(&median_of(&first).unwrap(), &median_of(&second).unwrap());
    assert_eq!(again, Some(change));
    let swapped = median_change(&second, &first).unwrap();
    close(swapped.low, -change.high, 1e-15);
    close(swapped.p_value, change.p_value, 1e-15);
}

/// The standard error of the median of many uniform numbers is 1 / (2·√n).
#[test]
fn the_standard_error_of_a_uniform_median_is_known() {
    let errors: Vec<f64> = (0..200)
        .map(|seed| {
            median_of(&sorted(numbers(1200, seed)))
                .unwrap()
                .standard_error
        })
        .collect();
    let average = mean(&errors).unwrap();
    close(average * 2.0 * 1200.0_f64.sqrt(), 1.0, 0.05);
}

// Survival.

/// Durations with ties, some of them still going.
fn observations(count: usize, seed: u64) -> (Vec<f64>, Vec<bool>) {
    let durations = ties(count, 30, seed);
    let happened = numbers(count, seed + 1).iter().map(|x| *x < 0.6).collect();
    (durations, happened)
}

/// Kaplan and Meier's product by its definition, at one duration.
fn product_at(durations: &[f64], happened: &[bool], until: f64) -> f64 {
    let moments = sorted(durations.to_vec());
    let mut survival = 1.0;
    let mut last = -1.0;
    for moment in moments {
        if moment > until || moment <= last {
            continue;
        }
        last = moment;
        let at_risk = durations.iter().filter(|d| **d >= moment).count();
        let pairs = durations.iter().zip(happened);
        let events = pairs
            .filter(|(d, h)| **h && d.total_cmp(&moment).is_eq())
            .count();
        survival *= 1.0 - events as f64 / at_risk as f64;
    }
    survival
}

#[test]
fn the_curve_is_the_product_by_its_definition() {
    for (count, seed) in [(1, 1), (2, 2), (5, 3), (40, 4), (300, 5)] {
        let (durations, happened) = observations(count, seed);
        let curve = kaplan_meier(&durations, &happened).unwrap();
        for point in &curve.points {
            close(
                point.survival,
                product_at(&durations, &happened, point.at),
                1e-13,
            );
            assert!(0.0 <= point.low && point.low <= point.survival);
            assert!(point.survival <= point.high && point.high <= 1.0);
        }
        let last = curve.points.last().unwrap();
        assert_eq!(last.at_risk, last.events + last.censored);
    }
}

/// Vector G18 of the KPI catalogue; intervals computed with lifelines.
#[test]
fn eight_customers_give_the_catalogue_curve() {
    let durations = [3.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 12.0];
    let happened = [true, false, true, true, false, true, true, false];
    let curve = kaplan_meier(&durations, &happened).unwrap();
    for (at, expected) in [
        (3.0, 0.875),
        (6.0, 0.729_167),
        (7.0, 0.583_333),
        (10.0, 0.388_889),
        (12.0, 0.194_444),
    ] {
        close(survival_at(&curve, at).unwrap().survival, expected, 5e-7);
    }
    let at_six = survival_at(&curve, 6.5).unwrap();
    close(at_six.low, 0.276_390, 5e-7);
    close(at_six.high, 0.925_353, 5e-7);
    assert_eq!(median(&curve), Some(10.0));
    assert_eq!(survival_at(&curve, 12.5), None);
    close(curve.points[0].survival, 1.0, 0.0);
}

fn with_open(finished: &[f64], open: &[f64]) -> Option<f64> {
    median_with_open(&mut Ranked::of(finished)?, open)
}

/// Vector G20 of the KPI catalogue: leaving out open tickets flatters.
#[test]
fn open_tickets_lengthen_the_median() {
    let solved = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 20.0, 30.0];
    let open = [15.0, 25.0, 40.0, 60.0, 80.0, 100.0];
    assert_eq!(type7(&solved, 0.5), Some(7.0));
    assert_eq!(with_open(&solved, &open), Some(12.0));
}

#[test]
fn the_fast_median_is_the_median_of_the_curve() {
    for seed in 0..u64::from(rounds(300)) {
        let count = if seed % 3 == 0 {
            2_500
        } else {
            seed as usize % 23
        };
        let (durations, happened) = observations(1 + count, seed * 2);
        let pairs = || durations.iter().copied().zip(happened.iter().copied());
        let finished: Vec<f64> = pairs().filter(|pair| pair.1).map(|pair| pair.0).collect();
        let open: Vec<f64> = pairs().filter(|pair| !pair.1).map(|pair| pair.0).collect();
        let curve = kaplan_meier(&durations, &happened).unwrap();
        assert_eq!(with_open(&finished, &open), median(&curve), "seed {seed}");
    }
}

#[test]
fn without_censoring_survival_is_the_share_left() {
    let durations = numbers(777, 13);
    let curve = kaplan_meier(&durations, &[true; 777]).unwrap();
    for (rank, point) in curve.points.iter().enumerate() {
        close(point.survival, (777 - rank) as f64 / 777.0, 0.0);
    }
    let mean_of_durations = mean(&durations).unwrap();
    close(
        restricted_mean(&curve, 1.0).unwrap(),
        mean_of_durations,
        1e-13,
    );
    assert_eq!(with_open(&durations, &[]), median(&curve));
}

fn survivals(curve: &Curve) -> Vec<f64> {
    curve.points.iter().map(|point| point.survival).collect()
}

#[test]
fn the_order_of_customers_does_not_matter() {
    let (durations, happened) = observations(200, 14);
    let curve = kaplan_meier(&durations, &happened).unwrap();
    let reversed: Vec<f64> = durations.iter().rev().copied().collect();
    let reversed_happened: Vec<bool> = happened.iter().rev().copied().collect();
    assert_eq!(kaplan_meier(&reversed, &reversed_happened), Some(curve));
}

#[test]
fn a_later_start_or_another_unit_moves_durations_and_not_survival() {
    let (durations, happened) = observations(200, 15);
    let curve = kaplan_meier(&durations, &happened).unwrap();
    let weeks: Vec<f64> = durations.iter().map(|days| days / 7.0).collect();
    let in_weeks = kaplan_meier(&weeks, &happened).unwrap();
    assert_eq!(survivals(&in_weeks), survivals(&curve));
    close(
        median(&in_weeks).unwrap() * 7.0,
        median(&curve).unwrap(),
        1e-14,
    );
    let later: Vec<f64> = durations.iter().map(|days| days + 5.0).collect();
    let shifted = kaplan_meier(&later, &happened).unwrap();
    assert_eq!(survivals(&shifted)[1..], survivals(&curve));
}

#[test]
fn a_curve_that_stays_above_one_half_has_no_median() {
    let curve = kaplan_meier(&[1.0, 2.0, 3.0], &[true, false, false]).unwrap();
    assert_eq!(median(&curve), None);
    assert_eq!(with_open(&[1.0], &[2.0, 3.0]), None);
    assert_eq!(
        restricted_mean(&curve, 4.0),
        None,
        "nothing is known beyond 3"
    );
    close(
        restricted_mean(&curve, 3.0).unwrap(),
        1.0 + 2.0 * 2.0 / 3.0,
        1e-15,
    );
    assert_eq!(restricted_mean(&curve, 0.0), None);
}

/// Known difference: lifelines gives an interval of 0 to 0 where survival reaches 0.
#[test]
fn the_last_customer_leaving_is_not_certainty() {
    let curve = kaplan_meier(&[1.0, 2.0, 3.0], &[true; 3]).unwrap();
    let (before, last) = (&curve.points[2], &curve.points[3]);
    close(last.survival, 0.0, 0.0);
    close(last.low, 0.0, 0.0);
    close(last.high, before.high, 0.0);
    close(restricted_mean(&curve, 9.0).unwrap(), 2.0, 1e-15);
}

#[test]
fn the_interval_of_the_median_holds_the_median() {
    let (durations, happened) = observations(300, 16);
    let curve = kaplan_meier(&durations, &happened).unwrap();
    let (low, high) = survival_median_interval(&curve).unwrap();
    let middle = median(&curve).unwrap();
    assert!(low <= middle && high.is_none_or(|high| middle <= high));
}

#[test]
fn the_lean_median_and_its_interval_are_those_of_the_curve() {
    for seed in 0..u64::from(rounds(200)) {
        let (durations, happened) = observations(10 + seed as usize * 3, seed);
        let of = |wanted: bool| -> Vec<f64> {
            let pairs = durations.iter().zip(&happened);
            pairs.filter(|it| *it.1 == wanted).map(|it| *it.0).collect()
        };
        let curve = kaplan_meier(&durations, &happened).unwrap();
        let ends = survival_median_interval(&curve).and_then(|(low, high)| Some((low, high?)));
        let expected = median(&curve).map(|middle| (middle, ends));
        assert_eq!(median_with_open_interval(&of(true), &of(false)), expected);
    }
    assert_eq!(median_with_open_interval(&[], &[]), None);
    assert_eq!(median_with_open_interval(&[-1.0], &[]), None);
}

#[test]
fn impossible_durations_give_no_curve() {
    assert_eq!(kaplan_meier(&[], &[]), None);
    assert_eq!(kaplan_meier(&[1.0], &[]), None);
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(kaplan_meier(&[1.0, bad], &[true, true]), None);
        assert_eq!(with_open(&[1.0, bad], &[]), None);
        assert_eq!(with_open(&[1.0], &[bad]), None);
    }
    assert_eq!(with_open(&[], &[]), None);
    assert_eq!(with_open(&[], &[1.0]), None);
    assert_eq!(median(&Curve::default()), None);
    assert_eq!(restricted_mean(&Curve::default(), 1.0), None);
    assert_eq!(survival_median_interval(&Curve::default()), None);
}

// The bootstrap.

/// Customers whose revenue kept is a noisy share of what they paid.
fn customers(count: usize) -> (Vec<f64>, Vec<f64>) {
    let opening: Vec<f64> = numbers(count, 17).iter().map(|x| 10.0 + 90.0 * x).collect();
    let noise = numbers(count, 18);
    let kept = opening
        .iter()
        .zip(noise)
        .map(|(paid, x)| paid * (0.6 + 0.8 * x));
    (kept.collect(), opening)
}

#[test]
fn the_same_seed_gives_the_same_interval_in_any_order() {
    let (mut kept, mut opening) = customers(50);
    let interval = ratio_interval(&kept, &opening, 0.95, 1000, 42).unwrap();
    kept.reverse();
    opening.reverse();
    assert_eq!(
        ratio_interval(&kept, &opening, 0.95, 1000, 42),
        Some(interval)
    );
    let other = ratio_interval(&kept, &opening, 0.95, 1000, 43).unwrap();
    assert!(
        (interval.low - other.low).abs() > 0.0,
        "another seed draws otherwise"
    );
}

#[test]
fn bootstrap_and_linearisation_agree_where_both_are_good() {
    let (kept, opening) = customers(2000);
    let drawn = ratio_interval(&kept, &opening, 0.95, 2000, 1).unwrap();
    assert_eq!(drawn.method, bootstrap::STUDENTISED_BOOTSTRAP);
    let ratio = kept.iter().sum::<f64>() / opening.iter().sum::<f64>();
    // Eleven copies of each customer: the linearised error is that of one copy over √11.
    let copies = |values: &[f64]| values.repeat(11);
    let linear = ratio_interval(&copies(&kept), &copies(&opening), 0.95, 2000, 1).unwrap();
    assert_eq!(linear.method, bootstrap::LINEARISATION);
    close(
        linear.standard_error * 11.0_f64.sqrt() / drawn.standard_error,
        1.0,
        0.08,
    );
    close(f64::midpoint(linear.low, linear.high), ratio, 1e-12);
    assert!(drawn.low < ratio && ratio < drawn.high);
}

#[test]
fn the_currency_does_not_matter_to_a_ratio() {
    let (kept, opening) = customers(80);
    let cents = |values: &[f64]| values.iter().map(|x| x * 100.0).collect::<Vec<_>>();
    let interval = ratio_interval(&kept, &opening, 0.95, 500, 5).unwrap();
    let in_cents = ratio_interval(&cents(&kept), &cents(&opening), 0.95, 500, 5).unwrap();
    close(in_cents.low, interval.low, 1e-13);
    close(in_cents.high, interval.high, 1e-13);
}

/// With four customers all 256 resamples can be written down, each with its own standard error.
#[test]
fn the_bootstrap_approaches_the_list_of_all_resamples() {
    let (kept, opening) = ([3.0, 5.0, 1.0, 2.5], [4.0, 5.0, 3.0, 2.0]);
    let of = |picks: &[usize]| {
        let sum = |values: &[f64; 4]| picks.iter().map(|&pick| values[pick]).sum::<f64>();
        let ratio = sum(&kept) / sum(&opening);
        let residuals = picks.iter().map(|&pick| kept[pick] - ratio * opening[pick]);
        let squares: f64 = residuals.map(|residual| residual * residual).sum();
        (ratio, (squares * 4.0 / 3.0).sqrt() / sum(&opening))
    };
    let (whole, error) = of(&[0, 1, 2, 3]);
    let mut ratios = Vec::new();
    let mut studentised = Vec::new();
    for number in 0..256_usize {
        let picks = [number & 3, number >> 2 & 3, number >> 4 & 3, number >> 6];
        let (ratio, own_error) = of(&picks);
        ratios.push(ratio);
        if own_error > 1e-9 {
            studentised.push((ratio - whole) / own_error);
        }
    }
    let average = mean(&ratios).unwrap();
    let squares = ratios.iter().map(|x| (x - average) * (x - average));
    let expected = (squares.sum::<f64>() / 256.0).sqrt();
    let drawn = ratio_interval(&kept, &opening, 0.5, 40_000, 6).unwrap();
    assert_eq!(drawn.method, bootstrap::STUDENTISED_BOOTSTRAP);
    close(drawn.standard_error, expected, 0.005);
    // 50 %: the quartiles of the list, which no rounding of the draw can move.
    let ordered = sorted(studentised);
    let end = |share: f64| whole - type7(&ordered, share).unwrap() * error;
    close(drawn.low, end(0.75), 0.03);
    close(drawn.high, end(0.25), 0.03);
}

/// A loss that most resamples miss cannot be studentised: the plain ends are taken, and said.
#[test]
fn draws_without_spread_fall_back_to_plain_ends() {
    let opening = vec![100.0; 40];
    let mut kept = opening.clone();
    kept[0] = 0.0;
    let found = ratio_interval(&kept, &opening, 0.95, 1_000, 3).unwrap();
    assert_eq!(found.method, bootstrap::PERCENTILE_BOOTSTRAP);
    assert!(found.high <= 1.0 && found.low < 0.975);
}

// Tails of the chi-squared distribution.

/// With 1, 2, 4 and 6 degrees of freedom the tail has a closed form, far into the tail as well.
#[test]
fn chi_squared_agrees_with_its_closed_forms() {
    for step in 1..2800 {
        let value = f64::from(step) / 2.0;
        let half = value / 2.0;
        let tail = |degrees| chi_squared_tail(value, degrees).unwrap();
        let shares = [
            (2.0, 1.0),
            (4.0, 1.0 + half),
            (6.0, 1.0 + half + half * half / 2.0),
        ];
        for (degrees, polynomial) in shares {
            close(tail(degrees).ln_p, math::ln(polynomial) - half, 1e-12);
            close(
                tail(degrees).p / (math::exp(-half) * polynomial),
                1.0,
                1e-11,
            );
        }
        close(tail(1.0).p / normal::two_sided_p(value.sqrt()), 1.0, 1e-11);
    }
}

/// The tail is the area under the density, added up in small pieces.
#[test]
fn chi_squared_is_the_area_under_its_density() {
    // The density with 3, 5 and 7 degrees, whose gamma functions are multiples of the root of pi.
    let root = std::f64::consts::PI.sqrt();
    for (degrees, gamma) in [(3.0, root / 2.0), (5.0, root * 0.75), (7.0, root * 1.875)] {
        let density = |x: f64| {
            math::pow(x, degrees / 2.0 - 1.0) * math::exp(-x / 2.0)
                / (math::pow(2.0, degrees / 2.0) * gamma)
        };
        for from in [0.5, 2.0, 6.0, 15.0] {
            let piece = 0.002;
            let area: f64 = (0..75_000)
                .map(|index| density(from + (f64::from(index) + 0.5) * piece) * piece)
                .sum();
            close(chi_squared_tail(from, degrees).unwrap().p, area, 1e-7);
        }
    }
}

// The log-rank test.

/// Observed less expected, and the variances, by their definition at each moment, then the
/// statistic by Cramer's rule; for three groups.
fn slow_log_rank(groups: &[(Vec<f64>, Vec<bool>); 3]) -> f64 {
    let mut moments: Vec<f64> = Vec::new();
    for (durations, _) in groups {
        moments.extend(durations);
    }
    let mut moments = sorted(moments);
    moments.dedup_by(|one, other| one.total_cmp(other).is_eq());
    let (mut d, mut v) = ([0.0; 2], [[0.0; 2]; 2]);
    for moment in moments {
        let risk = |group: usize| groups[group].0.iter().filter(|x| **x >= moment).count() as f64;
        let lost = |group: usize| {
            let (durations, happened) = &groups[group];
            let pairs = durations.iter().zip(happened);
            pairs
                .filter(|(x, h)| **h && x.total_cmp(&moment).is_eq())
                .count() as f64
        };
        let n = risk(0) + risk(1) + risk(2);
        let o = lost(0) + lost(1) + lost(2);
        for i in 0..2 {
            d[i] += lost(i) - o * risk(i) / n;
            for (j, sum) in v[i].iter_mut().enumerate() {
                let own = if i == j { risk(i) / n } else { 0.0 };
                if n > 1.5 {
                    *sum += o * (n - o) / (n - 1.0) * (own - risk(i) * risk(j) / (n * n));
                }
            }
        }
    }
    let determinant = v[0][0] * v[1][1] - v[0][1] * v[1][0];
    (d[0] * d[0] * v[1][1] - 2.0 * d[0] * d[1] * v[0][1] + d[1] * d[1] * v[0][0]) / determinant
}

#[test]
fn log_rank_is_its_definition() {
    for seed in 0..u64::from(rounds(200)) {
        let groups =
            [0, 1, 2].map(|group| observations(8 + 5 * group, 10 * seed + 3 * group as u64));
        let given = groups.each_ref().map(|(durations, happened)| Group {
            durations,
            happened,
        });
        let test = log_rank(&given).unwrap();
        close(test.statistic, slow_log_rank(&groups), 1e-9);
        assert_eq!(test.degrees, 2);
        close(test.p_value, math::exp(-test.statistic / 2.0), 1e-12);
        let [one, two, three] = given;
        let turned = log_rank(&[three, one, two]).unwrap();
        close(turned.statistic, test.statistic, 1e-9);
    }
}

/// Where all groups are alike, p is below 0.05 one time in twenty.
#[test]
fn log_rank_is_wrong_as_often_as_it_says() {
    let below = (0..2000_u64)
        .filter(|seed| {
            let (durations, happened) = observations(120, 1_000 + 7 * seed);
            let cut = |range: std::ops::Range<usize>| Group {
                durations: &durations[range.clone()],
                happened: &happened[range],
            };
            let test = log_rank(&[cut(0..40), cut(40..80), cut(80..120)]).unwrap();
            test.p_value < 0.05
        })
        .count();
    assert!((70..=130).contains(&below), "{below} of 2000");
}

// Hazard by age.

#[test]
fn the_hazards_of_whole_ages_multiply_to_the_curve() {
    let (durations, happened) = observations(300, 77);
    let curve = kaplan_meier(&durations, &happened).unwrap();
    let mut survival = 1.0;
    for age in by_age(&durations, &happened).unwrap() {
        survival *= 1.0 - age.hazard;
        let here = survival_at(&curve, f64::from(age.age)).unwrap();
        close(survival, here.survival, 1e-12);
        assert!(age.low <= age.hazard && age.hazard <= age.high);
    }
}

// The restricted mean.

/// Without censoring the restricted mean is the mean of the durations, cut at the horizon.
#[test]
fn without_censoring_the_restricted_mean_has_the_error_of_a_mean() {
    let durations = ties(60, 25, 5);
    let curve = kaplan_meier(&durations, &[true; 60]).unwrap();
    for horizon in [7.0, 12.5, 24.0] {
        let cut: Vec<f64> = durations.iter().map(|x| x.min(horizon)).collect();
        let mean = cut.iter().sum::<f64>() / 60.0;
        let variance = cut.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 60.0;
        let found = restricted::estimate(&curve, horizon).unwrap();
        close(found.mean, mean, 1e-12);
        close(found.standard_error, (variance / 60.0).sqrt(), 1e-10);
    }
}

// Concentration and several comparisons.

/// The Gini coefficient as half the mean difference of all pairs, over the mean.
#[test]
fn gini_is_the_mean_difference_of_all_pairs() {
    for (count, seed) in [(1, 1), (2, 2), (17, 3), (120, 4)] {
        let values = numbers(count, seed);
        let mut apart = 0.0;
        for one in &values {
            for other in &values {
                apart += (one - other).abs();
            }
        }
        let pairs = (count * count) as f64;
        let expected = apart / pairs / 2.0 / mean(&values).unwrap();
        close(gini(&values).unwrap(), expected, 1e-12);
        let scaled: Vec<f64> = values.iter().map(|value| value * 1e6).collect();
        close(gini(&scaled).unwrap(), expected, 1e-12);
    }
}

/// Holm's procedure as he wrote it: go on rejecting while p is at most level ÷ what is left.
#[test]
fn adjusted_p_values_reject_what_holms_steps_reject() {
    for seed in 0..u64::from(rounds(300)) {
        let p_values: Vec<f64> = numbers(6, seed).iter().map(|x| x * x * 0.1).collect();
        let adjusted = holm(&p_values).unwrap();
        let mut rejected = 0.0;
        for p in sorted(p_values.clone()) {
            if p > 0.05 / (6.0 - rejected) {
                break;
            }
            rejected += 1.0;
        }
        let found = adjusted.iter().filter(|p| **p <= 0.05).count() as f64;
        close(found, rejected, 0.0);
    }
}
