//! Rows that are not valid in UTF-8, remembered from all over a text: what the beginning says about
//! the encoding is checked against them at the end.

use super::assemble::Tally;

/// How many rows are kept.
const MOST_ROWS: usize = 256;

/// Bytes kept of one row.
const MOST_BYTES: usize = 256;

/// What the rows of a text say about its encoding.
#[derive(Debug)]
pub struct Evidence {
    /// Rows beyond ASCII that are valid in UTF-8.
    pub valid: Tally,
    /// Rows that are not.
    pub odd: Tally,
    sample: Vec<Vec<u8>>,
    stride: u64,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            valid: Tally::default(),
            odd: Tally::default(),
            sample: Vec::new(),
            stride: 1,
        }
    }
}

impl Evidence {
    /// Takes a record in. Every one is counted; at growing distances one that is not valid is
    /// kept, so that the sample is the same however the bytes came.
    pub fn add(&mut self, record: &[u8], line: u64) {
        if record.is_ascii() {
            return;
        }
        if std::str::from_utf8(record).is_ok() {
            self.valid.add(line);
            return;
        }
        if self.odd.count.is_multiple_of(self.stride) {
            if self.sample.len() == MOST_ROWS {
                let mut place = 0_usize;
                self.sample.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.stride *= 2;
            }
            self.sample
                .push(record.get(..MOST_BYTES).unwrap_or(record).to_vec());
        }
        self.odd.add(line);
    }

    /// The rows kept.
    pub fn sample(&self) -> impl Iterator<Item = &[u8]> {
        self.sample.iter().map(Vec::as_slice)
    }

    /// Whether the text as a whole is UTF-8, with some rows that are not.
    pub const fn is_mostly_utf_8(&self) -> bool {
        self.valid.count * 4 >= self.odd.count
    }
}

/// Stretches of the text from its beginning to its end, by which the dialect is judged once more.
#[derive(Debug)]
pub struct Stretches {
    kept: Vec<Vec<u8>>,
    /// Bytes between the beginnings of two stretches.
    stride: u64,
    /// Where the next one begins.
    next: u64,
    /// The last one takes more records.
    open: bool,
}

/// How many stretches are kept.
const MOST_STRETCHES: usize = 32;

/// Bytes of one stretch, to the end of its last record.
const STRETCH_BYTES: usize = 4_096;

impl Default for Stretches {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            stride: STRETCH_BYTES as u64,
            next: 0,
            open: false,
        }
    }
}

impl Stretches {
    /// Whether a record that begins before this byte of the text may be kept.
    pub const fn wants_before(&self, byte: u64) -> bool {
        self.open || self.next < byte
    }

    /// Takes a record in that begins at this byte of the text. What is kept depends on bytes alone,
    /// not on how they came.
    pub fn add(&mut self, record: &[u8], byte: u64) {
        if !self.open {
            if byte < self.next {
                return;
            }
            if self.kept.len() == MOST_STRETCHES {
                let mut place = 0_usize;
                self.kept.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.stride *= 2;
            }
            self.kept.push(Vec::new());
            self.next = byte + self.stride;
            self.open = true;
        }
        if let Some(last) = self.kept.last_mut() {
            last.extend_from_slice(record.get(..STRETCH_BYTES).unwrap_or(record));
            self.open = last.len() < STRETCH_BYTES;
        }
    }

    /// All stretches, one after the other.
    pub fn joined(&self) -> Vec<u8> {
        self.kept.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_from_the_whole_text_are_kept_and_all_are_counted() {
        let mut evidence = Evidence::default();
        for row in 0..10_000_u64 {
            evidence.add(format!("plain {row}").as_bytes(), row);
            evidence.add("Köln".as_bytes(), row);
            let mut odd = b"K\xF6ln ".to_vec();
            odd.extend_from_slice(row.to_string().as_bytes());
            evidence.add(&odd, row);
        }
        assert_eq!((evidence.valid.count, evidence.odd.count), (10_000, 10_000));
        let rows: Vec<u64> = evidence
            .sample()
            .map(|row| String::from_utf8_lossy(&row[5..]).parse().unwrap())
            .collect();
        assert!((100..=MOST_ROWS).contains(&rows.len()));
        assert!(rows[0] == 0 && rows[rows.len() - 1] > 9_500);
    }
}
