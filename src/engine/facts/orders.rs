//! Orders: what was bought for how much. Rows of the same order are added up.

use std::rc::Rc;

use super::money;
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::keys::Keys;

/// One entry a row; the first row of an order stands for all of it.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The order's whole amount in major units, at its first row that counts; NaN elsewhere.
    pub amounts: Rc<Vec<f64>>,
    /// First rows of orders that cost nothing: left out here, and purchases all the same.
    pub free: Vec<u32>,
    /// First rows of orders with an amount below nothing (returns, credits, corrections), each with
    /// it: left out here.
    pub returned: Vec<(u32, f64)>,
    /// What was given back of the order, at its first row; empty without column.
    pub refunded: Vec<f64>,
    /// Tax of the order, at its first row; empty without column.
    pub tax: Vec<f64>,
    /// Shipping of the order, at its first row; empty without column.
    pub shipping: Vec<f64>,
    /// The header of the amounts says that tax and shipping are not in them.
    pub is_net: bool,
    /// Whether the customer is known; empty without column.
    pub has_customer: Vec<bool>,
    /// Why a row is left out. Later rows of an order count through the first.
    pub reasons: Vec<Reason>,
    /// Day of the order.
    pub days: Option<Vec<i32>>,
    /// The currencies in use, most frequent first; empty where no column says.
    pub currencies: Vec<String>,
    /// Every row of an order repeated the amount of the whole order, so it was counted once.
    pub repeated: bool,
}

/// Reads orders. Amounts of zero or less (returns, credits, corrections) are left out.
pub fn read(reading: &Reading<'_>) -> Option<Orders> {
    let cells = money::amounts_of(reading, Role::Amount)?;
    let mut reasons = reading.reasons();
    let moments = reading.instants_of(Role::OrderedAt);
    if let Some(moments) = &moments {
        reading::require_instants(moments, reading.horizon(), &mut reasons);
    }
    leave_out_cancelled(reading, &mut reasons);
    leave_out_incomplete(reading, &mut reasons);
    let orders = reading.keys_of(Role::Order);
    reading::require_numbers(&cells, &mut reasons);
    let mut amounts = cells.values;
    if let Some(quantities) = quantities_of_units(reading) {
        for (amount, quantity) in amounts.iter_mut().zip(&quantities) {
            *amount *= if quantity.is_nan() { 1.0 } else { *quantity };
        }
    }
    let mut beside = [Role::Refunded, Role::Tax, Role::Shipping].map(|role| {
        let cells = money::amounts_of(reading, role);
        cells.map(|cells| cells.values).unwrap_or_default()
    });
    let mut repeated = false;
    if let Some(keys) = &orders {
        for amounts in &mut beside {
            add_up_beside(keys, amounts, &reasons);
        }
        repeated = !is_of_a_line(reading)
            && is_of_whole_orders(&keys.codes, keys.texts.len(), &amounts, &reasons);
        if repeated {
            count_once(&keys.codes, keys.texts.len(), &mut amounts, &reasons);
        }
        add_up(&keys.codes, keys.texts.len(), &mut amounts, &mut reasons);
    }
    let (mut free, mut returned) = (Vec::new(), Vec::new());
    for (row, (amount, reason)) in amounts.iter_mut().zip(reasons.iter_mut()).enumerate() {
        if *reason == Reason::Used && !amount.is_nan() && *amount <= 0.0 {
            *reason = Reason::AmountNotPositive;
            if *amount == 0.0 {
                free.push(row as u32);
            } else {
                returned.push((row as u32, *amount));
            }
        }
        if *reason != Reason::Used {
            *amount = f64::NAN;
        }
    }
    let currencies = money::currencies(reading, Role::Amount, &reasons);
    let [refunded, tax, shipping] = beside;
    Some(Orders {
        amounts: Rc::new(amounts),
        free,
        returned,
        refunded,
        tax,
        shipping,
        is_net: amount_words(reading).any(|word| NET.contains(&word.as_str())),
        has_customer: reading
            .keys_of(Role::Customer)
            .map(|keys| keys.codes.iter().map(|code| *code != 0).collect())
            .unwrap_or_default(),
        reasons,
        days: moments.as_ref().map(reading::days),
        currencies,
        repeated,
    })
}

