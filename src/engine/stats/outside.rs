//! Quantiles of everything outside one of several groups, without sorting.
//!
//! Nothing is gathered group by group: values are counted in stretches as in [`super::ranked`], group by group, and only
//! those of the stretches that hold a wanted rank are looked at one by one.

use std::collections::BTreeMap;

use super::normal;
use super::quantile::{self, Median};
use super::ranked::{MOST_STRETCHES, order};

/// Groups of values, ready to be asked for what lies outside each of them.
#[derive(Debug)]
pub struct Outside {
    groups: Vec<Vec<f64>>,
    /// The order number of the smallest value.
    first: u64,
    /// Order numbers that agree above so many bits are of one stretch.
    shift: u32,
    /// How many values of all groups lie before each stretch; at the end, how many there are.
    before: Vec<u32>,
    /// The same of each group.
    before_of: Vec<Vec<u32>>,
    /// The values of the stretches that were asked for, ascending, each with its group.
    known: BTreeMap<usize, Vec<(f64, usize)>>,
}

impl Outside {
    /// The groups, each in any order; one without values is a group too.
    pub fn of(groups: Vec<Vec<f64>>) -> Self {
        let (mut first, mut last) = (u64::MAX, 0);
        for value in groups.iter().flatten() {
            let order = order(*value);
            first = first.min(order);
            last = last.max(order);
        }
        let span = last.saturating_sub(first);
        let shift = (u64::BITS - span.leading_zeros()).saturating_sub(MOST_STRETCHES.ilog2());
        let stretches = (span >> shift) as usize + 1;
        let mut before = vec![0; stretches + 1];
        let counted = |group: &Vec<f64>| {
            let mut own = vec![0_u32; stretches + 1];
            for value in group {
                own[((order(*value) - first) >> shift) as usize + 1] += 1;
            }
            for stretch in 1..own.len() {
                own[stretch] += own[stretch - 1];
            }
            for (all, own) in before.iter_mut().zip(&own) {
                *all += own;
            }
            own
        };
        Self {
            before_of: groups.iter().map(counted).collect(),
            groups,
            first,
            shift,
            before,
            known: BTreeMap::new(),
        }
    }

    /// How many values lie outside the group; all of them for a group that there is not.
    pub fn len(&self, group: usize) -> usize {
        self.before(group, self.before.len() - 1)
    }

    /// Whether no value lies outside the group.
    pub fn is_empty(&self, group: usize) -> bool {
        self.len(group) == 0
    }

    /// How many values outside the group lie before a stretch.
    fn before(&self, group: usize, stretch: usize) -> usize {
        let own = self.before_of.get(group).map_or(0, |own| own[stretch]);
        (self.before[stretch] - own) as usize
    }

    /// The stretch that holds this rank among what lies outside the group.
    fn stretch(&self, group: usize, rank: usize) -> Option<usize> {
        if rank >= self.len(group) {
            return None;
        }
        // The last stretch with no more values before it.
        let (mut low, mut high) = (0, self.before.len() - 1);
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if self.before(group, middle) <= rank {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low)
    }

    /// Looks at the values of all stretches that hold one of these ranks of the groups, in one pass.
    fn find(&mut self, ranks: impl Iterator<Item = (usize, usize)>) {
        let wanted = ranks.filter_map(|(group, rank)| self.stretch(group, rank));
        let mut wanted: Vec<usize> = wanted.filter(|it| !self.known.contains_key(it)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return;
        }
        let mut slots = vec![0_u16; self.before.len()];
        for (slot, stretch) in (1..).zip(&wanted) {
            slots[*stretch] = slot;
        }
        let mut taken = vec![Vec::new(); wanted.len()];
        for (place, group) in self.groups.iter().enumerate() {
            for value in group {
                let slot = slots[((order(*value) - self.first) >> self.shift) as usize];
                if slot != 0 {
                    taken[slot as usize - 1].push((*value, place));
                }
            }
        }
        for values in &mut taken {
            values.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        }
        self.known.extend(wanted.into_iter().zip(taken));
    }

