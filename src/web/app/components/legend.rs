//! The one legend, under the dashboard.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::signs;

/// What bands, dashes, hatching and triangles mean.
#[component]
pub fn Legend() -> impl IntoView {
    view! {
        <ul class="legend section">
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="band" y=1 width=24 height=10 /><line class="line" x1=0 x2=24 y1=6 y2=6 /></svg>{say(words::LEGEND_BAND)}</li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><line class="target" x1=0 x2=24 y1=6 y2=6 /></svg>{say(words::LEGEND_TARGET)}</li>
            <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="hatchline" d=signs::HATCHING /><circle class="dot hollow" cx=12 cy=6 r=3 /></svg>{say(words::LEGEND_PARTIAL)}</li>
            <li><svg class="tri filled" viewBox="0 0 10 10" aria-hidden="true"><path d=signs::UP /></svg>{say(words::LEGEND_REAL)}</li>
            <li><svg class="tri" viewBox="0 0 10 10" aria-hidden="true"><path d=signs::UP /></svg>{say(words::LEGEND_NOISE)}</li>
        </ul>
    }
}
