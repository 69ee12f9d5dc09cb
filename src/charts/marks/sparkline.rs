//! The sparkline of a card: a trend without axes and without words.

use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Margins, Plot};
use crate::charts::marks::series::{self, GOAL, Sizes};
use crate::charts::surface::Surface;
use crate::charts::target::{Target, at};
use crate::charts::theme::Theme;
use crate::charts::ticks;
use crate::engine::chart_spec::TrendPoint;

/// Room for the dots at the ends, in CSS pixels.
const END: f64 = 8.0;

/// Draws it over the whole target.
pub(in crate::charts) fn draw(
    target: &mut dyn Target,
    theme: &Theme,
    points: &[TrendPoint],
    goal: Option<f64>,
) -> Result<(), NotDrawn> {
    let (spots, _) = series::spots(points);
    let goal = goal.filter(|value| ticks::drawable(*value));
    let (width, height) = target.size();
    let margins = Margins {
        top: 6.0,
        right: END,
        bottom: 6.0,
        left: 3.0,
    };
    let values = series::values(&spots, goal);
    let (low, high) = ticks::around(ticks::bounds(values).unwrap_or((0.0, 1.0)));
    let (first, last) = series::extent(&spots);
    let last = if last > first { last } else { first + 1.0 };
    let mut plot = Plot::new(
        Surface::new(target, theme),
        margins.inside((width, height)),
        Axis::linear(first..last, Vec::new()),
        Axis::linear(low..high, Vec::new()),
    )?;
    series::band(&mut plot, &spots)?;
    series::hatch(&plot, &spots, width)?;
    if let Some(goal) = goal {
        plot.direct(vec![(first, goal)], move |surface, points| {
            if let [start] = points {
                surface.line(&[*start, at(width - END, start.y)], &GOAL);
            }
        })?;
    }
    series::line(&mut plot, &spots)?;
    let sizes = Sizes {
        current: 4.0,
        hollow: 3.0,
        cap: 4.0,
    };
    series::points(&plot, &spots, sizes)
}
