//! Columns that no figure ever needs and that say too much about a person.
//!
//! Judged by the header alone, so that their cells need not be kept at all. What can serve as a
//! segment (country, city, card brand) or to join tables (e-mail, names, companies) is needed.

use super::words::normal;

/// Why cells under this header are not kept; absent where they may be needed.
///
/// The reason is a few words that finish the sentence "this column holds …".
pub fn reason(header: &str) -> Option<&'static str> {
    let header = normal(header);
    let header = header.strip_suffix(" metadata").unwrap_or(&header);
    if is_listed(header, CARDS) || is_card_detail(header) {
        return Some("details of a payment card");
    }
    if is_listed(header, BANKS) {
        return Some("a bank account");
    }
    if is_listed(header, SECRETS) {
        return Some("a password or a key");
    }
    if is_listed(header, PERSONS) {
        return Some("a birth date or the number of an identity paper");
    }
    if is_listed(header, MESSAGES) {
        return Some("the text of a message");
    }
    if is_listed(header, NETWORK) {
        return Some("an address on the internet");
    }
    if is_owned(header, STREETS) {
        return Some("a street address");
    }
    if is_owned(header, PHONES) {
        return Some("a telephone number");
    }
    None
}

/// Lists are written in normal form, parted by bars.
fn is_listed(header: &str, list: &str) -> bool {
    list.split('|').any(|word| word == header)
}

/// Whether the header is one of the words, perhaps after words that say whose it is: `billing
/// phone`, but not `satisfaction with phone` and not `email address`.
fn is_owned(header: &str, list: &str) -> bool {
    list.split('|').any(|word| {
        let Some(rest) = header.strip_suffix(word) else {
            return false;
        };
        rest.is_empty()
            || (rest.ends_with(' ')
                && rest
                    .trim()
                    .split(' ')
                    .all(|owner| OWNERS.split('|').any(|known| known == owner)))
    })
}

/// Every detail of a card but those that can be a segment.
fn is_card_detail(header: &str) -> bool {
    let detail = header
        .strip_prefix("payment card ")
        .or_else(|| header.strip_prefix("credit card "))
        .or_else(|| header.strip_prefix("card "));
    detail.is_some_and(|detail| is_listed(detail, CARD_DETAILS))
}

const CARD_DETAILS: &str = "\
    id|number|no|last 4|fingerprint|exp month|exp year|expiry|expiry date|expiration|\
    expiration date|name|holder|holder name|cvc|cvv|cvc status|avs zip status|\
    avs line 1 status|address line 1|address line 2|address zip|tokenization method|token|\
    pan|iin|bin";

const CARDS: &str = "\
    cardholder|cardholder name|cvc|cvv|cvc check|last 4|pan|fingerprint|kartennummer|\
    kreditkartennummer|kreditkarte nummer|karteninhaber|prufnummer|numero de carte|\
    numero de carte bancaire|titulaire de la carte|cryptogramme|numero de tarjeta|\
    titular de la tarjeta|codigo de seguridad|numero do cartao|titular do cartao|\
    codigo de seguranca|numero carta|numero della carta|numero carta di credito|\
    titolare della carta|codice di sicurezza|kaartnummer|creditcardnummer|kaarthouder|\
    beveiligingscode";

const BANKS: &str = "\
    iban|bic|swift|swift code|bic swift|bank account|bank account number|bank account id|\
    account iban|routing number|sort code|bank code|bankverbindung|bankleitzahl|blz|\
    compte bancaire|numero de compte bancaire|rib|cuenta bancaria|numero de cuenta bancaria|\
    conta bancaria|numero da conta bancaria|conto bancario|numero di conto bancario|\
    coordinate bancarie|bankrekening|bankrekeningnummer|rekeningnummer";

const SECRETS: &str = "\
    password|password hash|passwd|pwd|encrypted password|access token|refresh token|\
    auth token|authentication token|authenticity token|session token|api token|api key|\
    api secret|client secret|secret|secret key|private key|passwort|passwort hash|kennwort|\
    mot de passe|jeton d acces|cle api|contrasena|clave de acceso|clave api|senha|\
    palavra passe|chave de acesso|chave api|token di accesso|chiave api|parola d ordine|\
    wachtwoord|toegangstoken|api sleutel";

const PERSONS: &str = "\
    birth date|birthdate|birthday|date of birth|dob|birth day|geburtsdatum|geburtstag|\
    geboren am|date de naissance|ne le|fecha de nacimiento|data de nascimento|\
    data di nascita|geboortedatum|social security number|ssn|passport number|passport no|\
    national id number|id card number|sozialversicherungsnummer|ausweisnummer|\
    reisepassnummer|numero de securite sociale|numero de passeport|\
    numero de seguridad social|numero de pasaporte|numero de seguranca social|\
    numero do passaporte|codice fiscale|numero di passaporto|burgerservicenummer|bsn|\
    paspoortnummer";

