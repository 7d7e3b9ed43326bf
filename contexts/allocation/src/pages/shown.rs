//! What several pages say in the same words: lots, crates, lines, refusals.

use std::collections::BTreeMap;

use ::store::{Conn, Error};
use access::Gate;
use goods::{DateKind, Family};
use i18n::Words;
use kernel::uuid::Uuid;
use kernel::{Grams, StructureId};
use web::{Problem, Visit};

use crate::inputs::{FrozenLot, Inputs};
use crate::line::{Line, LineState};
use crate::queries;
use crate::run::{Run, RunId};
use crate::share::Share;
use crate::usecases::Refused;

/// A lot in words.
#[derive(Clone)]
pub(super) struct ShownLot {
    pub id: String,
    /// Its page: the lot's, or the offer's.
    pub url: String,
    pub product: String,
    pub reference: String,
    pub family: String,
    pub temperature: &'static str,
    pub temperature_text: String,
    pub date: String,
    pub days_left: i64,
    pub dated: bool,
    pub free: String,
    pub weighed: bool,
}

/// A line in words.
#[derive(Clone)]
pub(super) struct ShownLine {
    pub id: String,
    pub lot: ShownLot,
    pub crates: String,
    pub mass: String,
    pub computed: String,
    pub adjusted: String,
    pub state: String,
    pub reason: String,
    /// Whether its structure has not said yes or no yet.
    pub is_unanswered: bool,
    /// What was handed over, and what the receiver says it received, where either is something else.
    pub handed: String,
    pub received: String,
    /// Where and when it is fetched, for an offer; the hub is said once for all its lots.
    pub fetch: String,
}

/// Everything a page needs to speak of a run's lots.
pub(super) struct Speaking {
    pub words: Words,
    pub families: Vec<Family>,
    pub inputs: Inputs,
}

impl Speaking {
    pub(super) async fn open(conn: &mut Conn, visit: &Visit, run: &Run) -> Result<Self, Problem> {
        let inputs = queries::inputs(conn, run.id).await?.ok_or(Problem::NOT_FOUND)?;
        let families = goods::queries::families(conn, run.coordination).await?;
        Ok(Self { words: visit.words.clone(), families, inputs })
    }

    pub(super) fn lot(&self, lot: &FrozenLot) -> ShownLot {
        let words = &self.words;
        let date = match lot.date.filter(|_| lot.date_kind != DateKind::None) {
            Some(date) => {
                format!("{} {}", goods::labels::date_kind(words, lot.date_kind), words.date_figures(date))
            }
            None => String::new(),
        };
        ShownLot {
            id: lot.lot.to_string(),
            url: match &lot.offer {
                Some(offer) => format!("/collectes/{}", offer.collection),
                None => format!("/stock/lots/{}", lot.lot),
            },
            product: lot.product.clone(),
            reference: lot.reference.clone(),
            family: goods::labels::family(&self.families, &lot.family, words.locale()),
            temperature: lot.temperature.code(),
            temperature_text: goods::labels::temperature(words, lot.temperature),
            dated: !date.is_empty(),
            date,
            days_left: lot.date.map(|date| words.days_until(date)).unwrap_or_default(),
            free: words.mass(lot.free),
            weighed: !lot.estimated,
        }
    }

    /// `3 caisses`, and an opened one where the last is not full; empty for goods without crates.
    pub(super) fn crates(&self, lot: &FrozenLot, grams: Grams) -> String {
        match crates(grams, lot.crate_grams) {
            Some((count, false)) => self.words.t1("allocation-crates", "count", count),
            Some((0, true)) => self.words.t("allocation-crate-opened"),
            Some((count, true)) => self.words.t1("allocation-crates-and-opened", "count", count),
            None => String::new(),
        }
    }

    pub(super) fn line(&self, line: &Line) -> Option<ShownLine> {
        let lot = self.inputs.lots.iter().find(|lot| lot.lot == line.lot)?;
        let words = &self.words;
        let reason = match line.answer_reason.as_deref() {
            None => String::new(),
            Some("unanswered") => words.t("allocation-unanswered"),
            Some(code) => crate::RefusalReason::from_code(code).map(|r| words.t(r.key())).unwrap_or_default(),
        };
        Some(ShownLine {
            id: line.id.to_string(),
            crates: self.crates(lot, line.grams),
            lot: self.lot(lot),
            mass: words.mass(line.grams),
            computed: if line.computed == line.grams { String::new() } else { words.mass(line.computed) },
            adjusted: line.adjust_reason.clone().unwrap_or_default(),
            state: words.t(line.state.key()),
            reason,
            handed: String::new(),
            received: line
                .received
                .as_ref()
                .map(|(grams, code)| {
                    words.t2("allocation-received", "mass", words.mass(*grams), "reason", why(words, code))
                })
                .unwrap_or_default(),
            is_unanswered: line.state == LineState::Proposed,
            fetch: match &lot.offer {
                Some(offer) => words.t2(
                    "allocation-fetch-offer",
                    "place",
                    offer.address.clone(),
                    "window",
                    words.window(offer.from, offer.until),
                ),
                None => String::new(),
            },
        })
    }
}

/// Why something else was received, as it was tapped.
fn why(words: &Words, code: &str) -> String {
    let known = super::handover::DIFFERENCES.iter().find(|(known, _)| *known == code);
    known.map(|(_, key)| words.t(key)).unwrap_or_default()
}

