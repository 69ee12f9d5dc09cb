//! Which roles earn a kind, and which tell it from others.

use super::kind::Kind;
use super::role::Role;
use super::synonyms;

/// What is known about the columns when kinds are weighed.
pub trait Found {
    /// How sure the role's column is, 0 to 1; 0 where there is none.
    fn sure(&self, role: Role) -> f64;
    /// Whether the role is known by a header of its own, not by one that stands in every table.
    fn told(&self, role: Role) -> bool;
    /// Whether the role's column holds yes and no.
    fn is_yes_no(&self, role: Role) -> bool;
    /// Whether many rows share the values of the role's column.
    fn repeats(&self, role: Role) -> bool;
    /// Whether any header speaks of visits.
    fn speaks_of_visits(&self) -> bool;
    /// Whether any header speaks of the pages and carts of a web site.
    fn speaks_of_the_web(&self) -> bool;
    /// Whether any header speaks of campaigns.
    fn speaks_of_advertising(&self) -> bool;
}

/// A guess below this is not made.
pub const LEAST_SURE: f64 = 0.5;

/// How sure the needed roles are on average; absent where the kind is not earned.
pub fn earned(kind: Kind, found: &impl Found) -> Option<f64> {
    let mut needed: Vec<f64> = synonyms::of(kind)
        .iter()
        .filter(|entry| entry.needed)
        .map(|entry| found.sure(entry.role))
        .collect();
    needed.extend(further(kind, found)?);
    if needed.is_empty() || needed.iter().any(|sure| *sure < LEAST_SURE) {
        return None;
    }
    let told = telling(kind).iter().filter(|role| found.told(**role));
    let one_visit_a_row = kind == Kind::Funnel && found.is_yes_no(Role::Purchases);
    // Beside campaigns any cost is what they cost.
    let of_campaigns = kind == Kind::Spend && found.speaks_of_advertising();
    if told.count() < least_told(kind) && !one_visit_a_row && !of_campaigns {
        return None;
    }
    Some(needed.iter().sum::<f64>() / needed.len() as f64)
}

/// Needs that are not simply a role: alternatives, and what must be told by its own header.
fn further(kind: Kind, found: &impl Found) -> Option<Vec<f64>> {
    let best = |roles: &[Role]| {
        roles
            .iter()
            .map(|role| found.sure(*role))
            .fold(0.0, f64::max)
    };
    match kind {
        // Each row is one order where no number says so; amounts may be absent.
        Kind::Order => {
            let what = [Role::Order, Role::PromisedAt, Role::DeliveredAt];
            let told = what.into_iter().any(|role| found.told(role));
            let when = best(&[Role::OrderedAt]);
            let delivery = found.told(Role::Order)
                && (found.told(Role::PromisedAt) || found.told(Role::RequestedAt))
                && found.told(Role::DeliveredAt);
            if delivery {
                return Some(vec![best(&[Role::PromisedAt, Role::RequestedAt])]);
            }
            let amount = best(&[Role::Amount]);
            Some(vec![when, if told { 0.9_f64.max(amount) } else { amount }])
        }
        // A list of users with the day of their registration is no log of what they did.
        Kind::Event => {
            let did = found.told(Role::OccurredAt)
                || best(&[Role::Event, Role::Feature, Role::DurationSeconds]) >= LEAST_SURE
                || found.repeats(Role::User);
            did.then(Vec::new)
        }
        // Without the amount due, its day and its outcome must both be called so.
        Kind::Renewal if best(&[Role::AmountDue]) < LEAST_SURE => {
            (found.told(Role::DueAt) && found.told(Role::Outcome)).then(Vec::new)
        }
        Kind::Spend => Some(vec![best(&[Role::OccurredAt, Role::Month])]),
        Kind::Funnel => {
            let counted = best(&[Role::Visits, Role::Carts, Role::Checkouts]);
            if counted < LEAST_SURE && found.is_yes_no(Role::Purchases) {
                // Each row is one visit; without a word about visits it is something else.
                return found.speaks_of_visits().then(Vec::new);
            }
            Some(vec![counted])
        }
        Kind::Operations => {
            let told_roles: Vec<Role> = telling(kind)
                .iter()
                .copied()
                .filter(|role| found.told(*role))
                .collect();
            let told: Vec<f64> = told_roles.iter().map(|role| found.sure(*role)).collect();
            let is_dated = best(&[Role::Month, Role::OccurredAt]) >= LEAST_SURE;
            // Plans and their outcome are of projects only where a column names these.
            let others = told_roles.iter().filter(|role| !OF_PLANS.contains(role));
            let others = others.count();
            let of_jobs = found.told(Role::Job) && found.sure(Role::Status) >= LEAST_SURE;
            let of_units = found.is_yes_no(Role::Defective);
            let of_projects = told.len() > 1 && found.sure(Role::Project) >= LEAST_SURE;
            // Visitors of a web site come through no door.
            let of_doors = |role: &Role| matches!(role, Role::Visitors | Role::PassersBy);
            if told_roles.iter().all(of_doors) && found.speaks_of_the_web() {
                return None;
            }
            let counted = others > 1 || (is_dated && others == 1);
            let counted = counted || of_jobs || of_units || of_projects;
            counted.then_some(told)
        }
        Kind::Account => {
            let others: f64 = synonyms::of(kind)
                .iter()
                .filter(|entry| !entry.needed)
                .map(|entry| found.sure(entry.role))
                .sum();
            (others >= LEAST_SURE).then(Vec::new)
        }
        _ => Some(Vec::new()),
    }
}

