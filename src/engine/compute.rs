//! Compute: one KPI on the facts of one table becomes a finding.
//!
//! Takes: a KPI, facts, and the user's choices. Gives: a finding, and why each row was left out.
//! Never: knows what a KPI means; reads a cell other than for segments and filters.

mod course;
mod movements;
mod prepared;
mod remembered;
pub mod results;
mod targets;
mod window;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::rc::Rc;

pub(super) use prepared::Prepared;
pub use remembered::Remembered;
use window::Window;

use super::base::refusal::Outcome;
use super::base::{Date, Period, PeriodUnit, Refusal, Unit};
use super::benchmarks;
use super::books::{self, Books};
use super::bridges::{self, StepRows};
use super::facts::ledger::rows::Remark;
use super::facts::{
    self, Facts, Frame, Ledger, LedgerChoices, LedgerRows, Reading, Tenures, money,
};
use super::group;
use super::kpi::definition::{Kpi, Rule};
use super::kpi::estimate::Estimate;
use super::kpi::scope::{Basis, Detail, Subject};
use super::logs::Logs;
use super::options::Options;
use super::reasons::ReasonRows;
use super::report::{
    AccountResult, Benchmark, Finding, LeftOut, LogRankReport, Parts, SegmentPoint, SeriesPoint,
    Status,
};
use super::roles::{Mapping, Role};
use super::segments;
use super::table::{Reason, Table};

/// The most points that a series has; the latest are kept.
const MOST_POINTS: i32 = 2_000;

/// The most segments that a finding lists; those with the most rows are kept.
const MOST_SEGMENTS: usize = 500;

/// Segments whose curves are told.
const MOST_CURVES: usize = 8;

/// What a KPI is worked out on.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The KPI.
    pub kpi: &'static Kpi,
    /// The facts that it rests on.
    pub subject: Subject<'a>,
    /// Which facts those are.
    pub basis: Basis,
    /// The table that the facts come from.
    pub table: &'a Table,
    /// The place of that table among those held: two may have the same name.
    pub place: usize,
    /// What the table means.
    pub mapping: &'a Mapping,
    /// All facts of the table.
    pub facts: &'a Facts,
    /// The ledgers of the table, where the facts are one.
    pub books: Option<&'a Books>,
    /// The activity of the table, where the facts are one.
    pub logs: Option<&'a Logs>,
    /// Customers over time from another table, for figures that need both.
    pub beside: Option<&'a Ledger>,
    /// By the number of a customer in that other table, the number in this one; 0 for none.
    pub same_customers: Option<&'a [u32]>,
    /// How long customers of the table have been ones, without dates.
    pub tenures: Option<&'a Tenures>,
    /// A mark for every row that the user's filters keep; absent without filters.
    pub kept: Option<&'a [bool]>,
    /// The segment column, where this table has it.
    pub segment: Option<usize>,
    /// Zone and last day.
    pub frame: &'a Frame,
    /// What the user chose to count as recurring revenue; a rule in force may bring its own.
    pub chosen_ledger: LedgerChoices,
    /// The user's choices.
    pub options: &'a Options,
    /// What was worked out before on the same facts, where anybody remembers it.
    pub remembered: Option<&'a Remembered>,
}

/// A finding, and what became of each row of its table.
#[derive(Clone, Debug)]
pub struct Computed {
    /// The finding.
    pub finding: Finding,
    /// Why each row is left out, or that it is used.
    pub reasons: Vec<Reason>,
    /// The rows behind the steps of its bridges.
    pub step_rows: Vec<StepRows>,
    /// The rows behind its reasons.
    pub reason_rows: Option<ReasonRows>,
    /// Accounts that were asked for, with their scores.
    pub accounts: Vec<AccountResult>,
}

/// Works out the KPI.
pub fn compute(job: &Job<'_>) -> Computed {
    let rule = rule_of(job);
    let job = &dated_for(job, rule).unwrap_or(*job);
    let own = own_ledger(job, rule);
    let Some((frame, rows)) = &own else {
        return computed(job, rule);
    };
    let own = Job {
        subject: Subject::Ledger(rows),
        books: None,
        frame,
        ..*job
    };
    computed(&own, rule)
}

