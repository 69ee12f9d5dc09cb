//! The lowest point of a smooth function of a few numbers whose slope is known.
//!
//! Advice to the next person: the search takes large steps first (Broyden, Fletcher, Goldfarb and
//! Shanno) and ends with Newton's own, because the curvature at the end is wanted anyway: it says
//! how sure the lowest point is.

use crate::engine::base::math;

/// A function's value and slope at a point; no finite value where the function is not defined.
pub type Slope<const N: usize> = (f64, [f64; N]);

/// A square table of numbers.
pub type Square<const N: usize> = [[f64; N]; N];

/// The lowest point, and what was found there.
#[derive(Clone, Copy, Debug)]
pub struct Lowest<const N: usize> {
    /// Where it is.
    pub at: [f64; N],
    /// The value there.
    pub value: f64,
    /// The inverse of the curvature there: for a negative log-likelihood, the covariance of `at`.
    pub inverse_curvature: Square<N>,
}

/// Steps of the first search; a search that needs more has no lowest point to find.
const MOST_STEPS: u32 = 400;

/// Newton's steps at the end.
const NEWTON_STEPS: u32 = 12;

/// Slope at which the first search hands over, relative to the value.
const NEARLY_FLAT: f64 = 1e-6;

/// Slope that counts as none, relative to the value.
const FLAT: f64 = 1e-10;

/// By how much a coordinate is moved to measure the curvature.
const NUDGE: f64 = 1e-4;

/// The lowest point near `start`, each coordinate between `-limit` and `limit`; those that are not
/// `free` stay where they are, and are known as if without error.
///
/// `None` where the search leaves those limits, does not settle, or ends where the function does
/// not bend upwards in every direction.
///
/// # Source
/// Nocedal & Wright (2006), "Numerical Optimization", algorithms 3.1 and 6.1.
pub fn minimise<const N: usize>(
    start: [f64; N],
    (free, limit): ([bool; N], f64),
    function: &impl Fn(&[f64; N]) -> Slope<N>,
) -> Option<Lowest<N>> {
    let among_free = |at: &[f64; N]| {
        let (value, slope) = function(at);
        let held = |place: usize| if free[place] { slope[place] } else { 0.0 };
        (value, std::array::from_fn(held))
    };
    let near = descend(start, limit, &among_free)?;
    let mut found = polish(near, (free, limit), &among_free)?;
    for place in (0..N).filter(|place| !free[*place]) {
        found.inverse_curvature[place][place] = 0.0;
    }
    Some(found)
}

