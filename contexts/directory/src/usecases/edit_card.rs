//! A structure's card changes: by its own people, or by a facilitator on its behalf, who is named and who tells it.

use audit::Act;
use kernel::text::PersonTrace;
use kernel::{Cx, Failure, StructureId};
use network::usecases::register_structure::{self, RegisterRefused, RegisterStructure};
use network::usecases::{acting_for, edit_identity, tell_leads};
use network::{CardState, Structure};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::usecases::{free_text, line};
use crate::{Card, Contact, Served, Wishes, phone, website};

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardFacts {
    /// Name, kind, sector, numbers.
    pub identity: RegisterStructure,
    /// What it does, in its own words.
    pub description: String,
    /// Its site on the web, as typed.
    pub website: String,
    /// Whom to call or write to, as typed.
    pub contact: Contact,
    /// Whom it serves.
    pub served: Served,
    /// What it wants.
    pub wishes: Wishes,
}

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct EditCard {
    /// Whose card it is.
    pub structure: StructureId,
    /// The version the form was filled from; 0 for the first card.
    pub version: i64,
    /// What it says now.
    pub facts: CardFacts,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardRefused {
    /// The identity is refused.
    Identity(RegisterRefused),
    /// The web address is none.
    WebsiteWrong,
    /// The telephone number is none.
    PhoneWrong,
    /// A count below zero.
    CountNegative,
    /// A family is both wanted and excluded.
    FamilyBoth,
    /// The description seems to hold something about a person.
    DescriptionHolds(PersonTrace),
}

impl CardFacts {
    /// What the structure and its card say, as the form shows it.
    #[must_use]
    pub fn of(structure: &Structure, card: &Card) -> Self {
        Self {
            identity: RegisterStructure {
                name: structure.name.clone(),
                kind: structure.kind,
                sector: structure.sector,
                head_network: structure.head_network.clone(),
                siret: structure.siret.clone(),
                rna: structure.rna.clone(),
                accreditation: structure.accreditation,
            },
            description: card.description.clone(),
            website: card.website.clone().unwrap_or_default(),
            contact: card.contact.clone(),
            served: card.served,
            wishes: card.wishes.clone(),
        }
    }

    /// The card these facts make, checked; not yet written.
    pub(crate) fn into_card(self, structure: StructureId, version: i64) -> Result<Card, CardRefused> {
        if [self.served.households, self.served.persons].into_iter().flatten().any(|count| count < 0) {
            return Err(CardRefused::CountNegative);
        }
        if self.wishes.wanted.iter().any(|family| self.wishes.excluded.contains(family)) {
            return Err(CardRefused::FamilyBoth);
        }
        let site = match line(&self.website) {
            Some(typed) => Some(website(&typed).ok_or(CardRefused::WebsiteWrong)?),
            None => None,
        };
        let given = |text: Option<String>| text.as_deref().and_then(line);
        let number = match given(self.contact.phone) {
            Some(typed) => Some(phone(&typed).ok_or(CardRefused::PhoneWrong)?),
            None => None,
        };
        Ok(Card {
            structure,
            description: free_text(&self.description).map_err(CardRefused::DescriptionHolds)?,
            website: site,
            contact: Contact {
                name: given(self.contact.name),
                email: given(self.contact.email),
                phone: number,
            },
            served: self.served,
            wishes: self.wishes,
            confirmed_at: None,
            version,
        })
    }

    /// The names of what differs from `before`; names only, for a contact is a person.
    fn changed(&self, before: &Self) -> Vec<&'static str> {
        let mut changed = Vec::new();
        let mut note = |name, differs| {
            if differs {
                changed.push(name);
            }
        };
        note("name", self.identity.name != before.identity.name);
        note("kind", self.identity.kind != before.identity.kind);
        note("sector", self.identity.sector != before.identity.sector);
        note("head_network", self.identity.head_network != before.identity.head_network);
        note(
            "numbers",
            self.identity.siret != before.identity.siret || self.identity.rna != before.identity.rna,
        );
        note("accreditation", self.identity.accreditation != before.identity.accreditation);
        note("description", self.description != before.description);
        note("website", self.website != before.website);
        note("contact", self.contact != before.contact);
        note("served", self.served != before.served);
        note("wishes", self.wishes != before.wishes);
        changed
    }
}

/// Changes the card.
///
/// # Errors
/// [`CardRefused`]; conflict where somebody else changed it in between; forbidden to others than its people and
/// facilitators on their behalf.
pub async fn run(cx: &Cx, db: &Db, command: EditCard) -> Result<(), Failure<CardRefused>> {
    let mut tx = match db.begin(cx, "directory.edit_card", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &EditCard) -> Result<(), Failure<CardRefused>> {
    let behalf = acting_for(cx, tx, command.structure).await?;
    let mut card =
        command.facts.clone().into_card(command.structure, command.version).map_err(Failure::Refused)?;
    let held = crate::store::card(tx, command.structure).await?;
    if held.version != command.version {
        return Err(Failure::Conflict);
    }
    let structure = network::queries::structure(tx, command.structure).await?.ok_or(Failure::NotFound)?;
    let before = CardFacts::of(&structure, &held);
    // Saved on behalf without a change: nothing to remember, nobody to tell. Looking at a spotted one validates it.
    if behalf.is_some()
        && structure.state != CardState::Spotted
        && same(&structure, &command.facts, &card, &held)
    {
        return Ok(());
    }
    // What its own people save, they stand by.
    card.confirmed_at = if behalf.is_none() { Some(cx.now()) } else { held.confirmed_at };
    if !crate::store::save_card(tx, &card).await? {
        return Err(Failure::Conflict);
    }
    edit_identity::within(cx, tx, command.structure, &command.facts.identity)
        .await
        .map_err(|failure| failure.map_refusal(CardRefused::Identity))?;
    let after = network::queries::structure(tx, command.structure).await?.ok_or(Failure::NotFound)?;
    let changed = CardFacts::of(&after, &card).changed(&before);
    // Its own people who change nothing confirm that all is right.
    let action = if changed.is_empty() { "directory.confirm_card" } else { "directory.edit_card" };
    let act = Act::new(action, "structure", command.structure.uuid())
        .detail(json!({ "changed": changed }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    if behalf.is_some() {
        let link = format!("/structures/{}", command.structure);
        tell_leads(cx, tx, command.structure, "directory-told-card", Vec::new(), &link).await?;
    }
    Ok(())
}

/// Whether what is asked says nothing new.
fn same(structure: &Structure, asked: &CardFacts, card: &Card, held: &Card) -> bool {
    let Ok(identity) = register_structure::check(&asked.identity) else { return false };
    let typed = (asked.identity.kind, asked.identity.sector, asked.identity.accreditation);
    (identity.name, identity.head_network, identity.siret, identity.rna)
        == (
            structure.name.clone(),
            structure.head_network.clone(),
            structure.siret.clone(),
            structure.rna.clone(),
        )
        && typed == (structure.kind, structure.sector, structure.accreditation)
        && Card { confirmed_at: held.confirmed_at, ..card.clone() } == *held
}
