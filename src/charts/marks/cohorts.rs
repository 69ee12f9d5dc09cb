//! Cohorts: who stays, by when they started, as a heatmap with its numbers in the cells.

use super::ROWS;
use crate::charts::describe::value_or_missing;
use crate::charts::labels::{Labels, Term};
use crate::charts::target::{Area, Weight};
use crate::charts::text;
use crate::charts::ticks::{self, drawable};
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::{Cohort, CohortCell};

/// Height of a row, of the two lines above and of the key below, in CSS pixels.
pub(super) const ROW: f64 = 26.0;
pub(super) const ABOVE: f64 = 40.0;
const KEY: f64 = 36.0;

/// A cell is at most this wide, in CSS pixels.
const WIDEST: f64 = 56.0;

/// How many columns apart those stand that are shown, where not all have room: round in months.
const STRIDES: [usize; 8] = [1, 2, 3, 4, 6, 12, 24, 60];

/// The height that suits the cohorts, in CSS pixels: with a row for what is not drawn and one for
/// the means.
pub(in crate::charts) fn height(cohorts: usize) -> f64 {
    (cohorts.clamp(1, ROWS + 1) + 1) as f64 * ROW + ABOVE + KEY + 4.0
}

/// How many columns the table has.
pub(in crate::charts) fn columns_of(cohorts: &[Cohort], means: &[Option<f64>]) -> usize {
    let longest = cohorts.iter().map(|cohort| cohort.cells.len()).max();
    longest.unwrap_or(0).max(means.len())
}

/// A table of cohorts with its scale of colours.
pub(in crate::charts) struct Cohorts<'a> {
    pub(super) step: PeriodUnit,
    pub(super) size_unit: Unit,
    pub(super) rows: &'a [Cohort],
    means: &'a [Option<f64>],
    pub(super) columns: usize,
    /// The shares at which the colours begin and end.
    pub(super) range: (f64, f64),
}

/// Where the cells stand.
pub(super) struct Layout {
    pub(super) size_end: f64,
    pub(super) left: f64,
    pub(super) cell: f64,
    pub(super) stride: usize,
    pub(super) name: f64,
}

impl Layout {
    pub(super) fn area(&self, row: usize, column: usize) -> Area {
        let left = self.left + column.div_ceil(self.stride) as f64 * self.cell;
        let top = ABOVE + row as f64 * ROW;
        Area {
            left,
            top,
            right: left + self.cell - 1.0,
            bottom: top + ROW - 1.0,
        }
    }
}

/// A share as whole per cent, as it stands in a cell.
pub(super) fn in_cell(share: f64, labels: &dyn Labels) -> String {
    labels.tick((share * 100.0).round() / 100.0, Unit::Ratio, false)
}

fn share_of(cell: &CohortCell) -> Option<f64> {
    cell.share.filter(|share| drawable(*share))
}

impl<'a> Cohorts<'a> {
    /// Takes in the table: the unit of its columns and of its sizes, its rows and its means.
    pub(in crate::charts) fn new(
        (step, size_unit): (PeriodUnit, Unit),
        cohorts: &'a [Cohort],
        means: &'a [Option<f64>],
    ) -> Self {
        let later = cohorts
            .iter()
            .flat_map(|cohort| cohort.cells.iter().skip(1));
        // The first column is nearly always all of them and would take up the scale.
        let first = cohorts
            .iter()
            .flat_map(|cohort| cohort.cells.iter().take(1));
        let range = ticks::bounds(later.filter_map(share_of))
            .or_else(|| ticks::bounds(first.filter_map(share_of)))
            .unwrap_or((0.0, 1.0));
        let low = (range.0 * 20.0).floor() / 20.0;
        Self {
            step,
            size_unit,
            rows: cohorts,
            means,
            columns: columns_of(cohorts, means),
            range: (low, ((range.1 * 20.0).ceil() / 20.0).max(low + 0.05)),
        }
    }

    pub(super) fn layout(&self, width: f64, labels: &dyn Labels) -> Layout {
        let drawn = || self.rows.iter().take(ROWS);
        let mean = labels.term(Term::WeightedMean);
        let names = drawn()
            .map(|cohort| cohort.label.as_str())
            .chain([mean.as_str()]);
        let name = (text::widest(names, Weight::Strong) + 10.0).min(width * 0.34);
        let sizes: Vec<String> = drawn()
            .map(|cohort| labels.value(cohort.size, self.size_unit))
            .collect();
        let size = text::widest(sizes.iter().map(String::as_str), Weight::Regular);
        let size_end = name + size.min(width * 0.2);
        let left = size_end + 10.0;
        let room = (width - left).max(8.0);
        let cells = drawn().flat_map(|cohort| cohort.cells.iter().filter_map(share_of));
        let needed = cells
            .chain(
                self.means
                    .iter()
                    .flatten()
                    .copied()
                    .filter(|mean| drawable(*mean)),
            )
            .map(|share| text::width(&in_cell(share, labels), Weight::Strong))
            .fold(20.0, f64::max)
            + 6.0;
        let most = (room / needed).max(1.0) as usize;
        let fits = |stride: &usize| self.columns.div_ceil(*stride) <= most;
        let stride = STRIDES
            .into_iter()
            .find(fits)
            .unwrap_or_else(|| self.columns.div_ceil(most).max(1));
        let shown = self.columns.div_ceil(stride).max(1);
        Layout {
            size_end,
            left,
            cell: (room / shown as f64).min(WIDEST),
            stride,
            name,
        }
    }

