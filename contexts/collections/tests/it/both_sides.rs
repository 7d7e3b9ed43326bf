//! What donors, partners, whoever comes and whoever writes for somebody read on their own pages and in their letters.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use collections::handover::{Accepted, PaperKind};
use collections::usecases::prepare_handover::{self, NewLine, PrepareHandover};
use collections::usecases::sign_handover::{self, Sign, Signing};
use goods::{DateKind, TemperatureClass};
use kernel::{Failure, Grams};
use testkit::{Page, both};

use crate::pages::{browser, house, send};
use crate::scene::{Scene, yoghurts};

/// A page's text with plain spaces.
fn plain(page: &Page) -> String {
    page.text().replace(['\u{a0}', '\u{202f}'], " ")
}

both!(
    async fn a_partner_who_is_asked_first_may_let_the_others_go_first(town: Town) {
        let scene = Scene::set(town).await;
        scene.agreed().await;
        let id = scene.posted(yoghurts()).await;
        let at = format!("/collectes/{id}");
        let mut marc = browser(&scene, scene.marc.person()).await;
        let said = plain(&marc.get(&at).await);
        for words in
            ["Épicerie des Lilas répond en premier, jusqu’à aujourd’hui à 17 h", "puis par la coordination"]
        {
            assert!(said.contains(words), "{words} in {said}");
        }
        let mut awa = browser(&scene, scene.awa.person()).await;
        let page = awa.get(&at).await;
        assert!(plain(&page).contains("vous êtes les seuls à pouvoir réserver"), "{}", page.text());
        assert!(scene.told(scene.lea.person()).await.is_empty());
        let to = format!("{at}/pas-cette-fois");
        assert_eq!(marc.submit(&to, &[]).await.status, StatusCode::FORBIDDEN);
        send(&mut awa, &page, "form[action$='/pas-cette-fois']", &to, &[]).await;
        assert_eq!(scene.told(scene.lea.person()).await, ["!collections-told-urgent"]);
        let page = awa.get(&at).await;
        assert!(
            plain(&page).contains("les autres sont prévenus")
                && !plain(&page).contains("vous êtes les seuls")
        );
        awa.submit(&to, &[]).await;
        assert!(plain(&awa.get(&at).await).contains("Le délai est passé"));
        let mut lea = browser(&scene, scene.lea.person()).await;
        assert_eq!(lea.get(&at).await.status, StatusCode::OK);
    }
);

