//! Survival: the share of customers left at each duration, as steps, with its interval.

use super::{Canvas, DROP, FAINT, PLAIN, rimmed};
use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Grid, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::{AXIS, tick_label};
use crate::charts::surface::{Place, Rim, Stroke, Style, Surface};
use crate::charts::target::{Anchor, Point, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{Ticks, drawable};
use crate::engine::base::Unit;
use crate::engine::chart_spec::{SurvivalCurve, SurvivalStep};

/// From this width on, names stand at the right of the plot instead of in it, in CSS pixels.
const WIDE: f64 = 560.0;

/// Height of the plot's ticks below it and of a line of counts, in CSS pixels.
const TICKS: f64 = 26.0;
const LINE: f64 = 18.0;

/// The most curves drawn, and the most of which the intervals are.
const CURVES: usize = 4;
const BANDS: usize = 3;

/// Curves differ by colour and by dash.
const STYLES: [(Colour, Option<(f64, f64)>); CURVES] = [
    (Colour::Data, None),
    (Colour::Series2, Some((10.0, 4.0))),
    (Colour::Series3, Some((4.0, 3.0))),
    (Colour::Series4, Some((1.5, 2.5))),
];

/// The line down from where half are left.
const HALF: Stroke = Stroke {
    colour: Colour::Edge,
    width: 1.0,
    dash: Some((2.0, 3.0)),
};

/// The height that suits so many curves at a width, in CSS pixels.
pub(in crate::charts) fn height(curves: usize, width: f64) -> f64 {
    let plot = if width < 480.0 { 230.0 } else { 290.0 };
    let more = if curves > CURVES { LINE } else { 0.0 };
    plot + (curves.clamp(1, CURVES) + 1) as f64 * LINE + more
}

/// Curves with their numbers checked.
pub(in crate::charts) struct Survival<'a> {
    unit: Unit,
    curves: Vec<Checked<'a>>,
}

/// One curve: its steps that have a place.
struct Checked<'a> {
    curve: &'a SurvivalCurve,
    steps: Vec<&'a SurvivalStep>,
}

impl Checked<'_> {
    /// Steps at which something happens, and the first: what the cursor and the table stop at.
    /// Someone who only left observation is no event.
    fn stops(&self) -> impl Iterator<Item = &SurvivalStep> {
        let first = std::iter::once(true).chain(std::iter::repeat(false));
        let steps = self.steps.iter().copied().zip(first);
        steps
            .filter(|(step, is_first)| *is_first || step.events > 0)
            .map(|(step, _)| step)
    }

    /// The corners of the staircase through one of the numbers of each step.
    fn stairs(&self, level: fn(&SurvivalStep) -> f64) -> Vec<(f64, f64)> {
        let mut corners: Vec<(f64, f64)> = Vec::new();
        for step in &self.steps {
            let new = level(step).clamp(0.0, 1.0);
            let before = corners.last().map_or(1.0, |last| last.1);
            let is_last = self
                .steps
                .last()
                .is_some_and(|last| std::ptr::eq(*last, *step));
            if corners.is_empty() {
                corners.push((0.0, if step.at > 0.0 { 1.0 } else { new }));
            }
            if (new - before).abs() > 1e-12 || is_last {
                corners.push((step.at, before));
                corners.push((step.at, new));
            }
        }
        corners
    }

    /// How many are under observation just before a duration.
    fn at_risk(&self, duration: f64) -> u64 {
        let next = self.steps.partition_point(|step| step.at < duration);
        self.steps.get(next).map_or(0, |step| step.at_risk)
    }

    fn end(&self) -> Option<(f64, f64)> {
        let last = self.steps.last()?;
        Some((last.at, last.survival.clamp(0.0, 1.0)))
    }

    fn median(&self) -> Option<f64> {
        self.curve.median.filter(|median| drawable(*median))
    }
}

