//! Claims about reasons: which words tell the comments of one side of the answers from those of the
//! other, and the rows behind them.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::options::Options;
use kept::engine::report::{Finding, ReasonTerm, Reasons, Verdict};
use kept::engine::session::Session;
use support::{finding, open, options, report_on, rows};

/// A survey with these answers and comments, each so many times.
fn survey(header: &str, answers: &[(u32, &str, usize)]) -> String {
    let mut text = format!("id,day,nps,{header}\n");
    let all = answers
        .iter()
        .flat_map(|(score, comment, times)| std::iter::repeat_n((score, comment), *times));
    for (row, (score, comment)) in all.enumerate() {
        let day = 1 + row % 28;
        let comment = comment.replace('"', "\"\"");
        writeln!(text, "R{row},2025-03-{day:02},{score},\"{comment}\"").unwrap();
    }
    text
}

#[track_caller]
fn reasons_of(text: &str) -> Reasons {
    let found = report_on(&[("survey.csv", text.as_bytes())], &Options::default()).unwrap();
    reasons(finding(&found, "net_promoter_score"))
}

#[track_caller]
fn reasons(finding: &Finding) -> Reasons {
    *finding.reasons.clone().unwrap()
}

fn term<'a>(reasons: &'a Reasons, written: &str) -> Option<&'a ReasonTerm> {
    reasons.terms.iter().find(|it| it.term == written)
}

fn terms(reasons: &Reasons) -> Vec<&str> {
    reasons.terms.iter().map(|it| it.term.as_str()).collect()
}

#[test]
fn what_promoters_and_detractors_say_stands_beside_each_other() {
    let text = survey(
        "comment",
        &[
            (10, "So easy to use, I love it!", 30),
            (9, "Great support. The app is fine", 20),
            (8, "Slow support, but okay", 7),
            (3, "The support is very slow", 25),
            (0, "It is not easy to find a setting", 15),
            (9, "", 5),
            (1, "n/a", 4),
        ],
    );
    let found = reasons_of(&text);
    assert_eq!(found.column, "comment");
    let sides: Vec<(&str, u64, u64)> = found
        .sides
        .iter()
        .map(|side| (side.name.as_str(), side.answers, side.comments))
        .collect();
    assert_eq!(sides, [("promoters", 55, 50), ("detractors", 44, 40)]);
    assert_eq!(
        (found.between, found.languages.as_slice()),
        (7, &["en".to_owned()][..])
    );
    let easy = term(&found, "easy to use").unwrap();
    assert_eq!(
        (easy.side.as_str(), easy.verdict),
        ("promoters", Verdict::Real)
    );
    assert_eq!((easy.said[0].count, easy.said[1].count), (30, 0));
    assert!((easy.said[0].share - 0.6).abs() < 1e-12);
    // Wilson's interval of 30 of 50.
    assert!((easy.said[0].low - 0.4618).abs() < 1e-4 && (easy.said[0].high - 0.7239).abs() < 1e-4);
    let slow = term(&found, "support is very slow").unwrap();
    assert_eq!((slow.side.as_str(), slow.said[1].count), ("detractors", 25));
    let not_easy = term(&found, "not easy").unwrap();
    assert_eq!(not_easy.said.each_ref().map(|side| side.count), [0, 15]);
    // The pair says it all: its word does not stand beside it.
    assert!(term(&found, "slow").is_none());
    // Equally often said words tell nothing, and little words never do.
    for nothing in ["the", "is", "very", "not", "it"] {
        assert!(term(&found, nothing).is_none(), "{nothing}");
    }
}

