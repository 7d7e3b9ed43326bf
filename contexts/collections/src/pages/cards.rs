//! What a card of the board says of an offer, in words.

use std::collections::{BTreeMap, BTreeSet};

use access::{FieldGroup, Gate, ScopeOf, Seen};
use goods::{DateKind, Family, labels};
use i18n::Words;
use kernel::geo::Point;
use kernel::{CoordinationId, Grams, SiteId, StructureId};
use store::{Conn, Error};
use web::Visit;

use crate::collection::{Collection, CollectionId, OfferScope, State};
use crate::usecases::waits_until;
use crate::visibility::{self, NotYet};
use crate::{queries, urgency};

/// One offer, as shown.
pub(super) struct Card {
    pub(super) url: String,
    pub(super) product: String,
    pub(super) family: String,
    pub(super) quantity: String,
    pub(super) is_weighed: bool,
    pub(super) class: &'static str,
    pub(super) temperature: String,
    /// Days until the date; far away where there is none.
    pub(super) days: i64,
    pub(super) date: String,
    pub(super) is_urgent: bool,
    pub(super) donor: String,
    pub(super) place: String,
    pub(super) window: String,
    /// What the viewer's structure has reserved of it.
    pub(super) held: String,
    /// Why it cannot be reserved yet, in words.
    pub(super) waits: String,
    pub(super) may_reserve: bool,
    pub(super) is_own: bool,
    pub(super) scope: &'static str,
    pub(super) state: String,
    pub(super) reference: String,
    /// For the alphabet within one instant.
    pub(super) order: String,
}

/// What is read once for a whole page of cards.
pub(super) struct Viewing {
    pub(super) gate: Gate,
    pub(super) words: Words,
    pub(super) families: Vec<Family>,
    pub(super) names: BTreeMap<StructureId, String>,
    scopes: BTreeMap<StructureId, ScopeOf>,
    points: BTreeMap<SiteId, Point>,
    here: Option<Point>,
    held: BTreeMap<CollectionId, Grams>,
    structure: Option<StructureId>,
    /// Whether that structure gives and takes: a reader is offered no button that would be refused.
    contributes: bool,
    has_hub: bool,
    hubs: bool,
}

impl Viewing {
    pub(super) async fn open(
        conn: &mut Conn,
        visit: &Visit,
        coordination: CoordinationId,
        surface: &'static str,
        shown: &[Collection],
    ) -> Result<Self, Error> {
        let donors: Vec<StructureId> =
            shown.iter().map(|one| one.donor).collect::<BTreeSet<_>>().into_iter().collect();
        let structure = super::own_structures(visit).first().copied();
        let here = match structure {
            Some(own) => {
                let places = directory::queries::sites_of(conn, own).await?;
                places.iter().find_map(|site| site.point)
            }
            None => None,
        };
        let sites: Vec<SiteId> =
            shown.iter().filter_map(|one| one.site).collect::<BTreeSet<_>>().into_iter().collect();
        let points = directory::queries::points(conn, &sites).await?;
        let hubs = directory::queries::hub_sites(conn, coordination).await?;
        Ok(Self {
            gate: Gate::new(&visit.cx, surface),
            words: visit.words.clone(),
            families: goods::queries::families(conn, coordination).await?,
            names: network::queries::structure_names(conn, &donors).await?,
            scopes: network::queries::scopes_of(conn, &donors, FieldGroup::Identity).await?,
            points,
            here,
            held: match structure {
                Some(own) => queries::held_by(conn, own).await?,
                None => BTreeMap::new(),
            },
            has_hub: hubs.iter().any(|hub| Some(hub.structure) == structure),
            hubs: !hubs.is_empty(),
            contributes: structure.is_some_and(|own| super::contributing(visit).contains(&own)),
            structure,
        })
    }

    /// The donor's name, unless the donor keeps it to itself.
    pub(super) fn donor(&mut self, collection: &Collection) -> Option<String> {
        let name = self.names.get(&collection.donor)?.clone();
        match self.scopes.get(&collection.donor) {
            Some(scope) => match self.gate.reveal(scope, FieldGroup::Identity, name) {
                Seen::Shown(name) => Some(name),
                Seen::Hidden => None,
            },
            None => Some(name),
        }
    }

    /// Until when an offer waits for the allocation; where no hub prepares one, it waits for nothing.
    pub(super) fn waits(
        &self,
        visit: &Visit,
        collection: &Collection,
    ) -> Option<chrono::DateTime<chrono::Utc>> {
        if self.hubs { waits_until(&visit.cx, collection) } else { None }
    }

    /// Whether a structure may reserve now, and else why not, in words.
    pub(super) fn reservable(
        &self,
        visit: &Visit,
        collection: &Collection,
        structure: StructureId,
        has_hub: bool,
    ) -> Result<(), String> {
        let waits = self.waits(visit, collection);
        visibility::may_reserve(collection, structure, has_hub, waits, visit.cx.now())
            .map_err(|why| in_words(&self.words, why))
    }

