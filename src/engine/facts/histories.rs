//! Order histories: who bought when and for how much, orders that cost nothing among them.

use std::rc::Rc;

use super::orders::Orders;
use super::purchases::{self, Purchases};
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// One entry a row; the first row of an order stands for all of it.
#[derive(Clone, Debug)]
pub struct OrderHistories {
    customers: Rc<Vec<u32>>,
    customer_count: usize,
    /// The day of the order.
    pub days: Rc<Vec<i32>>,
    /// The order's whole amount in major units, at its first row that counts; NaN elsewhere.
    pub amounts: Rc<Vec<f64>>,
    /// What was given back: rows with an amount below nothing, or with a refund beside the order, by
    /// row, each with the amount taken off the customer's revenue (above nothing).
    pub given_back: Vec<(u32, f64)>,
    /// The currencies of the amounts, most frequent first; empty where no column says.
    pub currencies: Vec<String>,
    /// Why a row is left out. Later rows of an order count through the first.
    pub reasons: Vec<Reason>,
}

/// Takes together what is known of orders and of their customers.
///
/// Something for nothing (a gift, a trial pack) is a purchase: it tells that the customer is there.
/// Returns and corrections, with amounts below nothing, are none.
pub fn read(
    reading: &Reading<'_>,
    orders: Option<&Orders>,
    purchases: Option<&Purchases>,
) -> Option<OrderHistories> {
    let (orders, purchases) = (orders?, purchases?);
    let mut reasons = orders.reasons.clone();
    let mut amounts = Rc::clone(&orders.amounts);
    if !orders.free.is_empty() {
        let amounts = Rc::make_mut(&mut amounts);
        for row in orders.free.iter().map(|row| *row as usize) {
            reasons[row] = Reason::Used;
            amounts[row] = 0.0;
        }
    }
    let customers = reading.keys_of(Role::Customer)?;
    reading::require_keys(&customers, &mut reasons);
    Some(OrderHistories {
        customers: Rc::clone(&purchases.customers),
        customer_count: purchases.customer_count,
        days: Rc::clone(&purchases.days),
        amounts,
        given_back: given_back(orders, &customers.codes),
        currencies: orders.currencies.clone(),
        reasons,
    })
}

/// What known customers gave back.
fn given_back(orders: &Orders, customers: &[u32]) -> Vec<(u32, f64)> {
    let returned = orders.returned.iter().map(|(row, amount)| (*row, -amount));
    let refunds = (0..).zip(&orders.refunded).filter_map(|(row, refund)| {
        let counts = orders.reasons[row as usize] == Reason::Used
            && !orders.amounts[row as usize].is_nan()
            && *refund != 0.0
            && !refund.is_nan();
        // Some exports write what was given back with a minus.
        counts.then(|| (row, refund.abs()))
    });
    let known = |(row, _): &(u32, f64)| customers[*row as usize] != 0;
    let mut all: Vec<(u32, f64)> = returned.chain(refunds).filter(known).collect();
    all.sort_unstable_by_key(|(row, _)| *row);
    all
}

impl OrderHistories {
    /// Those of some rows that are orders up to the end of a day, those of a customer side by side.
    pub fn by_customer(&self, rows: &[u32], last: i32) -> Vec<u32> {
        let counts = |row: &u32| {
            let place = *row as usize;
            !self.amounts[place].is_nan() && self.days[place] <= last
        };
        let rows: Vec<u32> = rows.iter().copied().filter(counts).collect();
        purchases::by_customer(&rows, &self.customers, self.customer_count)
    }

    /// The number of a row's customer.
    pub fn customer(&self, row: u32) -> u32 {
        self.customers[row as usize]
    }
}
