//! The same rows under every rule of a KPI, and the way from the rule in force to each other one.

use super::format::Habits;
use super::{Reader, card, rows, words};
use crate::engine::base::Unit;
use crate::engine::kpi::AboutReport;
use crate::engine::kpi::about::VariantReport;
use crate::engine::report::{BridgeStep, Finding, VariantValue};
use crate::engine::rows::RowsQuery;
use crate::present::language::say;
use crate::told;

/// One rule and its figure on the same rows.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    /// The rule's id, for the choice.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The rule in one sentence.
    pub rule: String,
    /// Who uses it.
    pub source: String,
    /// The figure under it.
    pub value: String,
    /// "+1.2 points": the figure minus that of the rule in force; empty for that one, and where
    /// one of them has none.
    pub difference: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// Why it gives no figure, or why its figure needs no explanation; empty where there is a
    /// bridge.
    pub remark: String,
    /// The way from the rule in force to it.
    pub bridge: Option<BridgeView>,
}

/// The way from one rule to another, as the lines of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeView {
    /// "How 25.0% becomes 60.0%".
    pub title: String,
    /// Whether the steps say what they add to the numerator.
    pub has_numerator: bool,
    /// Whether the steps say what they add to the denominator.
    pub has_denominator: bool,
    /// The rule in force, each step, the other rule.
    pub lines: Vec<BridgeLine>,
    /// "2 steps add up to the whole difference; 0 is left unexplained."
    pub sum: String,
}

/// One line of a bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeLine {
    /// The name of a rule, or who makes the difference.
    pub says: String,
    /// Whether it is one of the two ends.
    pub is_end: bool,
    /// How many customers.
    pub customers: String,
    /// What stands above the line at an end; what a step adds to it.
    pub numerator: String,
    /// What stands below the line at an end; what a step adds to it.
    pub denominator: String,
    /// The figure at an end, or after the step.
    pub value: String,
    /// How the figure moves; absent while it is undefined, and where nothing moves.
    pub moves: Option<MoveView>,
    /// "Show the 3 rows", and the question that shows them.
    pub rows: Option<(String, RowsQuery)>,
}

/// From where to where a figure moves, on a line of 100 from the lowest to the highest figure of
/// the bridge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoveView {
    /// Where the bar begins at its left.
    pub left: f64,
    /// How long it is; that of a tick at an end, and where the step moves nothing.
    pub width: f64,
    /// Whether the figure falls.
    pub falls: bool,
}

/// All rules of the finding's KPI, in the KPI's order.
pub fn rules(reader: &Reader<'_>, finding: &Finding) -> Vec<RuleView> {
    let Some(about) = reader.about(finding) else {
        return Vec::new();
    };
    let of_rule = |rule: &VariantReport| rule_view(reader.habits, about, finding, rule);
    about.variants.iter().map(of_rule).collect()
}

fn rule_view(
    habits: &Habits,
    about: &AboutReport,
    finding: &Finding,
    rule: &VariantReport,
) -> RuleView {
    let in_force = rule.id == finding.variant;
    let told = finding.variants.iter().find(|it| it.variant == rule.id);
    let unit = told.and_then(|it| it.unit).unwrap_or(finding.unit);
    let own = in_force.then_some(finding.value).flatten();
    let value = told.and_then(|it| it.value).or(own);
    let difference = match (value, finding.value) {
        (Some(there), Some(here)) if !in_force && unit == finding.unit => {
            habits.change(there - here, finding.unit)
        }
        _ => String::new(),
    };
    let bridge = told.and_then(|told| bridge(habits, (about, rule), finding, told));
    let remark = if bridge.is_some() || in_force {
        String::new()
    } else {
        remark(finding, told)
    };
    RuleView {
        id: rule.id.clone(),
        name: rule.name.clone(),
        rule: rule.rule.clone(),
        source: rule.source.clone(),
        value: value.map_or_else(
            || say(words::NOT_AVAILABLE).to_owned(),
            |it| habits.value(it, unit),
        ),
        difference,
        in_force,
        remark,
        bridge,
    }
}

/// Why there is no way to show.
fn remark(finding: &Finding, told: Option<&VariantValue>) -> String {
    let says = match told {
        _ if finding.value.is_none() => say(words::RULE_WAITS),
        None => say(words::RULE_NEEDS_MORE),
        Some(told) if told.value.is_some() && told.unit.is_some() => say(words::RULE_OTHER_UNIT),
        Some(told) if is_same(told.value, finding.value) => say(words::RULE_SAME),
        Some(told) if told.value.is_some() => say(words::RULE_OTHER_WAY),
        Some(told) => {
            let refusal = told.refusal.as_ref();
            return refusal.map_or_else(
                || say(words::RULE_NEEDS_MORE).to_owned(),
                |it| format!("{} {}", it.message, it.hint),
            );
        }
    };
    says.to_owned()
}

