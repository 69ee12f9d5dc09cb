//! Why a figure is not told as SQL.

/// A reason with a stable code, told to the reader instead of a query.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Why {
    /// The rule resamples or fits a model.
    NeedsModel,
    /// The rule follows customers who have not left yet (Kaplan and Meier).
    NeedsSurvival,
    /// The rule takes the last row of the file, and rows of a warehouse have no order.
    NeedsRowOrder,
    /// Answers or states are told in words that Kept reads and SQL does not.
    NeedsWords,
    /// The rule needs hours of work, which a calendar in Kept tells.
    NeedsCalendar,
    /// Clocks of the report's zone are put forward and back, and times are measured.
    NeedsFixedClock,
    /// The figure rests on two tables, and the second is not loaded.
    NeedsTwoTables,
    /// Accounts are scored by measures of all tables, as Kept has put them together.
    NeedsAccounts,
    /// Kept turns columns of months into rows, or one record into several.
    NeedsReshaping,
    /// Amounts are in several currencies, or converted.
    NeedsExchange,
    /// A column or a setting that the rule needs is not there, or a question is open.
    NeedsColumn,
    /// The figure was typed: there is no table.
    Typed,
    /// An amount is for a stretch of odd days, whose months Kept counts row by row.
    NeedsSteps,
}

impl Why {
    /// All reasons.
    pub const ALL: [Self; 13] = [
        Self::NeedsModel,
        Self::NeedsSurvival,
        Self::NeedsRowOrder,
        Self::NeedsWords,
        Self::NeedsCalendar,
        Self::NeedsFixedClock,
        Self::NeedsTwoTables,
        Self::NeedsAccounts,
        Self::NeedsReshaping,
        Self::NeedsExchange,
        Self::NeedsColumn,
        Self::Typed,
        Self::NeedsSteps,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NeedsModel => "sql_needs_model",
            Self::NeedsSurvival => "sql_needs_survival",
            Self::NeedsRowOrder => "sql_needs_row_order",
            Self::NeedsWords => "sql_needs_words",
            Self::NeedsCalendar => "sql_needs_calendar",
            Self::NeedsFixedClock => "sql_needs_fixed_clock",
            Self::NeedsTwoTables => "sql_needs_two_tables",
            Self::NeedsAccounts => "sql_needs_accounts",
            Self::NeedsReshaping => "sql_needs_reshaping",
            Self::NeedsExchange => "sql_needs_exchange",
            Self::NeedsColumn => "sql_needs_column",
            Self::Typed => "sql_typed",
            Self::NeedsSteps => "sql_needs_steps",
        }
    }

    /// The reason as a sentence.
    pub const fn says(self) -> &'static str {
        match self {
            Self::NeedsModel => {
                "The rule fits a model or draws samples, which SQL cannot do honestly."
            }
            Self::NeedsSurvival => {
                "The rule counts those who are still waiting or still there as “not yet”, which plain SQL does not do."
            }
            Self::NeedsRowOrder => {
                "The rule takes the last row of the file, and rows of a warehouse have no order."
            }
            Self::NeedsWords => {
                "Answers or states stand in words that Kept reads and a query cannot be sure of."
            }
            Self::NeedsCalendar => {
                "The rule counts hours of work, which only the calendar in Kept knows."
            }
            Self::NeedsFixedClock => {
                "Clocks of the report's zone are put forward and back, so times between moments need UTC: set the zone to UTC."
            }
            Self::NeedsTwoTables => "The figure rests on two tables, and the second is not loaded.",
            Self::NeedsAccounts => {
                "Scores rest on measures that Kept finds in the headers of all tables, matches by account and places between percentiles of all accounts; no query is written for that."
            }
            Self::NeedsReshaping => {
                "Kept turned columns into rows before it counted; do the same in the warehouse and load that table."
            }
            Self::NeedsExchange => {
                "Amounts are in several currencies or are converted, and a query knows no rates."
            }
            Self::NeedsColumn => {
                "A column or a setting that the rule needs is not there, or a question about a column is open."
            }
            Self::Typed => "The figure was typed in, so there is no table to ask.",
            Self::NeedsSteps => {
                "Amounts are for stretches of odd days, whose months Kept counts row by row: give amounts a month, or the length in a column."
            }
        }
    }
}
