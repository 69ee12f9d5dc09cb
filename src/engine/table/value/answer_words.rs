//! Answers in words, such as "very satisfied", as places on a scale.
//!
//! A word alone says little: "good" is the second best of five answers on one form and the third
//! of five on another. So a column is read by the one form that holds all of its answers.

/// A form's answers from the worst to the best; each with other spellings of it.
type Form = &'static [&'static [&'static str]];

/// The places of a column's answers, from 1, on the form that holds them all.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// How many answers the form has.
    pub points: usize,
    /// One for each of the words that were given; absent for words of no form.
    pub places: Vec<Option<usize>>,
}

/// The form on which these different answers take most places, and at least two.
///
/// Case and blanks do not matter. Of forms that hold as many, the one with fewer answers is taken;
/// `None` where no form holds two, or where two of the same length would give different places.
pub fn place(words: &[&str]) -> Option<Placed> {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut best: Option<(usize, Placed)> = None;
    let mut tied = false;
    for form in FORMS {
        let places: Vec<Option<usize>> = folded.iter().map(|word| place_on(form, word)).collect();
        // Two answers of one form are two places: a form on which they share one is another form.
        let mut held: Vec<usize> = places.iter().copied().flatten().collect();
        held.sort_unstable();
        held.dedup();
        let held = held.len();
        let placed = Placed {
            points: form.len(),
            places,
        };
        match &best {
            _ if held < 2 => {}
            Some((most, _)) if held < *most => {}
            Some((most, before)) if held == *most && before.points <= placed.points => {
                tied |= before.points == placed.points && *before != placed;
            }
            _ => {
                best = Some((held, placed));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, placed)| placed)
}

fn place_on(form: Form, word: &str) -> Option<usize> {
    form.iter()
        .position(|answer| answer.contains(&word))
        .map(|place| place + 1)
}

/// Lower case, single blanks, and without a number in front (`5 - Very satisfied`).
fn fold(word: &str) -> String {
    let bare = word
        .trim()
        .trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '-' | '–' | '.' | ')' | ' ' | ':')
        })
        .trim_end_matches(['.', '!']);
    let lower = bare.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Forms in use: satisfaction, quality, agreement and ease, in the languages that are read.
