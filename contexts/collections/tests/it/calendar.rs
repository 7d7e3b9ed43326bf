//! Agreements, recurring pickups, and what the passing of time does.

use chrono::NaiveTime;
use collections::collection::{Kind, State};
use collections::hold::HoldState;
use collections::offer::Offer;
use collections::queries;
use collections::usecases::except_pickup::{Change, ExceptPickup, ExceptRefused};
use collections::usecases::propose_agreement::{AgreementRefused, ProposeAgreement};
use collections::usecases::reserve::ReserveRefused;
use collections::usecases::schedule_pickup::{SchedulePickup, ScheduleRefused};
use collections::usecases::{
    accept_agreement, end_agreement, end_pickup, except_pickup, lapse, open_to_all, propose_agreement,
    release, schedule_pickup, spawn_pickups, take_over,
};
use collections::visibility::NotYet;
use collections::{AgreementId, PickupId};
use goods::TemperatureClass;
use kernel::{Failure, Grams};
use testkit::both;

use crate::scene::{Scene, at, day, taking, yoghurts};

impl Scene {
    pub async fn agreed(&self) -> AgreementId {
        let command = ProposeAgreement {
            donor: self.shop,
            partner: self.lilas,
            starts_on: day("2026-11-01"),
            ends_on: None,
            first_ask_minutes: 20,
            notes: String::new(),
        };
        let id = propose_agreement::run(&self.marc, &self.town.db, command).await.unwrap().agreement;
        let accept = accept_agreement::AcceptAgreement { agreement: id };
        accept_agreement::run(&self.awa, &self.town.db, accept).await.unwrap();
        id
    }

    fn thursdays(&self) -> SchedulePickup {
        SchedulePickup {
            donor: self.shop,
            partner: Some(self.lilas),
            site: Some(self.shop_site),
            weekday: 4,
            from: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
            until: NaiveTime::from_hms_opt(9, 30, 0).unwrap(),
            product: "Invendus frais".into(),
            family: "dairy".into(),
            temperature: TemperatureClass::Chilled,
            usual: Grams::kg(40),
            starts_on: day("2026-11-02"),
            ends_on: None,
        }
    }

    async fn scheduled(&self) -> PickupId {
        schedule_pickup::run(&self.awa, &self.town.db, self.thursdays()).await.unwrap().pickup
    }
}

both!(
    async fn the_partner_is_asked_first_and_then_the_others(town: Town) {
        let scene = Scene::set(town).await;
        scene.agreed().await;
        let posted = scene.post(&scene.marc, yoghurts()).await.unwrap();
        assert!(posted.partner_first);
        assert!(scene.told(scene.awa.person()).await.contains(&"!collections-told-asked-first".to_owned()));
        assert!(scene.told(scene.lea.person()).await.is_empty());
        let mut conn = scene.town.db.read().await.unwrap();
        assert!(queries::seen(&mut conn, &scene.lea, posted.collection).await.unwrap().is_none());
        let asked = queries::asked_first(&mut conn, scene.town.coordination, scene.lilas, scene.awa.now())
            .await
            .unwrap();
        assert_eq!(asked.len(), 1);
        drop(conn);
        // Too early: nothing is opened.
        assert!(!open_to_all::run(&scene.town.job(), &scene.town.db, posted.collection).await.unwrap());
        scene.town.clock.advance(chrono::Duration::minutes(20));
        let handlers = collections::room().jobs;
        let mut ran = 0;
        // The queue also holds the letters of the direct notes, which are not this room's to send.
        for _ in 0..20 {
            ran += queue::run_due(&scene.town.db, &scene.town.job(), &handlers, 1).await.unwrap();
        }
        assert!(ran > 0);
        assert_eq!(scene.told(scene.lea.person()).await, ["!collections-told-urgent"]);
        // Once is enough.
        assert!(!open_to_all::run(&scene.town.job(), &scene.town.db, posted.collection).await.unwrap());
        scene.reserve(&scene.lea, posted.collection, scene.soupe, 70).await.unwrap();
        // The partner may still come for what is left.
        scene.reserve(&scene.awa, posted.collection, scene.lilas, 50).await.unwrap();
    }
);