/// How many crates a mass fills, and whether there is an opened one besides; none for goods without crates.
pub(super) fn crates(grams: Grams, crate_grams: Grams) -> Option<(i64, bool)> {
    crate_grams.is_positive().then(|| (grams.0 / crate_grams.0, grams.0 % crate_grams.0 > 0))
}

/// The run, where the viewer takes part in its coordination.
pub(super) async fn seen_run(conn: &mut Conn, visit: &Visit, id: RunId) -> Result<Run, Problem> {
    visit.known()?;
    let run = queries::run(conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    let level = viewer.level_in(run.coordination);
    if visit.cx.coordination == Some(run.coordination)
        && (viewer.facilitates(run.coordination) || level.is_some_and(|level| level >= kernel::Level::Reader))
    {
        Ok(run)
    } else {
        Err(Problem::NOT_FOUND)
    }
}

/// The names of structures as far as the gate lets them through; the others are called « une structure ».
pub(super) async fn seen_names(
    conn: &mut Conn,
    gate: &mut Gate,
    words: &Words,
    structures: impl IntoIterator<Item = StructureId>,
) -> Result<BTreeMap<StructureId, String>, Error> {
    let mut ids: Vec<StructureId> = structures.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let seen = network::queries::seen_names(conn, gate, &ids).await?;
    Ok(ids.into_iter().map(|id| (id, seen.say(words, id))).collect())
}

/// The name of whose share it is: its own people and the holder of its link know it, the others as far as it goes.
pub(super) async fn name_of_share(
    conn: &mut Conn,
    gate: &mut Gate,
    visit: &Visit,
    share: &Share,
) -> Result<String, Error> {
    let names = if visit.cx.viewer.holds_link(crate::usecases::answer::PURPOSE, share.id.uuid()) {
        named(conn, [share.structure]).await?
    } else {
        seen_names(conn, gate, &visit.words, [share.structure]).await?
    };
    Ok(names.get(&share.structure).cloned().unwrap_or_default())
}

/// The names of structures, for papers and for those who hand over.
pub(super) async fn named(
    conn: &mut Conn,
    structures: impl IntoIterator<Item = StructureId>,
) -> Result<BTreeMap<StructureId, String>, Error> {
    let mut ids: Vec<StructureId> = structures.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    network::queries::structure_names(conn, &ids).await
}

/// Puts things of structures in the order of the alphabet.
pub(super) fn alphabetical<T>(things: &mut [T], name: impl Fn(&T) -> &str) {
    things.sort_by_cached_key(|thing| kernel::text::fold(name(thing)));
}

/// A refusal in words.
pub(super) fn refusal(words: &Words, refused: &Refused) -> String {
    match refused {
        Refused::NothingToShare => words.t("allocation-refused-nothing"),
        Refused::Unproven => words.t("allocation-refused-unproven"),
        Refused::StockMoved => words.t("allocation-refused-stock-moved"),
        Refused::NotFromHere(state) => words.t1("allocation-refused-run", "state", words.t(state.key())),
        Refused::LineNotFromHere(state) => words.t1("allocation-refused-line", "state", words.t(state.key())),
        Refused::ReasonMissing => words.t("allocation-refused-reason"),
        Refused::LineThere => words.t("allocation-refused-line-there"),
        Refused::Stock(refusal) => refusal.in_words(words),
        Refused::Offer(collections::collection::Unfit::OnlyLeft(left)) => {
            words.t1("allocation-refused-only-left", "mass", words.mass(*left))
        }
        Refused::Offer(_) | Refused::OfferGone => words.t("allocation-refused-offer-gone"),
        Refused::Paper(unsignable) => words.t(unsigned(unsignable)),
        Refused::TemperatureMissing { .. } => words.t("allocation-refused-temperature"),
        Refused::MoreThanProposed => words.t("allocation-refused-more"),
        Refused::RuleUnsound => words.t("allocation-refused-rule"),
        Refused::RulePast => words.t("allocation-refused-rule-past"),
    }
}

fn unsigned(unsignable: &collections::handover::Unsignable) -> &'static str {
    use collections::handover::Unsignable;
    match unsignable {
        Unsignable::NotPrepared => "allocation-unsignable-not-prepared",
        Unsignable::LinesDiffer => "allocation-unsignable-lines",
        Unsignable::ReasonMissing { .. } => "allocation-unsignable-reason",
        Unsignable::TooWarm { .. } => "allocation-unsignable-warm",
        Unsignable::NamesMissing => "allocation-unsignable-names",
    }
}

/// The query that carries a personal link from page to page; empty for whoever is signed in.
pub(super) fn carried(visit: &Visit, subject: Uuid) -> String {
    if !visit.cx.viewer.holds_link(crate::usecases::answer::PURPOSE, subject) {
        return String::new();
    }
    let query = visit.path.split_once('?').map(|(_, query)| query).unwrap_or_default();
    query
        .split('&')
        .find(|pair| pair.starts_with("jeton="))
        .map(|pair| format!("?{pair}"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_smaller_crate_is_an_opened_one() {
        assert_eq!(crates(Grams::kg(12), Grams::kg(6)), Some((2, false)));
        assert_eq!(crates(Grams::kg(13), Grams::kg(6)), Some((2, true)));
        assert_eq!(crates(Grams::kg(3), Grams::kg(6)), Some((0, true)));
        assert_eq!(crates(Grams::kg(13), Grams::ZERO), None);
    }
}
