//! Active days: on which days each user did something, ready to be asked for any period.

use std::cell::OnceCell;
use std::ops::Range;

use super::NO_DAY;
use super::activity::ActivityRows;
use crate::engine::base::Period;

/// Where a day has fewer rows than this share of all days, rows are compared instead of counted.
const SPARSE: usize = 4;

/// A user on a day on which they did something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Visit {
    /// The day.
    pub day: i32,
    /// The day on which the user came last before; [`NO_DAY`] where they never had.
    pub before: i32,
    /// The user's number here.
    pub person: u32,
}

/// The activity of some rows. Users are numbered anew, in the order of their first day.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// Rows, by day.
    rows: Vec<u32>,
    /// The user of each of them.
    people: Vec<u32>,
    /// Each user once a day, by day.
    visits: Vec<Visit>,
    /// The first day of each user, ascending.
    firsts: Vec<i32>,
    /// The last day of each user.
    lasts: Vec<i32>,
    /// The minute of the first event of each user, once it was asked for.
    first_minutes: OnceCell<Vec<i32>>,
    /// The first day of the whole table.
    begins: i32,
}

/// Makes [`Activity`] of many sets of rows of one table, without clearing a list of all users
/// every time.
#[derive(Debug)]
pub struct Maker<'a> {
    facts: &'a ActivityRows,
    /// The number here of each user of the table; `u32::MAX` for none.
    local: Vec<u32>,
    begins: i32,
}

impl<'a> Maker<'a> {
    /// A maker for a table; `rows` are all that count.
    pub fn new(facts: &'a ActivityRows, rows: &[u32]) -> Self {
        let days = rows.iter().map(|row| facts.days[*row as usize]);
        Self {
            facts,
            local: vec![u32::MAX; facts.user_limit],
            begins: days.min().unwrap_or(i32::MAX),
        }
    }

    /// The activity in these rows, all of which must count.
    pub fn make(&mut self, rows: &[u32]) -> Activity {
        let days = &self.facts.days;
        let rows = by_day(rows, days);
        let mut made = Activity {
            people: Vec::with_capacity(rows.len()),
            begins: self.begins,
            ..Activity::default()
        };
        for &row in &rows {
            let (day, user) = (days[row as usize], self.facts.users[row as usize]);
            let place = &mut self.local[user as usize];
            if *place == u32::MAX {
                *place = made.firsts.len() as u32;
                made.firsts.push(day);
                made.lasts.push(NO_DAY);
            }
            let person = *place;
            made.people.push(person);
            let last = &mut made.lasts[person as usize];
            if *last != day {
                made.visits.push(Visit {
                    day,
                    before: *last,
                    person,
                });
                *last = day;
            }
        }
        for row in &rows {
            self.local[self.facts.users[*row as usize] as usize] = u32::MAX;
        }
        made.visits.shrink_to_fit();
        made.rows = rows;
        made
    }
}

/// The rows by day, those of one day in their order.
fn by_day(rows: &[u32], days: &[i32]) -> Vec<u32> {
    let day = |row: &u32| days[*row as usize];
    if rows.is_sorted_by_key(day) {
        return rows.to_vec();
    }
    let first = rows.iter().map(day).min().unwrap_or(0);
    let last = rows.iter().map(day).max().unwrap_or(0);
    let span = (last - first + 1) as usize;
    if rows.len() * SPARSE < span {
        let mut sorted = rows.to_vec();
        sorted.sort_by_key(day);
        return sorted;
    }
    let mut next = vec![0_u32; span + 1];
    for row in rows {
        next[(day(row) - first) as usize + 1] += 1;
    }
    for at in 0..span {
        next[at + 1] += next[at];
    }
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        let place = &mut next[(day(row) - first) as usize];
        sorted[*place as usize] = *row;
        *place += 1;
    }
    sorted
}

impl Activity {
    /// How many users.
    pub const fn users(&self) -> usize {
        self.firsts.len()
    }

    /// The first day of each user, ascending.
    pub fn firsts(&self) -> &[i32] {
        &self.firsts
    }

    /// The minute of the first event of each user; that of midnight where the table says days only.
    pub fn first_minutes(&self, facts: &ActivityRows) -> &[i32] {
        self.first_minutes.get_or_init(|| {
            let mut found = vec![i32::MAX; self.users()];
            for (row, person) in self.rows.iter().zip(&self.people) {
                let first = &mut found[*person as usize];
                *first = (*first).min(facts.minute(*row as usize));
            }
            found
        })
    }

    /// The last day of each user.
    pub fn lasts(&self) -> &[i32] {
        &self.lasts
    }

    /// The users who came for the first time in the period, or ever.
    pub fn newcomers(&self, period: Option<Period>) -> Range<usize> {
        let before = |day: i32| self.firsts.partition_point(|first| *first < day);
        period.map_or(0..self.users(), |period| {
            before(period.start.0)..before(period.end.0)
        })
    }

    /// Users on their active days within the period, by day.
    pub fn visits(&self, period: Period) -> &[Visit] {
        let before = |day: i32| self.visits.partition_point(|visit| visit.day < day);
        &self.visits[before(period.start.0)..before(period.end.0)]
    }

