//! Charts drawn into records: what they look like, and what must hold for any of them.
//!
//! `UPDATE=1 cargo test --test chart_goldens` rewrites the records. `GALLERY=<folder>` writes the
//! same charts as SVG files, in light and dark, to look at.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: a wrong sample has to fail loudly"
)]

use std::path::{Path, PathBuf};

use kept::charts::target::{Area, Point, Record, Svg};
use kept::charts::{self, Labels as _, PlainLabels, Theme};
use kept::engine::base::{Date, PeriodUnit, Unit, math};
use kept::engine::chart_spec::{
    Bar, ChartSpec, Cohort, CohortCell, Contribution, Dot, HistogramClass, Marker, MovementKind,
    MovementPeriod, Plot, Stage, SurvivalCurve, SurvivalStep, ToldGroup, Tone, TrendPoint,
    WaterfallStep,
};
use kept::engine::stats::survival::{kaplan_meier, median};

const WIDTHS: [f64; 4] = [320.0, 360.0, 640.0, 1200.0];

fn spec(title: &str, plot: Plot) -> ChartSpec {
    ChartSpec {
        title: title.to_owned(),
        summary: String::new(),
        plot,
        footnotes: Vec::new(),
    }
}

fn point(start: Date, value: Option<f64>, interval: Option<(f64, f64)>) -> TrendPoint {
    TrendPoint {
        start,
        value,
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
        n: Some(245),
        partial: false,
    }
}

fn quarterly_churn() -> Vec<TrendPoint> {
    let rows = [
        (3.1, 1.2, 7.8),
        (5.1, 2.5, 10.1),
        (6.7, 3.7, 11.8),
        (5.7, 3.0, 10.5),
        (3.0, 1.3, 6.7),
        (4.3, 2.2, 8.2),
        (3.0, 1.4, 6.5),
        (7.1, 4.3, 11.3),
        (2.3, 1.0, 5.3),
        (1.7, 0.7, 4.4),
        (4.1, 2.2, 7.3),
        (0.8, 0.2, 2.9),
    ];
    let first = PeriodUnit::Quarter.index(Date::parse("2024-01-01").unwrap());
    let mut points: Vec<TrendPoint> = rows
        .into_iter()
        .zip(first..)
        .map(|((value, low, high), index)| {
            let interval = (low / 100.0, high / 100.0);
            point(
                PeriodUnit::Quarter.start(index),
                Some(value / 100.0),
                Some(interval),
            )
        })
        .collect();
    points.last_mut().unwrap().partial = true;
    points
}

fn churn() -> ChartSpec {
    spec(
        "Customer churn",
        Plot::Trend {
            unit: Unit::Ratio,
            points: quarterly_churn(),
            target: Some(0.03),
        },
    )
}

/// Without intervals, target or an unfinished month, and with a gap.
fn revenue() -> ChartSpec {
    let first = PeriodUnit::Month.index(Date::parse("2024-09-01").unwrap());
    let points = (0..24)
        .map(|month| {
            let value = 248_000.0 + 4_600.0 * f64::from(month) + 2_000.0 * f64::from(month % 5);
            let value = (month != 9).then_some(value);
            point(PeriodUnit::Month.start(first + month), value, None)
        })
        .collect();
    spec(
        "Monthly recurring revenue",
        Plot::Trend {
            unit: Unit::Money,
            points,
            target: None,
        },
    )
}

fn weekly_replies() -> ChartSpec {
    let first = PeriodUnit::Week.index(Date::parse("2025-06-02").unwrap());
    let points = (0..60)
        .map(|week| {
            let wave = f64::from((week * 7) % 11) / 5.0;
            let value = 9.0 - f64::from(week) / 15.0 + wave;
            point(
                PeriodUnit::Week.start(first + week),
                Some(value),
                Some((value - 1.5, value + 2.0)),
            )
        })
        .collect();
    spec(
        "First reply",
        Plot::Trend {
            unit: Unit::Hours,
            points,
            target: Some(8.0),
        },
    )
}

fn promoter_score() -> ChartSpec {
    let first = PeriodUnit::Quarter.index(Date::parse("2023-04-01").unwrap());
    let values = [-12.0, -4.0, 3.0, -2.0, 8.0, 14.0, 22.0, 34.0];
    let points = values
        .into_iter()
        .zip(first..)
        .map(|(value, index)| {
            point(
                PeriodUnit::Quarter.start(index),
                Some(value),
                Some((value - 15.0, value + 15.0)),
            )
        })
        .collect();
    spec(
        "Net promoter score",
        Plot::Trend {
            unit: Unit::Score,
            points,
            target: Some(40.0),
        },
    )
}

