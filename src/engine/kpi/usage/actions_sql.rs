//! What users did, as SQL: enough of it, with which feature, and again.

use super::entitled_sql::of_entitled;
use super::sql::{Needs, before, feature_of, log, person_days};
use crate::engine::base::Date;
use crate::engine::facts::Reading;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{scope, share};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, as_of, call, choose, greatest_of, least_of, name, of, rows,
    rows_where, sum, sum_where, text, whole,
};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Source, Why};

/// What of the names in a column counts: 1 or 0. Those that a setting names, capitals aside; else
/// all that are written, or all rows where `every` says so.
pub(super) fn named(
    source: &Source<'_>,
    column: Option<usize>,
    setting: &str,
    every: bool,
) -> Result<Expr, Why> {
    let wanted = source.words(setting);
    if wanted.is_empty() && every {
        return Ok(whole(1));
    }
    let column = column.ok_or(Why::NeedsColumn)?;
    if wanted.is_empty() {
        return Ok(choose(
            source.text_at(column).is_known(),
            whole(1),
            whole(0),
        ));
    }
    let held: Vec<String> = source.table.columns[column]
        .keys()
        .texts
        .texts()
        .map(|text| text.trim().to_lowercase())
        .collect();
    let words: Vec<String> = wanted.iter().map(|word| word.to_lowercase()).collect();
    if !words.iter().all(|word| held.contains(word)) {
        return Err(Why::NeedsColumn);
    }
    let cell = call(Function::Lower, vec![source.text_at(column)]);
    let is_named = cell.is_one_of(words.iter().map(|word| text(word)).collect());
    Ok(choose(is_named, whole(1), whole(0)))
}

/// A setting that is a whole number.
pub(super) fn whole_setting(question: &Question<'_>, name: &str, least: u32, default: u32) -> i64 {
    let given = question.setting(name).filter(|number| number.is_finite());
    given.map_or(i64::from(default), |number| {
        number.round().clamp(f64::from(least), 10_000.0) as i64
    })
}

/// Users of each window, with what they did in it (`counted`), how many days they came in it
/// (`came`) and before it (`came_before`).
fn people(key: &'static str) -> Named {
    let in_window = || name("day").at_least(name("period_start"));
    let mut by = scope();
    by.push(name(key));
    let people = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&[key])
        .column("counted", sum_where(in_window(), name("counted")))
        .column("came", rows_where(in_window()))
        .column(
            "came_before",
            rows_where(name("day").below(name("period_start"))),
        )
        .group(by);
    Named::new(
        "people",
        "what each of them did in the window, and before it",
        people,
    )
}

/// Users who did enough.
pub(super) fn engagement(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let column = source.mapping.column_of(Role::Event);
    let counts = named(source, column, "engagement_rate.events", true)?;
    let needs = Needs {
        acts: true,
        ..Needs::default()
    };
    let steps = log(question, needs, Some(counts))?;
    let mut plan = Plan::of(steps, vec!["person", "day", "counts"]);
    plan.middle = (vec![person_days(true)], vec!["person", "day", "counted"]);
    let (start, end) = (of("w", "period_start"), of("w", "period_end"));
    let since = match question.rule.id {
        "active_before" => Some(before(&start, &end)),
        "known_before" => None,
        _ => Some(start),
    };
    let mut within = vec![of("r", "day").below(end)];
    within.extend(since.map(|since| of("r", "day").at_least(since)));
    plan.within = Some(all(within));
    plan.after = vec![people("person")];
    let least = whole_setting(question, "least_actions", 1, 1);
    let came = if question.rule.id == "of_active" {
        "came"
    } else {
        "came_before"
    };
    let eligible = || name(came).above(whole(0));
    plan.terms = vec![
        ("eligible", rows_where(eligible())),
        (
            "engaged",
            rows_where(all(vec![
                eligible(),
                name("counted").at_least(whole(least)),
            ])),
        ),
        ("users", rows_where(name("came").above(whole(0)))),
        ("actions", sum(name("counted")).or(whole(0))),
        ("user_days", sum(name("came"))),
    ];
    plan.parts = ["engaged", "eligible", "users", "actions"]
        .map(|part| (part, name(part)))
        .to_vec();
    plan.parts.extend([
        ("depth", name("actions").over(name("users"))),
        ("frequency", name("user_days").over(name("users"))),
    ]);
    Ok(share(plan, "engaged", "eligible"))
}

