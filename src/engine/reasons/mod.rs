//! Reasons: what people say who gave good answers, beside what the others say.
//!
//! Takes: the words of a column of comments, and the side of each answer. Gives: words and pairs of
//! words with their counts, shares and intervals, and the rows behind them.
//! Never: reads a text (that is `table::prose`); knows a KPI; shows a word of fewer than three
//! comments.
//! Start at [`of_rows`]. Tests: `tests/reasons.rs`, `tests/reasons_oracle.rs`.
//!
//! Nothing but counting: each comment counts once for each word, and once for each pair of words
//! with at most two little words between them. Little words are those of the languages that the
//! comments are in. What stands more often on one side is compared by Fisher's exact test, with
//! Holm's account of how many terms are compared; the surest come first: those of which the nearer
//! end of the difference's interval lies farthest from nothing.

pub mod choose;
pub mod comments;
pub mod pairs;
pub mod places;
pub mod stop_words;
pub mod words;

use super::base::Refusal;
use super::report::{ReasonCount, ReasonSide, ReasonTerm, Reasons};
use super::row_set::RowSet;
use super::stats::{fisher, multiple, proportion};
use super::table::Table;
use choose::Chosen;
use comments::Comments;
use pairs::Among;
use places::Placed;
use words::FirstLook;

/// Themes take at least so many comments on each side.
const FEWEST_COMMENTS: u64 = 10;

/// The first rows that a term names on each side.
const SAMPLE_ROWS: usize = 3;

/// Level of the intervals of shares.
const LEVEL: f64 = 0.95;

/// The rows behind the terms of a finding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReasonRows {
    /// The sides by name, each with its rows that have a comment.
    pub sides: NamedRows,
    /// The terms as written, each with its rows on both sides.
    pub terms: NamedRows,
}

/// Rows of the table by a name.
pub type NamedRows = Vec<(String, RowSet)>;

/// Answers with comments.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    /// The table.
    pub table: &'a Table,
    /// The column of the comments.
    pub column: usize,
    /// The rows whose answers count, ascending.
    pub rows: &'a [u32],
    /// The names of the good side and of the other one.
    pub names: [&'static str; 2],
}

/// What tells the sides apart, and the rows behind it. `side`: that of a row's answer, the good one
/// being 0; absent for answers between the two.
pub fn of_rows(
    answers: &Answers<'_>,
    side: impl Fn(u32) -> Option<usize> + Copy,
) -> (Reasons, ReasonRows) {
    let mut told = nothing_yet(answers, side);
    let column = &answers.table.columns[answers.column];
    let Some(comments) = Comments::of(column) else {
        told.refusal = Some(Refusal::new(
            "comments_not_read",
            "The words of this column were not read.",
            "Say on the check page that it holds comments; the file is then read once more.",
        ));
        return (told, ReasonRows::default());
    };
    let prose = comments.prose.as_ref();
    let weights = comments.weights(answers.rows, side);
    let marks = stop_words::marks(prose.vocabulary());
    let look = words::look(prose, &weights, &marks);
    for (side, comments) in told.sides.iter_mut().zip(look.comments) {
        side.comments = comments;
    }
    told.between = look.comments[comments::BETWEEN];
    told.uncut = look.uncut;
    told.forgotten = prose.forgotten();
    if let Some(refusal) = too_few(&told, &look) {
        told.refusal = Some(refusal);
        return (told, ReasonRows::default());
    }
    let languages = look.languages();
    told.languages = words::language_ids(languages);
    let uses = words::uses(prose, &marks, languages);
    let counts = [look.comments[0], look.comments[1]];
    let fewest = choose::fewest(counts);
    let common = look.words.iter();
    let common: Vec<bool> = common
        .map(|counts| choose::is_common(*counts, fewest))
        .collect();
    let among = Among {
        uses: &uses,
        is_common: &common,
    };
    let pairs = pairs::count(prose, &weights, among, fewest[0].min(fewest[1]));
    let (chosen, compared) =
        choose::choose((&look.words, &uses), &pairs, prose.vocabulary(), counts);
    told.compared = compared;
    let placed = places::places(prose, &weights, &uses, &chosen);
    let found = chosen.into_iter().zip(placed).collect();
    let (chosen, placed): (Vec<Chosen>, Vec<Placed>) =
        places::told(found, &weights, choose::MOST_TOLD)
            .into_iter()
            .unzip();
    let rows = rows_of(answers, side, (&comments, &look.texts), placed);
    let per_record = answers.table.rows_per_record;
    told.terms = chosen
        .into_iter()
        .zip(&rows.terms)
        .map(|(one, (written, term_rows))| {
            tell(one, written, counts, answers.names, |side| {
                let own = term_rows.and(&rows.sides[side].1);
                own.records(per_record, SAMPLE_ROWS).1
            })
        })
        .collect();
    (told, rows)
}

