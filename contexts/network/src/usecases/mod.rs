//! What can be done with the network, one verb per file.
//!
//! Invariant: each that changes something writes the trail in its own transaction, and tells the people of a structure
//! what somebody else did for it.

pub mod accept_invitation;
pub mod act_for;
pub mod answer_seat;
pub mod ask_seat;
pub mod bin_structure;
pub mod call_meeting;
pub mod cancel_meeting;
pub mod change_level;
pub mod change_role;
pub mod create_coordination;
pub mod create_territory;
pub mod edit_identity;
pub(crate) mod export;
pub mod invite_person;
pub mod join;
pub mod leave;
pub mod name_facilitator;
pub mod note_readings;
pub(crate) mod recognise;
pub mod register_structure;
pub mod remove_person;
pub mod set_scope;
pub mod step_down;

use accounts::Note;
use i18n::Arg;
use kernel::{CoordinationId, Cx, Failure, Level, Role, StructureId};
use store::{Conn, Tx};

use crate::queries;

/// Lets through whoever helps to facilitate this coordination, and the machine.
fn facilitating<R>(cx: &Cx, coordination: CoordinationId) -> Result<(), Failure<R>> {
    if cx.viewer.is_machine() || cx.viewer.facilitates(coordination) {
        Ok(())
    } else {
        Err(Failure::Forbidden)
    }
}

/// Whether a facilitator of a coordination the structure takes part in may act in its place; the lead acts for
/// themself (`None`), everybody else is refused.
async fn leading<R>(cx: &Cx, tx: &mut Tx, structure: StructureId) -> Result<Option<StructureId>, Failure<R>> {
    if cx.viewer.is_machine() || cx.viewer.leads(structure) {
        return Ok(None);
    }
    let coordinations = queries::coordinations_of(tx, structure).await?;
    if coordinations.iter().any(|coordination| cx.viewer.facilitates(*coordination)) {
        return Ok(Some(structure));
    }
    Err(Failure::Forbidden)
}

/// Whether the viewer may write for a structure: `None` for its own lead or member, the structure itself where a
/// facilitator of the present coordination acts on its behalf. Unlike [`access::speaking`], it makes sure that the
/// structure takes part in that coordination; one that is on the plain list and has leads is left to them.
///
/// # Errors
/// Forbidden to everybody else.
pub async fn acting_for<R>(
    cx: &Cx,
    conn: &mut Conn,
    structure: StructureId,
) -> Result<Option<StructureId>, Failure<R>> {
    let behalf = access::speaking(cx, structure)?;
    in_the_place_of(cx, conn, behalf).await?;
    Ok(behalf)
}

/// The same for the day's work, which volunteers do too.
///
/// # Errors
/// Forbidden to everybody else.
pub async fn working_for<R>(
    cx: &Cx,
    conn: &mut Conn,
    structure: StructureId,
) -> Result<Option<StructureId>, Failure<R>> {
    let behalf = access::acting(cx, structure)?;
    in_the_place_of(cx, conn, behalf).await?;
    Ok(behalf)
}

/// Whether a facilitator may stand in for a structure of the present coordination.
async fn in_the_place_of<R>(cx: &Cx, conn: &mut Conn, behalf: Option<StructureId>) -> Result<(), Failure<R>> {
    let Some(structure) = behalf else { return Ok(()) };
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let member = queries::member(conn, coordination, structure).await?.ok_or(Failure::Forbidden)?;
    if member.level == Level::Listed && queries::has_leads(conn, structure).await? {
        return Err(Failure::Forbidden);
    }
    Ok(())
}

/// Tells the leads of a structure what was done in its place.
///
/// # Errors
/// When the database cannot be written.
pub async fn tell_leads(
    cx: &Cx,
    tx: &mut Tx,
    structure: StructureId,
    key: &'static str,
    mut args: Vec<(String, Arg)>,
    link: &str,
) -> Result<(), store::Error> {
    let leads = queries::people_of(tx, structure, &[Role::Lead]).await?;
    let names = queries::structure_names(tx, &[structure]).await?;
    args.push(("structure".to_owned(), names.get(&structure).cloned().unwrap_or_default().into()));
    args.push(("who".to_owned(), actor_name(cx, tx).await?.into()));
    accounts::notify(tx, cx, &leads, Note { direct: true, key, args, link: link.to_owned() }).await
}

/// The name of whoever acts, for a sentence; empty for the machine.
pub(crate) async fn actor_name(cx: &Cx, tx: &mut Tx) -> Result<String, store::Error> {
    let Some(person) = cx.person() else { return Ok(String::new()) };
    Ok(accounts::names(tx, &[person]).await?.remove(&person).unwrap_or_default())
}
