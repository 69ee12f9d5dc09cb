//! What one run made of the tables and the next can take over, where nothing changed that it rests
//! on: another period or segment asks for no other facts.
//!
//! Takes: the facts of each table, with what they were read by. Gives: the same facts, only to a run
//! that would read the same.
//! Never: outlives the tables; holds facts that nobody can ask for any more.
//! Start at [`Known`]. Tests: `tests/known_facts.rs`.

use std::rc::Rc;

use super::base::Zone;
use super::books::Books;
use super::compute::Remembered;
use super::facts::health;
use super::facts::{Facts, Frame, LastDays, Reading};
use super::fates::Understood;
use super::held::Held;
use super::logs::Logs;
use super::options::{Filter, Options, TableMapping};
use super::roles::{Kind, Mapping};
use super::table::Table;

/// What is known of the tables that are held, by their places.
#[derive(Debug, Default)]
pub struct Known {
    tables: Vec<Option<KnownTable>>,
    /// What was worked out of all of them, and the choices that it rests on, the latest last.
    figures: Vec<(Remembered, Options)>,
}

/// Choices under which figures are remembered: people set a filter and take it away again.
const MOST_CHOICES: usize = 3;

/// What is known of one table.
#[derive(Debug)]
struct KnownTable {
    sheet: Option<String>,
    /// What the user said of the table.
    choices: TableMapping,
    mapping: Mapping,
    last_days: LastDays,
    frame: Frame,
    facts: Facts,
    made: Made,
    filter: Vec<Filter>,
    segment: Option<usize>,
}

/// What a table means.
#[derive(Debug)]
pub struct Meaning<'a> {
    /// What it and its columns mean.
    pub mapping: &'a Mapping,
    /// The last days in its dates.
    pub last_days: LastDays,
    /// The zone in which those days were counted.
    pub zone: &'a Rc<Zone>,
}

/// What KPIs ask again and again, made of the facts that the filters keep.
#[derive(Debug, Default)]
pub struct Made {
    /// The ledger of the table, where it has one.
    pub books: Option<Books>,
    /// The activity of the table, where it has any.
    pub logs: Option<Logs>,
}

impl Known {
    /// Keeps the figures of a run under its choices, in place of the oldest where there are enough;
    /// its tables are to follow.
    pub fn keep_figures(&mut self, figures: Remembered, options: &Options) {
        self.tables.clear();
        if self.figures.len() >= MOST_CHOICES {
            self.figures.remove(0);
        }
        let choices = Remembered::choices(options);
        self.figures.push((figures, choices));
    }

    /// Gives up all figures: the facts are others.
    pub fn forget_figures(&mut self) {
        self.figures.clear();
    }

    /// Hands over the figures that rest on these choices.
    pub fn take_figures(&mut self, options: &Options) -> Option<Remembered> {
        let choices = Remembered::choices(options);
        let place = self.figures.iter().position(|(_, it)| *it == choices)?;
        Some(self.figures.remove(place).0)
    }

    /// What the table at a place means, where the user says the same of it as before. Of a workbook
    /// it is found anew: its sheets are looked at for it.
    pub fn meaning(&self, place: usize, one: &Held, choices: &TableMapping) -> Option<Meaning<'_>> {
        let known = self.tables.get(place)?.as_ref()?;
        let is_same = one.sheet_names.is_empty() && known.choices == *choices;
        is_same.then_some(Meaning {
            mapping: &known.mapping,
            last_days: known.last_days,
            zone: &known.frame.zone,
        })
    }

    /// Keeps what a run knows of the next table, once all facts of it are gathered.
    pub fn push(
        &mut self,
        understood: &mut Understood,
        (frame, options): (&Frame, &Options),
        made: Made,
    ) {
        let mut facts = std::mem::take(&mut understood.facts);
        // What other tables tell of the accounts was added to it.
        facts.health = None;
        self.tables.push(Some(KnownTable {
            sheet: understood.sheet.clone(),
            choices: understood.choices.clone(),
            mapping: understood.mapping.clone(),
            last_days: understood.last_days,
            frame: frame.clone(),
            facts,
            made,
            filter: options.filter.clone(),
            segment: understood.segment,
        }));
    }

    /// Hands over the facts of the table at a place, and what was made of them, where a run would
    /// read and make the same. What does not fit is given up.
    pub fn take(
        &mut self,
        place: usize,
        (table, understood): (&Table, &Understood),
        (frame, options): (&Frame, &Options),
    ) -> Option<(Facts, Option<Made>)> {
        let known = self.tables.get_mut(place)?.take()?;
        let is_same = known.sheet == understood.sheet
            && known.mapping == understood.mapping
            && known.frame == *frame;
        if !is_same {
            return None;
        }
        let mut facts = known.facts;
        if understood.mapping.is(Kind::Account) {
            facts.health = health::read(&Reading::new(table, &understood.mapping, frame.clone()));
        }
        let keeps_same = known.filter == options.filter;
        let made = keeps_same.then(|| known.made.split_by(known.segment, understood.segment));
        Some((facts, made))
    }
}

impl Made {
    /// The same for another segment column: what was made of the old one's values is given up.
    fn split_by(mut self, before: Option<usize>, now: Option<usize>) -> Self {
        if before != now {
            if let Some(books) = &mut self.books {
                books.forget_segments();
            }
            if let Some(logs) = &mut self.logs {
                logs.forget_segments();
            }
        }
        self
    }
}
