//! Moments written in one ISO form, held as numbers that can be written back as they stood.

use std::collections::TryReserveError;

use super::eight::{above_nine, pairs, word};
use super::value::date;
use crate::engine::base::date::{DAY_MS, days_in_month};
use crate::engine::base::{Date, Instant, Zone};

/// Stands for "no moment" in lists of moments.
pub const NO_INSTANT: i64 = i64::MIN;

/// The longest zone that is kept as a word.
const LONGEST_ZONE: usize = 8;

/// Moments of a column, one a row.
#[derive(Clone, Debug)]
pub struct Instants {
    form: Form,
    /// Moments in UTC where a zone is written, else as written, in parts of a millisecond (see
    /// [`Form::per_ms`]); [`NO_INSTANT`] is empty.
    ticks: Vec<i64>,
    /// The zones in use, the first one first.
    zones: Vec<WrittenZone>,
    /// The place of each row's zone, where there is more than one zone.
    zone_of_row: Vec<u8>,
    month: KnownMonth,
}

/// Which parts of `2024-01-31T10:20:30.123Z` the cells write.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Form {
    /// Between day and time; absent where only days are written.
    separator: Option<u8>,
    seconds: bool,
    /// The decimal mark of seconds, and how many places follow.
    fraction: Option<(u8, u8)>,
}

/// What follows the time, such as `Z`, and what it says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct WrittenZone {
    written: u64,
    len: usize,
    minutes: i64,
}

/// The month that was read last: most cells are of the same month as the one before.
#[derive(Clone, Copy, Debug, Default)]
struct KnownMonth {
    /// `2024-01-` as it stands.
    written: u64,
    /// The day before its first, counted from 1970.
    before: i64,
    days: u64,
}

impl Form {
    const fn core_len(self) -> usize {
        match (self.separator, self.seconds) {
            (None, _) => 10,
            (Some(_), false) => 16,
            (Some(_), true) => 19,
        }
    }

    const fn len(self) -> usize {
        self.core_len()
            + match self.fraction {
                Some((_, places)) => 1 + places as usize,
                None => 0,
            }
    }

    /// How many parts a millisecond has: enough that no written digit is lost.
    const fn per_ms(self) -> i64 {
        match self.fraction {
            Some((_, places @ 4..)) => 10_i64.pow(places as u32 - 3),
            _ => 1,
        }
    }

    /// The form of a text that reads as a date in ISO form.
    fn of(text: &[u8]) -> Option<Self> {
        let form = match text {
            [_, _, _, _, _, _, _, _, _, _] => Self {
                separator: None,
                seconds: false,
                fraction: None,
            },
            [
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                separator,
                _,
                _,
                b':',
                _,
                _,
                rest @ ..,
            ] => {
                let (seconds, rest) = match rest {
                    [b':', _, _, rest @ ..] => (true, rest),
                    _ => (false, rest),
                };
                let fraction = match rest {
                    [mark @ (b'.' | b','), rest @ ..] => {
                        let places = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                        Some((*mark, u8::try_from(places).ok()?))
                    }
                    _ => None,
                };
                Self {
                    separator: Some(*separator),
                    seconds,
                    fraction,
                }
            }
            _ => return None,
        };
        match form.fraction {
            // Nine places still fit into the number, and nobody writes a fraction of a minute.
            Some((_, 1..=9)) if form.seconds => Some(form),
            None => Some(form),
            _ => None,
        }
    }
}

impl Instants {
    /// No moments yet, of the form of this text; `None` where it is no moment in ISO form.
    pub fn like(text: &str) -> Option<Self> {
        date::parse_iso(text.as_bytes())?;
        let form = Form::of(text.as_bytes())?;
        let mut instants = Self {
            form,
            ticks: Vec::new(),
            zones: Vec::new(),
            zone_of_row: Vec::new(),
            month: KnownMonth::default(),
        };
        instants.read(text.as_bytes(), 0, text.len())?;
        Some(instants)
    }

    /// How many rows.
    pub const fn rows(&self) -> usize {
        self.ticks.len()
    }

    /// Whether the cells carry an offset from UTC.
    pub fn zoned(&self) -> bool {
        self.zones.first().is_some_and(|zone| zone.len > 0)
    }

    /// Whether only days are written, without a time.
    pub const fn days_only(&self) -> bool {
        self.form.separator.is_none()
    }

