//! Where an axis begins and ends, and its round ticks.

use crate::engine::base::Unit;
use crate::engine::base::math;

/// Round ticks of a linear axis. They cover the data: the axis runs from the first to the last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// In rising order, at least two.
    pub(super) values: Vec<f64>,
}

impl Ticks {
    /// Where the axis begins.
    pub(super) fn first(&self) -> f64 {
        self.values.first().copied().unwrap_or(0.0)
    }

    /// Where the axis ends.
    pub(super) fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(1.0)
    }

    /// The same ticks without those beyond `end`, where two or more are left; and where an axis of
    /// them ends.
    pub(super) fn up_to(mut self, end: f64) -> (Self, f64) {
        let inside = self.values.iter().filter(|value| **value <= end).count();
        if inside < 2 || end >= self.last() {
            let last = self.last();
            return (self, last);
        }
        self.values.truncate(inside);
        (self, end)
    }

    /// Ticks over a range, at most `most` of them, but never fewer than two.
    pub(super) fn over((low, high): (f64, f64), most: usize, unit: Unit) -> Self {
        let most = most.max(2) as f64;
        let step = steps_from((high - low) / most, unit)
            .find(|step| (high / step).ceil() - (low / step).floor() < most)
            .unwrap_or((high - low).max(1.0));
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let count = ((last - first) as usize).clamp(1, 16);
        Self {
            values: (0..=count)
                .map(|index| multiple(first + index as f64, step))
                .collect(),
        }
    }
}

/// `count` times `step`, written so that 3 × 0.1 is 0.3.
fn multiple(count: f64, step: f64) -> f64 {
    if step < 1.0 {
        count / (1.0 / step).round_ties_even().max(1.0)
    } else {
        count * step
    }
}

/// Round steps from about `least` upwards.
fn steps_from(least: f64, unit: Unit) -> impl Iterator<Item = f64> {
    let least = if least.is_finite() && least > 0.0 {
        least
    } else {
        1e-9
    };
    let floor = if unit == Unit::Count { 1.0 } else { 0.0 };
    let own = own_steps(unit);
    let (own_first, own_last) = (
        own.first().copied().unwrap_or(f64::INFINITY),
        own.last().copied().unwrap_or(f64::INFINITY),
    );
    let exponent = math::log10(least).floor() as i32;
    let decimal = (exponent..exponent + 4).flat_map(|exponent| {
        let size = math::pow(10.0, f64::from(exponent.abs()));
        [1.0, 2.0, 5.0].map(|digit| {
            if exponent < 0 {
                digit / size
            } else {
                digit * size
            }
        })
    });
    let mut all: Vec<f64> = decimal
        .filter(|step| *step < own_first || *step > own_last)
        .chain(own.iter().copied())
        .filter(|step| *step >= floor)
        .collect();
    all.sort_by(f64::total_cmp);
    all.into_iter()
}

/// Steps that are rounder than powers of ten for the unit: parts of days, parts of years.
const fn own_steps(unit: Unit) -> &'static [f64] {
    match unit {
        Unit::Hours => &[
            1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 672.0,
        ],
        Unit::Months => &[1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0, 120.0],
        Unit::Score => &[1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0],
        _ => &[],
    }
}

/// What an axis of values must cover.
///
/// Rates begin at 0, and so does any axis where that leaves half its length to the data.
/// Without data it is 0 to 1; a single value gets room down to 0.
pub(super) fn range_of(values: impl IntoIterator<Item = f64>, unit: Unit) -> (f64, f64) {
    let (mut low, mut high) = bounds(values).unwrap_or((0.0, 1.0));
    if low >= 0.0 && (unit == Unit::Ratio || low <= 0.5 * high) {
        low = 0.0;
    }
    if high <= 0.0 && high >= 0.5 * low {
        high = 0.0;
    }
    widened(low, high)
}

/// As [`range_of`], with 0 always in it: what bars need.
pub(super) fn range_from_zero(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = bounds(values).unwrap_or((0.0, 1.0));
    widened(low.min(0.0), high.max(0.0))
}

