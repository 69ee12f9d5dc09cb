//! A figure over time: what the trend and the sparkline have in common.

use crate::charts::NotDrawn;
use crate::charts::frame::Plot;
use crate::charts::surface::{Stroke, Surface};
use crate::charts::target::{Area, Point, at};
use crate::charts::theme::Colour;
use crate::charts::ticks::drawable;
use crate::engine::base::PeriodUnit;
use crate::engine::chart_spec::TrendPoint;

/// The target: ink dash 5-4.
pub(super) const GOAL: Stroke = Stroke {
    colour: Colour::Ink,
    width: 1.0,
    dash: Some((5.0, 4.0)),
};

/// A period that is not over.
const UNFINISHED: Stroke = Stroke {
    colour: Colour::Data,
    width: 2.0,
    dash: Some((3.0, 3.0)),
};

/// A whisker of an interval.
pub(super) const WHISKER: Stroke = Stroke {
    colour: Colour::Data,
    width: 2.0,
    dash: None,
};

/// One point with numbers that can be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Along the axis: the number of its calendar unit.
    pub(super) x: f64,
    /// The figure.
    pub(super) value: Option<f64>,
    /// Its interval.
    pub(super) interval: Option<(f64, f64)>,
    /// Whether its unit is not over.
    pub(super) partial: bool,
}

/// The spots of the points, and the calendar unit they are counted in.
pub(super) fn spots(points: &[TrendPoint]) -> (Vec<Spot>, PeriodUnit) {
    let grain = grain(points);
    let spots = points
        .iter()
        .map(|point| Spot {
            x: f64::from(grain.index(point.start)),
            value: point.value.filter(|value| drawable(*value)),
            interval: point
                .low
                .zip(point.high)
                .filter(|(low, high)| drawable(*low) && drawable(*high))
                .map(|(low, high)| (low.min(high), low.max(high))),
            partial: point.partial,
        })
        .collect();
    (spots, grain)
}

/// The calendar unit of a series: the longest in which all points begin a unit and neighbours are
/// one apart somewhere. A single point on the first of a month counts as a month.
fn grain(points: &[TrendPoint]) -> PeriodUnit {
    let fits = |unit: PeriodUnit| {
        let begins = points
            .iter()
            .all(|point| unit.start(unit.index(point.start)) == point.start);
        let neighbours = points.windows(2).any(|pair| match pair {
            [one, next] => unit.index(next.start) - unit.index(one.start) == 1,
            _ => false,
        });
        begins && (neighbours || (points.len() < 2 && unit == PeriodUnit::Month))
    };
    [
        PeriodUnit::Year,
        PeriodUnit::Quarter,
        PeriodUnit::Month,
        PeriodUnit::Week,
    ]
    .into_iter()
    .find(|unit| fits(*unit))
    .unwrap_or(PeriodUnit::Day)
}

/// The last point that is over and has a figure: the one the card speaks of.
pub(super) fn current(spots: &[Spot]) -> Option<usize> {
    spots
        .iter()
        .rposition(|spot| spot.value.is_some() && !spot.partial)
}

/// Every number that the axis of values must cover.
pub(super) fn values(spots: &[Spot], goal: Option<f64>) -> Vec<f64> {
    let mut values: Vec<f64> = goal.into_iter().collect();
    for spot in spots {
        values.extend(spot.value);
        if let (Some((low, high)), false) = (spot.interval, spot.partial) {
            values.extend([low, high]);
        }
    }
    values
}

/// From where to where the points run along the axis, for an axis without room at its ends.
pub(super) fn extent(spots: &[Spot]) -> (f64, f64) {
    let first = spots.first().map_or(0.0, |spot| spot.x);
    let last = spots.last().map_or(0.0, |spot| spot.x);
    (first.min(last), first.max(last))
}

/// The band of intervals, one polygon for each unbroken run of two or more.
pub(super) fn band(plot: &mut Plot<'_>, spots: &[Spot]) -> Result<(), NotDrawn> {
    let has_band = |spot: &Spot| spot.interval.is_some() && !spot.partial;
    for run in spots.chunk_by(|one, next| has_band(one) && has_band(next)) {
        let edges: Vec<(f64, (f64, f64))> = run
            .iter()
            .filter(|spot| has_band(spot))
            .filter_map(|spot| Some((spot.x, spot.interval?)))
            .collect();
        if edges.len() < 2 {
            continue;
        }
        let upper = edges.iter().map(|(x, (_, high))| (*x, *high));
        let lower = edges.iter().rev().map(|(x, (low, _))| (*x, *low));
        plot.between(upper.chain(lower).collect(), Colour::Band)?;
    }
    Ok(())
}

