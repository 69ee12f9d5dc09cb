//! Lists of customers without dates as SQL: who has left, and what each of them pays.

use super::Question;
use super::parts::{kept, source};
use super::stretches::why;
use crate::engine::facts::accounts::has_left;
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::whole;
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Why};

/// One row a customer: `has_left` is 1 or 0, `why` as `stretches::why`, `amount` a month, and for
/// lifetimes the `months` since the start.
///
/// # Errors
/// Where a customer stands twice, or a column that is there cannot be read so.
pub fn customers(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let mut columns = Vec::new();
    let mut filters = Vec::new();
    if source.mapping.column_of(Role::Customer).is_some() {
        if source.repeats(&[Role::Customer]) {
            // Kept takes the first of the file.
            return Err(Why::NeedsRowOrder);
        }
        columns.push(("customer", source.text(Role::Customer)?));
        filters.push(formula("customer is known"));
    }
    let mut told = Vec::new();
    if source.mapping.column_of(Role::Churned).is_some() {
        let column = source.column(Role::Churned)?;
        let meaning = &source.mapping.columns[column];
        let left = source.words_at(column, |word| {
            has_left(meaning, word).map(|left| whole(i64::from(left)))
        })?;
        columns.push(("has_left", left));
        filters.push(formula("has_left is known"));
        told.push("has_left");
        if let Some(why) = why(source)? {
            columns.push(("why", why));
            told.push("why");
        }
    }
    if question.need.basis == Basis::AccountRevenue {
        columns.push(("amount", source.money(Role::RecurringRevenue)?));
        filters.push(formula("amount is known"));
        told.push("amount");
    }
    if question.kpi.id == "customer_lifetime_value" {
        columns.push(("months", source.months(Role::TenureMonths)?));
        filters.push(formula("months >= 0.0"));
        told.push("months");
    }
    let mut listed = Select::from("source").keep(&kept(source, &told));
    for filter in filters {
        listed = listed.filter(filter);
    }
    let steps = vec![
        self::source(source, columns),
        Named::new("listed", "customers of whom the list tells it", listed),
    ];
    Ok(Plan::of(steps, told))
}
