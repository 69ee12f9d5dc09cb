//! What holds of reading whatever the file: cut anywhere, fed in any pieces, rows and columns in
//! any order, or no table at all. The cases are drawn by chance from a fixed seed.
#![expect(clippy::expect_used, clippy::panic, reason = "test code")]

#[path = "support/plain_reader.rs"]
#[expect(unreachable_pub, reason = "shared by test files")]
mod plain_reader;

#[path = "support/long.rs"]
#[expect(unreachable_pub, reason = "a module of other tests too")]
mod long;

use std::ops::Range;

use kept::engine::base::Error;
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Preview, Request, Source};
use kept::engine::report::Report;
use kept::engine::session::Session;
use long::rounds;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;

/// One table of every kind that the page offers as a sample, and a column to split it by.
const SAMPLES: [(&str, &str, &str); 6] = [
    (
        "csat_answers.csv",
        include_str!("../www/samples/csat_answers.csv"),
        "Plan",
    ),
    (
        "events.csv",
        include_str!("../www/samples/events.csv"),
        "event",
    ),
    (
        "nps_answers.csv",
        include_str!("../www/samples/nps_answers.csv"),
        "Plan",
    ),
    (
        "orders.csv",
        include_str!("../www/samples/orders.csv"),
        "country",
    ),
    (
        "subscriptions.csv",
        include_str!("../www/samples/subscriptions.csv"),
        "region",
    ),
    (
        "tickets.csv",
        include_str!("../www/samples/tickets.csv"),
        "Priority",
    ),
];

/// Every difficulty of quoting in few bytes.
const TRICKY: &str = "customer,started_on,note,score\r\nC1,2025-01-31,\"a, \"\"b\"\"\nc\",9\r\n\
    C2,2025-02-28,,10\r\n\"C3\",2025-03-01,\"\",0\r\nÇ4,31.12.2025,“x”,\r\n";

/// What a run gave: its report, and the first rows of every table; or why it could not go on.
type Given = Result<(Report, Vec<Preview>), Error>;

/// Reads one source whose bytes come in pieces of these sizes, again and again.
fn read_in_pieces(name: &str, bytes: &[u8], sizes: &[usize], options: &Options) -> Given {
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: name.to_owned(),
            size_bytes: Some(bytes.len() as f64),
        }],
        options: options.clone(),
    });
    for _ in 0..100_000 {
        match session.step() {
            Some(Event::Finished {
                report, previews, ..
            }) => {
                let report = serde_json::from_str(&report).expect("a report is readable");
                return Ok((report, previews));
            }
            Some(Event::Failed { error, .. }) => return Err(error),
            Some(_) => {}
            None => feed(&mut session, bytes, sizes),
        }
    }
    panic!("{name} is never read to its end");
}

fn feed(session: &mut Session, bytes: &[u8], sizes: &[usize]) {
    let mut rest = bytes;
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() && session.wants().is_some() {
        let size = sizes.next().map_or(rest.len(), |size| *size);
        let (piece, after) = rest.split_at(size.clamp(1, rest.len()));
        session.feed(piece);
        rest = after;
    }
    if session.wants().is_some() {
        session.end_of_source();
    }
}

fn read(name: &str, bytes: &[u8], options: &Options) -> Given {
    read_in_pieces(name, bytes, &[65_536], options)
}

fn options(json: &str) -> Options {
    serde_json::from_str(json).expect("options are readable")
}

