//! The kinds of table.

/// What the rows of a table are. Ids are part of the interface.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// One answer a row.
    Survey,
    /// One support ticket a row.
    Ticket,
    /// One subscription, or one stretch of it, a row.
    Subscription,
    /// One customer and month a row.
    RevenueMonth,
    /// One change of a customer's recurring revenue a row.
    RevenueMovement,
    /// One contract that came up for renewal a row.
    Renewal,
    /// One event of one user a row.
    Event,
    /// One order, or one line of it, a row.
    Order,
    /// One customer a row.
    Account,
    /// One expense, or one month of them, a row.
    Spend,
    /// Visits, carts and purchases of one stretch of time, or of one visit, a row.
    Funnel,
    /// Counts of an operation (made, checked, stocked, delivered) a row.
    Operations,
    /// Typed figures, one a term of a formula. Never guessed: only the user says so.
    Aggregate,
    /// Figures that were worked out elsewhere, by the queries that Kept writes.
    Figures,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Survey,
        Self::Ticket,
        Self::Subscription,
        Self::RevenueMonth,
        Self::RevenueMovement,
        Self::Renewal,
        Self::Event,
        Self::Order,
        Self::Account,
        Self::Spend,
        Self::Funnel,
        Self::Operations,
        Self::Aggregate,
        Self::Figures,
    ];

    /// The stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Ticket => "ticket",
            Self::Subscription => "subscription",
            Self::RevenueMonth => "revenue_month",
            Self::RevenueMovement => "revenue_movement",
            Self::Renewal => "renewal",
            Self::Event => "event",
            Self::Order => "order",
            Self::Account => "account",
            Self::Spend => "spend",
            Self::Funnel => "funnel",
            Self::Operations => "operations",
            Self::Aggregate => "aggregate",
            Self::Figures => "figures",
        }
    }

    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The kinds that are weighed by headers and cells. Figures are known by all their headers at once.
    pub fn recognised() -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(|kind| !matches!(kind, Self::Aggregate | Self::Figures))
    }
}
