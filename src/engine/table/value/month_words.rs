//! Names of months in the languages that exports are written in.

use std::sync::LazyLock;

use super::fold;
use super::lexicon::Lexicon;

/// The month (1 to 12) that a word names, in full or shortened to its first three letters and
/// more where no other month begins so. Case, accents and a dot at the end do not matter.
pub fn month(word: &str) -> Option<u32> {
    let word = fold::word(word.trim_end_matches(['.', '॰', '׳', '\'']));
    // Hebrew puts "in" before the name.
    find(&word).or_else(|| word.strip_prefix('ב').and_then(find))
}

fn find(word: &str) -> Option<u32> {
    // `jui` begins June and July in French, so it is neither.
    NAMES.find(word).or_else(|| {
        (word.chars().count() >= 3)
            .then(|| NAMES.find_beginning(word))
            .flatten()
    })
}

static NAMES: LazyLock<Lexicon> = LazyLock::new(|| {
    let lists: Vec<(u32, &'static str)> = (1..).zip(MONTHS).collect();
    Lexicon::new(&lists)
});

/// In small letters without accents; short forms that begin a name are left out.
///
/// English, German, French, Spanish, Portuguese, Italian, Dutch, Danish, Norwegian, Swedish,
/// Finnish, Polish, Czech, Slovak, Hungarian, Romanian, Bulgarian, Greek, Turkish, Russian,
/// Ukrainian, Hebrew, Hindi, Arabic and Indonesian.
///
/// # Source
/// Unicode CLDR, wide and abbreviated names of the Gregorian calendar, in the cases used within
/// dates and alone; Austrian `Jänner` and usual spellings without umlauts are added.
const MONTHS: [&str; 12] = [
    "january janvier enero janeiro gennaio januari tammikuuta stycznia styczen ledna leden januara ianuarie януари ιανουαριου ιανουαριοσ ocak января январь січня січень ינואר जनवरी जन يناير janner jaenner",
    "february fevrier febrero fevereiro febbraio helmikuuta lutego luty unora februara februarie февруари φεβρουαριου φεβρουαριοσ subat февраля февраль лютого лютии פברואר फ़रवरी فبراير",
    "march mar mars marzo marco maart mrt marts maaliskuuta marca marzec brezna brezen marec marcius martie μαρτιου μαρτιοσ марта березня березень מרץ मार्च مارس maret maerz mrz mrc",
    "avril abril aprile huhtikuuta kwietnia kwiecien dubna duben aprila aprilis aprilie απριλιου απριλιοσ nisan апреля апрель квітня квітень אפריל अप्रैल ابريل",
    "mayo maio maggio mei toukokuuta maja kvetna kveten majus маи μαιου μαιοσ mayis мая травня травень מאי मई مايو",
    "june juin junio junho giugno kesakuuta czerwca czerwiec cervna cvn cerven juna junius iunie юни ιουνιου ιουνιοσ haziran июня июнь червня червень יוני जून يونيو",
    "july juillet julio julho luglio heinakuuta lipca lipiec cervence cvc cervenec jula julius iulie юли ιουλιου ιουλιοσ temmuz июля июль липня липень יולי जुलाई يوليو",
    "aout agosto augustus augusti elokuuta sierpnia sierpien srpna srpen augusta augusztus αυγουστου αυγουστοσ agustos августа серпня серпень אוגוסט अगस्त अग اغسطس agustus agt",
    "september septembre septiembre setembro settembre syyskuuta wrzesnia wrzesien zari septembra szeptember septembrie септември σεπτεμβριου σεπτεμβριοσ eylul сентября сентябрь вересня вересень ספטמבר सितंबर سبتمبر",
    "october oktober octobre octubre outubro ottobre lokakuuta pazdziernika rijna rijen oktobra octombrie октомври οκτωβριου οκτωβριοσ ekim октября октябрь жовтня жовтень אוקטובר अक्टूबर اكتوبر",
    "november novembre noviembre novembro marraskuuta listopada listopadu novembra noiembrie ноември νοεμβριου νοεμβριοσ kasim ноября ноябрь листопада נובמבר नवंबर नव نوفمبر",
    "december dezember decembre diciembre dezembro dicembre desember joulukuuta grudnia grudzien prosince prosinec decembra decembrie декември δεκεμβριου δεκεμβριοσ aralik декабря декабрь грудня грудень דצמבר दिसंबर ديسمبر",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_full_and_short() {
        for (word, number) in [
            ("Jan", 1),
            ("janv.", 1),
            ("ene", 1),
            ("Jänner", 1),
            ("févr.", 2),
            ("lut", 2),
            ("בפבר׳", 2),
            ("फ़र॰", 2),
            ("febr", 2),
            ("Mär", 3),
            ("mrt", 3),
            ("MÄRZ", 3),
            ("avr", 4),
            ("May", 5),
            ("mag", 5),
            ("juin", 6),
            ("juil.", 7),
            ("août", 8),
            ("Ağu", 8),
            ("sept", 9),
            ("září", 9),
            ("Okt", 10),
            ("out", 10),
            ("жовт.", 10),
            ("KASIM", 11),
            ("Δεκεμβρίου", 12),
            ("déc.", 12),
            ("ديسمبر", 12),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        for word in ["plan", "Ma", "jui", "", "monday", "mayor"] {
            assert_eq!(month(word), None, "{word}");
        }
    }

    #[test]
    fn no_name_is_of_two_months() {
        for (place, names) in MONTHS.iter().enumerate() {
            for name in names.split(' ') {
                assert_eq!(find(name), Some(place as u32 + 1), "{name}");
            }
        }
    }
}
