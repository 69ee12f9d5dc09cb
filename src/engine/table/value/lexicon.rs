//! A list of words, sorted once, in which a word is found by halving.

/// Words with a number each, sorted.
pub(super) struct Lexicon {
    entries: Vec<(&'static str, u32)>,
}

impl Lexicon {
    /// The words of several lists, apart by blanks, each with the number of its list.
    pub(super) fn new(lists: &[(u32, &'static str)]) -> Self {
        let mut entries: Vec<(&'static str, u32)> = lists
            .iter()
            .flat_map(|(number, words)| words.split_whitespace().map(|word| (word, *number)))
            .collect();
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// The number of exactly this word.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let place = self
            .entries
            .binary_search_by(|(known, _)| (*known).cmp(word))
            .ok()?;
        self.entries.get(place).map(|(_, number)| *number)
    }

    /// The number of all words that begin so; `None` where there are none, or of several numbers.
    pub(super) fn find_beginning(&self, beginning: &str) -> Option<u32> {
        let first = self
            .entries
            .partition_point(|(known, _)| *known < beginning);
        let mut found = self
            .entries
            .iter()
            .skip(first)
            .take_while(|(known, _)| known.starts_with(beginning))
            .map(|(_, number)| *number);
        let number = found.next()?;
        found.all(|other| other == number).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_by_their_beginning() {
        let lexicon = Lexicon::new(&[(1, "june juin"), (2, "july juillet"), (3, "may")]);
        assert_eq!(lexicon.find("july"), Some(2));
        assert_eq!(lexicon.find("jul"), None);
        assert_eq!(lexicon.find_beginning("jul"), Some(2));
        assert_eq!(lexicon.find_beginning("jui"), None);
        assert_eq!(lexicon.find_beginning("x"), None);
        assert_eq!(lexicon.find_beginning("may"), Some(3));
    }
}
