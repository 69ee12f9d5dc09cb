//! Benchmarks: what others published, as data, and which of it may stand beside a figure.
//!
//! Takes: a KPI's id, its rule, the months its window covers, and its scale. Gives: the published
//! figures with the same definition, scale and length of period.
//! Never: compares, ranks or judges; gives a figure whose definition differs "only a little".
//! Start at [`matching`]. Tests sit beside the code.
//!
//! What is left out, and why. One publisher's address has carried four sets of values over the
//! years, so a figure without a date is no benchmark, and an entry says when it was read.
//!
//! | Figure | Why not |
//! |---|---|
//! | net promoter score of 40, net revenue retention above 125 % | a claim without a source |
//! | net promoter scores by industry, 2026 | quoted second hand from several studies, as wide ranges |
//! | net promoter score of telecom, 31 | contradicts the ranges above; another method |
//! | American Customer Satisfaction Index, 77.8 (2023), 76.9 (2025) | an index of three questions, which no rule here works out; the later one second hand |
//! | effort score | no median that can be trusted was found |
//! | 96 % and 9 % disloyal after high and low effort | no figure of a KPI |
//! | answers to surveys by e-mail, 10 % | a term and no KPI; of one vendor's customers, undated |
//! | employees engaged, 31 % (US, 2024) | by questions of Gallup's own, not the share of favourable answers; second hand |
//! | first reply in chat, 1 min 36 s (2015) | the statistic is not named |
//! | first reply by e-mail, 12 h 10 min | an older study quoted as new |
//! | cart abandonment, 70.22 % of 50 studies | undated and second hand; the 46 studies of 2021 are here |
//! | stickiness below 20 % | a default of one product, measured on nobody |
//! | subscriber churn of one vendor's merchants | four sets of values, the newest undated |

mod recurring;
mod service;

use super::base::Unit;
use super::report::Benchmark as BenchmarkReport;

/// One published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Benchmark {
    /// Whose figure.
    pub kpi: &'static str,
    /// The rule it was worked out by.
    pub variant: &'static str,
    /// The figure, in `unit`; a ratio is a fraction.
    pub value: f64,
    /// What kind of figure it is.
    pub statistic: Statistic,
    /// Of whom, in the publisher's words.
    pub segment: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// The time it is about, in words.
    pub period: &'static str,
    /// The last year of that time.
    pub year: u16,
    /// How many it rests on; absent where the publisher does not say.
    pub n: Option<u32>,
    /// The unit of `value`.
    pub unit: Unit,
    /// The length of the window that the definition needs; absent where it needs none.
    pub months: Option<u32>,
    /// The lowest and highest answer of the scale; absent where there is no scale.
    pub scale: Option<(f64, f64)>,
    /// How it was read.
    pub access: Access,
    /// When it was read, as a year and month.
    pub retrieved: &'static str,
}

/// What kind of figure a benchmark is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Statistic {
    /// Half are below it.
    Median,
    /// The arithmetic mean.
    Mean,
    /// A quarter are above it.
    TopQuartile,
    /// One figure over everyone together.
    Total,
    /// What the publisher advises, not what it measured.
    Advice,
}

impl Statistic {
    /// The stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Median => "median",
            Self::Mean => "mean",
            Self::TopQuartile => "top_quartile",
            Self::Total => "total",
            Self::Advice => "advice",
        }
    }
}

/// How a benchmark was read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Access {
    /// From the publisher's own page, or a faithful copy of it.
    Direct,
    /// From a copy that somebody else keeps; to be said beside the figure.
    Copy,
}

impl Benchmark {
    /// As the report tells it.
    pub fn told(&self) -> BenchmarkReport {
        let copy = match self.access {
            Access::Direct => "",
            Access::Copy => ", read in a copy",
        };
        BenchmarkReport {
            value: self.value,
            source: format!("{}, {}{copy}", self.publisher, self.period),
            year: u32::from(self.year),
            statistic: self.statistic.id().to_owned(),
            segment: self.segment.to_owned(),
            n: self.n,
        }
    }
}

