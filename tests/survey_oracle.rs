//! Figures on answers against a slow, obvious second version of them: plain lists of answers, looked
//! at person by person and customer by customer, on made surveys with people who answer again,
//! customers without a name, empty answers and days in any order.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kept::engine::report::Finding;
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{finding, options, report_on};

const SURVEYS: u32 = 120;

struct Answer {
    person: Option<u64>,
    customer: Option<u64>,
    day: u64,
    given: Option<u64>,
    pays: u64,
}

/// A survey of 1 to 80 rows with answers from `low` to `high`.
fn survey(rng: &mut Rng, low: u64, high: u64) -> Vec<Answer> {
    let pays: Vec<u64> = (0..6).map(|_| below(rng, 5) * 100).collect();
    (0..=below(rng, 80))
        .map(|_| {
            let customer = (below(rng, 8) > 0).then(|| below(rng, 6));
            Answer {
                person: (below(rng, 8) > 0).then(|| below(rng, 9)),
                customer,
                day: 1 + below(rng, 28),
                given: (below(rng, 10) > 0).then(|| low + below(rng, high - low + 1)),
                pays: customer.map_or(0, |customer| pays[customer as usize]),
            }
        })
        .collect()
}

fn below(rng: &mut Rng, limit: u64) -> u64 {
    u64::from(rng.below(limit as u32))
}

fn text(header: &str, rows: &[Answer]) -> String {
    let mut text = format!("respondent,customer,date,{header},mrr\n");
    for row in rows {
        let person = row
            .person
            .map_or(String::new(), |it| format!("p{it}@x.org"));
        let customer = row
            .customer
            .map_or(String::new(), |it| format!("Company {it}"));
        let given = row.given.map_or(String::new(), |it| it.to_string());
        let day = row.day;
        writeln!(
            text,
            "{person},{customer},2025-03-{day:02},{given},{}",
            row.pays
        )
        .unwrap();
    }
    text
}

/// What every rule should give; nothing where it has nothing to count.
fn by_hand(rows: &[Answer], turn: impl Fn(u64) -> f64, figure: Figure) -> BTreeMap<String, f64> {
    let given: Vec<(&Answer, f64)> = rows
        .iter()
        .filter_map(|row| row.given.map(|it| (row, turn(it))))
        .collect();
    let all: Vec<f64> = given.iter().map(|(_, it)| *it).collect();
    let mut latest: Vec<f64> = Vec::new();
    let mut people: Vec<u64> = given.iter().filter_map(|(row, _)| row.person).collect();
    people.sort_unstable();
    people.dedup();
    latest.extend(
        given
            .iter()
            .filter(|(row, _)| row.person.is_none())
            .map(|(_, it)| *it),
    );
    for person in people {
        let own = given.iter().filter(|(row, _)| row.person == Some(person));
        let last =
            own.max_by(|(one, it), (other, its)| one.day.cmp(&other.day).then(its.total_cmp(it)));
        latest.push(last.unwrap().1);
    }
    let mut means = Vec::new();
    let mut lowest = Vec::new();
    let mut weighed = Vec::new();
    for customer in 0..6 {
        let own: Vec<&(&Answer, f64)> = given
            .iter()
            .filter(|(row, _)| row.customer == Some(customer))
            .collect();
        if own.is_empty() {
            continue;
        }
        let mean = own.iter().map(|(_, it)| it).sum::<f64>() / own.len() as f64;
        means.push(mean);
        lowest.push(own.iter().map(|(_, it)| *it).fold(f64::INFINITY, f64::min));
        if own[0].0.pays > 0 {
            weighed.push((mean, own[0].0.pays as f64));
        }
    }
    told(
        figure,
        &Lists {
            all,
            latest,
            means,
            lowest,
            weighed,
        },
    )
}

/// The answers as each rule counts them.
struct Lists {
    all: Vec<f64>,
    latest: Vec<f64>,
    means: Vec<f64>,
    lowest: Vec<f64>,
    weighed: Vec<(f64, f64)>,
}