/// The reasons without their terms.
fn nothing_yet(answers: &Answers<'_>, side: impl Fn(u32) -> Option<usize>) -> Reasons {
    let mut given = [0, 0];
    for place in answers.rows.iter().filter_map(|row| side(*row)) {
        given[place] += 1;
    }
    let side = |place: usize| ReasonSide {
        name: answers.names[place].to_owned(),
        answers: given[place],
        comments: 0,
    };
    Reasons {
        column: answers.table.columns[answers.column].name.clone(),
        sides: [side(0), side(1)],
        between: 0,
        refusal: None,
        languages: Vec::new(),
        compared: 0,
        uncut: 0,
        forgotten: 0,
        share_method: proportion::WILSON.to_owned(),
        difference_method: proportion::NEWCOMBE.to_owned(),
        p_method: format!("{}, {}", fisher::FISHER, multiple::HOLM),
        terms: Vec::new(),
    }
}

/// Why there are too few comments to tell the sides apart.
fn too_few(told: &Reasons, look: &FirstLook) -> Option<Refusal> {
    let fewest = told.sides.iter().min_by_key(|side| side.comments)?;
    if fewest.comments >= FEWEST_COMMENTS {
        return None;
    }
    let read: u64 = look.comments.iter().sum();
    if look.uncut > read {
        return Some(Refusal::new(
            "words_not_cut",
            "Most comments are in a script that puts no blanks between words, and Kept does not cut such texts into words.",
            "Read the comments themselves in the rows of the table.",
        ));
    }
    let comments = match fewest.comments {
        0 => String::from("No comment"),
        1 => String::from("Only 1 comment"),
        count => format!("Only {count} comments"),
    };
    let verb = if fewest.comments > 1 { "come" } else { "comes" };
    Some(Refusal::new(
        "too_few_comments",
        format!(
            "{comments} with words {verb} from “{}”; themes take at least {FEWEST_COMMENTS} on each side.",
            fewest.name.replace('_', " ")
        ),
        "Choose a longer period, or read the comments in the rows of the table.",
    ))
}

/// The rows of each side that have a text, and of each term.
fn rows_of(
    answers: &Answers<'_>,
    side: impl Fn(u32) -> Option<usize>,
    (comments, with_words): (&Comments<'_>, &RowSet),
    placed: Vec<Placed>,
) -> ReasonRows {
    let limit = answers.table.rows as usize;
    let text_of = |row: u32| {
        let texts = comments.texts;
        texts.map_or(row, |texts| texts[row as usize])
    };
    let of_side = |place: usize| {
        let rows = answers.rows.iter().copied();
        RowSet::among(limit, rows, |row| {
            side(row) == Some(place) && with_words.contains(text_of(row))
        })
    };
    let sides = [of_side(0), of_side(1)];
    let mut terms: NamedRows = placed
        .into_iter()
        .map(|term| (term.written, term.texts))
        .collect();
    if let Some(texts) = comments.texts {
        let counted = sides.iter().flat_map(RowSet::iter);
        let texts = counted.map(|row| (row, texts[row as usize]));
        rows_for_texts(limit, texts, &mut terms);
    }
    let named = answers.names.map(str::to_owned);
    ReasonRows {
        sides: named.into_iter().zip(sides).collect(),
        terms,
    }
}

/// Puts in place of the texts of each term the rows that have one of them. `rows`: each with its
/// text, none at `limit` or above.
fn rows_for_texts(limit: usize, rows: impl Iterator<Item = (u32, u32)>, terms: &mut NamedRows) {
    // Many rows share a text: what it holds is looked up once a row, for all terms.
    let mut held: Vec<u64> = Vec::new();
    for (place, (_, texts)) in terms.iter_mut().enumerate() {
        for text in texts.iter() {
            let text = text as usize;
            if held.len() <= text {
                held.resize(text + 1, 0);
            }
            held[text] |= 1 << place;
        }
        *texts = RowSet::with_room(limit);
    }
    for (row, text) in rows {
        let mut places = held.get(text as usize).copied().unwrap_or(0);
        while places != 0 {
            terms[places.trailing_zeros() as usize].1.insert(row);
            places &= places - 1;
        }
    }
}

fn tell(
    chosen: Chosen,
    written: &str,
    comments: [u64; 2],
    names: [&'static str; 2],
    sample: impl Fn(usize) -> Vec<u64>,
) -> ReasonTerm {
    let said = |side: usize| {
        let (count, all) = (chosen.counts[side], comments[side]);
        let ends = proportion::wilson(count, all, LEVEL).unwrap_or((0.0, 1.0));
        ReasonCount {
            count,
            share: count as f64 / all as f64,
            low: ends.0,
            high: ends.1,
            sample_rows: sample(side),
        }
    };
    ReasonTerm {
        term: written.to_owned(),
        side: names[chosen.side].to_owned(),
        said: [said(0), said(1)],
        difference: chosen.difference.0,
        difference_interval: chosen.difference.1,
        p_value: chosen.p_value,
        verdict: chosen.verdict,
    }
}
