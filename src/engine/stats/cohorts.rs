//! The mean share that groups keep, a unit of time after each began.

/// The mean share of each column, weighted by the sizes of the groups.
///
/// A group of which nothing is
/// left counts with 0; one that is not yet observed there does not count. As long as the longest
/// group; `None` where the groups observed have no size.
pub fn weighted_means(groups: &[(f64, &[f64])]) -> Vec<Option<f64>> {
    let most = groups.iter().map(|(_, kept)| kept.len()).max().unwrap_or(0);
    let of_column = |column: usize| {
        let observed = groups
            .iter()
            .filter_map(|(size, kept)| Some((*size, *kept.get(column)?)));
        let (kept, size) = observed.fold((0.0, 0.0), |(kept, all), (size, share)| {
            (kept + size * share, all + size)
        });
        let mean = kept / size;
        mean.is_finite().then_some(mean)
    };
    (0..most).map(of_column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_group_counts_and_an_unobserved_one_does_not() {
        let means = weighted_means(&[(30.0, &[1.0, 0.0]), (10.0, &[1.0, 0.8]), (60.0, &[0.5])]);
        assert_eq!(means, [Some(0.7), Some(0.2)]);
        assert_eq!(weighted_means(&[(0.0, &[1.0])]), [None]);
        assert!(weighted_means(&[]).is_empty());
    }
}
