//! One KPI in six rows.

use kept::present::card::{CardBody, CardView, FigureView};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::card_refusal::CardRefusal;
use super::change_line::ChangeLine;
use super::interval_text::IntervalText;
use super::spark::Spark;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// Name, rule, value with interval, small trend, change, terms and target.
#[component]
pub fn KpiCard(card: CardView) -> impl IntoView {
    let state = AppState::from_context();
    let key = StoredValue::new(card.key);
    let open = move |_| actions::go(state, Page::Kpi(key.get_value()));
    view! {
        <article class="card">
            <h3><button class="bare" on:click=open>{card.name}</button></h3>
            <p class="rule"><button class="bare" on:click=open>{card.rule}</button></p>
            {match card.body {
                CardBody::Figure(figure) => view! { <Figure figure=*figure /> }.into_any(),
                CardBody::Refused(refusal) => view! { <CardRefusal refusal /> }.into_any(),
            }}
        </article>
    }
}

#[component]
fn Figure(figure: FigureView) -> impl IntoView {
    let change = match figure.change {
        Some(change) => view! { <ChangeLine change /> }.into_any(),
        None => view! { <p class="chg"><span>{figure.uncompared}</span></p> }.into_any(),
    };
    view! {
        <p class="val"><b>{figure.value}</b><IntervalText text=figure.interval instead=say(words::EXACT) /></p>
        <div class="spark">{figure.spark.map(|spec| view! { <Spark spec /> })}</div>
        {change}
        <div class="meta">
            <div>{figure.terms}</div>
            <div>{figure.period}</div>
            {figure.notes.into_iter().map(|note| view! { <div>{note}</div> }).collect_view()}
            {figure.target.map(|target| view! { <div class="t">{target}</div> })}
        </div>
    }
}
