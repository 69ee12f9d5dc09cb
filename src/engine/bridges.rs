//! Bridges: the way from the rule in force to each other rule, on the same rows.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::base::refusal::Outcome;
use super::base::{Period, Refusal};
use super::compute::{Job, Prepared};
use super::facts::ledger::LedgerChoices;
use super::facts::{self, Ledger};
use super::kpi::definition::{PathStep, Rule};
use super::kpi::estimate::Estimate;
use super::kpi::scope::{Detail, Subject};
use super::kpi::tally::{self, Step, Tally};
use super::report::{BridgeStep, VariantValue};
use super::roles::Role;
use super::row_set::RowSet;
use super::table::Reason;

/// The first rows that a step names.
const SAMPLE_ROWS: usize = 5;

/// The rows behind one step, for those who want to see them.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRows {
    /// The rule that the bridge leads to.
    pub variant: &'static str,
    /// The step, from 0.
    pub step: usize,
    /// The rows.
    pub rows: RowSet,
}

/// The figure under every rule that can be applied here, each with the way from the rule in force,
/// and the rows of each step.
pub(super) fn variants(
    job: &Job<'_>,
    rule: &'static Rule,
    prepared: &Prepared<'_>,
    (window, now): (Option<Period>, &Estimate),
) -> (Vec<VariantValue>, Vec<StepRows>) {
    let otherwise = job.basis.dated_otherwise();
    let applies = |other: &&'static Rule| {
        let mut estimates = other.estimates.iter();
        estimates.any(|(basis, _)| *basis == job.basis || Some(*basis) == otherwise)
    };
    let rules: Vec<&'static Rule> = job.kpi.rules.iter().filter(applies).collect();
    let mut told = Told {
        job,
        rule,
        prepared,
        window,
        now,
        here: Here::Unasked,
        ratio: OnceCell::new(),
        step_rows: Vec::new(),
    };
    let values = rules
        .into_iter()
        .map(|other| {
            if other.id == rule.id {
                return VariantValue {
                    variant: other.id.to_owned(),
                    value: Some(now.value),
                    unit: None,
                    refusal: None,
                    bridge: Vec::new(),
                };
            }
            told.variant(other)
        })
        .collect();
    (values, told.step_rows)
}

/// The figure in force as classes.
enum Here {
    /// Nobody has asked yet.
    Unasked,
    /// It is such a sum.
    Classes(Tally),
    /// It is not.
    NoSum,
}

/// The figure under another rule and the way to it; or why it gives none, where that is known.
type Reached = Result<(f64, Vec<Draft>), Option<Refusal>>;

struct Told<'a, 'b> {
    job: &'b Job<'a>,
    rule: &'static Rule,
    prepared: &'b Prepared<'a>,
    window: Option<Period>,
    /// The figure in force.
    now: &'b Estimate,
    /// The figure in force as classes; worked out when the first bridge is wanted.
    here: Here,
    /// The figure in force as a ratio, likewise.
    ratio: OnceCell<Option<Ratio>>,
    step_rows: Vec<StepRows>,
}

impl Told<'_, '_> {
    fn variant(&mut self, other: &'static Rule) -> VariantValue {
        let found = if other.ledger == self.rule.ledger {
            self.same_ledger(other)
        } else {
            self.other_ledger(other)
        };
        let (value, steps, refusal) = match found {
            Ok((value, steps)) => (Some(value), steps, None),
            Err(refusal) => (None, Vec::new(), refusal),
        };
        VariantValue {
            variant: other.id.to_owned(),
            value,
            unit: Some(self.job.kpi.unit_of(other))
                .filter(|unit| *unit != self.job.kpi.unit_of(self.rule)),
            refusal,
            bridge: steps
                .into_iter()
                .enumerate()
                .map(|(place, step)| self.tell(other, place, step))
                .collect(),
        }
    }

