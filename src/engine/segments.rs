//! Whether segments differ by more than chance, when all are looked at at once; and how likely
//! customers leave at each age.

use super::base::Refusal;
use super::base::refusal::Outcome;
use super::kpi::estimate::{self, Estimate, LEVEL, Spread};
use super::kpi::stay_curve::Stays;
use super::report::{CurvePoint, LogRankReport, Verdict};
use super::stats::change::Change;
use super::stats::log_rank::{self, Group};
use super::stats::net_promoter::{self, Answers};
use super::stats::outside::Outside;
use super::stats::{hazard as hazards, multiple};

/// How a segment compares with the other segments together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// Its figure minus that of the others.
    pub difference: f64,
    /// How often chance alone would make one of so many differences at least this large.
    pub p_value: f64,
    /// The test of the one difference.
    pub test: &'static str,
    /// Whether the difference is real.
    pub verdict: Verdict,
}

/// Compares every segment with all others together; a segment that is not compared says why.
///
/// The p-values are Holm's: they account for how many segments are compared. Medians are compared
/// by the standard errors of both, ratios of money by a score test.
pub fn against_the_rest(segments: &mut [Outcome<Estimate>]) -> Vec<Outcome<Against>> {
    let mut outside = outside(segments);
    let changes: Vec<Outcome<Change>> = (0..segments.len())
        .map(|place| against(segments, place, outside.as_mut()))
        .collect();
    let mut p_values: Vec<f64> = changes.iter().flatten().map(|it| it.p_value).collect();
    // One of two against the other and the other against the one is a single comparison.
    if p_values.len() > 2 {
        p_values = multiple::holm(&p_values).unwrap_or_default();
    }
    let mut p_values = p_values.into_iter();
    changes
        .into_iter()
        .map(|change| {
            let change = change?;
            let p_value = p_values.next().unwrap_or(change.p_value);
            Ok(Against {
                difference: change.difference,
                p_value,
                test: change.method,
                verdict: if p_value < 1.0 - LEVEL {
                    Verdict::Real
                } else {
                    Verdict::CouldBeNoise
                },
            })
        })
        .collect()
}

/// The difference of one segment to all others together, and its p-value by itself.
fn against(
    segments: &[Outcome<Estimate>],
    place: usize,
    outside: Option<&mut Outside>,
) -> Outcome<Change> {
    let one = segments.get(place).ok_or_else(alone)?;
    let one = one.as_ref().map_err(Clone::clone)?;
    let others = segments.iter().enumerate();
    let others: Vec<&Estimate> = others
        .filter(|(other, _)| *other != place)
        .filter_map(|(_, other)| other.as_ref().ok())
        .collect();
    if others.is_empty() {
        return Err(alone());
    }
    let rest = match (outside, &one.behind) {
        (Some(outside), Some(behind)) => rest_of_values(outside, place, behind.share),
        _ => together(&others),
    };
    let change = rest.and_then(|rest| estimate::change(one, &rest));
    change.ok_or_else(|| not_compared(one))
}

/// The values behind the segments, where their figures are quantiles.
fn outside(segments: &mut [Outcome<Estimate>]) -> Option<Outside> {
    let mut share = None;
    let behind = |one: &mut Outcome<Estimate>| {
        let behind = one.as_mut().ok()?.behind.as_mut()?;
        share = Some(behind.share);
        Some(std::mem::take(&mut behind.values))
    };
    let values: Vec<Option<Vec<f64>>> = segments.iter_mut().map(behind).collect();
    let share = share?;
    let mut outside = Outside::of(values.into_iter().map(Option::unwrap_or_default).collect());
    outside.look_ahead(share, LEVEL);
    Some(outside)
}

/// The quantile of everything outside a segment.
fn rest_of_values(outside: &mut Outside, place: usize, share: f64) -> Option<Estimate> {
    let value = outside.quantile(place, share)?;
    let spread = if share <= 0.5 {
        Spread::Median(outside.median(place))
    } else {
        Spread::StandardError(outside.quantile_error(place, share, LEVEL))
    };
    Some(Estimate::of(value, outside.len(place) as u64, spread))
}

fn alone() -> Refusal {
    Refusal::new(
        "segment_alone",
        "No other segment has a figure to be held against.",
        "Choose a column with more values, or a longer period.",
    )
}

