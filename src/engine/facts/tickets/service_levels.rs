//! Whether what was promised was kept, one entry a ticket and target.

use std::rc::Rc;

use super::durations::Durations;
use super::promises::Promises;
use super::start::Start;
use crate::engine::facts::reading::Reading;
use crate::engine::roles::synonyms::normal;
use crate::engine::roles::{Meaning, Role, vocabulary};
use crate::engine::table::value::{flag, missing};
use crate::engine::table::{Column, Reason};

/// A time that is longer than promised by less than this, in hours, is rounding.
pub const ROUNDING: f64 = 1e-9;

/// What is promised.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Target {
    /// The time to the first reply.
    FirstResponse,
    /// The time to the solution.
    Resolution,
    /// The ticket as a whole, or what no header says.
    Whole,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum Kept {
    /// It was kept; a time that equals the promise keeps it.
    Met,
    /// It happened later than promised.
    Missed,
    /// It has not happened yet, and is late already.
    Overdue,
    /// It has not happened yet, and is not late.
    Open,
    /// Nothing was promised for this ticket, or nothing is known.
    Unpromised,
}

/// One target of every ticket.
#[derive(Clone, Debug)]
pub struct Promise {
    /// What is promised.
    pub target: Target,
    /// What became of it, one entry a row.
    pub kept: Vec<Kept>,
}

/// Promises of a ticket table.
#[derive(Clone, Debug)]
pub struct ServiceLevels {
    /// As columns say that they were kept or not.
    pub told: Vec<Promise>,
    /// As times and promised times say.
    pub measured: Vec<Promise>,
    /// A column of promised times does not say what it is about.
    pub unclear: bool,
    /// Times were to be measured in business hours, and no calendar is set.
    pub no_calendar: bool,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day on which the ticket was created.
    pub days: Option<Rc<Vec<i32>>>,
}

/// Reads promises. Absent where no column and no setting tells any.
pub fn read(
    start: &Start<'_>,
    first_response: Option<&Durations>,
    resolution: Option<&Durations>,
) -> Option<ServiceLevels> {
    let reading = start.reading;
    let told: Vec<Promise> = reading
        .mapping
        .columns_of(Role::SlaMet)
        .filter(|column| reading.meaning(*column).open.is_empty())
        .map(|column| Promise {
            target: target_of(&reading.table.columns[column].name),
            kept: told_by(reading, column),
        })
        .collect();
    let promises = &reading.frame.promises;
    let mut measure = Measure {
        start,
        promises,
        both: first_response.is_some() && resolution.is_some(),
        unclear: false,
        no_calendar: false,
    };
    let columns: Vec<usize> = reading
        .mapping
        .columns_of(Role::SlaTargetMinutes)
        .filter(|column| reading.meaning(*column).open.is_empty())
        .collect();
    let targets = [
        (Target::FirstResponse, first_response),
        (Target::Resolution, resolution),
    ];
    let measured: Vec<Promise> = targets
        .into_iter()
        .filter_map(|(target, durations)| measure.target(target, durations?, &columns))
        .map(|mut promise| {
            if promise.target == Target::FirstResponse
                && let Some(resolution) = resolution
            {
                // Solved without any reply: there is no reply to wait for.
                for (kept, hours) in promise.kept.iter_mut().zip(&resolution.calendar.hours) {
                    if matches!(kept, Kept::Open | Kept::Overdue) && !hours.is_nan() {
                        *kept = Kept::Unpromised;
                    }
                }
            }
            promise
        })
        .collect();
    let (unclear, no_calendar) = (measure.unclear, measure.no_calendar);
    if told.is_empty() && measured.is_empty() && !unclear && !no_calendar {
        return None;
    }
    let mut reasons = start.reasons.clone();
    for (row, reason) in reasons.iter_mut().enumerate() {
        let promised = |promise: &Promise| promise.kept[row] != Kept::Unpromised;
        if *reason == Reason::Used && !told.iter().chain(&measured).any(promised) {
            *reason = if told.is_empty() {
                Reason::TargetMissing
            } else {
                Reason::AnswerMissing
            };
        }
    }
    Some(ServiceLevels {
        told,
        measured,
        unclear,
        no_calendar,
        reasons,
        days: start.days(),
    })
}

