//! What to draw, as data. Closed and small: one drawing path renders every spec on a canvas,
//! as SVG and into a test record, and turns it into a sentence and a table.

use serde::{Deserialize, Serialize};

use super::base::{Date, PeriodUnit, Unit};

/// One chart: its words, its axes and what stands in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChartSpec {
    /// A noun phrase, such as "Answers by score".
    pub title: String,
    /// What a reader would say aloud, as one sentence, when it does not depend on the locale.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub summary: String,
    /// What is drawn.
    pub plot: Plot,
    /// Small print under the chart: n, what is partial, what is not drawn to zero.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub footnotes: Vec<String>,
}

/// The kinds of picture.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plot {
    /// A figure over time with its interval as a band.
    Trend {
        /// The unit of the values.
        unit: Unit,
        /// In time order.
        points: Vec<TrendPoint>,
        /// The user's target, drawn as a dashed line.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        target: Option<f64>,
    },
    /// How often each value occurs, one bar a value, from zero.
    Distribution {
        /// In the order of the scale.
        bars: Vec<Bar>,
    },
    /// How one total becomes another. Only the changes are drawn as bars.
    Waterfall {
        /// The unit of the amounts.
        unit: Unit,
        /// Opening total, changes, closing total.
        steps: Vec<WaterfallStep>,
    },
    /// What was added and lost in each unit of time, stacked from zero, with the sum as a line.
    Movements {
        /// The unit of the amounts.
        unit: Unit,
        /// In the order in which they are stacked.
        kinds: Vec<MovementKind>,
        /// In time order.
        periods: Vec<MovementPeriod>,
    },
    /// Values with intervals side by side, in the order given: segments, or ages of a hazard.
    Dots {
        /// The unit of the values.
        unit: Unit,
        /// One row each.
        dots: Vec<Dot>,
        /// The total, drawn as a dashed line.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        reference: Option<f64>,
    },
    /// How durations are spread, on a logarithmic axis, with percentiles marked.
    Histogram {
        /// The unit of the edges.
        unit: Unit,
        /// Neighbouring classes.
        classes: Vec<HistogramClass>,
        /// Named places on the axis, such as the median.
        markers: Vec<Marker>,
    },
    /// Who stays, by when they started: one row a cohort, one column a unit of time since then.
    Cohorts {
        /// The length of a column.
        step: PeriodUnit,
        /// The unit of the cohorts' sizes: a count, or money.
        size_unit: Unit,
        /// In order of their start.
        cohorts: Vec<Cohort>,
        /// The mean share of each column, weighted by size: a cohort of which nobody is left
        /// counts with 0, one not yet observed does not count. As long as the longest cohort.
        means: Vec<Option<f64>>,
    },
    /// How many come as far as each stage, one bar a stage, from zero.
    Funnel {
        /// In the order in which they are gone through.
        stages: Vec<Stage>,
    },
    /// What each part adds to a sum or takes from it, one bar a part, from zero.
    Contributions {
        /// The unit of the amounts.
        unit: Unit,
        /// In the order given.
        parts: Vec<Contribution>,
        /// What the parts add up to, under its name.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        sum: Option<Contribution>,
    },
    /// Chances that were told, and how often it then happened, in groups. On the diagonal both are
    /// equal.
    Calibration {
        /// In rising order of the chance.
        groups: Vec<ToldGroup>,
    },
    /// How long customers stay: the share left at each duration, as steps.
    Survival {
        /// The unit of the durations: months or days.
        unit: Unit,
        /// One a segment; the first four are drawn.
        curves: Vec<SurvivalCurve>,
    },
}

/// One point of a trend.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TrendPoint {
    /// First day of the calendar unit.
    pub start: Date,
    /// The figure; absent leaves a gap.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// How many it rests on.
    pub n: Option<u64>,
    /// The unit is not over: drawn hollow, dashed and hatched.
    pub partial: bool,
}

/// One kind of movement.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct MovementKind {
    /// Its name, such as "New customers".
    pub label: String,
    /// Whether it adds; else it takes away.
    pub adds: bool,
}

/// The movements of one unit of time.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct MovementPeriod {
    /// First day of the calendar unit.
    pub start: Date,
    /// One amount a kind, 0 or more, whether it adds or takes away; empty where they are not known.
    pub amounts: Vec<f64>,
    /// The unit is not over: hatched.
    pub partial: bool,
}

/// One bar of a distribution.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Bar {
    /// The value it counts, as text.
    pub label: String,
    /// How often it occurs.
    pub count: f64,
    /// The group it belongs to, such as "Promoters"; empty for none.
    pub group: String,
    /// How it is coloured.
    pub tone: Tone,
}

/// What a mark means, so that the theme can colour it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Counts for the figure.
    Gain,
    /// Counts neither way.
    Neutral,
    /// Counts against the figure.
    Loss,
}

/// One step of a waterfall.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct WaterfallStep {
    /// Its name.
    pub label: String,
    /// A total, or a change with its sign.
    pub amount: f64,
    /// Whether it is a total (a tick) or a change (a bar).
    pub total: bool,
}

/// One row of a dot plot.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Dot {
    /// Whose value.
    pub label: String,
    /// The figure; absent where undefined.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// How many it rests on.
    pub n: Option<u64>,
}

/// One stage of a funnel.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Stage {
    /// Its name, such as "Carts".
    pub label: String,
    /// How many came so far.
    pub count: f64,
}

/// One part of a sum.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Contribution {
    /// Its name.
    pub label: String,
    /// What it adds; below zero where it takes away; absent where it is not known.
    pub amount: Option<f64>,
}

/// Cases of which about the same chance was told.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ToldGroup {
    /// The mean of the chances told, 0 to 1.
    pub told: f64,
    /// The share that it happened to, 0 to 1.
    pub happened: f64,
    /// Lower end of the interval of that share.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How many cases.
    pub n: u64,
}

/// One class of a histogram, half-open.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct HistogramClass {
    /// Lower edge.
    pub from: f64,
    /// Upper edge.
    pub to: f64,
    /// How many lie in it.
    pub count: f64,
}

/// A named place on an axis.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Marker {
    /// Its name, such as "median".
    pub label: String,
    /// Where.
    pub at: f64,
}

/// One row of a cohort table.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Cohort {
    /// When it started, as text.
    pub label: String,
    /// How many, or how much, it began with.
    pub size: f64,
    /// From the start on; what is missing at the end is not yet observed.
    pub cells: Vec<CohortCell>,
}

/// One cell of a cohort table.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct CohortCell {
    /// The share of the size, 0 to 1, or above 1 for revenue that grew; absent where it is not
    /// observed or not shown. Never 0 for that.
    pub share: Option<f64>,
    /// The unit of time is not over: drawn hatched.
    pub partial: bool,
}

/// One survival curve.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SurvivalCurve {
    /// Whose.
    pub label: String,
    /// The duration after which half are left; absent where the curve stays above one half.
    pub median: Option<f64>,
    /// From duration 0 on, in order, with those at which someone only left observation.
    pub steps: Vec<SurvivalStep>,
}

/// One duration of a survival curve.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct SurvivalStep {
    /// The duration.
    pub at: f64,
    /// The share left after it, 0 to 1.
    pub survival: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// How many were under observation just before it.
    pub at_risk: u64,
    /// How many were lost at it; 0 where some only left observation.
    pub events: u64,
}
