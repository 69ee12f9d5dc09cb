//! Leaves out of a plan's relations what no later relation asks for, so that a query shows, and an
//! engine reads, only what the figure needs.

use std::collections::BTreeSet;

use super::expression::Expr;
use super::relation::{Join, Named, Relation, Rows, Select};

/// The relations without columns, and without relations, that nobody asks for.
pub fn pruned(mut named: Vec<Named>, last: &Select) -> Vec<Named> {
    let mut asked = BTreeSet::new();
    of_select(last, &mut asked);
    let mut kept = Vec::with_capacity(named.len());
    while let Some(mut one) = named.pop() {
        if !asked.contains(one.name) {
            continue;
        }
        match &mut one.is {
            Relation::Select(select) => keep_asked(select, &asked),
            Relation::Union(several) => several
                .iter_mut()
                .for_each(|select| keep_asked(select, &asked)),
            Relation::Calendar { .. } => {}
        }
        match &one.is {
            Relation::Select(select) => of_select(select, &mut asked),
            Relation::Union(several) => several
                .iter()
                .for_each(|select| of_select(select, &mut asked)),
            Relation::Calendar {
                from, first, last, ..
            } => asked.extend([from, first, last].map(|it| String::from(*it))),
        }
        kept.push(one);
    }
    kept.reverse();
    kept
}

/// The columns of the user's table that a relation on it asks for.
pub fn cells(named: &[Named], relation: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for one in named.iter().filter(|one| one.name == relation) {
        if let Relation::Select(select) = &one.is
            && matches!(select.from, Rows::Theirs(_))
        {
            let all = select.columns.iter().map(|(_, is)| is);
            for expr in all.chain(&select.filters) {
                walk(expr, &mut |it| {
                    if let Expr::Cell(header) = it {
                        found.insert(header.clone());
                    }
                });
            }
        }
    }
    found
}

fn keep_asked(select: &mut Select, asked: &BTreeSet<String>) {
    if !select.distinct {
        select.columns.retain(|(name, _)| asked.contains(name));
    }
}

/// The names of columns and relations that a selection asks for.
fn of_select(select: &Select, asked: &mut BTreeSet<String>) {
    if let Rows::Ours(name) = select.from {
        asked.insert(name.to_owned());
    }
    let mut exprs: Vec<&Expr> = select.columns.iter().map(|(_, is)| is).collect();
    exprs.extend(&select.filters);
    exprs.extend(&select.group);
    exprs.extend(&select.having);
    exprs.extend(&select.order);
    for join in &select.joins {
        let (Join::On(relation, ..) | Join::Left(relation, ..) | Join::Cross(relation, _)) = join;
        asked.insert(String::from(*relation));
        if let Join::On(_, _, on) | Join::Left(_, _, on) = join {
            exprs.push(on);
        }
    }
    for expr in exprs {
        walk(expr, &mut |it| match it {
            Expr::Name(name) | Expr::Of(_, name) => {
                asked.insert(name.clone());
            }
            Expr::Only(column, relation) | Expr::Among(_, column, relation) => {
                asked.extend([column, relation].map(|it| String::from(*it)));
            }
            _ => {}
        });
    }
}

/// Shows an expression and all that it is made of.
pub(super) fn walk<'a>(expr: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    see(expr);
    match expr {
        Expr::Infix(_, all) | Expr::Call(_, all) => all.iter().for_each(|it| walk(it, see)),
        Expr::Not(one) | Expr::IsKnown(one, _) | Expr::Cast(one, _) | Expr::Among(one, ..) => {
            walk(one, see);
        }
        Expr::In(one, all) => {
            walk(one, see);
            for one in all {
                walk(one, see);
            }
        }
        Expr::Case(cases, otherwise) => {
            for (condition, then) in cases {
                walk(condition, see);
                walk(then, see);
            }
            if let Some(otherwise) = otherwise {
                walk(otherwise, see);
            }
        }
        Expr::Window(what, same, order) => {
            walk(what, see);
            for one in same {
                walk(one, see);
            }
            for (by, _) in order {
                walk(by, see);
            }
        }
        Expr::Name(_)
        | Expr::Of(..)
        | Expr::Cell(_)
        | Expr::Number(_)
        | Expr::Whole(_)
        | Expr::Text(_)
        | Expr::Day(_)
        | Expr::Nothing(_)
        | Expr::Only(..) => {}
    }
}

/// Where figures are not split, rows need not say which part they belong to: takes that out of the
/// relations before those of the windows, so that engines need not sort by it.
pub fn undivided(named: &mut [Named]) {
    let before = named.iter().position(|one| one.name == "scoped");
    for one in &mut named[..before.unwrap_or(0)] {
        match &mut one.is {
            Relation::Select(select) => undivide(select),
            Relation::Union(several) => several.iter_mut().for_each(undivide),
            Relation::Calendar { .. } => {}
        }
    }
}

const PARTS: [&str; 2] = ["by_segment", "segment"];

fn tells_part(expr: &Expr) -> bool {
    matches!(expr, Expr::Name(name) if PARTS.contains(&name.as_str()))
}

fn undivide(select: &mut Select) {
    let is_part = |name: &str| PARTS.contains(&name);
    select.columns.retain(|(name, _)| !is_part(name));
    select.group.retain(|by| !tells_part(by));
    for (_, is) in &mut select.columns {
        unpartition(is);
    }
}

fn unpartition(expr: &mut Expr) {
    match expr {
        Expr::Window(_, same, _) => same.retain(|one| !tells_part(one)),
        Expr::Call(_, all) => all.iter_mut().for_each(unpartition),
        Expr::Cast(one, _) => unpartition(one),
        _ => {}
    }
}
