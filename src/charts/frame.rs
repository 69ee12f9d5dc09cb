//! The plot inside its margins: plotters' coordinate system on our surface.

use std::convert::Infallible;
use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::combinators::{IntoLogRange as _, LogCoord};
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea as _};
use plotters::element::{Polygon, Rectangle};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, IntoFont as _, ShapeStyle};

use super::NotDrawn;
use super::direct::Direct;
use super::surface::{self, STEPS, Surface, steps};
use super::target::{Area, Point, at};
use super::text;
use super::theme::Colour;

/// Space around the plotting area, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Margins {
    /// Above.
    pub(super) top: f64,
    /// To the right.
    pub(super) right: f64,
    /// Below.
    pub(super) bottom: f64,
    /// To the left.
    pub(super) left: f64,
}

impl Margins {
    /// The plotting area that they leave of a size; at least 8 px each way.
    pub(super) fn inside(&self, (width, height): (f64, f64)) -> Area {
        Area {
            left: self.left,
            top: self.top,
            right: (width - self.right).max(self.left + 8.0),
            bottom: (height - self.bottom).max(self.top + 8.0),
        }
    }
}

/// How values become places along an axis.
enum Scale {
    Linear(RangedCoordf64),
    Logarithmic(LogCoord<f64>),
}

/// One axis with its ticks. One type for all axes, so that plotters is compiled once.
pub(super) struct Axis {
    scale: Scale,
    ticks: Vec<f64>,
}

impl Axis {
    /// An even axis over a range with these ticks.
    pub(super) fn linear(range: Range<f64>, ticks: Vec<f64>) -> Self {
        Self {
            scale: Scale::Linear(range.into()),
            ticks,
        }
    }

    /// A logarithmic axis over a positive range with these ticks.
    pub(super) fn logarithmic(range: Range<f64>, ticks: Vec<f64>) -> Self {
        Self {
            scale: Scale::Logarithmic(range.log_scale().into()),
            ticks,
        }
    }
}

impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        match &self.scale {
            Scale::Linear(scale) => scale.map(value, limit),
            Scale::Logarithmic(scale) => scale.map(value, limit),
        }
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            Vec::new()
        } else {
            self.ticks.clone()
        }
    }

    fn range(&self) -> Range<f64> {
        match &self.scale {
            Scale::Linear(scale) => scale.range(),
            Scale::Logarithmic(scale) => scale.range(),
        }
    }
}

impl From<DrawingAreaErrorKind<Infallible>> for NotDrawn {
    fn from(_: DrawingAreaErrorKind<Infallible>) -> Self {
        Self
    }
}

/// Which gridlines and tick labels an axis pair shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Grid {
    /// Across the plot, with values at the left.
    Horizontal,
    /// Down the plot, with values below.
    Vertical,
    /// None, but values below.
    Below,
}

/// A plot: plotters' chart on our surface, and where its plotting area lies.
pub(super) struct Plot<'a> {
    chart: ChartContext<'a, Surface<'a>, Cartesian2d<Axis, Axis>>,
    /// The plotting area in CSS pixels.
    pub(super) area: Area,
    /// Width and height of the whole surface in CSS pixels.
    pub(super) size: (f64, f64),
}

impl<'a> Plot<'a> {
    /// A plot over the whole surface with these margins and axes.
    pub(super) fn new(
        surface: Surface<'a>,
        area: Area,
        x: Axis,
        y: Axis,
    ) -> Result<Self, NotDrawn> {
        let root = surface.into_drawing_area();
        let (wide, high) = root.dim_in_pixel();
        let chart = ChartBuilder::on(&root)
            .set_label_area_size(LabelAreaPosition::Left, steps(area.left))
            .margin_top(steps(area.top))
            .margin_right((wide.cast_signed() - steps(area.right) - 1).max(0))
            .set_label_area_size(
                LabelAreaPosition::Bottom,
                (high.cast_signed() - steps(area.bottom) - 1).max(0),
            )
            .build_cartesian_2d(x, y)?;
        Ok(Self {
            chart,
            area,
            size: (f64::from(wide) / STEPS, f64::from(high) / STEPS),
        })
    }

    /// Gridlines at the ticks of one axis, with their labels.
    pub(super) fn grid(
        &mut self,
        grid: Grid,
        label: &dyn Fn(&f64) -> String,
    ) -> Result<(), NotDrawn> {
        // Plotters sets labels twice the length of a tick mark away from the axis, and draws labels
        // only on an axis it draws as well: hence ticks and an axis line that cannot be seen.
        let apart = steps(4.0);
        let unseen = Colour::Edge.code().mix(0.0);
        let font = ("sans", text::SIZE).into_font().color(&Colour::Ink2.code());
        let mut mesh = self.chart.configure_mesh();
        mesh.bold_line_style(Colour::Rule.code().stroke_width(steps(1.0).unsigned_abs()))
            .light_line_style(unseen)
            .axis_style(unseen)
            .set_all_tick_mark_size(apart);
        match grid {
            Grid::Horizontal => mesh.disable_x_mesh(),
            Grid::Vertical => mesh.disable_y_mesh(),
            Grid::Below => mesh.disable_mesh(),
        };
        if grid == Grid::Horizontal {
            mesh.disable_x_axis()
                .y_label_style(font.pos(Pos::new(HPos::Right, VPos::Center)))
                .y_label_formatter(label);
        } else {
            mesh.disable_y_axis()
                .x_label_style(font.pos(Pos::new(HPos::Center, VPos::Top)))
                .x_label_formatter(label);
        }
        mesh.draw()?;
        Ok(())
    }

    /// A solid 2 px line through the points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], colour: Colour) -> Result<(), NotDrawn> {
        let style: ShapeStyle = colour.code().stroke_width(steps(2.0).unsigned_abs());
        self.chart
            .draw_series(LineSeries::new(points.iter().copied(), style))?;
        Ok(())
    }

    /// The area between an upper and a lower line.
    pub(super) fn between(
        &mut self,
        corners: Vec<(f64, f64)>,
        colour: Colour,
    ) -> Result<(), NotDrawn> {
        let area = Polygon::new(corners, colour.code().filled());
        self.chart.plotting_area().draw(&area)?;
        Ok(())
    }

    /// A bar between two opposite corners.
    pub(super) fn bar(&mut self, corners: [(f64, f64); 2], colour: Colour) -> Result<(), NotDrawn> {
        let mut bar = Rectangle::new(corners, colour.code().filled());
        let [one, other] = corners.map(|corner| self.place(corner));
        if (one.x - other.x).abs() > 4.0 {
            // Half a pixel off each side keeps neighbours apart.
            let half = steps(0.5).unsigned_abs();
            bar.set_margin(0, 0, 0, half * 2);
        }
        self.chart.plotting_area().draw(&bar)?;
        Ok(())
    }

    /// Whatever plotters has no element for, at data coordinates.
    pub(super) fn direct(
        &self,
        places: Vec<(f64, f64)>,
        draw: impl Fn(&mut Surface<'_>, &[Point]),
    ) -> Result<(), NotDrawn> {
        self.chart
            .plotting_area()
            .draw(&Direct::new(places, draw))?;
        Ok(())
    }

    /// Where a pair of values stands, in CSS pixels.
    pub(super) fn place(&self, values: (f64, f64)) -> Point {
        let place = surface::point(self.chart.plotting_area().map_coordinate(&values));
        at(
            place.x.clamp(self.area.left, self.area.right),
            place.y.clamp(self.area.top, self.area.bottom),
        )
    }
}
