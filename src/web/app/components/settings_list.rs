//! What counts: the settings of a KPI.

use kept::present::language::say;
use kept::present::settings::{SettingField, SettingView, SettingsView, with_setting};
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::hooks::focus::focus_field_beside;
use crate::web::app::state::AppState;

/// One field a setting; a change holds at once.
#[component]
pub fn SettingsList(view: SettingsView) -> impl IntoView {
    let row = |setting: SettingView| view! { <SettingRow setting /> };
    (!view.settings.is_empty()).then(|| {
        view! {
            <Section title=say(words::WHAT_COUNTS) note=view.note>
                <ul class="settings">{view.settings.into_iter().map(row).collect_view()}</ul>
            </Section>
        }
    })
}

#[component]
fn SettingRow(setting: SettingView) -> impl IntoView {
    let state = AppState::from_context();
    let (label, chosen) = (setting.label, setting.chosen);
    let back = format!("{}: {label}", say(words::BACK_TO_DEFAULT));
    let known = StoredValue::new((setting.name, setting.field.clone()));
    let choose = Callback::new(move |typed: String| {
        actions::update(state, |options| {
            known.with_value(|(name, field)| with_setting(options, field, name, &typed))
        });
    });
    let default = match &setting.field {
        SettingField::Choice(choices) => choices.first().map(|it| it.0.clone()),
        SettingField::Number(_) | SettingField::Words(_) | SettingField::NumbersByName(_) => None,
    };
    let default = StoredValue::new(default.unwrap_or_default());
    // The button goes away with the change that it takes back.
    let take_back = move |event: web_sys::MouseEvent| {
        focus_field_beside(&event);
        choose.run(default.get_value());
    };
    let field = match setting.field {
        SettingField::Choice(options) => {
            view! { <Choice label=label.clone() options chosen on_choose=choose /> }.into_any()
        }
        SettingField::Words(default) | SettingField::NumbersByName(default) => view! {
            <input
                type="text"
                aria-label=label.clone()
                prop:value=chosen
                on:change:target=move |event| choose.run(event.target().value())
            />
            <span class="dim">{default}</span>
        }
        .into_any(),
        SettingField::Number(default) => view! {
            <input
                type="number"
                step="any"
                aria-label=label.clone()
                prop:value=chosen
                on:change:target=move |event| choose.run(event.target().value())
            />
            <span class="dim">{default}</span>
        }
        .into_any(),
    };
    view! {
        <li class:on=setting.is_changed>
            <p><b>{label}</b>" "<span class="quiet">{setting.says}</span></p>
            <div>
                {field}
                {setting.is_changed.then(|| view! {
                    <p>
                        <b>{say(words::CHANGED)}</b>" "
                        <button class="link" aria-label=back on:click=take_back>{say(words::BACK_TO_DEFAULT)}</button>
                    </p>
                })}
            </div>
        </li>
    }
}
