//! What KPIs on the ledger share: which tables give it, its terms, and its picture.

use super::definition::{Beside, Expected, Need, Part};
use super::estimate::Flow;
use super::prelude::at_least_one;
use super::scope::{Basis, Detail, Scope};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Refusal, Unit};
use crate::engine::chart_spec::{ChartSpec, Plot, WaterfallStep};
use crate::engine::facts::ledger::{Movements, money};
use crate::engine::roles::{Kind, Role};

const fn need(
    kind: Kind,
    roles: &'static [&'static [Role]],
    basis: Basis,
    expected: Expected,
) -> Need {
    Need {
        kind,
        roles,
        basis,
        expected,
        beside: Beside::Nothing,
    }
}

/// Typed figures, a term a column or a row.
pub const TYPED_NEED: Need = need(Kind::Aggregate, &[], Basis::Typed, Expected::Sometimes);

const BY_SUBSCRIPTION: Need = need(
    Kind::Subscription,
    &[&[Role::Customer], &[Role::StartedAt], &[Role::Amount]],
    Basis::Ledger,
    Expected::Usually,
);
const BY_MONTH: Need = need(
    Kind::RevenueMonth,
    &[&[Role::Customer], &[Role::Month], &[Role::RecurringRevenue]],
    Basis::Ledger,
    Expected::Usually,
);
const BY_MOVEMENT: Need = need(
    Kind::RevenueMovement,
    &[
        &[Role::Customer],
        &[Role::OccurredAt],
        &[Role::Movement],
        &[Role::Amount],
    ],
    Basis::Ledger,
    Expected::Usually,
);
const BY_CONTRACT: Need = need(
    Kind::Renewal,
    &[
        &[Role::Customer],
        &[Role::DueAt],
        &[Role::AmountDue],
        &[Role::Outcome],
        &[Role::TermMonths],
    ],
    Basis::Ledger,
    Expected::Sometimes,
);

/// The same table, asked for its customers and not for its money.
const fn of_customers(need: Need) -> Need {
    Need {
        basis: Basis::Customers,
        ..need
    }
}

/// Tables that give recurring revenue over time.
pub const REVENUE_NEEDS: &[Need] = &[
    BY_SUBSCRIPTION,
    BY_MONTH,
    BY_MOVEMENT,
    BY_CONTRACT,
    TYPED_NEED,
];

/// Tables that give customers over time, or without dates those who stayed and who left.
pub const CUSTOMER_NEEDS: &[Need] = &[
    of_customers(BY_SUBSCRIPTION),
    of_customers(BY_MONTH),
    of_customers(BY_MOVEMENT),
    of_customers(BY_CONTRACT),
    need(
        Kind::Account,
        &[&[Role::Customer], &[Role::StartedAt], &[Role::EndedAt]],
        Basis::Customers,
        Expected::Sometimes,
    ),
    need(
        Kind::Account,
        &[&[Role::Customer], &[Role::Churned]],
        Basis::Accounts,
        Expected::Usually,
    ),
    TYPED_NEED,
];

/// Tables that give what customers pay, with or without dates.
pub const PAYING_NEEDS: &[Need] = &[
    BY_SUBSCRIPTION,
    BY_MONTH,
    BY_MOVEMENT,
    BY_CONTRACT,
    need(
        Kind::Account,
        &[&[Role::Customer], &[Role::RecurringRevenue]],
        Basis::AccountRevenue,
        Expected::Sometimes,
    ),
    TYPED_NEED,
];

/// Tables that say what customers pay and how they leave, or what they bought when.
pub const LIFETIME_NEEDS: &[Need] = &[
    BY_SUBSCRIPTION,
    BY_MONTH,
    BY_MOVEMENT,
    BY_CONTRACT,
    need(
        Kind::Order,
        &[&[Role::Customer], &[Role::OrderedAt], &[Role::Amount]],
        Basis::Histories,
        Expected::Sometimes,
    ),
    need(
        Kind::Account,
        &[
            &[Role::Customer],
            &[Role::RecurringRevenue],
            &[Role::Churned],
            &[Role::TenureMonths],
        ],
        Basis::AccountRevenue,
        Expected::Sometimes,
    ),
    TYPED_NEED,
];

/// Tables that say what customers paid who left, with or without dates.
pub const LOSING_NEEDS: &[Need] = &[
    BY_SUBSCRIPTION,
    BY_MONTH,
    BY_MOVEMENT,
    BY_CONTRACT,
    need(
        Kind::Account,
        &[
            &[Role::Customer],
            &[Role::RecurringRevenue],
            &[Role::Churned],
        ],
        Basis::AccountRevenue,
        Expected::Sometimes,
    ),
    TYPED_NEED,
];

const fn part(name: &'static str, unit: Unit, says: &'static str) -> Part {
    Part { name, unit, says }
}

