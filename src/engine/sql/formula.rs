//! Expressions read from short formulas of our own, so that a plan says what it works out in a line.
//!
//! `rows(opening > 0 and closing <= 0)`, `sum(paid where day < period_end) or 0`: names are columns
//! of ours, `w.name` one of several relations. The signs are those of arithmetic and comparison,
//! with `and`, `or`, `not`, `is known`, `is nothing`, `in (…)`, `if(condition, then, else)` and
//! `?? ` for "else, where nothing is known". Formulas stand in the program, never in a file.

use super::expression::{Expr, Function, Type, all, any, as_of, call, only_if, rows, rows_where};
use crate::engine::base::PeriodUnit;

/// A formula as an expression. A formula that cannot be read is a fault of the program: it fails in
/// tests, and is nothing elsewhere.
pub fn formula(text: &'static str) -> Expr {
    let mut reader = Reader { rest: text.trim() };
    let read = reader.either().filter(|_| reader.rest.is_empty());
    debug_assert!(read.is_some(), "{text}: at {:?}", reader.rest);
    read.unwrap_or(Expr::Nothing(Type::Number))
}

/// Terms by name, each a formula.
pub fn formulas(told: &[(&'static str, &'static str)]) -> Vec<(&'static str, Expr)> {
    told.iter()
        .map(|(name, text)| (*name, formula(text)))
        .collect()
}

struct Reader {
    rest: &'static str,
}

/// Comparisons and arithmetic, longer signs first.
const COMPARISONS: [&str; 6] = ["<=", ">=", "<>", "<", ">", "="];

impl Reader {
    /// Takes a sign or a word, and the blanks after it.
    fn takes(&mut self, sign: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(sign) else {
            return false;
        };
        let is_word = sign.ends_with(|end: char| end.is_ascii_alphabetic());
        if is_word && rest.starts_with(is_of_name) {
            return false;
        }
        self.rest = rest.trim_start();
        true
    }

    fn either(&mut self) -> Option<Expr> {
        let mut several = vec![self.both()?];
        while self.takes("or") {
            several.push(self.both()?);
        }
        one_or(several, any)
    }

    fn both(&mut self) -> Option<Expr> {
        let mut several = vec![self.condition()?];
        while self.takes("and") {
            several.push(self.condition()?);
        }
        one_or(several, all)
    }

    fn condition(&mut self) -> Option<Expr> {
        if self.takes("not") {
            return Some(Expr::Not(Box::new(self.condition()?)));
        }
        let left = self.sum()?;
        if self.takes("is known") {
            return Some(left.is_known());
        }
        if self.takes("is nothing") {
            return Some(left.is_nothing());
        }
        if self.takes("in") {
            return self.takes("(").then_some(left.is_one_of(self.list()?));
        }
        for sign in COMPARISONS {
            if self.takes(sign) {
                return Some(Expr::Infix(sign, vec![left, self.sum()?]));
            }
        }
        Some(left)
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut left = self.product()?;
        loop {
            if self.takes("+") {
                left = left.plus(self.product()?);
            } else if self.takes("-") {
                left = left.minus(self.product()?);
            } else {
                return Some(left);
            }
        }
    }

    fn product(&mut self) -> Option<Expr> {
        let mut left = self.known()?;
        loop {
            if self.takes("*") {
                left = left.times(self.known()?);
            } else if self.takes("/") {
                left = left.over(self.known()?);
            } else {
                return Some(left);
            }
        }
    }

    fn known(&mut self) -> Option<Expr> {
        let mut left = self.operand()?;
        while self.takes("??") {
            left = left.or(self.operand()?);
        }
        Some(left)
    }

