//! The colours and the type face of a chart: the page's own tokens.

use plotters::style::RGBColor;

/// What a colour means. Its value is in the [`Theme`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Colour {
    /// The ground.
    Page,
    /// A faint surface.
    Sunken,
    /// Values, titles, the target line.
    Ink,
    /// Axis labels.
    Ink2,
    /// Notes.
    Ink3,
    /// The axis line, hatching, connectors.
    Edge,
    /// Gridlines.
    Rule,
    /// The one series, gains.
    Data,
    /// Bars that take away.
    Loss,
    /// A real improvement.
    Better,
    /// A real worsening.
    Worse,
    /// The area of an interval.
    Band,
    /// The second series.
    Series2,
    /// The third series.
    Series3,
    /// The fourth series.
    Series4,
}

const ALL: [Colour; 15] = [
    Colour::Page,
    Colour::Sunken,
    Colour::Ink,
    Colour::Ink2,
    Colour::Ink3,
    Colour::Edge,
    Colour::Rule,
    Colour::Data,
    Colour::Loss,
    Colour::Better,
    Colour::Worse,
    Colour::Band,
    Colour::Series2,
    Colour::Series3,
    Colour::Series4,
];

impl Colour {
    /// The colour as plotters carries it: a number that [`Colour::from_code`] turns back, so that
    /// any CSS colour, system colours too, reaches the target unchanged.
    pub(super) const fn code(self) -> RGBColor {
        RGBColor(self as u8, 0, 0)
    }

    /// The colour behind a number of [`Colour::code`]; ink for any other.
    pub(super) fn from_code(code: (u8, u8, u8)) -> Self {
        ALL.get(usize::from(code.0)).copied().unwrap_or(Self::Ink)
    }
}

/// Whether the reader's own colours replace ours (forced colours).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ground {
    /// Areas are filled.
    Filled,
    /// Areas are outlined, since all fills would look alike.
    Outlined,
}

/// The page's tokens as CSS text, named as in the stylesheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// `--page`
    pub page: String,
    /// `--sunken`
    pub sunken: String,
    /// `--ink`
    pub ink: String,
    /// `--ink-2`
    pub ink_2: String,
    /// `--ink-3`
    pub ink_3: String,
    /// `--edge`
    pub edge: String,
    /// `--rule`
    pub rule: String,
    /// `--data`
    pub data: String,
    /// `--loss`
    pub loss: String,
    /// `--better`
    pub better: String,
    /// `--worse`
    pub worse: String,
    /// `--band`
    pub band: String,
    /// `--s2`
    pub s2: String,
    /// `--s3`
    pub s3: String,
    /// `--s4`
    pub s4: String,
    /// `--sans`
    pub font_sans: String,
    /// Whether areas are filled.
    pub ground: Ground,
}

/// The `--sans` token.
const SANS: &str = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', \
                    'Noto Sans', 'Liberation Sans', Arial, sans-serif";

impl Theme {
    /// The light tokens.
    pub fn light() -> Self {
        Self::from_tokens([
            "#ffffff", "#f4f6f8", "#14181c", "#424b54", "#5c6670", "#7d8790", "#d9dee3", "#0072b2",
            "#c24a00", "#005a94", "#a83c00", "#cfe2f0", "#b84700", "#00795a", "#93427a",
        ])
    }

    /// The dark tokens.
    pub fn dark() -> Self {
        Self::from_tokens([
            "#101416", "#181d21", "#eceff1", "#b8c1c9", "#97a2ac", "#77828c", "#2e363d", "#56b4e9",
            "#e8753a", "#7cc4f2", "#ff9a66", "#1f3d51", "#f08a4b", "#35c79b", "#dd8fc1",
        ])
    }

    /// Black on white, for print.
    pub fn print() -> Self {
        Self::from_tokens([
            "#ffffff", "#ffffff", "#000000", "#000000", "#333333", "#555555", "#cccccc", "#000000",
            "#777777", "#000000", "#000000", "#dddddd", "#000000", "#000000", "#000000",
        ])
    }

    /// System colours for a reader who has chosen their own.
    pub fn forced() -> Self {
        Self {
            page: "Canvas".to_owned(),
            sunken: "Canvas".to_owned(),
            rule: "GrayText".to_owned(),
            ground: Ground::Outlined,
            ..Self::from_tokens(["CanvasText"; 15])
        }
    }

    /// Each colour by its own name, so that records say what a colour means.
    pub fn names() -> Self {
        Self::from_tokens([
            "page", "sunken", "ink", "ink-2", "ink-3", "edge", "rule", "data", "loss", "better",
            "worse", "band", "s2", "s3", "s4",
        ])
    }

    /// The CSS text of a colour.
    pub fn css(&self, colour: Colour) -> &str {
        match colour {
            Colour::Page => &self.page,
            Colour::Sunken => &self.sunken,
            Colour::Ink => &self.ink,
            Colour::Ink2 => &self.ink_2,
            Colour::Ink3 => &self.ink_3,
            Colour::Edge => &self.edge,
            Colour::Rule => &self.rule,
            Colour::Data => &self.data,
            Colour::Loss => &self.loss,
            Colour::Better => &self.better,
            Colour::Worse => &self.worse,
            Colour::Band => &self.band,
            Colour::Series2 => &self.s2,
            Colour::Series3 => &self.s3,
            Colour::Series4 => &self.s4,
        }
    }

    /// A theme from its colours in the order of the fields.
    fn from_tokens(tokens: [&str; 15]) -> Self {
        let [
            page,
            sunken,
            ink,
            ink_2,
            ink_3,
            edge,
            rule,
            data,
            loss,
            better,
            worse,
            band,
            s2,
            s3,
            s4,
        ] = tokens.map(str::to_owned);
        Self {
            page,
            sunken,
            ink,
            ink_2,
            ink_3,
            edge,
            rule,
            data,
            loss,
            better,
            worse,
            band,
            s2,
            s3,
            s4,
            font_sans: SANS.to_owned(),
            ground: Ground::Filled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_survives_the_way_through_plotters() {
        for colour in ALL {
            let RGBColor(red, green, blue) = colour.code();
            assert_eq!(Colour::from_code((red, green, blue)), colour);
        }
    }
}
