//! The attack: everything that the file shows as one system of linear equations, and what follows.
//!
//! The attacker knows every definition: that kinds of answers add up to n, that segments and months
//! add up to the whole, that two figures count the same people. From what is shown it may not be
//! able to work out a small count, nor to bound one below the threshold. The same attack on a file
//! that hides only the small members themselves must succeed, else it proves nothing.

#![expect(clippy::expect_used, reason = "test code")]

#[path = "support/elimination.rs"]
mod elimination;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use elimination::{determined, modular};
use kept::engine::base::Unit;
use kept::engine::kpi::{ALL, AboutReport};
use kept::engine::options::CardChoice;
use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;
use kept::frozen::Choices;
use kept::frozen::aggregate::{Safe, aggregate};
use kept::present::Reader;
use kept::present::format::Habits;
use support::{options, report_on};

const LEAST: u64 = 5;

/// Where a figure stands.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Place {
    Whole,
    Before,
    Segment(String),
    Point(i32),
}

/// The true counts of one figure, n first, by place.
type Truth = BTreeMap<Place, Vec<u64>>;

fn truth(finding: &Finding) -> Truth {
    let cell = |value: Option<f64>, n: Option<u64>, counts: &[u64]| {
        let mut cell = vec![n?];
        cell.extend(counts);
        if cell.len() == 1 && finding.unit == Unit::Count {
            cell.push(value?.round() as u64);
        }
        value.map(|_| cell)
    };
    let mut found = vec![(
        Place::Whole,
        cell(finding.value, finding.n, &finding.counts),
    )];
    if let Some(it) = &finding.previous {
        found.push((Place::Before, cell(Some(it.value), it.n, &it.counts)));
    }
    for it in &finding.segments {
        found.push((
            Place::Segment(it.is.clone()),
            cell(it.value, it.n, &it.counts),
        ));
    }
    for it in &finding.series {
        found.push((Place::Point(it.start.0), cell(it.value, it.n, &it.counts)));
    }
    let known = found
        .into_iter()
        .filter_map(|(place, cell)| Some((place, cell?)));
    known.collect()
}

/// The places that a finding of the safe report shows.
fn shown(finding: &Finding) -> BTreeSet<Place> {
    let whole = finding.value.map(|_| Place::Whole);
    let before = finding.previous.as_ref().map(|_| Place::Before);
    let segments = finding.segments.iter().filter(|it| it.value.is_some());
    let points = finding.series.iter().filter(|it| it.value.is_some());
    whole
        .into_iter()
        .chain(before)
        .chain(segments.map(|it| Place::Segment(it.is.clone())))
        .chain(points.map(|it| Place::Point(it.start.0)))
        .collect()
}

/// The places with no small count: what a file without the second step would show.
fn large(truth: &Truth) -> BTreeSet<Place> {
    let large = truth
        .iter()
        .filter(|(_, cell)| !cell.iter().any(|count| is_small(*count)));
    large.map(|(place, _)| place.clone()).collect()
}

const fn is_small(count: u64) -> bool {
    0 < count && count < LEAST
}

/// One count at one place: the number of the finding, the number of the count.
type Variable = (usize, usize, Place);

/// A sum with coefficients that is nothing, up to a known number.
type Equation = BTreeMap<Variable, i64>;

/// Everything that definitions say, whatever is shown.
struct World {
    truths: Vec<Truth>,
    equations: Vec<Equation>,
    /// Sums of members: the whole, then its members.
    sums: Vec<(Variable, Vec<Variable>)>,
}

fn world(report: &Report) -> World {
    let truths: Vec<Truth> = report.findings.iter().map(truth).collect();
    let mut world = World {
        truths,
        equations: Vec::new(),
        sums: Vec::new(),
    };
    for (number, finding) in report.findings.iter().enumerate() {
        world.add_sums(number, finding);
    }
    world.add_kinds();
    world
}

impl World {
    fn count(&self, (number, kind, place): &Variable) -> Option<u64> {
        self.truths.get(*number)?.get(place)?.get(*kind).copied()
    }

