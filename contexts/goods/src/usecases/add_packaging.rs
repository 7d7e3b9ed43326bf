//! Adds a packaging to a coordination's list.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db};

use super::{MOST_PACKAGING, Names, Refused, code_of};
use crate::store::insert_packaging;
use crate::{Packaging, queries};

/// The new packaging.
#[derive(Clone, Debug, Serialize)]
pub struct AddPackaging {
    /// What it is called.
    pub names: Names,
    /// What one weighs.
    pub grams: Grams,
}

/// Adds it, at the end of the list.
///
/// # Errors
/// [`Refused`]; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: AddPackaging) -> Result<String, Failure<Refused>> {
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "goods.add_packaging", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (fr, en) = command.names.read().map_err(Failure::Refused)?;
    if !command.grams.is_positive() || command.grams > MOST_PACKAGING {
        return Err(Failure::Refused(Refused::WeightOutOfBounds));
    }
    let packagings = queries::packagings(&mut tx, coordination).await?;
    if packagings.iter().any(|known| kernel::text::fold(&known.name_fr) == kernel::text::fold(&fr)) {
        return Err(Failure::Refused(Refused::NameTaken));
    }
    let code = code_of(&fr, packagings.iter().map(|known| known.code.as_str()));
    let rank = packagings.iter().map(|known| known.rank).max().unwrap_or_default() + 10;
    let packaging =
        Packaging { code: code.clone(), name_fr: fr.clone(), name_en: en, rank, grams: command.grams };
    insert_packaging(&mut tx, coordination, packaging).await?;
    let act = Act::new("goods.add_packaging", "coordination", coordination.uuid())
        .detail(json!({ "packaging": code, "name": fr, "grams": command.grams }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(code).await?)
}
