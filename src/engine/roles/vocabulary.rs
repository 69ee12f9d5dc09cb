//! Words in cells by which a column is known: changes of revenue, outcomes of renewals, billing
//! intervals, kept promises, customers who left, worded answers.

use super::synonyms::normal;
use crate::engine::table::value::missing;
use crate::engine::table::{Cells, Column};

/// Columns with more different texts hold no vocabulary.
const MOST_WORDS: usize = 300;

/// Share of the filled cells that a rule knows, for columns of few different texts; 0 for others.
pub fn share_known(column: &Column, known: impl Fn(&str) -> bool) -> f64 {
    let Cells::Dictionary { codes, texts } = &column.cells else {
        return 0.0;
    };
    if texts.len() > MOST_WORDS {
        return 0.0;
    }
    let marks: Vec<Option<bool>> = texts
        .texts()
        .map(|text| (!missing::is_missing(text)).then(|| known(text)))
        .collect();
    let (mut filled, mut fit) = (0_u64, 0_u64);
    for code in codes {
        if let Some(known) = marks.get(*code as usize).copied().flatten() {
            filled += 1;
            fit += u64::from(known);
        }
    }
    if filled == 0 {
        0.0
    } else {
        fit as f64 / filled as f64
    }
}

/// Lists are in normal form, parted by bars.
fn is_listed(text: &str, list: &str) -> bool {
    let word = normal(text);
    list.split('|').any(|known| known == word)
}

/// Whether the text names a change of recurring revenue.
pub fn is_movement(text: &str) -> bool {
    is_listed(text, MOVEMENTS)
}

/// Whether the texts of a column tell gains of revenue from losses.
pub fn tells_losses(column: &Column) -> bool {
    let losses = share_known(column, |text| is_listed(text, LOSSES));
    losses > 0.0 && losses < 1.0 && share_known(column, is_movement) >= 0.95
}

const LOSSES: &str = "\
    contraction|downgrade|churn|churned|cancellation|reduzierung|verkleinerung|kundigung|\
    abwanderung|reduction|attrition|resiliation|contraccion|reduccion|cancelacion|baja|\
    contracao|reducao|cancelamento|contrazione|riduzione|abbandono|disdetta|krimp|\
    vermindering|opzegging|verloop";

const MOVEMENTS: &str = "\
    new|new business|new biz|new mrr|new customer|new subscription|expansion|upgrade|upsell|\
    cross sell|contraction|downgrade|downsell|churn|churned|cancellation|cancelled|canceled|\
    lost|reactivation|reactivated|resurrected|win back|winback|neu|neugeschaft|neukunde|\
    erweiterung|ausbau|upgrade mrr|reduzierung|verkleinerung|kundigung|abwanderung|\
    reaktivierung|nouveau|nouveau client|reduction|attrition|resiliation|reactivation mrr|\
    nuevo|nuevo negocio|expansion mrr|contraccion|reduccion|cancelacion|baja|reactivacion|\
    novo|novo negocio|expansao|contracao|reducao|cancelamento|reativacao|nuovo|espansione|\
    contrazione|riduzione|abbandono|disdetta|riattivazione|nieuw|uitbreiding|krimp|\
    vermindering|opzegging|verloop|heractivering";

/// Whether the text says how a renewal ended, or that it has not.
pub fn is_outcome(text: &str) -> bool {
    is_listed(text, OUTCOMES)
}

const OUTCOMES: &str = "\
    renewed|renewal|not renewed|non renewed|churned|churn|lost|won|closed won|closed lost|\
    cancelled|canceled|expired|lapsed|open|pending|in progress|upgraded|downgraded|\
    partially renewed|partial|auto renewed|upgrade|downgrade|upsell|downsell|partial renewal|\
    flat renewal|renewed with upsell|renewed with downsell|teilweise verlangert|yes|no|y|n|true|false|verlangert|\
    nicht verlangert|gekundigt|offen|ja|nein|renouvele|non renouvele|resilie|perdu|gagne|\
    en cours|oui|non|renovado|no renovado|cancelado|perdido|ganado|abierto|pendiente|si|\
    nao renovado|ganho|aberto|pendente|sim|nao|rinnovato|non rinnovato|disdetto|perso|vinto|\
    aperto|in corso|verlengd|niet verlengd|opgezegd|verloren|gewonnen|lopend|nee";

