//! Numbers, money, percentages and dates as 34 locales write them, each column read as a whole.
//!
//! The cells come from Unicode CLDR by an independent program and are not part of this repository;
//! where the folder beside it is absent, these tests say so and check nothing.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

use std::fs;
use std::path::PathBuf;

use kept::engine::base::date::DAY_MS;
use kept::engine::base::{Instant, Zone};
use kept::engine::options::{DateOrder, Decimal};
use kept::engine::table::profile::Settled;
use kept::engine::table::value::money::Currency;
use kept::engine::table::{Column, ColumnBuilder, Profile};
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("../shared/data is absent: locales are not checked");
    None
}

/// A locale's name, its description, and its six columns of cells.
fn locales() -> Vec<(String, Value, Vec<Vec<String>>)> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let text = fs::read_to_string(folder.join("expected/parsing_locale.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for (name, locale) in all["locales"].as_object().unwrap() {
        let file = format!("parsing/{}", locale["file"].as_str().unwrap());
        let file = fs::read_to_string(folder.join(file)).unwrap();
        let mut columns = vec![Vec::new(); 6];
        for row in locale["rows"].as_array().unwrap() {
            for (cells, text) in columns.iter_mut().zip(row["text"].as_array().unwrap()) {
                let text = text.as_str().unwrap();
                assert!(file.contains(text), "{name}: {text} is not in the file");
                cells.push(text.to_owned());
            }
        }
        found.push((name.clone(), locale.clone(), columns));
    }
    assert_eq!(found.len(), 34);
    found
}

fn column(cells: &[String]) -> (Column, Profile) {
    let mut builder = ColumnBuilder::new("cells");
    for cell in cells {
        builder.push(cell);
    }
    let column = builder.finish();
    let profile = Profile::of(&column);
    (column, profile)
}

/// The answers in one field of all rows.
fn answers<'a>(locale: &'a Value, field: &str) -> Vec<&'a str> {
    let rows = locale["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row[field].as_str().unwrap())
        .collect()
}

#[track_caller]
fn check_numbers(name: &str, cells: &[String], answers: &[f64]) {
    let (column, profile) = column(cells);
    let Settled::Proven(decimal) = profile.decimal() else {
        unreachable!("{name}: {:?}", profile.decimal());
    };
    let found = column.numbers(decimal, &[]);
    assert!(found.invalid.is_empty(), "{name}: {:?}", found.invalid);
    assert_eq!(profile.numbers(), cells.len() as u64, "{name}");
    for ((cell, value), answer) in cells.iter().zip(&found.values).zip(answers) {
        let same = (value - answer).abs() < f64::MIN_POSITIVE;
        assert!(same, "{name}: {cell} is read as {value}, not {answer}");
    }
}

/// A slow second reading: drops all but digits and the decimal mark that the locale is known to
/// have, and takes any minus for a minus.
fn slowly(cell: &str, mark: char) -> f64 {
    let digits: String = cell
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .filter(|c| c.is_ascii_digit() || *c == mark)
        .map(|c| if c == mark { '.' } else { c })
        .collect();
    let number: f64 = digits.parse().unwrap();
    if cell.contains(['-', '−']) {
        -number
    } else {
        number
    }
}

#[test]
fn numbers_money_and_percentages_of_all_locales_are_read() {
    for (name, locale, columns) in locales() {
        let mark = locale["decimal"].as_str().unwrap().chars().next().unwrap();
        for (place, field, per) in [
            (0, "value", 1.0),
            (1, "money_rounded", 1.0),
            (2, "share_percent", 100.0),
        ] {
            let expected: Vec<f64> = answers(&locale, field)
                .into_iter()
                .map(|text| text.parse::<f64>().unwrap() / per)
                .collect();
            check_numbers(&format!("{name} {field}"), &columns[place], &expected);
            let slow: Vec<f64> = columns[place]
                .iter()
                .map(|cell| slowly(cell, mark) / per)
                .collect();
            check_numbers(&format!("{name} {field}, slowly"), &columns[place], &slow);
        }
    }
}

