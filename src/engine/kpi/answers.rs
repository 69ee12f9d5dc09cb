//! What KPIs on answers share: which answers count, where the good end of a scale begins, shares of
//! answers, and the picture.

use super::definition::{Beside, Expected, Need, Part, Rule};
use super::estimate::{Estimate, Spread, interval};
use super::prelude::{at_least_one, heads, not_heads};
use super::scope::{Basis, Detail, Scope};
use super::tally::{Counted, Tally};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Refusal, Unit, math};
use crate::engine::chart_spec::{Bar, ChartSpec, Plot, Tone};
use crate::engine::facts::Scores;
use crate::engine::report::Interval;
use crate::engine::roles::{Kind, Role, ScoreQuestion};
use crate::engine::stats::mean::{self, Moments};

/// One answer, or one customer, and what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Its row; the first of them for a customer.
    pub row: u32,
    /// The answer, high is good; the mean of a customer's answers.
    pub value: f64,
}

/// A table of answers to this question.
pub const fn need(question: ScoreQuestion) -> Need {
    Need {
        kind: Kind::Survey,
        roles: &[&[Role::Score]],
        basis: Basis::Scores(question),
        expected: Expected::Sometimes,
        beside: Beside::Nothing,
    }
}

/// A part.
pub const fn part(name: &'static str, unit: Unit, says: &'static str) -> Part {
    Part { name, unit, says }
}

/// The mean as the answers stand in the file.
pub const MEAN_AS_ANSWERED: Part = part(
    "mean_as_answered",
    Unit::Score,
    "mean answer as it stands in the file, where low is good there",
);

/// The parts that every KPI on answers may add: what became of the questions that were sent.
pub const INVITED_PARTS: [Part; 2] = [
    Part {
        name: "invited",
        unit: Unit::Count,
        says: "questions sent: the answers and those that nobody answered",
    },
    Part {
        name: "response_rate",
        unit: Unit::Ratio,
        says: "answers ÷ questions sent, where the table says when questions were sent",
    },
];

/// Every answer of the scope.
pub fn every<'a>(scope: &Scope<'a>) -> Outcome<impl Iterator<Item = Answer> + Clone + use<'a>> {
    let (scores, _) = scope.answers()?;
    let rows: &'a [u32] = scope.rows;
    Ok(rows.iter().map(|&row| Answer {
        row,
        value: scores.values[row as usize],
    }))
}

/// The latest answer of each person in the period; of several on one day the lowest. Answers
/// without a person count each by itself.
///
/// # Errors
/// `rule_not_applicable` where no column says who answered.
pub fn latest_of_each(scope: &Scope<'_>) -> Outcome<Vec<Answer>> {
    let (scores, _) = scope.answers()?;
    let who = scores
        .who()
        .ok_or_else(|| rule_needs("No column says who answered.", "the person or the customer"))?;
    let day = |row: u32| scores.days.as_ref().map_or(0, |days| days[row as usize]);
    let mut latest: Vec<Option<u32>> = vec![None; who.below as usize];
    let mut kept = Vec::new();
    for &row in scope.rows {
        match who.of_rows[row as usize] {
            0 => kept.push(row),
            person => {
                let held = &mut latest[person as usize];
                let is_later = |held: u32| {
                    let (now, then) = (day(row), day(held));
                    let value = |row: u32| scores.values[row as usize];
                    now > then || now == then && value(row) < value(held)
                };
                if held.is_none_or(is_later) {
                    *held = Some(row);
                }
            }
        }
    }
    kept.extend(latest.into_iter().flatten());
    kept.sort_unstable();
    let answer = |row: u32| Answer {
        row,
        value: scores.values[row as usize],
    };
    Ok(kept.into_iter().map(answer).collect())
}

/// Each customer once, with the mean of its answers. Answers without a customer are left out.
///
/// # Errors
/// `rule_not_applicable` where no column says for which customer.
pub fn mean_of_each_customer(scope: &Scope<'_>) -> Outcome<Vec<Answer>> {
    of_each_customer(scope, |sum, count, _| sum / f64::from(count))
}

/// Each customer once, with the lowest of its answers; else as [`mean_of_each_customer`].
///
/// # Errors
/// As there.
pub fn lowest_of_each_customer(scope: &Scope<'_>) -> Outcome<Vec<Answer>> {
    of_each_customer(scope, |_, _, lowest| lowest)
}

