//! What need not be kept is forgotten at night: acts and jobs after a month, people two years after they last came.

use chrono::Duration;
use kernel::{PersonId, Role};
use network::usecases::call_meeting::{self, CallMeeting};
use testkit::{Town, both};

async fn a_night(town: &Town) {
    let cx = town.job();
    let mut tx = town.db.write().await.unwrap();
    queue::enqueue(&mut tx, &cx, "tablee.keep", &serde_json::json!({}), cx.now(), None).await.unwrap();
    tx.commit().await.unwrap();
    queue::run_due(&town.db, &cx, &[tablee::keep::handler()], 10).await.unwrap();
}

async fn count(town: &Town, of: &'static str) -> i64 {
    let mut conn = town.db.read().await.unwrap();
    match of {
        "acts" => conn.query("SELECT COUNT(*) FROM command").value().await.unwrap(),
        _ => conn.query("SELECT COUNT(*) FROM job WHERE kind = 'tablee.keep'").value().await.unwrap(),
    }
}

async fn email(town: &Town, person: PersonId) -> Option<String> {
    let mut conn = town.db.read().await.unwrap();
    accounts::people::person(&mut conn, person).await.unwrap().and_then(|person| person.email)
}

both!(
    async fn what_need_not_be_kept_is_forgotten(town: Town) {
        let ccas = town.structure("CCAS", "ccas").await;
        let lilas = town.structure("Épicerie des Lilas", "association").await;
        let awa = town.person("Awa", lilas, Role::Lead).await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let cx = town.cx(olivier).await.with_key("une-lettre-envoyee");
        let starts_at = cx.now() + Duration::days(3);
        let meeting = CallMeeting {
            coordination: town.coordination,
            starts_at,
            ends_at: starts_at + Duration::hours(1),
            place: "Mairie".into(),
            agenda: String::new(),
        };
        call_meeting::run(&cx, &town.db, meeting).await.unwrap();
        a_night(&town).await;
        assert_eq!((count(&town, "acts").await, count(&town, "jobs").await), (1, 1));

        // A phone that comes back after a month has lost its form anyway.
        town.clock.advance(Duration::days(31));
        a_night(&town).await;
        assert_eq!((count(&town, "acts").await, count(&town, "jobs").await), (0, 1));
        assert!(email(&town, awa).await.is_some());

        let mut tx = town.db.write().await.unwrap();
        tx.query("UPDATE person SET last_seen_at = $1 WHERE id = $2")
            .bind(town.job().now() - Duration::days(731))
            .bind(awa)
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        a_night(&town).await;
        assert_eq!(email(&town, awa).await, None);
        assert!(email(&town, olivier).await.is_some());
        assert_eq!(tablee::doctor::examine(&town.db).await.unwrap(), []);
    }
);
