//! Headers by which each role is known, per kind of table.
//!
//! Written as [`normal`] writes them: lower case, words parted by one blank. Gathered from the
//! export formats of support desks, survey tools and billing systems, and from common usage.

use super::kind::Kind;
use super::role::Role;

/// A role in a kind of table.
pub struct RoleWords {
    /// The role.
    pub role: Role,
    /// The kind is recognised only with it.
    pub needed: bool,
    /// Normalised headers, the surest first.
    pub words: &'static [&'static str],
}

const fn needed(role: Role, words: &'static [&'static str]) -> RoleWords {
    RoleWords {
        role,
        needed: true,
        words,
    }
}

const fn also(role: Role, words: &'static [&'static str]) -> RoleWords {
    RoleWords {
        role,
        needed: false,
        words,
    }
}

/// The roles of a kind and the headers by which they are known.
pub const fn of(kind: Kind) -> &'static [RoleWords] {
    match kind {
        Kind::Survey => SURVEY,
        Kind::Ticket => TICKET,
        Kind::Subscription => SUBSCRIPTION,
        Kind::RevenueMonth => REVENUE_MONTH,
        Kind::Event => EVENT,
        Kind::Order => ORDER,
        Kind::Account => ACCOUNT,
    }
}

const CUSTOMER: &[&str] = &[
    "customer id",
    "customer oid",
    "customer external id",
    "customer lago id",
    "lago customer id",
    "account id",
    "company id",
    "client id",
    "organization id",
    "subscriber id",
    "member id",
    "tenant id",
    "workspace id",
    "customer no",
    "customer number",
    "customer code",
    "account number",
    "account code",
    "cust id",
    "kundennummer",
    "kunden id",
    "customer",
    "account",
    "company",
    "client",
    "organization",
    "organisation",
    "subscriber",
    "kunde",
    "konto",
    "cliente",
    "customer name",
    "account name",
    "company name",
    "client name",
    "organization name",
    "associated company",
    "customer email",
];

const SURVEY: &[RoleWords] = &[
    needed(
        Role::Score,
        &[
            "nps",
            "nps score",
            "net promoter score",
            "netpro",
            "net promoter",
            "likelihood to recommend",
            "likely to recommend",
            "how likely",
            "recommend",
            "recommendation score",
            "nps rating",
            "csat",
            "csat score",
            "customer satisfaction",
            "customer satisfaction score",
            "satisfaction",
            "satisfaction score",
            "overall satisfaction",
            "satisfaction rating",
            "how satisfied",
            "ces",
            "ces score",
            "customer effort score",
            "effort score",
            "effort",
            "score",
            "survey score",
            "rating",
            "star rating",
            "stars",
            "review score",
            "bewertung",
            "zufriedenheit",
            "weiterempfehlung",
        ],
    ),
    also(
        Role::RespondedAt,
        &[
            "responded at",
            "response date",
            "submitted at",
            "submit date",
            "submission date",
            "date submitted",
            "completed at",
            "end date",
            "enddate",
            "recorded date",
            "answered at",
            "date",
            "created at",
            "timestamp",
            "survey date",
            "response time stamp",
            "date of response",
            "datum",
            "start date",
            "responded",
            "response received at",
            "review date",
        ],
    ),
    also(
        Role::SentAt,
        &[
            "sent at",
            "request sent at",
            "sent",
            "sent date",
            "invited at",
            "survey sent at",
            "date sent",
        ],
    ),
    also(
        Role::Respondent,
        &[
            "respondent id",
            "respondent",
            "respnum",
            "response id",
            "responseid",
            "person",
            "person id",
            "email",
            "e mail",
            "email address",
            "user id",
            "contact id",
            "contact email",
            "customer email",
            "network id",
        ],
    ),
    also(Role::Customer, CUSTOMER),
    also(
        Role::Comment,
        &[
            "comment",
            "comments",
            "feedback",
            "verbatim",
            "reason",
            "open text",
            "remarks",
            "kommentar",
            "why",
            "review text",
        ],
    ),
    also(
        Role::Question,
        &["question", "survey type", "question type", "survey"],
    ),
];

