//! KPIs from typed figures, forwards and backwards.

use kept::present::calculator::{AnswerView, CalculatorView, FieldView, Typed, answer, calculator};
use kept::present::language::{say, say_text};
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// The calculator.
#[component]
pub fn CalculatorsPage() -> impl IntoView {
    let state = AppState::from_context();
    // What is typed stays out of it, so that typing makes no field anew.
    let shape = Memo::new(move |_| {
        let typed = state.typed.get();
        let chosen = Typed {
            kpi: typed.kpi,
            variant: typed.variant,
            ..Typed::default()
        };
        state
            .catalogue
            .with(|catalogue| calculator(catalogue, &chosen))
    });
    view! {
        <div class="head">
            <div>
                <h1>{say(words::CALCULATORS_TITLE)}</h1>
                <p class="lead">{say(words::CALCULATORS_LEAD)}</p>
            </div>
        </div>
        {move || shape.get().map(|view| view! { <Fields view /> })}
        <Answer />
        {move || shape.get().map(|view| view! { <About view /> })}
    }
}

/// Changes what was typed and works it out anew.
fn change(state: AppState, with: impl FnOnce(&mut Typed)) {
    let mut typed = state.typed.get_untracked();
    with(&mut typed);
    actions::calculate(state, typed);
}

#[component]
fn Fields(view: CalculatorView) -> impl IntoView {
    let state = AppState::from_context();
    let to_kpi = Callback::new(move |kpi: String| {
        actions::calculate(
            state,
            Typed {
                kpi,
                ..Typed::default()
            },
        );
    });
    let to_rule = Callback::new(move |variant: String| {
        change(state, |typed| typed.variant = variant);
    });
    let labelled = |label: &'static str, options, chosen: String, on_choose| {
        view! {
            <div class="field">
                <span aria-hidden="true">{label}</span>
                <Choice label options chosen on_choose />
            </div>
        }
    };
    let kpi = view.kpi.clone();
    let examples = view.examples.into_iter().map(move |example| {
        let fill = move |_| actions::calculate(state, example.typed.clone());
        view! {
            <li>
                <button class="link" on:click=fill>{example.says}</button>
                {(!example.note.is_empty()).then(|| view! { <p class="small quiet">{example.note}</p> })}
            </li>
        }
    });
    let field = move |field: FieldView| view! { <Field kpi=kpi.clone() field /> };
    view! {
        <div class="controls">
            {labelled(say(words::KPI), view.kpis, view.kpi.clone(), to_kpi)}
            {labelled(say(words::RULE), view.rules, view.variant, to_rule)}
        </div>
        <p class="after quiet">{view.rule}</p>
        <Section title=say(words::FIGURES)>
            <ul class="settings">{view.fields.into_iter().map(field).collect_view()}</ul>
            <LookFor kpi=view.kpi.clone() terms=view.wanted sign=view.target_sign />
            <div class="after">
                <h3>{say(words::EXAMPLES)}</h3>
                <ul class="notes">{examples.collect_view()}</ul>
            </div>
        </Section>
    }
}

#[component]
fn Field(kpi: String, field: FieldView) -> impl IntoView {
    let state = AppState::from_context();
    let name = StoredValue::new(field.name);
    let kpi = StoredValue::new(kpi);
    let typed = move || {
        state.typed.with(|typed| {
            name.with_value(|name| typed.figures.get(name).cloned())
                .unwrap_or_default()
        })
    };
    let is_wanted = move || {
        state
            .typed
            .with(|typed| name.with_value(|name| typed.wanted == *name))
    };
    let type_in = move |text: String| {
        change(state, |typed| {
            typed.kpi = kpi.get_value();
            typed.figures.insert(name.get_value(), text);
        });
    };
    let note = (!field.needed).then_some(say(words::OPTIONAL));
    view! {
        <li>
            <p><b>{field.label.clone()}</b>" "<span class="quiet">{field.says}</span></p>
            <div class="inline">
                <input
                    type="text"
                    inputmode="decimal"
                    aria-label=field.label
                    disabled=is_wanted
                    prop:value=typed
                    on:input:target=move |event| type_in(event.target().value())
                />
                <span class="dim">{field.sign}</span>
                <span class="dim">{note}</span>
            </div>
        </li>
    }
}

#[component]
fn LookFor(kpi: String, terms: Vec<(String, String)>, sign: &'static str) -> impl IntoView {
    let state = AppState::from_context();
    let kpi = StoredValue::new(kpi);
    let choose = Callback::new(move |term: String| {
        change(state, |typed| {
            typed.kpi = kpi.get_value();
            typed.wanted = term;
        });
    });
    let type_target = move |text: String| change(state, |typed| typed.target = text);
    let looks = move || state.typed.with(|typed| !typed.wanted.is_empty());
    let chosen = state.typed.with_untracked(|typed| typed.wanted.clone());
    view! {
        <div class="controls after">
            <div class="field">
                <span aria-hidden="true">{say(words::LOOK_FOR)}</span>
                <Choice label=say(words::LOOK_FOR) options=terms chosen on_choose=choose />
            </div>
            <Show when=looks>
                <label class="field">
                    <span>{say(words::TARGET_WANTED)}" "{sign}</span>
                    <input
                        type="text"
                        inputmode="decimal"
                        prop:value=move || state.typed.with(|typed| typed.target.clone())
                        on:input:target=move |event| type_target(event.target().value())
                    />
                </label>
            </Show>
        </div>
    }
}

#[component]
fn Answer() -> impl IntoView {
    let state = AppState::from_context();
    let shown = move || match state.calculated.get() {
        None => view! { <p class="after quiet">{say(words::ANSWER_WAITS)}</p> }.into_any(),
        Some(Err(error)) => {
            view! { <p class="after" role="alert">{say_text(&error.message).into_owned()}</p> }
                .into_any()
        }
        Some(Ok(found)) => {
            let habits = state.habits();
            let view = state
                .catalogue
                .with(|catalogue| answer(&habits, catalogue, &found));
            view.map(|view| view! { <Found view /> }).into_any()
        }
    };
    view! {
        <Section title=say(words::ANSWER)>
            <div role="status">{shown}</div>
        </Section>
    }
}

#[component]
fn Found(view: AnswerView) -> impl IntoView {
    if let Some((what, next)) = view.refusal {
        return view! {
            <p class="after"><b>{what}</b>" "{next}</p>
        }
        .into_any();
    }
    let part = |(name, value): (String, String)| {
        view! { <tr><td>{name}</td><td class="num">{value}</td></tr> }
    };
    view! {
        <p class="quiet">{view.label}</p>
        <p class="big">{view.value}</p>
        <p class="quiet">{view.interval}</p>
        {(!view.solved.is_empty()).then(|| view! { <p class="after"><b>{view.solved}</b></p> })}
        <table class="after">
            <tbody>{view.parts.into_iter().map(part).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn About(view: CalculatorView) -> impl IntoView {
    let limit = |says: String| view! { <li>{says}</li> };
    view! {
        <Section title=say(words::FORMULA)>
            <p class="after">{view.formula}</p>
            <ul class="notes after">{view.limits.into_iter().map(limit).collect_view()}</ul>
        </Section>
    }
}
