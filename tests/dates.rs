//! Dates and times in the forms of people and programs, and every day in many forms.

use kept::engine::base::Date;
use kept::engine::options::DateOrder;
use kept::engine::table::profile::Settled;
use kept::engine::table::value::date::{self, Stamp};
use kept::engine::table::{ColumnBuilder, Profile};

const ORDERS: [DateOrder; 3] = [
    DateOrder::DayFirst,
    DateOrder::MonthFirst,
    DateOrder::YearFirst,
];

/// `2024-02-29 23:59:00 +60`, or only the month or the day of it.
fn written(stamp: Stamp) -> String {
    let mut text = stamp.date.to_string();
    if stamp.month_only {
        text.truncate(7);
    }
    if let Some(ms) = stamp.time_ms {
        let seconds = ms.div_euclid(1_000);
        let (hours, minutes) = (seconds.div_euclid(3_600), seconds.div_euclid(60) % 60);
        text = format!("{text} {hours:02}:{minutes:02}:{:02}", seconds % 60);
    }
    match stamp.offset_minutes {
        Some(offset) => format!("{text} {offset:+}"),
        None => text,
    }
}

const FORMS: &[(&str, &str)] = &[
    // Machines.
    ("2024-02-29", "2024-02-29"),
    ("2024-02-29T23:59:00.000Z", "2024-02-29 23:59:00 +0"),
    (
        "2024-02-29T23:59:00+01:00[Europe/Berlin]",
        "2024-02-29 23:59:00 +60",
    ),
    ("20240229", "2024-02-29"),
    ("20240229T235900Z", "2024-02-29 23:59:00 +0"),
    ("20240229 2359", "2024-02-29 23:59:00"),
    ("20240229235900", "2024-02-29 23:59:00"),
    ("202402292359", "2024-02-29 23:59:00"),
    ("2024022923", "2024-02-29 23:00:00"),
    ("202402", "2024-02"),
    ("2024-02-29 24:00", "2024-03-01 00:00:00"),
    ("2024-02-29T24:00:00Z", "2024-03-01 00:00:00 +0"),
    ("2024-02-29 23:59:00,123", "2024-02-29 23:59:00"),
    ("2024-02-29 23:59:00 UTC", "2024-02-29 23:59:00 +0"),
    ("2024/02/29 23:59:00 GMT", "2024-02-29 23:59:00 +0"),
    ("29 Feb 2024 23:59 UTC+2", "2024-02-29 23:59:00 +120"),
    (
        "Thu Feb 29 2024 23:59:00 GMT+0100 (Central European Standard Time)",
        "2024-02-29 23:59:00 +60",
    ),
    ("Thu Feb 29 23:59:00 +0000 2024", "2024-02-29 23:59:00 +0"),
    ("Thu, 29 Feb 2024 23:59:00 GMT", "2024-02-29 23:59:00 +0"),
    ("Feb 29, 2024 11:59 PM EST", "2024-02-29 23:59:00 -300"),
    // Months by name.
    ("29 February 2024", "2024-02-29"),
    ("February 29th, 2024", "2024-02-29"),
    ("Thursday, 29 February 2024", "2024-02-29"),
    ("the 29th of February 2024", "2024-02-29"),
    ("29-Feb-2024", "2024-02-29"),
    ("29-FEB-24", "2024-02-29"),
    ("2024-Feb-29", "2024-02-29"),
    ("29. Februar 2024", "2024-02-29"),
    ("Do., 29. Feb. 2024, 23:59 Uhr", "2024-02-29 23:59:00"),
    ("1. März 2024 um 14:05", "2024-03-01 14:05:00"),
    ("29 février 2024 à 23:59", "2024-02-29 23:59:00"),
    ("jeudi 29 févr. 2024", "2024-02-29"),
    ("mar. 5 mars 2024", "2024-03-05"),
    ("mar. 2 avr. 2024", "2024-04-02"),
    ("1er août 2024", "2024-08-01"),
    ("29 de febrero de 2024", "2024-02-29"),
    ("jueves, 29 de febrero de 2024 23:59", "2024-02-29 23:59:00"),
    ("29 de fev. de 2024", "2024-02-29"),
    ("1º de março de 2024", "2024-03-01"),
    ("29 febbraio 2024 alle ore 23:59", "2024-02-29 23:59:00"),
    ("1° gennaio 2024", "2024-01-01"),
    ("29 februari 2024 om 23:59", "2024-02-29 23:59:00"),
    ("donderdag 29 mrt. 2024", "2024-03-29"),
    ("29. helmikuuta 2024 klo 23.59", "2024-02-29 23:59:00"),
    ("29 lutego 2024", "2024-02-29"),
    ("29 февраля 2024 г.", "2024-02-29"),
    ("29 Şubat 2024", "2024-02-29"),
    ("2024. február 29.", "2024-02-29"),
    ("29 Φεβρουαρίου 2024 11:59 μ.μ.", "2024-02-29 23:59:00"),
    ("29 Feb '24", "2024-02-29"),
    // East Asia.
    ("2024年2月29日", "2024-02-29"),
    ("2024年2月29日(木) 23:59", "2024-02-29 23:59:00"),
    ("24年2月29日", "2024-02-29"),
    ("2024年2月29日 下午11:59", "2024-02-29 23:59:00"),
    ("2024年2月29日 午後11時59分", "2024-02-29 23:59:00"),
    ("2024年2月29日 午前0:30", "2024-02-29 00:30:00"),
    ("2024년 2월 29일", "2024-02-29"),
    ("2024년 2월 29일 오후 11:59", "2024-02-29 23:59:00"),
    ("2024년 2월 29일 오후 11시 59분 30초", "2024-02-29 23:59:30"),
    ("２０２４年２月２９日", "2024-02-29"),
    ("2024. 2. 29. 오전 3:04", "2024-02-29 03:04:00"),
    // Other digits.
    ("٢٠٢٤/٠٢/٢٩", "2024-02-29"),
    ("२९ फ़र॰ २०२४", "2024-02-29"),
    // Times.
    ("2024-02-29 9:05 p. m.", "2024-02-29 21:05:00"),
    ("2024-02-29 9:05\u{a0}a.\u{a0}m.", "2024-02-29 09:05:00"),
    ("2024-02-29, 12:00 AM", "2024-02-29 00:00:00"),
    ("2024-02-29 12:30PM", "2024-02-29 12:30:00"),
    ("2024-02-29 23 h 59", "2024-02-29 23:59:00"),
    ("2024-02-29 23h59", "2024-02-29 23:59:00"),
    ("2024-02-29 9 PM", "2024-02-29 21:00:00"),
    ("23:59 29 Feb 2024", "2024-02-29 23:59:00"),
    // Months and quarters.
    ("2024-02", "2024-02"),
    ("2024/2", "2024-02"),
    ("02/2024", "2024-02"),
    ("Feb 2024", "2024-02"),
    ("Feb-24", "2024-02"),
    ("Feb '24", "2024-02"),
    ("febrero de 2024", "2024-02"),
    ("2024年2月", "2024-02"),
    ("2024-Q2", "2024-04"),
    ("Q2 2024", "2024-04"),
    ("2Q2024", "2024-04"),
    ("T2 2024", "2024-04"),
];

