//! Telling people: at once when they are named, in one digest otherwise; never more than two letters a day beside
//! the digest, unless one brings a personal link to answer by or would come too late.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Duration, Utc, Weekday};
use i18n::{Arg, Catalogue, Words};
use kernel::{CoordinationId, Cx, PersonId};
use mail::{Button, Letter, Posting};
use queue::Done;
use serde_json::Value;
use store::{Conn, Db, Error, FromRow, Json, Tx};
use uuid::Uuid;

use crate::links::{self, NewLink};
use crate::people::{self, Person};

/// The job that sends what waits.
pub const DIGEST: &str = "accounts.tell";
/// Direct letters a person gets in a day at most; what exceeds goes into the digest.
const MOST_DIRECT: i64 = 2;
/// What a digest lists at most, latest first; the rest is counted.
const MOST_LINES: usize = 12;
/// Notes that one statement writes.
const AT_ONCE: usize = 16;

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
    write(tx, cx, to, note, None).await
}

/// Tells these people something that is of no use after `due`: its letter leaves first, and whatever was sent today.
///
/// # Errors
/// When the database cannot be written.
pub async fn notify_before(
    tx: &mut Tx,
    cx: &Cx,
    to: &[PersonId],
    note: Note,
    due: DateTime<Utc>,
) -> Result<(), Error> {
    write(tx, cx, to, note, Some(due)).await
}

async fn write(
    tx: &mut Tx,
    cx: &Cx,
    to: &[PersonId],
    note: Note,
    due: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let args: BTreeMap<&str, &Arg> = note.args.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let args = serde_json::to_value(&args).unwrap_or(Value::Null);
    // Nobody is told of their own act.
    let told: BTreeSet<PersonId> = to.iter().copied().filter(|person| Some(*person) != cx.person()).collect();
    let people: Vec<PersonId> = told.into_iter().collect();
    for chunk in people.chunks(AT_ONCE) {
        let mut query = tx
            .query(
                "INSERT INTO notice (id, person_id, direct, text_key, text_args, link, created_at, coordination_id, due_at)
                 SELECT column1, column2, $1, $2, $3, $4, $5, $6, $7 FROM (VALUES
                     ($8, $9), ($10, $11), ($12, $13), ($14, $15), ($16, $17), ($18, $19), ($20, $21), ($22, $23),
                     ($24, $25), ($26, $27), ($28, $29), ($30, $31), ($32, $33), ($34, $35), ($36, $37), ($38, $39)
                 ) AS told WHERE column1 IS NOT NULL",
            )
            .bind(note.direct)
            .bind(note.key)
            .bind(Json(args.clone()))
            .bind(note.link.clone())
            .bind(cx.now())
            .bind(cx.coordination)
            .bind(due);
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
    coordination_id: Option<CoordinationId>,
    due_at: Option<DateTime<Utc>>,
}

impl Notice {
    /// Whether it brings the one link by which its reader answers, or would be of no use tomorrow: it never waits.
    fn asks(&self) -> bool {
        self.direct && (self.link.starts_with("/l/") || self.due_at.is_some())
    }
}

/// In whose name letters of a coordination leave, and who takes an answer.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// The coordination's name.
    pub name: Option<String>,
    /// The address of somebody who facilitates it.
    pub reply_to: Option<String>,
}

/// How the sender is found. The network's room provides it.
pub type SenderOf = for<'a> fn(
    &'a mut Conn,
    CoordinationId,
) -> Pin<Box<dyn Future<Output = Result<Sender, Error>> + Send + 'a>>;

/// What every letter of a run is written with.
pub(crate) struct Desk {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) public_url: String,
    pub(crate) sender: Option<SenderOf>,
}

/// Sends every direct note that waits and every digest that is due. Safe to run twice: a note is marked told in
/// the transaction that posts its letter.
pub(crate) async fn send_digests(cx: &Cx, db: &Db, desk: &Desk) -> Done {
    let waiting: Vec<Notice> = db
        .read()
        .await?
        .query(
            "SELECT id, person_id, direct, text_key, text_args, link, created_at, coordination_id, due_at FROM notice
             WHERE told_at IS NULL ORDER BY person_id, created_at, id LIMIT 2000",
        )
        .all()
        .await?;
    let mut by_person: BTreeMap<PersonId, Vec<Notice>> = BTreeMap::new();
    for notice in waiting {
        by_person.entry(notice.person_id).or_default().push(notice);
    }
    for (person, notices) in by_person {
        tell(cx, db, desk, person, notices).await?;
    }
    Ok(())
}

