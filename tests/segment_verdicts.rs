//! How often chance alone is called a difference between segments, and how often one that was
//! planted is found, in worlds where the truth is known.
//!
//! Holm's rule promises that in at most one world of twenty any segment is called different where
//! none is. Each world is drawn from a fixed seed, so the shares are the same on every run.

#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::base::math;
use kept::engine::kpi::estimate::{Behind, Estimate, Spread};
use kept::engine::report::{Report, Verdict};
use kept::engine::segments::against_the_rest;
use kept::engine::stats::bootstrap::ratio_interval;
use kept::engine::stats::quantile;
use kept::engine::stats::ratio_sums::RatioSums;
use kept::engine::stats::rng::Rng;
use support::long::rounds;

/// Share of the worlds in which any segment is called different.
fn called(worlds: u32, world: impl Fn(&mut Rng) -> Vec<Estimate>) -> f64 {
    let any = (0..worlds).filter(|number| {
        let mut rng = Rng::from_seed(u64::from(*number) * 7_919 + 29);
        let found = against_the_rest(&mut world(&mut rng).into_iter().map(Ok).collect::<Vec<_>>());
        let mut told = found.into_iter().map(|it| it.expect("it is compared"));
        told.any(|one| one.verdict == Verdict::Real)
    });
    any.count() as f64 / f64::from(worlds)
}

/// A number with mean 0 and spread 1, bell-shaped: the sum of twelve even ones.
fn bell(rng: &mut Rng) -> f64 {
    (0..12).map(|_| rng.unit()).sum::<f64>() - 6.0
}

/// What a customer pays: most a little, some a lot.
fn payment(rng: &mut Rng) -> f64 {
    100.0 * math::exp(0.8 * bell(rng))
}

/// A ratio of money with the error that a segment of a finding has.
fn ratio(pairs: &[(f64, f64)]) -> Estimate {
    let (above, below): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let sums = RatioSums::of(pairs.iter().copied());
    let found = ratio_interval(&above, &below, 0.95, 300, 1);
    let spread = Spread::Ratio(found.map(|found| found.standard_error), sums);
    Estimate::of(sums.ratio().unwrap_or(0.0), sums.count(), spread)
}

fn median(mut values: Vec<f64>) -> Estimate {
    values.sort_by(f64::total_cmp);
    let middle = quantile::type7(&values, 0.5).unwrap_or(0.0);
    let spread = Spread::Median(quantile::median_of(&values));
    let mut one = Estimate::of(middle, values.len() as u64, spread);
    one.behind = Some(Behind { share: 0.5, values });
    one
}

/// Customers who stay with this chance and then pay 0.8 to 1.3 of what they paid.
fn retained(rng: &mut Rng, customers: usize, stay: f64) -> Vec<(f64, f64)> {
    (0..customers)
        .map(|_| {
            let before = payment(rng);
            let stays = rng.unit() < stay;
            let times = 0.8 + 0.5 * rng.unit();
            (if stays { before * times } else { 0.0 }, before)
        })
        .collect()
}

/// Segments of these sizes; the first is the one that may differ.
fn worlds(
    of: impl Fn(&mut Rng, usize, bool) -> Estimate,
    sizes: &[usize],
    differs: bool,
    count: u32,
) -> f64 {
    called(count, |rng| {
        let each = sizes.iter().enumerate();
        each.map(|(place, size)| of(rng, *size, differs && place == 0))
            .collect()
    })
}

#[track_caller]
fn assert_seldom(share: f64) {
    assert!(
        share <= 0.07,
        "chance is called a difference in {share} of the worlds"
    );
}

#[test]
fn chance_between_revenue_retention_of_segments_is_seldom_called_a_difference() {
    let kept = |rng: &mut Rng, size: usize, differs: bool| {
        ratio(&retained(rng, size, if differs { 0.7 } else { 0.9 }))
    };
    for sizes in [
        &[40, 40][..],
        &[30, 170],
        &[60, 60, 80, 100],
        &[150, 300, 50],
    ] {
        assert_seldom(worlds(kept, sizes, false, 1_000));
    }
    let found = worlds(kept, &[150, 300, 50], true, 300);
    assert!(found > 0.8, "{found}");
    let found = worlds(kept, &[400, 800], true, 100);
    assert!(found > 0.99, "{found}");
}

