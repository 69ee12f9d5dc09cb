//! What stands in a chart, written as the reader writes it.

use std::fmt::Display;

use super::format::Habits;
use super::language::{fill, inside, say};
use crate::charts::{Labels, Term, plain_term};
use crate::engine::base::{Date, PeriodUnit, Unit};
use crate::told;

impl Labels for Habits {
    fn value(&self, value: f64, unit: Unit) -> String {
        if value.is_finite() {
            Self::value(self, value, unit)
        } else {
            self.term(Term::Missing)
        }
    }

    fn change(&self, value: f64, unit: Unit) -> String {
        if value.is_finite() {
            Self::change(self, value, unit)
        } else {
            self.term(Term::Missing)
        }
    }

    fn tick(&self, value: f64, unit: Unit, is_last: bool) -> String {
        let number = match unit {
            Unit::Ratio => self.shortest(value * 100.0),
            Unit::Money => return self.money_tick(value, is_last),
            _ => self.shortest(value),
        };
        match (unit, is_last) {
            (Unit::Ratio, true) => format!("{number}{}", self.percent_sign()),
            (Unit::Hours, true) => format!("{number}\u{a0}h"),
            (Unit::Days, true) => format!("{number}\u{a0}d"),
            (Unit::Months, true) => format!("{number}\u{a0}{}", say("mo")),
            _ => number,
        }
    }

    fn date(&self, date: Date, grain: PeriodUnit) -> String {
        let (year, _, _) = date.ymd();
        match grain {
            PeriodUnit::Year => year.to_string(),
            PeriodUnit::Week => told!("week of {0}", self.date(date)),
            _ => format!("{} {year}", self.date_tick(date, grain)),
        }
    }

    fn term(&self, term: Term) -> String {
        say(plain_term(term)).to_owned()
    }

    fn inside(&self, term: Term) -> String {
        inside(&self.term(term))
    }

    fn phrase(&self, template: &'static str, parts: &[&dyn Display]) -> String {
        fill(template, parts)
    }

    fn count(&self, value: f64) -> String {
        if value.is_finite() {
            self.number(value, 0)
        } else {
            self.term(Term::Missing)
        }
    }

    fn date_tick(&self, date: Date, grain: PeriodUnit) -> String {
        let (year, month, _) = date.ymd();
        match grain {
            PeriodUnit::Year => year.to_string(),
            PeriodUnit::Quarter => format!("Q{}", month.div_ceil(3)),
            PeriodUnit::Month => self.month_name(month).to_owned(),
            PeriodUnit::Week | PeriodUnit::Day => self.day_month(date),
        }
    }
}

impl Habits {
    /// A number with as many decimals as it needs, at most four.
    fn shortest(&self, number: f64) -> String {
        let decimals = (0..4_i32)
            .position(|places| {
                let scaled = (0..places).fold(number, |scaled, _| scaled * 10.0);
                (scaled - scaled.round()).abs() < 1e-6
            })
            .unwrap_or(4);
        self.number(number, decimals)
    }

    /// Money on an axis: thousands, millions and billions by their letter.
    fn money_tick(&self, amount: f64, is_last: bool) -> String {
        let number = match amount.abs() {
            huge if huge >= 1e9 => told!("{0}b", self.shortest(amount / 1e9)),
            large if large >= 1e6 => told!("{0}m", self.shortest(amount / 1e6)),
            some if some >= 1e4 => told!("{0}k", self.shortest(amount / 1e3)),
            _ => self.shortest(amount),
        };
        if is_last {
            self.with_currency(&number)
        } else {
            number
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_carry_their_unit_on_the_last_one_only() {
        let habits = Habits::new("en", Some("EUR"));
        let cases = [
            (habits.tick(0.14, Unit::Ratio, true), "14%"),
            (habits.tick(0.025, Unit::Ratio, false), "2.5"),
            (habits.tick(250_000.0, Unit::Money, true), "€250k"),
            (habits.tick(250_000.0, Unit::Money, false), "250k"),
            (habits.tick(40.0, Unit::Score, true), "40"),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
        let day = Date::parse("2026-07-01").unwrap();
        assert_eq!(Labels::date(&habits, day, PeriodUnit::Quarter), "Q3 2026");
        assert_eq!(Labels::date(&habits, day, PeriodUnit::Month), "Jul 2026");
    }
}
