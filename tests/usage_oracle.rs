//! Figures on usage against a slow, obvious second version of them: sets of days and hours, looked
//! at user by user. Every rule must agree with it on a few hundred made logs.
#![expect(clippy::unwrap_used, unreachable_pub, reason = "test code")]

#[path = "support/plain_log.rs"]
mod plain_log;
mod support;

use kept::engine::report::{Report, Status};
use kept::engine::stats::rng::Rng;
use plain_log::{AS_OF, Asked, Entry, FIRST, Log};
use support::long::rounds;
use support::{finding, options, report_on};

const RULES: [(&str, &[&str]); 6] = [
    (
        "active_users",
        &[
            "calendar",
            "rolling_7_days",
            "rolling_30_days",
            "mean_daily",
            "customers",
        ],
    ),
    (
        "stickiness",
        &["all_days", "active_days", "weekdays", "rolling_30_days"],
    ),
    (
        "engagement_rate",
        &["active_before", "known_before", "of_active"],
    ),
    (
        "usage_retention",
        &[
            "on_day",
            "on_day_24_hours",
            "on_or_after",
            "on_or_after_24_hours",
            "bracket",
            "bracket_24_hours",
        ],
    ),
    (
        "feature_adoption_rate",
        &["of_active", "of_active_customers", "of_entitled", "breadth"],
    ),
    (
        "time_to_value",
        &["with_waiting", "reached_only", "mean_reached"],
    ),
];

/// Periods as options write them, with their first day, the first day after, and the first day of
/// the period before.
const PERIODS: [(&str, (&str, &str, &str)); 5] = [
    (
        r#"{"unit":"month"}"#,
        ("2025-04-01", "2025-05-01", "2025-03-01"),
    ),
    (
        r#"{"unit":"month","count":2}"#,
        ("2025-03-01", "2025-05-01", "2025-01-01"),
    ),
    (
        r#"{"unit":"week"}"#,
        ("2025-04-21", "2025-04-28", "2025-04-14"),
    ),
    (
        r#"{"unit":"day"}"#,
        ("2025-04-30", "2025-05-01", "2025-04-29"),
    ),
    (
        r#"{"unit":"quarter"}"#,
        ("2025-01-01", "2025-04-01", "2024-10-01"),
    ),
];

const EVENTS: [&str; 3] = ["login", "save", "export"];
const FEATURES: [&str; 4] = ["", "maps", "charts", "files"];

/// A made log: most users come a few days in a row, some for long, many never again.
fn made(rng: &mut Rng) -> Vec<Entry> {
    let days = plain_log::day(AS_OF) - plain_log::day(FIRST) + 3;
    let users = 1 + rng.below(14);
    let mut log = Vec::new();
    for user in 0..users {
        let first = rng.below(days as u32) as i32;
        let (stays, gap) = (rng.below(40), 1 + rng.below(9));
        let mut day = first;
        for _ in 0..=stays {
            log.push(Entry {
                user,
                minute: (plain_log::day(FIRST) + day) * 1_440 + rng.below(1_440) as i32,
                event: EVENTS[rng.below(3) as usize],
                feature: FEATURES[rng.below(4) as usize],
                customer: ["", "Ash", "Elm", "Fir"][(user % 4) as usize],
            });
            day += rng.below(gap + 1) as i32;
            if day >= days {
                break;
            }
        }
    }
    // Logs are seldom in order.
    for place in (1..log.len()).rev() {
        log.swap(place, rng.below(place as u32 + 1) as usize);
    }
    log
}

fn written(log: &[Entry]) -> String {
    let mut text = String::from("user_id,event_time,event,feature,account_id\n");
    for entry in log {
        let (date, minute) = (
            plain_log::date(entry.minute.div_euclid(1_440)),
            entry.minute.rem_euclid(1_440),
        );
        let line = format!(
            "u{},{date}T{:02}:{:02}:17Z,{},{},{}\n",
            entry.user + 1,
            minute.div_euclid(60),
            minute % 60,
            entry.event,
            entry.feature,
            entry.customer
        );
        text.push_str(&line);
    }
    text
}

const ACCOUNTS: &str = "customer,started_on,ended_on\n\
    Ash,2024-05-01,\nElm,2025-01-10,2025-04-25\nOak,2025-02-01,\nYew,2025-03-03,\n";

#[track_caller]
fn same(found: Option<f64>, expected: Option<f64>, what: &str) {
    let close = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (found, expected) => found == expected,
    };
    assert!(close, "{what}: {found:?} is not {expected:?}");
}

fn run(log: &str, asked: &Asked, period: &str, in_force: &[String]) -> Report {
    let ids: Vec<String> = RULES.iter().map(|(id, _)| format!("\"{id}\"")).collect();
    let period = if period.is_empty() {
        String::new()
    } else {
        format!("\"period\":{period},")
    };
    let choices = format!(
        r#"{{"as_of":"{AS_OF}",{period}"kpis":[{}],"variants":{{{}}},"settings":{{
            "engagement_rate.least_actions":{},"engagement_rate.events":"{}",
            "usage_retention.day":{},"usage_retention.from_day":{},"usage_retention.to_day":{},
            "feature_adoption_rate.least_uses":{},"feature_adoption_rate.feature":"{}",
            "time_to_value.value_event":"export"}}}}"#,
        ids.join(","),
        in_force.join(","),
        asked.least,
        asked.events.join(", "),
        asked.day,
        asked.from,
        asked.to,
        asked.least,
        asked.features.join(", "),
    );
    let tables = [("log", log.as_bytes()), ("accounts", ACCOUNTS.as_bytes())];
    report_on(&tables, &options(&choices)).unwrap()
}