/// Whether both are there and alike but for rounding.
fn is_same(there: Option<f64>, here: Option<f64>) -> bool {
    let both = there.zip(here);
    both.is_some_and(|(there, here)| (there - here).abs() <= here.abs() * 1e-12)
}

fn bridge(
    habits: &Habits,
    (about, rule): (&AboutReport, &VariantReport),
    finding: &Finding,
    told: &VariantValue,
) -> Option<BridgeView> {
    let (here, there) = (finding.value?, told.value?);
    let steps = &told.bridge;
    if steps.is_empty() {
        return None;
    }
    let has_numerator = steps.iter().any(|step| step.numerator.is_some());
    let has_denominator = steps.iter().any(|step| step.denominator.is_some());
    let scale = Scale::of(here, steps);
    let unit = |name: &str| {
        if has_denominator || finding.unit == Unit::Count {
            card::part_unit(Some(about), finding, name)
        } else {
            Unit::Money
        }
    };
    let end = |says: &str, figure: f64, sums: [String; 2]| {
        let [numerator, denominator] = sums;
        BridgeLine {
            says: says.to_owned(),
            is_end: true,
            customers: String::new(),
            numerator,
            denominator,
            value: habits.fine(figure, finding.unit),
            moves: scale.moves(figure, figure),
            rows: None,
        }
    };
    let sum = |name: &str, added: fn(&BridgeStep) -> Option<f64>, at_start: bool| {
        let start = finding.parts.get(name).filter(|_| has_denominator);
        let added: f64 = steps.iter().filter_map(added).sum();
        start.map_or_else(String::new, |start| {
            let sum = if at_start { start } else { start + added };
            habits.value(sum, unit(name))
        })
    };
    let sums = |at_start: bool| {
        [
            sum("numerator", |step| step.numerator, at_start),
            sum("denominator", |step| step.denominator, at_start),
        ]
    };
    let here_name = about.variants.iter().find(|it| it.id == finding.variant);
    let here_name = here_name.map_or(finding.variant.as_str(), |it| it.name.as_str());
    let mut lines = vec![end(here_name, here, sums(true))];
    let mut before = here;
    for (place, step) in steps.iter().enumerate() {
        let added = |amount: Option<f64>, name: &str| {
            amount.map_or_else(String::new, |it| habits.change(it, unit(name)))
        };
        lines.push(BridgeLine {
            says: words::sentence(&step.says),
            is_end: false,
            customers: habits.count(step.customers),
            numerator: added(step.numerator, "numerator"),
            denominator: added(step.denominator, "denominator"),
            value: step.value.map_or_else(
                || say(words::NOT_AVAILABLE).to_owned(),
                |it| habits.fine(it, finding.unit),
            ),
            moves: step.value.and_then(|after| scale.moves(before, after)),
            rows: step_rows(habits, finding, rule, (place, step)),
        });
        before = step.value.unwrap_or(before);
    }
    lines.push(end(&rule.name, there, sums(false)));
    Some(BridgeView {
        title: told!(
            "How {0} becomes {1}",
            habits.value(here, finding.unit),
            habits.value(there, finding.unit)
        ),
        has_numerator,
        has_denominator,
        lines,
        sum: adds_up(habits, finding.unit, steps, (here, there)),
    })
}

/// That the steps add up to the whole difference, with what they leave unexplained.
fn adds_up(habits: &Habits, unit: Unit, steps: &[BridgeStep], (here, there): (f64, f64)) -> String {
    let last = steps.last().and_then(|step| step.value).unwrap_or(here);
    let count = words::counted(steps.len(), "step adds", "steps add");
    told!(
        "{0} up to the whole difference of {1}; {2} is left unexplained.",
        count,
        habits.change(there - here, unit),
        habits.change(there - last, unit)
    )
}

fn step_rows(
    habits: &Habits,
    finding: &Finding,
    rule: &VariantReport,
    (place, step): (usize, &BridgeStep),
) -> Option<(String, RowsQuery)> {
    let says = match step.rows {
        0 => return None,
        1 => say("Show the row").to_owned(),
        rows => told!("Show the {0} rows", habits.count(rows)),
    };
    let query = RowsQuery {
        table: finding.table.clone(),
        finding: Some(rows::finding_id(finding)),
        rule: Some(rule.id.clone()),
        step: u32::try_from(place).ok(),
        ..RowsQuery::default()
    };
    Some((says, query))
}