#[test]
fn themes_are_found_in_seven_languages_without_their_little_words() {
    for (language, header, good, bad, expected) in [
        (
            "en",
            "feedback",
            "It is very easy to use",
            "The support was too slow for us",
            ["easy to use", "support was too slow"],
        ),
        (
            "de",
            "Kommentar",
            "Die Bedienung ist sehr einfach",
            "Der Support ist leider nicht erreichbar",
            ["bedienung ist sehr einfach", "nicht erreichbar"],
        ),
        (
            "fr",
            "Commentaire",
            "C’est très facile à utiliser",
            "Le temps de réponse est trop long",
            ["facile à utiliser", "temps de réponse"],
        ),
        (
            "es",
            "Comentario",
            "Es muy fácil de usar para nosotros",
            "El tiempo de espera es muy largo",
            ["fácil de usar", "tiempo de espera"],
        ),
        (
            "pt",
            "Comentários",
            "É muito fácil de usar para nós",
            "O tempo de espera é muito longo",
            ["fácil de usar", "tempo de espera"],
        ),
        (
            "it",
            "Commento",
            "È molto facile da usare per noi",
            "Il servizio clienti è troppo lento",
            ["facile da usare", "servizio clienti"],
        ),
        (
            "nl",
            "Toelichting",
            "Het is heel makkelijk in gebruik",
            "De helpdesk is altijd slecht bereikbaar",
            ["makkelijk in gebruik", "slecht bereikbaar"],
        ),
    ] {
        let some = [
            (10, good, 30),
            (2, bad, 30),
            (10, expected[0], 12),
            (2, expected[1], 12),
        ];
        let text = survey(header, &some);
        let found = reasons_of(&text);
        assert_eq!(found.languages, [language]);
        for wanted in expected {
            assert!(
                term(&found, wanted).is_some(),
                "{language}: {wanted} not in {:?}",
                terms(&found)
            );
        }
    }
}

#[test]
fn in_two_languages_the_little_words_of_both_go() {
    let text = survey(
        "comment",
        &[
            (10, "It is easy and the support is fast", 20),
            (10, "Die Bedienung ist gut und der Preis auch", 20),
            (1, "The app is slow and it is expensive", 20),
            (1, "Der Support ist nicht gut und die App ist langsam", 20),
        ],
    );
    let found = reasons_of(&text);
    assert_eq!(found.languages, ["en", "de"]);
    for nothing in ["the", "und", "ist", "der", "it"] {
        assert!(term(&found, nothing).is_none(), "{nothing}");
    }
}

#[test]
fn no_address_number_or_single_voice_becomes_a_term() {
    let mut answers = Vec::new();
    let secrets = [
        "write to anna.meier@example.com please",
        "see https://example.com/secret and www.example.org",
        "call +49 170 1234567 or 0301234567",
        "card 4111111111111111 order A-12345",
        "ask @annameier about C:\\Users\\Anna",
    ];
    for secret in secrets {
        answers.push((10, secret, 20));
        answers.push((2, "slow support", 20));
    }
    // Two people each name somebody: below three comments nothing shows.
    answers.push((2, "Hildegard was rude", 2));
    let found = reasons_of(&survey("comment", &answers));
    assert!(!found.terms.is_empty());
    let written = serde_json::to_string(&found).unwrap().to_lowercase();
    for secret in [
        "anna",
        "meier",
        "example",
        "secret",
        "170",
        "1234567",
        "4111",
        "12345",
        "users",
        "hildegard",
    ] {
        assert!(!written.contains(secret), "{secret}");
    }
}

#[test]
fn with_few_comments_the_report_says_why_there_are_no_themes() {
    let text = survey(
        "comment",
        &[(10, "easy to use", 30), (2, "slow", 9), (2, "", 50)],
    );
    let found = reasons_of(&text);
    let refusal = found.refusal.unwrap();
    assert_eq!(refusal.code, "too_few_comments");
    assert_eq!(
        refusal.message,
        "Only 9 comments with words come from “detractors”; themes take at least 10 on each side."
    );
    assert!(found.terms.is_empty());
    let uncut = survey(
        "comment",
        &[(10, "とても使いやすい", 30), (2, "遅すぎる", 30)],
    );
    let found = reasons_of(&uncut);
    assert_eq!(
        (found.uncut, found.refusal.unwrap().code),
        (60, "words_not_cut".to_owned())
    );
    let none = "id,nps\nA,1\nB,10\nC,4\n";
    let found = report_on(&[("s.csv", none.as_bytes())], &Options::default()).unwrap();
    assert!(finding(&found, "net_promoter_score").reasons.is_none());
}

