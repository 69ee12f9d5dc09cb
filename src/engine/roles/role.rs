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
    Question, "question", Key, "Question asked";
    Comment, "comment", Text, "Comment";
    RespondedAt, "responded_at", Date, "Answered on";
    SentAt, "sent_at", Date, "Survey sent on";
    CreatedAt, "created_at", Date, "Ticket created";
    FirstResponseAt, "first_response_at", Date, "First reply";
    FirstResponseMinutes, "first_response_minutes", Number, "Time to first reply";
    ResolvedAt, "resolved_at", Date, "Ticket solved";
    ResolutionMinutes, "resolution_minutes", Number, "Time to solve";
    Status, "status", Key, "Status";
    Priority, "priority", Key, "Priority";
    Channel, "channel", Key, "Channel";
    Satisfaction, "satisfaction", Score, "Satisfaction with the ticket";
    Reopens, "reopens", Number, "Times reopened";
    StartedAt, "started_at", Date, "Started on";
    EndedAt, "ended_at", Date, "Ended on";
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
    OccurredAt, "occurred_at", Date, "Happened on";
    Event, "event", Key, "Event";
    Feature, "feature", Key, "Feature";
    OrderedAt, "ordered_at", Date, "Ordered on";
    CancelledAt, "cancelled_at", Date, "Cancelled on";
    Refunded, "refunded", Number, "Refunded amount";
    Churned, "churned", YesNo, "Has left";
    TenureMonths, "tenure_months", Number, "Months as a customer";
}

impl Role {
    /// Whether its numbers say how long something took.
    pub const fn is_duration(self) -> bool {
        matches!(self, Self::FirstResponseMinutes | Self::ResolutionMinutes)
    }

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
