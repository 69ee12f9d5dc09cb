//! The dashboard: a title that says what is covered, sentences, cards by family, big charts.

use super::card::{CardView, card};
use super::customer_groups::{self, GroupsView};
use super::findings::{SentenceView, findings};
use super::kpi_page::{movements, picture, trend_chart};
use super::{Reader, period_text, words};
use crate::engine::base::Period;
use crate::engine::chart_spec::{ChartSpec, Plot};
use crate::engine::report::{Finding, Report, Status};
use crate::present::language::say;
use crate::told;

/// What the dashboard shows.
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardView {
    /// "Q3 2026", or what else is covered.
    pub title: String,
    /// One sentence about periods and comparison.
    pub lead: String,
    /// "What changed", or what cannot be told.
    pub sentences_title: &'static str,
    /// How they are ordered.
    pub sentences_note: &'static str,
    /// At most five.
    pub sentences: Vec<SentenceView>,
    /// Whether the report tells no KPI at all; without sections, all of them are hidden.
    pub is_empty: bool,
    /// One a family, in the page's order.
    pub sections: Vec<SectionView>,
    /// Customers by their value, one entry a table.
    pub groups: Vec<GroupsView>,
    /// The picture beside the sentences.
    pub lead_chart: Option<ChartSpec>,
}

/// The cards of one family.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionView {
    /// The family in words.
    pub title: String,
    /// "From survey.csv, 640 rows".
    pub note: String,
    /// The cards.
    pub cards: Vec<CardView>,
    /// A picture beside the cards, where they leave room for one.
    pub beside: Option<ChartSpec>,
    /// Pictures of the family's KPIs: distributions and bridges.
    pub charts: Vec<ChartSpec>,
}

/// The dashboard of a report.
pub fn dashboard(reader: &Reader<'_>, report: &Report) -> DashboardView {
    let lead_chart = lead_chart(report);
    let sentences = findings(reader, report);
    let compared = report
        .findings
        .iter()
        .any(|finding| finding.previous.is_some());
    DashboardView {
        title: title(reader, report),
        lead: lead(reader, report),
        sentences_title: if compared {
            say(words::CHANGED_TITLE)
        } else {
            say(words::SAY_TITLE)
        },
        sentences_note: if compared {
            say(words::CHANGED_NOTE)
        } else {
            ""
        },
        sentences,
        is_empty: report.findings.is_empty(),
        sections: sections(reader, report, lead_chart.as_ref()),
        groups: customer_groups::groups(reader.habits, report),
        lead_chart,
    }
}

/// The cards alone, figures first.
pub fn cards(reader: &Reader<'_>, report: &Report) -> Vec<CardView> {
    let (mut told, refused): (Vec<&Finding>, Vec<&Finding>) = report
        .findings
        .iter()
        .filter(|finding| reader.cards.shows(&finding.kpi))
        .partition(|finding| finding.status == Status::Ok);
    told.sort_by_key(|finding| reader.cards.place(&finding.kpi));
    told.iter()
        .chain(&refused)
        .map(|finding| card(reader, report, finding))
        .collect()
}

fn periods(report: &Report) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for period in report.findings.iter().filter_map(|finding| finding.period) {
        if !periods.contains(&period) {
            periods.push(period);
        }
    }
    periods
}

fn title(reader: &Reader<'_>, report: &Report) -> String {
    match (periods(report).as_slice(), report.as_of) {
        ([one], _) => period_text::period(reader.habits, *one),
        ([_, ..], Some(day)) => told!("KPIs to {0}", reader.habits.date(day)),
        _ => say("KPIs of these rows").to_owned(),
    }
}

fn lead(reader: &Reader<'_>, report: &Report) -> String {
    let mut parts = Vec::new();
    if periods(report).len() > 1 {
        parts.push(say("Each KPI covers its own period, named on its card").to_owned());
    }
    let mut before: Vec<String> = Vec::new();
    for previous in report
        .findings
        .iter()
        .filter_map(|finding| finding.previous.as_ref())
    {
        let text = period_text::period(reader.habits, previous.period);
        if !before.contains(&text) {
            before.push(text);
        }
    }
    match before.as_slice() {
        [] => parts.push(say("Nothing is compared").to_owned()),
        [one] if periods(report).len() == 1 => parts.push(told!("Compared with {0}", one)),
        _ => parts.push(say("Each is compared with the period before its own").to_owned()),
    }
    if let Some(day) = report.as_of.filter(|_| periods(report).len() < 2) {
        parts.push(told!("Data to {0}", reader.habits.date(day)));
    }
    format!("{}.", parts.join(". "))
}

/// The first bridge of the report.
fn lead_chart(report: &Report) -> Option<ChartSpec> {
    report
        .findings
        .iter()
        .filter_map(|finding| finding.chart.as_ref())
        .find(|chart| matches!(chart.plot, Plot::Waterfall { .. }))
        .cloned()
}

fn sections(
    reader: &Reader<'_>,
    report: &Report,
    lead_chart: Option<&ChartSpec>,
) -> Vec<SectionView> {
    let of_family = |(id, mut findings): (String, Vec<&Finding>)| {
        findings.retain(|finding| reader.cards.shows(&finding.kpi));
        (!findings.is_empty()).then(|| section(reader, report, &id, &findings, lead_chart))
    };
    let families = families(reader, report);
    families.into_iter().filter_map(of_family).collect()
}

