//! Where the figures of a report stand, and what adds up to what.

use super::parts::Counted;
use super::suppress::{ALONE, Split};
use crate::engine::base::{Date, Period};
use crate::engine::report::{Report, SeriesPoint};

/// Where figures of a report stand: the whole, the period before, segments, points; the same for all
/// findings, so that their places can be held against one another.
pub(super) struct Places<'a> {
    names: Vec<&'a str>,
    days: Vec<Date>,
}

impl<'a> Places<'a> {
    /// The places of all findings.
    pub(super) fn of(report: &'a Report) -> Self {
        let segments = report.findings.iter().flat_map(|it| &it.segments);
        let mut names: Vec<&str> = segments.map(|it| it.is.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let points = report.findings.iter().flat_map(|it| &it.series);
        let mut days: Vec<Date> = points.map(|it| it.start).collect();
        days.sort_unstable();
        days.dedup();
        Self { names, days }
    }

    const fn count(&self) -> usize {
        2 + self.names.len() + self.days.len()
    }

    /// That of the segment with this value.
    pub(super) fn segment(&self, name: &str) -> usize {
        2 + self.names.partition_point(|other| *other < name)
    }

    /// That of the point that begins on this day.
    pub(super) fn point(&self, day: Date) -> usize {
        2 + self.names.len() + self.days.partition_point(|other| *other < day)
    }
}

/// The figure at its places. Segments add up to the whole, points of the period too, points of the
/// period before to that; but where a point is the figure itself, points are windows of their own and
/// add up to nothing that is shown.
pub(super) fn split<'a>(counted: &Counted<'a>, places: &Places<'_>) -> Split<'a> {
    let finding = counted.finding;
    // Where the two periods overlap, their difference is a figure of its own: none before, then.
    let previous = finding.previous.as_ref().filter(|it| {
        let now = finding.period;
        now.is_some_and(|now| it.period.end <= now.start || now.end <= it.period.start)
    });
    let mut split = Split {
        table: &finding.table,
        cells: vec![Vec::new(); places.count()],
        blocks: vec![ALONE; places.count()],
        totals: Vec::new(),
        same_as: vec![None; places.count()],
    };
    let then = previous.map(|it| counted.cell_of(Some(it.value), it.n, &it.counts));
    split.cells[0].clone_from(&counted.cell);
    split.cells[1] = then.unwrap_or_default();
    for segment in &finding.segments {
        let place = places.segment(&segment.is);
        split.cells[place] = counted.cell_of(segment.value, segment.n, &segment.counts);
        split.blocks[place] = 0;
    }
    let figures = [
        (finding.period, finding.value, finding.n),
        (
            previous.map(|it| it.period),
            previous.map(|it| it.value),
            previous.and_then(|it| it.n),
        ),
    ];
    let within = |period: Option<Period>, start: Date| period.is_some_and(|it| it.contains(start));
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    let is_same = |point: &SeriesPoint, figure: &(Option<Period>, Option<f64>, Option<u64>)| {
        within(figure.0, point.start)
            && point.value.is_some()
            && bits(point.value) == bits(figure.1)
            && point.n == figure.2
    };
    let windows = finding
        .series
        .iter()
        .any(|point| is_same(point, &figures[0]));
    for point in &finding.series {
        let place = places.point(point.start);
        split.cells[place] = counted.cell_of(point.value, point.n, &point.counts);
        split.same_as[place] = figures.iter().position(|figure| is_same(point, figure));
        let sum = figures.iter().position(|it| within(it.0, point.start));
        split.blocks[place] = match sum {
            _ if split.same_as[place].is_some() => ALONE,
            Some(sum) if !windows => sum + 1,
            _ => 3,
        };
    }
    let (now, then) = (split.cells[0].clone(), split.cells[1].clone());
    split.totals = vec![now.clone(), now, then, Vec::new()];
    split
}
