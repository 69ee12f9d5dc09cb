//! Figures of the tables that are held, as SQL: one query a KPI, table and column of answers.

mod folder;
mod head;
mod sources;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::base::{Error, PeriodUnit};
use super::fates::Understood;
use super::held::Held;
use super::kpi;
use super::kpi::definition::{Covers, Kpi, Need, Rule};
use super::kpi::queries::{self, Question};
use super::kpi::scope::Basis;
use super::needs;
use super::options::Options;
use super::report::Finding;
use super::roles::{Asked, Mapping, Role, long_form};
use super::session::Told;
use super::sql::windows::{Course, Period, Windows};
use super::sql::{Dialect, Figure, Source, Why};
pub use folder::{readme, text};
use sources::{BesideTable, beside, source_of};

/// What is wanted as SQL.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SqlQuery {
    /// The KPI; absent: every one that the tables can be asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kpi: Option<String>,
    /// The rule; absent: the one in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The engine that shall run it.
    pub dialect: Dialect,
    /// What tables are called in the warehouse, by their names here; absent: the name without its
    /// ending.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<String, String>,
}

/// A figure as SQL, or why it is not.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SqlFigure {
    /// The name of its file.
    pub file: String,
    /// The KPI's id.
    pub kpi: String,
    /// The rule's id.
    pub variant: String,
    /// The table, by its name here.
    pub table: String,
    /// The column of answers, where the KPI is asked of one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// The question of a long survey.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<String>,
    /// The query; absent where SQL does not say it.
    pub sql: Option<String>,
    /// Why not: a code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// The same as a sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub says: Option<String>,
}

impl SqlFigure {
    /// Whether it is this finding, told as SQL.
    pub fn tells(&self, finding: &Finding) -> bool {
        // A finding names the column of answers only where there are several.
        let same = |of: &Option<String>, own: &Option<String>| of.is_none() || of == own;
        self.kpi == finding.kpi
            && self.table == finding.table
            && same(&finding.column, &self.column)
            && same(&finding.question, &self.question)
    }
}

/// The figures that the query asks for.
///
/// # Errors
/// `kpi_unknown` or `variant_unknown` where there is no such KPI or rule; `nothing_loaded` where no
/// table has it.
pub fn figures(query: &SqlQuery, (held, told): (&[Held], &Told)) -> Result<Vec<SqlFigure>, Error> {
    let wanted: Vec<&'static Kpi> = kpi::ALL
        .iter()
        .copied()
        .filter(|kpi| match &query.kpi {
            Some(id) => kpi.id == id,
            None => told.options.kpis.is_empty() || told.options.kpis.iter().any(|id| id == kpi.id),
        })
        .collect();
    let is_rule = |id: &String| {
        let mut rules = wanted.iter().flat_map(|kpi| kpi.rules);
        rules.any(|rule| rule.id == id)
    };
    let unknown = |code, says: &str| Err(Error::new(code, says, "Use one that the manual lists."));
    if wanted.is_empty() {
        return unknown("kpi_unknown", "There is no KPI with this id.");
    }
    if !query.rule.as_ref().is_none_or(is_rule) {
        return unknown("variant_unknown", "The KPI has no rule with this id.");
    }
    let mut figures = Vec::new();
    for kpi in wanted {
        for (one, understood) in held.iter().zip(&told.tables) {
            let Some(View { subjects, need }) = view(kpi, understood) else {
                continue;
            };
            let beside = beside(need, one, (held, told));
            for subject in subjects {
                figures.push(figure(
                    query,
                    (kpi, need),
                    &subject,
                    (one, understood, beside, told),
                ));
            }
        }
    }
    name_files(&mut figures);
    if figures.is_empty() {
        return Err(nothing_to_ask());
    }
    Ok(figures)
}

/// Why there is neither a query nor a reason: `nothing_loaded`.
pub fn nothing_to_ask() -> Error {
    Error::new(
        "nothing_loaded",
        "No table that is loaded can be asked for this.",
        "Load one, or say on the check page what its columns mean.",
    )
}

/// What of a table a KPI is asked about.
struct View<'a> {
    need: &'static Need,
    /// A column of answers each, or none.
    subjects: Vec<(Option<usize>, Option<&'a Asked>)>,
}

/// What of a table the KPI can be asked about; nothing where it cannot.
fn view<'a>(kpi: &'static Kpi, understood: &'a Understood) -> Option<View<'a>> {
    let mapping = &understood.mapping;
    let needs = needs::of_kind(kpi, mapping);
    let need = needs
        .into_iter()
        .find(|need| needs::has_roles(need, mapping))?;
    let subjects = match need.basis {
        Basis::Scores(question) => {
            let mut subjects = Vec::new();
            for column in mapping.columns_of(Role::Score) {
                let is_long = long_form::score_column(mapping) == Some(column)
                    && !mapping.by_question.is_empty();
                if is_long {
                    let asked = mapping.by_question.iter();
                    let own = asked.filter(|asked| asked.question == question);
                    subjects.extend(own.map(|asked| (Some(column), Some(asked))));
                } else if mapping.columns[column].question == Some(question) {
                    subjects.push((Some(column), None));
                }
            }
            subjects
        }
        Basis::Satisfaction => vec![(mapping.column_of(Role::Satisfaction), None)],
        _ => vec![(None, None)],
    };
    Some(View { need, subjects })
}

