//! Accounts: what all tables together tell of each customer, as of any day.
//!
//! Takes: the facts of tables, the account of each of their rows, and a day. Gives: [`Accounts`]: a
//! value of each figure for every account; pages of them, one of them with its past, and what only
//! several tables together can tell.
//! Never: sees what happened after the day; mixes two accounts; takes nothing known for nothing.
//! Start at [`tell`]. Tests: `tests/accounts.rs`.

pub mod across;
pub mod answers;
pub mod attributes;
pub mod figure;
pub mod measures;
pub mod orders;
pub mod page;
pub mod query;
pub mod renewals;
pub mod revenue;
pub mod source;
pub mod tickets;
pub mod timeline;
pub mod usage;

pub use attributes::Attribute;
pub use figure::{Figure, FigureUnit};
pub use source::{AsOf, Source};

/// What is known of all accounts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accounts {
    /// The figures.
    pub figures: Vec<Figure>,
    /// Whether each was a customer; `None` where no table says.
    pub is_customer: Vec<Option<bool>>,
    /// Words that the list of accounts says of each.
    pub attributes: Vec<Attribute>,
}

/// What is known of all accounts at the end of a day.
///
/// The table that lists the accounts comes first; of figures that several tables give, the later
/// ones have a number behind their id.
pub fn tell(sources: &[Source<'_>], as_of: AsOf) -> Accounts {
    let mut told = Accounts {
        is_customer: vec![None; as_of.accounts],
        ..Accounts::default()
    };
    for source in sources {
        let own = [
            revenue::figures(source, as_of),
            renewals::figures(source, as_of),
            answers::figures(source, as_of),
            usage::figures(source, as_of),
            tickets::figures(source, as_of),
            orders::figures(source, as_of),
        ];
        for mut figure in own.into_iter().flatten().filter(Figure::is_known) {
            figure.table = source.place;
            let like = |it: &&Figure| {
                it.id == figure.id
                    || it.id.starts_with(&format!("{}_", figure.id))
                        && it.name.starts_with(&figure.name)
            };
            let before = told.figures.iter().filter(like).count();
            if before > 0 {
                figure.id = format!("{}_{}", figure.id, before + 1);
                figure.name = format!("{} ({})", figure.name, source.reading.table.name);
            }
            told.figures.push(figure);
        }
        if let Some(known) = revenue::is_customer(source, as_of) {
            for (one, more) in told.is_customer.iter_mut().zip(known) {
                *one = one.or(more);
            }
        }
    }
    told
}

impl Accounts {
    /// The figure of this id.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// The values of the figure of this id.
    pub fn values(&self, id: &str) -> Option<&[f64]> {
        self.figure(id).map(|figure| figure.values.as_slice())
    }
}
