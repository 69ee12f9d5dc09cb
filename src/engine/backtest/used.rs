//! Which measures of today's score can be told of a past day.

use crate::engine::accounts::{Accounts, Figure, measures};
use crate::engine::facts::Health;
use crate::engine::report::BacktestCount;

/// Why a measure of today's score is not tested.
const UNDATED: &str = "it speaks of today";

/// The figures of today's score that are known as of any day, by their places among the figures,
/// and what of the score is left out of the test.
///
/// A figure that is the same for all accounts today counts: it may not have been then.
pub fn figures(health: &Health, told: &Accounts) -> (Vec<usize>, Vec<BacktestCount>) {
    let mut found = Vec::new();
    let mut names: Vec<&str> = health.measures.iter().map(|it| it.name.as_str()).collect();
    let mut silent: Vec<&str> = health.left_out.iter().map(|it| it.0.as_str()).collect();
    for figure in measures::wanted(health, told).into_iter().map(|it| it.0) {
        // A column of the list may have the same name; measures of other tables stand behind them.
        let named = |names: &mut Vec<&str>| {
            let at = names.iter().rposition(|name| *name == figure.name);
            at.map(|at| names.remove(at)).is_some()
        };
        let place = told.figures.iter().position(|it| it.id == figure.id);
        if !figure.is_dated {
            continue;
        }
        if named(&mut names) || named(&mut silent) {
            found.extend(place);
        }
    }
    let left_out = names.into_iter().map(|name| BacktestCount {
        name: name.to_owned(),
        because: Some(UNDATED.to_owned()),
        count: 0,
    });
    let by_hand = (!health.by_hand.is_empty()).then(|| BacktestCount {
        name: String::from("Scores changed by hand"),
        because: Some(UNDATED.to_owned()),
        count: 0,
    });
    (found, left_out.chain(by_hand).collect())
}

/// The figures of a past day that stand for these of today: of the same table and sort, under the
/// name that they have today. Of several tables that tell the same, one may have begun later.
pub fn named_as_today(then: &mut Accounts, told: &Accounts, used: &[usize]) {
    let todays = |figure: &Figure| {
        let all = used.iter().filter_map(|place| told.figures.get(*place));
        let mut same = all.filter(|today| today.table == figure.table);
        same.find(|today| stem(&today.id) == stem(&figure.id))
    };
    then.figures.retain_mut(|figure| match todays(figure) {
        Some(today) => {
            figure.id.clone_from(&today.id);
            figure.name.clone_from(&today.name);
            true
        }
        None => false,
    });
}

/// Figures that are tested and told nobody apart on the day.
pub fn silent(
    health: &Health,
    then: &Accounts,
    (today, used): (&Accounts, &[usize]),
) -> Vec<BacktestCount> {
    let all = used.iter().filter_map(|place| today.figures.get(*place));
    let silent = all.filter_map(|figure| {
        let is_silent = health.left_out.iter().any(|(name, _)| *name == figure.name);
        let because = match then.figure(&figure.id) {
            None => "no account had one on that day",
            Some(_) if is_silent => "it was the same for all accounts on that day",
            Some(_) => return None,
        };
        Some(BacktestCount {
            name: figure.name.clone(),
            because: Some(because.to_owned()),
            count: 0,
        })
    });
    silent.collect()
}

/// The id without the number that it has where several tables give the figure.
fn stem(id: &str) -> &str {
    match id.rsplit_once('_') {
        Some((stem, number)) if number.bytes().all(|it| it.is_ascii_digit()) => stem,
        _ => id,
    }
}
