//! Subscriptions, one stretch of one a row.

use super::billing_interval::{interval_months, months_between};
use super::choices::{
    Cancellation, Credits, Discounts, FirstMonth, LedgerChoices, PastDue, Paused, SameSubscription,
    Tax, Trials, Unpaid,
};
use super::rows::{self, LedgerRows, NO_END, Remark, nanos};
use super::{same_subscription, signed};
use crate::engine::base::{Date, Instant};
use crate::engine::facts::reading::{self, Reading};
use crate::engine::facts::{NO_DAY, money, why_left};
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::roles::vocabulary;
use crate::engine::table::Column;
use crate::engine::table::Reason;
use crate::engine::table::column::{NO_INSTANT, NumberCells};

/// Reads subscriptions: amounts per interval and seat become amounts a month.
pub fn read(reading: &Reading<'_>) -> Option<LedgerRows> {
    let choices = reading.frame.ledger;
    let customers = reading.keys_of(Role::Customer)?;
    let starts = reading.instants_of(Role::StartedAt)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&starts, reading.horizon(), &mut reasons);
    let signed = signed::read(reading, &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    let mut ends = end_days(reading, &starts.values, &mut reasons);
    let mut starts = reading::days(&starts);
    leave_out_by_status(reading, choices, &mut reasons);
    let undated = end_by_status(reading, (&starts, &mut ends), &mut reasons);
    leave_out_trials(reading, choices, &mut starts, &ends, &mut reasons);
    let mut rows = LedgerRows::of_customers(&customers, reasons);
    let Priced {
        amounts,
        seats,
        terms,
        remarks,
    } = priced(reading, choices, &mut rows.reasons)?;
    if choices.first_month == FirstMonth::NextMonth {
        for start in starts.iter_mut().filter(|start| **start != NO_DAY) {
            let (year, month, day) = Date(*start).ymd();
            if day > 1 {
                *start = Date::from_month_index(year * 12 + month as i32).0;
            }
        }
    }
    if let Some(subscriptions) = reading.keys_of(Role::Subscription) {
        let plans = reading.keys_of(Role::Plan);
        let replaced = same_subscription::settle(
            &same_subscription::Numbered {
                subscriptions: &subscriptions.codes,
                customers: &customers.codes,
                plans: plans.as_ref().map(|plans| plans.codes.as_ref()),
                starts: &starts,
                amounts: &amounts,
            },
            choices.same_subscription == SameSubscription::Replaces,
            &mut ends,
            &mut rows.reasons,
        );
        rows.remarks.extend(replaced);
    }
    rows.remarks.extend(remarks);
    rows.remarks.extend(undated);
    let negative = rows.count(|row| amounts[row] < 0);
    if negative > 0 {
        rows.remarks.push(Remark::counted(
            "amounts_negative",
            "Lines with a negative amount lower the customer's revenue.",
            negative,
        ));
    }
    let is_numbered = reading.mapping.column_of(Role::Subscription).is_some();
    let mut rows = LedgerRows {
        currencies: money::currencies(reading, Role::Amount, &rows.reasons),
        starts,
        ends,
        amounts,
        seats,
        terms,
        signed,
        horizon: signed::horizon(reading),
        why_left: why_left::read(reading).unwrap_or_default(),
        ..rows
    };
    if !is_numbered {
        let plans = reading.keys_of(Role::Plan);
        let repeated = rows::repeated(&rows, plans.as_ref().map(|plans| plans.codes.as_ref()));
        rows.remarks.extend(repeated);
    }
    Some(rows)
}

/// First day that no longer counts of each row: the end of service, or the day on which the
/// cancellation was asked for, as the choices say.
fn end_days(reading: &Reading<'_>, starts: &[i64], reasons: &mut [Reason]) -> Vec<i32> {
    let mut days = vec![NO_END; reasons.len()];
    let mut take = |role: Role, earliest: bool, reasons: &mut [Reason]| {
        let Some(ends) = reading.instants_of(role) else {
            return;
        };
        let invalid = Reason::DateInvalid;
        reading::mark_invalid(&ends.invalid, reasons, Reason::Used, invalid);
        for (row, end) in days.iter_mut().enumerate() {
            let value = ends.values[row];
            if value == NO_INSTANT {
                continue;
            }
            let day = Instant(value).date().0;
            *end = if earliest { day.min(*end) } else { day };
            if reasons[row] == Reason::Used && value < starts[row] {
                reasons[row] = Reason::EndsBeforeStart;
            }
        }
    };
    take(Role::EndedAt, false, reasons);
    if reading.frame.ledger.cancellation == Cancellation::Request {
        take(Role::CancelRequestedAt, true, reasons);
    }
    days
}

