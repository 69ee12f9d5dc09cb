//! A KPI card: six rows of text and one small chart.

use super::findings::asked;
use super::format::Habits;
use super::{Reader, key, period_text, words};
use crate::engine::base::{Better, Unit};
use crate::engine::chart_spec::{ChartSpec, Plot, TrendPoint};
use crate::engine::kpi::AboutReport;
use crate::engine::report::{Finding, Previous, Report, Verdict};
use crate::present::language::say;
use crate::told;

/// What a card shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CardView {
    /// Tells the card from all others.
    pub key: String,
    /// The KPI's name.
    pub name: String,
    /// The rule in force.
    pub rule: String,
    /// A figure or a refusal.
    pub body: CardBody,
}

/// What stands below the name.
#[derive(Clone, Debug, PartialEq)]
pub enum CardBody {
    /// There is a figure.
    Figure(Box<FigureView>),
    /// There is none, and why.
    Refused(RefusalView),
}

/// A figure with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureView {
    /// The figure in its unit.
    pub value: String,
    /// "2.2 to 7.3%"; absent for a full count.
    pub interval: Option<String>,
    /// The series, where it has at least two points.
    pub spark: Option<ChartSpec>,
    /// The change on the period before.
    pub change: Option<ChangeView>,
    /// What stands in its place where there is none.
    pub uncompared: &'static str,
    /// Numerator and denominator, or n.
    pub terms: String,
    /// What the figure covers.
    pub period: String,
    /// What must be known beside the figure, in sentences.
    pub notes: Vec<String>,
    /// The target and whether it is met.
    pub target: Option<String>,
}

/// A change in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeView {
    /// Where it went.
    pub direction: Direction,
    /// Whether it is more than chance.
    pub fill: Fill,
    /// Whether it is good news; only a real change with a known direction has a tone.
    pub tone: ChangeTone,
    /// "+2.4 points on Q2 2025: could be noise".
    pub text: String,
}

/// Where a figure went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// Higher than before.
    Up,
    /// Lower than before.
    Down,
    /// The same.
    Level,
}

/// How the triangle of a change is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fill {
    /// The change is real, or exact.
    Filled,
    /// The change could be noise.
    Hollow,
}

/// How a change is coloured.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ChangeTone {
    /// Real and for the better.
    Better,
    /// Real and for the worse.
    Worse,
    /// Not known to be either.
    Plain,
}

/// Why there is no figure, in three parts.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusalView {
    /// What is missing.
    pub missing: String,
    /// Why that matters; may be empty.
    pub matters: String,
    /// What to do or read instead.
    pub instead: String,
    /// The way to where that can be done.
    pub way: Option<WayOn>,
}

/// A link to where a refusal can be mended.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOn {
    /// What is done there.
    pub says: &'static str,
    /// The card whose page it is; absent for the Check page.
    pub key: Option<String>,
}

/// The card of one finding.
pub fn card(reader: &Reader<'_>, report: &Report, finding: &Finding) -> CardView {
    CardView {
        key: key(finding),
        name: reader.name(report, finding),
        rule: rule_name(reader, finding),
        body: body(reader, report, finding),
    }
}

/// The name of the rule in force.
pub fn rule_name(reader: &Reader<'_>, finding: &Finding) -> String {
    reader
        .about(finding)
        .and_then(|about| {
            about
                .variants
                .iter()
                .find(|rule| rule.id == finding.variant)
        })
        .map_or_else(
            || words::plain_name(&finding.variant),
            |rule| rule.name.clone(),
        )
}

