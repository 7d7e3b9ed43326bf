//! What comes after the decision: who prepares, who is awaited, what was received, and who has the rest.

use std::sync::Arc;

use allocation::usecases::adjust::Adjust;
use allocation::usecases::give::{self, Give};
use allocation::usecases::prepare_note::{self, PrepareNote};
use allocation::{LineState, queries};
use axum::http::StatusCode;
use kernel::{Cx, Failure, Grams, Role};
use stock::LotState;
use testkit::{Browser, Page, Town};

use crate::town::{everybody_asks, prepared, scene, validated, yoghurts};

async fn waiting(town: &Town, cx: &Cx) -> Vec<String> {
    let rooms = allocation::room();
    let words = i18n::Words::new(Arc::new(i18n::Catalogue::new(allocation::sources()).unwrap()), cx);
    let mut conn = town.db.read().await.unwrap();
    let waits = (rooms.waiting[0])(&mut conn, cx, &words).await.unwrap();
    waits.into_iter().map(|wait| format!("{} > {}", wait.text, wait.link)).collect()
}

async fn send(browser: &mut Browser, path: &str, page: &Page, form: &str, change: &[(&str, &str)]) -> Page {
    let fields = page.filled(form, change);
    let pairs: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(path, &pairs).await
}

async fn browser(town: &Town) -> Browser {
    let rooms = vec![
        allocation::room(),
        requests::room(),
        collections::room(),
        stock::room(),
        network::room(),
        goods::room(),
    ];
    town.browser(rooms).await
}

