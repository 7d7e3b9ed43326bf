//! Draws a territory on the tree. Only the machine, the operator and facilitators do.

use audit::Act;
use kernel::text::one_line;
use kernel::{Cx, Failure, TerritoryId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::store::coordinations::insert_territory;
use crate::{Territory, TerritoryLevel, queries};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct CreateTerritory {
    /// The wider territory it lies in.
    pub parent: Option<TerritoryId>,
    /// Its level.
    pub level: TerritoryLevel,
    /// Its name.
    pub name: String,
    /// Its INSEE code, where it has one.
    pub code_insee: Option<String>,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerritoryRefused {
    /// It has no name.
    Nameless,
    /// A territory of this level cannot lie in the one named.
    NotWithin,
}

/// Draws the territory.
///
/// # Errors
/// [`TerritoryRefused`]; forbidden to whoever facilitates nothing.
pub async fn run(
    cx: &Cx,
    db: &Db,
    command: CreateTerritory,
) -> Result<TerritoryId, Failure<TerritoryRefused>> {
    let mut tx = match db.begin(cx, "network.create_territory", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let id = within(cx, &mut tx, &command).await?;
    Ok(tx.done(id).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &CreateTerritory,
) -> Result<TerritoryId, Failure<TerritoryRefused>> {
    if !cx.viewer.is_machine() && cx.viewer.facilitates.is_empty() {
        return Err(Failure::Forbidden);
    }
    let name = one_line(&command.name);
    if name.is_empty() {
        return Err(Failure::Refused(TerritoryRefused::Nameless));
    }
    if let Some(parent) = command.parent {
        let parent = queries::territory(tx, parent).await?.ok_or(Failure::NotFound)?;
        if !command.level.lies_in(parent.level) {
            return Err(Failure::Refused(TerritoryRefused::NotWithin));
        }
    }
    let id = TerritoryId::new(cx);
    let territory = Territory {
        id,
        parent: command.parent,
        level: command.level,
        name: name.clone(),
        code_insee: command.code_insee.clone(),
        zone: cx.zone,
    };
    insert_territory(tx, territory).await?;
    let act = Act::new("network.create_territory", "territory", id.uuid()).detail(json!({ "name": name }));
    audit::record(tx, cx, act).await?;
    Ok(id)
}
