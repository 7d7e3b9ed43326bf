//! A structure's place is written down.

use audit::Act;
use kernel::geo::Point;
use kernel::text::PersonTrace;
use kernel::{Cx, Failure, Grams, SiteId, StructureId};
use network::usecases::{acting_for, tell_leads};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::usecases::{free_text, line};
use crate::{Receiving, Site, postcode};

/// What is said of a place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SiteFacts {
    /// Its name.
    pub name: String,
    /// Number and street.
    pub address: String,
    /// Post code, as typed.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Where on the map, where known.
    pub point: Option<Point>,
    /// Whether the coordination's common stock is kept here.
    pub is_hub: bool,
    /// How much it keeps dry.
    pub dry: Grams,
    /// How much it keeps chilled.
    pub chilled: Grams,
    /// How much it keeps frozen.
    pub frozen: Grams,
    /// Whether a lorry can dock.
    pub dock: bool,
    /// What a driver must know at the door.
    pub door_notes: String,
    /// When it takes deliveries.
    pub receiving: Receiving,
}

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterSite {
    /// Whose place it is.
    pub structure: StructureId,
    /// What is said of it.
    pub facts: SiteFacts,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteRefused {
    /// No name.
    Nameless,
    /// The post code is none.
    PostcodeWrong,
    /// No town.
    CityMissing,
    /// A capacity below zero.
    CapacityNegative,
    /// The door notes seem to hold something about a person.
    NotesHold(PersonTrace),
}

impl SiteFacts {
    /// The place these facts make, checked; not yet written.
    pub(crate) fn into_site(
        self,
        id: SiteId,
        structure: StructureId,
        is_open: bool,
        version: i64,
    ) -> Result<Site, SiteRefused> {
        if self.dry < Grams::ZERO || self.chilled < Grams::ZERO || self.frozen < Grams::ZERO {
            return Err(SiteRefused::CapacityNegative);
        }
        Ok(Site {
            id,
            structure,
            name: line(&self.name).ok_or(SiteRefused::Nameless)?,
            address: line(&self.address).unwrap_or_default(),
            postcode: postcode(&self.postcode).ok_or(SiteRefused::PostcodeWrong)?,
            city: line(&self.city).ok_or(SiteRefused::CityMissing)?,
            point: self.point,
            is_hub: self.is_hub,
            dry: self.dry,
            chilled: self.chilled,
            frozen: self.frozen,
            dock: self.dock,
            door_notes: free_text(&self.door_notes).map_err(SiteRefused::NotesHold)?,
            receiving: self.receiving,
            is_open,
            version,
        })
    }
}

/// Writes the place down.
///
/// # Errors
/// [`SiteRefused`]; forbidden to others than its people and facilitators on its behalf.
pub async fn run(cx: &Cx, db: &Db, command: RegisterSite) -> Result<SiteId, Failure<SiteRefused>> {
    let mut tx = match db.begin(cx, "directory.register_site", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let id = within(cx, &mut tx, &command).await?;
    Ok(tx.done(id).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &RegisterSite) -> Result<SiteId, Failure<SiteRefused>> {
    let behalf = acting_for(cx, tx, command.structure).await?;
    network::queries::structure(tx, command.structure)
        .await?
        .filter(|structure| structure.binned_at.is_none())
        .ok_or(Failure::NotFound)?;
    let id = SiteId::new(cx);
    let site = command.facts.clone().into_site(id, command.structure, true, 1).map_err(Failure::Refused)?;
    crate::store::insert_site(tx, &site).await?;
    let act = Act::new("directory.register_site", "structure", command.structure.uuid())
        .detail(json!({ "site": id, "name": site.name, "changed": ["sites"] }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    if behalf.is_some() {
        let link = format!("/structures/{}", command.structure);
        tell_leads(cx, tx, command.structure, "directory-told-card", Vec::new(), &link).await?;
    }
    Ok(id)
}
