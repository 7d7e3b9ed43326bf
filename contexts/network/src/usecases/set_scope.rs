//! A lead decides how far a group of the structure's fields travels. Nobody else can, not even on its behalf.

use access::{FieldGroup, Scope};
use audit::Act;
use kernel::{Cx, Failure, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::queries;
use crate::store::scopes::{insert_scope, update_scope};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct SetScope {
    /// The structure.
    pub structure: StructureId,
    /// The group of fields.
    pub group: FieldGroup,
    /// How far it will go.
    pub scope: Scope,
    /// The structures named, for [`Scope::Named`].
    pub named: Vec<StructureId>,
    /// The version the choice was made from; 0 where there was none.
    pub version: i64,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeRefused {
    /// Named structures, and none named.
    NobodyNamed,
    /// A structure named is not known.
    UnknownNamed,
}

/// Sets the scope.
///
/// # Errors
/// [`ScopeRefused`]; conflict where another lead chose in between; forbidden to others than leads.
pub async fn run(cx: &Cx, db: &Db, command: SetScope) -> Result<(), Failure<ScopeRefused>> {
    let mut tx = match db.begin(cx, "network.set_scope", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &SetScope) -> Result<(), Failure<ScopeRefused>> {
    if !cx.viewer.is_machine() && !cx.viewer.leads(command.structure) {
        return Err(Failure::Forbidden);
    }
    let mut named = if command.scope == Scope::Named { command.named.clone() } else { Vec::new() };
    named.retain(|one| *one != command.structure);
    named.sort_unstable();
    named.dedup();
    if command.scope == Scope::Named {
        if named.is_empty() {
            return Err(Failure::Refused(ScopeRefused::NobodyNamed));
        }
        if queries::structure_names(tx, &named).await?.len() < named.len() {
            return Err(Failure::Refused(ScopeRefused::UnknownNamed));
        }
    }
    let before = queries::choice_of(tx, command.structure, command.group).await?;
    let written = if command.version == 0 {
        insert_scope(tx, command.structure, command.group, command.scope, named.clone()).await?
    } else {
        let (group, scope) = (command.group, command.scope);
        update_scope(tx, command.structure, group, scope, named.clone(), command.version).await?
    };
    if !written {
        return Err(Failure::Conflict);
    }
    let act = Act::new("network.set_scope", "structure", command.structure.uuid()).detail(json!({
        "group": command.group.code(),
        "from": before.scope.code(),
        "scope": command.scope.code(),
        "named": named,
    }));
    audit::record(tx, cx, act).await?;
    Ok(())
}
