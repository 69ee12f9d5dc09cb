//! What every ticket begins with: when it was created and solved, and what its status says.

use std::borrow::Cow;
use std::rc::Rc;

use crate::engine::base::Instant;
use crate::engine::facts::NO_DAY;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::Reason;
use crate::engine::table::column::{InstantCells, NO_INSTANT};
use crate::engine::table::value::missing;

/// Moments of a column, for measuring, and the days on which they fall.
#[derive(Clone, Debug)]
pub struct Moments {
    /// Milliseconds on a clock that is never put forward or back.
    pub at: InstantCells,
    /// The day in the report's zone; [`NO_DAY`] where the cell is empty.
    pub days: Rc<Vec<i32>>,
}

/// What every ticket begins with.
#[derive(Debug)]
pub struct Start<'a> {
    /// The table.
    pub reading: &'a Reading<'a>,
    /// When tickets were created.
    pub created: Option<Moments>,
    /// When they were solved for the last time; where only the first time is known, that.
    pub resolved: Option<Moments>,
    /// Whether the status says that nobody works on the ticket any more.
    pub done: Option<Vec<bool>>,
    /// Why a row is left out whatever is asked.
    pub reasons: Vec<Reason>,
    /// The first moment after the last day that counts, on the clock of [`Moments::at`].
    pub horizon: Option<i64>,
}

impl<'a> Start<'a> {
    /// Reads creation times and leaves out tickets that stand twice.
    pub fn read(reading: &'a Reading<'a>) -> Self {
        let mut reasons = reading.reasons();
        let zone = &reading.frame.zone;
        let created = moments(reading, Role::CreatedAt);
        let horizon = reading.horizon().map(|horizon| match zone.constant() {
            Some(_) => horizon.0,
            None => zone.utc_of(horizon.0),
        });
        if let Some(created) = &created {
            reading::require_instants(&created.at, horizon.map(Instant), &mut reasons);
        }
        if let Some(column) = reading.mapping.column_of(Role::Ticket) {
            let column = &reading.table.columns[column];
            reading::require_first_of(column, &mut reasons);
        }
        Self {
            resolved: moments(reading, full_or_first(reading).0),
            done: marks(reading, is_done),
            reading,
            created,
            reasons,
            horizon,
        }
    }

    /// A moment of [`Moments::at`] in UTC.
    pub fn utc(&self, at: i64) -> i64 {
        at - self.reading.frame.zone.constant().unwrap_or(0)
    }

    /// The day in the report's zone of a moment on the clock of [`Moments::at`].
    pub fn day(&self, at: i64) -> i32 {
        let zone = &self.reading.frame.zone;
        let shown = match zone.constant() {
            Some(_) => at,
            None => zone.of_utc(at),
        };
        Instant(shown).date().0
    }

    /// The day of the creation of each ticket.
    pub fn days(&self) -> Option<Rc<Vec<i32>>> {
        self.created
            .as_ref()
            .map(|created| Rc::clone(&created.days))
    }

    /// Whether a moment has come by the last day that counts.
    pub fn has_come(&self, at: i64) -> bool {
        at != NO_INSTANT && self.horizon.is_none_or(|horizon| at < horizon)
    }

    /// The day of the solution of each ticket, [`NO_DAY`] where it is not solved, [`LATER`] where
    /// that came after the last day that counts; told by a date, else by the time that the solution
    /// took. Absent where no column says.
    pub fn solved_days(&self) -> Option<Vec<i32>> {
        if let Some(resolved) = &self.resolved {
            let moments = resolved.at.values.iter().zip(resolved.days.iter());
            let day = |(at, day): (&i64, &i32)| match *at {
                NO_INSTANT => NO_DAY,
                at if self.has_come(at) => *day,
                _ => LATER,
            };
            return Some(moments.map(day).collect());
        }
        let lengths = self.reading.hours_of(full_or_first(self.reading).1)?;
        let created = self.created.as_ref()?;
        let moments = created.at.values.iter().zip(&lengths.values);
        let day = |(created, hours): (&i64, &f64)| match ended(*created, *hours) {
            Some(at) if self.has_come(at) => self.day(at),
            Some(_) => LATER,
            None => NO_DAY,
        };
        Some(moments.map(day).collect())
    }
}

/// Stands for a day after the last one that counts.
pub const LATER: i32 = i32::MAX;

/// The moment so many hours after another; `None` where either is unknown.
pub fn ended(start: i64, hours: f64) -> Option<i64> {
    (start != NO_INSTANT && hours.is_finite()).then(|| start + (hours * 3_600_000.0).round() as i64)
}

