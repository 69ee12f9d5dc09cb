//! The trend: a figure over time with its interval, the target and what is not over.

use super::series::{self, GOAL, Sizes, Spot};
use super::{Canvas, DROP, FAINT, STRONG, rimmed, time_axis};
use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Grid, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::surface::{Place, Stroke, Style, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, Ticks};
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::TrendPoint;

/// From this width on, labels stand at the right of the plot instead of in it, in CSS pixels.
const WIDE: f64 = 560.0;

/// Room between the first or last point and the end of the plot, in CSS pixels.
const END: f64 = 14.0;

/// A trend with its numbers checked.
pub(in crate::charts) struct Trend {
    unit: Unit,
    goal: Option<f64>,
    spots: Vec<Spot>,
    pub(in crate::charts) grain: PeriodUnit,
    current: Option<usize>,
}

/// The height that suits a width, in CSS pixels.
pub(in crate::charts) fn height(width: f64) -> f64 {
    if width < 480.0 {
        250.0
    } else if width < 720.0 {
        280.0
    } else {
        320.0
    }
}

impl Trend {
    /// Checks the numbers; what cannot be drawn becomes a gap.
    pub(in crate::charts) fn new(unit: Unit, points: &[TrendPoint], goal: Option<f64>) -> Self {
        let (spots, grain) = series::spots(points);
        Self {
            unit,
            goal: goal.filter(|value| ticks::drawable(*value)),
            current: series::current(&spots),
            spots,
            grain,
        }
    }

    /// Where each point stands; a point without a figure stands on the axis.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        let place = |spot: &Spot| match spot.value {
            Some(value) => plot.place((spot.x, value)),
            None => at(plot.place((spot.x, 0.0)).x, plot.area.bottom),
        };
        self.spots
            .iter()
            .map(|spot| {
                let point = place(spot);
                (point.x, point.y)
            })
            .collect()
    }

    /// The plot with its axes, and the ticks of the values.
    pub(in crate::charts) fn plot<'a>(
        &self,
        target: &'a mut dyn Target,
        theme: &'a Theme,
        labels: &dyn Labels,
    ) -> Result<(Plot<'a>, Ticks), NotDrawn> {
        let (width, height) = target.size();
        let below = time_axis::height(self.grain);
        let most = ((height - below - 16.0) / 34.0).clamp(3.0, 7.0) as usize;
        let range = ticks::range_of(series::values(&self.spots, self.goal), self.unit);
        let ticks = Ticks::over(range, most, self.unit);
        let names: Vec<String> = (0..ticks.values.len())
            .map(|index| tick_label(&ticks, index, self.unit, labels))
            .collect();
        let left = text::widest(names.iter().map(String::as_str), Weight::Regular) + 10.0;
        let margins = Margins {
            top: 16.0,
            right: if width < WIDE {
                12.0
            } else {
                self.gutter(labels)
            },
            bottom: below,
            left,
        };
        let area = margins.inside((width, height));
        let (first, last) = series::extent(&self.spots);
        // As much room in units of time as makes END pixels on the screen.
        let room = if last > first {
            (last - first) * END / (area.width() - 2.0 * END).max(1.0)
        } else {
            0.5
        };
        let plot = Plot::new(
            Surface::new(target, theme),
            area,
            Axis::linear(first - room..last + room, Vec::new()),
            Axis::linear(ticks.first()..ticks.last(), ticks.values.clone()),
        )?;
        Ok((plot, ticks))
    }

    fn goal_label(&self, labels: &dyn Labels) -> Option<String> {
        let goal = labels.value(self.goal?, self.unit);
        Some(format!("{} {goal}", labels.term(Term::Target)))
    }

    fn current_value(&self) -> Option<(f64, f64)> {
        let spot = self.spots.get(self.current?)?;
        Some((spot.x, spot.value?))
    }

    /// What is not over and has a figure.
    fn unfinished(&self) -> Option<(f64, f64)> {
        let spot = self.spots.last().filter(|spot| spot.partial)?;
        Some((spot.x, spot.value?))
    }

    fn unfinished_label(&self, labels: &dyn Labels) -> Option<String> {
        let (_, value) = self.unfinished()?;
        let value = labels.value(value, self.unit);
        Some(format!("{value} {}", labels.term(Term::SoFar)))
    }

    /// The room that labels at the right need.
    fn gutter(&self, labels: &dyn Labels) -> f64 {
        let value = self
            .current_value()
            .map(|(_, value)| labels.value(value, self.unit));
        let words = [
            self.goal_label(labels),
            self.unfinished_label(labels),
            value,
        ];
        let widest = text::widest(words.iter().flatten().map(String::as_str), Weight::Strong);
        (widest + 10.0).clamp(24.0, 168.0)
    }
}

/// The words at a tick.
pub(super) fn tick_label(ticks: &Ticks, index: usize, unit: Unit, labels: &dyn Labels) -> String {
    let is_last = index + 1 == ticks.values.len();
    ticks
        .values
        .get(index)
        .map_or_else(String::new, |value| labels.tick(*value, unit, is_last))
}