    /// Another way to work out the figure from the same ledger.
    fn same_ledger(&mut self, other: &'static Rule) -> Reached {
        let mut known = self.now.others.iter();
        let there = match known.find(|(id, _)| *id == other.id) {
            Some((_, there)) => Cow::Borrowed(there),
            None => Cow::Owned(self.prepared.estimate(other, self.window, Detail::Bridge)?),
        };
        if self.job.kpi.unit_of(other) != self.job.kpi.unit_of(self.rule) {
            // A mean is no share with something added: no steps lead from one to the other.
            return Ok((there.value, Vec::new()));
        }
        if matches!(self.here, Here::Unasked) && there.tally.is_some() {
            let found = self
                .prepared
                .estimate(self.rule, self.window, Detail::Bridge);
            let tally = found.ok().and_then(|found| found.tally);
            self.here = tally.map_or(Here::NoSum, Here::Classes);
        }
        if let (Here::Classes(here), Some(to)) = (&self.here, there.tally.as_ref())
            && let Some(steps) = tally::bridge(here, to)
        {
            return Ok((there.value, summed(steps, to)));
        }
        let steps = self
            .along_paths(other)
            .or_else(|| self.by_terms(&there))
            .unwrap_or_default();
        Ok((there.value, steps))
    }

    /// Two ratios that name what they divide: first other things are counted, then they are divided
    /// by something else. Nothing for figures that are no such ratio (a median, an area): a step
    /// “in another way” would explain nothing.
    fn by_terms(&self, there: &Estimate) -> Option<Vec<Draft>> {
        // Asked first, because the figure in force may take long to work out again.
        let (above_there, below_there, scale_there) = ratio(there)?;
        let here = self.ratio.get_or_init(|| {
            let here = self
                .prepared
                .estimate(self.rule, self.window, Detail::Bridge);
            here.ok().as_ref().and_then(ratio)
        });
        let (above, below, scale) = (*here)?;
        if (scale - scale_there).abs() > 1e-9 * scale.abs() {
            return None;
        }
        let mut steps = Vec::new();
        if differs(above, above_there) {
            steps.push(Draft {
                says: "what is counted".to_owned(),
                numerator: Some(above_there - above),
                denominator: Some(0.0),
                value: Some(scale * above_there / below),
                people: People::Members(Vec::new()),
            });
        }
        if differs(below, below_there) {
            steps.push(Draft {
                says: "what it is divided by".to_owned(),
                numerator: Some(0.0),
                denominator: Some(below_there - below),
                value: Some(there.value),
                people: People::Members(Vec::new()),
            });
        }
        Some(steps)
    }