    /// The step of a share on the scale, lowest first.
    pub(super) fn heat(&self, share: f64) -> usize {
        let (low, high) = self.range;
        ((share - low) / (high - low) * 7.0).clamp(0.0, 6.0) as usize
    }

    /// The cells that are drawn: their row, column, share and whether they are not over. The row
    /// after the last cohort is that of the means.
    pub(super) fn visible(&self, stride: usize) -> Vec<(usize, usize, f64, bool)> {
        let drawn = self.rows.iter().take(ROWS).enumerate();
        let cells = drawn.flat_map(|(row, cohort)| {
            let cells = cohort.cells.iter().enumerate().step_by(stride);
            cells.filter_map(move |(column, cell)| {
                Some((row, column, share_of(cell)?, cell.partial))
            })
        });
        let below = self.means_row();
        let means = self.means.iter().enumerate().step_by(stride);
        let means = means.filter_map(move |(column, mean)| {
            let mean = mean.filter(|mean| drawable(*mean))?;
            Some((below, column, mean, false))
        });
        cells.chain(means).collect()
    }

    pub(super) fn means_row(&self) -> usize {
        self.rows.len().clamp(1, ROWS + 1)
    }

    /// The middle of every cell that is drawn.
    pub(in crate::charts) fn places(
        &self,
        (width, height): (f64, f64),
        labels: &dyn Labels,
    ) -> Vec<(f64, f64)> {
        let layout = self.layout(width, labels);
        let place = |(row, column, ..): (usize, usize, f64, bool)| {
            let area = layout.area(row, column);
            let middle = f64::midpoint(area.left, area.right).clamp(0.0, width);
            (
                middle,
                f64::midpoint(area.top, area.bottom).clamp(0.0, height),
            )
        };
        self.visible(layout.stride).into_iter().map(place).collect()
    }

    /// What the cursor says of every cell that is drawn.
    pub(in crate::charts) fn readouts(&self, width: f64, labels: &dyn Labels) -> Vec<String> {
        let stride = self.layout(width.max(1.0), labels).stride;
        let since = labels.term(Term::Since(self.step));
        let say = |(row, column, share, partial): (usize, usize, f64, bool)| {
            let share = labels.value(share, Unit::Ratio);
            let so_far = if partial {
                format!(" {}", labels.term(Term::SoFar))
            } else {
                String::new()
            };
            let column = labels.count(column as f64);
            match self.rows.get(row).filter(|_| row < self.means_row()) {
                Some(cohort) => format!(
                    "{}, {since} {column}: {share}{so_far}, {} = {}",
                    cohort.label,
                    labels.term(Term::Count),
                    labels.value(cohort.size, self.size_unit)
                ),
                None => format!(
                    "{}, {since} {column}: {share}",
                    labels.term(Term::WeightedMean)
                ),
            }
        };
        self.visible(stride).into_iter().map(say).collect()
    }

    /// The means at the first column after the start and at the last.
    pub(in crate::charts) fn sentence(&self, labels: &dyn Labels) -> String {
        let known: Vec<(usize, f64)> = self
            .means
            .iter()
            .enumerate()
            .skip(1)
            .filter_map(|(column, mean)| Some((column, mean.filter(|mean| drawable(*mean))?)))
            .collect();
        let say = |(column, mean): &(usize, f64)| {
            let column = labels.count(*column as f64);
            labels.phrase("{0} at {1}", &[&labels.value(*mean, Unit::Ratio), &column])
        };
        let mean = labels.term(Term::WeightedMean);
        let since = labels.term(Term::Since(self.step));
        match (known.first(), known.last()) {
            (Some(first), Some(last)) if known.len() > 1 => {
                format!("{mean} {}, {} ({since})", say(first), say(last))
            }
            (Some(only), _) => format!("{mean} {} ({since})", say(only)),
            _ => String::new(),
        }
    }

    /// One row a cohort and one of the means. What is not observed is empty, never 0.
    pub(in crate::charts) fn rows(&self, labels: &dyn Labels) -> Vec<Vec<String>> {
        let value = |share: f64, partial: bool| {
            let share = labels.value(share, Unit::Ratio);
            if partial {
                format!("{share} {}", labels.term(Term::SoFar))
            } else {
                share
            }
        };
        let row = |cohort: &Cohort| {
            let mut row = vec![
                cohort.label.clone(),
                value_or_missing(Some(cohort.size), self.size_unit, labels),
            ];
            row.extend((0..self.columns).map(|column| {
                let cell = cohort.cells.get(column);
                cell.and_then(|cell| Some(value(cell.share?, cell.partial)))
                    .unwrap_or_default()
            }));
            row
        };
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(row).collect();
        let mut means = vec![labels.term(Term::WeightedMean), String::new()];
        means.extend((0..self.columns).map(|column| {
            let mean = self.means.get(column).copied().flatten();
            mean.map_or_else(String::new, |mean| value(mean, false))
        }));
        rows.push(means);
        rows
    }
}
