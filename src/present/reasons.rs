//! Why rows are left out, in words, and what the reader can do about each reason.

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
const REASONS: [(&str, &str, &str); 30] = [
    ("score_missing", "No score given", ""),
    (
        "score_outside_scale",
        "Score outside the scale",
        "Check the scale, or mark the number as a code for no answer",
    ),
    (
        "ends_before_start",
        "Ends before it starts",
        "Mend the dates in the file, then drop it again",
    ),
    (
        "date_invalid",
        "Date cannot be read",
        "Mend the date in the file, then drop it again",
    ),
    (
        "date_missing",
        "Date is blank",
        "Fill in the date, then drop the file again",
    ),
    (
        "number_invalid",
        "Number cannot be read",
        "Mend the number in the file, then drop it again",
    ),
    (
        "duplicate",
        "Exact copy of an earlier row",
        "Give the rows an id if they are real",
    ),
    (
        "after_as_of",
        "Dated after the last day that counts",
        "Move the last day that counts",
    ),
    ("cancelled", "Cancelled", ""),
    ("refunded", "Refunded", ""),
    (
        "kind_unknown",
        "Table not recognised",
        "Say what its columns mean on the Check page",
    ),
    ("filtered", "Left out by your filter", "Change the filter"),
    (
        "customer_missing",
        "No customer named",
        "Fill in the customer, then drop the file again",
    ),
    (
        "user_missing",
        "No user named",
        "Fill in the user, then drop the file again",
    ),
    ("order_missing", "No order number", ""),
    ("ticket_missing", "No ticket number", ""),
    (
        "amount_missing",
        "Amount is blank",
        "Fill in the amount, then drop the file again",
    ),
    ("created_missing", "Opening date is blank", ""),
    (
        "not_responded",
        "Not answered yet",
        "Nothing: it counts as still open where time is measured",
    ),
    (
        "not_resolved",
        "Not resolved yet",
        "Nothing: it counts as still open where time is measured",
    ),
    (
        "negative_duration",
        "Closed before it was opened",
        "Mend the dates in the file, then drop it again",
    ),
    (
        "currency_other",
        "In another currency",
        "Convert the amounts in the file; we hold no exchange rates",
    ),
    (
        "outside_period",
        "Outside the period",
        "Choose another period",
    ),
    ("no_answer", "Answered with a code for no answer", ""),
    (
        "question_open",
        "Waits for your answer",
        "Answer the question on the Check page",
    ),
    ("empty_row", "Row is blank", ""),
    ("header_repeated", "Header line repeated", ""),
    ("total_line", "Total line", ""),
    (
        "uneven",
        "Fewer or more cells than the header",
        "Mend the line in the file, then drop it again",
    ),
    ("not_needed", "Not needed by any KPI", ""),
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
                says: (*says).to_owned(),
                remedy,
            },
        )
}
