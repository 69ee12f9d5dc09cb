//! Claim: whatever was chosen before, and wherever that run was broken off, a run tells to the byte
//! what a new session tells of the same tables under the same choices, however far it has worked
//! ahead meanwhile; so do the list of rows left
//! out and the rows behind figures.
#![expect(clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use kept::engine::options::Options;
use kept::engine::protocol::Request;
use kept::engine::report::Report;
use kept::engine::session::Session;
use serde_json::{Map, Value};

/// Rounds for each set of tables; `KEPT_TIMES` makes them more.
const ROUNDS: u32 = 24;

/// What may be chosen of any tables: the option and what it is set to.
const OF_ALL: &str = r#"[
    ["period", {"unit": "month", "count": 1}], ["period", {"unit": "month", "count": 3}],
    ["period", {"unit": "quarter", "count": 1}], ["period", {"unit": "year", "count": 1}],
    ["compare", "year_before"], ["compare", "none"],
    ["timezone", "America/New_York"], ["as_of", "2025-06-30"], ["currency", "EUR"],
    ["targets", {"net_promoter_score": 40, "customer_churn_rate": 0.02, "resolution_time": 24}],
    ["precision", {"customer_satisfaction_score": 0.01}]
]"#;

/// Samples that are read together, and what may be chosen of them.
const SETS: [(&[&str], &str); 5] = [
    (
        &["tickets"],
        r#"[
            ["segment", "Channel"], ["segment", "Priority"],
            ["filter", [{"column": "Channel", "is": ["Phone"]}]],
            ["filter", [{"column": "Priority", "is": ["High", "Low"]}]],
            ["settings", {"service_level_attainment.first_response_hours": 4}],
            ["mapping", {"tickets": {"columns": {"Solved at": {"role": "ignore"}}}}],
            ["kpis", ["resolution_time", "open_backlog"]]
        ]"#,
    ),
    (
        &["nps_answers", "project_feedback"],
        r#"[
            ["segment", "Channel"], ["segment", "type"],
            ["filter", [{"column": "nps_answers.Plan", "is": ["Starter"]}]],
            ["mapping", {"nps_answers": {"columns": {"Why did you give this score?": {"role": "ignore"}}}}]
        ]"#,
    ),
    (
        &["subscriptions", "tickets", "customers"],
        r#"[
            ["segment", "region"], ["segment", "plan"], ["segment", "segment"],
            ["filter", [{"column": "region", "is": ["DACH"]}]],
            ["joins", {"accounts": "customers"}],
            ["settings", {"customer_health_score.measures": [{"column": "accounts.open_tickets"}, {"column": "kpi:resolution_time"}]}]
        ]"#,
    ),
    (
        &["events", "orders", "spending"],
        r#"[
            ["segment", "country"], ["segment", "event"],
            ["filter", [{"column": "event", "is": ["report_shared"]}]],
            ["exchange_rates", {"USD": 0.9}]
        ]"#,
    ),
    (
        &["renewals", "relationship_survey"],
        r#"[
            ["segment", "segment"], ["filter", [{"column": "segment", "is": ["Small", "Large"]}]]
        ]"#,
    ),
];

/// Numbers in no order, the same in every run.
struct Draw(u32);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit
    }
}

/// Changes one choice: takes it away, sets it, or chooses another rule of a finding.
fn change(
    choices: &mut Map<String, Value>,
    may: &[Value],
    report: Option<&Report>,
    draw: &mut Draw,
) {
    let rules: Vec<(&str, &str)> = report
        .iter()
        .flat_map(|report| &report.findings)
        .flat_map(|finding| {
            finding
                .variants
                .iter()
                .map(|it| (&*finding.kpi, &*it.variant))
        })
        .collect();
    if draw.below(4) == 0 && !rules.is_empty() {
        let (kpi, rule) = rules[draw.below(rules.len())];
        let chosen = choices
            .entry("variants")
            .or_insert_with(|| Value::Object(Map::new()));
        chosen[kpi] = Value::String(rule.to_owned());
        return;
    }
    let entry = &may[draw.below(may.len())];
    let name = entry[0].as_str().expect("a name");
    if choices.contains_key(name) && draw.below(2) == 0 {
        choices.remove(name);
    } else {
        choices.insert(name.to_owned(), entry[1].clone());
    }
}

fn update(session: &mut Session, run: u32, choices: &Map<String, Value>) {
    let options: Options = serde_json::from_value(Value::Object(choices.clone()))
        .unwrap_or_else(|error| panic!("{error}: {choices:?}"));
    session.accept(Request::Update { run, options });
}