fn answers() -> ChartSpec {
    let counts = [3.0, 1.0, 2.0, 4.0, 3.0, 9.0, 11.0, 24.0, 61.0, 88.0, 120.0];
    let bars = counts
        .into_iter()
        .enumerate()
        .map(|(score, count)| {
            let (group, tone) = match score {
                0..=6 => ("Detractors", Tone::Loss),
                7 | 8 => ("Passives", Tone::Neutral),
                _ => ("Promoters", Tone::Gain),
            };
            Bar {
                label: score.to_string(),
                count,
                group: group.to_owned(),
                tone,
            }
        })
        .collect();
    spec("Answers by score", Plot::Distribution { bars })
}

fn reasons() -> ChartSpec {
    let rows = [
        ("Too expensive", 41.0),
        ("Missing integrations with our warehouse", 28.0),
        ("Closed the business", 12.0),
        ("Moved to a competitor", 9.0),
        ("Not said", 3.0),
    ];
    let bars = rows
        .into_iter()
        .map(|(label, count)| Bar {
            label: label.to_owned(),
            count,
            group: String::new(),
            tone: Tone::Gain,
        })
        .collect();
    spec("Why customers left", Plot::Distribution { bars })
}

fn bridge() -> ChartSpec {
    let rows = [
        ("Q2 2026 end", 320_880.0, true),
        ("New customers", 24_320.0, false),
        ("Expansion", 18_860.0, false),
        ("Contraction", -4_600.0, false),
        ("Lost customers", -2_840.0, false),
        ("Q3 2026 end", 356_620.0, true),
    ];
    let steps = rows
        .into_iter()
        .map(|(label, amount, total)| WaterfallStep {
            label: label.to_owned(),
            amount,
            total,
        })
        .collect();
    spec(
        "Recurring revenue, Q3 2026",
        Plot::Waterfall {
            unit: Unit::Money,
            steps,
        },
    )
}

fn movement_kinds() -> Vec<MovementKind> {
    [
        ("New customers", true),
        ("Came back", true),
        ("Expansion", true),
        ("Contraction", false),
        ("Lost customers", false),
    ]
    .map(|(label, adds)| MovementKind {
        label: label.to_owned(),
        adds,
    })
    .to_vec()
}

fn movements() -> ChartSpec {
    let rows = [
        [8_200.0, 0.0, 3_100.0, 900.0, 2_400.0],
        [6_900.0, 450.0, 2_800.0, 1_100.0, 3_900.0],
        [3_100.0, 0.0, 1_200.0, 2_600.0, 5_200.0],
        [f64::NAN; 5],
        [9_800.0, 700.0, 4_400.0, 400.0, 1_800.0],
        [2_300.0, 0.0, 600.0, 0.0, 300.0],
    ];
    let first = Date::parse("2026-01-01").unwrap();
    let period = |(month, amounts): (usize, [f64; 5])| MovementPeriod {
        start: first.plus_months(i32::try_from(month).unwrap()),
        amounts: amounts.to_vec(),
        partial: month == 5,
    };
    spec(
        "Net new recurring revenue: what was added and lost",
        Plot::Movements {
            unit: Unit::Money,
            kinds: movement_kinds(),
            periods: rows.into_iter().enumerate().map(period).collect(),
        },
    )
}

fn segments() -> ChartSpec {
    let rows = [
        ("Starter", 9.5, 5.1, 17.0, 95),
        ("North America", 7.7, 2.7, 20.3, 39),
        ("UK and Ireland", 4.3, 1.5, 11.9, 70),
        ("DACH", 3.4, 1.2, 9.5, 88),
        ("Nordics", 2.1, 0.4, 10.9, 48),
        ("Team", 1.0, 0.2, 5.3, 103),
        ("Enterprise", 0.0, 0.0, 7.6, 47),
    ];
    let mut dots: Vec<Dot> = rows
        .into_iter()
        .map(|(label, value, low, high, n)| Dot {
            label: label.to_owned(),
            value: Some(value / 100.0),
            low: Some(low / 100.0),
            high: Some(high / 100.0),
            n: Some(n),
        })
        .collect();
    dots.push(Dot {
        label: "Iberia".to_owned(),
        value: None,
        low: None,
        high: None,
        n: Some(4),
    });
    spec(
        "By plan and region",
        Plot::Dots {
            unit: Unit::Ratio,
            dots,
            reference: Some(0.041),
        },
    )
}

