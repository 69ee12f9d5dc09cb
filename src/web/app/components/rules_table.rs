//! The same rows under other rules.

use kept::present::kpi_page::RuleView;
use kept::present::{controls, words};
use leptos::prelude::*;

use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// One row a rule, with its figure and a way to choose it.
#[component]
pub fn RulesTable(
    /// The KPI's id, for the choice.
    kpi: String,
    rules: Vec<RuleView>,
) -> impl IntoView {
    let row = move |rule: RuleView| view! { <RuleRow kpi=kpi.clone() rule /> };
    view! {
        <Section title=words::OTHER_RULES note=words::OTHER_RULES_NOTE>
            <table class="stack">
                <thead>
                    <tr>
                        <th>{words::RULE}</th>
                        <th>{words::SOURCE}</th>
                        <th class="num">{words::VALUE}</th>
                        <th></th>
                    </tr>
                </thead>
                <tbody>{rules.into_iter().map(row).collect_view()}</tbody>
            </table>
        </Section>
    }
}

#[component]
fn RuleRow(kpi: String, rule: RuleView) -> impl IntoView {
    let state = AppState::from_context();
    let id = rule.id;
    let choose = move |_| actions::update(state, |options| controls::with_rule(options, &kpi, &id));
    let action = if rule.in_force {
        view! { <b>{words::RULE_IN_FORCE}</b> }.into_any()
    } else {
        view! { <button class="link" on:click=choose>{words::RULE_USE}</button> }.into_any()
    };
    view! {
        <tr class:on=rule.in_force>
            <td><b>{rule.name}</b><br /><span class="quiet">{rule.rule}</span></td>
            <td class="quiet" data-l=words::SOURCE>{rule.source}</td>
            <td class="num" data-l=words::VALUE>{rule.value}</td>
            <td class="nb">{action}</td>
        </tr>
    }
}
