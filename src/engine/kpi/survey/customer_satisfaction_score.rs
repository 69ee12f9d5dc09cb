//! Customer satisfaction score: how many of those who answered are satisfied?

use crate::engine::kpi::answers::{self, Named, Weighed, part};
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::sides::Sides;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_satisfaction_score",
    edition: 1,
    name: "Customer satisfaction score",
    short: Some("CSAT"),
    family: "survey",
    question: "How many of those who answered are satisfied?",
    definition: "The share of answers that count as satisfied: 4 and 5 of 5, 8 to 10 of 10, 5 to 7 of 7, 3 and 4 of 4, 3 of 3, or “good” of good and bad.",
    formula: "satisfied answers ÷ answers",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        answers::need(ScoreQuestion::Csat),
        Need {
            kind: Kind::Ticket,
            roles: &[&[Role::Satisfaction]],
            basis: Basis::Satisfaction,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        answers::rule(
            "top_answers",
            "Share of satisfied answers",
            "The upper answers of the scale count as satisfied; skipped answers do not count at all.",
            "Delighted, CSAT projects, help article 533; Zendesk, good ÷ (good + bad)",
            &[
                (Basis::Scores(ScoreQuestion::Csat), top_answers),
                (Basis::Satisfaction, top_answers),
                (Basis::Typed, typed),
            ],
        ),
        answers::rule(
            "highest_answer",
            "Share of the highest answer",
            "Only the best answer of the scale counts as satisfied.",
            "Common “top box” reading",
            &[
                (Basis::Scores(ScoreQuestion::Csat), highest_answer),
                (Basis::Satisfaction, highest_answer),
            ],
        ),
        Rule {
            unit: Some(Unit::Score),
            ..answers::rule(
                "mean",
                "Mean answer",
                "The mean of all answers on their own scale.",
                "AskNicely, CSAT average, article 13809857710228; Nicereply, article 271",
                &[
                    (Basis::Scores(ScoreQuestion::Csat), mean),
                    (Basis::Satisfaction, mean),
                ],
            )
        },
        answers::rule(
            "latest_answer",
            "Share of satisfied people",
            answers::LATEST_RULE,
            "Common choice of survey tools: one response per person in a window",
            &[
                (Basis::Scores(ScoreQuestion::Csat), latest_answer),
                (Basis::Satisfaction, latest_answer),
            ],
        ),
        answers::rule(
            "by_customer",
            "Share of satisfied customers",
            answers::CUSTOMER_RULE,
            "Account-level satisfaction, as customer-success teams report it",
            &[
                (Basis::Scores(ScoreQuestion::Csat), by_customer),
                (Basis::Satisfaction, by_customer),
            ],
        ),
        answers::rule(
            "by_revenue",
            "Share of revenue of satisfied customers",
            answers::REVENUE_RULE,
            "Account-level satisfaction weighed by recurring revenue",
            &[(Basis::Scores(ScoreQuestion::Csat), by_revenue)],
        ),
    ],
    settings: &[Setting {
        name: "satisfied_from",
        takes: Takes::Number,
        default: "by the scale",
        says: "The lowest answer that counts as satisfied.",
    }],
    parts: &[
        part("satisfied", Unit::Count, "answers that count as satisfied"),
        part("rated", Unit::Count, "all answers"),
        part("mean", Unit::Score, "mean answer on the scale"),
        part("numerator", Unit::Count, "satisfied"),
        part("denominator", Unit::Count, "rated"),
        answers::INVITED_PARTS[0],
        answers::INVITED_PARTS[1],
        answers::MEAN_AS_ANSWERED,
    ],
    limits: &[
        "Only those who answered count; people who did not may think otherwise.",
        "Never compare it with a mean, or with a share that uses other answers.",
    ],
    examples: &[
        Example {
            name: "eight_of_ten_are_satisfied",
            pasted: "respondent,csat\n1,5\n2,5\n3,4\n4,4\n5,5\n6,4\n7,5\n8,4\n9,3\n10,1\n",
            options: "",
            gives: Gives::Value(0.8, &[("satisfied", 8.0), ("rated", 10.0), ("mean", 4.0)]),
        },
        Example {
            name: "offered_is_not_an_answer",
            pasted: "Id,Created at,Satisfaction Score\n1,2025-01-02,Good\n2,2025-01-02,Offered\n3,2025-01-03,Bad\n4,2025-01-03,Good\n5,2025-01-04,Not Offered\n",
            options: "",
            gives: Gives::Value(2.0 / 3.0, &[("satisfied", 2.0), ("rated", 3.0)]),
        },
        Example {
            name: "one_answer_a_person_is_the_latest",
            pasted: "respondent,csat,date\nAnn,1,2025-01-02\nBob,5,2025-01-02\nAnn,5,2025-02-03\nCem,2,2025-01-09\nBob,4,2025-01-20\n",
            options: r#"{"variants":{"customer_satisfaction_score":"latest_answer"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[("satisfied", 2.0), ("rated", 3.0)]),
        },
        Example {
            name: "a_mean_is_another_kind_of_figure",
            pasted: "respondent,csat\n1,5\n2,5\n3,4\n4,2\n",
            options: r#"{"variants":{"customer_satisfaction_score":"mean"}}"#,
            gives: Gives::Value(4.0, &[("rated", 4.0)]),
        },
        Example {
            name: "each_customer_counts_once",
            pasted: "customer,csat\nAcme,5\nAcme,5\nAcme,5\nBirch,2\nBirch,3\n",
            options: r#"{"variants":{"customer_satisfaction_score":"by_customer"}}"#,
            gives: Gives::Value(0.5, &[("satisfied", 1.0), ("rated", 2.0)]),
        },
        Example {
            name: "revenue_of_satisfied_customers",
            pasted: "customer,csat,mrr\nAcme,5,900\nBirch,2,100\n",
            options: r#"{"variants":{"customer_satisfaction_score":"by_revenue"}}"#,
            gives: Gives::Value(0.9, &[("rated", 2.0)]),
        },
        Example {
            name: "questions_sent_tell_the_response_rate",
            pasted: "respondent,csat,sent at\n1,5,2025-01-02\n2,,2025-01-02\n3,4,2025-01-03\n4,,2025-01-03\n5,2,2025-01-04\n",
            options: "",
            gives: Gives::Value(2.0 / 3.0, &[("invited", 5.0), ("response_rate", 0.6)]),
        },
        Example {
            name: "typed_counts",
            pasted: "satisfied,rated\n80,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.8, &[("satisfied", 80.0), ("rated", 100.0)]),
        },
        Example {
            name: "more_satisfied_than_rated_is_refused",
            pasted: "satisfied,rated\n100,80\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("part_above_whole"),
        },
        Example {
            name: "six_as_the_highest_answer_is_asked_about_first",
            pasted: "respondent,csat\n1,6\n2,5\n3,1\n",
            options: "",
            gives: Gives::Refusal("question_open"),
        },
    ],
};

