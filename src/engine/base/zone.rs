//! Time zones: how far a zone's clocks are ahead of UTC, and when that changes.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::date::DAY_MS;

/// Changes of a named zone are known from 1970 up to this moment, 2100-01-01T00:00Z.
const KNOWN_UP_TO: i64 = 4_102_444_800_000;

/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;

/// A zone as stretches of time in which its clocks are equally far from UTC. All times are in
/// milliseconds.
///
/// Before 1970 and from 2100 on, the first and the last stretch go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// How far clocks are ahead of UTC before the first change.
    first: i64,
    /// Moments of changes in UTC, ascending, each with how far clocks are ahead from then on.
    changes: Vec<(i64, i64)>,
    /// Moments are wanted in UTC and not as the zone's clocks show them.
    in_utc: bool,
}

/// A stretch of time in which the clocks of a zone are equally far from UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its first moment in UTC.
    pub from: i64,
    /// Its end in UTC, exclusive.
    pub to: i64,
    /// How far clocks are ahead of UTC.
    pub ahead: i64,
}

impl Zone {
    /// Clocks that show UTC.
    pub const UTC: Self = Self::fixed(0);

    /// Clocks that are always so many minutes ahead of UTC.
    pub const fn fixed(minutes: i32) -> Self {
        Self {
            first: minutes as i64 * MINUTE_MS,
            changes: Vec::new(),
            in_utc: false,
        }
    }

