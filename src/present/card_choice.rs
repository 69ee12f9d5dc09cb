//! Choosing cards: the list of all that there are, in their order, and what its buttons change.

use super::Reader;
use super::dashboard::families;
use super::words;
use crate::engine::options::{CardChoice, Options};
use crate::engine::report::{Finding, Report};
use crate::told;

/// The cards of one family, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyCards {
    /// The family in words.
    pub title: String,
    /// Its KPIs.
    pub cards: Vec<CardEntry>,
}

/// One KPI of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct CardEntry {
    /// The KPI's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether its cards are shown.
    pub is_shown: bool,
}

/// Every KPI of the report once, shown or not, by family.
pub fn listed(reader: &Reader<'_>, report: &Report) -> Vec<FamilyCards> {
    let of_family = |(family, findings): (String, Vec<&Finding>)| {
        let mut cards: Vec<CardEntry> = Vec::new();
        for finding in findings {
            if cards.iter().any(|card| card.id == finding.kpi) {
                continue;
            }
            let about = reader.about(finding);
            cards.push(CardEntry {
                id: finding.kpi.clone(),
                name: about.map_or_else(
                    || words::plain_name(&finding.kpi),
                    |about| about.name.clone(),
                ),
                is_shown: reader.cards.shows(&finding.kpi),
            });
        }
        FamilyCards {
            title: words::family(&family),
            cards,
        }
    };
    families(reader, report)
        .into_iter()
        .map(of_family)
        .collect()
}

/// "3 of 12 cards are hidden"; nothing where all are shown.
pub fn hidden_note(list: &[FamilyCards]) -> String {
    let all: Vec<&CardEntry> = list.iter().flat_map(|family| &family.cards).collect();
    let hidden = all.iter().filter(|card| !card.is_shown).count();
    if hidden == 0 {
        return String::new();
    }
    told!("{0} of {1} hidden", hidden, all.len())
}

/// Shows or hides the cards of a KPI.
#[must_use]
pub fn with_shown(mut options: Options, id: &str, is_shown: bool) -> Options {
    options.cards.hidden.retain(|hidden| hidden != id);
    if !is_shown {
        options.cards.hidden.push(id.to_owned());
    }
    options
}

/// Puts a family one place further up.
#[must_use]
pub fn with_family_up(options: Options, list: &[FamilyCards], family: usize) -> Options {
    let mut list = list.to_vec();
    if family > 0 && family < list.len() {
        list.swap(family - 1, family);
    }
    in_order(options, &list)
}

/// Puts a card one place further up in its family.
#[must_use]
pub fn with_card_up(options: Options, list: &[FamilyCards], family: usize, card: usize) -> Options {
    let mut list = list.to_vec();
    if let Some(family) = list.get_mut(family)
        && card > 0
        && card < family.cards.len()
    {
        family.cards.swap(card - 1, card);
    }
    in_order(options, &list)
}

/// As if nothing had been chosen.
#[must_use]
pub fn without_choice(mut options: Options) -> Options {
    options.cards = CardChoice::default();
    options
}

fn in_order(mut options: Options, list: &[FamilyCards]) -> Options {
    let cards = list.iter().flat_map(|family| &family.cards);
    options.cards.order = cards.map(|card| card.id.clone()).collect();
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::dashboard::dashboard;
    use crate::present::example::Example;

    fn shown(cards: CardChoice) -> Vec<(String, Vec<String>)> {
        let mut example = Example::new();
        example.cards = cards;
        let view = dashboard(&example.reader(), &example.report);
        let of_section = |section: crate::present::dashboard::SectionView| {
            let names = section.cards.into_iter().map(|card| card.name);
            (section.title, names.collect())
        };
        view.sections.into_iter().map(of_section).collect()
    }

    fn ids(list: &[FamilyCards]) -> Vec<Vec<&str>> {
        list.iter()
            .map(|family| family.cards.iter().map(|card| card.id.as_str()).collect())
            .collect()
    }

    #[test]
    fn every_kpi_is_listed_once_by_family() {
        let example = Example::new();
        let list = listed(&example.reader(), &example.report);
        assert_eq!(ids(&list), [vec!["beta"], vec!["alpha", "gamma"]]);
        assert_eq!(hidden_note(&list), "");
    }

    #[test]
    fn a_hidden_card_is_gone_from_the_dashboard_and_stays_in_the_list() {
        let options = with_shown(Options::default(), "alpha", false);
        assert_eq!(
            shown(options.cards.clone())[1].1,
            ["Churn of few"],
            "the others stay"
        );
        let mut example = Example::new();
        example.cards = options.cards.clone();
        let list = listed(&example.reader(), &example.report);
        assert_eq!(hidden_note(&list), "1 of 3 hidden");
        let options = with_shown(options, "alpha", true);
        assert_eq!(options, Options::default());
    }

    #[test]
    fn a_family_and_a_card_move_up_and_the_way_back_is_one_step() {
        let example = Example::new();
        let list = listed(&example.reader(), &example.report);
        let moved = with_family_up(Options::default(), &list, 1);
        assert_eq!(moved.cards.order, ["alpha", "gamma", "beta"]);
        assert_eq!(shown(moved.cards.clone())[0].0, "Keeping customers");
        let moved = with_card_up(Options::default(), &list, 1, 1);
        assert_eq!(moved.cards.order, ["beta", "gamma", "alpha"]);
        assert_eq!(without_choice(moved), Options::default());
        let same = with_card_up(Options::default(), &list, 1, 0);
        assert_eq!(same.cards.order, ["beta", "alpha", "gamma"]);
    }
}