/// The terms of movements, in money and in customers.
pub const MOVEMENT_PARTS: &[Part] = &[
    part(
        "opening",
        Unit::Money,
        "at the end of the day before the period",
    ),
    part("new", Unit::Money, "from customers who never paid before"),
    part(
        "reactivation",
        Unit::Money,
        "from customers who had left and came back",
    ),
    part("expansion", Unit::Money, "more from customers who stayed"),
    part("contraction", Unit::Money, "less from customers who stayed"),
    part("churn", Unit::Money, "from customers who left"),
    part("closing", Unit::Money, "at the end of the period"),
    part("customers", Unit::Count, "customers who pay at the end"),
    part(
        "opening_customers",
        Unit::Count,
        "customers who pay at the start",
    ),
    part(
        "new_customers",
        Unit::Count,
        "customers who never paid before",
    ),
    part(
        "reactivated_customers",
        Unit::Count,
        "customers who came back",
    ),
    part("expanded_customers", Unit::Count, "customers who pay more"),
    part(
        "contracted_customers",
        Unit::Count,
        "customers who pay less",
    ),
    part("churned_customers", Unit::Count, "customers who left"),
];

/// The figures of [`MOVEMENT_PARTS`].
pub fn movement_parts(moved: &Movements) -> Vec<(&'static str, f64)> {
    let counts = moved.customers;
    let amounts = [
        moved.opening,
        moved.new,
        moved.reactivation,
        moved.expansion,
        moved.contraction,
        moved.churn,
        moved.closing,
    ];
    let heads = [
        counts.closing,
        counts.opening,
        counts.new,
        counts.reactivation,
        counts.expansion,
        counts.contraction,
        counts.churn,
    ];
    let figures = amounts
        .into_iter()
        .map(money)
        .chain(heads.into_iter().map(|count| count as f64));
    MOVEMENT_PARTS
        .iter()
        .map(|part| part.name)
        .zip(figures)
        .collect()
}

/// The movements of recurring revenue.
pub const MOVEMENT_FLOWS: &[Flow] = &[
    flow("new", "New customers", true),
    flow("reactivation", "Came back", true),
    flow("expansion", "Expansion", true),
    flow("contraction", "Contraction", false),
    flow("churn", "Lost customers", false),
];

const fn flow(part: &'static str, label: &'static str, adds: bool) -> Flow {
    Flow { part, label, adds }
}

/// The waterfall from the opening to the closing revenue; only for a headline.
pub fn movement_chart(moved: &Movements, title: &str, detail: Detail) -> Option<ChartSpec> {
    let steps = [
        ("At the start", moved.opening, true),
        ("New customers", moved.new, false),
        ("Came back", moved.reactivation, false),
        ("Expansion", moved.expansion, false),
        ("Contraction", -moved.contraction, false),
        ("Lost customers", -moved.churn, false),
        ("At the end", moved.closing, true),
    ];
    waterfall(title, &steps, detail)
}

/// A waterfall of amounts in billionths; only for a headline.
pub fn waterfall(title: &str, steps: &[(&str, i128, bool)], detail: Detail) -> Option<ChartSpec> {
    (detail == Detail::Headline).then(|| ChartSpec {
        title: title.to_owned(),
        summary: String::new(),
        plot: Plot::Waterfall {
            unit: Unit::Money,
            steps: steps
                .iter()
                .map(|(label, amount, total)| WaterfallStep {
                    label: (*label).to_owned(),
                    amount: money(*amount),
                    total: *total,
                })
                .collect(),
        },
        footnotes: vec![String::from(
            "Bars show change only; the totals are not drawn to zero.",
        )],
    })
}

/// Nobody was there at the start, so no share of them can be given.
pub fn no_opening() -> Refusal {
    Refusal::new(
        "no_opening",
        "Nobody paid at the start of the period, so there is nothing to compare with.",
        "Add rows from before the period, or choose a later or shorter one.",
    )
}

/// Refuses where nobody paid at either end of the period and nothing changed within it.
pub fn anyone_pays(moved: &Movements) -> Outcome<()> {
    let counts = moved.customers;
    at_least_one(
        counts.opening + counts.closing + counts.new + counts.reactivation,
        "paying customers",
    )
}

/// A typed loss: an amount that counts as lost whether it is written with a minus sign or not.
///
/// # Errors
/// `term_missing`, as [`Scope::figure`].
pub fn loss(scope: &Scope<'_>, term: &'static str) -> Outcome<f64> {
    scope.figure(term).map(f64::abs)
}

/// Nobody began, so nothing can be said of those who did.
pub fn no_new_customers() -> Refusal {
    Refusal::new(
        "no_new_customers",
        "Nobody paid for the first time in the period, so there are no new customers to speak of.",
        "Choose a longer period, or look whether the first payments are in the table.",
    )
}

/// A typed figure as a count of heads; `None` unless it is a whole number of at least 0.
pub fn heads(figure: f64) -> Option<u64> {
    let whole = figure.round();
    ((figure - whole).abs() < 1e-9 && (0.0..9e15).contains(&whole)).then_some(whole as u64)
}

/// A typed count is no count.
pub fn not_heads() -> Refusal {
    Refusal::new(
        "not_a_count",
        "The typed figures do not give whole numbers of customers of at least 0.",
        "Look whether a figure is missing, or is a share where a count is asked for.",
    )
}
