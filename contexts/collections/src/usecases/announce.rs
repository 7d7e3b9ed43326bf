//! Telling the territory of an offer: the partner first where there is one, the nearest at once where it is urgent, the
//! others in their digest.

use access::{FieldGroup, Gate, Seen};
use chrono::{DateTime, Utc};
use directory::queries as cards;
use i18n::Arg;
use kernel::{Cx, Level, StructureId, time};
use network::StructureKind;
use network::queries as net;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::{args_of, come, page_of, tell};
use crate::collection::{Collection, CollectionId, OfferScope};
use crate::store as rows;
use crate::telling::{self, Candidate};

/// The job that tells the others once a partner's delay is over.
pub(crate) const OPEN: &str = "collections.open_to_all";

/// What that job is about.
#[derive(Serialize, Deserialize)]
pub(crate) struct Opens {
    pub(crate) collection: CollectionId,
}

/// Tells of a new offer and says how many structures are told at once.
pub(crate) async fn posted(cx: &Cx, tx: &mut Tx, collection: &Collection) -> Result<usize, Error> {
    let Some(ask) = collection.first_ask.filter(|ask| ask.holds_others(cx.now())) else {
        return everybody(cx, tx, collection).await;
    };
    let mut args = args_of(tx, collection).await?;
    args.extend(facts(cx, collection));
    if let Some(until) = ask.until {
        args.extend(moment(cx, "ask", until));
    }
    // They have until then, before the others: their letter waits for nothing.
    let due = ask.until.unwrap_or(collection.pickup_until);
    come::tell_before(cx, tx, collection, ask.partner, ("collections-told-asked-first", &args), due).await?;
    if let Some(until) = ask.until {
        let once = format!("{OPEN}:{}", collection.id);
        queue::enqueue(tx, cx, OPEN, &Opens { collection: collection.id }, until, Some(once)).await?;
    }
    Ok(1)
}

/// A partner has answered, by letting go or by taking a part: the delay that was theirs ends, and the others are told
/// at once of what is left. Nothing is done for anybody else, nor once the delay is over.
pub(crate) async fn answered(
    cx: &Cx,
    tx: &mut Tx,
    collection: &Collection,
    by: StructureId,
) -> Result<(), Error> {
    let waited = collection.first_ask.is_some_and(|ask| ask.partner == by && ask.holds_others(cx.now()));
    if !waited || !collection.free().is_positive() {
        return Ok(());
    }
    rows::open_to_others(tx, collection.id).await?;
    everybody(cx, tx, collection).await?;
    Ok(())
}

/// Tells everybody whom the offer concerns how much is to be had, and says how many at once.
pub(crate) async fn everybody(cx: &Cx, tx: &mut Tx, collection: &Collection) -> Result<usize, Error> {
    let left = Collection { grams: collection.free(), ..collection.clone() };
    let mut args = args_of(tx, &left).await?;
    args.extend(facts(cx, collection));
    let link = page_of(collection.id);
    match collection.scope {
        OfferScope::Structure => return Ok(0),
        OfferScope::Named => {
            tell(cx, tx, &collection.named, true, "collections-told-named", args, link).await?;
            return Ok(collection.named.len());
        }
        OfferScope::Coordination => {}
    }
    let candidates = candidates(tx, collection).await?;
    let from = match collection.site {
        Some(site) => cards::site(tx, site).await?.and_then(|site| site.point),
        None => None,
    };
    let told =
        telling::choose(&candidates, &collection.family, collection.temperature, from, collection.urgent);
    let count = told.at_once.len();
    let nameless: Vec<_> = args.iter().filter(|(name, _)| name != "donor").cloned().collect();
    let (knowing, others) = knowing_the_donor(cx, tx, collection, told.at_once).await?;
    come::tell(cx, tx, collection, &knowing, ("collections-told-urgent", &args)).await?;
    come::tell(cx, tx, collection, &others, ("collections-told-urgent-unnamed", &nameless)).await?;
    let (knowing, others) = knowing_the_donor(cx, tx, collection, told.in_digest).await?;
    tell(cx, tx, &knowing, false, "collections-told-offer", args, link.clone()).await?;
    tell(cx, tx, &others, false, "collections-told-offer-unnamed", nameless, link).await?;
    Ok(count)
}

/// Those to whom the donor lets its name go, and the others. A letter is a surface like a page: where the name is not for
/// everybody, the donor can read to whom it went.
async fn knowing_the_donor(
    cx: &Cx,
    tx: &mut Tx,
    collection: &Collection,
    structures: Vec<StructureId>,
) -> Result<(Vec<StructureId>, Vec<StructureId>), Error> {
    let of = net::scope_of(tx, collection.donor, FieldGroup::Identity).await?;
    let (mut knowing, mut others) = (Vec::new(), Vec::new());
    for structure in structures {
        let reader = come::reader(cx, structure, collection.coordination);
        let mut gate = Gate::new(&reader, "mail");
        match gate.reveal(&of, FieldGroup::Identity, ()) {
            Seen::Shown(()) => knowing.push(structure),
            Seen::Hidden => others.push(structure),
        }
        if gate.has_readings() {
            gate.note(tx).await?;
        }
    }
    Ok((knowing, others))
}

/// What somebody has to know before they set off: until when, how cold, what date, where. Figures and codes, for the
/// reader's language is not known yet.
fn facts(cx: &Cx, collection: &Collection) -> Vec<(String, Arg)> {
    let date = collection.date.map(|date| date.format("%d/%m").to_string()).unwrap_or_default();
    let mut facts = vec![
        ("cold".to_owned(), collection.temperature.code().into()),
        ("dated".to_owned(), collection.date_kind.code().into()),
        ("date".to_owned(), date.into()),
        ("place".to_owned(), collection.pickup_address.clone().into()),
    ];
    facts.extend(moment(cx, "until", collection.pickup_until));
    facts
}

/// A moment as figures: its day, its hour, its minutes.
fn moment(cx: &Cx, name: &str, at: DateTime<Utc>) -> [(String, Arg); 3] {
    let civil = time::civil(at, cx.zone);
    let part = |of: &str, format: &str| (format!("{name}{of}"), civil.format(format).to_string().into());
    [part("Day", "%d/%m"), part("Hour", "%-H"), part("Minute", "%M")]
}

/// Whether a structure of this kind gives and never takes.
pub(crate) fn gives_only(kind: StructureKind) -> bool {
    matches!(kind, StructureKind::Shop | StructureKind::Company | StructureKind::Producer)
}

/// The structures that may reserve: contributors that are not shops, companies or farms, nor the donor.
async fn candidates(tx: &mut Tx, collection: &Collection) -> Result<Vec<Candidate>, Error> {
    let receivers: Vec<StructureId> = net::members(tx, collection.coordination)
        .await?
        .into_iter()
        .filter(|member| member.level >= Level::Contributor && !gives_only(member.kind))
        .map(|member| member.structure)
        .filter(|structure| *structure != collection.donor)
        .collect();
    let profiles = cards::profiles(tx, &receivers).await?;
    Ok(profiles
        .into_iter()
        .map(|(structure, profile)| Candidate {
            structure,
            wanted: profile.families_wanted.into_iter().collect(),
            excluded: profile.families_excluded.into_iter().collect(),
            dry: profile.dry,
            chilled: profile.chilled,
            frozen: profile.frozen,
            point: profile.point,
        })
        .collect())
}
