//! What counts: the settings of a KPI as fields, and what a choice does to the options.

use crate::present::language::{say, say_text};
use crate::told;
use serde_json::Value;

use super::words;
use crate::engine::kpi::AboutReport;
use crate::engine::kpi::about::SettingReport;
use crate::engine::options::Options;
use crate::engine::report::{Finding, Report};

/// The settings of one KPI.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettingsView {
    /// "2 changed", or that all stand at their defaults.
    pub note: String,
    /// Those of the KPI alone, then those that it shares.
    pub settings: Vec<SettingView>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingView {
    /// Its name, as the options take it.
    pub name: String,
    /// Its name in words.
    pub label: String,
    /// What it decides.
    pub says: String,
    /// What can be chosen.
    pub field: SettingField,
    /// The value in force; empty for the default of a number.
    pub chosen: String,
    /// Whether it stands elsewhere than at its default.
    pub is_changed: bool,
}

/// How a setting is chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingField {
    /// One of these: value and meaning, the default first.
    Choice(Vec<(String, String)>),
    /// A number; this is what holds unless one is given.
    Number(String),
    /// Names with commas between them; this is what holds unless some are given.
    Words(String),
    /// Numbers by name, as `urgent: 1, high: 4`; this is what holds unless some are given.
    NumbersByName(String),
}

/// Kinds of tables in which the settings that are shared by several KPIs decide what counts.
const SHARED_BY: [&str; 3] = ["subscription", "revenue_month", "revenue_movement"];

/// The settings of the finding's KPI.
pub fn settings(
    about: Option<&AboutReport>,
    report: &Report,
    finding: &Finding,
    options: &Options,
) -> SettingsView {
    let Some(about) = about.filter(|about| !about.settings.is_empty()) else {
        return SettingsView::default();
    };
    let table = report.tables.iter().find(|it| it.name == finding.table);
    let kinds = table.map_or(&[][..], |it| it.kinds.as_slice());
    let kind = table.and_then(|it| it.kind.as_ref());
    let shares = kinds
        .iter()
        .chain(kind)
        .any(|kind| SHARED_BY.contains(&kind.as_str()));
    let own = format!("{}.", about.id);
    let found: Vec<SettingView> = about
        .settings
        .iter()
        .filter(|setting| shares || setting.name.starts_with(&own))
        // Lists of objects have no field here: a recipe or an embedder gives them.
        .filter(|setting| setting.value_type != "objects")
        .map(|setting| setting_view(setting, options))
        .collect();
    let changed = found.iter().filter(|it| it.is_changed).count();
    let note = match changed {
        0 => say(words::ALL_DEFAULT).to_owned(),
        changed => told!("{0} changed", changed),
    };
    SettingsView {
        note,
        settings: found,
    }
}

