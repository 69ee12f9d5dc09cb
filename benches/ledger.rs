//! How fast all KPIs on the ledger are worked out once the table is read: half a million rows of
//! 50,000 customers over 60 months, every KPI with its monthly series and one segment.
//! `cargo xtask bench --native`.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use kept::engine::kpi::registry;
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;

const ROWS: u32 = 500_000;
const CUSTOMERS: u32 = 50_000;
const MONTHS: u32 = 60;

/// Invented subscriptions: ten stretches a customer, some with gaps, some at once.
fn subscriptions() -> Vec<u8> {
    let mut text = b"customer_id,plan,started_on,ended_on,mrr\n".to_vec();
    let mut state = 1_u32;
    let mut next = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % limit
    };
    for row in 0..ROWS {
        let start = next(MONTHS);
        let length = 1 + next(18);
        let (from, to) = (start, start + length);
        let day = 1 + next(28);
        let plan = ["Starter", "Team", "Scale", "Enterprise"][next(4) as usize];
        let amount = 19 + next(400);
        write!(
            text,
            "C{:05},{plan},{}-{:02}-{day:02},",
            row % CUSTOMERS,
            2020 + from / 12,
            1 + from % 12,
        )
        .expect("memory takes all");
        if to < MONTHS {
            write!(text, "{}-{:02}-{day:02}", 2020 + to / 12, 1 + to % 12)
                .expect("memory takes all");
        }
        writeln!(text, ",{amount}.00").expect("memory takes all");
    }
    text
}

fn finished(session: &mut Session, bytes: &[u8]) -> String {
    loop {
        match session.step() {
            Some(Event::Finished { report, .. }) => return report,
            Some(Event::Failed { error, .. }) => panic!("{error:?}"),
            Some(_) => {}
            None => {
                session.feed(bytes);
                session.end_of_source();
            }
        }
    }
}

fn ledger(criterion: &mut Criterion) {
    let bytes = subscriptions();
    let kpis: Vec<&str> = registry::ALL
        .iter()
        .filter(|kpi| kpi.rests_on_ledger())
        .map(|kpi| kpi.id)
        .collect();
    let options: Options = serde_json::from_value(serde_json::json!({
        "kpis": kpis, "segment": "plan", "as_of": "2024-12-31",
    }))
    .expect("options are readable");
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: String::from("subscriptions.csv"),
            size_bytes: Some(bytes.len() as f64),
        }],
        options: options.clone(),
    });
    let first = finished(&mut session, &bytes);
    assert!(first.contains("\"status\":\"ok\""), "no figure");
    let mut group = criterion.benchmark_group("ledger");
    group
        .throughput(Throughput::Elements(u64::from(ROWS)))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    group.bench_function(format!("{} KPIs, {MONTHS} months, one segment", kpis.len()), |b| {
        b.iter(|| {
            session.accept(Request::Update {
                run: 2,
                options: black_box(options.clone()),
            });
            finished(&mut session, &[])
        });
    });
    group.finish();
}

criterion_group!(benches, ledger);
criterion_main!(benches);
