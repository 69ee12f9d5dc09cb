//! Days of each dialect: units of the calendar, sums of days and months, series.

use super::Dialect;
use crate::engine::base::PeriodUnit;

impl Dialect {
    /// The first day of the calendar unit in which a day lies; weeks begin on Monday.
    pub(super) fn start_of(self, unit: PeriodUnit, day: &str) -> String {
        let (small, large) = match unit {
            PeriodUnit::Day => return day.to_owned(),
            PeriodUnit::Week => ("week", "WEEK"),
            PeriodUnit::Month => ("month", "MONTH"),
            PeriodUnit::Quarter => ("quarter", "QUARTER"),
            PeriodUnit::Year => ("year", "YEAR"),
        };
        match self {
            Self::Duckdb | Self::Postgresql => {
                format!("CAST(DATE_TRUNC('{small}', {day}) AS DATE)")
            }
            Self::Spark => format!("TRUNC({day}, '{large}')"),
            Self::Bigquery if unit == PeriodUnit::Week => format!("DATE_TRUNC({day}, ISOWEEK)"),
            Self::Bigquery => format!("DATE_TRUNC({day}, {large})"),
            // Not by the session's first day of the week.
            Self::Snowflake if unit == PeriodUnit::Week => {
                format!("DATEADD(DAY, 1 - DAYOFWEEKISO({day}), {day})")
            }
            Self::Snowflake => format!("DATE_TRUNC('{large}', {day})"),
        }
    }

    pub(super) fn plus_days(self, [day, days]: &[String; 2]) -> String {
        match self {
            Self::Duckdb | Self::Postgresql => format!("{day} + CAST({days} AS INTEGER)"),
            Self::Spark => format!("DATE_ADD({day}, CAST({days} AS INT))"),
            Self::Bigquery => format!("DATE_ADD({day}, INTERVAL {days} DAY)"),
            Self::Snowflake => format!("DATEADD(DAY, {days}, {day})"),
        }
    }

    pub(super) fn plus_months(self, [day, months]: &[String; 2]) -> String {
        match self {
            Self::Duckdb => format!("CAST({day} + TO_MONTHS(CAST({months} AS INTEGER)) AS DATE)"),
            Self::Postgresql => format!("CAST({day} + {months} * INTERVAL '1 month' AS DATE)"),
            Self::Spark => format!("ADD_MONTHS({day}, CAST({months} AS INT))"),
            Self::Bigquery => format!("DATE_ADD({day}, INTERVAL {months} MONTH)"),
            Self::Snowflake => format!("DATEADD(MONTH, {months}, {day})"),
        }
    }

    pub(super) fn days_between(self, [start, end]: &[String; 2]) -> String {
        match self {
            Self::Duckdb | Self::Postgresql => format!("{end} - {start}"),
            Self::Spark => format!("DATEDIFF({end}, {start})"),
            Self::Bigquery => format!("DATE_DIFF({end}, {start}, DAY)"),
            Self::Snowflake => format!("DATEDIFF(DAY, {start}, {end})"),
        }
    }

    pub(super) fn month_number(self, day: &str) -> String {
        let whole = self.type_name(crate::engine::sql::Type::Whole);
        format!(
            "12 * CAST(EXTRACT(YEAR FROM {day}) AS {whole}) + CAST(EXTRACT(MONTH FROM {day}) AS {whole})"
        )
    }

    /// The query whose column `unit_start` holds the first days of all calendar units from one day to
    /// another, both columns of a relation of one row.
    pub fn calendar(
        self,
        unit: PeriodUnit,
        (from, first, last): (&str, &str, &str),
        margin: &str,
    ) -> String {
        let start = self.start_of(unit, &format!("{from}.{first}"));
        let end = format!("{from}.{last}");
        let (count, word) = match unit {
            PeriodUnit::Day => (1, "day"),
            PeriodUnit::Week => (7, "day"),
            PeriodUnit::Month => (1, "month"),
            PeriodUnit::Quarter => (3, "month"),
            PeriodUnit::Year => (12, "month"),
        };
        let large = word.to_uppercase();
        let lines = match self {
            Self::Duckdb => vec![
                String::from("SELECT CAST(steps.step AS DATE) AS unit_start"),
                format!(
                    "FROM {from}, UNNEST(GENERATE_SERIES(CAST({start} AS TIMESTAMP), CAST({end} AS TIMESTAMP), INTERVAL '{count} {word}')) AS steps(step)"
                ),
            ],
            Self::Postgresql => vec![
                String::from("SELECT CAST(steps.step AS DATE) AS unit_start"),
                format!(
                    "FROM {from}, GENERATE_SERIES(CAST({start} AS TIMESTAMP), CAST({end} AS TIMESTAMP), INTERVAL '{count} {word}') AS steps(step)"
                ),
            ],
            Self::Spark => vec![format!(
                "SELECT EXPLODE(SEQUENCE({start}, {end}, INTERVAL {count} {large})) AS unit_start FROM {from}"
            )],
            Self::Bigquery => vec![format!(
                "SELECT unit_start FROM {from}, UNNEST(GENERATE_DATE_ARRAY({start}, {end}, INTERVAL {count} {large})) AS unit_start"
            )],
            Self::Snowflake => vec![
                format!("SELECT DATEADD({large}, {count} * steps.step, {start}) AS unit_start"),
                format!(
                    "FROM {from} CROSS JOIN (SELECT ROW_NUMBER() OVER (ORDER BY NULL) - 1 AS step FROM TABLE(GENERATOR(ROWCOUNT => 40000))) AS steps"
                ),
                format!("WHERE DATEADD({large}, {count} * steps.step, {start}) <= {end}"),
            ],
        };
        lines.join(&format!("\n{margin}"))
    }
}