/// Each customer once, with what `worth` makes of the sum, the number and the lowest of its answers.
fn of_each_customer(
    scope: &Scope<'_>,
    worth: impl Fn(f64, u32, f64) -> f64,
) -> Outcome<Vec<Answer>> {
    let (scores, _) = scope.answers()?;
    let customers = scores
        .customers
        .as_ref()
        .ok_or_else(|| rule_needs("No column says for which customer the answers are.", "it"))?;
    // First row, sum, number and lowest of the answers of each customer.
    let nobody = (0_u32, 0.0, 0_u32, f64::INFINITY);
    let mut sums = vec![nobody; customers.below as usize];
    for &row in scope.rows {
        let (first, sum, count, lowest) = &mut sums[customers.of_rows[row as usize] as usize];
        let value = scores.values[row as usize];
        if *count == 0 {
            *first = row;
        }
        *sum += value;
        *count += 1;
        *lowest = lowest.min(value);
    }
    let told = sums
        .into_iter()
        .skip(1)
        .filter(|(_, _, count, _)| *count > 0);
    let mut told: Vec<Answer> = told
        .map(|(row, sum, count, lowest)| Answer {
            row,
            value: worth(sum, count, lowest),
        })
        .collect();
    told.sort_unstable_by_key(|answer| answer.row);
    Ok(told)
}

/// Answers with what their customers pay a month.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// Each customer's mean answer, and what the customer pays.
    pub customers: Vec<(Answer, f64)>,
}

impl Weighed {
    /// The customers of the scope who pay something, by the last amount that a row of theirs says.
    ///
    /// # Errors
    /// `rule_not_applicable` where the table does not say what customers pay; `no_rows_count`.
    pub fn of(scope: &Scope<'_>) -> Outcome<Self> {
        let (scores, _) = scope.answers()?;
        let (Some(revenue), Some(customers)) = (&scores.revenue, &scores.customers) else {
            return Err(rule_needs(
                "The table of answers does not say what customers pay.",
                "each customer's recurring revenue",
            ));
        };
        let means = mean_of_each_customer(scope)?;
        let mut paid = vec![0.0; customers.below as usize];
        for &row in scope.rows {
            let amount = revenue[row as usize];
            if amount > 0.0 {
                paid[customers.of_rows[row as usize] as usize] = amount;
            }
        }
        let weighed: Vec<(Answer, f64)> = means
            .into_iter()
            .map(|answer| {
                let customer = customers.of_rows[answer.row as usize];
                (answer, paid[customer as usize])
            })
            .filter(|(_, amount)| *amount > 0.0)
            .collect();
        at_least_one(weighed.len() as u64, "answers of customers who pay")?;
        Ok(Self { customers: weighed })
    }

    /// The mean of `worth` over customers, weighed by what they pay: with its interval by
    /// resampling customers, times `times`.
    pub fn mean(&self, scope: &Scope<'_>, times: f64, worth: impl Fn(f64) -> f64) -> Estimate {
        let weights: Vec<f64> = self.customers.iter().map(|(_, amount)| *amount).collect();
        let worths: Vec<f64> = self
            .customers
            .iter()
            .map(|(answer, amount)| worth(answer.value) * amount)
            .collect();
        let (all, good) = (
            math::sum(weights.iter().copied()),
            math::sum(worths.iter().copied()),
        );
        let (ends, spread) =
            scope.ratio_spread(worths.iter().copied().zip(weights.iter().copied()));
        let n = self.customers.len() as u64;
        Estimate {
            interval: ends.map(|ends| Interval {
                low: ends.low * times,
                high: ends.high * times,
                ..ends
            }),
            ..Estimate::of(good / all * times, n, spread.times(times))
        }
    }
}

fn rule_needs(found: &str, what: &str) -> Refusal {
    Refusal::new(
        "rule_not_applicable",
        found,
        format!("Say on the check page which column holds {what}, or choose another rule."),
    )
}

/// The lowest answer at the good end of a scale: 4 of 5, 5 of 7, 8 of 10, 3 of 4, 3 of 3, 6 of 8,
/// good of good and bad; the upper three tenths of longer scales.
pub fn good_from(scale: (f64, f64)) -> f64 {
    match scale.1 {
        top if top <= 1.0 => 1.0,
        top if top <= 2.0 => 2.0,
        top if top <= 4.0 => 3.0,
        top if top <= 6.0 => 4.0,
        top if top <= 7.0 => 5.0,
        top if top <= 8.0 => 6.0,
        top if top <= 10.0 => 8.0,
        top => scale.0 + (top - scale.0) * 0.7,
    }
}

