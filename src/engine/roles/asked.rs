//! What a score answers, and which end of it is good: from the words of the question.

use super::mapping::ScoreQuestion;
use crate::engine::options::Direction;

/// What was asked, from a header or a question in normal form; absent where it does not tell.
pub fn of_words(words: &str) -> Option<ScoreQuestion> {
    let says = |list: &str| list.split('|').any(|piece| words.contains(piece));
    let is_word = |list: &str| {
        words
            .split(' ')
            .any(|word| list.split('|').any(|known| known == word))
    };
    // “eNPS” is two words in normal form.
    if is_word("enps") || words.starts_with("e nps") || says(PLACE_TO_WORK) {
        Some(ScoreQuestion::Engagement)
    } else if is_word("nps|ltr") || says(NPS) {
        Some(ScoreQuestion::Nps)
    } else if is_word("ces") || says(CES) {
        Some(ScoreQuestion::Ces)
    } else if is_word("engagement") || says(ENGAGEMENT) {
        Some(ScoreQuestion::Engagement)
    } else if is_word("csat") || says(CSAT) {
        Some(ScoreQuestion::Csat)
    } else if is_word("stars|star|rating|ratings|review|reviews") || says(RATING) {
        Some(ScoreQuestion::Rating)
    } else {
        None
    }
}

/// Which end of an effort score is good, from its words: easy is good, much effort is bad.
/// Absent where they do not tell, because both directions are in use under the same name.
pub fn effort_direction(words: &str) -> Option<Direction> {
    let says = |list: &str| list.split('|').any(|piece| words.contains(piece));
    let (easy, hard) = (says(EASY), says(HARD));
    match (easy, hard) {
        (true, false) => Some(Direction::HighIsGood),
        (false, true) => Some(Direction::LowIsGood),
        _ => None,
    }
}

const NPS: &str = "\
    promoter|netpro|recommend|likelihood to|weiterempf|empfehlen|recommand|recomend|\
    recomien|consiglier|consigliare|raccomand|aanbevel|aanrad|aanbeveel";
const CES: &str = "\
    effort|easy|ease |how ease|einfach|wie leicht|aufwand|facile|facil |facil a|facil fue|\
    facil foi|que tan facil|esfuerzo|esforco|sforzo|moeite|makkelijk|gemakkelijk|inspanning";
const CSAT: &str = "satisf|zufrieden|soddisf|satisfac|satisfec|satisfeit|tevreden|happy|happiness";
const RATING: &str = "\
    bewertung|sterne|etoile|estrella|estrela|stelle|sterren|valoracion|avaliacao|\
    valutazione|beoordeling|calificacion";
const ENGAGEMENT: &str = "\
    mitarbeiterbindung|engagement|work environment|job satisfaction|employee satisfaction|\
    mitarbeiterzufriedenheit|arbeitszufriedenheit|satisfaction au travail|satisfaccion laboral|\
    satisfacao no trabalho|soddisfazione lavorativa|werktevredenheid|medewerkerstevredenheid";
/// A recommendation of the company as an employer.
const PLACE_TO_WORK: &str = "\
    employee net promoter|employee nps|place to work|als arbeitgeber|comme employeur|\
    lieu de travail|como empleador|lugar para trabajar|como empregador|lugar para trabalhar|\
    come datore di lavoro|posto di lavoro|als werkgever";

const EASY: &str = "\
    easy|ease|simple|einfach|leicht|facil|makkelijk|gemakkelijk|eenvoudig|sencill|semplice";
const HARD: &str = "\
    how much effort|effort did|effort required|amount of effort|wie viel aufwand|\
    wieviel aufwand|wie gross war der aufwand|combien d effort|quel effort|cuanto esfuerzo|\
    quanto esforco|quanto sforzo|hoeveel moeite|hoeveel inspanning|difficult|how hard|\
    schwierig|wie schwer|difficil|dificil|moeilijk|complicated|kompliziert|complique|\
    complicad|complicat|ingewikkeld";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::roles::synonyms::normal;

    #[test]
    fn questions_are_told_in_seven_languages() {
        use ScoreQuestion::{Ces, Csat, Nps, Rating};
        for (text, question) in [
            ("How likely are you to recommend us?", Some(Nps)),
            (
                "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
                Some(Nps),
            ),
            ("Recommanderiez-vous nos services ?", Some(Nps)),
            ("¿Qué tan probable es que nos recomiende?", Some(Nps)),
            ("Qual a probabilidade de nos recomendar?", Some(Nps)),
            ("Quanto è probabile che ci consiglierebbe?", Some(Nps)),
            ("Hoe waarschijnlijk is het dat u ons aanbeveelt?", Some(Nps)),
            ("How satisfied are you?", Some(Csat)),
            ("Wie zufrieden sind Sie?", Some(Csat)),
            ("Êtes-vous satisfait ?", Some(Csat)),
            ("Hoe tevreden bent u?", Some(Csat)),
            ("How easy was it to get help?", Some(Ces)),
            ("Hoeveel moeite kostte het?", Some(Ces)),
            ("ces", Some(Ces)),
            ("Star rating", Some(Rating)),
            ("Process score", None),
            ("Score", None),
        ] {
            assert_eq!(of_words(&normal(text)), question, "{text}");
        }
    }

    #[test]
    fn an_effort_score_is_good_at_the_end_that_its_words_name() {
        for (text, direction) in [
            (
                "The company made it easy to handle my issue",
                Some(Direction::HighIsGood),
            ),
            ("Wie einfach war es?", Some(Direction::HighIsGood)),
            (
                "How much effort did you personally have to put forth?",
                Some(Direction::LowIsGood),
            ),
            (
                "Combien d'effort avez-vous dû fournir ?",
                Some(Direction::LowIsGood),
            ),
            ("Hoe moeilijk was het?", Some(Direction::LowIsGood)),
            ("How easy or difficult was it?", None),
            ("CES", None),
            ("Effort score", None),
        ] {
            assert_eq!(effort_direction(&normal(text)), direction, "{text}");
        }
    }
}
