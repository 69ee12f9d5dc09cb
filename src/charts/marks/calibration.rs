//! Calibration: chances that were told against how often it then happened. Both axes are the same,
//! so that what was told rightly stands on the diagonal.

use super::series::{self, GOAL};
use super::{Canvas, FAINT, PLAIN, rimmed};
use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Grid, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Surface};
use crate::charts::target::{Anchor, Target, at};
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, Ticks};
use crate::engine::base::Unit;
use crate::engine::chart_spec::ToldGroup;

/// Room for the ticks of either axis and for their names, in CSS pixels.
const LEFT: f64 = 44.0;
const ABOVE: f64 = 36.0;
const BELOW: f64 = 44.0;

/// The height at a width, in CSS pixels.
pub(in crate::charts) fn height(width: f64) -> f64 {
    (width * 0.75).clamp(240.0, 360.0)
}

/// A share that can be drawn. Nothing else is one, so the axes end at one at the most.
fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

/// Groups with their numbers checked.
pub(in crate::charts) struct Calibration<'a> {
    groups: &'a [ToldGroup],
}

impl<'a> Calibration<'a> {
    /// The groups in their order.
    pub(in crate::charts) const fn new(groups: &'a [ToldGroup]) -> Self {
        Self { groups }
    }

    /// The plot with its axes, and their common ticks.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
    ) -> Result<(Plot<'t>, Ticks), NotDrawn> {
        let size = target.size();
        let margins = Margins {
            top: ABOVE,
            right: 24.0,
            bottom: BELOW,
            left: LEFT,
        };
        let area = margins.inside(size);
        let numbers = self.groups.iter().flat_map(|group| {
            let ends = group.low.into_iter().chain(group.high);
            [group.told, group.happened].into_iter().chain(ends)
        });
        let range = ticks::range_of(numbers.filter(|it| is_share(*it)), Unit::Ratio);
        let most = (area.width().min(area.height()) / 36.0).clamp(3.0, 6.0) as usize;
        let ticks = Ticks::over((0.0, range.1), most, Unit::Ratio);
        let axis = || Axis::linear(ticks.first()..ticks.last(), ticks.values.clone());
        let plot = Plot::new(Surface::new(target, theme), area, axis(), axis())?;
        Ok((plot, ticks))
    }

    /// Where each group stands.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        self.groups
            .iter()
            .map(|group| {
                let known = |value: f64| if is_share(value) { value } else { 0.0 };
                let point = plot.place((known(group.told), known(group.happened)));
                (point.x, point.y)
            })
            .collect()
    }

    /// What the cursor says of each group.
    pub(in crate::charts) fn readouts(&self, labels: &dyn Labels) -> Vec<String> {
        let told = self.groups.iter().map(|group| {
            let share = |value: f64| labels.value(value, Unit::Ratio);
            let mut parts = vec![
                format!("{} {}", labels.term(Term::Told), share(group.told)),
                format!("{} {}", labels.term(Term::Happened), share(group.happened)),
            ];
            if let (Some(low), Some(high)) = (group.low, group.high) {
                parts.push(labels.phrase("{0} to {1}", &[&share(low), &share(high)]));
            }
            let count = labels.count(group.n as f64);
            parts.push(format!("{} = {count}", labels.term(Term::Count)));
            parts.join(", ")
        });
        told.collect()
    }

    /// The lowest and the highest group in one sentence.
    pub(in crate::charts) fn sentence(&self, labels: &dyn Labels) -> String {
        let mut told = self.readouts(labels);
        let last = if told.len() > 1 { told.pop() } else { None };
        let ends = told.into_iter().take(1).chain(last);
        ends.collect::<Vec<_>>().join("; ")
    }

    /// One row a group: what was told, what happened, its interval, how many.
    pub(in crate::charts) fn rows(&self, labels: &dyn Labels) -> Vec<Vec<String>> {
        let share = |value: Option<f64>| {
            value.map_or_else(
                || labels.term(Term::Missing),
                |value| labels.value(value, Unit::Ratio),
            )
        };
        let rows = self.groups.iter().map(|group| {
            vec![
                share(Some(group.told)),
                share(Some(group.happened)),
                share(group.low),
                share(group.high),
                labels.count(group.n as f64),
            ]
        });
        rows.collect()
    }
}

/// Draws the groups over the whole target.
pub(in crate::charts) fn draw(
    canvas: Canvas<'_>,
    calibration: &Calibration<'_>,
) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let (mut plot, ticks) = calibration.plot(canvas.target, canvas.theme)?;
    let last = ticks.last();
    let tick = |value: &f64| labels.tick(*value, Unit::Ratio, *value >= last);
    plot.grid(Grid::Horizontal, &tick)?;
    plot.grid(Grid::Below, &tick)?;
    diagonal(&plot, last, labels)?;
    names(&plot, labels)?;
    for group in calibration.groups {
        if !is_share(group.told) || !is_share(group.happened) {
            continue;
        }
        if let (Some(low), Some(high)) = (group.low, group.high)
            && is_share(low)
            && is_share(high)
        {
            plot.direct(
                vec![(group.told, low), (group.told, high)],
                |surface, points| {
                    series::whisker(surface, points, 4.0);
                },
            )?;
        }
        plot.direct(vec![(group.told, group.happened)], |surface, points| {
            if let [point] = points {
                surface.disc(*point, 4.5, Colour::Data);
                surface.keep_clear(series::around(*point, 4.5));
            }
        })?;
    }
    Ok(())
}

/// Where both are equal, and the two axes.
fn diagonal(plot: &Plot<'_>, last: f64, labels: &dyn Labels) -> Result<(), NotDrawn> {
    let words = labels.term(Term::AsTold);
    let corners = vec![(0.0, 0.0), (last, last), (last, 0.0)];
    plot.direct(corners, |surface, points| {
        let [foot, top, right] = points else { return };
        surface.line(&[*foot, *right], &AXIS);
        surface.line(&[*foot, *top], &GOAL);
        let place = Place {
            at: at(top.x, top.y - 7.0),
            anchor: Anchor::End,
        };
        surface.label(&words, &[place], &rimmed(PLAIN));
    })
}

/// What either axis tells.
fn names(plot: &Plot<'_>, labels: &dyn Labels) -> Result<(), NotDrawn> {
    let (told, happened) = (labels.term(Term::Told), labels.term(Term::Happened));
    let (top, bottom, right) = (plot.area.top, plot.area.bottom, plot.area.right);
    plot.direct(vec![(0.0, 0.0)], |surface, _| {
        let upright = Place {
            at: at(0.0, top - ABOVE + 12.0),
            anchor: Anchor::Start,
        };
        surface.label(&happened, &[upright], &FAINT);
        let level = Place {
            at: at(right, bottom + BELOW - 8.0),
            anchor: Anchor::End,
        };
        surface.label(&told, &[level], &FAINT);
    })
}
