//! Expressions of a plan, without the words of any dialect.

use crate::engine::base::{Date, PeriodUnit};

/// The type of a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Type {
    /// Text.
    Text,
    /// A number with a fraction, 64 bits.
    Number,
    /// A whole number, 64 bits.
    Whole,
    /// A calendar day.
    Day,
    /// A moment without a zone.
    Moment,
}

/// What differs from dialect to dialect, or is called by name in all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    /// How many rows; with an argument, how many rows in which it is known.
    Count,
    /// How many different values.
    CountDistinct,
    /// Sum.
    Sum,
    /// Mean.
    Average,
    /// Least of all rows.
    Min,
    /// Greatest of all rows.
    Max,
    /// Least of the arguments, all of them known.
    Least,
    /// Greatest of the arguments, all of them known.
    Greatest,
    /// The first argument that is known.
    Coalesce,
    /// The first argument unless it equals the second; nothing then.
    NullIf,
    /// The nearest whole number, halves away from nothing.
    Round,
    /// The whole number below.
    Floor,
    /// The root.
    Root,
    /// The first number to the power of the second.
    Power,
    /// The natural logarithm.
    Logarithm,
    /// Its reverse.
    Exponential,
    /// What is left after division of whole numbers.
    Modulo,
    /// Without blanks at the ends.
    Trim,
    /// In small letters.
    Lower,
    /// The quantile of all rows at this share, between two neighbours where it falls between them
    /// (type 7).
    Quantile(f64),
    /// The first day of the calendar unit in which a day lies.
    StartOf(PeriodUnit),
    /// A day so many days later.
    PlusDays,
    /// A day so many months later.
    PlusMonths,
    /// Days from the first day to the second.
    DaysBetween,
    /// Hours from the first moment to the second, whole milliseconds.
    HoursBetween,
    /// A moment so many hours later, to the nearest millisecond.
    PlusHours,
    /// A number that grows by one a month.
    MonthNumber,
    /// The place of a row in its window.
    RowNumber,
    /// The value of the row before.
    Lag,
    /// The value of the row after.
    Lead,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A column of ours.
    Name(String),
    /// A column of ours in one of several relations.
    Of(&'static str, String),
    /// A column of the user's table.
    Cell(String),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// A day.
    Day(Date),
    /// Nothing, of a type.
    Nothing(Type),
    /// The only value of a relation of one row and one column: the column and the relation.
    Only(&'static str, &'static str),
    /// Whether it is among the values of a column of a relation: the column and the relation.
    Among(Box<Expr>, &'static str, &'static str),
    /// Operands with an operator between them.
    Infix(&'static str, Vec<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// Whether nothing is known, or something is.
    IsKnown(Box<Expr>, bool),
    /// Whether it is one of these.
    In(Box<Expr>, Vec<Expr>),
    /// The first whose condition holds, else the last.
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// A function.
    Call(Function, Vec<Expr>),
    /// As another type.
    Cast(Box<Expr>, Type),
    /// A function over the rows that have the same values, in an order.
    Window(Box<Expr>, Vec<Expr>, Vec<(Expr, bool)>),
}

/// A column of ours.
pub fn name(name: &str) -> Expr {
    Expr::Name(name.to_owned())
}

/// A column of ours in one of several relations.
pub fn of(relation: &'static str, column: &str) -> Expr {
    Expr::Of(relation, column.to_owned())
}

/// A text.
pub fn text(text: &str) -> Expr {
    Expr::Text(text.to_owned())
}

/// A whole number.
pub const fn whole(number: i64) -> Expr {
    Expr::Whole(number)
}

/// A number.
pub const fn number(number: f64) -> Expr {
    Expr::Number(number)
}

/// A function.
pub const fn call(function: Function, arguments: Vec<Expr>) -> Expr {
    Expr::Call(function, arguments)
}

/// The last day that counts.
pub const fn as_of() -> Expr {
    Expr::Only("day", "as_of")
}

/// How many rows.
pub const fn rows() -> Expr {
    call(Function::Count, Vec::new())
}

/// How many rows for which the condition holds.
pub fn rows_where(condition: Expr) -> Expr {
    let one = Expr::Case(vec![(condition, whole(1))], None);
    call(Function::Count, vec![one])
}

/// The sum of a number over the rows for which the condition holds.
pub fn sum_where(condition: Expr, what: Expr) -> Expr {
    let some = Expr::Case(vec![(condition, what)], None);
    call(Function::Sum, vec![some])
}

/// All of these hold.
pub fn all(conditions: Vec<Expr>) -> Expr {
    Expr::Infix("AND", conditions)
}

/// Any of these holds.
pub fn any(conditions: Vec<Expr>) -> Expr {
    Expr::Infix("OR", conditions)
}

/// One value where a condition holds, else another.
pub fn choose(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
    Expr::Case(vec![(condition, then)], Some(Box::new(otherwise)))
}

/// One value where a condition holds, else nothing.
pub fn only_if(condition: Expr, then: Expr) -> Expr {
    Expr::Case(vec![(condition, then)], None)
}

impl Expr {
    fn with(self, sign: &'static str, other: Self) -> Self {
        Self::Infix(sign, vec![self, other])
    }

    /// Sum of two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.with("+", other)
    }

    /// Difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.with("-", other)
    }

    /// Product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        self.with("*", other)
    }

    /// The quotient as a number with a fraction; nothing where the other is 0.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        let below = call(Function::NullIf, vec![other, whole(0)]);
        self.cast(Type::Number).with("/", below)
    }

    /// The same value.
    #[must_use]
    pub fn equals(self, other: Self) -> Self {
        self.with("=", other)
    }

    /// Another value.
    #[must_use]
    pub fn differs(self, other: Self) -> Self {
        self.with("<>", other)
    }

    /// At least.
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        self.with(">=", other)
    }

    /// At most.
    #[must_use]
    pub fn at_most(self, other: Self) -> Self {
        self.with("<=", other)
    }

    /// More than.
    #[must_use]
    pub fn above(self, other: Self) -> Self {
        self.with(">", other)
    }

    /// Less than.
    #[must_use]
    pub fn below(self, other: Self) -> Self {
        self.with("<", other)
    }

    /// Something is known.
    #[must_use]
    pub fn is_known(self) -> Self {
        Self::IsKnown(Box::new(self), true)
    }

    /// Nothing is known.
    #[must_use]
    pub fn is_nothing(self) -> Self {
        Self::IsKnown(Box::new(self), false)
    }

    /// One of these.
    #[must_use]
    pub fn is_one_of(self, values: Vec<Self>) -> Self {
        Self::In(Box::new(self), values)
    }

    /// As another type.
    #[must_use]
    pub fn cast(self, to: Type) -> Self {
        Self::Cast(Box::new(self), to)
    }

    /// A day so many days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        call(Function::PlusDays, vec![self, whole(days)])
    }

    /// A day so many calendar units later.
    #[must_use]
    pub fn plus_units(self, unit: PeriodUnit, count: i64) -> Self {
        match unit {
            PeriodUnit::Day => self.plus_days(count),
            PeriodUnit::Week => self.plus_days(7 * count),
            PeriodUnit::Month => call(Function::PlusMonths, vec![self, whole(count)]),
            PeriodUnit::Quarter => call(Function::PlusMonths, vec![self, whole(3 * count)]),
            PeriodUnit::Year => call(Function::PlusMonths, vec![self, whole(12 * count)]),
        }
    }

    /// The first day of its calendar unit.
    #[must_use]
    pub fn start_of(self, unit: PeriodUnit) -> Self {
        call(Function::StartOf(unit), vec![self])
    }

    /// The value, nothing read as another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        call(Function::Coalesce, vec![self, other])
    }

    /// Over the rows that have the same values of these, in an order: each with whether it falls.
    #[must_use]
    pub fn within(self, same: Vec<Self>, order: Vec<(Self, bool)>) -> Self {
        Self::Window(Box::new(self), same, order)
    }
}

/// Least over all rows.
pub fn least_of(what: Expr) -> Expr {
    call(Function::Min, vec![what])
}

/// Greatest over all rows.
pub fn greatest_of(what: Expr) -> Expr {
    call(Function::Max, vec![what])
}

/// Sum over all rows.
pub fn sum(what: Expr) -> Expr {
    call(Function::Sum, vec![what])
}

/// Mean over all rows.
pub fn mean(what: Expr) -> Expr {
    call(Function::Average, vec![what])
}

/// How many different values.
pub fn different(what: Expr) -> Expr {
    call(Function::CountDistinct, vec![what])
}
