//! Average rating: how many stars do customers give?

use crate::engine::kpi::answers::{self, Named, part};
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::sides::Sides;
use stats::proportion;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "average_rating",
    edition: 1,
    name: "Average rating",
    short: None,
    family: "survey",
    question: "How many stars do customers give?",
    definition: "The mean of all ratings, usually from 1 to 5 stars.",
    formula: "sum of ratings ÷ ratings",
    unit: Unit::Score,
    better: Better::Higher,
    needs: &[answers::need(ScoreQuestion::Rating), TYPED_NEED],
    covers: Covers::Everything,
    rules: &[
        answers::rule(
            "mean",
            "Mean rating",
            "Every rating counts once.",
            "Common reading of star ratings",
            &[
                (Basis::Scores(ScoreQuestion::Rating), mean),
                (Basis::Typed, typed),
            ],
        ),
        answers::rule(
            "shrunk_mean",
            "Mean rating drawn towards a usual one",
            "Some ratings of the usual height are added, so that few ratings alone make no extreme: (C × m + sum) ÷ (C + n).",
            "Bayesian average, as used to rank items with few ratings",
            &[
                (Basis::Scores(ScoreQuestion::Rating), shrunk),
                (Basis::Typed, typed_shrunk),
            ],
        ),
        Rule {
            unit: Some(Unit::Ratio),
            ..answers::rule(
                "share_of_top",
                "Share of high ratings",
                "The upper ratings of the scale, 4 and 5 of 5, ÷ all ratings.",
                "Common reading of review sites",
                &[(Basis::Scores(ScoreQuestion::Rating), share_of_top)],
            )
        },
        Rule {
            unit: Some(Unit::Ratio),
            ..answers::rule(
                "lower_bound",
                "Share of high ratings, at the least",
                "The lower end of the 95 % interval of the share of high ratings, which ranks items fairly whatever their number of ratings.",
                "Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927",
                &[(Basis::Scores(ScoreQuestion::Rating), lower_bound)],
            )
        },
        answers::rule(
            "latest_answer",
            "Mean of the latest ratings",
            answers::LATEST_RULE,
            "Common choice of review sites: a new review replaces the old one",
            &[(Basis::Scores(ScoreQuestion::Rating), latest)],
        ),
    ],
    settings: &[
        Setting {
            name: "high_from",
            takes: Takes::Number,
            default: "by the scale",
            says: "The lowest rating that counts as high.",
        },
        Setting {
            name: "usual_rating",
            takes: Takes::Number,
            default: "the middle of the scale",
            says: "The usual rating (m) towards which the mean is drawn.",
        },
        Setting {
            name: "usual_count",
            takes: Takes::Number,
            default: "10",
            says: "How many usual ratings are added (C).",
        },
    ],
    parts: &[
        part("ratings", Unit::Count, "all ratings"),
        part(
            "high_ratings",
            Unit::Count,
            "ratings at the upper end of the scale",
        ),
        part("mean", Unit::Score, "mean rating"),
        answers::MEAN_AS_ANSWERED,
        part("numerator", Unit::Count, "high ratings"),
        part("denominator", Unit::Count, "ratings"),
        answers::INVITED_PARTS[0],
        answers::INVITED_PARTS[1],
    ],
    limits: &[
        "People with strong opinions rate more often than others.",
        "Ratings on pages where they were asked for are higher than unasked ones.",
        "A mean hides whether opinions are split: look at the distribution first.",
    ],
    examples: &[
        Example {
            name: "the_mean_of_five_ratings",
            pasted: "review_id,star rating,review date\n1,5,2025-01-02\n2,4,2025-01-03\n3,5,2025-01-05\n4,1,2025-01-05\n5,5,2025-01-08\n",
            options: "",
            gives: Gives::Value(4.0, &[("ratings", 5.0)]),
        },
        Example {
            name: "few_ratings_are_drawn_towards_the_usual",
            pasted: "review_id,star rating\n1,5\n2,5\n",
            options: r#"{"variants":{"average_rating":"shrunk_mean"},"settings":{"average_rating.usual_rating":3.5,"average_rating.usual_count":4}}"#,
            gives: Gives::Value(4.0, &[("ratings", 2.0)]),
        },
        Example {
            name: "eight_of_ten_are_high",
            pasted: "review_id,star rating\n1,5\n2,5\n3,4\n4,4\n5,5\n6,4\n7,5\n8,4\n9,3\n10,1\n",
            options: r#"{"variants":{"average_rating":"share_of_top"}}"#,
            gives: Gives::Value(0.8, &[("high_ratings", 8.0), ("ratings", 10.0)]),
        },
        Example {
            name: "the_least_share_of_eight_in_ten",
            pasted: "review_id,star rating\n1,5\n2,5\n3,4\n4,4\n5,5\n6,4\n7,5\n8,4\n9,3\n10,1\n",
            options: r#"{"variants":{"average_rating":"lower_bound"}}"#,
            gives: Gives::Value(0.490_162_471_536_640_6, &[("high_ratings", 8.0)]),
        },
        Example {
            name: "a_new_review_replaces_the_old_one",
            pasted: "customer,star rating,review date\nAnn,1,2025-01-02\nAnn,5,2025-02-02\nBob,4,2025-01-03\n",
            options: r#"{"variants":{"average_rating":"latest_answer"}}"#,
            gives: Gives::Value(4.5, &[("ratings", 2.0)]),
        },
        Example {
            name: "a_typed_mean",
            pasted: "mean,ratings\n4.2,50\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(4.2, &[("ratings", 50.0)]),
        },
        Example {
            name: "without_ratings_there_is_no_mean",
            pasted: "review_id,star rating,comment\n1,,fine\n2,,late\n",
            options: r#"{"mapping":{"pasted":{"kind":"survey","columns":{"star rating":{"role":"score","question":"rating","scale":[1,5]}}}}}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// The names of its terms.
const NAMED: Named = Named::new("high_ratings", "ratings");

/// How many usual ratings are added unless the user says otherwise.
pub(super) const USUAL_COUNT: f64 = 10.0;

fn high_from(scope: &Scope<'_>) -> Outcome<f64> {
    let set = scope.setting("average_rating.high_from");
    Ok(set.unwrap_or(answers::good_from(answers::scale_of(scope)?)))
}

/// High ratings, and the others.
///
/// # Errors
/// Where the facts are no answers.
pub fn sides(scope: &Scope<'_>) -> Outcome<Sides> {
    Ok(Sides::parted_at(high_from(scope)?, "high", "not_high"))
}

fn mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    let estimate = answers::mean_of(scope, answers::every(scope)?, "ratings")?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn latest(scope: &Scope<'_>) -> Outcome<Estimate> {
    let latest = answers::latest_of_each(scope)?;
    answers::mean_of(scope, latest.into_iter(), "ratings")
}

/// The estimate with its mean drawn towards the usual one. The interval moves along and shrinks by
/// the same factor: the added ratings are certain.
fn drawn(scope: &Scope<'_>, estimate: Estimate, usual: f64) -> Outcome<Estimate> {
    let count = scope
        .setting("average_rating.usual_count")
        .unwrap_or(USUAL_COUNT);
    if count.is_nan() || count < 0.0 || !usual.is_finite() {
        return Err(Refusal::new(
            "setting_unsuited",
            format!("{count} usual ratings cannot be added."),
            "Give a number of at least 0.",
        ));
    }
    let n = estimate.n as f64;
    let draw = |value: f64| (count * usual + n * value) / (count + n);
    Ok(Estimate {
        value: draw(estimate.value),
        interval: estimate
            .interval
            .as_ref()
            .map(|it| interval((draw(it.low), draw(it.high)), &it.method)),
        spread: Spread::StandardError(None),
        ..estimate
    })
}

fn shrunk(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (low, high) = answers::scale_of(scope)?;
    let usual = scope.setting("average_rating.usual_rating");
    drawn(
        scope,
        mean(scope)?,
        usual.unwrap_or(f64::midpoint(low, high)),
    )
}

fn share_of_top(scope: &Scope<'_>) -> Outcome<Estimate> {
    let every = answers::every(scope)?;
    let estimate = answers::share_from(scope, every, high_from(scope)?, NAMED)?;
    Ok(estimate.with_chart(chart(scope)?))
}

fn lower_bound(scope: &Scope<'_>) -> Outcome<Estimate> {
    let every = answers::every(scope)?;
    let share = answers::share_from(scope, every, high_from(scope)?, NAMED)?;
    let low = proportion::wilson(
        (share.value * share.n as f64).round() as u64,
        share.n,
        LEVEL,
    );
    Ok(Estimate {
        value: low.map_or(share.value, |ends| ends.0),
        interval: None,
        tally: None,
        spread: Spread::StandardError(None),
        ..share
    })
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    answers::typed_mean(scope, "ratings")
}

fn typed_shrunk(scope: &Scope<'_>) -> Outcome<Estimate> {
    // Typed figures do not tell their scale: five stars are usual.
    let usual = scope.setting("average_rating.usual_rating").unwrap_or(3.0);
    drawn(scope, typed(scope)?, usual)
}

fn chart(scope: &Scope<'_>) -> Outcome<Option<ChartSpec>> {
    answers::picture(scope, "Ratings", high_from(scope)?, ("High", "Not high"))
}
