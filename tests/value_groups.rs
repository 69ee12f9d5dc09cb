//! Groups of customers against a slow and obvious second version of them, which looks at every
//! customer by itself; and what is said where there is little to say.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::print_stderr,
    unreachable_pub,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/plain_reader.rs"]
mod plain_reader;
#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use kept::engine::base::Date;
use kept::engine::report::{CustomerGroups, Report};
use kept::engine::session::Session;
use kept::engine::stats::rng::Rng;
use support::{assert_close, open, options, report_on, rows};

fn report(text: &str, choices: &str) -> Report {
    report_on(&[("orders.csv", text.as_bytes())], &options(choices)).unwrap()
}

/// The groups by orders.
fn by_orders(report: &Report) -> &CustomerGroups {
    let mut all = report.customer_groups.iter();
    all.find(|it| it.of == "orders").expect("there are orders")
}

/// One order, or what was given back: customer, day, amount.
type Order = (String, Date, f64);

/// Customers with the days of their orders and what they brought in all, to a millionth.
fn plain_customers(orders: &[Order]) -> BTreeMap<String, (Vec<Date>, i64)> {
    let mut all: BTreeMap<String, (Vec<Date>, i64)> = BTreeMap::new();
    for (customer, day, amount) in orders {
        let own = all.entry(customer.clone()).or_default();
        if *amount >= 0.0 {
            own.0.push(*day);
        }
        own.1 += (amount * 1e6).round() as i64;
    }
    all.retain(|_, own| !own.0.is_empty());
    all
}

/// The names of the segments as they are usually written down: first the square of recency and
/// frequency as a pattern.
const PATTERNS: [(&str, &str, &str); 10] = [
    ("12", "12", "hibernating"),
    ("12", "34", "at_risk"),
    ("12", "5", "cannot_lose"),
    ("3", "12", "about_to_sleep"),
    ("3", "3", "need_attention"),
    ("34", "45", "loyal"),
    ("4", "1", "promising"),
    ("5", "1", "new"),
    ("45", "23", "potential_loyal"),
    ("5", "45", "champions"),
];

/// Customers and revenue by the name of the segment, and by that of the band.
type Plain = BTreeMap<&'static str, (u64, f64)>;

fn plain_groups(orders: &[Order]) -> (Plain, f64) {
    let customers = plain_customers(orders);
    let all: Vec<(Date, usize, i64)> = customers
        .values()
        .map(|(days, amount)| (*days.iter().max().unwrap(), days.len(), *amount))
        .collect();
    let total: i64 = all.iter().map(|it| it.2.max(0)).sum();
    let mut found = Plain::new();
    for own in &all {
        let later = all.iter().filter(|it| it.0 > own.0).count();
        let less_often = all.iter().filter(|it| it.1 < own.1).count();
        let recency = (5 - (5 * later).div_euclid(all.len())).to_string();
        let frequency = (1 + (5 * less_often).div_euclid(all.len())).to_string();
        let mut patterns = PATTERNS.iter();
        let (_, _, name) = patterns
            .find(|it| it.0.contains(&recency) && it.1.contains(&frequency))
            .unwrap();
        let larger = all.iter().filter(|it| it.2 > own.2).map(|it| it.2.max(0));
        let before = larger.sum::<i64>() as f64 / total as f64;
        let band = match before {
            _ if own.2 <= 0 => "c",
            it if it < 0.8 => "a",
            it if it < 0.95 => "b",
            _ => "c",
        };
        for group in [name, band] {
            let entry = found.entry(group).or_default();
            entry.0 += 1;
            entry.1 += own.2.max(0) as f64 / 1e6;
        }
    }
    (found, total as f64 / 1e6)
}

/// Half the mean difference of all pairs over the mean.
fn plain_gini(values: &[f64]) -> f64 {
    let sum: f64 = values.iter().sum();
    let pairs = values
        .iter()
        .flat_map(|one| values.iter().map(move |other| (one - other).abs()));
    pairs.sum::<f64>() / (2.0 * values.len() as f64 * sum)
}

