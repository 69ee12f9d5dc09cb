//! Dots: values with intervals side by side, with a line for the total.

use super::series::{self, GOAL};
use super::{Canvas, DROP, FAINT, PLAIN, ROWS, STRONG, label_column, more_rows};
use crate::charts::NotDrawn;
use crate::charts::describe::value_or_missing;
use crate::charts::frame::{Axis, Grid, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, Ticks, drawable};
use crate::engine::base::Unit;
use crate::engine::chart_spec::Dot;

/// Height of a row, in CSS pixels.
const ROW: f64 = 34.0;

/// Room above for the name of the reference line, and below for the ticks, in CSS pixels.
const ABOVE: f64 = 22.0;
const BELOW: f64 = 28.0;

/// From this width on, counts have a column of their own, in CSS pixels.
const WIDE: f64 = 560.0;

/// Rows with their numbers checked.
pub(in crate::charts) struct Dots<'a> {
    unit: Unit,
    rows: &'a [Dot],
    reference: Option<f64>,
}

/// The height that suits the rows, in CSS pixels.
pub(in crate::charts) fn height(rows: usize) -> f64 {
    rows.clamp(1, ROWS + 1) as f64 * ROW + ABOVE + BELOW
}

impl<'a> Dots<'a> {
    /// Checks the numbers.
    pub(in crate::charts) fn new(unit: Unit, rows: &'a [Dot], reference: Option<f64>) -> Self {
        Self {
            unit,
            rows,
            reference: reference.filter(|value| drawable(*value)),
        }
    }

    /// The plot with its axes, and the ticks of the values.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<(Plot<'t>, Ticks), NotDrawn> {
        let size = target.size();
        let (values, counts) = self.columns(size.0, labels);
        let margins = Margins {
            top: ABOVE,
            right: (values + counts + 12.0).min(size.0 * 0.45),
            bottom: BELOW,
            left: label_column(self.rows.iter().map(|dot| dot.label.as_str()), size.0),
        };
        let area = margins.inside(size);
        let numbers = self
            .rows
            .iter()
            .flat_map(|dot| [dot.value, dot.low, dot.high])
            .chain([self.reference])
            .flatten();
        let most = (area.width() / 40.0).clamp(4.0, 7.0) as usize;
        let range = ticks::range_of(numbers, self.unit);
        // The axis need not end on a tick: on a narrow plot that would take a third of it.
        let (ticks, end) =
            Ticks::over(range, most, self.unit).up_to(range.1 + (range.1 - range.0) * 0.04);
        let rows = self.rows.len().clamp(1, ROWS + 1) as f64;
        let plot = Plot::new(
            Surface::new(target, theme),
            area,
            Axis::linear(ticks.first()..end, ticks.values.clone()),
            Axis::linear(rows..0.0, Vec::new()),
        )?;
        Ok((plot, ticks))
    }

    /// Where each dot stands; a row without a figure at the left end.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let rows = (0_u32..).map(|row| f64::from(row) + 0.5);
        self.rows
            .iter()
            .zip(rows)
            .map(
                |(dot, row)| match dot.value.filter(|value| drawable(*value)) {
                    Some(value) => {
                        let point = plot.place((value, row));
                        (point.x, point.y)
                    }
                    None => (plot.area.left, plot.place((0.0, row)).y),
                },
            )
            .collect()
    }

    /// The widths of the columns of values and of counts.
    fn columns(&self, width: f64, labels: &dyn Labels) -> (f64, f64) {
        let column = |words: &mut dyn Iterator<Item = String>, weight| {
            words
                .map(|words| text::width(&words, weight))
                .fold(0.0, f64::max)
                + 4.0
        };
        let rows = || self.rows.iter().take(ROWS);
        let values = column(
            &mut rows().map(|dot| value_or_missing(dot.value, self.unit, labels)),
            Weight::Strong,
        );
        let counts = column(
            &mut rows().filter_map(|dot| count(dot, labels)),
            Weight::Regular,
        );
        (values, if width < WIDE { 0.0 } else { counts + 12.0 })
    }
}

