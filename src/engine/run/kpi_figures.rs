//! KPIs worked out for each account by itself, as figures of the accounts; and what else could
//! measure their health.

use crate::engine::accounts::{Accounts, Figure, FigureUnit};
use crate::engine::base::{Better, Date, Period, Unit};
use crate::engine::compute::{self, Job, Prepared};
use crate::engine::facts::health::{MeasureChoice, Offered};
use crate::engine::group::Groups;
use crate::engine::held::Held;
use crate::engine::joins::{Joins, NOBODY};
use crate::engine::kpi;
use crate::engine::kpi::definition::{Beside, Kpi, Need};
use crate::engine::kpi::scope::{Basis, Subject};
use crate::engine::needs;
use crate::engine::roles::{Nature, Role};

use super::Run;

/// From this share of the filled cells on, a column is one of values.
const MOST_CELLS: f64 = 0.8;

impl Run {
    /// The KPIs that the settings name as measures of health, for each account by itself. Those that
    /// no table tells are passed over; whoever scores says so.
    pub(super) fn kpi_figures(&self, held: &[Held], joins: &Joins) -> Vec<Figure> {
        let measures = self.frame.health.measures.iter();
        let wanted = measures.filter_map(|choice| Some((choice, choice.kpi()?)));
        let found = wanted.filter_map(|(choice, (id, rule))| {
            let kpi = kpi::ALL.iter().find(|kpi| kpi.id == id)?;
            let (place, need) = self.told_by(held, joins, kpi)?;
            self.figure(held, joins, (place, kpi, need), (choice, rule))
        });
        found.filter(Figure::is_known).collect()
    }

    /// The first table whose rows of one account are enough for a KPI.
    fn told_by(
        &self,
        held: &[Held],
        joins: &Joins,
        kpi: &'static Kpi,
    ) -> Option<(usize, &'static Need)> {
        let tables = held.iter().zip(&self.tables).enumerate();
        let joined =
            tables.filter(|(place, _)| joins.of_rows.get(*place).is_some_and(Option::is_some));
        let mut found = joined.filter_map(|(place, (one, understood))| {
            let mapping = &understood.mapping;
            let needs = needs::of_kind(kpi, mapping);
            let mut needs = needs.into_iter().filter(|need| {
                is_of_rows(need.basis)
                    && need.beside == Beside::Nothing
                    && needs::has_roles(need, mapping)
            });
            let need = needs.next()?;
            let is_settled = needs::sheet_open(mapping).is_none()
                && needs::nothing_promised(need, mapping, &self.frame.promises).is_none()
                && self.waits_for(need, one, mapping).is_none();
            let subjects = Subject::all(&understood.facts, need.basis);
            let is_told = subjects.first().is_some_and(|subject| !subject.is_open());
            (is_settled && is_told).then_some((place, need))
        });
        found.next()
    }

    fn figure(
        &self,
        held: &[Held],
        joins: &Joins,
        (place, kpi, need): (usize, &'static Kpi, &'static Need),
        (choice, rule): (&MeasureChoice, Option<&str>),
    ) -> Option<Figure> {
        let (one, understood) = (held.get(place)?, self.tables.get(place)?);
        let of_rows = joins.of_rows.get(place)?.as_ref()?;
        let subject = Subject::all(&understood.facts, need.basis)
            .into_iter()
            .next()?;
        let job = Job {
            kpi,
            subject,
            basis: need.basis,
            table: &one.table,
            place,
            mapping: &understood.mapping,
            facts: &understood.facts,
            books: None,
            logs: None,
            beside: None,
            same_customers: None,
            tenures: None,
            chosen_ledger: self.frame.ledger,
            kept: understood.kept.as_deref(),
            segment: None,
            frame: &self.frame,
            options: &self.options,
            remembered: None,
        };
        let rule = match rule {
            Some(named) => kpi.rules.iter().find(|rule| rule.id == named)?,
            None => compute::rule_of(&job),
        };
        let rows = compute::used_rows(subject, job.kept);
        let window = window(self.frame.as_of, choice.days);
        let prepared = Prepared::new(&job, &rows);
        let groups = Groups::from_numbers(&rows, joins.accounts(), |row| {
            let account = of_rows.get(row as usize).copied().unwrap_or(NOBODY);
            (account != NOBODY).then_some(account as usize)
        });
        let values = (0..groups.len()).map(|account| {
            let own = groups.rows(account);
            let found = (!own.is_empty()).then(|| prepared.estimate_among(rule, own, window));
            found
                .and_then(Result::ok)
                .map_or(f64::NAN, |found| found.value)
        });
        let unit = match rule.unit.unwrap_or(kpi.unit) {
            Unit::Ratio => FigureUnit::Share,
            Unit::Money => FigureUnit::Money,
            Unit::Count => FigureUnit::Count,
            Unit::Hours => FigureUnit::Hours,
            Unit::Days => FigureUnit::Days,
            Unit::Score | Unit::Months | Unit::Times => FigureUnit::Score,
        };
        let mut figure = Figure::new(&choice.column, kpi.name, unit, values.collect());
        figure = match kpi.better {
            Better::Lower => figure.low_is_good(),
            Better::Higher | Better::Neither => figure.high_is_good(),
        };
        figure.table = place;
        figure.is_dated = false;
        Some(figure)
    }