#[track_caller]
fn check(groups: &CustomerGroups, orders: &[Order]) {
    assert_eq!(groups.refusal, None);
    let (expected, total) = plain_groups(orders);
    let customers = plain_customers(orders);
    assert_eq!(groups.customers, customers.len() as u64);
    assert_close(groups.revenue, total, 1e-9, "revenue");
    assert_eq!((groups.segments.len(), groups.bands.len()), (10, 3));
    for list in [&groups.segments, &groups.bands] {
        for group in list {
            let (count, revenue) = expected.get(group.id.as_str()).copied().unwrap_or((0, 0.0));
            assert_eq!(group.customers, count, "{}", group.id);
            assert_close(group.revenue, revenue, 1e-9, &group.id);
        }
        let shares: f64 = list.iter().map(|it| it.share_of_customers).sum();
        assert_close(shares, 1.0, 1e-12, "shares of customers");
        let shares: f64 = list.iter().map(|it| it.share_of_revenue.unwrap()).sum();
        assert_close(shares, 1.0, 1e-9, "shares of revenue");
    }
    let mut amounts: Vec<f64> = customers
        .values()
        .map(|it| it.1.max(0) as f64 / 1e6)
        .collect();
    amounts.sort_by(|one, other| other.total_cmp(one));
    for largest in &groups.largest {
        let own: f64 = amounts.iter().take(largest.customers as usize).sum();
        assert_close(largest.share, own / total, 1e-9, "the largest");
    }
    assert_close(groups.gini.unwrap(), plain_gini(&amounts), 1e-9, "Gini");
    let squares: f64 = amounts.iter().map(|it| (it / total) * (it / total)).sum();
    assert_close(
        groups.effective_customers.unwrap(),
        1.0 / squares,
        1e-9,
        "effective",
    );
    let dimensions = ["recency", "frequency", "monetary"];
    for of in dimensions {
        let own = groups.scores.iter().filter(|it| it.of == of);
        assert_eq!(own.map(|it| it.customers).sum::<u64>(), groups.customers);
    }
}

/// Orders of customers who mostly buy once, on few days, for round amounts; some give back.
fn made(rng: &mut Rng, customers: u32) -> Vec<Order> {
    let first = Date::parse("2025-01-01").unwrap();
    let mut found = Vec::new();
    for customer in 0..customers {
        let mut day = rng.below(60) as i32;
        loop {
            let amount = f64::from(10 * rng.below(12)) + 0.1;
            let name = format!("c{customer}");
            found.push((name.clone(), first.plus_days(day), amount));
            if rng.below(8) == 0 {
                found.push((
                    name,
                    first.plus_days(day + 1),
                    -f64::from(rng.below(60)) - 0.3,
                ));
            }
            if rng.below(5) < 3 {
                break;
            }
            day += rng.below(30) as i32;
        }
    }
    found
}

fn table(orders: &[Order]) -> String {
    let mut text = String::from("order_id,order_date,customer_id,total\n");
    for (number, (customer, day, amount)) in orders.iter().enumerate() {
        writeln!(text, "N{number},{day},{customer},{amount:.2}").unwrap();
    }
    text
}

#[test]
fn groups_agree_with_a_look_at_every_customer() {
    for seed in 0..4 {
        let orders = made(&mut Rng::from_seed(seed), 40 + 150 * seed as u32);
        let found = report(&table(&orders), "");
        check(by_orders(&found), &orders);
        // Turned around, nothing changes.
        let turned: Vec<Order> = orders.iter().rev().cloned().collect();
        let other = report(&table(&turned), "");
        assert_eq!(by_orders(&other), by_orders(&found));
    }
}

