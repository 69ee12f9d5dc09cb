//! A figure as a query: a plan of one rule, its windows, and what stands at the head.

use super::dialect::Dialect;
use super::expression::{Expr, Type, name, text};
use super::prune;
use super::relation::{Join, Named, Select};
use super::source::Source;
use super::windows::{SCOPE, Scoped, Windows};
use super::writing;

/// How one rule is worked out.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Relations on the relation `source`; the last has the rows that count.
    pub steps: Vec<Named>,
    /// Columns of those rows that are needed in each window.
    pub fields: Vec<&'static str>,
    /// Relations on the relation `parts`: those rows for the whole and for their segment, told apart
    /// by `by_segment` and `segment`; and the columns of the last of them.
    pub middle: (Vec<Named>, Vec<&'static str>),
    /// Which rows belong to a window (`r` and `w`), where their day does not tell.
    pub within: Option<Expr>,
    /// Units between the first and the last row have figures, though no row falls in them.
    pub every_unit: bool,
    /// Windows without rows have a figure, such as nobody.
    pub keeps_empty: bool,
    /// Relations on `scoped`, such as one row a customer.
    pub after: Vec<Named>,
    /// Terms, worked out over the rows of each window of the last relation.
    pub terms: Vec<(&'static str, Expr)>,
    /// More terms out of those, relation after relation: its name, what it adds, and the columns.
    pub further: Vec<Further>,
    /// What must hold of the terms for there to be a figure.
    pub exists: Option<Expr>,
    /// What is joined to the terms (`t`) at the end.
    pub beside: Option<(Vec<Named>, Join)>,
    /// The figure, from the terms.
    pub value: Expr,
    /// How many it rests on.
    pub n: Expr,
    /// Its interval, where that is a formula.
    pub interval: Option<(Expr, Expr)>,
    /// The terms of the formula, from the terms.
    pub parts: Vec<(&'static str, Expr)>,
}

/// Terms that follow from other terms.
#[derive(Clone, Debug)]
pub struct Further {
    /// The name of the relation.
    pub name: &'static str,
    /// What it adds.
    pub says: &'static str,
    /// The terms.
    pub terms: Vec<(&'static str, Expr)>,
}

impl Plan {
    /// A plan of a relation in steps, of which nothing is worked out yet.
    pub const fn of(steps: Vec<Named>, fields: Vec<&'static str>) -> Self {
        Self {
            steps,
            fields,
            middle: (Vec::new(), Vec::new()),
            within: None,
            every_unit: false,
            keeps_empty: false,
            after: Vec::new(),
            terms: Vec::new(),
            further: Vec::new(),
            exists: None,
            beside: None,
            value: Expr::Nothing(Type::Number),
            n: Expr::Nothing(Type::Whole),
            interval: None,
            parts: Vec::new(),
        }
    }

    /// The name of the last relation of terms.
    fn told_by(&self) -> &'static str {
        self.further.last().map_or("terms", |it| it.name)
    }
}

/// A plan with the rest that a query needs.
#[derive(Debug)]
pub struct Figure<'a> {
    /// The KPI's id.
    pub kpi: &'a str,
    /// The rule's id.
    pub rule: &'a str,
    /// What stands at the head, line by line.
    pub head: Vec<String>,
    /// How it is worked out.
    pub plan: Plan,
    /// The stretches of time.
    pub windows: Windows,
}

impl Figure<'_> {
    /// The query.
    pub fn query(&self, dialect: Dialect, source: &Source<'_>) -> String {
        let last = self.last();
        let mut relations = self.relations();
        if !self.windows.segments {
            prune::undivided(&mut relations);
        }
        let relations = prune::pruned(relations, &last);
        let lines = self.head.iter().flat_map(|line| line.lines());
        let mut text: Vec<String> = lines.map(|line| format!("-- {line}")).collect();
        for table in std::iter::once(source).chain(source.beside.map(|(_, beside)| beside)) {
            let asked = prune::cells(&relations, table.relation);
            if table.relation != source.relation && !asked.is_empty() {
                text.push(format!("-- Second table: {}. Columns:", table.table.name));
            }
            let expected = table.expected().into_iter();
            let expected = expected.filter(|(header, _)| asked.contains(header));
            text.extend(expected.map(|(header, of)| {
                let header = dialect.quoted(&header).replace(['\n', '\r'], " ");
                format!("--   {header} {}", dialect.type_name(of))
            }));
        }
        text.push(writing::query(dialect, &relations, &last));
        text.join("\n")
    }

    fn relations(&self) -> Vec<Named> {
        let plan = &self.plan;
        let mut all = Vec::new();
        if let Some(day) = self.windows.as_of {
            let day = Select::of(super::relation::Rows::Nowhere).column("day", Expr::Day(day));
            all.push(Named::new("as_of", "the last day that counts", day));
        }
        all.extend(plan.steps.iter().cloned());
        let facts = plan.steps.last().map_or("source", |step| step.name);
        all.extend(self.windows.relations(facts));
        let fields = if plan.middle.0.is_empty() {
            &plan.fields
        } else {
            &plan.middle.1
        };
        all.extend(self.windows.scoped(
            facts,
            &Scoped {
                own_fields: &plan.fields,
                middle: &plan.middle.0,
                fields,
                within: &plan.within,
                keeps_empty: plan.keeps_empty,
            },
        ));
        all.extend(plan.after.iter().cloned());
        let last = plan.after.last().map_or("scoped", |step| step.name);
        let mut terms = Select::from(last).keep(&SCOPE);
        terms.group = SCOPE.iter().map(|it| name(it)).collect();
        for (term, is) in &plan.terms {
            terms = terms.column(term, is.clone());
        }
        all.push(Named::new("terms", "the terms of the figure", terms));
        let mut known: Vec<&str> = SCOPE.to_vec();
        known.extend(plan.terms.iter().map(|(term, _)| *term));
        let mut before = "terms";
        for further in &plan.further {
            let mut more = Select::from(before).keep(&known);
            for (term, is) in &further.terms {
                more = more.column(term, is.clone());
                known.push(term);
            }
            all.push(Named::new(further.name, further.says, more));
            before = further.name;
        }
        let beside = plan.beside.iter();
        all.extend(beside.flat_map(|(named, _)| named.iter().cloned()));
        all
    }

    fn last(&self) -> Select {
        let plan = &self.plan;
        let (low, high) = plan
            .interval
            .clone()
            .unwrap_or((Expr::Nothing(Type::Number), Expr::Nothing(Type::Number)));
        let mut last = Select::from(plan.told_by())
            .called("t")
            .column("kpi", text(self.kpi))
            .column("variant", text(self.rule))
            .keep_of("t", &SCOPE)
            .column("value", plan.value.clone())
            .column("n", plan.n.clone())
            .column("interval_low", low)
            .column("interval_high", high);
        for (part, is) in &plan.parts {
            last = last.column(part, is.clone());
        }
        last.joins
            .extend(plan.beside.iter().map(|(_, join)| join.clone()));
        last.filters.extend(plan.exists.clone());
        last.order = SCOPE
            .iter()
            .map(|it| super::expression::of("t", it))
            .collect();
        last
    }
}
