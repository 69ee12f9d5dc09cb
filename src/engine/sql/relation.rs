//! Relations of a plan: what `WITH` names, one after the other.

use super::expression::Expr;
use crate::engine::base::PeriodUnit;

/// A relation with its name and what it is, as a comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The name; ours, in `snake_case`.
    pub name: &'static str,
    /// What its rows are.
    pub says: String,
    /// The relation.
    pub is: Relation,
}

impl Named {
    /// A relation with its name.
    pub fn new(name: &'static str, says: &str, is: impl Into<Relation>) -> Self {
        Self {
            name,
            says: says.to_owned(),
            is: is.into(),
        }
    }
}

/// Rows with columns.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// Chosen from others.
    Select(Select),
    /// The rows of several, one after the other.
    Union(Vec<Select>),
    /// The first days of all calendar units from one to another, both told by a relation of one row:
    /// the column is `unit_start`.
    Calendar {
        /// The calendar unit.
        unit: PeriodUnit,
        /// The relation.
        from: &'static str,
        /// Its column with the first day.
        first: &'static str,
        /// Its column with the last day.
        last: &'static str,
    },
}

impl From<Select> for Relation {
    fn from(select: Select) -> Self {
        Self::Select(select)
    }
}

/// Where rows come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// A relation of ours.
    Ours(&'static str),
    /// The user's table: its name in parts.
    Theirs(Vec<String>),
    /// Nowhere: one row.
    Nowhere,
}

/// How another relation is joined.
#[derive(Clone, Debug, PartialEq)]
pub enum Join {
    /// Rows for which the condition holds.
    On(&'static str, &'static str, Expr),
    /// The same, and rows of the first that have none.
    Left(&'static str, &'static str, Expr),
    /// Each with each.
    Cross(&'static str, &'static str),
}

/// Rows chosen from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    /// Each row once.
    pub distinct: bool,
    /// Columns and what they are called.
    pub columns: Vec<(String, Expr)>,
    /// Where from.
    pub from: Rows,
    /// A short name of it, where there are several.
    pub called: Option<&'static str>,
    /// What is joined.
    pub joins: Vec<Join>,
    /// What must hold of each row.
    pub filters: Vec<Expr>,
    /// Rows with the same values become one.
    pub group: Vec<Expr>,
    /// What must hold of each of those.
    pub having: Option<Expr>,
    /// In which order.
    pub order: Vec<Expr>,
}

impl Select {
    /// All rows of a relation of ours.
    pub const fn from(relation: &'static str) -> Self {
        Self::of(Rows::Ours(relation))
    }

    /// All rows of this.
    pub const fn of(from: Rows) -> Self {
        Self {
            distinct: false,
            columns: Vec::new(),
            from,
            called: None,
            joins: Vec::new(),
            filters: Vec::new(),
            group: Vec::new(),
            having: None,
            order: Vec::new(),
        }
    }

    /// With a column.
    #[must_use]
    pub fn column(mut self, name: &str, is: Expr) -> Self {
        self.columns.push((name.to_owned(), is));
        self
    }

    /// With columns told by formulas.
    #[must_use]
    pub fn columns_of(mut self, told: &[(&'static str, &'static str)]) -> Self {
        let made = super::formula::formulas(told).into_iter();
        self.columns
            .extend(made.map(|(name, is)| (name.to_owned(), is)));
        self
    }

    /// With columns that keep their names.
    #[must_use]
    pub fn keep(mut self, names: &[&str]) -> Self {
        let kept = names.iter();
        self.columns
            .extend(kept.map(|name| ((*name).to_owned(), Expr::Name((*name).to_owned()))));
        self
    }

    /// With columns of one of several relations that keep their names.
    #[must_use]
    pub fn keep_of(mut self, relation: &'static str, names: &[&str]) -> Self {
        let kept = names.iter();
        self.columns
            .extend(kept.map(|name| ((*name).to_owned(), Expr::Of(relation, (*name).to_owned()))));
        self
    }

    /// Called so where there are several.
    #[must_use]
    pub const fn called(mut self, name: &'static str) -> Self {
        self.called = Some(name);
        self
    }

    /// With another relation.
    #[must_use]
    pub fn join(mut self, join: Join) -> Self {
        self.joins.push(join);
        self
    }

    /// Only rows for which this holds.
    #[must_use]
    pub fn filter(mut self, filter: Expr) -> Self {
        self.filters.push(filter);
        self
    }

    /// One row for all that have the same values of these.
    #[must_use]
    pub fn group(mut self, by: Vec<Expr>) -> Self {
        self.group = by;
        self
    }

    /// Each row once.
    #[must_use]
    pub const fn distinct(mut self) -> Self {
        self.distinct = true;
        self
    }
}