fn setting_view(setting: &SettingReport, options: &Options) -> SettingView {
    let default = text(&setting.default);
    let given = options.settings.get(&setting.name).map(text);
    let plain = setting.name.rsplit('.').next().unwrap_or_default();
    let marked = |value: &str, says: &str| {
        let says = words::sentence(says);
        if value == default {
            format!("{says} ({})", say(words::DEFAULT))
        } else {
            says
        }
    };
    let (field, chosen) = if setting.choices.is_empty() {
        let unless = format!(
            "{}: {}",
            words::sentence(say(words::DEFAULT)),
            say_text(&default)
        );
        let field = match setting.value_type.as_str() {
            "words" => SettingField::Words(unless),
            "numbers by name" => SettingField::NumbersByName(unless),
            _ => SettingField::Number(unless),
        };
        (field, given.clone().unwrap_or_default())
    } else {
        let choices = setting.choices.iter();
        let choices = choices.map(|it| (it.value.clone(), marked(&it.value, &it.says)));
        let field = SettingField::Choice(choices.collect());
        (field, given.clone().unwrap_or_else(|| default.clone()))
    };
    SettingView {
        name: setting.name.clone(),
        label: words::plain_name(plain),
        says: setting.says.clone(),
        field,
        chosen,
        is_changed: given.is_some_and(|given| given != default),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join(", ")
        }
        Value::Object(numbers) => {
            let numbers = numbers.iter().map(|(name, it)| format!("{name}: {it}"));
            numbers.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// The options with this setting at a value that was chosen or typed. The default, nothing, or no
/// number takes it out, so that a recipe holds what was chosen and no more.
#[must_use]
pub fn with_setting(
    mut options: Options,
    field: &SettingField,
    name: &str,
    typed: &str,
) -> Options {
    let value = match field {
        SettingField::Choice(choices) => {
            let is_default = choices.first().is_some_and(|(value, _)| value == typed);
            (!is_default && !typed.is_empty()).then(|| Value::from(typed))
        }
        SettingField::Words(_) => {
            let names = typed.trim();
            (!names.is_empty()).then(|| Value::from(names))
        }
        SettingField::NumbersByName(_) => numbers_by_name(typed),
        SettingField::Number(_) => {
            let number = typed.trim().parse::<f64>().ok();
            number.filter(|it| it.is_finite()).map(Value::from)
        }
    };
    match value {
        Some(value) => drop(options.settings.insert(name.to_owned(), value)),
        None => drop(options.settings.remove(name)),
    }
    options
}

/// `urgent: 1, high: 4` as numbers by name; parts that hold no number are left out.
fn numbers_by_name(typed: &str) -> Option<Value> {
    let numbers: serde_json::Map<String, Value> = typed
        .split([',', ';'])
        .filter_map(|part| {
            let (name, number) = part.trim().rsplit_once([':', '=', ' '])?;
            let number = number
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|it| it.is_finite())?;
            let name = name.trim_end_matches([':', '=', ' ']);
            Some((name.to_owned(), Value::from(number)))
        })
        .collect();
    (!numbers.is_empty()).then_some(Value::Object(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    fn view(example: &Example, options: &Options) -> SettingsView {
        let about = example.catalogue.first();
        settings(about, &example.report, example.finding(0), options)
    }

    fn example() -> Example {
        let mut example = Example::new();
        example.catalogue[0].settings = serde_json::from_str(
            r#"[{"name":"alpha.from","type":"number","default":"4 of 5","says":"The lowest that counts."},
                {"name":"recurring_revenue.past_due","type":"choice","default":"counted","says":"Whether it counts.",
                 "choices":[{"value":"counted","says":"counts until it ends"},{"value":"left_out","says":"does not count"}]}]"#,
        )
        .unwrap();
        example.report.tables[0].kind = Some("subscription".to_owned());
        example
    }

    #[test]
    fn the_default_is_marked_and_a_change_is_told() {
        let example = example();
        let found = view(&example, &Options::default());
        assert_eq!(found.note, words::ALL_DEFAULT);
        assert_eq!(
            found.settings[0].field,
            SettingField::Number("Default: 4 of 5".to_owned())
        );
        let shared = &found.settings[1];
        assert_eq!(
            (shared.label.as_str(), shared.chosen.as_str()),
            ("Past due", "counted")
        );
        let SettingField::Choice(choices) = &shared.field else {
            panic!()
        };
        assert_eq!(choices[0].1, "Counts until it ends (default)");
        let options = with_setting(Options::default(), &shared.field, &shared.name, "left_out");
        let changed = view(&example, &options);
        assert_eq!(
            (changed.note.as_str(), changed.settings[1].is_changed),
            ("1 changed", true)
        );
        assert_eq!(changed.settings[1].chosen, "left_out");
    }

    #[test]
    fn the_default_and_an_empty_field_leave_nothing_in_the_options() {
        let found = view(&example(), &Options::default()).settings;
        let (number, choice) = (&found[0], &found[1]);
        let options = with_setting(Options::default(), &number.field, &number.name, "8.5");
        assert_eq!(options.settings["alpha.from"], Value::from(8.5));
        assert_eq!(
            with_setting(options, &number.field, &number.name, ""),
            Options::default()
        );
        let options = with_setting(Options::default(), &choice.field, &choice.name, "left_out");
        let back = with_setting(options, &choice.field, &choice.name, "counted");
        assert_eq!(back, Options::default());
    }

    #[test]
    fn names_are_typed_as_text_and_shown_with_commas() {
        let mut example = example();
        example.catalogue[0].settings[0].value_type = String::from("words");
        let none = Options::default();
        let field = view(&example, &none).settings[0].field.clone();
        assert!(matches!(field, SettingField::Words(_)), "{field:?}");
        let name = example.catalogue[0].settings[0].name.clone();
        let mut options = with_setting(none, &field, &name, " save, export ");
        assert_eq!(options.settings[&name], Value::from("save, export"));
        options.settings.insert(
            name.clone(),
            serde_json::from_str(r#"["save","export"]"#).unwrap(),
        );
        assert_eq!(view(&example, &options).settings[0].chosen, "save, export");
        assert!(
            with_setting(options, &field, &name, " ")
                .settings
                .is_empty()
        );
    }

    #[test]
    fn numbers_by_name_are_typed_beside_each_other() {
        let mut example = example();
        example.catalogue[0].settings[0].value_type = String::from("numbers by name");
        let none = Options::default();
        let setting = view(&example, &none).settings[0].clone();
        let options = with_setting(
            none,
            &setting.field,
            &setting.name,
            "urgent: 1, very high 4.5, x",
        );
        let expected: Value = serde_json::from_str(r#"{"urgent":1.0,"very high":4.5}"#).unwrap();
        assert_eq!(options.settings[&setting.name], expected);
        assert_eq!(
            view(&example, &options).settings[0].chosen,
            "urgent: 1.0, very high: 4.5"
        );
        assert!(
            with_setting(options, &setting.field, &setting.name, "")
                .settings
                .is_empty()
        );
    }

    #[test]
    fn settings_that_decide_nothing_about_a_table_are_not_shown() {
        let mut example = example();
        example.report.tables[0].kind = Some("account".to_owned());
        let found = view(&example, &Options::default()).settings;
        assert_eq!(found.len(), 1);
    }
}
