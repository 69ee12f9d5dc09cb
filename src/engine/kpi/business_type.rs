//! Business types: which KPIs each looks at first. None hides any.

use crate::engine::roles::{Kind, Mapping, Role};

/// A type of business.
#[derive(Clone, Copy, Debug)]
pub struct BusinessType {
    /// Part of the interface.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// Ids of the KPIs that it looks at first, in that order.
    pub first: &'static [&'static str],
    /// Kinds of table that tell it.
    kinds: &'static [Kind],
    /// Roles of columns that tell it.
    roles: &'static [Role],
}

/// All types; of several that fit the tables the first is taken.
///
/// # Source
/// “Top 12 Customer Success Metrics” for the KPIs that each type looks at first.
pub const ALL: &[BusinessType] = &[
    BusinessType {
        id: "subscription",
        name: "Subscription",
        first: &[
            "customer_churn_rate",
            "net_revenue_retention",
            "expansion_rate",
            "monthly_recurring_revenue",
            "customer_lifetime_value",
        ],
        kinds: &[
            Kind::Subscription,
            Kind::RevenueMonth,
            Kind::RevenueMovement,
        ],
        roles: &[],
    },
    BusinessType {
        id: "manufacturing",
        name: "Manufacturing",
        first: &["on_time_delivery_rate", "defect_rate"],
        kinds: &[],
        roles: &[
            Role::Produced,
            Role::Inspected,
            Role::Defective,
            Role::Defects,
            Role::QuantityDefective,
        ],
    },
    BusinessType {
        id: "marketplace",
        name: "Marketplace",
        first: &["gig_completion_rate", "average_rating"],
        kinds: &[],
        roles: &[Role::JobsAccepted, Role::JobsCompleted, Role::Job],
    },
    BusinessType {
        id: "services",
        name: "Services",
        first: &["customer_satisfaction_score", "project_success_rate"],
        kinds: &[],
        roles: &[
            Role::ProjectsClosed,
            Role::ProjectsInScope,
            Role::ProjectsOnTime,
            Role::ProjectsOnBudget,
            Role::PlannedEnd,
        ],
    },
    BusinessType {
        id: "retail",
        name: "Retail",
        first: &[
            "foot_traffic",
            "average_transaction_value",
            "inventory_turnover",
        ],
        kinds: &[],
        roles: &[
            Role::Visitors,
            Role::InventoryOpening,
            Role::InventoryClosing,
            Role::Inventory,
        ],
    },
    BusinessType {
        id: "ecommerce",
        name: "E-commerce",
        first: &[
            "conversion_rate",
            "cart_abandonment_rate",
            "average_transaction_value",
            "repeat_purchase_rate",
            "customer_lifetime_value",
            "average_rating",
        ],
        kinds: &[Kind::Order, Kind::Funnel],
        roles: &[],
    },
    BusinessType {
        id: "b2b",
        name: "Business to business",
        first: &[
            "net_promoter_score",
            "customer_retention_rate",
            "renewal_rate",
            "customer_acquisition_cost",
        ],
        kinds: &[Kind::Renewal, Kind::Spend],
        roles: &[],
    },
];

/// The type that the tables tell; absent where none does.
pub fn detect<'a>(tables: impl Iterator<Item = &'a Mapping> + Clone) -> Option<&'static str> {
    let tells = |kind: &BusinessType| {
        tables.clone().any(|table| {
            kind.kinds.iter().any(|it| table.is(*it))
                || kind.roles.iter().any(|it| table.column_of(*it).is_some())
        })
    };
    ALL.iter().find(|kind| tells(kind)).map(|kind| kind.id)
}

/// The types that look at this KPI first, each with its place among theirs, from 0.
pub fn first_for(kpi: &str) -> Vec<(&'static str, usize)> {
    let place = |kind: &BusinessType| {
        let place = kind.first.iter().position(|id| *id == kpi)?;
        Some((kind.id, place))
    };
    ALL.iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_names_kpis_that_are_there_and_something_that_tells_it() {
        for kind in ALL {
            for id in kind.first {
                let known = crate::engine::kpi::registry::find(id);
                assert!(known.is_some(), "{}: {id}", kind.id);
            }
            assert!(!kind.first.is_empty(), "{}", kind.id);
            assert!(
                !kind.kinds.is_empty() || !kind.roles.is_empty(),
                "{}",
                kind.id
            );
        }
    }
}
