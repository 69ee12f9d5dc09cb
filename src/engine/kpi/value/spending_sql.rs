//! Spending beside customers as SQL: what was spent in whole months, and whom and what it won.

use super::won_sql::{leaving, won};
use crate::engine::facts::{Reading, money};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, source, told};
use crate::engine::kpi::queries::purchases::given_margin;
use crate::engine::kpi::queries::stretches::{billionths, ends_are_told};
use crate::engine::roles::{Kind, Role};
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, call, name, number, of, only_if, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Join, Named, Select};
use crate::engine::sql::{Plan, Source, Why};

/// The plan of a rule on spending.
///
/// # Errors
/// `NeedsTwoTables` where no table of customers is loaded; `NeedsColumn` where that says nothing of
/// money, or a margin is needed and not given; `NeedsExchange` where the two are in other currencies.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let (kind, customers) = question.source.beside.ok_or(Why::NeedsTwoTables)?;
    let (kpi, rule) = (question.kpi.id, question.rule.id);
    if kpi != "customer_acquisition_cost" || rule == "per_new_revenue" {
        in_one_currency(question.source, kind, customers)?;
    }
    let mut plan = spent(question)?;
    let mut exists = vec![
        formula("months = month_number(period_end) - month_number(period_start)"),
        formula("spend >= 0.0 and new_customers > 0"),
        ends_are_told(kind),
    ];
    if kind == Kind::RevenueMonth {
        // Of the first month of all it is not known who of it is new.
        let first_paid = || Expr::Only("first_paid", "first_payment");
        exists.push(any(vec![
            first_paid().below(name("period_start")),
            first_paid().at_least(name("period_end")),
        ]));
    }
    let (mut beside, mut last) = (won(question, kind, customers)?, "won");
    plan.n = name("new_customers");
    match kpi {
        "customer_acquisition_cost" => exists.extend(cost(&mut plan, rule)),
        "cac_payback_period" => exists.push(payback(question, &mut plan)?),
        _ => {
            beside.extend(leaving(kind, &beside));
            last = "worth";
            exists.push(times(question, &mut plan)?);
        }
    }
    let same = formula("b.edge_start = t.period_start and b.edge_end = t.period_end");
    plan.beside = Some((beside, Join::On(last, "b", same)));
    plan.exists = Some(all(exists));
    Ok(plan)
}

/// Both tables tell money, and none of another currency.
fn in_one_currency(spending: &Source<'_>, kind: Kind, customers: &Source<'_>) -> Result<(), Why> {
    let role = match kind {
        Kind::Account => return Err(Why::NeedsColumn),
        Kind::RevenueMonth => Role::RecurringRevenue,
        Kind::Renewal => Role::AmountDue,
        _ => Role::Amount,
    };
    let names = |source: &Source<'_>, role: Role| {
        let reading = Reading::new(source.table, source.mapping, source.frame.clone());
        money::currencies(&reading, role, &reading.reasons())
    };
    let mut all = names(spending, Role::Amount);
    all.extend(names(customers, role));
    all.sort_unstable();
    all.dedup();
    if all.len() > 1 {
        return Err(Why::NeedsExchange);
    }
    Ok(())
}

/// What was spent in each window, or as many months before it, and in how many of its months anything
/// is told.
fn spent(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    let mut amounts = Vec::new();
    for column in source.mapping.columns_of(Role::Amount) {
        if !source.mapping.columns[column].open.is_empty() {
            return Err(Why::NeedsColumn);
        }
        amounts.push(source.money_at(column)?);
    }
    // An empty cell beside a filled one is nothing spent.
    let some = any(amounts.iter().map(|it| it.clone().is_known()).collect());
    let mut each = amounts.into_iter();
    let first = each.next().ok_or(Why::NeedsColumn)?;
    let amount = if each.len() == 0 {
        first
    } else {
        let or_nothing = |amount: Expr| amount.or(number(0.0));
        let sum = each.fold(or_nothing(first), |sum, it| sum.plus(or_nothing(it)));
        only_if(some, sum)
    };
    let day = source.day(question.day.ok_or(Why::NeedsColumn)?)?;
    let spending = Select::from("source")
        .keep(&kept(source, &["day"]))
        .column("spent", billionths(name("amount")))
        .filter(has_come(name("day")))
        .filter(formula("amount is known"));
    let steps = vec![
        self::source(source, vec![("day", day), ("amount", amount)]),
        Named::new("spending", "what was spent, in billionths", spending),
    ];
    let mut plan = Plan::of(steps, vec!["day", "spent"]);
    plan.terms = formulas(&[
        ("spend", "money(sum(spent))"),
        ("months", "different(month(day))"),
    ]);
    if question.rule.id == "period_before" {
        let back = match question.setting("lag_months") {
            Some(months) => whole(-(months.round().clamp(0.0, 600.0) as i64)),
            None => formula("month_number(w.period_start) - month_number(w.period_end)"),
        };
        let earlier = |edge: &str| {
            let edge = of("w", edge);
            call(Function::PlusMonths, vec![edge, back.clone()])
        };
        plan.every_unit = true;
        plan.within = Some(all(vec![
            of("r", "day").at_least(earlier("period_start")),
            of("r", "day").below(earlier("period_end")),
        ]));
    }
    Ok(plan)
}

