//! What the allocation has waiting on people's home pages: proposals to answer, a run to validate.

use std::future::Future;
use std::pin::Pin;

use ::store::{Conn, Error};
use i18n::Words;
use kernel::Cx;
use web::Waiting;

use crate::line::LineState;
use crate::queries;
use crate::run::RunState;

/// Proposals of the viewer's structures that wait for an answer, and runs that wait for a facilitator.
pub(crate) fn waiting<'a>(
    conn: &'a mut Conn,
    cx: &'a Cx,
    words: &'a Words,
) -> Pin<Box<dyn Future<Output = Result<Vec<Waiting>, Error>> + Send + 'a>> {
    Box::pin(async move {
        let mut waits = Vec::new();
        let Some(coordination) = cx.coordination else { return Ok(waits) };
        if cx.viewer.facilitates(coordination) {
            for run in queries::proposed(conn, coordination).await? {
                waits.push(Waiting {
                    rank: 90,
                    text: words.t1("allocation-wait-validate", "reference", run.reference.clone()),
                    detail: words.day(run.day),
                    action: words.t("allocation-wait-validate-action"),
                    link: format!("/attributions/{}", run.id),
                    icon: "allocation",
                });
            }
        }
        for place in cx.viewer.affiliations.iter().filter(|a| cx.viewer.acts_for(a.structure)) {
            for share in queries::shares_of(conn, coordination, place.structure).await?.into_iter().take(5) {
                let validated =
                    queries::run(conn, share.run).await?.is_some_and(|run| run.state == RunState::Validated);
                let lines = queries::lines_for(conn, share.run, place.structure).await?;
                let mass = lines
                    .iter()
                    .filter(|line| line.state == LineState::Proposed)
                    .map(|line| line.grams)
                    .sum::<kernel::Grams>();
                if let Some(until) = share.answer_until.filter(|_| validated && mass.is_positive()) {
                    waits.push(Waiting {
                        rank: 80,
                        text: words.t1("allocation-wait-answer", "mass", words.mass(mass)),
                        detail: words.t1("allocation-answer-until", "moment", words.moment(until)),
                        action: words.t("allocation-wait-answer-action"),
                        link: format!("/attributions/reponse/{}", share.id),
                        icon: "allocation",
                    });
                }
            }
        }
        Ok(waits)
    })
}
