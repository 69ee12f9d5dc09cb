//! A run: from the tables that are held to a report, one slice of work at a time.

mod kpi_figures;
mod named_groups;

use std::rc::Rc;

use super::account_view;
use super::accounts::{Accounts, across};
use super::base::{Error, Note, Refusal, Zone};
use super::books::{self, Books};
use super::compute::{self, Computed, Job, Remembered};
use super::facts::{
    self, Calendar, ExchangeRates, Facts, Frame, HealthChoices, LastDays, Ledger, LedgerChoices,
    Part, Promises, Reading,
};
use super::fates::{self, Understood};
use super::held::{Held, preview};
use super::joins::{self, Joins};
use super::known::{Known, Made};
use super::kpi;
use super::kpi::business_type;
use super::kpi::definition::{Beside, Expected, Kpi, Need};
use super::kpi::scope::Subject;
use super::kpi::usage::customer_health_score as health_kpi;
use super::logs::Logs;
use super::needs;
use super::options::{Options, TableMapping};
use super::protocol::Event;
use super::report::CustomerGroups;
use super::roles::{Mapping, Role, detect};
use super::row_set::RowSet;
use super::rows::query;
use super::session::{BridgeRows, FindingPlace, FindingReasons, GroupRows, Told};
use super::table::{Profile, Table};
use super::value_groups::{self, Asked};
use super::{same_customers, tables_report, whole_report};

/// One run at work.
#[derive(Debug)]
pub struct Run {
    number: u32,
    options: Options,
    frame: Frame,
    tables: Vec<Understood>,
    /// What the run before knew of the tables, as far as this one has not asked for it.
    known: Known,
    /// What was made of each table's facts by the run before, until the books are opened.
    made: Vec<Option<Made>>,
    /// Whether the run before knew the facts of every table.
    is_known: bool,
    /// Figures of these tables under these choices.
    figures: Remembered,
    todo: Vec<(usize, &'static Kpi)>,
    done: usize,
    findings: Vec<(usize, Computed)>,
    /// The ledgers of each table, once a KPI has asked for them.
    books: Vec<Option<Books>>,
    /// The activity of each table, once a KPI has asked for it.
    logs: Vec<Option<Logs>>,
    bridge_rows: Vec<BridgeRows>,
    reason_rows: Vec<FindingReasons>,
    joins: Option<Joins>,
    accounts: Option<Accounts>,
    value_choices: value_groups::Choices,
    customer_groups: Vec<CustomerGroups>,
    group_rows: Vec<GroupRows>,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// The table and the column at work.
    Profile(usize, usize),
    Map(usize),
    /// The table and the sort of facts at work.
    Facts(usize, usize),
    Join,
    Accounts,
    Compute,
    /// The table whose customers are grouped.
    Groups(usize),
    Fates(usize),
    /// The table and the column at work.
    Faults(usize, usize),
    Tell,
}

impl Run {
    /// A run under these choices.
    ///
    /// # Errors
    /// Where a choice cannot be followed, whatever the data.
    pub fn new(number: u32, options: Options) -> Result<Self, Error> {
        let options = options.resolved();
        let is_type = |id: &String| business_type::ALL.iter().any(|kind| kind.id == *id);
        if !options.business_type.as_ref().is_none_or(is_type) {
            return Err(Error::new(
                "business_type_unknown",
                "There is no business type with this id.",
                "Use one of those listed for the option, or leave it out.",
            ));
        }
        if options
            .year_starts
            .is_some_and(|month| !(1..=12).contains(&month))
        {
            return Err(Error::new(
                "year_starts_invalid",
                "A year begins in a month from 1 to 12.",
                "Give the number of the month, such as 4 for April, or leave it out.",
            ));
        }
        let zone = match options.timezone.as_deref() {
            None => Zone::UTC,
            Some(name) => facts::zones::named(name)?,
        };
        let calendar = match &options.calendar {
            None => None,
            Some(choice) => Some(Rc::new(Calendar::from_choice(choice, &zone)?)),
        };
        Ok(Self {
            number,
            frame: Frame {
                zone: Rc::new(zone),
                calendar,
                promises: Rc::new(Promises::from_settings(&options.settings)?),
                as_of: options.as_of,
                currency: options
                    .currency
                    .as_deref()
                    .and_then(super::table::value::money::named),
                rates: Rc::new(ExchangeRates::new(
                    options.currency.as_deref(),
                    &options.exchange_rates,
                )?),
                health: Rc::new(HealthChoices::from_settings(&options.settings)?),
                ledger: LedgerChoices::from_settings(&options.settings)?,
            },
            value_choices: value_groups::Choices::from_settings(&options.settings)?,
            options,
            tables: Vec::new(),
            known: Known::default(),
            made: Vec::new(),
            is_known: true,
            figures: Remembered::default(),
            todo: Vec::new(),
            done: 0,
            findings: Vec::new(),
            books: Vec::new(),
            logs: Vec::new(),
            bridge_rows: Vec::new(),
            reason_rows: Vec::new(),
            joins: None,
            accounts: None,
            customer_groups: Vec::new(),
            group_rows: Vec::new(),
            stage: Stage::Profile(0, 0),
        })
    }

