//! Every page of the directory, asked for and sent as a browser would.

use documents::sheets::{Column, Kind, Table, write_ods, write_xlsx};
use kernel::{Role, StructureId};
use testkit::{Browser, Page, Town};

use crate::with_families;

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn house(town: &Town) -> Browser {
    town.browser(vec![network::room_with(vec![directory::exporter]), directory::room(), goods::room()]).await
}

async fn send(browser: &mut Browser, path: &str, page: &Page, form: &str, change: &[(&str, &str)]) -> Page {
    browser.submit(path, &borrowed(&page.filled(form, change))).await
}

testkit::both!(
    async fn a_structure_is_added_found_and_binned(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let mut browser = house(&town).await;
        browser.sign_in(olivier).await;
        let page = browser.get("/structures/nouvelle").await;
        let page = send(
            &mut browser,
            "/structures/nouvelle",
            &page,
            "main form",
            &[("nom", ""), ("ville", "Montreuil")],
        )
        .await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attributes("#ville", "value"), ["Montreuil"], "what was typed is kept");
        assert_eq!(page.attributes("[aria-invalid]", "name"), ["nom", "cp"]);
        let change = [
            ("nom", "Épicerie des Lilas"),
            ("cp", "93100"),
            ("contact-tel", "0148700000"),
            ("niveau", "contributor"),
        ];
        let page = send(&mut browser, "/structures/nouvelle", &page, "main form", &change).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let card = page.location.unwrap();
        let page = browser.get(&card).await;
        assert!(
            page.text().contains("01 48 70 00 00") && page.text().contains("93100 Montreuil"),
            "{}",
            page.text()
        );
        for (query, found) in [
            ("q=lilas", 1),
            ("q=montreuil+epicerie", 1),
            ("q=bordeaux", 0),
            ("q=&secteur=aide_alimentaire", 1),
        ] {
            let page = browser.get(&format!("/structures?{query}")).await;
            assert_eq!(page.texts("tbody tr").len(), found, "{query}");
        }
        for (format, media_type) in
            [("csv", "text/csv"), ("xlsx", "application/vnd.openxml"), ("ods", "application/vnd.oasis")]
        {
            let page = browser.get(&format!("/structures/export/{format}?q=")).await;
            assert_eq!(page.status, 200);
            assert!(page.media_type.starts_with(media_type));
        }
        assert_eq!(browser.get("/structures/export/exe").await.status, 404);
        browser.submit(&format!("{card}/supprimer"), &[]).await;
        assert_eq!(browser.get(&card).await.status, 404);
        let page = browser.get("/structures").await;
        assert!(!page.text().contains("Lilas") || page.texts("tbody tr").len() == 1);
        browser.submit(&format!("{card}/retablir"), &[]).await;
        assert_eq!(browser.get(&card).await.status, 200);
    }
);

testkit::both!(
    async fn the_list_goes_on_page_after_page(town: Town) {
        let first = town.structure("A0", "ccas").await;
        for at in 0..90 {
            town.structure(&format!("Structure {at:02}"), "association").await;
        }
        let mut browser = house(&town).await;
        browser.sign_in(town.person("Awa", first, Role::Member).await).await;
        let mut seen = Vec::new();
        let mut path = "/structures".to_owned();
        for _ in 0..4 {
            let page = browser.get(&path).await;
            seen.extend(page.texts("tbody th"));
            match page.attributes("a[rel=next]", "href").first() {
                Some(next) => next.clone_into(&mut path),
                None => break,
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), &seen), (91, &sorted));
    }
);

