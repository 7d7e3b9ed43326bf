//! Renames a family, gives it another norm, or sets it aside.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db};

use super::{MOST_NORM, Names, Refused};
use crate::store::{hold_family, update_family};
use crate::{Family, FamilyCode, queries};

/// What it becomes.
#[derive(Clone, Debug, Serialize)]
pub struct EditFamily {
    /// Which family.
    pub code: FamilyCode,
    /// The family as the person saw it, so that nobody overwrites anybody ([`Family::mark`]).
    pub seen: String,
    /// What it is called.
    pub names: Names,
    /// Grams per person and week.
    pub norm: Grams,
    /// Whether forms offer it.
    pub active: bool,
}

/// Changes it. Lots and requests of the past keep its code and show its new name.
///
/// # Errors
/// [`Refused`]; a conflict where somebody else changed it since; forbidden to whoever does not facilitate the
/// coordination.
pub async fn run(cx: &Cx, db: &Db, command: EditFamily) -> Result<(), Failure<Refused>> {
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "goods.edit_family", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (fr, en) = command.names.read().map_err(Failure::Refused)?;
    if command.norm < Grams::ZERO || command.norm > MOST_NORM {
        return Err(Failure::Refused(Refused::NormOutOfBounds));
    }
    // Touched before it is read: a second person's change waits here and then sees this one.
    hold_family(&mut tx, coordination, &command.code).await?;
    let families = queries::families(&mut tx, coordination).await?;
    let before = families.iter().find(|family| family.code == command.code).ok_or(Failure::NotFound)?;
    if before.mark() != command.seen {
        return Err(Failure::Conflict);
    }
    let namesake = |other: &Family| {
        other.code != command.code && kernel::text::fold(&other.name_fr) == kernel::text::fold(&fr)
    };
    if families.iter().any(namesake) {
        return Err(Failure::Refused(Refused::NameTaken));
    }
    let after = Family {
        code: command.code.clone(),
        name_fr: fr.clone(),
        name_en: en,
        rank: before.rank,
        norm_grams: command.norm,
        active: command.active,
    };
    update_family(&mut tx, coordination, after).await?;
    let act = Act::new("goods.edit_family", "coordination", coordination.uuid())
        .detail(json!({
            "family": command.code,
            "before": { "name": before.name_fr, "norm": before.norm_grams, "active": before.active },
            "after": { "name": fr, "norm": command.norm, "active": command.active },
        }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(()).await?)
}
