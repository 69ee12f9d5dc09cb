//! Faults of whole files: delimiter, quotes, escapes, line ends, encoding, header.

#![expect(unreachable_pub, reason = "each test file is a crate of its own")]

use super::clean_tables::{Clean, PLAIN, Written};
use super::faults::Injector;

impl Injector<'_> {
    /// Adds faults of this sort.
    pub fn dialects(&mut self) {
        let write = |written: Written<'_>| written.table(self.table);
        let mut files: Vec<(&'static str, String, Vec<u8>)> = Vec::new();
        for delimiter in [";", "\t", "|", "^", "~", "#", "\x1f", "\x01"] {
            let text = write(Written { delimiter, ..PLAIN });
            files.push(("delimiter", format!("{delimiter:?}"), text.into()));
        }
        let text = write(Written {
            delimiter: " ",
            quote_all: true,
            ..PLAIN
        });
        files.push(("delimiter", "blank".to_owned(), text.into()));
        for delimiter in ["¦", "§", "¶", "·", "¬", "¤", "│", "｜", "，", "；", "、"] {
            let text = write(Written { delimiter, ..PLAIN });
            files.push(("delimiter beyond ASCII", delimiter.to_owned(), text.into()));
        }
        for delimiter in ["¦", "§", "¶", "¬", "¤"] {
            let text = write(Written { delimiter, ..PLAIN });
            let bytes = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
            files.push((
                "delimiter beyond ASCII, one byte",
                delimiter.to_owned(),
                bytes,
            ));
        }
        for delimiter in [
            "||", "::", ";;", ", ", "; ", " | ", "|~|", "~~", "^|^", "<>", "\t\t",
        ] {
            let text = write(Written { delimiter, ..PLAIN });
            files.push((
                "delimiter of several characters",
                format!("{delimiter:?}"),
                text.into(),
            ));
        }
        for (class, place, bytes) in files {
            self.add(class, place, bytes);
        }
        self.quotings();
    }

    fn quotings(&mut self) {
        let write = |written: Written<'_>| written.table(self.table);
        let mut files: Vec<(&'static str, String, Vec<u8>)> = Vec::new();
        for (quotes, escape) in [(("'", "'"), "'"), (("`", "`"), "`"), (("“", "”"), "”")] {
            for quote_all in [false, true] {
                let text = write(Written {
                    quotes,
                    escape,
                    quote_all,
                    ..PLAIN
                });
                let place = format!("{quotes:?} all {quote_all}");
                files.push(("quote character", place, text.into()));
            }
        }
        for delimiter in [",", ";", "\t"] {
            let text = write(Written {
                delimiter,
                quote_all: true,
                ..PLAIN
            });
            files.push(("quotes around all", format!("{delimiter:?}"), text.into()));
        }
        for (delimiter, escape, quote_all) in
            [(",", "\\", false), (",", "\\", true), (";", "\\", true)]
        {
            let text = write(Written {
                delimiter,
                escape,
                quote_all,
                ..PLAIN
            });
            files.push((
                "escape character",
                format!("{delimiter} all {quote_all}"),
                text.into(),
            ));
        }
        for delimiter in [",", "\t", ";"] {
            let text = escaped(self.table, delimiter);
            files.push((
                "escape without quotes",
                format!("{delimiter:?}"),
                text.into(),
            ));
        }
        for (class, place, bytes) in files {
            self.add(class, place, bytes);
        }
        for delimiter in [",", ";", "\t", "|"] {
            let text = Written { delimiter, ..PLAIN }.table(self.table);
            self.add(
                "sep= line",
                format!("{delimiter:?}"),
                format!("sep={delimiter}\n{text}"),
            );
        }
    }

    /// Adds faults of this sort.
    pub fn line_ends(&mut self) {
        for end in ["\r\n", "\r", "\r\r\n", "\n\r", "\u{85}", "\u{2028}", "\x1e"] {
            let text = Written { end, ..PLAIN }.table(self.table);
            self.add("line end", format!("{end:?}"), text);
        }
        let text = self.lines.join("\n");
        self.add("end of file", "no line end", text.clone());
        self.add("end of file", "three line ends", text.clone() + "\n\n\n");
        self.add("end of file", "control-Z", text.clone() + "\n\x1a");
        self.add("end of file", "blanks", text + "\n   \n");
        for row in self.places() {
            for end in ["\r\n", "\r"] {
                let ends = |(place, line): (usize, &String)| {
                    format!("{line}{}", if place == row + 1 { end } else { "\n" })
                };
                let text: String = self.lines.iter().enumerate().map(ends).collect();
                self.add("line end of one row", format!("row {row} {end:?}"), text);
            }
        }
    }

    /// Adds faults of this sort.
    pub fn encodings(&mut self) {
        let text = PLAIN.table(self.table);
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect();
        let (little, big): (Vec<u8>, Vec<u8>) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let utf_32: Vec<u8> = text
            .chars()
            .flat_map(|it| u32::from(it).to_le_bytes())
            .collect();
        let windows = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        let central = encoding_rs::MACINTOSH.encode(&text).0.into_owned();
        for (place, bytes) in [
            (
                "UTF-8 with a mark",
                marked(b"\xEF\xBB\xBF", text.as_bytes()),
            ),
            (
                "UTF-8 with two marks",
                marked(b"\xEF\xBB\xBF\xEF\xBB\xBF", text.as_bytes()),
            ),
            ("UTF-16 LE with a mark", marked(b"\xFF\xFE", &little)),
            ("UTF-16 BE with a mark", marked(b"\xFE\xFF", &big)),
            ("UTF-16 LE", little.clone()),
            ("UTF-16 BE", big.clone()),
            ("UTF-32 LE with a mark", marked(b"\xFF\xFE\0\0", &utf_32)),
            ("Windows-1252", windows),
            ("Macintosh", central),
        ] {
            self.add("encoding", place, bytes);
        }
        for row in self.places() {
            let mut lines = self.lines.clone();
            lines[row + 1].insert(3, '\0');
            self.add_lines("zero byte", format!("row {row}"), &lines);
        }
    }

    /// Adds faults of this sort.
    pub fn headers(&mut self) {
        let (header, rows) = (self.lines[0].clone(), self.lines[1..].to_vec());
        self.add_lines("header missing", "", &rows);
        self.last().any_header = true;
        self.last().right.months = None;
        let with = |first: &[String]| [first, &rows].concat();
        let names = self.table.header.clone();
        self.add_lines("header twice", "", &with(&[header.clone(), header.clone()]));
        let spaced: Vec<String> = names.iter().map(|name| format!("  {name} ")).collect();
        self.add_lines("header with blanks", "", &with(&[spaced.join(",")]));
        let quoted = Written {
            quote_all: true,
            ..PLAIN
        }
        .line(&names);
        self.add_lines("header quoted", "", &with(&[quoted]));
        let width = names.len();
        let two = |first: String| with(&[first, header.clone()]);
        let mut groups = vec![String::new(); width];
        "Export".clone_into(&mut groups[0]);
        self.add_lines(
            "header of two lines",
            "title with delimiters",
            &two(groups.join(",")),
        );
        "Details".clone_into(&mut groups[width.div_euclid(2)]);
        self.add_lines("header of two lines", "groups", &two(groups.join(",")));
        self.last().any_header = true;
        for column in [0, width.div_euclid(2), width - 1] {
            let mut changed = names.clone();
            changed[column].clear();
            self.add_lines(
                "header with an empty name",
                format!("{column}"),
                &with(&[PLAIN.line(&changed)]),
            );
            self.last().any_header = true;
            if let Some(at) = names[column].find(' ') {
                let mut broken = names.clone();
                broken[column].replace_range(at..=at, "\n");
                let lines = with(&[PLAIN.line(&broken)]);
                self.add_lines("header with a line end", format!("{column}"), &lines);
            }
        }
        let mut doubled = names.clone();
        doubled[1].clone_from(&names[0]);
        self.add_lines(
            "header with a name twice",
            "",
            &with(&[PLAIN.line(&doubled)]),
        );
        self.last().any_header = true;
    }
}

/// A table with a backslash before every delimiter, quote and backslash inside a cell, and no quotes.
fn escaped(table: &Clean, delimiter: &str) -> String {
    let cell = |cell: &String| {
        cell.replace('\\', "\\\\")
            .replace(delimiter, &format!("\\{delimiter}"))
    };
    let line =
        |cells: &Vec<String>| cells.iter().map(cell).collect::<Vec<_>>().join(delimiter) + "\n";
    std::iter::once(&table.header)
        .chain(&table.rows)
        .map(line)
        .collect()
}
