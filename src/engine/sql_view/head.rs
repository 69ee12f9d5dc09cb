//! What stands at the head of a query: the definition, the rule, the period and the choices.

use crate::engine::base::PeriodUnit;
use crate::engine::kpi::definition::{Kpi, Rule};
use crate::engine::options::Options;
use crate::engine::sql::windows::{Period, Windows};
use crate::engine::sql::{Dialect, Plan, Source};

/// The lines of the head, the list of columns aside.
pub(super) fn head(
    (kpi, rule): (&Kpi, &Rule),
    (plan, windows): (&Plan, &Windows),
    (source, options): (&Source<'_>, &Options),
    dialect: Dialect,
) -> Vec<String> {
    let zone = options.timezone.as_deref().unwrap_or("UTC");
    let mut head = vec![
        format!("{} ({}), rule {}: {}", kpi.name, kpi.id, rule.id, rule.name),
        kpi.definition.to_owned(),
        format!("Formula: {}", kpi.formula),
        format!("Rule: {}", rule.rule),
        format!(
            "Edition {} of the definition, Kept {}, for {}.",
            kpi.edition,
            env!("CARGO_PKG_VERSION"),
            dialect.name()
        ),
        format!(
            "Period: {}{}.",
            period_says(windows),
            windows
                .as_of
                .map(|day| format!("; the last day that counts is {day}"))
                .unwrap_or_default()
        ),
    ];
    if let Some(segment) = source.segment {
        head.push(format!("Split by: {}", source.header(segment)));
    }
    for (column, values) in &source.filters {
        let header = source.header(*column);
        head.push(format!(
            "Only rows whose {header} is {}",
            values.join(" or ")
        ));
    }
    let own = options.settings.iter();
    let own = own.filter(|(name, _)| name.starts_with(&format!("{}.", kpi.id)));
    head.extend(own.map(|(name, value)| format!("Setting: {name} = {value}")));
    if plan.interval.is_none() {
        head.push(String::from(
                "interval_low and interval_high are empty: this interval, where there is one, is no formula of sums.",
            ));
    }
    head.push(format!(
        "Table: {}. Columns, with the types that the query expects (days and moments in {zone}):",
        source.table.name
    ));
    head
}

fn period_says(windows: &Windows) -> String {
    match windows.period {
        Period::Everything => String::from("all rows"),
        Period::LastDay => String::from("the end of the last day that counts"),
        Period::WholeMonths => String::from("all complete months of the rows"),
        Period::Units(unit, count) => {
            let unit = match unit {
                PeriodUnit::Day => "day",
                PeriodUnit::Week => "week",
                PeriodUnit::Month => "month",
                PeriodUnit::Quarter => "quarter",
                PeriodUnit::Year => "year",
            };
            if count == 1 {
                format!("the last complete {unit}")
            } else {
                format!("{count} {unit}s that end with the last complete one")
            }
        }
    }
}
