//! Where the marks of a chart stand: the same coordinates for pointer and keyboard cursor.

use super::describe::value_or_missing;
use super::labels::{Labels, Term};
use super::marks::trend::Trend;
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
    /// Which point, bar, step, row or class it is, from 0.
    pub index: usize,
    /// What the readout says, such as "Q4 2025: 7.1%, 4.3% to 11.3%, n = 212".
    pub readout: String,
}

/// The marks of a chart drawn at this size, in order. Empty where nothing is drawn.
pub fn positions(spec: &ChartSpec, width: f64, height: f64, labels: &dyn Labels) -> Vec<Position> {
    let mut blank = Blank {
        size: (width.max(super::SMALLEST), height.max(super::SMALLEST)),
    };
    let theme = Theme::names();
    let (places, readouts): (Vec<(f64, f64)>, Vec<String>) = match &spec.plot {
        Plot::Trend {
            unit,
            points,
            target,
        } => {
            let trend = Trend::new(*unit, points, *target);
            let places = trend
                .plot(&mut blank, &theme, labels)
                .map(|(plot, _)| trend.places(&plot));
            (
                places.unwrap_or_default(),
                points
                    .iter()
                    .map(|point| trend_readout(*unit, point, &trend, labels))
                    .collect(),
            )
        }
        _ => Default::default(),
    };
    places
        .into_iter()
        .zip(readouts)
        .enumerate()
        .map(|(index, ((x, y), readout))| Position {
            x,
            y,
            index,
            readout,
        })
        .collect()
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
pub(super) fn with_evidence(
    head: String,
    (interval, n): (Option<(f64, f64)>, Option<u64>),
    unit: Unit,
    labels: &dyn Labels,
) -> String {
    let mut parts = vec![head];
    if let Some((low, high)) = interval {
        let (low, high) = (labels.value(low, unit), labels.value(high, unit));
        parts.push(format!("{low} to {high}"));
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
