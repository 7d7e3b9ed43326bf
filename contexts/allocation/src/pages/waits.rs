//! What the allocation has waiting on people's home pages: proposals to answer, goods to fetch, a run to validate, a list
//! to prepare.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use ::store::{Conn, Error};
use i18n::Words;
use kernel::{CoordinationId, Cx};
use web::Waiting;

use crate::line::{Line, LineState};
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
        waits.extend(of_runs_under_way(conn, cx, words, coordination).await?);
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
                let fetched = lines.iter().filter(|line| {
                    line.offer.is_none() && matches!(line.state, LineState::Accepted | LineState::Prepared)
                });
                let mass: kernel::Grams = fetched.map(|line| line.grams).sum();
                if validated && mass.is_positive() {
                    waits.push(Waiting {
                        rank: 85,
                        text: words.t1("allocation-wait-fetch", "mass", words.mass(mass)),
                        detail: words.t("allocation-wait-fetch-detail"),
                        action: words.t("allocation-wait-fetch-action"),
                        link: format!("/attributions/reponse/{}", share.id),
                        icon: "truck",
                    });
                }
            }
        }
        Ok(waits)
    })
}

/// What runs under way ask of those who facilitate, and of those who keep the stock: answers to come, a list to prepare.
async fn of_runs_under_way(
    conn: &mut Conn,
    cx: &Cx,
    words: &Words,
    coordination: CoordinationId,
) -> Result<Vec<Waiting>, Error> {
    let facilitates = cx.viewer.facilitates(coordination);
    let mut zones = BTreeSet::new();
    for place in cx.viewer.affiliations.iter().filter(|a| cx.viewer.acts_for(a.structure)) {
        let own = stock::queries::zones_of(conn, coordination, place.structure).await?;
        zones.extend(own.into_iter().map(|zone| zone.id));
    }
    let mut waits = Vec::new();
    if !facilitates && zones.is_empty() {
        return Ok(waits);
    }
    for run in queries::under_way(conn, coordination).await? {
        let lines = queries::lines(conn, run.id).await?;
        let count = |wanted: &dyn Fn(&Line) -> bool| {
            let found = lines.iter().filter(|line| line.grams.is_positive() && wanted(line));
            found.map(|line| line.structure).collect::<BTreeSet<_>>().len()
        };
        let unanswered = count(&|line| line.state == LineState::Proposed);
        if facilitates && unanswered > 0 {
            waits.push(Waiting {
                rank: 150,
                text: words.t1("allocation-wait-answers", "count", unanswered),
                detail: words.t1("allocation-wait-run", "reference", run.reference.clone()),
                action: words.t("allocation-wait-answers-action"),
                link: format!("/attributions/{}", run.id),
                icon: "allocation",
            });
        }
        let to_prepare =
            count(&|line| line.offer.is_none() && line.state.holds_goods() && zones.contains(&line.place));
        if to_prepare > 0 {
            waits.push(Waiting {
                rank: 95,
                text: words.t2("allocation-wait-prepare", "reference", run.reference, "count", to_prepare),
                detail: words.date(run.day),
                action: words.t("allocation-wait-prepare-action"),
                link: format!("/attributions/{}/preparation", run.id),
                icon: "list",
            });
        }
    }
    Ok(waits)
}
