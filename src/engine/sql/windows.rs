//! Which stretches of time a query tells figures of: the period, each calendar unit, and the period
//! for each segment.

use super::expression::{
    Expr, Function, Type, all, any, as_of, call, greatest_of, least_of, name, of, text, whole,
};
use super::prune;
use super::relation::{Join, Named, Relation, Rows, Select};
use crate::engine::base::{Date, PeriodUnit};

/// What a headline covers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Period {
    /// All rows, with or without days.
    Everything,
    /// So many calendar units that end with the last complete one.
    Units(PeriodUnit, u32),
    /// The last day that counts.
    LastDay,
    /// All complete months from the first to the last in which a row falls.
    WholeMonths,
}

/// Which calendar units the course of time has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Course {
    /// Those in which a row falls.
    OfRows,
    /// All from the first row to the last one.
    ToLastRow,
    /// All from the first row to the last day that counts.
    ToLastDay,
}

/// Which windows there are.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    /// What the headline covers.
    pub period: Period,
    /// The calendar unit of the course of time.
    pub unit: PeriodUnit,
    /// How many of them each window of the course covers; 1 where rows belong to one day.
    pub count: u32,
    /// The last day that counts; absent where no table holds a date.
    pub as_of: Option<Date>,
    /// Rows have days.
    pub dated: bool,
    /// Rows are whole months, known by their first day.
    pub months: bool,
    /// Which units have a window.
    pub course: Course,
    /// Figures are split by segment.
    pub segments: bool,
}

/// Which rows are wanted of each window.
#[derive(Clone, Copy, Debug)]
pub struct Scoped<'a> {
    /// Columns of the rows that count.
    pub own_fields: &'a [&'static str],
    /// Relations between `parts` and the windows.
    pub middle: &'a [Named],
    /// Columns of the last of them.
    pub fields: &'a [&'static str],
    /// Which rows belong to a window, where their day does not tell.
    pub within: &'a Option<Expr>,
    /// Windows without rows are kept.
    pub keeps_empty: bool,
}

/// The columns that name a window.
const WINDOW: [&str; 3] = ["covers", "period_start", "period_end"];

/// The columns that name a figure's window.
pub const SCOPE: [&str; 4] = ["covers", "period_start", "period_end", "segment"];

impl Windows {
    /// The relations that make `windows` out of the relation with the rows that count.
    pub fn relations(&self, facts: &'static str) -> Vec<Named> {
        let mut made = Vec::new();
        if self.dated {
            // Days are few where rows are many: what is told of days is worked out on these.
            let days = Select::from(facts)
                .distinct()
                .keep(&["day"])
                .filter(name("day").is_known());
            made.push(Named::new("days", "the days of these rows", days));
            let span = Select::from("days")
                .column("first_day", least_of(name("day")))
                .column("last_day", greatest_of(name("day")));
            made.push(Named::new("span", "the first and the last of them", span));
            if let Some(units) = self.units() {
                made.extend(units);
            }
        }
        made.push(Named::new(
            "period",
            "what the figure covers",
            self.period(),
        ));
        made.push(Named::new(
            "windows",
            "the period, the course of time, and the period for each segment",
            Relation::Union(self.all()),
        ));
        made
    }

    fn has_units(&self) -> bool {
        self.dated && self.as_of.is_some()
    }

    fn units(&self) -> Option<Vec<Named>> {
        if !self.has_units() {
            return None;
        }
        let told = "the calendar units of the course of time, by their first day";
        if self.course == Course::OfRows {
            let units = Select::from("days")
                .distinct()
                .column("unit_start", name("day").start_of(self.unit));
            return Some(vec![Named::new("units", told, units)]);
        }
        let (until, says) = if self.course == Course::ToLastDay {
            (as_of(), "from the first row to the last day that counts")
        } else {
            (name("last_day"), "from the first row to the last one")
        };
        let bounds = Select::from("span")
            .keep(&["first_day"])
            .column("until", until)
            .filter(name("first_day").is_known());
        let calendar = Relation::Calendar {
            unit: self.unit,
            from: "bounds",
            first: "first_day",
            last: "until",
        };
        Some(vec![
            Named::new("bounds", says, bounds),
            Named::new("units", told, calendar),
        ])
    }

