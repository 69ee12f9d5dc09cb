//! The groups as the report tells them, with the rows behind each.

use super::customers::{Customers, Source, money};
use super::names::Segment;
use super::placed::{Placed, place};
use super::scores::Scores;
use super::{Asked, Told, bands::Band};
use crate::engine::base::Note;
use crate::engine::base::refusal::Outcome;
use crate::engine::report::{CustomerGroup, CustomerGroups, Interval, LargestShare, ScoreRange};
use crate::engine::row_set::RowSet;
use crate::engine::stats::concentration;

/// Concentration is told for so many of the largest customers.
const LARGEST: [usize; 3] = [1, 5, 10];

/// A share of customers with one value of which fifths are no longer fifths.
const MANY_EQUAL: f64 = 0.2;

pub(super) fn tell(asked: &Asked<'_>, source: Source, found: Outcome<Customers>) -> Told {
    let mut groups = CustomerGroups {
        table: asked.table.name.clone(),
        of: source.id().to_owned(),
        as_of: asked.as_of,
        ..CustomerGroups::default()
    };
    let customers = match found {
        Ok(customers) => customers,
        Err(refusal) => {
            groups.refusal = Some(refusal);
            return (groups, Vec::new());
        }
    };
    let placed = place(&customers, asked.choices);
    let (whole, mut rows) = (Whole::of(&placed), Vec::new());
    groups.currency.clone_from(&customers.currency);
    groups.customers = placed.len() as u64;
    groups.revenue = whole.revenue;
    concentrate(&mut groups, &placed);
    let mut group = |id: &str, is_in: &dyn Fn(&Placed) -> bool| {
        let (group, own) = whole.group(id, (asked, &customers), &placed, is_in);
        rows.push((format!("{}/{id}", source.id()), own));
        group
    };
    if placed.iter().all(|it| it.segment.is_some()) {
        let segments = Segment::ALL.iter().map(|wanted| {
            group(wanted.id(), &|it| {
                it.segment.is_some_and(|it| it.1 == *wanted)
            })
        });
        groups.segments = segments.collect();
        groups.scores = ranges(&placed);
    }
    if placed.iter().all(|it| it.band.is_some()) {
        let bands = Band::ALL.iter();
        groups.bands = bands
            .map(|wanted| group(wanted.id(), &|it| it.band == Some(*wanted)))
            .collect();
    }
    groups.notes = notes(asked, &customers, &placed);
    (groups, rows)
}

/// All customers together.
#[derive(Clone, Copy, Debug)]
struct Whole {
    customers: f64,
    revenue: f64,
}

impl Whole {
    fn of(placed: &[Placed]) -> Self {
        let revenue: i128 = placed.iter().map(|it| it.customer.amount.max(0)).sum();
        Self {
            customers: placed.len() as f64,
            revenue: money(revenue),
        }
    }

