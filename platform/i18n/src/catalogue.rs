//! All catalogues of all rooms, put together once at start.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::Locale;
use serde::{Deserialize, Serialize};

/// One room's catalogue in one language.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The language.
    pub locale: Locale,
    /// The Fluent text.
    pub text: &'static str,
}

/// A value that a text is filled with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A number, which chooses the plural.
    Number(i64),
    /// Words.
    Text(String),
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// Every text in every language.
pub struct Catalogue {
    bundles: BTreeMap<&'static str, FluentBundle<FluentResource>>,
}

impl Catalogue {
    /// Puts the rooms' catalogues together.
    ///
    /// # Errors
    /// When a catalogue does not parse, or two rooms use one key; the message names it.
    pub fn new(sources: impl IntoIterator<Item = Source>) -> Result<Self, String> {
        let mut bundles = BTreeMap::new();
        for locale in Locale::ALL {
            let language = locale.tag().parse().map_err(|error| format!("{}: {error}", locale.tag()))?;
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Isolation marks would end up in PDFs and calendar files.
            bundle.set_use_isolating(false);
            bundles.insert(locale.tag(), bundle);
        }
        for source in sources {
            let resource = FluentResource::try_new(source.text.to_owned())
                .map_err(|(_, errors)| format!("{} catalogue: {errors:?}", source.locale.tag()))?;
            if let Some(bundle) = bundles.get_mut(source.locale.tag()) {
                bundle
                    .add_resource(resource)
                    .map_err(|errors| format!("{} catalogue: {errors:?}", source.locale.tag()))?;
            }
        }
        Ok(Self { bundles })
    }

    /// Whether the key has a text in the language.
    #[must_use]
    pub fn has(&self, locale: Locale, key: &str) -> bool {
        self.bundles.get(locale.tag()).is_some_and(|bundle| bundle.has_message(key))
    }

    /// The text of a key. A missing text shows its key between ⟦ ⟧ and is logged: a page with a hole is
    /// better than no page.
    #[must_use]
    pub fn text(&self, locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
        let found = self.bundles.get(locale.tag()).and_then(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut fluent = FluentArgs::with_capacity(args.len());
            for (name, arg) in args {
                match arg {
                    Arg::Number(number) => fluent.set(*name, FluentValue::from(*number)),
                    Arg::Text(text) => fluent.set(*name, FluentValue::from(text.as_str())),
                }
            }
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned();
            if errors.is_empty() {
                Some(text)
            } else {
                tracing::error!(key, ?errors, "a text could not be filled");
                None
            }
        });
        found.unwrap_or_else(|| {
            tracing::error!(key, locale = locale.tag(), "a text is missing");
            format!("⟦{key}⟧")
        })
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Catalogue")
    }
}
