//! Where the marks of a chart stand: the same coordinates for pointer and keyboard cursor.

use super::NotDrawn;
use super::describe::{step_amount, value_or_missing};
use super::labels::{Labels, Term};
use super::marks::calibration::Calibration;
use super::marks::cohorts::Cohorts;
use super::marks::contributions::Contributions;
use super::marks::distribution;
use super::marks::dots::Dots;
use super::marks::funnel::Funnel;
use super::marks::histogram::Histogram;
use super::marks::movements::Movements;
use super::marks::survival::Survival;
use super::marks::trend::Trend;
use super::marks::waterfall::Waterfall;
use super::target::Blank;
use super::theme::Theme;
use crate::engine::base::Unit;
use crate::engine::chart_spec::{ChartSpec, Plot, TrendPoint};

/// One mark: where it stands and what the cursor says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// In CSS pixels from the left.
    pub x: f64,
    /// In CSS pixels from the top.
    pub y: f64,
    /// Which point, bar, step, row, class or visible cell it is, from 0.
    pub index: usize,
    /// What the readout says, such as "Q4 2025: 7.1%, 4.3% to 11.3%, n = 212".
    pub readout: String,
}

/// The marks of a chart drawn at this size, in order. Empty where nothing is drawn.
pub fn positions(spec: &ChartSpec, width: f64, height: f64, labels: &dyn Labels) -> Vec<Position> {
    let mut blank = Blank {
        size: (width.max(super::SMALLEST), height.max(super::SMALLEST)),
    };
    let places = places(&spec.plot, &mut blank, labels).unwrap_or_default();
    places
        .into_iter()
        .zip(readouts(&spec.plot, width, labels))
        .enumerate()
        .map(|(index, ((x, y), readout))| Position {
            x,
            y,
            index,
            readout,
        })
        .collect()
}

fn places(
    plot: &Plot,
    blank: &mut Blank,
    labels: &dyn Labels,
) -> Result<Vec<(f64, f64)>, NotDrawn> {
    let theme = Theme::names();
    Ok(match plot {
        Plot::Trend {
            unit,
            points,
            target,
        } => {
            let trend = Trend::new(*unit, points, *target);
            let (plot, _) = trend.plot(blank, &theme, labels)?;
            trend.places(&plot)
        }
        Plot::Distribution { bars } => {
            let plot = distribution::plot(bars, blank, &theme, labels)?;
            distribution::places(bars, &plot)
        }
        Plot::Waterfall { unit, steps } => {
            let waterfall = Waterfall::new(*unit, steps);
            let plot = waterfall.plot(blank, &theme, labels)?;
            waterfall.places(&plot)
        }
        Plot::Movements {
            unit,
            kinds,
            periods,
        } => {
            let movements = Movements::new(*unit, kinds, periods);
            let (plot, _) = movements.plot(blank, &theme, labels)?;
            movements.places(&plot)
        }
        Plot::Dots {
            unit,
            dots,
            reference,
        } => {
            let dots = Dots::new(*unit, dots, *reference);
            let (plot, _) = dots.plot(blank, &theme, labels)?;
            dots.places(&plot)
        }
        Plot::Histogram {
            unit,
            classes,
            markers,
        } => {
            let histogram = Histogram::new(*unit, classes, markers);
            let (plot, _, _) = histogram.plot(blank, &theme, labels)?;
            histogram.places(&plot)
        }
        Plot::Cohorts {
            step,
            size_unit,
            cohorts,
            means,
        } => Cohorts::new((*step, *size_unit), cohorts, means).places(blank.size, labels),
        Plot::Funnel { stages } => {
            let funnel = Funnel::new(stages);
            funnel.places(&funnel.plot(blank, &theme, labels)?)
        }
        Plot::Contributions { unit, parts, sum } => {
            let contributions = Contributions::new(*unit, parts, sum.as_ref());
            contributions.places(&contributions.plot(blank, &theme, labels)?)
        }
        Plot::Calibration { groups } => {
            let calibration = Calibration::new(groups);
            let (plot, _) = calibration.plot(blank, &theme)?;
            calibration.places(&plot)
        }
        Plot::Survival { unit, curves } => {
            let survival = Survival::new(*unit, curves);
            let (plot, _) = survival.plot(blank, &theme, labels)?;
            survival.places(&plot)
        }
    })
}

fn readouts(plot: &Plot, width: f64, labels: &dyn Labels) -> Vec<String> {
    match plot {
        Plot::Trend { unit, points, .. } => {
            let trend = Trend::new(*unit, points, None);
            points
                .iter()
                .map(|point| trend_readout(*unit, point, &trend, labels))
                .collect()
        }
        Plot::Distribution { bars } => bars
            .iter()
            .map(|bar| {
                let group = if bar.group.is_empty() {
                    String::new()
                } else {
                    format!(", {}", bar.group)
                };
                format!("{}: {}{group}", bar.label, labels.count(bar.count))
            })
            .collect(),
        Plot::Waterfall { unit, steps } => steps
            .iter()
            .map(|step| format!("{}: {}", step.label, step_amount(*unit, step, labels)))
            .collect(),
        Plot::Movements {
            unit,
            kinds,
            periods,
        } => {
            let movements = Movements::new(*unit, kinds, periods);
            let places = 0..periods.len();
            places
                .map(|place| movements.readout(place, labels))
                .collect()
        }
        Plot::Dots { unit, dots, .. } => dots
            .iter()
            .map(|dot| {
                let value = value_or_missing(dot.value, *unit, labels);
                let head = format!("{}: {value}", dot.label);
                with_evidence(head, (dot.low.zip(dot.high), dot.n), *unit, labels)
            })
            .collect(),
        Plot::Histogram { unit, classes, .. } => classes
            .iter()
            .map(|class| {
                let from = labels.value(class.from, *unit);
                let to = labels.value(class.to, *unit);
                labels.phrase("{0} to {1}: {2}", &[&from, &to, &labels.count(class.count)])
            })
            .collect(),
        Plot::Cohorts {
            step,
            size_unit,
            cohorts,
            means,
        } => Cohorts::new((*step, *size_unit), cohorts, means).readouts(width, labels),
        Plot::Funnel { stages } => Funnel::new(stages).readouts(labels),
        Plot::Contributions { unit, parts, sum } => {
            Contributions::new(*unit, parts, sum.as_ref()).readouts(labels)
        }
        Plot::Calibration { groups } => Calibration::new(groups).readouts(labels),
        Plot::Survival { unit, curves } => Survival::new(*unit, curves).readouts(labels),
    }
}

fn trend_readout(unit: Unit, point: &TrendPoint, trend: &Trend, labels: &dyn Labels) -> String {
    let mut value = value_or_missing(point.value, unit, labels);
    if point.partial && point.value.is_some() {
        value = format!("{value} {}", labels.term(Term::SoFar));
    }
    let head = format!("{}: {value}", labels.date(point.start, trend.grain));
    with_evidence(head, (point.low.zip(point.high), point.n), unit, labels)
}

/// A readout with its interval and the count it rests on, where there are any.
fn with_evidence(
    head: String,
    (interval, n): (Option<(f64, f64)>, Option<u64>),
    unit: Unit,
    labels: &dyn Labels,
) -> String {
    let mut parts = vec![head];
    if let Some((low, high)) = interval {
        let (low, high) = (labels.value(low, unit), labels.value(high, unit));
        parts.push(labels.phrase("{0} to {1}", &[&low, &high]));
    }
    if let Some(n) = n {
        parts.push(format!(
            "{} = {}",
            labels.term(Term::Count),
            labels.count(n as f64)
        ));
    }
    parts.join(", ")
}