/// Words of billing systems for subscriptions that are tried out.
const TRIAL: &str = "trialing|trial|in trial|on trial|free trial";
/// Words for subscriptions that have not begun: nothing was paid, whatever else is chosen.
const NOT_BEGUN: &str = "\
    incomplete|incomplete expired|draft|pending|pending activation|future|scheduled|not started|\
    not activated|entwurf|ausstehend|brouillon|en attente|borrador|pendiente|rascunho|pendente|\
    bozza|in attesa|concept";
const PAST_DUE: &str = "past due|overdue|dunning|in dunning|past due payment";
const UNPAID: &str = "unpaid|delinquent|failed|payment failed";
const PAUSED: &str =
    "paused|on hold|suspended|frozen|pausiert|en pause|pausado|in pausa|gepauzeerd";

/// Words for subscriptions that have ended, in normal form.
const ENDED: &str = "\
    churned|churn|cancelled|canceled|expired|terminated|ended|inactive|lost|lapsed|gekundigt|\
    abgewandert|beendet|inaktiv|resilie|resiliee|inactif|cancelado|cancelada|inactivo|\
    inativo|encerrado|cessato|disdetto|inattivo|opgezegd|beeindigd|inactief";

/// Whether a status says that a subscription has ended.
pub fn has_ended(status: &str) -> bool {
    is_one_of(ENDED, status)
}

/// What has ended by its status and has no end: it ended when that was asked for, where the row says
/// so, and is left out else, because nobody knows until when it paid.
fn end_by_status(
    reading: &Reading<'_>,
    (starts, ends): (&[i32], &mut [i32]),
    reasons: &mut [Reason],
) -> Option<Remark> {
    let keys = reading.keys_of(Role::Status)?;
    let texts = keys.texts.texts();
    let ended: Vec<bool> = texts.map(|text| has_ended(&text)).collect();
    let asked = reading.instants_of(Role::CancelRequestedAt);
    let asked = asked.map(|cells| reading::days(&cells));
    let mut count = 0;
    for (row, code) in keys.codes.iter().enumerate() {
        if reasons[row] != Reason::Used || !ended[*code as usize] || ends[row] != NO_END {
            continue;
        }
        match asked.as_ref().map(|days| days[row]) {
            Some(day) if day != NO_DAY && day < starts[row] => {
                reasons[row] = Reason::EndsBeforeStart;
            }
            Some(day) if day != NO_DAY => ends[row] = day,
            _ => {
                reasons[row] = Reason::StatusLeftOut;
                count += 1;
            }
        }
    }
    let effect = "Subscriptions that have ended by their status have no end date; they are left out, so churn and retention know nothing of them.";
    (count > 0).then(|| Remark::counted("ended_without_date", effect, count))
}

fn is_one_of(words: &str, text: &str) -> bool {
    let word = normal(text);
    words.split('|').any(|known| known == word)
}

/// Why a subscription of this status is left out; nothing where it counts.
fn by_status(status: &str, choices: LedgerChoices) -> Option<Reason> {
    let rules = [
        (TRIAL, choices.trials == Trials::Excluded, Reason::Trial),
        (NOT_BEGUN, true, Reason::StatusLeftOut),
        (
            PAST_DUE,
            choices.past_due == PastDue::LeftOut,
            Reason::StatusLeftOut,
        ),
        (
            UNPAID,
            choices.unpaid == Unpaid::LeftOut,
            Reason::StatusLeftOut,
        ),
        (
            PAUSED,
            choices.paused == Paused::LeftOut,
            Reason::StatusLeftOut,
        ),
    ];
    let rule = rules.iter().find(|(words, ..)| is_one_of(words, status));
    rule.filter(|(_, leaves_out, _)| *leaves_out)
        .map(|(_, _, reason)| *reason)
}

/// Whether a subscription of this status is left out, whenever it ended.
pub fn leaves_out(status: &str, choices: LedgerChoices) -> bool {
    by_status(status, choices).is_some()
}

