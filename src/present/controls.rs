//! The control row: period, comparison, split and filters as options of selects.

use super::format::Habits;
use super::words;
use crate::engine::base::PeriodUnit;
use crate::engine::options::{Compare, Filter, Options, PeriodChoice, TargetChoice};
use crate::engine::protocol::Preview;
use crate::engine::report::{Report, TableReport};
use crate::present::language::say;
use crate::told;

/// One option of a select.
pub type Choice = (String, String);

/// Value and words of a select's option, and the unit and count it stands for.
type PeriodOption = (&'static str, &'static str, Option<(PeriodUnit, u32)>);

/// Unit and count by the value of the select.
const PERIODS: [PeriodOption; 7] = [
    ("", "As each KPI defines it", None),
    ("week", "Last whole week", Some((PeriodUnit::Week, 1))),
    ("month", "Last whole month", Some((PeriodUnit::Month, 1))),
    (
        "quarter",
        "Last whole quarter",
        Some((PeriodUnit::Quarter, 1)),
    ),
    (
        "half",
        "Last six whole months",
        Some((PeriodUnit::Month, 6)),
    ),
    (
        "twelve",
        "Last twelve whole months",
        Some((PeriodUnit::Month, 12)),
    ),
    (
        "year",
        "Last whole calendar year",
        Some((PeriodUnit::Year, 1)),
    ),
];

const COMPARISONS: [(&str, &str, Option<Compare>); 3] = [
    ("", "The period before", None),
    (
        "year",
        "The same period a year before",
        Some(Compare::YearBefore),
    ),
    ("none", "Nothing", Some(Compare::None)),
];

/// The choices of the period select.
pub fn periods() -> Vec<Choice> {
    PERIODS
        .iter()
        .map(|(id, name, _)| ((*id).to_owned(), say(name).to_owned()))
        .collect()
}

/// The value of the period select.
pub fn period_id(options: &Options) -> &'static str {
    let chosen = options
        .period
        .map(|period| (period.unit, period.count.unwrap_or(1)));
    PERIODS
        .iter()
        .find(|(_, _, it)| *it == chosen)
        .map_or("", |(id, _, _)| id)
}

/// The choices with another period.
#[must_use]
pub fn with_period(mut options: Options, id: &str) -> Options {
    options.period = PERIODS
        .iter()
        .find(|(known, _, _)| *known == id)
        .and_then(|(_, _, period)| *period)
        .map(|(unit, count)| PeriodChoice::of(unit, count));
    options
}

/// The choices of the comparison select.
pub fn comparisons() -> Vec<Choice> {
    COMPARISONS
        .iter()
        .map(|(id, name, _)| ((*id).to_owned(), say(name).to_owned()))
        .collect()
}

/// The value of the comparison select.
pub fn comparison_id(options: &Options) -> &'static str {
    COMPARISONS
        .iter()
        .find(|(_, _, it)| *it == options.compare)
        .map_or("", |(id, _, _)| id)
}

