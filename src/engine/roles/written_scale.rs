//! What a question says itself of the scale on which it is answered: `(1-7)`, `/10`,
//! `1 = very satisfied, 5 = very dissatisfied`.

use super::asked;
use super::synonyms::normal;
use crate::engine::options::Direction;

/// What a header writes about its scale.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Written {
    /// The lowest possible answer, where it is written.
    pub low: Option<f64>,
    /// The highest possible answer, where it is written.
    pub high: Option<f64>,
    /// Which end is good, where words stand beside an end.
    pub direction: Option<Direction>,
}

impl Written {
    /// The written scale, where all of these answers lie on it; a lowest answer that is not written
    /// is 0 where one is given and more than seven steps are possible, else 1.
    pub fn scale(&self, answers: &[f64]) -> Option<(f64, f64)> {
        let high = self.high?;
        let zero = high > 7.0 && answers.iter().any(|answer| *answer < 0.5);
        let low = self.low.unwrap_or(if zero { 0.0 } else { 1.0 });
        let within = |answer: &f64| *answer >= low && *answer <= high;
        (!answers.is_empty() && answers.iter().all(within)).then_some((low, high))
    }
}

/// A number in a header, alone: no part of a word, a date or a decimal.
struct Lone {
    value: f64,
    start: usize,
    end: usize,
}

/// What a header or a question, as written, says of its scale.
pub fn of(header: &str) -> Written {
    let numbers = lone_numbers(header);
    let mut written = Written::default();
    let Some(first) = numbers.first() else {
        return written;
    };
    let between = |from: usize, to: usize| header.get(from..to).unwrap_or_default();
    for pair in numbers.windows(2) {
        let [low, high] = pair else { continue };
        let joined = is_listed(&between(low.end, high.start).trim().to_lowercase(), JOINS);
        if joined && low.value < 1.5 && is_top(high.value) {
            (written.low, written.high) = (Some(low.value), Some(high.value));
        }
    }
    let mut ends: Vec<(f64, bool, bool)> = Vec::new();
    for (place, number) in numbers.iter().enumerate() {
        let next = numbers.get(place + 1).map_or(header.len(), |it| it.start);
        let before = place.checked_sub(1).map_or(0, |last| numbers[last].end);
        let label = match header.get(..number.start).map(str::trim_end) {
            // `very satisfied = 1`
            Some(front) if front.ends_with('=') => {
                let label = between(before, front.len() - 1);
                label.rsplit(PARTS).next().unwrap_or_default()
            }
            _ => label_after(between(number.end, next)),
        };
        if let Some((good, agreed)) = verdict(&normal(label)) {
            ends.push((number.value, good, agreed));
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let (Some(&low), Some(&high)) = (ends.first(), ends.last()) {
        let parted = high.0 > low.0;
        let high_is_good = match (parted, low.0 < 1.5) {
            (true, true) if low.1 != high.1 => Some(high.1),
            (false, true) => Some(!low.1),
            (false, false) => Some(high.1),
            _ => None,
        };
        // Who agrees that something was hard did not find it easy.
        let asked = normal(between(0, first.start));
        let turned =
            low.2 && high.2 && asked::effort_direction(&asked) == Some(Direction::LowIsGood);
        written.direction = high_is_good.map(|good| {
            if good == turned {
                Direction::LowIsGood
            } else {
                Direction::HighIsGood
            }
        });
        if written.high.is_none() && parted && low.0 < 1.5 && is_top(high.0) {
            (written.low, written.high) = (Some(low.0), Some(high.0));
        }
    }
    if written.high.is_none() {
        written.high = numbers
            .iter()
            .find(|number| is_top(number.value) && is_whole(between(0, number.start)))
            .map(|number| number.value);
    }
    written
}

/// The header without brackets that only tell its scale.
pub fn without(header: &str) -> &str {
    let inner = header.trim_end().strip_suffix([')', ']']);
    let opened = inner.and_then(|inner| Some(inner.split_at(inner.find(['(', '['])?)));
    match opened {
        Some((front, inside)) if !front.trim().is_empty() && of(inside) != Written::default() => {
            front
        }
        _ => header,
    }
}

fn lone_numbers(header: &str) -> Vec<Lone> {
    let bytes = header.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        let joins =
            |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphabetic() || *it == b'_');
        let before = start.checked_sub(1).and_then(|last| bytes.get(last));
        let decimal = bytes.get(at).is_some_and(|it| matches!(it, b'.' | b','))
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let is_alone = !joins(before) && !joins(bytes.get(at)) && !decimal;
        if let Some(value) = header.get(start..at).and_then(|it| it.parse::<u8>().ok())
            && is_alone
            && !is_of_date(bytes, start)
        {
            numbers.push(Lone {
                value: f64::from(value),
                start,
                end: at,
            });
        }
    }
    numbers
}

