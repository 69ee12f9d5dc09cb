//! Counts as SQL: terms of a table, added up over the rows that know them.

use super::Question;
use super::parts::{has_come, kept, share, source, wilson};
use crate::engine::facts::Reading;
use crate::engine::facts::counts::{is_money, says_yes_or_no};
use crate::engine::roles::{Nature, Role};
use crate::engine::sql::expression::{
    Expr, Function, Type, all, call, name, number, only_if, sum_where, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Source, Why};

/// Counts of a table, a term a column.
pub struct Counted<'a> {
    source: &'a Source<'a>,
    /// A column says when.
    pub dated: bool,
    columns: Vec<(&'static str, Expr)>,
    /// Terms without which a row does not count.
    needed: Vec<&'static str>,
    /// What else must hold of a row.
    filters: Vec<Expr>,
}

impl<'a> Counted<'a> {
    /// Nothing but the day.
    pub fn of(question: &Question<'a>) -> Result<Self, Why> {
        let counted = Self::bare(question.source);
        match question.day.filter(|role| question.source.has(*role)) {
            Some(role) => counted.dated_by(role),
            None => Ok(counted),
        }
    }

    /// Nothing at all.
    pub const fn bare(source: &'a Source<'a>) -> Self {
        Self {
            source,
            dated: false,
            columns: Vec::new(),
            needed: Vec::new(),
            filters: Vec::new(),
        }
    }

    /// On the days of this role.
    pub fn dated_by(mut self, role: Role) -> Result<Self, Why> {
        self.columns.push(("day", self.source.day(role)?));
        self.dated = true;
        Ok(self)
    }

    /// Whether the table tells a term.
    pub fn tells(&self, term: &str) -> bool {
        self.columns.iter().any(|(own, _)| *own == term)
    }

    /// The numbers of a role: amounts in major units, counts of at least nothing, yes for one and no
    /// for none.
    fn number(&self, role: Role) -> Result<Expr, Why> {
        if is_money(role) {
            return self.source.money(role);
        }
        let column = self.source.column(role)?;
        if role.nature() != Nature::Count {
            return self.source.number_at(column);
        }
        let reading = Reading::new(
            self.source.table,
            self.source.mapping,
            self.source.frame.clone(),
        );
        if says_yes_or_no(&reading, role) {
            return self.source.count_or_flag_at(column);
        }
        let count = self.source.number_at(column)?;
        Ok(only_if(count.clone().at_least(whole(0)), count))
    }

    /// With a term without which a row does not count.
    pub fn needing(mut self, term: &'static str, role: Role) -> Result<Self, Why> {
        let number = self.number(role)?;
        self.columns.push((term, number));
        self.needed.push(term);
        Ok(self)
    }

    /// The first of these roles that has a column; one a row where the other terms answer yes or no.
    pub fn needing_first(self, term: &'static str, roles: &[Role]) -> Result<Self, Why> {
        let known = roles.iter().find(|role| self.source.has(**role));
        match known {
            Some(role) => self.needing(term, *role),
            None => Ok(self.with(term, number(1.0))),
        }
    }

    /// With a term that rows may lack, where a column tells it.
    pub fn perhaps(self, term: &'static str, role: Role) -> Result<Self, Why> {
        if !self.source.has(role) {
            return Ok(self);
        }
        let number = self.number(role)?;
        Ok(self.with(term, number))
    }

    /// With a term.
    #[must_use]
    pub fn with(mut self, term: &'static str, is: Expr) -> Self {
        self.columns.push((term, is));
        self
    }

    /// Only rows for which this holds.
    #[must_use]
    pub fn filter(mut self, filter: Expr) -> Self {
        self.filters.push(filter);
        self
    }

    /// The rows that count, with all columns.
    pub fn plan(self) -> Plan {
        let names: Vec<&'static str> = self.columns.iter().map(|(name, _)| *name).collect();
        let mut counted = Select::from("source").keep(&kept(self.source, &names));
        for term in &self.needed {
            counted = counted.filter(name(term).is_known());
        }
        for filter in self.filters {
            counted = counted.filter(filter);
        }
        if self.dated {
            counted = counted.filter(has_come(name("day")));
        }
        let steps = vec![
            self::source(self.source, self.columns),
            Named::new("counted", "rows that tell what is counted", counted),
        ];
        Plan::of(steps, names)
    }

    /// A part of a whole, each added up over the rows that know both.
    pub fn share(self, part: &'static str, whole_name: &'static str) -> Plan {
        let mut plan = self.plan();
        plan.terms = sums(&[part, whole_name]);
        plan.parts = vec![(part, name(part)), (whole_name, name(whole_name))];
        of_whole(plan, part, whole_name)
    }

    /// What is left of a whole.
    pub fn rest(self, part: &'static str, whole_name: &'static str) -> Plan {
        let mut plan = self.plan();
        plan.terms = sums(&[part, whole_name]);
        plan.terms.push(("abandoned", {
            let known = all(vec![name(part).is_known(), name(whole_name).is_known()]);
            sum_where(known, name(whole_name).minus(name(part)))
        }));
        plan.parts = [part, whole_name, "abandoned"]
            .map(|it| (it, name(it)))
            .to_vec();
        let part_fits = name(part).at_most(name(whole_name));
        let mut plan = of_whole(plan, "abandoned", whole_name);
        plan.exists = plan.exists.map(|exists| all(vec![exists, part_fits]));
        plan
    }
}

/// Sums of terms over the rows that know all of them.
pub fn sums(terms: &[&'static str]) -> Vec<(&'static str, Expr)> {
    let known = || all(terms.iter().map(|term| name(term).is_known()).collect());
    let each = terms.iter();
    each.map(|term| (*term, sum_where(known(), name(term))))
        .collect()
}

/// A share of sums: refused where the whole is nothing or the part is more than it, and without an
/// interval where they are no whole numbers.
pub fn of_whole(plan: Plan, part: &'static str, whole_name: &'static str) -> Plan {
    let mut plan = share(plan, part, whole_name);
    let is_whole = |term: &str| {
        let cut = name(term).cast(Type::Whole).cast(Type::Number);
        name(term).equals(cut)
    };
    let are_whole = || all(vec![is_whole(part), is_whole(whole_name)]);
    let (low, high) = wilson(part, whole_name);
    plan.interval = Some((only_if(are_whole(), low), only_if(are_whole(), high)));
    plan.n = whole_of(name(whole_name));
    plan.exists = Some(all(vec![
        name(whole_name).above(whole(0)),
        name(part).at_most(name(whole_name).times(number(1.0 + 1e-12))),
    ]));
    plan
}

/// A number without its fraction.
pub fn whole_of(is: Expr) -> Expr {
    call(Function::Floor, vec![is]).cast(Type::Whole)
}

/// A sum divided by another, without an interval.
pub fn ratio(mut plan: Plan, above: &'static str, below: &'static str, n: Expr) -> Plan {
    plan.value = name(above).over(name(below));
    plan.n = n;
    plan.exists = Some(name(below).above(whole(0)));
    plan.parts.extend([
        (above, name(above)),
        (below, name(below)),
        ("numerator", name(above)),
        ("denominator", name(below)),
    ]);
    plan
}

impl Counted<'_> {
    /// A term that a rule needs and rows may lack.
    pub fn needing_if(self, term: &'static str, role: Role) -> Result<Self, Why> {
        if !self.source.has(role) {
            return Err(Why::NeedsColumn);
        }
        self.perhaps(term, role)
    }
}