fn reply_times() -> ChartSpec {
    let edges = [
        0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 48.0, 72.0, 168.0,
    ];
    let counts = [
        12.0, 41.0, 96.0, 210.0, 318.0, 260.0, 141.0, 96.0, 61.0, 30.0, 19.0,
    ];
    let classes = edges
        .windows(2)
        .zip(counts)
        .map(|(pair, count)| HistogramClass {
            from: pair[0],
            to: pair[1],
            count,
        })
        .collect();
    let markers = [("median", 3.2), ("75% within", 7.9), ("90% within", 19.5)]
        .map(|(label, at)| Marker {
            label: label.to_owned(),
            at,
        })
        .to_vec();
    spec(
        "First reply, working hours",
        Plot::Histogram {
            unit: Unit::Hours,
            classes,
            markers,
        },
    )
}

/// `months` cohorts, a share of each lost every month, the last month not over.
fn cohorts(months: i32, size_unit: Unit) -> ChartSpec {
    let first = PeriodUnit::Month.index(Date::parse("2025-01-01").unwrap());
    let labels = PlainLabels::default();
    let size = |row: i32| match size_unit {
        Unit::Money => 4_000.0 + 750.0 * f64::from(row * 7 % 5),
        _ => 12.0 + f64::from(row * 5 % 17),
    };
    let share = |row: i32, column: i32| match size_unit {
        Unit::Money => 1.0 + 0.02 * f64::from(column * (row % 3 - 1)),
        _ => 0.3 + 0.7 * math::pow(0.86, f64::from(column)) - 0.01 * f64::from(row % 3 * column),
    };
    let cohorts: Vec<Cohort> = (0..months)
        .map(|row| Cohort {
            label: labels.date(PeriodUnit::Month.start(first + row), PeriodUnit::Month),
            size: size(row),
            cells: (0..months - row)
                .map(|column| CohortCell {
                    share: Some(share(row, column)),
                    partial: column + 1 == months - row,
                })
                .collect(),
        })
        .collect();
    let means = (0..months - 1)
        .map(|column| {
            let rows = 0..months - 1 - column;
            let weights: f64 = rows.clone().map(size).sum();
            Some(rows.map(|row| size(row) * share(row, column)).sum::<f64>() / weights)
        })
        .collect();
    spec(
        "Customers kept, by month of start",
        Plot::Cohorts {
            step: PeriodUnit::Month,
            size_unit,
            cohorts,
            means,
        },
    )
}

fn curve(label: &str, customers: u32, loss: f64) -> SurvivalCurve {
    // Regular losses: customer k of n leaves when the share left falls to k/n, unless last seen
    // before.
    let (durations, happened): (Vec<f64>, Vec<bool>) = (1..=customers)
        .map(|customer| {
            let share = f64::from(customer) / f64::from(customers + 1);
            let lost = (-math::ln(share) / loss).ceil();
            let seen = f64::from(6 + customer * 7 % 31);
            (lost.min(seen), lost <= seen)
        })
        .unzip();
    let found = kaplan_meier(&durations, &happened).unwrap();
    let step = |point: &kept::engine::stats::survival::CurvePoint| SurvivalStep {
        at: point.at,
        survival: point.survival,
        low: point.low,
        high: point.high,
        at_risk: point.at_risk,
        events: point.events,
    };
    SurvivalCurve {
        label: label.to_owned(),
        median: median(&found),
        steps: found.points.iter().map(step).collect(),
    }
}

fn stays(curves: Vec<SurvivalCurve>) -> ChartSpec {
    spec(
        "How long customers stay",
        Plot::Survival {
            unit: Unit::Months,
            curves,
        },
    )
}

fn plans() -> Vec<SurvivalCurve> {
    vec![
        curve("Starter", 95, 0.08),
        curve("Team", 103, 0.03),
        curve("Enterprise", 47, 0.008),
    ]
}

fn five_plans() -> Vec<SurvivalCurve> {
    let mut curves = plans();
    curves.push(curve("Trial with a very long name indeed", 60, 0.2));
    curves.push(curve("Free", 60, 0.3));
    curves
}

fn funnel() -> ChartSpec {
    let rows = [
        ("Visits", 12_330.0),
        ("Carts", 2_140.0),
        ("Checkouts begun", 1_105.0),
        ("Purchases", 642.0),
    ];
    let stages = rows.map(|(label, count)| Stage {
        label: label.to_owned(),
        count,
    });
    spec(
        "How many come as far as each stage",
        Plot::Funnel {
            stages: stages.to_vec(),
        },
    )
}

