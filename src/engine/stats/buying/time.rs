//! The one unit of time of the models.

/// Weeks in a month: 365.25 ÷ 12 ÷ 7 to the third decimal, as the library lifetimes takes them.
pub const WEEKS_PER_MONTH: f64 = 4.345;

/// A length of time in weeks. A type of its own, because weeks read as days give values several
/// times too high.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Weeks(pub f64);

impl Weeks {
    /// So many days.
    pub fn from_days(days: i32) -> Self {
        Self(f64::from(days) / 7.0)
    }

    /// So many months of [`WEEKS_PER_MONTH`].
    pub fn from_months(months: f64) -> Self {
        Self(months * WEEKS_PER_MONTH)
    }
}
