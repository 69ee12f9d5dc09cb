//! Feature adoption rate: how many users use a feature?

use super::feature_use::{Uses, by_feature, entitled_customers};
use crate::engine::kpi::on_activity::typed_share;
use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "feature_adoption_rate",
    edition: 1,
    name: "Feature adoption rate",
    short: None,
    family: "usage",
    question: "How many of our users use the feature?",
    definition: "Users who used the feature often enough in the period, divided by the users who were active in it. A setting names the features that are asked about, and their uses count together; unless set, it is any feature, and the chart shows each of them. Without a column of features, events count as such.",
    formula: "users with enough uses of the feature ÷ active users",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        Need {
            kind: Kind::Event,
            roles: &[
                &[Role::User],
                &[Role::OccurredAt],
                &[Role::Feature, Role::Event],
            ],
            basis: Basis::Activity,
            expected: Expected::Sometimes,
            beside: Beside::CustomersIfAny,
        },
        TYPED_NEED,
    ],
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "of_active",
            name: "Of active users",
            rule: "Users who used it, divided by users with any event in the period.",
            source: "Pendo, feature adoption: visitors who used the feature ÷ active visitors",
            estimates: &[(Basis::Activity, of_active), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "of_active_customers",
            name: "Of active customers",
            rule: "Customers one of whose users used it, divided by customers with any event in the period; the uses of a customer's users count together.",
            source: "Pendo, feature adoption by account",
            estimates: &[
                (Basis::Activity, of_active_customers),
                (Basis::Typed, typed_of_customers),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "of_entitled",
            name: "Of entitled customers",
            rule: "Customers of a second table who are customers at the end of the period and used it, divided by all of them, active or not; customers are matched by name or number as written.",
            source: "Common reading: adoption among accounts that may use the feature",
            estimates: &[
                (Basis::Activity, of_entitled),
                (Basis::Typed, typed_of_entitled),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "breadth",
            name: "Breadth",
            rule: "How many of the features a user of the period uses often enough, on average, divided by the features that anyone uses in the table or that the setting names.",
            source: "Common definition of breadth: features used ÷ features available",
            estimates: &[(Basis::Activity, breadth)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[
        Setting {
            name: "feature",
            takes: Takes::Words,
            default: "any feature",
            says: "The features that are asked about.",
        },
        Setting {
            name: "least_uses",
            takes: Takes::Number,
            default: "1",
            says: "So many uses in the period make an adopter.",
        },
    ],
    parts: &[
        part("adopters", "who used it often enough"),
        part("users", "users with any event in the period"),
        part("customers", "customers with any event in the period"),
        part(
            "entitled",
            "customers of the second table at the end of the period",
        ),
        part(
            "entitled_seen",
            "of them, customers who stand in the log at any time",
        ),
        part("uses", "uses of the features that are asked about"),
        part("features", "features that are asked about"),
        part(
            "features_per_user",
            "features that a user of the period uses often enough, on average",
        ),
        part(
            "numerator",
            "adopters, or for breadth the features per user",
        ),
        part("denominator", "whom or what the rule divides by"),
    ],
    limits: &[
        "Who is not allowed to use the feature counts among the active users: see the rule of entitled customers.",
        "Every customer of the second table counts as entitled; filter it where some are not.",
        "Split by a column of the log, the entitled customers stay all of them in every part.",
        "Split by the column of features, each part holds only that feature's own users: look at the chart instead.",
        "One use is no habit: raise the least number of uses to ask for more.",
    ],
    examples: &[
        Example {
            name: "two_of_three_users_used_any_feature",
            pasted: "user_id,event_time,feature\nu1,2025-02-01T10:00:00Z,export\nu1,2025-02-02T10:00:00Z,import\nu2,2025-02-07T10:00:00Z,export\nu3,2025-02-09T10:00:00Z,\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                2.0 / 3.0,
                &[
                    ("adopters", 2.0),
                    ("users", 3.0),
                    ("uses", 3.0),
                    ("features", 2.0),
                    ("features_per_user", 1.0),
                ],
            ),
        },
        Example {
            name: "one_of_three_users_imported",
            pasted: "user_id,event_time,feature\nu1,2025-02-01T10:00:00Z,export\nu1,2025-02-02T10:00:00Z,import\nu2,2025-02-07T10:00:00Z,export\nu3,2025-02-09T10:00:00Z,\n",
            options: r#"{"as_of":"2025-02-28","settings":{"feature_adoption_rate.feature":"import"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[("adopters", 1.0), ("features", 1.0)]),
        },
        Example {
            name: "twice_makes_an_adopter",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,export\nu1,2025-02-02T10:00:00Z,export\nu2,2025-02-07T10:00:00Z,export\nu2,2025-02-07T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","settings":{"feature_adoption_rate.feature":["export"],"feature_adoption_rate.least_uses":2}}"#,
            gives: Gives::Value(0.5, &[("adopters", 1.0), ("uses", 3.0)]),
        },
        Example {
            name: "two_users_of_one_customer_are_one_adopter",
            pasted: "user_id,account_id,event_time,feature\nu1,A,2025-02-01T10:00:00Z,export\nu2,A,2025-02-02T10:00:00Z,export\nu3,B,2025-02-07T10:00:00Z,\n",
            options: r#"{"as_of":"2025-02-28","variants":{"feature_adoption_rate":"of_active_customers"}}"#,
            gives: Gives::Value(0.5, &[("adopters", 1.0), ("customers", 2.0)]),
        },
        Example {
            name: "a_user_uses_three_quarters_of_two_features",
            pasted: "user_id,event_time,feature\nu1,2025-02-01T10:00:00Z,export\nu1,2025-02-02T10:00:00Z,import\nu2,2025-02-07T10:00:00Z,export\n",
            options: r#"{"as_of":"2025-02-28","variants":{"feature_adoption_rate":"breadth"}}"#,
            gives: Gives::Value(0.75, &[("features", 2.0), ("features_per_user", 1.5)]),
        },
        Example {
            name: "typed_figures_of_entitled_customers",
            pasted: "adopters,entitled,users\n30,120,60\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"feature_adoption_rate":"of_entitled"}}"#,
            gives: Gives::Value(0.25, &[("entitled", 120.0)]),
        },
        Example {
            name: "typed_figures_of_active_users",
            pasted: "adopters,entitled,users\n30,120,60\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.5, &[("users", 60.0)]),
        },
        Example {
            name: "without_a_second_table_nobody_is_known_to_be_entitled",
            pasted: "user_id,account_id,event_time,feature\nu1,A,2025-02-01T10:00:00Z,export\nu2,A,2025-02-02T10:00:00Z,export\n",
            options: r#"{"as_of":"2025-02-28","variants":{"feature_adoption_rate":"of_entitled"}}"#,
            gives: Gives::Refusal("no_table_beside"),
        },
        Example {
            name: "a_feature_that_nobody_used_is_refused",
            pasted: "user_id,event_time,feature\nu1,2025-02-01T10:00:00Z,export\nu2,2025-02-02T10:00:00Z,export\n",
            options: r#"{"as_of":"2025-02-28","settings":{"feature_adoption_rate.feature":"exprot"}}"#,
            gives: Gives::Refusal("name_unknown"),
        },
    ],
};

const fn part(name: &'static str, says: &'static str) -> Part {
    Part {
        name,
        unit: Unit::Count,
        says,
    }
}

/// The share of adopters, with what stands beside it.
fn share(
    scope: &Scope<'_>,
    uses: &Uses<'_>,
    (adopters, whole, name): (u64, u64, &'static str),
) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let users = activity.people(window).count() as u64;
    let mut parts = vec![("adopters", adopters as f64), ("users", users as f64)];
    if name != "users" {
        parts.push((name, whole as f64));
    }
    parts.push(("uses", uses.count() as f64));
    parts.push(("features", uses.features() as f64));
    let mut chart = None;
    if scope.detail == Detail::Headline && users > 0 {
        let pairs = uses.pairs();
        parts.push(("features_per_user", pairs.len() as f64 / users as f64));
        chart = Some(by_feature(uses, &pairs, users));
    }
    parts.push(("numerator", adopters as f64));
    parts.push(("denominator", whole as f64));
    Ok(Estimate::share(adopters, whole)
        .with_parts(parts)
        .with_chart(chart))
}

fn of_active(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let uses = Uses::new(scope, window)?;
    let users = activity.people(window).count() as u64;
    at_least_one(users, "users with events")?;
    share(scope, &uses, (uses.adopters(), users, "users"))
}

fn of_active_customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    let uses = Uses::new(scope, window)?;
    let customers = uses.active_customers()?;
    at_least_one(customers, "customers with events")?;
    let adopters = uses.adopting_customers()?.len() as u64;
    share(scope, &uses, (adopters, customers, "customers"))
}

fn of_entitled(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    let entitled = entitled_customers(scope, window)?;
    let uses = Uses::new(scope, window)?;
    let adopting = uses.adopting_customers()?;
    let adopters = entitled.seen.iter();
    let adopters = adopters.filter(|code| adopting.binary_search(code).is_ok());
    let adopters = adopters.count() as u64;
    let mut estimate = share(scope, &uses, (adopters, entitled.all, "entitled"))?;
    let seen = ("entitled_seen", entitled.seen.len() as f64);
    estimate.parts.push(seen);
    Ok(estimate)
}

/// The mean over users of the share of features that they use.
fn breadth(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let uses = Uses::new(scope, window)?;
    let users = activity.people(window).count();
    at_least_one(users as u64, "users with events")?;
    let features = uses.features() as f64;
    let pairs = uses.pairs();
    let mut shares: Vec<f64> = pairs
        .chunk_by(|one, other| one.0 == other.0)
        .map(|same| same.len() as f64 / features)
        .collect();
    // Users of the period who used none of them.
    shares.resize(users, 0.0);
    let moments = Moments::from_values(&shares);
    let ends = moments
        .t_interval()
        .map(|(low, high)| (low.max(0.0), high.min(1.0)));
    let per_user = pairs.len() as f64 / users as f64;
    let chart = (scope.detail == Detail::Headline).then(|| by_feature(&uses, &pairs, users as u64));
    Ok(Estimate {
        interval: ends.map(|ends| interval(ends, mean::STUDENT)),
        ..Estimate::of(per_user / features, users as u64, Spread::Mean(moments))
    }
    .with_parts(vec![
        ("adopters", uses.adopters() as f64),
        ("users", users as f64),
        ("uses", uses.count() as f64),
        ("features", features),
        ("features_per_user", per_user),
        ("numerator", per_user),
        ("denominator", features),
    ])
    .with_chart(chart))
}

fn typed_of(scope: &Scope<'_>, whole: &'static str) -> Outcome<Estimate> {
    let (adopters, of) = typed_share(scope, "adopters", whole)?;
    Ok(Estimate::share(adopters, of).with_parts(vec![
        ("adopters", adopters as f64),
        (whole, of as f64),
        ("numerator", adopters as f64),
        ("denominator", of as f64),
    ]))
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_of(scope, "users")
}

fn typed_of_customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_of(scope, "customers")
}

fn typed_of_entitled(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_of(scope, "entitled")
}