    fn period(&self) -> Select {
        let nothing = || Expr::Nothing(Type::Day);
        match self.period {
            _ if !self.dated => Select::of(Rows::Nowhere)
                .column("period_start", nothing())
                .column("period_end", nothing()),
            Period::Everything => {
                let end = if self.months {
                    name("last_day")
                        .start_of(PeriodUnit::Month)
                        .plus_units(PeriodUnit::Month, 1)
                } else {
                    name("last_day").plus_days(1)
                };
                Select::from("span")
                    .column("period_start", name("first_day"))
                    .column("period_end", end)
            }
            Period::Units(unit, count) => {
                let end = name("day").plus_days(1).start_of(unit);
                Select::from("as_of")
                    .column(
                        "period_start",
                        end.clone().plus_units(unit, -i64::from(count)),
                    )
                    .column("period_end", end)
            }
            Period::LastDay => Select::from("as_of")
                .column("period_start", name("day"))
                .column("period_end", name("day").plus_days(1)),
            Period::WholeMonths => {
                let month = PeriodUnit::Month;
                let start = name("first_day").start_of(month);
                let of_rows = name("last_day").start_of(month).plus_units(month, 1);
                let over = as_of().plus_days(1).start_of(month);
                let end = call(Function::Least, vec![of_rows, over]);
                Select::from("span")
                    .column("period_start", start.clone())
                    .column("period_end", end.clone())
                    .filter(start.below(end))
            }
        }
    }

    fn all(&self) -> Vec<Select> {
        let of_period = |covers: &str, by_segment: i64| {
            Select::from("period")
                .column("covers", text(covers))
                .column("by_segment", whole(by_segment))
                .keep(&["period_start", "period_end"])
        };
        let mut windows = vec![of_period("period", 0)];
        if self.has_units() {
            let end = name("unit_start").plus_units(self.unit, 1);
            let back = 1 - i64::from(self.count);
            let start = match self.count {
                1 => name("unit_start"),
                _ => name("unit_start").plus_units(self.unit, back),
            };
            windows.push(
                Select::from("units")
                    .column("covers", text("unit"))
                    .column("by_segment", whole(0))
                    .column("period_start", start)
                    .column("period_end", end),
            );
        }
        if self.segments {
            windows.push(of_period("segment", 1));
        }
        windows
    }

