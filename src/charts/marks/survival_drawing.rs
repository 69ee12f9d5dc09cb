//! Survival, drawn: bands, steps, medians, names, and how many are still under observation.

use super::survival::{CURVES, Checked, LINE, Survival, TICKS, WIDE};
use super::{Canvas, DROP, FAINT, PLAIN, rimmed};
use crate::charts::NotDrawn;
use crate::charts::frame::{Grid, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::{AXIS, tick_label};
use crate::charts::surface::{Place, Rim, Stroke, Style};
use crate::charts::target::{Anchor, Point, Weight, at};
use crate::charts::text;
use crate::charts::theme::Colour;
use crate::charts::ticks::Ticks;
use crate::engine::base::Unit;

/// The most curves of which the intervals are drawn.
const BANDS: usize = 3;

/// The line down from where half are left.
const HALF: Stroke = Stroke {
    colour: Colour::Edge,
    width: 1.0,
    dash: Some((2.0, 3.0)),
};

/// Draws the curves over the whole target.
pub(in crate::charts) fn draw(canvas: Canvas<'_>, survival: &Survival<'_>) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let (mut plot, ticks) = survival.plot(canvas.target, canvas.theme, labels)?;
    plot.grid(Grid::Horizontal, &|share| {
        labels.tick(*share, Unit::Ratio, *share >= 1.0)
    })?;
    let several = survival.curves.len() > 1;
    if survival.curves.len() <= BANDS {
        for (checked, (colour, _)) in survival.drawn() {
            band(&mut plot, checked, several.then_some(colour))?;
        }
    }
    axis(&plot)?;
    for (checked, (colour, dash)) in survival.drawn() {
        let stroke = Stroke {
            colour,
            width: 2.0,
            dash,
        };
        plot.direct(checked.stairs(|step| step.survival), |surface, corners| {
            surface.line(corners, &stroke);
        })?;
    }
    medians(&plot, survival, labels)?;
    ends(&plot, survival)?;
    below(&plot, survival, &ticks, labels)
}

/// The interval: an area, and where several overlap, its edges in the curve's colour.
fn band(plot: &mut Plot<'_>, checked: &Checked<'_>, edge: Option<Colour>) -> Result<(), NotDrawn> {
    let upper = checked.stairs(|step| step.high);
    let lower = checked.stairs(|step| step.low);
    if upper.len() < 2 {
        return Ok(());
    }
    let corners = upper.iter().chain(lower.iter().rev()).copied().collect();
    plot.between(corners, Colour::Band)?;
    let Some(colour) = edge else { return Ok(()) };
    let stroke = Stroke {
        colour,
        width: 1.0,
        dash: Some((1.0, 3.0)),
    };
    for side in [upper, lower] {
        plot.direct(side, |surface, corners| surface.line(corners, &stroke))?;
    }
    Ok(())
}

fn axis(plot: &Plot<'_>) -> Result<(), NotDrawn> {
    let (left, right) = (plot.area.left, plot.area.right);
    plot.direct(vec![(0.0, 0.0)], move |surface, points| {
        if let [foot] = points {
            surface.line(&[at(left, foot.y), at(right, foot.y)], &AXIS);
        }
    })
}

/// Where half are left: a dot on the curve, a line down to the axis, and the duration.
fn medians(plot: &Plot<'_>, survival: &Survival<'_>, labels: &dyn Labels) -> Result<(), NotDrawn> {
    for (checked, (colour, _)) in survival.drawn() {
        let Some(median) = checked.median() else {
            continue;
        };
        let words = format!(
            "{} {}",
            labels.term(Term::Median),
            labels.value(median, survival.unit)
        );
        plot.direct(vec![(median, 0.5), (median, 0.0)], |surface, points| {
            let [middle, foot] = points else { return };
            surface.line(&[*middle, *foot], &HALF);
            surface.disc(*middle, 4.0, colour);
            let style = rimmed(Style { colour, ..PLAIN });
            surface.label(&words, &near_foot(*foot), &style);
        })?;
    }
    Ok(())
}

