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
    /// One event of one user a row.
    Event,
    /// One order, or one line of it, a row.
    Order,
    /// One customer a row.
    Account,
}

impl Kind {
    /// All kinds that are recognised.
    pub const ALL: [Self; 7] = [
        Self::Survey,
        Self::Ticket,
        Self::Subscription,
        Self::RevenueMonth,
        Self::Event,
        Self::Order,
        Self::Account,
    ];

    /// The stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Ticket => "ticket",
            Self::Subscription => "subscription",
            Self::RevenueMonth => "revenue_month",
            Self::Event => "event",
            Self::Order => "order",
            Self::Account => "account",
        }
    }

    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}