impl<'a> Survival<'a> {
    /// Checks the numbers; a step that has no place is left out.
    pub(in crate::charts) fn new(unit: Unit, curves: &'a [SurvivalCurve]) -> Self {
        let valid = |step: &&SurvivalStep| {
            let numbers = [step.at, step.survival, step.low, step.high];
            numbers.into_iter().all(drawable) && step.at >= 0.0
        };
        let check = |curve: &'a SurvivalCurve| {
            let mut steps: Vec<&SurvivalStep> = curve.steps.iter().filter(valid).collect();
            steps.sort_by(|one, other| one.at.total_cmp(&other.at));
            Checked { curve, steps }
        };
        Self {
            unit,
            curves: curves.iter().map(check).collect(),
        }
    }

    fn drawn(&self) -> impl Iterator<Item = (&Checked<'a>, (Colour, Option<(f64, f64)>))> {
        self.curves.iter().zip(STYLES)
    }

    /// The plot with its axes, and the ticks of the durations.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<(Plot<'t>, Ticks), NotDrawn> {
        let (width, height) = target.size();
        let shares = shares();
        let percents: Vec<String> = (0..shares.values.len())
            .map(|index| tick_label(&shares, index, Unit::Ratio, labels))
            .collect();
        let left = text::widest(percents.iter().map(String::as_str), Weight::Regular) + 10.0;
        let names = || {
            self.drawn()
                .map(|(checked, _)| checked.curve.label.as_str())
        };
        let name = text::widest(names(), Weight::Strong) + 10.0;
        let rows = (self.curves.len().clamp(1, CURVES) + 1) as f64;
        let more = if self.curves.len() > CURVES {
            LINE
        } else {
            0.0
        };
        let margins = Margins {
            top: 12.0,
            right: if width < WIDE {
                14.0
            } else {
                name.clamp(24.0, 168.0)
            },
            bottom: TICKS + rows * LINE + more + 4.0,
            left: if self.curves.len() > 1 {
                left.max((name + 20.0).min(width * 0.24))
            } else {
                left
            },
        };
        let area = margins.inside((width, height));
        let ends = self.drawn().filter_map(|(checked, _)| checked.end());
        let last = ends.map(|(at, _)| at).fold(0.0, f64::max);
        let last = if last > 0.0 { last } else { 1.0 };
        let most = (area.width() / 64.0).clamp(3.0, 9.0) as usize;
        let (ticks, end) = Ticks::over((0.0, last), most, self.unit).up_to(last * 1.01);
        let plot = Plot::new(
            Surface::new(target, theme),
            area,
            Axis::linear(0.0..end, ticks.values.clone()),
            Axis::linear(0.0..1.0, shares.values),
        )?;
        Ok((plot, ticks))
    }

    /// Where each step with a loss stands. A curve that is not drawn has no place.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let stops = self.drawn().flat_map(|(checked, _)| checked.stops());
        stops
            .map(|step| {
                let point = plot.place((step.at, step.survival.clamp(0.0, 1.0)));
                (point.x, point.y)
            })
            .collect()
    }

    /// What the cursor says of every place.
    pub(in crate::charts) fn readouts(&self, labels: &dyn Labels) -> Vec<String> {
        let say = |checked: &Checked<'_>, step: &SurvivalStep| {
            let share = |share| labels.value(share, Unit::Ratio);
            let risk = labels.count(step.at_risk as f64);
            format!(
                "{}, {}: {}, {} to {}, {} {risk}",
                checked.curve.label,
                labels.value(step.at, self.unit),
                share(step.survival),
                share(step.low),
                share(step.high),
                labels.term(Term::AtRisk).to_lowercase()
            )
        };
        self.drawn()
            .flat_map(|(checked, _)| {
                checked
                    .stops()
                    .map(|step| say(checked, step))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// Of each curve what is left at its end, and after which duration half are.
    pub(in crate::charts) fn sentence(&self, labels: &dyn Labels) -> String {
        let median = labels.term(Term::Median).to_lowercase();
        let say = |checked: &Checked<'_>| {
            let (end, share) = checked.end()?;
            let middle = checked.median().map_or_else(String::new, |at| {
                format!(", {median} {}", labels.value(at, self.unit))
            });
            Some(format!(
                "{} {} after {}{middle}",
                checked.curve.label,
                labels.value(share, Unit::Ratio),
                labels.value(end, self.unit)
            ))
        };
        let said: Vec<String> = self.curves.iter().filter_map(say).collect();
        said.join("; ")
    }

    /// The table: every step with a loss, of every curve.
    pub(in crate::charts) fn rows(&self, labels: &dyn Labels) -> Vec<Vec<String>> {
        let row = |checked: &Checked<'_>, step: &SurvivalStep| {
            let share = |share| labels.value(share, Unit::Ratio);
            vec![
                checked.curve.label.clone(),
                labels.value(step.at, self.unit),
                share(step.survival),
                share(step.low),
                share(step.high),
                labels.count(step.at_risk as f64),
            ]
        };
        let of = |checked: &Checked<'_>| -> Vec<Vec<String>> {
            checked.stops().map(|step| row(checked, step)).collect()
        };
        self.curves.iter().flat_map(of).collect()
    }
}

/// The ticks of the shares, always 0 to 100 %.
fn shares() -> Ticks {
    Ticks {
        values: vec![0.0, 0.25, 0.5, 0.75, 1.0],
    }
}

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
