//! Scores of accounts from points and weights: one account, and all accounts of a scope.

use super::health_weights::{Method, Weights};
use crate::engine::base::Refusal;
use crate::engine::base::refusal::Outcome;
use crate::engine::facts::Health;
use crate::engine::facts::health::{Band, ByHand, Measure, Missing};
use crate::engine::report::{AccountResult, Contribution, MeasureReport, OfferedMeasure};

/// Points of a measure that is missing and counts as neither good nor bad.
const NEUTRAL: f64 = 50.0;

/// Accounts that are scored side by side: measure after measure instead of account after account,
/// because the same arithmetic on many numbers takes a fraction of the time.
const SIDE_BY_SIDE: usize = 512;

/// What is worked out of some accounts, one entry each; used again for the next ones.
#[derive(Clone, Debug)]
pub struct Work {
    /// The score from 0 to 100; NaN where it is withheld.
    scores: Vec<f64>,
    /// Share of the weight for which the account has measures.
    coverage: Vec<f64>,
    /// The score was set, lowered or lifted by hand.
    by_hand: Vec<bool>,
    /// The weight of the groups of which it has something.
    present: Vec<f64>,
    /// Within a group: the weight of what it has.
    inside: Vec<f64>,
    /// A measure that it lacks withholds the score.
    withheld: Vec<bool>,
    measures: Vec<Column>,
}

/// What a measure does to some accounts.
#[derive(Clone, Debug)]
struct Column {
    /// What it adds to the score.
    adds: Vec<f64>,
    /// Its share of the weight.
    shares: Vec<f64>,
    /// 1 where the account has it and it is not too old, else 0.
    has: Vec<f64>,
}

impl Work {
    /// Room for so many measures.
    pub fn new(measures: usize) -> Self {
        let zeros = || vec![0.0; SIDE_BY_SIDE];
        let column = || Column {
            adds: zeros(),
            shares: zeros(),
            has: zeros(),
        };
        Self {
            scores: zeros(),
            coverage: zeros(),
            by_hand: vec![false; SIDE_BY_SIDE],
            present: zeros(),
            inside: zeros(),
            withheld: vec![false; SIDE_BY_SIDE],
            measures: (0..measures).map(|_| column()).collect(),
        }
    }

    fn clear(&mut self) {
        self.coverage.fill(0.0);
        self.present.fill(0.0);
        self.withheld.fill(false);
        for column in &mut self.measures {
            column.adds.fill(0.0);
            column.shares.fill(0.0);
            column.has.fill(0.0);
        }
    }
}

/// How accounts are scored: facts, rule and weights.
#[derive(Debug)]
pub struct Scoring<'a> {
    health: &'a Health,
    method: Method,
    weights: Weights,
}

impl<'a> Scoring<'a> {
    /// The scoring of these facts by a rule.
    ///
    /// # Errors
    /// `weights_zero`, `measures_constant`, `no_measures`, and what the settings have against them.
    pub fn new(health: &'a Health, method: Method) -> Outcome<Self> {
        if let Some(refusal) = &health.refusal {
            return Err(refusal.clone());
        }
        if health.measures.is_empty() {
            return Err(Refusal::new(
                "measures_constant",
                "In every column that measures something all accounts have the same value, or none.",
                "Add measures that tell accounts apart, or give values their points in the settings.",
            ));
        }
        Ok(Self {
            health,
            method,
            weights: Weights::of(health, method)?,
        })
    }

    /// Whether values of a measure may be too old.
    const fn goes_stale(&self, measure: &Measure) -> bool {
        let has_limit = measure.fresh_days.is_some() || self.method.fresh_days.is_some();
        measure.ages.is_some() && has_limit
    }

    /// The value of a measure that counts for a row; NaN where it is missing or too old.
    fn value(&self, measure: &Measure, row: usize) -> f64 {
        let limit = measure.fresh_days.or(self.method.fresh_days);
        match (&measure.ages, limit) {
            // Of unknown age is not known to be fresh.
            (Some(ages), Some(limit)) if ages[row].is_nan() || ages[row] > limit => f64::NAN,
            _ => measure.values[row],
        }
    }