/// Users, or customers, of a feature.
pub(super) fn adoption(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let column = Some(feature_of(source)?);
    let counts = named(source, column, "feature_adoption_rate.feature", false)?;
    match question.rule.id {
        "breadth" => return breadth(question, counts),
        "of_entitled" => return of_entitled(question, counts),
        _ => {}
    }
    let (key, whole_name, needs) = match question.rule.id {
        "of_active" => (
            "person",
            "users",
            Needs {
                acts: true,
                ..Needs::default()
            },
        ),
        "of_active_customers" => (
            "customer",
            "customers",
            Needs {
                customer: true,
                acts: true,
                ..Needs::default()
            },
        ),
        _ => return Err(Why::NeedsColumn),
    };
    let steps = log(question, needs, Some(counts))?;
    let mut fields = vec!["person", "day", "counts"];
    fields.extend(needs.customer.then_some("customer"));
    let mut plan = Plan::of(steps, fields);
    let mut by = scope();
    by.push(name(key));
    let adopters = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&[key])
        .column("uses", sum(name("counts")))
        .filter(name(key).is_known())
        .group(by);
    plan.after = vec![Named::new(
        "adopters",
        "how often each of them used it",
        adopters,
    )];
    let least = whole_setting(question, "least_uses", 1, 1);
    plan.terms = vec![
        ("adopters", rows_where(name("uses").at_least(whole(least)))),
        (whole_name, rows()),
        ("all_uses", sum(name("uses"))),
    ];
    plan.parts = vec![
        ("adopters", name("adopters")),
        (whole_name, name(whole_name)),
    ];
    if key == "person" {
        plan.parts.push(("uses", name("all_uses")));
    }
    Ok(share(plan, "adopters", whole_name))
}

/// The mean over users of the share of features that they use.
fn breadth(question: &Question<'_>, counts: Expr) -> Result<Plan, Why> {
    let needs = Needs {
        acts: true,
        feature: true,
        ..Needs::default()
    };
    let source = question.source;
    let mut plan = Plan::of(
        log(question, needs, Some(counts))?,
        vec!["person", "day", "counts", "feature"],
    );
    let wanted = source.words("feature_adoption_rate.feature");
    let in_use = if wanted.is_empty() {
        let features = Select::from("log").column("in_use", formula("different(feature)"));
        plan.after
            .push(Named::new("features", "how many features occur", features));
        formula("features.in_use")
    } else {
        let words: Vec<String> = wanted.iter().map(|word| word.to_lowercase()).collect();
        let keys = source.table.columns[feature_of(source)?].keys();
        let texts = keys.texts.texts().map(|it| it.trim().to_lowercase());
        whole(texts.filter(|it| words.contains(it)).count() as i64)
    };
    let used = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["person"])
        .column("uses", formula("sum(counts)"))
        .group([scope(), vec![name("person"), name("feature")]].concat());
    plan.after.push(Named::new(
        "uses",
        "how often each user used each feature",
        used,
    ));
    let least = whole_setting(question, "least_uses", 1, 1);
    plan.terms = vec![
        ("pairs", rows_where(name("uses").at_least(whole(least)))),
        ("users", formula("different(person)")),
    ];
    plan.value = formula("pairs / users").over(in_use);
    plan.n = name("users");
    plan.exists = Some(formula("users > 0"));
    plan.parts = vec![
        ("users", name("users")),
        ("features_per_user", formula("pairs / users")),
    ];
    Ok(plan)
}

