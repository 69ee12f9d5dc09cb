//! Why a score cannot be tested.

use crate::engine::base::{Date, Refusal};

/// With fewer lost, or fewer kept, no test is told.
pub const FEWEST: u64 = 5;

/// No account has a score today.
pub fn no_score() -> Refusal {
    Refusal::new(
        "backtest_no_score",
        "Accounts have no health score, so there is nothing to test.",
        "Add a table that speaks of the same customers, such as use, tickets or answers.",
    )
}

/// The score is made of cells that speak of today alone.
pub fn nothing_dated() -> Refusal {
    Refusal::new(
        "backtest_no_dated_measures",
        "The health score is made of columns that say how accounts are today; what they were on an earlier day is not known.",
        "Add a table with dated rows, such as use, tickets, answers or orders of the same customers.",
    )
}

/// Nothing says who was a customer when.
pub fn no_ledger() -> Refusal {
    Refusal::new(
        "backtest_no_ledger",
        "No table says from when until when accounts were customers, so it is not known who has left.",
        "Add subscriptions, months, movements or a list of customers with their start and end.",
    )
}

/// The gate let something through, or a fact depends on later rows.
pub fn leak(figure: &str) -> Refusal {
    Refusal::new(
        "backtest_leak",
        format!(
            "“{figure}” of a past day comes out otherwise where later rows are left away, so the score of that day would know its future."
        ),
        "Leave this measure out of the score to test the others.",
    )
}

/// The look back ends before the data begin.
pub fn too_short(day: Date, first: Option<Date>) -> Refusal {
    let begins = first.map_or_else(String::new, |first| format!(" They begin on {first}."));
    Refusal::new(
        "backtest_too_short",
        format!(
            "The data do not reach back to {day} with customers and measures of that day.{begins}"
        ),
        "Load older rows, or look back fewer days.",
    )
}

/// Too few left, or too few stayed.
pub fn too_few(accounts: u64, lost: u64) -> Refusal {
    let kept = accounts - lost;
    let (code, says, hint) = if lost < FEWEST {
        (
            "backtest_too_few_lost",
            format!("Of {accounts} accounts {lost} had left; a test needs {FEWEST} or more."),
            "Look back more days, or wait until more is known.",
        )
    } else {
        (
            "backtest_too_few_kept",
            format!("Of {accounts} accounts {kept} had stayed; a test needs {FEWEST} or more."),
            "Check whether the table that says who is a customer reaches the last day that counts.",
        )
    };
    Refusal::new(code, says, hint)
}

/// All scores are the same.
pub fn constant() -> Refusal {
    Refusal::new(
        "backtest_score_constant",
        "All accounts had the same score on that day, so it told nobody apart.",
        "Look back to another day, or add measures that tell accounts apart.",
    )
}

/// Too few outcomes for weights.
pub fn no_weights(lost: u64, kept: u64, fewest: u64) -> Refusal {
    Refusal::new(
        "backtest_too_few_for_weights",
        format!("{lost} accounts left and {kept} stayed; weights need {fewest} of each or more."),
        "Look back more days, or keep the weights that you have.",
    )
}

/// No measure told the lost from the kept.
pub fn no_better_weights() -> Refusal {
    Refusal::new(
        "backtest_no_weights",
        "No measure by itself told the accounts that left from those that stayed, so no weights are suggested.",
        "Look for other measures.",
    )
}
