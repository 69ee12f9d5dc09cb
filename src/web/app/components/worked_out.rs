//! How a figure is worked out, and what it cannot tell.

use kept::present::kpi_page::{KpiPageView, TermView};
use kept::present::language::say;
use kept::present::rows::LeftOutView;
use kept::present::words;
use leptos::prelude::*;

use super::left_out_table::RowsLink;
use super::section::Section;

/// The formula with its terms and methods.
#[component]
pub fn WorkedOut(view: KpiPageView) -> impl IntoView {
    let term = |term: TermView| {
        view! {
            <li>
                <b>{term.name}</b>
                <span class="num">{term.value}</span>
                <p>{term.says}</p>
            </li>
        }
    };
    view! {
        <section>
            <h3>{say(words::WORKED_OUT)}</h3>
            <p class="formula">{view.formula}</p>
            <ul class="terms">{view.terms.into_iter().map(term).collect_view()}</ul>
            <p class="small"><b>{say(words::RULE)}</b>" "{view.card.rule}</p>
            {view.methods.into_iter().map(|method| view! { <p class="small quiet">{method}</p> }).collect_view()}
        </section>
    }
}

/// What the number cannot tell, and the rows it does not use.
#[component]
pub fn Limits(limits: Vec<String>, left_out: Vec<LeftOutView>) -> impl IntoView {
    let limit = |limit: String| view! { <li>{limit}</li> };
    let row = |left: LeftOutView| {
        view! { <li>{left.says}<span class="num"><RowsLink count=left.count query=left.query /></span></li> }
    };
    view! {
        {(!limits.is_empty()).then(|| view! {
            <section class="section">
                <h3>{say(words::LIMITS)}</h3>
                <ul class="notes">{limits.into_iter().map(limit).collect_view()}</ul>
            </section>
        })}
        {(!left_out.is_empty()).then(|| view! {
            <Section title=say(words::LEFT_OUT_HERE)>
                <ul class="terms">{left_out.into_iter().map(row).collect_view()}</ul>
            </Section>
        })}
    }
}