/// Whether the texts of a column tell deals that were won from deals that were lost.
pub fn tells_decisions(column: &Column) -> bool {
    const LOST: &str = "lost|closed lost|perdu|perdido|perso|verloren";
    const WON: &str = "won|closed won|gagne|ganado|ganho|vinto|gewonnen";
    let has = |words| share_known(column, |text| is_listed(text, words)) > 0.0;
    has(LOST) && has(WON) && share_known(column, is_outcome) >= 0.95
}

/// Whether the text is a billing interval: a usual word, or months as a plain number.
pub fn is_interval(text: &str) -> bool {
    let word = normal(text);
    let word = after_every(without_iso_mark(&word));
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if word.is_empty() {
        return matches!(
            text.trim(),
            "1" | "2" | "3" | "4" | "6" | "12" | "18" | "24" | "36" | "48" | "60"
        );
    }
    let first = word.split(' ').next().unwrap_or_default();
    INTERVALS.split('|').any(|known| {
        known == word || known == first || (known.len() > 3 && word.starts_with(known))
    })
}

/// ISO 8601 writes a month as `P1M`: what stands behind the mark.
pub fn without_iso_mark(word: &str) -> &str {
    let bare = word.strip_prefix('p').map(str::trim_start);
    bare.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(word)
}

/// What stands behind "every", "per" or "alle": `every 6 months` is six months.
pub fn after_every(word: &str) -> &str {
    const EVERY: [&str; 11] = [
        "every ",
        "each ",
        "per ",
        "alle ",
        "pro ",
        "jede ",
        "tous les ",
        "toutes les ",
        "cada ",
        "ogni ",
        "elke ",
    ];
    let bare = EVERY.iter().find_map(|every| word.strip_prefix(every));
    bare.unwrap_or(word)
}

/// Whether the text stands for an end that has not come, where dates of ends are expected.
pub fn goes_on(text: &str) -> bool {
    // Most cells of such a column are dates, of which there may be many.
    !text.starts_with(|c: char| ('1'..='9').contains(&c)) && is_listed(text, GOES_ON)
}

/// How many cells of a column of ends say that the end has not come, however many dates differ.
pub fn count_going_on(column: &Column) -> u64 {
    let Cells::Dictionary { codes, texts } = &column.cells else {
        let others = column.cells.others().iter();
        return others.filter(|(_, text)| goes_on(text)).count() as u64;
    };
    let marks: Vec<bool> = texts.texts().map(goes_on).collect();
    let is_marked = |code: &&u32| marks.get(**code as usize).copied().unwrap_or_default();
    codes.iter().filter(is_marked).count() as u64
}

const GOES_ON: &str = "\
    ongoing|present|current|currently|active|still active|open|open ended|never|no end|tbd|tba|\
    0000 00 00|laufend|unbefristet|aktiv|offen|heute|en cours|indefini|actif|indefinido|\
    indefinida|en curso|activo|activa|vigente|actual|em curso|em aberto|ativo|ativa|in corso|\
    attivo|attiva|indeterminato|lopend|doorlopend|onbepaald|actief";

/// Whether a header in normal form speaks of what is paid a year.
pub fn speaks_of_a_year(header: &str) -> bool {
    header.ends_with("par an") || header.split(' ').any(|word| YEARLY.contains(&word))
}

/// Whether a header in normal form speaks of what a contract is worth from its start to its end.
pub fn speaks_of_a_whole_contract(header: &str) -> bool {
    const WHOLE: [&str; 9] = [
        "contract value",
        "contract amount",
        "tcv",
        "vertragswert",
        "valeur du contrat",
        "valor del contrato",
        "valor do contrato",
        "valore del contratto",
        "contractwaarde",
    ];
    let padded = format!(" {header} ");
    let is_whole = WHOLE
        .iter()
        .any(|words| padded.contains(&format!(" {words} ")));
    let is_a_month = header
        .split(' ')
        .any(|word| word.starts_with("month") || word.starts_with("mens"));
    is_whole && !is_a_month && !speaks_of_a_year(header)
}

