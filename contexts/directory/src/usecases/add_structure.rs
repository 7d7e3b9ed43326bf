//! A structure is added to a coordination's directory: identity, card, place and seat in one act.

use kernel::{Cx, Failure, Level, StructureId};
use network::usecases::join;
use network::usecases::register_structure::{self, RegisterRefused};
use serde::Serialize;
use store::{Begin, Db, Tx};

use crate::usecases::edit_card::{CardFacts, CardRefused};
use crate::usecases::register_site::{SiteFacts, SiteRefused};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct AddStructure {
    /// What its card says.
    pub facts: CardFacts,
    /// Its first place, where known.
    pub site: Option<SiteFacts>,
    /// How far it takes part; others than facilitators may only list it.
    pub level: Level,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddRefused {
    /// The card is refused.
    Card(CardRefused),
    /// The place is refused.
    Site(SiteRefused),
}

/// Adds the structure.
///
/// # Errors
/// [`AddRefused`]; forbidden below the level of contributor.
pub async fn run(cx: &Cx, db: &Db, command: AddStructure) -> Result<StructureId, Failure<AddRefused>> {
    let mut tx = match db.begin(cx, "directory.add_structure", &command).await? {
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
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &AddStructure,
) -> Result<StructureId, Failure<AddRefused>> {
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let identity = |refused: RegisterRefused| AddRefused::Card(CardRefused::Identity(refused));
    let structure = register_structure::within(cx, tx, &command.facts.identity)
        .await
        .map_err(|failure| failure.map_refusal(identity))?;
    let level = if access::facilitating::<AddRefused>(cx).is_ok() { command.level } else { Level::Listed };
    join::within(cx, tx, &join::Join { coordination, structure, level }).await.map_err(|failure| {
        match failure {
            // A structure that was written down a moment ago takes part in nothing: somebody else is at it.
            Failure::Refused(_) | Failure::Conflict => Failure::Conflict,
            Failure::NotFound => Failure::NotFound,
            Failure::Forbidden => Failure::Forbidden,
            Failure::Fault(fault) => Failure::Fault(fault),
        }
    })?;
    let card = command
        .facts
        .clone()
        .into_card(structure, 0)
        .map_err(|refused| Failure::Refused(AddRefused::Card(refused)))?;
    crate::store::save_card(tx, &card).await?;
    if let Some(facts) = &command.site {
        let site = facts
            .clone()
            .into_site(kernel::SiteId::new(cx), structure, true, 1)
            .map_err(|refused| Failure::Refused(AddRefused::Site(refused)))?;
        crate::store::insert_site(tx, &site).await?;
    }
    Ok(structure)
}
