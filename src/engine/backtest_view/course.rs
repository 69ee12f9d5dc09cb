//! The score at the ends of months.

use super::{Backtest, Stop};
use crate::engine::account_view;
use crate::engine::backtest::then;
use crate::engine::base::Date;
use crate::engine::held::Held;
use crate::engine::joins::Joins;
use crate::engine::kpi::usage::customer_health_score as health_kpi;
use crate::engine::kpi::usage::health_scores::Scoring;
use crate::engine::report::BacktestPoint;
use crate::engine::session::Told;
use crate::engine::stats::mean::Moments;
use crate::engine::table::Reason;

impl Backtest {
    /// Adds the score of a day to the course. On a day of which no measure is known it is left out.
    pub(super) fn tell(
        &mut self,
        (held, told): (&[Held], &Told),
        joins: &Joins,
        day: Date,
    ) -> Result<(), Stop> {
        // Held against each other, the accounts of a day would always stand about the middle.
        let curves = told.health.as_ref().map(|it| then::as_today(&it.0));
        let (then, health) = self.health_then((held, told), joins, (day, curves))?;
        let rule = told.health.as_ref().map_or("", |it| it.1.as_str());
        let Ok(scoring) = Scoring::new(&health, health_kpi::method(rule)) else {
            return Ok(());
        };
        let kept = told.tables.get(joins.base);
        let kept = kept.and_then(|it| it.kept.as_deref());
        let counts = |(account, row): (usize, &u32)| {
            let at = *row as usize;
            then.is_customer.get(account) == Some(&Some(true))
                && health.reasons.get(at) == Some(&Reason::Used)
                && kept.is_none_or(|kept| kept.get(at) == Some(&true))
        };
        let rows = joins.first_rows.iter().enumerate();
        let rows: Vec<u32> = rows.filter(|it| counts(*it)).map(|(_, row)| *row).collect();
        let scores = scoring.all(&rows, false);
        let moments = Moments::from_values(&scores.values);
        let ends = moments.t_interval();
        let asked = match &self.query.customer {
            Some(customer) => Some(row_of(customer, (held, told), joins)?),
            None => None,
        };
        let place = asked.and_then(|row| scores.rows.binary_search(&row).ok());
        self.report.course.push(BacktestPoint {
            day,
            accounts: scores.values.len() as u64,
            value: moments.mean(),
            low: ends.map(|(low, _)| low.max(0.0)),
            high: ends.map(|(_, high)| high.min(100.0)),
            bands: scores.bands,
            score: place.and_then(|place| scores.values.get(place)).copied(),
        });
        Ok(())
    }
}

/// The row of the list that speaks of an account first.
fn row_of(customer: &str, (held, told): (&[Held], &Told), joins: &Joins) -> Result<u32, Stop> {
    let names = account_view::names(joins, (held, told));
    let names = names.ok_or_else(account_view::nothing_loaded)?;
    let account = account_view::find(customer, &names)?;
    Ok(account_view::first_row(account, joins) as u32)
}
