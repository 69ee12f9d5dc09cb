//! One change of a customer's recurring revenue a row, as billing systems list them.

use super::rows::{LedgerRows, NO_END, Remark, nanos};
use crate::engine::facts::money;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::Reason;

/// Words, in normal form, for changes that lower the revenue.
const LOWER: &str = "\
    contraction|downgrade|downsell|churn|churned|cancellation|cancelled|canceled|lost|reduzierung|\
    verkleinerung|kundigung|abwanderung|reduction|attrition|resiliation|contraccion|reduccion|\
    cancelacion|baja|contracao|reducao|cancelamento|contrazione|riduzione|abbandono|disdetta|krimp|\
    vermindering|opzegging|verloop";

/// Whether the word for a change says that it lowers the revenue.
pub fn is_loss(word: &str) -> bool {
    let word = normal(word);
    LOWER.split('|').any(|known| known == word)
}

/// Reads changes: each holds from its day on, and the changes of a customer add up to what they
/// pay. Losses are taken as losses whether the file writes them with a minus or without.
///
/// What each change is called (new, expansion, churn …) is worked out from the amounts, so that it
/// cannot contradict them; where the file calls a raise a loss, its word decides the sign alone.
pub fn read(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let days = reading.instants_of(Role::OccurredAt)?;
    let cells = money::amounts_of(reading, Role::Amount)?;
    let words = reading.keys_of(Role::Movement)?;
    let lowers: Vec<bool> = words.texts.texts().map(|text| is_loss(&text)).collect();
    let mut reasons = reading.reasons();
    reading::require_instants(&days, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    reading::require_numbers(&cells, &mut reasons);
    let amounts: Vec<i64> = cells
        .values
        .iter()
        .zip(words.codes.iter())
        .map(|(amount, word)| {
            if lowers[*word as usize] {
                nanos(-amount.abs())
            } else {
                nanos(*amount)
            }
        })
        .collect();
    let count = reasons.len();
    let mut rows = LedgerRows {
        starts: reading::days(&days),
        ends: vec![NO_END; count],
        amounts,
        currencies: money::currencies(reading, Role::Amount, &reasons),
        ..LedgerRows::of_customers(&customers, reasons)
    };
    let below = below_nothing(&rows);
    if below > 0 {
        rows.remarks.push(Remark::counted(
            "movements_below_nothing",
            "Customers lose more than the rows say they paid, so the rows begin after their first payments; their revenue is below nothing.",
            below,
        ));
    }
    Some(rows)
}

/// Customers whose changes add up to less than nothing.
fn below_nothing(rows: &LedgerRows) -> u64 {
    let mut sums = vec![0_i64; rows.customer_limit];
    for (row, reason) in rows.reasons.iter().enumerate() {
        if *reason == Reason::Used {
            sums[rows.customers[row] as usize] += rows.amounts[row];
        }
    }
    sums.iter().filter(|sum| **sum < 0).count() as u64
}
