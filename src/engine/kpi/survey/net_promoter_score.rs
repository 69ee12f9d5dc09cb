//! Net promoter score: would customers recommend us?

use crate::engine::kpi::answers::{self, Answer, Weighed, part};
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::sides::Sides;
use stats::net_promoter::{self, Answers};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "net_promoter_score",
    edition: 1,
    name: "Net promoter score",
    short: Some("NPS"),
    family: "survey",
    question: "Would customers recommend us?",
    definition: "The share of answers 9 and 10 minus the share of answers 0 to 6, on a scale from 0 to 10. Answers 7 and 8 count in the total.",
    formula: "(promoters − detractors) ÷ answers × 100",
    unit: Unit::Score,
    better: Better::Higher,
    needs: &[answers::need(ScoreQuestion::Nps), TYPED_NEED],
    covers: Covers::Everything,
    rules: &[
        answers::rule(
            "standard",
            "9–10 minus 0–6",
            "Every answer counts once; passives count in the total.",
            "Reichheld, The One Number You Need to Grow, Harvard Business Review, 2003",
            &[
                (Basis::Scores(ScoreQuestion::Nps), standard),
                (Basis::Typed, typed),
            ],
        ),
        answers::rule(
            "latest_answer",
            "The latest answer of each person",
            answers::LATEST_RULE,
            "Common choice of survey tools: one response per person in a window",
            &[(Basis::Scores(ScoreQuestion::Nps), latest_answer)],
        ),
        answers::rule(
            "by_customer",
            "Each customer once, by its mean",
            answers::CUSTOMER_RULE,
            "Account-level NPS, as customer-success teams report it",
            &[(Basis::Scores(ScoreQuestion::Nps), by_customer)],
        ),
        answers::rule(
            "by_lowest",
            "Each customer once, by its lowest answer",
            "Each customer counts once, with the lowest of its answers.",
            "Account-level NPS, cautious reading",
            &[(Basis::Scores(ScoreQuestion::Nps), by_lowest)],
        ),
        answers::rule(
            "by_revenue",
            "Weighed by revenue",
            answers::REVENUE_RULE,
            "Account-level NPS weighed by recurring revenue",
            &[(Basis::Scores(ScoreQuestion::Nps), by_revenue)],
        ),
    ],
    settings: &[],
    parts: &[
        part("promoters", Unit::Count, "answers 9 and 10"),
        part("passives", Unit::Count, "answers 7 and 8"),
        part("detractors", Unit::Count, "answers 0 to 6"),
        part(
            "answers",
            Unit::Count,
            "answers of customers who pay, where they are weighed",
        ),
        answers::INVITED_PARTS[0],
        answers::INVITED_PARTS[1],
    ],
    limits: &[
        "Only those who answered count; people who did not may think otherwise.",
        "On five steps 5 counts as promoter and 4 as passive; such a score is not comparable with one from 0 to 10.",
        "Language and culture shift the score, so compare like with like.",
        "Net Promoter, NPS and Net Promoter Score are marks of Bain & Company, NICE Satmetrix and Fred Reichheld.",
    ],
    examples: &[
        Example {
            name: "fifty_promoters_thirty_passives_twenty_detractors",
            pasted: "customer,nps,date\nA,10,2025-01-02\nB,9,2025-01-03\nC,10,2025-01-04\nD,9,2025-01-05\nE,9,2025-01-06\nF,7,2025-01-07\nG,8,2025-01-08\nH,8,2025-01-09\nI,3,2025-01-10\nJ,6,2025-01-11\n",
            options: "",
            gives: Gives::Value(
                30.0,
                &[("promoters", 5.0), ("passives", 3.0), ("detractors", 2.0)],
            ),
        },
        Example {
            name: "five_steps_take_the_highest_for_promoters",
            pasted: "respondent,likelihood to recommend\n1,5\n2,5\n3,4\n4,2\n",
            options: r#"{"mapping":{"pasted":{"columns":{"likelihood to recommend":{"role":"score","question":"nps","scale":[1,5]}}}}}"#,
            gives: Gives::Value(
                25.0,
                &[("promoters", 2.0), ("passives", 1.0), ("detractors", 1.0)],
            ),
        },
        Example {
            name: "a_person_who_answers_again_counts_once",
            pasted: "respondent,nps,date\nAnn,2,2025-01-02\nBob,9,2025-01-03\nAnn,10,2025-02-02\nCem,7,2025-01-04\n",
            options: r#"{"variants":{"net_promoter_score":"latest_answer"}}"#,
            gives: Gives::Value(200.0 / 3.0, &[("promoters", 2.0), ("passives", 1.0)]),
        },
        Example {
            name: "a_customer_with_many_answers_counts_once",
            pasted: "customer,nps\nAcme,10\nAcme,10\nAcme,9\nBirch,3\nBirch,8\n",
            options: r#"{"variants":{"net_promoter_score":"by_customer"}}"#,
            gives: Gives::Value(0.0, &[("promoters", 1.0), ("detractors", 1.0)]),
        },
        Example {
            name: "the_lowest_answer_of_a_customer",
            pasted: "customer,nps\nAcme,10\nAcme,7\nBirch,3\nBirch,9\n",
            options: r#"{"variants":{"net_promoter_score":"by_lowest"}}"#,
            gives: Gives::Value(-50.0, &[("passives", 1.0), ("detractors", 1.0)]),
        },
        Example {
            name: "weighed_by_what_customers_pay",
            pasted: "customer,nps,mrr\nAcme,10,900\nBirch,3,100\n",
            options: r#"{"variants":{"net_promoter_score":"by_revenue"}}"#,
            gives: Gives::Value(80.0, &[("answers", 2.0)]),
        },
        Example {
            name: "typed_counts_of_a_hundred",
            pasted: "promoters,passives,detractors\n50,30,20\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(30.0, &[("promoters", 50.0)]),
        },
        Example {
            name: "a_code_outside_the_scale_is_asked_about_first",
            pasted: "respondent,nps\n1,10\n2,11\n3,0\n4,11\n",
            options: "",
            gives: Gives::Refusal("question_open"),
        },
        Example {
            name: "answers_up_to_a_hundred_are_no_recommendation",
            pasted: "respondent,nps\n1,90\n2,70\n3,10\n4,100\n",
            options: r#"{"mapping":{"pasted":{"columns":{"nps":{"role":"score","question":"nps","scale":[0,100]}}}}}"#,
            gives: Gives::Refusal("scale_unsuited"),
        },
        Example {
            name: "a_code_marked_as_missing_is_no_answer",
            pasted: "respondent,nps\n1,10\n2,11\n3,9\n4,11\n5,7\n6,2\n",
            options: r#"{"mapping":{"pasted":{"columns":{"nps":{"role":"score","question":"nps","missing":[11]}}}}}"#,
            gives: Gives::Value(
                25.0,
                &[("promoters", 2.0), ("passives", 1.0), ("detractors", 1.0)],
            ),
        },
    ],
};

