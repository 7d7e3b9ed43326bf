//! What one message says: its pieces of text, its variables, the messages it mentions.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

/// Stands in a text where a value will be put.
pub const VALUE: char = '\u{fffc}';

/// The content of a message, variants included.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Every text a reader may see: the message's own, and one per variant. Values are [`VALUE`].
    pub texts: Vec<String>,
    /// Names of `$variables`.
    pub variables: BTreeSet<String>,
    /// Messages and `-terms` mentioned.
    pub references: BTreeSet<String>,
}

/// Reads a value; `None` when its braces or quotes do not close.
pub fn read(value: &str) -> Option<Pattern> {
    let mut reader = Reader { chars: value.chars().peekable(), found: Pattern::default() };
    reader.text(false)?;
    reader.chars.next().is_none().then_some(reader.found)
}

struct Reader<'text> {
    chars: Peekable<Chars<'text>>,
    found: Pattern,
}

impl Reader<'_> {
    /// One text up to its end; a variant's ends before the next variant or the closing brace.
    fn text(&mut self, in_variant: bool) -> Option<()> {
        let mut text = String::new();
        loop {
            match self.chars.peek().copied() {
                None | Some('}') if in_variant => break,
                None => break,
                Some('{') => self.placeable(&mut text)?,
                Some('}') => return None,
                Some('\n') if in_variant && self.variant_ends() => break,
                Some(_) => text.extend(self.chars.next()),
            }
        }
        let text = text.trim_matches([' ', '\n', '\t']);
        if !text.is_empty() {
            self.found.texts.push(text.to_owned());
        }
        Some(())
    }

    fn variant_ends(&self) -> bool {
        let mut ahead = self.chars.clone().skip_while(|char| char.is_whitespace());
        match ahead.next() {
            Some('[' | '}') | None => true,
            Some('*') => ahead.next() == Some('['),
            Some(_) => false,
        }
    }

    /// `{ … }`: literals become text, everything else a value.
    fn placeable(&mut self, text: &mut String) -> Option<()> {
        self.chars.next();
        self.blanks();
        if self.chars.peek() == Some(&'"') {
            text.push_str(&self.quoted()?);
            self.blanks();
            return (self.chars.next() == Some('}')).then_some(());
        }
        text.push(VALUE);
        loop {
            match *self.chars.peek()? {
                '}' => {
                    self.chars.next();
                    return Some(());
                }
                '{' => self.placeable(&mut String::new())?,
                '"' => {
                    self.quoted()?;
                }
                '$' => {
                    self.chars.next();
                    let name = self.word();
                    self.found.variables.insert(name);
                }
                '-' => {
                    self.chars.next();
                    match self.chars.peek()? {
                        '>' => {
                            self.chars.next();
                            self.variants()?;
                        }
                        char if char.is_ascii_alphabetic() => {
                            let term = format!("-{}", self.word());
                            self.found.references.insert(term);
                        }
                        _ => {}
                    }
                }
                char if char.is_ascii_alphabetic() => self.name(),
                _ => {
                    self.chars.next();
                }
            }
        }
    }

    /// A message, unless it is a function (`NUMBER(`) or the name of an argument (`minimumFractionDigits:`).
    fn name(&mut self) {
        let word = self.word();
        self.blanks();
        if !matches!(self.chars.peek(), Some('(' | ':')) {
            self.found.references.insert(word);
        }
    }

    fn variants(&mut self) -> Option<()> {
        loop {
            self.blanks();
            match self.chars.peek()? {
                '}' => return Some(()),
                '*' => {
                    self.chars.next();
                }
                '[' => {
                    self.chars.find(|char| *char == ']')?;
                    self.text(true)?;
                }
                _ => return None,
            }
        }
    }

    fn quoted(&mut self) -> Option<String> {
        self.chars.next();
        let mut inside = String::new();
        loop {
            match self.chars.next()? {
                '"' => return Some(inside),
                '\\' => match self.chars.next()? {
                    'u' => inside.push(self.code_point(4)?),
                    'U' => inside.push(self.code_point(6)?),
                    escaped => inside.push(escaped),
                },
                char => inside.push(char),
            }
        }
    }

    fn code_point(&mut self, digits: usize) -> Option<char> {
        let digits: String = self.chars.by_ref().take(digits).collect();
        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(char) =
            self.chars.next_if(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'))
        {
            word.push(char);
        }
        word
    }

    fn blanks(&mut self) {
        while self.chars.next_if(|char| char.is_whitespace()).is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_text_and_values_are_marked() {
        let pattern =
            read("Le { $day }{\"\\u00A0\"}: { NUMBER($count, minimumFractionDigits: 2) } { other.label }")
                .unwrap();
        assert_eq!(pattern.texts, ["Le \u{fffc}\u{a0}: \u{fffc} \u{fffc}"]);
        assert_eq!(pattern.variables.into_iter().collect::<Vec<_>>(), ["count", "day"]);
        assert_eq!(pattern.references.into_iter().collect::<Vec<_>>(), ["other.label"]);
    }

    #[test]
    fn each_variant_is_a_text_of_its_own() {
        let pattern =
            read("{ $n ->\n[0] rien\n[one] { $n } lot\nde plus\n*[other] { $n } lots { -brand }\n} en tout")
                .unwrap();
        assert_eq!(
            pattern.texts,
            ["rien", "\u{fffc} lot\nde plus", "\u{fffc} lots \u{fffc}", "\u{fffc} en tout"]
        );
        assert!(pattern.references.contains("-brand"));
    }

    #[test]
    fn what_does_not_close_is_nothing() {
        for broken in ["{ $a", "a }", "{ \"a }", "{ $n -> [one] a"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
