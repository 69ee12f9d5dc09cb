//! Contributions: what each part adds to a sum or takes from it, one bar a part from zero, to the
//! right where it adds and to the left where it takes away.

use super::{Canvas, DROP, FAINT, PLAIN, ROWS, STRONG, label_column, more_rows};
use crate::charts::NotDrawn;
use crate::charts::describe::value_or_missing;
use crate::charts::frame::{Axis, Margins, Plot};
use crate::charts::labels::Labels;
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Stroke, Style, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, drawable};
use crate::engine::base::Unit;
use crate::engine::chart_spec::Contribution;

/// Height of a row and half of its bar, in CSS pixels.
const ROW: f64 = 28.0;
const HALF_BAR: f64 = 8.0;

/// The line above the sum.
const RULE: Stroke = Stroke {
    colour: Colour::Rule,
    width: 1.0,
    dash: None,
};

/// The height that suits the parts and their sum, in CSS pixels.
pub(in crate::charts) fn height(rows: usize) -> f64 {
    rows.clamp(1, ROWS + 1) as f64 * ROW + 8.0
}

/// Parts with their numbers checked.
pub(in crate::charts) struct Contributions<'a> {
    unit: Unit,
    parts: &'a [Contribution],
    sum: Option<&'a Contribution>,
}

impl<'a> Contributions<'a> {
    /// The parts in their order, and what they add up to.
    pub(in crate::charts) const fn new(
        unit: Unit,
        parts: &'a [Contribution],
        sum: Option<&'a Contribution>,
    ) -> Self {
        Self { unit, parts, sum }
    }

    /// The parts, then the sum.
    fn all(&self) -> impl Iterator<Item = &'a Contribution> + Clone {
        self.parts.iter().chain(self.sum)
    }

    /// How many rows there are.
    fn count(&self) -> usize {
        self.parts.len() + usize::from(self.sum.is_some())
    }

    /// Whether anything takes away: then what adds is marked with a sign.
    fn has_signs(&self) -> bool {
        self.parts.iter().any(|part| amount(part) < 0.0)
    }

    fn in_words(&self, part: &Contribution, labels: &dyn Labels) -> String {
        match part.amount.filter(|amount| drawable(*amount)) {
            Some(amount) if self.has_signs() => labels.change(amount, self.unit),
            known => value_or_missing(known, self.unit, labels),
        }
    }

    /// The share of the sum; none where parts of both signs make shares that say nothing.
    fn share(&self, part: &Contribution) -> Option<f64> {
        let sum = amount(self.sum?);
        (!self.has_signs() && sum > 0.0 && part.amount.is_some()).then(|| amount(part) / sum)
    }

    /// The plot, without anything in it.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<Plot<'t>, NotDrawn> {
        let size = target.size();
        let told: Vec<String> = self.all().map(|part| self.told(part, labels)).collect();
        let widest = text::widest(told.iter().map(String::as_str), Weight::Strong);
        let margins = Margins {
            top: 4.0,
            right: (widest + 20.0).min(size.0 * 0.45),
            bottom: 4.0,
            left: label_column(self.all().map(|part| part.label.as_str()), size.0),
        };
        // The sum has no bar: it would make those of the parts small.
        let (low, high) = ticks::range_from_zero(self.parts.iter().map(amount));
        let rows = self.count().clamp(1, ROWS + 1) as f64;
        Plot::new(
            Surface::new(target, theme),
            margins.inside(size),
            Axis::linear(low..high, Vec::new()),
            Axis::linear(rows..0.0, Vec::new()),
        )
    }

    /// What stands at the right: the amount, and its share of the sum.
    fn told(&self, part: &Contribution, labels: &dyn Labels) -> String {
        let amount = self.in_words(part, labels);
        let share = self.share(part);
        share.map_or_else(
            || amount.clone(),
            |share| format!("{amount} · {}", labels.value(share, Unit::Ratio)),
        )
    }

    /// Where each bar ends; the sum stands at zero.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let rows = (0_u32..).map(|row| f64::from(row) + 0.5);
        let ends = self.parts.iter().map(amount);
        let ends = ends.chain(self.sum.map(|_| 0.0));
        ends.zip(rows)
            .map(|(end, row)| {
                let point = plot.place((end, row));
                (point.x, point.y)
            })
            .collect()
    }

    /// What the cursor says of each part and of the sum.
    pub(in crate::charts) fn readouts(&self, labels: &dyn Labels) -> Vec<String> {
        self.all()
            .map(|part| format!("{}: {}", part.label, self.told(part, labels)))
            .collect()
    }

    /// The sum and the largest parts in one sentence.
    pub(in crate::charts) fn sentence(&self, labels: &dyn Labels) -> String {
        const NAMED: usize = 3;
        let mut largest: Vec<&Contribution> =
            self.parts.iter().filter(|it| it.amount.is_some()).collect();
        largest.sort_by(|one, other| amount(other).abs().total_cmp(&amount(one).abs()));
        self.sum
            .into_iter()
            .chain(largest.into_iter().take(NAMED))
            .map(|part| format!("{} {}", part.label, self.told(part, labels)))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// One row a part, then the sum: its name, the amount, the share of the sum.
    pub(in crate::charts) fn rows(&self, labels: &dyn Labels) -> Vec<Vec<String>> {
        self.all()
            .map(|part| {
                let share = self.share(part);
                vec![
                    part.label.clone(),
                    self.in_words(part, labels),
                    share.map_or_else(String::new, |share| labels.value(share, Unit::Ratio)),
                ]
            })
            .collect()
    }
}

