//! What a headline covers: what the user chose, else the KPI's own default.

use super::Job;
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Period, PeriodUnit, Refusal};
use crate::engine::kpi::definition::Covers;
use crate::engine::kpi::scope::Basis;

/// The stretch of time that the headline covers, and the unit of its series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// Absent for all rows.
    pub(super) period: Option<Period>,
    /// The unit of the series.
    pub(super) unit: PeriodUnit,
    /// Units in the period.
    pub(super) count: i32,
}

/// What the headline covers: what the user chose, else the KPI's own default.
pub(super) fn of(job: &Job<'_>, dated: bool, span: Option<(Date, Date)>) -> Outcome<Window> {
    let over_time = job.basis.is_over_time();
    let chosen = job
        .options
        .period
        .map(|period| (period.unit, period.count.unwrap_or(1).max(1) as i32));
    let (unit, count) = match (chosen, job.kpi.covers) {
        (Some(chosen), _) => chosen,
        (None, Covers::Months(count)) if over_time => (PeriodUnit::Month, count as i32),
        (None, Covers::LastDay) if over_time => return last_day(job),
        (None, Covers::WholeMonths) if span.is_some() => return whole_months(job, span),
        (None, _) => {
            return Ok(Window {
                period: None,
                unit: PeriodUnit::Month,
                count: 1,
            });
        }
    };
    let as_of = job.frame.as_of.filter(|_| dated);
    let Some(as_of) = as_of else {
        if matches!(
            job.basis,
            Basis::Accounts | Basis::AccountRevenue | Basis::Referrals | Basis::Health
        ) {
            return Ok(Window {
                period: None,
                unit,
                count,
            });
        }
        return Err(no_dates());
    };
    Ok(Window {
        period: Some(unit.period(unit.last_complete(as_of), count)),
        unit,
        count,
    })
}

/// The last day that counts, in a series of months.
fn last_day(job: &Job<'_>) -> Outcome<Window> {
    let last = job.frame.as_of.ok_or_else(no_dates)?;
    Ok(Window {
        period: Some(Period {
            start: last,
            end: last.plus_days(1),
        }),
        unit: PeriodUnit::Month,
        count: 1,
    })
}

fn no_dates() -> Refusal {
    Refusal::new(
        "no_dates",
        "No column says when, so no period can be chosen.",
        "Choose all rows, or say on the check page which column holds the date.",
    )
}

/// All complete months in which the rows fall.
fn whole_months(job: &Job<'_>, span: Option<(Date, Date)>) -> Outcome<Window> {
    let complete = span
        .zip(job.frame.as_of)
        .and_then(|((first, last), as_of)| {
            let unit = PeriodUnit::Month;
            let last = unit.index(last).min(unit.last_complete(as_of));
            let count = last - unit.index(first) + 1;
            (count > 0).then(|| Window {
                period: Some(unit.period(last, count)),
                unit,
                count,
            })
        });
    complete.ok_or_else(|| {
        Refusal::new(
            "no_complete_month",
            "The only month of the table is not over on the last day of the data.",
            "Give the last day of the month as the last day that counts, or add the months before.",
        )
    })
}