/// The types of business, after the choice of what the tables tell.
pub fn business_types() -> Vec<Choice> {
    let named = |(id, name): &(&str, &'static str)| ((*id).to_owned(), say(name).to_owned());
    std::iter::once((String::new(), say(words::AS_THE_TABLES_TELL).to_owned()))
        .chain(words::BUSINESS_TYPES.iter().map(named))
        .collect()
}

/// The choices with another type of business; an empty one leaves it to the tables.
#[must_use]
pub fn with_business_type(mut options: Options, id: &str) -> Options {
    options.business_type = (!id.is_empty()).then(|| id.to_owned());
    options
}

/// The months in which a year may begin: numbers and names.
pub fn months(habits: &Habits) -> Vec<Choice> {
    let month = |month: u32| (month.to_string(), habits.month_name(month).to_owned());
    (1..=12).map(month).collect()
}

/// The choices with a year that begins in another month.
#[must_use]
pub fn with_year_starts(mut options: Options, month: &str) -> Options {
    options.year_starts = month.parse().ok().filter(|month| *month != 1);
    options
}

/// The choices with another comparison.
#[must_use]
pub fn with_comparison(mut options: Options, id: &str) -> Options {
    options.compare = COMPARISONS
        .iter()
        .find(|(known, _, _)| *known == id)
        .and_then(|(_, _, it)| *it);
    options
}

/// The columns by which figures can be split: those with few enough different values.
pub fn splits(report: &Report, previews: &[Preview]) -> Vec<Choice> {
    let mut choices = vec![(String::new(), say(words::NOTHING).to_owned())];
    choices.extend(columns(report, previews));
    choices
}

/// The choices with another split; an empty column splits by nothing.
#[must_use]
pub fn with_split(mut options: Options, column: &str) -> Options {
    options.segment = (!column.is_empty()).then(|| column.to_owned());
    options
}

/// The columns by which rows can be filtered or split, by the value that options take.
pub fn columns(report: &Report, previews: &[Preview]) -> Vec<Choice> {
    let several = report.tables.len() > 1;
    let mut choices = Vec::new();
    for table in &report.tables {
        let preview = previews.iter().find(|preview| preview.table == table.name);
        for (place, column) in table.columns.iter().enumerate() {
            if !can_split(table, place, preview) {
                continue;
            }
            let id = if several {
                format!("{}.{}", table.name, column.name)
            } else {
                column.name.clone()
            };
            let name = if several {
                format!("{}, {}", column.name, table.name)
            } else {
                column.name.clone()
            };
            choices.push((id, name));
        }
    }
    choices
}

fn can_split(table: &TableReport, place: usize, preview: Option<&Preview>) -> bool {
    const MOST: usize = 50;
    let taken = ["date", "time", "empty"];
    let fits = table.columns.get(place).is_some_and(|column| {
        !taken.contains(&column.value_type.as_str()) && column.role.as_deref() != Some("score")
    });
    let values = preview
        .and_then(|preview| preview.values.get(place))
        .map_or(0, Vec::len);
    fits && (2..=MOST).contains(&values)
}

/// The values of a column, as they stand in the file.
pub fn values(report: &Report, previews: &[Preview], column: &str) -> Vec<String> {
    let of_table = |table: &TableReport| {
        let bare = column
            .strip_prefix(&format!("{}.", table.name))
            .unwrap_or(column)
            .to_owned();
        let place = table.columns.iter().position(|it| it.name == bare)?;
        let preview = previews
            .iter()
            .find(|preview| preview.table == table.name)?;
        preview.values.get(place).cloned()
    };
    report.tables.iter().find_map(of_table).unwrap_or_default()
}

/// As [`columns`], with a blank choice first.
pub fn columns_with_blank(report: &Report, previews: &[Preview]) -> Vec<Choice> {
    let mut choices = vec![(String::new(), say(words::CHOOSE).to_owned())];
    choices.extend(columns(report, previews));
    choices
}

/// As [`values`], with a blank choice first.
pub fn values_with_blank(report: &Report, previews: &[Preview], column: &str) -> Vec<Choice> {
    let mut choices = vec![(String::new(), say(words::CHOOSE).to_owned())];
    let found = values(report, previews, column);
    choices.extend(
        found
            .into_iter()
            .map(|value| (value.clone(), words::shortened(&value, 40))),
    );
    choices
}

/// A filter as a removable chip: "plan is Team".
pub fn chip(filter: &Filter) -> String {
    told!("{0} is {1}", filter.column, filter.is.join(say(" or ")))
}

/// The choices with one more filter; a second value of a column joins the first.
#[must_use]
pub fn with_filter(mut options: Options, column: &str, value: &str) -> Options {
    match options
        .filter
        .iter_mut()
        .find(|filter| filter.column == column)
    {
        Some(filter) if !filter.is.iter().any(|it| it == value) => filter.is.push(value.to_owned()),
        Some(_) => {}
        None => options.filter.push(Filter {
            column: column.to_owned(),
            is: vec![value.to_owned()],
        }),
    }
    options
}

/// The choices without the filter of a column.
#[must_use]
pub fn without_filter(mut options: Options, column: &str) -> Options {
    options.filter.retain(|filter| filter.column != column);
    options
}

/// The choices with another rule for a KPI.
#[must_use]
pub fn with_rule(mut options: Options, kpi: &str, rule: &str) -> Options {
    options.variants.insert(kpi.to_owned(), rule.to_owned());
    options
}

/// The choices with a target as the reader typed it: a percentage where the unit is a ratio.
/// Nothing typed, or no number, removes the target.
#[must_use]
pub fn with_target(
    mut options: Options,
    kpi: &str,
    unit: crate::engine::base::Unit,
    typed: &str,
) -> Options {
    let before = options.targets.remove(kpi);
    if let Some(target) = TargetChoice::with_value(before, figure_typed(typed, unit)) {
        options.targets.insert(kpi.to_owned(), target);
    }
    options
}

/// The choices with half the width that an interval should have, as the reader typed it: percentage
/// points where the unit is a ratio. Nothing typed, or no number above 0, removes it.
#[must_use]
pub fn with_precision(
    mut options: Options,
    kpi: &str,
    unit: crate::engine::base::Unit,
    typed: &str,
) -> Options {
    match figure_typed(typed, unit).filter(|wanted| *wanted > 0.0) {
        Some(wanted) => options.precision.insert(kpi.to_owned(), wanted),
        None => options.precision.remove(kpi),
    };
    options
}

/// A figure as typed, in its unit; nothing where it is no number.
fn figure_typed(typed: &str, unit: crate::engine::base::Unit) -> Option<f64> {
    let digits = typed
        .trim()
        .replace(['%', '\u{b1}', '\u{a0}', ' '], "")
        .replace(',', ".")
        .replace('\u{2212}', "-");
    let number = digits
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    let is_ratio = unit == crate::engine::base::Unit::Ratio;
    Some(if is_ratio { number / 100.0 } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Unit;
    use crate::engine::options::USUAL_PERIODS;
    use crate::present::example::Example;

    #[test]
    fn every_choice_of_a_select_comes_back_as_its_value() {
        for (id, _) in periods() {
            assert_eq!(period_id(&with_period(Options::default(), &id)), id);
        }
        for (id, _) in comparisons() {
            assert_eq!(comparison_id(&with_comparison(Options::default(), &id)), id);
        }
    }

    #[test]
    fn what_the_worker_works_out_ahead_is_what_the_select_offers() {
        let offered: Vec<PeriodChoice> = periods()
            .iter()
            .filter_map(|(id, _)| with_period(Options::default(), id).period)
            .collect();
        assert_eq!(offered.len(), USUAL_PERIODS.len());
        assert!(USUAL_PERIODS.iter().all(|it| offered.contains(it)));
    }

    #[test]
    fn every_type_of_business_can_be_chosen_by_its_name() {
        let known = crate::engine::kpi::business_type::ALL;
        let known: Vec<(&str, &str)> = known.iter().map(|it| (it.id, it.name)).collect();
        assert_eq!(words::BUSINESS_TYPES.to_vec(), known);
        let chosen = with_business_type(Options::default(), "retail");
        assert_eq!(chosen.business_type.as_deref(), Some("retail"));
        assert_eq!(with_business_type(chosen, "").business_type, None);
    }

    #[test]
    fn a_year_begins_in_january_unless_another_month_is_chosen() {
        let (id, name) = months(&Habits::default())[3].clone();
        assert_eq!(name, "Apr");
        let chosen = with_year_starts(Options::default(), &id);
        assert_eq!(chosen.year_starts, Some(4));
        assert_eq!(with_year_starts(chosen, "1"), Options::default());
    }

    #[test]
    fn only_columns_with_few_values_split() {
        let example = Example::new();
        let names: Vec<String> = splits(&example.report, &example.previews)
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        assert_eq!(names, ["", "plan"]);
        assert_eq!(
            values(&example.report, &example.previews, "plan"),
            ["Team", "Starter"]
        );
    }

    #[test]
    fn a_second_value_of_a_column_joins_the_first() {
        let options = with_filter(
            with_filter(Options::default(), "plan", "Team"),
            "plan",
            "Starter",
        );
        assert_eq!(chip(&options.filter[0]), "plan is Team or Starter");
        assert!(without_filter(options, "plan").filter.is_empty());
    }

    #[test]
    fn a_precision_is_above_zero() {
        let typed = |typed: &str| with_precision(Options::default(), "alpha", Unit::Ratio, typed);
        assert!((typed("± 5%").precision["alpha"] - 0.05).abs() < 1e-12);
        assert!(typed("0").precision.is_empty());
        assert!(typed("wide").precision.is_empty());
    }

    #[test]
    fn a_target_is_typed_in_percent_and_kept_as_a_fraction() {
        let options = with_target(Options::default(), "alpha", Unit::Ratio, "2,5 %");
        assert_eq!(options.targets["alpha"], TargetChoice::Figure(0.025));
        assert!(
            with_target(options, "alpha", Unit::Ratio, "")
                .targets
                .is_empty()
        );
    }

    #[test]
    fn another_target_of_the_figure_leaves_those_of_segments() {
        let mut options = Options::default();
        let given = r#"{"alpha":{"value":0.5,"segments":{"Team":0.9}}}"#;
        options.targets = serde_json::from_str(given).unwrap();
        let changed = with_target(options, "alpha", Unit::Ratio, "60");
        assert_eq!(changed.targets["alpha"].value(), Some(0.6));
        assert_eq!(changed.targets["alpha"].of_segment(" Team"), Some(0.9));
        let without = with_target(changed, "alpha", Unit::Ratio, "");
        assert_eq!(without.targets["alpha"].value(), None);
        assert_eq!(without.targets["alpha"].of_segment("Team"), Some(0.9));
    }
}
