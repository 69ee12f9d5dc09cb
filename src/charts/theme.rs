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
    /// The lowest of the seven steps of a heatmap.
    Heat0,
    /// The second step.
    Heat1,
    /// The third step.
    Heat2,
    /// The fourth step.
    Heat3,
    /// The fifth step.
    Heat4,
    /// The sixth step.
    Heat5,
    /// The highest step.
    Heat6,
    /// Text on the steps up to the fifth.
    OnLowHeat,
    /// Text on the sixth and seventh step.
    OnHighHeat,
}

/// The steps of a heatmap, lowest first.
pub(super) const HEAT: [Colour; 7] = [
    Colour::Heat0,
    Colour::Heat1,
    Colour::Heat2,
    Colour::Heat3,
    Colour::Heat4,
    Colour::Heat5,
    Colour::Heat6,
];

const ALL: [Colour; 24] = [
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
    Colour::Heat0,
    Colour::Heat1,
    Colour::Heat2,
    Colour::Heat3,
    Colour::Heat4,
    Colour::Heat5,
    Colour::Heat6,
    Colour::OnLowHeat,
    Colour::OnHighHeat,
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
    /// `--h0` to `--h6`
    pub heat: [String; 7],
    /// `--h-lo`
    pub on_low_heat: String,
    /// `--h-hi`
    pub on_high_heat: String,
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
        Self::from_tokens(
            [
                "#ffffff", "#f4f6f8", "#14181c", "#424b54", "#5c6670", "#7d8790", "#d9dee3",
                "#0072b2", "#c24a00", "#005a94", "#a83c00", "#cfe2f0", "#b84700", "#00795a",
                "#93427a",
            ],
            [
                "#f0f5f9", "#d8e7f2", "#b5d2e7", "#8abadb", "#5b9cc9", "#1f74ad", "#00507f",
                "#14181c", "#ffffff",
            ],
        )
    }

    /// The dark tokens.
    pub fn dark() -> Self {
        Self::from_tokens(
            [
                "#101416", "#181d21", "#eceff1", "#b8c1c9", "#97a2ac", "#77828c", "#2e363d",
                "#56b4e9", "#e8753a", "#7cc4f2", "#ff9a66", "#1f3d51", "#f08a4b", "#35c79b",
                "#dd8fc1",
            ],
            [
                "#161e24", "#1b2f3e", "#20435a", "#265b7c", "#2a6a92", "#56b4e9", "#a4d8f7",
                "#eceff1", "#0b1013",
            ],
        )
    }

    /// Black on white, for print.
    pub fn print() -> Self {
        Self::from_tokens(
            [
                "#ffffff", "#ffffff", "#000000", "#000000", "#333333", "#555555", "#cccccc",
                "#000000", "#777777", "#000000", "#000000", "#dddddd", "#000000", "#000000",
                "#000000",
            ],
            [
                "#ffffff", "#f2f2f2", "#e3e3e3", "#cfcfcf", "#b8b8b8", "#5a5a5a", "#2b2b2b",
                "#000000", "#ffffff",
            ],
        )
    }

    /// System colours for a reader who has chosen their own.
    pub fn forced() -> Self {
        Self {
            page: "Canvas".to_owned(),
            sunken: "Canvas".to_owned(),
            rule: "GrayText".to_owned(),
            ground: Ground::Outlined,
            ..Self::from_tokens(
                ["CanvasText"; 15],
                [
                    "Canvas",
                    "Canvas",
                    "Canvas",
                    "Canvas",
                    "Canvas",
                    "Canvas",
                    "Canvas",
                    "CanvasText",
                    "CanvasText",
                ],
            )
        }
    }

    /// The page's own tokens, for a drawing that stands in a page and follows its colours.
    pub fn variables() -> Self {
        let names = Self::names();
        let token = |name: String| format!("var(--{name})");
        Self {
            page: token(names.page),
            sunken: token(names.sunken),
            ink: token(names.ink),
            ink_2: token(names.ink_2),
            ink_3: token(names.ink_3),
            edge: token(names.edge),
            rule: token(names.rule),
            data: token(names.data),
            loss: token(names.loss),
            better: token(names.better),
            worse: token(names.worse),
            band: token(names.band),
            s2: token(names.s2),
            s3: token(names.s3),
            s4: token(names.s4),
            heat: names.heat.map(token),
            on_low_heat: token(names.on_low_heat),
            on_high_heat: token(names.on_high_heat),
            font_sans: "inherit".to_owned(),
            ground: Ground::Filled,
        }
    }

    /// Each colour by its own name, so that records say what a colour means.
    pub fn names() -> Self {
        Self::from_tokens(
            [
                "page", "sunken", "ink", "ink-2", "ink-3", "edge", "rule", "data", "loss",
                "better", "worse", "band", "s2", "s3", "s4",
            ],
            ["h0", "h1", "h2", "h3", "h4", "h5", "h6", "h-lo", "h-hi"],
        )
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
            Colour::OnLowHeat => &self.on_low_heat,
            Colour::OnHighHeat => &self.on_high_heat,
            Colour::Heat0
            | Colour::Heat1
            | Colour::Heat2
            | Colour::Heat3
            | Colour::Heat4
            | Colour::Heat5
            | Colour::Heat6 => self.heat_css(colour),
        }
    }

    fn heat_css(&self, colour: Colour) -> &str {
        let mut steps = HEAT.into_iter().zip(&self.heat);
        steps
            .find(|(step, _)| *step == colour)
            .map_or(&self.page, |(_, css)| css)
    }

    /// A theme from its colours in the order of the fields.
    fn from_tokens(tokens: [&str; 15], heat: [&str; 9]) -> Self {
        let [h0, h1, h2, h3, h4, h5, h6, on_low_heat, on_high_heat] = heat.map(str::to_owned);
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
            heat: [h0, h1, h2, h3, h4, h5, h6],
            on_low_heat,
            on_high_heat,
            font_sans: SANS.to_owned(),
            ground: Ground::Filled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour such as "#0072b2", by WCAG 2.2.
    fn luminance(css: &str) -> f64 {
        let code = u32::from_str_radix(css.trim_start_matches('#'), 16).unwrap();
        let part = |shift: u32| {
            let value = f64::from((code >> shift) & 0xff) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                libm::pow((value + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }

    #[test]
    fn numbers_on_every_step_of_the_heatmap_can_be_read() {
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            for (index, ground) in theme.heat.iter().enumerate() {
                let words = if index < 5 {
                    &theme.on_low_heat
                } else {
                    &theme.on_high_heat
                };
                let (one, other) = (luminance(ground), luminance(words));
                let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(contrast >= 4.5, "{words} on {ground}: {contrast}");
            }
        }
    }

    #[test]
    fn every_colour_survives_the_way_through_plotters() {
        for colour in ALL {
            let RGBColor(red, green, blue) = colour.code();
            assert_eq!(Colour::from_code((red, green, blue)), colour);
        }
    }
}
