//! How much alike two names are, and which of many is most like one.

/// Three letters in a row, with blanks before and after the name.
type Trigram = [char; 3];

/// Lists of names that share three letters and are longer than this say little.
const MOST_SHARING: usize = 2_000;

fn trigrams(name: &str) -> Vec<Trigram> {
    let letters: Vec<char> = std::iter::once(' ')
        .chain(name.chars())
        .chain([' '])
        .collect();
    let mut found: Vec<Trigram> = letters
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How much alike two names are, from 0 to 1.
///
/// The mean of the share of letters that need no change (1 − distance of Levenshtein with neighbours swapped ÷ length of the longer) and the share of
/// common groups of three letters (coefficient of Dice).
pub fn likeness(one: &str, other: &str) -> f64 {
    let (a, b) = (trigrams(one), trigrams(other));
    let common = a.iter().filter(|it| b.binary_search(it).is_ok()).count();
    let dice = 2.0 * common as f64 / (a.len() + b.len()).max(1) as f64;
    let longest = one.chars().count().max(other.chars().count());
    let changes = distance(one, other) as f64 / longest.max(1) as f64;
    f64::midpoint(dice, 1.0 - changes)
}

/// Letters to insert, drop, change or swap with their neighbour until the names are the same.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut before = None;
    for (at, letter) in one.chars().enumerate() {
        let mut next = vec![at + 1];
        for (place, target) in other.iter().enumerate() {
            let mut least = (last[place] + usize::from(letter != *target))
                .min(last[place + 1] + 1)
                .min(next[place] + 1);
            let swapped = place > 0 && before == Some(*target) && other[place - 1] == letter;
            if swapped {
                least = least.min(before_last[place - 1] + 1);
            }
            next.push(least);
        }
        before_last = std::mem::replace(&mut last, next);
        before = Some(letter);
    }
    last.last().copied().unwrap_or_default()
}

/// Many names, ready to be asked which is most like another.
#[derive(Debug)]
pub struct Names<'a> {
    names: &'a [String],
    /// Each group of three letters with each name that has it, ascending.
    sharing: Vec<(Trigram, u32)>,
}

impl<'a> Names<'a> {
    /// Prepares the names.
    pub fn new(names: &'a [String]) -> Self {
        let mut sharing: Vec<(Trigram, u32)> = (0..)
            .zip(names)
            .flat_map(|(number, name)| trigrams(name).into_iter().map(move |it| (it, number)))
            .collect();
        sharing.sort_unstable();
        Self { names, sharing }
    }

    /// The names that are at least this much alike, the most alike first, at most `most` of them;
    /// of equally alike ones the first.
    pub fn like(&self, name: &str, least: f64, most: usize) -> Vec<(u32, f64)> {
        let mut candidates = Vec::new();
        for three in trigrams(name) {
            let from = self.sharing.partition_point(|(it, _)| *it < three);
            let run = self.sharing[from..].iter();
            let run = run.take_while(|(it, _)| *it == three).take(MOST_SHARING);
            candidates.extend(run.map(|(_, number)| *number));
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut found: Vec<(u32, f64)> = candidates
            .into_iter()
            .map(|number| (number, likeness(name, &self.names[number as usize])))
            .filter(|(_, likeness)| *likeness >= least)
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(most);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_is_more_alike_than_another_name() {
        assert_eq!(distance("acme", "acme"), 0);
        assert_eq!(distance("acme", "amce"), 1);
        assert_eq!(distance("acme", "acm"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert!((likeness("acme", "acme") - 1.0).abs() < 1e-12);
        assert!(likeness("globex systems", "globex sytems") > 0.75);
        assert!(likeness("globex systems", "initech") < 0.2);
    }

    #[test]
    fn the_most_alike_come_first() {
        let names = ["globex systems", "globe systems", "initech"].map(str::to_owned);
        let found = Names::new(&names).like("globex sistems", 0.5, 5);
        let order: Vec<u32> = found.iter().map(|(number, _)| *number).collect();
        assert_eq!(order, [0, 1]);
    }
}
