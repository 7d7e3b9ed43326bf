//! The empty cells of a known structure, filled from a sheet, and emptied again when the import is undone.
//!
//! Invariant: a cell that says something is never touched, nor is a number that proves who somebody is; only the names
//! of the filled cells are kept, not what was in them.

use kernel::Grams;
use network::{Accreditation, coded};

use crate::usecases::edit_card::CardFacts;
use crate::usecases::register_site::SiteFacts;

coded! {
    /// A cell that was filled.
    Filled {
        /// The national network.
        HeadNetwork = "head_network",
        /// The accreditation.
        Accreditation = "accreditation",
        /// What it does.
        Description = "description",
        /// Its site on the web.
        Website = "website",
        /// Who answers.
        ContactName = "contact_name",
        /// Their telephone.
        Phone = "phone",
        /// Their address.
        Email = "email",
        /// Households served.
        Households = "households",
        /// Persons served.
        Persons = "persons",
        /// Families wanted.
        Wanted = "wanted",
        /// Families excluded.
        Excluded = "excluded",
        /// Number and street.
        Address = "address",
        /// The point on the map.
        Point = "point",
        /// What it keeps dry.
        Dry = "dry",
        /// What it keeps chilled.
        Chilled = "chilled",
        /// What it keeps frozen.
        Frozen = "frozen",
        /// The dock.
        Dock = "dock",
        /// The receiving hours.
        Receiving = "receiving",
    }
}

fn take<T: Clone>(held: &mut Option<T>, said: Option<&T>, cell: Filled, filled: &mut Vec<Filled>) {
    if let (None, Some(said)) = (held.as_ref(), said) {
        *held = Some(said.clone());
        filled.push(cell);
    }
}

fn take_text(held: &mut String, said: &str, cell: Filled, filled: &mut Vec<Filled>) {
    if held.trim().is_empty() && !said.trim().is_empty() {
        said.clone_into(held);
        filled.push(cell);
    }
}

/// Fills what a card does not say, and names what was filled.
pub fn fill_card(held: &mut CardFacts, said: &CardFacts) -> Vec<Filled> {
    let mut filled = Vec::new();
    let out = &mut filled;
    take(&mut held.identity.head_network, said.identity.head_network.as_ref(), Filled::HeadNetwork, out);
    if held.identity.accreditation == Accreditation::Unknown
        && said.identity.accreditation != Accreditation::Unknown
    {
        held.identity.accreditation = said.identity.accreditation;
        out.push(Filled::Accreditation);
    }
    take_text(&mut held.description, &said.description, Filled::Description, out);
    take_text(&mut held.website, &said.website, Filled::Website, out);
    take(&mut held.contact.name, said.contact.name.as_ref(), Filled::ContactName, out);
    take(&mut held.contact.phone, said.contact.phone.as_ref(), Filled::Phone, out);
    take(&mut held.contact.email, said.contact.email.as_ref(), Filled::Email, out);
    take(&mut held.served.households, said.served.households.as_ref(), Filled::Households, out);
    take(&mut held.served.persons, said.served.persons.as_ref(), Filled::Persons, out);
    if held.wishes.wanted.is_empty() {
        let excluded = &held.wishes.excluded;
        held.wishes.wanted =
            said.wishes.wanted.iter().filter(|family| !excluded.contains(family)).cloned().collect();
        if !held.wishes.wanted.is_empty() {
            out.push(Filled::Wanted);
        }
    }
    if held.wishes.excluded.is_empty() {
        let wanted = &held.wishes.wanted;
        held.wishes.excluded =
            said.wishes.excluded.iter().filter(|family| !wanted.contains(family)).cloned().collect();
        if !held.wishes.excluded.is_empty() {
            out.push(Filled::Excluded);
        }
    }
    filled
}

/// Fills what a place does not say.
pub fn fill_site(held: &mut SiteFacts, said: &SiteFacts) -> Vec<Filled> {
    let mut filled = Vec::new();
    take_text(&mut held.address, &said.address, Filled::Address, &mut filled);
    take(&mut held.point, said.point.as_ref(), Filled::Point, &mut filled);
    let mut mass = |held: &mut Grams, said: Grams, cell| {
        if *held == Grams::ZERO && said > Grams::ZERO {
            *held = said;
            filled.push(cell);
        }
    };
    mass(&mut held.dry, said.dry, Filled::Dry);
    mass(&mut held.chilled, said.chilled, Filled::Chilled);
    mass(&mut held.frozen, said.frozen, Filled::Frozen);
    if !held.dock && said.dock {
        held.dock = true;
        filled.push(Filled::Dock);
    }
    if held.receiving == crate::Receiving::default() && said.receiving != crate::Receiving::default() {
        held.receiving = said.receiving.clone();
        filled.push(Filled::Receiving);
    }
    filled
}

/// Empties the cells of a card that were filled.
pub fn blank_card(held: &mut CardFacts, filled: &[Filled]) {
    for cell in filled {
        match cell {
            Filled::HeadNetwork => held.identity.head_network = None,
            Filled::Accreditation => held.identity.accreditation = Accreditation::Unknown,
            Filled::Description => held.description.clear(),
            Filled::Website => held.website.clear(),
            Filled::ContactName => held.contact.name = None,
            Filled::Phone => held.contact.phone = None,
            Filled::Email => held.contact.email = None,
            Filled::Households => held.served.households = None,
            Filled::Persons => held.served.persons = None,
            Filled::Wanted => held.wishes.wanted.clear(),
            Filled::Excluded => held.wishes.excluded.clear(),
            _ => {}
        }
    }
}

/// Empties the cells of a place that were filled.
pub fn blank_site(held: &mut SiteFacts, filled: &[Filled]) {
    for cell in filled {
        match cell {
            Filled::Address => held.address.clear(),
            Filled::Point => held.point = None,
            Filled::Dry => held.dry = Grams::ZERO,
            Filled::Chilled => held.chilled = Grams::ZERO,
            Filled::Frozen => held.frozen = Grams::ZERO,
            Filled::Dock => held.dock = false,
            Filled::Receiving => held.receiving = crate::Receiving::default(),
            _ => {}
        }
    }
}
