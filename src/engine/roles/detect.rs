//! Finds out what a table is and what its columns mean.

use super::choose;
use super::kind::Kind;
use super::mapping::{Mapping, Meaning, ScoreQuestion};
use super::role::{Nature, Role};
use super::synonyms::{self, RoleWords};
use crate::engine::options::TableMapping;
use crate::engine::report::Question;
use crate::engine::table::{Profile, Table};

/// A guess below this is not made.
const LEAST_SURE: f64 = 0.5;

/// A header tells a kind from here on.
const LEAST_TELLING: f64 = 0.53;

/// A column as detection sees it.
pub struct Seen<'a> {
    /// Header in normal form.
    pub header: String,
    /// What its cells look like.
    pub profile: &'a Profile,
    /// Rows of the table.
    pub rows: u64,
}

/// A column that may have a role, and how surely.
#[derive(Clone, Debug)]
struct Candidate {
    column: usize,
    role: Role,
    confidence: f64,
}

/// What the table and its columns mean, as far as it can be told; the user's choices win.
pub fn understand(table: &Table, profiles: &[Profile], choices: &TableMapping) -> Mapping {
    let seen: Vec<Seen<'_>> = table
        .columns
        .iter()
        .zip(profiles)
        .map(|(column, profile)| Seen {
            header: synonyms::normal(&column.name),
            profile,
            rows: u64::from(table.rows),
        })
        .collect();
    let chosen = choose::roles(table, choices);
    let mut kinds = choose::kinds(choices);
    let mut questions = Vec::new();
    if kinds.is_empty() {
        kinds = detect_kinds(&seen, &chosen);
        if kinds.is_empty() {
            questions.push(kind_question());
        }
    }
    let mut columns = vec![Meaning::default(); seen.len()];
    for kind in &kinds {
        for guess in assign(*kind, &seen, &chosen) {
            let meaning = &mut columns[guess.column];
            if meaning.role.is_none() {
                meaning.role = Some(guess.role);
                meaning.confidence = guess.confidence;
                meaning.because = because(guess.role, &seen[guess.column], guess.confidence);
            }
        }
    }
    for (meaning, choice) in columns.iter_mut().zip(&chosen) {
        choose::apply(meaning, choice);
    }
    let mut mapping = Mapping {
        kinds,
        columns,
        questions,
    };
    choose::settle_cells(&mut mapping, &seen, table, choices);
    mapping
}

fn kind_question() -> Question {
    Question {
        code: String::from("kind"),
        column: None,
        choices: Kind::ALL.iter().map(|kind| kind.id().to_owned()).collect(),
        count: None,
        asks: String::from("What is one row of this table?"),
        because: String::from("No set of headers that we know fits its columns."),
        affects: Vec::new(),
    }
}

