//! Classes of equal width on a logarithmic axis, for durations and amounts.

use crate::engine::base::math;
use crate::engine::chart_spec::HistogramClass;
use crate::engine::stats::ranked::Ranked;

/// Classes per factor of ten.
const PER_DECADE: f64 = 6.0;

/// Counts positive values in classes whose edges grow by the sixth root of ten. Values of zero or
/// less are counted in the first class. Empty without positive values.
pub fn log_classes(values: &mut Ranked<'_>) -> Vec<HistogramClass> {
    let positive = values.below(&[f64::from_bits(1)])[0];
    let last = values.len().wrapping_sub(1);
    values.find(&[positive, last]);
    let (Some(low), Some(high)) = (values.at(positive), values.at(last)) else {
        return Vec::new();
    };
    // Seven decades are more than any picture can show.
    let first = place(low).max(place(high) - PER_DECADE * 7.0);
    let count = (place(high) - first) as usize + 1;
    // A logarithm a class instead of one a value.
    let edges: Vec<f64> = (1..count)
        .map(|class| least_of(first + class as f64, (low, high)))
        .collect();
    let mut below = values.below(&edges);
    below.push(values.len());
    let before = std::iter::once(0).chain(below.clone());
    below
        .iter()
        .zip(before)
        .enumerate()
        .map(|(at, (below, before))| HistogramClass {
            from: edge(first + at as f64),
            to: edge(first + at as f64 + 1.0),
            count: (below - before) as f64,
        })
        .collect()
}

/// The least value of a class, between one of a class before and one of this class or a later one;
/// both are positive.
fn least_of(class: f64, (low, high): (f64, f64)) -> f64 {
    let (mut before, mut within) = (low.to_bits(), high.to_bits());
    while within - before > 1 {
        let middle = u64::midpoint(before, within);
        if place(f64::from_bits(middle)) >= class {
            within = middle;
        } else {
            before = middle;
        }
    }
    f64::from_bits(within)
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
        let classes = log_classes(&mut Ranked::of(&values).unwrap());
        let total: f64 = classes.iter().map(|class| class.count).sum();
        assert_eq!(total as usize, values.len());
        assert!(
            classes
                .windows(2)
                .all(|pair| (pair[0].to - pair[1].from).abs() < 1e-9)
        );
        assert!(log_classes(&mut Ranked::of(&[]).unwrap()).is_empty());
        assert!(log_classes(&mut Ranked::of(&[0.0, -1.0]).unwrap()).is_empty());
    }
}
