//! Takes a packaging off the list: forms no longer offer it, masses it once gave stay.

use audit::Act;
use kernel::{Cx, Failure, Never};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db};

use crate::store::delete_packaging;
use crate::{Packaging, queries};

/// Which packaging.
#[derive(Clone, Debug, Serialize)]
pub struct RemovePackaging {
    /// Its code.
    pub code: String,
}

/// What was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed(pub Packaging);

/// Removes it.
///
/// # Errors
/// Not found where there is none; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: RemovePackaging) -> Result<Removed, Failure<Never>> {
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "goods.remove_packaging", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let packagings = queries::packagings(&mut tx, coordination).await?;
    let gone = packagings.into_iter().find(|known| known.code == command.code).ok_or(Failure::NotFound)?;
    delete_packaging(&mut tx, coordination, &command.code).await?;
    let act = Act::new("goods.remove_packaging", "coordination", coordination.uuid())
        .detail(json!({ "packaging": gone.code, "name": gone.name_fr, "grams": gone.grams }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(Removed(gone)).await?)
}
