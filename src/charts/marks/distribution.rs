//! A distribution: how often each value occurs, one bar a value, from zero. Bars stand upright
//! where their names fit below them, otherwise they lie in rows.

use super::{Canvas, DROP, FAINT, PLAIN, ROWS, STRONG, label_column, more_rows};
use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Margins, Plot};
use crate::charts::labels::Labels;
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Stroke, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, drawable};
use crate::engine::chart_spec::{Bar, Tone};

/// Height of a lying bar's row and half of the bar, in CSS pixels.
const ROW: f64 = 28.0;
const HALF_BAR: f64 = 8.0;

/// A standing bar is at most this wide, in CSS pixels.
const WIDEST: f64 = 56.0;

/// Baselines below standing bars: names, groups and their sums, in CSS pixels.
const NAME: f64 = 17.0;
const GROUP: f64 = 44.0;
const SUM: f64 = 60.0;

/// How the bars are laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Lie {
    Standing,
    Lying,
}

fn lie(bars: &[Bar], width: f64) -> Lie {
    let names = bars.iter().take(ROWS).map(|bar| bar.label.as_str());
    let widest = text::widest(names, Weight::Regular);
    let slot = width / bars.len().max(1) as f64;
    let fits = widest + 6.0 <= slot;
    if fits || (widest <= 32.0 && bars.len() > 12) {
        Lie::Standing
    } else {
        Lie::Lying
    }
}

fn has_groups(bars: &[Bar]) -> bool {
    bars.iter().any(|bar| !bar.group.is_empty())
}

/// The height that suits the bars, in CSS pixels.
pub(in crate::charts) fn height(bars: &[Bar], width: f64) -> f64 {
    match lie(bars, width) {
        Lie::Lying => bars.len().clamp(1, ROWS + 1) as f64 * ROW + 8.0,
        Lie::Standing if width < 480.0 => 220.0,
        Lie::Standing => 260.0,
    }
}

const fn colour(tone: Tone) -> Colour {
    match tone {
        Tone::Gain => Colour::Data,
        Tone::Neutral => Colour::Edge,
        Tone::Loss => Colour::Loss,
    }
}

fn length(bar: &Bar) -> f64 {
    if drawable(bar.count) { bar.count } else { 0.0 }
}

/// The plot, without anything in it.
pub(in crate::charts) fn plot<'t>(
    bars: &[Bar],
    target: &'t mut dyn Target,
    theme: &'t Theme,
    labels: &dyn Labels,
) -> Result<Plot<'t>, NotDrawn> {
    let size = target.size();
    let (low, high) = ticks::range_from_zero(bars.iter().map(length));
    let counts = bars.iter().map(|bar| labels.count(bar.count));
    let widest = counts
        .map(|count| text::width(&count, Weight::Strong))
        .fold(0.0, f64::max);
    let surface = Surface::new(target, theme);
    match lie(bars, size.0) {
        Lie::Standing => {
            let margins = Margins {
                top: 20.0,
                right: 0.0,
                bottom: if has_groups(bars) {
                    SUM + 6.0
                } else {
                    NAME + 7.0
                },
                left: 0.0,
            };
            let bars = bars.len().max(1) as f64;
            Plot::new(
                surface,
                margins.inside(size),
                Axis::linear(0.0..bars, Vec::new()),
                Axis::linear(low..high, Vec::new()),
            )
        }
        Lie::Lying => {
            let margins = Margins {
                top: 4.0,
                right: (widest + 10.0).min(size.0 * 0.3),
                bottom: 4.0,
                left: label_column(bars.iter().map(|bar| bar.label.as_str()), size.0),
            };
            let rows = bars.len().clamp(1, ROWS + 1) as f64;
            Plot::new(
                surface,
                margins.inside(size),
                Axis::linear(low..high, Vec::new()),
                Axis::linear(rows..0.0, Vec::new()),
            )
        }
    }
}

/// Where each bar ends.
pub(in crate::charts) fn places(bars: &[Bar], plot: &Plot<'_>) -> Vec<(f64, f64)> {
    let lie = lie(bars, plot.size.0);
    let middles = (0_u32..).map(|index| f64::from(index) + 0.5);
    bars.iter()
        .zip(middles)
        .map(|(bar, middle)| {
            let point = match lie {
                Lie::Standing => plot.place((middle, length(bar))),
                Lie::Lying => plot.place((length(bar), middle)),
            };
            (point.x, point.y)
        })
        .collect()
}

/// Draws the bars over the whole target.
pub(in crate::charts) fn draw(canvas: Canvas<'_>, bars: &[Bar]) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let mut plot = plot(bars, canvas.target, canvas.theme, labels)?;
    match lie(bars, plot.size.0) {
        Lie::Standing => standing(&mut plot, bars, labels),
        Lie::Lying => lying(&mut plot, bars, labels),
    }
}

