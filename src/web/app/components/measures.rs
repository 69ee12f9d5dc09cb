//! The measures that a score is made of.

use kept::present::measures::MeasureView;
use kept::present::words;
use leptos::prelude::*;

use super::section::Section;

/// One row a measure; nothing for figures that are no score.
#[component]
pub fn Measures(measures: Vec<MeasureView>) -> impl IntoView {
    let head = |name: &'static str| view! { <th scope="col" class="num">{name}</th> };
    let cell = |name: &'static str, says: String| view! { <td class="num" data-l=name>{says}</td> };
    let row = move |measure: MeasureView| {
        view! {
            <tr>
                <th scope="row">
                    {measure.name}
                    <span class="small quiet">{measure.group}</span>
                    <span class="small quiet">{measure.points}</span>
                    <span class="small quiet">{measure.because}</span>
                </th>
                {cell(words::MEASURE_POINTS, measure.mean)}
                {cell(words::MEASURE_WEIGHT, measure.weight)}
                {cell(words::MEASURE_COVERAGE, measure.coverage)}
                {cell(words::MEASURE_ADDS, measure.adds)}
            </tr>
        }
    };
    (!measures.is_empty()).then(|| {
        view! {
            <Section title=words::MEASURES_TITLE>
                <table class="themes stack" aria-label=words::MEASURES_TITLE>
                    <thead>
                        <tr>
                            <th scope="col">{words::MEASURE}</th>
                            {head(words::MEASURE_POINTS)}
                            {head(words::MEASURE_WEIGHT)}
                            {head(words::MEASURE_COVERAGE)}
                            {head(words::MEASURE_ADDS)}
                        </tr>
                    </thead>
                    <tbody>{measures.into_iter().map(row).collect_view()}</tbody>
                </table>
            </Section>
        }
    })
}
