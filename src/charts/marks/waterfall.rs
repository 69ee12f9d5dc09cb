//! A waterfall: how one total becomes another. Only the changes are bars; totals are ticks with
//! numbers, since the axis does not reach down to zero.

use super::{Canvas, DROP, PLAIN, ROWS, STRONG, label_column, more_rows};
use crate::charts::NotDrawn;
use crate::charts::describe::step_amount;
use crate::charts::frame::{Axis, Margins, Plot};
use crate::charts::labels::Labels;
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks;
use crate::engine::base::Unit;
use crate::engine::chart_spec::WaterfallStep;

/// Height of a row, half a bar and half a total's tick, in CSS pixels.
const ROW: f64 = 30.0;
const HALF_BAR: f64 = 9.0;
const HALF_TICK: f64 = 11.0;

/// The height that suits the steps, in CSS pixels.
pub(in crate::charts) fn height(steps: usize) -> f64 {
    steps.clamp(1, ROWS + 1) as f64 * ROW + 8.0
}

/// Steps with their running totals.
pub(in crate::charts) struct Waterfall<'a> {
    unit: Unit,
    steps: &'a [WaterfallStep],
    /// Where each step begins and ends; a total begins where it ends.
    spans: Vec<(f64, f64)>,
}

impl<'a> Waterfall<'a> {
    /// Adds up the steps; an amount that cannot be drawn changes nothing.
    pub(in crate::charts) fn new(unit: Unit, steps: &'a [WaterfallStep]) -> Self {
        let mut running = 0.0;
        let spans = steps
            .iter()
            .map(|step| {
                let amount = Some(step.amount).filter(|amount| ticks::drawable(*amount));
                let (from, to) = match (step.total, amount) {
                    (true, Some(amount)) => (amount, amount),
                    (false, Some(amount)) => (running, running + amount),
                    (_, None) => (running, running),
                };
                running = to;
                (from, to)
            })
            .collect();
        Self { unit, steps, spans }
    }

    /// The plot, without anything in it.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<Plot<'t>, NotDrawn> {
        let size = target.size();
        let names = self.steps.iter().map(|step| step.label.as_str());
        let amounts = self.amounts(labels);
        let widest = text::widest(amounts.iter().map(String::as_str), Weight::Strong);
        let margins = Margins {
            top: 4.0,
            right: (widest + 12.0).min(size.0 * 0.4),
            bottom: 4.0,
            left: label_column(names, size.0),
        };
        let ends = self.spans.iter().flat_map(|(from, to)| [*from, *to]);
        let (low, high) = ticks::around(ticks::bounds(ends).unwrap_or((0.0, 1.0)));
        let rows = self.steps.len().clamp(1, ROWS + 1) as f64;
        Plot::new(
            Surface::new(target, theme),
            margins.inside(size),
            Axis::linear(low..high, Vec::new()),
            Axis::linear(rows..0.0, Vec::new()),
        )
    }

    /// Where each step ends.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let rows = (0_u32..).map(|row| f64::from(row) + 0.5);
        let ends = self.spans.iter().map(|(_, to)| *to);
        ends.zip(rows)
            .map(|(end, row)| {
                let point = plot.place((end, row));
                (point.x, point.y)
            })
            .collect()
    }

    fn amounts(&self, labels: &dyn Labels) -> Vec<String> {
        self.steps
            .iter()
            .map(|step| step_amount(self.unit, step, labels))
            .collect()
    }
}

/// Draws the steps over the whole target.
pub(in crate::charts) fn draw(
    canvas: Canvas<'_>,
    waterfall: &Waterfall<'_>,
) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let mut plot = waterfall.plot(canvas.target, canvas.theme, labels)?;
    let amounts = waterfall.amounts(labels);
    let rows = waterfall.steps.iter().zip(&waterfall.spans).zip(&amounts);
    for (row, ((step, span), amount)) in rows.take(ROWS).enumerate() {
        let middle = row as f64 + 0.5;
        if row + 1 < waterfall.steps.len().min(ROWS) {
            connect(&plot, (span.1, middle))?;
        }
        if step.total {
            total(&plot, (span.1, middle))?;
        } else {
            change(&mut plot, *span, middle)?;
        }
        let left = plot.area.left;
        let width = plot.size.0;
        plot.direct(
            vec![(span.0, middle), (span.1, middle)],
            |surface, points| {
                let [from, to] = points else { return };
                let style = if step.total { &STRONG } else { &PLAIN };
                let name = Place {
                    at: at(0.0, to.y + DROP),
                    anchor: Anchor::Start,
                };
                let words = text::shortened(&step.label, style.weight, left - 8.0);
                surface.label(&words, &[name], style);
                let beyond = Place {
                    at: at(from.x.max(to.x) + 8.0, to.y + DROP),
                    anchor: Anchor::Start,
                };
                let room = (width - beyond.at.x).max(0.0);
                let words = text::shortened(amount, Weight::Strong, room);
                surface.label(&words, &[beyond], &STRONG);
            },
        )?;
    }
    more_rows(&plot, waterfall.steps.len(), labels)
}

/// The bar of a change.
fn change(plot: &mut Plot<'_>, (from, to): (f64, f64), middle: f64) -> Result<(), NotDrawn> {
    let half = HALF_BAR / ROW;
    let colour = if to < from {
        Colour::Loss
    } else {
        Colour::Data
    };
    plot.bar([(from, middle - half), (to, middle + half)], colour)
}

/// The tick of a total.
fn total(plot: &Plot<'_>, place: (f64, f64)) -> Result<(), NotDrawn> {
    plot.direct(vec![place], |surface, points| {
        if let [point] = points {
            let tick = Area {
                left: point.x - 1.5,
                top: point.y - HALF_TICK,
                right: point.x + 1.5,
                bottom: point.y + HALF_TICK,
            };
            surface.rect(&tick, Colour::Ink2);
        }
    })
}

/// The thin line from the end of a step down to the next.
fn connect(plot: &Plot<'_>, place: (f64, f64)) -> Result<(), NotDrawn> {
    plot.direct(vec![place], |surface, points| {
        if let [point] = points {
            let down = [
                at(point.x, point.y + HALF_BAR),
                at(point.x, point.y + ROW - HALF_BAR),
            ];
            surface.line(&down, &AXIS);
        }
    })
}