#[test]
fn real_orders_agree_with_a_look_at_every_customer() {
    let Some(folder) = shared_data::folder() else {
        return;
    };
    let path = folder.join("transactions/online_retail_orders.csv");
    let text = fs::read_to_string(path).unwrap();
    let records = plain_reader::records(&text, ',');
    let known = records.iter().skip(1).filter(|it| !it[2].is_empty());
    let orders: Vec<Order> = known
        .map(|it| {
            let day = Date::parse(&it[1][..10]).unwrap();
            (it[2].clone(), day, it[6].parse().unwrap())
        })
        .collect();
    let found = report(&text, "");
    check(by_orders(&found), &orders);
    let sales: Vec<Order> = orders.into_iter().filter(|it| it.2 >= 0.0).collect();
    let ignored = report(&text, r#"{"settings":{"value_groups.returns":"ignored"}}"#);
    check(by_orders(&ignored), &sales);
    // The sum of all sales to known customers, from `expected/online_retail.json`.
    assert_close(by_orders(&ignored).revenue, 8_911_407.904, 1e-9, "sales");
}

/// A log of purchases without headers and numbers of orders: every row is one.
#[test]
fn a_real_log_agrees_with_a_look_at_every_customer() {
    let Some(folder) = shared_data::folder() else {
        return;
    };
    let text = fs::read_to_string(folder.join("transactions/CDNOW_sample.txt")).unwrap();
    let orders: Vec<Order> = text
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let day = format!("{}-{}-{}", &cells[2][..4], &cells[2][4..6], &cells[2][6..]);
            let day = Date::parse(&day).unwrap();
            (cells[1].to_owned(), day, cells[4].parse().unwrap())
        })
        .collect();
    let choices = r#"{"mapping":{"orders.csv":{"kind":"order","header_row":0,
        "columns":{"column_1":null,"column_2":"customer","column_3":"ordered_at","column_4":null,"column_5":"amount"}}}}"#;
    let found = report(&text, choices);
    let groups = by_orders(&found);
    check(groups, &orders);
    assert_eq!(groups.customers, 2_357);
    // More than a fifth bought once, so nobody has the second score for how often.
    let often = groups.scores.iter().filter(|it| it.of == "frequency");
    let scores: Vec<u8> = often.map(|it| it.score).collect();
    assert!(!scores.contains(&2) && scores.contains(&5), "{scores:?}");
}

#[test]
fn rows_of_a_group_are_those_of_its_customers() {
    let orders = made(&mut Rng::from_seed(9), 60);
    let text = table(&orders);
    let files: &[(&str, &[u8])] = &[("orders.csv", text.as_bytes())];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &options("")).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    let groups = by_orders(&report);
    for list in [&groups.segments, &groups.bands] {
        let mut customers = std::collections::BTreeSet::new();
        let mut counted = 0;
        for group in list {
            let query = format!(r#"{{"table":"orders.csv","group":"orders/{}"}}"#, group.id);
            let found = rows(&mut session, files, &query).unwrap();
            assert_eq!(found.total, group.rows, "{}", group.id);
            let names = found.rows.iter().map(|row| row.cells[2].clone().unwrap());
            let own: std::collections::BTreeSet<String> = names.collect();
            assert_eq!(own.len() as u64, group.customers, "{}", group.id);
            assert!(own.is_disjoint(&customers));
            customers.extend(own);
            counted += found.total;
        }
        assert_eq!(counted, orders.len() as u64);
    }
    for unknown in ["orders/whales", "recurring_revenue/a", "champions"] {
        let query = format!(r#"{{"table":"orders.csv","group":"{unknown}"}}"#);
        let error = rows(&mut session, files, &query).unwrap_err();
        assert_eq!(error.code, "group_unknown");
    }
}

#[test]
fn edges_of_the_users_own_decide_alone() {
    let text = "order_id,order_date,customer_id,total\n\
        1,2025-06-30,a,10\n2,2025-06-01,b,200\n3,2025-05-01,b,200\n4,2024-06-30,c,50\n";
    let choices = r#"{"as_of":"2025-06-30","settings":{"value_groups.recency_days":[0,29,60,365],
        "value_groups.frequency_orders":[2,3,4,5],"value_groups.amounts":[50,100,200,400]}}"#;
    let found = report(text, choices);
    let groups = by_orders(&found);
    let scores: Vec<(&str, u8, u64, f64)> = groups
        .scores
        .iter()
        .map(|it| (it.of.as_str(), it.score, it.customers, it.from))
        .collect();
    let expected = [
        ("recency", 2, 1, 365.0),
        ("recency", 4, 1, 29.0),
        ("recency", 5, 1, 0.0),
        ("frequency", 1, 2, 1.0),
        ("frequency", 2, 1, 2.0),
        ("monetary", 1, 1, 10.0),
        ("monetary", 2, 1, 50.0),
        ("monetary", 5, 1, 400.0),
    ];
    assert_eq!(format!("{scores:?}"), format!("{expected:?}"));
    let lately = r#"{"as_of":"2025-06-30","settings":{"value_groups.days":30}}"#;
    let found = report(text, lately);
    let groups = by_orders(&found);
    assert_eq!(groups.customers, 2);
    assert_close(groups.revenue, 210.0, 1e-12, "thirty days");
}

