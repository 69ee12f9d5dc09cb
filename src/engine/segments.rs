//! Whether segments differ by more than chance, when all are looked at at once; and how likely
//! customers leave at each age.

use super::kpi::estimate::{self, Estimate, LEVEL, Spread};
use super::kpi::stay_curve::Stays;
use super::report::{CurvePoint, LogRankReport, Verdict};
use super::stats::log_rank::{self, Group};
use super::stats::net_promoter::{self, Answers};
use super::stats::{hazard as hazards, multiple};

/// How a segment compares with the other segments together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// Its figure minus that of the others.
    pub difference: f64,
    /// How often chance alone would make one of so many differences at least this large.
    pub p_value: f64,
    /// Whether the difference is real.
    pub verdict: Verdict,
}

/// Compares every segment with all others together.
///
/// The p-values are Holm's: they account for how many segments are compared. Absent for figures that cannot be added up (medians, money ratios, sums)
/// and where there are fewer than two segments with a figure.
pub fn against_the_rest(segments: &[Option<Estimate>]) -> Vec<Option<Against>> {
    let changes: Vec<Option<(f64, f64)>> = segments
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let one = one.as_ref()?;
            let others = segments.iter().enumerate();
            let others = others
                .filter(|(other, _)| *other != place)
                .filter_map(|(_, other)| other.as_ref());
            let rest = together(others)?;
            let change = estimate::change(one, &rest)?;
            Some((change.difference, change.p_value))
        })
        .collect();
    let p_values: Vec<f64> = changes.iter().flatten().map(|(_, p)| *p).collect();
    let mut adjusted = multiple::holm(&p_values).unwrap_or_default().into_iter();
    changes
        .into_iter()
        .map(|change| {
            let (difference, _) = change?;
            let p_value = adjusted.next()?;
            Some(Against {
                difference,
                p_value,
                verdict: if p_value < 1.0 - LEVEL {
                    Verdict::Real
                } else {
                    Verdict::CouldBeNoise
                },
            })
        })
        .collect()
}

/// Whether the segments keep their customers equally long; absent where the figure tells no such
/// times, and where fewer than two segments do.
pub fn log_rank(segments: &[Option<Estimate>]) -> Option<LogRankReport> {
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
fn together<'a>(groups: impl Iterator<Item = &'a Estimate>) -> Option<Estimate> {
    let spread = groups
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
            _ => None,
        })??;
    let (value, n) = match spread {
        Spread::Share(count, of) if of > 0 => (count as f64 / of as f64, of),
        Spread::Mean(moments) => (moments.mean()?, moments.count()),
        Spread::Promoters(answers) => (net_promoter::score(answers)?, answers.count()),
        _ => return None,
    };
    Some(Estimate::of(value, n, spread))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(counts: &[(u64, u64)]) -> Vec<Option<Estimate>> {
        let share = |(count, of): &(u64, u64)| Some(Estimate::share(*count, *of));
        counts.iter().map(share).collect()
    }

    #[test]
    fn a_segment_that_stands_out_among_two_is_lost_among_forty() {
        // 60 of 100 against 45 of 100: real for one comparison.
        let two = against_the_rest(&shares(&[(60, 100), (43, 100)]));
        assert_eq!(two[0].unwrap().verdict, Verdict::Real);
        let mut many = vec![(60, 100)];
        many.extend([(50, 100); 39]);
        let many = against_the_rest(&shares(&many));
        assert_eq!(many[0].unwrap().verdict, Verdict::CouldBeNoise);
        assert!(many[0].unwrap().p_value > two[0].unwrap().p_value);
    }

    #[test]
    fn what_cannot_be_added_up_is_not_compared() {
        let ratio = Some(Estimate::of(0.9, 10, Spread::StandardError(Some(0.1))));
        let found = against_the_rest(&[ratio.clone(), ratio]);
        assert_eq!(found, [None, None]);
        let mut one = shares(&[(1, 2)]);
        assert_eq!(against_the_rest(&one), [None]);
        one.push(None);
        assert_eq!(against_the_rest(&one), [None, None]);
    }

    #[test]
    fn the_difference_is_to_the_others_together() {
        let found = against_the_rest(&shares(&[(10, 20), (10, 40), (30, 40)]));
        let difference = found[0].unwrap().difference;
        assert!((difference - (0.5 - 0.5)).abs() < 1e-12);
        assert!((found[1].unwrap().difference - (0.25 - 40.0 / 60.0)).abs() < 1e-12);
    }
}
