//! Functions of each dialect.

use super::Dialect;
use crate::engine::sql::expression::{Expr, Function, Type};

impl Dialect {
    /// A function with its arguments.
    pub(super) fn call(self, function: Function, arguments: &[Expr]) -> String {
        let given = self.arguments(arguments);
        let listed = given.join(", ");
        let plain = |name: &str| format!("{name}({listed})");
        match function {
            Function::Count if arguments.is_empty() => String::from("COUNT(*)"),
            Function::Count => plain("COUNT"),
            Function::CountDistinct => format!("COUNT(DISTINCT {listed})"),
            Function::Sum => plain("SUM"),
            Function::Average => plain("AVG"),
            Function::Min => plain("MIN"),
            Function::Max => plain("MAX"),
            Function::Least => plain("LEAST"),
            Function::Greatest => plain("GREATEST"),
            Function::Coalesce => plain("COALESCE"),
            Function::NullIf => plain("NULLIF"),
            Function::Round => plain("ROUND"),
            Function::Floor => plain("FLOOR"),
            Function::Root => plain("SQRT"),
            Function::Power => plain("POWER"),
            Function::Logarithm => plain("LN"),
            Function::Exponential => plain("EXP"),
            Function::Modulo => plain("MOD"),
            Function::Trim => plain("TRIM"),
            Function::Lower => plain("LOWER"),
            Function::RowNumber => String::from("ROW_NUMBER()"),
            Function::Lag => plain("LAG"),
            Function::Lead => plain("LEAD"),
            Function::Quantile(share) => self.quantile(share, &listed),
            Function::StartOf(unit) => self.start_of(unit, &listed),
            Function::PlusDays => self.plus_days(&self.operands(arguments)),
            Function::PlusMonths => self.plus_months(&self.operands(arguments)),
            Function::DaysBetween => self.days_between(&self.operands(arguments)),
            Function::HoursBetween => self.hours_between(&self.operands(arguments)),
            Function::PlusHours => self.plus_hours(&self.operands(arguments)),
            Function::MonthNumber => self.month_number(&listed),
        }
    }

    /// Two arguments, each ready to stand beside a sign.
    fn operands(self, arguments: &[Expr]) -> [String; 2] {
        let at = |place: usize| {
            let argument = arguments.get(place);
            argument.map_or_else(String::new, |it| self.operand(it))
        };
        [at(0), at(1)]
    }

    /// The quantile of type 7: it falls between two neighbours in proportion.
    fn quantile(self, share: f64, of: &str) -> String {
        match self {
            Self::Duckdb => format!("QUANTILE_CONT({of}, {share})"),
            Self::Postgresql | Self::Snowflake | Self::Spark => {
                format!("PERCENTILE_CONT({share}) WITHIN GROUP (ORDER BY {of})")
            }
            // There it is a function of windows alone, so the values are gathered first.
            Self::Bigquery => format!(
                "(SELECT PERCENTILE_CONT(value, {share}) OVER () FROM UNNEST(ARRAY_AGG({of} IGNORE NULLS)) AS value LIMIT 1)"
            ),
        }
    }

    /// A moment so many hours later, to the nearest millisecond.
    fn plus_hours(self, [start, hours]: &[String; 2]) -> String {
        match self {
            Self::Duckdb => {
                format!("{start} + TO_MILLISECONDS(CAST(ROUND({hours} * 3600000.0) AS BIGINT))")
            }
            Self::Postgresql => {
                format!("{start} + ROUND({hours} * 3600000.0) * INTERVAL '1 millisecond'")
            }
            Self::Spark => format!(
                "{start} + MAKE_DT_INTERVAL(0, 0, 0, CAST(ROUND({hours} * 3600000.0D) / 1000 AS DECIMAL(18, 3)))"
            ),
            Self::Bigquery => format!(
                "DATETIME_ADD({start}, INTERVAL CAST(ROUND({hours} * 3600000.0) AS INT64) MILLISECOND)"
            ),
            Self::Snowflake => {
                format!("DATEADD(MILLISECOND, ROUND({hours} * 3600000.0), {start})")
            }
        }
    }

    /// The milliseconds between two moments, in hours.
    fn hours_between(self, [start, end]: &[String; 2]) -> String {
        let number = self.type_name(Type::Number);
        let milliseconds = match self {
            Self::Duckdb => format!("epoch_ms({end}) - epoch_ms({start})"),
            Self::Postgresql => {
                return format!("CAST(EXTRACT(EPOCH FROM ({end} - {start})) AS {number}) / 3600.0");
            }
            Self::Spark => format!("timestampdiff(MILLISECOND, {start}, {end})"),
            Self::Bigquery => format!("DATETIME_DIFF({end}, {start}, MILLISECOND)"),
            Self::Snowflake => format!("TIMESTAMPDIFF(MILLISECOND, {start}, {end})"),
        };
        let hour = match self {
            Self::Spark => "3600000.0D",
            _ => "3600000.0",
        };
        format!("CAST({milliseconds} AS {number}) / {hour}")
    }
}
