//! What the element's attributes say.

use kept::engine::options::Options;
use kept::present::language::Language;
use serde::Deserialize;

use crate::web::dom;

/// The attributes of `<kept-kpis>`. Unknown words count as absent: a typing error in a page must
/// not leave it blank.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
pub struct ElementSettings {
    /// What is shown.
    pub view: View,
    /// Light or dark.
    pub theme: Theme,
    /// Language of the words, as a BCP 47 tag; empty: that of what the element stands in.
    pub lang: String,
    /// Language of what the element stands in; empty: the browser's.
    pub around: String,
    /// How numbers and dates are written, as a BCP 47 tag; empty: the browser's.
    pub locale: String,
    /// Ids of the wanted KPIs, in the order wanted; empty: all that the data support.
    pub kpis: Vec<String>,
    /// Address of a table that is loaded at start, so that no start screen is due.
    pub src: String,
    /// Whether the page itself carries tables, which are loaded at start.
    pub carries: bool,
    /// Lines of `SHA256SUMS`: the two compiled programs.
    pub programs: Vec<String>,
}

/// How much of the page is shown.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The cards alone.
    Cards,
    /// One card.
    Card,
    /// Everything: start screen, check screen, dashboard.
    #[default]
    #[serde(other)]
    App,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the system says.
    #[default]
    #[serde(other)]
    Auto,
}

impl ElementSettings {
    /// The language of the words: the element's, else that of what it stands in, else the browser's.
    pub fn language(&self) -> Language {
        let asked = [&self.lang, &self.around];
        let asked = asked.into_iter().find(|tag| !tag.is_empty());
        asked.map_or_else(|| Language::of(&dom::language()), |tag| Language::of(tag))
    }

    /// How numbers and dates are written: as the element says. Else as the browser does, unless its
    /// language is another than that which the element asks for.
    pub fn locale(&self) -> String {
        if !self.locale.is_empty() {
            return self.locale.clone();
        }
        let browser = dom::language();
        let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        if self.lang.is_empty() || language(&self.lang) == language(&browser) {
            browser
        } else {
            self.lang.clone()
        }
    }

    /// The choices that the attributes stand for.
    pub fn options(&self) -> Options {
        Options {
            kpis: self.kpis.clone(),
            locale: (!self.locale.is_empty()).then(|| self.locale.clone()),
            ..Options::default()
        }
    }
}
