//! A figure split by a column: the segments as a chart, and which of them differ.

use super::words;
use crate::engine::base::Refusal;
use crate::engine::chart_spec::{ChartSpec, Dot, Plot};
use crate::engine::report::{Finding, SegmentPoint, Verdict};

/// The segments as dots, the largest value first; of many segments those with the most rows.
pub fn dots(finding: &Finding) -> Option<ChartSpec> {
    const MOST: usize = 24;
    let by = &finding.segments.first()?.by;
    let mut shown: Vec<&SegmentPoint> = finding.segments.iter().collect();
    shown.sort_by_key(|segment| std::cmp::Reverse(segment.n));
    shown.truncate(MOST);
    let figure = |segment: &SegmentPoint| segment.value.unwrap_or(f64::NEG_INFINITY);
    shown.sort_by(|a, b| figure(b).total_cmp(&figure(a)));
    let left = finding.segments.len() - shown.len();
    let told = shown.iter().map(|segment| Dot {
        label: segment_name(segment),
        value: segment.value,
        low: segment.low,
        high: segment.high,
        n: segment.n,
    });
    let note =
        format!("The {MOST} with the most rows; {left} smaller ones are in the saved report.");
    Some(ChartSpec {
        title: format!("Split by {by}"),
        summary: String::new(),
        plot: Plot::Dots {
            unit: finding.unit,
            dots: told.collect(),
            reference: finding.value,
        },
        footnotes: compared(finding)
            .into_iter()
            .chain(not_compared(finding))
            .chain((left > 0).then_some(note))
            .collect(),
    })
}

/// The segment as it is named on the page.
pub fn segment_name(segment: &SegmentPoint) -> String {
    if segment.is.is_empty() {
        "(blank)".to_owned()
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
        format!(
            "No segment differs from the others by more than chance, with {count} compared at once."
        )
    } else {
        format!(
            "More than chance, with {count} compared at once: {}.",
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
            format!("Segments are not compared. {}", why.message)
        } else {
            format!("Not compared: {}. {}", named(&names), why.message)
        }
    });
    told.collect()
}

/// The first of some names, and how many more there are.
fn named(names: &[String]) -> String {
    const MOST_NAMED: usize = 6;
    let more = names.len().saturating_sub(MOST_NAMED);
    let rest = if more > 0 {
        format!(" and {more} more")
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
        let footnotes = dots(&finding).unwrap().footnotes;
        assert!(footnotes[0].ends_with(&format!(": {first}.")));
        assert!(footnotes[1].starts_with("Not compared: "));
        assert_eq!(count, 3);
    }
}
