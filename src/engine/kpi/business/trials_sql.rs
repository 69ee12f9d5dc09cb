//! Trials as SQL: who began one, and who paid after it.

use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::counted::whole_of;
use crate::engine::kpi::queries::parts::{first_of_each, has_come, kept, share, source};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, any, as_of, call, name, number, only_if, rows, rows_where, text,
};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Why};

/// Trials with the day on which they became paying, one customer a row.
pub(super) fn trials(question: &Question<'_>, rule: &str) -> Result<Plan, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    let mut columns = vec![
        ("started_at", source.moment(Role::TrialStartedAt)?),
        ("day", source.day(Role::TrialStartedAt)?),
        ("paid_at", source.moment(Role::PaidAt)?),
        ("paid_on", source.day(Role::PaidAt)?),
    ];
    let customer = source.text_if_any(Role::Customer);
    let has_customer = customer.is_some();
    columns.extend(customer.map(|it| ("customer", it)));
    let mut names: Vec<&'static str> = columns.iter().map(|(name, _)| *name).collect();
    let mut steps = vec![self::source(source, columns)];
    let mut from = "source";
    if has_customer {
        let own = kept(source, &names);
        let [placed, first] = first_of_each(
            "firsts",
            "each customer once",
            "customer",
            vec![(name("started_at"), false)],
            &own,
        );
        steps.extend([placed, first]);
        from = "firsts";
    }
    names.retain(|name| *name == "day");
    let hours = call(
        Function::HoursBetween,
        vec![name("started_at"), name("paid_at")],
    );
    // Whole days since the begin: of the difference in days one less where its time of day is
    // earlier.
    let days = whole_of(hours.over(number(24.0)));
    let paid = only_if(has_come(name("paid_on")), days);
    let mut trials = Select::from(from)
        .keep(&kept(source, &names))
        .column("days_to_pay", paid)
        .filter(has_come(name("day")))
        .filter(any(vec![
            name("paid_at").is_nothing(),
            name("paid_on").above(as_of()),
            name("paid_at").at_least(name("started_at")),
        ]));
    if has_customer {
        trials = trials.filter(name("customer").is_known());
    }
    steps.push(Named::new(
        "trials",
        "trials, with the days until they paid",
        trials,
    ));
    let mut plan = Plan::of(steps, vec!["day", "days_to_pay"]);
    let counted = |paid: Expr, trials: Expr| vec![("paid", rows_where(paid)), ("trials", trials)];
    let known = || name("days_to_pay").is_known();
    plan.terms = match rule {
        "standard" => counted(known(), rows()),
        "same_period" => {
            let paid_on = call(Function::PlusDays, vec![name("day"), name("days_to_pay")]);
            let mut within = vec![paid_on.below(name("period_end"))];
            if question.covers_everything {
                // All rows have no end; only the units of their course do.
                within.push(name("covers").differs(text("unit")));
            }
            counted(all(vec![known(), any(within)]), rows())
        }
        _ => {
            let limit = question.setting("days").unwrap_or(30.0);
            let old = || formula("as_number(days(day, as_of))").at_least(number(limit));
            let in_time = name("days_to_pay").at_most(number(limit));
            counted(all(vec![old(), in_time]), rows_where(old()))
        }
    };
    plan.parts = ["paid", "trials"].map(|it| (it, name(it))).to_vec();
    Ok(share(plan, "paid", "trials"))
}
