//! What a plan may ask of the user's table: columns by what they mean, as expressions over its cells.
//!
//! A warehouse has types, so cells are read by plain casts: what Kept reads out of odd cells (words
//! for nothing, marks of currencies, days before months) must already be so there. The head of a
//! query lists every column with the type that it is expected to have.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;

use super::expression::{Expr, Function, Type, call, only_if, text};
use super::relation::Rows;
use super::why::Why;
use crate::engine::base::Date;
use crate::engine::facts::Frame;
use crate::engine::options::{ColumnUnit, MissingCode};
use crate::engine::roles::{Kind, Mapping, Role, graded};
use crate::engine::table::value::flag;
use crate::engine::table::{Cells, Table};

/// Most different words of a column whose words say something.
const MOST_WORDS: usize = 60;

/// A table that a plan is made for.
#[derive(Debug)]
pub struct Source<'a> {
    /// The table as read.
    pub table: &'a Table,
    /// What it means.
    pub mapping: &'a Mapping,
    /// Zone, last day, promises.
    pub frame: &'a Frame,
    /// Parameters by full name.
    pub settings: &'a BTreeMap<String, Value>,
    /// The segment column.
    pub segment: Option<usize>,
    /// Columns and the values that are kept.
    pub filters: Vec<(usize, Vec<String>)>,
    /// What the table is called in the warehouse, in parts.
    pub called: Vec<String>,
    /// The relation that has its columns by what they mean.
    pub relation: &'static str,
    /// Customers of another table, and what it is read as, for a figure that needs both.
    pub beside: Option<(Kind, &'a Self)>,
    /// The columns asked for so far, and as what.
    expected: RefCell<Vec<(usize, Type)>>,
}

