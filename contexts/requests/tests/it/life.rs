//! A request's life: asked, changed, served, taken back, lapsed.

use chrono::Duration;
use kernel::{Failure, Grams, Role};
use requests::usecases::answer::Step;
use requests::usecases::{answer, close, edit, expire, post, restore, serve};
use requests::{CloseReason, Refused, RequestState, Unsound, queries};

use crate::town::{ask, asked, epicerie, wanted};

testkit::both!(
    async fn asked_once_however_often_it_is_sent(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await.with_key("une-fois");
        let command = ask(&cx, lilas, 2, vec![wanted("dairy", 20)]);
        let first = post::run(&cx, &town.db, command.clone()).await.expect("asked");
        let again = post::run(&cx, &town.db, command).await.expect("asked");
        assert_eq!(first, again);
        assert_eq!(first.reference, "D-26-001");
        let mut conn = town.db.read().await.expect("a connection");
        let open = queries::open_requests(&mut conn, town.coordination, None, None, 10).await.expect("read");
        assert_eq!(open.len(), 1);
    }
);

testkit::both!(
    async fn a_volunteer_asks_for_their_own_structure_and_for_no_other(town: Town) {
        let (lilas, _) = epicerie(&town).await;
        let soupe = town.structure("Soupe", "association").await;
        let cx = town.cx(town.person("Jeannine", lilas, Role::Volunteer).await).await;
        post::run(&cx, &town.db, ask(&cx, lilas, 1, vec![wanted("dairy", 1)])).await.expect("asked");
        let other = post::run(&cx, &town.db, ask(&cx, soupe, 1, vec![wanted("dairy", 1)])).await;
        assert!(matches!(other, Err(Failure::Forbidden)));
    }
);

