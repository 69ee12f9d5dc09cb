//! What is shown: signals, split by what they speak of.

use std::rc::Rc;

use kept::engine::accounts::query::{AccountPage, AccountsPage, AccountsQuery};
use kept::engine::base::Error;
use kept::engine::calculator::Calculation;
use kept::engine::kpi::AboutReport;
use kept::engine::options::Options;
use kept::engine::report::Report;
use kept::engine::roles::RoleReport;
use kept::engine::rows::{Rows, RowsQuery};
use kept::present::Reader;
use kept::present::calculator::Typed;
use kept::present::check::Answered;
use kept::present::format::Habits;
use kept::present::language::reports::{self, Told};
use kept::present::language::{self, Language};
use kept::present::measure_edits::Tried;
use kept::present::progress::ProgressView;
use leptos::prelude::*;

use super::hooks::download::File;
use crate::web::controller::{Controller, Outcome};
use crate::web::embed::settings::{ElementSettings, View};

/// Which page is shown.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Page {
    /// Add data.
    #[default]
    Data,
    /// What was understood.
    Check,
    /// The dashboard.
    Kpis,
    /// One KPI, by the key of its card.
    Kpi(String),
    /// The list of accounts.
    Accounts,
    /// One account, by its id.
    Account(String),
    /// The ledger.
    Rows,
    /// KPIs from typed figures.
    Calculators,
    /// A file to pass on.
    Share,
}

/// Everything that the screens share. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct AppState {
    /// How much of the page is shown.
    pub view: View,
    /// Which page is shown.
    pub page: RwSignal<Page>,
    /// The result on the screen; it stays until another takes its place.
    pub outcome: RwSignal<Option<Rc<Outcome>>, LocalStorage>,
    /// What every KPI says of itself.
    pub catalogue: RwSignal<Rc<Vec<AboutReport>>, LocalStorage>,
    /// The roles.
    pub roles: RwSignal<Rc<Vec<RoleReport>>, LocalStorage>,
    /// The choices in force.
    pub options: RwSignal<Options>,
    /// How far reading has come; absent while nothing is read.
    pub progress: RwSignal<Option<ProgressView>>,
    /// When the run began, in milliseconds of the page's clock.
    pub run_began: RwSignal<f64>,
    /// Why the last run ended without a result.
    pub error: RwSignal<Option<Error>>,
    /// Something that the reader should know and can close.
    pub notice: RwSignal<Option<String>>,
    /// What a screen reader says next.
    pub announcement: RwSignal<String>,
    /// Questions that were answered since the data came.
    pub answers: RwSignal<Vec<Answered>>,
    /// Which rows are looked at.
    pub browsed: RwSignal<Option<RowsQuery>>,
    /// The rows themselves, or why there are none; absent while they are fetched.
    pub rows: RwSignal<Option<Result<Rows, Error>>>,
    /// Which accounts are looked at; where the list begins is left open.
    pub accounts_query: RwSignal<AccountsQuery>,
    /// The accounts themselves, or why there are none; absent while they are fetched.
    pub accounts: RwSignal<Option<Result<AccountsPage, Error>>>,
    /// The account that is looked at, or why it cannot be shown; absent while it is fetched.
    pub account: RwSignal<Option<Result<AccountPage, Error>>>,
    /// What there was before other choices for the health score were tried; absent while none are.
    pub tried: RwSignal<Option<Tried>>,
    /// What stands in the fields of the calculator.
    pub typed: RwSignal<Typed>,
    /// What came of it; absent while figures are missing.
    pub calculated: RwSignal<Option<Result<Calculation, Error>>>,
    /// Grows when colours or the density of pixels changed and charts have to be drawn again.
    pub redraw: RwSignal<u32>,
    fixed: StoredValue<Fixed, LocalStorage>,
}

/// What never changes.
struct Fixed {
    /// The locale of the element, or of the browser.
    locale: String,
    controller: Controller,
    /// Lines of `SHA256SUMS`: the two compiled programs.
    programs: Vec<String>,
    saved: RwSignal<Option<File>, LocalStorage>,
}

