//! Writes a new version of the rule, with the decision that made it.

use ::store::{Begin, Db};
use kernel::{Cx, Failure};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Refused;
use crate::rule::{Rule, RuleId};
use crate::store as rows;

/// The new version.
#[derive(Clone, Debug, Serialize)]
pub struct SetRule {
    /// The rule; its decision names the meeting that made it.
    pub rule: Rule,
}

/// It is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// The version.
    pub rule: RuleId,
}

/// Writes it, once per command key; every member reads it in the acts of facilitation.
///
/// # Errors
/// [`Refused::RuleUnsound`] for figures out of bounds or a decision that is not named, [`Refused::RulePast`] for a day
/// before today: past runs keep the rule they were made by.
pub async fn run(cx: &Cx, db: &Db, command: SetRule) -> Result<RuleSet, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.set_rule", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let rule = &command.rule;
    if !rule.is_sound() || rule.decision.trim().is_empty() {
        return Err(Failure::Refused(Refused::RuleUnsound));
    }
    if rule.starts_on < cx.today() {
        return Err(Failure::Refused(Refused::RulePast));
    }
    let id = RuleId::new(cx);
    rows::insert_rule(&mut tx, id, coordination, rule, cx.person(), cx.now()).await?;
    let act = audit::Act::new("allocation.set_rule", "fair_share_rule", id.uuid())
        .detail(json!(rule))
        .reason(Some(rule.decision.trim().to_owned()))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(RuleSet { rule: id }).await?)
}
