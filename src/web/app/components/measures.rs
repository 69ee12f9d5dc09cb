//! The measures that a score is made of: what each does, and fields that change it.

use kept::engine::base::Error;
use kept::engine::options::Options;
use kept::engine::report::Finding;
use kept::present::language::say;
use kept::present::measure_edits::{self, Field, MOST_WEIGHT, MeasureEdit};
use kept::present::measures::{MeasureView, measures};
use kept::present::{key, words};
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// What the measures of a finding are, and what they would be under other choices.
#[derive(Clone, Debug, PartialEq)]
struct Built {
    measures: Vec<(MeasureView, MeasureEdit)>,
    offered: Vec<(String, String)>,
    are_own: bool,
    tried: Option<String>,
}

/// One row a measure; nothing for figures that are no score. `of`: the key of the card.
#[component]
pub fn Measures(of: String) -> impl IntoView {
    let state = AppState::from_context();
    let of = StoredValue::new(of);
    let built = Memo::new(move |_| found(state, of, |finding| built(state, finding)));
    let is_score =
        Memo::new(move |_| built.with(|it| it.as_ref().is_some_and(|it| !it.measures.is_empty())));
    let try_out = Callback::new(move |(column, field, typed): (String, Field, String)| {
        changed(state, of, move |options, finding| {
            measure_edits::with_choice(options, finding, (&column, field), &typed)
        });
    });
    let take_out = Callback::new(move |column: String| {
        changed(state, of, move |options, finding| {
            Ok(measure_edits::without_measure(options, finding, &column))
        });
    });
    let add = Callback::new(move |column: String| {
        if !column.is_empty() {
            changed(state, of, move |options, finding| {
                Ok(measure_edits::with_measure(options, finding, &column))
            });
        }
    });
    let row = move |(view, edit): (MeasureView, MeasureEdit)| view! { <Row view edit try_out take_out /> };
    let rows = move || {
        built
            .get()
            .map(|it| it.measures.into_iter().map(row).collect_view())
    };
    let head = |name: &'static str| view! { <th scope="col" class="num">{name}</th> };
    view! {
        <Show when=move || is_score.get()>
            <Section title=say(words::MEASURES_TITLE)>
                <Tried says=Signal::derive(move || built.with(|it| it.as_ref()?.tried.clone())) />
                <table class="themes stack" aria-label=say(words::MEASURES_TITLE)>
                    <thead>
                        <tr>
                            <th scope="col">{say(words::MEASURE)}</th>
                            {head(say(words::MEASURE_POINTS))}
                            {head(say(words::MEASURE_WEIGHT))}
                            {head(say(words::MEASURE_COVERAGE))}
                            {head(say(words::MEASURE_ADDS))}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="after">
                    {move || built.get().map(|it| view! {
                        <Choice label=say(words::MEASURE_ADD) options=it.offered chosen="" on_choose=add />
                    })}
                    <Show when=move || built.with(|it| it.as_ref().is_some_and(|it| it.are_own))>
                        <button class="link pad" on:click=move |_| changed(state, of, |options, _| Ok(measure_edits::usual(options)))>
                            {say(words::MEASURES_USUAL)}
                        </button>
                    </Show>
                </div>
            </Section>
        </Show>
    }
}

/// What is made of the finding of a card.
fn found<T>(
    state: AppState,
    of: StoredValue<String>,
    make: impl FnOnce(&Finding) -> T,
) -> Option<T> {
    state.reported(|report| {
        let mut findings = report.findings.iter();
        findings
            .find(|it| of.with_value(|of| key(it) == *of))
            .map(make)
    })?
}

fn built(state: AppState, finding: &Finding) -> Built {
    let options = state.options.get();
    let views = state
        .presented(|reader, _| measures(reader, finding))
        .unwrap_or_default();
    let edits = measure_edits::edits(&options, finding);
    Built {
        measures: views.into_iter().zip(edits).collect(),
        offered: measure_edits::offered(finding),
        are_own: measure_edits::are_own(&options),
        tried: state
            .tried
            .with(|tried| Some(tried.as_ref()?.says(&state.habits(), finding))),
    }
}

fn changed(
    state: AppState,
    of: StoredValue<String>,
    change: impl FnOnce(Options, &Finding) -> Result<Options, Error>,
) {
    let _nothing_where_it_is_gone = untrack(|| {
        found(state, of, |finding| {
            actions::try_out(state, finding, |options| change(options, finding));
        })
    });
}

/// What there was before something was tried, and the way back.
#[component]
fn Tried(says: Signal<Option<String>>) -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <div role="status">
            <Show when=move || says.with(Option::is_some)>
                <p class="tried">
                    <b>{say(words::TRYING)}</b>" "{move || says.get()}" "
                    <button class="btn" on:click=move |_| state.tried.set(None)>{say(words::TRY_KEEP)}</button>" "
                    <button class="link pad" on:click=move |_| actions::take_back(state)>{say(words::TRY_BACK)}</button>
                </p>
            </Show>
        </div>
    }
}

