//! Net promoter score: would customers recommend us?

use crate::engine::kpi::prelude::*;
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
    needs: &[Need {
        kind: Kind::Survey,
        roles: &[&[Role::Score]],
        basis: Basis::Scores(ScoreQuestion::Nps),
        expected: Expected::Sometimes,
        beside: Beside::Nothing,
    }],
    covers: Covers::Everything,
    rules: &[Rule {
        id: "standard",
        name: "9–10 minus 0–6",
        rule: "Every answer counts once; passives count in the total.",
        source: "Reichheld, The One Number You Need to Grow, Harvard Business Review, 2003",
        estimates: &[(Basis::Scores(ScoreQuestion::Nps), standard)],
        ledger: &[],
        path: None,
        unit: None,
    }],
    settings: &[],
    parts: &[
        Part {
            name: "promoters",
            unit: Unit::Count,
            says: "answers 9 and 10",
        },
        Part {
            name: "passives",
            unit: Unit::Count,
            says: "answers 7 and 8",
        },
        Part {
            name: "detractors",
            unit: Unit::Count,
            says: "answers 0 to 6",
        },
    ],
    limits: &[
        "Only those who answered count; people who did not may think otherwise.",
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

/// Answers on a longer scale are no recommendations from 0 to 10 with a code or two beside them.
const LONGEST_SCALE: f64 = 20.0;

fn standard(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (scores, answers) = scope.answers()?;
    let top = scores.scale.1;
    if top.is_finite() && top > LONGEST_SCALE {
        return Err(Refusal::new(
            "scale_unsuited",
            format!("A recommendation is asked from 0 to 10, and these answers go up to {top}."),
            "Turn the answers into 0 to 10 in the file, or take the column for satisfaction.",
        ));
    }
    let mut groups = Answers::default();
    let mut by_score = [0_u64; 11];
    for answer in answers {
        // Half points count for the whole point below: 8.5 is not a 9.
        let score = answer.floor().clamp(0.0, 10.0) as usize;
        by_score[score] += 1;
        match score {
            9.. => groups.promoters += 1,
            7..=8 => groups.passives += 1,
            _ => groups.detractors += 1,
        }
    }
    at_least_one(groups.count(), "answers")?;
    let ends = net_promoter::interval(groups.promoters, groups.passives, groups.detractors);
    Ok(Estimate {
        value: (groups.promoters as f64 - groups.detractors as f64) / groups.count() as f64 * 100.0,
        n: groups.count(),
        interval: ends.map(|ends| interval((ends.low, ends.high), ends.method)),
        parts: vec![
            ("promoters", groups.promoters as f64),
            ("passives", groups.passives as f64),
            ("detractors", groups.detractors as f64),
        ],
        spread: Spread::Promoters(groups),
        chart: (scope.detail == Detail::Headline).then(|| chart(&by_score)),
        tally: None,
        curve: Vec::new(),
        stays: None,
        cohorts: Vec::new(),
    })
}

fn chart(by_score: &[u64; 11]) -> ChartSpec {
    let bars = by_score
        .iter()
        .enumerate()
        .map(|(score, count)| {
            let (group, tone) = match score {
                9.. => ("Promoters", Tone::Gain),
                7..=8 => ("Passives", Tone::Neutral),
                _ => ("Detractors", Tone::Loss),
            };
            Bar {
                label: score.to_string(),
                count: *count as f64,
                group: group.to_owned(),
                tone,
            }
        })
        .collect();
    ChartSpec {
        title: String::from("Answers by score"),
        summary: String::new(),
        plot: Plot::Distribution { bars },
        footnotes: Vec::new(),
    }
}