/// Whether the header of the amounts says that they are of one thing bought.
fn is_of_a_line(reading: &Reading<'_>) -> bool {
    const LINE: [&str; 5] = ["line", "item", "unit", "price", "product"];
    amount_words(reading).any(|word| LINE.contains(&word.as_str()))
}

/// Whether the header of the amounts says that they are of one thing bought.
pub fn is_of_one(reading: &Reading<'_>) -> bool {
    const UNIT: [&str; 9] = [
        "unit",
        "each",
        "einzelpreis",
        "stuckpreis",
        "unitaire",
        "unitario",
        "unitaria",
        "stukprijs",
        "eenheidsprijs",
    ];
    amount_words(reading).any(|word| UNIT.contains(&word.as_str()))
}

/// How many were bought in each row, where the header of the amounts says that they are of one.
fn quantities_of_units(reading: &Reading<'_>) -> Option<Vec<f64>> {
    let cells = reading.numbers_of(Role::Quantity);
    cells
        .filter(|_| is_of_one(reading))
        .map(|cells| cells.values)
}

/// Words of headers of amounts without tax and shipping.
const NET: [&str; 16] = [
    "subtotal",
    "net",
    "netto",
    "nettobetrag",
    "nettoumsatz",
    "excl",
    "excluding",
    "ht",
    "neto",
    "neta",
    "liquido",
    "liquida",
    "netta",
    "subtotale",
    "subtotaal",
    "zwischensumme",
];

/// The words of the header of the amounts, in normal form.
fn amount_words(reading: &Reading<'_>) -> impl Iterator<Item = String> {
    let column = reading.mapping.column_of(Role::Amount);
    let header = column.and_then(|column| reading.table.columns.get(column));
    let words = header.map(|column| crate::engine::roles::synonyms::normal(&column.name));
    let words: Vec<String> = words
        .iter()
        .flat_map(|words| words.split(' ').map(str::to_owned))
        .collect();
    words.into_iter()
}

/// Leaves out what has a day of cancellation.
pub(super) fn leave_out_cancelled(reading: &Reading<'_>, reasons: &mut [Reason]) {
    let Some(cancelled) = reading.instants_of(Role::CancelledAt) else {
        return;
    };
    for (reason, value) in reasons.iter_mut().zip(&cancelled.values) {
        if *reason == Reason::Used && *value != crate::engine::table::column::NO_INSTANT {
            *reason = Reason::Cancelled;
        }
    }
}

/// Words of payment systems and shops for payments that did not come about or are waited for, and
/// for orders that were cancelled, in normal form and parted by bars.
const FAILED: &str = "\
    failed|blocked|voided|void|declined|expired|abandoned|canceled|cancelled|incomplete|\
    requires payment method|refused|processor declined|gateway rejected|settlement declined|\
    authorization expired|pending payment|wc pending|wc failed|wc cancelled|checkout draft|storniert|abgebrochen|fehlgeschlagen|abgelehnt|zahlung fehlgeschlagen|\
    annule|annulee|echoue|echouee|refuse|refusee|abandonne|abandonnee|cancelado|cancelada|\
    anulado|anulada|fallido|fallida|rechazado|rechazada|falhou|falhado|recusado|recusada|\
    annullato|annullata|fallito|fallita|rifiutato|rifiutata|geannuleerd|mislukt|geweigerd";

/// Words of sales systems for deals that were won.
const WON: [&str; 11] = [
    "closed won",
    "closedwon",
    "closed - won",
    "won",
    "gewonnen",
    "gagné",
    "gagnée",
    "ganado",
    "ganada",
    "ganho",
    "vinto",
];

/// Which of the words of a status say that the payment or the deal came about: where some say that a
/// deal was won, those alone.
pub fn completes<T: AsRef<str>>(mut words: impl Iterator<Item = T>) -> impl Fn(&str) -> bool {
    let is_won = |word: &str| WON.contains(&word.trim().to_lowercase().as_str());
    let deals = words.any(|word| is_won(word.as_ref()));
    move |word| {
        if deals {
            return is_won(word);
        }
        let word = crate::engine::roles::synonyms::normal(word);
        !FAILED.split('|').any(|known| known == word)
    }
}

