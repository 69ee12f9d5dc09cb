//! Looks at the XML of a workbook on its way to the reader of sheets.
//!
//! It takes away what that reader would trust and must not (declared sizes), lets unusual cells
//! through that it would stumble over, and counts what it does not tell. Everything keeps its
//! length: what is taken away becomes blanks.

/// A tag longer than this is no part of a table.
const MOST_TAG_BYTES: usize = 1 << 20;

/// What was seen in a part so far.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// Rows that the spreadsheet program does not show.
    pub hidden_rows: u64,
    /// Cells with a formula and without the value that it had.
    pub formulas_without_value: u64,
}

/// Watches one part, piece by piece.
#[derive(Debug, Default)]
pub struct Guard {
    /// What was seen.
    pub seen: Seen,
    cell: Option<CellSeen>,
    /// Bytes since the last tag.
    text_bytes: usize,
    /// The first bytes were looked at.
    begun: bool,
}

/// What was seen of the cell at hand.
#[derive(Clone, Copy, Debug, Default)]
struct CellSeen {
    formula: bool,
    value: bool,
    /// It says that its value is a text, which may be empty.
    text: bool,
}

/// A text longer than this is no cell: a cell holds 32,767 characters.
const MOST_TEXT_BYTES: usize = 8 << 20;

/// Why a part cannot be let through.
pub const TOO_LONG: &str = "a tag or a text is too long";
/// Why a part cannot be let through.
pub const ENCODING: &str = "a part is not in UTF-8";
/// Why a part cannot be let through.
pub const OUTSIDE: &str = "a cell lies outside of every sheet";

impl Guard {
    /// Looks at the bytes from `from` on, and changes what has to be changed. Gives how many of
    /// all bytes may be passed on; what follows is part of an unfinished tag.
    ///
    /// # Errors
    /// [`TOO_LONG`], [`ENCODING`], [`OUTSIDE`].
    pub fn look(&mut self, bytes: &mut [u8], from: usize) -> Result<usize, &'static str> {
        let mut at = from;
        if !self.begun && bytes.len() >= 2 {
            self.begun = true;
            // Names would look otherwise in UTF-16, and pass unseen.
            if bytes
                .iter()
                .take(2)
                .any(|byte| matches!(byte, 0 | 0xFE | 0xFF))
            {
                return Err(ENCODING);
            }
        }
        loop {
            let rest = bytes.get(at..).unwrap_or(&[]);
            let Some(open) = rest.iter().position(|byte| *byte == b'<') else {
                self.text_bytes += rest.len();
                return if self.text_bytes > MOST_TEXT_BYTES {
                    Err(TOO_LONG)
                } else {
                    Ok(bytes.len())
                };
            };
            if self.text_bytes + open > MOST_TEXT_BYTES {
                return Err(TOO_LONG);
            }
            self.text_bytes = 0;
            let open = at + open;
            let rest = bytes.get_mut(open..).unwrap_or(&mut []);
            let Some(length) = length_of(rest) else {
                return if rest.len() > MOST_TAG_BYTES {
                    Err(TOO_LONG)
                } else {
                    Ok(open)
                };
            };
            if let Some(tag) = rest.get_mut(..length) {
                self.tag(tag)?;
            }
            at = open + length;
        }
    }

    fn tag(&mut self, tag: &mut [u8]) -> Result<(), &'static str> {
        if tag.starts_with(b"<?") {
            return in_utf_8(tag);
        }
        let Some((closing, name)) = local_name(tag) else {
            return Ok(());
        };
        let empty = tag.ends_with(b"/>");
        match name {
            Name::Cell if closing => self.end_of_cell(),
            Name::Cell => {
                in_sheet(tag)?;
                let kind = attribute(tag, b"t");
                let kind_text = kind.clone().and_then(|one| tag.get(one.value));
                self.cell = (!empty).then(|| CellSeen {
                    text: matches!(kind_text, Some(b"str" | b"inlineStr")),
                    ..CellSeen::default()
                });
                // Newer errors than it knows, and words where numbers should be, stay text.
                if matches!(kind_text, Some(b"e" | b"n"))
                    && let Some(kind) = kind
                {
                    blank(tag, kind.whole);
                }
            }
            Name::Row if !closing => {
                in_sheet(tag)?;
                let hidden = attribute(tag, b"hidden").and_then(|one| tag.get(one.value));
                self.seen.hidden_rows += u64::from(matches!(hidden, Some(b"1" | b"true")));
            }
            Name::Formula if !closing => {
                if let Some(cell) = self.cell.as_mut() {
                    cell.formula = true;
                }
            }
            Name::Value if !closing && !empty => {
                if let Some(cell) = self.cell.as_mut() {
                    cell.value = true;
                }
            }
            Name::NoValue => {
                if let Some(cell) = self.cell.as_mut() {
                    cell.value = cell.text;
                }
            }
            Name::Dimension if !closing => blank(tag, 0..tag.len()),
            // Whatever it declares, in whatever way: only its name stays.
            Name::SharedTexts if !closing => {
                let name = tag.iter().position(u8::is_ascii_whitespace);
                let end = tag.len() - if empty { 2 } else { 1 };
                blank(tag, name.unwrap_or(end)..end);
            }
            _ => {}
        }
        Ok(())
    }

    fn end_of_cell(&mut self) {
        if let Some(cell) = self.cell.take()
            && cell.formula
            && !cell.value
        {
            self.seen.formulas_without_value += 1;
        }
    }
}

