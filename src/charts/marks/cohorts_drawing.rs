//! Cohorts, drawn: the cells with their numbers, names and sizes at the left, the key below.

use super::cohorts::{ABOVE, Cohorts, Layout, ROW, in_cell};
use super::{Canvas, DROP, FAINT, PLAIN, ROWS, STRONG, rimmed};
use crate::charts::labels::{Labels, Term};
use crate::charts::marks::trend::AXIS;
use crate::charts::surface::{Place, Rim, Stroke, Style, Surface};
use crate::charts::target::{Anchor, Area, Weight, at};
use crate::charts::text;
use crate::charts::theme::{Colour, HEAT};
use crate::charts::ticks;
use crate::engine::base::Unit;

/// The outline of a cell that is not over.
const UNFINISHED: Stroke = Stroke {
    colour: Colour::Edge,
    width: 1.0,
    dash: Some((3.0, 3.0)),
};

/// Draws the table over the whole target.
pub(in crate::charts) fn draw(canvas: Canvas<'_>, table: &Cohorts<'_>) {
    let labels = canvas.labels;
    let size = canvas.target.size();
    let layout = table.layout(size.0, labels);
    let mut surface = Surface::new(canvas.target, canvas.theme);
    head(&mut surface, table, &layout, labels);
    for (row, column, share, partial) in table.visible(layout.stride) {
        let area = layout.area(row, column);
        if area.right > size.0 || area.bottom > size.1 {
            continue;
        }
        let step = table.heat(share);
        let style = if row == table.means_row() {
            STRONG
        } else if partial {
            surface.hatch(&area);
            outline(&mut surface, &area);
            rimmed(PLAIN)
        } else {
            surface.rect(&area, HEAT.get(step).copied().unwrap_or(Colour::Heat0));
            Style {
                colour: if step < 5 {
                    Colour::OnLowHeat
                } else {
                    Colour::OnHighHeat
                },
                weight: Weight::Regular,
                rim: Rim::Without,
            }
        };
        let words = in_cell(share, labels);
        if text::width(&words, style.weight) <= area.width() {
            let place = Place {
                at: at(
                    f64::midpoint(area.left, area.right),
                    f64::midpoint(area.top, area.bottom) + DROP,
                ),
                anchor: Anchor::Middle,
            };
            surface.label(&words, &[place], &style);
        }
    }
    names(&mut surface, table, &layout, labels);
    key(&mut surface, table, &layout, labels);
}

fn outline(surface: &mut Surface<'_>, area: &Area) {
    let inset = 0.5;
    let corners = [
        at(area.left + inset, area.top + inset),
        at(area.right - inset, area.top + inset),
        at(area.right - inset, area.bottom - inset),
        at(area.left + inset, area.bottom - inset),
        at(area.left + inset, area.top + inset),
    ];
    surface.line(&corners, &UNFINISHED);
}

/// The two lines above: what the columns are, and their numbers.
fn head(surface: &mut Surface<'_>, table: &Cohorts<'_>, layout: &Layout, labels: &dyn Labels) {
    let start = |x: f64, y: f64| Place {
        at: at(x, y),
        anchor: Anchor::Start,
    };
    let since = labels.term(Term::Since(table.step));
    surface.label(&since, &[start(layout.left, 12.0)], &FAINT);
    let started = text::shortened(
        &labels.term(Term::Started),
        Weight::Regular,
        layout.name - 4.0,
    );
    surface.label(&started, &[start(0.0, ABOVE - 10.0)], &PLAIN);
    let count = Place {
        at: at(layout.size_end, ABOVE - 10.0),
        anchor: Anchor::End,
    };
    if table.size_unit == Unit::Count {
        surface.label(&labels.term(Term::Count), &[count], &PLAIN);
    }
    for column in (0..table.columns).step_by(layout.stride) {
        let area = layout.area(0, column);
        let place = Place {
            at: at(f64::midpoint(area.left, area.right), ABOVE - 10.0),
            anchor: Anchor::Middle,
        };
        surface.label(&labels.count(column as f64), &[place], &PLAIN);
    }
}

/// Names and sizes at the left, and the line above the means.
fn names(surface: &mut Surface<'_>, table: &Cohorts<'_>, layout: &Layout, labels: &dyn Labels) {
    let baseline = |row: usize| ABOVE + (row as f64 + 0.5) * ROW + DROP;
    let start = |y: f64| Place {
        at: at(0.0, y),
        anchor: Anchor::Start,
    };
    let short =
        |words: &str, style: &Style| text::shortened(words, style.weight, layout.name - 4.0);
    for (row, cohort) in table.rows.iter().take(ROWS).enumerate() {
        let y = baseline(row);
        surface.label(&short(&cohort.label, &PLAIN), &[start(y)], &PLAIN);
        let size = Place {
            at: at(layout.size_end, y),
            anchor: Anchor::End,
        };
        let room = layout.size_end - layout.name;
        let words = labels.value(cohort.size, table.size_unit);
        let words = text::shortened(&words, Weight::Regular, room + 4.0);
        surface.label(&words, &[size], &PLAIN);
    }
    if let Some(more) = table.rows.len().checked_sub(ROWS).filter(|more| *more > 0) {
        let count = labels.count(more as f64);
        let words = format!("+ {count} {}", labels.term(Term::More));
        surface.label(&words, &[start(baseline(ROWS))], &FAINT);
    }
    let row = table.means_row();
    let (y, width) = (ABOVE + row as f64 * ROW, surface.size().0);
    let shown = table.columns.div_ceil(layout.stride) as f64;
    let right = (layout.left + shown * layout.cell).min(width);
    surface.line(&[at(0.0, y), at(right, y)], &AXIS);
    let mean = labels.term(Term::WeightedMean);
    surface.label(&short(&mean, &STRONG), &[start(baseline(row))], &STRONG);
}

/// The scale of colours with the shares it runs between.
fn key(surface: &mut Surface<'_>, table: &Cohorts<'_>, layout: &Layout, labels: &dyn Labels) {
    let y = ABOVE + (table.means_row() + 1) as f64 * ROW + 14.0;
    let say = |share: f64| labels.tick((share * 100.0).round() / 100.0, Unit::Ratio, true);
    let beyond = |beyond: bool, sign: &str, share: f64| {
        let sign = if beyond { sign } else { "" };
        format!("{sign}{}", say(share))
    };
    let shares = table.visible(layout.stride).into_iter().map(|cell| cell.2);
    let (least, most) = ticks::bounds(shares).unwrap_or(table.range);
    let low = beyond(least < table.range.0, "< ", table.range.0);
    let high = beyond(most > table.range.1, "> ", table.range.1);
    let swatch = 20.0;
    let first = layout.left + text::width(&low, Weight::Regular) + 8.0;
    let last = first + swatch * HEAT.len() as f64;
    let (width, height) = surface.size();
    let end = last + 8.0 + text::width(&high, Weight::Regular);
    if end > width || y + 16.0 > height {
        return;
    }
    for (index, colour) in HEAT.into_iter().enumerate() {
        let left = first + index as f64 * swatch;
        let area = Area {
            left,
            top: y,
            right: left + swatch - 1.0,
            bottom: y + 12.0,
        };
        surface.rect(&area, colour);
    }
    let place = |x: f64, anchor| Place {
        at: at(x, y + 6.0 + DROP),
        anchor,
    };
    surface.label(&low, &[place(layout.left, Anchor::Start)], &PLAIN);
    surface.label(&high, &[place(last + 7.0, Anchor::Start)], &PLAIN);
}
