//! Embed: what `www/kept.js` may call. The element's class is there, everything it does is here.
//!
//! Takes: files and options as a host page gives them. Gives: promises, and notices for events.
//! Never: lets a cell of the user's table into a notice or an error.
//! Start at [`Element`].
pub mod choices;
pub mod panic;
pub mod settings;

use js_sys::{Array, Function, Promise, Reflect};
use kept::charts::Theme;
use kept::engine::accounts::query::{AccountQuery, AccountsQuery};
use kept::engine::backtest::query::BacktestQuery;
use kept::engine::base::Error;
use kept::engine::calculator::CalculationQuery;
use kept::engine::report::Report;
use kept::engine::rows::RowsQuery;
use kept::engine::sql_view::SqlQuery;
use kept::export::{self, figures, markdown, picture};
use kept::frozen::{Choices, frozen};
use kept::present::Reader;
use kept::present::format::Habits;
use kept::present::language::speak;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Blob, HtmlElement};

use self::choices::laid_over;
use self::settings::ElementSettings;
use super::app::state::told;
use super::app::{MountedApp, mount};
use super::controller::{Controller, Input, Notice, Subscription};
use super::dom;
use super::picture_file;
use super::worker_client::Program;

/// One `<kept-kpis>`. The class in `www/kept.js` owns it and frees it when it leaves the page.
#[wasm_bindgen]
pub struct Element {
    controller: Controller,
    settings: ElementSettings,
    mounted: Option<MountedApp>,
    _notices: Subscription,
}

#[wasm_bindgen]
impl Element {
    /// An element that shows nothing yet. `notify(name, detail)` hears what becomes an event.
    #[wasm_bindgen(constructor)]
    pub fn new(
        start_worker: Function,
        serve_on_page: Function,
        carrying: Function,
        notify: Function,
    ) -> Self {
        let controller = Controller::new(Program {
            start_worker,
            serve_on_page,
            carrying,
        });
        let notices = controller.subscribe(move |notice| {
            if let Some((name, detail)) = event_of(notice) {
                // A host page whose listener throws must not stop us.
                drop(notify.call2(&JsValue::NULL, &JsValue::from_str(name), &detail));
            }
        });
        Self {
            controller,
            settings: ElementSettings::default(),
            mounted: None,
            _notices: notices,
        }
    }

    /// Takes over the attributes, and the text of a recipe where one is named.
    ///
    /// # Errors
    /// `options_invalid` for the recipe.
    pub fn configure(&mut self, settings: &str, recipe: Option<String>) -> Result<(), JsValue> {
        self.settings = serde_json::from_str(settings).unwrap_or_default();
        speak(self.settings.language());
        let mut defaults = self.settings.options();
        let read = match recipe {
            Some(recipe) => laid_over(&defaults, &format!("{{\"recipe\":{recipe}}}"))
                .map(|laid| defaults = laid),
            None => Ok(()),
        };
        self.controller.set_defaults(defaults);
        read.map_err(|error| dom::js_from_error(&error))
    }

    /// Shows the screens in `parent`, instead of where they were before.
    pub fn mount(&mut self, parent: HtmlElement) {
        self.mounted = None;
        self.mounted = Some(mount(
            parent,
            self.controller.clone(),
            self.settings.clone(),
        ));
    }

    /// Takes the screens away.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }

    /// Loads tables (`{ name, blob }`, or a text or file alone); gives the report's JSON.
    pub fn load(&self, inputs: &Array, options: Option<String>) -> Promise {
        let controller = self.controller.clone();
        let inputs: Result<Vec<Input>, Error> =
            inputs.iter().map(|input| input_of(&input)).collect();
        future_to_promise(async move {
            let options = over(&controller.defaults(), options)?;
            finished(controller.load(inputs.map_err(thrown)?, options).await)
        })
    }

    /// Works the loaded tables out again, with these options over those in force, or over those of
    /// the run that has not ended.
    pub fn update(&self, options: Option<String>) -> Promise {
        let controller = self.controller.clone();
        future_to_promise(async move {
            let options = over(&controller.chosen(), options)?;
            finished(controller.update(options).await)
        })
    }

    /// The report's JSON, as exported; absent while there is none.
    pub fn report(&self) -> Option<String> {
        self.controller
            .outcome()
            .map(|outcome| outcome.json.to_string())
    }

    /// The catalogue as JSON.
    pub fn kpis(&self) -> String {
        json_of(&*self.controller.catalogue())
    }

    /// The choices in force as JSON, to be saved for another day. Holds no data.
    pub fn recipe(&self) -> String {
        self.controller.recipe()
    }

