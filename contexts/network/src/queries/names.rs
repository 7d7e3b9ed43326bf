//! Names as one viewer may read them: a structure's name is part of its identity, and passes the gate like the rest of it.

use std::collections::BTreeMap;

use ::store::{Conn, Error};
use access::{FieldGroup, Gate, Seen};
use i18n::Words;
use kernel::StructureId;

use super::{scopes_of, structure_names};

/// The names that the gate let through.
#[derive(Clone, Debug, Default)]
pub struct SeenNames(BTreeMap<StructureId, String>);

impl SeenNames {
    /// The name, where it may be seen.
    #[must_use]
    pub fn get(&self, structure: StructureId) -> Option<&str> {
        self.0.get(&structure).map(String::as_str)
    }

    /// Those that may be seen, by structure.
    #[must_use]
    pub fn shown(self) -> BTreeMap<StructureId, String> {
        self.0
    }

    /// The name, or « une structure » where it is kept.
    #[must_use]
    pub fn say(&self, words: &Words, structure: StructureId) -> String {
        self.get(structure).map_or_else(|| words.t("network-name-kept"), ToOwned::to_owned)
    }
}

/// The names of structures, as far as the gate lets them through. Whoever signs a paper or an agreement with a structure
/// has its name from that paper; pages about papers read [`structure_names`].
///
/// # Errors
/// When the database cannot be read.
pub async fn seen_names(
    conn: &mut Conn,
    gate: &mut Gate,
    structures: &[StructureId],
) -> Result<SeenNames, Error> {
    let names = structure_names(conn, structures).await?;
    let scopes = scopes_of(conn, structures, FieldGroup::Identity).await?;
    let mut seen = BTreeMap::new();
    for (structure, name) in names {
        let Some(of) = scopes.get(&structure) else { continue };
        if let Seen::Shown(name) = gate.reveal(of, FieldGroup::Identity, name) {
            seen.insert(structure, name);
        }
    }
    Ok(SeenNames(seen))
}
