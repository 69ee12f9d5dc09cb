//! Walks through JSON in memory, one token at a time, and keeps everything as written.
//!
//! Lenient where nothing is lost by it: control characters inside strings and the words `NaN` and
//! `Infinity`, which common programs write.

use std::ops::Range;

/// Objects and arrays may stand inside each other this deep.
pub const MOST_DEPTH: usize = 128;

/// Where JSON ends being JSON.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The byte where it was seen.
    pub at: usize,
    /// What should stand there.
    pub expected: &'static str,
    /// The bytes end there.
    pub cut: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    String,
    /// A number or a word.
    Word,
}

/// A place in some bytes.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    /// The next byte to look at.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// At this place of these bytes.
    pub const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next byte that is not a blank, without taking it.
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            // 0x1E stands before every value of a JSON text sequence.
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x1E) {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// The bytes of a range.
    pub fn slice(&self, range: Range<usize>) -> &'a [u8] {
        self.bytes.get(range).unwrap_or(&[])
    }

    const fn fault(&self, expected: &'static str) -> Fault {
        Fault {
            at: self.at,
            expected,
            cut: self.at >= self.bytes.len(),
        }
    }

    /// What the next value is.
    ///
    /// # Errors
    /// Where no value begins.
    pub fn kind(&mut self) -> Result<Kind, Fault> {
        match self.peek() {
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'"') => Ok(Kind::String),
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | b'N' | b'I') => Ok(Kind::Word),
            _ => Err(self.fault("a value")),
        }
    }

    /// Takes this byte, after blanks.
    ///
    /// # Errors
    /// Where another byte stands.
    pub fn take(&mut self, byte: u8, expected: &'static str) -> Result<(), Fault> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.fault(expected))
    }

    /// Moves to the next member of an object whose `{` is taken: its key is written to `key`, and
    /// its value is next. `false` where the object is over.
    ///
    /// # Errors
    /// Where neither stands.
    pub fn next_member(&mut self, first: bool, key: &mut String) -> Result<bool, Fault> {
        match self.peek() {
            Some(b'}') => {
                self.at += 1;
                return Ok(false);
            }
            Some(b',') if !first => self.at += 1,
            Some(_) if first => {}
            _ => return Err(self.fault("a comma or a closing brace")),
        }
        if self.peek() != Some(b'"') {
            return Err(self.fault("a name in quotation marks"));
        }
        key.clear();
        self.string(key)?;
        self.take(b':', "a colon after the name")?;
        Ok(true)
    }

    /// Moves to the next element of an array whose `[` is taken. `false` where the array is over.
    ///
    /// # Errors
    /// Where neither stands.
    pub fn next_element(&mut self, first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(b']') => {
                self.at += 1;
                return Ok(false);
            }
            Some(b',') if !first => self.at += 1,
            Some(_) if first => return Ok(true),
            _ => return Err(self.fault("a comma or a closing bracket")),
        }
        self.kind().map(|_| true)
    }

    /// Takes a string and appends what it says. Tells whether all its bytes were UTF-8.
    ///
    /// # Errors
    /// Where it does not end, or an escape is none.
    pub fn string(&mut self, into: &mut String) -> Result<bool, Fault> {
        self.take(b'"', "a string")?;
        let mut sound = true;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let plain = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\'))
                .unwrap_or(rest.len());
            let (text, rest) = rest.split_at(plain);
            if let Ok(text) = std::str::from_utf8(text) {
                into.push_str(text);
            } else {
                sound = false;
                into.push_str(&String::from_utf8_lossy(text));
            }
            self.at += plain;
            match rest.first() {
                None => return Err(self.fault("a closing quotation mark")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(sound);
                }
                Some(_) => into.push(self.escape()?),
            }
        }
    }

    /// Takes an escape, whose backslash is next.
    fn escape(&mut self) -> Result<char, Fault> {
        self.at += 1;
        let character = match self.bytes.get(self.at) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => return self.unicode(),
            _ => return Err(self.fault("an escape such as \\n or \\u00e9")),
        };
        self.at += 1;
        Ok(character)
    }

    /// Takes `uXXXX`, and the second half of a pair. A half alone becomes the replacement
    /// character.
    fn unicode(&mut self) -> Result<char, Fault> {
        self.at += 1;
        let first = self.four_digits()?;
        if (0xD800..0xDC00).contains(&first) && self.slice(self.at..self.at + 2) == b"\\u" {
            let before = self.at;
            self.at += 2;
            let second = self.four_digits()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self
                .bytes
                .get(self.at)
                .and_then(|byte| char::from(*byte).to_digit(16))
                .ok_or_else(|| self.fault("four hexadecimal digits"))?;
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// Takes a number or a word as written.
    ///
    /// # Errors
    /// Where it is neither.
    pub fn word(&mut self) -> Result<&'a str, Fault> {
        self.peek();
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let length = rest
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.'))
            .unwrap_or(rest.len());
        let text = std::str::from_utf8(self.slice(start..start + length)).unwrap_or("");
        let word = matches!(
            text,
            "true" | "false" | "null" | "NaN" | "Infinity" | "-Infinity"
        );
        if !word && !is_number(text.as_bytes()) {
            let mut fault = self.fault("a number, true, false or null");
            // What could still become a number or a word is cut; anything else is wrong.
            fault.cut = length == rest.len();
            return Err(fault);
        }
        self.at += length;
        Ok(text)
    }

    /// Takes any value, checking it, and tells where it stands.
    ///
    /// # Errors
    /// Where it is no value.
    pub fn skip(&mut self, depth: usize) -> Result<Range<usize>, Fault> {
        let kind = self.kind()?;
        let start = self.at;
        if depth >= MOST_DEPTH {
            return Err(Fault {
                at: start,
                expected: "at most 128 levels of brackets",
                cut: false,
            });
        }
        let mut ignored = String::new();
        match kind {
            Kind::String => {
                self.string(&mut ignored)?;
            }
            Kind::Word => {
                self.word()?;
            }
            Kind::Object => {
                self.at += 1;
                let mut first = true;
                while self.next_member(first, &mut ignored)? {
                    self.skip(depth + 1)?;
                    first = false;
                }
            }
            Kind::Array => {
                self.at += 1;
                let mut first = true;
                while self.next_element(first)? {
                    self.skip(depth + 1)?;
                    first = false;
                }
            }
        }
        Ok(start..self.at)
    }
}

