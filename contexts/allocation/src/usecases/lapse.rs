//! Takes back what nobody answered in time: the goods return to the common stock for the next run.

use ::store::Db;
use kernel::{Cx, Failure, Role};
use serde_json::json;

use super::{Refused, end_line};
use crate::line::LineState;
use crate::store as rows;

/// Takes back every line whose time is over, each structure's in its own transaction, and says how many lines.
///
/// # Errors
/// When the database cannot be reached.
pub async fn run(cx: &Cx, db: &Db) -> Result<usize, Failure<Refused>> {
    let waiting = rows::unanswered(&mut db.read().await?).await?;
    let mut ended = 0;
    for share in waiting {
        if share.answer_until.is_none_or(|until| cx.now() < until) {
            continue;
        }
        let mut tx = db.write().await?;
        let Some(run) = rows::hold(&mut tx, share.run).await? else { continue };
        let mut there = cx.clone();
        there.coordination = Some(run.coordination);
        let mut lines = 0;
        for mut line in rows::lines_for(&mut tx, run.id, share.structure).await? {
            if line.state == LineState::Proposed {
                line.answer_reason = Some("unanswered".to_owned());
                end_line(&there, &mut tx, &mut line, LineState::NotHandedOver).await?;
                lines += 1;
            }
        }
        let act = audit::Act::new("allocation.lapse", "allocation_share", share.id.uuid())
            .detail(json!({ "run": run.id, "lines": lines }));
        audit::record(&mut tx, &there, act).await?;
        let people =
            network::queries::people_of(&mut tx, share.structure, &[Role::Lead, Role::Member]).await?;
        let note = accounts::Note {
            direct: false,
            key: "allocation-told-lapsed",
            args: vec![("reference".to_owned(), i18n::Arg::from(run.reference.clone()))],
            link: format!("/attributions/reponse/{}", share.id),
        };
        accounts::notify(&mut tx, &there, &people, note).await?;
        super::close_if_done(&there, &mut tx, &run).await?;
        tx.commit().await?;
        ended += lines;
    }
    Ok(ended)
}
