//! Headers under which people say why they gave an answer, so that the words of such a column are
//! read while the file passes by. Any other column can be chosen for it; the file is read again then.
//!
//! Written as `roles::synonyms` takes them: in normal form, parted by bars, `~` before a piece of a
//! question that is as sure as a whole header.

use crate::engine::table::words::normal;

/// Pieces of questions that ask for reasons in one's own words.
pub const QUESTIONS: &str = "\
    ~reason for your score|~reason for your rating|~reason for your answer|\
    ~reason for this score|~reason for giving|~reasons for your|~reason you gave|\
    ~why did you give|~why did you choose|~why did you rate|~why this score|~why this rating|\
    ~explain your score|~explain your rating|~explain your answer|~what could we improve|\
    ~what can we improve|~how can we improve|~how could we improve|~what should we improve|\
    ~what can we do better|~what could we do better|~what did you like|~what do you like|\
    ~anything else you|~tell us more|~tell us why|~in your own words|\
    ~grund fur ihre bewertung|~grund fur deine bewertung|~begrunden sie|~begrunde deine|\
    ~warum haben sie|~warum hast du|~weshalb haben sie|~was konnen wir besser|\
    ~was konnen wir verbessern|~was konnten wir|~mochten sie uns noch|~was hat ihnen gefallen|\
    ~pourquoi avez vous|~pourquoi cette note|~raison de votre note|~raison de cette note|\
    ~expliquez votre|~que pouvons nous ameliorer|~que pourrions nous|~comment pouvons nous|\
    ~por que nos ha|~por que nos dio|~por que dio|~por que diste|~por que ha dado|\
    ~motivo de su puntuacion|~motivo de tu puntuacion|~razon de su puntuacion|\
    ~que podemos mejorar|~que podriamos mejorar|~por que voce deu|~por que deu|\
    ~motivo da sua nota|~motivo da nota|~o que podemos melhorar|~como podemos melhorar|\
    ~perche ha dato|~perche hai dato|~motivo del suo voto|~motivo del tuo voto|\
    ~motivo della valutazione|~cosa possiamo migliorare|~come possiamo migliorare|\
    ~waarom geeft u|~waarom geef je|~waarom heeft u|~waarom heb je|~reden voor uw|\
    ~reden voor je|~wat kunnen wij verbeteren|~wat kunnen we verbeteren|~wat kunnen we beter";

/// Headers that say nothing else.
pub const SURE: &str = "\
    comment|comments|customer comment|survey comment|nps comment|csat comment|\
    satisfaction comment|feedback|verbatim|verbatims|open text|open feedback|open ended|\
    open ended response|free text|score reason|nps reason|csat reason|rating reason|\
    reason for score|reason for rating|primary reason|main reason|\
    review text|review body|review comment|review comment message|kommentar|\
    kommentare|anmerkung|anmerkungen|freitext|ruckmeldung|begrundung|freitextantwort|\
    offene antwort|commentaire|\
    commentaires|remarque|remarques|avis|texte libre|reponse libre|comentario|comentarios|\
    observaciones|opinion|texto libre|respuesta abierta|observacoes|opiniao|texto livre|\
    resposta aberta|justificativa|commento|\
    commenti|osservazioni|testo libero|risposta aperta|opmerking|opmerkingen|toelichting|\
    vrije tekst|open antwoord";

/// Headers that often do.
pub const LIKELY: &str = "\
    reason|remarks|remark|why|notes|grund|raison|motivo|razon|motivazione|reden|\
    suggestions|improvements|vorschlage|verbesserungsvorschlage|sugerencias|\
    sugestoes|suggerimenti|suggesties|justificacion|motif";

/// Whether the words of a column with this header are worth reading: whether it holds any of the
/// words above.
pub fn may_hold_reasons(header: &str) -> bool {
    let header = format!(" {} ", normal(header));
    let mut words = [QUESTIONS, SURE, LIKELY]
        .into_iter()
        .flat_map(|list| list.split('|'));
    words.any(|word| match word.strip_prefix('~') {
        Some(piece) => header.contains(piece),
        None => header.contains(&format!(" {word} ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_looked_for_where_people_write_them() {
        for header in [
            "Comment",
            "NPS Comments",
            "What is the primary reason for your score?",
            "Why did you give us this rating?",
            "Begründung",
            "Warum haben Sie diese Bewertung gegeben?",
            "Commentaire client",
            "¿Por qué nos ha dado esta puntuación?",
            "Motivo",
            "O que podemos melhorar?",
            "Perché hai dato questo voto?",
            "Toelichting",
            "Waarom geeft u deze score?",
            "rating_comments",
            "answers.comment",
        ] {
            assert!(may_hold_reasons(header), "{header}");
        }
        for header in ["Subject", "Title", "URL", "Customer name", "User agent", ""] {
            assert!(!may_hold_reasons(header), "{header}");
        }
    }
}
