//! What popular articles get wrong about worked examples of theirs, said beside these examples.

/// A note: the KPI, the name of its example, what is to be said.
type SourceNote = (&'static str, &'static str, &'static str);

const END_BY_START: &str = "Customers at the end ÷ customers at the start, 129% here, counts new customers: it is neither churn nor retention.";

const MARGIN: &str =
    "1,000 ÷ 85, about 12 months, leaves out the gross margin: at 80% it takes 14.7 months.";

const PURCHASES: &str = "Right where 5 is purchases a year. Where 5 is all purchases, the two years count twice and 500 is right. No margin, nothing discounted.";

/// Every note.
const NOTES: [SourceNote; 13] = [
    (
        "annual_recurring_revenue",
        "twelve_times_ten_thousand",
        "Not all that customers spent in a year, and not the average month × 12: the recurring month at the date × 12, without one-off sales.",
    ),
    (
        "customer_churn_rate",
        "typed_figures_of_a_month_give_a_tenth_and_never_129_percent",
        END_BY_START,
    ),
    (
        "customer_retention_rate",
        "typed_figures_of_a_month_give_ninety_percent_and_never_129",
        END_BY_START,
    ),
    (
        "renewal_rate",
        "eighty_of_a_hundred_typed",
        "Sometimes called net renewal rate, which counts money and upgrades. Who does not renew is only a part of churn: others leave before.",
    ),
    (
        "net_revenue_retention",
        "typed_movements_of_a_month",
        "New customers never move it. “Above 100% is good” names no size of contract; medians by size are among the benchmarks.",
    ),
    (
        "expansion_rate",
        "typed_customers_give_a_share",
        "The share of customers who grew. The share of revenue that came from growing is another rule.",
    ),
    (
        "cac_payback_period",
        "a_thousand_at_eighty_five_a_month_and_eighty_percent",
        MARGIN,
    ),
    (
        "cac_payback_period",
        "without_margin_it_is_the_revenue_payback",
        MARGIN,
    ),
    (
        "customer_lifetime_value",
        "a_hundred_five_times_a_year_for_two_years",
        PURCHASES,
    ),
    (
        "net_promoter_score",
        "typed_counts_of_a_hundred",
        "There are three groups, not two: those who answer 7 or 8 count in the total. A score of 40 as “the average” has no source.",
    ),
    (
        "customer_satisfaction_score",
        "typed_counts",
        "Who counts as satisfied differs: 4 and 5 of 5, 8 to 10 of 10, or what your tool says.",
    ),
    (
        "customer_effort_score",
        "typed_counts_give_the_share",
        "A scale from dissatisfied to satisfied measures satisfaction. Effort is asked as effort or ease, on 1 to 7 or 1 to 5.",
    ),
    (
        "employee_engagement",
        "typed_counts",
        "“32% are engaged” is an older figure of Gallup, by questions of its own: 31% for the US in 2024.",
    ),
];

/// What is to be said beside an example of a KPI; empty where nothing is.
pub fn of_example(kpi: &str, example: &str) -> &'static str {
    let mut notes = NOTES.iter();
    let found = notes.find(|(of, name, _)| *of == kpi && *name == example);
    found.map_or("", |(_, _, says)| says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calculator::terms;

    #[test]
    fn every_note_stands_beside_an_example_that_can_be_clicked() {
        let catalogue = terms::catalogue();
        for (kpi, example, says) in NOTES {
            let about = catalogue.iter().find(|about| about.id == kpi).unwrap();
            let told = about.worked.iter().any(|it| it.note == says);
            assert!(told, "{kpi}: {example}");
        }
    }
}
