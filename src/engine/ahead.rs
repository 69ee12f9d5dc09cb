//! Work that nobody has asked for yet: the figures of the other usual periods, and of other splits, so
//! that they are there at once when they are asked for.
//!
//! Takes: the choices of a run that ended well, and what it knew of the tables. Gives: more of what
//! is known; never a report.
//! Never: works while anything is asked for; who calls [`Ahead::step`] sees to that.

use super::base::Note;
use super::compute::Remembered;
use super::held::Held;
use super::known::Known;
use super::options::{Options, USUAL_PERIODS};
use super::protocol::Event;
use super::run::Run;

/// Smaller tables are computed sooner than anybody can tell.
const FEWEST_ROWS: u64 = 20_000;
/// Of larger ones too little can be remembered for the work to be worth it.
const MOST_ROWS: u64 = 2_000_000;
/// Columns of so many values are split by.
const FEW_VALUES: std::ops::RangeInclusive<u64> = 2..=50;
const MOST_SPLITS: usize = 6;

/// Whether working ahead on these tables is worth it.
pub fn is_worth_it(held: &[Held]) -> bool {
    let rows: u64 = held.iter().map(|one| u64::from(one.table.rows)).sum();
    (FEWEST_ROWS..MOST_ROWS).contains(&rows)
}

/// Columns of few values, as a choice names them.
fn columns_to_split_by(held: &[Held]) -> Vec<String> {
    let mut found = Vec::new();
    for one in held {
        for (column, profile) in one.table.columns.iter().zip(&one.profiles) {
            let has_few = profile.distinct.is_some_and(|it| FEW_VALUES.contains(&it));
            if has_few && profile.dates() == 0 {
                found.push(if held.len() > 1 {
                    format!("{}.{}", one.table.name, column.name)
                } else {
                    column.name.clone()
                });
            }
        }
    }
    found.truncate(MOST_SPLITS);
    found
}

/// The runs that are to come, the last one first, and the one at work.
#[derive(Debug, Default)]
pub struct Ahead {
    todo: Vec<Options>,
    run: Option<Run>,
    /// What is known of the tables already, under choices that differ in what figures are told apart
    /// by alone.
    done: Vec<Options>,
}

impl Ahead {
    /// Begins anew after a run under these choices with what is likely to be asked for next: another
    /// period, then another split.
    pub fn begin(&mut self, options: &Options, held: &[Held]) {
        let choices = Remembered::choices(options);
        self.done.retain(|it| Remembered::choices(it) == choices);
        if !self.done.contains(options) {
            self.done.push(options.clone());
        }
        let usual = USUAL_PERIODS.into_iter().map(Some);
        let periods = usual.chain([None]).map(|period| Options {
            period,
            ..options.clone()
        });
        let splits = columns_to_split_by(held).into_iter().map(|column| Options {
            segment: Some(column),
            ..options.clone()
        });
        let all = periods.chain(splits);
        self.todo = all.filter(|it| !self.done.contains(it)).collect();
        self.todo.reverse();
    }

    /// Gives all of it up; what was found so far is known.
    pub fn stop(&mut self, known: &mut Known) {
        self.todo.clear();
        if let Some(run) = self.run.take() {
            *known = run.into_known();
        }
    }

    /// Does one slice of work; gives whether there was any to do.
    pub fn step(&mut self, known: &mut Known, held: &mut [Held], unread: &[Note]) -> bool {
        let Some(mut run) = self.run.take().or_else(|| self.next(known)) else {
            return false;
        };
        match run.step(held, unread) {
            Event::Progress { .. } => self.run = Some(run),
            Event::Finished { .. } => {
                let (told, after) = run.told();
                *known = after;
                self.done.push(told.options);
            }
            _ => {
                *known = run.into_known();
                self.todo.clear();
            }
        }
        true
    }

    fn next(&mut self, known: &mut Known) -> Option<Run> {
        // Its number is told to nobody.
        let run = Run::new(0, self.todo.pop()?).ok()?;
        Some(run.with_known(std::mem::take(known)))
    }
}
