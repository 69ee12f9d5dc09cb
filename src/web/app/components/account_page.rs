//! One account: health, figures, past, rows.

use kept::engine::chart_spec::ChartSpec;
use kept::engine::rows::RowsQuery;
use kept::present::account::{AccountPageView, MomentView, SliderView, account};
use kept::present::accounts::{AccountView, BarPart};
use kept::present::language::{say, say_text};
use kept::present::words;
use leptos::prelude::*;

use super::by_hand::ByHand;
use super::chart_figure::ChartFigure;
use super::score_course::ScoreCourse;
use super::section::Section;
use super::what_if::WhatIf;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// All that is known of one account.
#[component]
pub fn AccountPage(customer: String) -> impl IntoView {
    let state = AppState::from_context();
    let view = Memo::new(move |_| {
        state.account.with(|shown| match shown {
            Some(Ok(page)) => {
                let as_of = state.reported(|report| report.as_of).flatten();
                Some(Ok(account(&state.habits(), as_of, page)))
            }
            Some(Err(error)) => Some(Err(format!(
                "{} {}",
                say_text(&error.message),
                say_text(&error.hint)
            ))),
            None => None,
        })
    });
    let back = move |_| actions::go(state, Page::Accounts);
    let title = move || match view.get() {
        Some(Ok(view)) => (view.name, view.lead),
        _ => (customer.clone(), String::new()),
    };
    let title = Memo::new(move |_| title());
    view! {
        <div class="head"><div>
            <p class="crumb"><button class="link" on:click=back>{say(words::ACCOUNTS_ALL)}</button></p>
            <h1>{move || title.get().0}</h1>
            <p class="lead">{move || title.get().1}</p>
        </div></div>
        {move || match view.get() {
            Some(Ok(view)) => view! { <Whole view /> }.into_any(),
            Some(Err(says)) => view! { <p role="alert">{says}</p> }.into_any(),
            None => view! { <p class="quiet" role="status">{say(words::READING)}</p> }.into_any(),
        }}
    }
}

/// Shows rows of a table that speak of an account.
fn rows(state: AppState, table: String, customer: &str) {
    let query = RowsQuery {
        table,
        account: Some(customer.to_owned()),
        ..RowsQuery::default()
    };
    actions::browse(state, query);
}

#[component]
fn Whole(view: AccountPageView) -> impl IntoView {
    let state = AppState::from_context();
    let customer = StoredValue::new(view.customer.clone());
    let figure = move |(name, value, table): (String, String, String)| {
        let show = table.clone();
        let open = move |_| rows(state, show.clone(), &customer.get_value());
        view! {
            <tr>
                <td>{name}</td>
                <td class="num"><b>{value}</b></td>
                <td class="small"><button class="link" on:click=open>{table}</button></td>
            </tr>
        }
    };
    let table = move |(table, count): (String, String)| {
        let show = table.clone();
        let open = move |_| rows(state, show.clone(), &customer.get_value());
        view! { <tr><td>{table}</td><td class="num"><button class="link" on:click=open>{count}</button></td></tr> }
    };
    let word = |(header, word): (String, String)| view! { <tr><td class="quiet">{header}</td><td>{word}</td></tr> };
    let is_worded = !view.words.is_empty();
    let is_scored = view.health.is_some();
    view! {
        <div class="cols gap">
            <div class="c7">
                {view.health.map(|health| view! { <Health health moved=view.moved.clone() tables=view.sliders.clone() customer /> })}
                {(!view.sliders.is_empty()).then(|| view! { <WhatIf customer=view.customer.clone() sliders=view.sliders /> })}
                {is_scored.then(|| view! { <ByHand customer=view.customer.clone() /> })}
                <ScoreCourse customer=view.customer />
                <Section title=say(words::PAST) note=view.past_says><Past past=view.past /></Section>
            </div>
            <div class="c5">
                <Section title=say(words::ACCOUNT_FIGURES)>
                    <table><tbody>{view.figures.into_iter().map(figure).collect_view()}</tbody></table>
                </Section>
                {is_worded.then(|| view! {
                    <Section title=say(words::ATTRIBUTES)><table><tbody>{view.words.into_iter().map(word).collect_view()}</tbody></table></Section>
                })}
                <Section title=say(words::ITS_ROWS)>
                    <table><tbody>{view.tables.into_iter().map(table).collect_view()}</tbody></table>
                </Section>
            </div>
        </div>
    }
}

#[component]
fn Health(
    health: AccountView,
    moved: Option<ChartSpec>,
    tables: Vec<SliderView>,
    customer: StoredValue<String>,
) -> impl IntoView {
    let state = AppState::from_context();
    let factor = move |part: BarPart| {
        // Where the rows are that tell the value.
        let source = tables.iter().find(|it| it.name == part.name);
        let link = source.map(|source| {
            let table = source.table.clone();
            let label = format!("{} {}: {}", part.name, part.value, say(words::ITS_ROWS));
            let open = move |_| rows(state, table.clone(), &customer.get_value());
            view! { <button class="link small" aria-label=label on:click=open>{part.value.clone()}</button> }
        });
        view! {
            <li>
                <span>{part.name.clone()}</span><span class="pts">{part.points.clone()}</span>
                {link}
            </li>
        }
    };
    view! {
        <Section title=say(words::HEALTH)>
            <div class="hero">
                <p class="big">{health.score}</p>
                <p class="quiet">{health.sum}<br />{health.range}</p>
            </div>
            {moved.map(|spec| view! { <ChartFigure spec /> })}
            <ul class="factors">{health.bar.into_iter().map(factor).collect_view()}</ul>
            <p class="small quiet">{say(words::HEALTH_SCALE)}</p>
        </Section>
    }
}

#[component]
fn Past(past: Vec<MomentView>) -> impl IntoView {
    if past.is_empty() {
        return view! { <p class="quiet">{say(words::PAST_NONE)}</p> }.into_any();
    }
    let row = |it: MomentView| {
        view! {
            <tr>
                <td class="nb">{it.day}</td>
                <td>{it.says}<br /><span class="small quiet">{it.cells}</span></td>
                <td class="small dim">{it.table}" "{it.row}</td>
            </tr>
        }
    };
    view! { <table class="stack"><tbody>{past.into_iter().map(row).collect_view()}</tbody></table> }
        .into_any()
}
