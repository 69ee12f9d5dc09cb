//! Eight bytes at a time: short texts as whole words, and digits read without a loop.

/// Every byte is `0`.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Up to eight bytes from `at` as a word, the first byte lowest, zero above the last.
///
/// `len` above 8 counts as 8; bytes behind the end count as zero.
#[inline]
pub fn word(bytes: &[u8], at: usize, len: usize) -> u64 {
    let mask = match len {
        0 => return 0,
        1..8 => (1 << (8 * len)) - 1,
        _ => u64::MAX,
    };
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(eight) => u64::from_le_bytes(*eight) & mask,
        None => last_word(bytes, at) & mask,
    }
}

/// The word at a place with fewer than eight bytes behind it.
#[cold]
fn last_word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    rest.iter()
        .take(8)
        .rev()
        .fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Whether two stretches of `len` bytes are equal.
#[inline]
pub fn equal(one: &[u8], one_at: usize, other: &[u8], other_at: usize, len: usize) -> bool {
    let mut done = 0;
    while done < len {
        let left = len - done;
        if word(one, one_at + done, left) != word(other, other_at + done, left) {
            return false;
        }
        done += 8;
    }
    true
}

/// Marks in the high bit of each byte which bytes of a word are above 9.
#[inline]
pub const fn above_nine(word: u64) -> u64 {
    (word.wrapping_add(0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
}

/// For a word of digits as numbers 0 to 9: in each byte, ten times its digit and the next one.
#[inline]
pub const fn pairs(digits: u64) -> u64 {
    digits.wrapping_mul(10).wrapping_add(digits >> 8)
}

/// The number that `count` digits (1 to 19) from `at` write; `None` where one is no digit.
#[inline]
pub fn digits(bytes: &[u8], at: usize, count: usize) -> Option<u64> {
    match count {
        1..=8 => up_to_eight(bytes, at, count),
        9..=16 => {
            let high = up_to_eight(bytes, at, count - 8)?;
            Some(high * 100_000_000 + up_to_eight(bytes, at + count - 8, 8)?)
        }
        17..=19 => {
            let high = up_to_eight(bytes, at, count - 16)?;
            let low = digits(bytes, at + count - 16, 16)?;
            Some(high * 10_000_000_000_000_000 + low)
        }
        _ => None,
    }
}

#[inline]
fn up_to_eight(bytes: &[u8], at: usize, count: usize) -> Option<u64> {
    let shift = 8 * (8 - count as u32);
    // The digits move to the upper end, and zeros take the places before them.
    let written = word(bytes, at, count) << shift | ZEROS & !(u64::MAX << shift);
    let digits = written ^ ZEROS;
    if above_nine(digits) != 0 {
        return None;
    }
    let pairs = pairs(digits);
    let low = (pairs & 0xFF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = (pairs >> 16 & 0xFF_0000_00FF).wrapping_mul(0x2710_0000_0001);
    Some(low.wrapping_add(high) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_read_as_the_standard_library_reads_them() {
        let text = "9876543210123456789x00";
        for at in 0..text.len() {
            for count in 1..=(text.len() - at).min(19) {
                let written = text.get(at..at + count).unwrap();
                assert_eq!(
                    digits(text.as_bytes(), at, count),
                    written.parse().ok(),
                    "{written}"
                );
            }
        }
        for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
            for place in 0..8 {
                let mut bytes = *b"12345678";
                bytes[place] = byte;
                assert_eq!(digits(&bytes, 0, 8), None, "{bytes:?}");
            }
        }
    }

    #[test]
    fn words_hold_the_bytes_asked_for_and_nothing_else() {
        let bytes = b"abcdefghij";
        assert_eq!(word(bytes, 0, 2), u64::from_le_bytes(*b"ab\0\0\0\0\0\0"));
        assert_eq!(word(bytes, 1, 9), u64::from_le_bytes(*b"bcdefghi"));
        assert_eq!(word(bytes, 7, 8), u64::from_le_bytes(*b"hij\0\0\0\0\0"));
        assert_eq!(word(bytes, 99, 3), 0);
        assert!(equal(bytes, 0, b"xabcdefghij", 1, 10));
        assert!(!equal(bytes, 0, b"xabcdefghix", 1, 10));
    }
}
