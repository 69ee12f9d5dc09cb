//! A chart in words: one sentence and a table, for those who cannot or would rather not see it.

use super::labels::{Labels, Term};
use super::marks::calibration::Calibration;
use super::marks::cohorts::{Cohorts, columns_of};
use super::marks::contributions::Contributions;
use super::marks::funnel::Funnel;
use super::marks::movements::Movements;
use super::marks::survival::Survival;
use super::marks::trend::Trend;
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::{
    Bar, ChartSpec, Dot, HistogramClass, Marker, Plot, TrendPoint, WaterfallStep,
};

/// A chart as a sentence and a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Description {
    /// What a reader would say aloud.
    pub sentence: String,
    /// The heads of the columns.
    pub header: Vec<String>,
    /// One row for each mark, as many cells as the header has.
    pub rows: Vec<Vec<String>>,
}

/// The columns of a survival curve's table.
const SURVIVAL_HEADER: [Term; 6] = [
    Term::Segment,
    Term::After,
    Term::Value,
    Term::Low,
    Term::High,
    Term::AtRisk,
];

/// The columns of a funnel's table.
const FUNNEL_HEADER: [Term; 4] = [Term::Stage, Term::Count, Term::OfFirst, Term::OfBefore];

/// The columns of a table of chances and outcomes.
const CALIBRATION_HEADER: [Term; 5] = [
    Term::Told,
    Term::Happened,
    Term::Low,
    Term::High,
    Term::Count,
];

/// The columns most tables of figures have after their first.
const FIGURE: [Term; 4] = [Term::Value, Term::Low, Term::High, Term::Count];

/// The heads of the columns; a table of cohorts has one for each unit of time as well.
fn header_of(plot: &Plot, terms: &[Term], labels: &dyn Labels) -> Vec<String> {
    let mut header: Vec<String> = terms.iter().map(|term| labels.term(*term)).collect();
    if let Plot::Cohorts { cohorts, means, .. } = plot {
        let columns = columns_of(cohorts, means);
        header.extend((0..columns).map(|column| labels.count(column as f64)));
    }
    if let Plot::Movements { kinds, .. } = plot {
        header.extend(kinds.iter().map(|kind| kind.label.clone()));
        header.push(labels.term(Term::Net));
    }
    header
}

/// A first column before those of [`FIGURE`].
fn figures_by(first: Term) -> Vec<Term> {
    [&[first][..], &FIGURE].concat()
}

/// The spec's own summary, or the title with what was found to say.
fn whole_sentence(spec: &ChartSpec, found: &str) -> String {
    match (spec.summary.is_empty(), found.is_empty()) {
        (false, _) => spec.summary.clone(),
        (true, false) => format!("{}: {found}.", spec.title),
        (true, true) => format!("{}.", spec.title),
    }
}

/// Describes the chart. The spec's own summary is used where there is one.
pub fn describe(spec: &ChartSpec, labels: &dyn Labels) -> Description {
    let (sentence, header, rows): (String, Vec<Term>, _) = match &spec.plot {
        Plot::Trend { unit, points, .. } => {
            let grain = Trend::new(*unit, points, None).grain;
            (
                trend_sentence(*unit, points, grain, labels),
                figures_by(Term::Period),
                points
                    .iter()
                    .map(|point| trend_row(*unit, point, grain, labels))
                    .collect(),
            )
        }
        Plot::Distribution { bars } => (
            distribution_sentence(bars, labels),
            [Term::Value, Term::Count, Term::Group].to_vec(),
            bars.iter()
                .map(|bar| {
                    vec![
                        bar.label.clone(),
                        labels.count(bar.count),
                        bar.group.clone(),
                    ]
                })
                .collect(),
        ),
        Plot::Waterfall { unit, steps } => (
            waterfall_sentence(*unit, steps, labels),
            [Term::Step, Term::Amount].to_vec(),
            steps
                .iter()
                .map(|step| vec![step.label.clone(), step_amount(*unit, step, labels)])
                .collect(),
        ),
        Plot::Dots { unit, dots, .. } => (
            dots_sentence(*unit, dots, labels),
            figures_by(Term::Segment),
            dots.iter().map(|dot| dot_row(*unit, dot, labels)).collect(),
        ),
        Plot::Histogram {
            unit,
            classes,
            markers,
        } => {
            let (found, rows) = histogram_told(*unit, classes, markers, labels);
            (found, [Term::From, Term::To, Term::Count].to_vec(), rows)
        }
        plot => told_by_mark(plot, labels),
    };
    let header = header_of(&spec.plot, &header, labels);
    let sentence = whole_sentence(spec, &sentence);
    Description {
        sentence,
        header,
        rows,
    }
}