/// Users who came again so many days of 24 hours after the hour of their first event.
fn retention_by_hours(
    question: &Question<'_>,
    (from, to): (i64, Option<i64>),
) -> Result<Plan, Why> {
    if !has_times(question.source, Role::OccurredAt) {
        return Err(Why::NeedsColumn);
    }
    let needs = Needs {
        moment: true,
        ..Needs::default()
    };
    let steps = log(question, needs, None)?;
    let mut plan = Plan::of(steps, vec!["person", "day", "happened_at"]);
    let since = Expr::Day(Date(0)).cast(Type::Moment);
    let hour = call(Function::HoursBetween, vec![since, name("happened_at")]);
    let hours = Select::from("parts")
        .keep(&["by_segment", "segment", "person", "day"])
        .column("hour", call(Function::Floor, vec![hour]).cast(Type::Whole));
    let own = || ["by_segment", "segment", "person"].map(name).to_vec();
    let firsts = Select::from("hours")
        .keep(&["by_segment", "segment", "person", "hour"])
        .column("first_day", formula("min(day)").within(own(), Vec::new()))
        .column("first_hour", formula("min(hour)").within(own(), Vec::new()));
    let mut again = vec![formula("hour - first_hour").at_least(whole(24 * from))];
    again.extend(to.map(|to| formula("hour - first_hour").below(whole(24 * (to + 1)))));
    let users = Select::from("first_hours")
        .keep(&["by_segment", "segment", "person", "first_hour"])
        .column("day", name("first_day"))
        .column(
            "comes_again",
            greatest_of(choose(all(again), whole(1), whole(0))),
        )
        .group([own(), vec![name("first_day"), name("first_hour")]].concat());
    plan.middle = (
        vec![
            Named::new("hours", "what each user did, by whole hours", hours),
            Named::new("first_hours", "with their first day and hour", firsts),
            Named::new("users", "each user, and whether they came again", users),
        ],
        vec!["day", "first_hour", "comes_again"],
    );
    let last = to.unwrap_or(from);
    let end = call(
        Function::DaysBetween,
        vec![Expr::Day(Date(0)), as_of().plus_days(1)],
    );
    let is_old = name("first_hour")
        .plus(whole(24 * (last + 1)))
        .at_most(end.times(whole(24)));
    Ok(returned(plan, is_old, last))
}

/// The share of users who came again, of those for whom the time is over.
fn returned(mut plan: Plan, is_old: Expr, last: i64) -> Plan {
    let again = all(vec![is_old.clone(), name("comes_again").equals(whole(1))]);
    plan.terms = vec![
        ("returned_users", rows_where(again)),
        ("cohort_users", rows_where(is_old)),
        ("all_users", rows()),
    ];
    plan.parts = vec![
        ("returned_users", name("returned_users")),
        ("cohort_users", name("cohort_users")),
        ("too_young", name("all_users").minus(name("cohort_users"))),
        ("day", whole(last)),
    ];
    share(plan, "returned_users", "cohort_users")
}

/// Whether the cells of a role tell a time of day.
pub(super) fn has_times(source: &Source<'_>, role: Role) -> bool {
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    reading.instants_of(role).is_some_and(|it| !it.days_only)
}

/// Users who came again so many days after their first one.
pub(super) fn retention(question: &Question<'_>) -> Result<Plan, Why> {
    let day = whole_setting(question, "day", 0, 7);
    let (from, to) = match question.rule.id {
        "on_day" | "on_day_24_hours" => (day, Some(day)),
        "on_or_after" | "on_or_after_24_hours" => (day, None),
        _ => {
            let from = whole_setting(question, "from_day", 0, 1);
            let to = whole_setting(question, "to_day", 0, day as u32);
            (from.min(to), Some(to))
        }
    };
    if question.rule.id.ends_with("24_hours") {
        return retention_by_hours(question, (from, to));
    }
    let steps = log(question, Needs::default(), None)?;
    let mut plan = Plan::of(steps, vec!["person", "day"]);
    let same = || ["by_segment", "segment", "person"].map(name).to_vec();
    let firsts = Select::from("parts")
        .keep(&["by_segment", "segment", "person", "day"])
        .column(
            "first_day",
            least_of(name("day")).within(same(), Vec::new()),
        );
    let later = |days: i64| name("first_day").plus_days(days);
    let mut comes_again = vec![name("day").at_least(later(from))];
    comes_again.extend(to.map(|to| name("day").at_most(later(to))));
    let again = greatest_of(choose(all(comes_again), whole(1), whole(0)));
    let users = Select::from("first_days")
        .keep(&["by_segment", "segment", "person"])
        .column("day", name("first_day"))
        .column("comes_again", again)
        .group(
            ["by_segment", "segment", "person", "first_day"]
                .map(name)
                .to_vec(),
        );
    plan.middle = (
        vec![
            Named::new(
                "first_days",
                "what each user did, with their first day",
                firsts,
            ),
            Named::new(
                "users",
                "each user on their first day, and whether they came again",
                users,
            ),
        ],
        vec!["day", "comes_again"],
    );
    let last = to.unwrap_or(from);
    let is_old = name("day").plus_days(last).at_most(as_of());
    Ok(returned(plan, is_old, last))
}
