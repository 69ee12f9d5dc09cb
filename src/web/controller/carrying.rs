//! A copy of the single file that carries what is held: tables and choices.

use js_sys::{Array, Object, Promise, Reflect};
use kept::engine::base::Error;
use kept::engine::options::Recipe;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::Controller;
use crate::web::dom;

const HINT: &str = "Pass on the figures without rows, or the tables and the recipe as files.";

impl Controller {
    /// The choices in force as JSON, to be saved for another day. Holds no data.
    pub fn recipe(&self) -> String {
        let recipe = Recipe {
            recipe: 1,
            options: self.options(),
        };
        serde_json::to_string(&recipe).unwrap_or_else(|_| String::from("null"))
    }

    /// The names of the held tables, in the order given, each with its size in bytes.
    pub fn held(&self) -> Vec<(String, f64)> {
        let state = self.0.state.borrow();
        state
            .held
            .iter()
            .map(|input| (input.name.clone(), input.blob.size()))
            .collect()
    }

    /// The single file with the held tables and the choices in force in it.
    ///
    /// # Errors
    /// `nothing_loaded`, `not_whole`, `tables_too_large`, `file_unreadable`.
    pub async fn carrying(&self) -> Result<Blob, Error> {
        let inputs = self.0.state.borrow().held.clone();
        if inputs.is_empty() {
            return Err(Error::new(
                "nothing_loaded",
                "There is no table to put into a file.",
                "Load a table first.",
            ));
        }
        let failed = |thrown: JsValue| dom::error_from_js(&thrown, "file_unreadable", HINT);
        let tables = Array::new();
        for input in &inputs {
            let table = Object::new();
            Reflect::set(&table, &"name".into(), &input.name.as_str().into()).map_err(failed)?;
            Reflect::set(&table, &"blob".into(), &input.blob).map_err(failed)?;
            tables.push(&table);
        }
        let made = self
            .0
            .program
            .carrying
            .call2(&JsValue::NULL, &tables, &self.recipe().into())
            .map_err(failed)?;
        let file = JsFuture::from(Promise::resolve(&made)).await;
        file.and_then(JsCast::dyn_into::<Blob>).map_err(failed)
    }
}
