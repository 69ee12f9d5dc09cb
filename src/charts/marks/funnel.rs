//! A funnel: how many come as far as each stage, one bar a stage from zero, and between two stages
//! the share that goes on.

use super::{Canvas, DROP, FAINT, PLAIN, ROWS, STRONG, label_column, more_rows};
use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, drawable};
use crate::engine::base::Unit;
use crate::engine::chart_spec::Stage;

/// Height of a stage with the share below it, in CSS pixels; half a bar; the middle of the bar, as a
/// share of the height.
const ROW: f64 = 44.0;
const HALF_BAR: f64 = 10.0;
const MIDDLE: f64 = 0.32;

/// The height that suits the stages, in CSS pixels.
pub(in crate::charts) fn height(stages: usize) -> f64 {
    stages.clamp(1, ROWS + 1) as f64 * ROW
}

/// Stages with their shares.
pub(in crate::charts) struct Funnel<'a> {
    stages: &'a [Stage],
}

impl<'a> Funnel<'a> {
    /// The stages in their order.
    pub(in crate::charts) const fn new(stages: &'a [Stage]) -> Self {
        Self { stages }
    }

    /// How many came as far as a stage; what cannot be drawn has no length.
    fn count(&self, place: usize) -> f64 {
        let stage = self.stages.get(place);
        stage.map_or(0.0, |stage| {
            if drawable(stage.count) {
                stage.count
            } else {
                0.0
            }
        })
    }

    /// The share of another stage that came as far as this one; absent where nobody was there.
    fn share(&self, place: usize, of: usize) -> Option<f64> {
        let whole = self.count(of);
        (whole > 0.0).then(|| self.count(place) / whole)
    }

    fn share_in_words(&self, place: usize, of: usize, labels: &dyn Labels) -> String {
        self.share(place, of).map_or_else(
            || labels.term(Term::Missing),
            |share| labels.value(share, Unit::Ratio),
        )
    }

    /// What stands behind each bar.
    fn told(&self, labels: &dyn Labels) -> Vec<String> {
        let places = 0..self.stages.len();
        places
            .map(|place| {
                let count = labels.count(self.count(place));
                if place == 0 {
                    count
                } else {
                    format!("{count} · {}", self.share_in_words(place, 0, labels))
                }
            })
            .collect()
    }

    /// The plot, without anything in it.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<Plot<'t>, NotDrawn> {
        let size = target.size();
        let told = self.told(labels);
        let widest = text::widest(told.iter().map(String::as_str), Weight::Strong);
        let margins = Margins {
            top: 0.0,
            right: (widest + 20.0).min(size.0 * 0.45),
            bottom: 0.0,
            left: label_column(self.stages.iter().map(|it| it.label.as_str()), size.0),
        };
        let counts = (0..self.stages.len()).map(|place| self.count(place));
        let (low, high) = ticks::range_from_zero(counts);
        let rows = self.stages.len().clamp(1, ROWS + 1) as f64;
        Plot::new(
            Surface::new(target, theme),
            margins.inside(size),
            Axis::linear(low..high, Vec::new()),
            Axis::linear(rows..0.0, Vec::new()),
        )
    }

    /// Where each bar ends.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let places = 0..self.stages.len();
        places
            .map(|place| {
                let point = plot.place((self.count(place), place as f64 + MIDDLE));
                (point.x, point.y)
            })
            .collect()
    }

    /// What the cursor says of each stage.
    pub(in crate::charts) fn readouts(&self, labels: &dyn Labels) -> Vec<String> {
        let told = self.told(labels);
        self.stages
            .iter()
            .zip(&told)
            .map(|(stage, told)| format!("{}: {told}", stage.label))
            .collect()
    }

    /// The stages in one sentence.
    pub(in crate::charts) fn sentence(&self, labels: &dyn Labels) -> String {
        self.readouts(labels).join(", ")
    }

    /// One row a stage: its name, how many, their shares of the first and of the one before.
    pub(in crate::charts) fn rows(&self, labels: &dyn Labels) -> Vec<Vec<String>> {
        let stages = self.stages.iter().enumerate();
        stages
            .map(|(place, stage)| {
                let before = place.checked_sub(1);
                vec![
                    stage.label.clone(),
                    labels.count(self.count(place)),
                    self.share_in_words(place, 0, labels),
                    before.map_or_else(String::new, |before| {
                        self.share_in_words(place, before, labels)
                    }),
                ]
            })
            .collect()
    }
}

/// Draws the stages over the whole target.
pub(in crate::charts) fn draw(canvas: Canvas<'_>, funnel: &Funnel<'_>) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let mut plot = funnel.plot(canvas.target, canvas.theme, labels)?;
    let told = funnel.told(labels);
    let half = HALF_BAR / ROW;
    for (place, stage) in funnel.stages.iter().enumerate().take(ROWS) {
        let (count, middle) = (funnel.count(place), place as f64 + MIDDLE);
        plot.bar([(0.0, middle - half), (count, middle + half)], Colour::Data)?;
        let (left, width) = (plot.area.left, plot.size.0);
        let words = told.get(place).map_or("", String::as_str);
        plot.direct(vec![(count, middle)], |surface, points| {
            let [end] = points else { return };
            let start = |x: f64| Place {
                at: at(x, end.y + DROP),
                anchor: Anchor::Start,
            };
            let name = text::shortened(&stage.label, Weight::Regular, left - 8.0);
            surface.label(&name, &[start(0.0)], &PLAIN);
            let beyond = end.x + 8.0;
            let room = (width - beyond).max(0.0);
            let words = text::shortened(words, Weight::Strong, room);
            surface.label(&words, &[start(beyond)], &STRONG);
        })?;
        if place > 0 {
            let share = funnel.share_in_words(place, place - 1, labels);
            let words = format!("{share} {}", labels.term(Term::GoOn));
            plot.direct(vec![(0.0, place as f64 - 0.18)], |surface, points| {
                let [foot] = points else { return };
                let place = Place {
                    at: at(left + 8.0, foot.y + DROP),
                    anchor: Anchor::Start,
                };
                surface.label(&words, &[place], &FAINT);
            })?;
        }
    }
    axis(&plot)?;
    more_rows(&plot, funnel.stages.len(), labels)
}

/// The line at which all bars begin.
fn axis(plot: &Plot<'_>) -> Result<(), NotDrawn> {
    let Area { top, bottom, .. } = plot.area;
    plot.direct(vec![(0.0, 0.0)], move |surface, points| {
        if let [foot] = points {
            surface.line(&[at(foot.x, top), at(foot.x, bottom)], &AXIS);
        }
    })
}
