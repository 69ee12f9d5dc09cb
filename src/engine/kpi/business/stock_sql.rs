//! Stock as SQL: what was sold, over the stock that lay there meanwhile.

use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::counted::Counted;
use crate::engine::kpi::queries::parts::{further, scope, told};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{choose, name, whole};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on stock.
///
/// # Errors
/// Where a column that the rule needs is not there.
#[expect(clippy::too_many_lines, reason = "one plan, read from top to bottom")]
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let rule = question.rule.id;
    let ends = source.has(Role::InventoryOpening) && source.has(Role::InventoryClosing);
    let mut counts = Counted::of(question)?.needing("cost_of_goods", Role::CostOfGoods)?;
    counts = if ends {
        counts
            .needing("opening_stock", Role::InventoryOpening)?
            .needing("closing_stock", Role::InventoryClosing)?
    } else {
        counts.needing("closing_stock", Role::Inventory)?
    };
    if rule == "sales" {
        counts = counts.needing_if("sales", Role::Amount)?;
    }
    let dated = counts.dated;
    if rule == "a_year" && !dated {
        return Err(Why::NeedsColumn);
    }
    let mut plan = counts.plan();
    let mut stretches = Select::from("scoped")
        .keep(&SCOPE)
        .column("closing_stock", formula("sum(closing_stock)"))
        .column("cost_of_goods", formula("sum(cost_of_goods)"))
        .column("row_count", formula("rows()"))
        .group(scope());
    // Without its own column the first stock is that of the end of the first stretch.
    let opening = if ends {
        "sum(opening_stock)"
    } else {
        "sum(closing_stock)"
    };
    stretches = stretches.column("opening_stock", formula(opening));
    if rule == "sales" {
        stretches = stretches.column("sales", formula("sum(sales)"));
    }
    if dated {
        stretches = stretches.keep(&["day"]);
        stretches.group.push(name("day"));
    }
    let day = if dated { name("day") } else { whole(0) };
    let over = |is: &'static str| formula(is).within(scope(), Vec::new());
    let mut with_ends = Select::from("stretches")
        .keep(&SCOPE)
        .keep(&[
            "opening_stock",
            "closing_stock",
            "cost_of_goods",
            "row_count",
        ])
        .column("day", day);
    if rule == "sales" {
        with_ends = with_ends.keep(&["sales"]);
    }
    if dated {
        with_ends = with_ends
            .column("first_day", over("min(day)"))
            .column("last_day", over("max(day)"));
    } else {
        with_ends = with_ends
            .column("first_day", whole(0))
            .column("last_day", whole(0));
    }
    plan.after = vec![
        Named::new(
            "stretches",
            "each stretch of time with its stock",
            stretches,
        ),
        Named::new(
            "with_ends",
            "with the first and the last of them in the window",
            with_ends,
        ),
    ];
    plan.terms = formulas(&[
        ("cost_of_goods", "sum(cost_of_goods)"),
        ("opening", "sum(opening_stock where day = first_day)"),
        ("closing", "sum(closing_stock where day = last_day)"),
        ("all_closing", "sum(closing_stock)"),
        ("stretches", "rows()"),
        ("rows_counted", "sum(row_count)"),
    ]);
    if dated {
        plan.terms.extend(formulas(&[
            ("first_day", "min(first_day)"),
            ("last_day", "max(last_day)"),
        ]));
    }
    if rule == "sales" {
        plan.terms.push(("sales", formula("sum(sales)")));
    }
    let average = match (rule, ends) {
        ("all_balances", true) => formula("(opening + all_closing) / (stretches + 1)"),
        ("all_balances", false) => formula("all_closing / stretches"),
        // A single balance is both ends.
        _ => formula("(opening + closing) / 2.0"),
    };
    plan.further.push(further(
        "averages",
        "the average stock",
        vec![("average_stock", average)],
    ));
    let once = if rule == "sales" {
        formula("sales / average_stock")
    } else {
        formula("cost_of_goods / average_stock")
    };
    plan.value = once.clone();
    if rule == "a_year" {
        // Of all rows whole months count where they are told by their first days.
        let covered = formula(
            "if(first_day = month(first_day) and last_day = month(last_day), days(first_day, plus_months(last_day, 1)), days(first_day, last_day) + 1)",
        );
        let of_window = formula("days(period_start, period_end)");
        let days = if question.covers_everything {
            choose(formula("covers = 'unit'"), of_window, covered)
        } else {
            of_window
        };
        plan.value = once.times(formula("365.0")).over(days);
    }
    plan.n = name("rows_counted");
    plan.exists = Some(if rule == "sales" {
        formula("average_stock > 0.0 and sales is known")
    } else {
        formula("average_stock > 0.0")
    });
    plan.parts = told(&["opening", "closing", "average_stock"]);
    Ok(plan)
}
