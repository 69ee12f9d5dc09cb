//! Several queries together: as one text, or with a text that says how to run them.

use std::fmt::Write as _;

use super::{SqlFigure, SqlQuery};
use crate::engine::sql::Dialect;

/// All of them as one text: how to run them, then each under its name.
pub fn text(query: &SqlQuery, figures: &[SqlFigure]) -> String {
    if let [only] = figures {
        return only.sql.clone().unwrap_or_else(|| refused(only));
    }
    let readme = readme(query.dialect, figures);
    let lines = readme.lines();
    let mut parts: Vec<String> = lines
        .map(|line| format!("-- {line}").trim_end().to_owned())
        .collect();
    for figure in figures {
        parts.push(format!("\n-- ===== {}", figure.file));
        parts.push(figure.sql.clone().unwrap_or_else(|| refused(figure)));
    }
    parts.join("\n")
}

fn refused(figure: &SqlFigure) -> String {
    format!(
        "-- {} ({}): no query. {} ({})\n",
        figure.kpi,
        figure.variant,
        figure.says.as_deref().unwrap_or_default(),
        figure.reason.as_deref().unwrap_or_default()
    )
}

/// How to run the queries, which there are, and which there are not.
pub fn readme(dialect: Dialect, figures: &[SqlFigure]) -> String {
    let run = match dialect {
        Dialect::Duckdb => "duckdb warehouse.duckdb < FILE.sql",
        Dialect::Postgresql => "psql --set ON_ERROR_STOP=1 --file FILE.sql DATABASE",
        Dialect::Spark => {
            "spark-sql --conf spark.sql.session.timeZone=UTC --conf spark.sql.cli.print.header=true -f FILE.sql"
        }
        Dialect::Bigquery => "bq query --use_legacy_sql=false < FILE.sql",
        Dialect::Snowflake => "snow sql --filename FILE.sql",
    };
    let mut text = format!(
        "Queries for {}, written by Kept {}.\n\n\
         Run one:\n\n    {run}\n\n\
         Each gives one row for the period (covers = period), one for each calendar unit (unit) and one\n\
         for each segment (segment), with kpi, variant, period_start, period_end (the first day after\n\
         it), segment, value, n, interval_low and interval_high (95 %, where that is a formula of sums) and\n\
         the terms of the formula. A figure that is undefined has no row.\n\
         The head of each query lists the columns of the table with the types that it expects.\n\
         Words for nothing, such as n/a, must be NULL; ids are compared as they are written.\n\n",
        dialect.name(),
        env!("CARGO_PKG_VERSION"),
    );
    for figure in figures.iter().filter(|figure| figure.sql.is_some()) {
        let written = writeln!(
            text,
            "{}  {} of {}",
            figure.file, figure.variant, figure.table
        );
        debug_assert!(written.is_ok(), "a text takes everything");
    }
    text.push_str("\nNot told as SQL:\n\n");
    for figure in figures.iter().filter(|figure| figure.sql.is_none()) {
        text.push_str(refused(figure).trim_start_matches("-- "));
    }
    text
}
