//! Benchmarks of surveys, support and commerce.

use super::{Access, Benchmark, Statistic};
use crate::engine::base::Unit;

/// What all levels of advice on first replies have in common.
const EMAIL_ADVICE: Benchmark = Benchmark {
    kpi: "first_response_time",
    variant: "median_calendar_hours",
    value: 12.0,
    statistic: Statistic::Advice,
    segment: "e-mail, good",
    publisher: "Zendesk",
    period: "article of 2023, from studies of 2017 and 2020",
    year: 2023,
    n: None,
    unit: Unit::Hours,
    months: None,
    scale: None,
    access: Access::Direct,
    retrieved: "November 2026",
};

/// Every benchmark of surveys, support and commerce.
pub(super) const ALL: &[Benchmark] = &[
    Benchmark {
        kpi: "net_promoter_score",
        variant: "standard",
        value: 44.0,
        statistic: Statistic::Mean,
        segment: "IT services, US and Canada",
        publisher: "ClearlyRated",
        period: "2022",
        year: 2022,
        unit: Unit::Score,
        scale: Some((0.0, 10.0)),
        access: Access::Copy,
        ..EMAIL_ADVICE
    },
    // Good or bad, no middle.
    Benchmark {
        kpi: "customer_satisfaction_score",
        variant: "top_answers",
        value: 0.82,
        statistic: Statistic::Total,
        segment: "16,000 firms that used its help desk",
        period: "third quarter of 2013",
        year: 2013,
        n: Some(16_000),
        unit: Unit::Ratio,
        scale: Some((0.0, 1.0)),
        ..EMAIL_ADVICE
    },
    EMAIL_ADVICE,
    Benchmark {
        value: 4.0,
        segment: "e-mail, better",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 1.0,
        segment: "e-mail, best",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 2.0,
        segment: "social media, good",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 1.0,
        segment: "social media, better",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 0.25,
        segment: "social media, best",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 1.0,
        segment: "chat, good",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 5.0 / 60.0,
        segment: "chat, better",
        ..EMAIL_ADVICE
    },
    Benchmark {
        value: 1.0 / 60.0,
        segment: "chat, best",
        ..EMAIL_ADVICE
    },
    Benchmark {
        kpi: "cart_abandonment_rate",
        variant: "standard",
        value: 0.6982,
        statistic: Statistic::Mean,
        segment: "46 studies of online shops",
        publisher: "Baymard Institute",
        period: "studies up to November 2021",
        year: 2021,
        n: Some(46),
        unit: Unit::Ratio,
        ..EMAIL_ADVICE
    },
];
