//! Gig completion rate: what share of the jobs taken is done?

use crate::engine::facts::Measure;
use crate::engine::kpi::on_counts::{
    above_whole, counted, part, rule, share, sum_or_nothing, sums,
};
use crate::engine::kpi::prelude::*;

const JOBS: Basis = Basis::Counts(Measure::Jobs);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "gig_completion_rate",
    edition: 1,
    name: "Gig completion rate",
    short: None,
    family: "business",
    question: "What share of the jobs that were taken is done?",
    definition: "Jobs completed divided by jobs accepted, both added up over the rows of the period. In a list of jobs the status tells; jobs still in progress count in neither number.",
    formula: "jobs completed ÷ jobs accepted",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        counted(
            Kind::Operations,
            &[
                &[Role::JobsCompleted, Role::Job],
                &[Role::JobsAccepted, Role::JobsRequested, Role::Status],
            ],
            Measure::Jobs,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "accepted",
            "Of the jobs accepted",
            "Jobs completed ÷ jobs accepted, without those still in progress.",
            "“Top 12 Customer Success Metrics”: gigs completed of those accepted",
            &[(JOBS, of_accepted), (Basis::Typed, of_accepted)],
        ),
        rule(
            "requested",
            "Of the jobs asked for",
            "Jobs completed ÷ jobs asked for, without those in progress or not yet taken: what nobody takes counts too.",
            "Common reading of marketplaces, from the customers' side",
            &[(JOBS, of_requested), (Basis::Typed, of_requested)],
        ),
        rule(
            "without_issues",
            "Completed without complaint or refund",
            "Jobs completed without a complaint or refund ÷ jobs accepted.",
            "“Top 12 Customer Success Metrics”: completed without issues",
            &[(JOBS, without_issues), (Basis::Typed, typed_without_issues)],
        ),
        rule(
            "without_customers_cancellations",
            "Without what customers called off",
            "Jobs completed ÷ jobs accepted and not called off by the customer: what the provider can do something about.",
            "Common reading of marketplaces, from the providers' side",
            &[(JOBS, by_provider), (Basis::Typed, by_provider)],
        ),
    ],
    settings: &[],
    parts: &[
        part("jobs_completed", Unit::Count, "jobs completed"),
        part("jobs_accepted", Unit::Count, "jobs accepted"),
        part("jobs_requested", Unit::Count, "jobs asked for"),
        part(
            "jobs_open",
            Unit::Count,
            "jobs accepted and still in progress",
        ),
        part(
            "jobs_waiting",
            Unit::Count,
            "jobs that nobody has taken yet",
        ),
        part(
            "jobs_with_issues",
            Unit::Count,
            "completed jobs with a complaint or a refund",
        ),
        part("jobs_without_issues", Unit::Count, "completed jobs without"),
        part(
            "cancelled_by_customer",
            Unit::Count,
            "jobs accepted that the customer called off",
        ),
        part(
            "decided",
            Unit::Count,
            "jobs that are done or will never be",
        ),
        part(
            "numerator",
            Unit::Count,
            "jobs completed, without issues where the rule says so",
        ),
        part(
            "denominator",
            Unit::Count,
            "jobs accepted or asked for, as the rule counts",
        ),
    ],
    limits: &[
        "A job given to a second provider counts twice where it has two rows.",
        "Statuses that do not say who called a job off count against the provider.",
        "Counts of a month may hold jobs accepted in it and completed in the next.",
    ],
    examples: &[
        Example {
            name: "ninety_of_a_hundred_accepted",
            pasted: "month,jobs requested,jobs accepted,jobs completed\n2025-01,80,60,55\n2025-02,70,40,35\n",
            options: "",
            gives: Gives::Value(0.9, &[("jobs_completed", 90.0), ("jobs_accepted", 100.0)]),
        },
        Example {
            name: "of_the_jobs_asked_for",
            pasted: "month,jobs requested,jobs accepted,jobs completed\n2025-01,80,60,55\n2025-02,70,40,35\n",
            options: r#"{"variants":{"gig_completion_rate":"requested"}}"#,
            gives: Gives::Value(0.6, &[]),
        },
        Example {
            name: "a_list_of_jobs",
            pasted: "job id,date,status\n1,2025-01-02,completed\n2,2025-01-03,cancelled by customer\n3,2025-01-04,completed\n4,2025-01-05,no show\n5,2025-01-06,in progress\n6,2025-01-07,declined\n",
            options: "",
            gives: Gives::Value(
                0.5,
                &[
                    ("jobs_open", 1.0),
                    ("jobs_requested", 6.0),
                    ("decided", 4.0),
                ],
            ),
        },
        Example {
            name: "without_what_the_customer_called_off",
            pasted: "job id,date,status\n1,2025-01-02,completed\n2,2025-01-03,cancelled by customer\n3,2025-01-04,completed\n4,2025-01-05,no show\n5,2025-01-06,in progress\n6,2025-01-07,declined\n",
            options: r#"{"variants":{"gig_completion_rate":"without_customers_cancellations"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[]),
        },
        Example {
            name: "completed_without_a_complaint",
            pasted: "job id,date,status,complaint\n1,2025-01-02,completed,yes\n2,2025-01-03,cancelled,no\n3,2025-01-04,completed,no\n4,2025-01-05,completed,no\n",
            options: r#"{"variants":{"gig_completion_rate":"without_issues"}}"#,
            gives: Gives::Value(0.5, &[("jobs_with_issues", 1.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "jobs completed,jobs accepted\n90,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.9, &[]),
        },
        Example {
            name: "no_job_is_decided",
            pasted: "job id,date,status\n1,2025-01-02,in progress\n2,2025-01-03,accepted\n3,2025-01-04,in progress\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// Jobs completed of those of the base that are decided; `left_out` is what of the base is not.
fn of(
    scope: &Scope<'_>,
    base: &'static str,
    left_out: &[&'static str],
    completed: (&'static str, f64),
) -> Outcome<Estimate> {
    let [all] = sums(scope, [base])?;
    let undecided: f64 = left_out
        .iter()
        .map(|term| sum_or_nothing(scope, term))
        .sum();
    let decided = all - undecided;
    let mut found = share(completed, ("decided", decided))?;
    found.parts.push((base, all));
    for term in left_out {
        let own = sum_or_nothing(scope, term);
        if own > 0.0 {
            found.parts.push((term, own));
        }
    }
    // Typed figures that do not change the figure are not asked for.
    if base != "jobs_requested"
        && scope.counts().is_ok()
        && let Ok([requested]) = sums(scope, ["jobs_requested"])
    {
        found.parts.push(("jobs_requested", requested));
    }
    Ok(found)
}

fn completed(scope: &Scope<'_>) -> Outcome<(&'static str, f64)> {
    let [completed] = sums(scope, ["jobs_completed"])?;
    Ok(("jobs_completed", completed))
}

fn of_accepted(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, "jobs_accepted", &["jobs_open"], completed(scope)?)
}

fn of_requested(scope: &Scope<'_>) -> Outcome<Estimate> {
    let undecided = &["jobs_open", "jobs_waiting"];
    of(scope, "jobs_requested", undecided, completed(scope)?)
}

fn by_provider(scope: &Scope<'_>) -> Outcome<Estimate> {
    sums(scope, ["cancelled_by_customer"])?;
    let not_counted = &["jobs_open", "cancelled_by_customer"];
    of(scope, "jobs_accepted", not_counted, completed(scope)?)
}

fn without_issues(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [completed] = sums(scope, ["jobs_completed"])?;
    let counts = scope.counts()?;
    let issues = if counts.column("jobs_open").is_some() {
        // A complaint about a job that was not done is no issue of a completed one.
        sums(scope, ["jobs_with_issues"])?;
        let pairs = counts
            .column("jobs_with_issues")
            .zip(counts.column("jobs_completed"));
        let rows = scope.rows.iter().map(|row| *row as usize);
        pairs.map_or(0.0, |(issues, done)| {
            rows.filter(|row| issues[*row] > 0.0 && done[*row] > 0.0)
                .count() as f64
        })
    } else {
        let [issues] = sums(scope, ["jobs_with_issues"])?;
        issues
    };
    if issues > completed {
        return Err(above_whole("jobs_with_issues", "jobs_completed"));
    }
    let good = ("jobs_without_issues", completed - issues);
    let mut found = of(scope, "jobs_accepted", &["jobs_open"], good)?;
    found.parts.push(("jobs_completed", completed));
    found.parts.push(("jobs_with_issues", issues));
    Ok(found)
}

fn typed_without_issues(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [good] = sums(scope, ["jobs_without_issues"])?;
    let good = ("jobs_without_issues", good);
    of(scope, "jobs_accepted", &["jobs_open"], good)
}
