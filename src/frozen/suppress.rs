//! Which figures may be shown, so that no small count follows from those shown.
//!
//! A count from 1 to one below the threshold is small. A place (the whole, the period before, a
//! segment, a point of the series) with a small count is hidden. Places that are hidden together
//! have sums that follow from the total and the places shown; more of them are hidden, the smallest
//! first, until these sums say nothing either. Last, counts of several figures are held against one
//! another (`relations`): where one is the sum of two others, no one of the three may stand hidden
//! alone.

use std::collections::BTreeMap;

use super::relations::{Owner, Relations};

/// A figure at its places.
#[derive(Clone, Debug)]
pub(super) struct Split<'a> {
    /// The table; only figures of one table can tell of one another.
    pub(super) table: &'a str,
    /// The counts at each place, n first; empty where there is no figure.
    pub(super) cells: Vec<Vec<u64>>,
    /// The block of each place. Places of a block have a total; those of [`ALONE`] have none.
    pub(super) blocks: Vec<usize>,
    /// The counts of each block together; empty where nothing says them.
    pub(super) totals: Vec<Vec<u64>>,
    /// For a place that is another one by another name: that place.
    pub(super) same_as: Vec<Option<usize>>,
}

/// A place that adds up to nothing with others.
pub(super) const ALONE: usize = usize::MAX;

/// Figures with the same places, blocks and n: the same people, counted in several ways.
#[derive(Debug)]
pub(super) struct People<'a> {
    /// n alone.
    n: Split<'a>,
    /// n and all other counts of the figures.
    all: Split<'a>,
    /// The numbers of the figures, each with whether it counts more than n.
    figures: Vec<(usize, bool)>,
    /// What must be hidden for the sake of other people's figures: of those that know n alone, and
    /// of those that count more.
    forced: [Vec<bool>; 2],
    /// What is hidden, by the same.
    hidden: [Vec<bool>; 2],
}

/// For each figure the places that must not be shown.
///
/// Figures on the same people hide the same places: else the difference of two of them would tell
/// one. Those that know n alone hide what n asks for; those that count more hide all of that and
/// what any of their counts asks for. So of two sets of hidden places one holds the other, and their
/// common part is safe because the smaller one is.
pub(super) fn hidden(splits: &[Split<'_>], least: u64) -> Vec<Vec<bool>> {
    let mut people = people(splits);
    let relations = Relations::of(&people);
    loop {
        for one in &mut people {
            one.hidden[0] = by_block(&one.n, &one.forced[0], least);
            let forced = one.hidden[0].iter().zip(&one.forced[1]);
            let forced: Vec<bool> = forced.map(|(n, own)| *n || *own).collect();
            one.hidden[1] = by_block(&one.all, &forced, least);
        }
        let more = relations.hide_more(&people);
        if more.is_empty() {
            break;
        }
        for (owner, place) in more {
            people[owner.people].forced[usize::from(owner.counts_more)][place] = true;
        }
    }
    let mut found = vec![Vec::new(); splits.len()];
    for one in people {
        for (figure, counts_more) in &one.figures {
            found[*figure].clone_from(&one.hidden[usize::from(*counts_more)]);
        }
    }
    found
}

impl People<'_> {
    /// The table that they are counted in.
    pub(super) fn table(&self) -> &str {
        self.n.table
    }

    /// The counts by place, each with who knows them; `number` is theirs.
    pub(super) fn kinds(&self, number: usize) -> Vec<(Vec<Option<u64>>, Owner)> {
        let knows = |more: bool| self.figures.iter().any(|(_, counts)| *counts == more);
        let width = self.all.cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |kind: usize| {
            let cells = self.all.cells.iter();
            cells.map(|cell| cell.get(kind).copied()).collect()
        };
        (0..width)
            .map(|kind| {
                let owner = Owner {
                    people: number,
                    counts_more: kind > 0 || !knows(false),
                };
                (line(kind), owner)
            })
            .collect()
    }

    /// Whether those who know n alone, or those who count more, hide the place.
    pub(super) fn hides(&self, owner: Owner, place: usize) -> bool {
        self.hidden[usize::from(owner.counts_more)][place]
    }
}

