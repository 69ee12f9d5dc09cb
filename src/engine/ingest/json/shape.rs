//! Where in a JSON text the records are.

use super::outline::{Elements, Members, Node, Outline};

/// How the records of a text are laid out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Shape {
    /// One value after the other, each on its line or spread over several.
    Sequence,
    /// The elements of an array whose inside begins here.
    Array {
        /// The byte after its bracket.
        inside: usize,
        /// The names on the way to it; empty where it is the whole text.
        path: Vec<String>,
        /// The names of the columns, where they stand beside rows that are arrays.
        header: Option<std::ops::Range<usize>>,
    },
    /// The members of an object whose inside begins here; their names become a column.
    Keyed {
        /// The byte after its brace.
        inside: usize,
        /// The names on the way to it.
        path: Vec<String>,
    },
    /// An object of columns: arrays, or objects by row number. It has to be known whole.
    Columns,
    /// One record: the whole text.
    Single,
    /// More of the text has to be seen.
    Unknown,
}

/// Names under which programs put their records.
const USUAL: [&str; 18] = [
    "data", "results", "rows", "records", "items", "values", "entries", "value", "features",
    "hits", "events", "edges", "nodes", "list", "issues", "tickets", "result", "objects",
];

/// Names under which programs put the names of columns.
const HEADERS: [&str; 7] = [
    "columns",
    "fields",
    "header",
    "headers",
    "names",
    "column_names",
    "keys",
];

/// The shape of a text. `complete`: nothing comes after the bytes that were outlined.
pub fn shape(outline: &Outline, after: Option<u8>, complete: bool) -> Shape {
    // Another value follows the first one.
    if outline.end.is_some() && after.is_some() {
        return Shape::Sequence;
    }
    let whole = complete || outline.end.is_some();
    match &outline.root {
        Node::Scalar => Shape::Sequence,
        Node::Array(elements) => Shape::Array {
            inside: elements.inside.start,
            path: Vec::new(),
            header: None,
        },
        Node::Object(members) => of_object(members, whole),
    }
}

fn of_object(root: &Members, whole: bool) -> Shape {
    if by_row_number(root) {
        return Shape::Columns;
    }
    if is_keyed(root) {
        return Shape::Keyed {
            inside: root.inside.start,
            path: Vec::new(),
        };
    }
    let mut found = Vec::new();
    candidates(root, &mut Vec::new(), &mut found);
    if let Some(best) = found.into_iter().max_by_key(|one| one.rank) {
        return best.shape;
    }
    if !whole {
        return Shape::Unknown;
    }
    if are_columns(root) {
        return Shape::Columns;
    }
    Shape::Single
}

/// Most members are lists of one length, or all of them are lists of any.
fn are_columns(root: &Members) -> bool {
    let lists: Vec<usize> = root
        .members
        .iter()
        .filter_map(|(_, node)| node.elements())
        .map(|list| list.count)
        .collect();
    let same = lists.iter().all(|count| Some(count) == lists.first());
    lists.iter().any(|count| *count > 0)
        && (lists.len() == root.members.len()
            || (same && lists.len() > 1 && lists.len() * 2 > root.members.len()))
}

struct Candidate {
    rank: (bool, usize),
    shape: Shape,
}

/// Everything below an object that could hold records.
fn candidates(object: &Members, path: &mut Vec<String>, found: &mut Vec<Candidate>) {
    for (name, node) in &object.members {
        path.push(name.clone());
        let usual = USUAL.contains(&name.to_lowercase().as_str());
        match node {
            Node::Array(list) if !list.scalars => found.push(Candidate {
                rank: (usual, list.inside.len()),
                shape: Shape::Array {
                    inside: list.inside.start,
                    path: path.clone(),
                    header: header_beside(object, list),
                },
            }),
            Node::Object(inner) if is_keyed(inner) => found.push(Candidate {
                rank: (usual, inner.inside.len()),
                shape: Shape::Keyed {
                    inside: inner.inside.start,
                    path: path.clone(),
                },
            }),
            Node::Object(inner) => candidates(inner, path, found),
            _ => {}
        }
        path.pop();
    }
}

