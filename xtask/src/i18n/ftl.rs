//! Fluent catalogues, read far enough to compare and lint them: messages, attributes, terms, selectors.
//!
//! The product parses them with the real library; here a line of the file is needed for every finding.

use std::collections::BTreeSet;

use super::pattern::{self, Pattern};

/// A message, a term (`-name`) or an attribute (`name.attribute`).
#[derive(Debug)]
pub struct Entry {
    /// How code names it.
    pub key: String,
    /// Where it begins, from 1.
    pub line: usize,
    /// What it says.
    pub pattern: Pattern,
}

/// A whole catalogue.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// In the order of the file.
    pub entries: Vec<Entry>,
    /// Lines that are not Fluent.
    pub not_understood: Vec<usize>,
}

impl Catalogue {
    /// Reads the text of an `.ftl` file.
    pub fn read(text: &str) -> Self {
        let mut catalogue = Self::default();
        let mut message = String::new();
        let mut open: Option<(String, usize, String)> = None;
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let indented = line.starts_with([' ', '\t']);
            if let Some((_, _, value)) = &mut open {
                let inside = depth(value) > 0;
                if inside || line.trim().is_empty() || (indented && attribute(line).is_none()) {
                    value.push('\n');
                    value.push_str(line.trim_start());
                    continue;
                }
            }
            catalogue.close(open.take());
            let definition = if indented {
                attribute(line).map(|(name, value)| (format!("{message}.{name}"), value))
            } else {
                named(line).map(|(name, value)| {
                    message = name.to_owned();
                    (message.clone(), value)
                })
            };
            match definition {
                Some((key, value)) => open = Some((key, number, value.trim_start().to_owned())),
                None if line.trim().is_empty() || line.starts_with('#') => {}
                None => catalogue.not_understood.push(number),
            }
        }
        catalogue.close(open);
        catalogue
    }

    fn close(&mut self, entry: Option<(String, usize, String)>) {
        let Some((key, line, value)) = entry else { return };
        match pattern::read(value.trim_end()) {
            Some(pattern) => self.entries.push(Entry { key, line, pattern }),
            None => self.not_understood.push(line),
        }
    }

    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Every key that another entry of this catalogue mentions.
    pub fn mentioned(&self) -> BTreeSet<&str> {
        self.entries.iter().flat_map(|entry| entry.pattern.references.iter().map(String::as_str)).collect()
    }
}

/// How many braces of a value are still open; those inside string literals do not count.
fn depth(value: &str) -> i32 {
    let mut depth = 0;
    let mut quoted = false;
    let mut escaped = false;
    for char in value.chars() {
        match char {
            '"' if depth > 0 && !escaped => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth -= 1,
            _ => {}
        }
        escaped = quoted && char == '\\' && !escaped;
    }
    depth
}

fn attribute(line: &str) -> Option<(&str, &str)> {
    named(line.trim_start().strip_prefix('.')?)
}

/// `name = value`, with `-name` for terms.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let bare = name.strip_prefix('-').unwrap_or(name);
    let fits = bare.starts_with(|char: char| char.is_ascii_alphabetic())
        && bare.chars().all(|char| char.is_ascii_alphanumeric() || char == '-' || char == '_');
    fits.then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# The board
board-title = Le tableau
board-left = { $count ->
    [one] Reste { $count } caisse
   *[other] Restent { $count } caisses de { board-title }
}
board-help = Première ligne
    deuxième ligne

    après un blanc
    .label = Aide de { -brand }
-brand = Tablée
what is this
board-brace = { \"{\" } ouverte
";

    #[test]
    fn messages_attributes_terms_and_selectors_are_read_with_their_lines() {
        let catalogue = Catalogue::read(SAMPLE);
        let keys: Vec<_> = catalogue.entries.iter().map(|entry| (entry.key.as_str(), entry.line)).collect();
        assert_eq!(
            keys,
            [
                ("board-title", 2),
                ("board-left", 3),
                ("board-help", 7),
                ("board-help.label", 11),
                ("-brand", 12),
                ("board-brace", 14)
            ]
        );
        assert_eq!(catalogue.not_understood, [13]);
        assert_eq!(catalogue.mentioned().into_iter().collect::<Vec<_>>(), ["-brand", "board-title"]);
        let left = catalogue.get("board-left").unwrap();
        assert_eq!(left.pattern.variables.iter().collect::<Vec<_>>(), ["count"]);
        assert_eq!(left.pattern.texts.len(), 3);
    }

    #[test]
    fn a_value_that_never_closes_is_not_understood() {
        assert_eq!(Catalogue::read("a = { $x\nb = B\n").not_understood, [1]);
    }
}