fn codes(groups: &CustomerGroups) -> Vec<(&str, Option<u64>)> {
    let notes = groups.notes.iter();
    notes.map(|it| (it.code.as_str(), it.count)).collect()
}

#[test]
fn one_customer_has_no_concentration() {
    let text = "order_id,order_date,customer_id,total\n1,2025-06-30,a,10\n2,2025-06-02,a,5\n";
    let found = report(text, "");
    let groups = by_orders(&found);
    assert_eq!((groups.customers, groups.largest.len()), (1, 0));
    assert_eq!((groups.gini, groups.effective_customers), (None, None));
    assert_eq!(groups.gini_interval, None);
    assert_eq!(groups.bands[0].share_of_revenue, Some(1.0));
}

#[test]
fn customers_who_are_all_alike_stand_together() {
    let mut text = String::from("order_id,order_date,customer_id,total\n");
    for number in 0..40 {
        writeln!(text, "{number},2025-06-{:02},c{number},25", 1 + number % 2).unwrap();
    }
    let found = report(&text, "");
    let groups = by_orders(&found);
    assert_eq!(groups.gini, Some(0.0));
    assert_eq!(groups.gini_interval, None);
    assert_close(groups.effective_customers.unwrap(), 40.0, 1e-9, "alike");
    assert_eq!(groups.bands[0].customers, 40);
    assert_eq!(codes(groups), [("bought_once", Some(40))]);
}

#[test]
fn more_given_back_than_bought_is_nothing_and_said() {
    let text = "order_id,order_date,customer_id,total\n1,2025-06-01,a,10\n2,2025-06-02,a,-30\n\
        3,2025-06-03,b,50\n4,2025-06-04,c,-7\n5,2025-06-05,,80\n6,2025-06-06,b,20\n";
    let found = report(text, "");
    let groups = by_orders(&found);
    assert_eq!(groups.customers, 2);
    assert_close(groups.revenue, 70.0, 1e-12, "net");
    assert_eq!(
        codes(groups),
        [
            ("customers_unnamed", Some(1)),
            ("returns_subtracted", Some(1)),
            ("returns_alone", Some(1)),
            ("below_nothing", Some(1)),
            ("bought_once", Some(1)),
        ]
    );
    let nothing = "order_id,order_date,customer_id,total\n1,2025-06-01,a,10\n2,2025-06-02,a,-30\n";
    let found = report(nothing, "");
    let groups = by_orders(&found);
    assert_eq!(
        (groups.revenue, groups.bands.len(), groups.gini),
        (0.0, 0, None)
    );
    assert_eq!(groups.segments.len(), 10);
    assert!(
        groups
            .segments
            .iter()
            .all(|it| it.share_of_revenue.is_none())
    );
    assert!(codes(groups).contains(&("no_revenue", None)));
}

#[test]
fn every_row_of_an_order_is_behind_its_group() {
    let text = "order_id,order_date,customer_id,total\n1,2025-06-01,a,10\n1,2025-06-01,a,5\n\
        2,2025-06-02,b,1\n";
    let found = report(text, "");
    let bands: Vec<[u64; 2]> = by_orders(&found)
        .bands
        .iter()
        .map(|it| [it.customers, it.rows])
        .collect();
    assert_eq!(bands, [[1, 2], [1, 1], [0, 0]]);
}