both!(
    async fn a_donor_by_link_reads_what_was_understood_and_who_comes(town: Town) {
        let scene = Scene::set(town).await;
        let mut officer = browser(&scene, scene.olivier.person()).await;
        let donor = format!("/collectes/donateurs/{}", scene.shop);
        let page = officer.get(&donor).await;
        let shown = send(&mut officer, &page, "form[action$='/lien']", &format!("{donor}/lien"), &[]).await;
        let address = shown.attributes("#adresse-lien", "value")[0].clone();
        let here = format!("/collectes/nouvelle?jeton={}", address.rsplit('/').next().unwrap());
        let mut shop = house(&scene).await;
        let page = shop.get(&here).await;
        let typed = [("famille", "starches"), ("produit", "Pain"), ("nombre", "20"), ("unite", "crate")];
        send(&mut shop, &page, "#annonce", &here, &typed).await;
        let page = shop.get(&here).await;
        assert!(plain(&page).contains("20 × 8 kg, soit 160 kg"), "{}", page.text());
        // The next offer begins in kilos again.
        assert_eq!(page.attributes("#unite option[selected]", "value"), ["kg"]);
        let undo = page.attributes("undo-countdown form", "action")[0].clone();
        shop.submit(&undo, &[]).await;
        let page = shop.get(&here).await;
        assert!(!page.text().contains("Vos annonces en cours"), "{}", page.text());
        let typed = [("famille", "dairy"), ("produit", "Yaourts"), ("nombre", "60"), ("date", "26/11")];
        send(&mut shop, &page, "#annonce", &here, &typed).await;
        let mut conn = scene.town.db.read().await.unwrap();
        let mine = collections::queries::mine(&mut conn, scene.town.coordination, scene.shop).await.unwrap();
        drop(conn);
        let id = mine[0].id;
        scene.reserve(&scene.awa, id, scene.lilas, 40).await.unwrap();
        let page = shop.get(&here).await;
        assert!(plain(&page).contains("Épicerie des Lilas, 40 kg"), "{}", page.text());
        // What was wrong is corrected by the same link, and by nobody else's.
        let edit = page.attributes("a[href*='/modifier']", "href")[0].clone();
        let form = shop.get(&edit).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text());
        let sent = send(&mut shop, &form, "#annonce", &edit, &[("nombre", "55")]).await;
        assert_eq!(sent.location.as_deref(), Some(here.as_str()), "{}", sent.text());
        assert_eq!(scene.collection(id).await.grams, Grams::kg(55));
        let mut nobody = house(&scene).await;
        assert_ne!(nobody.get(&format!("/collectes/{id}/modifier")).await.status, StatusCode::OK);
        // On the donor's own home page too.
        let words = i18n::Words::new(shop.app().catalogue.clone(), &scene.marc);
        let mut conn = scene.town.db.read().await.unwrap();
        let cards = collections::room().waiting[0](&mut conn, &scene.marc, &words).await.unwrap();
        let cards: Vec<_> = cards.into_iter().map(|card| (card.text, card.detail)).collect();
        assert_eq!(cards.len(), 1, "{cards:?}");
        assert!(cards[0].0.contains("On vient chercher") && cards[0].1.contains("Lilas"), "{cards:?}");
    }
);

both!(
    async fn what_is_done_for_somebody_says_for_whom(town: Town) {
        let scene = Scene::set(town).await;
        let posted = scene.post(&scene.olivier, yoghurts()).await.unwrap();
        let mut marc = browser(&scene, scene.marc.person()).await;
        let said = plain(&marc.get(&format!("/collectes/{}", posted.collection)).await);
        assert!(said.contains("CCAS a publié l’annonce : 120 kg, pour Supermarché de la Croix"), "{said}");
    }
);

both!(
    async fn a_letter_says_until_when_how_cold_and_where(town: Town) {
        let scene = Scene::set(town).await;
        scene.posted(yoghurts()).await;
        let house = house(&scene).await;
        let mut conn = scene.town.db.read().await.unwrap();
        let (key, args): (String, store::Json<BTreeMap<String, i18n::Arg>>) = conn
            .query("SELECT text_key, text_args FROM notice WHERE person_id = $1")
            .bind(scene.awa.person())
            .one()
            .await
            .unwrap();
        let args: Vec<(&str, i18n::Arg)> =
            args.0.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let words = i18n::Words::new(house.app().catalogue.clone(), &scene.awa);
        let said = words.tn(&key, &args).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            said,
            "Ça presse, avant 17 h 30 le 23/11 : 120 kg de Yaourts nature chez Supermarché de la Croix. \
             Frais, DLC 26/11. Adresse : 12 rue de Paris, 93100 Montreuil."
        );
        let english = words.in_locale(kernel::Locale::En).tn(&key, &args);
        assert!(english.contains("before 17:30") && english.contains("use by 26/11"), "{english}");
    }
);