    /// Rules that are no sums of classes: back to the default rule, and on to the other one. Nothing
    /// where one of them does not name its steps.
    fn along_paths(&self, other: &'static Rule) -> Option<Vec<Draft>> {
        let steps = |rule: &'static Rule| -> Option<Vec<PathStep>> {
            match rule.path {
                Some(path) => self.prepared.path(path, self.window).ok(),
                None if rule.id == self.job.kpi.rules[0].id => Some(Vec::new()),
                None => None,
            }
        };
        let default = &self.job.kpi.rules[0];
        let (back, on) = (steps(self.rule)?, steps(other)?);
        let estimate = self.prepared.estimate(default, self.window, Detail::Point);
        let middle = estimate.ok()?;
        debug_assert!(self.now.value.is_finite());
        let mut told = Vec::new();
        // The way back passes the figures before each step, from the last to the first.
        let mut before: Vec<f64> = vec![middle.value];
        before.extend(back.iter().map(|step| step.value));
        before.pop();
        for (step, value) in back.into_iter().zip(before).rev() {
            told.push(Draft::at(step.says, value, step.customers));
        }
        told.extend(
            on.into_iter()
                .map(|step| Draft::at(step.says, step.value, step.customers)),
        );
        Some(told)
    }

    /// The same figure from a ledger under other settings: one step a setting that matters.
    fn other_ledger(&self, other: &'static Rule) -> Reached {
        let Subject::Ledger(_) = self.job.subject else {
            return Err(None);
        };
        let mut steps: Vec<Draft> = Vec::new();
        let mut choices = self.job.frame.ledger;
        let mut reached: Option<Outcome<f64>> = None;
        let mut before: Option<Vec<(u32, i64)>> = None;
        for setting in self.settings_to(other) {
            let mut next = choices;
            next.take(setting.0, setting.1);
            if next == choices {
                continue;
            }
            choices = next;
            let ledger = self.ledger_under(choices).ok_or(None)?;
            let paid = paid_at_end(&ledger, self.window);
            // Half way there may be nothing to give a figure of, and the end still has one.
            let found = self.prepared.on_ledger(other, &ledger, self.window);
            let earlier = before.take().unwrap_or_else(|| {
                let ledger = self.prepared.ledger();
                ledger.map_or(Vec::new(), |it| paid_at_end(it, self.window))
            });
            let changed = changed(&earlier, &paid);
            let after = found.as_ref().ok().copied();
            reached = Some(found);
            before = Some(paid);
            if changed.is_empty() {
                // It may still decide whether there was anyone at the start, and so a figure at all.
                if let Some(last) = steps.last_mut() {
                    last.value = last.value.or(after);
                }
                continue;
            }
            steps.push(Draft {
                says: setting_words(&setting),
                numerator: Some(facts::ledger::money(
                    changed.iter().map(|(_, delta)| i128::from(*delta)).sum(),
                )),
                denominator: None,
                value: after,
                people: People::InTable(changed.into_iter().map(|(number, _)| number).collect()),
            });
        }
        if let Some(reached) = reached {
            return Ok((reached?, steps));
        }
        let same = self.prepared.estimate(other, self.window, Detail::Point)?;
        Ok((same.value, steps))
    }

    /// The settings that lead from the ledger in force to the one of another rule: what the rule in
    /// force brought with it goes back to what the user chose.
    fn settings_to(&self, other: &'static Rule) -> Vec<(&'static str, &'static str)> {
        let chosen = self.job.chosen_ledger;
        let brought = self.rule.ledger.iter().map(|(name, _)| *name);
        let back = brought
            .filter(|name| !other.ledger.iter().any(|(own, _)| own == name))
            .map(|name| (name, chosen.value(name)));
        back.chain(other.ledger.iter().copied())
            .filter(|(name, _)| self.can_matter(name))
            .collect()
    }

    /// Whether the table has a column that the setting decides about.
    fn can_matter(&self, name: &str) -> bool {
        let mut settings = facts::ledger::choices::SETTINGS.iter();
        let acts_on = settings.find(|it| it.name == name).map(|it| it.acts_on);
        acts_on.is_none_or(|roles| {
            let has = |role: &Role| self.job.mapping.column_of(*role).is_some();
            roles.is_empty() || roles.iter().any(has)
        })
    }

    /// The ledger of the same rows under other settings.
    fn ledger_under(&self, choices: LedgerChoices) -> Option<Ledger> {
        let job = self.job;
        let rows = facts::ledger_under(job.table, job.mapping, &job.frame.under(choices))?;
        let kept = |row: &u32| {
            let row = *row as usize;
            rows.reasons[row] == Reason::Used && job.kept.is_none_or(|kept| kept[row])
        };
        let counted: Vec<u32> = (0..rows.reasons.len() as u32).filter(kept).collect();
        Some(Ledger::from_rows(&rows, &counted))
    }

    fn tell(&mut self, other: &'static Rule, place: usize, step: Draft) -> BridgeStep {
        let (customers, rows) = match &step.people {
            People::Members(members) => (
                members.len(),
                match self.prepared.ledger() {
                    Some(ledger) => {
                        let numbers = members.iter().map(|member| ledger.number(*member));
                        self.rows_of(numbers, self.prepared.rows().iter().copied())
                    }
                    None => members.iter().copied().collect(),
                },
            ),
            // All their rows, left out or not: what is left out differs between the ledgers.
            People::InTable(numbers) => (
                numbers.len(),
                self.rows_of(numbers.iter().copied(), 0..self.job.table.rows),
            ),
        };
        let (records, sample) = rows.records(self.job.table.rows_per_record, SAMPLE_ROWS);
        let told = BridgeStep {
            says: step.says,
            customers: customers as u64,
            numerator: step.numerator,
            denominator: step.denominator,
            value: step.value,
            rows: records,
            sample_rows: sample,
        };
        self.step_rows.push(StepRows {
            variant: other.id,
            step: place,
            rows,
        });
        told
    }

    /// Those of some rows that belong to customers, given by their numbers in the table.
    fn rows_of(
        &self,
        numbers: impl Iterator<Item = u32>,
        rows: impl Iterator<Item = u32>,
    ) -> RowSet {
        let Subject::Ledger(facts) = self.job.subject else {
            return RowSet::default();
        };
        let mut wanted = vec![false; facts.customer_limit];
        for number in numbers {
            wanted[number as usize] = true;
        }
        let customers = &facts.customers;
        RowSet::among(customers.len(), rows, |row| {
            wanted[customers[row as usize] as usize]
        })
    }
}

