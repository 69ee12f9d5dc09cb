//! Turns bytes of any encoding into bytes that can be cut into cells, as they come.

use std::fmt;

use super::encoding::{Encoding, Form};

/// Decodes a stream. Text whose ASCII bytes stand for themselves passes through as it is and is
/// decoded cell by cell; all other text becomes UTF-8.
pub struct Decoder {
    encoding: Encoding,
    web: Option<encoding_rs::Decoder>,
    /// Bytes of a character that is not complete.
    rest: Vec<u8>,
    out: Vec<u8>,
    /// Bytes that mean nothing in the encoding.
    pub malformed: u64,
    /// Bytes of the value 0, which no text holds; they are dropped.
    pub zeros: u64,
}

impl fmt::Debug for Decoder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Decoder")
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

impl Decoder {
    /// A decoder of this encoding.
    pub fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            web: match encoding.form() {
                Form::ManyBytes(web) => Some(web.new_decoder_without_bom_handling()),
                _ => None,
            },
            rest: Vec::new(),
            out: Vec::new(),
            malformed: 0,
            zeros: 0,
        }
    }

    /// The next bytes, decoded. `last`: no bytes follow.
    pub fn decode<'a>(&'a mut self, bytes: &'a [u8], last: bool) -> &'a [u8] {
        match self.encoding.form() {
            Form::Utf8 | Form::CodePage(_) | Form::OneByte(_) => {
                if !has_zero(bytes) {
                    return bytes;
                }
                self.out.clear();
                self.out.extend_from_slice(bytes);
            }
            Form::Utf32Little | Form::Utf32Big => self.decode_fours(bytes, last),
            Form::ManyBytes(_) => self.decode_web(bytes, last),
        }
        if self.out.contains(&0) {
            let before = self.out.len();
            self.out.retain(|byte| *byte != 0);
            self.zeros += (before - self.out.len()) as u64;
        }
        &self.out
    }

    fn decode_fours(&mut self, bytes: &[u8], last: bool) {
        self.out.clear();
        self.rest.extend_from_slice(bytes);
        let whole = self.rest.len() - self.rest.len() % 4;
        for four in self.rest.get(..whole).unwrap_or_default().chunks_exact(4) {
            let character = self.encoding.character(four);
            self.malformed += u64::from(character == char::REPLACEMENT_CHARACTER);
            self.out
                .extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.rest.drain(..whole);
        self.malformed += u64::from(last && !self.rest.is_empty());
    }

    fn decode_web(&mut self, bytes: &[u8], last: bool) {
        let Some(web) = self.web.as_mut() else {
            // The last bytes came before.
            self.out.clear();
            return;
        };
        let mut from = 0;
        let mut written = 0;
        self.out.resize(bytes.len() * 2 + 64, 0);
        while let (Some(source), Some(target)) = (bytes.get(from..), self.out.get_mut(written..)) {
            let (result, read, wrote) =
                web.decode_to_utf8_without_replacement(source, target, last);
            from += read;
            written += wrote;
            match result {
                encoding_rs::DecoderResult::InputEmpty => break,
                encoding_rs::DecoderResult::OutputFull => {
                    self.out.resize(self.out.len() * 2 + 64, 0);
                }
                encoding_rs::DecoderResult::Malformed(_, _) => {
                    self.malformed += 1;
                    let mark = "\u{fffd}".as_bytes();
                    if self.out.len() < written + mark.len() {
                        self.out.resize(self.out.len() * 2 + 64, 0);
                    }
                    if let Some(place) = self.out.get_mut(written..written + mark.len()) {
                        place.copy_from_slice(mark);
                    }
                    written += mark.len();
                }
            }
        }
        self.out.truncate(written);
        if last {
            self.web = None;
        }
    }
}

/// Whether a byte is zero: many bytes at a time, which looking for the first one would not allow.
fn has_zero(bytes: &[u8]) -> bool {
    let (blocks, rest) = bytes.as_chunks::<256>();
    let in_block = |block: &[u8; 256]| {
        block
            .iter()
            .fold(0_u8, |found, byte| found | u8::from(*byte == 0))
    };
    blocks.iter().any(|block| in_block(block) > 0) || rest.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::super::encoding::{self, UTF_8, UTF_16_BE, UTF_32_LE};
    use super::*;

    fn decoded(encoding: Encoding, bytes: &[u8], piece: usize) -> (String, u64, u64) {
        let mut decoder = Decoder::new(encoding);
        let mut text = Vec::new();
        let pieces = bytes.chunks(piece).count();
        for (place, bytes) in bytes.chunks(piece).enumerate() {
            text.extend_from_slice(decoder.decode(bytes, place + 1 == pieces));
        }
        let text = String::from_utf8(text).unwrap();
        (text, decoder.malformed, decoder.zeros)
    }

    #[test]
    fn pieces_of_any_size_give_the_same_text() {
        let text = "näme;価格\n😀;9\n";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let fours: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        for piece in 1..=9 {
            for (encoding, bytes) in [(UTF_16_BE, &wide), (UTF_32_LE, &fours)] {
                let whole = (String::from(text), 0, 0);
                assert_eq!(decoded(encoding, bytes, piece), whole);
            }
        }
    }

    #[test]
    fn zeros_are_dropped_and_counted_and_bad_bytes_are_marked() {
        assert_eq!(
            decoded(UTF_8, b"a,\0b\n\0", 2),
            (String::from("a,b\n"), 0, 2)
        );
        for place in 0..600 {
            let mut bytes = vec![b'x'; 600];
            bytes[place] = 0;
            assert_eq!(decoded(UTF_8, &bytes, 600).2, 1);
        }
        let japanese = encoding::Encoding::named("shift_jis").unwrap();
        assert_eq!(
            decoded(japanese, b"a\xFFb", 1),
            (String::from("a\u{fffd}b"), 1, 0)
        );
    }
}
