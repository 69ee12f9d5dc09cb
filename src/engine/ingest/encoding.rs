//! Character encodings by name, and the text of bytes in one of them.

use std::borrow::Cow;

use super::code_pages::{self, CP437, CP850};
use crate::engine::base::Error;

/// A character encoding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Encoding {
    /// Its name in reports and choices, in lower case.
    pub label: &'static str,
    form: Form,
}

/// How bytes become characters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// UTF-8.
    Utf8,
    /// Four bytes a character; the first is the lowest.
    Utf32Little,
    /// Four bytes a character; the first is the highest.
    Utf32Big,
    /// One byte a character, by a table of the upper half.
    CodePage(&'static [char; 128]),
    /// One byte a character; the lower half is ASCII.
    OneByte(&'static encoding_rs::Encoding),
    /// Several bytes a character.
    ManyBytes(&'static encoding_rs::Encoding),
}

/// UTF-8.
pub const UTF_8: Encoding = Encoding {
    label: "utf-8",
    form: Form::Utf8,
};
/// UTF-16 whose first byte of two is the lower one.
pub const UTF_16_LE: Encoding = many("utf-16le", encoding_rs::UTF_16LE);
/// UTF-16 whose first byte of two is the higher one.
pub const UTF_16_BE: Encoding = many("utf-16be", encoding_rs::UTF_16BE);
/// UTF-32 whose first byte of four is the lowest.
pub const UTF_32_LE: Encoding = Encoding {
    label: "utf-32le",
    form: Form::Utf32Little,
};
/// UTF-32 whose first byte of four is the highest.
pub const UTF_32_BE: Encoding = Encoding {
    label: "utf-32be",
    form: Form::Utf32Big,
};
/// What Windows writes in Western Europe and the Americas.
pub const WINDOWS_1252: Encoding = one("windows-1252", encoding_rs::WINDOWS_1252);
/// Latin alphabet number 9: the one with the euro sign.
pub const ISO_8859_15: Encoding = one("iso-8859-15", encoding_rs::ISO_8859_15);
/// What Macintosh programs wrote before Unicode.
pub const MACINTOSH: Encoding = one("macintosh", encoding_rs::MACINTOSH);
/// Western European DOS.
pub const DOS_850: Encoding = Encoding {
    label: "cp850",
    form: Form::CodePage(&CP850),
};
/// United States DOS.
pub const DOS_437: Encoding = Encoding {
    label: "cp437",
    form: Form::CodePage(&CP437),
};

const fn one(label: &'static str, encoding: &'static encoding_rs::Encoding) -> Encoding {
    Encoding {
        label,
        form: Form::OneByte(encoding),
    }
}

const fn many(label: &'static str, encoding: &'static encoding_rs::Encoding) -> Encoding {
    Encoding {
        label,
        form: Form::ManyBytes(encoding),
    }
}

/// All encodings that are read.
pub const ALL: [Encoding; 42] = [
    UTF_8,
    UTF_16_LE,
    UTF_16_BE,
    UTF_32_LE,
    UTF_32_BE,
    WINDOWS_1252,
    one("windows-1250", encoding_rs::WINDOWS_1250),
    one("windows-1251", encoding_rs::WINDOWS_1251),
    one("windows-1253", encoding_rs::WINDOWS_1253),
    one("windows-1254", encoding_rs::WINDOWS_1254),
    one("windows-1255", encoding_rs::WINDOWS_1255),
    one("windows-1256", encoding_rs::WINDOWS_1256),
    one("windows-1257", encoding_rs::WINDOWS_1257),
    one("windows-1258", encoding_rs::WINDOWS_1258),
    one("windows-874", encoding_rs::WINDOWS_874),
    one("iso-8859-2", encoding_rs::ISO_8859_2),
    one("iso-8859-3", encoding_rs::ISO_8859_3),
    one("iso-8859-4", encoding_rs::ISO_8859_4),
    one("iso-8859-5", encoding_rs::ISO_8859_5),
    one("iso-8859-6", encoding_rs::ISO_8859_6),
    one("iso-8859-7", encoding_rs::ISO_8859_7),
    one("iso-8859-8", encoding_rs::ISO_8859_8),
    one("iso-8859-8-i", encoding_rs::ISO_8859_8_I),
    one("iso-8859-10", encoding_rs::ISO_8859_10),
    one("iso-8859-13", encoding_rs::ISO_8859_13),
    one("iso-8859-14", encoding_rs::ISO_8859_14),
    ISO_8859_15,
    one("iso-8859-16", encoding_rs::ISO_8859_16),
    one("koi8-r", encoding_rs::KOI8_R),
    one("koi8-u", encoding_rs::KOI8_U),
    one("ibm866", encoding_rs::IBM866),
    MACINTOSH,
    one("x-mac-cyrillic", encoding_rs::X_MAC_CYRILLIC),
    DOS_850,
    DOS_437,
    many("shift_jis", encoding_rs::SHIFT_JIS),
    many("euc-jp", encoding_rs::EUC_JP),
    many("iso-2022-jp", encoding_rs::ISO_2022_JP),
    many("gb18030", encoding_rs::GB18030),
    many("gbk", encoding_rs::GBK),
    many("euc-kr", encoding_rs::EUC_KR),
    many("big5", encoding_rs::BIG5),
];

/// Names that the standard of the web does not know, as other programs write them.
const OTHER_NAMES: [(&str, &str); 16] = [
    ("utf-8-sig", "utf-8"),
    ("utf-16-le", "utf-16le"),
    ("utf-16-be", "utf-16be"),
    ("utf-32", "utf-32le"),
    ("utf-32-le", "utf-32le"),
    ("utf-32-be", "utf-32be"),
    ("mac-roman", "macintosh"),
    ("macroman", "macintosh"),
    ("cp932", "shift_jis"),
    ("ms932", "shift_jis"),
    ("cp936", "gb18030"),
    ("cp949", "euc-kr"),
    ("cp950", "big5"),
    ("cp866", "ibm866"),
    ("ibm850", "cp850"),
    ("ibm437", "cp437"),
];

impl Encoding {
    /// The encoding of this name, whatever its case and whether words are joined by `-` or `_`.
    ///
    /// # Errors
    /// `encoding_unknown`.
    pub fn named(name: &str) -> Result<Self, Error> {
        let name = name.trim().to_ascii_lowercase();
        let dashed = name.replace(['_', ' '], "-");
        let labelled = |wanted: &str| ALL.into_iter().find(|known| known.label == wanted);
        let other = || {
            OTHER_NAMES
                .iter()
                .find(|(other, _)| *other == dashed)
                .and_then(|(_, label)| labelled(label))
        };
        let web = || {
            let squeezed = dashed.replace('-', "");
            [name.as_str(), dashed.as_str(), squeezed.as_str()]
                .into_iter()
                .find_map(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
                .and_then(Self::from_web)
        };
        labelled(&name)
            .or_else(|| labelled(&dashed))
            .or_else(other)
            .or_else(web)
            .ok_or_else(|| {
                Error::new(
                    "encoding_unknown",
                    "The character encoding that was chosen is not known.",
                    "Choose one such as utf-8, utf-16le, windows-1252, iso-8859-2, macintosh, shift_jis, gb18030, euc-kr or big5, or leave the choice out.",
                )
            })
    }

    /// Ours for one of the web's standard.
    pub fn from_web(web: &'static encoding_rs::Encoding) -> Option<Self> {
        // Everything that is written as GBK is read by its larger successor.
        let web = if web == encoding_rs::GBK {
            encoding_rs::GB18030
        } else {
            web
        };
        if web == encoding_rs::UTF_8 {
            return Some(UTF_8);
        }
        ALL.into_iter().find(|known| match known.form {
            Form::OneByte(one) | Form::ManyBytes(one) => one == web,
            _ => false,
        })
    }

    /// How its bytes become characters.
    pub const fn form(self) -> Form {
        self.form
    }

    /// Whether bytes below 128 are ASCII wherever they stand, so that text can be cut into cells
    /// before it is decoded.
    pub const fn keeps_ascii(self) -> bool {
        matches!(self.form, Form::Utf8 | Form::CodePage(_) | Form::OneByte(_))
    }

    /// The text of these bytes; bytes without a meaning become the replacement character.
    pub fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.form {
            Form::Utf8 => String::from_utf8_lossy(bytes),
            Form::CodePage(page) => Cow::Owned(
                bytes
                    .iter()
                    .map(|byte| code_pages::character(page, *byte))
                    .collect(),
            ),
            Form::OneByte(web) | Form::ManyBytes(web) => web.decode_without_bom_handling(bytes).0,
            Form::Utf32Little | Form::Utf32Big => Cow::Owned(
                bytes
                    .chunks_exact(4)
                    .map(|four| self.character(four))
                    .collect(),
            ),
        }
    }

    /// The character of four bytes of UTF-32.
    pub(super) fn character(self, four: &[u8]) -> char {
        let mut number = [0; 4];
        number.copy_from_slice(four);
        let number = if self.form == Form::Utf32Big {
            u32::from_be_bytes(number)
        } else {
            u32::from_le_bytes(number)
        };
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_known_by_the_names_that_people_and_programs_write() {
        for (name, label) in [
            ("UTF-8", "utf-8"),
            ("utf8", "utf-8"),
            ("latin-1", "windows-1252"),
            ("ISO-8859-1", "windows-1252"),
            ("iso8859-15", "iso-8859-15"),
            ("cp1250", "windows-1250"),
            ("Windows 1251", "windows-1251"),
            ("mac_roman", "macintosh"),
            ("cp850", "cp850"),
            ("Shift_JIS", "shift_jis"),
            ("euc_jp", "euc-jp"),
            ("gbk", "gbk"),
            ("GB2312", "gb18030"),
            ("utf-16", "utf-16le"),
            ("utf-16-be", "utf-16be"),
            ("koi8-u", "koi8-u"),
        ] {
            assert_eq!(Encoding::named(name).unwrap().label, label, "{name}");
        }
        assert_eq!(
            Encoding::named("rot13").unwrap_err().code,
            "encoding_unknown"
        );
    }

    #[test]
    fn bytes_are_read_in_their_encoding() {
        let read = |name, bytes: &[u8]| {
            Encoding::named(name)
                .map(|encoding| encoding.text(bytes).into_owned())
                .unwrap()
        };
        assert_eq!(read("windows-1252", b"3 \x80"), "3 €");
        assert_eq!(read("iso-8859-15", b"3 \xA4"), "3 €");
        assert_eq!(read("macintosh", b"Pe\x96a"), "Peña");
        assert_eq!(read("utf-32-be", &[0, 0, 0, 65, 0, 1, 0xF6, 0]), "A😀");
    }
}
