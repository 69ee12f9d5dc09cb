//! The ledger of some rows, ready to be asked for any day and any period.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::months::month_missing;
use super::movement::{Change, ChangeKind, MovementRule, Movements, unbalanced};
use super::rows::LedgerRows;
use super::terms::comes_due;
use super::timeline::{self, Lifetime, Step, Stretch};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Period};
use crate::engine::facts::NO_DAY;
use crate::engine::facts::why_left::WhyLeft;

/// Amounts that are kept in snapshots at most; each takes eight bytes.
const AMOUNTS_KEPT: usize = 4_000_000;
/// Snapshots that are kept however many customers there are: a year of month ends and some more.
const LEAST_KEPT: usize = 15;

/// After so many snapshots, others are made from an earlier one.
const FEW_SNAPSHOTS: usize = 4;

/// What each customer pays a month at the end of a day, in billionths.
pub type Snapshot = Rc<Vec<i64>>;

/// The ledger of some rows.
#[derive(Debug)]
pub struct Ledger {
    stretches: Vec<Stretch>,
    /// Stretches of contracts that are signed and begin after the last day that counts.
    ahead: Vec<Stretch>,
    /// Day on which each row was signed; empty where no column says.
    signed: Vec<i32>,
    /// The customer's number in the table, by the one here.
    numbers: Vec<u32>,
    seats: Vec<f64>,
    terms: Vec<f64>,
    why_left: Vec<WhyLeft>,
    silent_months: Vec<Date>,
    starts_are_known: bool,
    /// The currencies of the amounts, most frequent first; empty where no column says.
    pub currencies: Vec<String>,
    /// The amounts are money.
    pub has_amounts: bool,
    past: OnceCell<Past>,
    first_starts: OnceCell<Vec<i32>>,
    steps_by_day: OnceCell<Vec<Step>>,
    snapshots: RefCell<BTreeMap<i32, Rc<Vec<i64>>>>,
    movements: RefCell<BTreeMap<(i32, i32), Movements>>,
}

/// What the stretches tell together.
#[derive(Debug)]
struct Past {
    lifetimes: Vec<Lifetime>,
    /// By customer and day.
    steps: Vec<Step>,
    /// The day of the first of them.
    first_day: Option<Date>,
}

impl Ledger {
    /// The ledger of these rows, ascending.
    pub fn from_rows(facts: &LedgerRows, rows: &[u32]) -> Self {
        let mut local = vec![u32::MAX; facts.customer_limit];
        let mut numbers = Vec::new();
        let mut stretches = Vec::with_capacity(rows.len());
        let mut ahead = Vec::new();
        let mut further = facts.further.iter().peekable();
        for &row in rows {
            let at = row as usize;
            let number = facts.customers[at];
            let place = &mut local[number as usize];
            if *place == u32::MAX {
                *place = numbers.len() as u32;
                numbers.push(number);
            }
            let customer = *place;
            let kept = if facts.is_ahead(at) {
                &mut ahead
            } else {
                &mut stretches
            };
            kept.push(Stretch {
                customer,
                row,
                start: facts.starts[at],
                end: facts.ends[at],
                amount: facts.amounts[at],
            });
            while further.next_if(|next| next.row < row).is_some() {}
            while let Some(next) = further.next_if(|next| next.row == row) {
                stretches.push(Stretch {
                    customer,
                    row,
                    start: next.start,
                    end: next.end,
                    amount: next.amount,
                });
            }
        }
        Self {
            stretches,
            ahead,
            signed: facts.signed.clone(),
            numbers,
            seats: facts.seats.clone(),
            terms: facts.terms.clone(),
            why_left: facts.why_left.clone(),
            silent_months: facts.silent_months.clone(),
            starts_are_known: facts.starts_are_known,
            currencies: facts.currencies.clone(),
            has_amounts: facts.has_amounts,
            past: OnceCell::new(),
            first_starts: OnceCell::new(),
            steps_by_day: OnceCell::new(),
            snapshots: RefCell::default(),
            movements: RefCell::default(),
        }
    }

