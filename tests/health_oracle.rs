//! The customer health score against a slow, obvious second version of it: accounts scored one by
//! one from lists of cells, with everything sorted and counted anew for each of them.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{assert_close, finding, options, report_on};

const TABLES: u32 = 150;

/// A measure: its header, whether more is better, its highest value.
const MEASURES: [(&str, bool, u32); 4] = [
    ("logins", true, 60),
    ("open tickets", false, 9),
    ("days since last login", false, 120),
    ("active users", true, 40),
];

struct Account {
    cells: Vec<Option<f64>>,
    /// Days since the pulse was taken.
    age: u32,
    pulse: Option<f64>,
    plan: &'static str,
}

fn made(rng: &mut Rng) -> Vec<Account> {
    let wild = rng.below(3) == 0;
    (0..=rng.below(40))
        .map(|_| Account {
            cells: MEASURES
                .iter()
                .map(|(_, _, most)| {
                    let value = f64::from(rng.below(*most));
                    let value = if wild && rng.below(30) == 0 {
                        value * 1_000.0
                    } else {
                        value
                    };
                    (rng.below(6) > 0).then_some(value)
                })
                .collect(),
            age: rng.below(200),
            pulse: (rng.below(5) > 0).then(|| f64::from(rng.below(101))),
            plan: ["Basic", "Team"][rng.below(2) as usize],
        })
        .collect()
}

fn written(cell: Option<f64>) -> String {
    cell.map_or_else(String::new, |number| format!("{number}"))
}

/// The accounts as a table, the last day of which is 2025-12-31.
fn text(accounts: &[Account]) -> String {
    let mut text = String::from(
        "customer,plan,logins,open tickets,days since last login,active users,pulse,pulse date\n",
    );
    for (place, account) in accounts.iter().enumerate() {
        let cells: Vec<String> = account.cells.iter().map(|it| written(*it)).collect();
        let day = kept::engine::base::Date::parse("2025-12-31")
            .unwrap()
            .plus_days(-(account.age as i32));
        writeln!(
            text,
            "Company {place},{},{},{},{day}",
            account.plan,
            cells.join(","),
            written(account.pulse)
        )
        .unwrap();
    }
    text
}

/// The points of a value among the values of all accounts; nothing where all are equal.
fn points(value: f64, all: &[f64], more: bool) -> Option<f64> {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (least, most) = (sorted[0], *sorted.last().unwrap());
    if least >= most {
        return None;
    }
    let last = sorted.len() - 1;
    let mut off = 0;
    // The smallest number of accounts that is at least a twentieth of all but one.
    while sorted.len() >= 5 && (off as f64) < 0.05 * last as f64 {
        off += 1;
    }
    let (low, high) = (sorted[off], sorted[last - off]);
    let share = if low < high {
        ((value - low) / (high - low)).clamp(0.0, 1.0)
    } else if value > low {
        1.0
    } else if value < low {
        0.0
    } else {
        // Of the one usual value: what stands on its other side alone decides.
        match (least < low, most > low) {
            (true, true) => 0.5,
            (true, false) => 1.0,
            _ => 0.0,
        }
    };
    Some(100.0 * if more { share } else { 1.0 - share })
}

/// How a missing measure counts, and how much of the weight there must be.
struct Choice {
    missing: &'static str,
    least_coverage: f64,
    weights: [f64; 5],
    fresh: bool,
}

/// The scores by account, and how they are covered.
fn by_hand(accounts: &[Account], choice: &Choice) -> Option<Vec<(Option<f64>, f64)>> {
    let columns: Vec<(Vec<Option<f64>>, bool)> = MEASURES
        .iter()
        .enumerate()
        .map(|(at, (_, more, _))| (accounts.iter().map(|it| it.cells[at]).collect(), *more))
        .chain([(accounts.iter().map(|it| it.pulse).collect(), true)])
        .collect();
    let mut told: Vec<(usize, Vec<Option<f64>>)> = Vec::new();
    for (at, (column, more)) in columns.iter().enumerate() {
        let known: Vec<f64> = column.iter().flatten().copied().collect();
        if known.is_empty() || points(known[0], &known, *more).is_none() {
            continue;
        }
        let own = column
            .iter()
            .enumerate()
            .map(|(row, cell)| {
                let is_stale = choice.fresh && at == 4 && accounts[row].age > 90;
                cell.filter(|_| !is_stale)
                    .map(|value| points(value, &known, *more).unwrap())
            })
            .collect();
        told.push((at, own));
    }
    let total: f64 = told.iter().map(|(at, _)| choice.weights[*at]).sum();
    if total <= 0.0 {
        return None;
    }
    let scored = (0..accounts.len()).map(|row| {
        let (mut above, mut below, mut there, mut withheld) = (0.0, 0.0, 0.0, false);
        for (at, points) in &told {
            let weight = choice.weights[*at];
            if weight <= 0.0 {
                continue;
            }
            match (points[row], choice.missing) {
                (Some(points), _) => {
                    above += weight * points;
                    below += weight;
                    there += weight;
                }
                (None, "neutral") => {
                    above += weight * 50.0;
                    below += weight;
                }
                (None, "zero") => below += weight,
                (None, "withhold") => withheld = true,
                (None, _) => {}
            }
        }
        let coverage = there / total;
        let is_scored = there > 0.0 && coverage >= choice.least_coverage - 1e-9 && !withheld;
        (is_scored.then(|| above / below), coverage)
    });
    Some(scored.collect())
}

