//! What waits on people's home pages: the next meeting for everybody at the table, structures for its facilitators.

use std::pin::Pin;

use chrono::Duration;
use i18n::Words;
use kernel::Cx;
use store::{Conn, Error};
use web::Waiting;

use crate::queries;
use crate::usecases::call_meeting;

/// How long before it a meeting stands on home pages.
const SHOWN_BEFORE: Duration = Duration::days(7);

pub(crate) fn waiting<'a>(
    conn: &'a mut Conn,
    cx: &'a Cx,
    words: &'a Words,
) -> Pin<Box<dyn Future<Output = Result<Vec<Waiting>, Error>> + Send + 'a>> {
    Box::pin(async move {
        let mut waits = Vec::new();
        let Some(coordination) = cx.coordination else { return Ok(waits) };
        let facilitates = cx.viewer.facilitates(coordination);
        if facilitates || cx.viewer.level_in(coordination).is_some() {
            let ahead = queries::meetings_ahead(conn, coordination, cx.now()).await?;
            let next = ahead
                .into_iter()
                .find(|one| one.is_ahead(cx.now()) && one.starts_at - cx.now() <= SHOWN_BEFORE);
            if let Some(next) = next {
                waits.push(Waiting {
                    rank: 200,
                    text: words.t1(
                        "network-wait-meeting",
                        "when",
                        words.window(next.starts_at, next.ends_at),
                    ),
                    detail: next.place,
                    action: words.t("network-wait-meeting-action"),
                    link: call_meeting::page_of(next.id),
                    icon: "meeting",
                });
            }
        }
        if !facilitates {
            return Ok(waits);
        }
        let asks = queries::seat_asks(conn, coordination).await?;
        if let Some((_, first, _)) = asks.first() {
            waits.push(Waiting {
                rank: 150,
                text: words.t2("network-wait-seats", "count", asks.len(), "name", first.clone()),
                detail: words.t("network-wait-seats-detail"),
                action: words.t("network-wait-seats-action"),
                link: "/coordination/demandes".to_owned(),
                icon: "people",
            });
        }
        let empty = queries::members_without_people(conn, coordination).await?.len();
        if empty > 0 {
            waits.push(Waiting {
                rank: 400,
                text: words.t1("network-wait-without-people", "count", empty),
                detail: words.t("network-wait-without-people-detail"),
                action: words.t("network-wait-without-people-action"),
                link: "/coordination/sans-personne".to_owned(),
                icon: "person",
            });
        }
        Ok(waits)
    })
}
