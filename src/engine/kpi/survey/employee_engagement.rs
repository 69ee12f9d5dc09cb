//! Employee engagement: how do the people who do the work think of it?

use crate::engine::kpi::answers::{self, Named, part};
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::sides::Sides;
use stats::net_promoter::{self, Answers};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "employee_engagement",
    edition: 1,
    name: "Employee engagement",
    short: None,
    family: "survey",
    question: "How do the people who do the work think of it?",
    definition: "The share of answers at the good end of the scale, to one question about work. Groups of fewer than five people are not told.",
    formula: "favourable answers ÷ answers",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[answers::need(ScoreQuestion::Engagement), TYPED_NEED],
    covers: Covers::Everything,
    rules: &[
        answers::rule(
            "favourable",
            "Share of favourable answers",
            "The upper answers of the scale count as favourable: 4 and 5 of 5, 3 and 4 of 4.",
            "Common “percent favourable” of engagement surveys",
            &[
                (Basis::Scores(ScoreQuestion::Engagement), favourable),
                (Basis::Typed, typed),
            ],
        ),
        Rule {
            unit: Some(Unit::Score),
            ..answers::rule(
                "mean",
                "Mean answer",
                "The mean of all answers on their own scale.",
                "Common mean score of engagement surveys",
                &[(Basis::Scores(ScoreQuestion::Engagement), mean)],
            )
        },
        Rule {
            unit: Some(Unit::Score),
            ..answers::rule(
                "net_promoter",
                "Employee net promoter score",
                "Answers 9 and 10 minus answers 0 to 6 to “would you recommend us as a place to work”, in points.",
                "Employee NPS: the arithmetic of Reichheld, 2003, on answers from 0 to 10",
                &[(Basis::Scores(ScoreQuestion::Engagement), promoters)],
            )
        },
    ],
    settings: &[
        Setting {
            name: "favourable_from",
            takes: Takes::Number,
            default: "by the scale",
            says: "The lowest answer that counts as favourable.",
        },
        Setting {
            name: "smallest_group",
            takes: Takes::Number,
            default: "5",
            says: "Groups with fewer answers are not told, so that nobody can be picked out.",
        },
    ],
    parts: &[
        part(
            "favourable",
            Unit::Count,
            "answers at the good end of the scale",
        ),
        part("answers", Unit::Count, "all answers"),
        part("mean", Unit::Score, "mean answer on the scale"),
        answers::MEAN_AS_ANSWERED,
        part("promoters", Unit::Count, "answers 9 and 10"),
        part("passives", Unit::Count, "answers 7 and 8"),
        part("detractors", Unit::Count, "answers 0 to 6"),
        part("numerator", Unit::Count, "favourable"),
        part("denominator", Unit::Count, "answers"),
        answers::INVITED_PARTS[0],
        answers::INVITED_PARTS[1],
    ],
    limits: &[
        "One question is no measure of engagement; published surveys use a battery of them.",
        "Shares that count different answers as favourable cannot be compared.",
        "People who fear to be recognised answer more kindly, or not at all.",
    ],
    examples: &[
        Example {
            name: "four_of_five_are_favourable",
            pasted: "employee,job satisfaction\n1,5\n2,4\n3,4\n4,5\n5,2\n",
            options: "",
            gives: Gives::Value(0.8, &[("favourable", 4.0), ("answers", 5.0)]),
        },
        Example {
            name: "the_mean_answer",
            pasted: "employee,job satisfaction\n1,5\n2,4\n3,4\n4,5\n5,2\n",
            options: r#"{"variants":{"employee_engagement":"mean"}}"#,
            gives: Gives::Value(4.0, &[("answers", 5.0)]),
        },
        Example {
            name: "recommended_as_a_place_to_work",
            pasted: "employee,eNPS\n1,10\n2,9\n3,9\n4,7\n5,3\n6,0\n",
            options: r#"{"variants":{"employee_engagement":"net_promoter"}}"#,
            gives: Gives::Value(100.0 / 6.0, &[("promoters", 3.0), ("detractors", 2.0)]),
        },
        Example {
            name: "typed_counts",
            pasted: "favourable,answers\n31,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.31, &[("favourable", 31.0)]),
        },
        Example {
            name: "four_people_are_too_few_to_be_told",
            pasted: "employee,job satisfaction\n1,5\n2,4\n3,4\n4,2\n",
            options: "",
            gives: Gives::Refusal("group_too_small"),
        },
    ],
};

