//! Figures that were worked out elsewhere, as findings: value, course, segments, rules and the period
//! before, as far as the lines of a table hold them.
//!
//! A line is a share where its interval is that of a share, and a net promoter score where it is that
//! of one: then changes and segments are tested as those of rows are. Of other figures it is not known
//! how far chance alone moves them.

use super::course::{compared, point};
use super::{Computed, MOST_POINTS, MOST_SEGMENTS, refused, targets};
use crate::engine::base::{Date, Period, PeriodUnit, Refusal};
use crate::engine::benchmarks;
use crate::engine::facts::ledger::rows::Remark;
use crate::engine::facts::results::{Covers, Line, Results};
use crate::engine::kpi;
use crate::engine::kpi::definition::{Kpi, Rule};
use crate::engine::kpi::estimate::{Estimate, LEVEL, Spread, interval};
use crate::engine::kpi::registry;
use crate::engine::options::{Compare, Options};
use crate::engine::report::{
    Finding, Parts, Previous, SegmentPoint, SeriesPoint, Status, VariantValue,
};
use crate::engine::segments;
use crate::engine::stats::net_promoter::{self, Answers};
use crate::engine::stats::proportion;
use crate::engine::table::Reason;

/// Ends of intervals that should be the same differ by no more than this share of their size.
const SAME: f64 = 1e-9;

const MONTHS_OF_A_YEAR: i32 = 12;

/// What cannot be known from results.
const READ: &str = "These figures were read from a table of results: the rows behind them, rules that it does not hold and the steps from rule to rule are not known from it, and a change is tested only where it is one of a share or of a net promoter score.";

/// A finding a KPI that the lines tell and that is wanted.
pub fn of_results(results: &Results, table: &str, options: &Options) -> Vec<Computed> {
    let wanted = |kpi: &Kpi| options.kpis.is_empty() || options.kpis.iter().any(|id| id == kpi.id);
    let kpis = kpi::ALL.iter().copied().filter(|kpi| wanted(kpi));
    kpis.filter_map(|kpi| {
        let lines = results.lines.iter().filter(|line| line.kpi == kpi.id);
        let lines: Vec<&Line> = lines.collect();
        (!lines.is_empty()).then(|| Computed {
            finding: Told { kpi, options }.finding(&lines, table),
            reasons: reasons(results, kpi),
            step_rows: Vec::new(),
            reason_rows: None,
            accounts: Vec::new(),
        })
    })
    .collect()
}

/// Why each row is left out by the finding of a KPI.
pub fn reasons(results: &Results, kpi: &Kpi) -> Vec<Reason> {
    let mut reasons = results.reasons.clone();
    for line in &results.lines {
        let known = registry::find(&line.kpi);
        let has_rule = |of: &&Kpi| of.rules.iter().any(|rule| rule.id == line.rule);
        reasons[line.row] = match known.filter(has_rule) {
            Some(other) if other.id == kpi.id => Reason::Used,
            Some(_) => Reason::OtherFigure,
            None => Reason::NoFinding,
        };
    }
    reasons
}

/// A KPI of which lines tell, and the user's choices.
struct Told<'a> {
    kpi: &'static Kpi,
    options: &'a Options,
}

