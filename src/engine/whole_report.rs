//! The report of a run, put together from what was found.

use std::collections::BTreeSet;

use super::base::{Note, Refusal};
use super::compute::{self, Computed, Remembered};
use super::facts::{Frame, Reading, own_formula};
use super::fates::{self, Understood};
use super::held::Held;
use super::kpi::scope::Subject;
use super::kpi::{business_type, registry};
use super::options::Options;
use super::report::{CustomerGroups, Finding, Report, SCHEMA, Status, TableReport};
use super::tables_report;
use super::unmatched_choices;

/// The report. `findings`: each with the place of its table; beside them the groups of customers.
pub fn whole(
    (options, frame): (&Options, &Frame),
    (held, understood): (&[Held], &[Understood]),
    (findings, customer_groups): (Vec<(usize, Computed)>, Vec<CustomerGroups>),
    unread: &[Note],
    remembered: &Remembered,
) -> Report {
    let tables: Vec<TableReport> = held
        .iter()
        .zip(understood)
        .map(|(one, understood)| tables_report::table(one, understood))
        .collect();
    let unequal: Vec<Note> = tables
        .iter()
        .filter_map(tables_report::not_reconciled)
        .collect();
    debug_assert!(unequal.is_empty(), "every row ends used or left out");
    let own = held.iter().zip(understood).flat_map(|(one, understood)| {
        let reading = Reading::new(&one.table, &understood.mapping, frame.clone());
        let own_formula = own_formula::end_over_start(&reading);
        tables_report::notes(one, understood)
            .into_iter()
            .chain(own_formula)
    });
    let mut findings = told_or_asked(findings, options);
    let mut beside: Vec<Note> = findings
        .iter()
        .flat_map(|(_, computed)| computed.finding.notes.clone())
        .collect();
    // What holds of all figures of a table is said once.
    beside.dedup();
    let accounts = findings
        .iter_mut()
        .flat_map(|(_, computed)| std::mem::take(&mut computed.accounts))
        .collect();
    Report {
        schema: SCHEMA,
        kept: String::from(env!("CARGO_PKG_VERSION")),
        as_of: frame.as_of,
        timezone: options
            .timezone
            .clone()
            .unwrap_or_else(|| String::from("UTC")),
        currency: currency(held, understood, frame).or_else(|| options.currency.clone()),
        business_type: options.business_type.clone().or_else(|| {
            business_type::detect(understood.iter().map(|it| &it.mapping)).map(str::to_owned)
        }),
        tables,
        findings: findings
            .into_iter()
            .map(|(place, computed)| {
                let per_record = held.get(place).map_or(1, |one| one.table.rows_per_record);
                let table = understood.get(place).map(|understood| (place, understood));
                fates::with_left_out(computed, table, per_record, remembered)
            })
            .chain(unsupported(options, understood))
            .collect(),
        has_accounts: false,
        joins: None,
        across: Vec::new(),
        accounts,
        customer_groups,
        notes: unequal
            .into_iter()
            .chain(unread.iter().cloned())
            .chain(unmatched_choices::notes(options, held))
            .chain(own)
            .chain(beside)
            .collect(),
    }
}

/// Without the KPIs that a table of typed figures lacks terms for, where it gives others: such a table
/// is meant for some of them, and nobody asked for the rest.
fn told_or_asked(findings: Vec<(usize, Computed)>, options: &Options) -> Vec<(usize, Computed)> {
    let lacks = |found: &Finding| {
        let refusal = found.refusal.as_ref();
        refusal.is_some_and(|it| it.code == "term_missing") && !options.kpis.contains(&found.kpi)
    };
    let told: BTreeSet<usize> = findings
        .iter()
        .filter(|(_, computed)| computed.finding.status == Status::Ok)
        .map(|(place, _)| *place)
        .collect();
    findings
        .into_iter()
        .filter(|(place, computed)| !lacks(&computed.finding) || !told.contains(place))
        .collect()
}

/// Refusals for KPIs that were asked for and that no table supports.
fn unsupported(options: &Options, tables: &[Understood]) -> Vec<Finding> {
    options
        .kpis
        .iter()
        .filter_map(|id| registry::find(id))
        .filter(|kpi| {
            let told = |table: &Understood| {
                let results = table.facts.results.iter();
                results.flat_map(|it| &it.lines).any(|it| it.kpi == kpi.id)
            };
            !tables.iter().any(|table| {
                kpi.needs.iter().any(|need| table.mapping.is(need.kind)) || told(table)
            })
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

/// The currency that most amounts of the first table with amounts are in.
fn currency(held: &[Held], tables: &[Understood], frame: &Frame) -> Option<String> {
    held.iter().zip(tables).find_map(|(one, table)| {
        let reading = Reading::new(&one.table, &table.mapping, frame.clone());
        let first = |subject: Subject<'_>| {
            let found = compute::currencies_of(subject, table.kept.as_deref(), &reading);
            found.first().cloned()
        };
        let ledger = table.facts.ledger.as_ref().map(Subject::Ledger);
        let orders = table.facts.orders.as_ref().map(Subject::Orders);
        ledger.and_then(first).or_else(|| orders.and_then(first))
    })
}
