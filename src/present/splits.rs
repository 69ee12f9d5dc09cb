//! A figure split by a column: the segments as a chart, and which of them differ.

use super::words;
use crate::engine::base::Refusal;
use crate::engine::chart_spec::{ChartSpec, Contribution, Dot, Plot};
use crate::engine::report::{Finding, SegmentPoint, Verdict};
use crate::present::language::say;
use crate::told;

/// The segments as dots, or as parts where they add up to the figure, the largest value first; of
/// many segments those with the most rows.
pub fn split(finding: &Finding) -> Option<ChartSpec> {
    const MOST: usize = 24;
    let by = &finding.segments.first()?.by;
    let mut shown: Vec<&SegmentPoint> = finding.segments.iter().collect();
    shown.sort_by_key(|segment| std::cmp::Reverse(segment.n));
    shown.truncate(MOST);
    let figure = |segment: &SegmentPoint| segment.value.unwrap_or(f64::NEG_INFINITY);
    shown.sort_by(|a, b| figure(b).total_cmp(&figure(a)));
    let left = finding.segments.len() - shown.len();
    let note = told!(
        "The {0} with the most rows; {1} smaller ones are in the saved report.",
        MOST,
        left
    );
    Some(ChartSpec {
        title: told!("Split by {0}", by),
        summary: String::new(),
        plot: if add_up(finding) {
            parts(finding, &shown)
        } else {
            dots(finding, &shown)
        },
        footnotes: compared(finding)
            .into_iter()
            .chain(not_compared(finding))
            .chain((left > 0).then_some(note))
            .collect(),
    })
}

fn dots(finding: &Finding, shown: &[&SegmentPoint]) -> Plot {
    let told = shown.iter().map(|segment| Dot {
        label: segment_name(segment),
        value: segment.value,
        low: segment.low,
        high: segment.high,
        n: segment.n,
    });
    Plot::Dots {
        unit: finding.unit,
        dots: told.collect(),
        reference: finding.value,
    }
}

fn parts(finding: &Finding, shown: &[&SegmentPoint]) -> Plot {
    let told = shown.iter().map(|segment| Contribution {
        label: segment_name(segment),
        amount: segment.value,
    });
    Plot::Contributions {
        unit: finding.unit,
        parts: told.collect(),
        sum: finding.value.map(|value| Contribution {
            label: say(words::ANY).to_owned(),
            amount: Some(value),
        }),
    }
}

/// Whether the figure is a sum, and the segments its parts. Who counts in two segments counts once
/// in the whole, so a count of customers need not be the sum of its segments.
fn add_up(finding: &Finding) -> bool {
    let is_sum = |segment: &SegmentPoint| {
        let why = segment.not_compared.as_ref();
        segment.low.is_none() && why.is_some_and(|why| why.code == "segment_is_sum")
    };
    let segments = &finding.segments;
    let known: Option<Vec<f64>> = segments.iter().map(|segment| segment.value).collect();
    let (Some(known), Some(whole)) = (known, finding.value) else {
        return false;
    };
    let size: f64 = known.iter().map(|value| value.abs()).sum();
    let sum: f64 = known.iter().sum();
    segments.iter().all(is_sum) && (sum - whole).abs() <= size * 1e-9
}

/// The segment as it is named on the page.
pub fn segment_name(segment: &SegmentPoint) -> String {
    if segment.is.is_empty() {
        say("(blank)").to_owned()
    } else {
        words::shortened(&segment.is, 40)
    }
}

/// Which segments differ from the others by more than chance, all looked at at once.
fn compared(finding: &Finding) -> Option<String> {
    let compared = finding.segments.iter().filter(|it| it.verdict.is_some());
    let count = compared.count();
    if count == 0 {
        return None;
    }
    let real = finding
        .segments
        .iter()
        .filter(|it| it.verdict == Some(Verdict::Real));
    let names: Vec<String> = real.map(segment_name).collect();
    Some(if names.is_empty() {
        told!(
            "No segment differs from the others by more than chance, with {0} compared at once.",
            count
        )
    } else {
        told!(
            "More than chance, with {0} compared at once: {1}.",
            count,
            named(&names)
        )
    })
}

/// Why segments are not held against the others: a sentence for each reason.
fn not_compared(finding: &Finding) -> Vec<String> {
    let mut reasons: Vec<(&Refusal, Vec<String>)> = Vec::new();
    for segment in &finding.segments {
        let Some(why) = &segment.not_compared else {
            continue;
        };
        match reasons.iter_mut().find(|(other, _)| *other == why) {
            Some((_, names)) => names.push(segment_name(segment)),
            None => reasons.push((why, vec![segment_name(segment)])),
        }
    }
    let all = finding.segments.len();
    let told = reasons.into_iter().map(|(why, names)| {
        if names.len() == all {
            told!("Segments are not compared. {0}", why.message)
        } else {
            told!("Not compared: {0}. {1}", named(&names), why.message)
        }
    });
    told.collect()
}

/// The first of some names, and how many more there are.
fn named(names: &[String]) -> String {
    const MOST_NAMED: usize = 6;
    let more = names.len().saturating_sub(MOST_NAMED);
    let rest = if more > 0 {
        told!(" and {0} more", more)
    } else {
        String::new()
    };
    let first = names.get(..MOST_NAMED).unwrap_or(names).join(", ");
    format!("{first}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn a_split_says_which_differ_and_why_others_are_not_compared() {
        let mut finding = Example::new().finding(0).clone();
        let count = finding.segments.len();
        assert_eq!(not_compared(&finding), Vec::<String>::new());
        for segment in &mut finding.segments {
            segment.not_compared = Some(Refusal::new("segment_is_sum", "It is a sum.", ""));
        }
        let all = ["Segments are not compared. It is a sum."];
        assert_eq!(not_compared(&finding), all);
        finding.segments[0].not_compared = None;
        finding.segments[0].verdict = Some(Verdict::Real);
        let first = segment_name(&finding.segments[0]);
        let footnotes = split(&finding).unwrap().footnotes;
        assert!(footnotes[0].ends_with(&format!(": {first}.")));
        assert!(footnotes[1].starts_with("Not compared: "));
        assert_eq!(count, 3);
    }

    #[test]
    fn segments_that_add_up_are_parts_of_the_sum() {
        let mut finding = Example::new().finding(0).clone();
        for (segment, value) in finding.segments.iter_mut().zip([5.0, 2.0, 3.0]) {
            (segment.value, segment.low, segment.high) = (Some(value), None, None);
            segment.not_compared = Some(Refusal::new("segment_is_sum", "It is a sum.", ""));
        }
        finding.value = Some(10.0);
        let Plot::Contributions { parts, sum, .. } = split(&finding).unwrap().plot else {
            unreachable!("they add up to the figure");
        };
        let amounts: Vec<Option<f64>> = parts.iter().map(|part| part.amount).collect();
        assert_eq!(amounts, [Some(5.0), Some(3.0), Some(2.0)]);
        assert_eq!(sum.unwrap().amount, Some(10.0));
        // Somebody counts in two segments, and once in the whole.
        finding.value = Some(9.0);
        let plot = split(&finding).unwrap().plot;
        assert!(matches!(plot, Plot::Dots { .. }));
    }
}