fn standard(scope: &Scope<'_>) -> Outcome<Estimate> {
    let estimate = of_answers(scope, answers::every(scope)?)?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn latest_answer(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_answers(scope, answers::latest_of_each(scope)?.into_iter())
}

fn by_customer(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_answers(scope, answers::mean_of_each_customer(scope)?.into_iter())
}

fn by_lowest(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_answers(scope, answers::lowest_of_each_customer(scope)?.into_iter())
}

fn by_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let steps = Steps::of(scope)?;
    let weighed = Weighed::of(scope)?;
    let n = weighed.customers.len() as f64;
    let estimate = weighed.mean(scope, 100.0, |answer| match steps.group(answer) {
        Group::Promoter => 1.0,
        Group::Passive => 0.0,
        Group::Detractor => -1.0,
    });
    Ok(estimate.with_parts(vec![("answers", n)]))
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let count = |term| heads(scope.figure(term)?).ok_or_else(not_heads);
    of_groups(Answers {
        promoters: count("promoters")?,
        passives: count("passives")?,
        detractors: count("detractors")?,
    })
}

/// What an answer makes of who gave it.
#[derive(Clone, Copy)]
enum Group {
    Promoter,
    Passive,
    Detractor,
}

/// Where the groups begin on a scale.
struct Steps {
    promoter_from: f64,
    passive_from: f64,
}

