//! Every KPI's worked examples, from pasted cells through reading and unaided detection to the
//! figure; and what must hold for every KPI.

mod support;

use kept::engine::kpi::definition::Gives;
use kept::engine::kpi::registry;
use kept::engine::report::Status;
use support::{assert_close, finding, options, report_on};

#[test]
fn every_example_gives_what_it_claims() {
    for kpi in registry::ALL {
        for example in kpi.examples {
            let what = format!("{} {}", kpi.id, example.name);
            let report = report_on(
                &[("pasted", example.pasted.as_bytes())],
                &options(example.options),
            )
            .unwrap_or_else(|error| panic!("{what}: {error}"));
            let found = finding(&report, kpi.id);
            match example.gives {
                Gives::Value(value, parts) => {
                    assert_eq!(found.status, Status::Ok, "{what}: {:?}", found.refusal);
                    assert_close(found.value.unwrap(), value, 1e-11, &what);
                    for (name, expected) in parts {
                        let part = found
                            .parts
                            .get(name)
                            .unwrap_or_else(|| panic!("{what}: no part {name}"));
                        assert!(
                            (part - expected).abs() < 1e-8,
                            "{what}: {name} is {part}, not {expected}"
                        );
                    }
                }
                Gives::Refusal(code) => {
                    let refusal = found
                        .refusal
                        .as_ref()
                        .unwrap_or_else(|| panic!("{what}: gave {:?}", found.value));
                    assert_eq!(refusal.code, code, "{what}");
                    assert!(found.value.is_none(), "{what}");
                }
            }
        }
    }
}

#[test]
fn every_kpi_explains_itself_and_shows_a_refusal() {
    for kpi in registry::ALL {
        let about = kpi.report();
        assert!(kpi.examples.len() >= 2, "{}", kpi.id);
        assert!(
            kpi.examples
                .iter()
                .any(|e| matches!(e.gives, Gives::Refusal(_))),
            "{}",
            kpi.id
        );
        assert!(
            about.definition.ends_with('.') && about.question.ends_with('?'),
            "{}",
            kpi.id
        );
        assert!(
            !about.limits.is_empty() && !about.parts.is_empty() && !about.needs.is_empty(),
            "{}",
            kpi.id
        );
        assert!(
            about.variants.iter().filter(|rule| rule.default).count() == 1,
            "{}",
            kpi.id
        );
        assert!(
            about
                .variants
                .iter()
                .all(|rule| !rule.source.is_empty() && rule.rule.ends_with('.')),
            "{}",
            kpi.id
        );
    }
}

#[test]
fn every_part_of_a_finding_is_described() {
    for kpi in registry::ALL {
        let known: Vec<&str> = kpi.parts.iter().map(|part| part.name).collect();
        for example in kpi.examples {
            let report = report_on(
                &[("pasted", example.pasted.as_bytes())],
                &options(example.options),
            )
            .unwrap();
            for (name, _) in &finding(&report, kpi.id).parts.0 {
                assert!(known.contains(&name.as_str()), "{}: {name}", kpi.id);
            }
        }
    }
}

/// Rows in another order, columns in another order, a further column: the figure stays.
#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    for kpi in registry::ALL {
        for example in kpi.examples {
            let Gives::Value(value, _) = example.gives else {
                continue;
            };
            for changed in [
                reversed_rows(example.pasted),
                reversed_columns(example.pasted),
                with_a_column_more(example.pasted),
            ] {
                let report =
                    report_on(&[("pasted", changed.as_bytes())], &options(example.options))
                        .unwrap();
                let found = finding(&report, kpi.id);
                assert_close(
                    found.value.unwrap_or(f64::NAN),
                    value,
                    1e-11,
                    &format!("{} {}\n{changed}", kpi.id, example.name),
                );
            }
        }
    }
}

fn reversed_rows(table: &str) -> String {
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    lines.join("\n") + "\n"
}

fn reversed_columns(table: &str) -> String {
    let turned = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
    table.lines().map(turned).collect::<Vec<_>>().join("\n") + "\n"
}

fn with_a_column_more(table: &str) -> String {
    table
        .lines()
        .enumerate()
        .map(|(place, line)| {
            if place == 0 {
                format!("{line},shoe size")
            } else {
                format!("{line},{}", 30 + place % 20)
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}
