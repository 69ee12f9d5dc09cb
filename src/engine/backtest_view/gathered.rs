//! What tables hold, for a look back.

use crate::engine::account_view;
use crate::engine::accounts::Source;
use crate::engine::books::Books;
use crate::engine::facts::{Facts, Frame, Part, Reading};
use crate::engine::held::Held;
use crate::engine::joins::Joins;
use crate::engine::session::Told;

/// What tables hold, read as if a day were today; by place, absent where it is not needed.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    facts: Vec<Option<Facts>>,
    books: Vec<Option<Books>>,
}

impl Gathered {
    /// Adds the next table. Sorts of facts that say nothing of accounts are passed over.
    pub(super) fn add(&mut self, held: &Held, told: &Told, frame: &Frame, wanted: bool) {
        let Some(understood) = told.tables.get(self.facts.len()).filter(|_| wanted) else {
            self.facts.push(None);
            self.books.push(None);
            return;
        };
        let mut facts = Facts::default();
        for part in Part::of(&understood.mapping) {
            let others = [Part::Spend, Part::Funnel, Part::Operations, Part::Typed];
            if !others.contains(&part) {
                facts.add(part, &held.table, &understood.mapping, frame);
            }
        }
        let kept = understood.kept.as_deref();
        let books = facts.ledger.as_ref().map(|ledger| Books::of(ledger, kept));
        self.facts.push(Some(facts));
        self.books.push(books);
    }

    /// The tables as sources of what is known of accounts.
    pub(super) fn sources<'a>(
        &'a self,
        (joins, told): (&'a Joins, &'a Told),
        readings: &'a [Reading<'a>],
    ) -> Vec<Source<'a>> {
        let all = account_view::sources(joins, readings, &told.tables, &[]);
        let own = all.into_iter().filter_map(|source| {
            let books = self.books.get(source.place)?.as_ref();
            Some(Source {
                facts: self.facts.get(source.place)?.as_ref()?,
                ledger: books.map(|books| books.whole().as_ref()),
                ..source
            })
        });
        own.collect()
    }
}
