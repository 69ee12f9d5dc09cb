//! The log-rank test: do groups keep their customers equally long?

use super::gamma;
use crate::engine::base::math;

/// Name of the method of [`log_rank`], as shown to a reader.
pub const LOG_RANK: &str = "log-rank test";

/// A pivot this small, as a share of the variance it began with, is the residue of rounding.
const ROUNDING: f64 = 1e-10;

/// The durations of one group, and of each whether it ended with the event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group<'a> {
    /// From 0, in any unit, the same for all groups.
    pub durations: &'a [f64],
    /// As many as there are durations.
    pub happened: &'a [bool],
}

/// What the test says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// The chi-squared statistic.
    pub statistic: f64,
    /// Degrees of freedom: the groups compared, less one.
    pub degrees: u32,
    /// How often chance alone makes the groups differ at least as much. It is 0 only where it is
    /// too small for a number; `ln_p_value` then still says how small.
    pub p_value: f64,
    /// Its natural logarithm.
    pub ln_p_value: f64,
}

/// Compares the survival of two or more groups over their whole course.
///
/// At equal durations events come before censorings, as in Kaplan and Meier's curve; ties of events
/// take the hypergeometric variance. A group of which nobody was under observation when anything
/// happened says nothing and is left out, with its degree of freedom.
///
/// `None` with fewer than two groups that say anything, when nothing happened, when the slices of a
/// group differ in length, when a duration is negative or not finite, and when the groups were
/// never under observation together, so that nothing can be compared.
///
/// # Source
/// Mantel, N. (1966), "Evaluation of survival data and two new rank order statistics"; Peto & Peto
/// (1972); k groups: Kalbfleisch & Prentice (1980), as in the library lifelines.
pub fn log_rank(groups: &[Group<'_>]) -> Option<LogRank> {
    let tallies = tally(&observations(groups)?, groups);
    let chosen: Vec<usize> = (0..groups.len())
        .filter(|group| at(&tallies.expected, *group) > 0.0)
        .collect();
    // The last row follows from the others, since the differences sum to zero.
    let (_, rows) = chosen.split_last().filter(|(_, rows)| !rows.is_empty())?;
    let differences: Vec<f64> = rows
        .iter()
        .map(|row| at(&tallies.observed, *row) - at(&tallies.expected, *row))
        .collect();
    let variance: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            let line = tallies.variance.get(*row);
            rows.iter()
                .map(|column| line.map_or(0.0, |line| at(line, *column)))
                .collect()
        })
        .collect();
    let statistic = quadratic_form(variance, differences)?;
    let degrees = rows.len() as u32;
    let tail = gamma::chi_squared_tail(statistic, f64::from(degrees))?;
    Some(LogRank {
        statistic,
        degrees,
        p_value: tail.p,
        ln_p_value: tail.ln_p,
    })
}

/// One duration: how long, whether it ended with the event, and whose it is.
type Observation = (f64, bool, usize);

fn observations(groups: &[Group<'_>]) -> Option<Vec<Observation>> {
    let mut all = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        if group.durations.len() != group.happened.len() {
            return None;
        }
        let pairs = group.durations.iter().zip(group.happened);
        all.extend(pairs.map(|(duration, happened)| (*duration, *happened, index)));
    }
    let valid = |(duration, _, _): &Observation| duration.is_finite() && *duration >= 0.0;
    if !all.iter().all(valid) {
        return None;
    }
    // Adding zero makes a negative zero tie with zero.
    all.sort_unstable_by(|one, other| (one.0 + 0.0).total_cmp(&(other.0 + 0.0)));
    Some(all)
}

/// Events observed and expected in each group, and the variances of the differences.
struct Tallies {
    observed: Vec<f64>,
    expected: Vec<f64>,
    variance: Vec<Vec<f64>>,
}

