//! The usage family as SQL: who came on which day, what they did, and who came again.

use super::{actions_sql, waits_sql};
use crate::engine::base::{Date, PeriodUnit};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, share, source};
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, any, call, choose, different, name, of, only_if, rows, rows_where, sum,
    whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Source, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    match question.kpi.id {
        "customer_health_score" => Err(Why::NeedsAccounts),
        "time_to_value" => waits_sql::plan(question, basis),
        "active_users" => active_users(question),
        "stickiness" => stickiness(question),
        "engagement_rate" => actions_sql::engagement(question),
        "feature_adoption_rate" => actions_sql::adoption(question),
        _ => actions_sql::retention(question),
    }
}

/// Which columns of the log are needed beside the user and the day.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one column is needed"
)]
#[derive(Clone, Copy, Default)]
pub(super) struct Needs {
    /// For whom it was done.
    pub(super) customer: bool,
    /// What was done counts as an action, or as a use.
    pub(super) acts: bool,
    /// At which moment.
    pub(super) moment: bool,
    /// With which feature.
    pub(super) feature: bool,
}

/// The log: rows with a user, on a day that has come. `counts`: what of it counts, 1 or 0.
pub(super) fn log(
    question: &Question<'_>,
    needs: Needs,
    counts: Option<Expr>,
) -> Result<Vec<Named>, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    let mut columns = vec![
        ("person", source.text(Role::User)?),
        ("day", source.day(Role::OccurredAt)?),
    ];
    let mut names = vec!["person", "day"];
    if needs.customer {
        columns.push(("customer", source.text(Role::Customer)?));
        names.push("customer");
    }
    if needs.moment {
        columns.push(("happened_at", source.moment(Role::OccurredAt)?));
        names.push("happened_at");
    }
    if needs.feature {
        columns.push(("feature", source.text_at(feature_of(source)?)));
        names.push("feature");
    }
    if needs.acts {
        columns.push(("counts", counts.unwrap_or(whole(1))));
        names.push("counts");
    }
    let log = Select::from("source")
        .keep(&kept(source, &names))
        .filter(name("person").is_known())
        .filter(has_come(name("day")));
    Ok(vec![
        self::source(source, columns),
        Named::new("log", "what somebody did on a day that has come", log),
    ])
}

/// The column of features, or else of events.
pub(super) fn feature_of(source: &Source<'_>) -> Result<usize, Why> {
    let of = |role: Role| source.mapping.column_of(role);
    of(Role::Feature)
        .or(of(Role::Event))
        .ok_or(Why::NeedsColumn)
}

/// Each user once a day: `parts` grouped, with how much was done.
pub(super) fn person_days(acts: bool) -> Named {
    let same = ["by_segment", "segment", "person", "day"];
    let mut days = Select::from("parts")
        .keep(&same)
        .column("events", rows())
        .group(same.map(name).to_vec());
    if acts {
        days = days.column("counted", sum(name("counts")));
    }
    Named::new(
        "person_days",
        "each user once a day, with what they did",
        days,
    )
}

/// The first day of the period before one of the same length, in months where it is whole months.
pub(super) fn before(start: &Expr, end: &Expr) -> Expr {
    let month = PeriodUnit::Month;
    let is_first = |day: &Expr| day.clone().start_of(month).equals(day.clone());
    let number = |day: &Expr| call(Function::MonthNumber, vec![day.clone()]);
    let months = number(start).minus(number(end));
    let days = call(Function::DaysBetween, vec![end.clone(), start.clone()]);
    choose(
        all(vec![is_first(start), is_first(end)]),
        call(Function::PlusMonths, vec![start.clone(), months]),
        call(Function::PlusDays, vec![start.clone(), days]),
    )
}

/// The first day of what a rule looks at: the window, or its last days.
fn start(last_days: Option<i64>) -> Expr {
    last_days.map_or(name("period_start"), |days| {
        name("period_end").plus_days(-days)
    })
}

fn active_users(question: &Question<'_>) -> Result<Plan, Why> {
    let last_days = match question.rule.id {
        "rolling_7_days" => Some(7),
        "rolling_30_days" => Some(30),
        _ => None,
    };
    if question.rule.id == "customers" {
        return active_customers(question);
    }
    let mut plan = visits(question, last_days)?;
    let start = || start(last_days);
    // The first of their days in the window.
    let arrives = || {
        all(vec![
            name("person").is_known(),
            any(vec![
                name("day_before").is_nothing(),
                name("day_before").below(start()),
            ]),
        ])
    };
    let since = || before(&start(), &name("period_end"));
    plan.terms = vec![
        ("users", rows_where(arrives())),
        (
            "new_users",
            rows_where(all(vec![
                name("person").is_known(),
                name("day_before").is_nothing(),
            ])),
        ),
        (
            "returning_users",
            rows_where(all(vec![arrives(), name("day_before").at_least(since())])),
        ),
        (
            "resurrected_users",
            rows_where(all(vec![arrives(), name("day_before").below(since())])),
        ),
        ("user_days", call(Function::Count, vec![name("person")])),
        ("events", sum(name("events")).or(whole(0))),
    ];
    plan.exists = Some(is_after_begin());
    let days = call(Function::DaysBetween, vec![start(), name("period_end")]);
    let daily = || name("user_days").over(days.clone());
    plan.value = if question.rule.id == "mean_daily" {
        daily()
    } else {
        name("users")
    };
    plan.n = name("users");
    // Where the table begins, who came for the first time is not known.
    let told = |term: &str| {
        let begins = Expr::Only("first_day", "span");
        only_if(begins.below(start()), name(term))
    };
    plan.parts = vec![
        ("users", name("users")),
        ("new_users", told("new_users")),
        ("returning_users", told("returning_users")),
        ("resurrected_users", told("resurrected_users")),
        ("mean_daily_users", daily()),
        ("events", name("events")),
        ("events_per_user", name("events").over(name("users"))),
    ];
    Ok(plan)
}

