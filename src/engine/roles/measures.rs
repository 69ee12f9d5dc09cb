//! Measures of how an account is doing: the headers by which they are known, and which end of each
//! is good.

use super::role::Role;
use super::synonyms::{self, normal};
use crate::engine::options::Direction;

/// Which end of a column of this role is good, as far as its header tells; more, where it does not.
/// Absent for roles that are no measures.
pub fn direction_of(role: Role, header: &str) -> Option<Direction> {
    match role {
        Role::Measure => Some(direction(header).unwrap_or(Direction::HighIsGood)),
        Role::Pulse | Role::SeatsUsed => Some(Direction::HighIsGood),
        Role::LastActiveAt => Some(Direction::LowIsGood),
        _ => None,
    }
}

/// Which end of a measure is good, from its header in normal form; absent for headers that we do
/// not know.
pub fn direction(header: &str) -> Option<Direction> {
    let sure = |words: &'static str| synonyms::sure(header, words);
    let (more, less) = (sure(MORE_IS_BETTER), sure(LESS_IS_BETTER));
    if more <= 0.0 && less <= 0.0 {
        return None;
    }
    Some(if more > less {
        Direction::HighIsGood
    } else {
        Direction::LowIsGood
    })
}

/// What a word of judgement is worth: 1 for good, 0.5 for in between, 0 for bad.
pub fn level(text: &str) -> Option<f64> {
    let word = normal(text);
    let is_in = |list: &str| list.split('|').any(|known| known == word);
    [(GOOD, 1.0), (BETWEEN, 0.5), (BAD, 0.0)]
        .into_iter()
        .find(|(list, _)| is_in(list))
        .map(|(_, worth)| worth)
}

const GOOD: &str = "\
    green|good|healthy|positive|happy|strong|high|gesund|grun|gut|vert|bon|sain|verde|bueno|\
    sano|bom|saudavel|buono|groen|goed|gezond";

const BETWEEN: &str = "\
    yellow|amber|orange|neutral|ok|okay|average|medium|concerning|fair|gelb|mittel|jaune|moyen|\
    amarillo|regular|medio|amarelo|giallo|geel|matig|neutraal|neutre|neutro";

const BAD: &str = "\
    red|bad|poor|at risk|risk|critical|negative|unhappy|weak|low|rot|schlecht|kritisch|rouge|\
    mauvais|a risque|rojo|malo|en riesgo|vermelho|ruim|em risco|rosso|cattivo|a rischio|rood|\
    slecht|risico";

/// Measures of which more is better.
pub const MORE_IS_BETTER: &str = "\
    logins|login count|number of logins|logins last 30 days|logins 30 days|logins last month|\
    logins this month|logins per week|logins per month|logins per user|weekly logins|monthly logins|\
    average logins|avg logins|average weekly logins|avg weekly logins|average monthly logins|\
    avg monthly logins|total logins|sessions|session count|number of sessions|\
    sessions last 30 days|weekly sessions|monthly sessions|usage|product usage|usage score|\
    usage rate|usage percent|usage pct|usage change|usage trend|usage growth|usage minutes|\
    usage hours|usage last 30 days|minutes used|hours used|active users|monthly active users|\
    weekly active users|daily active users|active users last 30 days|mau|wau|dau|active days|\
    days active|feature adoption|features adopted|features used|feature usage|adoption|\
    adoption rate|adoption score|product adoption|engagement|engagement score|engagement rate|\
    events last 30 days|actions last 30 days|api calls|utilization|utilisation|\
    license utilization|licence utilisation|seat utilization|seat utilisation|nps|nps score|\
    last nps|nps last|latest nps|csat|csat score|last csat|customer satisfaction|\
    survey score|has champion|has executive sponsor|executive sponsor engaged|\
    qbr completed|qbrs completed|trainings completed|training completed|onboarding progress|\
    onboarding completed|onboarding complete|anzahl logins|logins letzte 30 tage|\
    logins pro monat|anmeldungen|anzahl anmeldungen|nutzung|produktnutzung|nutzungsgrad|\
    nutzungsrate|sitzungen|aktive nutzer|aktive benutzer|aktive tage|lizenzauslastung|\
    auslastung|zufriedenheit|kundenzufriedenheit|connexions|nombre de connexions|\
    connexions par mois|utilisation du produit|taux d utilisation|utilisateurs actifs|\
    jours actifs|taux d adoption|satisfaction|satisfaction client|inicios de sesion|\
    numero de inicios de sesion|uso|uso del producto|usuarios activos|dias activos|adopcion|\
    tasa de adopcion|satisfaccion|satisfaccion del cliente|acessos|numero de acessos|\
    uso do produto|usuarios ativos|utilizadores ativos|dias ativos|adocao|taxa de adocao|\
    satisfacao|satisfacao do cliente|accessi|numero di accessi|utilizzo|utilizzo del prodotto|\
    utenti attivi|giorni attivi|adozione|tasso di adozione|soddisfazione|\
    soddisfazione del cliente|aanmeldingen|aantal aanmeldingen|gebruik|productgebruik|\
    actieve gebruikers|actieve dagen|adoptie|tevredenheid|klanttevredenheid";

