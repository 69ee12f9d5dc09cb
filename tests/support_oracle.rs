//! The KPIs of support on random tickets, beside slow and obvious ways to work them out.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::base::Date;
use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{assert_close, finding, options, report_on};

const DAY: i64 = 24 * 60;

/// One ticket; times in minutes since 1970.
#[derive(Clone, Debug)]
struct Ticket {
    created: i64,
    replied: Option<i64>,
    solved: Option<i64>,
    /// Minutes that the ticket system says the reply took.
    written: Option<i64>,
    reopens: u32,
    /// Minutes promised for the reply and the solution.
    promised: [Option<i64>; 2],
    priority: &'static str,
}

fn below(rng: &mut Rng, limit: i64) -> i64 {
    (rng.unit() * limit as f64) as i64
}

/// Tickets of the first months of 2025.
fn tickets(rng: &mut Rng, count: usize) -> Vec<Ticket> {
    let first = i64::from(Date::from_ymd(2025, 1, 1).unwrap().0) * DAY;
    let ticket = |rng: &mut Rng| {
        let created = first + below(rng, 80 * DAY);
        let replied = (below(rng, 10) > 0).then(|| created + below(rng, 2 * DAY));
        let solved = (below(rng, 5) > 0).then(|| replied.unwrap_or(created) + below(rng, 9 * DAY));
        let promise = |rng: &mut Rng, limit| (below(rng, 6) > 0).then(|| 30 + below(rng, limit));
        Ticket {
            created,
            replied,
            solved,
            written: replied.map(|at| (at - created + below(rng, 5) - 2).max(0)),
            reopens: if below(rng, 4) == 0 {
                1 + below(rng, 3) as u32
            } else {
                0
            },
            promised: [promise(rng, DAY), promise(rng, 5 * DAY)],
            priority: ["high", "low"][below(rng, 2) as usize],
        }
    };
    (0..count).map(|_| ticket(rng)).collect()
}

fn written(minute: i64) -> String {
    let of_day = minute.rem_euclid(DAY);
    format!(
        "{}T{:02}:{:02}:00Z",
        Date(minute.div_euclid(DAY) as i32),
        of_day.div_euclid(60),
        of_day % 60
    )
}

fn table(tickets: &[Ticket]) -> String {
    let mut csv = String::from(
        "ticket_id,created_at,first_response_at,resolved_at,first response time in minutes,reopens,first response target minutes,resolution target minutes,priority\n",
    );
    let minute = |at: Option<i64>| at.map_or_else(String::new, written);
    let number = |at: Option<i64>| at.map_or_else(String::new, |at| at.to_string());
    for (place, it) in tickets.iter().enumerate() {
        writeln!(
            csv,
            "T{place:04},{},{},{},{},{},{},{},{}",
            written(it.created),
            minute(it.replied),
            minute(it.solved),
            number(it.written),
            it.reopens,
            number(it.promised[0]),
            number(it.promised[1]),
            it.priority
        )
        .unwrap();
    }
    csv
}

const LAST: &str = "2025-03-10";

/// The first minute after the last day.
fn horizon() -> i64 {
    (i64::from(Date::parse(LAST).unwrap().0) + 1) * DAY
}