    /// Makes room for so many more rows.
    pub fn try_reserve(&mut self, rows: usize) -> Result<(), TryReserveError> {
        self.ticks.try_reserve_exact(rows)
    }

    /// The next row, empty.
    pub fn push_empty(&mut self) {
        self.put(NO_INSTANT, 0);
    }

    /// The next row; nothing is put where the text is not of the form.
    #[inline]
    pub fn push_at(&mut self, bytes: &[u8], at: usize, len: usize) -> bool {
        let Some((ticks, zone)) = self.read(bytes, at, len) else {
            return false;
        };
        self.put(ticks, zone);
        true
    }

    #[inline]
    fn put(&mut self, ticks: i64, zone: usize) {
        if self.zones.len() > 1 {
            // Rows before the second zone was seen are of the first.
            self.zone_of_row.resize(self.ticks.len(), 0);
            self.zone_of_row.push(zone as u8);
        }
        self.ticks.push(ticks);
    }

    #[inline]
    fn read(&mut self, bytes: &[u8], at: usize, len: usize) -> Option<(i64, usize)> {
        let form = self.form;
        let zone_len = len.checked_sub(form.len())?;
        let zone = if zone_len == 0 {
            0
        } else {
            word(bytes, at + form.len(), zone_len)
        };
        let place = match self.zones.first() {
            Some(first) if first.written == zone && first.len == zone_len => 0,
            _ => self.place_of_zone(bytes, at, len, zone_len)?,
        };
        let day = self.day(word(bytes, at, 8), bytes, at)?;
        let seconds = match form.separator {
            None => 0,
            Some(separator) => time(bytes, at, separator, form.seconds)?,
        };
        let mut ticks = (day * 86_400 + seconds as i64) * 1_000;
        if let Some((mark, places)) = form.fraction {
            ticks = with_fraction(ticks, bytes, at + form.core_len(), mark, places as usize)?;
        }
        let minutes = self.zones.get(place)?.minutes;
        Some((ticks - minutes * 60_000 * form.per_ms(), place))
    }

    /// Days since 1970 of the date at `at`, whose first eight bytes are given.
    #[inline]
    fn day(&mut self, year_and_month: u64, bytes: &[u8], at: usize) -> Option<i64> {
        if year_and_month != self.month.written {
            self.month = month(year_and_month)?;
        }
        let digits = word(bytes, at + 8, 2) ^ 0x3030;
        if above_nine(digits) != 0 {
            return None;
        }
        let day = pairs(digits) & 0xFF;
        (1..=self.month.days)
            .contains(&day)
            .then_some(self.month.before + day as i64)
    }

    /// The place of a zone other than the first; a new one where it was not seen yet.
    #[cold]
    fn place_of_zone(
        &mut self,
        bytes: &[u8],
        at: usize,
        len: usize,
        zone_len: usize,
    ) -> Option<usize> {
        if zone_len > LONGEST_ZONE
            || self
                .zones
                .first()
                .is_some_and(|zone| (zone.len > 0) != (zone_len > 0))
        {
            return None;
        }
        // Seconds or a fraction that the form does not have are no zone.
        let zone = bytes.get(at + len - zone_len..at + len)?;
        if let [b'0'..=b'9' | b':' | b'.' | b',', ..] = zone {
            return None;
        }
        let written = word(bytes, at + len - zone_len, zone_len);
        let known = |zone: &WrittenZone| zone.written == written && zone.len == zone_len;
        if let Some(place) = self.zones.iter().position(known) {
            return Some(place);
        }
        let stamp = date::parse_iso(bytes.get(at..at + len)?)?;
        if self.zones.len() > usize::from(u8::MAX) {
            return None;
        }
        self.zones.push(WrittenZone {
            written,
            len: zone_len,
            minutes: i64::from(stamp.offset_minutes.unwrap_or(0)),
        });
        Some(self.zones.len() - 1)
    }

    /// Milliseconds since 1970 in the report's zone; [`NO_INSTANT`] is empty.
    pub fn in_zone(&self, zone: &Zone) -> Vec<i64> {
        let per_ms = self.form.per_ms();
        let Some(shift) = zone.shift(self.zoned()) else {
            return self.in_changing_zone(zone);
        };
        match (per_ms, shift) {
            (1, 0) => self.ticks.clone(),
            (1, _) => self
                .ticks
                .iter()
                .map(|&ticks| {
                    if ticks == NO_INSTANT {
                        ticks
                    } else {
                        ticks + shift
                    }
                })
                .collect(),
            _ => self
                .ticks
                .iter()
                .map(|&ticks| {
                    if ticks == NO_INSTANT {
                        ticks
                    } else {
                        ticks.div_euclid(per_ms) + shift
                    }
                })
                .collect(),
        }
    }

