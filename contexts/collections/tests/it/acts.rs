//! Each act, with its refusals.

use collections::collection::{OfferScope, State, Unfit};
use collections::handover::{PaperState, Signature, Unsignable};
use collections::hold::{Difference, HoldState, Taking, TakingUnfit};
use collections::offer::{Offer, OfferStopped};
use collections::photo::Photo;
use collections::queries;
use collections::usecases::reserve::{Reserve, ReserveRefused};
use collections::usecases::sign_handover::Signing;
use collections::usecases::take_over::{TakeOver, TakeOverRefused};
use collections::usecases::{
    POST_FOR_DONOR, cancel, edit, issue_donor_link, nothing_to_collect, post, release, reserve, restore,
    revoke_donor_link, take_over,
};
use collections::visibility::NotYet;
use kernel::{Failure, Grams, Level, Role};
use testkit::both;

use crate::scene::{Scene, at, day, reservation, taking, yoghurts};

both!(
    async fn urgent_yoghurts_are_told_at_once_and_shared_by_two(town: Town) {
        let scene = Scene::set(town).await;
        let posted = scene.post(&scene.marc, yoghurts()).await.unwrap();
        assert_eq!(posted.reference, "C-26-001");
        assert!(posted.urgent && !posted.partner_first);
        // The hub, the two associations; the CCAS has declared no cold.
        assert_eq!(posted.told, 3);
        assert_eq!(scene.told(scene.awa.person()).await, ["!collections-told-urgent"]);
        assert!(scene.told(scene.olivier.person()).await.is_empty());

        let lilas = scene.reserve(&scene.awa, posted.collection, scene.lilas, 80).await.unwrap();
        assert_eq!(lilas.left, Grams::kg(40));
        let soupe = scene.reserve(&scene.lea, posted.collection, scene.soupe, 40).await.unwrap();
        assert_eq!(soupe.left, Grams::ZERO);
        assert_eq!(scene.told(scene.marc.person()).await.len(), 2);

        let taken = take_over::run(&scene.awa, &scene.town.db, taking(lilas.hold, 80)).await.unwrap();
        assert_eq!(taken.reference, "B-26-001");
        let mut conn = scene.town.db.read().await.unwrap();
        let slip = queries::handover(&mut conn, taken.handover).await.unwrap().unwrap();
        assert_eq!((slip.state, slip.giver, slip.receiver), (PaperState::Signed, scene.shop, scene.lilas));
        assert_eq!((slip.proposed(), slip.accepted()), (Grams::kg(80), Grams::kg(80)));
        assert_eq!(slip.lines[0].lot_number.as_deref(), Some("L2614-118"));
        let lot = stock::queries::lot(&mut conn, taken.lot.unwrap()).await.unwrap().unwrap();
        assert_eq!(
            (lot.product.as_str(), lot.donor, lot.estimated),
            ("Yaourts nature", Some(scene.shop), false)
        );
        let trace = stock::queries::trace(&mut conn, lot.id).await.unwrap().unwrap();
        assert_eq!(trace.readings.len(), 1);
        drop(conn);
        assert_eq!(scene.collection(posted.collection).await.state, State::Published);
        take_over::run(&scene.lea, &scene.town.db, taking(soupe.hold, 40)).await.unwrap();
        assert_eq!(scene.collection(posted.collection).await.state, State::TakenOver);
        scene.ledger_is_sound().await;
    }
);

