//! A figure of every account.

use serde::{Deserialize, Serialize};

use crate::engine::options::Direction;

/// What a figure counts in.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureUnit {
    /// Money of the report's currency.
    Money,
    /// A number of things.
    Count,
    /// Days.
    Days,
    /// A day, as days since 1970.
    Date,
    /// An answer on its scale.
    Answer,
    /// A change as a share of what was before: 0.1 is a tenth more.
    Change,
    /// Points from 0 to 100.
    Points,
    /// A fraction, usually 0 to 1.
    Share,
    /// Hours.
    Hours,
    /// A number on a scale of its own, such as −100 to 100.
    Score,
}

/// One figure of all accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Stable name, `snake_case`; where several tables give it, the later ones end in `_2`, `_3`, ….
    pub id: String,
    /// What the page calls it.
    pub name: String,
    /// What it counts in.
    pub unit: FigureUnit,
    /// Which end is good; absent where neither is.
    pub direction: Option<Direction>,
    /// The lowest and highest possible value, where there are such.
    pub scale: Option<(f64, f64)>,
    /// The table behind it, by its place.
    pub table: usize,
    /// Whether it is known as of any day: made of rows with dates alone. What a list says of today
    /// is not.
    pub is_dated: bool,
    /// A value an account; NaN where there is none.
    pub values: Vec<f64>,
}

impl Figure {
    /// A figure without direction and scale, made of dated rows.
    pub fn new(id: &str, name: &str, unit: FigureUnit, values: Vec<f64>) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            unit,
            direction: None,
            scale: None,
            table: 0,
            is_dated: true,
            values,
        }
    }

    /// High is good.
    #[must_use]
    pub const fn high_is_good(mut self) -> Self {
        self.direction = Some(Direction::HighIsGood);
        self
    }

    /// Low is good.
    #[must_use]
    pub const fn low_is_good(mut self) -> Self {
        self.direction = Some(Direction::LowIsGood);
        self
    }

    /// Whether any account has a value.
    pub fn is_known(&self) -> bool {
        self.values.iter().any(|value| !value.is_nan())
    }
}

/// What a figure was, and what it is, as a share of what it was: NaN where there was nothing.
pub fn change(before: f64, now: f64) -> f64 {
    if before > 0.0 {
        now / before - 1.0
    } else {
        f64::NAN
    }
}
