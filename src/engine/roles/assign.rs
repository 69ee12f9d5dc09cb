//! Gives each role of a kind its best column.

use super::choose::Choice;
use super::exports::Recognised;
use super::kind::Kind;
use super::mapping::ScoreQuestion;
use super::measures;
use super::needs::{self, LEAST_SURE};
use super::role::{Nature, Role};
use super::seen::Seen;
use super::settle;
use super::synonyms::{self, Fit, RoleWords};
use super::vocabulary;
use crate::engine::options::ColumnUnit;

/// A column that may have a role, and how surely.
#[derive(Clone, Debug)]
pub struct Guess {
    /// The column.
    pub column: usize,
    /// The role.
    pub role: Role,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// How sure by the header alone.
    pub header: f64,
    /// The words that the header reads like; empty where a known export says so.
    pub word: &'static str,
    /// The whole header reads so, or a known export says so.
    pub whole: bool,
    /// The unit, where a known export says so.
    pub unit: Option<ColumnUnit>,
    /// For scores: what was asked, where another column says so.
    pub question: Option<ScoreQuestion>,
}

/// Headers that fit a score less surely than this name no figure and ask no question.
const NAMED_SCORE: f64 = 0.9;

/// Roles of which a table may have several columns.
pub fn may_be_several(role: Role) -> bool {
    matches!(
        role,
        Role::Score
            | Role::SlaMet
            | Role::SlaTargetMinutes
            | Role::Measure
            | Role::Pulse
            | Role::LastActiveAt
            | Role::SeatsUsed
            | Role::SeatsPaid
    )
}

/// The roles of the kind, surest first, each with its best column; scores may have several.
/// Columns in `taken` keep the role that they have.
pub fn roles(
    kind: Kind,
    seen: &[Seen<'_>],
    chosen: &[Choice],
    export: Option<&Recognised>,
    taken: &[Option<Role>],
) -> Vec<Guess> {
    let mut given = known_by_export(kind, seen, chosen, export, taken);
    let ignored = |column: usize| export.is_some_and(|export| export.ignores(column));
    let mut candidates = all(kind, seen, chosen, taken);
    candidates.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.column.cmp(&b.column))
    });
    // An empty column under an everyday word is no answer where another one holds answers.
    let has_score = candidates.iter().any(|candidate| {
        candidate.role == Role::Score && seen[candidate.column].profile.filled() > 0
    });
    candidates.retain(|candidate| {
        candidate.role != Role::Score
            || !has_score
            || candidate.header >= NAMED_SCORE
            || seen[candidate.column].profile.filled() > 0
    });
    for candidate in candidates {
        let column_taken = given.iter().any(|guess| guess.column == candidate.column);
        let role_taken = !may_be_several(candidate.role)
            && (given.iter().any(|guess| guess.role == candidate.role)
                || chosen
                    .iter()
                    .any(|choice| choice.role() == Some(candidate.role)));
        if !column_taken && !role_taken && !ignored(candidate.column) {
            given.push(candidate);
        }
    }
    given
}