fn segmented(by: &str) -> Options {
    options(&format!(r#"{{"segment":"{by}"}}"#))
}

/// Draws so many cases; the same ones every time.
fn check<S: Strategy>(cases: u32, strategy: S, claim: impl Fn(S::Value) -> Result<(), String>) {
    let config = ProptestConfig {
        cases: rounds(cases),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        ..ProptestConfig::default()
    };
    let verdict =
        TestRunner::new(config).run(&strategy, |drawn| claim(drawn).map_err(TestCaseError::fail));
    if let Err(reason) = verdict {
        panic!("{reason}");
    }
}

/// A table whose rows all ended somewhere, or an error that says what and what to do.
fn is_honest(given: &Given) -> Result<(), String> {
    let report = match given {
        Ok((report, _)) => report,
        Err(error) => {
            let is_said = !error.code.is_empty() && !error.hint.is_empty();
            let is_said = is_said && error.message.len() > 10;
            return is_said
                .then_some(())
                .ok_or_else(|| format!("an error that says nothing: {error:?}"));
        }
    };
    for table in &report.tables {
        let left_out: u64 = table.rows.left_out.iter().map(|left| left.count).sum();
        if table.rows.read != table.rows.used + left_out {
            return Err(format!("rows do not reconcile: {:?}", table.rows));
        }
    }
    let numbers = serde_json::to_value(report).expect("a report is JSON");
    if numbers.to_string().contains("NaN") {
        return Err(String::from("a figure is not a number"));
    }
    Ok(())
}

/// The text in an encoding with a mark at its beginning.
fn utf_16_little_endian(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The same rows as JSON objects.
fn as_json(text: &str) -> String {
    let mut records = plain_reader::records(text, ',').into_iter();
    let header = records.next().expect("a header");
    let rows: Vec<Value> = records
        .map(|record| {
            let pairs = header.iter().cloned().zip(record);
            Value::Object(
                pairs
                    .map(|(name, cell)| (name, Value::String(cell)))
                    .collect(),
            )
        })
        .collect();
    Value::Array(rows).to_string()
}

#[test]
fn cut_at_any_byte_a_file_is_a_table_or_a_stated_error() {
    let forms = [
        ("tricky.csv", TRICKY.as_bytes().to_vec()),
        ("tricky.tsv", TRICKY.replace(',', "\t").into_bytes()),
        ("tricky.csv", utf_16_little_endian(TRICKY)),
        ("tricky.json", as_json(TRICKY).into_bytes()),
        (
            "tricky.ndjson",
            as_json(TRICKY)
                .trim_matches(['[', ']'])
                .replace("},{", "}\n{")
                .into_bytes(),
        ),
    ];
    for (name, bytes) in forms {
        for end in 0..=bytes.len() {
            let given = read(name, &bytes[..end], &Options::default());
            if let Err(reason) = is_honest(&given) {
                panic!("{name}, {end} bytes: {reason}");
            }
        }
    }
}

#[test]
fn a_cut_loses_no_row_before_it() {
    let cuts = (select(&SAMPLES[..]), 0.0..1.0_f64);
    check(150, cuts, |((name, text, _), share)| {
        let end = (text.len() as f64 * share) as usize;
        let cut = &text.as_bytes()[..end];
        let given = read(name, cut, &Options::default());
        is_honest(&given)?;
        let rows = plain_reader::records(&String::from_utf8_lossy(cut), ',').len();
        let Ok((report, _)) = given else {
            return (rows < 3).then_some(()).ok_or_else(|| format!("{given:?}"));
        };
        // The row that was cut may look like no row; all before it are there.
        let read = report.tables[0].rows.read as usize;
        let expected = rows.saturating_sub(2)..rows.max(1);
        (rows < 5 || expected.contains(&read))
            .then_some(())
            .ok_or_else(|| format!("{name}: {read} rows of {rows} lines"))
    });
}

#[test]
fn pieces_of_any_size_give_the_same_report() {
    let pieces = (select(&SAMPLES[..]), vec(sizes(), 1..6));
    check(120, pieces, |((name, text, segment), sizes)| {
        let options = segmented(segment);
        let whole = read_in_pieces(name, text.as_bytes(), &[text.len()], &options);
        let pieces = read_in_pieces(name, text.as_bytes(), &sizes, &options);
        (whole == pieces)
            .then_some(())
            .ok_or_else(|| format!("{name} differs"))
    });
}

fn sizes() -> impl Strategy<Value = usize> {
    prop_oneof![1..8_usize, 8..300_usize, 300..70_000_usize]
}

/// Larger than the head that decides the dialect, so that pieces end within rows after it too.
#[test]
fn pieces_of_any_size_give_the_same_report_on_a_long_file() {
    let lines = (0..12_000).map(|row| {
        let comment = ["", "\"a, \"\"b\"\"\r\nc\"", "Größe", "plain"][row % 4];
        let (month, day, score) = (1 + row % 12, 1 + row % 28, row * 7 % 11);
        format!("C{row},2025-{month:02}-{day:02},{score},{comment}\r\n")
    });
    let text = String::from("customer,answered_on,nps,comment\r\n") + &lines.collect::<String>();
    let whole = read_in_pieces(
        "long.csv",
        text.as_bytes(),
        &[text.len()],
        &Options::default(),
    );
    assert_eq!(
        whole.as_ref().map(|(report, _)| report.tables[0].rows.read),
        Ok(12_000)
    );
    for sizes in [&[1, 4_095][..], &[65_537], &[13, 262_144, 7], &[262_143]] {
        let pieces = read_in_pieces("long.csv", text.as_bytes(), sizes, &Options::default());
        assert!(pieces == whole, "{sizes:?}");
    }
}

/// What must not change when rows or columns stand in another order: figures to the last few
/// bits, roles, counts of rows and of notes. What names a place in the file may change.
fn essence(given: &Given) -> Value {
    let (report, _) = given.as_ref().expect("a table");
    let mut whole = serde_json::to_value(report).expect("a report is JSON");
    forget_places(&mut whole);
    for table in whole["tables"].as_array_mut().into_iter().flatten() {
        let columns = table["columns"].as_array_mut().expect("columns");
        columns.sort_by_key(|column| column["name"].to_string());
    }
    whole
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.contains("sample") && name != "place" && name != "line");
            fields.values_mut().for_each(forget_places);
        }
        Value::Array(items) => {
            items.iter_mut().for_each(forget_places);
            // Segments of equal size stand in the order of the file.
            if items.iter().all(|item| item.get("is").is_some()) {
                items.sort_by_key(|item| item["is"].to_string());
            }
        }
        _ => {}
    }
}