fn part(found: &Finding, name: &str) -> f64 {
    found.parts.get(name).unwrap()
}

#[track_caller]
fn agrees(report: &Report, scores: &[(Option<f64>, f64)], text: &str) {
    let found = finding(report, "customer_health_score");
    let scored: Vec<f64> = scores.iter().filter_map(|it| it.0).collect();
    if scored.is_empty() {
        let code = found.refusal.as_ref().map(|it| it.code.as_str());
        assert_eq!(code, Some("measures_missing"), "{text}");
        return;
    }
    let mean = scored.iter().sum::<f64>() / scored.len() as f64;
    let value = found.value.unwrap_or(f64::NAN);
    assert!((value - mean).abs() < 1e-8, "{value} is not {mean}\n{text}");
    let count =
        |from: f64, to: f64| scored.iter().filter(|it| **it > from && **it <= to).count() as f64;
    // Bands are compared only where no score lies at their very edge.
    let is_clear = scored
        .iter()
        .all(|it| (it - 50.0).abs() > 1e-9 && (it - 75.0).abs() > 1e-9);
    if is_clear {
        assert_close(part(found, "green"), count(75.0, 100.0), 1e-12, text);
        assert_close(part(found, "yellow"), count(50.0, 75.0), 1e-12, text);
        assert_close(part(found, "red"), count(-1.0, 50.0), 1e-12, text);
    }
    assert_close(part(found, "scored"), scored.len() as f64, 1e-12, text);
    let coverage = scores.iter().map(|it| it.1).sum::<f64>() / scores.len() as f64;
    assert_close(part(found, "coverage"), coverage, 1e-9, text);
    // What the measures add is the score, and every listed account is its measures.
    let added: f64 = found.measures.iter().map(|it| it.adds).sum();
    assert!((added - mean).abs() < 1e-8, "{added} is added up to {mean}");
    assert!(!report.accounts.is_empty());
    let mut before = f64::NEG_INFINITY;
    for account in &report.accounts {
        let (expected, coverage) = scores[account.row as usize - 1];
        let value = account.value.unwrap();
        assert!((value - expected.unwrap()).abs() < 1e-8, "{account:?}");
        assert!((account.coverage - coverage).abs() < 1e-8, "{account:?}");
        let added: f64 = account.contributions.iter().map(|it| it.adds).sum();
        assert!((added - value).abs() < 1e-8, "{account:?}");
        assert_eq!(account.customer, format!("Company {}", account.row - 1));
        assert!(value >= before);
        before = value;
    }
    let lowest = scored.iter().copied().fold(f64::INFINITY, f64::min);
    assert!((report.accounts[0].value.unwrap() - lowest).abs() < 1e-8);
}

fn choices(choice: &Choice) -> String {
    let headers = MEASURES.iter().map(|it| it.0).chain(["pulse"]);
    let weights: Vec<String> = headers
        .zip(choice.weights)
        .map(|(header, weight)| format!(r#""{header}":{weight}"#))
        .collect();
    let rule = if choice.fresh {
        "fresh_only"
    } else {
        "weighted_mean"
    };
    format!(
        r#"{{"as_of":"2025-12-31","variants":{{"customer_health_score":"{rule}"}},"settings":{{
            "customer_health_score.weights":{{{}}},
            "customer_health_score.missing":"{}",
            "customer_health_score.least_coverage":{},
            "customer_health_score.lowest_accounts":5}}}}"#,
        weights.join(","),
        choice.missing,
        choice.least_coverage
    )
}