#[test]
fn few_comments_in_a_script_without_blanks_are_counted_and_left_out() {
    let text = survey(
        "comment",
        &[
            (10, "easy to use", 30),
            (2, "slow support", 30),
            (2, "遅すぎる", 5),
        ],
    );
    let found = reasons_of(&text);
    assert_eq!((found.uncut, found.sides[1].comments), (5, 30));
    assert!(term(&found, "slow support").is_some());
}

#[test]
fn every_survey_figure_has_its_own_sides() {
    for (header, kpi, good, bad, names) in [
        (
            "csat",
            "customer_satisfaction_score",
            5,
            1,
            ["satisfied", "not_satisfied"],
        ),
        (
            "It was easy to get help (1-5)",
            "customer_effort_score",
            5,
            1,
            ["easy", "not_easy"],
        ),
        ("star rating", "average_rating", 5, 1, ["high", "not_high"]),
    ] {
        let mut text = format!("respondent,{header},comment\n");
        for row in 0..40 {
            let (score, comment) = if row % 2 == 0 {
                (good, "friendly people")
            } else {
                (bad, "long waiting")
            };
            writeln!(text, "P{row},{score},{comment}").unwrap();
        }
        let found = report_on(&[("s.csv", text.as_bytes())], &Options::default()).unwrap();
        let found = reasons(finding(&found, kpi));
        assert_eq!(found.sides.each_ref().map(|side| side.name.as_str()), names);
        assert_eq!(terms(&found), ["friendly people", "long waiting"], "{kpi}");
    }
    // Effort turned round: low answers are the good side.
    let mut text = String::from("respondent,How much effort did you have to put forth?,comment\n");
    for row in 0..40 {
        let (score, comment) = if row % 2 == 0 {
            (1, "friendly people")
        } else {
            (5, "long waiting")
        };
        writeln!(text, "P{row},{score},{comment}").unwrap();
    }
    let found = report_on(&[("s.csv", text.as_bytes())], &Options::default()).unwrap();
    let found = reasons(finding(&found, "customer_effort_score"));
    assert_eq!(term(&found, "friendly people").unwrap().side, "easy");
}

#[test]
fn ratings_of_tickets_have_reasons_too() {
    let mut text =
        String::from("ticket_id,created_at,first_response_at,resolved_at,csat,comment\n");
    for row in 0..60 {
        let (score, comment) = if row % 2 == 0 {
            (5, "quick answer")
        } else {
            (1, "nobody replied")
        };
        writeln!(text, "T{row},2025-03-01T10:00:00Z,2025-03-01T11:00:00Z,2025-03-02T10:00:00Z,{score},{comment}").unwrap();
    }
    let found = report_on(&[("tickets.csv", text.as_bytes())], &Options::default()).unwrap();
    let found = reasons(finding(&found, "customer_satisfaction_score"));
    assert_eq!(terms(&found), ["quick answer", "nobody replied"]);
}

/// So many different long comments that none is held: `easy` stands in those of promoters.
fn many_long_comments() -> String {
    let mut text = String::from("id,nps,Why did you give this score?\n");
    for row in 0..6_000_u32 {
        let letters = |seed: u32| -> String {
            let mut rest = seed.wrapping_mul(2_654_435_761);
            (0..7)
                .map(|_| {
                    let letter = char::from(b'a' + (rest % 26) as u8);
                    rest = rest.div_euclid(26);
                    letter
                })
                .collect()
        };
        let (score, theme) = match row % 3 {
            0 => (10, "everything is easy to use"),
            1 => (7, "nothing special"),
            _ => (2, "the support is slow"),
        };
        let own = letters(row);
        writeln!(
            text,
            "R{row},{score},\"We think that {theme}, said {own} of {own}shire\""
        )
        .unwrap();
    }
    text
}

