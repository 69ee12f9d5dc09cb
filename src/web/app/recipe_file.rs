//! A recipe as a file: known among the files that are dropped, and read.

use kept::engine::base::Error;
use kept::engine::options::Options;
use kept::present::language::say;
use kept::present::words;
use serde_json::Value;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::web::embed::choices::laid_over;

/// A recipe is far smaller; a larger file is a table.
const MOST_BYTES: f64 = 1e6;

/// The text of the file if it is a recipe, whatever its version.
pub async fn text(file: &File) -> Option<String> {
    if !file.name().to_lowercase().ends_with(".json") || file.size() > MOST_BYTES {
        return None;
    }
    let text = JsFuture::from(file.text()).await.ok()?.as_string()?;
    is_recipe(&text).then_some(text)
}

fn is_recipe(text: &str) -> bool {
    serde_json::from_str::<Value>(text)
        .is_ok_and(|value| value.get("recipe").is_some_and(Value::is_number))
}

/// The choices that the recipe makes, over those of the element.
///
/// # Errors
/// `recipe_unreadable`, and `options_invalid` for a field that is none.
pub fn options(defaults: &Options, text: &str) -> Result<Options, Error> {
    if !is_recipe(text) {
        return Err(Error::new(
            "recipe_unreadable",
            say(words::RECIPE_UNREADABLE),
            say(words::RECIPE_UNREADABLE_HINT),
        ));
    }
    laid_over(defaults, &format!("{{\"recipe\":{text}}}"))
}
