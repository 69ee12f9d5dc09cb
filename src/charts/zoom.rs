//! A part of a trend, by its periods.

use crate::engine::chart_spec::{ChartSpec, Plot};

/// Fewer points than these are not worth a closer look, and are never shown alone.
const FEWEST: usize = 4;

/// Which points of a trend are shown: from the first to the last, both included.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Span {
    /// The first point.
    pub first: usize,
    /// The last point.
    pub last: usize,
}

impl Span {
    /// All points of a trend; absent where a part of it would show too few, and for other charts.
    pub fn whole(spec: &ChartSpec) -> Option<Self> {
        match &spec.plot {
            Plot::Trend { points, .. } => Self::of(points.len()),
            Plot::Movements { periods, .. } => Self::of(periods.len()),
            _ => None,
        }
    }

    fn of(count: usize) -> Option<Self> {
        (count > FEWEST).then(|| Self {
            first: 0,
            last: count - 1,
        })
    }

    /// How many points are shown.
    pub fn count(self) -> usize {
        self.last - self.first + 1
    }

    /// About half as many points, around `middle` or at the end, where the news is.
    #[must_use]
    pub fn closer(self, middle: Option<usize>) -> Self {
        let count = self.count().div_ceil(2).max(FEWEST.min(self.count()));
        let latest = self.last + 1 - count;
        let first = match middle {
            Some(middle) => middle.saturating_sub(count.div_ceil(2)),
            None => latest,
        };
        let first = first.clamp(self.first, latest);
        Self {
            first,
            last: first + count - 1,
        }
    }

    /// Twice as many points within `whole`, more of the past first.
    #[must_use]
    pub fn wider(self, whole: Self) -> Self {
        let more = self.count();
        let first = self.first.saturating_sub(more).max(whole.first);
        let rest = more - (self.first - first);
        Self {
            first,
            last: (self.last + rest).min(whole.last),
        }
    }

    /// The points between two marks of what is shown, in either order; absent where they are too few.
    #[must_use]
    pub fn between(self, one: usize, other: usize) -> Option<Self> {
        let (first, last) = (one.min(other), one.max(other));
        let chosen = Self {
            first: self.first + first,
            last: (self.first + last).min(self.last),
        };
        (last - first + 1 >= FEWEST).then_some(chosen)
    }
}

/// The chart with these points alone; other charts as they are.
#[must_use]
pub fn zoomed(spec: &ChartSpec, span: Span) -> ChartSpec {
    let mut part = spec.clone();
    match &mut part.plot {
        Plot::Trend { points, .. } => keep(points, span),
        Plot::Movements { periods, .. } => keep(periods, span),
        _ => {}
    }
    part
}

fn keep<T>(points: &mut Vec<T>, span: Span) {
    points.truncate(span.last.saturating_add(1));
    points.drain(..span.first.min(points.len()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::{Date, Unit};
    use crate::engine::chart_spec::TrendPoint;

    fn trend(count: u8) -> ChartSpec {
        let point = |month: u8| TrendPoint {
            start: Date::from_ymd(2025, u32::from(month), 1).unwrap(),
            value: Some(f64::from(month)),
            low: None,
            high: None,
            n: None,
            partial: false,
        };
        ChartSpec {
            title: String::new(),
            summary: String::new(),
            plot: Plot::Trend {
                unit: Unit::Count,
                points: (1..=count).map(point).collect(),
                target: None,
            },
            footnotes: Vec::new(),
        }
    }

    fn span(first: usize, last: usize) -> Span {
        Span { first, last }
    }

    #[test]
    fn closer_and_wider_keep_within_the_whole_and_come_back_to_it() {
        assert_eq!(Span::whole(&trend(4)), None);
        let whole = Span::whole(&trend(12)).unwrap();
        assert_eq!(whole, span(0, 11));
        assert_eq!(whole.closer(None), span(6, 11), "the latest");
        assert_eq!(whole.closer(Some(0)), span(0, 5));
        assert_eq!(whole.closer(Some(5)), span(2, 7));
        assert_eq!(whole.closer(None).closer(None), span(8, 11));
        assert_eq!(span(8, 11).closer(None), span(8, 11), "no fewer than these");
        assert_eq!(span(8, 11).wider(whole), span(4, 11));
        assert_eq!(span(0, 5).wider(whole), whole, "the rest is taken behind");
        for first in 0..8 {
            for last in first + 3..12 {
                for middle in (0..12).map(Some).chain([None]) {
                    let closer = span(first, last).closer(middle);
                    assert!(first <= closer.first && closer.last <= last, "{closer:?}");
                    assert!(closer.count() >= 4, "{closer:?}");
                }
                let wider = span(first, last).wider(whole);
                assert!(wider.first <= first && last <= wider.last, "{wider:?}");
                assert!(wider.last <= 11, "{wider:?}");
            }
        }
    }

    #[test]
    fn a_part_between_two_marks_is_counted_from_what_is_shown() {
        assert_eq!(span(3, 11).between(6, 2), Some(span(5, 9)));
        assert_eq!(span(3, 11).between(2, 3), None, "too few");
    }

    #[test]
    fn the_part_holds_the_points_of_the_span() {
        let part = zoomed(&trend(12), span(6, 9));
        let Plot::Trend { points, .. } = part.plot else {
            panic!("a trend stays one");
        };
        let values: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
        assert_eq!(format!("{values:?}"), "[7.0, 8.0, 9.0, 10.0]");
    }
}