#[test]
fn every_rule_agrees_with_a_plain_list_of_what_users_did() {
    let mut rng = Rng::from_seed(8);
    let (mut values, mut refusals, mut terms) = (0, 0, 0);
    for round in 0..rounds(260) {
        let entries = made(&mut rng);
        let whole = round % 4 == 0;
        // By itself a figure of months covers the last complete one, the others everything.
        let (period, days) = PERIODS[if whole { 0 } else { rng.below(5) as usize }];
        let mut asked = Asked::new(days);
        asked.everything = whole;
        asked.least = 1 + rng.below(3);
        asked.day = rng.below(9) as i32;
        asked.from = rng.below(5) as i32;
        asked.to = asked.from + rng.below(6) as i32;
        // Only names that a row holds can be asked for.
        let has_event = |name: &&str| entries.iter().any(|it| it.event == *name);
        let has_feature = |name: &&str| entries.iter().any(|it| it.feature == *name);
        if rng.below(2) == 0 {
            asked.events = ["save", "export"].into_iter().filter(has_event).collect();
            asked.features = ["maps", "files"].into_iter().filter(has_feature).collect();
        }
        if !has_event(&"export") {
            continue;
        }
        let log = Log::new(&entries, asked.clone());
        let in_force: Vec<String> = RULES
            .iter()
            .map(|(kpi, rules)| {
                let rule = rules[rng.below(rules.len() as u32) as usize];
                format!("\"{kpi}\":\"{rule}\"")
            })
            .collect();
        let text = written(&entries);
        let report = run(&text, &asked, if whole { "" } else { period }, &in_force);
        for (kpi, rules) in RULES {
            let found = report.findings.iter().find(|it| it.kpi == kpi);
            let Some(found) = found.filter(|it| it.table == "log") else {
                // Nothing in the log counts at all: no such table is recognised.
                assert!(entries.is_empty(), "{kpi}\n{text}");
                continue;
            };
            let what =
                |rule: &str| format!("{kpi} {rule} {period} whole {whole} {asked:?}\n{text}");
            let expected = log.figure(kpi, &found.variant);
            let refusal = found.refusal.as_ref().map(|it| it.code.as_str());
            same(
                found.value,
                expected,
                &format!("{refusal:?} {}", what(&found.variant)),
            );
            if found.status == Status::Refused {
                refusals += 1;
                continue;
            }
            for rule in rules {
                let other = found.variants.iter().find(|other| other.variant == *rule);
                same(other.unwrap().value, log.figure(kpi, rule), &what(rule));
                values += 1;
            }
            for (name, value) in log.terms(kpi, &found.variant) {
                same(
                    found.parts.get(name),
                    value,
                    &format!("{name}: {}", what("")),
                );
                terms += 1;
            }
        }
    }
    // Refusals everywhere would agree too.
    assert!(
        values > 3_000 && refusals > 50 && terms > 1_500,
        "{values} {refusals} {terms}"
    );
}

#[test]
fn a_list_of_customers_gives_what_a_log_of_the_same_days_gives() {
    let mut rng = Rng::from_seed(21);
    for _ in 0..rounds(60) {
        let mut list = String::from("customer,trial_started_at,first_value_at\n");
        let mut log = String::from("user_id,event_date,event\n");
        for number in 0..=rng.below(9) {
            let customer = format!("C{number}");
            let start = plain_log::day(FIRST) + rng.below(60) as i32;
            let value = start + rng.below(70) as i32;
            let is_there = rng.below(3) > 0;
            let date = plain_log::date;
            list.extend([&customer, ",", &date(start), ","]);
            log.extend([&customer, ",", &date(start), ",began\n"]);
            if is_there {
                list.push_str(&date(value));
                log.extend([&customer, ",", &date(value), ",value\n"]);
            }
            list.push('\n');
        }
        // A log without the event cannot be asked for it.
        log.push_str("C99,2025-01-01,began\nC99,2025-01-04,value\n");
        list.push_str("C99,2025-01-01,2025-01-04\n");
        let choices = format!(
            r#"{{"as_of":"{AS_OF}","kpis":["time_to_value"],"settings":{{"time_to_value.value_event":["value"]}}}}"#
        );
        let reports = [&list, &log]
            .map(|text| report_on(&[("pasted", text.as_bytes())], &options(&choices)).unwrap());
        let [one, other] = [
            finding(&reports[0], "time_to_value"),
            finding(&reports[1], "time_to_value"),
        ];
        assert_eq!(one.value, other.value, "{list}\n{log}");
        assert_eq!(one.parts, other.parts, "{list}\n{log}");
        assert_eq!(one.interval, other.interval, "{list}\n{log}");
    }
}
