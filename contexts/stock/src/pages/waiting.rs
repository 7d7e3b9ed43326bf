//! What the stock has waiting on people's home pages: goods that must leave today or tomorrow, and goods past their
//! DLC that still lie on the shelf.

use access::Gate;
use i18n::Words;
use kernel::Cx;
use store::{Conn, Error};
use web::Waiting;

use super::sight::Sight;
use crate::LotState;
use crate::queries::{self, ShelfFilter};

/// Lots looked at; whoever has more has one line to read all the same.
const MOST: usize = 200;

/// At most one line per shelf the viewer acts for.
pub(crate) async fn waiting(conn: &mut Conn, cx: &Cx, words: &Words) -> Result<Vec<Waiting>, Error> {
    let Some(coordination) = cx.coordination else { return Ok(Vec::new()) };
    if cx.viewer.affiliations.is_empty() {
        return Ok(Vec::new());
    }
    let sight = Sight::near(conn, cx, coordination).await?;
    let mut gate = Gate::new(cx, "page");
    let mut waiting = Vec::new();
    for shelf in sight.shelves.iter().filter(|shelf| cx.viewer.acts_for(shelf.structure)) {
        let zones = sight.zones(conn, &mut gate, coordination, shelf).await?;
        let lots = queries::shelf(conn, &zones, &ShelfFilter::default(), None, MOST).await?;
        let dated = || {
            lots.iter()
                .filter(|lot| lot.date_kind == goods::DateKind::UseBy && lot.state == LotState::Available)
        };
        let past = dated().filter(|lot| lot.is_expired(words.today())).count();
        let near = dated()
            .filter(|lot| lot.free().is_positive())
            .filter(|lot| lot.date.is_some_and(|date| (0..=1).contains(&words.days_until(date))))
            .count();
        let link = format!("/stock?lieu={}", shelf.key);
        if near > 0 {
            waiting.push(Waiting {
                rank: 60,
                text: words.t1("stock-waiting-near", "lots", near),
                detail: shelf.name.clone(),
                action: words.t("stock-waiting-see"),
                link: link.clone(),
                icon: "clock",
            });
        }
        if past > 0 {
            waiting.push(Waiting {
                rank: 160,
                text: words.t1("stock-waiting-past", "lots", past),
                detail: shelf.name.clone(),
                action: words.t("stock-waiting-see"),
                link,
                icon: "warning",
            });
        }
    }
    Ok(waiting)
}
