//! Charts: turns a chart as data into drawing calls, into words and into places to point at.
//!
//! Takes: a [`ChartSpec`], a [`Target`] to draw on, a [`Theme`] and [`Labels`]. Gives: a drawing,
//! a [`Description`] and [`Position`]s for pointer and keyboard.
//! Never: knows a KPI, a locale or a browser; measures text with anything but its own table.
//! Start at [`draw`]. Tests: `tests/chart_goldens.rs`, records in `tests/golden/charts/`.
//!
//! Plotters does the coordinate systems, gridlines, tick labels, lines, areas and bars, through
//! one backend of ours ([`surface::Surface`]). What it has no means for (dashes, hatching, labels
//! that make way for one another) is drawn on the same surface at coordinates plotters gives.

mod backend;
mod describe;
mod direct;
mod frame;
mod labels;
mod marks;
mod positions;
pub mod surface;
pub mod target;
pub mod text;
mod theme;
mod ticks;
mod zoom;

pub use describe::{Description, describe};
pub use labels::{Labels, PlainLabels, Term, plain_term};
pub use positions::{Position, positions};
pub use target::Target;
pub use theme::{Colour, Theme};
pub use zoom::{Span, zoomed};

use std::fmt;

use crate::engine::chart_spec::{ChartSpec, Plot, TrendPoint};

/// A chart that could not be drawn; the page shows its sentence and table instead.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotDrawn;

impl fmt::Display for NotDrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The chart could not be drawn. Its table has the same numbers.")
    }
}

impl std::error::Error for NotDrawn {}

/// The least width and height on which anything is drawn, in CSS pixels.
const SMALLEST: f64 = 24.0;

/// Draws the chart over the whole target. A target too small to hold anything stays empty.
///
/// # Errors
/// [`NotDrawn`] when plotters refuses; no known spec makes it do so.
pub fn draw(
    spec: &ChartSpec,
    target: &mut dyn Target,
    theme: &Theme,
    labels: &dyn Labels,
) -> Result<(), NotDrawn> {
    let (width, height) = target.size();
    if width < SMALLEST || height < SMALLEST {
        return Ok(());
    }
    let canvas = marks::Canvas {
        target,
        theme,
        labels,
    };
    match &spec.plot {
        Plot::Trend {
            unit,
            points,
            target: goal,
        } => marks::trend::draw(canvas, &marks::trend::Trend::new(*unit, points, *goal)),
        Plot::Distribution { bars } => marks::distribution::draw(canvas, bars),
        Plot::Waterfall { unit, steps } => {
            marks::waterfall::draw(canvas, &marks::waterfall::Waterfall::new(*unit, steps))
        }
        Plot::Movements {
            unit,
            kinds,
            periods,
        } => marks::movements::draw(
            canvas,
            &marks::movements::Movements::new(*unit, kinds, periods),
        ),
        Plot::Dots {
            unit,
            dots,
            reference,
        } => marks::dots::draw(canvas, &marks::dots::Dots::new(*unit, dots, *reference)),
        Plot::Histogram {
            unit,
            classes,
            markers,
        } => marks::histogram::draw(
            canvas,
            &marks::histogram::Histogram::new(*unit, classes, markers),
        ),
        Plot::Cohorts {
            step,
            size_unit,
            cohorts,
            means,
        } => {
            let table = marks::cohorts::Cohorts::new((*step, *size_unit), cohorts, means);
            marks::cohorts_drawing::draw(canvas, &table);
            Ok(())
        }
        Plot::Funnel { stages } => marks::funnel::draw(canvas, &marks::funnel::Funnel::new(stages)),
        Plot::Contributions { unit, parts, sum } => marks::contributions::draw(
            canvas,
            &marks::contributions::Contributions::new(*unit, parts, sum.as_ref()),
        ),
        Plot::Calibration { groups } => {
            marks::calibration::draw(canvas, &marks::calibration::Calibration::new(groups))
        }
        Plot::Survival { unit, curves } => {
            marks::survival_drawing::draw(canvas, &marks::survival::Survival::new(*unit, curves))
        }
    }
}

/// Draws a trend without axes over the whole target: line, band, `goal` dashed, the last complete
/// point with its whisker, what is not over hatched.
///
/// # Errors
/// As [`draw`].
pub fn sparkline(
    points: &[TrendPoint],
    goal: Option<f64>,
    target: &mut dyn Target,
    theme: &Theme,
) -> Result<(), NotDrawn> {
    let (width, height) = target.size();
    if width < SMALLEST || height < SMALLEST {
        return Ok(());
    }
    marks::sparkline::draw(target, theme, points, goal)
}

/// The height in CSS pixels at which the chart reads well at this width.
pub fn height_for(spec: &ChartSpec, width: f64) -> f64 {
    match &spec.plot {
        Plot::Trend { .. } => marks::trend::height(width),
        Plot::Distribution { bars } => marks::distribution::height(bars, width),
        Plot::Waterfall { steps, .. } => marks::waterfall::height(steps.len()),
        Plot::Movements { kinds, .. } => marks::movements::height(kinds, width),
        Plot::Dots { dots, .. } => marks::dots::height(dots.len()),
        Plot::Histogram { markers, .. } => marks::histogram::height(markers.len(), width),
        Plot::Cohorts { cohorts, .. } => marks::cohorts::height(cohorts.len()),
        Plot::Funnel { stages } => marks::funnel::height(stages.len()),
        Plot::Contributions { parts, sum, .. } => {
            marks::contributions::height(parts.len() + usize::from(sum.is_some()))
        }
        Plot::Calibration { .. } => marks::calibration::height(width),
        Plot::Survival { curves, .. } => marks::survival::height(curves.len(), width),
    }
}
