//! Which currency an amount is written in.

use super::{currencies, fold, number};

/// A currency as far as a cell tells it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Currency {
    /// An ISO 4217 code: from the code itself, or from a sign of one currency only.
    Code(&'static str),
    /// A sign of several currencies, such as `$`, `kr` or `¥`.
    Sign(&'static str),
}

impl Currency {
    /// The code or the sign.
    pub const fn written(self) -> &'static str {
        match self {
            Self::Code(text) | Self::Sign(text) => text,
        }
    }

    /// Decimals of the currency's minor unit; `None` where the sign is of several currencies.
    pub fn minor_digits(self) -> Option<u32> {
        match self {
            Self::Code(code) => currencies::minor_digits(code),
            Self::Sign(_) => None,
        }
    }

    /// One currency of two marks beside the same amount, such as `$` and `USD`; `None` where they
    /// contradict each other.
    pub fn joined(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (Self::Sign(sign), Self::Code(code)) | (Self::Code(code), Self::Sign(sign)) => {
                uses(code, sign).then_some(Self::Code(code))
            }
            _ => None,
        }
    }
}

/// Whether the currency of this code is written with this sign.
fn uses(code: &str, sign: &str) -> bool {
    match sign {
        "$" => code.ends_with('D') || ["MXN", "ARS", "CLP", "COP", "UYU", "BRL"].contains(&code),
        "¥" => ["JPY", "CNY"].contains(&code),
        "kr" => ["SEK", "NOK", "DKK", "ISK"].contains(&code),
        "Rs" => ["INR", "PKR", "LKR", "NPR", "MUR"].contains(&code),
        "CFA" => ["XOF", "XAF"].contains(&code),
        _ => false,
    }
}

/// The currency written in an amount: `$1,234`, `10 EUR`, `-R$ 5`; `None` where none is written
/// or the cell is no amount.
pub fn currency(text: &str) -> Option<Currency> {
    number::currency(text)
}

/// The currency that a cell of a currency column names: a code in any case, or a sign.
pub fn named(text: &str) -> Option<Currency> {
    let folded = fold::plain(text);
    let code = folded.to_ascii_uppercase();
    currencies::known(&code)
        .map(Currency::Code)
        .or_else(|| mark(&folded))
}

/// The currency of a mark beside a number: a code, a sign or a local abbreviation, nothing else.
pub(super) fn mark(text: &str) -> Option<Currency> {
    // No mark in ASCII is longer than `dollars.`, and most words beside digits are.
    if text.len() > if text.is_ascii() { 8 } else { 16 } {
        return None;
    }
    if text.len() == 3
        && let Some(code) = currencies::known(text)
    {
        return Some(Currency::Code(code));
    }
    if let Some((_, currency)) = SIGNS.iter().find(|(sign, _)| *sign == text) {
        return Some(*currency);
    }
    let word = fold::word(text.trim_end_matches('.'));
    if let Some((_, currency)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*currency);
    }
    if EVERYDAY.contains(&word.as_str()) {
        return currencies::known(&word.to_ascii_uppercase()).map(Currency::Code);
    }
    None
}

const fn code(code: &'static str) -> Currency {
    Currency::Code(code)
}

/// Signs, as written. Where several currencies share one, it stays a sign.
const SIGNS: [(&str, Currency); 65] = [
    ("$", Currency::Sign("$")),
    ("€", code("EUR")),
    ("£", code("GBP")),
    ("￡", code("GBP")),
    ("¥", Currency::Sign("¥")),
    ("￥", Currency::Sign("¥")),
    ("₹", code("INR")),
    ("₩", code("KRW")),
    ("￦", code("KRW")),
    ("₽", code("RUB")),
    ("₺", code("TRY")),
    ("₪", code("ILS")),
    ("₴", code("UAH")),
    ("₸", code("KZT")),
    ("₫", code("VND")),
    ("₱", code("PHP")),
    ("₦", code("NGN")),
    ("₵", code("GHS")),
    ("₡", code("CRC")),
    ("₲", code("PYG")),
    ("₭", code("LAK")),
    ("₮", code("MNT")),
    ("₼", code("AZN")),
    ("₾", code("GEL")),
    ("֏", code("AMD")),
    ("؋", code("AFN")),
    ("৳", code("BDT")),
    ("฿", code("THB")),
    ("៛", code("KHR")),
    ("﷼", Currency::Sign("﷼")),
    ("US$", code("USD")),
    ("$US", code("USD")),
    ("$ US", code("USD")),
    ("U$S", code("USD")),
    ("USD$", code("USD")),
    ("A$", code("AUD")),
    ("AU$", code("AUD")),
    ("C$", code("CAD")),
    ("CA$", code("CAD")),
    ("$CA", code("CAD")),
    ("$ CA", code("CAD")),
    ("NZ$", code("NZD")),
    ("HK$", code("HKD")),
    ("S$", code("SGD")),
    ("NT$", code("TWD")),
    ("MX$", code("MXN")),
    ("R$", code("BRL")),
    ("RD$", code("DOP")),
    ("R", code("ZAR")),
    ("RM", code("MYR")),
    ("S/", code("PEN")),
    ("S/.", code("PEN")),
    ("B/.", code("PAB")),
    ("円", code("JPY")),
    ("元", code("CNY")),
    ("원", code("KRW")),
    ("ج.م.", code("EGP")),
    ("ر.س.", code("SAR")),
    ("د.إ.", code("AED")),
    ("د.ك.", code("KWD")),
    ("د.ب.", code("BHD")),
    ("ر.ق.", code("QAR")),
    ("ر.ع.", code("OMR")),
    ("د.م.", code("MAD")),
    ("د.ت.", code("TND")),
];