/// The visits of each window, each with the day on which the user came before.
fn visits(question: &Question<'_>, last_days: Option<i64>) -> Result<Plan, Why> {
    let mut plan = Plan::of(
        log(question, Needs::default(), None)?,
        vec!["person", "day"],
    );
    let visits = Select::from("person_days")
        .keep(&["by_segment", "segment", "person", "day", "events"])
        .column(
            "day_before",
            call(Function::Lag, vec![name("day")]).within(
                ["by_segment", "segment", "person"].map(name).to_vec(),
                vec![(name("day"), false)],
            ),
        );
    plan.middle = (
        vec![
            person_days(false),
            Named::new(
                "visits",
                "each user once a day, with the day on which they came before",
                visits,
            ),
        ],
        vec!["person", "day", "events", "day_before"],
    );
    let first = match last_days {
        Some(days) => of("w", "period_end").plus_days(-days),
        None => of("w", "period_start"),
    };
    plan.within = Some(all(vec![
        of("r", "day").at_least(first),
        of("r", "day").below(of("w", "period_end")),
    ]));
    plan.keeps_empty = true;
    Ok(plan)
}

/// The window does not end before the table begins.
fn is_after_begin() -> Expr {
    name("period_end").above(Expr::Only("first_day", "span"))
}

fn active_customers(question: &Question<'_>) -> Result<Plan, Why> {
    let needs = Needs {
        customer: true,
        ..Needs::default()
    };
    let fields = vec!["person", "customer", "day"];
    let mut plan = Plan::of(log(question, needs, None)?, fields);
    plan.keeps_empty = true;
    plan.terms = vec![
        ("users", different(name("person"))),
        ("customers", different(name("customer"))),
        ("events", call(Function::Count, vec![name("person")])),
    ];
    plan.exists = Some(is_after_begin());
    plan.value = name("customers");
    plan.n = name("customers");
    plan.parts = ["users", "customers", "events"]
        .map(|part| (part, name(part)))
        .to_vec();
    Ok(plan)
}

fn stickiness(question: &Question<'_>) -> Result<Plan, Why> {
    let steps = log(question, Needs::default(), None)?;
    let mut plan = Plan::of(steps, vec!["person", "day"]);
    plan.middle = (vec![person_days(false)], vec!["person", "day"]);
    let users = ("users", different(name("person")));
    if question.rule.id == "rolling_30_days" {
        plan.within = Some(all(vec![
            of("r", "day").at_least(of("w", "period_end").plus_days(-30)),
            of("r", "day").below(of("w", "period_end")),
        ]));
        let is_last = name("day").equals(name("period_end").plus_days(-1));
        plan.terms = vec![users, ("mean_daily_users", rows_where(is_last))];
        plan.parts = vec![
            ("users", name("users")),
            ("mean_daily_users", name("mean_daily_users")),
        ];
        return Ok(share(plan, "mean_daily_users", "users"));
    }
    let is_weekday = || weekday(name("day")).below(whole(5));
    plan.terms = match question.rule.id {
        "weekdays" => vec![users, ("user_days", rows_where(is_weekday()))],
        "active_days" => vec![
            users,
            ("user_days", rows()),
            ("days", different(name("day"))),
        ],
        _ => vec![users, ("user_days", rows())],
    };
    let days = || match question.rule.id {
        "weekdays" => {
            weekdays_before(name("period_end")).minus(weekdays_before(name("period_start")))
        }
        "active_days" => name("days"),
        _ => call(
            Function::DaysBetween,
            vec![name("period_start"), name("period_end")],
        ),
    };
    let daily = || name("user_days").over(days());
    plan.value = daily().over(name("users"));
    plan.n = name("users");
    plan.exists = Some(days().above(whole(0)));
    plan.parts = vec![
        ("users", name("users")),
        ("mean_daily_users", daily()),
        ("user_days", name("user_days")),
        ("numerator", daily()),
        ("denominator", name("users")),
    ];
    if question.rule.id != "active_days" {
        plan.parts.push(("days", days()));
    }
    Ok(plan)
}

/// Days since a Monday long ago.
fn since_monday(day: Expr) -> Expr {
    let monday = Expr::Day(Date::from_ymd(1900, 1, 1).unwrap_or(Date(0)));
    call(Function::DaysBetween, vec![monday, day])
}

/// Monday 0 to Sunday 6.
fn weekday(day: Expr) -> Expr {
    call(Function::Modulo, vec![since_monday(day), whole(7)])
}

/// Days from Monday to Friday since long ago and before this day.
fn weekdays_before(day: Expr) -> Expr {
    let in_week = || weekday(day.clone());
    let weeks = since_monday(day.clone()).minus(in_week()).over(whole(7));
    let of_week = call(Function::Least, vec![in_week(), whole(5)]);
    whole(5).times(weeks).plus(of_week)
}
