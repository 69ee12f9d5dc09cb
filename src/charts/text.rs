//! How wide a text is: one table for the system's sans faces, so that every target, the tests and
//! the browser agree on where labels stand.

use super::target::{Anchor, Area, Text, Weight};

/// The only size of type in a chart, in CSS pixels. Never scaled.
pub const SIZE: f64 = 12.0;

/// Widest of the usual faces against the table: Segoe UI, Roboto and Liberation Sans are narrower
/// or equal, San Francisco's figures are wider.
const ALLOWANCE: f64 = 1.06;

/// From baseline to the top of a capital or an accent, in parts of the size.
const ASCENT: f64 = 0.88;

/// From baseline to the bottom of a descender, in parts of the size.
const DESCENT: f64 = 0.24;

/// Advance widths of U+0020 to U+007E in thousandths of the size.
///
/// # Source
/// Adobe Font Metrics of Helvetica, which Arial and Liberation Sans share.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// As [`REGULAR`], for Helvetica Bold, a little wider than weight 600.
const STRONG: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// The width of a text at [`SIZE`], in CSS pixels.
pub fn width(text: &str, weight: Weight) -> f64 {
    width_at(text, weight, SIZE)
}

/// The width of a text at a font size, both in CSS pixels.
pub fn width_at(text: &str, weight: Weight, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(|letter| advance(letter, weight)).sum();
    f64::from(thousandths) / 1000.0 * size * ALLOWANCE
}

/// The widest of some texts, 0 for none.
pub fn widest<'a>(texts: impl IntoIterator<Item = &'a str>, weight: Weight) -> f64 {
    texts
        .into_iter()
        .map(|text| width(text, weight))
        .fold(0.0, f64::max)
}

/// The box a text takes up.
pub fn area(text: &Text<'_>) -> Area {
    let wide = width_at(text.text, text.weight, text.size);
    let left = match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - wide / 2.0,
        Anchor::End => text.at.x - wide,
    };
    Area {
        left,
        top: text.at.y - text.size * ASCENT,
        right: left + wide,
        bottom: text.at.y + text.size * DESCENT,
    }
}

/// The text, cut at the end with "…" if it is wider than `room`.
pub fn shortened(text: &str, weight: Weight, room: f64) -> String {
    if width(text, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let cut: String = kept.iter().collect();
        let cut = format!("{}…", cut.trim_end());
        if width(&cut, weight) <= room {
            return cut;
        }
    }
    String::new()
}

fn advance(letter: char, weight: Weight) -> u32 {
    let table = match weight {
        Weight::Regular => &REGULAR,
        Weight::Strong => &STRONG,
    };
    let code = u32::from(letter);
    let known = code
        .checked_sub(0x20)
        .and_then(|index| usize::try_from(index).ok())
        .and_then(|index| table.get(index));
    match (known, code) {
        (Some(width), _) => u32::from(*width),
        // Combining marks and joiners stand on the letter before.
        (_, 0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F) => 0,
        // Narrow spaces, quotation marks, the middle dot.
        (_, 0xA0 | 0x2000..=0x200A | 0x202F | 0x2018 | 0x2019 | 0xB7) => 278,
        // Minus, plus or minus, times, at most, at least.
        (_, 0x2212 | 0xB1 | 0xD7 | 0x2264 | 0x2265) => 584,
        // The en dash and the signs of currencies.
        (_, 0x2013 | 0xA3 | 0xA5 | 0x20AC) => 556,
        // Full-width scripts, the em dash and the ellipsis.
        (
            _,
            0x1100..=0x11FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFF60 | 0x2014 | 0x2026,
        ) => 1000,
        // Pictures.
        (_, 0x1F000..=0x1FAFF) => 1300,
        _ if letter.is_uppercase() => 760,
        _ => 611,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_all_equally_wide() {
        for figure in '0'..='9' {
            assert_eq!(advance(figure, Weight::Regular), 556);
            assert_eq!(advance(figure, Weight::Strong), 556);
        }
    }

    #[test]
    fn a_shortened_text_fits_its_room() {
        let name = "Thornbury Logistics and Daughters";
        for room in [0.0, 4.0, 20.0, 60.0, 120.0, 400.0] {
            let short = shortened(name, Weight::Strong, room);
            assert!(width(&short, Weight::Strong) <= room, "{short}");
        }
        assert_eq!(shortened(name, Weight::Regular, 400.0), name);
    }
}