fn standing(plot: &mut Plot<'_>, bars: &[Bar], labels: &dyn Labels) -> Result<(), NotDrawn> {
    let slot = plot.area.width() / bars.len().max(1) as f64;
    let half = (0.5 - 1.5 / slot).clamp(0.25, 0.4).min(WIDEST / 2.0 / slot);
    for (index, bar) in bars.iter().enumerate() {
        let middle = index as f64 + 0.5;
        plot.bar(
            [(middle - half, 0.0), (middle + half, length(bar))],
            colour(bar.tone),
        )?;
    }
    let Area {
        left,
        right,
        bottom,
        ..
    } = plot.area;
    plot.direct(vec![(0.0, 0.0)], move |surface, points| {
        if let [foot] = points {
            surface.line(&[at(left, foot.y), at(right, foot.y)], &AXIS);
        }
    })?;
    let middles: Vec<(f64, f64)> = bars
        .iter()
        .enumerate()
        .map(|(index, bar)| (index as f64 + 0.5, length(bar).max(0.0)))
        .collect();
    plot.direct(middles, |surface, tops| {
        for (bar, top) in bars.iter().zip(tops) {
            let middle = |y: f64| Place {
                at: at(top.x, y),
                anchor: Anchor::Middle,
            };
            surface.label(&bar.label, &[middle(bottom + NAME)], &PLAIN);
            surface.label(&labels.count(bar.count), &[middle(top.y - 5.0)], &STRONG);
        }
    })?;
    groups(plot, bars, half, labels)
}

/// A line under the bars of each group, its name and how many it has.
fn groups(plot: &Plot<'_>, bars: &[Bar], half: f64, labels: &dyn Labels) -> Result<(), NotDrawn> {
    let mut first = 0;
    let bottom = plot.area.bottom;
    for run in bars.chunk_by(|one, next| one.group == next.group) {
        let last = first + run.len();
        let ends = vec![
            (first as f64 + 0.5 - half, 0.0),
            (last as f64 - 0.5 + half, 0.0),
        ];
        first = last;
        let Some(bar) = run.first().filter(|bar| !bar.group.is_empty()) else {
            continue;
        };
        let sum = labels.count(run.iter().map(length).sum());
        plot.direct(ends, |surface, ends| {
            let [from, to] = ends else { return };
            let line = Stroke {
                colour: colour(bar.tone),
                width: 2.0,
                dash: None,
            };
            let y = bottom + NAME + 9.0;
            surface.line(&[at(from.x, y), at(to.x, y)], &line);
            let places = |y: f64| {
                [
                    (f64::midpoint(from.x, to.x), Anchor::Middle),
                    (from.x, Anchor::Start),
                    (to.x, Anchor::End),
                ]
                .map(|(x, anchor)| Place {
                    at: at(x, y),
                    anchor,
                })
            };
            surface.label(&bar.group, &places(bottom + GROUP), &PLAIN);
            surface.label(&sum, &places(bottom + SUM), &STRONG);
        })?;
    }
    Ok(())
}

fn lying(plot: &mut Plot<'_>, bars: &[Bar], labels: &dyn Labels) -> Result<(), NotDrawn> {
    let (left, width) = (plot.area.left, plot.size.0);
    let mut group_before = "";
    for (row, bar) in bars.iter().take(ROWS).enumerate() {
        let middle = row as f64 + 0.5;
        let half = HALF_BAR / ROW;
        plot.bar(
            [(0.0, middle - half), (length(bar), middle + half)],
            colour(bar.tone),
        )?;
        let group = if bar.group == group_before {
            ""
        } else {
            &bar.group
        };
        group_before = &bar.group;
        plot.direct(
            vec![(0.0, middle), (length(bar), middle)],
            |surface, points| {
                let [foot, end] = points else { return };
                let place = |x: f64, anchor| Place {
                    at: at(x, foot.y + DROP),
                    anchor,
                };
                let name = text::shortened(&bar.label, Weight::Regular, left - 8.0);
                surface.label(&name, &[place(0.0, Anchor::Start)], &PLAIN);
                let beyond = place(foot.x.max(end.x) + 8.0, Anchor::Start);
                surface.label(&labels.count(bar.count), &[beyond], &STRONG);
                if !group.is_empty() {
                    surface.keep_clear(Area::between(*foot, *end));
                    surface.label(group, &[place(width, Anchor::End)], &FAINT);
                }
            },
        )?;
    }
    let Area { top, bottom, .. } = plot.area;
    plot.direct(vec![(0.0, 0.0)], move |surface, points| {
        if let [foot] = points {
            surface.line(&[at(foot.x, top), at(foot.x, bottom)], &AXIS);
        }
    })?;
    more_rows(plot, bars.len(), labels)
}