both!(
    async fn the_law_is_asked_at_posting(town: Town) {
        let scene = Scene::set(town).await;
        let stopped = |offer: Offer| async {
            match scene.post(&scene.marc, offer).await {
                Err(Failure::Refused(stopped)) => stopped,
                other => panic!("{other:?}"),
            }
        };
        let tomorrow = Offer { date: Some(day("2026-11-24")), ..yoghurts() };
        assert_eq!(stopped(tomorrow.clone()).await, OfferStopped::ShortDate { hours_left: 30 });
        assert_eq!(
            stopped(Offer { date: Some(day("2026-11-22")), ..yoghurts() }).await,
            OfferStopped::PastUseBy
        );
        assert_eq!(stopped(Offer { prepackaged: false, ..yoghurts() }).await, OfferStopped::OnlyPrepackaged);
        let said = Offer { reason: Some("Distribués ce soir à 19 h".into()), ..tomorrow };
        assert!(scene.post(&scene.marc, said).await.is_ok());
    }
);

both!(
    async fn what_can_wait_waits_for_the_allocation_but_a_hub_may_fetch_it(town: Town) {
        let scene = Scene::set(town).await;
        let offer = Offer { until: at("2026-11-24T12:00:00"), ..yoghurts() };
        let id = scene.posted(offer).await;
        assert!(!scene.collection(id).await.urgent);
        assert_eq!(scene.told(scene.awa.person()).await, ["collections-told-offer"]);
        let early = scene.reserve(&scene.awa, id, scene.lilas, 20).await;
        let until = at("2026-11-23T18:00:00");
        assert!(matches!(
            early,
            Err(Failure::Refused(ReserveRefused::NotYet(NotYet::WaitsForAllocation(then)))) if then == until
        ));
        scene.reserve(&scene.karim, id, scene.hub, 100).await.unwrap();
        scene.town.clock.set(until);
        scene.reserve(&scene.awa, id, scene.lilas, 20).await.unwrap();
    }
);

both!(
    async fn reserving_has_its_limits(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(Offer { grams: Grams::kg(500), ..yoghurts() }).await;
        let refused = |cx: kernel::Cx, asked: Reserve| {
            let db = scene.town.db.clone();
            async move {
                match reserve::run(&cx, &db, asked).await {
                    Err(Failure::Refused(why)) => why,
                    other => panic!("{other:?}"),
                }
            }
        };
        let lilas = |kg| reservation(id, scene.lilas, kg);
        assert_eq!(refused(scene.awa.clone(), lilas(0)).await, ReserveRefused::Nothing);
        assert_eq!(
            refused(scene.awa.clone(), lilas(501)).await,
            ReserveRefused::Unfit(Unfit::OnlyLeft(Grams::kg(500)))
        );
        assert_eq!(
            refused(scene.awa.clone(), lilas(250)).await,
            ReserveRefused::BeyondStorage { room: Grams::kg(200) }
        );
        scene.reserve(&scene.awa, id, scene.lilas, 150).await.unwrap();
        // What is expected fills the cold room too.
        assert_eq!(
            refused(scene.awa.clone(), lilas(60)).await,
            ReserveRefused::BeyondStorage { room: Grams::kg(50) }
        );
        let said = Reserve { beyond_storage: Some("Repart en camion frigo ce soir".into()), ..lilas(60) };
        reserve::run(&scene.awa, &scene.town.db, said).await.unwrap();
        let own = reservation(id, scene.shop, 5);
        assert_eq!(refused(scene.marc.clone(), own).await, ReserveRefused::NotYet(NotYet::Own));
        // Nobody reserves for somebody else, but a facilitator on their behalf.
        let other = reserve::run(&scene.lea, &scene.town.db, reservation(id, scene.lilas, 5)).await;
        assert!(matches!(other, Err(Failure::Forbidden)));
        scene.town.clock.set(at("2026-11-23T17:30:00"));
        assert_eq!(
            refused(scene.lea.clone(), reservation(id, scene.soupe, 5)).await,
            ReserveRefused::Unfit(Unfit::WindowPast)
        );
    }
);