/// Measures of which less is better.
pub const LESS_IS_BETTER: &str = "\
    tickets|open tickets|tickets open|ticket count|number of tickets|support tickets|\
    open support tickets|tickets last 30 days|tickets last 90 days|urgent tickets|\
    high priority tickets|open cases|cases open|support cases|escalations|open escalations|\
    escalated tickets|bugs|open bugs|bugs reported|complaints|incidents|outages|\
    days since last login|days since login|days since last activity|days since last active|\
    days since last seen|days since last use|days since last session|days since last contact|\
    days since last meeting|days since last touch|days since last qbr|days inactive|\
    inactive days|overdue|overdue invoices|invoices overdue|overdue payments|\
    payments overdue|overdue amount|amount overdue|overdue balance|overdue days|days overdue|\
    days past due|past due amount|late payments|failed payments|unpaid invoices|\
    outstanding invoices|risk score|churn risk|churn risk score|churn probability|\
    offene tickets|tickets offen|anzahl tickets|eskalationen|beschwerden|storungen|\
    tage seit letztem login|tage seit letzter anmeldung|tage seit letzter aktivitat|\
    tage inaktiv|uberfallig|uberfallige rechnungen|uberfalliger betrag|uberfallige zahlungen|\
    mahnungen|zahlungsverzug|tickets ouverts|nombre de tickets|escalades|reclamations|\
    plaintes|jours depuis la derniere connexion|jours depuis derniere connexion|\
    jours d inactivite|factures en retard|factures impayees|paiements en retard|\
    retards de paiement|impayes|tickets abiertos|numero de tickets|incidencias|quejas|\
    escalaciones|dias desde el ultimo acceso|dias desde el ultimo inicio de sesion|\
    dias sin acceso|dias de inactividad|facturas vencidas|pagos vencidos|pagos atrasados|\
    chamados abertos|chamados|reclamacoes|dias desde o ultimo acesso|\
    dias sem acesso|dias de inatividade|faturas vencidas|faturas em atraso|\
    pagamentos em atraso|ticket aperti|numero di ticket|reclami|segnalazioni aperte|\
    giorni dall ultimo accesso|giorni di inattivita|fatture scadute|pagamenti in ritardo|\
    pagamenti scaduti|openstaande tickets|aantal tickets|klachten|escalaties|\
    dagen sinds laatste login|dagen sinds laatste aanmelding|dagen inactief|\
    achterstallige facturen|openstaande facturen|achterstallige betalingen";

/// A judgement of the person who looks after the account.
pub const PULSE: &str = "\
    pulse|csm pulse|customer pulse|account pulse|pulse score|csm score|csm rating|\
    csm sentiment|sentiment|sentiment score|relationship score|relationship health|\
    account sentiment|stimmung|einschatzung|einschatzung csm|ressenti|avis du csm|\
    sentimiento|percepcion|sentimento|percepcao|percezione|giudizio csm|stemming|oordeel csm";

/// The day on which an account was last seen.
pub const LAST_ACTIVE: &str = "\
    last login|last login at|last login date|last login on|last logged in|last logged in at|\
    last seen|last seen at|last active|last active at|last active on|last active date|\
    last activity|last activity at|last activity date|last session|last session at|last used|\
    last used at|last used on|last sign in|last sign in at|letzter login|letzter login am|\
    letzte anmeldung|letzte aktivitat|zuletzt aktiv|zuletzt aktiv am|zuletzt gesehen|\
    derniere connexion|date de derniere connexion|derniere activite|ultimo inicio de sesion|\
    ultima actividad|ultima conexion|ultimo acceso|ultimo acesso|ultima atividade|ultimo login|\
    ultimo accesso|ultima attivita|laatste login|laatste aanmelding|laatste activiteit|\
    laatst actief|laatst gezien";

/// Seats in use.
pub const SEATS_USED: &str = "\
    seats used|used seats|active seats|seats active|seats assigned|assigned seats|\
    licenses used|licences used|used licenses|used licences|active licenses|active licences|\
    licenses assigned|assigned licenses|genutzte lizenzen|lizenzen genutzt|aktive lizenzen|\
    licences utilisees|licences actives|licencias usadas|licencias activas|licencas usadas|\
    licencas ativas|licenze usate|licenze attive|gebruikte licenties|actieve licenties";

/// Seats that the account pays for.
pub const SEATS_PAID: &str = "\
    seats|seats paid|paid seats|seats purchased|purchased seats|seats bought|licensed seats|\
    contracted seats|total seats|seat count|number of seats|licenses|licences|paid licenses|\
    paid licences|licenses paid|licenses purchased|purchased licenses|total licenses|\
    number of licenses|lizenzen|gekaufte lizenzen|bezahlte lizenzen|anzahl lizenzen|\
    licences achetees|nombre de licences|licencias|licencias compradas|numero de licencias|\
    licencas|licencas compradas|numero de licencas|licenze|licenze acquistate|\
    numero di licenze|licenties|gekochte licenties|aantal licenties";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_which_end_is_good() {
        let told = |header: &str| direction(&normal(header));
        for header in ["Logins (30 days)", "NPS", "Active users", "Nutzungsgrad"] {
            assert_eq!(told(header), Some(Direction::HighIsGood), "{header}");
        }
        for header in [
            "Days since last login",
            "Open tickets",
            "Overdue invoices",
            "Tage seit letztem Login",
        ] {
            assert_eq!(told(header), Some(Direction::LowIsGood), "{header}");
        }
        assert_eq!(told("shoe size"), None);
    }

    #[test]
    fn words_of_judgement_have_a_worth() {
        assert_eq!(
            ["Green", "At risk", "Yellow", "blue"].map(level),
            [Some(1.0), Some(0.0), Some(0.5), None]
        );
    }
}
