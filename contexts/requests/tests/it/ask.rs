//! « Toujours exact ? » after eight weeks, by a link without account; left alone, a standing request rests.

use chrono::Duration;
use kernel::Failure;
use queue::run_due;
use requests::usecases::confirm::{self, Confirm, PURPOSE};
use requests::usecases::post_standing::{self, PostStanding};
use requests::usecases::{ask, expire};
use requests::{StandingState, queries};

use crate::town::{epicerie, wanted};

testkit::both!(
    async fn it_is_asked_about_once_and_a_link_confirms(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await;
        let standing = post_standing::run(
            &cx,
            &town.db,
            PostStanding {
                structure: lilas,
                site: None,
                weekday: 5,
                every_weeks: 1,
                starts_on: cx.today(),
                ends_on: None,
                households: None,
                persons: None,
                note: String::new(),
                lines: vec![wanted("dairy", 20)],
            },
        )
        .await
        .expect("asked")
        .standing;
        let handlers = requests::room().jobs;
        let told = async || -> i64 {
            let mut conn = town.db.read().await.expect("a connection");
            conn.query("SELECT COUNT(*) FROM notice WHERE person_id = $1 AND text_key = 'requests-told-confirm-standing'")
                .bind(awa)
                .value()
                .await
                .expect("counted")
        };
        ask::run(&town.job(), &town.db).await.expect("ran");
        run_due(&town.db, &town.job(), &handlers, 10).await.expect("ran");
        assert_eq!(told().await, 0, "too early");
        town.clock.advance(Duration::weeks(8) + Duration::hours(1));
        for _ in 0..2 {
            ask::run(&town.job(), &town.db).await.expect("ran");
            run_due(&town.db, &town.job(), &handlers, 10).await.expect("ran");
        }
        assert_eq!(told().await, 1, "asked once");
        let subject = standing.uuid();
        let other = town.link_cx(PURPOSE, kernel::uuid::Uuid::nil(), Some(lilas));
        let wrong = confirm::run(&other, &town.db, Confirm { subject }).await;
        assert!(matches!(wrong, Err(Failure::Forbidden)), "a link opens one thing");
        let link = town.link_cx(PURPOSE, subject, Some(lilas));
        confirm::run(&link, &town.db, Confirm { subject }).await.expect("confirmed");
        assert_eq!(
            expire::run(&town.job(), &town.db).await.expect("ran"),
            1,
            "only the dated one that is past"
        );
        town.clock.advance(Duration::weeks(10) + Duration::hours(1));
        expire::run(&town.job(), &town.db).await.expect("ran");
        let mut conn = town.db.read().await.expect("a connection");
        let now = queries::standing(&mut conn, standing).await.expect("read").expect("there");
        assert_eq!(now.state, StandingState::Paused);
    }
);
