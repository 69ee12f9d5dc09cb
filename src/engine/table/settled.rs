//! What all cells of a column prove: the decimal mark, the order of dates, the form of durations.

use super::profile::Profile;
use crate::engine::options::{ClockForm, DateOrder, Decimal};

/// How the order of day and month, or the decimal mark, was settled.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Settled<T> {
    /// The cells prove it.
    Proven(T),
    /// It makes no difference for these cells.
    Indifferent,
    /// Both readings fit all cells and differ: someone must say.
    Undecided,
}

impl Profile {
    /// The decimal mark that the cells prove: that of the majority where they contradict each
    /// other; the others are unreadable.
    pub const fn decimal(&self) -> Settled<Decimal> {
        if self.numbers_point == self.numbers_comma {
            if self.numbers_point + self.numbers_either == 0 {
                Settled::Indifferent
            } else if let (0, Some(mark)) = (self.numbers_point, self.money_mark) {
                Settled::Proven(mark)
            } else {
                Settled::Undecided
            }
        } else if self.numbers_point > self.numbers_comma {
            Settled::Proven(Decimal::Point)
        } else {
            Settled::Proven(Decimal::Comma)
        }
    }

    /// The order of day, month and year that the cells prove: that of the majority where they
    /// contradict each other.
    pub fn date_order(&self) -> Settled<DateOrder> {
        if self.dates_year_first > self.date_shape.never_year_first {
            return Settled::Proven(DateOrder::YearFirst);
        }
        if self.may_be_year_first() {
            return Settled::Undecided;
        }
        if self.dates_day_first != self.dates_month_first {
            return Settled::Proven(if self.dates_day_first > self.dates_month_first {
                DateOrder::DayFirst
            } else {
                DateOrder::MonthFirst
            });
        }
        if self.dates_day_first > 0 || self.dates_either > 0 {
            Settled::Undecided
        } else if self.dates_dotted > 0 {
            // Between dots the day comes first, unless a cell proves otherwise.
            Settled::Proven(DateOrder::DayFirst)
        } else {
            Settled::Indifferent
        }
    }

    /// The orders under which the dates can be read, for asking where they are undecided.
    pub fn date_orders(&self) -> Vec<DateOrder> {
        let mut orders = Vec::new();
        if self.dates_day_first >= self.dates_month_first {
            orders.push(DateOrder::DayFirst);
        }
        if self.dates_month_first >= self.dates_day_first {
            orders.push(DateOrder::MonthFirst);
        }
        if self.may_be_year_first() {
            orders.push(DateOrder::YearFirst);
        }
        orders
    }

    /// Whether years of two digits may as well stand in front: all cells allow it, and the numbers
    /// in front repeat more than those behind, as years do and days do not.
    const fn may_be_year_first(&self) -> bool {
        self.dates_year_first == 0 && self.date_shape.looks_year_first()
    }

    /// What `12:30` counts in a column of durations.
    pub const fn clock_form(&self) -> Settled<ClockForm> {
        self.duration_shape.form()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::ColumnBuilder;

    #[test]
    fn one_day_above_twelve_settles_the_order_of_the_whole_column() {
        assert_eq!(
            Profile::of_cells(&["03/04/2025", "05/06/2025"]).date_order(),
            Settled::Undecided
        );
        assert_eq!(
            Profile::of_cells(&["03/04/2025", "25/06/2025"]).date_order(),
            Settled::Proven(DateOrder::DayFirst)
        );
        assert_eq!(
            Profile::of_cells(&["03/04/2025", "06/25/2025"]).date_order(),
            Settled::Proven(DateOrder::MonthFirst)
        );
        assert_eq!(
            Profile::of_cells(&["2025-04-03"]).date_order(),
            Settled::Indifferent
        );
    }

    #[test]
    fn the_decimal_mark_is_settled_per_column() {
        assert_eq!(
            Profile::of_cells(&["1,234", "5,678"]).decimal(),
            Settled::Undecided
        );
        assert_eq!(
            Profile::of_cells(&["1,234", "5,6"]).decimal(),
            Settled::Proven(Decimal::Comma)
        );
        assert_eq!(
            Profile::of_cells(&["1,234", "5.60"]).decimal(),
            Settled::Proven(Decimal::Point)
        );
        assert_eq!(
            Profile::of_cells(&["1", "2"]).decimal(),
            Settled::Indifferent
        );
    }

    #[test]
    fn contradicting_marks_are_settled_by_the_majority_and_a_tie_is_not() {
        let mixed = Profile::of_cells(&["1,234.5", "2,345.6", "1.234,5", "7"]);
        assert_eq!(mixed.decimal(), Settled::Proven(Decimal::Point));
        assert_eq!(mixed.numbers(), 3);
        assert_eq!(
            Profile::of_cells(&["1,234.5", "1.234,5"]).decimal(),
            Settled::Undecided
        );
        // Nothing of the minority is silently read as something else.
        let mut builder = ColumnBuilder::new("c");
        for cell in ["1,234.5", "2,345.6", "1.234,5"] {
            builder.push(cell);
        }
        let cells = builder.finish().numbers(Decimal::Point, &[]);
        assert_eq!(cells.invalid, [2]);
    }

    #[test]
    fn durations_tell_their_form_where_they_can() {
        let form = |cells: &[&str]| Profile::of_cells(cells).clock_form();
        assert_eq!(form(&["12:30", "0:45"]), Settled::Undecided);
        assert_eq!(
            form(&["12:30", "1:02:30"]),
            Settled::Proven(ClockForm::MinutesSeconds)
        );
        assert_eq!(form(&["75:30", "1:02:30"]), Settled::Undecided);
        assert_eq!(form(&["1:02:30", "1d 4h", "5"]), Settled::Indifferent);
        assert_eq!(
            Profile::of_cells(&["1:02:30", "1d 4h", "5", "x"]).lengths(),
            3
        );
    }
}
