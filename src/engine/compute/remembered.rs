//! Figures that one run worked out and the next asks for again: another period leaves the course of a
//! figure as it was, another segment leaves all but the segments.
//!
//! Takes: what was worked out, with what it was asked for. Gives: the same to whoever asks the same.
//! Never: is asked about other facts, filters or settings; who holds it sees to that.
//! Start at [`Remembered`]. Tests: `tests/known_facts.rs`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::window::Window;
use super::{Job, Told};
use crate::engine::base::{Date, Period, PeriodUnit};
use crate::engine::chart_spec::ChartSpec;
use crate::engine::kpi::definition::Rule;
use crate::engine::kpi::scope::Basis;
use crate::engine::options::{Compare, Options};
use crate::engine::report::{Finding, LeftOut, SeriesPoint};
use crate::engine::table::Reason;

/// Windows of one figure that are remembered: people go back and forth between a few.
const MOST_WINDOWS: usize = 6;

/// The same for a table from so many rows on: the rows behind reasons and steps take some bits each.
const FEW_WINDOWS: usize = 2;
const MANY_ROWS: u32 = 2_000_000;

/// The points of a figure's course, and what was added and lost in each.
pub(super) type Course = (Vec<SeriesPoint>, Option<ChartSpec>);

/// What was worked out of one set of tables under one set of choices.
#[derive(Debug, Default)]
pub struct Remembered {
    spans: RefCell<Vec<(FigureOf, Option<(Date, Date)>)>>,
    courses: RefCell<Vec<(CourseOf, Course)>>,
    wholes: RefCell<Vec<(WholeOf, (Finding, Told))>>,
    /// What became of the rows of each table.
    fates: RefCell<BTreeMap<String, Vec<Reason>>>,
    left_out: RefCell<Vec<(LeftOutOf, Vec<LeftOut>)>>,
}

/// The figure of one rule on one set of facts.
#[derive(Clone, Debug, PartialEq)]
struct FigureOf {
    table: String,
    kpi: &'static str,
    rule: &'static str,
    basis: Basis,
    column: Option<usize>,
    question: Option<String>,
}

/// The course of a figure in units of so many.
#[derive(Clone, Debug, PartialEq)]
struct CourseOf {
    figure: FigureOf,
    unit: PeriodUnit,
    count: i32,
}

/// A finding but for its segments.
#[derive(Clone, Debug, PartialEq)]
struct WholeOf {
    course: CourseOf,
    period: Option<Period>,
    compare: Option<Compare>,
}

/// The rows that a finding leaves out and others of its table use.
#[derive(Clone, Debug, PartialEq)]
struct LeftOutOf {
    table: String,
    kpi: String,
    rule: String,
    column: Option<String>,
    question: Option<String>,
    /// Whether the finding has looked at any row.
    has_rows: bool,
}

impl Remembered {
    /// The choices on which everything rests that is remembered: all but those by which figures are
    /// told apart here, and the segments, which are not remembered.
    pub fn choices(options: &Options) -> Options {
        Options {
            period: None,
            compare: None,
            segment: None,
            ..options.clone()
        }
    }

    /// The first and the last day of the rows that count.
    pub(super) fn span(
        &self,
        job: &Job<'_>,
        rule: &'static Rule,
        find: impl FnOnce() -> Option<(Date, Date)>,
    ) -> Option<(Date, Date)> {
        found(&self.spans, &FigureOf::new(job, rule), find)
    }

    /// The course of a figure.
    pub(super) fn course(
        &self,
        (job, rule): (&Job<'_>, &'static Rule),
        window: &Window,
        find: impl FnOnce() -> Course,
    ) -> Course {
        found(&self.courses, &CourseOf::new(job, rule, window), find)
    }

    /// The rows that a finding leaves out and others of its table use. `fates`: what became of each
    /// row of the table, and whether the finding has looked at any.
    pub fn left_out(
        &self,
        finding: &Finding,
        (fates, has_rows): (&[Reason], bool),
        find: impl FnOnce() -> Vec<LeftOut>,
    ) -> Vec<LeftOut> {
        let table = &finding.table;
        let mut known = self.fates.borrow_mut();
        if known.get(table).is_none_or(|known| known != fates) {
            known.insert(table.clone(), fates.to_vec());
            let mut all = self.left_out.borrow_mut();
            all.retain(|(of, _)| of.table != *table);
        }
        let of = LeftOutOf {
            table: table.clone(),
            kpi: finding.kpi.clone(),
            rule: finding.variant.clone(),
            column: finding.column.clone(),
            question: finding.question.clone(),
            has_rows,
        };
        found(&self.left_out, &of, find)
    }

    /// The finding without its segments, where it was worked out for the same window.
    pub(super) fn whole(
        &self,
        job: &Job<'_>,
        rule: &'static Rule,
        window: &Window,
    ) -> Option<(Finding, Told)> {
        let asked = WholeOf::new(job, rule, window);
        let wholes = self.wholes.borrow();
        let found = wholes.iter().find(|(of, _)| *of == asked);
        found.map(|(_, whole)| whole.clone())
    }

    /// Remembers a finding without its segments, in place of the one of the same figure that has
    /// been remembered longest, where there are enough.
    pub(super) fn remember_whole(
        &self,
        (job, rule): (&Job<'_>, &'static Rule),
        window: &Window,
        whole: (Finding, Told),
    ) {
        let of = WholeOf::new(job, rule, window);
        let mut wholes = self.wholes.borrow_mut();
        let of_figure = |(other, _): &(WholeOf, _)| other.course.figure == of.course.figure;
        let most = if job.table.rows < MANY_ROWS {
            MOST_WINDOWS
        } else {
            FEW_WINDOWS
        };
        if wholes.iter().filter(|it| of_figure(it)).count() >= most
            && let Some(first) = wholes.iter().position(of_figure)
        {
            wholes.remove(first);
        }
        wholes.push((of, whole));
    }
}

/// What is remembered of this, else what is found, which is remembered then.
fn found<Of: Clone + PartialEq, What: Clone>(
    remembered: &RefCell<Vec<(Of, What)>>,
    asked: &Of,
    find: impl FnOnce() -> What,
) -> What {
    let known = remembered.borrow().iter().find_map(|(of, what)| {
        let is_it = of == asked;
        is_it.then(|| what.clone())
    });
    known.unwrap_or_else(|| {
        let what = find();
        remembered.borrow_mut().push((asked.clone(), what.clone()));
        what
    })
}

impl FigureOf {
    fn new(job: &Job<'_>, rule: &'static Rule) -> Self {
        Self {
            table: job.table.name.clone(),
            kpi: job.kpi.id,
            rule: rule.id,
            basis: job.basis,
            column: job.subject.column(),
            question: job.subject.asked().map(str::to_owned),
        }
    }
}

impl CourseOf {
    fn new(job: &Job<'_>, rule: &'static Rule, window: &Window) -> Self {
        Self {
            figure: FigureOf::new(job, rule),
            unit: window.unit,
            count: window.count,
        }
    }
}

impl WholeOf {
    fn new(job: &Job<'_>, rule: &'static Rule, window: &Window) -> Self {
        Self {
            course: CourseOf::new(job, rule, window),
            period: window.period,
            compare: job.options.compare,
        }
    }
}
