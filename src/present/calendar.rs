//! Business hours as fields: what is worked on each day of the week, holidays, whose clocks.

use super::words;
use crate::engine::base::Date;
use crate::engine::kpi::AboutReport;
use crate::engine::options::{CalendarChoice, Options};
use crate::present::language::say;
use crate::told;

/// The family whose times can be measured in business hours.
const FAMILY: &str = "support";

/// The fields of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarView {
    /// "5 days a week, 2 holidays", or that none is set.
    pub note: String,
    /// Monday to Sunday.
    pub days: Vec<DayView>,
    /// Days with commas between them.
    pub holidays: String,
    /// The zone whose clocks are read; empty for that of the report.
    pub zone: String,
    /// Whether there is a calendar.
    pub is_set: bool,
}

/// What is worked on one day of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct DayView {
    /// Its id in the options.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// "09:00-17:30", several with commas; empty on a free day.
    pub hours: String,
}

/// What was typed into the fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarTyped {
    /// Id of a day and its hours.
    pub days: Vec<(&'static str, String)>,
    /// Holidays.
    pub holidays: String,
    /// The zone.
    pub zone: String,
}

/// Monday to Sunday: id and name.
const DAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

/// The fields, for KPIs whose times can be measured in business hours.
pub fn calendar(about: Option<&AboutReport>, options: &Options) -> Option<CalendarView> {
    about.filter(|about| about.family == FAMILY)?;
    let chosen = options.calendar.as_ref();
    let hours = |id: &str| {
        let stretches = chosen.and_then(|calendar| calendar.days.get(id));
        let written = stretches.into_iter().flatten();
        let written: Vec<String> = written.map(|(from, to)| format!("{from}-{to}")).collect();
        written.join(", ")
    };
    let holidays = chosen.map_or(&[][..], |calendar| &calendar.holidays);
    let note = match chosen {
        None => say(words::CALENDAR_NONE).to_owned(),
        Some(calendar) => {
            let worked = calendar.days.values().filter(|it| !it.is_empty()).count();
            let days = words::counted(worked, "day", "days");
            let free = words::counted(holidays.len(), "holiday", "holidays");
            told!("{0} a week, {1}", days, free)
        }
    };
    Some(CalendarView {
        note,
        days: DAYS
            .iter()
            .map(|(id, name)| DayView {
                id,
                name: say(name),
                hours: hours(id),
            })
            .collect(),
        holidays: holidays
            .iter()
            .map(Date::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        zone: chosen
            .and_then(|calendar| calendar.timezone.clone())
            .unwrap_or_default(),
        is_set: chosen.is_some(),
    })
}

/// Monday to Friday, nine to five, to begin with.
pub fn usual_week() -> Vec<(&'static str, String)> {
    let week = DAYS.iter().take(5);
    week.map(|(id, _)| (*id, "09:00-17:00".to_owned()))
        .collect()
}

/// The choices with the calendar that was typed; without any hours there is none. Whether hours are
/// times of day and the zone is known is said by the engine when it is used.
///
/// # Errors
/// A sentence that names what is no date of a holiday.
pub fn with_calendar(mut options: Options, typed: &CalendarTyped) -> Result<Options, String> {
    let mut calendar = CalendarChoice::default();
    for (id, hours) in &typed.days {
        let stretches: Vec<(String, String)> = hours
            .split([',', ';'])
            .map(str::trim)
            .filter(|stretch| !stretch.is_empty())
            .map(|stretch| {
                let (from, to) = stretch.split_once(['-', '–']).unwrap_or((stretch, ""));
                (time(from), time(to))
            })
            .collect();
        if !stretches.is_empty() {
            calendar.days.insert((*id).to_owned(), stretches);
        }
    }
    for day in typed.holidays.split([',', ';', ' ', '\n']) {
        if day.is_empty() {
            continue;
        }
        let date = Date::parse(day);
        calendar
            .holidays
            .push(date.ok_or_else(|| format!("{day}: {}", say(words::HOLIDAY_INVALID)))?);
    }
    let zone = typed.zone.trim();
    calendar.timezone = (!zone.is_empty()).then(|| zone.to_owned());
    options.calendar = (!calendar.days.is_empty()).then_some(calendar);
    Ok(options)
}

/// A time of day as the options take it: `9` and `9:00` are `09:00`.
fn time(typed: &str) -> String {
    let typed = typed.trim();
    let (hour, minute) = typed.split_once([':', '.']).unwrap_or((typed, "00"));
    format!("{hour:0>2}:{minute}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    fn typed(hours: &str, holidays: &str) -> CalendarTyped {
        CalendarTyped {
            days: vec![("mon", hours.to_owned()), ("sun", String::new())],
            holidays: holidays.to_owned(),
            zone: " Europe/Berlin ".to_owned(),
        }
    }

    #[test]
    fn what_is_typed_comes_back_as_it_is_kept() {
        let mut example = Example::new();
        assert_eq!(
            calendar(example.catalogue.first(), &Options::default()),
            None
        );
        example.catalogue[0].family = "support".to_owned();
        let about = example.catalogue.first();
        let none = calendar(about, &Options::default()).unwrap();
        assert_eq!(
            (none.note.as_str(), none.is_set),
            (words::CALENDAR_NONE, false)
        );
        let options = with_calendar(
            Options::default(),
            &typed("9-12:30, 13.30–18", "2025-12-25, 2025-12-26"),
        )
        .unwrap();
        let view = calendar(about, &options).unwrap();
        assert_eq!(view.days[0].hours, "09:00-12:30, 13:30-18:00");
        assert_eq!(view.days[6].hours, "");
        assert_eq!(view.holidays, "2025-12-25, 2025-12-26");
        assert_eq!(view.zone, "Europe/Berlin");
        assert_eq!(view.note, "1 day a week, 2 holidays");
    }

    #[test]
    fn no_hours_are_no_calendar_and_a_wrong_holiday_is_named() {
        let options = with_calendar(Options::default(), &typed(" ", "")).unwrap();
        assert_eq!(options.calendar, None);
        let refused = with_calendar(Options::default(), &typed("9-17", "25.12."));
        assert!(refused.unwrap_err().starts_with("25.12.:"));
    }

    #[test]
    fn the_usual_week_is_a_calendar_that_the_engine_takes() {
        let week = CalendarTyped {
            days: usual_week(),
            ..CalendarTyped::default()
        };
        let calendar = with_calendar(Options::default(), &week).unwrap().calendar;
        let zone = crate::engine::base::Zone::UTC;
        let taken =
            crate::engine::facts::business_hours::Calendar::from_choice(&calendar.unwrap(), &zone);
        assert!(taken.is_ok());
    }
}