#[test]
fn chance_between_medians_of_segments_is_seldom_called_a_difference() {
    let typical = |rng: &mut Rng, size: usize, differs: bool| {
        let times = if differs { 1.6 } else { 1.0 };
        median((0..size).map(|_| times * payment(rng)).collect())
    };
    for sizes in [
        &[20, 20][..],
        &[30, 170],
        &[60, 60, 80, 100],
        &[500, 1_500, 50],
    ] {
        assert_seldom(worlds(typical, sizes, false, 1_000));
    }
    let found = worlds(typical, &[60, 60, 80, 100], true, 500);
    assert!(found > 0.6, "{found}");
    let found = worlds(typical, &[500, 1_500, 50], true, 100);
    assert!(found > 0.99, "{found}");
}

/// Three in twenty customers bring something, two lose it, the others do neither.
#[test]
fn chance_between_quick_ratios_of_segments_is_seldom_called_a_difference() {
    let won = |rng: &mut Rng, size: usize, differs: bool| {
        let times = if differs { 2.5 } else { 1.0 };
        let pairs: Vec<(f64, f64)> = (0..size)
            .map(|_| match (rng.unit(), payment(rng)) {
                (drawn, amount) if drawn < 0.15 => (amount * times, 0.0),
                (drawn, amount) if drawn < 0.25 => (0.0, amount),
                _ => (0.0, 0.0),
            })
            .collect();
        ratio(&pairs)
    };
    assert_seldom(worlds(won, &[300, 300, 300], false, 600));
    let found = worlds(won, &[600, 600, 600], true, 200);
    assert!(found > 0.7, "{found}");
}

/// Customers of two plans over a year, as pasted: in one plan most leave or pay less.
fn two_plans() -> String {
    let mut text = String::from("customer,plan,started_on,ended_on,price,interval\n");
    for number in 0..rounds(120) {
        let (plan, price) = if number % 3 == 0 {
            ("Basic", 20)
        } else {
            ("Team", 90)
        };
        let left = match number {
            _ if number % 9 == 0 || number % 20 == 7 => "2025-03-05",
            _ if number % 20 == 11 => "2025-02-10",
            _ if number % 20 == 13 => "2024-03-10",
            _ => "",
        };
        let price = price + number % 7;
        writeln!(text, "C{number},{plan},2023-01-01,{left},{price},month").expect("a text grows");
    }
    text
}

fn report(options: &str) -> Report {
    let pasted = two_plans();
    let tables = [("pasted", pasted.as_bytes())];
    support::report_on(&tables, &support::options(options)).expect("the table is read")
}

/// Every KPI on recurring revenue with a figure for each of two plans says of both whether they
/// differ, or why that is not said; and the same of the period before and of the year before.
#[test]
fn every_figure_of_a_segment_is_compared_or_says_why_not() {
    let known_sums = [
        "monthly_recurring_revenue",
        "annual_recurring_revenue",
        "net_new_recurring_revenue",
    ];
    for compare in ["previous", "year_before"] {
        let options = format!(r#"{{"as_of":"2025-03-31","segment":"plan","compare":"{compare}"}}"#);
        let report = report(&options);
        let mut compared = 0;
        for finding in report.findings.iter().filter(|it| it.value.is_some()) {
            let id = finding.kpi.as_str();
            let previous = finding.previous.as_ref().map(|it| it.verdict);
            assert!(previous.is_some(), "{id}: no verdict on {compare}");
            for segment in &finding.segments {
                let told = segment.verdict.is_some() != segment.not_compared.is_some();
                assert!(told, "{id}: {segment:?}");
                compared += usize::from(segment.verdict.is_some());
                let code = segment.not_compared.as_ref().map(|why| why.code.as_str());
                assert_eq!(
                    code == Some("segment_is_sum"),
                    known_sums.contains(&id),
                    "{id}"
                );
            }
        }
        // Churn, retention, revenue churn, net and gross retention, the mean of accounts and more.
        assert!(compared >= 14, "{compared}");
    }
    for (kpi, rule) in [
        ("average_revenue_per_account", "median"),
        ("net_revenue_retention", "cohort"),
    ] {
        let options =
            format!(r#"{{"as_of":"2025-03-31","segment":"plan","variants":{{"{kpi}":"{rule}"}}}}"#);
        let report = report(&options);
        let finding = report
            .findings
            .iter()
            .find(|it| it.kpi == kpi)
            .expect("a finding");
        let verdicts: Vec<Option<Verdict>> = finding.segments.iter().map(|it| it.verdict).collect();
        assert_eq!(verdicts, [Some(Verdict::Real); 2], "{kpi}");
    }
}
