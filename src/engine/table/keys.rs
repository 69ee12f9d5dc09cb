//! A column as keys: equal cells have equal numbers.

use std::borrow::Cow;

use super::cells::Cells;
use super::interner::Interner;
use super::numbered::Numbered;
use super::value::missing;

/// Texts of a column as numbers, one a row; 0 is empty or missing.
#[derive(Clone, Debug)]
pub struct Keys<'a> {
    /// A number a row, given by first appearance.
    pub codes: Cow<'a, [u32]>,
    /// The texts.
    pub texts: Texts<'a>,
}

/// The different texts of a column. Number 0 is the empty text.
#[derive(Clone, Debug)]
pub enum Texts<'a> {
    /// Held as texts.
    Held(Cow<'a, Interner>),
    /// Written anew when asked for.
    OfRows {
        /// The column's cells.
        cells: &'a Cells,
        /// The first row of each text; that of the empty text does not exist.
        first_rows: Vec<u32>,
    },
}

impl Texts<'_> {
    /// How many there are, the empty one included.
    pub fn len(&self) -> usize {
        match self {
            Self::Held(texts) => texts.len(),
            Self::OfRows { first_rows, .. } => first_rows.len(),
        }
    }

    /// Never true: the empty text is always there.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of this number; empty for a number never given.
    pub fn text(&self, code: u32) -> Cow<'_, str> {
        match self {
            Self::Held(texts) => Cow::Borrowed(texts.text(code)),
            Self::OfRows { cells, first_rows } => first_rows
                .get(code as usize)
                .map_or(Cow::Borrowed(""), |row| cells.text(*row as usize)),
        }
    }

    /// All texts, in the order of their numbers.
    pub fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        (0..self.len() as u32).map(|code| self.text(code))
    }

    /// Whether the text is an id with a number, which never is a word for nothing.
    pub fn is_id(&self, code: u32) -> bool {
        match self {
            Self::OfRows {
                cells: Cells::Numbered { ids, .. },
                first_rows,
            } => first_rows
                .get(code as usize)
                .is_some_and(|row| ids.number(*row as usize).is_some()),
            _ => false,
        }
    }
}

impl<'a> Keys<'a> {
    /// All different texts, words for nothing among them; nothing where texts are not held.
    pub fn of_all_texts(cells: &'a Cells) -> Option<Self> {
        match cells {
            Cells::Dictionary { codes, texts } => Some(Self {
                codes: Cow::Borrowed(codes),
                texts: Texts::Held(Cow::Borrowed(texts)),
            }),
            Cells::Numbered { ids, others } => {
                let (codes, first_rows) = number_ids(ids, others);
                Some(Self {
                    codes: Cow::Owned(codes),
                    texts: Texts::OfRows { cells, first_rows },
                })
            }
            Cells::Instants { .. } | Cells::Decimals { .. } => {
                let (codes, texts) = cells.as_dictionary();
                Some(Self {
                    codes: Cow::Owned(codes),
                    texts: Texts::Held(Cow::Owned(texts)),
                })
            }
            Cells::Long { .. } => None,
        }
    }

    /// The same, words for nothing having no key. Prose has no keys at all.
    pub fn of(cells: &'a Cells) -> Self {
        let Some(mut keys) = Self::of_all_texts(cells) else {
            return Self {
                codes: Cow::Owned(vec![0; cells.len()]),
                texts: Texts::Held(Cow::Owned(Interner::default())),
            };
        };
        let gone: Vec<bool> = (0..keys.texts.len() as u32)
            .map(|code| !keys.texts.is_id(code) && missing::is_missing(&keys.texts.text(code)))
            .collect();
        if gone.iter().skip(1).any(|gone| *gone) {
            for code in keys.codes.to_mut() {
                if gone[*code as usize] {
                    *code = 0;
                }
            }
        }
        keys
    }
}

