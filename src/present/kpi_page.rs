//! The page of one KPI: the figure, its facts, its pictures, its formula, rules and limits.

use super::calendar::{CalendarView, calendar};
use super::card::{self, CardBody, CardView};
use super::lifetimes::lifetimes;
use super::precision::{PrecisionView, precision};
use super::rates::{RatesView, rates};
use super::rules::{RuleView, rules};
use super::settings::{SettingsView, settings};
use super::themes::{ThemesView, themes};
use super::{Reader, period_text, rows, splits, targets, words};
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::{ChartSpec, Plot};
use crate::engine::kpi::AboutReport;
use crate::engine::options::Options;
use crate::engine::report::{Benchmark, Finding, Report, Verdict};
use crate::present::language::{inside, say};
use crate::told;

/// What the page of a KPI shows.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiPageView {
    /// Its card: name, rule, figure or refusal.
    pub card: CardView,
    /// The family in words.
    pub family: String,
    /// The KPI's id, for choices.
    pub kpi: String,
    /// The question it answers.
    pub question: String,
    /// What is counted.
    pub definition: String,
    /// "95% interval 2.2 to 7.3%", or that it is an exact sum.
    pub interval: String,
    /// "10 of 245, 1 Jul to 30 Sep 2026".
    pub covers: String,
    /// Change, verdict, target, benchmark.
    pub facts: Vec<Fact>,
    /// The series.
    pub trend: Option<ChartSpec>,
    /// What was added and lost over time.
    pub movements: Option<ChartSpec>,
    /// Distribution, bridge or the like.
    pub picture: Option<ChartSpec>,
    /// The picture stands before the figure: answers are seen before they become one number.
    pub picture_first: bool,
    /// The segments.
    pub segments: Option<ChartSpec>,
    /// The formula in words and signs.
    pub formula: String,
    /// The terms with their figures.
    pub terms: Vec<TermView>,
    /// How the interval and the verdict were made.
    pub methods: Vec<String>,
    /// What people say on each side of the answers.
    pub themes: Option<ThemesView>,
    /// All rules, each with the way to it.
    pub rules: Vec<RuleView>,
    /// What counts, as settings.
    pub settings: SettingsView,
    /// Exchange rates, where money is in several currencies.
    pub rates: Option<RatesView>,
    /// Business hours, where times can be measured in them.
    pub calendar: Option<CalendarView>,
    /// How long customers stay: the curve and the cohorts.
    pub lifetimes: Vec<ChartSpec>,
    /// What the number cannot tell.
    pub limits: Vec<String>,
    /// Rows that it does not use, with reasons.
    pub left_out: Vec<rows::LeftOutView>,
    /// How precise it is, and what a wanted precision takes; absent without interval.
    pub precision: Option<PrecisionView>,
    /// The unit, for the target.
    pub unit: Unit,
    /// The target as typed, empty where none is set.
    pub target: String,
    /// What the rest of the year must bring, and how segments with a target stand, in sentences.
    pub target_says: Vec<String>,
}

/// One fact: a heading, a bold line and a quiet one.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub heading: String,
    /// The fact.
    pub says: String,
    /// What stands behind it.
    pub detail: String,
}

/// One term of the formula.
#[derive(Clone, Debug, PartialEq)]
pub struct TermView {
    /// Its name.
    pub name: String,
    /// Its figure.
    pub value: String,
    /// What it is.
    pub says: String,
}

/// The page of one finding.
pub fn kpi_page(
    reader: &Reader<'_>,
    report: &Report,
    finding: &Finding,
    options: &Options,
) -> KpiPageView {
    let about = reader.about(finding);
    let card = card::card(reader, report, finding);
    // A report may come from a newer version than the words.
    let described = |says: fn(&AboutReport) -> &String| {
        about.map_or_else(
            || say(words::NOT_DESCRIBED).to_owned(),
            |about| says(about).clone(),
        )
    };
    KpiPageView {
        family: about.map_or_else(
            || say(words::OTHER_FAMILY).to_owned(),
            |about| words::family(&about.family),
        ),
        kpi: finding.kpi.clone(),
        question: described(|about| &about.question),
        definition: described(|about| &about.definition),
        interval: interval(reader, finding, &card),
        covers: covers(reader, finding),
        facts: facts(reader, finding),
        trend: trend_chart(finding, &card.name),
        movements: movements(finding, &card.name),
        picture: picture(finding, &card.name),
        picture_first: about.is_some_and(|about| about.family == "survey")
            && finding.chart.as_ref().is_some_and(is_distribution),
        segments: splits::split(finding),
        formula: described(|about| &about.formula),
        terms: terms(reader, finding),
        methods: methods(reader, finding),
        themes: themes(reader, finding),
        rules: rules(reader, finding),
        settings: settings(about, report, finding, options),
        rates: rates(about, finding, options),
        calendar: calendar(about, options),
        lifetimes: lifetimes(reader.habits, finding),
        limits: about.map_or_else(Vec::new, |about| about.limits.clone()),
        left_out: rows::left_out(reader, finding),
        precision: precision(reader, finding),
        unit: finding.unit,
        target: typed_target(reader, finding),
        target_says: targets::says(reader, finding),
        card,
    }
}

