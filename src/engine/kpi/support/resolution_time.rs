//! Resolution time: how long until a ticket is solved?

use super::durations;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "resolution_time",
    edition: 1,
    name: "Resolution time",
    short: Some("TTR"),
    family: "support",
    question: "How long until a ticket is solved?",
    definition: "Median time from the creation of a ticket to its (last) solution, in hours of the calendar, over the tickets that have been solved.",
    formula: "median of (time of the solution − time of creation)",
    unit: Unit::Hours,
    better: Better::Lower,
    needs: &[Need {
        kind: Kind::Ticket,
        roles: &[&[Role::ResolvedAt, Role::ResolutionMinutes]],
        basis: Basis::Resolution,
        expected: Expected::Usually,
        beside: Beside::Nothing,
    }],
    covers: Covers::Everything,
    rules: &[Rule {
        id: "median_calendar_hours",
        name: "Median, calendar hours",
        rule: "From creation to the solution, around the clock; tickets still waiting are counted beside it.",
        source: "Zendesk, full resolution time, help article 4408834848154",
        estimates: &[(Basis::Resolution, durations::median_hours)],
        ledger: &[],
        path: None,
        unit: None,
    }],
    settings: &[],
    parts: durations::PARTS,
    limits: &[
        "Tickets that still wait are not in the median; see the median that counts them.",
        "A ticket that was opened again counts until its last solution, if the export says so.",
        "Nights and weekends count.",
    ],
    examples: &[
        Example {
            name: "open_tickets_lift_the_median_that_counts_them",
            pasted: "ticket_id,created_at,resolved_at\n1,2025-01-01 00:00,2025-01-01 02:00\n2,2025-01-01 00:00,2025-01-01 03:00\n3,2025-01-01 00:00,2025-01-01 04:00\n4,2025-01-01 00:00,2025-01-01 05:00\n5,2025-01-01 00:00,2025-01-01 06:00\n6,2025-01-01 00:00,2025-01-01 08:00\n7,2025-01-01 00:00,2025-01-01 10:00\n8,2025-01-01 00:00,2025-01-01 12:00\n9,2025-01-01 00:00,2025-01-01 20:00\n10,2025-01-01 00:00,2025-01-02 06:00\n11,2025-01-05 09:00,\n12,2025-01-04 23:00,\n13,2025-01-04 08:00,\n14,2025-01-03 12:00,\n15,2025-01-02 16:00,\n16,2025-01-01 20:00,\n",
            options: r#"{"as_of":"2025-01-05"}"#,
            gives: Gives::Value(
                7.0,
                &[("count", 10.0), ("open", 6.0), ("median_with_open", 12.0)],
            ),
        },
        Example {
            name: "a_solution_before_the_creation_is_left_out",
            pasted: "ticket_id,created_at,resolved_at\n1,2025-01-02 00:00,2025-01-01 00:00\n2,2025-01-02 00:00,2025-01-02 05:00\n",
            options: "",
            gives: Gives::Value(5.0, &[("count", 1.0)]),
        },
        Example {
            name: "without_a_solution_there_is_no_time",
            pasted: "ticket_id,created_at,resolved_at\n1,2025-01-01T00:00:00Z,\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};
