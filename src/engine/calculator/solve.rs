//! Backwards: which figure of one term gives a wanted figure, found by searching forwards.

use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Better, Refusal, Unit};

/// The largest figure that is tried.
const LARGEST: f64 = 1e15;

/// Figures up to each power of two that are tried where the powers themselves are refused.
const CLOSE: u32 = 64;

/// Halvings of a stretch: more than a number has bits.
const HALVINGS: u32 = 200;

/// The figure from 0 up that gives `target`, the others staying as they are.
///
/// For counts it is the whole number that meets the target: at least it where higher is better, at
/// most where lower is. Where several figures give it, it is one of them. `forwards` gives the KPI's
/// figure, or refuses.
///
/// # Errors
/// `target_out_of_reach`; what `forwards` says where no figure at all satisfies it.
pub fn reach(
    target: f64,
    unit: Unit,
    better: Better,
    forwards: &dyn Fn(f64) -> Outcome<f64>,
) -> Outcome<f64> {
    let whole = unit == Unit::Count;
    let points = tried(unit, forwards)?;
    let beyond = |value: f64| value - target;
    let exact = points.iter().find(|(_, value)| is_same(*value, target));
    if let Some((at, _)) = exact {
        return Ok(*at);
    }
    let crossing = points.windows(2).find(|pair| {
        let (before, after) = (beyond(pair[0].1), beyond(pair[1].1));
        before.signum() * after.signum() < 0.0
    });
    let Some(pair) = crossing else {
        let ends = points.iter().map(|(_, value)| *value);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        return Err(Refusal::new(
            "target_out_of_reach",
            format!("Whatever this figure is, the result lies between {low} and {high}."),
            "Change another figure, or the target.",
        ));
    };
    let (mut before, mut after) = (pair[0], pair[1]);
    for _ in 0..HALVINGS {
        let Some(middle) = between(before.0, after.0, whole) else {
            break;
        };
        // A figure between two that hold does hold, but for oddities that a step aside avoids.
        let Ok(value) = forwards(middle) else { break };
        if is_same(value, target) {
            return Ok(middle);
        }
        if beyond(value).signum() * beyond(before.1).signum() > 0.0 {
            before = (middle, value);
        } else {
            after = (middle, value);
        }
    }
    let meets = |value: f64| match better {
        Better::Higher => value >= target,
        Better::Lower => value <= target,
        Better::Neither => false,
    };
    Ok(match (meets(before.1), meets(after.1)) {
        (true, false) => before.0,
        (false, true) => after.0,
        _ if beyond(before.1).abs() <= beyond(after.1).abs() => before.0,
        _ => after.0,
    })
}

/// Figures that the formula takes, ascending, each with its result: zero, powers of two, and the
/// outermost ones between which it takes any. Where it takes none of these, more are tried, because
/// it may take only those between two of them.
fn tried(unit: Unit, forwards: &dyn Fn(f64) -> Outcome<f64>) -> Outcome<Vec<(f64, f64)>> {
    tried_on(&grid(unit, 1), unit, forwards)
        .or_else(|_| tried_on(&grid(unit, CLOSE), unit, forwards))
}

/// Zero, and so many figures up to each power of two.
fn grid(unit: Unit, steps: u32) -> Vec<f64> {
    let whole = unit == Unit::Count;
    let largest = if unit == Unit::Ratio { 1.0 } else { LARGEST };
    let mut grid = vec![0.0];
    let mut power = if whole { 1.0 } else { 1.0 / 1_048_576.0 };
    while power < largest {
        grid.extend((0..steps).map(|step| {
            let at = power * (1.0 + f64::from(step) / f64::from(steps));
            if whole { at.floor() } else { at }
        }));
        power *= 2.0;
    }
    grid.retain(|at| *at < largest);
    grid.push(largest);
    grid.dedup_by(|a, b| a.to_bits() == b.to_bits());
    grid
}

