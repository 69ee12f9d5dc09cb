//! Lifetime values of made tables against a slow, obvious second version of them, which looks at
//! customer by customer and month by month; and what is refused, with what words.
#![expect(
    clippy::unwrap_used,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/lifetime.rs"]
mod lifetime;
mod support;

use std::fmt::Write as _;

use kept::engine::base::{Date, math};
use kept::engine::report::Status;
use kept::engine::stats::rng::Rng;
use lifetime::{ID, choices, refused, report};
use support::{assert_close, finding};

/// A stretch of one amount from a day to a day.
struct Row {
    customer: u32,
    start: Date,
    end: Option<Date>,
    amount: u32,
}

/// Customers with one stretch, or two amounts one after the other.
fn made(rng: &mut Rng) -> Vec<Row> {
    let first = Date::parse("2024-06-01").unwrap();
    let mut rows = Vec::new();
    for customer in 0..60 {
        let start = first.plus_days(rng.below(500) as i32);
        let stays = 20 + rng.below(500) as i32;
        let end = start.plus_days(stays);
        let end = (rng.unit() < 0.6 && end.0 < Date::parse("2026-01-01").unwrap().0).then_some(end);
        let amount = 10 + rng.below(90);
        let change = start.plus_days(15 + rng.below(200) as i32);
        let is_within = end.is_none_or(|end| change.0 < end.0);
        if rng.unit() < 0.4 && is_within && change.0 < Date::parse("2025-12-01").unwrap().0 {
            rows.push(Row {
                customer,
                start,
                end: Some(change),
                amount,
            });
            rows.push(Row {
                customer,
                start: change,
                end,
                amount: 10 + rng.below(90),
            });
        } else {
            rows.push(Row {
                customer,
                start,
                end,
                amount,
            });
        }
    }
    rows
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from("customer,started_on,ended_on,mrr\n");
    for row in rows {
        let end = row.end.map_or(String::new(), |end| end.to_string());
        writeln!(text, "c{},{},{end},{}", row.customer, row.start, row.amount).unwrap();
    }
    text
}

/// What a customer pays on a day.
fn pays(rows: &[Row], customer: u32, day: Date) -> f64 {
    let own = rows.iter().filter(|row| row.customer == customer);
    let on = own.filter(|row| row.start <= day && row.end.is_none_or(|end| day < end));
    on.map(|row| f64::from(row.amount)).sum()
}

/// Revenue per customer at the end of 2025, churn of customers, and retention of revenue.
fn plain_terms(rows: &[Row]) -> (f64, f64, f64) {
    let (mut opening, mut lost, mut paid, mut kept) = (0.0, 0.0, 0.0, 0.0);
    for month in 1..=12 {
        let start = Date::from_ymd(2025, month, 1).unwrap();
        let (before, end) = (start.plus_days(-1), start.plus_months(1).plus_days(-1));
        for customer in 0..60 {
            let (from, to) = (pays(rows, customer, before), pays(rows, customer, end));
            if from > 0.0 {
                opening += 1.0;
                paid += from;
                kept += to;
                lost += f64::from(u8::from(to <= 0.0));
            }
        }
    }
    let end = Date::parse("2025-12-31").unwrap();
    let at_end: Vec<f64> = (0..60)
        .map(|customer| pays(rows, customer, end))
        .filter(|amount| *amount > 0.0)
        .collect();
    let revenue = at_end.iter().sum::<f64>() / at_end.len() as f64;
    (revenue, lost / opening, kept / paid)
}

/// The share still there after so many months, as a plain product over the losses before.
fn plain_survival(rows: &[Row], month: f64) -> f64 {
    let over = Date::parse("2026-01-01").unwrap();
    let lives: Vec<(f64, bool)> = (0..60)
        .map(|customer| {
            let own: Vec<&Row> = rows.iter().filter(|row| row.customer == customer).collect();
            let end = own.last().unwrap().end;
            let days = f64::from(end.unwrap_or(over).0 - own[0].start.0) / 30.4375;
            let near = (days - days.round()).abs() <= 2.0 / 30.4375;
            (if near { days.round() } else { days }, end.is_some())
        })
        .collect();
    let mut times: Vec<f64> = lives.iter().filter(|it| it.1).map(|it| it.0).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let mut share = 1.0;
    for time in times.into_iter().filter(|time| *time <= month) {
        let at_risk = lives.iter().filter(|it| it.0 >= time).count() as f64;
        let losses = lives
            .iter()
            .filter(|it| it.1 && (it.0 - time).abs() < 1e-9)
            .count() as f64;
        share *= 1.0 - losses / at_risk;
    }
    share
}

#[test]
fn rules_on_subscriptions_agree_with_a_look_at_every_month() {
    let mut rng = Rng::from_seed(11);
    for world in 0..25 {
        let rows = made(&mut rng);
        let text = table(&rows);
        let (revenue, churn, retention) = plain_terms(&rows);
        let what = format!("world {world}");
        let value = |variant: &str, settings: &[(&str, f64)]| {
            let report = report(&text, &choices(variant, settings));
            let found = finding(&report, ID);
            assert_eq!(
                found.status,
                Status::Ok,
                "{what} {variant} {:?}",
                found.refusal
            );
            if let Some(ends) = &found.interval {
                let value = found.value.unwrap();
                assert!(ends.low < value && value < ends.high, "{what} {variant}");
            }
            found.value.unwrap()
        };
        assert!(churn > 0.0 && churn < 1.0, "{what}");
        let margin = [("gross_margin", 70.0)];
        assert_close(
            value("subscription", &margin),
            revenue * 0.7 / churn,
            1e-10,
            &what,
        );
        assert_close(
            value("lifetime_revenue", &margin),
            revenue / churn,
            1e-10,
            &what,
        );
        let cut = [("horizon_months", 5.0)];
        assert_close(
            value("subscription", &cut),
            revenue * (1.0 / churn).min(5.0),
            1e-10,
            &what,
        );
        let kept = report(&text, &choices("revenue_retention", &[]));
        let kept = finding(&kept, ID);
        if retention < 1.0 {
            assert_close(
                kept.value.unwrap(),
                revenue / (1.0 - retention),
                1e-9,
                &what,
            );
        } else {
            assert_eq!(refused(kept).0, "no_churn", "{what}");
        }
        let ahead = [("horizon_months", 9.0), ("discount_rate_per_month", 0.02)];
        let plain: f64 = (0..9)
            .map(|month| {
                let month = f64::from(month);
                plain_survival(&rows, month) / math::pow(1.02, month)
            })
            .sum();
        assert_close(
            value("survival_discounted", &ahead),
            revenue * plain,
            1e-10,
            &what,
        );
    }
}

