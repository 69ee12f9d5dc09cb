//! Rows as they stand in the file, each with its verdict.

use super::format::Habits;
use super::{Reader, key, reasons, words};
use crate::engine::report::{Finding, Report, TableReport};
use crate::engine::rows::query::{self, MOST_ROWS};
use crate::engine::rows::{Bucket, Row, Rows, RowsQuery};
use crate::present::language::say;
use crate::told;

/// What the list of rows shows.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsView {
    /// "Rows 1 to 200 of 1,234 that fit".
    pub says: String,
    /// The rows.
    pub rows: Vec<RowView>,
    /// Where the page before begins.
    pub previous: Option<u32>,
    /// Where the next page begins.
    pub next: Option<u32>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// "Line 12", or "Row 11" where the line is not known.
    pub place: String,
    /// As it stands in the file, or its cells.
    pub written: String,
    /// Whether it counts.
    pub is_used: bool,
    /// What was made of it, or why nothing: one a line.
    pub read_as: Vec<String>,
}

/// Rows that a figure does not use, for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOutView {
    /// The reason in words.
    pub says: String,
    /// How many rows.
    pub count: String,
    /// The question that shows them.
    pub query: RowsQuery,
}

/// Rows that this figure does not use and others do.
pub fn left_out(reader: &Reader<'_>, finding: &Finding) -> Vec<LeftOutView> {
    finding
        .left_out
        .iter()
        .map(|left| LeftOutView {
            says: reasons::reason(&left.reason).says,
            count: reader.habits.count(left.count),
            query: RowsQuery {
                table: finding.table.clone(),
                finding: Some(finding_id(finding)),
                bucket: Some(Bucket::LeftOut),
                reason: Some(left.reason.clone()),
                ..RowsQuery::default()
            },
        })
        .collect()
}

/// The choices above the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChoices {
    /// The tables.
    pub tables: Vec<(String, String)>,
    /// All rows, used ones, ones left out.
    pub buckets: Vec<(String, String)>,
    /// The reasons of the table.
    pub reasons: Vec<(String, String)>,
    /// The findings of the table.
    pub findings: Vec<(String, String)>,
    /// What narrows the rows to a step from one rule to another, or to what people say.
    pub step: Option<StepView>,
}

/// A step from the rule in force to another, or a theme, whose rows are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// "Rows behind: left and came back (Stripe)", or "Comments with “slow” (Detractors)".
    pub says: String,
    /// The card on whose page the step stands; absent for a group of customers.
    pub key: Option<String>,
    /// "Back to Customer churn".
    pub back: String,
}

/// What can be chosen for the table of this question.
pub fn choices(reader: &Reader<'_>, report: &Report, query: &RowsQuery) -> RowChoices {
    let named = |name: &str| (name.to_owned(), name.to_owned());
    let mut reasons = vec![(String::new(), say(words::ANY_REASON).to_owned())];
    let mut findings = vec![(String::new(), say(words::ANY_KPI).to_owned())];
    let of_table = |name: &str| name == query.table;
    let own = report.findings.iter().filter(|it| of_table(&it.table));
    let finding = query.finding.as_deref();
    for it in own {
        let id = finding_id(it);
        let left_out = it.left_out.iter().filter(|_| finding == Some(id.as_str()));
        reasons.extend(left_out.map(|it| reason_choice(reader.habits, &it.reason, it.count)));
        if it.n.is_some() {
            findings.push((id, reader.name(report, it)));
        }
    }
    if let Some(table) = report.tables.iter().find(|it| of_table(&it.name)) {
        for left in &table.rows.left_out {
            if !reasons.iter().any(|(code, _)| *code == left.reason) {
                reasons.push(reason_choice(reader.habits, &left.reason, left.count));
            }
        }
    }
    RowChoices {
        tables: report.tables.iter().map(|it| named(&it.name)).collect(),
        buckets: vec![
            (String::new(), say(words::ALL_ROWS).to_owned()),
            ("used".to_owned(), say(words::USED).to_owned()),
            ("left_out".to_owned(), say(words::LEFT_OUT).to_owned()),
        ],
        reasons,
        findings,
        step: step(reader, report, query),
    }
}