/// Words of headers of amounts a year.
const YEARLY: &[&str] = &[
    "arr",
    "acv",
    "annual",
    "annually",
    "annualized",
    "annualised",
    "yearly",
    "year",
    "annum",
    "jahrlich",
    "jahrliche",
    "jahrlicher",
    "jahrliches",
    "jahr",
    "jahresbetrag",
    "jahrespreis",
    "jahreswert",
    "jahresumsatz",
    "jahresgebuhr",
    "annuel",
    "annuelle",
    "annee",
    "anual",
    "ano",
    "annuo",
    "annua",
    "annuale",
    "anno",
    "jaarlijks",
    "jaarlijkse",
    "jaar",
    "jaarbedrag",
    "jaarprijs",
];

const INTERVALS: &str = "\
    month|mo|m|mon|monthly|quarter|qtr|q|semi|half|biannual|bimonthly|\
    year|yr|y|annual|a|biennial|triennial|one year|two year|two years|week|wk|w|day|daily|d|\
    monat|quartal|viertel|halbjahr|jahr|jahrlich|woche|wochentlich|tag|mois|mensuel|trimestr|\
    semestr|annee|annuel|an|semaine|hebdomadaire|jour|mes|mensual|ano|anual|semana|dia|\
    mensal|mese|mensile|anno|annuale|settiman|giorno|maand|kwartaal|halfjaar|jaar|dag|weekly";

/// Whether a promise of time was kept, from the words of support desks.
pub fn promise_kept(text: &str) -> Option<bool> {
    if is_listed(text, KEPT) {
        Some(true)
    } else if is_listed(text, BROKEN) {
        Some(false)
    } else {
        None
    }
}

/// Words for a kept promise.
pub const KEPT: &str = "\
    met|within sla|in sla|achieved|fulfilled|ok|on time|kept|passed|pass|compliant|hit|\
    within target|not breached|not violated|not missed|nicht verletzt|non depasse|\
    no incumplido|nao violado|non violato|completed on time|eingehalten|erfullt|innerhalb sla|erreicht|punktlich|respecte|dans le sla|\
    tenu|atteint|cumplido|dentro de sla|dentro del sla|en plazo|cumprido|dentro do sla|\
    atendido|no prazo|rispettato|entro sla|entro lo sla|in tempo|gehaald|binnen sla|\
    nagekomen|op tijd";

/// Words for a broken promise.
pub const BROKEN: &str = "\
    breached|breach|violated|sla violated|missed|not met|failed|fail|overdue|late|\
    out of sla|outside sla|not achieved|completed late|late completion|noncompliant|non compliant|verletzt|verpasst|\
    nicht eingehalten|uberschritten|verspatet|non respecte|hors sla|depasse|manque|\
    incumplido|fuera de sla|vencido|fuera del sla|descumprido|fora do sla|violado|estourado|\
    violato|non rispettato|fuori sla|scaduto|gemist|buiten sla|niet gehaald|overschreden|\
    te laat";

/// Words for the breaking of a promise, as headers have them beside those of [`BROKEN`].
const BREAKING: &str = "\
    violation|violations|breaches|breaching|verletzung|verstoss|violacion|incumplimiento|\
    violacao|descumprimento|violazione|geschonden|schending|overschrijding";

/// Words that turn the one behind them.
const NOT: [&str; 7] = ["not", "no", "non", "nicht", "nao", "niet", "never"];

/// Whether a header in normal form asks whether a promise was broken, so that yes is bad.
pub fn asks_whether_broken(header: &str) -> bool {
    let known = || BROKEN.split('|').chain(BREAKING.split('|'));
    known().any(|phrase| holds_phrase(header, phrase))
}