testkit::both!(
    async fn a_card_is_edited_and_a_second_editor_sees_both_versions(town: Town) {
        with_families(&town).await;
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let ccas = town.structure("CCAS", "ccas").await;
        let awa = town.person("Awa", lilas, Role::Member).await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let path = format!("/structures/{lilas}/modifier");
        let mut mine = house(&town).await;
        mine.sign_in(awa).await;
        let mut theirs = house(&town).await;
        theirs.sign_in(olivier).await;
        let my_page = mine.get(&path).await;
        let their_page = theirs.get(&path).await;
        assert!(
            their_page.text().contains("Saisi par Olivier pour Épicerie des Lilas"),
            "{}",
            their_page.text()
        );
        let page =
            send(&mut mine, &path, &my_page, "main form", &[("siret", "123"), ("foyers", "beaucoup")]).await;
        assert_eq!(page.status, 422);
        assert!(
            page.text().contains("Ce numéro SIRET n’est pas juste")
                || page.attributes("[aria-invalid]", "name").contains(&"foyers".to_owned())
        );
        let saved =
            send(&mut theirs, &path, &their_page, "main form", &[("foyers", "40"), ("exclues", "boissons")])
                .await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let page = send(&mut mine, &path, &my_page, "main form", &[("foyers", "55")]).await;
        assert_eq!(page.status, 409);
        let rows = page.texts(".table tbody tr");
        assert!(rows.iter().any(|row| row.contains("55") && row.contains("40")), "{rows:?}");
        let page = send(&mut mine, &path, &page, "main form", &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = mine.get(&format!("/structures/{lilas}")).await;
        assert!(
            page.text().contains("55") && page.text().contains("Fiche confirmée par la structure"),
            "{}",
            page.text()
        );
        let page = mine.get(&format!("/structures/{lilas}/historique")).await;
        assert!(page.text().contains("saisi par Olivier pour Épicerie des Lilas"), "{}", page.text());
        assert!(page.text().contains("public accueilli"));
        let volunteer = town.person("Bruno", lilas, Role::Volunteer).await;
        mine.sign_in(volunteer).await;
        assert_eq!(mine.get(&path).await.status, 403);
    }
);

testkit::both!(
    async fn a_place_has_seven_rows_of_hours(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        let mut browser = house(&town).await;
        browser.sign_in(town.person("Awa", lilas, Role::Lead).await).await;
        let path = format!("/structures/{lilas}/lieux/nouveau");
        let page = browser.get(&path).await;
        let change = [
            ("lieu", "Local"),
            ("cp", "93100"),
            ("ville", "Montreuil"),
            ("sec", "800"),
            ("jour1", "9-12, 14h à 17h"),
            ("jour2", "sur appel"),
            ("point", "là-bas"),
        ];
        let page = send(&mut browser, &path, &page, "main form", &change).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attributes("[aria-invalid]", "name"), ["point", "jour2"]);
        let page =
            send(&mut browser, &path, &page, "main form", &[("jour2", "fermé"), ("point", "48.86, 2.44")])
                .await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = browser.get(&format!("/structures/{lilas}")).await;
        assert!(page.text().contains("de 9 h à 12 h") || page.text().contains("9\u{a0}h"), "{}", page.text());
        let edit = page.attributes("a[href^='/lieux/']", "href").remove(0);
        let page = browser.get(&edit).await;
        assert_eq!(page.attributes("#jour1", "value"), ["9:00-12:00, 14:00-17:00"]);
        let stale = page.filled("main form", &[("lieu", "Mon local")]);
        assert_eq!(
            send(&mut browser, &edit, &page, "main form", &[("lieu", "Grand local")]).await.status,
            303
        );
        let page = browser.submit(&edit, &borrowed(&stale)).await;
        assert_eq!(page.status, 409);
        assert!(page.text().contains("Grand local") && page.text().contains("Mon local"));
    }
);

fn table() -> Table {
    let names = ["Nom de l’asso", "CP", "Ville", "Tél", "Adresse mail", "Nb de bénéficiaires"];
    Table {
        title: "Associations".into(),
        columns: names.into_iter().map(|name| Column::new(name, Kind::Text)).collect(),
        rows: vec![
            vec![
                "Le Panier".into(),
                "93100".into(),
                "Montreuil".into(),
                "01 48 70 00 00".into(),
                "p@exemple.fr".into(),
                "120".into(),
            ],
            vec!["Lilas".into(), "75020".into(), "Paris".into()],
        ],
    }
}

testkit::both!(
    async fn a_spreadsheet_is_read_looked_at_written_and_undone(town: Town) {
        let lilas = town.structure("Lilas", "association").await;
        town.site(lilas, "Local", None).await;
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let mut browser = house(&town).await;
        browser.sign_in(olivier).await;
        let key = browser.get("/import").await.filled("main form", &[]);
        for (name, bytes, said) in [
            ("photo.png", b"\x89PNG\r\n\x1a\n0000".to_vec(), "n’est pas un tableur"),
            ("vide.csv", b" \n ".to_vec(), "ne contient aucune ligne"),
            ("vieux.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1aaaaaaaa".to_vec(), "ancien format"),
        ] {
            let page = browser.upload("/import", &borrowed(&key), ("fichier", name, &bytes)).await;
            assert_eq!(page.status, 422, "{name}");
            assert!(page.text().contains(said), "{name}: {}", page.text());
        }
        let page = browser
            .upload("/import", &borrowed(&key), ("fichier", "énorme.csv", &vec![b'a'; 11_500_000]))
            .await;
        assert_eq!(page.status, 413);
        assert!(page.text().contains("trop lourd"), "{}", page.text());

        let sheets =
            [("liste.xlsx", write_xlsx(&[table()]).unwrap()), ("liste.ods", write_ods(&[table()]).unwrap())];
        for (name, bytes) in sheets {
            let key = browser.get("/import").await.filled("main form", &[]);
            let page = browser.upload("/import", &borrowed(&key), ("fichier", name, &bytes)).await;
            assert_eq!(page.status, 303, "{name}: {}", page.text());
            let path = page.location.unwrap();
            let page = browser.get(&path).await;
            assert_eq!(page.texts(".stat__figure"), ["1", "0", "1", "0"], "{name}");
            assert!(page.text().contains("Une structure du même nom est déjà connue"));
            let map = format!("{path}/colonnes");
            let columns = browser.get(&map).await;
            assert_eq!(
                columns.attributes("option[selected]", "value"),
                ["name", "postcode", "city", "phone", "email", "persons"]
            );
            let twice = send(&mut browser, &map, &columns, "main form", &[("c2", "name")]).await;
            assert_eq!(twice.status, 422);
            assert!(twice.text().contains("Deux colonnes sont notées"));
            assert_eq!(send(&mut browser, &map, &columns, "main form", &[("c5", "")]).await.status, 303);

            let write = format!("{path}/valider");
            let form = format!("form[action='{write}']");
            let stale = send(&mut browser, &write, &page, &form, &[]).await;
            assert_eq!(stale.status, 409, "the columns have changed since");
            let page = browser.get(&path).await;
            assert_eq!(send(&mut browser, &write, &page, &form, &[]).await.status, 303);
            let page = browser.get(&path).await;
            assert!(page.text().contains("Le Panier"), "{}", page.text());
            let list = browser.get("/structures?q=panier").await;
            assert_eq!(list.texts("tbody tr").len(), 1);
            let undo = page.attributes(".undo form", "action").remove(0);
            assert_eq!(browser.submit(&undo, &[]).await.status, 303);
            assert_eq!(browser.get("/structures?q=panier").await.texts("tbody tr").len(), 0);
            assert!(browser.get(&path).await.text().contains("Cet import a été annulé"));
        }
        let awa = town.person("Awa", lilas, Role::Lead).await;
        browser.sign_in(awa).await;
        assert_eq!(browser.get("/import").await.status, 403);
    }
);

