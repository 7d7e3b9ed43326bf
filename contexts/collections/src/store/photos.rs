//! Photos of offers.

use chrono::{DateTime, Utc};
use kernel::StructureId;
use store::{Conn, Error, Tx};
use uuid::Uuid;

use crate::photo::Photo;

/// Keeps a photo.
pub(crate) async fn insert_photo(
    tx: &mut Tx,
    id: Uuid,
    owner: StructureId,
    photo: &Photo,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query("INSERT INTO photo (id, owner_id, media_type, bytes, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(owner)
        .bind(photo.kind().media_type())
        .bind(photo.bytes().to_vec())
        .bind(at)
        .run()
        .await?;
    Ok(())
}

/// A photo's media type and bytes.
pub(crate) async fn photo(conn: &mut Conn, id: Uuid) -> Result<Option<(String, Vec<u8>)>, Error> {
    conn.query("SELECT media_type, bytes FROM photo WHERE id = $1").bind(id).optional().await
}