/// The names of its terms.
const NAMED: Named = Named::new("satisfied", "rated");

/// The lowest answer that counts as satisfied: what the user set, else by the scale.
fn satisfied_from(scope: &Scope<'_>) -> Outcome<f64> {
    let set = scope.setting("customer_satisfaction_score.satisfied_from");
    Ok(set.unwrap_or(answers::good_from(answers::scale_of(scope)?)))
}

/// Answers that count as satisfied, and the others.
///
/// # Errors
/// Where the facts are no answers.
pub fn sides(scope: &Scope<'_>) -> Outcome<Sides> {
    Ok(Sides::parted_at(
        satisfied_from(scope)?,
        "satisfied",
        "not_satisfied",
    ))
}

fn top_answers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let from = satisfied_from(scope)?;
    let estimate = answers::share_from(scope, answers::every(scope)?, from, NAMED)?;
    Ok(estimate.with_chart(chart(scope, from)?))
}

fn highest_answer(scope: &Scope<'_>) -> Outcome<Estimate> {
    let from = answers::scale_of(scope)?.1;
    let estimate = answers::share_from(scope, answers::every(scope)?, from, NAMED)?;
    Ok(estimate.with_chart(chart(scope, from)?))
}

fn latest_answer(scope: &Scope<'_>) -> Outcome<Estimate> {
    let latest = answers::latest_of_each(scope)?;
    answers::share_from(scope, latest.into_iter(), satisfied_from(scope)?, NAMED)
}

fn by_customer(scope: &Scope<'_>) -> Outcome<Estimate> {
    let means = answers::mean_of_each_customer(scope)?;
    answers::share_from(
        scope,
        means.into_iter(),
        satisfied_from(scope)?,
        NAMED.of_customers(),
    )
}

fn by_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let from = satisfied_from(scope)?;
    let weighed = Weighed::of(scope)?;
    let n = weighed.customers.len() as f64;
    let estimate = weighed.mean(scope, 1.0, |answer| f64::from(u8::from(answer >= from)));
    Ok(estimate.with_parts(vec![("rated", n)]))
}

fn mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    let estimate = answers::mean_of(scope, answers::every(scope)?, "rated")?;
    let from = satisfied_from(scope)?;
    Ok(estimate.with_chart(chart(scope, from)?))
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    answers::typed_share(scope, NAMED)
}

fn chart(scope: &Scope<'_>, from: f64) -> Outcome<Option<ChartSpec>> {
    answers::picture(scope, "Answers", from, ("Satisfied", "Not satisfied"))
}
