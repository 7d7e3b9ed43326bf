//! Stock, and all that is given: collections, pickups, drives, agreements, hand-overs.

use chrono::{Duration, NaiveTime};
use collections::hold::Taking;
use collections::usecases as giving;
use collections::usecases::sign_handover::Signing;
use kernel::{Cx, Grams};
use stock::usecases as ledger;

use super::super::scene;
use super::{Closed, Scene, Tried, ended};

pub(super) async fn stock(scene: &Scene, cx: &Cx) -> Tried {
    let (db, lot, place) = (&scene.town.db, scene.lot, scene.place);
    let (grams, occurred_at) = (Grams::kg(1), None);
    let reason = || "Pour voir".to_owned();
    let new = || scene::lentils("Pois cassés");
    let coordination = scene.town.coordination;
    tried! {
        "stock/block" Theirs ledger::block::run(cx, db, ledger::block::Block { lot, reason: reason() });
        "stock/correct" Theirs
            ledger::correct::run(cx, db, ledger::correct::Correct { movement: scene.movement, reason: reason() });
        "stock/count" Theirs
            ledger::count::run(cx, db, ledger::count::Count {
                place,
                lots: vec![ledger::count::Counted { lot, found: grams, seen: None }],
                occurred_at,
            });
        "stock/hand_out" Theirs
            ledger::hand_out::run(cx, db, ledger::hand_out::HandOut { lot, from: place, grams, occurred_at });
        "stock/lift" Theirs ledger::lift::run(cx, db, ledger::lift::Lift { lot, reason: reason() });
        "stock/move_lot" Theirs
            ledger::move_lot::run(cx, db, ledger::move_lot::MoveLot { lot, from: place, to: place, grams, occurred_at });
        "stock/note_temperature" Theirs
            ledger::note_temperature::run(cx, db, ledger::note_temperature::NoteTemperature {
                lot,
                subject: lot.uuid(),
                moment: ledger::note_temperature::Moment::Storage,
                tenths: 30,
                reason: Some(reason()),
            });
        "stock/quarantine" Theirs
            ledger::quarantine::run(cx, db, ledger::quarantine::Quarantine { lot, reason: reason() });
        "stock/receive" Theirs
            ledger::receive::run(cx, db, ledger::receive::Receive {
                coordination,
                structure: scene.lilas,
                place,
                lot: new(),
                grams,
                occurred_at,
            });
        "stock/receive_delivery" Theirs
            ledger::receive_delivery::run(cx, db, ledger::receive_delivery::ReceiveDelivery {
                coordination,
                structure: scene.lilas,
                site: None,
                lots: vec![ledger::receive_delivery::Arriving {
                    lot: new(),
                    grams,
                    tenths: None,
                    reason: None,
                    quarantine: None,
                }],
                occurred_at,
            });
        "stock/return_surplus" Theirs
            ledger::return_surplus::run(cx, db, ledger::return_surplus::ReturnSurplus {
                lot,
                from: place,
                to: None,
                grams,
                reason: reason(),
                occurred_at,
            });
        "stock/split" Theirs
            ledger::split::run(cx, db, ledger::split::Split {
                lot,
                place,
                parts: vec![ledger::split::Part { grams, lot_number: None, date: None }],
                occurred_at,
            });
        "stock/waste" Theirs
            ledger::waste::run(cx, db, ledger::waste::Waste { lot, from: place, grams, reason: reason(), occurred_at });
        "stock/withdraw" Theirs
            ledger::withdraw::run(cx, db, ledger::withdraw::Withdraw { lot, place, reason: reason(), occurred_at });
    }
}

