//! The surface: what plotters and our own marks draw on, over any [`Target`].
//!
//! Plotters (through `backend.rs`) counts in whole numbers, so the surface gives it sixteenths of a CSS pixel: places are
//! exact to well below what the eye sees, on every screen, and the same spec gives the same record.
//! Texts are measured here and never by plotters, which would ask the page's body for it. Every
//! text drawn is remembered, so that later labels make way.

use plotters_backend::BackendCoord;

use super::target::{Anchor, Area, Pen, Point, Target, Text, Weight, at};
use super::text;
use super::theme::{Colour, Ground, Theme};

/// Steps of plotters' whole numbers in a CSS pixel.
pub(super) const STEPS: f64 = 16.0;

/// A length in CSS pixels as plotters counts it.
pub(super) fn steps(pixels: f64) -> i32 {
    (pixels * STEPS).round() as i32
}

/// A place from plotters, in CSS pixels.
pub(super) fn point(coordinate: BackendCoord) -> Point {
    at(
        f64::from(coordinate.0) / STEPS,
        f64::from(coordinate.1) / STEPS,
    )
}

/// How a line is drawn, with a colour that means something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// What the colour means.
    pub colour: Colour,
    /// In CSS pixels.
    pub width: f64,
    /// Dash and gap in CSS pixels.
    pub dash: Option<(f64, f64)>,
}

/// How a text is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// What the colour means.
    pub colour: Colour,
    /// Its weight.
    pub weight: Weight,
    /// Whether a rim in the page's colour keeps lines away from it.
    pub rim: Rim,
}

/// Whether a text has a rim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rim {
    /// It stands on empty ground.
    Without,
    /// It may stand on lines.
    With,
}

/// A line of text in a style, where it may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// On the baseline.
    pub at: Point,
    /// Which part of the text stands there.
    pub anchor: Anchor,
}

/// A target, the theme, and what texts already stand on it.
pub struct Surface<'a> {
    target: &'a mut dyn Target,
    theme: &'a Theme,
    taken: Vec<Area>,
    busy: Vec<Area>,
}

impl<'a> Surface<'a> {
    /// Width and height in CSS pixels.
    pub(super) fn size(&self) -> (f64, f64) {
        self.target.size()
    }

    /// A surface over an empty target.
    pub fn new(target: &'a mut dyn Target, theme: &'a Theme) -> Self {
        Self {
            target,
            theme,
            taken: Vec::new(),
            busy: Vec::new(),
        }
    }

    /// A line; one along an axis is set on whole device pixels.
    pub fn line(&mut self, points: &[Point], stroke: &Stroke) {
        let pen = Pen {
            colour: self.theme.css(stroke.colour),
            width: stroke.width,
            dash: stroke.dash,
        };
        if let &[from, to] = points {
            let snap = |value| snapped(value, stroke.width, self.target.ratio());
            let (dx, dy) = ((from.x - to.x).abs(), (from.y - to.y).abs());
            let straight = match (dx < 0.05, dy < 0.05) {
                (true, false) => [at(snap(from.x), from.y), at(snap(from.x), to.y)],
                (false, true) => [at(from.x, snap(from.y)), at(to.x, snap(from.y))],
                _ => [from, to],
            };
            self.target.line(&straight, &pen);
        } else if points.len() > 2 {
            self.target.line(points, &pen);
        }
    }

    /// A filled polygon; only its outline where the reader's own colours rule.
    pub fn polygon(&mut self, points: &[Point], colour: Colour) {
        let Some(first) = points.first() else {
            return;
        };
        let fill = self.theme.css(colour);
        match self.theme.ground {
            Ground::Filled => self.target.polygon(points, fill),
            Ground::Outlined => {
                let mut closed = points.to_vec();
                closed.push(*first);
                let pen = Pen {
                    colour: fill,
                    width: 1.0,
                    dash: Some((2.0, 2.0)),
                };
                self.target.line(&closed, &pen);
            }
        }
    }

    /// A filled rectangle with its edges on whole device pixels, at least one of them wide.
    pub fn rect(&mut self, area: &Area, colour: Colour) {
        let ratio = self.target.ratio();
        let edge = |value: f64| (value * ratio).round() / ratio;
        let (left, top) = (edge(area.left), edge(area.top));
        let least = |from: f64, to: f64| {
            if to > from {
                edge(to).max(from + 1.0 / ratio)
            } else {
                from
            }
        };
        let snapped = Area {
            left,
            top,
            right: least(left, area.right),
            bottom: least(top, area.bottom),
        };
        if snapped.width() > 0.0 && snapped.height() > 0.0 {
            self.target.rect(&snapped, self.theme.css(colour));
        }
    }