fn part((label, amount): (&str, Option<f64>)) -> Contribution {
    Contribution {
        label: label.to_owned(),
        amount,
    }
}

/// Parts of both signs, one of them not known.
fn moved() -> ChartSpec {
    let rows = [
        ("Active days of the last 30", Some(-11.25)),
        ("Days since last login", Some(8.4)),
        ("Open tickets", Some(-3.0)),
        ("Last survey", Some(1.15)),
        ("Seats used", None),
    ];
    spec(
        "From 50, what moved it",
        Plot::Contributions {
            unit: Unit::Score,
            parts: rows.map(part).to_vec(),
            sum: Some(part(("All together", Some(-4.7)))),
        },
    )
}

/// Parts that all add, with their shares of the sum.
fn revenue_by_plan() -> ChartSpec {
    let rows = [
        ("Enterprise", Some(212_400.0)),
        ("Team", Some(98_120.0)),
        ("Starter", Some(46_100.0)),
        ("Free", Some(0.0)),
    ];
    spec(
        "Split by plan",
        Plot::Contributions {
            unit: Unit::Money,
            parts: rows.map(part).to_vec(),
            sum: Some(part(("All", Some(356_620.0)))),
        },
    )
}

fn calibration() -> ChartSpec {
    let rows = [
        (0.01, 0.0, 0.0, 0.07, 49),
        (0.03, 0.02, 0.0, 0.11, 49),
        (0.06, 0.08, 0.03, 0.19, 49),
        (0.14, 0.1, 0.04, 0.22, 49),
        (0.38, 0.43, 0.3, 0.57, 49),
    ];
    let groups = rows.map(|(told, happened, low, high, n)| ToldGroup {
        told,
        happened,
        low: Some(low),
        high: Some(high),
        n,
    });
    spec(
        "Chances told and what then happened",
        Plot::Calibration {
            groups: groups.to_vec(),
        },
    )
}

fn gallery() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("churn", churn()),
        ("revenue", revenue()),
        ("weekly_replies", weekly_replies()),
        ("promoter_score", promoter_score()),
        ("answers", answers()),
        ("reasons", reasons()),
        ("bridge", bridge()),
        ("segments", segments()),
        ("movements", movements()),
        ("reply_times", reply_times()),
        ("cohorts", cohorts(12, Unit::Count)),
        ("cohorts_revenue", cohorts(7, Unit::Money)),
        ("survival", stays(vec![curve("All customers", 245, 0.045)])),
        ("survival_by_plan", stays(plans())),
        ("funnel", funnel()),
        ("moved", moved()),
        ("revenue_by_plan", revenue_by_plan()),
        ("calibration", calibration()),
    ]
}

fn drawn(spec: &ChartSpec, width: f64) -> Record {
    let mut record = Record::new(width, charts::height_for(spec, width));
    charts::draw(spec, &mut record, &Theme::names(), &PlainLabels::default()).unwrap();
    record
}

fn sparkline(points: &[TrendPoint], goal: Option<f64>) -> Record {
    let mut record = Record::new(252.0, 60.0);
    charts::sparkline(points, goal, &mut record, &Theme::names()).unwrap();
    record
}

fn golden_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/charts")
        .join(format!("{name}.txt"))
}

fn check_golden(name: &str, found: &str) {
    let path = golden_path(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found.len() < 20 * 1024,
        "{name} is too long: {}",
        found.len()
    );
    assert!(
        found == expected,
        "{name} is drawn differently; look at it, then run with UPDATE=1"
    );
}

#[test]
fn every_chart_is_drawn_as_on_record() {
    for (name, spec) in gallery() {
        for width in [360.0, 720.0] {
            check_golden(&format!("{name}_{width}"), drawn(&spec, width).lines());
        }
    }
    check_golden(
        "sparkline",
        sparkline(&quarterly_churn(), Some(0.03)).lines(),
    );
}