/// What a header of promised times speaks of.
pub fn target_of(header: &str) -> Target {
    let name = normal(header);
    let holds = |list: &str| list.split('|').any(|piece| name.contains(piece));
    if holds("respon|reply|replied|antwort|reaktion|repons|respuesta|resposta|risposta|reactie") {
        Target::FirstResponse
    } else if holds("resol|solve|solution|close|losung|fix|soluc|risol|oploss|afhand") {
        Target::Resolution
    } else {
        Target::Whole
    }
}

/// Promises as a column says that they were kept or not.
fn told_by(reading: &Reading<'_>, column: usize) -> Vec<Kept> {
    let meaning = reading.meaning(column);
    by_text(&reading.table.columns[column], |text| {
        of_word(meaning, text)
    })
}

/// What a word in a column of this meaning says of a promise.
pub fn of_word(meaning: &Meaning, text: &str) -> Kept {
    if missing::is_missing(text) {
        Kept::Unpromised
    } else if meaning.yes.iter().any(|word| word == text) {
        Kept::Met
    } else if meaning.no.iter().any(|word| word == text) {
        Kept::Missed
    } else if vocabulary::promise_undecided(text) {
        Kept::Open
    } else {
        match vocabulary::promise_kept(text).or_else(|| flag::parse(text)) {
            Some(true) => Kept::Met,
            Some(false) => Kept::Missed,
            None => Kept::Unpromised,
        }
    }
}

fn by_text<T: Copy>(column: &Column, of_text: impl Fn(&str) -> T) -> Vec<T> {
    let keys = column.keys();
    let by_code: Vec<T> = keys.texts.texts().map(|text| of_text(&text)).collect();
    keys.codes
        .iter()
        .map(|code| by_code[*code as usize])
        .collect()
}

/// Times held against promised times.
struct Measure<'a> {
    start: &'a Start<'a>,
    promises: &'a Promises,
    /// Both targets have times.
    both: bool,
    unclear: bool,
    no_calendar: bool,
}

impl Measure<'_> {
    /// What became of one target.
    fn target(
        &mut self,
        target: Target,
        durations: &Durations,
        columns: &[usize],
    ) -> Option<Promise> {
        let promised = self.promised(target, columns)?;
        let lengths = if self.promises.in_business_hours {
            let Some(lengths) = &durations.business else {
                self.no_calendar = true;
                return None;
            };
            lengths
        } else {
            &durations.calendar
        };
        let mut waiting = lengths.waiting();
        let rows = durations.reasons.iter().zip(&promised).enumerate();
        let kept = rows.map(|(row, (reason, promised))| {
            let hours = lengths.hours[row];
            if *reason != Reason::Used || promised.is_nan() {
                Kept::Unpromised
            } else if hours.is_nan() {
                let waited = waiting.hours(row as u32);
                match waited {
                    Some(waited) if waited > promised + ROUNDING => Kept::Overdue,
                    _ => Kept::Open,
                }
            } else if hours <= promised + ROUNDING {
                Kept::Met
            } else {
                Kept::Missed
            }
        });
        Some(Promise {
            target,
            kept: kept.collect(),
        })
    }

    /// Hours promised for a target, one entry a row, NaN where nothing is: what a column says, else
    /// what the settings say. Absent where neither says anything.
    fn promised(&mut self, target: Target, columns: &[usize]) -> Option<Vec<f64>> {
        let reading = self.start.reading;
        for &column in columns {
            let of_column = match target_of(&reading.table.columns[column].name) {
                Target::Whole => self.promises.column_is_for,
                clear => Some(clear),
            };
            if of_column.is_none() && self.both {
                self.unclear = true;
            } else if of_column.is_none_or(|of_column| of_column == target) {
                return Some(reading.hours_in(column).values);
            }
        }
        if !self.promises.has(target) {
            return None;
        }
        let hours = |priority: &str| self.promises.hours(target, priority).unwrap_or(f64::NAN);
        Some(match reading.mapping.column_of(Role::Priority) {
            Some(column) => by_text(&reading.table.columns[column], hours),
            None => vec![hours(""); reading.rows()],
        })
    }
}
