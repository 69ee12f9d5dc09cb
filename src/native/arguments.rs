//! The words of the command line, read.

use std::fs;

use super::{Failure, UNREADABLE};
use crate::engine::base::Date;
use crate::engine::options::{Options, Recipe};
use crate::engine::sql::Dialect;
use crate::engine::sql_view::SqlQuery;
use crate::frozen;

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Command {
    /// Tell how the program is used.
    Help,
    /// Tell its version.
    Version,
    /// Work a report out.
    Report(Box<ReportWords>),
    /// Write figures as SQL.
    Sql(Box<ReportWords>, SqlQuery),
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Format {
    /// The report itself.
    #[default]
    Json,
    /// One line a figure.
    Csv,
    /// For a wiki or a merge request.
    Markdown,
    /// The file without rows.
    Html,
}

/// Which tables, under which choices, written how.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReportWords {
    paths: Vec<String>,
    stdin_name: Option<String>,
    recipe: Option<String>,
    options: Option<String>,
    own: Options,
    /// How it is written.
    pub(super) format: Format,
    /// A format was named.
    pub(super) has_format: bool,
    /// Where to; absent: standard output.
    pub(super) output: Option<String>,
    /// Whether the file without rows names segments.
    pub(super) names: bool,
    /// Counts below are withheld in the file without rows.
    pub(super) smallest: u64,
}

/// Where a table's bytes come from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Origin {
    /// A file.
    Path(String),
    /// Standard input, under this name.
    Stdin(String),
}

/// Reads the words after the program's name.
pub(super) fn command(words: impl Iterator<Item = String>) -> Result<Command, Failure> {
    let mut words = words;
    match words.next().as_deref() {
        Some("report") => {
            let asked = read(words, None)?;
            Ok(asked.map_or(Command::Help, |(asked, _)| Command::Report(asked)))
        }
        Some("sql") => {
            let asked = read(words, Some(SqlQuery::default()))?;
            Ok(asked.map_or(Command::Help, |(asked, query)| {
                Command::Sql(asked, query.unwrap_or_default())
            }))
        }
        Some("--help" | "-h" | "help") => Ok(Command::Help),
        Some("--version" | "-V") => Ok(Command::Version),
        Some(word) => Err(Failure::of_use(format!(
            "There is no command `{word}`. `kept --help` lists them."
        ))),
        None => Err(Failure::of_use(
            "Say what to do, such as `kept report FILE`. `kept --help` lists the commands.",
        )),
    }
}

/// The words of a command; nothing where they ask for help. `sql`: those about SQL are known too.
#[expect(clippy::type_complexity, reason = "two results of one reading")]
fn read(
    mut words: impl Iterator<Item = String>,
    mut sql: Option<SqlQuery>,
) -> Result<Option<(Box<ReportWords>, Option<SqlQuery>)>, Failure> {
    let mut asked = ReportWords {
        smallest: frozen::Choices::default().smallest,
        ..ReportWords::default()
    };
    let mut only_paths = false;
    while let Some(word) = words.next() {
        if only_paths || word == "-" || !word.starts_with('-') {
            asked.paths.push(word);
            continue;
        }
        if word == "--" {
            only_paths = true;
            continue;
        }
        // `--format=csv` is the same as `--format csv`.
        let (name, joined) = match word.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        match (name.as_str(), &joined) {
            ("--help" | "-h", None) => return Ok(None),
            ("--names", None) => asked.names = true,
            _ => {
                let mut value = || {
                    joined.clone().or_else(|| words.next()).ok_or_else(|| {
                        Failure::of_use(format!("A value must follow the word {name}."))
                    })
                };
                let of_sql = match &mut sql {
                    Some(query) => take_of_sql(query, &name, &mut value)?,
                    None => false,
                };
                if !of_sql {
                    asked.take(&name, &mut value)?;
                }
            }
        }
    }
    if asked.paths.iter().filter(|path| *path == "-").count() > 1 {
        return Err(Failure::of_use("Standard input can be read only once."));
    }
    Ok(Some((Box::new(asked), sql)))
}

