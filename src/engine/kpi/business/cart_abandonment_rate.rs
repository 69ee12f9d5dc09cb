//! Cart abandonment rate: how many carts are left behind?

use crate::engine::facts::Measure;
use crate::engine::kpi::funnel_stages;
use crate::engine::kpi::on_counts::{counted, part, rest, rule, sums};
use crate::engine::kpi::prelude::*;

const CARTS: Basis = Basis::Counts(Measure::Carts);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "cart_abandonment_rate",
    edition: 1,
    name: "Cart abandonment rate",
    short: None,
    family: "business",
    question: "What share of carts is never bought?",
    definition: "One less the purchases divided by the carts made, both added up over the rows of the period.",
    formula: "1 − purchases ÷ carts",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: &[
        counted(
            Kind::Funnel,
            &[&[Role::Purchases], &[Role::Carts, Role::Checkouts]],
            Measure::Carts,
            Expected::Usually,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "standard",
            "Of all carts",
            "One less purchases ÷ carts made.",
            "AnalyticsPack, shopping cart abandonment rate: 45 purchases of 200 carts are 77.5 %",
            &[(CARTS, of_carts), (Basis::Typed, of_carts)],
        ),
        rule(
            "checkout",
            "Of the checkouts begun",
            "One less purchases ÷ checkouts begun: only those who had begun to pay.",
            "Common reading beside the one of carts",
            &[(CARTS, of_checkouts), (Basis::Typed, of_checkouts)],
        ),
    ],
    settings: &[],
    parts: &[
        part("carts", Unit::Count, "carts made"),
        part("checkouts", Unit::Count, "checkouts begun"),
        part("purchases", Unit::Count, "purchases"),
        part(
            "abandoned",
            Unit::Count,
            "carts or checkouts that were not bought",
        ),
        part(
            "numerator",
            Unit::Count,
            "carts or checkouts that were not bought",
        ),
        part("denominator", Unit::Count, "carts or checkouts"),
    ],
    limits: &[
        "Many carts are no more than looking around: 59 of 100 people who left one said so (Baymard, 2021).",
        "Carts kept for later, or begun on one device and bought on another, count as left behind.",
        "Abandoned ÷ bought, which is seen too, is another number: 155 of 45 would be 344 %.",
    ],
    examples: &[
        Example {
            name: "forty_five_purchases_of_two_hundred_carts",
            pasted: "month,carts,checkouts,purchases\n2025-01,120,70,30\n2025-02,80,30,15\n",
            options: "",
            gives: Gives::Value(0.775, &[("abandoned", 155.0), ("denominator", 200.0)]),
        },
        Example {
            name: "of_the_checkouts_begun",
            pasted: "month,carts,checkouts,purchases\n2025-01,120,70,30\n2025-02,80,30,15\n",
            options: r#"{"variants":{"cart_abandonment_rate":"checkout"}}"#,
            gives: Gives::Value(0.55, &[("checkouts", 100.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "carts,purchases\n200,45\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.775, &[]),
        },
        Example {
            name: "more_purchases_than_carts_are_refused",
            pasted: "month,carts,purchases\n2025-01,20,30\n2025-02,10,15\n",
            options: "",
            gives: Gives::Refusal("part_above_whole"),
        },
        Example {
            name: "no_carts_are_refused",
            pasted: "carts,purchases\n0,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

fn of_carts(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [purchases, carts] = sums(scope, ["purchases", "carts"])?;
    let found = rest(("purchases", purchases), ("carts", carts), "abandoned")?;
    Ok(found.with_chart(funnel_stages::picture(scope)))
}

fn of_checkouts(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [purchases, checkouts] = sums(scope, ["purchases", "checkouts"])?;
    let found = rest(
        ("purchases", purchases),
        ("checkouts", checkouts),
        "abandoned",
    )?;
    Ok(found.with_chart(funnel_stages::picture(scope)))
}
