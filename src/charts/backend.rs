//! The one backend that plotters draws on: the surface, in sixteenths of a CSS pixel.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::surface::{Place, Placed, Rim, STEPS, Stroke, Style, Surface, point, steps};
use super::target::{Anchor, Area, Point, Weight, at};
use super::text;
use super::theme::Colour;

fn colour_of(colour: BackendColor) -> Option<Colour> {
    (colour.alpha > 0.0).then(|| Colour::from_code(colour.rgb))
}

fn stroke_of<S: BackendStyle>(style: &S) -> Option<Stroke> {
    Some(Stroke {
        colour: colour_of(style.color())?,
        width: f64::from(style.stroke_width()) / STEPS,
        dash: None,
    })
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Surface<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.size();
        (steps(width).unsigned_abs(), steps(height).unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        if let Some(stroke) = stroke_of(style) {
            self.line(&[point(from), point(to)], &stroke);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let area = Area::between(point(upper_left), point(bottom_right));
        match (fill, colour_of(style.color()), stroke_of(style)) {
            (true, Some(colour), _) => self.rect(&area, colour),
            (false, _, Some(stroke)) => {
                let corners = [
                    at(area.left, area.top),
                    at(area.right, area.top),
                    at(area.right, area.bottom),
                    at(area.left, area.bottom),
                    at(area.left, area.top),
                ];
                self.line(&corners, &stroke);
            }
            _ => {}
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if let Some(stroke) = stroke_of(style) {
            let points: Vec<Point> = path.into_iter().map(point).collect();
            self.line(&points, &stroke);
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if let Some(colour) = colour_of(style.color()) {
            let radius = f64::from(radius) / STEPS;
            if fill {
                self.disc(point(center), radius, colour);
            } else {
                self.ring(point(center), radius, colour);
            }
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        if let Some(colour) = colour_of(style.color()) {
            let points: Vec<Point> = vert.into_iter().map(point).collect();
            self.polygon(&points, colour);
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        words: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Drawn {
        let Some(colour) = colour_of(style.color()) else {
            return Ok(());
        };
        let anchor = style.anchor();
        let size = text::SIZE;
        let drop = match anchor.v_pos {
            VPos::Top => size * 0.88,
            VPos::Center => size * 0.34,
            VPos::Bottom => -size * 0.24,
        };
        let corner = point(pos);
        let place = Place {
            at: at(corner.x, corner.y + drop),
            anchor: match anchor.h_pos {
                HPos::Left => Anchor::Start,
                HPos::Center => Anchor::Middle,
                HPos::Right => Anchor::End,
            },
        };
        let style = Style {
            colour,
            weight: weight_of(style),
            rim: Rim::Without,
        };
        // A tick's label on a surface too small for it is left out rather than cut off.
        match self.label(words, &[place], &style) {
            Placed::Drawn | Placed::LeftOut => Ok(()),
        }
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        words: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = text::width(words, weight_of(style));
        Ok((
            steps(width).unsigned_abs(),
            steps(text::SIZE).unsigned_abs(),
        ))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Ok(())
    }
}

fn weight_of<S: BackendTextStyle>(style: &S) -> Weight {
    match style.style() {
        FontStyle::Bold => Weight::Strong,
        _ => Weight::Regular,
    }
}