/// What tells a list of jobs or projects, and only beside a column that names these.
const OF_PLANS: [Role; 5] = [
    Role::Job,
    Role::PlannedEnd,
    Role::ActualEnd,
    Role::PlannedCost,
    Role::ActualCost,
];

/// How many telling roles a kind takes.
const fn least_told(kind: Kind) -> usize {
    match kind {
        Kind::Renewal | Kind::Funnel => 2,
        _ => 1,
    }
}

/// Roles that tell a kind: they must be known by a header of their own, because nearly every
/// table has an id, a name, a date and an amount.
pub const fn telling(kind: Kind) -> &'static [Role] {
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
            Role::FirstResolvedAt,
            Role::FirstResolutionMinutes,
            Role::Priority,
            Role::Satisfaction,
            Role::Reopens,
            Role::SlaMet,
            Role::SlaTargetMinutes,
        ],
        Kind::Subscription => &[
            Role::Amount,
            Role::Interval,
            Role::Subscription,
            Role::EndedAt,
            Role::Plan,
        ],
        Kind::RevenueMonth => &[Role::RecurringRevenue, Role::Month],
        Kind::RevenueMovement => &[Role::Movement],
        Kind::Renewal => &[
            Role::DueAt,
            Role::AmountDue,
            Role::Outcome,
            Role::AmountRenewed,
        ],
        Kind::Event => &[Role::User, Role::Event, Role::Feature],
        Kind::Order => &[
            Role::Order,
            Role::OrderedAt,
            Role::Customer,
            Role::PromisedAt,
            Role::RequestedAt,
            Role::DeliveredAt,
        ],
        Kind::Account => &[
            Role::Churned,
            Role::TenureMonths,
            Role::StartedAt,
            Role::EndedAt,
            Role::RecurringRevenue,
            Role::TrialStartedAt,
            Role::PaidAt,
            Role::ValueAt,
            Role::New,
            Role::Referrals,
            Role::Measure,
            Role::GoalsSet,
            Role::GoalsMet,
            Role::Benefit,
        ],
        Kind::Spend => &[Role::Amount],
        Kind::Funnel => &[Role::Visits, Role::Carts, Role::Checkouts, Role::Purchases],
        Kind::Operations => OPERATIONS,
        Kind::Aggregate | Kind::Figures => &[],
    }
}

/// What tells a table of an operation.
const OPERATIONS: &[Role] = &[
    Role::Produced,
    Role::Inspected,
    Role::Defective,
    Role::Defects,
    Role::Opportunities,
    Role::CostOfGoods,
    Role::InventoryOpening,
    Role::InventoryClosing,
    Role::Visitors,
    Role::JobsAccepted,
    Role::JobsCompleted,
    Role::ProjectsClosed,
    Role::ProjectsInScope,
    Role::ProjectsOnTime,
    Role::ProjectsOnBudget,
    Role::ProjectsSuccessful,
    Role::PlannedEnd,
    Role::ActualEnd,
    Role::PlannedCost,
    Role::ActualCost,
    Role::Inventory,
    Role::PassersBy,
    Role::JobsRequested,
    Role::Job,
    Role::Reworked,
];

/// Roles of which one must be told, by a whole header, for a table to serve as this kind beside
/// another one. Empty where the kind is never a second one.
pub const fn second(kind: Kind) -> &'static [Role] {
    match kind {
        Kind::Survey => &[Role::Score, Role::Satisfaction],
        Kind::Account => &[
            Role::Churned,
            Role::TenureMonths,
            Role::RecurringRevenue,
            Role::TrialStartedAt,
            Role::ValueAt,
            Role::GoalsMet,
            Role::Benefit,
            Role::Measure,
        ],
        Kind::Renewal => &[Role::AmountDue],
        Kind::Spend => &[Role::Amount],
        Kind::Funnel => &[Role::Purchases],
        _ => &[],
    }
}

/// Headers that stand in all sorts of tables and so tell nothing by themselves.
pub fn is_everyday(header: &str) -> bool {
    EVERYDAY.split('|').any(|word| word == header)
}

const EVERYDAY: &str = "\
    id|#|number|no|nr|nummer|numero|key|name|created at|created|created on|created date|\
    create date|date created|creation date|date|time|datetime|date time|timestamp|email|\
    e mail|email address|type|start|end|from|to|state|status|amount|total|value|price|\
    source|period|period start|period end|month|rate|user|active|closed|closed at|score|\
    count|target|sales|revenue|orders|users|sent|sent at|received at|notes|reason|stage|\
    result|datum|tag|monat|betrag|preis|wert|typ|erstellt am|von|bis|fecha|mes|importe|\
    monto|valor|precio|tipo|estado|data|mese|importo|prezzo|stato|date de creation|mois|\
    montant|prix|statut|etat|cree le|maand|bedrag|prijs|soort|aangemaakt op|creado el|\
    criado em|creato il|umsatz|omzet|cost|costs|kosten";
