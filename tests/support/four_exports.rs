//! Four exports that never met: accounts, answers, tickets and events of the same customers.
#![expect(clippy::unwrap_used, unreachable_pub, reason = "test code")]
#![allow(dead_code, reason = "not every test file uses all of it")]

use kept::engine::accounts::query::{AccountPage, AccountQuery, AccountsPage};
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request};
use kept::engine::report::Report;
use kept::engine::session::Session;

use super::support;

/// A list of six accounts, one of which has left.
pub const CRM: &str = "\
account id,account name,website,plan,owner,mrr,started on,ended on
A1,Acme GmbH,https://www.acme.de,Team,Ann,1000,2024-01-10,
A2,Globex Systems,globex.io,Pro,Ben,4000,2023-05-01,
A3,Initech Inc.,initech.com,Team,Ann,500,2024-06-01,
A4,Umbrella Corporation,umbrella.co.uk,Pro,Ben,2500,2024-02-01,
A5,Hooli,hooli.com,Team,Ann,800,2024-03-01,2025-03-15
A6,Soylent Ltd,,Free,Ben,100,2025-01-01,
";

/// Answers by e-mail.
pub const NPS: &str = "\
responded at,email,How likely are you to recommend us?
2025-05-01,ann@acme.de,9
2025-05-02,bob@mail.globex.io,3
2025-05-03,carl@gmail.com,10
2025-05-05,dora@initech.com,10
2025-04-05,dora@initech.com,2
2025-05-06,eve@umbrella.co.uk,7
";

/// Tickets by the name of the organisation.
pub const TICKETS: &str = "\
Ticket ID,Organization,Created at,Solved at,Status,Priority
1,Acme,2025-05-01 10:00,2025-05-01 12:00,solved,high
2,Globex Sytems,2025-05-03 10:00,,open,low
3,Globex Systems,2025-05-04 10:00,2025-05-12 09:00,solved,low
4,Umbrella Corp,2025-05-06 10:00,2025-05-06 11:00,solved,low
5,Nobody Known,2025-05-07 10:00,2025-05-08 10:00,solved,low
6,initech,2025-01-07 10:00,2025-01-20 10:00,solved,low
";

/// What users did, by account.
pub const EVENTS: &str = "\
user,account id,timestamp,event
u1,A1,2025-05-01 08:00,login
u1,A1,2025-05-02 08:00,login
u2,A1,2025-05-02 09:00,login
u1,A1,2025-04-01 08:00,login
u3,A2,2025-04-10 08:00,login
u3,A2,2025-04-11 08:00,login
u3,A2,2025-05-20 08:00,login
";

/// The four exports, by their names.
pub fn tables() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("crm.csv", CRM.as_bytes()),
        ("nps.csv", NPS.as_bytes()),
        ("tickets.csv", TICKETS.as_bytes()),
        ("events.csv", EVENTS.as_bytes()),
    ]
}

/// The session and the report.
pub fn opened(options: &str) -> (Session, Report) {
    let mut session = Session::new();
    let options: Options = support::options(options);
    let json = support::open(&mut session, 1, &tables(), &options).unwrap();
    (session, serde_json::from_str(&json).unwrap())
}

/// The answer, or the code of the error.
pub fn asked(session: &mut Session, request: Request) -> Result<String, String> {
    session.accept(request);
    loop {
        match support::answer(session, &tables()) {
            Event::Accounts { accounts, .. } => return Ok(accounts),
            Event::Unanswered { error, .. } => return Err(error.code),
            _ => {}
        }
    }
}

/// A page of the list of accounts.
pub fn list(session: &mut Session, query: &str) -> Result<AccountsPage, String> {
    let query = serde_json::from_str(query).unwrap();
    asked(session, Request::Accounts { ask: 7, query })
        .map(|json| serde_json::from_str(&json).unwrap())
}

/// One account with all that is known of it; or the code of the error.
pub fn supposed(
    session: &mut Session,
    customer: &str,
    suppose: &str,
) -> Result<AccountPage, String> {
    let query = AccountQuery {
        customer: customer.to_owned(),
        suppose: serde_json::from_str(suppose).unwrap(),
    };
    asked(session, Request::Account { ask: 7, query })
        .map(|json| serde_json::from_str(&json).unwrap())
}

/// One account with all that is known of it.
pub fn one(session: &mut Session, customer: &str) -> AccountPage {
    supposed(session, customer, "{}").unwrap()
}