both!(
    async fn a_partner_who_takes_a_part_opens_the_rest_at_once(town: Town) {
        let scene = Scene::set(town).await;
        scene.agreed().await;
        let id = scene.posted(yoghurts()).await;
        scene.reserve(&scene.awa, id, scene.lilas, 80).await.unwrap();
        assert_eq!(scene.told(scene.lea.person()).await, ["!collections-told-urgent"]);
        let mut conn = scene.town.db.read().await.unwrap();
        let left: Vec<String> = conn
            .query("SELECT text_args FROM notice WHERE person_id = $1")
            .bind(scene.lea.person())
            .all::<(store::Json<serde_json::Value>,)>()
            .await
            .unwrap()
            .into_iter()
            .map(|(args,)| args.0["kg"].to_string())
            .collect();
        assert!(left.iter().all(|kg| kg.contains("40")), "told of what is left: {left:?}");
        drop(conn);
        // When the agreed delay ends, nobody is told a second time.
        scene.town.clock.advance(chrono::Duration::minutes(20));
        assert!(!open_to_all::run(&scene.town.job(), &scene.town.db, id).await.unwrap());
        scene.reserve(&scene.lea, id, scene.soupe, 40).await.unwrap();
        assert_eq!(scene.told(scene.lea.person()).await, ["!collections-told-urgent"]);
    }
);

both!(
    async fn a_partner_who_lets_go_opens_to_the_others_at_once(town: Town) {
        let scene = Scene::set(town).await;
        scene.agreed().await;
        let id = scene.posted(yoghurts()).await;
        let hold = scene.reserve(&scene.awa, id, scene.lilas, 120).await.unwrap().hold;
        release::run(&scene.awa, &scene.town.db, release::Release { hold, reason: None }).await.unwrap();
        assert!(scene.told(scene.lea.person()).await.contains(&"!collections-told-urgent".to_owned()));
        scene.reserve(&scene.lea, id, scene.soupe, 100).await.unwrap();
    }
);

both!(
    async fn an_agreement_needs_both_leads(town: Town) {
        let scene = Scene::set(town).await;
        let command = ProposeAgreement {
            donor: scene.shop,
            partner: scene.lilas,
            starts_on: day("2026-11-01"),
            ends_on: None,
            first_ask_minutes: 60,
            notes: String::new(),
        };
        let refused = |change: ProposeAgreement| async {
            match propose_agreement::run(&scene.marc, &scene.town.db, change).await {
                Err(Failure::Refused(why)) => why,
                other => panic!("{other:?}"),
            }
        };
        let same = ProposeAgreement { partner: scene.shop, ..command.clone() };
        assert_eq!(refused(same).await, AgreementRefused::SameStructure);
        let over = ProposeAgreement { ends_on: Some(day("2026-11-20")), ..command.clone() };
        assert_eq!(refused(over).await, AgreementRefused::Dates);
        let long = ProposeAgreement { first_ask_minutes: 5_000, ..command.clone() };
        assert_eq!(refused(long).await, AgreementRefused::Delay);
        let by_other = propose_agreement::run(&scene.lea, &scene.town.db, command.clone()).await;
        assert!(matches!(by_other, Err(Failure::Forbidden)));
        // Written down by a facilitator, accepted by nobody yet.
        let id =
            propose_agreement::run(&scene.olivier, &scene.town.db, command.clone()).await.unwrap().agreement;
        assert_eq!(refused(command).await, AgreementRefused::ThereAlready);
        let accept = accept_agreement::AcceptAgreement { agreement: id };
        for (cx, told) in
            [(&scene.olivier, false), (&scene.lea, false), (&scene.awa, true), (&scene.marc, true)]
        {
            assert_eq!(accept_agreement::run(cx, &scene.town.db, accept.clone()).await.is_ok(), told);
        }
        assert!(scene.post(&scene.marc, yoghurts()).await.unwrap().partner_first);
        let end = end_agreement::EndAgreement { agreement: id, reason: "Plus de camion".into() };
        assert!(matches!(
            end_agreement::run(&scene.lea, &scene.town.db, end.clone()).await,
            Err(Failure::NotFound)
        ));
        end_agreement::run(&scene.awa, &scene.town.db, end).await.unwrap();
        assert!(!scene.post(&scene.marc, yoghurts()).await.unwrap().partner_first);
        assert!(matches!(
            accept_agreement::run(&scene.awa, &scene.town.db, accept).await,
            Err(Failure::Refused(accept_agreement::AcceptRefused::Ended))
        ));
    }
);