    /// The same where clocks are put forward and back.
    fn in_changing_zone(&self, zone: &Zone) -> Vec<i64> {
        let per_ms = self.form.per_ms();
        let zoned = self.zoned();
        let moment = |&ticks: &i64| match ticks {
            NO_INSTANT => NO_INSTANT,
            _ if zoned => zone.of_utc(ticks.div_euclid(per_ms)),
            _ => zone.of_written(ticks.div_euclid(per_ms)),
        };
        self.ticks.iter().map(moment).collect()
    }

    /// The latest of [`Instants::in_zone`] before a moment; nothing without rows before it.
    pub fn latest_before(&self, end: i64, zone: &Zone) -> Option<i64> {
        let per_ms = self.form.per_ms();
        let Some(shift) = zone.shift(self.zoned()) else {
            let moments = self.in_changing_zone(zone).into_iter();
            return moments.filter(|moment| *moment < end).max();
        };
        // As the ticks of no moment are the least of all, they need no look of their own.
        let end = (end - shift).saturating_mul(per_ms);
        let ticks = self.ticks.iter().copied().filter(|ticks| *ticks < end);
        let latest = ticks.max()?;
        Some(if latest == NO_INSTANT {
            latest
        } else {
            latest.div_euclid(per_ms) + shift
        })
    }

    /// How many rows hold a moment.
    pub fn filled(&self) -> usize {
        self.ticks
            .iter()
            .filter(|&&ticks| ticks != NO_INSTANT)
            .count()
    }

    /// The cell of a row as it stood; empty for an empty row.
    pub fn text(&self, row: usize) -> String {
        let ticks = self.ticks.get(row).copied().unwrap_or(NO_INSTANT);
        let zone = match self.zone_of_row.get(row) {
            Some(place) => self.zones.get(usize::from(*place)),
            None => self.zones.first(),
        };
        match zone {
            Some(zone) if ticks != NO_INSTANT => self.written(ticks, *zone),
            _ => String::new(),
        }
    }

    fn written(&self, ticks: i64, zone: WrittenZone) -> String {
        let per_ms = self.form.per_ms();
        let local = ticks + zone.minutes * 60_000 * per_ms;
        let ms = local.div_euclid(per_ms);
        let mut text = Instant(ms).date().to_string();
        let Some(separator) = self.form.separator else {
            return text;
        };
        let seconds = ms.rem_euclid(DAY_MS).div_euclid(1_000);
        let (hour, minute) = (
            seconds.div_euclid(3_600),
            seconds.div_euclid(60).rem_euclid(60),
        );
        text.push(char::from(separator));
        let time = if self.form.seconds {
            format!("{hour:02}:{minute:02}:{:02}", seconds.rem_euclid(60))
        } else {
            format!("{hour:02}:{minute:02}")
        };
        text.push_str(&time);
        if let Some((mark, places)) = self.form.fraction {
            let part = local.rem_euclid(1_000 * per_ms);
            let digits = format!("{part:0width$}", width = usize::from(places).max(3));
            text.push(char::from(mark));
            text.extend(digits.chars().take(usize::from(places)));
        }
        text.extend(
            zone.written
                .to_le_bytes()
                .iter()
                .take(zone.len)
                .map(|byte| char::from(*byte)),
        );
        text
    }
}

/// The month in `2024-01-`, which stands in one word.
fn month(written: u64) -> Option<KnownMonth> {
    let digits = written ^ u64::from_le_bytes(*b"0000-00-");
    if above_nine(digits) != 0 || digits & 0xFF00_00FF_0000_0000 != 0 {
        return None;
    }
    let pairs = pairs(digits);
    let year = (pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF);
    let month = (pairs >> 40 & 0xFF) as u32;
    if !(1900..=2199).contains(&year) {
        return None;
    }
    let first = Date::from_ymd(year as i32, month, 1)?;
    Some(KnownMonth {
        written,
        before: i64::from(first.0) - 1,
        days: u64::from(days_in_month(year as i32, month)),
    })
}