    fn group(
        self,
        id: &str,
        (asked, customers): (&Asked<'_>, &Customers),
        placed: &[Placed],
        is_in: &dyn Fn(&Placed) -> bool,
    ) -> (CustomerGroup, RowSet) {
        let is_own: Vec<bool> = placed.iter().map(is_in).collect();
        let own = || placed.iter().zip(&is_own).filter(|it| *it.1).map(|it| it.0);
        let count = own().count();
        let revenue = money(own().map(|it| it.customer.amount.max(0)).sum());
        let limit = customers.of_row.len();
        let rows = RowSet::among(limit, 0..limit as u32, |row| {
            let place = customers.of_row[row as usize] as usize;
            is_own.get(place) == Some(&true)
        });
        let group = CustomerGroup {
            id: id.to_owned(),
            customers: count as u64,
            share_of_customers: count as f64 / self.customers,
            revenue,
            share_of_revenue: (self.revenue > 0.0).then(|| revenue / self.revenue),
            rows: rows.records(asked.table.rows_per_record, 0).0,
        };
        (group, rows)
    }
}

/// How much of the revenue rests on few.
fn concentrate(groups: &mut CustomerGroups, placed: &[Placed]) {
    let amounts = placed.iter().map(|it| money(it.customer.amount.max(0)));
    let amounts: Vec<f64> = amounts.collect();
    let share = |largest: usize| {
        let left = concentration::share_without_largest(&amounts, largest)?;
        Some(LargestShare {
            customers: largest as u64,
            share: 1.0 - left,
        })
    };
    let fewer = LARGEST.into_iter().filter(|it| *it < amounts.len());
    groups.largest = fewer.filter_map(share).collect();
    if amounts.len() > 1 {
        groups.gini = concentration::gini(&amounts);
        groups.effective_customers = concentration::effective_number(&amounts);
    }
    groups.gini_interval = concentration::gini_interval(&amounts).map(|(low, high)| Interval {
        low,
        high,
        level: 0.95,
        method: concentration::GINI_METHOD.to_owned(),
    });
}

/// One dimension of the scores: its name, a customer's score, and the value behind it.
type Dimension = (&'static str, fn(Scores) -> u8, fn(&Placed) -> f64);

const DIMENSIONS: [Dimension; 3] = [
    (
        "recency",
        |it| it.recency,
        |it| of_orders(it, |it| f64::from(it.days_ago)),
    ),
    (
        "frequency",
        |it| it.frequency,
        |it| of_orders(it, |it| f64::from(it.count)),
    ),
    ("monetary", |it| it.monetary, |it| money(it.customer.amount)),
];

fn of_orders(placed: &Placed, value: impl Fn(&super::customers::Ordered) -> f64) -> f64 {
    placed.customer.orders.as_ref().map_or(0.0, value)
}

/// From where to where the values of each score reach.
fn ranges(placed: &[Placed]) -> Vec<ScoreRange> {
    let mut found = Vec::new();
    for (name, score_of, value_of) in DIMENSIONS {
        for score in 1..=5 {
            let has = |it: &&Placed| it.segment.is_some_and(|it| score_of(it.0) == score);
            let values = placed.iter().filter(has).map(value_of);
            let ends = values.fold(
                (f64::INFINITY, f64::NEG_INFINITY, 0),
                |(low, high, n), it| (low.min(it), high.max(it), n + 1),
            );
            if ends.2 > 0 {
                found.push(ScoreRange {
                    of: name.to_owned(),
                    score,
                    customers: ends.2,
                    from: ends.0,
                    to: ends.1,
                });
            }
        }
    }
    found
}

/// What must be known beside the groups.
fn notes(asked: &Asked<'_>, customers: &Customers, placed: &[Placed]) -> Vec<Note> {
    let counted = |code: &str, count: u64, [what, effect]: [&str; 2]| {
        let note = Note::new(code, format!("{what}: {count}. {effect}"));
        (count > 0).then(|| note.in_table(&asked.table.name).counted(count))
    };
    let below = placed.iter().filter(|it| it.customer.amount < 0).count() as u64;
    let nothing = placed.iter().all(|it| it.customer.amount <= 0);
    let once = placed
        .iter()
        .filter(|it| it.customer.orders.is_some_and(|it| it.count == 1));
    let once = once.count();
    let many =
        once as f64 > MANY_EQUAL * placed.len() as f64 && asked.choices.frequency_orders.is_none();
    [
        counted(
            "customers_unnamed",
            customers.nobody,
            ["Rows without a customer", "They belong to nobody and are in no group."],
        ),
        counted(
            "returns_subtracted",
            customers.returns,
            ["Rows of what was given back", "They are taken off what their customers spent."],
        ),
        counted(
            "returns_alone",
            customers.returns_alone,
            [
                "Rows given back by customers of whom no order counts",
                "They are in no group.",
            ],
        ),
        counted(
            "below_nothing",
            below,
            [
                "Customers who gave back more than they bought",
                "They count as nothing in the revenue.",
            ],
        ),
        counted(
            "bought_once",
            if many { once as u64 } else { 0 },
            [
                "Customers who ordered once",
                "Equal customers are never parted, so all of these have the lowest score for how often, and some scores above it may be held by nobody.",
            ],
        ),
        nothing.then(|| {
            let effect = "Nobody brought more than nothing, so there are no shares and no bands.";
            Note::new("no_revenue", effect).in_table(&asked.table.name)
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
