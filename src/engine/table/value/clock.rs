//! The time of day inside a written date: `14:05:06`, `2:05 p. m.`, `23 h 59`, `오후 11:59`.

use super::date_tokens::Token;

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

/// Hours to add for morning (0) and afternoon (12).
fn half(word: &str) -> Option<u32> {
    match word {
        "am" | "a" | "πμ" | "ص" | "صباحا" | "上午" | "午前" | "오전" | "凌晨" | "早上" | "fm"
        | "oo" | "дп" => Some(0),
        "pm" | "p" | "μμ" | "م" | "مساء" | "下午" | "午後" | "오후" | "晚上" | "em" | "os"
        | "пп" => Some(12),
        _ => None,
    }
}

/// Joins `p. m.`, `a.m.` and `μ.μ.` into one word each.
pub(super) fn join_halves(tokens: Vec<Token>) -> Vec<Token> {
    let is_pair = |first: &Token, second: &Token| {
        matches!(
            (first.word(), second.word()),
            (Some("a" | "p"), Some("m")) | (Some("π" | "μ"), Some("μ"))
        )
    };
    if !tokens
        .iter()
        .any(|token| matches!(token.word(), Some("m" | "μ")))
    {
        return tokens;
    }
    let mut joined = Vec::with_capacity(tokens.len());
    let mut rest = tokens.as_slice();
    loop {
        let (first, second, tail) = match rest {
            [first, Token::Mark('.'), Token::Blank, second, tail @ ..]
            | [first, Token::Mark('.') | Token::Blank, second, tail @ ..]
                if is_pair(first, second) =>
            {
                (first, second, tail)
            }
            [first, tail @ ..] => {
                joined.push(first.clone());
                rest = tail;
                continue;
            }
            [] => return joined,
        };
        let letters = first.word().into_iter().chain(second.word());
        joined.push(Token::Word(letters.collect()));
        rest = match tail {
            [Token::Mark('.'), tail @ ..] => tail,
            tail => tail,
        };
    }
}

/// Reads a time of day piece by piece.
struct Reader<'a> {
    tokens: &'a [Token],
    from: usize,
    place: usize,
    hour: Option<u32>,
}

impl<'a> Reader<'a> {
    /// Begins with the hour at this place.
    fn at(tokens: &'a [Token], place: usize) -> Self {
        Self {
            tokens,
            from: place,
            place: place + 1,
            hour: tokens.get(place).and_then(|token| token.number(1, 2)),
        }
    }

    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.place)
    }

    fn blank(&mut self) {
        while self.peek() == Some(&Token::Blank) {
            self.place += 1;
        }
    }

    fn mark(&mut self, mark: char) -> bool {
        let found = self.peek().and_then(Token::mark) == Some(mark);
        self.place += usize::from(found);
        found
    }

    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let number = self.peek()?.number(least, most)?;
        self.place += 1;
        Some(number)
    }

    fn sign(&mut self, marks: &[char], words: &[&str]) -> bool {
        let before = self.place;
        self.blank();
        let found = self.peek().is_some_and(|token| {
            token.mark().is_some_and(|mark| marks.contains(&mark))
                || token.word().is_some_and(|word| words.contains(&word))
        });
        self.place = if found { self.place + 1 } else { before };
        found
    }

    /// Reads what may follow, and checks the time.
    fn finish(mut self, minute: u32, second: u32, millis: i64) -> Option<Clock> {
        let mut hour = self.hour?;
        if let Some(half) = self.half_behind().or_else(|| self.half_in_front()) {
            if hour > 12 {
                return None;
            }
            hour = hour % 12 + half;
        }
        let offset_minutes = self.offset()?;
        let midnight = hour == 24 && minute == 0 && second == 0 && millis == 0;
        if (hour > 23 && !midnight) || minute > 59 || second > 60 {
            return None;
        }
        // `T` between day and time.
        if let Some(before) = self.from.checked_sub(1)
            && self.tokens.get(before).and_then(Token::word) == Some("t")
        {
            self.from = before;
        }
        Some(Clock {
            time_ms: i64::from(hour * 3_600 + minute * 60 + second) * 1_000 + millis,
            offset_minutes,
            from: self.from,
            to: self.place,
        })
    }

    fn half_behind(&mut self) -> Option<u32> {
        let before = self.place;
        self.blank();
        let word = self.peek().and_then(Token::word);
        // `a` and `p` alone stand right behind the minutes.
        let found = word
            .filter(|word| word.len() > 1 || self.place == before)
            .and_then(half);
        self.place = if found.is_some() {
            self.place + 1
        } else {
            before
        };
        found
    }

    fn half_in_front(&mut self) -> Option<u32> {
        let place = (0..self.from)
            .rev()
            .find(|place| self.tokens.get(*place) != Some(&Token::Blank))?;
        let word = self.tokens.get(place)?.word()?;
        let found = half(word).filter(|_| word.len() > 1)?;
        self.from = place;
        Some(found)
    }

    /// The offset from UTC behind the time: `Some(None)` where there is none, `None` where it is
    /// broken.
    fn offset(&mut self) -> Option<Option<i32>> {
        let before = self.place;
        self.blank();
        if let Some(minutes) = self.peek().and_then(Token::word).and_then(zone) {
            self.place += 1;
            return if minutes == 0 && self.is_sign() {
                Some(Some(self.signed_offset()?))
            } else {
                Some(Some(minutes))
            };
        }
        if self.is_sign()
            && let Some(minutes) = self.signed_offset()
        {
            return Some(Some(minutes));
        }
        self.place = before;
        Some(None)
    }

    fn is_sign(&self) -> bool {
        matches!(self.peek().and_then(Token::mark), Some('+' | '-'))
    }

    /// `+0900`, `+09:00`, `+09`, `-5`.
    fn signed_offset(&mut self) -> Option<i32> {
        let start = self.place;
        let sign = if self.mark('-') {
            -1
        } else {
            self.place += 1;
            1
        };
        let (hours, minutes) = if let Some(packed) = self.number(4, 4) {
            (packed.div_euclid(100), packed % 100)
        } else if let Some(hours) = self.number(1, 2) {
            let minutes = if self.mark(':') {
                self.number(2, 2)?
            } else {
                0
            };
            (hours, minutes)
        } else {
            (99, 0)
        };
        // `10:30 -29.02.2024` has no offset.
        let ends = matches!(
            self.peek(),
            None | Some(Token::Blank | Token::Mark('(' | '['))
        );
        if hours > 15 || minutes > 59 || !ends {
            self.place = start;
            return None;
        }
        Some(sign * (hours * 60 + minutes).cast_signed())
    }
}

/// Minutes east of UTC of a named zone.
///
/// # Source
/// RFC 2822, section 4.3, for the names of North America; names of Europe as the EU uses them.
fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "z" | "utc" | "gmt" | "ut" | "wet" => 0,
        "est" | "cdt" => -5,
        "edt" => -4,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        "cet" | "west" | "mez" => 1,
        "cest" | "eet" | "mesz" => 2,
        "eest" => 3,
        _ => return None,
    };
    Some(hours * 60)
}