/// Whether the number at this place is one of three or more between marks, or one of two beside a
/// year.
fn is_of_date(bytes: &[u8], at: usize) -> bool {
    let joins = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.');
    let before = bytes.iter().take(at).rev().take_while(|it| joins(it));
    let first = at - before.count();
    let rest = bytes.get(first..).unwrap_or_default();
    let run = rest.iter().take_while(|it| joins(it)).count();
    let parts = rest.get(..run).unwrap_or_default();
    let parts = parts.split(|byte| !byte.is_ascii_digit());
    let mut filled = parts.filter(|part| !part.is_empty());
    let years = filled.clone().any(|part| part.len() > 3);
    years || filled.nth(2).is_some()
}

/// What stands directly behind a number, up to the next mark; a label, not the rest of a question.
fn label_after(rest: &str) -> &str {
    let rest = rest.trim_start_matches([' ', '=', ':', '(', '-', '–', '—', '"', '“', '„', '\'']);
    let label = rest.split(PARTS).next().unwrap_or_default();
    let words = normal(label);
    let mut first = words.split(' ');
    let is_question = first.next().is_some_and(|word| is_listed(word, ASKS));
    if is_question || words.split(' ').count() > 5 {
        ""
    } else {
        label
    }
}

/// Whether the words say good, and whether they say so by agreeing; absent where they say neither.
fn verdict(words: &str) -> Option<(bool, bool)> {
    let begins = |list: &str| {
        let known = |word: &str| list.split('|').any(|known| word.starts_with(known));
        words.split(' ').any(known)
    };
    if words.is_empty() || begins(EFFORT) {
        None
    } else if begins(BAD) || words.split(' ').any(|word| is_listed(word, NO)) {
        Some((false, begins(AGREE) || begins(DISAGREE)))
    } else if begins(DISAGREE) {
        Some((false, true))
    } else if begins(AGREE) {
        Some((true, true))
    } else {
        begins(GOOD).then_some((true, false))
    }
}

fn is_listed(word: &str, list: &str) -> bool {
    list.split('|').any(|known| known == word)
}

/// Whether the words before a number say that it is the highest: `out of`, `/`.
fn is_whole(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with('/')
        || before
            .rsplit([' ', '(', '['])
            .next()
            .is_some_and(|word| is_listed(&word.to_lowercase(), OF))
}

fn is_top(value: f64) -> bool {
    (3.0..=10.0).contains(&value) || value > 99.5 && value < 100.5
}

/// Marks that part what is said of one end from the rest.
const PARTS: [char; 12] = [',', ';', '?', '!', '|', '(', ')', '[', ']', '–', '—', '/'];
const JOINS: &str = "-|–|—|to|through|bis|à|a|até|ate|hasta|al|tot|..|...|…|→|->";
const OF: &str = "of|von|sur|de|di|su|van|sobre|max";
const ASKS: &str = "how|wie|comment|como|cuan|que|quanto|hoe|you|did|do|is|are|was|were";
const EFFORT: &str = "effort|aufwand|esfuerz|esforc|sforz|moeite|inspanning";
const NO: &str = "not|no|nicht|gar|kein|pas|peu|nada|nao|non|niet|mal|mau|low|never|nie";
const BAD: &str = "\
    dissatisf|unsatisf|unzufried|insatisf|insoddisf|ontevred|worst|bad|poor|terribl|awful|\
    schlecht|ungenug|mangelhaft|mauvais|pire|malo|mala|peor|pesim|pessim|pior|ruim|peggio|\
    scars|slecht|difficult|hard|schwer|schwierig|difficil|moeilijk|unhappy|unlikely|improb|\
    unwahrschein|onwaarschijn|lowest|niedrig";
