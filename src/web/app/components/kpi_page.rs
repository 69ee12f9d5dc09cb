//! The page of one KPI.

use kept::engine::chart_spec::ChartSpec;
use kept::present::card::CardBody;
use kept::present::kpi_page::{KpiPageView, kpi_page};
use kept::present::language::say;
use kept::present::{controls, key, words};
use leptos::prelude::*;

use super::calendar_form::CalendarForm;
use super::card_refusal::CardRefusal;
use super::chart_figure::ChartFigure;
use super::choice::Choice;
use super::control_row::ControlRow;
use super::facts::Facts;
use super::interval_text::IntervalText;
use super::measures::Measures;
use super::rates_form::RatesForm;
use super::rules_table::RulesTable;
use super::settings_list::SettingsList;
use super::sql::Sql;
use super::themes::Themes;
use super::wanted_form::WantedForm;
use super::worked_out::{Limits, WorkedOut};
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// Everything that is known about one figure.
#[component]
pub fn KpiPage(
    /// The key of its card.
    key: String,
) -> impl IntoView {
    let state = AppState::from_context();
    let of = key.clone();
    let view = Memo::new(move |_| find(state, &key));
    view! {
        {move || view.get().map(|view| view! { <Head view /> })}
        <ControlRow />
        <Body view of />
    }
}

fn find(state: AppState, wanted: &str) -> Option<KpiPageView> {
    let options = state.options.get();
    state.presented(|reader, outcome| {
        let finding = outcome
            .report
            .findings
            .iter()
            .find(|finding| key(finding) == wanted)?;
        Some(kpi_page(reader, &outcome.report, finding, &options))
    })?
}

#[component]
fn Head(view: KpiPageView) -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <div class="head">
            <div>
                <p class="crumb">
                    <button class="link" on:click=move |_| actions::go(state, Page::Kpis)>{say(words::TAB_KPIS)}</button>
                    " / "{view.family}
                </p>
                <h1>{view.card.name}</h1>
                <p class="lead">{view.definition}</p>
            </div>
        </div>
    }
}

/// The page in parts that stay where they are while their contents change: who moves a slider keeps
/// hold of it.
#[component]
fn Body(view: Memo<Option<KpiPageView>>, of: String) -> impl IntoView {
    let part = move |make: fn(KpiPageView) -> AnyView| move || view.get().map(make);
    view! {
        <Show when=move || view.with(Option::is_some)>
            <div class="cols page">
                <div class="c8">
                    {part(figure)}
                    <Measures of=of.clone() />
                    {part(choices)}
                    <Sql of=of.clone() />
                </div>
                <aside class="c4">{part(beside)}</aside>
            </div>
        </Show>
    }
}

fn picture(spec: ChartSpec) -> impl IntoView {
    view! { <section class="section"><ChartFigure spec /></section> }
}

/// The figure and its pictures.
fn figure(view: KpiPageView) -> AnyView {
    let (first, later) = if view.picture_first {
        (view.picture.clone(), None)
    } else {
        (None, view.picture.clone())
    };
    view! {
        {first.map(picture)}
        <Hero view=view.clone() />
        {view.rates.clone().map(|view| view! { <RatesForm view /> })}
        <Facts facts=view.facts.clone() />
        {view.movements.clone().map(picture)}
        {view.trend.clone().map(picture)}
        {view.segments.clone().map(picture)}
        {later.map(picture)}
    }
    .into_any()
}

/// What else is known of it, and what can be chosen.
fn choices(view: KpiPageView) -> AnyView {
    view! {
        {view.lifetimes.into_iter().map(picture).collect_view()}
        {view.themes.map(|view| view! { <Themes view /> })}
        <RulesTable kpi=view.kpi rules=view.rules />
        <SettingsList view=view.settings />
        {view.calendar.map(|view| view! { <CalendarForm view /> })}
    }
    .into_any()
}

/// How it is worked out, what is wanted of it, and its limits.
fn beside(view: KpiPageView) -> AnyView {
    view! {
        <WorkedOut view=view.clone() />
        <Wanted view=view.clone() />
        <Limits limits=view.limits left_out=view.left_out />
    }
    .into_any()
}

/// What is wanted of the figure: a target, and a precision where it has an interval.
#[component]
fn Wanted(view: KpiPageView) -> impl IntoView {
    let state = AppState::from_context();
    let unit = view.unit;
    let kpi = StoredValue::new(view.kpi);
    let set_target = Callback::new(move |typed: String| {
        actions::update(state, |options| {
            kpi.with_value(|kpi| controls::with_target(options, kpi, unit, &typed))
        });
    });
    let set_precision = Callback::new(move |typed: String| {
        actions::update(state, |options| {
            kpi.with_value(|kpi| controls::with_precision(options, kpi, unit, &typed))
        });
    });
    let set_year = Callback::new(move |month: String| {
        actions::update(state, |options| controls::with_year_starts(options, &month));
    });
    let year = (!view.target.is_empty()).then(|| {
        let starts = state.options.with_untracked(|options| options.year_starts);
        let chosen = starts.unwrap_or(1).to_string();
        view! {
            <div class="field">
                <span aria-hidden="true">{say(words::YEAR_STARTS)}</span>
                <Choice label=say(words::YEAR_STARTS) options=controls::months(&state.habits()) chosen on_choose=set_year />
            </div>
        }
    });
    view! {
        <WantedForm title=say(words::TARGET) set_words=say(words::TARGET_SET) typed=view.target says=view.target_says on_set=set_target />
        {year}
        {view.precision.map(|it| view! {
            <WantedForm title=say(words::PRECISION) set_words=say(words::PRECISION_SET) typed=it.typed says=vec![it.says] on_set=set_precision />
        })}
    }
}

#[component]
fn Hero(view: KpiPageView) -> impl IntoView {
    match view.card.body {
        CardBody::Refused(refusal) => view! { <CardRefusal refusal /> }.into_any(),
        CardBody::Figure(figure) => {
            let interval = figure.interval.is_some().then(|| view.interval.clone());
            view! {
                <div class="hero">
                    <p class="big">{figure.value}</p>
                    <div>
                        <p><IntervalText text=interval instead=say(words::EXACT_LABEL) /></p>
                        <p class="quiet">{view.covers}</p>
                        {figure.notes.into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()}
                    </div>
                </div>
            }
            .into_any()
        }
    }
}
