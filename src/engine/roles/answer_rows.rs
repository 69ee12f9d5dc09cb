//! Which rows of a survey are answers of their own: not the same one exported twice, and no preview.
//!
//! Takes: what the columns mean. Gives: the column that names each answer, and the one that says
//! which were made to try the survey out.

use super::kind::Kind;
use super::mapping::Mapping;
use super::role::Role;
use super::seen::Seen;

/// Headers in normal form of a number that an answer has for itself.
const IDS: &str = "response id|responseid|response number|survey response id|submission id|\
    submission number|answer id|answer number|rating id|feedback id|antwort id|antwortnummer|\
    id reponse|id de reponse|id de la reponse|id de respuesta|id da resposta|id risposta|\
    id della risposta|antwoord id";

/// Headers of columns that say where an answer came from.
const ORIGINS: &str = "status|response status|response type|distribution channel";

const QUALTRICS: &str = "Qualtrics response export";

/// Words for answers of those who made the survey, and for what a program sent.
const TRIES: &str = "survey preview|preview|survey test|test|test response|spam|offline preview|\
    preview spam|imported spam|ex spam";

/// The same in the export of Qualtrics with values for labels: previews, tests and spam.
/// <https://www.qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/understanding-your-dataset/>
const TRIES_IN_NUMBERS: &str = "1|2|8|9|12|17|40";

/// Settles both columns of a survey; tables of other kinds have neither.
pub fn settle(mapping: &mut Mapping, seen: &[Seen<'_>]) {
    let has = |kind: Kind| mapping.kinds.contains(&kind);
    if !has(Kind::Survey) && mapping.column_of(Role::Satisfaction).is_none() {
        return;
    }
    mapping.answer_ids = if has(Kind::Ticket) {
        mapping.column_of(Role::Ticket)
    } else {
        seen.iter().position(|one| is_one_of(IDS, &one.header))
    };
    mapping.tries = seen.iter().position(|one| {
        has(Kind::Survey)
            && is_one_of(ORIGINS, &one.header)
            && one
                .column
                .keys()
                .texts
                .texts()
                .any(|it| is_try(mapping, &it))
    });
}

/// Whether the text says that nobody was asked: the survey was tried out, or a program answered.
pub fn is_try(mapping: &Mapping, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let is_in_numbers = mapping.export == Some(QUALTRICS);
    is_one_of(TRIES, &text) || is_in_numbers && is_one_of(TRIES_IN_NUMBERS, &text)
}

fn is_one_of(words: &str, text: &str) -> bool {
    words.split('|').any(|word| word == text)
}
