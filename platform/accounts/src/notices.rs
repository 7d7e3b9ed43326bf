//! Telling people: at once when they are named, in one digest otherwise; never more than two letters a day beside
//! the digest, unless one brings a personal link to answer by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, Duration, Utc, Weekday};
use i18n::{Arg, Catalogue, Words};
use kernel::{Cx, PersonId};
use mail::{Button, Letter};
use queue::Done;
use serde_json::Value;
use std::sync::Arc;
use store::{Db, Error, FromRow, Json, Tx};
use uuid::Uuid;

use crate::links::{self, NewLink};
use crate::people::{self, Person};

/// The job that sends what waits.
pub const DIGEST: &str = "accounts.tell";
/// Direct letters a person gets in a day at most; what exceeds goes into the digest.
const MOST_DIRECT: i64 = 2;
/// Notes that one statement writes.
const AT_ONCE: usize = 16;
/// What a digest lists at most, latest first; the rest is counted.
const MOST_LINES: usize = 12;

/// Something to tell somebody.
#[derive(Clone, Debug)]
pub struct Note {
    /// Whether it names them and cannot wait for the digest.
    pub direct: bool,
    /// The sentence's key.
    pub key: &'static str,
    /// What it is filled with.
    pub args: Vec<(String, Arg)>,
    /// Where to act: a path of ours.
    pub link: String,
}

/// Tells these people. Direct notes leave by a job right after the transaction is kept.
///
/// # Errors
/// When the database cannot be written.
pub async fn notify(tx: &mut Tx, cx: &Cx, to: &[PersonId], note: Note) -> Result<(), Error> {
    let args: BTreeMap<&str, &Arg> = note.args.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let args = serde_json::to_value(&args).unwrap_or(Value::Null);
    // Nobody is told of their own act.
    let told: BTreeSet<PersonId> = to.iter().copied().filter(|person| Some(*person) != cx.person()).collect();
    let people: Vec<PersonId> = told.into_iter().collect();
    for chunk in people.chunks(AT_ONCE) {
        let mut query = tx
            .query(
                "INSERT INTO notice (id, person_id, direct, text_key, text_args, link, created_at)
                 SELECT column1, column2, $1, $2, $3, $4, $5 FROM (VALUES
                     ($6, $7), ($8, $9), ($10, $11), ($12, $13), ($14, $15), ($16, $17), ($18, $19), ($20, $21),
                     ($22, $23), ($24, $25), ($26, $27), ($28, $29), ($30, $31), ($32, $33), ($34, $35), ($36, $37)
                 ) AS told WHERE column1 IS NOT NULL",
            )
            .bind(note.direct)
            .bind(note.key)
            .bind(Json(args.clone()))
            .bind(note.link.clone())
            .bind(cx.now());
        for at in 0..AT_ONCE {
            let person = chunk.get(at).copied();
            query = query.bind(person.map(|_| cx.new_uuid())).bind(person);
        }
        query.run().await?;
    }
    if note.direct && !people.is_empty() {
        queue::enqueue(tx, cx, DIGEST, &Value::Null, cx.now(), None).await?;
    }
    Ok(())
}

#[derive(Clone, FromRow)]
struct Notice {
    id: Uuid,
    person_id: PersonId,
    direct: bool,
    text_key: String,
    text_args: Json<BTreeMap<String, Arg>>,
    link: String,
    created_at: DateTime<Utc>,
}

impl Notice {
    /// Whether it brings the one link by which its reader answers: no digest could, so it never waits for one.
    fn asks(&self) -> bool {
        self.direct && self.link.starts_with("/l/")
    }
}

/// Sends every direct note that waits and every digest that is due. Safe to run twice: a note is marked told in
/// the transaction that posts its letter.
pub(crate) async fn send_digests(cx: &Cx, db: &Db, catalogue: &Arc<Catalogue>, public_url: &str) -> Done {
    let waiting: Vec<Notice> = db
        .read()
        .await?
        .query(
            "SELECT id, person_id, direct, text_key, text_args, link, created_at FROM notice
             WHERE told_at IS NULL ORDER BY person_id, created_at LIMIT 2000",
        )
        .all()
        .await?;
    let mut by_person: BTreeMap<PersonId, Vec<Notice>> = BTreeMap::new();
    for notice in waiting {
        by_person.entry(notice.person_id).or_default().push(notice);
    }
    for (person, notices) in by_person {
        tell(cx, db, catalogue, public_url, person, notices).await?;
    }
    Ok(())
}

