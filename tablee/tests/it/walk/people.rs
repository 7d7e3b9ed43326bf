//! Who is who: structures and their people, coordinations, seats, meetings, one's own account.

use super::Walk;

pub async fn coordination(walk: &mut Walk) {
    let (olivier, awa) = (walk.scene.olivier, walk.scene.awa);
    let (lilas, soupe) = (walk.scene.lilas.to_string(), walk.scene.soupe);
    let seat = [("structure", lilas.as_str()), ("email", "awa@exemple.fr")];
    let name = "/coordination/co-animation";
    walk.press(olivier, name, "[action='/coordination/co-animation']", &seat).await;
    let end = format!("/coordination/co-animation/{awa}/fin");
    walk.press(olivier, &end, &format!("[action='{end}']"), &[("raison", "Fin de mandat")]).await;
    let level = format!("/coordination/membres/{soupe}/niveau");
    walk.press(olivier, &level, &format!("[action='{level}']"), &[("niveau", "reader")]).await;

    let call = "/coordination/reunions/nouvelle";
    let meeting = [
        ("jour", "2026-12-08"),
        ("de", "14:00"),
        ("a", "16:00"),
        ("lieu", "Mairie, salle des fêtes"),
        ("ordre", "Les collectes de décembre"),
    ];
    let called = walk.press(olivier, call, &format!("[action='{call}']"), &meeting).await;
    walk.press(olivier, &called, "[action$='/annuler']", &[("raison", "Salle fermée")]).await;
}

/// The people of one's own structure, and of one that a facilitator looks after.
pub async fn people(walk: &mut Walk) {
    let (olivier, awa, lea) = (walk.scene.olivier, walk.scene.awa, walk.scene.lea);
    let people = "/structure/membres";
    let invited = [("nom", "Nadia"), ("email", "nadia@exemple.fr"), ("role", "member")];
    walk.press(awa, people, "[action='/structure/membres']", &invited).await;
    let role = format!("/structure/membres/{lea}");
    walk.press(awa, &role, &format!("[action='{role}']"), &[("role", "volunteer")]).await;
    let out = format!("[action='/structure/membres/{lea}/retirer']");
    let back = walk.press(awa, people, &out, &[]).await;
    walk.undo(awa, &back).await;

    let soupe = walk.scene.soupe;
    let people = format!("/structures/{soupe}/membres");
    let invited = [("nom", "Inès"), ("email", "ines@exemple.fr"), ("role", "member")];
    walk.press(olivier, &people, &format!("[action='{people}']"), &invited).await;
    let ines = walk.person("ines@exemple.fr").await;
    let role = format!("{people}/{ines}");
    walk.press(olivier, &role, &format!("[action='{role}']"), &[("role", "volunteer")]).await;
    let back = walk.press(olivier, &people, &format!("[action='{role}/retirer']"), &[]).await;
    walk.undo(olivier, &back).await;
}

/// What a structure shares, and the tables it sits at.
pub async fn sharing(walk: &mut Walk) {
    let (olivier, awa, soupe) = (walk.scene.olivier, walk.scene.awa, walk.scene.soupe);
    let share = "/structure/partage/stock";
    walk.press(awa, share, "[action='/structure/partage/stock']", &[("portee", "coordination")]).await;

    let sonia = walk.person("sonia@exemple.fr").await;
    let seats = "/structure/partage";
    let back = walk.press(sonia, seats, "[action$='/quitter']", &[]).await;
    walk.undo(sonia, &back).await;
    walk.press(sonia, seats, "[action$='/quitter']", &[]).await;
    walk.press(sonia, seats, "[action$='/rejoindre']", &[]).await;
    let asked = "/coordination/demandes";
    let answer = format!("[action='{asked}/{soupe}']");
    walk.press(olivier, asked, &answer, &[("reponse", "non"), ("raison", "Après la réunion")]).await;
    walk.press(sonia, seats, "[action$='/rejoindre']", &[]).await;
    walk.press(olivier, asked, &answer, &[("niveau", "contributor")]).await;

    walk.belongs(sonia, walk.scene.hub).await;
    let page = walk.see(sonia, "/structure/choisir").await;
    let chosen: Vec<String> = page.texts("form[action='/structure/choisir']");
    assert_eq!(chosen.len(), 1, "the other of two structures");
    walk.press(sonia, "/structure/choisir", "[action='/structure/choisir']", &[]).await;
}

pub async fn directory(walk: &mut Walk) {
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

    // One that is known already and sits at no table yet.
    walk.scene.town.stranger("Les Amis du Pain", "association").await;
    let at = "/structures/nouvelle";
    let new = [("nom", "Les Amis du Pain"), ("nature", "association"), ("secteur", "aide_alimentaire")];
    let form = walk.see(olivier, at).await.filled("form[action='/structures/nouvelle']", &new);
    let sent: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let known = walk.browser(olivier).await.submit(at, &sent).await;
    walk.press_shown(olivier, (at, &known), "[action$='/entrer']", None, &[]).await;
}

pub async fn account(walk: &mut Walk) {
    let awa = walk.scene.awa;
    walk.press(awa, "/compte", "[action='/compte']", &[("nom", "Awa D.")]).await;
    // Signed in on another device too, or there is nothing to close.
    walk.scene.browser(awa).await;
    walk.press(awa, "/compte", "[action='/compte/appareils/fermer']", &[]).await;
}