    /// The measures that are scored.
    pub const fn health(&self) -> &'a Health {
        self.health
    }

    /// The share of the weight that a measure has where nothing is missing, by its place.
    pub fn share(&self, measure: usize) -> f64 {
        self.weights.share(measure)
    }

    /// Writes the points that a measure has for some rows, NaN where it is missing or too old.
    pub fn points(&self, measure: &Measure, rows: &[u32], points: &mut [f64]) {
        for (points, row) in points.iter_mut().zip(rows) {
            *points = measure.values[*row as usize];
        }
        if self.goes_stale(measure) {
            for (points, row) in points.iter_mut().zip(rows) {
                *points = self.value(measure, *row as usize);
            }
        }
        measure.curve.turn(points);
        if self.method.in_levels {
            for points in points.iter_mut().filter(|points| !points.is_nan()) {
                *points = match self.health.choices.band(*points) {
                    Band::Red => 0.0,
                    Band::Yellow => 50.0,
                    Band::Green => 100.0,
                };
            }
        }
    }

    /// Adds a measure of a group to the accounts at hand; `weight` is that within the group.
    fn add(&self, (group, at, weight): (f64, usize, f64), rows: &[u32], work: &mut Work) {
        let measure = &self.health.measures[at];
        let Column { adds, shares, has } = &mut work.measures[at];
        self.points(measure, rows, &mut adds[..rows.len()]);
        let stands_in = match measure.missing {
            Missing::Neutral => NEUTRAL,
            Missing::Zero => 0.0,
            Missing::LeaveOut | Missing::Withhold => f64::NAN,
        };
        let here = adds.iter_mut().zip(shares).zip(has.iter_mut());
        let sums = work.coverage.iter_mut().zip(&mut work.inside);
        for (((points, share), has), (coverage, inside)) in here.zip(sums).take(rows.len()) {
            let is_known = !points.is_nan();
            let counted = if is_known { *points } else { stands_in };
            let counts = !counted.is_nan();
            *has = if is_known { 1.0 } else { 0.0 };
            *coverage += if is_known { group * weight } else { 0.0 };
            *points = if counts { counted } else { 0.0 };
            *share = if counts { weight } else { 0.0 };
            *inside += *share;
        }
        if measure.missing == Missing::Withhold {
            for (withheld, has) in work.withheld.iter_mut().zip(has) {
                *withheld |= *has <= 0.0;
            }
        }
    }

    /// Works out the scores of at most [`SIDE_BY_SIDE`] rows.
    fn score(&self, rows: &[u32], work: &mut Work) {
        work.clear();
        for (group, members) in &self.weights.groups {
            work.inside.fill(0.0);
            for (at, weight) in members {
                self.add((*group, *at, *weight), rows, work);
            }
            for (inside, present) in work.inside.iter_mut().zip(&mut work.present) {
                let has_any = *inside > 0.0;
                let times = group / *inside;
                *present += if has_any { *group } else { 0.0 };
                *inside = if has_any { times } else { 0.0 };
            }
            for (at, _) in members {
                for (share, times) in work.measures[*at].shares.iter_mut().zip(&work.inside) {
                    *share *= times;
                }
            }
        }
        work.scores.fill(0.0);
        for column in &mut work.measures {
            let worked = column.adds.iter_mut().zip(&mut column.shares);
            let scores = work.scores.iter_mut().zip(&work.present);
            for ((points, share), (score, present)) in worked.zip(scores) {
                *share = if *present > 0.0 {
                    *share / present
                } else {
                    0.0
                };
                *points *= *share;
                *score += *points;
            }
        }
        for (place, row) in rows.iter().enumerate() {
            let coverage = work.coverage[place];
            let least = self.health.choices.least_coverage - 1e-12;
            let is_known = coverage > 0.0 && coverage >= least && !work.withheld[place];
            // A weighted mean of points may leave their range by a last digit.
            let score = is_known.then(|| work.scores[place].clamp(0.0, 100.0));
            let (score, by_hand) = self.by_hand(*row as usize, score);
            work.scores[place] = score.unwrap_or(f64::NAN);
            work.coverage[place] = coverage.min(1.0);
            work.by_hand[place] = by_hand;
        }
    }

    /// The score after what hands did to it, and whether they changed anything.
    fn by_hand(&self, row: usize, score: Option<f64>) -> (Option<f64>, bool) {
        let effects = &self.health.by_hand;
        if effects.is_empty() {
            return (score, false);
        }
        let from = effects.partition_point(|it| (it.0 as usize) < row);
        let own = effects[from..].iter().take_while(|it| it.0 as usize == row);
        let changed = own.fold(score, |score, (_, effect)| match effect {
            ByHand::Score(set) => Some(*set),
            ByHand::AtMost(most) => score.map(|it| it.min(*most)),
            ByHand::AtLeast(least) => score.map(|it| it.max(*least)),
        });
        let same = match (score, changed) {
            (Some(before), Some(after)) => (before - after).abs() <= 0.0,
            (before, after) => before.is_none() && after.is_none(),
        };
        (changed, !same)
    }

    /// The score of a row with what each measure adds to it. Its customer is not named.
    pub fn account(&self, row: usize) -> AccountResult {
        let mut work = Work::new(self.health.measures.len());
        self.score(&[row as u32], &mut work);
        let measures = self.health.measures.iter().zip(&work.measures);
        let contributions = measures.map(|(measure, column)| {
            let value = self.value(measure, row);
            let (adds, share) = (column.adds[0], column.shares[0]);
            Contribution {
                measure: measure.name.clone(),
                value: (!value.is_nan()).then_some(value),
                points: (share > 0.0).then(|| adds / share),
                weight: share,
                adds,
            }
        });
        let score = Some(work.scores[0]).filter(|score| !score.is_nan());
        AccountResult {
            row: row as u64 + 1,
            value: score,
            coverage: work.coverage[0],
            band: score.map(|score| self.health.choices.band(score).id().to_owned()),
            by_hand: work.by_hand[0],
            contributions: contributions.collect(),
            ..AccountResult::default()
        }
    }

    /// The scores of all accounts of these rows; `tells_measures`: with what each measure does to
    /// them.
    pub fn all(&self, rows: &[u32], tells_measures: bool) -> Scores {
        let count = self.health.measures.len();
        let mut work = Work::new(count);
        let mut found = Scores {
            rows: Vec::with_capacity(rows.len()),
            values: Vec::with_capacity(rows.len()),
            withheld: 0,
            coverage: 0.0,
            bands: [0; 3],
            adds: vec![0.0; count],
            points: vec![(0.0, 0); count],
        };
        for rows in rows.chunks(SIDE_BY_SIDE) {
            self.score(rows, &mut work);
            for (place, row) in rows.iter().enumerate() {
                found.coverage += work.coverage[place];
                let score = work.scores[place];
                if score.is_nan() {
                    found.withheld += 1;
                    continue;
                }
                found.rows.push(*row);
                found.values.push(score);
                found.bands[self.health.choices.band(score) as usize] += 1;
            }
            if tells_measures {
                found.add_measures(&work, rows.len());
            }
        }
        found
    }

    /// The score of each of these rows, NaN where it is withheld.
    pub fn values(&self, rows: &[u32]) -> Vec<f64> {
        let mut work = Work::new(self.health.measures.len());
        let mut found = Vec::with_capacity(rows.len());
        for rows in rows.chunks(SIDE_BY_SIDE) {
            self.score(rows, &mut work);
            found.extend_from_slice(&work.scores[..rows.len()]);
        }
        found
    }

    /// The measures as the report tells them.
    pub fn told(&self, scores: &Scores) -> Vec<MeasureReport> {
        let scored = scores.values.len().max(1) as f64;
        let measures = self.health.measures.iter().enumerate();
        let told = measures.map(|(at, measure)| {
            let (points, accounts) = scores.points[at];
            MeasureReport {
                name: measure.name.clone(),
                column: measure.column.clone(),
                per: measure.per.clone(),
                span: measure.curve.span(),
                direction: measure.direction,
                points: measure.curve.says(),
                because: measure.because.clone(),
                group: measure.group.as_ref().map(|(name, _)| name.clone()),
                weight: self.weights.share(at),
                missing: measure.missing.id().to_owned(),
                fresh_days: measure
                    .fresh_days
                    .or(self.method.fresh_days.filter(|_| measure.ages.is_some())),
                accounts,
                mean_points: (accounts > 0).then(|| points / accounts as f64),
                adds: scores.adds[at] / scored,
            }
        });
        told.collect()
    }

    /// What could be a measure and is none.
    pub fn offered(&self) -> Vec<OfferedMeasure> {
        let all = self.health.offered.iter().map(|it| OfferedMeasure {
            column: it.column.clone(),
            name: it.name.clone(),
        });
        all.collect()
    }

    /// The accounts with the lowest scores, the lowest first, each with what its measures add.
    pub fn lowest(&self, scores: &Scores) -> Vec<AccountResult> {
        let wanted = self.health.choices.lowest_accounts.min(scores.rows.len());
        let mut order: Vec<usize> = (0..scores.rows.len()).collect();
        let by_score = |a: &usize, b: &usize| {
            let values = (scores.values[*a], scores.values[*b]);
            values.0.total_cmp(&values.1).then(a.cmp(b))
        };
        if (1..order.len()).contains(&wanted) {
            order.select_nth_unstable_by(wanted, by_score);
        }
        order.truncate(wanted);
        order.sort_by(by_score);
        let rows = order.into_iter().map(|at| scores.rows[at] as usize);
        rows.map(|row| self.account(row)).collect()
    }

    /// Whether any measure says how old its values are.
    pub fn is_dated(&self) -> bool {
        let mut measures = self.health.measures.iter();
        measures.any(|measure| measure.ages.is_some())
    }
}

/// The scores of many accounts.
#[derive(Clone, Debug)]
pub struct Scores {
    /// Rows of the accounts that have a score.
    pub rows: Vec<u32>,
    /// Their scores.
    pub values: Vec<f64>,
    /// Accounts without a score.
    pub withheld: u64,
    /// The coverage of all accounts, added up.
    pub coverage: f64,
    /// Accounts in red, yellow and green.
    pub bands: [u64; 3],
    /// What each measure adds, added up over accounts.
    adds: Vec<f64>,
    /// The points of each measure, added up over the accounts that have it, and how many those are.
    points: Vec<(f64, u64)>,
}

impl Scores {
    /// Adds what the measures of some accounts do to those that have a score.
    fn add_measures(&mut self, work: &Work, count: usize) {
        let told = self.adds.iter_mut().zip(&mut self.points);
        for (column, (adds, (points, accounts))) in work.measures.iter().zip(told) {
            for (place, score) in work.scores.iter().take(count).enumerate() {
                if score.is_nan() {
                    continue;
                }
                let (own, share) = (column.adds[place], column.shares[place]);
                *adds += own;
                if column.has[place] > 0.0 && share > 0.0 {
                    *points += own / share;
                    *accounts += 1;
                }
            }
        }
    }
}
