//! First response time: how long do customers wait for the first reply?

use super::durations;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "first_response_time",
    edition: 1,
    name: "First response time",
    short: Some("FRT"),
    family: "support",
    question: "How long do customers wait for the first reply?",
    definition: "Median time from the creation of a ticket to the first reply, in hours of the calendar, over the tickets that have been replied to.",
    formula: "median of (time of the first reply − time of creation)",
    unit: Unit::Hours,
    better: Better::Lower,
    needs: &[Need {
        kind: Kind::Ticket,
        roles: &[&[Role::FirstResponseAt, Role::FirstResponseMinutes]],
        basis: Basis::FirstResponse,
        expected: Expected::Usually,
        beside: Beside::Nothing,
    }],
    covers: Covers::Everything,
    rules: &[Rule {
        id: "median_calendar_hours",
        name: "Median, calendar hours",
        rule: "From creation to the first reply, around the clock; tickets still waiting are counted beside it.",
        source: "Zendesk, About native Support time duration metrics, help article 4408834848154",
        estimates: &[(Basis::FirstResponse, durations::median_hours)],
        ledger: &[],
        path: None,
        unit: None,
    }],
    settings: &[],
    parts: durations::PARTS,
    limits: &[
        "Tickets that still wait are not in the median; see the median that counts them.",
        "Replies by robots count as replies, unless the ticket system left them out.",
        "Nights and weekends count.",
    ],
    examples: &[
        Example {
            name: "the_median_of_three_replies_is_the_middle_one",
            pasted: "ticket_id,created_at,first_response_at\n1,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z\n2,2025-01-01T00:00:00Z,2025-01-01T02:00:00Z\n3,2025-01-01T00:00:00Z,2025-01-01T06:00:00Z\n4,2025-01-02T00:00:00Z,\n",
            options: "",
            gives: Gives::Value(2.0, &[("count", 3.0), ("open", 1.0), ("mean", 3.0)]),
        },
        Example {
            name: "minutes_of_the_ticket_system_are_hours",
            pasted: "Id,Created at,First reply time in minutes\n1,2025-01-01 10:00,60\n2,2025-01-01 11:00,180\n3,2025-01-02 12:00,30\n",
            options: "",
            gives: Gives::Value(1.0, &[("count", 3.0)]),
        },
        Example {
            name: "without_a_reply_there_is_no_time",
            pasted: "ticket_id,created_at,first_response_at\n1,2025-01-01T00:00:00Z,\n2,2025-01-02T00:00:00Z,\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};