    /// Segments that add up to the whole, points that add up to a period.
    fn add_sums(&mut self, number: usize, finding: &Finding) {
        let Some(truth) = self.truths.get(number).cloned() else {
            return;
        };
        let width = truth.values().map(Vec::len).max().unwrap_or(0);
        let within = |period: Option<kept::engine::base::Period>, place: &Place| match place {
            Place::Point(day) => {
                period.is_some_and(|it| it.contains(kept::engine::base::Date(*day)))
            }
            _ => false,
        };
        let is_segment = |place: &Place| matches!(place, Place::Segment(_));
        let before = finding.previous.as_ref().map(|it| it.period);
        let families: [(Place, Vec<Place>); 3] = [
            (
                Place::Whole,
                truth.keys().filter(|it| is_segment(it)).cloned().collect(),
            ),
            (
                Place::Whole,
                truth
                    .keys()
                    .filter(|it| within(finding.period, it))
                    .cloned()
                    .collect(),
            ),
            (
                Place::Before,
                truth
                    .keys()
                    .filter(|it| within(before, it))
                    .cloned()
                    .collect(),
            ),
        ];
        for kind in 0..width {
            for (total, members) in &families {
                let whole = (number, kind, total.clone());
                let members: Vec<Variable> = members
                    .iter()
                    .map(|it| (number, kind, it.clone()))
                    .collect();
                let sum: u64 = members.iter().filter_map(|it| self.count(it)).sum();
                if members.is_empty() || self.count(&whole) != Some(sum) {
                    continue;
                }
                let mut equation: Equation = members.iter().map(|it| (it.clone(), 1)).collect();
                equation.insert(whole.clone(), -1);
                self.equations.push(equation);
                self.sums.push((whole, members));
            }
        }
    }

    /// What definitions say of kinds of counts, at every place.
    fn add_kinds(&mut self) {
        let mut kinds: Vec<(usize, usize)> = Vec::new();
        for (number, truth) in self.truths.iter().enumerate() {
            let width = truth.values().map(Vec::len).max().unwrap_or(0);
            kinds.extend((0..width).map(|kind| (number, kind)));
        }
        let places = self.truths.iter().flat_map(BTreeMap::keys).cloned();
        let places: BTreeSet<Place> = places.collect();
        let line = |(number, kind): &(usize, usize)| -> Line {
            let count = |place: &Place| self.count(&(*number, *kind, place.clone()));
            places.iter().map(count).collect()
        };
        let lines: Vec<Line> = kinds.iter().map(line).collect();
        for terms in relations(&lines) {
            for (at, place) in places.iter().enumerate() {
                if terms.iter().all(|(kind, _)| lines[*kind][at].is_some()) {
                    let variable = |kind: usize| (kinds[kind].0, kinds[kind].1, place.clone());
                    let equation = terms.iter().map(|(kind, sign)| (variable(*kind), *sign));
                    self.equations.push(equation.collect());
                }
            }
        }
    }

    /// The small counts that follow from what is shown, and those of them that are shown outright.
    fn learnt(&self, shown: &[BTreeSet<Place>]) -> (Vec<Variable>, usize) {
        let is_shown = |(number, _, place): &Variable| shown[*number].contains(place);
        let rows = self.equations.iter().map(|equation| {
            let unknown = equation.iter().filter(|(variable, _)| !is_shown(variable));
            unknown
                .map(|(variable, times)| (variable.clone(), modular(*times)))
                .collect()
        });
        let pinned = determined(rows.collect());
        let mut learnt: BTreeSet<Variable> = pinned;
        learnt.extend(self.bounded(&is_shown));
        let small = |it: &Variable| self.count(it).is_some_and(is_small);
        let mut outright = 0;
        for (number, truth) in self.truths.iter().enumerate() {
            let cells = truth
                .iter()
                .filter(|(place, _)| shown[number].contains(*place));
            outright += cells
                .flat_map(|(_, cell)| cell)
                .filter(|count| is_small(**count))
                .count();
        }
        (learnt.into_iter().filter(small).collect(), outright)
    }