fn count(dot: &Dot, labels: &dyn Labels) -> Option<String> {
    let count = labels.count(dot.n? as f64);
    Some(format!("{} = {count}", labels.term(Term::Count)))
}

/// Draws the rows over the whole target.
pub(in crate::charts) fn draw(canvas: Canvas<'_>, dots: &Dots<'_>) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let (_, counts) = dots.columns(canvas.target.size().0, labels);
    let (mut plot, ticks) = dots.plot(canvas.target, canvas.theme, labels)?;
    let last = ticks.last();
    plot.grid(Grid::Vertical, &|value| {
        labels.tick(*value, dots.unit, *value >= last)
    })?;
    axis(&plot, &ticks)?;
    if let Some(reference) = dots.reference {
        let words = format!(
            "{} {}",
            labels.term(Term::All),
            labels.value(reference, dots.unit)
        );
        reference_line(&plot, reference, &words)?;
    }
    for (row, dot) in dots.rows.iter().take(ROWS).enumerate() {
        let middle = row as f64 + 0.5;
        words(&plot, dots.unit, (dot, middle, counts), labels)?;
        let interval = dot.low.zip(dot.high);
        if let Some((low, high)) = interval.filter(|(low, high)| drawable(*low) && drawable(*high))
        {
            plot.direct(vec![(low, middle), (high, middle)], |surface, points| {
                series::whisker(surface, points, 5.0);
            })?;
        }
        if let Some(value) = dot.value.filter(|value| drawable(*value)) {
            plot.direct(vec![(value, middle)], |surface, points| {
                for point in points {
                    surface.disc(*point, 5.0, Colour::Data);
                }
            })?;
        }
    }
    more_rows(&plot, dots.rows.len(), labels)
}

/// The line at zero, or at the left end of an axis that does not reach it.
fn axis(plot: &Plot<'_>, ticks: &Ticks) -> Result<(), NotDrawn> {
    let Area { top, bottom, .. } = plot.area;
    let foot = 0.0_f64.clamp(ticks.first(), ticks.last());
    plot.direct(vec![(foot, 0.0)], move |surface, points| {
        if let [foot] = points {
            surface.line(&[at(foot.x, top), at(foot.x, bottom)], &AXIS);
        }
    })
}

/// The dashed line of the total, with its name above.
fn reference_line(plot: &Plot<'_>, reference: f64, words: &str) -> Result<(), NotDrawn> {
    let Area { top, bottom, .. } = plot.area;
    plot.direct(vec![(reference, 0.0)], |surface, points| {
        let [foot] = points else { return };
        surface.line(&[at(foot.x, top), at(foot.x, bottom)], &GOAL);
        let anchors = [Anchor::Middle, Anchor::Start, Anchor::End];
        let places = anchors.map(|anchor| Place {
            at: at(foot.x, top - 7.0),
            anchor,
        });
        surface.label(words, &places, &STRONG);
    })
}

/// The name at the left, value and count at the right.
fn words(
    plot: &Plot<'_>,
    unit: Unit,
    (dot, middle, counts): (&Dot, f64, f64),
    labels: &dyn Labels,
) -> Result<(), NotDrawn> {
    let (left, width) = (plot.area.left, plot.size.0);
    let value = value_or_missing(dot.value, unit, labels);
    let style = if dot.value.is_some() { STRONG } else { FAINT };
    plot.direct(vec![(0.0, middle)], |surface, points| {
        let [level] = points else { return };
        let baseline = level.y + DROP;
        let start = Place {
            at: at(0.0, baseline),
            anchor: Anchor::Start,
        };
        let name = text::shortened(&dot.label, Weight::Regular, left - 12.0);
        surface.label(&name, &[start], &PLAIN);
        let end = |x: f64| Place {
            at: at(x, baseline),
            anchor: Anchor::End,
        };
        surface.label(&value, &[end(width - counts)], &style);
        if let (Some(count), true) = (count(dot, labels), counts > 0.0) {
            surface.label(&count, &[end(width)], &PLAIN);
        }
    })
}
