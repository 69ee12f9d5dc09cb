//! Movements: what was added and lost in each unit of time, stacked from zero upwards and downwards,
//! with the sum of both as a line.

use super::series::{self, Spot};
use super::trend::{self, AXIS};
use super::{Canvas, PLAIN, time_axis};
use crate::charts::NotDrawn;
use crate::charts::describe::value_or_missing;
use crate::charts::frame::{Axis, Grid, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::surface::{Place, Stroke, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, Ticks};
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::{MovementKind, MovementPeriod, TrendPoint};

/// What adds, from zero upwards, and what takes away, from zero downwards.
const GAINS: [Colour; 3] = [Colour::Data, Colour::Heat3, Colour::Series3];
const LOSSES: [Colour; 2] = [Colour::Series4, Colour::Loss];

/// The line of the sum.
const NET: Stroke = Stroke {
    colour: Colour::Ink,
    width: 1.5,
    dash: None,
};

/// The share of a unit's room that its bar takes.
const BAR: f64 = 0.7;

/// A line of the key, and its swatches, in CSS pixels.
const KEY_ROW: f64 = 18.0;
const SWATCH: f64 = 10.0;

/// The height that suits a width, in CSS pixels: with room for a key of two lines where it is narrow.
pub(in crate::charts) fn height(kinds: &[MovementKind], width: f64) -> f64 {
    let names = kinds
        .iter()
        .map(|kind| text::width(&kind.label, Weight::Regular));
    let lines = (names.map(|name| name + SWATCH + 22.0).sum::<f64>() / width).ceil();
    lines.mul_add(KEY_ROW, trend::height(width))
}

/// Movements with their numbers checked.
pub(in crate::charts) struct Movements<'a> {
    unit: Unit,
    kinds: &'a [MovementKind],
    periods: &'a [MovementPeriod],
    /// One a period: where it stands, and the sum of its movements.
    spots: Vec<Spot>,
    pub(in crate::charts) grain: PeriodUnit,
}

impl<'a> Movements<'a> {
    /// Checks the numbers; a period of which an amount cannot be drawn is a gap.
    pub(in crate::charts) fn new(
        unit: Unit,
        kinds: &'a [MovementKind],
        periods: &'a [MovementPeriod],
    ) -> Self {
        let points: Vec<TrendPoint> = periods
            .iter()
            .map(|period| TrendPoint {
                start: period.start,
                value: net(kinds, period),
                low: None,
                high: None,
                n: None,
                partial: period.partial,
            })
            .collect();
        let (spots, grain) = series::spots(&points);
        Self {
            unit,
            kinds,
            periods,
            spots,
            grain,
        }
    }

