//! What is held between runs: the tables as read, and how they were read.

use std::cell::OnceCell;

use super::base::Error;
use super::ingest::ReadingChoices;
use super::ingest::format::shortened;
use super::options::Options;
use super::protocol::{Preview, Source};
use super::table::{Profile, Table};

/// A table that is held between runs.
#[derive(Debug)]
pub struct Held {
    /// The table.
    pub table: Table,
    /// What its columns look like; one by one, as far as they were looked at.
    pub profiles: Vec<Profile>,
    /// Further sheets of the same workbook that hold a table.
    pub sheets: Vec<Table>,
    /// The names of all sheets that hold a table, in the workbook's order; empty where there is
    /// only one table.
    pub sheet_names: Vec<String>,
    /// The source that it was read from, by its place in the request that opened it.
    pub source: usize,
    /// How the source was asked to be read.
    pub choices: ReadingChoices,
    /// What the user sees of the table, once a run has told it.
    seen: OnceCell<Preview>,
}

impl Held {
    /// Holds the first of the tables of a source; absent where there is none.
    pub fn new(source: usize, choices: ReadingChoices, tables: Vec<Table>) -> Option<Self> {
        let sheet_names = if tables.len() > 1 {
            tables
                .iter()
                .filter_map(|table| table.sheet.clone())
                .collect()
        } else {
            Vec::new()
        };
        let mut tables = tables.into_iter();
        Some(Self {
            sheet_names,
            table: tables.next()?,
            profiles: Vec::new(),
            sheets: tables.collect(),
            source,
            choices,
            seen: OnceCell::new(),
        })
    }

    /// Uses this sheet from now on. Gives whether there is one of this name.
    pub fn use_sheet(&mut self, name: &str) -> bool {
        let is = |table: &Table| table.sheet.as_deref() == Some(name);
        if is(&self.table) {
            return true;
        }
        let Some(place) = self.sheets.iter().position(is) else {
            return false;
        };
        if let Some(sheet) = self.sheets.get_mut(place) {
            std::mem::swap(&mut self.table, sheet);
            self.profiles.clear();
            self.seen = OnceCell::new();
        }
        true
    }
}

/// Uses the sheets that the choices name; where there is none of that name, nothing is changed.
///
/// # Errors
/// `sheet_unknown`.
pub fn use_sheets(held: &mut [Held], options: &Options) -> Result<(), Error> {
    let wanted = |one: &Held| {
        let mapping = options.mapping.get(&one.table.name)?;
        mapping.sheet.clone()
    };
    for one in held.iter() {
        if let Some(name) = wanted(one)
            && !one.sheet_names.is_empty()
            && !one.sheet_names.contains(&name)
        {
            return Err(Error::new(
                "sheet_unknown",
                format!(
                    "The workbook has no sheet of this name that holds a table: {}",
                    shortened(&name)
                ),
                "Choose one of the sheets that the report lists.",
            ));
        }
    }
    for one in held {
        if let Some(name) = wanted(one) {
            one.use_sheet(&name);
        }
    }
    Ok(())
}

/// The sources of the tables that are held.
#[derive(Debug, Default)]
pub struct HeldSources {
    /// The run that opened them.
    pub run: u32,
    /// The sources, in the order of that request.
    pub sources: Vec<Source>,
    /// Their bytes, as far as they were read.
    pub bytes: f64,
}

/// The first rows of a table, and the values that its columns hold, for the eyes of the user.
pub fn preview(held: &Held) -> Preview {
    held.seen.get_or_init(|| preview_of(held)).clone()
}

fn preview_of(held: &Held) -> Preview {
    const MOST_VALUES: usize = 50;
    let table = &held.table;
    Preview {
        table: table.name.clone(),
        header: table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
        rows: table.preview.clone(),
        values: table
            .columns
            .iter()
            .zip(&held.profiles)
            .map(|(column, profile)| {
                if profile.distinct.is_none_or(|distinct| distinct > 200) {
                    return Vec::new();
                }
                let keys = column.keys();
                let mut counts = vec![0_u64; keys.texts.len()];
                for code in keys.codes.iter() {
                    counts[*code as usize] += 1;
                }
                let mut order: Vec<usize> =
                    (1..counts.len()).filter(|code| counts[*code] > 0).collect();
                order.sort_by(|a, b| counts[*b].cmp(&counts[*a]));
                order
                    .into_iter()
                    .take(MOST_VALUES)
                    .map(|code| keys.texts.text(code as u32).into_owned())
                    .collect()
            })
            .collect(),
    }
}