/// Takes over one word about SQL with its value; gives whether it is one.
fn take_of_sql(
    query: &mut SqlQuery,
    name: &str,
    value: &mut dyn FnMut() -> Result<String, Failure>,
) -> Result<bool, Failure> {
    match name {
        "--dialect" => {
            let id = value()?;
            query.dialect = Dialect::named(&id).ok_or_else(|| {
                let known: Vec<&str> = Dialect::ALL.iter().map(|it| it.id()).collect();
                Failure::of_use(format!(
                    "There is no dialect `{id}`: {} are known.",
                    known.join(", ")
                ))
            })?;
        }
        "--rule" => query.rule = Some(value()?),
        "--table" => {
            let pair = value()?;
            let (file, table) = pair.split_once('=').ok_or_else(|| {
                Failure::of_use("--table takes FILE=TABLE, such as events.csv=analytics.events.")
            })?;
            query.tables.insert(file.to_owned(), table.to_owned());
        }
        _ => return Ok(false),
    }
    Ok(true)
}

impl ReportWords {
    /// Takes over one word with its value.
    fn take(
        &mut self,
        name: &str,
        value: &mut dyn FnMut() -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        match name {
            "--format" => {
                self.format = format_named(&value()?)?;
                self.has_format = true;
            }
            "--output" | "--out" | "-o" => self.output = Some(value()?),
            "--recipe" => self.recipe = Some(value()?),
            "--options" => self.options = Some(value()?),
            "--as-of" => {
                let text = value()?;
                let day = serde_json::from_value::<Date>(text.clone().into());
                self.own.as_of = Some(day.map_err(|_not_a_day| {
                    Failure::of_use(format!("`{text}` is no day such as 2026-06-30."))
                })?);
            }
            "--kpi" => self.own.kpis.push(value()?),
            "--segment" => self.own.segment = Some(value()?),
            "--timezone" => self.own.timezone = Some(value()?),
            "--currency" => self.own.currency = Some(value()?),
            "--name" => self.stdin_name = Some(value()?),
            "--smallest" => {
                let text = value()?;
                self.smallest = text.parse().map_err(|_not_a_number| {
                    Failure::of_use(format!("`{text}` is no whole number."))
                })?;
            }
            _ => {
                return Err(Failure::of_use(format!(
                    "There is no word {name}. `kept --help` lists them."
                )));
            }
        }
        Ok(())
    }

    /// Where the tables come from, in order; standard input where no file is named.
    pub(super) fn sources(&self) -> Vec<Origin> {
        let stdin = || {
            let name = self.stdin_name.as_deref().unwrap_or("pasted");
            Origin::Stdin(name.to_owned())
        };
        if self.paths.is_empty() {
            return vec![stdin()];
        }
        let origin = |path: &String| match path.as_str() {
            "-" => stdin(),
            path => Origin::Path(path.to_owned()),
        };
        self.paths.iter().map(origin).collect()
    }

    /// The choices: words of their own over `--options`, these over the recipe.
    ///
    /// # Errors
    /// Where a file cannot be read or its JSON not be followed.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let recipe = match &self.recipe {
            None => Recipe::default(),
            Some(path) => recipe(path)?,
        };
        let given = match &self.options {
            None => Options::default(),
            Some(json) => serde_json::from_str::<Options>(json).map_err(|reason| {
                Failure::of_use(format!("The options cannot be used: {reason}."))
            })?,
        };
        let beneath = Options {
            recipe: Some(Box::new(recipe)),
            ..given.resolved()
        };
        Ok(Options {
            recipe: Some(Box::new(Recipe {
                recipe: 1,
                options: beneath.resolved(),
            })),
            ..self.own.clone()
        }
        .resolved())
    }
}

