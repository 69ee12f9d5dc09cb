//! The survey family as SQL: shares and means of answers, and the net promoter score.

use super::answers_sql::{Answers, Names};
use super::average_rating::USUAL_COUNT;
use super::employee_engagement::SMALLEST_GROUP;
use crate::engine::kpi::answers::good_from;
use crate::engine::kpi::queries::parts::further;
use crate::engine::kpi::queries::{Question, purchases};
use crate::engine::kpi::scope::Basis;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, call, choose, mean, name, number, rows, rows_where, whole,
};
use crate::engine::sql::{Plan, Why};
use crate::engine::stats::normal::Z_95;

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    let (kpi, rule) = (question.kpi.id, question.rule.id);
    match basis {
        Basis::Purchases => return purchases::plan(question),
        Basis::Referrals => return purchases::referrers(question),
        _ => {}
    }
    if rule == "by_revenue" {
        return Err(Why::NeedsRowOrder);
    }
    let answers = Answers::of(question)?;
    let from = |setting: &str| {
        question
            .setting(setting)
            .unwrap_or(good_from(answers.scale))
    };
    match (kpi, rule) {
        ("net_promoter_score", _) => {
            let [promoter, passive] = answers.steps()?;
            let plan = match rule {
                "latest_answer" => answers.latest_of_each()?,
                "by_customer" => answers.of_each_customer(mean(name("score")))?,
                "by_lowest" => {
                    answers.of_each_customer(call(Function::Min, vec![name("score")]))?
                }
                _ => answers.every(),
            };
            Ok(answers.with_invited(promoters(plan, promoter, passive), "answers"))
        }
        ("customer_satisfaction_score" | "customer_effort_score", _) => {
            satisfaction(question, &answers)
        }
        ("average_rating", "mean") => Ok(answers.mean(answers.every(), "ratings")),
        ("average_rating", "latest_answer") => {
            Ok(answers.mean(answers.latest_of_each()?, "ratings"))
        }
        ("average_rating", "shrunk_mean") => {
            let count = question.setting("usual_count").unwrap_or(USUAL_COUNT);
            let (low, high) = answers.scale;
            let usual = question.setting("usual_rating");
            let usual = usual.unwrap_or(f64::midpoint(low, high));
            let mut plan = answers.mean(answers.every(), "ratings");
            let sum = number(count * usual).plus(name("ratings").times(name("mean")));
            plan.value = sum.over(number(count).plus(name("ratings")));
            Ok(plan)
        }
        ("average_rating", "share_of_top") => {
            Ok(answers.share(answers.every(), from("high_from"), HIGH))
        }
        ("average_rating", "lower_bound") => {
            let mut plan = answers.share(answers.every(), from("high_from"), HIGH);
            if let Some((low, _)) = plan.interval.take() {
                plan.value = low;
            }
            Ok(plan)
        }
        ("employee_engagement", "favourable") => {
            let plan = answers.share(answers.every(), from("favourable_from"), FAVOURABLE);
            Ok(large_enough(question, plan))
        }
        ("employee_engagement", "mean") => Ok(large_enough(
            question,
            answers.mean(answers.every(), "answers"),
        )),
        ("employee_engagement", "net_promoter") if (answers.scale.1 - 10.0).abs() > 1e-9 => {
            // Answers of another scale are no recommendations.
            Err(Why::NeedsColumn)
        }
        ("employee_engagement", "net_promoter") => {
            Ok(large_enough(question, promoters(answers.every(), 9.0, 7.0)))
        }
        ("brand_advocacy_rate", "shown" | "promoters") => {
            let [promoter, _] = answers.steps()?;
            Ok(answers.share(answers.every(), promoter, ADVOCATES))
        }
        ("brand_advocacy_rate", "promoters_who_referred") => {
            let [promoter, _] = answers.steps()?;
            Ok(answers.who_referred(promoter, ADVOCATES))
        }
        _ => Err(Why::NeedsColumn),
    }
}