    /// The run with what an earlier one knew of the same tables.
    #[must_use]
    pub fn with_known(mut self, known: Known) -> Self {
        self.known = known;
        self
    }

    /// Does one slice of work on the tables.
    pub fn step(&mut self, held: &mut [Held], unread: &[Note]) -> Event {
        self.stage = match self.stage {
            Stage::Profile(at, column) => match held.get_mut(at) {
                Some(one) => profile(one, at, column),
                None => Stage::Map(0),
            },
            Stage::Map(at) => {
                if let Some(one) = held.get_mut(at) {
                    self.understand(one);
                    Stage::Map(at + 1)
                } else {
                    self.settle_last_day();
                    Stage::Facts(0, 0)
                }
            }
            Stage::Facts(at, part) => self.gather(held, at, part),
            Stage::Join => {
                self.recall();
                self.join(held);
                Stage::Accounts
            }
            Stage::Accounts => {
                self.tell_accounts(held);
                self.todo = self.plan();
                self.tell_results(held);
                Stage::Compute
            }
            Stage::Compute => match self.todo.get(self.done).copied() {
                Some((table, kpi)) => {
                    self.done += 1;
                    self.compute(held, table, kpi);
                    Stage::Compute
                }
                None => Stage::Groups(0),
            },
            Stage::Groups(at) => self.group_customers(held, at),
            Stage::Fates(at) => self.settle_fates(held, at),
            Stage::Faults(at, column) => self.find_faults(held, at, column),
            Stage::Tell => return self.finish(held, unread),
        };
        self.progress(held)
    }

    /// The last day that counts, where the user does not say it.
    fn settle_last_day(&mut self) {
        if self.options.as_of.is_none() {
            let days = self.tables.iter().map(|table| table.last_days);
            self.frame.as_of = LastDays::of_all(days);
        }
    }

    /// Gathers the facts of one sort from a table.
    fn gather(&mut self, held: &[Held], at: usize, part: usize) -> Stage {
        let (Some(one), Some(understood)) = (held.get(at), self.tables.get_mut(at)) else {
            return Stage::Join;
        };
        if part == 0 {
            let by = (&self.frame, &self.options);
            let known = self.known.take(at, (&one.table, understood), by);
            let (facts, made) = known.unzip();
            self.made.push(made.flatten());
            if let Some(facts) = facts {
                understood.facts = facts;
                return Stage::Facts(at + 1, 0);
            }
            self.is_known = false;
        }
        let mapping = &understood.mapping;
        match Part::of(mapping).get(part) {
            Some(next) => {
                understood
                    .facts
                    .add(*next, &one.table, mapping, &self.frame);
                Stage::Facts(at, part + 1)
            }
            None => Stage::Facts(at + 1, 0),
        }
    }

    /// Takes over the figures of an earlier run, where all that they rest on is the same.
    fn recall(&mut self) {
        if !self.is_known {
            self.known.forget_figures();
        }
        self.figures = self.known.take_figures(&self.options).unwrap_or_default();
    }

