//! How long customers stay, as charts: the curve of those who are still there, and the customers by
//! the month in which they began.

use super::format::Habits;
use super::splits::segment_name;
use super::words;
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::{
    self, ChartSpec, CohortCell, Dot, Plot, SurvivalCurve, SurvivalStep,
};
use crate::engine::report::{Cohort, CurvePoint, Finding};
use crate::engine::stats;
use crate::present::language::say;
use crate::told;

/// With fewer customers, one of them moves the share of a cohort by ten points or more.
const FEW: u64 = 10;

/// What the finding knows of how long customers stay; empty where it knows nothing.
pub fn lifetimes(habits: &Habits, finding: &Finding) -> Vec<ChartSpec> {
    let cohorts = finding.cohorts.as_slice();
    let charts = [
        survival(habits, finding),
        by_age(&finding.hazard),
        by_start(
            habits,
            cohorts,
            (say(words::COHORTS_CUSTOMERS), Unit::Count),
            |it| (Some(it.customers as f64), &it.customers_kept),
        ),
        by_start(
            habits,
            cohorts,
            (say(words::COHORTS_REVENUE), Unit::Money),
            |it| (it.revenue, &it.revenue_kept),
        ),
    ];
    charts.into_iter().flatten().collect()
}

/// The curve of all customers, or of the segments where rows are split.
fn survival(habits: &Habits, finding: &Finding) -> Option<ChartSpec> {
    let by_segment = finding
        .segments
        .iter()
        .filter(|segment| !segment.curve.is_empty());
    let mut curves: Vec<SurvivalCurve> = by_segment
        .filter_map(|segment| curve(&segment_name(segment), &segment.curve))
        .collect();
    if curves.len() < 2 {
        curves = curve(say(words::ALL_CUSTOMERS), &finding.curve)
            .into_iter()
            .collect();
    }
    let differs = finding.log_rank.filter(|_| curves.len() > 1).map(|test| {
        told!("{0} segments compared over their whole course (log-rank, χ² {1} with {2} degrees): chance alone {3}.", habits.count(u64::from(test.segments)), habits.value(test.statistic, Unit::Score), test.degrees, habits.chance(test.p_value))
    });
    (!curves.is_empty()).then(|| {
        let plot = Plot::Survival {
            unit: Unit::Months,
            curves,
        };
        spec(say(words::CURVE), plot, differs.into_iter().collect())
    })
}

fn curve(label: &str, points: &[CurvePoint]) -> Option<SurvivalCurve> {
    let first = points.first()?;
    let step = |point: &CurvePoint| SurvivalStep {
        at: point.at,
        survival: point.value,
        low: point.low,
        high: point.high,
        at_risk: point.at_risk,
        events: point.events,
    };
    let everybody = (first.at > 0.0).then_some(SurvivalStep {
        at: 0.0,
        survival: 1.0,
        low: 1.0,
        high: 1.0,
        at_risk: first.at_risk,
        events: 0,
    });
    let half = points.iter().find(|point| point.value <= 0.5);
    Some(SurvivalCurve {
        label: label.to_owned(),
        median: half.map(|point| point.at),
        steps: everybody
            .into_iter()
            .chain(points.iter().map(step))
            .collect(),
    })
}

/// The share lost at each age in months, up to two years.
fn by_age(hazard: &[CurvePoint]) -> Option<ChartSpec> {
    const MOST_AGES: usize = 24;
    if hazard.iter().all(|age| age.events == 0) {
        return None;
    }
    let dots = hazard.iter().take(MOST_AGES).map(|age| Dot {
        label: told!("{0} mo", age.at),
        value: Some(age.value),
        low: Some(age.low),
        high: Some(age.high),
        n: Some(age.at_risk),
    });
    Some(spec(
        say(words::HAZARD),
        Plot::Dots {
            unit: Unit::Ratio,
            dots: dots.collect(),
            reference: None,
        },
        Vec::new(),
    ))
}

