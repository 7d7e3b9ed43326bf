//! What waits for somebody on their home page: what to fetch, what they are asked first, agreements, offers.

use i18n::Words;
use kernel::{CoordinationId, Cx, Level, StructureId};
use store::{Conn, Error};
use web::Waiting;

use super::drives;
use crate::hold::HoldState;
use crate::queries::{self, Filter};
use crate::usecases::announce::gives_only;

/// The cards of this room, five at most of each sort.
pub(crate) async fn waiting(conn: &mut Conn, cx: &Cx, words: &Words) -> Result<Vec<Waiting>, Error> {
    let Some(coordination) = cx.coordination else { return Ok(Vec::new()) };
    let viewer = &cx.viewer;
    let own = viewer.structure.or_else(|| viewer.affiliations.first().map(|one| one.structure));
    let Some(own) = own.filter(|own| viewer.belongs_to(*own)) else { return Ok(Vec::new()) };
    let mut cards = Vec::new();
    for one in queries::asked_first(conn, coordination, own, cx.now()).await?.into_iter().take(3) {
        let until =
            one.first_ask.and_then(|ask| ask.until).map(|until| words.moment(until)).unwrap_or_default();
        cards.push(Waiting {
            rank: 5,
            text: words.t2(
                "collections-waiting-asked",
                "kg",
                words.mass(one.free()),
                "product",
                one.product.as_str(),
            ),
            detail: words.t1("collections-waiting-asked-until", "moment", until),
            action: words.t("collections-waiting-answer"),
            link: format!("/collectes/{}", one.id),
            icon: "offer",
        });
    }
    let tomorrow = kernel::time::start_of_day(cx.today() + chrono::Duration::days(1), cx.zone);
    let soon = cx.now() + chrono::Duration::hours(48);
    let fetch = queries::to_fetch(conn, coordination, own).await?;
    for (hold, one) in fetch.into_iter().filter(|(_, one)| one.pickup_from < soon).take(5) {
        let late = one.pickup_until <= cx.now();
        cards.push(Waiting {
            rank: match () {
                () if late => 20,
                () if one.pickup_from < tomorrow => 30,
                () => 110,
            },
            text: words.t2(
                if late { "collections-waiting-record" } else { "collections-waiting-fetch" },
                "kg",
                words.mass(hold.grams),
                "product",
                one.product.as_str(),
            ),
            detail: words.t2(
                "collections-waiting-where",
                "window",
                words.window(one.pickup_from, one.pickup_until),
                "place",
                one.pickup_address.as_str(),
            ),
            action: words.t("collections-take-over"),
            link: format!("/collectes/{}/prise-en-charge/{}", one.id, hold.id),
            icon: "truck",
        });
    }
    cards.extend(expected(conn, cx, words, coordination, own).await?);
    if viewer.acts_for(own) {
        let drives = queries::drives_of(conn, coordination, own).await?;
        for drive in drives::to_note(&drives, cx.now()).into_iter().take(3) {
            cards.push(Waiting {
                rank: 25,
                text: words.t1("collections-waiting-drive", "title", drive.title.as_str()),
                detail: words.window(drive.begins_at, drive.ends_at),
                action: words.t("collections-drive-record"),
                link: drives::record_page(drive),
                icon: "pen",
            });
        }
    }
    if viewer.leads(own) {
        let agreements = queries::agreements_of(conn, coordination, own).await?;
        let count = agreements.iter().filter(|one| one.awaits(own, cx.today())).count();
        if count > 0 {
            cards.push(Waiting {
                rank: 150,
                text: words.t1("collections-waiting-agreement", "count", count),
                detail: String::new(),
                action: words.t("collections-waiting-read"),
                link: "/conventions".to_owned(),
                icon: "pen",
            });
        }
    }
    // Who gives and never takes has nothing to reserve.
    let takes = network::queries::structure(conn, own).await?.is_none_or(|found| !gives_only(found.kind));
    if takes && viewer.level_in(coordination).is_some_and(|level| level >= Level::Contributor) {
        let (offers, more) = queries::board(conn, cx, coordination, &Filter::default(), None).await?;
        let others = offers.iter().filter(|one| !viewer.belongs_to(one.donor)).count();
        if others > 0 {
            let urgent = offers.iter().any(|one| one.urgent && !viewer.belongs_to(one.donor));
            let key =
                if more.is_some() { "collections-waiting-offers-more" } else { "collections-waiting-offers" };
            cards.push(Waiting {
                rank: if urgent { 60 } else { 200 },
                text: words.t1(key, "count", others),
                detail: match (urgent, others) {
                    (true, 1) if more.is_none() => words.t("collections-urgent"),
                    (true, _) => words.t("collections-waiting-urgent"),
                    (false, _) => String::new(),
                },
                action: words.t("collections-waiting-see"),
                link: "/collectes".to_owned(),
                icon: "offer",
            });
        }
    }
    Ok(cards)
}

/// What is fetched at one's own place within two days: the donor reads who comes, for how much and when.
async fn expected(
    conn: &mut Conn,
    cx: &Cx,
    words: &Words,
    coordination: CoordinationId,
    own: StructureId,
) -> Result<Vec<Waiting>, Error> {
    let soon = cx.now() + chrono::Duration::hours(48);
    let mut given = queries::mine(conn, coordination, own).await?;
    given.retain(|one| one.donor == own && one.pickup_from < soon && one.pickup_until > cx.now());
    let mut found = Vec::new();
    for one in given.iter().take(5) {
        let holds = queries::holds(conn, one.id).await?;
        found.extend(holds.into_iter().filter(|hold| hold.state == HoldState::Held).map(|hold| (hold, one)));
    }
    let structures: Vec<StructureId> = found.iter().map(|(hold, _)| hold.structure).collect();
    let names = network::queries::structure_names(conn, &structures).await?;
    let cards = found.into_iter().take(5).map(|(hold, one)| {
        let when = hold.comes_at.map_or_else(
            || words.window(one.pickup_from, one.pickup_until),
            |at| words.t1("collections-comes", "moment", words.moment(at)),
        );
        Waiting {
            rank: 120,
            text: words.t2(
                "collections-waiting-given",
                "kg",
                words.mass(hold.grams),
                "product",
                one.product.as_str(),
            ),
            detail: format!("{}, {when}", names.get(&hold.structure).cloned().unwrap_or_default()),
            action: words.t("collections-waiting-see"),
            link: format!("/collectes/{}", one.id),
            icon: "truck",
        }
    });
    Ok(cards.collect())
}