    /// Says of every list of accounts what else could measure their health: columns of values,
    /// figures of the accounts, and KPIs that can be worked out for one account.
    pub(super) fn offer_measures(&mut self, held: &[Held], told: Option<&Accounts>) {
        let kpis = self.joins.as_ref().map_or_else(Vec::new, |joins| {
            let all = kpi::ALL.iter().copied();
            let told = all.filter(|kpi| self.told_by(held, joins, kpi).is_some());
            told.map(|kpi| Offered {
                column: MeasureChoice::naming_kpi(kpi.id),
                name: kpi.name.to_owned(),
            })
            .collect()
        });
        let base = self.joins.as_ref().map(|joins| joins.base);
        for (place, (one, understood)) in held.iter().zip(&mut self.tables).enumerate() {
            let Some(health) = &mut understood.facts.health else {
                continue;
            };
            let mut offered = columns_of(one, &understood.mapping);
            if base == Some(place) {
                let figures = told.into_iter().flat_map(|told| &told.figures);
                offered.extend(figures.map(|figure| Offered {
                    column: MeasureChoice::naming(&figure.id),
                    name: figure.name.clone(),
                }));
                offered.extend(kpis.iter().cloned());
            }
            let is_used = |it: &Offered| health.measures.iter().any(|own| own.column == it.column);
            offered.retain(|it| !is_used(it));
            health.offered = offered;
        }
    }
}

/// Columns most of whose cells are numbers, dates, or yes and no.
fn columns_of(one: &Held, mapping: &crate::engine::roles::Mapping) -> Vec<Offered> {
    let columns = one
        .table
        .columns
        .iter()
        .zip(&one.profiles)
        .zip(&mapping.columns);
    let could = columns.filter(|((_, profile), meaning)| {
        let is_name = |role: Role| matches!(role.nature(), Nature::Key | Nature::Text);
        let counts = [profile.numbers(), profile.dates(), profile.flags];
        let most = |count| profile.share(count) >= MOST_CELLS;
        !meaning.role.is_some_and(is_name) && counts.into_iter().any(most)
    });
    could
        .map(|((column, _), _)| Offered {
            column: column.name.clone(),
            name: column.name.clone(),
        })
        .collect()
}

/// Whether a figure rests on rows each of which speaks for itself, so that those of one account are
/// enough.
const fn is_of_rows(basis: Basis) -> bool {
    matches!(
        basis,
        Basis::Scores(_)
            | Basis::Satisfaction
            | Basis::FirstResponse
            | Basis::Resolution
            | Basis::Replied
            | Basis::Solved
            | Basis::ServiceLevels
            | Basis::Reopens
            | Basis::Orders
            | Basis::Deliveries
            | Basis::Renewals
    )
}

/// The last days that count; absent where all do.
fn window(as_of: Option<Date>, days: Option<u32>) -> Option<Period> {
    let end = as_of?.plus_days(1);
    let days = days?;
    Some(Period {
        start: end.plus_days(-i32::try_from(days).ok()?),
        end,
    })
}
