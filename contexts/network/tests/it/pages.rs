//! Every page of the network, asked for and sent as a browser would.

use std::io::{Cursor, Read as _};

use kernel::Role;
use testkit::Page;

fn pairs(page: &Page, form: &str, change: &[(&str, &str)]) -> Vec<(String, String)> {
    page.filled(form, change)
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

testkit::both!(
    async fn the_table_names_who_is_missing(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![network::room()]).await;
        assert_eq!(
            browser.get("/coordination").await.location.as_deref(),
            Some("/connexion?retour=/coordination")
        );
        browser.sign_in(olivier).await;
        for language in ["fr", "en"] {
            browser.speak(language);
            let page = browser.get("/coordination").await;
            assert_eq!(page.status, 200);
            assert_eq!(page.texts(".seat").len(), 11);
            assert_eq!(page.texts(".seat--empty").len(), 9);
        }
        browser.speak("fr");
        let page = browser.get("/coordination").await;
        assert!(
            page.text().contains("Il manque à la table\u{a0}: ")
                || page.text().contains("Il manque à la table : "),
            "{}",
            page.text()
        );
        assert!(page.text().contains("Une seule personne anime la coordination."));

        let page = browser.get("/coordination/co-animation").await;
        let lilas_text = lilas.to_string();
        let sent = pairs(&page, "main form", &[("structure", &lilas_text), ("email", "inconnue@exemple.fr")]);
        let page = browser.submit("/coordination/co-animation", &borrowed(&sent)).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Nous ne trouvons personne à cette adresse"));
        let sent = pairs(&page, "main form", &[("email", "awa@exemple.fr")]);
        let page = browser.submit("/coordination/co-animation", &borrowed(&sent)).await;
        assert_eq!(page.location.as_deref(), Some("/coordination"));
        let page = browser.get("/coordination").await;
        assert!(page.text().contains("co-animée par plusieurs personnes"), "{}", page.text());
        assert!(page.text().contains("Nouvelle personne en co-animation"));

        let end = format!("/coordination/co-animation/{awa}/fin");
        let page = browser.get(&end).await;
        let page = browser.submit(&end, &borrowed(&pairs(&page, "main form", &[]))).await;
        assert_eq!(page.status, 422);
        let page = browser
            .submit(&end, &borrowed(&pairs(&page, "main form", &[("raison", "Fin de son contrat")])))
            .await;
        assert_eq!(page.status, 303);
        assert!(browser.get("/coordination").await.text().contains("Fin de son contrat"));
        let level = format!("/coordination/membres/{lilas}/niveau");
        let page = browser.get(&level).await;
        let page =
            browser.submit(&level, &borrowed(&pairs(&page, "main form", &[("niveau", "signatory")]))).await;
        assert_eq!(page.status, 303);
        assert!(browser.get("/coordination").await.text().contains("Signataire de la charte"));
    }
);

testkit::both!(
    async fn a_lead_decides_what_is_shared_and_takes_it_all_away(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        town.structure("CCAS", "ccas").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let bruno = town.person("Bruno", lilas, Role::Volunteer).await;
        let mut browser = town.browser(vec![network::room()]).await;
        browser.sign_in(awa).await;
        assert_eq!(browser.get("/structure").await.location, Some(format!("/structures/{lilas}")));
        let page = browser.get("/structure/partage").await;
        assert_eq!(page.texts("tbody tr").len(), 7);
        let ask = browser.get("/structure/partage/contact").await;
        assert_eq!(ask.attributes("input[name=portee][checked]", "value"), ["coordination"]);
        let stale = pairs(&ask, "main form", &[("portee", "me")]);
        let sent = pairs(&ask, "main form", &[("portee", "named")]);
        let page = browser.submit("/structure/partage/contact", &borrowed(&sent)).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Cochez au moins une structure."));
        let sent = pairs(&ask, "main form", &[("portee", "public")]);
        assert_eq!(browser.submit("/structure/partage/contact", &borrowed(&sent)).await.status, 303);
        let page = browser.get("/structure/partage").await;
        assert!(page.text().contains("Tout le monde"));
        let mut stale = borrowed(&stale);
        stale.retain(|(name, _)| *name != "cle");
        let page = browser.submit("/structure/partage/contact", &stale).await;
        assert_eq!(page.status, 409);
        assert!(page.text().contains("Tout le monde") && page.text().contains("Rien n’a été écrasé"));
        let again = pairs(&page, "main form", &[]);
        assert_eq!(browser.submit("/structure/partage/contact", &borrowed(&again)).await.status, 303);
        assert_eq!(browser.get("/structure/partage/lune").await.status, 404);

        let zip = browser.get("/structure/partage/donnees.zip").await;
        assert_eq!(zip.media_type, "application/zip");
        let mut files = zip::ZipArchive::new(Cursor::new(zip.bytes)).unwrap();
        let mut json = String::new();
        files.by_name("donnees.json").unwrap().read_to_string(&mut json).unwrap();
        assert!(json.contains("Épicerie des Lilas") && json.contains("awa@exemple.fr"), "{json}");
        assert_eq!(files.len(), 6);

        let page = browser.get("/structure/partage").await;
        let sent = pairs(&page, "form[action='/structure/partage/quitter']", &[]);
        assert_eq!(browser.submit("/structure/partage/quitter", &borrowed(&sent)).await.status, 303);
        let page = browser.get("/structure/partage").await;
        assert!(page.text().contains("Votre structure a quitté"));
        let undo = page.attributes(".undo form", "action").remove(0);
        assert_eq!(browser.submit(&undo, &[]).await.status, 303);
        assert!(
            browser.get("/structure/partage").await.text().contains("Votre structure a retrouvé sa place")
        );

        browser.sign_in(bruno).await;
        assert_eq!(browser.get("/structure/partage/contact").await.status, 403);
        assert_eq!(browser.get("/structure/partage/donnees.zip").await.status, 403);
        assert!(!browser.get("/structure/partage").await.text().contains("Télécharger"));
    }
);

