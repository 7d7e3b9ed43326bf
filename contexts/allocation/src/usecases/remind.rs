//! Reminds, once, those who have not answered.

use ::store::Db;
use kernel::{Cx, Failure, PersonId, Role};

use super::{ANSWER_WITHIN, REMIND_AFTER, Refused, validate};
use crate::store as rows;

/// Reminds every structure whose lines wait for more than [`REMIND_AFTER`], each in its own transaction, and says how
/// many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn run(cx: &Cx, db: &Db) -> Result<usize, Failure<Refused>> {
    let waiting = rows::unanswered(&mut db.read().await?).await?;
    let mut reminded = 0;
    for share in waiting {
        let due = share.answer_until.is_some_and(|until| {
            let asked = until - ANSWER_WITHIN;
            asked + REMIND_AFTER <= cx.now() && cx.now() < until
        });
        if !due || share.reminded_at.is_some() {
            continue;
        }
        let mut tx = db.write().await?;
        if rows::set_reminded(&mut tx, share.id, cx.now()).await?
            && let Some(run) = rows::run(&mut tx, share.run).await?
        {
            let mut there = cx.clone();
            there.coordination = Some(run.coordination);
            let people: Vec<PersonId> =
                network::queries::people_of(&mut tx, share.structure, &[Role::Lead]).await?;
            validate::tell(&there, &mut tx, &run, &share, &people, "allocation-told-reminder").await?;
            reminded += 1;
        }
        tx.commit().await?;
    }
    Ok(reminded)
}