    /// Stretches of revenue, by row.
    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Stretches of contracts that are signed and begin after the last day that counts.
    pub(super) fn ahead(&self) -> &[Stretch] {
        &self.ahead
    }

    /// Whether a column says when contracts were signed.
    pub(super) const fn knows_signatures(&self) -> bool {
        !self.signed.is_empty()
    }

    /// The day on which a row was signed, where that is known.
    pub(super) fn signed_on(&self, row: u32) -> Option<i32> {
        let day = self.signed.get(row as usize).copied();
        day.filter(|day| *day != NO_DAY)
    }

    /// How many customers have a row.
    pub const fn customers(&self) -> usize {
        self.numbers.len()
    }

    /// The number that a customer of this ledger has in the table.
    pub fn number(&self, customer: u32) -> u32 {
        self.numbers.get(customer as usize).copied().unwrap_or(0)
    }

    fn past(&self) -> &Past {
        self.past.get_or_init(|| {
            let steps = timeline::steps(&self.stretches, self.numbers.len());
            Past {
                lifetimes: timeline::lifetimes(&steps),
                first_day: steps.iter().map(|step| Date(step.day)).min(),
                steps,
            }
        })
    }

    /// The stretches in which customers paid, by customer and start.
    pub fn lifetimes(&self) -> &[Lifetime] {
        &self.past().lifetimes
    }

    /// First day of payment by customer; [`super::rows::NO_END`] for those who never
    /// paid.
    pub fn first_starts(&self) -> &[i32] {
        self.first_starts.get_or_init(|| {
            let customers = self.numbers.len();
            let quickly = timeline::first_starts(&self.stretches, customers);
            quickly.unwrap_or_else(|| timeline::first_starts_of(self.lifetimes(), customers))
        })
    }

    /// Every change of a customer's revenue within the period, by day.
    pub fn steps(&self, period: Period) -> &[Step] {
        let by_day = || timeline::by_day(&self.past().steps);
        let steps = self.steps_by_day.get_or_init(by_day);
        let from = steps.partition_point(|step| step.day < period.start.0);
        let to = steps.partition_point(|step| step.day < period.end.0);
        &steps[from..to]
    }

    /// The first day on which anyone pays.
    pub fn first_day(&self) -> Option<Date> {
        self.past().first_day
    }

    /// Whether the table says anything about the day: false in a month that a table of months
    /// leaves out between others.
    pub fn speaks_of(&self, day: Date) -> bool {
        let silent = &self.silent_months;
        silent.is_empty() || silent.binary_search(&day.first_of_month()).is_err()
    }

    /// Whether it is known that a customer who first pays on this day began on it: in the first
    /// month of a table of months all customers appear, however long they have been ones.
    pub fn begins_on(&self, day: Date) -> bool {
        self.starts_are_known || self.first_day().is_some_and(|first| day > first)
    }

    /// What each customer pays a month at the end of the day, in billionths.
    pub fn snapshot(&self, day: Date) -> Snapshot {
        if let Some(kept) = self.snapshots.borrow().get(&day.0) {
            return Rc::clone(kept);
        }
        let paying = Rc::new(self.carried_forward(day).unwrap_or_else(|| {
            let mut paying = vec![0_i64; self.numbers.len()];
            for stretch in self.on(day) {
                paying[stretch.customer as usize] += stretch.amount;
            }
            paying
        }));
        let mut kept = self.snapshots.borrow_mut();
        let most = AMOUNTS_KEPT
            .div_euclid(self.numbers.len().max(1))
            .max(LEAST_KEPT);
        if kept.len() >= most
            && let Some(oldest) = kept.keys().next().copied()
        {
            kept.remove(&oldest);
        }
        kept.insert(day.0, Rc::clone(&paying));
        paying
    }

