//! Periods in words: "June 2025", "Q2 2025", "1 Jul to 12 Sep 2025".

use super::format::Habits;
use crate::engine::base::PeriodUnit;
use crate::engine::base::{Date, Period};
use crate::told;

/// The calendar unit of which the period is exactly one, where there is one. A week is told from
/// seven days by its Monday.
pub fn unit(period: Period) -> Option<PeriodUnit> {
    [
        PeriodUnit::Day,
        PeriodUnit::Week,
        PeriodUnit::Month,
        PeriodUnit::Quarter,
        PeriodUnit::Year,
    ]
    .into_iter()
    .find(|unit| unit.period(unit.index(period.start), 1) == period)
}

/// A period in words, as short as it stays exact.
pub fn period(habits: &Habits, period: Period) -> String {
    let (year, month, _) = period.start.ymd();
    match unit(period) {
        Some(PeriodUnit::Day) => habits.date(period.start),
        Some(PeriodUnit::Month) => habits.month(period.start),
        Some(PeriodUnit::Quarter) => format!("Q{} {year}", month.div_ceil(3)),
        Some(PeriodUnit::Year) => year.to_string(),
        Some(PeriodUnit::Week) | None => stretch(habits, period),
    }
}

fn stretch(habits: &Habits, period: Period) -> String {
    let last = period.end.plus_days(-1);
    let (first_year, _, first_day) = period.start.ymd();
    let (last_year, _, _) = last.ymd();
    let (_, _, end_day) = period.end.ymd();
    if first_day == 1 && end_day == 1 {
        return told!("{0} to {1}", habits.month(period.start), habits.month(last));
    }
    if first_year == last_year {
        return told!(
            "{0} to {1}",
            habits.day_month(period.start),
            habits.date(last)
        );
    }
    told!("{0} to {1}", habits.date(period.start), habits.date(last))
}

/// The calendar unit by which points that begin on these days are spaced.
pub fn spacing(starts: &[Date]) -> Option<PeriodUnit> {
    let gaps = || {
        starts
            .windows(2)
            .filter_map(|pair| Some(pair.get(1)?.0 - pair.first()?.0))
    };
    let smallest = gaps().min()?;
    Some(match smallest {
        ..=1 => PeriodUnit::Day,
        2..=7 => PeriodUnit::Week,
        8..=31 => PeriodUnit::Month,
        32..=92 => PeriodUnit::Quarter,
        _ => PeriodUnit::Year,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_units_have_short_names() {
        let habits = Habits::default();
        let cases = [
            ("2025-06-01", "2025-07-01", "Jun 2025"),
            ("2025-04-01", "2025-07-01", "Q2 2025"),
            ("2025-01-01", "2026-01-01", "2025"),
            ("2024-07-01", "2025-07-01", "Jul 2024 to Jun 2025"),
            ("2025-07-01", "2025-09-13", "1 Jul to 12 Sep 2025"),
            ("2024-12-30", "2025-01-02", "30 Dec 2024 to 1 Jan 2025"),
            ("2025-04-03", "2025-04-04", "3 Apr 2025"),
        ];
        for (start, end, expected) in cases {
            let found = Period {
                start: Date::parse(start).unwrap(),
                end: Date::parse(end).unwrap(),
            };
            assert_eq!(period(&habits, found), expected);
        }
    }
}
