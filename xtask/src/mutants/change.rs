//! Changes of a source file: every one is written into the same text, off until it is asked for.
//!
//! Takes: the text of a file. Gives: a text of as many lines whose operators, conditions and
//! functions do something else where `crate::changed::is(number)` holds, and what each number does.
//! Never: changes a constant, a pattern, a type or a test, which cannot ask.

use std::ops::Range;

use proc_macro2::LineColumn;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Block, Expr, ReturnType, Signature, Type, UnOp};

use crate::commands::Done;

/// One change of one place.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Change {
    /// Below `src/engine/`.
    pub(crate) file: String,
    /// What becomes what, and in which function.
    pub(crate) what: String,
    /// The line of the file that is changed.
    pub(crate) line: String,
    /// Which line and where in it, from one: changes of equal lines are told apart by these.
    pub(crate) number: usize,
    pub(crate) column: usize,
}

impl Change {
    pub(crate) fn written(&self) -> String {
        format!("{}: {}\n    {}\n", self.file, self.what, self.line)
    }
}

/// The text with its changes, numbered from `first`; those that `is_left_out` says are not made.
pub(crate) fn changed(
    file: &str,
    text: &str,
    first: usize,
    is_left_out: &dyn Fn(usize) -> bool,
) -> Done<(String, Vec<Change>)> {
    let tree = syn::parse_file(text).map_err(|reason| format!("{file}: {reason}"))?;
    let mut writer = Writer {
        file,
        text,
        lines: text.lines().collect(),
        functions: Vec::new(),
        first,
        is_left_out,
        changes: Vec::new(),
        edits: Vec::new(),
    };
    writer.visit_file(&tree);
    let changes = std::mem::take(&mut writer.changes);
    Ok((written(text, writer.edits), changes))
}

/// Text set in at a place, and how much of what was there goes.
struct Edit {
    place: usize,
    order: Order,
    gone: usize,
    text: String,
}

/// At one place, what ends there is closed before what begins there is opened; of several that end,
/// the inner ones first; of several that begin, the outer ones.
enum Order {
    Closes(usize),
    Replaces,
    Opens(usize),
}

impl Edit {
    /// Where the range begins.
    fn opening(range: &Range<usize>, text: impl Into<String>) -> Self {
        Self {
            place: range.start,
            order: Order::Opens(range.len()),
            gone: 0,
            text: text.into(),
        }
    }

    /// Where the range begins, instead of its first bytes.
    fn opening_instead(range: &Range<usize>, gone: usize, text: &str) -> Self {
        Self {
            gone,
            ..Self::opening(range, text)
        }
    }

    /// Where the range ends.
    fn closing(range: &Range<usize>, text: impl Into<String>) -> Self {
        Self {
            place: range.end,
            order: Order::Closes(range.len()),
            gone: 0,
            text: text.into(),
        }
    }

    fn replacing(range: &Range<usize>, text: impl Into<String>) -> Self {
        Self {
            place: range.start,
            order: Order::Replaces,
            gone: range.len(),
            text: text.into(),
        }
    }
}

fn written(text: &str, edits: Vec<Edit>) -> String {
    // Of the same range, what was set around first is the outer one.
    let mut edits: Vec<(usize, Edit)> = edits.into_iter().enumerate().collect();
    let key = |(turn, it): &(usize, Edit)| match it.order {
        Order::Closes(length) => (it.place, 0, length, usize::MAX - turn),
        Order::Replaces => (it.place, 1, 0, *turn),
        Order::Opens(length) => (it.place, 2, usize::MAX - length, *turn),
    };
    edits.sort_by_key(key);
    let mut made = String::with_capacity(text.len() * 3);
    let mut place = 0;
    for (_, edit) in edits {
        made.push_str(text.get(place..edit.place).unwrap_or_default());
        made.push_str(&edit.text);
        // Lines keep their numbers, by which the compiler's messages are read.
        let gone = edit.place..edit.place + edit.gone;
        let gone_text = text.get(gone.clone()).unwrap_or_default();
        made.extend(gone_text.chars().filter(|c| *c == '\n'));
        place = gone.end.max(place);
    }
    made.push_str(text.get(place..).unwrap_or_default());
    made
}

