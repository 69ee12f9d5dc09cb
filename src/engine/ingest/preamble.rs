//! Tells what stands above a table from its first rows.

use super::header;

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
    let above = if narrow <= MOST_LINES && narrow < sample.len() {
        narrow
    } else {
        comments_above(sample)
    };
    let rest = sample.get(above..).unwrap_or_default();
    above + unlike(rest).or_else(|| groups(rest)).unwrap_or(0)
}

/// How many of the first rows are no rows of the table below them: they have another number of
/// cells, or a blank line is between, and the row below them stands over values.
fn unlike(sample: &[(u64, Vec<String>)]) -> Option<usize> {
    let widths: Vec<usize> = sample.iter().map(|(_, cells)| cells.len()).collect();
    let rows: Vec<Vec<String>> = sample.iter().map(|(_, cells)| cells.clone()).collect();
    let is_row = |place: usize| rows.get(place).is_some_and(|cells| filled(cells) > 0);
    let all = (0..rows.len()).filter(|place| is_row(*place)).count();
    let count = |wanted: usize| {
        let places = (0..rows.len()).filter(|place| is_row(*place));
        places
            .filter(|place| widths.get(*place) == Some(&wanted))
            .count()
    };
    let usual = widths
        .iter()
        .copied()
        .max_by_key(|width| (count(*width), *width))?;
    let is_header = |place: usize| {
        let below: Vec<Vec<String>> = rows
            .iter()
            .skip(place)
            .filter(|it| it.len() == usual)
            .cloned()
            .collect();
        header::is_above_values(&below)
    };
    let first = (0..rows.len()).find(|place| is_row(*place))?;
    let even =
        (first..rows.len()).find(|place| is_row(*place) && widths.get(*place) == Some(&usual))?;
    if even > first
        && even <= MOST_LINES
        && usual > 1
        && count(usual) * 10 >= all * 6
        && is_header(even)
    {
        return Some(even);
    }
    // A few lines, a blank one, and a header.
    let gap = (first..rows.len())
        .find(|place| !is_row(*place))
        .filter(|gap| gap - first <= 3)?;
    let next = (gap..rows.len()).find(|place| is_row(*place))?;
    (widths.get(next) == Some(&usual) && usual > 1 && is_header(next)).then_some(next)
}

/// One, where the first row has gaps and the second one, which has none, stands over values: the
/// first names groups of columns.
fn groups(sample: &[(u64, Vec<String>)]) -> Option<usize> {
    let rows: Vec<Vec<String>> = sample.iter().map(|(_, cells)| cells.clone()).collect();
    let (first, rest) = rows.split_first()?;
    let second = rest.first()?;
    let fewer = filled(first) < second.len() && first.len() == second.len();
    let whole = filled(second) == second.len() && !second.iter().any(|cell| header::is_value(cell));
    (fewer && whole && second.len() > 1 && header::is_above_values(rest)).then_some(1)
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