#[test]
fn comments_too_many_to_be_held_are_counted_and_read_back() {
    let text = many_long_comments();
    let files: &[(&str, &[u8])] = &[("s.csv", text.as_bytes())];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &Options::default()).unwrap();
    let report: kept::engine::report::Report = serde_json::from_str(&json).unwrap();
    let comments = &report.tables[0].columns[2];
    assert_eq!(
        (comments.role.as_deref(), comments.distinct),
        (Some("comment"), None)
    );
    let found = reasons(finding(&report, "net_promoter_score"));
    let slow = term(&found, "support is slow").unwrap();
    assert_eq!(slow.said.each_ref().map(|side| side.count), [0, 2_000]);
    let query = r#"{"table":"s.csv","finding":"net_promoter_score","term":"support is slow","side":"detractors","count":2}"#;
    let shown = rows(&mut session, files, query).unwrap();
    assert_eq!(shown.total, 2_000);
    let told: Vec<u64> = shown.rows.iter().map(|row| row.row).collect();
    assert_eq!(told, slow.said[1].sample_rows[..2]);
    assert!(
        shown.rows[0].cells[2]
            .as_ref()
            .unwrap()
            .starts_with("We think that the support is slow")
    );
    let side = r#"{"table":"s.csv","finding":"net_promoter_score/nps","side":"promoters"}"#;
    assert_eq!(rows(&mut session, files, side).unwrap().total, 2_000);
    let none = r#"{"table":"s.csv","finding":"net_promoter_score","term":"support is slow","side":"promoters"}"#;
    assert_eq!(rows(&mut session, files, none).unwrap().total, 0);
    for unknown in [
        r#"{"table":"s.csv","finding":"net_promoter_score","term":"hildegard"}"#,
        r#"{"table":"s.csv","finding":"net_promoter_score","side":"others"}"#,
        r#"{"table":"s.csv","term":"support is slow"}"#,
    ] {
        assert_eq!(
            rows(&mut session, files, unknown).unwrap_err().code,
            "term_unknown"
        );
    }
}

#[test]
fn a_column_that_is_chosen_for_comments_is_read_again() {
    let text = many_long_comments().replacen("Why did you give this score?", "Field 7", 1);
    let files: &[(&str, &[u8])] = &[("s.csv", text.as_bytes())];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &Options::default()).unwrap();
    let before: kept::engine::report::Report = serde_json::from_str(&json).unwrap();
    assert!(finding(&before, "net_promoter_score").reasons.is_none());
    let chosen = options(r#"{"mapping":{"s.csv":{"columns":{"Field 7":"comment"}}}}"#);
    session.accept(kept::engine::protocol::Request::Update {
        run: 2,
        options: chosen,
    });
    let json = support::finish(&mut session, files).unwrap();
    let after: kept::engine::report::Report = serde_json::from_str(&json).unwrap();
    let found = reasons(finding(&after, "net_promoter_score"));
    assert_eq!(
        term(&found, "support is slow").unwrap().said[1].count,
        2_000
    );
}

