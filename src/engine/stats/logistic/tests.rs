use super::super::assert_close;
use super::*;
use crate::engine::base::math;

/// Points from 0 to 100 that follow nothing but chance, and outcomes that follow these weights a
/// point; the last number is the log-odds at 50 points each.
fn world(count: u32, weights: &[f64], middle: f64, seed: u64) -> (Vec<Vec<f64>>, Vec<bool>) {
    let mut rng = Rng::from_seed(seed);
    let mut columns = vec![Vec::new(); weights.len()];
    let mut kept = Vec::new();
    for _ in 0..count {
        let mut line = middle;
        for (column, weight) in columns.iter_mut().zip(weights) {
            let points = 100.0 * rng.unit();
            line += weight * (points - 50.0);
            column.push(points);
        }
        kept.push(rng.unit() < newton::chance(line));
    }
    (columns, kept)
}

fn fitted(columns: &[Vec<f64>], kept: &[bool]) -> Result<Fit, NoFit> {
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    fit(&columns, kept, 1)
}

/// The slope of the cost in each weight per spread, worked out from the columns anew.
fn slope_of(found: &Fit, columns: &[Vec<f64>], kept: &[bool]) -> (f64, Vec<f64>) {
    let scaled = |place: usize, row: usize| {
        let weight = &found.weights[place];
        let mean = weight.mean;
        let squares: f64 = columns[place]
            .iter()
            .map(|it| (it - mean) * (it - mean))
            .sum();
        let spread = math::sqrt(squares / kept.len() as f64);
        (columns[place][row] - mean) / spread
    };
    let mut slopes = vec![0.0; columns.len()];
    let mut of_intercept = 0.0;
    let table: Vec<Vec<f64>> = (0..kept.len())
        .map(|row| (0..columns.len()).map(|place| scaled(place, row)).collect())
        .collect();
    for (row, kept) in table.iter().zip(kept) {
        let weighted = row.iter().zip(&found.weights);
        let line: f64 = weighted
            .map(|(value, weight)| value * weight.per_spread)
            .sum();
        let off = newton::chance(found.intercept + line) - f64::from(u8::from(*kept));
        of_intercept += off;
        for (slope, value) in slopes.iter_mut().zip(row) {
            *slope += off * value;
        }
    }
    for (slope, weight) in slopes.iter_mut().zip(&found.weights) {
        *slope += found.penalty * weight.per_spread;
    }
    (of_intercept, slopes)
}

/// Karush, Kuhn and Tucker: no slope where a weight is free, none that leads down where it is 0.
#[test]
fn no_weight_can_be_changed_for_the_better() {
    for (weights, seed) in [
        (vec![0.04, 0.02, 0.0, 0.01], 1),
        (vec![0.03, -0.03, 0.0, 0.02], 2),
        (vec![0.0, 0.0], 3),
    ] {
        let (columns, kept) = world(400, &weights, 1.0, seed);
        let found = fitted(&columns, &kept).unwrap();
        let (of_intercept, slopes) = slope_of(&found, &columns, &kept);
        assert_close(of_intercept, 0.0, 1e-6);
        for (slope, weight) in slopes.iter().zip(&found.weights) {
            assert!(weight.per_unit >= 0.0);
            if weight.per_spread > 0.0 {
                assert_close(*slope, 0.0, 1e-6);
            } else {
                assert!(*slope >= -1e-6, "{slope}");
            }
        }
    }
}

/// Small steps along the slope, cut off at 0, end at the same place.
#[test]
fn plain_descent_ends_at_the_same_weights() {
    let (columns, kept) = world(300, &[0.03, -0.01, 0.015], 0.5, 7);
    let found = fitted(&columns, &kept).unwrap();
    let mut other = found.clone();
    other.intercept = 0.0;
    for weight in &mut other.weights {
        weight.per_spread = 0.0;
    }
    for _ in 0..400 {
        let (of_intercept, slopes) = slope_of(&other, &columns, &kept);
        let step = 2.0 / (kept.len() as f64 + found.penalty);
        other.intercept -= step * of_intercept;
        for (weight, slope) in other.weights.iter_mut().zip(slopes) {
            weight.per_spread = (weight.per_spread - step * slope).max(0.0);
        }
    }
    assert_close(other.intercept, found.intercept, 1e-6);
    for (one, other) in found.weights.iter().zip(&other.weights) {
        assert_close(one.per_spread, other.per_spread, 1e-6);
    }
}