/// Local abbreviations, in any case and with or without a dot at the end, without accents.
const WORDS: [(&str, Currency); 42] = [
    ("kr", Currency::Sign("kr")),
    ("kc", code("CZK")),
    ("zl", code("PLN")),
    ("ft", code("HUF")),
    ("fr", code("CHF")),
    ("sfr", code("CHF")),
    ("rp", code("IDR")),
    ("rs", Currency::Sign("Rs")),
    ("cfa", Currency::Sign("CFA")),
    ("fcfa", Currency::Sign("CFA")),
    ("f cfa", Currency::Sign("CFA")),
    ("tl", code("TRY")),
    ("lei", code("RON")),
    ("din", code("RSD")),
    ("дин", code("RSD")),
    ("лв", code("BGN")),
    ("руб", code("RUB")),
    ("р", code("RUB")),
    ("грн", code("UAH")),
    ("тг", code("KZT")),
    ("тнг", code("KZT")),
    ("ден", code("MKD")),
    ("nis", code("ILS")),
    ("ksh", code("KES")),
    ("tsh", code("TZS")),
    ("ush", code("UGX")),
    ("euro", code("EUR")),
    ("euros", code("EUR")),
    ("dollar", Currency::Sign("$")),
    ("dollars", Currency::Sign("$")),
    ("dolares", Currency::Sign("$")),
    ("reais", code("BRL")),
    ("real", code("BRL")),
    ("yen", code("JPY")),
    ("yuan", code("CNY")),
    ("rmb", code("CNY")),
    ("won", code("KRW")),
    ("rupees", Currency::Sign("Rs")),
    ("rub", code("RUB")),
    ("ευρω", code("EUR")),
    ("евро", code("EUR")),
    ("欧元", code("EUR")),
];

/// Codes that people also write in small letters beside an amount. Others are read in capitals
/// only, because `3 cup`, `2 top` and `5 all` are no money.
const EVERYDAY: [&str; 33] = [
    "usd", "eur", "gbp", "chf", "jpy", "cny", "inr", "cad", "aud", "nzd", "sek", "nok", "dkk",
    "pln", "czk", "huf", "ron", "bgn", "brl", "mxn", "ars", "clp", "zar", "sgd", "hkd", "krw",
    "ils", "uah", "aed", "sar", "thb", "idr", "myr",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_of_an_amount_is_told_and_ambiguous_signs_stay_signs() {
        for (text, expected) in [
            ("$1,234.50", Some(Currency::Sign("$"))),
            ("$10.00 USD", Some(Currency::Code("USD"))),
            ("€ 5", Some(Currency::Code("EUR"))),
            ("-R$ 5,00", Some(Currency::Code("BRL"))),
            ("CHF-1’234.56", Some(Currency::Code("CHF"))),
            ("10 kr.", Some(Currency::Sign("kr"))),
            ("￥1,235", Some(Currency::Sign("¥"))),
            ("0,00 Kč", Some(Currency::Code("CZK"))),
            (
                "\u{200f}-1.00\u{a0}ج.م.\u{200f}",
                Some(Currency::Code("EGP")),
            ),
            ("Rs.500", Some(Currency::Sign("Rs"))),
            ("12 eur", Some(Currency::Code("EUR"))),
            ("(US$ 3)", Some(Currency::Code("USD"))),
            ("3 cup", None),
            ("12", None),
            ("12 apples", None),
            ("EUR", None),
        ] {
            assert_eq!(currency(text), expected, "{text}");
        }
    }

    #[test]
    fn a_currency_column_names_its_currency_in_any_case() {
        assert_eq!(named(" usd "), Some(Currency::Code("USD")));
        assert_eq!(named("Jpy"), Some(Currency::Code("JPY")));
        assert_eq!(named("€"), Some(Currency::Code("EUR")));
        assert_eq!(named("dollars"), Some(Currency::Sign("$")));
        assert_eq!(named("unknown"), None);
    }

    #[test]
    fn two_marks_that_contradict_each_other_are_no_amount() {
        assert_eq!(currency("€10 USD"), None);
        assert_eq!(currency("$10 EUR"), None);
        assert_eq!(currency("kr 10 SEK"), Some(Currency::Code("SEK")));
    }
}
