//! Writes down what an allocation suggested for a line, and what the structure accepted of it.

use kernel::{Cx, Failure, Grams, Never};
use serde_json::json;
use store::Tx;

use crate::request::RequestLineId;
use crate::store as rows;

/// Which of a line's figures grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A human validated a proposal for it.
    Suggested,
    /// The structure accepted it.
    Accepted,
}

/// Adds to a line's suggested or accepted figure, in the transaction of the allocation, which is what was authorised.
///
/// # Errors
/// Not found where there is no such line.
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    line: RequestLineId,
    step: Step,
    grams: Grams,
) -> Result<(), Failure<Never>> {
    let id = rows::request_of_line(tx, line).await?.ok_or(Failure::NotFound)?;
    rows::lock(tx, id).await?.ok_or(Failure::NotFound)?;
    let (action, suggested, accepted) = match step {
        Step::Suggested => ("requests.suggested", grams, Grams::ZERO),
        Step::Accepted => ("requests.accepted", Grams::ZERO, grams),
    };
    rows::add_figures(tx, line, suggested, accepted, Grams::ZERO).await?;
    let detail = json!({ "line": line, "grams": grams });
    audit::record(tx, cx, audit::Act::new(action, "request", id.uuid()).detail(detail)).await?;
    Ok(())
}
