//! What a table and its columns were taken for.

use super::kind::Kind;
use super::role::Role;
use crate::engine::options::{ClockForm, ColumnUnit, DateOrder, Decimal, Direction, MissingCode};
use crate::engine::report::Question;

/// What a table and its columns mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// The kinds, the main one first; empty where none was recognised.
    pub kinds: Vec<Kind>,
    /// One entry a column.
    pub columns: Vec<Meaning>,
    /// What could not be decided.
    pub questions: Vec<Question>,
    /// The known export that the table is, where it is one.
    pub export: Option<&'static str>,
    /// Amounts are for the whole stretch between start and end, not for an interval.
    pub amount_spans_stretch: bool,
    /// In a long survey: every question by itself; empty for other tables.
    pub by_question: Vec<Asked>,
    /// Of a survey: the column with a number for each answer, so that one that stands twice is known.
    pub answer_ids: Option<usize>,
    /// Of a survey: the column in which some rows are told to be previews, tests or spam.
    pub tries: Option<usize>,
}

/// One question of a long survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its number among the texts of the question column; absent where there is no such column.
    pub code: Option<u32>,
    /// The question as written; absent where the cell is empty.
    pub text: Option<String>,
    /// What it asks.
    pub question: ScoreQuestion,
    /// The lowest and highest possible answer; absent while undecided.
    pub scale: Option<(f64, f64)>,
    /// Which end is good.
    pub direction: Direction,
    /// Codes of open questions about it.
    pub open: Vec<&'static str>,
}

impl Asked {
    /// A question of which nothing is known yet.
    pub const fn new(code: Option<u32>, text: Option<String>) -> Self {
        Self {
            code,
            text,
            question: ScoreQuestion::Csat,
            scale: None,
            direction: Direction::HighIsGood,
            open: Vec::new(),
        }
    }
}

/// What one column means, and how its cells are to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Its role, where it has one.
    pub role: Option<Role>,
    /// How sure, 0 to 1; 1 where the user said so.
    pub confidence: f64,
    /// Why, as a short sentence without cells.
    pub because: String,
    /// The user said so.
    pub chosen: bool,
    /// For scores: what was asked.
    pub question: Option<ScoreQuestion>,
    /// For scores: the lowest and highest possible answer; absent while undecided.
    pub scale: Option<(f64, f64)>,
    /// For scores: which end is good.
    pub direction: Direction,
    /// Codes for "no answer".
    pub missing: Vec<MissingCode>,
    /// Words that mean yes, beside the usual ones.
    pub yes: Vec<String>,
    /// Words that mean no, beside the usual ones.
    pub no: Vec<String>,
    /// The unit of durations or money, where one is written.
    pub unit: Option<ColumnUnit>,
    /// The order of day and month; any where it makes no difference.
    pub date_order: DateOrder,
    /// The decimal mark; any where it makes no difference.
    pub decimal: Decimal,
    /// What `12:30` counts, for durations.
    pub clock: ClockForm,
    /// Codes of open questions about it.
    pub open: Vec<&'static str>,
}

impl Default for Meaning {
    fn default() -> Self {
        Self {
            role: None,
            confidence: 0.0,
            because: String::new(),
            chosen: false,
            question: None,
            scale: None,
            direction: Direction::HighIsGood,
            missing: Vec::new(),
            yes: Vec::new(),
            no: Vec::new(),
            unit: None,
            date_order: DateOrder::DayFirst,
            decimal: Decimal::Point,
            clock: ClockForm::HoursMinutes,
            open: Vec::new(),
        }
    }
}

/// What a score answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ScoreQuestion {
    /// How likely someone is to recommend, 0 to 10.
    Nps,
    /// How satisfied someone is.
    Csat,
    /// How easy something was.
    Ces,
    /// Stars.
    Rating,
    /// An item about work.
    Engagement,
}

impl ScoreQuestion {
    /// The stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Rating => "rating",
            Self::Engagement => "engagement",
        }
    }

    /// The question with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        [
            Self::Nps,
            Self::Csat,
            Self::Ces,
            Self::Rating,
            Self::Engagement,
        ]
        .into_iter()
        .find(|question| question.id() == id)
    }
}

impl Mapping {
    /// The first column with this role.
    pub fn column_of(&self, role: Role) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.role == Some(role))
    }

    /// All columns with this role.
    pub fn columns_of(&self, role: Role) -> impl Iterator<Item = usize> {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.role == Some(role))
            .map(|(place, _)| place)
    }

    /// The role whose date says when an answer was given: its own, else that of the order, the job or
    /// the ticket beside which it stands.
    pub fn day_of_answers(&self) -> Role {
        let own = Role::RespondedAt;
        let days = [own, Role::OccurredAt, Role::OrderedAt, Role::CreatedAt];
        let has_column = |role: &Role| self.column_of(*role).is_some();
        days.into_iter().find(has_column).unwrap_or(own)
    }

    /// Whether the table serves as this kind.
    pub fn is(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }
}
