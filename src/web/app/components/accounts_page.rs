//! The list of accounts: ordered, narrowed, as long as it may be.

use kept::engine::accounts::query::AccountsQuery;
use kept::engine::options::Filter;
use kept::present::accounts::{
    AccountView, AccountsView, AcrossView, ColumnView, accounts, across,
};
use kept::present::language::{say, say_text};
use kept::present::words;
use leptos::html;
use leptos::prelude::*;

use super::backtest::Backtest;
use super::choice::Choice;
use super::health_bar::{HealthBar, HealthLegend};
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// So many attributes can be chosen from.
const FILTERS: usize = 3;

/// Rows that stay in reserve above what is looked at.
const ABOVE: u32 = 60;

/// Browsers cannot lay out more than some millions of pixels.
const TALLEST: f64 = 8_000_000.0;

/// All accounts.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let state = AppState::from_context();
    if state.accounts.with_untracked(Option::is_none) {
        actions::fetch_accounts(state, 0);
    }
    let view = Memo::new(move |_| {
        state.accounts.with(|shown| match shown {
            Some(Ok(page)) => {
                let query = state.accounts_query.get_untracked();
                Some(Ok(accounts(&state.habits(), page, &query)))
            }
            Some(Err(error)) => Some(Err(format!(
                "{} {}",
                say_text(&error.message),
                say_text(&error.hint)
            ))),
            None => None,
        })
    });
    // What does not change while the reader scrolls stays in the document as it is.
    let frame = Memo::new(move |_| {
        let query = state.accounts_query.get_untracked();
        let still = |view: AccountsView| AccountsView {
            from: 0,
            rows: Vec::new(),
            ..view
        };
        view.get().map(|view| view.map(|view| (still(view), query)))
    });
    // The lowest scores come first, until the reader wants another order.
    let is_new = StoredValue::new(state.accounts_query.get_untracked() == AccountsQuery::default());
    Effect::new(move || {
        let is_scored = matches!(frame.get(), Some(Ok((view, _))) if view.is_scored);
        if is_scored && is_new.get_value() {
            is_new.set_value(false);
            ask(state, |query| query.sort = Some(String::from("health")));
        }
    });
    let lead = move || match frame.get() {
        Some(Ok((view, _))) => view.lead,
        _ => String::new(),
    };
    let is_scored =
        Memo::new(move |_| matches!(frame.get(), Some(Ok((view, _))) if view.is_scored));
    view! {
        <div class="head"><div>
            <h1>{say(words::ACCOUNTS_TITLE)}</h1>
            <p class="lead">{lead}</p>
        </div></div>
        {move || match frame.get() {
            Some(Ok((frame, _))) => view! { <Controls view=frame.clone() /><AcrossList /><List frame view /> }.into_any(),
            Some(Err(says)) => view! { <p role="alert">{says}</p> }.into_any(),
            None => view! { <p class="quiet" role="status">{say(words::READING)}</p> }.into_any(),
        }}
        <Show when=move || is_scored.get()><Backtest /></Show>
    }
}

/// The accounts that were fetched, or why there are none.
type Shown = Memo<Option<Result<AccountsView, String>>>;

fn ask(state: AppState, change: impl FnOnce(&mut AccountsQuery)) {
    let mut query = state.accounts_query.get_untracked();
    change(&mut query);
    actions::list_accounts(state, query);
}

