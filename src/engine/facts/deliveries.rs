//! Deliveries: what was promised or asked for by when, and when how much of it came. One delivery,
//! or one line of an order, a row.

use super::reading::{self, Reading};
use super::{NO_DAY, orders};
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::{InstantCells, NO_INSTANT};

/// A moment as its day and as milliseconds since 1970.
#[derive(Clone, Debug)]
pub struct Moments {
    /// Days; [`NO_DAY`] where there is none.
    pub days: Vec<i32>,
    /// Milliseconds; [`NO_INSTANT`] where there is none.
    pub instants: Vec<i64>,
    /// No cell has a time of day.
    pub days_only: bool,
}

/// One entry a row.
#[derive(Clone, Debug)]
pub struct Deliveries {
    /// The day for which a row was promised; where no column says, the one asked for.
    pub days: Vec<i32>,
    /// What was promised; absent without column.
    pub promised: Option<Moments>,
    /// What was asked for; absent without column.
    pub requested: Option<Moments>,
    /// When it came.
    pub delivered: Moments,
    /// How much was ordered; NaN where unknown. Empty without column.
    pub ordered: Vec<f64>,
    /// How much came; NaN where unknown. Empty without column.
    pub quantities: Vec<f64>,
    /// The order's number; 0 where the cell is empty. Empty without column.
    pub orders: Vec<u32>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Reads deliveries with the day for which they were promised or asked for.
pub fn read(reading: &Reading<'_>) -> Option<Deliveries> {
    let promised = reading.instants_of(Role::PromisedAt);
    let requested = reading.instants_of(Role::RequestedAt);
    let delivered = reading.instants_of(Role::DeliveredAt)?;
    let target = promised.as_ref().or(requested.as_ref())?;
    let mut reasons = reading.reasons();
    reading::require_instants(target, reading.horizon(), &mut reasons);
    for row in &delivered.invalid {
        let reason = &mut reasons[*row as usize];
        if *reason == Reason::Used {
            *reason = Reason::DateInvalid;
        }
    }
    orders::leave_out_cancelled(reading, &mut reasons);
    orders::leave_out_incomplete(reading, &mut reasons);
    let numbers = |role| reading.numbers_of(role).map(|cells| cells.values);
    let horizon = reading.horizon().map_or(i64::MAX, |end| end.0);
    let mut delivered = moments(delivered);
    for (instant, day) in delivered.instants.iter_mut().zip(&mut delivered.days) {
        // What came after the last day that counts had not come by then.
        if *instant >= horizon {
            (*instant, *day) = (NO_INSTANT, NO_DAY);
        }
    }
    Some(Deliveries {
        days: reading::days(target),
        promised: promised.map(moments),
        requested: requested.map(moments),
        delivered,
        ordered: numbers(Role::Quantity).unwrap_or_default(),
        quantities: numbers(Role::QuantityDelivered).unwrap_or_default(),
        orders: reading
            .keys_of(Role::Order)
            .map(|keys| keys.codes.into_owned())
            .unwrap_or_default(),
        reasons,
    })
}

fn moments(cells: InstantCells) -> Moments {
    Moments {
        days: reading::days(&cells),
        days_only: cells.days_only,
        instants: cells.values,
    }
}
