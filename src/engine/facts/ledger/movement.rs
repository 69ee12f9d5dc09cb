//! Movements: how the recurring revenue at one end of a period became that at the other.

use crate::engine::base::Refusal;

/// What became of a customer's revenue.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ChangeKind {
    /// Pays for the first time.
    New,
    /// Pays again after having left.
    Reactivation,
    /// Pays more.
    Expansion,
    /// Pays less.
    Contraction,
    /// Pays no longer.
    Churn,
}

/// One change of one customer's revenue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Change {
    /// The customer.
    pub customer: u32,
    /// Billionths a month before.
    pub from: i64,
    /// Billionths a month after.
    pub to: i64,
    /// What it is called.
    pub kind: ChangeKind,
}

impl Change {
    /// By how much the revenue changes, with its sign.
    pub const fn delta(&self) -> i128 {
        self.to as i128 - self.from as i128
    }
}

/// Which changes count, and what they are called.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct MovementRule {
    /// Every change within the period counts, also of those who joined and left in it; else the
    /// two ends of the period are compared.
    pub every_change: bool,
    /// Who comes back after more than so many days is new; absent: always a reactivation.
    pub new_again_after_days: Option<i32>,
}

/// How the recurring revenue at one end of a period became that at the other, in billionths.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Movements {
    /// At the end of the day before the period.
    pub opening: i128,
    /// From customers who never paid before.
    pub new: i128,
    /// From customers who had left.
    pub reactivation: i128,
    /// More from customers who stayed.
    pub expansion: i128,
    /// Less from customers who stayed, as a positive amount.
    pub contraction: i128,
    /// From customers who no longer pay, as a positive amount.
    pub churn: i128,
    /// At the end of the last day of the period.
    pub closing: i128,
    /// Customers behind each of them, in the same order.
    pub customers: MovementCounts,
}

/// How many changes are behind each movement; where the ends are compared, how many customers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MovementCounts {
    /// Customers who pay at the start.
    pub opening: u64,
    /// New.
    pub new: u64,
    /// Came back.
    pub reactivation: u64,
    /// Pay more.
    pub expansion: u64,
    /// Pay less.
    pub contraction: u64,
    /// Left.
    pub churn: u64,
    /// Customers who pay at the end.
    pub closing: u64,
}

impl Movements {
    /// Adds a change to the movement that it is.
    pub const fn add(&mut self, change: &Change) {
        let delta = change.delta();
        match change.kind {
            ChangeKind::New => {
                self.new += delta;
                self.customers.new += 1;
            }
            ChangeKind::Reactivation => {
                self.reactivation += delta;
                self.customers.reactivation += 1;
            }
            ChangeKind::Expansion => {
                self.expansion += delta;
                self.customers.expansion += 1;
            }
            ChangeKind::Contraction => {
                self.contraction -= delta;
                self.customers.contraction += 1;
            }
            ChangeKind::Churn => {
                self.churn -= delta;
                self.customers.churn += 1;
            }
        }
    }

    /// What all movements together add.
    pub const fn net(&self) -> i128 {
        self.new + self.reactivation + self.expansion - self.contraction - self.churn
    }

    /// Whether the opening and the movements give the closing, to the billionth.
    pub const fn balances(&self) -> bool {
        self.opening + self.net() == self.closing
    }
}

/// Opening and movements do not give the closing.
pub(super) fn unbalanced() -> Refusal {
    Refusal::new(
        "movements_unbalanced",
        "The movements do not lead from the opening to the closing revenue, so none of them can be trusted.",
        "Please report this as a fault of Kept.",
    )
}