/// What is said of a figure when it was worked out again: its name, the figure or why there is
/// none, and the rule.
pub fn said(reader: &Reader<'_>, report: &Report, finding: &Finding) -> String {
    let name = reader.name(report, finding);
    let figure = match finding.value {
        Some(value) => reader.habits.value(value, finding.unit),
        None => card::refusal(report, finding).missing,
    };
    format!("{name}: {figure}. {}.", card::rule_name(reader, finding))
}

fn typed_target(reader: &Reader<'_>, finding: &Finding) -> String {
    let Some(target) = &finding.target else {
        return String::new();
    };
    match finding.unit {
        Unit::Ratio => reader.habits.percent(target.value),
        _ => target.value.to_string(),
    }
}

fn interval(reader: &Reader<'_>, finding: &Finding, card: &CardView) -> String {
    match (&finding.interval, &card.body) {
        (Some(interval), _) => reader.habits.interval(interval, finding.unit),
        (None, CardBody::Figure(_)) => words::sentence(say(words::EXACT)),
        (None, CardBody::Refused(_)) => String::new(),
    }
}

fn covers(reader: &Reader<'_>, finding: &Finding) -> String {
    let terms = card::terms(reader, finding);
    let period = finding
        .period
        .map(|period| period_text::period(reader.habits, period));
    let parts: Vec<String> = [Some(terms), period]
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    parts.join(", ")
}

fn facts(reader: &Reader<'_>, finding: &Finding) -> Vec<Fact> {
    let habits = reader.habits;
    let mut facts = Vec::new();
    if let Some(previous) = &finding.previous {
        let against = period_text::period(habits, previous.period);
        facts.push(Fact {
            heading: told!("{0} on {1}", say(words::CHANGE), against),
            says: card::change_size(habits, previous, finding.unit),
            detail: previous.change_interval.map_or_else(
                || told!("from {0}", habits.value(previous.value, finding.unit)),
                |it| habits.change_range(it, finding.unit),
            ),
        });
        facts.push(Fact {
            heading: say(words::IS_REAL).to_owned(),
            says: words::change_label(previous).to_owned(),
            detail: chance(reader, previous.p_value, previous.verdict),
        });
    }
    facts.push(target_fact(reader, finding));
    if let Some(benchmark) = finding.benchmarks.first() {
        facts.push(Fact {
            heading: say(words::BENCHMARK).to_owned(),
            says: habits.value(benchmark.value, finding.unit),
            detail: benchmark_detail(benchmark),
        });
    } else if let Some(n) = finding.n {
        facts.push(Fact {
            heading: say("Rests on").to_owned(),
            says: format!("n = {}", habits.count(n)),
            detail: finding.table.clone(),
        });
    }
    facts
}

/// What kind of figure it is, of whom, by whom and of when.
pub fn benchmark_detail(benchmark: &Benchmark) -> String {
    let of = match benchmark.segment.as_str() {
        "" => String::new(),
        segment => told!(
            "{0} of {1}, ",
            words::plain_name(&benchmark.statistic),
            segment
        ),
    };
    let year = benchmark.year.to_string();
    if benchmark.source.contains(&year) {
        format!("{of}{}", benchmark.source)
    } else {
        format!("{of}{}, {year}", benchmark.source)
    }
}

fn chance(reader: &Reader<'_>, p_value: Option<f64>, verdict: Verdict) -> String {
    match (p_value, verdict) {
        (Some(p), _) => told!("Chance alone: {0}", reader.habits.chance(p)),
        (None, Verdict::Real) => words::sentence(say(words::EXACT)),
        (None, _) => String::new(),
    }
}

fn target_fact(reader: &Reader<'_>, finding: &Finding) -> Fact {
    let Some(target) = &finding.target else {
        return Fact {
            heading: say(words::TARGET).to_owned(),
            says: say("None set").to_owned(),
            detail: say("Set one on this page").to_owned(),
        };
    };
    let sign = card::target_sign(reader, finding);
    let wanted = reader.habits.value(target.value, finding.unit);
    Fact {
        heading: format!("{} {sign}{wanted}", say(words::TARGET)),
        says: words::sentence(card::target_verdict(target.met)),
        detail: if target.met.is_none() {
            say("The interval spans it").to_owned()
        } else {
            String::new()
        },
    }
}

/// The KPI's own picture, its title led by the KPI's name.
pub fn picture(finding: &Finding, name: &str) -> Option<ChartSpec> {
    let mut chart = finding.chart.clone()?;
    let mut letters = chart.title.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    chart.title = format!("{name}: {}{}", inside(&first), letters.as_str());
    Some(chart)
}

const fn is_distribution(chart: &ChartSpec) -> bool {
    matches!(chart.plot, Plot::Distribution { .. })
}

/// What was added and lost over time, its title led by the KPI's name.
pub fn movements(finding: &Finding, name: &str) -> Option<ChartSpec> {
    let mut chart = finding.movements.clone()?;
    chart.title = told!("{0}: what was added and lost", name);
    Some(chart)
}