/// Not a claim but a convenience: the same charts as files to look at.
#[test]
fn the_gallery_is_written_where_asked() {
    let Some(folder) = std::env::var_os("GALLERY").map(PathBuf::from) else {
        return;
    };
    let labels = PlainLabels::default();
    for (theme_name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
        for (name, spec) in gallery() {
            for width in [320.0, 360.0, 720.0, 1200.0] {
                let mut svg = Svg::new(width, charts::height_for(&spec, width));
                charts::draw(&spec, &mut svg, &theme, &labels).unwrap();
                let file = folder.join(format!("{name}-{width}-{theme_name}.svg"));
                std::fs::write(file, svg.finish(&spec.title, Some(&theme.page))).unwrap();
            }
        }
        let mut svg = Svg::new(252.0, 60.0);
        charts::sparkline(&quarterly_churn(), Some(0.03), &mut svg, &theme).unwrap();
        let file = folder.join(format!("sparkline-{theme_name}.svg"));
        std::fs::write(file, svg.finish("", Some(&theme.page))).unwrap();
    }
}

fn check_texts(name: &str, record: &Record, (width, height): (f64, f64)) {
    let bounds = Area {
        left: 0.0,
        top: 0.0,
        right: width,
        bottom: height,
    };
    for (index, (words, area)) in record.texts().iter().enumerate() {
        assert!(
            bounds.holds(area),
            "{name} at {width}: '{words}' is cut off at {area:?}"
        );
        for (other, other_area) in record.texts().iter().skip(index + 1) {
            assert!(
                !area.meets(other_area),
                "{name} at {width}: '{words}' runs into '{other}'"
            );
        }
    }
}

#[test]
fn texts_are_whole_and_apart_at_every_width() {
    for (name, spec) in gallery().into_iter().chain(odd_specs()) {
        for width in WIDTHS {
            let record = drawn(&spec, width);
            check_texts(name, &record, (width, charts::height_for(&spec, width)));
        }
    }
}

#[test]
fn bands_have_an_upper_and_a_lower_edge_of_the_same_places() {
    for width in WIDTHS {
        let record = drawn(&churn(), width);
        assert_eq!(record.polygons().len(), 1);
        let band = &record.polygons()[0];
        assert_eq!(band.len(), 22);
        for (upper, lower) in band[..11].iter().zip(band[11..].iter().rev()) {
            assert!((upper.x - lower.x).abs() < 0.1 && upper.y < lower.y);
        }
    }
}

#[test]
fn every_point_has_a_place_inside_the_chart() {
    let labels = PlainLabels::default();
    for (name, spec) in gallery().into_iter().chain(odd_specs()) {
        for width in WIDTHS {
            let height = charts::height_for(&spec, width);
            let positions = charts::positions(&spec, width, height, &labels);
            let rows = charts::describe(&spec, &labels).rows.len();
            // A heatmap has a mark a cell, and only drawn curves have marks.
            if !matches!(spec.plot, Plot::Cohorts { .. } | Plot::Survival { .. }) {
                assert_eq!(positions.len(), rows, "{name}");
            }
            for position in positions {
                assert!((0.0..=width).contains(&position.x), "{name}: {position:?}");
                assert!((0.0..=height).contains(&position.y), "{name}: {position:?}");
                assert!(!position.readout.is_empty());
            }
        }
    }
}

#[test]
fn the_cursor_stands_on_the_mark() {
    let labels = PlainLabels::default();
    let spec = churn();
    let height = charts::height_for(&spec, 720.0);
    let record = drawn(&spec, 720.0);
    let chosen = charts::positions(&spec, 720.0, height, &labels).remove(10);
    let dot = format!(
        "circle data 5: {},{}",
        (chosen.x * 10.0).round() / 10.0,
        (chosen.y * 10.0).round() / 10.0
    );
    assert!(record.lines().contains(&dot), "{dot}");
    assert_eq!(chosen.readout, "Q3 2026: 4.1%, 2.2% to 7.3%, n = 245");
}

#[test]
fn every_chart_says_itself_in_a_sentence_and_a_table() {
    let labels = PlainLabels::default();
    for (name, spec) in gallery().into_iter().chain(odd_specs()) {
        let description = charts::describe(&spec, &labels);
        assert!(description.sentence.ends_with('.'), "{name}");
        for row in &description.rows {
            assert_eq!(row.len(), description.header.len(), "{name}");
        }
    }
    let mut with_summary = churn();
    with_summary.summary = "Churn fell.".to_owned();
    assert_eq!(
        charts::describe(&with_summary, &labels).sentence,
        "Churn fell."
    );
}

#[test]
fn targets_too_small_for_anything_stay_empty() {
    for (_, spec) in gallery() {
        for size in [0.0, 1.0, 20.0] {
            let mut record = Record::new(size, size);
            charts::draw(&spec, &mut record, &Theme::names(), &PlainLabels::default()).unwrap();
            assert_eq!(record.lines(), "");
        }
        for (width, height) in [(24.0, 24.0), (60.0, 30.0), (40.0, 300.0), (900.0, 30.0)] {
            let mut record = Record::new(width, height);
            charts::draw(&spec, &mut record, &Theme::names(), &PlainLabels::default()).unwrap();
            check_texts("small", &record, (width, height));
        }
    }
}