async fn tell(
    cx: &Cx,
    db: &Db,
    catalogue: &Arc<Catalogue>,
    public_url: &str,
    person: PersonId,
    notices: Vec<Notice>,
) -> Done {
    let mut tx = db.write().await?;
    let Some(person) = people::person(&mut tx, person).await? else { return Ok(()) };
    let Some(email) = person.email.clone() else { return Ok(()) };
    let mut reader = cx.clone();
    reader.locale = person.locale();
    let words = Words::new(catalogue.clone(), &reader);
    let sent_today: i64 = tx
        .query("SELECT COUNT(*) FROM letter WHERE to_email = $1 AND created_at > $2")
        .bind(email.clone())
        .bind(cx.now() - Duration::days(1))
        .value()
        .await?;
    let mut room = (MOST_DIRECT - sent_today).max(0);
    let mut digest = Vec::new();
    let (asking, telling): (Vec<_>, Vec<_>) = notices.into_iter().partition(Notice::asks);
    for notice in asking.into_iter().chain(telling) {
        if notice.direct && (room > 0 || notice.asks()) {
            room -= 1;
            let sentence = sentence(&words, &notice);
            let letter =
                letter(&words, &person, &email, &sentence.clone(), vec![sentence], public_url, &notice.link);
            mail::post(&mut tx, &reader, letter).await?;
            mark_told(&mut tx, cx, &notice).await?;
        } else {
            digest.push(notice);
        }
    }
    if !digest.is_empty() && digest_is_due(&reader, &person, &digest) {
        let mut paragraphs = vec![words.t1("accounts-digest-intro", "count", digest.len())];
        paragraphs.extend(
            digest.iter().rev().take(MOST_LINES).map(|notice| format!("• {}", sentence(&words, notice))),
        );
        if digest.len() > MOST_LINES {
            paragraphs.push(words.t1("accounts-digest-more", "count", digest.len() - MOST_LINES));
        }
        let subject = words.t1("accounts-digest-subject", "count", digest.len());
        let mut letter = letter(&words, &person, &email, &subject, paragraphs, public_url, "/");
        let stop = links::issue(
            &mut tx,
            &reader,
            NewLink {
                purpose: "accounts.digest",
                subject: person.id.uuid(),
                structure: None,
                person: Some(person.id),
                label: words.t("accounts-digest-stop-label"),
                valid_for: Duration::days(60),
            },
        )
        .await?;
        // Straight to the page: a one-click unsubscription (RFC 8058) follows no redirect.
        letter.stop_link = Some(format!("{public_url}{}", stop.replacen("/l/", "/resume?jeton=", 1)));
        mail::post(&mut tx, &reader, letter).await?;
        for notice in &digest {
            mark_told(&mut tx, cx, notice).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn mark_told(tx: &mut Tx, cx: &Cx, notice: &Notice) -> Result<(), Error> {
    tx.query("UPDATE notice SET told_at = $1 WHERE id = $2").bind(cx.now()).bind(notice.id).run().await?;
    Ok(())
}

/// Daily, weekly on Monday (or when something has waited a week), or never.
fn digest_is_due(cx: &Cx, person: &Person, waiting: &[Notice]) -> bool {
    let oldest = waiting.iter().map(|notice| notice.created_at).min().unwrap_or_else(|| cx.now());
    match person.digest.as_str() {
        "daily" => cx.now() - oldest >= Duration::hours(1),
        "weekly" => {
            cx.today().weekday() == Weekday::Mon && cx.now() - oldest >= Duration::hours(1)
                || cx.now() - oldest >= Duration::days(7)
        }
        _ => false,
    }
}

fn sentence(words: &Words, notice: &Notice) -> String {
    let args: Vec<(&str, Arg)> =
        notice.text_args.0.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    words.tn(&notice.text_key, &args)
}

fn letter(
    words: &Words,
    person: &Person,
    email: &str,
    subject: &str,
    paragraphs: Vec<String>,
    public_url: &str,
    link: &str,
) -> Letter {
    let mut all = vec![words.t1("accounts-mail-hello", "name", person.name.clone())];
    all.extend(paragraphs);
    Letter {
        to_email: email.to_owned(),
        to_name: person.name.clone(),
        lang: words.locale().tag(),
        from_name: words.t("web-title-suffix"),
        subject: subject.chars().take(120).collect(),
        paragraphs: all,
        code: None,
        button: Some(Button { label: words.t("accounts-note-button"), link: format!("{public_url}{link}") }),
        foot: vec![words.t("accounts-note-foot")],
        stop_link: None,
    }
}
