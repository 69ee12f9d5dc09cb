//! Tables as people have them: renewals, contracts and spending under several headers and in
//! several languages, and what is wrong with them, unaided.
#![expect(
    clippy::unwrap_used,
    reason = "test code; each test file is a crate of its own"
)]

mod support;

use std::fmt::Write as _;

use kept::engine::report::{Finding, Report};
use support::{assert_close, finding, options, report_on};

fn report(tables: &[(&str, &str)], choices: &str) -> Report {
    let tables: Vec<(&str, &[u8])> = tables
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    report_on(&tables, &options(choices)).unwrap()
}

fn code(found: &Finding) -> &str {
    found.refusal.as_ref().map_or("", |refusal| &refusal.code)
}

/// How many rows of the first table are left out for a reason.
fn left_out(report: &Report, reason: &str) -> u64 {
    let own = report.tables[0].rows.left_out.iter();
    own.filter(|out| out.reason == reason)
        .map(|out| out.count)
        .sum()
}

/// Two of three decided contracts are renewed, 250 of 400 is kept, and one is open.
#[test]
fn renewals_are_known_under_many_headers() {
    for text in [
        "Account,Renewal Date,ARR up for renewal,Renewal Status,Renewed ARR\nA,2025-01-10,100,Renewed,120\nB,2025-01-15,200,Renewed,150\nC,2025-02-01,100,Churned,\nD,2025-02-10,100,Open,\n",
        "customer_id,renewal_due_date,amount_due,outcome,amount_renewed\n17,2025-01-10,100,won,120\n18,2025-01-15,200,won,150\n19,2025-02-01,100,lost,\n20,2025-02-10,100,pending,\n",
        "Account Name;Renewal Due Date;Target Amount;Renewal Stage;Renewal Amount\nA;10/01/2025;100,00;Closed Won;120,00\nB;15/01/2025;200,00;Closed Won;150,00\nC;01/02/2025;100,00;Closed Lost;\nD;10/02/2025;100,00;In Progress;\n",
        "Kunde;Verlängerungsdatum;Fälliger Betrag;Verlängerungsstatus;Verlängerter Betrag\nA;10.01.2025;100,00;verlängert;120,00\nB;15.01.2025;200,00;verlängert;150,00\nC;01.02.2025;100,00;gekündigt;\nD;10.02.2025;100,00;offen;\n",
        "Client;Date de renouvellement;Montant à renouveler;Statut du renouvellement;Montant renouvelé\nA;10/01/2025;100,00;renouvelé;120,00\nB;15/01/2025;200,00;renouvelé;150,00\nC;01/02/2025;100,00;résilié;\nD;10/02/2025;100,00;en cours;\n",
        "Cliente;Fecha de renovación;Importe a renovar;Resultado de la renovación;Importe renovado\nA;10/01/2025;100,00;renovado;120,00\nB;15/01/2025;200,00;renovado;150,00\nC;01/02/2025;100,00;cancelado;\nD;10/02/2025;100,00;pendiente;\n",
    ] {
        let report = report(&[("renewals.csv", text)], "");
        let rate = finding(&report, "renewal_rate");
        assert_close(rate.value.unwrap_or(0.0), 2.0 / 3.0, 1e-12, text);
        assert_eq!(rate.parts.get("open"), Some(1.0), "{text}");
        let net = finding(&report, "net_renewal_rate");
        assert_close(net.value.unwrap_or(0.0), 270.0 / 400.0, 1e-12, text);
        assert_close(net.parts.get("gross").unwrap(), 0.625, 1e-12, text);
    }
}

const SUBSCRIPTIONS: &str = "customer,started_on,ended_on,mrr\nA,2024-11-05,,50\nB,2025-01-10,,100\nC,2025-02-20,,50\nD,2025-03-01,2025-03-20,80\nE,2025-03-31,,60\n";

/// 900 a month over the first quarter, in which four customers come.
#[test]
fn spending_is_known_under_many_headers() {
    for text in [
        "Month,Marketing Spend\n2025-01,900\n2025-02,900\n2025-03,900\n",
        "date,channel,spend\n2025-01-07,ads,400\n2025-01-20,events,500\n2025-02-03,ads,900\n2025-03-31,ads,900\n",
        "Monat;Marketingausgaben\n01/2025;900,00\n02/2025;900,00\n03/2025;900,00\n",
        "mois;dépenses marketing\n2025-01;900,00\n2025-02;900,00\n2025-03;900,00\n",
        "month,sales and marketing cost\nJan 2025,\"900\"\nFeb 2025,\"900\"\nMar 2025,\"900\"\n",
    ] {
        let report = report(&[("spend.csv", text), ("subs.csv", SUBSCRIPTIONS)], "");
        let cost = finding(&report, "customer_acquisition_cost");
        assert_close(cost.value.unwrap_or(0.0), 2700.0 / 4.0, 1e-12, text);
        assert_eq!(cost.n, Some(4), "{text}");
        let period = cost.period.unwrap();
        let days = (period.start.to_string(), period.end.to_string());
        assert_eq!(
            days,
            (String::from("2025-01-01"), String::from("2025-04-01"))
        );
        assert_eq!(
            code(finding(&report, "cac_payback_period")),
            "margin_missing"
        );
    }
}

