//! The text of a query: one relation after the other, a comment before each, a column a line.

use super::dialect::Dialect;
use super::expression::Expr;
use super::relation::{Join, Named, Relation, Rows, Select};

/// The text of a query: relations under `WITH`, then what is chosen from them.
pub fn query(dialect: Dialect, named: &[Named], last: &Select) -> String {
    let relations: Vec<String> = named
        .iter()
        .map(|one| {
            let is = relation(dialect, &one.is);
            format!("-- {}\n{} AS (\n  {is}\n)", one.says, one.name)
        })
        .collect();
    let last = select(dialect, last, "");
    if relations.is_empty() {
        return format!("{last};\n");
    }
    format!("WITH\n{}\n{last};\n", relations.join(",\n"))
}

fn relation(dialect: Dialect, is: &Relation) -> String {
    match is {
        Relation::Select(one) => select(dialect, one, "  "),
        Relation::Union(several) => {
            let several: Vec<String> = several
                .iter()
                .map(|one| select(dialect, one, "  "))
                .collect();
            several.join("\n  UNION ALL\n  ")
        }
        Relation::Calendar {
            unit,
            from,
            first,
            last,
        } => dialect.calendar(*unit, (from, first, last), "  "),
    }
}

/// `margin`: what stands before every line but the first.
fn select(dialect: Dialect, select: &Select, margin: &str) -> String {
    let mut lines = vec![String::from(if select.distinct {
        "SELECT DISTINCT"
    } else {
        "SELECT"
    })];
    let columns = select.columns.iter().enumerate();
    lines.extend(columns.map(|(place, (name, is))| {
        let comma = if place + 1 == select.columns.len() {
            ""
        } else {
            ","
        };
        let text = dialect.write(is);
        let is_same = match is {
            Expr::Name(own) | Expr::Of(_, own) => own == name,
            _ => false,
        };
        if is_same {
            format!("  {text}{comma}")
        } else {
            format!("  {text} AS {name}{comma}")
        }
    }));
    match &select.from {
        Rows::Nowhere => {}
        from => {
            let called = match select.called {
                Some(name) => format!(" AS {name}"),
                None => String::new(),
            };
            lines.push(format!("FROM {}{called}", place(dialect, from)));
        }
    }
    for join in &select.joins {
        lines.push(match join {
            Join::On(relation, called, on) => {
                format!("JOIN {relation} AS {called} ON {}", dialect.write(on))
            }
            Join::Left(relation, called, on) => {
                format!("LEFT JOIN {relation} AS {called} ON {}", dialect.write(on))
            }
            Join::Cross(relation, called) => format!("CROSS JOIN {relation} AS {called}"),
        });
    }
    let filters: Vec<&Expr> = select.filters.iter().flat_map(parts).collect();
    for (place, filter) in filters.into_iter().enumerate() {
        let word = if place == 0 { "WHERE" } else { "  AND" };
        let text = dialect.write(filter);
        let text = match filter {
            Expr::Infix("OR", _) => format!("({text})"),
            _ => text,
        };
        lines.push(format!("{word} {text}"));
    }
    let listed = |word: &str, of: &[Expr]| {
        let of: Vec<String> = of.iter().map(|it| dialect.write(it)).collect();
        (!of.is_empty()).then(|| format!("{word} {}", of.join(", ")))
    };
    lines.extend(listed("GROUP BY", &select.group));
    if let Some(having) = &select.having {
        lines.push(format!("HAVING {}", dialect.write(having)));
    }
    lines.extend(listed("ORDER BY", &select.order));
    lines.join(&format!("\n{margin}"))
}

/// The conditions of which all must hold.
fn parts(filter: &Expr) -> Vec<&Expr> {
    match filter {
        Expr::Infix("AND", several) => several.iter().flat_map(parts).collect(),
        one => vec![one],
    }
}

fn place(dialect: Dialect, rows: &Rows) -> String {
    match rows {
        Rows::Ours(name) => (*name).to_owned(),
        Rows::Theirs(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| dialect.quoted(part)).collect();
            parts.join(".")
        }
        Rows::Nowhere => String::new(),
    }
}