/// Seconds since midnight of the time in `2024-01-31T10:20:30`.
#[inline]
fn time(bytes: &[u8], at: usize, separator: u8, seconds: bool) -> Option<u64> {
    // The word that ends with the minutes: `31T10:20`.
    let form = u64::from_le_bytes(*b"00\x0000:00") | u64::from(separator) << 16;
    let upper = word(bytes, at + 8, 8) ^ form;
    let lower = if seconds {
        word(bytes, at + 11, 8) ^ u64::from_le_bytes(*b"00:00:00")
    } else {
        0
    };
    let marks = (upper | lower) & 0x0000_FF00_00FF_0000;
    if above_nine(upper) | above_nine(lower) | marks != 0 {
        return None;
    }
    let (upper, lower) = (pairs(upper), pairs(lower));
    let (hour, minute) = (upper >> 24 & 0xFF, upper >> 48 & 0xFF);
    // A leap second would be written back as the next minute, so it is kept as text.
    let second = lower >> 48 & 0xFF;
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3_600 + minute * 60 + second)
}

/// Milliseconds made finer where the fraction has more than three places.
#[inline]
fn with_fraction(ms: i64, bytes: &[u8], at: usize, mark: u8, places: usize) -> Option<i64> {
    if bytes.get(at) != Some(&mark) {
        return None;
    }
    let written = super::eight::digits(bytes, at + 1, places)? as i64;
    Some(if places <= 3 {
        ms + written * 10_i64.pow(3 - places as u32)
    } else {
        ms * 10_i64.pow(places as u32 - 3) + written
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads texts of one form, and says how each is written back; `None` where it does not fit.
    fn written_back(texts: &[&str]) -> Vec<Option<String>> {
        let mut instants = Instants::like(texts[0]).unwrap();
        texts
            .iter()
            .map(|text| {
                let line = format!("x{text},next cell");
                let row = instants.rows();
                instants
                    .push_at(line.as_bytes(), 1, text.len())
                    .then(|| instants.text(row))
            })
            .collect()
    }

    #[test]
    fn moments_are_written_back_as_they_stood_and_mean_what_they_say() {
        for form in [
            "2024-02-29T10:20:30Z",
            "2024-02-29 10:20:30",
            "2024-02-29",
            "1900-01-01",
            "2199-12-31 23:59:59.999999999+15:00",
            "1900-01-01t00:00",
            "2024-02-29T10:20:30.5+01:00",
            "2024-02-29 10:20:30,123456 UTC",
            "2024-02-29T10:20:30.000-0530",
        ] {
            assert_eq!(written_back(&[form]), [Some(form.to_owned())]);
            let mut instants = Instants::like(form).unwrap();
            assert!(instants.push_at(form.as_bytes(), 0, form.len()));
            let stamp = date::parse_iso(form.as_bytes()).unwrap();
            let zone = Zone::fixed(90);
            assert_eq!(instants.in_zone(&zone), [stamp.instant(&zone).0], "{form}");
            assert_eq!(instants.days_only(), stamp.time_ms.is_none());
            assert_eq!(instants.zoned(), stamp.offset_minutes.is_some());
        }
    }

    #[test]
    fn what_reads_differently_or_not_at_all_does_not_fit() {
        let form = "2024-02-29T10:20:30Z";
        for other in [
            "",
            "2024-02-29",
            "2024-02-29T10:20:30",
            "2024-02-29 10:20:30Z",
            "2024-02-29T10:20:60Z",
            "2024-02-29T10:60:30Z",
            "2024-02-29T24:20:30Z",
            "2023-02-29T10:20:30Z",
            "2024-13-29T10:20:30Z",
            "2024-00-29T10:20:30Z",
            "2024-02-00T10:20:30Z",
            "1899-02-01T10:20:30Z",
            "2024-02-29T10:20:3OZ",
            "2024x02-29T10:20:30Z",
            "2024-02-29T10:20:30Y",
            "2024-02-29T10.20:30Z",
            "2024-02-29T10:20:30.1Z",
        ] {
            assert_eq!(written_back(&[form, other])[1], None, "{other}");
        }
    }

    #[test]
    fn summer_and_winter_time_stand_in_one_column() {
        let texts = [
            "2024-03-30T10:00:00+01:00",
            "2024-04-01T10:00:00+02:00",
            "2024-10-31T10:00:00+01:00",
        ];
        assert_eq!(
            written_back(&texts),
            texts.map(|text| Some(text.to_owned()))
        );
    }
}
