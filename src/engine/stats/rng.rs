//! A seeded generator of random numbers: the same seed gives the same report everywhere.

/// xoshiro256++, seeded by splitmix64. Not for secrets.
///
/// # Source
/// Blackman & Vigna (2021), "Scrambled linear pseudorandom number generators"; Steele, Lea &
/// Flood (2014), "Fast splittable pseudorandom number generators" (splitmix64).
#[derive(Clone, Debug)]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// A generator with its own sequence for each seed.
    pub fn from_seed(seed: u64) -> Self {
        let mut counter = seed;
        Self {
            state: [(); 4].map(|()| split_mix(&mut counter)),
        }
    }

    /// The next 64 random bits.
    pub fn next_bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let c_mixed = c ^ a;
        let d_mixed = d ^ b;
        self.state = [
            a ^ d_mixed,
            b ^ c_mixed,
            c_mixed ^ (b << 17),
            d_mixed.rotate_left(45),
        ];
        result
    }

    /// A whole number from 0 up to but without `limit`, each equally likely; 0 when `limit` is 0.
    ///
    /// # Source
    /// Lemire, D. (2019), "Fast random integer generation in an interval".
    pub fn below(&mut self, limit: u32) -> u32 {
        let mut product = self.scaled(limit);
        if (product as u32) < limit {
            let uneven = limit.wrapping_neg() % limit;
            while (product as u32) < uneven {
                product = self.scaled(limit);
            }
        }
        (product >> 32) as u32
    }

    /// A number from 0 up to but without 1, in steps of 2^-53.
    pub fn unit(&mut self) -> f64 {
        (self.next_bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// 32 random bits times `limit`.
    fn scaled(&mut self, limit: u32) -> u64 {
        (self.next_bits() >> 32) * u64::from(limit)
    }
}

/// The next value of splitmix64.
fn split_mix(counter: &mut u64) -> u64 {
    *counter = counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *counter;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: the authors' splitmix64.c, as quoted by many ports, for seed 1234567.
    #[test]
    fn seeds_spread_as_published() {
        let mut counter = 1_234_567;
        assert_eq!(split_mix(&mut counter), 6_457_827_717_110_365_317);
        assert_eq!(split_mix(&mut counter), 3_203_168_211_198_807_973);
    }

    /// Source: test data of xoshiro-fortran for the state 0, 0, 0, 1.
    #[test]
    fn bits_follow_as_published() {
        let mut rng = Rng {
            state: [0, 0, 0, 1],
        };
        for expected in [
            0x0000_0000_0080_0000,
            0x0000_0000_0080_0011,
            0x0002_2000_0080_0011,
            0x0002_2000_4400_0020,
            0x0002_2000_4480_08A1,
            0x0110_2100_8022_08A0,
            0x0114_0022_8420_0880,
            0x0402_8966_44A6_4095,
            0x8A14_A0A2_44AC_C891,
            0x8C88_BA46_80B2_0495,
        ] {
            assert_eq!(rng.next_bits(), expected);
        }
    }

    #[test]
    fn every_face_of_a_die_is_equally_likely() {
        let mut rng = Rng::from_seed(7);
        let mut faces = [0_u32; 6];
        for _ in 0..60_000 {
            faces[rng.below(6) as usize] += 1;
        }
        // Six standard deviations of a binomial with n = 60,000 and p = 1/6.
        assert!(faces.iter().all(|&count| count.abs_diff(10_000) < 548));
    }

    #[test]
    fn nothing_lies_below_zero() {
        let mut rng = Rng::from_seed(7);
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.below(1), 0);
        assert!((0..1000).all(|_| (0.0..1.0).contains(&rng.unit())));
    }
}