    /// Counts that a total and the other members leave less room than the threshold: no member
    /// counts less than nothing, and none that is listed has nobody.
    fn bounded(&self, is_shown: &dyn Fn(&Variable) -> bool) -> Vec<Variable> {
        let mut found = Vec::new();
        for (whole, members) in self.sums.iter().filter(|(whole, _)| is_shown(whole)) {
            let (known, hidden): (Vec<&Variable>, Vec<&Variable>) = members
                .iter()
                .filter(|it| self.count(it).is_some_and(|_| self.n_of(it) > 0))
                .partition(|it| is_shown(it));
            let known: u64 = known.into_iter().filter_map(|it| self.count(it)).sum();
            let left = self.count(whole).unwrap_or(0) - known;
            let others = if whole.1 == 0 {
                hidden.len().saturating_sub(1) as u64
            } else {
                0
            };
            if left.saturating_sub(others) < LEAST {
                found.extend(hidden.into_iter().cloned());
            }
        }
        found
    }

    fn n_of(&self, (number, _, place): &Variable) -> u64 {
        self.count(&(*number, 0, place.clone())).unwrap_or(0)
    }
}

/// One kind of count at every place.
type Line = Vec<Option<u64>>;

/// Kinds of counts that are the same, that add up to another one, three of them to a fourth, or two
/// of them to what two others do, wherever they are known.
fn relations(lines: &[Line]) -> Vec<Vec<(usize, i64)>> {
    let mut found: Vec<Vec<(usize, i64)>> = Vec::new();
    let mut different: Vec<usize> = Vec::new();
    for (at, own) in lines.iter().enumerate() {
        match different.iter().find(|first| &lines[**first] == own) {
            Some(first) => found.push(vec![(*first, 1), (at, -1)]),
            None => different.push(at),
        }
    }
    let mut add = |terms: &[(usize, i64)]| {
        if is_nothing(lines, terms) {
            found.push(terms.to_vec());
        }
    };
    for (i, a) in different.iter().enumerate() {
        for (j, b) in different.iter().enumerate().skip(i + 1) {
            add(&[(*a, 1), (*b, -1)]);
            for whole in different.iter().filter(|it| *it != a && *it != b) {
                add(&[(*a, 1), (*b, 1), (*whole, -1)]);
                for c in different.iter().skip(j + 1).filter(|it| *it != whole) {
                    add(&[(*a, 1), (*b, 1), (*c, 1), (*whole, -1)]);
                }
                // At fewer than three places two sums agree by chance.
                for other in different
                    .iter()
                    .filter(|it| *it > whole && *it != a && *it != b)
                {
                    let terms = [(*a, 1), (*b, 1), (*whole, -1), (*other, -1)];
                    if agrees_at(lines, &terms) >= 3 {
                        add(&terms);
                    }
                }
            }
        }
    }
    found
}

/// At how many places all terms are known and any is more than nothing.
fn agrees_at(lines: &[Line], terms: &[(usize, i64)]) -> usize {
    let places = lines.first().map_or(0, Vec::len);
    let known = |place: &usize| {
        let counts: Option<Vec<u64>> = terms.iter().map(|(at, _)| lines[*at][*place]).collect();
        counts.is_some_and(|counts| counts.iter().any(|count| *count > 0))
    };
    (0..places).filter(known).count()
}

/// Whether the sum is nothing wherever all its terms are known, and somewhere they are.
fn is_nothing(lines: &[Line], terms: &[(usize, i64)]) -> bool {
    let mut any = false;
    let places = lines.first().map_or(0, Vec::len);
    let all = (0..places).all(|place| {
        let count = |at: usize| lines[at][place].and_then(|count| i64::try_from(count).ok());
        let sum: Option<i64> = terms
            .iter()
            .map(|(at, sign)| Some(sign * count(*at)?))
            .sum();
        any |= sum.is_some();
        sum.is_none_or(|sum| sum == 0)
    });
    all && any
}

fn safe(report: &Report) -> Safe {
    let catalogue: Vec<AboutReport> = ALL.iter().map(|kpi| kpi.report()).collect();
    let habits = Habits::default();
    let reader = Reader {
        habits: &habits,
        catalogue: &catalogue,
        roles: &[],
        cards: &CardChoice::default(),
    };
    let choices = Choices {
        names: true,
        smallest: LEAST,
    };
    aggregate(&reader, report, choices)
}

