//! A funnel as a picture: how many come as far as each stage that the table tells.

use super::on_counts::{sums, told};
use super::scope::{Detail, Scope, Subject};
use crate::engine::base::refusal::Outcome;
use crate::engine::chart_spec::{ChartSpec, Plot, Stage};

/// The stages in their order: term and name.
const STAGES: [(&str, &str); 4] = [
    ("visits", "Visits"),
    ("carts", "Carts"),
    ("checkouts", "Checkouts"),
    ("purchases", "Purchases"),
];

/// The stages, each summed over the rows that know all of them.
///
/// So no stage counts rows that another lacks. Absent with fewer than two, where no row knows them all, where only the figure is
/// wanted, and of typed figures.
pub fn picture(scope: &Scope<'_>) -> Option<ChartSpec> {
    // Typed figures are asked for one by one: who types two does not owe the others.
    if scope.detail != Detail::Headline || matches!(scope.subject, Subject::Typed(_)) {
        return None;
    }
    let known: Vec<(&'static str, &str)> = STAGES
        .into_iter()
        .filter(|(term, _)| told(scope, term).is_some())
        .collect();
    let term = |place: usize| known[place].0;
    let counts: Outcome<Vec<f64>> = match known.len() {
        2 => sums(scope, [term(0), term(1)]).map(Vec::from),
        3 => sums(scope, [term(0), term(1), term(2)]).map(Vec::from),
        4 => sums(scope, [term(0), term(1), term(2), term(3)]).map(Vec::from),
        _ => return None,
    };
    let stages = known.iter().zip(counts.ok()?);
    Some(ChartSpec {
        title: String::from("How many come as far as each stage"),
        summary: String::new(),
        plot: Plot::Funnel {
            stages: stages
                .map(|((_, name), count)| Stage {
                    label: (*name).to_owned(),
                    count,
                })
                .collect(),
        },
        footnotes: Vec::new(),
    })
}
