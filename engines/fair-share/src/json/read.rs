//! From text to values, with the path of what is wrong.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::validate::Invalid;

/// Why a text was refused: the field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The path of the field, for instance `lots[3].grams`; empty if the text is not JSON at all.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

impl std::error::Error for Wrong {}

impl From<Invalid> for Wrong {
    fn from(invalid: Invalid) -> Self {
        Self { message: invalid.fault.to_string(), path: invalid.path }
    }
}

/// Parses one JSON value and nothing after it.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Wrong> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        // Where the text ends or breaks inside a field, the last part of the path is not known and written « ? ».
        let path = error.path().to_string();
        let path = path.trim_end_matches('?').trim_end_matches('.').to_owned();
        Wrong { path, message: error.inner().to_string() }
    })?;
    reader.end().map_err(|error| Wrong { path: String::new(), message: error.to_string() })?;
    Ok(value)
}

/// Refuses a format that is not the one expected.
pub(super) fn format(found: &str, wanted: &str) -> Result<(), Wrong> {
    if found == wanted {
        return Ok(());
    }
    Err(Wrong { path: "format".into(), message: format!("must be « {wanted} »") })
}
