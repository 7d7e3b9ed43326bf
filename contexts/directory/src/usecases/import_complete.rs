//! The empty cells of a known structure are filled from a sheet, on its behalf: it is told, and what it says itself stays.
//! Undone, the same cells are empty again, unless somebody has been there since.

use kernel::{Cx, Failure, Never, StructureId};
use store::Tx;

use crate::import::{Completed, Draft, blank_card, blank_site, fill_card, fill_site};
use crate::usecases::edit_card::{self, CardFacts, EditCard};
use crate::usecases::edit_site::{self, EditSite};
use crate::usecases::register_site::{self, RegisterSite, SiteFacts};
use crate::{Site, queries};

/// What was read so that the use cases take it; what they refuse is a fault of ours, not of the file.
pub(super) fn never_refused<R: std::fmt::Debug, S>(failure: Failure<R>) -> Failure<S> {
    match failure {
        Failure::Refused(refused) => Failure::fault(format!("a row that was read is refused: {refused:?}")),
        Failure::NotFound => Failure::NotFound,
        Failure::Forbidden => Failure::Forbidden,
        Failure::Conflict => Failure::Conflict,
        Failure::Fault(fault) => Failure::Fault(fault),
    }
}

impl SiteFacts {
    /// What a place says, as a form shows it.
    pub(crate) fn of(site: &Site) -> Self {
        Self {
            name: site.name.clone(),
            address: site.address.clone(),
            postcode: site.postcode.clone(),
            city: site.city.clone(),
            point: site.point,
            is_hub: site.is_hub,
            dry: site.dry,
            chilled: site.chilled,
            frozen: site.frozen,
            dock: site.dock,
            door_notes: site.door_notes.clone(),
            receiving: site.receiving.clone(),
        }
    }
}

/// Fills what the structure does not say; `None` where the sheet adds nothing.
pub(super) async fn within<R>(
    cx: &Cx,
    tx: &mut Tx,
    id: StructureId,
    draft: &Draft,
) -> Result<Option<Completed>, Failure<R>> {
    let structure = network::queries::structure(tx, id).await?.ok_or(Failure::NotFound)?;
    let card = queries::card(tx, id).await?;
    let mut facts = CardFacts::of(&structure, &card);
    let filled = fill_card(&mut facts, &draft.facts);
    if !filled.is_empty() {
        let edit = EditCard { structure: id, version: card.version, facts };
        edit_card::within(cx, tx, &edit).await.map_err(never_refused)?;
    }
    let site = match &draft.site {
        Some(said) => complete_site(cx, tx, id, said).await?,
        None => None,
    };
    if filled.is_empty() && site.is_none() {
        return Ok(None);
    }
    let card_version = queries::card(tx, id).await?.version;
    Ok(Some(Completed { card: filled, card_version, site }))
}

type CompletedSite = (kernel::SiteId, Vec<crate::import::Filled>, i64);

/// The place with the row's post code is completed; a structure without any place gets this one.
async fn complete_site<R>(
    cx: &Cx,
    tx: &mut Tx,
    id: StructureId,
    said: &SiteFacts,
) -> Result<Option<CompletedSite>, Failure<R>> {
    let sites = queries::sites_of(tx, id).await?;
    if sites.is_empty() {
        let command = RegisterSite { structure: id, facts: said.clone() };
        let site = register_site::within(cx, tx, &command).await.map_err(never_refused)?;
        return Ok(Some((site, Vec::new(), 1)));
    }
    let Some(site) = sites.iter().find(|site| site.is_open && site.postcode == said.postcode) else {
        return Ok(None);
    };
    let mut facts = SiteFacts::of(site);
    let filled = fill_site(&mut facts, said);
    if filled.is_empty() {
        return Ok(None);
    }
    let edit = EditSite { site: site.id, version: site.version, facts, is_open: true };
    edit_site::within(cx, tx, &edit).await.map_err(never_refused)?;
    let version = queries::site(tx, site.id).await?.map_or(site.version + 1, |site| site.version);
    Ok(Some((site.id, filled, version)))
}

/// Empties again what was filled; `false` where somebody has changed the card or the place since.
pub(super) async fn take_back(
    cx: &Cx,
    tx: &mut Tx,
    id: StructureId,
    done: &Completed,
) -> Result<bool, Failure<Never>> {
    let Some(structure) = network::queries::structure(tx, id).await? else { return Ok(false) };
    let card = queries::card(tx, id).await?;
    let site = match &done.site {
        Some((site, ..)) => queries::site(tx, *site).await?,
        None => None,
    };
    let moved = done
        .site
        .as_ref()
        .is_some_and(|(.., version)| site.as_ref().is_none_or(|site| site.version != *version));
    if structure.binned_at.is_some() || card.version != done.card_version || moved {
        return Ok(false);
    }
    if !done.card.is_empty() {
        let mut facts = CardFacts::of(&structure, &card);
        blank_card(&mut facts, &done.card);
        let edit = EditCard { structure: id, version: card.version, facts };
        edit_card::within(cx, tx, &edit).await.map_err(never_refused)?;
    }
    if let (Some((_, filled, _)), Some(site)) = (&done.site, site) {
        let mut facts = SiteFacts::of(&site);
        blank_site(&mut facts, filled);
        // A place that the import added is no longer in use; it is not torn out of the history.
        let edit = EditSite { site: site.id, version: site.version, facts, is_open: !filled.is_empty() };
        edit_site::within(cx, tx, &edit).await.map_err(never_refused)?;
    }
    Ok(true)
}