#[test]
fn scores_are_those_of_a_slow_second_version() {
    let mut compared = 0;
    for seed in 0..u64::from(rounds(TABLES)) {
        let mut rng = Rng::from_seed(seed);
        let accounts = made(&mut rng);
        let text = text(&accounts);
        let missing = ["leave_out", "neutral", "zero", "withhold"][rng.below(4) as usize];
        let choice = Choice {
            missing,
            least_coverage: f64::from(rng.below(10)) / 10.0,
            weights: std::array::from_fn(|_| f64::from(rng.below(4))),
            fresh: rng.below(2) == 0,
        };
        let report =
            report_on(&[("pasted", text.as_bytes())], &options(&choices(&choice))).unwrap();
        let found = finding(&report, "customer_health_score");
        let Some(scores) = by_hand(&accounts, &choice) else {
            let code = found.refusal.as_ref().unwrap().code.as_str();
            assert!(
                ["weights_zero", "measures_constant"].contains(&code),
                "{code}\n{text}"
            );
            continue;
        };
        if let Some(refusal) = &found.refusal
            && refusal.code == "rule_not_applicable"
        {
            // Nothing is dated where the pulse does not count at all.
            let pulses: Vec<f64> = accounts.iter().filter_map(|it| it.pulse).collect();
            assert!(choice.fresh, "{text}");
            assert!(
                pulses.windows(2).all(|it| (it[0] - it[1]).abs() <= 0.0),
                "{text}"
            );
            continue;
        }
        agrees(&report, &scores, &text);
        compared += 1;
    }
    assert!(compared > 100, "only {compared} tables could be compared");
}

#[test]
fn a_segment_has_the_scores_that_its_accounts_have_in_the_whole() {
    let accounts = made(&mut Rng::from_seed(3));
    let text = text(&accounts);
    let choice = Choice {
        missing: "leave_out",
        least_coverage: 0.5,
        weights: [1.0; 5],
        fresh: false,
    };
    let scores = by_hand(&accounts, &choice).unwrap();
    let given = r#"{"as_of":"2025-12-31","segment":"plan"}"#;
    let report = report_on(&[("pasted", text.as_bytes())], &options(given)).unwrap();
    let found = finding(&report, "customer_health_score");
    assert_eq!(found.segments.len(), 2);
    for segment in &found.segments {
        let own = accounts.iter().zip(&scores);
        let own: Vec<f64> = own
            .filter(|(account, _)| account.plan == segment.is)
            .filter_map(|(_, scored)| scored.0)
            .collect();
        let mean = own.iter().sum::<f64>() / own.len() as f64;
        assert!((segment.value.unwrap() - mean).abs() < 1e-8, "{segment:?}");
        assert_eq!(segment.n, Some(own.len() as u64));
    }
}

/// Thirty accounts with one that is a thousand times the rest.
#[test]
fn one_wild_account_moves_no_other_score() {
    let table = |last: &str| {
        let rows: Vec<String> = (1..30)
            .map(|it| format!("Company {it},{it},{}", 30 - it))
            .collect();
        format!(
            "customer,logins,open tickets\n{}\nCompany 30,{last},0\n",
            rows.join("\n")
        )
    };
    let all = r#"{"settings":{"customer_health_score.lowest_accounts":200}}"#;
    let scores = |last: &str| {
        let report = report_on(&[("pasted", table(last).as_bytes())], &options(all)).unwrap();
        let listed = report.accounts.iter();
        listed
            .map(|it| (it.customer.clone(), it.value))
            .collect::<Vec<_>>()
    };
    assert_eq!(scores("30"), scores("30000"));
    assert_eq!(scores("30").len(), 30);
}