    fn operand(&mut self) -> Option<Expr> {
        if self.takes("(") {
            let inner = self.either()?;
            return self.takes(")").then_some(inner);
        }
        if let Some(text) = self.rest.strip_prefix('\'') {
            let (text, rest) = text.split_once('\'')?;
            self.rest = rest.trim_start();
            return Some(super::expression::text(text));
        }
        let name = self.word()?;
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            return if name.contains('.') {
                name.parse().ok().map(Expr::Number)
            } else {
                name.parse().ok().map(Expr::Whole)
            };
        }
        if self.takes("(") {
            return self.function(name);
        }
        Some(match name.split_once('.') {
            Some((relation @ ("span" | "as_of" | "features"), column)) => {
                Expr::Only(column, relation)
            }
            Some((relation, column)) => Expr::Of(relation, column.to_owned()),
            None if name == "as_of" => as_of(),
            None => super::expression::name(name),
        })
    }

    /// A name, with that of its relation, or a number.
    fn word(&mut self) -> Option<&'static str> {
        let end = self.rest.find(|it: char| !is_of_name(it) && it != '.');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        (!word.is_empty()).then_some(word)
    }

    /// What stands between brackets, with commas; the first may say `where` it counts.
    fn list(&mut self) -> Option<Vec<Expr>> {
        let mut list = Vec::new();
        while !self.takes(")") {
            let one = self.either()?;
            list.push(if self.takes("where") {
                only_if(self.either()?, one)
            } else {
                one
            });
            if !self.takes(",") && !self.rest.starts_with(')') {
                return None;
            }
        }
        Some(list)
    }

    fn function(&mut self, name: &str) -> Option<Expr> {
        let mut arguments = self.list()?;
        let function = match name {
            "rows" => {
                return Some(arguments.pop().map_or_else(rows, rows_where));
            }
            "if" => {
                let mut arguments = arguments.into_iter();
                let case = (arguments.next()?, arguments.next()?);
                return Some(Expr::Case(vec![case], arguments.next().map(Box::new)));
            }
            "money" => return Some(arguments.pop()?.over(Expr::Number(1e9))),
            "as_number" => return Some(arguments.pop()?.cast(Type::Number)),
            "as_whole" => return Some(arguments.pop()?.cast(Type::Whole)),
            "count" => Function::Count,
            "different" => Function::CountDistinct,
            "sum" => Function::Sum,
            "mean" => Function::Average,
            "min" => Function::Min,
            "max" => Function::Max,
            "least" => Function::Least,
            "greatest" => Function::Greatest,
            "median" => Function::Quantile(0.5),
            "p75" => Function::Quantile(0.75),
            "p90" => Function::Quantile(0.9),
            "floor" => return Some(call(Function::Floor, arguments).cast(Type::Whole)),
            "root" => Function::Root,
            "power" => Function::Power,
            "logarithm" => Function::Logarithm,
            "exponential" => Function::Exponential,
            "round" => Function::Round,
            "modulo" => Function::Modulo,
            "days" => Function::DaysBetween,
            "plus_days" => Function::PlusDays,
            "plus_months" => Function::PlusMonths,
            "month_number" => Function::MonthNumber,
            "month" => Function::StartOf(PeriodUnit::Month),
            _ => return None,
        };
        Some(call(function, arguments))
    }
}

fn is_of_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}

fn one_or(mut several: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Option<Expr> {
    if several.len() > 1 {
        Some(join(several))
    } else {
        several.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sql::Dialect;

    fn written(text: &'static str) -> String {
        Dialect::Duckdb.write(&formula(text))
    }

    #[test]
    fn signs_bind_as_in_arithmetic_and_words_less_than_signs() {
        assert_eq!(
            written("a + 2 * b > 0 and not (c or d) or e is known"),
            "(((a + (2 * b)) > 0) AND (NOT (c OR d))) OR (e IS NOT NULL)"
        );
        assert_eq!(written("a - b - c"), "(a - b) - c");
    }

    #[test]
    fn functions_count_where_they_are_told_to() {
        assert_eq!(
            written("sum(w.paid where day >= span.first_day) ?? 0"),
            "COALESCE(SUM(CASE WHEN day >= (SELECT first_day FROM span) THEN w.paid END), 0)"
        );
        assert_eq!(written("rows()"), "COUNT(*)");
        assert_eq!(
            written("rows(order = 'a b')"),
            "COUNT(CASE WHEN order = 'a b' THEN 1 END)"
        );
        assert_eq!(
            written("if(or_else in (1, 2), 0.5)"),
            "CASE WHEN or_else IN (1, 2) THEN 0.5 END"
        );
    }

    #[test]
    #[should_panic(expected = "a +")]
    fn what_cannot_be_read_fails_in_tests() {
        formula("a +");
    }
}
