//! How long something took, as people and systems write it: `48:30:00`, `1d 4h`, `PT4H30M`.

use std::sync::LazyLock;

use super::fold;
use super::lexicon::Lexicon;
use crate::engine::options::ClockForm;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;
const WEEK: f64 = 604_800.0;

/// What one cell says about how long something took.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Evidence {
    /// Not a duration.
    NotADuration,
    /// A duration with one reading.
    Certain,
    /// Hours, minutes and seconds between colons.
    ThreeParts,
    /// Two numbers with a colon, such as `12:30`, the first of them at most 59.
    TwoParts,
    /// The same with a first number above 59, which a clock of hours, minutes and seconds would
    /// not write as minutes.
    TwoPartsAbove,
}

/// What the cell says about how long something took.
pub fn evidence(text: &str) -> Evidence {
    let Some(long) = parse(text, ClockForm::HoursMinutes) else {
        return Evidence::NotADuration;
    };
    let short = parse(text, ClockForm::MinutesSeconds);
    if short.is_some_and(|short| short.to_bits() != long.to_bits()) {
        return if long < 60.0 * HOUR {
            Evidence::TwoParts
        } else {
            Evidence::TwoPartsAbove
        };
    }
    if text.bytes().filter(|b| *b == b':').count() == 2 {
        Evidence::ThreeParts
    } else {
        Evidence::Certain
    }
}

/// The seconds in the cell; `None` where the whole cell is no duration. Plain numbers are none,
/// because only the header knows their unit; nor are negative ones, months and years.
///
/// A day is 24 hours and a week 7 days. `form` decides what `12:30` is.
pub fn parse(text: &str, form: ClockForm) -> Option<f64> {
    let bytes = text.as_bytes();
    // A look at the characters spares most cells the work.
    let hopeless = |b: &u8| matches!(b, b'-' | b'/' | b'_' | b'@' | b'#' | b'$' | b'%');
    if !(2..=60).contains(&bytes.len())
        || bytes.iter().all(u8::is_ascii_digit)
        || bytes.iter().any(hopeless)
    {
        return None;
    }
    let folded = fold::plain(text);
    if let Some(rest) = folded.strip_prefix(['P', 'p']) {
        return iso(rest);
    }
    if !folded.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if folded.contains(':') {
        // `05:34 hrs` says itself what it counts.
        let (clock, said) = without_unit(&folded)?;
        with_clock(clock, said.unwrap_or(form))
    } else if folded.contains('(') {
        with_units(&without_endings(&folded)?)
    } else {
        with_units(&folded)
    }
}

/// A clock without the unit behind it, and what two numbers with a colon count beside that unit;
/// `None` where another word stands there.
fn without_unit(text: &str) -> Option<(&str, Option<ClockForm>)> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    let clock = trimmed.trim_end_matches(char::is_alphabetic);
    let word = trimmed.get(clock.len()..)?;
    if word.is_empty() {
        return Some((text, None));
    }
    let seconds = unit(&fold::word(word))?;
    let form = [
        (HOUR, ClockForm::HoursMinutes),
        (MINUTE, ClockForm::MinutesSeconds),
    ]
    .into_iter()
    .find(|(known, _)| known.to_bits() == seconds.to_bits())
    .map(|(_, form)| form)?;
    Some((clock.trim_end(), Some(form)))
}

/// The text without the endings that forms leave open, as in `2 Day(s) 1 Hour(s)`; `None` where
/// anything else stands in brackets.
fn without_endings(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((front, behind)) = rest.split_once('(') {
        let (ending, tail) = behind.split_once(')')?;
        let is_ending = (1..=3).contains(&ending.chars().count())
            && ending.chars().all(char::is_alphabetic)
            && front.ends_with(char::is_alphabetic);
        if !is_ending {
            return None;
        }
        plain.push_str(front);
        rest = tail;
    }
    plain.push_str(rest);
    Some(plain)
}

