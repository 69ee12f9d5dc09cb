//! Choices that nothing matches: ids that no KPI has, columns that no table has. They change no
//! figure, and who made them must not take a figure for one that they shaped.

use serde_json::Value;

use super::base::Note;
use super::fates;
use super::held::Held;
use super::kpi::definition::{Kpi, Takes};
use super::kpi::registry;
use super::options::{ColumnChoice, Options, TableMapping};
use super::roles::{Kind, Role};
use super::value_groups;

/// A note for each choice that was left aside. `held`: the tables of the run, as they are read.
pub fn notes(options: &Options, held: &[Held]) -> Vec<Note> {
    let mut notes = of_kpis(options);
    notes.extend(of_settings(options));
    notes.extend(of_columns(options, held));
    for (name, choices) in &options.mapping {
        match held.iter().find(|one| one.table.name == *name) {
            Some(one) => notes.extend(of_mapping(one, choices)),
            None => notes.push(
                Note::new(
                    "mapping_table_unknown",
                    "No table of this name is loaded: what was said of its columns was not used.",
                )
                .in_table(name),
            ),
        }
    }
    notes
}

/// Of ids of KPIs and of their rules.
fn of_kpis(options: &Options) -> Vec<Note> {
    let ids = options.kpis.iter().map(String::as_str);
    let keyed = options.targets.keys().chain(options.precision.keys());
    let keyed = keyed.chain(options.variants.keys()).map(String::as_str);
    let mut unknown: Vec<&str> = ids.chain(keyed).collect();
    unknown.retain(|id| registry::find(id).is_none());
    unknown.sort_unstable();
    unknown.dedup();
    let mut notes: Vec<Note> = unknown.into_iter().map(no_kpi).collect();
    for (id, rule) in &options.variants {
        let Some(kpi) = registry::find(id) else {
            continue;
        };
        if !kpi.rules.iter().any(|own| own.id == rule) {
            notes.push(Note::new(
                "variant_unknown",
                format!(
                    "{} ({id}) has no rule “{rule}”: its usual one was used.",
                    kpi.name
                ),
            ));
        }
    }
    notes
}

fn no_kpi(id: &str) -> Note {
    let meant = registry::ALL.iter().find(|kpi| {
        let short = kpi
            .short
            .is_some_and(|short| short.eq_ignore_ascii_case(id));
        short || kpi.name.eq_ignore_ascii_case(id)
    });
    let hint = meant.map_or_else(
        || String::from("The manual lists the ids."),
        |kpi| format!("Write {} for {}.", kpi.id, kpi.name),
    );
    Note::new(
        "kpi_unknown",
        format!("No KPI has the id “{id}”: what was chosen for it was not used. {hint}"),
    )
}

/// Of parameters of KPIs. Those of groups of customers and of the ledger are refused where they are
/// read.
fn of_settings(options: &Options) -> Vec<Note> {
    let set = options
        .settings
        .iter()
        .filter(|(_, value)| !value.is_null());
    set.filter(|(name, _)| !name.starts_with(value_groups::choices::PREFIX))
        .filter_map(|(name, value)| match known(name) {
            None => Some(Note::new(
                "setting_unknown",
                format!("“{name}” is no setting of a KPI: it was not used. The manual lists them."),
            )),
            Some(takes) if !fits(&takes, value) => Some(Note::new(
                "setting_not_used",
                format!(
                    "{name} takes {}: what was given was not used.",
                    wanted(&takes)
                ),
            )),
            Some(_) => None,
        })
        .collect()
}

/// What the setting with this full name takes.
fn known(name: &str) -> Option<Takes> {
    let of_kpi = registry::ALL.iter().find_map(|kpi: &&Kpi| {
        let own = name.strip_prefix(kpi.id)?.strip_prefix('.')?;
        kpi.settings.iter().find(|it| it.name == own)
    });
    of_kpi.map(|setting| setting.takes).or_else(|| {
        let own = name.strip_prefix(super::facts::ledger::choices::PREFIX)?;
        let mut of_ledger = super::facts::ledger::choices::SETTINGS.iter();
        let setting = of_ledger.find(|it| it.name == own)?;
        Some(Takes::OneOf(setting.values))
    })
}

fn fits(takes: &Takes, value: &Value) -> bool {
    match takes {
        Takes::Number => value.as_f64().is_some_and(f64::is_finite),
        Takes::Words => value.is_string() || value.is_array(),
        Takes::NumberByName => value.is_object(),
        Takes::Objects => value.is_array(),
        Takes::OneOf(values) => values.iter().any(|(id, _)| value == id),
    }
}

fn wanted(takes: &Takes) -> String {
    match takes {
        Takes::Number => String::from("a number"),
        Takes::Words => String::from("a list of names"),
        Takes::NumberByName => String::from("a number for each name"),
        Takes::Objects => String::from("a list of objects"),
        Takes::OneOf(values) => {
            let ids: Vec<&str> = values.iter().map(|(id, _)| *id).collect();
            format!("one of {}", ids.join(", "))
        }
    }
}

/// Of the columns by which figures are split and rows are kept.
fn of_columns(options: &Options, held: &[Held]) -> Vec<Note> {
    let is_known = |name: &str| held.iter().any(|one| fates::column(one, name).is_some());
    let segment = options.segment.as_deref().filter(|name| !is_known(name));
    let segment = segment.map(|name| {
        Note::new(
            "segment_unknown",
            format!("No table has a column “{name}”: the figures are not split."),
        )
    });
    let filters = options.filter.iter().filter(|it| !is_known(&it.column));
    let filters = filters.map(|filter| {
        Note::new(
            "filter_unknown",
            format!(
                "No table has a column “{}”: the filter was not used, and all rows count.",
                filter.column
            ),
        )
    });
    segment.into_iter().chain(filters).collect()
}

/// Of the meanings given to a table and its columns.
fn of_mapping(one: &Held, choices: &TableMapping) -> Vec<Note> {
    let mut notes = Vec::new();
    let kinds = choices.kind.iter().flat_map(|kinds| kinds.all());
    for id in kinds.filter(|id| Kind::from_id(id).is_none()) {
        let says = format!("There is no kind of table “{id}”: it was not used.");
        notes.push(Note::new("mapping_kind_unknown", says).in_table(&one.table.name));
    }
    for (header, choice) in &choices.columns {
        let role = match choice {
            Some(ColumnChoice::Role(id)) => id.as_str(),
            Some(ColumnChoice::Use(column_use)) => column_use.role.as_str(),
            None => "",
        };
        // Columns of months that became rows are no longer there under their headers.
        if one.table.rows_per_record == 1 && one.table.find(header).is_none() {
            let says = "The table has no such column: what was said of it was not used.";
            let note = Note::new("mapping_column_unknown", says);
            notes.push(note.in_table(&one.table.name).in_column(header));
        } else if !role.is_empty() && Role::from_id(role).is_none() {
            let says = format!("There is no role “{role}”: the column was left without one.");
            let note = Note::new("mapping_role_unknown", says);
            notes.push(note.in_table(&one.table.name).in_column(header));
        }
    }
    notes
}
