//! What a person is in a structure changes. A structure never loses its last lead.

use audit::Act;
use kernel::{Cx, Failure, PersonId, Role, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::coordination::role_code;
use crate::store::affiliations::update_role;
use crate::store::structures::hold_structure;
use crate::{queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRole {
    /// The structure.
    pub structure: StructureId,
    /// The person.
    pub person: PersonId,
    /// What they will be in it.
    pub role: Role,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleRefused {
    /// They are the only lead.
    LastLead,
}

/// Changes the role; nothing happens where it is the same.
///
/// # Errors
/// [`RoleRefused`]; forbidden to others than leads, and facilitators of a coordination the structure takes part in.
pub async fn run(cx: &Cx, db: &Db, command: ChangeRole) -> Result<(), Failure<RoleRefused>> {
    let mut tx = match db.begin(cx, "network.change_role", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &ChangeRole) -> Result<(), Failure<RoleRefused>> {
    let behalf = usecases::leading(cx, tx, command.structure).await?;
    // Two leads who demote each other at once wait for each other here.
    hold_structure(tx, command.structure).await?;
    let held = queries::role_in(tx, command.structure, command.person).await?.ok_or(Failure::NotFound)?;
    if held.role == command.role {
        return Ok(());
    }
    if held.role == Role::Lead && queries::lead_count(tx, command.structure).await? <= 1 {
        return Err(Failure::Refused(RoleRefused::LastLead));
    }
    update_role(tx, command.structure, command.person, command.role).await?;
    let act = Act::new("network.change_role", "structure", command.structure.uuid())
        .detail(json!({
            "person": command.person, "from": role_code(held.role), "role": role_code(command.role),
        }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    if behalf.is_some() {
        usecases::tell_leads(
            cx,
            tx,
            command.structure,
            "network-told-role",
            Vec::new(),
            "/structure/membres",
        )
        .await?;
    }
    Ok(())
}
