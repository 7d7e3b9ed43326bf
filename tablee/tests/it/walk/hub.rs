//! What the hub does: families and packagings, stock, fair shares, sheets.

use kernel::Role;

use super::Walk;

pub async fn goods(walk: &mut Walk) {
    let list = "/coordination/denrees";
    let olivier = walk.scene.olivier;
    let form = "[action^='/coordination/denrees/']";
    let page = |rest: &str| format!("{list}/{rest}");
    walk.press(olivier, &page("familles/nouvelle"), form, &[("nom", "Épices"), ("norme", "5")]).await;
    walk.press(olivier, &page("familles/dairy"), form, &[("norme", "210")]).await;
    walk.press(olivier, &page("conditionnements/crate"), form, &[("poids", "7")]).await;
    walk.press(olivier, &page("conditionnements/nouveau"), form, &[("nom", "Bac gris"), ("poids", "25")])
        .await;
    let back = walk.press(olivier, list, "[action$='/retirer']", &[]).await;
    walk.undo(olivier, &back).await;
}

pub async fn stock(walk: &mut Walk) {
    let (karim, chilled) = (walk.scene.karim, walk.scene.chilled);
    let arriving = [
        ("produit-1", "Riz"),
        ("poids-1", "40"),
        ("famille-1", "starches"),
        ("mesure-1", "pese"),
        ("conservation-1", "dry"),
        ("date-type-1", "none"),
    ];
    walk.press(karim, "/stock/recevoir", "[action='/stock/recevoir']", &arriving).await;
    let lot = walk.scene.lot("Crème", 80).await;
    let frozen_zone = {
        let keeper = walk.scene.cx(karim).await;
        let scene = &walk.scene;
        let mut tx = scene.town.db.write().await.unwrap();
        let class = goods::TemperatureClass::Frozen;
        let place = stock::usecases::ensure_zone::within(
            &keeper,
            &mut tx,
            scene.town.coordination,
            scene.hub,
            Some(scene.hub_site),
            class,
        );
        let place = place.await.unwrap();
        tx.commit().await.unwrap();
        place.to_string()
    };
    let page = format!("/stock/lots/{lot}");
    let found = format!("trouve-{lot}");
    let sheet = format!("/stock/inventaire?zone={chilled}");
    walk.press(karim, &sheet, "[action='/stock/inventaire']", &[(&found, "79")]).await;
    let act = |verb: &str| format!("{page}/{verb}");
    let at = "[action^='/stock/lots/']";
    for (verb, typed) in [
        ("temperature", vec![("temperature", "3,5"), ("raison", "Sonde du matin")]),
        ("partager", vec![("poids", "10"), ("numero", "A-2")]),
        ("deplacer", vec![("poids", "5"), ("vers", frozen_zone.as_str())]),
        (
            "rendre",
            vec![
                ("lieu", &chilled.to_string()),
                ("poids", "3"),
                ("vers", "donneur"),
                ("raison", "Mauvais produit"),
            ],
        ),
        ("jeter", vec![("lieu", &chilled.to_string()), ("poids", "2"), ("raison", "Pots ouverts")]),
    ] {
        walk.press(karim, &act(verb), at, &typed).await;
    }
    let out = [("lieu", chilled.to_string()), ("poids", "4".to_owned())];
    let out: Vec<(&str, &str)> = out.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let back = walk.press(karim, &act("distribuer"), at, &out).await;
    walk.undo(karim, &back).await;
    walk.press(karim, &act("distribuer"), at, &out).await;
    let lot_page = walk.see(karim, &page).await;
    let corrections = lot_page.attributes("a[href*='/corriger']", "href");
    let correction = corrections.last().expect("a movement that can be corrected").clone();
    walk.press(karim, &correction, "[action$='/corriger']", &[("raison", "Mauvais lot")]).await;
    for (verb, reason) in [
        ("quarantaine", "Emballage gonflé"),
        ("liberer", "Vérifié"),
        ("bloquer", "Rappel"),
        ("retirer", "Détruit"),
    ] {
        walk.press(karim, &act(verb), at, &[("lieu", &chilled.to_string()), ("raison", reason)]).await;
    }
}

