//! A log of what users did, asked in the slowest and plainest way.

use std::collections::{BTreeMap, BTreeSet};

use kept::engine::base::Date;

pub const FIRST: &str = "2025-01-01";
pub const AS_OF: &str = "2025-04-30";

#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub user: u32,
    pub minute: i32,
    pub event: &'static str,
    pub feature: &'static str,
    pub customer: &'static str,
}

/// What is asked: a period, and the settings.
#[derive(Clone, Debug)]
pub struct Asked {
    pub start: i32,
    pub end: i32,
    pub before: i32,
    pub everything: bool,
    pub least: u32,
    pub events: Vec<&'static str>,
    pub features: Vec<&'static str>,
    pub day: i32,
    pub from: i32,
    pub to: i32,
}

/// A term of a figure by name; absent where the figure has none.
pub type Term = (&'static str, Option<f64>);

pub struct Log {
    entries: Vec<Entry>,
    /// Those after the day of the report too.
    written: Vec<Entry>,
    asked: Asked,
}

pub fn day(date: &str) -> i32 {
    Date::parse(date).unwrap().0
}

pub fn date(day: i32) -> String {
    Date(day).to_string()
}

impl Entry {
    fn day(&self) -> i32 {
        self.minute.div_euclid(1_440)
    }

    fn hour(&self) -> i32 {
        self.minute.div_euclid(60)
    }
}

impl Asked {
    /// The period as [start, end) with the start of the one before, and the settings that hold
    /// unless others are chosen.
    pub fn new((start, end, before): (&str, &str, &str)) -> Self {
        Self {
            start: day(start),
            end: day(end),
            before: day(before),
            everything: false,
            least: 1,
            events: Vec::new(),
            features: Vec::new(),
            day: 7,
            from: 1,
            to: 7,
        }
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Log {
    pub fn new(entries: &[Entry], asked: Asked) -> Self {
        let mut entries = entries.to_vec();
        let written = entries.clone();
        entries.retain(|it| it.day() <= day(AS_OF));
        Self {
            entries,
            written,
            asked,
        }
    }

    fn within(&self, start: i32, end: i32) -> impl Iterator<Item = &Entry> {
        let entries = self.entries.iter();
        entries.filter(move |it| (start..end).contains(&it.day()))
    }

    fn users(&self, start: i32, end: i32) -> BTreeSet<u32> {
        self.within(start, end).map(|it| it.user).collect()
    }

    fn user_days(&self, start: i32, end: i32) -> BTreeSet<(u32, i32)> {
        let within = self.within(start, end);
        within.map(|it| (it.user, it.day())).collect()
    }

    fn of_user(&self, user: u32) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |it| it.user == user)
    }

    fn first_day(&self, user: u32) -> i32 {
        self.of_user(user).map(Entry::day).min().unwrap()
    }

    fn begins(&self) -> Option<i32> {
        self.entries.iter().map(Entry::day).min()
    }

    pub fn figure(&self, kpi: &str, rule: &str) -> Option<f64> {
        match kpi {
            "active_users" => self.active_users(rule),
            "stickiness" => self.stickiness(rule),
            "engagement_rate" => self.engagement(rule),
            "usage_retention" => {
                let (came, reached) = self.retention(rule);
                ratio(came, reached)
            }
            "feature_adoption_rate" => self.adoption(rule),
            _ => self.time_to_value(rule),
        }
    }

    fn window(&self, rule: &str) -> (i32, i32) {
        let end = self.asked.end;
        match rule {
            "rolling_7_days" => (end - 7, end),
            "rolling_30_days" => (end - 30, end),
            _ => (self.asked.start, end),
        }
    }

    fn active_users(&self, rule: &str) -> Option<f64> {
        let (start, end) = self.window(rule);
        if end <= self.begins()? {
            return None;
        }
        Some(match rule {
            "mean_daily" => self.user_days(start, end).len() as f64 / f64::from(end - start),
            "customers" => self.customers(start, end).len() as f64,
            _ => self.users(start, end).len() as f64,
        })
    }

    fn customers(&self, start: i32, end: i32) -> BTreeSet<&str> {
        let named = self.within(start, end).map(|it| it.customer);
        named.filter(|it| !it.is_empty()).collect()
    }

    fn stickiness(&self, rule: &str) -> Option<f64> {
        let (start, end) = self.window(rule);
        let users = self.users(start, end).len();
        let user_days = self.user_days(start, end);
        let mut days: BTreeSet<i32> = (start..end).collect();
        match rule {
            "active_days" => days = user_days.iter().map(|(_, day)| *day).collect(),
            "weekdays" => days.retain(|day| Date(*day).weekday() < 5),
            "rolling_30_days" => days = BTreeSet::from([end - 1]),
            _ => {}
        }
        let came = user_days.iter().filter(|(_, day)| days.contains(day));
        ratio(came.count(), users * days.len())
    }

    fn engagement(&self, rule: &str) -> Option<f64> {
        let Asked {
            start, end, before, ..
        } = self.asked;
        let eligible = match rule {
            "active_before" => self.users(before, start),
            "known_before" => self.users(i32::MIN, start),
            _ => self.users(start, end),
        };
        let engaged = eligible.iter().filter(|user| {
            let did = self.within(start, end).filter(|it| it.user == **user);
            let qualifying = did
                .filter(|it| self.asked.events.is_empty() || self.asked.events.contains(&it.event));
            qualifying.count() >= self.asked.least as usize
        });
        ratio(engaged.count(), eligible.len())
    }

    /// Users who began in the period, or ever.
    fn began(&self) -> Vec<u32> {
        let all = self.users(i32::MIN, i32::MAX);
        let within = |user: &u32| {
            let first = self.first_day(*user);
            self.asked.everything || self.asked.start <= first && first < self.asked.end
        };
        all.into_iter().filter(within).collect()
    }

    fn retention(&self, rule: &str) -> (usize, usize) {
        let Asked {
            day: wanted,
            from,
            to,
            ..
        } = self.asked;
        let by_hours = rule.ends_with("24_hours");
        let (from, to, last) = match rule.trim_end_matches("_24_hours") {
            "on_day" => (wanted, wanted, wanted),
            "on_or_after" => (wanted, i32::MAX, wanted),
            _ => (from, to, to),
        };
        let (mut came, mut reached) = (0, 0);
        for user in self.began() {
            let first = self.of_user(user).min_by_key(|it| it.minute).unwrap();
            let since = |it: &Entry| {
                if by_hours {
                    (it.hour() - first.hour()).div_euclid(24)
                } else {
                    it.day() - first.day()
                }
            };
            // The day is over when the first moment after it is no longer within the data.
            let over = if by_hours {
                first.hour() + 24 * (last + 1) <= (day(AS_OF) + 1) * 24
            } else {
                first.day() + last <= day(AS_OF)
            };
            if over {
                reached += 1;
                let again = |it: &Entry| (from..=to).contains(&since(it));
                came += usize::from(self.of_user(user).any(again));
            }
        }
        (came, reached)
    }

    fn uses(&self) -> Vec<&Entry> {
        let asked = &self.asked;
        self.within(asked.start, asked.end)
            .filter(|it| {
                if asked.features.is_empty() {
                    !it.feature.is_empty()
                } else {
                    asked.features.contains(&it.feature)
                }
            })
            .collect()
    }

    fn enough<K: Ord>(&self, keys: impl Iterator<Item = K>) -> BTreeSet<K> {
        let mut counts = BTreeMap::new();
        for key in keys {
            *counts.entry(key).or_insert(0) += 1;
        }
        let enough = counts.into_iter().filter(|(_, it)| *it >= self.asked.least);
        enough.map(|(key, _)| key).collect()
    }

    fn adoption(&self, rule: &str) -> Option<f64> {
        let Asked { start, end, .. } = self.asked;
        let uses = self.uses();
        let customers = self.enough(uses.iter().map(|it| it.customer));
        let users = self.users(start, end);
        match rule {
            "of_active" => ratio(
                self.enough(uses.iter().map(|it| it.user)).len(),
                users.len(),
            ),
            "of_active_customers" => {
                let named = customers.iter().filter(|it| !it.is_empty());
                ratio(named.count(), self.customers(start, end).len())
            }
            "of_entitled" => {
                // Customers of the list at the end of the period; Oak and Yew never stand in a log.
                let runs = [
                    ("Ash", "2024-05-01", "2999-01-01"),
                    ("Elm", "2025-01-10", "2025-04-25"),
                    ("Oak", "2025-02-01", "2999-01-01"),
                    ("Yew", "2025-03-03", "2999-01-01"),
                ]
                .into_iter()
                .filter(|(_, from, to)| day(from) < end && end <= day(to));
                let entitled: Vec<&str> = runs.map(|(name, ..)| name).collect();
                // Whether both tables write customers alike is told by every row.
                let is_seen = |name: &&str| self.written.iter().any(|it| it.customer == *name);
                if !entitled.iter().any(is_seen) {
                    return None;
                }
                let adopters = entitled.iter().filter(|name| customers.contains(**name));
                ratio(adopters.count(), entitled.len())
            }
            _ => {
                let pairs = self.enough(uses.iter().map(|it| (it.user, it.feature)));
                ratio(pairs.len(), users.len() * self.features())
            }
        }
    }

    fn features(&self) -> usize {
        if !self.asked.features.is_empty() {
            return self.asked.features.len();
        }
        let named: BTreeSet<&str> = self.entries.iter().map(|it| it.feature).collect();
        named.iter().filter(|it| !it.is_empty()).count()
    }

    /// Days until the first export, or watched without, of everybody who began.
    fn waits(&self) -> Vec<(f64, bool)> {
        let days = |minutes: i32| f64::from(minutes) / 1_440.0;
        self.began()
            .into_iter()
            .map(|user| {
                let start = self.of_user(user).map(|it| it.minute).min().unwrap();
                let exports = self.of_user(user).filter(|it| it.event == "export");
                match exports.map(|it| it.minute).min() {
                    Some(value) => (days(value - start), true),
                    None => (days((day(AS_OF) + 1) * 1_440 - start), false),
                }
            })
            .collect()
    }

    fn time_to_value(&self, rule: &str) -> Option<f64> {
        let waits = self.waits();
        let mut reached: Vec<f64> = waits.iter().filter(|it| it.1).map(|it| it.0).collect();
        reached.sort_by(f64::total_cmp);
        let count = reached.len();
        if rule == "with_waiting" {
            let mut left = 1.0;
            for at in reached.chunk_by(|one, other| one.total_cmp(other).is_eq()) {
                let at_risk = waits.iter().filter(|it| it.0 >= at[0]).count();
                left *= 1.0 - at.len() as f64 / at_risk as f64;
                if left <= 0.5 + 1e-12 {
                    return Some(at[0]);
                }
            }
            return None;
        }
        if count == 0 {
            return None;
        }
        Some(if rule == "mean_reached" {
            reached.iter().sum::<f64>() / count as f64
        } else {
            f64::midpoint(reached[(count - 1) >> 1], reached[count >> 1])
        })
    }

    /// What stands beside a figure.
    pub fn terms(&self, kpi: &str, rule: &str) -> Vec<Term> {
        let term = |name, value: usize| (name, Some(value as f64));
        match kpi {
            "active_users" if rule == "calendar" => self.lifecycle(),
            "usage_retention" => {
                let (came, reached) = self.retention(rule);
                vec![
                    term("returned_users", came),
                    term("cohort_users", reached),
                    term("too_young", self.began().len() - reached),
                ]
            }
            "engagement_rate" => {
                let Asked { start, end, .. } = self.asked;
                let users = self.users(start, end).len();
                let days = self.user_days(start, end).len();
                vec![term("users", users), ("frequency", ratio(days, users))]
            }
            "feature_adoption_rate" => {
                vec![
                    term("uses", self.uses().len()),
                    term("features", self.features()),
                ]
            }
            "time_to_value" => {
                let waits = self.waits();
                let reached = waits.iter().filter(|it| it.1).count();
                vec![
                    term("reached", reached),
                    term("waiting", waits.len() - reached),
                ]
            }
            _ => Vec::new(),
        }
    }

    /// New, returning and other users, one by one.
    fn lifecycle(&self) -> Vec<Term> {
        let Asked {
            start, end, before, ..
        } = self.asked;
        let (now, then) = (self.users(start, end), self.users(before, start));
        let known = self.users(i32::MIN, start);
        let is_told = self.begins().is_some_and(|first| first < start);
        let term = |name, count: usize| (name, is_told.then_some(count as f64));
        let returning = now.intersection(&then).count();
        let new = now.difference(&known).count();
        vec![
            term("new_users", new),
            term("returning_users", returning),
            term("resurrected_users", now.len() - new - returning),
            term("opening_users", then.len()),
            term("dormant_users", then.difference(&now).count()),
        ]
    }
}