/// Numbers that break careless charts, in every kind of plot.
fn odd_specs() -> Vec<(&'static str, ChartSpec)> {
    let series: [(&str, Vec<Option<f64>>); 9] = [
        ("empty", vec![]),
        ("one", vec![Some(0.4)]),
        ("none", vec![None; 12]),
        ("alone", vec![None, Some(3.0), None, Some(4.0), None]),
        ("identical", vec![Some(7.0); 12]),
        ("zeros", vec![Some(0.0); 12]),
        ("negative", vec![Some(-3.0), Some(-30.0), Some(-12.5)]),
        (
            "not numbers",
            vec![
                Some(f64::NAN),
                Some(f64::INFINITY),
                Some(1.0),
                Some(f64::NEG_INFINITY),
            ],
        ),
        (
            "huge",
            vec![Some(-4e14), Some(f64::MAX), Some(8e15), Some(1e-300)],
        ),
    ];
    let long: Vec<Option<f64>> = (0..2_000)
        .map(|index| Some(f64::from(index % 97)))
        .collect();
    series
        .into_iter()
        .chain([("long", long)])
        .flat_map(|(name, values)| odd_plots(&values).map(|plot| (name, spec("Odd", plot))))
        .collect()
}

fn odd_plots(values: &[Option<f64>]) -> [Plot; 12] {
    let bar = |(index, value): (usize, &Option<f64>)| Bar {
        label: if index % 3 == 0 {
            WORDY.to_owned()
        } else {
            index.to_string()
        },
        count: value.unwrap_or(0.0),
        group: if index % 4 == 0 {
            "Some".to_owned()
        } else {
            "Others".to_owned()
        },
        tone: [Tone::Gain, Tone::Neutral, Tone::Loss][index % 3],
    };
    let short = |(index, value): (usize, &Option<f64>)| Bar {
        label: index.to_string(),
        ..bar((index, value))
    };
    let step = |(index, value): (usize, &Option<f64>)| WaterfallStep {
        label: WORDY.to_owned(),
        amount: value.unwrap_or(0.0),
        total: index % 5 == 0,
    };
    let dot = |value: &Option<f64>| Dot {
        label: WORDY.to_owned(),
        value: *value,
        low: value.map(|value| value - 1.0),
        high: value.map(|value| value + 1.0),
        n: Some(u64::MAX),
    };
    let class = |value: &Option<f64>| HistogramClass {
        from: value.unwrap_or(0.0),
        to: value.unwrap_or(0.0) * 2.0,
        count: value.unwrap_or(0.0),
    };
    let marker = |value: &Option<f64>| Marker {
        label: WORDY.to_owned(),
        at: value.unwrap_or(0.0),
    };
    [
        odd_trend(values),
        Plot::Distribution {
            bars: values.iter().enumerate().map(bar).collect(),
        },
        Plot::Distribution {
            bars: values.iter().enumerate().map(short).collect(),
        },
        Plot::Waterfall {
            unit: Unit::Money,
            steps: values.iter().enumerate().map(step).collect(),
        },
        Plot::Dots {
            unit: Unit::Hours,
            dots: values.iter().map(dot).collect(),
            reference: values.last().copied().flatten(),
        },
        Plot::Histogram {
            unit: Unit::Hours,
            classes: values.iter().map(class).collect(),
            markers: values.iter().take(4).map(marker).collect(),
        },
        odd_cohorts(values),
        odd_survival(values),
        odd_movements(values),
        odd_funnel(values),
        Plot::Contributions {
            unit: Unit::Money,
            parts: values.iter().map(|value| part((WORDY, *value))).collect(),
            sum: values.first().map(|value| part((WORDY, *value))),
        },
        Plot::Calibration {
            groups: values.iter().map(|value| odd_group(*value)).collect(),
        },
    ]
}

fn odd_funnel(values: &[Option<f64>]) -> Plot {
    let stages = values.iter().map(|value| Stage {
        label: WORDY.to_owned(),
        count: value.unwrap_or(0.0),
    });
    Plot::Funnel {
        stages: stages.collect(),
    }
}

fn odd_group(value: Option<f64>) -> ToldGroup {
    let value = value.unwrap_or(0.0);
    ToldGroup {
        told: value,
        happened: value / 2.0,
        low: Some(value / 4.0),
        high: Some(value),
        n: u64::MAX,
    }
}

