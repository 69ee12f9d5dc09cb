//! A figure as classes of customers and what each adds, so that two rules can be compared.
//!
//! A ratio is the sum of the numerators of its classes ÷ the sum of their denominators; an amount
//! is the sum of the numerators alone. A rule that is written this way explains itself: a bridge to
//! another rule is the list of classes in which the two differ.

use crate::engine::facts::ledger::NANOS;

/// One class of customers under a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Who they are, as a short phrase: "left and came back within the period".
    pub says: &'static str,
    /// What they add to the numerator.
    pub numerator: i128,
    /// What they add to the denominator.
    pub denominator: i128,
    /// The customers, by their number in the ledger, ascending; by their row where the facts are
    /// no ledger. Only where a bridge is wanted.
    pub customers: Vec<u32>,
}

/// What the numbers of the classes count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Counted {
    /// Customers, contracts or times.
    Heads,
    /// Billionths of a unit of money.
    Money,
}

/// A figure as classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// The classes, in the order in which they are told.
    pub classes: Vec<Class>,
    /// What their numbers count.
    pub counted: Counted,
    /// The figure is an amount and not a ratio; the factor brings it to the KPI's unit.
    pub amount_times: Option<f64>,
    keeps_customers: bool,
}

impl Class {
    const fn empty(says: &'static str) -> Self {
        Self {
            says,
            numerator: 0,
            denominator: 0,
            customers: Vec::new(),
        }
    }
}

impl Tally {
    /// A tally of a ratio with these classes, still empty.
    pub fn ratio(counted: Counted, classes: &[&'static str], keeps_customers: bool) -> Self {
        Self {
            classes: classes.iter().copied().map(Class::empty).collect(),
            counted,
            amount_times: None,
            keeps_customers,
        }
    }

    /// A tally of an amount, such as recurring revenue, with these classes, still empty; `times`:
    /// 12 for a yearly rate.
    pub fn amount(times: f64, classes: &[&'static str], keeps_customers: bool) -> Self {
        Self {
            amount_times: Some(times),
            ..Self::ratio(Counted::Money, classes, keeps_customers)
        }
    }

    /// The place of each of some classes, for [`Tally::add_at`]; that of a class that the tally was
    /// not made with is behind all others.
    pub fn places<const N: usize>(&self, classes: [&str; N]) -> [usize; N] {
        let known = self.classes.iter().map(|class| class.says);
        classes.map(|says| {
            let place = known.clone().position(|known| known == says);
            debug_assert!(place.is_some(), "the tally has no class “{says}”");
            place.unwrap_or(self.classes.len())
        })
    }

    /// Adds a customer to the class at a place, for those who add many.
    #[inline]
    pub fn add_at(&mut self, place: usize, customer: u32, numerator: i128, denominator: i128) {
        if let Some(class) = self.classes.get_mut(place) {
            class.numerator += numerator;
            class.denominator += denominator;
            if self.keeps_customers {
                class.customers.push(customer);
            }
        }
    }

    /// Adds a customer to one of the classes that the tally was made with.
    pub fn add(
        &mut self,
        says: &'static str,
        customer: u32,
        numerator: impl Into<i128>,
        denominator: impl Into<i128>,
    ) {
        let [place] = self.places([says]);
        self.add_at(place, customer, numerator.into(), denominator.into());
    }

    /// The class of this name.
    pub fn class(&self, says: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.says == says)
    }

    /// The sum of the numerators.
    pub fn numerator(&self) -> i128 {
        self.classes.iter().map(|class| class.numerator).sum()
    }

    /// The sum of the denominators.
    pub fn denominator(&self) -> i128 {
        self.classes.iter().map(|class| class.denominator).sum()
    }

    /// The figure; `None` for a ratio to nothing.
    pub fn value(&self) -> Option<f64> {
        self.figure(self.numerator(), self.denominator())
    }

    /// The figure of a numerator and a denominator.
    pub fn figure(&self, numerator: i128, denominator: i128) -> Option<f64> {
        match self.amount_times {
            Some(times) => Some(numerator as f64 * times / NANOS),
            None if denominator > 0 => Some(numerator as f64 / denominator as f64),
            None => None,
        }
    }

    /// A number of a class in units that people read: money in major units, heads as they are.
    pub fn readable(&self, number: i128) -> f64 {
        match self.counted {
            Counted::Heads => number as f64,
            Counted::Money => number as f64 * self.amount_times.unwrap_or(1.0) / NANOS,
        }
    }
}

/// One step from a rule to another: a class in which they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Who makes the difference.
    pub says: String,
    /// What is added to the numerator.
    pub numerator: i128,
    /// What is added to the denominator.
    pub denominator: i128,
    /// The figure after this step; absent while the denominator is nothing.
    pub value: Option<f64>,
    /// The customers, ascending, each once.
    pub customers: Vec<u32>,
}