impl AppState {
    /// The state of a freshly mounted element.
    pub fn new(controller: Controller, settings: &ElementSettings) -> Self {
        Self {
            view: settings.view,
            page: RwSignal::default(),
            outcome: RwSignal::new_local(None),
            catalogue: RwSignal::new_local(told(&controller.catalogue())),
            roles: RwSignal::new_local(told(&controller.roles())),
            options: RwSignal::new(controller.options()),
            progress: RwSignal::default(),
            run_began: RwSignal::default(),
            error: RwSignal::default(),
            notice: RwSignal::default(),
            announcement: RwSignal::default(),
            answers: RwSignal::default(),
            browsed: RwSignal::default(),
            rows: RwSignal::default(),
            accounts_query: RwSignal::default(),
            accounts: RwSignal::default(),
            account: RwSignal::default(),
            tried: RwSignal::default(),
            typed: RwSignal::default(),
            calculated: RwSignal::default(),
            redraw: RwSignal::default(),
            fixed: StoredValue::new_local(Fixed {
                locale: settings.locale(),
                controller,
                programs: settings.programs.clone(),
                saved: RwSignal::new_local(None),
            }),
        }
    }

    /// The state that `mount` provided.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Shows what the controller holds already.
    pub fn catch_up(self) {
        let held = self.controller().outcome().map(|it| it.told());
        if held.is_some() {
            self.outcome.set(held);
            self.page.set(Page::Kpis);
        }
    }

    /// The controller.
    pub fn controller(self) -> Controller {
        self.fixed.with_value(|fixed| fixed.controller.clone())
    }

    /// Lines of `SHA256SUMS`: the two compiled programs.
    pub fn programs(self) -> Vec<String> {
        self.fixed.with_value(|fixed| fixed.programs.clone())
    }

    /// The file that was handed to the browser last, where it may have refused it.
    pub fn saved(self) -> RwSignal<Option<File>, LocalStorage> {
        self.fixed.with_value(|fixed| fixed.saved)
    }

    /// How the reader writes numbers; the currency is that of the report.
    pub fn habits(self) -> Habits {
        let locale = self.options.with(|options| options.locale.clone());
        let locale = locale.unwrap_or_else(|| self.fixed.with_value(|fixed| fixed.locale.clone()));
        self.outcome.with(|outcome| {
            let currency = outcome
                .as_ref()
                .and_then(|outcome| outcome.report.currency.as_deref());
            Habits::new(&locale, currency)
        })
    }

    /// What `present` makes of the report on the screen; absent while there is none.
    pub fn presented<T>(self, make: impl FnOnce(&Reader<'_>, &Outcome) -> T) -> Option<T> {
        let habits = self.habits();
        let (catalogue, roles) = (self.catalogue.get(), self.roles.get());
        let cards = self.options.with(|options| options.cards.clone());
        let reader = Reader {
            habits: &habits,
            catalogue: &catalogue,
            roles: &roles,
            cards: &cards,
        };
        self.outcome
            .with(|outcome| outcome.as_deref().map(|outcome| make(&reader, outcome)))
    }

    /// What is made of the report alone.
    pub fn reported<T>(self, make: impl FnOnce(&Report) -> T) -> Option<T> {
        self.outcome
            .with(|outcome| outcome.as_deref().map(|outcome| make(&outcome.report)))
    }

    /// Whether a table lists customers.
    pub fn has_accounts(self) -> bool {
        self.reported(|report| report.has_accounts).unwrap_or(false)
    }

    /// Whether there is something to show beyond the start page.
    pub fn has_outcome(self) -> bool {
        self.outcome.with(Option::is_some)
    }
}

/// What the controller holds, in the language of the page.
pub fn told<T: Told + Clone>(held: &Rc<T>) -> Rc<T> {
    match language::in_force() {
        Language::English => Rc::clone(held),
        Language::Other(_) => Rc::new(reports::told((**held).clone())),
    }
}
