//! What a KPI needs of a table, and the refusals where it is not there.

use super::base::Refusal;
use super::compute::{self, Computed, Job};
use super::facts::{Measure, Promises, Target};
use super::held::Held;
use super::kpi::definition::{Beside, Kpi, Need};
use super::kpi::scope::{Basis, Subject};
use super::report::Question;
use super::roles::{Kind, Mapping, Role};

/// The needs of a KPI that tables of this meaning can be asked for.
pub fn of_kind(kpi: &'static Kpi, mapping: &Mapping) -> Vec<&'static Need> {
    kpi.needs
        .iter()
        .filter(|need| mapping.is(need.kind))
        .collect()
}

/// Whether every needed role has a column.
pub fn has_roles(need: &Need, mapping: &Mapping) -> bool {
    need.roles
        .iter()
        .all(|group| group.iter().any(|role| mapping.column_of(*role).is_some()))
}

/// Says which role has none.
pub fn missing_role(need: &Need, mapping: &Mapping) -> Refusal {
    let missing = need
        .roles
        .iter()
        .find(|group| !group.iter().any(|role| mapping.column_of(*role).is_some()));
    no_column_for(missing.copied().unwrap_or_default())
}

fn no_column_for(roles: &[Role]) -> Refusal {
    let names: Vec<String> = roles
        .iter()
        .map(|role| format!("“{}”", role.name()))
        .collect();
    Refusal::new(
        "role_missing",
        format!("No column was taken for {}.", names.join(" or ")),
        "If one of the columns holds it, say so on the check page; else add it to the export.",
    )
}

/// The header of a needed column about which a question is open. Scores are looked at one by one.
pub fn open_question(need: &Need, held: &Held, mapping: &Mapping) -> Option<String> {
    for group in need.roles {
        let columns: Vec<usize> = group
            .iter()
            .filter(|role| **role != Role::Score)
            .filter_map(|role| mapping.column_of(*role))
            .collect();
        if !columns.is_empty()
            && columns
                .iter()
                .all(|column| !mapping.columns[*column].open.is_empty())
        {
            return columns
                .first()
                .and_then(|column| held.table.columns.get(*column))
                .map(|column| column.name.clone());
        }
    }
    None
}

/// The role whose date places the rows of a need in time, for facts that belong to one day; of
/// several the first that has a column.
pub fn day_role(need: &Need, mapping: &Mapping) -> Option<Role> {
    let roles: &[Role] = match need.basis {
        Basis::Scores(_) => return Some(mapping.day_of_answers()),
        Basis::Satisfaction
        | Basis::FirstResponse
        | Basis::Resolution
        | Basis::Replied
        | Basis::Solved
        | Basis::ServiceLevels
        | Basis::Reopens
        | Basis::Backlog => &[Role::CreatedAt],
        Basis::Orders | Basis::Purchases | Basis::Histories => &[Role::OrderedAt],
        Basis::Deliveries => &[Role::PromisedAt, Role::RequestedAt],
        Basis::Activity => &[Role::OccurredAt],
        Basis::Renewals => &[Role::DueAt],
        Basis::Counts(Measure::Trials) => &[Role::TrialStartedAt],
        Basis::Counts(Measure::Projects) => &[Role::OccurredAt, Role::Month, Role::ActualEnd],
        Basis::Counts(Measure::Goals)
        | Basis::Ledger
        | Basis::Customers
        | Basis::Accounts
        | Basis::AccountRevenue
        | Basis::Referrals
        | Basis::Health
        | Basis::FirstValues
        | Basis::Typed => &[],
        Basis::Counts(_) if need.kind == Kind::Order => &[Role::OrderedAt],
        Basis::Counts(_) | Basis::Spend => &[Role::OccurredAt, Role::Month],
    };
    let has_column = |role: &&Role| mapping.column_of(**role).is_some();
    roles.iter().find(has_column).or(roles.first()).copied()
}

/// The header of the column that places the rows in time, where a question about it is open.
///
/// A figure over all rows does not depend on the answer and stands; its course over time does, and
/// is withheld. A figure of a chosen period, or up to a chosen day, waits for the answer.
pub fn undated(need: &Need, held: &Held, mapping: &Mapping) -> Option<String> {
    let column = mapping.column_of(day_role(need, mapping)?)?;
    let open = !mapping.columns.get(column)?.open.is_empty();
    open.then(|| {
        held.table
            .columns
            .get(column)
            .map(|column| column.name.clone())
    })
    .flatten()
}

/// Why no time can be measured although the needed roles have columns: times run from a day, and
/// the column of that day is asked about, or there is none.
pub fn nothing_to_measure(
    need: &Need,
    held: &Held,
    mapping: &Mapping,
    asked: bool,
) -> Option<Refusal> {
    if need.basis == Basis::Health && asked {
        return Some(Refusal::new(
            "no_measures",
            "No column measures how an account is doing, such as logins, open tickets or days since the last login.",
            "Give a column the role “measure” on the check page, or name the measures in the settings.",
        ));
    }
    if !matches!(need.basis, Basis::FirstResponse | Basis::Resolution) {
        return None;
    }
    if let Some(header) = undated(need, held, mapping) {
        return Some(question_open(&header));
    }
    let role = day_role(need, mapping)?;
    mapping
        .column_of(role)
        .is_none()
        .then(|| no_column_for(&[role]))
}

/// Whether facts are worth a figure that nobody asked for: one measure alone is no score, unless the
/// user named it.
pub fn tells_enough(subject: &Subject<'_>) -> bool {
    match subject {
        Subject::Health(health) => {
            let known = health.measures.len() + health.left_out.len();
            known > 1 || !health.choices.measures.is_empty() || health.open.is_some()
        }
        _ => true,
    }
}

/// Whether a column tells a promise of time, or whether it was kept.
pub fn tells_promises(mapping: &Mapping) -> bool {
    [Role::SlaMet, Role::SlaTargetMinutes]
        .into_iter()
        .any(|role| mapping.column_of(role).is_some())
}

/// Why nothing can be said about promises: neither a column nor a setting tells any.
pub fn nothing_promised(need: &Need, mapping: &Mapping, promises: &Promises) -> Option<Refusal> {
    let told = [Target::FirstResponse, Target::Resolution]
        .into_iter()
        .any(|target| promises.has(target));
    (need.basis == Basis::ServiceLevels && !told && !tells_promises(mapping)).then(|| {
        Refusal::new(
            "no_promise",
            "No column says whether a promise was kept or what was promised, and no setting does.",
            "Set the hours promised for a first reply or for a solution, by priority where they differ.",
        )
    })
}

/// Why nothing can be said about who left: subscriptions have a status, and no column says when they
/// ended, so every customer of the past would be one who stayed.
pub fn ends_unknown(kpi: &Kpi, need: &Need, mapping: &Mapping) -> Option<Refusal> {
    let is_dated = |role: Role| mapping.column_of(role).is_some();
    if kpi.family != "retention"
        || need.kind != Kind::Subscription
        || is_dated(Role::EndedAt)
        || is_dated(Role::CancelRequestedAt)
    {
        return None;
    }
    // Who has left is either marked and not dated, or not in the table at all.
    let has_status = is_dated(Role::Status);
    has_status.then(|| no_column_for(&[Role::EndedAt]))
}

/// Says that a second table is missing.
pub fn nothing_beside(beside: Beside) -> Refusal {
    match beside {
        Beside::Revenue => Refusal::new(
            "no_table_beside",
            "This needs a second table that says what customers pay over time.",
            "Add subscriptions, or revenue by customer and month.",
        ),
        Beside::Customers | Beside::CustomersIfAny | Beside::Nothing => Refusal::new(
            "no_table_beside",
            "This needs a second table that says when each customer began.",
            "Add subscriptions, or a list of customers with the day on which each began.",
        ),
    }
}

/// Says that the answer is waited for.
pub fn question_open(header: &str) -> Refusal {
    Refusal::new(
        "question_open",
        format!(
            "A question about the column “{header}” is open, and the answer changes the figure."
        ),
        "Answer it on the check page.",
    )
}

/// The refusal of a score column about which a question is open.
pub fn refused_by_question(job: &Job<'_>) -> Computed {
    let header = job
        .subject
        .column()
        .map_or("", |column| job.table.columns[column].name.as_str());
    let mut finding = compute::refused(job.kpi, &job.table.name, question_open(header));
    finding.column = Some(header.to_owned());
    finding.question = job.subject.asked().map(str::to_owned);
    Computed {
        finding,
        reasons: Vec::new(),
        step_rows: Vec::new(),
        reason_rows: None,
        accounts: Vec::new(),
    }
}

/// Asks which of these sheets counts.
pub fn which_sheet(sheets: Vec<String>) -> Question {
    Question {
        code: String::from("sheet"),
        column: None,
        role: None,
        count: Some(sheets.len() as u64),
        choices: sheets,
        asks: String::from("Which sheet of the workbook shall count?"),
        because: String::from("Several sheets hold a table, and one is read."),
        suggested: None,
        affects: Vec::new(),
    }
}

/// The refusal of everything while it is open which sheet counts.
pub fn sheet_open(mapping: &Mapping) -> Option<Refusal> {
    let open = mapping
        .questions
        .iter()
        .any(|question| question.code == "sheet");
    open.then(|| {
        Refusal::new(
            "question_open",
            "Several sheets of the workbook hold a table, and the one that counts is not chosen.",
            "Answer it on the check page.",
        )
    })
}
