//! Customer effort score: how easy do customers find it to get something done?

use crate::engine::kpi::answers::{self, Named, Weighed, part};
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::sides::Sides;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_effort_score",
    edition: 1,
    name: "Customer effort score",
    short: Some("CES"),
    family: "survey",
    question: "How easy do customers find it to get something done?",
    definition: "The mean answer to “it was easy”, usually from 1 to 7. Answers that say how much effort it took are turned, so that high is easy.",
    formula: "sum of answers ÷ answers",
    unit: Unit::Score,
    better: Better::Higher,
    needs: &[answers::need(ScoreQuestion::Ces), TYPED_NEED],
    covers: Covers::Everything,
    rules: &[
        answers::rule(
            "mean",
            "Mean answer",
            "The mean of all answers on their own scale, high is easy.",
            "Nicereply, customer effort score, article 267; Benbria, CES question type, article 3358803",
            &[
                (Basis::Scores(ScoreQuestion::Ces), mean),
                (Basis::Typed, typed_mean),
            ],
        ),
        Rule {
            unit: Some(Unit::Ratio),
            ..answers::rule(
                "share_easy",
                "Share who found it easy",
                "Answers 5 to 7 of 7, and 4 and 5 of 5, count as easy; on a scale of effort these are 1 to 3 of 7.",
                "Delighted, how CES is calculated, article 249; Gartner, percentage scoring 5 and more; Indellia, 1 to 3 of 7 as low effort",
                &[
                    (Basis::Scores(ScoreQuestion::Ces), share_easy),
                    (Basis::Typed, typed_share),
                ],
            )
        },
        Rule {
            unit: Some(Unit::Ratio),
            ..answers::rule(
                "latest_answer",
                "Share of people who found it easy",
                answers::LATEST_RULE,
                "Common choice of survey tools: one response per person in a window",
                &[(Basis::Scores(ScoreQuestion::Ces), latest_answer)],
            )
        },
        Rule {
            unit: Some(Unit::Ratio),
            ..answers::rule(
                "by_customer",
                "Share of customers who found it easy",
                answers::CUSTOMER_RULE,
                "Account-level effort, as customer-success teams report it",
                &[(Basis::Scores(ScoreQuestion::Ces), by_customer)],
            )
        },
        answers::rule(
            "by_revenue",
            "Mean answer weighed by revenue",
            answers::REVENUE_RULE,
            "Account-level effort weighed by recurring revenue",
            &[(Basis::Scores(ScoreQuestion::Ces), by_revenue)],
        ),
    ],
    settings: &[Setting {
        name: "easy_from",
        takes: Takes::Number,
        default: "by the scale",
        says: "The lowest answer that counts as easy, on the scale on which high is easy.",
    }],
    parts: &[
        part("easy", Unit::Count, "answers that count as easy"),
        part("rated", Unit::Count, "all answers"),
        part("mean", Unit::Score, "mean answer, high is easy"),
        answers::MEAN_AS_ANSWERED,
        part("numerator", Unit::Count, "easy"),
        part("denominator", Unit::Count, "rated"),
        answers::INVITED_PARTS[0],
        answers::INVITED_PARTS[1],
    ],
    limits: &[
        "Two editions are in use, and in them the good end lies on opposite sides: effort from 1 to 5 (2010), ease from 1 to 7 (2013).",
        "Compare it only with answers to the same question on the same scale.",
        "Only those who answered count; people who gave up on the way may not.",
    ],
    examples: &[
        Example {
            name: "the_mean_of_agreement_that_it_was_easy",
            pasted: "respondent,It was easy to get help (1-7),date\n1,7,2025-01-02\n2,6,2025-01-02\n3,5,2025-01-03\n4,2,2025-01-04\n",
            options: "",
            gives: Gives::Value(5.0, &[("rated", 4.0)]),
        },
        Example {
            name: "ten_of_twenty_agree",
            pasted: "respondent,made it easy\n1,1\n2,2\n3,1\n4,2\n5,2\n6,3\n7,3\n8,3\n9,3\n10,3\n11,4\n12,4\n13,4\n14,4\n15,4\n16,5\n17,5\n18,5\n19,5\n20,5\n",
            options: r#"{"variants":{"customer_effort_score":"share_easy"}}"#,
            gives: Gives::Value(0.5, &[("easy", 10.0), ("rated", 20.0)]),
        },
        Example {
            name: "much_effort_is_turned",
            pasted: "respondent,How much effort did you have to put forth?\n1,1\n2,2\n3,5\n4,1\n5,1\n",
            options: "",
            gives: Gives::Value(4.0, &[("mean_as_answered", 2.0)]),
        },
        Example {
            name: "low_effort_is_one_to_three_of_seven",
            pasted: "respondent,How much effort did you have to put forth?\n1,1\n2,3\n3,4\n4,7\n",
            options: r#"{"variants":{"customer_effort_score":"share_easy"}}"#,
            gives: Gives::Value(0.5, &[("easy", 2.0), ("rated", 4.0)]),
        },
        Example {
            name: "each_customer_counts_once",
            pasted: "customer,made it easy\nAcme,5\nAcme,5\nAcme,4\nBirch,1\n",
            options: r#"{"variants":{"customer_effort_score":"by_customer"}}"#,
            gives: Gives::Value(0.5, &[("easy", 1.0), ("rated", 2.0)]),
        },
        Example {
            name: "the_latest_answer_of_each_person",
            pasted: "respondent,made it easy,date\nAnn,1,2025-01-02\nAnn,5,2025-02-02\nBob,5,2025-01-05\n",
            options: r#"{"variants":{"customer_effort_score":"latest_answer"}}"#,
            gives: Gives::Value(1.0, &[("easy", 2.0), ("rated", 2.0)]),
        },
        Example {
            name: "weighed_by_what_customers_pay",
            pasted: "customer,made it easy,mrr\nAcme,5,300\nBirch,1,100\n",
            options: r#"{"variants":{"customer_effort_score":"by_revenue"}}"#,
            gives: Gives::Value(4.0, &[("rated", 2.0)]),
        },
        Example {
            name: "typed_counts_give_the_share",
            pasted: "easy,rated\n10,20\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_effort_score":"share_easy"}}"#,
            gives: Gives::Value(0.5, &[("easy", 10.0), ("rated", 20.0)]),
        },
        Example {
            name: "which_end_is_good_is_asked_where_words_do_not_tell",
            pasted: "respondent,ces\n1,1\n2,5\n3,4\n",
            options: "",
            gives: Gives::Refusal("question_open"),
        },
    ],
};