/// The rule in force.
pub(super) fn rule_of(job: &Job<'_>) -> &'static Rule {
    let chosen = job.options.variants.get(job.kpi.id);
    job.kpi.rule(chosen.map(String::as_str), job.basis)
}

/// The ledger under the settings that the rule in force brings with it, where it brings any.
fn own_ledger(job: &Job<'_>, rule: &Rule) -> Option<(Frame, LedgerRows)> {
    if rule.ledger.is_empty() || !matches!(job.subject, Subject::Ledger(_)) {
        return None;
    }
    let frame = job.frame.under(job.chosen_ledger.with(rule.ledger));
    let rows = facts::ledger_under(job.table, job.mapping, &frame)?;
    Some((frame, rows))
}

/// The same facts placed in time by the date that the rule goes by, where it is another one.
fn dated_for<'a>(job: &Job<'a>, rule: &Rule) -> Option<Job<'a>> {
    let applies = |basis: Basis| rule.estimates.iter().any(|(other, _)| *other == basis);
    let basis = job.basis.dated_otherwise().filter(|it| applies(*it))?;
    if applies(job.basis) {
        return None;
    }
    let subject = *Subject::all(job.facts, basis).first()?;
    Some(Job {
        subject,
        basis,
        ..*job
    })
}

fn computed(job: &Job<'_>, rule: &'static Rule) -> Computed {
    let reasons = reasons_of(job.subject, job.kept);
    let rows = if let (Subject::Ledger(_), Some(books)) = (job.subject, job.books) {
        Cow::Borrowed(books.rows())
    } else {
        Cow::Owned(rows_used(&reasons))
    };
    let mut finding = blank(job, rule);
    let (mut step_rows, mut reason_rows) = (Vec::new(), None);
    let mut accounts = Vec::new();
    match headline(job, rule, &rows, &mut finding) {
        Ok((remarks, of_steps, of_reasons, listed)) => {
            accounts = named(job, listed);
            finding.status = Status::Ok;
            (step_rows, reason_rows) = (of_steps, of_reasons);
            let table = &job.table.name;
            finding.notes = remarks.iter().map(|remark| remark.note(table)).collect();
        }
        Err(refusal) => finding.refusal = Some(refusal),
    }
    Computed {
        finding,
        reasons,
        step_rows,
        reason_rows,
        accounts,
    }
}

/// The accounts with their names, as written.
fn named(job: &Job<'_>, mut listed: Vec<AccountResult>) -> Vec<AccountResult> {
    let column = job.mapping.column_of(Role::Customer);
    let Some(column) = column.filter(|_| !listed.is_empty()) else {
        return listed;
    };
    let keys = job.table.columns[column].keys();
    for account in &mut listed {
        job.kpi.id.clone_into(&mut account.kpi);
        job.table.name.clone_into(&mut account.table);
        let code = keys.codes[account.row as usize - 1];
        account.customer = keys.texts.text(code).into_owned();
    }
    listed
}

/// The rows that a figure on these facts is made of, ascending, under the user's filters.
pub(super) fn used_rows(subject: Subject<'_>, kept: Option<&[bool]>) -> Vec<u32> {
    rows_used(&reasons_of(subject, kept))
}

fn rows_used(reasons: &[Reason]) -> Vec<u32> {
    let mut rows = vec![0; reasons.len()];
    let mut count = 0;
    for (row, reason) in reasons.iter().enumerate() {
        // No jump: which rows are used cannot be guessed.
        rows[count] = row as u32;
        count += usize::from(*reason == Reason::Used);
    }
    rows.truncate(count);
    rows
}

/// Why each row is left out by a finding on these facts, under the user's filters.
pub fn reasons_of(subject: Subject<'_>, kept: Option<&[bool]>) -> Vec<Reason> {
    let mut reasons = subject.reasons().to_vec();
    for (reason, kept) in reasons.iter_mut().zip(kept.unwrap_or_default()) {
        if *reason == Reason::Used && !*kept {
            *reason = Reason::FilteredOut;
        }
    }
    reasons
}