impl Told<'_> {
    fn finding(&self, lines: &[&Line], table: &str) -> Finding {
        let kpi = self.kpi;
        let head_of = |rule: &Rule| {
            let mut lines = lines.iter().copied();
            lines.find(|line| line.covers == Covers::Period && line.rule == rule.id)
        };
        let chosen = self.options.variants.get(kpi.id);
        let mut rules: Vec<&'static Rule> = kpi.rules.iter().collect();
        rules.sort_by_key(|rule| Some(rule.id) != chosen.map(String::as_str));
        let found = rules.iter().find_map(|rule| Some((*rule, head_of(rule)?)));
        let Some((rule, head)) = found else {
            let refusal = Refusal::new(
                "figure_missing",
                "The table of results holds no figure of the whole period.",
                "Load all rows that the query gives: one of them covers the period.",
            );
            return refused(kpi, table, refusal);
        };
        let now = self.estimate(head);
        let own = |covers: Covers| {
            let lines = lines.iter().copied();
            let own = lines.filter(|line| line.covers == covers && line.rule == rule.id);
            own.collect::<Vec<&Line>>()
        };
        let units = own(Covers::Unit);
        let unit = unit_of(&units);
        let mut finding = refused(kpi, table, Refusal::new("", "", ""));
        finding.refusal = None;
        finding.status = Status::Ok;
        rule.id.clone_into(&mut finding.variant);
        finding.unit = kpi.unit_of(rule);
        finding.period = head.period;
        finding.previous = self.previous((head, &now), &units, unit);
        finding.series = self.series(head, &units, unit);
        finding.segments = self.segments(&own(Covers::Segment), rule);
        finding.variants = kpi
            .rules
            .iter()
            .filter_map(|other| Some(under(kpi, rule, (other, head_of(other)?))))
            .collect();
        finding.precision = now.precision(self.options.precision.get(kpi.id).copied());
        finding.benchmarks = benchmarks::matching(kpi.id, rule.id, months(head.period), None)
            .into_iter()
            .map(benchmarks::Benchmark::told)
            .collect();
        finding.target = targets::of_value((kpi, rule), self.options, &now);
        finding.value = Some(now.value);
        finding.n = head.n;
        finding.counts = now.spread.counts();
        finding.interval = now.interval;
        let parts = now.parts.into_iter();
        finding.parts = Parts(
            parts
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        );
        finding.notes = vec![Remark::new("figures_read", READ).note(table)];
        finding
    }

    /// A line as an estimate.
    fn estimate(&self, line: &Line) -> Estimate {
        let term = |name: &str| line.parts.iter().find(|(own, _)| own == name);
        let parts = self.kpi.parts.iter();
        let parts: Vec<(&'static str, f64)> = parts
            .filter_map(|part| Some((part.name, term(part.name)?.1)))
            .collect();
        let (spread, method) = judged(line, &parts);
        Estimate {
            interval: line.ends.map(|ends| interval(ends, method)),
            parts,
            ..Estimate::of(line.value, line.n.unwrap_or_default(), spread)
        }
    }

    /// As [`super::course::previous`].
    fn previous(
        &self,
        (head, now): (&Line, &Estimate),
        units: &[&Line],
        unit: PeriodUnit,
    ) -> Option<Previous> {
        let period = head.period?;
        let count = units_in(period, unit).unwrap_or(1);
        let last = unit.index(period.start) + count - 1;
        let before = match self.options.compare.unwrap_or(Compare::Previous) {
            Compare::Previous => unit.period(last - count, count),
            Compare::YearBefore => Period {
                start: period.start.plus_months(-MONTHS_OF_A_YEAR),
                end: period.end.plus_months(-MONTHS_OF_A_YEAR),
            },
            Compare::None => return None,
        };
        let line = units.iter().find(|line| line.period == Some(before))?;
        let then = self.estimate(line);
        Some(compared(now, &then, line.n, before))
    }

    /// A point for each unit from the first to the last that has a line.
    fn series(&self, head: &Line, units: &[&Line], unit: PeriodUnit) -> Vec<SeriesPoint> {
        let index = |line: &Line| Some(unit.index(line.period?.end.plus_days(-1)));
        let places = units.iter().filter_map(|line| index(line));
        let (Some(first), Some(last)) = (places.clone().min(), places.max()) else {
            return Vec::new();
        };
        let over = head.period.map(|period| period.end);
        let at = |place: i32| units.iter().find(|line| index(line) == Some(place));
        (first.max(last - MOST_POINTS + 1)..=last)
            .map(|place| {
                let one = unit.period(place, 1);
                let partial = over.is_some_and(|over| over < one.end);
                let line = at(place);
                let told = point(one.start, line.map(|line| self.estimate(line)), partial);
                let n = line.and_then(|line| line.n);
                SeriesPoint { n, ..told }
            })
            .collect()
    }

    fn segments(&self, lines: &[&Line], rule: &Rule) -> Vec<SegmentPoint> {
        let mut lines = lines.to_vec();
        lines.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.segment.cmp(&b.segment)));
        lines.truncate(MOST_SEGMENTS);
        let mut estimates: Vec<_> = lines.iter().map(|line| Ok(self.estimate(line))).collect();
        let against = segments::against_the_rest(&mut estimates);
        let told = lines.iter().zip(estimates).zip(against);
        told.map(|((line, found), against)| {
            let told = point(Date(0), found.ok(), false);
            let mut point = SegmentPoint {
                by: String::from("segment"),
                is: line.segment.clone(),
                value: told.value,
                n: line.n,
                counts: told.counts,
                low: told.low,
                high: told.high,
                p_value: against.as_ref().ok().map(|it| it.p_value),
                test: against.as_ref().ok().map(|it| it.test.to_owned()),
                verdict: against.as_ref().ok().map(|it| it.verdict),
                not_compared: against.err(),
                curve: Vec::new(),
                target: None,
            };
            let choice = targets::chosen_for(self.kpi, rule, self.options);
            point.target = targets::of_segment(choice, self.kpi.better, &point);
            point
        })
        .collect()
    }
}