fn step(reader: &Reader<'_>, report: &Report, query: &RowsQuery) -> Option<StepView> {
    if let Some(group) = &query.group {
        let id = group.rsplit('/').next().unwrap_or_default();
        return Some(StepView {
            says: format!(
                "{} {}",
                say(words::CUSTOMERS_OF),
                words::customer_group(id).0
            ),
            key: None,
            back: format!("{} {}", say(words::BACK_TO), say(words::TAB_KPIS)),
        });
    }
    let finding = report.findings.iter().find(|it| {
        it.table == query.table && query.finding.as_deref() == Some(finding_id(it).as_str())
    })?;
    let says = match &query.rule {
        Some(rule) => step_says(reader, finding, rule, query.step.unwrap_or(0)),
        None => comments_say(query)?,
    };
    Some(StepView {
        says,
        key: Some(key(finding)),
        back: format!("{} {}", say(words::BACK_TO), reader.name(report, finding)),
    })
}

/// Which comments are shown; absent where all rows are.
fn comments_say(query: &RowsQuery) -> Option<String> {
    let side = query.side.as_deref().map(words::plain_name);
    Some(match (&query.term, side) {
        (Some(term), Some(side)) => format!("{} “{term}” ({side})", say(words::COMMENTS_WITH)),
        (Some(term), None) => format!("{} “{term}”", say(words::COMMENTS_WITH)),
        (None, Some(side)) => format!("{} {side}", say(words::COMMENTS_OF)),
        (None, None) => return None,
    })
}

fn step_says(reader: &Reader<'_>, finding: &Finding, rule: &str, step: u32) -> String {
    let variant = finding.variants.iter().find(|it| it.variant == *rule);
    let step = variant.and_then(|it| it.bridge.get(step as usize));
    let named = reader.about(finding).and_then(|about| {
        let rule = about.variants.iter().find(|it| it.id == *rule)?;
        Some(rule.name.clone())
    });
    let name = named.unwrap_or_else(|| words::plain_name(rule));
    match step {
        Some(step) => format!("{}: {} ({name})", say(words::BEHIND), step.says),
        None => format!("{}: {name}", say(words::BEHIND)),
    }
}

fn reason_choice(habits: &Habits, code: &str, count: u64) -> (String, String) {
    let says = reasons::reason(code).says;
    (code.to_owned(), format!("{says} ({})", habits.count(count)))
}

/// How a question names a finding.
pub fn finding_id(finding: &Finding) -> String {
    query::name_of(finding)
}

/// The list of rows.
pub fn rows(reader: &Reader<'_>, report: &Report, rows: &Rows) -> RowsView {
    let habits = reader.habits;
    let table = report.tables.iter().find(|it| it.name == rows.table);
    let last = rows.from + rows.rows.len() as u64;
    let says = if rows.total == 0 {
        say(words::NO_ROWS).to_owned()
    } else {
        told!(
            "{0} to {1} of {2}",
            habits.count(rows.from + 1),
            habits.count(last),
            words::counted_rows(habits.count(rows.total), rows.total)
        )
    };
    let from = rows.from as u32;
    RowsView {
        says,
        rows: rows
            .rows
            .iter()
            .map(|row| row_view(reader, table, &rows.columns, row))
            .collect(),
        previous: (from > 0).then(|| from.saturating_sub(MOST_ROWS)),
        next: (last < rows.total).then_some(last as u32),
    }
}

fn row_view(
    reader: &Reader<'_>,
    table: Option<&TableReport>,
    columns: &[String],
    row: &Row,
) -> RowView {
    let cell = |cell: &Option<String>| {
        cell.clone()
            .unwrap_or_else(|| say(words::NOT_KEPT).to_owned())
    };
    let written = row.raw.clone().unwrap_or_else(|| {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        cells.join(" · ")
    });
    let mut read_as = Vec::new();
    if let Some(code) = &row.reason {
        read_as.push(reasons::reason(code).says);
    }
    for fault in &row.faults {
        read_as.push(told!(
            "{0}: {1} “{2}”; expected {3}",
            fault.column,
            say(words::FOUND),
            words::shortened(&cell(&fault.found), 40),
            fault.expected
        ));
    }
    if row.bucket == Bucket::Used || !row.faults.is_empty() {
        read_as.extend(meanings(reader, table, columns, row));
    }
    RowView {
        place: match row.line {
            Some(line) => reader.habits.count(line),
            None => format!("{} {}", say(words::ROW), reader.habits.count(row.row)),
        },
        written,
        is_used: row.bucket == Bucket::Used,
        read_as,
    }
}

