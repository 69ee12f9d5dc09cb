//! Finds out what a table is and what its columns mean.

use super::amounts_of_today;
use super::assign::{self, Guess};
use super::because;
use super::choose::{self, Choice};
use super::exports::{self, Recognised};
use super::kind::Kind;
use super::mapping::{Mapping, Meaning};
use super::needs::{self, Found};
use super::role::Role;
use super::seen::Seen;
use super::settle;
use super::{answer_rows, results, ties, unnamed_score, vocabulary, whole_contracts};
use crate::engine::options::TableMapping;
use crate::engine::report::Question;
use crate::engine::table::{Profile, Table};

/// Words of headers of contracts that end and are made again.
const RENEWALS: [&str; 6] = [
    "renewal",
    "verlangerung",
    "renouvellement",
    "renovac",
    "rinnovo",
    "verlenging",
];

/// Two kinds that fit a table closer than this are asked about.
const TIE: f64 = 0.02;

/// What the table and its columns mean, as far as it can be told; the user's choices win.
pub fn understand(table: &Table, profiles: &[Profile], choices: &TableMapping) -> Mapping {
    let seen = Seen::all(table, profiles);
    let chosen = choose::roles(table, choices);
    let said = choose::kinds(choices);
    if results::is_one(table) && said.iter().all(|kind| *kind == Kind::Figures) {
        return results::mapping(profiles);
    }
    let export = exports::recognise(&seen)
        .filter(|export| said.is_empty() || said.iter().any(|kind| export.kinds().contains(kind)))
        // A list of deals that says when each is due for renewal is kept for the renewals.
        .filter(|export| export.kinds() != [Kind::Order] || !speak_of(&seen, &RENEWALS));
    let mut questions = Vec::new();
    let kinds = if said.is_empty() {
        match weigh(&seen, &chosen, export.as_ref(), table.wide.is_some()) {
            Weighed::Kinds(kinds) => kinds,
            // The columns may become months, and then the table is another one.
            Weighed::Unknown if table.lacks_first_month => {
                questions.push(first_month_question());
                Vec::new()
            }
            Weighed::Unknown => {
                let score = unnamed_score::ask(&seen, &chosen);
                let kinds = score.iter().map(|_| Kind::Survey).collect();
                questions.push(score.unwrap_or_else(|| kind_question(&[])));
                kinds
            }
            Weighed::Tie(kinds) => {
                questions.push(kind_question(&kinds));
                Vec::new()
            }
        }
    } else {
        said
    };
    let mut columns = vec![Meaning::default(); seen.len()];
    for (place, kind) in kinds.iter().enumerate() {
        let taken = roles_so_far(&columns);
        let mut guesses = assign::roles(*kind, &seen, &chosen, export.as_ref(), &taken);
        if *kind == Kind::Subscription {
            amounts_of_today::prefer_others(&mut guesses, &seen, &chosen);
        }
        for guess in &guesses {
            if place > 0 && !guess.whole {
                continue;
            }
            let meaning = &mut columns[guess.column];
            if meaning.role.is_none() && !(place > 0 && is_double(guess.role, &taken)) {
                take(meaning, guess, &seen[guess.column], export.as_ref());
            }
        }
        ties::ask(
            *kind,
            &guesses,
            &seen,
            &chosen,
            &mut columns,
            &mut questions,
        );
    }
    for (meaning, choice) in columns.iter_mut().zip(&chosen) {
        choose::apply(meaning, choice);
    }
    let mut mapping = Mapping {
        kinds,
        columns,
        questions,
        export: export.as_ref().map(Recognised::name),
        amount_spans_stretch: export
            .as_ref()
            .is_some_and(Recognised::amount_spans_stretch),
        by_question: Vec::new(),
        answer_ids: None,
        tries: None,
    };
    whole_contracts::settle(&mut mapping, &seen, &chosen);
    settle::cells(&mut mapping, &seen, table, choices);
    answer_rows::settle(&mut mapping, &seen);
    mapping
}

