//! What all cells of a column say together where one cell alone cannot decide.

use super::profile::Settled;
use super::value::date::{self, Written};
use super::value::duration;
use crate::engine::options::{ClockForm, DateOrder};

/// What a column's dates say about years of two digits in front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DateShape {
    /// Cells of three numbers, or of a fixed date, that are dates with the year first; without
    /// those that have one reading.
    pub fits_year_first: u64,
    /// Cells of three numbers that are no date with the year first.
    pub never_year_first: u64,
    /// The different first numbers of dates with two digits in front and behind, a bit each.
    firsts: u128,
    /// The different last numbers of the same.
    lasts: u128,
}

impl DateShape {
    /// Takes another date into account.
    pub fn add(&mut self, written: &Written, evidence: date::Evidence, count: u64) {
        let Some(digits) = written.year_in_front() else {
            return;
        };
        if digits && written.stamp(DateOrder::YearFirst).is_some() {
            if evidence != date::Evidence::Certain {
                self.fits_year_first += count;
            }
        } else {
            self.never_year_first += count;
        }
        if let Some((first, last)) = written.two_digit_year() {
            self.firsts |= 1 << first.min(127);
            self.lasts |= 1 << last.min(127);
        }
    }

    /// Whether all cells allow the year in front, and those numbers repeat more than the last.
    pub const fn looks_year_first(&self) -> bool {
        self.never_year_first == 0 && self.lasts.count_ones() > self.firsts.count_ones()
    }
}

/// What texts of digits say about being ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DigitShape {
    /// Cells of plain digits, perhaps with decimals.
    pub cells: u64,
    /// Those of them that are dates as well, such as `20240229`.
    pub dates: u64,
    leading_zero: bool,
    shortest: usize,
    longest: usize,
}

/// A number of more digits cannot be held exactly, so it is no quantity.
const MOST_DIGITS: usize = 15;

impl DigitShape {
    /// Takes another text of digits into account.
    pub fn add(&mut self, digits: &str, count: u64) {
        if digits.bytes().all(|b| b.is_ascii_digit()) {
            self.leading_zero |= digits.len() > 1 && digits.starts_with('0');
            self.shortest = if self.longest == 0 {
                digits.len()
            } else {
                self.shortest.min(digits.len())
            };
            self.longest = self.longest.max(digits.len());
        }
        self.cells += count;
    }

    /// Whether the digits name something rather than count it: zeros in front of texts of one
    /// length, or more digits than a quantity has.
    pub const fn is_identifier(&self) -> bool {
        (self.leading_zero && self.shortest == self.longest) || self.longest > MOST_DIGITS
    }
}

/// What a column's durations say about two numbers with a colon.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DurationShape {
    /// Cells such as `12:30`.
    pub two_parts: u64,
    two_parts_above: u64,
    three_parts: u64,
}

impl DurationShape {
    /// Takes another duration into account.
    pub const fn add(&mut self, evidence: duration::Evidence, count: u64) {
        match evidence {
            duration::Evidence::TwoParts => self.two_parts += count,
            duration::Evidence::TwoPartsAbove => {
                self.two_parts += count;
                self.two_parts_above += count;
            }
            duration::Evidence::ThreeParts => self.three_parts += count,
            duration::Evidence::Certain | duration::Evidence::NotADuration => {}
        }
    }

    /// What two numbers with a colon count. Beside clocks of three parts they are minutes and
    /// seconds, because such a clock leaves out hours that are zero, unless one has more minutes
    /// than an hour.
    pub const fn form(&self) -> Settled<ClockForm> {
        if self.two_parts == 0 {
            Settled::Indifferent
        } else if self.three_parts > 0 && self.two_parts_above == 0 {
            Settled::Proven(ClockForm::MinutesSeconds)
        } else {
            Settled::Undecided
        }
    }
}
