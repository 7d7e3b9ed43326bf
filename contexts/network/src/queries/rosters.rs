//! Who is where, and where nobody is yet.

use ::store::{Conn, Error};
use kernel::{CoordinationId, StructureId};

use crate::store::TerritoryRow;
use crate::{Territory, TerritoryLevel};

/// The territory of this level and name, if one is drawn.
///
/// # Errors
/// When the database cannot be read.
pub async fn territory_named(
    conn: &mut Conn,
    level: TerritoryLevel,
    name: &str,
) -> Result<Option<Territory>, Error> {
    let rows: Vec<TerritoryRow> = conn
        .query(
            "SELECT id, parent_id, level, name, code_insee, zone FROM territory WHERE level = $1
             ORDER BY id LIMIT 2000",
        )
        .bind(level.code())
        .all()
        .await?;
    let wanted = kernel::text::fold(name);
    Ok(rows.into_iter().map(Territory::from).find(|one| kernel::text::fold(&one.name) == wanted))
}

/// The members of a coordination to which nobody belongs yet, alphabetical, 500 at most: their cards can be completed
/// and their answers given by facilitators only.
///
/// # Errors
/// When the database cannot be read.
pub async fn members_without_people(
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Vec<(StructureId, String)>, Error> {
    conn.query(
        "SELECT s.id, s.name FROM membership m JOIN structure s ON s.id = m.structure_id
         WHERE m.coordination_id = $1 AND m.left_on IS NULL AND s.binned_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM affiliation a JOIN person p ON p.id = a.person_id
                           WHERE a.structure_id = s.id AND p.erased_at IS NULL)
         ORDER BY s.folded_name, s.id LIMIT 500",
    )
    .bind(coordination)
    .all()
    .await
}

/// In whose name a coordination's letters leave, and who takes an answer: whoever has facilitated it longest.
///
/// # Errors
/// When the database cannot be read.
pub async fn sender(conn: &mut Conn, id: CoordinationId) -> Result<accounts::Sender, Error> {
    let Some(coordination) = super::coordination(conn, id).await? else {
        return Ok(accounts::Sender::default());
    };
    let mut reply_to = None;
    for person in super::facilitator_people(conn, id).await? {
        if let Some(email) = accounts::people::person(conn, person).await?.and_then(|one| one.email) {
            reply_to = Some(email);
            break;
        }
    }
    Ok(accounts::Sender { name: Some(coordination.name), reply_to })
}
