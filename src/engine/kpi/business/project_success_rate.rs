//! Project success rate: what share of projects keeps to its scope, its time and its budget?

use crate::engine::facts::Measure;
use crate::engine::kpi::on_counts::{counted, nothing, part, rule, share, sums, told, untold};
use crate::engine::kpi::prelude::*;

const PROJECTS: Basis = Basis::Counts(Measure::Projects);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "project_success_rate",
    edition: 1,
    name: "Project success rate",
    short: None,
    family: "business",
    question: "What share of projects ends within scope, on time and within budget?",
    definition: "Projects that kept to their scope, their time and their budget, all three, divided by the projects closed. Open projects count in neither number, cancelled ones neither.",
    formula: "projects within scope, on time and within budget ÷ projects closed",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        counted(
            Kind::Operations,
            &[&[Role::ProjectsClosed, Role::Project, Role::ActualEnd]],
            Measure::Projects,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "all_three",
            "Within scope, on time and within budget",
            "Projects that kept to all three ÷ projects closed. Counts of the three alone give it only where they leave no choice.",
            "“Top 12 Customer Success Metrics”: projects completed within scope, schedule and budget",
            &[(PROJECTS, all_three), (Basis::Typed, typed)],
        ),
        rule(
            "time_and_budget",
            "On time and within budget",
            "Projects that kept to their time and their budget ÷ projects closed, whatever became of the scope.",
            "Common reading where nobody writes down the scope",
            &[(PROJECTS, time_and_budget)],
        ),
        rule(
            "in_scope",
            "Within scope",
            "Projects that kept to their scope ÷ projects closed.",
            "“Top 12 Customer Success Metrics”, one of the three",
            &[(PROJECTS, in_scope), (Basis::Typed, in_scope)],
        ),
        rule(
            "on_time",
            "On time",
            "Projects that ended no later than planned, within the tolerance ÷ projects closed.",
            "“Top 12 Customer Success Metrics”, one of the three",
            &[(PROJECTS, on_time), (Basis::Typed, on_time)],
        ),
        rule(
            "on_budget",
            "Within budget",
            "Projects that cost no more than planned, within the tolerance ÷ projects closed.",
            "“Top 12 Customer Success Metrics”, one of the three",
            &[(PROJECTS, on_budget), (Basis::Typed, on_budget)],
        ),
    ],
    settings: &[
        Setting {
            name: "days_of_grace",
            takes: Takes::Number,
            default: "0",
            says: "So many days after its planned end a project is still on time.",
        },
        Setting {
            name: "budget_tolerance",
            takes: Takes::Number,
            default: "0",
            says: "By this part of the planned cost a project may cost more: 0.1 for a tenth.",
        },
    ],
    parts: &[
        part("projects_closed", Unit::Count, "projects closed"),
        part(
            "judged",
            Unit::Count,
            "projects closed of which all parts are known",
        ),
        part(
            "projects_successful",
            Unit::Count,
            "projects that kept to all that the rule asks",
        ),
        part("projects_in_scope", Unit::Count, "projects within scope"),
        part("projects_on_time", Unit::Count, "projects on time"),
        part("projects_on_budget", Unit::Count, "projects within budget"),
        part(
            "share_in_scope",
            Unit::Ratio,
            "within scope, of those that tell it",
        ),
        part(
            "share_on_time",
            Unit::Ratio,
            "on time, of those that tell it",
        ),
        part(
            "share_on_budget",
            Unit::Ratio,
            "within budget, of those that tell it",
        ),
        part(
            "numerator",
            Unit::Count,
            "projects that kept to what the rule asks",
        ),
        part("denominator", Unit::Count, "projects closed"),
    ],
    limits: &[
        "A plan that was changed on the way makes nearly every project a success: compare with the first one.",
        "Projects differ in size, and each counts once.",
        "Cancelled projects are left out: their number can say more than the rate.",
    ],
    examples: &[
        Example {
            name: "one_project_a_row",
            pasted: "project,planned end,actual end,budget,actual cost,scope met\nA,2025-01-31,2025-01-30,100,90,yes\nB,2025-02-28,2025-03-05,100,95,yes\nC,2025-03-31,2025-03-31,100,120,yes\nD,2025-04-30,2025-04-15,100,100,no\nE,2025-06-30,,100,40,\n",
            options: r#"{"as_of":"2025-05-31"}"#,
            gives: Gives::Value(
                0.25,
                &[
                    ("projects_closed", 4.0),
                    ("share_on_time", 0.75),
                    ("share_on_budget", 0.75),
                    ("share_in_scope", 0.75),
                ],
            ),
        },
        Example {
            name: "a_week_of_grace",
            pasted: "project,planned end,actual end,budget,actual cost,scope met\nA,2025-01-31,2025-01-30,100,90,yes\nB,2025-02-28,2025-03-05,100,95,yes\nC,2025-03-31,2025-03-31,100,120,yes\nD,2025-04-30,2025-04-15,100,100,no\n",
            options: r#"{"settings":{"project_success_rate.days_of_grace":7}}"#,
            gives: Gives::Value(0.5, &[("share_on_time", 1.0)]),
        },
        Example {
            name: "on_time_and_within_budget",
            pasted: "project,planned end,actual end,budget,actual cost\nA,2025-01-31,2025-01-30,100,90\nB,2025-02-28,2025-03-05,100,95\nC,2025-03-31,2025-03-31,100,120\nD,2025-04-30,2025-04-15,100,100\n",
            options: r#"{"variants":{"project_success_rate":"time_and_budget"}}"#,
            gives: Gives::Value(0.5, &[]),
        },
        Example {
            name: "counted_by_quarter",
            pasted: "month,projects closed,projects in scope,projects on time,projects on budget,successful projects\n2025-01,10,9,8,7,6\n2025-04,10,8,7,9,6\n",
            options: "",
            gives: Gives::Value(0.6, &[("share_in_scope", 0.85), ("share_on_time", 0.75)]),
        },
        Example {
            name: "on_time_alone",
            pasted: "month,projects closed,projects in scope,projects on time,projects on budget\n2025-01,10,9,8,7\n2025-04,10,8,7,9\n",
            options: r#"{"variants":{"project_success_rate":"on_time"}}"#,
            gives: Gives::Value(0.75, &[]),
        },
        Example {
            name: "counts_that_leave_no_choice",
            pasted: "month,projects closed,projects in scope,projects on time,projects on budget\n2025-01,10,10,8,10\n2025-04,10,10,7,10\n",
            options: "",
            gives: Gives::Value(0.75, &[]),
        },
        Example {
            name: "typed_figures",
            pasted: "projects closed,projects successful\n20,12\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.6, &[]),
        },
        Example {
            name: "counts_that_leave_one_are_refused",
            pasted: "month,projects closed,projects in scope,projects on time,projects on budget\n2025-01,10,9,8,7\n2025-04,10,8,7,9\n",
            options: "",
            gives: Gives::Refusal("joint_unknown"),
        },
    ],
};

