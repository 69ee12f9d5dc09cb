//! The whole element.

use kept::present::language;
use leptos::html;
use leptos::prelude::*;

use super::account_page::AccountPage;
use super::accounts_page::AccountsPage;
use super::banner::Banner;
use super::calculators_page::CalculatorsPage;
use super::check_page::CheckPage;
use super::dashboard_page::DashboardPage;
use super::embed_view::EmbedView;
use super::kpi_page::KpiPage;
use super::ledger_page::LedgerPage;
use super::progress_strip::ProgressStrip;
use super::saved_line::SavedLine;
use super::share_page::SharePage;
use super::start_page::StartPage;
use super::status_line::StatusLine;
use super::top_bar::TopBar;
use crate::web::app::hooks::drop_files::DropFiles;
use crate::web::app::hooks::page_start::use_page_start;
use crate::web::app::hooks::theme::use_theme;
use crate::web::app::state::{AppState, Page};
use crate::web::embed::settings::View;

/// Everything inside the shadow root.
#[component]
pub fn App() -> impl IntoView {
    let state = AppState::from_context();
    let root = NodeRef::<html::Div>::new();
    use_theme(root, state);
    let drop_files = DropFiles::new(state);
    view! {
        <div
            class="kept"
            lang=language::in_force().tag()
            class:over=move || drop_files.is_over()
            node_ref=root
            on:dragenter=move |event| drop_files.enter(&event)
            on:dragover=|event| DropFiles::over(&event)
            on:dragleave=move |event| drop_files.leave(&event)
            on:drop=move |event| drop_files.dropped(&event)
        >
            <p class="sr" role="status" aria-live="polite">{move || state.announcement.get()}</p>
            {match state.view {
                View::App => view! { <Whole root /> }.into_any(),
                View::Cards | View::Card => view! { <EmbedView /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Whole(root: NodeRef<html::Div>) -> impl IntoView {
    let state = AppState::from_context();
    let main = NodeRef::<html::Main>::new();
    use_page_start(root, main, state);
    view! {
        <TopBar />
        <main class="main" node_ref=main tabindex="-1">
            <Banner />
            <SavedLine />
            <ProgressStrip />
            <PageView />
        </main>
        <StatusLine />
    }
}

#[component]
fn PageView() -> impl IntoView {
    let state = AppState::from_context();
    move || match state.page.get() {
        Page::Data => view! { <StartPage /> }.into_any(),
        Page::Check => view! { <CheckPage /> }.into_any(),
        Page::Kpis => view! { <DashboardPage /> }.into_any(),
        Page::Kpi(key) => view! { <KpiPage key /> }.into_any(),
        Page::Accounts => view! { <AccountsPage /> }.into_any(),
        Page::Account(customer) => view! { <AccountPage customer /> }.into_any(),
        Page::Rows => view! { <LedgerPage /> }.into_any(),
        Page::Share => view! { <SharePage /> }.into_any(),
        Page::Calculators => view! { <CalculatorsPage /> }.into_any(),
    }
}
