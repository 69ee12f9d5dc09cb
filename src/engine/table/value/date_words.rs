//! Words inside dates that say nothing about the day: weekdays, prepositions, ordinal endings.

use std::sync::LazyLock;

use super::lexicon::Lexicon;

/// Whether a word (small letters, without accents) may stand in a date without a meaning.
pub fn is_filler(word: &str) -> bool {
    SMALL_WORDS.find(word) == Some(0) || is_weekday(word)
}

/// Whether a word names a day of the week, in full, shortened, or by its East Asian sign.
pub fn is_weekday(word: &str) -> bool {
    DAYS.find(word).is_some()
        || (word.chars().count() >= 3 && LONG_DAYS.find_beginning(word).is_some())
}

/// Whether letters directly behind a number make it an ordinal: `1st`, `1er`, `1º`, `2de`.
pub fn is_ordinal(word: &str) -> bool {
    ORDINALS.split(' ').any(|known| known == word)
}

static SMALL_WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[(0, FILLERS)]));
static DAYS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[(0, SHORT_WEEKDAYS)]));
static LONG_DAYS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&[(0, WEEKDAYS)]));

const FILLERS: &str = "at on of the um am den der le la las el de del di da do dos a as alle ore \
    om kl klo kello uhr h hs o г р гг года году год року рік r roku rok m v у в od του";

const ORDINALS: &str = "st nd rd th er ere re e eme nde ste de o a го";

const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday montag dienstag \
    mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi \
    dimanche lunes martes miercoles jueves viernes sabado domingo segunda feira terca quarta \
    quinta sexta lunedi martedi mercoledi giovedi venerdi sabato domenica maandag dinsdag \
    woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lordag \
    sondag tisdag maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina \
    sunnuntai poniedzialek wtorek sroda czwartek piatek sobota niedziela pondeli utery streda \
    ctvrtek patek nedele pondelok utorok stvrtok piatok nedela hetfo kedd szerda csutortok \
    pentek szombat vasarnap luni marti miercuri joi vineri sambata duminica понеделник вторник \
    сряда четвъртък петък събота неделя δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη \
    pazartesi sali carsamba persembe cuma cumartesi pazar понедельник среда четверг пятница \
    суббота воскресенье понеділок вівторок середа четвер субота неділя יום שני שלישי רביעי \
    חמישי שישי שבת ראשון सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार الاثنين الثلاثاء الاربعاء الخميس الجمعة \
    السبت الاحد senin selasa rabu kamis jumat sabtu minggu";

const SHORT_WEEKDAYS: &str = "mo tu we th fr sa su di mi do so ma wo vr za zo ti ke to pe la lu me \
    je ve pn wt sr pt po ut ct st ne pi cz sze cs sz пн вт ср чт пт сб нд вс pzt cmt paz \
    火 水 木 金 土 火曜 水曜 木曜 金曜 土曜 曜 周 週 星期 周一 周二 周三 周四 周五 周六 週一 週二 週三 週四 \
    週五 週六 星期一 星期二 星期三 星期四 星期五 星期六 화 수 목 금 토 화요 수요 목요 금요 토요 요";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_and_small_words_are_fillers_and_names_are_not() {
        for word in ["monday", "thu", "di", "jeu", "of", "de", "miercoles", "木"] {
            assert!(is_filler(word), "{word}");
        }
        for word in ["days", "plan", "hello", "to-do", ""] {
            assert!(!is_filler(word), "{word}");
        }
    }
}
