//! Which columns of a table name a customer, and in what way.

use super::domains;
use crate::engine::roles::{Kind, Mapping, Role};
use crate::engine::table::keys::Keys;
use crate::engine::table::words::normal;
use crate::engine::table::{Cells, Table};

/// In what way a column names customers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sort {
    /// By the number or id that its role or its header says it is.
    Id,
    /// By e-mail addresses.
    Address,
    /// By websites or domains.
    Website,
    /// By names of companies.
    Name,
}

/// A column that names customers.
#[derive(Debug)]
pub struct KeyColumn<'a> {
    /// Its place in the table.
    pub column: usize,
    /// How it names them. A column may stand here twice: as ids and as what they look like.
    pub sort: Sort,
    /// Whether it is the table's own column of customers.
    pub is_customer: bool,
    /// Its cells.
    pub keys: Keys<'a>,
}

/// So many different texts of a column are looked at.
const LOOKED_AT: usize = 200;

/// The share of texts that must look alike.
const MOST: f64 = 0.8;

/// The columns that name customers: the column of customers first, the others in their order.
pub fn of_table<'a>(table: &'a Table, mapping: &Mapping) -> Vec<KeyColumn<'a>> {
    let own = mapping.column_of(Role::Customer);
    let is_list = mapping.is(Kind::Account);
    let order = own
        .into_iter()
        .chain((0..table.columns.len()).filter(|it| Some(*it) != own));
    let mut found = Vec::new();
    for column in order {
        let cells = &table.columns[column].cells;
        if !matches!(cells, Cells::Dictionary { .. } | Cells::Numbered { .. }) {
            continue;
        }
        let is_customer = Some(column) == own;
        let role = mapping.columns[column].role;
        let header = normal(&table.columns[column].name);
        let may_be = is_customer
            || matches!(
                role,
                None | Some(Role::Respondent | Role::User | Role::Subscription)
            );
        if !may_be {
            continue;
        }
        let keys = table.columns[column].keys();
        let looks = Looks::of(&keys);
        let mut add = |sort| {
            found.push(KeyColumn {
                column,
                sort,
                is_customer,
                keys: keys.clone(),
            });
        };
        if is_customer || (is_id(&header) && looks.letters >= MOST) {
            add(Sort::Id);
        }
        if looks.addresses >= MOST {
            add(Sort::Address);
        } else if looks.hosts >= MOST && is_website(&header) {
            add(Sort::Website);
        } else if is_name(&header, is_list) || (is_customer && looks.words >= 0.5) {
            add(Sort::Name);
        }
    }
    found
}

/// What shares of a column's different texts look like.
struct Looks {
    addresses: f64,
    hosts: f64,
    letters: f64,
    words: f64,
}

impl Looks {
    fn of(keys: &Keys<'_>) -> Self {
        let count = keys.texts.len();
        let step = count.div_ceil(LOOKED_AT).max(1);
        let texts = (1..count)
            .step_by(step)
            .map(|code| keys.texts.text(code as u32));
        let (mut seen, mut addresses, mut hosts, mut letters, mut words) = (0, 0, 0, 0, 0);
        for text in texts {
            let text = text.trim();
            seen += 1;
            addresses += u32::from(domains::is_address(text));
            hosts += u32::from(!text.contains('@') && domains::domain(text).is_some());
            letters += u32::from(text.chars().any(char::is_alphabetic));
            words += u32::from(
                text.chars().filter(|it| it.is_alphabetic()).count() >= 3
                    && !text
                        .chars()
                        .any(|it| it.is_ascii_digit() || it == '_' || it == '@'),
            );
        }
        let share = |found: u32| f64::from(found) / f64::from(seen.max(1));
        Self {
            addresses: share(addresses),
            hosts: share(hosts),
            letters: share(letters),
            words: share(words),
        }
    }
}

/// Whether a header speaks of ids: those with letters are hardly equal by chance.
fn is_id(header: &str) -> bool {
    header
        .split(' ')
        .any(|word| ["id", "key", "ref", "uuid", "guid"].contains(&word))
}

fn is_website(header: &str) -> bool {
    const WORDS: &[&str] = &[
        "domain",
        "domains",
        "website",
        "web",
        "site",
        "url",
        "homepage",
        "webseite",
        "domaine",
        "dominio",
        "sito",
        "webadresse",
    ];
    header.split(' ').any(|word| WORDS.contains(&word))
}

/// Whether a header speaks of the names of companies; in a list of customers plain `name` does.
fn is_name(header: &str, is_list: bool) -> bool {
    const COMPANIES: &[&str] = &[
        "account",
        "azienda",
        "bedrijf",
        "business",
        "client",
        "cliente",
        "company",
        "compte",
        "customer",
        "debitor",
        "ditta",
        "empresa",
        "entreprise",
        "firma",
        "klant",
        "konto",
        "kunde",
        "organisatie",
        "organisation",
        "organizacao",
        "organizacion",
        "organization",
        "organizzazione",
        "societa",
        "societe",
        "unternehmen",
        "workspace",
    ];
    const NAMES: &[&str] = &[
        "name",
        "nom",
        "nombre",
        "nome",
        "naam",
        "firmenname",
        "kundenname",
        "klantnaam",
        "bedrijfsnaam",
        "unternehmensname",
        "display",
        "title",
        "legal",
        "de",
        "des",
        "du",
        "der",
        "do",
        "da",
        "del",
        "della",
        "requester",
        "raison",
        "sociale",
        "ragione",
        "razon",
        "social",
        "razao",
    ];
    const ALONE: &[&str] = &[
        "firmenname",
        "kundenname",
        "klantnaam",
        "bedrijfsnaam",
        "unternehmensname",
        "raison sociale",
        "ragione sociale",
        "razon social",
        "razao social",
    ];
    if ALONE.contains(&header)
        || (is_list && ["name", "nom", "nombre", "nome", "naam"].contains(&header))
    {
        return true;
    }
    let mut words = header.split(' ').peekable();
    let companies = words.clone().any(|word| COMPANIES.contains(&word));
    companies && words.all(|word| COMPANIES.contains(&word) || NAMES.contains(&word))
}
