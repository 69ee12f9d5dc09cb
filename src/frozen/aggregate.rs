//! The report built anew from what may be shown.
//!
//! Every field is written here by name, so a field that the report gains later is left out until
//! somebody decides about it. Left out whatever they say: files, columns, questions and notes,
//! accounts, words of comments, measures, curves and cohorts, reasons why rows are left out,
//! bridges, p-values of segments. `parts` and `suppress` decide about the figures.

use crate::present::language::{inside, say};
use std::collections::BTreeMap;

use super::parts::{Counted, is_of_counts};
use super::places::{Places, split};
use super::suppress::{Split, hidden};
use super::{Choices, LEAST};
use crate::engine::base::{Date, Period, PeriodUnit, Refusal};
use crate::engine::report::{
    DialectReport, Finding, Interval, Parts, Previous, Report, RowCounts, SegmentPoint,
    SeriesPoint, Status, TableReport, TargetReport,
};
use crate::present::{Reader, period_text, words};

/// The most groups of one figure; those with the highest n are kept.
const MOST_GROUPS: usize = 24;

/// What may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Safe {
    /// A report without anything else.
    pub report: Report,
    /// How many figures are withheld because a small count follows from them.
    pub withheld: usize,
    /// The threshold in force.
    pub smallest: u64,
    /// Whether groups are named as in the table.
    pub names: bool,
}

/// What may be shown of a report.
pub fn aggregate(reader: &Reader<'_>, report: &Report, choices: Choices) -> Safe {
    let least = choices.smallest.max(LEAST);
    let findings = report.findings.iter();
    let counted: Vec<Counted<'_>> = findings
        .map(|finding| Counted::new(finding, reader.about(finding), least))
        .collect();
    let places = Places::of(report);
    let splits: Vec<Split<'_>> = counted.iter().map(|it| split(it, &places)).collect();
    let hidden = hidden(&splits, least);
    let mut withheld = 0;
    let figures = counted.iter().zip(&splits).zip(&hidden);
    let mut kept: Vec<Finding> = figures
        .map(|((counted, split), hidden)| {
            let now = counted.is_shown && hidden.first() == Some(&false);
            let has_before = split.cells.get(1).is_some_and(|cell| !cell.is_empty());
            let before = now && has_before && hidden.get(1) == Some(&false);
            let mut finding = figure(counted, (now, before), &mut withheld);
            let is_out = |place: usize| {
                let own = [now, before];
                let same = split.same_as.get(place).copied().flatten();
                hidden.get(place) != Some(&false)
                    || same.is_some_and(|same| own.get(same) == Some(&false))
            };
            finding.series = series(counted, |day| is_out(places.point(day)), &mut withheld);
            finding.segments =
                segments(counted, |name| is_out(places.segment(name)), &mut withheld);
            finding
        })
        .collect();
    number_groups(&mut kept, choices.names);
    number_tables(report, &mut kept);
    Safe {
        report: Report {
            schema: report.schema,
            kept: report.kept.clone(),
            as_of: None,
            timezone: report.timezone.clone(),
            currency: report.currency.clone(),
            business_type: report.business_type.clone(),
            tables: tables(report),
            findings: kept,
            customer_groups: Vec::new(),
            has_accounts: false,
            joins: None,
            across: Vec::new(),
            accounts: Vec::new(),
            notes: Vec::new(),
        },
        withheld,
        smallest: least,
        names: choices.names,
    }
}

