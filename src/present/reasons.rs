//! Why rows are left out, in words, and what the reader can do about each reason.

use super::language::say;
use super::words;

/// A reason in words, with its remedy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    /// What was wrong with the rows.
    pub says: String,
    /// What the reader can do; empty where there is nothing to do.
    pub remedy: &'static str,
}

/// Code, words, remedy.
const REASONS: [(&str, &str, &str); 32] = [
    (
        "kind_unknown",
        "Table not recognised",
        "Say on the Check page what one row is",
    ),
    (
        "too_many_cells",
        "More cells than the header has columns",
        "Mend the line in the file, then drop it again",
    ),
    (
        "too_few_cells",
        "Fewer cells than the header, in the wrong columns",
        "Mend the line in the file, then drop it again",
    ),
    (
        "line_invalid",
        "Line that cannot be read",
        "Mend the line in the file, then drop it again",
    ),
    (
        "repeated_header",
        "The header once more",
        "Nothing: it is no row",
    ),
    (
        "target_missing",
        "Nothing was promised for it",
        "Set a promised time for its priority",
    ),
    (
        "time_differs",
        "Another time than that between its dates",
        "Nothing: the dates count",
    ),
    (
        "footer",
        "Line at the foot of the export",
        "Nothing: it is no row",
    ),
    (
        "total_row",
        "Total of the rows above",
        "Nothing: counting it would count the rows twice",
    ),
    (
        "other_table",
        "Belongs to another table below",
        "Copy that table and load it on its own",
    ),
    (
        "filtered_out",
        "Left out by your filter",
        "Change the filter",
    ),
    (
        "after_as_of",
        "Dated after the last day that counts",
        "Move the last day that counts",
    ),
    (
        "date_missing",
        "Date is blank",
        "Fill in the date, then drop the file again",
    ),
    (
        "date_invalid",
        "Date cannot be read",
        "Mend the date in the file, then drop it again",
    ),
    (
        "ends_before_start",
        "Ends before it starts",
        "Mend the dates in the file, then drop it again",
    ),
    (
        "score_missing",
        "No score given",
        "Nothing: people may skip a question",
    ),
    (
        "score_invalid",
        "Score cannot be read",
        "Mend the score in the file, then drop it again",
    ),
    (
        "score_outside_scale",
        "Score outside its scale",
        "Check the scale, or mark the number as a code for no answer",
    ),
    (
        "number_missing",
        "Number is blank",
        "Fill in the number, then drop the file again",
    ),
    (
        "number_invalid",
        "Number cannot be read",
        "Mend the number in the file, then drop it again",
    ),
    (
        "amount_not_positive",
        "Amount is zero or negative: a return, credit or correction",
        "Nothing: it is no sale",
    ),
    (
        "status_left_out",
        "Past due, unpaid or paused",
        "Choose in the settings that such subscriptions count",
    ),
    (
        "superseded",
        "A later row of the same subscription takes its place",
        "Nothing: the later row counts",
    ),
    (
        "answer_missing",
        "Outcome is blank",
        "Fill in the outcome, then drop the file again",
    ),
    (
        "customer_missing",
        "No customer named",
        "Fill in the customer, then drop the file again",
    ),
    (
        "cancelled",
        "Cancelled",
        "Nothing: a cancelled order is no sale",
    ),
    (
        "duplicate",
        "Same id as an earlier row",
        "Remove one of the two, or give each its own id",
    ),
    (
        "tried_out",
        "Preview, test or spam",
        "Nothing: nobody was asked",
    ),
    (
        "interval_invalid",
        "Billing interval cannot be read",
        "Write month, quarter or year, then drop the file again",
    ),
    (
        "answer_invalid",
        "Neither yes nor no",
        "Say on the Check page which words mean yes",
    ),
    (
        "trial",
        "Trial that nobody has paid for",
        "Nothing: it brings no revenue yet",
    ),
    (
        "no_finding",
        "No KPI uses this table as it is understood now",
        "Answer the questions on the Check page",
    ),
];

/// The reason with this code; an unknown code is read out as plain words.
pub fn reason(code: &str) -> Reason {
    REASONS
        .iter()
        .find(|(known, _, _)| *known == code)
        .map_or_else(
            || Reason {
                says: words::plain_name(code),
                remedy: "",
            },
            |(_, says, remedy)| Reason {
                says: say(says).to_owned(),
                remedy: say(remedy),
            },
        )
}