    /// What each customer pays at the end of the day, from the latest snapshot before it and the
    /// steps since; `None` without one, and while so few days were asked for that putting the steps
    /// in the order of days would take longer than it saves.
    fn carried_forward(&self, day: Date) -> Option<Vec<i64>> {
        let (earlier, mut paying) = {
            let kept = self.snapshots.borrow();
            if kept.len() < FEW_SNAPSHOTS {
                return None;
            }
            let (earlier, paid) = kept.range(..day.0).next_back()?;
            (*earlier, paid.to_vec())
        };
        let since = Period {
            start: Date(earlier + 1),
            end: day.plus_days(1),
        };
        for step in self.steps(since) {
            paying[step.customer as usize] = step.to;
        }
        Some(paying)
    }

    fn on(&self, day: Date) -> impl Iterator<Item = &Stretch> {
        let runs = move |it: &&Stretch| it.start <= day.0 && day.0 < it.end;
        self.stretches.iter().filter(runs)
    }

    /// Seats or units of each customer at the end of the day; absent where no column says.
    pub fn seats(&self, day: Date) -> Option<Vec<f64>> {
        if self.seats.is_empty() {
            return None;
        }
        let mut seats = vec![0.0; self.numbers.len()];
        for stretch in self.on(day) {
            let more = self.seats[stretch.row as usize];
            if more > 0.0 {
                seats[stretch.customer as usize] += more;
            }
        }
        Some(seats)
    }

    /// For each customer, whether one of their stretches runs at the end of the day, whatever they
    /// pay.
    pub fn subscribed(&self, day: Date) -> Vec<bool> {
        let mut runs = vec![false; self.numbers.len()];
        for stretch in self.on(day) {
            runs[stretch.customer as usize] = true;
        }
        runs
    }

    /// What each customer pays at the end of the day on terms of fewer months; absent where no
    /// column says how long terms are.
    pub fn on_terms_under(&self, months: f64, day: Date) -> Option<Vec<i64>> {
        if self.terms.is_empty() {
            return None;
        }
        let mut paying = vec![0_i64; self.numbers.len()];
        for stretch in self.on(day) {
            if self.terms[stretch.row as usize] < months {
                paying[stretch.customer as usize] += stretch.amount;
            }
        }
        Some(paying)
    }

    /// For each customer, whether one of their stretches that run at the start of the period comes
    /// to the end of a term within it; absent where no column says how long terms are.
    pub fn renewable(&self, period: Period) -> Option<Vec<bool>> {
        if self.terms.is_empty() {
            return None;
        }
        let mut due = vec![false; self.numbers.len()];
        for stretch in self.on(period.start.plus_days(-1)) {
            let term = self.terms[stretch.row as usize];
            let mark = &mut due[stretch.customer as usize];
            *mark |= comes_due(stretch, term, period);
        }
        Some(due)
    }

    /// For each customer, why the stretch ended within the period that ended last; absent where no
    /// column says why anyone left. Of stretches that ended on one day the most telling counts.
    pub fn why_left(&self, period: Period) -> Option<Vec<WhyLeft>> {
        if self.why_left.is_empty() {
            return None;
        }
        let mut last = vec![(i32::MIN, WhyLeft::Unknown); self.numbers.len()];
        for stretch in &self.stretches {
            if stretch.amount > 0 && period.contains(Date(stretch.end)) {
                let why = self.why_left[stretch.row as usize];
                let known = &mut last[stretch.customer as usize];
                *known = (*known).max((stretch.end, why));
            }
        }
        Some(last.into_iter().map(|(_, why)| why).collect())
    }

    /// What each customer paid at the two ends of the period.
    ///
    /// # Errors
    /// `month_missing` where an end lies in a month of which the table says nothing.
    pub fn ends(&self, period: Period) -> Outcome<(Snapshot, Snapshot)> {
        let days = [period.start.plus_days(-1), period.end.plus_days(-1)];
        if let Some(day) = days.into_iter().find(|day| !self.speaks_of(*day)) {
            return Err(month_missing(day));
        }
        Ok((self.snapshot(days[0]), self.snapshot(days[1])))
    }