struct Writer<'a> {
    file: &'a str,
    text: &'a str,
    lines: Vec<&'a str>,
    functions: Vec<String>,
    first: usize,
    is_left_out: &'a dyn Fn(usize) -> bool,
    changes: Vec<Change>,
    edits: Vec<Edit>,
}

const IS: &str = "crate::changed::is";

impl Writer<'_> {
    /// The number of a new change, unless it is left out.
    fn number(&mut self, what: &str, at: LineColumn) -> Option<usize> {
        let number = self.first + self.changes.len();
        let within = self.functions.join("::");
        let line = self.lines.get(at.line - 1).copied().unwrap_or_default();
        self.changes.push(Change {
            file: self.file.to_owned(),
            what: format!("{what} in {within}"),
            line: line.trim().to_owned(),
            number: at.line,
            column: at.column + 1,
        });
        (!(self.is_left_out)(number)).then_some(number)
    }

    fn text_of(&self, range: &Range<usize>) -> String {
        self.text.get(range.clone()).unwrap_or_default().to_owned()
    }

    /// A choice between what the operators of numbers do, and otherwise what the last one does.
    fn choice(&mut self, own: &str, others: &[&str], at: LineColumn) -> Option<String> {
        let mut choice = String::new();
        for other in others {
            if let Some(number) = self.number(&format!("replace {own} with {other}"), at) {
                choice.extend([format!("if {IS}({number}) {{ __l {other} __r }} else ")]);
            }
        }
        (!choice.is_empty()).then(|| format!("{choice}{{ __l {own} __r }}"))
    }

    fn binary(&mut self, it: &syn::ExprBinary) {
        let whole = it.span().byte_range();
        let sign = it.op.span().byte_range();
        let at = it.op.span().start();
        if let Some((own, others)) = assigning(&it.op) {
            let left = self.text_of(&it.left.span().byte_range());
            let mut choice = String::new();
            for other in others {
                let what = format!("replace {own} with {other}");
                if let Some(number) = self.number(&what, at) {
                    choice.extend([format!("if {IS}({number}) {{ {left} {other} __r; }} else ")]);
                }
            }
            if choice.is_empty() {
                return;
            }
            // What is added is worked out first, as it is for numbers without changes.
            let before = whole.start..it.right.span().byte_range().start;
            let open = "{ let __r = ";
            self.edits
                .push(Edit::opening_instead(&whole, before.len(), open));
            let close = format!("; {choice}{{ {left} {own} __r; }} }}");
            self.edits.push(Edit::closing(&whole, close));
            return;
        }
        let lazily = |changed: &mut Self, own, other, test: &str| {
            if has_let(&it.left) || has_let(&it.right) {
                return;
            }
            let Some(number) = changed.number(&format!("replace {own} with {other}"), at) else {
                return;
            };
            let middle = format!("); if __l {test} {IS}({number}) {{ __l }} else {{ ");
            changed
                .edits
                .push(Edit::opening(&whole, "({ let __l: bool = ("));
            changed.edits.push(Edit::replacing(&sign, middle));
            changed.edits.push(Edit::closing(&whole, " } })"));
        };
        let (open, comma, others): (&str, &str, &[&str]) = match &it.op {
            BinOp::And(_) => return lazily(self, "&&", "||", "=="),
            BinOp::Or(_) => return lazily(self, "||", "&&", "!="),
            BinOp::Add(_) => ("(match (", ", ", &["-", "*"]),
            BinOp::Sub(_) | BinOp::Mul(_) => ("(match (", ", ", &["+", "/"]),
            BinOp::Div(_) => ("(match (", ", ", &["%", "*"]),
            BinOp::Rem(_) => ("(match (", ", ", &["/", "+"]),
            BinOp::BitAnd(_) => ("(match (", ", ", &["|", "^"]),
            BinOp::BitOr(_) => ("(match (", ", ", &["&", "^"]),
            BinOp::BitXor(_) => ("(match (", ", ", &["|", "&"]),
            BinOp::Shl(_) => ("(match (", ", ", &[">>"]),
            BinOp::Shr(_) => ("(match (", ", ", &["<<"]),
            BinOp::Eq(_) => ("(match (&(", "), &(", &["!="]),
            BinOp::Ne(_) => ("(match (&(", "), &(", &["=="]),
            BinOp::Lt(_) => ("(match (&(", "), &(", &["==", ">", "<="]),
            BinOp::Le(_) => ("(match (&(", "), &(", &[">", "<"]),
            BinOp::Gt(_) => ("(match (&(", "), &(", &["==", "<", ">="]),
            BinOp::Ge(_) => ("(match (&(", "), &(", &["<", ">"]),
            _ => return,
        };
        let own = self.text_of(&sign);
        let Some(choice) = self.choice(&own, others, at) else {
            return;
        };
        let bracket = if open.ends_with("&(") { ")" } else { "" };
        self.edits.push(Edit::opening(&whole, open));
        self.edits.push(Edit::replacing(&sign, comma));
        let close = format!("{bracket}) {{ (__l, __r) => {choice} }})");
        self.edits.push(Edit::closing(&whole, close));
    }

    fn unary(&mut self, it: &syn::ExprUnary) {
        let (UnOp::Neg(_) | UnOp::Not(_)) = it.op else {
            return;
        };
        let whole = it.span().byte_range();
        let sign = it.op.span().byte_range();
        let own = self.text_of(&sign);
        let Some(number) = self.number(&format!("delete {own}"), it.op.span().start()) else {
            return;
        };
        self.edits
            .push(Edit::opening_instead(&whole, sign.len(), "(match ("));
        let close = format!(") {{ __v => if {IS}({number}) {{ __v }} else {{ {own}__v }} }})");
        self.edits.push(Edit::closing(&whole, close));
    }

    fn arms(&mut self, it: &syn::ExprMatch) {
        let is_open = |arm: &syn::Arm| matches!(arm.pat, syn::Pat::Wild(_)) && arm.guard.is_none();
        let Some(last) = it.arms.iter().position(is_open) else {
            return;
        };
        for arm in it.arms.iter().take(last) {
            let pattern = arm.pat.span();
            let range = pattern.byte_range();
            let what = format!("delete the arm {}", one_line(&self.text_of(&range)));
            let Some(number) = self.number(&what, pattern.start()) else {
                continue;
            };
            match &arm.guard {
                None => {
                    let guard = format!(" if !{IS}({number})");
                    self.edits.push(Edit::closing(&range, guard));
                }
                Some((_, guard)) if !has_let(guard) => {
                    let at = guard.span().start();
                    let range = guard.span().byte_range();
                    let open = format!("(!{IS}({number}) && (");
                    self.edits.push(Edit::opening(&range, open));
                    let ever = self.number("replace the guard with true", at);
                    let close = ever.map_or_else(String::new, |it| format!(" || {IS}({it})"));
                    self.edits.push(Edit::closing(&range, format!("){close})")));
                }
                Some(_) => {}
            }
        }
    }

    fn body(&mut self, signature: &Signature, block: &Block) {
        let mut given = Vec::new();
        match &signature.output {
            ReturnType::Default => given.push(String::new()),
            ReturnType::Type(_, it) => given.extend(values_of(it)),
        }
        let at = signature.ident.span().start();
        let mut first = String::new();
        for value in given {
            let what = format!(
                "give {} at once",
                if value.is_empty() { "()" } else { &value }
            );
            if let Some(number) = self.number(&what, at) {
                first.extend([format!(" if {IS}({number}) {{ return {value}; }}")]);
            }
        }
        let inside = block.span().byte_range();
        let inside = inside.start + 1..inside.end;
        self.edits.push(Edit::opening(&inside, first));
    }

    fn function(&mut self, attributes: &[Attribute], signature: &Signature, block: &Block) {
        if is_test(attributes) || signature.constness.is_some() {
            return;
        }
        self.functions.push(signature.ident.to_string());
        let is_shown = self.functions.iter().any(|it| it == "Debug");
        if !is_shown {
            self.body(signature, block);
            self.visit_block(block);
        }
        self.functions.pop();
    }
}