#[test]
fn refunds_beside_the_order_are_taken_off() {
    let text = "order_id,order_date,customer_id,total,refunded amount\n\
        1,2025-06-01,a,100,40\n2,2025-06-02,b,60,0\n";
    let found = report(text, "");
    let groups = by_orders(&found);
    assert_close(groups.revenue, 120.0, 1e-12, "net of refunds");
    assert!(codes(groups).contains(&("returns_subtracted", Some(1))));
}

#[test]
fn several_currencies_are_never_added_up() {
    let text = "order_id,order_date,customer_id,total,currency\n\
        1,2025-06-01,a,100,EUR\n2,2025-06-02,b,60,USD\n3,2025-06-03,b,60,EUR\n";
    let found = report(text, "");
    let refusal = by_orders(&found).refusal.as_ref().unwrap();
    assert_eq!(refusal.code, "currencies_mixed");
    let rates = r#"{"currency":"EUR","exchange_rates":{"USD":0.5}}"#;
    let found = report(text, rates);
    assert_close(by_orders(&found).revenue, 190.0, 1e-12, "at a rate");
}

#[test]
fn an_open_question_is_waited_for() {
    let text = "order_id,order_date,customer_id,total\n1,01/02/2025,a,100\n2,03/04/2025,b,60\n";
    let found = report(text, "");
    let refusal = by_orders(&found).refusal.as_ref().unwrap();
    assert_eq!(refusal.code, "question_open");
    // Without a column of customers nothing is said; nor where single KPIs are asked for.
    let text = "order_id,order_date,total\n1,2025-06-01,100\n2,2025-06-02,60\n";
    assert!(report(text, "").customer_groups.is_empty());
    let orders = made(&mut Rng::from_seed(1), 20);
    let asked = r#"{"kpis":["repeat_purchase_rate"]}"#;
    assert!(report(&table(&orders), asked).customer_groups.is_empty());
}

#[test]
fn recurring_revenue_has_bands_and_concentration() {
    let mut text = String::from("customer,started,ended,mrr\n");
    for (number, amount) in [500, 300, 100, 60, 40].iter().enumerate() {
        writeln!(text, "c{number},2025-01-01,,{amount}").unwrap();
    }
    text.push_str("left,2025-01-01,2025-03-01,900\n");
    let name = [("subscriptions.csv", text.as_bytes())];
    let found = report_on(&name, &options(r#"{"as_of":"2025-06-30"}"#)).unwrap();
    let [groups] = &found.customer_groups[..] else {
        panic!("{:?}", found.customer_groups);
    };
    assert_eq!(
        (groups.of.as_str(), groups.customers),
        ("recurring_revenue", 5)
    );
    assert_close(groups.revenue, 1_000.0, 1e-12, "a month");
    let bands = groups.bands.iter();
    let bands: Vec<(u64, u64)> = bands.map(|it| (it.customers, it.rows)).collect();
    assert_eq!(bands, [(2, 2), (2, 2), (1, 1)]);
    assert!(groups.segments.is_empty() && groups.scores.is_empty());
    assert_close(groups.largest[0].share, 0.5, 1e-12, "the largest");
    assert_eq!(groups.largest.len(), 1);
}

#[test]
fn a_list_of_customers_has_bands_of_those_who_stay() {
    let Some(found) = shared_data::report("churn/Telco-Customer-Churn.csv", "") else {
        return;
    };
    let groups = found.customer_groups.first().unwrap();
    assert_eq!(groups.of, "recurring_revenue");
    let interval = groups.gini_interval.as_ref().unwrap();
    let gini = groups.gini.unwrap();
    assert!(interval.low < gini && gini < interval.high);
    // 7,043 customers of whom 1,869 have left.
    assert_eq!(groups.customers, 5_174);
}
