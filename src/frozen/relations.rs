//! Counts of several figures held against one another.
//!
//! Who is here at the end, and who left, are together those who were ever here: three figures may
//! each show a count that looks harmless, and the third follows from two. What adds up at every
//! place is taken for such a relation, whatever the figures mean.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Those of the first list are together those of the second.
    sums: Vec<[Vec<usize>; 2]>,
}

/// Four counts must agree at so many places to be taken for a relation: at one or two, numbers that
/// have nothing to do with one another agree by chance.
const LEAST_PLACES: usize = 3;

/// Relations of four are looked for among counts that agree at one of so many places.
const MOST_PIVOTS: usize = 3;

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
                sums.extend(wholes.map(|(z, _)| [vec![x, y], vec![z]]));
            }
        }
        let lines: Vec<(&str, &[Option<u64>])> = of_table
            .iter()
            .map(|(table, (line, _))| (*table, line.as_slice()))
            .collect();
        sums.extend(of_four(&lines));
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
        for sides in &self.sums {
            let places = sides[0].first().map_or(0, |kind| self.kinds[*kind].0.len());
            for place in 0..places {
                more.extend(self.hide_beside(sides, place, &hides));
            }
        }
        more
    }

    /// Who has to hide a place besides, where a single term of a sum is hidden there: the smallest
    /// term of the other side, so that only a difference is known.
    fn hide_beside(
        &self,
        sides: &[Vec<usize>; 2],
        place: usize,
        hides: &impl Fn(&Owner, usize) -> bool,
    ) -> Vec<(Owner, usize)> {
        let count = |kind: &usize| self.kinds[*kind].0[place];
        let is_hidden = |kind: &usize| self.kinds[*kind].1.iter().all(|it| hides(it, place));
        if sides.iter().flatten().any(|kind| count(kind).is_none()) {
            return Vec::new();
        }
        let hidden = sides
            .each_ref()
            .map(|side| side.iter().filter(|it| is_hidden(it)).count());
        let other = match hidden {
            [1, 0] => &sides[1],
            [0, 1] => &sides[0],
            _ => return Vec::new(),
        };
        let with = other.iter().min_by_key(|kind| count(kind));
        let owners = with.into_iter().flat_map(|kind| &self.kinds[*kind].1);
        owners.map(|owner| (*owner, place)).collect()
    }
}

/// Two counts that are together two others, and three that are together one, of one table each.
fn of_four(lines: &[(&str, &[Option<u64>])]) -> BTreeSet<[Vec<usize>; 2]> {
    let mut found = BTreeSet::new();
    let places = lines.iter().map(|(_, line)| line.len()).max().unwrap_or(0);
    let known = |place: &usize| {
        let all = lines.iter();
        all.filter(|(_, line)| line.get(*place).copied().flatten() > Some(0))
            .count()
    };
    let mut pivots: Vec<usize> = (0..places).collect();
    pivots.sort_by_key(|place| std::cmp::Reverse(known(place)));
    for pivot in pivots.into_iter().take(MOST_PIVOTS) {
        for (left, right) in agreeing(lines, pivot) {
            let mut all: Vec<usize> = left.iter().chain(&right).copied().collect();
            all.sort_unstable();
            all.dedup();
            let is_of_table = all.iter().all(|kind| lines[*kind].0 == lines[all[0]].0);
            if all.len() == 4 && is_of_table && is_sum(lines, &left, &right) {
                let mut sides = [left, right];
                for side in &mut sides {
                    side.sort_unstable();
                }
                sides.sort();
                found.insert(sides);
            }
        }
    }
    found
}

/// Pairs whose sums, or whose sum and difference, are the same at a place, as two sides of a sum.
fn agreeing(lines: &[(&str, &[Option<u64>])], place: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    let at = |kind: usize| lines[kind].1.get(place).copied().flatten();
    let mut sums: BTreeMap<u64, Vec<[usize; 2]>> = BTreeMap::new();
    let mut differences: BTreeMap<u64, Vec<[usize; 2]>> = BTreeMap::new();
    for one in 0..lines.len() {
        for other in 0..lines.len() {
            let (Some(a), Some(b)) = (at(one), at(other)) else {
                continue;
            };
            if one < other {
                sums.entry(a + b).or_default().push([one, other]);
            }
            if one != other && a > b {
                differences.entry(a - b).or_default().push([one, other]);
            }
        }
    }
    let mut found = Vec::new();
    for (sum, pairs) in &sums {
        for (number, one) in pairs.iter().enumerate() {
            let rest = pairs.iter().skip(number + 1);
            found.extend(rest.map(|other| (one.to_vec(), other.to_vec())));
            let wholes = differences.get(sum).into_iter().flatten();
            found.extend(wholes.map(|[whole, part]| (vec![one[0], one[1], *part], vec![*whole])));
        }
    }
    found
}

/// Whether both sides are the same wherever all their terms are known, at enough places where they
/// are more than nothing.
fn is_sum(lines: &[(&str, &[Option<u64>])], left: &[usize], right: &[usize]) -> bool {
    let places = lines.first().map_or(0, |it| it.1.len());
    let mut agree = 0;
    let all = (0..places).all(|place| {
        let at = |kind: &usize| lines[*kind].1.get(place).copied().flatten();
        let sum = |side: &[usize]| side.iter().map(at).sum::<Option<u64>>();
        match (sum(left), sum(right)) {
            (Some(one), Some(other)) => {
                agree += usize::from(one > 0);
                one == other
            }
            _ => true,
        }
    });
    all && agree >= LEAST_PLACES
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
