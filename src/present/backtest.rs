//! How well the health score has worked, in sentences and small tables.

use super::format::Habits;
use super::{measures, words};
use crate::charts::Description;
use crate::engine::base::{PeriodUnit, Unit};
use crate::engine::chart_spec::{ChartSpec, Plot, ToldGroup, TrendPoint};
use crate::engine::report::{
    BacktestCount, BacktestFigure, BacktestHorizon, BacktestPart, BacktestReport, BacktestWeights,
    Verdict,
};
use crate::present::language::say;
use crate::told;

/// What a reader sees of a back-test.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BacktestView {
    /// What came out, or why nothing did; the first is the answer.
    pub says: Vec<String>,
    /// The chances that the suggested weights told, against who left; absent without such weights.
    pub calibration: Option<ChartSpec>,
    /// The numbers behind it.
    pub tables: Vec<Description>,
    /// What was left out of the test.
    pub remarks: Vec<String>,
}

/// The back-test as a reader sees it.
pub fn backtest(report: &BacktestReport, habits: &Habits) -> BacktestView {
    let mut view = BacktestView {
        remarks: report.left_out.iter().map(left_out).collect(),
        ..BacktestView::default()
    };
    if let Some(refusal) = &report.refusal {
        view.says = vec![refusal.message.clone(), refusal.hint.clone()];
        return view;
    }
    let mut looks = report.horizons.iter();
    let Some(look) = looks.find(|look| look.days == report.main_days) else {
        return view;
    };
    let teller = Teller { report, habits };
    view.says = teller.says(look);
    view.remarks.extend(look.unknown.iter().map(left_out));
    view.remarks.extend(look.left_out.iter().map(|count| {
        let accounts = words::counted(count.count as usize, "account", "accounts");
        told!("{0} not tested: {1}", accounts, reason(&count.name))
    }));
    if look.refusal.is_none() {
        view.tables.push(teller.bands(look));
        view.tables.push(teller.groups(
            say("By score, in groups of equal size"),
            say("Score"),
            &look.bins,
            |it| {
                let ends = it.from.zip(it.to);
                ends.map(|(from, to)| habits.range(from, to, Unit::Score))
            },
        ));
    }
    if let Some(weights) = &look.weights {
        view.says.extend(teller.weights(weights));
        view.tables.push(teller.weighed(weights));
        view.calibration = calibration(&weights.bins);
    }
    view.says
        .extend(look.weights_refusal.iter().map(|it| it.message.clone()));
    if report.horizons.len() > 1 {
        view.tables.push(teller.looks());
    }
    view
}

fn left_out(count: &BacktestCount) -> String {
    let because = count.because.as_deref().unwrap_or_default();
    told!(
        "{0} is left out of the test: {1}.",
        measures::name(&count.name),
        because
    )
}

/// Why accounts are not tested.
fn reason(code: &str) -> &'static str {
    match code {
        "began_later" => say("no customers as yet on that day."),
        "left_before" => say("gone before that day."),
        "customer_unknown" => say("no table says from when until when they were customers."),
        "outcome_unknown" => say("no table says whether they are customers today."),
        "score_withheld" => say("too few measures for a score on that day."),
        "filtered_out" => say("left out by your filter."),
        _ => say("their row in the list is left out."),
    }
}

struct Teller<'a> {
    report: &'a BacktestReport,
    habits: &'a Habits,
}