/// Drivers known to us come back in their order, within a tenth of their size; what does nothing
/// gets next to nothing, and what is the wrong way round gets nothing.
#[test]
fn known_drivers_come_back_in_their_order() {
    let truth = [0.04, 0.02, 0.01, 0.0, -0.02];
    for seed in 0..5 {
        let (columns, kept) = world(5_000, &truth, 2.0, seed);
        let found = fitted(&columns, &kept).unwrap();
        let weights: Vec<f64> = found.weights.iter().map(|it| it.per_unit).collect();
        assert!(weights[0] > weights[1] && weights[1] > weights[2] && weights[2] > weights[3]);
        assert_close(weights[0], 0.04, 0.006);
        assert_close(weights[1], 0.02, 0.004);
        assert!(weights[3] < 0.005, "{weights:?}");
        assert_close(weights[4], 0.0, 0.0);
        let shares = found.shares().unwrap();
        assert_close(shares.iter().sum(), 1.0, 1e-12);
        assert!(shares[0] > 0.5);
    }
}

#[test]
fn the_order_of_the_cases_changes_nothing() {
    let (mut columns, mut kept) = world(501, &[0.03, 0.0, 0.01], 1.5, 11);
    columns[1][17] = f64::NAN;
    let first = fitted(&columns, &kept).unwrap();
    for column in &mut columns {
        column.reverse();
    }
    kept.reverse();
    let mut second = fitted(&columns, &kept).unwrap();
    second.told.reverse();
    assert_eq!(first, second);
}

/// Chances are told by fits that did not see the case: of pure noise they are no better than chance.
#[test]
fn noise_is_told_no_better_than_chance() {
    let (columns, kept) = world(300, &[0.0; 12], 0.0, 5);
    let found = fitted(&columns, &kept).unwrap();
    let was_lost: Vec<bool> = kept.iter().map(|kept| !kept).collect();
    let unseen = super::super::roc::auc(&found.told, &was_lost).unwrap();
    assert!(unseen.low < 0.5, "{unseen:?}");
    assert!(found.told.iter().all(|told| *told > 0.0 && *told < 1.0));
}

#[test]
fn outcomes_without_overlap_have_finite_weights() {
    let points: Vec<f64> = (0..100).map(f64::from).collect();
    let kept: Vec<bool> = (0..100).map(|row| row >= 30).collect();
    let found = fitted(&[points.clone(), points], &kept).unwrap();
    let [one, other] = &found.weights[..] else {
        panic!("two columns have two weights");
    };
    assert!(one.per_unit > 0.02 && one.per_unit < 1.0);
    // The same column twice shares its say.
    assert_close(one.per_unit, other.per_unit, 1e-7);
}

#[test]
fn constant_and_missing_values_are_said() {
    let (mut columns, kept) = world(200, &[0.05, 0.0], 0.0, 3);
    columns.push(vec![0.1; 200]);
    columns.push(vec![f64::NAN; 200]);
    columns[0][..50].fill(f64::NAN);
    let found = fitted(&columns, &kept).unwrap();
    let rest: f64 = columns[0][50..].iter().sum::<f64>() / 150.0;
    assert_close(found.weights[0].mean, rest, 1e-12);
    assert_eq!(found.weights[0].missing, 50);
    assert!(found.weights[0].per_unit > 0.02);
    for (place, missing) in [(2, 0), (3, 200)] {
        assert!(!found.weights[place].varies);
        assert_eq!(found.weights[place].missing, missing);
        assert_close(found.weights[place].per_unit, 0.0, 0.0);
    }
    assert_eq!(fitted(&columns[2..], &kept), Err(NoFit::NothingVaries));
    assert_eq!(fitted(&[], &kept), Err(NoFit::NothingVaries));
}

#[test]
fn too_few_outcomes_are_not_fitted() {
    let points: Vec<f64> = (0..40).map(f64::from).collect();
    let kept: Vec<bool> = (0..40).map(|row| row >= 9).collect();
    let few = NoFit::TooFew { lost: 9, kept: 31 };
    assert_eq!(fitted(std::slice::from_ref(&points), &kept), Err(few));
    let more: Vec<bool> = (0..40).map(|row| row >= 10).collect();
    assert!(fitted(std::slice::from_ref(&points), &more).is_ok());
    assert_eq!(fitted(&[vec![1.0]], &more), Err(NoFit::NotCases));
    let mut endless = points;
    endless[3] = f64::INFINITY;
    assert_eq!(fitted(&[endless], &more), Err(NoFit::NotCases));
}
