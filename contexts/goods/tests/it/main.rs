//! Families and packagings on both engines: the defaults, who may change them, two people at once.

#![expect(clippy::unwrap_used, reason = "tests: a broken expectation ends the test")]

use goods::usecases::edit_family::{self, EditFamily};
use goods::usecases::{Names, Refused, install_defaults};
use goods::{FamilyCode, queries};
use kernel::{Cx, Failure, Grams, Role};
use testkit::{Browser, Page, Town};

async fn with_defaults(town: &Town) {
    let mut tx = town.db.write().await.unwrap();
    for _ in 0..2 {
        install_defaults::within(&town.job(), &mut tx, town.coordination).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn send(browser: &mut Browser, page: &Page, path: &str, form: &str, change: &[(&str, &str)]) -> Page {
    let filled = page.filled(form, change);
    let pairs: Vec<(&str, &str)> =
        filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(path, &pairs).await
}

testkit::both!(
    async fn a_coordination_starts_with_twelve_families_and_five_packagings(town: Town) {
        with_defaults(&town).await;
        let mut conn = town.db.read().await.unwrap();
        let families = queries::families(&mut conn, town.coordination).await.unwrap();
        assert_eq!(families.len(), 12, "installed once, however often");
        assert!(families.iter().all(|family| family.norm_grams.is_positive() && family.active));
        assert_eq!(queries::packagings(&mut conn, town.coordination).await.unwrap().len(), 5);
    }
);

testkit::both!(
    async fn the_second_of_two_people_sees_both_versions(town: Town) {
        with_defaults(&town).await;
        let structure = town.structure("Collectif de Bagnolet", "collectif").await;
        let olivier = town.facilitator("Olivier", structure).await;
        let cx: Cx = town.cx(olivier).await;
        let mut conn = town.db.read().await.unwrap();
        let families = queries::families(&mut conn, town.coordination).await.unwrap();
        let dairy = families.iter().find(|family| family.code.as_str() == "dairy").unwrap().clone();
        drop(conn);
        let edit = EditFamily {
            code: FamilyCode::from("dairy"),
            seen: dairy.mark(),
            names: Names { fr: "Produits laitiers".into(), en: String::new() },
            norm: Grams(1_500),
            active: true,
        };
        edit_family::run(&cx, &town.db, edit.clone()).await.unwrap();
        assert!(matches!(edit_family::run(&cx, &town.db, edit.clone()).await, Err(Failure::Conflict)));
        let mut conn = town.db.read().await.unwrap();
        let now = queries::families(&mut conn, town.coordination).await.unwrap();
        let now = now.into_iter().find(|family| family.code.as_str() == "dairy").unwrap();
        assert_eq!((now.norm_grams, now.name_en.as_str()), (Grams(1_500), "Produits laitiers"));
        drop(conn);
        for (edit, why) in [
            (EditFamily { norm: Grams::kg(51), ..edit.clone() }, Refused::NormOutOfBounds),
            (
                EditFamily { names: Names { fr: " ".into(), en: String::new() }, ..edit.clone() },
                Refused::NameMissing,
            ),
            (
                EditFamily {
                    seen: now.mark(),
                    names: Names { fr: "boissons".into(), en: String::new() },
                    ..edit
                },
                Refused::NameTaken,
            ),
        ] {
            let outcome = edit_family::run(&cx, &town.db, edit).await;
            assert!(matches!(outcome, Err(Failure::Refused(refused)) if refused == why), "{why:?}");
        }
        let mut conn = town.db.read().await.unwrap();
        let acts = audit::facilitation_in(&mut conn, town.coordination).await.unwrap();
        assert_eq!(acts.len(), 1, "every member reads what changed");
    }
);

testkit::both!(
    async fn members_read_and_facilitators_change(town: Town) {
        with_defaults(&town).await;
        let structure = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", structure, Role::Lead).await;
        let olivier = town.facilitator("Olivier", structure).await;
        let mut browser = town.browser(vec![goods::room()]).await;
        assert_eq!(browser.get("/coordination/denrees").await.status, 303, "nobody we know");
        browser.sign_in(awa).await;
        let list = browser.get("/coordination/denrees").await;
        assert_eq!(list.texts("table").len(), 2);
        assert!(list.text().contains("Fruits et légumes 2,8 kg"), "{}", list.text());
        assert!(list.attributes("form[action*=retirer]", "action").is_empty());
        assert_eq!(browser.get("/coordination/denrees/familles/dairy").await.status, 403);
        let sent =
            browser.submit("/coordination/denrees/conditionnements/crate/retirer", &[("cle", "x")]).await;
        assert_eq!(sent.status, 403);

        browser.sign_in(olivier).await;
        let path = "/coordination/denrees/familles/dairy";
        let form = browser.get(path).await;
        let refused = send(&mut browser, &form, path, "main form", &[("norme", "beaucoup")]).await;
        assert_eq!(refused.status, 422);
        let done = send(&mut browser, &form, path, "main form", &[("norme", "1600")]).await;
        assert_eq!(done.status, 303);
        let stale =
            send(&mut browser, &form, path, "main form", &[("norme", "1700"), ("cle", "autre")]).await;
        assert_eq!(stale.status, 409);
        assert!(
            stale.text().contains("1,6 kg") && stale.attributes("#norme", "value") == ["1700"],
            "{}",
            stale.text()
        );

        let path = "/coordination/denrees/familles/nouvelle";
        let form = browser.get(path).await;
        let done =
            send(&mut browser, &form, path, "main form", &[("nom", "Café et thé"), ("norme", "60")]).await;
        assert_eq!(done.status, 303);
        let removed =
            browser.submit("/coordination/denrees/conditionnements/crate/retirer", &[("cle", "y")]).await;
        assert_eq!(removed.status, 303);
        let list = browser.visit("/coordination/denrees").await;
        assert!(list.text().contains("Café et thé 60 g"));
        assert!(!list.texts("tbody th").iter().any(|name| name == "Cagette"));
        let undo = list.attributes(".undo form", "action").remove(0);
        let back = send(&mut browser, &list, &undo, ".undo form", &[]).await;
        assert_eq!(back.status, 303, "{}", back.text());
        assert!(browser.visit("/coordination/denrees").await.text().contains("Cagette 8 kg"));
        browser.speak("en");
        for path in [
            "/coordination/denrees",
            "/coordination/denrees/familles/nouvelle",
            "/coordination/denrees/conditionnements/nouveau",
            "/coordination/denrees/conditionnements/pallet",
        ] {
            assert_eq!(browser.get(path).await.status, 200, "{path}");
        }
    }
);