async fn tell(cx: &Cx, db: &Db, desk: &Desk, person: PersonId, notices: Vec<Notice>) -> Done {
    let mut tx = db.write().await?;
    let Some(person) = people::person(&mut tx, person).await? else { return Ok(()) };
    let Some(email) = person.email.clone() else { return Ok(()) };
    let mut reader = cx.clone();
    reader.locale = person.locale();
    let words = Words::new(desk.catalogue.clone(), &reader);
    let sent_today = mail::direct_since(&mut tx, &email, cx.now() - Duration::days(1)).await?;
    let mut room = (MOST_DIRECT - sent_today).max(0);
    let pen = Pen { words: &words, person: &person, email: &email, desk };
    // What could not be told in its day is no news any more.
    let yesterday = cx.now() - Duration::days(1);
    let (direct, mut digest): (Vec<_>, Vec<_>) = notices
        .into_iter()
        .partition(|notice| notice.asks() || (notice.direct && notice.created_at > yesterday));
    let (asking, telling): (Vec<_>, Vec<_>) = direct.into_iter().partition(Notice::asks);
    // What asks for an answer goes first, each in a letter of its own; what only tells is grouped by what it tells.
    let letters = asking.into_iter().map(|notice| vec![notice]).chain(grouped(telling));
    for group in letters {
        if room <= 0 && !group.iter().all(Notice::asks) {
            digest.extend(group);
            continue;
        }
        room -= 1;
        let sender = sender_of(&mut tx, desk, &group).await?;
        let how = Posting { direct: true, reply_to: sender.reply_to.clone() };
        mail::post_as(&mut tx, &reader, pen.direct(&group, sender), how).await?;
        for notice in &group {
            mark_told(&mut tx, cx, notice).await?;
        }
    }
    digest.sort_by_key(|notice| (notice.created_at, notice.id));
    if !digest.is_empty() && digest_is_due(&reader, &person, &digest) {
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
        let sender = sender_of(&mut tx, desk, &digest).await?;
        let how = Posting { direct: false, reply_to: sender.reply_to.clone() };
        mail::post_as(&mut tx, &reader, pen.digest(&digest, sender, &stop), how).await?;
        for notice in &digest {
            mark_told(&mut tx, cx, notice).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Notices of one kind that wait at the same moment, together: three urgent offers are one letter.
fn grouped(notices: Vec<Notice>) -> Vec<Vec<Notice>> {
    let mut groups: Vec<Vec<Notice>> = Vec::new();
    for notice in notices {
        let same =
            |group: &&mut Vec<Notice>| group.first().is_some_and(|one| one.text_key == notice.text_key);
        match groups.iter_mut().find(same) {
            Some(group) => group.push(notice),
            None => groups.push(vec![notice]),
        }
    }
    groups
}

/// The sender of the latest notice that belongs to a coordination.
async fn sender_of(tx: &mut Tx, desk: &Desk, notices: &[Notice]) -> Result<Sender, Error> {
    let coordination = notices.iter().rev().find_map(|notice| notice.coordination_id);
    match (desk.sender, coordination) {
        (Some(of), Some(coordination)) => of(tx, coordination).await,
        _ => Ok(Sender::default()),
    }
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

/// Writes letters to one person.
struct Pen<'a> {
    words: &'a Words,
    person: &'a Person,
    email: &'a str,
    desk: &'a Desk,
}

impl Pen<'_> {
    /// A letter about one thing, or about several of a kind: each line then leads to its own page.
    fn direct(&self, group: &[Notice], sender: Sender) -> Letter {
        let first = group.first().map(|notice| sentence(self.words, notice)).unwrap_or_default();
        match group {
            [one] => self.letter(&first, vec![first.clone()], sender, &one.link),
            several => {
                let (count, most) = (several.len(), several.iter().take(MOST_LINES));
                let subject = self.words.t2("accounts-several-subject", "first", first, "more", count - 1);
                let mut lines = vec![self.words.t1("accounts-several-intro", "count", count)];
                lines.extend(most.map(|notice| self.line(notice)));
                if count > MOST_LINES {
                    lines.push(self.words.t1("accounts-digest-more", "count", count - MOST_LINES));
                }
                self.letter(&subject, lines, sender, "/")
            }
        }
    }

    fn digest(&self, digest: &[Notice], sender: Sender, stop: &str) -> Letter {
        let mut lines = vec![self.words.t1("accounts-digest-intro", "count", digest.len())];
        lines.extend(digest.iter().rev().take(MOST_LINES).map(|notice| self.line(notice)));
        if digest.len() > MOST_LINES {
            lines.push(self.words.t1("accounts-digest-more", "count", digest.len() - MOST_LINES));
        }
        let subject = self.words.t1("accounts-digest-subject", "count", digest.len());
        let mut letter = self.letter(&subject, lines, sender, "/");
        // Straight to the page: a one-click unsubscription (RFC 8058) follows no redirect.
        let page = stop.replacen("/l/", "/resume?jeton=", 1);
        letter.stop_link = Some(format!("{}{page}", self.desk.public_url));
        letter
    }

    /// A line that leads to its page.
    fn line(&self, notice: &Notice) -> String {
        format!("• {}\n{}{}", sentence(self.words, notice), self.desk.public_url, notice.link)
    }

    fn letter(&self, subject: &str, paragraphs: Vec<String>, sender: Sender, link: &str) -> Letter {
        let words = self.words;
        let mut all = vec![words.t1("accounts-mail-hello", "name", self.person.name.clone())];
        all.extend(paragraphs);
        Letter {
            to_email: self.email.to_owned(),
            to_name: self.person.name.clone(),
            lang: words.locale().tag(),
            from_name: sender.name.unwrap_or_else(|| words.t("web-title-suffix")),
            subject: in_short(subject),
            paragraphs: all,
            code: None,
            button: Some(Button {
                label: words.t("accounts-note-button"),
                link: format!("{}{link}", self.desk.public_url),
            }),
            foot: vec![words.t("accounts-note-foot")],
            stop_link: None,
        }
    }
}

/// A subject line that says no more than a phone shows of it: cut between two words, and seen to be cut.
fn in_short(subject: &str) -> String {
    const MOST: usize = 120;
    if subject.chars().count() <= MOST {
        return subject.to_owned();
    }
    let kept: String = subject.chars().take(MOST - 1).collect();
    let words = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', '.', ' ', '\u{a0}']))
}
