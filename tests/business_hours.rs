//! Business hours: cases worked out by hand, each with its reason, and a slow second way that walks
//! minute by minute under rules of daylight saving that are written out here.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use kept::engine::base::{Date, Zone};
use kept::engine::facts::Calendar;
use kept::engine::options::CalendarChoice;
use kept::engine::stats::rng::Rng;

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// Minutes since 1970 in UTC of `YYYY-MM-DD HH:MM`.
fn minutes(text: &str) -> i64 {
    let (day, time) = text.split_once(' ').unwrap();
    let (hours, rest) = time.split_once(':').unwrap();
    let number = |text: &str| text.parse::<i64>().unwrap();
    i64::from(Date::parse(day).unwrap().0) * DAY_MINUTES + number(hours) * 60 + number(rest)
}

fn calendar(json: &str) -> Calendar {
    let choice: CalendarChoice = serde_json::from_str(json).unwrap();
    Calendar::from_choice(&choice, &Zone::UTC).unwrap()
}

fn worked(calendar: &Calendar, from: i64, to: i64) -> f64 {
    let laid_out = calendar.lay_out(
        (from - DAY_MINUTES) * MINUTE_MS,
        (to + DAY_MINUTES) * MINUTE_MS,
    );
    laid_out.hours_between(from * MINUTE_MS, to * MINUTE_MS)
}

/// Monday to Friday from nine to five.
const WEEK: &str = r#""mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],"thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]"#;

/// Every day around the clock.
const ALWAYS: &str = r#""mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],"thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]"#;

/// A day with a pause, half a Saturday.
const PAUSES: &str = r#""mon":[["08:00","12:00"],["13:00","17:30"]],"sat":[["09:00","12:30"]]"#;

/// Sundays at night, when clocks change.
const NIGHT: &str = r#""sun":[["00:00","06:00"]]"#;

