//! Reasons against a slow, obvious second version of them: plain strings, looked at comment by
//! comment, on made surveys; and that neither pieces of the file nor the order of its rows matter.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kept::engine::options::Options;
use kept::engine::protocol::{Request, Source};
use kept::engine::report::{Reasons, Report};
use kept::engine::session::Session;
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{finding, report_on};

/// Words of made comments: with a meaning, turning, and little ones.
const THEMES: [&str; 14] = [
    "support", "slow", "easy", "price", "app", "crash", "helpful", "login", "report", "export",
    "team", "fast", "broken", "love",
];
const TURNING: [&str; 3] = ["not", "never", "don't"];
const LITTLE: [&str; 8] = ["the", "is", "to", "very", "it", "a", "of", "was"];
/// Marks that part words, marks that join them, and what is no word.
const PARTING: [&str; 6] = [", ", ". ", "! ", " – ", " 24 ", " me@x.org "];

fn below(rng: &mut Rng, limit: usize) -> usize {
    rng.below(limit as u32) as usize
}

/// A comment; detractors like other words than promoters.
fn comment(rng: &mut Rng, is_good: bool) -> String {
    let mut text = String::new();
    for place in 0..below(rng, 12) {
        if place > 0 {
            text.push_str(match below(rng, 8) {
                0 => PARTING[below(rng, PARTING.len())],
                1 => "-",
                _ => " ",
            });
        }
        let word = match below(rng, 10) {
            0 => TURNING[below(rng, TURNING.len())],
            1..=4 => LITTLE[below(rng, LITTLE.len())],
            _ => {
                let half = THEMES.len() >> 1;
                let own = below(rng, 3) > 0;
                let from = if own == is_good { 0 } else { half };
                THEMES[from + below(rng, half)]
            }
        };
        match below(rng, 6) {
            0 => text.push_str(&word.to_uppercase()),
            _ => text.push_str(word),
        }
    }
    text
}