/// The figure of each rule that has something to count.
fn told(figure: Figure, lists: &Lists) -> BTreeMap<String, f64> {
    let Lists {
        all,
        latest,
        means,
        lowest,
        weighed,
    } = lists;
    let share = |of: &[f64], from: f64| {
        of.iter().filter(|it| **it >= from).count() as f64 / of.len() as f64
    };
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let money: f64 = weighed.iter().map(|(_, pays)| pays).sum();
    let worth = |worth: &dyn Fn(f64) -> f64| {
        weighed
            .iter()
            .map(|(it, pays)| worth(*it) * pays)
            .sum::<f64>()
            / money
    };
    let net = |of: &[f64]| (share(of, 9.0) - (1.0 - share(of, 7.0))) * 100.0;
    let net_of_one = |it: f64| f64::from(u8::from(it >= 9.0)) - f64::from(u8::from(it < 7.0));
    let told: Vec<(&str, f64)> = match figure {
        Figure::Nps => vec![
            ("standard", net(all)),
            ("latest_answer", net(latest)),
            ("by_customer", net(means)),
            ("by_lowest", net(lowest)),
            ("by_revenue", worth(&net_of_one) * 100.0),
        ],
        Figure::Csat => vec![
            ("top_answers", share(all, 4.0)),
            ("highest_answer", share(all, 5.0)),
            ("mean", mean(all)),
            ("latest_answer", share(latest, 4.0)),
            ("by_customer", share(means, 4.0)),
            ("by_revenue", worth(&|it| f64::from(u8::from(it >= 4.0)))),
        ],
        Figure::Ces => vec![
            ("mean", mean(all)),
            ("share_easy", share(all, 5.0)),
            ("latest_answer", share(latest, 5.0)),
            ("by_customer", share(means, 5.0)),
            ("by_revenue", worth(&|it| it)),
        ],
        Figure::Rating => vec![
            ("mean", mean(all)),
            (
                "shrunk_mean",
                (30.0 + all.iter().sum::<f64>()) / (10.0 + all.len() as f64),
            ),
            ("share_of_top", share(all, 4.0)),
            ("latest_answer", mean(latest)),
        ],
    };
    told.into_iter()
        .filter(|(_, value)| value.is_finite())
        .map(|(rule, value)| (rule.to_owned(), value))
        .collect()
}

#[derive(Clone, Copy)]
enum Figure {
    Nps,
    Csat,
    Ces,
    Rating,
}

#[track_caller]
fn agrees(found: &Finding, expected: &BTreeMap<String, f64>, text: &str) {
    for (rule, expected) in expected {
        let told = found.variants.iter().find(|it| it.variant == *rule);
        let value = told.and_then(|it| it.value);
        assert!(
            value.is_some_and(|value| (value - expected).abs() < 1e-9),
            "{} under {rule}: {value:?} is not {expected}\n{text}",
            found.kpi
        );
    }
}

/// Every rule on made surveys; the column's header, its meaning, and the ends of its scale.
fn compare(kpi: &str, header: &str, question: &str, (low, high): (u64, u64), figure: Figure) {
    let turned = question.contains("low_is_good");
    let turn = |given: u64| {
        if turned {
            (low + high - given) as f64
        } else {
            given as f64
        }
    };
    let mut compared = 0;
    for seed in 0..u64::from(rounds(SURVEYS)) {
        let mut rng = Rng::from_seed(seed);
        let rows = survey(&mut rng, low, high);
        if rows.iter().all(|row| row.given.is_none()) {
            continue;
        }
        let text = text(header, &rows);
        let given = format!(
            r#"{{"as_of":"2025-03-31","mapping":{{"survey.csv":{{"kind":["survey","account"],"columns":{{"respondent":"respondent","customer":"customer","date":"responded_at","mrr":"recurring_revenue","{header}":{{"role":"score",{question},"scale":[{low},{high}]}}}}}}}}}}"#
        );
        let report = report_on(&[("survey.csv", text.as_bytes())], &options(&given)).unwrap();
        let expected = by_hand(&rows, turn, figure);
        compared += expected.len();
        agrees(finding(&report, kpi), &expected, &text);
    }
    assert!(
        compared > 300,
        "only {compared} figures of {kpi} were compared"
    );
}

#[test]
fn recommendations_agree_under_every_rule() {
    compare(
        "net_promoter_score",
        "nps",
        r#""question":"nps""#,
        (0, 10),
        Figure::Nps,
    );
}

#[test]
fn satisfaction_agrees_under_every_rule() {
    compare(
        "customer_satisfaction_score",
        "csat",
        r#""question":"csat""#,
        (1, 5),
        Figure::Csat,
    );
}

#[test]
fn effort_agrees_under_every_rule_in_both_directions() {
    let easy = r#""question":"ces","direction":"high_is_good""#;
    compare("customer_effort_score", "ces", easy, (1, 7), Figure::Ces);
    let effort = r#""question":"ces","direction":"low_is_good""#;
    compare("customer_effort_score", "ces", effort, (1, 7), Figure::Ces);
}

#[test]
fn ratings_agree_under_every_rule() {
    compare(
        "average_rating",
        "stars",
        r#""question":"rating""#,
        (1, 5),
        Figure::Rating,
    );
}
