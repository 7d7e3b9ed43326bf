//! Where code and templates ask for a text.

use std::collections::BTreeSet;

use crate::source::{code_only, is_test_file, line_of, mentions, without_tests};

/// A place that asks for a text by a literal key.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    /// The key.
    pub key: String,
    /// The line, from 1.
    pub line: usize,
    /// The values given by name, where the call shows all of them.
    pub given: Option<Vec<String>>,
    /// How many values the call can give, where its name says so.
    pub at_most: Option<usize>,
}

/// The functions that give a text, and how many values each takes.
const ASKING: &[(&str, Option<usize>)] =
    &[("t(", Some(0)), ("t1(", Some(1)), ("t2(", Some(2)), ("t3(", Some(3)), ("t4(", Some(4)), ("tn(", None)];

/// Every literal key asked for in a file; tests may ask for anything.
pub fn asked(path: &str, text: &str) -> Vec<Use> {
    let rust = path.ends_with(".rs");
    if rust && is_test_file(path) {
        return Vec::new();
    }
    let code = if rust { without_tests(&code_only(text)) } else { text.to_owned() };
    let mut uses = Vec::new();
    for (function, takes) in ASKING {
        for at in mentions(&code, function) {
            let mut literals = Literals { text, at: at + function.len() };
            let Some(key) = literals.next() else { continue };
            let given = match takes {
                Some(0) => Some(Vec::new()),
                Some(1) => literals.next().map(|name| vec![name]),
                _ => None,
            };
            uses.push(Use { key, line: line_of(text, at), given, at_most: *takes });
        }
    }
    for at in mentions(&code, "text(") {
        uses.extend(among_arguments(&code, text, at + "text(".len()).map(|key| Use {
            key,
            line: line_of(text, at),
            given: None,
            at_most: None,
        }));
    }
    uses
}

/// Literals that follow each other as arguments: `"key", "name"`.
struct Literals<'text> {
    text: &'text str,
    at: usize,
}

impl Iterator for Literals<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let rest = self.text.get(self.at..)?;
        let quoted = rest.trim_start_matches([' ', '\n', '\t', ',', '&']).strip_prefix('"')?;
        let inside = quoted.split('"').next()?;
        self.at = self.text.len() - quoted.len() + inside.len() + 1;
        Some(inside.to_owned())
    }
}

/// The key among the first arguments of `catalogue.text(locale, "key", …)`. Other functions of that name take words,
/// so only what looks like a key is one.
fn among_arguments(code: &str, text: &str, from: usize) -> Option<String> {
    let arguments = code.get(from..)?;
    let quote = arguments.find('"')?;
    // A form's `text("field", most)` names a field: a key comes after the language.
    if arguments.get(..quote)?.contains([';', '{', '}']) || arguments.get(..quote)?.matches(',').count() != 1
    {
        return None;
    }
    let inside = text.get(from + quote + 1..)?.split('"').next()?;
    (is_key(inside) && inside.contains('-')).then(|| inside.to_owned())
}

/// Whether this is spelled like a key.
pub fn is_key(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_lowercase())
        && text
            .chars()
            .all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | '.'))
}

/// Everything between two neighbouring straight quotes that is spelled like a key: what may be one in an enumeration,
/// a table, or an attribute that has quotes of its own.
pub fn quoted<'text>(text: &'text str, into: &mut BTreeSet<&'text str>) {
    let mut pieces = text.split('"');
    // The piece before the first quote and the one after the last are not between two.
    pieces.next();
    let pieces: Vec<_> = pieces.collect();
    let between = pieces.len().saturating_sub(1);
    into.extend(pieces.into_iter().take(between).filter(|piece| is_key(piece)));
}

/// The literal parts of keys that are put together: `"network-kind-{}"` gives `["network-kind-", ""]`. Only what is
/// long enough to mean one family of keys counts.
pub fn composed<'text>(text: &'text str, into: &mut BTreeSet<Vec<&'text str>>) {
    let mut pieces = text.split('"').skip(1).collect::<Vec<_>>();
    pieces.pop();
    for piece in pieces.into_iter().filter(|piece| piece.contains('{') && piece.contains('}')) {
        let parts: Vec<&str> = piece
            .split('{')
            .enumerate()
            .map(|(n, part)| if n == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) })
            .collect();
        let literal: usize = parts.iter().map(|part| part.len()).sum();
        let spelled =
            |part: &&str| part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if literal >= 5 && parts.iter().all(spelled) && parts.iter().any(|part| part.contains('-')) {
            into.insert(parts);
        }
    }
}

/// Whether a key can be put together from these parts.
pub fn may_be(key: &str, parts: &[&str]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let Some(mut rest) = key.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else {
        return false;
    };
    for part in parts.iter().skip(1).take(parts.len().saturating_sub(2)) {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_put_together_are_known_by_their_parts() {
        let mut parts = BTreeSet::new();
        composed("words.t(&format!(\"a-kind-{}-hint\", code)); f(\"{room}-act-{}\"); g(\"{x}\")", &mut parts);
        let of = |key: &str| parts.iter().any(|parts| may_be(key, parts));
        assert!(of("a-kind-shop-hint") && of("network-act-join"));
        assert!(!of("a-kind-shop") && !of("network-join"));
    }

    fn keys(path: &str, text: &str) -> Vec<(String, usize)> {
        asked(path, text).into_iter().map(|found| (found.key, found.line)).collect()
    }

    #[test]
    fn templates_and_code_ask_in_the_same_words() {
        let html =
            "<p title=\"{{ p.t(\"a-title\") }}\">\n{{ p.t1(\"a-left\", \"count\", n) }} {{ p.t(key) }}</p>";
        assert_eq!(keys("contexts/a/templates/x.html", html), [("a-title".into(), 1), ("a-left".into(), 2)]);
        let rust = "// t(\"no\")\nwords.t2(\n  \"b-two\", \"a\", 1, \"b\", 2);\nlist(\"c\");\ncatalogue.text(cx.locale, \"b-mail\", &[])";
        assert_eq!(keys("contexts/b/src/pages.rs", rust), [("b-two".into(), 2), ("b-mail".into(), 5)]);
        assert_eq!(keys("contexts/b/src/mails.rs", "Letter::text(\"Bonjour\")"), []);
        assert_eq!(keys("contexts/b/tests/it/main.rs", rust), []);
        assert_eq!(keys("a/src/lib.rs", "#[cfg(test)]\nmod tests { fn a() { w.t(\"no-such\") } }"), []);
    }

    #[test]
    fn values_are_known_where_the_call_shows_them() {
        let found = asked(
            "x.html",
            "{{ p.t1(\"a-left\", \"count\", n) }}{{ p.t(\"a\") }}{{ p.t2(\"b\", \"x\", 1, \"y\", 2) }}",
        );
        let given: Vec<_> = found.iter().map(|found| (found.key.as_str(), found.given.clone())).collect();
        assert!(given.contains(&("a-left", Some(vec!["count".to_owned()]))));
        assert!(given.contains(&("a", Some(vec![]))));
        assert!(given.contains(&("b", None)));
        assert_eq!(found.iter().find(|found| found.key == "b").unwrap().at_most, Some(2));
    }

    #[test]
    fn enumerations_count_as_uses() {
        let mut found = BTreeSet::new();
        quoted("Self::Dairy => \"goods-dairy\", Self::X => \"Not a key\", \"goods-dry\"", &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["goods-dairy", "goods-dry"]);
    }
}
