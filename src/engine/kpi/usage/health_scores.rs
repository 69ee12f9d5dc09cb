//! Scores of accounts from points and weights: one account, and all accounts of a scope.

use crate::engine::base::Refusal;
use crate::engine::base::refusal::Outcome;
use crate::engine::facts::Health;
use crate::engine::facts::health::{Band, ByHand, Measure, Missing};
use crate::engine::report::{AccountResult, Contribution, MeasureReport};

/// Points of a measure that is missing and counts as neither good nor bad.
const NEUTRAL: f64 = 50.0;

/// What tells the rules apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Method {
    /// Points are 0, 50 or 100, by the band in which they lie.
    pub in_levels: bool,
    /// Measures of a group weigh the same.
    pub equal_inside: bool,
    /// After how many days a dated value no longer counts, where its measure does not say.
    pub fresh_days: Option<f64>,
}

/// The weights of measures, nested: groups add up to 1, and so do the measures of each.
#[derive(Clone, Debug)]
pub struct Weights {
    groups: Vec<(f64, Vec<(usize, f64)>)>,
}

impl Weights {
    /// The weights of the measures; a measure without a group is one by itself.
    ///
    /// # Errors
    /// `weights_zero` where they add up to nothing.
    pub fn of(health: &Health, method: Method) -> Outcome<Self> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (at, measure) in health.measures.iter().enumerate() {
            let own = if method.equal_inside {
                1.0
            } else {
                measure.weight
            };
            let Some((name, weight)) = &measure.group else {
                groups.push(Group {
                    name: None,
                    weight: measure.weight,
                    members: vec![(at, 1.0)],
                });
                continue;
            };
            let known = groups.iter_mut().find(|it| it.name == Some(name.as_str()));
            match known {
                Some(group) => group.members.push((at, own)),
                None => groups.push(Group {
                    name: Some(name),
                    weight: *weight,
                    members: vec![(at, own)],
                }),
            }
        }
        groups.retain(|group| group.weight > 0.0 && group.inside() > 0.0);
        let total: f64 = groups.iter().map(|it| it.weight).sum();
        if total <= 0.0 {
            return Err(Refusal::new(
                "weights_zero",
                "The weights of the measures add up to nothing.",
                "Give at least one measure, and its group, a weight above 0.",
            ));
        }
        let normalised = groups.into_iter().map(|group| {
            let sum = group.inside();
            let members = group.members.into_iter().filter(|it| it.1 > 0.0);
            let members = members.map(|(at, own)| (at, own / sum)).collect();
            (group.weight / total, members)
        });
        Ok(Self {
            groups: normalised.collect(),
        })
    }

    /// The share of a measure where nothing is missing.
    fn share(&self, measure: usize) -> f64 {
        let members = self.groups.iter().flat_map(|(weight, members)| {
            let own = members.iter().filter(|it| it.0 == measure);
            own.map(move |it| weight * it.1)
        });
        members.sum()
    }
}

/// A group while weights are gathered: each member is the place of a measure and its weight.
struct Group<'a> {
    name: Option<&'a str>,
    weight: f64,
    members: Vec<(usize, f64)>,
}

impl Group<'_> {
    /// The weights of its members, added up.
    fn inside(&self) -> f64 {
        self.members.iter().map(|it| it.1).sum()
    }
}

/// The score of one account.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// 0 to 100; absent where it is withheld.
    pub score: Option<f64>,
    /// Share of the weight for which the account has measures.
    pub coverage: f64,
    /// The score was set, lowered or lifted by hand.
    pub by_hand: bool,
}

/// What is worked out of one account beside its score, one entry a measure; used again for the next.
#[derive(Clone, Debug)]
pub struct Work {
    /// What it adds to the score.
    pub adds: Vec<f64>,
    /// Its share of the weight.
    pub shares: Vec<f64>,
    /// The account has it, and it is not too old.
    pub has: Vec<bool>,
}

