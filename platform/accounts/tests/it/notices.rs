//! Telling people, without drowning them.

use accounts::{Note, notify};
use chrono::Duration;
use kernel::Role;
use testkit::{Browser, Town, both};

async fn say(town: &Town, to: &[kernel::PersonId], direct: bool) {
    say_with(town, to, direct, "/resume").await;
}

async fn say_with(town: &Town, to: &[kernel::PersonId], direct: bool, link: &str) {
    let cx = town.job();
    let mut tx = town.db.write().await.unwrap();
    // Any sentence of this crate with a value will do.
    let args = vec![("name".to_owned(), "Awa".into())];
    let note = Note { direct, key: "accounts-mail-hello", args, link: link.to_owned() };
    notify(&mut tx, &cx, to, note).await.unwrap();
    tx.commit().await.unwrap();
}

async fn work(town: &Town, browser: &Browser) {
    let room = accounts::room(browser.app().catalogue.clone(), "http://localhost".to_owned());
    let mut handlers = room.jobs;
    handlers.push(mail::handler(mail::Transport::Kept));
    queue::enqueue_due(&town.db, &town.job(), &room.schedules).await.unwrap();
    queue::run_due(&town.db, &town.job(), &handlers, 100).await.unwrap();
}

async fn letters(town: &Town) -> usize {
    mail::latest(&mut town.db.read().await.unwrap()).await.unwrap().len()
}

both!(
    async fn direct_notes_leave_at_once_but_never_more_than_two_a_day(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let browser = town.browser(vec![]).await;
        for _ in 0..5 {
            say(&town, &[awa, awa], true).await;
            work(&town, &browser).await;
        }
        assert_eq!(letters(&town).await, 2);
        // What exceeded waits for the digest of the following Monday.
        town.clock.advance(Duration::days(7) + Duration::hours(16));
        work(&town, &browser).await;
        let all = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
        assert_eq!(all.iter().filter(|letter| letter.stop_link.is_some()).count(), 1, "one digest");
        assert!(all.iter().all(|letter| letter.body_html.len() < 60_000));
    }
);

both!(
    async fn a_letter_that_asks_for_an_answer_never_waits(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let browser = town.browser(vec![]).await;
        for _ in 0..3 {
            say(&town, &[awa], true).await;
            work(&town, &browser).await;
        }
        assert_eq!(letters(&town).await, 2);
        say_with(&town, &[awa], true, "/l/a-link-of-her-own").await;
        work(&town, &browser).await;
        let all = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
        assert_eq!(all.len(), 3, "the third note waits for the digest, the question does not");
        assert!(all.iter().any(|letter| letter.body_text.contains("/l/a-link-of-her-own")));
    }
);

both!(
    async fn a_digest_is_stopped_without_signing_in(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let mut browser = town.browser(vec![]).await;
        say(&town, &[awa], false).await;
        work(&town, &browser).await;
        assert_eq!(letters(&town).await, 0, "nothing urgent, nothing sent");
        town.clock.advance(Duration::days(8));
        work(&town, &browser).await;
        let all = mail::latest(&mut town.db.read().await.unwrap()).await.unwrap();
        let stop = all[0].stop_link.clone().unwrap();
        let page = stop.strip_prefix("http://localhost").unwrap();
        assert_eq!(browser.get(page).await.status, 200);
        assert_eq!(browser.submit(page, &[("List-Unsubscribe", "One-Click")]).await.status, 303);
        say(&town, &[awa], false).await;
        town.clock.advance(Duration::days(8));
        work(&town, &browser).await;
        assert_eq!(letters(&town).await, 1, "no digest after it was stopped");
    }
);

both!(
    async fn a_crowd_is_told_each_once_and_whoever_did_it_is_not(town: Town) {
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let mut crowd = Vec::new();
        for at in 0..20 {
            crowd.push(town.person(&format!("Personne {at}"), lilas, Role::Member).await);
        }
        let cx = town.cx(crowd[0]).await;
        let mut tx = town.db.write().await.unwrap();
        let args = vec![("name".to_owned(), "Awa".into())];
        let note = Note { direct: false, key: "accounts-mail-hello", args, link: "/".to_owned() };
        let twice = [crowd.clone(), crowd.clone()].concat();
        notify(&mut tx, &cx, &twice, note).await.unwrap();
        let told: Vec<(kernel::PersonId,)> = tx
            .query("SELECT person_id FROM notice WHERE text_key = 'accounts-mail-hello' ORDER BY person_id")
            .all()
            .await
            .unwrap();
        let mut others = crowd.split_off(1);
        others.sort_unstable();
        assert_eq!(told.into_iter().map(|(person,)| person).collect::<Vec<_>>(), others);
    }
);
