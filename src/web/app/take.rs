//! What a reader takes away: files and the clipboard.

use js_sys::{Array, Object, Promise, Reflect};
use kept::charts::{Theme, describe};
use kept::engine::base::Error;
use kept::engine::chart_spec::ChartSpec;
use kept::engine::sql::Dialect;
use kept::engine::sql_view::{SqlFigure, SqlQuery};
use kept::export::{figures, markdown, picture};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::hooks::download::{self, File};
use super::state::AppState;
use crate::web::dom;
use crate::web::picture_file;

#[wasm_bindgen]
extern "C" {
    /// Web-sys has it only behind a compiler flag that would hold for every package.
    type ClipboardItem;

    #[wasm_bindgen(constructor, catch)]
    fn new(items: &Object) -> Result<ClipboardItem, JsValue>;

    /// The clipboard, for what is no text.
    type Board;

    #[wasm_bindgen(method, catch)]
    fn write(this: &Board, items: &Array) -> Result<Promise, JsValue>;
}

/// Puts a chart as a picture on the clipboard; where that is not allowed, saves it as a file.
pub fn picture(state: AppState, spec: StoredValue<ChartSpec>) {
    let habits = untrack(|| state.habits());
    let packed = spec.with_value(|spec| picture_file::png(spec, &Theme::light(), &habits));
    let written = packed
        .map_err(|error| dom::js_from_error(&error))
        .and_then(on_clipboard);
    spawn_local(async move {
        let is_written = match written {
            Ok(promise) => JsFuture::from(promise).await.is_ok(),
            Err(_) => false,
        };
        if is_written {
            state.announcement.set(say(words::TAKEN_PICTURE).to_owned());
            state.notice.set(Some(say(words::TAKEN_PICTURE).to_owned()));
        } else if spec.try_with_value(|_| ()).is_some() {
            // The reader may have gone elsewhere while the browser asked.
            png(state, spec);
        }
    });
}

/// Begins to write a picture to the clipboard. The promise of the picture itself is handed over:
/// Safari lets a page write only within the press of a button.
fn on_clipboard(picture: Promise) -> Result<Promise, JsValue> {
    let clipboard = dom::window().map(|window| window.navigator().clipboard());
    let clipboard = clipboard.filter(|it| !it.is_undefined());
    let board: Board = clipboard.ok_or(JsValue::NULL)?.unchecked_into();
    let items = Object::new();
    Reflect::set(&items, &"image/png".into(), &picture)?;
    board.write(&Array::of1(&JsValue::from(ClipboardItem::new(&items)?)))
}

/// Saves a chart as a PNG file.
pub fn png(state: AppState, spec: StoredValue<ChartSpec>) {
    let habits = untrack(|| state.habits());
    let packed = spec.with_value(|spec| picture_file::png(spec, &Theme::light(), &habits));
    // The chart may be gone by the time that it is packed.
    let name = file_name(spec, "png");
    match packed {
        Ok(packed) => spawn_local(async move {
            let blob = JsFuture::from(packed).await;
            match blob.map(JsCast::dyn_into::<Blob>) {
                Ok(Ok(blob)) => save(state, File { name, blob }),
                _ => state.error.set(Some(Error::new(
                    "nothing_to_draw",
                    "This browser draws no pictures.",
                    "Take the SVG.",
                ))),
            }
        }),
        Err(error) => state.error.set(Some(error)),
    }
}

/// Saves a chart as an SVG file.
pub fn svg(state: AppState, spec: StoredValue<ChartSpec>) {
    let habits = untrack(|| state.habits());
    match spec.with_value(|spec| picture::svg(spec, &habits)) {
        Ok(text) => save_text(state, &text, &file_name(spec, "svg"), "image/svg+xml"),
        Err(error) => state.error.set(Some(error)),
    }
}

