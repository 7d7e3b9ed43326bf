//! The directory on real databases of both engines, and through its pages.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a broken expectation ends the test; helpers and towns are part of it"
)]

mod cards;
mod import;
mod pages;
mod real_sheets;
mod scopes;

use directory::usecases::edit_card::CardFacts;
use directory::usecases::register_site::SiteFacts;
use directory::{Contact, Receiving, Served, Wishes};
use goods::FamilyCode;
use kernel::Grams;
use network::usecases::register_structure::RegisterStructure;
use network::{Sector, StructureKind};
use testkit::Town;

/// What a complete card says.
fn facts(name: &str) -> CardFacts {
    CardFacts {
        identity: RegisterStructure::new(name, StructureKind::Association, Sector::FoodAid),
        description: "Une épicerie solidaire.".into(),
        website: "lilas.exemple.fr".into(),
        contact: Contact {
            name: Some("Awa".into()),
            email: Some("contact@exemple.fr".into()),
            phone: Some("0148700000".into()),
        },
        served: Served { households: Some(40), persons: Some(123) },
        wishes: Wishes {
            wanted: vec![FamilyCode::from("fruits_legumes")],
            excluded: vec![FamilyCode::from("boissons")],
        },
    }
}

/// What a complete place says.
fn place(name: &str, postcode: &str, city: &str) -> SiteFacts {
    SiteFacts {
        name: name.into(),
        address: "1 rue Verte".into(),
        postcode: postcode.into(),
        city: city.into(),
        dry: Grams::kg(800),
        chilled: Grams::kg(120),
        door_notes: "quai 3, code 4512B".into(),
        dock: true,
        receiving: Receiving::parse_week("lundi 9h-12h").unwrap(),
        ..SiteFacts::default()
    }
}

/// The families a coordination begins with.
async fn with_families(town: &Town) {
    let cx = town.job();
    let mut tx = town.db.write().await.unwrap();
    goods::usecases::install_defaults::within(&cx, &mut tx, town.coordination).await.unwrap();
    tx.commit().await.unwrap();
}
