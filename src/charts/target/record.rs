//! The record: one primitive a line, rounded to 0.1 px, for tests.

use std::fmt::Write as _;

use super::{Anchor, Area, Pen, Point, Target, Text};
use crate::charts::text;

/// Writes down what is drawn, and keeps the boxes of texts and the corners of polygons.
#[derive(Clone, Debug)]
pub struct Record {
    size: (f64, f64),
    lines: String,
    texts: Vec<(String, Area)>,
    polygons: Vec<Vec<Point>>,
}

impl Record {
    /// An empty record of this size in CSS pixels.
    pub const fn new(width: f64, height: f64) -> Self {
        Self {
            size: (width, height),
            lines: String::new(),
            texts: Vec::new(),
            polygons: Vec::new(),
        }
    }

    /// What was drawn, one primitive a line.
    pub fn lines(&self) -> &str {
        &self.lines
    }

    /// Every text with the box that our own metrics give it.
    pub fn texts(&self) -> &[(String, Area)] {
        &self.texts
    }

    /// The corners of every filled polygon.
    pub fn polygons(&self) -> &[Vec<Point>] {
        &self.polygons
    }

    fn add(&mut self, words: &str) {
        self.lines.push_str(words);
        self.lines.push('\n');
    }
}

/// A coordinate without a negative zero.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

fn written(points: &[Point]) -> String {
    let mut out = String::new();
    for point in points {
        let (x, y) = (rounded(point.x), rounded(point.y));
        // Writing into a string cannot fail.
        write!(out, " {x},{y}").unwrap_or_default();
    }
    out
}

fn pen_words(pen: &Pen<'_>) -> String {
    let dash = pen
        .dash
        .map(|(on, off)| format!(" dash {on}-{off}"))
        .unwrap_or_default();
    format!("{} {}{dash}", pen.colour, pen.width)
}

impl Target for Record {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn ratio(&self) -> f64 {
        1.0
    }

    fn line(&mut self, points: &[Point], pen: &Pen<'_>) {
        self.add(&format!("line {}:{}", pen_words(pen), written(points)));
    }

    fn polygon(&mut self, points: &[Point], fill: &str) {
        self.add(&format!("polygon {fill}:{}", written(points)));
        self.polygons.push(points.to_vec());
    }

    fn rect(&mut self, area: &Area, fill: &str) {
        let corners = [
            super::at(area.left, area.top),
            super::at(area.right, area.bottom),
        ];
        self.add(&format!("rect {fill}:{}", written(&corners)));
    }

    fn circle(&mut self, centre: Point, radius: f64, fill: &str, outline: Option<&Pen<'_>>) {
        let outline = outline.map(|pen| format!(" outline {}", pen_words(pen)));
        self.add(&format!(
            "circle {fill} {radius}{}:{}",
            outline.unwrap_or_default(),
            written(&[centre])
        ));
    }

    fn text(&mut self, text: &Text<'_>) {
        let anchor = match text.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.add(&format!(
            "text {} {} {anchor}:{} {}",
            text.fill,
            text.weight.css(),
            written(&[text.at]),
            text.text
        ));
        self.texts.push((text.text.to_owned(), text::area(text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::target::at;

    #[test]
    fn a_line_is_written_rounded_and_without_a_negative_zero() {
        let mut record = Record::new(10.0, 10.0);
        let pen = Pen {
            colour: "ink",
            width: 1.0,
            dash: Some((5.0, 4.0)),
        };
        record.line(&[at(-0.01, 1.26), at(2.0, 3.0)], &pen);
        assert_eq!(record.lines(), "line ink 1 dash 5-4: 0,1.3 2,3\n");
    }
}