/// Days, zone, holidays, created and ended in UTC, hours, reason.
const CASES: &[(&str, &str, &str, &str, &str, f64, &str)] = &[
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 10:00",
        "2025-01-06 12:30",
        2.5,
        "within one day",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 16:00",
        "2025-01-07 10:00",
        2.0,
        "over one night: 1 + 1",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-03 16:30",
        "2025-01-06 09:30",
        1.0,
        "Friday to Monday: 0.5 + 0.5",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-04 10:00",
        "2025-01-05 18:00",
        0.0,
        "all of it at a weekend",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 20:00",
        "2025-01-06 23:00",
        0.0,
        "created and ended in one evening",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 07:00",
        "2025-01-06 09:00",
        0.0,
        "ended as the day begins",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 17:00",
        "2025-01-07 09:00",
        0.0,
        "created as the day ends",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-04 10:00",
        "2025-01-06 10:00",
        1.0,
        "created on a Saturday counts from Monday",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 10:00",
        "2025-01-11 12:00",
        39.0,
        "7 + 4 × 8, ended on a Saturday",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-01 00:00",
        "2026-01-01 00:00",
        2_088.0,
        "261 days of work in 2025",
    ),
    (
        WEEK,
        "UTC",
        r#""2025-12-25","2025-12-26""#,
        "2025-12-24 16:00",
        "2025-12-29 10:00",
        2.0,
        "two holidays and a weekend",
    ),
    (
        WEEK,
        "UTC",
        r#""2025-12-25""#,
        "2025-12-25 10:00",
        "2025-12-25 16:00",
        0.0,
        "within a holiday",
    ),
    (
        WEEK,
        "UTC",
        r#""2025-12-27""#,
        "2025-12-26 16:00",
        "2025-12-29 10:00",
        2.0,
        "a holiday at a weekend changes nothing",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2024-02-28 16:00",
        "2024-03-01 10:00",
        10.0,
        "the 29th of February is a Thursday",
    ),
    (
        WEEK,
        "UTC",
        "",
        "2025-01-06 12:00",
        "2025-01-06 12:00",
        0.0,
        "no time at all",
    ),
    (
        PAUSES,
        "UTC",
        "",
        "2025-01-06 11:30",
        "2025-01-06 13:30",
        1.0,
        "a pause at noon",
    ),
    (
        PAUSES,
        "UTC",
        "",
        "2025-01-06 12:15",
        "2025-01-06 12:45",
        0.0,
        "within the pause",
    ),
    (
        PAUSES,
        "UTC",
        "",
        "2025-01-06 17:00",
        "2025-01-13 08:15",
        4.25,
        "0.5 + 3.5 on Saturday + 0.25",
    ),
    (
        WEEK,
        "Europe/Berlin",
        "",
        "2025-01-06 07:00",
        "2025-01-06 09:00",
        1.0,
        "in winter nine in Berlin is eight in UTC",
    ),
    (
        WEEK,
        "Europe/Berlin",
        "",
        "2025-07-07 06:00",
        "2025-07-07 09:00",
        2.0,
        "in summer nine in Berlin is seven in UTC",
    ),
    (
        WEEK,
        "Europe/Berlin",
        "",
        "2025-03-28 15:00",
        "2025-03-31 08:00",
        2.0,
        "clocks forward between: until 16:00, from 7:00 in UTC",
    ),
    (
        WEEK,
        "Europe/Berlin",
        "",
        "2025-10-24 14:00",
        "2025-10-27 09:00",
        2.0,
        "clocks back between: until 15:00, from 8:00 in UTC",
    ),
    (
        NIGHT,
        "Europe/Berlin",
        "",
        "2025-03-29 00:00",
        "2025-03-31 00:00",
        5.0,
        "an hour of the night is skipped",
    ),
    (
        NIGHT,
        "Europe/Berlin",
        "",
        "2025-10-25 00:00",
        "2025-10-27 00:00",
        7.0,
        "an hour of the night comes twice",
    ),
    (
        r#""sun":[["02:00","03:00"]]"#,
        "Europe/Berlin",
        "",
        "2025-03-29 00:00",
        "2025-03-31 00:00",
        0.0,
        "the only hour is the one that is skipped",
    ),
    (
        r#""sun":[["02:00","03:00"]]"#,
        "Europe/Berlin",
        "",
        "2025-10-25 00:00",
        "2025-10-27 00:00",
        2.0,
        "the only hour is the one that comes twice",
    ),
    (
        r#""sun":[["02:30","04:00"]]"#,
        "Europe/Berlin",
        "",
        "2025-10-25 00:00",
        "2025-10-27 00:00",
        2.0,
        "half of the hour comes twice",
    ),
    (
        NIGHT,
        "America/New_York",
        "",
        "2025-03-08 00:00",
        "2025-03-11 00:00",
        5.0,
        "clocks go forward on the 9th of March",
    ),
    (
        NIGHT,
        "America/New_York",
        "",
        "2025-11-01 00:00",
        "2025-11-04 00:00",
        7.0,
        "clocks go back on the 2nd of November",
    ),
    (
        WEEK,
        "America/New_York",
        "",
        "2025-01-06 13:00",
        "2025-01-06 23:00",
        8.0,
        "14:00 to 22:00 in UTC",
    ),
    (
        WEEK,
        "America/New_York",
        "",
        "2025-01-07 00:00",
        "2025-01-07 13:00",
        0.0,
        "Monday evening and night there",
    ),
    (
        NIGHT,
        "Australia/Sydney",
        "",
        "2025-04-05 00:00",
        "2025-04-06 12:00",
        7.0,
        "autumn in the south: back on the 6th of April",
    ),
    (
        NIGHT,
        "Australia/Sydney",
        "",
        "2025-10-04 00:00",
        "2025-10-05 12:00",
        5.0,
        "spring in the south: forward on the 5th of October",
    ),
    (
        WEEK,
        "Asia/Kolkata",
        "",
        "2025-01-06 03:00",
        "2025-01-06 04:30",
        1.0,
        "nine there is half past three in UTC",
    ),
    (
        WEEK,
        "+05:30",
        "",
        "2025-01-06 03:00",
        "2025-01-06 04:30",
        1.0,
        "the same as an offset",
    ),
    (
        WEEK,
        "Asia/Kathmandu",
        "",
        "2025-01-06 03:00",
        "2025-01-06 04:00",
        0.75,
        "nine there is 3:15 in UTC",
    ),
    (
        WEEK,
        "Pacific/Auckland",
        "",
        "2025-01-05 19:00",
        "2025-01-05 21:00",
        1.0,
        "Monday there is Sunday in UTC",
    ),
    (
        WEEK,
        "Pacific/Auckland",
        r#""2025-01-06""#,
        "2025-01-05 19:00",
        "2025-01-06 21:00",
        1.0,
        "a holiday there ends at eleven of its day in UTC",
    ),
    (
        ALWAYS,
        "Europe/Berlin",
        "",
        "2025-01-01 00:00",
        "2026-01-01 00:00",
        8_760.0,
        "around the clock, a year has all its hours",
    ),
    (
        ALWAYS,
        "Europe/Berlin",
        "",
        "2025-03-29 22:30",
        "2025-03-30 22:30",
        24.0,
        "around the clock, clocks do not matter",
    ),
    (
        ALWAYS,
        "America/Sao_Paulo",
        r#""2025-03-04""#,
        "2025-03-03 00:00",
        "2025-03-06 00:00",
        48.0,
        "a holiday of 24 hours",
    ),
    (
        ALWAYS,
        "Europe/Berlin",
        r#""2025-03-30""#,
        "2025-03-29 00:00",
        "2025-04-01 00:00",
        49.0,
        "a holiday of 23 hours",
    ),
];

