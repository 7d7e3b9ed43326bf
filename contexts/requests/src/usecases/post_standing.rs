//! Asks for the same thing every week or every few weeks.

use chrono::NaiveDate;
use kernel::{Cx, Failure, Level, SiteId, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{Refused, check_known, tell_on_behalf};
use crate::request::{self, Wanted};
use crate::standing::{Rhythm, Standing, StandingId, StandingState};
use crate::store as rows;

/// What is asked, and when it falls.
#[derive(Clone, Debug, Serialize)]
pub struct PostStanding {
    /// For which structure.
    pub structure: StructureId,
    /// At which of its places.
    pub site: Option<SiteId>,
    /// Monday = 1 … Sunday = 7.
    pub weekday: i64,
    /// Every week = 1 … every eight weeks = 8.
    pub every_weeks: i64,
    /// The first day it may fall on.
    pub starts_on: NaiveDate,
    /// The last day it may fall on.
    pub ends_on: Option<NaiveDate>,
    /// For how many households.
    pub households: Option<i64>,
    /// For how many persons.
    pub persons: Option<i64>,
    /// A note that names nobody.
    pub note: String,
    /// What is wanted each time.
    pub lines: Vec<Wanted>,
}

impl PostStanding {
    /// When it falls.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        Rhythm {
            weekday: self.weekday,
            every_weeks: self.every_weeks,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

/// What was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingPosted {
    /// The standing request.
    pub standing: StandingId,
}

/// Asks, once per command key; what falls within the week becomes requests at once.
///
/// # Errors
/// [`Refused`] where it cannot be asked so.
pub async fn run(cx: &Cx, db: &Db, command: PostStanding) -> Result<StandingPosted, Failure<Refused>> {
    let mut tx = match db.begin(cx, "requests.post_standing", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let posted = within(cx, &mut tx, &command).await?;
    Ok(tx.done(posted).await?)
}

/// Asks, in somebody's transaction.
///
/// # Errors
/// As [`run`].
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &PostStanding,
) -> Result<StandingPosted, Failure<Refused>> {
    let on_behalf_of = network::usecases::working_for(cx, tx, command.structure).await?;
    let coordination = access::taking_part(cx, Level::Contributor)?;
    request::check_lines(&command.lines)?;
    request::check_counts(command.households, command.persons)?;
    if !command.rhythm().is_sound() {
        return Err(Failure::Refused(Refused::Rhythm));
    }
    check_known(tx, coordination, command.structure, command.site, &command.lines).await?;
    let standing = Standing {
        id: StandingId::new(cx),
        coordination,
        structure: command.structure,
        site: command.site,
        rhythm: command.rhythm(),
        lines: command.lines.clone(),
        households: command.households,
        persons: command.persons,
        note: command.note.trim().to_owned(),
        confirmed_at: cx.now(),
        state: StandingState::Active,
        version: 1,
    };
    rows::insert_standing(tx, &standing, cx.now()).await?;
    let act = audit::Act::new("requests.post_standing", "standing_request", standing.id.uuid())
        .detail(
            json!({ "weekday": command.weekday, "every_weeks": command.every_weeks, "lines": command.lines }),
        )
        .on_behalf_of(on_behalf_of);
    audit::record(tx, cx, act).await?;
    let link = format!("/demandes/permanentes/{}", standing.id);
    tell_on_behalf(cx, tx, on_behalf_of, "requests-told-standing-for", "", link).await?;
    super::spawn_due::within(cx, tx, standing.id).await?;
    Ok(StandingPosted { standing: standing.id })
}
