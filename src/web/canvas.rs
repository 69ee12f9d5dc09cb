//! The canvas: charts on a screen.
//!
//! The canvas holds device pixels and is shown at CSS size, so lines are sharp on any screen.
//! Nothing is measured here: places come from `charts`, which has its own table of widths.

use kept::charts::target::{Anchor, Area, Pen, Point, Text};
use kept::charts::text;
use kept::charts::{self, Labels, NotDrawn, Target, Theme};
use kept::engine::chart_spec::{ChartSpec, TrendPoint};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The longest side in device pixels that all browsers make a canvas of.
const LONGEST: f64 = 16_000.0;

/// The largest area in device pixels that all browsers make a canvas of.
const LARGEST: f64 = 16_000_000.0;

/// The room for a chart on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Width of the chart in CSS pixels.
    pub width: f64,
    /// Device pixels in one CSS pixel: `window.devicePixelRatio`.
    pub ratio: f64,
}

/// Draws the chart and gives its height in CSS pixels.
///
/// # Errors
/// [`NotDrawn`] when the browser gives no canvas to draw on.
pub fn paint(
    canvas: &HtmlCanvasElement,
    screen: Screen,
    spec: &ChartSpec,
    theme: &Theme,
    labels: &dyn Labels,
) -> Result<f64, NotDrawn> {
    let height = charts::height_for(spec, screen.width);
    let mut target = CanvasTarget::new(canvas, (screen.width, height), screen.ratio)?;
    charts::draw(spec, &mut target, theme, labels)?;
    target.finish().map(|()| height)
}

/// Draws a sparkline of this height in CSS pixels.
///
/// # Errors
/// As [`paint`].
pub fn paint_sparkline(
    canvas: &HtmlCanvasElement,
    (screen, height): (Screen, f64),
    points: &[TrendPoint],
    goal: Option<f64>,
    theme: &Theme,
) -> Result<(), NotDrawn> {
    let mut target = CanvasTarget::new(canvas, (screen.width, height), screen.ratio)?;
    charts::sparkline(points, goal, &mut target, theme)?;
    target.finish()
}

/// What the browser answered to the drawing calls so far.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Answer {
    Drawn,
    Refused,
}

struct CanvasTarget {
    context: CanvasRenderingContext2d,
    size: (f64, f64),
    ratio: f64,
    answer: Answer,
}

impl CanvasTarget {
    /// Sizes the canvas, empties it and sets its unit to a CSS pixel.
    fn new(canvas: &HtmlCanvasElement, size: (f64, f64), ratio: f64) -> Result<Self, NotDrawn> {
        let ratio = ratio_within_limits(size, ratio);
        let (width, height) = (device(size.0 * ratio), device(size.1 * ratio));
        canvas.set_width(width);
        canvas.set_height(height);
        let style = canvas.style();
        for (name, length) in [("width", size.0), ("height", size.1)] {
            style
                .set_property(name, &format!("{length}px"))
                .map_err(not_drawn)?;
        }
        let context = canvas
            .get_context("2d")
            .map_err(not_drawn)?
            .ok_or(NotDrawn)?
            .dyn_into::<CanvasRenderingContext2d>()
            .map_err(|_other_kind| NotDrawn)?;
        context
            .set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)
            .map_err(not_drawn)?;
        context.clear_rect(0.0, 0.0, size.0, size.1);
        context.set_line_join("round");
        context.set_text_baseline("alphabetic");
        Ok(Self {
            context,
            size,
            ratio,
            answer: Answer::Drawn,
        })
    }

    fn finish(self) -> Result<(), NotDrawn> {
        match self.answer {
            Answer::Drawn => Ok(()),
            Answer::Refused => Err(NotDrawn),
        }
    }

    fn note(&mut self, answer: Result<(), JsValue>) {
        if answer.is_err() {
            self.answer = Answer::Refused;
        }
    }

    /// Begins a path through the points.
    fn trace(&self, points: &[Point]) {
        self.context.begin_path();
        for (index, point) in points.iter().enumerate() {
            if index == 0 {
                self.context.move_to(point.x, point.y);
            } else {
                self.context.line_to(point.x, point.y);
            }
        }
    }

    fn stroke(&mut self, pen: &Pen<'_>) {
        let dash = js_sys::Array::new();
        if let Some((on, off)) = pen.dash {
            dash.push(&on.into());
            dash.push(&off.into());
        }
        let answer = self.context.set_line_dash(&dash);
        self.note(answer);
        self.context.set_stroke_style_str(pen.colour);
        self.context.set_line_width(pen.width);
        self.context.stroke();
    }
}

/// The browser's reason is about the browser, not about the chart: there is nothing to show of it.
fn not_drawn(_: JsValue) -> NotDrawn {
    NotDrawn
}

/// A length in whole device pixels.
fn device(length: f64) -> u32 {
    length.round().clamp(1.0, LONGEST) as u32
}

/// The ratio, or less where the canvas would be larger than browsers make one.
fn ratio_within_limits((width, height): (f64, f64), ratio: f64) -> f64 {
    let (width, height) = (width.max(1.0), height.max(1.0));
    let longest = LONGEST / width.max(height);
    let largest = (LARGEST / (width * height)).sqrt();
    let ratio = if ratio.is_finite() {
        ratio.clamp(1.0, 4.0)
    } else {
        1.0
    };
    ratio.min(longest).min(largest)
}

impl Target for CanvasTarget {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn ratio(&self) -> f64 {
        self.ratio
    }

    fn line(&mut self, points: &[Point], pen: &Pen<'_>) {
        self.trace(points);
        self.stroke(pen);
    }

    fn polygon(&mut self, points: &[Point], fill: &str) {
        self.trace(points);
        self.context.close_path();
        self.context.set_fill_style_str(fill);
        self.context.fill();
    }

    fn rect(&mut self, area: &Area, fill: &str) {
        self.context.set_fill_style_str(fill);
        self.context
            .fill_rect(area.left, area.top, area.width(), area.height());
    }

    fn circle(&mut self, centre: Point, radius: f64, fill: &str, outline: Option<&Pen<'_>>) {
        self.context.begin_path();
        let answer = self
            .context
            .arc(centre.x, centre.y, radius, 0.0, std::f64::consts::TAU);
        self.note(answer);
        self.context.set_fill_style_str(fill);
        self.context.fill();
        if let Some(pen) = outline {
            self.stroke(pen);
        }
    }

    fn text(&mut self, text: &Text<'_>) {
        let context = &self.context;
        context.set_font(&format!(
            "{} {}px {}",
            text.weight.css(),
            text.size,
            text.family
        ));
        context.set_text_align(match text.anchor {
            Anchor::Start => "left",
            Anchor::Middle => "center",
            Anchor::End => "right",
        });
        // Letters are sharpest with their baseline on a whole device pixel.
        let (x, y) = (text.at.x, (text.at.y * self.ratio).round() / self.ratio);
        // A face that is wider than the table is condensed, so that nothing is cut off.
        let room = text::width_at(text.text, text.weight, text.size);
        let rim = text.halo.map_or(Ok(()), |halo| {
            context.set_stroke_style_str(halo);
            context.set_line_width(4.0);
            context
                .set_line_dash(&js_sys::Array::new())
                .and_then(|()| context.stroke_text_with_max_width(text.text, x, y, room))
        });
        context.set_fill_style_str(text.fill);
        let answer = rim.and_then(|()| context.fill_text_with_max_width(text.text, x, y, room));
        self.note(answer);
    }
}
