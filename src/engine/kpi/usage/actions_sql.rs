//! What users did, as SQL: enough of it, with which feature, and again.

use super::sql::{Needs, before, log, person_days};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{scope, share};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, as_of, call, choose, greatest_of, least_of, name, of, rows, rows_where,
    sum, sum_where, text, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Source, Why};

/// What of the names in a column counts: 1 or 0. Those that a setting names, capitals aside; else
/// all that are written, or all rows where `every` says so.
fn named(
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
fn whole_setting(question: &Question<'_>, name: &str, least: u32, default: u32) -> i64 {
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
        customer: false,
        acts: true,
    };
    let steps = log(question, needs, Some(counts))?;
    let mut plan = Plan::of(steps, vec!["person", "day", "counts"]);
    plan.middle = (vec![person_days(true)], vec!["person", "day", "counted"]);
    let (start, end) = (of("w", "period_start"), of("w", "period_end"));
    let since = match question.rule.id {
        "active_before" => Some(before(&start, &end)),
        "known_before" => None,
        "of_active" => Some(start),
        _ => return Err(Why::NotWritten),
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
    let column = source
        .mapping
        .column_of(Role::Feature)
        .or(source.mapping.column_of(Role::Event));
    let counts = named(source, column, "feature_adoption_rate.feature", false)?;
    let (key, whole_name, needs) = match question.rule.id {
        "of_active" => (
            "person",
            "users",
            Needs {
                customer: false,
                acts: true,
            },
        ),
        "of_active_customers" => (
            "customer",
            "customers",
            Needs {
                customer: true,
                acts: true,
            },
        ),
        "of_entitled" => return Err(Why::NeedsTwoTables),
        _ => return Err(Why::NotWritten),
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

/// Users who came again so many days after their first one.
pub(super) fn retention(question: &Question<'_>) -> Result<Plan, Why> {
    let day = whole_setting(question, "day", 0, 7);
    let (from, to) = match question.rule.id {
        "on_day" => (day, Some(day)),
        "on_or_after" => (day, None),
        "bracket" => {
            let from = whole_setting(question, "from_day", 0, 1);
            let to = whole_setting(question, "to_day", 0, day as u32);
            (from.min(to), Some(to))
        }
        _ => return Err(Why::NotWritten),
    };
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
    let is_old = || name("day").plus_days(last).at_most(as_of());
    let returned = all(vec![is_old(), name("comes_again").equals(whole(1))]);
    plan.terms = vec![
        ("returned_users", rows_where(returned)),
        ("cohort_users", rows_where(is_old())),
        ("all_users", rows()),
    ];
    plan.parts = vec![
        ("returned_users", name("returned_users")),
        ("cohort_users", name("cohort_users")),
        ("too_young", name("all_users").minus(name("cohort_users"))),
        ("day", whole(last)),
    ];
    Ok(share(plan, "returned_users", "cohort_users"))
}