/// The bytes of the tag, comment or section that begins here; `None` where it is not all there.
fn length_of(bytes: &[u8]) -> Option<usize> {
    let until = |end: &[u8]| {
        bytes
            .windows(end.len())
            .position(|window| window == end)
            .map(|at| at + end.len())
    };
    match bytes.get(1) {
        Some(b'!') if bytes.starts_with(b"<![CDATA[") => until(b"]]>"),
        Some(b'!') if bytes.starts_with(b"<!--") => until(b"-->"),
        Some(b'!') if bytes.len() < 9 => None,
        Some(b'?') => until(b"?>"),
        None => None,
        // An empty element written as two tags is looked at as one.
        _ => {
            let end = end_of_tag(bytes)?;
            let whole = bytes.get(..end)?;
            if whole == b"<v>" {
                // `<v></v>` says that there is no value; what follows has to be seen.
                let after = bytes.get(end..end + 4)?;
                return Some(if after == b"</v>" { end + 4 } else { end });
            }
            Some(end)
        }
    }
}

/// The byte after the `>` that ends a tag: the first one outside of quotes.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    let end = bytes.iter().position(|byte| match quote {
        Some(open) => {
            if *byte == open {
                quote = None;
            }
            false
        }
        None if matches!(byte, b'"' | b'\'') => {
            quote = Some(*byte);
            false
        }
        None => *byte == b'>',
    })?;
    Some(end + 1)
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Name {
    Cell,
    Row,
    Formula,
    Value,
    NoValue,
    Dimension,
    SharedTexts,
}

/// Whether it is a closing tag, and its name without the part before a colon.
fn local_name(tag: &[u8]) -> Option<(bool, Name)> {
    if tag == b"<v></v>" {
        return Some((false, Name::NoValue));
    }
    let inside = tag.get(1..)?;
    let (closing, inside) = match inside.strip_prefix(b"/") {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let end = inside
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    let name = inside.get(..end)?;
    let local = name.rsplit(|byte| *byte == b':').next()?;
    let name = match local {
        b"c" => Name::Cell,
        b"row" => Name::Row,
        b"f" => Name::Formula,
        b"v" | b"is" => Name::Value,
        b"dimension" => Name::Dimension,
        b"sst" => Name::SharedTexts,
        _ => return None,
    };
    Some((closing, name))
}

#[derive(Clone, Debug)]
struct Attribute {
    whole: std::ops::Range<usize>,
    value: std::ops::Range<usize>,
}

/// The attribute of this name.
fn attribute(tag: &[u8], name: &[u8]) -> Option<Attribute> {
    let mut from = 0;
    loop {
        let rest = tag.get(from..)?;
        let at = from
            + rest
                .windows(name.len() + 1)
                .position(|window| window.ends_with(b"=") && window.starts_with(name))?;
        from = at + 1;
        let before = at.checked_sub(1).and_then(|before| tag.get(before));
        let open = at + name.len() + 1;
        let quote = tag.get(open).filter(|byte| matches!(byte, b'"' | b'\''));
        if let (Some(quote), true) = (quote, before.is_some_and(u8::is_ascii_whitespace)) {
            let length = tag.get(open + 1..)?.iter().position(|byte| byte == quote)?;
            return Some(Attribute {
                whole: at..open + length + 2,
                value: open + 1..open + 1 + length,
            });
        }
    }
}

/// A reference has at most three letters and seven digits, so that counting cannot overflow.
fn in_sheet(tag: &[u8]) -> Result<(), &'static str> {
    let Some(reference) = attribute(tag, b"r").and_then(|one| tag.get(one.value)) else {
        return Ok(());
    };
    let letters = reference
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if letters > 3 || reference.len() - letters > 7 {
        return Err(OUTSIDE);
    }
    Ok(())
}

