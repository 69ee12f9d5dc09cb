//! Customers that two tables write alike.

use super::table::keys::Keys;

/// For each number of a customer in one table, the number that the other table gives to the same
/// text; 0 where it has none. Blanks around a text do not matter, capitals do.
pub fn numbers(one: &Keys<'_>, other: &Keys<'_>) -> Vec<u32> {
    let mut known: Vec<(String, u32)> = (0..)
        .zip(other.texts.texts())
        .skip(1)
        .map(|(code, text)| (text.trim().to_owned(), code))
        .collect();
    known.sort_unstable();
    let number = |text: &str| {
        let place = known.partition_point(|(known, _)| known.as_str() < text);
        let found = known.get(place).filter(|(known, _)| known == text);
        found.map_or(0, |(_, code)| *code)
    };
    let texts = one.texts.texts();
    (0..)
        .zip(texts)
        .map(|(code, text)| if code == 0 { 0 } else { number(text.trim()) })
        .collect()
}
