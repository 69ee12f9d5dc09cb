//! What the cells of a column look like, counted once for all questions about it.

use super::cells::Cells;
use super::column::Column;
use super::decimals::Decimals;
use super::evidence::{DateShape, DigitShape, DurationShape};
use super::keys::Keys;
pub use super::settled::Settled;
use super::value::money::{self, Currency};
use super::value::serial::{self, EpochUnit};
use super::value::{date, duration, flag, missing, number};
use crate::engine::options::{DateOrder, Decimal};

/// Counts of what a column's cells can be read as. All counts are of cells, not of texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Rows.
    pub rows: u64,
    /// Empty cells and usual words for "no value".
    pub empty: u64,
    /// Different texts, where they are held.
    pub distinct: Option<u64>,
    /// Numbers that read the same under both decimal marks.
    pub numbers_plain: u64,
    /// Numbers only with a decimal point.
    pub numbers_point: u64,
    /// Numbers only with a decimal comma.
    pub numbers_comma: u64,
    /// Numbers under both marks, but different ones.
    pub numbers_either: u64,
    /// The decimal mark that amounts of money leave, where each has a currency beside it: from
    /// 10,000 on, three digits behind a mark are thousands, because money has at most two decimals.
    pub money_mark: Option<Decimal>,
    /// Numbers without a decimal part.
    pub whole_numbers: u64,
    /// Smallest and largest number under the column's decimal mark.
    pub range: Option<(f64, f64)>,
    /// Different numbers, ascending, where there are at most 32 of them.
    pub small_values: Option<Vec<f64>>,
    /// Dates with one reading.
    pub dates_certain: u64,
    /// Dates only with the day first.
    pub dates_day_first: u64,
    /// Dates only with the month first.
    pub dates_month_first: u64,
    /// Dates under both orders, but different ones.
    pub dates_either: u64,
    /// Dates that name only a month.
    pub dates_month_only: u64,
    /// Dates with a time of day.
    pub dates_timed: u64,
    /// Dates with an offset from UTC.
    pub dates_zoned: u64,
    /// Dates only with the year first.
    pub dates_year_first: u64,
    /// Dates between dots under both orders, but different ones.
    pub dates_dotted: u64,
    /// Numbers that are plausible moments since 1970.
    pub epochs: u64,
    /// Numbers that are plausible days of a spreadsheet.
    pub day_numbers: u64,
    /// Texts that say how long something took: `48:30:00`, `1d 4h`.
    pub durations: u64,
    /// Currencies beside the numbers, the most frequent first.
    pub currencies: Vec<(Currency, u64)>,
    /// Usual words for yes and no.
    pub flags: u64,
    /// Bytes of text on average, of filled cells.
    pub mean_bytes: f64,
    /// Free text of which only the presence is held.
    pub prose: bool,
    /// What the dates say about the place of the year.
    pub date_shape: DateShape,
    /// What texts of digits say about being numbers.
    pub digit_shape: DigitShape,
    /// What the durations say about `12:30`.
    pub duration_shape: DurationShape,
}

/// After so many different texts that are neither numbers nor dates, the rest is not looked at.
const SURE_TEXTS: usize = 5_000;

/// About as long as an id is.
const ID_BYTES: u64 = 8;

/// A column of more different texts answers no question of yes or no.
const MOST_FLAGS: usize = 200;

