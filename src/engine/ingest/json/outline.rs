//! The outline of a JSON text, as far as its first bytes show it.

use std::ops::Range;

use super::cursor::{Cursor, Fault, Kind};

/// Below this many levels the outline goes into no more detail.
const MOST_LEVELS: usize = 6;

/// A value in outline.
#[derive(Clone, Debug)]
pub enum Node {
    /// A string, a number or a word.
    Scalar,
    /// An object.
    Object(Members),
    /// An array.
    Array(Elements),
}

/// An object in outline.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// Its bytes inside the braces, as far as they were seen.
    pub inside: Range<usize>,
    /// Its members in order.
    pub members: Vec<(String, Node)>,
    /// Its end was seen.
    pub whole: bool,
}

/// An array in outline.
#[derive(Clone, Debug, Default)]
pub struct Elements {
    /// Its bytes inside the brackets, as far as they were seen.
    pub inside: Range<usize>,
    /// Its first element.
    pub first: Option<Box<Node>>,
    /// How many elements were seen.
    pub count: usize,
    /// No element seen is an object or an array.
    pub scalars: bool,
}

/// The first value of a text, and what comes after it.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The value.
    pub root: Node,
    /// Where it ends; absent where its end was not seen.
    pub end: Option<usize>,
}

/// The outline of the first value.
pub fn outline(bytes: &[u8]) -> Outline {
    let mut cursor = Cursor::new(bytes, 0);
    let mut root = Node::Scalar;
    let whole = node(&mut cursor, 0, &mut root).is_ok();
    Outline {
        root,
        end: whole.then_some(cursor.at),
    }
}

/// Fills a node with what is seen, also where it is cut short.
fn node(cursor: &mut Cursor<'_>, level: usize, node: &mut Node) -> Result<(), Fault> {
    let kind = cursor.kind()?;
    if matches!(kind, Kind::String | Kind::Word) {
        cursor.skip(level)?;
        return Ok(());
    }
    let open = cursor.at + 1;
    if kind == Kind::Object {
        let mut members = Members {
            inside: open..open,
            ..Members::default()
        };
        let seen = object(cursor, level, &mut members);
        *node = Node::Object(members);
        seen
    } else {
        let mut elements = Elements {
            inside: open..open,
            scalars: true,
            ..Elements::default()
        };
        let seen = array(cursor, level, &mut elements);
        *node = Node::Array(elements);
        seen
    }
}

fn object(cursor: &mut Cursor<'_>, level: usize, into: &mut Members) -> Result<(), Fault> {
    if level >= MOST_LEVELS {
        into.inside = cursor.skip(level)?;
        into.whole = true;
        return Ok(());
    }
    cursor.at += 1;
    let mut key = String::new();
    while cursor.next_member(into.members.is_empty(), &mut key)? {
        let mut member = Node::Scalar;
        let seen = cursor
            .kind()
            .and_then(|_| node(cursor, level + 1, &mut member));
        into.members.push((key.clone(), member));
        into.inside.end = cursor.at;
        seen?;
    }
    into.inside.end = cursor.at - 1;
    into.whole = true;
    Ok(())
}

fn array(cursor: &mut Cursor<'_>, level: usize, into: &mut Elements) -> Result<(), Fault> {
    cursor.at += 1;
    while cursor.next_element(into.count == 0)? {
        let kind = cursor.kind()?;
        into.scalars &= matches!(kind, Kind::String | Kind::Word);
        let seen = if into.count == 0 && level < MOST_LEVELS {
            let mut first = Node::Scalar;
            let seen = node(cursor, level + 1, &mut first);
            into.first = Some(Box::new(first));
            seen
        } else {
            cursor.skip(level + 1).map(drop)
        };
        into.count += 1;
        // A cut element counts up to where the bytes end, so that a long array looks long.
        into.inside.end = cursor.at;
        seen?;
    }
    into.inside.end = cursor.at - 1;
    Ok(())
}

impl Node {
    /// The members, where it is an object.
    pub const fn members(&self) -> Option<&Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements, where it is an array.
    pub const fn elements(&self) -> Option<&Elements> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_shows_what_is_there_before_a_cut() {
        let outline = outline(br#"{"next":null,"data":[{"a":1},{"a":"#);
        assert_eq!(outline.end, None);
        let members = &outline.root.members().unwrap().members;
        assert_eq!(members[1].0, "data");
        let data = members[1].1.elements().unwrap();
        assert!(data.count >= 2 && !data.scalars);
        assert!(data.first.as_ref().unwrap().members().unwrap().whole);
    }

    #[test]
    fn an_outline_ends_where_its_value_ends() {
        assert_eq!(outline(b" {\"a\":1}\n{\"a\":2}").end, Some(8));
    }
}
