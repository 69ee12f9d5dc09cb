//! Cuts a text into words: runs of letters in small letters, in the order in which they stand.
//!
//! Never a word: what holds a digit (numbers, telephones, ids), and addresses of mail and of the
//! web. Apostrophes and hyphens join two words; every other mark parts them. Accents stay.

/// What is found in a text, one after the other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Found<'a> {
    /// A word in small letters, as it stands in a larger text.
    Word(Word<'a>),
    /// Something that parts words.
    Gap,
    /// Letters of a script that puts no blanks between words.
    Uncut,
    /// The word before is joined to the one behind by an apostrophe.
    Apostrophe,
    /// The word before is joined to the one behind by a hyphen.
    Hyphen,
}

/// A word inside a larger text, which is UTF-8.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Word<'a> {
    /// The text.
    pub within: &'a [u8],
    /// Where the word begins.
    pub at: usize,
    /// Its bytes.
    pub len: usize,
}

impl<'a> Word<'a> {
    const fn whole(word: &'a str) -> Self {
        Self {
            within: word.as_bytes(),
            at: 0,
            len: word.len(),
        }
    }
}

/// Cuts texts; holds the text and the word at hand, so that their room is used again.
#[derive(Clone, Debug, Default)]
pub struct Cutter {
    /// The text, its ASCII letters small.
    lower: String,
    word: String,
    has_digit: bool,
    is_uncut: bool,
}

/// A longer run of letters is no word that anybody speaks, in bytes.
const LONGEST: usize = 60;

/// What stands behind the text.
const MARGIN: &str = "        ";

impl Cutter {
    /// Gives every piece of the text to `give`.
    pub fn cut(&mut self, text: &str, mut give: impl FnMut(Found<'_>)) {
        let mut lower = std::mem::take(&mut self.lower);
        lower.clear();
        lower.push_str(text);
        lower.make_ascii_lowercase();
        // So that a word's bytes can be read eight at a time.
        lower.push_str(MARGIN);
        let within = lower.as_bytes();
        let plain = within.get(..text.len()).unwrap_or_default();
        let mut next = 0;
        while let Some(byte) = plain.get(next) {
            if is_blank(*byte) {
                next += 1;
                continue;
            }
            let at = next;
            let rest = plain.get(at..).unwrap_or_default();
            let len = small_letters(within, at);
            let marks = length(rest.get(len..).unwrap_or_default(), |byte| is_mark(*byte));
            next += len + marks;
            if plain.get(next).is_none_or(|byte| is_blank(*byte)) && (1..=LONGEST).contains(&len) {
                give(Found::Word(Word { within, at, len }));
                if marks > 0 {
                    give(Found::Gap);
                }
                continue;
            }
            next = at + length(rest, |byte| !is_blank(*byte));
            for chunk in text.get(at..next).unwrap_or_default().split_whitespace() {
                if is_address(chunk) {
                    give(Found::Gap);
                } else {
                    self.cut_chunk(chunk, &mut give);
                }
            }
        }
        self.lower = lower;
    }

    /// Cuts what stands between two blanks.
    fn cut_chunk(&mut self, chunk: &str, give: &mut impl FnMut(Found<'_>)) {
        self.begin();
        let mut letters = chunk.chars();
        while let Some(letter) = letters.next() {
            if is_invisible(letter) {
                continue;
            }
            if let Some(mark) = combining(letter) {
                self.put_together(mark);
            } else if is_letter(letter) {
                self.is_uncut |= has_no_blanks(letter);
                self.word.extend(letter.to_lowercase());
            } else if letter.is_numeric() {
                self.has_digit = true;
            } else if is_apostrophe(letter) {
                let mut behind = letters.as_str().chars();
                let t = behind.next().is_some_and(|next| matches!(next, 't' | 'T'));
                if t && self.word.ends_with('n') && !behind.next().is_some_and(is_letter) {
                    // "don't" is one word, and no "don".
                    self.word.push('\'');
                } else if self.end(give) && letters.as_str().starts_with(is_letter) {
                    give(Found::Apostrophe);
                } else {
                    give(Found::Gap);
                }
            } else if is_hyphen(letter) {
                if self.end(give) && letters.as_str().starts_with(is_letter) {
                    give(Found::Hyphen);
                } else {
                    give(Found::Gap);
                }
            } else {
                self.end(give);
                give(Found::Gap);
            }
        }
        self.end(give);
    }

    fn begin(&mut self) {
        self.word.clear();
        (self.has_digit, self.is_uncut) = (false, false);
    }

    /// Ends the word at hand, and says whether it was one.
    fn end(&mut self, give: &mut impl FnMut(Found<'_>)) -> bool {
        let is_word = !self.word.is_empty()
            && !self.has_digit
            && !self.is_uncut
            && self.word.len() <= LONGEST;
        if is_word {
            give(Found::Word(Word::whole(&self.word)));
        } else if self.is_uncut {
            give(Found::Uncut);
        } else if self.has_digit || !self.word.is_empty() {
            give(Found::Gap);
        }
        self.begin();
        is_word
    }

    /// Puts a mark that was written apart onto the letter before it.
    fn put_together(&mut self, mark: usize) {
        let Some(letter) = self.word.pop() else {
            return;
        };
        let composed = COMPOSED
            .iter()
            .find(|(plain, _)| *plain == letter)
            .and_then(|(_, forms)| forms.chars().nth(mark));
        self.word
            .push(composed.filter(|form| *form != ' ').unwrap_or(letter));
    }
}

/// How many small ASCII letters stand from `at` on, eight bytes looked at in one.
#[inline]
fn small_letters(bytes: &[u8], at: usize) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut len = 0;
    loop {
        let rest = bytes.get(at + len..).unwrap_or_default();
        let Some(eight) = rest.first_chunk::<8>() else {
            return len + length(rest, u8::is_ascii_lowercase);
        };
        let eight = u64::from_le_bytes(*eight);
        // In the high bit of each byte: whether it is at least `a`, and whether it is above `z`.
        let low = eight & !HIGH;
        let from_a = low.wrapping_add(0x1f1f_1f1f_1f1f_1f1f);
        let above_z = low.wrapping_add(0x0505_0505_0505_0505);
        let others = !(from_a & !above_z & !eight) & HIGH;
        if others != 0 {
            return len + (others.trailing_zeros() >> 3) as usize;
        }
        len += 8;
    }
}

/// How many bytes at the beginning are such.
#[inline]
fn length(bytes: &[u8], is_such: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is_such(byte)).count()
}

/// Whether the byte is a blank; others than those of ASCII are found in the slower way.
#[inline]
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether the byte is a mark that often stands right behind a word.
#[inline]
const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b'!' | b'?' | b';' | b':' | b')')
}