impl Profile {
    /// Looks at every different text once.
    pub fn of(column: &Column) -> Self {
        match &column.cells {
            Cells::Dictionary { .. } | Cells::Numbered { .. } => Self::of_close_ids(&column.cells)
                .unwrap_or_else(|| {
                    Keys::of_all_texts(&column.cells)
                        .map_or_else(Self::default, |keys| Self::of_keys(&keys))
                }),
            Cells::Instants { moments, others } => {
                let dates = moments.filled() as u64;
                let mut profile = Self {
                    rows: moments.rows() as u64,
                    empty: (moments.rows() - others.len()) as u64 - dates,
                    dates_certain: dates,
                    dates_timed: if moments.days_only() { 0 } else { dates },
                    dates_zoned: if moments.zoned() { dates } else { 0 },
                    mean_bytes: 19.0,
                    ..Self::default()
                };
                profile.count_others(others);
                profile
            }
            Cells::Decimals { numbers, others } => {
                let mut profile = Self {
                    rows: numbers.rows() as u64,
                    mean_bytes: 6.0,
                    ..Self::default()
                };
                profile.count_others(others);
                profile.count_decimals(numbers);
                profile.empty -= others.len() as u64;
                profile
            }
            Cells::Long { filled, .. } => Self {
                rows: filled.len() as u64,
                empty: filled.iter().filter(|filled| !**filled).count() as u64,
                mean_bytes: 60.0,
                prose: true,
                ..Self::default()
            },
        }
    }

    /// What [`Profile::of_keys`] gives, without keys; `None` for other columns than ids whose
    /// numbers lie close together, and for ids that may mean numbers or dates.
    fn of_close_ids(cells: &Cells) -> Option<Self> {
        let (ids, low, span) = cells.close_ids()?;
        let mut counts = vec![0_u32; span];
        let (mut filled, mut distinct) = (0, 0_usize);
        for number in (0..ids.rows()).filter_map(|row| ids.number(row)) {
            let count = &mut counts[(number - low) as usize];
            distinct += usize::from(*count == 0);
            filled += 1;
            *count += 1;
        }
        let mut profile = Self {
            rows: ids.rows() as u64,
            empty: ids.rows() as u64 - filled,
            distinct: Some(distinct as u64),
            ..Self::default()
        };
        let (mut bytes, mut left) = (0, filled);
        let mut numbers = Vec::new();
        let mut text = String::new();
        let mut rows = (0..ids.rows()).filter_map(|row| ids.number(row));
        for _ in 0..SURE_TEXTS.min(distinct) {
            // By first appearance: a count is taken when its number comes for the first time.
            let next = rows.find_map(|number| {
                let count = std::mem::take(&mut counts[(number - low) as usize]);
                (count > 0).then_some((number, u64::from(count)))
            });
            let (number, count) = next?;
            text.clear();
            ids.write(number, &mut text);
            bytes += text.len() as u64 * count;
            left -= count;
            if distinct < MOST_FLAGS && flag::parse(&text).is_some() {
                profile.flags += count;
            }
            profile.count_text(&text, count, &mut numbers);
        }
        if left > 0 && !profile.is_words_only() {
            return None;
        }
        profile.settle(bytes + ID_BYTES * left, numbers);
        Some(profile)
    }

    fn of_keys(keys: &Keys<'_>) -> Self {
        let mut counts = vec![0_u64; keys.texts.len()];
        for &code in keys.codes.iter() {
            counts[code as usize] += 1;
        }
        let mut profile = Self {
            rows: keys.codes.len() as u64,
            ..Self::default()
        };
        let mut bytes = 0;
        let mut numbers = Vec::new();
        for (place, &count) in counts.iter().enumerate() {
            if count == 0 {
                continue;
            }
            // Thousands of different texts without one number or date: ids or words.
            let sure = place > SURE_TEXTS && profile.is_words_only();
            if sure && keys.texts.is_id(place as u32) {
                bytes += ID_BYTES * count;
                continue;
            }
            let text = keys.texts.text(place as u32);
            bytes += text.len() as u64 * count;
            if counts.len() <= MOST_FLAGS && flag::parse(&text).is_some() {
                profile.flags += count;
            }
            if sure {
                profile.empty += if missing::is_missing(&text) { count } else { 0 };
            } else {
                profile.count_text(&text, count, &mut numbers);
            }
        }
        profile.distinct = Some(counts.iter().skip(1).filter(|count| **count > 0).count() as u64);
        profile.settle(bytes, numbers);
        profile
    }

