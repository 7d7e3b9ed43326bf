//! Standing requests: made a week ahead, once, until they rest or end.

use chrono::Duration;
use kernel::Failure;
use requests::usecases::edit_standing::{self, EditStanding, Turn};
use requests::usecases::post_standing::{self, PostStanding};
use requests::usecases::spawn_due;
use requests::{StandingState, queries};

use crate::town::{epicerie, wanted};

testkit::both!(
    async fn it_makes_each_day_once(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await;
        let tuesdays = PostStanding {
            structure: lilas,
            site: None,
            weekday: 2,
            every_weeks: 1,
            starts_on: cx.today(),
            ends_on: None,
            households: Some(40),
            persons: None,
            note: String::new(),
            lines: vec![wanted("dairy", 20)],
        };
        let standing = post_standing::run(&cx, &town.db, tuesdays.clone()).await.expect("asked").standing;
        let count = async || {
            let mut conn = town.db.read().await.expect("a connection");
            queries::open_requests(&mut conn, town.coordination, None, None, 50).await.expect("read").len()
        };
        assert_eq!(count().await, 1, "tomorrow's is there at once");
        assert_eq!(spawn_due::run(&town.job(), &town.db).await.expect("ran"), 0);
        town.clock.advance(Duration::days(1));
        assert_eq!(spawn_due::run(&town.job(), &town.db).await.expect("ran"), 1);
        assert_eq!(spawn_due::run(&town.job(), &town.db).await.expect("ran"), 0);
        assert_eq!(count().await, 2);
        let cx = town.cx(awa).await;
        edit_standing::turn(&cx, &town.db, Turn { standing, to: "paused" }).await.expect("paused");
        town.clock.advance(Duration::days(7));
        assert_eq!(spawn_due::run(&town.job(), &town.db).await.expect("ran"), 0);
        edit_standing::turn(&cx, &town.db, Turn { standing, to: "active" }).await.expect("taken up again");
        assert_eq!(
            spawn_due::run(&town.job(), &town.db).await.expect("ran"),
            0,
            "resuming made what was due"
        );
        let mut conn = town.db.read().await.expect("a connection");
        let now = queries::standing(&mut conn, standing).await.expect("read").expect("there");
        assert_eq!(now.state, StandingState::Active);
        drop(conn);
        let stale = EditStanding { standing, version: 1, content: tuesdays.clone() };
        assert!(matches!(edit_standing::run(&cx, &town.db, stale).await, Err(Failure::Conflict)));
        let fresh = EditStanding {
            standing,
            version: now.version,
            content: PostStanding { every_weeks: 2, ..tuesdays },
        };
        edit_standing::run(&cx, &town.db, fresh).await.expect("edited");
        edit_standing::turn(&cx, &town.db, Turn { standing, to: "closed" }).await.expect("ended");
        let over = edit_standing::turn(&cx, &town.db, Turn { standing, to: "active" }).await;
        assert!(matches!(over, Err(Failure::Refused(requests::Refused::Over))));
    }
);
