//! Two phones at once, and one phone twice.

use collections::collection::Unfit;
use collections::queries;
use collections::usecases::reserve::{Reserve, ReserveRefused};
use collections::usecases::{post, release, reserve, take_over};
use kernel::{Failure, Grams};
use testkit::both;

use crate::scene::{Scene, reservation, taking, yoghurts};

both!(
    async fn two_phones_never_reserve_the_same_kilo(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let ask = |cx: kernel::Cx, structure, kg| {
            let db = scene.town.db.clone();
            async move { reserve::run(&cx, &db, reservation(id, structure, kg)).await }
        };
        let mut going = tokio::task::JoinSet::new();
        for kg in [30, 40, 50] {
            going.spawn(ask(scene.awa.clone(), scene.lilas, kg));
            going.spawn(ask(scene.lea.clone(), scene.soupe, kg));
        }
        let (mut held, mut refused) = (Grams::ZERO, 0);
        while let Some(outcome) = going.join_next().await {
            match outcome.unwrap() {
                Ok(_) => {}
                Err(Failure::Refused(ReserveRefused::Unfit(Unfit::OnlyLeft(_)))) => refused += 1,
                other => panic!("{other:?}"),
            }
        }
        let mut conn = scene.town.db.read().await.unwrap();
        let (_, holds) = queries::seen(&mut conn, &scene.marc, id).await.unwrap().unwrap();
        held += holds.iter().map(|hold| hold.grams).sum::<Grams>();
        drop(conn);
        let collection = scene.collection(id).await;
        assert_eq!(collection.taken, held);
        assert!(
            held <= collection.grams && refused > 0,
            "{held:?} of {:?}, {refused} refused",
            collection.grams
        );
    }
);

both!(
    async fn a_phone_that_sends_twice_changes_once(town: Town) {
        let scene = Scene::set(town).await;
        let marc = scene.marc.clone().with_key("annonce-1");
        let first = scene.post(&marc, yoghurts()).await.unwrap();
        let again = scene.post(&marc, yoghurts()).await.unwrap();
        assert_eq!(first, again);
        let awa = scene.awa.clone().with_key("reserve-1");
        let held = scene.reserve(&awa, first.collection, scene.lilas, 80).await.unwrap();
        assert_eq!(scene.reserve(&awa, first.collection, scene.lilas, 80).await.unwrap(), held);
        assert_eq!(scene.collection(first.collection).await.taken, Grams::kg(80));
        let awa = scene.awa.clone().with_key("prise-1");
        let taken = take_over::run(&awa, &scene.town.db, taking(held.hold, 80)).await.unwrap();
        assert_eq!(take_over::run(&awa, &scene.town.db, taking(held.hold, 80)).await.unwrap(), taken);
        let mut conn = scene.town.db.read().await.unwrap();
        assert_eq!(queries::handovers_about(&mut conn, held.hold.uuid()).await.unwrap().len(), 1);
        assert_eq!(
            stock::queries::lots_of_collection(&mut conn, first.collection.uuid()).await.unwrap().len(),
            1
        );
        let told: i64 = conn
            .query("SELECT COUNT(*) FROM notice WHERE text_key = 'collections-told-reserved'")
            .value()
            .await
            .unwrap();
        assert_eq!(told, 1);
    }
);

both!(
    async fn two_phones_in_the_same_instant_with_one_key(town: Town) {
        let scene = Scene::set(town).await;
        let marc = scene.marc.clone().with_key("annonce-2");
        let post = || {
            let (cx, db) = (marc.clone(), scene.town.db.clone());
            let command = post::Post { donor: scene.shop, offer: yoghurts(), photo: None };
            async move { post::run(&cx, &db, command).await }
        };
        let (a, b) = tokio::join!(post(), post());
        // The later one finds the outcome, or is told to try again and then finds it.
        let known = a.or(b).unwrap();
        assert_eq!(post().await.unwrap(), known);
        let mut conn = scene.town.db.read().await.unwrap();
        let posted: i64 = conn.query("SELECT COUNT(*) FROM collection").value().await.unwrap();
        assert_eq!(posted, 1);
    }
);

both!(
    async fn release_and_take_over_at_once_do_one_of_them(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 60).await.unwrap().hold;
        let (released, taken) = tokio::join!(
            release::run(&scene.awa, &scene.town.db, release::Release { hold, reason: None }),
            take_over::run(&scene.marc, &scene.town.db, taking(hold, 60)),
        );
        assert!(released.is_ok() != taken.is_ok(), "{released:?} {taken:?}");
        let collection = scene.collection(id).await;
        assert_eq!(collection.taken, if taken.is_ok() { Grams::kg(60) } else { Grams::ZERO });
        scene.ledger_is_sound().await;
    }
);

both!(
    async fn a_reservation_for_more_than_is_left_changes_nothing(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        scene.reserve(&scene.awa, id, scene.lilas, 100).await.unwrap();
        let asked = Reserve { beyond_storage: Some("oui".into()), ..reservation(id, scene.soupe, 30) };
        let refused = reserve::run(&scene.lea, &scene.town.db, asked).await;
        assert!(matches!(
            refused,
            Err(Failure::Refused(ReserveRefused::Unfit(Unfit::OnlyLeft(left)))) if left == Grams::kg(20)
        ));
        assert_eq!(scene.collection(id).await.taken, Grams::kg(100));
    }
);