const TICKET: &[RoleWords] = &[
    needed(
        Role::Ticket,
        &[
            "ticket id",
            "ticket",
            "ticket number",
            "ticket no",
            "case id",
            "case number",
            "case no",
            "conversation id",
            "issue id",
            "incident number",
            "incident id",
            "request id",
            "issue key",
            "id",
            "number",
            "ticketnummer",
            "key",
            "conversation number",
        ],
    ),
    needed(
        Role::CreatedAt,
        &[
            "created at",
            "created time",
            "created",
            "created date",
            "date created",
            "creation date",
            "opened at",
            "opened",
            "date opened",
            "open date",
            "conversation created at",
            "submitted at",
            "submitted",
            "created on",
            "ticket created",
            "requested at",
            "erstellt am",
            "reported at",
            "date time opened",
            "create date",
            "conversation started at",
            "started at",
        ],
    ),
    also(
        Role::FirstResponseAt,
        &[
            "first response at",
            "first replied at",
            "first reply at",
            "initial response time",
            "first responded at",
            "first response date",
            "conversation first response at",
            "first response",
            "first reply",
            "first admin reply at",
            "first agent reply at",
            "responded at",
            "first response time stamp",
        ],
    ),
    also(
        Role::FirstResponseMinutes,
        &[
            "first reply time in minutes",
            "first response minutes",
            "first response time in hrs",
            "first response time in minutes",
            "first response time minutes",
            "first reply time minutes",
            "first response time hours",
            "first response time in hours",
            "first response time in seconds",
            "first reply time hours",
            "first reply time",
            "first response time",
            "frt",
            "time to first response",
            "frt minutes",
            "frt hours",
            "first response hours",
            "frt min",
        ],
    ),
    also(
        Role::ResolvedAt,
        &[
            "resolved at",
            "solved at",
            "resolved time",
            "resolved",
            "resolved date",
            "date resolved",
            "resolution date",
            "closed at",
            "closed time",
            "date closed",
            "closed",
            "closed date",
            "closed on",
            "completed at",
            "conversation closed at",
            "date time closed",
            "solved",
            "resolved on",
            "erledigt am",
            "last close at",
            "close date",
        ],
    ),
    also(
        Role::ResolutionMinutes,
        &[
            "full resolution time in minutes",
            "resolution minutes",
            "resolution time in minutes",
            "resolution time minutes",
            "resolution time in hrs",
            "resolution time hours",
            "resolution time in hours",
            "resolution time in seconds",
            "resolution time",
            "time to resolution",
            "ttr",
            "handle time minutes",
            "resolution hours",
            "time to close",
            "full resolution time hours",
        ],
    ),
    also(
        Role::Status,
        &[
            "status",
            "ticket status",
            "state",
            "conversation state",
            "case status",
        ],
    ),
    also(
        Role::Priority,
        &[
            "priority",
            "ticket priority",
            "severity",
            "urgency",
            "prioritaet",
            "priorität",
        ],
    ),
    also(
        Role::Channel,
        &[
            "channel",
            "via",
            "source",
            "via channel",
            "ticket channel",
            "contact channel",
            "kanal",
            "origin",
            "case origin",
        ],
    ),
    also(
        Role::Satisfaction,
        &[
            "satisfaction score",
            "csat",
            "csat score",
            "satisfaction rating",
            "satisfaction",
            "survey result",
            "survey results",
            "customer satisfaction",
            "rating",
            "customer rating",
            "conversation rating",
            "csat rating",
            "satisfaction rating score",
        ],
    ),
    also(
        Role::Reopens,
        &[
            "reopens",
            "reopen count",
            "times reopened",
            "reopened",
            "reopened count",
        ],
    ),
    also(
        Role::Customer,
        &[
            "customer id",
            "customer",
            "organization",
            "organization id",
            "organisation",
            "company",
            "company name",
            "account id",
            "account",
            "account name",
            "requester organization",
            "customer name",
            "client",
            "requester id",
            "requester",
            "requester email",
            "contact id",
            "kunde",
        ],
    ),
];