/// The names of its terms.
const NAMED: Named = Named::new("easy", "rated");

fn easy_from(scope: &Scope<'_>) -> Outcome<f64> {
    let set = scope.setting("customer_effort_score.easy_from");
    Ok(set.unwrap_or(answers::good_from(answers::scale_of(scope)?)))
}

/// Answers that count as easy, and the others.
///
/// # Errors
/// Where the facts are no answers.
pub fn sides(scope: &Scope<'_>) -> Outcome<Sides> {
    Ok(Sides::parted_at(easy_from(scope)?, "easy", "not_easy"))
}

fn mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    let estimate = answers::mean_of(scope, answers::every(scope)?, "rated")?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn share_easy(scope: &Scope<'_>) -> Outcome<Estimate> {
    let every = answers::every(scope)?;
    let estimate = answers::share_from(scope, every, easy_from(scope)?, NAMED)?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn latest_answer(scope: &Scope<'_>) -> Outcome<Estimate> {
    let latest = answers::latest_of_each(scope)?;
    answers::share_from(scope, latest.into_iter(), easy_from(scope)?, NAMED)
}

fn by_customer(scope: &Scope<'_>) -> Outcome<Estimate> {
    let means = answers::mean_of_each_customer(scope)?;
    answers::share_from(
        scope,
        means.into_iter(),
        easy_from(scope)?,
        NAMED.of_customers(),
    )
}

fn by_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let weighed = Weighed::of(scope)?;
    let n = weighed.customers.len() as f64;
    let estimate = weighed.mean(scope, 1.0, |answer| answer);
    Ok(estimate.with_parts(vec![("rated", n)]))
}

fn typed_mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    answers::typed_mean(scope, "rated")
}

fn typed_share(scope: &Scope<'_>) -> Outcome<Estimate> {
    answers::typed_share(scope, NAMED)
}

fn chart(scope: &Scope<'_>) -> Outcome<Option<ChartSpec>> {
    answers::picture(scope, "Answers", easy_from(scope)?, ("Easy", "Not easy"))
}
