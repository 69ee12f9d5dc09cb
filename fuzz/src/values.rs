//! Numbers, dates, durations, marks and amounts, as people write them.

use kept::engine::base::Zone;
use kept::engine::options::{ClockForm, DateOrder, Decimal};
use kept::engine::table::ColumnBuilder;
use kept::engine::table::value::{date, duration, flag, missing, money, number};

const ORDERS: [DateOrder; 3] = [
    DateOrder::DayFirst,
    DateOrder::MonthFirst,
    DateOrder::YearFirst,
];
const DECIMALS: [Decimal; 2] = [Decimal::Point, Decimal::Comma];

/// Every line is a cell: what is read of it is a value, and written plainly it is read again;
/// together they are a column in which each cell is a value, empty or told to be neither.
pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cells: Vec<&str> = text.split('\n').collect();
    for cell in &cells {
        check_number(cell);
        check_date(cell);
        check_duration(cell);
        let _ = (flag::parse(cell), money::currency(cell), money::named(cell));
    }
    check_column(&cells);
}

fn check_number(cell: &str) {
    let readings = DECIMALS.map(|decimal| number::parse(cell, decimal));
    let is_number = number::evidence(cell) != number::Evidence::NotANumber;
    assert_eq!(is_number, readings.iter().any(Option::is_some), "{cell:?}");
    for value in readings.into_iter().flatten() {
        assert!(value.is_finite(), "{cell:?} is {value}");
        assert!(value.abs() > 0.0 || value.is_sign_positive(), "{cell:?}");
        if (1e-4..1e12).contains(&value.abs()) {
            let plain = value.to_string();
            let again = number::parse(&plain, Decimal::Point);
            assert_eq!(again, Some(value), "{cell:?}, then {plain:?}");
        }
    }
}

fn check_date(cell: &str) {
    let readings = ORDERS.map(|order| date::parse(cell, order));
    // The other way round does not hold: `31/04/24` can be read, but is rather a slip.
    let is_date = date::evidence(cell) != date::Evidence::NotADate;
    assert!(!is_date || readings.iter().any(Option::is_some), "{cell:?}");
    for (order, stamp) in ORDERS.into_iter().zip(readings) {
        let Some(stamp) = stamp else { continue };
        let plain = stamp.date.to_string();
        let again = date::parse(&plain, order).map(|again| again.date);
        assert_eq!(again, Some(stamp.date), "{cell:?}, then {plain:?}");
        assert!(
            stamp.time_ms.is_none_or(|ms| (0..86_400_000).contains(&ms)),
            "{cell:?}: {stamp:?}"
        );
    }
}

fn check_duration(cell: &str) {
    let forms = [ClockForm::HoursMinutes, ClockForm::MinutesSeconds];
    let readings = forms.map(|form| duration::parse(cell, form));
    for seconds in readings.into_iter().flatten() {
        assert!(seconds.is_finite() && seconds >= 0.0, "{cell:?}: {seconds}");
    }
    let is_duration = duration::evidence(cell) != duration::Evidence::NotADuration;
    assert_eq!(
        is_duration,
        readings.iter().any(Option::is_some),
        "{cell:?}"
    );
}

fn check_column(cells: &[&str]) {
    let mut builder = ColumnBuilder::new("any");
    for cell in cells {
        builder.push(cell);
    }
    let column = builder.finish();
    assert_eq!(column.len(), cells.len());
    for decimal in DECIMALS {
        let numbers = column.numbers(decimal, &[]);
        for (row, cell) in cells.iter().enumerate() {
            let value = numbers.values[row];
            let is_told = numbers.invalid.contains(&(row as u32));
            if missing::is_missing(cell) {
                assert!(value.is_nan() && !is_told, "{cell:?} is empty");
            } else if let Some(read) = number::parse(cell, decimal) {
                assert!(value.to_bits() == read.to_bits() && !is_told, "{cell:?}");
            } else {
                assert!(value.is_finite() || is_told, "{cell:?} is lost");
            }
        }
    }
    for order in ORDERS {
        let instants = column.instants(order, &Zone::fixed(90));
        assert_eq!(instants.values.len(), cells.len());
        assert!(instants.invalid.iter().all(|r| (*r as usize) < cells.len()));
    }
}
