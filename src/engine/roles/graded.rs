//! Answers in words: good and bad, or the steps of a worded form.

use crate::engine::table::value::{answer_words, missing};

/// What the words of a column say.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// The lowest and highest possible answer.
    pub scale: (f64, f64),
    /// For every text: its answer, NaN for none, or nothing where it is no such word.
    pub answers: Vec<Option<f64>>,
}

/// Words that say good or bad without a step between, parted by bars.
const GOOD: &str = "\
    good|good with comment|satisfied|happy|great|positive|thumbs up|👍|😀|🙂|gut|zufrieden|bon|\
    satisfait|bueno|satisfecho|bom|satisfeito|buono|soddisfatto|goed|tevreden";
const BAD: &str = "\
    bad|bad with comment|dissatisfied|unhappy|not good|negative|thumbs down|👎|unsatisfied|😞|\
    🙁|schlecht|unzufrieden|mauvais|insatisfait|malo|insatisfecho|ruim|insatisfeito|\
    insoddisfatto|slecht|ontevreden";

/// Words that stand between good and bad: an answer, and no satisfied one.
const BETWEEN: &str = "okay|ok|neutral|so so|fair|mittel|moyen|regular|razoavel|cosi cosi|matig";

/// Words that say that nobody has rated.
const NOT_RATED: &str = "\
    offered|not offered|unoffered|not rated|pending|skipped|no rating|no response|\
    not answered|does not apply|not applicable|keine angabe|keine antwort|nicht bewertet|\
    sans réponse|sans avis|sin respuesta|sin calificar|sem resposta|não avaliado|\
    nessuna risposta|non valutato|geen antwoord|geen mening|niet beoordeeld";

/// The answers that these different texts of one column are: places on the form that holds them,
/// else good as 1 and bad as 0. Absent where they are neither.
pub fn read<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Graded> {
    let texts: Vec<&str> = texts.collect();
    let given: Vec<&str> = texts
        .iter()
        .copied()
        .filter(|text| !is_unrated(text))
        .collect();
    let (places, scale) = places(&given)?;
    let mut places = places.into_iter();
    Some(Graded {
        scale,
        answers: texts
            .iter()
            .map(|text| {
                if is_unrated(text) {
                    Some(f64::NAN)
                } else {
                    places.next().flatten()
                }
            })
            .collect(),
    })
}

fn is_listed(text: &str, list: &str) -> bool {
    let word = text.trim().to_lowercase();
    list.split('|').any(|known| known == word)
}

fn is_unrated(text: &str) -> bool {
    missing::is_missing(text) || is_listed(text, NOT_RATED)
}

/// A place for each different answer, where it has one, and the lowest and highest place.
type Places = (Vec<Option<f64>>, (f64, f64));

fn places(answers: &[&str]) -> Option<Places> {
    if let Some(found) = of_tops(answers) {
        return Some(found);
    }
    let mut verdicts: Vec<Option<f64>> = answers.iter().map(|answer| verdict(answer)).collect();
    let has = |wanted: f64| {
        verdicts
            .iter()
            .flatten()
            .any(|it| (it - wanted).abs() < 0.5)
    };
    if has(0.0) && has(1.0) {
        for (found, answer) in verdicts.iter_mut().zip(answers) {
            if found.is_none() && is_listed(answer, BETWEEN) {
                *found = Some(0.0);
            }
        }
    }
    let judged = verdicts.iter().flatten().count();
    if let Some(placed) = answer_words::place(answers)
        && placed.places.iter().flatten().count() > judged
    {
        let places = placed.places.iter().map(|place| place.map(|p| p as f64));
        return Some((places.collect(), (1.0, placed.points as f64)));
    }
    // Where most answers are neither good nor bad, the few that are say nothing about the rest.
    (judged > 0 && judged * 2 >= answers.len()).then_some((verdicts, (0.0, 1.0)))
}

