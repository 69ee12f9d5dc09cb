//! Figures that were worked out elsewhere: what queries gave that Kept wrote, a line each.

use std::collections::BTreeSet;

use super::NO_DAY;
use super::reading::{self, Reading};
use crate::engine::base::{Date, Period};
use crate::engine::roles::Kind;
use crate::engine::table::Reason;

/// What a line covers.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Covers {
    /// The whole period.
    Period,
    /// One calendar unit, or the stretch that ends with it.
    Unit,
    /// One segment over the whole period.
    Segment,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its row.
    pub row: usize,
    /// The KPI's id, as written.
    pub kpi: String,
    /// The rule's id, as written.
    pub rule: String,
    /// What it covers.
    pub covers: Covers,
    /// From when until when; absent where no column of the table behind it says when.
    pub period: Option<Period>,
    /// The segment's value; empty for the whole.
    pub segment: String,
    /// The figure.
    pub value: f64,
    /// How many it rests on, where a whole number says so.
    pub n: Option<u64>,
    /// Both ends of its interval.
    pub ends: Option<(f64, f64)>,
    /// The terms of the formula, by the headers in small letters.
    pub parts: Vec<(String, f64)>,
}

/// The figures of one table.
#[derive(Clone, Debug)]
pub struct Results {
    /// The lines that can be read, in the order of the table.
    pub lines: Vec<Line>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Headers that are no terms of a formula.
const OWN: [&str; 10] = [
    "covers",
    "kpi",
    "variant",
    "period_start",
    "period_end",
    "segment",
    "value",
    "n",
    "interval_low",
    "interval_high",
];

/// Largest whole number that every number with a fraction of 64 bits tells apart from the next.
const MOST: f64 = 9_007_199_254_740_991.0;

/// Reads a table of figures.
pub fn read(reading: &Reading<'_>) -> Option<Results> {
    if !reading.mapping.is(Kind::Figures) {
        return None;
    }
    let find = |header: &str| reading.table.find(header);
    let texts = |header: &str| Some(reading.table.columns[find(header)?].keys());
    let numbers = |header: &str| Some(reading.numbers(find(header)?));
    let days = |header: &str| Some(reading.instants(find(header)?));
    let (kpis, rules, covers) = (texts("kpi")?, texts("variant")?, texts("covers")?);
    let (starts, ends) = (days("period_start")?, days("period_end")?);
    let (values, counts) = (numbers("value")?, numbers("n")?);
    let segments = texts("segment");
    let (lows, highs) = (numbers("interval_low"), numbers("interval_high"));
    let columns = reading.table.columns.iter().enumerate();
    let terms: Vec<(String, Vec<f64>)> = columns
        .map(|(place, column)| (column.name.trim().to_lowercase(), place))
        .filter(|(header, _)| !OWN.contains(&header.as_str()))
        .map(|(header, place)| (header, reading.numbers(place).values))
        .collect();
    let mut reasons = reading.reasons();
    reading::require_numbers(&values, &mut reasons);
    for cells in [&starts, &ends] {
        for row in &cells.invalid {
            reasons[*row as usize] = Reason::DateInvalid;
        }
    }
    let (starts, ends) = (reading::days(&starts), reading::days(&ends));
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for row in 0..reading.rows() {
        if reasons[row] != Reason::Used {
            continue;
        }
        let text = |keys: &crate::engine::table::keys::Keys<'_>| {
            keys.texts.text(keys.codes[row]).trim().to_owned()
        };
        let period = (starts[row] != NO_DAY && ends[row] != NO_DAY).then(|| Period {
            start: Date(starts[row]),
            end: Date(ends[row]),
        });
        let covers = match covered(&text(&covers), period) {
            Ok(covers) => covers,
            Err(reason) => {
                reasons[row] = reason;
                continue;
            }
        };
        let line = Line {
            row,
            kpi: text(&kpis),
            rule: text(&rules),
            covers,
            period,
            segment: segments.as_ref().map(text).unwrap_or_default(),
            value: values.values[row],
            n: whole(counts.values[row]),
            ends: known(lows.as_ref().zip(highs.as_ref()), |(low, high)| {
                (low.values[row], high.values[row])
            }),
            parts: terms
                .iter()
                .filter(|(_, cells)| cells[row].is_finite())
                .map(|(header, cells)| (header.clone(), cells[row]))
                .collect(),
        };
        let same = (
            (line.kpi.clone(), line.rule.clone(), covers),
            (starts[row], ends[row], line.segment.clone()),
        );
        if seen.insert(same) {
            lines.push(line);
        } else {
            reasons[row] = Reason::Duplicate;
        }
    }
    Some(Results { lines, reasons })
}

/// What a line covers, or why it is left out.
fn covered(text: &str, period: Option<Period>) -> Result<Covers, Reason> {
    let covers = match text.to_lowercase().as_str() {
        "period" => Covers::Period,
        "unit" => Covers::Unit,
        "segment" => Covers::Segment,
        _ => return Err(Reason::NoFinding),
    };
    match period {
        Some(period) if period.end <= period.start => Err(Reason::EndsBeforeStart),
        None if covers == Covers::Unit => Err(Reason::DateMissing),
        _ => Ok(covers),
    }
}

/// Two numbers, where both are known.
fn known<T>(cells: Option<T>, both: impl Fn(T) -> (f64, f64)) -> Option<(f64, f64)> {
    cells
        .map(both)
        .filter(|(low, high)| low.is_finite() && high.is_finite())
}

fn whole(number: f64) -> Option<u64> {
    (number.fract() == 0.0 && (0.0..=MOST).contains(&number)).then_some(number as u64)
}
