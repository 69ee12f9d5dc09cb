//! What of one figure may be shown: its counts, its terms, its rules, its picture.

use std::collections::BTreeMap;

use super::suppress::is_small;
use crate::engine::base::Unit;
use crate::engine::chart_spec::{ChartSpec, Marker, Plot};
use crate::engine::kpi::AboutReport;
use crate::engine::report::{Finding, Parts, VariantValue};
use crate::engine::stats::quantile::ORDER_STATISTICS;
use crate::present::card::part_unit;

/// The terms that a ratio is made of.
const RATIO: [&str; 2] = ["numerator", "denominator"];

/// What is known of one figure before anything is decided.
#[derive(Clone, Debug)]
pub(super) struct Counted<'a> {
    /// The finding.
    pub(super) finding: &'a Finding,
    /// What the KPI says of itself.
    about: Option<&'a AboutReport>,
    /// Its counts, n first.
    pub(super) cell: Vec<u64>,
    /// Whether the figure itself may be shown.
    pub(super) is_shown: bool,
    least: u64,
}

impl<'a> Counted<'a> {
    /// The counts of a finding, and whether it may be shown.
    pub(super) fn new(finding: &'a Finding, about: Option<&'a AboutReport>, least: u64) -> Self {
        let mut counted = Self {
            finding,
            about,
            cell: Vec::new(),
            is_shown: false,
            least,
        };
        counted.cell = counted.cell_of(finding.value, finding.n, &finding.counts);
        let core = counted.core();
        counted.is_shown = !counted.cell.is_empty()
            && counted
                .cell
                .iter()
                .chain(&core)
                .all(|it| !counted.is_small(*it))
            && counted.are_apart(&core);
        counted
    }

    pub(super) const fn is_small(&self, count: u64) -> bool {
        is_small(count, self.least)
    }

    /// The counts that a value with its n tells; empty where there is no value.
    pub(super) fn cell_of(&self, value: Option<f64>, n: Option<u64>, counts: &[u64]) -> Vec<u64> {
        let (Some(value), Some(n)) = (value, n) else {
            return Vec::new();
        };
        let mut cell = vec![n];
        cell.extend(counts);
        if cell.len() > 1 {
            return cell;
        }
        match self.finding.unit {
            Unit::Count => cell.push(heads(value)),
            // Heads divided by heads: who knows the value and n knows them all.
            Unit::Ratio if self.unit_of(RATIO[0]) != Unit::Money => {
                let with = (value * n as f64).round().max(0.0) as u64;
                cell.extend([with, n.abs_diff(with)]);
            }
            _ => {}
        }
        cell
    }

    fn unit_of(&self, name: &str) -> Unit {
        part_unit(self.about, self.finding, name)
    }

    /// n and those terms of the ratio that are counts.
    fn core(&self) -> Vec<u64> {
        let terms = RATIO
            .iter()
            .filter(|name| self.unit_of(name) == Unit::Count)
            .filter_map(|name| self.finding.parts.get(name));
        self.finding.n.into_iter().chain(terms.map(heads)).collect()
    }

    /// Whether no two of the counts differ by a small one: where one is a part of the other, the
    /// difference is a count too.
    fn are_apart(&self, counts: &[u64]) -> bool {
        let pairs = counts.iter().enumerate();
        pairs
            .flat_map(|(at, one)| counts.iter().skip(at + 1).map(|other| one.abs_diff(*other)))
            .all(|difference| !self.is_small(difference))
    }

    /// The terms that may be shown, and whether some are withheld for being small.
    ///
    /// Counts go together: of two of them a third may follow. Amounts of money other than those of
    /// the ratio are left out, because nothing says of how many customers they are; so are the
    /// oldest, the largest and other figures of a single row.
    pub(super) fn terms(&self) -> (Parts, bool) {
        let mut all = self.core();
        let others = self.finding.parts.0.iter();
        let others = others.filter(|(name, _)| self.is_other_count(name));
        all.extend(others.map(|(_, value)| heads(*value)));
        let are_safe = all.iter().all(|count| !self.is_small(*count)) && self.are_apart(&all);
        let kept = self.finding.parts.0.iter().filter(|(name, _)| {
            RATIO.contains(&name.as_str())
                || (are_safe && self.is_other_count(name))
                || self.is_middle(name)
        });
        let told = kept.map(|(name, value)| {
            let is_row = is_quantile(name) && self.unit_of(name) != Unit::Count;
            let value = if is_row {
                in_three_digits(*value)
            } else {
                *value
            };
            (name.clone(), value)
        });
        (Parts(told.collect()), !are_safe)
    }

    fn is_other_count(&self, name: &str) -> bool {
        !RATIO.contains(&name) && self.unit_of(name) == Unit::Count && !is_quantile(name)
    }