impl Teller<'_> {
    fn says(&self, look: &BacktestHorizon) -> Vec<String> {
        if let Some(refusal) = &look.refusal {
            return vec![refusal.message.clone(), refusal.hint.clone()];
        }
        let mut says = Vec::new();
        if let (Some(red), Some(others)) = (look.bands.first(), &look.others) {
            says.push(self.compared(look, red, others));
        }
        if let (Some(caught), Some(red)) = (&look.caught, look.bands.first()) {
            says.push(told!(
                "Of the {0} lost, {1} were red {2} days before ({3}).",
                self.habits.count(look.lost),
                self.habits.count(red.lost),
                look.days,
                self.shares(caught.value, caught.low, caught.high)
            ));
        }
        says.extend(look.auc.iter().map(|auc| {
            told!("One of the lost scored lower than one of the kept {0} of the time ({1}); 50% is chance.", self.habits.percent(auc.value), self.habits.range(auc.low, auc.high, Unit::Ratio))
        }));
        says.extend(look.lift.iter().map(|lift| {
            told!(
                "The lowest tenth of the scores was lost {0} times as often as all ({1} to {2}).",
                self.habits.number(lift.value, 1),
                self.habits.number(lift.low, 1),
                self.habits.number(lift.high, 1)
            )
        }));
        says
    }

    /// "Of accounts scored 50 or less on 1 Apr 2025, 6 of 27 had left by 30 Jun 2025 (22.2%, …)."
    fn compared(
        &self,
        look: &BacktestHorizon,
        red: &BacktestPart,
        others: &BacktestPart,
    ) -> String {
        let edge = self.habits.value(self.report.red_to, Unit::Score);
        let scored = if self.report.edge_is_red {
            told!("{0} or less", edge)
        } else {
            told!("below {0}", edge)
        };
        let until = self
            .report
            .as_of
            .map_or_else(nothing, |day| self.habits.date(day));
        let verdict = match (look.verdict, &look.difference) {
            (Some(Verdict::Real), Some(off)) if off.value < 0.0 => {
                say("Low scores left less often: the score points the wrong way.")
            }
            (Some(Verdict::Real), _) => say("The difference is real."),
            (Some(Verdict::CouldBeNoise), _) => say("The difference could be noise."),
            _ => say("Too little data to compare."),
        };
        told!(
            "Of accounts scored {0} on {1}, {2} had left by {3}. Above: {4}. {5}",
            scored,
            self.habits.date(look.day),
            self.counts(red),
            until + &self.interval(red),
            self.counts(others) + &self.interval(others),
            verdict
        )
    }

    fn counts(&self, part: &BacktestPart) -> String {
        let (lost, of) = (
            self.habits.count(part.lost),
            self.habits.count(part.accounts),
        );
        told!("{0} of {1}", lost, of)
    }

    /// " (22.2%, 10.6 to 40.8%)"; empty without accounts.
    fn interval(&self, part: &BacktestPart) -> String {
        match (part.share, part.low, part.high) {
            (Some(share), Some(low), Some(high)) => format!(" ({})", self.shares(share, low, high)),
            _ => String::new(),
        }
    }

    fn shares(&self, share: f64, low: f64, high: f64) -> String {
        let range = self.habits.range(low, high, Unit::Ratio);
        format!("{}, {range}", self.habits.percent(share))
    }

    fn weights(&self, weights: &BacktestWeights) -> Vec<String> {
        let area = |figure: &BacktestFigure| {
            let range = self.habits.range(figure.low, figure.high, Unit::Ratio);
            told!(
                "{0} of the time ({1})",
                self.habits.percent(figure.value),
                range
            )
        };
        let verdict = match (weights.verdict, &weights.difference) {
            (Verdict::Real, Some(off)) if off.value > 0.0 => {
                say("The suggested weights are better.")
            }
            (Verdict::Real, _) => say("Your weights are better."),
            (Verdict::CouldBeNoise, _) => say("The difference could be noise."),
            (Verdict::TooLittleData, _) => say("Too little data to compare."),
        };
        vec![
            told!(
                "Weights fitted to those who left would have put the lost below the kept {0}, on accounts that the fit had not seen; yours did {1}. {2}",
                area(&weights.suggested),
                area(&weights.own),
                verdict
            ),
            String::from(say(
                "They are a suggestion; your weights stay until you change them.",
            )),
        ]
    }

    fn bands(&self, look: &BacktestHorizon) -> Description {
        let named = look.bands.iter();
        let rows = named.map(|part| self.row(words::sentence(&part.band), part));
        table(
            say("By band"),
            &[say("Band"), say("Lost"), say("Share"), say("95% interval")],
            rows.collect(),
        )
    }

    fn groups(
        &self,
        title: &str,
        head: &str,
        parts: &[BacktestPart],
        name: impl Fn(&BacktestPart) -> Option<String>,
    ) -> Description {
        let named = |part| name(part).unwrap_or_else(nothing);
        let rows = parts.iter().map(|part| self.row(named(part), part));
        table(
            title,
            &[head, say("Lost"), say("Share"), say("95% interval")],
            rows.collect(),
        )
    }

    fn row(&self, name: String, part: &BacktestPart) -> Vec<String> {
        let share = part.share.map(|share| self.habits.percent(share));
        let ends = part.low.zip(part.high);
        let range = ends.map(|(low, high)| self.habits.range(low, high, Unit::Ratio));
        vec![
            name,
            self.counts(part),
            share.unwrap_or_else(nothing),
            range.unwrap_or_else(nothing),
        ]
    }

    fn weighed(&self, weights: &BacktestWeights) -> Description {
        let rows = weights.measures.iter().map(|it| {
            vec![
                measures::name(&it.measure),
                self.habits.percent(it.own),
                self.habits.percent(it.suggested),
            ]
        });
        table(
            say("Weights"),
            &[say("Measure"), say("Yours"), say("Suggested")],
            rows.collect(),
        )
    }

    fn looks(&self) -> Description {
        let rows = self.report.horizons.iter().map(|look| {
            let of = |figure: &Option<BacktestFigure>| {
                let told = figure
                    .as_ref()
                    .map(|it| self.shares(it.value, it.low, it.high));
                told.unwrap_or_else(nothing)
            };
            vec![
                self.habits.date(look.day),
                self.habits.count(u64::from(look.days)),
                told!(
                    "{0} of {1}",
                    self.habits.count(look.lost),
                    self.habits.count(look.accounts)
                ),
                of(&look.auc),
                of(&look.caught),
            ]
        });
        let header = [
            say("Score of"),
            say("Days"),
            say("Lost"),
            say("Lost scored lower"),
            say("Lost that were red"),
        ];
        table(say("Each look back"), &header, rows.collect())
    }
}