fn leave_out_by_status(reading: &Reading<'_>, choices: LedgerChoices, reasons: &mut [Reason]) {
    let Some(keys) = reading.keys_of(Role::Status) else {
        return;
    };
    let texts = keys.texts.texts();
    let by_code: Vec<Option<Reason>> = texts.map(|text| by_status(&text, choices)).collect();
    for (reason, code) in reasons.iter_mut().zip(keys.codes.iter()) {
        if let (Reason::Used, Some(other)) = (*reason, by_code[*code as usize]) {
            *reason = other;
        }
    }
}

/// A free trial brings no revenue: the subscription counts from the end of its trial, and not at
/// all while the trial lasts or where it ended with it.
fn leave_out_trials(
    reading: &Reading<'_>,
    choices: LedgerChoices,
    starts: &mut [i32],
    ends: &[i32],
    reasons: &mut [Reason],
) {
    if choices.trials == Trials::Counted {
        return;
    }
    let Some(trials) = reading.instants_of(Role::TrialEndsAt) else {
        return;
    };
    let last = reading.frame.as_of.map_or(NO_END, |day| day.0);
    for (row, trial_end) in reading::days(&trials).into_iter().enumerate() {
        if reasons[row] != Reason::Used || trial_end == NO_DAY || trial_end <= starts[row] {
            continue;
        }
        if trial_end > last || ends[row] <= trial_end {
            reasons[row] = Reason::Trial;
        } else {
            starts[row] = trial_end;
        }
    }
}

/// What the header of the amounts says of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmountSays {
    /// They are for so many months, where no column says the billing interval.
    pub months: Option<f64>,
    /// They are for a month, whatever is billed when.
    pub a_month: bool,
    /// They already hold all seats.
    pub total: bool,
}

impl AmountSays {
    /// What it says; nothing where no column holds amounts.
    pub fn of(reading: &Reading<'_>) -> Option<Self> {
        let column = reading.mapping.column_of(Role::Amount)?;
        let header = normal(&reading.table.columns[column].name);
        let has = |words: &[&str]| header.split(' ').any(|word| words.contains(&word));
        let interval = reading.mapping.column_of(Role::Interval).is_some();
        Some(Self {
            months: if !interval && vocabulary::speaks_of_a_year(&header) {
                Some(12.0)
            } else {
                header_months(reading, &header)
            },
            // What is called MRR is an amount a month.
            a_month: interval && (has(MONTHLY) || has(MONTH)),
            total: has(MONTHLY)
                || has(&["arr", "acv", "total", "revenue", "recurring", "contract"]),
        })
    }
}

/// Amounts a month, and what they were made of.
struct Priced {
    amounts: Vec<i64>,
    seats: Vec<f64>,
    terms: Vec<f64>,
    remarks: Vec<Remark>,
}

/// Words of headers of all that is paid a month.
const MONTHLY: &[&str] = &[
    "mrr",
    "monthly",
    "monatlich",
    "monatlicher",
    "monatliche",
    "monatsbetrag",
    "mensuel",
    "mensuelle",
    "mensual",
    "mensal",
    "mensalidade",
    "mensile",
    "maandelijks",
    "maandelijkse",
    "maandbedrag",
];

/// Words of headers of amounts a month, of one unit or of all.
const MONTH: &[&str] = &[
    "month",
    "monat",
    "monatspreis",
    "mois",
    "mes",
    "mese",
    "maand",
    "maandprijs",
];