fn report(tickets: &[Ticket], more: &str) -> Report {
    let csv = table(tickets);
    let choices = format!(r#"{{"as_of":"{LAST}"{more}}}"#);
    report_on(&[("tickets.csv", csv.as_bytes())], &options(&choices)).unwrap()
}

/// What had happened by the last day.
fn by_then(tickets: &[Ticket]) -> Vec<Ticket> {
    let come = |at: Option<i64>| at.filter(|at| *at < horizon());
    tickets
        .iter()
        .filter(|it| it.created < horizon())
        .map(|it| Ticket {
            replied: come(it.replied),
            solved: come(it.solved),
            ..it.clone()
        })
        .collect()
}

fn quantile(mut values: Vec<f64>, p: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() - 1) as f64 * p;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    values[low] + (values[high] - values[low]) * (place - place.floor())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The first time at which the product of the shares that go on comes down to one half.
fn kaplan_meier(times: &[(f64, bool)]) -> Option<f64> {
    let mut events: Vec<f64> = times.iter().filter(|it| it.1).map(|it| it.0).collect();
    events.sort_by(f64::total_cmp);
    events.dedup();
    let mut share = 1.0;
    for at in events {
        let at_risk = times.iter().filter(|it| it.0 >= at).count() as f64;
        let happened = times
            .iter()
            .filter(|it| it.1 && it.0 <= at && it.0 >= at)
            .count() as f64;
        share *= 1.0 - happened / at_risk;
        if share <= 0.5 + 1e-12 {
            return Some(at);
        }
    }
    None
}

fn hours(from: i64, to: i64) -> f64 {
    (to - from) as f64 / 60.0
}

#[track_caller]
fn assert_rule(found: &Finding, rule: &str, expected: f64) {
    let value = found.variants.iter().find(|it| it.variant == rule);
    let value = value.and_then(|it| it.value);
    assert_close(
        value.unwrap_or(f64::NAN),
        expected,
        1e-9,
        &format!("{} {rule}", found.kpi),
    );
}

/// Of each ticket: when it happened, and until when it is known to have waited.
fn ends(tickets: &[Ticket], reply: bool) -> Vec<(i64, Option<i64>, i64)> {
    let one = |it: &Ticket| {
        if reply {
            (it.created, it.replied, it.solved.unwrap_or_else(horizon))
        } else {
            (it.created, it.solved, horizon())
        }
    };
    tickets.iter().map(one).collect()
}

#[test]
fn times_under_every_rule() {
    for seed in 1..=u64::from(rounds(6)) {
        let mut rng = Rng::from_seed(seed);
        let all = tickets(&mut rng, 120 + 40 * seed as usize);
        let known = by_then(&all);
        let found = report(
            &all,
            r#","calendar":{"days":{"mon":[["09:00","17:00"]],"thu":[["08:30","12:00"],["13:00","20:15"]]},"holidays":["2025-02-06"]}"#,
        );
        for (kpi, reply) in [("first_response_time", true), ("resolution_time", false)] {
            let ends = ends(&known, reply);
            let took: Vec<f64> = ends
                .iter()
                .filter_map(|it| Some(hours(it.0, it.1?)))
                .collect();
            let found = finding(&found, kpi);
            assert_eq!(found.n, Some(took.len() as u64));
            assert_close(found.value.unwrap(), quantile(took.clone(), 0.5), 1e-9, kpi);
            assert_rule(found, "mean_calendar_hours", mean(&took));
            assert_rule(found, "p75_calendar_hours", quantile(took.clone(), 0.75));
            assert_rule(found, "p90_calendar_hours", quantile(took.clone(), 0.9));
            assert_rule(found, "median_by_completion", quantile(took, 0.5));
            let with_open: Vec<(f64, bool)> = ends
                .iter()
                .map(|it| (hours(it.0, it.1.unwrap_or(it.2)), it.1.is_some()))
                .collect();
            assert_rule(found, "median_with_open", kaplan_meier(&with_open).unwrap());
            let worked = |from: i64, to: i64| {
                let is_worked = |at: &i64| {
                    let day = Date(at.div_euclid(DAY) as i32);
                    let minute = at.rem_euclid(DAY);
                    match day.weekday() {
                        0 => (540..1020).contains(&minute),
                        3 if day.to_string() != "2025-02-06" => {
                            (510..720).contains(&minute) || (780..1215).contains(&minute)
                        }
                        _ => false,
                    }
                };
                (from..to).filter(is_worked).count() as f64 / 60.0
            };
            let business: Vec<f64> = ends
                .iter()
                .filter_map(|it| Some(worked(it.0, it.1?)))
                .collect();
            assert_rule(found, "median_business_hours", quantile(business, 0.5));
        }
        let exported: Vec<f64> = known
            .iter()
            .filter_map(|it| Some(it.written? as f64 / 60.0))
            .collect();
        let replies = finding(&found, "first_response_time");
        assert_rule(replies, "as_exported", quantile(exported, 0.5));
        let apart = |it: &&Ticket| {
            it.replied
                .is_some_and(|at| (at - it.created - it.written.unwrap()).abs() > 1)
        };
        let far = known.iter().filter(apart).count() as u64;
        let note = found
            .notes
            .iter()
            .find(|note| note.code == "times_disagree");
        assert_eq!(note.and_then(|note| note.count).unwrap_or(0), far);
        let fault = found.tables[0]
            .faults
            .iter()
            .find(|it| it.code == "time_differs");
        assert_eq!(fault.map_or(0, |fault| fault.count), far);
    }
}

/// Tickets by the month of a moment.
fn of_month(at: Option<i64>, month: u32) -> bool {
    at.is_some_and(|at| Date(at.div_euclid(DAY) as i32).ymd().1 == month)
}

#[test]
fn a_month_of_creation_and_a_month_of_completion() {
    let mut rng = Rng::from_seed(41);
    let all = tickets(&mut rng, 300);
    let known = by_then(&all);
    for (rule, by_creation) in [
        ("median_calendar_hours", true),
        ("median_by_completion", false),
    ] {
        let found = report(
            &all,
            &format!(
                r#","period":{{"unit":"month"}},"segment":"priority","variants":{{"resolution_time":"{rule}"}}"#
            ),
        );
        let found = finding(&found, "resolution_time");
        let of = |month: u32, priority: Option<&str>| -> Vec<f64> {
            let within = |it: &&Ticket| {
                let at = if by_creation {
                    Some(it.created)
                } else {
                    it.solved
                };
                of_month(at, month) && priority.is_none_or(|wanted| it.priority == wanted)
            };
            let took = |it: &Ticket| Some(hours(it.created, it.solved?));
            known.iter().filter(within).filter_map(took).collect()
        };
        assert_close(found.value.unwrap(), quantile(of(2, None), 0.5), 1e-9, rule);
        let other = if by_creation {
            "median_by_completion"
        } else {
            "median_calendar_hours"
        };
        let turned = found
            .variants
            .iter()
            .find(|it| it.variant == other)
            .unwrap();
        assert!((turned.value.unwrap() - found.value.unwrap()).abs() > 1e-9);
        let january = found.previous.as_ref().unwrap().value;
        assert_close(
            january,
            quantile(of(1, None), 0.5),
            1e-9,
            "the month before",
        );
        for (month, point) in (1..).zip(&found.series) {
            assert_close(
                point.value.unwrap(),
                quantile(of(month, None), 0.5),
                1e-9,
                rule,
            );
        }
        assert_eq!(found.segments.len(), 2);
        for segment in &found.segments {
            let expected = quantile(of(2, Some(&segment.is)), 0.5);
            assert_close(segment.value.unwrap(), expected, 1e-9, &segment.is);
        }
    }
}

#[test]
fn the_backlog_at_the_end_of_every_month() {
    for seed in 1..=u64::from(rounds(4)) {
        let mut rng = Rng::from_seed(900 + seed);
        let all = tickets(&mut rng, 250);
        let known = by_then(&all);
        let found = report(&all, r#","segment":"priority""#);
        let found = finding(&found, "open_backlog");
        let open_at = |end: i64| -> Vec<&Ticket> {
            let open = |it: &&Ticket| it.created < end && it.solved.is_none_or(|at| at >= end);
            known.iter().filter(open).collect()
        };
        let open = open_at(horizon());
        assert_close(found.value.unwrap(), open.len() as f64, 1e-12, "open");
        let today = Date::parse(LAST).unwrap().0;
        let ages: Vec<f64> = open
            .iter()
            .map(|it| f64::from(today - it.created.div_euclid(DAY) as i32))
            .collect();
        for (part, p) in [
            ("median_age_days", 0.5),
            ("p90_age_days", 0.9),
            ("oldest_age_days", 1.0),
        ] {
            assert_close(
                found.parts.get(part).unwrap(),
                quantile(ages.clone(), p),
                1e-9,
                part,
            );
        }
        let ends: Vec<usize> = ["2025-02-01", "2025-03-01", "2025-03-11"]
            .iter()
            .map(|day| open_at(i64::from(Date::parse(day).unwrap().0) * DAY).len())
            .collect();
        let points: Vec<usize> = found
            .series
            .iter()
            .map(|it| it.value.unwrap() as usize)
            .collect();
        assert_eq!(points, ends);
        assert_close(
            found.previous.as_ref().unwrap().value,
            ends[1] as f64,
            1e-12,
            "February",
        );
        for segment in &found.segments {
            let own = open.iter().filter(|it| it.priority == segment.is).count();
            assert_close(segment.value.unwrap(), own as f64, 1e-12, &segment.is);
        }
    }
}

#[test]
fn tickets_that_come_back() {
    let mut rng = Rng::from_seed(77);
    let all = tickets(&mut rng, 400);
    let known = by_then(&all);
    let found = report(&all, "");
    let found = finding(&found, "reopen_rate");
    let solved = known.iter().filter(|it| it.solved.is_some()).count() as f64;
    let count = |is_solved: bool| {
        let back = |it: &&Ticket| it.reopens > 0 && it.solved.is_some() == is_solved;
        known.iter().filter(back).count() as f64
    };
    assert_close(
        found.value.unwrap(),
        count(true) / solved,
        1e-12,
        "of solved",
    );
    let ever = (count(true) + count(false)) / (solved + count(false));
    assert_rule(found, "ever_solved", ever);
}

/// What became of one promise: kept, missed, late already, or still open.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Kept,
    Missed,
    Late,
    Open,
}

fn fates(ticket: &Ticket) -> Vec<Fate> {
    let mut fates = Vec::new();
    for (place, promised) in ticket.promised.iter().enumerate() {
        let Some(promised) = promised else { continue };
        let at = if place == 0 {
            ticket.replied
        } else {
            ticket.solved
        };
        fates.push(match at {
            Some(at) if at - ticket.created <= *promised => Fate::Kept,
            Some(_) => Fate::Missed,
            // Solved without a reply: nobody waits for one.
            None if place == 0 && ticket.solved.is_some() => continue,
            None if horizon() - ticket.created > *promised => Fate::Late,
            None => Fate::Open,
        });
    }
    fates
}

#[test]
fn promises_by_target_and_by_ticket() {
    for seed in 1..=u64::from(rounds(4)) {
        let mut rng = Rng::from_seed(5_000 + seed);
        let all = tickets(&mut rng, 300);
        let known = by_then(&all);
        let found = report(&all, "");
        let found = finding(&found, "service_level_attainment");
        let of_tickets: Vec<Vec<Fate>> = known.iter().map(fates).collect();
        let count = |wanted: Fate| {
            of_tickets
                .iter()
                .flatten()
                .filter(|fate| **fate == wanted)
                .count() as f64
        };
        let (kept, missed) = (count(Fate::Kept), count(Fate::Missed));
        assert_close(
            found.value.unwrap(),
            kept / (kept + missed),
            1e-12,
            "by target",
        );
        for (part, fate) in [
            ("met", Fate::Kept),
            ("missed", Fate::Missed),
            ("overdue", Fate::Late),
            ("open", Fate::Open),
        ] {
            assert_close(found.parts.get(part).unwrap(), count(fate), 1e-12, part);
        }
        assert_rule(
            found,
            "with_overdue",
            kept / (kept + missed + count(Fate::Late)),
        );
        assert_rule(found, "recomputed", kept / (kept + missed));
        let all_kept =
            |it: &&Vec<Fate>| !it.is_empty() && it.iter().all(|fate| *fate == Fate::Kept);
        let broken = |it: &&Vec<Fate>| it.contains(&Fate::Missed);
        let whole = of_tickets.iter().filter(all_kept).count() as f64;
        let bad = of_tickets.iter().filter(broken).count() as f64;
        assert_rule(found, "by_ticket", whole / (whole + bad));
    }
}
