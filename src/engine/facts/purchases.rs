//! Purchases of known customers: which order of a customer each one is, and when the next came.

use std::rc::Rc;

use super::orders::{self, Orders};
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// One entry a row; the first row of an order stands for all of it.
#[derive(Clone, Debug)]
pub struct Purchases {
    /// The customer's number.
    pub customers: Rc<Vec<u32>>,
    /// One more than the highest number of a customer.
    pub customer_count: usize,
    /// 1 for the customer's first order in the table, 2 for the second; 0 for rows that are no
    /// first row of an order, or do not count.
    pub places: Vec<u32>,
    /// Days from the order to the customer's next one; [`u32::MAX`] where there is none.
    pub days_to_next: Vec<u32>,
    /// The day of the order.
    pub days: Rc<Vec<i32>>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Reads who bought when. Where amounts are known, returns and corrections are no purchases.
pub fn read(reading: &Reading<'_>, orders: Option<&Orders>) -> Option<Purchases> {
    let customers = reading.keys_of(Role::Customer)?;
    let moments = reading.instants_of(Role::OrderedAt)?;
    let mut is_first: Vec<bool>;
    let mut reasons;
    if let Some(orders) = orders {
        reasons = orders.reasons.clone();
        is_first = orders.amounts.iter().map(|it| !it.is_nan()).collect();
    } else {
        reasons = reading.reasons();
        reading::require_instants(&moments, reading.horizon(), &mut reasons);
        orders::leave_out_cancelled(reading, &mut reasons);
        orders::leave_out_incomplete(reading, &mut reasons);
        is_first = vec![true; reasons.len()];
        if let Some(keys) = reading.keys_of(Role::Order) {
            let mut seen = vec![false; keys.texts.len()];
            for (row, code) in keys.codes.iter().enumerate() {
                if *code != 0 && reasons[row] == Reason::Used {
                    is_first[row] = !std::mem::replace(&mut seen[*code as usize], true);
                }
            }
        }
    }
    reading::require_keys(&customers, &mut reasons);
    let days = reading::days(&moments);
    let customer_count = customers.texts.len();
    let customers = customers.codes.into_owned();
    let mut rows: Vec<u32> = (0..reasons.len() as u32)
        .filter(|row| reasons[*row as usize] == Reason::Used && is_first[*row as usize])
        .collect();
    // Rows by customer: counting keeps the order of the rows, which is often that of time.
    rows = by_customer(&rows, &customers, customer_count);
    let mut places = vec![0; reasons.len()];
    let mut days_to_next = vec![u32::MAX; reasons.len()];
    let same = |one: &u32, other: &u32| customers[*one as usize] == customers[*other as usize];
    for own in rows.chunk_by_mut(same) {
        own.sort_unstable_by_key(|row| (moments.values[*row as usize], *row));
        for (place, row) in own.iter().enumerate() {
            places[*row as usize] = place as u32 + 1;
            if let Some(next) = own.get(place + 1) {
                let gap = days[*next as usize] - days[*row as usize];
                days_to_next[*row as usize] = gap.max(0) as u32;
            }
        }
    }
    Some(Purchases {
        customers: Rc::new(customers),
        customer_count,
        places,
        days_to_next,
        days: Rc::new(days),
        reasons,
    })
}

/// The rows with those of a customer side by side, in the order in which they came.
pub fn by_customer(rows: &[u32], customers: &[u32], count: usize) -> Vec<u32> {
    let mut next = vec![0_usize; count + 1];
    for row in rows {
        next[customers[*row as usize] as usize + 1] += 1;
    }
    for customer in 0..count {
        next[customer + 1] += next[customer];
    }
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        let place = &mut next[customers[*row as usize] as usize];
        sorted[*place] = *row;
        *place += 1;
    }
    sorted
}