/// Amounts a month in billionths: (amount × quantity − discount − tax) ÷ months of the interval.
fn priced(reading: &Reading<'_>, choices: LedgerChoices, reasons: &mut [Reason]) -> Option<Priced> {
    let cells = money::amounts_of(reading, Role::Amount)?;
    reading::require_numbers(&cells, reasons);
    let AmountSays {
        months,
        a_month,
        total,
    } = AmountSays::of(reading)?;
    let mut remarks = Vec::new();
    let terms = terms(reading, months, &mut remarks, reasons);
    if a_month {
        remarks.push(Remark::new(
            "interval_not_applied",
            "The header speaks of amounts a month, so they are not divided by the billing interval.",
        ));
    }
    let quantities = reading.numbers_of(Role::Quantity);
    if quantities.is_some() {
        remarks.push(if total {
            Remark::new(
                "quantity_not_applied",
                "The header speaks of a total, so amounts are not multiplied by the quantity.",
            )
        } else {
            Remark::new(
                "amount_times_quantity",
                "Amounts are taken as the price of one unit and multiplied by the quantity.",
            )
        });
    }
    remarks.extend(amounts_of_today(reading, &cells));
    let discounts = discounts(reading, choices, &mut remarks);
    let taxes = taxes(reading, choices, &mut remarks);
    let amounts = (0..reasons.len())
        .map(|row| {
            if reasons[row] != Reason::Used {
                return 0;
            }
            let mut amount = cells.values[row];
            if let Some(quantity) = at(quantities.as_ref(), row).filter(|_| !total) {
                amount *= quantity;
            }
            match &discounts {
                Some((cells, true)) => amount *= 1.0 - at(Some(cells), row).unwrap_or(0.0),
                Some((cells, false)) => amount -= at(Some(cells), row).unwrap_or(0.0),
                None => {}
            }
            amount -= at(taxes.as_ref(), row).unwrap_or(0.0);
            if amount < 0.0 && choices.credits == Credits::LeftOut {
                reasons[row] = Reason::AmountNotPositive;
                return 0;
            }
            nanos(if a_month { amount } else { amount / terms[row] })
        })
        .collect();
    Some(Priced {
        amounts,
        seats: quantities.map(|cells| cells.values).unwrap_or_default(),
        terms: if reading.mapping.column_of(Role::Interval).is_some() {
            terms
        } else {
            Vec::new()
        },
        remarks,
    })
}

/// Says so, where whatever has ended has an amount of zero and whatever runs has not.
fn amounts_of_today(reading: &Reading<'_>, amounts: &NumberCells) -> Option<Remark> {
    let ended = reading.instants_of(Role::EndedAt)?;
    let (mut over, mut running, mut paying) = (0, 0, 0);
    for (end, amount) in ended.values.iter().zip(&amounts.values) {
        let pays = *amount > 0.0;
        if *end == NO_INSTANT {
            running += 1;
            paying += usize::from(pays);
        } else if pays {
            return None;
        } else {
            over += 1;
        }
    }
    let effect = "Every subscription that has ended has an amount of zero, so what was lost is not known: churn and retention are told of those that still run.";
    (over > 2 && running > 0 && paying * 10 >= running * 9)
        .then(|| Remark::new("amounts_of_today", effect))
}

/// The number in a row, where there is one.
fn at(cells: Option<&NumberCells>, row: usize) -> Option<f64> {
    cells
        .map(|cells| cells.values[row])
        .filter(|value| !value.is_nan())
}

/// Words of headers for how long amounts are, other than a month and a year.
const LENGTHS: [(&str, &str); 3] = [
    (
        "week",
        "weekly|wochentlich|wochenbetrag|hebdomadaire|semanal|settimanale|wekelijks",
    ),
    (
        "quarter",
        "quarterly|vierteljahrlich|quartalsbetrag|trimestriel|trimestrielle|trimestral|\
         trimestrale|kwartaalbedrag",
    ),
    (
        "half year",
        "semiannual|halbjahrlich|semestriel|semestrielle|semestral|semestrale|halfjaarlijks",
    ),
];

/// Months that amounts are for by their header in normal form, where no column says the interval.
fn header_months(reading: &Reading<'_>, header: &str) -> Option<f64> {
    let is_said = |words: &str| {
        words
            .split('|')
            .any(|word| header.split(' ').any(|it| it == word))
    };
    let without = reading.mapping.column_of(Role::Interval).is_none();
    let (unit, _) = LENGTHS
        .into_iter()
        .find(|(_, words)| without && is_said(words))?;
    interval_months(unit, reading.frame.ledger.weeks)
}

