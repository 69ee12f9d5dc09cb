//! Marks: one file for each kind of picture.
//!
//! Takes: the parts of a chart's spec and a canvas to draw on. Gives: drawing calls, heights and
//! places. Never: formats a number itself; draws a bar that does not begin at zero.
//! Start at [`trend`]. Tests: `tests/chart_goldens.rs`.

pub(super) mod calibration;
pub(super) mod cohorts;
pub(super) mod cohorts_drawing;
pub(super) mod contributions;
pub(super) mod distribution;
pub(super) mod dots;
pub(super) mod funnel;
pub(super) mod histogram;
pub(super) mod movements;
mod series;
pub(super) mod sparkline;
pub(super) mod survival;
pub(super) mod survival_drawing;
mod time_axis;
pub(super) mod trend;
pub(super) mod waterfall;

use super::NotDrawn;
use super::frame::Plot;
use super::labels::{Labels, Term};
use super::surface::{Place, Rim, Style};
use super::target::{Anchor, Target, Weight, at};
use super::text;
use super::theme::{Colour, Theme};

/// What every mark draws with.
pub(super) struct Canvas<'a> {
    /// What it draws on.
    pub(super) target: &'a mut dyn Target,
    /// In which colours.
    pub(super) theme: &'a Theme,
    /// How numbers are written.
    pub(super) labels: &'a dyn Labels,
}

/// A plain label.
const PLAIN: Style = Style {
    colour: Colour::Ink2,
    weight: Weight::Regular,
    rim: Rim::Without,
};

/// A label that stands out.
const STRONG: Style = Style {
    colour: Colour::Ink,
    weight: Weight::Strong,
    rim: Rim::Without,
};

/// A label that stands back.
const FAINT: Style = Style {
    colour: Colour::Ink3,
    weight: Weight::Regular,
    rim: Rim::Without,
};

/// The same style, for a text that may stand on lines.
const fn rimmed(style: Style) -> Style {
    Style {
        rim: Rim::With,
        ..style
    }
}

/// From the middle of a line of text down to its baseline, in CSS pixels.
const DROP: f64 = 4.0;

/// The most rows one picture has; a canvas of more would be taller than browsers can make. What
/// follows is counted at its foot, and stands in the table.
const ROWS: usize = 300;

/// The room that names at the left need: at most two fifths of the width, in CSS pixels.
fn label_column<'a>(names: impl Iterator<Item = &'a str>, width: f64) -> f64 {
    let widest = text::widest(names.take(ROWS), Weight::Strong);
    (widest + 14.0).min(width * 0.4).max(16.0)
}

/// Says at the foot how many rows are not drawn.
fn more_rows(plot: &Plot<'_>, rows: usize, labels: &dyn Labels) -> Result<(), NotDrawn> {
    let Some(more) = rows.checked_sub(ROWS).filter(|more| *more > 0) else {
        return Ok(());
    };
    let words = format!(
        "+ {} {}",
        labels.count(more as f64),
        labels.term(Term::More)
    );
    plot.direct(vec![(0.0, ROWS as f64 + 0.5)], |surface, points| {
        for point in points {
            let place = Place {
                at: at(0.0, point.y + DROP),
                anchor: Anchor::Start,
            };
            surface.label(&words, &[place], &FAINT);
        }
    })
}
