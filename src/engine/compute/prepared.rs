//! Facts of some rows, ready to be asked for any stretch of time.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Job, dated_for};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Period, PeriodUnit, Refusal};
use crate::engine::facts::active_days::Maker;
use crate::engine::facts::{self, Activity, Ledger, OpenTickets};
use crate::engine::group;
use crate::engine::kpi::definition::{Estimator, Path, PathStep, Rule};
use crate::engine::kpi::estimate::Estimate;
use crate::engine::kpi::scope::{Basis, Detail, Scope, Subject};
use crate::engine::kpi::sides;
use crate::engine::reasons::{self, Answers, ReasonRows};
use crate::engine::report::Reasons;
use crate::engine::roles::Role;

/// Facts of some rows, ready for any window.
pub(in crate::engine) struct Prepared<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) rows: &'a [u32],
    pub(super) ledger: Option<Rc<Ledger>>,
    pub(super) activity: Option<Rc<Activity>>,
    pub(super) open_tickets: Option<OpenTickets>,
}

impl<'a> Prepared<'a> {
    pub(in crate::engine) fn new(job: &'a Job<'a>, rows: &'a [u32]) -> Self {
        let ledger = match (job.subject, job.books) {
            (Subject::Ledger(_), Some(books)) => Some(Rc::clone(books.whole())),
            (Subject::Ledger(facts), None) => Some(Rc::new(Ledger::from_rows(facts, rows))),
            _ => None,
        };
        let activity = match (job.subject, job.logs) {
            (Subject::Activity(_), Some(logs)) => Some(Rc::clone(logs.whole())),
            (Subject::Activity(facts), None) => Some(Rc::new(Maker::new(facts, rows).make(rows))),
            _ => None,
        };
        Self {
            job,
            rows,
            ledger,
            activity,
            open_tickets: match job.subject {
                Subject::Backlog(facts) => Some(OpenTickets::from_rows(facts, rows)),
                _ => None,
            },
        }
    }

    pub(super) fn with_ledger(job: &'a Job<'a>, rows: &'a [u32], ledger: Rc<Ledger>) -> Self {
        Self {
            job,
            rows,
            ledger: Some(ledger),
            activity: None,
            open_tickets: None,
        }
    }

    pub(super) fn with_activity(job: &'a Job<'a>, rows: &'a [u32], activity: Rc<Activity>) -> Self {
        Self {
            job,
            rows,
            ledger: None,
            activity: Some(activity),
            open_tickets: None,
        }
    }

