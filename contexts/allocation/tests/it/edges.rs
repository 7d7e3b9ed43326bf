//! Two at once, too late, not allowed, nothing there.

use allocation::usecases::add_line::{self, AddLine};
use allocation::usecases::answer::{self, Answer, PURPOSE};
use allocation::usecases::cancel::{self, Cancel};
use allocation::usecases::prepare::{self, Prepare};
use allocation::usecases::set_rule::{self, SetRule};
use allocation::usecases::validate::{self, Validate};
use allocation::usecases::{lapse, remind};
use allocation::{LineState, Refused, Rule, RunState, queries};
use chrono::Duration;
use kernel::{Failure, Grams};

use crate::town::{asks, everybody_asks, prepared, scene, validated, yoghurts};

testkit::both!(
    async fn nothing_to_share_says_so(town: Town) {
        let scene = scene(&town, 2).await;
        let cx = town.cx(scene.olivier).await;
        let command = Prepare { coordination: town.coordination };
        let nothing = |result| matches!(result, Err(Failure::Refused(Refused::NothingToShare)));
        assert!(nothing(prepare::run(&cx, &town.db, command).await));
        yoghurts(&town, &scene, 60, 3).await;
        assert!(nothing(prepare::run(&cx, &town.db, command).await), "nobody asks");
        let (structure, lead) = scene.structures[0];
        asks(&town, structure, lead, 10, 5).await;
        assert!(nothing(prepare::run(&cx, &town.db, command).await), "out of date the day it is needed");
        let member = town.cx(lead).await;
        assert!(matches!(prepare::run(&member, &town.db, command).await, Err(Failure::Forbidden)));
        let mut conn = town.db.read().await.expect("a connection");
        assert!(queries::runs(&mut conn, town.coordination, None, 10).await.expect("read").is_empty());
    }
);

testkit::both!(
    async fn pressed_twice_prepared_once(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 30).await;
        let cx = town.cx(scene.olivier).await.with_key("un-appui");
        let command = Prepare { coordination: town.coordination };
        let (first, second) =
            tokio::join!(prepare::run(&cx, &town.db, command), prepare::run(&cx, &town.db, command));
        let done = first.or(second).expect("one is prepared");
        let again = prepare::run(&cx, &town.db, command).await.expect("the same");
        assert_eq!(done, again);
        let mut conn = town.db.read().await.expect("a connection");
        assert_eq!(queries::runs(&mut conn, town.coordination, None, 10).await.expect("read").len(), 1);
        drop(conn);
        // Another press finds everything reserved.
        let other = town.cx(scene.olivier).await.with_key("un-autre-appui");
        let nothing = prepare::run(&other, &town.db, command).await;
        assert!(matches!(nothing, Err(Failure::Refused(Refused::NothingToShare))), "{nothing:?}");
    }
);

testkit::both!(
    async fn two_facilitators_validate_at_once(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 30).await;
        let nadia = town.facilitator("Nadia", scene.structures[0].0).await;
        let run = prepared(&town, &scene).await;
        let (one, two) = (town.cx(scene.olivier).await, town.cx(nadia).await);
        let command = Validate { run, version: 1 };
        let (first, second) =
            tokio::join!(validate::run(&one, &town.db, command), validate::run(&two, &town.db, command));
        let won = usize::from(first.is_ok()) + usize::from(second.is_ok());
        assert_eq!(won, 1, "{first:?} {second:?}");
        assert!([first, second].iter().any(|one| matches!(one, Err(Failure::Conflict))));
        let job = town.job();
        assert!(
            matches!(validate::run(&job, &town.db, command).await, Err(Failure::Forbidden)),
            "a human validates"
        );
        let mut conn = town.db.read().await.expect("a connection");
        let letters: i64 = conn
            .query("SELECT COUNT(*) FROM notice WHERE text_key = 'allocation-told-proposed'")
            .value()
            .await
            .expect("counted");
        assert!(letters <= 4, "told once: {letters}");
    }
);

