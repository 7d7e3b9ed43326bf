//! What is given and asked for: offers, drives, pickups, agreements, requests.

use chrono::Duration;

use super::Walk;

pub async fn collections(walk: &mut Walk) {
    let (marc, awa, olivier, shop) = (walk.scene.marc, walk.scene.awa, walk.scene.olivier, walk.scene.shop);
    let offer = crate::acts::offer(&walk.scene, "Lait", None);
    let typed: Vec<(&str, &str)> = offer.typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let posted = walk.press(marc, &offer.page, "#annonce", &typed).await;
    // At once, with the card that says « ce soir »: its beginning is the server's own « now ».
    let bread = [
        ("famille", "starches"),
        ("produit", "Pain"),
        ("nombre", "8"),
        ("date_type", "best_before"),
        ("date", "2026-12-20"),
        ("fenetre", "soir"),
    ];
    walk.press_again(marc, &offer.page, "#annonce", &bread).await;
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
    // By the letter alone.
    let told = walk.scene.offered("Fromage blanc", 30).await;
    let come = format!("/collectes/{told}/venir?jeton={}", walk.latest_token(awa).await);
    let some = [("quantite", "5"), ("rangement", "Une glacière")];
    walk.press(awa, &come, "[action*='/venir?']", &some).await;
    walk.press(awa, &come, "[action*='/annuler?']", &[]).await;
    let hold = walk.scene.held(urgent, 6).await;
    let taking = format!("{page}/prise-en-charge/{hold}");
    let signed = [
        ("prise", "ecart"),
        ("accepte", "5"),
        ("ecart", "no_room"),
        ("temperature", "3,5"),
        ("donateur_nom", "Marc"),
        ("receveur_nom", "Awa"),
    ];
    walk.press(awa, &taking, "#prise", &signed).await;

    // The link's address is shown once, on the page that answers: sending it again leads to a word about that.
    let donor = format!("/collectes/donateurs/{shop}");
    let link = walk.see(olivier, &donor).await.filled("form[action$='/lien']", &[]);
    let sent: Vec<(&str, &str)> = link.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let to = format!("{donor}/lien");
    let shown = walk.browser(olivier).await.submit(&to, &sent).await;
    assert!(shown.status == 200 && shown.html().contains("/l/"), "{}", shown.text());
    let again = walk.browser(olivier).await.submit(&to, &sent).await;
    assert_eq!((again.status.as_u16(), again.location.as_deref()), (303, Some(donor.as_str())));
    walk.passed("/collectes/donateurs/{structure}/lien");
    walk.press(olivier, &donor, "[action$='/lien/retirer']", &[]).await;
}

pub async fn drives(walk: &mut Walk) {
    let (marc, karim) = (walk.scene.marc, walk.scene.karim);
    let new = "/collectes/publiques/nouvelle";
    let drive = [
        ("nom", "Grande collecte de la gare"),
        ("jour", "2026-11-28"),
        ("de", "09:00"),
        ("a", "18:00"),
        ("adresse", "Place de la gare, 93100 Montreuil"),
        ("note", "Apportez des cagettes"),
    ];
    let announced = walk.press(marc, new, "#collecte", &drive).await;
    walk.undo(marc, &announced).await;
    let announced = walk.press(karim, new, "#collecte", &drive).await;
    walk.scene.town.clock.advance(Duration::days(5));
    let noting = format!("{announced}/noter");
    walk.press(karim, &noting, "#recolte", &[("kg-starches", "120"), ("kg-dairy", "8,5")]).await;
}

pub async fn calendar(walk: &mut Walk) {
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
    // The partner is asked first, and has no use for it this time.
    let first = walk.scene.offered("Fromage", 15).await;
    walk.press(awa, &format!("/collectes/{first}"), "[action$='/pas-cette-fois']", &[]).await;
    walk.press(marc, "/conventions", "[action$='/terminer']", &[("raison", "Le magasin ferme")]).await;
}

pub async fn requests(walk: &mut Walk) {
    let awa = walk.scene.awa;
    let at = "#demande";
    let posted = walk.press(awa, "/demandes/nouvelle", at, &[("kg-starches", "12"), ("foyers", "20")]).await;
    let back = walk.undo(awa, &posted).await;
    walk.undo(awa, &back).await;
    walk.press(awa, &format!("{posted}/modifier"), at, &[("kg-starches", "14")]).await;
    let id = posted.rsplit('/').next().unwrap().to_owned();
    // Nobody is asked again on the day they answered.
    walk.scene.town.clock.advance(Duration::hours(25));
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