    /// The rows that count in any window, ascending.
    pub(in crate::engine) const fn rows(&self) -> &'a [u32] {
        self.rows
    }

    /// The ledger of the rows, where the facts are one.
    pub(in crate::engine) fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_deref()
    }

    /// The estimate of a window.
    pub(in crate::engine) fn estimate(
        &self,
        rule: &Rule,
        window: Option<Period>,
        detail: Detail,
    ) -> Outcome<Estimate> {
        if let Some(job) = dated_for(self.job, rule) {
            let otherwise = Prepared::new(&job, self.rows);
            let rows = otherwise.rows_within(window);
            return otherwise.estimate_rows(rule, &rows, window, detail);
        }
        self.estimate_rows(rule, &self.rows_within(window), window, detail)
    }

    /// The rows of a window; all of them where facts over time are asked for it.
    fn rows_within(&self, window: Option<Period>) -> Cow<'_, [u32]> {
        match (window, self.job.subject.days()) {
            (Some(period), Some(days)) if self.activity.is_none() => {
                Cow::Owned(group::within(self.rows, days, period))
            }
            _ => Cow::Borrowed(self.rows),
        }
    }

    /// The way to a rule that is no sum of classes.
    pub(in crate::engine) fn path(
        &self,
        path: Path,
        window: Option<Period>,
    ) -> Outcome<Vec<PathStep>> {
        let rows = self.rows_within(window);
        path(&self.scope(&rows, self.ledger(), (window, Detail::Bridge)))
    }

    /// What people say on each side of the answers of a window, whatever the rule; absent where the
    /// facts are no answers with sides, or no column holds comments.
    pub(super) fn reasons(&self, window: Option<Period>) -> Option<(Reasons, ReasonRows)> {
        let job = self.job;
        let find = sides::of_kpi(job.kpi)?;
        let column = job.mapping.column_of(Role::Comment)?;
        let Subject::Scores(scores) = job.subject else {
            return None;
        };
        let rows = self.rows_within(window);
        let sides = find(&self.scope(&rows, None, (window, Detail::Point))).ok()?;
        let answers = Answers {
            table: job.table,
            column,
            rows: &rows,
            names: [sides.good, sides.other],
        };
        let side = |row: u32| sides.of(scores.values[row as usize]);
        Some(reasons::of_rows(&answers, side))
    }

    /// The value of a rule on another ledger of the same customers.
    pub(in crate::engine) fn on_ledger(
        &self,
        rule: &Rule,
        ledger: &Ledger,
        window: Option<Period>,
    ) -> Outcome<f64> {
        let estimator = self.estimator(rule)?;
        let scope = self.scope(self.rows, Some(ledger), (window, Detail::Point));
        checked(estimator(&scope)?).map(|estimate| estimate.value)
    }

    fn scope<'b>(
        &'b self,
        rows: &'b [u32],
        ledger: Option<&'b Ledger>,
        (window, detail): (Option<Period>, Detail),
    ) -> Scope<'b> {
        Scope {
            subject: self.job.subject,
            rows,
            all_rows: self.rows,
            ledger,
            beside: self.job.beside,
            same_customers: self.job.same_customers,
            tenures: self.job.tenures,
            activity: self.activity.as_deref(),
            open_tickets: self.open_tickets.as_ref(),
            window,
            as_of: self.job.frame.as_of,
            unanswered: self.unanswered(window, detail),
            settings: &self.job.options.settings,
            detail,
        }
    }

    /// Questions sent in the window that nobody answered. Not told of segments and points, where
    /// nobody looks for it.
    fn unanswered(&self, window: Option<Period>, detail: Detail) -> Option<u64> {
        let Subject::Scores(scores) = self.job.subject else {
            return None;
        };
        let days = scores.unanswered.as_ref()?;
        if detail != Detail::Headline {
            return None;
        }
        let kept = |row: usize| self.job.kept.is_none_or(|kept| kept[row]);
        let within = |day: i32| window.is_none_or(|it| (it.start.0..it.end.0).contains(&day));
        let silent = days
            .iter()
            .enumerate()
            .filter(|(row, day)| **day != facts::NO_DAY && within(**day) && kept(*row));
        Some(silent.count() as u64)
    }

    fn estimator(&self, rule: &Rule) -> Outcome<Estimator> {
        let basis = self.job.basis;
        let mut estimates = rule.estimates.iter();
        match estimates.find(|(other, _)| *other == basis) {
            Some((_, estimator)) => Ok(*estimator),
            None if basis == Basis::Typed => Err(Refusal::new(
                "rule_not_applicable",
                "This rule cannot be worked out from typed figures: a median, for example, needs every single value.",
                "Choose a rule that takes totals, or give a table with one row each.",
            )),
            None => Err(Refusal::new(
                "rule_not_applicable",
                "This rule needs dates that the table does not have.",
                "Choose the standard rule.",
            )),
        }
    }

    /// The estimate of these rows.
    pub(super) fn estimate_rows(
        &self,
        rule: &Rule,
        rows: &[u32],
        window: Option<Period>,
        detail: Detail,
    ) -> Outcome<Estimate> {
        let estimator = self.estimator(rule)?;
        checked(estimator(&self.scope(
            rows,
            self.ledger(),
            (window, detail),
        ))?)
    }

    /// The estimate of those of these rows that lie in a window; for facts whose rows speak for
    /// themselves.
    pub(in crate::engine) fn estimate_among(
        &self,
        rule: &Rule,
        rows: &[u32],
        window: Option<Period>,
    ) -> Outcome<Estimate> {
        let within = match (window, self.job.subject.days()) {
            (Some(period), Some(days)) => Cow::Owned(group::within(rows, days, period)),
            _ => Cow::Borrowed(rows),
        };
        self.estimate_rows(rule, &within, window, Detail::Point)
    }

    /// The first and the last unit that hold anything.
    pub(super) fn units(&self, unit: PeriodUnit, span: Option<(Date, Date)>) -> Option<(i32, i32)> {
        let last = self.job.frame.as_of?;
        let first = match (&self.ledger, &self.activity, &self.open_tickets) {
            (Some(ledger), _, _) => ledger.first_day()?,
            (_, Some(activity), _) => Date(activity.span()?.0),
            (_, _, Some(open)) => open.first_day()?,
            _ => span?.0,
        };
        let last = if self.ledger.is_some() || self.open_tickets.is_some() {
            last
        } else {
            span.map_or(last, |(_, end)| end)
        };
        Some((unit.index(first), unit.index(last)))
    }
}

/// The estimate, unless its figure is no number.
fn checked(estimate: Estimate) -> Outcome<Estimate> {
    if estimate.value.is_finite() {
        return Ok(estimate);
    }
    Err(Refusal::new(
        "not_finite",
        "The figure is not a finite number.",
        "Look for numbers that are far too large.",
    ))
}
