//! What waits on the board takes part in the daily run, and is fetched at its donor's.

use allocation::usecases::answer::{self, Answer, PURPOSE};
use allocation::usecases::prepare_note::{self, PrepareNote};
use allocation::usecases::{TIME_TO_FETCH, cancel, fetched};
use allocation::{LineState, RunState, queries};
use axum::http::StatusCode;
use collections::collection::{Kind, OfferScope};
use collections::hold::{Difference, HoldState, Taking};
use collections::offer::Offer;
use collections::usecases::sign_handover::Signing;
use collections::usecases::take_over::TakeOver;
use collections::usecases::{post, reserve, take_over};
use collections::{CollectionId, HoldId};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{Failure, Grams, PersonId, Role, StructureId};
use testkit::Town;

use crate::town::{everybody_asks, prepared, scene, validated, yoghurts};

/// A shop, and who runs it.
async fn shop(town: &Town) -> (StructureId, PersonId) {
    let shop = town.structure("Crèmerie du Croissant", "commerce").await;
    (shop, town.person("Marc", shop, Role::Lead).await)
}

/// Yoghurts on the board, fetched so many days from now.
async fn offered(town: &Town, (shop, marc): (StructureId, PersonId), kg: i64, in_days: i64) -> CollectionId {
    let cx = town.cx(marc).await;
    let from = cx.now() + chrono::Duration::days(in_days);
    let offer = Offer {
        kind: Kind::Gift,
        product: "Yaourts de brebis".into(),
        family: FamilyCode::from("dairy"),
        temperature: TemperatureClass::Chilled,
        animal_origin: true,
        prepackaged: true,
        grams: Grams::kg(kg),
        estimated: true,
        packages: None,
        crate_grams: Grams::kg(6),
        lot_number: None,
        date_kind: DateKind::UseBy,
        date: Some(cx.today() + chrono::Duration::days(12)),
        reason: None,
        intact: false,
        site: None,
        address: "3 rue du Croissant, 93100 Montreuil".into(),
        from,
        until: from + chrono::Duration::hours(3),
        note: String::new(),
        scope: OfferScope::Coordination,
        named: Vec::new(),
    };
    post::run(&cx, &town.db, post::Post { donor: shop, offer, photo: None }).await.expect("posted").collection
}

async fn on_board(town: &Town, id: CollectionId) -> collections::Collection {
    let mut conn = town.db.read().await.expect("a connection");
    collections::queries::collection(&mut conn, id).await.expect("read").expect("there")
}

async fn hold_state(town: &Town, id: HoldId) -> HoldState {
    let mut conn = town.db.read().await.expect("a connection");
    collections::queries::hold(&mut conn, id).await.expect("read").expect("there").state
}

fn taking(hold: HoldId, accepted: Grams, difference: Option<Difference>) -> TakeOver {
    TakeOver {
        hold,
        taking: Taking { accepted, difference },
        difference_words: None,
        weighed: true,
        temperature: Some(40),
        temperature_reason: None,
        date_reason: None,
        lot_number: None,
        date: None,
        site: None,
        signing: Signing { on_paper: true, ..Signing::default() },
        handed_at: None,
    }
}

