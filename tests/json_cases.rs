//! JSON as programs write it: what table comes of it, and what is said about what is wrong in it.
#![expect(clippy::panic, reason = "test code")]

use kept::engine::base::Error;
use kept::engine::ingest::{Finished, Reader, ReadingChoices};
use kept::engine::table::Table;

fn read(bytes: &[u8], piece: usize) -> Result<Table, Error> {
    let mut reader = Reader::new("t.json", ReadingChoices::default());
    for bytes in bytes.chunks(piece.max(1)) {
        reader.feed(bytes)?;
    }
    match reader.finish()? {
        Finished::Tables(mut tables) => Ok(tables.remove(0)),
        Finished::ReadAgain(_) => panic!("JSON is never read again"),
    }
}

/// Header, rows and notes in one line each.
fn shown(table: &Table) -> Vec<String> {
    let header: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let mut lines = vec![header.join("|")];
    lines.extend(table.preview.iter().map(|row| row.join("|")));
    lines.extend(table.notes.iter().map(|note| {
        let line = note.line.map_or(String::new(), |line| format!("@{line}"));
        format!("! {} {}{line}", note.code, note.count.unwrap_or(0))
    }));
    lines
}

/// Each text, and the table that comes of it.
const CASES: [(&str, &[&str]); 29] = [
    (
        r#"[{"a":1,"b":"x"},{"a":2,"b":"y"}]"#,
        &["a|b", "1|x", "2|y"],
    ),
    ("{\"a\":1}\n{\"a\":2}\n", &["a", "1", "2"]),
    ("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", &["a", "1", "2"]),
    (r#"{"a":1,"b":{"c":"x"}}"#, &["a|b.c", "1|x"]),
    // Columns are the union over all records, in the order of their first appearance.
    (
        r#"[{"b":1},{"a":2,"b":3},{"c":"z"}]"#,
        &["b|a|c", "1||", "3|2|", "||z"],
    ),
    // Nothing in the place of an object is no column of its own.
    (
        r#"[{"a":1,"r":null},{"a":2,"r":{"s":5}}]"#,
        &["a|r.s", "1|", "2|5"],
    ),
    // Columns that no figure needs are not kept, under whatever name they stand.
    (
        r#"[{"a":1,"card":{"number":"4111"}},{"a":2,"card":{"number":"4112"}}]"#,
        &["a|card.number", "1|4111", "2|4112", "! columns_not_kept 1"],
    ),
    // Digits stay as they are written.
    (
        r#"[{"a":12345678901234567890,"b":"007","c":1.50,"d":true,"e":null,"f":1e2}]"#,
        &["a|b|c|d|e|f", "12345678901234567890|007|1.50|true||1e2"],
    ),
    // Wrapped, with what programs put around.
    (
        r#"{"data":[{"a":1}],"next":null}"#,
        &["a", "1", "! json_records_chosen 0"],
    ),
    (
        r#"{"meta":[{"name":"a","type":"UInt8"}],"data":[{"a":1},{"a":2}],"rows":2}"#,
        &["a", "1", "2", "! json_records_chosen 0"],
    ),
    (
        r#"{"d":{"results":[{"a":1},{"a":2}]}}"#,
        &["a", "1", "2", "! json_records_chosen 0"],
    ),
    // Rows by name.
    (
        r#"{"k1":{"a":1,"b":2},"k2":{"a":3,"b":4}}"#,
        &["key|a|b", "k1|1|2", "k2|3|4"],
    ),
    // Columns.
    (r#"{"a":[1,2],"b":["x",null]}"#, &["a|b", "1|x", "2|"]),
    (
        r#"{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}"#,
        &["a|b", "1|x", "2|y"],
    ),
    (
        r#"{"a":[1,2],"b":["x"]}"#,
        &["a|b", "1|x", "2|", "! row_too_short 1@2"],
    ),
    // Rows as lists.
    (
        r#"[["customer","mrr"],["A",10],["B",20.5]]"#,
        &["customer|mrr", "A|10", "B|20.5"],
    ),
    (
        "[\"customer\",\"mrr\"]\n[\"A\",10]\n[\"B\",20]\n",
        &["customer|mrr", "A|10", "B|20"],
    ),
    (
        r#"{"columns":["who","plan"],"index":[0,1],"data":[["A","x"],["B","y"]]}"#,
        &["who|plan", "A|x", "B|y", "! json_records_chosen 0"],
    ),
    // A list of values.
    (r"[9, 10, 7]", &["value", "9", "10", "7"]),
    // Lists of records, page by page.
    (
        "[{\"a\":1},{\"a\":2}]\n[{\"a\":3}]\n",
        &["a", "1", "2", "3"],
    ),
    // Envelopes.
    (
        "{\"event\":\"Open\",\"properties\":{\"time\":1700000000,\"distinct_id\":\"u1\"}}\n",
        &["event|time|distinct_id", "Open|1700000000|u1"],
    ),
    // Lists and deep objects stay text; empty ones are empty.
    (
        r#"[{"tags":["x","y"],"none":[],"o":{}}]"#,
        &["tags|none", r#"["x","y"]|"#],
    ),
    (r#"[{"a":1,"a":2}]"#, &["a", "2", "! duplicate_names 1"]),
    // Broken lines are counted, and are rows that are left out.
    (
        "{\"a\":1}\n{\"a\":\n{\"a\":3}\nnothing\n{\"a\":5}\n",
        &["a", "1", "3", "5", "! line_invalid 2@2"],
    ),
    (
        "[{\"a\":1},\n{\"a\" 2},\n{\"a\":3}]",
        &["a", "1", "3", "! line_invalid 1@2"],
    ),
    // Cut short.
    (
        "[{\"a\":1},\n{\"a\":2},\n{\"a\":",
        &["a", "1", "2", "! json_cut_short 1@2"],
    ),
    (
        "{\"data\":[{\"a\":1},{\"a\":2}",
        &[
            "a",
            "1",
            "2",
            "! json_cut_short 1@1",
            "! json_records_chosen 0",
        ],
    ),
    // Commas that hand-made files have too many of.
    ("{\"a\":1},\n{\"a\":2},\n", &["a", "1", "2"]),
    ("[{\"a\":1},{\"a\":2},]", &["a", "1", "2"]),
];

#[test]
fn every_layout_becomes_the_table_that_it_means() {
    for (text, expected) in CASES {
        let table = read(text.as_bytes(), usize::MAX).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(shown(&table), expected, "{text}");
    }
}

#[test]
fn a_byte_order_mark_and_blanks_before_change_nothing() {
    let table = read("\u{feff} \n[{\"a\":1}]".as_bytes(), 3).unwrap();
    assert_eq!(shown(&table), ["a", "1"]);
}

#[test]
fn cutting_the_bytes_anywhere_changes_nothing() {
    for (text, expected) in CASES {
        for piece in [1, 2, 7] {
            assert_eq!(shown(&read(text.as_bytes(), piece).unwrap()), expected);
        }
    }
}

#[test]
fn a_long_text_is_the_same_however_its_bytes_are_cut() {
    let record = |n: usize| format!("{{\"id\":\"{n:06}\",\"text\":\"a \\\"é\\\" ]}}, {n}\"}}");
    let records: Vec<String> = (0..12_000).map(record).collect();
    for text in [
        format!("[{}]", records.join(",\n")),
        format!("{{\"next\":1,\"data\":[{}],\"x\":[1]}}", records.join(",")),
        records.join("\n"),
        format!(
            "{{{}}}",
            (0..12_000)
                .map(|n| format!("\"k{n}\":{}", record(n)))
                .collect::<Vec<_>>()
                .join(",")
        ),
        format!(
            "{{\"id\":[{}],\"n\":[{}]}}",
            (0..60_000)
                .map(|n| n.to_string())
                .collect::<Vec<_>>()
                .join(","),
            vec!["1"; 60_000].join(",")
        ),
    ] {
        assert!(text.len() > 300_000);
        let whole = read(text.as_bytes(), usize::MAX).unwrap();
        assert!(whole.rows == 12_000 || whole.rows == 60_000);
        for piece in [4_096, 65_537] {
            let pieces = read(text.as_bytes(), piece).unwrap();
            assert_eq!(pieces.rows, whole.rows);
            assert_eq!(shown(&pieces), shown(&whole));
            for (a, b) in pieces.columns.iter().zip(&whole.columns) {
                assert_eq!(a.keys().codes, b.keys().codes);
            }
        }
    }
}

#[test]
fn every_beginning_of_a_text_is_a_table_or_a_stated_error() {
    for (text, _) in CASES {
        for end in 0..text.len() {
            match read(&text.as_bytes()[..end], usize::MAX) {
                Ok(table) => assert!(table.rows > 0),
                Err(error) => assert!(
                    ["empty_input", "json_invalid", "no_rows", "not_a_table"]
                        .contains(&error.code.as_str()),
                    "{error}"
                ),
            }
        }
    }
}

#[test]
fn what_is_no_json_is_told_with_line_and_column() {
    for (text, code, says) in [
        (
            "[\n {\"a\" 1}\n]",
            "json_invalid",
            "Line 2, column 7: expected a colon after the name",
        ),
        ("{\"a\": 1 \"b\": 2}", "json_invalid", "Line 1, column 9"),
        ("[]", "no_rows", "no records"),
        ("{}", "no_rows", "no records"),
        ("[{}]", "no_rows", "no records"),
        ("{\"data\":[]}", "no_rows", "no records"),
    ] {
        let error = read(text.as_bytes(), usize::MAX).unwrap_err();
        assert_eq!(error.code, code, "{text}: {error}");
        assert!(error.message.contains(says), "{text}: {error}");
    }
}

#[test]
fn brackets_without_end_are_refused_and_do_not_crash() {
    for text in ["[".repeat(2_000_000), "{\"a\":".repeat(500_000)] {
        assert!(read(text.as_bytes(), 65_536).is_err());
    }
}