pub(super) async fn collections(scene: &Scene, cx: &Cx) -> Tried {
    let (db, collection, hold, donor) = (&scene.town.db, scene.offer, scene.hold, scene.lilas);
    let (agreement, pickup) = (scene.agreement, scene.pickup);
    let reason = || "Pour voir".to_owned();
    let offer = || scene::offer(&scene.town.job(), "Autre riz");
    let today = scene.town.job().today();
    let signing = || Signing { on_paper: true, ..Signing::default() };
    let exception = giving::except_pickup::ExceptPickup {
        pickup,
        day: today + Duration::days(4),
        change: giving::except_pickup::Change::Cancelled,
        reason: reason(),
    };
    tried! {
        "collections/accept_agreement" Theirs
            giving::accept_agreement::run(cx, db, giving::accept_agreement::AcceptAgreement { agreement });
        "collections/announce_drive" Theirs
            giving::announce_drive::run(cx, db, giving::announce_drive::AnnounceDrive {
                organiser: donor,
                title: "Collecte".into(),
                begins_at: cx.now() + Duration::days(2),
                ends_at: cx.now() + Duration::days(2) + Duration::hours(3),
                address: "Place de la mairie".into(),
                note: String::new(),
            });
        "collections/cancel" Theirs
            giving::cancel::run(cx, db, giving::cancel::Cancel { collection, reason: reason() });
        "collections/cancel_drive" Theirs
            giving::cancel_drive::run(cx, db, giving::cancel_drive::CancelDrive { drive: scene.drive, reason: Some(reason()) });
        "collections/decline_first" Theirs
            giving::decline_first::run(cx, db, giving::decline_first::DeclineFirst { collection });
        "collections/edit" Theirs
            giving::edit::run(cx, db, giving::edit::Edit { collection, version: 1, offer: offer(), photo: None });
        "collections/end_agreement" Theirs
            giving::end_agreement::run(cx, db, giving::end_agreement::EndAgreement { agreement, reason: reason() });
        "collections/end_pickup" Theirs
            giving::end_pickup::run(cx, db, giving::end_pickup::EndPickup { pickup, last_day: None });
        "collections/except_pickup" Theirs giving::except_pickup::run(cx, db, exception);
        "collections/issue_donor_link" Theirs
            giving::issue_donor_link::run(cx, db, giving::issue_donor_link::IssueDonorLink { donor });
        "collections/nothing_to_collect" Theirs
            giving::nothing_to_collect::run(cx, db, giving::nothing_to_collect::NothingToCollect { collection, reason: reason() });
        "collections/post" Theirs
            giving::post::run(cx, db, giving::post::Post { donor, offer: offer(), photo: None });
        "collections/propose_agreement" Theirs
            giving::propose_agreement::run(cx, db, giving::propose_agreement::ProposeAgreement {
                donor: scene.shop,
                partner: scene.lilas,
                starts_on: today,
                ends_on: None,
                first_ask_minutes: 10,
                notes: String::new(),
            });
        "collections/record_drive" Theirs
            giving::record_drive::run(cx, db, giving::record_drive::RecordDrive {
                drive: scene.drive,
                site: None,
                weighed: true,
                lines: Vec::new(),
            });
        "collections/release" Theirs
            giving::release::run(cx, db, giving::release::Release { hold, reason: None });
        "collections/reserve" Theirs
            giving::reserve::run(cx, db, giving::reserve::Reserve {
                collection: scene.fetched,
                structure: scene.lilas,
                grams: Grams::kg(1),
                comes_at: None,
                beyond_storage: None,
            });
        "collections/restore" Theirs
            giving::restore::run(cx, db, giving::restore::Restore { collection });
        "collections/revoke_donor_link" Theirs
            giving::revoke_donor_link::run(cx, db, giving::revoke_donor_link::RevokeDonorLink { donor });
        "collections/schedule_pickup" Theirs
            giving::schedule_pickup::run(cx, db, giving::schedule_pickup::SchedulePickup {
                donor,
                partner: Some(scene.shop),
                site: None,
                weekday: 2,
                from: NaiveTime::MIN,
                until: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
                product: "Pain".into(),
                family: "starches".into(),
                temperature: goods::TemperatureClass::Dry,
                usual: Grams::kg(3),
                starts_on: today,
                ends_on: None,
            });
        "collections/sign_handover" Theirs
            giving::sign_handover::run(cx, db, giving::sign_handover::Sign {
                handover: scene.note,
                version: 1,
                accepted: Vec::new(),
                signing: signing(),
                readings: Vec::new(),
                handed_at: None,
            });
        "collections/take_over" Theirs
            giving::take_over::run(cx, db, scene::taking(hold, Taking { accepted: Grams::kg(20), difference: None }));
    }
}