/// The sentence, the heads and the rows of the kinds of picture whose mark tells them itself.
fn told_by_mark(plot: &Plot, labels: &dyn Labels) -> (String, Vec<Term>, Vec<Vec<String>>) {
    match plot {
        Plot::Movements {
            unit,
            kinds,
            periods,
        } => {
            let movements = Movements::new(*unit, kinds, periods);
            let (found, rows) = movements_told(&movements, labels);
            (found, [Term::Period].to_vec(), rows)
        }
        Plot::Cohorts {
            step,
            size_unit,
            cohorts,
            means,
        } => {
            let table = Cohorts::new((*step, *size_unit), cohorts, means);
            let header = [Term::Started, Term::Count].to_vec();
            (table.sentence(labels), header, table.rows(labels))
        }
        Plot::Funnel { stages } => {
            let funnel = Funnel::new(stages);
            let header = FUNNEL_HEADER.to_vec();
            (funnel.sentence(labels), header, funnel.rows(labels))
        }
        Plot::Contributions { unit, parts, sum } => {
            let told = Contributions::new(*unit, parts, sum.as_ref());
            let header = [Term::Part, Term::Amount, Term::OfSum].to_vec();
            (told.sentence(labels), header, told.rows(labels))
        }
        Plot::Calibration { groups } => {
            let told = Calibration::new(groups);
            let header = CALIBRATION_HEADER.to_vec();
            (told.sentence(labels), header, told.rows(labels))
        }
        Plot::Survival { unit, curves } => {
            let survival = Survival::new(*unit, curves);
            let header = SURVIVAL_HEADER.to_vec();
            (survival.sentence(labels), header, survival.rows(labels))
        }
        Plot::Trend { .. }
        | Plot::Distribution { .. }
        | Plot::Waterfall { .. }
        | Plot::Dots { .. }
        | Plot::Histogram { .. } => (String::new(), Vec::new(), Vec::new()),
    }
}

/// A figure, or the word for none.
pub(super) fn value_or_missing(value: Option<f64>, unit: Unit, labels: &dyn Labels) -> String {
    value.map_or_else(
        || labels.term(Term::Missing),
        |value| labels.value(value, unit),
    )
}

/// A count, or the word for none.
fn count_or_missing(count: Option<u64>, labels: &dyn Labels) -> String {
    count.map_or_else(
        || labels.term(Term::Missing),
        |count| labels.count(count as f64),
    )
}

/// The amount of a step: a total as it is, a change with its sign.
pub(super) fn step_amount(unit: Unit, step: &WaterfallStep, labels: &dyn Labels) -> String {
    if step.total {
        labels.value(step.amount, unit)
    } else {
        labels.change(step.amount, unit)
    }
}

/// The named places in words, and a row for each class.
fn histogram_told(
    unit: Unit,
    classes: &[HistogramClass],
    markers: &[Marker],
    labels: &dyn Labels,
) -> (String, Vec<Vec<String>>) {
    let named = markers
        .iter()
        .map(|marker| format!("{} {}", marker.label, labels.value(marker.at, unit)));
    let rows = classes.iter().map(|class| class_row(unit, class, labels));
    (named.collect::<Vec<_>>().join(", "), rows.collect())
}

/// The last period that is over in words, and a row for each.
fn movements_told(movements: &Movements<'_>, labels: &dyn Labels) -> (String, Vec<Vec<String>>) {
    let last = movements.current();
    let found = last.map(|place| movements.readout(place, labels));
    let places = 0..movements.count();
    let rows = places.map(|place| movements.row(place, labels));
    (found.unwrap_or_default(), rows.collect())
}