/// What people ask about the rows behind the figures of a report.
fn questions(report: &Report) -> Vec<String> {
    let mut asked = Vec::new();
    for finding in &report.findings {
        let mut ask = |of: &str| {
            let name = kept::engine::rows::query::name_of(finding);
            let (table, name) = (Value::from(&*finding.table), Value::from(name));
            asked.push(format!(
                r#"{{"table":{table},"finding":{name},{of}"count":9}}"#
            ));
        };
        ask("");
        for rule in finding.variants.iter().take(2) {
            ask(&format!(r#""rule":{},"#, Value::from(&*rule.variant)));
        }
        for term in finding
            .reasons
            .iter()
            .flat_map(|it| it.terms.iter().take(2))
        {
            ask(&format!(r#""term":{},"#, Value::from(&*term.term)));
        }
    }
    asked
}

#[test]
fn a_run_after_others_tells_what_a_new_session_tells() {
    // What is known of one set must not be told of the next.
    let mut session = Session::new();
    for (names, of_set) in SETS {
        let read = |name: &&str| {
            let path = format!("{}/www/samples/{name}.csv", env!("CARGO_MANIFEST_DIR"));
            (
                format!("{name}.csv"),
                std::fs::read(path).expect("a sample"),
            )
        };
        let files: Vec<(String, Vec<u8>)> = names.iter().map(read).collect();
        let tables: Vec<(&str, &[u8])> = files.iter().map(|(name, it)| (&**name, &**it)).collect();
        let mut may: Vec<Value> = serde_json::from_str(OF_ALL).expect("choices");
        may.extend(serde_json::from_str::<Vec<Value>>(of_set).expect("choices"));
        let mut told = support::open(&mut session, 1, &tables, &Options::default());
        let mut choices = Map::new();
        let mut draw = Draw(7);
        let mut reports = 0;
        for round in 0..support::long::rounds(ROUNDS) {
            let report: Option<Report> = told
                .as_ref()
                .ok()
                .map(|it| serde_json::from_str(it).expect("a report is readable"));
            // Nobody asks for anything for a while.
            for _ in 0..draw.below(3) * draw.below(120) {
                session.work_ahead();
            }
            if draw.below(3) == 0 {
                // Somebody changes their mind while this run is under way.
                let mut others = choices.clone();
                change(&mut others, &may, report.as_ref(), &mut draw);
                update(&mut session, 2, &others);
                for _ in 0..draw.below(90) {
                    session.step();
                }
            }
            for _ in 0..=draw.below(2) {
                change(&mut choices, &may, report.as_ref(), &mut draw);
            }
            update(&mut session, 3, &choices);
            told = support::finish(&mut session, &tables);
            let mut fresh = Session::new();
            let options = serde_json::from_value(Value::Object(choices.clone())).expect("options");
            let expected = support::open(&mut fresh, 1, &tables, &options);
            assert_eq!(told, expected, "{names:?}, round {round}: {choices:?}");
            let Ok(report) = &told else { continue };
            reports += 1;
            if round % 4 == 0 {
                let lists = [&mut session, &mut fresh].map(|it| support::ledger(it, &tables));
                assert_eq!(lists[0], lists[1], "{names:?}, round {round}: {choices:?}");
                let report = serde_json::from_str(report).expect("a report is readable");
                for question in questions(&report) {
                    let [own, new] =
                        [&mut session, &mut fresh].map(|it| support::rows(it, &tables, &question));
                    assert_eq!(own, new, "{question}: {choices:?}");
                }
            }
        }
        assert!(
            reports >= ROUNDS.div_euclid(2),
            "{names:?}: hardly any run told figures"
        );
    }
}

#[test]
fn working_ahead_ends_and_tells_nothing() {
    let path = format!("{}/www/samples/tickets.csv", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("a sample");
    let tables: [(&str, &[u8]); 1] = [("tickets.csv", &bytes)];
    let mut session = Session::new();
    support::open(&mut session, 1, &tables, &Options::default()).expect("a report");
    assert!(session.work_ahead(), "there is work to do");
    while session.work_ahead() {}
    assert!(!session.work_ahead(), "and then there is none");
    assert!(session.step().is_none(), "nothing is told of it");
}

#[test]
fn tables_of_the_same_name_are_told_apart() {
    let tickets = |hours: u32| {
        let row =
            |day| format!("{day},2025-01-{day:02} 01:00,2025-01-{day:02} {hours:02}:00,solved\n");
        let rows: String = (1..20).map(row).collect();
        format!("ticket_id,created_at,resolved_at,status\n{rows}")
    };
    let files = [tickets(3), tickets(12)];
    let tables: Vec<(&str, &[u8])> = files
        .iter()
        .map(|it| ("export.csv", it.as_bytes()))
        .collect();
    let mut session = Session::new();
    for round in 0..3 {
        let told = if round == 0 {
            support::open(&mut session, 1, &tables, &Options::default())
        } else {
            update(&mut session, 2, &Map::new());
            support::finish(&mut session, &tables)
        };
        let report: Report = serde_json::from_str(&told.expect("a report")).expect("readable");
        let times = report
            .findings
            .iter()
            .filter(|it| it.kpi == "resolution_time");
        let times: Vec<Option<f64>> = times.map(|it| it.value).collect();
        assert_eq!(times, [Some(2.0), Some(11.0)], "round {round}");
    }
}