fn tally(observations: &[Observation], groups: &[Group<'_>]) -> Tallies {
    let count = groups.len();
    let mut at_risk: Vec<f64> = groups.iter().map(|it| it.durations.len() as f64).collect();
    let mut all_at_risk = observations.len() as f64;
    let mut tallies = Tallies {
        observed: vec![0.0; count],
        expected: vec![0.0; count],
        variance: vec![vec![0.0; count]; count],
    };
    for ties in observations.chunk_by(|one, other| one.0 >= other.0) {
        let events = ties.iter().filter(|tie| tie.1).count() as f64;
        if events > 0.0 {
            tallies.take(&at_risk, all_at_risk, events);
        }
        for (_, happened, group) in ties {
            if let (true, Some(observed)) = (*happened, tallies.observed.get_mut(*group)) {
                *observed += 1.0;
            }
            if let Some(left) = at_risk.get_mut(*group) {
                *left -= 1.0;
            }
        }
        all_at_risk -= ties.len() as f64;
    }
    tallies
}

impl Tallies {
    /// Takes in so many events at one duration.
    fn take(&mut self, at_risk: &[f64], all: f64, events: f64) {
        // Of one that is left, the variance is zero.
        let spread = if all > 1.0 {
            events * (all - events) / (all - 1.0)
        } else {
            0.0
        };
        for (row, (risk, expected)) in at_risk.iter().zip(&mut self.expected).enumerate() {
            let share = risk / all;
            *expected += events * share;
            let Some(line) = self.variance.get_mut(row).filter(|_| *risk > 0.0) else {
                continue;
            };
            for (column, (other, sum)) in at_risk.iter().zip(line).enumerate() {
                let own = if row == column { 1.0 } else { 0.0 };
                *sum += spread * share * (own - other / all);
            }
        }
    }
}

fn at(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or(0.0)
}

/// The product dᵀ V⁻¹ d for a variance V, by Cholesky's decomposition; `None` if V has no inverse.
fn quadratic_form(mut variance: Vec<Vec<f64>>, mut difference: Vec<f64>) -> Option<f64> {
    let size = difference.len();
    let diagonal: Vec<f64> = variance
        .iter()
        .zip(0..)
        .map(|(line, row)| at(line, row))
        .collect();
    let mut squares = Vec::with_capacity(size);
    // Eliminates row after row; what is left of each difference is independent of the others.
    for pivot in 0..size {
        let line = variance.get(pivot)?.clone();
        let (spread, rest) = (at(&line, pivot), at(&difference, pivot));
        if spread <= ROUNDING * at(&diagonal, pivot) || spread <= 0.0 {
            return None;
        }
        squares.push(rest * rest / spread);
        for row in pivot + 1..size {
            let factor = at(variance.get(row)?, pivot) / spread;
            for (cell, above) in variance.get_mut(row)?.iter_mut().zip(&line) {
                *cell -= factor * above;
            }
            *difference.get_mut(row)? -= factor * rest;
        }
    }
    Some(math::sum(squares))
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    const PLACEBO: [f64; 21] = [
        1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 11.0, 11.0, 12.0, 12.0,
        15.0, 17.0, 22.0, 23.0,
    ];
    const TREATED: [f64; 21] = [
        6.0, 6.0, 6.0, 6.0, 7.0, 9.0, 10.0, 10.0, 11.0, 13.0, 16.0, 17.0, 19.0, 20.0, 22.0, 23.0,
        25.0, 32.0, 32.0, 34.0, 35.0,
    ];
    const RELAPSED: [bool; 21] = [
        true, true, true, false, true, false, true, false, false, true, true, false, false, false,
        true, true, false, false, false, false, false,
    ];

    /// Source: Freireich et al. (1963) as R's `survdiff` compares them: 16.79 with 1 degree,
    /// p 4.17e-5.
    #[test]
    fn the_textbook_patients_compare_as_in_r() {
        let placebo = Group {
            durations: &PLACEBO,
            happened: &[true; 21],
        };
        let treated = Group {
            durations: &TREATED,
            happened: &RELAPSED,
        };
        let test = log_rank(&[placebo, treated]).unwrap();
        assert_eq!(test.degrees, 1);
        assert_close(test.statistic, 16.79, 0.005);
        assert_close(test.p_value, 4.17e-5, 5e-8);
        let turned = log_rank(&[treated, placebo]).unwrap();
        assert_close(turned.statistic, test.statistic, 1e-12);
    }

    #[test]
    fn groups_that_cannot_be_compared_are_not() {
        let group = |durations, happened| Group {
            durations,
            happened,
        };
        let some = group(&[1.0, 2.0], &[true, false]);
        assert_eq!(log_rank(&[]), None);
        assert_eq!(log_rank(&[some]), None);
        assert_eq!(log_rank(&[some, group(&[], &[])]), None);
        assert_eq!(log_rank(&[some, group(&[1.0], &[])]), None);
        assert_eq!(log_rank(&[some, group(&[-1.0], &[true])]), None);
        assert_eq!(log_rank(&[some, group(&[f64::NAN], &[true])]), None);
        let still = group(&[5.0, 6.0], &[false, false]);
        assert_eq!(log_rank(&[still, still]), None);
        // The first was gone before anything happened.
        let early = group(&[0.5], &[false]);
        assert_eq!(log_rank(&[early, some]), None);
        assert_eq!(log_rank(&[early, some, some]).unwrap().degrees, 1);
    }
}
