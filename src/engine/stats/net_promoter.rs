//! The net promoter score: its interval, its change, and the answers it needs.

use super::change::Change;
use super::normal;
use crate::engine::base::math;

/// Name of the usual method, as shown to a reader.
pub const MULTINOMIAL: &str = "multinomial variance, normal";
/// Name of the method where all answers fall in one group, as shown to a reader.
pub const ADJUSTED_WALD: &str = "adjusted Wald (+3 answers), all in one group";

/// Answers by group: promoters gave 9 or 10, passives 7 or 8, detractors 0 to 6.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Answers {
    /// How many gave 9 or 10.
    pub promoters: u64,
    /// How many gave 7 or 8.
    pub passives: u64,
    /// How many gave 0 to 6.
    pub detractors: u64,
}

/// An interval of the score, in score points from −100 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreInterval {
    /// Lower end, at least −100.
    pub low: f64,
    /// Upper end, at most 100.
    pub high: f64,
    /// Name of the method, as shown to a reader.
    pub method: &'static str,
}

impl Answers {
    /// All answers.
    pub fn count(self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// Whether every answer fell in the same group, so that the sample shows no variance.
    fn unanimous(self) -> bool {
        let count = self.count();
        self.promoters == count || self.passives == count || self.detractors == count
    }

    /// Mean and variance of the score of one answer (+1, 0, −1), dividing by n.
    fn spread(self, added: f64) -> (f64, f64, f64) {
        let count = self.count() as f64 + 4.0 * added;
        let promoters = (self.promoters as f64 + added) / count;
        let detractors = (self.detractors as f64 + added) / count;
        let mean = promoters - detractors;
        let variance = (promoters + detractors - mean * mean).max(0.0);
        (count, mean, variance)
    }

    /// Centre and standard error of the score on −1..=1, and the method that gave them.
    fn centre_and_error(self) -> (f64, f64, &'static str) {
        // Rocks adds three answers: 3/4 promoters, 3/2 passives, 3/4 detractors.
        let (added, method) = if self.unanimous() {
            (0.75, ADJUSTED_WALD)
        } else {
            (0.0, MULTINOMIAL)
        };
        let (count, mean, variance) = self.spread(added);
        (mean, math::sqrt(variance / count), method)
    }
}

/// The net promoter score, in points from −100 to 100; `None` without answers.
///
/// # Source
/// Reichheld, F. F. (2003), "The one number you need to grow".
pub fn score(answers: Answers) -> Option<f64> {
    if answers.count() == 0 {
        return None;
    }
    Some(100.0 * (answers.promoters as f64 - answers.detractors as f64) / answers.count() as f64)
}

/// The 95 % interval of the net promoter score; see [`interval_at`].
pub fn interval(promoters: u64, passives: u64, detractors: u64) -> Option<ScoreInterval> {
    let answers = Answers {
        promoters,
        passives,
        detractors,
    };
    interval_with(answers, normal::Z_95)
}

/// The interval of the net promoter score at a level between 0 and 1.
///
/// Formula: 100·(P − D ± z·√((P + D − (P − D)²)/n)), with P and D the shares of promoters and
/// detractors; cut at −100 and 100. Where all answers fall in one group that variance is zero and
/// would claim certainty, so three answers are added first (the adjusted Wald interval), and
/// `method` says so. `None` without answers, or unless 0 < level < 1.
///
/// # Source
/// Rocks, B. (2016), "Interval estimation for the 'Net Promoter Score'", The American Statistician.
pub fn interval_at(answers: Answers, level: f64) -> Option<ScoreInterval> {
    interval_with(answers, normal::half_width(level)?)
}

/// How the first score differs from the second, in score points (−200 to 200).
///
/// Two-sample z with separate variances; a side whose answers all fall in one group takes the
/// variance of the adjusted Wald interval, and `method` says so. `None` without answers on a side.
///
/// # Source
/// Rocks (2016), as [`interval_at`].
pub fn change(first: Answers, second: Answers) -> Option<Change> {
    let difference = score(first)? - score(second)?;
    let (_, error_first, method_first) = first.centre_and_error();
    let (_, error_second, method_second) = second.centre_and_error();
    let method = if method_first == MULTINOMIAL {
        method_second
    } else {
        method_first
    };
    let error = 100.0 * math::sqrt(error_first * error_first + error_second * error_second);
    let change = Change::from_standard_error(difference, error, method)?;
    Some(Change {
        low: change.low.max(-200.0),
        high: change.high.min(200.0),
        ..change
    })
}

/// How many answers, split like these, give an interval of ± `margin_points`.
///
/// `None` without answers, with all answers in one group, or unless the margin is positive.
pub fn answers_needed(like: Answers, margin_points: f64) -> Option<u64> {
    if like.count() == 0 || like.unanimous() || margin_points.is_nan() || margin_points <= 0.0 {
        return None;
    }
    let (_, _, variance) = like.spread(0.0);
    let ratio = 100.0 * normal::Z_95 / margin_points;
    Some((ratio * ratio * variance).ceil() as u64)
}

/// The interval, `z` standard errors wide on each side.
fn interval_with(answers: Answers, z: f64) -> Option<ScoreInterval> {
    let observed = score(answers)?;
    let (centre, error, method) = answers.centre_and_error();
    // The adjusted centre lies off the observed score; the interval still has to contain it.
    Some(ScoreInterval {
        low: (100.0 * (centre - z * error)).max(-100.0).min(observed),
        high: (100.0 * (centre + z * error)).min(100.0).max(observed),
        method,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    fn answers(promoters: u64, passives: u64, detractors: u64) -> Answers {
        Answers {
            promoters,
            passives,
            detractors,
        }
    }

    /// Vectors G7 and G8 of the KPI catalogue.
    #[test]
    fn the_margin_is_that_of_the_catalogue() {
        for (given, margin) in [(answers(50, 30, 20), 15.3078), (answers(5, 3, 2), 48.4075)] {
            assert_close(score(given).unwrap(), 30.0, 1e-12);
            let interval = interval(given.promoters, given.passives, given.detractors).unwrap();
            assert_close(interval.low, 30.0 - margin, 5e-5);
            assert_close(interval.high, 30.0 + margin, 5e-5);
            assert_eq!(interval.method, MULTINOMIAL);
        }
    }

    /// Vector G10 of the KPI catalogue.
    #[test]
    fn two_waves_compare_as_in_the_catalogue() {
        let change = change(answers(60, 25, 15), answers(50, 30, 20)).unwrap();
        assert_close(change.difference, 15.0, 1e-12);
        assert_close(change.statistic, 1.3942, 5e-5);
        assert_close(change.p_value, 0.1633, 5e-5);
        assert!(change.low < 0.0 && change.high > 0.0);
    }

    /// Vector G11 of the KPI catalogue.
    #[test]
    fn a_narrower_margin_needs_more_answers() {
        let like = answers(50, 30, 20);
        assert_eq!(answers_needed(like, 5.0), Some(938));
        assert_eq!(answers_needed(like, 10.0), Some(235));
        assert_eq!(answers_needed(like, 0.0), None);
        assert_eq!(answers_needed(answers(3, 0, 0), 5.0), None);
    }

    /// Three answers are added to five promoters: 5.75 and 0.75 of 8, by hand.
    ///
    /// Source: Rocks (2016), as described by Lewis & Sauro (2021), "Evaluating NPS confidence
    /// intervals with real-world data": 3 to n, 3/4 to promoters, 3/4 to detractors.
    #[test]
    fn answers_all_in_one_group_are_not_certain() {
        let five = interval(5, 0, 0).unwrap();
        let error = ((6.5 / 8.0 - 0.625 * 0.625) / 8.0_f64).sqrt();
        assert_close(five.low, 100.0 * (0.625 - normal::Z_95 * error), 1e-10);
        assert_close(five.high, 100.0, 0.0);
        assert_eq!(five.method, ADJUSTED_WALD);
        for (promoters, passives, detractors) in [(1, 0, 0), (0, 4, 0), (0, 0, 900)] {
            let given = answers(promoters, passives, detractors);
            for level in [0.5, 0.8, 0.95, 0.999] {
                let interval = interval_at(given, level).unwrap();
                let observed = score(given).unwrap();
                assert!(interval.low <= observed && observed <= interval.high);
                assert!(interval.high - interval.low > 0.1);
            }
        }
    }

    #[test]
    fn a_change_between_two_sides_all_in_one_group_is_still_uncertain() {
        let change = change(answers(3, 0, 0), answers(0, 0, 2)).unwrap();
        assert_close(change.difference, 200.0, 0.0);
        assert_close(change.high, 200.0, 0.0);
        assert!(change.low < 200.0);
        assert_eq!(change.method, ADJUSTED_WALD);
    }

    #[test]
    fn no_answers_give_no_score() {
        let none = Answers::default();
        assert_eq!(score(none), None);
        assert_eq!(interval(0, 0, 0), None);
        assert_eq!(change(none, answers(1, 1, 1)), None);
        assert_eq!(answers_needed(none, 5.0), None);
        assert_eq!(interval_at(answers(1, 1, 1), 1.0), None);
    }
}
