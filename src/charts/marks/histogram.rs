//! A histogram on a logarithmic axis, with named places marked. Durations are spread so widely
//! that an even axis would show one bar and a long empty tail.

use super::{Canvas, PLAIN, STRONG, rimmed};
use crate::charts::NotDrawn;
use crate::charts::frame::{Axis, Grid, Margins, Plot};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::{AXIS, tick_label};
use crate::charts::surface::{Place, Stroke, Surface};
use crate::charts::target::{Anchor, Area, Target, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, Theme};
use crate::charts::ticks::{self, Ticks, drawable};
use crate::engine::base::{Unit, math};
use crate::engine::chart_spec::{HistogramClass, Marker};

/// Height of a row of marker names, and how many there are at most, in CSS pixels.
const MARKER_ROW: f64 = 17.0;
const MARKER_ROWS: usize = 5;

/// Between a marker's line and its name, in CSS pixels.
const BESIDE: f64 = 5.0;

/// Room below for the ticks, in CSS pixels.
const BELOW: f64 = 28.0;

/// A marked place: ink, so that it stands on bars.
const MARK: Stroke = Stroke {
    colour: Colour::Ink,
    width: 1.0,
    dash: None,
};

/// What keeps a marked place apart from the bar behind it.
const MARK_RIM: Stroke = Stroke {
    colour: Colour::Page,
    width: 3.0,
    dash: None,
};

/// Classes with their numbers checked.
pub(in crate::charts) struct Histogram<'a> {
    unit: Unit,
    classes: &'a [HistogramClass],
    markers: Vec<&'a Marker>,
    range: (f64, f64),
}

/// The height that suits the markers, in CSS pixels.
pub(in crate::charts) fn height(markers: usize, width: f64) -> f64 {
    let plot = if width < 480.0 { 170.0 } else { 200.0 };
    plot + markers.min(MARKER_ROWS) as f64 * MARKER_ROW + BELOW
}

impl<'a> Histogram<'a> {
    /// Checks the numbers and finds the range: a first class from zero begins at half its end,
    /// since a logarithmic axis has no zero.
    pub(in crate::charts) fn new(
        unit: Unit,
        classes: &'a [HistogramClass],
        markers: &'a [Marker],
    ) -> Self {
        let mut markers: Vec<&Marker> = markers
            .iter()
            .filter(|marker| drawable(marker.at) && marker.at > 0.0)
            .collect();
        markers.sort_by(|one, other| one.at.total_cmp(&other.at));
        let lows = classes.iter().map(|class| {
            if class.from > 0.0 {
                class.from
            } else {
                class.to / 2.0
            }
        });
        let edges = lows
            .chain(classes.iter().map(|class| class.to))
            .chain(markers.iter().map(|marker| marker.at))
            .filter(|edge| *edge > 0.0);
        let (low, high) = ticks::bounds(edges).unwrap_or((1.0, 10.0));
        let low = low.max(high * 1e-6);
        let range = if high < low * 1.5 {
            (low / 2.0, high * 2.0)
        } else {
            (low, high)
        };
        Self {
            unit,
            classes,
            markers,
            range,
        }
    }

    /// The plot with its axes, the ticks of the counts and those of the values.
    pub(in crate::charts) fn plot<'t>(
        &self,
        target: &'t mut dyn Target,
        theme: &'t Theme,
        labels: &dyn Labels,
    ) -> Result<(Plot<'t>, Ticks, Ticks), NotDrawn> {
        let size = target.size();
        let counts = self.classes.iter().map(|class| class.count);
        let rows = self.markers.len().min(MARKER_ROWS) as f64;
        let counts = Ticks::over(ticks::range_from_zero(counts), 5, Unit::Count);
        let names: Vec<String> = (0..counts.values.len())
            .map(|index| tick_label(&counts, index, Unit::Count, labels))
            .collect();
        let margins = Margins {
            top: rows * MARKER_ROW + 8.0,
            right: 22.0,
            bottom: BELOW,
            left: text::widest(names.iter().map(String::as_str), Weight::Regular).max(16.0) + 10.0,
        };
        let area = margins.inside(size);
        let values = self.thinned(area.width(), labels);
        let plot = Plot::new(
            Surface::new(target, theme),
            area,
            Axis::logarithmic(self.range.0..self.range.1, values.values.clone()),
            Axis::linear(counts.first()..counts.last(), counts.values.clone()),
        )?;
        Ok((plot, counts, values))
    }

    /// Round ticks that stand apart from one another on an axis of this width, the last among them.
    fn thinned(&self, width: f64, labels: &dyn Labels) -> Ticks {
        let all = ticks::logarithmic(self.range, self.unit);
        let (low, high) = (math::ln(self.range.0), math::ln(self.range.1));
        let mut kept: Vec<f64> = Vec::new();
        let mut free = f64::INFINITY;
        for value in all.into_iter().rev() {
            let x = (math::ln(value) - low) / (high - low) * width;
            let words = labels.tick(value, self.unit, kept.is_empty());
            let half = text::width(&words, Weight::Regular) / 2.0;
            if x + half + 10.0 <= free {
                free = x - half;
                kept.push(value);
            }
        }
        kept.reverse();
        Ticks { values: kept }
    }

    /// Where a class begins and ends on the axis; `None` where it has no width there.
    fn span(&self, class: &HistogramClass) -> Option<(f64, f64)> {
        let (from, to) = (class.from.max(self.range.0), class.to.min(self.range.1));
        (drawable(to) && drawable(class.count) && from < to).then_some((from, to))
    }

    /// The middle of the top of each class.
    pub(in crate::charts) fn places(&self, plot: &Plot<'_>) -> Vec<(f64, f64)> {
        self.classes
            .iter()
            .map(|class| match self.span(class) {
                Some((from, to)) => {
                    let (from, to) = (
                        plot.place((from, class.count)),
                        plot.place((to, class.count)),
                    );
                    (f64::midpoint(from.x, to.x), from.y)
                }
                None => (plot.area.left, plot.area.bottom),
            })
            .collect()
    }
}

