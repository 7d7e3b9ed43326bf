//! What is said of a place changes; a place that is no longer used is closed, and may open again.

use audit::Act;
use kernel::{Cx, Failure, SiteId};
use network::usecases::{acting_for, tell_leads};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::queries;
use crate::usecases::register_site::{SiteFacts, SiteRefused};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct EditSite {
    /// The place.
    pub site: SiteId,
    /// The version the form was filled from.
    pub version: i64,
    /// What is said of it now.
    pub facts: SiteFacts,
    /// Whether it is in use.
    pub is_open: bool,
}

/// Changes the place.
///
/// # Errors
/// [`SiteRefused`]; conflict where somebody else changed it in between; forbidden to others than its people and
/// facilitators on their behalf.
pub async fn run(cx: &Cx, db: &Db, command: EditSite) -> Result<(), Failure<SiteRefused>> {
    let mut tx = match db.begin(cx, "directory.edit_site", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &EditSite) -> Result<(), Failure<SiteRefused>> {
    let before = queries::site(tx, command.site).await?.ok_or(Failure::NotFound)?;
    let behalf = acting_for(cx, tx, before.structure).await?;
    let site = command
        .facts
        .clone()
        .into_site(before.id, before.structure, command.is_open, command.version)
        .map_err(Failure::Refused)?;
    if !crate::store::update_site(tx, &site).await? {
        return Err(Failure::Conflict);
    }
    let act = Act::new("directory.edit_site", "structure", before.structure.uuid())
        .detail(json!({ "site": site.id, "name": site.name, "open": site.is_open, "changed": ["sites"] }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    if behalf.is_some() {
        let link = format!("/structures/{}", before.structure);
        tell_leads(cx, tx, before.structure, "directory-told-card", Vec::new(), &link).await?;
    }
    Ok(())
}
