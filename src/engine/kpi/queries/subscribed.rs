//! Subscriptions as SQL: what each row says is paid a month, under the settings of the ledger.

use super::parts::{kept, source};
use super::stretches::{SAYS, Stretches, begun, billionths, forever, has_negative, why};
use crate::engine::facts::Reading;
use crate::engine::facts::ledger::LedgerChoices;
use crate::engine::facts::ledger::billing_interval::interval_months;
use crate::engine::facts::ledger::choices::{
    Cancellation, Credits, Discounts, FirstMonth, Tax, Trials,
};
use crate::engine::facts::ledger::subscriptions::{
    AmountSays, discount_says, has_ended, leaves_out,
};
use crate::engine::kpi::definition::Rule;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, call, choose, name, number, only_if, whole,
};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Source, Why};

/// One subscription, or one stretch of it, a row.
///
/// # Errors
/// Where amounts are for whole stretches, a subscription number stands twice, or a column is open.
pub fn by_subscription(source: &Source<'_>, rule: &Rule) -> Result<Stretches, Why> {
    let mapping = source.mapping;
    if mapping.amount_spans_stretch {
        return Err(Why::NeedsSteps);
    }
    let choices = source.frame.ledger.with(rule.ledger);
    if source.repeats(&[Role::Subscription]) {
        // A later row would replace the earlier one.
        return Err(Why::NeedsRowOrder);
    }
    let mut rows = Rows {
        source,
        choices,
        columns: vec![
            ("customer", source.text(Role::Customer)?),
            ("started_on", source.day(Role::StartedAt)?),
            ("amount", source.money(Role::Amount)?),
        ],
        filters: vec![formula("customer is known"), formula("amount is known")],
        more: Vec::new(),
        begins: name("started_on"),
        credits: has_negative(source, Role::Amount),
    };
    rows.ends()?;
    rows.status()?;
    rows.begins()?;
    let paid = rows.paid()?;
    if let Some(why) = why(source)? {
        rows.columns.push(("why", why));
        rows.more.push("why");
    }
    Ok(rows.finish(paid))
}

/// What is known so far of the rows of subscriptions.
struct Rows<'a> {
    source: &'a Source<'a>,
    choices: LedgerChoices,
    columns: Vec<(&'static str, Expr)>,
    filters: Vec<Expr>,
    more: Vec<&'static str>,
    /// The first day that counts.
    begins: Expr,
    credits: bool,
}

