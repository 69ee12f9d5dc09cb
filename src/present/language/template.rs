//! A sentence with holes: `{0}`, `{1}`.

use std::fmt::{Display, Write as _};

/// The template with its holes filled; a hole without a part stays empty.
pub fn filled(template: &str, parts: &[&dyn Display]) -> String {
    let mut text = String::with_capacity(template.len() + 16 * parts.len());
    for piece in pieces(template) {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Hole(place) => {
                if let Some(part) = parts.get(place) {
                    let written = write!(text, "{part}");
                    debug_assert!(written.is_ok(), "a text takes everything");
                }
            }
        }
    }
    text
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// The place of what is put there.
    Hole(usize),
}

/// The pieces of a template in their order. A brace that begins no hole is a word.
pub fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    let mut from = 0;
    while let Some(open) = rest.get(from..).and_then(|it| it.find('{')) {
        let open = from + open;
        let hole = rest.get(open + 1..).and_then(|behind| {
            let close = behind.find('}')?;
            let place = behind.get(..close)?.parse().ok()?;
            Some((place, behind.get(close + 1..)?))
        });
        match hole {
            Some((place, behind)) => {
                let words = rest.get(..open).unwrap_or_default();
                if !words.is_empty() {
                    found.push(Piece::Words(words));
                }
                found.push(Piece::Hole(place));
                rest = behind;
                from = 0;
            }
            None => from = open + 1,
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

/// The places of a template's holes in rising order, each once.
pub fn holes(template: &str) -> Vec<usize> {
    let mut places: Vec<usize> = pieces(template)
        .iter()
        .filter_map(|piece| match piece {
            Piece::Hole(place) => Some(*place),
            Piece::Words(_) => None,
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What stands in the holes where the text is this template filled: place and text in order.
pub fn fitted<'a>(pieces: &[Piece<'_>], text: &'a str) -> Option<Vec<(usize, &'a str)>> {
    match pieces {
        [] => text.is_empty().then(Vec::new),
        [Piece::Words(words), rest @ ..] => fitted(rest, text.strip_prefix(words)?),
        [Piece::Hole(place)] => is_one(text).then(|| vec![(*place, text)]),
        // Where one hole ends and the next begins cannot be told.
        [Piece::Hole(_), Piece::Hole(_), ..] => None,
        [Piece::Hole(place), Piece::Words(words), rest @ ..] => {
            let ends = text.match_indices(words).map(|(end, _)| end);
            ends.filter_map(|end| Some((text.get(..end)?, text.get(end + words.len()..)?)))
                .take_while(|(part, _)| part.len() < LONGEST)
                .filter(|(part, _)| {
                    if words.starts_with('”') {
                        is_name(part)
                    } else {
                        is_one(part)
                    }
                })
                .find_map(|(part, behind)| {
                    let mut found = fitted(rest, behind)?;
                    found.insert(0, (*place, part));
                    Some(found)
                })
        }
    }
}

/// The longest text that is looked for in a hole, in bytes.
const LONGEST: usize = 400;

/// Whether a text can stand in one hole: not empty, and no two sentences, quoted names aside.
fn is_one(text: &str) -> bool {
    let balanced = text.matches('“').count() == text.matches('”').count();
    let quoted = text.contains('“');
    !text.is_empty() && balanced && (quoted || !text.contains(". "))
}

/// Whether a text can stand between quotation marks: not empty, and without such marks.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['“', '”'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_any_order() {
        let filled = |template| filled(template, &[&"a", &7]);
        assert_eq!(filled("{1} of {0}"), "7 of a");
        assert_eq!(filled("{x} {0}{1} {"), "{x} a7 {");
        assert_eq!(holes("{1}, {0} and {1}"), [0, 1]);
    }

    #[test]
    fn a_sentence_gives_back_what_was_put_into_it() {
        let fit = |template, text| fitted(&pieces(template), text);
        assert_eq!(
            fit("{0} of {1} rows.", "3 of 12 rows."),
            Some(vec![(0, "3"), (1, "12")])
        );
        assert_eq!(
            fit("“{0}” is {1}.", "“a ” is b” is late."),
            None,
            "a mark within a name"
        );
        assert_eq!(
            fit("{0} is {1}.", "What is is what was."),
            Some(vec![(0, "What"), (1, "is what was")])
        );
        assert_eq!(fit("{0} rows.", " rows."), None, "nothing in the hole");
        assert_eq!(fit("{0} ends.", "One. Two ends."), None, "two sentences");
        assert_eq!(fit("{0}{1}!", "ab!"), None);
    }
}