fn body(reader: &Reader<'_>, report: &Report, finding: &Finding) -> CardBody {
    let habits = reader.habits;
    let Some(value) = finding.value else {
        return CardBody::Refused(refusal(report, finding));
    };
    CardBody::Figure(Box::new(FigureView {
        value: habits.value(value, finding.unit),
        interval: finding
            .interval
            .as_ref()
            .map(|it| habits.range(it.low, it.high, finding.unit)),
        spark: spark(finding),
        change: change(reader, finding),
        uncompared: say(words::NOT_COMPARED),
        terms: terms(reader, finding),
        period: finding.period.map_or_else(
            || say(words::UNDATED).to_owned(),
            |it| period_text::period(habits, it),
        ),
        notes: finding
            .notes
            .iter()
            .map(|note| words::sentence(&note.effect))
            .collect(),
        target: target(reader, finding),
    }))
}

/// Why there is no figure; the first sentence of the message is what is missing.
pub fn refusal(report: &Report, finding: &Finding) -> RefusalView {
    let Some(refusal) = &finding.refusal else {
        return RefusalView {
            missing: say("There is no figure for these rows.").to_owned(),
            matters: String::new(),
            instead: String::new(),
            way: None,
        };
    };
    let (missing, matters) = refusal
        .message
        .split_once(". ")
        .map_or((refusal.message.as_str(), ""), |(first, rest)| {
            (first, rest)
        });
    RefusalView {
        missing: ended(missing),
        matters: matters.to_owned(),
        instead: refusal.hint.clone(),
        way: way_on(report, finding, &refusal.code),
    }
}

/// Where the refusal can be mended: at a question, at the exchange rates, or at the other rules.
fn way_on(report: &Report, finding: &Finding, code: &str) -> Option<WayOn> {
    let here = |says| {
        let key = Some(key(finding));
        Some(WayOn { says, key })
    };
    match code {
        _ if asked(report, finding) => Some(WayOn {
            says: say(words::ANSWER_QUESTION),
            key: None,
        }),
        "currencies_mixed" => here(say(words::GIVE_RATES)),
        "rule_not_applicable" => here(say(words::CHOOSE_RULE)),
        _ => None,
    }
}

