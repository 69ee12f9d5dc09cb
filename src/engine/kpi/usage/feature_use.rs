//! Who used which feature how often in a period.

use crate::engine::chart_spec::Dot;
use crate::engine::facts::activity::Named;
use crate::engine::facts::{Activity, ActivityRows, active_days};
use crate::engine::kpi::on_activity::chosen;
use crate::engine::kpi::prelude::*;
use stats::proportion;

/// The most features that a chart names; those with the most users are kept.
const MOST_DOTS: usize = 12;

/// The uses of the features that are asked about.
#[derive(Debug)]
pub struct Uses<'a> {
    activity: &'a Activity,
    facts: &'a ActivityRows,
    window: Period,
    named: &'a Named,
    /// A mark for every feature that is asked about; absent for all.
    marks: Option<Vec<bool>>,
    least: u32,
}

impl<'a> Uses<'a> {
    /// The uses within the period, under the settings.
    ///
    /// # Errors
    /// `name_unknown` for a feature that no row holds.
    pub fn new(scope: &Scope<'a>, window: Period) -> Outcome<Self> {
        let (activity, facts) = scope.log()?;
        let named = facts.features.as_ref().or(facts.events.as_ref());
        let marks = chosen(scope, "feature_adoption_rate.feature", named)?;
        let named = named.ok_or_else(|| {
            Refusal::new(
                "role_missing",
                "No column was taken for the feature or the event.",
                "If one of the columns holds it, say so on the check page.",
            )
        })?;
        Ok(Self {
            activity,
            facts,
            window,
            named,
            marks,
            least: scope.whole_setting("feature_adoption_rate.least_uses", 1, 1),
        })
    }

    fn counts(&self, feature: u32) -> bool {
        match &self.marks {
            Some(marks) => marks[feature as usize],
            None => feature != 0,
        }
    }

    /// Each use: its row, its user and its feature.
    fn each(&self) -> impl Iterator<Item = (usize, u32, u32)> {
        self.activity
            .actions(self.facts, Some(self.window))
            .map(|(row, person)| (row, person, self.named.codes[row]))
            .filter(|(.., feature)| self.counts(*feature))
    }

    /// How many uses there are.
    pub fn count(&self) -> u64 {
        self.each().count() as u64
    }

    /// How many features are asked about: those that the setting names, or all that occur.
    pub fn features(&self) -> u64 {
        match &self.marks {
            Some(marks) => marks.iter().filter(|mark| **mark).count() as u64,
            None => self.named.in_use,
        }
    }

    /// Users with enough uses.
    pub fn adopters(&self) -> u64 {
        let people = self.each().map(|(_, person, _)| person).collect();
        let counted = active_days::counts(people, self.activity.users()).into_iter();
        counted.filter(|(_, count)| *count >= self.least).count() as u64
    }

    /// Users and features that they used often enough, by user.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        let mut uses: Vec<(u32, u32)> = self
            .each()
            .map(|(_, person, feature)| (person, feature))
            .collect();
        uses.sort_unstable();
        uses.chunk_by(|one, other| one == other)
            .filter(|same| same.len() >= self.least as usize)
            .map(|same| same[0])
            .collect()
    }

    fn customers(&self) -> Outcome<&'a [u32]> {
        self.facts.customers.as_deref().ok_or_else(no_customers)
    }

    /// Customers with any event in the period.
    ///
    /// # Errors
    /// `rule_not_applicable` where no column says whose user it is.
    pub fn active_customers(&self) -> Outcome<u64> {
        let codes = self.customers()?;
        let mut seen = vec![false; self.facts.customer_limit];
        for (row, _) in self.activity.actions(self.facts, Some(self.window)) {
            seen[codes[row] as usize] = true;
        }
        // The first stands for rows without a customer.
        let named = seen.iter().skip(1).filter(|seen| **seen);
        Ok(named.count() as u64)
    }

    /// The numbers of customers with enough uses, ascending.
    ///
    /// # Errors
    /// As [`Uses::active_customers`].
    pub fn adopting_customers(&self) -> Outcome<Vec<u32>> {
        let codes = self.customers()?;
        let used = self.each().map(|(row, ..)| codes[row]).collect();
        let counted = active_days::counts(used, self.facts.customer_limit);
        Ok(counted
            .into_iter()
            .filter(|(code, count)| *code != 0 && *count >= self.least)
            .map(|(code, _)| code)
            .collect())
    }
}