    /// Where the sum of each period stands.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let place = |spot: &Spot| plot.place((spot.x, spot.value.unwrap_or(0.0)));
        let places = self.spots.iter().map(place);
        places.map(|point| (point.x, point.y)).collect()
    }

    /// "net +€1,200; New customers €2,000, Lost customers −€800": what does not move is left out.
    pub(in crate::charts) fn readout(&self, place: usize, labels: &dyn Labels) -> String {
        let (Some(period), Some(spot)) = (self.periods.get(place), self.spots.get(place)) else {
            return String::new();
        };
        let when = labels.date(period.start, self.grain);
        let Some(sum) = spot.value else {
            return format!("{when}: {}", labels.term(Term::Missing));
        };
        let sum = labels.change(sum, self.unit);
        let moved = self.kinds.iter().zip(&period.amounts);
        let moved: Vec<String> = moved
            .filter(|(_, amount)| **amount > 0.0)
            .map(|(kind, amount)| {
                let amount = labels.change(signed(kind, *amount), self.unit);
                format!("{} {amount}", kind.label)
            })
            .collect();
        let so_far = if period.partial {
            format!(" {}", labels.term(Term::SoFar))
        } else {
            String::new()
        };
        let parts = moved.join(", ");
        let between = if parts.is_empty() { "" } else { "; " };
        format!(
            "{when}: {} {sum}{so_far}{between}{parts}",
            labels.term(Term::Net)
        )
    }

    /// The last period that is over and known.
    pub(in crate::charts) fn current(&self) -> Option<usize> {
        series::current(&self.spots)
    }

    /// How many periods there are.
    pub(in crate::charts) const fn count(&self) -> usize {
        self.periods.len()
    }

    /// The row of a period in the table: every amount, then the sum.
    pub(in crate::charts) fn row(&self, place: usize, labels: &dyn Labels) -> Vec<String> {
        let Some(period) = self.periods.get(place) else {
            return Vec::new();
        };
        let mut row = vec![labels.date(period.start, self.grain)];
        row.extend((0..self.kinds.len()).map(|kind| {
            let amount = period.amounts.get(kind).copied();
            value_or_missing(amount, self.unit, labels)
        }));
        let net = self.spots.get(place).and_then(|spot| spot.value);
        row.push(net.map_or_else(
            || labels.term(Term::Missing),
            |net| labels.change(net, self.unit),
        ));
        row
    }

    /// The plot with its axes, and the ticks of the values.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<(Plot<'t>, Ticks), NotDrawn> {
        let (width, height) = target.size();
        let below = time_axis::height(self.grain);
        let rows = self.key(width, labels).1;
        let room = height - below - 16.0 - rows * KEY_ROW;
        let most = (room / 34.0).clamp(3.0, 7.0) as usize;
        let mut ends = vec![0.0];
        for (spot, period) in self.spots.iter().zip(self.periods) {
            if spot.value.is_some() {
                let (up, down) = sums(self.kinds, period);
                ends.extend([up, -down]);
            }
        }
        let range = ticks::range_of(ends, self.unit);
        let ticks = Ticks::over(range, most, self.unit);
        let names: Vec<String> = (0..ticks.values.len())
            .map(|index| trend::tick_label(&ticks, index, self.unit, labels))
            .collect();
        let left = text::widest(names.iter().map(String::as_str), Weight::Regular) + 10.0;
        let margins = Margins {
            top: rows.mul_add(KEY_ROW, 8.0),
            right: 8.0,
            bottom: below,
            left,
        };
        let (first, last) = series::extent(&self.spots);
        let plot = Plot::new(
            Surface::new(target, theme),
            margins.inside((width, height)),
            Axis::linear(first - 0.5..last + 0.5, Vec::new()),
            Axis::linear(ticks.first()..ticks.last(), ticks.values.clone()),
        )?;
        Ok((plot, ticks))
    }

    /// Where each entry of the key stands, as offset and row, and how many rows there are.
    fn key(&self, width: f64, labels: &dyn Labels) -> (Vec<(f64, f64)>, f64) {
        let (mut x, mut row) = (0.0, 0.0);
        let places = self.entries(width, labels).into_iter().map(|(words, _)| {
            let wide = SWATCH + 6.0 + text::width(&words, Weight::Regular);
            if x > 0.0 && x + wide > width {
                x = 0.0;
                row += 1.0;
            }
            let place = (x, row);
            x += wide + 16.0;
            place
        });
        let places: Vec<(f64, f64)> = places.collect();
        (places, row + 1.0)
    }

    /// What the key explains; without a colour the line.
    fn entries(&self, width: f64, labels: &dyn Labels) -> Vec<(String, Option<Colour>)> {
        let room = (width - SWATCH - 8.0).max(0.0);
        let short = |words: &str| text::shortened(words, Weight::Regular, room);
        let kinds = self.kinds.iter().zip(colours(self.kinds));
        let mut entries: Vec<(String, Option<Colour>)> = kinds
            .map(|(kind, colour)| (short(&kind.label), Some(colour)))
            .collect();
        entries.push((short(&labels.term(Term::Net)), None));
        entries
    }
}

/// An amount with its sign.
fn signed(kind: &MovementKind, amount: f64) -> f64 {
    if kind.adds { amount } else { -amount }
}

/// What was added and what was lost, both as positive sums.
fn sums(kinds: &[MovementKind], period: &MovementPeriod) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for (kind, amount) in kinds.iter().zip(&period.amounts) {
        let sum = if kind.adds { &mut sums.0 } else { &mut sums.1 };
        *sum += amount;
    }
    sums
}

/// What was added less what was lost; absent where an amount is missing or none that can be drawn.
fn net(kinds: &[MovementKind], period: &MovementPeriod) -> Option<f64> {
    let known = period.amounts.len() == kinds.len()
        && period
            .amounts
            .iter()
            .all(|amount| ticks::drawable(*amount) && *amount >= 0.0);
    let (up, down) = sums(kinds, period);
    (known && !kinds.is_empty()).then_some(up - down)
}

