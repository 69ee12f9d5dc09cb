//! Drawing a chart on its canvas: at first, at a new size, at new colours.

use kept::engine::chart_spec::ChartSpec;
use leptos::html;
use leptos::prelude::*;

use super::resize::SizeWatch;
use crate::web::app::state::AppState;
use crate::web::canvas;

/// How much of a chart is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Detail {
    /// With axes and labels.
    Chart,
    /// The line alone.
    Spark,
}

/// Keeps the canvas drawn until its owner ends.
pub fn use_chart(
    node: NodeRef<html::Canvas>,
    spec: StoredValue<ChartSpec>,
    detail: Detail,
    state: AppState,
) {
    let watch = StoredValue::new_local(None::<SizeWatch>);
    let paint = move || {
        let Some(canvas) = node.get_untracked() else {
            return;
        };
        let habits = untrack(|| state.habits());
        let theme = canvas::theme_of(&canvas);
        drop(spec.try_with_value(|spec| match detail {
            Detail::Chart => canvas::paint(&canvas, spec, &theme, &habits),
            Detail::Spark => canvas::paint_sparkline(&canvas, spec, &theme),
        }));
    };
    Effect::new(move || {
        state.redraw.track();
        paint();
    });
    Effect::new(move || {
        // The box around the canvas gives it its width; the canvas sets its own height.
        let around = node.get().and_then(|canvas| canvas.parent_element());
        watch.set_value(around.map(|around| SizeWatch::new(&around, paint)));
    });
    on_cleanup(move || watch.dispose());
}
