//! What facilitators do for structures that have nobody yet or that come from elsewhere, and the meetings they call.

use kernel::{CoordinationId, Failure, Level, Role};
use network::queries;
use network::usecases::answer_seat::{self, AnswerRefused, AnswerSeat};
use network::usecases::ask_seat::{self, AskRefused, AskSeat};
use testkit::Page;

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn told(page: &Page, what: &str) {
    assert!(page.text().contains(what), "{what} is not in: {}", page.text());
}

testkit::both!(
    async fn a_structure_that_was_added_gets_its_first_person(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let imported = town.structure("Épicerie importée", "association").await;
        let odile = town.facilitator("Odile", ccas).await;
        let mut browser = town.browser(vec![network::room()]).await;
        browser.sign_in(odile).await;
        told(&browser.get("/coordination/sans-personne").await, "Épicerie importée");
        let path = format!("/structures/{imported}/membres");
        let page = browser.get(&path).await;
        told(&page, "Saisi par Odile pour Épicerie importée");
        let form = format!("form[action='{path}']");
        let sent = page.filled(&form, &[("nom", "Mehdi"), ("email", "mehdi@exemple.fr")]);
        assert!(sent.contains(&("role".into(), "lead".into())), "the first one leads, unless said otherwise");
        assert_eq!(browser.submit(&path, &borrowed(&sent)).await.status, 303);
        told(&browser.get(&path).await, "Invitation envoyée à Mehdi");
        let mut conn = town.db.read().await.unwrap();
        assert!(queries::members_without_people(&mut conn, town.coordination).await.unwrap().is_empty());
        let mehdi = accounts::people::by_email(&mut conn, "mehdi@exemple.fr").await.unwrap().unwrap().id;
        assert_eq!(queries::role_in(&mut conn, imported, mehdi).await.unwrap().unwrap().role, Role::Lead);
        drop(conn);
        let role = format!("{path}/{mehdi}");
        told(&browser.get(&role).await, "Rôle : Mehdi");
        // A second one, taken out and put back, on behalf.
        let sent = browser
            .get(&path)
            .await
            .filled(&form, &[("nom", "Lucette"), ("email", "l@exemple.fr"), ("role", "volunteer")]);
        browser.submit(&path, &borrowed(&sent)).await;
        let mut conn = town.db.read().await.unwrap();
        let lucette = accounts::people::by_email(&mut conn, "l@exemple.fr").await.unwrap().unwrap().id;
        drop(conn);
        assert_eq!(browser.submit(&format!("{path}/{lucette}/retirer"), &[]).await.status, 303);
        let page = browser.get(&path).await;
        let undo = page.attributes(".undo form", "action").remove(0);
        assert_eq!(browser.submit(&undo, &[]).await.status, 303);
        told(&browser.get(&path).await, "Bénévole");

        let stranger = town.structure("Ailleurs", "association").await;
        let sam = town.person("Sam", stranger, Role::Lead).await;
        browser.sign_in(sam).await;
        assert_eq!(browser.get(&path).await.status, 403);
        assert_eq!(browser.submit(&path, &borrowed(&sent)).await.status, 403);
        assert_eq!(browser.get("/coordination/sans-personne").await.status, 403);
        browser.sign_in(mehdi).await;
        told(&browser.get(&path).await, "mehdi@exemple.fr");
    }
);