impl Work {
    /// Room for so many measures.
    pub fn new(measures: usize) -> Self {
        Self {
            adds: vec![0.0; measures],
            shares: vec![0.0; measures],
            has: vec![false; measures],
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

    /// The value of a measure that counts for a row; NaN where it is missing or too old.
    fn value(&self, measure: &Measure, row: usize) -> f64 {
        let limit = measure.fresh_days.or(self.method.fresh_days);
        match (&measure.ages, limit) {
            // Of unknown age is not known to be fresh.
            (Some(ages), Some(limit)) if ages[row].is_nan() || ages[row] > limit => f64::NAN,
            _ => measure.values[row],
        }
    }

    /// The points that a measure has for a row; `Err` where it is missing, with what that counts.
    fn points(&self, measure: &Measure, row: usize) -> Result<f64, Missing> {
        let points = measure.curve.points(self.value(measure, row));
        if points.is_nan() {
            return Err(measure.missing);
        }
        Ok(if self.method.in_levels {
            match self.health.choices.band(points) {
                Band::Red => 0.0,
                Band::Yellow => 50.0,
                Band::Green => 100.0,
            }
        } else {
            points
        })
    }

    /// The score of a row, with what its measures do left in `work`.
    pub fn score(&self, row: usize, work: &mut Work) -> Scored {
        let Work { adds, shares, has } = work;
        adds.fill(0.0);
        shares.fill(0.0);
        has.fill(false);
        let (mut coverage, mut present, mut is_withheld) = (0.0, 0.0, false);
        for (group, members) in &self.weights.groups {
            let mut inside = 0.0;
            for (at, weight) in members {
                let counted = match self.points(&self.health.measures[*at], row) {
                    Ok(points) => {
                        coverage += group * weight;
                        has[*at] = true;
                        Some(points)
                    }
                    Err(Missing::LeaveOut) => None,
                    Err(Missing::Neutral) => Some(NEUTRAL),
                    Err(Missing::Zero) => Some(0.0),
                    Err(Missing::Withhold) => {
                        is_withheld = true;
                        None
                    }
                };
                if let Some(points) = counted {
                    inside += weight;
                    shares[*at] = *weight;
                    adds[*at] = points;
                }
            }
            if inside > 0.0 {
                present += group;
                for (at, _) in members {
                    shares[*at] *= group / inside;
                }
            }
        }
        let mut score = 0.0;
        for (points, share) in adds.iter_mut().zip(shares.iter_mut()) {
            *share = if present > 0.0 { *share / present } else { 0.0 };
            *points *= *share;
            score += *points;
        }
        // A weighted mean of points may leave their range by a last digit.
        let score = score.clamp(0.0, 100.0);
        let is_covered = coverage > 0.0 && coverage >= self.health.choices.least_coverage - 1e-12;
        let known = (is_covered && !is_withheld).then_some(score);
        let (score, by_hand) = self.by_hand(row, known);
        Scored {
            score,
            coverage: coverage.min(1.0),
            by_hand,
        }
    }

    /// The score after what hands did to it, and whether they changed anything.
    fn by_hand(&self, row: usize, score: Option<f64>) -> (Option<f64>, bool) {
        let effects = &self.health.by_hand;
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
        let scored = self.score(row, &mut work);
        let worked = work.adds.iter().zip(&work.shares);
        let measures = self.health.measures.iter().zip(worked);
        let contributions = measures.map(|(measure, (adds, share))| {
            let value = self.value(measure, row);
            Contribution {
                measure: measure.name.clone(),
                value: (!value.is_nan()).then_some(value),
                points: (*share > 0.0).then(|| adds / share),
                weight: *share,
                adds: *adds,
            }
        });
        AccountResult {
            row: row as u64 + 1,
            value: scored.score,
            coverage: scored.coverage,
            band: scored
                .score
                .map(|score| self.health.choices.band(score).id().to_owned()),
            by_hand: scored.by_hand,
            contributions: contributions.collect(),
            ..AccountResult::default()
        }
    }

    /// The scores of all accounts of these rows.
    pub fn all(&self, rows: &[u32]) -> Scores {
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
        for row in rows {
            let scored = self.score(*row as usize, &mut work);
            found.coverage += scored.coverage;
            let Some(score) = scored.score else {
                found.withheld += 1;
                continue;
            };
            found.rows.push(*row);
            found.values.push(score);
            found.bands[self.health.choices.band(score) as usize] += 1;
            for at in 0..count {
                found.adds[at] += work.adds[at];
                if work.has[at] && work.shares[at] > 0.0 {
                    found.points[at].0 += work.adds[at] / work.shares[at];
                    found.points[at].1 += 1;
                }
            }
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
