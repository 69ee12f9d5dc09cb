//! How the values of a measure become points from 0 to 100.

use crate::engine::options::Direction;

/// The share of the accounts at either end whose values count like the last ones between.
const TAIL: f64 = 0.05;

/// From so many values on, the highest and the lowest never decide.
const FEWEST_TRIMMED: usize = 5;

/// How values become points.
#[derive(Clone, Debug, PartialEq)]
pub enum Curve {
    /// Values with their points, ascending; straight lines between them, flat beyond.
    Line(Vec<(f64, f64)>),
    /// Values with the points that hold from each of them on, ascending; the first points hold
    /// below it too.
    Steps(Vec<(f64, f64)>),
    /// Nearly all accounts have this one value: the points below it, at it and above it.
    Around(f64, [f64; 3]),
}

impl Curve {
    /// The points of a value; NaN for NaN.
    pub fn points(&self, value: f64) -> f64 {
        if value.is_nan() {
            return f64::NAN;
        }
        match self {
            Self::Line(knots) => on_line(knots, value),
            Self::Steps(steps) => {
                let reached = steps.partition_point(|step| step.0 <= value);
                steps
                    .get(reached.saturating_sub(1))
                    .map_or(f64::NAN, |step| step.1)
            }
            Self::Around(at, [below, here, above]) => match value.total_cmp(at) {
                std::cmp::Ordering::Less => *below,
                std::cmp::Ordering::Equal => *here,
                std::cmp::Ordering::Greater => *above,
            },
        }
    }

    /// Turns values into their points.
    pub fn turn(&self, values: &mut [f64]) {
        let Self::Line(knots) = self else {
            return values.iter_mut().for_each(|it| *it = self.points(*it));
        };
        let [(low, first), (high, last)] = knots[..] else {
            return values.iter_mut().for_each(|it| *it = self.points(*it));
        };
        // Nearly every line has two knots; without a search, many values are turned at once.
        for value in values {
            let at = *value;
            let between = first + (last - first) * ((at - low) / (high - low));
            let up_to = if at >= high { last } else { between };
            *value = if at < low { first } else { up_to };
        }
    }

    /// A line from one end of a scale to the other.
    pub fn over((low, high): (f64, f64), direction: Direction) -> Self {
        Self::Line(match direction {
            Direction::HighIsGood => vec![(low, 0.0), (high, 100.0)],
            Direction::LowIsGood => vec![(low, 100.0), (high, 0.0)],
        })
    }

    /// A line between the 5th and the 95th percentile of the values, so that a few extreme ones do
    /// not decide about the others: of five values or more, never up to the highest or the lowest.
    ///
    /// Where these two are the same, what lies on their good side has 100 points and what lies on
    /// the other side none. `None` where all values are equal, or there are none. Values are in any
    /// order and without NaN; they are reordered.
    pub fn of_values(values: &mut [f64], direction: Direction) -> Option<Self> {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.iter() {
            least = least.min(*value);
            most = most.max(*value);
        }
        if least >= most {
            return None;
        }
        let last = values.len() - 1;
        let off = if values.len() < FEWEST_TRIMMED {
            0
        } else {
            (last as f64 * TAIL).ceil() as usize
        };
        let low = *values.select_nth_unstable_by(off, f64::total_cmp).1;
        let high = *values.select_nth_unstable_by(last - off, f64::total_cmp).1;
        if low < high {
            return Some(Self::over((low, high), direction));
        }
        let ends = match direction {
            Direction::HighIsGood => [0.0, 100.0],
            Direction::LowIsGood => [100.0, 0.0],
        };
        // With values on one side only, the usual one is the other end of the line.
        let here = match (least < low, most > low) {
            (true, true) => 50.0,
            (true, false) => ends[1],
            (false, _) => ends[0],
        };
        Some(Self::Around(low, [ends[0], here, ends[1]]))
    }

    /// The lowest and the highest value between which points change; absent where there are no two.
    pub fn span(&self) -> Option<(f64, f64)> {
        let (Self::Line(knots) | Self::Steps(knots)) = self else {
            return None;
        };
        let (first, last) = (knots.first()?.0, knots.last()?.0);
        (first < last).then_some((first, last))
    }

