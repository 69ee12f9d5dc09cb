//! Marks: one file for each kind of picture.
//!
//! Takes: the parts of a chart's spec and a canvas to draw on. Gives: drawing calls, heights and
//! places. Never: formats a number itself; draws a bar that does not begin at zero.
//! Start at [`trend`]. Tests: `tests/chart_goldens.rs`.

pub(super) mod distribution;
pub(super) mod dots;
pub(super) mod histogram;
mod series;
pub(super) mod sparkline;
mod time_axis;
pub(super) mod trend;
pub(super) mod waterfall;

use super::labels::Labels;
use super::surface::{Rim, Style};
use super::target::{Target, Weight};
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