fn dot<const N: usize>(one: &[f64; N], other: &[f64; N]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn steepest<const N: usize>(slope: &[f64; N]) -> f64 {
    slope.iter().fold(0.0, |most, it| f64::max(most, it.abs()))
}

fn moved<const N: usize>(at: &[f64; N], by: &[f64; N], length: f64) -> [f64; N] {
    std::array::from_fn(|place| at[place] + length * by[place])
}

/// Downhill until the slope is nearly nothing, with a picture of the curvature learnt on the way.
fn descend<const N: usize>(
    start: [f64; N],
    limit: f64,
    function: &impl Fn(&[f64; N]) -> Slope<N>,
) -> Option<[f64; N]> {
    // No step is longer than this: far from the lowest point the learnt curvature says little.
    const LONGEST: f64 = 2.0;
    let mut at = start;
    let (mut value, mut slope) = function(&at);
    let mut inverse: Square<N> = identity();
    for _ in 0..MOST_STEPS {
        if !value.is_finite() {
            return None;
        }
        if steepest(&slope) <= NEARLY_FLAT * value.abs().max(1.0) {
            return Some(at);
        }
        let mut way: [f64; N] = std::array::from_fn(|row| -dot(&inverse[row], &slope));
        if dot(&way, &slope) >= 0.0 {
            inverse = identity();
            way = slope.map(|it| -it);
        }
        let mut length = (LONGEST / steepest(&way)).min(1.0);
        let downhill = dot(&way, &slope);
        let (mut next, mut found);
        loop {
            next = moved(&at, &way, length);
            found = function(&next);
            if found.0 <= value + 1e-4 * length * downhill {
                break;
            }
            length /= 2.0;
            if length < 1e-12 {
                // Nothing lower to be found: it is either the lowest point or none.
                return (steepest(&slope) <= 1e-3 * value.abs().max(1.0)).then_some(at);
            }
        }
        if next.iter().any(|it| it.abs() > limit) {
            return None;
        }
        let step: [f64; N] = std::array::from_fn(|place| next[place] - at[place]);
        let bend: [f64; N] = std::array::from_fn(|place| found.1[place] - slope[place]);
        learn(&mut inverse, &step, &bend);
        (at, value, slope) = (next, found.0, found.1);
    }
    None
}

/// Takes what a step showed of the curvature into its inverse.
fn learn<const N: usize>(inverse: &mut Square<N>, step: &[f64; N], bend: &[f64; N]) {
    let along = dot(step, bend);
    if along <= 1e-14 {
        return;
    }
    let turned: [f64; N] = std::array::from_fn(|row| dot(&inverse[row], bend));
    let weight = (1.0 + dot(bend, &turned) / along) / along;
    for row in 0..N {
        for column in 0..N {
            inverse[row][column] += weight * step[row] * step[column]
                - (turned[row] * step[column] + step[row] * turned[column]) / along;
        }
    }
}

/// Newton's steps with the measured curvature, until the slope is nothing.
fn polish<const N: usize>(
    start: [f64; N],
    (free, limit): ([bool; N], f64),
    function: &impl Fn(&[f64; N]) -> Slope<N>,
) -> Option<Lowest<N>> {
    let mut at = start;
    let (mut value, mut slope) = function(&at);
    for _ in 0..NEWTON_STEPS {
        let mut bends = curvature(&at, function);
        // What is held bends like anything, as long as it can be inverted.
        for place in (0..N).filter(|place| !free[*place]) {
            for row in &mut bends {
                row[place] = 0.0;
            }
            bends[place] = [0.0; N];
            bends[place][place] = 1.0;
        }
        let inverse_curvature = inverse(&bends)?;
        // Where it does not bend upwards everywhere, some direction has no lowest point.
        if (0..N).any(|place| inverse_curvature[place][place] <= 0.0) {
            return None;
        }
        if steepest(&slope) <= FLAT * value.abs().max(1.0) {
            return Some(Lowest {
                at,
                value,
                inverse_curvature,
            });
        }
        let mut length = 1.0;
        loop {
            let next: [f64; N] =
                std::array::from_fn(|row| at[row] - length * dot(&inverse_curvature[row], &slope));
            let found = function(&next);
            if steepest(&found.1) < steepest(&slope) {
                (at, value, slope) = (next, found.0, found.1);
                break;
            }
            length /= 2.0;
            if length < 1e-6 {
                // As flat as the numbers allow.
                return (steepest(&slope) <= NEARLY_FLAT * value.abs().max(1.0)).then_some(
                    Lowest {
                        at,
                        value,
                        inverse_curvature,
                    },
                );
            }
        }
        if at.iter().any(|it| it.abs() > limit) {
            return None;
        }
    }
    None
}

/// How the slope changes with each coordinate.
fn curvature<const N: usize>(
    at: &[f64; N],
    function: &impl Fn(&[f64; N]) -> Slope<N>,
) -> Square<N> {
    let mut bends = [[0.0; N]; N];
    for (place, bend) in bends.iter_mut().enumerate() {
        let nudged = |by: f64| {
            let mut there = *at;
            there[place] += by;
            function(&there).1
        };
        let (above, below) = (nudged(NUDGE), nudged(-NUDGE));
        *bend = std::array::from_fn(|other| (above[other] - below[other]) / (2.0 * NUDGE));
    }
    std::array::from_fn(|row| {
        std::array::from_fn(|column| f64::midpoint(bends[row][column], bends[column][row]))
    })
}

fn identity<const N: usize>() -> Square<N> {
    std::array::from_fn(|row| std::array::from_fn(|column| f64::from(u8::from(row == column))))
}

/// The inverse of a symmetric table that bends upwards in every direction; `None` for another.
///
/// # Source
/// Cholesky's decomposition, as in Golub & Van Loan (2013), "Matrix Computations", algorithm 4.2.1.
pub fn inverse<const N: usize>(square: &Square<N>) -> Option<Square<N>> {
    let mut root = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let known: f64 = (0..column).map(|it| root[row][it] * root[column][it]).sum();
            let left = square[row][column] - known;
            if row == column {
                if left.is_nan() || left <= 1e-14 * square[row][row].abs() {
                    return None;
                }
                root[row][row] = math::sqrt(left);
            } else {
                root[row][column] = left / root[column][column];
            }
        }
    }
    let unit = identity();
    let columns: [[f64; N]; N] = std::array::from_fn(|column| solved(&root, &unit[column]));
    Some(columns)
}

