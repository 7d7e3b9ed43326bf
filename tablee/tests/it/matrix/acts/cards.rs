//! Cards, places and imports; families and packagings.

use directory::usecases as cards;
use directory::usecases::edit_card::CardFacts;
use directory::usecases::register_site::SiteFacts;
use directory::{Contact, Served, Wishes};
use goods::usecases as families;
use kernel::{Cx, Grams, Level};
use network::usecases as net;
use network::{Sector, StructureKind};

use super::{Closed, Scene, Tried, ended};

fn facts() -> CardFacts {
    CardFacts {
        identity: net::register_structure::RegisterStructure::new(
            "Épicerie des Lilas",
            StructureKind::Association,
            Sector::FoodAid,
        ),
        description: String::new(),
        website: String::new(),
        contact: Contact::default(),
        served: Served::default(),
        wishes: Wishes::default(),
    }
}

fn place() -> SiteFacts {
    SiteFacts {
        name: "Autre local".into(),
        address: "2 rue Verte".into(),
        postcode: "93100".into(),
        city: "Montreuil".into(),
        ..SiteFacts::default()
    }
}

pub(super) async fn directory(scene: &Scene, cx: &Cx) -> Tried {
    let (db, structure, import) = (&scene.town.db, scene.lilas, scene.import);
    tried! {
        "directory/add_structure" Inside
            cards::add_structure::run(cx, db, cards::add_structure::AddStructure { facts: facts(), site: None, level: Level::Listed });
        "directory/edit_card" Theirs
            cards::edit_card::run(cx, db, cards::edit_card::EditCard { structure, version: 0, facts: facts() });
        "directory/edit_site" Theirs
            cards::edit_site::run(cx, db, cards::edit_site::EditSite { site: scene.site, version: 1, facts: place(), is_open: false });
        "directory/import_read" Facilitated
            cards::import_read::run(cx, db, cards::import_read::ImportRead {
                file_name: "a.csv".into(),
                header: vec!["Nom".into()],
                rows: Vec::new(),
            });
        "directory/import_read" Theirs cards::import_read::map_columns(cx, db, import, 1, Vec::new());
        "directory/import_undo" Theirs
            cards::import_undo::run(cx, db, cards::import_undo::ImportUndo { import });
        "directory/import_write" Theirs
            cards::import_write::run(cx, db, cards::import_write::ImportWrite { import, version: 1, let_through: Vec::new(), complete: false });
        "directory/register_site" Theirs
            cards::register_site::run(cx, db, cards::register_site::RegisterSite { structure, facts: place() });
    }
}

pub(super) async fn goods(scene: &Scene, cx: &Cx) -> Tried {
    let db = &scene.town.db;
    let names = || families::Names { fr: "Nouveau".into(), en: "New".into() };
    tried! {
        "goods/add_family" Facilitated
            families::add_family::run(cx, db, families::add_family::AddFamily { names: names(), norm: Grams::kg(1) });
        "goods/add_packaging" Facilitated
            families::add_packaging::run(cx, db, families::add_packaging::AddPackaging { names: names(), grams: Grams::kg(1) });
        "goods/edit_family" Facilitated
            families::edit_family::run(cx, db, families::edit_family::EditFamily {
                code: "starches".into(),
                seen: String::new(),
                names: names(),
                norm: Grams::kg(1),
                active: false,
            });
        "goods/edit_packaging" Facilitated
            families::edit_packaging::run(cx, db, families::edit_packaging::EditPackaging {
                code: "crate".into(),
                seen: String::new(),
                names: names(),
                grams: Grams::kg(1),
            });
        "goods/remove_packaging" Facilitated
            families::remove_packaging::run(cx, db, families::remove_packaging::RemovePackaging { code: "crate".into() });
    }
}
