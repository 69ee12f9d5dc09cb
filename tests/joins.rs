//! Joins on a generated, labelled set: every automatic join is right, suggestions are ranked, and
//! nothing is taken from what several accounts share.

#![expect(
    clippy::unwrap_used,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/mod.rs"]
mod support;

use std::fmt::Write as _;

use kept::engine::options::JoinKey;
use kept::engine::report::{JoinReport, JoinsReport, Report};
use kept::engine::stats::rng::Rng;

const SYLLABLES: [&str; 16] = [
    "bra", "cor", "dal", "fen", "gor", "hul", "jin", "kel", "lom", "mir", "nor", "pel", "quo",
    "rus", "tam", "vex",
];
const WHAT: [&str; 6] = [
    "Systems",
    "Foods",
    "Freight",
    "Energy",
    "Textiles",
    "Analytics",
];
const FORMS: [&str; 5] = ["GmbH", "Inc.", "Ltd", "S.A.", "B.V."];

/// A company as the list of accounts writes it.
struct Company {
    id: String,
    name: String,
    domain: String,
}

fn companies(rng: &mut Rng, count: usize) -> Vec<Company> {
    let mut taken: Vec<String> = Vec::new();
    while taken.len() < count {
        let syllable = |rng: &mut Rng| SYLLABLES[rng.below(16) as usize];
        let word: String = (0..3).map(|_| syllable(rng)).collect();
        // Names that differ by one letter would be each other's typing errors.
        if !taken.contains(&word) {
            taken.push(word);
        }
    }
    taken
        .into_iter()
        .enumerate()
        .map(|(at, word)| {
            let mut letters = word.chars();
            let first = letters.next().unwrap().to_uppercase();
            let capital: String = first.chain(letters).collect();
            Company {
                id: format!("ACC-{:04}", at + 1),
                name: format!(
                    "{capital} {} {}",
                    WHAT[rng.below(6) as usize],
                    FORMS[rng.below(5) as usize]
                ),
                domain: format!("{word}.com"),
            }
        })
        .collect()
}

/// How a ticket names its customer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Name,
    OtherForm,
    WithoutForm,
    Shouted,
    Typo,
    Nobody,
}

const WAYS: [Way; 6] = [
    Way::Name,
    Way::OtherForm,
    Way::WithoutForm,
    Way::Shouted,
    Way::Typo,
    Way::Nobody,
];

fn written(way: Way, name: &str, rng: &mut Rng) -> String {
    let (core, form) = name.rsplit_once(' ').unwrap();
    match way {
        Way::Name => name.to_owned(),
        Way::OtherForm => {
            let other = FORMS.iter().find(|it| **it != form).unwrap();
            format!("{core} {other}")
        }
        Way::WithoutForm => core.to_owned(),
        Way::Shouted => name.to_uppercase().replace('.', ""),
        Way::Typo => {
            let letters: Vec<char> = core.chars().collect();
            let at = 2 + rng.below(4) as usize;
            let kept = letters.iter().enumerate().filter(|(place, _)| *place != at);
            kept.map(|(_, letter)| *letter).collect()
        }
        Way::Nobody => format!("Zz{} Unlisted", 1000 + rng.below(9000)),
    }
}

fn report(tables: &[(&str, String)], options: &str) -> Report {
    let tables: Vec<(&str, &[u8])> = tables
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    support::report_on(&tables, &support::options(options)).unwrap()
}

fn table<'a>(joins: &'a JoinsReport, name: &str) -> &'a JoinReport {
    joins.tables.iter().find(|it| it.table == name).unwrap()
}

fn crm(companies: &[Company]) -> String {
    let mut text = String::from("account id,account name,website,plan,started on,mrr\n");
    for it in companies {
        writeln!(
            text,
            "{},{},https://www.{},Team,2024-01-01,100",
            it.id, it.name, it.domain
        )
        .unwrap();
    }
    text
}