    /// The rows of each window: the relation `scoped`, and before it `parts` where figures are split.
    pub fn scoped(&self, facts: &'static str, ask: &Scoped<'_>) -> Vec<Named> {
        let mut made = Vec::new();
        let mut rows = facts;
        if self.segments || !ask.middle.is_empty() {
            made.push(self.parts(facts, ask));
            made.extend(ask.middle.iter().cloned());
            rows = ask.middle.last().map_or("parts", |it| it.name);
        }
        let mut is_of = vec![];
        if self.segments {
            is_of.push(of("r", "by_segment").equals(of("w", "by_segment")));
        }
        let everything = self.period == Period::Everything && ask.within.is_none();
        let of_days = self.dated && ask.within.as_ref().is_none_or(is_of_days);
        let mut windows = "windows";
        if of_days {
            // Rows are joined to days by the day itself, which engines do far faster than by
            // comparing each row with each window.
            let within = ask.within.clone().unwrap_or_else(in_window);
            let join = if ask.keeps_empty {
                Join::Left
            } else {
                Join::On
            };
            let mut days = Select::from("windows")
                .called("w")
                .join(join("days", "r", within))
                .keep_of("w", &["by_segment"])
                .keep_of("w", &WINDOW)
                .column("day", of("r", "day"));
            if everything {
                days = days.filter(of("w", "covers").equals(text("unit")));
            }
            made.push(Named::new("window_days", "the days of each window", days));
            windows = "window_days";
        }
        let mut condition = is_of.clone();
        if of_days {
            condition.push(of("r", "day").equals(of("w", "day")));
        } else {
            let within = ask.within.clone();
            condition.push(within.unwrap_or_else(|| whole(1).equals(whole(1))));
        }
        if ask.keeps_empty {
            made.extend(self.with_empty((rows, windows), ask, condition));
            return made;
        }
        let scoped = |windows: &'static str, condition: Vec<Expr>| {
            Select::from(rows)
                .called("r")
                .join(Join::On(windows, "w", all(condition)))
                .keep_of("w", &WINDOW)
                .column("segment", self.segment_of("r"))
                .keep_of("r", ask.fields)
        };
        let of_windows = scoped(windows, condition);
        made.push(if of_days && everything {
            // The headline covers all rows, with or without a day.
            is_of.push(of("w", "covers").differs(text("unit")));
            let all_rows = scoped("windows", is_of);
            let both = Relation::Union(vec![all_rows, of_windows]);
            Named::new(
                "scoped",
                "all rows for the period, and those of each unit",
                both,
            )
        } else {
            Named::new("scoped", "the rows of each window", of_windows)
        });
        made
    }

    fn segment_of(&self, relation: &'static str) -> Expr {
        if self.segments {
            of(relation, "segment")
        } else {
            Expr::Nothing(Type::Text)
        }
    }

    /// Every row for the whole, and once more for its segment.
    fn parts(&self, facts: &'static str, ask: &Scoped<'_>) -> Named {
        let part = |by_segment: i64, segment: Expr| {
            Select::from(facts)
                .column("by_segment", whole(by_segment))
                .column("segment", segment)
                .keep(ask.own_fields)
        };
        let mut parts = vec![part(0, Expr::Nothing(Type::Text))];
        if self.segments {
            parts.push(part(1, name("segment")));
        }
        let says = if self.segments {
            "every row twice: for the whole, and for its segment"
        } else {
            "every row, for the whole"
        };
        Named::new("parts", says, Relation::Union(parts))
    }

    /// The rows of each window; a window without any has one row of nothing.
    fn with_empty(
        &self,
        (rows, base): (&'static str, &'static str),
        ask: &Scoped<'_>,
        mut is_of: Vec<Expr>,
    ) -> Vec<Named> {
        let mut made = Vec::new();
        let mut windows = base;
        if self.segments {
            let known = Select::from(rows)
                .distinct()
                .keep(&["by_segment", "segment"]);
            let says = "the segments that there are";
            made.push(Named::new("known_segments", says, known));
            let same = of("s", "by_segment").equals(of("w", "by_segment"));
            let mut cells = Select::from(base)
                .called("w")
                .join(Join::On("known_segments", "s", same))
                .keep_of("w", &["by_segment"])
                .keep_of("w", &WINDOW);
            if base == "window_days" {
                cells = cells.keep_of("w", &["day"]);
            }
            let cells = cells.column("segment", of("s", "segment"));
            let says = "each window with each of its segments";
            made.push(Named::new("cells", says, cells));
            windows = "cells";
            is_of.push(any(vec![
                of("w", "by_segment").equals(whole(0)),
                of("r", "segment").equals(of("w", "segment")),
            ]));
        }
        let scoped = Select::from(windows)
            .called("w")
            .join(Join::Left(rows, "r", all(is_of)))
            .keep_of("w", &WINDOW)
            .column("segment", self.segment_of("w"))
            .keep_of("r", ask.fields);
        made.push(Named::new(
            "scoped",
            "the rows of each window; a window without any has one row of nothing",
            scoped,
        ));
        made
    }
}

/// Rows whose day lies in the window.
fn in_window() -> Expr {
    all(vec![
        of("r", "day").at_least(of("w", "period_start")),
        of("r", "day").below(of("w", "period_end")),
    ])
}

/// Whether a condition asks of a row for nothing but its day.
fn is_of_days(within: &Expr) -> bool {
    let mut found = true;
    prune::walk(within, &mut |it| {
        if let Expr::Of("r", column) = it {
            found &= column == "day";
        }
    });
    found
}