    /// Rows of a loaded table (a query as JSON); gives them as JSON.
    pub fn rows(&self, query: &str) -> Promise {
        let controller = self.controller.clone();
        let query = serde_json::from_str::<RowsQuery>(query);
        future_to_promise(async move {
            let query = query.map_err(|reason| {
                thrown(Error::new(
                    "query_invalid",
                    format!("The query cannot be used: {reason}."),
                    "Give an object with `table`, and correct or leave out the other fields.",
                ))
            })?;
            let rows = controller.rows(query).await.map_err(thrown)?;
            Ok(JsValue::from_str(&rows))
        })
    }

    /// Accounts (a query as JSON); gives them as JSON.
    pub fn accounts(&self, query: &str) -> Promise {
        let controller = self.controller.clone();
        let query = serde_json::from_str::<AccountsQuery>(query);
        future_to_promise(async move {
            let query = query.map_err(|reason| query_invalid(&reason))?;
            let found = controller.accounts(query).await.map_err(thrown)?;
            Ok(JsValue::from_str(&found))
        })
    }

    /// All that is known of an account (a query as JSON); gives it as JSON.
    pub fn account(&self, query: &str) -> Promise {
        let controller = self.controller.clone();
        let query = serde_json::from_str::<AccountQuery>(query);
        future_to_promise(async move {
            let query = query.map_err(|reason| query_invalid(&reason))?;
            let found = controller.account(query).await.map_err(thrown)?;
            Ok(JsValue::from_str(&found))
        })
    }

    /// How well the health score has worked (a query as JSON); gives it as JSON.
    pub fn backtest(&self, query: &str) -> Promise {
        let controller = self.controller.clone();
        let query = serde_json::from_str::<BacktestQuery>(query);
        future_to_promise(async move {
            let query = query.map_err(|reason| query_invalid(&reason))?;
            let found = controller.backtest(query).await.map_err(thrown)?;
            Ok(JsValue::from_str(&found))
        })
    }

    /// A KPI from typed figures (a query as JSON); gives it as JSON.
    pub fn calculate(&self, query: &str) -> Promise {
        let controller = self.controller.clone();
        let query = serde_json::from_str::<CalculationQuery>(query);
        future_to_promise(async move {
            let query = query.map_err(|reason| {
                thrown(Error::new(
                    "query_invalid",
                    format!("The query cannot be used: {reason}."),
                    "Give an object with `kpi` and `terms`, and correct or leave out the other fields.",
                ))
            })?;
            let found = controller.calculate(query).await.map_err(thrown)?;
            Ok(JsValue::from_str(&found))
        })
    }

    /// Every row left out and every unreadable cell, as a CSV file.
    pub fn ledger(&self) -> Promise {
        let controller = self.controller.clone();
        future_to_promise(async move {
            let list = controller.ledger().await.map_err(thrown)?;
            Ok(list.into())
        })
    }

    /// Figures as SQL (a query as JSON), all of it as one text.
    pub fn sql(&self, query: &str) -> Promise {
        let controller = self.controller.clone();
        let query = serde_json::from_str::<SqlQuery>(query);
        future_to_promise(async move {
            let query = query.map_err(|reason| query_invalid(&reason))?;
            let (text, _) = controller.sql(query).await.map_err(thrown)?;
            Ok(JsValue::from_str(&text))
        })
    }

    /// The report as one HTML file without rows; absent while there is none. `names`: whether
    /// segments are named; `smallest`: counts below it are withheld.
    pub fn frozen(&self, names: bool, smallest: f64) -> Option<String> {
        let choices = Choices {
            names,
            smallest: smallest as u64,
        };
        self.read(|reader, report| frozen(reader, report, choices).html)
    }

    /// This program with the loaded tables and the choices in force, as one HTML file: a blob; nothing
    /// while there is no report.
    pub fn carrying(&self) -> Promise {
        let controller = self.controller.clone();
        future_to_promise(async move {
            if controller.outcome().is_none() {
                return Ok(JsValue::UNDEFINED);
            }
            let file = controller.carrying().await.map_err(thrown)?;
            Ok(file.into())
        })
    }