#[component]
fn Controls(view: AccountsView) -> impl IntoView {
    let state = AppState::from_context();
    let query = state.accounts_query.get_untracked();
    let lists: Vec<(String, String)> =
        std::iter::once((String::new(), say(words::ACCOUNTS_ALL).to_owned()))
            .chain(
                told(state)
                    .into_iter()
                    .filter(|it| it.is_list)
                    .map(|it| (it.id, it.name)),
            )
            .collect();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let by_list = Callback::new(move |id: String| ask(state, |query| query.list = some(id)));
    let by_order = Callback::new(move |id: String| ask(state, |query| query.sort = some(id)));
    let by_way =
        Callback::new(move |id: String| ask(state, |query| query.descending = id == "down"));
    let ways = [
        ("up", say(words::ACCOUNTS_LOW)),
        ("down", say(words::ACCOUNTS_HIGH)),
    ];
    let ways = ways
        .map(|(id, name)| (id.to_owned(), name.to_owned()))
        .to_vec();
    let way = if query.descending { "down" } else { "up" };
    let filters = view.attributes.into_iter().take(FILTERS).map(|(header, options)| {
        let chosen = query.filter.iter().find(|it| it.column == header);
        let chosen = chosen.and_then(|it| it.is.first().cloned()).unwrap_or_default();
        let column = header.clone();
        let by_word = Callback::new(move |word: String| {
            ask(state, |query| {
                query.filter.retain(|it| it.column != column);
                if !word.is_empty() {
                    query.filter.push(Filter {
                        column: column.clone(),
                        is: vec![word],
                    });
                }
            });
        });
        view! { <div class="field"><span>{header.clone()}</span><Choice label=header options chosen on_choose=by_word /></div> }
    });
    view! {
        <div class="controls">
            {(lists.len() > 1).then(|| view! {
                <div class="field"><span>{say(words::ACCOUNTS_SHOW)}</span><Choice label=say(words::ACCOUNTS_SHOW) options=lists chosen=query.list.clone().unwrap_or_default() on_choose=by_list /></div>
            })}
            <div class="field"><span>{say(words::ACCOUNTS_ORDER)}</span><Choice label=say(words::ACCOUNTS_ORDER) options=view.orders chosen=query.sort.clone().unwrap_or_default() on_choose=by_order /></div>
            <div class="field"><span>{say(words::ACCOUNTS_WAY)}</span><Choice label=say(words::ACCOUNTS_WAY) options=ways chosen=way on_choose=by_way /></div>
            {filters.collect_view()}
            <label class="field">
                <span>{say(words::ACCOUNTS_FIND)}</span>
                <input type="text" prop:value=query.search.clone().unwrap_or_default()
                    on:change:target=move |event| ask(state, |query| query.search = some(event.target().value())) />
            </label>
        </div>
    }
}

fn told(state: AppState) -> Vec<AcrossView> {
    state
        .presented(|reader, outcome| across(reader, &outcome.report))
        .unwrap_or_default()
}

#[component]
fn AcrossList() -> impl IntoView {
    let state = AppState::from_context();
    let told = told(state);
    let row = move |it: AcrossView| {
        let id = it.id.clone();
        let show = move |_| ask(state, |query| query.list = Some(id.clone()));
        view! {
            <tr>
                <td><b>{it.name}</b><br /><span class="small quiet">{it.says}</span></td>
                <td class="num"><b>{it.value}</b></td>
                <td class="quiet">{it.terms}</td>
                <td>{it.is_list.then(|| view! { <button class="link" on:click=show>{say(words::ACCOUNTS_THESE)}</button> })}</td>
            </tr>
        }
    };
    (!told.is_empty()).then(|| {
        view! {
            <Section title=say(words::ACCOUNTS_ACROSS)>
                <table class="stack"><tbody>{told.into_iter().map(row).collect_view()}</tbody></table>
            </Section>
        }
    })
}

