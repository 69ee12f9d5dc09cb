//! What people say on each side of the answers, as themes beside each other.

use super::format::Habits;
use super::{Reader, rows, words};
use crate::engine::base::Unit;
use crate::engine::report::{Finding, ReasonTerm, Reasons, Verdict};
use crate::engine::rows::{Bucket, Rows, RowsQuery};
use crate::present::language::{say, say_text};
use crate::told;

/// What the section of reasons shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemesView {
    /// The column of the comments.
    pub column: String,
    /// Why there are no themes; empty where there are.
    pub refusal: String,
    /// The good side, then the other; none where there are no themes.
    pub sides: Vec<SideView>,
    /// How the themes were made and what is left out.
    pub remarks: Vec<String>,
}

/// The themes of one side.
#[derive(Clone, Debug, PartialEq)]
pub struct SideView {
    /// "Detractors".
    pub name: String,
    /// The other side, as the head of its column.
    pub other: String,
    /// "40 comments of 44 answers".
    pub says: String,
    /// The question that shows all comments of the side.
    pub all: RowsQuery,
    /// The themes, the surest first.
    pub themes: Vec<ThemeView>,
}

/// One theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeView {
    /// The word, or the words.
    pub term: String,
    /// "62.5%": the share of the side's comments.
    pub share: String,
    /// The same as the length of a bar out of 100.
    pub bar: f64,
    /// "47.0 to 75.8%".
    pub interval: String,
    /// The share of the other side's comments.
    pub other: String,
    /// "Real" or "Could be noise".
    pub verdict: &'static str,
    /// "25 comments": what leads to all of them.
    pub count: String,
    /// The question that shows them.
    pub query: RowsQuery,
}

/// A comment as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteView {
    /// "Line 12", or "row 11" where the line is not known.
    pub place: String,
    /// The comment; a remark where it cannot be read again.
    pub text: String,
}

/// How many comments are quoted at once.
pub const QUOTED: u32 = 5;

/// The most characters of a quoted comment.
const MOST_CHARACTERS: usize = 600;

/// The reasons of a finding; absent where no column holds comments.
pub fn themes(reader: &Reader<'_>, finding: &Finding) -> Option<ThemesView> {
    let reasons = finding.reasons.as_deref()?;
    let sides = if reasons.refusal.is_some() {
        Vec::new()
    } else {
        (0..2)
            .map(|place| side(reader, finding, reasons, place))
            .collect()
    };
    let refusal = reasons.refusal.as_ref();
    Some(ThemesView {
        column: reasons.column.clone(),
        refusal: refusal.map_or_else(String::new, |it| format!("{} {}", it.message, it.hint)),
        remarks: remarks(reader, reasons),
        sides,
    })
}

fn side(reader: &Reader<'_>, finding: &Finding, reasons: &Reasons, place: usize) -> SideView {
    let habits = reader.habits;
    let [own, other] = [place, 1 - place].map(|place| &reasons.sides[place]);
    let all = RowsQuery {
        table: finding.table.clone(),
        finding: Some(rows::finding_id(finding)),
        bucket: Some(Bucket::Used),
        side: Some(own.name.clone()),
        ..RowsQuery::default()
    };
    let theme = |term: &ReasonTerm| {
        let [here, there] = [place, 1 - place].map(|place| &term.said[place]);
        let comments = counted(habits, here.count, ["comment", "comments"]);
        ThemeView {
            term: term.term.clone(),
            share: habits.value(here.share, Unit::Ratio),
            bar: here.share * 100.0,
            interval: habits.range(here.low, here.high, Unit::Ratio),
            other: habits.value(there.share, Unit::Ratio),
            verdict: match term.verdict {
                Verdict::Real => say(words::REAL),
                Verdict::CouldBeNoise | Verdict::TooLittleData => say(words::COULD_BE_NOISE),
            },
            count: comments,
            query: RowsQuery {
                term: Some(term.term.clone()),
                ..all.clone()
            },
        }
    };
    let own_terms = reasons.terms.iter().filter(|term| term.side == own.name);
    SideView {
        name: words::plain_name(&own.name),
        other: words::plain_name(&other.name),
        says: format!(
            "{} {} {}",
            counted(habits, own.comments, ["comment", "comments"]),
            say(words::OF),
            counted(habits, own.answers, ["answer", "answers"]),
        ),
        themes: own_terms.map(theme).collect(),
        all,
    }
}

/// What the reader should know about the themes.
fn remarks(reader: &Reader<'_>, reasons: &Reasons) -> Vec<String> {
    let habits = reader.habits;
    let mut remarks = Vec::new();
    if reasons.refusal.is_none() {
        remarks.push(told!("{0} {1} terms were compared; a difference is called real where chance alone would rarely make one of so many ({2}). Shares: {3}.", say(words::THEMES_COUNTED), habits.count(reasons.compared), reasons.p_method, reasons.share_method));
        remarks.push(if reasons.languages.is_empty() {
            say(words::THEMES_NO_LANGUAGE).to_owned()
        } else {
            let languages: Vec<&str> = reasons.languages.iter().map(|id| language(id)).collect();
            format!("{} {}.", say(words::THEMES_LANGUAGES), languages.join(", "))
        });
    }
    if reasons.between > 0 {
        remarks.push(told!(
            "{0} between the two sides, not counted here.",
            counted(habits, reasons.between, ["comment lies", "comments lie"])
        ));
    }
    if reasons.uncut > 0 && reasons.refusal.is_none() {
        remarks.push(told!(
            "{0} left out: their script puts no blanks between words.",
            counted(habits, reasons.uncut, ["comment is", "comments are"])
        ));
    }
    if reasons.forgotten > 0 {
        remarks.push(say(words::THEMES_FORGOTTEN).to_owned());
    }
    remarks
}