/// What the report says of the measures that it took by itself.
#[test]
fn the_report_says_which_measures_count_how_and_why() {
    let table = "Account,Plan,MRR,Seats used,Seats paid,Last login,CSM pulse,Open tickets,NPS,Churned,Region code\n\
        Acme,Team,900,45,50,2025-06-29,Green,1,9,no,7\n\
        Birch,Team,400,10,50,2025-03-01,Red,7,3,no,7\n\
        Cedar,Basic,100,4,5,2025-06-20,Yellow,2,,no,7\n\
        Delta,Basic,100,1,5,2025-01-01,Red,9,1,yes,7\n";
    let report = report_on(
        &[("pasted", table.as_bytes())],
        &options(
            r#"{"as_of":"2025-06-30","settings":{"customer_health_score.lowest_accounts":9}}"#,
        ),
    )
    .unwrap();
    let found = finding(&report, "customer_health_score");
    let told: Vec<String> = found
        .measures
        .iter()
        .map(|it| format!("{}: {}", it.name, it.points))
        .collect();
    let expected = [
        "Seats used ÷ Seats paid: 0 points at 0, 100 points at 1",
        "Last login: 100 points at 1, 0 points at 121",
        "CSM pulse: 0 points at 0, 100 points at 1",
        "Open tickets: 100 points at 1, 0 points at 7",
        "NPS: 0 points at 0, 100 points at 10",
    ];
    assert_eq!(
        told,
        expected.map(|it| format!("{it}; in a straight line between"))
    );
    assert!(found.measures.iter().all(|it| !it.because.is_empty()));
    assert!((found.measures[0].weight - 0.2).abs() < 1e-12);
    // Delta has left, so it is not scored, and it does not stretch any line either.
    assert_eq!(found.left_out.len(), 1);
    assert_eq!(found.left_out[0].reason, "has_left");
    // Acme: 90 for seats, 100 for the login a day ago, for the pulse and for tickets, 90 for NPS.
    let acme = report
        .accounts
        .iter()
        .find(|it| it.customer == "Acme")
        .unwrap();
    assert_close(acme.value.unwrap(), 480.0 / 5.0, 1e-12, "Acme");
    assert_eq!(acme.band.as_deref(), Some("green"));
    // Cedar did not answer: the other four count for more, and cover four fifths.
    let cedar = report
        .accounts
        .iter()
        .find(|it| it.customer == "Cedar")
        .unwrap();
    let login = 100.0 * (121.0 - 10.0) / 120.0;
    let tickets = 100.0 * (7.0 - 2.0) / 6.0;
    assert_close(
        cedar.value.unwrap(),
        (80.0 + login + 50.0 + tickets) / 4.0,
        1e-12,
        "Cedar",
    );
    assert_close(cedar.coverage, 0.8, 1e-12, "Cedar");
}

#[test]
fn a_measure_that_is_the_same_for_all_is_left_out_with_a_note() {
    let table = "customer,logins,open tickets,escalations\nA,1,5,0\nB,2,5,0\nC,3,5,\n";
    let report = report_on(&[("pasted", table.as_bytes())], &options("")).unwrap();
    let found = finding(&report, "customer_health_score");
    assert_eq!(found.measures.len(), 1);
    assert_close(found.value.unwrap(), 50.0, 1e-12, "logins alone");
    let noted: Vec<&str> = report
        .notes
        .iter()
        .filter(|it| it.code == "measure_constant")
        .filter_map(|it| it.column.as_deref())
        .collect();
    assert_eq!(noted, ["open tickets", "escalations"]);
}

#[test]
fn settings_that_do_not_fit_the_table_are_refused_in_words() {
    let table = "customer,logins,open tickets\nA,1,5\nB,2,3\n";
    let refused = |settings: &str| {
        let given = format!(r#"{{"settings":{settings}}}"#);
        let report = report_on(&[("pasted", table.as_bytes())], &options(&given)).unwrap();
        let found = finding(&report, "customer_health_score");
        found.refusal.clone().unwrap().code
    };
    assert_eq!(
        refused(r#"{"customer_health_score.measures":[{"column":"log-ins"}]}"#),
        "measure_unknown"
    );
    assert_eq!(
        refused(r#"{"customer_health_score.overrides":[{"column":"flag","is":["x"],"score":1}]}"#),
        "measure_unknown"
    );
    let broken = r#"{"settings":{"customer_health_score.weights":{"logins":-1}}}"#;
    let error = report_on(&[("pasted", table.as_bytes())], &options(broken)).unwrap_err();
    assert_eq!(error.code, "setting_invalid");
}

/// A word for each level, words of one's own, and a score set by hand.
#[test]
fn words_have_points_and_hands_decide_last() {
    let table = "customer,stage,logins\nA,Thriving,5\nB,Stuck,5\nC,Lost?,5\nD,,5\n";
    let given = r#"{"settings":{
        "customer_health_score.measures":[{"column":"stage","words":{"thriving":95,"Stuck":20}}],
        "customer_health_score.overrides":[
            {"column":"customer","is":["C"],"score":10},
            {"column":"customer","is":["b"],"at_least":40}],
        "customer_health_score.lowest_accounts":9}}"#;
    let report = report_on(&[("pasted", table.as_bytes())], &options(given)).unwrap();
    let told: Vec<(&str, f64, bool)> = report
        .accounts
        .iter()
        .map(|it| (it.customer.as_str(), it.value.unwrap(), it.by_hand))
        .collect();
    assert_eq!(
        told,
        [("C", 10.0, true), ("B", 40.0, true), ("A", 95.0, false)]
    );
    let found = finding(&report, "customer_health_score");
    assert_close(part(found, "withheld"), 1.0, 1e-12, "D says nothing");
}
