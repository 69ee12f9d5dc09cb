//! Clean tables of customer success, invented, and how a table is written as text.
#![expect(unreachable_pub, reason = "each test file is a crate of its own")]

use kept::engine::stats::rng::Rng;

/// A table without a fault.
#[derive(Clone, Debug)]
pub struct Clean {
    /// What it is.
    pub name: &'static str,
    /// Its header.
    pub header: Vec<String>,
    /// Its rows, each as wide as the header.
    pub rows: Vec<Vec<String>>,
    /// Where months begin that stand side by side, and the first of them.
    pub months: Option<(usize, u32)>,
}

/// Rows of each table.
const ROWS: usize = 48;

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Between cells.
    pub delimiter: &'a str,
    /// Around cells that need it: before and behind.
    pub quotes: (&'a str, &'a str),
    /// Before a quote inside a cell.
    pub escape: &'a str,
    /// Behind each line.
    pub end: &'a str,
    /// Around all cells.
    pub quote_all: bool,
}

/// As RFC 4180 says, but with line feeds.
pub const PLAIN: Written<'static> = Written {
    delimiter: ",",
    quotes: ("\"", "\""),
    escape: "\"",
    end: "\n",
    quote_all: false,
};

impl Written<'_> {
    /// One cell.
    pub fn cell(&self, text: &str) -> String {
        let (open, close) = self.quotes;
        let needs = text.contains(self.delimiter)
            || text.contains(open)
            || text.contains(close)
            || text.contains(['\n', '\r'])
            || text.contains(self.end);
        if self.quote_all || needs {
            let inner = text.replace(close, &format!("{}{close}", self.escape));
            format!("{open}{inner}{close}")
        } else {
            text.to_owned()
        }
    }

    /// One line without its end.
    pub fn line(&self, cells: &[String]) -> String {
        let cells: Vec<String> = cells.iter().map(|cell| self.cell(cell)).collect();
        cells.join(self.delimiter)
    }

    /// The lines of a table, the header first, without their ends.
    pub fn lines(&self, table: &Clean) -> Vec<String> {
        let rows = table.rows.iter().map(|row| self.line(row));
        std::iter::once(self.line(&table.header))
            .chain(rows)
            .collect()
    }

    /// A whole table.
    pub fn table(&self, table: &Clean) -> String {
        self.join(&self.lines(table))
    }

    /// Lines with an end behind each.
    pub fn join(&self, lines: &[String]) -> String {
        lines
            .iter()
            .flat_map(|line| [line.as_str(), self.end])
            .collect()
    }
}

impl Clean {
    /// The header and the rows as the reader gives them: months side by side become rows.
    pub fn as_read(&self) -> (Vec<String>, Vec<Vec<Vec<String>>>) {
        let Some((from, first)) = self.months else {
            let rows = self.rows.iter().map(|row| vec![row.clone()]).collect();
            return (self.header.clone(), rows);
        };
        let mut header: Vec<String> = self.header.iter().take(from).cloned().collect();
        header.extend(["month", "recurring_revenue"].map(str::to_owned));
        let turned = |row: &Vec<String>| {
            let months = row.iter().skip(from).zip(first..);
            let long = months.map(|(cell, month)| {
                let mut cells: Vec<String> = row.iter().take(from).cloned().collect();
                cells.push(format!("2025-{month:02}"));
                cells.push(if cell.is_empty() {
                    "0".to_owned()
                } else {
                    cell.clone()
                });
                cells
            });
            long.collect()
        };
        (header, self.rows.iter().map(turned).collect())
    }
}

/// The clean tables.
pub fn all() -> Vec<Clean> {
    vec![tickets(), answers(), subscriptions(), months()]
}

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn one_of<'a>(rng: &mut Rng, list: &[&'a str]) -> &'a str {
    list[rng.below(list.len() as u32) as usize]
}

fn below(rng: &mut Rng, bound: u32) -> u32 {
    rng.below(bound)
}

