//! All KPIs, in the order of the manual.

use super::definition::Kpi;
use super::{business, retention, revenue, support, survey, usage, value};

/// Every KPI. The order is that of the report, the manual and the page.
pub const ALL: &[&Kpi] = &[
    &revenue::monthly_recurring_revenue::KPI,
    &revenue::annual_recurring_revenue::KPI,
    &revenue::net_new_recurring_revenue::KPI,
    &revenue::quick_ratio::KPI,
    &revenue::average_revenue_per_account::KPI,
    &revenue::expansion_rate::KPI,
    &retention::net_revenue_retention::KPI,
    &retention::gross_revenue_retention::KPI,
    &retention::customer_churn_rate::KPI,
    &retention::gross_revenue_churn_rate::KPI,
    &retention::net_revenue_churn_rate::KPI,
    &retention::customer_retention_rate::KPI,
    &retention::renewal_rate::KPI,
    &retention::net_renewal_rate::KPI,
    &value::customer_acquisition_cost::KPI,
    &value::cac_payback_period::KPI,
    &value::customer_lifetime_value::KPI,
    &value::lifetime_value_to_acquisition_cost::KPI,
    &value::customer_value::KPI,
    &survey::net_promoter_score::KPI,
    &survey::customer_satisfaction_score::KPI,
    &survey::customer_effort_score::KPI,
    &survey::average_rating::KPI,
    &survey::employee_engagement::KPI,
    &survey::brand_advocacy_rate::KPI,
    &survey::repeat_purchase_rate::KPI,
    &support::first_response_time::KPI,
    &support::resolution_time::KPI,
    &support::service_level_attainment::KPI,
    &support::reopen_rate::KPI,
    &support::open_backlog::KPI,
    &usage::active_users::KPI,
    &usage::stickiness::KPI,
    &usage::engagement_rate::KPI,
    &usage::usage_retention::KPI,
    &usage::feature_adoption_rate::KPI,
    &usage::time_to_value::KPI,
    &usage::customer_health_score::KPI,
    &business::conversion_rate::KPI,
    &business::cart_abandonment_rate::KPI,
    &business::average_transaction_value::KPI,
    &business::inventory_turnover::KPI,
    &business::foot_traffic::KPI,
    &business::on_time_delivery_rate::KPI,
    &business::defect_rate::KPI,
    &business::gig_completion_rate::KPI,
    &business::project_success_rate::KPI,
];

/// The KPI with this id.
pub fn find(id: &str) -> Option<&'static Kpi> {
    ALL.iter().copied().find(|kpi| kpi.id == id)
}