    /// What is known of the tables by now, for the run after this one.
    pub fn into_known(mut self) -> Known {
        let is_gathered = !matches!(
            self.stage,
            Stage::Profile(..) | Stage::Map(_) | Stage::Facts(..)
        );
        if is_gathered {
            return self.known_tables();
        }
        self.known
    }

    fn known_tables(&mut self) -> Known {
        let mut known = std::mem::take(&mut self.known);
        known.keep_figures(std::mem::take(&mut self.figures), &self.options);
        let mut books = std::mem::take(&mut self.books).into_iter();
        let mut logs = std::mem::take(&mut self.logs).into_iter();
        let mut made = std::mem::take(&mut self.made).into_iter();
        for understood in &mut self.tables {
            let own = Made {
                books: books.next().flatten(),
                logs: logs.next().flatten(),
            };
            let made = made.next().flatten().unwrap_or(own);
            known.push(understood, (&self.frame, &self.options), made);
        }
        known
    }

    /// What a run that ended well made of the tables, and what is known of them.
    pub fn told(mut self) -> (Told, Known) {
        let base = self
            .joins
            .as_ref()
            .and_then(|joins| self.tables.get_mut(joins.base));
        let health = base.and_then(|base| base.facts.health.take());
        let rule = self
            .options
            .variants
            .get(health_kpi::KPI.id)
            .cloned()
            .unwrap_or_default();
        let known = self.known_tables();
        let told = Told {
            tables: self.tables,
            frame: self.frame,
            options: self.options,
            bridge_rows: self.bridge_rows,
            reason_rows: self.reason_rows,
            joins: self.joins,
            accounts: self.accounts,
            health: health.map(|health| (health, rule)),
            group_rows: self.group_rows,
        };
        (told, known)
    }

    /// Finds the rows of all tables that speak of the same account.
    fn join(&mut self, held: &[Held]) {
        let tables: Vec<(&Table, &Mapping)> = held
            .iter()
            .zip(&self.tables)
            .map(|(one, understood)| (&one.table, &understood.mapping))
            .collect();
        self.joins = joins::join(&tables, &self.options.joins);
    }

    /// Adds the health of each account to what is known of it.
    fn score_accounts(&mut self) {
        let (Some(joins), Some(told)) = (&self.joins, &mut self.accounts) else {
            return;
        };
        let health = self
            .tables
            .get(joins.base)
            .and_then(|base| base.facts.health.as_ref());
        let rule = self.options.variants.get(health_kpi::KPI.id);
        let rule = rule.map_or("", String::as_str);
        let score = health.and_then(|health| account_view::scores(joins, health, rule));
        told.figures.splice(..0, score);
    }

