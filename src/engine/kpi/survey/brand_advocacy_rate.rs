//! Brand advocacy rate: how many customers speak for us?

use crate::engine::kpi::answers::{self, Named, part};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "brand_advocacy_rate",
    edition: 1,
    name: "Brand advocacy rate",
    short: None,
    family: "survey",
    question: "How many customers speak for us?",
    definition: "The share of customers who recommended the company, by what the table tells of it: referrals or reviews counted for each customer, else answers 9 and 10 to the recommendation question. There is no standard for this figure.",
    formula: "customers who recommend ÷ customers",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        answers::need(ScoreQuestion::Nps),
        Need {
            kind: Kind::Account,
            roles: &[&[Role::Customer], &[Role::Referrals]],
            basis: Basis::Referrals,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        answers::rule(
            "shown",
            "What customers show",
            "Customers with a referral or a review count, where the table counts them; else those who answered 9 or 10.",
            "No standard; the most direct sign that the table holds",
            &[
                (Basis::Scores(ScoreQuestion::Nps), promoters),
                (Basis::Referrals, referrers),
                (Basis::Typed, typed),
            ],
        ),
        answers::rule(
            "promoters",
            "Would recommend",
            "Answers 9 and 10 of 0 to 10 ÷ all answers.",
            "Promoters after Reichheld, Harvard Business Review, 2003",
            &[(Basis::Scores(ScoreQuestion::Nps), promoters)],
        ),
        answers::rule(
            "promoters_who_referred",
            "Would recommend, and did",
            "Answers 9 and 10 of people who also made a referral or a review ÷ all answers.",
            "No standard; proxy for advocacy that was acted on",
            &[(Basis::Scores(ScoreQuestion::Nps), promoters_who_referred)],
        ),
        answers::rule(
            "referral_rate",
            "Did recommend",
            "Customers with at least one referral ÷ customers.",
            "Common referral rate of referral programmes",
            &[(Basis::Referrals, referrers)],
        ),
    ],
    settings: &[],
    parts: &[
        part("advocates", Unit::Count, "customers who recommend"),
        part("customers", Unit::Count, "all customers, or all answers"),
        part("referrals", Unit::Count, "recommendations made, added up"),
        part("mean", Unit::Score, "mean answer"),
        part("numerator", Unit::Count, "advocates"),
        part("denominator", Unit::Count, "customers"),
        answers::INVITED_PARTS[0],
        answers::INVITED_PARTS[1],
    ],
    limits: &[
        "A proxy: there is no agreed way to measure advocacy.",
        "Saying that one would recommend is not recommending.",
        "Only recommendations that someone wrote down are counted.",
    ],
    examples: &[
        Example {
            name: "three_of_four_would_recommend",
            pasted: "respondent,nps\n1,10\n2,9\n3,9\n4,3\n",
            options: "",
            gives: Gives::Value(0.75, &[("advocates", 3.0), ("customers", 4.0)]),
        },
        Example {
            name: "one_of_four_would_and_did",
            pasted: "respondent,nps,referrals\n1,10,2\n2,9,0\n3,4,1\n4,3,0\n",
            options: r#"{"variants":{"brand_advocacy_rate":"promoters_who_referred"}}"#,
            gives: Gives::Value(0.25, &[("advocates", 1.0)]),
        },
        Example {
            name: "customers_with_a_referral",
            pasted: "customer,mrr,referrals\nAcme,10,3\nBirch,20,0\nCedar,30,1\nDogwood,10,0\nElm,10,0\n",
            options: "",
            gives: Gives::Value(
                0.4,
                &[("advocates", 2.0), ("customers", 5.0), ("referrals", 4.0)],
            ),
        },
        Example {
            name: "typed_counts",
            pasted: "advocates,customers\n30,120\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.25, &[("advocates", 30.0)]),
        },
        Example {
            name: "more_advocates_than_customers_is_refused",
            pasted: "advocates,customers\n130,120\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("part_above_whole"),
        },
    ],
};

/// The names of its terms.
const NAMED: Named = Named::new("advocates", "customers");

/// The lowest answer of a promoter on the scale.
fn promoter_from(scope: &Scope<'_>) -> Outcome<f64> {
    let (_, top) = answers::scale_of(scope)?;
    match top {
        9.5..20.5 => Ok(9.0),
        4.5..5.5 => Ok(5.0),
        _ => Err(Refusal::new(
            "scale_unsuited",
            format!("A recommendation is asked from 0 to 10, and these answers go up to {top}."),
            "Turn the answers into 0 to 10 in the file, or take the column for satisfaction.",
        )),
    }
}

fn promoters(scope: &Scope<'_>) -> Outcome<Estimate> {
    answers::share_from(scope, answers::every(scope)?, promoter_from(scope)?, NAMED)
}

fn promoters_who_referred(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (scores, _) = scope.answers()?;
    let Some(recommended) = &scores.recommended else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says who recommended the company to someone.",
            "Say on the check page which column counts referrals, or choose another rule.",
        ));
    };
    let from = promoter_from(scope)?;
    let all = scope.rows.len() as u64;
    at_least_one(all, "answers")?;
    let advocates = scope.rows.iter().map(|&row| row as usize);
    let advocates = advocates.filter(|row| recommended[*row] && scores.values[*row] >= from);
    Ok(counted(advocates.count() as u64, all))
}

fn referrers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let referrals = scope.referrals()?;
    let counts = scope.rows.iter().map(|&row| referrals.counts[row as usize]);
    let advocates = counts.clone().filter(|count| *count > 0.0).count() as u64;
    let all = scope.rows.len() as u64;
    at_least_one(all, "customers")?;
    let mut estimate = counted(advocates, all);
    estimate.parts.push(("referrals", math::sum(counts)));
    Ok(estimate)
}

fn counted(advocates: u64, all: u64) -> Estimate {
    Estimate::share(advocates, all).with_parts(vec![
        ("advocates", advocates as f64),
        ("customers", all as f64),
        ("numerator", advocates as f64),
        ("denominator", all as f64),
    ])
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    answers::typed_share(scope, NAMED)
}