/// What the row says in the columns that have a role, as one line.
fn meanings(
    reader: &Reader<'_>,
    table: Option<&TableReport>,
    columns: &[String],
    row: &Row,
) -> Option<String> {
    let roles = table?.columns.iter().zip(columns).zip(&row.cells);
    let said: Vec<String> = roles
        .filter_map(|((column, _), cell)| {
            let role = reader.role_name(column.role.as_deref()?);
            let text = cell.as_deref().filter(|text| !text.is_empty())?;
            Some(format!("{role}: {}", words::shortened(text, 40)))
        })
        .collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rows::CellFault;
    use crate::present::example::Example;

    fn example_rows() -> Rows {
        Rows {
            table: "customers.csv".to_owned(),
            columns: ["id", "left", "plan"].map(str::to_owned).to_vec(),
            total: 450,
            from: 200,
            rows: vec![Row {
                row: 201,
                line: Some(1_202),
                byte: Some(9),
                bucket: Bucket::Used,
                reason: None,
                cells: vec![Some("C1".to_owned()), Some("soon".to_owned()), None],
                as_written: true,
                raw: Some("C1;soon;Team".to_owned()),
                faults: vec![CellFault {
                    column: "left".to_owned(),
                    code: "date_invalid".to_owned(),
                    found: Some("soon".to_owned()),
                    expected: "a date".to_owned(),
                }],
            }],
        }
    }

    #[test]
    fn a_row_stands_as_in_the_file_beside_what_was_read() {
        let example = Example::new();
        let view = rows(&example.reader(), &example.report, &example_rows());
        assert_eq!(view.says, "201 to 201 of 450 rows");
        assert_eq!((view.previous, view.next), (Some(0), Some(201)));
        let row = &view.rows[0];
        assert_eq!(
            (row.place.as_str(), row.written.as_str()),
            ("1,202", "C1;soon;Team")
        );
        assert_eq!(
            row.read_as,
            [
                "left: found “soon”; expected a date",
                "Customer: C1 · End: soon"
            ]
        );
    }

    #[test]
    fn reasons_and_findings_of_the_table_can_be_chosen() {
        let example = Example::new();
        let query = RowsQuery {
            table: "customers.csv".to_owned(),
            finding: Some("alpha".to_owned()),
            ..RowsQuery::default()
        };
        let found = choices(&example.reader(), &example.report, &query);
        let codes: Vec<&str> = found
            .reasons
            .iter()
            .map(|(code, _)| code.as_str())
            .collect();
        assert_eq!(codes, ["", "customer_missing", "duplicate", "odd_thing"]);
        assert_eq!(found.findings[1].1, "Customer churn");
    }

    #[test]
    fn comments_with_a_theme_name_it_and_its_side() {
        let example = Example::new();
        let mut query = RowsQuery {
            table: "customers.csv".to_owned(),
            finding: Some("alpha".to_owned()),
            term: Some("slow".to_owned()),
            side: Some("not_easy".to_owned()),
            ..RowsQuery::default()
        };
        let says = |query: &RowsQuery| {
            let found = choices(&example.reader(), &example.report, query);
            found.step.map(|step| step.says)
        };
        let expected = "Comments with “slow” (Not easy)";
        assert_eq!(says(&query).as_deref(), Some(expected));
        query.term = None;
        assert_eq!(says(&query).as_deref(), Some("Comments of: Not easy"));
        query.side = None;
        assert_eq!(says(&query), None);
    }

    #[test]
    fn rows_behind_a_step_name_it_and_the_way_back() {
        let mut example = Example::new();
        let step = r#"[{"variant":"average","value":0.0402,"bridge":[
            {"says":"joined within the period","customers":4,"value":0.0402,"rows":4}]}]"#;
        example.report.findings[0].variants = serde_json::from_str(step).unwrap();
        let query = RowsQuery {
            table: "customers.csv".to_owned(),
            finding: Some("alpha".to_owned()),
            rule: Some("average".to_owned()),
            step: Some(0),
            ..RowsQuery::default()
        };
        let found = choices(&example.reader(), &example.report, &query)
            .step
            .unwrap();
        assert_eq!(
            found.says,
            "Rows behind: joined within the period (Average base)"
        );
        assert_eq!(found.back, "Back to Customer churn");
        assert_eq!(found.key, Some(key(example.finding(0))));
    }
}
