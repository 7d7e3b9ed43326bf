//! The pages, as somebody without JavaScript meets them.

use axum::http::StatusCode;
use collections::queries;
use collections::usecases::take_over;
use kernel::{Grams, PersonId};
use testkit::{Browser, Page, both};

use crate::scene::{Scene, taking, yoghurts};

pub async fn house(scene: &Scene) -> Browser {
    let rooms = vec![goods::room(), directory::room(), stock::room(), collections::room()];
    scene.town.browser(rooms).await
}

pub async fn browser(scene: &Scene, person: Option<PersonId>) -> Browser {
    let mut browser = house(scene).await;
    browser.sign_in(person.unwrap()).await;
    browser
}

/// Sends the form a page shows, with these changes.
pub async fn send(browser: &mut Browser, page: &Page, form: &str, to: &str, change: &[(&str, &str)]) -> Page {
    let filled = page.filled(form, change);
    let fields: Vec<(&str, &str)> =
        filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(to, &fields).await
}

both!(
    async fn from_the_offer_to_the_slip_in_six_touches(town: Town) {
        let scene = Scene::set(town).await;
        let mut shop = browser(&scene, scene.marc.person()).await;
        let page = shop.get("/collectes/nouvelle").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        // Family, product, quantity, date, button: five touches, everything else has its default.
        let typed = [
            ("famille", "dairy"),
            ("produit", "Yaourts nature"),
            ("nombre", "15"),
            ("unite", "crate"),
            ("date", "26/11"),
        ];
        let sent = send(&mut shop, &page, "#annonce", "/collectes/nouvelle", &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let at = sent.location.unwrap();
        let page = shop.get(&at).await;
        let text = page.text();
        for words in ["Yaourts nature", "120 kg", "C-26-001", "DLC", "aujourd’hui", "1 rue de l’Essai"] {
            assert!(text.contains(words), "{words} in {text}");
        }

        // Not urgent (the window ends after the allocation): the hub fetches.
        let mut hub = browser(&scene, scene.karim.person()).await;
        let board = hub.get("/collectes").await;
        assert_eq!(board.texts(".card__quantity"), ["120 kg estimé"]);
        let page = hub.get(&at).await;
        let sent = send(&mut hub, &page, "form[action$='/reserver']", &format!("{at}/reserver"), &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let page = hub.get(&at).await;
        let take = page.attributes("a[href*='prise-en-charge']", "href")[0].clone();
        let form = hub.get(&take).await;
        assert!(form.text().contains("Refuser tout ou partie est un droit"));
        let signed =
            [("temperature", "3,5"), ("donateur_nom", "Marc"), ("receveur_nom", "Karim"), ("prise", "tout")];
        let sent = send(&mut hub, &form, "#prise", &take, &signed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let slip = hub.get(&sent.location.unwrap()).await;
        let text = slip.text();
        assert!(
            !slip.html().split_once("<dl").unwrap().1.contains("aujourd’hui"),
            "a paper that is kept: {text}"
        );
        for words in
            ["B-26-001", "Signé", "120 kg", "3,5 °C", "23/11/2026 à 16", "26/11/2026", "Marc", "Karim"]
        {
            assert!(text.contains(words), "{words} in {text}");
        }
        scene.ledger_is_sound().await;

        // The donor's own list and its export.
        let list = shop.get("/bordereaux?sens=donnes").await;
        assert!(list.text().contains("B-26-001"));
        let csv = shop.get("/bordereaux/export/csv?sens=donnes").await;
        assert!(csv.html().contains("B-26-001") && csv.html().contains("120,000"), "{}", csv.html());
        for (format, begins) in [("xlsx", &b"PK"[..]), ("ods", &b"PK"[..])] {
            let file = shop.get(&format!("/bordereaux/export/{format}?sens=donnes")).await;
            assert!(file.bytes.starts_with(begins));
        }
        assert_eq!(shop.get("/bordereaux/export/pdf").await.status, StatusCode::NOT_FOUND);
        let past = shop.get("/collectes?onglet=passees").await;
        assert!(past.text().contains("Pris en charge"));
    }
);

both!(
    async fn what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(town: Town) {
        let scene = Scene::set(town).await;
        let mut shop = browser(&scene, scene.marc.person()).await;
        let page = shop.get("/collectes/nouvelle").await;
        let none = send(&mut shop, &page, "#annonce", "/collectes/nouvelle", &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(none.attributes(".errors a", "href"), ["#famille", "#produit", "#nombre"]);
        let tomorrow = [
            ("famille", "dairy"),
            ("produit", "Crème <b>fraîche</b>"),
            ("nombre", "40,5"),
            ("date", "24/11/2026"),
        ];
        let asked = send(&mut shop, &page, "#annonce", "/collectes/nouvelle", &tomorrow).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(asked.attributes(".errors a", "href"), ["#motif"]);
        assert_eq!(asked.attributes("#produit", "value"), ["Crème <b>fraîche</b>"]);
        let said = [("motif", "Appeler Mme X au 06 12 34 56 78")];
        let named = send(&mut shop, &asked, "#annonce", "/collectes/nouvelle", &said).await;
        assert!(named.text().contains("numéro de téléphone"));
        let said = [("motif", "Distribué ce soir à 19 h")];
        let sent = send(&mut shop, &named, "#annonce", "/collectes/nouvelle", &said).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        // The same form sent once more is the same offer.
        let again = send(&mut shop, &named, "#annonce", "/collectes/nouvelle", &said).await;
        assert_eq!(again.location, sent.location);
    }
);

both!(
    async fn typed_on_the_phone_for_a_donor_whose_place_is_meant(town: Town) {
        let scene = Scene::set(town).await;
        let mut officer = browser(&scene, scene.olivier.person()).await;
        let page = officer.get("/collectes/nouvelle").await;
        // Nobody knows yet whose goods these are: no address of the officer's own stands there.
        assert_eq!(page.attributes("#lieu option", "value"), ["donateur", ""]);
        let shop = scene.shop.to_string();
        let typed =
            [("donateur", shop.as_str()), ("famille", "starches"), ("produit", "Pain"), ("nombre", "12")];
        let sent = send(&mut officer, &page, "#annonce", "/collectes/nouvelle", &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let at = sent.location.unwrap();
        let text = officer.get(&at).await.text();
        for words in ["Saisi par CCAS pour Supermarché de la Croix", "1 rue de l’Essai"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(!text.contains("Date la plus proche"), "no date typed means goods without one: {text}");
        // The donor sees it as theirs, without a distance to themself, and corrects it without meeting a date.
        let mut shop = browser(&scene, scene.marc.person()).await;
        assert!(!shop.get(&at).await.text().contains("à 0 m"));
        let page = shop.get(&format!("{at}/modifier")).await;
        let sent = send(&mut shop, &page, "#annonce", &format!("{at}/modifier"), &[("nombre", "15")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    }
);

both!(
    async fn a_photo_is_shown_to_those_who_see_the_offer(town: Town) {
        let scene = Scene::set(town).await;
        let mut shop = browser(&scene, scene.marc.person()).await;
        let page = shop.get("/collectes/nouvelle").await;
        let typed = [("famille", "starches"), ("produit", "Pain"), ("nombre", "12")];
        let filled = page.filled("#annonce", &typed);
        let fields: Vec<(&str, &str)> =
            filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let wrong = shop.upload("/collectes/nouvelle", &fields, ("photo", "pain.jpg", b"GIF89a")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("n’est pas une photo"));
        let huge = vec![0_u8; 5 * 1024 * 1024 + 1];
        let large = shop.upload("/collectes/nouvelle", &fields, ("photo", "pain.jpg", &huge)).await;
        assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(large.text().contains("5 Mo"));
        let bytes = b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x10\0\x10\x03 a picture of bread";
        let sent = shop.upload("/collectes/nouvelle", &fields, ("photo", "pain.jpg", bytes)).await;
        let at = sent.location.unwrap();
        let photo = shop.get(&format!("{at}/photo")).await;
        assert_eq!((photo.media_type.as_str(), photo.bytes.as_slice()), ("image/jpeg", &bytes[..]));
        let mut nobody = house(&scene).await;
        assert_ne!(nobody.get(&format!("{at}/photo")).await.status, StatusCode::OK);
    }
);

both!(
    async fn a_donor_without_an_account(town: Town) {
        let scene = Scene::set(town).await;
        let mut officer = browser(&scene, scene.olivier.person()).await;
        let donor = format!("/collectes/donateurs/{}", scene.shop);
        let page = officer.get(&donor).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let shown = send(&mut officer, &page, "form[action$='/lien']", &format!("{donor}/lien"), &[]).await;
        let address = shown.attributes("#adresse-lien", "value")[0].clone();
        let token = address.rsplit('/').next().unwrap().to_owned();
        let mut shop = house(&scene).await;
        let here = format!("/collectes/nouvelle?jeton={token}");
        let page = shop.get(&here).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.text().contains("Supermarché de la Croix"));
        let to = page.attributes("#annonce", "action")[0].clone();
        assert_eq!(to, here);
        let typed = [("famille", "starches"), ("produit", "Pain"), ("nombre", "12")];
        let sent = send(&mut shop, &page, "#annonce", &to, &typed).await;
        assert_eq!(sent.location.as_deref(), Some(here.as_str()), "{}", sent.text());
        let page = shop.get(&here).await;
        assert!(page.text().contains("Pain"), "{}", page.text());
        let cancel = page.attributes("form[action*='/annuler']", "action")[0].clone();
        let sent = shop.submit(&cancel, &[("raison", "Vendu")]).await;
        assert_eq!(sent.location.as_deref(), Some(here.as_str()));
        // The link opens that page alone.
        assert_ne!(shop.get(&format!("/collectes?jeton={token}")).await.status, StatusCode::OK);
        let page = officer.get(&donor).await;
        send(&mut officer, &page, "form[action$='/retirer']", &format!("{donor}/lien/retirer"), &[]).await;
        assert_ne!(shop.get(&here).await.status, StatusCode::OK);
        let mut lea = browser(&scene, scene.lea.person()).await;
        assert_eq!(lea.get(&donor).await.status, StatusCode::FORBIDDEN);
    }
);

both!(
    async fn acts_on_the_page_of_an_offer_and_their_undoing(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let at = format!("/collectes/{id}");
        let mut awa = browser(&scene, scene.awa.person()).await;
        let page = awa.get(&at).await;
        let to = format!("{at}/reserver");
        let form = "form[action$='/reserver']";
        let much = send(&mut awa, &page, form, &to, &[("quantite", "500")]).await;
        assert_eq!(much.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(much.text().contains("Il ne reste que 120 kg"));
        let sent = send(&mut awa, &much, form, &to, &[("quantite", "80"), ("vient", "17 h")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let page = awa.get(&at).await;
        assert!(page.text().contains("80 kg réservés"), "{}", page.text());
        let undo = page.attributes("undo-countdown form", "action")[0].clone();
        awa.submit(&undo, &[]).await;
        let page = awa.get(&at).await;
        let redo = page.attributes("undo-countdown form", "action")[0].clone();
        assert_eq!(scene.collection(id).await.taken, Grams::ZERO);
        awa.submit(&redo, &[]).await;
        assert_eq!(scene.collection(id).await.taken, Grams::kg(80));
        assert_eq!(awa.get(&format!("{at}/modifier")).await.status, StatusCode::FORBIDDEN);

        let mut shop = browser(&scene, scene.marc.person()).await;
        let page = shop.get(&format!("{at}/modifier")).await;
        let to = format!("{at}/modifier");
        let less = send(&mut shop, &page, "#annonce", &to, &[("nombre", "5")]).await;
        assert!(less.text().contains("ne peut pas descendre"), "{}", less.text());
        // Somebody reserves in between: both versions are shown, and sending again means it.
        let page = shop.get(&to).await;
        scene.reserve(&scene.lea, id, scene.soupe, 10).await.unwrap();
        let late = send(&mut shop, &page, "#annonce", &to, &[("nombre", "14")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Ce que dit l’annonce maintenant"));
        let sent = send(&mut shop, &late, "#annonce", &to, &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        assert_eq!(scene.collection(id).await.grams, Grams::kg(112));

        let page = shop.get(&at).await;
        let silent = send(&mut shop, &page, "form[action$='/annuler']", &format!("{at}/annuler"), &[]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = [("raison", "Frigo en panne")];
        send(&mut shop, &silent, "details form[action$='/annuler']", &format!("{at}/annuler"), &why).await;
        let page = awa.get(&at).await;
        let text = page.text();
        assert!(text.contains("Annulé par le donateur") && text.contains("Frigo en panne"), "{text}");
        let page = shop.get(&at).await;
        let undo = page.attributes("undo-countdown form", "action")[0].clone();
        shop.submit(&undo, &[]).await;
        assert!(shop.get(&at).await.text().contains("de nouveau visible"));
    }
);

both!(
    async fn a_difference_in_two_taps(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 80).await.unwrap().hold;
        let at = format!("/collectes/{id}/prise-en-charge/{hold}");
        let mut awa = browser(&scene, scene.awa.person()).await;
        let page = awa.get(&at).await;
        let less = [
            ("temperature", "9,5"),
            ("donateur_nom", "Marc"),
            ("accepte", "60"),
            ("receveur_nom", "Awa"),
            ("prise", "ecart"),
        ];
        let asked = send(&mut awa, &page, "#prise", &at, &less).await;
        assert!(asked.text().contains("La quantité diffère"), "{}", asked.text());
        let why = [("ecart", "no_room"), ("prise", "ecart")];
        let warm = send(&mut awa, &asked, "#prise", &at, &why).await;
        assert!(warm.text().contains("au-dessus de 8 °C"), "{}", warm.text());
        let why =
            [("pourquoi_chaud", "vitrine ouverte"), ("prise", "ecart"), ("receveur_trace", "M1 1<script>")];
        let drawn = send(&mut awa, &warm, "#prise", &at, &why).await;
        assert!(drawn.text().contains("n’a pas pu être lue"), "{}", drawn.text());
        let why = [("receveur_trace", "M10 10l0 0L30 40"), ("prise", "ecart")];
        let sent = send(&mut awa, &drawn, "#prise", &at, &why).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let slip_at = sent.location.unwrap();
        let slip = awa.get(&slip_at).await;
        assert!(slip.text().contains("Pas la place pour tout") && slip.text().contains("20 kg"));
        assert_eq!(slip.attributes(".signature-shown path", "d"), ["M10 10l0 0L30 40"]);
        let mut lea = browser(&scene, scene.lea.person()).await;
        assert_eq!(lea.get(&slip_at).await.status, StatusCode::NOT_FOUND);
        assert_eq!(lea.get(&at).await.status, StatusCode::FORBIDDEN);
        let pdf = awa.get(&format!("{slip_at}.pdf")).await;
        if web::assets::are_built() {
            assert!(pdf.bytes.starts_with(b"%PDF"), "{:?}", pdf.status);
        } else {
            assert_eq!(pdf.status, StatusCode::INTERNAL_SERVER_ERROR);
        }
        let again = awa.get(&at).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
);

both!(
    async fn pickups_and_agreements_by_hand(town: Town) {
        let scene = Scene::set(town).await;
        let mut awa = browser(&scene, scene.awa.person()).await;
        let page = awa.get("/ramasses").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let shop = scene.shop.to_string();
        let typed = [
            ("donateur", shop.as_str()),
            ("jour", "4"),
            ("de", "8h"),
            ("a", "9h30"),
            ("produit", "Invendus frais"),
            ("famille", "dairy"),
            ("quantite", "40"),
        ];
        let early = [("a", "7h")];
        let wrong =
            send(&mut awa, &page, "#ramasse", "/ramasses", &[&typed[..3], &early, &typed[4..]].concat())
                .await;
        assert!(wrong.text().contains("L’heure de fin"), "{}", wrong.text());
        let sent = send(&mut awa, &page, "#ramasse", "/ramasses", &typed).await;
        assert_eq!(sent.location.as_deref(), Some("/ramasses"), "{}", sent.text());
        let page = awa.get("/ramasses").await;
        assert!(page.text().contains("jeudi 26 novembre"), "{}", page.text());
        let to = page.attributes("form[action$='/date']", "action")[0].clone();
        let changed = send(&mut awa, &page, "form[action$='/date']", &to, &[("raison", "Inventaire")]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER);
        let page = awa.get("/ramasses").await;
        assert!(page.text().contains("Pas de ramasse jeudi 26"), "{}", page.text());
        let undo = page.attributes("undo-countdown form", "action")[0].clone();
        awa.submit(&undo, &[]).await;
        let mut conn = scene.town.db.read().await.unwrap();
        let fetch = queries::to_fetch(&mut conn, scene.town.coordination, scene.lilas).await.unwrap();
        drop(conn);
        assert_eq!(fetch.len(), 1);
        let page = awa.get("/ramasses").await;
        let end = page.attributes("form[action$='/arreter']", "action")[0].clone();
        awa.submit(&end, &[]).await;
        assert!(awa.get("/ramasses").await.text().contains("Ramasse arrêtée"));

        let page = awa.get("/conventions").await;
        let lilas = scene.lilas.to_string();
        let typed = [("donateur", shop.as_str()), ("partenaire", lilas.as_str()), ("delai", "20")];
        let sent = send(&mut awa, &page, "#convention", "/conventions", &typed).await;
        assert_eq!(sent.location.as_deref(), Some("/conventions"), "{}", sent.text());
        let mut marc = browser(&scene, scene.marc.person()).await;
        let page = marc.get("/conventions").await;
        assert!(page.text().contains("À vous d’accepter"), "{}", page.text());
        let accept = page.attributes("form[action$='/accepter']", "action")[0].clone();
        marc.submit(&accept, &[]).await;
        let page = marc.get("/conventions").await;
        assert!(page.text().contains("En vigueur"), "{}", page.text());
        let end = page.attributes("form[action$='/terminer']", "action")[0].clone();
        marc.submit(&end, &[("raison", "Fermeture")]).await;
        assert!(marc.get("/conventions").await.text().contains("Terminée"));
        let mut lea = browser(&scene, scene.lea.person()).await;
        assert!(lea.get("/conventions").await.text().contains("Pas encore de convention"));
    }
);

both!(
    async fn a_reader_is_shown_no_way_that_is_closed_to_it(town: Town) {
        let scene = Scene::set(town).await;
        let offer = scene.posted(yoghurts()).await;
        let mut awa = browser(&scene, scene.awa.person()).await;
        let ways = ["a[href$='/nouvelle']", "form[action$='/reserver']", "a[href$='#reserver']", "#ramasse"];
        let offer = format!("/collectes/{offer}");
        let pages = ["/collectes", "/collectes?onglet=nous", "/ramasses", offer.as_str()];
        let mut open = 0;
        for at in pages {
            let page = awa.get(at).await;
            open += ways.iter().map(|way| page.texts(way).len()).sum::<usize>();
        }
        assert!(open > 0, "a contributor is shown them");
        let reader = network::usecases::change_level::ChangeLevel {
            coordination: scene.town.coordination,
            structure: scene.lilas,
            level: kernel::Level::Reader,
        };
        network::usecases::change_level::run(&scene.olivier, &scene.town.db, reader).await.unwrap();
        for at in pages {
            let page = awa.get(at).await;
            assert_eq!(page.status, StatusCode::OK, "{at}");
            for way in ways {
                assert!(page.texts(way).is_empty(), "{way} on {at}");
            }
        }
        assert_eq!(awa.get("/collectes/nouvelle").await.status, StatusCode::FORBIDDEN);
    }
);

both!(
    async fn english_readers_and_filters(town: Town) {
        let scene = Scene::set(town).await;
        scene.posted(yoghurts()).await;
        let mut awa = browser(&scene, scene.awa.person()).await;
        for (filter, found) in
            [("famille=dairy", 1), ("famille=starches", 0), ("froid=frozen", 0), ("urgent=oui", 1)]
        {
            let page = awa.get(&format!("/collectes?{filter}")).await;
            assert_eq!(page.texts(".board .card").len(), found, "{filter}");
        }
        let page = awa.get("/collectes?famille=';--&apres=oops").await;
        assert_eq!(page.status, StatusCode::OK);
        awa.submit("/langue", &[("lang", "en"), ("back", "/collectes")]).await;
        awa.speak("en");
        let mut english = house(&scene).await;
        english.speak("en");
        let cx_page = english.get("/collectes").await;
        assert_eq!(cx_page.status, StatusCode::SEE_OTHER);
        for path in ["/collectes", "/collectes/nouvelle", "/ramasses", "/conventions", "/bordereaux"] {
            let page = awa.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
        }
    }
);

both!(
    async fn pages_are_found_by_those_concerned_only(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 80).await.unwrap().hold;
        let slip = take_over::run(&scene.awa, &scene.town.db, taking(hold, 80)).await.unwrap().handover;
        let stranger = scene.town.stranger("Ailleurs", "association").await;
        let zoe = scene.town.person("Zoé", stranger, kernel::Role::Lead).await;
        let mut zoe = browser(&scene, Some(zoe)).await;
        let mut nobody = house(&scene).await;
        for path in [
            format!("/collectes/{id}"),
            format!("/collectes/{id}/photo"),
            format!("/collectes/{id}/modifier"),
            format!("/collectes/{id}/prise-en-charge/{hold}"),
            format!("/bordereaux/{slip}"),
            format!("/bordereaux/{slip}.pdf"),
            format!("/collectes/donateurs/{}", scene.shop),
            "/collectes".to_owned(),
            "/ramasses".to_owned(),
        ] {
            assert_ne!(zoe.get(&path).await.status, StatusCode::OK, "{path}");
            assert_ne!(nobody.get(&path).await.status, StatusCode::OK, "{path}");
        }
        for path in ["/collectes/pas-un-id", "/bordereaux/pas-un-id.pdf", "/collectes/%00"] {
            let page = zoe.get(path).await;
            assert!(page.status.is_client_error(), "{path} {}", page.status);
        }
        // Who wrote it down in somebody's place may print it; another facilitator's word is not enough.
        let mut olivier = browser(&scene, scene.olivier.person()).await;
        assert_eq!(olivier.get(&format!("/bordereaux/{slip}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(olivier.get(&format!("/collectes/{id}")).await.status, StatusCode::OK);
    }
);

both!(
    async fn what_waits_on_the_home_page(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let house = house(&scene).await;
        let app = house.app().clone();
        let words = |cx: &kernel::Cx| i18n::Words::new(app.catalogue.clone(), cx);
        let waiting = collections::room().waiting[0];
        let mut conn = scene.town.db.read().await.unwrap();
        let cards = waiting(&mut conn, &scene.awa, &words(&scene.awa)).await.unwrap();
        assert_eq!(cards.len(), 1);
        assert!(cards[0].text.contains("Une annonce") && cards[0].rank < 100, "{}", cards[0].text);
        assert!(waiting(&mut conn, &scene.marc, &words(&scene.marc)).await.unwrap().is_empty());
        drop(conn);
        scene.reserve(&scene.awa, id, scene.lilas, 80).await.unwrap();
        let mut conn = scene.town.db.read().await.unwrap();
        let cards = waiting(&mut conn, &scene.awa, &words(&scene.awa)).await.unwrap();
        assert!(cards[0].link.contains("prise-en-charge"), "{}", cards[0].link);
    }
);
