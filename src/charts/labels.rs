//! How numbers and days are written in a chart. The page writes them in the reader's locale;
//! [`PlainLabels`] writes plain English.

use std::fmt::Display;

use crate::engine::base::{Date, PeriodUnit, Unit};

/// The fixed words a chart uses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Term {
    /// The reader's aim.
    Target,
    /// After a figure of a period that is not over.
    SoFar,
    /// All rows together.
    All,
    /// A figure that does not exist.
    Missing,
    /// Heads the column of periods.
    Period,
    /// Heads the column of values.
    Value,
    /// Heads the lower end of the interval.
    Low,
    /// Heads the upper end of the interval.
    High,
    /// Heads the column of counts.
    Count,
    /// Heads the column of groups.
    Group,
    /// Heads the column of steps.
    Step,
    /// Heads the column of amounts.
    Amount,
    /// What was added less what was lost.
    Net,
    /// Heads the column of segments.
    Segment,
    /// Heads the lower edge of a class.
    From,
    /// Heads the upper edge of a class.
    To,
    /// After the count of rows that are not drawn.
    More,
    /// Heads the column of cohorts.
    Started,
    /// Units of time since a cohort started.
    Since(PeriodUnit),
    /// The mean of the cohorts, weighted by their sizes.
    WeightedMean,
    /// Heads the column of durations.
    After,
    /// How many are still under observation.
    AtRisk,
    /// The duration after which half are left.
    Median,
    /// Heads the column of stages.
    Stage,
    /// Heads the column of shares of the first stage.
    OfFirst,
    /// Heads the column of shares of the stage before.
    OfBefore,
    /// After the share of a stage that comes as far as the next.
    GoOn,
    /// Heads the column of parts of a sum.
    Part,
    /// Heads the column of shares of the sum.
    OfSum,
    /// Heads the column of chances that were told.
    Told,
    /// Heads the column of shares that it happened to.
    Happened,
    /// Where what was told and what happened are equal.
    AsTold,
}

/// Writes what stands in a chart.
pub trait Labels {
    /// A figure with its unit, such as "4.1%" or "€356,620".
    fn value(&self, value: f64, unit: Unit) -> String;
    /// A change with its sign, such as "+€24,320" or "−0.9 points".
    fn change(&self, value: f64, unit: Unit) -> String;
    /// A tick, with as many decimals as it needs; the unit stands on the last one only.
    fn tick(&self, value: f64, unit: Unit, is_last: bool) -> String;
    /// A calendar unit by its first day, such as "Q3 2026".
    fn date(&self, date: Date, grain: PeriodUnit) -> String;
    /// How many, such as "1,284".
    fn count(&self, value: f64) -> String;

    /// A calendar unit without its year, such as "Q3" or "3 Apr"; a year as itself.
    fn date_tick(&self, date: Date, grain: PeriodUnit) -> String {
        plain_date_tick(date, grain)
    }

    /// A fixed word.
    fn term(&self, term: Term) -> String {
        plain_term(term).to_owned()
    }

    /// A fixed word in the middle of a sentence.
    fn inside(&self, term: Term) -> String {
        self.term(term).to_lowercase()
    }

    /// A sentence from an English template with holes `{0}`, `{1}`, and what stands in them.
    fn phrase(&self, template: &'static str, parts: &[&dyn Display]) -> String {
        let parts = parts.iter().enumerate();
        parts.fold(template.to_owned(), |text, (place, part)| {
            text.replace(&format!("{{{place}}}"), &part.to_string())
        })
    }
}

/// Plain English, for tests and for files made without a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlainLabels {
    /// The sign or code of the currency.
    pub currency: String,
}

impl Default for PlainLabels {
    fn default() -> Self {
        Self {
            currency: "€".to_owned(),
        }
    }
}

impl Labels for PlainLabels {
    fn value(&self, value: f64, unit: Unit) -> String {
        if !value.is_finite() {
            return self.term(Term::Missing);
        }
        match unit {
            Unit::Ratio => format!("{}%", decimals(value * 100.0, 1)),
            Unit::Score => signed(value, &decimals(value.abs(), 0)),
            Unit::Money => {
                let places = if value.abs() < 100.0 { 2 } else { 0 };
                let amount = decimals(value.abs(), places);
                let sign = if value < 0.0 { "−" } else { "" };
                format!("{sign}{}{amount}", self.currency)
            }
            Unit::Count => self.count(value),
            Unit::Hours => format!("{} h", decimals(value, 1)),
            Unit::Days => format!("{} days", decimals(value, 1)),
            Unit::Months => format!("{} months", decimals(value, 1)),
            Unit::Times => decimals(value, 1),
        }
    }

    fn change(&self, value: f64, unit: Unit) -> String {
        if !value.is_finite() {
            return self.term(Term::Missing);
        }
        match unit {
            Unit::Ratio => format!(
                "{} points",
                signed(value, &decimals(value.abs() * 100.0, 1))
            ),
            Unit::Score => signed(value, &decimals(value.abs(), 0)),
            _ => signed(value, &self.value(value.abs(), unit)),
        }
    }

