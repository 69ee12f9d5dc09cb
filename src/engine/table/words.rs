//! Headers as words, so that the same header is known however it is written.

/// A header in normal form: lower case, letters without accents, words parted by one blank.
///
/// Camel case and marks part words; brackets around units go; a final `utc` or `gmt`, which says
/// only in which zone times are written, goes too, and so does the mark of a custom field (`__c`).
/// A header of marks alone is its marks.
pub fn normal(header: &str) -> String {
    let header = header.trim();
    let header = header.strip_suffix("__c").unwrap_or(header);
    let mut words = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    let mut letters = header.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() {
            let next_is_lower = letters.peek().is_some_and(|next| next.is_lowercase())
                && !ends_as_plural(letters.clone());
            let hump = letter.is_uppercase()
                && (before.is_lowercase() || (before.is_uppercase() && next_is_lower));
            let step = before.is_alphabetic() && letter.is_numeric() && before.is_lowercase();
            if (hump || step) && !words.ends_with(' ') {
                words.push(' ');
            }
            for lower in letter.to_lowercase() {
                push_plain(&mut words, lower);
            }
        } else if is_combining(letter) {
            continue;
        } else if !words.ends_with(' ') && !words.is_empty() {
            words.push(' ');
        }
        before = letter;
    }
    let words = words.trim();
    if words.is_empty() {
        return header.to_owned();
    }
    words
        .strip_suffix(" utc")
        .or_else(|| words.strip_suffix(" gmt"))
        .unwrap_or(words)
        .to_owned()
}

/// Whether all that is left of a word is the mark of several, as in `IDs`.
fn ends_as_plural(mut rest: impl Iterator<Item = char>) -> bool {
    rest.next() == Some('s') && rest.next().is_none_or(|after| !after.is_alphanumeric())
}

/// Whether the letter only changes the one before it, as systems that take letters apart write
/// accents.
const fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The letter without its accent.
fn push_plain(words: &mut String, letter: char) {
    let plain = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ß' => {
            words.push_str("ss");
            return;
        }
        'æ' => {
            words.push_str("ae");
            return;
        }
        'œ' => {
            words.push_str("oe");
            return;
        }
        '\u{300}'..='\u{36f}' => return,
        other => other,
    };
    words.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_normalised() {
        for (written, words) in [
            ("customerID", "customer id"),
            ("InvoiceNo", "invoice no"),
            ("First response time (in hrs)", "first response time in hrs"),
            ("Created (UTC)", "created"),
            ("NETPRO", "netpro"),
            ("started_on", "started on"),
            ("MonthlyCharges", "monthly charges"),
            ("IPAddress", "ip address"),
            ("Associated Company IDs", "associated company ids"),
            ("IDStatus", "id status"),
            ("Priorität", "prioritat"),
            ("PRIORITÄT", "prioritat"),
            ("Prioritäts-Stufe", "prioritats stufe"),
            ("Straße", "strasse"),
            ("Créé le", "cree le"),
            ("Cre\u{301}e\u{301} le", "cree le"),
            ("Data de criação", "data de criacao"),
            ("Renewal_Date__c", "renewal date"),
            ("#", "#"),
            ("", ""),
        ] {
            assert_eq!(normal(written), words, "{written}");
        }
    }
}