/// What stands where there is no number.
fn nothing() -> String {
    String::from("–")
}

/// Accounts in groups by the chance of leaving that was told, against the share that left.
fn calibration(bins: &[BacktestPart]) -> Option<ChartSpec> {
    let groups = bins.iter().filter_map(|bin| {
        Some(ToldGroup {
            told: bin.told?,
            happened: bin.share?,
            low: bin.low,
            high: bin.high,
            n: bin.accounts,
        })
    });
    let groups: Vec<ToldGroup> = groups.collect();
    (!groups.is_empty()).then(|| ChartSpec {
        title: say(words::CALIBRATION).to_owned(),
        summary: String::new(),
        plot: Plot::Calibration { groups },
        footnotes: vec![say(words::CALIBRATION_NOTE).to_owned()],
    })
}

/// The score at the ends of months as a chart: the mean of all, or the score of one account; absent
/// for fewer than two.
pub fn course(report: &BacktestReport, of_one: bool) -> Option<ChartSpec> {
    let last = report.as_of;
    let points: Vec<TrendPoint> = report
        .course
        .iter()
        .map(|point| {
            let month = PeriodUnit::Month.index(point.day);
            let own = |all: Option<f64>| all.filter(|_| !of_one);
            TrendPoint {
                start: PeriodUnit::Month.start(month),
                value: if of_one { point.score } else { point.value },
                low: own(point.low),
                high: own(point.high),
                n: (!of_one).then_some(point.accounts),
                partial: last == Some(point.day)
                    && PeriodUnit::Month.start(month + 1).plus_days(-1) != point.day,
            }
        })
        .collect();
    let known = points.iter().filter(|point| point.value.is_some()).count();
    (known > 1).then(|| ChartSpec {
        title: say(words::SCORE_COURSE).to_owned(),
        summary: String::new(),
        plot: Plot::Trend {
            unit: Unit::Score,
            points,
            target: None,
        },
        footnotes: vec![say(words::SCORE_COURSE_NOTE).to_owned()],
    })
}

