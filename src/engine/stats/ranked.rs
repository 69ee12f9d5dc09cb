//! Values by rank without sorting them: one pass counts how many values lie in each of a few
//! thousand stretches, another takes those of the stretches that hold the wanted ranks.
//!
//! Advice to the next person: the bits of a number, once turned so that negative ones come first,
//! are in the order of the numbers themselves. Stretches of bits are therefore stretches of values,
//! narrow where values are small and wide where they are large.

/// Stretches that values are counted in, at most: their counts stay in the nearest memory.
pub(super) const MOST_STRETCHES: u64 = 4_096;

/// Values in any order, asked for by rank. Ranks count from 0, the smallest value.
#[derive(Debug)]
pub struct Ranked<'a> {
    values: &'a [f64],
    /// The order number of the smallest value.
    first: u64,
    /// Order numbers that agree above so many bits are of one stretch.
    shift: u32,
    /// How many values lie before each stretch; at the end, how many there are.
    before: Vec<u32>,
    /// Ranks that were asked for, ascending, with their values.
    known: Vec<(usize, f64)>,
}

/// A number that is greater where the value is greater; -0 comes before 0.
#[inline]
pub(super) const fn order(value: f64) -> u64 {
    let bits = value.to_bits();
    let negative = (bits.cast_signed() >> 63).cast_unsigned();
    bits ^ (negative | 1 << 63)
}

/// The value of an [`order`] number.
const fn value_of(order: u64) -> f64 {
    let negative = (!order.cast_signed() >> 63).cast_unsigned();
    f64::from_bits(order ^ (negative | 1 << 63))
}

impl<'a> Ranked<'a> {
    /// Counts the values; `None` where one is not finite, or where there are more than 2³² − 1.
    pub fn of(values: &'a [f64]) -> Option<Self> {
        u32::try_from(values.len()).ok()?;
        let (mut first, mut last) = (u64::MAX, 0);
        for value in values {
            let order = order(*value);
            first = first.min(order);
            last = last.max(order);
        }
        if !values.is_empty() && (first < order(f64::MIN) || last > order(f64::MAX)) {
            return None;
        }
        let known = match values.len().checked_sub(1) {
            None => Vec::new(),
            Some(0) => vec![(0, value_of(first))],
            Some(end) => vec![(0, value_of(first)), (end, value_of(last))],
        };
        let span = last.saturating_sub(first);
        let shift = (u64::BITS - span.leading_zeros()).saturating_sub(MOST_STRETCHES.ilog2());
        let mut before = vec![0; (span >> shift) as usize + 2];
        for value in values {
            let stretch = ((order(*value) - first) >> shift) as usize;
            before[stretch + 1] += 1;
        }
        for stretch in 1..before.len() {
            before[stretch] += before[stretch - 1];
        }
        Some(Self {
            values,
            first,
            shift,
            before,
            known,
        })
    }

