//! Answers as SQL: which of them count, once each, once a person or once a customer.

use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{
    day_or_first, has_come_or_undated, kept, scope, share, source,
};
use crate::engine::options::Direction;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, any, as_of, call, choose, mean, name, number, of, rows, rows_where, text,
    whole,
};
use crate::engine::sql::relation::{Join, Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Source, Why};

/// What a share of answers calls its terms: the good ones, and all.
pub(super) type Names = (&'static str, &'static str);

/// Answers in one column.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says what one column tells"
)]
pub(super) struct Answers<'a> {
    source: &'a Source<'a>,
    /// The lowest and the highest answer.
    pub(super) scale: (f64, f64),
    turned: bool,
    dated: bool,
    /// From the table to the answers that count.
    steps: Vec<Named>,
    /// A column says who answered, and for which customer.
    has: (bool, bool),
    /// The relation `silent` holds questions that nobody answered.
    tells_silent: bool,
    /// The headline covers all rows, with or without a day.
    covers_everything: bool,
    /// A column says who recommended the company, and the rule asks for it.
    refers: bool,
}

impl<'a> Answers<'a> {
    /// The answers that a question is about.
    pub(super) fn of(question: &Question<'a>) -> Result<Self, Why> {
        let source = question.source;
        let column = question.column.ok_or(Why::NeedsColumn)?;
        if source.mapping.tries.is_some() {
            return Err(Why::NeedsWords);
        }
        if source.has_answers_twice() {
            return Err(Why::NeedsRowOrder);
        }
        let meaning = &source.mapping.columns[column];
        let scale = question.asked.map_or(meaning.scale, |asked| asked.scale);
        let scale = scale.ok_or(Why::NeedsColumn)?;
        let direction = question
            .asked
            .map_or(meaning.direction, |asked| asked.direction);
        let mut columns = vec![("score", source.number_at(column)?)];
        let day = question.day.filter(|role| source.has(*role));
        let dated = day.is_some();
        if let Some(role) = day {
            columns.push(("day", source.day(role)?));
        }
        let who = [Role::Respondent, Role::Customer];
        let person = who.into_iter().find_map(|role| source.text_if_any(role));
        let customer = source.text_if_any(Role::Customer);
        let has = (person.is_some(), customer.is_some());
        columns.extend(person.map(|it| ("person", it)));
        columns.extend(customer.map(|it| ("customer", it)));
        let sent = source.has(Role::SentAt);
        if sent {
            columns.push(("sent_on", source.day(Role::SentAt)?));
        }
        let refers = question.rule.id == "promoters_who_referred";
        if refers {
            let column = source.column(Role::Referrals)?;
            columns.push(("referrals", source.count_or_flag_at(column)?));
        }
        if let Some(asked) = question.asked {
            let code = source.text(Role::Question)?;
            columns.push(("is_asked", asked_is(code, asked.text.as_deref())));
        }
        let mut answers = Self {
            source,
            scale,
            turned: direction == Direction::LowIsGood,
            dated,
            steps: vec![self::source(source, columns)],
            has,
            tells_silent: sent,
            covers_everything: question.covers_everything,
            refers,
        };
        answers.add_silent(question.asked.is_some());
        answers.add_answers(question.asked.is_some());
        Ok(answers)
    }

    /// Questions that were sent and that nobody answered.
    fn add_silent(&mut self, by_question: bool) {
        if !self.tells_silent {
            return;
        }
        let mut silent = Select::from("source")
            .column("day", name("sent_on"))
            .filter(name("score").is_nothing())
            .filter(name("sent_on").is_known());
        if self.source.as_of().is_some() {
            silent = silent.filter(name("sent_on").at_most(as_of()));
        }
        if by_question {
            silent = silent.filter(name("is_asked").equals(whole(1)));
        }
        self.steps.push(Named::new(
            "silent",
            "questions that were sent and that nobody answered",
            silent,
        ));
    }

    /// Answers on the scale, high is good.
    fn add_answers(&mut self, by_question: bool) {
        let (low, high) = self.scale;
        let score = if self.turned {
            number(low + high).minus(name("score"))
        } else {
            name("score")
        };
        let mut columns = Vec::new();
        columns.extend(self.dated.then_some("day"));
        columns.extend(self.has.0.then_some("person"));
        columns.extend(self.has.1.then_some("customer"));
        columns.extend(self.refers.then_some("referrals"));
        let mut select = Select::from("source")
            .column("score", score)
            .keep(&kept(self.source, &columns))
            .filter(name("score").at_least(number(low)))
            .filter(name("score").at_most(number(high)));
        if self.dated && self.source.as_of().is_some() {
            select = select.filter(has_come_or_undated(name("day")));
        }
        if by_question {
            select = select.filter(name("is_asked").equals(whole(1)));
        }
        self.steps
            .push(Named::new("answers", "answers on the scale", select));
    }

    /// Where promoters and passives begin.
    pub(super) fn steps(&self) -> Result<[f64; 2], Why> {
        let (low, high) = self.scale;
        if (9.5..20.5).contains(&high) {
            Ok([9.0, 7.0])
        } else if (high - 5.0).abs() < 1e-9 && low >= 0.0 {
            Ok([5.0, 4.0])
        } else {
            Err(Why::NeedsColumn)
        }
    }