/// The steps from one rule to another, which add up exactly: the figure after the last step is the
/// other rule's.
///
/// Classes that the first rule counts and the other does not are taken away, then those that the
/// other counts more are put in. `None` where the two do not count the same thing.
pub fn bridge(from: &Tally, to: &Tally) -> Option<Vec<Step>> {
    if from.counted != to.counted || from.amount_times != to.amount_times {
        return None;
    }
    let mut names: Vec<&'static str> = from.classes.iter().map(|class| class.says).collect();
    for class in &to.classes {
        if !names.contains(&class.says) {
            names.push(class.says);
        }
    }
    let of = |tally: &Tally, name: &str| {
        let class = tally.classes.iter().find(|class| class.says == name);
        class.map_or((0, 0, Vec::new()), |class| {
            (class.numerator, class.denominator, class.customers.clone())
        })
    };
    let (mut numerator, mut denominator) = (from.numerator(), from.denominator());
    let mut steps = Vec::new();
    // Additions to the denominator first, so that it does not pass through nothing.
    let differences = names.into_iter().map(|name| {
        let (before, after) = (of(from, name), of(to, name));
        (
            name,
            after.0 - before.0,
            after.1 - before.1,
            before.2,
            after.2,
        )
    });
    let mut differences: Vec<_> = differences
        .filter(|(_, numerator, denominator, _, _)| (*numerator, *denominator) != (0, 0))
        .collect();
    differences.sort_by_key(|(_, _, denominator, _, _)| *denominator < 0);
    for (name, more, more_below, before, after) in differences {
        numerator += more;
        denominator += more_below;
        let mut customers = before;
        customers.extend(after);
        customers.sort_unstable();
        customers.dedup();
        steps.push(Step {
            says: name.to_owned(),
            numerator: more,
            denominator: more_below,
            value: to.figure(numerator, denominator),
            customers,
        });
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(classes: &[(&'static str, i128, i128)]) -> Tally {
        let names: Vec<&'static str> = classes.iter().map(|(says, _, _)| *says).collect();
        let mut tally = Tally::ratio(Counted::Heads, &names, true);
        for (place, (says, numerator, denominator)) in classes.iter().enumerate() {
            tally.add(says, place as u32, *numerator, *denominator);
        }
        tally
    }

    #[test]
    fn a_bridge_ends_at_the_other_figure() {
        let from = tally(&[("lost", 10, 0), ("opening", 0, 100)]);
        let to = tally(&[
            ("lost", 10, 0),
            ("came back", 1, 0),
            ("opening", 0, 100),
            ("new", 0, 40),
        ]);
        let steps = bridge(&from, &to).unwrap();
        let names: Vec<&str> = steps.iter().map(|step| step.says.as_str()).collect();
        assert_eq!(names, ["came back", "new"]);
        assert_eq!(steps[1].value, to.value());
        assert_eq!(steps[0].value, Some(0.11));
        let back = bridge(&to, &from).unwrap();
        assert_eq!(back.last().unwrap().value, from.value());
    }

    #[test]
    fn equal_rules_need_no_step() {
        let one = tally(&[("lost", 10, 0), ("opening", 0, 100)]);
        assert_eq!(bridge(&one, &one.clone()), Some(Vec::new()));
    }

    #[test]
    fn heads_and_money_have_no_bridge() {
        let heads = tally(&[("lost", 1, 2)]);
        let money = Tally::ratio(Counted::Money, &[], true);
        assert_eq!(bridge(&heads, &money), None);
    }
}
