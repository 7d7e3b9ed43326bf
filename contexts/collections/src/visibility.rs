//! Who may see an offer, and who may reserve it now.
//!
//! Invariant: an offer is shown by [`access::may_see`] like everything else; the only addition is that while a partner is
//! asked first, the others do not see it yet.

use access::{Scope, ScopeOf};
use chrono::{DateTime, Utc};
use kernel::{StructureId, Viewer};

use crate::collection::{Collection, OfferScope, State};

/// Who has a part in a collection besides its donor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Whether one of the viewer's structures holds, or took, a part of it.
    pub holds: bool,
}

/// The scope of an offer, for the one function that reads scopes.
#[must_use]
pub fn scope_of(collection: &Collection) -> ScopeOf {
    ScopeOf {
        owner: collection.donor,
        scope: match collection.scope {
            OfferScope::Structure => Scope::Structure,
            OfferScope::Named => Scope::Named,
            OfferScope::Coordination => Scope::Coordination,
        },
        named: collection.named.clone(),
        coordinations: vec![collection.coordination],
    }
}

/// Whether the viewer may see a collection: the donor, whoever posted it, the partner, whoever has a part in it; the
/// others by its scope, once the partner's delay is over.
#[must_use]
pub fn may_see(viewer: &Viewer, collection: &Collection, part: Part, now: DateTime<Utc>) -> bool {
    let own = viewer.is_machine()
        || viewer.belongs_to(collection.donor)
        || part.holds
        || (collection.posted_by.is_some() && collection.posted_by == viewer.person)
        || collection.first_ask.is_some_and(|ask| viewer.belongs_to(ask.partner));
    if own {
        return true;
    }
    if collection.state == State::Draft || collection.first_ask.is_some_and(|ask| ask.holds_others(now)) {
        return false;
    }
    access::may_see(viewer, &scope_of(collection))
}

/// Why a structure cannot reserve yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// The partner is asked until then.
    PartnerFirst(DateTime<Utc>),
    /// It waits for the daily allocation; a hub may fetch it before.
    WaitsForAllocation(DateTime<Utc>),
    /// The offer names others.
    NotNamed,
    /// It is the donor's own.
    Own,
}

/// Whether a structure may reserve at `now`, its state apart. `waits_until` comes from
/// [`crate::urgency::waits_until`], `has_hub` says whether the structure keeps common stock.
///
/// # Errors
/// [`NotYet`].
pub fn may_reserve(
    collection: &Collection,
    structure: StructureId,
    has_hub: bool,
    waits_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), NotYet> {
    if structure == collection.donor {
        return Err(NotYet::Own);
    }
    if let Some(ask) = collection.first_ask {
        if ask.partner == structure {
            return Ok(());
        }
        if let Some(until) = ask.until.filter(|until| now < *until) {
            return Err(NotYet::PartnerFirst(until));
        }
    }
    match collection.scope {
        OfferScope::Structure => return Err(NotYet::NotNamed),
        OfferScope::Named => {
            return if collection.named.contains(&structure) { Ok(()) } else { Err(NotYet::NotNamed) };
        }
        OfferScope::Coordination => {}
    }
    match waits_until {
        Some(until) if !has_hub => Err(NotYet::WaitsForAllocation(until)),
        _ => Ok(()),
    }
}