fn no_customers() -> Refusal {
    Refusal::new(
        "rule_not_applicable",
        "No column was taken for the customer whose user it is.",
        "Say on the check page which column it is, or choose another rule.",
    )
}

/// Customers of the second table at the end of a period.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Entitled {
    /// How many.
    pub all: u64,
    /// The numbers in the log of those who stand in it.
    pub seen: Vec<u32>,
}

/// The customers of the second table whose time runs at the end of the period.
///
/// # Errors
/// `no_table_beside`; `rule_not_applicable` where the log does not say whose users they are;
/// `no_opening` where nobody is a customer then; `customers_unmatched` where none of them stands in
/// the log.
pub fn entitled_customers(scope: &Scope<'_>, window: Period) -> Outcome<Entitled> {
    let (_, facts) = scope.log()?;
    let (Some(ledger), Some(same)) = (scope.beside, scope.same_customers) else {
        if facts.customers.is_none() {
            return Err(no_customers());
        }
        return Err(Refusal::new(
            "no_table_beside",
            "This needs a second table that says who may use it.",
            "Add subscriptions, or a list of customers with the day on which each began.",
        ));
    };
    let running = ledger.subscribed(window.end.plus_days(-1));
    let mut found = Entitled::default();
    for (customer, _) in (0..).zip(running).filter(|(_, runs)| *runs) {
        found.all += 1;
        let code = same.get(ledger.number(customer) as usize);
        found.seen.extend(code.filter(|code| **code != 0));
    }
    if found.all == 0 {
        return Err(Refusal::new(
            "no_opening",
            "Nobody in the second table is a customer at the end of the period.",
            "Choose another period, or look at the days on which customers began and ended.",
        ));
    }
    if found.seen.is_empty() {
        return Err(Refusal::new(
            "customers_unmatched",
            "No customer of the second table stands in the log under the same name or number.",
            "Look whether the two tables write customers in the same way, and which column was taken for the customer.",
        ));
    }
    Ok(found)
}

/// The share of users of the period who used each feature often enough, the most used first.
pub fn by_feature(uses: &Uses<'_>, pairs: &[(u32, u32)], users: u64) -> ChartSpec {
    let features = pairs.iter().map(|(_, feature)| *feature).collect();
    let mut counted = active_days::counts(features, uses.named.names.len());
    let name = |feature: u32| uses.named.names[feature as usize].as_str();
    counted.sort_by(|one, other| {
        let by_count = other.1.cmp(&one.1);
        by_count.then_with(|| name(one.0).cmp(name(other.0)))
    });
    let more = counted.len().saturating_sub(MOST_DOTS);
    let dots = counted.iter().take(MOST_DOTS).map(|(feature, adopters)| {
        let ends = proportion::wilson(u64::from(*adopters), users, LEVEL);
        Dot {
            label: name(*feature).to_owned(),
            value: Some(f64::from(*adopters) / users as f64),
            low: ends.map(|ends| ends.0),
            high: ends.map(|ends| ends.1),
            n: Some(users),
        }
    });
    ChartSpec {
        title: String::from("Share of active users by feature"),
        summary: String::new(),
        plot: Plot::Dots {
            unit: Unit::Ratio,
            dots: dots.collect(),
            reference: None,
        },
        footnotes: (more > 0)
            .then(|| format!("{more} more features have fewer users."))
            .into_iter()
            .collect(),
    }
}
