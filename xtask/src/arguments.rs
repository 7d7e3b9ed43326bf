//! The words after `cargo xtask`. Invariant: a word nobody asked for is an error, never ignored.

use std::collections::VecDeque;

use anyhow::{Context as _, Result, bail};

/// What was typed, consumed word by word.
pub struct Arguments(VecDeque<String>);

impl Arguments {
    /// The words of this process.
    pub fn from_command_line() -> Self {
        Self::new(std::env::args().skip(1))
    }

    /// Words given by a test.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(words.into_iter().collect())
    }

    /// Takes the next word, if any.
    pub fn next_word(&mut self) -> Option<String> {
        self.0.pop_front()
    }

    /// Takes `--name` out, wherever it stands; whether it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Takes one `--name VALUE` or `--name=VALUE` out.
    pub fn option(&mut self, name: &str) -> Result<Option<String>> {
        let assigned = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&assigned)) else {
            return Ok(None);
        };
        let word = self.0.remove(at).unwrap_or_default();
        if let Some(value) = word.strip_prefix(&assigned) {
            return Ok(Some(value.to_owned()));
        }
        self.0.remove(at).map(Some).with_context(|| format!("{name} needs a value"))
    }

    /// Every word that is left, for a program that takes its own arguments.
    pub fn rest(self) -> Vec<String> {
        self.0.into()
    }

    /// Fails on words that no verb understood.
    pub fn nothing_left(&self) -> Result<()> {
        match self.0.front() {
            None => Ok(()),
            Some(word) => bail!("`{word}` is not understood here; see `cargo xtask help`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_taken_in_both_spellings_and_what_is_left_is_refused() {
        let mut given = arguments("--only arch --only=i18n --quick extra");
        assert_eq!(given.option("--only").unwrap().as_deref(), Some("arch"));
        assert_eq!(given.option("--only").unwrap().as_deref(), Some("i18n"));
        assert_eq!(given.option("--only").unwrap(), None);
        assert!(given.flag("--quick"));
        assert!(!given.flag("--quick"));
        assert!(given.nothing_left().unwrap_err().to_string().contains("`extra`"));
    }

    #[test]
    fn an_option_without_its_value_is_an_error() {
        assert!(arguments("--port").option("--port").is_err());
    }
}
