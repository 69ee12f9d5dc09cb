//! Quantiles of everything outside one of several groups, without gathering it group by group.

use super::normal;
use super::quantile::{self, Median};

/// Groups of values, sorted, ready to be asked for what lies outside each of them.
#[derive(Debug)]
pub struct Outside {
    groups: Vec<Vec<f64>>,
    all: Vec<f64>,
}

impl Outside {
    /// The groups, each in any order; one without values is a group too.
    pub fn of(mut groups: Vec<Vec<f64>>) -> Self {
        for group in &mut groups {
            group.sort_unstable_by(f64::total_cmp);
        }
        let mut all = groups.concat();
        // Stable, because that sort merges the sorted stretches that it finds.
        all.sort_by(f64::total_cmp);
        Self { groups, all }
    }

    /// How many values lie outside the group; all of them for a group that there is not.
    pub fn len(&self, group: usize) -> usize {
        self.all.len() - self.groups.get(group).map_or(0, Vec::len)
    }

    /// Whether no value lies outside the group.
    pub fn is_empty(&self, group: usize) -> bool {
        self.len(group) == 0
    }

    /// The value of this rank (from 0, the smallest) among those outside the group.
    pub fn at(&self, group: usize, rank: usize) -> Option<f64> {
        if rank >= self.len(group) {
            return None;
        }
        let within = self.groups.get(group).map_or(&[][..], Vec::as_slice);
        let up_to = |values: &[f64], most: f64| {
            values.partition_point(|value| value.total_cmp(&most).is_le())
        };
        // Of ascending values the first with enough of the outside up to it.
        let (mut low, mut high) = (0, self.all.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let most = *self.all.get(middle)?;
            if up_to(&self.all, most) - up_to(within, most) > rank {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        self.all.get(low).copied()
    }

    /// The type 7 quantile of what lies outside the group at the share `p`, from 0 to 1.
    pub fn quantile(&self, group: usize, p: f64) -> Option<f64> {
        let (rank, fraction) = quantile::place(self.len(group), p)?;
        let below = self.at(group, rank)?;
        let above = self.at(group, rank + 1).unwrap_or(below);
        quantile::between(below, above, fraction)
    }

    /// The median of what lies outside the group, as [`quantile::median_of`].
    pub fn median(&self, group: usize) -> Option<Median> {
        let (low, high, z) = quantile::error_ranks(self.len(group))?;
        let spread = self.at(group, high)? - self.at(group, low)?;
        Some(Median {
            median: self.quantile(group, 0.5)?,
            standard_error: spread / (2.0 * z),
        })
    }

    /// The standard error that the order statistics around the quantile at `p` stand for; `None` as
    /// [`quantile::select_quantile_interval`], and where they do not differ.
    pub fn quantile_error(&self, group: usize, p: f64, level: f64) -> Option<f64> {
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
            let outside = Outside::of(groups.clone());
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
        let outside = Outside::of(vec![vec![7.0; 50], ascending]);
        // Source of the ranks: those of the ninetieth percentile of a hundred values.
        let expected = (95.0 - 83.0) / (2.0 * normal::Z_95);
        let found = outside.quantile_error(0, 0.9, 0.95).unwrap();
        assert!((found - expected).abs() < 1e-6);
        assert_eq!(outside.quantile_error(1, 0.9, 0.95), None);
    }
}