impl<'a> Source<'a> {
    /// A table of which nothing has been asked yet.
    pub const fn new(
        (table, mapping, frame): (&'a Table, &'a Mapping, &'a Frame),
        settings: &'a BTreeMap<String, Value>,
        called: Vec<String>,
    ) -> Self {
        Self {
            table,
            mapping,
            frame,
            settings,
            segment: None,
            filters: Vec::new(),
            called,
            relation: "source",
            beside: None,
            expected: RefCell::new(Vec::new()),
        }
    }

    /// The columns asked for, with the types that they are expected to have.
    pub fn expected(&self) -> Vec<(String, Type)> {
        let asked = self.expected.borrow();
        let told = asked.iter().map(|(at, of)| (self.header(*at), *of));
        told.collect()
    }

    /// The table as rows.
    pub fn rows(&self) -> Rows {
        Rows::Theirs(self.called.clone())
    }

    /// The last day that counts.
    pub const fn as_of(&self) -> Option<Date> {
        self.frame.as_of
    }

    /// Whether a role has a column without an open question.
    pub fn has(&self, role: Role) -> bool {
        self.column(role).is_ok()
    }

    /// The column of a role.
    ///
    /// # Errors
    /// Where there is none, or a question about it is open.
    pub fn column(&self, role: Role) -> Result<usize, Why> {
        let column = self.mapping.column_of(role).ok_or(Why::NeedsColumn)?;
        self.mapping.columns[column]
            .open
            .is_empty()
            .then_some(column)
            .ok_or(Why::NeedsColumn)
    }

    /// Nothing stands for several records or months.
    ///
    /// # Errors
    /// Where Kept turned columns into rows.
    pub fn is_plain(&self) -> Result<(), Why> {
        if self.table.rows_per_record > 1 {
            return Err(Why::NeedsReshaping);
        }
        Ok(())
    }

    /// A column's header.
    pub fn header(&self, column: usize) -> String {
        let column = self.table.columns.get(column);
        column.map_or_else(String::new, |column| column.name.clone())
    }

    fn cell(&self, column: usize, of: Type) -> Expr {
        let mut expected = self.expected.borrow_mut();
        if !expected.iter().any(|(other, _)| *other == column) {
            expected.push((column, of));
        }
        Expr::Cell(self.header(column))
    }

    /// A column as text; nothing for an empty one.
    pub fn text_at(&self, column: usize) -> Expr {
        let cell = self.cell(column, Type::Text).cast(Type::Text);
        let trimmed = call(Function::Trim, vec![cell]);
        call(Function::NullIf, vec![trimmed, text("")])
    }

    /// The column of a role as text.
    ///
    /// # Errors
    /// As [`Source::column`].
    pub fn text(&self, role: Role) -> Result<Expr, Why> {
        Ok(self.text_at(self.column(role)?))
    }

    /// The column of a role as text, where there is one.
    pub fn text_if_any(&self, role: Role) -> Option<Expr> {
        self.text(role).ok()
    }

    /// A column as numbers, codes for "no answer" being none.
    ///
    /// # Errors
    /// Where it holds answers in words.
    pub fn number_at(&self, column: usize) -> Result<Expr, Why> {
        if let Some(Cells::Dictionary { texts, .. }) =
            self.table.columns.get(column).map(|column| &column.cells)
            && let Some(graded) = graded::read(texts.texts())
        {
            let places: BTreeMap<&str, f64> = texts
                .texts()
                .zip(&graded.answers)
                .filter_map(|(text, answer)| Some((text, (*answer)?)))
                .filter(|(_, answer)| !answer.is_nan())
                .collect();
            let place = |word: &str| places.get(word).map(|it| Expr::Number(*it));
            return Ok(self.words_at(column, place)?.cast(Type::Number));
        }
        let number = self.cell(column, Type::Number).cast(Type::Number);
        let mut codes = Vec::new();
        for code in &self.mapping.columns[column].missing {
            let code = match code {
                MissingCode::Number(code) => Some(*code),
                // A word is no number, so a column of numbers does not hold it.
                MissingCode::Text(code) => code.trim().parse().ok(),
            };
            codes.extend(code.map(Expr::Number));
        }
        Ok(if codes.is_empty() {
            number
        } else {
            only_if(Expr::Not(Box::new(number.clone().is_one_of(codes))), number)
        })
    }

    /// A column in which words say something: what each of the words that the table holds says.
    /// Words that say nothing, and words that the table does not hold, are nothing.
    ///
    /// # Errors
    /// Where it holds too many different texts to be such words.
    pub fn words_at(
        &self,
        column: usize,
        says: impl Fn(&str) -> Option<Expr>,
    ) -> Result<Expr, Why> {
        let keys = self.table.columns[column].keys();
        if keys.texts.len() > MOST_WORDS {
            return Err(Why::NeedsWords);
        }
        let mut told: Vec<(Expr, Vec<Expr>)> = Vec::new();
        for word in keys.texts.texts().skip(1) {
            let Some(is) = says(&word) else { continue };
            let word = text(&word.trim().to_lowercase());
            match told.iter_mut().find(|(other, _)| *other == is) {
                Some((_, words)) if words.contains(&word) => {}
                Some((_, words)) => words.push(word),
                None => told.push((is, vec![word])),
            }
        }
        let cell = call(Function::Lower, vec![self.text_at(column)]);
        if told.is_empty() {
            return Ok(Expr::Nothing(Type::Whole));
        }
        let cases = told
            .into_iter()
            .map(|(is, words)| (cell.clone().is_one_of(words), is));
        Ok(Expr::Case(cases.collect(), None))
    }

    /// A column of counts, in which yes is 1 and no is 0.
    ///
    /// # Errors
    /// As [`Source::number_at`] and [`Source::words_at`].
    pub fn count_or_flag_at(&self, column: usize) -> Result<Expr, Why> {
        let meaning = &self.mapping.columns[column];
        let cells = self.table.columns[column].numbers(meaning.decimal, &meaning.missing);
        if cells.invalid.is_empty() {
            return self.number_at(column);
        }
        let flag = |word: &str| flag::parse(word).map(|yes| Expr::Whole(i64::from(yes)));
        self.words_at(column, flag)
    }

    /// The column of a role as numbers.
    ///
    /// # Errors
    /// As [`Source::column`] and [`Source::number_at`].
    pub fn number(&self, role: Role) -> Result<Expr, Why> {
        self.number_at(self.column(role)?)
    }

    /// The column of a role as money in major units.
    ///
    /// # Errors
    /// As [`Source::number`]; where several currencies are in use.
    pub fn money(&self, role: Role) -> Result<Expr, Why> {
        self.money_at(self.column(role)?)
    }

    /// A column as money in major units.
    ///
    /// # Errors
    /// As [`Source::money`].
    pub fn money_at(&self, column: usize) -> Result<Expr, Why> {
        if !self.frame.rates.is_empty() {
            return Err(Why::NeedsExchange);
        }
        if let Some(column) = self.mapping.column_of(Role::Currency) {
            let keys = self.table.columns[column].keys();
            if keys.texts.texts().filter(|text| !text.is_empty()).count() > 1 {
                return Err(Why::NeedsExchange);
            }
        }
        let amount = self.number_at(column)?;
        if self.mapping.columns[column].unit != Some(ColumnUnit::MinorUnits) {
            return Ok(amount);
        }
        if self.mapping.column_of(Role::Currency).is_some() || self.frame.currency.is_some() {
            return Err(Why::NeedsExchange);
        }
        Ok(amount.over(Expr::Number(100.0)))
    }

    /// The column of a role as months.
    ///
    /// # Errors
    /// As [`Source::number`].
    pub fn months(&self, role: Role) -> Result<Expr, Why> {
        let column = self.column(role)?;
        let number = self.number_at(column)?;
        let months = match self.mapping.columns[column].unit {
            Some(ColumnUnit::Days) => 12.0 / 365.25,
            Some(ColumnUnit::Years) => 12.0,
            _ => return Ok(number),
        };
        Ok(number.times(Expr::Number(months)))
    }

    /// The column of a role as hours.
    ///
    /// # Errors
    /// As [`Source::number`].
    pub fn hours(&self, role: Role) -> Result<Expr, Why> {
        self.hours_at(self.column(role)?)
    }

    /// A column as hours: plain numbers in the unit of its header.
    ///
    /// # Errors
    /// As [`Source::number_at`].
    pub fn hours_at(&self, column: usize) -> Result<Expr, Why> {
        let number = self.number_at(column)?;
        Ok(match self.mapping.columns[column].unit {
            Some(ColumnUnit::Seconds) => number.over(Expr::Number(3_600.0)),
            Some(ColumnUnit::Hours) => number,
            Some(ColumnUnit::Days) => number.times(Expr::Number(24.0)),
            _ => number.over(Expr::Number(60.0)),
        })
    }

    /// The column of a role as days.
    ///
    /// # Errors
    /// As [`Source::column`].
    pub fn day(&self, role: Role) -> Result<Expr, Why> {
        Ok(self.cell(self.column(role)?, Type::Moment).cast(Type::Day))
    }

    /// The column of a role as days, else of the first other one that has a column; nothing where
    /// none has.
    ///
    /// # Errors
    /// Where a question about the column is open.
    pub fn day_of_first(&self, roles: &[Role]) -> Result<Option<Expr>, Why> {
        let has_column = |role: &&Role| self.mapping.column_of(**role).is_some();
        roles
            .iter()
            .find(has_column)
            .map(|role| self.day(*role))
            .transpose()
    }

    /// The column of a role as moments.
    ///
    /// # Errors
    /// As [`Source::column`]; where clocks of the zone change.
    pub fn moment(&self, role: Role) -> Result<Expr, Why> {
        if self.frame.zone.constant().is_none() {
            return Err(Why::NeedsFixedClock);
        }
        Ok(self
            .cell(self.column(role)?, Type::Moment)
            .cast(Type::Moment))
    }

    /// The segment of a row, empty where the cell is; nothing where no segment is chosen.
    pub fn segment(&self) -> Option<Expr> {
        let segment = self.text_at(self.segment?);
        Some(segment.or(text("")))
    }

    /// What the filters of the recipe keep.
    pub fn kept(&self) -> Vec<Expr> {
        let kept = self.filters.iter().map(|(column, values)| {
            let values = values.iter().map(|value| text(value.trim())).collect();
            let cell = self.text_at(*column).or(text(""));
            cell.is_one_of(values)
        });
        kept.collect()
    }

    /// Whether two rows say the same, and something, in the columns of all of these roles.
    pub fn repeats(&self, roles: &[Role]) -> bool {
        let columns: Option<Vec<usize>> = roles
            .iter()
            .map(|role| self.mapping.column_of(*role))
            .collect();
        columns.is_some_and(|columns| self.repeats_in(&columns))
    }

    /// Whether the number of an answer stands in two rows, of one question where there are several.
    pub fn has_answers_twice(&self) -> bool {
        let Some(ids) = self.mapping.answer_ids else {
            return false;
        };
        let mut columns = vec![ids];
        columns.extend(self.mapping.column_of(Role::Question));
        self.repeats_in(&columns)
    }

    fn repeats_in(&self, columns: &[usize]) -> bool {
        let mut rows: Vec<Vec<u32>> = Vec::new();
        for column in columns {
            let keys = self.table.columns[*column].keys();
            rows.resize(keys.codes.len(), Vec::new());
            for (row, code) in rows.iter_mut().zip(keys.codes.iter()) {
                row.push(*code);
            }
        }
        rows.retain(|row| !row.contains(&0));
        rows.sort_unstable();
        rows.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// A parameter that is a number.
    pub fn setting(&self, name: &str) -> Option<f64> {
        self.settings.get(name).and_then(Value::as_f64)
    }

    /// Names under a parameter: a list of texts, or one text with commas between them.
    pub fn words(&self, name: &str) -> Vec<String> {
        let given: Vec<&str> = match self.settings.get(name) {
            Some(Value::String(text)) => text.split(',').collect(),
            Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let filled = given.into_iter().map(str::trim).filter(|it| !it.is_empty());
        filled.map(str::to_owned).collect()
    }
}