/// Leaves out payments that failed. Where statuses say that deals were won, only those count.
pub(super) fn leave_out_incomplete(reading: &Reading<'_>, reasons: &mut [Reason]) {
    let Some(keys) = reading.keys_of(Role::Status) else {
        return;
    };
    let completes = completes(keys.texts.texts());
    let incomplete: Vec<bool> = keys.texts.texts().map(|word| !completes(&word)).collect();
    for (reason, code) in reasons.iter_mut().zip(keys.codes.iter()) {
        // An empty status, as on further lines of an order, says nothing.
        if *reason == Reason::Used && *code != 0 && incomplete[*code as usize] {
            *reason = Reason::NotCompleted;
        }
    }
}

/// Orders of several rows from which on equal amounts are no chance.
const ENOUGH_ORDERS: usize = 3;

/// Whether every row of an order repeats the amount of the whole order: where orders have several
/// rows, these have one amount, and orders differ from each other.
fn is_of_whole_orders(codes: &[u32], orders: usize, amounts: &[f64], reasons: &[Reason]) -> bool {
    let mut known: Vec<Option<f64>> = vec![None; orders];
    let mut several = vec![false; orders];
    for ((code, amount), reason) in codes.iter().zip(amounts).zip(reasons) {
        let place = *code as usize;
        if place == 0 || *reason != Reason::Used {
            continue;
        }
        match known[place] {
            None => known[place] = Some(*amount),
            Some(first) if (first - amount).abs() < 1e-9 => several[place] = true,
            Some(_) => return false,
        }
    }
    let mut repeated: Vec<u64> = known
        .iter()
        .zip(&several)
        .filter_map(|(amount, several)| amount.filter(|_| *several))
        .map(f64::to_bits)
        .collect();
    let count = repeated.len();
    repeated.sort_unstable();
    repeated.dedup();
    count >= ENOUGH_ORDERS && repeated.len() > 1
}

/// Puts what stands beside the amounts of an order's rows at its first row that counts: added up,
/// or once where every row repeats it.
fn add_up_beside(keys: &Keys<'_>, amounts: &mut [f64], reasons: &[Reason]) {
    if amounts.is_empty() {
        return;
    }
    let known: Vec<Reason> = amounts
        .iter()
        .zip(reasons)
        .map(|(amount, reason)| {
            if amount.is_nan() {
                Reason::NumberMissing
            } else {
                *reason
            }
        })
        .collect();
    if is_of_whole_orders(&keys.codes, keys.texts.len(), amounts, &known) {
        count_once(&keys.codes, keys.texts.len(), amounts, &known);
    }
    let mut first: Vec<Option<usize>> = vec![None; keys.texts.len()];
    for (row, code) in keys.codes.iter().enumerate() {
        if *code == 0 || reasons[row] != Reason::Used {
            continue;
        }
        match first[*code as usize] {
            None => first[*code as usize] = Some(row),
            Some(start) => {
                let sum = [amounts[start], amounts[row]];
                let known = sum.iter().filter(|amount| !amount.is_nan());
                amounts[start] = if known.clone().next().is_none() {
                    f64::NAN
                } else {
                    known.sum()
                };
            }
        }
    }
}

/// Keeps the amount of an order's first row that counts; the others are further lines of it.
fn count_once(codes: &[u32], orders: usize, amounts: &mut [f64], reasons: &[Reason]) {
    let mut seen = vec![false; orders];
    for ((code, amount), reason) in codes.iter().zip(amounts.iter_mut()).zip(reasons) {
        let place = *code as usize;
        if place == 0 || *reason != Reason::Used {
            continue;
        }
        if seen[place] {
            *amount = 0.0;
        }
        seen[place] = true;
    }
}

/// Puts the sum of an order's rows at its first row. Rows without an amount in an order that has
/// one (further line items) count through it.
fn add_up(codes: &[u32], orders: usize, amounts: &mut [f64], reasons: &mut [Reason]) {
    let mut first: Vec<Option<usize>> = vec![None; orders];
    for row in 0..codes.len() {
        let place = codes[row] as usize;
        if place == 0 || reasons[row] != Reason::Used {
            continue;
        }
        match first[place] {
            None => first[place] = Some(row),
            Some(start) => {
                amounts[start] += amounts[row];
                amounts[row] = f64::NAN;
            }
        }
    }
    for row in 0..codes.len() {
        let further_line = reasons[row] == Reason::NumberMissing
            && codes[row] != 0
            && first[codes[row] as usize].is_some();
        if further_line {
            reasons[row] = Reason::Used;
        }
    }
}
