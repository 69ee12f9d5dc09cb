//! What plotters has no element for, drawn at places that plotters worked out.

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};
use std::convert::Infallible;

use super::surface::{self, Surface};
use super::target::Point;

type Draw<'f> = Box<dyn Fn(&mut Surface<'_>, &[Point]) + 'f>;

/// An element with a drawing function of its own: it gets the surface and its points in CSS pixels.
pub(super) struct Direct<'f> {
    at: Vec<(f64, f64)>,
    draw: Draw<'f>,
}

impl<'f> Direct<'f> {
    /// An element at these data coordinates.
    pub(super) fn new(at: Vec<(f64, f64)>, draw: impl Fn(&mut Surface<'_>, &[Point]) + 'f) -> Self {
        Self {
            at,
            draw: Box::new(draw),
        }
    }
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Direct<'_> {
    type Point = &'a (f64, f64);
    type IntoIter = &'a [(f64, f64)];

    fn point_iter(self) -> Self::IntoIter {
        &self.at
    }
}

impl Drawable<Surface<'_>> for Direct<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        places: I,
        backend: &mut Surface<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points: Vec<Point> = places.map(surface::point).collect();
        (self.draw)(backend, &points);
        Ok(())
    }
}