/// Where two values differ by more than rounding.
fn difference(one: &Value, other: &Value, path: &str) -> Result<(), String> {
    let unequal = || Err(format!("{path}: {one} is not {other}"));
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(0.0), b.as_f64().unwrap_or(0.0));
            if (a - b).abs() > 1e-9 * a.abs().max(1.0) {
                return unequal();
            }
            Ok(())
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => (0..)
            .zip(a.iter().zip(b))
            .try_for_each(|(place, (a, b))| difference(a, b, &format!("{path}[{place}]"))),
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            a.iter().try_for_each(|(name, a)| {
                let b = b.get(name).unwrap_or(&Value::Null);
                difference(a, b, &format!("{path}.{name}"))
            })
        }
        _ if one == other => Ok(()),
        _ => unequal(),
    }
}

fn written(records: &[Vec<String>]) -> String {
    let lines = records.iter().map(|record| {
        let cells: Vec<String> = record.iter().map(|cell| quoted(cell, ',', false)).collect();
        cells.join(",") + "\n"
    });
    lines.collect()
}

#[test]
fn rows_in_another_order_give_the_same_figures() {
    for (name, text, segment) in SAMPLES {
        let records = plain_reader::records(text, ',');
        let options = segmented(segment);
        let before = essence(&read(name, text.as_bytes(), &options));
        check(
            12,
            Just(records[1..].to_vec()).prop_shuffle(),
            |mut rows| {
                rows.insert(0, records[0].clone());
                let after = essence(&read(name, written(&rows).as_bytes(), &options));
                difference(&before, &after, name)
            },
        );
    }
}

#[test]
fn columns_in_another_order_give_the_same_figures() {
    for (name, text, segment) in SAMPLES {
        let records = plain_reader::records(text, ',');
        let options = segmented(segment);
        let before = essence(&read(name, text.as_bytes(), &options));
        let places: Vec<usize> = (0..records[0].len()).collect();
        check(12, Just(places).prop_shuffle(), |places| {
            let rows: Vec<Vec<String>> = records
                .iter()
                .map(|record| places.iter().map(|place| record[*place].clone()).collect())
                .collect();
            let after = essence(&read(name, written(&rows).as_bytes(), &options));
            difference(&before, &after, name)
        });
    }
}

#[test]
fn a_column_that_is_about_nothing_changes_nothing() {
    for (name, text, segment) in SAMPLES {
        let records = plain_reader::records(text, ',');
        let options = segmented(segment);
        let before = essence(&read(name, text.as_bytes(), &options));
        check(6, 0..=records[0].len(), |place| {
            let mut rows = records.clone();
            for (number, record) in rows.iter_mut().enumerate() {
                let fruit = ["fig", "plum", "", "sloe"][number * 7 % 4];
                let cell = if number == 0 { "fruit" } else { fruit };
                record.insert(place, cell.to_owned());
            }
            let mut after = essence(&read(name, written(&rows).as_bytes(), &options));
            let columns = after["tables"][0]["columns"].as_array_mut();
            columns.expect("columns").retain(|c| c["name"] != "fruit");
            difference(&before, &after, name)
        });
    }
}

const HEADERS: [&str; 6] = ["alpha", "bravo", "delta", "golf", "hotel", "india"];
const PIECES: [&str; 16] = [
    "a", "Zürich", "7", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r\n", "’", "日本", "-",
    "x=1",
];

