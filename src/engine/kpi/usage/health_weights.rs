//! What measures weigh: groups among themselves, and the measures of each.

use crate::engine::base::Refusal;
use crate::engine::base::refusal::Outcome;
use crate::engine::facts::Health;

/// What tells the rules apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Method {
    /// Points are 0, 50 or 100, by the band in which they lie.
    pub in_levels: bool,
    /// Measures of a group weigh the same.
    pub equal_inside: bool,
    /// After how many days a dated value no longer counts, where its measure does not say.
    pub fresh_days: Option<f64>,
}

/// The weights of measures, nested: groups add up to 1, and so do the measures of each.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Each group with its weight, and its measures by their places with theirs.
    pub groups: Vec<(f64, Vec<(usize, f64)>)>,
}

impl Weights {
    /// The weights of the measures; a measure without a group is one by itself.
    ///
    /// # Errors
    /// `weights_zero` where they add up to nothing.
    pub fn of(health: &Health, method: Method) -> Outcome<Self> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (at, measure) in health.measures.iter().enumerate() {
            let own = if method.equal_inside {
                1.0
            } else {
                measure.weight
            };
            let Some((name, weight)) = &measure.group else {
                groups.push(Group {
                    name: None,
                    weight: measure.weight,
                    members: vec![(at, 1.0)],
                });
                continue;
            };
            let known = groups.iter_mut().find(|it| it.name == Some(name.as_str()));
            match known {
                Some(group) => group.members.push((at, own)),
                None => groups.push(Group {
                    name: Some(name),
                    weight: *weight,
                    members: vec![(at, own)],
                }),
            }
        }
        groups.retain(|group| group.weight > 0.0 && group.inside() > 0.0);
        let total: f64 = groups.iter().map(|it| it.weight).sum();
        if total <= 0.0 {
            return Err(Refusal::new(
                "weights_zero",
                "The weights of the measures add up to nothing.",
                "Give at least one measure, and its group, a weight above 0.",
            ));
        }
        let normalised = groups.into_iter().map(|group| {
            let sum = group.inside();
            let members = group.members.into_iter().filter(|it| it.1 > 0.0);
            let members = members.map(|(at, own)| (at, own / sum)).collect();
            (group.weight / total, members)
        });
        Ok(Self {
            groups: normalised.collect(),
        })
    }

    /// The share of a measure where nothing is missing.
    pub fn share(&self, measure: usize) -> f64 {
        let members = self.groups.iter().flat_map(|(weight, members)| {
            let own = members.iter().filter(|it| it.0 == measure);
            own.map(move |it| weight * it.1)
        });
        members.sum()
    }
}

/// A group while weights are gathered: each member is the place of a measure and its weight.
struct Group<'a> {
    name: Option<&'a str>,
    weight: f64,
    members: Vec<(usize, f64)>,
}

impl Group<'_> {
    /// The weights of its members, added up.
    fn inside(&self) -> f64 {
        self.members.iter().map(|it| it.1).sum()
    }
}
