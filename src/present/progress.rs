//! How far reading has come.

use super::format::Habits;
use super::words;
use crate::present::language::say;
use crate::told;

/// What the progress strip shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgressView {
    /// "Reading", or what follows it.
    pub label: &'static str,
    /// From 0 to 1; absent while the size is not known.
    pub share: Option<f64>,
    /// "62%".
    pub percent: String,
    /// "8,809 rows, 6.1 of 9.8 MB".
    pub done: String,
    /// "41 MB a second, about 4 s left".
    pub rate: String,
}

/// Bytes and rows read after `seconds`. When everything is read, the figures are worked out.
pub fn progress(habits: &Habits, read: f64, total: f64, rows: f64, seconds: f64) -> ProgressView {
    let share = (total > 0.0).then(|| (read / total).clamp(0.0, 1.0));
    let rows = habits.number(rows, 0);
    if total > 0.0 && read >= total {
        return ProgressView {
            label: say(words::WORKING_OUT),
            share,
            percent: String::new(),
            done: told!("{0} rows", rows),
            rate: String::new(),
        };
    }
    let of = if total > 0.0 {
        told!(" of {0}", habits.bytes(total))
    } else {
        String::new()
    };
    let speed = if seconds > 0.2 { read / seconds } else { 0.0 };
    let mut rate = String::new();
    if speed > 0.0 {
        rate = told!("{0} a second", habits.bytes(speed));
        let left = ((total - read) / speed).max(0.0);
        if total > read && left >= 1.0 {
            rate = told!("{0}, about {1} left", rate, time(habits, left));
        }
    }
    ProgressView {
        label: say(words::READING),
        share,
        percent: share.map(|it| habits.level(it)).unwrap_or_default(),
        done: told!("{0} rows, {1}{2}", rows, habits.bytes(read), of),
        rate,
    }
}

/// "12 s", "3 min".
fn time(habits: &Habits, seconds: f64) -> String {
    if seconds < 90.0 {
        format!("{} s", habits.number(seconds, 0))
    } else {
        told!("{0} min", habits.number(seconds / 60.0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_says_share_size_and_time_left() {
        let view = progress(&Habits::default(), 6.1e6, 9.8e6, 8_809.0, 1.0);
        assert_eq!(view.percent, "62%");
        assert_eq!(
            view.done.replace('\u{a0}', " "),
            "8,809 rows, 6.1 MB of 9.8 MB"
        );
        assert_eq!(view.rate.replace('\u{a0}', " "), "6.1 MB a second");
    }

    #[test]
    fn long_waits_are_told_in_minutes_and_computing_has_no_rate() {
        let habits = Habits::default();
        let view = progress(&habits, 1e6, 301e6, 8_809.0, 1.0);
        assert!(view.rate.ends_with("about 5 min left"), "{}", view.rate);
        let view = progress(&habits, 9.8e6, 9.8e6, 8_809.0, 1.0);
        assert_eq!((view.label, view.rate.as_str()), (words::WORKING_OUT, ""));
    }
}
