//! Killed in the middle of a write, again and again, at every write journey of the house: after the restart `doctor`
//! has nothing to say, and the client's retry with the same key ends in one effect.
//!
//! The moments of the cuts are spread over the time the act takes undisturbed. What counts is not where one falls but
//! that some fall before the instant from which the act has happened and some after it: where all of them fell on one
//! side, cuts closer to the other end follow until one falls there.

use std::time::{Duration, Instant};

use tablee::doctor;
use testkit::{Page, Town, both};

use crate::acts::{Act, Sending};
use crate::process::{Server, ask, encoded, exchange, multipart, request};
use crate::scene::Scene;

/// How many times each act is cut short.
const CUTS: u32 = 5;
/// How many more at most where all of them fell on one side. The last of them is made before anything is sent, or after
/// everything was answered: there is no machine so fast or so slow that it falls on the wrong side.
const MORE: u32 = 6;

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

/// When a cut is made.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// Before the request is sent.
    Before,
    /// This long after.
    At(Duration),
    /// Once it is answered.
    Answered,
}

/// The moments of the cuts, and what was seen on both sides of the instant from which the act has happened.
struct Cuts {
    whole: Duration,
    made: u32,
    before: u32,
    after: u32,
}

impl Cuts {
    /// The next moment; none once both sides were seen often enough.
    fn next(&mut self) -> Option<Cut> {
        let at = self.made;
        self.made += 1;
        if at < CUTS {
            // Steps of the golden ratio: however few they are, they are spread.
            let share = (f64::from(at) * 0.618_034 + 0.5).fract();
            return Some(Cut::At(self.whole.mul_f64(share * 1.2)));
        }
        let closer = at - CUTS + 1;
        match (self.before, self.after) {
            (0, _) if closer >= MORE => Some(Cut::Before),
            (0, _) => Some(Cut::At(self.whole / (10 * 2_u32.pow(closer)))),
            (_, 0) if closer >= MORE => Some(Cut::Answered),
            (_, 0) => Some(Cut::At(self.whole * 2_u32.pow(closer))),
            _ => None,
        }
    }

    fn saw(&mut self, done: bool) {
        if done {
            self.after += 1;
        } else {
            self.before += 1;
        }
    }
}

/// Sends the act and kills the server at that moment; what the client was answered, if anything.
fn cut(server: &mut Server, bytes: Vec<u8>, cut: Cut) -> Option<Page> {
    let host = server.host().to_owned();
    if matches!(cut, Cut::Before) {
        server.kill();
        return exchange(&host, &bytes);
    }
    let sent = std::thread::spawn(move || exchange(&host, &bytes));
    match cut {
        Cut::At(at) => {
            std::thread::sleep(at);
            server.kill();
            sent.join().unwrap()
        }
        _ => {
            let answer = sent.join().unwrap();
            server.kill();
            answer
        }
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
    let mut cuts = Cuts { whole: started.elapsed(), made: 0, before: 0, after: 0 };
    assert_eq!(whole.status, 303, "{act:?}: {}", whole.text());
    let once = effects(&scene.town, act).await;
    let one = (once.0 - nothing.0, once.1 - nothing.1);
    assert!(one.0 > 0 && one.1 != 0, "{act:?} leaves no trace: {one:?}");
    let mut n = 0;
    while let Some(at) = cuts.next() {
        n += 1;
        let sending = act.ready(&scene, n).await;
        let body = Body::of(server.host(), &sending, &cookie);
        let known = effects(&scene.town, act).await;
        let bytes = body.to(server.host());
        let first = cut(&mut server, bytes, at);
        server = Server::start(&scene.town.address);
        assert_eq!(doctor::examine(&scene.town.db).await.unwrap(), [], "{act:?}, cut {n} at {at:?}");
        let done = effects(&scene.town, act).await;
        let whole = (known.0 + one.0, known.1 + one.1);
        assert!(
            done == known || done == whole,
            "{act:?}, cut {n} at {at:?}: {known:?} became {done:?}, which is half an act"
        );
        cuts.saw(done != known);
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
    let sides = (cuts.before, cuts.after);
    assert!(sides.0 > 0 && sides.1 > 0, "{act:?}: cuts before and after it happened: {sides:?}");
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
    a_run_is_prepared_once: Act::Prepare;
    a_run_is_validated_once: Act::Validate;
    a_share_is_answered_once: Act::Answer;
    a_note_is_signed_once: Act::HandOver;
    a_count_is_written_once: Act::Count;
    goods_are_thrown_away_once: Act::Waste;
    a_sheet_is_imported_once: Act::ImportWrite;
    an_import_is_undone_once: Act::ImportUndo;
    a_card_is_saved_once: Act::SaveCard;
}
