//! The way through the rooms. Each step stands on what the steps before it did.

use kernel::Role;

use super::Walk;

pub async fn walk(walk: &mut Walk) {
    goods(walk).await;
    collections(walk).await;
    calendar(walk).await;
    requests(walk).await;
    stock(walk).await;
    allocation(walk).await;
    directory(walk).await;
    imports(walk).await;
    network(walk).await;
    account(walk).await;
}

async fn goods(walk: &mut Walk) {
    let list = "/coordination/denrees";
    let olivier = walk.scene.olivier;
    let form = "[action^='/coordination/denrees/']";
    let page = |rest: &str| format!("{list}/{rest}");
    walk.press(olivier, &page("familles/nouvelle"), form, &[("nom", "Épices"), ("norme", "5")]).await;
    walk.press(olivier, &page("familles/dairy"), form, &[("norme", "210")]).await;
    walk.press(olivier, &page("conditionnements/crate"), form, &[("poids", "7")]).await;
    walk.press(olivier, &page("conditionnements/nouveau"), form, &[("nom", "Sac"), ("poids", "25")]).await;
    let back = walk.press(olivier, list, "[action$='/retirer']", &[]).await;
    walk.undo(olivier, &back).await;
}

async fn collections(walk: &mut Walk) {
    let (marc, awa, olivier, shop) = (walk.scene.marc, walk.scene.awa, walk.scene.olivier, walk.scene.shop);
    let offer = crate::acts::offer(&walk.scene, "Lait", None);
    let typed: Vec<(&str, &str)> = offer.typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let posted = walk.press(marc, &offer.page, "#annonce", &typed).await;
    // At once, with the card that says « ce soir »: its beginning is the server's own « now ».
    walk.press(
        marc,
        &offer.page,
        "#annonce",
        &[
            ("famille", "bread"),
            ("produit", "Pain"),
            ("nombre", "8"),
            ("date_type", "best_before"),
            ("fenetre", "soir"),
        ],
    )
    .await;
    let cancelled = walk.undo(marc, &posted).await;
    walk.undo(marc, &cancelled).await;
    walk.press(marc, &posted, "[action$='/annuler']", &[("raison", "Vendu")]).await;
    walk.press(marc, &posted, "[action$='/retablir']", &[]).await;
    walk.press(marc, &format!("{posted}/modifier"), "#annonce", &[("nombre", "31")]).await;
    walk.press_at(
        marc,
        &posted,
        "[action$='/annuler']",
        Some(&format!("{posted}/rien")),
        &[("raison", "Parti avant")],
    )
    .await;

    let urgent = walk.scene.offered("Yaourts", 120).await;
    let page = format!("/collectes/{urgent}");
    let at = "[action$='/reserver']";
    let held = walk.press(awa, &page, at, &[("quantite", "10"), ("vient", "17:00")]).await;
    let released = walk.undo(awa, &held).await;
    walk.undo(awa, &released).await;
    // All that is left: the page then no longer offers to reserve.
    let all = walk.scene.offered("Beurre", 20).await;
    walk.press(awa, &format!("/collectes/{all}"), at, &[("quantite", "20")]).await;
    let hold = walk.scene.held(urgent, 6).await;
    let taking = format!("{page}/prise-en-charge/{hold}");
    let signed =
        [("prise", "tout"), ("temperature", "3,5"), ("donateur_nom", "Marc"), ("receveur_nom", "Awa")];
    walk.press(awa, &taking, "#prise", &signed).await;

    // The link's address is shown once, on the page that answers: sending it again leads to a word about that.
    let donor = format!("/collectes/donateurs/{shop}");
    let link = walk.see(olivier, &donor).await.filled("form[action$='/lien']", &[]);
    let sent: Vec<(&str, &str)> = link.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let to = format!("{donor}/lien");
    let shown = walk.browser(olivier).await.submit(&to, &sent).await;
    assert!(shown.status == 200 && shown.text().contains("/l/"), "{}", shown.text());
    let again = walk.browser(olivier).await.submit(&to, &sent).await;
    assert_eq!((again.status.as_u16(), again.location.as_deref()), (303, Some(donor.as_str())));
    walk.passed("/collectes/donateurs/{structure}/lien");
    walk.press(olivier, &donor, "[action$='/lien/retirer']", &[]).await;
}

