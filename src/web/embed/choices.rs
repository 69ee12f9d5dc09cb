//! Options as an embedder gives them, laid over those in force.

use kept::engine::base::Error;
use kept::engine::options::Options;
use serde_json::{Map, Value};

/// The choices in force with the given ones laid over them. `null` takes a field back to its
/// default. A recipe is laid over first, so that what stands beside it wins.
///
/// # Errors
/// `options_invalid`, naming the field.
pub fn laid_over(base: &Options, given: &str) -> Result<Options, Error> {
    let Ok(Value::Object(mut given)) = serde_json::from_str(given) else {
        return Err(invalid("options", "they must be an object"));
    };
    let mut whole = match serde_json::to_value(base) {
        Ok(Value::Object(whole)) => whole,
        Ok(_) | Err(_) => Map::new(),
    };
    whole.remove("recipe");
    match given.remove("recipe") {
        Some(Value::Null) | None => {}
        Some(Value::Object(mut recipe)) => {
            let version = recipe.remove("recipe");
            if version.is_some_and(|version| version != 1) {
                return Err(invalid("recipe", "only recipes of version 1 are known"));
            }
            match recipe.remove("options") {
                Some(Value::Object(saved)) => lay_over(&mut whole, saved)?,
                Some(_) => return Err(invalid("recipe.options", "they must be an object")),
                None => {}
            }
            if let Some(unknown) = recipe.keys().next() {
                return Err(invalid(
                    &format!("recipe.{unknown}"),
                    "there is no such field",
                ));
            }
        }
        Some(_) => return Err(invalid("recipe", "it must be an object")),
    }
    lay_over(&mut whole, given)?;
    serde_json::from_value(Value::Object(whole))
        .map_err(|reason| invalid("options", &reason.to_string()))
}

fn lay_over(whole: &mut Map<String, Value>, given: Map<String, Value>) -> Result<(), Error> {
    for (name, value) in given {
        if value.is_null() {
            whole.remove(&name);
            continue;
        }
        let under = whole.get(&name).cloned().unwrap_or(Value::Null);
        let laid = match name.as_str() {
            "variants" | "settings" | "targets" | "exchange_rates" | "precision" => {
                entries(under, value, |_, over| over)
            }
            "mapping" => entries(under, value, table),
            _ => value,
        };
        check(&name, &laid)?;
        whole.insert(name, laid);
    }
    Ok(())
}

/// Lays entry over entry; null takes an entry back.
fn entries(under: Value, over: Value, lay: fn(Value, Value) -> Value) -> Value {
    let Value::Object(given) = over else {
        return over;
    };
    let mut whole = match under {
        Value::Object(whole) => whole,
        _ => Map::new(),
    };
    for (name, value) in given {
        let before = whole.remove(&name).unwrap_or(Value::Null);
        if !value.is_null() {
            whole.insert(name, lay(before, value));
        }
    }
    Value::Object(whole)
}

/// Lays one table's mapping over another; a column's null is a choice, it means "no role".
fn table(under: Value, over: Value) -> Value {
    let columns_before = under.get("columns").cloned();
    let columns_given = over.get("columns").cloned();
    let mut whole = entries(under, over, |_, over| over);
    if let (Some(Value::Object(mut columns)), Some(Value::Object(given)), Value::Object(whole)) =
        (columns_before, columns_given, &mut whole)
    {
        columns.extend(given);
        whole.insert(String::from("columns"), Value::Object(columns));
    }
    whole
}

/// Reads one field on its own, so that the message can name it.
fn check(name: &str, value: &Value) -> Result<(), Error> {
    let mut alone = Map::new();
    alone.insert(name.to_owned(), value.clone());
    serde_json::from_value::<Options>(Value::Object(alone))
        .map(drop)
        .map_err(|reason| invalid(name, &reason.to_string()))
}

fn invalid(field: &str, reason: &str) -> Error {
    Error::new(
        "options_invalid",
        format!("The option `{field}` cannot be used: {reason}."),
        "Correct this field, or leave it out.",
    )
}