pub async fn allocation(walk: &mut Walk) {
    let (olivier, karim, awa, lilas) =
        (walk.scene.olivier, walk.scene.karim, walk.scene.awa, walk.scene.lilas);
    walk.press(olivier, "/attributions/regle", "#regle", &[("decision", "Réunion du 20 novembre")]).await;
    let cheese = walk.scene.lot("Fromage blanc", 60).await.to_string();
    walk.scene.asks(24).await;
    rice_for_the_soup(walk).await;
    let prepare = "[action='/attributions/preparer']";
    let given_up = walk.press(olivier, "/attributions", prepare, &[]).await;
    walk.press(olivier, &given_up, "[action$='/annuler']", &[("raison", "Trop tôt")]).await;
    let run = walk.press(olivier, "/attributions", prepare, &[]).await;
    let id = run.rsplit('/').next().unwrap().parse().unwrap();
    let line = {
        let mut conn = walk.scene.town.db.read().await.unwrap();
        let lines = allocation::queries::lines(&mut conn, id).await.unwrap();
        lines.iter().filter(|line| line.structure == lilas).max_by_key(|line| line.grams).unwrap().id
    };
    let adjusted = [("kg", "18"), ("raison", "Un frigo en panne")];
    walk.press(olivier, &format!("/attributions/lignes/{line}"), "#ligne", &adjusted).await;
    let soupe = walk.scene.soupe.to_string();
    let added = [
        ("lot", cheese.as_str()),
        ("structure", soupe.as_str()),
        ("kg", "6"),
        ("raison", "Demande par téléphone"),
    ];
    walk.press(olivier, &format!("{run}/ajouter"), "#ligne", &added).await;
    let given = [("vers", soupe.as_str()), ("donner-kg", "6"), ("donner-raison", "Elle peut prendre plus")];
    walk.press(olivier, &format!("/attributions/lignes/{line}"), "#donner", &given).await;
    walk.press(olivier, &run, "[action$='/valider']", &[]).await;
    let share = walk.scene.share(id).await;
    walk.press(awa, &format!("/attributions/reponse/{share}"), "#reponse", &[("tout", "oui")]).await;
    let note = format!("{run}/remise/{lilas}");
    walk.press(karim, &note, "#preparer", &[]).await;
    let signed = [
        ("donneur", "Karim"),
        ("receveur", "Awa"),
        ("papier", "oui"),
        ("temp-1", "3"),
        ("temp-2", "3"),
        ("temp-3", "3"),
    ];
    walk.press(karim, &note, "#remise", &signed).await;
    let arrived = format!("/attributions/reponse/{share}");
    walk.press(awa, &arrived, "#recu", &[("temp", "3,5")]).await;
}

/// The other association asks too: a share can be given to it.
async fn rice_for_the_soup(walk: &mut Walk) {
    let soupe = walk.scene.soupe;
    let sonia = walk.scene.town.person("Sonia", soupe, Role::Lead).await;
    let cx = walk.scene.cx(sonia).await;
    let asked = requests::usecases::post::Post {
        structure: soupe,
        site: None,
        needed_on: cx.today() + chrono::Duration::days(1),
        households: None,
        persons: None,
        note: String::new(),
        lines: vec![requests::Wanted {
            family: goods::FamilyCode::from("starches"),
            temperature: None,
            grams: kernel::Grams::kg(5),
        }],
    };
    requests::usecases::post::run(&cx, &walk.scene.town.db, asked).await.unwrap();
}

pub async fn imports(walk: &mut Walk) {
    let olivier = walk.scene.olivier;
    let form = walk.see(olivier, "/import").await.filled("form[action='/import']", &[]);
    let sent: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let sheet = "Nom;Adresse;Ville\nLes Amis;1 rue A;Montreuil\nLe Panier;2 rue B;Bagnolet\n";
    let file = ("fichier", "annuaire.csv", sheet.as_bytes());
    let first = walk.browser(olivier).await.upload("/import", &sent, file).await;
    assert_eq!(first.status, 303, "{}", first.text());
    let again = walk.browser(olivier).await.upload("/import", &sent, file).await;
    assert_eq!((again.status, &again.location), (first.status, &first.location), "one file read twice");
    walk.passed("/import");
    let page = first.location.unwrap();
    walk.press(olivier, &format!("{page}/colonnes"), "[action$='/colonnes']", &[("c2", "city")]).await;
    walk.press(olivier, &page, "[action$='/valider']", &[]).await;
    walk.press(olivier, &page, "[action$='/annuler']", &[]).await;
}
