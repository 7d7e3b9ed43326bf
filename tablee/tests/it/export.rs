//! « Tout télécharger »: whatever any room knows of a structure is in its own ZIP, and nobody else's lead takes it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use kernel::Role;
use testkit::{Browser, both};

use crate::matrix::scene::Scene;

fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut text = Vec::new();
            file.read_to_end(&mut text).unwrap();
            (file.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

both!(
    async fn a_structure_takes_all_of_its_data_away(town: Town) {
        let scene = Scene::set(town).await;
        let settings =
            web::Settings { public_url: "http://localhost".to_owned(), demo: false, secure_cookies: false };
        let world = scene.town.world();
        let house =
            tablee::house::build(scene.town.db.clone(), world, settings, mail::Transport::Kept).unwrap();
        let lead = scene.town.person("Lise", scene.lilas, Role::Lead).await;
        let mut browser = Browser::at(house.app.clone(), house.router.clone());
        browser.sign_in(lead).await;
        let files = unpacked(&browser.get("/structure/partage/donnees.zip").await.bytes);
        let all: String = files.values().map(String::as_str).collect::<Vec<_>>().join("\n");
        // Its card and place, what it took over, what it keeps, what it asked for, and a value of each.
        for expected in
            ["Local des Lilas", "Semoule", "Lentilles", "D-26-001", "17,000", "mouvements-du-stock"]
        {
            assert!(
                all.contains(expected) || files.keys().any(|name| name.contains(expected)),
                "{expected} is in none of {:?}:\n{all}",
                files.keys()
            );
        }
        // What is others' stays theirs: Soupe's request is not in it.
        assert!(!all.contains("D-26-002"), "{all}");
        let member = scene.town.person("Mona", scene.lilas, Role::Member).await;
        browser.sign_in(member).await;
        assert_eq!(browser.get("/structure/partage/donnees.zip").await.status, 403);
    }
);
