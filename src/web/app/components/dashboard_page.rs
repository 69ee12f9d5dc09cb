//! The dashboard: what changed, and the cards by family.

use kept::present::dashboard::{DashboardView, dashboard};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::card_chooser::CardChooser;
use super::chart_figure::ChartFigure;
use super::control_row::ControlRow;
use super::customer_groups::CustomerGroups;
use super::kpi_section::KpiSection;
use super::legend::Legend;
use super::section::Section;
use super::sentences::Sentences;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// The KPIs of all tables.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let state = AppState::from_context();
    let view =
        Memo::new(move |_| state.presented(|reader, outcome| dashboard(reader, &outcome.report)));
    let head = move || {
        view.get().map(|view| {
            view! {
                <div class="head">
                    <div>
                        <h1>{view.title}</h1>
                        <p class="lead">{view.lead}</p>
                    </div>
                    <button class="btn" on:click=move |_| actions::go(state, Page::Share)>{say(words::SHARE_OPEN)}</button>
                </div>
            }
        })
    };
    view! {
        {head}
        <ControlRow />
        {move || view.get().map(|view| view! { <Body view /> })}
        <CardChooser />
    }
}

#[component]
fn Body(view: DashboardView) -> impl IntoView {
    if view.is_empty {
        return view! { <Nothing /> }.into_any();
    }
    view! {
        <Section title=view.sentences_title note=view.sentences_note>
            <div class="cols">
                <Sentences sentences=view.sentences wide=view.lead_chart.is_none() />
                {view.lead_chart.map(|spec| view! { <div class="c5"><ChartFigure spec /></div> })}
            </div>
        </Section>
        {view.sections.into_iter().map(|section| view! { <KpiSection section /> }).collect_view()}
        {view.groups.into_iter().map(|groups| view! { <CustomerGroups groups /> }).collect_view()}
        <Legend />
    }
    .into_any()
}

#[component]
fn Nothing() -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <Section title=say(words::NO_FINDINGS)>
            <p class="lead">{say(words::NO_FINDINGS_DO)}</p>
            <p class="after"><button class="btn" on:click=move |_| actions::go(state, Page::Check)>{say(words::GO_TO_CHECK)}</button></p>
        </Section>
    }
}