const WORDY: &str = "A name that is much longer than any label has room for, again and again";

fn odd_trend(values: &[Option<f64>]) -> Plot {
    let day = |index: usize| Date(19_000).plus_days(i32::try_from(index).unwrap());
    let points = values
        .iter()
        .enumerate()
        .map(|(index, value)| TrendPoint {
            partial: index + 2 > values.len(),
            ..point(
                day(index),
                *value,
                value.map(|value| (value * 0.5, value * 2.0)),
            )
        })
        .collect();
    Plot::Trend {
        unit: Unit::Money,
        points,
        target: values.first().copied().flatten(),
    }
}

fn odd_movements(values: &[Option<f64>]) -> Plot {
    let mut kinds = movement_kinds();
    WORDY.clone_into(&mut kinds[1].label);
    let period = |(day, value): (usize, &Option<f64>)| MovementPeriod {
        start: Date(19_000).plus_days(i32::try_from(day).unwrap()),
        amounts: value.map_or_else(Vec::new, |value| vec![value; day % 7]),
        partial: day + 1 == values.len(),
    };
    Plot::Movements {
        unit: Unit::Money,
        kinds,
        periods: values.iter().enumerate().map(period).collect(),
    }
}

fn odd_cohorts(values: &[Option<f64>]) -> Plot {
    let cell = |value: &Option<f64>| CohortCell {
        share: *value,
        partial: value.is_some_and(|value| value > 3.0),
    };
    let cohort = |value: &Option<f64>| Cohort {
        label: WORDY.to_owned(),
        size: value.unwrap_or(0.0),
        cells: values.iter().take(40).map(cell).collect(),
    };
    Plot::Cohorts {
        step: PeriodUnit::Week,
        size_unit: Unit::Money,
        cohorts: values.iter().map(cohort).collect(),
        means: values.to_vec(),
    }
}

fn odd_survival(values: &[Option<f64>]) -> Plot {
    let stair = |value: &Option<f64>| SurvivalStep {
        at: value.unwrap_or(0.0),
        survival: 1.0 / (1.0 + value.unwrap_or(0.0)),
        low: 0.0,
        high: 1.0,
        at_risk: u64::MAX,
        events: 1,
    };
    let survival = |_| SurvivalCurve {
        label: WORDY.to_owned(),
        median: values.first().copied().flatten(),
        steps: values.iter().map(stair).collect(),
    };
    Plot::Survival {
        unit: Unit::Days,
        curves: (0..6).map(survival).collect(),
    }
}

#[test]
fn odd_series_are_drawn_as_sparklines_too() {
    for (_, spec) in odd_specs() {
        if let Plot::Trend { points, target, .. } = &spec.plot {
            sparkline(points, *target);
        }
    }
}

/// The rectangles in these colours, from a record's lines.
fn rects(record: &Record, colours: &[&str]) -> Vec<[Point; 2]> {
    let number = |text: &str| text.parse::<f64>().unwrap();
    let corner = |text: &str| {
        let (x, y) = text.split_once(',').unwrap();
        Point {
            x: number(x),
            y: number(y),
        }
    };
    record
        .lines()
        .lines()
        .filter_map(|line| line.strip_prefix("rect ")?.split_once(": "))
        .filter(|(colour, _)| colours.contains(colour))
        .map(|(_, corners)| {
            let (one, other) = corners.split_once(' ').unwrap();
            [corner(one), corner(other)]
        })
        .collect()
}

