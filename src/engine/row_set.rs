//! A set of rows, one bit a row.

/// Rows of a table; takes an eighth of a byte a row, however many are in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowSet {
    bits: Vec<u64>,
}

impl RowSet {
    /// Those of these rows that are wanted; no row is `limit` or above.
    pub fn among(
        limit: usize,
        rows: impl Iterator<Item = u32>,
        is_wanted: impl Fn(u32) -> bool,
    ) -> Self {
        let mut set = Self::with_room(limit);
        for row in rows {
            if let Some(word) = set.bits.get_mut((row >> 6) as usize) {
                // No jump: which rows are wanted cannot be guessed.
                *word |= u64::from(is_wanted(row)) << (row & 63);
            }
        }
        set
    }

    /// A set for rows below `limit`, without any.
    pub fn with_room(limit: usize) -> Self {
        Self {
            bits: vec![0; limit.div_ceil(u64::BITS as usize)],
        }
    }

    /// Takes a row in, where there is room for it.
    pub fn insert(&mut self, row: u32) {
        if let Some(word) = self.bits.get_mut((row >> 6) as usize) {
            *word |= 1 << (row & 63);
        }
    }

    /// The rows that both sets hold.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let words = self.bits.iter().zip(&other.bits);
        Self {
            bits: words.map(|(one, other)| one & other).collect(),
        }
    }

    /// Whether this row is one of them.
    pub fn contains(&self, row: u32) -> bool {
        let word = self.bits.get((row >> 6) as usize);
        word.is_some_and(|word| word >> (row & 63) & 1 == 1)
    }

    /// How many rows.
    pub fn len(&self) -> u64 {
        let of_words = self.bits.iter().map(|word| u64::from(word.count_ones()));
        of_words.sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    /// How many records of the file these rows are, and the first so many of them, counted from 1.
    /// A record of months side by side is one row of the file and several of the table.
    pub fn records(&self, rows_per_record: u32, sample: usize) -> (u64, Vec<u64>) {
        let first = |records: &mut dyn Iterator<Item = u32>| {
            let records = records.take(sample);
            records.map(|record| u64::from(record) + 1).collect()
        };
        if rows_per_record <= 1 {
            return (self.len(), first(&mut self.iter()));
        }
        let of_row = |row: u32| row.div_euclid(rows_per_record);
        let mut records: Vec<u32> = self.iter().map(of_row).collect();
        records.dedup();
        (records.len() as u64, first(&mut records.into_iter()))
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let words = self.bits.iter().enumerate();
        words
            .filter(|(_, word)| **word != 0)
            .flat_map(|(place, word)| {
                let first = place as u32 * u64::BITS;
                let rest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
                std::iter::successors(Some(*word), rest)
                    .map(move |word| first + word.trailing_zeros())
            })
    }
}

impl FromIterator<u32> for RowSet {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut bits: Vec<u64> = Vec::new();
        for row in rows {
            let place = (row >> 6) as usize;
            if place >= bits.len() {
                bits.resize(place + 1, 0);
            }
            if let Some(word) = bits.get_mut(place) {
                *word |= 1 << (row & 63);
            }
        }
        Self { bits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_in_order() {
        let set: RowSet = [64, 3, 0, 200, 63, 3].into_iter().collect();
        let rows: Vec<u32> = set.iter().collect();
        assert_eq!(rows, [0, 3, 63, 64, 200]);
        assert_eq!(set.len(), 5);
        assert_eq!(RowSet::default().iter().count(), 0);
    }

    #[test]
    fn three_rows_of_one_record_count_once() {
        let set: RowSet = [3, 4, 5, 9, 30].into_iter().collect();
        assert_eq!(set.records(3, 2), (3, vec![2, 4]));
        assert_eq!(set.records(1, 9), (5, vec![4, 5, 6, 10, 31]));
    }

    #[test]
    fn of_some_rows_the_wanted_ones_are_taken() {
        let set = RowSet::among(131, [0, 3, 64, 130].into_iter(), |row| row != 3);
        assert_eq!(set.iter().collect::<Vec<u32>>(), [0, 64, 130]);
        assert!(!set.is_empty());
        assert!(RowSet::among(131, [7].into_iter(), |_| false).is_empty());
    }

    #[test]
    fn rows_of_both_sets_are_those_that_each_holds() {
        let mut one = RowSet::with_room(131);
        for row in [0, 3, 64, 130, 131, 500] {
            one.insert(row);
        }
        let other: RowSet = [3, 64, 65].into_iter().collect();
        assert_eq!(one.iter().collect::<Vec<u32>>(), [0, 3, 64, 130, 131]);
        assert_eq!(one.and(&other).iter().collect::<Vec<u32>>(), [3, 64]);
        assert_eq!(other.and(&one).iter().collect::<Vec<u32>>(), [3, 64]);
    }
}