/// Every column and role of the kind that may go together.
pub fn all(kind: Kind, seen: &[Seen<'_>], chosen: &[Choice], taken: &[Option<Role>]) -> Vec<Guess> {
    let mut candidates = Vec::new();
    for (column, one) in seen.iter().enumerate() {
        if chosen.get(column).is_some_and(Choice::is_given) {
            continue;
        }
        let has = taken.get(column).copied().flatten();
        for entry in synonyms::of(kind) {
            if has.is_some_and(|has| has != entry.role) {
                continue;
            }
            let Some(fit) = fit_of(entry, kind, one) else {
                continue;
            };
            // What is paid a year is not what is paid in the month beside it.
            let is_month = kind == Kind::RevenueMonth && entry.role == Role::RecurringRevenue;
            if is_month && vocabulary::speaks_of_a_year(&one.header) {
                continue;
            }
            let confidence = confidence(entry, &fit, one);
            if confidence >= LEAST_SURE {
                candidates.push(Guess {
                    column,
                    role: entry.role,
                    confidence,
                    header: fit.sure,
                    word: fit.word,
                    whole: fit.whole,
                    unit: None,
                    question: None,
                });
            }
        }
        if kind == Kind::Ticket && has.is_none_or(|has| has == Role::SlaMet) {
            candidates.extend(promise_told(column, one));
        }
        if kind == Kind::Survey
            && has.is_none_or(|has| has == Role::Score)
            && let Some(guess) = grouped_beside(column, seen)
        {
            candidates.push(guess);
        }
    }
    candidates
}

/// How well the header fits the role. Lengths of time are known without the unit behind their name
/// too, and by the name of the moment at which they end, such as `First reply (hours)`.
fn fit_of(entry: &RoleWords, kind: Kind, seen: &Seen<'_>) -> Option<Fit> {
    let whole = entry.fit(&seen.header);
    if entry.role.nature() != Nature::Duration || whole.is_some_and(|fit| fit.whole) {
        return whole;
    }
    let bare = settle::without_unit(&seen.header);
    let later = |fit: Fit, steps: f64| Fit {
        sure: fit.sure - steps,
        ..fit
    };
    let named = bare
        .and_then(|bare| entry.fit(bare))
        .filter(|fit| fit.whole)
        .map(|fit| later(fit, 0.02));
    let moment = match entry.role {
        Role::FirstResponseMinutes => Some(Role::FirstResponseAt),
        Role::ResolutionMinutes => Some(Role::ResolvedAt),
        Role::FirstResolutionMinutes => Some(Role::FirstResolvedAt),
        _ => None,
    };
    let profile = seen.profile;
    let is_written_out = profile.share(profile.durations) >= 0.8;
    let name = bare.or_else(|| is_written_out.then_some(seen.header.as_str()));
    let ended = name.zip(moment).and_then(|(name, moment)| {
        let words = synonyms::of(kind).iter().find(|it| it.role == moment)?;
        let fit = words.fit(name).filter(|fit| fit.whole)?;
        Some(later(fit, 0.04))
    });
    named.or(ended).or(whole)
}

/// A column that says of a promised time whether it was kept: by header and cells, such as
/// `SLA breached` over yes and no, or by its words alone, such as `First Reply SLA` over
/// `Achieved`.
fn promise_told(column: usize, seen: &Seen<'_>) -> Option<Guess> {
    if !vocabulary::names_promise(&seen.header) || seen.profile.filled() == 0 {
        return None;
    }
    let kept = |text: &str| vocabulary::promise_kept(text).is_some();
    let decided = vocabulary::share_known(seen.column, kept);
    let told = vocabulary::share_known(seen.column, |text| {
        kept(text) || vocabulary::promise_undecided(text)
    });
    let by_words = decided > 0.0 && told >= 0.8;
    let by_header =
        vocabulary::asks_of_promise(&seen.header) && yes_no_share(Role::SlaMet, seen) >= 0.8;
    (by_words || by_header).then_some(Guess {
        column,
        role: Role::SlaMet,
        confidence: 0.9,
        header: 0.9,
        word: "sla",
        whole: true,
        unit: None,
        question: None,
    })
}

/// What a known export says, as far as the cells do not speak against it.
fn known_by_export(
    kind: Kind,
    seen: &[Seen<'_>],
    chosen: &[Choice],
    export: Option<&Recognised>,
    taken: &[Option<Role>],
) -> Vec<Guess> {
    let Some(export) = export.filter(|export| export.kinds().contains(&kind)) else {
        return Vec::new();
    };
    let mut given: Vec<Guess> = Vec::new();
    for (column, role, unit) in export.columns() {
        let Some(one) = seen.get(column) else {
            continue;
        };
        let belongs = synonyms::of(kind).iter().any(|entry| entry.role == role);
        let is_free = !chosen.get(column).is_some_and(Choice::is_given)
            && taken
                .get(column)
                .copied()
                .flatten()
                .is_none_or(|has| has == role);
        let role_taken = !may_be_several(role)
            && (given.iter().any(|guess| guess.role == role)
                || chosen.iter().any(|choice| choice.role() == Some(role)));
        let readable = readable_share(role, one);
        if belongs && is_free && !role_taken && (one.profile.filled() == 0 || readable >= 0.5) {
            given.push(Guess {
                column,
                role,
                confidence: 0.94 + 0.05 * readable,
                header: 0.99,
                word: "",
                whole: true,
                unit,
                question: None,
            });
        }
    }
    given
}

/// Qualtrics writes the group of a recommendation (promoter, passive, detractor) beside it: the
/// column of the same name without the ending is the recommendation.
fn grouped_beside(column: usize, seen: &[Seen<'_>]) -> Option<Guess> {
    let one = seen.get(column)?;
    let has_group = seen.iter().any(|other| {
        other
            .header
            .strip_suffix(" nps group")
            .is_some_and(|stem| stem == one.header)
    });
    (has_group && one.answer_share() >= 0.8).then_some(Guess {
        column,
        role: Role::Score,
        confidence: 0.96,
        header: 0.97,
        word: "nps group",
        whole: true,
        unit: None,
        question: Some(ScoreQuestion::Nps),
    })
}

/// How surely a column has a role: its header, and whether its cells can be read so.
fn confidence(entry: &RoleWords, fit: &Fit, seen: &Seen<'_>) -> f64 {
    if seen.profile.filled() == 0 {
        // Nothing but the header speaks for an empty column, so it must be the whole header.
        return if fit.whole { fit.sure * 0.9 } else { 0.0 };
    }
    let readable = readable_share(entry.role, seen);
    if readable < 0.8 {
        return 0.0;
    }
    // The name of a figure beside other words needs answers that could be of it.
    if entry.role == Role::Score && fit.is_named && !seen.is_mostly_small() {
        return 0.0;
    }
    // Numbers beside the name of something count or price it.
    if !fit.whole
        && match entry.role {
            Role::Customer => seen.is_counted() && !names_an_id(&seen.header),
            Role::Plan => seen.profile.share(seen.profile.numbers()) >= 0.8,
            _ => false,
        }
    {
        return 0.0;
    }
    let identity = match entry.role {
        // The moment says more than its day.
        Role::OccurredAt if seen.tells_days_only() => 0.995,
        // An id that often repeats is no id of the row.
        // Of an order there may be several rows, one for each thing bought.
        Role::Ticket | Role::Order if fit.sure < 0.96 => seen.profile.distinct.map_or(1.0, |d| {
            let rows_of_one = if entry.role == Role::Order { 8 } else { 2 };
            if d * rows_of_one > seen.profile.filled() {
                1.0
            } else {
                0.6
            }
        }),
        // Figures count calendar hours unless somebody chooses otherwise.
        _ if entry.role.nature() == Nature::Duration
            && seen.header.split(' ').any(|word| word == "business") =>
        {
            0.98
        }
        _ => 1.0,
    };
    fit.sure * identity * (0.9 + 0.1 * readable)
}

/// Whether a word of the header says that it names something rather than counts it.
fn names_an_id(header: &str) -> bool {
    const IDS: &str = "id|ids|uid|uuid|guid|no|nr|num|number|code|key|ref|reference|nummer|\
        numero|codigo|codice|identifier|kennung|kennzeichen";
    header
        .split(' ')
        .any(|word| IDS.split('|').any(|known| known.trim() == word))
}

/// Share of the filled cells that can be read in the role.
pub fn readable_share(role: Role, seen: &Seen<'_>) -> f64 {
    let profile = seen.profile;
    let yes = |is: bool| f64::from(u8::from(is));
    match role {
        Role::Movement => return vocabulary::share_known(seen.column, vocabulary::is_movement),
        Role::Outcome => return vocabulary::share_known(seen.column, vocabulary::is_outcome),
        Role::Interval => return vocabulary::share_known(seen.column, vocabulary::is_interval),
        Role::Currency => return vocabulary::share_known(seen.column, vocabulary::is_currency),
        Role::Pulse => {
            let lights = |text: &str| measures::level(text).is_some();
            let worded = vocabulary::share_known(seen.column, lights);
            return worded.max(profile.share(profile.numbers()));
        }
        Role::Customer | Role::User if seen.counts_several() && !names_an_id(&seen.header) => {
            return 0.0;
        }
        // What every row has alone, or all rows alike, tells neither questions nor people apart.
        Role::Question if seen.names_each_row() => return 0.0,
        Role::Respondent if seen.says_one_thing() => return 0.0,
        // Whole ids are never yes or no, and names are no dates.
        Role::Customer | Role::Respondent | Role::User | Role::Ticket | Role::Order
            if seen.rows > 4 && seen.is_yes_no() =>
        {
            return 0.0;
        }
        _ => {}
    }
    match role.nature() {
        Nature::Key => {
            let dates = profile.share(profile.dates()) > 0.8
                && profile.share(profile.numbers()) < 0.5
                && role != Role::Segment;
            yes(!profile.prose && !dates)
        }
        Nature::Text => 1.0,
        Nature::Date if role == Role::EndedAt => {
            profile.share(profile.moments() + vocabulary::count_going_on(seen.column))
        }
        Nature::Date => profile.share(profile.moments()),
        Nature::Number => profile.share(profile.numbers()),
        Nature::Count => {
            profile
                .share(profile.numbers())
                .max(if seen.is_yes_no() { 1.0 } else { 0.0 })
        }
        Nature::Duration => profile.share(profile.lengths()),
        Nature::YesNo => yes_no_share(role, seen),
        Nature::Score => seen.answer_share(),
    }
}

/// Share of cells that say yes or no, in usual words or in words of the role.
fn yes_no_share(role: Role, seen: &Seen<'_>) -> f64 {
    let flags = seen.profile.share(seen.profile.flags);
    if role == Role::SlaMet {
        let kept = vocabulary::share_known(seen.column, |text| {
            vocabulary::promise_kept(text).is_some() || vocabulary::promise_undecided(text)
        });
        return flags.max(kept);
    }
    // Everything has a status: only words that speak of customers make it one of theirs.
    if role == Role::Churned && needs::is_everyday(&seen.header) {
        if seen.profile.filled() == 0 {
            return 0.0;
        }
        return vocabulary::share_known(seen.column, |text| {
            vocabulary::has_left(text).is_some() && !vocabulary::is_of_anything(text)
        });
    }
    let words = seen.profile.distinct.is_some_and(|distinct| distinct <= 3)
        && seen.profile.dates() == 0
        && seen.profile.numbers() == 0;
    if role == Role::Churned && words {
        flags.max(0.8)
    } else if role == Role::Churned {
        flags.max(vocabulary::share_known(seen.column, |text| {
            vocabulary::has_left(text).is_some()
        }))
    } else {
        flags
    }
}