impl Steps {
    /// The usual steps on 0 to 10, and 5 and 4 on five steps.
    ///
    /// # Errors
    /// `scale_unsuited` on other scales.
    fn of(scope: &Scope<'_>) -> Outcome<Self> {
        let (low, high) = answers::scale_of(scope)?;
        // Codes for “no answer” lie a little above ten.
        if (9.5..20.5).contains(&high) {
            return Ok(Self {
                promoter_from: 9.0,
                passive_from: 7.0,
            });
        }
        if (high - 5.0).abs() < 1e-9 && low >= 0.0 {
            return Ok(Self {
                promoter_from: 5.0,
                passive_from: 4.0,
            });
        }
        Err(Refusal::new(
            "scale_unsuited",
            format!("A recommendation is asked from 0 to 10, and these answers go up to {high}."),
            "Turn the answers into 0 to 10 in the file, or take the column for satisfaction.",
        ))
    }

    /// Half points count for the whole point below: 8.5 is not a 9.
    fn group(&self, answer: f64) -> Group {
        if answer >= self.promoter_from {
            Group::Promoter
        } else if answer >= self.passive_from {
            Group::Passive
        } else {
            Group::Detractor
        }
    }
}

/// Promoters and detractors.
///
/// # Errors
/// `scale_unsuited`.
pub fn sides(scope: &Scope<'_>) -> Outcome<Sides> {
    let steps = Steps::of(scope)?;
    Ok(Sides {
        good: "promoters",
        good_from: steps.promoter_from,
        other: "detractors",
        other_below: steps.passive_from,
    })
}

fn of_answers(scope: &Scope<'_>, given: impl Iterator<Item = Answer>) -> Outcome<Estimate> {
    let steps = Steps::of(scope)?;
    let mut groups = Answers::default();
    for answer in given {
        match steps.group(answer.value) {
            Group::Promoter => groups.promoters += 1,
            Group::Passive => groups.passives += 1,
            Group::Detractor => groups.detractors += 1,
        }
    }
    let mut estimate = of_groups(groups)?;
    estimate
        .parts
        .extend(answers::invited(scope, groups.count()));
    Ok(estimate)
}

fn of_groups(groups: Answers) -> Outcome<Estimate> {
    at_least_one(groups.count(), "answers")?;
    let ends = net_promoter::interval(groups.promoters, groups.passives, groups.detractors);
    Ok(Estimate {
        interval: ends.map(|ends| interval((ends.low, ends.high), ends.method)),
        parts: vec![
            ("promoters", groups.promoters as f64),
            ("passives", groups.passives as f64),
            ("detractors", groups.detractors as f64),
        ],
        ..Estimate::of(
            (groups.promoters as f64 - groups.detractors as f64) / groups.count() as f64 * 100.0,
            groups.count(),
            Spread::Promoters(groups),
        )
    })
}

fn chart(scope: &Scope<'_>) -> Outcome<Option<ChartSpec>> {
    let steps = Steps::of(scope)?;
    answers::picture_of_groups(scope, "Answers by score", |answer| {
        match steps.group(answer) {
            Group::Promoter => ("Promoters", Tone::Gain),
            Group::Passive => ("Passives", Tone::Neutral),
            Group::Detractor => ("Detractors", Tone::Loss),
        }
    })
}
