//! Tables told apart by name.

use std::collections::BTreeSet;

use super::controller::Input;

/// The same inputs, every name different: a second `a.csv` becomes `a_2.csv`.
pub fn made_distinct(inputs: Vec<Input>) -> Vec<Input> {
    let mut taken = BTreeSet::new();
    inputs
        .into_iter()
        .map(|input| {
            let name = distinct_name(&input.name, &taken);
            taken.insert(name.clone());
            Input {
                name,
                blob: input.blob,
            }
        })
        .collect()
}

fn distinct_name(wanted: &str, taken: &BTreeSet<String>) -> String {
    let (stem, extension) = match wanted.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (wanted, String::new()),
    };
    let mut name = wanted.to_owned();
    let mut count = 2;
    while taken.contains(&name) {
        name = format!("{stem}_{count}{extension}");
        count += 1;
    }
    name
}