testkit::both!(
    async fn a_meeting_is_called_read_taken_away_and_cancelled(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let odile = town.facilitator("Odile", ccas).await;
        let lilas = town.structure("Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Volunteer).await;
        let mut browser = town.browser(vec![network::room()]).await;
        browser.sign_in(odile).await;
        let new = "/coordination/reunions/nouvelle";
        let typed = [
            ("jour", "2026-11-24"),
            ("de", "16:00"),
            ("a", "14:00"),
            ("lieu", "Salle des fêtes"),
            ("ordre", "L’été\nLe froid"),
        ];
        let sent = browser.get(new).await.filled("main form", &typed);
        let page = browser.submit(new, &borrowed(&sent)).await;
        assert_eq!(page.status, 422);
        told(&page, "La réunion finit avant de commencer");
        let sent = page.filled("main form", &[("de", "14:00"), ("a", "16:00")]);
        assert!(
            sent.contains(&("ordre".into(), "L’été\nLe froid".into()))
                || sent.iter().any(|(_, v)| v.contains("Le froid"))
        );
        let page = browser.submit(new, &borrowed(&sent)).await;
        assert_eq!(page.status, 303);
        let path = page.location.unwrap();

        browser.sign_in(awa).await;
        assert_eq!(browser.get(new).await.status, 403);
        told(&browser.get("/coordination").await, "demain, de 14 h à 16 h");
        let page = browser.get(&path).await;
        told(&page, "Le froid");
        assert!(!page.text().contains("Annuler la réunion"));
        let file = browser.get(&format!("{path}/reunion.ics")).await;
        assert_eq!(file.media_type, "text/calendar; charset=utf-8");
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(
            text.contains("DTSTART:20261124T130000Z")
                && text.lines().any(|line| line.starts_with("SUMMARY:Réunion") && line.ends_with(": CASAAM")),
            "{text}"
        );
        let mut conn = town.db.read().await.unwrap();
        let app = browser.app();
        let cx = town.cx(awa).await;
        let words = i18n::Words::new(app.catalogue.clone(), &cx);
        let room = network::room();
        let mut waits = Vec::new();
        for ask in &room.waiting {
            waits.extend(ask(&mut conn, &cx, &words).await.unwrap());
        }
        assert_eq!((waits.len(), waits[0].link.as_str()), (1, path.as_str()));
        drop(conn);

        let cancel = format!("{path}/annuler");
        assert_eq!(browser.submit(&cancel, &[("raison", "non")]).await.status, 403);
        browser.sign_in(odile).await;
        assert_eq!(browser.submit(&cancel, &[("raison", "")]).await.status, 422);
        assert_eq!(browser.submit(&cancel, &[("raison", "Salle fermée")]).await.status, 303);
        told(&browser.get(&path).await, "Cette réunion est annulée : Salle fermée");
        let mut conn = town.db.read().await.unwrap();
        let notes: Vec<(String, bool)> = conn
            .query("SELECT text_key, direct FROM notice WHERE person_id = $1 ORDER BY direct, text_key")
            .bind(awa)
            .all()
            .await
            .unwrap();
        assert_eq!(
            notes,
            [("network-told-meeting".to_owned(), false), ("network-told-meeting-cancelled".to_owned(), true)]
        );
    }
);

testkit::both!(
    async fn a_structure_of_elsewhere_asks_for_a_seat(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let odile = town.cx(town.facilitator("Odile", ccas).await).await;
        let from_away = town.stranger("Épicerie d’à côté", "association").await;
        let lead = town.cx(town.person("Awa", from_away, Role::Lead).await).await;
        let helper = town.cx(town.person("Bruno", from_away, Role::Member).await).await;
        let ask = AskSeat { coordination: town.coordination, structure: from_away };
        assert!(matches!(ask_seat::run(&helper, &town.db, ask.clone()).await, Err(Failure::Forbidden)));
        ask_seat::run(&lead, &town.db, ask.clone()).await.unwrap();
        assert!(matches!(
            ask_seat::run(&lead, &town.db, ask.clone()).await,
            Err(Failure::Refused(AskRefused::AlreadyAsked))
        ));
        let mut conn = town.db.read().await.unwrap();
        assert_eq!(queries::seat_asks(&mut conn, town.coordination).await.unwrap()[0].1, "Épicerie d’à côté");
        drop(conn);
        let answer = |level: Option<Level>, reason: &str| AnswerSeat {
            coordination: town.coordination,
            structure: from_away,
            level,
            reason: reason.to_owned(),
        };
        assert!(matches!(
            answer_seat::run(&odile, &town.db, answer(None, " ")).await,
            Err(Failure::Refused(AnswerRefused::ReasonMissing))
        ));
        assert!(matches!(
            answer_seat::run(&lead, &town.db, answer(Some(Level::Signatory), "")).await,
            Err(Failure::Forbidden)
        ));
        answer_seat::run(&odile, &town.db, answer(None, "Nous sommes complets")).await.unwrap();
        ask_seat::run(&lead, &town.db, ask.clone()).await.unwrap();
        answer_seat::run(&odile, &town.db, answer(Some(Level::Reader), "")).await.unwrap();
        let mut conn = town.db.read().await.unwrap();
        let seat = queries::member(&mut conn, town.coordination, from_away).await.unwrap().unwrap();
        assert_eq!(seat.level, Level::Reader);
        assert!(queries::seat_asks(&mut conn, town.coordination).await.unwrap().is_empty());
        drop(conn);
        assert!(matches!(
            ask_seat::run(&lead, &town.db, ask).await,
            Err(Failure::Refused(AskRefused::AlreadyIn))
        ));
        let nowhere = AskSeat { coordination: CoordinationId::new(&town.job()), structure: from_away };
        assert!(matches!(ask_seat::run(&lead, &town.db, nowhere).await, Err(Failure::NotFound)));
    }
);
