//! Finds the character encoding of a text: from its mark, from its zeros, from what is valid, and
//! at last from which letters stand together.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::choices::ReadingChoices;
use super::encoding::{
    ALL, DOS_437, DOS_850, Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16_BE, UTF_16_LE,
    UTF_32_BE, UTF_32_LE, WINDOWS_1252,
};
use crate::engine::base::Error;

/// How much more plausible, on average a character, an encoding must be that the detector does not
/// know.
const CLEARLY: f64 = 0.5;

/// Bytes of lines that are looked at for the statistics.
const MOST_BYTES: usize = 64 * 1024;

/// How a text is to be decoded, as its beginning says or the user.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Beginning {
    /// The encoding.
    pub encoding: Encoding,
    /// The encoding of rows that are not valid in UTF-8; absent where the user chose one encoding
    /// for everything.
    pub odd_rows: Option<Encoding>,
    /// Bytes of the mark in front of the text.
    pub mark: usize,
    /// The encoding was told from letters alone, so it may be another.
    pub guessed: bool,
}

impl Default for Beginning {
    fn default() -> Self {
        Self {
            encoding: UTF_8,
            odd_rows: Some(WINDOWS_1252),
            mark: 0,
            guessed: false,
        }
    }
}

/// What letters that stand together say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Guess {
    /// The most plausible encoding.
    pub encoding: Encoding,
    /// Labels of others that read the bytes differently and are nearly as plausible.
    pub others: Vec<&'static str>,
}

/// The marks in front of texts.
const MARKS: [(&[u8], Encoding); 5] = [
    (&[0xEF, 0xBB, 0xBF], UTF_8),
    (&[0xFF, 0xFE, 0, 0], UTF_32_LE),
    (&[0, 0, 0xFE, 0xFF], UTF_32_BE),
    (&[0xFF, 0xFE], UTF_16_LE),
    (&[0xFE, 0xFF], UTF_16_BE),
];

/// How a text with this beginning is to be decoded: as the user said, else as an earlier reading
/// to the end found out, else as the beginning says. `complete`: this is the whole text.
///
/// # Errors
/// `encoding_unknown`.
pub fn choose(head: &[u8], complete: bool, choices: &ReadingChoices) -> Result<Beginning, Error> {
    let marked = MARKS.iter().find(|(mark, _)| head.starts_with(mark));
    if let Some(name) = &choices.encoding {
        let encoding = Encoding::named(name)?;
        // A mark says more than a name that leaves the order of bytes open.
        let wide = |encoding: Encoding| encoding.label.get(..6);
        let of_mark = marked.filter(|(_, marked)| wide(*marked) == wide(encoding));
        return Ok(Beginning {
            encoding: of_mark.map_or(encoding, |(_, marked)| *marked),
            odd_rows: None,
            mark: of_mark.map_or(0, |(mark, _)| mark.len()),
            guessed: false,
        });
    }
    let found = from_beginning(head, complete);
    let named = |label: Option<&'static str>| label.map(Encoding::named).transpose();
    Ok(Beginning {
        encoding: named(choices.found_encoding)?.unwrap_or(found.encoding),
        odd_rows: named(choices.found_odd_rows)?.or(found.odd_rows),
        guessed: found.guessed || choices.found_encoding.is_some(),
        ..found
    })
}

/// What the beginning alone says. `complete`: this is the whole text.
fn from_beginning(head: &[u8], complete: bool) -> Beginning {
    let plain = |encoding, mark| Beginning {
        encoding,
        mark,
        ..Beginning::default()
    };
    if let Some((mark, encoding)) = MARKS.into_iter().find(|(mark, _)| head.starts_with(mark)) {
        return plain(encoding, mark.len());
    }
    if let Some(encoding) = from_zeros(head) {
        return plain(encoding, 0);
    }
    if head.windows(2).any(|two| two == b"\x1B$") {
        let found = detected(head);
        if found.label == "iso-2022-jp" {
            return plain(found, 0);
        }
    }
    let (valid, odd) = lines_beyond_ascii(head, complete);
    if odd.is_empty() {
        return plain(UTF_8, 0);
    }
    let guess = from_lines(odd.iter().copied());
    if valid * 4 >= odd.len() || guess.encoding.keeps_ascii() {
        // Cells that are valid in UTF-8 are read so, and all others in the encoding of odd rows.
        return Beginning {
            odd_rows: Some(guess.encoding),
            ..plain(UTF_8, 0)
        };
    }
    Beginning {
        guessed: true,
        ..plain(guess.encoding, 0)
    }
}

/// How many lines are valid in UTF-8 and not in ASCII, and the lines that are not valid.
fn lines_beyond_ascii(head: &[u8], complete: bool) -> (usize, Vec<&[u8]>) {
    let mut lines: Vec<&[u8]> = head
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| !line.is_ascii())
        .collect();
    let cut_off = lines.last().is_some_and(|last| {
        !complete
            && head.ends_with(last)
            && std::str::from_utf8(last).is_err_and(|error| error.error_len().is_none())
    });
    if cut_off {
        lines.pop();
    }
    let all = lines.len();
    lines.retain(|line| std::str::from_utf8(line).is_err());
    (all - lines.len(), lines)
}

