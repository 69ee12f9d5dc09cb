//! Numbers, money, times and dates as the reader writes them. The only place where a fraction
//! becomes a percentage.

use crate::engine::base::{Date, Unit};
use crate::engine::report::Interval;
use crate::present::language::say;
use crate::told;

/// How a reader writes numbers and dates, with the currency of the money at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    decimal: char,
    group: &'static str,
    percent: &'static str,
    money: MoneyPlace,
    months: &'static [&'static str; 12],
    after_day: &'static str,
    currency: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum MoneyPlace {
    Before,
    After,
}

/// The real minus sign.
const MINUS: &str = "\u{2212}";
/// A space at which no line breaks.
const HARD_SPACE: &str = "\u{a0}";
/// A narrow space at which no line breaks, as French groups digits.
const THIN_SPACE: &str = "\u{202f}";

const ENGLISH: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const GERMAN: [&str; 12] = [
    "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
];
const FRENCH: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];

/// Signs of currencies that most readers know; every other currency is written as its code.
const SIGNS: [(&str, &str); 6] = [
    ("EUR", "€"),
    ("USD", "$"),
    ("GBP", "£"),
    ("JPY", "¥"),
    ("INR", "₹"),
    ("KRW", "₩"),
];

impl Default for Habits {
    fn default() -> Self {
        Self::new("en", None)
    }
}

impl Habits {
    /// The habits of a locale such as `de-AT`; those of English where it is not known.
    pub fn new(locale: &str, currency: Option<&str>) -> Self {
        let language = locale
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let swiss = locale.to_uppercase().ends_with("CH");
        let currency = currency.map(str::to_uppercase);
        let english = Self {
            decimal: '.',
            group: ",",
            percent: "%",
            money: MoneyPlace::Before,
            months: &ENGLISH,
            after_day: " ",
            currency,
        };
        match language.as_str() {
            "de" if swiss => Self {
                group: "’",
                months: &GERMAN,
                after_day: ". ",
                ..english
            },
            "de" => Self {
                decimal: ',',
                group: ".",
                percent: "\u{a0}%",
                money: MoneyPlace::After,
                months: &GERMAN,
                after_day: ". ",
                ..english
            },
            "fr" => Self {
                decimal: ',',
                group: THIN_SPACE,
                percent: "\u{202f}%",
                money: MoneyPlace::After,
                months: &FRENCH,
                ..english
            },
            "es" | "it" | "pt" | "nl" | "da" | "id" | "tr" => Self {
                decimal: ',',
                group: ".",
                percent: "%",
                money: MoneyPlace::After,
                ..english
            },
            "sv" | "nb" | "nn" | "fi" | "pl" | "cs" | "sk" | "uk" | "hu" => Self {
                decimal: ',',
                group: HARD_SPACE,
                percent: "\u{a0}%",
                money: MoneyPlace::After,
                ..english
            },
            _ => english,
        }
    }

