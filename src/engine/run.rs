//! A run: from the tables that are held to a report, one slice of work at a time.

use super::base::{Error, Note, Refusal};
use super::compute::{self, Computed, Job};
use super::facts::{self, Facts, Frame};
use super::kpi::definition::{Expected, Kpi, Need};
use super::kpi::scope::Subject;
use super::kpi::{self, registry};
use super::options::{Options, TableMapping};
use super::protocol::Event;
use super::report::{Finding, Report, SCHEMA};
use super::roles::{Mapping, detect};
use super::session::{Held, preview};
use super::table::{Profile, Reason};
use super::tables_report;

/// A table as this run understands it.
#[derive(Debug)]
pub struct Understood {
    /// What it means.
    pub mapping: Mapping,
    /// What it holds.
    pub facts: Facts,
    /// Marks of the rows that the filters keep; absent without filters.
    kept: Option<Vec<bool>>,
    /// The segment column.
    segment: Option<usize>,
    /// For each row, why the first finding left it out, or that some finding used it.
    pub rows: Vec<Reason>,
}

/// One run at work.
#[derive(Debug)]
pub struct Run {
    number: u32,
    options: Options,
    frame: Frame,
    tables: Vec<Understood>,
    todo: Vec<(usize, &'static Kpi)>,
    done: usize,
    findings: Vec<(usize, Computed)>,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Profile(usize),
    Map,
    Facts(usize),
    Compute,
}

impl Run {
    /// A run under these choices.
    ///
    /// # Errors
    /// Where a choice cannot be followed, whatever the data.
    pub fn new(number: u32, options: Options) -> Result<Self, Error> {
        let options = options.resolved();
        let zone_minutes = match options.timezone.as_deref() {
            None => 0,
            Some(zone) => zone_minutes(zone).ok_or_else(|| {
                Error::new(
                    "timezone_unsupported",
                    "The time zone is not UTC or an offset such as +02:00.",
                    "Give the offset from UTC.",
                )
            })?,
        };
        Ok(Self {
            number,
            frame: Frame {
                zone_minutes,
                as_of: options.as_of,
                currency: options
                    .currency
                    .as_deref()
                    .and_then(super::table::value::money::named),
            },
            options,
            tables: Vec::new(),
            todo: Vec::new(),
            done: 0,
            findings: Vec::new(),
            stage: Stage::Profile(0),
        })
    }

    /// Does one slice of work on the tables.
    pub fn step(&mut self, held: &mut [Held], unread: &[Note]) -> Event {
        match self.stage {
            Stage::Profile(at) => match held.get_mut(at) {
                Some(one) => {
                    if one.profiles.is_empty() {
                        one.profiles = one.table.columns.iter().map(Profile::of).collect();
                    }
                    self.stage = Stage::Profile(at + 1);
                }
                None => self.stage = Stage::Map,
            },
            Stage::Map => {
                self.understand(held);
                self.stage = Stage::Facts(0);
            }
            Stage::Facts(at) => {
                if let (Some(one), Some(understood)) = (held.get(at), self.tables.get_mut(at)) {
                    understood.facts =
                        Facts::from_table(&one.table, &understood.mapping, self.frame);
                    self.stage = Stage::Facts(at + 1);
                } else {
                    self.todo = self.plan();
                    self.stage = Stage::Compute;
                }
            }
            Stage::Compute => match self.todo.get(self.done).copied() {
                Some((table, kpi)) => {
                    self.done += 1;
                    self.compute(held, table, kpi);
                }
                None => return self.finish(held, unread),
            },
        }
        self.progress(held)
    }

    fn progress(&self, held: &[Held]) -> Event {
        let rows: u64 = held.iter().map(|one| u64::from(one.table.rows)).sum();
        Event::Progress {
            run: self.number,
            bytes_read: 0.0,
            bytes_total: 0.0,
            rows_read: rows as f64,
        }
    }

    fn understand(&mut self, held: &[Held]) {
        let none = TableMapping::default();
        for one in held {
            let choices = self.options.mapping.get(&one.table.name).unwrap_or(&none);
            let mapping = detect::understand(&one.table, &one.profiles, choices);
            if self.options.as_of.is_none() {
                self.frame.as_of = self.frame.as_of.max(facts::last_day(
                    &one.table,
                    &mapping,
                    self.frame.zone_minutes,
                ));
            }
            self.tables.push(Understood {
                kept: kept(one, &self.options),
                segment: self
                    .options
                    .segment
                    .as_deref()
                    .and_then(|name| column(one, name)),
                mapping,
                facts: Facts::default(),
                rows: Vec::new(),
            });
        }
    }