const MESSAGES: &str = "\
    message|message body|message text|message content|body|body text|body html|html body|\
    text body|plain body|email body|mail body|comment body|latest comment|last comment|\
    latest message|last message|first message|conversation|conversation body|\
    conversation text|transcript|chat transcript|call transcript|description|\
    ticket description|case description|issue description|request description|\
    problem description|internal note|internal notes|private note|private notes|\
    note attributes|nachricht|nachrichtentext|nachrichteninhalt|beschreibung|\
    ticketbeschreibung|problembeschreibung|gesprachsverlauf|interne notiz|corps du message|\
    texte du message|contenu du message|description du ticket|description du probleme|\
    note interne|mensaje|texto del mensaje|cuerpo del mensaje|descripcion|\
    descripcion del ticket|nota interna|mensagem|texto da mensagem|corpo da mensagem|\
    descricao|descricao do ticket|messaggio|testo del messaggio|corpo del messaggio|\
    descrizione|descrizione del ticket|bericht|berichttekst|omschrijving|beschrijving|\
    ticketomschrijving|interne notitie";

const NETWORK: &str = "\
    ip|ip address|client ip|client ip address|remote ip|user ip|user ip address|customer ip|\
    customer ip address|browser ip|last login ip|current sign in ip|last sign in ip|\
    mac address|ip adresse|adresse ip|direccion ip|endereco ip|endereco de ip|indirizzo ip|\
    ip adres";

const STREETS: &str = "\
    address|address 1|address 2|address 3|address line 1|address line 2|address line 3|\
    street|street 1|street 2|street address|street name|street number|house number|\
    postal address|mailing address|home address|full address|strasse|strasse und hausnummer|\
    strasse hausnummer|hausnummer|adresse|adresszeile 1|adresszeile 2|anschrift|\
    rechnungsadresse|lieferadresse|rue|numero et rue|adresse postale|adresse de facturation|\
    adresse de livraison|adresse ligne 1|adresse ligne 2|calle|direccion|direccion postal|\
    direccion de facturacion|direccion de envio|domicilio|rua|endereco|morada|\
    endereco de cobranca|endereco de entrega|via e numero|indirizzo|\
    indirizzo di fatturazione|indirizzo di spedizione|indirizzo di consegna|straat|\
    straatnaam|huisnummer|adres|factuuradres|afleveradres|bezorgadres|postadres";

const PHONES: &str = "\
    phone|phone number|phone no|phone 1|phone 2|telephone|telephone number|mobile|\
    mobile phone|mobile number|mobile phone number|cell|cell phone|cell phone number|fax|\
    fax number|whatsapp number|telefon|telefonnummer|telefon nr|handy|handynummer|\
    mobilnummer|mobiltelefon|faxnummer|rufnummer|telephone portable|numero de telephone|\
    numero de portable|telecopie|telefono|telefono movil|numero de telefono|movil|celular|\
    telefone|numero de telefone|telemovel|numero di telefono|cellulare|numero di cellulare|\
    telefoon|telefoonnummer|mobiel|mobiel nummer|mobiele telefoon";

const OWNERS: &str = "\
    billing|shipping|delivery|invoice|contact|customer|client|account|company|organization|\
    organisation|requester|requestor|submitter|respondent|user|person|recipient|buyer|\
    member|lead|card|primary|secondary|other|home|work|office|business|mobile|main|ship|\
    bill|to|from|rechnungs|liefer|kunden|kunde";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_figure_needs_is_not_kept() {
        for header in [
            "Card Fingerprint",
            "Card Last4",
            "Card CVC Status",
            "Card Exp Year",
            "Card Address Line1",
            "Kreditkartennummer",
            "IBAN",
            "authenticity_token",
            "Passwort",
            "Mot de passe",
            "Date of Birth",
            "Geburtsdatum",
            "Fecha de nacimiento",
            "message_body",
            "Description",
            "Beschreibung",
            "Descrição",
            "IP Address",
            "IPAddress",
            "Billing Street",
            "Billing Address1",
            "Shipping Address2",
            "address_line_1",
            "Straße",
            "Indirizzo",
            "Adres",
            "Billing Phone",
            "Phone Number",
            "Téléphone",
            "Teléfono",
            "Telefoonnummer",
            "Phone (metadata)",
        ] {
            assert!(reason(header).is_some(), "{header} is kept");
        }
    }

    #[test]
    fn what_joins_or_parts_tables_is_kept() {
        for header in [
            "Email Address",
            "Email",
            "E-Mail-Adresse",
            "Adresse e-mail",
            "Adresse email",
            "Email adres",
            "E-mailadres",
            "Dirección de correo electrónico",
            "Indirizzo email",
            "Customer Name",
            "Company",
            "Billing Country",
            "Billing City",
            "Billing Province",
            "Card Brand",
            "Card Issue Country",
            "Card Address Country",
            "Comment",
            "Feedback",
            "PhoneService",
            "has_telephone",
            "Satisfaction with phone",
            "How satisfied are you with our phone?",
            "Messages sent",
            "Account number",
            "Customer ID",
            "Kontonummer",
            "Token",
            "Channel",
            "Via",
            "Description code",
            "Plan",
        ] {
            assert_eq!(reason(header), None, "{header} is not kept");
        }
    }

    #[test]
    fn the_lists_are_written_in_normal_form() {
        for list in [
            CARD_DETAILS,
            CARDS,
            BANKS,
            SECRETS,
            PERSONS,
            MESSAGES,
            NETWORK,
            STREETS,
            PHONES,
            OWNERS,
        ] {
            for word in list.split('|') {
                assert!(
                    normal(word) == word || word.chars().any(|c| c.is_ascii_digit()),
                    "{word}"
                );
            }
        }
    }
}
