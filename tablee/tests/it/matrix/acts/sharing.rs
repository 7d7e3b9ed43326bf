//! Requests, and the allocation that serves them.

use allocation::usecases as sharing;
use allocation::{Rule, Weights};
use collections::usecases::sign_handover::Signing;
use kernel::{Cx, Grams};
use requests::usecases as asking;

use super::super::scene;
use super::{Closed, Scene, Tried, ended};

pub(super) async fn requests(scene: &Scene, cx: &Cx) -> Tried {
    let (db, request, standing, structure) = (&scene.town.db, scene.request, scene.standing, scene.lilas);
    let today = scene.town.job().today();
    let lines = scene::wanted;
    let content = || asking::post_standing::PostStanding {
        structure,
        site: None,
        weekday: 1,
        every_weeks: 1,
        starts_on: today,
        ends_on: None,
        households: None,
        persons: None,
        note: String::new(),
        lines: lines(5),
    };
    tried! {
        "requests/close" Theirs asking::close::run(cx, db, asking::close::Close { request });
        "requests/confirm" Theirs asking::confirm::run(cx, db, asking::confirm::Confirm { subject: request.uuid() });
        "requests/edit" Theirs
            asking::edit::run(cx, db, asking::edit::Edit {
                request,
                version: 1,
                site: None,
                needed_on: today,
                households: None,
                persons: None,
                note: String::new(),
                lines: lines(5),
            });
        "requests/edit_standing" Theirs
            asking::edit_standing::run(cx, db, asking::edit_standing::EditStanding { standing, version: 1, content: content() });
        "requests/edit_standing" Theirs
            asking::edit_standing::turn(cx, db, asking::edit_standing::Turn { standing, to: "closed" });
        "requests/post" Theirs
            asking::post::run(cx, db, asking::post::Post {
                structure,
                site: None,
                needed_on: today,
                households: None,
                persons: None,
                note: String::new(),
                lines: lines(5),
            });
        "requests/post_standing" Theirs asking::post_standing::run(cx, db, content());
        "requests/restore" Theirs asking::restore::run(cx, db, asking::restore::Restore { request });
    }
}

pub(super) async fn allocation(scene: &Scene, cx: &Cx) -> Tried {
    let (db, run) = (&scene.town.db, scene.proposed);
    let today = scene.town.job().today();
    let reason = || "Pour voir".to_owned();
    let rule = Rule {
        starts_on: today,
        half_life_days: 20,
        tolerance_permille: 10,
        weights: Weights::default(),
        decision: reason(),
    };
    tried! {
        "allocation/add_line" Theirs
            sharing::add_line::run(cx, db, sharing::add_line::AddLine {
                run,
                lot: scene.lot,
                structure: scene.lilas,
                grams: Grams::kg(1),
                reason: reason(),
            });
        "allocation/adjust" Theirs
            sharing::adjust::run(cx, db, sharing::adjust::Adjust { line: scene.line, version: 1, grams: Grams::kg(1), reason: reason() });
        "allocation/answer" Theirs
            sharing::answer::run(cx, db, sharing::answer::Answer { share: scene.share, accepted: Vec::new(), refused: Vec::new() });
        "allocation/cancel" Theirs
            sharing::cancel::run(cx, db, sharing::cancel::Cancel { run, version: 1, reason: reason() });
        "allocation/give" Theirs
            sharing::give::run(cx, db, sharing::give::Give {
                line: scene.line,
                version: 1,
                to: scene.soupe,
                grams: Grams::kg(1),
                reason: reason(),
            });
        "allocation/note_receipt" Theirs
            sharing::note_receipt::run(cx, db, sharing::note_receipt::NoteReceipt {
                share: scene.share,
                arrived: None,
                received: Vec::new(),
            });
        "allocation/hand_over" Theirs
            sharing::hand_over::run(cx, db, sharing::hand_over::HandOver {
                run: scene.validated,
                note: scene.note,
                version: 1,
                accepted: Vec::new(),
                signing: Signing { on_paper: true, ..Signing::default() },
                readings: Vec::new(),
                unread: Vec::new(),
            });
        "allocation/prepare" Theirs
            sharing::prepare::run(cx, db, sharing::prepare::Prepare { coordination: scene.town.coordination });
        "allocation/prepare_note" Theirs
            sharing::prepare_note::run(cx, db, sharing::prepare_note::PrepareNote { run: scene.validated, structure: scene.lilas });
        "allocation/set_rule" Facilitated sharing::set_rule::run(cx, db, sharing::set_rule::SetRule { rule });
        "allocation/validate" Theirs
            sharing::validate::run(cx, db, sharing::validate::Validate { run, version: 1 });
    }
}