impl Rows<'_> {
    fn has_column(&self, role: Role) -> bool {
        self.source.mapping.column_of(role).is_some()
    }

    /// The first day that no longer counts.
    fn ends(&mut self) -> Result<(), Why> {
        let mut ends = forever();
        if self.has_column(Role::EndedAt) {
            ends = self.source.day(Role::EndedAt)?.or(forever());
        }
        if self.has_column(Role::CancelRequestedAt) {
            let asked = self.source.day(Role::CancelRequestedAt)?.or(forever());
            if self.choices.cancellation == Cancellation::Request {
                ends = call(Function::Least, vec![ends, asked]);
            } else if let Ok(column) = self.source.column(Role::Status) {
                // What has ended by its status ended when that was asked for, where nothing else
                // says when.
                let ended = self.ended_by_status(column)?;
                if !matches!(ended, Expr::Nothing(_)) {
                    let is_open = all(vec![
                        ended.or(whole(0)).equals(whole(1)),
                        ends.clone().at_least(forever()),
                    ]);
                    ends = choose(is_open, asked, ends);
                }
            }
        }
        self.columns.push(("ends_on", ends));
        Ok(())
    }

    /// One where the status says that it is over; nothing where no status of the table says so.
    fn ended_by_status(&self, column: usize) -> Result<Expr, Why> {
        let says = |word: &str| has_ended(word).then(|| whole(1));
        self.source.words_at(column, says)
    }

    /// Without rows that do not count by their status.
    fn status(&mut self) -> Result<(), Why> {
        let Ok(column) = self.source.column(Role::Status) else {
            return Ok(());
        };
        let choices = self.choices;
        let out = self
            .source
            .words_at(column, |word| leaves_out(word, choices).then(|| whole(1)))?;
        if !matches!(out, Expr::Nothing(_)) {
            self.columns.push(("is_out", out.or(whole(0))));
            self.filters.push(formula("is_out = 0"));
        }
        let ended = self.ended_by_status(column)?;
        if !matches!(ended, Expr::Nothing(_)) {
            self.columns.push(("has_ended", ended.or(whole(0))));
            let is_known = name("ends_on").below(forever());
            self.filters
                .push(any(vec![name("has_ended").equals(whole(0)), is_known]));
        }
        Ok(())
    }

    /// From when a row counts: the end of its trial, the first of the next month.
    fn begins(&mut self) -> Result<(), Why> {
        let signed = self.has_column(Role::SignedAt);
        if signed {
            let day = self.source.day(Role::SignedAt)?;
            self.columns.push(("signed_on", day));
            self.more.push("signed_on");
            // What is signed and has not begun is known, and no revenue as yet.
            self.filters.push(formula(
                "started_on is known and (started_on <= as_of or signed_on <= as_of)",
            ));
        } else {
            self.filters
                .push(formula("started_on is known and started_on <= as_of"));
        }
        if self.choices.trials == Trials::Excluded && self.has_column(Role::TrialEndsAt) {
            let day = self.source.day(Role::TrialEndsAt)?;
            self.columns.push(("trial_ends_on", day));
            self.filters.push(formula(
                "trial_ends_on is nothing or trial_ends_on <= started_on or (trial_ends_on <= as_of and trial_ends_on < ends_on)",
            ));
            self.begins = formula("if(trial_ends_on > started_on, trial_ends_on, started_on)");
        }
        Ok(())
    }

    /// What is paid a month, in money.
    fn paid(&mut self) -> Result<Expr, Why> {
        let source = self.source;
        let reading = Reading::new(source.table, source.mapping, source.frame.clone());
        let says = AmountSays::of(&reading).ok_or(Why::NeedsColumn)?;
        let mut paid = name("amount");
        if source.has(Role::Quantity) {
            self.columns.push(("seats", source.number(Role::Quantity)?));
            self.more.push("seats");
            if !says.total {
                paid = paid.times(formula("seats ?? 1.0"));
            }
        }
        if self.choices.discounts == Discounts::Subtracted && self.has_column(Role::Discount) {
            let column = source.column(Role::Discount)?;
            let discount = discount_says(&source.table.columns[column]);
            if discount.signs {
                return Err(Why::NeedsWords);
            }
            paid = if discount.share {
                let share = source.number(Role::Discount)?.over(number(100.0));
                self.columns.push(("discount", share.or(number(0.0))));
                paid.times(formula("1.0 - discount"))
            } else {
                let off = source.money(Role::Discount)?;
                self.columns.push(("discount", off.or(number(0.0))));
                paid.minus(name("discount"))
            };
            self.credits = true;
        }
        if self.choices.tax == Tax::Included && self.has_column(Role::Tax) {
            let tax = source.money(Role::Tax)?;
            self.columns.push(("tax", tax.or(number(0.0))));
            paid = paid.minus(name("tax"));
            self.credits = true;
        }
        if self.choices.credits == Credits::LeftOut && self.credits {
            self.filters.push(paid.clone().at_least(number(0.0)));
            self.credits = false;
        }
        let term = self.term(says)?;
        self.columns.push(("term", term));
        if !says.a_month {
            paid = paid.over(name("term"));
        }
        Ok(paid)
    }

    /// The months that an amount is for.
    fn term(&mut self, says: AmountSays) -> Result<Expr, Why> {
        let source = self.source;
        let mut months = number(says.months.unwrap_or(1.0)).cast(Type::Number);
        if self.has_column(Role::Interval) {
            let column = source.column(Role::Interval)?;
            let weeks = self.choices.weeks;
            let told = source.words_at(column, |word| {
                interval_months(word, weeks).map(Expr::Number)
            })?;
            let empty = source.text_at(column).is_nothing();
            months = choose(empty, number(1.0), told).cast(Type::Number);
            self.filters.push(formula("term is known"));
            self.more.push("term");
        }
        if source.has(Role::IntervalCount) {
            let count = source.number(Role::IntervalCount)?;
            let some = only_if(count.clone().above(whole(0)), count);
            months = months.times(some.or(number(1.0)));
        }
        Ok(months)
    }

    fn finish(self, paid: Expr) -> Stretches {
        let source = self.source;
        let mut begun_rows = Select::from(source.relation)
            .keep(&kept(source, &["customer", "ends_on"]))
            .keep(&self.more)
            .column("begins", self.begins)
            .column("paid", billionths(paid));
        for filter in self.filters {
            begun_rows = begun_rows.filter(filter);
        }
        let begins = if self.choices.first_month == FirstMonth::NextMonth {
            formula("if(begins = month(begins), begins, plus_months(month(begins), 1))")
        } else {
            name("begins")
        };
        let stretches = Select::from("counted")
            .keep(&kept(source, &["customer", "ends_on", "paid"]))
            .keep(&self.more)
            .column("day", begins.clone())
            .filter(name("ends_on").above(begins));
        let mut steps = vec![
            self::source(source, self.columns),
            Named::new(
                "counted",
                "rows that count, from when, and what is paid a month in billionths",
                begun_rows,
            ),
            Named::new("stretches", SAYS, stretches),
        ];
        if self.more.contains(&"signed_on") {
            steps.push(begun(source, &self.more));
        }
        Stretches {
            steps,
            more: self.more,
            credits: self.credits,
        }
    }
}