const SUBSCRIPTION: &[RoleWords] = &[
    needed(Role::Customer, CUSTOMER),
    needed(
        Role::StartedAt,
        &[
            "started at",
            "started on",
            "start date",
            "started",
            "start",
            "subscription started at",
            "subscription start",
            "subscription start date",
            "activated at",
            "activation date",
            "active from",
            "valid from",
            "contract start",
            "contract start date",
            "begin date",
            "from",
            "beginn",
            "created",
            "created at",
            "signup date",
            "signed up at",
            "service period start",
            "effective from",
            "startdatum",
            "current period start",
            "date start",
            "period start",
        ],
    ),
    needed(
        Role::Amount,
        &[
            "amount",
            "mrr",
            "monthly amount",
            "unit amount",
            "price",
            "unit price",
            "plan amount",
            "monthly price",
            "monthly fee",
            "recurring amount",
            "monthly recurring revenue",
            "monthly revenue",
            "subscription amount",
            "arr",
            "annual amount",
            "acv",
            "fee",
            "value",
            "amount in cents",
            "net amount",
            "charge",
            "betrag",
            "preis",
            "price per month",
            "monthly charge",
            "contract value",
            "mrr amount",
            "rate",
            "monthly charges",
            "amount cents",
            "price per seat",
            "unit amount cents",
        ],
    ),
    also(
        Role::EndedAt,
        &[
            "ended at",
            "ended on",
            "end date",
            "ended",
            "end",
            "subscription ended at",
            "subscription end",
            "cancelled at",
            "canceled at",
            "subscription canceled at",
            "churned at",
            "churn date",
            "cancel date",
            "cancellation date",
            "canceled on",
            "cancelled on",
            "expires at",
            "expired at",
            "active to",
            "active until",
            "valid to",
            "valid until",
            "contract end",
            "contract end date",
            "to",
            "ende",
            "terminated at",
            "service period end",
            "effective to",
            "date end",
            "enddatum",
            "period end",
            "cancelled",
            "canceled",
        ],
    ),
    also(
        Role::Interval,
        &[
            "interval",
            "plan interval",
            "billing interval",
            "billing period",
            "billing cycle",
            "billing frequency",
            "frequency",
            "term",
            "cycle",
            "interval unit",
            "recurring interval",
            "cadence",
            "payment frequency",
            "billing",
            "period",
        ],
    ),
    also(
        Role::IntervalCount,
        &[
            "interval count",
            "plan interval count",
            "recurring interval count",
            "interval length",
        ],
    ),
    also(
        Role::Quantity,
        &[
            "quantity",
            "seats",
            "subscription quantity",
            "units",
            "licenses",
            "licences",
            "qty",
            "number of seats",
            "users",
            "seat count",
            "menge",
        ],
    ),
    also(
        Role::Plan,
        &[
            "plan",
            "plan name",
            "plan id",
            "plan oid",
            "product",
            "product name",
            "tier",
            "plan code",
            "package",
            "tarif",
            "price id",
        ],
    ),
    also(Role::Status, &["status", "subscription status", "state"]),
    also(
        Role::Currency,
        &[
            "currency",
            "plan currency",
            "ccy",
            "currency code",
            "währung",
            "waehrung",
        ],
    ),
    also(
        Role::Subscription,
        &[
            "subscription id",
            "subscription",
            "subscription oid",
            "subscription external id",
            "id",
            "contract id",
            "subscription number",
            "contract number",
        ],
    ),
    also(
        Role::TrialEndsAt,
        &[
            "trial end",
            "trial ends at",
            "trial end date",
            "trial ended at",
        ],
    ),
    also(
        Role::Discount,
        &["discount", "discount amount", "recurring discount"],
    ),
    also(Role::Tax, &["tax", "tax amount", "vat"]),
];

const REVENUE_MONTH: &[RoleWords] = &[
    needed(Role::Customer, CUSTOMER),
    needed(
        Role::Month,
        &[
            "month",
            "date month",
            "revenue month",
            "mrr month",
            "period",
            "monat",
            "mes",
            "mois",
            "month start",
            "billing month",
            "date",
            "month end",
        ],
    ),
    needed(
        Role::RecurringRevenue,
        &[
            "recurring revenue",
            "mrr",
            "monthly recurring revenue",
            "mrr amount",
            "monthly revenue",
            "recurring amount",
            "mrr eur",
            "mrr usd",
            "revenue",
            "monthly amount",
            "amount",
            "umsatz",
        ],
    ),
    also(
        Role::Currency,
        &["currency", "ccy", "currency code", "währung"],
    ),
    also(
        Role::Plan,
        &["plan", "plan name", "product", "tier", "tarif"],
    ),
];

const EVENT: &[RoleWords] = &[
    needed(
        Role::User,
        &[
            "user id",
            "user",
            "userid",
            "distinct id",
            "user pseudo id",
            "visitor id",
            "anonymous id",
            "member id",
            "person id",
            "actor id",
            "actor",
            "username",
            "user name",
            "user email",
            "email",
            "customer id",
            "account id",
            "device id",
            "uid",
            "profile id",
            "client id",
        ],
    ),
    needed(
        Role::OccurredAt,
        &[
            "occurred at",
            "event time",
            "event timestamp",
            "timestamp",
            "event date",
            "time",
            "event at",
            "datetime",
            "date time",
            "happened at",
            "ts",
            "server timestamp",
            "event datetime",
            "logged at",
            "date",
            "created at",
            "activity date",
            "session start",
            "login at",
            "event created at",
            "sent at",
            "received at",
            "seen at",
            "last seen at",
        ],
    ),
    also(
        Role::Event,
        &[
            "event",
            "event name",
            "event type",
            "action",
            "activity",
            "name",
            "type",
            "ereignis",
        ],
    ),
    also(
        Role::Feature,
        &[
            "feature",
            "feature name",
            "module",
            "component",
            "area",
            "feature key",
        ],
    ),
    also(Role::Customer, CUSTOMER),
];