#[test]
fn every_locale_writes_one_currency_and_it_is_told() {
    for (name, locale, columns) in locales() {
        let answer = answers(&locale, "currency")[0];
        let (_, profile) = column(&columns[1]);
        let [(found, count)] = *profile.currencies.as_slice() else {
            unreachable!("{name}: {:?}", profile.currencies);
        };
        assert_eq!(count, columns[1].len() as u64, "{name}");
        match found {
            Currency::Code(code) => assert_eq!(code, answer, "{name}"),
            // Signs that several currencies share.
            Currency::Sign(sign) => assert!(
                [
                    ("$", "USD"),
                    ("$", "CAD"),
                    ("$", "MXN"),
                    ("¥", "CNY"),
                    ("¥", "JPY")
                ]
                .into_iter()
                .chain([("kr", "SEK"), ("kr", "NOK"), ("kr", "DKK")])
                .any(|pair| pair == (sign, answer)),
                "{name}: {sign} for {answer}"
            ),
        }
    }
}

#[test]
fn dates_of_all_locales_are_read() {
    for (name, locale, columns) in locales() {
        for (place, field) in [(3, "date"), (4, "date"), (5, "datetime_minute")] {
            let (column, profile) = column(&columns[place]);
            let order = match profile.date_order() {
                Settled::Proven(order) => order,
                Settled::Indifferent => DateOrder::DayFirst,
                Settled::Undecided => unreachable!("{name} {place}: {profile:?}"),
            };
            assert_eq!(
                profile.dates(),
                columns[place].len() as u64,
                "{name} {place}"
            );
            let found = column.instants(order, &Zone::UTC);
            let rows = answers(&locale, field);
            for ((cell, value), answer) in columns[place].iter().zip(&found.values).zip(rows) {
                let minutes = value.rem_euclid(DAY_MS).div_euclid(60_000);
                let mut written = Instant(*value).date().to_string();
                if field == "datetime_minute" {
                    let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
                    written = format!("{written}T{hour:02}:{minute:02}");
                }
                assert_eq!(written, answer, "{name}: {cell}");
            }
            assert!(found.invalid.is_empty(), "{name} {place}");
            assert_eq!(found.days_only, field == "date", "{name} {place}");
        }
    }
}

/// Numbers written by a plain rule in every style are read back as they were.
#[test]
fn numbers_of_every_style_are_read_back() {
    let mut state = 7_u64;
    let mut next = |limit: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % limit
    };
    for (decimal, marks) in [
        (Decimal::Point, [",", "'", "’", " ", "\u{a0}"]),
        (Decimal::Comma, [".", "'", "\u{202f}", " ", "\u{2009}"]),
    ] {
        let mark = if decimal == Decimal::Point { "." } else { "," };
        for group in marks {
            for _ in 0..500 {
                let size = 10_u64.pow(u32::try_from(next(9)).unwrap() + 1);
                let (whole, cents) = (next(size), next(100));
                let digits: Vec<char> = whole.to_string().chars().collect();
                let mut written = String::new();
                for (place, digit) in digits.iter().enumerate() {
                    if place > 0 && (digits.len() - place).is_multiple_of(3) {
                        written.push_str(group);
                    }
                    written.push(*digit);
                }
                let cell = format!("{written}{mark}{cents:02}");
                let answer: f64 = format!("{whole}.{cents:02}").parse().unwrap();
                for (cell, answer) in [
                    (cell.clone(), answer),
                    (format!("-{cell}"), -answer),
                    (format!("({cell} €)"), -answer),
                    (format!("USD {cell}-"), -answer),
                ] {
                    let (column, profile) = column(std::slice::from_ref(&cell));
                    assert_eq!(profile.decimal(), Settled::Proven(decimal), "{cell}");
                    let found = column.numbers(decimal, &[]).values[0];
                    assert!(
                        (found - answer).abs() < f64::MIN_POSITIVE,
                        "{cell}: {found}"
                    );
                }
            }
        }
    }
}
