//! The cursor of a chart: one mark at a time, by keys or by pointer.

use kept::charts::{Position, positions};
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
    at: RwSignal<Option<CursorView>>,
}

impl Cursor {
    /// A cursor that stands nowhere yet.
    pub fn new(node: NodeRef<html::Canvas>, spec: StoredValue<ChartSpec>, state: AppState) -> Self {
        Self {
            node,
            spec,
            state,
            at: RwSignal::new(None),
        }
    }

    /// Where it stands.
    pub fn view(self) -> Option<CursorView> {
        self.at.get()
    }

    /// Moves by arrow keys, Home and End; leaves by Escape. Whether the key was one of these.
    pub fn press(self, event: &KeyboardEvent) -> bool {
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
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let across = self.runs_across();
        let away = |mark: &Position| {
            if across {
                (mark.y - y).abs()
            } else {
                (mark.x - x).abs()
            }
        };
        let marks = self.marks();
        if let Some(mark) = marks.iter().min_by(|a, b| away(a).total_cmp(&away(b))) {
            self.stand(mark);
        }
    }

    /// Stands nowhere.
    pub fn leave(self) {
        self.at.set(None);
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
            .try_with_value(|spec| matches!(spec.plot, Plot::Waterfall { .. } | Plot::Dots { .. }))
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
            .try_with_value(|spec| positions(spec, width, height, &habits))
            .unwrap_or_default()
    }
}