#[test]
fn a_month_that_is_not_over_is_not_covered() {
    let spend = "month,marketing spend\n2025-01,900\n2025-02,900\n2025-03,500\n";
    let tables = [("spend.csv", spend), ("subs.csv", SUBSCRIPTIONS)];
    let report = report(&tables, r#"{"as_of":"2025-03-20"}"#);
    let cost = finding(&report, "customer_acquisition_cost");
    assert_close(cost.value.unwrap(), 1800.0 / 2.0, 1e-12, "two months");
}

#[test]
fn spending_that_cannot_be_set_against_customers_is_refused() {
    let gap = "month,marketing spend\n2025-01,900\n2025-03,900\n";
    let all = "month,marketing spend\n2025-01,900\n2025-02,900\n2025-03,900\n";
    let old = "customer,started_on,ended_on,mrr\nA,2024-01-05,,50\nB,2024-01-10,,100\n";
    let months = "customer,month,mrr\nA,2025-01,50\nB,2025-01,50\nA,2025-02,50\nC,2025-02,60\nA,2025-03,50\nC,2025-03,60\n";
    let quarter = r#"{"as_of":"2025-03-31"}"#;
    for (spend, customers, choices, expected) in [
        (gap, SUBSCRIPTIONS, quarter, "month_missing"),
        (all, old, quarter, "no_new_customers"),
        (all, months, quarter, "starts_unknown"),
        (
            all,
            SUBSCRIPTIONS,
            r#"{"as_of":"2025-03-31","period":{"unit":"week"}}"#,
            "not_whole_months",
        ),
        (
            all,
            SUBSCRIPTIONS,
            r#"{"as_of":"2025-01-20"}"#,
            "no_complete_month",
        ),
    ] {
        let report = report(
            &[("spend.csv", spend), ("customers.csv", customers)],
            choices,
        );
        let cost = finding(&report, "customer_acquisition_cost");
        assert_eq!(code(cost), expected, "{spend}{customers}{choices}");
        assert!(cost.value.is_none());
    }
    // From its second month on, a table of months says who is new.
    let last = r#"{"as_of":"2025-02-28","period":{"unit":"month"}}"#;
    let report = report(&[("spend.csv", all), ("months.csv", months)], last);
    let cost = finding(&report, "customer_acquisition_cost");
    assert_close(cost.value.unwrap(), 900.0, 1e-12, "C came in February");
}

#[test]
fn money_of_two_currencies_is_not_divided() {
    let spend =
        "month,marketing spend,currency\n2025-01,900,USD\n2025-02,900,USD\n2025-03,900,USD\n";
    let subs =
        "customer,started_on,ended_on,mrr,currency\nA,2024-11-05,,50,EUR\nB,2025-01-10,,100,EUR\n";
    let choices = r#"{"as_of":"2025-03-31","settings":{"cac_payback_period.gross_margin":0.8}}"#;
    let report = report(&[("spend.csv", spend), ("subs.csv", subs)], choices);
    // Spending ÷ heads needs no rate; spending ÷ revenue does.
    let cost = finding(&report, "customer_acquisition_cost");
    assert_close(cost.value.unwrap(), 2700.0, 1e-12, "one customer");
    assert_eq!(
        code(finding(&report, "cac_payback_period")),
        "currencies_mixed"
    );
}

#[test]
fn renewals_that_cannot_count_are_in_the_ledger() {
    let text = "customer,renewal date,amount due,outcome,amount renewed\nA,2025-01-10,100,Renewed,100\nA,2025-01-10,100,Renewed,100\nB,,200,Renewed,200\nC,2025-02-01,100,Churned,\nD,2025-02-10,100,perhaps,\nE,2025-02-30,100,Renewed,100\nF,2025-02-11,100,,\n";
    let report = report(&[("renewals.csv", text)], "");
    let rate = finding(&report, "renewal_rate");
    assert_close(rate.value.unwrap(), 0.5, 1e-12, "A and C");
    for (reason, count) in [
        ("duplicate", 1),
        ("date_missing", 1),
        ("date_invalid", 1),
        ("answer_invalid", 1),
        ("answer_missing", 1),
    ] {
        assert_eq!(left_out(&report, reason), count, "{reason}");
    }
}

#[test]
fn a_contract_told_twice_counts_as_decided() {
    let text = "contract,customer,renewal date,amount due,outcome\n71,A,2025-01-10,100,Open\n71,A,2025-01-10,100,Renewed\n72,A,2025-01-10,100,Churned\n";
    let chosen =
        r#"{"mapping":{"renewals.csv":{"kind":"renewal","columns":{"contract":"subscription"}}}}"#;
    let report = report(&[("renewals.csv", text)], chosen);
    let rate = finding(&report, "renewal_rate");
    assert_close(rate.value.unwrap(), 0.5, 1e-12, "71 and 72");
    assert_eq!(rate.n, Some(2));
}

#[test]
fn retention_of_odd_tables_is_honest() {
    let one = "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\n";
    let month = r#"{"as_of":"2025-03-31"}"#;
    let alone = report(&[("subs.csv", one)], month);
    let kept = finding(&alone, "customer_retention_rate");
    assert_eq!((kept.value, kept.n), (Some(1.0), Some(1)));
    // One customer says next to nothing, and the interval says so.
    assert!(kept.interval.as_ref().unwrap().low < 0.3);
    assert_eq!(kept.cohorts.len(), 1);
    assert_eq!(kept.parts.get("median"), None);
    assert_eq!(
        code(finding(&alone, "gross_revenue_retention")),
        "no_opening"
    );

    let backwards =
        "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-02-01,2025-01-01,10\n";
    let mended = report(&[("subs.csv", backwards)], month);
    assert_eq!(left_out(&mended, "ends_before_start"), 1);
    assert_eq!(finding(&mended, "customer_retention_rate").n, Some(1));

    let gap = "customer,month,mrr\nA,2025-01,10\nB,2025-01,10\nA,2025-03,10\nB,2025-03,10\n";
    let silent = report(&[("months.csv", gap)], month);
    let kept = finding(&silent, "customer_retention_rate");
    assert_eq!(code(kept), "month_missing");
}

/// Who was there when a table of months begins is in no curve: when they began is not known.
#[test]
fn a_table_of_months_does_not_say_when_its_first_customers_began() {
    let text = "customer,month,mrr\nA,2025-01,10\nB,2025-01,10\nA,2025-02,10\nB,2025-02,10\nC,2025-02,10\nD,2025-02,10\nA,2025-03,10\nC,2025-03,10\nA,2025-04,10\nC,2025-04,10\n";
    let report = report(&[("months.csv", text)], r#"{"as_of":"2025-04-30"}"#);
    let kept = finding(&report, "customer_retention_rate");
    assert_eq!(kept.curve[0].at_risk, 2, "C and D");
    let cohorts: Vec<(u64, &[f64])> = kept
        .cohorts
        .iter()
        .map(|cohort| (cohort.customers, cohort.customers_kept.as_slice()))
        .collect();
    assert_eq!(
        cohorts,
        [
            (2, [1.0, 1.0, 0.5, 0.5].as_slice()),
            (2, [1.0, 0.5, 0.5].as_slice())
        ]
    );
}

/// Vector G26: 80 of 100 renewals are 80 %, Wilson 71.117 to 86.663 %.
#[test]
fn eighty_of_a_hundred_renewals_have_their_interval() {
    let typed = r#"{"mapping":{"typed.csv":{"kind":"aggregate"}}}"#;
    let mut rows = String::from("customer,renewal date,amount due,outcome\n");
    for row in 0..100 {
        let outcome = if row < 80 { "Renewed" } else { "Churned" };
        let day = 1 + row % 28;
        writeln!(rows, "C{row},2025-01-{day:02},100,{outcome}").unwrap();
    }
    for (name, text, choices) in [
        ("typed.csv", "due,renewed\n100,80\n", typed),
        ("renewals.csv", rows.as_str(), ""),
    ] {
        let report = report(&[(name, text)], choices);
        let rate = finding(&report, "renewal_rate");
        let interval = rate.interval.as_ref().unwrap();
        assert_close(rate.value.unwrap(), 0.8, 1e-12, name);
        assert_close(interval.low, 0.711_17, 1e-5, name);
        assert_close(interval.high, 0.866_63, 1e-5, name);
    }
}

/// A bridge between two rules on contracts names the rows that make the difference.
#[test]
fn a_bridge_between_renewal_rules_names_its_rows() {
    let text = "customer,renewal date,amount due,outcome\nA,2025-01-10,100,Renewed\nB,2025-01-15,200,Lost\nC,2025-02-01,100,Pending\n";
    let report = report(&[("renewals.csv", text)], "");
    let rate = finding(&report, "renewal_rate");
    let lost = rate.variants.iter().find(|it| it.variant == "open_as_lost");
    let [step] = lost.unwrap().bridge.as_slice() else {
        unreachable!("one class differs");
    };
    assert_eq!(
        (step.customers, step.sample_rows.as_slice()),
        (1, [3].as_slice())
    );
    assert_eq!((step.numerator, step.denominator), (Some(0.0), Some(1.0)));
    assert_close(step.value.unwrap(), 1.0 / 3.0, 1e-12, "one of three");
}
