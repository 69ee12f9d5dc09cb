//! Single faults, injected into clean tables at several places.
//!
//! The classes are those of G. Vitagliano et al., "Pollock: A Data Loading Benchmark", PVLDB 16
//! (2023), with what exports of customer-success tools do beside them.
#![expect(unreachable_pub, reason = "each test file is a crate of its own")]

use super::clean_tables::{Clean, PLAIN, Written};

/// A table with one fault.
#[derive(Clone, Debug)]
pub struct Faulty {
    /// What sort of fault.
    pub class: &'static str,
    /// Which one, and where.
    pub place: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The table that a careful reader makes of it.
    pub right: Clean,
    /// Rows that nobody can tell from the file alone: they may be left out.
    pub lost: Vec<usize>,
    /// The header cannot be told: only the rows count.
    pub any_header: bool,
}

/// Collects the faults of one table.
pub struct Injector<'a> {
    pub table: &'a Clean,
    pub lines: Vec<String>,
    found: Vec<Faulty>,
}

/// All single faults of a table.
pub fn of(table: &Clean) -> Vec<Faulty> {
    let mut it = Injector {
        table,
        lines: PLAIN.lines(table),
        found: Vec::new(),
    };
    it.dialects();
    it.line_ends();
    it.encodings();
    it.headers();
    it.row_lengths();
    it.whole_columns();
    it.asides();
    it.other_tables();
    it.blank_rows();
    it.quotes();
    it.found
}

