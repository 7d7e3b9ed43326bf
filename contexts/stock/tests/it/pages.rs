//! The pages as people meet them: what they see, what a form answers, what others do not see.

use access::FieldGroup;
use kernel::{Grams, PersonId, Role};
use stock::LotId;
use testkit::{Browser, Page};

use crate::scene::{Scene, yoghurts};

async fn door(scene: &Scene, person: PersonId) -> Browser {
    let mut browser = scene.town.browser(vec![stock::room(), goods::room()]).await;
    browser.sign_in(person).await;
    browser
}

fn person(cx: &kernel::Cx) -> PersonId {
    cx.person().expect("somebody")
}

async fn send(browser: &mut Browser, page: &Page, path: &str, form: &str, change: &[(&str, &str)]) -> Page {
    let filled = page.filled(form, change);
    let pairs: Vec<(&str, &str)> =
        filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(path, &pairs).await
}

fn lot_of(page: &Page) -> LotId {
    let link = page.attributes("tbody th a", "href").into_iter().next().expect("a lot on the list");
    link.rsplit('/').next().unwrap().parse().expect("a lot's address")
}

const DELIVERY: [(&str, &str); 8] = [
    ("produit-1", "Yaourts nature"),
    ("poids-1", "120"),
    ("mesure-1", "pese"),
    ("famille-1", "dairy"),
    ("conservation-1", "chilled"),
    ("date-type-1", "use_by"),
    ("date-1", "30/11/2026"),
    ("temperature-1", "3,5"),
];

testkit::both!(
    async fn a_delivery_goes_in_and_is_taken_back(town: Town) {
        let scene = Scene::set(town).await;
        let mut karim = door(&scene, person(&scene.keeper)).await;
        let empty = karim.get("/stock").await;
        assert!(empty.text().contains("Rien en stock ici"), "{}", empty.text());

        let blank = karim.get("/stock/recevoir").await;
        let refused = send(
            &mut karim,
            &blank,
            "/stock/recevoir",
            "main form",
            &[("produit-1", "Yaourts"), ("poids-1", "beaucoup")],
        )
        .await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attributes("[name=poids-1]", "value"), ["beaucoup"], "what was typed is kept");
        assert!(refused.text().contains("écrivez un poids en kilos"));

        let more = send(&mut karim, &refused, "/stock/recevoir", "main form", &[("ajouter", "1")]).await;
        assert_eq!(more.status, 200);
        assert_eq!(more.attributes("[name=produit-1]", "value"), ["Yaourts"]);
        assert_eq!(more.attributes("[name=produit-2]", "value"), [""]);

        let done = send(&mut karim, &blank, "/stock/recevoir", "main form", &DELIVERY).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let list = karim.visit(done.location.as_deref().unwrap()).await;
        assert!(list.text().contains("C’est en stock."), "{}", list.text());
        assert!(list.text().contains("Yaourts nature") && list.text().contains("120 kg"));
        let undo = list.attributes(".undo form", "action").remove(0);
        let undone = send(&mut karim, &list, &undo, ".undo form", &[]).await;
        assert_eq!(undone.status, 303);
        assert!(!karim.get("/stock").await.text().contains("Yaourts nature"));
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_short_date_asks_for_a_sentence(town: Town) {
        let scene = Scene::set(town).await;
        let mut karim = door(&scene, person(&scene.keeper)).await;
        let blank = karim.get("/stock/recevoir").await;
        let mut delivery = DELIVERY.to_vec();
        delivery[6] = ("date-1", "24/11/2026");
        let asked = send(&mut karim, &blank, "/stock/recevoir", "main form", &delivery).await;
        assert_eq!(asked.status, 422);
        assert!(asked.texts("#raison-1-erreur").concat().contains("31 heures"), "{}", asked.text());
        let why = [("raison-1", "Distribution demain à 10 h au point de Bas-Montreuil")];
        let done = send(&mut karim, &asked, "/stock/recevoir", "main form", &why).await;
        assert_eq!(done.status, 303);
        let again = send(&mut karim, &asked, "/stock/recevoir", "main form", &why).await;
        assert_eq!(again.status, 303, "a phone that sends twice");
        let list = karim.visit("/stock").await;
        assert_eq!(list.texts("tbody tr").len(), 1, "writes once");
    }
);

