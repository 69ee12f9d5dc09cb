//! Which cards a reader wants to see, and in which order. Changes no figure.

use serde::{Deserialize, Serialize};

/// The choice and the order of cards, by the ids of their KPIs.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardChoice {
    /// The first cards; families follow their first card, and all other cards come after these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// Not shown. What is new with other tables is shown, so a list of what is wanted would not do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
}

impl CardChoice {
    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the cards of this KPI are shown.
    pub fn shows(&self, kpi: &str) -> bool {
        !self.hidden.iter().any(|id| id == kpi)
    }

    /// The place of this KPI's cards; the last for all that have none.
    pub fn place(&self, kpi: &str) -> usize {
        let place = self.order.iter().position(|id| id == kpi);
        place.unwrap_or(usize::MAX)
    }
}
