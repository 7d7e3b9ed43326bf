//! What requests have waiting on people's home pages: the ones to be confirmed.

use std::future::Future;
use std::pin::Pin;

use i18n::Words;
use kernel::Cx;
use store::{Conn, Error};
use web::Waiting;

use crate::queries;

/// Requests and standing requests of the viewer's structures that nobody has confirmed for eight weeks.
pub(crate) fn waiting<'a>(
    conn: &'a mut Conn,
    cx: &'a Cx,
    words: &'a Words,
) -> Pin<Box<dyn Future<Output = Result<Vec<Waiting>, Error>> + Send + 'a>> {
    Box::pin(async move {
        let mut waits = Vec::new();
        let Some(coordination) = cx.coordination else { return Ok(waits) };
        for place in cx.viewer.affiliations.iter().filter(|a| cx.viewer.acts_for(a.structure)) {
            for standing in queries::standings(conn, coordination, Some(place.structure)).await? {
                if standing.asks_confirmation(cx.now()) {
                    waits.push(Waiting {
                        rank: 300,
                        text: words.t1("requests-wait-standing", "weekday", standing.rhythm.weekday),
                        detail: words.t1(
                            "requests-confirmed-last",
                            "moment",
                            words.moment(standing.confirmed_at),
                        ),
                        action: words.t("requests-wait-action"),
                        link: format!("/demandes/confirmer/{}", standing.id),
                        icon: "request",
                    });
                }
            }
            for request in queries::open_requests(conn, coordination, Some(place.structure), None, 20).await?
            {
                if request.asks_confirmation(cx.now()) {
                    waits.push(Waiting {
                        rank: 310,
                        text: words.t1("requests-wait-request", "reference", request.reference.clone()),
                        detail: words.t1(
                            "requests-confirmed-last",
                            "moment",
                            words.moment(request.confirmed_at),
                        ),
                        action: words.t("requests-wait-action"),
                        link: format!("/demandes/confirmer/{}", request.id),
                        icon: "request",
                    });
                }
            }
        }
        Ok(waits)
    })
}
