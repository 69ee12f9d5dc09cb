//! The obvious way to cut text into records: RFC 4180, one character after the other, as slow as
//! it likes. Independent of the reader that it judges.

/// Records of a well-formed text.
pub fn records(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if is_quoted {
            match character {
                '"' if characters.peek() == Some(&'"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' => is_quoted = false,
                other => cell.push(other),
            }
        } else if character == '"' {
            is_quoted = true;
        } else if character == delimiter {
            record.push(std::mem::take(&mut cell));
        } else if character == '\n' || character == '\r' {
            if character == '\r' && characters.peek() == Some(&'\n') {
                characters.next();
            }
            record.push(std::mem::take(&mut cell));
            records.push(std::mem::take(&mut record));
        } else {
            cell.push(character);
        }
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    records
}