    /// Gives the changes of the period under a rule: by customer and at most one of each where the
    /// ends are compared, else by day.
    ///
    /// # Errors
    /// `month_missing`, as [`Ledger::ends`].
    pub fn changes(
        &self,
        period: Period,
        rule: MovementRule,
        mut each: impl FnMut(Change),
    ) -> Outcome<()> {
        let (before, after) = self.ends(period)?;
        if rule.every_change {
            for step in self.steps(period) {
                each(self.named((step.customer, step.from, step.to), step.day, rule));
            }
            return Ok(());
        }
        for (customer, (from, to)) in (0..).zip(before.iter().zip(after.iter())) {
            if from != to {
                each(self.named((customer, *from, *to), period.start.0, rule));
            }
        }
        Ok(())
    }

    /// The change with its name. `day`: who first paid from then on is new.
    fn named(&self, (customer, from, to): (u32, i64, i64), day: i32, rule: MovementRule) -> Change {
        let kind = match (from > 0, to > 0) {
            (false, true) if self.is_new(customer, day, rule) => ChangeKind::New,
            (false, true) => ChangeKind::Reactivation,
            (true, false) => ChangeKind::Churn,
            _ if to > from => ChangeKind::Expansion,
            _ => ChangeKind::Contraction,
        };
        Change {
            customer,
            from,
            to,
            kind,
        }
    }

    fn is_new(&self, customer: u32, day: i32, rule: MovementRule) -> bool {
        if self.first_starts()[customer as usize] >= day {
            return true;
        }
        let Some(most) = rule.new_again_after_days else {
            return false;
        };
        let lives = self.lifetimes();
        let next = lives.partition_point(|life| (life.customer, life.start) < (customer, day));
        let back = lives.get(next).filter(|life| life.customer == customer);
        let left = next.checked_sub(1).and_then(|last| lives.get(last));
        match (left, back) {
            (Some(left), Some(back)) if left.customer == customer => back.start - left.end > most,
            _ => false,
        }
    }

    /// How the recurring revenue changed between the two ends of the period.
    ///
    /// # Errors
    /// `month_missing`; `movements_unbalanced` where opening and movements do not give the closing,
    /// which would be a fault of ours.
    pub fn movements(&self, period: Period) -> Outcome<Movements> {
        let key = (period.start.0, period.end.0);
        if let Some(known) = self.movements.borrow().get(&key) {
            return Ok(*known);
        }
        let moved = self.movements_under(period, MovementRule::default())?;
        self.movements.borrow_mut().insert(key, moved);
        Ok(moved)
    }

    /// The movements of the period under a rule.
    ///
    /// # Errors
    /// As [`Ledger::movements`].
    pub fn movements_under(&self, period: Period, rule: MovementRule) -> Outcome<Movements> {
        let (before, after) = self.ends(period)?;
        let mut moved = Movements::default();
        let paying = |amounts: &[i64]| amounts.iter().filter(|amount| **amount > 0).count() as u64;
        moved.opening = before.iter().copied().map(i128::from).sum();
        moved.closing = after.iter().copied().map(i128::from).sum();
        moved.customers.opening = paying(&before);
        moved.customers.closing = paying(&after);
        self.changes(period, rule, |change| moved.add(&change))?;
        if moved.balances() {
            return Ok(moved);
        }
        Err(unbalanced())
    }

    /// How often a customer stopped paying within the period, returners counted each time.
    pub fn departures(&self, period: Period) -> u64 {
        let lives = self.lifetimes().iter();
        let within = |end: i32| period.start.0 <= end && end < period.end.0;
        lives.filter(|life| within(life.end)).count() as u64
    }

    /// Customers who paid for the first time within the period.
    pub fn first_timers(&self, period: Period) -> u64 {
        let starts = self.first_starts().iter();
        starts
            .filter(|start| period.contains(Date(**start)))
            .count() as u64
    }
}
