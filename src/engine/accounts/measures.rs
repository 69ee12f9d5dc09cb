//! Figures of accounts as measures of their health.

use std::rc::Rc;

use super::{Accounts, Figure, FigureUnit};
use crate::engine::base::Refusal;
use crate::engine::facts::Health;
use crate::engine::facts::health::{Curve, Measure, MeasureChoice, Silent};
use crate::engine::joins::NOBODY;
use crate::engine::options::Direction;
use crate::engine::table::Reason;

/// The figures that measure health without being asked for.
const USUAL: &[&str] = &[
    "active_days",
    "use_change",
    "days_since_use",
    "last_nps",
    "last_csat",
    "last_ces",
    "last_rating",
    "open_tickets",
    "slow_tickets",
    "revenue_change",
    "days_since_order",
];

/// How usual figures become points, where not by their scale or their spread: values and points.
const fn line(id: &str) -> Option<&'static [(f64, f64)]> {
    Some(match id.as_bytes() {
        b"use_change" | b"revenue_change" => &[(-0.5, 0.0), (0.0, 75.0), (0.25, 100.0)],
        b"open_tickets" | b"slow_tickets" => &[(0.0, 100.0), (1.0, 75.0), (5.0, 0.0)],
        _ => return None,
    })
}

/// Adds figures of other tables to the measures of the accounts' own list.
///
/// Those that the settings name, or the usual ones where they name no measures at all. `of_rows`: the
/// account of each row of the list. Accounts that are known to have left are left out, as the settings say, and
/// of several rows of an account all but the first.
pub fn add(health: &mut Health, told: &Accounts, (of_rows, first_rows): (&[u32], &[u32])) {
    let choices = Rc::clone(&health.choices);
    let all = health.reasons.iter_mut().zip(of_rows).enumerate();
    for (row, (reason, account)) in all.filter(|(_, (_, account))| **account != NOBODY) {
        let account = *account as usize;
        if *reason != Reason::Used {
            continue;
        }
        if first_rows[account] as usize != row {
            *reason = Reason::Duplicate;
        } else if !choices.scores_lost && told.is_customer[account] == Some(false) {
            *reason = Reason::HasLeft;
        }
    }
    let unknown = |it: &&MeasureChoice| it.figure().is_some_and(|id| told.figure(id).is_none());
    if let Some(unknown) = choices.measures.iter().find(unknown) {
        health.refusal = Some(Refusal::new(
            "measure_unknown",
            format!(
                "The settings of the health score name “{}”, which these tables do not tell.",
                unknown.column
            ),
            "Use one of the figures that accounts have, or take it out of the settings.",
        ));
    }
    for (figure, choice) in wanted(health, told) {
        match measure(health, figure, &choice, of_rows) {
            Ok(measure) => health.measures.push(measure),
            Err(silent) => health.left_out.push((figure.name.clone(), silent)),
        }
    }
}

/// The figures that are to measure health, each with what the settings say of it.
pub fn wanted<'a>(health: &Health, told: &'a Accounts) -> Vec<(&'a Figure, MeasureChoice)> {
    let choices = &health.choices.measures;
    if choices.is_empty() {
        let all = told.figures.iter();
        let usual = all.filter(|it| USUAL.contains(&it.id.as_str()));
        return usual.map(|it| (it, MeasureChoice::default())).collect();
    }
    let by_name = |choice: &MeasureChoice| Some((told.figure(choice.figure()?)?, choice.clone()));
    choices.iter().filter_map(by_name).collect()
}

fn measure(
    health: &Health,
    figure: &Figure,
    choice: &MeasureChoice,
    of_rows: &[u32],
) -> Result<Measure, Silent> {
    let values: Vec<f64> = of_rows
        .iter()
        .map(|account| match *account {
            NOBODY => f64::NAN,
            account => figure.values[account as usize],
        })
        .collect();
    let counts = values.iter().zip(&health.reasons);
    let mut known: Vec<f64> = counts
        .filter(|(value, reason)| !value.is_nan() && **reason == Reason::Used)
        .map(|(value, _)| *value)
        .collect();
    if known.is_empty() {
        return Err(Silent::Empty);
    }
    let told = figure.direction.unwrap_or(Direction::HighIsGood);
    let direction = choice.direction.unwrap_or(told);
    let spread = Curve::of_values(&mut known, direction);
    let turned = direction != told;
    let curve = match (line(&figure.id), figure.scale, spread) {
        _ if !choice.line.is_empty() => Curve::Line(choice.line.clone()),
        _ if !choice.steps.is_empty() => Curve::Steps(choice.steps.clone()),
        (_, _, None) => return Err(Silent::Constant),
        (Some(line), _, _) if !turned => Curve::Line(line.to_vec()),
        (_, Some(scale), _) if figure.unit == FigureUnit::Answer => Curve::over(scale, direction),
        (_, _, Some(spread)) => spread,
    };
    let name = figure.name.clone();
    Ok(Measure {
        column: MeasureChoice::naming(&figure.id),
        per: None,
        weight: health.choices.weight_of(&name, choice.weight),
        ages: None,
        values,
        curve,
        direction,
        group: choice
            .group
            .as_ref()
            .map(|group| (group.clone(), health.choices.group_weight(group))),
        missing: choice.missing.unwrap_or(health.choices.missing),
        fresh_days: None,
        because: String::from(if choice.kpi().is_some() {
            "The settings name it; worked out for each account by itself"
        } else {
            "It comes from another table that speaks of the same accounts"
        }),
        name,
    })
}