    /// Every wanted KPI on every table of a kind that it needs.
    fn plan(&self) -> Vec<(usize, &'static Kpi)> {
        let wanted = |kpi: &Kpi| {
            self.options.kpis.is_empty() || self.options.kpis.iter().any(|id| id == kpi.id)
        };
        let mut plan = Vec::new();
        for kpi in kpi::ALL.iter().copied().filter(|kpi| wanted(kpi)) {
            for (place, table) in self.tables.iter().enumerate() {
                if kpi.needs.iter().any(|need| table.mapping.is(need.kind)) {
                    plan.push((place, kpi));
                }
            }
        }
        plan
    }

    fn compute(&mut self, held: &[Held], place: usize, kpi: &'static Kpi) {
        let (Some(one), Some(understood)) = (held.get(place), self.tables.get(place)) else {
            return;
        };
        let mapping = &understood.mapping;
        let needs: Vec<&Need> = kpi
            .needs
            .iter()
            .filter(|need| mapping.is(need.kind))
            .collect();
        let Some(need) = needs.iter().find(|need| has_roles(need, mapping)) else {
            let asked = self.options.kpis.iter().any(|id| id == kpi.id);
            if let Some(need) = needs
                .iter()
                .find(|need| asked || need.expected == Expected::Usually)
            {
                self.refuse(place, kpi, &one.table.name, missing_role(need, mapping));
            }
            return;
        };
        if let Some(header) = open_question(need, one, mapping) {
            self.refuse(place, kpi, &one.table.name, question_open(&header));
            return;
        }
        let computed: Vec<Computed> = Subject::all(&understood.facts, need.basis)
            .into_iter()
            .map(|subject| {
                let open = subject
                    .column()
                    .is_some_and(|column| !mapping.columns[column].open.is_empty());
                let job = Job {
                    kpi,
                    subject,
                    basis: need.basis,
                    table: &one.table,
                    kept: understood.kept.as_deref(),
                    segment: understood.segment,
                    frame: self.frame,
                    options: &self.options,
                };
                if open {
                    refused_by_question(&job)
                } else {
                    compute::compute(&job)
                }
            })
            .collect();
        self.findings
            .extend(computed.into_iter().map(|computed| (place, computed)));
    }

    fn refuse(&mut self, place: usize, kpi: &Kpi, table: &str, refusal: Refusal) {
        let finding = compute::refused(kpi, table, refusal);
        self.findings.push((
            place,
            Computed {
                finding,
                reasons: Vec::new(),
            },
        ));
    }

    fn finish(&mut self, held: &[Held], unread: &[Note]) -> Event {
        for (place, understood) in self.tables.iter_mut().enumerate() {
            let rows = held.get(place).map_or(0, |one| one.table.rows as usize);
            understood.rows = row_fates(
                rows,
                understood,
                self.findings
                    .iter()
                    .filter(|(at, _)| *at == place)
                    .map(|(_, c)| c),
            );
        }
        let findings = std::mem::take(&mut self.findings)
            .into_iter()
            .map(|(place, computed)| with_left_out(computed, self.tables.get(place)))
            .chain(self.unsupported())
            .collect();
        let report = Report {
            schema: SCHEMA,
            kept: String::from(env!("CARGO_PKG_VERSION")),
            as_of: self.frame.as_of,
            timezone: self
                .options
                .timezone
                .clone()
                .unwrap_or_else(|| String::from("UTC")),
            currency: self.currency(),
            tables: held
                .iter()
                .zip(&self.tables)
                .map(|(one, understood)| tables_report::table(one, understood))
                .collect(),
            findings,
            accounts: Vec::new(),
            notes: unread
                .iter()
                .cloned()
                .chain(
                    held.iter()
                        .zip(&self.tables)
                        .flat_map(|(one, u)| tables_report::notes(one, u)),
                )
                .collect(),
        };
        match serde_json::to_string(&report) {
            Ok(report) => Event::Finished {
                run: self.number,
                report,
                previews: held.iter().map(preview).collect(),
            },
            Err(_) => Event::Failed {
                run: self.number,
                error: Error::new(
                    "report_unwritable",
                    "The report could not be written.",
                    "Please report this as a fault of Kept.",
                ),
            },
        }
    }