    /// What is known once all texts are counted: their bytes, and the numbers among them.
    fn settle(&mut self, bytes: u64, numbers: Vec<(f64, f64)>) {
        let filled = self.filled();
        self.mean_bytes = if filled == 0 {
            0.0
        } else {
            bytes as f64 / filled as f64
        };
        self.settle_numbers(numbers);
        self.currencies
            .sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    }

    const fn is_words_only(&self) -> bool {
        self.dates_certain
            + self.dates_either
            + self.dates_day_first
            + self.dates_month_first
            + self.dates_year_first
            + self.dates_dotted
            + self.durations
            == 0
            && self.numbers_plain
                + self.numbers_either
                + self.numbers_point
                + self.numbers_comma
                + self.flags
                == 0
    }

    /// Numbers with a decimal point, of which there are too many different ones for a list.
    fn count_decimals(&mut self, numbers: &Decimals) {
        let mut range = self.range;
        let mut months = Vec::new();
        for row in 0..numbers.rows() {
            let Some(value) = numbers.number(row) else {
                self.empty += 1;
                continue;
            };
            range = Some(range.map_or((value, value), |range| wider(range, value)));
            if numbers.may_be_month(row) {
                self.count_text(&numbers.text(row), 1, &mut months);
                continue;
            }
            self.numbers_point += 1;
            self.whole_numbers += u64::from(is_whole(value));
            if value >= 0.0 {
                self.digit_shape.cells += 1;
                self.epochs += u64::from(EpochUnit::of(value).is_some());
                self.day_numbers += u64::from(serial::is_day_number(value));
            }
        }
        self.range = range;
        self.small_values = None;
    }

    fn count_others(&mut self, others: &[(u32, String)]) {
        let mut numbers = Vec::new();
        for (_, text) in others {
            self.count_text(text, 1, &mut numbers);
        }
        self.settle_numbers(numbers);
    }

    fn count_text(&mut self, text: &str, count: u64, numbers: &mut Vec<(f64, f64)>) {
        if missing::is_missing(text) {
            self.empty += count;
            return;
        }
        let readings = number::both(text);
        match number::evidence_of(readings) {
            number::Evidence::Plain => self.numbers_plain += count,
            number::Evidence::Point => self.numbers_point += count,
            number::Evidence::Comma => self.numbers_comma += count,
            number::Evidence::Either => self.numbers_either += count,
            number::Evidence::NotANumber => {}
        }
        if let Some(settled) = readings.0.or(readings.1) {
            self.count_number(text, count, settled);
            let or_nan = |reading: Option<f64>| reading.unwrap_or(f64::NAN);
            numbers.push((or_nan(readings.0), or_nan(readings.1)));
        } else {
            let evidence = duration::evidence(text);
            if evidence != duration::Evidence::NotADuration {
                self.durations += count;
                self.duration_shape.add(evidence, count);
                return;
            }
        }
        self.count_date(text, count);
    }

    fn count_number(&mut self, text: &str, count: u64, number: f64) {
        if is_whole(number) {
            self.whole_numbers += count;
        }
        if let Some(plain) = serial::number(text) {
            self.digit_shape.add(text.trim_ascii(), count);
            self.epochs += if EpochUnit::of(plain).is_some() {
                count
            } else {
                0
            };
            self.day_numbers += if serial::is_day_number(plain) {
                count
            } else {
                0
            };
        } else if let Some(currency) = money::currency(text) {
            match self.currencies.iter_mut().find(|(one, _)| *one == currency) {
                Some((_, cells)) => *cells += count,
                None => self.currencies.push((currency, count)),
            }
        }
    }

