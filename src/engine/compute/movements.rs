//! What was added and lost in each unit of time, as a picture.

use crate::engine::base::{Date, Unit};
use crate::engine::chart_spec::{ChartSpec, MovementKind, MovementPeriod, Plot};
use crate::engine::kpi::definition::Kpi;
use crate::engine::kpi::estimate::{Estimate, Flow};

/// The flows of one period; without amounts where it has no figure.
pub(super) fn period(
    flows: &[Flow],
    start: Date,
    found: Option<&Estimate>,
    partial: bool,
) -> MovementPeriod {
    let amount = |flow: &Flow| {
        let mut parts = found?.parts.iter();
        parts.find(|(name, _)| *name == flow.part).map(|it| it.1)
    };
    MovementPeriod {
        start,
        amounts: flows
            .iter()
            .map(amount)
            .collect::<Option<Vec<f64>>>()
            .unwrap_or_default(),
        partial,
    }
}

/// The picture; absent where fewer than two periods are known.
pub(super) fn chart(
    kpi: &Kpi,
    flows: &[Flow],
    mut periods: Vec<MovementPeriod>,
) -> Option<ChartSpec> {
    // Where the data begin, what was added before is not known.
    let known = |period: &MovementPeriod| !period.amounts.is_empty();
    let first = periods.iter().position(known)?;
    periods.drain(..first);
    let is_flow = |name: &str| flows.iter().any(|flow| flow.part == name);
    let unit = kpi.parts.iter().find(|part| is_flow(part.name));
    let enough = periods.iter().filter(|period| known(period)).count() > 1;
    enough.then(|| ChartSpec {
        title: String::from("What was added and lost"),
        summary: String::new(),
        plot: Plot::Movements {
            unit: unit.map_or(Unit::Count, |part| part.unit),
            kinds: flows
                .iter()
                .map(|flow| MovementKind {
                    label: flow.label.to_owned(),
                    adds: flow.adds,
                })
                .collect(),
            periods,
        },
        footnotes: Vec::new(),
    })
}
