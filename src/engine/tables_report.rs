//! How the tables were read and understood, as the report says it.

use super::base::Note;
use super::compute::left_out;
use super::facts::ColumnFaults;
use super::facts::health::Silent;
use super::fates::{self, Understood};
use super::held::Held;
use super::kpi;
use super::needs;
use super::report::{
    ColumnReport, DialectReport, FaultPlace, FaultReport, Question, RowCounts, TableReport,
};
use super::roles::{Kind, Mapping, Meaning, Nature, Role, vocabulary};
use super::rows;
use super::table::{Column, Format, Profile, Reason, Table};

/// The report of one table.
pub fn table(held: &Held, understood: &Understood) -> TableReport {
    let table = &held.table;
    let mapping = &understood.mapping;
    let fates = fates::in_file(&understood.rows, table.rows_per_record);
    let is_text = table.dialect.format == Format::Delimited;
    let text = |byte: Option<u8>| {
        byte.filter(|_| is_text)
            .map(|byte| char::from(byte).to_string())
    };
    let used = fates.iter().filter(|fate| **fate == Reason::Used).count() as u64;
    TableReport {
        name: table.name.clone(),
        kind: mapping.kinds.first().map(|kind| kind.id().to_owned()),
        kinds: if mapping.kinds.len() > 1 {
            mapping
                .kinds
                .iter()
                .map(|kind| kind.id().to_owned())
                .collect()
        } else {
            Vec::new()
        },
        dialect: DialectReport {
            encoding: table.dialect.encoding.to_owned(),
            format: table.dialect.format.id().to_owned(),
            sheet: table.sheet.clone(),
            delimiter: if is_text {
                table.dialect.written_delimiter()
            } else {
                String::new()
            },
            quote: text(table.dialect.quote),
            escape: text(table.dialect.escape),
            line_end: is_text.then(|| table.dialect.line_ends.id().to_owned()),
            header_rows: table.dialect.header_rows,
            sheets: held.sheet_names.clone(),
        },
        export: mapping.export.map(str::to_owned),
        rows: RowCounts {
            read: fates.len() as u64,
            used,
            left_out: left_out(fates.iter().copied().enumerate()),
        },
        columns: table
            .columns
            .iter()
            .zip(&held.profiles)
            .zip(&mapping.columns)
            .map(|((column, profile), meaning)| column_report(column, profile, meaning))
            .collect(),
        faults: understood
            .faults
            .iter()
            .filter_map(|faults| fault_report(table, faults))
            .collect(),
        questions: mapping
            .questions
            .iter()
            .map(|question| with_affected(question, held, mapping))
            .collect(),
    }
}

fn column_report(column: &Column, profile: &Profile, meaning: &Meaning) -> ColumnReport {
    ColumnReport {
        name: column.name.clone(),
        role: meaning.role.map(|role| role.id().to_owned()),
        question: meaning.question.map(|question| question.id().to_owned()),
        scale: meaning.scale,
        unit: meaning.unit,
        value_type: profile.value_type().to_owned(),
        confidence: meaning.confidence,
        because: if meaning.because.is_empty() {
            String::from("No header that we know fits")
        } else {
            meaning.because.clone()
        },
        format: format_of(profile, meaning),
        empty: profile.empty,
        unreadable: count_unreadable(column, profile, meaning),
        distinct: profile.distinct,
    }
}

fn format_of(profile: &Profile, meaning: &Meaning) -> Option<String> {
    use super::options::{DateOrder, Decimal};
    use super::table::profile::Settled;
    match meaning.role?.nature() {
        Nature::Date if meaning.open.is_empty() => match (profile.date_order(), meaning.date_order)
        {
            (Settled::Indifferent, _) => None,
            (_, DateOrder::DayFirst) => Some(String::from("day_first")),
            (_, DateOrder::MonthFirst) => Some(String::from("month_first")),
            (_, DateOrder::YearFirst) => Some(String::from("year_first")),
        },
        Nature::Number | Nature::Duration | Nature::Count if meaning.open.is_empty() => {
            match (profile.decimal(), meaning.decimal) {
                (Settled::Indifferent, _) => None,
                (_, Decimal::Point) => Some(String::from("decimal_point")),
                (_, Decimal::Comma) => Some(String::from("decimal_comma")),
            }
        }
        _ => None,
    }
}

/// How many cells of the column are filled and cannot be read in its role.
pub fn unreadable(held: &Held, understood: &Understood, column: usize) -> u64 {
    let cells = held.table.columns.get(column);
    let profile = held.profiles.get(column);
    let meaning = understood.mapping.columns.get(column);
    match (cells, profile, meaning) {
        (Some(cells), Some(profile), Some(meaning)) => count_unreadable(cells, profile, meaning),
        _ => 0,
    }
}