/// Wide encodings without a mark, from where the zeros are that the lower characters bring.
fn from_zeros(head: &[u8]) -> Option<Encoding> {
    let mut zeros = [0_usize; 4];
    for four in head.chunks_exact(4) {
        for (count, byte) in zeros.iter_mut().zip(four) {
            *count += usize::from(*byte == 0);
        }
    }
    let groups = head.len().div_euclid(4);
    if groups == 0 {
        // A text of one or two characters.
        return match head {
            [0, _, ..] => Some(UTF_16_BE),
            [_, 0, ..] => Some(UTF_16_LE),
            _ => None,
        };
    }
    let many = |count: usize| count * 20 > groups;
    let all = |count: usize| count * 20 > groups * 19;
    let few = |count: usize| count * 50 <= groups;
    match zeros {
        [a, b, c, d] if few(a) && many(b) && all(c) && all(d) => Some(UTF_32_LE),
        [a, b, c, d] if all(a) && all(b) && many(c) && few(d) => Some(UTF_32_BE),
        [a, b, c, d] if few(a) && few(c) && many(b) && many(d) => Some(UTF_16_LE),
        [a, b, c, d] if few(b) && few(d) && many(a) && many(c) => Some(UTF_16_BE),
        _ => None,
    }
}

/// The encoding of lines that are not UTF-8.
pub fn from_lines<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Guess {
    let mut sample = Vec::new();
    for line in lines {
        sample.extend_from_slice(line);
        sample.push(b'\n');
        if sample.len() >= MOST_BYTES {
            break;
        }
    }
    let found = detected(&sample);
    if !found.keeps_ascii() {
        return Guess {
            encoding: found,
            others: Vec::new(),
        };
    }
    // The euro's place in the one, where the other has a sign that nobody writes.
    let euro = sample.contains(&0xA4) && !sample.iter().any(|byte| (0x80..0xA0).contains(byte));
    let found = if found == WINDOWS_1252 && euro {
        ISO_8859_15
    } else {
        found
    };
    let mut best = (found, plausibility(&found.text(&sample)));
    for candidate in [MACINTOSH, DOS_850, DOS_437] {
        let score = plausibility(&candidate.text(&sample));
        // Encodings that the detector does not know must be clearly better.
        let needed = if best.0 == found { CLEARLY } else { 0.0 };
        if score > best.1 + needed {
            best = (candidate, score);
        }
    }
    Guess {
        encoding: best.0,
        others: others(&sample, best.0, best.1),
    }
}

/// Encodings under which the sample reads differently and nearly as well.
fn others(sample: &[u8], chosen: Encoding, score: f64) -> Vec<&'static str> {
    const NEARLY: f64 = 0.2;
    let text = chosen.text(sample);
    ALL.into_iter()
        .filter(|other| other.keeps_ascii() && *other != UTF_8 && *other != chosen)
        .filter(|other| {
            let read = other.text(sample);
            read != text && plausibility(&read) > score - NEARLY
        })
        .map(|other| other.label)
        .take(3)
        .collect()
}

fn detected(sample: &[u8]) -> Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    Encoding::from_web(detector.guess(None, Utf8Detection::Deny)).unwrap_or(WINDOWS_1252)
}

/// How well characters beyond ASCII fit their neighbours, on average: from -5 to 2.
fn plausibility(text: &str) -> f64 {
    let characters: Vec<char> = text.chars().collect();
    let (mut sum, mut count) = (0.0, 0_u32);
    for (place, &character) in characters.iter().enumerate() {
        if character.is_ascii() {
            continue;
        }
        let before = place
            .checked_sub(1)
            .and_then(|place| characters.get(place))
            .copied();
        sum += fit(before, character, characters.get(place + 1).copied());
        count += 1;
    }
    if count == 0 {
        0.0
    } else {
        sum / f64::from(count)
    }
}

fn fit(before: Option<char>, character: char, after: Option<char>) -> f64 {
    let letter = |c: Option<char>| c.filter(|c| c.is_alphabetic());
    let (left, right) = (letter(before), letter(after));
    if character == char::REPLACEMENT_CHARACTER || character.is_control() {
        return -5.0;
    }
    if matches!(character, '\u{2500}'..='\u{25FF}') {
        return -2.0;
    }
    if character.is_alphabetic() && !matches!(character, 'ª' | 'º' | 'ƒ') {
        let foreign = |c: Option<char>| c.is_some_and(|c| script(c) != script(character));
        if foreign(left) || foreign(right) {
            return -3.0;
        }
        let shouting = character.is_uppercase() && left.is_some_and(char::is_lowercase);
        if shouting {
            return -2.0;
        }
        return if left.is_some() || right.is_some() {
            2.0
        } else {
            0.0
        };
    }
    let inside = left.is_some() && right.is_some();
    if inside && matches!(character, '’' | '‘' | '·' | '\u{ad}') {
        return 1.0;
    }
    if inside {
        return -3.0;
    }
    if USUAL_SIGNS.contains(&character) {
        1.0
    } else {
        -1.0
    }
}

