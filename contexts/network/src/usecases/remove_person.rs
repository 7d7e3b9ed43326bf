//! A person leaves a structure, by themself or by its lead. A structure with people never loses its last lead.

use audit::Act;
use kernel::{Cx, Failure, Never, PersonId, Role, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::coordination::role_code;
use crate::store::affiliations::{delete_affiliation, insert_affiliation};
use crate::store::facilitators::end_turns_of_person;
use crate::store::structures::hold_structure;
use crate::{queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct RemovePerson {
    /// The structure.
    pub structure: StructureId,
    /// The person.
    pub person: PersonId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoveRefused {
    /// They are the only lead.
    LastLead,
}

/// Takes the person out of the structure, and says what they were in it, so that it can be undone.
///
/// # Errors
/// [`RemoveRefused`]; forbidden to others than the person, leads, and facilitators of a coordination the structure
/// takes part in.
pub async fn run(cx: &Cx, db: &Db, command: RemovePerson) -> Result<Role, Failure<RemoveRefused>> {
    let mut tx = match db.begin(cx, "network.remove_person", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let role = within(cx, &mut tx, &command).await?;
    Ok(tx.done(role).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &RemovePerson) -> Result<Role, Failure<RemoveRefused>> {
    let behalf = if cx.person() == Some(command.person) {
        None
    } else {
        usecases::leading(cx, tx, command.structure).await?
    };
    hold_structure(tx, command.structure).await?;
    let held = queries::role_in(tx, command.structure, command.person).await?.ok_or(Failure::NotFound)?;
    if held.role == Role::Lead && queries::lead_count(tx, command.structure).await? <= 1 {
        return Err(Failure::Refused(RemoveRefused::LastLead));
    }
    delete_affiliation(tx, command.structure, command.person).await?;
    end_turns_of_person(tx, command.structure, command.person, cx.today()).await?;
    let act = Act::new("network.remove_person", "structure", command.structure.uuid())
        .detail(json!({ "person": command.person, "role": role_code(held.role) }))
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
    Ok(held.role)
}

/// Takes a removal back: the person is again what they were. Same rights as removing. Nothing happens where they are
/// there already.
///
/// # Errors
/// Forbidden as above; not found where nobody took that person out of that structure in that role, or they are no more.
pub async fn undo(cx: &Cx, db: &Db, command: RemovePerson, role: Role) -> Result<(), Failure<Never>> {
    let mut tx = match db.begin(cx, "network.remove_person.undo", &(&command, role)).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let behalf = usecases::leading(cx, &mut tx, command.structure).await?;
    accounts::people::person(&mut tx, command.person).await?.ok_or(Failure::NotFound)?;
    let removals = audit::latest_of(&mut tx, command.structure.uuid(), "network.remove_person").await?;
    let removed = json!({ "person": command.person, "role": role_code(role) });
    if removals.iter().all(|removal| removal.detail.0 != removed) {
        return Err(Failure::NotFound);
    }
    hold_structure(&mut tx, command.structure).await?;
    if queries::role_in(&mut tx, command.structure, command.person).await?.is_some() {
        return Ok(tx.done(()).await?);
    }
    insert_affiliation(&mut tx, command.structure, command.person, role, cx.today()).await?;
    let act = Act::new("network.remove_person.undo", "structure", command.structure.uuid())
        .detail(json!({ "person": command.person, "role": role_code(role) }))
        .on_behalf_of(behalf);
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(()).await?)
}
