//! Survival: the share of customers left at each duration, as steps, with its interval.

use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::tick_label;
use crate::charts::surface::Surface;
use crate::charts::target::{Target, Weight};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{Ticks, drawable};
use crate::engine::base::Unit;
use crate::engine::chart_spec::{SurvivalCurve, SurvivalStep};

/// From this width on, names stand at the right of the plot instead of in it, in CSS pixels.
pub(super) const WIDE: f64 = 560.0;

/// Height of the plot's ticks below it and of a line of counts, in CSS pixels.
pub(super) const TICKS: f64 = 26.0;
pub(super) const LINE: f64 = 18.0;

/// The most curves drawn.
pub(super) const CURVES: usize = 4;

/// Lengths of dash and gap in CSS pixels; none for a solid line.
pub(super) type Dash = Option<(f64, f64)>;

/// Curves differ by colour and by dash.
const STYLES: [(Colour, Dash); CURVES] = [
    (Colour::Data, None),
    (Colour::Series2, Some((10.0, 4.0))),
    (Colour::Series3, Some((4.0, 3.0))),
    (Colour::Series4, Some((1.5, 2.5))),
];

/// The height that suits so many curves at a width, in CSS pixels.
pub(in crate::charts) fn height(curves: usize, width: f64) -> f64 {
    let plot = if width < 480.0 { 230.0 } else { 290.0 };
    let more = if curves > CURVES { LINE } else { 0.0 };
    plot + (curves.clamp(1, CURVES) + 1) as f64 * LINE + more
}

/// Curves with their numbers checked.
pub(in crate::charts) struct Survival<'a> {
    pub(super) unit: Unit,
    pub(super) curves: Vec<Checked<'a>>,
}

/// One curve: its steps that have a place.
pub(super) struct Checked<'a> {
    pub(super) curve: &'a SurvivalCurve,
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
    pub(super) fn stairs(&self, level: fn(&SurvivalStep) -> f64) -> Vec<(f64, f64)> {
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
    pub(super) fn at_risk(&self, duration: f64) -> u64 {
        let next = self.steps.partition_point(|step| step.at < duration);
        self.steps.get(next).map_or(0, |step| step.at_risk)
    }

    pub(super) fn end(&self) -> Option<(f64, f64)> {
        let last = self.steps.last()?;
        Some((last.at, last.survival.clamp(0.0, 1.0)))
    }

    pub(super) fn median(&self) -> Option<f64> {
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

    pub(super) fn drawn(&self) -> impl Iterator<Item = (&Checked<'a>, (Colour, Dash))> {
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
            let range = labels.phrase("{0} to {1}", &[&share(step.low), &share(step.high)]);
            format!(
                "{}, {}: {}, {range}, {} {risk}",
                checked.curve.label,
                labels.value(step.at, self.unit),
                share(step.survival),
                labels.inside(Term::AtRisk)
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
        let median = labels.inside(Term::Median);
        let say = |checked: &Checked<'_>| {
            let (end, share) = checked.end()?;
            let middle = checked.median().map_or_else(String::new, |at| {
                format!(", {median} {}", labels.value(at, self.unit))
            });
            Some(labels.phrase(
                "{0} {1} after {2}{3}",
                &[
                    &checked.curve.label,
                    &labels.value(share, Unit::Ratio),
                    &labels.value(end, self.unit),
                    &middle,
                ],
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
