//! The roles that a column can have.

/// How the cells of a role are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Nature {
    /// Names someone or something; compared as written.
    Key,
    /// A moment or a day.
    Date,
    /// A number or an amount.
    Number,
    /// A number, or yes for one and no for none.
    Count,
    /// A length of time: a number in a unit that the header names, or hours and minutes.
    Duration,
    /// Yes or no.
    YesNo,
    /// An answer on a scale.
    Score,
    /// Text that nobody computes with.
    Text,
}

macro_rules! roles {
    ($($variant:ident, $id:literal, $nature:ident, $name:literal;)*) => {
        /// What a column means. Ids are part of the interface.
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        pub enum Role {
            $(#[doc = $name] $variant,)*
        }

        impl Role {
            /// All roles.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable id.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The plain name that the page shows.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How its cells are read.
            pub const fn nature(self) -> Nature {
                match self { $(Self::$variant => Nature::$nature,)* }
            }
        }
    };
}

roles! {
    Customer, "customer", Key, "Customer";
    Respondent, "respondent", Key, "Person who answered";
    User, "user", Key, "User";
    Ticket, "ticket", Key, "Ticket number";
    Order, "order", Key, "Order number";
    Subscription, "subscription", Key, "Subscription number";
    Score, "score", Score, "Answer on a scale";
    ScaleMin, "scale_min", Number, "Lowest possible answer";
    ScaleMax, "scale_max", Number, "Highest possible answer";
    Question, "question", Key, "Question asked";
    Comment, "comment", Text, "Comment";
    RespondedAt, "responded_at", Date, "Answered on";
    SentAt, "sent_at", Date, "Survey sent on";
    CreatedAt, "created_at", Date, "Ticket created";
    FirstResponseAt, "first_response_at", Date, "First reply";
    FirstResponseMinutes, "first_response_minutes", Duration, "Time to first reply";
    ResolvedAt, "resolved_at", Date, "Ticket solved";
    ResolutionMinutes, "resolution_minutes", Duration, "Time to solve";
    FirstResolvedAt, "first_resolved_at", Date, "Ticket solved for the first time";
    FirstResolutionMinutes, "first_resolution_minutes", Duration, "Time to the first solution";
    Status, "status", Key, "Status";
    Priority, "priority", Key, "Priority";
    Channel, "channel", Key, "Channel";
    Satisfaction, "satisfaction", Score, "Satisfaction with the ticket";
    Reopens, "reopens", Count, "Times reopened";
    SlaTargetMinutes, "sla_target_minutes", Duration, "Time promised";
    SlaMet, "sla_met", YesNo, "Promise kept";
    StartedAt, "started_at", Date, "Started on";
    EndedAt, "ended_at", Date, "Ended on";
    SignedAt, "signed_at", Date, "Signed on";
    CancelRequestedAt, "cancel_requested_at", Date, "Cancellation asked for on";
    CancellationReason, "cancellation_reason", Key, "Why they left";
    Amount, "amount", Number, "Amount";
    Currency, "currency", Key, "Currency";
    Interval, "interval", Key, "Billing interval";
    IntervalCount, "interval_count", Number, "Intervals per bill";
    Quantity, "quantity", Number, "Quantity";
    Plan, "plan", Key, "Plan";
    TrialEndsAt, "trial_ends_at", Date, "Trial ends on";
    Discount, "discount", Number, "Discount";
    Tax, "tax", Number, "Tax";
    Month, "month", Date, "Month";
    RecurringRevenue, "recurring_revenue", Number, "Recurring revenue per month";
    Movement, "movement", Key, "Kind of change";
    DueAt, "due_at", Date, "Due for renewal on";
    AmountDue, "amount_due", Number, "Amount due for renewal";
    Outcome, "outcome", Key, "Renewed or not";
    AmountRenewed, "amount_renewed", Number, "Amount renewed";
    ClosedAt, "closed_at", Date, "Decided on";
    TermMonths, "term_months", Duration, "Months of the contract";
    OccurredAt, "occurred_at", Date, "Happened on";
    Event, "event", Key, "Event";
    Feature, "feature", Key, "Feature";
    DurationSeconds, "duration_seconds", Duration, "Length";
    OrderedAt, "ordered_at", Date, "Ordered on";
    CancelledAt, "cancelled_at", Date, "Cancelled on";
    Refunded, "refunded", Number, "Refunded amount";
    Shipping, "shipping", Number, "Shipping";
    PromisedAt, "promised_at", Date, "Promised for";
    RequestedAt, "requested_at", Date, "Asked for by";
    DeliveredAt, "delivered_at", Date, "Delivered on";
    QuantityDelivered, "quantity_delivered", Number, "Quantity delivered";
    QuantityDefective, "quantity_defective", Number, "Quantity defective";
    Churned, "churned", YesNo, "Has left";
    TenureMonths, "tenure_months", Duration, "Months as a customer";
    TrialStartedAt, "trial_started_at", Date, "Trial started on";
    PaidAt, "paid_at", Date, "First paid on";
    ValueAt, "value_at", Date, "First value on";
    New, "new", YesNo, "Is new";
    Referrals, "referrals", Count, "Recommendations made";
    Measure, "measure", Count, "Measure of health";
    Pulse, "pulse", Key, "Account manager's judgement";
    LastActiveAt, "last_active_at", Date, "Last active on";
    SeatsUsed, "seats_used", Count, "Seats used";
    SeatsPaid, "seats_paid", Count, "Seats paid for";
    Visits, "visits", Count, "Visits";
    Carts, "carts", Count, "Carts";
    Checkouts, "checkouts", Count, "Checkouts begun";
    Purchases, "purchases", Count, "Purchases";
    Produced, "produced", Count, "Units made";
    Inspected, "inspected", Count, "Units checked";
    Defective, "defective", Count, "Defective units";
    Defects, "defects", Count, "Defects found";
    Reworked, "reworked", Count, "Reworked units";
    Step, "step", Key, "Step of the process";
    Opportunities, "opportunities", Count, "Chances for a defect a unit";
    CostOfGoods, "cost_of_goods", Number, "Cost of goods sold";
    InventoryOpening, "inventory_opening", Number, "Stock at the start";
    InventoryClosing, "inventory_closing", Number, "Stock at the end";
    Inventory, "inventory", Number, "Stock";
    Visitors, "visitors", Count, "Visitors";
    PassersBy, "passers_by", Count, "Passers-by";
    OpenHours, "open_hours", Number, "Hours open";
    Area, "area", Number, "Area";
    Job, "job", Key, "Job number";
    JobsRequested, "jobs_requested", Count, "Jobs asked for";
    JobsAccepted, "jobs_accepted", Count, "Jobs accepted";
    JobsCompleted, "jobs_completed", Count, "Jobs completed";
    JobsWithIssues, "jobs_with_issues", Count, "Completed jobs with a complaint or a refund";
    Project, "project", Key, "Project";
    PlannedEnd, "planned_end", Date, "Planned end";
    ActualEnd, "actual_end", Date, "Actual end";
    PlannedCost, "planned_cost", Number, "Planned cost";
    ActualCost, "actual_cost", Number, "Actual cost";
    ProjectsClosed, "projects_closed", Count, "Projects closed";
    ProjectsInScope, "projects_in_scope", Count, "Projects within scope";
    ProjectsOnTime, "projects_on_time", Count, "Projects on time";
    ProjectsOnBudget, "projects_on_budget", Count, "Projects within budget";
    ProjectsSuccessful, "projects_successful", Count, "Projects within scope, on time and within budget";
    GoalsSet, "goals_set", Count, "Goals set";
    GoalsMet, "goals_met", Count, "Goals met";
    Benefit, "benefit", Number, "Benefit to the customer";
    Price, "price", Number, "Price paid";
    Segment, "segment", Key, "Segment";
}

impl Role {
    /// The role with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_snake_case_and_found_again() {
        for role in Role::ALL {
            assert_eq!(Role::from_id(role.id()), Some(*role));
            assert!(
                role.id()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_')
            );
        }
    }
}
