//! A report as a table of figures: one line a figure, that of the period first, then one a calendar
//! unit and one a segment.

use std::fmt::Write as _;

use crate::engine::base::{Date, Period, PeriodUnit};
use crate::engine::report::{Finding, Report};
use crate::engine::rows::csv::cell;
use crate::present::period_text;

/// The first line.
const HEADER: &str = "kpi,variant,edition,table,column,unit,covers,period_start,period_end,\
segment_by,segment,value,low,high,n,parts,refusal\r\n";

/// One figure of a finding.
#[derive(Default)]
struct Line<'a> {
    /// `period`, `unit` or `segment`.
    covers: &'static str,
    start: Option<Date>,
    end: Option<Date>,
    by: &'a str,
    is: &'a str,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    n: Option<u64>,
    parts: String,
    refusal: &'a str,
}

/// The figures as CSV.
pub fn csv(report: &Report) -> String {
    let mut text = HEADER.to_owned();
    for finding in &report.findings {
        write_line(&mut text, finding, &headline(finding));
        let starts: Vec<Date> = finding.series.iter().map(|point| point.start).collect();
        let unit = period_text::spacing(&starts);
        for point in &finding.series {
            let line = Line {
                covers: "unit",
                start: Some(point.start),
                end: unit.map(|unit| after(unit, point.start)),
                value: point.value,
                low: point.low,
                high: point.high,
                n: point.n,
                ..Line::default()
            };
            write_line(&mut text, finding, &line);
        }
        for point in &finding.segments {
            let line = Line {
                covers: "segment",
                start: finding.period.map(|period| period.start),
                end: finding.period.map(|period| period.end),
                by: &point.by,
                is: &point.is,
                value: point.value,
                low: point.low,
                high: point.high,
                n: point.n,
                ..Line::default()
            };
            write_line(&mut text, finding, &line);
        }
    }
    text
}

fn headline(finding: &Finding) -> Line<'_> {
    let parts = finding.parts.0.iter();
    let parts: Vec<String> = parts
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let interval = finding.interval.as_ref();
    Line {
        covers: "period",
        start: finding.period.map(|period| period.start),
        end: finding.period.map(|period| period.end),
        value: finding.value,
        low: interval.map(|it| it.low),
        high: interval.map(|it| it.high),
        n: finding.n,
        parts: parts.join("; "),
        refusal: finding.refusal.as_ref().map_or("", |it| &it.code),
        ..Line::default()
    }
}

/// The first day after the calendar unit that begins on this day.
fn after(unit: PeriodUnit, start: Date) -> Date {
    let Period { end, .. } = unit.period(unit.index(start), 1);
    end
}

fn write_line(text: &mut String, finding: &Finding, line: &Line<'_>) {
    let unit = serde_json::to_value(finding.unit).unwrap_or_default();
    let number = |number: Option<f64>| number.map(|it| it.to_string()).unwrap_or_default();
    let day = |day: Option<Date>| day.map(|it| it.to_string()).unwrap_or_default();
    let column = finding.question.as_ref().or(finding.column.as_ref());
    let cells = [
        finding.kpi.clone(),
        finding.variant.clone(),
        finding.edition.to_string(),
        finding.table.clone(),
        column.cloned().unwrap_or_default(),
        unit.as_str().unwrap_or_default().to_owned(),
        line.covers.to_owned(),
        day(line.start),
        day(line.end),
        line.by.to_owned(),
        line.is.to_owned(),
        number(line.value),
        number(line.low),
        number(line.high),
        line.n.map(|it| it.to_string()).unwrap_or_default(),
        line.parts.clone(),
        line.refusal.to_owned(),
    ];
    let cells: Vec<String> = cells.iter().map(|it| cell(it)).collect();
    // Writing into a text cannot fail.
    let written = write!(text, "{}\r\n", cells.join(","));
    debug_assert!(written.is_ok(), "a text takes everything");
}
