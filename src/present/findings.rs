//! What changed, in sentences: warnings first, then real changes, at most five. What cannot be told is a finding
//! too.

use super::card::{Direction, change_size, direction, rule_name};
use super::warnings::warnings;
use super::{Reader, key, period_text, words};
use crate::engine::report::{Finding, Previous, Report, Status, Verdict};
use crate::present::language::say;
use crate::told;

/// The most sentences that are shown.
const MOST: usize = 5;

/// One sentence with its verdict and its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceView {
    /// The card that it speaks of, where it speaks of one.
    pub key: Option<String>,
    /// The verdict as a fixed word.
    pub verdict: &'static str,
    /// Whether the verdict is "real".
    pub real: bool,
    /// The sentence.
    pub says: String,
    /// The line of evidence.
    pub evidence: String,
}

/// The sentences at the top of the dashboard.
pub fn findings(reader: &Reader<'_>, report: &Report) -> Vec<SentenceView> {
    let mut compared: Vec<(&Finding, &Previous)> = report
        .findings
        .iter()
        .filter_map(|finding| Some((finding, finding.previous.as_ref()?)))
        .collect();
    compared.sort_by(|(_, a), (_, b)| {
        // Exact figures first: they have no p-value. No p-value is below 0, so its bits sort as it does.
        let chance = |it: &Previous| it.p_value.map(f64::to_bits);
        (words::is_level(a), rank(a.verdict), chance(a)).cmp(&(
            words::is_level(b),
            rank(b.verdict),
            chance(b),
        ))
    });
    let mut sentences = warnings(reader, report);
    let changes = compared.iter().take(MOST);
    sentences
        .extend(changes.map(|(finding, previous)| sentence(reader, report, finding, previous)));
    if compared.is_empty() {
        sentences.extend(not_compared(reader, report));
    }
    sentences.extend(refused(report));
    sentences.truncate(MOST);
    sentences
}

const fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Real => 0,
        Verdict::CouldBeNoise => 1,
        Verdict::TooLittleData => 2,
    }
}

fn sentence(
    reader: &Reader<'_>,
    report: &Report,
    finding: &Finding,
    previous: &Previous,
) -> SentenceView {
    let habits = reader.habits;
    let name = reader.name(report, finding);
    let before = habits.value(previous.value, finding.unit);
    let now = habits.value(finding.value.unwrap_or(previous.value), finding.unit);
    let said = if before == now {
        told!("{0} stayed at {1}", name, now)
    } else {
        told!(
            "{0} {1} from {2} to {3}",
            name,
            say(verb(direction(previous.change))),
            before,
            now
        )
    };
    let says = match previous.verdict {
        Verdict::Real => format!("{said}."),
        Verdict::CouldBeNoise if before == now => format!("{said}."),
        Verdict::CouldBeNoise => {
            told!("{0}, but a change of this size can happen by chance.", said)
        }
        Verdict::TooLittleData => {
            told!(
                "{0}; there are too few rows to say whether that is real.",
                said
            )
        }
    };
    SentenceView {
        key: Some(key(finding)),
        verdict: words::change_label(previous),
        real: previous.verdict == Verdict::Real && !words::is_level(previous),
        says,
        evidence: evidence(reader, finding, previous),
    }
}

const fn verb(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "rose",
        Direction::Down => "fell",
        Direction::Level => "went",
    }
}

fn evidence(reader: &Reader<'_>, finding: &Finding, previous: &Previous) -> String {
    let habits = reader.habits;
    let mut parts = Vec::new();
    if let Some(now) = finding.period {
        let now = period_text::period(habits, now);
        parts.push(told!(
            "{0} against {1}",
            now,
            period_text::period(habits, previous.period)
        ));
    }
    if let (Some(now), Some(then)) = (finding.n, previous.n) {
        parts.push(told!(
            "n = {0} against {1}",
            habits.count(now),
            habits.count(then)
        ));
    }
    let mut difference = told!(
        "difference {0}",
        change_size(habits, previous, finding.unit)
    );
    if let Some(interval) = previous.change_interval {
        let range = habits.change_range(interval, finding.unit);
        difference = told!("{0}, 95% interval {1}", difference, range);
        if interval.0 <= 0.0 && interval.1 >= 0.0 {
            difference.push_str(say(", which includes no change"));
        }
    }
    parts.push(difference);
    if previous.p_value.is_none() && previous.verdict == Verdict::Real {
        parts.push(say("an exact sum, no sampling").to_owned());
    }
    format!("{}.", words::sentence(&parts.join("; ")))
}

