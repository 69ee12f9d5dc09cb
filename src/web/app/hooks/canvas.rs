//! Drawing a chart on its canvas: at first, at a new size, at new colours.

use kept::charts::{Span, zoomed};
use kept::engine::chart_spec::{ChartSpec, Plot};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use super::paint_queue;
use super::resize::SizeWatch;
use super::theme::theme_of;
use crate::web::app::state::AppState;
use crate::web::canvas::{Screen, paint, paint_sparkline};
use crate::web::dom;

/// The height of a sparkline in CSS pixels.
const SPARK_HEIGHT: f64 = 60.0;

/// How much of a chart is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Detail {
    /// With axes and labels.
    Chart,
    /// The line alone.
    Spark,
}

/// Keeps the canvas drawn until its owner ends: the whole chart, or the part of it that is chosen.
pub fn use_chart(
    node: NodeRef<html::Canvas>,
    spec: StoredValue<ChartSpec>,
    detail: Detail,
    state: AppState,
    part: Signal<Option<Span>>,
) {
    let watch = StoredValue::new_local(None::<SizeWatch>);
    let drawn_for = StoredValue::new_local(None::<Screen>);
    let draw = move |even_if_as_large: bool| {
        paint_queue::paint(move || {
            // Whoever owned it may be gone by the time that it is its turn.
            let Some(canvas) = node.try_get_untracked().flatten() else {
                return;
            };
            let screen = screen_of(&canvas);
            let before = drawn_for.try_get_value().flatten();
            if screen.is_none() || screen == before && !even_if_as_large {
                return;
            }
            drawn_for.try_set_value(screen);
            let chosen = part.try_get_untracked().flatten();
            if let Some(screen) = screen {
                spec.try_with_value(|spec| match chosen {
                    Some(part) => draw_on(&canvas, screen, &zoomed(spec, part), detail, state),
                    None => draw_on(&canvas, screen, spec, detail, state),
                });
            }
        });
    };
    Effect::new(move |before: Option<()>| {
        state.redraw.track();
        part.track();
        // At first the size is heard of, once the page around the chart stands.
        if before.is_some() {
            draw(true);
        }
    });
    Effect::new(move || {
        // The box around the canvas gives it its width; the canvas sets its own height, of which
        // the box tells too.
        let around = node.get().and_then(|canvas| canvas.parent_element());
        watch.set_value(around.map(|around| SizeWatch::new(&around, move || draw(false))));
    });
    on_cleanup(move || {
        watch.dispose();
        drawn_for.dispose();
    });
}

/// A chart that the browser does not draw leaves its sentence and its table, which stand beside it.
fn draw_on(
    canvas: &HtmlCanvasElement,
    screen: Screen,
    spec: &ChartSpec,
    detail: Detail,
    state: AppState,
) {
    let theme = theme_of(canvas);
    let drawn = if let (Detail::Spark, Plot::Trend { points, target, .. }) = (detail, &spec.plot) {
        paint_sparkline(canvas, (screen, SPARK_HEIGHT), points, *target, &theme)
    } else {
        let habits = untrack(|| state.habits());
        paint(canvas, screen, spec, &theme, &habits).map(|_height| ())
    };
    canvas.set_hidden(drawn.is_err());
}

/// The room that the box around the canvas gives; absent while it is not laid out.
fn screen_of(canvas: &HtmlCanvasElement) -> Option<Screen> {
    let width = f64::from(canvas.parent_element()?.client_width());
    let ratio = dom::window().map_or(1.0, |window| window.device_pixel_ratio());
    (width > 0.0).then_some(Screen { width, ratio })
}