#[test]
fn every_automatic_join_is_right_and_every_typing_error_is_suggested() {
    let mut rng = Rng::from_seed(11);
    let companies = companies(&mut rng, 200);
    let mut text = String::from("Ticket ID,Organization,Created at,Status\n");
    // The company that each row truly speaks of.
    let mut truth: Vec<(Way, Option<usize>)> = Vec::new();
    for row in 0..1_200 {
        let way = WAYS[row % 6];
        let at = rng.below(200) as usize;
        let name = written(way, &companies[at].name, &mut rng);
        writeln!(text, "{row},{name},2025-03-01 10:00,solved").unwrap();
        truth.push((way, (way != Way::Nobody).then_some(at)));
    }
    let tables = [("crm.csv", crm(&companies)), ("tickets.csv", text.clone())];
    let found = report(&tables, "");
    let joins = found.joins.as_ref().unwrap();
    let told = table(joins, "tickets.csv");
    // As written, without its form, and in capitals: 600 rows; another form is another company.
    assert_eq!(told.matched_rows, 600, "{:?}", told.by);
    let bytes: Vec<(&str, &[u8])> = tables
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let mut session = kept::engine::session::Session::new();
    support::open(&mut session, 1, &bytes, &support::options("")).unwrap();
    for (at, company) in companies.iter().enumerate() {
        let query = format!(r#"{{"table":"tickets.csv","account":"{}"}}"#, company.id);
        let rows = support::rows(&mut session, &bytes, &query).unwrap();
        for row in rows.rows {
            let (way, owner) = truth[row.row as usize - 1];
            assert_eq!(
                owner,
                Some(at),
                "a row of {way:?} joined to {}",
                company.name
            );
        }
    }
    assert!(
        told.suggestions.len() == 50 && told.suggested > 150,
        "{}",
        told.suggested
    );
    let ranked = told
        .suggestions
        .windows(2)
        .all(|two| two[0].likeness >= two[1].likeness);
    assert!(ranked, "the most alike come first");
}

#[test]
fn addresses_join_by_their_company_and_never_by_a_mail_provider() {
    let mut rng = Rng::from_seed(12);
    let companies = companies(&mut rng, 60);
    let mut text = String::from("responded at,email,How likely are you to recommend us?\n");
    let mut expected = 0;
    for row in 0..600 {
        let company = &companies[rng.below(60) as usize];
        let (address, joins) = match row % 4 {
            0 => (format!("p{row}@{}", company.domain), true),
            1 => (
                format!("P{row}@Mail.{}", company.domain.to_uppercase()),
                true,
            ),
            2 => (format!("p{row}@gmail.com"), false),
            _ => (format!("p{row}@elsewhere-{row}.org"), false),
        };
        expected += u64::from(joins);
        writeln!(text, "2025-03-01,{address},{}", rng.below(11)).unwrap();
    }
    // Somebody wrote a private address into the list; that makes no company of a provider.
    let list = crm(&companies).replacen("https://www.", "http://gmail.com/", 1);
    let found = report(&[("crm.csv", list), ("nps.csv", text)], "");
    let joins = found.joins.unwrap();
    let told = table(&joins, "nps.csv");
    let lost = told.by.iter().map(|it| it.rows).sum::<u64>();
    assert_eq!(lost, told.matched_rows);
    assert!(
        told.matched_rows <= expected && told.matched_rows + 20 > expected,
        "{told:?}"
    );
    assert!(told.by.iter().all(|it| it.key == JoinKey::Domain));
}

#[test]
fn one_account_under_five_ids_is_said_and_takes_nothing() {
    let mut list = String::from("account id,account name,website,plan,started on,mrr\n");
    for at in 1..=5 {
        writeln!(list, "D{at},Double Ltd,double.com,Team,2024-01-01,100").unwrap();
    }
    list += "E1,Single Ltd,single.com,Pro,2024-01-01,100\n";
    let tickets = "Ticket ID,Organization,Created at,Status\n1,Double,2025-03-01,solved\n2,Single,2025-03-01,solved\n";
    let tables = [("crm.csv", list), ("tickets.csv", tickets.to_owned())];
    let found = report(&tables, "");
    let joins = found.joins.unwrap();
    assert_eq!((joins.accounts, joins.alike, joins.same.len()), (6, 5, 4));
    let told = table(&joins, "tickets.csv");
    assert_eq!((told.matched_rows, told.ambiguous_rows), (1, 1));
    assert!(
        found
            .notes
            .iter()
            .any(|it| it.code == "accounts_alike" && it.count == Some(5))
    );
    // Confirmed, they are one account, and its rows find it.
    let ids: Vec<String> = joins
        .same
        .iter()
        .map(|it| format!("\"{}\"", it.id))
        .collect();
    let options = format!(r#"{{"joins":{{"confirmed":[{}]}}}}"#, ids.join(","));
    let joins = report(&tables, &options).joins.unwrap();
    assert_eq!(joins.accounts, 2);
    let told = table(&joins, "tickets.csv");
    assert_eq!((told.matched_rows, told.ambiguous_rows), (2, 0));
}

#[test]
fn what_matches_nothing_or_by_chance_is_said() {
    let list = "customer id,plan,started on,mrr\nK-1,Team,2024-01-01,100\nK-2,Pro,2024-01-01,100\n";
    let tickets = "Ticket ID,Organization,Created at,Status\n1,Foo,2025-03-01,solved\n2,Bar,2025-03-02,open\n";
    let found = report(
        &[
            ("crm.csv", list.to_owned()),
            ("tickets.csv", tickets.to_owned()),
        ],
        "",
    );
    assert!(found.notes.iter().any(|it| it.code == "joined_nothing"));
    assert!(
        found.across.is_empty()
            || found
                .across
                .iter()
                .all(|it| it.value.is_some_and(f64::is_finite))
    );
    // Two lists that both count: a few numbers are equal and mean nothing.
    let mut list = String::from("customer id,plan,started on,mrr\n");
    for at in 1..=3 {
        writeln!(list, "{at},Team,2024-01-01,100").unwrap();
    }
    let mut orders = String::from("order id,customer id,order date,total\n");
    for at in 1..=200 {
        writeln!(orders, "{at},{},2025-01-05,10", at * 7 % 211 + 1).unwrap();
    }
    let tables = [("crm.csv", list), ("orders.csv", orders)];
    let joins = report(&tables, "").joins.unwrap();
    let told = table(&joins, "orders.csv");
    assert_eq!((told.matched_rows, told.too_few), (0, 2));
    let chosen = r#"{"joins":{"keys":{"orders.csv":["customer"]}}}"#;
    let joins = report(&tables, chosen).joins.unwrap();
    assert_eq!(table(&joins, "orders.csv").matched_rows, 2);
    let apart = r#"{"joins":{"keys":{"orders.csv":[]}}}"#;
    let joins = report(&tables, apart).joins.unwrap();
    assert_eq!(table(&joins, "orders.csv").matched_rows, 0);
}

#[test]
fn the_order_of_rows_and_of_files_changes_no_join() {
    let mut rng = Rng::from_seed(13);
    let companies = companies(&mut rng, 40);
    let mut lines: Vec<String> = (0..200)
        .map(|row| {
            let way = WAYS[row % 6];
            let at = rng.below(40) as usize;
            format!(
                "{row},{},2025-03-01 10:00,solved",
                written(way, &companies[at].name, &mut rng)
            )
        })
        .collect();
    let head = "Ticket ID,Organization,Created at,Status";
    let forward = format!("{head}\n{}\n", lines.join("\n"));
    lines.reverse();
    let backward = format!("{head}\n{}\n", lines.join("\n"));
    let one = report(
        &[("crm.csv", crm(&companies)), ("tickets.csv", forward)],
        "",
    );
    let other = report(
        &[("tickets.csv", backward), ("crm.csv", crm(&companies))],
        "",
    );
    let (one, other) = (one.joins.unwrap(), other.joins.unwrap());
    let (one, other) = (table(&one, "tickets.csv"), table(&other, "tickets.csv"));
    assert_eq!(one.matched_rows, other.matched_rows);
    assert_eq!(one.by, other.by);
    let pairs = |told: &JoinReport| -> Vec<String> {
        let mut ids: Vec<String> = told.suggestions.iter().map(|it| it.id.clone()).collect();
        ids.sort();
        ids
    };
    assert_eq!(
        (one.suggested, pairs(one).len()),
        (other.suggested, pairs(other).len())
    );
}
