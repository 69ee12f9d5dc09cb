//! What the benches of a family share: a table read once, then worked out again and again.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput};
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;

/// Numbers in no order, the same in every run.
pub struct Lcg(u32);

impl Lcg {
    /// The first state.
    pub fn new() -> Self {
        Self(1)
    }

    /// A number from 0 up to, and without, `limit`.
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % limit
    }
}

/// Runs a session to its report.
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

/// Reads `bytes` once and measures how long a report takes under each of the named options: facts,
/// all figures with their series, segments, rules and bridges; not the reading.
///
/// # Panics
/// If one of the KPIs gives no figure: then less would be measured than the name says.
pub fn measure(
    criterion: &mut Criterion,
    (family, rows): (&str, u64),
    bytes: &[u8],
    cases: Vec<(&str, serde_json::Value)>,
) {
    let cases: Vec<(&str, Options)> = cases
        .into_iter()
        .map(|(name, options)| {
            let options = serde_json::from_value(options).expect("options are readable");
            (name, options)
        })
        .collect();
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: format!("{family}.csv"),
            size_bytes: Some(bytes.len() as f64),
        }],
        options: cases[0].1.clone(),
    });
    finished(&mut session, bytes);
    let mut group = criterion.benchmark_group(family);
    group
        .throughput(Throughput::Elements(rows))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    for (name, options) in cases {
        let mut again = |options: &Options| {
            session.accept(Request::Update {
                run: 2,
                options: black_box(options.clone()),
            });
            finished(&mut session, &[])
        };
        let refused = "\"status\":\"refused\"";
        assert!(
            !again(&options).contains(refused),
            "{name}: a figure is refused"
        );
        group.bench_function(name, |b| b.iter(|| again(&options)));
    }
    group.finish();
}