/// The words of a comment, `|` where they are parted.
fn words(comment: &str) -> Vec<String> {
    let spaced = comment
        .replace("me@x.org", " | ")
        .replace("24", " | ")
        .replace([',', '.', '!', '–'], " | ")
        .replace('-', " ");
    let lower = spaced.to_lowercase();
    lower
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_little(word: &str) -> bool {
    LITTLE.contains(&word)
}

fn is_turning(word: &str) -> bool {
    TURNING.contains(&word)
}

fn turns((one, other): &(String, String)) -> bool {
    is_turning(one) || is_turning(other)
}

/// Every term of a comment.
fn terms(comment: &str) -> BTreeSet<(String, String)> {
    let words = words(comment);
    let mut found = BTreeSet::new();
    for (from, one) in words.iter().enumerate() {
        if one == "|" || is_little(one) {
            continue;
        }
        if !is_turning(one) {
            found.insert((one.clone(), String::new()));
        }
        let behind = &words[from + 1..];
        let between = behind.iter().take_while(|word| is_little(word)).count();
        if let Some(other) = behind.get(between)
            && between <= 2
            && other != "|"
            && other != one
            && !(is_turning(one) && is_turning(other))
        {
            found.insert((one.clone(), other.clone()));
        }
    }
    found
}

fn ways(n: u64, taken: u64) -> f64 {
    if taken > n {
        return 0.0;
    }
    (0..taken)
        .map(|step| (n - step) as f64 / (step + 1) as f64)
        .product()
}

/// Fisher's p-value by adding up every split on the side of the one that was seen.
fn fisher(seen: u64, n: u64, other: u64, m: u64) -> f64 {
    let all = seen + other;
    let above = seen * m >= other * n;
    let splits = (0..=all.min(n)).filter(|first| all - first <= m);
    let splits = splits.filter(|first| {
        if above {
            *first >= seen
        } else {
            *first <= seen
        }
    });
    let tail: f64 = splits
        .map(|first| ways(n, first) * ways(m, all - first))
        .sum();
    (2.0 * tail / ways(n + m, all)).min(1.0)
}

fn wilson(count: u64, of: u64) -> (f64, f64) {
    let z = 1.959_963_984_540_054_f64;
    let (n, p) = (of as f64, count as f64 / of as f64);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
    (middle - half, middle + half)
}

/// The nearer end of Newcombe's interval of the first share less the second.
fn near_end(counts: [u64; 2], of: [u64; 2]) -> f64 {
    let share = |side: usize| counts[side] as f64 / of[side] as f64;
    let (low, high) = (wilson(counts[0], of[0]).0, wilson(counts[1], of[1]).1);
    let (below, above) = (share(0) - low, high - share(1));
    share(0) - share(1) - (below * below + above * above).sqrt()
}

/// A term as the second version tells it: its two words, its counts, Holm's p-value.
type Told = ((String, String), [u64; 2], f64);

/// The terms in three comments of a side or more, each with Holm's p-value, the surest first.
fn compared(mut counts: BTreeMap<(String, String), [u64; 2]>, of: [u64; 2]) -> Vec<Told> {
    counts.retain(|_, counts| counts.iter().any(|count| *count >= 3));
    let mut found: Vec<Told> = counts
        .into_iter()
        .map(|(term, counts)| (term, counts, fisher(counts[0], of[0], counts[1], of[1])))
        .collect();
    found.sort_by(|one, other| one.2.total_cmp(&other.2));
    let (compared, mut least) = (found.len(), 0.0_f64);
    for (place, (_, _, p)) in found.iter_mut().enumerate() {
        least = least.max(*p * (compared - place) as f64).min(1.0);
        *p = least;
    }
    found
}

/// The terms of each side, in order, and how many were compared.
fn by_hand(comments: [&[String]; 2]) -> ([Vec<Told>; 2], usize) {
    let of = comments.map(|side| {
        let with_words = side
            .iter()
            .filter(|text| words(text).iter().any(|word| word != "|"));
        with_words.count() as u64
    });
    let mut counts: BTreeMap<(String, String), [u64; 2]> = BTreeMap::new();
    for (side, texts) in comments.iter().enumerate() {
        for term in texts.iter().flat_map(|text| terms(text)) {
            counts.entry(term).or_default()[side] += 1;
        }
    }
    let held = comments.map(|side| side.iter().map(|text| terms(text)).collect::<Vec<_>>());
    let singles = counts.clone();
    let found = compared(counts, of);
    let compared = found.len();
    let sum = |counts: &[u64; 2]| counts[0] + counts[1];
    let replaced = |word: &str| {
        let all = singles
            .get(&(word.to_owned(), String::new()))
            .map_or(0, sum);
        found.iter().any(|((one, other), counts, _)| {
            !other.is_empty() && (one == word || other == word) && sum(counts) * 10 >= all * 8
        })
    };
    let sides = [0, 1].map(|side| {
        let turned = |counts: &[u64; 2]| [counts[side], counts[1 - side]];
        let of = turned(&of);
        let mut own: Vec<Told> = found
            .iter()
            .filter(|((one, other), _, _)| !(other.is_empty() && replaced(one)))
            .filter(|(_, counts, _)| {
                let [here, there] = turned(counts);
                here >= 3 && here * of[1] > there * of[0]
            })
            .cloned()
            .collect();
        own.sort_by(|one, other| {
            let near = |told: &Told| near_end(turned(&told.1), of);
            let difference = |told: &Told| {
                let [here, there] = turned(&told.1);
                here as f64 / of[0] as f64 - there as f64 / of[1] as f64
            };
            let by_near = near(other).total_cmp(&near(one));
            let close = (near(other) - near(one)).abs() < 1e-12;
            let by_near = if close {
                std::cmp::Ordering::Equal
            } else {
                by_near
            };
            by_near
                .then(difference(other).total_cmp(&difference(one)))
                .then(turns(&other.0).cmp(&turns(&one.0)))
                .then(one.0.cmp(&other.0))
        });
        own.truncate(36);
        let holds = |told: &Told| -> BTreeSet<(usize, usize)> {
            let texts = comments.iter().enumerate();
            texts
                .flat_map(|(side, texts)| (0..texts.len()).map(move |place| (side, place)))
                .filter(|(side, place)| held[*side][*place].contains(&told.0))
                .collect()
        };
        let mut kept: Vec<Told> = Vec::new();
        for told in own {
            let is_same = |other: &Told| {
                if turns(&told.0) && !turns(&other.0) {
                    return false;
                }
                let (one, other) = (holds(&told), holds(other));
                one.intersection(&other).count() * 10 >= one.union(&other).count() * 8
            };
            if kept.len() < 12 && !kept.iter().any(is_same) {
                kept.push(told);
            }
        }
        kept
    });
    (sides, compared)
}

fn table(answers: &[(u32, String)]) -> String {
    let mut text = String::from("id,nps,comment\n");
    for (row, (score, comment)) in answers.iter().enumerate() {
        writeln!(text, "R{row},{score},\"{comment}\"").unwrap();
    }
    text
}

fn reasons(text: &str) -> Reasons {
    let found = report_on(&[("s.csv", text.as_bytes())], &Options::default()).unwrap();
    *finding(&found, "net_promoter_score")
        .reasons
        .clone()
        .unwrap()
}

fn answers(rng: &mut Rng, rows: usize) -> Vec<(u32, String)> {
    (0..rows)
        .map(|_| {
            let score = [0, 3, 6, 7, 9, 10][below(rng, 6)];
            (score, comment(rng, score >= 9))
        })
        .collect()
}

#[test]
fn terms_counts_and_verdicts_agree_with_plain_strings() {
    let mut rng = Rng::from_seed(20);
    let mut told_in_all = 0;
    for round in 0..rounds(40) {
        let rows = 60 + below(&mut rng, 400);
        let given = answers(&mut rng, rows);
        let side = |good: bool| -> Vec<String> {
            let own = given
                .iter()
                .filter(|(score, _)| (*score >= 9) == good && *score != 7);
            own.map(|(_, text)| text.clone()).collect()
        };
        let (good, bad) = (side(true), side(false));
        let (expected, compared) = by_hand([&good, &bad]);
        let found = reasons(&table(&given));
        assert_eq!(found.compared, compared as u64, "round {round}");
        told_in_all += found.terms.len();
        let mut told = found.terms.iter();
        for (place, side) in expected.iter().enumerate() {
            for ((one, other), counts, p) in side {
                let term = told
                    .next()
                    .unwrap_or_else(|| panic!("{one} {other} is missing"));
                let what = format!("round {round}: {one} {other}, told {}", term.term);
                let mut written = term.term.split([' ', '-']);
                assert_eq!(written.next(), Some(one.as_str()), "{what}");
                if !other.is_empty() {
                    assert_eq!(written.next_back(), Some(other.as_str()), "{what}");
                }
                assert!(written.all(is_little), "{what}");
                assert_eq!(term.side, ["promoters", "detractors"][place], "{what}");
                assert_eq!(
                    term.said.each_ref().map(|said| said.count),
                    *counts,
                    "{what}"
                );
                assert!((term.p_value - p).abs() < 1e-9 * p.max(1e-6), "{what}");
            }
        }
        assert!(told.next().is_none(), "round {round}");
    }
    assert!(told_in_all > 500, "{told_in_all} terms are no proof");
}

/// The report on a file that comes in pieces of so many bytes.
fn in_pieces(text: &str, piece: usize) -> String {
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: String::from("s.csv"),
            size_bytes: None,
        }],
        options: Options::default(),
    });
    text.as_bytes()
        .chunks(piece)
        .for_each(|bytes| session.feed(bytes));
    session.end_of_source();
    support::finish(&mut session, &[]).unwrap()
}