const FORMS: &[Form] = &[
    // Stars, filled or with empty ones behind them.
    &[
        &["★", "★☆☆☆☆", "⭐", "⭐️", "*"],
        &["★★", "★★☆☆☆", "⭐⭐", "⭐️⭐️", "**"],
        &["★★★", "★★★☆☆", "⭐⭐⭐", "⭐️⭐️⭐️", "***"],
        &["★★★★", "★★★★☆", "⭐⭐⭐⭐", "⭐️⭐️⭐️⭐️", "****"],
        &["★★★★★", "⭐⭐⭐⭐⭐", "⭐️⭐️⭐️⭐️⭐️", "*****"],
    ],
    // Faces, five of them.
    &[
        &["😡", "😠", "😞", "😢", "😭", "😩"],
        &["🙁", "😟", "☹", "☹️", "😕"],
        &["😐", "😑", "😶"],
        &["🙂", "😊", "☺", "☺️"],
        &["😀", "😃", "😄", "😁", "😍", "🤩"],
    ],
    // Faces, three of them.
    &[
        &["😞", "🙁", "☹", "☹️", "😡", "😠", "😟"],
        &["😐", "😑", "😶"],
        &["🙂", "😀", "😃", "😊", "😄", "☺", "☺️"],
    ],
    // Satisfaction, two-sided.
    &[
        &[
            "very dissatisfied",
            "very unsatisfied",
            "sehr unzufrieden",
            "très insatisfait",
            "très insatisfaite",
            "muy insatisfecho",
            "muy insatisfecha",
            "muito insatisfeito",
            "muito insatisfeita",
            "molto insoddisfatto",
            "molto insoddisfatta",
            "zeer ontevreden",
        ],
        &[
            "dissatisfied",
            "unsatisfied",
            "somewhat dissatisfied",
            "unzufrieden",
            "eher unzufrieden",
            "insatisfait",
            "insatisfaite",
            "plutôt insatisfait",
            "insatisfecho",
            "insatisfecha",
            "insatisfeito",
            "insatisfeita",
            "insoddisfatto",
            "insoddisfatta",
            "ontevreden",
        ],
        &[
            "neutral",
            "neither satisfied nor dissatisfied",
            "neither",
            "teils, teils",
            "teils/teils",
            "teils teils",
            "weder noch",
            "weder zufrieden noch unzufrieden",
            "neutre",
            "ni satisfait ni insatisfait",
            "ni satisfecho ni insatisfecho",
            "neutro",
            "nem satisfeito nem insatisfeito",
            "né soddisfatto né insoddisfatto",
            "neutrale",
            "neutraal",
        ],
        &[
            "satisfied",
            "somewhat satisfied",
            "zufrieden",
            "eher zufrieden",
            "satisfait",
            "satisfaite",
            "plutôt satisfait",
            "satisfecho",
            "satisfecha",
            "satisfeito",
            "satisfeita",
            "soddisfatto",
            "soddisfatta",
            "tevreden",
        ],
        &[
            "very satisfied",
            "sehr zufrieden",
            "très satisfait",
            "très satisfaite",
            "muy satisfecho",
            "muy satisfecha",
            "muito satisfeito",
            "muito satisfeita",
            "molto soddisfatto",
            "molto soddisfatta",
            "zeer tevreden",
        ],
    ],
    // Satisfaction, two-sided, five answers with “extremely” at the ends.
    &[
        &["extremely dissatisfied"],
        &["somewhat dissatisfied"],
        &["neutral", "neither satisfied nor dissatisfied"],
        &["somewhat satisfied"],
        &["extremely satisfied"],
    ],
    // Satisfaction, two-sided, seven answers.
    &[
        &["extremely dissatisfied"],
        &["very dissatisfied", "moderately dissatisfied"],
        &[
            "dissatisfied",
            "somewhat dissatisfied",
            "slightly dissatisfied",
        ],
        &["neutral", "neither satisfied nor dissatisfied"],
        &["satisfied", "somewhat satisfied", "slightly satisfied"],
        &["very satisfied", "moderately satisfied"],
        &["extremely satisfied"],
    ],
    // Happiness, two-sided, seven and five answers.
    &[
        &["extremely unhappy"],
        &["very unhappy"],
        &["unhappy"],
        &["neutral"],
        &["happy"],
        &["very happy"],
        &["extremely happy"],
    ],
    &[
        &["very unhappy"],
        &["unhappy"],
        &["neutral"],
        &["happy"],
        &["very happy"],
    ],
    // Satisfaction, one-sided.
    &[
        &["not at all satisfied"],
        &["not so satisfied", "slightly satisfied"],
        &["somewhat satisfied", "moderately satisfied"],
        &["very satisfied"],
        &["extremely satisfied", "completely satisfied"],
    ],
    // Quality, two-sided.
    &[
        &[
            "very poor",
            "very bad",
            "terrible",
            "sehr schlecht",
            "très mauvais",
            "très mauvaise",
            "muy malo",
            "muy mala",
            "muy mal",
            "muito ruim",
            "molto scarso",
            "pessimo",
            "zeer slecht",
        ],
        &[
            "poor", "bad", "schlecht", "mauvais", "mauvaise", "malo", "mala", "mal", "ruim", "mau",
            "scarso", "cattivo", "slecht",
        ],
        &[
            "average",
            "fair",
            "ok",
            "okay",
            "acceptable",
            "neutral",
            "mittel",
            "mittelmäßig",
            "durchschnittlich",
            "befriedigend",
            "moyen",
            "moyenne",
            "regular",
            "normal",
            "medio",
            "sufficiente",
            "gemiddeld",
            "matig",
            "neutraal",
        ],
        &[
            "good", "gut", "bon", "bonne", "bien", "bueno", "buena", "bom", "boa", "buono",
            "buona", "goed",
        ],
        &[
            "very good",
            "excellent",
            "great",
            "sehr gut",
            "ausgezeichnet",
            "très bon",
            "très bonne",
            "très bien",
            "muy bueno",
            "muy buena",
            "muy bien",
            "excelente",
            "muito bom",
            "muito boa",
            "ótimo",
            "ottimo",
            "molto buono",
            "eccellente",
            "zeer goed",
            "uitstekend",
        ],
    ],
    // Quality, one-sided.
    &[
        &["poor"],
        &["fair"],
        &["good"],
        &["very good"],
        &["excellent"],
    ],
    // Agreement, five answers.
    &[
        &[
            "strongly disagree",
            "stimme überhaupt nicht zu",
            "stimme gar nicht zu",
            "pas du tout d'accord",
            "muy en desacuerdo",
            "totalmente en desacuerdo",
            "discordo totalmente",
            "fortemente in disaccordo",
            "per niente d'accordo",
            "helemaal mee oneens",
            "zeer mee oneens",
        ],
        &[
            "disagree",
            "stimme nicht zu",
            "stimme eher nicht zu",
            "pas d'accord",
            "plutôt pas d'accord",
            "en desacuerdo",
            "discordo",
            "in disaccordo",
            "mee oneens",
            "oneens",
        ],
        &[
            "neutral",
            "neither agree nor disagree",
            "undecided",
            "teils, teils",
            "teils/teils",
            "teils teils",
            "weder noch",
            "neutre",
            "ni d'accord ni pas d'accord",
            "ni de acuerdo ni en desacuerdo",
            "neutro",
            "não concordo nem discordo",
            "neutrale",
            "né d'accordo né in disaccordo",
            "neutraal",
        ],
        &[
            "agree",
            "stimme zu",
            "stimme eher zu",
            "d'accord",
            "plutôt d'accord",
            "de acuerdo",
            "concordo",
            "d'accordo",
            "mee eens",
            "eens",
        ],
        &[
            "strongly agree",
            "stimme voll zu",
            "stimme voll und ganz zu",
            "stimme völlig zu",
            "tout à fait d'accord",
            "muy de acuerdo",
            "totalmente de acuerdo",
            "concordo totalmente",
            "completamente d'accordo",
            "fortemente d'accordo",
            "helemaal mee eens",
            "zeer mee eens",
        ],
    ],
    // Agreement, seven answers.
    &[
        &["strongly disagree"],
        &["disagree"],
        &["somewhat disagree", "slightly disagree"],
        &["neutral", "neither agree nor disagree", "undecided"],
        &["somewhat agree", "slightly agree"],
        &["agree"],
        &["strongly agree"],
    ],
    // Ease.
    &[
        &[
            "very difficult",
            "very hard",
            "sehr schwierig",
            "sehr schwer",
            "très difficile",
            "muy difícil",
            "muito difícil",
            "molto difficile",
            "zeer moeilijk",
        ],
        &[
            "difficult",
            "hard",
            "schwierig",
            "schwer",
            "difficile",
            "difícil",
            "moeilijk",
        ],
        &[
            "neutral",
            "neither",
            "neither easy nor difficult",
            "teils, teils",
            "neutre",
            "neutro",
            "neutrale",
            "neutraal",
        ],
        &["easy", "einfach", "leicht", "facile", "fácil", "makkelijk"],
        &[
            "very easy",
            "sehr einfach",
            "sehr leicht",
            "très facile",
            "muy fácil",
            "muito fácil",
            "molto facile",
            "zeer makkelijk",
        ],
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], points: usize, places: &[Option<usize>]) {
        let placed = place(words).unwrap();
        assert_eq!((placed.points, placed.places.as_slice()), (points, places));
    }

    #[test]
    fn answers_stand_in_the_order_of_their_form() {
        check(
            &["Very satisfied", "neutral ", "Very  Dissatisfied"],
            5,
            &[Some(5), Some(3), Some(1)],
        );
        check(
            &["5 - Sehr zufrieden", "2 - Eher unzufrieden"],
            5,
            &[Some(5), Some(2)],
        );
        check(
            &["Somewhat agree", "Agree", "Strongly agree"],
            7,
            &[Some(5), Some(6), Some(7)],
        );
        check(&["Très facile", "Difficile"], 5, &[Some(5), Some(2)]);
    }

    #[test]
    fn the_other_answers_tell_where_a_word_stands() {
        check(
            &["Good", "Fair", "Very good", "Excellent", "Poor"],
            5,
            &[Some(3), Some(2), Some(4), Some(5), Some(1)],
        );
        check(
            &["Good", "Poor", "Very poor"],
            5,
            &[Some(4), Some(2), Some(1)],
        );
        assert_eq!(place(&["Good", "Poor", "Very good"]), None);
        check(
            &["Extremely satisfied", "Not at all satisfied"],
            5,
            &[Some(5), Some(1)],
        );
    }

    #[test]
    fn words_of_no_form_have_no_place() {
        check(
            &["Agree", "Disagree", "It depends"],
            5,
            &[Some(4), Some(2), None],
        );
        assert_eq!(place(&["red", "blue"]), None);
        assert_eq!(place(&["good"]), None);
    }

    #[test]
    fn no_answer_stands_twice_on_a_form() {
        for form in FORMS {
            let mut all: Vec<&str> = form
                .iter()
                .flat_map(|answer| answer.iter().copied())
                .collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count);
        }
    }
}