/// What times the root and its mirror image gives `right`.
fn solved<const N: usize>(root: &Square<N>, right: &[f64; N]) -> [f64; N] {
    let mut found = *right;
    for row in 0..N {
        let known: f64 = (0..row).map(|it| root[row][it] * found[it]).sum();
        found[row] = (found[row] - known) / root[row][row];
    }
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|it| root[it][row] * found[it]).sum();
        found[row] = (found[row] - known) / root[row][row];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: Rosenbrock (1960), the curved valley with its lowest point at (1, 1).
    fn valley(at: &[f64; 2]) -> Slope<2> {
        let (x, y) = (at[0], at[1]);
        let off = y - x * x;
        let value = (1.0 - x) * (1.0 - x) + 100.0 * off * off;
        (value, [-2.0 * (1.0 - x) - 400.0 * x * off, 200.0 * off])
    }

    #[test]
    fn the_curved_valley_has_its_lowest_point_where_it_was_dug() {
        let found = minimise([-1.2, 1.0], ([true; 2], 20.0), &valley).unwrap();
        assert_close(found.at[0], 1.0, 1e-9);
        assert_close(found.at[1], 1.0, 1e-9);
        // The curvature at (1, 1) is [[802, −400], [−400, 200]], its inverse [[½, 1], [1, 2.005]].
        assert_close(found.inverse_curvature[0][0], 0.5, 1e-4);
        assert_close(found.inverse_curvature[1][1], 2.005, 1e-3);
    }

    #[test]
    fn what_is_held_stays_and_the_rest_goes_as_low_as_it_can() {
        // At y = 4 the valley's floor is at x = 2, but for its gentle fall towards 1.
        let found = minimise([1.0, 4.0], ([true, false], 20.0), &valley).unwrap();
        assert_close(found.at[1], 4.0, 0.0);
        assert_close(found.at[0], 2.0, 0.01);
        assert_close(found.inverse_curvature[1][1], 0.0, 0.0);
    }

    #[test]
    fn a_slope_without_an_end_and_a_saddle_have_no_lowest_point() {
        let slide = |at: &[f64; 1]| (-at[0], [-1.0]);
        assert!(minimise([0.0], ([true], 20.0), &slide).is_none());
        let saddle = |at: &[f64; 2]| (at[0] * at[0] - at[1] * at[1], [2.0 * at[0], -2.0 * at[1]]);
        assert!(minimise([1.0, 0.0], ([true; 2], 20.0), &saddle).is_none());
        let nowhere = |_: &[f64; 1]| (f64::NAN, [f64::NAN]);
        assert!(minimise([0.0], ([true], 20.0), &nowhere).is_none());
    }

    #[test]
    fn a_table_times_its_inverse_is_one() {
        let square = [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]];
        let back = inverse(&square).unwrap();
        for (place, row) in square.iter().enumerate() {
            // The inverse is symmetric too, so its rows are its columns.
            for (other, column) in back.iter().enumerate() {
                let one = f64::from(u8::from(place == other));
                assert_close(dot(row, column), one, 1e-14);
            }
        }
        assert!(inverse(&[[1.0, 2.0], [2.0, 1.0]]).is_none());
    }
}