/// One row a month of the start, one column a month since. Cohorts without a size are left out.
fn by_start(
    habits: &Habits,
    cohorts: &[Cohort],
    (title, size_unit): (&str, Unit),
    told: fn(&Cohort) -> (Option<f64>, &Vec<f64>),
) -> Option<ChartSpec> {
    let known: Vec<(&Cohort, f64, &Vec<f64>)> = cohorts
        .iter()
        .filter_map(|cohort| {
            let (size, kept) = told(cohort);
            Some((cohort, size?, kept))
        })
        .collect();
    if known.is_empty() {
        return None;
    }
    let weighed: Vec<(f64, &[f64])> = known
        .iter()
        .map(|(_, size, kept)| (*size, kept.as_slice()))
        .collect();
    let rows = known.iter().map(|(cohort, size, kept)| chart_spec::Cohort {
        label: habits.month(cohort.start),
        size: *size,
        cells: kept
            .iter()
            .map(|share| CohortCell {
                share: Some(*share),
                partial: false,
            })
            .collect(),
    });
    let has_small = known.iter().any(|(cohort, ..)| cohort.customers < FEW);
    Some(spec(
        title,
        Plot::Cohorts {
            step: PeriodUnit::Month,
            size_unit,
            cohorts: rows.collect(),
            means: stats::weighted_means(&weighed),
        },
        if has_small {
            vec![say(words::COHORTS_SMALL).to_owned()]
        } else {
            Vec::new()
        },
    ))
}

fn spec(title: &str, plot: Plot, footnotes: Vec<String>) -> ChartSpec {
    ChartSpec {
        title: title.to_owned(),
        summary: String::new(),
        plot,
        footnotes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn nothing_known_is_nothing_shown() {
        let example = Example::new();
        assert!(lifetimes(example.reader().habits, example.finding(0)).is_empty());
    }

    #[test]
    fn the_curve_begins_with_everybody_and_names_its_median() {
        let mut example = Example::new();
        example.report.findings[0].curve = serde_json::from_str(
            r#"[{"at":1,"value":0.8,"low":0.7,"high":0.9,"at_risk":50,"events":10},
                {"at":7,"value":0.48,"low":0.3,"high":0.6,"at_risk":20,"events":8}]"#,
        )
        .unwrap();
        let found = lifetimes(example.reader().habits, example.finding(0));
        let Plot::Survival { curves, .. } = &found[0].plot else {
            panic!("{found:?}")
        };
        assert_eq!((curves[0].median, curves[0].steps.len()), (Some(7.0), 3));
        assert_eq!(curves[0].steps[0].at_risk, 50);
    }

    #[test]
    fn a_small_cohort_is_shown_with_a_word_of_caution() {
        let mut example = Example::new();
        example.report.findings[0].cohorts = serde_json::from_str(
            r#"[{"start":"2026-01-01","customers":40,"customers_kept":[1.0,0.9],"revenue":10.0,"revenue_kept":[1.0,1.04]},
                {"start":"2026-02-01","customers":8,"customers_kept":[0.5]}]"#,
        )
        .unwrap();
        let found = lifetimes(example.reader().habits, example.finding(0));
        assert_eq!(found.len(), 2);
        let Plot::Cohorts { cohorts, means, .. } = &found[0].plot else {
            panic!("{found:?}")
        };
        assert_eq!(cohorts[0].label, "Jan 2026");
        assert_eq!(cohorts[1].cells[0].share, Some(0.5));
        assert_eq!(found[0].footnotes, [words::COHORTS_SMALL]);
        assert_eq!(means, &[Some(44.0 / 48.0), Some(0.9)]);
        assert_eq!(found[0].footnotes.len(), 1);
        let Plot::Cohorts { cohorts, .. } = &found[1].plot else {
            panic!("{found:?}")
        };
        assert_eq!(cohorts.len(), 1);
    }
}