#[test]
fn forms_with_one_reading_are_read_under_every_order() {
    for (text, expected) in FORMS {
        for order in ORDERS {
            let found = date::parse(text, order).map(written);
            assert_eq!(found.as_deref(), Some(*expected), "{text} {order:?}");
        }
    }
}

#[test]
fn what_is_no_date_is_refused_under_every_order() {
    for text in [
        "",
        " ",
        "12",
        "2024",
        "1234",
        "12.5",
        "1.2.3",
        "1,234",
        "3.14",
        "536365",
        "00:00.0",
        "59:30.5",
        "10:30",
        "10:30 AM",
        "48:30:00",
        "1 day, 4:05:06",
        "2 days 03:04:05",
        "2025-02-30",
        "31.04.2024",
        "2025-13-01",
        "99/99/9999",
        "29 Feb",
        "25-Jan",
        "February 30, 2024",
        "1899-12-31",
        "2200-01-01",
        "hello",
        "May",
        "mayor 2025 x",
        "2024-02-29 25:00",
        "2024-02-29 24:01",
        "2024-02-29 23:60",
        "2024-02-29 13:00 PM",
        "Q5 2024",
        "Q1",
        "FY2024 Q1",
        "1 2 3 4",
        "192.168.0.1",
        "v1.12.2024b",
        "29/02/2023",
        "2024-02-29 to 2024-03-01",
        "29.02.2024 - 01.03.2024",
        "+49 30 123456",
        "555-123-4567",
        "#REF!",
        "2024-02-29 (maybe)",
        "N/A",
        "5 März",
    ] {
        for order in ORDERS {
            assert_eq!(date::parse(text, order), None, "{text} {order:?}");
        }
    }
}