/// How a share of answers names its terms.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The answers at the good end.
    pub good: &'static str,
    /// All answers.
    pub all: &'static str,
    /// Each is one answer, so that two rules can be compared answer by answer.
    pub tells_answers: bool,
}

impl Named {
    /// The names of answers.
    pub const fn new(good: &'static str, all: &'static str) -> Self {
        Self {
            good,
            all,
            tells_answers: true,
        }
    }

    /// The same names for customers, which are not compared with answers one by one.
    #[must_use]
    pub const fn of_customers(self) -> Self {
        Self {
            tells_answers: false,
            ..self
        }
    }
}

/// The share of answers of at least `from`, with its terms and, where it is asked for, its classes.
pub fn share_from(
    scope: &Scope<'_>,
    answers: impl Iterator<Item = Answer> + Clone,
    from: f64,
    named: Named,
) -> Outcome<Estimate> {
    let (mut good, mut all) = (0_u64, 0_u64);
    let sum = math::sum(answers.clone().map(|answer| {
        all += 1;
        good += u64::from(answer.value >= from);
        answer.value
    }));
    at_least_one(all, "answers")?;
    let mut parts = vec![
        (named.good, good as f64),
        (named.all, all as f64),
        ("mean", sum / all as f64),
        ("numerator", good as f64),
        ("denominator", all as f64),
    ];
    parts.extend(invited(scope, all));
    let mut estimate = Estimate::share(good, all).with_parts(parts);
    if scope.names_customers() && named.tells_answers {
        estimate.tally = Some(by_answer(answers, from));
    }
    Ok(estimate)
}

/// Names of the classes of answers by their whole part.
const CLASSES: [&str; 12] = [
    "answers of 0",
    "answers of 1",
    "answers of 2",
    "answers of 3",
    "answers of 4",
    "answers of 5",
    "answers of 6",
    "answers of 7",
    "answers of 8",
    "answers of 9",
    "answers of 10",
    "answers above 10",
];

fn by_answer(answers: impl Iterator<Item = Answer>, from: f64) -> Tally {
    let mut tally = Tally::ratio(Counted::Heads, &CLASSES, true);
    for answer in answers {
        let class = (answer.value.max(0.0) as usize).min(CLASSES.len() - 1);
        let good = i128::from(answer.value >= from);
        tally.add_at(class, answer.row, good, 1);
    }
    tally
}

/// The mean answer with Student's interval, and its terms.
pub fn mean_of(
    scope: &Scope<'_>,
    answers: impl Iterator<Item = Answer>,
    all: &'static str,
) -> Outcome<Estimate> {
    let mut moments = Moments::default();
    let sum = math::sum(
        answers
            .map(|answer| answer.value)
            .inspect(|it| moments.add(*it)),
    );
    let n = moments.count();
    at_least_one(n, "answers")?;
    let mean = sum / n as f64;
    let (low, high) = scale_of(scope)?;
    let ends = moments.t_interval();
    let ends = ends.map(|ends| (ends.0.max(low), ends.1.min(high)));
    let mut parts = vec![(all, n as f64), ("mean", mean)];
    if scope.answers()?.0.turned {
        parts.push(("mean_as_answered", low + high - mean));
    }
    parts.extend(invited(scope, n));
    Ok(Estimate {
        interval: ends.map(|ends| interval(ends, mean::STUDENT)),
        parts,
        ..Estimate::of(mean, n, Spread::Mean(moments))
    })
}

/// The scale of the answers.
pub fn scale_of(scope: &Scope<'_>) -> Outcome<(f64, f64)> {
    Ok(scope.answers()?.0.scale)
}

/// What became of the questions that were sent, where that is known.
pub fn invited(scope: &Scope<'_>, answered: u64) -> Vec<(&'static str, f64)> {
    let Some(silent) = scope.unanswered else {
        return Vec::new();
    };
    let invited = (answered + silent) as f64;
    vec![
        ("invited", invited),
        ("response_rate", answered as f64 / invited),
    ]
}

/// A share of typed counts.
///
/// # Errors
/// `term_missing`, `not_a_count`, `part_above_whole`, `no_rows_count`.
pub fn typed_share(scope: &Scope<'_>, named: Named) -> Outcome<Estimate> {
    let counts = (scope.figure(named.good)?, scope.figure(named.all)?);
    let (Some(good), Some(all)) = (heads(counts.0), heads(counts.1)) else {
        return Err(not_heads());
    };
    at_least_one(all, "answers")?;
    if good > all {
        return Err(part_above_whole(named));
    }
    Ok(Estimate::share(good, all).with_parts(vec![
        (named.good, good as f64),
        (named.all, all as f64),
        ("numerator", good as f64),
        ("denominator", all as f64),
    ]))
}

