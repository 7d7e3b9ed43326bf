//! People and their ways in: a link or a code by e-mail, beside it a passkey, personal links for one act, no password
//! anywhere.
//!
//! ```text
//! /connexion ──e-mail──► challenge (15 min) ──link + button, or 6 digits──► session (90 days, or 4 h on a shared computer)
//!            └─passkey─► question (5 min) ───finger, face, device's code─────┘
//! /l/TOKEN   ──────────► the one page the link is for, with ?jeton=TOKEN    (purpose-bound, expiring, revocable)
//! ```
//!
//! Invariants: a GET never signs anybody in nor uses a link up; the database keeps fingerprints, never tokens; an
//! unknown address gets the same answer as a known one.

mod account;
mod arrive;
pub mod links;
mod notices;
mod opening;
mod pages;
#[cfg(feature = "passkeys")]
mod passkeys;
pub mod people;
mod rate;
pub mod sessions;
pub mod sign_in;

pub use arrive::{BODY_LIMIT, HEAD_LIMIT, front_door, front_door_within};
pub use notices::{DIGEST, Note, Sender, SenderOf, notify, notify_before};
pub use people::names;
pub use rate::allow;

use i18n::Source;
use kernel::Locale;
use queue::{Every, Handler, Schedule};
use web::Room;

/// What this room brings to the house. `public_url` goes into letters.
#[must_use]
pub fn room(catalogue: std::sync::Arc<i18n::Catalogue>, public_url: String) -> Room {
    room_with(catalogue, public_url, None)
}

/// The same, with the one who knows in whose name a coordination's letters leave.
#[must_use]
pub fn room_with(
    catalogue: std::sync::Arc<i18n::Catalogue>,
    public_url: String,
    sender: Option<SenderOf>,
) -> Room {
    let desk = std::sync::Arc::new(notices::Desk { catalogue, public_url, sender });
    let routes = pages::routes().merge(account::routes());
    #[cfg(feature = "passkeys")]
    let routes = routes.merge(passkeys::routes());
    Room {
        routes,
        jobs: vec![Handler::new(DIGEST, move |cx, db, _| {
            let desk = desk.clone();
            async move { notices::send_digests(&cx, &db, &desk).await }
        })],
        link_pages: vec![web::LinkPage { purpose: "accounts.digest", path: |_| "/resume".to_owned() }],
        schedules: vec![Schedule {
            kind: DIGEST,
            every: Every::DayAt(chrono::NaiveTime::MIN + chrono::Duration::hours(7)),
        }],
        ..Room::default()
    }
}

/// This room's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