/// Whether what stands between two blanks is an address of mail, of the web or of a folder, or may
/// be one: marks such as a dot with a small letter or a digit right behind it.
fn is_address(chunk: &str) -> bool {
    let suspect = |byte: u8| matches!(byte, b'@' | b'.' | b':' | b'\\');
    if !chunk.bytes().any(suspect) {
        return false;
    }
    if chunk.contains(['@', '\\']) || chunk.contains("://") {
        return true;
    }
    let starts_www = chunk
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."));
    starts_www || chunk.split_once('.').is_some_and(|_| has_dot_inside(chunk))
}

/// Whether a dot stands inside of what may be a name: a sentence that ends without a blank behind
/// its dot goes on with a capital.
fn has_dot_inside(chunk: &str) -> bool {
    let mut rest = chunk;
    while let Some((before, behind)) = rest.split_once('.') {
        let joined = before.ends_with(char::is_alphanumeric)
            && behind.starts_with(|next: char| next.is_lowercase() || next.is_numeric());
        let end = behind.trim_end_matches(|c: char| !c.is_alphanumeric());
        let end = end.split(['/', '?', ':']).next().unwrap_or_default();
        let is_site = before.ends_with(char::is_alphanumeric)
            && SITES.iter().any(|site| end.eq_ignore_ascii_case(site));
        if joined || is_site {
            return true;
        }
        rest = behind;
    }
    false
}

/// Endings of addresses that people write in capitals too.
const SITES: [&str; 22] = [
    "com", "net", "org", "io", "eu", "de", "fr", "es", "it", "nl", "pt", "br", "uk", "ch", "at",
    "be", "info", "biz", "app", "dev", "ai", "co",
];

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

const fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '‐' | '‑' | '_')
}

/// Marks that nobody sees: soft hyphens, joiners, directions, forms of pictures.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        // Vowel points of Hebrew and Arabic, and the line that stretches a word.
        | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{652}' | '\u{640}'
    )
}

/// Whether words are made of it. In the scripts of India and of its neighbours vowels, tones and
/// joints are letters too.
fn is_letter(letter: char) -> bool {
    let is_script = matches!(letter, '\u{900}'..='\u{dff}') || has_no_blanks(letter);
    letter.is_alphabetic()
        || is_script && !letter.is_numeric() && !matches!(letter, '\u{964}' | '\u{965}')
}

/// Whether it belongs to a script that puts no blanks between words: Chinese, Japanese, Thai, Lao,
/// Tibetan, Burmese, Khmer.
const fn has_no_blanks(letter: char) -> bool {
    matches!(
        letter,
        '\u{e00}'..='\u{fff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{323af}'
    )
}

