//! A column as detection sees it.

use super::graded;
use super::synonyms;
use super::written_scale;
use crate::engine::table::{Cells, Column, Profile, Table};

/// A column as detection sees it.
#[derive(Debug)]
pub struct Seen<'a> {
    /// Header in normal form, without brackets that tell a scale.
    pub header: String,
    /// In JSON, where names are paths: the last part of the header, in normal form, unless another
    /// column has the same one.
    pub tail: Option<String>,
    /// The column itself, for its words.
    pub column: &'a Column,
    /// What its cells look like.
    pub profile: &'a Profile,
    /// Rows of the table.
    pub rows: u64,
}

impl<'a> Seen<'a> {
    /// All columns of a table.
    pub fn all(table: &'a Table, profiles: &'a [Profile]) -> Vec<Self> {
        let tails: Vec<Option<String>> = table
            .columns
            .iter()
            .map(|column| {
                let (_, tail) = column.name.rsplit_once('.')?;
                Some(synonyms::normal(tail)).filter(|tail| !tail.is_empty())
            })
            .collect();
        let is_only = |tail: &String| {
            let same = |other: &&Option<String>| other.as_ref() == Some(tail);
            let whole = |column: &Column| synonyms::normal(&column.name) == *tail;
            tails.iter().filter(same).count() == 1 && !table.columns.iter().any(whole)
        };
        table
            .columns
            .iter()
            .zip(profiles)
            .zip(&tails)
            .map(|((column, profile), tail)| Self {
                header: synonyms::normal(written_scale::without(&column.name)),
                tail: tail.clone().filter(is_only),
                column,
                profile,
                rows: u64::from(table.rows),
            })
            .collect()
    }

    /// Whether nearly all filled cells say yes or no.
    pub fn is_yes_no(&self) -> bool {
        self.profile.filled() > 0
            && self.profile.share(self.profile.flags) >= 0.9
            && self.profile.distinct.is_some_and(|distinct| distinct <= 4)
    }

    /// Whether any cell is an answer: a number, or a word that is a grade.
    pub fn has_answers(&self) -> bool {
        self.profile.numbers() > 0
            || self
                .grades()
                .is_some_and(|graded| graded.answers.iter().flatten().any(|a| !a.is_nan()))
    }

    /// The answers in words, where the column holds such words.
    pub fn grades(&self) -> Option<graded::Graded> {
        match &self.column.cells {
            Cells::Dictionary { texts, .. } if texts.len() <= 60 => graded::read(texts.texts()),
            _ => None,
        }
    }

    /// Share of cells that may be answers on a scale: small numbers, or worded answers.
    pub fn answer_share(&self) -> f64 {
        let profile = self.profile;
        let few = profile.distinct.is_none_or(|distinct| distinct <= 130);
        let small = profile
            .range
            .is_none_or(|(low, high)| low >= -999.0 && high <= 9_999.0);
        if !few || !small || profile.share(profile.dates()) > 0.5 {
            return 0.0;
        }
        let numbers = profile.share(profile.numbers());
        if numbers >= 0.8 {
            return numbers;
        }
        // A number with words, such as `9 - very likely`, or words alone.
        let words = profile.distinct.is_some_and(|distinct| distinct <= 30) && !profile.prose;
        if words && (self.leading_number_share() + numbers >= 0.5 || self.grades().is_some()) {
            0.85
        } else if words && numbers >= 0.5 {
            0.8
        } else {
            0.0
        }
    }

    /// Whether answers are words, or numbers of which most lie from 0 to 10; codes such as 99 may
    /// stand among them.
    pub fn is_mostly_small(&self) -> bool {
        let profile = self.profile;
        let Some((low, high)) = profile.range else {
            return true;
        };
        if low >= 0.0 && high <= 10.0 {
            return true;
        }
        profile.small_values.as_ref().is_some_and(|values| {
            let small = values.iter().filter(|value| (0.0..=10.0).contains(*value));
            small.count() * 2 > values.len()
        })
    }

    /// Whether nearly every row has another value, so that the column names each row and tells no
    /// group of rows.
    pub fn names_each_row(&self) -> bool {
        let filled = self.profile.filled();
        let distinct = self.profile.distinct.unwrap_or(filled);
        filled > 2 && distinct * 10 > filled * 9
    }

    /// Whether all filled cells of several rows are the same.
    pub fn says_one_thing(&self) -> bool {
        self.profile.filled() > 1 && self.profile.distinct == Some(1)
    }

    /// Whether the cells are numbers that cannot be ids: with decimals, or small.
    pub fn is_counted(&self) -> bool {
        let profile = self.profile;
        let low = profile.range.map_or(0.0, |(low, _)| low);
        profile.share(profile.numbers()) >= 0.8
            && !profile.digit_shape.is_identifier()
            && (profile.whole_numbers < profile.numbers() || low < 1_000.0)
    }

    /// Whether the cells are whole numbers below a header that names several customers, and so may
    /// say how many there are.
    pub fn counts_several(&self) -> bool {
        const SEVERAL: [&str; 22] = [
            "customers",
            "accounts",
            "clients",
            "companies",
            "subscribers",
            "users",
            "members",
            "organizations",
            "kunden",
            "firmen",
            "abonnenten",
            "nutzer",
            "entreprises",
            "abonnes",
            "clientes",
            "cuentas",
            "empresas",
            "assinantes",
            "clienti",
            "aziende",
            "klanten",
            "bedrijven",
        ];
        let profile = self.profile;
        let is_number = profile.whole_numbers > 0 && profile.whole_numbers == profile.filled();
        is_number && self.header.split(' ').any(|word| SEVERAL.contains(&word))
    }

    /// Whether the cells tell days, and no time of day.
    pub fn tells_days_only(&self) -> bool {
        let profile = self.profile;
        profile.dates() > 0 && profile.dates_timed == 0
    }

    fn leading_number_share(&self) -> f64 {
        super::vocabulary::share_known(self.column, |text| {
            text.trim().starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_err()
        })
    }
}