fn recipe(path: &str) -> Result<Recipe, Failure> {
    let text = fs::read_to_string(path).map_err(|reason| Failure {
        code: UNREADABLE,
        says: format!("The recipe {path} cannot be read: {reason}."),
    })?;
    let recipe: Recipe = serde_json::from_str(&text)
        .map_err(|reason| Failure::of_use(format!("The recipe cannot be used: {reason}.")))?;
    if recipe.recipe > 1 {
        return Err(Failure::of_use("Only recipes of version 1 are known."));
    }
    Ok(recipe)
}

fn format_named(name: &str) -> Result<Format, Failure> {
    Ok(match name {
        "json" => Format::Json,
        "csv" => Format::Csv,
        "markdown" | "md" => Format::Markdown,
        "html" => Format::Html,
        _ => {
            return Err(Failure::of_use(format!(
                "There is no format `{name}`: json, csv, markdown and html are known."
            )));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, Failure> {
        command(line.split_whitespace().map(str::to_owned))
    }

    fn words(line: &str) -> ReportWords {
        match parsed(line) {
            Ok(Command::Report(words)) => *words,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn words_may_stand_in_any_order_and_be_joined_to_their_values() {
        let asked = words("report a.csv --format=csv --kpi x b.csv --kpi y --as-of 2026-06-30");
        assert_eq!(asked.format, Format::Csv);
        assert_eq!(asked.own.kpis, ["x", "y"]);
        assert_eq!(asked.own.as_of, Date::from_ymd(2026, 6, 30));
        let paths = [Origin::Path("a.csv".into()), Origin::Path("b.csv".into())];
        assert_eq!(asked.sources(), paths);
    }

    #[test]
    fn no_file_and_a_dash_are_standard_input() {
        let pasted = [Origin::Stdin("pasted".into())];
        assert_eq!(words("report").sources(), pasted);
        assert_eq!(words("report -").sources(), pasted);
        let named = [Origin::Stdin("events.csv".into())];
        assert_eq!(words("report - --name events.csv").sources(), named);
        assert!(parsed("report - -").is_err());
    }

    #[test]
    fn words_about_sql_belong_to_that_command_alone() {
        let line = "sql a.csv --dialect spark --rule r --table a.csv=x.y --kpi k";
        let Ok(Command::Sql(asked, query)) = parsed(line) else {
            panic!("{line}");
        };
        assert_eq!(asked.own.kpis, ["k"]);
        assert_eq!(
            (query.dialect, query.rule.as_deref()),
            (Dialect::Spark, Some("r"))
        );
        assert_eq!(query.tables["a.csv"], "x.y");
        for wrong in [
            "report --dialect spark",
            "sql --dialect oracle",
            "sql --table x",
        ] {
            assert_eq!(parsed(wrong).map_err(|it| it.code), Err(2), "{wrong}");
        }
    }

    #[test]
    fn a_file_may_be_called_like_a_word() {
        let file = [Origin::Path("--names".into())];
        assert_eq!(words("report -- --names").sources(), file);
    }

    #[test]
    fn what_cannot_be_followed_is_said() {
        for line in [
            "",
            "reprot a.csv",
            "report --frmat csv",
            "report --format pdf",
            "report --format",
            "report --as-of 30.6.2026",
            "report --smallest few",
        ] {
            assert_eq!(parsed(line).map_err(|it| it.code), Err(2), "{line}");
        }
        let asked = words("report --options {\"asof\":1}");
        assert_eq!(asked.options().map_err(|it| it.code), Err(2));
    }

    #[test]
    fn own_words_win_over_options() {
        let line = r#"report --segment plan --options {"segment":"team","currency":"EUR"}"#;
        let options = words(line).options().unwrap();
        assert_eq!(options.segment.as_deref(), Some("plan"));
        assert_eq!(options.currency.as_deref(), Some("EUR"));
    }
}