    /// The zone of this name in the IANA database, such as `Europe/Berlin`; `None` for others.
    /// Capitals do not matter.
    ///
    /// # Source
    /// The time zone database of IANA, as the library jiff carries it.
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZone::get(name).ok()?;
        let ahead = |seconds: i32| i64::from(seconds) * 1_000;
        let first = ahead(zone.to_offset(Timestamp::UNIX_EPOCH).seconds());
        let mut changes: Vec<(i64, i64)> = Vec::new();
        let mut before = first;
        for change in zone.following(Timestamp::UNIX_EPOCH) {
            let at = change.timestamp().as_millisecond();
            if at >= KNOWN_UP_TO {
                break;
            }
            // Some changes are of names alone.
            let from_then_on = ahead(change.offset().seconds());
            if from_then_on != before {
                changes.push((at, from_then_on));
                before = from_then_on;
            }
        }
        Some(Self {
            first,
            changes,
            in_utc: false,
        })
    }

    /// The same zone, for moments in UTC: a time as written is then turned to UTC.
    #[must_use]
    pub fn for_utc(&self) -> Self {
        Self {
            in_utc: true,
            ..self.clone()
        }
    }

    /// How far clocks are always ahead of UTC; `None` where that changes.
    pub fn constant(&self) -> Option<i64> {
        self.changes.is_empty().then_some(self.first)
    }

    /// How far clocks are ahead at a moment in UTC.
    pub fn ahead_at(&self, utc: i64) -> i64 {
        let later = self.changes.partition_point(|(at, _)| *at <= utc);
        later.checked_sub(1).map_or(self.first, |last| {
            self.changes
                .get(last)
                .map_or(self.first, |(_, ahead)| *ahead)
        })
    }

    /// The moment in UTC at which clocks show this time. Of two such moments, when clocks are put
    /// back, it is the first; a time that clocks skip is taken to be as much later.
    pub fn utc_of(&self, shown: i64) -> i64 {
        let (before, after) = (self.ahead_at(shown - DAY_MS), self.ahead_at(shown + DAY_MS));
        if before != after && self.ahead_at(shown - before) != before {
            let later = shown - after;
            if self.ahead_at(later) == after {
                return later;
            }
        }
        shown - before
    }

    /// A moment in UTC as it is wanted: as clocks show it, or as it is.
    pub fn of_utc(&self, utc: i64) -> i64 {
        if self.in_utc {
            utc
        } else {
            utc + self.ahead_at(utc)
        }
    }

    /// A time as written by the zone's clocks as it is wanted: as it is, or in UTC.
    pub fn of_written(&self, shown: i64) -> i64 {
        if self.in_utc {
            self.utc_of(shown)
        } else {
            shown
        }
    }

    /// What must be added to every time to have it as it is wanted, where that is always the same.
    /// `with_offset`: the times say their own distance from UTC and are given in UTC.
    pub fn shift(&self, with_offset: bool) -> Option<i64> {
        match (with_offset, self.in_utc) {
            (true, true) | (false, false) => Some(0),
            (true, false) => self.constant(),
            (false, true) => self.constant().map(|ahead| -ahead),
        }
    }

    /// The stretches that a time in UTC from `from` up to `to` is made of.
    pub fn stretches(&self, from: i64, to: i64) -> Vec<Stretch> {
        let mut found = Vec::new();
        let mut begin = from;
        let within = |at: &i64| *at > from && *at < to;
        for at in self.changes.iter().map(|(at, _)| *at).filter(within) {
            found.push(Stretch {
                from: begin,
                to: at,
                ahead: self.ahead_at(begin),
            });
            begin = at;
        }
        if begin < to {
            found.push(Stretch {
                from: begin,
                to,
                ahead: self.ahead_at(begin),
            });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Date;

    const HOUR: i64 = 3_600_000;

    fn at(day: &str, minutes: i64) -> i64 {
        Date::parse(day).unwrap().start().0 + minutes * MINUTE_MS
    }

    #[test]
    fn clocks_of_berlin_are_put_forward_and_back() {
        let zone = Zone::named("europe/berlin").unwrap();
        assert_eq!(zone.ahead_at(at("2025-01-15", 0)), HOUR);
        assert_eq!(zone.ahead_at(at("2025-03-30", 59)), HOUR);
        assert_eq!(zone.ahead_at(at("2025-03-30", 60)), 2 * HOUR);
        assert_eq!(zone.ahead_at(at("2025-10-26", 59)), 2 * HOUR);
        assert_eq!(zone.ahead_at(at("2025-10-26", 60)), HOUR);
    }

    #[test]
    fn a_time_that_is_skipped_is_later_and_one_shown_twice_is_the_first() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(zone.utc_of(at("2025-03-30", 119)), at("2025-03-30", 59));
        assert_eq!(zone.utc_of(at("2025-03-30", 150)), at("2025-03-30", 90));
        assert_eq!(zone.utc_of(at("2025-03-30", 180)), at("2025-03-30", 60));
        assert_eq!(zone.utc_of(at("2025-10-26", 150)), at("2025-10-26", 30));
        assert_eq!(zone.utc_of(at("2025-10-26", 180)), at("2025-10-26", 120));
    }

    #[test]
    fn zones_of_half_and_quarter_hours_are_known() {
        for (name, minutes) in [
            ("Asia/Kolkata", 330),
            ("Asia/Kathmandu", 345),
            ("Australia/Eucla", 525),
            ("America/St_Johns", -210),
            ("UTC", 0),
        ] {
            let zone = Zone::named(name).unwrap();
            assert_eq!(zone.ahead_at(at("2025-01-15", 0)), minutes * MINUTE_MS);
        }
        assert_eq!(Zone::named("Mars/Olympus"), None);
        assert_eq!(Zone::named(""), None);
    }

    #[test]
    fn a_constant_zone_shifts_all_times_alike() {
        let zone = Zone::fixed(90);
        assert_eq!(zone.shift(true), Some(90 * MINUTE_MS));
        assert_eq!(zone.for_utc().shift(false), Some(-90 * MINUTE_MS));
        assert_eq!(zone.of_utc(0), 90 * MINUTE_MS);
        assert_eq!(
            Zone::named("Asia/Tokyo").unwrap().constant(),
            Some(9 * HOUR)
        );
    }

    #[test]
    fn stretches_follow_one_another() {
        let zone = Zone::named("America/New_York").unwrap();
        let stretches = zone.stretches(at("2025-01-01", 0), at("2026-01-01", 0));
        assert_eq!(stretches.len(), 3);
        for pair in stretches.windows(2) {
            assert_eq!(pair[0].to, pair[1].from);
        }
        assert_eq!(stretches[1].ahead, -4 * HOUR);
        assert!(zone.stretches(5, 5).is_empty());
    }
}