testkit::both!(
    async fn a_stale_page_does_not_validate_what_was_adjusted(town: Town) {
        let scene = scene(&town, 3).await;
        let (lot, _) = yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 30).await;
        let run = prepared(&town, &scene).await;
        let cx = town.cx(scene.olivier).await;
        let mut conn = town.db.read().await.expect("a connection");
        let lines = queries::lines(&mut conn, run).await.expect("read");
        drop(conn);
        let zero = allocation::usecases::adjust::Adjust {
            line: lines[0].id,
            version: lines[0].version,
            grams: Grams::ZERO,
            reason: "fermée".to_owned(),
        };
        allocation::usecases::adjust::run(&cx, &town.db, zero).await.expect("adjusted");
        let stale = validate::run(&cx, &town.db, Validate { run, version: 1 }).await;
        assert!(matches!(stale, Err(Failure::Conflict)));
        // The freed crates go to somebody who has a line already: refused, adjust that one; too much: the ledger says no.
        let there = AddLine {
            run,
            lot,
            structure: lines[1].structure,
            grams: Grams::kg(6),
            reason: "plus de monde".to_owned(),
        };
        let refused = add_line::run(&cx, &town.db, there.clone()).await;
        assert!(matches!(refused, Err(Failure::Refused(Refused::LineThere))));
        let more = allocation::usecases::adjust::Adjust {
            line: lines[1].id,
            version: lines[1].version,
            grams: Grams::kg(600),
            reason: "plus de monde".to_owned(),
        };
        let refused = allocation::usecases::adjust::run(&cx, &town.db, more).await;
        assert!(matches!(refused, Err(Failure::Refused(Refused::Stock(_)))), "{refused:?}");
        validated(&town, &scene, run).await;
        let mut conn = town.db.read().await.expect("a connection");
        let lines = queries::lines(&mut conn, run).await.expect("read");
        assert!(lines.iter().any(|line| line.state == LineState::NotHandedOver));
        assert_eq!(stock::ledger::verify(&mut conn).await.expect("read"), Vec::new());
    }
);

testkit::both!(
    async fn unanswered_is_reminded_then_comes_back(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 5).await;
        everybody_asks(&town, &scene, 30).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        assert_eq!(remind::run(&town.job(), &town.db).await.expect("ran"), 0);
        town.clock.advance(Duration::hours(15));
        assert_eq!(remind::run(&town.job(), &town.db).await.expect("ran"), 3);
        assert_eq!(remind::run(&town.job(), &town.db).await.expect("ran"), 0, "once");
        assert_eq!(lapse::run(&town.job(), &town.db).await.expect("ran"), 0);
        town.clock.advance(Duration::hours(10));
        assert_eq!(lapse::run(&town.job(), &town.db).await.expect("ran"), 3);
        let mut conn = town.db.read().await.expect("a connection");
        let over = queries::run(&mut conn, run).await.expect("read").expect("there");
        assert_eq!(over.state, RunState::Executed);
        let free = stock::queries::available(&mut conn, town.coordination).await.expect("read");
        assert_eq!(free.iter().map(|lot| lot.free).sum::<Grams>(), Grams::kg(60));
    }
);

testkit::both!(
    async fn a_link_answers_for_its_structure_only(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 30).await;
        let run = prepared(&town, &scene).await;
        let mut conn = town.db.read().await.expect("a connection");
        let shares = queries::shares(&mut conn, run).await.expect("read");
        let lines = queries::lines(&mut conn, run).await.expect("read");
        drop(conn);
        let link = town.link_cx(PURPOSE, shares[0].id.uuid(), Some(shares[0].structure));
        let mine = |state: &[allocation::Line]| {
            state.iter().filter(|l| l.structure == shares[0].structure).map(|l| l.id).collect::<Vec<_>>()
        };
        let take = Answer { share: shares[0].id, accepted: mine(&lines), refused: Vec::new() };
        let early = answer::run(&link, &town.db, take.clone()).await;
        assert!(matches!(early, Err(Failure::Refused(Refused::NotFromHere(RunState::Proposed)))));
        validated(&town, &scene, run).await;
        let other = Answer { share: shares[1].id, ..take.clone() };
        assert!(matches!(answer::run(&link, &town.db, other).await, Err(Failure::Forbidden)));
        // Lines of others that are named in one's own answer are left alone.
        let all = Answer { accepted: lines.iter().map(|line| line.id).collect(), ..take };
        assert_eq!(answer::run(&link, &town.db, all).await.expect("answered").accepted, mine(&lines).len());
        let mut conn = town.db.read().await.expect("a connection");
        let now = queries::lines(&mut conn, run).await.expect("read");
        assert!(
            now.iter()
                .filter(|line| line.structure != shares[0].structure)
                .all(|line| line.state == LineState::Proposed)
        );
        drop(conn);
        // One may still change one's mind, until the note is made.
        let back = Answer {
            share: shares[0].id,
            accepted: Vec::new(),
            refused: mine(&now).into_iter().map(|id| (id, "too_much")).collect(),
        };
        answer::run(&link, &town.db, back).await.expect("refused after all");
    }
);