/// Whether a header in normal form speaks of a promised time and says of it that it is kept or
/// broken.
pub fn asks_of_promise(header: &str) -> bool {
    let kept = || KEPT.split('|').any(|phrase| holds_phrase(header, phrase));
    names_promise(header) && (asks_whether_broken(header) || kept())
}

/// Whether a header in normal form speaks of a promised time.
pub fn names_promise(header: &str) -> bool {
    header.split(' ').any(|word| matches!(word, "sla" | "slas"))
}

/// Whether the header holds the phrase as whole words, and none before it turns its meaning.
fn holds_phrase(header: &str, phrase: &str) -> bool {
    header.match_indices(phrase).any(|(start, _)| {
        let (front, behind) = header.split_at(start);
        let behind = behind.strip_prefix(phrase).unwrap_or_default();
        let is_whole = (front.is_empty() || front.ends_with(' '))
            && (behind.is_empty() || behind.starts_with(' '));
        let turned = front.split_whitespace().next_back();
        is_whole && !turned.is_some_and(|word| NOT.contains(&word))
    })
}

/// Whether the text says that a promise can still be kept or no longer matters.
pub fn promise_undecided(text: &str) -> bool {
    is_listed(text, UNDECIDED)
}

/// Words for a promise of which nothing is known yet.
const UNDECIDED: &str = "\
    active|paused|pending|in progress|open|running|due soon|not due|not yet due|not started|\
    cancelled|canceled|stopped|not applicable|no sla|laufend|offen|en cours|en curso|\
    em andamento|in corso|lopend";

/// Words of customer lists for those who left.
pub const LEFT: &str = "\
    churned|left|lost|inactive|cancelled|canceled|attrited customer|attrited|former|\
    former customer|exited|gone|terminated|closed|abgewandert|gekundigt|inaktiv|verloren|\
    ehemalig|parti|perdu|resilie|inactif|ancien client|perdido|baja|dado de baja|inactivo|\
    cancelado|inativo|cancelada|perso|disdetto|inattivo|cessato|vertrokken|opgezegd|\
    inactief|verloren klant";

/// Words of customer lists for those who stay.
pub const STAYS: &str = "\
    active|stayed|current|current customer|retained|existing customer|existing|joined|\
    customer|stays|renewed|open|live|aktiv|bestandskunde|kunde|bleibt|actif|client actif|\
    fidele|en cours|activo|vigente|alta|ativo|ativa|cliente|attivo|attiva|in essere|actief|\
    huidige klant|klant|lopend";

/// Whether the word says of a ticket, an order or a deal as well as of a customer that it is over or
/// goes on.
pub fn is_of_anything(text: &str) -> bool {
    is_listed(text, "closed|open|lost|live|joined|renewed|en cours|lopend")
}

/// Whether a word of a customer list says that someone has left.
pub fn has_left(text: &str) -> Option<bool> {
    if is_listed(text, LEFT) {
        Some(true)
    } else if is_listed(text, STAYS) {
        Some(false)
    } else {
        None
    }
}

/// Whether the text may be a currency: a code of three letters, or a sign.
pub fn is_currency(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().count();
    (letters == 3 && text.chars().all(|c| c.is_ascii_alphabetic()))
        || (letters <= 3
            && text
                .chars()
                .any(|c| matches!(c, '€' | '$' | '£' | '¥' | '₩')))
        || is_listed(text, "euro|euros|dollar|dollars|us dollar|pound|yen")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_known_in_many_words() {
        for text in [
            "month",
            "Monthly",
            "3 months",
            "year",
            "Jährlich",
            "mensuel",
            "12",
            "maandelijks",
            "Two year",
        ] {
            assert!(is_interval(text), "{text}");
        }
        for text in ["Team", "2025-01", "7", "2024-01-01", "Enterprise"] {
            assert!(!is_interval(text), "{text}");
        }
    }

    #[test]
    fn the_lists_are_in_normal_form() {
        for list in [
            MOVEMENTS, OUTCOMES, GOES_ON, KEPT, BROKEN, UNDECIDED, LEFT, STAYS,
        ] {
            for word in list.split('|') {
                assert_eq!(normal(word), word);
            }
        }
    }
}