/// Where a figure stands between the lowest and the highest of a bridge.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(start: f64, steps: &[BridgeStep]) -> Self {
        let figures = steps.iter().filter_map(|step| step.value);
        let (low, high) = figures.fold((start, start), |(low, high), it| {
            (low.min(it), high.max(it))
        });
        Self { low, high }
    }

    fn moves(&self, from: f64, to: f64) -> Option<MoveView> {
        const WHOLE: f64 = 100.0;
        const TICK: f64 = 1.0;
        let at = |figure: f64| (figure - self.low) / (self.high - self.low) * WHOLE;
        let (from, to) = (at(from), at(to));
        let width = (to - from).abs().max(TICK);
        let left = from.min(to).min(WHOLE - width);
        let falls = to < from;
        left.is_finite().then_some(MoveView { left, width, falls })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Refusal;
    use crate::present::example::Example;

    fn with_bridge() -> Example {
        let mut example = Example::new();
        example.report.findings[0].variants = serde_json::from_str(
            r#"[{"variant":"standard","value":0.0408},
                {"variant":"average","value":0.0489,"bridge":[
                  {"says":"left and came back","customers":3,"numerator":3.0,"denominator":0.0,"value":0.0531,"rows":4,"sample_rows":[2]},
                  {"says":"joined within the period","customers":21,"numerator":0.0,"denominator":21.0,"value":0.0489,"rows":1}]}]"#,
        )
        .unwrap();
        example
    }

    #[test]
    fn a_rule_shows_its_difference_and_the_steps_to_it() {
        let example = with_bridge();
        let found = rules(&example.reader(), example.finding(0));
        assert_eq!((found[0].value.as_str(), found[0].in_force), ("4.1%", true));
        assert_eq!(
            (found[0].difference.as_str(), &found[0].bridge),
            ("", &None)
        );
        assert_eq!(found[1].difference, "+0.8 points");
        let bridge = found[1].bridge.clone().unwrap();
        assert_eq!(bridge.title, "How 4.1% becomes 4.9%");
        let told: Vec<[&str; 5]> = bridge
            .lines
            .iter()
            .map(|it| {
                [
                    it.says.as_str(),
                    it.customers.as_str(),
                    it.numerator.as_str(),
                    it.denominator.as_str(),
                    it.value.as_str(),
                ]
            })
            .collect();
        assert_eq!(
            told,
            [
                ["Lost in the period", "", "10", "245", "4.08%"],
                ["Left and came back", "3", "+3", "0", "5.31%"],
                ["Joined within the period", "21", "0", "+21", "4.89%"],
                ["Average base", "", "13", "266", "4.89%"],
            ]
        );
        assert_eq!(
            bridge.sum,
            "2 steps add up to the whole difference of +0.8 points; 0.0 points is left unexplained."
        );
    }

    #[test]
    fn a_step_leads_to_its_rows_and_draws_its_move() {
        let example = with_bridge();
        let found = rules(&example.reader(), example.finding(0));
        let bridge = found[1].bridge.clone().unwrap();
        let (says, query) = bridge.lines[1].rows.clone().unwrap();
        assert_eq!(says, "Show the 4 rows");
        assert_eq!(query.finding.as_deref(), Some("alpha"));
        assert_eq!(
            (query.rule.as_deref(), query.step),
            (Some("average"), Some(0))
        );
        let moves: Vec<(bool, f64)> = bridge
            .lines
            .iter()
            .filter_map(|line| line.moves)
            .map(|it| (it.falls, (it.left + it.width).round()))
            .collect();
        assert_eq!(
            moves,
            [(false, 1.0), (false, 100.0), (true, 100.0), (false, 67.0)]
        );
    }

    #[test]
    fn a_rule_without_a_figure_says_why() {
        let mut example = with_bridge();
        let of = |example: &Example| rules(&example.reader(), example.finding(0))[1].clone();
        example.report.findings[0].variants[1].value = None;
        example.report.findings[0].variants[1].bridge.clear();
        example.report.findings[0].variants[1].refusal = Some(Refusal::new(
            "rule_not_applicable",
            "No column says it.",
            "Add it.",
        ));
        assert_eq!(of(&example).remark, "No column says it. Add it.");
        example.report.findings[0].variants[1].unit = Some(crate::engine::base::Unit::Score);
        assert_eq!(of(&example).remark, "No column says it. Add it.");
        assert_eq!(of(&example).value, "n/a");
        example.report.findings[0].variants.truncate(1);
        assert_eq!(of(&example).remark, words::RULE_NEEDS_MORE);
        example.report.findings[0].value = None;
        assert_eq!(of(&example).remark, words::RULE_WAITS);
    }
}