const ORDER: &[RoleWords] = &[
    needed(
        Role::OrderedAt,
        &[
            "ordered at",
            "order date",
            "ordered on",
            "invoice date",
            "purchase date",
            "order time",
            "transaction date",
            "transaction time",
            "order datetime",
            "purchased at",
            "date of purchase",
            "paid at",
            "order created at",
            "created at",
            "created",
            "date",
            "sale date",
            "datetime",
            "invoicedate",
            "bestelldatum",
            "order purchase timestamp",
            "payment date",
            "sold at",
            "processed at",
            "timestamp",
            "transaction timestamp",
        ],
    ),
    needed(
        Role::Amount,
        &[
            "amount",
            "total",
            "order total",
            "order amount",
            "order value",
            "total amount",
            "total price",
            "grand total",
            "net amount",
            "sales",
            "revenue",
            "invoice amount",
            "transaction amount",
            "payment value",
            "sale amount",
            "subtotal",
            "price",
            "value",
            "betrag",
            "total sales",
            "purchase amount",
            "gross amount",
            "net sales",
            "line total",
            "amount paid",
            "spend",
        ],
    ),
    also(
        Role::Order,
        &[
            "order id",
            "order",
            "order number",
            "order no",
            "invoice no",
            "invoice number",
            "invoice id",
            "invoice",
            "transaction id",
            "transaction number",
            "receipt number",
            "receipt no",
            "receipt id",
            "receipt",
            "sales order number",
            "name",
            "bestellnummer",
            "purchase id",
            "order name",
            "transaction",
            "id",
        ],
    ),
    also(
        Role::Customer,
        &[
            "customer id",
            "customer",
            "customer no",
            "customer number",
            "customer email",
            "email",
            "client id",
            "buyer id",
            "user id",
            "customer unique id",
            "customer name",
            "account id",
            "buyer",
            "member id",
            "kunde",
            "kundennummer",
        ],
    ),
    also(
        Role::Currency,
        &["currency", "currency code", "ccy", "währung"],
    ),
    also(
        Role::CancelledAt,
        &[
            "cancelled at",
            "canceled at",
            "cancelled on",
            "cancellation date",
        ],
    ),
    also(
        Role::Refunded,
        &[
            "refunded amount",
            "amount refunded",
            "refund amount",
            "refunded",
        ],
    ),
    also(
        Role::Quantity,
        &[
            "quantity",
            "qty",
            "items",
            "units",
            "item count",
            "quantity ordered",
        ],
    ),
    also(
        Role::Channel,
        &["channel", "sales channel", "source", "store", "source name"],
    ),
    also(
        Role::Status,
        &["status", "order status", "financial status"],
    ),
];

const ACCOUNT: &[RoleWords] = &[
    needed(Role::Customer, CUSTOMER),
    also(
        Role::Churned,
        &[
            "churn",
            "churned",
            "is churned",
            "churn label",
            "churn value",
            "has churned",
            "attrition",
            "exited",
            "cancelled",
            "canceled",
            "left",
            "churn flag",
            "churn status",
            "customer status",
            "lost",
            "attrition flag",
            "gekündigt",
        ],
    ),
    also(
        Role::TenureMonths,
        &[
            "tenure months",
            "tenure in months",
            "tenure",
            "months on book",
            "account length",
            "months active",
            "customer tenure",
            "months as customer",
        ],
    ),
    also(
        Role::StartedAt,
        &[
            "started at",
            "started on",
            "start date",
            "customer since",
            "created at",
            "create date",
            "signup date",
            "sign up date",
            "joined at",
            "joined",
            "date joined",
            "activated at",
            "contract start",
            "start",
            "became customer",
            "onboarded at",
            "registration date",
            "since",
        ],
    ),
    also(
        Role::EndedAt,
        &[
            "ended at",
            "ended on",
            "end date",
            "churned at",
            "churned on",
            "churn date",
            "cancelled at",
            "canceled at",
            "cancellation date",
            "left on",
            "contract end",
            "end",
            "exit date",
            "cancelled on",
            "canceled on",
            "lost on",
        ],
    ),
    also(
        Role::RecurringRevenue,
        &[
            "recurring revenue",
            "mrr",
            "monthly charges",
            "monthly charge",
            "monthly recurring revenue",
            "monthly revenue",
            "monthly amount",
            "current mrr",
            "monthly fee",
        ],
    ),
    also(
        Role::Plan,
        &[
            "plan",
            "plan name",
            "contract",
            "tier",
            "subscription type",
            "product",
        ],
    ),
    also(Role::Currency, &["currency", "currency code", "ccy"]),
];