/// Places beside the foot of a line, from the lowest up.
fn near_foot(foot: Point) -> Vec<Place> {
    let mut places = Vec::new();
    for up in [8.0, 24.0, 40.0, 56.0] {
        for (aside, anchor) in [(5.0, Anchor::Start), (-5.0, Anchor::End)] {
            places.push(Place {
                at: at(foot.x + aside, foot.y - up),
                anchor,
            });
        }
    }
    places
}

/// The name of each curve at its end, in its colour.
fn ends(plot: &Plot<'_>, survival: &Survival<'_>) -> Result<(), NotDrawn> {
    if survival.curves.len() < 2 {
        return Ok(());
    }
    let (right, width) = (plot.area.right, plot.size.0);
    for (checked, (colour, _)) in survival.drawn() {
        let Some(end) = checked.end() else { continue };
        plot.direct(vec![end], |surface, points| {
            let [end] = points else { return };
            let style = Style {
                colour,
                weight: Weight::Strong,
                rim: Rim::With,
            };
            let wide = width >= WIDE;
            let room = if wide {
                width - right - 6.0
            } else {
                width * 0.4
            };
            let name = text::shortened(&checked.curve.label, Weight::Strong, room);
            let offs = [0.0, -8.0, 8.0, -16.0, 16.0, -24.0, 24.0, -32.0, 32.0];
            let places: Vec<Place> = offs
                .into_iter()
                .map(|off| Place {
                    at: if wide {
                        at(right + 6.0, end.y + DROP + off)
                    } else {
                        at(end.x - 2.0, end.y - 6.0 + off)
                    },
                    anchor: if wide { Anchor::Start } else { Anchor::End },
                })
                .collect();
            surface.label(&name, &places, &style);
        })?;
    }
    Ok(())
}

/// The ticks of the durations, and below them how many are still under observation.
fn below(
    plot: &Plot<'_>,
    survival: &Survival<'_>,
    ticks: &Ticks,
    labels: &dyn Labels,
) -> Result<(), NotDrawn> {
    let (left, foot) = (plot.area.left, plot.area.bottom);
    let places: Vec<(f64, f64)> = ticks.values.iter().map(|at| (*at, 0.0)).collect();
    plot.direct(places, |surface, points| {
        let middle = |x: f64, y: f64| Place {
            at: at(x, y),
            anchor: Anchor::Middle,
        };
        let start = |y: f64| Place {
            at: at(0.0, y),
            anchor: Anchor::Start,
        };
        for (index, point) in points.iter().enumerate() {
            let words = tick_label(ticks, index, survival.unit, labels);
            let place = middle(point.x, foot + 17.0);
            let end = Place {
                at: at(point.x + 12.0, foot + 17.0),
                anchor: Anchor::End,
            };
            surface.label(&words, &[place, end], &PLAIN);
        }
        let head = foot + TICKS + 13.0;
        surface.label(&labels.term(Term::AtRisk), &[start(head)], &FAINT);
        let mut y = head;
        for (checked, (colour, _)) in survival.drawn() {
            y += LINE;
            let style = Style { colour, ..PLAIN };
            if survival.curves.len() > 1 {
                let name = text::shortened(&checked.curve.label, Weight::Regular, left - 16.0);
                surface.label(&name, &[start(y)], &style);
            }
            for (duration, point) in ticks.values.iter().zip(points) {
                let count = labels.count(checked.at_risk(*duration) as f64);
                surface.label(&count, &[middle(point.x, y)], &style);
            }
        }
        if let Some(more) = survival
            .curves
            .len()
            .checked_sub(CURVES)
            .filter(|more| *more > 0)
        {
            let count = labels.count(more as f64);
            let words = format!("+ {count} {}", labels.term(Term::More));
            surface.label(&words, &[start(y + LINE)], &FAINT);
        }
    })
}
