//! Every text has its German, and what reports and pages show is told in it.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kept::engine::base::{Error, Note, Refusal};
use kept::engine::chart_spec::ChartSpec;
use kept::engine::kpi::AboutReport;
use kept::engine::report::Report;
use kept::present::language::reports::told;
use kept::present::language::{Language, catalogue, say_text, speak, template};
use kept::present::languages::LANGUAGES;
use kept::present::samples::SAMPLES;
use support::{options, report_on};

fn german() -> Language {
    let german = Language::of("de-AT");
    assert_eq!(german.tag(), "de");
    german
}

#[test]
fn a_tag_names_a_language_and_others_are_english() {
    assert_ne!(Language::of("de"), Language::English);
    assert_eq!(Language::of("DE_ch"), Language::of("de"));
    for other in ["en", "en-GB", "fr", "", "d", "deu"] {
        assert_eq!(Language::of(other), Language::English, "{other}");
    }
}

#[test]
fn no_entry_stands_twice_and_holes_agree() {
    for (tag, text) in LANGUAGES {
        let mut seen = BTreeSet::new();
        for (key, told) in catalogue::entries(text) {
            assert!(seen.insert(key), "{tag} has {key:?} twice");
            assert!(
                key.is_empty() || !told.is_empty(),
                "{tag} has no text for {key:?}"
            );
            assert_eq!(
                template::holes(key),
                template::holes(told),
                "{tag}: {key:?} and {told:?} have different holes"
            );
            let ends = |text: &str| {
                let first = text.chars().next();
                let last = text.chars().last();
                [first, last].map(|it| it.is_some_and(char::is_whitespace))
            };
            assert!(
                key.is_empty() || ends(key) == ends(told),
                "{tag}: blanks around {key:?} and {told:?}"
            );
        }
    }
}

fn visit(folder: &Path, read: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, read);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            read(&path, text.split("#[cfg(test)]\nmod ").next().unwrap());
        }
    }
}

/// The texts of a source that follow one of these beginnings.
fn literals(source: &str, beginning: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices(beginning) {
        let rest = source.split_at(at + beginning.len()).1.trim_start();
        let Some(rest) = rest.strip_prefix('"') else {
            continue;
        };
        let mut text = String::new();
        let mut letters = rest.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => break,
                '\\' => match letters.next().unwrap() {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        found.push(text);
    }
    found
}

#[test]
fn every_word_in_the_source_has_an_entry() {
    let german = german().catalogue().unwrap();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut missing = BTreeSet::new();
    let mut count = 0;
    visit(&root, &mut |path, text| {
        let mut all = Vec::new();
        for beginning in ["told!(", "say(", "phrase("] {
            all.extend(literals(text, beginning));
        }
        if path.ends_with("present/words.rs") {
            let words = text.split("words! {").nth(1).unwrap();
            all.extend(literals(words.split("\n}").next().unwrap(), " = "));
        }
        for text in all {
            count += 1;
            if german.exact(&text).is_none() {
                missing.insert(text);
            }
        }
    });
    assert!(count > 700, "only {count} texts were found");
    assert!(missing.is_empty(), "without German: {missing:#?}");
}

/// Texts that are the same in German, or that are no words.
fn needs_none(text: &str) -> bool {
    let words = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.len() > 1);
    words.count() == 0
}

fn of_kpi(about: &AboutReport) -> Vec<&str> {
    let mut texts = vec![
        about.name.as_str(),
        &about.question,
        &about.definition,
        &about.formula,
    ];
    for rule in &about.variants {
        texts.extend([rule.name.as_str(), &rule.rule]);
    }
    for setting in &about.settings {
        texts.push(&setting.says);
        texts.extend(setting.choices.iter().map(|it| it.says.as_str()));
    }
    texts.extend(about.parts.iter().map(|it| it.says.as_str()));
    texts.extend(about.limits.iter().map(String::as_str));
    for calculator in &about.calculators {
        texts.extend(calculator.terms.iter().map(|it| it.says.as_str()));
    }
    for worked in &about.worked {
        texts.extend([worked.says.as_str(), &worked.note]);
    }
    texts
}

/// The names of terms and settings, as the page writes them.
fn names_of(about: &AboutReport) -> Vec<String> {
    let parts = about.parts.iter().map(|it| it.name.as_str());
    let terms = about.calculators.iter().flat_map(|it| &it.terms);
    let settings = about.settings.iter();
    let settings = settings.map(|it| it.name.rsplit('.').next().unwrap_or_default());
    parts
        .chain(terms.map(|it| it.name.as_str()))
        .chain(settings)
        .map(|name| name.replace('_', " "))
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().unwrap();
    first.to_uppercase().chain(letters).collect()
}

#[test]
fn every_kpi_has_its_german() {
    let german = german().catalogue().unwrap();
    let mut missing = BTreeSet::new();
    let catalogue = kept::engine::calculator::terms::catalogue();
    for about in &catalogue {
        for text in of_kpi(about) {
            if !needs_none(text) && german.sentence(text).is_none() {
                missing.insert(text.to_owned());
            }
        }
        for name in names_of(about) {
            // The page writes names of terms with a capital, and in the middle of a line without.
            if german.exact(&capital(&name)).is_none() {
                missing.insert(capital(&name));
            }
        }
    }
    for role in kept::engine::roles::catalogue() {
        if german.exact(&role.name).is_none() {
            missing.insert(role.name);
        }
    }
    assert!(catalogue.len() > 40, "only {}", catalogue.len());
    assert!(missing.is_empty(), "without German: {missing:#?}");
}

