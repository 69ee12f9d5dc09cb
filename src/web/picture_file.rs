//! A chart as a file of pixels.

use js_sys::Promise;
use kept::charts::{Labels, Theme};
use kept::engine::base::Error;
use kept::engine::chart_spec::ChartSpec;
use kept::export::picture::WIDTH;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use super::canvas::{Screen, paint};
use super::dom;

/// Device pixels in a CSS pixel: sharp when pasted into a document.
const RATIO: f64 = 2.0;

/// The chart as a PNG file: a promise of a blob.
///
/// # Errors
/// `nothing_to_draw` where the browser gives no canvas.
pub fn png(spec: &ChartSpec, theme: &Theme, labels: &dyn Labels) -> Result<Promise, Error> {
    let failed = || {
        Error::new(
            "nothing_to_draw",
            "This browser draws no pictures.",
            "Ask for `svg`.",
        )
    };
    let canvas = dom::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("canvas").ok())
        .and_then(|element| element.dyn_into::<HtmlCanvasElement>().ok())
        .ok_or_else(failed)?;
    let screen = Screen {
        width: WIDTH,
        ratio: RATIO,
    };
    paint(&canvas, screen, spec, theme, labels).map_err(|_reason| failed())?;
    lay_under(&canvas, theme);
    Ok(Promise::new(&mut |resolve, reject| {
        let refuse = reject.clone();
        let packed = Closure::once_into_js(move |blob: Option<Blob>| {
            let told = match blob {
                Some(blob) => resolve.call1(&JsValue::NULL, &blob),
                None => reject.call1(&JsValue::NULL, &dom::js_from_error(&failed())),
            };
            debug_assert!(told.is_ok(), "a promise takes its answer");
        });
        if canvas.to_blob(packed.unchecked_ref()).is_err() {
            let told = refuse.call1(&JsValue::NULL, &dom::js_from_error(&failed()));
            debug_assert!(told.is_ok(), "a promise takes its answer");
        }
    }))
}

/// Fills the ground below what is drawn, so that the picture reads on any page.
fn lay_under(canvas: &HtmlCanvasElement, theme: &Theme) {
    let context = canvas.get_context("2d").ok().flatten();
    let context = context.and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok());
    if let Some(context) = context
        && context
            .set_global_composite_operation("destination-over")
            .is_ok()
    {
        context.set_fill_style_str(&theme.page);
        context.fill_rect(
            0.0,
            0.0,
            f64::from(canvas.width()),
            f64::from(canvas.height()),
        );
    }
}
