//! Money in its major unit, and the currencies that it is in.

use super::reading::Reading;
use crate::engine::options::ColumnUnit;
use crate::engine::roles::Role;
use crate::engine::table::column::NumberCells;
use crate::engine::table::value::money::{self, Currency};
use crate::engine::table::{Cells, Column, Reason};

/// Minor units in a major one, by decimals of the minor unit.
const MINOR_UNITS: [f64; 5] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];

/// Amounts of a role in major units, where there is a column without an open question.
///
/// A column in minor units (cents) is divided by what the row's currency has of them: 100 for EUR,
/// 1 for JPY, 1,000 for KWD. The currency is that of the row's currency column, else that of the
/// run, else one with hundredths.
pub fn amounts_of(reading: &Reading<'_>, role: Role) -> Option<NumberCells> {
    amounts_in(reading, reading.mapping.column_of(role)?)
}

/// Amounts of a column in major units, as [`amounts_of`]; nothing where a question about it is open.
pub fn amounts_in(reading: &Reading<'_>, column: usize) -> Option<NumberCells> {
    if !reading.meaning(column).open.is_empty() {
        return None;
    }
    let mut cells = reading.numbers(column);
    if reading.meaning(column).unit == Some(ColumnUnit::MinorUnits) {
        to_major_units(reading, &mut cells);
    }
    if !reading.frame.rates.is_empty() {
        convert(reading, column, &mut cells);
    }
    Some(cells)
}

/// Brings amounts to the currency of the run, where their currency is known and has a rate.
fn convert(reading: &Reading<'_>, column: usize, cells: &mut NumberCells) {
    let rate = |name: Option<String>| name.and_then(|name| reading.frame.rates.of(&name));
    let (rates, codes): (Vec<Option<f64>>, _) = match reading.keys_of(Role::Currency) {
        Some(keys) => (
            keys.texts
                .texts()
                .map(|text| rate(name_of(&text)))
                .collect(),
            keys.codes,
        ),
        None => match &reading.table.columns[column].cells {
            Cells::Dictionary { codes, texts } => {
                let marks = texts.texts().map(money::currency);
                let names = marks.map(|mark| mark.map(|mark| mark.written().to_owned()));
                (names.map(rate).collect(), codes.as_slice().into())
            }
            // Plain numbers carry no currency.
            _ => return,
        },
    };
    for (value, code) in cells.values.iter_mut().zip(codes.iter()) {
        if let Some(rate) = rates[*code as usize] {
            *value *= rate;
        }
    }
}

/// The currency that a cell of a currency column names, as ISO 4217 writes it where it is known.
fn name_of(text: &str) -> Option<String> {
    let known = money::named(text).map(|found| found.written().to_owned());
    (!text.is_empty()).then(|| known.unwrap_or_else(|| text.trim().to_uppercase()))
}

/// Divides amounts by what their currency has of minor units.
fn to_major_units(reading: &Reading<'_>, cells: &mut NumberCells) {
    let of_run = reading.frame.currency;
    let per_unit = |currency: Option<Currency>| {
        let digits = currency
            .and_then(Currency::minor_digits)
            .or(of_run.and_then(Currency::minor_digits))
            .unwrap_or(2);
        MINOR_UNITS[(digits as usize).min(MINOR_UNITS.len() - 1)]
    };
    if let Some(keys) = reading.keys_of(Role::Currency) {
        let by_code: Vec<f64> = keys
            .texts
            .texts()
            .map(|text| per_unit(money::named(&text)))
            .collect();
        for (value, code) in cells.values.iter_mut().zip(keys.codes.iter()) {
            *value /= by_code[*code as usize];
        }
    } else {
        let all = per_unit(None);
        for value in &mut cells.values {
            *value /= all;
        }
    }
}

/// The currencies of the rows that count, most frequent first: from the currency column, else
/// from the marks beside the amounts of the role. A single sign that several currencies share is
/// no currency.
pub fn currencies(reading: &Reading<'_>, role: Role, reasons: &[Reason]) -> Vec<String> {
    let by_column = reading.keys_of(Role::Currency).map(|keys| {
        let names: Vec<Option<String>> = keys
            .texts
            .texts()
            .map(|text| name_of(&text))
            .map(|name| name.map(|name| reading.frame.rates.becomes(&name).to_owned()))
            .collect();
        count(&names, &keys.codes, reasons)
    });
    by_column.unwrap_or_else(|| {
        let column = reading.mapping.column_of(role);
        column.map_or_else(Vec::new, |column| {
            beside_amounts(reading, &reading.table.columns[column], reasons)
        })
    })
}

fn beside_amounts(reading: &Reading<'_>, column: &Column, reasons: &[Reason]) -> Vec<String> {
    let Cells::Dictionary { codes, texts } = &column.cells else {
        // Plain numbers carry no currency.
        return Vec::new();
    };
    let marks: Vec<Option<Currency>> = texts.texts().map(money::currency).collect();
    let names: Vec<Option<String>> = marks
        .iter()
        .map(|mark| mark.map(|mark| reading.frame.rates.becomes(mark.written()).to_owned()))
        .collect();
    let found = count(&names, codes, reasons);
    let sign_only = marks
        .iter()
        .flatten()
        .all(|mark| matches!(mark, Currency::Sign(_)));
    if sign_only && found.len() < 2 {
        Vec::new()
    } else {
        found
    }
}

/// Names by the number of rows that count, the most frequent first.
fn count(names: &[Option<String>], codes: &[u32], reasons: &[Reason]) -> Vec<String> {
    let mut by_code = vec![0_u64; names.len()];
    for (code, reason) in codes.iter().zip(reasons) {
        if *reason == Reason::Used {
            by_code[*code as usize] += 1;
        }
    }
    let mut counts: Vec<(&str, u64)> = Vec::new();
    for (name, rows) in names.iter().zip(by_code) {
        let Some(name) = name.as_deref().filter(|_| rows > 0) else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, total)) => *total += rows,
            None => counts.push((name, rows)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect()
}
