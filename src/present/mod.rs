//! Present: turns a report into what a person reads.
//!
//! Takes: a report, the catalogue, the roles and the reader's habits. Gives: view models
//! (strings, flags and chart specs) and the words of the page.
//! Never: knows a KPI by its id, an HTML element or a browser; never computes a figure.
//! Start at [`dashboard::dashboard`] and [`card::card`]. Tests sit beside the code.

pub mod account;
pub mod accounts;
pub mod answer;
pub mod backtest;
pub mod by_hand;
pub mod calculator;
pub mod calendar;
pub mod card;
pub mod card_choice;
pub mod check;
pub mod controls;
pub mod customer_groups;
pub mod dashboard;
pub mod findings;
pub mod format;
pub mod joins;
pub mod kpi_page;
pub mod labels;
pub mod language;
pub mod languages;
pub mod ledger;
pub mod lifetimes;
pub mod measure_edits;
pub mod measures;
pub mod period_text;
pub mod precision;
pub mod progress;
pub mod rates;
pub mod reasons;
pub mod rows;
pub mod rules;
pub mod samples;
pub mod settings;
pub mod splits;
pub mod targets;
pub mod themes;
pub mod warnings;
pub mod words;

#[cfg(test)]
pub(crate) mod example;

use crate::engine::kpi::AboutReport;
use crate::engine::options::CardChoice;
use crate::engine::report::{Finding, Report};
use crate::engine::roles::RoleReport;
use format::Habits;

/// For whom and with which words a report is presented.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// How numbers and dates are written.
    pub habits: &'a Habits,
    /// What every KPI says of itself.
    pub catalogue: &'a [AboutReport],
    /// What every role is called.
    pub roles: &'a [RoleReport],
    /// Which cards the reader wants to see.
    pub cards: &'a CardChoice,
}

impl<'a> Reader<'a> {
    /// What the KPI of this finding says of itself.
    pub fn about(&self, finding: &Finding) -> Option<&'a AboutReport> {
        self.about_id(&finding.kpi)
    }

    /// What the KPI with this id says of itself.
    pub fn about_id(&self, id: &str) -> Option<&'a AboutReport> {
        self.catalogue.iter().find(|about| about.id == id)
    }

    /// The name of a finding; where a report holds several of one KPI, with the question, column
    /// or table that tells them apart.
    pub fn name(&self, report: &Report, finding: &Finding) -> String {
        let name = self.about(finding).map_or_else(
            || words::plain_name(&finding.kpi),
            |about| about.name.clone(),
        );
        let twins = || {
            report
                .findings
                .iter()
                .filter(|other| other.kpi == finding.kpi)
        };
        let of_column = twins().filter(|other| other.table == finding.table).count() > 1;
        let of_table = twins().any(|other| other.table != finding.table);
        let mark = match (
            finding.question.as_ref().or(finding.column.as_ref()),
            of_column,
            of_table,
        ) {
            (Some(asked), true, _) => asked,
            (_, _, true) => &finding.table,
            _ => return name,
        };
        format!("{name}, {mark}")
    }

    /// The plain name of a role.
    pub fn role_name(&self, id: &str) -> String {
        self.roles
            .iter()
            .find(|role| role.id == id)
            .map_or_else(|| words::plain_name(id), |role| role.name.clone())
    }
}

/// What tells a finding from all others of a report.
pub fn key(finding: &Finding) -> String {
    format!("{}|{}", finding.table, rows::finding_id(finding))
}
