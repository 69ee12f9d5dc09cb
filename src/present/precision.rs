//! How precise a figure is, and how many cases a wanted precision takes.

use super::Reader;
use crate::engine::base::Unit;
use crate::engine::report::Finding;
use crate::told;

/// The precision of a figure in words, and the wanted one as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct PrecisionView {
    /// "Now ± 9.9, from 220. For ± 5 you need about 873 like these."
    pub says: String,
    /// The wanted half width as typed; empty where none was chosen.
    pub typed: String,
}

/// Of a figure with an interval.
pub fn precision(reader: &Reader<'_>, finding: &Finding) -> Option<PrecisionView> {
    let precision = finding.precision.as_ref()?;
    let habits = reader.habits;
    let width = |margin: f64| habits.fine(margin, finding.unit);
    let now = told!(
        "Now ± {0}, from {1}.",
        width(precision.margin),
        habits.count(finding.n?)
    );
    let wanted = width(precision.wanted);
    let then = match precision.needed {
        Some(needed) => told!(
            "For ± {0} you need about {1} like these.",
            wanted,
            habits.count(needed)
        ),
        None => told!(
            "No number of cases like these is known to give ± {0}.",
            wanted
        ),
    };
    Some(PrecisionView {
        says: format!("{now} {then}"),
        typed: match finding.unit {
            _ if !precision.chosen => String::new(),
            Unit::Ratio => habits.percent(precision.wanted),
            _ => precision.wanted.to_string(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::report::Precision;
    use crate::present::example::{Example, plain};

    #[test]
    fn the_sentence_says_what_is_and_what_it_takes() {
        let example = Example::new();
        let mut finding = example.finding(0).clone();
        assert_eq!(precision(&example.reader(), &finding), None);
        finding.precision = Some(Precision {
            margin: 0.0256,
            wanted: 0.01,
            chosen: true,
            needed: Some(1506),
        });
        let view = precision(&example.reader(), &finding).unwrap();
        assert_eq!(
            plain(&view.says),
            "Now ± 2.56%, from 245. For ± 1.00% you need about 1,506 like these."
        );
        assert_eq!(plain(&view.typed), "1.0%");
        finding.precision.as_mut().unwrap().needed = None;
        finding.precision.as_mut().unwrap().chosen = false;
        let view = precision(&example.reader(), &finding).unwrap();
        assert!(
            view.says.ends_with("is known to give ± 1.00%."),
            "{}",
            view.says
        );
        assert_eq!(view.typed, "");
    }
}
