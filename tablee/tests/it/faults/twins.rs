//! The same form sent by several hands in the same instant: one act, and everybody gets its answer. On PostgreSQL the
//! hands press at two servers.

use std::sync::{Arc, Barrier};

use kernel::{Cx, PersonId};
use store::Engine;
use testkit::{Page, Town, both};

use crate::acts::Act;
use crate::process::{Server, ask, encoded, exchange, multipart, request};
use crate::scene::Scene;

const HANDS: usize = 4;
const ACTS: [Act; 12] = [
    Act::AskFor,
    Act::Receive,
    Act::Offer,
    Act::OfferWithPhoto,
    Act::Reserve,
    Act::TakeOver,
    Act::Prepare,
    Act::Validate,
    Act::Answer,
    Act::HandOver,
    Act::ImportWrite,
    Act::SaveCard,
];

async fn journal(town: &Town, action: &'static str) -> i64 {
    let mut conn = town.db.read().await.unwrap();
    conn.query("SELECT COUNT(*) FROM audit_event WHERE action = $1").bind(action).value().await.unwrap()
}

both!(
    async fn pressed_by_four_hands_at_once_it_happens_once(town: Town) {
        let scene = Scene::today(town).await;
        let mut servers = vec![Server::start(&scene.town.address)];
        if scene.town.db.engine() == Engine::Postgres {
            servers.push(Server::start(&scene.town.address));
        }
        for act in ACTS {
            let sending = act.ready(&scene, 1).await;
            let cookie = scene.cookie(sending.person).await;
            let page = ask(servers[0].host(), "GET", &sending.page, &cookie, None).unwrap();
            let typed: Vec<_> = sending.typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let filled = page.filled(&format!("form[method=post][action='{}']", sending.action), &typed);
            let (kind, body) = match &sending.photo {
                Some(photo) => multipart(&filled, ("photo", "yaourts.jpg", photo)),
                None => ("application/x-www-form-urlencoded".to_owned(), encoded(&filled).into_bytes()),
            };
            let before = journal(&scene.town, act.traces().0).await;
            let together = Arc::new(Barrier::new(HANDS));
            let hands: Vec<_> = (0..HANDS)
                .map(|hand| {
                    let host = servers[hand % servers.len()].host().to_owned();
                    let bytes = request(&host, "POST", &sending.action, &cookie, Some((&kind, &body)));
                    let together = together.clone();
                    std::thread::spawn(move || {
                        together.wait();
                        exchange(&host, &bytes).expect("an answer")
                    })
                })
                .collect();
            let answers: Vec<Page> = hands.into_iter().map(|hand| hand.join().unwrap()).collect();
            for answer in &answers {
                assert_eq!(answer.status, 303, "{act:?}: {}", answer.text());
                assert_eq!(answer.location, answers[0].location, "{act:?}: two answers to one act");
            }
            let done = journal(&scene.town, act.traces().0).await - before;
            assert_eq!(done, 1, "{act:?} happened {done} times");
        }
        drop(servers);
        assert_eq!(tablee::doctor::examine(&scene.town.db).await.unwrap(), []);
    }
);

both!(
    async fn the_same_key_with_another_content_is_another_act(town: Town) {
        let scene = Scene::set(town).await;
        let mut browser = scene.browser(scene.awa).await;
        let form = browser.get("/demandes/nouvelle").await.filled("#demande", &[("kg-starches", "12")]);
        let sent: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let first = browser.submit("/demandes/nouvelle", &sent).await.location.unwrap();
        // Back, corrected, sent again.
        let corrected: Vec<_> =
            sent.iter().map(|(n, v)| (*n, if *n == "kg-starches" { "21" } else { *v })).collect();
        let second = browser.submit("/demandes/nouvelle", &corrected).await.location.unwrap();
        assert_ne!(first, second, "the correction was lost");
    }
);

both!(
    async fn an_act_that_is_known_to_one_person_is_not_known_to_another(town: Town) {
        let scene = Scene::set(town).await;
        let by = |person: PersonId| {
            let town = &scene.town;
            async move {
                let cx: Cx = town.cx(person).await.with_sent("une-clé", "ce-qui-est-envoyé");
                let begun = town.db.begin::<i64>(&cx, "essai", &()).await.unwrap();
                match begun {
                    store::Begin::First(tx) => tx.done(1).await.map(|_| true).unwrap(),
                    store::Begin::Again(_) => false,
                }
            }
        };
        assert!(by(scene.awa).await);
        assert!(!by(scene.awa).await, "the same, again");
        assert!(by(scene.marc).await, "another's key and content");
        let cx = scene.cx(scene.karim).await.with_sent("une-clé", "ce-qui-est-envoyé");
        assert!(!scene.town.db.was_done(&cx).await.unwrap());
        let cx = scene.cx(scene.awa).await.with_sent("une-clé", "ce-qui-est-envoyé");
        assert!(scene.town.db.was_done(&cx).await.unwrap());
    }
);