/// Numbers ids by first appearance: the number of each row, and the first row of each number.
fn number_ids(ids: &Numbered, others: &[(u32, String)]) -> (Vec<u32>, Vec<u32>) {
    let mut index = Index::for_ids(ids);
    let mut words = Interner::default();
    // What each other text is numbered as.
    let mut code_of_word = vec![0];
    let mut first_rows = vec![u32::MAX];
    let mut others = others.iter().peekable();
    let codes = (0..ids.rows())
        .map(|row| {
            if let Some(number) = ids.number(row) {
                return index.code(number, row as u32, ids, &mut first_rows);
            }
            let Some((_, text)) = others.next_if(|(other, _)| *other as usize == row) else {
                return 0;
            };
            let word = words.intern(text) as usize;
            if word == code_of_word.len() {
                code_of_word.push(first_rows.len() as u32);
                first_rows.push(row as u32);
            }
            code_of_word[word]
        })
        .collect();
    (codes, first_rows)
}

/// From a number to the code that it was given.
enum Index {
    /// A place for every number of a range, where they lie close together.
    Dense { low: u64, codes: Vec<u32> },
    /// Open addressing; 0 is free.
    Sparse { codes: Vec<u32> },
}

impl Index {
    fn for_ids(ids: &Numbered) -> Self {
        let (low, high) = ids.range().unwrap_or((0, 0));
        let rows = ids.rows() as u64;
        if high - low <= rows * 4 {
            return Self::Dense {
                low,
                codes: vec![0; (high - low + 1) as usize],
            };
        }
        Self::Sparse {
            codes: vec![0; (ids.rows() * 2).next_power_of_two()],
        }
    }