/// `H:MM:SS[.f]`, `H:MM`, and days in front: `1 day, 4:05:06`, `1d 4:05`, `1.04:05:06`.
fn with_clock(text: &str, form: ClockForm) -> Option<f64> {
    let start = text
        .rfind(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
        .map_or(0, |at| at + 1);
    let (front, clock) = text.split_at_checked(start)?;
    let front = front.trim().trim_end_matches(',');
    let (mut days, clock) = match clock.split_once('.') {
        // .NET writes days and a dot before the hours.
        Some((days, rest)) if front.is_empty() && !days.contains(':') && rest.contains(':') => {
            (days.parse::<f64>().ok()?, rest)
        }
        _ => (0.0, clock),
    };
    if !front.is_empty() {
        let seconds = with_units(front)?;
        if seconds.rem_euclid(DAY) > 0.0 {
            return None;
        }
        days = seconds / DAY;
    }
    let parts: Vec<&str> = clock.split(':').collect();
    let two = |part: &str| {
        (part.len() == 2)
            .then(|| part.parse::<f64>().ok())
            .flatten()
            .filter(|number| *number < 60.0)
    };
    let whole = |part: &str| {
        (!part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<f64>().ok())
            .flatten()
    };
    let seconds = match *parts.as_slice() {
        [hours, minutes, seconds] => {
            let (seconds, fraction) = match seconds.split_once('.') {
                Some((seconds, fraction)) => (two(seconds)?, decimals(fraction)?),
                None => (two(seconds)?, 0.0),
            };
            whole(hours)? * HOUR + two(minutes)? * MINUTE + seconds + fraction
        }
        // Days in front leave no doubt. `00:00.0` has lost its hours to a spreadsheet.
        [hours, minutes] if days > 0.0 || form == ClockForm::HoursMinutes => {
            whole(hours)? * HOUR + two(minutes)? * MINUTE
        }
        [minutes, seconds] => whole(minutes)? * MINUTE + two(seconds)?,
        [d, hours, minutes, seconds] if front.is_empty() => {
            whole(d)? * DAY + two(hours)? * HOUR + two(minutes)? * MINUTE + two(seconds)?
        }
        _ => return None,
    };
    // Beside days, hours run to 23 only.
    if days > 0.0 && seconds >= DAY {
        return None;
    }
    Some(days * DAY + seconds)
}

fn decimals(digits: &str) -> Option<f64> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    format!("0.{digits}").parse().ok()
}

/// `1d 4h`, `2 days, 3 hours and 5 minutes`, `1,5 Std`, `1h30`: units from long to short, each once.
fn with_units(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut smallest = f64::INFINITY;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
            .unwrap_or(rest.len());
        let (amount, tail) = rest.split_at_checked(end)?;
        let amount = number(amount)?;
        let tail = tail.trim_start();
        let end = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let (word, tail) = tail.split_at_checked(end)?;
        let seconds = if word.is_empty() && tail.is_empty() && smallest.to_bits() == HOUR.to_bits()
        {
            // `1h30` and `1 h 30`.
            (amount < 60.0).then_some(MINUTE)?
        } else if word.is_empty() {
            return None;
        } else {
            unit(&fold::word(word))?
        };
        if seconds >= smallest {
            return None;
        }
        smallest = seconds;
        total += amount * seconds;
        rest = tail.trim_start_matches(['.', ',', ' ']);
        for word in ["and ", "und ", "et ", "y ", "e ", "en "] {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
    }
    smallest.is_finite().then_some(total)
}

fn number(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 12 {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

/// Seconds in a unit that a word names, in English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Danish, Norwegian, Swedish, Chinese, Japanese and Korean.
fn unit(word: &str) -> Option<f64> {
    let place = UNIT_WORDS.find(word)?;
    SECONDS.get(place as usize).copied()
}

const SECONDS: [f64; 6] = [0.001, 1.0, MINUTE, HOUR, DAY, WEEK];

static UNIT_WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            0,
            "ms msec msecs millisecond milliseconds millisekunden millisecondes milisegundos",
        ),
        (
            1,
            "s sec secs second seconds sek sekunde sekunden seconde secondes seg segs segundo segundos secondo secondi seconden sekund sekunder 秒 초",
        ),
        (
            2,
            "m min mins minute minutes minuten minuto minutos minuti minuut minut minuter minutter 分 分钟 分鐘 分間 분",
        ),
        (
            3,
            "h hr hrs hour hours std stunde stunden heure heures hora horas hs ora ore uur uren u t time timer timme timmar 時間 小时 小時 시간",
        ),
        (
            4,
            "d day days tag tage tagen j jour jours dia dias giorno giorni g gg dag dagen dage dager dagar 天 日 일",
        ),
        (
            5,
            "w wk wks week weeks woche wochen sem semaine semaines semana semanas settimana settimane weken uge uger uke uker vecka veckor 周 週 週間 주",
        ),
    ])
});

