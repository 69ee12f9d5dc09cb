//! Average revenue per account: what does one customer pay a month?

use super::average_of_customers::{
    BEFORE, CLASSES, FREE, LEFT, NEW, Paying, SEATS, STAY, amounts, mean_of, median_among,
};
use crate::engine::facts::ledger::rows::nanos;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "average_revenue_per_account",
    edition: 1,
    name: "Average revenue per account",
    short: Some("ARPA"),
    family: "revenue",
    question: "What does one customer pay us a month?",
    definition: "What customers pay a month at the end of the period, divided by the customers who pay. A list of customers without dates gives the mean over its customers who pay.",
    formula: "monthly recurring revenue ÷ customers who pay",
    unit: Unit::Money,
    better: Better::Higher,
    needs: PAYING_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "mean",
            name: "Mean of paying customers",
            rule: "The mean of what customers pay a month who pay more than nothing; in a list without dates, of those who pay.",
            source: "Common definition: average revenue per account, or per paying user (ARPPU)",
            estimates: &[
                (Basis::Ledger, mean_of_paying),
                (Basis::AccountRevenue, mean_of_list),
                (Basis::Typed, typed),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "median",
            name: "Median of paying customers",
            rule: "Half of the customers pay less; a few large customers do not move it.",
            source: "Common reading for skewed amounts",
            estimates: &[
                (Basis::Ledger, median_of_paying),
                (Basis::AccountRevenue, median_of_list),
            ],
            ledger: &[],
            path: Some(to_median),
            unit: None,
        },
        Rule {
            id: "per_seat",
            name: "Per seat (ARPU)",
            rule: "What customers pay who pay more than nothing, divided by their seats.",
            source: "Common definition of average revenue per user; seats as the quantity column holds them",
            estimates: &[(Basis::Ledger, per_seat), (Basis::Typed, typed_per_seat)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "with_free_customers",
            name: "With customers who pay nothing",
            rule: "Everyone with a subscription that runs at the end counts, also who pays nothing.",
            source: "Common definition of average revenue per user where free plans count",
            estimates: &[(Basis::Ledger, with_free_customers)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "new_business",
            name: "New customers only (ASP)",
            rule: "The mean of what customers pay at the end of the period who paid for the first time within it.",
            source: "Common definition of the average sale price: new business only",
            estimates: &[(Basis::Ledger, new_business)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "who_stay",
            name: "Customers who have not left",
            rule: "In a list that says who has left: the mean of those who have not; with dates, of those who pay at the end.",
            source: "Kept, for lists of customers without dates",
            estimates: &[
                (Basis::Ledger, mean_of_paying),
                (Basis::AccountRevenue, mean_of_those_who_stay),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "revenue",
            unit: Unit::Money,
            says: "what the customers that count pay a month",
        },
        Part {
            name: "customers",
            unit: Unit::Count,
            says: "customers that count",
        },
        Part {
            name: "median",
            unit: Unit::Money,
            says: "half of the customers pay less",
        },
        Part {
            name: "seats",
            unit: Unit::Count,
            says: "seats or units that are paid for",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "revenue",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "customers or seats it is divided by",
        },
    ],
    limits: &[
        "A few large customers can carry the mean: see the median.",
        "Losing small customers raises it.",
        "A customer is what your customer column calls one: companies, accounts or people.",
    ],
    examples: &[
        Example {
            name: "three_pay_and_one_has_it_free",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,,20\nC,2025-03-05,,90\nD,2025-01-01,,0\nE,2025-01-01,2025-02-01,500\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                40.0,
                &[("revenue", 120.0), ("customers", 3.0), ("median", 20.0)],
            ),
        },
        Example {
            name: "half_pay_less_than_twenty",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,,20\nC,2025-03-05,,90\nD,2025-01-01,,0\nE,2025-01-01,2025-02-01,500\n",
            options: r#"{"as_of":"2025-03-31","variants":{"average_revenue_per_account":"median"}}"#,
            gives: Gives::Value(20.0, &[("customers", 3.0)]),
        },
        Example {
            name: "who_has_it_free_can_count",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,,20\nC,2025-03-05,,90\nD,2025-01-01,,0\nE,2025-01-01,2025-02-01,500\n",
            options: r#"{"as_of":"2025-03-31","variants":{"average_revenue_per_account":"with_free_customers"}}"#,
            gives: Gives::Value(30.0, &[("customers", 4.0)]),
        },
        Example {
            name: "what_new_customers_pay",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,,20\nC,2025-03-05,,90\nD,2025-01-01,,0\nE,2025-01-01,2025-02-01,500\n",
            options: r#"{"as_of":"2025-03-31","variants":{"average_revenue_per_account":"new_business"}}"#,
            gives: Gives::Value(90.0, &[("customers", 1.0)]),
        },
        Example {
            name: "a_hundred_monthly_and_fifty_yearly_seats",
            pasted: "customer,started_on,ended_on,price,interval,quantity\nA,2025-01-01,,100,month,100\nB,2025-01-01,,600,year,50\n",
            options: r#"{"as_of":"2025-01-31","variants":{"average_revenue_per_account":"per_seat"}}"#,
            gives: Gives::Value(
                12_500.0 / 150.0,
                &[("seats", 150.0), ("numerator", 12_500.0)],
            ),
        },
        Example {
            name: "a_list_counts_all_its_customers",
            pasted: "customerID,tenure,MonthlyCharges,Churn\nA,12,20.00,No\nB,3,30.00,Yes\nC,40,40.00,No\nD,1,10.00,Yes\n",
            options: "",
            gives: Gives::Value(25.0, &[("customers", 4.0), ("revenue", 100.0)]),
        },
        Example {
            name: "or_those_of_the_list_who_stay",
            pasted: "customerID,tenure,MonthlyCharges,Churn\nA,12,20.00,No\nB,3,30.00,Yes\nC,40,40.00,No\nD,1,10.00,Yes\n",
            options: r#"{"variants":{"average_revenue_per_account":"who_stay"}}"#,
            gives: Gives::Value(30.0, &[("customers", 2.0)]),
        },
        Example {
            name: "typed_revenue_and_customers",
            pasted: "mrr,customers\n12500,2\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(6_250.0, &[("denominator", 2.0)]),
        },
        Example {
            name: "no_column_says_how_many_seats",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,,20\n",
            options: r#"{"as_of":"2025-03-31","variants":{"average_revenue_per_account":"per_seat"}}"#,
            gives: Gives::Refusal("rule_not_applicable"),
        },
        Example {
            name: "nobody_pays_any_more",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-02-01,100\nB,2025-01-01,2025-01-20,50\n",
            options: r#"{"as_of":"2025-06-30"}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// The customers who pay at the end of the period.
fn paying(scope: &Scope<'_>) -> Outcome<Vec<Paying>> {
    let (ledger, window) = scope.ledger()?;
    let (_, after) = ledger.ends(window)?;
    let first_starts = ledger.first_starts();
    let class = |customer: usize| {
        if first_starts[customer] < window.start.0 {
            BEFORE
        } else {
            NEW
        }
    };
    let paying = after.iter().enumerate().filter(|(_, paid)| **paid > 0);
    Ok(paying
        .map(|(customer, paid)| (class(customer), customer as u32, *paid))
        .collect())
}

/// The paying customers of a list without dates.
fn listed(scope: &Scope<'_>) -> Outcome<Vec<Paying>> {
    let list = scope.account_revenue()?;
    let of_row = |&row: &u32| {
        let left = list.left.get(row as usize).is_some_and(|left| *left);
        let class = if left { LEFT } else { STAY };
        (class, row, nanos(list.amounts[row as usize]))
    };
    let mut customers: Vec<Paying> = scope.rows.iter().map(of_row).collect();
    customers.retain(|(_, _, paid)| *paid > 0);
    Ok(customers)
}

fn mean_of_paying(scope: &Scope<'_>) -> Outcome<Estimate> {
    mean_of(scope, &paying(scope)?)
}

fn mean_of_list(scope: &Scope<'_>) -> Outcome<Estimate> {
    mean_of(scope, &listed(scope)?)
}

fn mean_of_those_who_stay(scope: &Scope<'_>) -> Outcome<Estimate> {
    if scope.account_revenue()?.left.is_empty() {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says who has left.",
            "Add it to the export, or choose another rule.",
        ));
    }
    let mut customers = listed(scope)?;
    customers.retain(|(class, _, _)| *class == STAY);
    mean_of(scope, &customers)
}

fn median_of_paying(scope: &Scope<'_>) -> Outcome<Estimate> {
    median_among(scope, &paying(scope)?)
}

fn median_of_list(scope: &Scope<'_>) -> Outcome<Estimate> {
    median_among(scope, &listed(scope)?)
}

fn to_median(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let customers = paying(scope).or_else(|_| listed(scope))?;
    let median = median_among(scope, &customers)?.value;
    let mean = mean_of(scope, &customers)?.value;
    let above = customers
        .iter()
        .filter(|(_, _, paid)| money(i128::from(*paid)) > mean);
    Ok(vec![PathStep::new(
        "the middle customer counts, so those who pay far more than others no longer do",
        median,
        above.map(|(_, customer, _)| *customer).collect(),
    )])
}

fn new_business(scope: &Scope<'_>) -> Outcome<Estimate> {
    let mut customers = paying(scope)?;
    customers.retain(|(class, _, _)| *class == NEW);
    at_least_one(customers.len() as u64, "new customers")?;
    mean_of(scope, &customers)
}

fn with_free_customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (_, after) = ledger.ends(window)?;
    let mut customers = paying(scope)?;
    let subscribed = ledger.subscribed(window.end.plus_days(-1));
    let free = subscribed
        .iter()
        .zip(after.iter())
        .enumerate()
        .filter(|(_, (subscribed, paid))| **subscribed && **paid <= 0);
    customers.extend(free.map(|(customer, (_, paid))| (FREE, customer as u32, *paid)));
    mean_of(scope, &customers)
}

fn per_seat(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let Some(seats) = ledger.seats(window.end.plus_days(-1)) else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says how many seats a customer has.",
            "Add the quantity to the export, or choose another rule.",
        ));
    };
    let customers = paying(scope)?;
    at_least_one(customers.len() as u64, "paying customers")?;
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, scope.names_customers());
    let mut seats_of = Vec::with_capacity(customers.len());
    for (class, customer, paid) in &customers {
        let seats = seats[*customer as usize];
        tally.add(class, *customer, *paid, 0);
        tally.add(SEATS, *customer, 0, nanos(seats));
        seats_of.push(seats);
    }
    if tally.denominator() <= 0 {
        at_least_one(0, "seats")?;
    }
    let (ends, spread) = scope.ratio_spread(amounts(&customers).into_iter().zip(seats_of));
    let (revenue, seats) = (money(tally.numerator()), money(tally.denominator()));
    Ok(Estimate {
        interval: ends,
        ..Estimate::of(
            tally.numerator() as f64 / tally.denominator() as f64,
            customers.len() as u64,
            spread,
        )
    }
    .with_parts(vec![
        ("revenue", revenue),
        ("customers", customers.len() as f64),
        ("seats", seats),
        ("numerator", revenue),
        ("denominator", seats),
    ])
    .with_tally(tally))
}

fn typed_ratio(scope: &Scope<'_>, by: &'static str) -> Outcome<Estimate> {
    let revenue = scope.figure("monthly_recurring_revenue")?;
    let divisor = scope.figure(by)?;
    let Some(count) = heads(divisor) else {
        return Err(not_heads());
    };
    at_least_one(count, "customers or seats")?;
    Ok(
        Estimate::of(revenue / divisor, count, Spread::StandardError(None)).with_parts(vec![
            ("revenue", revenue),
            (by, divisor),
            ("numerator", revenue),
            ("denominator", divisor),
        ]),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_ratio(scope, "customers")
}

fn typed_per_seat(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_ratio(scope, "seats")
}
