//! Morning and afternoon: `AM`, `p. m.`, `오후`, `μ.μ.`.

use super::date_tokens::Token;

/// Hours to add for morning (0) and afternoon (12).
pub(super) fn half(word: &str) -> Option<u32> {
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
        rest = tail.strip_prefix(&[Token::Mark('.')]).unwrap_or(tail);
    }
}

#[cfg(test)]
mod tests {
    use super::super::date_tokens::cut;
    use super::*;

    #[test]
    fn dots_and_blanks_between_the_letters_do_not_matter() {
        for (text, expected) in [
            ("p. m.", Some(12)),
            ("a.m.", Some(0)),
            ("A M", Some(0)),
            ("μ.μ.", Some(12)),
            ("πμ", Some(0)),
            ("下午", Some(12)),
            ("오전", Some(0)),
            ("م", Some(12)),
            ("km", None),
        ] {
            let tokens = join_halves(cut(text).unwrap());
            let found = tokens.first().and_then(Token::word).and_then(half);
            assert_eq!(found, expected, "{text}");
        }
    }
}
