//! The time of day inside a written date: `14:05:06`, `2:05 p. m.`, `23 h 59`, `오후 11:59`.

use super::clock_reader::Reader;
use super::date_tokens::Token;
use super::day_halves::half;

/// A time of day, and which pieces of the text it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    /// Milliseconds after midnight; `24:00` is the end of the day.
    pub(super) time_ms: i64,
    /// Minutes east of UTC, where an offset is written.
    pub(super) offset_minutes: Option<i32>,
    /// Place of its first piece.
    pub(super) from: usize,
    /// Place behind its last piece.
    pub(super) to: usize,
}

/// What a search for a time of day brings.
pub(super) enum Found {
    /// No sign of one.
    Nothing,
    /// A colon or a sign of hours that makes no time of day.
    Broken,
    /// A time of day.
    Time(Clock),
}

/// The time of day that is marked by a colon, a sign of hours, or morning and afternoon.
pub(super) fn find(tokens: &[Token]) -> Found {
    let place = tokens.iter().position(|token| token.mark() == Some(':'));
    let clock = if let Some(colon) = place {
        with_colon(tokens, colon)
    } else if let Some(clock) = packed(tokens) {
        Some(clock)
    } else if let Some(hour) = (0..tokens.len()).find(|place| is_hour_sign_behind(tokens, *place)) {
        with_sign(tokens, hour)
    } else if let Some(hour) = (0..tokens.len()).find(|place| is_half_behind(tokens, *place)) {
        Reader::at(tokens, hour).finish(0, 0, 0)
    } else {
        return Found::Nothing;
    };
    clock.map_or(Found::Broken, Found::Time)
}

/// A time of day at the end that is written with dots, as Finns, Danes and Indonesians do. It
/// looks like a part of a date, so it is only looked for where the whole makes no date.
pub(super) fn find_dotted(tokens: &[Token]) -> Option<Clock> {
    let starts = |place: &usize| {
        let at = |offset: usize| tokens.get(place + offset);
        place
            .checked_sub(1)
            .is_some_and(|before| tokens.get(before) == Some(&Token::Blank))
            && at(0).is_some_and(|token| token.number(1, 2).is_some())
            && at(1).and_then(Token::mark) == Some('.')
            && at(2).is_some_and(|token| token.number(2, 2).is_some())
    };
    let place = (0..tokens.len()).rev().find(starts)?;
    let mut reader = Reader::at(tokens, place);
    reader.place = place + 2;
    let minute = reader.number(2, 2)?;
    let second = if reader.mark('.') {
        reader.number(2, 2)?
    } else {
        0
    };
    let clock = reader.finish(minute, second, 0)?;
    (clock.to == tokens.len()).then_some(clock)
}

fn with_colon(tokens: &[Token], colon: usize) -> Option<Clock> {
    let mut reader = Reader::at(tokens, colon.checked_sub(1)?);
    reader.place = colon + 1;
    let minute = reader.number(2, 2)?;
    let mut second = 0;
    let mut millis = 0;
    if reader.mark(':') {
        second = reader.number(2, 2)?;
        if matches!(reader.peek().and_then(Token::mark), Some('.' | ',' | ':'))
            && let Some(Token::Number { value, digits }) = tokens.get(reader.place + 1)
        {
            millis = thousandths(*value, *digits);
            reader.place += 2;
        }
    } else if reader.peek().and_then(Token::mark) == Some('.')
        && matches!(tokens.get(reader.place + 1), Some(Token::Number { .. }))
    {
        // `00:00.0` is a time of which a spreadsheet has lost the hours.
        return None;
    }
    if reader.peek().and_then(Token::mark) == Some(':') {
        return None;
    }
    reader.finish(minute, second, millis)
}

/// The first three digits behind the decimal mark.
fn thousandths(value: u64, digits: usize) -> i64 {
    let mut millis = value;
    for _ in digits..3 {
        millis *= 10;
    }
    for _ in 3..digits {
        millis = millis.div_euclid(10);
    }
    millis.cast_signed()
}

/// `20240229T235900` and the same with a blank or a hyphen.
fn packed(tokens: &[Token]) -> Option<Clock> {
    tokens.first()?.number(8, 8)?;
    let divided = match tokens.get(1)? {
        Token::Blank | Token::Mark('-') => true,
        other => other.word() == Some("t"),
    };
    let Token::Number { value, digits } = *tokens.get(2)? else {
        return None;
    };
    let value = u32::try_from(value).ok()?;
    let (hour, minute, second) = match digits {
        4 => (value.div_euclid(100), value % 100, 0),
        6 => (
            value.div_euclid(10_000),
            value.div_euclid(100) % 100,
            value % 100,
        ),
        _ => return None,
    };
    let mut reader = Reader::at(tokens, 2);
    reader.hour = Some(hour);
    reader.place = 3;
    divided.then(|| reader.finish(minute, second, 0)).flatten()
}

/// `23 h 59`, `14 Uhr 30`, `11時59分`, `11시 59분`.
fn with_sign(tokens: &[Token], hour: usize) -> Option<Clock> {
    let mut reader = Reader::at(tokens, hour);
    reader.blank();
    reader.place += 1;
    let end_of_hours = reader.place;
    reader.blank();
    let minute = reader.number(1, 2);
    if minute.is_none() {
        reader.place = end_of_hours;
    }
    let mut second = None;
    if minute.is_some() && reader.sign(&['分'], &["min", "m", "mn"]) {
        let end_of_minutes = reader.place;
        reader.blank();
        second = reader
            .number(1, 2)
            .filter(|_| reader.sign(&['秒', '초'], &["s", "sec"]));
        if second.is_none() {
            reader.place = end_of_minutes;
        }
    }
    reader.finish(minute.unwrap_or(0), second.unwrap_or(0), 0)
}

fn is_hour_sign_behind(tokens: &[Token], place: usize) -> bool {
    let Some(token) = tokens.get(place) else {
        return false;
    };
    let behind = tokens
        .iter()
        .skip(place + 1)
        .find(|token| **token != Token::Blank);
    token.number(1, 2).is_some()
        && behind.is_some_and(|sign| {
            matches!(sign.mark(), Some('時' | '时' | '시'))
                || matches!(sign.word(), Some("h" | "hs" | "uhr" | "u"))
        })
}

fn is_half_behind(tokens: &[Token], place: usize) -> bool {
    let Some(token) = tokens.get(place) else {
        return false;
    };
    let behind = tokens
        .iter()
        .skip(place + 1)
        .find(|token| **token != Token::Blank);
    token.number(1, 2).is_some()
        && behind
            .and_then(Token::word)
            .is_some_and(|word| word.len() > 1 && half(word).is_some())
}
