//! The back-test of the health score on the tables that are held, one slice of work at a time.
//!
//! Facts are read anew for every look back, which takes as long as a run does; so it is asked for,
//! and no run waits for it.

mod course;
mod gathered;

use gathered::Gathered;

use super::account_view::{self, known, nothing_loaded};
use super::accounts::{self, Accounts, AsOf, Source};
use super::backtest::judge::{self, Tested};
use super::backtest::outcomes;
use super::backtest::query::{BacktestQuery, Look};
use super::backtest::{guard, population, refusals, then, used, weights};
use super::base::{Date, Error, Refusal};
use super::facts::health::MeasureChoice;
use super::facts::{Frame, Health, Reading};
use super::held::Held;
use super::joins::Joins;
use super::kpi::usage::customer_health_score as health_kpi;
use super::kpi::usage::health_scores::Scoring;
use super::report::{BacktestAccount, BacktestHorizon, BacktestReport};
use super::roles::Kind;
use super::session::Told;

/// Tells accounts as of a day.
type Teller = fn(&[Source<'_>], AsOf) -> Accounts;

/// One back-test at work.
#[derive(Debug)]
pub struct Backtest {
    query: BacktestQuery,
    tell: Teller,
    stage: Stage,
    looks: Vec<Look>,
    /// The places of the figures of today's score that are tested.
    used: Vec<usize>,
    now: Gathered,
    /// Whether each account is a customer today, and the first day of which a ledger tells.
    ends: Vec<Option<bool>>,
    first_day: Option<Date>,
    then: Gathered,
    scored: Option<(Health, Tested)>,
    report: BacktestReport,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Begin,
    /// The table whose facts are read as of today.
    Now(usize),
    /// The look back at work.
    Look(usize),
    /// The look back and the table whose facts are read as of its day.
    Then(usize, usize),
    Judge(usize),
    Weigh(usize),
    End,
}

/// What ends a test before its end.
enum Stop {
    /// It is refused.
    Refused(Refusal),
    /// There is nothing to ask about.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Backtest {
    /// A back-test as it is asked for.
    pub fn new(query: BacktestQuery) -> Self {
        Self {
            query,
            tell: accounts::tell,
            stage: Stage::Begin,
            looks: Vec::new(),
            used: Vec::new(),
            now: Gathered::default(),
            ends: Vec::new(),
            first_day: None,
            then: Gathered::default(),
            scored: None,
            report: BacktestReport::default(),
        }
    }

    /// How it was asked for.
    pub const fn query(&self) -> &BacktestQuery {
        &self.query
    }

    /// Does one slice of work; gives the [`BacktestReport`] as JSON once it is done.
    ///
    /// # Errors
    /// `no_accounts`.
    pub fn step(&mut self, (held, told): (&[Held], &Told)) -> Option<Result<String, Error>> {
        match self.slice((held, told)) {
            Ok(next) => self.stage = next,
            Err(Stop::Refused(refusal)) => {
                // A test that failed is not shown in part.
                self.report.horizons.clear();
                self.report.course.clear();
                self.report.refusal = Some(refusal);
                self.stage = Stage::End;
            }
            Err(Stop::Failed(error)) => return Some(Err(error)),
        }
        let json = || serde_json::to_string(&self.report).unwrap_or_default();
        (self.stage == Stage::End).then(|| Ok(json()))
    }

    fn slice(&mut self, (held, told): (&[Held], &Told)) -> Result<Stage, Stop> {
        let (joins, _) = known(told)?;
        let as_of = told.frame.as_of.ok_or_else(nothing_loaded)?;
        let day = |look: usize, looks: &[Look]| looks.get(look).map_or(as_of, |it| it.day(as_of));
        Ok(match self.stage {
            Stage::Begin => self.begin(told, as_of)?,
            Stage::Now(table) => match held.get(table) {
                Some(one) => {
                    let wanted = self.needs(table, told);
                    self.now.add(one, told, &told.frame, wanted);
                    Stage::Now(table + 1)
                }
                None => self.look_around((held, told), (joins, as_of))?,
            },
            Stage::Look(look) => match self.looks.get(look) {
                None => Stage::End,
                Some(one) if self.first_day.is_none_or(|first| one.day(as_of) <= first) => {
                    // Before the first customer there is no score to tell.
                    if let Look::Test(days) = one {
                        let mut short = BacktestHorizon::of(*days, one.day(as_of));
                        let refusal = refusals::too_short(one.day(as_of), self.first_day);
                        short.refusal = Some(refusal);
                        self.report.horizons.push(short);
                    }
                    Stage::Look(look + 1)
                }
                Some(_) => {
                    self.then = Gathered::default();
                    Stage::Then(look, 0)
                }
            },
            Stage::Then(look, table) => match held.get(table) {
                Some(one) => {
                    let wanted = self.needs(table, told);
                    let frame = as_if(&told.frame, day(look, &self.looks));
                    self.then.add(one, told, &frame, wanted);
                    Stage::Then(look, table + 1)
                }
                None => Stage::Judge(look),
            },
            Stage::Judge(look) => match self.looks.get(look) {
                Some(Look::Tell(day)) => {
                    self.tell((held, told), joins, *day)?;
                    Stage::Look(look + 1)
                }
                Some(Look::Test(days)) => {
                    self.judge((held, told), joins, (*days, day(look, &self.looks)))?;
                    Stage::Weigh(look)
                }
                None => Stage::End,
            },
            Stage::Weigh(look) => {
                self.weigh(told);
                Stage::Look(look + 1)
            }
            Stage::End => Stage::End,
        })
    }

    /// What is tested, or why nothing can be.
    fn begin(&mut self, told: &Told, as_of: Date) -> Result<Stage, Stop> {
        let (_, accounts) = known(told)?;
        let main = told.frame.health.backtest_days;
        self.looks = self.query.looks(main, as_of);
        self.report.as_of = Some(as_of);
        self.report.main_days = main;
        self.report.red_to = told.frame.health.yellow_above;
        self.report.edge_is_red = !told.frame.health.edge_is_upper;
        let (health, _) = told.health.as_ref().ok_or_else(refusals::no_score)?;
        if let Some(refusal) = &health.refusal {
            return Err(refusal.clone().into());
        }
        (self.used, self.report.left_out) = used::figures(health, accounts);
        if self.used.is_empty() {
            return Err(refusals::nothing_dated().into());
        }
        Ok(Stage::Now(0))
    }

    /// Whether a table tells one of the figures, or who is a customer.
    fn needs(&self, table: usize, told: &Told) -> bool {
        let speaks = told
            .joins
            .as_ref()
            .is_some_and(|joins| joins.of_rows.get(table).is_some_and(Option::is_some));
        let all = told.accounts.iter().flat_map(|accounts| {
            let own = self.used.iter();
            own.filter_map(|place| accounts.figures.get(*place))
        });
        let kinds = [
            Kind::Subscription,
            Kind::RevenueMonth,
            Kind::RevenueMovement,
            Kind::Renewal,
            Kind::Account,
        ];
        let is_of = |kind: &Kind| {
            told.tables
                .get(table)
                .is_some_and(|it| it.mapping.is(*kind))
        };
        speaks && (all.into_iter().any(|it| it.table == table) || kinds.iter().any(is_of))
    }

    /// Who is a customer today.
    fn look_around(
        &mut self,
        (held, told): (&[Held], &Told),
        (joins, as_of): (&Joins, Date),
    ) -> Result<Stage, Stop> {
        let readings = account_view::readings((held, &told.tables), &told.frame);
        let sources = self.now.sources((joins, told), &readings);
        let accounts = joins.accounts();
        let today = AsOf {
            day: as_of,
            accounts,
        };
        self.ends = outcomes::customers(&sources, today).ok_or_else(refusals::no_ledger)?;
        self.first_day = outcomes::first_day(&sources);
        Ok(Stage::Look(0))
    }

    /// What was known of accounts on a day, told twice and compared: by all facts through the gate,
    /// and by facts that were read as if the day were today.
    fn told_then(
        &self,
        (held, told): (&[Held], &Told),
        joins: &Joins,
        day: Date,
    ) -> Result<Accounts, Stop> {
        let (_, today) = known(told)?;
        let as_of = AsOf {
            day,
            accounts: joins.accounts(),
        };
        let told_by = |gathered: &Gathered, frame: &Frame| {
            let readings = account_view::readings((held, &told.tables), frame);
            let sources = gathered.sources((joins, told), &readings);
            let mut found = (self.tell)(&sources, as_of);
            used::named_as_today(&mut found, today, &self.used);
            found.is_customer = outcomes::customers(&sources, as_of).unwrap_or_default();
            found
        };
        let gated = told_by(&self.now, &told.frame);
        let anew = told_by(&self.then, &as_if(&told.frame, day));
        guard::compare(&gated, &anew)?;
        Ok(anew)
    }

    /// What was known of accounts on a day, and the measures of their health.
    fn health_then(
        &self,
        (held, told): (&[Held], &Told),
        joins: &Joins,
        (day, as_today): (Date, Option<Vec<MeasureChoice>>),
    ) -> Result<(Accounts, Health), Stop> {
        let then = self.told_then((held, told), joins, day)?;
        let (one, understood) = held
            .get(joins.base)
            .zip(told.tables.get(joins.base))
            .ok_or_else(nothing_loaded)?;
        let frame = as_if(&told.frame, day);
        let list = Reading::new(&one.table, &understood.mapping, frame);
        let both = then.is_customer.iter().zip(&self.ends);
        let later: Vec<bool> = both
            .map(|(then, now)| then.is_none() && now.is_some())
            .collect();
        let of_rows = joins.of_rows.get(joins.base).and_then(Option::as_ref);
        let of_rows = of_rows.ok_or_else(nothing_loaded)?;
        let health = then::health(
            &list,
            &then,
            (&later, as_today),
            (of_rows, &joins.first_rows),
        );
        let health = health.ok_or_else(refusals::no_score)?;
        Ok((then, health))
    }

    /// Scores the accounts of a day and holds them against what happened since.
    fn judge(
        &mut self,
        (held, told): (&[Held], &Told),
        joins: &Joins,
        (days, day): (u32, Date),
    ) -> Result<(), Stop> {
        let mut found = BacktestHorizon::of(days, day);
        self.scored = None;
        let (_, today) = known(told)?;
        let kept = told.tables.get(joins.base).ok_or_else(nothing_loaded)?;
        let kept = kept.kept.as_deref();
        let (then, health) = self.health_then((held, told), joins, (day, None))?;
        found.unknown = used::silent(&health, &then, (today, &self.used));
        let rule = told.health.as_ref().map_or("", |it| it.1.as_str());
        match Scoring::new(&health, health_kpi::method(rule)) {
            _ if then.figures.is_empty() => {
                found.refusal = Some(refusals::too_short(day, self.first_day));
            }
            _ if health.measures.is_empty() => found.refusal = Some(refusals::constant()),
            Err(refusal) => found.refusal = Some(refusal),
            Ok(scoring) => {
                let until = told.frame.as_of.unwrap_or(day);
                let lost = self.lost_renewals((held, told), joins, (day, until));
                let tested = population::tested(&scoring, &joins.first_rows, kept, |account| {
                    let at = |list: &[Option<bool>]| list.get(account).copied().flatten();
                    let lost = lost.get(account) == Some(&true);
                    outcomes::fate(at(&then.is_customer), at(&self.ends), lost)
                });
                let (tested, left_out) = tested;
                found.left_out = left_out;
                judge::judge(&tested, &mut found);
                if self.query.accounts {
                    found.tested = listed(&tested, joins, (held, told));
                }
                if found.refusal.is_none() {
                    self.scored = Some((health, tested));
                }
            }
        }
        self.report.horizons.push(found);
        Ok(())
    }

    fn lost_renewals(
        &self,
        (held, told): (&[Held], &Told),
        joins: &Joins,
        between: (Date, Date),
    ) -> Vec<bool> {
        let readings = account_view::readings((held, &told.tables), &told.frame);
        let sources = self.now.sources((joins, told), &readings);
        outcomes::lost_renewals(&sources, joins.accounts(), between)
    }

    /// Adds suggested weights to the last look back.
    fn weigh(&mut self, told: &Told) {
        let (Some((health, tested)), Some(found)) =
            (self.scored.take(), self.report.horizons.last_mut())
        else {
            return;
        };
        let rule = told.health.as_ref().map_or("", |it| it.1.as_str());
        let Ok(scoring) = Scoring::new(&health, health_kpi::method(rule)) else {
            return;
        };
        match weights::suggest(&scoring, &tested) {
            Ok(weights) => found.weights = Some(weights),
            Err(refusal) => found.weights_refusal = Some(refusal),
        }
    }
}

/// The frame of a run on a day.
fn as_if(frame: &Frame, day: Date) -> Frame {
    Frame {
        as_of: Some(day),
        ..frame.clone()
    }
}

fn listed(tested: &Tested, joins: &Joins, of: (&[Held], &Told)) -> Vec<BacktestAccount> {
    let Some(names) = account_view::names(joins, of) else {
        return Vec::new();
    };
    let scored = tested.scores.iter().zip(&tested.bands).zip(&tested.lost);
    let all = tested.accounts.iter().zip(scored);
    all.map(|(account, ((score, band), lost))| BacktestAccount {
        customer: names.customer(*account as usize),
        score: *score,
        band: band.id().to_owned(),
        lost: *lost,
    })
    .collect()
}

#[cfg(test)]
mod tests;