/// ISO 8601 behind its `P`: `1DT4H30M`, `T90S`, `2W`. Months and years have no fixed length.
fn iso(text: &str) -> Option<f64> {
    let (days, time) = match text.split_once(['T', 't']) {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None => (text, ""),
    };
    let mut total = 0.0;
    let mut found = false;
    for (part, units) in [
        (days, [('W', WEEK), ('D', DAY), ('\0', 0.0)]),
        (time, [('H', HOUR), ('M', MINUTE), ('S', 1.0)]),
    ] {
        let mut rest = part;
        let mut units = units.iter();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let (amount, tail) = rest.split_at_checked(end)?;
            let letter = tail.chars().next()?.to_ascii_uppercase();
            let (_, seconds) = units.find(|(known, _)| *known == letter)?;
            total += number(amount)? * seconds;
            found = true;
            rest = tail.get(1..)?;
        }
    }
    found.then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, hours: Option<f64>) {
        let found = parse(text, ClockForm::HoursMinutes).map(|seconds| seconds / 3_600.0);
        match (found, hours) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{text}: {a}"),
            (a, b) => assert_eq!(a.is_some(), b.is_some(), "{text}"),
        }
    }

    #[test]
    fn durations_are_read_in_the_forms_of_exports() {
        for (text, hours) in [
            ("48:30:00", 48.5),
            ("0:00:36", 0.01),
            ("120:15:00.9", 120.250_25),
            ("1d 4h", 28.0),
            ("1d4h30m", 28.5),
            ("2 days 3 hours", 51.0),
            ("2 days, 3 hours and 30 minutes", 51.5),
            ("1 Tag 4 Std.", 28.0),
            ("1 jour 4 heures", 28.0),
            ("3 días 2 horas", 74.0),
            ("1.5h", 1.5),
            ("1,5 Std", 1.5),
            ("90 min", 1.5),
            ("1h30", 1.5),
            ("1 h 30", 1.5),
            ("P1DT4H30M", 28.5),
            ("PT90M", 1.5),
            ("PT0.5H", 0.5),
            ("P2W", 336.0),
            ("1 day, 4:05:06", 28.085),
            ("2 days, 0:00:00", 48.0),
            ("1d 4:30", 28.5),
            ("1.04:30:00", 28.5),
            ("1:04:30:00", 28.5),
            ("2小时", 2.0),
            ("0 Day(s) 5 Hour(s) 34 Minute(s)", 5.0 + 34.0 / 60.0),
            ("1 Tag(e) 2 Stunde(n)", 26.0),
            ("3 jour(s) 1 heure(s)", 73.0),
            ("05:34 hrs", 5.0 + 34.0 / 60.0),
            ("26:01 hrs", 26.0 + 1.0 / 60.0),
            ("90:30 min", 1.0 + 30.5 / 60.0),
            ("1:30:00 h", 1.5),
        ] {
            check(text, Some(hours));
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in [
            "",
            "12",
            "12.5",
            "-1:00:00",
            "00:00.0",
            "1:60:00",
            "1:00:60",
            "10:30 AM",
            "1:2:3",
            "P1M",
            "P1Y",
            "PT",
            "P",
            "1h 2d",
            "1h 1h",
            "4 apples",
            "::",
            "1:",
            "2024-02-29 10:30:00",
            "29.02.2024 10:30",
            "1 day, 25:00:00",
            "1 hour, 4:05:06",
            "about 2 hours",
            "2 hours (approx)",
            "2 (s)",
            "05:34 days",
            "05:34 apples",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn two_numbers_with_a_colon_wait_for_the_column() {
        assert_eq!(evidence("12:30"), Evidence::TwoParts);
        assert_eq!(evidence("75:30"), Evidence::TwoPartsAbove);
        assert_eq!(evidence("0:00"), Evidence::Certain);
        assert_eq!(evidence("12:30:00"), Evidence::ThreeParts);
        assert_eq!(evidence("1d 4h"), Evidence::Certain);
        assert_eq!(evidence("12:30 hrs"), Evidence::Certain);
        assert_eq!(evidence("12:30 min"), Evidence::Certain);
        assert_eq!(evidence("12"), Evidence::NotADuration);
        let seconds = parse("12:30", ClockForm::MinutesSeconds);
        assert_eq!(seconds.map(f64::to_bits), Some(750.0_f64.to_bits()));
    }

    /// A slow way to the same number: count the seconds off one unit at a time.
    #[test]
    fn clocks_agree_with_counting() {
        let (mut hours, mut minutes, mut seconds) = (0, 0, 0);
        for total in 0..200_000_u32 {
            if total % 7 == 0 {
                let text = format!("{hours}:{minutes:02}:{seconds:02}");
                let found = parse(&text, ClockForm::HoursMinutes);
                assert_eq!(found.map(f64::to_bits), Some(f64::from(total).to_bits()));
            }
            seconds += 1;
            if seconds == 60 {
                (seconds, minutes) = (0, minutes + 1);
            }
            if minutes == 60 {
                (minutes, hours) = (0, hours + 1);
            }
        }
    }
}