/// A declaration may name UTF-8, or an encoding in which ASCII stays ASCII.
fn in_utf_8(declaration: &[u8]) -> Result<(), &'static str> {
    const KNOWN: [&[u8]; 5] = [
        b"utf-8",
        b"utf8",
        b"us-ascii",
        b"iso-8859-1",
        b"windows-1252",
    ];
    let lower = declaration.to_ascii_lowercase();
    let names_one = lower.windows(8).any(|window| window == b"encoding");
    let named = attribute(&lower, b"encoding").and_then(|one| lower.get(one.value));
    match named {
        Some(name) if KNOWN.contains(&name) => Ok(()),
        None if !names_one => Ok(()),
        _ => Err(ENCODING),
    }
}

fn blank(tag: &mut [u8], range: std::ops::Range<usize>) {
    if let Some(bytes) = tag.get_mut(range) {
        bytes.fill(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(text: &str, piece: usize) -> (String, Seen) {
        let (mut guard, mut out, mut safe) = (Guard::default(), Vec::new(), 0);
        for bytes in text.as_bytes().chunks(piece) {
            out.extend_from_slice(bytes);
            safe = guard.look(&mut out, safe).unwrap();
        }
        (String::from_utf8(out).unwrap(), guard.seen)
    }

    #[test]
    fn declared_sizes_become_blanks_and_the_rest_stays() {
        for (text, expected) in [
            (
                r#"<x:dimension ref="B5:A1"/><row r="1">"#,
                r#"                          <row r="1">"#,
            ),
            (
                r#"<sst count="9" uniqueCount="4000000000"><si/>"#,
                r"<sst                                   ><si/>",
            ),
            (
                r#"<c r="A1" t="e"><v>#SPILL!</v></c>"#,
                r#"<c r="A1"      ><v>#SPILL!</v></c>"#,
            ),
            (
                r#"<c r="A1" t="s"><v>0</v></c>"#,
                r#"<c r="A1" t="s"><v>0</v></c>"#,
            ),
            (
                "<is><![CDATA[<dimension ref=\"A1\"/>]]></is>",
                "<is><![CDATA[<dimension ref=\"A1\"/>]]></is>",
            ),
        ] {
            for piece in [1, 3, 1_000] {
                assert_eq!(guarded(text, piece).0, expected);
            }
        }
    }

    /// A `>` inside quotes ends no tag, so a reference behind it is looked at too.
    #[test]
    fn a_reference_with_a_tag_in_it_lies_outside() {
        let mut text = br#"<c r="worksheet><x">"#.to_vec();
        assert_eq!(Guard::default().look(&mut text, 0), Err(OUTSIDE));
    }

    #[test]
    fn hidden_rows_and_formulas_without_a_value_are_counted() {
        let text = r#"<row r="1" hidden="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1</f><v>1</v></c>
            <c r="C1"><f>2</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c></row>
            <row r="2" hidden="0"><c r="A2"/><c r="B2"><f>3</f><v/></c></row>"#;
        for piece in [1, 7, 1_000] {
            let seen = guarded(text, piece).1;
            assert_eq!((seen.hidden_rows, seen.formulas_without_value), (1, 3));
        }
    }

    #[test]
    fn references_beyond_every_sheet_are_stopped() {
        let mut bytes = br#"<c r="AAAAAAAAAA1">"#.to_vec();
        assert_eq!(Guard::default().look(&mut bytes, 0), Err(OUTSIDE));
    }

    #[test]
    fn parts_in_which_names_could_hide_are_stopped() {
        for bytes in [
            &b"\xFF\xFE<\0s\0s\0t\0"[..],
            b"<\0s\0s\0t\0",
            b"<?xml version=\"1.0\" encoding=\"utf-16\"?>",
            b"<?xml version='1.0' encoding = 'iso-2022-jp'?>",
        ] {
            assert_eq!(Guard::default().look(&mut bytes.to_vec(), 0), Err(ENCODING));
        }
        for bytes in [
            &b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"[..],
            b"\xEF\xBB\xBF<?xml version=\"1.0\"?>",
        ] {
            assert!(Guard::default().look(&mut bytes.to_vec(), 0).is_ok());
        }
    }
}