testkit::both!(
    async fn cancelled_everything_goes_back(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 3).await;
        everybody_asks(&town, &scene, 30).await;
        let run = prepared(&town, &scene).await;
        validated(&town, &scene, run).await;
        let cx = town.cx(scene.olivier).await;
        let silent = Cancel { run, version: 2, reason: String::new() };
        let refused = cancel::run(&cx, &town.db, silent.clone()).await;
        assert!(matches!(refused, Err(Failure::Refused(Refused::ReasonMissing))), "{refused:?}");
        let said = Cancel { reason: "camion en panne".to_owned(), ..silent };
        cancel::run(&cx, &town.db, said.clone()).await.expect("cancelled");
        assert!(matches!(cancel::run(&cx, &town.db, said).await, Err(Failure::Conflict)));
        let mut conn = town.db.read().await.expect("a connection");
        let free = stock::queries::available(&mut conn, town.coordination).await.expect("read");
        assert_eq!(free.iter().map(|lot| lot.free).sum::<Grams>(), Grams::kg(60));
        assert_eq!(stock::ledger::verify(&mut conn).await.expect("read"), Vec::new());
        let facilitation = audit::facilitation_in(&mut conn, town.coordination).await.expect("read");
        assert!(facilitation.iter().any(|act| act.reason.as_deref() == Some("camion en panne")));
    }
);

testkit::both!(
    async fn a_rule_names_its_decision(town: Town) {
        let scene = scene(&town, 1).await;
        let cx = town.cx(scene.olivier).await;
        let rule = |decision: &str, days| {
            let mut rule = Rule { starts_on: cx.today(), half_life_days: days, ..Rule::initial() };
            rule.weights.by_sector.insert("aide_alimentaire".to_owned(), 1_500);
            rule.decision = decision.to_owned();
            SetRule { rule }
        };
        let unsound = |result: Result<_, Failure<Refused>>| {
            matches!(result, Err(Failure::Refused(Refused::RuleUnsound)))
        };
        assert!(unsound(set_rule::run(&cx, &town.db, rule("", 23)).await));
        assert!(unsound(set_rule::run(&cx, &town.db, rule("assemblée", 0)).await));
        set_rule::run(&cx, &town.db, rule("assemblée du 12 novembre", 30)).await.expect("set");
        let (structure, lead) = scene.structures[0];
        let member = town.cx(lead).await;
        assert!(matches!(set_rule::run(&member, &town.db, rule("moi", 30)).await, Err(Failure::Forbidden)));
        yoghurts(&town, &scene, 60, 3).await;
        asks(&town, structure, lead, 12, 1).await;
        let run = prepared(&town, &scene).await;
        let mut conn = town.db.read().await.expect("a connection");
        let inputs = queries::inputs(&mut conn, run).await.expect("read").expect("there");
        assert_eq!(inputs.rule.half_life_days, 30);
        assert_eq!(inputs.structures[0].weight_permille, 1_500);
    }
);

testkit::both!(
    async fn the_machine_proposes_every_evening(town: Town) {
        let scene = scene(&town, 3).await;
        yoghurts(&town, &scene, 60, 4).await;
        everybody_asks(&town, &scene, 30).await;
        let room = allocation::room();
        let daily =
            room.schedules.iter().find(|schedule| schedule.kind == "allocation.daily").expect("a schedule");
        town.clock.advance(Duration::hours(2));
        for _ in 0..2 {
            queue::enqueue_due(&town.db, &town.job(), std::slice::from_ref(daily)).await.expect("enqueued");
            queue::run_due(&town.db, &town.job(), &room.jobs, 10).await.expect("ran");
        }
        let mut conn = town.db.read().await.expect("a connection");
        let runs = queries::runs(&mut conn, town.coordination, None, 10).await.expect("read");
        assert_eq!(runs.len(), 1, "one proposal a day");
        assert_eq!((runs[0].state, runs[0].prepared_by), (RunState::Proposed, None));
        let told: i64 = conn
            .query(
                "SELECT COUNT(*) FROM notice WHERE person_id = $1 AND text_key = 'allocation-told-prepared'",
            )
            .bind(scene.olivier)
            .value()
            .await
            .expect("counted");
        assert_eq!(told, 1);
    }
);