/// Signs beyond ASCII that people do write.
const USUAL_SIGNS: [char; 19] = [
    '€', '£', '°', '–', '—', '“', '”', '„', '‘', '’', '«', '»', '…', '©', '®', '§', '½', '\u{a0}',
    '•',
];

/// A number for each alphabet.
const fn script(character: char) -> u8 {
    match character {
        '\u{0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => 0,
        '\u{370}'..='\u{3FF}' => 1,
        '\u{400}'..='\u{52F}' => 2,
        '\u{590}'..='\u{5FF}' => 3,
        '\u{600}'..='\u{6FF}' => 4,
        '\u{E00}'..='\u{E7F}' => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the text is taken for when it is written in this encoding.
    fn taken_for(name: &str, text: &str) -> String {
        let encoding = Encoding::named(name).unwrap();
        let bytes = written(encoding, text);
        let found = from_beginning(&bytes, true);
        let used = if found.encoding == UTF_8 && std::str::from_utf8(&bytes).is_err() {
            found.odd_rows.unwrap()
        } else {
            found.encoding
        };
        used.text(&bytes[found.mark..]).into_owned()
    }

    fn written(encoding: Encoding, text: &str) -> Vec<u8> {
        match encoding.label {
            "utf-16le" => return text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => return text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "utf-32le" => {
                return text
                    .chars()
                    .flat_map(|c| u32::from(c).to_le_bytes())
                    .collect();
            }
            _ => {}
        }
        if encoding.keeps_ascii() && encoding != UTF_8 {
            let upper: Vec<String> = (0..=255_u8)
                .map(|byte| encoding.text(&[byte]).into_owned())
                .collect();
            return text
                .chars()
                .map(|c| upper.iter().position(|u| *u == c.to_string()).unwrap() as u8)
                .collect();
        }
        encoding_rs::Encoding::for_label(encoding.label.as_bytes())
            .unwrap()
            .encode(text)
            .0
            .into_owned()
    }

    #[test]
    fn texts_of_many_alphabets_are_read_as_they_were_written() {
        let western = "nom;ville\nHélène Lefèvre;Besançon\nJürgen Groß;Köln\nNuño Ibáñez;Málaga\n";
        let central = "jméno,město\nŘehoř Žižka,Plzeň\nGrzegorz Brzęczyszczykiewicz,Łódź\n";
        let russian = "клиент;город\nСергей Кузнецов;Екатеринбург\nМария;Тверь\n";
        let greek = "πελάτης;πόλη\nΓιώργος Παπαδόπουλος;Θεσσαλονίκη\n";
        let hebrew = "לקוח,עיר\nרחל כהן,ירושלים\n";
        let turkish = "müşteri;şehir\nÇağrı Işık;Eskişehir\nGülşen Yıldız;İzmir\n";
        let japanese = "顧客名,満足度\n田中商店,とても満足\n佐藤,ふつう\n";
        let chinese = "客户名称,满意度\n北京贸易有限公司,非常满意\n";
        let taiwanese = "客戶名稱,滿意度\n臺北貿易公司,非常滿意\n";
        let korean = "고객,점수\n서울상사,매우 만족\n";
        for (encoding, text) in [
            ("windows-1252", western),
            ("iso-8859-15", western),
            ("macintosh", western),
            ("cp850", western),
            ("cp437", "name,city\nPeña,Málaga\nMüller,Zürich\n"),
            ("windows-1250", central),
            ("iso-8859-2", central),
            ("windows-1251", russian),
            ("koi8-r", russian),
            ("iso-8859-5", russian),
            ("windows-1253", greek),
            ("windows-1255", hebrew),
            ("windows-1254", turkish),
            ("shift_jis", japanese),
            ("euc-jp", japanese),
            ("iso-2022-jp", japanese),
            ("gb18030", chinese),
            ("big5", taiwanese),
            ("euc-kr", korean),
            ("utf-8", japanese),
            ("utf-16le", western),
            ("utf-16be", russian),
            ("utf-16le", japanese),
            ("utf-32le", korean),
        ] {
            assert_eq!(taken_for(encoding, text), text, "{encoding}");
        }
    }

    #[test]
    fn a_mark_settles_it() {
        let found = from_beginning(b"\xFF\xFEa\0,\0", true);
        assert_eq!((found.encoding, found.mark), (UTF_16_LE, 2));
        let found = from_beginning(b"\xEF\xBB\xBFa,b", true);
        assert_eq!((found.encoding, found.mark), (UTF_8, 3));
    }

    #[test]
    fn a_letter_cut_off_at_the_end_of_the_head_is_no_evidence() {
        let head = "name\nMüller\nBjörn é".as_bytes();
        let found = from_beginning(&head[..head.len() - 1], false);
        assert_eq!(found.encoding, UTF_8);
        assert_eq!(found.odd_rows, Some(WINDOWS_1252));
    }

    #[test]
    fn euro_signs_in_latin_9_are_read() {
        let guess = from_lines([&b"M\xFCller,12 \xA4"[..]].into_iter());
        assert_eq!(guess.encoding, ISO_8859_15);
    }
}