/// A step before it is told.
struct Draft {
    says: String,
    numerator: Option<f64>,
    denominator: Option<f64>,
    value: Option<f64>,
    people: People,
}

enum People {
    /// By their number in the ledger; by their row where the facts are none.
    Members(Vec<u32>),
    /// By their number in the table.
    InTable(Vec<u32>),
}

impl Draft {
    fn at(says: &str, value: f64, customers: Vec<u32>) -> Self {
        Self {
            says: says.to_owned(),
            numerator: None,
            denominator: None,
            value: Some(value),
            people: People::Members(customers),
        }
    }
}

/// What a ratio counts, what it divides by, and what the quotient is multiplied with to give the
/// figure (100 for a score out of a hundred).
type Ratio = (f64, f64, f64);

/// The figure as a ratio; nothing where it is not made so.
fn ratio(estimate: &Estimate) -> Option<Ratio> {
    let part = |wanted: &str| {
        let mut parts = estimate.parts.iter();
        parts.find(|(name, _)| *name == wanted).map(|(_, it)| *it)
    };
    let (above, below) = (part("numerator")?, part("denominator")?);
    let scale = estimate.value * below / above;
    (scale.is_finite() && scale != 0.0).then_some((above, below, scale))
}

fn differs(one: f64, other: f64) -> bool {
    (one - other).abs() > 1e-12 * one.abs().max(other.abs())
}

fn summed(steps: Vec<Step>, to: &Tally) -> Vec<Draft> {
    let is_ratio = to.amount_times.is_none();
    steps
        .into_iter()
        .map(|step| Draft {
            says: step.says,
            numerator: Some(to.readable(step.numerator)),
            denominator: is_ratio.then(|| to.readable(step.denominator)),
            value: step.value,
            people: People::Members(step.customers),
        })
        .collect()
}

/// What each customer of the table pays at the end of the window, by number.
fn paid_at_end(ledger: &Ledger, window: Option<Period>) -> Vec<(u32, i64)> {
    let Some(window) = window else {
        return Vec::new();
    };
    let paid = ledger.snapshot(window.end.plus_days(-1));
    let mut by_number: Vec<(u32, i64)> = paid
        .iter()
        .enumerate()
        .map(|(customer, amount)| (ledger.number(customer as u32), *amount))
        .collect();
    by_number.sort_unstable();
    by_number
}

/// Customers whose amount differs, with by how much. Both lists by number.
fn changed(before: &[(u32, i64)], after: &[(u32, i64)]) -> Vec<(u32, i64)> {
    let mut all: Vec<(u32, i64)> = before
        .iter()
        .map(|(number, amount)| (*number, -amount))
        .chain(after.iter().copied())
        .collect();
    all.sort_unstable_by_key(|(number, _)| *number);
    all.chunk_by(|one, other| one.0 == other.0)
        .map(|same| {
            (
                same[0].0,
                same.iter().map(|(_, amount)| amount).sum::<i64>(),
            )
        })
        .filter(|(_, delta)| *delta != 0)
        .collect()
}

/// What a setting with this value means, in words.
fn setting_words((name, value): &(&'static str, &'static str)) -> String {
    let setting = facts::ledger::choices::SETTINGS
        .iter()
        .find(|setting| setting.name == *name);
    let meaning = setting.and_then(|setting| setting.values.iter().find(|(id, _)| id == value));
    format!(
        "{}: {}",
        name.replace('_', " "),
        meaning.map_or("", |(_, meaning)| meaning)
    )
}
