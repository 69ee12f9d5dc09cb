//! Tickets as SQL: each of them once, when it was created, replied to and solved.

use crate::engine::facts::tickets::start::{are_words, is_done, is_solved};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, source};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, any, as_of, call, choose, name, only_if, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Source, Type, Why};

/// Tickets of a table.
pub(super) struct Tickets<'a> {
    question: Question<'a>,
    columns: Vec<(&'static str, Expr)>,
    /// More columns, out of those.
    derived: Vec<(&'static str, Expr)>,
    /// Relations so far.
    pub(super) steps: Vec<Named>,
}

impl<'a> Tickets<'a> {
    /// Tickets of which only the creation and the id are asked for.
    pub(super) fn of(question: &Question<'a>) -> Result<Self, Why> {
        let source = question.source;
        source.as_of().ok_or(Why::NeedsColumn)?;
        let mut columns = vec![
            ("created_on", source.day(Role::CreatedAt)?),
            ("created_at", source.moment(Role::CreatedAt)?),
        ];
        columns.extend(source.text_if_any(Role::Ticket).map(|it| ("ticket", it)));
        let mut tickets = Self {
            question: *question,
            columns,
            derived: Vec::new(),
            steps: Vec::new(),
        };
        let says_words =
            |column: &usize| are_words(source.table.columns[*column].keys().texts.texts());
        if let Some(column) = source.column(Role::Status).ok().filter(says_words) {
            let words = source.words_at(column, |word| is_done(word).then(|| whole(1)))?;
            tickets.columns.push(("is_done", words.or(whole(0))));
        }
        let (at, length) = tickets.full_or_first();
        if source.has(at) {
            tickets.moment("resolved_at", "resolved_on", at)?;
        } else if source.has(length) {
            let hours = source.hours(length)?;
            tickets.day_after("resolved_on", hours);
        }
        Ok(tickets)
    }

    fn source(&self) -> &'a Source<'a> {
        self.question.source
    }

    fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|(own, _)| *own == column)
    }

    /// Asks for a column of the table.
    pub(super) fn ask(&mut self, called: &'static str, is: Expr) {
        self.columns.push((called, is));
    }

    fn moment(&mut self, at: &'static str, on: &'static str, role: Role) -> Result<(), Why> {
        self.ask(at, self.source().moment(role)?);
        self.ask(on, self.source().day(role)?);
        Ok(())
    }

    /// The day so many hours after the creation.
    fn day_after(&mut self, on: &'static str, hours: Expr) {
        let end = call(Function::PlusHours, vec![self.column("created_at"), hours]);
        self.ask(on, end.cast(Type::Day));
    }

    /// The roles of the last solution; of the first where nothing tells the last.
    fn full_or_first(&self) -> (Role, Role) {
        let has = |role: Role| self.source().mapping.column_of(role).is_some();
        let last = (Role::ResolvedAt, Role::ResolutionMinutes);
        let first = (Role::FirstResolvedAt, Role::FirstResolutionMinutes);
        if !has(last.0) && !has(last.1) && (has(first.0) || has(first.1)) {
            first
        } else {
            last
        }
    }

    /// A column says which tickets are done.
    pub(super) fn has_status(&self) -> bool {
        self.has("is_done")
    }

    /// The rows that count: each ticket once, those for which this holds.
    ///
    /// Of rows with the same id one counts. Kept takes the first of the file; a table has no order,
    /// so it is the first that was created, and where rows differ otherwise, any of those.
    pub(super) fn select(&mut self, counts: Expr) -> Select {
        let columns = std::mem::take(&mut self.columns);
        let mut names: Vec<&'static str> = columns.iter().map(|(name, _)| *name).collect();
        let has_id = names.contains(&"ticket");
        self.steps = vec![source(self.question.source, columns)];
        let came = Select::from("source").filter(has_come(name("created_on")));
        if has_id {
            let first = call(Function::RowNumber, Vec::new())
                .within(vec![name("ticket")], vec![(name("created_at"), false)]);
            let came = came
                .keep(&kept(self.question.source, &names))
                .column("copy", first);
            self.steps.push(Named::new(
                "came",
                "tickets created by the last day that counts; copies of one are numbered",
                came,
            ));
            names.push("copy");
        } else {
            let came = came.keep(&kept(self.question.source, &names));
            self.steps.push(Named::new(
                "came",
                "tickets created by the last day that counts",
                came,
            ));
        }
        let mut measured = Select::from("came").keep(&kept(self.question.source, &names));
        for (called, is) in &self.derived {
            measured = measured.column(called, is.clone());
        }
        if has_id {
            measured = measured.filter(any(vec![
                name("ticket").is_nothing(),
                name("copy").equals(whole(1)),
            ]));
        }
        self.steps.push(Named::new(
            "measured",
            "each ticket once, measured",
            measured,
        ));
        let rows = Select::from("measured").filter(counts);
        rows.keep(&kept(self.question.source, &[]))
    }

    /// The hours to a moment that has come, as `hours`; gives which rows count.
    fn between(&mut self, at: &'static str, on: &'static str, hours: &'static str) -> Expr {
        let took = call(Function::HoursBetween, vec![name("created_at"), name(at)]);
        let took = only_if(has_come(name(on)), took);
        self.derived.push((hours, took));
        any(vec![
            name(hours).is_nothing(),
            name(hours).at_least(whole(0)),
        ])
    }

    /// Hours as the ticket system wrote them.
    fn written(&mut self, role: Role, hours: &'static str) -> Result<Expr, Why> {
        self.written_as("written_hours", role, hours)
    }

    fn written_as(
        &mut self,
        called: &'static str,
        role: Role,
        hours: &'static str,
    ) -> Result<Expr, Why> {
        let told = self.source().hours(role)?;
        self.ask(called, told);
        self.derived.push((hours, name(called)));
        Ok(any(vec![
            name(hours).is_nothing(),
            name(hours).at_least(whole(0)),
        ]))
    }

    /// With the hours to the first reply as `reply_hours`, where the table tells them; gives which
    /// rows tell them as they can be.
    pub(super) fn reply_hours(&mut self) -> Result<Option<Expr>, Why> {
        if self.source().has(Role::FirstResponseAt) {
            self.moment("replied_at", "replied_on", Role::FirstResponseAt)?;
            return Ok(Some(self.between(
                "replied_at",
                "replied_on",
                "reply_hours",
            )));
        }
        if !self.source().has(Role::FirstResponseMinutes) {
            return Ok(None);
        }
        let role = Role::FirstResponseMinutes;
        self.written_as("written_reply", role, "reply_hours")
            .map(Some)
    }

    /// With the hours to the solution as `solution_hours`, where the table tells them; gives which
    /// rows tell them as they can be.
    pub(super) fn solution_hours(&mut self) -> Result<Option<Expr>, Why> {
        let (_, length) = self.full_or_first();
        let counts = if self.has("resolved_at") {
            self.between("resolved_at", "resolved_on", "solution_hours")
        } else if self.source().has(length) {
            self.written_as("written_solution", length, "solution_hours")?
        } else {
            return Ok(None);
        };
        Ok(Some(self.not_done_without("solution_hours", counts)))
    }

    /// With the hours to the first reply; gives which rows count.
    pub(super) fn replied(&mut self) -> Result<Expr, Why> {
        if !self.source().has(Role::FirstResponseAt) {
            let hours = self.source().hours(Role::FirstResponseMinutes)?;
            self.day_after("ended_on", hours);
            return self.written(Role::FirstResponseMinutes, "hours");
        }
        self.moment("replied_at", "ended_on", Role::FirstResponseAt)?;
        Ok(self.between("replied_at", "ended_on", "hours"))
    }

    /// With the hours to the solution; gives which rows count: none that is done without a time.
    pub(super) fn solved(&mut self) -> Result<Expr, Why> {
        let (_, length) = self.full_or_first();
        if self.has("resolved_on") {
            self.ask("ended_on", self.column("resolved_on"));
        }
        let counts = if self.has("resolved_at") {
            self.between("resolved_at", "resolved_on", "hours")
        } else {
            self.written(length, "hours")?
        };
        Ok(self.not_done_without("hours", counts))
    }

    fn not_done_without(&self, known: &'static str, counts: Expr) -> Expr {
        if !self.has_status() {
            return counts;
        }
        let is_told = any(vec![
            name(known).is_known(),
            name("is_done").equals(whole(0)),
        ]);
        all(vec![counts, is_told])
    }

    fn column(&self, called: &str) -> Expr {
        let found = self.columns.iter().find(|(own, _)| *own == called);
        found.map_or(Expr::Nothing(Type::Day), |(_, is)| is.clone())
    }

    /// The ticket system's own hours beside the moments; gives the column.
    pub(super) fn exported(&mut self, replies: bool) -> Result<&'static str, Why> {
        if self.has("written_hours") {
            return Ok("hours");
        }
        let role = if replies {
            Role::FirstResponseMinutes
        } else {
            self.full_or_first().1
        };
        let column = self.source().column(role)?;
        if self.source().mapping.columns[column].unit.is_none() {
            return Err(Why::NeedsColumn);
        }
        let told = self.source().hours_at(column)?;
        self.ask("own_hours", told);
        let own = only_if(name("own_hours").at_least(whole(0)), name("own_hours"));
        self.derived.push(("exported_hours", own));
        Ok("exported_hours")
    }

    /// The hours to the first solution beside the last; gives the column.
    pub(super) fn first_solution(&mut self) -> Result<&'static str, Why> {
        if self.full_or_first().0 != Role::ResolvedAt || !self.source().has(Role::FirstResolvedAt) {
            return Err(Why::NeedsColumn);
        }
        self.moment("first_solved_at", "first_solved_on", Role::FirstResolvedAt)?;
        let took = call(
            Function::HoursBetween,
            vec![name("created_at"), name("first_solved_at")],
        );
        let came = all(vec![
            has_come(name("first_solved_on")),
            name("first_solved_at").at_least(name("created_at")),
        ]);
        self.derived.push(("first_hours", only_if(came, took)));
        Ok("first_hours")
    }

    /// Whether each ticket is solved: as its status says, else by the moment of its solution.
    pub(super) fn is_solved(&mut self) -> Result<Expr, Why> {
        if self.has_status() {
            let column = self.source().column(Role::Status)?;
            let solved = |word: &str| is_solved(word).then(|| whole(1));
            let words = self.source().words_at(column, solved)?;
            self.ask("says_solved", words.or(whole(0)));
            return Ok(name("says_solved"));
        }
        if !self.has("resolved_on") {
            return Err(Why::NeedsColumn);
        }
        Ok(choose(has_come(name("resolved_on")), whole(1), whole(0)))
    }

    /// The day of the solution by the last day that counts, where a column tells it or how long it
    /// took.
    pub(super) fn solved_on(&mut self) -> Option<&'static str> {
        if !self.has("resolved_on") {
            return None;
        }
        let came = only_if(name("resolved_on").at_most(as_of()), name("resolved_on"));
        self.derived.push(("solved_on", came));
        Some("solved_on")
    }

    /// Which rows tell a solution that can be: not before the creation, and not done at an unknown
    /// time.
    pub(super) fn with_known_solution(&self) -> Expr {
        if !self.has("resolved_on") {
            return whole(1).equals(whole(1));
        }
        let later = name("resolved_on").above(as_of());
        let follows = name("resolved_on").at_least(name("created_on"));
        let mut unsolved = vec![name("resolved_on").is_nothing()];
        if self.has_status() {
            unsolved.push(name("is_done").equals(whole(0)));
        }
        any(vec![later, follows, all(unsolved)])
    }
}