/// Whether any header holds one of these pieces of words.
fn speak_of(seen: &[Seen<'_>], words: &[&str]) -> bool {
    let holds = |header: &str| words.iter().any(|word| header.contains(word));
    seen.iter().any(|one| holds(&one.header))
}

fn take(meaning: &mut Meaning, guess: &Guess, seen: &Seen<'_>, export: Option<&Recognised>) {
    meaning.role = Some(guess.role);
    meaning.confidence = guess.confidence;
    meaning.unit = guess.unit;
    meaning.question = guess.question;
    meaning.because = because::says(guess, seen, export);
}

/// Roles given so far, by column.
fn roles_so_far(columns: &[Meaning]) -> Vec<Option<Role>> {
    columns.iter().map(|column| column.role).collect()
}

/// Whether a second kind would give a role twice that a table has once.
fn is_double(role: Role, taken: &[Option<Role>]) -> bool {
    role != Role::Score && taken.contains(&Some(role))
}

fn first_month_question() -> Question {
    Question {
        code: String::from("first_month"),
        column: None,
        role: None,
        choices: Vec::new(),
        count: None,
        asks: String::from("Which month is the first of the numbered columns?"),
        because: String::from(
            "Columns such as M1, M2, M3 look like months side by side, and nothing says which ones.",
        ),
        suggested: None,
        affects: Vec::new(),
    }
}

fn kind_question(tied: &[Kind]) -> Question {
    let choices: Vec<Kind> = if tied.is_empty() {
        Kind::recognised().collect()
    } else {
        tied.to_vec()
    };
    Question {
        code: String::from("kind"),
        column: None,
        role: None,
        choices: choices.iter().map(|kind| kind.id().to_owned()).collect(),
        count: None,
        asks: String::from("What is one row of this table?"),
        because: String::from(if tied.is_empty() {
            "No set of headers that we know fits its columns."
        } else {
            "Its headers and cells fit several kinds of table equally well."
        }),
        suggested: None,
        affects: Vec::new(),
    }
}

/// What the weighing of kinds gave.
enum Weighed {
    /// The main kind first.
    Kinds(Vec<Kind>),
    /// Two fit equally well and exclude each other.
    Tie(Vec<Kind>),
    /// None fits.
    Unknown,
}

/// What is known about the columns if the table is of one kind.
struct Candidates<'a> {
    guesses: Vec<Guess>,
    seen: &'a [Seen<'a>],
    chosen: &'a [Choice],
}

impl Candidates<'_> {
    /// Whether any header holds one of these pieces of words.
    fn speaks_of(&self, words: &[&str]) -> bool {
        speak_of(self.seen, words)
    }

    /// Forgets columns without a filled cell that the kind needs: what nobody needs to fill, such as
    /// the end of a contract, still tells what a table is.
    fn drop_empty(&mut self, kind: Kind) {
        let seen = self.seen;
        let needed = |role: Role| {
            let mut words = super::synonyms::of(kind).iter();
            words.any(|entry| entry.role == role && entry.needed)
        };
        self.guesses
            .retain(|guess| seen[guess.column].profile.filled() > 0 || !needed(guess.role));
    }

    fn is_chosen(&self, role: Role) -> bool {
        self.chosen.iter().any(|choice| choice.role() == Some(role))
    }

    /// Whether the role is known by a whole header of its own.
    fn told_whole(&self, role: Role) -> bool {
        self.guesses.iter().any(|guess| {
            guess.role == role
                && guess.whole
                && !needs::is_everyday(&self.seen[guess.column].header)
        })
    }
}

impl Found for Candidates<'_> {
    fn sure(&self, role: Role) -> f64 {
        if self.is_chosen(role) {
            return 1.0;
        }
        self.guesses
            .iter()
            .filter(|guess| guess.role == role)
            .map(|guess| guess.confidence)
            .fold(0.0, f64::max)
    }

    fn told(&self, role: Role) -> bool {
        let by_cells = |guess: &Guess| {
            let column = self.seen[guess.column].column;
            let tells = match role {
                Role::Movement => vocabulary::tells_losses(column),
                Role::Outcome => vocabulary::tells_decisions(column),
                _ => false,
            };
            guess.role == role && tells
        };
        self.is_chosen(role)
            || self.guesses.iter().any(by_cells)
            || self.guesses.iter().any(|guess| {
                guess.role == role
                    && guess.confidence >= 0.53
                    && !needs::is_everyday(&self.seen[guess.column].header)
                    // An everyday word tells no more where other words stand beside it.
                    && (guess.whole || !needs::is_everyday(guess.word))
            })
    }

    fn is_yes_no(&self, role: Role) -> bool {
        self.guesses
            .iter()
            .any(|guess| guess.role == role && self.seen[guess.column].is_yes_no())
    }

    fn repeats(&self, role: Role) -> bool {
        self.guesses
            .iter()
            .filter(|guess| guess.role == role)
            .any(|guess| {
                let profile = self.seen[guess.column].profile;
                profile
                    .distinct
                    .is_some_and(|distinct| distinct * 3 <= profile.filled() * 2)
            })
    }

    fn speaks_of_visits(&self) -> bool {
        const VISITS: [&str; 12] = [
            "visit", "session", "page", "bounce", "traffic", "browser", "sitzung", "besuch",
            "sesion", "sessao", "bezoek", "sessie",
        ];
        self.speaks_of(&VISITS)
    }

    fn speaks_of_advertising(&self) -> bool {
        const ADVERTISING: [&str; 9] = [
            "campaign",
            "kampagne",
            "campagne",
            "campana",
            "campanha",
            "campagna",
            "impression",
            "ad group",
            "ad set",
        ];
        // Orders and gifts name the campaign that they came by too.
        const COSTS: [&str; 21] = [
            "cost", "costs", "kosten", "cout", "couts", "coste", "costes", "costo", "costi",
            "custo", "custos", "spend", "spent", "ausgaben", "uitgaven", "depense", "depenses",
            "gasto", "gastos", "spesa", "spese",
        ];
        let is_cost = |word: &str| COSTS.iter().any(|cost| word.ends_with(cost));
        let mut headers = self.seen.iter().map(|one| one.header.as_str());
        self.speaks_of(&ADVERTISING) && headers.any(|it| it.split(' ').any(is_cost))
    }

    fn speaks_of_the_web(&self) -> bool {
        const WEB: [&str; 16] = [
            "page",
            "session",
            "bounce",
            "browser",
            "click",
            "signup",
            "cart",
            "checkout",
            "seitenaufruf",
            "sitzung",
            "warenkorb",
            "panier",
            "carrito",
            "carrinho",
            "carrell",
            "winkelwagen",
        ];
        self.speaks_of(&WEB)
    }
}