testkit::both!(
    async fn each_act_on_a_lot_from_its_page(town: Town) {
        let scene = Scene::set(town).await;
        let lot = scene.receive(yoghurts(), Grams::kg(100)).await;
        let mut karim = door(&scene, person(&scene.keeper)).await;
        let steps: [(&str, &[(&str, &str)]); 9] = [
            ("deplacer", &[("poids", "10"), ("vers", &scene.frozen.to_string())]),
            ("partager", &[("poids", "5"), ("date", "28/11/2026"), ("lieu", &scene.chilled.to_string())]),
            ("distribuer", &[("poids", "1"), ("lieu", &scene.chilled.to_string())]),
            ("jeter", &[("poids", "2"), ("raison", "pots ouverts"), ("lieu", &scene.chilled.to_string())]),
            (
                "rendre",
                &[
                    ("poids", "3"),
                    ("raison", "trop"),
                    ("vers", "donneur"),
                    ("lieu", &scene.chilled.to_string()),
                ],
            ),
            ("temperature", &[("temperature", "3,5")]),
            ("quarantaine", &[("raison", "pots gonflés")]),
            ("bloquer", &[("raison", "rappel")]),
            ("liberer", &[("raison", "contrôlé")]),
        ];
        for (act, fields) in steps {
            scene.later();
            let path = format!("/stock/lots/{lot}/{act}");
            let form = karim.get(&path).await;
            assert_eq!(form.status, 200, "{act}");
            let blank = send(&mut karim, &form, &path, "main form", &[]).await;
            assert_eq!(blank.status, 422, "{act} asks for something");
            let done = send(&mut karim, &form, &path, "main form", fields).await;
            assert_eq!(done.status, 303, "{act}: {}", done.text());
        }
        let trace = karim.visit(&format!("/stock/lots/{lot}")).await;
        assert_eq!(
            trace
                .texts(".trace__what")
                .iter()
                .map(|what| what.split(" :").next().unwrap().trim().to_owned())
                .collect::<Vec<_>>(),
            ["Reçu", "Déplacé", "Partagé", "Partagé", "Distribué", "Jeté", "Rendu"],
            "{}",
            trace.text()
        );
        assert_eq!(scene.balance(lot, scene.chilled).await.0, 79_000);
        let correct = trace.attributes(".trace a", "href").into_iter().nth(4).unwrap();
        let form = karim.get(&correct).await;
        let path = form.attributes("main form", "action").remove(0);
        let done = send(&mut karim, &form, &path, "main form", &[("raison", "noté deux fois")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(done.location.as_deref(), Some(format!("/stock/lots/{lot}").as_str()));
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_count_writes_what_was_found(town: Town) {
        let scene = Scene::set(town).await;
        let lot = scene.receive(yoghurts(), Grams::kg(20)).await;
        let other = scene.receive(yoghurts(), Grams::kg(10)).await;
        let mut karim = door(&scene, person(&scene.keeper)).await;
        let sheet = karim.get("/stock/inventaire").await;
        assert_eq!(sheet.status, 200);
        let found = format!("trouve-{lot}");
        let refused =
            send(&mut karim, &sheet, "/stock/inventaire", "main form[method=post]", &[(&found, "vingt")])
                .await;
        assert_eq!(refused.status, 422);
        let done =
            send(&mut karim, &sheet, "/stock/inventaire", "main form[method=post]", &[(&found, "18,5")])
                .await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(scene.balance(lot, scene.chilled).await, (18_500, 0));
        assert_eq!(scene.balance(other, scene.chilled).await, (10_000, 0), "left blank, left alone");
        let stale = send(
            &mut karim,
            &sheet,
            "/stock/inventaire",
            "main form[method=post]",
            &[(&found, "17"), ("cle", "une-autre-fois")],
        )
        .await;
        assert_eq!(stale.status, 422);
        assert!(stale.text().contains("Le stock a bougé pendant le comptage"));
        let sheet = karim.get("/stock/fiche").await;
        assert!(sheet.texts(".sheet tbody tr").len() == 2);
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn the_list_goes_on_page_after_page_in_the_order_of_dates(town: Town) {
        let scene = Scene::set(town).await;
        let start = scene.keeper.today();
        for n in 0..45_i64 {
            let date = start + chrono::Duration::days((n * 7) % 20);
            let lot = stock::NewLot { product: format!("Produit {n}"), date: Some(date), ..yoghurts() };
            scene.receive(lot, Grams::kg(1)).await;
        }
        let mut conn = scene.town.db.read().await.unwrap();
        let zones = stock::queries::zones_of(&mut conn, scene.town.coordination, scene.hub).await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page =
                stock::queries::shelf(&mut conn, &zones, &stock::queries::ShelfFilter::default(), after, 7)
                    .await
                    .unwrap();
            let Some(last) = page.last() else { break };
            after = stock::queries::After::parse(&last.after().to_text());
            seen.extend(page);
        }
        assert_eq!(seen.len(), 45);
        assert!(seen.windows(2).all(|pair| pair[0].date <= pair[1].date), "nearest date first");
        let lots: std::collections::BTreeSet<_> = seen.iter().map(|line| line.lot).collect();
        assert_eq!(lots.len(), 45, "none twice, none lost");
        drop(conn);
        let mut karim = door(&scene, person(&scene.keeper)).await;
        let first = karim.get("/stock").await;
        assert_eq!(first.texts("tbody tr").len(), 40);
        let next = first.attributes("a[rel=next]", "href").remove(0);
        assert_eq!(karim.get(&next).await.texts("tbody tr").len(), 5);
        let frozen = karim.get(&format!("/stock?lieu={}&temperature=frozen", scene.site)).await;
        assert!(frozen.text().contains("Rien ne correspond"));
    }
);

testkit::both!(
    async fn the_common_stock_is_common_and_the_rest_stays_at_home(town: Town) {
        let scene = Scene::set(town).await;
        scene.receive(yoghurts(), Grams::kg(20)).await;
        let mut awa = door(&scene, person(&scene.awa)).await;
        let hub = awa.get(&format!("/stock?lieu={}", scene.site)).await;
        assert!(hub.text().contains("Yaourts nature"), "contributors see the hub");
        let lot = lot_of(&hub);
        assert!(!hub.text().contains("Recevoir"), "and do not act there");
        assert_eq!(awa.get(&format!("/stock/lots/{lot}/jeter")).await.status, 403);
        assert_eq!(awa.get(&format!("/stock/inventaire?lieu={}", scene.site)).await.status, 403);

        // What the hub keeps for itself, outside the hub, is its own.
        let own = scene.zone_of(scene.hub, goods::TemperatureClass::Chilled).await;
        let command = stock::usecases::receive::Receive {
            coordination: scene.town.coordination,
            structure: scene.hub,
            place: own,
            lot: stock::NewLot { product: "Compotes".into(), ..yoghurts() },
            grams: Grams::kg(4),
            occurred_at: None,
        };
        let kept = stock::usecases::receive::run(&scene.keeper, &scene.town.db, command).await.unwrap().lot;
        for path in [
            format!("/stock?lieu={}", scene.hub),
            format!("/stock/export?lieu={}&format=csv", scene.hub),
            format!("/stock/fiche?lieu={}", scene.hub),
            format!("/stock/lots/{kept}"),
            format!("/stock/lots/{kept}/jeter"),
        ] {
            assert_eq!(awa.get(&path).await.status, 404, "{path}");
        }
        let olivier = scene.town.facilitator("Olivier", scene.pantry).await;
        let mut olivier = door(&scene, olivier).await;
        assert_eq!(
            olivier.get(&format!("/stock/lots/{kept}")).await.status,
            404,
            "facilitating opens no drawer"
        );

        let mut tx = scene.town.db.write().await.unwrap();
        tx.query("INSERT INTO field_scope (structure_id, field_group, scope, named) VALUES ($1, $2, 'coordination', $3)")
            .bind(scene.hub)
            .bind(FieldGroup::Stock.code())
            .bind(store::Json(serde_json::json!([])))
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let shared = awa.get(&format!("/stock?lieu={}", scene.hub)).await;
        assert!(shared.text().contains("Compotes"), "{}", shared.text());
        let csv = awa.get(&format!("/stock/export?lieu={}&format=csv", scene.hub)).await;
        assert!(csv.html().contains("Compotes"));
        let mut conn = scene.town.db.read().await.unwrap();
        let readings = access::readings_of(&mut conn, scene.hub, scene.keeper.today()).await.unwrap();
        let surfaces: Vec<_> =
            readings.iter().map(|r| (r.reader_id, r.surface.as_str(), r.what.as_str())).collect();
        assert!(surfaces.contains(&(scene.pantry, "list", "stock")), "{surfaces:?}");
        assert!(surfaces.contains(&(scene.pantry, "export", "stock")), "{surfaces:?}");
    }
);

testkit::both!(
    async fn nobody_gets_in_unknown_and_files_come_in_three_kinds(town: Town) {
        let scene = Scene::set(town).await;
        let lot = scene.receive(yoghurts(), Grams(12_345)).await;
        let mut anybody = scene.town.browser(vec![stock::room()]).await;
        for path in ["/stock", "/stock/recevoir", "/stock/inventaire", "/stock/fiche", "/stock/export"] {
            let page = anybody.get(path).await;
            assert_eq!(page.status, 303, "{path}");
            assert!(page.location.unwrap().starts_with("/connexion"), "{path}");
        }
        let mut karim = door(&scene, person(&scene.keeper)).await;
        let csv = karim.get("/stock/export?format=csv").await;
        assert!(csv.html().contains("12,345") || csv.html().contains("12.345"), "{}", csv.html());
        for (format, begins) in [("xlsx", b"PK"), ("ods", b"PK")] {
            let file = karim.get(&format!("/stock/export?format={format}")).await;
            assert_eq!(file.status, 200);
            assert!(file.bytes.starts_with(begins), "{format}");
        }
        assert_eq!(karim.get("/stock/export?format=doc").await.status, 404);
        assert_eq!(karim.get("/stock?lieu=nulle-part").await.status, 404);
        assert_eq!(karim.get("/stock?apres=nimporte&temperature=tiede&famille=x").await.status, 200);
        assert_eq!(karim.get(&format!("/stock/lots/{lot}/chanter")).await.status, 404);
        // The other language is whole: a missing text ends the request in the test's browser.
        karim.speak("en");
        for path in ["/stock", "/stock/recevoir", "/stock/inventaire", "/stock/fiche"] {
            assert_eq!(karim.get(path).await.status, 200, "{path}");
        }
        for act in [
            "deplacer",
            "partager",
            "distribuer",
            "jeter",
            "rendre",
            "temperature",
            "quarantaine",
            "bloquer",
            "liberer",
            "retirer",
        ] {
            assert_eq!(karim.get(&format!("/stock/lots/{lot}/{act}")).await.status, 200, "{act}");
        }
        assert_eq!(karim.get(&format!("/stock/lots/{lot}")).await.status, 200);
        let volunteer = scene.town.person("Lina", scene.hub, Role::Volunteer).await;
        let mut lina = door(&scene, volunteer).await;
        assert_eq!(lina.get("/stock").await.status, 200);
        assert_eq!(
            lina.get("/stock/recevoir").await.status,
            200,
            "volunteers receive what comes to the dock"
        );
    }
);