both!(
    async fn only_those_concerned_find_an_offer(town: Town) {
        let scene = Scene::set(town).await;
        let stranger = scene.town.stranger("Ailleurs", "association").await;
        let stranger = scene.town.person("Zoé", stranger, Role::Lead).await;
        let mut zoe = scene.town.cx(stranger).await;
        let named = Offer { scope: OfferScope::Named, named: vec![scene.lilas], ..yoghurts() };
        let (open, named) = (scene.posted(yoghurts()).await, scene.posted(named).await);
        let mut conn = scene.town.db.read().await.unwrap();
        for (cx, sees_open, sees_named) in [
            (&scene.marc, true, true),
            (&scene.awa, true, true),
            (&scene.lea, true, false),
            (&scene.olivier, true, false),
            (&zoe, false, false),
        ] {
            assert_eq!(queries::seen(&mut conn, cx, open).await.unwrap().is_some(), sees_open);
            assert_eq!(queries::seen(&mut conn, cx, named).await.unwrap().is_some(), sees_named);
            let board =
                queries::board(&mut conn, cx, scene.town.coordination, &queries::Filter::default(), None)
                    .await
                    .unwrap();
            assert_eq!(board.0.len(), usize::from(sees_open) + usize::from(sees_named));
        }
        drop(conn);
        zoe.coordination = Some(scene.town.coordination);
        let blind = reserve::run(&scene.lea, &scene.town.db, reservation(named, scene.soupe, 5)).await;
        assert!(matches!(blind, Err(Failure::NotFound)));
        let forbidden = scene.post(&zoe, yoghurts()).await;
        assert!(matches!(forbidden, Err(Failure::Forbidden)));
    }
);

both!(
    async fn a_reader_reads_and_does_not_post(town: Town) {
        let scene = Scene::set(town).await;
        network::usecases::change_level::run(
            &scene.olivier,
            &scene.town.db,
            network::usecases::change_level::ChangeLevel {
                coordination: scene.town.coordination,
                structure: scene.shop,
                level: Level::Reader,
            },
        )
        .await
        .unwrap();
        assert!(matches!(scene.post(&scene.marc, yoghurts()).await, Err(Failure::Forbidden)));
        // Somebody who facilitates may still write it down for them.
        assert!(scene.post(&scene.olivier, yoghurts()).await.is_ok());
    }
);

both!(
    async fn by_telephone_for_a_donor_who_is_told(town: Town) {
        let scene = Scene::set(town).await;
        let posted = scene.post(&scene.olivier, yoghurts()).await.unwrap();
        assert!(scene.collection(posted.collection).await.posted_for);
        assert_eq!(scene.told(scene.marc.person()).await, ["!collections-told-posted-for"]);
        let trail = scene.trail(posted.collection.uuid()).await;
        assert_eq!(trail[0], ("collections.post".to_owned(), Some(scene.shop)));
        let hold = scene.reserve(&scene.olivier, posted.collection, scene.lilas, 30).await.unwrap().hold;
        assert!(scene.told(scene.awa.person()).await.contains(&"!collections-told-reserved-for".to_owned()));
        let taken = take_over::run(&scene.olivier, &scene.town.db, taking(hold, 30)).await.unwrap();
        assert!(
            scene.told(scene.awa.person()).await.contains(&"!collections-told-taken-over-for".to_owned())
        );
        assert!(taken.lot.is_some());
    }
);