/// Satisfaction and effort: shares of good answers, and means.
fn satisfaction(question: &Question<'_>, answers: &Answers<'_>) -> Result<Plan, Why> {
    let from = |setting: &str| {
        question
            .setting(setting)
            .unwrap_or(good_from(answers.scale))
    };
    match (question.kpi.id, question.rule.id) {
        ("customer_satisfaction_score", "top_answers") => {
            Ok(answers.share(answers.every(), from("satisfied_from"), RATED))
        }
        ("customer_satisfaction_score", "highest_answer") => {
            Ok(answers.share(answers.every(), answers.scale.1, RATED))
        }
        ("customer_satisfaction_score", "latest_answer") => {
            Ok(answers.share(answers.latest_of_each()?, from("satisfied_from"), RATED))
        }
        ("customer_satisfaction_score", "by_customer") => {
            let customers = answers.of_each_customer(mean(name("score")))?;
            Ok(answers.share(customers, from("satisfied_from"), RATED))
        }
        ("customer_satisfaction_score" | "customer_effort_score", "mean") => {
            Ok(answers.mean(answers.every(), "rated"))
        }
        ("customer_effort_score", "share_easy") => {
            Ok(answers.share(answers.every(), from("easy_from"), EASY))
        }
        ("customer_effort_score", "latest_answer") => {
            Ok(answers.share(answers.latest_of_each()?, from("easy_from"), EASY))
        }
        ("customer_effort_score", "by_customer") => {
            let customers = answers.of_each_customer(mean(name("score")))?;
            Ok(answers.share(customers, from("easy_from"), EASY))
        }
        _ => Err(Why::NeedsColumn),
    }
}

const RATED: Names = ("satisfied", "rated");
const EASY: Names = ("easy", "rated");
const HIGH: Names = ("high_ratings", "ratings");
const FAVOURABLE: Names = ("favourable", "answers");
const ADVOCATES: Names = ("advocates", "customers");

/// A net promoter score of the answers.
fn promoters(mut plan: Plan, promoter: f64, passive: f64) -> Plan {
    let score = || name("score");
    plan.terms = vec![
        ("promoters", rows_where(score().at_least(number(promoter)))),
        (
            "passives",
            rows_where(all(vec![
                score().below(number(promoter)),
                score().at_least(number(passive)),
            ])),
        ),
        ("detractors", rows_where(score().below(number(passive)))),
        ("answers", rows()),
    ];
    let most = call(
        Function::Greatest,
        vec![name("promoters"), name("passives"), name("detractors")],
    );
    let share = |group: &str| {
        let counted = name(group).plus(name("added"));
        counted.over(name("answers").plus(number(4.0).times(name("added"))))
    };
    plan.further = vec![
        further(
            "unanimous",
            "three answers are added where all fall into one group (adjusted Wald)",
            vec![(
                "added",
                choose(most.equals(name("answers")), number(0.75), number(0.0)),
            )],
        ),
        further(
            "shares",
            "shares of promoters and detractors for the interval",
            vec![
                ("promoting", share("promoters")),
                ("detracting", share("detractors")),
                (
                    "score",
                    number(100.0).times(
                        name("promoters")
                            .minus(name("detractors"))
                            .over(name("answers")),
                    ),
                ),
            ],
        ),
        further(
            "errors",
            "the standard error of the score of one answer (+1, 0, −1)",
            vec![
                ("centre", name("promoting").minus(name("detracting"))),
                ("error", error()),
            ],
        ),
    ];
    let end = |sign: f64| {
        let half = number(Z_95 * sign).times(name("error"));
        number(100.0).times(name("centre").plus(half))
    };
    plan.value = name("score");
    plan.n = name("answers");
    plan.exists = Some(name("answers").above(whole(0)));
    let bounded = |inner, limit, outer, end| {
        call(
            outer,
            vec![call(inner, vec![end, number(limit)]), name("score")],
        )
    };
    plan.interval = Some((
        bounded(Function::Greatest, -100.0, Function::Least, end(-1.0)),
        bounded(Function::Least, 100.0, Function::Greatest, end(1.0)),
    ));
    plan.parts = ["promoters", "passives", "detractors"]
        .map(|part| (part, name(part)))
        .to_vec();
    plan
}

/// √((P + D − (P − D)²) ÷ n), with what was added.
fn error() -> Expr {
    let mean = || name("promoting").minus(name("detracting"));
    let variance = name("promoting")
        .plus(name("detracting"))
        .minus(mean().times(mean()));
    let variance = call(Function::Greatest, vec![variance, number(0.0)]);
    let n = name("answers").plus(number(4.0).times(name("added")));
    call(Function::Root, vec![variance.over(n.cast(Type::Number))])
}

/// Withheld of a group so small that single people could be picked out.
fn large_enough(question: &Question<'_>, mut plan: Plan) -> Plan {
    let least = question.setting("smallest_group").unwrap_or(SMALLEST_GROUP);
    plan.exists = Some(plan.n.clone().at_least(number(least)));
    plan
}