/// Without a period before, that nothing can be compared, and what the rows do say.
fn not_compared(reader: &Reader<'_>, report: &Report) -> Vec<SentenceView> {
    report
        .findings
        .iter()
        .filter(|finding| finding.status == Status::Ok)
        .filter_map(|finding| Some((finding, finding.value?)))
        .take(3)
        .map(|(finding, value)| told(reader, report, finding, value))
        .collect()
}

fn told(reader: &Reader<'_>, report: &Report, finding: &Finding, value: f64) -> SentenceView {
    let habits = reader.habits;
    let name = reader.name(report, finding);
    let value = habits.value(value, finding.unit);
    // An exact sum has no interval.
    let interval = finding.interval.as_ref().map_or_else(String::new, |it| {
        format!(", {}", habits.interval(it, finding.unit))
    });
    let covers = finding.period.map_or_else(
        || say("these rows have no dates").to_owned(),
        |period| {
            told!(
                "these rows form one period, {0}",
                period_text::period(habits, period)
            )
        },
    );
    SentenceView {
        key: Some(key(finding)),
        verdict: say(words::NOT_COMPARED),
        real: false,
        says: told!("{0} is {1}{2}.", name, value, interval),
        evidence: told!(
            "Whether it changed cannot be told: {0}. Rule: {1}.",
            covers,
            rule_name(reader, finding)
        ),
    }
}

/// How many KPIs wait for an answer.
fn refused(report: &Report) -> Option<SentenceView> {
    let open: usize = report
        .tables
        .iter()
        .map(|table| table.questions.len())
        .sum();
    let waiting = report
        .findings
        .iter()
        .filter(|finding| finding.status == Status::Refused)
        .filter(|finding| asked(report, finding))
        .count();
    (open > 0 && waiting > 0).then(|| SentenceView {
        key: None,
        verdict: say(words::NOT_TOLD),
        real: false,
        says: if waiting == 1 {
            say("One KPI cannot be told until you answer a question.").to_owned()
        } else {
            told!(
                "{0} KPIs cannot be told until you answer a question.",
                waiting
            )
        },
        evidence: told!(
            "{0} open on the Check page.",
            words::counted(open, "question is", "questions are")
        ),
    })
}

/// Whether the finding waits for the answer to a question.
pub fn asked(report: &Report, finding: &Finding) -> bool {
    report
        .tables
        .iter()
        .filter(|table| table.name == finding.table)
        .flat_map(|table| &table.questions)
        .any(|question| question.affects.contains(&finding.kpi))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::{Example, plain};

    #[test]
    fn real_changes_come_first_and_open_questions_are_findings() {
        let example = Example::new();
        let found = findings(&example.reader(), &example.report);
        let verdicts: Vec<&str> = found.iter().map(|it| it.verdict).collect();
        assert_eq!(verdicts, ["Real", "Could be noise", "Cannot tell yet"]);
        assert_eq!(
            plain(&found[0].says),
            "Recurring revenue rose from €320,880 to €356,620."
        );
        assert_eq!(
            plain(&found[1].says),
            "Customer churn rose from 1.7% to 4.1%, but a change of this size can happen by chance."
        );
        assert_eq!(
            plain(&found[1].evidence),
            "Q3 2026 against Q2 2026; n = 245 against 231; difference +2.4 points, \
             95% interval −0.9 to +5.8, which includes no change."
        );
        assert_eq!(
            found[2].says,
            "One KPI cannot be told until you answer a question."
        );
    }

    #[test]
    fn without_a_period_before_it_says_that_it_cannot_compare() {
        let mut example = Example::new();
        for finding in &mut example.report.findings {
            finding.previous = None;
        }
        let found = findings(&example.reader(), &example.report);
        assert!(
            found[0]
                .says
                .starts_with("Customer churn is 4.1%, 95% interval 2.2 to 7.3%")
        );
        assert!(found.iter().all(|it| !it.real));
    }
}
