//! Movements of a period as classes of customers, so that two rules differ in few of them.

use crate::engine::base::Period;
use crate::engine::base::refusal::Outcome;
use crate::engine::facts::Ledger;
use crate::engine::facts::ledger::{Change, ChangeKind, MovementRule, Movements};

/// Which changes of a period count, and what they are called.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Counting {
    /// The two ends of the period are compared: at most one change a customer.
    Ends,
    /// As [`Counting::Ends`], and who comes back is new.
    EndsReturnsAsNew,
    /// Every change within the period.
    Every,
    /// As [`Counting::Every`], and who comes back after more than 90 days is new.
    EveryLateAsNew,
}

/// The longest absence, in days, after which a customer comes back and is not new.
const LATE_DAYS: i32 = 90;

/// Names of classes: new, reactivation, expansion, contraction, churn.
type Names = [&'static str; 5];

const AT_ENDS: Names = [
    "customers who never paid before",
    "customers who had left and came back",
    "customers who pay more at the end",
    "customers who pay less at the end",
    "customers who pay nothing any more",
];
const EACH: Names = [
    "new business, each change within the period by itself",
    "returns, each change within the period by itself",
    "raises, each change within the period by itself",
    "cuts, each change within the period by itself",
    "losses, each change within the period by itself",
];
const LATE: Names = [
    "new business from customers who come back after more than 90 days",
    "returns after more than 90 days, which are no returns here",
    "",
    "",
    "",
];
const NO_RETURNS: Names = [
    "new business from customers who come back",
    "returns, which are not told apart here",
    "",
    "",
    "",
];

/// All classes that [`moves`] can name.
pub const MOVEMENT_CLASSES: &[&str] = &[
    AT_ENDS[0],
    AT_ENDS[1],
    AT_ENDS[2],
    AT_ENDS[3],
    AT_ENDS[4],
    EACH[0],
    EACH[1],
    EACH[2],
    EACH[3],
    EACH[4],
    LATE[0],
    LATE[1],
    NO_RETURNS[0],
    NO_RETURNS[1],
];

/// What a class holds of one customer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Moved {
    /// The class.
    pub says: &'static str,
    /// The customer.
    pub customer: u32,
    /// The movement.
    pub kind: ChangeKind,
    /// Billionths a month, with the sign of the change.
    pub amount: i128,
}

impl Counting {
    /// The movements of the period.
    ///
    /// # Errors
    /// As [`Ledger::movements`].
    pub fn movements(self, ledger: &Ledger, period: Period) -> Outcome<Movements> {
        match self {
            // The ledger remembers these.
            Self::Ends => ledger.movements(period),
            _ => ledger.movements_under(period, self.rule()),
        }
    }

    /// The rule of the ledger.
    const fn rule(self) -> MovementRule {
        let (every_change, new_again_after_days) = match self {
            Self::Ends => (false, None),
            Self::EndsReturnsAsNew => (false, Some(0)),
            Self::Every => (true, None),
            Self::EveryLateAsNew => (true, Some(LATE_DAYS)),
        };
        MovementRule {
            every_change,
            new_again_after_days,
        }
    }

    /// The rule from which this one is told, and the names of what differs.
    const fn told_from(self) -> Option<Self> {
        match self {
            Self::Ends => None,
            Self::Every | Self::EndsReturnsAsNew => Some(Self::Ends),
            Self::EveryLateAsNew => Some(Self::Every),
        }
    }

    const fn names(self) -> &'static Names {
        match self {
            Self::Ends => &AT_ENDS,
            Self::EndsReturnsAsNew => &NO_RETURNS,
            Self::Every => &EACH,
            Self::EveryLateAsNew => &LATE,
        }
    }
}

/// Gives the movements of the period by class.
///
/// What a rule counts otherwise than the comparison of the two ends stands in classes of its own
/// and comes first, then that comparison, by customer. The amounts of one movement add up to it.
/// `fits`: which changes count at all.
///
/// # Errors
/// `month_missing`, as [`Ledger::changes`].
pub fn moves(
    ledger: &Ledger,
    period: Period,
    counting: Counting,
    fits: impl Fn(&Change) -> bool,
    mut each: impl FnMut(Moved),
) -> Outcome<()> {
    let mut at = counting;
    while let Some(from) = at.told_from() {
        let counting = std::mem::replace(&mut at, from);
        let mut amounts: Vec<(u32, ChangeKind, i128)> = Vec::new();
        for (counting, sign) in [(counting, 1), (from, -1)] {
            ledger.changes(period, counting.rule(), |change| {
                if fits(&change) {
                    amounts.push((change.customer, change.kind, change.delta() * sign));
                }
            })?;
        }
        amounts.sort_unstable();
        let same = amounts.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1));
        for same in same {
            let amount = same.iter().map(|(_, _, amount)| amount).sum();
            if amount == 0 {
                continue;
            }
            let (customer, kind, _) = same[0];
            each(Moved {
                says: counting.names()[place(kind)],
                customer,
                kind,
                amount,
            });
        }
    }
    ledger.changes(period, at.rule(), |change| {
        if fits(&change) {
            each(Moved {
                says: at.names()[place(change.kind)],
                customer: change.customer,
                kind: change.kind,
                amount: change.delta(),
            });
        }
    })
}

/// Every change counts.
pub const fn any(_: &Change) -> bool {
    true
}

/// Changes of customers who pay before or after it; not those between two credits.
pub const fn of_paying(change: &Change) -> bool {
    change.from > 0 || change.to > 0
}

const fn place(kind: ChangeKind) -> usize {
    match kind {
        ChangeKind::New => 0,
        ChangeKind::Reactivation => 1,
        ChangeKind::Expansion => 2,
        ChangeKind::Contraction => 3,
        ChangeKind::Churn => 4,
    }
}