/// Draws the classes over the whole target.
pub(in crate::charts) fn draw(
    canvas: Canvas<'_>,
    histogram: &Histogram<'_>,
) -> Result<(), NotDrawn> {
    let labels = canvas.labels;
    let (mut plot, counts, values) = histogram.plot(canvas.target, canvas.theme, labels)?;
    let last = counts.last();
    plot.grid(Grid::Horizontal, &|value| {
        labels.tick(*value, Unit::Count, *value >= last)
    })?;
    let last = values.last();
    plot.grid(Grid::Below, &|value| {
        labels.tick(*value, histogram.unit, *value >= last)
    })?;
    for class in histogram.classes {
        if let Some((from, to)) = histogram.span(class) {
            plot.bar([(from, 0.0), (to, class.count)], Colour::Data)?;
        }
    }
    let Area {
        left,
        right,
        bottom,
        ..
    } = plot.area;
    let ticks: Vec<(f64, f64)> = values.values.iter().map(|value| (*value, 0.0)).collect();
    plot.direct(ticks, move |surface, ticks| {
        for tick in ticks {
            surface.line(&[at(tick.x, bottom), at(tick.x, bottom + 4.0)], &AXIS);
        }
        let level = ticks.first().map_or(bottom, |tick| tick.y);
        surface.line(&[at(left, level), at(right, level)], &AXIS);
    })?;
    markers(&plot, histogram, labels)
}

/// A marked place with its name set.
struct Named {
    x: f64,
    words: String,
    width: f64,
}

/// The marked places: a line down through the bars, its name at the top.
///
/// Names stand to the right of their lines, the leftmost highest; mirrored where that would cut
/// one off. Each name takes the highest row in which neither it nor its line meets an earlier name.
fn markers(
    plot: &Plot<'_>,
    histogram: &Histogram<'_>,
    labels: &dyn Labels,
) -> Result<(), NotDrawn> {
    let (width, bottom) = (plot.size.0, plot.area.bottom);
    let mut named: Vec<Named> = histogram
        .markers
        .iter()
        .map(|marker| {
            let x = plot.place((marker.at, 0.0)).x;
            let value = labels.value(marker.at, histogram.unit);
            let room = (width - x).max(x) - BESIDE;
            let words = format!("{} {value}", marker.label);
            let words = text::shortened(&words, Weight::Strong, room.max(0.0));
            let width = text::width(&words, Weight::Strong);
            Named { x, words, width }
        })
        .collect();
    let fits_right = |name: &Named| name.x + BESIDE + name.width <= width;
    let fits_left = |name: &Named| name.x - BESIDE - name.width >= 0.0;
    let mirrored = !named.iter().all(fits_right) && named.iter().all(fits_left);
    if mirrored {
        named.reverse();
    }
    // Distances from the side at which names begin.
    let mut ends = [f64::NEG_INFINITY; MARKER_ROWS];
    for name in &named {
        let begin = if mirrored { -name.x } else { name.x };
        let row = (0..MARKER_ROWS)
            .find(|row| ends.iter().skip(*row).all(|end| *end + 6.0 <= begin))
            .unwrap_or(MARKER_ROWS - 1);
        if let Some(end) = ends.get_mut(row) {
            *end = begin + BESIDE + name.width;
        }
        let top = row as f64 * MARKER_ROW + 2.0;
        plot.direct(Vec::new(), |surface, _| {
            let line = [at(name.x, top), at(name.x, bottom)];
            surface.line(&line, &MARK_RIM);
            surface.line(&line, &MARK);
            let place = |x: f64, anchor| Place {
                at: at(x, top + 11.0),
                anchor,
            };
            let right = place(name.x + BESIDE, Anchor::Start);
            let left = place(name.x - BESIDE, Anchor::End);
            let places = if mirrored {
                [left, right]
            } else {
                [right, left]
            };
            surface.label(&name.words, &places, &rimmed(STRONG));
        })?;
    }
    if histogram.classes.is_empty() && histogram.markers.is_empty() {
        plot.direct(Vec::new(), |surface, _| {
            let place = Place {
                at: at(width / 2.0, bottom / 2.0),
                anchor: Anchor::Middle,
            };
            let words = labels.term(Term::Missing);
            surface.label(&words, &[place], &PLAIN);
        })?;
    }
    Ok(())
}