fn figure(
    query: &SqlQuery,
    (kpi, need): (&'static Kpi, &'static Need),
    (column, asked): &(Option<usize>, Option<&Asked>),
    (one, understood, beside, told): (&Held, &Understood, Option<BesideTable<'_>>, &Told),
) -> SqlFigure {
    let options = &told.options;
    let chosen = query.rule.as_ref().or(options.variants.get(kpi.id));
    let rule = kpi.rule(chosen.map(String::as_str), need.basis);
    let table = &one.table.name;
    let beside = beside.map(|(kind, one, understood)| {
        let mut source = source_of(query, (one, understood), told);
        source.relation = "second_source";
        (kind, source)
    });
    let mut source = source_of(query, (one, understood), told);
    source.beside = beside.as_ref().map(|(kind, source)| (*kind, source));
    source.segment = understood.segment;
    let asking = Asking {
        source: &source,
        question: (column, *asked),
        options,
    };
    // What the report refuses is not told as a query either.
    let made = if needs::ends_unknown(kpi, need, &understood.mapping).is_some() {
        Err(Why::NeedsColumn)
    } else {
        asking.query((kpi, rule, need), query.dialect)
    };
    let (sql, why) = match made {
        Ok(sql) => (Some(sql), None),
        Err(why) => (None, Some(why)),
    };
    SqlFigure {
        file: String::new(),
        kpi: kpi.id.to_owned(),
        variant: rule.id.to_owned(),
        table: table.clone(),
        column: column.map(|column| source.header(column)),
        question: asked.and_then(|asked| asked.text.clone()),
        sql,
        reason: why.map(|why| why.code().to_owned()),
        says: why.map(|why| why.says().to_owned()),
    }
}

/// Each file under a name of its own.
fn name_files(figures: &mut [SqlFigure]) {
    let mut names: Vec<String> = Vec::new();
    for figure in figures {
        let plain = format!("{}.sql", figure.kpi);
        let mut name = plain.clone();
        let mut number = 1;
        while names.contains(&name) {
            number += 1;
            name = format!("{}_{number}.sql", figure.kpi);
        }
        names.push(name.clone());
        figure.file = name;
    }
}

/// A rule that is asked of a table.
struct Asking<'a> {
    source: &'a Source<'a>,
    question: (&'a Option<usize>, Option<&'a Asked>),
    options: &'a Options,
}

impl Asking<'_> {
    fn query(
        &self,
        (kpi, rule, need): (&'static Kpi, &'static Rule, &'static Need),
        dialect: Dialect,
    ) -> Result<String, Why> {
        let mapping = self.source.mapping;
        let (column, asked) = self.question;
        let is_open = column.is_some_and(|column| !mapping.columns[column].open.is_empty())
            || asked.is_some_and(|asked| !asked.open.is_empty());
        if is_open {
            return Err(Why::NeedsColumn);
        }
        let day = needs::day_role(need, mapping).or_else(|| own_day(need, mapping));
        let mut question = Question {
            kpi,
            rule,
            need,
            source: self.source,
            column: *column,
            asked,
            day,
            covers_everything: false,
        };
        let mut windows = self.windows(&question)?;
        question.covers_everything = windows.period == Period::Everything;
        let plan = queries::plan(&question)?;
        if plan.every_unit && windows.course == Course::OfRows {
            windows.course = Course::ToLastRow;
        }
        let head = head::head(
            (kpi, rule),
            (&plan, &windows),
            (self.source, self.options),
            dialect,
        );
        let figure = Figure {
            kpi: kpi.id,
            rule: rule.id,
            head,
            plan,
            windows,
        };
        Ok(figure.query(dialect, self.source))
    }

    /// What the headline covers, as `compute` decides it.
    fn windows(&self, question: &Question<'_>) -> Result<Windows, Why> {
        let basis = question.need.basis;
        let over_time = basis.is_over_time();
        let has_day = question.day.is_some_and(|role| self.source.has(role));
        let dated = over_time || has_day;
        // Lists without days are taken as they are, whatever period is chosen.
        let has_no_days = matches!(
            basis,
            Basis::Accounts | Basis::AccountRevenue | Basis::Referrals
        );
        let chosen = self.options.period.filter(|_| !has_no_days);
        let chosen = chosen.map(|period| {
            let count = period.count.unwrap_or(1).max(1);
            (period.unit, count)
        });
        let month = PeriodUnit::Month;
        let (period, unit, count) = match (chosen, question.kpi.covers) {
            (Some((unit, count)), _) => (Period::Units(unit, count), unit, count),
            (None, Covers::Months(count)) if over_time => {
                (Period::Units(month, count), month, count)
            }
            (None, Covers::LastDay) if over_time => (Period::LastDay, month, 1),
            (None, Covers::WholeMonths) if dated => (Period::WholeMonths, month, 1),
            (None, _) => (Period::Everything, month, 1),
        };
        let as_of = self.source.as_of().filter(|_| dated);
        if period != Period::Everything && as_of.is_none() {
            return Err(Why::NeedsColumn);
        }
        Ok(Windows {
            period,
            unit,
            count: if over_time { count } else { 1 },
            as_of,
            dated,
            months: counts_months(basis, self.source.mapping),
            course: match basis {
                Basis::Activity => Course::ToLastRow,
                _ if over_time => Course::ToLastDay,
                _ => Course::OfRows,
            },
            segments: self.source.segment.is_some(),
        })
    }
}

/// The day of facts that begin on one of several.
fn own_day(need: &Need, mapping: &Mapping) -> Option<Role> {
    let roles: &[Role] = match need.basis {
        Basis::FirstValues => &[Role::TrialStartedAt, Role::StartedAt],
        _ => &[],
    };
    let mut roles = roles.iter().copied();
    roles.find(|role| mapping.column_of(*role).is_some())
}

/// Whether each row is a whole month, known by its first day.
fn counts_months(basis: Basis, mapping: &Mapping) -> bool {
    matches!(basis, Basis::Counts(_) | Basis::Spend)
        && mapping.column_of(Role::Month).is_some()
        && mapping.column_of(Role::OccurredAt).is_none()
}