/// The whole series as a chart; absent for fewer than two points.
pub fn trend_chart(finding: &Finding, name: &str) -> Option<ChartSpec> {
    let points = card::trend_points(finding);
    let starts: Vec<_> = points.iter().map(|point| point.start).collect();
    let unit = match period_text::spacing(&starts)? {
        PeriodUnit::Day => "day",
        PeriodUnit::Week => "week",
        PeriodUnit::Month => "month",
        PeriodUnit::Quarter => "quarter",
        PeriodUnit::Year => "year",
    };
    let partial = points.iter().any(|point| point.partial);
    Some(ChartSpec {
        title: told!("{0} by {1}", name, say(unit)),
        summary: String::new(),
        plot: Plot::Trend {
            unit: finding.unit,
            points,
            target: finding.target.as_ref().map(|target| target.value),
        },
        footnotes: if partial {
            vec![told!(
                "Hatched: the {0} is not whole in these rows.",
                say(unit)
            )]
        } else {
            Vec::new()
        },
    })
}

fn terms(reader: &Reader<'_>, finding: &Finding) -> Vec<TermView> {
    let about = reader.about(finding);
    finding
        .parts
        .0
        .iter()
        .map(|(name, number)| {
            let known = about.and_then(|about| about.parts.iter().find(|part| part.name == *name));
            let unit = card::part_unit(about, finding, name);
            TermView {
                name: words::sentence(&words::term_beside(name, unit)),
                value: reader.habits.value(*number, unit),
                says: known.map_or_else(
                    || say(words::NOT_DESCRIBED).to_owned(),
                    |part| part.says.clone(),
                ),
            }
        })
        .collect()
}

fn methods(reader: &Reader<'_>, finding: &Finding) -> Vec<String> {
    let mut methods = Vec::new();
    if let Some(interval) = &finding.interval {
        methods.push(told!(
            "Interval: {0}, {1}.",
            interval.method,
            reader.habits.level(interval.level)
        ));
    }
    let previous = finding.previous.as_ref();
    if let Some(test) = previous.and_then(|previous| previous.test.as_ref()) {
        methods.push(format!("{}: {test}.", say(words::CHANGE)));
    }
    let mut compared = finding.segments.iter().filter_map(|it| it.test.as_ref());
    if let Some(test) = compared.next() {
        // Two segments are one comparison.
        let holm = if compared.count() > 1 {
            say(words::HOLM)
        } else {
            ""
        };
        methods.push(format!("{}: {test}{holm}.", say(words::AGAINST_THE_REST)));
    }
    methods.push(told!("Edition {0} of the definition.", finding.edition));
    methods
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn a_page_says_how_the_figure_came_about() {
        let example = Example::new();
        let page = kpi_page(
            &example.reader(),
            &example.report,
            example.finding(0),
            &Options::default(),
        );
        assert_eq!(page.interval, "95% interval 2.2 to 7.3%");
        assert_eq!(page.covers, "10 of 245, Q3 2026");
        assert_eq!(page.methods[1], "Change: two-proportion z test, pooled.");
        assert_eq!(
            page.methods[2],
            "Each segment against the others together: Welch's t test, Holm-Bonferroni for so many at once."
        );
        assert_eq!(page.facts[0].says, "+2.4 points");
        assert_eq!(page.facts[1].detail, "Chance alone: 1 time in 7");
        assert_eq!(page.facts[2].says, "Cannot tell yet");
        assert_eq!(page.terms[0].says, "Customers lost.");
        assert_eq!(page.trend.unwrap().title, "Customer churn by quarter");
        let left = &page.left_out[0];
        assert_eq!(
            (left.says.as_str(), left.count.as_str()),
            ("No customer named", "3")
        );
        assert_eq!(left.query.reason.as_deref(), Some("customer_missing"));
    }

    #[test]
    fn a_kpi_that_the_catalogue_lacks_is_said_to_be_not_described() {
        let mut example = Example::new();
        example.catalogue.clear();
        let page = kpi_page(
            &example.reader(),
            &example.report,
            example.finding(0),
            &Options::default(),
        );
        assert_eq!(page.definition, words::NOT_DESCRIBED);
        assert_eq!(page.formula, words::NOT_DESCRIBED);
        assert_eq!(page.terms[0].says, words::NOT_DESCRIBED);
        assert_eq!(page.family, words::OTHER_FAMILY);
        assert_eq!(page.card.name, "Alpha");
    }

    #[test]
    fn segments_become_dots_and_an_empty_cell_is_named() {
        let example = Example::new();
        let page = kpi_page(
            &example.reader(),
            &example.report,
            example.finding(0),
            &Options::default(),
        );
        let Plot::Dots { dots, .. } = page.segments.unwrap().plot else {
            panic!()
        };
        let labels: Vec<&str> = dots.iter().map(|dot| dot.label.as_str()).collect();
        assert_eq!(labels, ["Starter", "Team", "(blank)"]);
    }
}