testkit::both!(
    async fn what_waits_on_the_board_is_shared_and_fetched_at_its_donors(town: Town) {
        let scene = scene(&town, 4).await;
        let shop = shop(&town).await;
        let offer = offered(&town, shop, 48, 8).await;
        assert!(!on_board(&town, offer).await.urgent, "it can wait");
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;

        let mut conn = town.db.read().await.expect("a connection");
        let inputs = queries::inputs(&mut conn, run).await.expect("read").expect("there");
        let known = queries::run(&mut conn, run).await.expect("read").expect("there");
        let plan = queries::plan(&mut conn, run).await.expect("read").expect("there");
        let lines = queries::lines(&mut conn, run).await.expect("read");
        assert_eq!(inputs.hash().expect("a hash"), known.inputs_hash, "frozen with the rest");
        assert!(plan.certificate.holds);
        assert_eq!(inputs.lots.len(), 1, "there is no stock: the offer alone");
        let frozen = inputs.lots[0].offer.as_ref().expect("an offer");
        assert_eq!((frozen.collection, inputs.lots[0].holder), (offer, shop.0));
        assert_eq!(lines.iter().map(|line| line.grams).sum::<Grams>(), Grams::kg(48));
        assert!(lines.iter().all(|line| line.offer == Some(offer) && line.reservation.is_none()));
        assert!(lines.iter().all(|line| line.structure != shop.0), "no gift comes back to its donor");
        let mine = collections::queries::mine(&mut conn, town.coordination, lines[0].structure).await;
        assert!(mine.expect("read").is_empty(), "nobody expects anything before they said yes");
        drop(conn);
        assert_eq!(on_board(&town, offer).await.free(), Grams::ZERO, "what is proposed is set aside");
        let (other, lead) = scene.structures[0];
        let command = reserve::Reserve {
            collection: offer,
            structure: other,
            grams: Grams::kg(1),
            comes_at: None,
            beyond_storage: None,
        };
        town.clock.advance(chrono::Duration::days(2));
        assert!(reserve::run(&town.cx(lead).await, &town.db, command).await.is_err());

        validated(&town, &scene, run).await;
        let mut conn = town.db.read().await.expect("a connection");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        drop(conn);
        let share_of = |structure| shares.iter().find(|share| share.structure == structure).expect("a share");
        let yes = lines.iter().max_by_key(|line| line.grams).expect("a line");
        let no = lines.iter().find(|line| line.id != yes.id).expect("another");
        let until = share_of(yes.structure).answer_until.expect("asked");
        assert!(until <= frozen.until - TIME_TO_FETCH, "time is left to go and fetch it");
        for (line, accepted) in [(no, false), (yes, true)] {
            let share = share_of(line.structure);
            let link = town.link_cx(PURPOSE, share.id.uuid(), Some(line.structure));
            let command = Answer {
                share: share.id,
                accepted: accepted.then_some(line.id).into_iter().collect(),
                refused: (!accepted).then_some((line.id, "no_room")).into_iter().collect(),
            };
            answer::run(&link, &town.db, command).await.expect("answered");
        }
        assert_eq!(on_board(&town, offer).await.free(), no.grams, "what is refused returns to the board");
        let hold = yes.hold.expect("set aside");
        assert_eq!(hold_state(&town, hold).await, HoldState::Held);
        assert_eq!(hold_state(&town, no.hold.expect("set aside")).await, HoldState::Released);
        let mut conn = town.db.read().await.expect("a connection");
        let told: Vec<String> = conn
            .query("SELECT text_key FROM notice WHERE person_id = $1 AND direct")
            .bind(shop.1)
            .all()
            .await
            .map(|rows: Vec<(String,)>| rows.into_iter().map(|(key,)| key).collect())
            .expect("read");
        drop(conn);
        assert_eq!(told, ["collections-told-reserved"], "the donor knows who comes, and only that");

        // The hub has no note to make of it; the receiver signs the donor's slip, one crate short.
        let cx = town.cx(scene.olivier).await;
        let note = PrepareNote { run, structure: yes.structure };
        assert_eq!(prepare_note::run(&cx, &town.db, note).await.expect("nothing to do").notes, 0);
        let lead = scene.structures.iter().find(|(s, _)| *s == yes.structure).expect("there").1;
        let accepted = yes.grams - Grams::kg(6);
        let command = taking(hold, accepted, Some(Difference::NoRoom));
        take_over::run(&town.cx(lead).await, &town.db, command).await.expect("taken over");
        let mut conn = town.db.read().await.expect("a connection");
        let jobs: i64 = conn
            .query("SELECT COUNT(*) FROM job WHERE kind = 'collections.hold_ended'")
            .value()
            .await
            .expect("counted");
        assert_eq!(jobs, 1, "the run is told");
        drop(conn);
        assert!(fetched::run(&town.job(), &town.db, hold).await.expect("followed"));
        assert!(!fetched::run(&town.job(), &town.db, hold).await.expect("followed"), "once");
        let mut conn = town.db.read().await.expect("a connection");
        let line = queries::line(&mut conn, yes.id).await.expect("read").expect("there");
        assert_eq!(line.state, LineState::HandedOver);
        let slip =
            collections::queries::handover(&mut conn, line.handover.expect("a slip")).await.expect("read");
        assert_eq!(slip.expect("there").accepted(), accepted);
        let memory = queries::memory(&mut conn, town.coordination, known.day).await.expect("read");
        let received: i64 =
            memory.iter().filter(|day| day.structure == yes.structure).map(|day| day.received).sum();
        assert_eq!(Grams(received), accepted, "written when it was taken over, not before");
        assert!(memory.iter().all(|day| day.structure == yes.structure || day.received == 0));
        let open = requests::queries::open_lines(
            &mut conn,
            town.coordination,
            known.day + chrono::Duration::days(7),
        );
        let served: Grams = open.await.expect("read").iter().map(|line| line.served).sum();
        assert_eq!(served, accepted);
        assert_eq!(stock::ledger::verify(&mut conn).await.expect("read"), Vec::new());
    }
);

