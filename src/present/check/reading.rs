//! How a table was cut into cells, and what the reader can choose instead.

use super::super::{Reader, words};
use crate::engine::options::{Options, TableMapping};
use crate::engine::report::TableReport;
use crate::present::language::say;
use crate::told;

/// How a table was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingView {
    /// "UTF-8, comma, header in line 1".
    pub says: String,
    /// What can be chosen; the first choice of each is what was found.
    pub fields: Vec<FieldView>,
}

/// One thing that can be chosen about the reading of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldView {
    /// Which.
    pub field: Field,
    /// What it is called.
    pub label: &'static str,
    /// The choices: value and words; an empty value leaves it to us.
    pub choices: Vec<(String, String)>,
    /// The choice in force.
    pub chosen: String,
}

/// What can be chosen about the reading of a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Field {
    /// The character encoding.
    Encoding,
    /// The character between cells.
    Delimiter,
    /// The line of the header.
    HeaderRow,
    /// The sheet of a workbook.
    Sheet,
}

/// Encodings that exports come in, by their labels.
const ENCODINGS: [&str; 20] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-15",
    "macintosh",
    "shift_jis",
    "gb18030",
    "big5",
    "euc-kr",
    "koi8-r",
];

/// How the table was read, and what can be chosen.
pub(super) fn reading(reader: &Reader<'_>, table: &TableReport, options: &Options) -> ReadingView {
    let none = TableMapping::default();
    let chosen = options.mapping.get(&table.name).unwrap_or(&none);
    let dialect = &table.dialect;
    let header = match dialect.header_rows {
        0 => say(words::NO_HEADER).to_owned(),
        1 => say(words::ONE_HEADER).to_owned(),
        many => told!("{0} header rows", reader.habits.count(u64::from(many))),
    };
    let is_text = dialect.format == "csv";
    let mut says = Vec::new();
    let mut fields = Vec::new();
    match (dialect.format.as_str(), &dialect.sheet) {
        ("csv", _) => {}
        ("xlsx", Some(sheet)) => says.push(told!("Workbook, sheet “{0}”", sheet)),
        ("xlsx", None) => says.push(say(words::WORKBOOK).to_owned()),
        ("ndjson", _) => says.push(say(words::JSON_LINES).to_owned()),
        _ => says.push(say(words::JSON).to_owned()),
    }
    if dialect.sheets.len() > 1 {
        let named = dialect.sheets.iter().map(|it| (it.clone(), it.clone()));
        let found = dialect.sheet.clone().unwrap_or_default();
        fields.push(field(
            Field::Sheet,
            say(words::SHEET),
            found,
            named.collect(),
            chosen.sheet.as_ref(),
        ));
    }
    if is_text {
        says.push(dialect.encoding.to_uppercase());
        says.push(delimiter(&dialect.delimiter));
        let named = ENCODINGS
            .iter()
            .map(|it| ((*it).to_owned(), it.to_uppercase()));
        fields.push(field(
            Field::Encoding,
            say(words::ENCODING),
            dialect.encoding.to_uppercase(),
            named.collect(),
            chosen.encoding.as_ref(),
        ));
        let named = [",", ";", "\t", "|"].map(|it| (it.to_owned(), delimiter(it)));
        fields.push(field(
            Field::Delimiter,
            say(words::DELIMITER),
            delimiter(&dialect.delimiter),
            named.to_vec(),
            chosen.delimiter.as_ref(),
        ));
    }
    if !is_text && dialect.sheet.is_none() {
        // Records name their fields themselves: there is no header to choose.
        return ReadingView {
            says: says.join(", "),
            fields,
        };
    }
    says.push(header.clone());
    let lines = (0..=12_u32).map(|line| {
        let says = match line {
            0 => words::sentence(say(words::NO_HEADER)),
            line => told!("Line {0}", line),
        };
        (line.to_string(), says)
    });
    fields.push(field(
        Field::HeaderRow,
        say(words::HEADER),
        header,
        lines.collect(),
        chosen.header_row.map(|line| line.to_string()).as_ref(),
    ));
    ReadingView {
        says: says.join(", "),
        fields,
    }
}

fn field(
    field: Field,
    label: &'static str,
    found: String,
    named: Vec<(String, String)>,
    chosen: Option<&String>,
) -> FieldView {
    let found = if chosen.is_some() {
        say(words::AS_FOUND).to_owned()
    } else {
        format!("{}: {found}", say(words::AS_FOUND))
    };
    let mut choices = vec![(String::new(), found)];
    choices.extend(named);
    let chosen = chosen.cloned().unwrap_or_default();
    if !choices.iter().any(|(value, _)| *value == chosen) {
        let says = match field {
            Field::Delimiter => delimiter(&chosen),
            Field::Encoding => chosen.to_uppercase(),
            Field::HeaderRow | Field::Sheet => chosen.clone(),
        };
        choices.push((chosen.clone(), says));
    }
    FieldView {
        field,
        label,
        choices,
        chosen,
    }
}

fn delimiter(text: &str) -> String {
    match text {
        "," => say("comma").to_owned(),
        ";" => say("semicolon").to_owned(),
        "\t" => say("tab").to_owned(),
        "|" => say("bar").to_owned(),
        " " => say("columns padded with blanks").to_owned(),
        ":" => say("colon").to_owned(),
        "^" => say("caret").to_owned(),
        "~" => say("tilde").to_owned(),
        "#" => say("number sign").to_owned(),
        "\u{1}" | "\u{1f}" => say("control character").to_owned(),
        other => format!("“{other}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn what_parts_cells_is_named_in_words() {
        let mut example = Example::new();
        for (mark, word) in [
            (" ", "columns padded with blanks"),
            ("\t", "tab"),
            ("^", "caret"),
            ("\u{1f}", "control character"),
        ] {
            mark.clone_into(&mut example.report.tables[0].dialect.delimiter);
            let table = &example.report.tables[0];
            let view = reading(&example.reader(), table, &Options::default());
            assert_eq!(view.says, format!("UTF-8, {word}, one header row"));
        }
    }

    #[test]
    fn a_chosen_mark_that_is_not_listed_is_named_in_words_too() {
        let example = Example::new();
        let mut options = Options::default();
        options.mapping.insert(
            "customers.csv".to_owned(),
            TableMapping {
                delimiter: Some("^".to_owned()),
                ..TableMapping::default()
            },
        );
        let view = reading(&example.reader(), &example.report.tables[0], &options);
        let field = view.fields.iter().find(|it| it.field == Field::Delimiter);
        assert_eq!(
            field.and_then(|it| it.choices.last().cloned()),
            Some(("^".to_owned(), say("caret").to_owned()))
        );
    }
}
