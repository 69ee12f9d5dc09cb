//! Why a row is left out. Every row ends in exactly one bucket.

/// The reason a row is left out of a finding. Codes are part of the interface and only added to.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Reason {
    /// It counts.
    Used = 0,
    /// The table's kind was not recognised.
    KindUnknown,
    /// More cells than the header has columns: its cells cannot be told apart.
    TooManyCells,
    /// The record cannot be read: it is not what the format asks for.
    LineInvalid,
    /// It is the header once more.
    RepeatedHeader,
    /// It stands at the foot of the export and is no row.
    Footer,
    /// It adds up other rows, or averages them.
    TotalRow,
    /// It belongs to another table below the first one.
    OtherTable,
    /// The user's filter excludes it.
    FilteredOut,
    /// Dated after `as_of`.
    AfterAsOf,
    /// A needed date is empty.
    DateMissing,
    /// A needed date cannot be read.
    DateInvalid,
    /// It ends before it starts.
    EndsBeforeStart,
    /// The score is empty or marked as missing.
    ScoreMissing,
    /// The score cannot be read.
    ScoreInvalid,
    /// The score is outside its scale.
    ScoreOutsideScale,
    /// A needed number is empty.
    NumberMissing,
    /// A needed number cannot be read.
    NumberInvalid,
    /// The amount is zero or negative: a return, a credit or a correction.
    AmountNotPositive,
    /// The customer, user or account is empty.
    CustomerMissing,
    /// The order was cancelled.
    Cancelled,
    /// The same id stands in an earlier row.
    Duplicate,
    /// The billing interval cannot be read.
    IntervalInvalid,
    /// Yes or no cannot be read.
    AnswerInvalid,
    /// A trial that nobody has paid for.
    Trial,
    /// It answers another question of a long survey.
    OtherQuestion,
    /// Nobody was asked: it is a preview or a test of the survey, or spam.
    TriedOut,
    /// The payment failed, or the deal is not won.
    NotCompleted,
    /// Its status is one that the chosen rule does not count: past due, unpaid or paused.
    StatusLeftOut,
    /// A later row of the same subscription, plan and day takes its place.
    Superseded,
    /// Yes or no, or the outcome, is empty.
    AnswerMissing,
    /// Nothing was promised for the ticket.
    TargetMissing,
    /// The time that the export says is not the time between its dates.
    TimeDiffers,
    /// The customer has left.
    HasLeft,
    /// Fewer cells than the header, and those that are there do not fit its columns.
    TooFewCells,
    /// No KPI can be worked out from this table as it is understood now.
    NoFinding,
    /// It is a figure of another KPI.
    OtherFigure,
}

impl Reason {
    /// All reasons, in the order of their numbers.
    pub const ALL: [Self; 37] = [
        Self::Used,
        Self::KindUnknown,
        Self::TooManyCells,
        Self::LineInvalid,
        Self::RepeatedHeader,
        Self::Footer,
        Self::TotalRow,
        Self::OtherTable,
        Self::FilteredOut,
        Self::AfterAsOf,
        Self::DateMissing,
        Self::DateInvalid,
        Self::EndsBeforeStart,
        Self::ScoreMissing,
        Self::ScoreInvalid,
        Self::ScoreOutsideScale,
        Self::NumberMissing,
        Self::NumberInvalid,
        Self::AmountNotPositive,
        Self::CustomerMissing,
        Self::Cancelled,
        Self::Duplicate,
        Self::IntervalInvalid,
        Self::AnswerInvalid,
        Self::Trial,
        Self::OtherQuestion,
        Self::TriedOut,
        Self::NotCompleted,
        Self::StatusLeftOut,
        Self::Superseded,
        Self::AnswerMissing,
        Self::TargetMissing,
        Self::TimeDiffers,
        Self::HasLeft,
        Self::TooFewCells,
        Self::NoFinding,
        Self::OtherFigure,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::KindUnknown => "kind_unknown",
            Self::TooManyCells => "too_many_cells",
            Self::LineInvalid => "line_invalid",
            Self::RepeatedHeader => "repeated_header",
            Self::Footer => "footer",
            Self::TotalRow => "total_row",
            Self::OtherTable => "other_table",
            Self::FilteredOut => "filtered_out",
            Self::AfterAsOf => "after_as_of",
            Self::DateMissing => "date_missing",
            Self::DateInvalid => "date_invalid",
            Self::EndsBeforeStart => "ends_before_start",
            Self::ScoreMissing => "score_missing",
            Self::ScoreInvalid => "score_invalid",
            Self::ScoreOutsideScale => "score_outside_scale",
            Self::NumberMissing => "number_missing",
            Self::NumberInvalid => "number_invalid",
            Self::AmountNotPositive => "amount_not_positive",
            Self::CustomerMissing => "customer_missing",
            Self::Cancelled => "cancelled",
            Self::Duplicate => "duplicate",
            Self::IntervalInvalid => "interval_invalid",
            Self::AnswerInvalid => "answer_invalid",
            Self::Trial => "trial",
            Self::OtherQuestion => "other_question",
            Self::TriedOut => "tried_out",
            Self::NotCompleted => "not_completed",
            Self::StatusLeftOut => "status_left_out",
            Self::Superseded => "superseded",
            Self::AnswerMissing => "answer_missing",
            Self::TargetMissing => "target_missing",
            Self::TimeDiffers => "time_differs",
            Self::HasLeft => "has_left",
            Self::TooFewCells => "too_few_cells",
            Self::NoFinding => "no_finding",
            Self::OtherFigure => "other_figure",
        }
    }
}

impl Reason {
    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_stands_at_its_own_number() {
        for (number, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, number);
        }
    }
}
