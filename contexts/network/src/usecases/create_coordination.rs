//! Opens a coordination on a territory, by the operator or by facilitators of the level above.

use audit::Act;
use kernel::text::one_line;
use kernel::{CoordinationId, Cx, Failure, TerritoryId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Kind, Tx};

use crate::store::coordinations::insert_coordination;
use crate::{Coordination, Settings, queries, slug};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct CreateCoordination {
    /// The territory it works on.
    pub territory: TerritoryId,
    /// The coordination one level above.
    pub parent: Option<CoordinationId>,
    /// Its short name, from which its address is made.
    pub name: String,
    /// Its name in full.
    pub full_name: String,
    /// Whom members call when they are lost.
    pub help_phone: Option<String>,
    /// What was agreed.
    pub settings: Settings,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoordinationRefused {
    /// It has no name that an address can be made of.
    Nameless,
    /// Another one has this name.
    NameTaken,
}

/// Opens the coordination.
///
/// # Errors
/// [`CoordinationRefused`]; forbidden but to the machine and to facilitators of `parent`.
pub async fn run(
    cx: &Cx,
    db: &Db,
    command: CreateCoordination,
) -> Result<CoordinationId, Failure<CoordinationRefused>> {
    let mut tx = match db.begin(cx, "network.create_coordination", &command).await? {
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
    command: &CreateCoordination,
) -> Result<CoordinationId, Failure<CoordinationRefused>> {
    let from_above = command.parent.is_some_and(|parent| cx.viewer.facilitates(parent));
    if !cx.viewer.is_machine() && !from_above {
        return Err(Failure::Forbidden);
    }
    let name = one_line(&command.name);
    let slug = slug(&name);
    if slug.is_empty() {
        return Err(Failure::Refused(CoordinationRefused::Nameless));
    }
    let territory = queries::territory(tx, command.territory).await?.ok_or(Failure::NotFound)?;
    let full_name = one_line(&command.full_name);
    let id = CoordinationId::new(cx);
    let coordination = Coordination {
        id,
        territory: command.territory,
        parent: command.parent,
        slug,
        name: name.clone(),
        full_name: if full_name.is_empty() { name.clone() } else { full_name },
        zone: territory.zone,
        help_phone: command.help_phone.clone(),
        settings: command.settings.clone(),
        version: 1,
    };
    match insert_coordination(tx, coordination, cx.now()).await {
        Err(error) if error.kind() == Kind::Unique => {
            return Err(Failure::Refused(CoordinationRefused::NameTaken));
        }
        other => other?,
    }
    let act = Act::new("network.create_coordination", "coordination", id.uuid())
        .detail(json!({ "name": name }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    Ok(id)
}