both!(
    async fn everything_wrong_is_said_at_once_and_nobody_is_named(town: Town) {
        let scene = Scene::set(town).await;
        let mut shop = browser(&scene, scene.marc.person()).await;
        let new = "/collectes/nouvelle";
        let page = shop.get(new).await;
        let typed = [
            ("famille", "meat_fish_eggs"),
            ("produit", "Poulet"),
            ("nombre", "20"),
            ("date", "24/11"),
            ("vrac", "oui"),
        ];
        let asked = send(&mut shop, &page, "#annonce", new, &typed).await;
        assert_eq!(asked.attributes(".errors a", "href"), ["#motif", "#vrac"]);
        for name in ["produit", "adresse"] {
            let named = [("famille", "starches"), ("produit", "Pain"), ("nombre", "20")];
            let named = [&named[..], &[(name, "Pain, tél 06 12 34 56 78")]].concat();
            let refused = send(&mut shop, &page, "#annonce", new, &named).await;
            assert_eq!(refused.attributes(".errors a", "href"), [format!("#{name}")], "{name}");
        }
        let id = scene.posted(yoghurts()).await;
        let at = format!("/collectes/{id}");
        for act in ["annuler", "rien"] {
            let page = shop.get(&at).await;
            let why = [("raison", "Rappeler awa@exemple.fr")];
            let refused =
                send(&mut shop, &page, "details form[action$='/annuler']", &format!("{at}/{act}"), &why)
                    .await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        }
        assert!(!scene.collection(id).await.state.is_over());
        // What is past hurries nobody.
        assert!(shop.get("/collectes?onglet=nous").await.text().contains("Ça presse"));
        scene.town.clock.advance(chrono::Duration::hours(1));
        assert!(!shop.get("/collectes?onglet=nous").await.text().contains("Ça presse"));
        // A draft from before « sans date » went away is still good.
        let before = [("famille", "starches"), ("produit", "Pain"), ("nombre", "20"), ("date_type", "none")];
        let sent = send(&mut shop, &page, "#annonce", new, &before).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    }
);

both!(
    async fn a_proposal_says_whose_word_it_waits_for(town: Town) {
        let scene = Scene::set(town).await;
        let mut officer = browser(&scene, scene.olivier.person()).await;
        let page = officer.get("/conventions").await;
        let (shop, lilas) = (scene.shop.to_string(), scene.lilas.to_string());
        let typed = [("donateur", shop.as_str()), ("partenaire", lilas.as_str()), ("delai", "20")];
        send(&mut officer, &page, "#convention", "/conventions", &typed).await;
        let said = plain(&officer.get("/conventions").await);
        assert!(said.contains("Attend l’accord de Supermarché de la Croix, Épicerie des Lilas"), "{said}");
        let nadia = scene.town.person("Nadia", scene.shop, kernel::Role::Member).await;
        let mut nadia = browser(&scene, Some(nadia)).await;
        let said = plain(&nadia.get("/conventions").await);
        assert!(said.contains("Marc (responsable, Supermarché de la Croix)"), "{said}");
        let mut lea = browser(&scene, scene.lea.person()).await;
        assert!(plain(&lea.get("/conventions").await).contains("Pas encore de convention"));
    }
);

both!(
    async fn a_delivery_note_is_not_signed_without_moving_its_goods(town: Town) {
        let scene = Scene::set(town).await;
        let mut tx = scene.town.db.write().await.unwrap();
        let prepare = PrepareHandover {
            coordination: scene.town.coordination,
            kind: PaperKind::DeliveryNote,
            giver: scene.hub,
            receiver: scene.lilas,
            subject: scene.karim.new_uuid(),
            lines: vec![NewLine {
                lot: None,
                reservation: None,
                product: "Riz".into(),
                family: "starches".into(),
                temperature: TemperatureClass::Dry,
                lot_number: None,
                date_kind: DateKind::None,
                date: None,
                proposed: Grams::kg(20),
            }],
        };
        let note = prepare_handover::within(&scene.karim, &mut tx, &prepare).await.unwrap();
        tx.commit().await.unwrap();
        let sign = Sign {
            handover: note,
            version: 1,
            accepted: vec![Accepted { rank: 1, grams: Grams::kg(20), reason: None }],
            signing: Signing { on_paper: true, ..Signing::default() },
            readings: Vec::new(),
            handed_at: None,
        };
        for cx in [&scene.karim, &scene.awa, &scene.olivier] {
            let signed = sign_handover::run(cx, &scene.town.db, sign.clone()).await;
            assert!(matches!(signed, Err(Failure::Forbidden)), "{signed:?}");
        }
    }
);
