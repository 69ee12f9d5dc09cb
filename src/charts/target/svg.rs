//! An SVG file: text stays text, sizes are CSS pixels, colours are written as given.

use std::fmt::Write as _;

use super::{Anchor, Area, Pen, Point, Target, Text, Weight};

/// Draws into SVG.
#[derive(Clone, Debug)]
pub struct Svg {
    size: (f64, f64),
    body: String,
}

impl Svg {
    /// An empty drawing of this size in CSS pixels.
    pub const fn new(width: f64, height: f64) -> Self {
        Self {
            size: (width, height),
            body: String::new(),
        }
    }

    /// The whole file. `title` is what assistive tools read; `ground` fills the page if given.
    pub fn finish(&self, title: &str, ground: Option<&str>) -> String {
        let (width, height) = (number(self.size.0), number(self.size.1));
        let ground = ground.map_or_else(String::new, |fill| {
            format!(
                "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
                escaped(fill)
            )
        });
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n{ground}{}</svg>\n",
            escaped(title),
            self.body
        )
    }

    fn add(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

/// A coordinate with at most two decimals.
fn number(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

/// Text that is safe in an element or an attribute, of SVG or HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

fn path(points: &[Point]) -> String {
    let mut out = String::new();
    for (index, point) in points.iter().enumerate() {
        let (x, y) = (number(point.x), number(point.y));
        let command = if index == 0 { 'M' } else { 'L' };
        // Writing into a string cannot fail.
        write!(out, "{command}{x} {y}").unwrap_or_default();
    }
    out
}

fn stroke(pen: &Pen<'_>) -> String {
    let dash = pen.dash.map_or_else(String::new, |(on, off)| {
        format!(" stroke-dasharray=\"{on} {off}\"")
    });
    format!(
        "stroke=\"{}\" stroke-width=\"{}\"{dash}",
        escaped(pen.colour),
        number(pen.width)
    )
}

impl Target for Svg {
    fn size(&self) -> (f64, f64) {
        self.size
    }

    fn ratio(&self) -> f64 {
        1.0
    }

    fn line(&mut self, points: &[Point], pen: &Pen<'_>) {
        self.add(&format!(
            "<path d=\"{}\" fill=\"none\" {} stroke-linejoin=\"round\"/>",
            path(points),
            stroke(pen)
        ));
    }

    fn polygon(&mut self, points: &[Point], fill: &str) {
        self.add(&format!(
            "<path d=\"{}Z\" fill=\"{}\"/>",
            path(points),
            escaped(fill)
        ));
    }

    fn rect(&mut self, area: &Area, fill: &str) {
        self.add(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
            number(area.left),
            number(area.top),
            number(area.width()),
            number(area.height()),
            escaped(fill)
        ));
    }

    fn circle(&mut self, centre: Point, radius: f64, fill: &str, outline: Option<&Pen<'_>>) {
        let outline = outline.map_or_else(String::new, |pen| format!(" {}", stroke(pen)));
        self.add(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"{outline}/>",
            number(centre.x),
            number(centre.y),
            number(radius),
            escaped(fill)
        ));
    }

    fn text(&mut self, text: &Text<'_>) {
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = match text.weight {
            Weight::Regular => "",
            Weight::Strong => " font-weight=\"600\"",
        };
        let halo = text.halo.map_or_else(String::new, |colour| {
            format!(
                " stroke=\"{}\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                escaped(colour)
            )
        });
        self.add(&format!(
            "<text x=\"{}\" y=\"{}\" font-family=\"{}\" font-size=\"{}\" fill=\"{}\"{weight}{anchor}{halo}>{}</text>",
            number(text.at.x),
            number(text.at.y),
            escaped(text.family),
            number(text.size),
            escaped(text.fill),
            escaped(text.text)
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_the_data_cannot_leave_their_text() {
        let svg = Svg::new(10.0, 10.0);
        let file = svg.finish("<script>\"&\u{1}", None);
        assert!(file.contains("<title>&lt;script&gt;&quot;&amp; </title>"));
    }
}
