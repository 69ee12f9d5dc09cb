//! The past of one account: what its rows tell, by day.

use super::query::Moment;
use super::source::{AsOf, Source};
use crate::engine::base::Date;
use crate::engine::facts::{NO_DAY, reading};
use crate::engine::roles::{Kind, Role};
use crate::engine::table::value::missing;

/// Characters of a cell that are shown.
const SHOWN: usize = 60;

/// An event of a kind of table: when it happened, what it is called, and the cells that tell more.
struct Told {
    kind: Kind,
    day: Role,
    event: &'static str,
    cells: &'static [Role],
}

const fn told(kind: Kind, day: Role, event: &'static str, cells: &'static [Role]) -> Told {
    Told {
        kind,
        day,
        event,
        cells,
    }
}

const TOLD: &[Told] = &[
    told(
        Kind::Survey,
        Role::RespondedAt,
        "answered",
        &[Role::Score, Role::Question],
    ),
    told(
        Kind::Ticket,
        Role::CreatedAt,
        "ticket_opened",
        &[Role::Ticket, Role::Priority, Role::Status],
    ),
    told(
        Kind::Ticket,
        Role::ResolvedAt,
        "ticket_solved",
        &[Role::Ticket, Role::Satisfaction],
    ),
    told(
        Kind::Subscription,
        Role::StartedAt,
        "began",
        &[Role::Plan, Role::Amount, Role::Currency],
    ),
    told(
        Kind::Subscription,
        Role::EndedAt,
        "ended",
        &[Role::Plan, Role::CancellationReason],
    ),
    told(
        Kind::RevenueMovement,
        Role::OccurredAt,
        "changed",
        &[Role::Movement, Role::Amount],
    ),
    told(
        Kind::Renewal,
        Role::DueAt,
        "renewal_due",
        &[Role::Outcome, Role::AmountDue],
    ),
    told(
        Kind::Order,
        Role::OrderedAt,
        "ordered",
        &[Role::Order, Role::Amount, Role::Currency],
    ),
    told(Kind::Account, Role::StartedAt, "began", &[Role::Plan]),
    told(
        Kind::Account,
        Role::EndedAt,
        "ended",
        &[Role::CancellationReason],
    ),
];

/// What happened to an account up to the day, the latest first. Use of the product is told by month.
pub fn of_account(source: &Source<'_>, account: u32, as_of: AsOf) -> Vec<Moment> {
    let rows: Vec<usize> = (0..source.of_rows.len())
        .filter(|row| source.of_rows[*row] == account)
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mapping = source.reading.mapping;
    let mut found = Vec::new();
    for told in TOLD.iter().filter(|told| mapping.is(told.kind)) {
        let day = if told.kind == Kind::Survey {
            mapping.day_of_answers()
        } else {
            told.day
        };
        let Some(moments) = source.reading.instants_of(day) else {
            continue;
        };
        let days = reading::days(&moments);
        let known = |row: &&usize| {
            days[**row] != NO_DAY && (told.day == Role::DueAt || as_of.knows(days[**row]))
        };
        let moments = rows.iter().filter(known);
        found.extend(moments.map(|row| Moment {
            day: Date(days[*row]),
            table: source.reading.table.name.clone(),
            row: *row as u64 + 1,
            event: told.event.to_owned(),
            says: says(source, *row, told.cells),
            rows: 1,
        }));
    }
    found.extend(used(source, &rows, as_of));
    found
}

/// Months in which the account used the product, with the days on which it did.
fn used(source: &Source<'_>, rows: &[usize], as_of: AsOf) -> Vec<Moment> {
    let mapping = source.reading.mapping;
    let moments = source.reading.instants_of(Role::OccurredAt);
    let Some(moments) = moments.filter(|_| mapping.is(Kind::Event)) else {
        return Vec::new();
    };
    let days = reading::days(&moments);
    let mut seen: Vec<(i32, usize)> = rows
        .iter()
        .map(|row| (days[*row], *row))
        .filter(|(day, _)| as_of.knows(*day))
        .collect();
    seen.sort_unstable();
    let month = |day: i32| Date(day).first_of_month();
    seen.chunk_by(|a, b| month(a.0) == month(b.0))
        .map(|rows| {
            let different = 1 + rows.windows(2).filter(|two| two[0].0 != two[1].0).count();
            Moment {
                day: Date(rows[rows.len() - 1].0),
                table: source.reading.table.name.clone(),
                row: rows[0].1 as u64 + 1,
                event: String::from("used"),
                says: different.to_string(),
                rows: rows.len() as u64,
            }
        })
        .collect()
}

/// The cells of some roles in a row, short and parted by commas.
fn says(source: &Source<'_>, row: usize, roles: &[Role]) -> String {
    let table = source.reading.table;
    let cells = roles.iter().filter_map(|role| {
        let column = source.reading.mapping.column_of(*role)?;
        let text = table.columns[column].cells.text(row);
        let text = text.trim();
        (!missing::is_missing(text)).then(|| text.chars().take(SHOWN).collect::<String>())
    });
    cells.collect::<Vec<String>>().join(", ")
}