/// The figure under a rule.
fn under(kpi: &Kpi, own: &Rule, (rule, head): (&Rule, &Line)) -> VariantValue {
    let unit = kpi.unit_of(rule);
    VariantValue {
        variant: rule.id.to_owned(),
        value: Some(head.value),
        unit: (unit != kpi.unit_of(own)).then_some(unit),
        refusal: None,
        bridge: Vec::new(),
    }
}

/// What chance alone could do to a line, where its interval tells it, and how that was made.
fn judged(line: &Line, parts: &[(&'static str, f64)]) -> (Spread, &'static str) {
    let unknown = (Spread::StandardError(None), "as the results tell it");
    let (Some(n), Some(ends)) = (line.n.filter(|n| *n > 0), line.ends) else {
        return unknown;
    };
    let close = |one: f64, other: f64| (one - other).abs() <= SAME * one.abs().max(1.0);
    let same = |(low, high): (f64, f64)| close(low, ends.0) && close(high, ends.1);
    let count = (line.value * n as f64).round();
    if (0.0..=n as f64).contains(&count)
        && close(count / n as f64, line.value)
        && proportion::wilson(count as u64, n, LEVEL).is_some_and(same)
    {
        return (Spread::Share(count as u64, n), proportion::WILSON);
    }
    for three in parts.windows(3) {
        let [promoters, passives, detractors] = [0, 1, 2].map(|place| three[place].1 as u64);
        let ends = net_promoter::interval(promoters, passives, detractors);
        if let Some(ends) =
            ends.filter(|it| promoters + passives + detractors == n && same((it.low, it.high)))
        {
            let answers = Answers {
                promoters,
                passives,
                detractors,
            };
            return (Spread::Promoters(answers), ends.method);
        }
    }
    unknown
}

/// The largest calendar unit at whose edges all lines begin and end; a month where there are none.
fn unit_of(units: &[&Line]) -> PeriodUnit {
    let fits = |unit: &PeriodUnit| {
        let mut periods = units.iter().filter_map(|line| line.period);
        periods.all(|it| units_in(it, *unit).is_some())
    };
    let candidates = [
        PeriodUnit::Year,
        PeriodUnit::Quarter,
        PeriodUnit::Month,
        PeriodUnit::Week,
    ];
    match units {
        [] => PeriodUnit::Month,
        _ => candidates.into_iter().find(fits).unwrap_or(PeriodUnit::Day),
    }
}

/// How many calendar units a period has, where it begins and ends at their edges.
fn units_in(period: Period, unit: PeriodUnit) -> Option<i32> {
    let (first, end) = (unit.index(period.start), unit.index(period.end));
    let at_edges = unit.start(first) == period.start && unit.start(end) == period.end;
    at_edges.then_some(end - first)
}

/// The length of a period in whole months.
fn months(period: Option<Period>) -> Option<u32> {
    u32::try_from(units_in(period?, PeriodUnit::Month)?).ok()
}
