//! The picture of a funnel: its stages are those that the table tells, each over the same rows.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use kept::engine::chart_spec::{ChartSpec, Plot};
use support::{finding, options, report_on};

fn stages(table: &str, kpi: &str, choices: &str) -> Option<Vec<(String, f64)>> {
    let report = report_on(&[("pasted", table.as_bytes())], &options(choices)).unwrap();
    match finding(&report, kpi).chart.clone() {
        Some(ChartSpec {
            plot: Plot::Funnel { stages },
            ..
        }) => Some(stages.into_iter().map(|it| (it.label, it.count)).collect()),
        _ => None,
    }
}

fn named(stages: &[(&str, f64)]) -> Vec<(String, f64)> {
    let named = stages.iter();
    named
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

/// The checkouts of February are not known.
const SHOP: &str = "month,visits,carts,checkouts,purchases\n\
                    2025-01,1000,120,70,30\n\
                    2025-02,800,80,,15\n\
                    2025-03,900,100,60,40\n";

#[test]
fn every_stage_is_summed_over_the_rows_that_know_all_of_them() {
    let told = named(&[
        ("Visits", 1900.0),
        ("Carts", 220.0),
        ("Checkouts", 130.0),
        ("Purchases", 70.0),
    ]);
    assert_eq!(stages(SHOP, "conversion_rate", "{}"), Some(told.clone()));
    assert_eq!(stages(SHOP, "cart_abandonment_rate", "{}"), Some(told));
}

#[test]
fn a_stage_that_no_column_tells_is_not_drawn() {
    let two = "month,sessions,purchases\n2025-01,1000,20\n2025-02,3000,90\n";
    let told = named(&[("Visits", 4000.0), ("Purchases", 110.0)]);
    assert_eq!(stages(two, "conversion_rate", "{}"), Some(told.clone()));
    let typed = r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#;
    assert_eq!(
        stages("carts,purchases\n200,45\n", "cart_abandonment_rate", typed),
        None
    );
}

#[test]
fn trials_have_no_funnel_of_visits() {
    let trials = "customer id,trial started at,first paid at,plan\n\
                  a,2025-01-05,2025-01-19,team\nb,2025-01-10,,solo\n";
    let choices = r#"{"as_of":"2025-03-31"}"#;
    assert_eq!(stages(trials, "conversion_rate", choices), None);
}
