//! Cuts a stream of JSON into items, without looking twice at a byte.

/// Finds the end of the next item; remembers how far it looked, so that more bytes may follow.
#[derive(Debug, Default)]
pub struct Splitter {
    at: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

/// How items are told apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Between {
    /// Items are lines.
    Lines,
    /// Items are objects and arrays, one after the other.
    Values,
    /// Items are members or elements with commas between, up to a closing bracket.
    Commas,
}

/// What ended an item.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// More items may follow.
    Next,
    /// The closing bracket of them all.
    Closed,
}

/// Where an item ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Item {
    /// The byte after its last one.
    pub end: usize,
    /// The byte where the next one begins.
    pub next: usize,
    /// What ended it.
    pub ended: End,
}

impl Splitter {
    /// The item that begins at `from`; `None` where its end is not among the bytes. After an item
    /// the search begins anew where it said.
    pub fn next(&mut self, bytes: &[u8], from: usize, between: Between) -> Option<Item> {
        self.at = self.at.max(from);
        let item = match between {
            Between::Lines => self.line(bytes),
            Between::Values => self.value(bytes, from),
            Between::Commas => self.member(bytes),
        }?;
        *self = Self {
            at: item.next,
            ..Self::default()
        };
        Some(item)
    }

    /// The bytes before `from` are gone.
    pub const fn dropped(&mut self, from: usize) {
        self.at = self.at.saturating_sub(from);
    }

    fn line(&mut self, bytes: &[u8]) -> Option<Item> {
        let rest = bytes.get(self.at..).unwrap_or(&[]);
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            self.at = bytes.len();
            return None;
        };
        let end = self.at + length;
        Some(Item {
            end,
            next: end + 1,
            ended: End::Next,
        })
    }

    fn value(&mut self, bytes: &[u8], from: usize) -> Option<Item> {
        let item = |end| Item {
            end,
            next: end,
            ended: End::Next,
        };
        let mut begun = self.at > from;
        while let Some(&byte) = bytes.get(self.at) {
            let place = self.at;
            self.at += 1;
            if self.inside_string(byte) {
                begun = true;
                continue;
            }
            match byte {
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(item(place + 1));
                    }
                }
                // Something that is neither an object nor an array ends with its line.
                b'\n' if self.depth == 0 && begun => return Some(item(place)),
                _ => {}
            }
            begun |= !byte.is_ascii_whitespace();
        }
        None
    }

    fn member(&mut self, bytes: &[u8]) -> Option<Item> {
        while let Some(&byte) = bytes.get(self.at) {
            let place = self.at;
            self.at += 1;
            if self.inside_string(byte) {
                continue;
            }
            let ended = match byte {
                b'{' | b'[' => {
                    self.depth += 1;
                    continue;
                }
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    continue;
                }
                b'}' | b']' => End::Closed,
                b',' if self.depth == 0 => End::Next,
                _ => continue,
            };
            return Some(Item {
                end: place,
                next: place + 1,
                ended,
            });
        }
        None
    }

    /// Whether a byte belongs to a string, its quotation marks included.
    const fn inside_string(&mut self, byte: u8) -> bool {
        if !self.in_string {
            self.in_string = byte == b'"';
            return self.in_string;
        }
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str, between: Between) -> Vec<String> {
        let (mut splitter, mut from, mut found) = (Splitter::default(), 0, Vec::new());
        while let Some(item) = splitter.next(text.as_bytes(), from, between) {
            found.push(text.get(from..item.end).unwrap().trim().to_owned());
            from = item.next;
            if item.ended == End::Closed {
                break;
            }
        }
        found
    }

    #[test]
    fn commas_and_brackets_inside_strings_and_values_end_nothing() {
        assert_eq!(
            items(r#"{"a":[1,2]}, "x,]\"}" ,3],9"#, Between::Commas),
            [r#"{"a":[1,2]}"#, r#""x,]\"}""#, "3"]
        );
        assert_eq!(
            items("{\"a\":\n1}\n\n{\"b\":2}[3]", Between::Values),
            ["{\"a\":\n1}", "{\"b\":2}", "[3]"]
        );
    }

    #[test]
    fn an_item_is_found_however_its_bytes_come() {
        let text = br#"{"a":"x\\\"y,]","b":[{}]},2]"#;
        let mut splitter = Splitter::default();
        for end in 0..25 {
            assert_eq!(splitter.next(&text[..end], 0, Between::Commas), None);
        }
        let item = splitter.next(text, 0, Between::Commas).unwrap();
        assert_eq!((item.end, item.next), (25, 26));
    }
}