/// Whether this is a number as JSON writes it; zeros in front are let through, they are kept.
fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut rest = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(rest);
    rest = rest.get(whole..).unwrap_or(&[]);
    if whole == 0 {
        return false;
    }
    if let Some(places) = rest.strip_prefix(b".") {
        let count = digits(places);
        rest = places.get(count..).unwrap_or(&[]);
        if count == 0 {
            return false;
        }
    }
    if let Some(power) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let power = power
            .strip_prefix(b"-")
            .or_else(|| power.strip_prefix(b"+"))
            .unwrap_or(power);
        let count = digits(power);
        return count > 0 && count == power.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let mut into = String::new();
        Cursor::new(text.as_bytes(), 0).string(&mut into).unwrap();
        into
    }

    #[test]
    fn strings_say_what_their_escapes_mean() {
        for (written, meant) in [
            (r#""plain é""#, "plain é"),
            (r#""a\n\"b\" \\ \/""#, "a\n\"b\" \\ /"),
            (r#""\u00e9\ud83d\ude00""#, "é😀"),
            (r#""\ud83d!""#, "\u{fffd}!"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
        ] {
            assert_eq!(said(written), meant);
        }
    }

    #[test]
    fn numbers_stay_as_written() {
        for text in ["0", "-1.50", "1e5", "12345678901234567890", "007", "NaN"] {
            assert_eq!(Cursor::new(text.as_bytes(), 0).word(), Ok(text));
        }
        for text in ["1.", "--1", "tru", "1e", "0x10", "+1"] {
            assert!(Cursor::new(text.as_bytes(), 0).word().is_err(), "{text}");
        }
    }

    #[test]
    fn faults_say_where_and_what_was_expected() {
        for (text, at, expected, cut) in [
            ("{\"a\" 1}", 5, "a colon after the name", false),
            ("{\"a\":1", 6, "a comma or a closing brace", true),
            ("[1 2]", 3, "a comma or a closing bracket", false),
            ("[1,]", 3, "a value", false),
            ("{a:1}", 1, "a name in quotation marks", false),
            ("\"abc", 4, "a closing quotation mark", true),
        ] {
            let fault = Cursor::new(text.as_bytes(), 0).skip(0).unwrap_err();
            assert_eq!((fault.at, fault.expected, fault.cut), (at, expected, cut));
        }
    }

    #[test]
    fn brackets_a_million_deep_are_a_fault_and_no_crash() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(
            Cursor::new(deep.as_bytes(), 0).skip(0).unwrap_err().at,
            MOST_DEPTH
        );
    }
}
