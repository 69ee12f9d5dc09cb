//! Rows that speak of the same subscription number.
//!
//! Billing systems write a plan change as a further row of the same number and often leave the
//! earlier row without an end. Counting both would double the customer's revenue.

use super::rows::Remark;
use crate::engine::table::Reason;

/// The columns that tell rows of one subscription apart, one entry a row.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'a> {
    /// The subscription's number; 0 where the cell is empty.
    pub subscriptions: &'a [u32],
    /// The customer's number.
    pub customers: &'a [u32],
    /// The plan, where a column says it.
    pub plans: Option<&'a [u32]>,
    /// First day that counts.
    pub starts: &'a [i32],
    /// Billionths a month.
    pub amounts: &'a [i64],
}

impl Numbered<'_> {
    fn plan(&self, row: usize) -> u32 {
        self.plans.map_or(0, |plans| plans[row])
    }
}

/// Leaves out rows that repeat an earlier one in number, customer, start, end, plan and amount.
///
/// With `replaces`, a later row of a subscription ends the earlier rows on its own first day; of
/// rows that start on the same day with different plans all count, as items of one bill.
///
/// Gives a remark where rows were cut short.
pub fn settle(
    rows: &Numbered<'_>,
    replaces: bool,
    ends: &mut [i32],
    reasons: &mut [Reason],
) -> Option<Remark> {
    let mut order: Vec<u32> = (0..reasons.len() as u32)
        .filter(|&row| {
            reasons[row as usize] == Reason::Used && rows.subscriptions[row as usize] != 0
        })
        .collect();
    let group = |row: &u32| {
        let row = *row as usize;
        (rows.subscriptions[row], rows.customers[row])
    };
    order.sort_unstable_by_key(|row| (group(row), rows.starts[*row as usize], *row));
    let mut cut = 0;
    for same in order.chunk_by(|one, other| group(one) == group(other)) {
        if same.len() < 2 {
            continue;
        }
        leave_out_repeated(rows, same, ends, reasons);
        if replaces {
            cut += end_at_the_next(rows, same, ends, reasons);
        }
    }
    (cut > 0).then_some(Remark::counted(
        "subscription_replaced",
        "Rows end where a later row of the same subscription number begins.",
        cut,
    ))
}

fn leave_out_repeated(rows: &Numbered<'_>, same: &[u32], ends: &[i32], reasons: &mut [Reason]) {
    let mut seen: Vec<(i32, i32, u32, i64)> = Vec::with_capacity(same.len());
    for &row in same {
        let row = row as usize;
        let facts = (
            rows.starts[row],
            ends[row],
            rows.plan(row),
            rows.amounts[row],
        );
        // Rows are in the order of their starts: only those of the same day can repeat.
        let repeated = seen
            .iter()
            .rev()
            .take_while(|other| other.0 == facts.0)
            .any(|other| *other == facts);
        if repeated {
            reasons[row] = Reason::Duplicate;
        } else {
            seen.push(facts);
        }
    }
}

/// Cuts rows at the start of the next row of the subscription; gives how many were cut.
fn end_at_the_next(
    rows: &Numbered<'_>,
    same: &[u32],
    ends: &mut [i32],
    reasons: &mut [Reason],
) -> u64 {
    let mut cut = 0;
    let mut next_start = i32::MAX;
    let mut later: Vec<u32> = Vec::new();
    for days in same
        .chunk_by(|one, other| rows.starts[*one as usize] == rows.starts[*other as usize])
        .rev()
    {
        later.clear();
        for &row in days.iter().rev() {
            let at = row as usize;
            if reasons[at] != Reason::Used {
                continue;
            }
            if later.contains(&rows.plan(at)) {
                // The same plan twice from the same day on: the last row is the one that holds.
                reasons[at] = Reason::Superseded;
                continue;
            }
            later.push(rows.plan(at));
            if ends[at] > next_start {
                ends[at] = next_start;
                cut += 1;
            }
        }
        if !later.is_empty() {
            next_start = rows.starts[days[0] as usize];
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: i32 = i32::MAX;

    fn settled(
        lines: &[(u32, i32, i32, u32, i64)],
        replaces: bool,
    ) -> (Vec<i32>, Vec<Reason>, u64) {
        let column = |pick: fn(&(u32, i32, i32, u32, i64)) -> u32| -> Vec<u32> {
            lines.iter().map(pick).collect()
        };
        let starts: Vec<i32> = lines.iter().map(|line| line.1).collect();
        let mut ends: Vec<i32> = lines.iter().map(|line| line.2).collect();
        let amounts: Vec<i64> = lines.iter().map(|line| line.4).collect();
        let mut reasons = vec![Reason::Used; lines.len()];
        let remark = settle(
            &Numbered {
                subscriptions: &column(|line| line.0),
                customers: &vec![1; lines.len()],
                plans: Some(&column(|line| line.3)),
                starts: &starts,
                amounts: &amounts,
            },
            replaces,
            &mut ends,
            &mut reasons,
        );
        let cut = remark.and_then(|remark| remark.count).unwrap_or(0);
        (ends, reasons, cut)
    }

    #[test]
    fn a_later_row_ends_the_earlier_one() {
        let lines = [(1, 0, OPEN, 1, 10), (1, 30, OPEN, 2, 20)];
        assert_eq!(settled(&lines, true).0, [30, OPEN]);
        assert_eq!(settled(&lines, false).0, [OPEN, OPEN]);
    }

    #[test]
    fn stretches_that_do_not_overlap_stay() {
        let lines = [(1, 0, 30, 1, 10), (1, 30, OPEN, 2, 20), (1, 5, 6, 1, 1)];
        let (ends, _, cut) = settled(&[lines[0], lines[1]], true);
        assert_eq!((ends, cut), (vec![30, OPEN], 0));
    }

    #[test]
    fn a_row_twice_counts_once_and_items_of_one_day_add_up() {
        let lines = [
            (1, 0, OPEN, 1, 10),
            (1, 0, OPEN, 1, 10),
            (1, 0, OPEN, 2, 5),
            (2, 0, OPEN, 1, 10),
            (0, 0, OPEN, 1, 10),
        ];
        let (_, reasons, _) = settled(&lines, true);
        assert_eq!(reasons[1], Reason::Duplicate);
        let used = reasons.iter().filter(|reason| **reason == Reason::Used);
        assert_eq!(used.count(), 4);
    }

    #[test]
    fn of_two_prices_of_a_plan_on_one_day_the_last_holds() {
        let lines = [(1, 0, OPEN, 1, 10), (1, 0, OPEN, 1, 12)];
        let (_, reasons, _) = settled(&lines, true);
        assert_eq!(reasons, [Reason::Superseded, Reason::Used]);
    }
}
