//! What a request sent, remembered while it is answered: an act that was done already is known again by it, and what
//! was typed survives an answer that could not be given.

use std::sync::{Arc, OnceLock};

use kernel::Cx;
use kernel::secret::fingerprint;

/// A form as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct SentForm {
    /// Its texts, in the order sent.
    pub(crate) pairs: Vec<(String, String)>,
    /// The fingerprint of its address, texts and files.
    pub(crate) fingerprint: String,
    /// Whether files came with it; they cannot be sent again for the person.
    pub(crate) has_files: bool,
}

/// Where the reader of the form leaves it for whoever answers; empty until a form was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent(Arc<OnceLock<SentForm>>);

impl Sent {
    pub(crate) fn keep(&self, form: SentForm) {
        let _ = self.0.set(form);
    }

    pub(crate) fn form(&self) -> Option<&SentForm> {
        self.0.get()
    }
}

impl SentForm {
    /// `files` are the field, the name and the content of each.
    pub(crate) fn new<'f>(
        path: &str,
        pairs: &[(String, String)],
        files: impl Iterator<Item = (&'f str, &'f str, &'f [u8])>,
    ) -> Self {
        // Lengths before texts, so that no two forms read alike.
        let mut all = format!("{}:{path}", path.len());
        for (name, value) in pairs {
            all.push_str(&format!("\n{}:{name}={}:{value}", name.len(), value.len()));
        }
        let mut has_files = false;
        for (field, name, bytes) in files {
            has_files = true;
            let content = kernel::secret::fingerprint_of(bytes);
            all.push_str(&format!("\n{}:{field}<{}:{name}<{content}", field.len(), name.len()));
        }
        Self { pairs: pairs.to_vec(), fingerprint: fingerprint(&all), has_files }
    }

    /// The context of the act it asks for, where it carries a key.
    pub(crate) fn act(&self, cx: &Cx) -> Option<Cx> {
        let key = key_of(&self.pairs)?;
        Some(cx.clone().with_sent(key, &self.fingerprint))
    }
}

/// The longest key. A page with a form per row makes each one's key of its own (32 characters) and the row's id (36).
const LONGEST_KEY: usize = 128;

/// The key a form carries in its hidden field `cle`.
pub(crate) fn key_of(pairs: &[(String, String)]) -> Option<&str> {
    pairs
        .iter()
        .find(|(name, _)| name == "cle")
        .map(|(_, key)| key.as_str())
        .filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(path: &str, pairs: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> String {
        let pairs: Vec<_> = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        SentForm::new(path, &pairs, files.iter().copied()).fingerprint
    }

    #[test]
    fn a_key_of_a_page_and_a_row_is_a_key() {
        let of = |key: &str| key_of(&[("cle".to_owned(), key.to_owned())]).map(ToOwned::to_owned);
        let key = format!("{}o{}", "a".repeat(32), "b".repeat(36));
        assert_eq!(of(&key), Some(key));
        assert_eq!(of(""), None);
        assert_eq!(of(&"a".repeat(LONGEST_KEY + 1)), None);
    }

    #[test]
    fn two_forms_are_the_same_only_where_everything_sent_is() {
        let first = form("/a", &[("x", "1"), ("y", "2")], &[]);
        assert_eq!(first, form("/a", &[("x", "1"), ("y", "2")], &[]));
        for other in [
            form("/b", &[("x", "1"), ("y", "2")], &[]),
            form("/a", &[("y", "2"), ("x", "1")], &[]),
            form("/a", &[("x", "1\n1:y=1:2")], &[]),
            form("/a", &[("x", "1"), ("y", "2"), ("z", "")], &[]),
            form("/a", &[("x", "1"), ("y", "2")], &[("photo", "p.jpg", b"1")]),
        ] {
            assert_ne!(first, other);
        }
        let photo = |bytes| form("/a", &[], &[("photo", "p.jpg", bytes)]);
        assert_ne!(photo(b"1"), photo(b"2"));
    }
}
