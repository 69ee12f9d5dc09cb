//! The day inside a written date: one day, one month, or three numbers in an open order.

use super::date_tokens::Token;
use super::{date_words, month_words};
use crate::engine::base::Date;

/// A day as far as its cell alone tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    /// One reading only.
    Known { date: Date, month_only: bool },
    /// Three numbers and how many digits they have.
    Numbers {
        numbers: [u32; 3],
        digits: [usize; 3],
        dotted: bool,
    },
}

/// The day, where the year lies between 1900 and 2199.
pub(super) fn checked_date(year: i32, month: u32, day: u32) -> Option<Date> {
    if !(1900..=2199).contains(&year) {
        return None;
    }
    Date::from_ymd(year, month, day)
}

/// The year that two or four digits mean: 70 to 99 are of the 1900s.
pub(super) const fn full_year(year: u32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(year.cast_signed()),
        2 if year >= 70 => Some(1900 + year.cast_signed()),
        2 => Some(2000 + year.cast_signed()),
        _ => None,
    }
}

/// What the pieces of a date hold, once its time is taken out.
#[derive(Default)]
struct Pieces {
    numbers: Vec<(u32, usize)>,
    month: Option<Named>,
    quarter: bool,
    marks: Vec<char>,
}

/// A month by its name.
#[derive(Clone, Copy)]
struct Named {
    month: u32,
    /// Numbers in front of it.
    numbers_before: usize,
}

impl Pieces {
    fn has(&self, marks: &[char]) -> bool {
        self.marks.iter().any(|mark| marks.contains(mark))
    }
}

/// The day, or three numbers of which the order is to be decided.
pub(super) fn day(tokens: &[Token]) -> Option<Day> {
    if let Some(date) = packed(tokens) {
        return Some(date);
    }
    let pieces = pieces(tokens)?;
    let known = |year: i32, month: u32, day: u32| {
        checked_date(year, month, day).map(|date| Day::Known {
            date,
            month_only: false,
        })
    };
    let month_of = |year: i32, month: u32| {
        checked_date(year, month, 1).map(|date| Day::Known {
            date,
            month_only: true,
        })
    };
    let year = |value: u32, digits: usize| full_year(value, digits);
    if pieces.quarter {
        return match pieces.numbers.as_slice() {
            &([(quarter @ 1..=4, 1), (year, 4)] | [(year, 4), (quarter @ 1..=4, 1)])
                if pieces.month.is_none() =>
            {
                month_of(year.cast_signed(), quarter * 3 - 2)
            }
            _ => None,
        };
    }
    let month = pieces.month.map(|named| named.month);
    let starts = pieces.month.is_some_and(|named| named.numbers_before == 0);
    match (month, pieces.numbers.as_slice()) {
        (Some(month), &[(a, 4)]) => month_of(a.cast_signed(), month),
        // `Jan-25` is a month, `25-Jan` is a day without a year.
        (Some(month), &[(a, 2)]) if starts || pieces.has(&['\'']) => month_of(year(a, 2)?, month),
        (Some(month), &[(a, 4), (day, 1 | 2)])
        | (None, &[(a, 4), (month, 1 | 2), (day, 1 | 2)]) => known(a.cast_signed(), month, day),
        (Some(month), &[(a, 2), (day, 1 | 2)]) if a == 0 || a > 31 => {
            known(year(a, 2)?, month, day)
        }
        (Some(month), &[(day, 1 | 2), (a, digits @ (2 | 4))]) => {
            known(year(a, digits)?, month, day)
        }
        (None, &([(a, 4), (month, 1 | 2)] | [(month, 1 | 2), (a, 4)])) if !pieces.has(&[',']) => {
            month_of(a.cast_signed(), month)
        }
        (None, &[(a, 2), (month, 1 | 2), (day, 1 | 2)]) if pieces.has(&['年', '년']) => {
            known(year(a, 2)?, month, day)
        }
        (
            None,
            &[
                (a, a_digits @ (1 | 2)),
                (b, b_digits @ (1 | 2)),
                (c, c_digits @ (1 | 2 | 4)),
            ],
        ) => Some(Day::Numbers {
            numbers: [a, b, c],
            digits: [a_digits, b_digits, c_digits],
            dotted: pieces.has(&['.']) && pieces.marks.iter().all(|mark| matches!(mark, '.' | 'º')),
        }),
        _ => None,
    }
}

/// `20240229` and `202402`.
fn packed(tokens: &[Token]) -> Option<Day> {
    let [Token::Number { value, digits }] = *tokens else {
        let [rest @ .., Token::Blank] = tokens else {
            return None;
        };
        return packed(rest);
    };
    let value = u32::try_from(value).ok()?;
    let (date, month_only) = match digits {
        6 => (
            checked_date(value.div_euclid(100).cast_signed(), value % 100, 1)?,
            true,
        ),
        8 => (
            checked_date(
                value.div_euclid(10_000).cast_signed(),
                value.div_euclid(100) % 100,
                value % 100,
            )?,
            false,
        ),
        _ => return None,
    };
    Some(Day::Known { date, month_only })
}

fn pieces(tokens: &[Token]) -> Option<Pieces> {
    let mut found = Pieces::default();
    let mut first_month = "";
    let mut previous: Option<&Token> = None;
    for token in tokens {
        match token {
            Token::Number { value, digits } => {
                let number = u32::try_from(*value).ok()?;
                found.numbers.push((number, *digits));
            }
            Token::Word(word) => {
                let ordinal =
                    matches!(previous, Some(Token::Number { .. })) && date_words::is_ordinal(word);
                let named = month_words::month(word).map(|month| Named {
                    month,
                    numbers_before: found.numbers.len(),
                });
                if ordinal {
                    // `1st` is 1.
                } else if named.is_some() && found.month.is_none() {
                    found.month = named;
                    first_month = word;
                } else if named.is_some() && date_words::is_weekday(first_month) {
                    // `mar. 5 mars`: Tuesday the 5th of March.
                    found.month = named;
                    first_month = "";
                } else if matches!(word.as_str(), "q" | "t" | "quarter") {
                    found.quarter = true;
                } else if !date_words::is_filler(word) {
                    return None;
                }
            }
            Token::Mark(
                ':' | '+' | '(' | ')' | '[' | ']' | '時' | '时' | '시' | '分' | '秒' | '초',
            ) => return None,
            Token::Mark(mark) => found.marks.push(*mark),
            Token::Blank => {}
        }
        if found.numbers.len() > 3 {
            return None;
        }
        previous = Some(token);
    }
    Some(found)
}
