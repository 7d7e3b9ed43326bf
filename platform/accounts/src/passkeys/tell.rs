//! Every change of a key is told to its owner by letter, at once: if it was not them, they must know.

use i18n::Words;
use kernel::{Cx, PersonId};
use mail::{Button, Letter};
use store::{Error, Tx};

use crate::people;

/// With what a letter is written.
pub(super) struct Post<'a> {
    /// The words, in any language.
    pub(super) words: &'a Words,
    /// The address people use.
    pub(super) public_url: &'a str,
}

/// What happened to a key.
#[derive(Clone, Copy)]
pub(super) enum Change {
    /// It opens the door from now on.
    Added,
    /// It opens nothing any more.
    Removed,
    /// It was removed and opens the door again.
    PutBack,
    /// It opens nothing any more, because a copy may exist.
    SetAside,
}

impl Change {
    /// The keys of the subject and of what happened.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Added => ("accounts-passkey-mail-added-subject", "accounts-passkey-mail-added"),
            Self::Removed => ("accounts-passkey-mail-removed-subject", "accounts-passkey-mail-removed"),
            Self::PutBack => ("accounts-passkey-mail-back-subject", "accounts-passkey-mail-back"),
            Self::SetAside => ("accounts-passkey-mail-aside-subject", "accounts-passkey-mail-aside"),
        }
    }
}

/// Writes to the owner of a key, in their language.
pub(super) async fn owner(
    tx: &mut Tx,
    cx: &Cx,
    post: &Post<'_>,
    owner: PersonId,
    change: Change,
    key: &str,
) -> Result<(), Error> {
    let Some(person) = people::person(tx, owner).await? else { return Ok(()) };
    let Some(email) = person.email.clone() else { return Ok(()) };
    let words = post.words.in_locale(person.locale());
    let (subject, happened) = change.texts();
    let letter = Letter {
        to_email: email,
        to_name: person.name.clone(),
        lang: words.locale().tag(),
        from_name: words.t("web-title-suffix"),
        subject: words.t(subject),
        paragraphs: vec![
            words.t1("accounts-mail-hello", "name", person.name),
            words.t2(happened, "key", key, "moment", words.moment(cx.now())),
            words.t("accounts-passkey-mail-not-you"),
        ],
        code: None,
        button: Some(Button {
            label: words.t("accounts-passkey-mail-button"),
            link: format!("{}/compte", post.public_url),
        }),
        foot: vec![words.t("accounts-passkey-mail-foot")],
        stop_link: None,
    };
    mail::post(tx, cx, letter).await
}