/// A header as the lists above write it: camel case and marks become blanks, letters lower case;
/// brackets around units stay words, a final `utc` goes.
pub fn normal(header: &str) -> String {
    let mut words = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    let mut letters = header.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() {
            let next_is_lower = letters.peek().is_some_and(|next| next.is_lowercase());
            let hump = letter.is_uppercase()
                && (before.is_lowercase() || (before.is_uppercase() && next_is_lower));
            let step = before.is_alphabetic() && letter.is_numeric() && before.is_lowercase();
            if (hump || step) && !words.ends_with(' ') {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
        } else if !words.ends_with(' ') && !words.is_empty() {
            words.push(' ');
        }
        before = letter;
    }
    let words = words.trim();
    words
        .strip_suffix(" utc")
        .or_else(|| words.strip_suffix(" gmt"))
        .unwrap_or(words)
        .to_owned()
}

/// How well a normalised header fits a list of words, 0 to 1: the same words are surest, words
/// earlier in the list surer; a header that holds the words among others is less sure.
pub fn fit(header: &str, words: &[&str]) -> f64 {
    let squeezed = header.replace(' ', "");
    let mut best = 0.0_f64;
    for (place, word) in words.iter().enumerate() {
        let late = place as f64 * 0.002;
        let value = if *word == header || word.replace(' ', "") == squeezed {
            0.97 - late
        } else if contains_words(header, word) && !speaks_of_something_else(header, word) {
            let share = word.len() as f64 / header.len() as f64;
            let sure = (0.45 + 0.4 * share - late).min(0.85);
            // One short word inside a long header says little; a long question that holds the
            // words that such questions use says enough.
            if word.contains(' ') || word.len() > 7 {
                sure.max(0.55)
            } else if word.len() > 4 {
                sure
            } else {
                sure - 0.1
            }
        } else {
            0.0
        };
        best = best.max(value);
    }
    best
}

/// Whether the other words of the header turn its meaning: `years at company` is no company.
fn speaks_of_something_else(header: &str, word: &str) -> bool {
    header
        .split(' ')
        .filter(|other| !word.split(' ').any(|own| own == *other))
        .any(|other| OTHER_THINGS.contains(&other))
}

const OTHER_THINGS: [&str; 31] = [
    "years",
    "days",
    "months",
    "hours",
    "count",
    "size",
    "type",
    "age",
    "per",
    "rate",
    "pct",
    "percent",
    "since",
    "bank",
    "address",
    "threshold",
    "transform",
    "refundable",
    "cycles",
    "anchor",
    "industry",
    "country",
    "city",
    "group",
    "tax",
    "shipping",
    "billing",
    "default",
    "synced",
    "updated",
    "metadata",
];

fn contains_words(header: &str, words: &str) -> bool {
    let padded = format!(" {header} ");
    padded.contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_normalised() {
        for (written, words) in [
            ("customerID", "customer id"),
            ("InvoiceNo", "invoice no"),
            ("First response time (in hrs)", "first response time in hrs"),
            ("Created (UTC)", "created"),
            ("NETPRO", "netpro"),
            ("started_on", "started on"),
            ("MonthlyCharges", "monthly charges"),
        ] {
            assert_eq!(normal(written), words);
        }
    }

    #[test]
    fn the_lists_are_written_in_normal_form() {
        for kind in Kind::ALL {
            for entry in of(kind) {
                for word in entry.words {
                    assert_eq!(&normal(word), word, "{:?} {:?}", kind, entry.role);
                }
            }
        }
    }

    #[test]
    fn the_same_words_fit_better_than_words_among_others() {
        let words = ["nps", "net promoter score"];
        assert!(fit("nps", &words) > fit("q1 nps", &words));
        assert!(fit("q1 nps", &words) > 0.5);
        assert!(fit("snapshot", &words) < 0.1);
    }
}