/// The figures by the people that they count.
fn people<'a>(splits: &[Split<'a>]) -> Vec<People<'a>> {
    type Key<'k> = (
        &'k str,
        &'k [usize],
        &'k [Option<usize>],
        Vec<Option<u64>>,
        Vec<Option<u64>>,
    );
    let mut found: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (place, split) in splits.iter().enumerate() {
        let n = |cells: &[Vec<u64>]| cells.iter().map(|cell| cell.first().copied()).collect();
        let key = (
            split.table,
            split.blocks.as_slice(),
            split.same_as.as_slice(),
            n(&split.cells),
            n(&split.totals),
        );
        found.entry(key).or_default().push(place);
    }
    let people = found.into_values().filter_map(|figures| {
        let first = splits.get(*figures.first()?)?;
        let counting = figures.iter().filter_map(|it| splits.get(*it));
        let counting: Vec<&Split<'_>> = counting.filter(|it| counts_more(it)).collect();
        let nothing = vec![false; first.cells.len()];
        Some(People {
            n: joined(first, &[]),
            all: joined(first, &counting),
            figures: figures
                .iter()
                .map(|it| (*it, splits.get(*it).is_some_and(counts_more)))
                .collect(),
            forced: [nothing.clone(), nothing.clone()],
            hidden: [nothing.clone(), nothing],
        })
    });
    people.collect()
}

fn counts_more(split: &Split<'_>) -> bool {
    split.cells.iter().any(|cell| cell.len() > 1)
}