/// The kinds whose needed roles are all found: the best one, and others where the user gave roles
/// that only they have.
fn detect_kinds(seen: &[Seen<'_>], chosen: &[choose::Choice]) -> Vec<Kind> {
    let mut best: Option<(f64, Kind)> = None;
    let mut wanted = Vec::new();
    for kind in Kind::ALL {
        let found = assign(kind, seen, chosen);
        let sure = |role: Role| {
            let chosen_so = chosen.iter().any(|choice| choice.role() == Some(role));
            if chosen_so {
                return 1.0;
            }
            found
                .iter()
                .filter(|c| c.role == role)
                .map(|c| c.confidence)
                .fold(0.0, f64::max)
        };
        let roles = synonyms::of(kind);
        let needed: Vec<f64> = roles
            .iter()
            .filter(|r| r.needed)
            .map(|r| sure(r.role))
            .collect();
        if needed.iter().any(|sure| *sure < LEAST_SURE) {
            continue;
        }
        let others: f64 = roles
            .iter()
            .filter(|r| !r.needed)
            .map(|r| sure(r.role))
            .sum();
        if kind == Kind::Account && others < LEAST_SURE {
            continue;
        }
        let told = |role: Role| {
            let strong = |c: &&Candidate| {
                c.role == role
                    && c.confidence >= LEAST_TELLING
                    && !is_everyday(&seen[c.column].header)
            };
            chosen.iter().any(|choice| choice.role() == Some(role))
                || found.iter().any(|c| strong(&c))
        };
        if !telling(kind).iter().any(|role| told(*role)) {
            continue;
        }
        let signature = chosen
            .iter()
            .filter(|choice| choice.role().is_some_and(|role| only_in(role, kind)))
            .count() as f64;
        // Nearly every table names a customer, so a list of customers is the last guess.
        let (base, each) = if kind == Kind::Account {
            (0.6, 0.12)
        } else {
            (1.0, 0.25)
        };
        let surely_needed = needed.iter().sum::<f64>() / needed.len() as f64;
        let score = base * surely_needed + each * others + 2.0 * signature;
        if signature > 0.0 {
            wanted.push((score, kind));
        }
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, kind));
        }
    }
    let mut kinds: Vec<Kind> = best.into_iter().map(|(_, kind)| kind).collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, kind) in wanted {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// Roles that tell a kind: one of them must be known by a header of its own, because nearly every
/// table has an id, a name, a date and an amount.
const fn telling(kind: Kind) -> &'static [Role] {
    match kind {
        Kind::Survey => &[
            Role::Score,
            Role::Respondent,
            Role::RespondedAt,
            Role::Comment,
            Role::SentAt,
        ],
        Kind::Ticket => &[
            Role::Ticket,
            Role::FirstResponseAt,
            Role::FirstResponseMinutes,
            Role::ResolvedAt,
            Role::ResolutionMinutes,
            Role::Priority,
            Role::Satisfaction,
            Role::Reopens,
        ],
        Kind::Subscription => &[
            Role::Amount,
            Role::Interval,
            Role::Subscription,
            Role::EndedAt,
            Role::Plan,
        ],
        Kind::RevenueMonth => &[Role::RecurringRevenue, Role::Month],
        Kind::Event => &[Role::User, Role::Event, Role::Feature],
        Kind::Order => &[Role::Order, Role::OrderedAt, Role::Customer],
        Kind::Account => &[
            Role::Churned,
            Role::TenureMonths,
            Role::StartedAt,
            Role::EndedAt,
            Role::RecurringRevenue,
        ],
    }
}

/// Headers that stand in all sorts of tables and so tell nothing by themselves.
fn is_everyday(header: &str) -> bool {
    const EVERYDAY: [&str; 37] = [
        "id",
        "number",
        "key",
        "name",
        "created at",
        "created",
        "created on",
        "created date",
        "date created",
        "date",
        "time",
        "datetime",
        "date time",
        "timestamp",
        "email",
        "type",
        "start",
        "end",
        "from",
        "to",
        "state",
        "status",
        "amount",
        "total",
        "value",
        "price",
        "source",
        "period",
        "period start",
        "period end",
        "month",
        "rate",
        "user",
        "active",
        "closed",
        "closed at",
        "score",
    ];
    EVERYDAY.contains(&header)
}

/// Whether the role is needed in this kind and needed or used in no other.
fn only_in(role: Role, kind: Kind) -> bool {
    let uses = |kind: Kind| synonyms::of(kind).iter().any(|entry| entry.role == role);
    uses(kind)
        && Kind::ALL
            .into_iter()
            .all(|other| other == kind || !uses(other))
}

/// Gives each role of the kind its best column, surest first; scores may take several.
fn assign(kind: Kind, seen: &[Seen<'_>], chosen: &[choose::Choice]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for entry in synonyms::of(kind) {
        for (column, one) in seen.iter().enumerate() {
            if chosen.get(column).is_some_and(choose::Choice::is_given) {
                continue;
            }
            let confidence = confidence(entry, one);
            if confidence >= LEAST_SURE {
                candidates.push(Candidate {
                    column,
                    role: entry.role,
                    confidence,
                });
            }
        }
    }
    candidates.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.column.cmp(&b.column))
    });
    let mut given: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let column_taken = given.iter().any(|g| g.column == candidate.column);
        let several = candidate.role == Role::Score;
        let role_taken = given.iter().any(|g| g.role == candidate.role) && !several;
        let role_chosen = chosen
            .iter()
            .any(|choice| choice.role() == Some(candidate.role))
            && candidate.role != Role::Score;
        if !column_taken && !role_taken && !role_chosen {
            given.push(candidate);
        }
    }
    given
}