/// The figure alone; counts what it withholds.
fn figure(
    counted: &Counted<'_>,
    (is_shown, before): (bool, bool),
    withheld: &mut usize,
) -> Finding {
    let finding = counted.finding;
    let mut note = |is_missing: bool| *withheld += usize::from(is_missing);
    note(finding.value.is_some() && !is_shown);
    note(finding.previous.is_some() && !before);
    let (parts, some_small) = if is_shown {
        counted.terms()
    } else {
        (Parts::default(), false)
    };
    note(some_small);
    let chart = is_shown.then(|| counted.picture()).flatten();
    let has_chart = finding.chart.as_ref().is_some_and(is_of_counts);
    note(has_chart && chart.is_none());
    let (variants, fewer) = if is_shown {
        counted.variants()
    } else {
        (Vec::new(), 0)
    };
    *withheld += fewer;
    let refusal = match (finding.value, is_shown) {
        (_, true) => None,
        (Some(_), false) => Some(Refusal::new("", say(words::SHARE_WITHHELD), "")),
        (None, false) => Some(Refusal::new("", say(words::SHARE_NO_FIGURE), "")),
    };
    Finding {
        kpi: finding.kpi.clone(),
        variant: finding.variant.clone(),
        edition: finding.edition,
        table: finding.table.clone(),
        column: None,
        question: None,
        status: if is_shown {
            Status::Ok
        } else {
            Status::Refused
        },
        refusal,
        currencies: Vec::new(),
        unit: finding.unit,
        value: finding
            .value
            .filter(|_| is_shown)
            .map(|it| counted.told(it)),
        n: finding.n.filter(|_| is_shown),
        counts: Vec::new(),
        interval: interval(counted).filter(|_| is_shown),
        parts,
        period: finding.period.map(whole_months),
        previous: previous(counted).filter(|_| before),
        series: Vec::new(),
        segments: Vec::new(),
        variants,
        notes: Vec::new(),
        precision: None,
        target: target(finding).filter(|_| is_shown),
        benchmarks: finding.benchmarks.clone(),
        left_out: Vec::new(),
        chart,
        movements: None,
        curve: Vec::new(),
        hazard: Vec::new(),
        log_rank: None,
        cohorts: Vec::new(),
        reasons: None,
        measures: Vec::new(),
        offered_measures: Vec::new(),
    }
}

fn interval(counted: &Counted<'_>) -> Option<Interval> {
    let interval = counted.finding.interval.as_ref();
    let interval = interval.filter(|_| counted.shows_interval(counted.finding.n))?;
    Some(Interval {
        low: counted.told(interval.low),
        high: counted.told(interval.high),
        ..interval.clone()
    })
}

fn previous(counted: &Counted<'_>) -> Option<Previous> {
    let it = counted.finding.previous.as_ref()?;
    let value = counted.told(it.value);
    Some(Previous {
        value,
        n: it.n,
        counts: Vec::new(),
        period: whole_months(it.period),
        change: counted.told(it.value + it.change) - value,
        change_interval: it.change_interval.filter(|_| counted.shows_interval(it.n)),
        p_value: it.p_value,
        test: it.test.clone(),
        verdict: it.verdict,
    })
}

/// The target of the figure alone: what the rest of the year must bring is told from sums of months.
fn target(finding: &Finding) -> Option<TargetReport> {
    let target = finding.target.as_ref()?;
    Some(TargetReport {
        value: target.value,
        met: target.met,
        rest_of_year: None,
        refusal: None,
    })
}

fn series(
    counted: &Counted<'_>,
    is_out: impl Fn(Date) -> bool,
    withheld: &mut usize,
) -> Vec<SeriesPoint> {
    let points = counted.finding.series.iter();
    let points: Vec<SeriesPoint> = points
        .map(|point| {
            let hidden = is_out(point.start);
            *withheld += usize::from(hidden && point.value.is_some());
            let ends = !hidden && counted.shows_interval(point.n);
            SeriesPoint {
                start: point.start,
                value: point.value.filter(|_| !hidden).map(|it| counted.told(it)),
                n: point.n.filter(|_| !hidden),
                counts: Vec::new(),
                low: point.low.filter(|_| ends).map(|it| counted.told(it)),
                high: point.high.filter(|_| ends).map(|it| counted.told(it)),
                partial: point.partial,
            }
        })
        .collect();
    // A course with more gaps than points says little, and the days of one without any point would
    // still tell when the first row is from.
    let shown = points.iter().filter(|it| it.value.is_some()).count();
    let out = counted
        .finding
        .series
        .iter()
        .filter(|it| it.value.is_some())
        .count()
        - shown;
    if shown > out {
        return points;
    }
    *withheld += shown;
    Vec::new()
}

