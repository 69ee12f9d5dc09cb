//! How fast bytes become records, typed columns and a report, beside the `csv` crate doing as
//! much: `cargo xtask bench --native`. Bytes a second are of the text.
//!
//! Other readers of columns are measured in the browser (`cargo xtask bench`); the large ones take
//! longer to compile than everything else here together.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use kept::engine::base::Zone;
use kept::engine::ingest::tokenizer::{Scan, scan};
use kept::engine::ingest::{Finished, Reader, ReadingChoices};
use kept::engine::options::{DateOrder, Options};
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;
use kept::engine::table::value::{date, number};
use kept::engine::table::{Dialect, Table};

const ROWS: u32 = 100_000;
/// As large as what a browser's stream gives at a time.
const PIECE_BYTES: usize = 65_536;
const CREATED: usize = 1;
const SOLVED: usize = 2;
const SCORE: usize = 5;

/// Invented tickets: two times, few and many different texts, a score, and now and then quotes.
fn tickets() -> Vec<u8> {
    let mut text = b"ticket_id,created_at,solved_at,priority,customer_id,csat,comment\n".to_vec();
    for row in 0..ROWS {
        let (month, day, hour) = (1 + row / 7_000 % 12, 1 + row % 27, row * 7 % 24);
        let minute = row * 13 % 60;
        let priority = ["low", "normal", "high"][(row % 3) as usize];
        let score = ["", "", "5", "4", "1"][(row % 5) as usize];
        let comment = match row % 10 {
            0 => "\"Thanks, all good\"",
            1 => "\"He said \"\"wait\"\"\"",
            2 => "\"two\nlines\"",
            3 | 4 => "plain words",
            _ => "",
        };
        writeln!(
            text,
            "T{row:07},2025-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z,2025-{month:02}-{:02}T09:15:{minute:02}Z,{priority},C{:05},{score},{comment}",
            day + 1,
            row * 31 % 2_500,
        )
        .expect("memory takes all");
    }
    text
}

fn records_by_kept(bytes: &[u8]) -> usize {
    let dialect = Dialect::default();
    let (mut at, mut count, mut cells) = (0, 0, Vec::new());
    while at < bytes.len() {
        let Scan::Record { next, .. } = scan(bytes, at, &dialect, true, &mut cells) else {
            break;
        };
        count += cells.len();
        at = next;
    }
    count
}

fn records_by_csv(bytes: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut count = 0;
    while reader
        .read_byte_record(&mut record)
        .expect("a table is readable")
    {
        count += record.len();
    }
    count
}

/// All columns, with everything that a table needs to be asked anything.
fn columns_by_kept(bytes: &[u8]) -> Table {
    let mut reader = Reader::new("tickets.csv", ReadingChoices::default());
    for piece in bytes.chunks(PIECE_BYTES) {
        reader.feed(piece).expect("a table is readable");
    }
    match reader.finish().expect("a table is readable") {
        Finished::Tables(mut tables) => tables.pop().expect("one table"),
        Finished::ReadAgain(_) => panic!("nothing contradicts the beginning"),
    }
}

/// Only the three columns that hold numbers and times: no texts, no dialect to find.
fn columns_by_csv(bytes: &[u8]) -> (Vec<i64>, Vec<i64>, Vec<f64>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let (mut created, mut solved, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    let moment = |text: &str| {
        date::parse(text, DateOrder::DayFirst).map_or(i64::MIN, |stamp| stamp.instant(&Zone::UTC).0)
    };
    while reader
        .read_record(&mut record)
        .expect("a table is readable")
    {
        let cell = |place: usize| record.get(place).unwrap_or_default();
        created.push(moment(cell(CREATED)));
        solved.push(moment(cell(SOLVED)));
        scores.push(
            number::parse(cell(SCORE), kept::engine::options::Decimal::Point).unwrap_or(f64::NAN),
        );
    }
    (created, solved, scores)
}

fn report(bytes: &[u8]) -> String {
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: String::from("tickets.csv"),
            size_bytes: Some(bytes.len() as f64),
        }],
        options: Options::default(),
    });
    loop {
        match session.step() {
            Some(Event::Finished { report, .. }) => return report,
            Some(Event::Failed { error, .. }) => panic!("{error:?}"),
            Some(_) => {}
            None => {
                for piece in bytes.chunks(PIECE_BYTES) {
                    session.feed(piece);
                }
                session.end_of_source();
            }
        }
    }
}

fn reading(criterion: &mut Criterion) {
    let bytes = tickets();
    assert_eq!(records_by_kept(&bytes), records_by_csv(&bytes));
    assert_eq!(columns_by_kept(&bytes).rows, ROWS);
    let mut group = criterion.benchmark_group("tickets");
    group
        .throughput(Throughput::Bytes(bytes.len() as u64))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(20)
        .measurement_time(Duration::from_secs(4));
    group.bench_function("records/kept", |b| {
        b.iter(|| records_by_kept(black_box(&bytes)));
    });
    group.bench_function("records/csv", |b| {
        b.iter(|| records_by_csv(black_box(&bytes)));
    });
    group.bench_function("typed columns/kept, all seven", |b| {
        b.iter(|| columns_by_kept(black_box(&bytes)));
    });
    group.bench_function("typed columns/csv, three", |b| {
        b.iter(|| columns_by_csv(black_box(&bytes)));
    });
    group.bench_function("report/kept", |b| b.iter(|| report(black_box(&bytes))));
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
