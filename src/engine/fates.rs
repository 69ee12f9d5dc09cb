//! What became of the rows of a table: used by some finding, or left out and why.

use std::borrow::Cow;

use super::compute::{self, Computed, Remembered};
use super::facts::{ColumnFaults, Facts, Frame, LastDays};
use super::held::Held;
use super::kpi::definition::Kpi;
use super::kpi::scope::Subject;
use super::needs;
use super::options::{Options, TableMapping};
use super::report::Finding;
use super::roles::{Kind, Mapping};
use super::table::{Reason, Table};

/// A table as this run understands it.
#[derive(Debug)]
pub struct Understood {
    /// The sheet of a workbook that it stands on.
    pub sheet: Option<String>,
    /// What the user said of it.
    pub choices: TableMapping,
    /// The last days in its dates.
    pub last_days: LastDays,
    /// What it means.
    pub mapping: Mapping,
    /// What it holds.
    pub facts: Facts,
    /// Marks of the rows that the filters keep; absent without filters.
    pub kept: Option<Vec<bool>>,
    /// The segment column.
    pub segment: Option<usize>,
    /// For each row, that some finding used it, or why it is left out.
    pub rows: Vec<Reason>,
    /// Cells that cannot be read in their column's meaning.
    pub faults: Vec<ColumnFaults>,
}

/// The column that a name means in this table: `column` or `table.column`.
pub fn column(held: &Held, name: &str) -> Option<usize> {
    let within = name
        .strip_prefix(held.table.name.as_str())
        .and_then(|rest| rest.strip_prefix('.'));
    within
        .and_then(|name| held.table.find(name))
        .or_else(|| held.table.find(name))
}

/// Marks the rows that pass every filter whose column the table has.
pub fn kept(held: &Held, options: &Options) -> Option<Vec<bool>> {
    let mut marks: Option<Vec<bool>> = None;
    for filter in &options.filter {
        let Some(column) = column(held, &filter.column) else {
            continue;
        };
        let keys = held.table.columns[column].keys();
        let wanted: Vec<bool> = keys
            .texts
            .texts()
            .map(|text| filter.is.iter().any(|is| is.trim() == text.trim()))
            .collect();
        let marks = marks.get_or_insert_with(|| vec![true; held.table.rows as usize]);
        for (mark, code) in marks.iter_mut().zip(keys.codes.iter()) {
            *mark &= wanted[*code as usize];
        }
    }
    marks
}

/// Whether any finding used each row, else why the first finding that used others left it out.
///
/// A finding without any row, such as satisfaction where nobody answered, says nothing about a
/// single one; it is heard only where no finding has rows.
pub fn row_fates<'a>(
    table: &Table,
    understood: &Understood,
    findings: impl Iterator<Item = &'a Computed>,
) -> Vec<Reason> {
    let nothing = if understood.mapping.kinds.is_empty() {
        Reason::KindUnknown
    } else {
        Reason::NoFinding
    };
    let mut fates: Option<Vec<Reason>> = None;
    let (with_rows, without_rows): (Vec<&Computed>, Vec<&Computed>) = findings
        .filter(|computed| !computed.reasons.is_empty())
        .partition(|computed| computed.reasons.contains(&Reason::Used));
    for computed in with_rows.into_iter().chain(without_rows) {
        match &mut fates {
            None => fates = Some(computed.reasons.clone()),
            Some(fates) => {
                for (fate, reason) in fates.iter_mut().zip(&computed.reasons) {
                    // That a row answers another question says nothing about the row itself.
                    let counts = matches!(
                        (*reason, *fate),
                        (Reason::Used, _) | (_, Reason::OtherQuestion)
                    );
                    *fate = if counts { *reason } else { *fate };
                }
            }
        }
    }
    fates.unwrap_or_else(|| {
        let mut fates = vec![nothing; table.rows as usize];
        // What reading left out is left out for that, whatever the table is.
        for (row, reason) in &table.spoilt {
            if let Some(fate) = fates.get_mut(*row as usize) {
                *fate = *reason;
            }
        }
        fates
    })
}

/// The finding with the rows of the file that other findings use and it does not.
/// `per_record`: rows of the table for each row of the file.
pub fn with_left_out(
    computed: Computed,
    table: Option<(usize, &Understood)>,
    per_record: u32,
    remembered: &Remembered,
) -> Finding {
    let mut finding = computed.finding;
    if let Some((place, understood)) = table {
        let find = || {
            let fates = in_file(&understood.rows, per_record);
            let reasons = in_file(&computed.reasons, per_record);
            let others = reasons
                .iter()
                .copied()
                .enumerate()
                .zip(fates.iter())
                .filter(|(_, fate)| **fate == Reason::Used);
            compute::left_out(others.map(|(reason, _)| reason))
        };
        let fates = (understood.rows.as_slice(), !computed.reasons.is_empty());
        finding.left_out = remembered.left_out((place, &finding), fates, find);
    }
    finding
}

/// Why each row is left out by one finding, worked out again; absent where this table has no such
/// finding, or where it was refused before any row was looked at.
///
/// `score`: the score column by its header, in a long survey perhaps with the question behind it,
/// as in `answer/How likely …?`. Without the question it is the first one of the column.
pub fn of_finding(
    held: &Held,
    understood: &Understood,
    frame: &Frame,
    (kpi, score): (&'static Kpi, Option<&str>),
) -> Option<Vec<Reason>> {
    let mapping = &understood.mapping;
    if mapping.is(Kind::Figures) {
        let facts = Facts::from_table(&held.table, mapping, frame);
        return Some(compute::results::reasons(facts.results.as_ref()?, kpi));
    }
    let needs = needs::of_kind(kpi, mapping);
    let need = needs
        .into_iter()
        .find(|need| needs::has_roles(need, mapping))?;
    if needs::open_question(need, held, mapping).is_some() {
        return None;
    }
    let facts = Facts::from_table(&held.table, mapping, frame);
    let subjects = Subject::all(&facts, need.basis);
    let header = |subject: &Subject<'_>| {
        let column = held.table.columns.get(subject.column()?)?;
        Some(column.name.clone())
    };
    let asked = |subject: &Subject<'_>| {
        let header = header(subject)?;
        Some(match subject.asked() {
            Some(question) => format!("{header}/{question}"),
            None => header,
        })
    };
    let subject = match score {
        None => subjects.first(),
        Some(score) => subjects
            .iter()
            .find(|subject| asked(subject).as_deref() == Some(score))
            .or_else(|| {
                subjects
                    .iter()
                    .find(|subject| header(subject).as_deref() == Some(score))
            }),
    }?;
    (!subject.is_open()).then(|| compute::reasons_of(*subject, understood.kept.as_deref()))
}

/// What became of each row of the file: it is used if any row that was made of it is.
pub fn in_file(fates: &[Reason], per_record: u32) -> Cow<'_, [Reason]> {
    if per_record <= 1 {
        return Cow::Borrowed(fates);
    }
    let fate = |rows: &[Reason]| {
        let used = rows.iter().find(|fate| **fate == Reason::Used);
        used.or(rows.first()).copied().unwrap_or(Reason::Used)
    };
    Cow::Owned(fates.chunks(per_record as usize).map(fate).collect())
}