both!(
    async fn a_donors_link_posts_and_opens_nothing_else(town: Town) {
        let scene = Scene::set(town).await;
        let issue = issue_donor_link::IssueDonorLink { donor: scene.shop };
        let path =
            issue_donor_link::run(&scene.olivier, &scene.town.db, issue.clone()).await.unwrap().unwrap();
        assert!(path.starts_with("/l/"));
        let link = scene.town.link_cx(POST_FOR_DONOR, scene.shop.uuid(), Some(scene.shop));
        let posted = scene.post(&link, yoghurts()).await.unwrap();
        let cancelled = cancel::Cancel { collection: posted.collection, reason: "vendu finalement".into() };
        cancel::run(&link, &scene.town.db, cancelled).await.unwrap();
        let other = scene.town.link_cx(POST_FOR_DONOR, scene.lilas.uuid(), Some(scene.lilas));
        assert!(matches!(scene.post(&other, yoghurts()).await, Err(Failure::Forbidden)));
        let wrong = scene.town.link_cx("allocation.answer", scene.shop.uuid(), Some(scene.shop));
        assert!(matches!(scene.post(&wrong, yoghurts()).await, Err(Failure::Forbidden)));
        assert!(matches!(
            issue_donor_link::run(&scene.lea, &scene.town.db, issue.clone()).await,
            Err(Failure::Forbidden)
        ));
        // A new link takes the place of the old one.
        issue_donor_link::run(&scene.marc, &scene.town.db, issue).await.unwrap();
        let revoke = revoke_donor_link::RevokeDonorLink { donor: scene.shop };
        assert_eq!(revoke_donor_link::run(&scene.marc, &scene.town.db, revoke).await.unwrap(), 1);
    }
);

both!(
    async fn refusing_a_part_is_a_right(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 80).await.unwrap().hold;
        let take = |accepted, difference| TakeOver {
            taking: Taking { accepted: Grams::kg(accepted), difference },
            ..taking(hold, 0)
        };
        let refused = |command: TakeOver| async {
            match take_over::run(&scene.awa, &scene.town.db, command).await {
                Err(Failure::Refused(why)) => why,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(refused(take(60, None)).await, TakeOverRefused::Taking(TakingUnfit::ReasonMissing));
        assert_eq!(
            refused(take(60, Some(Difference::MoreThere))).await,
            TakeOverRefused::Taking(TakingUnfit::ReasonDoesNotExplain)
        );
        let unsigned = TakeOver { signing: Signing::default(), ..take(80, None) };
        assert_eq!(refused(unsigned).await, TakeOverRefused::Unsignable(Unsignable::NamesMissing));
        let warm = TakeOver { temperature: Some(95), ..take(80, None) };
        assert_eq!(
            refused(warm).await,
            TakeOverRefused::Unsignable(Unsignable::TooWarm { rank: 1, threshold: 80 })
        );
        let unread = TakeOver { temperature: None, ..take(80, None) };
        assert_eq!(refused(unread).await, TakeOverRefused::TemperatureMissing);
        let late = TakeOver { date: Some((goods::DateKind::UseBy, day("2026-11-24"))), ..take(80, None) };
        assert_eq!(refused(late).await, TakeOverRefused::ShortDate { hours_left: 31 });
        // Nothing of all that left a trace.
        assert_eq!(scene.collection(id).await.taken, Grams::kg(80));

        let no_room = take(60, Some(Difference::NoRoom));
        let taken = take_over::run(&scene.awa, &scene.town.db, no_room).await.unwrap();
        assert_eq!(taken.back, Grams::kg(20));
        let collection = scene.collection(id).await;
        assert_eq!((collection.free(), collection.state), (Grams::kg(60), State::Published));
        let again = take_over::run(&scene.awa, &scene.town.db, take(60, None)).await;
        assert!(matches!(
            again,
            Err(Failure::Refused(TakeOverRefused::Taking(TakingUnfit::Ended(HoldState::TakenOver))))
        ));
    }
);

both!(
    async fn refusing_everything_still_makes_a_slip(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 120).await.unwrap().hold;
        let command = TakeOver {
            taking: Taking { accepted: Grams::ZERO, difference: Some(Difference::TooWarm) },
            temperature: Some(140),
            temperature_reason: Some("vitrine en panne".into()),
            signing: Signing { on_paper: true, ..Signing::default() },
            ..taking(hold, 0)
        };
        let taken = take_over::run(&scene.awa, &scene.town.db, command).await.unwrap();
        assert!(taken.lot.is_none());
        let collection = scene.collection(id).await;
        assert_eq!(
            (collection.state, collection.state_reason.as_deref()),
            (State::Refused, Some("too_warm"))
        );
        let slip = queries::handover(&mut scene.town.db.read().await.unwrap(), taken.handover)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((slip.proposed(), slip.accepted(), slip.on_paper), (Grams::kg(120), Grams::ZERO, true));
    }
);