    #[inline]
    fn code(&mut self, number: u64, row: u32, ids: &Numbered, first_rows: &mut Vec<u32>) -> u32 {
        let slot = match self {
            Self::Dense { low, codes } => &mut codes[(number - *low) as usize],
            Self::Sparse { codes } => {
                let mask = codes.len() - 1;
                let mut place = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
                let other =
                    |code: u32| ids.number(first_rows[code as usize] as usize) != Some(number);
                while codes[place] != 0 && other(codes[place]) {
                    place = (place + 1) & mask;
                }
                &mut codes[place]
            }
        };
        if *slot == 0 {
            *slot = first_rows.len() as u32;
            first_rows.push(row);
        }
        *slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Zone;
    use crate::engine::options::{DateOrder, Decimal, MissingCode};
    use crate::engine::table::{CellSpan, Column, ColumnBuilder, Profile};

    /// A small generator of numbers, the same on every run.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % limit
        }
    }

    /// The column as built, and the same cells as a dictionary.
    fn both(cells: &[String]) -> (Column, Column) {
        let text = cells.join("|");
        let mut spans = Vec::new();
        let mut start = 0;
        for cell in cells {
            let len = cell.len() as u32;
            spans.push(CellSpan { start, len });
            start += len + 1;
        }
        let mut builder = ColumnBuilder::new("c");
        for some in spans.chunks(777) {
            builder.push_all(text.as_bytes(), some.iter().copied());
        }
        let built = builder.finish();
        let mut texts = Interner::default();
        let codes = cells.iter().map(|cell| texts.intern(cell)).collect();
        let dictionary = Column {
            name: built.name.clone(),
            cells: Cells::Dictionary { codes, texts },
        };
        (built, dictionary)
    }

    fn check(cells: &[String], form: &str) {
        let (built, dictionary) = both(cells);
        let held: String = format!("{:?}", built.cells).chars().take(60).collect();
        assert!(held.starts_with(form), "{form}: {held}");
        for (row, cell) in cells.iter().enumerate() {
            assert_eq!(built.cells.text(row), cell.as_str(), "{form} {row}");
        }
        let (one, other) = (built.keys(), dictionary.keys());
        assert!(one.codes == other.codes, "{form}");
        assert!(one.texts.texts().eq(other.texts.texts()), "{form}");
        for decimal in [Decimal::Point, Decimal::Comma] {
            for codes in [
                vec![],
                vec![
                    MissingCode::Number(99.0),
                    MissingCode::Text(cells[0].clone()),
                ],
            ] {
                let (one, other) = (
                    built.numbers(decimal, &codes),
                    dictionary.numbers(decimal, &codes),
                );
                let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
                assert!(
                    bits(&one.values) == bits(&other.values),
                    "{form} {decimal:?}"
                );
                assert_eq!(one.invalid, other.invalid, "{form}");
            }
        }
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
            let zone = Zone::fixed(90);
            let (one, other) = (
                built.instants(order, &zone),
                dictionary.instants(order, &zone),
            );
            assert!(one.values == other.values, "{form}");
            assert_eq!(one.invalid, other.invalid, "{form}");
            assert_eq!(one.days_only, other.days_only, "{form}");
        }
        let (one, other) = (Profile::of(&built), Profile::of(&dictionary));
        assert_eq!(one.value_type(), other.value_type(), "{form}");
        assert_eq!((one.rows, one.empty), (other.rows, other.empty), "{form}");
        assert_eq!(
            (one.numbers(), one.range),
            (other.numbers(), other.range),
            "{form}"
        );
        assert_eq!(
            (one.dates(), one.epochs),
            (other.dates(), other.epochs),
            "{form}"
        );
        assert_eq!(one.dates_timed, other.dates_timed, "{form}");
        assert_eq!(one.dates_zoned, other.dates_zoned, "{form}");
        if matches!(built.cells, Cells::Numbered { .. }) {
            assert_eq!(one.distinct, other.distinct, "{form}");
        }
    }

    /// Cells of a form, after the first ones some of another form, and empty ones.
    fn cells(regular: impl Fn(u64) -> String) -> Vec<String> {
        let mut chance = Chance(7);
        let words = [
            "N/A",
            "soon",
            "",
            "99",
            "2024-01-02",
            "1.5",
            "12,50",
            "x-1",
            "Größe",
        ];
        (0..9_000)
            .map(|row| {
                let odd = row > 5_000 && chance.below(40) == 0;
                let number = chance.below(1 << 30);
                match chance.below(20) {
                    _ if odd => words[(number % 9) as usize].to_owned(),
                    0 => String::new(),
                    _ => regular(number),
                }
            })
            .collect()
    }

    #[test]
    fn every_form_answers_as_a_dictionary_of_the_same_cells_would() {
        let time = |n: u64| {
            let (day, second) = (n % 28 + 1, n % 60);
            format!(
                "2024-{:02}-{day:02}T{:02}:{:02}:{second:02}",
                n % 12 + 1,
                n % 24,
                n % 59
            )
        };
        check(&cells(|n| time(n) + "Z"), "Instants");
        check(
            &cells(|n| time(n) + [".123-05:00", ".040+02:00"][(n % 2) as usize]),
            "Instants",
        );
        check(
            &cells(|n| format!("{}.{:06}", time(n), n % 1_000_000)),
            "Instants",
        );
        check(&cells(|n| format!("T{:07}", n % 99_999)), "Numbered");
        check(&cells(|n| format!("CUST-{}", n * n)), "Numbered");
        check(&cells(|n| n.to_string()), "Numbered");
        check(&cells(|n| format!("{:06}", n % 1_000_000)), "Numbered");
        check(
            &cells(|n| format!("{}.{:02}", n % 5_003, n % 100)),
            "Decimals",
        );
        check(&cells(|n| format!("{n:x}-{n:o}")), "Dictionary");
    }

    #[test]
    fn numbers_since_1970_answer_alike() {
        let mut cells = cells(|n| (1_700_000_000_000 + n).to_string());
        for cell in cells.iter_mut().filter(|cell| cell.len() < 13) {
            cell.clear();
        }
        check(&cells, "Numbered");
    }

    #[test]
    fn many_cells_of_another_form_make_the_column_a_dictionary_again() {
        let cells: Vec<String> = (0..20_000)
            .map(|n| {
                if n < 9_000 {
                    format!("T{n}")
                } else {
                    format!("U{n}")
                }
            })
            .collect();
        check(&cells, "Dictionary");
    }
}
