//! Defect rate: what share of the units checked is defective?

use crate::engine::facts::Measure;
use crate::engine::kpi::on_counts::{
    counted, in_unit, nothing, of_a_million, part, ratio, row_count, rule, share, sums, untold,
};
use crate::engine::kpi::prelude::*;
use stats::proportion;

const UNITS: Basis = Basis::Counts(Measure::Defects);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "defect_rate",
    edition: 1,
    name: "Defect rate",
    short: None,
    family: "business",
    question: "What share of the units checked is defective?",
    definition: "Defective units divided by the units checked, both added up over the rows of the period; where no column says how many were checked, by the units made, delivered or ordered. A unit with three defects is one defective unit.",
    formula: "defective units ÷ units checked",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: &[
        counted(
            Kind::Operations,
            &[&[Role::Defective, Role::Defects]],
            Measure::Defects,
            Expected::Sometimes,
        ),
        counted(
            Kind::Order,
            &[
                &[Role::QuantityDefective],
                &[Role::QuantityDelivered, Role::Quantity],
            ],
            Measure::Defects,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "units",
            "Defective units",
            "Defective units ÷ units checked.",
            "Common definition",
            &[(UNITS, units), (Basis::Typed, units)],
        ),
        in_unit(
            Unit::Count,
            rule(
                "parts_per_million",
                "Defective units per million (PPM)",
                "Defective units ÷ units checked × 1,000,000.",
                "Common in reports on suppliers",
                &[
                    (UNITS, parts_per_million),
                    (Basis::Typed, parts_per_million),
                ],
            ),
        ),
        in_unit(
            Unit::Count,
            rule(
                "defects_per_million",
                "Defects per million chances (DPMO)",
                "Defects ÷ (units checked × chances for a defect a unit) × 1,000,000.",
                "Six Sigma, defects per million opportunities",
                &[
                    (UNITS, defects_per_million),
                    (Basis::Typed, defects_per_million),
                ],
            ),
        ),
        rule(
            "defects_per_unit",
            "Defects a unit",
            "Defects ÷ units checked; may be above 100%, because a unit may have several.",
            "Six Sigma, defects per unit",
            &[(UNITS, defects_per_unit), (Basis::Typed, defects_per_unit)],
        ),
        rule(
            "not_first_pass",
            "Not right at the first pass",
            "Units defective or reworked ÷ units checked: one less the first-pass yield, which is among the terms.",
            "Common definition of first-pass yield: good units without rework ÷ units that came in",
            &[(UNITS, not_first_pass), (Basis::Typed, not_first_pass)],
        ),
        rule(
            "rolled",
            "Not right through all steps",
            "One less the product of the first-pass yields of all steps of the process.",
            "Six Sigma, rolled throughput yield",
            &[(UNITS, rolled)],
        ),
    ],
    settings: &[],
    parts: &[
        part("defective", Unit::Count, "defective units"),
        part("inspected", Unit::Count, "units checked"),
        part("defects", Unit::Count, "defects found"),
        part("opportunities", Unit::Count, "chances for a defect a unit"),
        part("chances", Unit::Count, "chances for a defect, of all units"),
        part("reworked", Unit::Count, "units reworked"),
        part("not_right", Unit::Count, "units defective or reworked"),
        part("steps", Unit::Count, "steps of the process"),
        part("per_million", Unit::Count, "the rate per million"),
        part(
            "first_pass_yield",
            Unit::Ratio,
            "units right at the first pass",
        ),
        part(
            "upper_bound",
            Unit::Ratio,
            "where nothing was found: the rate is below this with 95% confidence, exactly (Clopper–Pearson, one side; close to 3 ÷ units)",
        ),
        part(
            "numerator",
            Unit::Count,
            "defective units or defects, as the rule counts",
        ),
        part(
            "denominator",
            Unit::Count,
            "units or chances, as the rule counts",
        ),
    ],
    limits: &[
        "None found is not none there: see the upper bound.",
        "The interval takes units for independent; defects that come in batches make it too narrow.",
        "Where only a sample is checked, it speaks for all only if the sample was drawn by chance.",
    ],
    examples: &[
        Example {
            name: "twenty_one_of_1850_units",
            pasted: "month,produced,inspected,defective\n2025-01,1000,900,9\n2025-02,1100,950,12\n",
            options: "",
            gives: Gives::Value(
                21.0 / 1850.0,
                &[("defective", 21.0), ("per_million", 21e6 / 1850.0)],
            ),
        },
        Example {
            name: "none_found_has_an_upper_bound",
            pasted: "month,inspected,defective\n2025-01,200,0\n2025-02,100,0\n",
            options: "",
            // 1 − 0.05^(1/300), worked out by hand; three by the rule of three would be 0.01.
            gives: Gives::Value(0.0, &[("upper_bound", 0.009_936_081_944)]),
        },
        Example {
            name: "defects_of_a_million_chances",
            pasted: "month,inspected,defects,opportunities per unit\n2025-01,100,7,5\n2025-02,200,8,10\n",
            options: r#"{"variants":{"defect_rate":"defects_per_million"}}"#,
            gives: Gives::Value(6_000.0, &[("defects", 15.0), ("chances", 2500.0)]),
        },
        Example {
            name: "defective_units_of_a_million",
            pasted: "month,inspected,defective\n2025-01,900,9\n2025-02,950,12\n",
            options: r#"{"variants":{"defect_rate":"parts_per_million"}}"#,
            gives: Gives::Value(21e6 / 1850.0, &[]),
        },
        Example {
            name: "defects_a_unit",
            pasted: "month,inspected,defects,opportunities per unit\n2025-01,100,7,5\n2025-02,200,8,10\n",
            options: r#"{"variants":{"defect_rate":"defects_per_unit"}}"#,
            gives: Gives::Value(0.05, &[]),
        },
        Example {
            name: "first_pass_yield",
            pasted: "month,inspected,defective,reworked\n2025-01,100,4,6\n2025-02,100,2,8\n",
            options: r#"{"variants":{"defect_rate":"not_first_pass"}}"#,
            gives: Gives::Value(0.1, &[("first_pass_yield", 0.9)]),
        },
        Example {
            name: "two_steps_of_ninety_percent",
            pasted: "month,process step,inspected,defective\n2025-01,cut,100,10\n2025-01,weld,90,9\n",
            options: r#"{"variants":{"defect_rate":"rolled"}}"#,
            gives: Gives::Value(0.19, &[("steps", 2.0)]),
        },
        Example {
            name: "quantities_of_orders",
            pasted: "order id,order date,quantity,quantity delivered,quantity rejected\n1,2025-01-02,10,10,1\n2,2025-01-03,20,20,0\n",
            options: "",
            gives: Gives::Value(1.0 / 30.0, &[]),
        },
        Example {
            name: "typed_figures",
            pasted: "inspected,defective\n4507721,10651\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(10_651.0 / 4_507_721.0, &[]),
        },
        Example {
            name: "nothing_checked_is_refused",
            pasted: "inspected,defective\n0,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// With the rate per million, and an exact upper bound where nothing was found.
fn with_bound(mut estimate: Estimate) -> Estimate {
    estimate.parts.push(("per_million", estimate.value * 1e6));
    if let Spread::Share(0, of) = estimate.spread
        && let Some(bound) = proportion::upper_bound_of_none(of, LEVEL)
    {
        estimate.parts.push(("upper_bound", bound));
        estimate.interval = Some(interval((0.0, bound), proportion::UPPER_BOUND));
    }
    estimate
}

fn units(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [defective, inspected] = sums(scope, ["defective", "inspected"])?;
    share(("defective", defective), ("inspected", inspected)).map(with_bound)
}

fn parts_per_million(scope: &Scope<'_>) -> Outcome<Estimate> {
    units(scope).map(of_a_million)
}

fn defects_per_million(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (defects, chances) = if scope.counts().is_ok() {
        let [defects, chances] = sums(scope, ["defects", "chances"])?;
        (defects, chances)
    } else {
        let [defects, inspected, each] = sums(scope, ["defects", "inspected", "opportunities"])?;
        (defects, inspected * each)
    };
    share(("defects", defects), ("chances", chances))
        .map(with_bound)
        .map(of_a_million)
}

fn defects_per_unit(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [defects, inspected] = sums(scope, ["defects", "inspected"])?;
    ratio(
        ("defects", defects),
        ("inspected", inspected),
        inspected as u64,
    )
}

fn not_first_pass(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [defective, reworked, inspected] = sums(scope, ["defective", "reworked", "inspected"])?;
    let not_right = defective + reworked;
    let mut estimate = share(("not_right", not_right), ("inspected", inspected)).map(with_bound)?;
    estimate.parts.extend([
        ("defective", defective),
        ("reworked", reworked),
        ("first_pass_yield", 1.0 - estimate.value),
    ]);
    Ok(estimate)
}

fn rolled(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = scope.counts()?;
    let column = |term| counts.column(term).ok_or_else(|| untold(term));
    let (steps, inspected) = (column("step")?, column("inspected")?);
    let defective = column("defective")?;
    let reworked = counts.column("reworked");
    let rows = scope.rows.iter().map(|row| *row as usize);
    let known = rows.filter(|row| steps[*row] > 0.0 && !defective[*row].is_nan());
    let mut by_step: Vec<(f64, f64, f64)> = Vec::new();
    for row in known {
        let place = steps[row] as usize;
        if by_step.len() <= place {
            by_step.resize(place + 1, (0.0, 0.0, 0.0));
        }
        let again = reworked.map_or(0.0, |list| if list[row].is_nan() { 0.0 } else { list[row] });
        by_step[place].0 += defective[row] + again;
        by_step[place].1 += inspected[row];
        by_step[place].2 = 1.0;
    }
    by_step.retain(|step| step.2 > 0.0);
    let mut right = 1.0;
    for (not_right, units, _) in &by_step {
        right *= 1.0 - share(("not_right", *not_right), ("inspected", *units))?.value;
    }
    if by_step.is_empty() {
        return Err(nothing("step"));
    }
    Ok(
        Estimate::of(1.0 - right, row_count(scope), Spread::StandardError(None)).with_parts(vec![
            ("steps", by_step.len() as f64),
            ("first_pass_yield", right),
            ("per_million", (1.0 - right) * 1e6),
        ]),
    )
}