/// What a customer, or a unit of new yearly revenue, cost.
fn cost(plan: &mut Plan, rule: &str) -> Option<Expr> {
    plan.parts = told(&["spend", "new_customers"]);
    if rule == "per_new_revenue" {
        let revenue = || formula("money(won_new) * 12.0");
        plan.value = name("spend").over(revenue());
        plan.parts.extend([
            ("new_revenue", revenue()),
            ("numerator", name("spend")),
            ("denominator", revenue()),
        ]);
        return Some(formula("won_new > 0"));
    }
    plan.value = formula("spend / new_customers");
    plan.parts.extend(formulas(&[
        ("numerator", "spend"),
        ("denominator", "new_customers"),
    ]));
    None
}

/// The months until revenue makes up for the spending.
fn payback(question: &Question<'_>, plan: &mut Plan) -> Result<Expr, Why> {
    let rule = question.rule.id;
    let margin = if rule == "revenue_payback" {
        None
    } else {
        let given = given_margin(question, &["cac_payback_period.gross_margin"])?;
        Some(given.ok_or(Why::NeedsColumn)?)
    };
    let revenue = || match rule {
        "net_new_revenue" => name("won_net"),
        "with_expansion" => formula("won_new + won_more"),
        _ => name("won_new"),
    };
    let in_money = || revenue().over(number(1e9));
    let paid = match margin {
        Some(margin) => in_money().times(number(margin)),
        None => in_money(),
    };
    plan.value = name("spend").over(paid);
    plan.parts = told(&["spend", "new_customers"]);
    plan.parts.extend([
        ("new_revenue", in_money()),
        ("revenue_payback", name("spend").over(in_money())),
    ]);
    plan.parts.extend(given(margin));
    Ok(revenue().above(whole(0)))
}

/// How many times what they cost customers bring.
fn times(question: &Question<'_>, plan: &mut Plan) -> Result<Expr, Why> {
    let names = [
        "lifetime_value_to_acquisition_cost.gross_margin",
        "cac_payback_period.gross_margin",
    ];
    let margin = if question.rule.id == "lifetime_revenue" {
        None
    } else {
        Some(given_margin(question, &names)?.ok_or(Why::NeedsColumn)?)
    };
    let revenue = || formula("closing_revenue / closing_customers");
    let value = || {
        let after_margin = match margin {
            Some(margin) => revenue().times(number(margin)),
            None => revenue(),
        };
        after_margin.over(formula("lost / customer_months"))
    };
    plan.value = value().over(formula("spend / new_customers"));
    plan.parts = told(&["lost", "new_customers"]);
    plan.parts
        .extend([("lifetime_value", value()), ("monthly_revenue", revenue())]);
    plan.parts.extend(formulas(&[
        ("acquisition_cost", "spend / new_customers"),
        ("monthly_churn", "lost / customer_months"),
        ("lifetime_months", "customer_months / lost"),
    ]));
    plan.parts.extend(given(margin));
    Ok(formula(
        "spend > 0.0 and lost > 0 and closing_customers > 0 and silent = 0",
    ))
}

/// The margin as a term.
fn given(margin: Option<f64>) -> Option<(&'static str, Expr)> {
    margin.map(|margin| ("margin", number(margin).cast(Type::Number)))
}
