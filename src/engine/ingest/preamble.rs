//! Tells what stands above a table from its first rows.

/// Most lines above a table.
const MOST_LINES: usize = 40;

/// How many of the first rows, each with its line, stand above the header: titles, notes, comments.
/// Blank rows may be among them or not.
pub fn rows_above(sample: &[(u64, Vec<String>)]) -> usize {
    let mut counts: Vec<usize> = sample
        .iter()
        .map(|(_, cells)| filled(cells))
        .filter(|count| *count > 0)
        .collect();
    counts.sort_unstable();
    let usual = counts
        .get(counts.len().div_euclid(2))
        .copied()
        .unwrap_or_default();
    let narrow = sample
        .iter()
        .take_while(|(_, cells)| {
            let count = filled(cells);
            count == 0
                || is_comment(cells)
                || (count < usual && count <= 1.max(usual.div_euclid(3)))
        })
        .count();
    if narrow <= MOST_LINES && narrow < sample.len() {
        return narrow;
    }
    comments_above(sample)
}

/// How many of the first rows are comments, where something comes below them.
pub fn comments_above(sample: &[(u64, Vec<String>)]) -> usize {
    sample
        .iter()
        .take_while(|(_, cells)| is_comment(cells))
        .count()
        .min(sample.len().saturating_sub(1))
}

/// Filled cells.
pub fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// A line that begins with `#` and says something. `#` alone is a header, and so is `# of seats`
/// with other cells beside it.
pub fn is_comment(cells: &[String]) -> bool {
    let Some(rest) = cells.first().and_then(|first| first.strip_prefix('#')) else {
        return false;
    };
    !rest.trim().is_empty() && filled(cells) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: usize) {
        let sample: Vec<(u64, Vec<String>)> = text
            .lines()
            .zip(1..)
            .map(|(line, number)| (number, line.split(',').map(str::to_owned).collect()))
            .collect();
        assert_eq!(rows_above(&sample), expected, "{text}");
    }

    #[test]
    fn titles_notes_and_comments_stand_above_a_table() {
        check("a,b,c\n1,2,3\n4,5,6", 0);
        check("Report of June,,\n,,\na,b,c\n1,2,3\n4,5,6", 2);
        check("# ----\n# Users\n# ----\nDay,Users\n1,2\n3,4", 3);
        check("#,Name,Score\n1,A,9\n2,B,10", 0);
        check("# of seats,Name\n1,A\n2,B", 0);
        check("score\n9\n10", 0);
    }
}
