//! Foot traffic: how many people come in?

use crate::engine::facts::{Measure, NO_DAY};
use crate::engine::kpi::on_counts::{counted, in_unit, nothing, part, rule, share, sums};
use crate::engine::kpi::prelude::*;

const TRAFFIC: Basis = Basis::Counts(Measure::Traffic);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "foot_traffic",
    edition: 1,
    name: "Foot traffic",
    short: None,
    family: "business",
    question: "How many people come in?",
    definition: "People counted at the door, added up over the period. A day without a count is a gap and no zero: a counter that stood still says nothing.",
    formula: "visitors of the period",
    unit: Unit::Count,
    better: Better::Higher,
    needs: &[
        counted(
            Kind::Operations,
            &[&[Role::Visitors]],
            Measure::Traffic,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "visitors",
            "All visitors",
            "All visitors counted in the period.",
            "Common definition",
            &[(TRAFFIC, visitors), (Basis::Typed, visitors)],
        ),
        rule(
            "per_day",
            "A day with a count",
            "Visitors ÷ days for which there is a count, so that a counter that stood still does not make it smaller.",
            "Kept; the common answer to counters that stand still",
            &[(TRAFFIC, per_day), (Basis::Typed, typed_per_day)],
        ),
        rule(
            "per_open_hour",
            "An hour open",
            "Visitors ÷ hours open of the same rows.",
            "Common in retail, to compare shops with different hours",
            &[(TRAFFIC, per_open_hour), (Basis::Typed, per_open_hour)],
        ),
        rule(
            "per_area",
            "A unit of area",
            "Visitors of the period ÷ floor area in the unit of the column; the area of each day once.",
            "Common in retail, to compare shops of different size",
            &[(TRAFFIC, per_area), (Basis::Typed, typed_per_area)],
        ),
        in_unit(
            Unit::Ratio,
            rule(
                "capture_rate",
                "Of those who pass by",
                "Visitors ÷ people who passed by, of the rows that know both.",
                "Common in retail: capture rate",
                &[(TRAFFIC, capture_rate), (Basis::Typed, capture_rate)],
            ),
        ),
        in_unit(
            Unit::Ratio,
            rule(
                "retail_conversion",
                "Visitors who buy",
                "Purchases ÷ visitors, of the rows that know both.",
                "Common in retail: conversion rate of a shop",
                &[
                    (TRAFFIC, retail_conversion),
                    (Basis::Typed, retail_conversion),
                ],
            ),
        ),
    ],
    settings: &[],
    parts: &[
        part("visitors", Unit::Count, "people counted"),
        part(
            "days",
            Unit::Days,
            "days, or months, for which there is a count",
        ),
        part(
            "days_without_count",
            Unit::Days,
            "days between the first and the last for which there is none",
        ),
        part("open_hours", Unit::Hours, "hours open"),
        part("area", Unit::Count, "floor area, in the unit of the column"),
        part("passers_by", Unit::Count, "people who passed by"),
        part("capture_rate", Unit::Ratio, "visitors ÷ passers-by"),
        part("purchases", Unit::Count, "purchases"),
        part("retail_conversion", Unit::Ratio, "purchases ÷ visitors"),
        part("numerator", Unit::Count, "visitors"),
        part(
            "denominator",
            Unit::Count,
            "days, hours or area, as the rule counts",
        ),
    ],
    limits: &[
        "Staff, children and people who come in twice are counted too.",
        "A count of 0 is taken as told; only an empty cell or a missing day is a gap.",
        "Groups come in together and buy once, so purchases ÷ visitors is no share of buyers.",
    ],
    examples: &[
        Example {
            name: "an_outage_is_a_gap",
            pasted: "date,store,visitors\n2025-01-01,A,100\n2025-01-02,A,\n2025-01-04,A,140\n",
            options: "",
            gives: Gives::Value(240.0, &[("days", 2.0), ("days_without_count", 2.0)]),
        },
        Example {
            name: "a_day_with_a_count",
            pasted: "date,store,visitors\n2025-01-01,A,100\n2025-01-02,A,\n2025-01-04,A,140\n",
            options: r#"{"variants":{"foot_traffic":"per_day"}}"#,
            gives: Gives::Value(120.0, &[]),
        },
        Example {
            name: "an_hour_open",
            pasted: "date,visitors,opening hours,passers by,transactions\n2025-01-01,100,8,1000,20\n2025-01-02,140,12,1400,40\n",
            options: r#"{"variants":{"foot_traffic":"per_open_hour"}}"#,
            gives: Gives::Value(12.0, &[("capture_rate", 0.1), ("retail_conversion", 0.25)]),
        },
        Example {
            name: "one_of_ten_who_pass_by",
            pasted: "date,visitors,opening hours,passers by,transactions\n2025-01-01,100,8,1000,20\n2025-01-02,140,12,1400,40\n",
            options: r#"{"variants":{"foot_traffic":"capture_rate"}}"#,
            gives: Gives::Value(0.1, &[("passers_by", 2400.0)]),
        },
        Example {
            name: "one_of_four_who_come_in_buys",
            pasted: "date,visitors,opening hours,passers by,transactions\n2025-01-01,100,8,1000,20\n2025-01-02,140,12,1400,40\n",
            options: r#"{"variants":{"foot_traffic":"retail_conversion"}}"#,
            gives: Gives::Value(0.25, &[("purchases", 60.0)]),
        },
        Example {
            name: "a_square_metre",
            pasted: "date,store,visitors,square metres\n2025-01-01,A,100,50\n2025-01-01,B,300,150\n2025-01-02,A,200,50\n2025-01-02,B,200,150\n",
            options: r#"{"variants":{"foot_traffic":"per_area"}}"#,
            gives: Gives::Value(4.0, &[("area", 200.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "visitors,days\n300,3\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"foot_traffic":"per_day"}}"#,
            gives: Gives::Value(100.0, &[("days", 3.0)]),
        },
        Example {
            name: "a_month_without_a_count_is_refused",
            pasted: "date,visitors\n2025-01-01,100\n2025-01-02,120\n2025-03-04,140\n",
            options: r#"{"as_of":"2025-02-28","period":{"unit":"month"}}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// What stands beside the visitors, whatever they are divided by.
fn beside(scope: &Scope<'_>, visitors: f64) -> Vec<(&'static str, f64)> {
    let mut parts = vec![("visitors", visitors)];
    if scope.counts().is_err() {
        // Typed figures that do not change the figure are not asked for.
        return parts;
    }
    if let Some((with_count, without)) = days(scope) {
        parts.push(("days", with_count));
        parts.push(("days_without_count", without));
    }
    if let Ok([inside, outside]) = sums(scope, ["visitors", "passers_by"])
        && outside > 0.0
    {
        parts.push(("passers_by", outside));
        parts.push(("capture_rate", inside / outside));
    }
    if let Ok([inside, bought]) = sums(scope, ["visitors", "purchases"])
        && inside > 0.0
    {
        parts.push(("purchases", bought));
        parts.push(("retail_conversion", bought / inside));
    }
    parts
}

/// How many days have a count, and how many between the first and the last have none. Months
/// count as one each where all rows are firsts of months.
fn days(scope: &Scope<'_>) -> Option<(f64, f64)> {
    let days = scope.counts().ok()?.days.as_ref()?;
    let mut seen: Vec<i32> = scope.rows.iter().map(|row| days[*row as usize]).collect();
    seen.retain(|day| *day != NO_DAY);
    seen.sort_unstable();
    seen.dedup();
    let (first, last) = (*seen.first()?, *seen.last()?);
    let date = crate::engine::base::Date;
    let is_first = |day: &i32| date(*day).first_of_month() == date(*day);
    let span = if seen.len() > 1 && seen.iter().all(is_first) {
        date(last).month_index() - date(first).month_index() + 1
    } else {
        last - first + 1
    };
    Some((seen.len() as f64, f64::from(span) - seen.len() as f64))
}

fn estimate(scope: &Scope<'_>, visitors: f64, divided_by: f64) -> Estimate {
    let mut parts = beside(scope, visitors);
    parts.push(("numerator", visitors));
    parts.push(("denominator", divided_by));
    Estimate::of(visitors / divided_by, visitors as u64, Spread::Exact).with_parts(parts)
}

fn visitors(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors] = sums(scope, ["visitors"])?;
    let mut found = estimate(scope, visitors, 1.0);
    found
        .parts
        .retain(|(name, _)| *name != "numerator" && *name != "denominator");
    Ok(found)
}

fn per_day(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors] = sums(scope, ["visitors"])?;
    let (with_count, _) = days(scope).ok_or_else(|| {
        Refusal::new(
            "rule_not_applicable",
            "No column says when the visitors were counted.",
            "Say on the check page which column holds the date, or choose another rule.",
        )
    })?;
    Ok(estimate(scope, visitors, with_count))
}

fn typed_per_day(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors, days] = sums(scope, ["visitors", "days"])?;
    if days <= 0.0 {
        return Err(nothing("days"));
    }
    let mut found = estimate(scope, visitors, days);
    found.parts.push(("days", days));
    Ok(found)
}

fn per_open_hour(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors, hours] = sums(scope, ["visitors", "open_hours"])?;
    if hours <= 0.0 {
        return Err(nothing("open_hours"));
    }
    let mut found = estimate(scope, visitors, hours);
    found.parts.push(("open_hours", hours));
    Ok(found)
}

fn capture_rate(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors, passers_by] = sums(scope, ["visitors", "passers_by"])?;
    share(("visitors", visitors), ("passers_by", passers_by))
}

fn retail_conversion(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [purchases, visitors] = sums(scope, ["purchases", "visitors"])?;
    share(("purchases", purchases), ("visitors", visitors))
}

fn typed_per_area(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors, area] = sums(scope, ["visitors", "area"])?;
    over_area(scope, visitors, area)
}

/// The area of a shop stands in each of its rows, so the sum is taken of one day, the mean of days.
fn per_area(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [visitors, area] = sums(scope, ["visitors", "area"])?;
    let with_count = days(scope).map_or(1.0, |(days, _)| days);
    over_area(scope, visitors, area / with_count)
}

fn over_area(scope: &Scope<'_>, visitors: f64, area: f64) -> Outcome<Estimate> {
    if area <= 0.0 {
        return Err(nothing("area"));
    }
    let mut found = estimate(scope, visitors, area);
    found.parts.push(("area", area));
    Ok(found)
}
