//! Passkeys: a key that stays on a person's device, opened by finger, face or the device's own code. Beside the letter,
//! never instead of it.
//!
//! ```text
//! /compte    ──POST cles/debut──► question (5 min, this session) ──device──► POST cles ──► key kept, letter to its owner
//! /connexion ──POST cle/debut───► question (5 min, this browser) ──device──► POST cle  ──► session
//! key: kept ──remove──► removed (a quarter of an hour to undo, forgotten the night after)
//!       └──counter went back──► set aside: opens nothing until its owner adds it anew
//! ```
//!
//! Invariants: a question is answered once, by the browser it was put to, right or wrong; the device has checked who holds
//! it; a key names its owner by itself, so that nobody types an address; every change of a key is told to its owner by
//! letter. The protocol itself is `webauthn-rs`, which draws its own challenges.

mod add;
mod ceremony;
mod enter;
mod keys;
mod pages;
mod party;
mod tell;

pub(crate) use pages::{origin, routes, section};

use kernel::{Failure, Fault};

/// Something of ours is wrong, not what anybody sent.
fn broken<R>(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure<R> {
    Failure::Fault(Fault::new(cause))
}