    /// A disc in the colour.
    pub fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        self.target
            .circle(centre, radius, self.theme.css(colour), None);
    }

    /// A ring in the colour, 2 px wide, filled with the page's colour.
    pub fn ring(&mut self, centre: Point, radius: f64, colour: Colour) {
        let pen = Pen {
            colour: self.theme.css(colour),
            width: 2.0,
            dash: None,
        };
        self.target
            .circle(centre, radius, self.theme.css(Colour::Page), Some(&pen));
    }

    /// Lines at 45°, 6 px apart, over a rectangle.
    pub fn hatch(&mut self, area: &Area) {
        let pen = Pen {
            colour: self.theme.css(Colour::Edge),
            width: 1.0,
            dash: None,
        };
        let apart = 6.0 * std::f64::consts::SQRT_2;
        let last = area.right + area.bottom;
        let mut sum = area.left + area.top + apart / 2.0;
        while sum < last {
            let left = area.left.max(sum - area.bottom);
            let right = area.right.min(sum - area.top);
            if right - left > 0.5 {
                self.target
                    .line(&[at(left, sum - left), at(right, sum - right)], &pen);
            }
            sum += apart;
        }
    }

    /// Draws a text where it must stand.
    pub fn text(&mut self, words: &str, place: Place, style: &Style) {
        let text = set(words, place, *style, self.theme);
        self.taken.push(text::area(&text));
        self.target.text(&text);
    }

    /// Draws a text at the first of the places that is on the target and free of other texts, if
    /// possible free of data as well. Where none is free, it is left out; the return value says so.
    pub fn label(&mut self, words: &str, places: &[Place], style: &Style) -> Placed {
        let (width, height) = self.target.size();
        let bounds = Area::between(at(0.0, 0.0), at(width, height));
        let mut second_choice = None;
        for place in places {
            let area = text::area(&set(words, *place, *style, self.theme));
            if !bounds.holds(&area) || self.taken.iter().any(|other| other.meets(&area)) {
                continue;
            }
            if self.busy.iter().any(|other| other.meets(&area)) {
                second_choice = second_choice.or(Some(*place));
                continue;
            }
            self.text(words, *place, style);
            return Placed::Drawn;
        }
        match second_choice {
            Some(place) => {
                self.text(words, place, style);
                Placed::Drawn
            }
            None => Placed::LeftOut,
        }
    }

    /// Labels had better not stand here.
    pub fn keep_clear(&mut self, area: Area) {
        self.busy.push(area);
    }
}

/// The text as the target wants it.
fn set<'t>(words: &'t str, place: Place, style: Style, theme: &'t Theme) -> Text<'t> {
    Text {
        text: words,
        at: place.at,
        anchor: place.anchor,
        size: text::SIZE,
        weight: style.weight,
        fill: theme.css(style.colour),
        halo: match style.rim {
            Rim::With => Some(theme.css(Colour::Page)),
            Rim::Without => None,
        },
        family: &theme.font_sans,
    }
}

/// What became of a label.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Placed {
    /// It stands.
    Drawn,
    /// There was no room.
    LeftOut,
}

/// The middle of a line of this width that covers whole device pixels.
fn snapped(value: f64, width: f64, ratio: f64) -> f64 {
    let device = (width * ratio).round().max(1.0);
    let odd = device.rem_euclid(2.0) > 0.5;
    let middle = if odd {
        (value * ratio).floor() + 0.5
    } else {
        (value * ratio).round()
    };
    middle / ratio
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::target::Record;

    #[test]
    fn hairlines_cover_whole_device_pixels() {
        for ratio in [1.0, 1.5, 2.0, 3.0] {
            for width in [1.0, 2.0] {
                let middle = snapped(10.37, width, ratio) * ratio;
                let half = (width * ratio).round() / 2.0;
                assert!(((middle - half).round() - (middle - half)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        let mut record = Record::new(60.0, 20.0);
        let theme = Theme::names();
        let mut surface = Surface::new(&mut record, &theme);
        let style = Style {
            colour: Colour::Ink,
            weight: Weight::Regular,
            rim: Rim::Without,
        };
        let place = Place {
            at: at(2.0, 14.0),
            anchor: Anchor::Start,
        };
        assert_eq!(surface.label("first", &[place], &style), Placed::Drawn);
        assert_eq!(surface.label("second", &[place], &style), Placed::LeftOut);
        let outside = Place {
            at: at(50.0, 14.0),
            anchor: Anchor::Start,
        };
        assert_eq!(surface.label("third", &[outside], &style), Placed::LeftOut);
        assert_eq!(record.texts().len(), 1);
    }
}