    /// A mean, or a quantile with enough values on both of its sides.
    fn is_middle(&self, name: &str) -> bool {
        let n = self.finding.n.unwrap_or(0);
        if self.unit_of(name) == Unit::Count && !is_quantile(name) {
            return false;
        }
        match percentile(name) {
            Some(share) => n * share.min(100 - share) >= 100 * self.least,
            None => name == "mean" || name.starts_with("mean_"),
        }
    }

    /// Whether an interval from the order of values may be shown: its ends are values of single
    /// rows, and from four times the threshold on enough rows lie beyond each.
    pub(super) fn shows_interval(&self, n: Option<u64>) -> bool {
        let method = self.finding.interval.as_ref().map(|it| it.method.as_str());
        method != Some(ORDER_STATISTICS) || n.is_some_and(|n| n >= 4 * self.least)
    }

    /// A value as it may be told: a median is the value of one row, so it is told in three digits.
    pub(super) fn told(&self, value: f64) -> f64 {
        let method = self.finding.interval.as_ref().map(|it| it.method.as_str());
        let median = self.finding.parts.get("median").map(f64::to_bits);
        if method == Some(ORDER_STATISTICS) || median == self.finding.value.map(f64::to_bits) {
            in_three_digits(value)
        } else {
            value
        }
    }

    /// The figures under other rules that may be shown, and how many are withheld.
    ///
    /// Two rules differ by classes of customers, and their figures tell how many are in each. So a
    /// rule is shown only where all its classes are large, and differ from the classes of the same
    /// name under other rules by none or by many.
    pub(super) fn variants(&self) -> (Vec<VariantValue>, usize) {
        let mut classes: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for step in self.finding.variants.iter().flat_map(|it| &it.bridge) {
            classes.entry(&step.says).or_default().push(step.customers);
        }
        let is_large = |says: &str| {
            classes.get(says).is_none_or(|counts| {
                counts.iter().all(|count| !self.is_small(*count)) && self.are_apart(counts)
            })
        };
        let told = self.finding.variants.iter().filter(|it| it.value.is_some());
        let (kept, withheld): (Vec<&VariantValue>, Vec<&VariantValue>) = told.partition(|it| {
            let is_other_kind = it.unit.is_some() || self.cell.len() < 2;
            if it.bridge.is_empty() {
                is_other_kind || it.value.map(f64::to_bits) == self.finding.value.map(f64::to_bits)
            } else {
                it.bridge.iter().all(|step| is_large(&step.says))
            }
        });
        // One that no steps lead to may be a median.
        let told = |it: &VariantValue, value: f64| {
            let is_own = Some(value.to_bits()) == self.finding.value.map(f64::to_bits);
            if it.bridge.is_empty() && !is_own {
                in_three_digits(value)
            } else {
                self.told(value)
            }
        };
        let kept = kept.into_iter().map(|it| VariantValue {
            variant: it.variant.clone(),
            value: it.value.map(|value| told(it, value)),
            unit: it.unit,
            refusal: None,
            bridge: Vec::new(),
        });
        (kept.collect(), withheld.len())
    }

    /// The KPI's own picture, where it shows counts and none of them is small.
    pub(super) fn picture(&self) -> Option<ChartSpec> {
        let chart = self.finding.chart.as_ref()?;
        let plot = match &chart.plot {
            Plot::Distribution { bars } => {
                let small = bars.iter().any(|bar| self.is_small(heads(bar.count)));
                (!small).then(|| Plot::Distribution { bars: bars.clone() })
            }
            Plot::Histogram {
                unit,
                classes,
                markers,
            } => {
                let small = classes.iter().any(|it| self.is_small(heads(it.count)));
                let marks = self.finding.n.is_some_and(|n| n >= 10 * self.least);
                (!small).then(|| Plot::Histogram {
                    unit: *unit,
                    classes: classes.clone(),
                    markers: markers
                        .iter()
                        .filter(|_| marks)
                        .map(|it| Marker {
                            label: it.label.clone(),
                            at: in_three_digits(it.at),
                        })
                        .collect(),
                })
            }
            _ => None,
        };
        plot.map(|plot| ChartSpec {
            title: chart.title.clone(),
            summary: String::new(),
            plot,
            footnotes: Vec::new(),
        })
    }
}

/// Whether a picture of this kind can be shown at all.
pub(super) const fn is_of_counts(chart: &ChartSpec) -> bool {
    matches!(
        chart.plot,
        Plot::Distribution { .. } | Plot::Histogram { .. }
    )
}

/// The share of values, in percent, below a quantile of this name.
fn percentile(name: &str) -> Option<u64> {
    if name == "median" || name.starts_with("median_") {
        return Some(50);
    }
    let digits = name.strip_prefix('p')?.get(..2)?;
    digits.parse().ok()
}

fn is_quantile(name: &str) -> bool {
    percentile(name).is_some()
}

/// A count from a number: half a head counts as a whole one, so that it is small too.
fn heads(value: f64) -> u64 {
    (value.abs() - 1e-9).ceil().max(0.0) as u64
}

/// The number in three digits.
fn in_three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
