//! Domains of e-mail addresses and websites, and which of them say nothing about a company.

/// The domain of an e-mail address or of a website.
///
/// In small letters and without the parts before the one that was registered: `acme.co.uk` of `Ann@mail.acme.co.uk` and of `https://www.acme.co.uk/x`.
/// Absent where the text is neither.
pub fn domain(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let host = match text.rsplit_once('@') {
        Some((before, host)) if !before.is_empty() => host,
        Some(_) => return None,
        None => website(&text),
    };
    let host = host.trim_matches(|letter: char| letter == '.' || letter == '>');
    if !is_host(host) {
        return None;
    }
    Some(registered(host).to_owned())
}

/// Whether the text is an e-mail address.
pub fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.split_once('@').is_some_and(|(person, host)| {
        !person.is_empty() && !person.contains(char::is_whitespace) && is_host(host)
    })
}

fn website(text: &str) -> &str {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    text.split(['/', '?', '#', ':']).next().unwrap_or(text)
}

fn is_host(host: &str) -> bool {
    let mut parts = host.rsplit('.');
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || it == '-');
    let top = parts.next().unwrap_or_default();
    let mut others = parts.peekable();
    others.peek().is_some()
        && top.chars().count() >= 2
        && !top.chars().any(|it| it.is_ascii_digit())
        && is_part(top)
        && others.all(is_part)
}

/// The part of a host that somebody registered: the last two labels, or the last three below a
/// country's own second level such as `co.uk`.
fn registered(host: &str) -> &str {
    let dots: Vec<usize> = host.rmatch_indices('.').map(|(at, _)| at).collect();
    let below = |count: usize| {
        let at = dots.get(count);
        at.and_then(|at| host.get(at + 1..)).unwrap_or(host)
    };
    let two = below(1);
    let is_country = two.rsplit('.').next().is_some_and(|top| top.len() == 2);
    let second = two.split('.').next().unwrap_or_default();
    if is_country && SECOND_LEVELS.contains(&second) {
        return below(2);
    }
    two
}

/// Second levels that countries hand out below.
const SECOND_LEVELS: &[&str] = &[
    "ac", "asn", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "ltd", "mil", "ne",
    "net", "nom", "or", "org", "plc", "sch",
];

/// Whether the domain gives addresses to anybody, so that two people of it need not know each other.
pub fn is_shared(domain: &str) -> bool {
    let name = domain.split('.').next().unwrap_or_default();
    ANYWHERE.contains(&name) || SHARED.contains(&domain)
}

/// Providers of mail that use their name under many countries.
const ANYWHERE: &[&str] = &[
    "gmail",
    "googlemail",
    "yahoo",
    "ymail",
    "hotmail",
    "outlook",
    "live",
    "msn",
    "aol",
    "icloud",
    "gmx",
    "yandex",
    "protonmail",
    "zoho",
    "rocketmail",
];

/// Other providers of mail, and names that stand for no company.
const SHARED: &[&str] = &[
    "163.com",
    "126.com",
    "arcor.de",
    "att.net",
    "bellsouth.net",
    "bigpond.com",
    "bk.ru",
    "bluewin.ch",
    "btinternet.com",
    "bol.com.br",
    "charter.net",
    "comcast.net",
    "cox.net",
    "duck.com",
    "earthlink.net",
    "email.com",
    "email.de",
    "example.com",
    "example.net",
    "example.org",
    "fastmail.com",
    "fastmail.fm",
    "foxmail.com",
    "free.fr",
    "freenet.de",
    "hey.com",
    "home.nl",
    "inbox.ru",
    "kpnmail.nl",
    "laposte.net",
    "libero.it",
    "list.ru",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "naver.com",
    "neuf.fr",
    "ntlworld.com",
    "numericable.fr",
    "optonline.net",
    "optusnet.com.au",
    "orange.fr",
    "passport.com",
    "pm.me",
    "posteo.de",
    "proton.me",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "sbcglobal.net",
    "sfr.fr",
    "shaw.ca",
    "sina.com",
    "sky.com",
    "skynet.be",
    "t-online.de",
    "talktalk.net",
    "telenet.be",
    "terra.com.br",
    "tiscali.it",
    "tuta.com",
    "tuta.io",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "virgilio.it",
    "virginmedia.com",
    "wanadoo.fr",
    "web.de",
    "ziggo.nl",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_websites_of_one_company_have_one_domain() {
        for text in [
            "Ann@Acme.co.uk",
            "ann@mail.acme.co.uk",
            "https://www.acme.co.uk/about?x=1",
            "acme.co.uk",
            " www.acme.co.uk ",
            "http://acme.co.uk:8080",
        ] {
            assert_eq!(domain(text).as_deref(), Some("acme.co.uk"), "{text}");
        }
        assert_eq!(domain("x@eu.acme.io").as_deref(), Some("acme.io"));
    }

    #[test]
    fn what_is_no_host_has_no_domain() {
        for text in [
            "",
            "acme",
            "@acme.com",
            "ann@",
            "1.5",
            "10.0.0.1",
            "a b.com",
            "ann@acme",
            "a..b",
        ] {
            assert_eq!(domain(text), None, "{text}");
        }
        assert!(is_address("ann@acme.io") && !is_address("acme.io") && !is_address("a b@c.io"));
    }

    #[test]
    fn providers_of_mail_are_no_companies() {
        for shared in ["gmail.com", "yahoo.co.uk", "web.de", "hotmail.fr", "qq.com"] {
            assert!(is_shared(shared), "{shared}");
        }
        assert!(!is_shared("acme.com") && !is_shared("livechat.com"));
    }
}
