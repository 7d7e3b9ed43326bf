//! A structure takes its place in a coordination. A facilitator admits it when it has asked or nobody leads it yet: a
//! seat, even on the plain list, lets a coordination's members read what is shared with coordinations. One that left less
//! than 30 days ago comes back by its own lead, at the level it had or a lighter one.

use audit::Act;
use chrono::Duration;
use kernel::{CoordinationId, Cx, Failure, Level, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::coordination::{level_code, level_from_code};
use crate::store::memberships::{insert_membership, membership_held};
use crate::{CardState, queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Join {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The structure.
    pub structure: StructureId,
    /// How far it will take part.
    pub level: Level,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinRefused {
    /// It takes part already.
    AlreadyIn,
    /// It has leads of its own, who have not asked.
    AsksItself,
}

/// How long a structure that left may come back by itself.
pub const BACK_WITHIN_DAYS: i64 = 30;

/// Gives the structure its place.
///
/// # Errors
/// [`JoinRefused`]; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: Join) -> Result<(), Failure<JoinRefused>> {
    let mut tx = match db.begin(cx, "network.join", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Join) -> Result<(), Failure<JoinRefused>> {
    seat(cx, tx, command, false).await
}

/// The seat of a structure that has asked for it, or of one that nobody asks about.
pub(super) async fn seat(
    cx: &Cx,
    tx: &mut Tx,
    command: &Join,
    has_asked: bool,
) -> Result<(), Failure<JoinRefused>> {
    let held = membership_held(tx, command.coordination, command.structure).await?;
    let comes_back = held.as_ref().is_some_and(|(level, left_on)| {
        let since = cx.today() - Duration::days(BACK_WITHIN_DAYS);
        cx.viewer.leads(command.structure)
            && left_on.is_some_and(|left| left >= since)
            && level_from_code(level).is_some_and(|held| command.level <= held)
    });
    let structure = queries::structure(tx, command.structure)
        .await?
        .filter(|structure| structure.binned_at.is_none())
        .ok_or(Failure::NotFound)?;
    // A contributor who spotted a structure puts it on the list, where facilitators find it.
    let spotted = structure.state == CardState::Spotted
        && command.level == Level::Listed
        && cx.viewer.level_in(command.coordination).is_some_and(|own| own >= Level::Contributor);
    if !comes_back && !spotted {
        usecases::facilitating(cx, command.coordination)?;
        let is_theirs = cx.viewer.is_machine() || cx.viewer.belongs_to(command.structure);
        if !has_asked && !is_theirs && queries::has_leads(tx, command.structure).await? {
            return Err(Failure::Refused(JoinRefused::AsksItself));
        }
    }
    let coordination = queries::coordination(tx, command.coordination).await?.ok_or(Failure::NotFound)?;
    if !insert_membership(tx, command.coordination, command.structure, command.level, cx.today()).await? {
        return Err(Failure::Refused(JoinRefused::AlreadyIn));
    }
    let mut act = Act::new("network.join", "structure", command.structure.uuid())
        .detail(json!({ "coordination": command.coordination, "level": level_code(command.level) }));
    if !comes_back && !spotted {
        // A line of the directory is seen in the directory; the journal keeps what gives rights.
        if command.level > Level::Listed {
            act = act.facilitation();
        }
        let args = vec![("coordination".to_owned(), coordination.name.into())];
        usecases::tell_leads(cx, tx, command.structure, "network-told-joined", args, "/structure/partage")
            .await?;
    }
    audit::record(tx, cx, act).await?;
    Ok(())
}