    /// Finds in one pass what the quantile at `p` of each group and its error will ask for.
    pub fn look_ahead(&mut self, p: f64, level: f64) {
        let mut ranks = Vec::new();
        for group in 0..self.groups.len() {
            let count = self.len(group);
            let quantile = quantile::place(count, p).map(|(rank, _)| (rank, rank + 1));
            let error = quantile::error_ranks(count).map(|(low, high, _)| (low, high));
            let error = if p <= 0.5 {
                error
            } else {
                quantile::interval_ranks(count, p, level)
            };
            let pairs = quantile.into_iter().chain(error);
            ranks.extend(pairs.flat_map(|(low, high)| [(group, low), (group, high)]));
        }
        self.find(ranks.into_iter());
    }

    /// The value of this rank (from 0, the smallest) among those outside the group.
    pub fn at(&mut self, group: usize, rank: usize) -> Option<f64> {
        let stretch = self.stretch(group, rank)?;
        self.find(std::iter::once((group, rank)));
        let within = rank - self.before(group, stretch);
        let values = self.known.get(&stretch)?;
        let (least, most) = (values.first()?.0, values.last()?.0);
        if least.total_cmp(&most).is_eq() {
            // Many equal values, which none needs to be passed by one by one.
            return Some(least);
        }
        let mut others = values.iter().filter(|(_, place)| *place != group);
        others.nth(within).map(|(value, _)| *value)
    }

    /// The type 7 quantile of what lies outside the group at the share `p`, from 0 to 1.
    pub fn quantile(&mut self, group: usize, p: f64) -> Option<f64> {
        let (rank, fraction) = quantile::place(self.len(group), p)?;
        let below = self.at(group, rank)?;
        let above = self.at(group, rank + 1).unwrap_or(below);
        quantile::between(below, above, fraction)
    }

    /// The median of what lies outside the group, as [`quantile::median_of`].
    pub fn median(&mut self, group: usize) -> Option<Median> {
        let (low, high, z) = quantile::error_ranks(self.len(group))?;
        let spread = self.at(group, high)? - self.at(group, low)?;
        Some(Median {
            median: self.quantile(group, 0.5)?,
            standard_error: spread / (2.0 * z),
        })
    }

    /// The standard error that the order statistics around the quantile at `p` stand for; `None` as
    /// [`quantile::select_quantile_interval`], and where they do not differ.
    pub fn quantile_error(&mut self, group: usize, p: f64, level: f64) -> Option<f64> {
        let (low, high) = quantile::interval_ranks(self.len(group), p, level)?;
        let spread = self.at(group, high)? - self.at(group, low)?;
        let error = spread / (2.0 * normal::half_width(level)?);
        (error > 0.0).then_some(error)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rng::Rng;
    use super::*;

    /// Small whole numbers, so that many are equal.
    fn drawn(rng: &mut Rng, count: u32) -> Vec<f64> {
        (0..count).map(|_| f64::from(rng.below(9)) - 3.0).collect()
    }

    #[test]
    fn what_lies_outside_is_what_the_other_groups_hold() {
        let mut rng = Rng::from_seed(5);
        for _ in 0..200 {
            let mut groups = Vec::new();
            for _ in 0..=rng.below(4) {
                let count = rng.below(30);
                groups.push(drawn(&mut rng, count));
            }
            let mut outside = Outside::of(groups.clone());
            for left_out in 0..groups.len() {
                let others = groups.iter().enumerate();
                let others = others.filter(|(place, _)| *place != left_out);
                let mut rest: Vec<f64> = others.flat_map(|(_, group)| group.clone()).collect();
                rest.sort_by(f64::total_cmp);
                assert_eq!(outside.len(left_out), rest.len());
                assert_eq!(outside.is_empty(left_out), rest.is_empty());
                assert_eq!(outside.median(left_out), quantile::median_of(&rest));
                for p in [0.0, 0.5, 0.9] {
                    assert_eq!(outside.quantile(left_out, p), quantile::type7(&rest, p));
                }
                for rank in 0..=rest.len() {
                    assert_eq!(outside.at(left_out, rank), rest.get(rank).copied());
                }
            }
        }
    }

    #[test]
    fn the_error_of_a_quantile_is_that_of_its_order_statistics() {
        let ascending: Vec<f64> = (0..100).map(f64::from).collect();
        let mut outside = Outside::of(vec![vec![7.0; 50], ascending]);
        // Source of the ranks: those of the ninetieth percentile of a hundred values.
        let expected = (95.0 - 83.0) / (2.0 * normal::Z_95);
        let found = outside.quantile_error(0, 0.9, 0.95).unwrap();
        assert!((found - expected).abs() < 1e-6);
        assert_eq!(outside.quantile_error(1, 0.9, 0.95), None);
    }
}