/// The place of a mark in [`COMPOSED`], where systems write it behind its letter.
const fn combining(letter: char) -> Option<usize> {
    match letter {
        '\u{300}' => Some(0),
        '\u{301}' => Some(1),
        '\u{302}' => Some(2),
        '\u{303}' => Some(3),
        '\u{308}' => Some(4),
        '\u{327}' => Some(5),
        '\u{30c}' => Some(6),
        '\u{30a}' => Some(7),
        // Others only change how the letter looks.
        '\u{304}'..='\u{36f}' => Some(8),
        _ => None,
    }
}

/// Letters with grave, acute, circumflex, tilde, two dots, cedilla, caron and ring; a blank where
/// there is none.
const COMPOSED: [(char, &str); 10] = [
    ('a', "àáâãä  å"),
    ('c', " ć   çč "),
    ('e', "èéêẽëȩě "),
    ('i', "ìíîĩï   "),
    ('n', "ǹń ñ ņň "),
    ('o', "òóôõö   "),
    ('s', " śŝ  şš "),
    ('u', "ùúûũü  ů"),
    ('y', "ỳýŷỹÿ   "),
    ('z', " źẑ   ž "),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as one line: words, `|` for a gap, `#` for what is not cut.
    fn line(text: &str) -> String {
        let mut pieces = Vec::new();
        Cutter::default().cut(text, |found| {
            pieces.push(match found {
                Found::Word(word) => {
                    let bytes = word.within.get(word.at..word.at + word.len);
                    String::from_utf8_lossy(bytes.unwrap()).into_owned()
                }
                Found::Gap => String::from("|"),
                Found::Uncut => String::from("#"),
                Found::Apostrophe => String::from("'"),
                Found::Hyphen => String::from("-"),
            });
        });
        pieces.join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(line(text), expected, "{text}");
    }

    #[test]
    fn eight_bytes_at_once_end_where_one_by_one_do() {
        for byte in 0..=u8::MAX {
            for at in 0..9 {
                let mut bytes = *b"abcxyzazqmnop";
                bytes[at] = byte;
                let plain = length(&bytes, u8::is_ascii_lowercase);
                assert_eq!(small_letters(&bytes, 0), plain, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn words_are_runs_of_letters() {
        check("The App is SLOW!", "the app is slow |");
        check("Sehr schöne Oberfläche", "sehr schöne oberfläche");
        check("slow.Support never answers", "slow | support never answers");
        check("slow, expensive", "slow | expensive");
        check("good – bad", "good | bad");
        check("easy\nto use", "easy to use");
        check("(really) good", "| really | good");
        check("Поддержка МЕДЛЕННАЯ", "поддержка медленная");
        check("지원이 느려요", "지원이 느려요");
        check("ग्राहक सेवा।", "ग्राहक सेवा |");
        check("❤️ 👍", "| |");
        check("no\u{a0}reply\u{3000}ever", "no reply ever");
        check("ok.), \n\t fine", "ok | fine");
    }

    #[test]
    fn apostrophes_and_hyphens_join() {
        check("l'application d’attente", "l ' application d ' attente");
        check("I don't, can’t and WON'T", "i don't | can't and won't");
        check("'quoted' word", "| quoted | word");
        check("follow-up e-mail", "follow - up e - mail");
        check("rock 'n' roll", "rock | n | roll");
        check("well- known", "well | known");
    }

    #[test]
    fn accents_written_apart_are_put_onto_their_letters() {
        check(
            "cre\u{301}e\u{301} an\u{303}o gu\u{308}nstig",
            "créé año günstig",
        );
        check("soft\u{ad}hyphen", "softhyphen");
    }

    #[test]
    fn numbers_and_ids_are_no_words() {
        check("waited 3 weeks", "waited | weeks");
        check("call +49 170 1234567 now", "call | | | | now");
        check("order A-1234 and b2b", "order a | | and |");
        check("4111111111111111", "|");
    }

    #[test]
    fn addresses_are_no_words() {
        for address in [
            "anna.meier@example.com",
            "ANNA@EXAMPLE.COM.",
            "(anna@firma)",
            "https://example.com/path?q=1",
            "www.Example.com",
            "example.com",
            "EXAMPLE.COM",
            "Example.Com/path",
            "@anna",
            "C:\\Users\\anna",
            "<anna@example.org>,",
        ] {
            check(&format!("see {address} please"), "see | please");
        }
    }

    #[test]
    fn scripts_without_blanks_are_not_cut() {
        check("サポートが遅い", "#");
        check("app 太慢了 slow", "app # slow");
        check("ช้ามาก", "#");
    }
}
