//! A chart as a picture, and as a table that a spreadsheet takes.

use crate::charts::target::Svg;
use crate::charts::{self, Description, Theme};
use crate::engine::base::Error;
use crate::engine::chart_spec::ChartSpec;
use crate::engine::options::Options;
use crate::engine::report::Report;
use crate::present::Reader;
use crate::present::format::Habits;
use crate::present::kpi_page::{KpiPageView, kpi_page};

/// The width of a picture in CSS pixels.
pub const WIDTH: f64 = 720.0;

/// The charts of a KPI that can be asked for by name, the most telling first.
pub const CHARTS: [&str; 5] = [
    "distribution",
    "trend",
    "segments",
    "customers",
    "movements",
];

/// A chart of the first finding in the report: the one of this name, else the first that it has.
///
/// # Errors
/// `nothing_to_draw` where it has none.
pub fn chart(
    reader: &Reader<'_>,
    report: &Report,
    options: &Options,
    name: Option<&str>,
) -> Result<ChartSpec, Error> {
    let pages = report.findings.iter();
    let mut pages = pages.map(|finding| kpi_page(reader, report, finding, options));
    let found = pages.find_map(|page| chart_of(page, name));
    found.ok_or_else(|| {
        Error::new(
            "nothing_to_draw",
            "There is no such chart: the figure has too few points, or no such picture.",
            "Leave out `chart`, split by a column for segments, or choose a KPI whose rows have dates.",
        )
    })
}

fn chart_of(page: KpiPageView, name: Option<&str>) -> Option<ChartSpec> {
    let named: [(&str, Option<ChartSpec>); 5] = [
        (CHARTS[0], page.picture),
        (CHARTS[1], page.trend),
        (CHARTS[2], page.segments),
        (CHARTS[3], page.lifetimes.into_iter().next()),
        (CHARTS[4], page.movements),
    ];
    let fits = |it: &str| name.is_none_or(|name| name == it);
    named
        .into_iter()
        .find_map(|(it, chart)| chart.filter(|_| fits(it)))
}

/// A chart as an SVG file in the colours of print, with its title and its sentence.
///
/// # Errors
/// `nothing_to_draw` where it cannot be drawn.
pub fn svg(spec: &ChartSpec, habits: &Habits) -> Result<String, Error> {
    let theme = Theme::light();
    let mut target = Svg::new(WIDTH, charts::height_for(spec, WIDTH));
    charts::draw(spec, &mut target, &theme, habits)
        .map_err(|reason| Error::new("nothing_to_draw", reason.to_string(), ""))?;
    let told = charts::describe(spec, habits);
    let title = format!("{}: {}", spec.title, told.sentence);
    Ok(target.finish(&title, Some(&theme.page)))
}

/// The table of a chart as lines of tab-separated cells, for a spreadsheet.
pub fn table(told: &Description) -> String {
    let line = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
        cells.join("\t")
    };
    let lines = std::iter::once(&told.header).chain(&told.rows).map(line);
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// A cell in one line that no spreadsheet takes for a formula; numbers stay as they are.
fn safe(cell: &str) -> String {
    let plain = cell.replace(['\t', '\n', '\r'], " ");
    let is_number = plain.starts_with(['-', '+'])
        && plain
            .chars()
            .nth(1)
            .is_some_and(|letter| letter.is_ascii_digit());
    if plain.starts_with(['=', '+', '-', '@']) && !is_number {
        format!("'{plain}")
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn a_table_is_safe_to_paste() {
        let told = Description {
            sentence: String::new(),
            header: vec![String::from("Segment"), String::from("NPS")],
            rows: vec![vec![String::from("=1+1\tx"), String::from("-12.5")]],
        };
        assert_eq!(table(&told), "Segment\tNPS\n'=1+1 x\t-12.5\n");
    }

    #[test]
    fn a_picture_says_what_it_shows() {
        let example = Example::new();
        let reader = example.reader();
        let report = &example.report;
        let spec = chart(&reader, report, &Options::default(), None).unwrap();
        let text = svg(&spec, reader.habits).unwrap();
        assert!(text.starts_with("<svg ") && text.contains(&format!("<title>{}", spec.title)));
        let none = chart(&reader, report, &Options::default(), Some("nonsense"));
        assert_eq!(none.unwrap_err().code, "nothing_to_draw");
    }
}