    /// How many values.
    pub const fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Finds the values of these ranks in one pass; ranks behind the last are passed over.
    pub fn find(&mut self, ranks: &[usize]) {
        let mut wanted: Vec<usize> = ranks
            .iter()
            .copied()
            .filter(|rank| *rank < self.len() && self.found(*rank).is_none())
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return;
        }
        let stretch_of = |rank: usize| {
            self.before
                .partition_point(|before| *before as usize <= rank)
                - 1
        };
        let mut stretches: Vec<usize> = wanted.iter().map(|rank| stretch_of(*rank)).collect();
        stretches.dedup();
        let mut taken = self.taken(&stretches);
        for rank in wanted {
            let stretch = stretch_of(rank);
            let Ok(place) = stretches.binary_search(&stretch) else {
                continue;
            };
            let own = &mut taken[place];
            let within = rank - self.before[stretch] as usize;
            let (_, value, _) = own.select_nth_unstable_by(within, f64::total_cmp);
            self.known.push((rank, *value));
        }
        self.known.sort_unstable_by_key(|(rank, _)| *rank);
    }

    /// The value of a rank; `None` behind the last.
    pub fn at(&mut self, rank: usize) -> Option<f64> {
        self.find(&[rank]);
        self.found(rank)
    }

    fn found(&self, rank: usize) -> Option<f64> {
        let place = self.known.binary_search_by_key(&rank, |(rank, _)| *rank);
        place.ok().map(|place| self.known[place].1)
    }

    /// How many values come before each limit. No limit is NaN.
    pub fn below(&self, limits: &[f64]) -> Vec<usize> {
        let stretch_of = |limit: f64| {
            let above = order(limit).checked_sub(self.first)? >> self.shift;
            Some((above as usize).min(self.before.len() - 1))
        };
        let mut stretches: Vec<usize> = limits.iter().filter_map(|l| stretch_of(*l)).collect();
        stretches.sort_unstable();
        stretches.dedup();
        let mut taken = self.taken(&stretches);
        // With one limit a stretch, a look at its values takes less than sorting them.
        let sorted = limits.len() > stretches.len() * 2;
        for values in taken.iter_mut().filter(|_| sorted) {
            values.sort_unstable_by(f64::total_cmp);
        }
        limits
            .iter()
            .map(|limit| {
                let Some(stretch) = stretch_of(*limit) else {
                    return 0;
                };
                let place = stretches.binary_search(&stretch).unwrap_or_default();
                let is_below = |value: &f64| value.total_cmp(limit).is_lt();
                let within = if sorted {
                    taken[place].partition_point(is_below)
                } else {
                    taken[place].iter().filter(|value| is_below(value)).count()
                };
                self.before[stretch] as usize + within
            })
            .collect()
    }

    /// The values of some stretches, which are given ascending.
    fn taken(&self, stretches: &[usize]) -> Vec<Vec<f64>> {
        let mut slots = vec![0_u16; self.before.len()];
        for (slot, stretch) in (1..).zip(stretches) {
            slots[*stretch] = slot;
        }
        let mut taken = vec![Vec::new(); stretches.len()];
        if stretches.is_empty() {
            return taken;
        }
        for value in self.values {
            let slot = slots[((order(*value) - self.first) >> self.shift) as usize];
            if slot != 0 {
                taken[slot as usize - 1].push(*value);
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::stats::rng::Rng;

    #[test]
    fn ranks_and_counts_are_those_of_the_sorted_values() {
        let mut rng = Rng::from_seed(5);
        for round in 0..400_u32 {
            let count = rng.below(300) as usize + 1;
            let values: Vec<f64> = (0..count)
                .map(|_| {
                    let draw = f64::from(rng.below(2_000)) - 500.0;
                    match round % 4 {
                        0 => draw,
                        1 => draw / 7.0 * 1e200,
                        2 => (draw % 3.0) * -0.0,
                        _ => draw.abs() * 1e-300,
                    }
                })
                .collect();
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let mut ranked = Ranked::of(&values).unwrap();
            ranked.find(&[
                count.div_euclid(2),
                0,
                count - 1,
                count + 3,
                count.div_euclid(2),
            ]);
            for (rank, value) in sorted.iter().enumerate() {
                let found = ranked.at(rank).map(f64::to_bits);
                assert_eq!(found, Some(value.to_bits()));
            }
            assert_eq!(ranked.at(count), None);
            let limits = [
                sorted[count.div_euclid(3)],
                -1e300,
                0.0,
                7.5,
                f64::MAX,
                sorted[0],
            ];
            let below = limits.map(|limit| sorted.partition_point(|v| v.total_cmp(&limit).is_lt()));
            assert_eq!(ranked.below(&limits), below);
        }
    }

    #[test]
    fn values_that_are_not_finite_have_no_ranks() {
        for bad in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Ranked::of(&[1.0, bad, 2.0]).is_none());
        }
        let mut none = Ranked::of(&[]).unwrap();
        assert!(none.is_empty());
        assert_eq!(none.at(0), None);
        assert_eq!(none.below(&[1.0]), [0]);
    }
}
