//! The main job: 120 kg of yoghurts and the week's requests of forty structures, to a stock that adds up.

use std::collections::BTreeMap;

use allocation::usecases::adjust::{self, Adjust};
use allocation::usecases::answer::{self, Answer, PURPOSE};
use allocation::usecases::hand_over::{self, HandOver};
use allocation::usecases::prepare_note::{self, PrepareNote};
use allocation::{LineState, RunState, queries};
use collections::handover::{Accepted, Reading};
use collections::usecases::sign_handover::Signing;
use kernel::{Failure, Grams};
use stock::usecases::note_temperature::Moment;

use crate::town::{everybody_asks, prepared, scene, validated, yoghurts};

testkit::both!(
    async fn from_a_lot_of_yoghurts_to_signed_notes(town: Town) {
        let scene = scene(&town, 40).await;
        let (lot, place) = yoghurts(&town, &scene, 1_200, 3).await;
        everybody_asks(&town, &scene, 60).await;
        let run = prepared(&town, &scene).await;

        let mut conn = town.db.read().await.expect("a connection");
        let lines = queries::lines(&mut conn, run).await.expect("read");
        let inputs = queries::inputs(&mut conn, run).await.expect("read").expect("there");
        let known = queries::run(&mut conn, run).await.expect("read").expect("there");
        let plan = queries::plan(&mut conn, run).await.expect("read").expect("there");
        assert!(plan.certificate.holds);
        assert_eq!(inputs.hash().expect("a hash"), known.inputs_hash, "what was frozen reads back the same");
        let again = fair_share::solve(&allocation::problem::build(&inputs).problem).expect("a sound problem");
        assert_eq!(again.crates, plan.crates, "anybody finds the same plan");
        assert_eq!(
            lines.iter().map(|line| line.grams).sum::<Grams>(),
            Grams::kg(1_200),
            "nothing is kept back"
        );
        assert!(lines.iter().all(|line| line.grams.0 % 6_000 == 0), "whole crates");
        assert!(lines.iter().all(|line| line.reservation.is_some() && line.request_line.is_some()));
        let free = stock::queries::available(&mut conn, town.coordination).await.expect("read");
        assert!(free.is_empty(), "everything proposed is reserved");
        drop(conn);

        // A facilitator takes two crates off one structure; they are free again.
        let cx = town.cx(scene.olivier).await;
        let big = lines.iter().max_by_key(|line| line.grams).expect("a line");
        let less = big.grams - Grams::kg(12);
        let silent = Adjust { line: big.id, version: big.version, grams: less, reason: " ".to_owned() };
        let refused = adjust::run(&cx, &town.db, silent).await;
        assert!(matches!(refused, Err(Failure::Refused(allocation::Refused::ReasonMissing))));
        let change =
            Adjust {
                line: big.id, version: big.version, grams: less, reason: "congélateur en panne".into()
            };
        adjust::run(&cx, &town.db, change).await.expect("adjusted");
        let stale = Adjust { line: big.id, version: big.version, grams: big.grams, reason: String::new() };
        assert!(matches!(adjust::run(&cx, &town.db, stale).await, Err(Failure::Conflict)));

        validated(&town, &scene, run).await;
        let mut conn = town.db.read().await.expect("a connection");
        let letters: i64 = conn
            .query("SELECT COUNT(*) FROM notice WHERE text_key = 'allocation-told-proposed' AND direct")
            .value()
            .await
            .expect("counted");
        let receiving = lines.iter().map(|line| line.structure).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(usize::try_from(letters).expect("a count"), receiving.len(), "each lead has a letter");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        assert_eq!(shares.len(), 40, "everybody who asked can read why");
        drop(conn);

        // Each answers by its own link: the first refuses, the others accept.
        let refuser = *receiving.iter().next().expect("a structure");
        for share in shares.iter().filter(|share| receiving.contains(&share.structure)) {
            let link = town.link_cx(PURPOSE, share.id.uuid(), Some(share.structure));
            let own: Vec<_> =
                lines.iter().filter(|line| line.structure == share.structure).map(|l| l.id).collect();
            let command = if share.structure == refuser {
                let refused = own.into_iter().map(|id| (id, "no_room")).collect();
                Answer { share: share.id, accepted: Vec::new(), refused }
            } else {
                Answer { share: share.id, accepted: own, refused: Vec::new() }
            };
            let link = link.with_key("une-reponse");
            let first = answer::run(&link, &town.db, command.clone()).await.expect("answered");
            let again = answer::run(&link, &town.db, command).await.expect("answered");
            assert_eq!(first, again, "sent twice, answered once");
        }
        let refused: Grams =
            lines.iter().filter(|line| line.structure == refuser).map(|line| line.grams).sum();
        let mut conn = town.db.read().await.expect("a connection");
        let free = stock::queries::available(&mut conn, town.coordination).await.expect("read");
        let back: Grams = free.iter().map(|lot| lot.free).sum();
        assert_eq!(back, refused + Grams::kg(12), "refused and adjusted goods come back");
        drop(conn);

        // Handed over, one structure short of a crate, all at a sound temperature.
        let mut handed: BTreeMap<_, Grams> = BTreeMap::new();
        for structure in receiving.iter().copied().filter(|structure| *structure != refuser) {
            let cx = town.cx(scene.olivier).await;
            let note = PrepareNote { run, structure };
            assert_eq!(prepare_note::run(&cx, &town.db, note).await.expect("prepared").notes, 1);
            assert_eq!(prepare_note::run(&cx, &town.db, note).await.expect("prepared").notes, 0);
            let mut conn = town.db.read().await.expect("a connection");
            let notes = collections::queries::handovers_about(&mut conn, run.uuid()).await.expect("read");
            let note = notes.into_iter().find(|note| note.receiver == structure).expect("a note");
            drop(conn);
            let short = handed.is_empty();
            let accepted: Vec<Accepted> = note
                .lines
                .iter()
                .map(|line| Accepted {
                    rank: line.rank,
                    grams: if short { line.proposed - Grams::kg(1) } else { line.proposed },
                    reason: short.then(|| "Abîmé".to_owned()),
                })
                .collect();
            let readings = vec![Reading { rank: 1, moment: Moment::Pickup, tenths: 45, reason: None }];
            let signing = Signing { on_paper: true, ..Signing::default() };
            let command = HandOver {
                run,
                note: note.id,
                version: note.version,
                accepted: accepted.clone(),
                signing,
                readings,
                unread: Vec::new(),
            };
            let cx = cx.with_key(format!("remise {structure}"));
            let once = hand_over::run(&cx, &town.db, command.clone()).await.expect("handed over");
            let twice = hand_over::run(&cx, &town.db, command).await.expect("handed over");
            assert_eq!(once, twice, "sent twice, handed over once");
            handed.insert(structure, once.grams);
        }

        let mut conn = town.db.read().await.expect("a connection");
        let over = queries::run(&mut conn, run).await.expect("read").expect("there");
        assert_eq!(over.state, RunState::Executed);
        let states = queries::lines(&mut conn, run).await.expect("read");
        assert!(states.iter().all(|line| !line.state.holds_goods()));
        assert!(states.iter().any(|line| line.state == LineState::Refused));
        assert_eq!(stock::ledger::verify(&mut conn).await.expect("read"), Vec::new(), "the ledger adds up");
        let left = stock::queries::balances_of(&mut conn, lot).await.expect("read");
        let total: Grams = left.iter().map(|balance| balance.grams).sum();
        assert_eq!(total, Grams::kg(1_200), "nothing created, nothing lost");
        let at_hub = left.iter().find(|balance| balance.place_id == place).expect("the hub keeps some");
        assert_eq!(at_hub.grams, refused + Grams::kg(12) + Grams::kg(1));
        assert_eq!(at_hub.reserved, Grams::ZERO);
        let memory = queries::memory(&mut conn, town.coordination, over.day).await.expect("read");
        for day in &memory {
            let expected = handed.get(&day.structure).copied().unwrap_or_default();
            assert_eq!(Grams(day.received), expected, "what is accepted counts, what is refused does not");
            assert!(day.need > 0);
        }
        assert_eq!(memory.len(), 40);
        let until = over.day + chrono::Duration::days(7);
        let open = requests::queries::open_lines(&mut conn, town.coordination, until).await.expect("read");
        let served: Grams = open.iter().map(|line| line.served).sum();
        let closed: Grams = handed.values().copied().sum::<Grams>() - served;
        assert!(closed.0 >= 0 && closed.0 % 60_000 == 0, "requests served in full are closed: {closed:?}");
    }
);