/// Puts the numbers of a chart on the clipboard; where that is not allowed, saves them as a file.
pub fn numbers(state: AppState, spec: StoredValue<ChartSpec>) {
    let habits = untrack(|| state.habits());
    let text = spec.with_value(|spec| picture::table(&describe(spec, &habits)));
    let kind = "text/tab-separated-values";
    copy(
        state,
        say(words::TAKEN_NUMBERS),
        text,
        (file_name(spec, "tsv"), kind),
    );
}

/// The kind of a file of queries.
const SQL: &str = "application/sql";

/// Puts a query on the clipboard; where that is not allowed, saves it under its name.
pub fn query(state: AppState, figure: &SqlFigure) {
    let text = figure.sql.clone().unwrap_or_default();
    copy(
        state,
        say(words::SQL_TAKEN),
        text,
        (figure.file.clone(), SQL),
    );
}

/// Saves the queries of all figures as one file.
pub fn queries(state: AppState, dialect: Dialect) {
    let controller = state.controller();
    let query = SqlQuery {
        dialect,
        ..SqlQuery::default()
    };
    spawn_local(async move {
        match controller.sql(query).await {
            Ok((text, _)) => save_text(state, &text, "kept-figures.sql", SQL),
            Err(error) => state.error.set(Some(error)),
        }
    });
}

fn copy(state: AppState, says: &'static str, text: String, file: (String, &'static str)) {
    spawn_local(async move {
        let written = match dom::window().map(|window| window.navigator().clipboard()) {
            Some(clipboard) if !clipboard.is_undefined() => {
                JsFuture::from(clipboard.write_text(&text)).await.is_ok()
            }
            _ => false,
        };
        if written {
            state.announcement.set(says.to_owned());
            state.notice.set(Some(says.to_owned()));
        } else {
            save_text(state, &text, &file.0, file.1);
        }
    });
}

/// "nps-by-month.png".
fn file_name(spec: StoredValue<ChartSpec>, ending: &str) -> String {
    let title = spec.with_value(|spec| spec.title.to_lowercase());
    let words: Vec<&str> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!("{}.{ending}", words.join("-"))
}

/// Saves the figures of the report as CSV.
pub fn csv(state: AppState) {
    let text = untrack(|| state.reported(figures::csv));
    if let Some(text) = text {
        save_text(state, &text, "kept-figures.csv", "text/csv;charset=utf-8");
    }
}

/// Saves the report as Markdown.
pub fn text(state: AppState) {
    let text =
        untrack(|| state.presented(|reader, outcome| markdown::markdown(reader, &outcome.report)));
    if let Some(text) = text {
        save_text(
            state,
            &text,
            "kept-report.md",
            "text/markdown;charset=utf-8",
        );
    }
}

/// Saves the report as JSON.
pub fn json(state: AppState) {
    let json = untrack(|| {
        state
            .outcome
            .with(|outcome| outcome.as_ref().map(|it| it.json.to_string()))
    });
    if let Some(json) = json {
        save_text(state, &json, "kept-report.json", "application/json");
    }
}

/// Hands a file to the browser to save; shows where to find it else, where that may be forbidden.
pub fn save(state: AppState, file: File) {
    download::save(&file);
    if download::may_be_forbidden() {
        state.saved().set(Some(file));
    }
}

/// [`save`] for a text.
pub fn save_text(state: AppState, text: &str, name: &str, mime: &str) {
    if let Some(file) = File::of_text(text, name, mime) {
        save(state, file);
    }
}

/// Saves the choices in force.
pub fn recipe(state: AppState) {
    let text = state.controller().recipe();
    save_text(state, &text, "kept-recipe.json", "application/json");
}

/// Saves this program with the held tables and the choices in force; says so when it is done.
pub fn whole(state: AppState, is_making: RwSignal<bool>) {
    let controller = state.controller();
    is_making.set(true);
    spawn_local(async move {
        match controller.carrying().await {
            Ok(blob) => {
                let name = "kept-dashboard-with-rows.html".to_owned();
                save(state, File { name, blob });
            }
            Err(error) => state.error.set(Some(error)),
        }
        is_making.set(false);
    });
}