/// Months that the amount of each row is for.
fn terms(
    reading: &Reading<'_>,
    by_header: Option<f64>,
    remarks: &mut Vec<Remark>,
    reasons: &mut [Reason],
) -> Vec<f64> {
    let weeks = reading.frame.ledger.weeks;
    let mut terms = vec![by_header.unwrap_or(1.0); reasons.len()];
    if let Some(stretches) = stretch_months(reading, reasons) {
        terms = stretches;
    }
    if let Some(keys) = reading.keys_of(Role::Interval) {
        let texts = keys.texts.texts();
        let months: Vec<Option<f64>> = texts.map(|text| interval_months(&text, weeks)).collect();
        for (row, code) in keys.codes.iter().enumerate() {
            match months[*code as usize] {
                Some(months) => terms[row] = months,
                None if reasons[row] == Reason::Used => reasons[row] = Reason::IntervalInvalid,
                None => {}
            }
        }
    } else if let Some(months) = by_header {
        remarks.push(if months > 11.0 {
            Remark::new(
                "amount_taken_as_yearly",
                "The header speaks of a year, so amounts are divided by twelve.",
            )
        } else {
            Remark::new(
                "amount_taken_by_header",
                "The header says for how long amounts are; they are told a month.",
            )
        });
    } else if reading.mapping.amount_spans_stretch {
        remarks.push(Remark::new(
            "amount_spread_over_its_time",
            "Each amount is for the whole time from its start to its end, so it is divided by the months between them.",
        ));
    } else {
        remarks.push(Remark::new(
            "amount_taken_as_monthly",
            "No column says the billing interval, so amounts are taken as amounts a month.",
        ));
    }
    if let Some(counts) = reading.numbers_of(Role::IntervalCount) {
        for (term, count) in terms.iter_mut().zip(&counts.values) {
            if *count > 0.0 {
                *term *= count;
            }
        }
    }
    terms
}

/// Months from start to end of each row, where amounts are for the whole stretch between them. A
/// line without a stretch of time is a one-off and no recurring revenue.
fn stretch_months(reading: &Reading<'_>, reasons: &mut [Reason]) -> Option<Vec<f64>> {
    if !reading.mapping.amount_spans_stretch {
        return None;
    }
    let starts = reading.instants_of(Role::StartedAt)?;
    let ends = reading.instants_of(Role::EndedAt)?;
    let months = |row: usize| {
        let (start, end) = (starts.values[row], ends.values[row]);
        if start == NO_INSTANT || end == NO_INSTANT {
            return 0.0;
        }
        months_between(Instant(start).date(), Instant(end).date())
    };
    let lengths: Vec<f64> = (0..reasons.len()).map(months).collect();
    for (reason, length) in reasons.iter_mut().zip(&lengths) {
        if *reason == Reason::Used && *length <= 0.0 {
            *reason = Reason::DateMissing;
        }
    }
    Some(lengths)
}

/// What a column of discounts says of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscountSays {
    /// The header calls them shares of the amount.
    pub share: bool,
    /// Cells are written with signs of per cent.
    pub signs: bool,
}

/// What a column of discounts says of them.
pub fn discount_says(column: &Column) -> DiscountSays {
    let words = ["percent", "pct", "percentage", "prozent", "rate"];
    let header = normal(&column.name);
    DiscountSays {
        share: column.name.contains('%') || header.split(' ').any(|word| words.contains(&word)),
        signs: column.has_percent_signs(),
    }
}

/// The discounts to take off, and whether they are shares of the amount.
fn discounts(
    reading: &Reading<'_>,
    choices: LedgerChoices,
    remarks: &mut Vec<Remark>,
) -> Option<(NumberCells, bool)> {
    let column = reading.mapping.column_of(Role::Discount)?;
    if choices.discounts == Discounts::Ignored {
        return None;
    }
    let DiscountSays {
        share: named,
        signs: written,
    } = discount_says(&reading.table.columns[column]);
    let mut cells = if named {
        reading.numbers_of(Role::Discount)?
    } else {
        money::amounts_of(reading, Role::Discount)?
    };
    if named && !written {
        for value in &mut cells.values {
            *value /= 100.0;
        }
    }
    remarks.push(Remark::new(
        "discount_subtracted",
        "The discount column is taken off every amount of its row, as long as the row lasts.",
    ));
    Some((cells, named || written))
}

/// The tax to take off.
fn taxes(
    reading: &Reading<'_>,
    choices: LedgerChoices,
    remarks: &mut Vec<Remark>,
) -> Option<NumberCells> {
    reading.mapping.column_of(Role::Tax)?;
    if choices.tax == Tax::Included {
        return money::amounts_of(reading, Role::Tax);
    }
    remarks.push(Remark::new(
        "tax_not_subtracted",
        "Amounts are taken as without tax; where they hold the tax of the tax column, choose to take it off.",
    ));
    None
}
