//! Several comparisons at once: p-values that account for how many were made.

/// Name of the method of [`holm`], as shown to a reader.
pub const HOLM: &str = "Holm-Bonferroni";

/// Holm's adjusted p-values, in the order given; each at least the p-value it comes from, at most 1.
///
/// Calling those below 0.05 real is wrong in any of them at most 1 time in 20, whether or not the
/// comparisons depend on one another. Empty for none. `None` when one is not within 0 to 1.
///
/// # Source
/// Holm, S. (1979), "A simple sequentially rejective multiple test procedure".
pub fn holm(p_values: &[f64]) -> Option<Vec<f64>> {
    if !p_values.iter().all(|p| (0.0..=1.0).contains(p)) {
        return None;
    }
    let mut ranked: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    ranked.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut greatest = 0.0_f64;
    for (rank, (index, p)) in ranked.into_iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        greatest = greatest.max(p * left).min(1.0);
        if let Some(place) = adjusted.get_mut(index) {
            *place = greatest;
        }
    }
    Some(adjusted)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: R's `p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")`.
    #[test]
    fn four_comparisons_are_adjusted_as_in_r() {
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]).unwrap();
        for (found, expected) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert_close(*found, expected, 1e-15);
        }
    }

    #[test]
    fn one_comparison_needs_no_adjustment() {
        assert_eq!(holm(&[0.04]), Some(vec![0.04]));
        assert_eq!(holm(&[]), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_probability_is_not_adjusted() {
        for p in [-0.1, 1.1, f64::NAN] {
            assert_eq!(holm(&[0.5, p]), None);
        }
    }
}
