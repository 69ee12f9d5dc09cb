//! Why customers left: by their own decision, or because a payment failed.

use crate::engine::facts::reading::Reading;
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::value::missing;

/// Why a customer left, the more telling last.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum WhyLeft {
    /// No reason is given, or one that says neither.
    #[default]
    Unknown,
    /// A reason is given, and it is no failed payment.
    Voluntary,
    /// A payment failed, or was taken back.
    Involuntary,
}

/// The reason of each row, where a column says it.
pub fn read(reading: &Reading<'_>) -> Option<Vec<WhyLeft>> {
    let keys = reading.keys_of(Role::CancellationReason)?;
    let by_code: Vec<WhyLeft> = keys.texts.texts().map(|text| of_text(&text)).collect();
    let codes = keys.codes.iter();
    let of_row = codes.map(|code| by_code.get(*code as usize).copied().unwrap_or_default());
    Some(of_row.collect())
}

/// What a reason as written says.
pub fn of_text(text: &str) -> WhyLeft {
    let words = normal(text);
    if missing::is_missing(text) || is_one_of(&words, SAYS_NOTHING) {
        return WhyLeft::Unknown;
    }
    if is_one_of(&words, DECIDED) {
        return WhyLeft::Voluntary;
    }
    // Spaces around, so that only whole words are found.
    let within = format!(" {words} ");
    let mut phrases = PAYMENT.split('|').map(str::trim);
    if phrases.any(|phrase| within.contains(&format!(" {phrase} "))) {
        WhyLeft::Involuntary
    } else {
        WhyLeft::Voluntary
    }
}

fn is_one_of(words: &str, list: &str) -> bool {
    list.split('|').any(|known| known.trim() == words)
}

/// Reasons that say neither.
const SAYS_NOTHING: &str = "\
    unknown|other|others|none|none given|no reason|no reason given|not specified|unspecified|\
    not given|expired|sonstiges|andere|anderer grund|unbekannt|keine angabe|ohne angabe|autre|\
    autres|inconnu|inconnue|non precise|otro|otros|otra|desconocido|sin especificar|outro|outros|\
    desconhecido|nao informado|altro|sconosciuto|non specificato|anders|onbekend|\
    niet opgegeven";

/// Reasons that name a payment or a word for it, and are a decision.
const DECIDED: &str = "voluntary|voluntary churn|freiwillig|volontaire|voluntario|voluntaria|\
    volontario|volontaria|vrijwillig";

/// Pieces of reasons that name a payment that failed.
const PAYMENT: &str = "\
    involuntary|payment failed|payment failure|payment failures|failed payment|failed payments|\
    payment declined|payment disputed|payment error|payment problem|payment problems|\
    payment issue|payment issues|payment not received|payment lapsed|payment recovery failed|\
    billing failure|billing failed|billing error|billing issue|failed billing|failed charge|\
    charge failed|charge declined|failed renewal payment|nonpayment|non payment|non payment of|\
    not paid|no payment|unpaid|unpaid invoice|lack of payment|missed payment|missed payments|\
    overdue|past due|dunning|dunning failed|delinquent|delinquency|delinquent churn|\
    card declined|declined card|card expired|expired card|credit card expired|no card|\
    card failed|card failure|insufficient funds|chargeback|charge back|dispute lost|disputed|\
    bounced|retries exhausted|max retries|collection failed|involuntary churn|\
    unfreiwillig|zahlung fehlgeschlagen|fehlgeschlagene zahlung|zahlungsausfall|zahlungsverzug|\
    nicht bezahlt|nichtzahlung|nicht gezahlt|zahlung abgelehnt|karte abgelehnt|\
    karte abgelaufen|lastschrift geplatzt|rucklastschrift|mahnung|mahnverfahren|\
    involontaire|echec de paiement|echec du paiement|paiement echoue|paiement refuse|impaye|\
    impayes|non paiement|defaut de paiement|carte expiree|carte refusee|retard de paiement|\
    involuntario|involuntaria|pago fallido|pago rechazado|impago|impagos|falta de pago|\
    fallo de pago|tarjeta caducada|tarjeta vencida|tarjeta rechazada|morosidad|\
    falta de pagamento|pagamento recusado|pagamento falhou|falha no pagamento|inadimplencia|\
    inadimplente|cartao expirado|cartao vencido|cartao recusado|nao pago|\
    involontario|involontaria|mancato pagamento|pagamento fallito|pagamento rifiutato|\
    pagamento non riuscito|carta scaduta|carta rifiutata|insoluto|morosita|\
    onvrijwillig|betaling mislukt|mislukte betaling|wanbetaling|niet betaald|kaart verlopen|\
    kaart geweigerd|incasso mislukt|betalingsachterstand|storno|stornering";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_billing_systems_and_of_people_are_told_apart() {
        for text in [
            "payment_failed",
            "payment_disputed",
            "nonpayment",
            "Not Paid",
            "no_card",
            "involuntary",
            "Failed payment (card expired)",
            "Dunning",
            "Zahlung fehlgeschlagen",
            "Échec de paiement",
            "Tarjeta caducada",
            "Inadimplência",
            "Mancato pagamento",
            "Betaling mislukt",
        ] {
            assert_eq!(of_text(text), WhyLeft::Involuntary, "{text}");
        }
        for text in [
            "cancellation_requested",
            "canceled",
            "voluntary",
            "Too expensive",
            "Zu teuer",
            "Switched to a competitor",
            "Does not support our payment method",
            "Wir stellen den Betrieb ein",
        ] {
            assert_eq!(of_text(text), WhyLeft::Voluntary, "{text}");
        }
        for text in ["", "n/a", "Other", "Unbekannt", "not_specified", "expired"] {
            assert_eq!(of_text(text), WhyLeft::Unknown, "{text}");
        }
    }
}