    /// A plain number with so many decimals, grouped in thousands, with a real minus sign.
    pub fn number(&self, number: f64, decimals: usize) -> String {
        let digits = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if number < 0.0 && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            text.push_str(MINUS);
        }
        text.push_str(&self.grouped(whole));
        if !fraction.is_empty() {
            text.push(self.decimal);
            text.push_str(fraction);
        }
        text
    }

    fn grouped(&self, whole: &str) -> String {
        let mut text = String::new();
        for (place, digit) in whole.chars().enumerate() {
            let left = whole.len() - place;
            if place > 0
                && left.is_multiple_of(3)
                && whole.len() > 4 - usize::from(self.group == ",")
            {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        text
    }

    /// A count.
    pub fn count(&self, count: u64) -> String {
        self.grouped(&count.to_string())
    }

    /// A sentence of the engine, its counts grouped in thousands. What stands between quotation
    /// marks is a name and stays as it is.
    pub fn sentence(&self, text: &str) -> String {
        // German closes a quotation with the mark that opens it in English.
        let (open, close) = if text.contains('„') {
            ('„', '“')
        } else {
            ('“', '”')
        };
        let mut quoted = false;
        let words = text.split(' ').map(|word| {
            let is_name = quoted || word.starts_with(open);
            let opened = word.rfind(open);
            let closed = word.rfind(close);
            quoted = match (opened, closed) {
                (None, None) => quoted,
                (opened, closed) => opened > closed,
            };
            let digits = word.trim_end_matches([',', ';', '.', ':']);
            let is_count = digits.len() > 3
                && !digits.starts_with('0')
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_name || !is_count {
                return word.to_owned();
            }
            let behind = word.strip_prefix(digits).unwrap_or_default();
            format!("{}{behind}", self.grouped(digits))
        });
        words.collect::<Vec<String>>().join(" ")
    }

    /// A fraction as a percentage with one decimal; below one percent with as many, up to four, as
    /// show two digits, so that small rates and the ends of their intervals can be told apart.
    pub fn percent(&self, fraction: f64) -> String {
        let percent = fraction * 100.0;
        let size = percent.abs();
        // What rounds to zero all the same is zero.
        let decimals = [(0.95, 1), (0.095, 2), (0.0095, 3), (0.000_05, 4)]
            .into_iter()
            .find(|(least, _)| size >= *least)
            .map_or(1, |(_, decimals)| decimals);
        format!("{}{}", self.number(percent, decimals), self.percent)
    }

    /// Money, without cents from a thousand up.
    pub fn money(&self, amount: f64) -> String {
        let decimals = if amount.abs() >= 1_000.0 || is_whole(amount) {
            0
        } else {
            2
        };
        let digits = self.number(amount.abs(), decimals);
        let sign = if self.number(amount, decimals).starts_with(MINUS) {
            MINUS
        } else {
            ""
        };
        format!("{sign}{}", self.with_currency(&digits))
    }

    /// Digits without a sign, with the currency on the side where the reader looks for it.
    pub(super) fn with_currency(&self, digits: &str) -> String {
        let Some(code) = &self.currency else {
            return digits.to_owned();
        };
        let mark = SIGNS
            .iter()
            .find(|(known, _)| known == code)
            .map(|(_, mark)| *mark);
        match (self.money, mark) {
            (MoneyPlace::Before, Some(mark)) => format!("{mark}{digits}"),
            (MoneyPlace::Before, None) => format!("{code}{HARD_SPACE}{digits}"),
            (MoneyPlace::After, mark) => format!("{digits}{HARD_SPACE}{}", mark.unwrap_or(code)),
        }
    }

    /// The sign of a percentage, with the space before it that the reader expects.
    pub(super) const fn percent_sign(&self) -> &'static str {
        self.percent
    }

    /// Hours: minutes below one hour, days and hours from two days up.
    pub fn hours(&self, hours: f64) -> String {
        let size = hours.abs();
        let sign = if hours < 0.0 { MINUS } else { "" };
        if size < 1.0 {
            return format!("{}{HARD_SPACE}min", self.number(hours * 60.0, 0));
        }
        if size < 48.0 {
            return format!("{}{HARD_SPACE}h", self.number(hours, 1));
        }
        let whole = size.round();
        let days = (whole / 24.0).floor();
        let rest = whole - days * 24.0;
        let days = self.number(days, 0);
        if rest < 0.5 {
            return format!("{sign}{days}{HARD_SPACE}d");
        }
        format!(
            "{sign}{days}{HARD_SPACE}d{HARD_SPACE}{}{HARD_SPACE}h",
            self.number(rest, 0)
        )
    }

    /// A figure in its unit.
    pub fn value(&self, number: f64, unit: Unit) -> String {
        match unit {
            Unit::Ratio => self.percent(number),
            Unit::Score | Unit::Times => self.number(number, 1),
            Unit::Money => self.money(number),
            Unit::Count => self.number(number, usize::from(!is_whole(number))),
            Unit::Hours => self.hours(number),
            Unit::Days => self.with_word(number, "day", "days"),
            Unit::Months => self.with_word(number, "month", "months"),
        }
    }

    /// A figure where a formula is shown: two decimals of a percentage or a score.
    pub fn fine(&self, number: f64, unit: Unit) -> String {
        match unit {
            Unit::Ratio => format!("{}{}", self.number(number * 100.0, 2), self.percent),
            Unit::Score | Unit::Times => self.number(number, 2),
            _ => self.value(number, unit),
        }
    }

    fn with_word(&self, number: f64, one: &'static str, many: &'static str) -> String {
        let digits = self.number(number, usize::from(!is_whole(number)));
        let word = say(if digits == "1" { one } else { many });
        format!("{digits}{HARD_SPACE}{word}")
    }

    /// A change of a figure, with its sign; a change of a ratio or score is in points.
    pub fn change(&self, change: f64, unit: Unit) -> String {
        let text = self.change_size(change, unit);
        let none = !text.chars().any(|letter| matches!(letter, '1'..='9'));
        if none {
            return text.replace(MINUS, "");
        }
        if text.starts_with(MINUS) {
            text
        } else {
            format!("+{text}")
        }
    }

    fn change_size(&self, change: f64, unit: Unit) -> String {
        match unit {
            Unit::Ratio => told!("{0} points", self.number(change * 100.0, 1)),
            Unit::Score => told!("{0} points", self.number(change, 1)),
            _ => self.value(change, unit),
        }
    }

    /// Two ends of an interval, the unit once where it stands behind: "2.2 to 7.3%".
    pub fn range(&self, low: f64, high: f64, unit: Unit) -> String {
        let (low, high) = (self.value(low, unit), self.value(high, unit));
        if low == high {
            return low;
        }
        let worded = |word| format!("{HARD_SPACE}{}", say(word));
        let tails = [
            self.percent.to_owned(),
            worded("h"),
            worded("min"),
            worded("days"),
            worded("months"),
        ];
        for tail in &tails {
            let alike = low.matches(HARD_SPACE).count() == high.matches(HARD_SPACE).count();
            if let Some(bare) = low
                .strip_suffix(tail.as_str())
                .filter(|_| high.ends_with(tail.as_str()) && alike)
            {
                return told!("{0} to {1}", bare, high);
            }
        }
        told!("{0} to {1}", low, high)
    }

    /// The ends of an interval of a change.
    pub fn change_range(&self, (low, high): (f64, f64), unit: Unit) -> String {
        let (low, high) = (self.change(low, unit), self.change(high, unit));
        let points = told!("{0} points", "");
        let low = low.strip_suffix(points.as_str()).unwrap_or(&low);
        let high = high.strip_suffix(points.as_str()).unwrap_or(&high);
        told!("{0} to {1}", low, high)
    }

    /// An interval with its level: "95% interval 2.2 to 7.3%".
    pub fn interval(&self, interval: &Interval, unit: Unit) -> String {
        let range = self.range(interval.low, interval.high, unit);
        told!("{0} interval {1}", self.level(interval.level), range)
    }

    /// The level of an interval: "95%".
    pub fn level(&self, level: f64) -> String {
        format!("{}{}", self.number(level * 100.0, 0), self.percent)
    }

    /// "1 time in 7", from a probability; the word for what is rarer than one in a thousand.
    pub fn chance(&self, probability: f64) -> String {
        if probability < 0.001 {
            return say("less than 1 time in 1,000").replace(',', self.group);
        }
        if probability > 0.4 {
            return told!("{0} times in 10", self.number(probability * 10.0, 0));
        }
        told!("1 time in {0}", self.number(1.0 / probability, 0))
    }

    /// A day: "3 Apr 2025".
    pub fn date(&self, date: Date) -> String {
        let (year, _, _) = date.ymd();
        format!("{} {year}", self.day_month(date))
    }

    /// A day without its year: "3 Apr".
    pub fn day_month(&self, date: Date) -> String {
        let (_, month, day) = date.ymd();
        format!("{day}{}{}", self.after_day, self.month_name(month))
    }

    /// A month: "Apr 2025".
    pub fn month(&self, date: Date) -> String {
        let (year, month, _) = date.ymd();
        format!("{} {year}", self.month_name(month))
    }

    /// The short name of a month, 1 to 12.
    pub fn month_name(&self, month: u32) -> &'static str {
        let place = usize::try_from(month).unwrap_or(1).saturating_sub(1);
        self.months.get(place).copied().unwrap_or_default()
    }

    /// Bytes: "6.1 MB".
    pub fn bytes(&self, bytes: f64) -> String {
        if bytes < 1_000_000.0 {
            return format!("{}{HARD_SPACE}kB", self.number((bytes / 1_000.0).ceil(), 0));
        }
        if bytes < 1_000_000_000.0 {
            return format!("{}{HARD_SPACE}MB", self.number(bytes / 1_000_000.0, 1));
        }
        format!("{}{HARD_SPACE}GB", self.number(bytes / 1_000_000_000.0, 2))
    }
}

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn counts_in_sentences_are_grouped_and_names_are_not() {
        let english = Habits::new("en", None);
        assert_eq!(
            english.sentence("Header reads like “Jan 2024 plan”; all 2831 of 12000, cells"),
            "Header reads like “Jan 2024 plan”; all 2,831 of 12,000, cells"
        );
        let german = Habits::new("de", None);
        assert_eq!(
            german.sentence("all 28310 cells are dates"),
            "all 28.310 cells are dates"
        );
    }

    #[test]
    fn numbers_follow_the_locale() {
        let english = Habits::new("en-GB", Some("EUR"));
        let german = Habits::new("de", Some("EUR"));
        let french = Habits::new("fr-FR", Some("eur"));
        let cases = [
            (english.money(320_880.4), "€320,880"),
            (german.money(320_880.4), "320.880 €"),
            (french.money(320_880.4), "320 880 €"),
            (english.money(-12.5), "−€12.50"),
            (english.percent(0.0408), "4.1%"),
            (english.percent(0.002_363), "0.24%"),
            (english.percent(0.000_2), "0.020%"),
            (english.percent(-0.009_4), "\u{2212}0.94%"),
            (english.percent(0.0), "0.0%"),
            (english.percent(1e-9), "0.0%"),
            (german.percent(0.0408), "4,1 %"),
            (Habits::new("en", Some("CHF")).money(1_200.0), "CHF 1,200"),
            (Habits::new("en", None).money(1_200.0), "1,200"),
            (english.number(-0.04, 1), "0.0"),
            (english.count(22_215), "22,215"),
        ];
        for (found, expected) in cases {
            assert_eq!(plain(&found), expected);
        }
    }

    #[test]
    fn hours_are_written_in_the_unit_that_suits_them() {
        let habits = Habits::default();
        let cases = [
            (0.7, "42 min"),
            (3.24, "3.2 h"),
            (52.0, "2 d 4 h"),
            (72.2, "3 d"),
            (-1.5, "−1.5 h"),
        ];
        for (hours, expected) in cases {
            assert_eq!(plain(&habits.hours(hours)), expected);
        }
    }

    #[test]
    fn intervals_say_to_and_name_the_unit_once() {
        let habits = Habits::new("en", Some("EUR"));
        let cases = [
            (habits.range(0.022, 0.073, Unit::Ratio), "2.2 to 7.3%"),
            (
                habits.range(1_187.0, 1_643.0, Unit::Money),
                "€1,187 to €1,643",
            ),
            (habits.range(2.9, 3.6, Unit::Hours), "2.9 to 3.6 h"),
            (habits.range(40.0, 52.0, Unit::Hours), "40.0 h to 2 d 4 h"),
            (habits.range(-3.0, 39.3, Unit::Score), "−3.0 to 39.3"),
            (
                habits.change_range((-0.009, 0.058), Unit::Ratio),
                "−0.9 to +5.8",
            ),
        ];
        for (found, expected) in cases {
            assert_eq!(plain(&found), expected);
        }
    }

    #[test]
    fn changes_carry_their_sign_and_ratios_change_in_points() {
        let habits = Habits::new("en", Some("EUR"));
        let cases = [
            (habits.change(0.024, Unit::Ratio), "+2.4 points"),
            (habits.change(-0.9, Unit::Hours), "−54 min"),
            (habits.change(35_740.0, Unit::Money), "+€35,740"),
            (habits.change(-0.0001, Unit::Ratio), "0.0 points"),
        ];
        for (found, expected) in cases {
            assert_eq!(plain(&found), expected);
        }
    }

    #[test]
    fn chance_is_said_in_times() {
        let habits = Habits::default();
        assert_eq!(habits.chance(0.143), "1 time in 7");
        assert_eq!(habits.chance(0.61), "6 times in 10");
        assert_eq!(habits.chance(0.0), "less than 1 time in 1,000");
    }

    #[test]
    fn days_are_written_with_the_name_of_the_month() {
        let day = Date::parse("2025-04-03").unwrap();
        assert_eq!(Habits::default().date(day), "3 Apr 2025");
        assert_eq!(Habits::new("de", None).date(day), "3. Apr. 2025");
    }
}
