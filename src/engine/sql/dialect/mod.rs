//! Dialects: how each engine writes names, types, days, quantiles and series.
//!
//! Takes: an expression of a plan. Gives: its text. Never: knows a KPI, a table or a figure.
//! Start at [`Dialect`]. Every text of `DuckDB`, `PostgreSQL` and Spark is run by `tests/sql/`,
//! those of `BigQuery` and Snowflake are read by a parser that knows them.

mod dates;
mod functions;

use serde::{Deserialize, Serialize};

use super::expression::{Expr, Function, Type};

/// An engine that runs queries.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// `DuckDB` 1.0 and later.
    #[default]
    Duckdb,
    /// `PostgreSQL` 12 and later.
    Postgresql,
    /// Spark SQL 3.4 and later.
    Spark,
    /// `BigQuery`, its standard SQL.
    Bigquery,
    /// Snowflake.
    Snowflake,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Duckdb,
        Self::Postgresql,
        Self::Spark,
        Self::Bigquery,
        Self::Snowflake,
    ];

    /// The stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Duckdb => "duckdb",
            Self::Postgresql => "postgresql",
            Self::Spark => "spark",
            Self::Bigquery => "bigquery",
            Self::Snowflake => "snowflake",
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Duckdb => "DuckDB",
            Self::Postgresql => "PostgreSQL",
            Self::Spark => "Spark SQL",
            Self::Bigquery => "BigQuery",
            Self::Snowflake => "Snowflake",
        }
    }

    /// The dialect with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.id() == id)
    }

    /// A name of the user's, quoted.
    pub fn quoted(self, name: &str) -> String {
        match self {
            Self::Duckdb | Self::Postgresql | Self::Snowflake => {
                format!("\"{}\"", name.replace('"', "\"\""))
            }
            Self::Spark => format!("`{}`", name.replace('`', "``")),
            Self::Bigquery => {
                format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`"))
            }
        }
    }

    /// A text as a literal.
    pub fn literal(self, text: &str) -> String {
        let text = match self {
            Self::Duckdb | Self::Postgresql => text.replace('\'', "''"),
            Self::Snowflake => text.replace('\\', "\\\\").replace('\'', "''"),
            Self::Spark | Self::Bigquery => text.replace('\\', "\\\\").replace('\'', "\\'"),
        };
        format!("'{text}'")
    }

    /// The word for a type.
    pub const fn type_name(self, of: Type) -> &'static str {
        match (self, of) {
            (Self::Spark | Self::Bigquery, Type::Text) => "STRING",
            (Self::Postgresql, Type::Text) => "TEXT",
            (_, Type::Text) => "VARCHAR",
            (Self::Postgresql, Type::Number) => "DOUBLE PRECISION",
            (Self::Bigquery, Type::Number) => "FLOAT64",
            (_, Type::Number) => "DOUBLE",
            (Self::Bigquery, Type::Whole) => "INT64",
            (_, Type::Whole) => "BIGINT",
            (_, Type::Day) => "DATE",
            (Self::Bigquery, Type::Moment) => "DATETIME",
            (Self::Snowflake | Self::Spark, Type::Moment) => "TIMESTAMP_NTZ",
            (_, Type::Moment) => "TIMESTAMP",
        }
    }

    /// An expression in one line.
    pub fn write(self, expr: &Expr) -> String {
        match expr {
            Expr::Name(name) => name.clone(),
            Expr::Of(relation, name) => format!("{relation}.{name}"),
            Expr::Cell(name) => self.quoted(name),
            Expr::Number(number) => written(*number),
            Expr::Whole(number) => number.to_string(),
            Expr::Text(text) => self.literal(text),
            Expr::Day(day) => format!("DATE '{day}'"),
            Expr::Nothing(of) => format!("CAST(NULL AS {})", self.type_name(*of)),
            Expr::Only(column, relation) => format!("(SELECT {column} FROM {relation})"),
            Expr::Among(what, column, relation) => {
                format!(
                    "{} IN (SELECT {column} FROM {relation})",
                    self.operand(what)
                )
            }
            Expr::Infix(sign, operands) => self.infix(sign, operands),
            Expr::Not(what) => format!("NOT {}", self.operand(what)),
            Expr::IsKnown(what, true) => format!("{} IS NOT NULL", self.operand(what)),
            Expr::IsKnown(what, false) => format!("{} IS NULL", self.operand(what)),
            Expr::In(what, values) => {
                let values: Vec<String> = values.iter().map(|it| self.write(it)).collect();
                format!("{} IN ({})", self.operand(what), values.join(", "))
            }
            Expr::Case(cases, otherwise) => {
                let mut words = vec![String::from("CASE")];
                words.extend(cases.iter().map(|(condition, then)| {
                    format!("WHEN {} THEN {}", self.write(condition), self.write(then))
                }));
                words.extend(
                    otherwise
                        .as_ref()
                        .map(|it| format!("ELSE {}", self.write(it))),
                );
                words.push(String::from("END"));
                words.join(" ")
            }
            Expr::Cast(what, to) => {
                format!("CAST({} AS {})", self.write(what), self.type_name(*to))
            }
            Expr::Call(function, arguments) => self.call(*function, arguments),
            Expr::Window(what, same, order) => self.window(what, same, order),
        }
    }

    fn infix(self, sign: &str, operands: &[Expr]) -> String {
        let written: Vec<String> = operands
            .iter()
            .map(|operand| match operand {
                // The same sign in a row needs no brackets on the left.
                Expr::Infix(other, _) if *other == sign && matches!(sign, "AND" | "OR" | "+") => {
                    self.write(operand)
                }
                _ => self.operand(operand),
            })
            .collect();
        written.join(&format!(" {sign} "))
    }

    /// An expression as an operand: in brackets where it is made of several.
    fn operand(self, expr: &Expr) -> String {
        let text = self.write(expr);
        let needs = match expr {
            Expr::Infix(_, operands) => operands.len() > 1,
            Expr::Not(_) | Expr::IsKnown(..) | Expr::In(..) | Expr::Among(..) => true,
            Expr::Number(number) => *number < 0.0,
            Expr::Whole(number) => *number < 0,
            Expr::Call(function, _) => self.is_infix(*function),
            _ => false,
        };
        if needs { format!("({text})") } else { text }
    }

    fn window(self, what: &Expr, same: &[Expr], order: &[(Expr, bool)]) -> String {
        let mut over = Vec::new();
        if !same.is_empty() {
            let same: Vec<String> = same.iter().map(|it| self.write(it)).collect();
            over.push(format!("PARTITION BY {}", same.join(", ")));
        }
        if !order.is_empty() {
            let order: Vec<String> = order
                .iter()
                .map(|(by, falls)| {
                    let way = if *falls { " DESC" } else { "" };
                    format!("{}{way}", self.write(by))
                })
                .collect();
            over.push(format!("ORDER BY {}", order.join(", ")));
        }
        format!("{} OVER ({})", self.write(what), over.join(" "))
    }

    fn arguments(self, arguments: &[Expr]) -> Vec<String> {
        arguments.iter().map(|it| self.write(it)).collect()
    }

    /// Whether a function is written with a sign between its arguments.
    const fn is_infix(self, function: Function) -> bool {
        matches!(
            (self, function),
            (
                Self::Duckdb | Self::Postgresql,
                Function::PlusDays | Function::DaysBetween | Function::PlusHours
            ) | (Self::Spark, Function::PlusHours)
                | (_, Function::HoursBetween | Function::MonthNumber)
        )
    }
}

/// A number as every dialect reads it.
fn written(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.1}")
    } else {
        number.to_string()
    }
}
