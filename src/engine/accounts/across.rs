//! What only several tables together can tell.

use super::{Accounts, tickets};
use crate::engine::report::{Across, AcrossUnit};
use crate::engine::stats::proportion;

/// Answers up to this are detractors', answers from the second on promoters'.
const DETRACTORS_TO: f64 = 6.0;
/// The lowest answer of a promoter.
const PROMOTERS_FROM: f64 = 9.0;
/// An account is silent that neither answered nor used the product for so many days.
const SILENT_DAYS: f64 = 90.0;
/// Renewals within so many days count.
const AHEAD_DAYS: f64 = 90.0;
/// Use falls where a fifth of the active days is gone.
const FALLING: f64 = -0.2;
/// Months in 90 days.
const MONTHS: f64 = 90.0 * 12.0 / 365.25;
/// The lowest share of a scale at which an answer is satisfied: 4 of 1 to 5.
const SATISFIED_FROM: f64 = 0.75;

/// The accounts of a list by what several tables tell of them: a mark each.
type Marks = Vec<bool>;

/// All that these accounts allow to tell.
pub fn tell(told: &Accounts) -> Vec<Across> {
    let mut found = Vec::new();
    found.extend(held_by_detractors(told));
    found.extend(weighed_recommendation(told));
    found.extend(weighed_satisfaction(told));
    found.extend(tickets_per_revenue(told));
    found.extend(silent(told).map(|marks| {
        let says = "Customers without an answer and without use in the last 90 days, as far as tables tell of either.";
        counted(told, ("silent_accounts", "Silent accounts", says), &marks)
    }));
    found.extend(falling(told).map(|marks| {
        let says = "Customers whose renewal is due within 90 days and whose active days fell by a fifth or more.";
        counted(told, ("renewals_at_risk", "Renewals due with falling use", says), &marks)
    }));
    found
}

/// The accounts that a figure speaks of, for lists of them; absent where there is none of the id.
pub fn marks(told: &Accounts, id: &str) -> Option<Marks> {
    match id {
        "revenue_held_by_detractors" => detractors(told),
        "silent_accounts" => silent(told),
        "renewals_at_risk" => falling(told),
        _ => None,
    }
}

/// Customers, and those of whom no table says whether they are.
fn may_be_customer(told: &Accounts, account: usize) -> bool {
    told.is_customer[account] != Some(false)
}

fn detractors(told: &Accounts) -> Option<Marks> {
    let answers = told.values("last_nps")?;
    told.values("revenue")?;
    let is = |(account, answer): (usize, &f64)| {
        *answer <= DETRACTORS_TO && may_be_customer(told, account)
    };
    Some(answers.iter().enumerate().map(is).collect())
}

fn silent(told: &Accounts) -> Option<Marks> {
    let answered = told.values("days_since_answer");
    let used = told.values("days_since_use");
    if answered.is_none() && used.is_none() {
        return None;
    }
    let is_quiet = |days: Option<&[f64]>, account: usize| {
        days.is_none_or(|days| days[account].is_nan() || days[account] > SILENT_DAYS)
    };
    let is = |account: usize| {
        told.is_customer[account] == Some(true)
            && is_quiet(answered, account)
            && is_quiet(used, account)
    };
    told.is_customer
        .contains(&Some(true))
        .then(|| (0..told.is_customer.len()).map(is).collect())
}

fn falling(told: &Accounts) -> Option<Marks> {
    let due = told.values("renewal_days")?;
    let change = told.values("use_change")?;
    let both = due.iter().zip(change).enumerate();
    Some(
        both.map(|(account, (due, change))| {
            *due <= AHEAD_DAYS && *change <= FALLING && may_be_customer(told, account)
        })
        .collect(),
    )
}

fn sum(values: &[f64], takes: impl Fn(usize) -> bool) -> f64 {
    let counted = values.iter().enumerate();
    counted
        .filter(|(account, value)| !value.is_nan() && takes(*account))
        .map(|(_, value)| value)
        .sum()
}

/// How many accounts are marked, with their revenue.
fn counted(told: &Accounts, (id, name, says): (&str, &str, &str), marks: &[bool]) -> Across {
    let marked = marks.iter().filter(|it| **it).count() as u64;
    let of = (0..marks.len())
        .filter(|it| may_be_customer(told, *it))
        .count() as u64;
    let revenue = told.values("revenue");
    let held = revenue.map(|values| sum(values, |account| marks[account]));
    let all = revenue.map(|values| sum(values, |account| may_be_customer(told, account)));
    let interval = proportion::wilson(marked, of, 0.95);
    Across {
        id: id.to_owned(),
        name: name.to_owned(),
        says: says.to_owned(),
        value: Some(marked as f64),
        unit: Some(AcrossUnit::Count),
        accounts: marked,
        of,
        revenue: held,
        share_of_revenue: held
            .zip(all)
            .filter(|(_, all)| *all > 0.0)
            .map(|(held, all)| held / all),
        low: interval.map(|it| it.0),
        high: interval.map(|it| it.1),
    }
}

