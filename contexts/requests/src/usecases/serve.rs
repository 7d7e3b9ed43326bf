//! Writes down what was handed over for a line; the request closes by itself when nothing is left to hand over.

use kernel::{Cx, Failure, Grams, Never};
use serde_json::json;
use store::Tx;

use crate::request::{CloseReason, Request, RequestLineId};
use crate::store as rows;

/// Adds to what was handed over, in the transaction of the hand-over, which is what was authorised. A request that
/// lapsed or was taken back in the meantime keeps its state: the figure is still true.
///
/// # Errors
/// Not found where there is no such line.
pub async fn within(cx: &Cx, tx: &mut Tx, line: RequestLineId, grams: Grams) -> Result<(), Failure<Never>> {
    let id = rows::request_of_line(tx, line).await?.ok_or(Failure::NotFound)?;
    rows::lock(tx, id).await?.ok_or(Failure::NotFound)?;
    rows::add_figures(tx, line, Grams::ZERO, Grams::ZERO, grams).await?;
    let request = rows::request(tx, id).await?.ok_or(Failure::NotFound)?;
    let closes = request.closed.is_none() && request.is_served();
    let detail = json!({ "line": line, "grams": grams, "closes": closes });
    if closes {
        rows::save(tx, &Request { closed: Some(CloseReason::Served), ..request }).await?;
    }
    audit::record(tx, cx, audit::Act::new("requests.serve", "request", id.uuid()).detail(detail)).await?;
    Ok(())
}