    /// The curve in words without cells.
    pub fn says(&self) -> String {
        let pairs = |knots: &[(f64, f64)], word: &str| {
            let told = knots.iter().map(|(value, points)| {
                format!("{} points {word} {}", short(*points), short(*value))
            });
            told.collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Line(knots) => format!("{}; in a straight line between", pairs(knots, "at")),
            Self::Steps(steps) => pairs(steps, "from"),
            Self::Around(at, [below, here, above]) => format!(
                "nearly all accounts have {at}: {} points below it, {} at it, {} above it",
                short(*below),
                short(*here),
                short(*above),
                at = short(*at)
            ),
        }
    }
}

fn on_line(knots: &[(f64, f64)], value: f64) -> f64 {
    let after = knots.partition_point(|knot| knot.0 <= value);
    match (
        after.checked_sub(1).and_then(|at| knots.get(at)),
        knots.get(after),
    ) {
        (Some(before), Some(after)) => {
            before.1 + (after.1 - before.1) * ((value - before.0) / (after.0 - before.0))
        }
        (Some(end), None) | (None, Some(end)) => end.1,
        (None, None) => f64::NAN,
    }
}

/// A number with at most four decimals.
fn short(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_points(curve: &Curve, value: f64, expected: f64) {
        let found = curve.points(value);
        assert!((found - expected).abs() < 1e-9, "{value}: {found}");
    }

    #[test]
    fn lines_are_flat_beyond_their_ends_and_steps_hold_from_their_value_on() {
        let line = Curve::Line(vec![(0.0, 0.0), (10.0, 50.0), (20.0, 100.0)]);
        for (value, points) in [
            (-5.0, 0.0),
            (5.0, 25.0),
            (10.0, 50.0),
            (15.0, 75.0),
            (99.0, 100.0),
        ] {
            assert_points(&line, value, points);
        }
        let steps = Curve::Steps(vec![(0.0, 100.0), (3.0, 50.0), (6.0, 0.0)]);
        for (value, points) in [(-1.0, 100.0), (2.9, 100.0), (3.0, 50.0), (6.0, 0.0)] {
            assert_points(&steps, value, points);
        }
        assert!(line.points(f64::NAN).is_nan());
        let two = Curve::over((2.0, 7.0), Direction::LowIsGood);
        for curve in [line, steps, two] {
            let values = [-5.0, 0.0, 2.0, 2.5, 3.0, 6.0, 7.0, 12.0, 99.0, f64::NAN];
            let mut turned = values;
            curve.turn(&mut turned);
            let bits = |points: f64| (!points.is_nan()).then_some(points.to_bits());
            let points = values.map(|value| bits(curve.points(value)));
            assert_eq!(turned.map(bits), points);
        }
    }

    #[test]
    fn one_outlier_of_a_thousand_times_the_rest_changes_nothing() {
        let mut usual: Vec<f64> = (1..=30).map(f64::from).collect();
        let mut wild = usual.clone();
        wild[29] *= 1_000.0;
        let up = Direction::HighIsGood;
        let curve = Curve::of_values(&mut usual, up);
        assert_eq!(curve, Curve::of_values(&mut wild, up));
        assert_eq!(curve, Some(Curve::over((3.0, 28.0), up)));
    }

    #[test]
    fn where_nearly_all_are_equal_the_others_stand_apart() {
        let mut overdue = [0.0; 40];
        overdue[7] = 3.0;
        let curve = Curve::of_values(&mut overdue, Direction::LowIsGood).unwrap();
        assert_points(&curve, 0.0, 100.0);
        assert_points(&curve, 3.0, 0.0);
        assert_eq!(Curve::of_values(&mut [4.0; 9], Direction::LowIsGood), None);
        assert_eq!(Curve::of_values(&mut [], Direction::LowIsGood), None);
    }

    #[test]
    fn a_curve_says_what_it_does() {
        let up = Curve::over((2.0, 40.5), Direction::HighIsGood);
        assert_eq!(
            up.says(),
            "0 points at 2, 100 points at 40.5; in a straight line between"
        );
    }
}