fn tried_on(
    grid: &[f64],
    unit: Unit,
    forwards: &dyn Fn(f64) -> Outcome<f64>,
) -> Outcome<Vec<(f64, f64)>> {
    let whole = unit == Unit::Count;
    let mut refusal = None;
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut last = None;
    for &at in grid {
        let held = forwards(at);
        match held {
            Ok(value) => {
                if found.is_empty()
                    && let Some(refused) = last
                {
                    found.extend(edge(refused, (at, value), whole, forwards));
                }
                found.push((at, value));
            }
            Err(reason) => {
                if let Some(&inner) = found.last()
                    && last.is_none_or(|it| it < inner.0)
                {
                    found.extend(edge(at, inner, whole, forwards));
                }
                refusal.get_or_insert(reason);
                last = Some(at);
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.dedup_by(|a, b| a.0.to_bits() == b.0.to_bits());
    if found.is_empty() {
        return Err(refusal.unwrap_or_else(|| {
            Refusal::new(
                "target_out_of_reach",
                "No figure gives a result.",
                "Change another figure, or the target.",
            )
        }));
    }
    Ok(found)
}

/// The outermost figure that holds between one that is refused and one that holds.
fn edge(
    mut refused: f64,
    mut held: (f64, f64),
    whole: bool,
    forwards: &dyn Fn(f64) -> Outcome<f64>,
) -> Option<(f64, f64)> {
    let start = held.0;
    for _ in 0..HALVINGS {
        let Some(middle) = between(refused, held.0, whole) else {
            break;
        };
        match forwards(middle) {
            Ok(value) => held = (middle, value),
            Err(_) => refused = middle,
        }
    }
    (held.0.to_bits() != start.to_bits()).then_some(held)
}

/// A figure between two; none where there is no other.
fn between(first: f64, second: f64, whole: bool) -> Option<f64> {
    let middle = f64::midpoint(first, second);
    let middle = if whole { middle.floor() } else { middle };
    let (low, high) = (first.min(second), first.max(second));
    (middle > low && middle < high).then_some(middle)
}

fn is_same(value: f64, target: f64) -> bool {
    (value - target).abs() <= target.abs() * 1e-15
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> Refusal {
        Refusal::new("not_finite", "no", "no")
    }

    #[test]
    fn a_count_is_the_last_that_still_meets_the_target() {
        // How many may leave of 250 for 92 % to stay?
        let stay = |left: f64| {
            if left > 250.0 {
                Err(refused())
            } else {
                Ok(1.0 - left / 250.0)
            }
        };
        assert_eq!(reach(0.92, Unit::Count, Better::Higher, &stay), Ok(20.0));
        assert_eq!(reach(0.925, Unit::Count, Better::Higher, &stay), Ok(18.0));
        assert_eq!(reach(0.0, Unit::Count, Better::Higher, &stay), Ok(250.0));
    }

    #[test]
    fn a_count_is_the_first_that_meets_the_target_where_it_grows() {
        let share = |due: f64| {
            if due < 80.0 {
                Err(refused())
            } else {
                Ok(80.0 / due)
            }
        };
        assert_eq!(reach(1.0, Unit::Count, Better::Higher, &share), Ok(80.0));
        assert_eq!(reach(0.8, Unit::Count, Better::Higher, &share), Ok(100.0));
        assert_eq!(reach(0.79, Unit::Count, Better::Higher, &share), Ok(101.0));
        assert_eq!(reach(0.79, Unit::Count, Better::Lower, &share), Ok(102.0));
    }

    #[test]
    fn money_is_found_to_the_last_digit() {
        let twelve = |amount: f64| Ok(amount * 12.0);
        let found = reach(120_000.0, Unit::Money, Better::Higher, &twelve).unwrap();
        assert!((found - 10_000.0).abs() < 1e-6);
    }

    #[test]
    fn a_figure_that_is_taken_only_between_two_powers_of_two_is_found() {
        // 323 of the departures came back or had only joined, and 74 were there to leave.
        let kept = |departures: f64| match departures {
            d if (323.0..=397.0).contains(&d) => Ok((397.0 - d) / 74.0),
            _ => Err(refused()),
        };
        let wanted = 36.0 / 74.0;
        assert_eq!(reach(wanted, Unit::Count, Better::Higher, &kept), Ok(361.0));
    }

    #[test]
    fn what_cannot_be_reached_is_refused() {
        let half = |_: f64| Ok(0.5);
        let code = |found: Outcome<f64>| found.unwrap_err().code;
        let out = reach(0.6, Unit::Count, Better::Higher, &half);
        assert_eq!(code(out), "target_out_of_reach");
        let never = |_: f64| Err(refused());
        assert_eq!(
            code(reach(0.6, Unit::Count, Better::Higher, &never)),
            "not_finite"
        );
    }
}