both!(
    async fn signatures_are_kept_with_the_slip(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 10).await.unwrap().hold;
        let drawn = Signature::parse("M10 10l0 0L20 30").unwrap();
        let mut command = taking(hold, 10);
        command.signing.receiver_signature = drawn.clone();
        // Somebody of the shop may hold the phone.
        let taken = take_over::run(&scene.marc, &scene.town.db, command).await.unwrap();
        let slip = queries::handover(&mut scene.town.db.read().await.unwrap(), taken.handover)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((slip.receiver_signature, slip.giver_name.as_deref()), (drawn, Some("Marc")));
        let by_other = take_over::run(&scene.lea, &scene.town.db, taking(hold, 10)).await;
        assert!(matches!(by_other, Err(Failure::Forbidden)));
    }
);

both!(
    async fn what_is_released_returns_to_the_board(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 120).await.unwrap().hold;
        let asked = release::Release { hold, reason: None };
        let by_other = release::run(&scene.lea, &scene.town.db, asked.clone()).await;
        assert!(matches!(by_other, Err(Failure::Forbidden)));
        let released = release::run(&scene.awa, &scene.town.db, asked.clone()).await.unwrap();
        assert_eq!((released.collection, released.grams), (id, Grams::kg(120)));
        assert_eq!(scene.collection(id).await.free(), Grams::kg(120));
        let twice = release::run(&scene.awa, &scene.town.db, asked).await;
        assert!(matches!(twice, Err(Failure::Refused(release::ReleaseRefused::Ended(HoldState::Released)))));
        assert!(scene.told(scene.marc.person()).await.contains(&"!collections-told-released".to_owned()));
    }
);

both!(
    async fn volunteers_do_the_work_of_the_day_and_open_no_door_to_others(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let lina = scene.town.cx(scene.town.person("Lina", scene.shop, Role::Volunteer).await).await;
        let jeanne = scene.town.cx(scene.town.person("Jeanne", scene.lilas, Role::Volunteer).await).await;
        let id = scene.post(&lina, yoghurts()).await.unwrap().collection;
        assert_eq!(scene.told(jeanne.person()).await, ["!collections-told-urgent"], "who may act is told");
        let hold = scene.reserve(&jeanne, id, scene.lilas, 80).await.unwrap().hold;
        release::run(&jeanne, db, release::Release { hold, reason: None }).await.unwrap();
        let hold = scene.reserve(&jeanne, id, scene.lilas, 60).await.unwrap().hold;
        assert!(matches!(scene.reserve(&jeanne, id, scene.soupe, 10).await, Err(Failure::Forbidden)));
        let taken = take_over::run(&jeanne, db, taking(hold, 60)).await.unwrap();
        assert!(taken.lot.is_some());
        let issue = issue_donor_link::IssueDonorLink { donor: scene.shop };
        assert!(matches!(issue_donor_link::run(&lina, db, issue).await, Err(Failure::Forbidden)));
        scene.ledger_is_sound().await;
    }
);