#[test]
fn bridges_between_rules_end_at_their_figures() {
    let mut rng = Rng::from_seed(12);
    let text = table(&made(&mut rng));
    for variant in ["subscription", "survival_discounted"] {
        let report = report(&text, &choices(variant, &[("gross_margin", 0.6)]));
        let found = finding(&report, ID);
        for other in &found.variants {
            if let (Some(last), Some(value)) = (other.bridge.last(), other.value) {
                assert_close(last.value.unwrap(), value, 1e-10, &other.variant);
            }
        }
        let known = found.variants.iter().filter(|it| it.value.is_some());
        assert!(known.count() >= 3, "{:?}", found.variants);
    }
}

#[test]
fn subscriptions_without_an_end_need_a_horizon() {
    let text = "customer,started_on,ended_on,mrr\nA,2024-01-01,,10\nB,2024-03-01,,30\n";
    let found = report(text, &choices("subscription", &[]));
    let (code, message) = refused(finding(&found, ID));
    assert_eq!(code, "no_churn");
    assert!(message.contains("for ever"), "{message}");
    let cut = report(text, &choices("subscription", &[("horizon_months", 60.0)]));
    assert_close(
        finding(&cut, ID).value.unwrap(),
        20.0 * 60.0,
        1e-12,
        "60 months",
    );
    assert!(
        cut.notes
            .iter()
            .any(|note| note.code == "lifetime_cut_at_horizon")
    );
    assert!(cut.notes.iter().any(|note| note.code == "lifetime_revenue"));
    let far = report(
        text,
        &choices("survival_discounted", &[("horizon_months", 60.0)]),
    );
    let (code, message) = refused(finding(&far, ID));
    assert_eq!(code, "horizon_beyond_data");
    assert!(
        message.contains("60 months") && message.contains("25"),
        "{message}"
    );
    for (name, value) in [("horizon_months", -1.0), ("discount_rate_per_month", 1.5)] {
        let wrong = report(text, &choices("survival_discounted", &[(name, value)]));
        assert_eq!(refused(finding(&wrong, ID)).0, "setting_unsuited", "{name}");
    }
}

/// Typed in five languages, and the lifetime value of which LTV:CAC is a quotient is the same.
#[test]
fn the_same_terms_give_both_kpis_the_same_value() {
    let text = "CAC,revenue per month,gross margin,monthly churn\n1000,100,80%,2%\n";
    let both = format!(
        r#"{{"kpis":["{ID}","lifetime_value_to_acquisition_cost"],"mapping":{{"table":{{"kind":"aggregate"}}}}}}"#
    );
    let told = report(text, &both);
    let quotient = finding(&told, "lifetime_value_to_acquisition_cost");
    let own = finding(&told, ID).value.unwrap();
    assert_close(
        quotient.parts.get("lifetime_value").unwrap(),
        own,
        1e-15,
        "value",
    );
    for header in [
        "average sale,purchases a year,lifespan",
        "Bestellwert,Bestellungen pro Jahr,Jahre",
        "panier moyen,achats par an,années",
        "ticket medio,compras por año,años",
        "AOV,annual purchases,customer lifespan",
    ] {
        let simple = format!(
            r#"{{"kpis":["{ID}"],"variants":{{"{ID}":"simple"}},"mapping":{{"table":{{"kind":"aggregate"}}}}}}"#
        );
        let told = report(&format!("{header}\n100,5,2\n"), &simple);
        let found = finding(&told, ID);
        assert_close(found.value.unwrap_or(0.0), 1_000.0, 1e-12, header);
    }
}

#[test]
fn without_a_margin_the_figure_itself_says_that_it_is_revenue() {
    let table =
        "customer,started on,ended on,mrr\nA,2025-01-01,,100\nB,2025-01-01,2025-03-05,100\n";
    let codes = |options: &str| {
        let report = support::report_on(&[("s.csv", table.as_bytes())], &support::options(options));
        let report = report.unwrap();
        let found = finding(&report, ID);
        let codes: Vec<String> = found.notes.iter().map(|note| note.code.clone()).collect();
        let of_report = report
            .notes
            .iter()
            .any(|note| note.code == "lifetime_revenue");
        assert_eq!(
            of_report,
            codes.iter().any(|code| code == "lifetime_revenue")
        );
        codes
    };
    assert!(codes(r#"{"as_of":"2025-04-01"}"#).contains(&"lifetime_revenue".to_owned()));
    let with = format!(r#"{{"as_of":"2025-04-01","settings":{{"{ID}.gross_margin":80}}}}"#);
    assert!(!codes(&with).contains(&"lifetime_revenue".to_owned()));
}
