//! What of the stock a viewer may see: their own structures', the coordination's hubs, and what others share.
//!
//! Invariant: a hub's stock is common to contributors; any other structure's is shown by its scope alone, through
//! the gate, whoever asks.

use std::collections::BTreeMap;

use access::{FieldGroup, Gate, ScopeOf, Seen, may_see};
use kernel::{CoordinationId, Cx, Level, SiteId, StructureId};
use store::{Conn, Error};
use uuid::Uuid;

use crate::Place;
use crate::queries::zones_of;

/// Whose shelf is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The viewer's own structure.
    Own,
    /// A hub of the coordination.
    Hub(SiteId),
    /// Another structure's, as far as it shares it.
    Shared(Box<ScopeOf>),
}

/// A shelf the viewer may look at.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    /// Its name in addresses.
    pub(super) key: Uuid,
    /// What it is called.
    pub(super) name: String,
    /// Who holds it.
    pub(super) structure: StructureId,
    /// Whose it is to the viewer.
    pub(super) whose: Whose,
    /// Whether the viewer may act there, for their own structure or on behalf.
    pub(super) acts: bool,
}

/// Every shelf a viewer may look at: their own, the hubs, then the others', each alphabetical.
pub(super) struct Sight {
    pub(super) shelves: Vec<Shelf>,
    hubs: BTreeMap<SiteId, String>,
}

/// Whether the common stock is for this viewer.
fn sees_hubs(cx: &Cx, coordination: CoordinationId) -> bool {
    access::taking_part::<kernel::Never>(cx, Level::Contributor).is_ok_and(|in_| in_ == coordination)
}

impl Sight {
    /// What the viewer may look at in a coordination; the gate notes whose names were shown in the list.
    pub(super) async fn of(
        conn: &mut Conn,
        cx: &Cx,
        gate: &mut Gate,
        coordination: CoordinationId,
    ) -> Result<Self, Error> {
        let mut sight = Self::near(conn, cx, coordination).await?;
        sight.add_shared(conn, cx, gate, coordination).await?;
        Ok(sight)
    }

    /// The viewer's own structures and the hubs only: what a home page needs.
    pub(super) async fn near(conn: &mut Conn, cx: &Cx, coordination: CoordinationId) -> Result<Self, Error> {
        let acts = |structure| access::acting::<kernel::Never>(cx, structure).is_ok();
        let mut own: Vec<StructureId> = cx.viewer.affiliations.iter().map(|place| place.structure).collect();
        // A structure may keep its stock to its leads.
        let scopes = network::queries::scopes_of(conn, &own, FieldGroup::Stock).await?;
        own.retain(|structure| scopes.get(structure).is_some_and(|of| may_see(&cx.viewer, of)));
        let hubs = directory::queries::hub_sites(conn, coordination).await?;
        let names = network::queries::structure_names(conn, &own).await?;
        let mut shelves: Vec<Shelf> = own
            .iter()
            .map(|structure| Shelf {
                key: structure.uuid(),
                name: names.get(structure).cloned().unwrap_or_default(),
                structure: *structure,
                whose: Whose::Own,
                acts: acts(*structure),
            })
            .collect();
        shelves.sort_by(|a, b| a.name.cmp(&b.name));
        for hub in &hubs {
            if own.contains(&hub.structure) || sees_hubs(cx, coordination) {
                shelves.push(Shelf {
                    key: hub.id.uuid(),
                    name: hub.name.clone(),
                    structure: hub.structure,
                    whose: Whose::Hub(hub.id),
                    acts: acts(hub.structure),
                });
            }
        }
        Ok(Self { shelves, hubs: hubs.into_iter().map(|hub| (hub.id, hub.name)).collect() })
    }

    /// What other structures share, alphabetical.
    async fn add_shared(
        &mut self,
        conn: &mut Conn,
        cx: &Cx,
        gate: &mut Gate,
        coordination: CoordinationId,
    ) -> Result<(), Error> {
        let mut sharing = network::queries::sharing(conn, coordination, FieldGroup::Stock).await?;
        sharing
            .retain(|(member, scope)| !cx.viewer.belongs_to(member.structure) && may_see(&cx.viewer, scope));
        let structures: Vec<StructureId> = sharing.iter().map(|(member, _)| member.structure).collect();
        let names = network::queries::seen_names(conn, gate, &structures).await?;
        for (member, scope) in sharing {
            // Whoever shares its stock and keeps its name is not in a list of names.
            if names.get(member.structure).is_none() {
                continue;
            }
            self.shelves.push(Shelf {
                key: member.structure.uuid(),
                name: member.name,
                structure: member.structure,
                whose: Whose::Shared(Box::new(scope)),
                acts: access::acting::<kernel::Never>(cx, member.structure).is_ok(),
            });
        }
        Ok(())
    }

    /// The shelf of this name, or the first one.
    pub(super) fn choose(&self, key: Option<&str>) -> Option<&Shelf> {
        match key.filter(|key| !key.is_empty()) {
            Some(key) => {
                let key: Uuid = key.parse().ok()?;
                self.shelves.iter().find(|shelf| shelf.key == key)
            }
            // Whoever keeps a hub comes for the hub.
            None => {
                let keeps = self
                    .shelves
                    .iter()
                    .find(|shelf| matches!(shelf.whose, Whose::Hub(_)) && self.is_own(shelf.structure));
                keeps.or_else(|| self.shelves.first())
            }
        }
    }

    /// Whether it is the viewer's own, with its stock for them to see.
    pub(super) fn is_own(&self, structure: StructureId) -> bool {
        self.shelves.iter().any(|shelf| shelf.structure == structure && shelf.whose == Whose::Own)
    }

    /// The zones of a shelf; what another structure shares passes the gate, which notes the reading.
    pub(super) async fn zones(
        &self,
        conn: &mut Conn,
        gate: &mut Gate,
        coordination: CoordinationId,
        shelf: &Shelf,
    ) -> Result<Vec<Place>, Error> {
        let all = zones_of(conn, coordination, shelf.structure).await?;
        let in_hub = |place: &Place| place.site.is_some_and(|site| self.hubs.contains_key(&site));
        let zones = match &shelf.whose {
            Whose::Own => all.into_iter().filter(|place| !in_hub(place)).collect(),
            Whose::Hub(hub) => all.into_iter().filter(|place| place.site == Some(*hub)).collect(),
            Whose::Shared(scope) => {
                let shared: Vec<Place> = all.into_iter().filter(|place| !in_hub(place)).collect();
                match gate.reveal(scope, FieldGroup::Stock, shared) {
                    Seen::Shown(zones) => zones,
                    Seen::Hidden => Vec::new(),
                }
            }
        };
        Ok(zones)
    }

    /// The names of the coordination's hubs.
    pub(super) fn hubs(&self) -> &BTreeMap<SiteId, String> {
        &self.hubs
    }

    /// Whether what lies at a place is for the viewer; another structure's passes the gate.
    pub(super) fn sees(&self, gate: &mut Gate, place: &Place) -> bool {
        let Some(structure) = place.structure else { return false };
        let hub = place.site.filter(|site| self.hubs.contains_key(site));
        self.shelves.iter().any(|shelf| {
            shelf.structure == structure
                && match (&shelf.whose, hub) {
                    (Whose::Own, _) => true,
                    (Whose::Hub(site), Some(at)) => *site == at,
                    (Whose::Shared(scope), None) => {
                        gate.reveal(scope, FieldGroup::Stock, ()).shown().is_some()
                    }
                    _ => false,
                }
        })
    }
}