#[test]
fn cases_worked_out_by_hand() {
    for (days, zone, holidays, from, to, hours, reason) in CASES {
        let calendar = calendar(&format!(
            r#"{{"days":{{{days}}},"timezone":"{zone}","holidays":[{holidays}]}}"#
        ));
        let found = worked(&calendar, minutes(from), minutes(to));
        assert!(
            (found - hours).abs() < 1e-9,
            "{zone}, {from} to {to} ({reason}): {found}, not {hours}"
        );
    }
}

/// The day of the `nth` Sunday of a month, from 1; the last one for 5.
fn sunday(year: i32, month: u32, nth: u32) -> i64 {
    let first = Date::from_ymd(year, month, 1).unwrap();
    let mut day = first.plus_days((6 - first.weekday() as i32).rem_euclid(7));
    for _ in 1..nth {
        let next = day.plus_days(7);
        if next.ymd().1 != month {
            break;
        }
        day = next;
    }
    i64::from(day.0) * DAY_MINUTES
}

/// Minutes ahead of UTC at a minute of UTC, by the rules that the zones have had since 2008.
fn ahead(zone: &str, utc: i64) -> i64 {
    let year = Date(utc.div_euclid(DAY_MINUTES) as i32).ymd().0;
    match zone {
        // From one o'clock in UTC of the last Sunday of March to that of October.
        "Europe/Berlin" => {
            let summer = sunday(year, 3, 5) + 60..sunday(year, 10, 5) + 60;
            if summer.contains(&utc) { 120 } else { 60 }
        }
        // From two o'clock of the second Sunday of March to that of the first of November.
        "America/New_York" => {
            let summer = sunday(year, 3, 2) + 7 * 60..sunday(year, 11, 1) + 6 * 60;
            if summer.contains(&utc) { -240 } else { -300 }
        }
        // Not from three o'clock of the first Sunday of April to two of the first of October.
        "Australia/Sydney" => {
            let winter = sunday(year, 4, 1) - 8 * 60..sunday(year, 10, 1) - 8 * 60;
            if winter.contains(&utc) { 600 } else { 660 }
        }
        "Asia/Kolkata" => 330,
        _ => 0,
    }
}

/// What is worked on each day of the week, Monday first, as minutes of the day.
type Week = [Vec<(i64, i64)>; 7];

/// Hours worked, minute by minute.
fn by_minutes(week: &Week, zone: &str, holidays: &[i32], from: i64, to: i64) -> f64 {
    let is_worked = |utc: &i64| {
        let shown = utc + ahead(zone, *utc);
        let day = Date(shown.div_euclid(DAY_MINUTES) as i32);
        let minute = shown.rem_euclid(DAY_MINUTES);
        let hours = &week[day.weekday() as usize];
        !holidays.contains(&day.0)
            && hours
                .iter()
                .any(|(from, to)| (*from..*to).contains(&minute))
    };
    (from..to).filter(is_worked).count() as f64 / 60.0
}

fn below(rng: &mut Rng, limit: i64) -> i64 {
    (rng.unit() * limit as f64) as i64
}

