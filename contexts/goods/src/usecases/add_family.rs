//! Adds a family to a coordination's list.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db};

use super::{MOST_NORM, Names, Refused, code_of};
use crate::store::insert_family;
use crate::{Family, FamilyCode, queries};

/// The new family.
#[derive(Clone, Debug, Serialize)]
pub struct AddFamily {
    /// What it is called.
    pub names: Names,
    /// Grams per person and week.
    pub norm: Grams,
}

/// Adds it, at the end of the list.
///
/// # Errors
/// [`Refused`]; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: AddFamily) -> Result<FamilyCode, Failure<Refused>> {
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "goods.add_family", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (fr, en) = command.names.read().map_err(Failure::Refused)?;
    if command.norm < Grams::ZERO || command.norm > MOST_NORM {
        return Err(Failure::Refused(Refused::NormOutOfBounds));
    }
    let families = queries::families(&mut tx, coordination).await?;
    if families.iter().any(|family| kernel::text::fold(&family.name_fr) == kernel::text::fold(&fr)) {
        return Err(Failure::Refused(Refused::NameTaken));
    }
    let code = FamilyCode(code_of(&fr, families.iter().map(|family| family.code.as_str())));
    let rank = families.iter().map(|family| family.rank).max().unwrap_or_default() + 10;
    let family = Family {
        code: code.clone(),
        name_fr: fr.clone(),
        name_en: en,
        rank,
        norm_grams: command.norm,
        active: true,
    };
    insert_family(&mut tx, coordination, family).await?;
    let act = Act::new("goods.add_family", "coordination", coordination.uuid())
        .detail(json!({ "family": code, "name": fr, "norm": command.norm }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(code).await?)
}