/// A typed mean and the number of answers behind it. Without their spread there is no interval.
///
/// # Errors
/// `term_missing`, `not_a_count`, `no_rows_count`.
pub fn typed_mean(scope: &Scope<'_>, all: &'static str) -> Outcome<Estimate> {
    let mean = scope.figure("mean")?;
    let n = heads(scope.figure(all)?).ok_or_else(not_heads)?;
    at_least_one(n, "answers")?;
    let estimate = Estimate::of(mean, n, Spread::StandardError(None));
    Ok(estimate.with_parts(vec![(all, n as f64), ("mean", mean)]))
}

fn part_above_whole(named: Named) -> Refusal {
    Refusal::new(
        "part_above_whole",
        format!(
            "There are more “{}” than “{}”, of which they are a part.",
            named.good.replace('_', " "),
            named.all.replace('_', " ")
        ),
        "Look whether the two figures were exchanged.",
    )
}

/// The answers by score, where the scale is short enough for a bar each; `None` else.
fn distribution(
    scores: &Scores,
    answers: impl Iterator<Item = Answer>,
    title: &str,
    group: impl Fn(f64) -> (&'static str, Tone),
) -> Option<ChartSpec> {
    let (low, high) = scores.scale;
    if high - low > 12.0 || !high.is_finite() || !low.is_finite() {
        return None;
    }
    let mut counts = vec![0_u64; (high - low) as usize + 1];
    for answer in answers {
        if let Some(count) = counts.get_mut((answer.value - low).floor().max(0.0) as usize) {
            *count += 1;
        }
    }
    let good_and_bad = high <= 1.0;
    let bars = counts.iter().enumerate().map(|(place, count)| {
        let answer = low + place as f64;
        let (group, tone) = group(answer);
        // The bar of a turned scale carries the answer as it was given.
        let given = if scores.turned {
            low + high - answer
        } else {
            answer
        };
        let label = match (good_and_bad, answer >= high) {
            (true, true) => String::from("Good"),
            (true, false) => String::from("Bad"),
            (false, _) => given.to_string(),
        };
        Bar {
            label,
            count: *count as f64,
            group: group.to_owned(),
            tone,
        }
    });
    Some(ChartSpec {
        title: title.to_owned(),
        summary: String::new(),
        plot: Plot::Distribution {
            bars: bars.collect(),
        },
        footnotes: Vec::new(),
    })
}

/// The picture of all answers, those of at least `from` apart from the others; only for a headline.
pub fn picture(
    scope: &Scope<'_>,
    title: &str,
    from: f64,
    (good, other): (&'static str, &'static str),
) -> Outcome<Option<ChartSpec>> {
    let group = |answer: f64| {
        if answer >= from {
            (good, Tone::Gain)
        } else {
            (other, Tone::Loss)
        }
    };
    picture_of_groups(scope, title, group)
}

/// The picture of all answers by groups; only for a headline.
pub fn picture_of_groups(
    scope: &Scope<'_>,
    title: &str,
    group: impl Fn(f64) -> (&'static str, Tone),
) -> Outcome<Option<ChartSpec>> {
    if scope.detail != Detail::Headline {
        return Ok(None);
    }
    let (scores, _) = scope.answers()?;
    Ok(distribution(scores, every(scope)?, title, group))
}

/// The sentence of rules that count the latest answer of each person.
pub const LATEST_RULE: &str = "Only the latest answer of each person in the period counts; answers without a person count each by itself.";

/// The sentence of rules that count customers.
pub const CUSTOMER_RULE: &str = "Each customer counts once, with the mean of its answers.";

/// The sentence of rules that weigh customers.
pub const REVENUE_RULE: &str =
    "Each customer counts with the mean of its answers, weighed by what it pays a month.";

/// A rule with nothing but estimates.
pub const fn rule(
    id: &'static str,
    name: &'static str,
    says: &'static str,
    source: &'static str,
    estimates: &'static [(super::scope::Basis, super::definition::Estimator)],
) -> Rule {
    Rule {
        id,
        name,
        rule: says,
        source,
        estimates,
        ledger: &[],
        path: None,
        unit: None,
    }
}
