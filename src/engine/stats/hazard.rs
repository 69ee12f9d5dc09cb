//! Hazard by age: of those who reached an age, the share lost before the next one.

use super::proportion;

/// Name of the method of [`by_age`], as shown to a reader.
pub const HAZARD: &str = "lost ÷ under observation at each age, Wilson score interval";

/// The most ages that are told apart; a longer life in this unit is a unit chosen wrongly.
const MOST_AGES: f64 = 10_000.0;

/// One unit of age.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgeHazard {
    /// Whole units of age, from 0: the unit from `age` up to, not including, `age + 1`.
    pub age: u32,
    /// How many were under observation when it began; at least 1.
    pub at_risk: u64,
    /// To how many it happened within it.
    pub events: u64,
    /// How many left observation within it without the event.
    pub censored: u64,
    /// `events` ÷ `at_risk`, 0 to 1.
    pub hazard: f64,
    /// Lower end of the 95 % interval of `hazard`.
    pub low: f64,
    /// Upper end of the 95 % interval of `hazard`.
    pub high: f64,
}

/// The hazard in each unit of age, from 0 to the last age anyone reached.
///
/// `durations` are in units of age, such as months; a duration of 2.4 falls into age 2. Whoever
/// leaves observation within a unit counts as under observation in it, as in Kaplan and Meier's
/// curve: with whole durations the product of (1 − hazard) is that curve; with broken ones the
/// hazard is a little too low where many are censored within the unit, which `censored` tells.
/// `None` without durations, when the slices differ in length, and when a duration is negative,
/// not finite or above 10,000 units.
///
/// # Source
/// The life table (Cutler & Ederer 1958) without its half-unit correction; interval: Wilson (1927).
pub fn by_age(durations: &[f64], happened: &[bool]) -> Option<Vec<AgeHazard>> {
    let valid = |duration: &f64| (0.0..=MOST_AGES).contains(duration);
    if durations.is_empty() || durations.len() != happened.len() || !durations.iter().all(valid) {
        return None;
    }
    let last = durations.iter().copied().fold(0.0, f64::max).floor() as usize;
    let mut tallies = vec![(0_u64, 0_u64); last + 1];
    for (duration, happened) in durations.iter().zip(happened) {
        if let Some((events, censored)) = tallies.get_mut(duration.floor() as usize) {
            *(if *happened { events } else { censored }) += 1;
        }
    }
    let mut at_risk = durations.len() as u64;
    tallies
        .into_iter()
        .zip(0..)
        .map(|((events, censored), age)| {
            let (low, high) = proportion::wilson(events, at_risk, 0.95)?;
            let found = AgeHazard {
                age,
                at_risk,
                events,
                censored,
                hazard: events as f64 / at_risk as f64,
                low,
                high,
            };
            at_risk -= events + censored;
            Some(found)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn everyone_counts_until_they_are_gone() {
        let durations = [0.0, 0.9, 1.0, 3.5, 3.0];
        let happened = [true, false, true, true, false];
        let ages = by_age(&durations, &happened).unwrap();
        let counts: Vec<[u64; 3]> = ages
            .iter()
            .map(|age| [age.at_risk, age.events, age.censored])
            .collect();
        assert_eq!(counts, [[5, 1, 1], [3, 1, 0], [2, 0, 0], [2, 1, 1]]);
        assert_close(ages[1].hazard, 1.0 / 3.0, 1e-15);
        assert!(ages[2].low <= 0.0 && ages[2].high > 0.5);
    }

    #[test]
    fn impossible_durations_have_no_hazard() {
        assert_eq!(by_age(&[], &[]), None);
        assert_eq!(by_age(&[1.0], &[]), None);
        for duration in [-0.5, f64::NAN, f64::INFINITY, 1e6] {
            assert_eq!(by_age(&[duration], &[true]), None);
        }
    }
}
