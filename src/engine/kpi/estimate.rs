//! What a KPI gives: a value with its terms, and enough to say how sure it is.

use super::scope::{Detail, Scope};
use super::stay_curve::Stays;
use super::tally::Tally;
use crate::engine::chart_spec::ChartSpec;
use crate::engine::facts::ledger::rows::Remark;
use crate::engine::report::{
    AccountResult, Cohort, CurvePoint, Interval, MeasureReport, OfferedMeasure, Precision, Verdict,
};
use crate::engine::stats::change::Change;
use crate::engine::stats::mean::{self, Moments};
use crate::engine::stats::net_promoter::{self, Answers};
use crate::engine::stats::quantile::{self, Median};
use crate::engine::stats::ratio_sums::{self, RatioSums};
use crate::engine::stats::{precision, proportion};

/// The level of all intervals.
pub const LEVEL: f64 = 0.95;

/// A figure and what it rests on.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// The figure, in the KPI's unit.
    pub value: f64,
    /// How many it rests on.
    pub n: u64,
    /// Its interval; absent for exact sums and where there are too few.
    pub interval: Option<Interval>,
    /// Every term of the formula.
    pub parts: Vec<(&'static str, f64)>,
    /// What a change is judged by.
    pub spread: Spread,
    /// The KPI's own picture.
    pub chart: Option<ChartSpec>,
    /// Which of its terms are what was added and lost, for a picture of them over time.
    pub flows: &'static [Flow],
    /// The figure as classes of customers; absent for figures that are no such sum.
    pub tally: Option<Tally>,
    /// How customers stay over their time as customers.
    pub curve: Vec<CurvePoint>,
    /// What the curve was made of.
    pub stays: Option<Stays>,
    /// Customers by the month in which they began.
    pub cohorts: Vec<Cohort>,
    /// The values behind a quantile of a segment.
    pub behind: Option<Behind>,
    /// Figures under other rules, by their ids, that the same pass over the same rows gives: only
    /// of a headline, so that nobody works them out again.
    pub others: Vec<(&'static str, Estimate)>,
    /// What must be said beside the figure: what it leaves out, or where it was cut.
    pub remarks: Vec<Remark>,
    /// The measures that a score is made of.
    pub measures: Vec<MeasureReport>,
    /// What could be one besides.
    pub offered: Vec<OfferedMeasure>,
    /// Accounts that are to be listed, by their row; their names are not known here.
    pub accounts: Vec<AccountResult>,
}

/// A term of the formula that adds to something, or takes from it.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    /// The term.
    pub part: &'static str,
    /// What it is called in a picture.
    pub label: &'static str,
    /// Whether it adds.
    pub adds: bool,
}

/// What a change between two estimates is judged by.
#[derive(Clone, Copy, Debug)]
pub enum Spread {
    /// A full count: any change is real.
    Exact,
    /// A share of n.
    Share(u64, u64),
    /// A mean.
    Mean(Moments),
    /// A median; absent with too few values.
    Median(Option<Median>),
    /// A net promoter score.
    Promoters(Answers),
    /// A figure with a standard error; absent where none can be given.
    StandardError(Option<f64>),
    /// The same of a ratio of sums over customers, with the sums: what a segment tells.
    Ratio(Option<f64>, RatioSums),
}

impl Spread {
    /// How many there are of each kind that the figure counts: with and without, or promoters,
    /// passives and detractors. Nothing for a figure of another form.
    pub fn counts(&self) -> Vec<u64> {
        match *self {
            Self::Share(count, of) => vec![count, of.saturating_sub(count)],
            Self::Promoters(answers) => {
                vec![answers.promoters, answers.passives, answers.detractors]
            }
            _ => Vec::new(),
        }
    }

    /// The same of a figure so many times as large, for errors and sums.
    #[must_use]
    pub fn times(self, times: f64) -> Self {
        match self {
            Self::StandardError(error) => Self::StandardError(error.map(|error| error * times)),
            Self::Ratio(error, sums) => {
                Self::Ratio(error.map(|error| error * times), sums.times(times))
            }
            other => other,
        }
    }
}

/// The values behind a quantile, so that a segment can be held against the others together.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The share that lies below the quantile: 0.5 for a median.
    pub share: f64,
    /// The values, in any order.
    pub values: Vec<f64>,
}

impl Estimate {
    /// A figure without anything else.
    pub const fn of(value: f64, n: u64, spread: Spread) -> Self {
        Self {
            value,
            n,
            interval: None,
            parts: Vec::new(),
            spread,
            chart: None,
            flows: &[],
            tally: None,
            curve: Vec::new(),
            stays: None,
            cohorts: Vec::new(),
            behind: None,
            others: Vec::new(),
            remarks: Vec::new(),
            measures: Vec::new(),
            offered: Vec::new(),
            accounts: Vec::new(),
        }
    }