/// A well-formed table: its cells, and what it is written with.
#[derive(Clone, Debug)]
struct Drawn {
    cells: Vec<Vec<String>>,
    delimiter: char,
    line_end: &'static str,
    all_quoted: bool,
    is_ended: bool,
}

fn tables(rows: Range<usize>) -> impl Strategy<Value = Drawn> {
    let cell = vec(select(&PIECES[..]), 0..5).prop_map(|pieces| pieces.concat());
    let cells = (2..HEADERS.len() + 1)
        .prop_flat_map(move |width| vec(vec(cell.clone(), width), rows.clone()));
    let delimiter = select(vec![',', ';', '\t', '|']);
    let line_end = select(vec!["\n", "\r\n", "\r"]);
    (cells, delimiter, line_end, any::<bool>(), any::<bool>()).prop_map(
        |(mut cells, delimiter, line_end, all_quoted, is_ended)| {
            for (number, row) in cells.iter_mut().enumerate() {
                // No row is blank, and each says which it is.
                row[0] = format!("row {number}{}", row[0]);
                // Lone carriage returns within cells say nothing where they also end lines.
                if line_end == "\r" {
                    for cell in row.iter_mut() {
                        *cell = cell.replace('\n', "\r").replace("\r\r", "\r");
                    }
                }
            }
            let names = HEADERS[..cells[0].len()].iter();
            cells.insert(0, names.map(|name| (*name).to_owned()).collect());
            Drawn {
                cells,
                delimiter,
                line_end,
                all_quoted,
                is_ended,
            }
        },
    )
}

fn quoted(cell: &str, delimiter: char, always: bool) -> String {
    if always || cell.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

impl Drawn {
    fn text(&self) -> String {
        let lines: Vec<String> = self
            .cells
            .iter()
            .map(|row| {
                let cells: Vec<String> = row
                    .iter()
                    .map(|cell| quoted(cell, self.delimiter, self.all_quoted))
                    .collect();
                cells.join(&self.delimiter.to_string())
            })
            .collect();
        lines.join(self.line_end) + if self.is_ended { self.line_end } else { "" }
    }
}

#[test]
fn records_are_cut_as_the_plain_reader_cuts_them() {
    let drawn = (tables(1..12), vec(sizes(), 1..4));
    check(400, drawn, |(table, sizes)| {
        let text = table.text();
        let mut expected = plain_reader::records(&text, table.delimiter);
        if expected != table.cells {
            return Err(format!("the plain reader is wrong: {expected:?}"));
        }
        // First rows are shown without blanks around their cells.
        for cell in expected.iter_mut().flatten() {
            *cell = cell.trim().to_owned();
        }
        let options = serde_json::json!({ "mapping": { "drawn.csv": {
            "delimiter": table.delimiter.to_string(), "header_row": 1 } } });
        let options = serde_json::from_value(options).expect("options are readable");
        let (_, previews) = read_in_pieces("drawn.csv", text.as_bytes(), &sizes, &options)
            .map_err(|error| format!("{error:?}"))?;
        let mut found = vec![previews[0].header.clone()];
        found.extend(previews[0].rows.iter().cloned());
        (found == expected)
            .then_some(())
            .ok_or_else(|| format!("{text:?}\n  is {expected:?}\n not {found:?}"))
    });
}

const BEGINNINGS: [&[u8]; 8] = [
    b"",
    b"a,b\n1,2\n",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"[{\"a\":",
    b"{\"a\":[",
    b"PK\x03\x04\x14\0\0\0\x08\0",
    b"\x1F\x8B\x08\0",
];
const SPECIAL: &[u8] = b",;\t|\"'\\\n\r \0{}[]:.-/0123456789aT\xC3\xA9\x80\xFF";

#[test]
fn no_bytes_whatever_make_a_reader_fail() {
    let byte = prop_oneof![3 => select(SPECIAL.to_vec()), 1 => any::<u8>()];
    let names = select(vec![
        "a.csv", "a.tsv", "a.json", "a.ndjson", "a.xlsx", "pasted",
    ]);
    let drawn = (
        names,
        select(BEGINNINGS.to_vec()),
        vec(byte, 0..600),
        sizes(),
    );
    check(600, drawn, |(name, beginning, rest, size)| {
        let bytes = [beginning, &rest].concat();
        is_honest(&read_in_pieces(name, &bytes, &[size], &Options::default()))
    });
}