    fn count_date(&mut self, text: &str, count: u64) {
        let Some(written) = date::read(text) else {
            return;
        };
        let evidence = written.evidence();
        match evidence {
            date::Evidence::Certain => self.dates_certain += count,
            date::Evidence::DayFirst => self.dates_day_first += count,
            date::Evidence::MonthFirst => self.dates_month_first += count,
            date::Evidence::YearFirst => self.dates_year_first += count,
            date::Evidence::Either => self.dates_either += count,
            date::Evidence::Dotted => self.dates_dotted += count,
            date::Evidence::NotADate => return,
        }
        self.date_shape.add(&written, evidence, count);
        self.digit_shape.dates += if serial::number(text).is_some() {
            count
        } else {
            0
        };
        let if_so = |holds: bool| if holds { count } else { 0 };
        self.dates_month_only += if_so(written.is_month());
        self.dates_timed += if_so(written.is_timed());
        self.dates_zoned += if_so(written.is_zoned());
    }

    fn settle_numbers(&mut self, numbers: Vec<(f64, f64)>) {
        self.money_mark = self.mark_of_money(&numbers);
        let comma = matches!(self.decimal(), Settled::Proven(Decimal::Comma));
        let mut values: Vec<f64> = numbers
            .into_iter()
            .map(|(point_value, comma_value)| if comma { comma_value } else { point_value })
            .filter(|value| !value.is_nan())
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup_by(|a, b| a.to_bits() == b.to_bits());
        self.range = range(values.iter().copied());
        if values.len() <= 32 {
            self.small_values = Some(values);
        }
    }

    fn mark_of_money(&self, numbers: &[(f64, f64)]) -> Option<Decimal> {
        let of_two = |(currency, _): &&(Currency, u64)| {
            currency.minor_digits().is_none_or(|digits| digits <= 2)
        };
        let with_currency: u64 = self.currencies.iter().filter(of_two).map(|it| it.1).sum();
        if with_currency < self.numbers_plain + self.numbers_either {
            return None;
        }
        let either = numbers
            .iter()
            .filter(|(point, comma)| point.abs() > comma.abs() || comma.abs() > point.abs());
        let larger = either
            .clone()
            .map(|(point, comma)| point.abs().max(comma.abs()));
        if larger.fold(0.0, f64::max) < 10_000.0 {
            return None;
        }
        let thousands = |(point, comma): &(f64, f64)| point.abs() > comma.abs();
        let (commas, all) = either.fold((0, 0), |(commas, all), pair| {
            (commas + u64::from(thousands(pair)), all + 1_u64)
        });
        match commas {
            0 => Some(Decimal::Comma),
            _ if commas == all => Some(Decimal::Point),
            _ => None,
        }
    }

    /// Cells that say something.
    pub const fn filled(&self) -> u64 {
        self.rows - self.empty
    }

    /// Cells that are numbers under the better decimal mark.
    pub fn numbers(&self) -> u64 {
        self.numbers_plain + self.numbers_either + self.numbers_point.max(self.numbers_comma)
    }

    /// Cells that are dates under the better order.
    pub fn dates(&self) -> u64 {
        self.dates_certain
            + match self.date_order() {
                Settled::Proven(DateOrder::YearFirst) => self.date_shape.fits_year_first,
                _ => {
                    self.dates_either
                        + self.dates_dotted
                        + self.dates_day_first.max(self.dates_month_first)
                }
            }
    }

    /// Cells that are moments where the column is one of dates: dates as written, and plain
    /// numbers where all of them count time since 1970 or days of a spreadsheet.
    pub fn moments(&self) -> u64 {
        let numbers = self.digit_shape.cells;
        let counted = [self.epochs, self.day_numbers]
            .into_iter()
            .any(|count| count == numbers);
        // Digits such as 20240229 are counted among the dates already.
        if counted && self.digit_shape.dates < numbers {
            self.dates() + numbers - self.digit_shape.dates
        } else {
            self.dates()
        }
    }

    /// Cells that say how long something took, plain numbers included.
    pub fn lengths(&self) -> u64 {
        self.numbers() + self.durations
    }

    /// Share of the filled cells; 0 where none is filled.
    pub fn share(&self, count: u64) -> f64 {
        if self.filled() == 0 {
            0.0
        } else {
            count as f64 / self.filled() as f64
        }
    }

