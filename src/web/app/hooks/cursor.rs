//! The cursor of a chart: one mark at a time, by keys or by pointer.

use kept::charts::{Position, Span, positions, zoomed};
use kept::engine::chart_spec::{ChartSpec, Plot};
use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use crate::web::app::state::AppState;

/// Where the cursor stands and what it reads, ready for the view.
#[derive(Clone, Debug, PartialEq)]
pub struct CursorView {
    index: usize,
    /// What the mark says.
    pub readout: String,
    /// Whether the marks stand below each other, so that the cursor runs across.
    pub across: bool,
    /// Whether the mark is on the right, so that the readout stands on the left.
    pub on_right: bool,
    /// Distance of the line from the left, or from the top where it runs across.
    pub offset: String,
}

/// The cursor of one chart.
#[derive(Clone, Copy)]
pub struct Cursor {
    node: NodeRef<html::Canvas>,
    spec: StoredValue<ChartSpec>,
    state: AppState,
    part: RwSignal<Option<Span>>,
    at: RwSignal<Option<CursorView>>,
    drag: RwSignal<Option<Drag>>,
}

/// A stretch of the chart that the pointer marks, from where it began to where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drag {
    from: Place,
    to: Place,
}

/// A mark and how far it is from the left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    index: usize,
    x: f64,
}

impl From<&Position> for Place {
    fn from(mark: &Position) -> Self {
        Self {
            index: mark.index,
            x: mark.x,
        }
    }
}

impl Cursor {
    /// A cursor that stands nowhere yet; `part` is what is shown of the chart.
    pub fn new(
        node: NodeRef<html::Canvas>,
        spec: StoredValue<ChartSpec>,
        state: AppState,
        part: RwSignal<Option<Span>>,
    ) -> Self {
        Self {
            node,
            spec,
            state,
            part,
            at: RwSignal::new(None),
            drag: RwSignal::new(None),
        }
    }

    /// Where it stands.
    pub fn view(self) -> Option<CursorView> {
        self.at.get()
    }

    /// Moves by arrow keys, Home and End; leaves by Escape; shows more or less of a trend by plus,
    /// minus and zero. Whether the key was one of these.
    pub fn press(self, event: &KeyboardEvent) -> bool {
        if self.whole().is_some() {
            match event.key().as_str() {
                "+" => self.closer(),
                "-" => self.wider(),
                "0" => self.all(),
                _ => return self.step(event),
            }
            return true;
        }
        self.step(event)
    }

    fn step(self, event: &KeyboardEvent) -> bool {
        let marks = self.marks();
        let last = marks.len().saturating_sub(1);
        let now = self
            .at
            .with_untracked(|at| at.as_ref().map(|view| view.index));
        let wanted = match (event.key().as_str(), now) {
            ("Escape", Some(_)) => {
                self.leave();
                return true;
            }
            ("ArrowRight" | "ArrowDown", now) => now.map_or(0, |now| (now + 1).min(last)),
            ("ArrowLeft" | "ArrowUp", now) => now.map_or(last, |now| now.saturating_sub(1)),
            ("Home", _) => 0,
            ("End", _) => last,
            _ => return false,
        };
        if let Some(mark) = marks.get(wanted) {
            self.state.announcement.set(mark.readout.clone());
            self.stand(mark);
        }
        true
    }

    /// Moves to the mark nearest to the pointer.
    pub fn point(self, event: &PointerEvent) {
        if let Some(mark) = self.nearest(event) {
            self.stand(&mark);
            let to = Place::from(&mark);
            self.drag
                .update(|drag| *drag = drag.map(|drag| Drag { to, ..drag }));
        }
    }

    /// Begins to mark a stretch of a trend. With a finger the page is scrolled instead.
    pub fn begin(self, event: &PointerEvent) {
        let is_mouse = event.pointer_type() == "mouse" && event.button() == 0;
        if is_mouse && self.whole().is_some() {
            let place = self.nearest(event).as_ref().map(Place::from);
            self.drag.set(place.map(|from| Drag { from, to: from }));
        }
    }

    /// Shows the stretch that was marked.
    pub fn end(self) {
        let Some(drag) = self.drag.get_untracked() else {
            return;
        };
        self.drag.set(None);
        let chosen = self
            .shown()
            .and_then(|shown| shown.between(drag.from.index, drag.to.index));
        if chosen.is_some() {
            self.show(chosen);
        }
    }

    /// What the pointer marks, for the view: left edge and width in pixels.
    pub fn marked(self) -> Option<(String, String)> {
        let drag = self.drag.get()?;
        let (left, right) = (drag.from.x.min(drag.to.x), drag.from.x.max(drag.to.x));
        (drag.from.index != drag.to.index)
            .then(|| (format!("{left}px"), format!("{}px", right - left)))
    }

    /// Shows half as much, around the cursor.
    pub fn closer(self) {
        let middle = self
            .at
            .with_untracked(|at| at.as_ref().map(|view| view.index));
        if let Some(shown) = self.shown() {
            self.show(Some(shown.closer(middle.map(|it| shown.first + it))));
        }
    }

    /// Shows twice as much.
    pub fn wider(self) {
        if let (Some(shown), Some(whole)) = (self.shown(), self.whole()) {
            self.show(Some(shown.wider(whole)));
        }
    }

    /// Shows all.
    pub fn all(self) {
        self.show(None);
    }

    fn show(self, part: Option<Span>) {
        self.leave();
        self.part
            .set(part.filter(|part| Some(*part) != self.whole()));
    }

    fn whole(self) -> Option<Span> {
        self.spec.try_with_value(Span::whole).flatten()
    }

    fn shown(self) -> Option<Span> {
        self.part.get_untracked().or_else(|| self.whole())
    }

    fn nearest(self, event: &PointerEvent) -> Option<Position> {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let across = self.runs_across();
        let away = |mark: &Position| {
            if across {
                (mark.y - y).abs()
            } else {
                (mark.x - x).abs()
            }
        };
        let marks = self.marks().into_iter();
        marks.min_by(|a, b| away(a).total_cmp(&away(b)))
    }

    /// Stands nowhere.
    pub fn leave(self) {
        self.at.set(None);
        self.drag.set(None);
    }

    fn stand(self, mark: &Position) {
        let across = self.runs_across();
        let width = self
            .node
            .get_untracked()
            .map_or(0.0, |canvas| f64::from(canvas.client_width()));
        self.at.set(Some(CursorView {
            index: mark.index,
            readout: mark.readout.clone(),
            across,
            on_right: mark.x > width / 2.0,
            offset: format!("{}px", if across { mark.y } else { mark.x }),
        }));
    }

    fn runs_across(self) -> bool {
        self.spec
            .try_with_value(|spec| {
                matches!(
                    spec.plot,
                    Plot::Waterfall { .. }
                        | Plot::Dots { .. }
                        | Plot::Funnel { .. }
                        | Plot::Contributions { .. }
                )
            })
            .unwrap_or_default()
    }

    fn marks(self) -> Vec<Position> {
        let Some(canvas) = self.node.get_untracked() else {
            return Vec::new();
        };
        let (width, height) = (
            f64::from(canvas.client_width()),
            f64::from(canvas.client_height()),
        );
        let habits = untrack(|| self.state.habits());
        self.spec
            .try_with_value(|spec| match self.part.get_untracked() {
                Some(part) => positions(&zoomed(spec, part), width, height, &habits),
                None => positions(spec, width, height, &habits),
            })
            .unwrap_or_default()
    }
}