/// Whether the figure or a term of it is an amount of money. What counts customers or orders may
/// have them pay in several currencies.
fn tells_money(kpi: &Kpi, rule: &Rule) -> bool {
    let is_money = |unit: Unit| unit == Unit::Money;
    is_money(kpi.unit_of(rule)) || kpi.parts.iter().any(|part| is_money(part.unit))
}

/// The currencies of the money in the rows that the user's filters keep, most frequent first.
pub(super) fn currencies_of<'a>(
    subject: Subject<'a>,
    kept: Option<&[bool]>,
    reading: &Reading<'_>,
) -> Cow<'a, [String]> {
    let all = subject.currencies();
    let roles: &[Role] = match subject {
        Subject::Counts(_) => &[Role::Currency],
        _ => &[Role::Amount, Role::RecurringRevenue, Role::AmountDue],
    };
    let has_column = |role: &&Role| reading.mapping.column_of(**role).is_some();
    match roles.iter().find(has_column) {
        Some(role) if kept.is_some() && all.len() > 1 => {
            let reasons = reasons_of(subject, kept);
            Cow::Owned(money::currencies(reading, *role, &reasons))
        }
        _ => Cow::Borrowed(all),
    }
}

/// Whether each row is a whole month, known by its first day.
fn counts_months(job: &Job<'_>) -> bool {
    let by_month = matches!(job.subject, Subject::Counts(_) | Subject::Spend(_));
    by_month
        && job.mapping.column_of(Role::Month).is_some()
        && job.mapping.column_of(Role::OccurredAt).is_none()
}

