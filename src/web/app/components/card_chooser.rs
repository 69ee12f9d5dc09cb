//! Which cards are shown, and in which order.

use kept::engine::options::Options;
use kept::present::card_choice::{self, FamilyCards};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::web::app::actions;
use crate::web::app::hooks::focus::{Beside, focus_same_button};
use crate::web::app::state::AppState;

/// The list, as it is told by the report.
#[derive(Clone, Copy)]
struct List {
    state: AppState,
    families: Memo<Vec<FamilyCards>>,
}

impl List {
    fn change(self, change: impl FnOnce(Options, &[FamilyCards]) -> Options) {
        let list = self.families.get_untracked();
        actions::choose_cards(self.state, |options| change(options, &list));
    }
}

/// A list of all cards that opens on demand: shown or not, up and down.
#[component]
pub fn CardChooser() -> impl IntoView {
    let state = AppState::from_context();
    let families = Memo::new(move |_| {
        state
            .presented(|reader, outcome| card_choice::listed(reader, &outcome.report))
            .unwrap_or_default()
    });
    let list = List { state, families };
    let note = move || families.with(|list| card_choice::hidden_note(list));
    let count = Memo::new(move |_| families.with(Vec::len));
    let is_chosen = move || state.options.with(|options| !options.cards.is_empty());
    view! {
        <details class="chooser">
            <summary>{say(words::CARDS_CHOOSE)}" "<span>{note}</span></summary>
            <div class="cols">
                {move || (0..count.get()).map(|place| view! { <Family list place /> }).collect_view()}
            </div>
            <Show when=is_chosen>
                <button class="link pad" on:click=move |_| list.change(|options, _| card_choice::without_choice(options))>
                    {say(words::CARDS_USUAL)}
                </button>
            </Show>
        </details>
    }
}

/// One family. Its entries stand by place, so that the buttons stay while their contents change.
#[component]
fn Family(list: List, place: usize) -> impl IntoView {
    let of = move |family: &FamilyCards| (family.title.clone(), family.cards.len());
    let head = Memo::new(move |_| {
        list.families
            .with(|it| it.get(place).map(of).unwrap_or_default())
    });
    let up = move |event: MouseEvent| {
        list.change(|options, list| card_choice::with_family_up(options, list, place));
        focus_same_button(&event, Beside::Before);
    };
    let down = move |event: MouseEvent| {
        list.change(|options, list| card_choice::with_family_up(options, list, place + 1));
        focus_same_button(&event, Beside::After);
    };
    let count = Memo::new(move |_| head.get().1);
    view! {
        <div class="c4" data-row="">
            <div class="row">
                <h3>{move || head.get().0}</h3>
                <Moves name=Signal::derive(move || head.get().0) up=Callback::new(up) down=Callback::new(down) />
            </div>
            <ul>
                {move || (0..count.get()).map(|card| view! { <Entry list family=place place=card /> }).collect_view()}
            </ul>
        </div>
    }
}

#[component]
fn Entry(list: List, family: usize, place: usize) -> impl IntoView {
    let entry = Memo::new(move |_| {
        list.families
            .with(|it| it.get(family)?.cards.get(place).cloned())
    });
    let name = Signal::derive(move || entry.get().map(|it| it.name).unwrap_or_default());
    let is_shown = move || entry.get().is_some_and(|it| it.is_shown);
    let show = move |is_shown: bool| {
        if let Some(entry) = entry.get_untracked() {
            list.change(|options, _| card_choice::with_shown(options, &entry.id, is_shown));
        }
    };
    let up = move |event: MouseEvent| {
        list.change(|options, list| card_choice::with_card_up(options, list, family, place));
        focus_same_button(&event, Beside::Before);
    };
    let down = move |event: MouseEvent| {
        list.change(|options, list| card_choice::with_card_up(options, list, family, place + 1));
        focus_same_button(&event, Beside::After);
    };
    view! {
        <li class="row" data-row="">
            <label>
                <input type="checkbox" prop:checked=is_shown on:change:target=move |event| show(event.target().checked()) />
                {name}
            </label>
            <Moves name up=Callback::new(up) down=Callback::new(down) />
        </li>
    }
}

/// Up and down.
#[component]
fn Moves(
    name: Signal<String>,
    up: Callback<MouseEvent>,
    down: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <span class="moves">
            <button class="link" aria-label=move || words::move_up(&name.get()) on:click=move |event| up.run(event)>"↑"</button>
            <button class="link" aria-label=move || words::move_down(&name.get()) on:click=move |event| down.run(event)>"↓"</button>
        </span>
    }
}