    /// Refusals for KPIs that were asked for and that no table supports.
    fn unsupported(&self) -> Vec<Finding> {
        self.options
            .kpis
            .iter()
            .filter_map(|id| registry::find(id))
            .filter(|kpi| {
                !self
                    .tables
                    .iter()
                    .any(|table| kpi.needs.iter().any(|need| table.mapping.is(need.kind)))
            })
            .map(|kpi| {
                let kinds: Vec<&str> = kpi.needs.iter().map(|need| need.kind.id()).collect();
                let refusal = Refusal::new(
                    "no_table",
                    format!(
                        "No table holds what this needs: a table of the kind {}.",
                        kinds.join(" or ")
                    ),
                    "Add such a table, or say on the check page what the table is.",
                );
                compute::refused(kpi, "", refusal)
            })
            .collect()
    }

    fn currency(&self) -> Option<String> {
        let found = self.tables.iter().find_map(|table| {
            let ledger = table
                .facts
                .ledger
                .as_ref()
                .and_then(|ledger| ledger.currencies.first());
            ledger.or_else(|| {
                table
                    .facts
                    .orders
                    .as_ref()
                    .and_then(|orders| orders.currencies.first())
            })
        });
        found.cloned().or_else(|| self.options.currency.clone())
    }
}

/// Minutes east of UTC of `UTC`, `Z` or an offset such as `+02:00`.
fn zone_minutes(zone: &str) -> Option<i32> {
    if zone.eq_ignore_ascii_case("utc") || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let stamp =
        super::table::value::date::parse_iso(format!("2000-01-01T00:00:00{zone}").as_bytes())?;
    stamp.offset_minutes
}

/// The column that a name means in this table: `column` or `table.column`.
fn column(held: &Held, name: &str) -> Option<usize> {
    let within = name
        .strip_prefix(held.table.name.as_str())
        .and_then(|rest| rest.strip_prefix('.'));
    within
        .and_then(|name| held.table.find(name))
        .or_else(|| held.table.find(name))
}

/// Marks the rows that pass every filter whose column the table has.
fn kept(held: &Held, options: &Options) -> Option<Vec<bool>> {
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

fn has_roles(need: &Need, mapping: &Mapping) -> bool {
    need.roles
        .iter()
        .all(|group| group.iter().any(|role| mapping.column_of(*role).is_some()))
}

fn missing_role(need: &Need, mapping: &Mapping) -> Refusal {
    let missing = need
        .roles
        .iter()
        .find(|group| !group.iter().any(|role| mapping.column_of(*role).is_some()));
    let names: Vec<String> = missing.map_or_else(Vec::new, |group| {
        group
            .iter()
            .map(|role| format!("“{}”", role.name()))
            .collect()
    });
    Refusal::new(
        "role_missing",
        format!("No column was taken for {}.", names.join(" or ")),
        "If one of the columns holds it, say so on the check page; else add it to the export.",
    )
}

/// The header of a needed column about which a question is open. Scores are looked at one by one.
fn open_question(need: &Need, held: &Held, mapping: &Mapping) -> Option<String> {
    use super::roles::Role;
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

fn question_open(header: &str) -> Refusal {
    Refusal::new(
        "question_open",
        format!(
            "A question about the column “{header}” is open, and the answer changes the figure."
        ),
        "Answer it on the check page.",
    )
}

fn refused_by_question(job: &Job<'_>) -> Computed {
    let header = job
        .subject
        .column()
        .map_or("", |column| job.table.columns[column].name.as_str());
    let mut finding = compute::refused(job.kpi, &job.table.name, question_open(header));
    finding.column = Some(header.to_owned());
    Computed {
        finding,
        reasons: Vec::new(),
    }
}

/// Whether any finding used each row, else why the first finding left it out.
fn row_fates<'a>(
    rows: usize,
    understood: &Understood,
    findings: impl Iterator<Item = &'a Computed>,
) -> Vec<Reason> {
    let nothing = if understood.mapping.kinds.is_empty() {
        Reason::KindUnknown
    } else {
        Reason::NoFinding
    };
    let mut fates: Option<Vec<Reason>> = None;
    for computed in findings.filter(|computed| !computed.reasons.is_empty()) {
        match &mut fates {
            None => fates = Some(computed.reasons.clone()),
            Some(fates) => {
                for (fate, reason) in fates.iter_mut().zip(&computed.reasons) {
                    if *reason == Reason::Used {
                        *fate = Reason::Used;
                    }
                }
            }
        }
    }
    fates.unwrap_or_else(|| vec![nothing; rows])
}

fn with_left_out(computed: Computed, understood: Option<&Understood>) -> Finding {
    let mut finding = computed.finding;
    if let Some(understood) = understood {
        let others = computed
            .reasons
            .iter()
            .zip(&understood.rows)
            .filter(|(_, fate)| **fate == Reason::Used);
        finding.left_out = compute::left_out(others.map(|(reason, _)| *reason));
    }
    finding
}