/// Why a figure is not held against those of the other segments together.
fn not_compared(one: &Estimate) -> Refusal {
    match one.spread {
        Spread::Exact => Refusal::new(
            "segment_is_sum",
            "The figure is a full count or a sum, and a part of it has no reason to be as large as the rest.",
            "Hold a rate, a mean or a median of the segments against each other.",
        ),
        Spread::StandardError(_) => Refusal::new(
            "segment_rule",
            "Under this rule it is not known how far chance alone moves the figure or that of the others together.",
            "Choose the standard rule to have the segments compared.",
        ),
        Spread::Share(..)
        | Spread::Mean(_)
        | Spread::Median(_)
        | Spread::Promoters(_)
        | Spread::Ratio(..) => Refusal::new(
            "segment_too_small",
            "There are too few here or in the others together, or all are too much alike, to tell a difference from chance.",
            "Choose a longer period, or a column with fewer values.",
        ),
    }
}

/// Whether the segments keep their customers equally long; absent where the figure tells no such
/// times, and where fewer than two segments do.
pub fn log_rank(segments: &[Outcome<Estimate>]) -> Option<LogRankReport> {
    let stays = segments.iter().flatten().filter_map(|it| it.stays.as_ref());
    let groups: Vec<Group<'_>> = stays
        .filter(|stays| !stays.months.is_empty())
        .map(|stays| Group {
            durations: &stays.months,
            happened: &stays.left,
        })
        .collect();
    let found = log_rank::log_rank(&groups)?;
    Some(LogRankReport {
        statistic: found.statistic,
        degrees: found.degrees,
        p_value: found.p_value,
        segments: groups.len() as u32,
    })
}

/// Of those who reached each age, the share lost within the month that follows.
pub fn hazard(stays: &Stays) -> Vec<CurvePoint> {
    let ages = hazards::by_age(&stays.months, &stays.left).unwrap_or_default();
    ages.into_iter()
        .map(|age| CurvePoint {
            at: f64::from(age.age),
            value: age.hazard,
            low: age.low,
            high: age.high,
            at_risk: age.at_risk,
            events: age.events,
        })
        .collect()
}

