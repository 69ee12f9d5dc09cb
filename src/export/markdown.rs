//! A report as Markdown: what changed, a table of figures for each family, what is refused, what
//! each figure means, and what became of the rows.

use crate::told;

use crate::engine::report::{Report, TableReport};
use crate::present::Reader;
use crate::present::card::{CardBody, CardView, FigureView};
use crate::present::dashboard::{SectionView, dashboard};
use crate::present::language::say;
use crate::present::words;

/// The text.
pub fn markdown(reader: &Reader<'_>, report: &Report) -> String {
    let view = dashboard(reader, report);
    let mut lines = vec![format!("# {}", plain(&view.title)), String::new()];
    lines.push(plain(&view.lead));
    lines.push(String::new());
    if !view.sentences.is_empty() {
        lines.push(format!("## {}", view.sentences_title));
        lines.push(String::new());
        for sentence in &view.sentences {
            lines.push(format!(
                "- **{}** {} {}",
                sentence.verdict,
                plain(&sentence.says),
                plain(&sentence.evidence)
            ));
        }
        lines.push(String::new());
    }
    for section in &view.sections {
        of_family(&mut lines, section);
    }
    definitions(&mut lines, reader, report);
    rows(&mut lines, reader, &report.tables);
    lines.push(told!("Made with Kept {0}.", report.kept));
    lines.push(String::new());
    lines.join("\n")
}

fn of_family(lines: &mut Vec<String>, section: &SectionView) {
    lines.push(format!("## {}", plain(&section.title)));
    lines.push(String::new());
    let figures: Vec<(&CardView, &FigureView)> = section
        .cards
        .iter()
        .filter_map(|card| match &card.body {
            CardBody::Figure(figure) => Some((card, &**figure)),
            CardBody::Refused(_) => None,
        })
        .collect();
    if !figures.is_empty() {
        lines.push(String::from(say(
            "| KPI | Figure | 95 % interval | Terms | Period | Change | Rule |",
        )));
        lines.push(String::from("|---|---|---|---|---|---|---|"));
        for (card, figure) in &figures {
            let change = figure.change.as_ref().map_or("", |change| &change.text);
            let cells = [
                card.name.as_str(),
                &figure.value,
                figure.interval.as_deref().unwrap_or_default(),
                &figure.terms,
                &figure.period,
                change,
                &card.rule,
            ];
            let cells: Vec<String> = cells.iter().map(|it| plain(it)).collect();
            lines.push(format!("| {} |", cells.join(" | ")));
        }
        lines.push(String::new());
    }
    for (card, figure) in &figures {
        let beside = figure.target.iter().chain(&figure.notes);
        lines.extend(beside.map(|says| format!("- {}: {}", plain(&card.name), plain(says))));
    }
    for card in &section.cards {
        if let CardBody::Refused(refusal) = &card.body {
            let says = [&refusal.missing, &refusal.matters, &refusal.instead];
            let says: Vec<String> = says.iter().map(|it| plain(it)).collect();
            let says = says.join(" ");
            lines.push(told!(
                "- {0}: no figure. {1}",
                plain(&card.name),
                says.trim()
            ));
        }
    }
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

/// What the figures of the report mean, each once.
fn definitions(lines: &mut Vec<String>, reader: &Reader<'_>, report: &Report) {
    let told = |id: &str| {
        let mut findings = report.findings.iter();
        findings.any(|finding| finding.kpi == id && finding.value.is_some())
    };
    let mut told = reader
        .catalogue
        .iter()
        .filter(|about| told(&about.id))
        .peekable();
    if told.peek().is_none() {
        return;
    }
    lines.push(String::from(say("## What the figures mean")));
    lines.push(String::new());
    for about in told {
        lines.push(told!(
            "- **{0}** (edition {1}): {2} Formula: {3}.",
            plain(&about.name),
            about.edition,
            plain(&about.definition),
            plain(&about.formula)
        ));
    }
    lines.push(String::new());
}

fn rows(lines: &mut Vec<String>, reader: &Reader<'_>, tables: &[TableReport]) {
    lines.push(String::from(say("## Rows")));
    lines.push(String::new());
    for table in tables {
        let count = |count: u64| reader.habits.count(count);
        let mut says = told!(
            "- {0}: {1} read, {2} used",
            plain(&table.name),
            count(table.rows.read),
            count(table.rows.used)
        );
        for left_out in &table.rows.left_out {
            says.push_str(&told!(
                "; {0} left out: {1}",
                count(left_out.count),
                words::term(&left_out.reason)
            ));
        }
        lines.push(format!("{says}."));
    }
    lines.push(String::new());
}

/// A text in one line whose marks Markdown leaves alone.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(plain("a|b\n<i>*c*"), "a\\|b \\<i>\\*c\\*");
    }
}
