//! Counts of several figures held against one another.
//!
//! Who is here at the end, and who left, are together those who were ever here: three figures may
//! each show a count that looks harmless, and the third follows from two. What adds up at every
//! place is taken for such a relation, whatever the figures mean.

use std::collections::BTreeMap;

use super::suppress::People;

/// Who knows a count: figures on these people, that know n alone or count more.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Owner {
    /// The number of the people.
    pub(super) people: usize,
    /// Whether it takes more than n to know it.
    pub(super) counts_more: bool,
}

/// A count by place, and who knows it.
type Kind = (Vec<Option<u64>>, Vec<Owner>);

/// What is known of all counts together.
#[derive(Debug)]
pub(super) struct Relations {
    kinds: Vec<Kind>,
    /// The same count, known at different places.
    same: Vec<[usize; 2]>,
    /// The first and the second are together the third.
    sums: Vec<[usize; 3]>,
}

impl Relations {
    /// The relations among the counts of all people.
    pub(super) fn of(people: &[People<'_>]) -> Self {
        let mut by_line: BTreeMap<(&str, Vec<Option<u64>>), Vec<Owner>> = BTreeMap::new();
        for (number, one) in people.iter().enumerate() {
            for (line, owner) in one.kinds(number) {
                let owners = by_line.entry((one.table(), line)).or_default();
                if !owners.iter().any(|it| it.people == number) {
                    owners.push(owner);
                }
            }
        }
        let is_empty = |line: &[Option<u64>]| line.iter().flatten().all(|count| *count == 0);
        let of_table: Vec<(&str, Kind)> = by_line
            .into_iter()
            .filter(|((_, line), _)| !is_empty(line))
            .map(|((table, line), owners)| (table, (line, owners)))
            .collect();
        let (mut same, mut sums) = (Vec::new(), Vec::new());
        for (x, (table, (one, _))) in of_table.iter().enumerate() {
            for (y, (_, (other, _))) in of_table.iter().enumerate().skip(x + 1) {
                if of_table[y].0 == *table && is_same(one, other) {
                    same.push([x, y]);
                }
                let wholes = of_table.iter().enumerate().filter(|(z, (of, (whole, _)))| {
                    *z != x && *z != y && of == table && adds_up(one, other, whole)
                });
                sums.extend(wholes.map(|(z, _)| [x, y, z]));
            }
        }
        Self {
            kinds: of_table.into_iter().map(|(_, kind)| kind).collect(),
            same,
            sums,
        }
    }

    /// Places that have to be hidden besides, and by whom.
    pub(super) fn hide_more(&self, people: &[People<'_>]) -> Vec<(Owner, usize)> {
        let mut more = Vec::new();
        let hides = |owner: &Owner, place: usize| people[owner.people].hides(*owner, place);
        // The same count of several people: what one hides, all hide.
        let mut alike = |owners: &[&Owner], place: usize| {
            if owners.iter().any(|owner| hides(owner, place)) {
                let shown = owners.iter().filter(|owner| !hides(owner, place));
                more.extend(shown.map(|owner| (**owner, place)));
            }
        };
        for (line, owners) in &self.kinds {
            let owners: Vec<&Owner> = owners.iter().collect();
            (0..line.len()).for_each(|place| alike(&owners, place));
        }
        for [one, other] in &self.same {
            let (one, other) = (&self.kinds[*one], &self.kinds[*other]);
            let owners: Vec<&Owner> = one.1.iter().chain(&other.1).collect();
            let both = |place: &usize| one.0[*place].is_some() && other.0[*place].is_some();
            (0..one.0.len())
                .filter(both)
                .for_each(|place| alike(&owners, place));
        }
        for sum in &self.sums {
            let [x, y, z] = sum.map(|kind| &self.kinds[kind]);
            for place in 0..x.0.len() {
                let (Some(one), Some(other), Some(_)) = (x.0[place], y.0[place], z.0[place]) else {
                    continue;
                };
                let hidden = [x, y, z].map(|(_, owners)| owners.iter().all(|it| hides(it, place)));
                // The whole goes with a part; with the whole goes the smaller part.
                let with = match hidden {
                    [true, false, false] | [false, true, false] => z,
                    [false, false, true] if one <= other => x,
                    [false, false, true] => y,
                    _ => continue,
                };
                more.extend(with.1.iter().map(|owner| (*owner, place)));
            }
        }
        more
    }
}

/// Whether the two are together the third wherever all are known, and somewhere they are.
fn adds_up(one: &[Option<u64>], other: &[Option<u64>], whole: &[Option<u64>]) -> bool {
    let mut any = false;
    let mut places = one.iter().zip(other).zip(whole);
    let all = places.all(|((one, other), whole)| match (one, other, whole) {
        (Some(one), Some(other), Some(whole)) => {
            any = true;
            one + other == *whole
        }
        _ => true,
    });
    all && any
}

/// Whether the two are the same wherever both are known, and somewhere they are.
fn is_same(one: &[Option<u64>], other: &[Option<u64>]) -> bool {
    let mut both = one
        .iter()
        .zip(other)
        .filter(|(one, other)| one.is_some() && other.is_some());
    let any = both.clone().next().is_some();
    any && both.all(|(one, other)| one == other)
}