/// The list itself: only the rows near those looked at stand in the document.
#[component]
fn List(frame: AccountsView, view: Shown) -> impl IntoView {
    let state = AppState::from_context();
    let region = NodeRef::<html::Div>::new();
    let total = frame.total;
    // Where the rows that were fetched begin and end.
    let part = Memo::new(move |_| match view.get() {
        Some(Ok(view)) => (view.from, view.from + view.rows.len() as u64),
        _ => (0, 0),
    });
    // The style sheet gives all rows one height, a larger one on narrow pages.
    let height = RwSignal::new(53.0_f64);
    // Far down a list taller than a browser can lay out, one pixel stands for more.
    let scale = move |height: f64| (height * total as f64 / TALLEST).max(1.0);
    let room = move |rows: u64| {
        let height = height.get();
        format!("{}px", height * rows as f64 / scale(height))
    };
    let scrolled = move |_| {
        let Some(region) = region.get_untracked() else {
            return;
        };
        if let Some(one) = region.query_selector("tr.one").ok().flatten() {
            height.set(one.get_bounding_client_rect().height().max(1.0));
        }
        let height = height.get_untracked();
        let first = (f64::from(region.scroll_top()) * scale(height) / height).max(0.0) as u64;
        let last = first + (f64::from(region.client_height()) / height) as u64 + 1;
        let (from, to) = part.get_untracked();
        if first < from || (last > to && to < total) {
            actions::fetch_accounts(state, (first as u32).saturating_sub(ABOVE));
        }
    };
    let is_scored = frame.is_scored;
    let width = frame.columns.len() + if is_scored { 4 } else { 1 };
    let spacer = move |rows: u64| {
        (rows > 0).then(|| view! { <tr class="room" aria-hidden="true"><td colspan=width.to_string() style:height=move || room(rows)></td></tr> })
    };
    let columns = StoredValue::new(frame.columns.clone());
    let shown = move || {
        let Some(Ok(view)) = view.get() else {
            return Vec::new();
        };
        let rows = view.rows.into_iter().enumerate();
        let row = |(at, row): (usize, AccountView)| {
            let place = view.from + at as u64 + 2;
            view! { <Row row columns=columns.get_value() is_scored place /> }
        };
        rows.map(row).collect()
    };
    view! {
        <Section title=frame.count>
            {is_scored.then(|| view! { <p class="small quiet">{say(words::HEALTH_SCALE)}</p><HealthLegend /> })}
            <div class="vscroll" tabindex="0" role="region" aria-label=say(words::ACCOUNTS_LIST) node_ref=region on:scroll=scrolled>
                <table class="acc" aria-rowcount=(total + 1).to_string()>
                    <Head columns=frame.columns is_scored />
                    <tbody>
                        {move || spacer(part.get().0)}
                        {shown}
                        {move || spacer(total.saturating_sub(part.get().1))}
                    </tbody>
                </table>
            </div>
            {(total == 0).then(|| view! { <p class="quiet">{say(words::ACCOUNTS_NONE)}</p> })}
        </Section>
    }
}

#[component]
fn Head(columns: Vec<ColumnView>, is_scored: bool) -> impl IntoView {
    let state = AppState::from_context();
    let query = state.accounts_query.get_untracked();
    let head = move |id: String, name: String, class: &'static str| {
        let is_sorted = query.sort.as_deref() == Some(id.as_str());
        let order = is_sorted.then_some(if query.descending {
            "descending"
        } else {
            "ascending"
        });
        let by = move |_| {
            ask(state, |query| {
                query.descending = is_sorted && !query.descending;
                query.sort = Some(id.clone());
            });
        };
        view! { <th scope="col" class=class aria-sort=order><button class="bare" on:click=by>{name}</button></th> }
    };
    view! {
        <thead>
            <tr aria-rowindex="1">
                {head(String::from("name"), say(words::ACCOUNT).to_owned(), "")}
                {is_scored.then(|| view! {
                    {head(String::from("health"), say(words::SCORE).to_owned(), "pts")}
                    <th scope="col" class="moved">{say(words::MOVED)}</th>
                    <th scope="col" class="why">{say(words::MAIN_REASON)}</th>
                })}
                {columns.into_iter().map(|it| head(it.id, it.name, "num")).collect_view()}
            </tr>
        </thead>
    }
}

#[component]
fn Row(row: AccountView, columns: Vec<ColumnView>, is_scored: bool, place: u64) -> impl IntoView {
    let state = AppState::from_context();
    let customer = row.customer.clone();
    let open = move |_| actions::open_account(state, customer.clone());
    let cells = row.cells.into_iter().zip(columns);
    view! {
        <tr class="one" aria-rowindex=place.to_string()>
            <td class="who">
                <button class="link" on:click=open>{row.name}</button>
                <span class="small dim">{row.beneath}</span>
            </td>
            {is_scored.then(|| view! {
                <td class="pts" data-l=say(words::SCORE)><b>{row.score}</b>" "<span class="small dim">{row.range}</span></td>
                <td class="moved"><HealthBar parts=row.bar sum=row.sum /></td>
                <td class="why quiet">{row.reason}</td>
            })}
            {cells.map(|(cell, column)| view! { <td class="num" data-l=column.name>{cell}</td> }).collect_view()}
        </tr>
    }
}