fn ended(text: &str) -> String {
    if text.ends_with(['.', '?', '!', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The last points of the series as a small trend.
fn spark(finding: &Finding) -> Option<ChartSpec> {
    const POINTS: usize = 12;
    let mut points = trend_points(finding);
    let points = points.split_off(points.len().saturating_sub(POINTS));
    let known = points.iter().filter(|point| point.value.is_some()).count();
    (known >= 2).then(|| ChartSpec {
        title: String::new(),
        summary: String::new(),
        plot: Plot::Trend {
            unit: finding.unit,
            points,
            target: finding.target.as_ref().map(|target| target.value),
        },
        footnotes: Vec::new(),
    })
}

/// The series as points of a trend, from the first one that has a figure.
pub fn trend_points(finding: &Finding) -> Vec<TrendPoint> {
    finding
        .series
        .iter()
        .skip_while(|point| point.value.is_none())
        .map(|point| TrendPoint {
            start: point.start,
            value: point.value,
            low: point.low,
            high: point.high,
            n: point.n,
            partial: point.partial,
        })
        .collect()
}

/// The change on the period before, in one line.
pub fn change(reader: &Reader<'_>, finding: &Finding) -> Option<ChangeView> {
    let previous = finding.previous.as_ref()?;
    let habits = reader.habits;
    let better = reader
        .about(finding)
        .map_or(Better::Neither, |about| about.better);
    let size = change_size(habits, previous, finding.unit);
    let against = period_text::period(habits, previous.period);
    let exact = previous.p_value.is_none() && previous.verdict == Verdict::Real;
    let verdict = if exact {
        String::new()
    } else {
        format!(": {}", words::verdict(previous.verdict))
    };
    // A change that rounds to nothing is shown as none.
    let shows = habits
        .change(previous.change, finding.unit)
        .contains(|it| matches!(it, '1'..='9'));
    let direction = if shows {
        direction(previous.change)
    } else {
        Direction::Level
    };
    let real = previous.verdict == Verdict::Real;
    Some(ChangeView {
        direction,
        fill: if real { Fill::Filled } else { Fill::Hollow },
        tone: if real && !exact {
            tone(direction, better)
        } else {
            ChangeTone::Plain
        },
        text: if words::is_level(previous) {
            told!("{0} on {1}", say(words::NO_CHANGE), against)
        } else {
            told!("{0} on {1}{2}", size, against, verdict)
        },
    })
}

/// The change with its sign; of an amount with the percentage in brackets.
pub fn change_size(habits: &Habits, previous: &Previous, unit: Unit) -> String {
    let size = habits.change(previous.change, unit);
    let share = previous.change / previous.value;
    if !matches!(unit, Unit::Money | Unit::Count) || !share.is_finite() || previous.value <= 0.0 {
        return size;
    }
    let sign = if share > 0.0 { "+" } else { "" };
    format!("{size} ({sign}{})", habits.percent(share))
}

/// Where a figure went.
pub fn direction(change: f64) -> Direction {
    match change.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => Direction::Up,
        Some(std::cmp::Ordering::Less) => Direction::Down,
        _ => Direction::Level,
    }
}

fn tone(direction: Direction, better: Better) -> ChangeTone {
    match (direction, better) {
        (Direction::Up, Better::Higher) | (Direction::Down, Better::Lower) => ChangeTone::Better,
        (Direction::Up, Better::Lower) | (Direction::Down, Better::Higher) => ChangeTone::Worse,
        _ => ChangeTone::Plain,
    }
}

/// "10 of 245", "€332,300 ÷ €320,880", "n = 600", or the first terms by name.
pub fn terms(reader: &Reader<'_>, finding: &Finding) -> String {
    let about = reader.about(finding);
    let habits = reader.habits;
    let in_unit = |name: &str, number: f64| habits.value(number, part_unit(about, finding, name));
    if let (Some(over), Some(under)) = (
        finding.parts.get("numerator"),
        finding.parts.get("denominator"),
    ) {
        let word = if over <= under { say("of") } else { "÷" };
        return format!(
            "{} {word} {}",
            in_unit("numerator", over),
            in_unit("denominator", under)
        );
    }
    finding
        .n
        .map_or_else(String::new, |n| format!("n = {}", habits.count(n)))
}

/// The unit of a term. One that the KPI does not name, such as the numerator, has the unit of a
/// named term with the same figure; else it is a plain number.
pub fn part_unit(about: Option<&AboutReport>, finding: &Finding, name: &str) -> Unit {
    let Some(about) = about else {
        return Unit::Count;
    };
    let named = |name: &str| about.parts.iter().find(|part| part.name == name);
    if let Some(part) = named(name) {
        return part.unit;
    }
    let Some(figure) = finding.parts.get(name) else {
        return Unit::Count;
    };
    let alike = |other: f64| (other - figure).abs() <= figure.abs() * 1e-12;
    let twin = finding
        .parts
        .0
        .iter()
        .filter(|(_, other)| alike(*other))
        .find_map(|(other, _)| named(other));
    let money = about.parts.iter().find(|part| part.unit == Unit::Money);
    twin.or(money).map_or(Unit::Count, |part| part.unit)
}

/// "Target ≤ 3.0%: cannot tell yet".
fn target(reader: &Reader<'_>, finding: &Finding) -> Option<String> {
    let target = finding.target.as_ref()?;
    let sign = target_sign(reader, finding);
    let wanted = reader.habits.value(target.value, finding.unit);
    let verdict = target_verdict(target.met);
    Some(format!("{} {sign}{wanted}: {verdict}", say(words::TARGET)))
}

/// "≥ " or "≤ ", by which direction is better.
pub fn target_sign(reader: &Reader<'_>, finding: &Finding) -> &'static str {
    match reader.about(finding).map(|about| about.better) {
        Some(Better::Higher) => "≥ ",
        Some(Better::Lower) => "≤ ",
        _ => "",
    }
}

/// The fixed words of a target's verdict.
pub fn target_verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => say(words::MET),
        Some(false) => say(words::MISSED),
        None => say(words::CANNOT_TELL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::{Example, plain};

    fn figure(view: CardView) -> FigureView {
        match view.body {
            CardBody::Figure(figure) => *figure,
            CardBody::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    #[test]
    fn what_must_be_known_beside_a_figure_stands_on_its_card() {
        let mut example = Example::new();
        let note = crate::engine::base::Note::new("lifetime_revenue", "it is cut at 12 months.");
        example.report.findings[0].notes.push(note);
        let card = card(&example.reader(), &example.report, example.finding(0));
        let CardBody::Figure(figure) = card.body else {
            panic!("{card:?}");
        };
        assert_eq!(figure.notes, ["It is cut at 12 months."]);
    }

    #[test]
    fn a_card_shows_value_interval_change_terms_and_target() {
        let example = Example::new();
        let view = card(&example.reader(), &example.report, example.finding(0));
        assert_eq!(
            (view.name.as_str(), view.rule.as_str()),
            ("Customer churn", "Lost in the period")
        );
        let figure = figure(view);
        assert_eq!(figure.value, "4.1%");
        assert_eq!(figure.interval.as_deref(), Some("2.2 to 7.3%"));
        assert_eq!(figure.terms, "10 of 245");
        assert_eq!(
            figure.target.as_deref(),
            Some("Target ≤ 3.0%: cannot tell yet")
        );
        let change = figure.change.unwrap();
        assert_eq!(change.text, "+2.4 points on Q2 2026: could be noise");
        assert_eq!(
            (change.fill, change.tone),
            (Fill::Hollow, ChangeTone::Plain)
        );
        assert!(figure.spark.is_some());
    }

    #[test]
    fn a_figure_without_dates_says_so() {
        let mut example = Example::new();
        example.report.findings[0].period = None;
        let view = card(&example.reader(), &example.report, example.finding(0));
        assert_eq!(figure(view).period, words::UNDATED);
    }

    #[test]
    fn colour_is_earned_by_evidence_and_a_known_direction() {
        let mut example = Example::new();
        example.report.findings[0]
            .previous
            .as_mut()
            .unwrap()
            .verdict = Verdict::Real;
        let tone_of = |example: &Example| {
            figure(card(&example.reader(), &example.report, example.finding(0)))
                .change
                .unwrap()
                .tone
        };
        assert_eq!(tone_of(&example), ChangeTone::Worse);
        example.catalogue[0].better = Better::Neither;
        assert_eq!(tone_of(&example), ChangeTone::Plain);
    }

    #[test]
    fn an_exact_sum_has_no_interval_and_its_change_no_verdict() {
        let example = Example::new();
        let figure = figure(card(&example.reader(), &example.report, example.finding(1)));
        assert_eq!(figure.interval, None);
        assert_eq!(
            plain(&figure.change.unwrap().text),
            "+€35,740 (+11.1%) on Q2 2026"
        );
    }

    #[test]
    fn a_refusal_has_three_parts_and_no_figure() {
        let example = Example::new();
        let view = card(&example.reader(), &example.report, example.finding(2));
        let CardBody::Refused(refusal) = view.body else {
            panic!("{view:?}")
        };
        assert_eq!(refusal.missing, "Too few customers: 7.");
        assert_eq!(refusal.matters, "One loss would read as 14%.");
        assert_eq!(refusal.instead, "Choose a longer period.");
        let way = refusal.way.unwrap();
        assert_eq!((way.says, way.key), (words::ANSWER_QUESTION, None));
    }

    #[test]
    fn a_refusal_leads_to_where_it_can_be_mended() {
        let mut example = Example::new();
        example.report.tables[0].questions.clear();
        let way = |example: &Example| refusal(&example.report, example.finding(2)).way;
        assert_eq!(way(&example), None);
        example.report.findings[2].refusal.as_mut().unwrap().code = "currencies_mixed".to_owned();
        let found = way(&example).unwrap();
        assert_eq!(found.says, words::GIVE_RATES);
        assert_eq!(found.key, Some(key(example.finding(2))));
    }
}
