//! What the engine says in a report, in the language in force. A report that is handed on stays
//! English: it is a contract. Only the copy that a page shows is told anew, here and nowhere else.

use super::{Language, in_force, say_text};
use crate::engine::accounts::query::{AccountPage, AccountsPage, FigureAbout};
use crate::engine::base::{Error, Note, Refusal};
use crate::engine::calculator::Calculation;
use crate::engine::chart_spec::{ChartSpec, Plot};
use crate::engine::kpi::AboutReport;
use crate::engine::report::{
    BacktestCount, BacktestReport, Finding, Interval, Question, Report, TableReport,
};
use crate::engine::roles::RoleReport;
use crate::engine::rows::Rows;
use crate::engine::sql_view::SqlFigure;

/// Something that holds sentences of ours beside names and numbers.
pub trait Told {
    /// Says them in the language in force. What is the user's stays as it is.
    fn tell(&mut self);
}

/// The same in the language in force.
pub fn told<T: Told>(mut given: T) -> T {
    if in_force() != Language::English {
        given.tell();
    }
    given
}

fn anew(text: &mut String) {
    let said = say_text(text).into_owned();
    *text = said;
}

impl<T: Told> Told for Vec<T> {
    fn tell(&mut self) {
        self.iter_mut().for_each(Told::tell);
    }
}

impl<T: Told> Told for Option<T> {
    fn tell(&mut self) {
        self.iter_mut().for_each(Told::tell);
    }
}

impl Told for Report {
    fn tell(&mut self) {
        self.tables.tell();
        self.findings.tell();
        for across in &mut self.across {
            anew(&mut across.name);
            anew(&mut across.says);
        }
        for groups in &mut self.customer_groups {
            groups.refusal.tell();
            groups.notes.tell();
            groups.gini_interval.tell();
        }
        self.notes.tell();
    }
}

impl Told for TableReport {
    fn tell(&mut self) {
        self.export.iter_mut().for_each(anew);
        for column in &mut self.columns {
            anew(&mut column.because);
        }
        for fault in &mut self.faults {
            anew(&mut fault.expected);
        }
        self.questions.tell();
    }
}

impl Told for Question {
    fn tell(&mut self) {
        anew(&mut self.asks);
        anew(&mut self.because);
        if let Some(suggested) = &mut self.suggested {
            anew(&mut suggested.because);
        }
    }
}

impl Told for Finding {
    fn tell(&mut self) {
        self.refusal.tell();
        self.interval.tell();
        self.notes.tell();
        self.chart.tell();
        self.movements.tell();
        if let Some(previous) = &mut self.previous {
            previous.test.iter_mut().for_each(anew);
        }
        for segment in &mut self.segments {
            segment.test.iter_mut().for_each(anew);
            segment.not_compared.tell();
            if let Some(target) = &mut segment.target {
                target.refusal.tell();
            }
        }
        for variant in &mut self.variants {
            variant.refusal.tell();
            for step in &mut variant.bridge {
                anew(&mut step.says);
            }
        }
        if let Some(target) = &mut self.target {
            target.refusal.tell();
        }
        for benchmark in &mut self.benchmarks {
            anew(&mut benchmark.segment);
        }
        if let Some(reasons) = &mut self.reasons {
            reasons.refusal.tell();
            anew(&mut reasons.share_method);
            anew(&mut reasons.difference_method);
            anew(&mut reasons.p_method);
        }
        for measure in &mut self.measures {
            anew(&mut measure.points);
            anew(&mut measure.because);
        }
    }
}

impl Told for Interval {
    fn tell(&mut self) {
        anew(&mut self.method);
    }
}

impl Told for Note {
    fn tell(&mut self) {
        anew(&mut self.effect);
    }
}

impl Told for Refusal {
    fn tell(&mut self) {
        anew(&mut self.message);
        anew(&mut self.hint);
    }
}

impl Told for Error {
    fn tell(&mut self) {
        anew(&mut self.message);
        anew(&mut self.hint);
    }
}

impl Told for ChartSpec {
    fn tell(&mut self) {
        anew(&mut self.title);
        anew(&mut self.summary);
        self.footnotes.iter_mut().for_each(anew);
        match &mut self.plot {
            Plot::Distribution { bars } => {
                for bar in bars {
                    anew(&mut bar.label);
                    anew(&mut bar.group);
                }
            }
            Plot::Waterfall { steps, .. } => {
                for it in steps {
                    anew(&mut it.label);
                }
            }
            Plot::Movements { kinds, .. } => {
                for it in kinds {
                    anew(&mut it.label);
                }
            }
            Plot::Histogram { markers, .. } => {
                for it in markers {
                    anew(&mut it.label);
                }
            }
            Plot::Funnel { stages } => {
                for it in stages {
                    anew(&mut it.label);
                }
            }
            // Their labels are days, or the user's own words.
            Plot::Trend { .. }
            | Plot::Dots { .. }
            | Plot::Contributions { .. }
            | Plot::Calibration { .. }
            | Plot::Cohorts { .. }
            | Plot::Survival { .. } => {}
        }
    }
}

impl Told for AboutReport {
    fn tell(&mut self) {
        for text in [
            &mut self.name,
            &mut self.question,
            &mut self.definition,
            &mut self.formula,
        ] {
            anew(text);
        }
        for rule in &mut self.variants {
            anew(&mut rule.name);
            anew(&mut rule.rule);
            anew(&mut rule.source);
        }
        for setting in &mut self.settings {
            anew(&mut setting.says);
            setting.choices.iter_mut().for_each(|it| anew(&mut it.says));
        }
        self.parts.iter_mut().for_each(|it| anew(&mut it.says));
        self.limits.iter_mut().for_each(anew);
        for calculator in &mut self.calculators {
            calculator
                .terms
                .iter_mut()
                .for_each(|it| anew(&mut it.says));
        }
        for worked in &mut self.worked {
            anew(&mut worked.says);
            anew(&mut worked.note);
        }
    }
}

impl Told for RoleReport {
    fn tell(&mut self) {
        anew(&mut self.name);
    }
}

impl Told for FigureAbout {
    fn tell(&mut self) {
        anew(&mut self.name);
    }
}

impl Told for AccountsPage {
    fn tell(&mut self) {
        self.figures.tell();
    }
}

impl Told for AccountPage {
    fn tell(&mut self) {
        self.figures.tell();
    }
}

impl Told for Rows {
    fn tell(&mut self) {
        for row in &mut self.rows {
            row.faults.iter_mut().for_each(|it| anew(&mut it.expected));
        }
    }
}

impl Told for Calculation {
    fn tell(&mut self) {
        self.interval.tell();
        self.refusal.tell();
    }
}

impl Told for SqlFigure {
    fn tell(&mut self) {
        self.says.iter_mut().for_each(anew);
    }
}

impl Told for BacktestCount {
    fn tell(&mut self) {
        self.because.iter_mut().for_each(anew);
    }
}

impl Told for BacktestReport {
    fn tell(&mut self) {
        self.refusal.tell();
        self.left_out.tell();
        for horizon in &mut self.horizons {
            horizon.refusal.tell();
            horizon.unknown.tell();
            horizon.weights_refusal.tell();
            if let Some(weights) = &mut horizon.weights {
                anew(&mut weights.method);
            }
        }
    }
}
