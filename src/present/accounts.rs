//! The list of accounts: what is shown of each, and what its health is made of.

use super::Reader;
use super::format::Habits;
use super::{measures, words};
use crate::engine::accounts::FigureUnit;
use crate::engine::accounts::query::{AccountRow, AccountsPage, AccountsQuery, FigureAbout};
use crate::engine::base::{Date, Unit};
use crate::engine::report::{AccountResult, Across, AcrossUnit, Report};
use crate::present::language::say;
use crate::told;

/// Figures that the list shows where the tables tell them, in this order.
const SHOWN: &[&str] = &[
    "revenue",
    "revenue_change",
    "active_days",
    "open_tickets",
    "last_nps",
    "last_csat",
    "renewal_days",
    "spent",
    "days_since_order",
    "tenure_days",
];

/// So many figures stand in columns, and the one by which accounts are ordered.
const MOST_COLUMNS: usize = 5;

/// So many attributes stand below an account's name.
const MOST_WORDS: usize = 2;

/// The points from which a score counts up and down.
pub const MIDDLE: f64 = 50.0;

/// The list as the page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountsView {
    /// "263 accounts of crm.csv, as of 30 Jun 2025."
    pub lead: String,
    /// "23 of 263 accounts".
    pub count: String,
    /// How many accounts the question fits.
    pub total: u64,
    /// How many come before the first row here.
    pub from: u64,
    /// Whether accounts are scored.
    pub is_scored: bool,
    /// The columns of figures.
    pub columns: Vec<ColumnView>,
    /// By what accounts can be ordered: value and name.
    pub orders: Vec<(String, String)>,
    /// Attributes by which they can be narrowed: header, and its words as value and name.
    pub attributes: Vec<(String, Vec<(String, String)>)>,
    /// The accounts.
    pub rows: Vec<AccountView>,
}

/// A column of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnView {
    /// The figure's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One account in the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountView {
    /// Its id as written.
    pub customer: String,
    /// What it is called: its name, else its id.
    pub name: String,
    /// What stands below it: its id where it has a name, and some of its words.
    pub beneath: String,
    /// "19", or why there is no score.
    pub score: String,
    /// "19 to 35" where measures are missing.
    pub range: String,
    /// What moves the score away from the middle.
    pub bar: Vec<BarPart>,
    /// The bar in words: "50 − 14 − 9 + 2 = 29".
    pub sum: String,
    /// The measure that moves the score most to its side of the middle, with its value.
    pub reason: String,
    /// The figures, one a column.
    pub cells: Vec<String>,
}

/// One part of the bar, in points from the middle.
#[derive(Clone, Debug, PartialEq)]
pub struct BarPart {
    /// Where it begins: the lower end, below 0 left of the middle.
    pub start: f64,
    /// How wide it is.
    pub width: f64,
    /// Whether it adds points.
    pub adds: bool,
    /// The measure.
    pub name: String,
    /// "−14".
    pub points: String,
    /// Its value in words.
    pub value: String,
}

/// A figure of the accounts as the list and the account's own page write it.
pub fn value(
    habits: &Habits,
    as_of: Option<Date>,
    about: &FigureAbout,
    value: Option<f64>,
) -> String {
    let Some(value) = value else {
        return String::from("–");
    };
    match (about.unit, as_of) {
        (FigureUnit::Money, _) => habits.money(value),
        (FigureUnit::Change, _) => {
            let percent = habits.percent(value);
            if value > 0.0 {
                format!("+{percent}")
            } else {
                percent
            }
        }
        (FigureUnit::Days, Some(day)) if about.id.starts_with("renewal_days") => {
            habits.date(day.plus_days(value as i32))
        }
        (FigureUnit::Share, _) => habits.percent(value),
        (FigureUnit::Hours, _) => habits.value(value, Unit::Hours),
        (FigureUnit::Days, _) => words::counted_days(&habits.number(value, 0), value),
        (FigureUnit::Answer, _) => habits.number(value, usize::from(value.fract().abs() > 0.0)),
        _ => habits.number(value, 0),
    }
}