/// Every sentence of a report that a person reads.
#[derive(Default)]
struct Sentences(BTreeSet<String>);

impl Sentences {
    fn text(&mut self, text: &str) {
        if !needs_none(text) {
            self.0.insert(text.to_owned());
        }
    }

    fn refusal(&mut self, refusal: Option<&Refusal>) {
        if let Some(refusal) = refusal {
            self.text(&refusal.message);
            self.text(&refusal.hint);
        }
    }

    fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            self.text(&note.effect);
        }
    }

    fn chart(&mut self, chart: Option<&ChartSpec>) {
        if let Some(chart) = chart {
            self.text(&chart.title);
            self.text(&chart.summary);
            chart.footnotes.iter().for_each(|it| self.text(it));
        }
    }

    fn report(&mut self, report: &Report) {
        for table in &report.tables {
            for column in &table.columns {
                self.text(&column.because);
            }
            for fault in &table.faults {
                self.text(&fault.expected);
            }
            for question in &table.questions {
                self.text(&question.asks);
                self.text(&question.because);
                if let Some(suggested) = &question.suggested {
                    self.text(&suggested.because);
                }
            }
        }
        for finding in &report.findings {
            self.refusal(finding.refusal.as_ref());
            self.notes(&finding.notes);
            self.chart(finding.chart.as_ref());
            self.chart(finding.movements.as_ref());
            if let Some(interval) = &finding.interval {
                self.text(&interval.method);
            }
            for test in finding.previous.iter().filter_map(|it| it.test.as_ref()) {
                self.text(test);
            }
            for segment in &finding.segments {
                self.refusal(segment.not_compared.as_ref());
            }
            for variant in &finding.variants {
                self.refusal(variant.refusal.as_ref());
                variant.bridge.iter().for_each(|it| self.text(&it.says));
            }
            if let Some(target) = &finding.target {
                self.refusal(target.refusal.as_ref());
            }
            for measure in &finding.measures {
                self.text(&measure.points);
                self.text(&measure.because);
            }
            if let Some(reasons) = &finding.reasons {
                self.refusal(reasons.refusal.as_ref());
                self.text(&reasons.p_method);
                self.text(&reasons.share_method);
            }
        }
        for across in &report.across {
            self.text(&across.name);
            self.text(&across.says);
        }
        for groups in &report.customer_groups {
            self.refusal(groups.refusal.as_ref());
            self.notes(&groups.notes);
        }
        self.notes(&report.notes);
    }

    /// Those without German.
    fn left(&self) -> Vec<&String> {
        let german = german().catalogue().unwrap();
        self.0
            .iter()
            .filter(|text| german.sentence(text).is_none())
            .collect()
    }
}

#[test]
fn reports_on_samples_and_examples_are_told_in_german() {
    let mut sentences = Sentences::default();
    for sample in &SAMPLES {
        let tables: Vec<(&str, &[u8])> = sample
            .files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        for choices in ["", r#"{"segment":"plan"}"#] {
            sentences.report(&report_on(&tables, &options(choices)).unwrap());
        }
        for (name, text) in sample.files {
            sentences.report(&report_on(&[(name, text.as_bytes())], &options("")).unwrap());
        }
    }
    for kpi in kept::engine::kpi::registry::ALL {
        for example in kpi.examples {
            let tables = [("pasted", example.pasted.as_bytes())];
            match report_on(&tables, &options(example.options)) {
                Ok(report) => sentences.report(&report),
                Err(error) => {
                    sentences.text(&error.message);
                    sentences.text(&error.hint);
                }
            }
        }
    }
    let left = sentences.left();
    assert!(sentences.0.len() > 500, "only {}", sentences.0.len());
    assert!(
        left.is_empty(),
        "{} of {} sentences are left: {left:#?}",
        left.len(),
        sentences.0.len()
    );
}

#[test]
fn a_report_that_is_handed_on_stays_as_it_is() {
    let tables = [("plans.csv", SAMPLES[0].files[0].1.as_bytes())];
    let english = report_on(&tables, &options("")).unwrap();
    speak(german());
    let again = report_on(&tables, &options("")).unwrap();
    assert_eq!(english, again, "the engine knows no language");
    let german = told(again.clone());
    assert_ne!(german, again, "the copy for the page is told anew");
    let columns = |report: &Report| {
        let columns = report.tables[0].columns.iter();
        columns.map(|it| it.name.clone()).collect::<Vec<String>>()
    };
    assert_eq!(columns(&english), columns(&german), "names stay");
    let error = told(Error::new(
        "nothing_loaded",
        "No table is loaded.",
        "Load a file first.",
    ));
    assert_eq!(error.message, "Keine Tabelle ist geladen.");
    assert_eq!(
        say_text("No column was taken for Answer on a scale."),
        "Keine Spalte wurde verstanden als Antwort auf einer Skala."
    );
    speak(Language::English);
    assert_eq!(say_text("No table is loaded."), "No table is loaded.");
}
