//! The switchboard: the same rows under every rule, and the way from one to another.

use kept::present::language::say;
use kept::present::rules::{BridgeLine, BridgeView, RuleView};
use kept::present::{controls, words};
use leptos::prelude::*;

use super::left_out_table::RowsLink;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// One entry a rule: its figure, a way to put it in force, and the steps to it.
#[component]
pub fn RulesTable(
    /// The KPI's id, for the choice.
    kpi: String,
    rules: Vec<RuleView>,
) -> impl IntoView {
    let row = move |rule: RuleView| view! { <RuleRow kpi=kpi.clone() rule /> };
    view! {
        <Section title=say(words::OTHER_RULES) note=say(words::OTHER_RULES_NOTE)>
            <ul class="rules">{rules.into_iter().map(row).collect_view()}</ul>
        </Section>
    }
}

#[component]
fn RuleRow(kpi: String, rule: RuleView) -> impl IntoView {
    let state = AppState::from_context();
    let (id, in_force) = (rule.id, rule.in_force);
    let choose = move |_| {
        if !in_force {
            actions::update(state, |options| controls::with_rule(options, &kpi, &id));
        }
    };
    let action = if in_force {
        say(words::RULE_IN_FORCE)
    } else {
        say(words::RULE_USE)
    };
    let named = format!("{action}: {}", rule.name);
    view! {
        <li class:on=in_force>
            <div>
                <p><b>{rule.name}</b>" "<span class="quiet">{rule.rule}</span></p>
                <p class="dim cite">{rule.source}</p>
            </div>
            <p class="num"><b>{rule.value}</b><span class="quiet">{rule.difference}</span></p>
            <button class="answer" aria-pressed=in_force.to_string() aria-label=named on:click=choose>{action}</button>
            <div>
                {rule.remark}
                {rule.bridge.map(|bridge| view! { <Bridge bridge /> })}
            </div>
        </li>
    }
}

/// The steps; they open on demand.
#[component]
fn Bridge(bridge: BridgeView) -> impl IntoView {
    let (above, below) = (bridge.has_numerator, bridge.has_denominator);
    let head = |is_there: bool, word: &'static str| {
        is_there.then(|| view! { <th scope="col" class="num">{word}</th> })
    };
    let line = move |line: BridgeLine| {
        let amount = |is_there: bool, word: &'static str, text: String| {
            is_there.then(|| view! { <td class="num" data-l=word>{text}</td> })
        };
        let moves = line.moves.map(|it| {
            view! {
                <svg class="move" class:down=it.falls viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect x=it.left.to_string() width=it.width.to_string() height=8 />
                </svg>
            }
        });
        let link = |(count, query)| view! { " "<RowsLink count query /> };
        view! {
            <tr class:end=line.is_end>
                <td>{line.says}{line.rows.map(link)}</td>
                <td class="num" data-l=say(words::CUSTOMERS)>{line.customers}</td>
                {amount(above, say(words::NUMERATOR), line.numerator)}
                {amount(below, say(words::DENOMINATOR), line.denominator)}
                <td class="num" data-l=say(words::AFTER)>{line.value}</td>
                <td>{moves}</td>
            </tr>
        }
    };
    view! {
        <details>
            <summary>{bridge.title}</summary>
            <table class="bridge stack">
                <thead>
                    <tr>
                        <th scope="col">{say(words::STEP)}</th>
                        <th scope="col" class="num">{say(words::CUSTOMERS)}</th>
                        {head(above, say(words::NUMERATOR))}
                        {head(below, say(words::DENOMINATOR))}
                        <th scope="col" class="num">{say(words::AFTER)}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{bridge.lines.into_iter().map(line).collect_view()}</tbody>
            </table>
            <p class="small quiet">{bridge.sum}</p>
        </details>
    }
}
