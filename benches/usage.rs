//! How fast all KPIs on a log are worked out once the table is read: a million events of 20,000
//! users over 24 months, every KPI with its monthly series and one segment.
//! `cargo xtask bench --native`.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use kept::engine::base::Date;
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;

const ROWS: u32 = 1_000_000;
const USERS: u32 = 20_000;
const DAYS: u32 = 730;
/// 2024-01-01.
const FIRST_DAY: u32 = 19_723;

const KPIS: [&str; 6] = [
    "active_users",
    "stickiness",
    "engagement_rate",
    "usage_retention",
    "feature_adoption_rate",
    "time_to_value",
];

/// Invented events in the order of time.
fn events() -> Vec<u8> {
    let mut text = b"user_id,event_time,event,feature,account_id,plan\n".to_vec();
    let mut state = 1_u32;
    let mut next = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % limit
    };
    for row in 0..ROWS {
        let user = next(USERS);
        let day = u64::from(row) * u64::from(DAYS) / u64::from(ROWS);
        let date = Date((FIRST_DAY + day as u32) as i32);
        let event = ["login", "save", "export", "open"][next(4) as usize];
        let feature = ["maps", "charts", "files", "api", "admin", ""][next(6) as usize];
        let plan = ["Starter", "Team", "Scale", "Enterprise"][(user % 4) as usize];
        let (hour, minute, account) = (next(24), next(60), user / 20);
        writeln!(
            text,
            "U{user:06},{date}T{hour:02}:{minute:02}:00Z,{event},{feature},A{account:04},{plan}"
        )
        .expect("memory takes all");
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

fn usage(criterion: &mut Criterion) {
    let bytes = events();
    let options: Options = serde_json::from_value(serde_json::json!({
        "kpis": KPIS, "segment": "plan", "settings": { "time_to_value.value_event": "export" },
    }))
    .expect("options are readable");
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: String::from("events.csv"),
            size_bytes: Some(bytes.len() as f64),
        }],
        options: options.clone(),
    });
    let first = finished(&mut session, &bytes);
    assert!(!first.contains("\"status\":\"refused\""), "a figure is refused");
    let mut group = criterion.benchmark_group("usage");
    group
        .throughput(Throughput::Elements(u64::from(ROWS)))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    group.bench_function(format!("{} KPIs, 24 months, one segment", KPIS.len()), |b| {
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

criterion_group!(benches, usage);
criterion_main!(benches);