/// The n of the first split with all other counts of the others.
fn joined<'a>(first: &Split<'a>, others: &[&Split<'_>]) -> Split<'a> {
    let widths: Vec<usize> = others
        .iter()
        .map(|split| split.cells.iter().map(Vec::len).max().unwrap_or(0))
        .collect();
    let line = |n: &[u64], own: &dyn Fn(&Split<'_>) -> Option<Vec<u64>>| {
        let Some(n) = n.first() else {
            return Vec::new();
        };
        let mut line = vec![*n];
        for (split, width) in others.iter().zip(&widths) {
            let counts = own(split).unwrap_or_default();
            line.extend((1..*width).map(|at| counts.get(at).copied().unwrap_or(0)));
        }
        line
    };
    let places = first.cells.iter().enumerate();
    let totals = first.totals.iter().enumerate();
    Split {
        cells: places
            .map(|(at, cell)| line(cell, &|split| split.cells.get(at).cloned()))
            .collect(),
        totals: totals
            .map(|(block, total)| line(total, &|split| split.totals.get(block).cloned()))
            .collect(),
        ..first.clone()
    }
}

/// What each block hides.
fn by_block(split: &Split<'_>, forced: &[bool], least: u64) -> Vec<bool> {
    let mut found = forced.to_vec();
    for (hidden, cell) in found.iter_mut().zip(&split.cells) {
        *hidden |= cell.iter().any(|count| is_small(*count, least));
    }
    for (place, same) in split.same_as.iter().enumerate() {
        if let Some(same) = *same {
            let either = found[place] || found[same];
            (found[place], found[same]) = (either, either);
        }
    }
    for (block, total) in split.totals.iter().enumerate() {
        let members: Vec<usize> = (0..found.len())
            .filter(|member| split.blocks.get(*member) == Some(&block))
            .collect();
        complement(&split.cells, &members, total, &mut found, least);
    }
    found
}

/// Whether a count must not be shown.
pub(super) const fn is_small(count: u64, least: u64) -> bool {
    0 < count && count < least
}

/// Hides more members of a block until the sums of those hidden say nothing.
fn complement(
    cells: &[Vec<u64>],
    members: &[usize],
    total: &[u64],
    hidden: &mut [bool],
    least: u64,
) {
    let n = |member: usize| cells.get(member).and_then(|it| it.first()).copied();
    let rest = rest_of(cells, members, total);
    loop {
        let (out, shown): (Vec<usize>, Vec<usize>) = members
            .iter()
            .copied()
            .filter(|member| n(*member).is_some_and(|n| n > 0))
            .partition(|member| hidden.get(*member) == Some(&true));
        let mut sums = rest.clone();
        for member in &out {
            add(&mut sums, cells.get(*member));
        }
        let count = out.len() as u64 + u64::from(!rest.is_empty());
        // So many that each of those hidden could count as many as the threshold.
        let wide = sums.first().copied().unwrap_or(0) + 1 >= least + count;
        let says_nothing = sums.iter().all(|sum| !is_small(*sum, least));
        let nothing_small = out.is_empty() && says_nothing;
        if nothing_small || (count > 1 && wide && says_nothing) {
            return;
        }
        let next = shown.into_iter().min_by_key(|member| n(*member));
        let Some(place) = next.and_then(|member| hidden.get_mut(member)) else {
            return;
        };
        *place = true;
    }
}

/// What the total holds beyond all members that are known; nothing where they are more than it.
fn rest_of(cells: &[Vec<u64>], members: &[usize], total: &[u64]) -> Vec<u64> {
    let mut sums = Vec::new();
    for member in members {
        add(&mut sums, cells.get(*member));
    }
    let all = total.iter().enumerate();
    let rest: Option<Vec<u64>> = all
        .map(|(at, total)| total.checked_sub(sums.get(at).copied().unwrap_or(0)))
        .collect();
    rest.filter(|rest| rest.iter().any(|count| *count > 0))
        .unwrap_or_default()
}

fn add(sums: &mut Vec<u64>, cell: Option<&Vec<u64>>) {
    for (at, count) in cell.into_iter().flatten().enumerate() {
        match sums.get_mut(at) {
            Some(sum) => *sum += count,
            None => sums.push(*count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(cells: &[&[u64]], total: &[u64]) -> Split<'static> {
        Split {
            table: "",
            cells: cells.iter().map(|cell| cell.to_vec()).collect(),
            blocks: vec![0; cells.len()],
            totals: vec![total.to_vec()],
            same_as: vec![None; cells.len()],
        }
    }

    fn one(cells: &[&[u64]], total: &[u64]) -> Vec<bool> {
        hidden(&[split(cells, total)], 5).remove(0)
    }

    #[test]
    fn a_small_member_takes_the_next_smallest_with_it() {
        assert_eq!(one(&[&[30], &[20], &[3]], &[53]), [false, true, true]);
        assert_eq!(one(&[&[30], &[20], &[13]], &[63]), [false; 3]);
    }

    #[test]
    fn members_that_are_bound_by_their_sum_take_another_with_them() {
        // 1 + 1 + 3: their sum of 5 would leave each at most 3.
        let found = one(&[&[30], &[9], &[1], &[1], &[3]], &[44]);
        assert_eq!(found, [false, true, true, true, true]);
        let found = one(&[&[30], &[9], &[4], &[4]], &[47]);
        assert_eq!(found, [false, false, true, true]);
    }

    #[test]
    fn parts_count_as_n_does() {
        // 40 with 2 of a kind: the sum of that kind must say nothing, so 1 and 4 do not do.
        let cells: [&[u64]; 3] = [&[60, 20, 40], &[40, 2, 38], &[30, 1, 29]];
        assert_eq!(one(&cells, &[130, 23, 107]), [true; 3]);
    }

    #[test]
    fn what_no_member_tells_hides_with_them() {
        assert_eq!(one(&[&[30], &[3]], &[53]), [false, true]);
        // The total has two more than the members: one of them has to go with these two.
        assert_eq!(one(&[&[30], &[9]], &[41]), [false, true]);
    }

    #[test]
    fn splits_of_the_same_people_hide_the_same_members() {
        let small = split(&[&[60, 2, 58], &[40, 9, 31], &[50, 9, 41]], &[150, 20, 130]);
        let other = split(&[&[60, 9, 51], &[40, 9, 31], &[50, 1, 49]], &[150, 19, 131]);
        let n_alone = split(&[&[60], &[40], &[50]], &[150]);
        let found = hidden(&[small, other, n_alone], 5);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[2], [false; 3]);
    }

    #[test]
    fn the_difference_of_two_figures_is_a_count_too() {
        // The third is the first and the small kind of the second together.
        let first = split(&[&[60], &[40], &[50]], &[150]);
        let second = split(
            &[&[63, 3, 60], &[70, 30, 40], &[80, 30, 50]],
            &[213, 63, 150],
        );
        let third = split(&[&[63], &[70], &[80]], &[213]);
        let found = hidden(&[first, second, third], 5);
        assert_eq!(found[1], [true, true, false]);
        let known = found[0]
            .iter()
            .zip(&found[2])
            .map(|(one, other)| !one && !other);
        assert_eq!(known.collect::<Vec<_>>(), [false, false, true]);
    }
}