impl<'a> Visit<'a> for Writer<'_> {
    fn visit_item_fn(&mut self, it: &'a syn::ItemFn) {
        self.function(&it.attrs, &it.sig, &it.block);
    }

    fn visit_impl_item_fn(&mut self, it: &'a syn::ImplItemFn) {
        self.function(&it.attrs, &it.sig, &it.block);
    }

    fn visit_trait_item_fn(&mut self, it: &'a syn::TraitItemFn) {
        if let Some(block) = &it.default {
            self.function(&it.attrs, &it.sig, block);
        }
    }

    fn visit_item_impl(&mut self, it: &'a syn::ItemImpl) {
        if is_test(&it.attrs) {
            return;
        }
        let name = one_line(&self.text_of(&it.self_ty.span().byte_range()));
        let of = it
            .trait_
            .as_ref()
            .and_then(|(_, path, _)| path.segments.last());
        self.functions
            .push(of.map_or(name, |it| it.ident.to_string()));
        visit::visit_item_impl(self, it);
        self.functions.pop();
    }

    fn visit_item_mod(&mut self, it: &'a syn::ItemMod) {
        if !is_test(&it.attrs) {
            visit::visit_item_mod(self, it);
        }
    }

    fn visit_expr_binary(&mut self, it: &'a syn::ExprBinary) {
        self.binary(it);
        if assigning(&it.op).is_none() {
            self.visit_expr(&it.left);
        }
        self.visit_expr(&it.right);
    }

    fn visit_expr_unary(&mut self, it: &'a syn::ExprUnary) {
        self.unary(it);
        self.visit_expr(&it.expr);
    }

    fn visit_expr_match(&mut self, it: &'a syn::ExprMatch) {
        self.arms(it);
        visit::visit_expr_match(self, it);
    }

    fn visit_expr_repeat(&mut self, it: &'a syn::ExprRepeat) {
        self.visit_expr(&it.expr);
    }

    fn visit_item_const(&mut self, _: &'a syn::ItemConst) {}
    fn visit_impl_item_const(&mut self, _: &'a syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'a syn::TraitItemConst) {}
    fn visit_item_static(&mut self, _: &'a syn::ItemStatic) {}
    fn visit_expr_const(&mut self, _: &'a syn::ExprConst) {}
    fn visit_variant(&mut self, _: &'a syn::Variant) {}
    fn visit_type(&mut self, _: &'a Type) {}
    fn visit_generic_argument(&mut self, _: &'a syn::GenericArgument) {}
    fn visit_attribute(&mut self, _: &'a Attribute) {}
    fn visit_pat(&mut self, _: &'a syn::Pat) {}
}

/// `+=` and the like, and what stands in their stead.
fn assigning(op: &BinOp) -> Option<(&'static str, &'static [&'static str])> {
    Some(match op {
        BinOp::AddAssign(_) => ("+=", &["-=", "*="]),
        BinOp::SubAssign(_) => ("-=", &["+=", "/="]),
        BinOp::MulAssign(_) => ("*=", &["+=", "/="]),
        BinOp::DivAssign(_) => ("/=", &["%=", "*="]),
        BinOp::RemAssign(_) => ("%=", &["/=", "+="]),
        BinOp::BitAndAssign(_) => ("&=", &["|="]),
        BinOp::BitOrAssign(_) => ("|=", &["&="]),
        BinOp::BitXorAssign(_) => ("^=", &["|="]),
        BinOp::ShlAssign(_) => ("<<=", &[">>="]),
        BinOp::ShrAssign(_) => (">>=", &["<<="]),
        _ => return None,
    })
}

/// Whether `let` stands among conditions, which cannot be set into a block.
fn has_let(it: &Expr) -> bool {
    match it {
        Expr::Let(_) => true,
        Expr::Binary(it) => has_let(&it.left) || has_let(&it.right),
        _ => false,
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| match &it.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => {
            list.path.is_ident("cfg") && list.tokens.to_string().contains("test")
        }
        syn::Meta::NameValue(_) => false,
    })
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Values that a function with such a return type may give instead of what it works out.
fn values_of(it: &Type) -> Vec<String> {
    let many = |values: &[&str]| values.iter().map(|it| (*it).to_owned()).collect();
    match it {
        Type::Paren(it) => values_of(&it.elem),
        Type::Reference(it) if it.mutability.is_none() => match &*it.elem {
            Type::Path(path) if path.path.is_ident("str") => many(&["\"\"", "\"xyzzy\""]),
            Type::Slice(_) => many(&["&[]"]),
            _ => Vec::new(),
        },
        Type::Array(it) => {
            let values = values_of(&it.elem);
            values
                .iter()
                .map(|it| format!("[{it}; _]"))
                .take(1)
                .collect()
        }
        Type::Tuple(it) if it.elems.is_empty() => vec![String::new()],
        Type::Tuple(it) => {
            let parts: Option<Vec<String>> = it
                .elems
                .iter()
                .map(|it| values_of(it).into_iter().next())
                .collect();
            parts
                .map(|it| format!("({})", it.join(", ")))
                .into_iter()
                .collect()
        }
        Type::Path(it) => {
            let Some(last) = it.path.segments.last() else {
                return Vec::new();
            };
            let inner = match &last.arguments {
                syn::PathArguments::AngleBracketed(it) => it.args.iter().find_map(|it| match it {
                    syn::GenericArgument::Type(it) => Some(values_of(it)),
                    _ => None,
                }),
                _ => None,
            };
            let inner = inner.unwrap_or_default();
            let wrapped = |name: &str| {
                inner
                    .iter()
                    .map(|it| {
                        let it = if it.is_empty() { "()" } else { it };
                        format!("{name}({it})")
                    })
                    .collect::<Vec<_>>()
            };
            match last.ident.to_string().as_str() {
                "bool" => many(&["true", "false"]),
                "f64" | "f32" => many(&["0.0", "1.0", "-1.0"]),
                "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => many(&["0", "1"]),
                "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => many(&["0", "1", "-1"]),
                "String" => many(&["String::new()", "String::from(\"xyzzy\")"]),
                "Option" => [vec!["None".to_owned()], wrapped("Some")].concat(),
                "Result" | "Outcome" => wrapped("Ok"),
                "Vec" => {
                    let one = inner.first().map(|it| format!("vec![{it}]"));
                    std::iter::once("Vec::new()".to_owned())
                        .chain(one)
                        .collect()
                }
                _ => many(&["Default::default()"]),
            }
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::changed;

    fn whats(text: &str) -> Vec<String> {
        let (made, changes) = changed("a.rs", text, 1, &|_| false).unwrap();
        syn::parse_file(&made).unwrap_or_else(|reason| panic!("{reason}: {made}"));
        assert_eq!(made.lines().count(), text.lines().count(), "{made}");
        changes.into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn operators_within_operators_are_each_changed() {
        let text = "fn f(a: u32, b: u32) -> bool {\n    !(a == b) && a + b * 2 < 3\n}\n";
        assert_eq!(
            whats(text),
            [
                "give true at once in f",
                "give false at once in f",
                "replace && with || in f",
                "delete ! in f",
                "replace == with != in f",
                "replace < with == in f",
                "replace < with > in f",
                "replace < with <= in f",
                "replace + with - in f",
                "replace + with * in f",
                "replace * with + in f",
                "replace * with / in f",
            ]
        );
    }

    #[test]
    fn constants_patterns_and_tests_stay() {
        let text = "const A: u32 = 1 + 2;\nstruct S([u8; 1 + 1]);\n#[cfg(test)]\nmod tests { fn f() -> u32 { 1 + 1 } }\n";
        assert!(whats(text).is_empty());
        let text = "fn f(x: i32) {\n    match x {\n        -1 => g(),\n        2 if x > 1 => h(),\n        _ => {}\n    }\n}\n";
        assert_eq!(
            whats(text),
            [
                "give () at once in f",
                "delete the arm -1 in f",
                "delete the arm 2 in f",
                "replace the guard with true in f",
                "replace > with == in f",
                "replace > with < in f",
                "replace > with >= in f",
            ]
        );
    }

    #[test]
    fn what_is_left_out_is_counted_and_not_made() {
        let (made, changes) =
            changed("a.rs", "fn f(a: &mut u32) { *a += 1; }", 7, &|it| it != 8).unwrap();
        assert_eq!(changes.len(), 3);
        assert!(
            made.contains("is(8)") && !made.contains("is(9)") && !made.contains("is(7)"),
            "{made}"
        );
    }
}