/// The answers where nearly all of them tell the highest one too: `4/5`, `4 out of 5`, `9 von 10`.
fn of_tops(answers: &[&str]) -> Option<Places> {
    let read: Vec<Option<(f64, f64)>> = answers.iter().map(|answer| with_top(answer)).collect();
    let top = read.iter().flatten().next()?.1;
    let fits = |it: &&(f64, f64)| (it.1 - top).abs() < 0.5 && it.0 <= top;
    let fitting = read.iter().flatten().filter(fits).count();
    if fitting < read.iter().flatten().count() || fitting * 10 < answers.len() * 8 {
        return None;
    }
    let zero = read.iter().flatten().any(|(answer, _)| *answer < 0.5);
    let low = if zero || top > 9.5 { 0.0 } else { 1.0 };
    let places = read.into_iter().map(|it| it.map(|(answer, _)| answer));
    Some((places.collect(), (low, top)))
}

/// An answer and the highest one, where it tells both.
fn with_top(answer: &str) -> Option<(f64, f64)> {
    let words = answer.trim().to_lowercase();
    let parted = words.split_once('/').or_else(|| {
        let between = [
            " out of ", " of ", " von ", " sur ", " de ", " di ", " van ",
        ];
        between.iter().find_map(|it| words.split_once(it))
    });
    let (answer, top) = parted?;
    let top: u8 = top.trim().parse().ok()?;
    let answer: f64 = answer.trim().replace(',', ".").parse().ok()?;
    (answer >= 0.0 && matches!(top, 3..=10 | 100)).then_some((answer, f64::from(top)))
}

/// 1 for a word that says good, 0 for one that says bad.
fn verdict(answer: &str) -> Option<f64> {
    if is_listed(answer, GOOD) {
        Some(1.0)
    } else if is_listed(answer, BAD) {
        Some(0.0)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], scale: (f64, f64), answers: &[Option<f64>]) {
        let found = read(words.iter().copied()).unwrap();
        assert_eq!(found.scale, scale);
        let plain: Vec<Option<f64>> = found
            .answers
            .iter()
            .map(|answer| answer.filter(|answer| !answer.is_nan()))
            .collect();
        assert_eq!(plain, answers);
    }

    #[test]
    fn stars_and_faces_stand_on_the_form_that_holds_them() {
        let stars = ["★★★★★", "★☆☆☆☆", "★★★☆☆"];
        check(&stars, (1.0, 5.0), &[Some(5.0), Some(1.0), Some(3.0)]);
        let five = ["😀", "🙂", "😐", "🙁", "😞"];
        let places = [5.0, 4.0, 3.0, 2.0, 1.0].map(Some);
        check(&five, (1.0, 5.0), &places);
        let three = ["🙂", "😐", "🙁"];
        check(&three, (1.0, 3.0), &[Some(3.0), Some(2.0), Some(1.0)]);
    }

    #[test]
    fn worded_answers_are_numbers_on_their_own_scale() {
        check(
            &["Good", "Bad", "Offered", "Not Offered", ""],
            (0.0, 1.0),
            &[Some(1.0), Some(0.0), None, None, None],
        );
        check(
            &["Very satisfied", "Neutral", "Dissatisfied", "n/a"],
            (1.0, 5.0),
            &[Some(5.0), Some(3.0), Some(2.0), None],
        );
        check(
            &["Good", "Bad", "Good with comment"],
            (0.0, 1.0),
            &[Some(1.0), Some(0.0), Some(1.0)],
        );
    }

    #[test]
    fn answers_beside_the_highest_one_stand_on_its_scale() {
        let five = ["4/5", "1 / 5", "3,5/5", ""];
        check(&five, (1.0, 5.0), &[Some(4.0), Some(1.0), Some(3.5), None]);
        let ten = ["9 von 10", "7 out of 10"];
        check(&ten, (0.0, 10.0), &[Some(9.0), Some(7.0)]);
        for others in [["4/5", "7/10"], ["3/5", "6/5"], ["1/2", "2/2"]] {
            assert_eq!(read(others.into_iter()), None, "{others:?}");
        }
    }

    #[test]
    fn an_answer_between_good_and_bad_is_no_satisfied_one() {
        check(
            &["Great", "Okay", "Not Good", ""],
            (0.0, 1.0),
            &[Some(1.0), Some(0.0), Some(0.0), None],
        );
    }

    #[test]
    fn words_of_several_forms_and_other_words_are_not_guessed_at() {
        for words in [
            vec!["Good", "Poor", "Very good", "Mixed"],
            vec!["Enterprise", "Team", "Free"],
            vec!["Promoter", "Passive", "Detractor"],
            vec![""],
        ] {
            assert_eq!(read(words.iter().copied()), None, "{words:?}");
        }
    }
}
