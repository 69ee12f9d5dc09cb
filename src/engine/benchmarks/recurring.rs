//! Benchmarks of recurring revenue.

use super::{Access, Benchmark, Statistic};
use crate::engine::base::Unit;

/// What every entry of this file begins from: the software firms that one yearly survey asks.
const SAAS_CAPITAL: Benchmark = Benchmark {
    kpi: "net_revenue_retention",
    variant: "cohort",
    value: 1.0,
    statistic: Statistic::Median,
    segment: "private B2B software",
    publisher: "SaaS Capital",
    period: "survey of 2023",
    year: 2023,
    n: Some(1_500),
    unit: Unit::Ratio,
    months: Some(12),
    scale: None,
    // Read in a copy of the brief; the overall figure and both ends also in a vendor's article on it.
    access: Access::Copy,
    retrieved: "November 2026",
};

/// Another yearly survey of private software firms.
const BENCHMARKIT: Benchmark = Benchmark {
    publisher: "Benchmarkit",
    period: "financial year 2024",
    year: 2024,
    n: None,
    access: Access::Direct,
    ..SAAS_CAPITAL
};

const fn net(value: f64, segment: &'static str) -> Benchmark {
    Benchmark {
        value,
        segment,
        ..SAAS_CAPITAL
    }
}

const fn gross(value: f64, segment: &'static str) -> Benchmark {
    Benchmark {
        kpi: "gross_revenue_retention",
        ..net(value, segment)
    }
}

const BELOW_12: &str = "private B2B software, yearly contracts below 12,000 USD";
const BELOW_25: &str = "private B2B software, yearly contracts of 12,000 to 25,000 USD";
const BELOW_50: &str = "private B2B software, yearly contracts of 25,000 to 50,000 USD";
const BELOW_100: &str = "private B2B software, yearly contracts of 50,000 to 100,000 USD";
const BELOW_250: &str = "private B2B software, yearly contracts of 100,000 to 250,000 USD";
const ABOVE_250: &str = "private B2B software, yearly contracts above 250,000 USD";

/// Every benchmark of recurring revenue.
pub(super) const ALL: &[Benchmark] = &[
    net(1.02, "private B2B software, all contracts"),
    net(1.00, BELOW_12),
    net(1.02, BELOW_25),
    net(1.03, BELOW_50),
    net(1.05, BELOW_100),
    net(1.07, BELOW_250),
    net(1.10, ABOVE_250),
    gross(0.90, BELOW_12),
    gross(0.90, BELOW_25),
    gross(0.92, BELOW_50),
    gross(0.93, BELOW_100),
    gross(0.93, BELOW_250),
    gross(0.93, ABOVE_250),
    Benchmark {
        value: 1.15,
        statistic: Statistic::TopQuartile,
        segment: "private B2B software, yearly contracts above 50,000 USD",
        period: "survey of 2022",
        year: 2022,
        ..SAAS_CAPITAL
    },
    Benchmark {
        value: 1.01,
        ..BENCHMARKIT
    },
    Benchmark {
        kpi: "expansion_rate",
        variant: "share_of_won",
        value: 0.40,
        ..BENCHMARKIT
    },
    Benchmark {
        kpi: "customer_acquisition_cost",
        variant: "per_new_revenue",
        value: 2.00,
        // Money for one unit of yearly revenue.
        unit: Unit::Money,
        ..BENCHMARKIT
    },
];
