//! The labels of a time axis: units in one row, years below, fewer where there is less room.

use crate::charts::NotDrawn;
use crate::charts::frame::Plot;
use crate::charts::labels::Labels;
use crate::charts::marks::series::Spot;
use crate::charts::marks::{FAINT, PLAIN, STRONG};
use crate::charts::surface::Place;
use crate::charts::target::{Anchor, Weight, at};
use crate::charts::text;
use crate::engine::base::{Date, PeriodUnit};

/// Least space between two labels, in CSS pixels.
const APART: f64 = 8.0;

/// Baselines below the plot, in CSS pixels.
const FIRST_ROW: f64 = 18.0;
const SECOND_ROW: f64 = 34.0;

/// One label.
struct Tick {
    /// The number of its unit.
    index: i32,
    words: String,
    /// The year below it, where it is the first label of that year.
    year: Option<String>,
    strong: bool,
}

/// How much room the labels take below the plot.
pub(super) const fn height(grain: PeriodUnit) -> f64 {
    match grain {
        PeriodUnit::Year => 26.0,
        _ => 42.0,
    }
}

/// Draws the labels under the plot.
pub(super) fn draw(
    plot: &Plot<'_>,
    spots: &[Spot],
    grain: PeriodUnit,
    current: Option<usize>,
    labels: &dyn Labels,
) -> Result<(), NotDrawn> {
    let indices: Vec<i32> = spots.iter().map(|spot| spot.x as i32).collect();
    let chosen = current.and_then(|index| indices.get(index)).copied();
    let x_of = |index: i32| plot.place((f64::from(index), 0.0)).x;
    let name = |index: i32| labels.date_tick(grain.start(index), grain);
    let ticks = thinned(&indices, grain, &|kept| fits(kept, &x_of, &name));
    let bottom = plot.area.bottom;
    let mut year_before = None;
    // The chosen unit is always named; what stands too close to it is not.
    let beside = |index: i32| {
        chosen.is_some_and(|chosen| {
            index != chosen && !fits(&[index.min(chosen), index.max(chosen)], &x_of, &name)
        })
    };
    let ticks: Vec<Tick> = ticks
        .into_iter()
        .filter(|index| !beside(*index))
        .map(|index| {
            let (year, _, _) = grain.start(index).ymd();
            let first = year_before.replace(year) != Some(year) && grain != PeriodUnit::Year;
            Tick {
                index,
                words: name(index),
                year: first
                    .then(|| labels.date(Date::from_month_index(year * 12), PeriodUnit::Year)),
                strong: Some(index) == chosen,
            }
        })
        .collect();
    let alone = chosen.filter(|index| !ticks.iter().any(|tick| tick.index == *index));
    plot.direct(Vec::new(), |surface, _| {
        let mut write = |x: f64, row: f64, words: &str, style| {
            let place = Place {
                at: at(x, bottom + row),
                anchor: Anchor::Middle,
            };
            surface.label(words, &[place], style);
        };
        // The chosen unit first, so that the others make way for it.
        if let Some(index) = alone {
            write(x_of(index), FIRST_ROW, &name(index), &STRONG);
        }
        for tick in &ticks {
            let style = if tick.strong { &STRONG } else { &PLAIN };
            write(x_of(tick.index), FIRST_ROW, &tick.words, style);
        }
        for tick in &ticks {
            if let Some(year) = &tick.year {
                write(x_of(tick.index), SECOND_ROW, year, &FAINT);
            }
        }
    })
}

/// The units that get a label: every one, or every second, third …, counted from the year's first.
fn thinned(indices: &[i32], grain: PeriodUnit, fits: &dyn Fn(&[i32]) -> bool) -> Vec<i32> {
    let strides: &[i32] = match grain {
        PeriodUnit::Year => &[1, 2, 5, 10, 20, 50, 100, 500],
        PeriodUnit::Quarter => &[1, 2, 4, 8, 20, 40, 80, 200, 400],
        PeriodUnit::Month => &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200],
        PeriodUnit::Week => &[1, 2, 4, 13, 26, 52, 104, 260, 520, 1040],
        PeriodUnit::Day => &[1, 2, 7, 14, 28, 91, 182, 364, 728, 1820, 3640],
    };
    let every = |stride: i32| -> Vec<i32> {
        indices
            .iter()
            .copied()
            .filter(|index| index.rem_euclid(stride) == 0)
            .collect()
    };
    let kept = strides
        .iter()
        .map(|stride| every(*stride))
        .find(|kept| fits(kept))
        .unwrap_or_default();
    if kept.is_empty() {
        // Nothing falls on a round unit: the ends say where the axis runs.
        let mut ends: Vec<i32> = indices
            .first()
            .into_iter()
            .chain(indices.last())
            .copied()
            .collect();
        ends.dedup();
        ends
    } else {
        kept
    }
}

/// Whether labels at these units stand apart from one another.
fn fits(kept: &[i32], x_of: &dyn Fn(i32) -> f64, name: &dyn Fn(i32) -> String) -> bool {
    // More labels than any screen has room for need not be measured.
    if kept.len() > 200 {
        return false;
    }
    let spans: Vec<(f64, f64)> = kept
        .iter()
        .map(|index| {
            let half = text::width(&name(*index), Weight::Strong) / 2.0;
            let middle = x_of(*index);
            (middle - half, middle + half)
        })
        .collect();
    spans.windows(2).all(|pair| match pair {
        [one, next] => one.1 + APART <= next.0,
        _ => true,
    })
}