/// The kinds whose needed roles are all found: the best one, and others that the table earns too.
/// `wide`: months that stood side by side were made rows.
fn weigh(seen: &[Seen<'_>], chosen: &[Choice], export: Option<&Recognised>, wide: bool) -> Weighed {
    if let Some(export) = export {
        let mut kinds: Vec<Kind> = export.kinds().to_vec();
        kinds.retain(|kind| {
            *kind != Kind::Survey || export.has_answers(seen) || kinds_alone(export)
        });
        add_wanted(&mut kinds, seen, chosen);
        add_seconds(&mut kinds, seen, chosen, Some(export));
        return Weighed::Kinds(kinds);
    }
    let scores = |empty_count: bool| -> Vec<(f64, Kind)> {
        Kind::recognised()
            .filter_map(|kind| Some((score(kind, seen, chosen, empty_count)?, kind)))
            .collect()
    };
    let mut scored = scores(false);
    // A column without a filled cell says what a table is only where nothing else does.
    if scored.is_empty() {
        scored = scores(true);
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // Amounts for every month side by side say more than any other column.
    if let Some(place) = scored
        .iter()
        .position(|(_, kind)| wide && *kind == Kind::RevenueMonth)
    {
        scored.drain(..place);
        scored.truncate(1);
    }
    let Some(&(highest, best)) = scored.first() else {
        return Weighed::Unknown;
    };
    let mut kinds = vec![best];
    add_wanted(&mut kinds, seen, chosen);
    add_seconds(&mut kinds, seen, chosen, None);
    let tied: Vec<Kind> = scored
        .iter()
        .filter(|(score, kind)| highest - score < TIE && (*kind == best || !kinds.contains(kind)))
        .map(|(_, kind)| *kind)
        .collect();
    if tied.len() > 1 {
        return Weighed::Tie(tied);
    }
    Weighed::Kinds(kinds)
}

fn kinds_alone(export: &Recognised) -> bool {
    export.kinds().first() == Some(&Kind::Survey)
}

/// How well a kind fits; absent where it is not earned. `empty_count`: it may be earned by columns
/// without a filled cell.
fn score(kind: Kind, seen: &[Seen<'_>], chosen: &[Choice], empty_count: bool) -> Option<f64> {
    let mut found = Candidates {
        guesses: assign::roles(kind, seen, chosen, None, &[]),
        seen,
        chosen,
    };
    let all = found.guesses.clone();
    if !empty_count {
        found.drop_empty(kind);
    }
    let sure = needs::earned(kind, &found)?;
    found.guesses = all;
    let others: f64 = super::synonyms::of(kind)
        .iter()
        .filter(|entry| !entry.needed)
        .map(|entry| found.sure(entry.role))
        .sum();
    // Nearly every table names a customer, so a list of customers is the last guess.
    let (base, each) = match kind {
        Kind::Account => (0.6, 0.12),
        Kind::Spend if found.speaks_of_advertising() => (1.0, 0.25),
        Kind::Order if found.speaks_of_advertising() && !found.told(Role::Order) => (0.6, 0.12),
        Kind::Order if found.speaks_of(&RENEWALS) => (0.6, 0.12),
        Kind::Spend | Kind::Funnel => (0.8, 0.2),
        // Cells that name changes of revenue are found nowhere else.
        Kind::RevenueMovement => (2.0, 0.25),
        Kind::Renewal => (1.4, 0.25),
        // Only what goes on is billed every so often.
        Kind::Subscription if found.told(Role::Interval) => (1.15, 0.25),
        Kind::Order if is_billed_again(seen, chosen) => (0.6, 0.12),
        _ => (1.0, 0.25),
    };
    Some(base * sure + each * others + 2.0 * signature(kind, chosen))
}

/// Whether a column says how often something is billed, in words for months and years.
fn is_billed_again(seen: &[Seen<'_>], chosen: &[Choice]) -> bool {
    let found = Candidates {
        guesses: assign::roles(Kind::Subscription, seen, chosen, None, &[]),
        seen,
        chosen,
    };
    needs::earned(Kind::Subscription, &found).is_some() && found.told(Role::Interval)
}

/// How many of the roles that the user gave belong to this kind alone.
fn signature(kind: Kind, chosen: &[Choice]) -> f64 {
    chosen
        .iter()
        .filter(|choice| choice.role().is_some_and(|role| only_in(role, kind)))
        .count() as f64
}

/// Whether the role is used in this kind and in no other.
fn only_in(role: Role, kind: Kind) -> bool {
    let uses = |kind: Kind| {
        super::synonyms::of(kind)
            .iter()
            .any(|entry| entry.role == role)
    };
    uses(kind) && Kind::recognised().all(|other| other == kind || !uses(other))
}

/// Adds kinds of which the user gave roles that only they have.
fn add_wanted(kinds: &mut Vec<Kind>, seen: &[Seen<'_>], chosen: &[Choice]) {
    for kind in Kind::recognised() {
        if !kinds.contains(&kind)
            && signature(kind, chosen) > 0.0
            && score(kind, seen, chosen, true).is_some()
        {
            kinds.push(kind);
        }
    }
}

/// Adds kinds that the columns left over earn beside the main one: a ticket export with ratings
/// is a survey too, a list of answers with churn dates is a list of customers.
fn add_seconds(
    kinds: &mut Vec<Kind>,
    seen: &[Seen<'_>],
    chosen: &[Choice],
    export: Option<&Recognised>,
) {
    let Some(&main) = kinds.first() else { return };
    let mut taken = vec![None; seen.len()];
    for kind in kinds.iter() {
        for guess in assign::roles(*kind, seen, chosen, export, &taken) {
            if let Some(place) = taken.get_mut(guess.column) {
                place.get_or_insert(guess.role);
            }
        }
    }
    for kind in Kind::recognised() {
        if kinds.contains(&kind) || needs::second(kind).is_empty() || excludes(main, kind) {
            continue;
        }
        // Where a row is no single job or project, a rating in it is an average, not an answer.
        let counts_many = main == Kind::Operations
            && !taken.contains(&Some(Role::Job))
            && !taken.contains(&Some(Role::PlannedEnd));
        if kind == Kind::Survey && counts_many {
            continue;
        }
        let guesses = assign::roles(kind, seen, chosen, None, &taken);
        let found = Candidates {
            guesses,
            seen,
            chosen,
        };
        let by_satisfaction = kind == Kind::Survey
            && taken
                .iter()
                .zip(seen)
                .any(|(role, one)| *role == Some(Role::Satisfaction) && one.has_answers());
        let told = needs::second(kind)
            .iter()
            .any(|role| found.told_whole(*role));
        if by_satisfaction || (told && needs::earned(kind, &found).is_some()) {
            kinds.push(kind);
        }
    }
}

/// Kinds that cannot stand beside each other, because they read the same columns differently.
const fn excludes(main: Kind, second: Kind) -> bool {
    match second {
        Kind::Spend => !matches!(main, Kind::Funnel | Kind::Operations),
        Kind::Funnel => !matches!(main, Kind::Spend | Kind::Operations),
        Kind::Renewal => !matches!(main, Kind::Account | Kind::Subscription),
        Kind::Account => matches!(
            main,
            Kind::Event
                | Kind::Order
                | Kind::Subscription
                | Kind::RevenueMonth
                | Kind::RevenueMovement
                | Kind::Spend
                | Kind::Funnel
                | Kind::Operations
                | Kind::Ticket
        ),
        Kind::Survey => matches!(main, Kind::Spend | Kind::Funnel),
        _ => false,
    }
}