fn fault_report(table: &Table, faults: &ColumnFaults) -> Option<FaultReport> {
    /// How many places of a fault are named.
    const SAMPLE: usize = 5;
    // Rows of the file, whatever became of its columns.
    let per_record = table.rows_per_record.max(1);
    let mut rows: Vec<u32> = faults
        .rows
        .iter()
        .map(|row| row.div_euclid(per_record))
        .collect();
    rows.dedup();
    Some(FaultReport {
        column: table.columns.get(faults.column)?.name.clone(),
        code: faults.reason.code().to_owned(),
        count: faults.rows.len() as u64,
        expected: faults.expected.clone(),
        sample: rows
            .iter()
            .take(SAMPLE)
            .map(|row| FaultPlace {
                row: u64::from(*row) + 1,
                line: rows::read_back::line_of(table, *row),
            })
            .collect(),
    })
}

/// Whether every row that was read is used or left out.
pub fn reconciles(rows: &RowCounts) -> bool {
    let left_out: u64 = rows.left_out.iter().map(|left| left.count).sum();
    rows.read == rows.used + left_out
}

/// Says so where rows of the table do not add up. That is a fault of ours, and better told than
/// hidden.
pub fn not_reconciled(table: &TableReport) -> Option<Note> {
    (!reconciles(&table.rows)).then(|| {
        Note::new(
            "rows_do_not_reconcile",
            "The rows used and left out do not add up to the rows read; do not rely on these figures, and please report this.",
        )
        .in_table(&table.name)
    })
}

/// Cells that are filled and cannot be read in the column's role.
fn count_unreadable(column: &Column, profile: &Profile, meaning: &Meaning) -> u64 {
    let readable = match meaning.role.map(Role::nature) {
        Some(Nature::Date) if meaning.role == Some(Role::EndedAt) => {
            profile.moments() + vocabulary::count_going_on(column)
        }
        Some(Nature::Date) => profile.moments(),
        Some(Nature::Number) => profile.numbers(),
        Some(Nature::Duration) => profile.lengths(),
        Some(Nature::Count) => profile.numbers().max(profile.flags),
        _ => return 0,
    };
    profile.filled().saturating_sub(readable)
}

/// Roles of columns that a health score is made of.
const MEASURES: [Role; 6] = [
    Role::Measure,
    Role::Pulse,
    Role::LastActiveAt,
    Role::SeatsUsed,
    Role::SeatsPaid,
    Role::Score,
];

/// The question, with the KPIs that wait for its answer: those that read the column, those whose
/// course over time it places, and for kinds all that the kinds could give.
fn with_affected(question: &Question, held: &Held, mapping: &Mapping) -> Question {
    let role = question
        .role
        .as_deref()
        .and_then(Role::from_id)
        .or_else(|| {
            let name = question.column.as_deref()?;
            let columns = &held.table.columns;
            let place = columns.iter().position(|column| column.name == name)?;
            mapping.columns.get(place)?.role
        });
    let reads = |need: &kpi::definition::Need| {
        mapping.is(need.kind)
            && (needs::day_role(need, mapping).is_some_and(|day| Some(day) == role)
                || (need.basis == kpi::scope::Basis::Health
                    && role.is_some_and(|role| MEASURES.contains(&role)))
                || need
                    .roles
                    .iter()
                    .any(|group| group.iter().any(|needed| Some(*needed) == role)))
            && asks_for(need.basis, question, held, mapping)
    };
    let could = |need: &kpi::definition::Need| {
        question.code == "kind" && question.choices.iter().any(|kind| kind == need.kind.id())
            || question.code == "first_month" && need.kind == Kind::RevenueMonth
    };
    let affects = kpi::ALL
        .iter()
        .filter(|kpi| {
            let waits = |need: &kpi::definition::Need| reads(need) || could(need);
            question.code == "sheet" && kpi.needs.iter().any(|need| mapping.is(need.kind))
                || kpi.needs.iter().any(waits)
        })
        .map(|kpi| kpi.id.to_owned())
        .collect();
    Question {
        affects,
        ..question.clone()
    }
}

/// For scores: whether the question is about answers that the KPI rests on, or about what dates
/// them.
fn asks_for(basis: kpi::scope::Basis, question: &Question, held: &Held, mapping: &Mapping) -> bool {
    if basis == kpi::scope::Basis::ServiceLevels {
        return needs::tells_promises(mapping);
    }
    let kpi::scope::Basis::Scores(wanted) = basis else {
        return true;
    };
    if question.code == "role" && question.role.as_deref() == Some(Role::Score.id()) {
        // Any column may hold the answers to any question.
        return true;
    }
    let place = held
        .table
        .columns
        .iter()
        .position(|column| Some(column.name.as_str()) == question.column.as_deref());
    let meaning = place.and_then(|place| mapping.columns.get(place));
    if !mapping.by_question.is_empty() {
        return mapping.by_question.iter().any(|asked| {
            let of_dates = meaning.is_none_or(|meaning| meaning.role != Some(Role::Score));
            asked.question == wanted && (of_dates || asked.open.contains(&question.code.as_str()))
        });
    }
    match meaning {
        Some(meaning) if meaning.role == Some(Role::Score) => meaning.question == Some(wanted),
        _ => mapping
            .columns_of(Role::Score)
            .any(|place| mapping.columns[place].question == Some(wanted)),
    }
}

