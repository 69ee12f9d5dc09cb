//! The safe report as one HTML file: no script, one inline style, charts as inline SVG.

use super::aggregate::Safe;
use crate::charts::target::{Svg, escaped};
use crate::charts::{Theme, describe, draw, height_for};
use crate::engine::chart_spec::ChartSpec;
use crate::engine::kpi::AboutReport;
use crate::engine::options::Options;
use crate::engine::report::{Finding, Status};
use crate::present::card::{CardBody, FigureView};
use crate::present::kpi_page::{KpiPageView, benchmark_detail, kpi_page};
use crate::present::language::{in_force, say};
use crate::present::{Reader, words};
use crate::told;

/// The one style of the file.
const STYLE: &str = include_str!("../../www/frozen.css");

/// The file's policy: nothing is loaded, nothing runs, and no style but this one holds. The hash is
/// that of [`STYLE`]; a test says the new one when the style changes.
const POLICY: &str = "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'none'; base-uri 'none'";

/// SHA-256 of [`STYLE`].
const STYLE_HASH: &str = "51oE2mtuqyOde7rLB6m/kriv7FtI2EO15PUBRIw6mOM=";

/// The width at which charts are drawn: that of a narrow screen, so that their letters are as large
/// as all others on every screen.
const CHART_WIDTH: f64 = 328.0;

/// The file.
pub(super) fn file(reader: &Reader<'_>, safe: &Safe) -> String {
    let mut page = Page {
        text: String::new(),
        reader,
        safe,
    };
    page.head();
    page.families();
    page.without();
    page.open("footer", "");
    page.tag(
        "p",
        "",
        &format!("{} {}.", say(words::SHARE_MADE), safe.report.kept),
    );
    page.put("</footer></main></body></html>\n");
    page.text
}

struct Page<'a> {
    text: String,
    reader: &'a Reader<'a>,
    safe: &'a Safe,
}

