//! Bad rows of recurring revenue: each goes to the ledger with its reason, is told in a note, or
//! makes the KPI refuse with what to do. No figure is invented from it.

mod support;

use kept::engine::report::{Report, Status};
use support::{assert_close, finding, options, report_on};

/// What must come of a table.
enum Comes {
    /// So many rows are left out for this reason, and no other row is.
    LeftOut(&'static str, u64),
    /// All rows count.
    AllUsed,
    /// A note with this code.
    Note(&'static str),
    /// The KPI is refused with this code, and its hint says what to do.
    Refused(&'static str, &'static str),
    /// The KPI has this value.
    Value(&'static str, f64),
    /// The KPI has a value and no interval.
    NoInterval(&'static str),
    /// The KPI has no such term.
    NoPart(&'static str, &'static str),
}

struct Case {
    claim: &'static str,
    pasted: &'static str,
    options: &'static str,
    comes: &'static [Comes],
}

use Comes::{AllUsed, LeftOut, NoInterval, NoPart, Note, Refused, Value};

const CASES: &[Case] = &[
    Case {
        claim: "an end before the start",
        pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nB,2025-02-10,2025-02-01,50\nC,2025-01-05,2025-01-05,30\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            LeftOut("ends_before_start", 1),
            Value("monthly_recurring_revenue", 100.0),
        ],
    },
    Case {
        claim: "a list of customers with an end before the start",
        pasted: "customer,customer since,left on\nA,2024-01-01,\nB,2024-05-01,2024-04-01\nC,2024-01-01,2025-02-10\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            LeftOut("ends_before_start", 1),
            Value("customer_churn_rate", 0.5),
        ],
    },
    Case {
        claim: "the same subscription twice",
        pasted: "subscription id,customer,started_on,ended_on,mrr\ns1,A,2025-01-01,,100\ns1,A,2025-01-01,,100\ns2,B,2025-01-01,,50\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            LeftOut("duplicate", 1),
            Value("monthly_recurring_revenue", 150.0),
        ],
    },
    Case {
        claim: "the same subscription twice, of which the later row takes its place",
        pasted: "subscription id,customer,plan,started_on,ended_on,mrr\ns1,A,Team,2025-01-01,,100\ns1,A,Team,2025-01-01,,120\ns2,B,Team,2025-01-01,,50\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            LeftOut("superseded", 1),
            Value("monthly_recurring_revenue", 170.0),
        ],
    },
    Case {
        claim: "the same row twice without a number",
        pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nA,2025-01-01,,100\nB,2025-01-01,,50\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            AllUsed,
            Note("rows_repeated"),
            Value("monthly_recurring_revenue", 250.0),
        ],
    },
    Case {
        claim: "a customer twice in one month",
        pasted: "customer,month,mrr\nA,2025-01,100\nA,2025-01,100\nB,2025-01,50\nA,2025-02,100\nB,2025-02,50\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            AllUsed,
            Note("rows_repeated"),
            Value("monthly_recurring_revenue", 150.0),
        ],
    },
    Case {
        claim: "amounts in two currencies",
        pasted: "customer,started_on,ended_on,mrr,currency\nA,2025-01-01,,100,EUR\nB,2025-01-01,,50,USD\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            Refused("monthly_recurring_revenue", "currencies_mixed"),
            Refused("net_revenue_retention", "currencies_mixed"),
            // Who left is counted, whatever they paid in.
            Value("customer_churn_rate", 0.0),
        ],
    },
    Case {
        claim: "renewals in two currencies",
        pasted: "customer,renewal date,amount due,outcome,currency\nA,2025-01-10,100,Renewed,EUR\nB,2025-01-15,200,Lost,USD\n",
        options: "",
        comes: &[Refused("net_renewal_rate", "currencies_mixed")],
    },
    Case {
        claim: "a month missing in the middle, asked for",
        pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,50\nA,2025-03,100\nB,2025-03,50\n",
        options: r#"{"as_of":"2025-03-31"}"#,
        comes: &[
            Note("months_missing"),
            Refused("monthly_recurring_revenue", "month_missing"),
            Refused("customer_churn_rate", "month_missing"),
            Refused("gross_revenue_churn_rate", "month_missing"),
        ],
    },
    Case {
        claim: "one name written in two ways",
        pasted: "customer,started_on,ended_on,mrr\nAcme Ltd,2025-01-01,2025-02-10,100\nACME  ltd.,2025-02-10,,100\nB,2025-01-01,,50\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[AllUsed, Note("customers_alike")],
    },
    Case {
        claim: "one number with two names",
        pasted: "customer id,customer name,started_on,ended_on,mrr\n7,Acme,2025-01-01,2025-02-10,100\n7,Acme Holding,2025-02-10,,100\n8,B,2025-01-01,,50\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            AllUsed,
            Value("customer_churn_rate", 0.0),
            Value("monthly_recurring_revenue", 150.0),
        ],
    },
    Case {
        claim: "a renewal without a due date",
        pasted: "customer,renewal date,amount due,outcome\nB,,200,Lost\nC,soon,50,Lost\nE,2025-01-10,100,Renewed\nF,2025-01-11,100,Lost\nG,2025-01-12,100,Renewed\nH,2025-01-13,100,Lost\nI,2025-01-14,100,Renewed\nJ,2025-01-15,100,Lost\nK,2025-01-16,100,Renewed\nL,2025-01-17,100,Lost\nM,2025-01-18,100,Renewed\nN,2025-01-19,100,Lost\n",
        options: "",
        comes: &[
            Value("renewal_rate", 0.5),
            LeftOut("date_missing", 1),
            LeftOut("date_invalid", 1),
        ],
    },
    Case {
        claim: "renewals without an amount",
        pasted: "customer,renewal date,outcome\nA,2025-01-10,Renewed\nB,2025-01-15,Lost\nC,2025-02-01,Renewed\nD,2025-02-20,Renewed\n",
        options: "",
        comes: &[
            AllUsed,
            Value("renewal_rate", 0.75),
            Refused("net_renewal_rate", "role_missing"),
        ],
    },
    Case {
        claim: "one contract in two rows, known by its number",
        pasted: "contract no,customer,renewal date,amount due,outcome\nK1,A,2025-01-10,100,Open\nK1,A,2025-01-10,100,Renewed\nK2,A,2025-01-10,100,Lost\n",
        options: "",
        comes: &[LeftOut("duplicate", 1), Value("renewal_rate", 0.5)],
    },
    Case {
        claim: "nobody at the start",
        pasted: "customer,started_on,ended_on,mrr\nA,2025-02-02,,10\nB,2025-02-03,,10\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            Refused("customer_churn_rate", "no_opening"),
            Refused("gross_revenue_churn_rate", "no_opening"),
            Refused("net_revenue_churn_rate", "no_opening"),
            Refused("net_revenue_retention", "no_opening"),
            Refused("gross_revenue_retention", "no_opening"),
            Refused("quick_ratio", "no_losses"),
            Value("monthly_recurring_revenue", 20.0),
        ],
    },
    Case {
        claim: "one customer only",
        pasted: "customer,started_on,ended_on,mrr\nA,2023-01-01,2025-01-01,100\nA,2025-01-01,,80\n",
        options: r#"{"as_of":"2025-02-28"}"#,
        comes: &[
            Value("customer_churn_rate", 0.0),
            Value("net_revenue_retention", 0.8),
            NoInterval("net_revenue_retention"),
            NoPart("net_revenue_retention", "without_largest"),
            Value("average_revenue_per_account", 80.0),
            NoInterval("average_revenue_per_account"),
        ],
    },
];