fn held_by_detractors(told: &Accounts) -> Option<Across> {
    let marks = detractors(told)?;
    let says = "What customers pay a month whose last answer was 6 or less of 10, among those who answered.";
    let mut found = counted(
        told,
        (
            "revenue_held_by_detractors",
            "Revenue held by detractors",
            says,
        ),
        &marks,
    );
    let answers = told.values("last_nps")?;
    found.of = (0..marks.len())
        .filter(|it| !answers[*it].is_nan() && may_be_customer(told, *it))
        .count() as u64;
    let interval = proportion::wilson(found.accounts, found.of, 0.95);
    (found.low, found.high) = (interval.map(|it| it.0), interval.map(|it| it.1));
    found.value = found.revenue;
    found.unit = Some(AcrossUnit::Money);
    Some(found)
}

/// A share or score of the last answers, each counted by what its account pays.
fn weighed(
    told: &Accounts,
    figure: &str,
    (id, name, says): (&str, &str, &str),
    counts: impl Fn(f64) -> f64,
) -> Option<Across> {
    let (answers, revenue) = (told.values(figure)?, told.values("revenue")?);
    let takes = |account: usize| revenue[account] > 0.0 && !answers[account].is_nan();
    let paying = (0..answers.len()).filter(|it| takes(*it));
    let (mut sum, mut weight, mut accounts) = (0.0, 0.0, 0);
    for account in paying {
        sum += revenue[account] * counts(answers[account]);
        weight += revenue[account];
        accounts += 1;
    }
    if accounts == 0 {
        return None;
    }
    let all = revenue.iter().filter(|it| **it > 0.0).count() as u64;
    let total: f64 = revenue.iter().filter(|it| **it > 0.0).sum();
    Some(Across {
        id: id.to_owned(),
        name: name.to_owned(),
        says: says.to_owned(),
        value: Some(sum / weight),
        unit: Some(AcrossUnit::Ratio),
        accounts,
        of: all,
        revenue: Some(weight),
        share_of_revenue: (total > 0.0).then(|| weight / total),
        ..Across::default()
    })
}

fn weighed_recommendation(told: &Accounts) -> Option<Across> {
    let says = "Revenue of promoters less revenue of detractors, out of the revenue of accounts that answered, by each one's last answer.";
    let side = |answer: f64| match answer {
        low if low <= DETRACTORS_TO => -1.0,
        high if high >= PROMOTERS_FROM => 1.0,
        _ => 0.0,
    };
    let names = (
        "revenue_weighted_nps",
        "Net Promoter Score by revenue",
        says,
    );
    let mut found = weighed(told, "last_nps", names, side)?;
    found.value = found.value.map(|value| value * 100.0);
    found.unit = Some(AcrossUnit::Score);
    Some(found)
}

fn weighed_satisfaction(told: &Accounts) -> Option<Across> {
    let figure = told.figure("last_csat")?;
    let (low, high) = figure.scale?;
    let says = "Revenue of satisfied accounts out of the revenue of accounts that answered, by each one's last answer; satisfied is the upper quarter of the scale, such as 4 and 5 of 5.";
    let from = low + SATISFIED_FROM * (high - low);
    let names = ("revenue_weighted_csat", "Satisfaction by revenue", says);
    weighed(told, "last_csat", names, |answer| {
        f64::from(u8::from(answer >= from))
    })
}

fn tickets_per_revenue(told: &Accounts) -> Option<Across> {
    let (asked, revenue) = (told.values("tickets")?, told.values("revenue")?);
    let paying = |account: usize| revenue[account] > 0.0;
    let (tickets_of_paying, paid) = (sum(asked, paying), sum(revenue, paying));
    if paid <= 0.0 {
        return None;
    }
    let accounts = (0..revenue.len()).filter(|it| paying(*it)).count() as u64;
    debug_assert_eq!(tickets::BACK_DAYS, 90, "months are those of 90 days");
    Some(Across {
        id: String::from("tickets_per_1000_of_revenue"),
        name: String::from("Tickets per 1,000 of revenue"),
        says: String::from(
            "Tickets a month of paying accounts in the last 90 days, for each 1,000 that they pay a month.",
        ),
        value: Some(tickets_of_paying / MONTHS / paid * 1_000.0),
        unit: Some(AcrossUnit::Count),
        accounts,
        of: accounts,
        revenue: Some(paid),
        ..Across::default()
    })
}