#[test]
fn a_walk_minute_by_minute_agrees() {
    const ZONES: [&str; 5] = [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Sydney",
        "Asia/Kolkata",
    ];
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut rng = Rng::from_seed(20_250_330);
    for round in 0..60 {
        let zone = ZONES[round % ZONES.len()];
        let mut week: Week = Week::default();
        for hours in &mut week {
            let mut at = below(&mut rng, 600);
            for _ in 0..below(&mut rng, 3) {
                let end = (at + 1 + below(&mut rng, 500)).min(DAY_MINUTES);
                if at < end {
                    hours.push((at, end));
                }
                at = end + below(&mut rng, 120);
            }
        }
        week[6].clear();
        week[6].push((0, 300));
        let year = 2010 + below(&mut rng, 20) as i32;
        // Half of the rounds lie around a change of clocks.
        let start = i64::from(Date::from_ymd(year, 1, 1).unwrap().0) * DAY_MINUTES;
        let from = if round % 2 == 0 {
            let month = [3, 4, 10, 11][below(&mut rng, 4) as usize];
            sunday(year, month, 1 + below(&mut rng, 5) as u32) - below(&mut rng, 3_000)
        } else {
            start + below(&mut rng, 365 * DAY_MINUTES)
        };
        let first_day = from.div_euclid(DAY_MINUTES) as i32;
        let holidays: Vec<i32> = (0..3)
            .map(|_| first_day + below(&mut rng, 12) as i32)
            .collect();
        let days: Vec<String> = NAMES
            .iter()
            .zip(&week)
            .map(|(name, hours)| {
                let clock =
                    |minute: i64| format!("{:02}:{:02}", minute.div_euclid(60), minute % 60);
                let of_day: Vec<String> = hours
                    .iter()
                    .map(|(from, to)| format!(r#"["{}","{}"]"#, clock(*from), clock(*to)))
                    .collect();
                format!(r#""{name}":[{}]"#, of_day.join(","))
            })
            .collect();
        let free: Vec<String> = holidays
            .iter()
            .map(|day| format!(r#""{}""#, Date(*day)))
            .collect();
        let calendar = calendar(&format!(
            r#"{{"days":{{{}}},"timezone":"{zone}","holidays":[{}]}}"#,
            days.join(","),
            free.join(",")
        ));
        let laid_out = calendar.lay_out(from * MINUTE_MS, (from + 15 * DAY_MINUTES) * MINUTE_MS);
        for _ in 0..12 {
            let one = from + below(&mut rng, 15 * DAY_MINUTES);
            let other = one + below(&mut rng, (from + 15 * DAY_MINUTES - one).max(1));
            let found = laid_out.hours_between(one * MINUTE_MS, other * MINUTE_MS);
            let slow = by_minutes(&week, zone, &holidays, one, other);
            assert!(
                (found - slow).abs() < 1e-9,
                "{zone} from {one} to {other}: {found}, minute by minute {slow}"
            );
        }
    }
}

/// A zone by name: days begin at its midnight, written times are of its clocks, and time that passes
/// is measured without regard to clocks.
#[test]
fn a_report_in_a_zone_whose_clocks_change() {
    let table = b"ticket_id,created_at,first_response_at\n\
        1,2025-03-29T23:30:00Z,2025-03-30T02:30:00Z\n\
        2,2025-03-30 01:30,2025-03-30 03:30\n\
        3,2025-10-26 01:30,2025-10-26 03:30\n\
        4,2025-10-25T23:30:00Z,2025-10-26T00:30:00Z\n\
        5,2025-10-26T00:30:00Z,2025-10-26T01:30:00Z\n";
    let choices = r#"{"timezone":"Europe/Berlin","period":{"unit":"day"},"as_of":"2025-10-26","compare":"none"}"#;
    let report = support::report_on(&[("t.csv", table)], &support::options(choices)).unwrap();
    let found = support::finding(&report, "first_response_time");
    let of_day = |day: &str| {
        let mut points = found.series.iter();
        let point = points.find(|point| point.start.to_string() == day).unwrap();
        (point.n, point.value)
    };
    // Half past eleven in UTC is half past midnight there; from half past one to half past three an
    // hour is skipped: 3 hours and 1 hour.
    assert_eq!(of_day("2025-03-30"), (Some(2), Some(2.0)));
    // In October an hour comes twice: 3 hours as written, and 1 hour each.
    assert_eq!(of_day("2025-10-26"), (Some(3), Some(1.0)));
    assert!((found.parts.get("mean").unwrap() - 5.0 / 3.0).abs() < 1e-12);
}