async fn calendar(walk: &mut Walk) {
    let (marc, awa, shop, lilas) = (walk.scene.marc, walk.scene.awa, walk.scene.shop, walk.scene.lilas);
    let (shop, lilas) = (shop.to_string(), lilas.to_string());
    let pickup = [
        ("donateur", shop.as_str()),
        ("partenaire", lilas.as_str()),
        ("jour", "4"),
        ("de", "9:00"),
        ("a", "10:30"),
        ("produit", "Invendus"),
        ("famille", "dairy"),
        ("quantite", "40"),
    ];
    walk.press(marc, "/ramasses", "#ramasse", &pickup).await;
    let back = walk.press(marc, "/ramasses", "[action$='/date']", &[("raison", "Jour férié")]).await;
    walk.undo(marc, &back).await;
    let back = walk.press(marc, "/ramasses", "[action$='/arreter']", &[]).await;
    walk.undo(marc, &back).await;

    let agreement = [("donateur", shop.as_str()), ("partenaire", lilas.as_str()), ("delai", "20")];
    walk.press(awa, "/conventions", "#convention", &agreement).await;
    walk.press(marc, "/conventions", "[action$='/accepter']", &[]).await;
    walk.press(marc, "/conventions", "[action$='/terminer']", &[("raison", "Le magasin ferme")]).await;
}

async fn requests(walk: &mut Walk) {
    let awa = walk.scene.awa;
    let at = "#demande";
    let posted = walk.press(awa, "/demandes/nouvelle", at, &[("kg-starches", "12"), ("foyers", "20")]).await;
    let back = walk.undo(awa, &posted).await;
    walk.undo(awa, &back).await;
    walk.press(awa, &format!("{posted}/modifier"), at, &[("kg-starches", "14")]).await;
    let id = posted.rsplit('/').next().unwrap().to_owned();
    let confirm = format!("/demandes/confirmer/{id}");
    walk.press(awa, &confirm, &format!("[action='{confirm}']"), &[]).await;
    walk.press(awa, &posted, "[action$='/retirer']", &[]).await;
    walk.press(awa, &posted, "[action$='/remettre']", &[]).await;

    let list = "/demandes/permanentes";
    walk.press(awa, "/demandes/permanentes/nouvelle", at, &[("kg-dairy", "9"), ("rythme", "2")]).await;
    let standing = walk.see(awa, list).await.attributes("main a[href^='/demandes/permanentes/']", "href");
    let standing = standing.into_iter().find(|href| !href.ends_with("nouvelle")).unwrap();
    walk.press(awa, &standing, at, &[("kg-dairy", "10")]).await;
    for turn in ["pause", "reprise", "fin"] {
        walk.press(awa, &standing, "[action$='/suite']", &[("vers", turn)]).await;
    }
}