testkit::both!(
    async fn a_donor_who_takes_it_back_ends_the_lines(town: Town) {
        let scene = scene(&town, 3).await;
        let shop = shop(&town).await;
        let offer = offered(&town, shop, 30, 8).await;
        yoghurts(&town, &scene, 30, 6).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        let command =
            collections::usecases::cancel::Cancel { collection: offer, reason: "frigo en panne".into() };
        collections::usecases::cancel::run(&town.cx(shop.1).await, &town.db, command)
            .await
            .expect("cancelled");
        let mut conn = town.db.read().await.expect("a connection");
        let lines = queries::lines(&mut conn, run).await.expect("read");
        drop(conn);
        let (board, hub): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.offer.is_some());
        assert!(!board.is_empty() && !hub.is_empty(), "both are shared in one run");
        for line in &board {
            let share = {
                let mut conn = town.db.read().await.expect("a connection");
                let shares = queries::shares(&mut conn, run).await.expect("read");
                shares.into_iter().find(|share| share.structure == line.structure).expect("a share").id
            };
            let link = town.link_cx(PURPOSE, share.uuid(), Some(line.structure));
            let late = Answer { share, accepted: vec![line.id], refused: Vec::new() };
            let refused = answer::run(&link, &town.db, late).await;
            assert!(matches!(refused, Err(Failure::Refused(allocation::Refused::OfferGone))), "{refused:?}");
            fetched::run(&town.job(), &town.db, line.hold.expect("set aside")).await.expect("followed");
        }
        let cx = town.cx(scene.olivier).await;
        let mut conn = town.db.read().await.expect("a connection");
        let after = queries::lines(&mut conn, run).await.expect("read");
        let version = queries::run(&mut conn, run).await.expect("read").expect("there").version;
        drop(conn);
        assert!(after.iter().filter(|l| l.offer.is_some()).all(|l| l.state == LineState::NotHandedOver));
        assert!(after.iter().filter(|l| l.offer.is_none()).all(|l| l.state == LineState::Proposed));
        let command = cancel::Cancel { run, version, reason: "tout est annulé".into() };
        cancel::run(&cx, &town.db, command).await.expect("cancelled");
        let mut conn = town.db.read().await.expect("a connection");
        let over = queries::run(&mut conn, run).await.expect("read").expect("there");
        assert_eq!(over.state, RunState::Cancelled);
    }
);

testkit::both!(
    async fn the_page_says_where_and_when_to_come(town: Town) {
        let scene = scene(&town, 2).await;
        let shop = shop(&town).await;
        let offer = offered(&town, shop, 24, 8).await;
        yoghurts(&town, &scene, 24, 6).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        let (structure, lead) = scene.structures[1];
        let mut conn = town.db.read().await.expect("a connection");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        drop(conn);
        let share = shares.iter().find(|share| share.structure == structure).expect("a share").id;
        let rooms = vec![
            allocation::room(),
            requests::room(),
            collections::room(),
            stock::room(),
            network::room(),
            goods::room(),
        ];
        let mut browser = town.browser(rooms).await;
        browser.sign_in(lead).await;
        let path = format!("/attributions/reponse/{share}");
        let page = browser.get(&path).await;
        assert!(
            page.text().contains("À prendre chez le donateur") && page.text().contains("rue du Croissant")
        );
        let fields = page.filled("#reponse", &[("tout", "oui")]);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(browser.submit(&path, &pairs).await.status, StatusCode::SEE_OTHER);
        let page = browser.get(&path).await;
        let said = page.texts("#chercher").join(" ");
        assert!(said.contains("Entrepôt") && said.contains("3 rue du Croissant"), "{said}");
        let link = page.attributes("#chercher a", "href");
        assert_eq!(link, [format!("/collectes/{offer}")]);
        // Changing one's mind, as long as nothing is prepared: the offer's line goes back to the board.
        let before = on_board(&town, offer).await.free();
        let mut conn = town.db.read().await.expect("a connection");
        let lines = queries::lines_for(&mut conn, run, structure).await.expect("read");
        drop(conn);
        let line = lines.iter().find(|line| line.offer.is_some()).expect("a line");
        let no = format!("ligne-{}", line.id);
        let fields = page.filled("#nouvelle-reponse", &[(&no, "non")]);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(browser.submit(&path, &pairs).await.status, StatusCode::SEE_OTHER);
        assert_eq!(on_board(&town, offer).await.free(), before + line.grams);
    }
);