both!(
    async fn a_weekly_pickup_is_held_for_its_partner_each_thursday_once(town: Town) {
        let scene = Scene::set(town).await;
        scene.scheduled().await;
        let db = &scene.town.db;
        // Thursday 26 is three days ahead: it was made at once, and the job makes nothing twice.
        for _ in 0..2 {
            assert_eq!(spawn_pickups::run(&scene.town.job(), db).await.unwrap(), 0);
        }
        let mut conn = db.read().await.unwrap();
        let fetch = queries::to_fetch(&mut conn, scene.town.coordination, scene.lilas).await.unwrap();
        drop(conn);
        assert_eq!(fetch.len(), 1);
        let (hold, collection) = &fetch[0];
        assert_eq!((collection.kind, hold.grams, hold.state), (Kind::Pickup, Grams::kg(40), HoldState::Held));
        assert_eq!(collection.pickup_from, at("2026-11-26T08:00:00"));
        scene.town.clock.set(at("2026-11-26T08:20:00"));
        take_over::run(&scene.awa, db, taking(hold.id, 40)).await.unwrap();
        scene.town.clock.set(at("2026-11-30T05:00:00"));
        assert_eq!(spawn_pickups::run(&scene.town.job(), db).await.unwrap(), 1);
        scene.ledger_is_sound().await;
    }
);

