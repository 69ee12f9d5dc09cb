//! The cards of one family and their pictures.

use kept::present::dashboard::SectionView;
use leptos::prelude::*;

use super::chart_figure::ChartFigure;
use super::kpi_card::KpiCard;
use super::section::Section;

/// One family.
#[component]
pub fn KpiSection(section: SectionView) -> impl IntoView {
    let has_beside = section.beside.is_some();
    let has_charts = !section.charts.is_empty();
    let charts = section
        .charts
        .into_iter()
        .map(|spec| view! { <div class="c6"><ChartFigure spec /></div> })
        .collect_view();
    view! {
        <Section title=section.title note=section.note>
            <div class:cols=has_beside class:beside=has_beside>
                <div class="c6">
                    <div class="cards">
                        {section.cards.into_iter().map(|card| view! { <KpiCard card /> }).collect_view()}
                    </div>
                    {has_charts.then(|| view! { <div class="cols pictures">{charts}</div> })}
                </div>
                {section.beside.map(|spec| view! { <div class="c6"><ChartFigure spec /></div> })}
            </div>
        </Section>
    }
}