both!(
    async fn a_donor_takes_back_and_undoes_it(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        scene.reserve(&scene.awa, id, scene.lilas, 50).await.unwrap();
        let silent = cancel::Cancel { collection: id, reason: " ".into() };
        assert!(matches!(
            cancel::run(&scene.marc, &scene.town.db, silent).await,
            Err(Failure::Refused(cancel::CancelRefused::ReasonMissing))
        ));
        let asked = cancel::Cancel { collection: id, reason: "Frigo en panne".into() };
        assert!(matches!(
            cancel::run(&scene.awa, &scene.town.db, asked.clone()).await,
            Err(Failure::Forbidden)
        ));
        cancel::run(&scene.marc, &scene.town.db, asked.clone()).await.unwrap();
        let collection = scene.collection(id).await;
        assert_eq!((collection.state, collection.taken), (State::Cancelled, Grams::ZERO));
        assert!(scene.told(scene.awa.person()).await.contains(&"!collections-told-cancelled".to_owned()));
        assert!(matches!(
            cancel::run(&scene.marc, &scene.town.db, asked.clone()).await,
            Err(Failure::Refused(cancel::CancelRefused::Unfit(Unfit::Over(State::Cancelled))))
        ));
        let back = restore::Restore { collection: id };
        restore::run(&scene.marc, &scene.town.db, back.clone()).await.unwrap();
        assert_eq!(scene.collection(id).await.state, State::Published);
        assert!(matches!(
            restore::run(&scene.marc, &scene.town.db, back.clone()).await,
            Err(Failure::Refused(Unfit::NotCancelled))
        ));
        cancel::run(&scene.marc, &scene.town.db, asked).await.unwrap();
        scene.town.clock.set(at("2026-11-23T17:30:00"));
        assert!(matches!(
            restore::run(&scene.marc, &scene.town.db, back).await,
            Err(Failure::Refused(Unfit::WindowPast))
        ));
    }
);

both!(
    async fn whoever_came_may_say_that_there_was_nothing(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let said = nothing_to_collect::NothingToCollect {
            collection: id,
            reason: "Déjà donné à une autre asso".into(),
        };
        let stranger = nothing_to_collect::run(&scene.lea, &scene.town.db, said.clone()).await;
        assert!(matches!(stranger, Err(Failure::Forbidden)));
        scene.reserve(&scene.lea, id, scene.soupe, 20).await.unwrap();
        nothing_to_collect::run(&scene.lea, &scene.town.db, said).await.unwrap();
        assert_eq!(scene.collection(id).await.state, State::NothingToCollect);
        assert!(scene.told(scene.marc.person()).await.contains(&"!collections-told-nothing".to_owned()));
    }
);

both!(
    async fn an_edit_never_overwrites_somebody_elses(town: Town) {
        let scene = Scene::set(town).await;
        let id = scene.posted(yoghurts()).await;
        let version = scene.collection(id).await.version;
        let asked = |kg, version| edit::Edit {
            collection: id,
            version,
            offer: Offer { grams: Grams::kg(kg), packages: None, ..yoghurts() },
            photo: None,
        };
        assert!(matches!(
            edit::run(&scene.awa, &scene.town.db, asked(100, version)).await,
            Err(Failure::Forbidden)
        ));
        edit::run(&scene.marc, &scene.town.db, asked(100, version)).await.unwrap();
        assert!(matches!(
            edit::run(&scene.marc, &scene.town.db, asked(90, version)).await,
            Err(Failure::Conflict)
        ));
        assert_eq!(scene.collection(id).await.grams, Grams::kg(100));
        scene.reserve(&scene.awa, id, scene.lilas, 80).await.unwrap();
        let version = scene.collection(id).await.version;
        assert!(matches!(
            edit::run(&scene.marc, &scene.town.db, asked(70, version)).await,
            Err(Failure::Refused(edit::EditRefused::Unfit(Unfit::Held)))
        ));
        edit::run(&scene.marc, &scene.town.db, asked(80, version)).await.unwrap();
        assert!(scene.told(scene.awa.person()).await.contains(&"!collections-told-edited".to_owned()));
    }
);

both!(
    async fn a_photo_is_kept_with_the_offer(town: Town) {
        let scene = Scene::set(town).await;
        let photo =
            Photo::take(b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x10\0\x10\x03 a small picture".to_vec()).unwrap();
        let command = post::Post { donor: scene.shop, offer: yoghurts(), photo: Some(photo) };
        let posted = post::run(&scene.marc, &scene.town.db, command).await.unwrap();
        assert!(scene.collection(posted.collection).await.photo.is_some());
    }
);
