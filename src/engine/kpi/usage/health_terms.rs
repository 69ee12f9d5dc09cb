//! Typed points and weights, and the figures of a health score by the names of their terms.

use crate::engine::kpi::prelude::*;

/// The typed measures: the names of their points and of their weights.
const PAIRS: [(&str, &str); 6] = [
    ("points_1", "weight_1"),
    ("points_2", "weight_2"),
    ("points_3", "weight_3"),
    ("points_4", "weight_4"),
    ("points_5", "weight_5"),
    ("points_6", "weight_6"),
];

const fn part(name: &'static str, unit: Unit, says: &'static str) -> Part {
    Part { name, unit, says }
}

const fn points(name: &'static str, says: &'static str) -> Part {
    part(name, Unit::Score, says)
}

/// Every term of a health score.
pub const PARTS: &[Part] = &[
    part("accounts", Unit::Count, "accounts of the list"),
    part("scored", Unit::Count, "accounts with a score"),
    part(
        "withheld",
        Unit::Count,
        "accounts with too few measures for a score",
    ),
    part("green", Unit::Count, "accounts in green"),
    part("yellow", Unit::Count, "accounts in yellow"),
    part("red", Unit::Count, "accounts in red"),
    part(
        "coverage",
        Unit::Ratio,
        "share of the weight for which accounts have measures, on average",
    ),
    part(
        "numerator",
        Unit::Score,
        "scores added up, or points times weights",
    ),
    part(
        "denominator",
        Unit::Score,
        "accounts with a score, or weights",
    ),
    points("points_1", "points of the first measure, 0 to 100"),
    points("weight_1", "weight of the first measure, 1 unless given"),
    points(
        "points_2",
        "points of the second measure, where there is one",
    ),
    points("weight_2", "weight of the second measure, 1 unless given"),
    points(
        "points_3",
        "points of the third measure, where there is one",
    ),
    points("weight_3", "weight of the third measure, 1 unless given"),
    points(
        "points_4",
        "points of the fourth measure, where there is one",
    ),
    points("weight_4", "weight of the fourth measure, 1 unless given"),
    points(
        "points_5",
        "points of the fifth measure, where there is one",
    ),
    points("weight_5", "weight of the fifth measure, 1 unless given"),
    points(
        "points_6",
        "points of the sixth measure, where there is one",
    ),
    points("weight_6", "weight of the sixth measure, 1 unless given"),
];

/// The score of one account from typed points and weights; a measure without points does not count,
/// and one without a weight weighs 1.
pub fn typed_score(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (mut above, mut below, mut count) = (0.0, 0.0, 0);
    let mut parts = Vec::new();
    for (place, (points, weight)) in PAIRS.into_iter().enumerate() {
        let own = scope.figure(points);
        let its_weight = scope.figure(weight).unwrap_or(1.0);
        let own = match own {
            Ok(own) => own,
            Err(refusal) if place == 0 => return Err(refusal),
            Err(_) => continue,
        };
        if !(0.0..=100.0).contains(&own) {
            return Err(Refusal::new(
                "points_invalid",
                format!(
                    "The typed figure “{}” is not from 0 to 100.",
                    points.replace('_', " ")
                ),
                "Turn it into points from 0 to 100 first.",
            ));
        }
        if its_weight < 0.0 {
            return Err(Refusal::new(
                "term_negative",
                format!(
                    "The typed figure “{}” is below nothing.",
                    weight.replace('_', " ")
                ),
                "Weights are 0 or more.",
            ));
        }
        above += own * its_weight;
        below += its_weight;
        count += 1;
        parts.extend([(points, own), (weight, its_weight)]);
    }
    if below <= 0.0 {
        return Err(Refusal::new(
            "weights_zero",
            "The weights of the measures add up to nothing.",
            "Give at least one measure a weight above 0.",
        ));
    }
    parts.extend([("numerator", above), ("denominator", below)]);
    Ok(Estimate::of(above / below, count, Spread::Exact).with_parts(parts))
}

/// The share of accounts in green from typed counts.
pub fn typed_share(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (green, scored) = (scope.figure("green")?, scope.figure("scored")?);
    let (Some(count), Some(of)) = (heads(green), heads(scored)) else {
        return Err(not_heads());
    };
    at_least_one(of, "accounts with a score")?;
    if count > of {
        return Err(Refusal::new(
            "part_above_whole",
            "There are more accounts in green than accounts with a score.",
            "Look whether both count the same accounts.",
        ));
    }
    Ok(Estimate::share(count, of).with_parts(vec![
        ("green", green),
        ("scored", scored),
        ("numerator", green),
        ("denominator", scored),
    ]))
}