    fn tick(&self, value: f64, unit: Unit, is_last: bool) -> String {
        let number = match unit {
            Unit::Ratio => shortest(value * 100.0),
            Unit::Money => compact(value),
            _ => shortest(value),
        };
        if !is_last {
            return number;
        }
        match unit {
            Unit::Ratio => format!("{number}%"),
            Unit::Money => number.strip_prefix('−').map_or_else(
                || format!("{}{number}", self.currency),
                |rest| format!("−{}{rest}", self.currency),
            ),
            Unit::Hours => format!("{number} h"),
            Unit::Days => format!("{number} d"),
            Unit::Months => format!("{number} mo"),
            Unit::Score | Unit::Count | Unit::Times => number,
        }
    }

    fn date(&self, date: Date, grain: PeriodUnit) -> String {
        let (year, _, _) = date.ymd();
        match grain {
            PeriodUnit::Year => year.to_string(),
            _ => format!("{} {year}", plain_date_tick(date, grain)),
        }
    }

    fn count(&self, value: f64) -> String {
        if value.is_finite() {
            decimals(value, 0)
        } else {
            self.term(Term::Missing)
        }
    }
}

fn plain_date_tick(date: Date, grain: PeriodUnit) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month, day) = date.ymd();
    let name = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    match grain {
        PeriodUnit::Year => year.to_string(),
        PeriodUnit::Quarter => format!("Q{}", (month - 1).div_euclid(3) + 1),
        PeriodUnit::Month => name.to_owned(),
        PeriodUnit::Week | PeriodUnit::Day => format!("{day} {name}"),
    }
}

/// A fixed word in English.
pub const fn plain_term(term: Term) -> &'static str {
    match term {
        Term::Target => "Target",
        Term::SoFar => "so far",
        Term::All => "All",
        Term::Missing => "n/a",
        Term::Period => "Period",
        Term::Value => "Value",
        Term::Low => "Interval from",
        Term::High => "Interval to",
        Term::Count => "n",
        Term::Group => "Group",
        Term::Step => "Step",
        Term::Net => "Net",
        Term::Amount => "Amount",
        Term::Segment => "Segment",
        Term::From => "From",
        Term::To => "To",
        Term::More => "more in the table",
        Term::Started => "Started",
        Term::Since(PeriodUnit::Year) => "Years since start",
        Term::Since(PeriodUnit::Quarter) => "Quarters since start",
        Term::Since(PeriodUnit::Month) => "Months since start",
        Term::Since(PeriodUnit::Week) => "Weeks since start",
        Term::Since(PeriodUnit::Day) => "Days since start",
        Term::WeightedMean => "Weighted mean",
        Term::After => "After",
        Term::AtRisk => "Still observed",
        Term::Median => "Median",
        Term::Stage => "Stage",
        Term::OfFirst => "Of the first",
        Term::OfBefore => "Of the stage before",
        Term::GoOn => "go on",
        Term::Part => "Part",
        Term::OfSum => "Of the sum",
        Term::Told => "Told",
        Term::Happened => "Happened",
        Term::AsTold => "as told",
    }
}

fn signed(value: f64, written: &str) -> String {
    if value < 0.0 {
        format!("−{written}")
    } else {
        format!("+{written}")
    }
}

/// A number with a fixed count of decimals, commas between thousands and a real minus sign.
fn decimals(value: f64, places: usize) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.1e}").replace('-', "−");
    }
    let written = format!("{:.places$}", value.abs());
    let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
    let mut out = String::new();
    for (index, figure) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(figure);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    let zero = !out.contains(|figure: char| ('1'..='9').contains(&figure));
    if value < 0.0 && !zero {
        out.insert(0, '−');
    }
    out
}

/// A number with as many decimals as it needs, at most four.
fn shortest(value: f64) -> String {
    let written = decimals(value, 4);
    if written.contains('e') {
        return written;
    }
    let trimmed = written.trim_end_matches('0').trim_end_matches('.');
    trimmed.to_owned()
}

/// A large number in thousands, millions or billions.
fn compact(value: f64) -> String {
    let (size, letter) = match value.abs() {
        huge if huge >= 1e9 => (1e9, "b"),
        large if large >= 1e6 => (1e6, "m"),
        some if some >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    };
    format!("{}{letter}", shortest(value / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_english() {
        let labels = PlainLabels::default();
        assert_eq!(labels.value(0.0408, Unit::Ratio), "4.1%");
        assert_eq!(labels.value(356_620.0, Unit::Money), "€356,620");
        assert_eq!(labels.change(-2_840.0, Unit::Money), "−€2,840");
        assert_eq!(labels.change(0.024, Unit::Ratio), "+2.4 points");
        assert_eq!(labels.tick(0.14, Unit::Ratio, true), "14%");
        assert_eq!(labels.tick(0.025, Unit::Ratio, false), "2.5");
        assert_eq!(labels.tick(250_000.0, Unit::Money, true), "€250k");
        assert_eq!(labels.value(f64::NAN, Unit::Money), "n/a");
        assert_eq!(labels.count(-0.2), "0");
        let day = Date::parse("2026-07-01").unwrap();
        assert_eq!(labels.date(day, PeriodUnit::Quarter), "Q3 2026");
        assert_eq!(labels.date(day, PeriodUnit::Day), "1 Jul 2026");
    }
}