    fn plan(&self) -> Plan {
        let mut fields = vec!["score"];
        fields.extend(self.dated.then_some("day"));
        fields.extend(self.has.0.then_some("person"));
        fields.extend(self.has.1.then_some("customer"));
        fields.extend(self.refers.then_some("referrals"));
        Plan::of(self.steps.clone(), fields)
    }

    /// Every answer.
    pub(super) fn every(&self) -> Plan {
        self.plan()
    }

    /// The latest answer of each person; of several on one day the lowest.
    pub(super) fn latest_of_each(&self) -> Result<Plan, Why> {
        if !self.has.0 {
            return Err(Why::NeedsColumn);
        }
        let mut order = Vec::new();
        if self.dated {
            order.push((day_or_first(name("day")), true));
        }
        order.push((name("score"), false));
        let mut same = scope();
        same.push(name("person"));
        let place = call(Function::RowNumber, Vec::new()).within(same, order);
        let placed = Select::from("scoped")
            .keep(&SCOPE)
            .keep(&["person", "score"])
            .column("place", place);
        let latest = Select::from("placed")
            .keep(&SCOPE)
            .keep(&["score"])
            .filter(any(vec![
                name("person").is_nothing(),
                name("place").equals(whole(1)),
            ]));
        let mut plan = self.plan();
        plan.after = vec![
            Named::new(
                "placed",
                "answers of each person, the latest first, of one day the lowest",
                placed,
            ),
            Named::new(
                "latest",
                "one answer a person; answers without a person each by themselves",
                latest,
            ),
        ];
        Ok(plan)
    }

    /// One answer a customer.
    pub(super) fn of_each_customer(&self, worth: Expr) -> Result<Plan, Why> {
        if !self.has.1 {
            return Err(Why::NeedsColumn);
        }
        let mut by = scope();
        by.push(name("customer"));
        let customers = Select::from("scoped")
            .keep(&SCOPE)
            .keep(&["customer"])
            .column("score", worth)
            .filter(name("customer").is_known())
            .group(by);
        let mut plan = self.plan();
        plan.after = vec![Named::new("customers", "each customer once", customers)];
        Ok(plan)
    }

    /// The share of answers of at least `from`.
    pub(super) fn share(&self, mut plan: Plan, from: f64, (good, every): Names) -> Plan {
        plan.terms = vec![
            (good, rows_where(name("score").at_least(number(from)))),
            (every, rows()),
            ("mean", mean(name("score"))),
        ];
        plan.parts = vec![
            (good, name(good)),
            (every, name(every)),
            ("mean", name("mean")),
        ];
        self.with_invited(share(plan, good, every), every)
    }

    /// The share of answers of at least `from` by people who recommended the company.
    pub(super) fn who_referred(&self, from: f64, (good, every): Names) -> Plan {
        let recommends = name("referrals").above(whole(0));
        let promotes = name("score").at_least(number(from));
        let mut plan = self.plan();
        plan.terms = vec![
            (good, rows_where(all(vec![recommends, promotes]))),
            (every, rows()),
        ];
        plan.parts = vec![(good, name(good)), (every, name(every))];
        share(plan, good, every)
    }

    /// The mean; its interval needs a quantile of Student's, which SQL does not have.
    pub(super) fn mean(&self, mut plan: Plan, every: &'static str) -> Plan {
        plan.terms = vec![(every, rows()), ("mean", mean(name("score")))];
        plan.value = name("mean");
        plan.n = name(every);
        plan.exists = Some(name(every).above(whole(0)));
        plan.parts = vec![(every, name(every)), ("mean", name("mean"))];
        if self.turned {
            let (low, high) = self.scale;
            let as_answered = number(low + high).minus(name("mean"));
            plan.parts.push(("mean_as_answered", as_answered));
        }
        self.with_invited(plan, every)
    }

    /// With the questions sent, where the table says when.
    pub(super) fn with_invited(&self, mut plan: Plan, every: &'static str) -> Plan {
        if !self.tells_silent {
            return plan;
        }
        // Of all rows, those without an answer count whenever they were sent.
        let on = if self.dated && !self.covers_everything {
            all(vec![
                of("s", "day").at_least(of("w", "period_start")),
                of("s", "day").below(of("w", "period_end")),
            ])
        } else {
            whole(1).equals(whole(1))
        };
        let asked = Select::from("windows")
            .called("w")
            .join(Join::Left("silent", "s", on))
            .keep_of("w", &["covers"])
            .column("unanswered", call(Function::Count, vec![of("s", "day")]))
            .filter(of("w", "covers").equals(text("period")))
            .group(vec![of("w", "covers")]);
        let named = Named::new(
            "asked",
            "questions of the period that nobody answered",
            asked,
        );
        let join = Join::Left("asked", "q", of("q", "covers").equals(of("t", "covers")));
        plan.beside = Some((vec![named], join));
        let invited = || name(every).plus(name("unanswered"));
        plan.parts.push(("invited", invited()));
        plan.parts
            .push(("response_rate", name(every).over(invited())));
        plan
    }
}

fn asked_is(code: Expr, asked: Option<&str>) -> Expr {
    let is = code
        .or(text(""))
        .equals(text(asked.unwrap_or_default().trim()));
    choose(is, whole(1), whole(0))
}