testkit::both!(
    async fn tomorrow_those_who_had_less_come_first(town: Town) {
        let scene = scene(&town, 4).await;
        yoghurts(&town, &scene, 12, 3).await;
        let (first, lead) = scene.structures[0];
        crate::town::asks(&town, first, lead, 12, 1).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        let cx = town.cx(scene.olivier).await;
        prepare_note::run(&cx, &town.db, PrepareNote { run, structure: first }).await.expect("prepared");
        let mut conn = town.db.read().await.expect("a connection");
        let note =
            collections::queries::handovers_about(&mut conn, run.uuid()).await.expect("read").remove(0);
        drop(conn);
        let accepted = vec![Accepted { rank: 1, grams: Grams::kg(12), reason: None }];
        let signing = Signing { on_paper: true, ..Signing::default() };
        let mut command = HandOver {
            run,
            note: note.id,
            version: note.version,
            accepted,
            signing,
            readings: Vec::new(),
            unread: vec![(1, " ".to_owned())],
        };
        let silent = hand_over::run(&cx, &town.db, command.clone()).await;
        let missing = allocation::Refused::TemperatureMissing { rank: 1 };
        assert!(matches!(silent, Err(Failure::Refused(why)) if why == missing), "kept cold, and not a word");
        command.unread = vec![(1, "thermomètre oublié".to_owned())];
        hand_over::run(&cx, &town.db, command).await.expect("handed over");

        town.clock.advance(chrono::Duration::days(1));
        yoghurts(&town, &scene, 12, 3).await;
        everybody_asks(&town, &scene, 12).await;
        let run = prepared(&town, &scene).await;
        let mut conn = town.db.read().await.expect("a connection");
        let inputs = queries::inputs(&mut conn, run).await.expect("read").expect("there");
        let known = inputs.structures.iter().find(|s| s.structure == first).expect("there");
        assert!(!known.is_new && known.past.received > 11_000, "remembered: {:?}", known.past);
        let newcomer = inputs.structures.iter().find(|s| s.structure != first).expect("there");
        assert!(newcomer.is_new && newcomer.past.need > 0, "a newcomer starts where the middle stands");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        assert!(shares.iter().all(|share| share.reasons.level_after >= share.reasons.level_before));
    }
);
