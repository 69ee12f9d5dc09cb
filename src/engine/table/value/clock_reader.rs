//! Reads a time of day from its hour on: morning or afternoon, and the offset from UTC.

use super::clock::Clock;
use super::date_tokens::Token;
use super::day_halves::half;

/// Reads a time of day piece by piece.
pub(super) struct Reader<'a> {
    tokens: &'a [Token],
    from: usize,
    /// The next piece.
    pub(super) place: usize,
    /// The hour as written.
    pub(super) hour: Option<u32>,
}

impl<'a> Reader<'a> {
    /// Begins with the hour at this place.
    pub(super) fn at(tokens: &'a [Token], place: usize) -> Self {
        Self {
            tokens,
            from: place,
            place: place + 1,
            hour: tokens.get(place).and_then(|token| token.number(1, 2)),
        }
    }

    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.place)
    }

    pub(super) fn blank(&mut self) {
        while self.peek() == Some(&Token::Blank) {
            self.place += 1;
        }
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        let found = self.peek().and_then(Token::mark) == Some(mark);
        self.place += usize::from(found);
        found
    }

    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let number = self.peek()?.number(least, most)?;
        self.place += 1;
        Some(number)
    }

    pub(super) fn sign(&mut self, marks: &[char], words: &[&str]) -> bool {
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
    pub(super) fn finish(mut self, minute: u32, second: u32, millis: i64) -> Option<Clock> {
        let mut hour = self.hour?;
        if let Some(half) = self.half_behind().or_else(|| self.half_in_front()) {
            if hour > 12 {
                return None;
            }
            hour = hour % 12 + half;
        }
        let offset_minutes = match self.offset() {
            Offset::Nothing => None,
            Offset::Minutes(minutes) => Some(minutes),
            Offset::Broken => return None,
        };
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

    /// The offset from UTC behind the time, where there is one.
    fn offset(&mut self) -> Offset {
        let before = self.place;
        self.blank();
        if let Some(minutes) = self.peek().and_then(Token::word).and_then(zone) {
            self.place += 1;
            return if minutes == 0 && self.is_sign() {
                self.signed_offset().map_or(Offset::Broken, Offset::Minutes)
            } else {
                Offset::Minutes(minutes)
            };
        }
        if self.is_sign()
            && let Some(minutes) = self.signed_offset()
        {
            return Offset::Minutes(minutes);
        }
        self.place = before;
        Offset::Nothing
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

/// What stands behind a time.
enum Offset {
    Nothing,
    Minutes(i32),
    Broken,
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