async fn stock(walk: &mut Walk) {
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
    let correction = corrections.first().expect("a movement that can be corrected").clone();
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

async fn allocation(walk: &mut Walk) {
    let (olivier, karim, awa, lilas) =
        (walk.scene.olivier, walk.scene.karim, walk.scene.awa, walk.scene.lilas);
    walk.press(olivier, "/attributions/regle", "#regle", &[("decision", "Réunion du 20 novembre")]).await;
    walk.scene.lot("Fromage blanc", 60).await;
    walk.scene.asks(24).await;
    let prepare = "[action='/attributions/preparer']";
    let given_up = walk.press(olivier, "/attributions", prepare, &[]).await;
    walk.press(olivier, &given_up, "[action$='/annuler']", &[("raison", "Trop tôt")]).await;
    let run = walk.press(olivier, "/attributions", prepare, &[]).await;
    let id = run.rsplit('/').next().unwrap().parse().unwrap();
    let line = {
        let mut conn = walk.scene.town.db.read().await.unwrap();
        allocation::queries::lines(&mut conn, id).await.unwrap().first().unwrap().id
    };
    let adjusted = [("kg", "18"), ("raison", "Un frigo en panne")];
    walk.press(olivier, &format!("/attributions/lignes/{line}"), "#ligne", &adjusted).await;
    let soupe = walk.scene.soupe.to_string();
    let added = [("structure", soupe.as_str()), ("kg", "6"), ("raison", "Demande par téléphone")];
    walk.press(olivier, &format!("{run}/ajouter"), "#ligne", &added).await;
    walk.press(olivier, &run, "[action$='/valider']", &[]).await;
    let share = walk.scene.share(id).await;
    walk.press(awa, &format!("/attributions/reponse/{share}"), "#reponse", &[("tout", "oui")]).await;
    let note = format!("{run}/remise/{lilas}");
    walk.press(karim, &note, "#preparer", &[]).await;
    let signed = [("donneur", "Karim"), ("receveur", "Awa"), ("papier", "oui"), ("temp-1", "3")];
    walk.press(karim, &note, "#remise", &signed).await;
}

async fn directory(walk: &mut Walk) {
    let (olivier, awa, lilas) = (walk.scene.olivier, walk.scene.awa, walk.scene.lilas);
    let new = [("nom", "Les Voisins"), ("nature", "association"), ("secteur", "aide_alimentaire")];
    let card = walk.press(olivier, "/structures/nouvelle", "[action='/structures/nouvelle']", &new).await;
    let binned = walk.undo(olivier, &card).await;
    walk.undo(olivier, &binned).await;
    let edit = format!("/structures/{lilas}/modifier");
    walk.press(awa, &edit, &format!("[action='{edit}']"), &[("foyers", "41"), ("personnes", "95")]).await;
    let place = format!("/structures/{lilas}/lieux/nouveau");
    let typed = [
        ("lieu", "Réserve"),
        ("adresse", "3 rue de l’Essai"),
        ("cp", "93100"),
        ("ville", "Montreuil"),
        ("sec", "300"),
        ("jour1", "9:00-12:00"),
    ];
    walk.press(awa, &place, &format!("[action='{place}']"), &typed).await;
    let sites = {
        let mut conn = walk.scene.town.db.read().await.unwrap();
        directory::queries::sites_of(&mut conn, lilas).await.unwrap()
    };
    let edit = format!("/lieux/{}/modifier", sites.last().unwrap().id);
    walk.press(awa, &edit, &format!("[action='{edit}']"), &[("frais", "120"), ("ouvert", "oui")]).await;
}

async fn imports(walk: &mut Walk) {
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

async fn network(walk: &mut Walk) {
    let (olivier, awa, lea) = (walk.scene.olivier, walk.scene.awa, walk.scene.lea);
    let (lilas, soupe) = (walk.scene.lilas, walk.scene.soupe);
    let seat = [("structure", lilas.to_string()), ("email", "awa@exemple.fr".to_owned())];
    let seat: Vec<(&str, &str)> = seat.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let name = "/coordination/co-animation";
    walk.press(olivier, name, "[action='/coordination/co-animation']", &seat).await;
    let end = format!("/coordination/co-animation/{awa}/fin");
    walk.press(olivier, &end, &format!("[action='{end}']"), &[("raison", "Fin de mandat")]).await;
    let level = format!("/coordination/membres/{soupe}/niveau");
    walk.press(olivier, &level, &format!("[action='{level}']"), &[("niveau", "reader")]).await;

    let people = "/structure/membres";
    let invited = [("nom", "Nadia"), ("email", "nadia@exemple.fr"), ("role", "member")];
    walk.press(awa, people, "[action='/structure/membres']", &invited).await;
    let role = format!("/structure/membres/{lea}");
    walk.press(awa, &role, &format!("[action='{role}']"), &[("role", "volunteer")]).await;
    let out = format!("[action='/structure/membres/{lea}/retirer']");
    let back = walk.press(awa, people, &out, &[]).await;
    walk.undo(awa, &back).await;
    let share = "/structure/partage/stock";
    walk.press(awa, share, "[action='/structure/partage/stock']", &[("portee", "coordination")]).await;

    let sonia = walk.scene.town.person("Sonia", soupe, Role::Lead).await;
    let mut tx = walk.scene.town.db.write().await.unwrap();
    tx.query("INSERT INTO affiliation (person_id, structure_id, role, since) VALUES ($1, $2, 'member', $3)")
        .bind(sonia)
        .bind(walk.scene.hub)
        .bind(walk.scene.town.job().today())
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let page = walk.see(sonia, "/structure/choisir").await;
    let chosen: Vec<String> = page.texts("form[action='/structure/choisir']");
    assert_eq!(chosen.len(), 1, "the other of two structures");
    let back = walk.press(sonia, "/structure/partage", "[action$='/quitter']", &[]).await;
    walk.undo(sonia, &back).await;
    walk.press(sonia, "/structure/choisir", "[action='/structure/choisir']", &[]).await;
}

async fn account(walk: &mut Walk) {
    let awa = walk.scene.awa;
    walk.press(awa, "/compte", "[action='/compte']", &[("nom", "Awa D.")]).await;
}