/// The findings by the id of their family, in the order of the reader, else of the business.
pub(super) fn families<'a>(
    reader: &Reader<'_>,
    report: &'a Report,
) -> Vec<(String, Vec<&'a Finding>)> {
    let family = |finding: &Finding| {
        reader
            .about(finding)
            .map_or_else(String::new, |about| about.family.clone())
    };
    let mut ids: Vec<String> = words::FAMILIES.iter().map(|id| (*id).to_owned()).collect();
    for finding in &report.findings {
        let id = family(finding);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let place = |finding: &Finding| {
        let chosen = reader.cards.place(&finding.kpi);
        (chosen, place(reader, report, finding))
    };
    // Families in which something comes first come first themselves.
    ids.sort_by_key(|id| {
        let told = report.findings.iter().filter(|it| family(it) == *id);
        let told =
            told.filter(|it| it.status == Status::Ok || reader.cards.place(&it.kpi) < usize::MAX);
        told.map(place).min().unwrap_or((usize::MAX, usize::MAX))
    });
    let of_family = |id: String| {
        let findings = report.findings.iter().filter(|it| family(it) == id);
        let mut findings: Vec<&Finding> = findings.collect();
        findings.sort_by_key(|finding| place(finding));
        (!findings.is_empty()).then_some((id, findings))
    };
    ids.into_iter().filter_map(of_family).collect()
}

/// The place of a KPI among those that the business looks at first; the last for all others.
fn place(reader: &Reader<'_>, report: &Report, finding: &Finding) -> usize {
    let first_for = |kind: &String| reader.about(finding)?.first_for.get(kind).copied();
    report
        .business_type
        .as_ref()
        .and_then(first_for)
        .unwrap_or(usize::MAX)
}

fn section(
    reader: &Reader<'_>,
    report: &Report,
    id: &str,
    findings: &[&Finding],
    lead_chart: Option<&ChartSpec>,
) -> SectionView {
    /// More cards take the whole width.
    const FEW: usize = 2;
    let (told, refused): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.status == Status::Ok);
    // Waterfalls of one family tell the same movements: one of them is enough here.
    let is_waterfall = |chart: &ChartSpec| matches!(chart.plot, Plot::Waterfall { .. });
    let leads = told
        .iter()
        .any(|finding| finding.chart.is_some() && finding.chart.as_ref() == lead_chart);
    let mut has_waterfall = leads && lead_chart.is_some_and(is_waterfall);
    let mut charts: Vec<ChartSpec> = told
        .iter()
        .filter(|finding| {
            let Some(chart) = finding.chart.as_ref().filter(|it| Some(*it) != lead_chart) else {
                return false;
            };
            !is_waterfall(chart) || !std::mem::replace(&mut has_waterfall, true)
        })
        .filter_map(|finding| picture(finding, &reader.name(report, finding)))
        .collect();
    // Findings of one family share their movements too.
    let over_time = told
        .iter()
        .find_map(|finding| movements(finding, &reader.name(report, finding)));
    charts.extend(over_time);
    if charts.is_empty() {
        charts.extend(
            told.first()
                .and_then(|first| trend_chart(first, &reader.name(report, first))),
        );
    }
    let beside = (findings.len() <= FEW && !charts.is_empty()).then(|| charts.remove(0));
    SectionView {
        title: words::family(id),
        note: note(reader, report, findings),
        cards: told
            .iter()
            .chain(&refused)
            .map(|finding| card(reader, report, finding))
            .collect(),
        beside,
        charts,
    }
}

fn note(reader: &Reader<'_>, report: &Report, findings: &[&Finding]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for finding in findings {
        if !names.contains(&finding.table.as_str()) {
            names.push(&finding.table);
        }
    }
    let rows = |name: &str| {
        report
            .tables
            .iter()
            .find(|table| table.name == name)
            .map(|table| table.rows.read)
    };
    match names.as_slice() {
        [one] => rows(one).map_or_else(
            || told!("From {0}", one),
            |rows| told!("From {0}, {1} rows", one, reader.habits.count(rows)),
        ),
        many => told!("From {0}", many.join(say(" and "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn cards_stand_by_family_with_refusals_last() {
        let example = Example::new();
        let view = dashboard(&example.reader(), &example.report);
        assert_eq!(view.title, "Q3 2026");
        assert_eq!(view.lead, "Compared with Q2 2026. Data to 18 Nov 2026.");
        let titles: Vec<&str> = view
            .sections
            .iter()
            .map(|section| section.title.as_str())
            .collect();
        assert_eq!(titles, ["Revenue", "Keeping customers"]);
        let names: Vec<&str> = view.sections[1]
            .cards
            .iter()
            .map(|card| card.name.as_str())
            .collect();
        assert_eq!(names, ["Customer churn", "Churn of few"]);
        assert_eq!(view.sections[1].note, "From customers.csv, 640 rows");
        assert!(view.lead_chart.is_some());
        assert!(
            view.sections[0].charts.is_empty(),
            "the lead chart is not drawn twice"
        );
    }
}