both!(
    async fn one_thursday_is_cancelled_moved_and_back(town: Town) {
        let scene = Scene::set(town).await;
        let pickup = scene.scheduled().await;
        let change =
            |day_, change| ExceptPickup { pickup, day: day(day_), change, reason: "Inventaire".into() };
        let db = &scene.town.db;
        let open = || async {
            let mut conn = db.read().await.unwrap();
            queries::to_fetch(&mut conn, scene.town.coordination, scene.lilas)
                .await
                .unwrap()
                .into_iter()
                .map(|(_, collection)| collection.pickup_from)
                .collect::<Vec<_>>()
        };
        let refused = |command: ExceptPickup| async {
            match except_pickup::run(&scene.awa, db, command).await {
                Err(Failure::Refused(why)) => why,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(refused(change("2026-11-25", Change::Cancelled)).await, ExceptRefused::NotADay);
        assert_eq!(
            refused(change("2026-11-26", Change::MovedTo(day("2026-11-20")))).await,
            ExceptRefused::Past
        );
        assert!(matches!(
            except_pickup::run(&scene.lea, db, change("2026-11-26", Change::Cancelled)).await,
            Err(Failure::Forbidden)
        ));
        except_pickup::run(&scene.marc, db, change("2026-11-26", Change::Cancelled)).await.unwrap();
        assert!(open().await.is_empty());
        assert!(
            scene.told(scene.awa.person()).await.contains(&"!collections-told-pickup-changed".to_owned())
        );
        except_pickup::run(&scene.awa, db, change("2026-11-26", Change::MovedTo(day("2026-11-25"))))
            .await
            .unwrap();
        assert_eq!(open().await, [at("2026-11-25T08:00:00")]);
        except_pickup::run(&scene.awa, db, change("2026-11-26", Change::AsUsual)).await.unwrap();
        assert_eq!(open().await, [at("2026-11-26T08:00:00")]);
        assert_eq!(spawn_pickups::run(&scene.town.job(), db).await.unwrap(), 0);
        end_pickup::run(&scene.awa, db, end_pickup::EndPickup { pickup, last_day: Some(day("2026-11-23")) })
            .await
            .unwrap();
        scene.town.clock.set(at("2026-11-30T05:00:00"));
        assert_eq!(spawn_pickups::run(&scene.town.job(), db).await.unwrap(), 0);
    }
);

both!(
    async fn a_pickup_without_a_partner_goes_on_the_board(town: Town) {
        let scene = Scene::set(town).await;
        let open = SchedulePickup { partner: None, ..scene.thursdays() };
        for (wrong, why) in [
            (SchedulePickup { usual: Grams::ZERO, ..open.clone() }, ScheduleRefused::Quantity),
            (SchedulePickup { product: " ".into(), ..open.clone() }, ScheduleRefused::NoProduct),
            (SchedulePickup { weekday: 8, ..open.clone() }, ScheduleRefused::Times),
            (SchedulePickup { partner: Some(scene.shop), ..open.clone() }, ScheduleRefused::SameStructure),
        ] {
            let refused = schedule_pickup::run(&scene.marc, &scene.town.db, wrong).await;
            assert!(matches!(refused, Err(Failure::Refused(refusal)) if refusal == why));
        }
        schedule_pickup::run(&scene.marc, &scene.town.db, open).await.unwrap();
        let mut conn = scene.town.db.read().await.unwrap();
        let filter = queries::Filter::default();
        let (board, _) =
            queries::board(&mut conn, &scene.awa, scene.town.coordination, &filter, None).await.unwrap();
        drop(conn);
        assert_eq!(board.len(), 1);
        assert!(board[0].pickup_address.contains("1 rue de l’Essai"));
        let waits = scene.reserve(&scene.awa, board[0].id, scene.lilas, 10).await;
        assert!(matches!(
            waits,
            Err(Failure::Refused(ReserveRefused::NotYet(NotYet::WaitsForAllocation(_))))
        ));
    }
);

both!(
    async fn what_nobody_fetched_expires_and_what_was_fetched_is_closed(town: Town) {
        let scene = Scene::set(town).await;
        let db = &scene.town.db;
        let (alone, held, fetched) =
            (scene.posted(yoghurts()).await, scene.posted(yoghurts()).await, scene.posted(yoghurts()).await);
        let silent = scene.reserve(&scene.lea, held, scene.soupe, 20).await.unwrap();
        let hold = scene.reserve(&scene.awa, fetched, scene.lilas, 120).await.unwrap().hold;
        take_over::run(&scene.awa, db, taking(hold, 120)).await.unwrap();
        assert_eq!(lapse::run(&scene.town.job(), db).await.unwrap(), 0);
        scene.town.clock.set(at("2026-11-23T17:30:00"));
        assert_eq!(lapse::run(&scene.town.job(), db).await.unwrap(), 1);
        assert_eq!(lapse::run(&scene.town.job(), db).await.unwrap(), 0);
        assert_eq!(scene.collection(alone).await.state, State::Expired);
        assert_eq!(
            scene
                .told(scene.marc.person())
                .await
                .iter()
                .filter(|key| *key == "collections-told-expired")
                .count(),
            1
        );
        // Whoever reserved may still write down what they took, for three days.
        assert_eq!(scene.collection(held).await.state, State::Published);
        scene.town.clock.set(at("2026-11-26T17:30:00"));
        assert_eq!(lapse::run(&scene.town.job(), db).await.unwrap(), 1);
        assert_eq!(scene.collection(held).await.state, State::Expired);
        assert_eq!(scene.collection(held).await.taken, Grams::ZERO);
        assert!(scene.told(scene.lea.person()).await.contains(&"collections-told-not-recorded".to_owned()));
        let late = take_over::run(&scene.lea, db, taking(silent.hold, 20)).await;
        assert!(matches!(late, Err(Failure::Refused(_))));
        assert_eq!(scene.collection(fetched).await.state, State::TakenOver);
        scene.town.clock.set(at("2026-11-30T17:30:00"));
        assert_eq!(lapse::run(&scene.town.job(), db).await.unwrap(), 1);
        assert_eq!(scene.collection(fetched).await.state, State::Closed);
    }
);

both!(
    async fn a_drive_lasts_a_week_end(town: Town) {
        let scene = Scene::set(town).await;
        let drive = Offer {
            kind: Kind::Drive,
            product: "Collecte devant le supermarché".into(),
            family: "other".into(),
            temperature: TemperatureClass::Dry,
            animal_origin: false,
            date_kind: goods::DateKind::None,
            date: None,
            from: at("2026-11-27T09:00:00"),
            until: at("2026-11-29T19:00:00"),
            ..yoghurts()
        };
        let id = scene.posted(drive).await;
        assert!(!scene.collection(id).await.urgent);
        scene.reserve(&scene.karim, id, scene.hub, 120).await.unwrap();
    }
);