/// A finding without a value.
pub fn refused(kpi: &Kpi, table: &str, refusal: Refusal) -> Finding {
    Finding {
        kpi: kpi.id.to_owned(),
        variant: kpi.rules[0].id.to_owned(),
        edition: kpi.edition,
        table: table.to_owned(),
        column: None,
        question: None,
        status: Status::Refused,
        refusal: Some(refusal),
        currencies: Vec::new(),
        unit: kpi.unit,
        value: None,
        n: None,
        counts: Vec::new(),
        interval: None,
        parts: Parts::default(),
        period: None,
        previous: None,
        series: Vec::new(),
        segments: Vec::new(),
        variants: Vec::new(),
        notes: Vec::new(),
        precision: None,
        target: None,
        benchmarks: Vec::new(),
        left_out: Vec::new(),
        chart: None,
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

fn blank(job: &Job<'_>, rule: &'static Rule) -> Finding {
    let column = job
        .subject
        .column()
        .map(|column| job.table.columns[column].name.clone());
    let mut finding = refused(job.kpi, &job.table.name, Refusal::new("", "", ""));
    finding.refusal = None;
    rule.id.clone_into(&mut finding.variant);
    finding.unit = job.kpi.unit_of(rule);
    finding.column = column;
    finding.question = job.subject.asked().map(str::to_owned);
    finding
}

/// What a headline gives beside the finding: remarks, rows behind steps and reasons, accounts.
type Told = (
    Vec<Remark>,
    Vec<StepRows>,
    Option<ReasonRows>,
    Vec<AccountResult>,
);

fn headline(
    job: &Job<'_>,
    rule: &'static Rule,
    rows: &[u32],
    finding: &mut Finding,
) -> Outcome<Told> {
    let reading = Reading::new(job.table, job.mapping, job.frame.clone());
    let found = currencies_of(job.subject, job.kept, &reading);
    if let [first, second, ..] = &*found
        && tells_money(job.kpi, rule)
    {
        finding.currencies = found.to_vec();
        return Err(Refusal::new(
            "currencies_mixed",
            format!("The amounts are in {first} and {second}, and we hold no exchange rates."),
            "Give exchange rates and the currency of the report, filter by one currency, or split the file.",
        ));
    }
    let over_time = job.basis.is_over_time();
    let find_span = || job.subject.days().and_then(|days| group::span(rows, days));
    let span = match job.remembered {
        Some(remembered) => remembered.span(job, rule, find_span),
        None => find_span(),
    };
    let window = window::of(job, over_time || span.is_some(), span)?;
    let known = job
        .remembered
        .and_then(|remembered| remembered.whole(job, rule, &window));
    let prepared = LazyCell::new(|| Prepared::new(job, rows));
    let (told, now) = if let Some((whole, told, now)) = known {
        *finding = whole;
        (told, now)
    } else {
        let (told, now) = without_segments(job, rule, &prepared, (&window, span), finding)?;
        if let Some(remembered) = job.remembered {
            let whole = (finding.clone(), told.clone(), now.clone());
            remembered.remember_whole((job, rule), &window, whole);
        }
        (told, now)
    };
    let find_previous = || course::previous(job, rule, &prepared, &window, &now);
    finding.previous = match job.remembered {
        Some(remembered) => remembered.previous((job, rule), &window, find_previous),
        None => find_previous(),
    };
    if let Some(column) = job.segment {
        let find_segments = || by_segment(job, rule, rows, window.period, column);
        (finding.segments, finding.log_rank) = match job.remembered {
            Some(remembered) => remembered.segments((job, rule), (&window, column), find_segments),
            None => find_segments(),
        };
    }
    Ok(told)
}

/// Everything that is told of a figure but its segments and the period before; and as much of its
/// estimate as a change is judged by.
fn without_segments(
    job: &Job<'_>,
    rule: &'static Rule,
    prepared: &Prepared<'_>,
    (window, span): (&Window, Option<(Date, Date)>),
    finding: &mut Finding,
) -> Outcome<(Told, Estimate)> {
    let now = prepared.estimate(rule, window.period, Detail::Headline)?;
    finding.period = window.period.or_else(|| {
        span.map(|(first, last)| Period {
            start: first,
            end: if counts_months(job) {
                last.first_of_month().plus_months(1)
            } else {
                last.plus_days(1)
            },
        })
    });
    let find_course = || course::series(job, rule, prepared, window, span, now.flows);
    (finding.series, finding.movements) = match job.remembered {
        Some(remembered) => remembered.course((job, rule), window, find_course),
        None => find_course(),
    };
    let (variants, step_rows) = bridges::variants(job, rule, prepared, (window.period, &now));
    finding.variants = variants;
    finding.benchmarks = benchmarks(job, rule, window);
    finding.precision = now.precision(job.options.precision.get(job.kpi.id).copied());
    finding.target = targets::of_figure(job, rule, prepared, (window, span), &now);
    finding.value = Some(now.value);
    finding.n = Some(now.n);
    finding.counts = now.spread.counts();
    finding.interval = now.interval;
    finding.parts = Parts(
        now.parts
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    );
    finding.chart = now.chart;
    finding.curve = now.curve;
    finding.hazard = now.stays.as_ref().map(segments::hazard).unwrap_or_default();
    finding.cohorts = now.cohorts;
    let reasons = prepared.reasons(window.period);
    let (reasons, reason_rows) = reasons.unzip();
    finding.reasons = reasons.map(Box::new);
    finding.measures = now.measures;
    finding.offered_measures = now.offered;
    let judged = Estimate::of(now.value, now.n, now.spread);
    let told = (now.remarks, step_rows, reason_rows, now.accounts);
    Ok((told, judged))
}

fn by_segment(
    job: &Job<'_>,
    rule: &Rule,
    rows: &[u32],
    window: Option<Period>,
    column: usize,
) -> (Vec<SegmentPoint>, Option<LogRankReport>) {
    let column = &job.table.columns[column];
    let keys = column.keys();
    let estimate = |prepared: &Prepared<'_>| prepared.estimate(rule, window, Detail::Segment);
    let found: Vec<(u32, Outcome<Estimate>)> = match (job.subject, job.books, job.logs) {
        (Subject::Activity(facts), _, Some(logs)) => logs
            .segments(facts, column, MOST_SEGMENTS)
            .iter()
            .map(|segment| {
                let activity = Rc::clone(&segment.activity);
                let prepared = Prepared::with_activity(job, &segment.rows, activity);
                (segment.code, estimate(&prepared))
            })
            .collect(),
        (Subject::Ledger(facts), Some(books), _) => books
            .segments(facts, column, MOST_SEGMENTS)
            .iter()
            .map(|segment| {
                let ledger = Rc::clone(&segment.ledger);
                let prepared = Prepared::with_ledger(job, &segment.rows, ledger);
                (segment.code, estimate(&prepared))
            })
            .collect(),
        _ => books::by_rows(rows, column, MOST_SEGMENTS)
            .each()
            .map(|(code, rows)| (code, estimate(&Prepared::new(job, rows))))
            .collect(),
    };
    let (codes, mut estimates): (Vec<u32>, Vec<Outcome<Estimate>>) = found.into_iter().unzip();
    let against = segments::against_the_rest(&mut estimates);
    let log_rank = segments::log_rank(&estimates);
    let choice = targets::chosen(job, rule);
    let points = codes
        .into_iter()
        .zip(estimates)
        .zip(against)
        .enumerate()
        .map(|(place, ((code, found), against))| {
            let mut found = found.ok();
            let curve = found.as_mut().map(|found| std::mem::take(&mut found.curve));
            let SeriesPoint {
                value,
                n,
                counts,
                low,
                high,
                ..
            } = course::point(Date(0), found, false);
            let mut point = SegmentPoint {
                by: column.name.clone(),
                is: keys.texts.text(code).into_owned(),
                value,
                n,
                counts,
                low,
                high,
                p_value: against.as_ref().ok().map(|against| against.p_value),
                test: against.as_ref().ok().map(|it| it.test.to_owned()),
                verdict: against.as_ref().ok().map(|against| against.verdict),
                not_compared: against.err(),
                curve: curve.filter(|_| place < MOST_CURVES).unwrap_or_default(),
                target: None,
            };
            point.target = targets::of_segment(choice, job.kpi.better, &point);
            point
        })
        .collect();
    (points, log_rank)
}

/// Published figures with the same definition, scale and length of period.
fn benchmarks(job: &Job<'_>, rule: &Rule, window: &Window) -> Vec<Benchmark> {
    let months = window.period.and(match window.unit {
        PeriodUnit::Month => u32::try_from(window.count).ok(),
        PeriodUnit::Quarter => u32::try_from(window.count * 3).ok(),
        PeriodUnit::Year => u32::try_from(window.count * 12).ok(),
        PeriodUnit::Day | PeriodUnit::Week => None,
    });
    let scale = match job.subject {
        Subject::Scores(scores) => Some(scores.scale),
        _ => None,
    };
    benchmarks::matching(job.kpi.id, rule.id, months, scale)
        .into_iter()
        .map(benchmarks::Benchmark::told)
        .collect()
}

/// How many rows of a reason are named in the report.
const SAMPLE_ROWS: usize = 5;

/// Rows left out by reason, as the report writes them: each with its number from 0 and its fate.
pub fn left_out(fates: impl Iterator<Item = (usize, Reason)>) -> Vec<LeftOut> {
    let mut counts = [0_u64; Reason::ALL.len()];
    let mut samples = vec![Vec::new(); Reason::ALL.len()];
    for (row, reason) in fates.filter(|(_, reason)| *reason != Reason::Used) {
        counts[reason as usize] += 1;
        let sample = &mut samples[reason as usize];
        if sample.len() < SAMPLE_ROWS {
            sample.push(row as u64 + 1);
        }
    }
    Reason::ALL
        .into_iter()
        .zip(counts)
        .zip(samples)
        .filter(|((_, count), _)| *count > 0)
        .map(|((reason, count), sample_rows)| LeftOut {
            reason: reason.code().to_owned(),
            count,
            sample_rows,
        })
        .collect()
}