#[test]
fn reasons_follow_the_period_and_the_filter() {
    let mut text = String::from("id,date,team,nps,comment\n");
    for row in 0..240 {
        let (month, team) = (1 + row % 2, if row % 4 < 2 { "a" } else { "b" });
        let (score, comment) = if row % 3 == 0 {
            (10, "easy setup")
        } else {
            (1, "slow pages")
        };
        writeln!(text, "R{row},2025-{month:02}-10,{team},{score},{comment}").unwrap();
    }
    let files: &[(&str, &[u8])] = &[("s.csv", text.as_bytes())];
    let count = |json: &str| {
        let found = report_on(files, &options(json)).unwrap();
        let found = reasons(finding(&found, "net_promoter_score"));
        found.sides.each_ref().map(|side| side.comments)
    };
    assert_eq!(count(""), [80, 160]);
    assert_eq!(
        count(r#"{"period":{"unit":"month"},"as_of":"2025-02-28"}"#),
        [40, 80]
    );
    assert_eq!(
        count(r#"{"filter":[{"column":"team","is":["a"]}]}"#),
        [40, 80]
    );
}

#[test]
fn every_figure_on_answers_has_sides() {
    use kept::engine::kpi::scope::Basis;
    use kept::engine::kpi::{registry, sides};
    for kpi in registry::ALL {
        let bases = kpi.rules.iter().flat_map(|rule| rule.estimates);
        let mut bases = bases.map(|(basis, _)| basis);
        let on_answers = bases.any(|it| matches!(it, Basis::Scores(_) | Basis::Satisfaction));
        // Advocacy asks the question of the promoter score, which tells its reasons.
        let expected = on_answers && kpi.id != "brand_advocacy_rate";
        assert_eq!(sides::of_kpi(kpi).is_some(), expected, "{}", kpi.id);
    }
}

#[test]
fn the_rule_changes_no_reason() {
    let text = survey(
        "comment",
        &[(10, "easy to use", 30), (2, "slow support", 30)],
    );
    let text = text.replacen("id,", "respondent,", 1);
    let under = |rule: &str| {
        let chosen = options(&format!(
            r#"{{"variants":{{"net_promoter_score":"{rule}"}}}}"#
        ));
        let found = report_on(&[("s.csv", text.as_bytes())], &chosen).unwrap();
        let found = finding(&found, "net_promoter_score");
        assert_eq!(found.variant, rule);
        reasons(found)
    };
    assert_eq!(under("latest_answer"), under("standard"));
}

#[test]
fn comments_are_known_by_the_questions_that_people_ask() {
    for header in [
        "What is the primary reason for your score?",
        "Why did you give us this score",
        "How could we improve?",
        "Was ist der Grund für Ihre Bewertung?",
        "Warum haben Sie diese Note gegeben?",
        "Pourquoi avez-vous donné cette note ?",
        "Que pouvons-nous améliorer ?",
        "¿Por qué nos ha dado esta puntuación?",
        "¿Qué podemos mejorar?",
        "Por que você deu essa nota?",
        "O que podemos melhorar?",
        "Perché hai dato questo voto?",
        "Cosa possiamo migliorare?",
        "Waarom geeft u ons deze score?",
        "Wat kunnen we verbeteren?",
        "NPS reason",
        "Open-Ended Response",
        "Verbatim",
        "Begründung",
        "Toelichting",
        "Motivazione",
    ] {
        let text = survey(header, &[(10, "easy to use", 20), (2, "slow support", 20)]);
        let found = report_on(&[("s.csv", text.as_bytes())], &Options::default()).unwrap();
        let role = found.tables[0].columns[3].role.as_deref();
        assert_eq!(role, Some("comment"), "{header}");
        let found = reasons(finding(&found, "net_promoter_score"));
        assert_eq!(terms(&found).len(), 2, "{header}");
    }
}

#[test]
fn records_of_json_have_reasons_too() {
    let mut text = String::from("[");
    for row in 0..40 {
        let (score, comment) = if row % 2 == 0 {
            (10, "easy setup")
        } else {
            (1, "slow pages")
        };
        let comma = if row == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"id":"R{row}","nps":{score},"comment":"{comment}"}}"#
        )
        .unwrap();
    }
    text.push(']');
    let found = report_on(&[("s.json", text.as_bytes())], &Options::default()).unwrap();
    let found = reasons(finding(&found, "net_promoter_score"));
    assert_eq!(terms(&found), ["easy setup", "slow pages"]);
}