/// What a project may keep to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kept {
    Scope,
    Time,
    Budget,
}

impl Kept {
    const ALL: [Self; 3] = [Self::Scope, Self::Time, Self::Budget];

    /// The term of its count, and that of its share.
    const fn terms(self) -> (&'static str, &'static str) {
        match self {
            Self::Scope => ("projects_in_scope", "share_in_scope"),
            Self::Time => ("projects_on_time", "share_on_time"),
            Self::Budget => ("projects_on_budget", "share_on_budget"),
        }
    }
}

/// For each project that counts, whether it kept to this: nothing where its row does not say it.
/// Absent where no column does, and for counts of many projects.
fn by_project(scope: &Scope<'_>, kept: Kept) -> Option<Vec<Option<bool>>> {
    let counts = scope.counts().ok()?;
    let rows = || scope.rows.iter().map(|row| *row as usize);
    let known = |value: f64| (!value.is_nan()).then_some(value);
    let setting = |name: &str| scope.setting(name).unwrap_or(0.0);
    let is_list = counts
        .column("projects_closed")?
        .iter()
        .all(|one| (one - 1.0).abs() < 1e-9);
    if let Some(answers) = counts.column(kept.terms().0).filter(|_| is_list) {
        return Some(
            rows()
                .map(|row| known(answers[row]).map(|yes| yes > 0.5))
                .collect(),
        );
    }
    match kept {
        Kept::Scope => None,
        Kept::Time => {
            let late = counts.column("late_days")?;
            let grace = setting("project_success_rate.days_of_grace");
            Some(
                rows()
                    .map(|row| known(late[row]).map(|late| late <= grace))
                    .collect(),
            )
        }
        Kept::Budget => {
            let (planned, actual) = (
                counts.column("planned_cost")?,
                counts.column("actual_cost")?,
            );
            let most = 1.0 + setting("project_success_rate.budget_tolerance");
            let is_within = |row: usize| {
                let (planned, actual) = (known(planned[row])?, known(actual[row])?);
                Some(actual <= planned * most * (1.0 + 1e-12))
            };
            Some(rows().map(is_within).collect())
        }
    }
}

