//! Billing intervals, and lengths of time between two days, in months.

use super::choices::Weeks;
use crate::engine::base::Date;
use crate::engine::roles::synonyms::normal;
use crate::engine::roles::vocabulary::{self, after_every, without_iso_mark};
use crate::engine::table::value::missing;

/// Days of a mean month.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Months between two days: whole ones by the calendar, the rest as a share of 30.4375 days. An
/// end on the last day of a month, as some systems write it, is the first of the next.
pub fn months_between(start: Date, end: Date) -> f64 {
    let next = end.plus_days(1);
    let end = if next.first_of_month() == next && start.first_of_month() == start {
        next
    } else {
        end
    };
    let mut whole = 0;
    while start.plus_months(whole + 1) <= end && whole < 1_200 {
        whole += 1;
    }
    let rest = end.0 - start.plus_months(whole).0;
    f64::from(whole) + f64::from(rest.max(0)) / DAYS_A_MONTH
}

/// Months in a billing interval, from the words that billing systems use in English, German,
/// French, Spanish, Portuguese, Italian and Dutch. An empty cell is a month.
pub fn interval_months(text: &str, weeks: Weeks) -> Option<f64> {
    if missing::is_missing(text.trim()) {
        return Some(1.0);
    }
    let word = normal(text);
    let word = after_every(without_iso_mark(&word));
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches([' ', 'x']);
    let count = if digits.is_empty() {
        1.0
    } else {
        digits.parse().ok().filter(|count| *count > 0.0)?
    };
    if rest.is_empty() && vocabulary::is_interval(text) {
        // A plain number, as below a header that speaks of months.
        return Some(count);
    }
    let (unit, _) = UNITS
        .into_iter()
        .find(|(_, words)| words.split('|').any(|known| known == rest))?;
    Some(count * unit.months(weeks))
}

#[derive(Clone, Copy)]
enum Unit {
    Days(f64),
    Weeks(f64),
    Months(f64),
}

impl Unit {
    fn months(self, weeks: Weeks) -> f64 {
        match (self, weeks) {
            (Self::Months(count), _) => count,
            (Self::Days(count), _) => count / DAYS_A_MONTH,
            (Self::Weeks(count), Weeks::Days) => count * 7.0 / DAYS_A_MONTH,
            (Self::Weeks(count), Weeks::FiftyTwo) => count * 12.0 / 52.0,
        }
    }
}

/// Words in normal form, parted by bars.
const UNITS: [(Unit, &str); 11] = [
    (
        Unit::Months(1.0),
        "month|months|monthly|mo|m|mon|per month|a month|month to month|every month|monat|monate|\
         monatlich|pro monat|mois|mensuel|mensuelle|par mois|mes|meses|mensual|mensal|mese|mesi|\
         mensile|maand|maanden|maandelijks|per maand",
    ),
    (
        Unit::Months(12.0),
        "year|years|yearly|annual|annually|yr|yrs|y|a|per year|a year|every year|jahr|jahre|\
         jahrlich|pro jahr|an|ans|annee|annuel|annuelle|par an|ano|anos|anual|anno|anni|annuale|\
         jaar|jaarlijks|per jaar",
    ),
    (
        Unit::Months(3.0),
        "quarter|quarters|quarterly|q|qtr|every quarter|quartal|quartalsweise|vierteljahrlich|\
         trimestre|trimestriel|trimestrielle|trimestral|trimestrale|kwartaal|driemaandelijks",
    ),
    (
        Unit::Months(6.0),
        "semiannual|semi annual|semiannually|semi annually|half yearly|half year|biannual|\
         biannually|halbjahr|halbjahrlich|semestre|semestriel|semestral|semestrale|halfjaar|\
         halfjaarlijks",
    ),
    (
        Unit::Months(2.0),
        "bimonthly|bi monthly|every two months|bimestral|bimestrale",
    ),
    (
        Unit::Months(24.0),
        "biennial|biennially|two years|every two years",
    ),
    (
        Unit::Months(36.0),
        "triennial|three years|every three years",
    ),
    (
        Unit::Weeks(1.0),
        "week|weeks|weekly|wk|w|every week|woche|wochen|wochentlich|semaine|semaines|hebdomadaire|\
         semana|semanas|semanal|settimana|settimane|settimanale|weken|wekelijks",
    ),
    (
        Unit::Weeks(2.0),
        "biweekly|bi weekly|fortnight|fortnightly|every two weeks",
    ),
    (Unit::Weeks(4.0), "every four weeks|four weeks"),
    (
        Unit::Days(1.0),
        "day|days|daily|d|tag|tage|taglich|jour|jours|dia|dias|giorno|giorni|dag|dagen",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_months() {
        for (text, months) in [
            ("month", 1.0),
            ("Yearly", 12.0),
            ("quarter", 3.0),
            ("6 months", 6.0),
            ("annual", 12.0),
            ("", 1.0),
            ("2-year", 24.0),
            ("P1M", 1.0),
            ("P1Y", 12.0),
            ("jährlich", 12.0),
            ("Trimestre", 3.0),
            ("maandelijks", 1.0),
        ] {
            let found = interval_months(text, Weeks::Days);
            assert_eq!(
                found.map(f64::to_bits),
                Some(f64::to_bits(months)),
                "{text}"
            );
        }
        assert_eq!(interval_months("sometimes", Weeks::Days), None);
    }

    #[test]
    fn a_week_follows_the_rule() {
        let weekly = |weeks| interval_months("weekly", weeks).unwrap();
        assert!((weekly(Weeks::FiftyTwo) - 12.0 / 52.0).abs() < 1e-15);
        assert!((weekly(Weeks::Days) - 7.0 * 12.0 / 365.25).abs() < 1e-15);
    }
}