impl Page<'_> {
    fn put(&mut self, html: &str) {
        self.text.push_str(html);
    }

    fn open(&mut self, tag: &str, class: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        self.put(&format!("<{tag}{class}>"));
    }

    fn close(&mut self, tag: &str) {
        self.put(&format!("</{tag}>"));
    }

    /// An element with a text; nothing for an empty one.
    fn tag(&mut self, tag: &str, class: &str, text: &str) {
        if !text.is_empty() {
            self.open(tag, class);
            self.put(&escaped(text));
            self.close(tag);
        }
    }

    fn list(&mut self, lines: impl IntoIterator<Item = String>) {
        self.open("ul", "");
        for line in lines {
            self.tag("li", "", &line);
        }
        self.close("ul");
    }

    fn table(&mut self, header: &[String], rows: &[Vec<String>]) {
        self.put("<div class=\"scroll\"><table><thead><tr>");
        for cell in header {
            self.open("th", "");
            self.put(&escaped(cell));
            self.close("th");
        }
        self.put("</tr></thead><tbody>");
        for row in rows {
            self.open("tr", "");
            for cell in row {
                self.open("td", "");
                self.put(&escaped(cell));
                self.close("td");
            }
            self.close("tr");
        }
        self.put("</tbody></table></div>");
    }

    fn head(&mut self) {
        let policy = POLICY.replace("{hash}", STYLE_HASH);
        self.put(&format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{}</title>\n<style>{STYLE}</style></head>\n<body><main>",
            in_force().tag(),
            say(words::SHARE_HEAD)
        ));
        self.tag("h1", "", say(words::SHARE_HEAD));
        self.open("section", "about");
        self.tag("h2", "", say(words::SHARE_ABOUT));
        let lines = about(self.safe);
        self.list(lines);
        self.close("section");
    }

    fn families(&mut self) {
        let (reader, safe) = (self.reader, self.safe);
        for family in words::FAMILIES {
            let of_family = |finding: &&Finding| {
                is_told(finding)
                    && reader.cards.shows(&finding.kpi)
                    && reader
                        .about(finding)
                        .is_some_and(|about| about.family == family)
            };
            let findings = safe.report.findings.iter().filter(of_family);
            let mut findings: Vec<&Finding> = findings.collect();
            if findings.is_empty() {
                continue;
            }
            findings.sort_by_key(|finding| reader.cards.place(&finding.kpi));
            self.open("section", "family");
            self.tag("h2", "", &words::family(family));
            for finding in findings {
                self.figure(finding);
            }
            self.close("section");
        }
    }

    fn figure(&mut self, finding: &Finding) {
        let page = kpi_page(self.reader, &self.safe.report, finding, &Options::default());
        self.open("article", "");
        self.open("div", "says");
        self.tag("h3", "", &page.card.name);
        self.tag("p", "rule", &page.card.rule);
        match &page.card.body {
            CardBody::Figure(figure) => self.value(figure, &page),
            CardBody::Refused(refusal) => self.tag("p", "none", &refusal.missing),
        }
        self.tag("p", "meta", &page.definition);
        self.close("div");
        self.open("div", "pictures");
        let pictures = [&page.trend, &page.segments, &page.picture];
        for spec in pictures.into_iter().flatten() {
            self.chart(spec);
        }
        self.close("div");
        self.open("details", "");
        self.tag("summary", "", say(words::SHARE_DEFINITION));
        self.definition(finding, &page);
        self.close("details");
        self.close("article");
    }

    fn value(&mut self, figure: &FigureView, page: &KpiPageView) {
        self.open("p", "value");
        self.tag("b", "", &figure.value);
        self.put(" ");
        self.tag("span", "", &page.interval);
        self.close("p");
        if let Some(change) = &figure.change {
            self.tag("p", "", &change.text);
        }
        self.tag("p", "", &page.covers);
        self.tag("p", "", figure.target.as_deref().unwrap_or_default());
    }

    fn definition(&mut self, finding: &Finding, page: &KpiPageView) {
        self.tag("p", "", &page.question);
        self.tag("p", "formula", &page.formula);
        let lines = page.methods.iter().cloned();
        let n = finding
            .n
            .map(|n| format!("n = {}, {}.", self.reader.habits.count(n), finding.table));
        self.list(lines.chain(n));
        if !page.terms.is_empty() {
            let header = [say(words::TERM), say(words::VALUE), ""].map(str::to_owned);
            let terms = page.terms.iter();
            let rows: Vec<_> = terms
                .map(|term| vec![term.name.clone(), term.value.clone(), term.says.clone()])
                .collect();
            self.table(&header, &rows);
        }
        if let Some(about) = self.reader.about(finding) {
            let header =
                [say(words::RULE), say(words::VALUE), "", say(words::SOURCE)].map(str::to_owned);
            let rows = self.rules(about, finding);
            self.table(&header, &rows);
        }
        if !finding.benchmarks.is_empty() {
            let habits = self.reader.habits;
            let header = [say(words::BENCHMARK), ""].map(str::to_owned);
            let benchmarks = finding.benchmarks.iter();
            let rows: Vec<_> = benchmarks
                .map(|it| vec![habits.value(it.value, finding.unit), benchmark_detail(it)])
                .collect();
            self.table(&header, &rows);
        }
        if !page.limits.is_empty() {
            self.tag("h4", "", say(words::LIMITS));
            self.list(page.limits.iter().cloned());
        }
    }

    /// Every rule of the KPI with its figure on the same rows, where that is shown.
    fn rules(&self, about: &AboutReport, finding: &Finding) -> Vec<Vec<String>> {
        let rules = about.variants.iter();
        rules
            .map(|rule| {
                let told = finding.variants.iter().find(|it| it.variant == rule.id);
                let unit = told.and_then(|it| it.unit).unwrap_or(finding.unit);
                let value = told.and_then(|it| it.value);
                let value = value.map(|value| self.reader.habits.value(value, unit));
                vec![
                    rule.name.clone(),
                    value.unwrap_or_else(|| say(words::NOT_AVAILABLE).to_owned()),
                    rule.rule.clone(),
                    rule.source.clone(),
                ]
            })
            .collect()
    }

    /// A chart with its sentence and its table. One that cannot be drawn is a sentence and a table.
    fn chart(&mut self, spec: &ChartSpec) {
        let habits = self.reader.habits;
        let told = describe(spec, habits);
        let says = words::caption(&spec.title, &told.sentence);
        self.open("figure", "");
        self.open("figcaption", "");
        self.tag("strong", "", &spec.title);
        self.tag("span", "", &says);
        self.close("figcaption");
        let mut svg = Svg::new(CHART_WIDTH, height_for(spec, CHART_WIDTH));
        if draw(spec, &mut svg, &Theme::variables(), habits).is_ok() {
            self.put(&svg.finish(&told.sentence, None));
        }
        for note in &spec.footnotes {
            self.tag("p", "meta", note);
        }
        self.open("details", "");
        self.tag("summary", "", say(words::DATA_TABLE));
        self.table(&told.header, &told.rows);
        self.close("details");
        self.close("figure");
    }

    /// The KPIs that the tables give no figure for.
    fn without(&mut self) {
        let (reader, report) = (self.reader, &self.safe.report);
        let refused = report.findings.iter().filter(|it| !is_told(it));
        let mut names: Vec<String> = refused.map(|it| reader.name(report, it)).collect();
        names.dedup();
        if !names.is_empty() {
            self.open("section", "about");
            self.tag("h2", "", say(words::SHARE_WITHOUT));
            self.list(names);
            self.close("section");
        }
    }
}

/// Whether there is, or was, a figure.
fn is_told(finding: &Finding) -> bool {
    let withheld = |it: &crate::engine::base::Refusal| it.message == say(words::SHARE_WITHHELD);
    finding.status == Status::Ok || finding.refusal.as_ref().is_some_and(withheld)
}

/// What the file holds, and what it does not.
pub(super) fn about(safe: &Safe) -> Vec<String> {
    let names = if safe.names {
        say("Groups are named as in the table; nothing else of the tables is in this file.")
    } else {
        say(
            "Figures and definitions alone: no row, no cell, and no name of a file, a column, a group or a customer.",
        )
    };
    let small = told!(
        "Counts from 1 to {0} are withheld, and with them every figure, group or month from which they could be worked out. {1}",
        safe.smallest - 1,
        words::withheld(safe.withheld)
    );
    let tables = safe.report.tables.iter().map(|table| table.name.as_str());
    let tables: Vec<&str> = tables.collect();
    vec![
        names.to_owned(),
        small,
        say("Not in it either: comments and their words, accounts, curves, cohorts, bridges, and why rows were left out.").to_owned(),
        told!("From: {0}. Days are counted in {1}.", tables.join(", "), safe.report.timezone),
    ]
}
