//! What a form leaves out because whoever fills it may not read it: a facilitator who writes for a structure, or a member
//! where something is kept to the leads. What is left out stays as it is held.

use std::collections::BTreeSet;

use access::{FieldGroup, Gate, Seen};
use kernel::StructureId;
use store::Conn;
use web::{Form, Problem, Visit};

use super::forms::{CARD, PLACE};
use crate::Site;
use crate::usecases::edit_card::CardFacts;
use crate::usecases::register_site::SiteFacts;

/// The groups of fields that are not for the viewer.
#[derive(Clone, Debug)]
pub(super) struct Kept(BTreeSet<FieldGroup>);

impl Kept {
    /// Asks the gate for these groups of a structure, and notes what it lets through. Where not even the identity may be
    /// read, the structure is not there.
    pub(super) async fn from_form(
        visit: &Visit,
        mut conn: Conn,
        structure: StructureId,
        groups: &[FieldGroup],
    ) -> Result<Self, Problem> {
        let mut gate = Gate::new(&visit.cx, "form");
        let mut kept = BTreeSet::new();
        for group in groups {
            let of = network::queries::scope_of(&mut conn, structure, *group).await?;
            if gate.reveal(&of, *group, ()) == Seen::Hidden {
                kept.insert(*group);
            }
        }
        if kept.contains(&FieldGroup::Identity) {
            return Err(Problem::NOT_FOUND);
        }
        drop(conn);
        network::usecases::note_readings::run(&visit.app.db, gate).await?;
        Ok(Self(kept))
    }

    /// The form without the fields of what is kept.
    pub(super) fn leaves_out(&self, mut form: Form) -> Form {
        let sections: &[(FieldGroup, &[&str])] = &[
            (FieldGroup::Contact, &["directory-section-contact"]),
            (FieldGroup::PublicServed, &["directory-section-served"]),
            (FieldGroup::Wishes, &["directory-section-wishes"]),
            (
                FieldGroup::Capacity,
                &["directory-section-capacity", "directory-section-receiving", "directory-section-door"],
            ),
        ];
        let titles: Vec<&str> = sections
            .iter()
            .filter(|(group, _)| self.0.contains(group))
            .flat_map(|(_, titles)| titles.iter().copied())
            .collect();
        let out: Vec<&str> = CARD
            .iter()
            .chain(PLACE)
            .filter(|(title, _)| titles.contains(title))
            .flat_map(|(_, fields)| fields.iter().copied())
            .collect();
        form.fields.retain(|field| !out.contains(&field.name.as_str()));
        form
    }

    /// What a card's form said, with what it left out.
    pub(super) fn card(&self, mut said: CardFacts, held: &CardFacts) -> CardFacts {
        if self.0.contains(&FieldGroup::Contact) {
            said.contact = held.contact.clone();
        }
        if self.0.contains(&FieldGroup::PublicServed) {
            said.served = held.served;
        }
        if self.0.contains(&FieldGroup::Wishes) {
            said.wishes = held.wishes.clone();
        }
        said
    }

    /// What a place's form said, with what it left out, and whether the place is in use.
    pub(super) fn place(&self, mut said: SiteFacts, is_open: bool, held: &Site) -> (SiteFacts, bool) {
        if !self.0.contains(&FieldGroup::Capacity) {
            return (said, is_open);
        }
        (said.dry, said.chilled, said.frozen) = (held.dry, held.chilled, held.frozen);
        (said.dock, said.is_hub) = (held.dock, held.is_hub);
        said.receiving = held.receiving.clone();
        said.door_notes.clone_from(&held.door_notes);
        (said, held.is_open)
    }
}