/// The benchmarks that mean the same as a figure: same KPI, same rule, same scale, and a window of
/// the length that the definition needs. In the order of the lists; empty where there is none.
///
/// `months_covered` is the length of the figure's window in whole months, absent where it is none;
/// a definition that needs a length then has no match. `scale` is the lowest and highest possible
/// answer, absent where the figure has no scale.
pub fn matching(
    kpi_id: &str,
    variant_id: &str,
    months_covered: Option<u32>,
    scale: Option<(f64, f64)>,
) -> Vec<&'static Benchmark> {
    let same = |one: Option<(f64, f64)>, other: Option<(f64, f64)>| match (one, other) {
        (Some(one), Some(other)) => {
            one.0.total_cmp(&other.0).is_eq() && one.1.total_cmp(&other.1).is_eq()
        }
        (None, None) => true,
        _ => false,
    };
    all()
        .filter(|known| known.kpi == kpi_id && known.variant == variant_id)
        .filter(|known| known.months.is_none() || known.months == months_covered)
        .filter(|known| same(known.scale, scale))
        .collect()
}

/// Every benchmark.
pub fn all() -> impl Iterator<Item = &'static Benchmark> {
    recurring::ALL.iter().chain(service::ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_retention_has_benchmarks_and_a_quarter_has_none() {
        let found = matching("net_revenue_retention", "cohort", Some(12), None);
        assert!(found.len() > 5);
        assert!(found.iter().any(|known| known.publisher == "Benchmarkit"));
        for months in [None, Some(1), Some(3)] {
            assert!(matching("net_revenue_retention", "cohort", months, None).is_empty());
        }
    }

    #[test]
    fn another_rule_or_another_scale_is_another_figure() {
        let compounded = matching("net_revenue_retention", "compounded_months", Some(12), None);
        assert!(compounded.is_empty());
        let score = |scale| matching("net_promoter_score", "standard", Some(3), scale);
        assert_eq!(score(Some((0.0, 10.0))).len(), 1);
        assert!(score(Some((1.0, 10.0))).is_empty());
        assert!(score(None).is_empty());
    }

    #[test]
    fn every_benchmark_is_of_a_rule_that_is_there_and_in_its_unit() {
        for known in all() {
            let kpi = crate::engine::kpi::registry::find(known.kpi).unwrap();
            let rule = kpi.rules.iter().find(|rule| rule.id == known.variant);
            let rule = rule.unwrap_or_else(|| panic!("{known:?}"));
            assert_eq!(kpi.unit_of(rule), known.unit, "{known:?}");
        }
    }

    #[test]
    fn every_benchmark_says_where_it_comes_from_and_is_found_by_its_own_definition() {
        for known in all() {
            let words = [
                known.segment,
                known.publisher,
                known.period,
                known.retrieved,
            ];
            assert!(words.iter().all(|word| !word.is_empty()), "{known:?}");
            assert!(known.value.is_finite() && known.value > 0.0, "{known:?}");
            assert!((2000..2100).contains(&known.year), "{known:?}");
            assert!(known.period.contains(&known.year.to_string()), "{known:?}");
            if known.unit == Unit::Ratio {
                assert!(known.value < 2.0, "a ratio is a fraction: {known:?}");
            }
            let found = matching(known.kpi, known.variant, known.months, known.scale);
            assert!(found.contains(&known), "{known:?}");
        }
    }

    #[test]
    fn net_retention_is_never_below_gross_retention_of_the_same_segment() {
        for gross in all().filter(|known| known.kpi == "gross_revenue_retention") {
            let net = all().find(|net| {
                net.kpi == "net_revenue_retention"
                    && (net.segment, net.publisher) == (gross.segment, gross.publisher)
                    && (net.year, net.statistic) == (gross.year, gross.statistic)
            });
            assert!(net.is_some_and(|net| net.value >= gross.value), "{gross:?}");
        }
    }
}