#[component]
fn Row(
    view: MeasureView,
    edit: MeasureEdit,
    try_out: Callback<(String, Field, String)>,
    take_out: Callback<String>,
) -> impl IntoView {
    let cell = |name: &'static str, says: String| view! { <td class="num" data-l=name>{says}</td> };
    let column = StoredValue::new(edit.column.clone());
    let weigh = move |typed: String| try_out.run((column.get_value(), Field::Weight, typed));
    let label = format!("{}: {}", say(words::MEASURE_WEIGHT), view.name);
    let typed = edit.weight.to_string();
    view! {
        <tr>
            <th scope="row">
                {view.name.clone()}
                <span class="small quiet">{view.group}</span>
                <span class="small quiet">{view.points}</span>
                <span class="small quiet">{view.because}</span>
                <Fields name=view.name edit try_out take_out />
            </th>
            {cell(say(words::MEASURE_POINTS), view.mean)}
            <td class="num" data-l=say(words::MEASURE_WEIGHT)>
                {view.weight}
                <input
                    type="range"
                    min="0"
                    max=MOST_WEIGHT.to_string()
                    step="0.25"
                    aria-label=label
                    aria-valuetext=typed.clone()
                    prop:value=typed
                    on:change:target=move |event| weigh(event.target().value())
                />
            </td>
            {cell(say(words::MEASURE_COVERAGE), view.coverage)}
            {cell(say(words::MEASURE_ADDS), view.adds)}
        </tr>
    }
}

/// The other choices of a measure, on demand.
#[component]
fn Fields(
    name: String,
    edit: MeasureEdit,
    try_out: Callback<(String, Field, String)>,
    take_out: Callback<String>,
) -> impl IntoView {
    let column = StoredValue::new(edit.column.clone());
    let set = move |field| {
        Callback::new(move |typed: String| try_out.run((column.get_value(), field, typed)))
    };
    let named = |label: &str| format!("{label}: {name}");
    let choice = |label: &'static str, options: Vec<(&str, &str)>, chosen: String, field| {
        let options = options
            .into_iter()
            .map(|(value, says)| (value.to_owned(), says.to_owned()));
        let options: Vec<(String, String)> = options.collect();
        view! {
            <div class="field">
                <span aria-hidden="true">{label}</span>
                <Choice label=named(label) options chosen on_choose=set(field) />
            </div>
        }
    };
    let typed = |label: &'static str, value: String, field| {
        let set = set(field);
        view! {
            <div class="field">
                <span aria-hidden="true">{label}</span>
                <input type="text" aria-label=named(label) prop:value=value on:change:target=move |event| set.run(event.target().value()) />
            </div>
        }
    };
    let mut ways = vec![
        ("spread", say(words::MEASURE_WAY_SPREAD)),
        ("line", say(words::MEASURE_WAY_LINE)),
        ("steps", say(words::MEASURE_WAY_STEPS)),
    ];
    if edit.points == "words" {
        ways.push(("words", say(words::MEASURE_WAY_WORDS)));
    }
    let has_knots = ["line", "steps"].contains(&edit.points);
    let ends = vec![
        ("high_is_good", say(words::MEASURE_HIGH)),
        ("low_is_good", say(words::MEASURE_LOW)),
    ];
    let missing = vec![
        ("leave_out", say(words::MEASURE_LACKS)),
        ("neutral", say(words::MEASURE_LACKS_NEUTRAL)),
        ("zero", say(words::MEASURE_LACKS_ZERO)),
        ("withhold", say(words::MEASURE_LACKS_SCORE)),
    ];
    let remove = named(say(words::MEASURE_REMOVE));
    view! {
        <details>
            <summary aria-label=named(say(words::MEASURE_CHANGE))>{say(words::MEASURE_CHANGE)}</summary>
            <div class="fields">
                {typed(say(words::MEASURE_WEIGHT), edit.weight.to_string(), Field::Weight)}
                {choice(say(words::MEASURE_DIRECTION), ends, edit.direction.to_owned(), Field::Direction)}
                {choice(say(words::MEASURE_WAY), ways, edit.points.to_owned(), Field::Points)}
                {has_knots.then(|| typed(say(words::MEASURE_KNOTS), edit.knots.clone(), Field::Knots))}
                {typed(say(words::MEASURE_GROUP), edit.group.clone(), Field::Group)}
                {choice(say(words::MEASURE_MISSING), missing, edit.missing.clone(), Field::Missing)}
                {edit.fresh_days.clone().map(|days| typed(say(words::MEASURE_FRESH), days, Field::FreshDays))}
                {edit.days.clone().map(|days| typed(say(words::MEASURE_DAYS), days, Field::Days))}
            </div>
            <button class="link pad" aria-label=remove on:click=move |_| take_out.run(column.get_value())>{say(words::MEASURE_REMOVE)}</button>
        </details>
    }
}