/// The roles that tell the last solution, its moment and its length; those of the first solution
/// where nothing tells the last one.
pub fn full_or_first(reading: &Reading<'_>) -> (Role, Role) {
    let has = |role: Role| reading.mapping.column_of(role).is_some();
    let last = (Role::ResolvedAt, Role::ResolutionMinutes);
    let first = (Role::FirstResolvedAt, Role::FirstResolutionMinutes);
    if !has(last.0) && !has(last.1) && (has(first.0) || has(first.1)) {
        first
    } else {
        last
    }
}

/// The moments of a role, where it has a column without an open question.
pub fn moments(reading: &Reading<'_>, role: Role) -> Option<Moments> {
    let shown = reading.instants_of(role)?;
    let days = Rc::new(reading::days(&shown));
    let at = match reading.frame.zone.constant() {
        // Clocks that never change measure as well as UTC.
        Some(_) => shown,
        None => reading.utc_of(role)?,
    };
    Some(Moments { at, days })
}

/// Words of ticket systems for tickets on which nobody works any more.
const DONE: &str = "\
    solved|closed|resolved|done|complete|completed|archived|fixed|merged|deleted|spam|\
    cancelled|canceled|rejected|declined|won t do|won t fix|auto closed|geschlossen|gelost|\
    erledigt|abgeschlossen|ferme|fermee|resolu|resolue|clos|close|cloture|cerrado|resuelto|\
    solucionado|fechado|resolvido|encerrado|chiuso|risolto|gesloten|opgelost|afgesloten|\
    afgehandeld|termine|terminee|finished|finalizado|finalizada|concluido|concluida|\
    completato|completata|afgerond|beendet|fertig|trash|trashed|junk|geloscht|\
    zusammengefuhrt|supprime|supprimee|fusionne|fusionnee|eliminado|eliminada|fusionado|\
    excluido|excluida|mesclado|eliminato|eliminata|unito|verwijderd|samengevoegd";

/// Those of [`DONE`] for what was taken out of the way: nobody solved it.
const TAKEN_AWAY: &str = "\
    merged|deleted|spam|trash|trashed|junk|geloscht|zusammengefuhrt|supprime|supprimee|fusionne|\
    fusionnee|eliminado|eliminada|fusionado|excluido|excluida|mesclado|eliminato|eliminata|\
    unito|verwijderd|samengevoegd";

/// Words with which a longer status for such tickets begins: "Closed - duplicate".
const DONE_FIRST: &str = "\
    solved|closed|resolved|completed|geschlossen|gelost|erledigt|abgeschlossen|ferme|fermee|\
    resolu|resolue|cloture|cerrado|resuelto|solucionado|fechado|resolvido|encerrado|chiuso|\
    risolto|gesloten|opgelost|afgesloten";

/// Whether a status says that nobody works on the ticket any more.
pub fn is_done(status: &str) -> bool {
    let word = normal(status);
    let first = word.split(' ').next().unwrap_or_default();
    DONE.split('|').any(|known| known == word) || DONE_FIRST.split('|').any(|known| known == first)
}

/// Whether a status says that the ticket was solved, not merged with another, deleted or spam.
pub fn is_solved(status: &str) -> bool {
    let word = normal(status);
    is_done(status) && !TAKEN_AWAY.split('|').any(|known| known == word)
}

/// Whether statuses are words: numbers of a ticket system say nothing to anybody else.
pub fn are_words<'a>(statuses: impl Iterator<Item = Cow<'a, str>>) -> bool {
    let mut filled = statuses.filter(|text| !missing::is_missing(text));
    filled.any(|text| text.trim().parse::<f64>().is_err())
}

/// Which tickets have a status of which this holds; absent where no column tells it in words.
pub fn marks(reading: &Reading<'_>, holds: fn(&str) -> bool) -> Option<Vec<bool>> {
    let keys = reading.keys_of(Role::Status)?;
    if !are_words(keys.texts.texts()) {
        return None;
    }
    let marks: Vec<bool> = keys.texts.texts().map(|text| holds(&text)).collect();
    Some(
        keys.codes
            .iter()
            .map(|code| marks[*code as usize])
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_done_are_in_normal_form() {
        for word in DONE.split('|').chain(DONE_FIRST.split('|')) {
            assert_eq!(normal(word), word);
        }
        for word in TAKEN_AWAY.split('|') {
            assert!(is_done(word) && !is_solved(word), "{word}");
        }
        assert!(is_solved("Closed") && !is_solved("open"));
    }

    #[test]
    fn a_longer_status_is_known_by_its_first_word() {
        for status in [
            "Closed - Resolved",
            "Closed (duplicate)",
            "Résolu sans suite",
        ] {
            assert!(is_done(status), "{status}");
        }
        for status in ["Not resolved", "Reopened", "Waiting to be closed", "4"] {
            assert!(!is_done(status), "{status}");
        }
    }
}
