//! Classes of equal width on a logarithmic axis, for durations and amounts.

use crate::engine::base::math;
use crate::engine::chart_spec::HistogramClass;

/// Classes per factor of ten.
const PER_DECADE: f64 = 6.0;

/// Counts positive values in classes whose edges grow by the sixth root of ten. Values of zero or
/// less are counted in the first class. Empty without values.
pub fn log_classes(values: &[f64]) -> Vec<HistogramClass> {
    let positive = values.iter().copied().filter(|v| *v > 0.0 && v.is_finite());
    let (Some(low), Some(high)) = (
        positive.clone().min_by(f64::total_cmp),
        positive.max_by(f64::total_cmp),
    ) else {
        return Vec::new();
    };
    // Seven decades are more than any picture can show.
    let first = place(low).max(place(high) - PER_DECADE * 7.0);
    let count = (place(high) - first) as usize + 1;
    let mut counts = vec![0_u64; count];
    for value in values {
        let at = if *value > 0.0 {
            (place(*value) - first).max(0.0) as usize
        } else {
            0
        };
        counts[at.min(count - 1)] += 1;
    }
    counts
        .into_iter()
        .enumerate()
        .map(|(at, count)| HistogramClass {
            from: edge(first + at as f64),
            to: edge(first + at as f64 + 1.0),
            count: count as f64,
        })
        .collect()
}

fn place(value: f64) -> f64 {
    (math::log10(value) * PER_DECADE).floor()
}

fn edge(place: f64) -> f64 {
    math::pow(10.0, place / PER_DECADE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_class() {
        let values: Vec<f64> = (1..=5_000)
            .map(|n| f64::from(n) * 0.037)
            .chain([0.0, -1.0])
            .collect();
        let classes = log_classes(&values);
        let total: f64 = classes.iter().map(|class| class.count).sum();
        assert_eq!(total as usize, values.len());
        assert!(
            classes
                .windows(2)
                .all(|pair| (pair[0].to - pair[1].from).abs() < 1e-9)
        );
        assert!(log_classes(&[]).is_empty());
    }
}