/// Draws the trend over the whole target.
pub(in crate::charts) fn draw(canvas: Canvas<'_>, trend: &Trend) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let (mut plot, ticks) = trend.plot(canvas.target, canvas.theme, labels)?;
    let last = ticks.last();
    plot.grid(Grid::Horizontal, &|value| {
        labels.tick(*value, trend.unit, *value >= last)
    })?;
    baseline(&plot, &ticks)?;
    series::band(&mut plot, &trend.spots)?;
    series::hatch(&plot, &trend.spots, plot.area.right)?;
    if let Some(goal) = trend.goal {
        let Area { left, right, .. } = plot.area;
        plot.direct(vec![(0.0, goal)], move |surface, points| {
            if let [level] = points {
                surface.line(&[at(left, level.y), at(right, level.y)], &GOAL);
                surface.keep_clear(Area {
                    left,
                    top: level.y - 1.0,
                    right,
                    bottom: level.y + 1.0,
                });
            }
        })?;
    }
    series::line(&mut plot, &trend.spots)?;
    dots(&plot, trend)?;
    let sizes = Sizes {
        current: 5.0,
        hollow: 3.5,
        cap: 6.0,
    };
    series::points(&plot, &trend.spots, sizes)?;
    time_axis::draw(&plot, &trend.spots, trend.grain, trend.current, labels)?;
    direct_labels(&plot, trend, labels)
}

/// The line at zero, or at the foot of an axis that does not reach it.
fn baseline(plot: &Plot<'_>, ticks: &Ticks) -> Result<(), NotDrawn> {
    let Area { left, right, .. } = plot.area;
    let foot = 0.0_f64.clamp(ticks.first(), ticks.last());
    plot.direct(vec![(0.0, foot)], move |surface, points| {
        if let [level] = points {
            surface.line(&[at(left, level.y), at(right, level.y)], &AXIS);
        }
    })
}

/// An axis line.
pub(super) const AXIS: Stroke = Stroke {
    colour: Colour::Edge,
    width: 1.0,
    dash: None,
};

/// Small dots on the line, where they would not run into one another.
fn dots(plot: &Plot<'_>, trend: &Trend) -> Result<(), NotDrawn> {
    let room = plot.area.width() / trend.spots.len().max(1) as f64;
    let alone = |index: usize| {
        let empty = |near: Option<usize>| {
            near.and_then(|near| trend.spots.get(near))
                .is_none_or(|spot| spot.value.is_none())
        };
        empty(index.checked_sub(1)) && empty(index.checked_add(1))
    };
    let places: Vec<(f64, f64)> = trend
        .spots
        .iter()
        .enumerate()
        .filter(|(index, spot)| !spot.partial && (room >= 10.0 || alone(*index)))
        .filter_map(|(_, spot)| Some((spot.x, spot.value?)))
        .collect();
    plot.direct(places, |surface, points| {
        for point in points {
            surface.disc(*point, 2.5, Colour::Data);
        }
    })
}

/// The target, the current figure and the one so far, in words.
fn direct_labels(plot: &Plot<'_>, trend: &Trend, labels: &dyn Labels) -> Result<(), NotDrawn> {
    let area = plot.area;
    let wide = plot.size.0 >= WIDE;
    let value = trend
        .current_value()
        .map(|(x, value)| (plot.place((x, value)), labels.value(value, trend.unit)));
    let unfinished = trend.unfinished().map(|spot| plot.place(spot));
    let goal = trend.goal.map(|goal| plot.place((0.0, goal)));
    plot.direct(Vec::new(), |surface, _| {
        if let (Some(level), Some(words)) = (goal, trend.goal_label(labels)) {
            let places = if wide {
                beside(area.right + 8.0, level.y)
            } else {
                within(&area, level.y)
            };
            let style = if wide { STRONG } else { rimmed(STRONG) };
            surface.label(&words, &places, &style);
        }
        if let (Some(point), Some(words)) = (unfinished, trend.unfinished_label(labels))
            && wide
        {
            surface.label(&words, &beside(area.right + 8.0, point.y), &FAINT);
        }
        if let Some((point, words)) = &value {
            if wide && unfinished.is_none() {
                let style = Style {
                    colour: Colour::Data,
                    ..STRONG
                };
                surface.label(words, &beside(area.right + 8.0, point.y), &style);
            } else {
                surface.label(words, &near(point.x, point.y), &rimmed(STRONG));
            }
        }
    })
}

/// Places at the right of the plot, at the level or a line off it.
fn beside(x: f64, y: f64) -> Vec<Place> {
    [0.0, -8.0, 8.0, -16.0, 16.0, -24.0, 24.0]
        .map(|off| Place {
            at: at(x, y + DROP + off),
            anchor: Anchor::Start,
        })
        .to_vec()
}

/// Places in the plot, just above or below a level, from left to right.
fn within(area: &Area, y: f64) -> Vec<Place> {
    let mut places = Vec::new();
    for share in [0.0, 0.25, 0.5, 0.75] {
        for off in [-5.0, 14.0] {
            places.push(Place {
                at: at(area.left + 4.0 + share * area.width(), y + off),
                anchor: Anchor::Start,
            });
        }
    }
    places
}

/// Places around a point, upper left first.
fn near(x: f64, y: f64) -> Vec<Place> {
    let mut places = Vec::new();
    for off in [-8.0, 16.0, -20.0, 28.0] {
        for (side, anchor) in [(-10.0, Anchor::End), (10.0, Anchor::Start)] {
            places.push(Place {
                at: at(x + side, y + off),
                anchor,
            });
        }
    }
    places
}