/// A note for figures that stand without their course over time, because the date of their rows is
/// asked about.
fn series_withheld(held: &Held, mapping: &Mapping) -> Option<Note> {
    let rated = mapping.column_of(Role::Satisfaction).is_some();
    let role = if mapping.is(Kind::Survey) && mapping.column_of(Role::Score).is_some() {
        mapping.day_of_answers()
    } else if mapping.is(Kind::Ticket) && rated {
        Role::CreatedAt
    } else {
        return None;
    };
    let column = mapping.column_of(role)?;
    let open = !mapping.columns.get(column)?.open.is_empty();
    let effect = "Figures over all rows stand; their course over time is not shown until the question about this date is answered.";
    open.then(|| {
        Note::new("series_withheld", effect)
            .in_table(&held.table.name)
            .in_column(&held.table.columns[column].name)
    })
}

/// Notes on times that the export itself says and that are not those between its dates.
fn times_disagree(held: &Held, understood: &Understood) -> Vec<Note> {
    let facts = &understood.facts;
    let beside = [
        (&facts.first_response, Role::FirstResponseMinutes),
        (&facts.resolution, Role::ResolutionMinutes),
    ];
    let told = beside.into_iter().filter_map(|(durations, role)| {
        let rows = &durations.as_ref()?.disagreeing;
        let first = *rows.first()?;
        let column = understood.mapping.column_of(role)?;
        let effect = "Times that are more than a minute away from the time between the two dates; the dates count, and the rule “as exported” takes the column.";
        let note = Note::new("times_disagree", effect)
            .in_table(&held.table.name)
            .in_column(&held.table.columns.get(column)?.name)
            .counted(rows.len() as u64);
        Some(match rows::read_back::line_of(&held.table, first) {
            Some(line) => note.from_line(line),
            None => note,
        })
    });
    told.collect()
}

/// Notes on columns that measure how accounts are doing and do not count.
fn silent_measures(held: &Held, understood: &Understood) -> Vec<Note> {
    let health = understood.facts.health.iter();
    let silent = health.flat_map(|health| &health.left_out);
    let told = silent.map(|(header, why)| {
        let note = match why {
            Silent::Constant => Note::new(
                "measure_constant",
                "All accounts have the same value, so it tells none from another and is left out of the health score.",
            ),
            Silent::Empty => Note::new(
                "measure_empty",
                "No account has a value that can be read, so it is left out of the health score.",
            ),
        };
        note.in_table(&held.table.name).in_column(header)
    });
    told.collect()
}

/// What the reader should know about the table.
pub fn notes(held: &Held, understood: &Understood) -> Vec<Note> {
    let table = &held.table;
    let mut notes = table.notes.clone();
    if held.sheet_names.len() > 1 {
        let effect = "The workbook has several sheets with a table; only the one that the table's dialect names was used.";
        notes.push(
            Note::new("sheet_chosen", effect)
                .in_table(&table.name)
                .counted(held.sheet_names.len() as u64),
        );
    }
    notes.extend(series_withheld(held, &understood.mapping));
    for ((column, profile), meaning) in table
        .columns
        .iter()
        .zip(&held.profiles)
        .zip(&understood.mapping.columns)
    {
        let count = count_unreadable(column, profile, meaning);
        if count > 0 {
            let effect = "Cells that cannot be read in the column's meaning; the rows are left out of figures that need them.";
            notes.push(
                Note::new("cells_unreadable", effect)
                    .in_table(&table.name)
                    .in_column(&column.name)
                    .counted(count),
            );
        }
    }
    if understood
        .facts
        .orders
        .as_ref()
        .is_some_and(|orders| orders.repeated)
    {
        let effect =
            "Every row of an order repeats the amount of the whole order; it was counted once.";
        notes.push(Note::new("amount_repeated", effect).in_table(&table.name));
    }
    notes.extend(times_disagree(held, understood));
    notes.extend(silent_measures(held, understood));
    if let Some(ledger) = &understood.facts.ledger {
        let remarks = ledger.remarks.iter();
        notes.extend(remarks.map(|remark| remark.note(&table.name)));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::report::LeftOut;

    #[test]
    fn counts_that_do_not_add_up_are_told() {
        let counts = |read| RowCounts {
            read,
            used: 3,
            left_out: vec![LeftOut {
                reason: String::from("duplicate"),
                count: 2,
                sample_rows: Vec::new(),
            }],
        };
        let table = |read| TableReport {
            export: None,
            name: String::from("t.csv"),
            kind: None,
            kinds: Vec::new(),
            dialect: DialectReport {
                encoding: String::new(),
                format: String::from("csv"),
                delimiter: String::new(),
                quote: None,
                escape: None,
                line_end: None,
                header_rows: 1,
                sheet: None,
                sheets: Vec::new(),
            },
            rows: counts(read),
            columns: Vec::new(),
            faults: Vec::new(),
            questions: Vec::new(),
        };
        assert_eq!(not_reconciled(&table(5)), None);
        let note = not_reconciled(&table(6)).unwrap();
        assert_eq!(note.code, "rows_do_not_reconcile");
        assert_eq!(note.table.as_deref(), Some("t.csv"));
    }
}
