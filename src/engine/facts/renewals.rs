//! Contracts that came up for renewal, one a row.

use super::reading::{self, Reading};
use super::{NO_DAY, money};
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::Reason;

/// How a renewal ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ended {
    /// It was renewed, at whatever amount.
    Renewed,
    /// It was not.
    Lost,
    /// It is not decided yet.
    Open,
    /// The cell says nothing that we know.
    Unknown,
}

/// One entry a row.
#[derive(Clone, Debug)]
pub struct Renewals {
    /// The customer's number.
    pub customers: Vec<u32>,
    /// The day on which it was due.
    pub days: Vec<i32>,
    /// The day on which it was decided; [`NO_DAY`] where the cell is empty. Empty without column.
    pub closed: Vec<i32>,
    /// How it ended.
    pub outcomes: Vec<Ended>,
    /// The amount due, in units of money; NaN where unknown. Empty without column.
    pub due: Vec<f64>,
    /// The amount renewed, in units of money: nothing where it was lost, the amount due where it
    /// was renewed and no column or cell says otherwise; NaN where unknown. Empty without `due`.
    pub renewed: Vec<f64>,
    /// Months of the contract; NaN where unknown. Empty without column.
    pub terms: Vec<f64>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The currencies in use, most frequent first.
    pub currencies: Vec<String>,
}

/// Reads contracts with their due day and outcome.
pub fn read(reading: &Reading<'_>) -> Option<Renewals> {
    let customers = reading.keys_of(Role::Customer)?;
    let due_days = reading.instants_of(Role::DueAt)?;
    let outcomes = outcomes(reading)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&due_days, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    let answers = reading.keys_of(Role::Outcome)?;
    for ((reason, outcome), code) in reasons.iter_mut().zip(&outcomes).zip(answers.codes.iter()) {
        if *reason == Reason::Used && *outcome == Ended::Unknown {
            *reason = if *code == 0 {
                Reason::AnswerMissing
            } else {
                Reason::AnswerInvalid
            };
        }
    }
    let amounts = money::amounts_of(reading, Role::AmountDue);
    let written = money::amounts_of(reading, Role::AmountRenewed);
    let due = amounts.map(|cells| cells.values).unwrap_or_default();
    let renewed: Vec<f64> = due
        .iter()
        .enumerate()
        .map(|(row, due)| {
            let written = written.as_ref().map(|cells| cells.values[row]);
            match outcomes[row] {
                Ended::Renewed => written.filter(|amount| !amount.is_nan()).unwrap_or(*due),
                _ => 0.0,
            }
        })
        .collect();
    let closed = reading.instants_of(Role::ClosedAt);
    let days = reading::days(&due_days);
    match reading.keys_of(Role::Subscription) {
        Some(numbers) => mark_same(&mut reasons, &outcomes, |row| match numbers.codes[row] {
            0 => None,
            number => Some((customers.codes[row], number, days[row], 0, 0)),
        }),
        // Without a number, only rows that say the same are the same contract.
        None => mark_same(&mut reasons, &outcomes, |row| {
            let amount = |list: &[f64]| list.get(row).map_or(0, |amount| amount.to_bits());
            let said = answers.codes[row];
            Some((
                customers.codes[row],
                said,
                days[row],
                amount(&due),
                amount(&renewed),
            ))
        }),
    }
    Some(Renewals {
        customers: customers.codes.to_vec(),
        days,
        closed: closed.as_ref().map(reading::days).unwrap_or_default(),
        terms: reading
            .months_of(Role::TermMonths)
            .map(|cells| cells.values)
            .unwrap_or_default(),
        currencies: if due.is_empty() {
            Vec::new()
        } else {
            money::currencies(reading, Role::AmountDue, &reasons)
        },
        outcomes,
        due,
        renewed,
        reasons,
    })
}

/// What tells one contract that was due on one day from others.
type Same = (u32, u32, i32, u64, u64);

/// Leaves one row of each contract and due day: the first that is decided, else the first.
fn mark_same(reasons: &mut [Reason], outcomes: &[Ended], key: impl Fn(usize) -> Option<Same>) {
    let used = (0..reasons.len()).filter(|row| reasons[*row] == Reason::Used);
    let mut keyed: Vec<(Same, bool, usize)> = used
        .filter_map(|row| Some((key(row)?, outcomes[row] == Ended::Open, row)))
        .collect();
    keyed.sort_unstable();
    for same in keyed.chunk_by(|one, other| one.0 == other.0) {
        for (_, _, row) in &same[1..] {
            reasons[*row] = Reason::Duplicate;
        }
    }
}

/// How each row ended.
pub fn outcomes(reading: &Reading<'_>) -> Option<Vec<Ended>> {
    let keys = reading.keys_of(Role::Outcome)?;
    let by_code: Vec<Ended> = keys.texts.texts().map(|text| ended(&text)).collect();
    let codes = keys.codes.iter();
    Some(codes.map(|code| by_code[*code as usize]).collect())
}

/// What a word for an outcome means.
pub fn ended(text: &str) -> Ended {
    let word = normal(text);
    let listed = |list: &str| list.split('|').any(|known| known == word);
    if listed(RENEWED) {
        Ended::Renewed
    } else if listed(LOST) {
        Ended::Lost
    } else if listed(OPEN) {
        Ended::Open
    } else {
        Ended::Unknown
    }
}

const RENEWED: &str = "\
    renewed|renewal|won|closed won|upgraded|downgraded|partially renewed|partial|auto renewed|\
    renewed early|early renewal|expanded|upgrade|downgrade|upsell|downsell|partial renewal|\
    flat renewal|renewed with upsell|renewed with downsell|teilweise verlangert|yes|y|true|1|verlangert|gewonnen|ja|renouvele|gagne|oui|\
    renovado|ganado|si|ganho|sim|rinnovato|vinto|verlengd";

const LOST: &str = "\
    not renewed|non renewed|non renewal|churned|churn|lost|closed lost|cancelled|canceled|expired|\
    lapsed|terminated|no|n|false|0|nicht verlangert|gekundigt|verloren|nein|non renouvele|resilie|\
    perdu|non|no renovado|cancelado|perdido|nao renovado|nao|non rinnovato|disdetto|perso|\
    niet verlengd|opgezegd|nee";

const OPEN: &str = "\
    open|pending|in progress|upcoming|due|at risk|negotiation|proposal|offen|ausstehend|en cours|\
    abierto|pendiente|aberto|pendente|aperto|in corso|lopend";

impl Renewals {
    /// The day on which a row was decided; the due day where no column or cell says.
    pub fn closed_day(&self, row: usize) -> i32 {
        let closed = self.closed.get(row).copied();
        closed
            .filter(|day| *day != NO_DAY)
            .unwrap_or(self.days[row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::roles::vocabulary;

    #[test]
    fn every_word_for_an_outcome_has_a_meaning() {
        for word in RENEWED
            .split('|')
            .chain(LOST.split('|'))
            .chain(OPEN.split('|'))
        {
            assert_ne!(ended(word), Ended::Unknown, "{word}");
        }
        for word in [
            "Closed Won",
            "Not renewed",
            "Verlängert",
            "Pending",
            "Résilié",
        ] {
            assert!(vocabulary::is_outcome(word), "{word}");
            assert_ne!(ended(word), Ended::Unknown, "{word}");
        }
        assert_eq!(ended("maybe"), Ended::Unknown);
    }
}
