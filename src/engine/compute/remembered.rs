//! Figures that one run worked out and the next asks for again: another period leaves the course of a
//! figure as it was, another segment column leaves all but the segments.
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
use crate::engine::kpi::estimate::Estimate;
use crate::engine::kpi::scope::Basis;
use crate::engine::options::{CardChoice, Compare, Options};
use crate::engine::report::{Finding, LeftOut, LogRankReport, Previous, SegmentPoint, SeriesPoint};
use crate::engine::table::Reason;

/// Courses of one figure that are remembered, each in units of so many.
const MOST_COURSES: usize = 6;

/// Windows and segment columns of one figure of which the segments are remembered.
const MOST_SEGMENTED: usize = 24;

/// Windows of one figure that are remembered: people go back and forth between a few.
const MOST_WINDOWS: usize = 8;

/// The same for a table from so many rows on: the rows behind reasons and steps take some bits each.
const FEW_WINDOWS: usize = 2;
const MANY_ROWS: u32 = 2_000_000;

/// The points of a figure's course, and what was added and lost in each.
pub(super) type Course = (Vec<SeriesPoint>, Option<ChartSpec>);

/// The segments of a finding, and whether their curves differ.
pub(super) type Segments = (Vec<SegmentPoint>, Option<LogRankReport>);

/// What was found, with what was asked; the oldest first.
type Memory<Of, What> = RefCell<Vec<(Of, What)>>;

/// The first and the last day of some rows.
type Span = Option<(Date, Date)>;

/// What was worked out of one set of tables under one set of choices.
#[derive(Debug, Default)]
pub struct Remembered {
    spans: Memory<FigureOf, Span>,
    courses: Memory<CourseOf, Course>,
    previous: Memory<PreviousOf, Option<Previous>>,
    wholes: Memory<WholeOf, Whole>,
    segments: Memory<SegmentsOf, Segments>,
    /// What became of the rows of each table, by its place.
    fates: RefCell<BTreeMap<usize, Vec<Reason>>>,
    left_out: Memory<LeftOutOf, Vec<LeftOut>>,
}

/// The figure of one rule on one set of facts.
#[derive(Clone, Debug, PartialEq)]
struct FigureOf {
    /// The table's place: two files may have the same name.
    table: usize,
    kpi: &'static str,
    rule: &'static str,
    basis: Basis,
    column: Option<usize>,
    question: Option<String>,
    /// Accounts are scored by what other tables tell of them, and tables without dates tell nothing
    /// of a period.
    is_in_period: bool,
}

/// The course of a figure in units of so many.
#[derive(Clone, Debug, PartialEq)]
struct CourseOf {
    figure: FigureOf,
    unit: PeriodUnit,
    count: i32,
}

/// A finding but for its segments and the period before.
#[derive(Clone, Debug, PartialEq)]
struct WholeOf {
    course: CourseOf,
    period: Option<Period>,
}

/// The segments of a finding by one column.
#[derive(Clone, Debug, PartialEq)]
struct SegmentsOf {
    whole: WholeOf,
    column: usize,
}

/// The period before, as it is compared with.
#[derive(Clone, Debug, PartialEq)]
struct PreviousOf {
    whole: WholeOf,
    compare: Option<Compare>,
}

/// A finding without its segments and the period before, what is told beside it, and as
/// much of its estimate as a change is judged by.
pub(super) type Whole = (Finding, Told, Estimate);

/// The rows that a finding leaves out and others of its table use.
#[derive(Clone, Debug, PartialEq)]
struct LeftOutOf {
    table: usize,
    kpi: String,
    rule: String,
    column: Option<String>,
    question: Option<String>,
    /// Whether the finding has looked at any row.
    has_rows: bool,
}

impl Remembered {
    /// The choices on which everything rests that is remembered: all but those by which figures are
    /// told apart here, and what only the page follows.
    pub fn choices(options: &Options) -> Options {
        Options {
            period: None,
            compare: None,
            segment: None,
            locale: None,
            business_type: None,
            cards: CardChoice::default(),
            ..options.clone()
        }
    }

    /// The first and the last day of the rows that count.
    pub(super) fn span(
        &self,
        job: &Job<'_>,
        rule: &'static Rule,
        find: impl FnOnce() -> Span,
    ) -> Span {
        found(&self.spans, &FigureOf::new(job, rule), find)
    }

