//! What people, links and jobs do with requests: one verb per file.

pub mod answer;
pub mod ask;
pub mod close;
pub mod confirm;
pub mod edit;
pub mod edit_standing;
pub mod expire;
pub mod post;
pub mod post_standing;
pub mod restore;
pub mod serve;
pub mod spawn_due;

use goods::FamilyCode;
use kernel::{CoordinationId, Cx, Failure, PersonId, Role, SiteId, StructureId};
use store::{Conn, Error, Tx};

use crate::Wanted;
use crate::request::Unsound;

/// Why something asked for was not written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The lines, the counts or the day.
    Unsound(Unsound),
    /// The coordination has no such family, or set it aside.
    UnknownFamily(FamilyCode),
    /// Less than what was handed over already.
    BelowServed(FamilyCode),
    /// The place is not one of the structure's.
    NotItsSite,
    /// The structure takes no part in this coordination.
    NotAMember,
    /// It is over; a new one can be made.
    Over,
    /// The rhythm has no weekday, more than eight weeks, or an end before its start.
    Rhythm,
}

impl From<Unsound> for Refused {
    fn from(unsound: Unsound) -> Self {
        Self::Unsound(unsound)
    }
}

impl From<Unsound> for Failure<Refused> {
    fn from(unsound: Unsound) -> Self {
        Self::Refused(Refused::Unsound(unsound))
    }
}

/// Holds what is asked against the coordination's families, the structure's places and its membership.
async fn check_known(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
    site: Option<SiteId>,
    lines: &[Wanted],
) -> Result<(), Failure<Refused>> {
    if network::queries::member(conn, coordination, structure).await?.is_none() {
        return Err(Failure::Refused(Refused::NotAMember));
    }
    let families = goods::queries::families(conn, coordination).await?;
    for line in lines {
        if !families.iter().any(|family| family.active && family.code == line.family) {
            return Err(Failure::Refused(Refused::UnknownFamily(line.family.clone())));
        }
    }
    if let Some(site) = site {
        let sites = directory::queries::sites_of(conn, structure).await?;
        if !sites.iter().any(|known| known.id == site) {
            return Err(Failure::Refused(Refused::NotItsSite));
        }
    }
    Ok(())
}

/// Tells a structure's leads and members what somebody else did for it; nothing where it did so itself.
async fn tell_on_behalf(
    cx: &Cx,
    tx: &mut Tx,
    on_behalf_of: Option<StructureId>,
    key: &'static str,
    reference: &str,
    link: String,
) -> Result<(), Error> {
    let Some(structure) = on_behalf_of else { return Ok(()) };
    let people: Vec<PersonId> = network::queries::people_of(tx, structure, &[Role::Lead, Role::Member])
        .await?
        .into_iter()
        .filter(|person| Some(*person) != cx.person())
        .collect();
    let args = vec![("reference".to_owned(), i18n::Arg::from(reference))];
    accounts::notify(tx, cx, &people, accounts::Note { direct: false, key, args, link }).await
}