fn trend_row(
    unit: Unit,
    point: &TrendPoint,
    grain: PeriodUnit,
    labels: &dyn Labels,
) -> Vec<String> {
    let mut value = value_or_missing(point.value, unit, labels);
    if point.partial && point.value.is_some() {
        value = format!("{value} {}", labels.term(Term::SoFar));
    }
    vec![
        labels.date(point.start, grain),
        value,
        value_or_missing(point.low, unit, labels),
        value_or_missing(point.high, unit, labels),
        count_or_missing(point.n, labels),
    ]
}

fn trend_sentence(
    unit: Unit,
    points: &[TrendPoint],
    grain: PeriodUnit,
    labels: &dyn Labels,
) -> String {
    let known = points
        .iter()
        .filter(|point| !point.partial)
        .filter_map(|point| Some((point.start, point.value.filter(|value| value.is_finite())?)));
    let known: Vec<_> = known.collect();
    let say = |(date, value)| {
        labels.phrase(
            "{0} in {1}",
            &[&labels.value(value, unit), &labels.date(date, grain)],
        )
    };
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return String::new();
    };
    if known.len() == 1 {
        return say(*last);
    }
    let least = known.iter().min_by(|one, other| one.1.total_cmp(&other.1));
    let most = known.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    match (least, most) {
        (Some(least), Some(most)) if known.len() > 2 => labels.phrase(
            "{0}, {1}; lowest {2}, highest {3}",
            &[&say(*last), &say(*first), &say(*least), &say(*most)],
        ),
        _ => format!("{}, {}", say(*last), say(*first)),
    }
}

fn distribution_sentence(bars: &[Bar], labels: &dyn Labels) -> String {
    let mut groups: Vec<(&str, f64)> = Vec::new();
    for bar in bars {
        let name = if bar.group.is_empty() {
            &bar.label
        } else {
            &bar.group
        };
        match groups.last_mut() {
            Some((last, sum)) if last == name => *sum += bar.count,
            _ => groups.push((name, bar.count)),
        }
    }
    let said: Vec<String> = groups
        .iter()
        .take(12)
        .map(|(name, sum)| format!("{name} {}", labels.count(*sum)))
        .collect();
    said.join(", ")
}

fn waterfall_sentence(unit: Unit, steps: &[WaterfallStep], labels: &dyn Labels) -> String {
    let said: Vec<String> = steps
        .iter()
        .map(|step| format!("{} {}", step.label, step_amount(unit, step, labels)))
        .collect();
    said.join(", ")
}

fn dots_sentence(unit: Unit, dots: &[Dot], labels: &dyn Labels) -> String {
    let say = |dot: &Dot| {
        format!(
            "{} {}",
            dot.label,
            value_or_missing(dot.value, unit, labels)
        )
    };
    let mut known: Vec<&Dot> = dots
        .iter()
        .filter(|dot| dot.value.is_some_and(f64::is_finite))
        .collect();
    known.sort_by(|one, other| {
        let value = |dot: &Dot| dot.value.unwrap_or(0.0);
        value(other).total_cmp(&value(one))
    });
    match (known.first(), known.last()) {
        (Some(most), Some(least)) if known.len() > 1 => {
            labels.phrase("highest {0}, lowest {1}", &[&say(most), &say(least)])
        }
        (Some(only), _) => say(only),
        _ => String::new(),
    }
}

fn dot_row(unit: Unit, dot: &Dot, labels: &dyn Labels) -> Vec<String> {
    vec![
        dot.label.clone(),
        value_or_missing(dot.value, unit, labels),
        value_or_missing(dot.low, unit, labels),
        value_or_missing(dot.high, unit, labels),
        count_or_missing(dot.n, labels),
    ]
}

fn class_row(unit: Unit, class: &HistogramClass, labels: &dyn Labels) -> Vec<String> {
    vec![
        labels.value(class.from, unit),
        labels.value(class.to, unit),
        labels.count(class.count),
    ]
}
