//! Invented accounts whose leaving has known causes, as four exports that may be cut at a day.
#![expect(clippy::expect_used, unreachable_pub, reason = "test code")]

use std::fmt::Write as _;

use kept::engine::base::{Date, math};
use kept::engine::stats::rng::Rng;

/// The last day of all exports.
pub const LAST: &str = "2025-06-30";

/// The day 90 days before.
pub const THEN: &str = "2025-04-01";

pub fn day(text: &str) -> Date {
    serde_json::from_str(&format!("\"{text}\"")).expect("a day")
}

/// Tables as files with names.
pub type Tables = Vec<(&'static str, Vec<u8>)>;

/// How accounts are invented.
#[derive(Clone, Copy)]
pub struct World {
    pub seed: u64,
    pub accounts: u32,
    /// How strongly little use drives accounts away.
    pub by_use: f64,
    /// How strongly open tickets do.
    pub by_tickets: f64,
    /// How often accounts leave whatever they do, as log-odds.
    pub base: f64,
    /// What happened after [`THEN`] is drawn by this; what happened up to it is not.
    pub future: u64,
}

impl Default for World {
    fn default() -> Self {
        Self {
            seed: 5,
            accounts: 300,
            by_use: 5.0,
            by_tickets: 0.7,
            base: -1.6,
            future: 1,
        }
    }
}

fn chance(rng: &mut Rng) -> f64 {
    f64::from(rng.below(1_000_000)) / 1e6
}

/// Answers of an account: two before the day, and two after it.
fn answer(
    answers: &mut String,
    id: &str,
    (past, future): (&mut Rng, &mut Rng),
    is_there: &dyn Fn(Date) -> bool,
) {
    let then = day(THEN);
    for _ in 0..2 {
        let at = then.plus_days(-(past.below(40) as i32));
        let score = past.below(11);
        if is_there(at) {
            writeln!(answers, "{at},{id},{score}").expect("a text takes all");
        }
        let at = then.plus_days(1 + future.below(80) as i32);
        let score = future.below(11);
        if is_there(at) {
            writeln!(answers, "{at},{id},{score}").expect("a text takes all");
        }
    }
}

/// The exports with rows up to a day, as if they had been written on it.
pub fn tables(world: World, until: Date) -> Tables {
    let (then, last, begin) = (day(THEN), day(LAST), day("2025-02-10"));
    let [mut past, mut future] = [world.seed, world.future + 1_000].map(Rng::from_seed);
    let mut list = String::from("account id,account name,plan,mrr,started on,ended on\n");
    let mut events = String::from("user,account id,timestamp,event\n");
    let mut tickets = String::from("Ticket ID,Account ID,Created at,Solved at,Status\n");
    let mut answers = String::from("responded at,account id,How likely are you to recommend us?\n");
    let mut ticket = 0;
    for number in 0..world.accounts {
        let id = format!("A{number:04}");
        let (rate, asks) = (chance(&mut past), past.below(4));
        let start = Date::from_ymd(2024, 1 + past.below(12), 1 + past.below(28)).expect("a day");
        let odds =
            world.base + world.by_use * (0.5 - rate) + world.by_tickets * (f64::from(asks) - 1.5);
        let leaves = chance(&mut past) < 1.0 / (1.0 + math::exp(-odds));
        let has_left = chance(&mut past) < 0.04;
        let stays = past.below(85) as i32 + 2;
        // One in ten begins after the day, and one in twenty-five was gone before it.
        let start = if past.below(10) == 0 {
            then.plus_days(5 + past.below(60) as i32)
        } else {
            start
        };
        let end = if has_left {
            Some(day("2025-03-20")).filter(|end| start < *end)
        } else {
            leaves
                .then(|| then.plus_days(stays))
                .filter(|end| start < *end)
        };
        if start <= until {
            let written = end.filter(|end| *end <= until);
            let end = written.map_or_else(String::new, |end| end.to_string());
            let plan = ["Team", "Pro"][(number % 2) as usize];
            writeln!(
                list,
                "{id},Account {number},{plan},{},{start},{end}",
                100 + number
            )
            .expect("a text takes all");
        }
        let is_there = |at: Date| start <= at && end.is_none_or(|end| at < end) && at <= until;
        let mut at = begin;
        while at <= last {
            let rng = if at <= then { &mut past } else { &mut future };
            let (uses, user) = (chance(rng) < rate * 0.6, rng.below(3));
            if uses && is_there(at) {
                writeln!(events, "u{number}-{user},{id},{at} 09:00,login")
                    .expect("a text takes all");
            }
            at = at.plus_days(1);
        }
        for place in 0..asks + 2 {
            ticket += 1;
            let before = place < asks;
            let (created, solved) = if before {
                let created = then.plus_days(-20 + past.below(15) as i32);
                // Still open on the day.
                (created, then.plus_days(1 + future.below(40) as i32))
            } else {
                let created = then.plus_days(3 + future.below(60) as i32);
                (created, created.plus_days(1 + future.below(9) as i32))
            };
            if is_there(created) {
                let is_solved = solved <= until;
                let on = if is_solved {
                    format!("{solved} 12:00")
                } else {
                    String::new()
                };
                let status = if is_solved { "solved" } else { "open" };
                writeln!(tickets, "T{ticket},{id},{created} 10:00,{on},{status}")
                    .expect("a text takes all");
            }
        }
        answer(&mut answers, &id, (&mut past, &mut future), &is_there);
    }
    vec![
        ("crm.csv", list.into_bytes()),
        ("events.csv", events.into_bytes()),
        ("tickets.csv", tickets.into_bytes()),
        ("answers.csv", answers.into_bytes()),
    ]
}
