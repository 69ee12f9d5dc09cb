//! What accounts answered last, and when.

use super::figure::{Figure, FigureUnit};
use super::source::{AsOf, Source};
use crate::engine::facts::{Backlog, Scores};
use crate::engine::options::Direction;
use crate::engine::roles::ScoreQuestion;
use crate::engine::table::Reason;

/// The last answer to each question, and days since the last one. Of answers on one day their mean.
pub fn figures(source: &Source<'_>, as_of: AsOf) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut last_day = as_of.filled(f64::NAN);
    let asked = source.facts.scores.iter().map(|scores| (scores, false));
    let about_tickets = source
        .facts
        .satisfaction
        .iter()
        .map(|scores| (scores, true));
    let all = asked.chain(about_tickets);
    for (scores, is_of_ticket) in all.filter(|(scores, _)| !scores.is_open) {
        let Some((id, name)) = words_of(scores.question) else {
            continue;
        };
        let mut last = Last::new(as_of.accounts);
        for (row, account) in source.rows(&scores.reasons) {
            let mut day = scores.days.as_ref().map_or(as_of.day.0, |days| days[row]);
            if let (true, Some(backlog)) = (is_of_ticket, &source.facts.backlog) {
                day = given_on(backlog, row, day);
            }
            if as_of.knows(day) && !scores.values[row].is_nan() {
                last.take(account, day, scores.values[row]);
            }
        }
        for (known, day) in last_day.iter_mut().zip(&last.days) {
            if scores.days.is_some() && *day != i32::MIN {
                *known = known.min(as_of.since(*day));
                if known.is_nan() {
                    *known = as_of.since(*day);
                }
            }
        }
        let mut figure = Figure::new(id, name, FigureUnit::Answer, last.means());
        figure.direction = Some(Direction::HighIsGood);
        figure.scale = Some(scores.scale).filter(|(low, high)| low.is_finite() && high.is_finite());
        figure.is_dated = scores.days.is_some();
        found.push(figure);
    }
    if last_day.iter().any(|days| !days.is_nan()) {
        let name = "Days since the last answer";
        found.push(Figure::new(
            "days_since_answer",
            name,
            FigureUnit::Days,
            last_day,
        ));
    }
    found
}

/// The day on which a ticket was rated, which no column says: nobody rates before the solution.
/// Of a ticket whose solution has no date it is the day of its creation.
fn given_on(backlog: &Backlog, row: usize, created: i32) -> i32 {
    match &backlog.solved {
        Some(solved) if backlog.reasons[row] == Reason::Used => solved[row],
        _ => created,
    }
}

/// The id of the figure of a question, and its name; absent for questions that are not about the
/// customer.
const fn words_of(question: ScoreQuestion) -> Option<(&'static str, &'static str)> {
    match question {
        ScoreQuestion::Nps => Some(("last_nps", "Last likelihood to recommend")),
        ScoreQuestion::Csat => Some(("last_csat", "Last satisfaction")),
        ScoreQuestion::Ces => Some(("last_ces", "Last ease")),
        ScoreQuestion::Rating => Some(("last_rating", "Last rating")),
        ScoreQuestion::Engagement => None,
    }
}

/// The answers of each account on its last day.
struct Last {
    days: Vec<i32>,
    sums: Vec<f64>,
    counts: Vec<u32>,
}

impl Last {
    fn new(accounts: usize) -> Self {
        Self {
            days: vec![i32::MIN; accounts],
            sums: vec![0.0; accounts],
            counts: vec![0; accounts],
        }
    }

    fn take(&mut self, account: usize, day: i32, value: f64) {
        if day < self.days[account] {
            return;
        }
        if day > self.days[account] {
            self.days[account] = day;
            self.sums[account] = 0.0;
            self.counts[account] = 0;
        }
        self.sums[account] += value;
        self.counts[account] += 1;
    }

    fn means(&self) -> Vec<f64> {
        // Nothing divided by nothing is no number, which stands for no answer.
        let both = self.sums.iter().zip(&self.counts);
        both.map(|(sum, count)| sum / f64::from(*count)).collect()
    }
}

/// Net Promoter answers of each row that counts, with its account.
pub fn promoters<'a>(source: &'a Source<'_>) -> Option<&'a Scores> {
    let mut scores = source.facts.scores.iter();
    scores.find(|it| it.question == ScoreQuestion::Nps && !it.is_open)
}