testkit::both!(
    async fn every_page_speaks_english_too(town: Town) {
        with_families(&town).await;
        let lilas = town.structure("Lilas", "association").await;
        town.site(lilas, "Local", None).await;
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let mut browser = house(&town).await;
        browser.sign_in(olivier).await;
        browser.speak("en");
        let id: StructureId = lilas;
        for path in [
            "/structures".to_owned(),
            "/structures/nouvelle".to_owned(),
            format!("/structures/{id}"),
            format!("/structures/{id}/modifier"),
            format!("/structures/{id}/historique"),
            format!("/structures/{id}/lieux/nouveau"),
            "/import".to_owned(),
        ] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.texts("h1").len(), 1, "{path}");
        }
        let zip = browser.get("/structure/partage/donnees.zip").await;
        assert_eq!(zip.media_type, "application/zip");
    }
);

testkit::both!(
    async fn a_structure_that_is_known_already_is_let_in_rather_than_doubled(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let known = town.stranger("Épicerie des Lilas", "association").await;
        let mut browser = house(&town).await;
        browser.sign_in(olivier).await;
        let new = "/structures/nouvelle";
        let page = browser.get(new).await;
        let change = [("nom", "EPICERIE des Lilas"), ("niveau", "reader")];
        let page = send(&mut browser, new, &page, "main form", &change).await;
        assert_eq!(page.status, 409);
        assert!(page.text().contains("déjà connue"), "{}", page.text());
        assert_eq!(page.attributes("#nom", "value"), ["EPICERIE des Lilas"], "what was typed is kept");
        let enter = format!("/structures/{known}/entrer");
        let form = format!("form[action='{enter}']");
        let sent = page.filled(&form, &[]);
        assert_eq!(browser.submit(&enter, &borrowed(&sent)).await.status, 303);
        assert!(browser.get(&format!("/structures/{known}")).await.text().contains("Lectrice"));
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(network::queries::namesakes(&mut conn, "Épicerie des Lilas").await.unwrap(), [known]);
        drop(conn);

        // Another one that merely has the same name.
        let page = browser.get(new).await;
        let mut sent = page.filled("form.narrow", &[("nom", "Épicerie des Lilas")]);
        sent.push(("autre".into(), "oui".into()));
        assert_eq!(browser.submit(new, &borrowed(&sent)).await.status, 303);
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(network::queries::namesakes(&mut conn, "Épicerie des Lilas").await.unwrap().len(), 2);
        drop(conn);

        // The card of a structure without people offers to invite somebody.
        let page = browser.get(&format!("/structures/{known}")).await;
        assert!(page.attributes("main a", "href").contains(&format!("/structures/{known}/membres")));

        // Saving it again without a change is no change: nothing in its history, nobody is told.
        let path = format!("/structures/{known}/modifier");
        let page = browser.get(&path).await;
        send(&mut browser, &path, &page, "main form", &[]).await;
        let history = browser.get(&format!("/structures/{known}/historique")).await;
        assert!(!history.text().contains("Fiche modifiée"), "{}", history.text());
    }
);

testkit::both!(
    async fn a_reader_reads_why_something_is_not_theirs(town: Town) {
        let claire = town.structure("Service social", "service_public").await;
        let mut tx = town.db.write().await.unwrap();
        tx.query("UPDATE membership SET level = 'reader' WHERE structure_id = $1")
            .bind(claire)
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let claire = town.person("Claire", claire, Role::Member).await;
        let mut browser = house(&town).await;
        browser.sign_in(claire).await;
        let page = browser.get("/structures/nouvelle").await;
        assert_eq!(page.status, 403);
        assert!(page.text().contains("Votre structure est lectrice"), "{}", page.text());
        assert!(page.text().contains("contributrice"));
    }
);