#[test]
fn a_cell_not_observed_is_empty_and_one_of_nobody_is_zero() {
    let labels = PlainLabels::default();
    let cell = |share, partial| CohortCell { share, partial };
    let cohort = |label: &str, cells| Cohort {
        label: label.to_owned(),
        size: 20.0,
        cells,
    };
    let chart = spec(
        "Kept",
        Plot::Cohorts {
            step: PeriodUnit::Month,
            size_unit: Unit::Count,
            cohorts: vec![
                cohort("Jan", vec![cell(Some(1.0), false), cell(Some(0.0), false)]),
                cohort("Feb", vec![cell(Some(1.0), false), cell(None, false)]),
                cohort("Mar", vec![cell(Some(0.9), true)]),
            ],
            means: vec![Some(1.0), Some(0.0)],
        },
    );
    let rows = charts::describe(&chart, &labels).rows;
    assert_eq!(rows[0], ["Jan", "20", "100.0%", "0.0%"]);
    assert_eq!(rows[1], ["Feb", "20", "100.0%", ""]);
    assert_eq!(rows[2], ["Mar", "20", "90.0% so far", ""]);
    assert_eq!(rows[3], ["Weighted mean", "", "100.0%", "0.0%"]);
    let record = drawn(&chart, 360.0);
    // Three filled cells of known shares and the seven steps of the key.
    let colours = ["h0", "h1", "h2", "h3", "h4", "h5", "h6"];
    assert_eq!(rects(&record, &colours).len(), 3 + 7);
    assert!(record.lines().contains("dash 3-3"));
    let height = charts::height_for(&chart, 360.0);
    let readouts: Vec<String> = charts::positions(&chart, 360.0, height, &labels)
        .into_iter()
        .map(|position| position.readout)
        .collect();
    assert_eq!(readouts.len(), 6);
    assert_eq!(readouts[1], "Jan, Months since start 1: 0.0%, n = 20");
    assert_eq!(
        readouts[3],
        "Mar, Months since start 0: 90.0% so far, n = 20"
    );
}

#[test]
fn on_a_phone_a_long_table_shows_fewer_columns_and_not_smaller_ones() {
    let labels = PlainLabels::default();
    let chart = cohorts(24, Unit::Count);
    let shown = |width: f64| {
        let height = charts::height_for(&chart, width);
        let positions = charts::positions(&chart, width, height, &labels);
        let row = positions[0].y;
        let first: Vec<f64> = positions
            .iter()
            .filter(|position| (position.y - row).abs() < 0.5)
            .map(|position| position.x)
            .collect();
        assert!(first.windows(2).all(|pair| pair[1] - pair[0] >= 26.0));
        first.len()
    };
    assert_eq!(shown(1200.0), 24);
    assert!((6..=12).contains(&shown(360.0)));
}

#[test]
fn censoring_is_no_step_and_bands_stop_at_three_curves() {
    let step = |at, survival, at_risk, events| SurvivalStep {
        at,
        survival,
        low: survival - 0.1,
        high: (survival + 0.05_f64).min(1.0),
        at_risk,
        events,
    };
    let curve = |label: &str| SurvivalCurve {
        label: label.to_owned(),
        median: None,
        steps: vec![
            step(0.0, 1.0, 10, 0),
            step(3.0, 0.9, 10, 1),
            step(5.0, 0.9, 9, 0),
            step(8.0, 0.75, 6, 1),
            step(12.0, 0.75, 5, 0),
        ],
    };
    let one = stays(vec![curve("All")]);
    let rows = charts::describe(&one, &PlainLabels::default()).rows;
    assert_eq!(rows.len(), 3, "the start and two losses");
    let four = ["A", "B", "C", "D"].map(curve).to_vec();
    for (curves, bands) in [(vec![curve("All")], 1), (four, 0)] {
        let record = drawn(&stays(curves), 720.0);
        assert_eq!(record.polygons().len(), bands);
        let line = record
            .lines()
            .lines()
            .find(|line| line.starts_with("line data 2:"));
        // Start, two corners for each of two losses, and the end.
        assert_eq!(line.unwrap().matches(',').count(), 7);
    }
}

#[test]
fn the_rest_of_many_curves_is_counted_and_stands_in_the_table() {
    let spec = stays(five_plans());
    let record = drawn(&spec, 720.0);
    assert!(record.lines().contains("+ 1 more in the table"));
    let rows = charts::describe(&spec, &PlainLabels::default()).rows;
    assert!(rows.iter().any(|row| row[0] == "Free"));
}

#[test]
fn bars_begin_at_zero() {
    for (name, spec) in [("answers", answers()), ("reply_times", reply_times())] {
        let record = drawn(&spec, 720.0);
        let bars = rects(&record, &["data", "edge", "loss"]);
        assert!(bars.len() >= 11, "{name}");
        for bar in &bars {
            assert!((bar[1].y - bars[0][1].y).abs() < 0.2, "{name}: {bar:?}");
        }
    }
    let bars = rects(&drawn(&reasons(), 720.0), &["data"]);
    assert_eq!(bars.len(), 5);
    assert!(bars.iter().all(|bar| (bar[0].x - bars[0][0].x).abs() < 0.2));
    // Three times the count is three times the bar.
    let ratio = (bars[4][1].x - bars[4][0].x) / (bars[0][1].x - bars[0][0].x);
    assert!((ratio - 3.0 / 41.0).abs() < 0.01);
}