fn check(report: &Report, comes: &Comes, claim: &str) {
    let rows = &report.tables[0].rows;
    let left_out: u64 = rows.left_out.iter().map(|it| it.count).sum();
    assert_eq!(rows.read, rows.used + left_out, "{claim}");
    // Rows that only some findings leave out stand with those findings.
    let within = report.findings.iter().flat_map(|it| &it.left_out);
    match comes {
        LeftOut(reason, count) => {
            let mut all = rows.left_out.iter().chain(within);
            let found = all.find(|it| it.reason == *reason).map(|it| it.count);
            assert_eq!(found, Some(*count), "{claim}: {reason} {rows:?}");
        }
        AllUsed => assert_eq!(left_out, 0, "{claim}: {rows:?}"),
        Note(code) => {
            let codes: Vec<&str> = report.notes.iter().map(|it| it.code.as_str()).collect();
            assert!(codes.contains(code), "{claim}: {code} is not in {codes:?}");
        }
        Refused(kpi, code) => {
            let found = finding(report, kpi);
            assert_eq!(
                found.status,
                Status::Refused,
                "{claim}: {kpi} {:?}",
                found.value
            );
            let why = found.refusal.as_ref().map(|it| it.code.as_str());
            assert_eq!(why, Some(*code), "{claim}: {kpi}");
            let hint = found.refusal.as_ref().map_or(0, |it| it.hint.len());
            assert!(hint > 10, "{claim}: {kpi} does not say what to do");
            assert_eq!(found.value, None, "{claim}: {kpi}");
        }
        Value(kpi, expected) => {
            let found = finding(report, kpi);
            let value = found.value.unwrap_or(f64::NAN);
            let what = format!("{claim}: {kpi} {:?}", found.refusal);
            assert_close(value, *expected, 1e-9, &what);
        }
        NoInterval(kpi) => {
            let found = finding(report, kpi);
            assert!(
                found.value.is_some() && found.interval.is_none(),
                "{claim}: {kpi}"
            );
        }
        NoPart(kpi, part) => {
            let mut parts = finding(report, kpi).parts.0.iter();
            assert!(parts.all(|(name, _)| name != part), "{claim}: {kpi} {part}");
        }
    }
}

#[test]
fn a_bad_row_is_told_and_never_made_into_a_figure() {
    for case in CASES {
        let tables = [("pasted", case.pasted.as_bytes())];
        let report = report_on(&tables, &options(case.options)).expect("the table is read");
        for comes in case.comes {
            check(&report, comes, case.claim);
        }
    }
}