impl Injector<'_> {
    pub fn add(
        &mut self,
        class: &'static str,
        place: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) {
        self.found.push(Faulty {
            class,
            place: place.into(),
            bytes: bytes.into(),
            right: self.table.clone(),
            lost: Vec::new(),
            any_header: false,
        });
    }

    /// The same with these lines.
    pub fn add_lines(&mut self, class: &'static str, place: impl Into<String>, lines: &[String]) {
        self.add(class, place, PLAIN.join(lines));
    }

    /// What was added last, changed.
    pub fn last(&mut self) -> &mut Faulty {
        self.found.last_mut().expect("one was added")
    }

    /// Places of rows to try: the first, one in the middle, the last.
    pub fn places(&self) -> [usize; 3] {
        [
            0,
            self.table.rows.len().div_euclid(3),
            self.table.rows.len() - 1,
        ]
    }

    fn row_lengths(&mut self) {
        let width = self.table.header.len();
        for row in self.places() {
            let cells: Vec<String> = self.table.rows[row]
                .iter()
                .map(|cell| PLAIN.cell(cell))
                .collect();
            for column in 0..width {
                let place = format!("row {row} column {column}");
                let mut more = cells.clone();
                more.insert(column + 1, String::new());
                self.row("delimiter too many in a row", &place, row, &more.join(","));
                if column + 1 < width {
                    let mut fewer = cells.clone();
                    let next = fewer.remove(column + 1);
                    fewer[column].push_str(&next);
                    self.row("delimiter missing in a row", &place, row, &fewer.join(","));
                    self.last().lost = vec![row];
                    let cut = cells[..=column].join(",");
                    self.row("row cut short", &place, row, &cut);
                    let rest = self.table.rows[row].len() - column - 1;
                    let emptied = self.last();
                    emptied.lost = vec![row];
                    // A row that is cut may also be taken for one with empty cells.
                    let empty = vec![String::new(); rest];
                    emptied.right.rows[row].splice(column + 1.., empty);
                }
            }
            for other in [";", "\t", "|"] {
                let line = Written {
                    delimiter: other,
                    ..PLAIN
                }
                .line(&self.table.rows[row]);
                self.row(
                    "other delimiter in a row",
                    &format!("row {row} {other:?}"),
                    row,
                    &line,
                );
            }
        }
    }

    /// The table with one row written so.
    fn row(&mut self, class: &'static str, place: &str, row: usize, line: &str) {
        let mut lines = self.lines.clone();
        line.clone_into(&mut lines[row + 1]);
        self.add_lines(class, place, &lines);
    }

    fn whole_columns(&mut self) {
        let all = |prefix: &str, suffix: &str, from: usize| -> Vec<String> {
            let line = |(place, line): (usize, &String)| {
                if place >= from {
                    format!("{prefix}{line}{suffix}")
                } else {
                    line.clone()
                }
            };
            self.lines.iter().enumerate().map(line).collect()
        };
        let files = [
            ("trailing delimiters", "one, everywhere", all("", ",", 0)),
            (
                "trailing delimiters",
                "three, everywhere",
                all("", ",,,", 0),
            ),
            ("trailing delimiters", "one, rows only", all("", ",", 1)),
            ("trailing delimiters", "three, rows only", all("", ",,,", 1)),
            ("leading delimiters", "one, everywhere", all(",", "", 0)),
            ("leading delimiters", "two, everywhere", all(",,", "", 0)),
            ("leading delimiters", "one, rows only", all(",", "", 1)),
        ];
        for (class, place, lines) in files {
            self.add_lines(class, place, &lines);
        }
        for row in self.places() {
            let line = format!("{},", self.lines[row + 1]);
            self.row(
                "trailing delimiter in a row",
                &format!("row {row}"),
                row,
                &line,
            );
        }
        let spaced = Written {
            delimiter: " , ",
            ..PLAIN
        }
        .table(self.table);
        self.add("blanks around cells", "commas", spaced);
        let line = |line: &String| format!("  {line}  ");
        let lines: Vec<String> = self.lines.iter().map(line).collect();
        self.add_lines("blanks around cells", "lines", &lines);
        let whole = |lines: &[String]| -> Vec<String> {
            lines
                .iter()
                .map(|line| format!("\"{}\"", line.replace('"', "\"\"")))
                .collect()
        };
        let quoted = whole(&self.lines);
        self.add_lines("lines quoted as a whole", "all", &quoted);
        let rows = [&self.lines[..1], &quoted[1..]].concat();
        self.add_lines("lines quoted as a whole", "rows only", &rows);
        for row in self.places() {
            let place = format!("row {row}");
            self.row("one line quoted as a whole", &place, row, &quoted[row + 1]);
        }
    }

    fn asides(&mut self) {
        let width = self.table.header.len();
        let padded = |text: &str| format!("{text}{}", ",".repeat(width - 1));
        let above = [
            ("one line", vec!["Report of March 2025".to_owned()]),
            (
                "two lines",
                vec![
                    "Report".to_owned(),
                    "Exported on 2025-04-01, by Ann".to_owned(),
                ],
            ),
            (
                "a line and a blank",
                vec!["Report".to_owned(), String::new()],
            ),
            (
                "padded",
                vec![padded("Report"), padded("Workspace: Test"), padded("")],
            ),
            (
                "keys and values",
                ["Report,Q1", "Workspace,Test", "Rows,48", ""]
                    .map(str::to_owned)
                    .to_vec(),
            ),
            (
                "comments",
                ["# Report", "# from 2025-01-01", "# to 2025-03-31"]
                    .map(str::to_owned)
                    .to_vec(),
            ),
            (
                "ten lines",
                (0..10)
                    .map(|line| format!("Line {line} of a long text"))
                    .collect(),
            ),
            (
                "prose",
                vec![
                    "This export holds rows, as you asked, of all teams, and all regions."
                        .to_owned(),
                    String::new(),
                ],
            ),
        ];
        for (place, lines) in above {
            let lines = [&lines, self.lines.as_slice()].concat();
            self.add_lines("preamble", place, &lines);
        }
        self.feet();
    }

    fn feet(&mut self) {
        let width = self.table.header.len();
        let padded = |text: &str| format!("{text}{}", ",".repeat(width - 1));
        let below = [
            ("one line", vec!["Generated by Example".to_owned()]),
            (
                "a blank and a line",
                vec![String::new(), "48 rows exported".to_owned()],
            ),
            ("padded", vec![padded(""), padded("Confidential")]),
            (
                "unknown words",
                vec![
                    String::new(),
                    "Provided as is".to_owned(),
                    "Ask Ann".to_owned(),
                ],
            ),
            (
                "unknown words, no blank",
                vec!["Provided as is, without warranty".to_owned()],
            ),
            (
                "keys and values",
                vec![
                    String::new(),
                    "Rows,48".to_owned(),
                    "Workspace,Test".to_owned(),
                ],
            ),
            ("comment", vec!["# end of export".to_owned()]),
            ("rows", vec!["(48 rows)".to_owned()]),
        ];
        for (place, lines) in below {
            let lines = [self.lines.as_slice(), &lines].concat();
            self.add_lines("footer", place, &lines);
        }
    }

    fn other_tables(&mut self) {
        let plans = ["Agent,Hours,Days", "Ann,31,4", "Bob,17,3", "Cem,40,5"].map(str::to_owned);
        let narrow = ["Agent,Hours", "Ann,31", "Bob,17"].map(str::to_owned);
        let wide: Vec<String> = (0..4)
            .map(|row| {
                let cell = |column: usize| match row {
                    0 => format!("Field {}", (b'A' + column as u8) as char),
                    _ => (row * 10 + column).to_string(),
                };
                (0..self.table.header.len() + 2)
                    .map(cell)
                    .collect::<Vec<_>>()
                    .join(",")
            })
            .collect();
        let blank = [String::new()];
        let title = [String::new(), "Hours of agents".to_owned()];
        for (name, other) in [
            ("three columns", plans.as_slice()),
            ("two", &narrow),
            ("wide", &wide),
        ] {
            for (how, between) in [
                ("blank", blank.as_slice()),
                ("title", &title),
                ("nothing", &[]),
            ] {
                let lines = [self.lines.as_slice(), between, other].concat();
                self.add_lines("another table below", format!("{name}, {how}"), &lines);
            }
            let lines = [other, &blank, self.lines.as_slice()].concat();
            self.add_lines("another table above", name, &lines);
        }
        let half = self.lines.len().div_euclid(2);
        for (how, between) in [("blank", blank.as_slice()), ("nothing", &[])] {
            let (first, second) = self.lines.split_at(half);
            let lines = [first, between, &self.lines[..1], second].concat();
            self.add_lines("the header again", how, &lines);
        }
    }

    fn blank_rows(&mut self) {
        let width = self.table.header.len();
        let kinds =
            [("", "nothing"), ("   ", "blanks")].map(|(text, name)| (text.to_owned(), name));
        let delimiters = (",".repeat(width - 1), "delimiters");
        for (blank, name) in kinds.into_iter().chain([delimiters]) {
            for at in [0, 1, 2, self.lines.len().div_euclid(2), self.lines.len()] {
                let mut lines = self.lines.clone();
                lines.insert(at, blank.clone());
                self.add_lines("blank row", format!("{name} before line {at}"), &lines);
            }
            let every: Vec<String> = self
                .lines
                .iter()
                .flat_map(|line| [line.clone(), blank.clone()])
                .collect();
            self.add_lines("blank row", format!("{name} behind every line"), &every);
            let lines = [vec![blank.clone(); 4], self.lines.clone()].concat();
            self.add_lines("blank row", format!("{name}, four above"), &lines);
        }
    }

    fn quotes(&mut self) {
        let width = self.table.header.len();
        for row in self.places() {
            for column in [0, width.div_euclid(2), width - 1] {
                let cells: Vec<String> = self.table.rows[row]
                    .iter()
                    .map(|cell| PLAIN.cell(cell))
                    .collect();
                let text = self.table.rows[row][column].clone();
                let plain = !text.contains([',', '"']);
                let place = format!("row {row} column {column}");
                let mut with = |class: &'static str, written: String, meant: String| {
                    let mut cells = cells.clone();
                    cells[column] = written;
                    self.row(class, &place, row, &cells.join(","));
                    self.last().right.rows[row][column] = meant;
                };
                if plain {
                    // Nobody can say that a mark is none: it stays, and moves no other cell.
                    let [open, close] = [format!("\"{text}"), format!("{text}\"")];
                    let behind = format!("\"{text}\"x");
                    with("quote never closed", open.clone(), open);
                    with("quote never opened", close.clone(), close);
                    with("text behind a quote", behind.clone(), behind);
                }
                if plain && !text.is_empty() {
                    with(
                        "quotes doubled around a cell",
                        format!("\"\"{text}\"\""),
                        text,
                    );
                }
            }
        }
        // A cell that needs quotes and lacks them.
        for (row, cells) in self.table.rows.clone().iter().enumerate() {
            let Some(column) = cells.iter().position(|cell| cell.contains(',')) else {
                continue;
            };
            let mut written: Vec<String> = cells.iter().map(|cell| PLAIN.cell(cell)).collect();
            written[column].clone_from(&cells[column]);
            self.row(
                "quotes missing",
                &format!("row {row}"),
                row,
                &written.join(","),
            );
            if row > 12 {
                break;
            }
        }
    }
}
