//! A person is invited into a structure: known from now on, told by a letter whose link lives 14 days.

use accounts::Note;
use accounts::links::{self, NewLink};
use audit::Act;
use chrono::Duration;
use kernel::text::one_line;
use kernel::{Cx, Failure, PersonId, Role, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::coordination::role_code;
use crate::store::affiliations::insert_affiliation;
use crate::{queries, usecases};

/// What the invitation's link is for; its subject is the person.
pub const PURPOSE: &str = "network.invitation";
/// How long an invitation lives, in days.
pub const VALID_DAYS: i64 = 14;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct InvitePerson {
    /// The structure.
    pub structure: StructureId,
    /// How the person is called.
    pub name: String,
    /// Where the letter goes.
    pub email: String,
    /// What they will be in it.
    pub role: Role,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InviteRefused {
    /// No name.
    Nameless,
    /// They belong to the structure already.
    AlreadyIn,
}

/// Invites the person.
///
/// # Errors
/// [`InviteRefused`]; forbidden to others than leads, and facilitators of a coordination the structure takes part in.
pub async fn run(cx: &Cx, db: &Db, command: InvitePerson) -> Result<PersonId, Failure<InviteRefused>> {
    let mut tx = match db.begin(cx, "network.invite_person", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let person = within(cx, &mut tx, &command).await?;
    Ok(tx.done(person).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &InvitePerson,
) -> Result<PersonId, Failure<InviteRefused>> {
    let behalf = usecases::leading(cx, tx, command.structure).await?;
    let structure = queries::structure(tx, command.structure).await?.ok_or(Failure::NotFound)?;
    let name = one_line(&command.name);
    if name.is_empty() {
        return Err(Failure::Refused(InviteRefused::Nameless));
    }
    let person = accounts::people::make_known(tx, cx, &name, Some(&command.email)).await?;
    if !insert_affiliation(tx, command.structure, person, command.role, cx.today()).await? {
        return Err(Failure::Refused(InviteRefused::AlreadyIn));
    }
    let link = links::issue(
        tx,
        cx,
        NewLink {
            purpose: PURPOSE,
            subject: person.uuid(),
            structure: Some(command.structure),
            person: Some(person),
            label: structure.name.clone(),
            valid_for: Duration::days(VALID_DAYS),
        },
    )
    .await?;
    let args = vec![
        ("structure".to_owned(), structure.name.into()),
        ("who".to_owned(), usecases::actor_name(cx, tx).await?.into()),
        ("days".to_owned(), VALID_DAYS.into()),
    ];
    // The first one is invited by the machine, at the operator's word.
    let key = if cx.person().is_some() { "network-told-invited" } else { "network-told-invited-first" };
    accounts::notify(tx, cx, &[person], Note { direct: true, key, args, link }).await?;
    if behalf.is_some() {
        let args = vec![("person".to_owned(), name.into())];
        usecases::tell_leads(
            cx,
            tx,
            command.structure,
            "network-told-person-added",
            args,
            "/structure/membres",
        )
        .await?;
    }
    let act = Act::new("network.invite_person", "structure", command.structure.uuid())
        .detail(json!({ "person": person, "role": role_code(command.role) }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    Ok(person)
}
