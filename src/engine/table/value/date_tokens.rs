//! Cuts a written date into numbers, words and marks.

use super::fold;

/// One piece of a written date.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Digits in a row: their value and how many there are.
    Number { value: u64, digits: usize },
    /// Letters in a row, in small letters without accents.
    Word(String),
    /// A mark between them.
    Mark(char),
    /// One blank or several.
    Blank,
}

impl Token {
    pub(super) const fn mark(&self) -> Option<char> {
        match self {
            Self::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The number, where it has from `least` to `most` digits.
    pub(super) fn number(&self, least: usize, most: usize) -> Option<u32> {
        match self {
            Self::Number { value, digits } if (least..=most).contains(digits) => {
                u32::try_from(*value).ok()
            }
            _ => None,
        }
    }
}

/// More pieces than this make no date.
const MOST: usize = 40;

/// The pieces of a text in plain characters; `None` where it has too many, or a sign that no date
/// has.
pub(super) fn cut(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::with_capacity(16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '0'..='9' => rest.bytes().take_while(u8::is_ascii_digit).count(),
            ' ' => rest.bytes().take_while(|b| *b == b' ').count(),
            _ if is_letter(first) => rest.find(|c| !is_letter(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (piece, tail) = rest.split_at_checked(end)?;
        tokens.push(match first {
            '0'..='9' if end > 17 => return None,
            '0'..='9' => Token::Number {
                value: piece.parse().ok()?,
                digits: end,
            },
            ' ' => Token::Blank,
            _ if is_letter(first) => Token::Word(fold::word(piece)),
            '/' | '-' | '.' | ',' | ':' | '\'' | '+' | '(' | ')' | '[' | ']' | '年' | '月'
            | '日' | '時' | '时' | '分' | '秒' | '년' | '월' | '일' | '시' | '초' => {
                Token::Mark(first)
            }
            '분' => Token::Mark('分'),
            // Signs of ordinals and shortened words say nothing.
            'º' | 'ª' | '°' | '॰' | '׳' => Token::Mark('º'),
            _ => return None,
        });
        if tokens.len() > MOST {
            return None;
        }
        rest = tail;
    }
    Some(tokens)
}

/// Whether the character belongs to a word. East Asian units of time are marks of their own.
fn is_letter(c: char) -> bool {
    (c.is_alphabetic() && !is_unit(c)) || matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}')
}

const fn is_unit(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '時'
            | '时'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
            | 'º'
            | 'ª'
    )
}
