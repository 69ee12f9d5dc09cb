//! The two sides of answers whose comments are set beside each other.

use super::definition::Kpi;
use super::scope::Scope;
use super::survey::{
    average_rating, customer_effort_score, customer_satisfaction_score, employee_engagement,
    net_promoter_score,
};
use crate::engine::base::refusal::Outcome;

/// Good answers and the others, each from or below a place on the scale on which high is good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    /// Name of the good answers; stable.
    pub good: &'static str,
    /// The lowest of them.
    pub good_from: f64,
    /// Name of the others; stable.
    pub other: &'static str,
    /// All of them are below.
    pub other_below: f64,
}

impl Sides {
    /// Two sides with nothing between them.
    pub const fn parted_at(from: f64, good: &'static str, other: &'static str) -> Self {
        Self {
            good,
            good_from: from,
            other,
            other_below: from,
        }
    }

    /// The side of an answer, the good one being 0; absent between the two.
    pub fn of(&self, answer: f64) -> Option<usize> {
        if answer >= self.good_from {
            Some(0)
        } else if answer < self.other_below {
            Some(1)
        } else {
            None
        }
    }
}

/// Where the sides of the scope's answers begin.
type Find = fn(&Scope<'_>) -> Outcome<Sides>;

/// Every KPI on answers, but for the advocacy rate: it asks the question of the promoter score, and
/// so has the same reasons.
const ALL: [(&Kpi, Find); 5] = [
    (&net_promoter_score::KPI, net_promoter_score::sides),
    (
        &customer_satisfaction_score::KPI,
        customer_satisfaction_score::sides,
    ),
    (&customer_effort_score::KPI, customer_effort_score::sides),
    (&average_rating::KPI, average_rating::sides),
    (&employee_engagement::KPI, employee_engagement::sides),
];

/// The sides of the KPI's answers; absent for other KPIs.
pub fn of_kpi(kpi: &Kpi) -> Option<Find> {
    let mut all = ALL.iter();
    all.find(|(other, _)| other.id == kpi.id)
        .map(|(_, find)| *find)
}