testkit::both!(
    async fn what_cannot_be_asked_for_says_why(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let stranger = town.stranger("Ailleurs", "association").await;
        let cx = town.cx(awa).await;
        let refused = |result: Result<_, Failure<Refused>>| match result {
            Err(Failure::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        };
        let post = |command| post::run(&cx, &town.db, command);
        assert_eq!(
            refused(post(ask(&cx, lilas, -1, vec![wanted("dairy", 1)])).await),
            Unsound::DayPast.into()
        );
        assert_eq!(refused(post(ask(&cx, lilas, 1, vec![])).await), Unsound::NothingAsked.into());
        assert_eq!(
            refused(post(ask(&cx, lilas, 1, vec![wanted("chocolat", 1)])).await),
            Refused::UnknownFamily("chocolat".into())
        );
        assert!(matches!(
            post(ask(&cx, stranger, 1, vec![wanted("dairy", 1)])).await,
            Err(Failure::Forbidden)
        ));
        let nobody = town.nobody();
        assert!(matches!(
            post::run(&nobody, &town.db, ask(&nobody, lilas, 1, vec![wanted("dairy", 1)])).await,
            Err(Failure::Forbidden)
        ));
        let mut conn = town.db.read().await.expect("a connection");
        let open = queries::open_requests(&mut conn, town.coordination, None, None, 10).await.expect("read");
        assert!(open.is_empty(), "a refusal writes nothing");
    }
);

testkit::both!(
    async fn four_figures_and_the_end(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await;
        let posted = asked(&town, &cx, lilas).await;
        let until = cx.today() + Duration::days(7);
        let mut conn = town.db.read().await.expect("a connection");
        let lines = queries::open_lines(&mut conn, town.coordination, until).await.expect("read");
        drop(conn);
        assert_eq!(lines.len(), 2);
        let (dairy, starches) = (lines[0].line, lines[1].line);
        let mut tx = town.db.write().await.expect("a transaction");
        let job = town.job();
        answer::within(&job, &mut tx, dairy, Step::Suggested, Grams::kg(18)).await.expect("suggested");
        answer::within(&job, &mut tx, dairy, Step::Accepted, Grams::kg(16)).await.expect("accepted");
        serve::within(&job, &mut tx, dairy, Grams::kg(15)).await.expect("served");
        tx.commit().await.expect("kept");
        let mut conn = town.db.read().await.expect("a connection");
        let request = queries::request(&mut conn, posted.request).await.expect("read").expect("there");
        drop(conn);
        assert_eq!(request.state(), RequestState::PartlyServed);
        let line = &request.lines[0];
        let figures = [line.wanted, line.suggested, line.accepted, line.served];
        assert_eq!(figures, [20, 18, 16, 15].map(Grams::kg));
        let mut tx = town.db.write().await.expect("a transaction");
        serve::within(&job, &mut tx, dairy, Grams::kg(6)).await.expect("served");
        serve::within(&job, &mut tx, starches, Grams::kg(15)).await.expect("served");
        tx.commit().await.expect("kept");
        let mut conn = town.db.read().await.expect("a connection");
        let request = queries::request(&mut conn, posted.request).await.expect("read").expect("there");
        assert_eq!(request.closed, Some(CloseReason::Served));
        let left = queries::open_lines(&mut conn, town.coordination, until).await.expect("read");
        assert!(left.is_empty());
    }
);

testkit::both!(
    async fn two_people_edit_and_nobody_is_overwritten(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await;
        let posted = asked(&town, &cx, lilas).await;
        let mut conn = town.db.read().await.expect("a connection");
        let before = queries::request(&mut conn, posted.request).await.expect("read").expect("there");
        drop(conn);
        let change = |kg, version| edit::Edit {
            request: posted.request,
            version,
            site: None,
            needed_on: before.needed_on,
            households: None,
            persons: None,
            note: String::new(),
            lines: vec![wanted("dairy", kg), wanted("sweet", 3)],
        };
        let edited = edit::run(&cx, &town.db, change(30, before.version)).await.expect("edited");
        let late = edit::run(&cx, &town.db, change(10, before.version)).await;
        assert!(matches!(late, Err(Failure::Conflict)));
        let mut tx = town.db.write().await.expect("a transaction");
        let lines = queries::open_lines(&mut tx, town.coordination, before.needed_on).await.expect("read");
        assert_eq!(lines.len(), 2, "starches were taken off, sweets put on");
        serve::within(&town.job(), &mut tx, lines[0].line, Grams::kg(12)).await.expect("served");
        tx.commit().await.expect("kept");
        let mut conn = town.db.read().await.expect("a connection");
        let now = queries::request(&mut conn, posted.request).await.expect("read").expect("there");
        drop(conn);
        assert!(now.version > edited.version);
        let below = edit::run(&cx, &town.db, change(11, now.version)).await;
        assert!(matches!(below, Err(Failure::Refused(Refused::BelowServed(_)))), "{below:?}");
        edit::run(&cx, &town.db, change(12, now.version)).await.expect("edited down to what was served");
    }
);

testkit::both!(
    async fn taken_back_and_put_back(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await;
        let request = asked(&town, &cx, lilas).await.request;
        close::run(&cx, &town.db, close::Close { request }).await.expect("taken back");
        let twice = close::run(&cx, &town.db, close::Close { request }).await;
        assert!(matches!(twice, Err(Failure::Refused(Refused::Over))));
        restore::run(&cx, &town.db, restore::Restore { request }).await.expect("put back");
        close::run(&cx, &town.db, close::Close { request }).await.expect("taken back again");
        town.clock.advance(Duration::days(5));
        let late = restore::run(&town.cx(awa).await, &town.db, restore::Restore { request }).await;
        assert!(matches!(late, Err(Failure::Refused(Refused::Unsound(Unsound::DayPast)))));
    }
);

testkit::both!(
    async fn it_lapses_the_day_after(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let cx = town.cx(awa).await;
        let id = asked(&town, &cx, lilas).await.request;
        town.clock.advance(Duration::days(2));
        assert_eq!(expire::run(&town.job(), &town.db).await.expect("ran"), 0);
        town.clock.advance(Duration::days(1));
        assert_eq!(expire::run(&town.job(), &town.db).await.expect("ran"), 1);
        assert_eq!(expire::run(&town.job(), &town.db).await.expect("ran"), 0);
        let mut conn = town.db.read().await.expect("a connection");
        let request = queries::request(&mut conn, id).await.expect("read").expect("there");
        assert_eq!(request.state(), RequestState::Closed(CloseReason::Expired));
        let told: i64 = conn
            .query("SELECT COUNT(*) FROM notice WHERE person_id = $1 AND text_key = 'requests-told-expired'")
            .bind(awa)
            .value()
            .await
            .expect("counted");
        assert_eq!(told, 1);
    }
);

testkit::both!(
    async fn on_behalf_is_marked_and_told(town: Town) {
        let (lilas, awa) = epicerie(&town).await;
        let ccas = town.structure("CCAS", "ccas").await;
        let olivier = town.facilitator("Olivier", ccas).await;
        let member = town.person("Inès", ccas, Role::Member).await;
        let cx = town.cx(member).await;
        let by_member = post::run(&cx, &town.db, ask(&cx, lilas, 1, vec![wanted("dairy", 1)])).await;
        assert!(matches!(by_member, Err(Failure::Forbidden)));
        let cx = town.cx(olivier).await;
        let posted = asked(&town, &cx, lilas).await;
        let mut conn = town.db.read().await.expect("a connection");
        let request = queries::request(&mut conn, posted.request).await.expect("read").expect("there");
        assert!(request.posted_for);
        let trail = audit::history_of(&mut conn, posted.request.uuid()).await.expect("read");
        assert_eq!(trail[0].on_behalf_of, Some(lilas));
        let told: i64 = conn
            .query(
                "SELECT COUNT(*) FROM notice WHERE person_id = $1 AND text_key = 'requests-told-posted-for'",
            )
            .bind(awa)
            .value()
            .await
            .expect("counted");
        assert_eq!(told, 1);
    }
);

#[test]
fn refusals_widen() {
    assert_eq!(Refused::from(Unsound::Count), Refused::Unsound(Unsound::Count));
}
