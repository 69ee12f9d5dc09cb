//! A chart: words first, then the picture, then the table.

use kept::charts::{Span, describe};
use kept::engine::chart_spec::ChartSpec;
use kept::present::language::say;
use kept::present::words;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::data_table::DataTable;
use crate::web::app::hooks::canvas::{Detail, use_chart};
use crate::web::app::hooks::cursor::{Cursor, CursorView};
use crate::web::app::state::AppState;
use crate::web::app::take;

/// A figure with its caption, its canvas and its data table; arrow keys read it, T opens the table.
#[component]
pub fn ChartFigure(spec: ChartSpec) -> impl IntoView {
    let state = AppState::from_context();
    let node = NodeRef::<html::Canvas>::new();
    let is_open = RwSignal::new(false);
    let described = describe(&spec, &untrack(|| state.habits()));
    let title = spec.title.clone();
    let sentence = words::caption(&title, &described.sentence);
    let footnotes = spec.footnotes.clone();
    let table = StoredValue::new(described);
    let spec = StoredValue::new(spec);
    let part = RwSignal::new(None);
    use_chart(node, spec, Detail::Chart, state, part.into());
    let cursor = Cursor::new(node, spec, state, part);
    let can_zoom = spec.with_value(|spec| Span::whole(spec).is_some());
    let toggle = move || is_open.update(|is_open| *is_open = !*is_open);
    let key = move |event: KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_plain && event.key().eq_ignore_ascii_case("t") {
            toggle();
        } else if is_plain && cursor.press(&event) {
            event.prevent_default();
        }
    };
    let label = move || {
        if is_open.get() {
            say(words::HIDE_TABLE)
        } else {
            say(words::DATA_TABLE)
        }
    };
    view! {
        <figure tabindex="0" on:keydown=key on:focusout=move |_| cursor.leave()>
            <figcaption>
                <strong>{title}</strong>
                <span>{sentence}</span>
            </figcaption>
            <div class="plot" on:pointermove=move |event| cursor.point(&event) on:pointerleave=move |_| cursor.leave()
                on:pointerdown=move |event| cursor.begin(&event) on:pointerup=move |_| cursor.end() on:dblclick=move |_| cursor.all()>
                <canvas node_ref=node aria-hidden="true"></canvas>
                {move || cursor.marked().map(|(left, width)| view! { <div class="stretch" style:left=left style:width=width aria-hidden="true"></div> })}
                {move || cursor.view().map(|view| view! { <Readout view /> })}
            </div>
            <div class="tools">
                <span class="wideonly"><kbd>{"←"}</kbd> <kbd>{"→"}</kbd> {say(words::READ_KEYS)}</span>
                <button class="link" aria-expanded=move || is_open.get().to_string() on:click=move |_| toggle()>
                    {label} <kbd>{"T"}</kbd>
                </button>
                {can_zoom.then(|| view! { <Zoom cursor part=part.into() /> })}
                <TakeAway spec />
                {footnotes.into_iter().map(|note| view! { <span>{note}</span> }).collect_view()}
            </div>
            <Show when=move || is_open.get()>
                <DataTable table=table.get_value() />
            </Show>
        </figure>
    }
}

/// A closer look at a trend, and back.
#[component]
fn Zoom(cursor: Cursor, part: Signal<Option<Span>>) -> impl IntoView {
    view! {
        <span>
            <button class="link" on:click=move |_| cursor.closer()>{say(words::CLOSER)} <kbd>{"+"}</kbd></button>
            <Show when=move || part.get().is_some()>
                <button class="link" on:click=move |_| cursor.wider()>{say(words::WIDER)} <kbd>{"−"}</kbd></button>
                <button class="link" on:click=move |_| cursor.all()>{say(words::WHOLE)} <kbd>{"0"}</kbd></button>
            </Show>
        </span>
    }
}

/// The cursor's line and what it reads; the live region says the same.
#[component]
fn Readout(view: CursorView) -> impl IntoView {
    let (left, top) = if view.across {
        (None, Some(view.offset))
    } else {
        (Some(view.offset), None)
    };
    view! {
        <div class="cursor" class:across=view.across style:left=left style:top=top aria-hidden="true"></div>
        <div class="readout" class:flip=view.on_right aria-hidden="true">{view.readout}</div>
    }
}

/// The chart as a picture, and its numbers for a spreadsheet.
#[component]
fn TakeAway(spec: StoredValue<ChartSpec>) -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <details class="take">
            <summary>{say(words::TAKE)}</summary>
            <span>
                <button class="link" on:click=move |_| take::picture(state, spec)>{say(words::TAKE_PICTURE)}</button>
                <button class="link" on:click=move |_| take::png(state, spec)>{say(words::TAKE_PNG)}</button>
                <button class="link" on:click=move |_| take::svg(state, spec)>{say(words::TAKE_SVG)}</button>
                <button class="link" on:click=move |_| take::numbers(state, spec)>{say(words::TAKE_NUMBERS)}</button>
            </span>
        </details>
    }
}
