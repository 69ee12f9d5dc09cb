//! What tests of lifetime values share: a report on one table under a rule and settings.
#![expect(
    unreachable_pub,
    reason = "test code; each test file is a crate of its own"
)]

use kept::engine::report::{Finding, Report};

use crate::support::{options, report_on};

/// The KPI.
pub const ID: &str = "customer_lifetime_value";

/// The report on one table.
pub fn report(text: &str, choices: &str) -> Report {
    report_on(&[("table", text.as_bytes())], &options(choices)).unwrap()
}

/// Options with a rule in force and these settings, up to the end of 2025.
pub fn choices(variant: &str, settings: &[(&str, f64)]) -> String {
    let settings = settings
        .iter()
        .map(|(name, value)| format!(r#""{ID}.{name}":{value}"#));
    let settings: Vec<String> = settings.collect();
    format!(
        r#"{{"as_of":"2025-12-31","kpis":["{ID}"],"variants":{{"{ID}":"{variant}"}},"settings":{{{}}}}}"#,
        settings.join(",")
    )
}

/// The code and the sentence of a refusal.
pub fn refused(found: &Finding) -> (String, String) {
    let refusal = found.refusal.clone().unwrap();
    (refusal.code, refusal.message)
}