/// How surely a column has a role: its header, and whether its cells can be read so.
fn confidence(entry: &RoleWords, seen: &Seen<'_>) -> f64 {
    let fit = synonyms::fit(&seen.header, entry.words);
    if fit < LEAST_SURE {
        return 0.0;
    }
    let profile = seen.profile;
    if profile.filled() == 0 {
        return fit * 0.9;
    }
    let readable = match entry.role.nature() {
        Nature::Key => {
            if profile.prose {
                0.0
            } else {
                1.0
            }
        }
        Nature::Text => 1.0,
        Nature::Date => profile.share(profile.moments()),
        Nature::Number if entry.role.is_duration() => profile.share(profile.lengths()),
        Nature::Number => profile.share(profile.numbers()),
        Nature::YesNo => choose::yes_no_share(profile),
        Nature::Score => score_share(seen),
    };
    if readable < 0.8 {
        return 0.0;
    }
    let identity = match entry.role {
        // An id that often repeats is no id of the row.
        Role::Ticket | Role::Order if entry.needed => profile
            .distinct
            .map_or(1.0, |d| if d * 2 > profile.filled() { 1.0 } else { 0.6 }),
        _ => 1.0,
    };
    fit * identity * (0.9 + 0.1 * readable)
}

/// Share of cells that may be answers on a scale: small whole numbers, worded ones, good or bad.
fn score_share(seen: &Seen<'_>) -> f64 {
    let profile = seen.profile;
    let few = profile.distinct.is_none_or(|distinct| distinct <= 101);
    let small = profile
        .range
        .is_none_or(|(low, high)| low >= -99.0 && high <= 9_999.0);
    if !few || !small || profile.share(profile.dates()) > 0.5 {
        return 0.0;
    }
    if profile.numbers() == 0 {
        // Worded answers are read by their words when facts are made.
        return if profile.distinct.is_some_and(|d| d <= 12) && !profile.prose {
            0.85
        } else {
            0.0
        };
    }
    profile
        .share(profile.numbers())
        .max(if profile.distinct.is_some_and(|d| d <= 15) {
            0.85
        } else {
            0.0
        })
}

/// What a score answers, from its header; by its values where the header does not tell.
pub fn score_question(seen: &Seen<'_>) -> ScoreQuestion {
    let header = seen.header.as_str();
    let says = |words: &[&str]| words.iter().any(|word| header.contains(word));
    if says(&[
        "nps",
        "promoter",
        "netpro",
        "recommend",
        "likely",
        "weiterempf",
    ]) {
        ScoreQuestion::Nps
    } else if says(&["effort", "ces", "easy", "ease"]) {
        ScoreQuestion::Ces
    } else if says(&["star", "rating", "review", "bewertung"]) {
        ScoreQuestion::Rating
    } else if says(&["csat", "satisf", "zufried", "happy"]) {
        ScoreQuestion::Csat
    } else if says(&["engagement"]) {
        ScoreQuestion::Engagement
    } else {
        match seen.profile.range {
            Some((low, high)) if low < 0.5 && high > 7.0 => ScoreQuestion::Nps,
            _ => ScoreQuestion::Csat,
        }
    }
}

fn because(role: Role, seen: &Seen<'_>, confidence: f64) -> String {
    let header = if confidence > 0.85 {
        "The header says so"
    } else {
        "The header suggests it"
    };
    let profile = seen.profile;
    if profile.filled() == 0 {
        return format!("{header}; all cells are empty");
    }
    let cells = match role.nature() {
        Nature::Date if profile.dates() == profile.filled() => "all cells are dates",
        Nature::Date => "most cells are dates",
        Nature::Number if profile.numbers() == profile.filled() => "all cells are numbers",
        Nature::Number => "most cells are numbers",
        Nature::YesNo => "the cells say yes or no",
        Nature::Score => "the cells are few different answers",
        Nature::Key => match profile.distinct {
            Some(distinct) if distinct == seen.rows => "every row has another value",
            Some(_) => "values repeat",
            None => "there are many different values",
        },
        Nature::Text => "the cells are text",
    };
    format!("{header}, and {cells}")
}
