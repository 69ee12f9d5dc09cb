//! Operations: what was made, checked, stocked, visited and done, by stretches of time or one unit,
//! job or project a row.

use super::counts::{Counts, Draft, Measure, says_yes_or_no};
use super::funnel::{self, DAYS};
use super::reading::Reading;
use crate::engine::roles::Role;
use crate::engine::roles::job_status::{JobStatus, job_status};
use crate::engine::table::Reason;
use crate::engine::table::column::NO_INSTANT;
use crate::engine::table::value::missing;

/// Reads what a table of an operation tells.
pub fn read(reading: &Reading<'_>) -> Vec<Counts> {
    let read: [fn(&Reading<'_>) -> Option<Counts>; 6] = [
        funnel::visits,
        inventory,
        traffic,
        made_units,
        jobs,
        projects,
    ];
    read.into_iter().filter_map(|read| read(reading)).collect()
}

/// Cost of goods and stock: at both ends of each stretch, or one balance each.
fn inventory(reading: &Reading<'_>) -> Option<Counts> {
    let draft = Draft::new(reading, Measure::Inventory, DAYS)
        .needing(Role::CostOfGoods, Role::CostOfGoods.id())?;
    let at_ends = || {
        draft
            .clone()
            .needing(Role::InventoryOpening, Role::InventoryOpening.id())?
            .needing(Role::InventoryClosing, Role::InventoryClosing.id())
    };
    let made = at_ends().or_else(|| {
        draft
            .clone()
            .needing(Role::Inventory, Role::InventoryClosing.id())
    })?;
    Some(made.perhaps(Role::Amount).done())
}

/// People who came in, and what was counted beside them.
fn traffic(reading: &Reading<'_>) -> Option<Counts> {
    let mut draft =
        Draft::new(reading, Measure::Traffic, DAYS).needing(Role::Visitors, Role::Visitors.id())?;
    for role in [
        Role::PassersBy,
        Role::OpenHours,
        Role::Area,
        Role::Purchases,
    ] {
        draft = draft.perhaps(role);
    }
    Some(draft.done())
}

/// Units checked, or else made, and those found defective.
fn made_units(reading: &Reading<'_>) -> Option<Counts> {
    defects(
        reading,
        DAYS,
        Role::Defective,
        &[Role::Inspected, Role::Produced],
    )
}

/// Units delivered, or else ordered, and those found defective.
pub fn delivered_units(reading: &Reading<'_>) -> Option<Counts> {
    defects(
        reading,
        &[Role::OrderedAt],
        Role::QuantityDefective,
        &[Role::QuantityDelivered, Role::Quantity],
    )
}

fn defects(
    reading: &Reading<'_>,
    days: &[Role],
    defective: Role,
    units: &[Role],
) -> Option<Counts> {
    let draft = Draft::new(reading, Measure::Defects, days);
    let counted = units
        .iter()
        .find_map(|role| draft.clone().needing(*role, Role::Inspected.id()));
    let draft = counted.or_else(|| {
        // A row that only answers whether it is defective is one unit; a month is none.
        let of_months = reading.mapping.column_of(Role::Month).is_some();
        (!of_months && says_yes_or_no(reading, defective))
            .then(|| draft.with_ones(Role::Inspected.id()))
    })?;
    let draft = match draft.clone().needing(defective, Role::Defective.id()) {
        Some(draft) => draft.perhaps(Role::Defects),
        None => draft.needing(Role::Defects, Role::Defects.id())?,
    };
    let draft = draft.perhaps(Role::Reworked).perhaps(Role::Opportunities);
    let chances = draft
        .column(Role::Opportunities.id())
        .zip(draft.column(Role::Inspected.id()))
        .map(|(a_unit, units)| a_unit.iter().zip(units).map(|(a, b)| a * b).collect());
    let draft = match chances {
        Some(chances) => draft.with("chances", chances),
        None => draft,
    };
    let steps = reading.keys_of(Role::Step);
    let draft = match steps {
        Some(keys) => {
            let steps = keys.codes.iter().map(|code| f64::from(*code)).collect();
            draft.with(Role::Step.id(), steps)
        }
        None => draft,
    };
    Some(draft.done())
}

/// Jobs accepted and completed: counted, or one job a row with its status.
fn jobs(reading: &Reading<'_>) -> Option<Counts> {
    let draft = Draft::new(reading, Measure::Jobs, DAYS);
    let Some(counted) = draft
        .clone()
        .needing(Role::JobsCompleted, Role::JobsCompleted.id())
    else {
        return jobs_by_row(reading, draft);
    };
    let accepted = counted
        .clone()
        .needing(Role::JobsAccepted, Role::JobsAccepted.id())
        .map(|draft| draft.perhaps(Role::JobsRequested));
    let made =
        accepted.or_else(|| counted.needing(Role::JobsRequested, Role::JobsRequested.id()))?;
    Some(made.perhaps(Role::JobsWithIssues).done())
}

fn jobs_by_row(reading: &Reading<'_>, draft: Draft<'_, '_>) -> Option<Counts> {
    reading.mapping.column_of(Role::Job)?;
    let keys = reading.keys_of(Role::Status)?;
    let by_code: Vec<Option<JobStatus>> =
        keys.texts.texts().map(|text| job_status(&text)).collect();
    let is_empty: Vec<bool> = keys
        .texts
        .texts()
        .map(|t| missing::is_missing(&t))
        .collect();
    let statuses: Vec<Option<JobStatus>> = keys
        .codes
        .iter()
        .map(|code| by_code[*code as usize])
        .collect();
    let draft = draft
        .leaving_out(Reason::AnswerMissing, |row| {
            is_empty[keys.codes[row] as usize]
        })
        .leaving_out(Reason::AnswerInvalid, |row| statuses[row].is_none());
    let ones = |is: &dyn Fn(JobStatus) -> bool| -> Vec<f64> {
        let one = |status: &Option<JobStatus>| f64::from(u8::from(status.is_some_and(is)));
        statuses.iter().map(one).collect()
    };
    let draft = draft
        .with(Role::JobsRequested.id(), ones(&|_| true))
        .with(
            Role::JobsAccepted.id(),
            ones(&|it| !matches!(it, JobStatus::Requested | JobStatus::Declined)),
        )
        .with(
            Role::JobsCompleted.id(),
            ones(&|it| it == JobStatus::Completed),
        )
        .with("jobs_open", ones(&|it| it == JobStatus::Open))
        .with("jobs_waiting", ones(&|it| it == JobStatus::Requested))
        .with(
            "cancelled_by_customer",
            ones(&|it| it == JobStatus::CancelledByCustomer),
        );
    let draft = draft.perhaps(Role::JobsWithIssues);
    Some(draft.done())
}

/// Projects closed and what they kept to: counted, or one project a row.
fn projects(reading: &Reading<'_>) -> Option<Counts> {
    let counted = Draft::new(reading, Measure::Projects, DAYS)
        .needing(Role::ProjectsClosed, Role::ProjectsClosed.id());
    let Some(mut draft) = counted else {
        return projects_by_row(reading);
    };
    for role in [
        Role::ProjectsInScope,
        Role::ProjectsOnTime,
        Role::ProjectsOnBudget,
        Role::ProjectsSuccessful,
    ] {
        draft = draft.perhaps(role);
    }
    Some(draft.done())
}

/// One project a row: how many days after its plan it ended, the part by which it cost more than
/// planned, and what a column answers with yes or no. Open ones are left out, cancelled ones too.
fn projects_by_row(reading: &Reading<'_>) -> Option<Counts> {
    let ends = reading.instants_of(Role::ActualEnd);
    let planned = reading.instants_of(Role::PlannedEnd);
    let answers = [
        Role::ProjectsInScope,
        Role::ProjectsOnTime,
        Role::ProjectsOnBudget,
    ];
    let is_told = answers.iter().any(|role| says_yes_or_no(reading, *role));
    if ends.is_none() && !(is_told && reading.mapping.column_of(Role::Project).is_some()) {
        return None;
    }
    let mut draft = Draft::new(reading, Measure::Projects, &[]);
    if let Some(keys) = reading.keys_of(Role::Status) {
        let statuses: Vec<Option<JobStatus>> =
            keys.texts.texts().map(|text| job_status(&text)).collect();
        let of = |row: usize| statuses[keys.codes[row] as usize];
        draft = draft
            .leaving_out(Reason::Cancelled, |row| {
                of(row).is_some_and(JobStatus::is_cancelled)
            })
            .leaving_out(Reason::NotCompleted, |row| {
                matches!(of(row), Some(JobStatus::Open | JobStatus::Requested))
            });
    }
    if let Some(ends) = &ends {
        draft = draft.leaving_out(Reason::NotCompleted, |row| {
            ends.values[row] == NO_INSTANT && ends.invalid.binary_search(&(row as u32)).is_err()
        });
        draft = draft.dated(ends);
    }
    let mut draft = draft.with_ones(Role::ProjectsClosed.id());
    for role in answers {
        if says_yes_or_no(reading, role) {
            draft = draft.perhaps(role);
        }
    }
    if let Some((ends, planned)) = ends.as_ref().zip(planned.as_ref()) {
        let (end, plan) = (super::reading::days(ends), super::reading::days(planned));
        let known = |day: i32| {
            if day == super::NO_DAY {
                f64::NAN
            } else {
                f64::from(day)
            }
        };
        let late = end.iter().zip(&plan).map(|(a, b)| known(*a) - known(*b));
        draft = draft.with("late_days", late.collect());
    }
    draft = draft.perhaps(Role::PlannedCost).perhaps(Role::ActualCost);
    Some(draft.done())
}

/// Goals of customers and what they gained, one customer a row.
pub fn goals(reading: &Reading<'_>) -> Option<Counts> {
    let draft = || Draft::new(reading, Measure::Goals, &[]);
    let met = || draft().needing(Role::GoalsMet, Role::GoalsMet.id());
    let goals = met()
        .and_then(|draft| draft.needing(Role::GoalsSet, Role::GoalsSet.id()))
        .or_else(|| {
            // A row that only answers whether its goal was met is one goal.
            says_yes_or_no(reading, Role::GoalsMet)
                .then(met)
                .flatten()
                .map(|draft| draft.with_ones(Role::GoalsSet.id()))
        });
    if let Some(goals) = goals {
        return Some(goals.perhaps(Role::Benefit).perhaps(Role::Price).done());
    }
    let paid = draft()
        .needing(Role::Benefit, Role::Benefit.id())?
        .needing(Role::Price, Role::Price.id())?;
    Some(paid.done())
}
