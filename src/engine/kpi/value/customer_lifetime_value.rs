//! Customer lifetime value: what is a customer worth?

use crate::engine::kpi::lifetime::{curve, leaving, orders, probabilistic};
use crate::engine::kpi::on_counts::{part, rule};
use crate::engine::kpi::on_ledger::LIFETIME_NEEDS;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_lifetime_value",
    edition: 1,
    name: "Customer lifetime value",
    short: Some("CLV"),
    family: "value",
    question: "What is a customer worth to us?",
    definition: "What a customer brings until they leave, less what it costs to serve them. Of subscriptions: revenue per customer and month times the gross margin, divided by the share of customers lost a month. Of orders: what the customers of today are expected to buy in the months ahead, at what that money is worth today. Without a gross margin it is lifetime revenue, and a note says so.",
    formula: "revenue per customer and month × gross margin ÷ monthly churn; of orders: purchases expected × what one is worth, discounted",
    unit: Unit::Money,
    better: Better::Higher,
    needs: LIFETIME_NEEDS,
    covers: Covers::Months(12),
    rules: &[
        rule(
            "subscription",
            "Revenue and margin ÷ churn",
            "Revenue per customer at the end of the period × gross margin ÷ (customers lost in its months ÷ customers at the starts of those months), cut at the horizon where one is set; of a list without dates the churn is those who left ÷ the months that all have stayed.",
            "Common definition; a horizon of 100 months is the floor of 1% under churn that some vendors set",
            &[
                (Basis::Ledger, subscription),
                (Basis::AccountRevenue, subscription),
                (Basis::Typed, subscription),
            ],
        ),
        Rule {
            path: Some(to_lifetime_revenue),
            ..rule(
                "lifetime_revenue",
                "Lifetime revenue, without margin",
                "As revenue and margin ÷ churn, but all revenue counts as if serving customers cost nothing.",
                "Uscreen, Subscription Analytics, help.uscreen.tv/hc/en-us/articles/360024898654: revenue per customer ÷ churn",
                &[
                    (Basis::Ledger, lifetime_revenue),
                    (Basis::AccountRevenue, lifetime_revenue),
                    (Basis::Typed, lifetime_revenue),
                ],
            )
        },
        Rule {
            path: Some(to_revenue_retention),
            ..rule(
                "revenue_retention",
                "Revenue ÷ (1 − retention of revenue)",
                "Revenue per customer ÷ (1 − what customers of the starts of months still paid at their ends ÷ what they had paid), so that upgrades and downgrades count; without margin.",
                "ProfitWell vs Braintree, paddle.com/help/profitwell-metrics/measure/compare: lifetime value as revenue per customer ÷ (1 − retention)",
                &[
                    (Basis::Ledger, leaving::by_retention),
                    (Basis::Typed, leaving::by_retention),
                ],
            )
        },
        Rule {
            path: Some(to_survival),
            ..rule(
                "survival_discounted",
                "Month by month, discounted",
                "The sum over the months up to the horizon of revenue per customer × gross margin × the share of customers still there (Kaplan and Meier) ÷ (1 + discount rate) for each month ahead; the first payment is made at once. Of typed figures the share falls by the churn every month.",
                "Gupta and Lehmann (2003), “Customers as assets”; Kaplan and Meier (1958)",
                &[
                    (Basis::Ledger, curve::by_survival),
                    (Basis::AccountRevenue, curve::by_survival),
                    (Basis::Typed, curve::by_survival),
                ],
            )
        },
        rule(
            "probabilistic",
            "Expected of order histories",
            "BG/NBD tells how often each customer will buy, Gamma-Gamma for how much; both are fitted to all orders up to the end, those of a day as one and those that cost nothing among them. The mean over customers of what they will spend in the months after that, discounted month by month. Times are in weeks, a month is 4.345 weeks.",
            "Fader, Hardie and Lee (2005), “Counting your customers the easy way”; Fader and Hardie (2013), “The Gamma-Gamma model of monetary value”",
            &[(Basis::Histories, probabilistic::by_models)],
        ),
        rule(
            "simple",
            "Purchases a year × value × years",
            "Purchases a customer and year × value of a purchase × years (× gross margin). Of orders: the purchases of the period over its customers and its years, those of a day as one; the years are a setting.",
            "“Top 12 Customer Success Metrics”: average sale × purchases × years; there “5 purchases” may mean a year or in all, so the unit is asked for",
            &[
                (Basis::Histories, orders::simple),
                (Basis::Typed, orders::simple),
            ],
        ),
    ],
    settings: &[
        Setting {
            name: "gross_margin",
            takes: Takes::Number,
            default: "as given for lifetime value to acquisition cost or for the payback period; else none, and the figure is lifetime revenue",
            says: "What is left of revenue after the cost of serving customers: 0.8 or 80 for 80%.",
        },
        Setting {
            name: "horizon_months",
            takes: Takes::Number,
            default: "none for the rules that divide by churn; 12 for order histories; 60, or as many as anyone was watched, month by month",
            says: "The longest time that counts, in months.",
        },
        Setting {
            name: "discount_rate_per_month",
            takes: Takes::Number,
            default: "0.01",
            says: "By what share money of the next month is worth less: 0.01 for 1% a month. It counts month by month and for order histories.",
        },
        Setting {
            name: "lifetime_years",
            takes: Takes::Number,
            default: "not known; the simple rule on orders is refused until it is given",
            says: "For the simple rule on orders: how many years a customer stays.",
        },
        Setting {
            name: "purchases_are",
            takes: Takes::OneOf(&[
                ("not_said", "it is asked for"),
                ("a_year", "of a year"),
                ("a_month", "of a month"),
                ("a_week", "of a week"),
                ("in_all", "of all years together"),
            ]),
            default: "not_said",
            says: "For a typed number of purchases: what time it counts.",
        },
    ],
    parts: &[
        part(
            "lifetime_revenue",
            Unit::Money,
            "the same before the margin",
        ),
        part(
            "margin",
            Unit::Ratio,
            "the gross margin; absent where it is not known",
        ),
        part(
            "monthly_revenue",
            Unit::Money,
            "what a customer pays a month, at the end of the period",
        ),
        part(
            "monthly_churn",
            Unit::Ratio,
            "customers lost in the months of the period ÷ customers at the starts of those months",
        ),
        part(
            "monthly_retention",
            Unit::Ratio,
            "what customers still paid at the ends of months ÷ what they had paid at the starts",
        ),
        part(
            "lost",
            Unit::Count,
            "customers lost in the months of the period, added up",
        ),
        part(
            "customer_months",
            Unit::Count,
            "customers at the starts of the months, added up",
        ),
        part(
            "lifetime_months",
            Unit::Months,
            "how long a customer stays if churn never changes, cut at the horizon",
        ),
        part(
            "horizon_months",
            Unit::Months,
            "the longest time that counts",
        ),
        part(
            "discount_rate_per_month",
            Unit::Ratio,
            "by what share money of the next month is worth less",
        ),
        part(
            "average_order_value",
            Unit::Money,
            "value of a purchase; purchases of a day are one",
        ),
        part(
            "purchases_per_year",
            Unit::Times,
            "purchases of a customer in a year",
        ),
        part(
            "number_of_purchases",
            Unit::Times,
            "typed in place of purchases a year: a setting says what time it counts",
        ),
        part("years", Unit::Score, "years that a customer stays"),
        part("customers", Unit::Count, "customers with an order"),
        part(
            "repeat_customers",
            Unit::Count,
            "customers who bought on a second day",
        ),
        part(
            "repeat_purchases",
            Unit::Count,
            "days with a purchase after the customer's first",
        ),
        part("total", Unit::Money, "all customers together"),
        part(
            "r",
            Unit::Score,
            "shape of the rates at which customers buy",
        ),
        part("alpha", Unit::Score, "scale of those rates, in weeks"),
        part(
            "a",
            Unit::Score,
            "of the chance to stop after a purchase; 0.0001 stands for none",
        ),
        part("b", Unit::Score, "of the chance to go on after a purchase"),
        part(
            "log_likelihood",
            Unit::Score,
            "how well the purchases fit: the logarithm of their likelihood",
        ),
        part(
            "p",
            Unit::Score,
            "how little a customer's purchases differ; 10,000 stands for not at all",
        ),
        part(
            "q",
            Unit::Score,
            "how little customers differ in what they spend; above 1, and 10,000 stands for not at all",
        ),
        part("v", Unit::Money, "scale of what customers spend"),
        part(
            "log_likelihood_value",
            Unit::Score,
            "how well the amounts fit: the logarithm of their likelihood",
        ),
        part(
            "mean_spend",
            Unit::Money,
            "value of a purchase, expected of a customer of whom nothing is known",
        ),
        part(
            "correlation",
            Unit::Score,
            "of the number of repeat purchases and their mean amount; at most 0.3 either way",
        ),
        part(
            "held_out_expected",
            Unit::Count,
            "repeat purchases in the last third of the time, foretold from the first two",
        ),
        part(
            "held_out_counted",
            Unit::Count,
            "repeat purchases counted there",
        ),
        part("held_out_days", Unit::Days, "days of that last third"),
    ],
    limits: &[
        "Without a gross margin it is lifetime revenue and no value: serving customers costs money.",
        "Revenue ÷ churn takes the churn of the period for the churn of all time; young companies have lost few customers yet, so it is too good for them.",
        "Order histories tell what is to come after the last day, not what was bought before it, and only of customers who are there already.",
        "The interval tells how sure the mean is, not how much customers differ, and knows chance but not how far a model is off: compare what was held out with what was expected of it.",
        "Seasons, campaigns and price changes are in none of the rules.",
    ],
    examples: &[
        Example {
            name: "a_hundred_a_month_at_two_percent_churn_and_eighty_percent_margin",
            pasted: "revenue per month,gross margin,monthly churn\n100,80%,2%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(
                4000.0,
                &[("lifetime_revenue", 5000.0), ("lifetime_months", 50.0)],
            ),
        },
        Example {
            name: "one_of_four_left_in_a_month",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\nC,2025-01-01,,10\nD,2025-01-01,,40\n",
            options: r#"{"as_of":"2025-03-31","period":{"unit":"month"},"settings":{"customer_lifetime_value.gross_margin":50}}"#,
            gives: Gives::Value(
                40.0,
                &[
                    ("monthly_revenue", 20.0),
                    ("monthly_churn", 0.25),
                    ("lifetime_revenue", 80.0),
                ],
            ),
        },
        Example {
            name: "a_horizon_cuts_a_lifetime_of_fifty_months",
            pasted: "revenue per month,monthly churn\n100,2%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"settings":{"customer_lifetime_value.horizon_months":36}}"#,
            gives: Gives::Value(3600.0, &[("lifetime_months", 36.0)]),
        },
        Example {
            name: "without_margin_it_is_lifetime_revenue",
            pasted: "revenue per month,monthly churn\n100,2%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_lifetime_value":"lifetime_revenue"}}"#,
            gives: Gives::Value(5000.0, &[]),
        },
        Example {
            name: "upgrades_count_against_losses",
            pasted: "revenue per month,monthly retention\n100,99%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_lifetime_value":"revenue_retention"}}"#,
            gives: Gives::Value(10_000.0, &[("lifetime_months", 100.0)]),
        },
        Example {
            name: "three_months_of_a_customer_who_may_leave",
            pasted: "revenue per month,monthly churn\n100,10%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_lifetime_value":"survival_discounted"},"settings":{"customer_lifetime_value.horizon_months":3,"customer_lifetime_value.discount_rate_per_month":0}}"#,
            gives: Gives::Value(271.0, &[("horizon_months", 3.0)]),
        },
        Example {
            name: "a_list_of_customers_gives_the_curve",
            pasted: "customerID,tenure,MonthlyCharges,Churn\nA,2,20.00,No\nB,1,30.00,Yes\nC,3,40.00,No\nD,3,10.00,Yes\n",
            options: r#"{"variants":{"customer_lifetime_value":"survival_discounted"},"settings":{"customer_lifetime_value.horizon_months":3,"customer_lifetime_value.discount_rate_per_month":0}}"#,
            gives: Gives::Value(62.5, &[("monthly_revenue", 25.0)]),
        },
        Example {
            name: "a_hundred_five_times_a_year_for_two_years",
            pasted: "average order value,purchases per year,years\n100,5,2\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_lifetime_value":"simple"}}"#,
            gives: Gives::Value(1000.0, &[("purchases_per_year", 5.0)]),
        },
        Example {
            name: "a_hundred_five_times_in_all",
            pasted: "average order value,number of purchases,years\n100,5,2\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_lifetime_value":"simple"},"settings":{"customer_lifetime_value.purchases_are":"in_all"}}"#,
            gives: Gives::Value(500.0, &[("purchases_per_year", 2.5)]),
        },
        Example {
            name: "a_number_of_purchases_without_its_time_is_refused",
            pasted: "average order value,number of purchases,years\n100,5,2\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_lifetime_value":"simple"}}"#,
            gives: Gives::Refusal("frequency_unit_open"),
        },
        Example {
            name: "without_churn_and_horizon_it_is_refused",
            pasted: "revenue per month,gross margin,monthly churn\n100,80%,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("no_churn"),
        },
        Example {
            name: "three_customers_who_came_back_are_too_few_to_foretell",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-02,a,10\n2,2025-01-20,a,20\n3,2025-01-03,b,30\n4,2025-02-01,b,10\n5,2025-02-03,c,10\n6,2025-02-14,c,15\n7,2025-02-20,d,15\n",
            options: "",
            gives: Gives::Refusal("too_few_repeat_customers"),
        },
        Example {
            name: "orders_of_a_year_and_two_years_each",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-01,a,100\n2,2025-06-20,a,200\n3,2025-03-03,b,300\n",
            options: r#"{"as_of":"2025-12-31","variants":{"customer_lifetime_value":"simple"},"settings":{"customer_lifetime_value.lifetime_years":2}}"#,
            gives: Gives::Value(
                600.0 / 2.0 * 2.0 * 365.25 / 365.0,
                &[("average_order_value", 200.0), ("customers", 2.0)],
            ),
        },
    ],
};

fn subscription(scope: &Scope<'_>) -> Outcome<Estimate> {
    leaving::by_churn(scope, true)
}

fn lifetime_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    leaving::by_churn(scope, false)
}

fn to_lifetime_revenue(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let found = lifetime_revenue(scope)?;
    let says = "all revenue counts, without the margin";
    Ok(vec![PathStep::new(says, found.value, Vec::new())])
}

fn to_revenue_retention(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let mut steps = to_lifetime_revenue(scope)?;
    let found = leaving::by_retention(scope)?;
    steps.push(PathStep::new(
        "the share of revenue lost counts, expansion taken off, and not the share of customers lost",
        found.value,
        Vec::new(),
    ));
    Ok(steps)
}

fn to_survival(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let found = curve::by_survival(scope)?;
    let says = "the share still there is that of each month, up to the horizon, and later money is worth less";
    Ok(vec![PathStep::new(says, found.value, Vec::new())])
}
