//! Recipes and other choices, as saved and edited by hand.

#[path = "../../src/web/embed/choices.rs"]
mod choices;

use kept::engine::options::{Options, Recipe};
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;
use serde_json::{Value, json};

use choices::laid_over;

const TABLE: &str = "customer,plan,date,nps,note\nC1,team,2025-01-31,9,a\nC2,solo,2025-02-28,3,b\nC1,team,03/04/2025,10,\n";
const MOST_STEPS: usize = 20_000;

/// Choices are followed or refused with a stated error; saved as a recipe and taken up again they
/// are the same ones and give the same report; and the page lays them over others as the engine does.
///
/// Up to a form feed the choices in force, then those given; both as JSON.
pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (base, given) = text.split_once('\u{C}').unwrap_or(("{}", &text));
    let nothing = Options::default();
    let Some(base) = laid(&nothing, base) else {
        return;
    };
    let Some(options) = laid(&base, given) else {
        return;
    };
    let saved = json!(Recipe {
        recipe: 1,
        options: options.clone(),
    });
    let recipe = json!({ "recipe": saved }).to_string();
    assert_eq!(laid(&nothing, &recipe).as_ref(), Some(&options), "{recipe}");
    assert_eq!(laid(&options, &recipe).as_ref(), Some(&options), "{recipe}");
    assert_eq!(options.clone().resolved(), options, "{recipe}");
    if let Ok(Value::Object(given)) = serde_json::from_str(given)
        && !takes_back(&Value::Object(given.clone()))
        && let Ok(own) = serde_json::from_value::<Options>(Value::Object(given.clone()))
        && own.recipe.is_none()
    {
        let over = Options {
            recipe: Some(Box::new(Recipe {
                recipe: 1,
                options: base,
            })),
            ..own
        };
        assert_eq!(over.resolved(), options, "{given:?}");
    }
    let by_recipe: Options =
        serde_json::from_str(&recipe).unwrap_or_else(|error| panic!("{recipe}: {error}"));
    assert_eq!(ended(options), ended(by_recipe), "{recipe}");
}

fn laid(base: &Options, given: &str) -> Option<Options> {
    match laid_over(base, given) {
        Ok(options) => Some(options),
        Err(error) => {
            assert_eq!(error.code, "options_invalid");
            assert!(!error.message.is_empty() && !error.hint.is_empty());
            None
        }
    }
}

/// Whether it takes something back to its default, which only the page knows, or gives an empty
/// list or map, which for the engine says nothing.
fn takes_back(given: &Value) -> bool {
    match given {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty() || map.values().any(takes_back),
        _ => false,
    }
}

/// The report on a small table, or the code of the error.
fn ended(options: Options) -> String {
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: vec![Source {
            name: "a.csv".to_owned(),
            size_bytes: None,
        }],
        options,
    });
    for _ in 0..MOST_STEPS {
        match session.step() {
            Some(Event::Finished { report, .. }) => return report,
            Some(Event::Failed { error, .. }) => {
                assert!(!error.message.is_empty() && !error.hint.is_empty());
                return error.code;
            }
            Some(_) => {}
            None => {
                assert!(session.wants().is_some(), "the run has no end");
                session.feed(TABLE.as_bytes());
                session.end_of_source();
            }
        }
    }
    panic!("the run does not end");
}
