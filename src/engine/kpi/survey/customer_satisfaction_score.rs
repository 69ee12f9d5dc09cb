//! Customer satisfaction score: how many of those who answered are satisfied?

use crate::engine::kpi::prelude::*;

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
        Need {
            kind: Kind::Survey,
            roles: &[&[Role::Score]],
            basis: Basis::Scores(ScoreQuestion::Csat),
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        Need {
            kind: Kind::Ticket,
            roles: &[&[Role::Satisfaction]],
            basis: Basis::Satisfaction,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
    ],
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "top_answers",
            name: "Share of satisfied answers",
            rule: "The upper answers of the scale count as satisfied; skipped answers do not count at all.",
            source: "Delighted, CSAT projects, help article 533; Zendesk, good ÷ (good + bad)",
            estimates: &[
                (Basis::Scores(ScoreQuestion::Csat), top_answers),
                (Basis::Satisfaction, top_answers),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "highest_answer",
            name: "Share of the highest answer",
            rule: "Only the best answer of the scale counts as satisfied.",
            source: "Common “top box” reading",
            estimates: &[
                (Basis::Scores(ScoreQuestion::Csat), highest_answer),
                (Basis::Satisfaction, highest_answer),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[Setting {
        name: "satisfied_from",
        takes: Takes::Number,
        default: "by the scale",
        says: "The lowest answer that counts as satisfied.",
    }],
    parts: &[
        Part {
            name: "satisfied",
            unit: Unit::Count,
            says: "answers that count as satisfied",
        },
        Part {
            name: "rated",
            unit: Unit::Count,
            says: "all answers",
        },
        Part {
            name: "mean",
            unit: Unit::Score,
            says: "mean answer on the scale",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "satisfied",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "rated",
        },
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
            name: "six_as_the_highest_answer_is_asked_about_first",
            pasted: "respondent,csat\n1,6\n2,5\n3,1\n",
            options: "",
            gives: Gives::Refusal("question_open"),
        },
    ],
};

/// The lowest satisfied answer of a scale.
fn satisfied_from(scale: (f64, f64)) -> f64 {
    match scale.1 {
        top if top <= 1.0 => 1.0,
        top if top <= 2.0 => 2.0,
        top if top <= 4.0 => 3.0,
        top if top <= 6.0 => 4.0,
        top if top <= 7.0 => 5.0,
        top if top <= 8.0 => 6.0,
        top if top <= 10.0 => 8.0,
        // Longer scales: the upper three tenths.
        top => scale.0 + (top - scale.0) * 0.7,
    }
}

fn top_answers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (scores, _) = scope.answers()?;
    let from = scope.setting("customer_satisfaction_score.satisfied_from");
    share_from(scope, from.unwrap_or_else(|| satisfied_from(scores.scale)))
}

fn highest_answer(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (scores, _) = scope.answers()?;
    share_from(scope, scores.scale.1)
}

fn share_from(scope: &Scope<'_>, from: f64) -> Outcome<Estimate> {
    let (scores, answers) = scope.answers()?;
    let (mut satisfied, mut rated) = (0_u64, 0_u64);
    let sum = math::sum(answers.inspect(|answer| {
        rated += 1;
        satisfied += u64::from(*answer >= from);
    }));
    at_least_one(rated, "answers")?;
    let parts = vec![
        ("satisfied", satisfied as f64),
        ("rated", rated as f64),
        ("mean", sum / rated as f64),
        ("numerator", satisfied as f64),
        ("denominator", rated as f64),
    ];
    let mut estimate = Estimate::share(satisfied, rated).with_parts(parts);
    if scope.detail == Detail::Headline {
        estimate.chart = chart(scores.scale, from, scope)?;
    }
    Ok(estimate)
}

fn chart(scale: (f64, f64), from: f64, scope: &Scope<'_>) -> Outcome<Option<ChartSpec>> {
    if scale.1 - scale.0 > 12.0 || !scale.1.is_finite() || !scale.0.is_finite() {
        return Ok(None);
    }
    let mut counts = vec![0_u64; (scale.1 - scale.0) as usize + 1];
    let (_, answers) = scope.answers()?;
    for answer in answers {
        if let Some(count) = counts.get_mut((answer - scale.0).floor().max(0.0) as usize) {
            *count += 1;
        }
    }
    let good_and_bad = scale.1 <= 1.0;
    let bars = counts
        .iter()
        .enumerate()
        .map(|(place, count)| {
            let answer = scale.0 + place as f64;
            let satisfied = answer >= from;
            let label = match (good_and_bad, satisfied) {
                (true, true) => String::from("Good"),
                (true, false) => String::from("Bad"),
                (false, _) => answer.to_string(),
            };
            Bar {
                label,
                count: *count as f64,
                group: String::from(if satisfied {
                    "Satisfied"
                } else {
                    "Not satisfied"
                }),
                tone: if satisfied { Tone::Gain } else { Tone::Loss },
            }
        })
        .collect();
    Ok(Some(ChartSpec {
        title: String::from("Answers"),
        summary: String::new(),
        plot: Plot::Distribution { bars },
        footnotes: Vec::new(),
    }))
}