fn segments(
    counted: &Counted<'_>,
    is_out: impl Fn(&str) -> bool,
    withheld: &mut usize,
) -> Vec<SegmentPoint> {
    let known = counted.finding.segments.iter();
    let (out, shown): (Vec<&SegmentPoint>, Vec<&SegmentPoint>) = known
        .filter(|segment| segment.value.is_some())
        .partition(|segment| is_out(&segment.is));
    *withheld += out.len();
    let mut shown: Vec<SegmentPoint> = shown
        .into_iter()
        .map(|segment| {
            let ends = counted.shows_interval(segment.n);
            SegmentPoint {
                by: segment.by.clone(),
                is: segment.is.clone(),
                value: segment.value.map(|it| counted.told(it)),
                n: segment.n,
                counts: Vec::new(),
                low: segment.low.filter(|_| ends).map(|it| counted.told(it)),
                high: segment.high.filter(|_| ends).map(|it| counted.told(it)),
                p_value: None,
                test: None,
                // What is said of it counts all groups, so it is said where all are shown.
                verdict: segment.verdict.filter(|_| out.is_empty()),
                not_compared: None,
                curve: Vec::new(),
                target: None,
            }
        })
        .collect();
    shown.sort_by_key(|segment| std::cmp::Reverse(segment.n));
    shown.truncate(MOST_GROUPS);
    // One group alone is no split.
    if shown.len() < 2 {
        *withheld += shown.len();
        return Vec::new();
    }
    shown
}

/// Groups by number, the one with the highest n that is shown first. Groups that are shown nowhere
/// have no number: their place among the others would tell how many they are.
fn number_groups(findings: &mut [Finding], names: bool) {
    if names {
        return;
    }
    let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
    for segment in findings.iter().flat_map(|finding| &finding.segments) {
        let size = sizes.entry(segment.is.clone()).or_default();
        *size = (*size).max(segment.n.unwrap_or(0));
    }
    let mut by_size: Vec<(&String, &u64)> = sizes.iter().collect();
    by_size.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
    let numbers: BTreeMap<&String, usize> = by_size
        .into_iter()
        .enumerate()
        .map(|(place, (name, _))| (name, place + 1))
        .collect();
    for finding in findings {
        for segment in &mut finding.segments {
            let number = numbers.get(&segment.is).copied().unwrap_or(0);
            segment.is = format!("{} {number}", say(words::SHARE_GROUP));
            say(words::SHARE_BY).clone_into(&mut segment.by);
        }
    }
}

/// Tables by number and kind; figures of one KPI on one table by number.
fn number_tables(report: &Report, findings: &mut [Finding]) {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for finding in findings {
        let key = (finding.kpi.clone(), finding.table.clone());
        let own = seen.entry(key).or_default();
        *own += 1;
        finding.question = Some(format!("{} {own}", say(words::SHARE_QUESTION)));
        let place = report.tables.iter().position(|it| it.name == finding.table);
        finding.table = place.map_or_else(String::new, |place| table_name(report, place));
    }
}

fn table_name(report: &Report, place: usize) -> String {
    let kind = report.tables.get(place).and_then(|it| it.kind.as_deref());
    let kind = kind.map_or_else(String::new, |kind| {
        format!(" ({})", inside(&words::kind(kind)))
    });
    format!("{} {}{kind}", say(words::TABLE), place + 1)
}

/// Tables with nothing but their number and their kind.
fn tables(report: &Report) -> Vec<TableReport> {
    let tables = report.tables.iter().enumerate();
    tables
        .map(|(place, table)| TableReport {
            name: table_name(report, place),
            kind: table.kind.clone(),
            kinds: Vec::new(),
            dialect: DialectReport {
                format: String::new(),
                sheet: None,
                encoding: String::new(),
                delimiter: String::new(),
                quote: None,
                escape: None,
                line_end: None,
                header_rows: 0,
                sheets: Vec::new(),
            },
            export: None,
            rows: RowCounts::default(),
            columns: Vec::new(),
            faults: Vec::new(),
            questions: Vec::new(),
        })
        .collect()
}

/// The period, in whole calendar units: where it ends at the first and last row, the days of these
/// rows are cells, so it is widened to whole months.
fn whole_months(period: Period) -> Period {
    let is_edge = |unit: PeriodUnit, day: Date| unit.period(unit.index(day), 1).start == day;
    let is_whole = [PeriodUnit::Week, PeriodUnit::Month]
        .into_iter()
        .any(|unit| is_edge(unit, period.start) && is_edge(unit, period.end));
    if is_whole || period_text::unit(period).is_some_and(|unit| unit != PeriodUnit::Day) {
        return period;
    }
    let last = period.end.plus_days(-1).first_of_month();
    Period {
        start: period.start.first_of_month(),
        end: last.plus_months(1),
    }
}