/// Different long comments, too many to be held.
fn long_comments() -> Vec<(u32, String)> {
    let mut rng = Rng::from_seed(7);
    let mut given = answers(&mut rng, 5_000);
    for (row, (_, text)) in given.iter_mut().enumerate() {
        let mut rest = row + 1;
        let mut own = String::new();
        while rest > 0 {
            own.push(char::from(b'f' + (rest % 16) as u8));
            rest >>= 4;
        }
        write!(
            text,
            ", said somebody from the town of q{own}q near the sea"
        )
        .unwrap();
    }
    given
}

#[test]
fn pieces_of_the_file_change_nothing() {
    let text = table(&long_comments());
    let whole = in_pieces(&text, text.len());
    let report: Report = serde_json::from_str(&whole).unwrap();
    assert_eq!(
        report.tables[0].columns[2].distinct, None,
        "held as free text"
    );
    assert!(
        !finding(&report, "net_promoter_score")
            .reasons
            .as_ref()
            .unwrap()
            .terms
            .is_empty()
    );
    for piece in [997, 65_536] {
        assert!(in_pieces(&text, piece) == whole, "pieces of {piece} bytes");
    }
}

#[test]
fn the_order_of_rows_changes_nothing_but_the_rows_named() {
    let given = long_comments();
    let without_rows = |answers: &[(u32, String)]| {
        let mut found = reasons(&table(answers));
        for said in found.terms.iter_mut().flat_map(|term| &mut term.said) {
            said.sample_rows.clear();
        }
        found
    };
    let straight = without_rows(&given);
    let reversed: Vec<(u32, String)> = given.iter().rev().cloned().collect();
    assert_eq!(without_rows(&reversed), straight);
    let mut sorted = given;
    sorted.sort_by(|one, other| one.1.cmp(&other.1));
    assert_eq!(without_rows(&sorted), straight);
    // Held as texts or as words, the comments say the same.
    let few: Vec<(u32, String)> = sorted.iter().take(3_000).cloned().collect();
    let many: Vec<(u32, String)> = few.iter().chain(&few).chain(&few).cloned().collect();
    let (once, thrice) = (reasons(&table(&few)), reasons(&table(&many)));
    assert_eq!(once.sides[0].comments * 3, thrice.sides[0].comments);
}
