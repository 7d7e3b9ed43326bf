//! Killed in the middle of a write, again and again, at every write journey of the house: after the restart `doctor`
//! has nothing to say, and the client's retry with the same key ends in one effect.
//!
//! The moment of the cut is looked for: half way through the act at first, then closer and closer to the instant from
//! which the act has happened. What counts is not where a cut falls but that some fall before that instant and some
//! after it.

use std::time::{Duration, Instant};

use tablee::doctor;
use testkit::{Page, Town, both};

use crate::acts::{Act, Sending};
use crate::process::{Server, ask, encoded, exchange, multipart, request};
use crate::scene::Scene;

/// How many times each act is cut short.
const CUTS: usize = 5;
/// How many more where all of them fell on one side.
const MORE: usize = 4;

/// The effects so far: rows of the journal, rows of the field.
async fn effects(town: &Town, act: Act) -> (i64, i64) {
    let (action, rows) = act.traces();
    let mut conn = town.db.read().await.unwrap();
    let journal =
        conn.query("SELECT COUNT(*) FROM audit_event WHERE action = $1").bind(action).value().await.unwrap();
    (journal, conn.query(rows).value().await.unwrap())
}

/// Everything that is sent when the form's button is pressed, but for the address of the server.
struct Body {
    action: String,
    cookie: String,
    kind: String,
    bytes: Vec<u8>,
}

impl Body {
    /// Opens the page and fills the form in.
    fn of(host: &str, sending: &Sending, cookie: &str) -> Self {
        let page = ask(host, "GET", &sending.page, cookie, None).expect("the form's page");
        assert_eq!(page.status, 200, "{}: {}", sending.page, page.text());
        let changes: Vec<(&str, &str)> =
            sending.typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let filled = page.filled(&format!("form[method=post][action='{}']", sending.action), &changes);
        let (kind, bytes) = match &sending.photo {
            Some(photo) => multipart(&filled, ("photo", "yaourts.jpg", photo)),
            None => ("application/x-www-form-urlencoded".to_owned(), encoded(&filled).into_bytes()),
        };
        Self { action: sending.action.clone(), cookie: cookie.to_owned(), kind, bytes }
    }

    fn to(&self, host: &str) -> Vec<u8> {
        request(host, "POST", &self.action, &self.cookie, Some((&self.kind, &self.bytes)))
    }
}

/// The bracket around the instant from which the act has happened, and what was seen on both sides of it.
struct Search {
    early: Duration,
    late: Duration,
    before: usize,
    after: usize,
}

impl Search {
    fn next(&self) -> Duration {
        (self.early + self.late) / 2
    }

    fn saw(&mut self, at: Duration, done: bool) {
        let whole = self.late;
        match done {
            true => (self.after, self.late) = (self.after + 1, at),
            false => (self.before, self.early) = (self.before + 1, at),
        }
        // No two acts take the same time: a bracket that is too narrow is opened again.
        if self.late < self.early + Duration::from_micros(500) {
            self.early /= 2;
            self.late = whole.max(self.early * 3);
        }
    }

    fn is_one_sided(&self) -> bool {
        self.before == 0 || self.after == 0
    }
}

async fn cut_short(town: Town, act: Act) {
    let scene = Scene::today(town).await;
    let mut server = Server::start(&scene.town.address);
    let undisturbed = act.ready(&scene, 0).await;
    let cookie = scene.cookie(undisturbed.person).await;
    let body = Body::of(server.host(), &undisturbed, &cookie);
    let nothing = effects(&scene.town, act).await;
    let started = Instant::now();
    let whole = exchange(server.host(), &body.to(server.host())).expect("an answer");
    let mut search = Search { early: Duration::ZERO, late: started.elapsed(), before: 0, after: 0 };
    assert_eq!(whole.status, 303, "{act:?}: {}", whole.text());
    let once = effects(&scene.town, act).await;
    let one = (once.0 - nothing.0, once.1 - nothing.1);
    assert!(one.0 > 0 && one.1 != 0, "{act:?} leaves no trace: {one:?}");
    for n in 1..=CUTS + MORE {
        if n > CUTS && !search.is_one_sided() {
            break;
        }
        let sending = act.ready(&scene, n).await;
        let body = Body::of(server.host(), &sending, &cookie);
        let known = effects(&scene.town, act).await;
        let (host, bytes) = (server.host().to_owned(), body.to(server.host()));
        let sent = std::thread::spawn(move || exchange(&host, &bytes));
        let at = search.next();
        std::thread::sleep(at);
        server.kill();
        let first: Option<Page> = sent.join().unwrap();
        server = Server::start(&scene.town.address);
        assert_eq!(doctor::examine(&scene.town.db).await.unwrap(), [], "{act:?}, cut {n} at {at:?}");
        let done = effects(&scene.town, act).await;
        let whole = (known.0 + one.0, known.1 + one.1);
        assert!(
            done == known || done == whole,
            "{act:?}, cut {n} at {at:?}: {known:?} became {done:?}, which is half an act"
        );
        search.saw(at, done != known);
        if first.is_some_and(|answer| answer.status == 303) {
            assert_ne!(done, known, "{act:?}, cut {n}: the client was told it was done");
        }
        let again = exchange(server.host(), &body.to(server.host())).expect("an answer");
        assert_eq!(again.status, 303, "{act:?}, the retry after cut {n} at {at:?}: {}", again.text());
        let end = effects(&scene.town, act).await;
        assert_eq!(end, whole, "{act:?}, cut {n} at {at:?}: one effect after the retry");
    }
    drop(server);
    assert_eq!(doctor::examine(&scene.town.db).await.unwrap(), []);
}

macro_rules! each {
    ($($name:ident: $act:expr;)*) => {
        $(both!(
            async fn $name(town: Town) {
                cut_short(town, $act).await;
            }
        );)*
    };
}

each! {
    a_request_is_posted_once: Act::AskFor;
    a_delivery_is_received_once: Act::Receive;
    an_offer_is_posted_once: Act::Offer;
    an_offer_with_its_photo_is_posted_once: Act::OfferWithPhoto;
    an_offer_is_reserved_once: Act::Reserve;
    goods_are_taken_over_once: Act::TakeOver;
    a_run_is_validated_once: Act::Validate;
    a_note_is_signed_once: Act::HandOver;
    a_count_is_written_once: Act::Count;
    goods_are_thrown_away_once: Act::Waste;
    a_sheet_is_imported_once: Act::ImportWrite;
    an_import_is_undone_once: Act::ImportUndo;
    a_card_is_saved_once: Act::SaveCard;
}