    /// Works out what is known of each account, and adds it to the measures of their health.
    fn tell_accounts(&mut self, held: &[Held]) {
        self.open_books();
        if let Some(joins) = &self.joins {
            let mut told =
                account_view::tell(joins, (held, &self.tables), &self.books, &self.frame);
            if let Some(told) = &mut told {
                told.figures.extend(self.kpi_figures(held, joins));
                account_view::add_to_health(joins, told, (held, &mut self.tables), &self.frame);
            }
            self.accounts = told;
        }
        let told = self.accounts.take();
        self.offer_measures(held, told.as_ref());
        self.accounts = told;
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

    /// What a table means. Of a workbook's sheets the one is used that the choices name, else the
    /// first that is of a kind we know; where there are several of those, we ask.
    fn understand(&mut self, one: &mut Held) {
        let none = TableMapping::default();
        let choices = self.options.mapping.get(&one.table.name).unwrap_or(&none);
        let mut sheets = Vec::new();
        if choices.sheet.is_none() && !one.sheet_names.is_empty() {
            sheets = recognised_sheets(one, choices);
            if let Some(first) = sheets.first().or(one.sheet_names.first()).cloned() {
                one.use_sheet(&first);
                profile_all(one);
            }
        }
        let known = self.known.meaning(self.tables.len(), one, choices);
        let known = known.filter(|known| *known.zone == self.frame.zone);
        let mut mapping = match &known {
            Some(known) => known.mapping.clone(),
            None => detect::understand(&one.table, &one.profiles, choices),
        };
        if choices.sheet.is_none() && sheets.is_empty() {
            // None is recognised: any of them may be meant.
            sheets.clone_from(&one.sheet_names);
        }
        if sheets.len() > 1 {
            mapping.questions.insert(0, needs::which_sheet(sheets));
        }
        let last_days = match known {
            Some(known) => known.last_days,
            None => facts::last_days(&one.table, &mapping, &self.frame.zone),
        };
        self.tables.push(Understood {
            sheet: one.table.sheet.clone(),
            choices: choices.clone(),
            last_days,
            kept: fates::kept(one, &self.options),
            segment: self
                .options
                .segment
                .as_deref()
                .and_then(|name| fates::column(one, name)),
            mapping,
            facts: Facts::default(),
            rows: Vec::new(),
            faults: Vec::new(),
        });
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

    /// Tells the figures that were worked out elsewhere.
    fn tell_results(&mut self, held: &[Held]) {
        for ((place, table), one) in self.tables.iter().enumerate().zip(held) {
            if let Some(results) = &table.facts.results {
                let name = &one.table.name;
                let told = compute::results::of_results(results, name, &self.options);
                self.findings.extend(told.into_iter().map(|it| (place, it)));
            }
        }
    }

    /// Makes the ledger and the activity of every table that has one.
    fn open_books(&mut self) {
        for (place, table) in self.tables.iter().enumerate().skip(self.books.len()) {
            if let Some(made) = self.made.get_mut(place).and_then(Option::take) {
                self.books.push(made.books);
                self.logs.push(made.logs);
                continue;
            }
            let kept = table.kept.as_deref();
            let (ledger, activity) = (&table.facts.ledger, &table.facts.activity);
            let books = ledger.as_ref().map(|it| Books::of(it, kept));
            let logs = activity
                .as_ref()
                .map(|it| Logs::new(it, books::counted(&it.reasons, kept)));
            self.books.push(books);
            self.logs.push(logs);
        }
    }

    /// The ledger of the first other table that holds what is needed beside this one, and the
    /// place of that table.
    fn beside(&self, place: usize, beside: Beside) -> Option<(usize, &Ledger)> {
        if beside == Beside::Nothing {
            return None;
        }
        let others = self.books.iter().enumerate();
        others
            .filter(|(other, _)| *other != place)
            .filter_map(|(other, books)| Some((other, books.as_ref()?.whole().as_ref())))
            .find(|(_, ledger)| beside != Beside::Revenue || ledger.has_amounts)
    }

    /// For each customer of one table the same one of another; absent where one names none.
    fn same_customers(&self, held: &[Held], one: usize, other: usize) -> Option<Vec<u32>> {
        let keys = |place: usize| {
            let column = self.tables[place].mapping.column_of(Role::Customer)?;
            Some(held[place].table.columns[column].keys())
        };
        Some(same_customers::numbers(&keys(one)?, &keys(other)?))
    }

    /// The header of a column about which a question is open that the need depends on.
    fn waits_for(&self, need: &Need, one: &Held, mapping: &Mapping) -> Option<String> {
        let placed_in_time = self.options.period.is_some() || self.options.as_of.is_some();
        needs::open_question(need, one, mapping)
            .or_else(|| needs::undated(need, one, mapping).filter(|_| placed_in_time))
    }

    fn compute(&mut self, held: &[Held], place: usize, kpi: &'static Kpi) {
        self.open_books();
        let (Some(one), Some(understood)) = (held.get(place), self.tables.get(place)) else {
            return;
        };
        let mapping = &understood.mapping;
        let asked = self.options.kpis.iter().any(|id| id == kpi.id);
        let needs = needs::of_kind(kpi, mapping);
        let Some(need) = needs.iter().find(|need| needs::has_roles(need, mapping)) else {
            if let Some(need) = needs
                .iter()
                .find(|need| asked || need.expected == Expected::Usually)
            {
                let refusal = needs::missing_role(need, mapping);
                self.refuse(place, kpi, &one.table.name, refusal);
            }
            return;
        };
        if let Some(refusal) = needs::nothing_promised(need, mapping, &self.frame.promises) {
            if asked {
                self.refuse(place, kpi, &one.table.name, refusal);
            }
            return;
        }
        let unknown = || needs::ends_unknown(kpi, need, mapping);
        let waits = || Some(needs::question_open(&self.waits_for(need, one, mapping)?));
        let waiting = needs::sheet_open(mapping).or_else(unknown).or_else(waits);
        if let Some(refusal) = waiting {
            self.refuse(place, kpi, &one.table.name, refusal);
            return;
        }
        let beside = self.beside(place, need.beside);
        let must_be = !matches!(need.beside, Beside::Nothing | Beside::CustomersIfAny);
        if beside.is_none() && must_be {
            let refusal = needs::nothing_beside(need.beside);
            self.refuse(place, kpi, &one.table.name, refusal);
            return;
        }
        let same_customers = beside
            .filter(|_| need.beside == Beside::CustomersIfAny)
            .and_then(|(other, _)| self.same_customers(held, other, place));
        let mut subjects = Subject::all(&understood.facts, need.basis);
        subjects.retain(|subject| asked || needs::tells_enough(subject));
        if subjects.is_empty()
            && let Some(refusal) = needs::nothing_to_measure(need, one, mapping, asked)
        {
            self.refuse(place, kpi, &one.table.name, refusal);
            return;
        }
        let computed: Vec<(usize, Computed)> = subjects
            .into_iter()
            .map(|subject| {
                let job = Job {
                    kpi,
                    subject,
                    basis: need.basis,
                    table: &one.table,
                    place,
                    mapping,
                    facts: &understood.facts,
                    books: self.books.get(place).and_then(Option::as_ref),
                    logs: self.logs.get(place).and_then(Option::as_ref),
                    beside: beside.map(|(_, ledger)| ledger),
                    same_customers: same_customers.as_deref(),
                    tenures: understood.facts.tenures.as_ref(),
                    chosen_ledger: self.frame.ledger,
                    kept: understood.kept.as_deref(),
                    segment: understood.segment,
                    frame: &self.frame,
                    options: &self.options,
                    remembered: Some(&self.figures),
                };
                let found = if subject.is_open() {
                    needs::refused_by_question(&job)
                } else {
                    compute::compute(&job)
                };
                (place, found)
            })
            .collect();
        self.findings.extend(computed);
    }

    fn refuse(&mut self, place: usize, kpi: &Kpi, table: &str, refusal: Refusal) {
        let finding = compute::refused(kpi, table, refusal);
        self.findings.push((
            place,
            Computed {
                finding,
                reasons: Vec::new(),
                step_rows: Vec::new(),
                reason_rows: None,
                accounts: Vec::new(),
            },
        ));
    }

    /// Groups the customers of a table by their value. Who asks for single KPIs asks for no groups.
    fn group_customers(&mut self, held: &[Held], at: usize) -> Stage {
        self.open_books();
        let (Some(one), Some(understood)) = (held.get(at), self.tables.get(at)) else {
            return Stage::Fates(0);
        };
        if !self.options.kpis.is_empty() || needs::sheet_open(&understood.mapping).is_some() {
            return Stage::Groups(at + 1);
        }
        let books = self.books.get(at).and_then(Option::as_ref);
        let told = value_groups::of_table(&Asked {
            table: &one.table,
            mapping: &understood.mapping,
            facts: &understood.facts,
            ledger: books.map(|books| books.whole().as_ref()),
            kept: understood.kept.as_deref(),
            as_of: self.frame.as_of,
            choices: &self.value_choices,
        });
        for (groups, rows) in told {
            self.name_groups(at, &groups, &rows);
            self.customer_groups.push(groups);
            let named = rows.into_iter().map(|(group, rows)| GroupRows {
                table: at,
                group,
                rows,
            });
            self.group_rows.extend(named);
        }
        Stage::Groups(at + 1)
    }

    /// Writes the groups of a table's customers beside the accounts.
    fn name_groups(&mut self, at: usize, groups: &CustomerGroups, rows: &[(String, RowSet)]) {
        let (Some(joins), Some(told)) = (&self.joins, &mut self.accounts) else {
            return;
        };
        let Some(Some(of_rows)) = joins.of_rows.get(at) else {
            return;
        };
        let found = named_groups::of_groups(groups, rows, of_rows, joins.accounts());
        for attribute in found {
            let is_known = told.attributes.iter().any(|it| it.name == attribute.name);
            if !is_known {
                told.attributes.push(attribute);
            }
        }
    }

    /// What became of each row of a table.
    fn settle_fates(&mut self, held: &[Held], at: usize) -> Stage {
        let Some(understood) = self.tables.get_mut(at) else {
            return Stage::Faults(0, 0);
        };
        let Some(one) = held.get(at) else {
            return Stage::Faults(0, 0);
        };
        let own = self.findings.iter().filter(|(place, _)| *place == at);
        understood.rows =
            fates::row_fates(&one.table, understood, own.map(|(_, computed)| computed));
        Stage::Fates(at + 1)
    }

    fn find_faults(&mut self, held: &[Held], at: usize, column: usize) -> Stage {
        let (Some(one), Some(understood)) = (held.get(at), self.tables.get_mut(at)) else {
            return Stage::Tell;
        };
        if column >= one.table.columns.len() {
            return Stage::Faults(at + 1, 0);
        }
        let suspect = tables_report::unreadable(one, understood, column) > 0;
        let reading = Reading::new(&one.table, &understood.mapping, self.frame.clone());
        let found = facts::faults::of_column(&reading, &understood.facts, column, suspect);
        understood.faults.extend(found);
        Stage::Faults(at, column + 1)
    }

    fn finish(&mut self, held: &[Held], unread: &[Note]) -> Event {
        let mut findings = std::mem::take(&mut self.findings);
        for (place, computed) in &mut findings {
            let finding = FindingPlace {
                table: *place,
                name: query::name_of(&computed.finding),
            };
            let bridges = std::mem::take(&mut computed.step_rows).into_iter();
            self.bridge_rows.extend(bridges.map(|of_step| BridgeRows {
                finding: finding.clone(),
                of_step,
            }));
            let reasons = computed.reason_rows.take();
            self.reason_rows
                .extend(reasons.map(|rows| FindingReasons { finding, rows }));
        }
        let mut report = whole_report::whole(
            (&self.options, &self.frame),
            (held, &self.tables),
            (findings, std::mem::take(&mut self.customer_groups)),
            unread,
            &self.figures,
        );
        if let Some(joins) = &self.joins {
            joins::notes::add(&mut report, joins);
        }
        report.has_accounts = self.accounts.is_some();
        self.score_accounts();
        if let (Some(told), Some(_)) = (&self.accounts, &report.joins) {
            report.across = across::tell(told);
        }
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
}

/// Looks at one column, unless its table was looked at before.
fn profile(one: &mut Held, at: usize, column: usize) -> Stage {
    match one.table.columns.get(column) {
        Some(next) if one.profiles.len() <= column => one.profiles.push(Profile::of(next)),
        Some(_) => {}
        None => return Stage::Profile(at + 1, 0),
    }
    Stage::Profile(at, column + 1)
}

fn profile_all(one: &mut Held) {
    if one.profiles.is_empty() {
        one.profiles = one.table.columns.iter().map(Profile::of).collect();
    }
}

/// The sheets that are tables of a kind we know, in the workbook's order.
fn recognised_sheets(one: &mut Held, choices: &TableMapping) -> Vec<String> {
    let mut names = one.sheet_names.clone();
    names.retain(|name| {
        one.use_sheet(name);
        profile_all(one);
        let mapping = detect::understand(&one.table, &one.profiles, choices);
        !mapping.kinds.is_empty()
    });
    names
}
