//! What KPIs on activity share: the table that gives it, names that a setting chooses, and shares
//! of typed figures.

use super::definition::{Beside, Expected, Need};
use super::on_ledger::{heads, not_heads};
use super::scope::{Basis, Scope};
use crate::engine::base::Refusal;
use crate::engine::base::refusal::Outcome;
use crate::engine::facts::activity::Named;
use crate::engine::roles::{Kind, Role};

/// A log of who did something when.
pub const ACTIVITY_NEED: Need = Need {
    kind: Kind::Event,
    roles: &[&[Role::User], &[Role::OccurredAt]],
    basis: Basis::Activity,
    expected: Expected::Usually,
    beside: Beside::Nothing,
};

/// Which names of a column the setting chooses, a mark a name; nothing where it chooses none.
///
/// # Errors
/// `name_unknown` where the table has no such column, or no row holds the name.
pub fn chosen(
    scope: &Scope<'_>,
    setting: &str,
    named: Option<&Named>,
) -> Outcome<Option<Vec<bool>>> {
    let wanted = scope.words(setting);
    if wanted.is_empty() {
        return Ok(None);
    }
    let Some(named) = named else {
        return Err(Refusal::new(
            "name_unknown",
            "A setting names what counts, but no column was taken for such names.",
            "Say on the check page which column holds them, or take the setting back.",
        ));
    };
    match named.marks(&wanted) {
        Ok(marks) => Ok(Some(marks)),
        Err(unknown) => Err(Refusal::new(
            "name_unknown",
            format!("A setting names “{unknown}”, and no row holds that name."),
            "Write it as it stands in the file, with commas between several names.",
        )),
    }
}

/// A typed part and the typed whole that it is of, in heads.
///
/// # Errors
/// `term_missing`; `not_a_count`, also where the part is more than the whole; `no_rows_count`
/// where there is nothing to divide by.
pub fn typed_share(
    scope: &Scope<'_>,
    part: &'static str,
    whole: &'static str,
) -> Outcome<(u64, u64)> {
    let (Some(count), Some(of)) = (heads(scope.figure(part)?), heads(scope.figure(whole)?)) else {
        return Err(not_heads());
    };
    if of == 0 {
        return Err(Refusal::new(
            "no_rows_count",
            format!(
                "The typed figure “{}” is 0, so there is nothing to divide by.",
                whole.replace('_', " ")
            ),
            "Look whether it is missing.",
        ));
    }
    if count > of {
        return Err(Refusal::new(
            "not_a_count",
            format!(
                "The typed figure “{}” is larger than “{}”, of which it should be a part.",
                part.replace('_', " "),
                whole.replace('_', " ")
            ),
            "Look whether the two were exchanged.",
        ));
    }
    Ok((count, of))
}
