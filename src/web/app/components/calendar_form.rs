//! Business hours: a field a day of the week, holidays, and whose clocks.

use kept::present::calendar::{CalendarTyped, CalendarView, DayView, usual_week, with_calendar};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// The calendar in which times can be measured.
#[component]
pub fn CalendarForm(view: CalendarView) -> impl IntoView {
    let state = AppState::from_context();
    let days = view.days.iter().map(|day| (day.id, day.hours.clone()));
    let typed = RwSignal::new(CalendarTyped {
        days: days.collect(),
        holidays: view.holidays.clone(),
        zone: view.zone.clone(),
    });
    let problem = RwSignal::new(String::new());
    let set = move |typed: CalendarTyped| {
        let options = state.options.get_untracked();
        match with_calendar(options, &typed) {
            Ok(options) => actions::update(state, |_| options),
            Err(says) => problem.set(says),
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        set(typed.get_untracked());
    };
    let usual = move |_| {
        typed.update(|typed| typed.days = usual_week());
        set(typed.get_untracked());
    };
    let type_hours = move |id: &'static str, hours: String| {
        typed.update(|typed| {
            typed.days.retain(|(day, _)| *day != id);
            typed.days.push((id, hours));
        });
    };
    let day = move |day: DayView| {
        view! {
            <label class="field">
                <span>{day.name}</span>
                <input
                    type="text"
                    prop:value=day.hours
                    on:input:target=move |event| type_hours(day.id, event.target().value())
                />
            </label>
        }
    };
    view! {
        <Section title=say(words::CALENDAR) note=view.note>
            <form on:submit=submit>
                <p class="quiet">{say(words::CALENDAR_SAYS)}</p>
                <div class="controls week">
                    {view.days.into_iter().map(day).collect_view()}
                    <label class="field">
                        <span>{say(words::HOLIDAYS)}</span>
                        <input
                            type="text"
                            prop:value=view.holidays
                            on:input:target=move |event| typed.update(|typed| typed.holidays = event.target().value())
                        />
                    </label>
                    <label class="field">
                        <span>{say(words::CALENDAR_ZONE)}</span>
                        <input
                            type="text"
                            prop:value=view.zone
                            on:input:target=move |event| typed.update(|typed| typed.zone = event.target().value())
                        />
                    </label>
                </div>
                <p role="alert">{problem}</p>
                <p>
                    <button class="btn" type="submit">{say(words::CALENDAR_SET)}</button>" "
                    {if view.is_set {
                        let remove = move |_| set(CalendarTyped::default());
                        view! { <button class="link" type="button" on:click=remove>{say(words::REMOVE)}<span class="sr">": "{say(words::CALENDAR)}</span></button> }.into_any()
                    } else {
                        view! { <button class="link" type="button" on:click=usual>{say(words::CALENDAR_USUAL)}</button> }.into_any()
                    }}
                </p>
            </form>
        </Section>
    }
}
