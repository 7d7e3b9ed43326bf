//! Each act once, with what it refuses.

use chrono::Duration;
use goods::{DateKind, TemperatureClass};
use kernel::{Failure, Grams, Role};
use stock::usecases::correct::{self, Correct};
use stock::usecases::count::{self, Count, CountRefused, Counted};
use stock::usecases::hand_out::{self, HandOut};
use stock::usecases::hand_over::{self, HandOver};
use stock::usecases::move_lot::{self, MoveLot};
use stock::usecases::note_temperature::{self, Moment, NoteTemperature};
use stock::usecases::receive::{self, Receive};
use stock::usecases::receive_delivery::{self, Arriving, ReceiveDelivery};
use stock::usecases::return_surplus::{self, ReturnSurplus};
use stock::usecases::split::{self, Part, Split};
use stock::usecases::waste::{self, Waste};
use stock::usecases::withdraw::{self, Withdraw};
use stock::usecases::{block, lift, quarantine, release};
use stock::{Cause, LotState, NewLot, Refusal};

use crate::scene::{Scene, day, refused, yoghurts};

testkit::both!(
    async fn from_the_door_to_the_people(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let lot = scene.receive(yoghurts(), Grams::kg(120)).await;
        let reservation = scene.reserve(lot, Grams::kg(30)).await.unwrap();
        assert_eq!(scene.balance(lot, scene.chilled).await, (120_000, 30_000));

        let mut tx = db.write().await.unwrap();
        let command = HandOver {
            reservation: Some(reservation),
            lot,
            from: scene.chilled,
            to_structure: scene.pantry,
            grams: Grams::kg(24),
            occurred_at: None,
        };
        hand_over::within(&scene.keeper, &mut tx, &command).await.unwrap();
        tx.commit().await.unwrap();
        let theirs = scene.zone_of(scene.pantry, TemperatureClass::Chilled).await;
        assert_eq!(
            scene.balance(lot, scene.chilled).await,
            (96_000, 0),
            "the rest of the promise is free again"
        );
        assert_eq!(scene.balance(lot, theirs).await, (24_000, 0));

        scene.later();
        let out = HandOut { lot, from: theirs, grams: Grams::kg(20), occurred_at: None };
        hand_out::run(&scene.awa, db, out.clone()).await.unwrap();
        let again = HandOut { grams: Grams::kg(5), ..out.clone() };
        assert_eq!(
            refused(hand_out::run(&scene.awa, db, again).await),
            Err(Refusal::NotEnough { free: Grams::kg(4) })
        );
        let by_another = hand_out::run(&scene.keeper, db, HandOut { grams: Grams::kg(1), ..out }).await;
        assert!(matches!(by_another, Err(Failure::Forbidden)), "what the pantry holds is the pantry's");

        scene.later();
        let back = ReturnSurplus {
            lot,
            from: theirs,
            to: Some(scene.chilled),
            grams: Grams::kg(4),
            reason: "pas assez de place au froid".into(),
            occurred_at: None,
        };
        return_surplus::run(&scene.awa, db, back).await.unwrap();
        assert_eq!(scene.balance(lot, scene.chilled).await, (100_000, 0));

        let mut conn = db.read().await.unwrap();
        let trace = stock::queries::trace(&mut conn, lot).await.unwrap().unwrap();
        let causes: Vec<_> = trace.steps.iter().map(|step| step.cause).collect();
        assert_eq!(causes, [Cause::Received, Cause::HandedOver, Cause::HandedOut, Cause::Returned]);
        assert_eq!(trace.holdings.len(), 1);
        drop(conn);
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn what_is_set_aside_or_out_of_date_is_not_promised(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        let promised = scene.reserve(lot, Grams::kg(2)).await.unwrap();

        let doubt = quarantine::Quarantine { lot, reason: "pots gonflés".into() };
        quarantine::run(&scene.keeper, db, doubt).await.unwrap();
        assert_eq!(scene.reserve(lot, Grams(1)).await, Err(Refusal::NotAvailable(LotState::Quarantined)));
        let hand = HandOver {
            reservation: Some(promised),
            lot,
            from: scene.chilled,
            to_structure: scene.pantry,
            grams: Grams::kg(2),
            occurred_at: None,
        };
        let mut tx = db.write().await.unwrap();
        assert_eq!(
            refused(hand_over::within(&scene.keeper, &mut tx, &hand).await),
            Err(Refusal::NotAvailable(LotState::Quarantined)),
            "checked again when it is done"
        );
        tx.rollback().await.unwrap();

        lift::run(&scene.keeper, db, lift::Lift { lot, reason: "contrôlé".into() }).await.unwrap();
        scene.town.clock.advance(Duration::days(8));
        assert_eq!(scene.reserve(lot, Grams(1)).await, Err(Refusal::PastUseBy));
        let mut tx = db.write().await.unwrap();
        assert_eq!(refused(hand_over::within(&scene.keeper, &mut tx, &hand).await), Err(Refusal::PastUseBy));
        tx.rollback().await.unwrap();
        let mut tx = db.write().await.unwrap();
        release::within(&scene.keeper, &mut tx, promised).await.unwrap();
        assert_eq!(
            refused(release::within(&scene.keeper, &mut tx, promised).await),
            Err(Refusal::ReservationEnded)
        );
        tx.commit().await.unwrap();
        assert_eq!(scene.balance(lot, scene.chilled).await, (10_000, 0));
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_recalled_lot_is_taken_out_and_its_promises_with_it(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        let promised = scene.reserve(lot, Grams::kg(4)).await.unwrap();
        let out =
            Withdraw { lot, place: scene.chilled, reason: "rappel fabricant".into(), occurred_at: None };
        assert_eq!(
            refused(withdraw::run(&scene.keeper, db, out.clone()).await),
            Err(Refusal::NotFromThisState(LotState::Available))
        );
        let stop = block::Block { lot, reason: "rappel fabricant".into() };
        assert!(matches!(block::run(&scene.awa, db, stop.clone()).await, Err(Failure::Forbidden)));
        block::run(&scene.keeper, db, stop).await.unwrap();
        let withdrawn = withdraw::run(&scene.keeper, db, out).await.unwrap();
        assert_eq!((withdrawn.grams, withdrawn.released), (Grams::kg(10), vec![promised]));
        let mut conn = db.read().await.unwrap();
        let kept = stock::queries::lot(&mut conn, lot).await.unwrap().unwrap();
        assert_eq!(kept.state, LotState::Withdrawn);
        assert!(stock::queries::balances_of(&mut conn, lot).await.unwrap().is_empty());
        drop(conn);
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_lot_splits_into_lots_that_remember(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        let part =
            |kg, date: Option<&str>| Part { grams: Grams::kg(kg), lot_number: None, date: date.map(day) };
        let command = Split {
            lot,
            place: scene.chilled,
            parts: vec![part(3, Some("2026-11-27")), part(2, None)],
            occurred_at: None,
        };
        let too_much = Split { parts: vec![part(11, None)], ..command.clone() };
        assert_eq!(
            refused(split::run(&scene.keeper, db, too_much).await),
            Err(Refusal::PartsTooHeavy { free: Grams::kg(10) })
        );
        let parts = split::run(&scene.keeper, db, command).await.unwrap();
        assert_eq!(scene.balance(lot, scene.chilled).await, (5_000, 0));
        let mut conn = db.read().await.unwrap();
        let first = stock::queries::lot(&mut conn, parts[0]).await.unwrap().unwrap();
        assert_eq!((first.date, first.parent), (Some(day("2026-11-27")), Some(lot)));
        let whole = stock::queries::lot(&mut conn, lot).await.unwrap().unwrap();
        assert_eq!(first.reference, format!("{}.1", whole.reference));
        let up = stock::queries::trace(&mut conn, parts[1]).await.unwrap().unwrap();
        assert_eq!(up.upstream.iter().map(|lot| lot.id).collect::<Vec<_>>(), [lot]);
        assert_eq!(up.steps[0].cause, Cause::Received, "how the whole came in is part of the part's life");
        assert!(up.steps[1..].iter().all(|step| step.lot == parts[1]), "the rest of the whole's life is not");
        let down = stock::queries::trace(&mut conn, lot).await.unwrap().unwrap();
        assert_eq!(down.downstream.len(), 2);
        assert_eq!(down.holdings.len(), 3);
        drop(conn);
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_count_changes_counted_lots_only(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let (a, b) =
            (scene.receive(yoghurts(), Grams::kg(10)).await, scene.receive(yoghurts(), Grams::kg(10)).await);
        scene.reserve(a, Grams::kg(6)).await.unwrap();
        let of = |lot, found, seen: Option<i64>| Counted {
            lot,
            found: Grams::kg(found),
            seen: seen.map(Grams::kg),
        };
        let count = |lots| Count { place: scene.chilled, lots, occurred_at: None };
        let refusal = |outcome| match outcome {
            Err(Failure::Refused(CountRefused { lot, why })) => (lot, why),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            refusal(count::run(&scene.keeper, db, count(vec![of(a, 5, None)])).await),
            (Some(a), Refusal::CountedBelowReserved { reserved: Grams::kg(6) })
        );
        assert_eq!(
            refusal(count::run(&scene.keeper, db, count(vec![of(a, 9, Some(11))])).await),
            (Some(a), Refusal::MovedSince { now: Grams::kg(10) })
        );
        let outcome = count::run(&scene.keeper, db, count(vec![of(a, 9, Some(10))])).await.unwrap();
        assert_eq!(outcome.variances.len(), 1);
        assert_eq!(scene.balance(a, scene.chilled).await, (9_000, 6_000));
        assert_eq!(scene.balance(b, scene.chilled).await, (10_000, 0));
        let same = count::run(&scene.keeper, db, count(vec![of(b, 10, None)])).await.unwrap();
        assert_eq!((same.movement, same.variances.len()), (None, 0));
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_mistake_is_put_right_once_and_only_while_the_goods_are_there(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        let waste = Waste {
            lot,
            from: scene.chilled,
            grams: Grams::kg(4),
            reason: "chaîne du froid".into(),
            occurred_at: None,
        };
        let no_reason = Waste { reason: "  ".into(), ..waste.clone() };
        assert_eq!(refused(waste::run(&scene.keeper, db, no_reason).await), Err(Refusal::ReasonMissing));
        let wasted = waste::run(&scene.keeper, db, waste).await.unwrap();
        let undo = Correct { movement: wasted, reason: "annulé".into() };
        correct::run(&scene.keeper, db, undo.clone()).await.unwrap();
        assert_eq!(scene.balance(lot, scene.chilled).await, (10_000, 0));
        assert_eq!(refused(correct::run(&scene.keeper, db, undo).await), Err(Refusal::AlreadyCorrected));

        let moved =
            MoveLot { lot, from: scene.chilled, to: scene.frozen, grams: Grams::kg(10), occurred_at: None };
        let there = move_lot::run(&scene.keeper, db, moved).await.unwrap();
        scene.reserve_at(lot, scene.frozen, Grams::kg(3)).await.unwrap();
        let back = Correct { movement: there, reason: "erreur".into() };
        assert_eq!(
            refused(correct::run(&scene.keeper, db, back.clone()).await),
            Err(Refusal::GoneSince { free: Grams::kg(7) })
        );
        assert!(matches!(correct::run(&scene.awa, db, back).await, Err(Failure::Forbidden)));
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn goods_go_only_where_their_cold_is_kept(town: Town) {
        let scene = Scene::set(town).await;
        let dry = scene.zone_of(scene.hub, TemperatureClass::Dry).await;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        let to = |to| MoveLot { lot, from: scene.chilled, to, grams: Grams::kg(1), occurred_at: None };
        let db = &scene.town.db;
        assert_eq!(refused(move_lot::run(&scene.keeper, db, to(dry)).await), Err(Refusal::TooWarm));
        assert_eq!(
            refused(move_lot::run(&scene.keeper, db, to(scene.chilled)).await),
            Err(Refusal::SamePlace)
        );
        let theirs = scene.zone_of(scene.pantry, TemperatureClass::Chilled).await;
        assert_eq!(refused(move_lot::run(&scene.keeper, db, to(theirs)).await), Err(Refusal::OtherStructure));
        let receive = |lot: NewLot, grams| Receive {
            coordination: scene.town.coordination,
            structure: scene.hub,
            place: dry,
            lot,
            grams,
            occurred_at: None,
        };
        for (lot, grams, refusal) in [
            (yoghurts(), Grams::kg(1), Refusal::TooWarm),
            (NewLot { date: Some(day("2026-11-22")), ..yoghurts() }, Grams::kg(1), Refusal::PastUseBy),
            (NewLot { date_kind: DateKind::None, ..yoghurts() }, Grams::kg(1), Refusal::DateMissing),
            (NewLot { product: " ".into(), ..yoghurts() }, Grams::kg(1), Refusal::ProductMissing),
            (
                NewLot { temperature: TemperatureClass::Dry, ..yoghurts() },
                Grams::ZERO,
                Refusal::NothingWeighed,
            ),
        ] {
            assert_eq!(refused(receive::run(&scene.keeper, db, receive(lot, grams)).await), Err(refusal));
        }
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_delivery_is_weighed_dated_and_measured(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let arriving = |tenths, reason: Option<&str>| Arriving {
            lot: yoghurts(),
            grams: Grams::kg(12),
            tenths: Some(tenths),
            reason: reason.map(ToOwned::to_owned),
            quarantine: None,
        };
        let delivery = |lots| ReceiveDelivery {
            coordination: scene.town.coordination,
            structure: scene.hub,
            site: Some(scene.site),
            lots,
            occurred_at: None,
        };
        let refusal = |outcome| match outcome {
            Err(Failure::Refused(receive_delivery::DeliveryRefused { line, why })) => (line, why),
            other => panic!("{other:?}"),
        };
        let warm = delivery(vec![arriving(35, None), arriving(95, None)]);
        assert_eq!(
            refusal(receive_delivery::run(&scene.keeper, db, warm).await),
            (1, Refusal::TooHot { threshold_tenths: 80 })
        );
        let short = NewLot { date: Some(day("2026-11-24")), ..yoghurts() };
        let short = Arriving { lot: short, ..arriving(35, None) };
        assert_eq!(
            refusal(receive_delivery::run(&scene.keeper, db, delivery(vec![short])).await),
            (0, Refusal::ShortDate { hours_left: 31 })
        );
        let mut conn = db.read().await.unwrap();
        assert!(stock::queries::available(&mut conn, scene.town.coordination).await.unwrap().is_empty());
        drop(conn);

        let cx = scene.keeper.clone().with_key("livraison-1");
        let sound = delivery(vec![arriving(35, None), arriving(95, Some("camion resté au soleil"))]);
        let delivered = receive_delivery::run(&cx, db, sound.clone()).await.unwrap();
        assert_eq!((delivered.lots.len(), delivered.quarantined), (2, 1));
        let again = receive_delivery::run(&cx, db, sound).await.unwrap();
        assert_eq!(again, delivered, "sent twice, written once");

        let mut conn = db.read().await.unwrap();
        let available = stock::queries::available(&mut conn, scene.town.coordination).await.unwrap();
        assert_eq!(available.len(), 1, "what is set aside is not offered");
        assert_eq!(available[0].free, Grams::kg(12));
        drop(conn);
        let reading = NoteTemperature {
            lot: delivered.lots[0].lot,
            subject: delivered.lots[0].lot.uuid(),
            moment: Moment::Storage,
            tenths: 85,
            reason: Some("porte restée ouverte".into()),
        };
        let noted = note_temperature::run(&scene.keeper, db, reading).await.unwrap();
        assert!(noted.too_warm && !noted.quarantined, "in storage people decide");
        scene.assert_sound().await;
    }
);

testkit::both!(
    async fn a_facilitator_acts_on_behalf_and_the_holder_is_told(town: Town) {
        let scene = Scene::set(town).await;
        let olivier = scene.town.facilitator("Olivier", scene.pantry).await;
        let olivier = scene.town.cx(olivier).await;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        scene.later();
        let waste = Waste {
            lot,
            from: scene.chilled,
            grams: Grams::kg(1),
            reason: "pots ouverts".into(),
            occurred_at: None,
        };
        waste::run(&olivier, &scene.town.db, waste.clone()).await.unwrap();
        let mut conn = scene.town.db.read().await.unwrap();
        let acts = audit::history_of(&mut conn, lot.uuid()).await.unwrap();
        assert_eq!(acts.last().unwrap().on_behalf_of, Some(scene.hub));
        let told: i64 = conn
            .query("SELECT COUNT(*) FROM notice WHERE text_key = 'stock-told-on-behalf' AND person_id = $1")
            .bind(scene.keeper.person())
            .value()
            .await
            .unwrap();
        assert_eq!(told, 1);
        drop(conn);
        let volunteer = scene.town.person("Lina", scene.hub, Role::Volunteer).await;
        let volunteer = scene.town.cx(volunteer).await;
        waste::run(&volunteer, &scene.town.db, waste.clone()).await.unwrap();
        let sheet = vec![Counted { lot, found: Grams::kg(7), seen: None }];
        let counted = Count { place: scene.chilled, lots: sheet, occurred_at: None };
        assert_eq!(count::run(&volunteer, &scene.town.db, counted).await.unwrap().variances.len(), 1);
        let stranger = scene.town.structure("Ailleurs", "association").await;
        let stranger = scene.town.person("Sam", stranger, Role::Lead).await;
        let stranger = scene.town.cx(stranger).await;
        assert!(matches!(waste::run(&stranger, &scene.town.db, waste).await, Err(Failure::Forbidden)));
    }
);

testkit::both!(
    async fn a_figure_that_does_not_add_up_is_found(town: Town) {
        let scene = Scene::set(town).await;
        let lot = scene.receive(yoghurts(), Grams::kg(10)).await;
        let mut tx = scene.town.db.write().await.unwrap();
        tx.query("UPDATE balance SET grams = grams + 5, reserved = 2 WHERE lot_id = $1 AND NOT outside")
            .bind(lot)
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut conn = scene.town.db.read().await.unwrap();
        let found = stock::ledger::verify(&mut conn).await.unwrap();
        assert_eq!(
            found,
            [
                stock::ledger::Discrepancy::Balance {
                    lot,
                    place: scene.chilled,
                    kept: Grams(10_005),
                    entries: Grams(10_000)
                },
                stock::ledger::Discrepancy::Reserved {
                    lot,
                    place: scene.chilled,
                    kept: Grams(2),
                    reservations: Grams(0)
                },
            ]
        );
    }
);