/// A survey with two questions; groups and months of very different sizes.
fn survey(rng: &mut Rng) -> String {
    let mut table = String::from(
        "customer,plan,responded_at,How likely are you to recommend us? (0-10),How satisfied are you? (1-5)\n",
    );
    let sizes = [90, 45, 25, rng.below(14), rng.below(5) + 1, rng.below(9)];
    let kindness = rng.unit();
    let mut number = 0;
    for (group, size) in sizes.iter().enumerate() {
        for _ in 0..*size {
            number += 1;
            // Early months have few answers.
            let month = 1 + rng.below(8).max(rng.below(8));
            let happy = rng.unit() < 0.5 + kindness / 2.0;
            let score = if happy {
                9 + rng.below(2)
            } else {
                rng.below(9)
            };
            let stars = if happy {
                4 + rng.below(2)
            } else {
                1 + rng.below(4)
            };
            let stars = if rng.below(12) == 0 {
                String::new()
            } else {
                stars.to_string()
            };
            writeln!(
                table,
                "C{number},P{group},2025-{month:02}-{:02},{score},{stars}",
                1 + rng.below(28)
            )
            .expect("a text takes more");
        }
    }
    table
}

/// Customers who come and go, a few in some segments.
fn customers(rng: &mut Rng) -> String {
    let mut table = String::from("customer_id,plan,start_date,end_date,mrr\n");
    let sizes = [120, 70, 30, rng.below(20), rng.below(6) + 1];
    let mut number = 0;
    for (group, size) in sizes.iter().enumerate() {
        for _ in 0..*size {
            number += 1;
            let start = rng.below(20);
            let stay = 1 + rng.below(40);
            let end = start + stay;
            let day = |month: u32| {
                format!(
                    "{}-{:02}-{:02}",
                    2023 + month.div_euclid(12),
                    1 + month % 12,
                    1 + number % 28
                )
            };
            let left = if end < 30 { day(end) } else { String::new() };
            writeln!(
                table,
                "C{number},P{group},{},{left},{}",
                day(start),
                20 + rng.below(300)
            )
            .expect("a text takes more");
        }
    }
    table
}

/// What the attack learns in many worlds: from the file, and from one without the second step.
fn attacked(
    make: impl Fn(&mut Rng) -> String,
    chosen: &[&str],
    worlds: u64,
) -> (usize, usize, usize) {
    let (mut learnt, mut naive, mut kept) = (0, 0, 0);
    for seed in 0..worlds {
        let table = make(&mut Rng::from_seed(seed * 7_919 + 17));
        for chosen in chosen {
            let report =
                report_on(&[("t.csv", table.as_bytes())], &options(chosen)).expect("a report");
            let safe = safe(&report);
            let world = world(&report);
            let now: Vec<BTreeSet<Place>> = safe.report.findings.iter().map(shown).collect();
            let (found, outright) = world.learnt(&now);
            assert_eq!(
                (&found, outright),
                (&Vec::new(), 0),
                "world {seed}, {chosen}"
            );
            learnt += found.len();
            kept += now.iter().map(BTreeSet::len).sum::<usize>();
            let first_step: Vec<BTreeSet<Place>> = world.truths.iter().map(large).collect();
            naive += world.learnt(&first_step).0.len();
        }
    }
    (learnt, naive, kept)
}

#[test]
fn no_small_count_of_a_survey_follows_from_what_is_shown() {
    let chosen = [
        r#"{"segment":"plan"}"#,
        r#"{"segment":"plan","period":{"unit":"quarter"}}"#,
        r#"{"segment":"plan","period":{"unit":"month","count":3}}"#,
    ];
    let (learnt, naive, kept) = attacked(survey, &chosen, 25);
    assert_eq!(learnt, 0);
    assert!(
        naive > 100,
        "the attack finds {naive} counts without the second step"
    );
    // Six a report: the whole, the segments that are large, and of a series what is worth drawing.
    assert!(kept > 6 * 75, "only {kept} figures are left to show");
}

#[test]
fn no_small_count_of_customers_follows_from_what_is_shown() {
    let chosen = [
        r#"{"segment":"plan"}"#,
        r#"{"segment":"plan","period":{"unit":"quarter"}}"#,
    ];
    let (learnt, naive, kept) = attacked(customers, &chosen, 12);
    assert_eq!(learnt, 0);
    assert!(
        naive > 20,
        "the attack finds {naive} counts without the second step"
    );
    assert!(kept > 500, "only {kept} figures are left to show");
}