/// How many kept to this, of how many that tell it.
fn alone(scope: &Scope<'_>, kept: Kept) -> Outcome<(f64, f64)> {
    if let Some(projects) = by_project(scope, kept) {
        let judged = projects.iter().flatten();
        let good = judged.clone().filter(|good| **good).count() as f64;
        return Ok((good, judged.count() as f64));
    }
    let [good, closed] = sums(scope, [kept.terms().0, "projects_closed"])?;
    Ok((good, closed))
}

/// The projects closed, and the three parts as far as they are told.
fn beside(scope: &Scope<'_>) -> Outcome<Vec<(&'static str, f64)>> {
    let [closed] = sums(scope, ["projects_closed"])?;
    let mut parts = vec![("projects_closed", closed)];
    if scope.counts().is_err() {
        // Typed figures that do not change the figure are not asked for.
        return Ok(parts);
    }
    for kept in Kept::ALL {
        if let Ok((good, judged)) = alone(scope, kept)
            && judged > 0.0
        {
            let (count, share) = kept.terms();
            parts.push((count, good));
            parts.push((share, good / judged));
        }
    }
    Ok(parts)
}

/// A rate with what stands beside it.
fn rate(scope: &Scope<'_>, good: f64, judged: f64) -> Outcome<Estimate> {
    let mut found = share(("projects_successful", good), ("judged", judged))?;
    found.parts.extend(beside(scope)?);
    Ok(found)
}

fn one(scope: &Scope<'_>, kept: Kept) -> Outcome<Estimate> {
    let (good, judged) = alone(scope, kept)?;
    let (count, _) = kept.terms();
    let found = share((count, good), ("judged", judged))?;
    let mut parts = beside(scope)?;
    parts.extend([
        ("judged", judged),
        ("numerator", good),
        ("denominator", judged),
    ]);
    Ok(found.with_parts(parts))
}

/// Projects that kept to several things at once.
fn together(scope: &Scope<'_>, kept: &[Kept]) -> Outcome<Estimate> {
    let lists: Vec<Option<Vec<Option<bool>>>> =
        kept.iter().map(|one| by_project(scope, *one)).collect();
    if lists.iter().any(Option::is_some) {
        let missing = kept.iter().zip(&lists).find(|(_, list)| list.is_none());
        if let Some((missing, _)) = missing {
            return Err(untold(missing.terms().0));
        }
        let lists: Vec<Vec<Option<bool>>> = lists.into_iter().flatten().collect();
        let of = |row: usize| -> Option<bool> {
            let mut all = true;
            for list in &lists {
                all &= list[row]?;
            }
            Some(all)
        };
        let judged: Vec<bool> = (0..scope.rows.len()).filter_map(of).collect();
        let good = judged.iter().filter(|good| **good).count();
        return rate(scope, good as f64, judged.len() as f64);
    }
    let [closed] = sums(scope, ["projects_closed"])?;
    if closed <= 0.0 {
        return Err(nothing("projects_closed"));
    }
    if kept.len() == Kept::ALL.len()
        && let Some(good) = told(scope, "projects_successful")
    {
        return rate(scope, good, closed);
    }
    let mut missed = 0.0;
    let mut most = closed;
    for one in kept {
        let [good] = sums(scope, [one.terms().0])?;
        missed += closed - good;
        most = most.min(good);
    }
    let least = (closed - missed).max(0.0);
    if least < most {
        return Err(Refusal::new(
            "joint_unknown",
            format!(
                "The counts say how many projects kept to each part, not how many kept to all: between {least} and {most} of {closed}."
            ),
            "Add a column with the projects that kept to all of them, give one project a row, or choose a rule of one part.",
        ));
    }
    rate(scope, most, closed)
}

fn all_three(scope: &Scope<'_>) -> Outcome<Estimate> {
    together(scope, &Kept::ALL)
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [good, closed] = sums(scope, ["projects_successful", "projects_closed"])?;
    rate(scope, good, closed)
}

fn time_and_budget(scope: &Scope<'_>) -> Outcome<Estimate> {
    together(scope, &[Kept::Time, Kept::Budget])
}

fn in_scope(scope: &Scope<'_>) -> Outcome<Estimate> {
    one(scope, Kept::Scope)
}

fn on_time(scope: &Scope<'_>) -> Outcome<Estimate> {
    one(scope, Kept::Time)
}

fn on_budget(scope: &Scope<'_>) -> Outcome<Estimate> {
    one(scope, Kept::Budget)
}