/// The list of a page of accounts.
pub fn accounts(habits: &Habits, page: &AccountsPage, query: &AccountsQuery) -> AccountsView {
    let mut columns: Vec<usize> = SHOWN
        .iter()
        .filter_map(|id| page.figures.iter().position(|it| it.id == *id))
        .take(MOST_COLUMNS)
        .collect();
    let sorted = query.sort.as_ref();
    let sorted = sorted.and_then(|id| page.figures.iter().position(|it| it.id == *id));
    if let Some(sorted) =
        sorted.filter(|at| !columns.contains(at) && page.figures[*at].id != "health")
    {
        columns.truncate(MOST_COLUMNS - 1);
        columns.push(sorted);
    }
    let is_scored = page.figures.iter().any(|it| it.id == "health");
    let total = habits.count(page.total);
    AccountsView {
        lead: page.as_of.map_or_else(
            || page.base.clone(),
            |day| told!("Accounts of {0}, as of {1}.", page.base, habits.date(day)),
        ),
        count: if page.total == 1 {
            say(words::ONE_ACCOUNT).to_owned()
        } else {
            told!("{0} accounts", total)
        },
        total: page.total,
        from: page.from,
        is_scored,
        orders: orders(page),
        attributes: page
            .attributes
            .iter()
            .map(|it| {
                let words = it.words.iter().filter(|word| !word.is_empty());
                let words = words.map(|word| (word.clone(), word.clone()));
                let any = std::iter::once((String::new(), say(words::ANY).to_owned()));
                (it.name.clone(), any.chain(words).collect())
            })
            .collect(),
        rows: page
            .accounts
            .iter()
            .map(|account| row(habits, page, &columns, account))
            .collect(),
        columns: columns
            .into_iter()
            .map(|at| ColumnView {
                id: page.figures[at].id.clone(),
                name: page.figures[at].name.clone(),
            })
            .collect(),
    }
}

fn orders(page: &AccountsPage) -> Vec<(String, String)> {
    let figures = page
        .figures
        .iter()
        .map(|it| (it.id.clone(), it.name.clone()));
    let attributes = page
        .attributes
        .iter()
        .map(|it| (it.name.clone(), it.name.clone()));
    let first = [
        ("", say(words::AS_LISTED)),
        ("name", say(words::NAME)),
        ("customer", say(words::ID)),
    ];
    first
        .into_iter()
        .map(|(id, name)| (id.to_owned(), name.to_owned()))
        .chain(figures)
        .chain(attributes)
        .collect()
}

fn row(
    habits: &Habits,
    page: &AccountsPage,
    columns: &[usize],
    account: &AccountRow,
) -> AccountView {
    let mut beneath: Vec<&str> = Vec::new();
    if account.name.is_some() {
        beneath.push(&account.customer);
    }
    let said = account.attributes.iter().map(String::as_str);
    beneath.extend(said.filter(|word| !word.is_empty()).take(MOST_WORDS));
    if account.is_customer == Some(false) {
        beneath.push(say(words::HAS_LEFT));
    }
    let mut view = AccountView {
        customer: account.customer.clone(),
        name: account
            .name
            .clone()
            .unwrap_or_else(|| account.customer.clone()),
        beneath: beneath.join(", "),
        cells: columns
            .iter()
            .map(|at| {
                let value_of = account.values.get(*at).copied().flatten();
                value(habits, page.as_of, &page.figures[*at], value_of)
            })
            .collect(),
        ..AccountView::default()
    };
    if let Some(health) = &account.health {
        score(habits, health, &mut view);
    }
    view
}

/// What the health of an account is made of.
pub fn score(habits: &Habits, health: &AccountResult, view: &mut AccountView) {
    let Some(value) = health.value else {
        say(words::NO_SCORE).clone_into(&mut view.score);
        return;
    };
    view.score = habits.number(value, 0);
    if health.coverage < 1.0 - 1e-9 && !health.by_hand {
        // What is missing may be worth nothing or everything.
        let known = value * health.coverage;
        let most = known + 100.0 * (1.0 - health.coverage);
        view.range = told!(
            "{0} to {1}",
            habits.number(known, 0),
            habits.number(most, 0)
        );
    }
    let mut parts: Vec<(f64, BarPart)> = health
        .contributions
        .iter()
        .filter_map(|it| {
            let moved = (it.points? - MIDDLE) * it.weight;
            let size = habits.number(moved.abs(), 1);
            let mark = if moved < 0.0 { "−" } else { "+" };
            let part = BarPart {
                start: 0.0,
                width: moved.abs(),
                adds: moved > 0.0,
                name: measures::name(&it.measure),
                points: format!("{mark}{size}"),
                value: it
                    .value
                    .map_or_else(String::new, |value| short(habits, value)),
            };
            Some((moved, part))
        })
        .collect();
    parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    // Why a score is low is told by what takes points away, however much something else adds.
    let explains = |moved: f64| moved.abs() > 0.0 && (moved < 0.0) == (value < MIDDLE);
    let lead = parts.iter().find(|(moved, _)| explains(*moved));
    view.reason = lead.map_or_else(String::new, |(_, part)| {
        format!("{}: {}", part.name, part.value)
    });
    let mut moved = String::new();
    for (_, part) in &parts {
        let mut letters = part.points.chars();
        moved.push(' ');
        moved.extend(letters.next());
        moved.push(' ');
        moved.extend(letters);
    }
    view.sum = if health.by_hand {
        say(words::BY_HAND).to_owned()
    } else {
        format!("50{moved} = {}", habits.number(value, 1))
    };
    // The largest stand next to the middle on either side.
    let (mut left, mut right) = (0.0, 0.0);
    view.bar = parts
        .into_iter()
        .map(|(_, mut part)| {
            if part.adds {
                part.start = right;
                right += part.width;
            } else {
                left += part.width;
                part.start = -left;
            }
            part
        })
        .collect();
}