    /// All users on their active days, by day.
    pub fn all_visits(&self) -> &[Visit] {
        &self.visits
    }

    /// What was done within the period, by day: the row and the user.
    pub fn actions<'a>(
        &'a self,
        facts: &ActivityRows,
        period: Option<Period>,
    ) -> impl Iterator<Item = (usize, u32)> + use<'a> {
        let before = |day: i32| {
            self.rows
                .partition_point(|row| facts.days[*row as usize] < day)
        };
        let within = period.map_or(0..self.rows.len(), |period| {
            before(period.start.0)..before(period.end.0)
        });
        let rows = self.rows[within.clone()].iter();
        rows.zip(&self.people[within])
            .map(|(row, person)| (*row as usize, *person))
    }

    /// Users who came within the period, each once, in the order in which they came.
    pub fn people(&self, period: Period) -> impl Iterator<Item = u32> {
        let visits = self.visits(period).iter();
        visits
            .filter(move |visit| visit.before < period.start.0)
            .map(|visit| visit.person)
    }

    /// Active days of each user who was active in the period.
    pub fn days_per_user(&self, period: Period) -> Vec<u32> {
        let visits = self.visits(period);
        let people = visits.iter().map(|visit| visit.person).collect();
        let counted = counts(people, self.users()).into_iter();
        counted.map(|(_, days)| days).collect()
    }

    /// Days of the period on which anyone was active.
    pub fn active_days(&self, period: Period) -> u32 {
        let visits = self.visits(period);
        visits.chunk_by(|one, other| one.day == other.day).count() as u32
    }

    /// The first and the last day with activity.
    pub fn span(&self) -> Option<(i32, i32)> {
        Some((self.visits.first()?.day, self.visits.last()?.day))
    }

    /// The first day with activity in the whole table, whatever rows these are; the last possible
    /// day where it has none.
    pub const fn begins(&self) -> i32 {
        self.begins
    }
}

/// How often each of these users stands there, in the order of their numbers, which run below
/// `limit`.
pub fn counts(mut people: Vec<u32>, limit: usize) -> Vec<(u32, u32)> {
    // A few of many users: sorting them is quicker than looking at everybody.
    if people.len() * 8 < limit {
        people.sort_unstable();
        return people
            .chunk_by(|one, other| one == other)
            .map(|same| (same[0], same.len() as u32))
            .collect();
    }
    let mut counts = vec![0_u32; limit];
    for person in people {
        counts[person as usize] += 1;
    }
    let counted = (0..).zip(counts);
    counted.filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Date;
    use crate::engine::table::Reason;

    fn facts(told: &[(u32, i32)]) -> ActivityRows {
        ActivityRows {
            users: told.iter().map(|(user, _)| *user).collect(),
            days: told.iter().map(|(_, day)| *day).collect(),
            minutes: None,
            events: None,
            features: None,
            customers: None,
            reasons: vec![Reason::Used; told.len()],
            user_limit: 10,
            customer_limit: 0,
        }
    }

    #[test]
    fn users_are_numbered_by_their_first_day_and_counted_once_a_day() {
        let facts = facts(&[(5, 30), (7, 10), (5, 10), (7, 30), (5, 30), (9, 20)]);
        let rows: Vec<u32> = (0..6).collect();
        let mut maker = Maker::new(&facts, &rows);
        let all = maker.make(&rows);
        assert_eq!(all.firsts(), [10, 10, 20]);
        assert_eq!(all.lasts(), [30, 30, 20]);
        let months = |start, end| Period {
            start: Date(start),
            end: Date(end),
        };
        assert_eq!(all.visits(months(10, 31)).len(), 5);
        assert_eq!(all.people(months(15, 31)).count(), 3);
        assert_eq!(all.newcomers(Some(months(15, 31))), 2..3);
        assert_eq!(all.days_per_user(months(10, 31)), [2, 2, 1]);
        assert_eq!(all.active_days(months(11, 31)), 2);
        assert_eq!(all.actions(&facts, Some(months(30, 31))).count(), 3);
        // A second set of rows is not disturbed by the first.
        let some = maker.make(&[1, 3]);
        assert_eq!((some.users(), some.begins()), (1, 10));
    }

    #[test]
    fn few_and_many_are_counted_alike() {
        assert_eq!(counts(vec![3, 1, 3], 4), counts(vec![3, 1, 3], 1_000));
        assert_eq!(counts(vec![3, 1, 3], 4), [(1, 1), (3, 2)]);
    }

    #[test]
    fn rows_are_sorted_by_day_however_far_the_days_lie_apart() {
        for days in [vec![3, 1, 2, 1], vec![90_000, -5, 7, -5]] {
            let sorted = by_day(&[0, 1, 2, 3], &days);
            let found: Vec<i32> = sorted.iter().map(|row| days[*row as usize]).collect();
            let mut expected = days.clone();
            expected.sort_unstable();
            assert_eq!(found, expected);
        }
    }
}