fn table(title: &str, header: &[&str], rows: Vec<Vec<String>>) -> Description {
    Description {
        sentence: title.to_owned(),
        header: header.iter().map(|head| (*head).to_owned()).collect(),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::plain;
    use super::*;
    use crate::engine::base::{Date, Refusal};
    use crate::engine::report::BacktestPoint;

    fn part(lost: u64, accounts: u64, (share, low, high): (f64, f64, f64)) -> BacktestPart {
        BacktestPart {
            band: String::from("red"),
            accounts,
            lost,
            share: Some(share),
            low: Some(low),
            high: Some(high),
            ..BacktestPart::default()
        }
    }

    fn report() -> BacktestReport {
        let day = |month, day| Date::from_ymd(2026, month, day).unwrap();
        let mut look = BacktestHorizon::of(92, day(6, 30));
        (look.accounts, look.lost) = (245, 10);
        look.bands = vec![part(6, 27, (0.2222, 0.106, 0.408))];
        look.others = Some(part(4, 218, (0.0183, 0.0072, 0.0462)));
        look.verdict = Some(Verdict::Real);
        look.left_out = vec![BacktestCount {
            name: String::from("began_later"),
            because: None,
            count: 3,
        }];
        BacktestReport {
            as_of: Some(day(9, 30)),
            main_days: 92,
            red_to: 40.0,
            horizons: vec![look],
            ..BacktestReport::default()
        }
    }

    #[test]
    fn the_answer_is_one_sentence_with_both_sides_and_a_verdict() {
        let habits = Habits::new("en", None);
        let view = backtest(&report(), &habits);
        assert_eq!(
            plain(&view.says[0]),
            "Of accounts scored below 40.0 on 30 Jun 2026, 6 of 27 had left by 30 Sep 2026 (22.2%, 10.6 to 40.8%). Above: 4 of 218 (1.8%, 0.72 to 4.6%). The difference is real."
        );
        assert_eq!(
            plain(&view.remarks[0]),
            "3 accounts not tested: no customers as yet on that day."
        );
        let mut turned = report();
        turned.horizons[0].verdict = Some(Verdict::CouldBeNoise);
        let view = backtest(&turned, &habits);
        assert!(view.says[0].ends_with("The difference could be noise."));
    }

    #[test]
    fn a_refusal_says_why_and_what_to_do_and_shows_no_number() {
        let mut refused = report();
        let refusal = Refusal::new("backtest_too_few_lost", "Two left.", "Look back more days.");
        refused.horizons[0].refusal = Some(refusal);
        let view = backtest(&refused, &Habits::new("en", None));
        assert_eq!(view.says, ["Two left.", "Look back more days."]);
        assert!(view.tables.is_empty());
    }

    #[test]
    fn a_course_has_a_point_a_month_and_none_for_fewer_than_two() {
        let mut report = report();
        let point = |month, day, value, score| BacktestPoint {
            day: Date::from_ymd(2026, month, day).unwrap(),
            accounts: 40,
            value: Some(value),
            low: Some(value - 1.0),
            high: Some(value + 1.0),
            bands: [10, 10, 20],
            score,
        };
        report.course = vec![point(8, 31, 60.0, None)];
        assert_eq!(course(&report, false), None);
        report.course.push(point(9, 12, 55.0, Some(20.0)));
        report.as_of = Some(report.course[1].day);
        let chart = course(&report, false).unwrap();
        let Plot::Trend { points, .. } = &chart.plot else {
            panic!()
        };
        assert_eq!(
            (points.len(), points[0].partial, points[1].partial),
            (2, false, true)
        );
        assert_eq!(points[1].low, Some(54.0));
        assert_eq!(course(&report, true), None, "one account has one score");
    }
}