    /// `text`, `integer`, `number`, `date`, `time`, `boolean` or `empty`.
    pub fn value_type(&self) -> &'static str {
        if self.filled() == 0 {
            return "empty";
        }
        let most = |count: u64| self.share(count) >= 0.9;
        // `01.2024` is a month, though it could be a number with four decimals.
        if most(self.dates()) && (!most(self.numbers()) || self.whole_numbers == 0) {
            return if self.dates_timed > 0 { "time" } else { "date" };
        }
        if most(self.flags) && self.distinct.unwrap_or(9) <= 4 && !most(self.numbers()) {
            return "boolean";
        }
        if most(self.numbers()) && !self.digit_shape.is_identifier() {
            return if self.whole_numbers == self.numbers() {
                "integer"
            } else {
                "number"
            };
        }
        "text"
    }
}

fn is_whole(number: f64) -> bool {
    number.fract().abs() < f64::EPSILON
}

fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| {
        Some(range.map_or((value, value), |range| wider(range, value)))
    })
}

/// The range that also holds the value.
fn wider((low, high): (f64, f64), value: f64) -> (f64, f64) {
    let lower = value.total_cmp(&low).is_lt();
    let higher = value.total_cmp(&high).is_gt();
    (
        if lower { value } else { low },
        if higher { value } else { high },
    )
}

#[cfg(test)]
impl Profile {
    /// The profile of a column of these cells.
    pub(super) fn of_cells(cells: &[&str]) -> Self {
        let mut builder = super::ColumnBuilder::new("c");
        for cell in cells {
            builder.push(cell);
        }
        Self::of(&builder.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_digits_are_text() {
        for cells in [
            ["01234", "98765"],
            ["4111111111111111", "5500000000000004"],
            ["4111 1111 1111 1111", "5500 0000 0000 0004"],
            ["+49 30 123456", "+49 30 654321"],
            ["555-123-4567", "555-765-4321"],
            ["R1001", "R1002"],
        ] {
            assert_eq!(Profile::of_cells(&cells).value_type(), "text", "{cells:?}");
        }
        for cells in [["12", "98765"], ["1", "0"], ["0", "10"], ["007", "12"]] {
            assert_eq!(
                Profile::of_cells(&cells).value_type(),
                "integer",
                "{cells:?}"
            );
        }
    }

    #[test]
    fn currencies_are_counted_the_most_frequent_first() {
        let found = Profile::of_cells(&["$5", "€ 1.50", "2,50 EUR", "7"]).currencies;
        assert_eq!(
            found,
            [(Currency::Code("EUR"), 2), (Currency::Sign("$"), 1)]
        );
    }

    #[test]
    fn numbers_that_count_time_or_days_are_moments_and_others_are_not() {
        assert_eq!(
            Profile::of_cells(&["1735689600", "1735776000"]).moments(),
            2
        );
        assert_eq!(
            Profile::of_cells(&["45351", "45352.5", "2024-03-01"]).moments(),
            3
        );
        assert_eq!(Profile::of_cells(&["20240229", "20240301"]).moments(), 2);
        assert_eq!(Profile::of_cells(&["45351", "12"]).moments(), 0);
        assert_eq!(Profile::of_cells(&["536365", "536366"]).moments(), 0);
    }

    #[test]
    fn types_are_named() {
        assert_eq!(Profile::of_cells(&["2025-04-03", ""]).value_type(), "date");
        assert_eq!(
            Profile::of_cells(&["Yes", "No", "Yes"]).value_type(),
            "boolean"
        );
        assert_eq!(Profile::of_cells(&["1", "2"]).value_type(), "integer");
        assert_eq!(Profile::of_cells(&["1.5", "2"]).value_type(), "number");
        assert_eq!(Profile::of_cells(&["", ""]).value_type(), "empty");
        assert_eq!(Profile::of_cells(&["A", "B"]).value_type(), "text");
    }
}