/// The hatched ground of what is not over, from half-way after the last point that is.
pub(super) fn hatch(plot: &Plot<'_>, spots: &[Spot], right: f64) -> Result<(), NotDrawn> {
    let Some(first) = spots.iter().position(|spot| spot.partial) else {
        return Ok(());
    };
    let Some(begin) = spots.get(first).map(|spot| spot.x) else {
        return Ok(());
    };
    let before = first
        .checked_sub(1)
        .and_then(|index| spots.get(index))
        .map_or(begin, |spot| spot.x);
    let (top, bottom) = (plot.area.top, plot.area.bottom);
    plot.direct(
        vec![(f64::midpoint(before, begin), 0.0)],
        move |surface, at| {
            if let [edge] = at {
                surface.hatch(&Area {
                    left: edge.x,
                    top,
                    right,
                    bottom,
                });
            }
        },
    )
}

/// The line, broken where there is no figure, dashed towards what is not over.
pub(super) fn line(plot: &mut Plot<'_>, spots: &[Spot]) -> Result<(), NotDrawn> {
    let solid = |spot: &Spot| spot.value.is_some() && !spot.partial;
    for run in spots.chunk_by(|one, next| solid(one) && solid(next)) {
        let points: Vec<(f64, f64)> = run
            .iter()
            .filter(|spot| solid(spot))
            .filter_map(|spot| Some((spot.x, spot.value?)))
            .collect();
        if points.len() > 1 {
            plot.line(&points, Colour::Data)?;
            plot.direct(points, keep_line_clear)?;
        }
    }
    for pair in spots.windows(2) {
        if let [one, next] = pair
            && let (Some(from), Some(to), true) = (one.value, next.value, next.partial)
        {
            plot.direct(vec![(one.x, from), (next.x, to)], |surface, at| {
                surface.line(at, &UNFINISHED);
                keep_line_clear(surface, at);
            })?;
        }
    }
    Ok(())
}

/// Labels make way for a line.
fn keep_line_clear(surface: &mut Surface<'_>, line: &[Point]) {
    // A very long line would leave no room at all, and its labels have a rim.
    if line.len() > 120 {
        return;
    }
    for pair in line.windows(2) {
        if let [from, to] = pair {
            let parts = ((to.x - from.x).abs().max((to.y - from.y).abs()) / 4.0)
                .ceil()
                .clamp(1.0, 200.0);
            for part in 0..=(parts as u32) {
                let share = f64::from(part) / parts;
                let middle = at(
                    from.x + (to.x - from.x) * share,
                    from.y + (to.y - from.y) * share,
                );
                surface.keep_clear(around(middle, 1.5));
            }
        }
    }
}

/// The square around a place.
pub(super) fn around(middle: Point, half: f64) -> Area {
    Area {
        left: middle.x - half,
        top: middle.y - half,
        right: middle.x + half,
        bottom: middle.y + half,
    }
}

/// How large the marks are, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Radius of the current point.
    pub(super) current: f64,
    /// Radius of the hollow point.
    pub(super) hollow: f64,
    /// Half the length of a whisker's cap.
    pub(super) cap: f64,
}

/// The current point with its whisker, and hollow points for what is not over.
pub(super) fn points(plot: &Plot<'_>, spots: &[Spot], sizes: Sizes) -> Result<(), NotDrawn> {
    let chosen = current(spots).and_then(|index| spots.get(index));
    if let Some(spot) = chosen {
        if let Some((low, high)) = spot.interval {
            plot.direct(vec![(spot.x, low), (spot.x, high)], move |surface, at| {
                whisker(surface, at, sizes.cap);
            })?;
        }
        if let Some(value) = spot.value {
            plot.direct(vec![(spot.x, value)], move |surface, at| {
                if let [middle] = at {
                    surface.disc(*middle, sizes.current, Colour::Data);
                    surface.keep_clear(around(*middle, sizes.current));
                }
            })?;
        }
    }
    let unfinished = spots.iter().filter(|spot| spot.partial);
    for (x, value) in unfinished.filter_map(|spot| Some((spot.x, spot.value?))) {
        plot.direct(vec![(x, value)], move |surface, at| {
            if let [middle] = at {
                surface.ring(*middle, sizes.hollow, Colour::Data);
                surface.keep_clear(around(*middle, sizes.hollow));
            }
        })?;
    }
    Ok(())
}

/// A whisker between two points, with caps across its ends.
pub(super) fn whisker(surface: &mut Surface<'_>, ends: &[Point], cap: f64) {
    let &[one, other] = ends else {
        return;
    };
    surface.line(ends, &WHISKER);
    let upright = (one.x - other.x).abs() < (one.y - other.y).abs();
    for end in [one, other] {
        let (from, to) = if upright {
            (at(end.x - cap, end.y), at(end.x + cap, end.y))
        } else {
            (at(end.x, end.y - cap), at(end.x, end.y + cap))
        };
        surface.line(&[from, to], &WHISKER);
    }
    let mut area = Area::between(one, other);
    area.left -= if upright { cap } else { 0.0 };
    area.right += if upright { cap } else { 0.0 };
    surface.keep_clear(area);
}