    /// How precise the figure is, and how many cases give the precision that is wanted (half the
    /// width of the interval), by default half the present width. Nothing without an interval.
    pub fn precision(&self, wanted: Option<f64>) -> Option<Precision> {
        let interval = self.interval.as_ref()?;
        let margin = (interval.high - interval.low) / 2.0;
        let chosen = wanted.filter(|wanted| wanted.is_finite() && *wanted > 0.0);
        let wanted = chosen.unwrap_or(margin / 2.0);
        let needed = match self.spread {
            Spread::Exact => None,
            Spread::Share(count, of) => {
                precision::cases_for_share(count as f64 / of as f64, wanted)
            }
            Spread::Promoters(answers) => net_promoter::answers_needed(answers, wanted),
            _ => precision::cases_by_root(self.n, margin, wanted),
        };
        (margin > 0.0).then_some(Precision {
            margin,
            wanted,
            chosen: chosen.is_some(),
            needed,
        })
    }

    /// A share with its Wilson interval.
    pub fn share(count: u64, of: u64) -> Self {
        Self {
            interval: proportion::wilson(count, of, LEVEL)
                .map(|ends| interval(ends, proportion::WILSON)),
            ..Self::of(count as f64 / of as f64, of, Spread::Share(count, of))
        }
    }

    /// With the figure as classes of customers.
    #[must_use]
    pub fn with_tally(mut self, tally: Tally) -> Self {
        self.tally = Some(tally);
        self
    }

    /// With the values behind a quantile, where a segment is asked for.
    #[must_use]
    pub fn with_values(mut self, scope: &Scope<'_>, share: f64, values: Vec<f64>) -> Self {
        self.behind = (scope.detail == Detail::Segment).then_some(Behind { share, values });
        self
    }

    /// With the KPI's own picture.
    #[must_use]
    pub fn with_chart(mut self, chart: Option<ChartSpec>) -> Self {
        self.chart = chart;
        self
    }

    /// With the terms that are what was added and lost.
    #[must_use]
    pub const fn with_flows(mut self, flows: &'static [Flow]) -> Self {
        self.flows = flows;
        self
    }

    /// With these terms.
    #[must_use]
    pub fn with_parts(mut self, parts: Vec<(&'static str, f64)>) -> Self {
        self.parts = parts;
        self
    }
}

/// An interval at [`LEVEL`].
pub fn interval((low, high): (f64, f64), method: &str) -> Interval {
    Interval {
        low,
        high,
        level: LEVEL,
        method: method.to_owned(),
    }
}

/// The change from `then` to `now`, where chance can be judged.
pub fn change(now: &Estimate, then: &Estimate) -> Option<Change> {
    match (now.spread, then.spread) {
        (Spread::Share(count, of), Spread::Share(count_then, of_then)) => {
            let (low, high) = proportion::newcombe_difference(count, of, count_then, of_then)?;
            let statistic = proportion::two_proportion_z(count, of, count_then, of_then)?;
            let p_value = proportion::two_proportion_p(count, of, count_then, of_then)?;
            Some(Change {
                difference: now.value - then.value,
                low,
                high,
                statistic,
                p_value,
                method: proportion::DIFFERENCE,
            })
        }
        (Spread::Mean(now), Spread::Mean(then)) => mean::welch_from(&now, &then),
        (Spread::Median(Some(now)), Spread::Median(Some(then))) => {
            quantile::median_change_from(&now, &then)
        }
        (Spread::Promoters(now), Spread::Promoters(then)) => net_promoter::change(now, then),
        (Spread::StandardError(Some(error)), Spread::StandardError(Some(error_then))) => {
            Change::from_standard_error(
                now.value - then.value,
                crate::engine::base::math::sqrt(error * error + error_then * error_then),
                "normal, independent periods",
            )
        }
        (Spread::Ratio(error, sums), Spread::Ratio(error_then, sums_then)) => {
            let told = |error: Option<f64>, sums: &RatioSums| error.is_some() || sums.are_alike();
            if !told(error, &sums) || !told(error_then, &sums_then) {
                return None;
            }
            ratio_sums::difference(&sums, &sums_then)
        }
        _ => None,
    }
}

/// Whether a change is more than chance would make.
pub fn verdict(now: &Estimate, then: &Estimate, change: Option<&Change>) -> Verdict {
    let is_level = (now.value - then.value).abs() < f64::EPSILON;
    // A full count that did not move is no change, and so no real one.
    if matches!((now.spread, then.spread), (Spread::Exact, Spread::Exact)) && !is_level {
        return Verdict::Real;
    }
    match change {
        Some(change) if change.p_value < 1.0 - LEVEL => Verdict::Real,
        Some(_) => Verdict::CouldBeNoise,
        None if is_level => Verdict::CouldBeNoise,
        None => Verdict::TooLittleData,
    }
}
