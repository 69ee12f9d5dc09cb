//! The fit itself: Newton's steps, bent where they would make a weight negative.

use crate::engine::base::math;

/// Steps at most; a fit takes three to ten.
const MOST_STEPS: u32 = 100;

/// A slope per row that counts as none.
const FLAT: f64 = 1e-9;

/// What the sum of many surprises may be off by, relative to it: near the lowest point a step that
/// is right no longer shows in the sum.
const ROUNDING: f64 = 1e-12;

/// Rows of numbers, the first of each being 1, with the outcome of each.
pub(super) struct Rows<'a> {
    pub(super) values: &'a [f64],
    pub(super) width: usize,
    pub(super) kept: &'a [bool],
}

impl Rows<'_> {
    fn row(&self, number: u32) -> &[f64] {
        let from = number as usize * self.width;
        self.values.get(from..from + self.width).unwrap_or_default()
    }

    /// The log-odds of being kept of a row.
    pub(super) fn line(&self, number: u32, at: &[f64]) -> f64 {
        dot(self.row(number), at)
    }

    fn was_kept(&self, number: u32) -> bool {
        self.kept.get(number as usize) == Some(&true)
    }
}

/// The sum of products, in four sums at once: one alone would wait for each of its terms.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let (fours, rest) = one.as_chunks::<4>();
    let (other_fours, other_rest) = other.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (one, other) in fours.iter().zip(other_fours) {
        for (sum, (a, b)) in sums.iter_mut().zip(one.iter().zip(other)) {
            *sum += a * b;
        }
    }
    let rest: f64 = rest.iter().zip(other_rest).map(|(a, b)| a * b).sum();
    rest + (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// The chance of these log-odds.
pub(super) fn chance(line: f64) -> f64 {
    1.0 / (1.0 + math::exp(-line))
}

/// A search that begins at weights of nothing, and the log-odds of being kept among all.
pub(super) fn start(rows: &Rows<'_>, picks: &[u32]) -> Search {
    let kept = picks.iter().filter(|row| rows.was_kept(**row)).count() as f64;
    let mut at = vec![0.0; rows.width];
    if let Some(intercept) = at.first_mut() {
        // Half a case on either side, so that none is no infinity.
        *intercept = math::ln((kept + 0.5) / (picks.len() as f64 - kept + 0.5));
    }
    Search {
        at,
        bends: Vec::new(),
    }
}

/// The negative log-likelihood of the outcomes of these rows.
pub(super) fn surprise(rows: &Rows<'_>, picks: &[u32], at: &[f64]) -> f64 {
    let one = |row: &u32| surprise_of(rows.line(*row, at), rows.was_kept(*row)).0;
    picks.iter().map(one).sum()
}

/// The surprise of one outcome, and by how much the chance told of being kept was too high.
fn surprise_of(line: f64, was_kept: bool) -> (f64, f64) {
    // ln(1 + eˣ) without overflow.
    let small = math::exp(-line.abs());
    let against = if was_kept { -line } else { line };
    let told = if line > 0.0 { 1.0 } else { small } / (1.0 + small);
    let off = told - f64::from(u8::from(was_kept));
    (against.max(0.0) + math::ln_1p(small), off)
}

/// The surprise with the penalty, and the slope of both.
fn cost(rows: &Rows<'_>, picks: &[u32], penalty: f64, at: &[f64]) -> (f64, Vec<f64>) {
    let mut slope = vec![0.0; at.len()];
    let mut value = 0.0;
    for number in picks {
        let row = rows.row(*number);
        let (surprise, off) = surprise_of(dot(row, at), rows.was_kept(*number));
        value += surprise;
        for (slope, value) in slope.iter_mut().zip(row) {
            *slope += off * value;
        }
    }
    for (slope, weight) in slope.iter_mut().zip(at).skip(1) {
        value += penalty / 2.0 * weight * weight;
        *slope += penalty * weight;
    }
    (value, slope)
}

/// Where a search stands, and what it last knew of the curvature.
#[derive(Clone)]
pub(super) struct Search {
    /// The intercept and the weights per spread.
    pub(super) at: Vec<f64>,
    /// The curvature per row without the penalty, the lower triangle of a square row by row; empty
    /// where none is known yet.
    bends: Vec<f64>,
}

/// The lowest point of the surprise and the penalty on all but the intercept, with no weight below
/// 0, from where the search stands.
///
/// Weights at 0 that the slope would push lower stay there for the step; the step of the others is
/// Newton's, cut off at 0 and halved until it goes down. The curvature is the dear part, so the last
/// one serves as long as it brings the slope to a tenth in a step.
pub(super) fn fit(rows: &Rows<'_>, picks: &[u32], penalty: f64, search: &mut Search) {
    let cost = |at: &[f64]| cost(rows, picks, penalty, at);
    let (mut value, mut slope) = cost(&search.at);
    let mut last = f64::INFINITY;
    let mut is_fresh = false;
    for _ in 0..MOST_STEPS {
        let at = &search.at;
        let free: Vec<usize> = (0..at.len())
            .filter(|place| *place == 0 || at[*place] > 0.0 || slope[*place] < 0.0)
            .collect();
        let steepest = free
            .iter()
            .fold(0.0, |most, place| f64::max(most, slope[*place].abs()));
        if steepest <= FLAT * picks.len() as f64 {
            break;
        }
        if search.bends.is_empty() || steepest > last / 10.0 {
            search.bends = bends(rows, picks, at);
            is_fresh = true;
        }
        last = steepest;
        let curvature = |one: usize, other: usize| {
            let own = if one == other && one > 0 {
                penalty
            } else {
                0.0
            };
            own + picks.len() as f64 * search.bends[one * at.len() + other]
        };
        let step = newton_step(&free, &slope, curvature);
        let found = step.and_then(|step| downhill(at, (value, &slope), &step, &cost));
        match found {
            Some((next, lower, next_slope)) => {
                search.at = next;
                (value, slope) = (lower, next_slope);
            }
            None if is_fresh => break,
            None => last = 0.0,
        }
        is_fresh = false;
    }
}

/// The first halving of the step, cut off at 0, that goes down as far as the slope promises in part;
/// `None` where none does, which is the lowest point as far as numbers can tell.
fn downhill(
    at: &[f64],
    (value, slope): (f64, &[f64]),
    step: &[f64],
    cost: &impl Fn(&[f64]) -> (f64, Vec<f64>),
) -> Option<(Vec<f64>, f64, Vec<f64>)> {
    let mut length = 1.0;
    while length > 1e-9 {
        let moved = at.iter().zip(step).enumerate();
        let next: Vec<f64> = moved
            .map(|(place, (at, step))| {
                let to = at + length * step;
                if place == 0 { to } else { to.max(0.0) }
            })
            .collect();
        let promised: f64 = next
            .iter()
            .zip(at)
            .zip(slope)
            .map(|((next, at), slope)| (next - at) * slope)
            .sum();
        let (found, next_slope) = cost(&next);
        if found <= value + 1e-4 * promised + ROUNDING * value.abs() {
            return Some((next, found, next_slope));
        }
        length /= 2.0;
    }
    None
}

/// The mean curvature of the surprise of a row: the lower triangle of a square, row by row.
fn bends(rows: &Rows<'_>, picks: &[u32], at: &[f64]) -> Vec<f64> {
    let width = at.len();
    let mut sums = vec![0.0; width * width];
    // Four rows at once: each sum is then fetched and put back a quarter as often.
    for four in picks.chunks(4) {
        let row = |place: usize| {
            let row = four.get(place).map_or(&[][..], |number| rows.row(*number));
            let told = chance(dot(row, at));
            // Rows that are not there weigh nothing.
            let weight = if row.is_empty() {
                0.0
            } else {
                told * (1.0 - told)
            };
            (if row.is_empty() { rows.row(0) } else { row }, weight)
        };
        let ((a, a_weight), (b, b_weight)) = (row(0), row(1));
        let ((c, c_weight), (d, d_weight)) = (row(2), row(3));
        for (place, line) in sums.chunks_exact_mut(width).enumerate() {
            let weights = [
                a_weight * a[place],
                b_weight * b[place],
                c_weight * c[place],
                d_weight * d[place],
            ];
            let others = a.iter().zip(b).zip(c.iter().zip(d));
            for (sum, ((a, b), (c, d))) in line.iter_mut().zip(others).take(place + 1) {
                *sum += (weights[0] * a + weights[1] * b) + (weights[2] * c + weights[3] * d);
            }
        }
    }
    for sum in &mut sums {
        *sum /= picks.len() as f64;
    }
    sums
}

/// Newton's step of the free places, 0 elsewhere, by Cholesky's square root of the curvature;
/// `None` where it does not bend upwards.
fn newton_step(
    free: &[usize],
    slope: &[f64],
    curvature: impl Fn(usize, usize) -> f64,
) -> Option<Vec<f64>> {
    let (width, size) = (slope.len(), free.len());
    let mut root = vec![0.0; size * size];
    let mut solved = vec![0.0; size];
    for line in 0..size {
        for column in 0..=line {
            let known: f64 = (0..column)
                .map(|it| root[line * size + it] * root[column * size + it])
                .sum();
            let left = curvature(free[line], free[column]) - known;
            root[line * size + column] = if column < line {
                left / root[column * size + column]
            } else if left > 0.0 {
                math::sqrt(left)
            } else {
                return None;
            };
        }
        let known: f64 = (0..line)
            .map(|it| root[line * size + it] * solved[it])
            .sum();
        solved[line] = (-slope[free[line]] - known) / root[line * size + line];
    }
    let mut step = vec![0.0; width];
    for line in (0..size).rev() {
        let known: f64 = (line + 1..size)
            .map(|it| root[it * size + line] * solved[it])
            .sum();
        solved[line] = (solved[line] - known) / root[line * size + line];
        step[free[line]] = solved[line];
    }
    Some(step)
}