testkit::both!(
    async fn everybody_finds_what_waits_for_them(town: Town) {
        let scene = scene(&town, 3).await;
        let karim = town.person("Karim", scene.hub, Role::Lead).await;
        yoghurts(&town, &scene, 120, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        let list = format!("/attributions/{run}/preparation");
        assert!(waiting(&town, &town.cx(karim).await).await.is_empty(), "not before a human said yes");
        validated(&town, &scene, run).await;
        let waits = waiting(&town, &town.cx(karim).await).await;
        assert!(waits.iter().any(|wait| wait.contains("3 structures") && wait.ends_with(&list)), "{waits:?}");
        let waits = waiting(&town, &town.cx(scene.olivier).await).await;
        assert!(waits.iter().any(|wait| wait.contains("3 réponses attendues")), "{waits:?}");
        let mut browser = browser(&town).await;
        browser.sign_in(karim).await;
        let page = browser.get(&format!("/attributions/{run}")).await;
        assert_eq!(
            page.attributes(&format!("a[href='{list}']"), "href").len(),
            1,
            "a button, not an address to know"
        );
        assert!(page.attributes("form[action$=annuler]", "action").is_empty());

        assert_eq!(browser.get(&format!("{list}.pdf")).await.status, StatusCode::OK);

        // Whoever said yes is told on the home page where to come.
        let (structure, lead) = scene.structures[0];
        assert!(
            waiting(&town, &town.cx(lead).await).await.iter().all(|wait| !wait.contains("Venir chercher"))
        );
        let mut conn = town.db.read().await.unwrap();
        let share = queries::shares(&mut conn, run).await.unwrap();
        let share = share.into_iter().find(|share| share.structure == structure).unwrap().id;
        drop(conn);
        browser.sign_in(lead).await;
        let path = format!("/attributions/reponse/{share}");
        let page = browser.get(&path).await;
        assert_eq!(
            send(&mut browser, &path, &page, "#reponse", &[("tout", "oui")]).await.status,
            StatusCode::SEE_OTHER
        );
        let waits = waiting(&town, &town.cx(lead).await).await;
        assert!(
            waits.iter().any(|wait| wait.contains("Venir chercher") && wait.ends_with(&path)),
            "{waits:?}"
        );
    }
);

testkit::both!(
    async fn both_figures_are_kept_and_the_receiver_has_its_say(town: Town) {
        let scene = scene(&town, 2).await;
        let (lot, _) = yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        let (structure, lead) = scene.structures[1];
        let cx = town.cx(scene.olivier).await;
        prepare_note::run(&cx, &town.db, PrepareNote { run, structure }).await.unwrap();
        let mut browser = browser(&town).await;
        browser.sign_in(scene.olivier).await;
        let remise = format!("/attributions/{run}/remise/{structure}");
        let page = browser.get(&remise).await;
        let short = [("kg-1", "20"), ("motif-1", "missing"), ("papier", "oui")];
        let cold = send(&mut browser, &remise, &page, "#remise", &short).await;
        assert_eq!(cold.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(cold.text().contains("notez la température relevée"), "{}", cold.text());
        let hot = send(&mut browser, &remise, &cold, "#remise", &[("temp-1", "11")]).await;
        assert_eq!(hot.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(hot.text().contains("au-dessus du seuil"), "{}", hot.text());
        let done = send(&mut browser, &remise, &hot, "#remise", &[("temp-1", "5")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());

        let mut conn = town.db.read().await.unwrap();
        let share = queries::shares(&mut conn, run).await.unwrap();
        let share = share.into_iter().find(|share| share.structure == structure).unwrap().id;
        let line = queries::lines_for(&mut conn, run, structure).await.unwrap().remove(0);
        drop(conn);
        assert_eq!(line.state, LineState::HandedOver);
        browser.sign_in(lead).await;
        let path = format!("/attributions/reponse/{share}");
        let page = browser.get(&path).await;
        assert!(page.text().contains("kg (Manquant)"), "{}", page.text());
        let kg = format!("kg-{}", line.id);
        let silent = send(&mut browser, &format!("{path}/recu"), &page, "#recu", &[(&kg, "18")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.text().contains("choisissez pourquoi"));
        let why = format!("motif-{}", line.id);
        let said = [(why.as_str(), "damaged"), ("temp", "11"), ("froid", "route longue")];
        let done = send(&mut browser, &format!("{path}/recu"), &silent, "#recu", &said).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let mut conn = town.db.read().await.unwrap();
        let line = queries::line(&mut conn, line.id).await.unwrap().unwrap();
        assert_eq!(line.received, Some((Grams::kg(18), "damaged".to_owned())));
        let kept = stock::queries::lot(&mut conn, lot).await.unwrap().unwrap();
        assert_eq!(kept.state, LotState::Available, "what stayed at the hub was not warm");
        let note = collections::queries::handover(&mut conn, line.handover.unwrap()).await.unwrap().unwrap();
        assert_eq!(note.accepted(), Grams::kg(20), "the note is what was signed");
        drop(conn);
        browser.sign_in(scene.olivier).await;
        let page = browser.get(&remise).await;
        assert!(
            page.text().contains("Ce que dit la structure") && page.text().contains("Abîmé"),
            "{}",
            page.text()
        );
    }
);

testkit::both!(
    async fn a_crate_goes_from_one_to_another_in_one_act(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        let mut conn = town.db.read().await.unwrap();
        let lines = queries::lines(&mut conn, run).await.unwrap();
        drop(conn);
        let from = lines.iter().max_by_key(|line| line.grams).unwrap();
        let to = lines.iter().find(|line| line.id != from.id).unwrap();
        let cx = town.cx(scene.olivier).await;
        let more = Adjust {
            line: to.id,
            version: to.version,
            grams: to.grams + Grams::kg(6),
            reason: "fête".into(),
        };
        assert!(allocation::usecases::adjust::run(&cx, &town.db, more).await.is_err(), "all is given");
        let mut browser = browser(&town).await;
        browser.sign_in(scene.olivier).await;
        let path = format!("/attributions/lignes/{}", to.id);
        let page = browser.get(&path).await;
        let asked = (to.grams.0 / 1_000 + 6).to_string();
        let refused = send(&mut browser, &path, &page, "#ligne", &[("kg", &asked), ("raison", "fête")]).await;
        assert!(refused.text().contains("Tout est déjà proposé"), "{}", refused.text());
        let rest = refused.attributes("#ailleurs a", "href");
        assert!(rest.contains(&format!("/attributions/lignes/{}", from.id)), "{rest:?}");

        let gift = Give {
            line: from.id,
            version: from.version,
            to: to.structure,
            grams: Grams::kg(6),
            reason: "fête de quartier".into(),
        };
        let too_much = Give { grams: from.grams + Grams::kg(1), ..gift.clone() };
        let refused = give::run(&cx, &town.db, too_much).await;
        assert!(matches!(refused, Err(Failure::Refused(allocation::Refused::MoreThanProposed))));
        let cx = cx.with_key("une-caisse");
        give::run(&cx, &town.db, gift.clone()).await.unwrap();
        give::run(&cx, &town.db, gift).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let after = queries::lines(&mut conn, run).await.unwrap();
        let of = |id| after.iter().find(|line| line.id == id).unwrap();
        assert_eq!(of(from.id).grams, from.grams - Grams::kg(6), "sent twice, moved once");
        assert_eq!(of(to.id).grams, to.grams + Grams::kg(6));
        assert_eq!(of(to.id).adjust_reason.as_deref(), Some("fête de quartier"));
        let whole = |lines: &[allocation::Line]| lines.iter().map(|line| line.grams).sum::<Grams>();
        assert_eq!(whole(&after), whole(&lines), "nothing appears, nothing is lost");
    }
);