const GOOD: &str = "\
    satisf|zufried|soddisf|tevred|best|good|excel|great|gut|hervorrag|ausgezeich|bon|bien|\
    buen|otim|ottim|bom|buon|goed|uitstek|easy|einfach|leicht|facil|makkelijk|gemakkelijk|\
    happy|likely|wahrschein|probab|highest|hochst|high|mejor|melhor|meilleur|miglior|eccell";
const AGREE: &str = "agree|stimm|zustimm|accord|acuerdo|concord|eens";
const DISAGREE: &str = "disagree|desacuerdo|discord|disaccord|oneens|ablehn";

#[cfg(test)]
mod tests {
    use super::*;

    const HIGH: Option<Direction> = Some(Direction::HighIsGood);
    const LOW: Option<Direction> = Some(Direction::LowIsGood);

    #[track_caller]
    fn check(header: &str, low: Option<f64>, high: Option<f64>, direction: Option<Direction>) {
        let expected = Written {
            low,
            high,
            direction,
        };
        assert_eq!(of(header), expected, "{header}");
    }

    #[test]
    fn words_beside_an_end_tell_which_is_good() {
        for header in [
            "How satisfied are you? (1 = very satisfied, 5 = very dissatisfied)",
            "CSAT 1 (very good) to 5 (very bad)",
            "Wie zufrieden sind Sie? sehr zufrieden = 1, sehr unzufrieden = 5",
            "Zufriedenheit (1 - sehr gut / 5 - mangelhaft)",
            "It was difficult to get help (1 = strongly disagree, 5 = strongly agree)",
        ] {
            check(header, Some(1.0), Some(5.0), LOW);
        }
        for header in [
            "Satisfaction (1 = very dissatisfied, 5 = very satisfied)",
            "How satisfied were you? 1: not at all satisfied; 3: neutral; 5: extremely satisfied",
            "They made it easy (1 = strongly disagree, 5 = strongly agree)",
        ] {
            check(header, Some(1.0), Some(5.0), HIGH);
        }
        check(
            "Zufriedenheit (Schulnote 1-6, 1 = sehr gut)",
            Some(1.0),
            Some(6.0),
            LOW,
        );
        check("Rating, 1 = best", None, None, LOW);
    }

    #[test]
    fn the_ends_of_a_scale_are_read_where_no_word_stands_beside_them() {
        check("CSAT (1-7)", Some(1.0), Some(7.0), None);
        check(
            "De 0 a 10, o quanto nos recomendaria?",
            Some(0.0),
            Some(10.0),
            None,
        );
        check(
            "On a scale from 1 to 5, how satisfied are you?",
            Some(1.0),
            Some(5.0),
            None,
        );
        check("Note (sur 5)", None, Some(5.0), None);
        check("Score /10", None, Some(10.0), None);
        check("Rate from 5 to 1 how satisfied you are", None, None, None);
    }

    #[test]
    fn numbers_of_other_things_are_no_ends() {
        for header in [
            "Q1",
            "NPS 2025-01-05",
            "Score v1.5",
            "Rating in week 12",
            "csat_2",
        ] {
            check(header, None, None, None);
        }
    }

    #[test]
    fn a_scale_is_believed_where_all_answers_lie_on_it() {
        assert_eq!(of("CSAT (1-7)").scale(&[1.0, 5.0]), Some((1.0, 7.0)));
        assert_eq!(of("CSAT (1-5)").scale(&[0.0, 5.0]), None);
        assert_eq!(of("Score /10").scale(&[0.0, 7.0]), Some((0.0, 10.0)));
        assert_eq!(of("Score /10").scale(&[2.0, 7.0]), Some((1.0, 10.0)));
        assert_eq!(without("Satisfaction (1 = bad, 5 = good)"), "Satisfaction ");
        assert_eq!(without("Amount (USD)"), "Amount (USD)");
    }
}
