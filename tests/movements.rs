//! What was added and lost in each month makes the figures of the same months.
#![expect(clippy::expect_used, clippy::panic, reason = "test code")]

mod support;

use kept::engine::chart_spec::{MovementPeriod, Plot};
use kept::engine::report::{Finding, Report};
use support::{finding, options, report_on};

const SUBSCRIPTIONS: &[u8] = include_bytes!("../www/samples/subscriptions.csv");
const EVENTS: &[u8] = include_bytes!("../www/samples/events.csv");

/// What was added less what was lost in each period of which both are known.
fn nets(found: &Finding) -> Vec<(&MovementPeriod, f64)> {
    let chart = found.movements.as_ref().expect("it has movements");
    let Plot::Movements { kinds, periods, .. } = &chart.plot else {
        panic!("movements are drawn as such");
    };
    let net = |period: &MovementPeriod| {
        let amounts = kinds.iter().zip(&period.amounts);
        amounts
            .map(|(kind, amount)| if kind.adds { *amount } else { -amount })
            .sum()
    };
    let known = periods.iter().filter(|period| !period.amounts.is_empty());
    known.map(|period| (period, net(period))).collect()
}

fn of(bytes: &[u8], choices: &str) -> Report {
    report_on(&[("sample.csv", bytes)], &options(choices)).expect("the sample is read")
}

#[test]
fn movements_of_revenue_sum_to_the_net_new_and_to_the_change_of_revenue() {
    let report = of(SUBSCRIPTIONS, "");
    let net_new = finding(&report, "net_new_recurring_revenue");
    let revenue = finding(&report, "monthly_recurring_revenue");
    let found = nets(net_new);
    assert!(found.len() > 6, "{} months", found.len());
    for (period, net) in &found {
        let point = net_new
            .series
            .iter()
            .find(|point| point.start == period.start);
        let value = point
            .and_then(|point| point.value)
            .expect("the month has a figure");
        assert!(
            (value - net).abs() < 1e-6,
            "{:?}: {value} {net}",
            period.start
        );
        let place = revenue
            .series
            .iter()
            .position(|point| point.start == period.start);
        let place = place.expect("revenue has the month");
        if let Some(before) = place.checked_sub(1).map(|before| &revenue.series[before])
            && let (Some(before), Some(now)) = (before.value, revenue.series[place].value)
        {
            assert!((now - before - net).abs() < 1e-6, "{:?}", period.start);
        }
    }
    assert_eq!(revenue.movements, net_new.movements, "one set of movements");
}

#[test]
fn movements_of_users_are_the_change_from_the_month_before() {
    let report = of(EVENTS, "");
    let users = finding(&report, "active_users");
    for (period, net) in nets(users) {
        let place = users
            .series
            .iter()
            .position(|point| point.start == period.start);
        let before = place.and_then(|place| place.checked_sub(1));
        let before = before.and_then(|before| users.series[before].value);
        let now = place.and_then(|place| users.series[place].value);
        if let (Some(before), Some(now)) = (before, now) {
            assert!((now - before - net).abs() < 1e-9, "{:?}", period.start);
        }
    }
}

#[test]
fn figures_of_several_months_at_once_have_none() {
    let report = of(SUBSCRIPTIONS, r#"{"period":{"unit":"month","count":3}}"#);
    let net_new = finding(&report, "net_new_recurring_revenue");
    assert_eq!(net_new.movements, None, "their stretches overlap");
}