testkit::both!(
    async fn people_are_invited_changed_and_taken_out(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![network::room()]).await;
        browser.sign_in(awa).await;
        let page = browser.get("/structure/membres").await;
        let form = "form[action='/structure/membres']";
        let sent = pairs(&page, form, &[("nom", "Bruno"), ("email", "bruno@"), ("role", "volunteer")]);
        let page = browser.submit("/structure/membres", &borrowed(&sent)).await;
        assert_eq!(page.status, 422);
        let sent = pairs(&page, form, &[("email", "bruno@exemple.fr")]);
        assert!(sent.contains(&("nom".into(), "Bruno".into())), "what was typed is kept");
        assert_eq!(browser.submit("/structure/membres", &borrowed(&sent)).await.status, 303);
        let page = browser.get("/structure/membres").await;
        assert!(
            page.text().contains("Invitation envoyée à Bruno") && page.text().contains("bruno@exemple.fr")
        );
        let mut conn = town.db.read().await.unwrap();
        let bruno = accounts::people::by_email(&mut conn, "bruno@exemple.fr").await.unwrap().unwrap().id;
        let (link,): (String,) =
            conn.query("SELECT link FROM notice WHERE person_id = $1").bind(bruno).one().await.unwrap();
        drop(conn);

        let change = format!("/structure/membres/{bruno}");
        let page = browser.get(&change).await;
        let sent = pairs(&page, "main form", &[("role", "member")]);
        assert_eq!(browser.submit(&change, &borrowed(&sent)).await.status, 303);
        let page = browser.submit(&format!("/structure/membres/{awa}/retirer"), &[]).await;
        assert_eq!(page.status, 303);
        assert!(browser.get("/structure/membres").await.text().contains("la seule personne responsable"));
        browser.submit(&format!("/structure/membres/{bruno}/retirer"), &[]).await;
        let page = browser.get("/structure/membres").await;
        let undo = page.attributes(".undo form", "action").remove(0);
        browser.submit(&undo, &[]).await;
        assert!(browser.get("/structure/membres").await.text().contains("Membre"));

        browser.forget();
        let page = browser.visit(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Bienvenue Bruno"));
        let action = page.attributes("main form", "action").remove(0);
        let page = browser.submit(&action, &borrowed(&pairs(&page, "main form", &[]))).await;
        assert_eq!((page.status.as_u16(), page.location.as_deref()), (303, Some("/")));
        let page = browser.get("/structure/membres").await;
        assert!(
            page.text().contains("Awa") && !page.text().contains("awa@exemple.fr"),
            "addresses are for the lead"
        );
        browser.forget();
        assert_eq!(browser.visit(&link).await.status, 410);
    }
);

testkit::both!(
    async fn somebody_of_two_structures_chooses(town: Town) {
        let (lilas, ccas) =
            (town.structure("Lilas", "association").await, town.structure("CCAS", "ccas").await);
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut tx = town.db.write().await.unwrap();
        tx.query(
            "INSERT INTO affiliation (person_id, structure_id, role, since) VALUES ($1, $2, 'member', $3)",
        )
        .bind(awa)
        .bind(ccas)
        .bind(town.job().today())
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut browser = town.browser(vec![network::room()]).await;
        browser.sign_in(awa).await;
        let page = browser.get("/structure/choisir").await;
        assert_eq!(page.texts(".list > li").len(), 2);
        let sent = pairs(&page, "form[action='/structure/choisir']", &[]);
        assert_eq!(browser.submit("/structure/choisir", &borrowed(&sent)).await.status, 303);
        let other = [("structure", "0198c0de-0000-7000-8000-000000000000"), ("coordination", "")];
        assert_eq!(browser.submit("/structure/choisir", &other).await.status, 404);
    }
);