/// The names of its terms.
const NAMED: Named = Named::new("favourable", "answers");

/// The fewest answers that are told unless the user says otherwise.
pub(super) const SMALLEST_GROUP: f64 = 5.0;

/// Refuses groups in which single people could be picked out.
fn large_enough(scope: &Scope<'_>, answers: u64) -> Outcome<()> {
    let least = scope
        .setting("employee_engagement.smallest_group")
        .unwrap_or(SMALLEST_GROUP);
    if answers as f64 >= least {
        return Ok(());
    }
    Err(Refusal::new(
        "group_too_small",
        format!("Fewer than {least} people answered, so that single ones could be picked out."),
        "Choose a longer period or a larger group.",
    ))
}

fn favourable_from(scope: &Scope<'_>) -> Outcome<f64> {
    let set = scope.setting("employee_engagement.favourable_from");
    Ok(set.unwrap_or(answers::good_from(answers::scale_of(scope)?)))
}

/// Favourable answers, and the others.
///
/// # Errors
/// Where the facts are no answers.
pub fn sides(scope: &Scope<'_>) -> Outcome<Sides> {
    Ok(Sides::parted_at(
        favourable_from(scope)?,
        "favourable",
        "not_favourable",
    ))
}

fn favourable(scope: &Scope<'_>) -> Outcome<Estimate> {
    large_enough(scope, scope.rows.len() as u64)?;
    let every = answers::every(scope)?;
    let estimate = answers::share_from(scope, every, favourable_from(scope)?, NAMED)?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    large_enough(scope, scope.rows.len() as u64)?;
    let estimate = answers::mean_of(scope, answers::every(scope)?, "answers")?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn promoters(scope: &Scope<'_>) -> Outcome<Estimate> {
    large_enough(scope, scope.rows.len() as u64)?;
    let (_, top) = answers::scale_of(scope)?;
    if (top - 10.0).abs() > 1e-9 {
        return Err(Refusal::new(
            "scale_unsuited",
            format!("A recommendation is asked from 0 to 10, and these answers go up to {top}."),
            "Choose another rule.",
        ));
    }
    let mut groups = Answers::default();
    for answer in answers::every(scope)? {
        match answer.value {
            9.0.. => groups.promoters += 1,
            7.0.. => groups.passives += 1,
            _ => groups.detractors += 1,
        }
    }
    let ends = net_promoter::interval(groups.promoters, groups.passives, groups.detractors);
    let points = groups.promoters as f64 - groups.detractors as f64;
    Ok(Estimate {
        interval: ends.map(|ends| interval((ends.low, ends.high), ends.method)),
        parts: vec![
            ("promoters", groups.promoters as f64),
            ("passives", groups.passives as f64),
            ("detractors", groups.detractors as f64),
        ],
        chart: chart(scope)?,
        ..Estimate::of(
            points / groups.count() as f64 * 100.0,
            groups.count(),
            Spread::Promoters(groups),
        )
    })
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let estimate = answers::typed_share(scope, NAMED)?;
    large_enough(scope, estimate.n)?;
    Ok(estimate)
}

fn chart(scope: &Scope<'_>) -> Outcome<Option<ChartSpec>> {
    answers::picture(
        scope,
        "Answers",
        favourable_from(scope)?,
        ("Favourable", "Not favourable"),
    )
}