    /// The course of a figure.
    pub(super) fn course(
        &self,
        (job, rule): (&Job<'_>, &'static Rule),
        window: &Window,
        find: impl FnOnce() -> Course,
    ) -> Course {
        let asked = CourseOf::new(job, rule, window);
        let course = found(&self.courses, &asked, find);
        let is_of_figure = |(other, _): &(CourseOf, _)| other.figure == asked.figure;
        forget_the_first(&mut self.courses.borrow_mut(), MOST_COURSES, is_of_figure);
        course
    }

    /// The rows that a finding leaves out and others of its table use. `fates`: what became of each
    /// row of the table, and whether the finding has looked at any.
    pub fn left_out(
        &self,
        (table, finding): (usize, &Finding),
        (fates, has_rows): (&[Reason], bool),
        find: impl FnOnce() -> Vec<LeftOut>,
    ) -> Vec<LeftOut> {
        let mut known = self.fates.borrow_mut();
        if known.get(&table).is_none_or(|known| known != fates) {
            known.insert(table, fates.to_vec());
            let mut all = self.left_out.borrow_mut();
            all.retain(|(of, _)| of.table != table);
        }
        let of = LeftOutOf {
            table,
            kpi: finding.kpi.clone(),
            rule: finding.variant.clone(),
            column: finding.column.clone(),
            question: finding.question.clone(),
            has_rows,
        };
        found(&self.left_out, &of, find)
    }

    /// The period before.
    pub(super) fn previous(
        &self,
        (job, rule): (&Job<'_>, &'static Rule),
        window: &Window,
        find: impl FnOnce() -> Option<Previous>,
    ) -> Option<Previous> {
        let asked = PreviousOf {
            whole: WholeOf::new(job, rule, window),
            compare: job.options.compare,
        };
        let previous = found(&self.previous, &asked, find);
        let figure = &asked.whole.course.figure;
        let is_of_figure = |(of, _): &(PreviousOf, _)| of.whole.course.figure == *figure;
        forget_the_first(&mut self.previous.borrow_mut(), MOST_WINDOWS, is_of_figure);
        previous
    }

    /// The segments of a finding by a column.
    pub(super) fn segments(
        &self,
        (job, rule): (&Job<'_>, &'static Rule),
        (window, column): (&Window, usize),
        find: impl FnOnce() -> Segments,
    ) -> Segments {
        let asked = SegmentsOf {
            whole: WholeOf::new(job, rule, window),
            column,
        };
        let segments = found(&self.segments, &asked, find);
        let figure = &asked.whole.course.figure;
        let is_of_figure = |(of, _): &(SegmentsOf, _)| of.whole.course.figure == *figure;
        let most = if job.table.rows < MANY_ROWS {
            MOST_SEGMENTED
        } else {
            FEW_WINDOWS
        };
        forget_the_first(&mut self.segments.borrow_mut(), most, is_of_figure);
        segments
    }

    /// The finding without its segments, where it was worked out for the same window.
    pub(super) fn whole(
        &self,
        job: &Job<'_>,
        rule: &'static Rule,
        window: &Window,
    ) -> Option<Whole> {
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
        whole: Whole,
    ) {
        let of = WholeOf::new(job, rule, window);
        let mut wholes = self.wholes.borrow_mut();
        let figure = of.course.figure.clone();
        wholes.push((of, whole));
        let most = if job.table.rows < MANY_ROWS {
            MOST_WINDOWS
        } else {
            FEW_WINDOWS
        };
        forget_the_first(&mut wholes, most, |(other, _)| {
            other.course.figure == figure
        });
    }
}

/// Forgets the entry that has been there longest, where there are more than so many of those meant.
fn forget_the_first<T>(entries: &mut Vec<T>, most: usize, is_meant: impl Fn(&T) -> bool) {
    if entries.iter().filter(|it| is_meant(it)).count() > most
        && let Some(first) = entries.iter().position(is_meant)
    {
        entries.remove(first);
    }
}

/// What is remembered of this, else what is found, which is remembered then.
fn found<Of: Clone + PartialEq, What: Clone>(
    remembered: &Memory<Of, What>,
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
            table: job.place,
            kpi: job.kpi.id,
            rule: rule.id,
            basis: job.basis,
            column: job.subject.column(),
            question: job.subject.asked().map(str::to_owned),
            is_in_period: job.basis == Basis::Health && job.options.period.is_some(),
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
        }
    }
}