/// The amount; nothing where it cannot be drawn.
fn amount(part: &Contribution) -> f64 {
    part.amount.filter(|it| drawable(*it)).unwrap_or(0.0)
}

/// Draws the parts over the whole target.
pub(in crate::charts) fn draw(
    canvas: Canvas<'_>,
    contributions: &Contributions<'_>,
) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let mut plot = contributions.plot(canvas.target, canvas.theme, labels)?;
    let half = HALF_BAR / ROW;
    for (row, part) in contributions.parts.iter().enumerate().take(ROWS) {
        let (end, middle) = (amount(part), row as f64 + 0.5);
        let colour = if end < 0.0 {
            Colour::Loss
        } else {
            Colour::Data
        };
        plot.bar([(0.0, middle - half), (end, middle + half)], colour)?;
        let style = if part.amount.is_some() { STRONG } else { FAINT };
        let told = contributions.told(part, labels);
        words(&plot, (&part.label, &told), (end, middle), style)?;
    }
    axis(&plot)?;
    if let Some(sum) = contributions
        .sum
        .filter(|_| contributions.parts.len() < ROWS)
    {
        let told = contributions.told(sum, labels);
        let middle = contributions.parts.len() as f64 + 0.5;
        words(&plot, (&sum.label, &told), (0.0, middle), STRONG)?;
        above_sum(&plot, contributions.parts.len() as f64)?;
    }
    more_rows(&plot, contributions.count(), labels)
}

/// The name at the left, and what it adds behind the bar.
fn words(
    plot: &Plot<'_>,
    (name, told): (&str, &str),
    (end, middle): (f64, f64),
    style: Style,
) -> Result<(), NotDrawn> {
    let (left, width) = (plot.area.left, plot.size.0);
    // Behind a bar to the left of zero stands the line of zero.
    plot.direct(vec![(end.max(0.0), middle)], |surface, points| {
        let [end] = points else { return };
        let start = |x: f64| Place {
            at: at(x, end.y + DROP),
            anchor: Anchor::Start,
        };
        let name = text::shortened(name, Weight::Regular, left - 8.0);
        surface.label(&name, &[start(0.0)], &PLAIN);
        let beyond = end.x + 8.0;
        let told = text::shortened(told, Weight::Strong, (width - beyond).max(0.0));
        surface.label(&told, &[start(beyond)], &style);
    })
}

/// The line under the parts, as above a sum on paper.
fn above_sum(plot: &Plot<'_>, row: f64) -> Result<(), NotDrawn> {
    let width = plot.size.0;
    plot.direct(vec![(0.0, row)], move |surface, points| {
        if let [level] = points {
            surface.line(&[at(0.0, level.y), at(width, level.y)], &RULE);
        }
    })
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