fn tickets() -> Clean {
    let mut rng = Rng::from_seed(1);
    let header = texts(&[
        "Ticket ID",
        "Created at",
        "First replied at",
        "Solved at",
        "Subject",
        "Priority",
        "Team",
        "Reopens",
    ]);
    let subjects = [
        "Login fails, again",
        "Invoice wrong",
        "Export is \"empty\"",
        "Zugang für Müller",
        "How do I invite a colleague?",
        "Slow since Monday",
    ];
    let rows = (0..ROWS).map(|row| {
        let (day, hour) = (1 + row.div_euclid(2), 8 + below(&mut rng, 9));
        let solved = below(&mut rng, 6) > 0;
        vec![
            format!("{}", 40_100 + row),
            format!("2025-03-{day:02} {hour:02}:{:02}:00", below(&mut rng, 60)),
            format!(
                "2025-03-{day:02} {:02}:{:02}:00",
                hour + 1,
                below(&mut rng, 60)
            ),
            if solved {
                format!(
                    "2025-03-{:02} {hour:02}:{:02}:30",
                    day + 2,
                    below(&mut rng, 60)
                )
            } else {
                String::new()
            },
            one_of(&mut rng, &subjects).to_owned(),
            one_of(&mut rng, &["low", "normal", "high"]).to_owned(),
            one_of(&mut rng, &["Team North", "Team South"]).to_owned(),
            below(&mut rng, 3).to_string(),
        ]
    });
    Clean {
        name: "tickets",
        header,
        rows: rows.collect(),
        months: None,
    }
}

fn answers() -> Clean {
    let mut rng = Rng::from_seed(2);
    let header = texts(&["Response", "Submitted", "NPS score", "Segment", "Comment"]);
    let comments = [
        "",
        "great, thanks",
        "too slow; too dear",
        "said \"never again\"",
        "schöne Oberfläche",
        "I'd like more",
        "",
        "ok",
    ];
    let rows = (0..ROWS).map(|row| {
        vec![
            format!("R-{:04}", row + 1),
            format!("{:02}.03.2025", 1 + (row * 7) % 28),
            below(&mut rng, 11).to_string(),
            one_of(&mut rng, &["Small", "Mid size", "Large"]).to_owned(),
            one_of(&mut rng, &comments).to_owned(),
        ]
    });
    Clean {
        name: "answers",
        header,
        rows: rows.collect(),
        months: None,
    }
}

fn subscriptions() -> Clean {
    let mut rng = Rng::from_seed(3);
    let header = texts(&[
        "Subscription ID",
        "Customer",
        "Plan",
        "Started on",
        "Ended on",
        "MRR",
        "Seats",
    ]);
    let rows = (0..ROWS).map(|row| {
        let ended = below(&mut rng, 4) == 0;
        vec![
            format!("sub_{:05}", 7 * row + 11),
            format!(
                "{} {row}",
                one_of(&mut rng, &["Acme", "Société Bleue", "Holt & Sons, Ltd"])
            ),
            one_of(&mut rng, &["Team", "Business", "Free trial"]).to_owned(),
            format!(
                "2024-{:02}-{:02}",
                1 + below(&mut rng, 12),
                1 + below(&mut rng, 28)
            ),
            if ended {
                format!("2025-{:02}-15", 1 + below(&mut rng, 3))
            } else {
                String::new()
            },
            format!("{}.{:02}", 20 + below(&mut rng, 500), below(&mut rng, 100)),
            (1 + below(&mut rng, 40)).to_string(),
        ]
    });
    Clean {
        name: "subscriptions",
        header,
        rows: rows.collect(),
        months: None,
    }
}

fn months() -> Clean {
    let mut rng = Rng::from_seed(4);
    let header = texts(&[
        "Account", "Region", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06",
    ]);
    let rows = (0..ROWS).map(|row| {
        let mut cells = vec![
            format!("A{:03} Größe", row + 1),
            one_of(&mut rng, &["north", "south-west"]).to_owned(),
        ];
        cells.extend((0..6).map(|_| match below(&mut rng, 8) {
            0 => String::new(),
            _ => format!("{}.50", 10 + below(&mut rng, 300)),
        }));
        cells
    });
    Clean {
        name: "months",
        header,
        rows: rows.collect(),
        months: Some((2, 1)),
    }
}
