//! Service level attainment: how many promises of time are kept?

use super::promise_counts::{Counts, in_force, measured};
use crate::engine::facts::Target;
use crate::engine::facts::tickets::service_levels::Promise;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "service_level_attainment",
    edition: 1,
    name: "Service level attainment",
    short: Some("SLA"),
    family: "support",
    question: "How many promises of time are kept?",
    definition: "Targets that were met, divided by the targets that were met or missed: for the first reply, for the solution, or as the export says. A time that equals the target meets it.",
    formula: "targets met ÷ (targets met + targets missed)",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        Need {
            kind: Kind::Ticket,
            roles: &[&[
                Role::SlaMet,
                Role::SlaTargetMinutes,
                Role::FirstResponseAt,
                Role::FirstResponseMinutes,
                Role::ResolvedAt,
                Role::ResolutionMinutes,
                Role::FirstResolvedAt,
                Role::FirstResolutionMinutes,
            ]],
            basis: Basis::ServiceLevels,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "by_target",
            name: "Every completed target",
            rule: "Each target that was met or missed counts once; a ticket with a target for the reply and one for the solution counts twice.",
            source: "Zendesk, Viewing and understanding SLA targets, help article 4408832852122",
            estimates: &[(Basis::ServiceLevels, by_target), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "by_ticket",
            name: "Every ticket",
            rule: "A ticket counts as kept when all its targets were met; it counts once all of them are completed, or one was missed.",
            source: "Zendesk Explore, policies and targets, community post 4439886800794",
            estimates: &[(Basis::ServiceLevels, by_ticket)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "with_overdue",
            name: "With open targets that are late already",
            rule: "Targets that are still open and late count as missed, so that not answering does not flatter.",
            source: "Zendesk, open tickets with breached targets, help article 205405237",
            estimates: &[
                (Basis::ServiceLevels, with_overdue),
                (Basis::Typed, typed_with_overdue),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "first_response",
            name: "First replies alone",
            rule: "Only targets for the first reply count.",
            source: "Freshdesk, first response status of the ticket export",
            estimates: &[(Basis::ServiceLevels, of_first_response)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "resolution",
            name: "Solutions alone",
            rule: "Only targets for the solution count.",
            source: "Freshdesk, resolution status of the ticket export",
            estimates: &[(Basis::ServiceLevels, of_resolution)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "recomputed",
            name: "From times and targets",
            rule: "Times are held against the targets, even where the export says itself what was kept.",
            source: "Zendesk, Alternate SLA metrics recipe, help article 4971706120730",
            estimates: &[(Basis::ServiceLevels, recomputed)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[
        Setting {
            name: "first_response_hours",
            takes: Takes::Number,
            default: "no promise",
            says: "Hours promised for a first reply, whatever the priority.",
        },
        Setting {
            name: "resolution_hours",
            takes: Takes::Number,
            default: "no promise",
            says: "Hours promised for a solution, whatever the priority.",
        },
        Setting {
            name: "first_response_hours_by_priority",
            takes: Takes::NumberByName,
            default: "no promise",
            says: "Hours promised for a first reply by priority, such as {\"urgent\": 1, \"high\": 4}.",
        },
        Setting {
            name: "resolution_hours_by_priority",
            takes: Takes::NumberByName,
            default: "no promise",
            says: "Hours promised for a solution by priority.",
        },
        Setting {
            name: "measured_in",
            takes: Takes::OneOf(&[
                ("calendar_hours", "around the clock"),
                ("business_hours", "in the hours of the calendar that is set"),
            ]),
            default: "calendar_hours",
            says: "In which hours times are held against targets.",
        },
        Setting {
            name: "target_is_for",
            takes: Takes::OneOf(&[
                ("by_header", "as its header says"),
                ("first_response", "the first reply"),
                ("resolution", "the solution"),
            ]),
            default: "by_header",
            says: "What a column of promised times is about, where its header does not say.",
        },
    ],
    parts: &[
        Part {
            name: "met",
            unit: Unit::Count,
            says: "targets that were met",
        },
        Part {
            name: "missed",
            unit: Unit::Count,
            says: "targets that were missed",
        },
        Part {
            name: "overdue",
            unit: Unit::Count,
            says: "targets that are still open and late already",
        },
        Part {
            name: "open",
            unit: Unit::Count,
            says: "targets that are still open and not late",
        },
        Part {
            name: "tickets",
            unit: Unit::Count,
            says: "tickets with a target that was met or missed",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "kept, as the rule counts",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "what it is divided by",
        },
    ],
    limits: &[
        "A target that is easy to meet says little; compare only under the same targets.",
        "Where the export says itself what was kept, later changes of its schedules may have left that wrong.",
        "The priority is that of the export, not that of the moment at which the promise was made.",
        "Answers that are just in time look as good as quick ones.",
    ],
    examples: &[
        Example {
            name: "three_of_four_promises_were_kept",
            pasted: "ticket_id,created_at,priority,sla_met\n1,2025-01-01,high,yes\n2,2025-01-02,low,yes\n3,2025-01-03,low,no\n4,2025-01-04,high,yes\n5,2025-01-05,high,\n",
            options: "",
            gives: Gives::Value(0.75, &[("met", 3.0), ("missed", 1.0), ("numerator", 3.0)]),
        },
        Example {
            name: "freshdesk_tells_two_targets_a_ticket",
            pasted: FRESH,
            options: "",
            gives: Gives::Value(4.0 / 6.0, &[("tickets", 3.0), ("denominator", 6.0)]),
        },
        Example {
            name: "a_ticket_is_kept_when_both_are",
            pasted: FRESH,
            options: r#"{"variants":{"service_level_attainment":"by_ticket"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[("denominator", 3.0)]),
        },
        Example {
            name: "replies_alone",
            pasted: FRESH,
            options: r#"{"variants":{"service_level_attainment":"first_response"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[("met", 2.0)]),
        },
        Example {
            name: "solutions_alone",
            pasted: FRESH,
            options: r#"{"variants":{"service_level_attainment":"resolution"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[("missed", 1.0)]),
        },
        Example {
            name: "targets_by_priority_and_a_time_that_equals_its_target",
            pasted: REPLIES,
            options: r#"{"as_of":"2025-01-02","settings":{"service_level_attainment.first_response_hours_by_priority":{"high":1,"low":8}}}"#,
            gives: Gives::Value(
                2.0 / 3.0,
                &[
                    ("met", 2.0),
                    ("missed", 1.0),
                    ("overdue", 1.0),
                    ("open", 1.0),
                ],
            ),
        },
        Example {
            name: "one_that_is_late_already_counts_as_missed",
            pasted: REPLIES,
            options: r#"{"as_of":"2025-01-02","variants":{"service_level_attainment":"with_overdue"},"settings":{"service_level_attainment.first_response_hours_by_priority":{"high":1,"low":8}}}"#,
            gives: Gives::Value(0.5, &[("denominator", 4.0)]),
        },
        Example {
            name: "a_column_of_targets",
            pasted: "ticket_id,created_at,first_response_at,first_response_target_minutes,sla_met\n1,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z,60,yes\n2,2025-01-01T00:00:00Z,2025-01-01T01:01:00Z,60,yes\n",
            options: r#"{"variants":{"service_level_attainment":"recomputed"}}"#,
            gives: Gives::Value(0.5, &[("met", 1.0), ("missed", 1.0)]),
        },
        Example {
            name: "a_target_that_may_be_for_either_is_refused",
            pasted: "ticket_id,created_at,first_response_at,resolved_at,sla_target_minutes\n1,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z,2025-01-01T02:00:00Z,60\n",
            options: "",
            gives: Gives::Refusal("target_unclear"),
        },
        Example {
            name: "no_promise_is_refused",
            pasted: "ticket_id,created_at,first_response_at\n1,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z\n",
            options: r#"{"kpis":["service_level_attainment"]}"#,
            gives: Gives::Refusal("no_promise"),
        },
        Example {
            name: "typed_figures",
            pasted: "met,missed,overdue\n90,10,20\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.9, &[("numerator", 90.0), ("denominator", 100.0)]),
        },
        Example {
            name: "typed_figures_with_those_that_are_late_already",
            pasted: "met,missed,overdue\n90,10,20\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"service_level_attainment":"with_overdue"}}"#,
            gives: Gives::Value(0.75, &[("denominator", 120.0)]),
        },
    ],
};

const FRESH: &str = "Ticket ID,Status,Priority,Created time,Resolved time,Initial response time,First response status,Resolution status\n1,Closed,High,2025-01-01 09:00:00,2025-01-01 11:00:00,2025-01-01 09:30:00,Within SLA,Within SLA\n2,Closed,Low,2025-01-02 09:00:00,2025-01-03 11:00:00,2025-01-02 09:30:00,Within SLA,SLA Violated\n3,Resolved,Low,2025-01-03 09:00:00,2025-01-03 11:00:00,2025-01-03 10:59:00,SLA Violated,Within SLA\n";

const REPLIES: &str = "ticket_id,created_at,first_response_at,priority\n1,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z,high\n2,2025-01-01T00:00:00Z,2025-01-01T07:00:00Z,low\n3,2025-01-01T00:00:00Z,2025-01-01T07:00:00Z,high\n4,2025-01-01T00:00:00Z,,low\n5,2025-01-02T20:00:00Z,,low\n";

fn counted(scope: &Scope<'_>) -> Outcome<Counts> {
    let promises = in_force(scope.service_levels()?)?;
    Ok(Counts::of(scope, &promises.iter().collect::<Vec<_>>()))
}

fn by_target(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_all(scope, "by_target")
}

fn by_ticket(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_all(scope, "by_ticket")
}

fn with_overdue(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_all(scope, "with_overdue")
}

/// One of the rules that count all targets; a headline tells the others too.
fn of_all(scope: &Scope<'_>, rule: &str) -> Outcome<Estimate> {
    let counts = counted(scope)?;
    let completed = counts.met + counts.missed;
    let rules = [
        ("by_target", counts.met, completed),
        ("by_ticket", counts.kept, counts.decided),
        ("with_overdue", counts.met, completed + counts.overdue),
    ];
    let share = |wanted: &str| {
        let (_, above, below) = *rules.iter().find(|(id, ..)| *id == wanted)?;
        Some(counts.share(above, below))
    };
    let mut estimate = share(rule).unwrap_or_else(|| counts.share(counts.met, completed))?;
    if scope.detail == Detail::Headline {
        let others = rules.iter().filter(|(id, ..)| *id != rule);
        let told = others.filter_map(|(id, ..)| Some((*id, share(id)?.ok()?)));
        estimate.others = told.collect();
    }
    Ok(estimate)
}

fn recomputed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let promises = measured(scope.service_levels()?)?;
    let counts = Counts::of(scope, &promises.iter().collect::<Vec<_>>());
    counts.share(counts.met, counts.met + counts.missed)
}

fn one_target(scope: &Scope<'_>, target: Target) -> Outcome<Estimate> {
    let promises = in_force(scope.service_levels()?)?;
    let own: Vec<&Promise> = promises.iter().filter(|it| it.target == target).collect();
    if own.is_empty() {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column and no setting tells promises of this target.",
            "Set the hours promised for it, or choose another rule.",
        ));
    }
    let counts = Counts::of(scope, &own);
    counts.share(counts.met, counts.met + counts.missed)
}

fn of_first_response(scope: &Scope<'_>) -> Outcome<Estimate> {
    one_target(scope, Target::FirstResponse)
}

fn of_resolution(scope: &Scope<'_>) -> Outcome<Estimate> {
    one_target(scope, Target::Resolution)
}

fn typed_counts(scope: &Scope<'_>) -> Outcome<Counts> {
    let count = |figure: f64| heads(figure).ok_or_else(not_heads);
    Ok(Counts {
        met: count(scope.figure("met")?)?,
        missed: count(scope.figure("missed")?)?,
        overdue: count(scope.figure_or_nothing("overdue"))?,
        ..Counts::default()
    })
}

fn typed_share(counts: Counts, denominator: u64) -> Outcome<Estimate> {
    let mut estimate = counts.share(counts.met, denominator)?;
    estimate
        .parts
        .retain(|(name, _)| !matches!(*name, "open" | "tickets"));
    Ok(estimate)
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = typed_counts(scope)?;
    typed_share(counts, counts.met + counts.missed)
}

fn typed_with_overdue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = typed_counts(scope)?;
    typed_share(counts, counts.met + counts.missed + counts.overdue)
}
