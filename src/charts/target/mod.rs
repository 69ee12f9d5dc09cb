//! Target: the few drawing calls that a canvas, an SVG file and a test record have in common.
//!
//! Takes: shapes in CSS pixels, from the top left, and colours as CSS text. Gives: a drawing.
//! Never: knows what a shape means; measures text.
//! Start at [`Target`]. Tests sit beside the code.

mod record;
mod svg;

pub use record::Record;
pub use svg::{Svg, escaped};

/// A place in CSS pixels from the top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A short way to write a [`Point`].
pub const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Area {
    /// The rectangle between two opposite corners, in any order.
    pub fn between(one: Point, other: Point) -> Self {
        Self {
            left: one.x.min(other.x),
            top: one.y.min(other.y),
            right: one.x.max(other.x),
            bottom: one.y.max(other.y),
        }
    }

    /// Whether the two have a point in common; touching edges do not count.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `inner` lies wholly within this one.
    pub fn holds(&self, inner: &Self) -> bool {
        self.left <= inner.left
            && inner.right <= self.right
            && self.top <= inner.top
            && inner.bottom <= self.bottom
    }

    /// From left to right edge.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From top to bottom edge.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// How a line is drawn. Corners are round, ends are cut off straight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen<'a> {
    /// A CSS colour.
    pub colour: &'a str,
    /// In CSS pixels.
    pub width: f64,
    /// Lengths of dash and gap in CSS pixels; `None` for a solid line.
    pub dash: Option<(f64, f64)>,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// The two weights of type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Strong,
}

impl Weight {
    /// The number CSS uses.
    pub const fn css(self) -> u32 {
        match self {
            Self::Regular => 400,
            Self::Strong => 600,
        }
    }
}

/// One line of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Text<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where its anchor stands, on the baseline.
    pub at: Point,
    /// Which part of it stands there.
    pub anchor: Anchor,
    /// Font size in CSS pixels.
    pub size: f64,
    /// Its weight.
    pub weight: Weight,
    /// A CSS colour.
    pub fill: &'a str,
    /// A CSS colour drawn 2 px around the letters, so that lines do not cross them.
    pub halo: Option<&'a str>,
    /// CSS font families.
    pub family: &'a str,
}

/// Something to draw on.
pub trait Target {
    /// Width and height in CSS pixels.
    fn size(&self) -> (f64, f64);
    /// Device pixels in one CSS pixel, so that hairlines can be set on whole device pixels.
    fn ratio(&self) -> f64;
    /// A line through the points; a closed line repeats its first point.
    fn line(&mut self, points: &[Point], pen: &Pen<'_>);
    /// A filled polygon; the last point is joined to the first.
    fn polygon(&mut self, points: &[Point], fill: &str);
    /// A filled rectangle.
    fn rect(&mut self, area: &Area, fill: &str);
    /// A disc, and the line around it if there is one.
    fn circle(&mut self, centre: Point, radius: f64, fill: &str, outline: Option<&Pen<'_>>);
    /// One line of text.
    fn text(&mut self, text: &Text<'_>);
}

/// A target that keeps nothing: for asking where things would stand.
pub(super) struct Blank {
    /// Width and height in CSS pixels.
    pub(super) size: (f64, f64),
}

impl Target for Blank {
    fn size(&self) -> (f64, f64) {
        self.size
    }
    fn ratio(&self) -> f64 {
        1.0
    }
    fn line(&mut self, _: &[Point], _: &Pen<'_>) {}
    fn polygon(&mut self, _: &[Point], _: &str) {}
    fn rect(&mut self, _: &Area, _: &str) {}
    fn circle(&mut self, _: Point, _: f64, _: &str, _: Option<&Pen<'_>>) {}
    fn text(&mut self, _: &Text<'_>) {}
}