/// One figure over several groups of different rows.
fn together(groups: &[&Estimate]) -> Option<Estimate> {
    let spread = groups
        .iter()
        .map(|group| Some(group.spread))
        .reduce(|all, next| match (all?, next?) {
            (Spread::Share(count, of), Spread::Share(more, of_more)) => {
                Some(Spread::Share(count + more, of + of_more))
            }
            (Spread::Mean(one), Spread::Mean(other)) => Some(Spread::Mean(one.merge(other))),
            (Spread::Promoters(one), Spread::Promoters(other)) => {
                Some(Spread::Promoters(Answers {
                    promoters: one.promoters + other.promoters,
                    passives: one.passives + other.passives,
                    detractors: one.detractors + other.detractors,
                }))
            }
            (Spread::Ratio(_, one), Spread::Ratio(_, other)) => {
                Some(Spread::Ratio(None, one.merge(other)))
            }
            _ => None,
        })??;
    let (value, n) = match spread {
        Spread::Share(count, of) if of > 0 => (count as f64 / of as f64, of),
        Spread::Mean(moments) => (moments.mean()?, moments.count()),
        Spread::Promoters(answers) => (net_promoter::score(answers)?, answers.count()),
        Spread::Ratio(_, sums) => {
            let ratio = sums.ratio()?;
            let spread = Spread::Ratio(sums.standard_error(), sums);
            return Some(Estimate::of(ratio, sums.count(), spread));
        }
        _ => return None,
    };
    Some(Estimate::of(value, n, spread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kpi::estimate::Behind;
    use crate::engine::stats::quantile;
    use crate::engine::stats::ratio_sums::RatioSums;

    fn shares(counts: &[(u64, u64)]) -> Vec<Outcome<Estimate>> {
        let share = |(count, of): &(u64, u64)| Ok(Estimate::share(*count, *of));
        counts.iter().map(share).collect()
    }

    fn ratio(pairs: &[(f64, f64)]) -> Estimate {
        let sums = RatioSums::of(pairs.iter().copied());
        let spread = Spread::Ratio(sums.standard_error(), sums);
        Estimate::of(sums.ratio().unwrap(), sums.count(), spread)
    }

    fn median(mut values: Vec<f64>) -> Estimate {
        values.sort_by(f64::total_cmp);
        let middle = quantile::type7(&values, 0.5).unwrap();
        let spread = Spread::Median(quantile::median_of(&values));
        let mut one = Estimate::of(middle, values.len() as u64, spread);
        one.behind = Some(Behind { share: 0.5, values });
        one
    }

    fn codes(found: Vec<Outcome<Against>>) -> Vec<String> {
        let code = |it: Outcome<Against>| it.map_or_else(|why| why.code, |_| String::from("ok"));
        found.into_iter().map(code).collect()
    }

    #[test]
    fn a_segment_that_stands_out_among_two_is_lost_among_forty() {
        // 60 of 100 against 45 of 100: real for one comparison.
        let two = against_the_rest(&mut shares(&[(60, 100), (43, 100)]));
        let two = two[0].as_ref().unwrap();
        assert_eq!(two.verdict, Verdict::Real);
        let mut many = vec![(60, 100)];
        many.extend([(50, 100); 39]);
        let many = against_the_rest(&mut shares(&many));
        let many = many[0].as_ref().unwrap();
        assert_eq!(many.verdict, Verdict::CouldBeNoise);
        assert!(many.p_value > 3.0 * two.p_value);
    }

    #[test]
    fn what_is_not_compared_says_why() {
        let of = |spread: Spread| Ok(Estimate::of(0.9, 10, spread));
        let two = |spread: Spread| codes(against_the_rest(&mut [of(spread), of(spread)]));
        assert_eq!(two(Spread::Exact), ["segment_is_sum"; 2]);
        assert_eq!(two(Spread::StandardError(None)), ["segment_rule"; 2]);
        assert_eq!(two(Spread::Median(None)), ["segment_too_small"; 2]);
        let mut one = shares(&[(1, 2)]);
        assert_eq!(codes(against_the_rest(&mut one)), ["segment_alone"]);
        one.push(Err(Refusal::new("no_opening", "", "")));
        let found = codes(against_the_rest(&mut one));
        assert_eq!(found, ["segment_alone", "no_opening"]);
    }

    #[test]
    fn the_difference_is_to_the_others_together() {
        let found = against_the_rest(&mut shares(&[(10, 20), (10, 40), (30, 40)]));
        let difference = |place: usize| found[place].as_ref().unwrap().difference;
        assert!((difference(0) - (0.5 - 0.5)).abs() < 1e-12);
        assert!((difference(1) - (0.25 - 40.0 / 60.0)).abs() < 1e-12);
    }

    #[test]
    fn ratios_of_money_are_held_against_the_ratio_of_the_others_together() {
        let first = [(80.0, 100.0), (0.0, 10.0), (30.0, 20.0)];
        let second = [(5.0, 10.0), (40.0, 40.0)];
        let third = [(100.0, 90.0), (3.0, 9.0)];
        let mut all = [ratio(&first), ratio(&second), ratio(&third)].map(Ok);
        let found = against_the_rest(&mut all);
        let difference = found[0].as_ref().unwrap().difference;
        assert!((difference - (110.0 / 130.0 - 148.0 / 149.0)).abs() < 1e-12);
        // Two customers who are alike say nothing of themselves, and still are among the others.
        let alike = ratio(&[(1.0, 1.0), (2.0, 2.0)]);
        let mut alike = [ratio(&first), alike, ratio(&third)].map(Ok);
        let found = against_the_rest(&mut alike);
        assert!(
            (found[0].as_ref().unwrap().difference - (110.0 / 130.0 - 106.0 / 102.0)).abs() < 1e-12
        );
        assert_eq!(found[1].as_ref().unwrap_err().code, "segment_too_small");
    }

    #[test]
    fn medians_are_held_against_the_median_of_the_others_together() {
        let run = |from: i32, count: i32| (from..from + count).map(f64::from).collect::<Vec<_>>();
        let all = [(0, 20), (10, 9), (100, 9)];
        let mut all = all.map(|(from, count)| Ok(median(run(from, count))));
        let found = against_the_rest(&mut all);
        // Outside the first lie 10 to 18 and 100 to 108: in the middle 18 and 100.
        assert!((found[0].as_ref().unwrap().difference - (9.5 - 59.0)).abs() < 1e-12);
        assert_eq!(found[2].as_ref().unwrap().verdict, Verdict::Real);
        let few = [run(0, 5), run(3, 30)];
        let few = codes(against_the_rest(&mut few.map(|own| Ok(median(own)))));
        assert_eq!(few, ["segment_too_small"; 2]);
    }
}