    pub(super) fn card(&mut self, visit: &Visit, collection: &Collection) -> Card {
        let donor = self.donor(collection);
        let held = self.held.get(&collection.id).copied();
        let is_own = visit.cx.viewer.belongs_to(collection.donor);
        let words = self.words.clone();
        let place = match &donor {
            None if held.is_none() && !is_own => words.t("collections-place-after"),
            _ => collection.pickup_address.clone(),
        };
        let metres = collection
            .site
            .and_then(|site| self.points.get(&site))
            .zip(self.here)
            // One's own place is not « à 0 m ».
            .filter(|_| !is_own)
            .map(|(a, b)| a.distance(b));
        let place = match metres {
            Some(metres) => {
                words.t2("collections-place-at", "place", place, "distance", words.distance(metres))
            }
            _ => place,
        };
        let open = collection.state == State::Published && collection.free().is_positive();
        let reservable = self
            .structure
            .filter(|_| self.contributes)
            .map(|own| self.reservable(visit, collection, own, self.has_hub));
        Card {
            url: format!("/collectes/{}", collection.id),
            product: collection.product.clone(),
            family: labels::family(&self.families, &collection.family, words.locale()),
            quantity: words.mass(if open { collection.free() } else { collection.grams }),
            is_weighed: !collection.estimated,
            class: collection.temperature.code(),
            temperature: labels::temperature(&words, collection.temperature),
            days: collection.date.map_or(i64::MAX, |date| words.days_until(date)),
            date: date_in_words(&words, collection),
            // What is over or past hurries nobody.
            is_urgent: collection.urgent && open && visit.cx.now() < collection.pickup_until,
            donor: donor.unwrap_or_else(|| words.t("collections-donor-hidden")),
            place,
            window: words.window(collection.pickup_from, collection.pickup_until),
            held: held
                .map(|grams| words.t1("collections-held-by-us", "kg", words.mass(grams)))
                .unwrap_or_default(),
            waits: match &reservable {
                Some(Err(why)) if open && !is_own && held.is_none() => why.clone(),
                _ => String::new(),
            },
            may_reserve: open && matches!(reservable, Some(Ok(()))),
            is_own,
            scope: match collection.scope {
                OfferScope::Structure => "structure",
                OfferScope::Named => "named",
                OfferScope::Coordination => "coordination",
            },
            state: state_in_words(&words, collection),
            reference: collection.reference.clone(),
            order: kernel::text::fold(&collection.product),
        }
    }

    /// Writes down whose names were read, before the page is shown.
    pub(super) async fn note(self, visit: &Visit) -> Result<(), Error> {
        network::usecases::note_readings::run(&visit.app.db, self.gate).await
    }
}

/// « DLC demain, mardi 24 novembre » and the like; nothing for goods without a date.
pub(super) fn date_in_words(words: &Words, collection: &Collection) -> String {
    let Some(date) = collection.date else { return String::new() };
    let days = words.days_until(date);
    let key = match collection.date_kind {
        DateKind::None => return String::new(),
        DateKind::UseBy if days < 0 => "collections-date-use-by-past",
        DateKind::UseBy => "collections-date-use-by",
        DateKind::BestBefore if days < 0 => "collections-date-best-before-past",
        DateKind::BestBefore => "collections-date-best-before",
    };
    words.t2(key, "date", words.day(date), "days", days)
}

/// The state of a collection, reserved in part or whole included.
pub(super) fn state_in_words(words: &Words, collection: &Collection) -> String {
    words.t(match collection.state {
        State::Draft => "collections-state-draft",
        State::Published if !collection.free().is_positive() => "collections-state-reserved",
        State::Published if collection.taken.is_positive() => "collections-state-partly-reserved",
        State::Published => "collections-state-published",
        State::TakenOver => "collections-state-taken-over",
        State::Closed => "collections-state-closed",
        State::Refused => "collections-state-refused",
        State::Expired => "collections-state-expired",
        State::Cancelled => "collections-state-cancelled",
        State::NothingToCollect => "collections-state-nothing",
    })
}

/// Why a structure cannot reserve yet.
pub(super) fn in_words(words: &Words, why: NotYet) -> String {
    match why {
        NotYet::PartnerFirst(until) => words.t1("collections-not-yet-partner", "moment", words.moment(until)),
        NotYet::WaitsForAllocation(until) => {
            words.t1("collections-not-yet-allocation", "moment", words.moment(until))
        }
        NotYet::NotNamed => words.t("collections-not-yet-named"),
        NotYet::Own => words.t("collections-not-yet-own"),
    }
}

/// The hour of the daily allocation, for help texts.
pub(super) fn allocation_hour(words: &Words) -> String {
    words.hour(urgency::DAILY_ALLOCATION)
}