fn counted(habits: &Habits, count: u64, [one, many]: [&str; 2]) -> String {
    let what = if count == 1 { one } else { many };
    format!("{} {}", habits.count(count), say_text(what))
}

fn language(id: &str) -> &str {
    match id {
        "en" => say("English"),
        "de" => say("German"),
        "fr" => say("French"),
        "es" => say("Spanish"),
        "pt" => say("Portuguese"),
        "it" => say("Italian"),
        "nl" => say("Dutch"),
        other => other,
    }
}

/// The cells of the column in these rows.
pub fn quotes(reader: &Reader<'_>, rows: &Rows, column: &str) -> Vec<QuoteView> {
    let place = rows.columns.iter().position(|header| header == column);
    rows.rows
        .iter()
        .map(|row| {
            let cell = place.and_then(|place| row.cells.get(place)).cloned();
            let text = cell.flatten().filter(|text| !text.is_empty());
            QuoteView {
                place: match row.line {
                    Some(line) => {
                        format!("{} {}", say(words::LINE_HEAD), reader.habits.count(line))
                    }
                    None => format!("{} {}", say(words::ROW), reader.habits.count(row.row)),
                },
                text: text.map_or_else(
                    || say(words::QUOTE_NOT_READ).to_owned(),
                    |text| words::shortened(&text, MOST_CHARACTERS),
                ),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::{Example, plain};

    const REASONS: &str = r#"{"column":"why",
      "sides":[{"name":"easy","answers":60,"comments":50},{"name":"not_easy","answers":44,"comments":40}],
      "between":1,"languages":["en","de"],"compared":37,"uncut":2,"share_method":"Wilson score",
      "difference_method":"Newcombe","p_method":"Fisher, Holm",
      "terms":[{"term":"not found","side":"not_easy",
        "said":[{"count":1,"share":0.02,"low":0.0,"high":0.1},
                {"count":25,"share":0.625,"low":0.47,"high":0.758,"sample_rows":[3]}],
        "difference":0.605,"difference_interval":[0.4,0.7],"p_value":0.0001,"verdict":"real"}]}"#;

    fn example() -> Example {
        let mut example = Example::new();
        let reasons: Reasons = serde_json::from_str(REASONS).unwrap();
        example.report.findings[0].reasons = Some(Box::new(reasons));
        example
    }

    #[test]
    fn each_side_has_its_themes_with_shares_and_a_way_to_the_comments() {
        let example = example();
        let view = themes(&example.reader(), example.finding(0)).unwrap();
        assert_eq!(view.sides[0].says, "50 comments of 60 answers");
        assert!(view.sides[0].themes.is_empty());
        let side = &view.sides[1];
        assert_eq!(
            (side.name.as_str(), side.other.as_str()),
            ("Not easy", "Easy")
        );
        let theme = &side.themes[0];
        assert_eq!(
            (plain(&theme.share), plain(&theme.other)),
            ("62.5%".to_owned(), "2.0%".to_owned())
        );
        assert_eq!(
            (theme.verdict, theme.count.as_str()),
            ("Real", "25 comments")
        );
        assert_eq!(theme.query.term.as_deref(), Some("not found"));
        assert_eq!(theme.query.side.as_deref(), Some("not_easy"));
        assert!(view.remarks[0].contains("37 terms were compared"));
        assert!(view.remarks[1].ends_with("English, German."));
        assert!(view.remarks[2].starts_with("1 comment lies between"));
        assert!(view.remarks[3].starts_with("2 comments are left out"));
    }

    #[test]
    fn without_themes_the_reason_is_said() {
        let mut example = example();
        let reasons = example.report.findings[0].reasons.as_mut().unwrap();
        let refusal = r#"{"code":"too_few_comments","message":"Only 4.","hint":"Wait."}"#;
        reasons.refusal = Some(serde_json::from_str(refusal).unwrap());
        let view = themes(&example.reader(), example.finding(0)).unwrap();
        assert_eq!(view.refusal, "Only 4. Wait.");
        assert!(view.sides.is_empty());
        assert!(themes(&example.reader(), example.finding(1)).is_none());
    }

    #[test]
    fn comments_are_quoted_or_said_to_be_out_of_reach() {
        let example = example();
        let row = |line: &str, cell: &str| {
            format!(
                r#"{{"row":3,"line":{line},"byte":null,"bucket":"used","reason":null,"cells":["A",{cell}],"as_written":true,"raw":null,"faults":[]}}"#
            )
        };
        let rows = format!(
            r#"{{"table":"t","columns":["id","why"],"total":2,"from":0,"rows":[{},{}]}}"#,
            row("4", r#""I did not find it""#),
            row("null", "null")
        );
        let rows: Rows = serde_json::from_str(&rows).unwrap();
        let quoted = quotes(&example.reader(), &rows, "why");
        assert_eq!(
            (quoted[0].place.as_str(), quoted[0].text.as_str()),
            ("Line 4", "I did not find it")
        );
        assert_eq!(
            (quoted[1].place.as_str(), quoted[1].text.as_str()),
            ("row 3", words::QUOTE_NOT_READ)
        );
    }
}