    /// What is taken away of the report, of one KPI where one is named: `csv`, `markdown` and `svg` as
    /// text, `png` as a blob; nothing while there is no report.
    pub fn exported(&self, format: &str, kpi: Option<String>, chart: Option<String>) -> Promise {
        let options = self.controller.options();
        let made = self.read(|reader, report| {
            let drawn =
                |report: &Report| picture::chart(reader, report, &options, chart.as_deref());
            let habits = reader.habits;
            let report = export::only(report, kpi.as_deref())?;
            Ok(match format {
                "csv" => Made::Text(figures::csv(&report)),
                "markdown" => Made::Text(markdown::markdown(reader, &report)),
                "svg" => Made::Text(picture::svg(&drawn(&report)?, habits)?),
                _ => Made::Picture(picture_file::png(
                    &drawn(&report)?,
                    &Theme::light(),
                    habits,
                )?),
            })
        });
        let Some(made) = made else {
            return Promise::resolve(&JsValue::UNDEFINED);
        };
        match made {
            Ok(Made::Text(text)) => Promise::resolve(&JsValue::from_str(&text)),
            Ok(Made::Picture(blob)) => blob,
            Err(error) => Promise::reject(&thrown(error)),
        }
    }

    /// Stops the run.
    pub fn cancel(&self) {
        self.controller.cancel();
    }
}

/// What was made of a report.
enum Made {
    Text(String),
    /// A blob, once the browser has packed it.
    Picture(Promise),
}

impl Element {
    /// What a reader of the report makes of it; absent while there is none.
    fn read<Made>(&self, make: impl FnOnce(&Reader<'_>, &Report) -> Made) -> Option<Made> {
        let outcome = self.controller.outcome()?;
        let options = self.controller.options();
        let locale = options.locale;
        let locale = locale.unwrap_or_else(|| self.settings.locale());
        let habits = Habits::new(&locale, outcome.report.currency.as_deref());
        let reader = Reader {
            habits: &habits,
            catalogue: &told(&self.controller.catalogue()),
            roles: &told(&self.controller.roles()),
            cards: &options.cards,
        };
        Some(make(&reader, &outcome.told().report))
    }
}

impl Drop for Element {
    fn drop(&mut self) {
        self.mounted = None;
        self.controller.end();
    }
}

fn over(
    base: &kept::engine::options::Options,
    given: Option<String>,
) -> Result<kept::engine::options::Options, JsValue> {
    given.map_or_else(
        || Ok(base.clone()),
        |given| laid_over(base, &given).map_err(thrown),
    )
}

fn finished(
    answer: Result<std::rc::Rc<super::controller::Outcome>, Error>,
) -> Result<JsValue, JsValue> {
    answer
        .map(|outcome| JsValue::from_str(&outcome.json))
        .map_err(thrown)
}

/// What is thrown for a query of another form.
fn query_invalid(reason: &serde_json::Error) -> JsValue {
    thrown(Error::new(
        "query_invalid",
        format!("The query cannot be used: {reason}."),
        "Give an object, and correct or leave out its fields.",
    ))
}

fn thrown(error: Error) -> JsValue {
    dom::js_from_error(&error)
}

fn input_of(given: &JsValue) -> Result<Input, Error> {
    let blob = Reflect::get(given, &JsValue::from_str("blob"))
        .ok()
        .and_then(|blob| blob.dyn_into::<Blob>().ok());
    let name = dom::text_property(given, "name").filter(|name| !name.is_empty());
    match blob {
        Some(blob) => Ok(Input {
            name: name.unwrap_or_else(|| String::from("pasted")),
            blob,
        }),
        None => Err(Error::new(
            "input_invalid",
            "An input is neither a text, a File, a Blob, an ArrayBuffer nor { name, content }.",
            "Give one of these.",
        )),
    }
}

fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| String::from("null"))
}

/// The notices that become events, with details that hold no cell.
fn event_of(notice: &Notice) -> Option<(&'static str, JsValue)> {
    match notice {
        Notice::Ready => Some(("ready", JsValue::NULL)),
        Notice::Progress {
            bytes_read,
            bytes_total,
            rows_read,
        } => Some((
            "progress",
            detail(&[
                ("bytes_read", *bytes_read),
                ("bytes_total", *bytes_total),
                ("rows_read", *rows_read),
            ]),
        )),
        Notice::Finished(outcome) => Some(("report", JsValue::from_str(&outcome.json))),
        Notice::Failed(error) => Some(("error", dom::js_from_error(error))),
        Notice::Started | Notice::Cancelled | Notice::WorkerReplaced | Notice::Cleared => None,
    }
}

fn detail(counts: &[(&str, f64)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, count) in counts {
        let set = Reflect::set(
            &object,
            &JsValue::from_str(name),
            &JsValue::from_f64(*count),
        );
        debug_assert!(set.is_ok(), "an object of our own takes properties");
    }
    object.into()
}