/// The least and greatest finite value.
pub(super) fn bounds(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .into_iter()
        .filter(|value| drawable(*value))
        .fold(None, |bounds, value| match bounds {
            None => Some((value, value)),
            Some((low, high)) => Some((value.min(low), value.max(high))),
        })
}

/// Whether a value has a place on any axis of ours.
pub(super) fn drawable(value: f64) -> bool {
    value.is_finite() && value.abs() < 1e200
}

/// The range, or one around it where both ends are all but the same.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if high - low > size * 1e-9 {
        (low, high)
    } else if size < 1e-200 {
        (0.0, 1.0)
    } else if low > 0.0 {
        (0.0, high)
    } else {
        (low, 0.0)
    }
}

/// The range, or room around a single value so that it stands in the middle.
pub(super) fn around((low, high): (f64, f64)) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if high - low > size * 1e-9 {
        (low, high)
    } else {
        let room = if size > 0.0 { size * 0.5 } else { 1.0 };
        (low - room, high + room)
    }
}

/// Round places on a logarithmic axis, in rising order.
pub(super) fn logarithmic((low, high): (f64, f64), unit: Unit) -> Vec<f64> {
    let own: &[f64] = match unit {
        Unit::Hours => &[1.0, 2.0, 4.0, 8.0, 24.0, 48.0, 72.0, 168.0, 336.0, 720.0],
        Unit::Months => &[1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0, 120.0],
        _ => &[],
    };
    let (from, to) = (
        math::log10(low).floor() as i32,
        math::log10(high).ceil() as i32,
    );
    let (own_first, own_last) = (
        own.first().copied().unwrap_or(f64::INFINITY),
        own.last().copied().unwrap_or(f64::INFINITY),
    );
    let mut all: Vec<f64> = (from..=to)
        .flat_map(|exponent| {
            let size = math::pow(10.0, f64::from(exponent.abs()));
            [1.0, 2.0, 5.0].map(|digit| {
                if exponent < 0 {
                    digit / size
                } else {
                    digit * size
                }
            })
        })
        .filter(|tick| *tick < own_first || *tick > own_last)
        .chain(own.iter().copied())
        .filter(|tick| (low..=high).contains(tick))
        .collect();
    all.sort_by(f64::total_cmp);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: (f64, f64), unit: Unit, expected: &[f64]) {
        let ticks = Ticks::over(range, 7, unit);
        let written: Vec<String> = ticks.values.iter().map(f64::to_string).collect();
        let expected: Vec<String> = expected.iter().map(f64::to_string).collect();
        assert_eq!(written, expected);
    }

    #[test]
    fn ticks_are_round() {
        check(
            (0.0, 0.118),
            Unit::Ratio,
            &[0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12],
        );
        check((0.0, 0.98), Unit::Ratio, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        check((0.0, 21.0), Unit::Months, &[0.0, 6.0, 12.0, 18.0, 24.0]);
        check(
            (0.0, 100.0),
            Unit::Hours,
            &[0.0, 24.0, 48.0, 72.0, 96.0, 120.0],
        );
        check((0.0, 1.0), Unit::Count, &[0.0, 1.0]);
        check(
            (-40.0, 55.0),
            Unit::Score,
            &[-40.0, -20.0, 0.0, 20.0, 40.0, 60.0],
        );
    }

    #[test]
    fn any_range_has_two_to_seven_ticks_that_cover_it() {
        for size in -30..30 {
            let high = 3.7 * math::pow(10.0, f64::from(size));
            for unit in [Unit::Ratio, Unit::Money, Unit::Hours, Unit::Months] {
                let ticks = Ticks::over(range_of([high, high * 0.9], unit), 7, unit);
                assert!((2..=7).contains(&ticks.values.len()), "{high} {ticks:?}");
                assert!(ticks.last() >= high * 0.999_999, "{high} {ticks:?}");
            }
        }
    }

    #[test]
    fn rates_and_bars_begin_at_zero() {
        assert_eq!(range_of([0.97, 0.99], Unit::Ratio).0.to_bits(), 0);
        assert_eq!(range_from_zero([97.0, 99.0]).0.to_bits(), 0);
        assert!(range_of([300.0, 320.0], Unit::Money).0 > 0.0);
    }
}
