//! Makes cells of all scripts look alike: plain digits, plain blanks, no invisible marks.

use std::borrow::Cow;

/// The text with what looks or means the same written in one way.
///
/// Digits of all scripts and full-width characters become ASCII, all blanks become a space, every
/// dash that serves as a minus becomes `-`, every apostrophe becomes `'`; marks of direction and
/// other invisible characters go. Blanks at the ends go. ASCII text is lent as it is.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text.trim_ascii());
    }
    let folded: String = text.chars().filter_map(one).collect();
    match folded.trim() {
        trimmed if trimmed.len() == folded.len() => Cow::Owned(folded),
        trimmed => Cow::Owned(trimmed.to_owned()),
    }
}

/// The character in its plain form; `None` where it is invisible.
fn one(c: char) -> Option<char> {
    let folded = match c {
        '\u{200b}'..='\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{fe00}'..='\u{fe0f}' => return None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\t' => ' ',
        '−' | '‐' | '‑' | '‒' | '–' | '﹣' => '-',
        '’' | '‘' | 'ʼ' | '´' | '′' | '＇' => '\'',
        '٪' | '﹪' => '%',
        '،' | '、' | '﹐' => ',',
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0)?,
        _ => digit(c).unwrap_or(c),
    };
    Some(folded)
}

/// First characters of the runs of ten digits that people write numbers with, beside ASCII.
const ZEROS: [u32; 15] = [
    0x0660, // Arabic-Indic
    0x06f0, // Persian
    0x07c0, // N'Ko
    0x0966, // Devanagari
    0x09e6, // Bengali
    0x0a66, // Gurmukhi
    0x0ae6, // Gujarati
    0x0b66, // Oriya
    0x0be6, // Tamil
    0x0c66, // Telugu
    0x0ce6, // Kannada
    0x0d66, // Malayalam
    0x0e50, // Thai
    0x0ed0, // Lao
    0x1040, // Myanmar
];

/// The ASCII digit of a digit of another script.
fn digit(c: char) -> Option<char> {
    let code = c as u32;
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .and_then(|zero| char::from_u32(code - zero + 0x30))
}

/// The word in small letters without accents, so that `Févr`, `fevr` and a decomposed `févr` are
/// the same word. Scripts without accents keep their letters.
pub fn word(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(without_accent)
        .collect()
}

/// The letter without its accent; `None` for an accent of its own.
const fn without_accent(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' => return None,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'į' => 'i',
        'ł' | 'ľ' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ů' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'й' => 'и',
        'ї' => 'і',
        'أ' | 'إ' | 'آ' => 'ا',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_blanks_and_marks_become_plain() {
        for (text, expected) in [
            ("\u{200f}-1,234.56\u{a0}\u{200f}₪", "-1,234.56 ₪"),
            ("٢٠٢٤", "2024"),
            ("۱۲۳", "123"),
            ("१२३", "123"),
            ("１２３．５％", "123.5%"),
            ("1\u{202f}234", "1 234"),
            ("−4", "-4"),
            ("1’234", "1'234"),
            ("29\u{200f}/2\u{200f}/2024، 11:59", "29/2/2024, 11:59"),
            ("  a  ", "a"),
            ("\u{feff}x", "x"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn words_lose_case_and_accents_however_they_are_stored() {
        assert_eq!(word("FÉVR"), "fevr");
        assert_eq!(word("fe\u{301}vr"), "fevr");
        assert_eq!(word("Şub"), "sub");
        assert_eq!(word("KASIM"), word("kasım"));
        assert_eq!(word("ΙΑΝΟΥΆΡΙΟΣ"), word("Ιανουάριος"));
    }
}