#[track_caller]
fn check_order(cells: &[&str], expected: Settled<DateOrder>, dates: u64) {
    let mut builder = ColumnBuilder::new("c");
    for cell in cells {
        builder.push(cell);
    }
    let profile = Profile::of(&builder.finish());
    assert_eq!(profile.date_order(), expected, "{cells:?}");
    assert_eq!(profile.dates(), dates, "{cells:?}");
}

#[test]
fn the_whole_column_decides_the_order() {
    use DateOrder::{DayFirst, MonthFirst, YearFirst};
    use Settled::{Indifferent, Proven, Undecided};
    // One value above 12 settles a column, the last one included.
    check_order(&["3/4/2025", "5/6/2025", "25/6/2025"], Proven(DayFirst), 3);
    check_order(
        &["3/4/2025", "5/6/2025", "6/25/2025"],
        Proven(MonthFirst),
        3,
    );
    check_order(&["3/4/2025", "5/6/2025"], Undecided, 2);
    check_order(&["3/4/25 10:00", "5/6/25 11:00"], Undecided, 2);
    check_order(&["4/4/2025", "5/5/2025"], Indifferent, 2);
    // Dots are written with the day in front, unless a cell proves otherwise.
    check_order(&["03.04.2025", "05.06.2025"], Proven(DayFirst), 2);
    check_order(&["03.04.2025", "05.25.2025"], Proven(MonthFirst), 2);
    // Contradictions: the majority wins, the others are unreadable; a tie is asked about.
    check_order(
        &["25/6/2025", "26/6/2025", "6/25/2025"],
        Proven(DayFirst),
        2,
    );
    check_order(&["25/6/2025", "6/25/2025"], Undecided, 1);
    // Years in two digits.
    check_order(&["99/10/09", "24/02/29", "24/03/04"], Proven(YearFirst), 3);
    check_order(&["24. 2. 9.", "24. 12. 31."], Proven(YearFirst), 2);
    check_order(&["09/10/99", "24/02/29"], Proven(DayFirst), 2);
    check_order(&["12/31/21", "1/2/23"], Proven(MonthFirst), 2);
    check_order(&["24/02/29", "24/03/01", "24/03/02"], Undecided, 3);
    check_order(&["01/03/24", "25/03/24", "31/03/24"], Proven(DayFirst), 3);
    // A slip among years behind does not turn the column round.
    check_order(&["30/04/24", "31/04/24", "29/04/24"], Proven(DayFirst), 2);
}

/// Slow and obvious: every day of thirty years, in every form, by counting days off a calendar.
#[test]
fn every_day_is_read_back_in_every_form() {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const GERMAN: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let (mut year, mut month, mut day) = (1998_i32, 1_u32, 1_u32);
    let mut answer = Date::from_ymd(year, month, day).unwrap();
    while year < 2028 {
        let short = year.rem_euclid(100);
        let name = ENGLISH[month as usize - 1];
        let german = GERMAN[month as usize - 1];
        let three = name.get(..3).unwrap();
        for (text, order) in [
            (format!("{year}-{month:02}-{day:02}"), DateOrder::DayFirst),
            (format!("{year}/{month}/{day}"), DateOrder::DayFirst),
            (format!("{year}{month:02}{day:02}"), DateOrder::DayFirst),
            (
                format!("{year}. {month:02}. {day:02}."),
                DateOrder::DayFirst,
            ),
            (format!("{day:02}.{month:02}.{year}"), DateOrder::DayFirst),
            (format!("{day}. {month}. {year}"), DateOrder::YearFirst),
            (format!("{day}/{month}/{year}"), DateOrder::DayFirst),
            (format!("{month}/{day}/{year}"), DateOrder::MonthFirst),
            (
                format!("{day:02}-{month:02}-{short:02}"),
                DateOrder::DayFirst,
            ),
            (format!("{month}/{day}/{short:02}"), DateOrder::MonthFirst),
            (
                format!("{short:02}/{month:02}/{day:02}"),
                DateOrder::YearFirst,
            ),
            (format!("{short:02}. {month}. {day}."), DateOrder::YearFirst),
            (format!("{day} {name} {year}"), DateOrder::DayFirst),
            (format!("{name} {day}, {year}"), DateOrder::DayFirst),
            (format!("{day:02}-{three}-{short:02}"), DateOrder::DayFirst),
            (format!("{day}. {german} {year}"), DateOrder::DayFirst),
            (format!("{year}年{month}月{day}日"), DateOrder::DayFirst),
        ] {
            let found = date::parse(&text, order).map(|stamp| stamp.date);
            assert_eq!(found, Some(answer), "{text}");
        }
        day += 1;
        answer = answer.plus_days(1);
        if Date::from_ymd(year, month, day).is_none() {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}