/// The list of names beside a list of rows that are lists.
fn header_beside(object: &Members, rows: &Elements) -> Option<std::ops::Range<usize>> {
    let width = rows.first.as_ref()?.elements()?.count;
    object.members.iter().find_map(|(name, node)| {
        let list = node.elements()?;
        let fits = list.scalars && list.count == width && width > 0;
        (fits && HEADERS.contains(&name.to_lowercase().as_str())).then(|| list.inside.clone())
    })
}

/// Every member is an object, at least two of them, and they have names in common.
fn is_keyed(object: &Members) -> bool {
    let mut inner = object.members.iter().map(|(_, node)| node.members());
    let Some(Some(first)) = inner.next() else {
        return false;
    };
    let mut count = 1;
    for members in inner {
        let Some(members) = members else {
            return false;
        };
        count += 1;
        // The last object may be cut short: what is there of it has to fit.
        let shared = members
            .members
            .iter()
            .filter(|(name, _)| first.members.iter().any(|(other, _)| other == name))
            .count();
        if shared * 2 < members.members.len() || (members.whole && shared == 0) {
            return false;
        }
    }
    count > 1
}

/// Columns written as objects whose names are the numbers of the rows.
fn by_row_number(object: &Members) -> bool {
    object.members.iter().all(|(name, node)| {
        name.parse::<u64>().is_err()
            && node.members().is_some_and(|column| {
                !column.members.is_empty()
                    && column
                        .members
                        .iter()
                        .enumerate()
                        .all(|(row, (name, node))| {
                            name.parse() == Ok(row) && matches!(node, Node::Scalar)
                        })
            })
    }) && !object.members.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::*;

    fn of(text: &str) -> String {
        let outline = outline(text.as_bytes());
        let after = outline
            .end
            .and_then(|end| text.as_bytes()[end..].trim_ascii().first().copied());
        match shape(&outline, after, true) {
            Shape::Array { path, header, .. } => {
                let header =
                    header.map_or(String::new(), |range| text.get(range).unwrap().to_owned());
                format!("array {} {header}", path.join("/"))
            }
            Shape::Keyed { path, .. } => format!("keyed {}", path.join("/")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn records_are_found_where_common_programs_put_them() {
        for (text, expected) in [
            (r#"[{"a":1}]"#, "array  "),
            (r#"{"data":[{"a":1}],"next":null}"#, "array data "),
            (
                r#"{"meta":[{"name":"a"},{"name":"b"}],"data":[{"a":1}]}"#,
                "array data ",
            ),
            (
                r#"{"hits":{"total":1,"hits":[{"_source":{"a":1}}]}}"#,
                "array hits/hits ",
            ),
            (
                r#"{"columns":["a","b"],"index":[0],"data":[[1,2]]}"#,
                "array data \"a\",\"b\"",
            ),
            (r#"{"k1":{"a":1,"b":2},"k2":{"a":3}}"#, "keyed "),
            (r#"{"users":{"u1":{"a":1},"u2":{"a":2}}}"#, "keyed users"),
            (r#"{"a":{"0":1,"1":2},"b":{"0":3,"1":4}}"#, "Columns"),
            (r#"{"a":[1,2],"b":[3,4]}"#, "Columns"),
            (r#"{"a":1,"b":{"c":2}}"#, "Single"),
            (r#"{"a":1,"tags":["x","y"]}"#, "Single"),
            (r#"{"a":1,"tags":["x","y"],"l":[1]}"#, "Single"),
            (r#"{"total":2,"a":[1,2],"b":[3,4]}"#, "Columns"),
            ("{\"a\":1}\n{\"a\":2}", "Sequence"),
            ("[1,2]\n[3,4]", "Sequence"),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn an_object_whose_nature_comes_later_is_unknown_until_then() {
        let begun = outline(br#"{"version":"2","note":"long"#);
        assert_eq!(shape(&begun, None, false), Shape::Unknown);
    }
}
