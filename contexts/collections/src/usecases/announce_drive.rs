//! A structure says when and where individuals can give. Nothing is there yet: nobody is hurried.

use audit::Act;
use chrono::{DateTime, Datelike as _, Utc};
use kernel::{Cx, Failure, Grams, StructureId};
use network::queries as net;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{giving, name_of, tell, tell_on_behalf};
use crate::drive::{Drive, DriveId, DriveState, DriveUnfit};
use crate::store::drives as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct AnnounceDrive {
    /// Who organises it.
    pub organiser: StructureId,
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub begins_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub address: String,
    /// What one should know.
    pub note: String,
}

/// What was announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// The drive.
    pub drive: DriveId,
    /// Its number.
    pub reference: String,
}

/// Announces a drive.
///
/// # Errors
/// [`DriveUnfit`]; forbidden to whoever may not give in the organiser's name.
pub async fn run(cx: &Cx, db: &Db, command: AnnounceDrive) -> Result<Announced, Failure<DriveUnfit>> {
    let mut tx = match db.begin(cx, "collections.announce_drive", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let announced = within(cx, &mut tx, &command).await?;
    Ok(tx.done(announced).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &AnnounceDrive) -> Result<Announced, Failure<DriveUnfit>> {
    let (coordination, behalf) = giving(cx, tx, command.organiser).await?;
    let mut drive = Drive {
        id: DriveId::new(cx),
        reference: String::new(),
        coordination,
        organiser: command.organiser,
        title: command.title.clone(),
        begins_at: command.begins_at,
        ends_at: command.ends_at,
        address: command.address.clone(),
        note: command.note.clone(),
        state: DriveState::Announced,
        grams: Grams::ZERO,
        created_at: cx.now(),
        version: 1,
    };
    drive.may_announce(cx.now()).map_err(Failure::Refused)?;
    drive.reference = network::next_reference(tx, coordination, "C", cx.today().year()).await?;
    rows::insert(tx, &drive).await?;
    let act = Act::new("collections.announce_drive", "drive", drive.id.uuid())
        .detail(json!({ "reference": drive.reference, "title": drive.title, "until": drive.ends_at }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    told(cx, tx, &drive, behalf).await?;
    Ok(Announced { drive: drive.id, reference: drive.reference })
}

/// The others read it in their digest; the organiser is told where somebody else announced it.
async fn told(cx: &Cx, tx: &mut Tx, drive: &Drive, behalf: Option<StructureId>) -> Result<(), store::Error> {
    let link = format!("/collectes/publiques/{}", drive.id);
    let args = vec![
        ("title".to_owned(), drive.title.clone().into()),
        ("address".to_owned(), drive.address.clone().into()),
        ("organiser".to_owned(), name_of(tx, drive.organiser).await?.into()),
    ];
    let others: Vec<StructureId> = net::members(tx, drive.coordination)
        .await?
        .into_iter()
        .map(|member| member.structure)
        .filter(|structure| *structure != drive.organiser)
        .collect();
    tell(cx, tx, &others, false, "collections-told-drive", args.clone(), link.clone()).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-drive-for", args, link).await
}