fn colours(kinds: &[MovementKind]) -> Vec<Colour> {
    let (mut gains, mut losses) = (GAINS.into_iter().cycle(), LOSSES.into_iter().cycle());
    kinds
        .iter()
        .map(|kind| {
            let next = if kind.adds {
                gains.next()
            } else {
                losses.next()
            };
            next.unwrap_or(Colour::Data)
        })
        .collect()
}

/// Draws the movements over the whole target.
pub(in crate::charts) fn draw(
    canvas: Canvas<'_>,
    movements: &Movements<'_>,
) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let (mut plot, ticks) = movements.plot(canvas.target, canvas.theme, labels)?;
    let last = ticks.last();
    plot.grid(Grid::Horizontal, &|value| {
        labels.tick(*value, movements.unit, *value >= last)
    })?;
    bars(&mut plot, movements)?;
    let Area { left, right, .. } = plot.area;
    plot.direct(vec![(0.0, 0.0)], move |surface, points| {
        if let [level] = points {
            surface.line(&[at(left, level.y), at(right, level.y)], &AXIS);
        }
    })?;
    series::hatch(&plot, &movements.spots, plot.area.right)?;
    line(&plot, movements)?;
    key(&plot, movements, labels)?;
    time_axis::draw(
        &plot,
        &movements.spots,
        movements.grain,
        movements.current(),
        labels,
    )
}

fn bars(plot: &mut Plot<'_>, movements: &Movements<'_>) -> Result<(), NotDrawn> {
    let colours = colours(movements.kinds);
    for (spot, period) in movements.spots.iter().zip(movements.periods) {
        if spot.value.is_none() {
            continue;
        }
        let (mut up, mut down) = (0.0, 0.0);
        let sides = (spot.x - BAR / 2.0, spot.x + BAR / 2.0);
        let moved = movements.kinds.iter().zip(&period.amounts).zip(&colours);
        for ((kind, amount), colour) in moved.filter(|((_, amount), _)| **amount > 0.0) {
            let reached = if kind.adds { &mut up } else { &mut down };
            let from = *reached;
            *reached += signed(kind, *amount);
            plot.bar([(sides.0, from), (sides.1, *reached)], *colour)?;
        }
    }
    Ok(())
}

/// The line of the sums, broken where one is not known, with a dot at each.
fn line(plot: &Plot<'_>, movements: &Movements<'_>) -> Result<(), NotDrawn> {
    let known = |spot: &Spot| Some((spot.x, spot.value?));
    for run in movements
        .spots
        .chunk_by(|one, next| one.value.is_some() && next.value.is_some() && !next.partial)
    {
        let run: Vec<(f64, f64)> = run.iter().filter_map(known).collect();
        plot.direct(run, |surface, points| {
            if points.len() > 1 {
                surface.line(points, &NET);
            }
            for point in points {
                surface.ring(*point, 2.5, Colour::Ink);
            }
        })?;
    }
    Ok(())
}

/// What each colour stands for, above the plot.
fn key(plot: &Plot<'_>, movements: &Movements<'_>, labels: &dyn Labels) -> Result<(), NotDrawn> {
    let (places, _) = movements.key(plot.size.0, labels);
    let entries = movements.entries(plot.size.0, labels);
    plot.direct(Vec::new(), |surface, _| {
        for ((words, colour), (x, row)) in entries.iter().zip(&places) {
            let top = row.mul_add(KEY_ROW, 2.0);
            let middle = top + SWATCH / 2.0;
            match colour {
                Some(colour) => {
                    let swatch = Area {
                        left: *x,
                        top,
                        right: x + SWATCH,
                        bottom: top + SWATCH,
                    };
                    surface.rect(&swatch, *colour);
                }
                None => surface.line(&[at(*x, middle), at(x + SWATCH, middle)], &NET),
            }
            let place = Place {
                at: at(x + SWATCH + 6.0, top + SWATCH - 1.0),
                anchor: Anchor::Start,
            };
            surface.label(words, &[place], &PLAIN);
        }
    })
}
