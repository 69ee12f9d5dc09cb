//! One account: its figures, its health, its past and its rows.

use super::accounts::{AccountView, MIDDLE, score, value};
use super::format::Habits;
use super::{measures, words};
use crate::engine::accounts::query::{AccountPage, Moment};
use crate::engine::base::{Date, Unit};
use crate::engine::chart_spec::{ChartSpec, Contribution, Plot};
use crate::engine::report::AccountResult;
use crate::present::language::say;
use crate::told;

/// One account as its page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountPageView {
    /// Its id as written.
    pub customer: String,
    /// What it is called.
    pub name: String,
    /// Its id and whether it is a customer.
    pub lead: String,
    /// Its health; absent where accounts are not scored.
    pub health: Option<AccountView>,
    /// What moved its score from the middle, as a chart; absent where it was set by hand.
    pub moved: Option<ChartSpec>,
    /// What its values could be, as sliders; empty where accounts are not scored.
    pub sliders: Vec<SliderView>,
    /// "72.1", with what is supposed.
    pub supposed: Option<String>,
    /// Words of the list: header and word.
    pub words: Vec<(String, String)>,
    /// Figures: name, value, and the table whose rows tell it.
    pub figures: Vec<(String, String, String)>,
    /// Tables that speak of it, with how many rows.
    pub tables: Vec<(String, String)>,
    /// Its past, the latest first.
    pub past: Vec<MomentView>,
    /// "The latest 200 of 812 moments."; empty where all are shown.
    pub past_says: String,
}

/// A value of a measure that can be moved.
#[derive(Clone, Debug, PartialEq)]
pub struct SliderView {
    /// The measure.
    pub name: String,
    /// Its value as it is; absent where the account has none.
    pub value: Option<f64>,
    /// The lowest and the highest value.
    pub ends: (f64, f64),
    /// How far one step moves it.
    pub step: f64,
    /// The table whose rows tell it.
    pub table: String,
}

/// Sliders move a value over its span in so many steps.
const STEPS: f64 = 100.0;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct MomentView {
    /// The day.
    pub day: String,
    /// What it was.
    pub says: String,
    /// What the cells say of it.
    pub cells: String,
    /// The table.
    pub table: String,
    /// Its row, from 1.
    pub row: u64,
}

/// One account.
pub fn account(habits: &Habits, as_of: Option<Date>, page: &AccountPage) -> AccountPageView {
    let row = &page.account;
    let state = match row.is_customer {
        Some(true) => say(words::IS_CUSTOMER),
        Some(false) => say(words::HAS_LEFT),
        None => "",
    };
    let lead = [row.customer.as_str(), state];
    let lead: Vec<&str> = lead.into_iter().filter(|it| !it.is_empty()).collect();
    let health = row.health.as_ref().map(|health| {
        let mut view = AccountView::default();
        score(habits, health, &mut view);
        view
    });
    let scored = row.health.iter().flat_map(|health| &health.contributions);
    let sliders = scored.zip(&page.measures).map(|(it, source)| {
        let (low, high) = source.span.unwrap_or((0.0, 1.0));
        let ends = it
            .value
            .map_or((low, high), |value| (low.min(value), high.max(value)));
        let width = ends.1 - ends.0;
        SliderView {
            name: it.measure.clone(),
            value: it.value,
            ends,
            step: step(width),
            table: source.table.clone(),
        }
    });
    let named = page.attributes.iter().zip(&row.attributes);
    let figures = page.figures.iter().zip(&row.values);
    AccountPageView {
        customer: row.customer.clone(),
        name: row.name.clone().unwrap_or_else(|| row.customer.clone()),
        lead: words::sentence(&lead.join(", ")),
        health,
        moved: row.health.as_ref().and_then(moved),
        sliders: sliders.collect(),
        supposed: supposed(habits, page),
        words: named
            .filter(|(_, word)| !word.is_empty())
            .map(|(about, word)| (about.name.clone(), word.clone()))
            .collect(),
        figures: figures
            .filter(|(about, value)| value.is_some() && about.id != "health")
            .map(|(about, known)| {
                (
                    about.name.clone(),
                    value(habits, as_of, about, *known),
                    about.table.clone(),
                )
            })
            .collect(),
        tables: page
            .tables
            .iter()
            .map(|it| {
                (
                    it.table.clone(),
                    words::counted_rows(habits.count(it.rows), it.rows),
                )
            })
            .collect(),
        past: page
            .timeline
            .iter()
            .map(|moment| moment_view(habits, moment))
            .collect(),
        past_says: if page.moments as usize > page.timeline.len() {
            told!(
                "The latest {0} of {1} moments.",
                habits.count(page.timeline.len() as u64),
                habits.count(page.moments)
            )
        } else {
            String::new()
        },
    }
}

/// The score with what is supposed, where something is.
fn supposed(habits: &Habits, page: &AccountPage) -> Option<String> {
    let supposed = page.supposed.as_ref()?;
    let value = supposed.value.map(|value| habits.value(value, Unit::Score));
    Some(value.unwrap_or_else(|| say(words::NO_SCORE).to_owned()))
}

/// What each measure adds to the middle of the scale or takes from it, the largest first.
fn moved(health: &AccountResult) -> Option<ChartSpec> {
    let value = health.value.filter(|_| !health.by_hand)?;
    let known = health.contributions.iter();
    let known = known.filter_map(|it| Some((&it.measure, (it.points? - MIDDLE) * it.weight)));
    let mut known: Vec<(&String, f64)> = known.collect();
    known.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let parts = known.into_iter().map(|(measure, moved)| Contribution {
        label: measures::name(measure),
        amount: Some(moved),
    });
    Some(ChartSpec {
        title: say(words::MOVED).to_owned(),
        summary: String::new(),
        plot: Plot::Contributions {
            unit: Unit::Score,
            parts: parts.collect(),
            sum: Some(Contribution {
                label: say(words::MOVED_SUM).to_owned(),
                amount: Some(value - MIDDLE),
            }),
        },
        footnotes: Vec::new(),
    })
}

/// How far one step moves a value over a width; counts move by ones.
fn step(width: f64) -> f64 {
    if width >= STEPS {
        (width / STEPS).round()
    } else if width >= 3.0 {
        1.0
    } else {
        width / STEPS
    }
}

fn moment_view(habits: &Habits, moment: &Moment) -> MomentView {
    let (says, cells) = match moment.event.as_str() {
        "answered" => (say("Answered a survey"), moment.says.clone()),
        "ticket_opened" => (say("Opened a ticket"), moment.says.clone()),
        "ticket_solved" => (say("A ticket was solved"), moment.says.clone()),
        "began" => (say("Began"), moment.says.clone()),
        "ended" => (say("Ended"), moment.says.clone()),
        "renewal_due" => (say("Due for renewal"), moment.says.clone()),
        "changed" => (say("Revenue changed"), moment.says.clone()),
        "ordered" => (say("Ordered"), moment.says.clone()),
        _ => (
            say("Used the product"),
            told!(
                "{0} of the month, {1}",
                days(&moment.says),
                words::counted_rows(habits.count(moment.rows), moment.rows)
            ),
        ),
    };
    MomentView {
        day: habits.date(moment.day),
        says: says.to_owned(),
        cells,
        table: moment.table.clone(),
        row: moment.row,
    }
}

fn days(count: &str) -> String {
    if count == "1" {
        String::from(say("1 day"))
    } else {
        told!("{0} days", count)
    }
}