/// A number with as many decimals as it needs, at most two.
fn short(habits: &Habits, value: f64) -> String {
    let decimals = (0..2).find(|places| {
        let scale = if *places == 0 { 1.0 } else { 10.0 };
        ((value * scale).round() - value * scale).abs() < 1e-9
    });
    habits.number(value, decimals.unwrap_or(2))
}

/// A figure that rests on several tables, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct AcrossView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The figure.
    pub value: String,
    /// Of how many accounts, and how much revenue.
    pub terms: String,
    /// How it is worked out.
    pub says: String,
    /// Whether there is a list of the accounts it speaks of.
    pub is_list: bool,
}

/// What only several tables together tell.
pub fn across(reader: &Reader<'_>, report: &Report) -> Vec<AcrossView> {
    let habits = reader.habits;
    let view = |it: &Across| {
        let value = it.value.map_or_else(
            || String::from("n/a"),
            |value| match it.unit {
                Some(AcrossUnit::Money) => habits.money(value),
                Some(AcrossUnit::Ratio) => habits.percent(value),
                Some(AcrossUnit::Score) => habits.number(value, 1),
                _ => habits.number(value, usize::from(value.fract().abs() > 0.0)),
            },
        );
        let mut terms = told!(
            "{0} of {1} accounts",
            habits.count(it.accounts),
            habits.count(it.of)
        );
        if let (Some(low), Some(high)) = (it.low, it.high) {
            terms = told!(
                "{0} ({1} to {2})",
                terms,
                habits.percent(low),
                habits.percent(high)
            );
        }
        if let (Some(revenue), Some(share)) = (it.revenue, it.share_of_revenue) {
            terms = told!(
                "{0}; {1} a month, {2} of revenue",
                terms,
                habits.money(revenue),
                habits.percent(share)
            );
        }
        AcrossView {
            id: it.id.clone(),
            name: it.name.clone(),
            value,
            terms,
            says: it.says.clone(),
            is_list: it.low.is_some() && it.accounts > 0,
        }
    };
    report.across.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::report::Contribution;

    fn contribution(name: &str, points: Option<f64>, weight: f64) -> Contribution {
        Contribution {
            measure: name.to_owned(),
            value: points,
            points,
            weight,
            adds: points.unwrap_or(0.0) * weight,
        }
    }

    #[test]
    fn the_bar_adds_up_to_the_score() {
        let habits = Habits::new("en", None);
        let health = AccountResult {
            value: Some(34.0),
            coverage: 1.0,
            contributions: vec![
                contribution("use", Some(10.0), 0.5),
                contribution("survey", Some(90.0), 0.3),
                contribution("tickets", Some(10.0), 0.2),
            ],
            ..AccountResult::default()
        };
        let mut view = AccountView::default();
        score(&habits, &health, &mut view);
        assert_eq!((view.score.as_str(), view.range.as_str()), ("34", ""));
        assert_eq!(view.sum, "50 − 20.0 + 12.0 − 8.0 = 34.0");
        assert_eq!(view.reason, "use: 10");
        let ends: Vec<(f64, f64)> = view
            .bar
            .iter()
            .map(|it| (it.start, it.start + it.width))
            .collect();
        assert_eq!(ends, [(-20.0, 0.0), (0.0, 12.0), (-28.0, -20.0)]);
    }

    #[test]
    fn what_is_missing_widens_the_score_to_a_range() {
        let habits = Habits::new("en", None);
        let health = AccountResult {
            value: Some(40.0),
            coverage: 0.75,
            contributions: vec![
                contribution("use", Some(40.0), 1.0),
                contribution("gone", None, 0.0),
            ],
            ..AccountResult::default()
        };
        let mut view = AccountView::default();
        score(&habits, &health, &mut view);
        assert_eq!(view.range, "30 to 55");
        assert_eq!(view.bar.len(), 1);
    }
}
